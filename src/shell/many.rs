//! The values of many files at once: on two threads, part by part.
//!
//! Here: reading them, and making them one value for a form. Not here: how values become one (`app::form::merged`), what a bulk edit
//! does to them (`foresight`).

use crate::app::Event;
use crate::app::event::FormsRead;
use crate::app::form::merged::Merging;
use crate::content::Value;
use crate::library::drafts::DraftFile;

use super::work::{Draft, Workshop};

/// So many items are read before the desk hears of it.
const PART: usize = 512;

impl Workshop {
    /// The values of these files with their drafts.
    pub(super) fn values(&self, files: &[DraftFile]) -> Vec<Result<Value, String>> {
        halves(files, |file| match file.steps.is_empty() {
            true => self.open(&file.path)?.value().map_err(|e| e.to_string()),
            false => self.looked_at(file)?.draft.value().map_err(|e| e.to_string()),
        })
    }

    /// The values of these files as one; ends where `cancelled` says so.
    pub(super) fn merged(
        &self,
        generation: u64,
        files: &[DraftFile],
        cancelled: &(dyn Fn() -> bool + Sync),
        answer: &mut dyn FnMut(Event),
    ) {
        let mut merging = Merging::default();
        let mut read = 0;
        for part in files.chunks(PART) {
            if cancelled() {
                return;
            }
            for (file, values) in part.iter().zip(halves(part, |file| self.now_and_then(file))) {
                match values {
                    Ok((value, original)) => merging.take(&file.path, &value, original.as_ref()),
                    Err(reason) => merging.leave_out(&file.path, reason),
                }
            }
            read += part.len();
            if read < files.len() {
                answer(Event::FormsRead { generation, answer: FormsRead::Part(read) });
            }
        }
        answer(Event::FormsRead { generation, answer: FormsRead::Done(Box::new(merging.done())) });
    }

    /// The values with the draft, and those of the disk where there is one.
    fn now_and_then(&self, file: &DraftFile) -> Result<(Value, Option<Value>), String> {
        if file.steps.is_empty() {
            return Ok((self.open(&file.path)?.value().map_err(|e| e.to_string())?, None));
        }
        let Draft { disk, draft, .. } = self.looked_at(file)?;
        let original = disk.value().map_err(|e| e.to_string())?;
        Ok((draft.value().map_err(|e| e.to_string())?, Some(original)))
    }
}

/// What `work` makes of each file, in order, by two threads.
fn halves<T: Send>(files: &[DraftFile], work: impl Fn(&DraftFile) -> T + Sync) -> Vec<T> {
    let (left, right) = files.split_at(files.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| right.iter().map(&work).collect::<Vec<_>>());
        let mut made: Vec<_> = left.iter().map(&work).collect();
        made.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        made
    })
}
