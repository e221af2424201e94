//! What an earlier run left is there again, whatever became of its end; a journal that cannot be written is mended.

use super::*;
use crate::content::FieldPath;
use crate::library::{PlaceInQueue, Unfinished};
use crate::profile::Intent;
use crate::shell::lock::holder;

fn began(batch: u64) -> Record {
    let intent = Intent::SetText { field: "status".parse().unwrap(), text: "approved".into() };
    Record::Began { batch, label: "approved".into(), intents: vec![intent], items: vec!["a.md".into()] }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// What stands in the journal of a folder.
fn text(folder: &Path) -> String {
    fs::read_to_string(folder.join("journal")).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn what_was_appended_is_there_again_and_a_cut_tail_is_left_behind() {
    let folder = folder();
    let (mut journal, left) = open(folder.path()).unwrap();
    assert!(left.records.is_empty() && left.damage.is_none());
    let place = Record::Place(PlaceInQueue { filter: "virtual".into(), ..PlaceInQueue::default() });
    journal.keep(&[began(1), place.clone()]).unwrap();
    drop(journal);
    let whole = text(folder.path());
    fs::write(folder.path().join("journal"), whole.clone() + "0123456789abcdef {\"half").unwrap();
    let (_, left) = open(folder.path()).unwrap();
    assert_eq!((left.records, left.damage), (vec![began(1), place], Some(Damage::Cut)));
    assert_eq!(text(folder.path()), whole);
    let (_, again) = open(&folder.path().join("other")).unwrap();
    assert!(again.records.is_empty());
}

#[test]
fn a_journal_that_ends_anywhere_is_read_to_its_last_whole_record() {
    let all = [began(1), Record::Undone, began(2)];
    let bytes = whole(&all).unwrap();
    for end in 0..=bytes.len() {
        let found = read(&bytes[..end]).unwrap();
        assert_eq!(found.records, all[..found.records.len()], "cut at {end}");
        let whole = whole(&found.records).unwrap().len();
        assert!(whole <= end.max(header().len()), "cut at {end}");
        assert_eq!(found.rest == Rest::Nothing, whole == end || end == 0, "cut at {end}");
        assert_ne!(found.rest, Rest::Damaged, "cut at {end}");
    }
}

#[test]
fn a_changed_byte_is_noticed_and_what_stands_behind_it_is_kept_beside() {
    let mut bytes = whole(&[began(1), began(2), began(3)]).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    let folder = folder();
    fs::write(folder.path().join("journal"), &bytes).unwrap();
    let (journal, left) = open(folder.path()).unwrap();
    assert_eq!(left.records, vec![began(1)]);
    let Some(Damage::Kept(aside)) = &left.damage else { panic!("{:?}", left.damage) };
    assert_eq!(fs::read(aside).unwrap(), bytes);
    assert!(left.damage.unwrap().told().contains("journal.damaged-1"));
    drop(journal);
    // No second time.
    assert_eq!(open(folder.path()).unwrap().1.damage, None);
    fs::write(folder.path().join("journal"), "something else\n").unwrap();
    assert!(open(folder.path()).unwrap().1.damage.unwrap().told().contains("journal.damaged-2"));
}

#[test]
fn a_journal_of_a_newer_program_is_refused_and_kept() {
    let folder = folder();
    let path = folder.path().join("journal");
    #[derive(serde::Serialize)]
    enum Newer {
        Dreamt { of: u8 },
    }
    let unknown = [whole(&[began(1)]).unwrap(), line(&Newer::Dreamt { of: 1 }).unwrap()].concat();
    for newer in [b"curate journal 2\nwhatever it says\n".to_vec(), unknown] {
        fs::write(&path, &newer).unwrap();
        let error = open(folder.path()).unwrap_err();
        assert!(matches!(&error, JournalError::Newer { .. }), "{error}");
        assert!(error.to_string().contains("a newer curate has left drafts here"), "{error}");
        assert!(peek(folder.path()).is_err());
        assert_eq!(fs::read(&path).unwrap(), newer);
    }
}

#[test]
fn a_second_process_is_told_who_holds_the_library() {
    let folder = folder();
    let (journal, _) = open(folder.path()).unwrap();
    let error = open(folder.path()).unwrap_err();
    assert!(matches!(&error, JournalError::Held(who) if who.contains(&std::process::id().to_string())), "{error}");
    assert!(holder(folder.path()).is_some());
    drop(journal);
    assert_eq!(holder(folder.path()), None);
    open(folder.path()).unwrap();
}

#[test]
fn the_state_of_a_root_is_for_its_owner_alone_even_where_it_was_not() {
    let above = folder();
    let folder = above.path().join("state/roots/one");
    let (mut journal, _) = open(&folder).unwrap();
    journal.keep(&[began(1)]).unwrap();
    drop(journal);
    let open_to_all = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let all = |expected: &str| {
        for name in names(&folder) {
            assert_eq!(mode(&folder.join(&name)), 0o600, "{name} {expected}");
        }
        assert_eq!(mode(&folder), 0o700, "{expected}");
    };
    all("as it was made");
    open_to_all(&folder, 0o755);
    open_to_all(&folder.join("journal"), 0o644);
    drop(open(&folder).unwrap());
    all("opened again");
}

#[test]
fn a_journal_that_is_compact_already_is_not_made_anew_at_the_start() {
    use std::os::unix::fs::MetadataExt;
    let folder = folder();
    let (mut journal, _) = open(folder.path()).unwrap();
    journal.keep(&[began(1)]).unwrap();
    drop(journal);
    let file = || fs::metadata(folder.path().join("journal")).unwrap().ino();
    let before = file();
    let (mut journal, left) = open(folder.path()).unwrap();
    assert_eq!((file(), left.records), (before, vec![began(1)]));
    let typing = |text: &str| {
        let typed = Unfinished { item: None, field: FieldPath::key("title"), entry: false, text: text.into() };
        Record::Typing(Some(typed))
    };
    journal.keep(&vec![typing("much"); 300]).unwrap();
    drop(journal);
    let (_, left) = open(folder.path()).unwrap();
    assert_eq!(left.records, [began(1), typing("much")]);
    assert_ne!(file(), before);
}

#[test]
fn a_journal_grown_large_is_made_anew_and_goes_on() {
    let folder = folder();
    let (mut journal, _) = open(folder.path()).unwrap();
    let typed = |text: String| {
        Record::Typing(Some(Unfinished { item: None, field: FieldPath::key("title"), entry: false, text }))
    };
    journal.keep(&[Record::Numbered(7), began(8)]).unwrap();
    let long = "x".repeat(1 << 20);
    for _ in 0..9 {
        journal.keep(&[typed(long.clone())]).unwrap();
    }
    assert!(journal.len > LARGE);
    journal.compact_if_large().unwrap();
    assert!(journal.len < 2 << 20);
    journal.keep(&[typed("y".into())]).unwrap();
    drop(journal);
    let (_, left) = open(folder.path()).unwrap();
    assert_eq!(left.records, [Record::Numbered(7), began(8), typed(long), typed("y".into())]);
    assert_eq!(names(folder.path()), ["journal", "lock"]);
}

#[test]
fn what_a_killed_compaction_left_is_cleared_away() {
    let folder = folder();
    fs::write(folder.path().join(NEW), "half a jour").unwrap();
    drop(open(folder.path()).unwrap());
    assert_eq!(names(folder.path()), ["journal", "lock"]);
}

#[test]
fn after_a_failure_the_same_records_are_kept_again_and_none_stands_there_twice() {
    let folder = folder();
    let (mut journal, _) = open(folder.path()).unwrap();
    journal.keep(&[began(1)]).unwrap();
    // A write that fails: the file can only be read.
    let good = std::mem::replace(&mut journal.file, File::open(folder.path().join("journal")).unwrap());
    assert!(journal.keep(&[began(2)]).is_err());
    assert!(journal.keep(&[began(2)]).is_err());
    journal.file = good;
    journal.file.write_all(b"half a record").unwrap();
    journal.keep(&[began(2)]).unwrap();
    assert_eq!(text(folder.path()), String::from_utf8(whole(&[began(1), began(2)]).unwrap()).unwrap());
    // A sync that failed: the journal is made anew before the next record.
    journal.broken = Some(Broken::Unsynced);
    journal.keep(&[began(3)]).unwrap();
    drop(journal);
    assert_eq!(open(folder.path()).unwrap().1.records, [began(1), began(2), began(3)]);
}
