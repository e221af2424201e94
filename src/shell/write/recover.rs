//! A write that was cut short: what a start finds of it, and how it is finished or taken back.
//!
//! What is true of a file is read off its bytes: it has its old text, its new one, or another. So all of this can be cut short itself,
//! and done again. Here: plans that are found, and both ways out. Not here: asking which ([`crate::app`]).

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use blake3::Hash;

use super::many::{Course, Cut, Ground, Many, Refused, Text, remove_temporaries, sync_folders};
use super::plan::{self, Open, Place, Plan, Planned};
use crate::content::patch::{Hunk, applied, reversed};
use crate::library::{Drafts, Record};
use crate::shell::disk::{SaveError, fingerprint, within};
use crate::shell::root::reason;

/// What a start finds.
#[derive(Debug, Default)]
pub struct AtStart {
    /// What is written, and the journal does not know.
    pub records: Vec<Record>,
    /// Plans to be forgotten once it knows.
    pub over: Vec<u64>,
    /// What a curator is told.
    pub told: Option<String>,
    /// A write that is to be finished or taken back: files written, of how many.
    pub unfinished: Option<(usize, usize)>,
}

/// What came of going on.
#[derive(Debug, Default)]
pub struct Ended {
    /// The plan, which stays until the journal knows; none where all was taken back.
    pub plan: Option<u64>,
    /// Files that have the text that was wanted.
    pub files: Vec<(String, Planned)>,
    /// Files that have neither of the two texts any more, or cannot be replaced.
    pub failed: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Has {
    Old,
    New,
    Other,
}

/// What a file has now.
fn has(ground: &Ground<'_>, place: &Place, planned: &Planned) -> Has {
    let read = within(ground.root, &ground.root.join(&place.path));
    let bytes = read.ok().and_then(|target| ground.calls.read(&target).ok());
    match bytes.map(|bytes| fingerprint(&bytes).to_hex()) {
        Some(now) if now.as_str() == planned.after => Has::New,
        Some(now) if now.as_str() == planned.before => Has::Old,
        _ => Has::Other,
    }
}

/// The files of a plan.
fn files(plan: &Plan) -> impl Iterator<Item = (&Place, &Planned)> {
    plan.planned.iter().filter_map(|(at, planned)| Some((plan.files.get(*at)?, planned)))
}

/// Looks what earlier writes left, and brings to its end what needs no answer. The lock of the root is held.
///
/// # Errors
/// Where a plan cannot be read or ended.
pub fn at_start(ground: Ground<'_>, drafts: &Drafts) -> io::Result<AtStart> {
    let (mut found, mut drafts) = (AtStart::default(), drafts.clone());
    let Some(folder) = ground.state else { return Ok(found) };
    let plans = plan::all(folder)?;
    let last = plans.last().map(|plan| plan.number);
    for mut plan in plans {
        if plan.over.is_none() && Some(plan.number) == last {
            let state = state_of(&ground, &plan);
            let count = |what: Has| state.iter().filter(|has| **has == what).count();
            let (new, old) = (count(Has::New), count(Has::Old));
            if came_to_nothing(&plan, &state) {
                drop_plan(&ground, folder, &plan)?;
                found.told = plan
                    .is_ready
                    .then(|| "a write was cut short before it replaced a file: all are drafts still".into());
                continue;
            }
            if old > 0 {
                found.unfinished = Some((new, new + old));
                continue;
            }
            end(&ground, folder, &mut plan, &state)?;
            found.told = Some(format!("the write that was cut short had come to its end: {new} written"));
        }
        let failed = plan.over.clone().unwrap_or_default();
        for (place, planned) in files(&plan).filter(|(_, planned)| !failed.contains(&planned.at)) {
            tell(&mut found, &mut drafts, place, planned);
        }
        found.over.push(plan.number);
    }
    Ok(found)
}

fn state_of(ground: &Ground<'_>, plan: &Plan) -> Vec<Has> {
    files(plan).map(|(place, planned)| has(ground, place, planned)).collect()
}

/// Whether no file was replaced. One that was to have the text it had is not what was begun.
fn came_to_nothing(plan: &Plan, state: &[Has]) -> bool {
    !plan.is_ready
        || files(plan).zip(state).all(|((_, planned), has)| *has != Has::New || planned.before == planned.after)
}

fn drop_plan(ground: &Ground<'_>, folder: &Path, plan: &Plan) -> io::Result<()> {
    remove_temporaries(ground, &plan.files)?;
    plan::remove(ground.calls, folder, plan.number)
}

/// Makes way for another write: one that came to nothing, and could not be cleared away then, is now.
///
/// # Errors
/// In words, where an earlier write has to be finished or taken back first, or cannot be looked at.
pub(super) fn make_way(ground: &Ground<'_>) -> Result<(), String> {
    let Some(folder) = ground.state else { return Ok(()) };
    let blocked =
        |error: io::Error| format!("an earlier write is in the way ({}): nothing was written", reason(&error));
    let Some(plan) = plan::last(folder).map_err(blocked)?.filter(|plan| plan.over.is_none()) else { return Ok(()) };
    match came_to_nothing(&plan, &state_of(ground, &plan)) {
        true => drop_plan(ground, folder, &plan).map_err(blocked),
        false => Err("an earlier write has not come to its end: nothing was written".to_string()),
    }
}

/// Every file was replaced: that is made safe.
fn end(ground: &Ground<'_>, folder: &Path, plan: &mut Plan, state: &[Has]) -> io::Result<()> {
    sync_all(ground, plan)?;
    remove_temporaries(ground, &plan.files)?;
    let others = files(plan).zip(state).filter(|(_, has)| **has == Has::Other);
    let failed: Vec<usize> = others.map(|((_, planned), _)| planned.at).collect();
    Open::again(ground.calls, folder, plan.number)?.over(ground.calls, failed.clone())?;
    plan.over = Some(failed);
    Ok(())
}

fn sync_all(ground: &Ground<'_>, plan: &Plan) -> io::Result<()> {
    let targets: Vec<_> =
        files(plan).filter_map(|(place, _)| within(ground.root, &ground.root.join(&place.path)).ok()).collect();
    let folders: BTreeSet<&Path> = targets.iter().filter_map(|target| target.parent()).collect();
    sync_folders(ground.calls, &folders)
}

/// The journal may know of it: what was left out of the write must not be taken for written by telling it twice.
fn tell(found: &mut AtStart, drafts: &mut Drafts, place: &Place, planned: &Planned) {
    if planned.steps.is_empty() || drafts.file(&place.path).base.as_ref() == Some(&planned.after) {
        return;
    }
    let (path, steps) = (place.path.clone(), planned.steps.clone());
    let record = Record::Written { path, edits: 0, steps, base: planned.after.clone() };
    drafts.replay(&record);
    found.records.push(record);
}

/// Forgets plans that the journal knows all about.
///
/// # Errors
/// Where one cannot be removed.
pub fn forget(ground: Ground<'_>, plans: &[u64]) -> io::Result<()> {
    let Some(folder) = ground.state else { return Ok(()) };
    plans.iter().try_for_each(|number| plan::remove(ground.calls, folder, *number))
}

/// How far the write that was cut short has come: files written, of how many. None where there is none.
pub fn how_far(ground: Ground<'_>) -> Option<(usize, usize)> {
    let plan = unfinished(&ground)?;
    let state = files(&plan).map(|(place, planned)| has(&ground, place, planned));
    let state: Vec<Has> = state.filter(|has| *has != Has::Other).collect();
    Some((state.iter().filter(|has| **has == Has::New).count(), state.len()))
}

/// The changes of the write that was cut short: path, hunks, and whether they are on disk.
pub fn changes(ground: Ground<'_>) -> Vec<(String, Vec<Hunk>, bool)> {
    let Some(plan) = unfinished(&ground) else { return Vec::new() };
    let change = |(place, planned): (&Place, &Planned)| {
        let is_written = has(&ground, place, planned) == Has::New;
        (place.path.clone(), planned.hunks.clone(), is_written)
    };
    files(&plan).map(change).collect()
}

fn unfinished(ground: &Ground<'_>) -> Option<Plan> {
    plan::last(ground.state?).ok()?.filter(|plan| plan.over.is_none())
}

/// Finishes the write that was cut short, or takes it back.
///
/// # Errors
/// [`Cut::After`]: it can be done again, and the other way round.
pub fn go_on(
    ground: Ground<'_>,
    course: Course,
    cancelled: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(usize),
) -> Result<Ended, Cut> {
    let cut = |reason: String| {
        let (written, planned) = how_far(ground).unwrap_or_default();
        Cut::After { written, planned, reason }
    };
    let Some(plan) = unfinished(&ground) else { return Ok(Ended::default()) };
    let wanted = if course == Course::TakeBack { Has::Old } else { Has::New };
    let again = sync_all(&ground, &plan).and_then(|()| Many::again(ground, &plan, course));
    let mut many = again.map_err(|error| cut(reason(&error)))?;
    let mut ended = Ended::default();
    for (place, planned) in files(&plan) {
        if cancelled() {
            return Err(cut(many.give_up("").reason()));
        }
        let staged = match has(&ground, place, planned) {
            now if now == wanted => Ok(()),
            Has::Other => Err(Refused::File(SaveError::ChangedOnDisk)),
            _ => stage(&mut many, &ground, course, (place, planned)),
        };
        match staged {
            Ok(()) => ended.files.push((place.path.clone(), planned.clone())),
            Err(Refused::File(error)) => {
                many.refuse(planned.at);
                ended.failed.push((place.path.clone(), error.to_string()));
            }
            Err(Refused::Disk(error)) => return Err(cut(many.give_up(&reason(&error)).reason())),
        }
    }
    let whole = many.replace(cancelled, progress).map_err(|error| cut(error.reason()))?;
    for (at, error) in whole.failed {
        let path = &plan.files[at].path;
        ended.files.retain(|(written, _)| written != path);
        ended.failed.push((path.clone(), error.to_string()));
    }
    ended.plan = whole.plan.filter(|_| course == Course::Finish);
    Ok(ended)
}

/// Makes the other text of a file out of the one that it has.
fn stage(many: &mut Many<'_>, ground: &Ground<'_>, course: Course, file: (&Place, &Planned)) -> Result<(), Refused> {
    let (place, planned) = file;
    let target = within(ground.root, &ground.root.join(&place.path))?;
    let bytes = ground.calls.read(&target)?;
    let now = std::str::from_utf8(&bytes).map_err(|_| SaveError::ChangedOnDisk)?;
    let (hunks, from, to) = match course {
        Course::TakeBack => (reversed(&planned.hunks), &planned.after, &planned.before),
        _ => (planned.hunks.clone(), &planned.before, &planned.after),
    };
    let text = applied(now, &hunks).filter(|text| fingerprint(text.as_bytes()).to_hex().as_str() == to);
    let (Some(text), Ok(before)) = (text, Hash::from_hex(from)) else { return Err(SaveError::ChangedOnDisk.into()) };
    many.stage(Text { at: planned.at, before: &before, text: &text, steps: Vec::new() })
}
