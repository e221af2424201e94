//! What a bulk edit will do, told while it is typed: the items' values are read once, and each key looks at what is kept.
//!
//! Here: reading, keeping, and handing the answers over part by part. Not here: what an intent does to a value (`profile::foresee`).

use std::sync::{Arc, Mutex, PoisonError};

use super::work::Workshop;
use crate::app::Event;
use crate::app::effect::ForeseeJob;
use crate::content::{FieldRef, Value};
use crate::library::drafts::DraftFile;
use crate::profile::Profile;
use crate::profile::foresee::{FieldUse, Foreseen, foresee, pruned, reads, take_fields};

/// The first answer is for so few items that it is there at once.
const FIRST: usize = 32;
/// Each answer after it.
const PART: usize = 512;

/// Values that were read for the last question.
#[derive(Debug, Default)]
pub struct Foresight {
    kept: Mutex<Option<Kept>>,
}

#[derive(Debug)]
struct Kept {
    files: Arc<[DraftFile]>,
    fields: Vec<FieldRef>,
    /// As far as they have been read.
    values: Vec<Result<Value, String>>,
}

impl Foresight {
    /// What the job's intent will do, part by part; ends where `cancelled` says so, and keeps what was read.
    pub fn run(
        &self,
        job: &ForeseeJob,
        (workshop, profile): (&Workshop, &Profile),
        cancelled: &(dyn Fn() -> bool + Sync),
        answer: &mut dyn FnMut(Event),
    ) {
        let fields = reads(&job.field, &job.intent);
        // A worker that panicked left it taken out: the values are read again.
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut kept = kept
            .filter(|kept| Arc::ptr_eq(&kept.files, &job.files) && fields.iter().all(|f| kept.fields.contains(f)))
            .unwrap_or_else(|| Kept { files: job.files.clone(), fields, values: Vec::new() });
        let (mut from, all) = (0, job.files.len());
        loop {
            let to = (from + if from == 0 { FIRST } else { PART }).min(all);
            if cancelled() {
                break;
            }
            if kept.values.len() < to {
                let read = workshop.values(&job.files[kept.values.len()..to]);
                kept.values.extend(read.into_iter().map(|value| value.map(|value| pruned(&value, &kept.fields))));
            }
            let look = |(file, value): (&DraftFile, &Result<Value, String>)| {
                let foreseen = match value {
                    Ok(value) => foresee(profile, &job.field, &job.intent, value),
                    Err(reason) => Foreseen::Refuses(reason.clone()),
                };
                (file.path.clone(), foreseen)
            };
            let items = job.files[from..to].iter().zip(&kept.values[from..to]).map(look).collect();
            answer(Event::Foreseen { generation: job.generation, items, done: to == all });
            from = to;
            if from == all {
                break;
            }
        }
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }
}

/// The fields that these items have.
pub fn fields(workshop: &Workshop, profile: &Profile, files: &[DraftFile]) -> Vec<FieldUse> {
    let mut known = Vec::new();
    for value in workshop.values(files).into_iter().flatten() {
        take_fields(&mut known, profile, &value);
    }
    known
}
