//! Looking for findings: the bits of rows, and everything that can be found in the items asked about.
//!
//! Each reads a file (and makes its draft), parses its front matter and hands both to the profile. Not here: when that is asked for
//! (`app`), on which thread it is done (`threads`), and what a finding is (`profile`, `library::survey`).

use std::sync::{Arc, PoisonError};

use super::work::Workshop;
use crate::app::Event;
use crate::app::effect::SurveyJob;
use crate::app::event::Surveyed;
use crate::content::{Document, Value, body};
use crate::library::drafts::DraftFile;
use crate::library::survey::{Glance, Known, survey};
use crate::library::{ItemId, Row};
use crate::profile::findings::{self, Finding, FindingBits};

/// How many items are looked at between two questions whether to go on.
const STRIDE: usize = 64;

impl Workshop {
    /// The bits of each of these items; a file that is gone has none.
    pub(super) fn look(&self, items: Vec<(ItemId, Arc<Row>, DraftFile)>) -> Vec<(ItemId, Arc<Row>, FindingBits)> {
        let look = |(id, row, file): (ItemId, Arc<Row>, DraftFile)| {
            let bits = self.document(&file).and_then(|document| self.bits(&document));
            (id, row, bits.unwrap_or_default())
        };
        items.into_iter().map(look).collect()
    }

    /// What a row keeps of what is found in a document.
    pub(super) fn bits(&self, document: &Document) -> Result<FindingBits, String> {
        let value = document.value().map_err(|e| e.to_string())?;
        Ok(self.bits_of(&value, document))
    }

    /// The same, where its value is at hand.
    pub(super) fn bits_of(&self, value: &Value, document: &Document) -> FindingBits {
        findings::bits(&self.profile().0, value, || body::text(document.body()))
    }

    /// Answers a survey, unless `cancelled` said that nobody waits for it any more.
    pub(super) fn surveyed(
        &self,
        job: &SurveyJob,
        cancelled: &(dyn Fn() -> bool + Sync),
        answer: &mut dyn FnMut(Event),
    ) {
        if let Some(found) = self.survey(job, cancelled) {
            answer(Event::Surveyed { generation: job.generation, answer: found });
        }
    }

    /// Everything that is found in the items of a job, by two threads; `None` where `cancelled` said so.
    fn survey(&self, job: &SurveyJob, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Surveyed> {
        let (left, right) = job.items.split_at(job.items.len() / 2);
        let looked = std::thread::scope(|scope| {
            let other = scope.spawn(|| self.through(right, cancelled));
            let mut looked = self.through(left, cancelled);
            // A panic over there is a panic here: it must not look like an answer.
            let rest = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            looked.as_mut()?.extend(rest?);
            looked
        })?;
        let known: Vec<Known> = job.rows.iter().map(|(_, row)| Known::of(row)).collect();
        let (mut asked, mut found) = (Vec::new(), Vec::new());
        for (id, looked) in looked {
            found.push((
                id,
                looked.map(|(findings, glance)| {
                    asked.push((id.0 as usize, glance));
                    findings
                }),
            ));
        }
        let profile = self.profile().0;
        let rule = profile.offerings.as_ref();
        let mut entries = rule.map(|rule| (rule, self.entries.lock().unwrap_or_else(PoisonError::into_inner)));
        if let Some((rule, entries)) = &mut entries {
            entries.take(rule, job, &asked, |files| self.read_entries(rule, files));
        }
        let offerings = entries.as_ref().map(|(rule, entries)| (*rule, entries.index()));
        let wide = survey(&known, &asked, offerings, &|path| self.root().join(path).is_file());
        for (findings, more) in found.iter_mut().filter_map(|(_, found)| found.as_mut().ok()).zip(wide) {
            findings.extend(more);
            findings.sort_by_key(|finding| finding.kind);
        }
        Some(found)
    }

    fn through(&self, items: &[(ItemId, DraftFile)], cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Seen>> {
        let mut seen = Vec::with_capacity(items.len());
        for stride in items.chunks(STRIDE) {
            if cancelled() {
                return None;
            }
            seen.extend(stride.iter().map(|(id, file)| (*id, self.see(file))));
        }
        Some(seen)
    }

    fn see(&self, file: &DraftFile) -> Result<(Vec<Finding>, Glance), String> {
        let document = self.document(file)?;
        let value = document.value().map_err(|e| e.to_string())?;
        let profile = self.profile().0;
        let (found, _) = findings::looked(&profile, &value, || body::text(document.body()));
        Ok((found, Glance::at(&profile, &value, document.body())))
    }
}

type Seen = (ItemId, Result<(Vec<Finding>, Glance), String>);
