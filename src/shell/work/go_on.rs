//! A write that was cut short: finished, taken back, or shown.
//!
//! What the history says of it is brought to its end with it: what stands on disk then is what was written.

use std::sync::Arc;

use super::{Workshop, write};
use crate::app::Event;
use crate::app::effect::GoOn;
use crate::app::event::{CutShort, WriteEnd, WrittenFile};
use crate::content::diff::Diff;
use crate::content::patch::{applied, reversed};
use crate::shell::write::many::{Course, Cut, Ground};
use crate::shell::write::plan::Planned;
use crate::shell::write::recover::{self, Ended};

/// More files than this nobody looks through.
const SHOWN_FILES: usize = 200;

impl Workshop {
    pub(super) fn go_on(
        &self,
        way: GoOn,
        cancelled: &(dyn Fn() -> bool + Sync),
        answer: &mut dyn FnMut(Event),
    ) -> Event {
        let gone = || WriteEnd::Nothing { reason: "the folder is gone".to_string() };
        let Ok(root) = self.root.canonicalize() else { return Event::WriteEnded(gone()) };
        let ground = Ground { calls: &self.calls, root: &root, state: self.history.as_ref().map(|h| h.folder()) };
        let course = match way {
            GoOn::Finish => Course::Finish,
            GoOn::TakeBack => Course::TakeBack,
            GoOn::Show => return Event::CutShown(shown(ground)),
        };
        let mut progress = |done: usize| write::tell(answer, done, true, false);
        let ended = match recover::go_on(ground, course, &cancelled, &mut progress) {
            Ok(ended) => ended,
            Err(Cut::Before(reason)) => return Event::WriteEnded(WriteEnd::Nothing { reason }),
            Err(Cut::After { written, planned, reason }) => {
                return Event::WriteEnded(WriteEnd::Cut(CutShort { written, planned, reason, ..CutShort::default() }));
            }
        };
        if let Some(history) = &self.history
            && let Err(error) = history.begin().and_then(|writing| writing.done(Vec::new()))
        {
            answer(Event::Failed(format!("the history cannot be kept ({error})")));
        }
        Event::WriteEnded(self.answer_for(course, ended, answer))
    }

    fn answer_for(&self, course: Course, ended: Ended, answer: &mut dyn FnMut(Event)) -> WriteEnd {
        let failed = ended.failed.into_iter().map(|(path, reason)| (Arc::from(path), reason));
        if course == Course::TakeBack {
            let files = ended.files.into_iter().map(|(path, _)| path.into()).collect();
            return WriteEnd::TakenBack { files, failed: failed.collect() };
        }
        for (path, planned) in ended.files {
            let file = self.written_file(&path, planned);
            answer(Event::Written { path: path.into(), answer: file });
        }
        failed.for_each(|(path, reason)| answer(Event::Written { path, answer: Err(reason) }));
        WriteEnd::Whole { plan: ended.plan }
    }

    /// What there is to say of a file that a plan has written.
    fn written_file(&self, path: &str, planned: Planned) -> Result<WrittenFile, String> {
        let document = self.open(path)?;
        let row = self.row(&path.into(), &document)?;
        let before = applied(document.text(), &reversed(&planned.hunks)).unwrap_or_default();
        let diff = Diff::counts(&before, document.text());
        let lines = (diff.changed(), diff.kept);
        Ok(WrittenFile { steps: planned.steps, base: planned.after, row, lines, remade: false })
    }
}

/// The changes of a write that was cut short, file by file, with what stands on disk already.
fn shown(ground: Ground<'_>) -> Diff {
    let mut changed = Diff::default();
    for (path, hunks, is_written) in recover::changes(ground).into_iter().take(SHOWN_FILES) {
        let state = if is_written { "written" } else { "not written" };
        changed.add_hunks(&format!("{path} · {state}"), &hunks);
    }
    changed
}
