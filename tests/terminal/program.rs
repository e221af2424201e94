//! The program itself in a pseudo-terminal: opened, killed, opened again.

use std::fs;
use std::path::Path;

use portable_pty::CommandBuilder;

use crate::tty::Tty;

const FILE: &str = "---\ntitle: Rural clinics bet on video\nstatus: ''\ntopics:\n  - Care\n---\nA text to read.\n";

fn library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("library")).unwrap();
    fs::write(folder.path().join("library/clinics.md"), FILE).unwrap();
    folder
}

fn open(folder: &Path) -> Tty {
    open_with(folder, &[])
}

fn open_with(folder: &Path, variables: &[(&str, &str)]) -> Tty {
    let mut tty = started(folder, variables);
    tty.until(|screen| screen.contents().contains("A text to read."));
    tty
}

fn open_until(folder: &Path, shown: &str) -> Tty {
    let mut tty = started(folder, &[]);
    tty.until(|screen| screen.contents().contains(shown));
    tty
}

fn started(folder: &Path, variables: &[(&str, &str)]) -> Tty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_curate"));
    command.arg(folder.join("library"));
    for (name, below) in [("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data")] {
        command.env(name, folder.join(below));
    }
    for (name, value) in variables {
        command.env(name, value);
    }
    Tty::sized(command, 24, 80)
}

#[test]
fn what_was_decided_survives_a_kill_and_reaches_the_disk_by_w_and_y_alone() {
    let folder = library();
    let file = folder.path().join("library/clinics.md");
    let mut tty = open(folder.path());
    tty.press("a");
    tty.until(|screen| screen.contents().contains("\u{2022}1"));
    // The dot is on the screen before the journal is synced; the next key's answer comes after.
    let journal = || {
        let states = fs::read_dir(folder.path().join("state/curate/roots")).unwrap();
        let texts = states.flatten().map(|s| fs::read_to_string(s.path().join("journal")).unwrap_or_default());
        texts.collect::<String>()
    };
    while !journal().contains("Answered") {
        std::thread::yield_now();
    }
    tty.kill();
    assert_eq!(fs::read_to_string(&file).unwrap(), FILE);

    let mut tty = open(folder.path());
    tty.until(|screen| screen.contents().contains("Restored: 1 draft"));
    tty.press("w");
    tty.until(|screen| screen.contents().contains("1 to write"));
    tty.press("y");
    tty.until(|screen| screen.contents().contains("1 file written, 1 line changed"));
    assert_eq!(fs::read_to_string(&file).unwrap(), FILE.replace("status: ''", "status: approved"));
    tty.press("q");
    assert!(tty.end() && tty.is_given_back());
}

#[test]
fn a_second_one_on_the_same_library_only_reads_and_says_who_holds_it() {
    let folder = library();
    let mut first = open(folder.path());
    let mut second = open(folder.path());
    second.until(|screen| screen.contents().contains("read only: process"));
    second.press("a");
    second.press("q");
    assert!(second.end());
    first.press("q");
    assert!(first.end());
}

#[test]
fn one_that_only_reads_takes_over_when_the_other_is_killed_and_has_its_drafts() {
    let folder = library();
    let file = folder.path().join("library/clinics.md");
    let mut first = open(folder.path());
    let mut second = open(folder.path());
    second.until(|screen| screen.contents().contains("read only: process"));
    first.press("a");
    first.until(|screen| screen.contents().contains("\u{2022}1"));
    // Another key is answered after what was decided is on its way to the disk; a process that is killed loses no file.
    first.press("q");
    assert!(first.end());
    second.until(|screen| screen.contents().contains("W takes it over"));
    second.press("W");
    second.until(|screen| screen.contents().contains("taken over: 1 draft"));
    second.press("w");
    second.until(|screen| screen.contents().contains("1 to write"));
    second.press("y");
    second.until(|screen| screen.contents().contains("1 file written, 1 line changed"));
    assert_eq!(fs::read_to_string(&file).unwrap(), FILE.replace("status: ''", "status: approved"));
    let mut third = open(folder.path());
    third.until(|screen| screen.contents().contains("read only: process"));
    second.kill();
    third.until(|screen| screen.contents().contains("W takes it over"));
    third.press("q");
    assert!(third.end());
}

#[test]
fn a_file_that_others_change_or_make_is_seen_by_itself() {
    let folder = library();
    let file = folder.path().join("library/clinics.md");
    let mut tty = open(folder.path());
    fs::write(&file, FILE.replace("Rural", "Coastal")).unwrap();
    tty.until(|screen| screen.contents().contains("Coastal clinics bet on video"));
    let new = folder.path().join("library/deep/er");
    fs::create_dir_all(&new).unwrap();
    fs::write(new.join("new.md"), FILE.replace("Rural", "Mountain")).unwrap();
    tty.until(|screen| screen.contents().contains("Mountain clinics bet on video"));
    fs::remove_file(&file).unwrap();
    tty.until(|screen| !screen.contents().contains("Coastal clinics bet on video"));
    tty.press("q");
    assert!(tty.end() && tty.is_given_back());
}

#[test]
fn a_real_editor_gets_the_terminal_and_what_it_leaves_is_a_draft() {
    let folder = library();
    let file = folder.path().join("library/clinics.md");
    // It shows that the terminal is its own, and edits without a shell.
    let script = folder.path().join("edit");
    fs::write(&script, "#!/bin/sh\nprintf 'an editor is here'\nread line\nsed -i \"s/Rural/$line/\" \"$1\"\n").unwrap();
    fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut tty = open_with(folder.path(), &[("VISUAL", script.to_str().unwrap())]);
    tty.press("E");
    tty.until(|screen| !screen.alternate_screen() && screen.contents().contains("an editor is here"));
    tty.press("Far\n");
    tty.until(|screen| screen.alternate_screen() && screen.contents().contains("edited by hand: 1 item"));
    assert_eq!(fs::read_to_string(&file).unwrap(), FILE);
    tty.press("w");
    tty.until(|screen| screen.contents().contains("1 to write"));
    tty.press("y");
    tty.until(|screen| screen.contents().contains("1 file written, 1 line changed"));
    assert_eq!(fs::read_to_string(&file).unwrap(), FILE.replace("Rural", "Far"));
    let left: Vec<_> = walk(&folder.path().join("state")).into_iter().filter(|p| p.contains("/editor/")).collect();
    assert!(left.is_empty(), "its copies are gone: {left:?}");
    tty.press("q");
    assert!(tty.end() && tty.is_given_back());
}

#[test]
fn what_a_window_saves_after_its_editor_came_back_at_once_is_taken_with_e_again() {
    let folder = library();
    let script = folder.path().join("window");
    fs::write(&script, "#!/bin/sh\n").unwrap();
    fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut tty = open_with(folder.path(), &[("VISUAL", script.to_str().unwrap())]);
    for (old, new) in [("Rural", "Far"), ("video", "trust")] {
        tty.press("E");
        tty.until(|screen| screen.alternate_screen() && screen.contents().contains("E again takes in"));
        let files = walk(&folder.path().join("state"));
        let given = files.iter().find(|path| path.contains("/editor/") && path.ends_with(".md")).unwrap();
        let text = fs::read_to_string(given).unwrap();
        assert!(text.contains(old), "{text}");
        fs::write(given, text.replace(old, new)).unwrap();
        tty.press("E");
        tty.until(|screen| screen.alternate_screen() && screen.contents().contains("edited by hand: 1 item"));
        // Saved once more, where nothing waits for it any more: taken all the same.
        fs::write(given, text.replace(old, new).replace("read", "study")).unwrap();
        tty.press("E");
        tty.until(|screen| screen.alternate_screen() && screen.contents().contains("to study."));
        tty.press("u");
        tty.until(|screen| screen.contents().contains("to read."));
    }
    tty.press("w");
    tty.until(|screen| screen.contents().contains("+ title: Far clinics bet on trust"));
    tty.press("y");
    tty.until(|screen| screen.contents().contains("1 file written"));
    tty.press("q");
    assert!(tty.end() && tty.is_given_back());
}

/// All files below a folder.
fn walk(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        match entry.file_type().unwrap().is_dir() {
            true => files.extend(walk(&entry.path())),
            false => files.push(entry.path().display().to_string()),
        }
    }
    files
}

#[test]
fn a_fall_gives_the_terminal_back_keeps_the_drafts_and_names_a_report_without_any_text() {
    let folder = library();
    let mut tty = open_with(folder.path(), &[("CURATE_FALLS_AT", "!")]);
    // The last edit is not in the journal yet when it falls.
    tty.press("a!");
    assert!(!tty.end());
    assert!(tty.is_given_back());
    let screen = tty.screen.screen().contents();
    let last = screen.trim_end().lines().last().unwrap_or_default();
    assert!(screen.contains("fell at !"), "{screen}");
    let states: Vec<String> =
        walk(&folder.path().join("state")).into_iter().filter(|p| p.contains("/report-")).collect();
    let [report] = &states[..] else { panic!("one report: {states:?}") };
    // A long name goes over the end of the line.
    let told = screen.trim_end().replace('\n', "");
    assert!(told.ends_with(report), "{report} is not at the end of\n{screen}\n{last}");
    let text = fs::read_to_string(report).unwrap();
    for part in ["src/shell/desk.rs", "may quote a text", "1 items, 1 drafts", "event Key", "effect Journal"] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    for content in ["Rural", "clinics.md", "A text to read", "approved", "fell at"] {
        assert!(!text.contains(content), "{content} is in\n{text}");
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(report).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let mut tty = open(folder.path());
    tty.until(|screen| screen.contents().contains("Restored: 1 draft"));
    tty.press("q");
    assert!(tty.end());
}

#[test]
fn what_is_typed_in_a_field_is_there_again_after_a_kill() {
    let folder = library();
    let mut tty = open(folder.path());
    tty.press("e");
    tty.until(|screen| screen.contents().contains("Title"));
    tty.press("\r, and more");
    let journal = || {
        let files = walk(&folder.path().join("state")).into_iter().filter(|p| p.ends_with("/journal"));
        files.map(|file| fs::read_to_string(file).unwrap_or_default()).collect::<String>()
    };
    while !journal().contains(", and more") {
        std::thread::yield_now();
    }
    tty.kill();
    let mut tty = open_until(folder.path(), "video, and more");
    tty.press("!\r");
    tty.until(|screen| screen.contents().contains("•1"));
    tty.press("\x1b");
    tty.until(|screen| screen.contents().contains("1 left of 1"));
    tty.press("q");
    assert!(tty.end());
}

#[test]
fn the_editor_gets_one_file_by_its_whole_path_whatever_the_item_is_called() {
    let folder = library();
    let library = folder.path().join("library");
    fs::rename(library.join("clinics.md"), library.join("--help; touch owned $(touch owned) `touch owned`.md"))
        .unwrap();
    let script = folder.path().join("edit");
    fs::write(&script, "#!/bin/sh\ncase \"$1\" in /*) printf '%s whole path' \"$#\";; esac\nread line\n").unwrap();
    fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut tty = open_with(folder.path(), &[("VISUAL", script.to_str().unwrap())]);
    tty.press("E");
    tty.until(|screen| !screen.alternate_screen() && screen.contents().contains("1 whole path"));
    tty.press("\n");
    tty.until(|screen| screen.alternate_screen() && screen.contents().contains("A text to read."));
    assert!(walk(folder.path()).iter().all(|path| !path.ends_with("/owned")));
    tty.press("q");
    assert!(tty.end() && tty.is_given_back());
}

#[test]
fn what_the_program_keeps_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = library();
    let log = folder.path().join("state/log");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_curate"));
    command.args([folder.path().join("library"), "--log".into(), log.clone()]);
    for (name, below) in [("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data")] {
        command.env(name, folder.path().join(below));
    }
    fs::create_dir(folder.path().join("state")).unwrap();
    let mut tty = Tty::sized(command, 24, 80);
    tty.until(|screen| screen.contents().contains("A text to read."));
    tty.press("aw");
    tty.until(|screen| screen.contents().contains("1 to write"));
    tty.press("y");
    tty.until(|screen| screen.contents().contains("1 file written"));
    tty.press("q");
    assert!(tty.end());
    let kept = walk(&folder.path().join("state"));
    for name in ["/journal", "/history", "/lock", "/log"] {
        assert!(kept.iter().any(|path| path.ends_with(name)), "{name}: {kept:?}");
    }
    for path in kept {
        let path = Path::new(&path);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(path), 0o600, "{}", path.display());
        let own = path.ancestors().skip(1).take_while(|above| !above.ends_with("state"));
        own.for_each(|above| assert_eq!(mode(above), 0o700, "{}", above.display()));
    }
    // It says what happened, and nothing of what stands in the files.
    let told = fs::read_to_string(&log).unwrap();
    assert!(told.contains("event Key") && told.contains("effect Write"), "{told}");
    for content in ["Rural", "clinics.md", "approved", "A text to read"] {
        assert!(!told.contains(content), "{content} is in\n{told}");
    }
}
