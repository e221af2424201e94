//! Everything that comes from files, names, profiles, vocabulary files, git and the environment is untrusted: on a terminal none of it
//! is obeyed, hides or turns text around, whichever verb speaks of it, also where it only says what is wrong. A pipe gets the bytes.
//!
//! And nothing in a library leads to a write outside of it.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use curate::shown::is_invisible_control;

use crate::shelf::{Shelf, curated};
use crate::terminal::on_a_terminal;

/// A title for the terminal's window, a screen that is cleared, C1, text turned around, text that is not seen, another line.
const EVIL: &str =
    "evil\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\u{e0041}\u{7f}\u{8}";

/// The same in a name of a file.
fn name(rest: &str) -> String {
    format!("n{EVIL}{rest}")
}

/// The same in double-quoted YAML.
const QUOTED: &str = r#"evil\e]0;owned\a\e[2J\x9b31m\x85\u202e\u2066\u200b\ufeff\U000e0041\x7f\b"#;

/// A library in which everything is hostile.
fn shelf() -> Shelf {
    let shelf = Shelf::empty();
    let item = |title: &str| {
        format!(
            "---\ntitle: \"{title} {QUOTED}\"\n\"key {QUOTED}\": \"{QUOTED}\"\nstatus: ''\ntopics:\n  - \"Care: {QUOTED}\"\n  - \"Care: \
             {QUOTED}s\"\nrelatedOfferings:\n  - {{label: \"{QUOTED}\", permalink: \"/offering/{QUOTED}\", categories: [], offeringId: 7}}\n\
             link: \"https://e.org/{QUOTED}\"\n---\nA body {EVIL}\n\n# Head {EVIL}\n"
        )
    };
    shelf.put(&name(".md"), item("One").as_bytes());
    shelf.put(&format!("{}/{}", name("-folder"), name(".md")), item("Two").as_bytes());
    shelf.put(&name("-broken.md"), format!("---\ntitle: [{EVIL}\n---\n").as_bytes());
    shelf
        .put(&name("-twice.md"), format!("---\n\"{QUOTED}\": 1\n\"{QUOTED}\": 2\nalias: &{} 1\n---\n", "a").as_bytes());
    let profile = format!(
        "topics:\n  field: topics\n  vocabulary: topics.yaml\n  pinned: [\"{QUOTED}\"]\nofferings:\n  field: relatedOfferings\n  vocabulary: \
         offerings.csv\ntriage: {{field: status, accept: \"ok {QUOTED}\", reject: no, skip: later}}\nroles: {{title: title, url: link}}\nfields:\n  \
         title: {{kind: line, max: 3, help: \"{QUOTED}\", label: \"{QUOTED}\"}}\nviews: {{\"{QUOTED}\": \"topic:{QUOTED}\"}}\nrequired: [absent]\nform:\n  - {{group: \"{QUOTED}\", fields: [title]}}\n"
    );
    shelf.put(".curate.yaml", profile.as_bytes());
    let topics = format!("closed: true\ntopics:\n  - {{topic: \"Care: {QUOTED}\", description: \"{QUOTED}\"}}\n");
    shelf.put("topics.yaml", topics.as_bytes());
    shelf.put("offerings.csv", format!("label,permalink,offeringId\n{EVIL},/offering/{EVIL},9\n").as_bytes());
    shelf
}

/// The first thing in it that a terminal would obey, hide or turn around; the program's own colours are not meant.
fn obeyed(sent: &str) -> Option<String> {
    let mut rest = sent;
    while let Some(at) = rest.find(|c: char| c.is_control() && !"\r\n\t".contains(c) || is_invisible_control(c)) {
        let behind = &rest[at..];
        let colour = behind.strip_prefix("\u{1b}[").and_then(|sgr| {
            let end = sgr.find(|c: char| !c.is_ascii_digit() && c != ';')?;
            sgr[end..].strip_prefix('m')
        });
        match colour {
            Some(after) => rest = after,
            None => return Some(behind.chars().take(12).flat_map(char::escape_unicode).collect()),
        }
    }
    None
}

#[test]
fn no_verb_and_no_mistake_lets_anything_through_to_a_terminal() {
    let shelf = shelf();
    let (file, folder, evil) = (name(".md"), name("-folder"), EVIL);
    let (broken, twice, absent) = (name("-broken.md"), name("-twice.md"), name("-absent.md"));
    let key = format!("key {EVIL}");
    let set = format!("title={evil}");
    let set_absent = format!("{evil}={evil}");
    let topic = format!("Care: {evil}");
    let query = format!("topic:{evil}");
    let columns = format!("title,{evil},path");
    let typed = format!("title:=[{evil}");
    #[rustfmt::skip]
    let verbs: Vec<Vec<&str>> = vec![
        vec!["list", "."], vec!["list", ".", "--json"], vec!["list", ".", "--columns", &columns], vec!["list", ".", "-q", &query],
        vec!["list", &folder], vec!["list", &absent], vec!["list", ".", "-q", "date:\u{1b}[2J"], vec!["list", ".", &evil],
        vec!["show", &file], vec!["show", &file, "--plain"], vec!["show", &broken], vec!["show", &absent], vec!["show", "."],
        vec!["get", &file, "title"], vec!["get", &file, &key], vec!["get", &file, "topics"], vec!["get", &file, evil],
        vec!["get", &broken, "title"], vec!["get", &absent, "title"], vec!["get", &twice, evil], vec!["get", &file, "relatedOfferings"],
        vec!["set", ".", &set], vec!["set", ".", &set_absent], vec!["set", &file, &typed], vec!["set", ".", evil],
        vec!["set", &twice, "alias=2"], vec!["set", &absent, &set], vec!["set", ".", "--unset", evil], vec!["set", ".", "topics[+]=x"],
        vec!["tag", ".", "--add", &topic], vec!["tag", ".", "--add", "none"], vec!["tag", ".", "--remove", &topic],
        vec!["offering", ".", "--add", evil], vec!["offering", ".", "--add", "evill"], vec!["offering", ".", "--remove", evil],
        vec!["offerings", "."], vec!["offerings", ".", "--json"], vec!["offerings", ".", "--csv"], vec!["offerings", ".", "--delete", evil],
        vec!["offerings", ".", "--rename", evil, "x"], vec!["offerings", ".", "--merge", evil, "x"],
        vec!["topics", "."], vec!["topics", ".", "--json"], vec!["topics", ".", "--rename", &topic, evil],
        vec!["topics", ".", "--rename", evil, "x"], vec!["topics", ".", "--delete", &topic], vec!["topics", ".", "--merge", &topic, evil],
        vec!["check", "."], vec!["check", ".", "--json"], vec!["check", ".", "--fix"], vec!["check", ".", &format!("--fix={evil}").leak()[..]],
        vec!["suggest", "."], vec!["suggest", ".", "--json"], vec!["suggest", ".", "--eval"], vec!["suggest", &absent],
        vec!["profile", "."], vec!["profile", &absent], vec!["history", "."], vec!["undo", "."], vec!["undo", ".", evil],
        vec!["merge", &file, &broken, &twice], vec!["merge", &absent, &file, &file], vec!["merge", &file, &file, &file, evil],
        vec!["merge", "--install"], vec!["config"], vec!["completions", evil], vec!["demo", "--dir", &folder], vec!["demo", "--items", evil],
        vec![evil], vec!["--log", &absent, &absent], vec!["--query", evil, &absent], vec![evil, evil],
        // What is written last is what history and undo speak of.
        vec!["set", ".", &set, "--write"], vec!["history", "."], vec!["undo", "."], vec!["undo", ".", "--write"], vec!["history", "."],
        vec!["profile", ".", "--write"], vec!["check", ".", "--fix", "--write"], vec!["tag", ".", "--remove", &topic, "--write"],
    ];
    for args in verbs {
        let sent = on_a_terminal(&shelf, &args);
        assert_eq!(obeyed(&sent), None, "{args:?}: {sent:?}");
        let tells = args[0] != "completions" || !sent.is_empty();
        assert!(tells, "{args:?} says nothing");
    }
}

#[test]
fn a_profile_a_vocabulary_or_a_configuration_with_a_mistake_is_told_harmlessly() {
    let mistakes = [
        (".curate.yaml", format!("topics: {{field: {EVIL}")),
        (".curate.yaml", format!("\"{QUOTED}\": 1\n")),
        (".curate.yaml", format!("extends: \"{QUOTED}\"\n")),
        (".curate.yaml", format!("topics: {{field: topics, vocabulary: \"../{QUOTED}.yaml\"}}\n")),
        (".curate.yaml", format!("topics: {{field: topics, vocabulary: \"{QUOTED}.yaml\"}}\n")),
        (".curate.yaml", format!("fields: {{title: {{kind: \"{QUOTED}\"}}}}\n")),
        (".curate.yaml", format!("derived: {{slug: \"{{title|{QUOTED}}}\"}}\n")),
        ("topics.yaml", format!("- {{{EVIL}\n")),
        ("../home/XDG_CONFIG_HOME/curate/config.yaml", format!("\"{QUOTED}\": 1\n")),
        ("../home/XDG_CONFIG_HOME/curate/config.yaml", format!("theme: \"{QUOTED}\"\n")),
        ("../home/XDG_CONFIG_HOME/curate/config.yaml", format!("keys: {{\"{QUOTED}\": [\"{QUOTED}\"]}}\n")),
    ];
    for (file, text) in mistakes {
        let shelf = shelf();
        shelf.put(file, text.as_bytes());
        for args in [
            vec!["list", "."],
            vec!["profile", "."],
            vec!["config"],
            vec!["topics", "."],
            vec!["check", "."],
            vec!["."],
        ] {
            let sent =
                if args == ["."] { on_a_terminal(&shelf, &[&name("-absent")]) } else { on_a_terminal(&shelf, &args) };
            assert_eq!(obeyed(&sent), None, "{file} {text:?} {args:?}: {sent:?}");
        }
    }
}

#[test]
fn a_pipe_gets_the_bytes() {
    let shelf = shelf();
    let file = name(".md");
    let title = shelf.run(&["get", &file, "title"]);
    assert!(title.out.contains("evil"), "{title:?}");
    let listed = shelf.run(&["list", ".", "--columns", "path"]).out;
    assert!(listed.contains("\u{1b}]0;owned\u{7}") && listed.contains('\u{202e}'), "{listed:?}");
}

/// All files below a folder, with what they hold.
fn all(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(all(&path)),
            false => files.push((path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
    files.sort();
    files
}

#[test]
fn nothing_in_a_library_leads_to_a_write_outside_of_it() {
    let shelf = Shelf::with(&[("inside.md", &curated("Inside"))]);
    let outside = shelf.lib().parent().unwrap().join("outside");
    fs::create_dir(&outside).unwrap();
    for name in ["file.md", "deep.md", "topics.yaml"] {
        fs::write(outside.join(name), curated("Outside")).unwrap();
    }
    fs::write(outside.join("topics.yaml"), "- Care\n").unwrap();
    symlink(outside.join("file.md"), shelf.path("linked.md")).unwrap();
    symlink("../outside/deep.md", shelf.path("upwards.md")).unwrap();
    // Who names a file behind it on the command line opens the other folder: that is no doing of the library.
    symlink(&outside, shelf.path("folder")).unwrap();
    symlink("inside.md", shelf.path("within.md")).unwrap();
    shelf.put(
        ".curate.yaml",
        b"extends: curated-content\ntopics:\n  field: categories\n  vocabulary: ../outside/topics.yaml\n",
    );
    let before = all(&outside);
    for args in [
        vec!["set", ".", "status=approved", "--write"],
        vec!["set", "linked.md", "status=approved", "--write"],
        vec!["set", "upwards.md", "status=approved", "--write"],
        vec!["tag", ".", "--add", "Care: Home", "--write"],
        vec!["topics", ".", "--rename", "Gartner: Healthcare", "Care", "--write"],
        vec!["check", ".", "--fix", "--write"],
        vec!["undo", ".", "--write"],
        vec!["profile", ".", "--write"],
    ] {
        shelf.run(&args);
        assert_eq!(all(&outside), before, "{args:?}");
    }
    shelf.put(".curate.yaml", b"extends: curated-content\n");
    for args in [
        vec!["set", ".", "status=rejected", "--write"],
        vec!["set", "linked.md", "status=rejected", "--write"],
        vec!["set", "upwards.md", "status=rejected", "--write"],
    ] {
        let ran = shelf.run(&args);
        assert!(all(&outside) == before, "{args:?}: {ran:?}");
    }
    assert!(shelf.text("inside.md").contains("status: rejected"));
    assert!(fs::symlink_metadata(shelf.path("linked.md")).unwrap().is_symlink());
    assert!(fs::symlink_metadata(shelf.path("within.md")).unwrap().is_symlink());
}

#[test]
fn a_merge_leaves_a_link_in_its_place_and_git_is_asked_without_a_shell() {
    let shelf = Shelf::with(&[("base.md", &curated("Base")), ("theirs.md", &curated("Theirs"))]);
    // Names that a shell or an option would make something of.
    let ours = "--write; touch owned $(touch owned) `touch owned`.md";
    shelf.put(ours, curated("Base").as_bytes());
    shelf.run(&["merge", "--", "base.md", ours, "theirs.md"]).exits(0);
    assert!(shelf.text(ours).contains("Theirs"));
    assert!(!shelf.names().contains(&"owned".to_string()), "{:?}", shelf.names());
    let git = |args: &[&str]| Command::new("git").args(args).current_dir(shelf.lib()).output();
    if git(&["init", "-q"]).is_ok_and(|ran| ran.status.success()) {
        shelf.run(&["merge", "--install", "--write"]).exits(0);
        let set = git(&["config", "--get-regexp", "merge\\..*"]).unwrap();
        assert!(String::from_utf8_lossy(&set.stdout).contains("%O %A %B"), "{set:?}");
        // A link in place of the file would lead anywhere.
        let outside = shelf.lib().parent().unwrap().join("outside");
        fs::write(&outside, "as it was").unwrap();
        fs::remove_file(shelf.path(".gitattributes")).unwrap();
        symlink(&outside, shelf.path(".gitattributes")).unwrap();
        shelf.run(&["merge", "--install", "--write"]).exits(3).says("is a link");
        assert_eq!(fs::read_to_string(&outside).unwrap(), "as it was");
    }
}
