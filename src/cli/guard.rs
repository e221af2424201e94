//! What a verb must not write over: drafts of the workstation, and a root that a running one holds.
//!
//! A file's own root is not the only one that counts: state may have been left for any folder above the file, from a time when that
//! folder was opened by itself. Not here: holding the root while it is written (`keep`).

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::library::Library;
use super::output::Stop;
use crate::library::{BatchId, Drafts};
use crate::shell::folders::Folders;
use crate::shell::write::plan;
use crate::shell::{journal, lock};

/// What stands against writing below folders that have state.
pub(super) struct Guard {
    folders: Folders,
    known: HashMap<PathBuf, Option<Held>>,
}

struct Held {
    /// The process that works on it.
    holder: Option<String>,
    drafts: HashSet<Arc<str>>,
    /// Whether a write there has not come to its end.
    is_cut_short: bool,
    /// Why nobody knows what has a draft.
    unread: Option<String>,
    last_id: BatchId,
}

impl Guard {
    /// A guard over a library.
    ///
    /// # Errors
    /// Where a running workstation holds it as a whole.
    pub(super) fn of(library: &Library) -> Result<Guard, Stop> {
        let mut guard = Guard { folders: Folders::of_this_user(), known: HashMap::new() };
        let dir = &library.root.dir;
        match guard.held(dir).and_then(|held| held.holder.as_ref()) {
            None => Ok(guard),
            Some(holder) => {
                let what = "write there, or quit it first";
                Err(Stop::failed(format!("{}: open in the workstation ({holder}): {what}", dir.display())))
            }
        }
    }

    /// Why a file must not be written; nothing where it may.
    pub(super) fn refusal(&mut self, file: &Path) -> Option<String> {
        file.ancestors().skip(1).find_map(|dir| {
            let item = file.strip_prefix(dir).ok()?.to_str()?;
            let held = self.held(dir)?;
            match &held.holder {
                None if held.unread.is_some() => held.unread.clone(),
                Some(holder) => Some(format!("open in the workstation ({holder}): not written")),
                None if held.is_cut_short => Some(format!(
                    "a write was cut short in {}: curate undo there takes it back, the workstation can finish it",
                    dir.display()
                )),
                None if held.drafts.contains(item) => {
                    Some("it has a draft in the workstation: write it there, or take it back, first".to_string())
                }
                None => None,
            }
        })
    }

    /// The highest number of a batch in the journal of a folder.
    pub(super) fn last_id(&mut self, dir: &Path) -> BatchId {
        self.held(dir).map_or(0, |held| held.last_id)
    }

    fn held(&mut self, dir: &Path) -> Option<&Held> {
        if !self.known.contains_key(dir) {
            let held = self.folders.has_state(dir).then(|| Held::of(&self.folders.state_of(dir)));
            self.known.insert(dir.to_path_buf(), held);
        }
        self.known.get(dir)?.as_ref()
    }
}

impl Held {
    fn of(state: &Path) -> Held {
        let mut drafts = Drafts::default();
        let left = journal::peek(state);
        left.iter().flatten().for_each(|record| drafts.replay(record));
        let (unread, last_id) = (left.err().map(|error| error.to_string()), drafts.last_id());
        let (holder, is_cut_short) = (lock::holder(state), plan::is_unfinished(state));
        Held { holder, drafts: drafts.paths().into_iter().collect(), is_cut_short, unread, last_id }
    }
}
