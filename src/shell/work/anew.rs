//! A draft over a file that has changed since its edits were made: what fits is made anew, and where both sides changed a field, that
//! is a conflict.
//!
//! What was said of topics and offerings is expanded anew, so that somebody else's never contradict it; all else is made by its old values.
//! Until a conflict is decided the list, the form and the preview show the draft as if it were decided for the curator, and nothing is
//! written. Not here: how a decision is kept (`library::drafts`).

use std::collections::HashSet;

use super::{Draft, Made, Workshop, disk, is_remade, misfit, of_fields};
use crate::app::event::Recomputed;
use crate::content::edit::{self, Misfit};
use crate::content::{Document, Edit, FieldPath, Refusal, Value};
use crate::library::drafts::{Clash, Conflict, DraftFile, ExpandJob, IntentId, StepEdits};
use crate::profile::Intent;

/// A draft made anew.
pub(super) struct Anew {
    /// The text, conflicts decided for the curator.
    pub document: Document,
    pub conflicts: Vec<Conflict>,
}

/// What the edits of a draft come to, one after the other.
struct Course {
    value: Value,
    /// Made over what stands there.
    edits: Vec<(IntentId, Edit)>,
    clashes: Vec<(IntentId, Clash)>,
    /// Intents that have an edit without a place.
    lost: HashSet<IntentId>,
}

impl Workshop {
    /// The file and its draft, as if conflicts were decided for the curator: to be looked at, not to be written.
    pub(in crate::shell) fn looked_at(&self, file: &DraftFile) -> Result<Draft, String> {
        let disk = self.open(&file.path)?;
        let hash = disk::fingerprint(disk.text().as_bytes());
        let base = hash.to_hex();
        let draft = self.text_to_look_at(file, &disk, &base)?;
        Ok(Draft { disk, draft, hash, remade: is_remade(file, &base) })
    }

    /// The text with the draft's edits, as if conflicts were decided for the curator.
    pub(super) fn text_to_look_at(&self, file: &DraftFile, disk: &Document, base: &str) -> Result<Document, String> {
        match is_remade(file, base) {
            true => self.anew(file, disk).map(|anew| anew.document),
            false => self.text_of_draft(file, disk, base),
        }
    }

    /// The row of a draft, and what it is in conflict with.
    pub(super) fn recomputed(&self, file: &DraftFile) -> Result<Recomputed, String> {
        let disk = self.open(&file.path)?;
        let base = disk::fingerprint(disk.text().as_bytes()).to_hex();
        let made = match is_remade(file, &base) {
            true => self.anew(file, &disk)?,
            false => Anew { document: self.text_of_draft(file, &disk, &base)?, conflicts: Vec::new() },
        };
        let row = self.row(&file.path, &made.document)?.with(self.bits(&made.document)?);
        Ok(Recomputed { row, conflicts: made.conflicts })
    }

    /// The edits that a decision means.
    pub(super) fn decided(&self, job: &ExpandJob, disk: &Document) -> Result<StepEdits, String> {
        let conflicts = self.anew(&job.prior, disk)?.conflicts;
        let mut edits = Vec::new();
        for intent in job.intents.iter() {
            let Intent::Decide { theirs, over } = intent else { continue };
            let kept =
                || conflicts.iter().find(|conflict| conflict.over == *over).map(|conflict| conflict.kept.clone());
            match (theirs, (!theirs).then(kept).flatten()) {
                (false, Some(None)) => return Err("yours has no place in the file any more".to_string()),
                (false, Some(Some(kept))) => edits.extend(kept),
                // Theirs; or the file is as it was again, and yours fits.
                _ => edits.extend(over.iter().cloned()),
            }
        }
        Ok(edits.into())
    }

    /// The text with a draft's edits, over a file that has changed.
    pub(super) fn anew(&self, undecided: &DraftFile, disk: &Document) -> Result<Anew, String> {
        let file = undecided.decided();
        if file.steps.iter().flat_map(|step| &step.edits).any(|edit| matches!(edit, Edit::Text { .. })) {
            return self.anew_by_bytes(&file, disk);
        }
        let value = disk.value().map_err(|e| e.to_string())?;
        let course = self.course(&file, value.clone())?;
        let edits: Vec<Edit> = course.edits.iter().map(|(_, edit)| edit.clone()).collect();
        let document = edit::apply(disk, &edits).map_err(|e| misfit(&e))?;
        if course.clashes.is_empty() {
            return Ok(Anew { document, conflicts: Vec::new() });
        }
        let hunks = file.hunks(self.stamp_field().as_deref());
        let conflict = |hunk: Vec<IntentId>| {
            let mut conflict = conflict(&file, &hunk, &course, &value)?;
            if conflict.kept.is_none()
                && let Some(made) = self.asked_again(undecided, &file, &hunk, &value)
            {
                conflict.keep(made.expansion.edits, &made.after);
            }
            Some(conflict)
        };
        let conflicts = hunks.into_iter().filter_map(conflict).collect();
        Ok(Anew { document, conflicts })
    }

    /// What these intents mean in the file as it is now, as if they were asked for now; none where that is not known any more. An
    /// edit of a list's entry has no place where somebody changed the entry; what was asked for still has.
    fn asked_again(&self, undecided: &DraftFile, file: &DraftFile, hunk: &[IntentId], disk: &Value) -> Option<Made> {
        let asked = undecided.asked(&file.of(|id| hunk.contains(&id)));
        if asked.iter().any(|intent| matches!(intent, Intent::Text { .. })) {
            return None;
        }
        let rest = self.course(&file.of(|id| !hunk.contains(&id)), disk.clone()).ok()?;
        of_fields(&self.profile().0, &asked, rest.value).ok()
    }

    fn course(&self, file: &DraftFile, value: Value) -> Result<Course, String> {
        let (profile, _) = self.profile();
        let stamp = self.stamp_field();
        let mut course = Course { value, edits: Vec::new(), clashes: Vec::new(), lost: HashSet::new() };
        for step in &file.steps {
            let all_anew = step.intents.iter().all(Intent::is_made_anew);
            for (place, range) in step.ranges() {
                let id = IntentId { batch: step.batch, place };
                if all_anew {
                    let intents = if step.counts.is_empty() { &step.intents[..] } else { &step.intents[place..=place] };
                    let made = of_fields(&profile, intents, course.value).map_err(|e| misfit(&e))?;
                    course.value = made.after;
                    course.edits.extend(made.expansion.edits.into_iter().map(|edit| (id, edit)));
                    continue;
                }
                for edit in &step.edits[range] {
                    course.take(id, edit, stamp.as_deref())?;
                }
            }
        }
        Ok(course)
    }

    /// Bytes go with the lines around them: a draft that has such edits fits as a whole, or is in conflict as a whole.
    fn anew_by_bytes(&self, file: &DraftFile, disk: &Document) -> Result<Anew, String> {
        match self.by_bytes(file, disk) {
            Ok(document) => Ok(Anew { document, conflicts: Vec::new() }),
            Err(Misfit::Changed { field, was, now }) => {
                let over: Vec<Edit> = file.steps.iter().flat_map(|step| step.edits.clone()).collect();
                let mine = over.iter().rev().find_map(|edit| match edit {
                    Edit::Text { new, .. } => Some(Value::from(new.as_str())),
                    _ => None,
                });
                let clashes = vec![Clash { field, was, mine, theirs: now }];
                Ok(Anew { document: disk.clone(), conflicts: vec![Conflict { clashes, over, kept: None }] })
            }
            Err(other) => Err(misfit(&other)),
        }
    }
}

impl Workshop {
    fn by_bytes(&self, file: &DraftFile, disk: &Document) -> Result<Document, Misfit> {
        let (profile, _) = self.profile();
        let mut document = disk.clone();
        for step in &file.steps {
            let edits = if step.intents.iter().all(Intent::is_made_anew) {
                let value = document.value().map_err(|e| Refusal::new(FieldPath::root(), e.to_string()))?;
                of_fields(&profile, &step.intents, value)?.expansion.edits
            } else {
                self.edits_of(&DraftFile { steps: vec![step.clone()], ..file.clone() }, &document)
            };
            document = edit::apply_anew(&document, &edits)?;
        }
        Ok(document)
    }
}

impl Course {
    fn take(&mut self, id: IntentId, edit: &Edit, stamp: Option<&str>) -> Result<(), String> {
        // The stamp of `touch:` is nobody's: the later one wins.
        let is_stamp = stamp.is_some_and(|field| edit.place().to_string() == field);
        let forced = || edit::forced(&self.value, edit);
        let (field, was, now) = match edit::apply_to_value(&mut self.value.clone(), std::slice::from_ref(edit)) {
            Ok(()) => return self.put(id, edit.clone()),
            Err(Misfit::Changed { field, was, now }) => (field, was, now),
            Err(other) => return Err(misfit(&other)),
        };
        let mine = match edit {
            Edit::Set { new, .. } => Some(new.clone()),
            _ => None,
        };
        let forced = forced();
        if !is_stamp {
            self.clashes.push((id, Clash { field, was, mine, theirs: now }));
        }
        match forced {
            Some(forced) => self.put(id, forced),
            None => {
                self.lost.insert(id);
                Ok(())
            }
        }
    }

    fn put(&mut self, id: IntentId, edit: Edit) -> Result<(), String> {
        edit::apply_to_value(&mut self.value, std::slice::from_ref(&edit)).map_err(|e| misfit(&e))?;
        self.edits.push((id, edit));
        Ok(())
    }
}

/// The conflict of intents that stand and fall together; none where all of them fit.
fn conflict(file: &DraftFile, hunk: &[IntentId], course: &Course, disk: &Value) -> Option<Conflict> {
    let mut clashes: Vec<Clash> = Vec::new();
    for (_, clash) in course.clashes.iter().filter(|(id, _)| hunk.contains(id)) {
        if clashes.iter().all(|known| known.field != clash.field) {
            clashes.push(clash.clone());
        }
    }
    let lost = hunk.iter().any(|id| course.lost.contains(id));
    for clash in &mut clashes {
        clash.theirs = disk.at(&clash.field).cloned();
        if !lost {
            clash.mine = course.value.at(&clash.field).cloned();
        }
    }
    let edits = || course.edits.iter().filter(|(id, _)| hunk.contains(id)).map(|(_, edit)| edit.clone()).collect();
    let over = file.of(|id| hunk.contains(&id)).steps.into_iter().flat_map(|step| step.edits).collect();
    (!clashes.is_empty()).then(|| Conflict { clashes, over, kept: (!lost).then(edits) })
}
