//! The offerings of a whole library, kept between two lookings for findings: only what has changed since is read again.
//!
//! Not here: what is found in them (`library::survey`), and the index of the screens, which is the desk's own.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::effect::SurveyJob;
use crate::content::Value;
use crate::library::drafts::DraftFile;
use crate::library::survey::Glance;
use crate::library::{ItemId, OfferingIndex, Row};
use crate::profile::OfferingsRule;

/// Every item's offerings, and the row that each was read for.
#[derive(Debug, Default)]
pub(super) struct Entries {
    index: OfferingIndex,
    read_for: Vec<Option<Arc<Row>>>,
}

impl Entries {
    /// The offerings, numbered as the rows of the last job.
    pub(super) fn index(&self) -> &OfferingIndex {
        &self.index
    }

    /// Takes in what a job looked at, and reads by `read` what else is not known as it is.
    pub(super) fn take(
        &mut self,
        rule: &OfferingsRule,
        job: &SurveyJob,
        asked: &[(usize, Glance)],
        read: impl Fn(&[DraftFile]) -> Vec<(Arc<str>, Vec<Value>)>,
    ) {
        self.read_for.resize(job.rows.len(), None);
        for (at, glance) in asked {
            let id = ItemId(*at as u32);
            self.index.put(rule, id, glance.entries());
            self.read_for[*at] = Some(job.rows.get(id).clone());
        }
        let drafts: HashMap<ItemId, &DraftFile> = job.drafts.iter().map(|(id, file)| (*id, file)).collect();
        let (mut ids, mut files) = (HashMap::new(), Vec::new());
        for (id, row) in job.rows.iter() {
            let known = &mut self.read_for[id.0 as usize];
            if row.problem.is_some() || known.as_ref().is_some_and(|known| Arc::ptr_eq(known, row)) {
                continue;
            }
            *known = Some(row.clone());
            ids.insert(row.path.clone(), id);
            let plain = || DraftFile { path: row.path.clone(), steps: Vec::new(), base: None, stamp: 0 };
            files.push(drafts.get(&id).map_or_else(plain, |file| DraftFile::clone(file)));
        }
        for (path, entries) in read(&files) {
            if let Some(id) = ids.get(&path) {
                self.index.put(rule, *id, &entries);
            }
        }
    }
}
