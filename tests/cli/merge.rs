//! `merge`: as git's merge driver calls it, and through git itself where there is one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::shelf::{Shelf, curated};

fn three(base: &str, ours: &str, theirs: &str) -> Shelf {
    Shelf::with(&[("base", base), ("ours", ours), ("theirs", theirs)])
}

const MERGE: [&str; 5] = ["merge", "base", "ours", "theirs", "news/a.md"];

#[test]
fn different_fields_and_topics_of_two_curators_meet_in_ours_without_a_word() {
    let base = curated("One");
    let shelf = three(&base, &base, &base);
    for (name, args) in [
        ("o.md", ["tag", "o.md", "--add", "MeSH: Rosters", "--write"]),
        ("t.md", ["tag", "t.md", "--add", "MeSH: Beds", "--write"]),
    ] {
        shelf.put(name, base.as_bytes());
        shelf.run(&args).exits(0);
    }
    shelf.run(&["set", "o.md", "status=approved", "--write"]).exits(0);
    fs::copy(shelf.path("o.md"), shelf.path("ours")).unwrap();
    fs::copy(shelf.path("t.md"), shelf.path("theirs")).unwrap();
    shelf.run(&MERGE).exits(0).prints("");
    let merged = shelf.text("ours");
    for part in ["status: approved", "  - 'MeSH: Beds'", "  - 'MeSH: Rosters'", "topic/mesh-beds", "topic/mesh-rosters"]
    {
        assert!(merged.contains(part), "{part} is not in {merged}");
    }
    // Base and theirs are git's.
    assert_eq!((shelf.text("base"), shelf.text("theirs")), (base, shelf.text("t.md")));
}

#[test]
fn one_field_changed_by_both_is_marked_in_ours_and_exits_1() {
    let base = "---\ntitle: a\nstatus: ''\n---\nbody\n";
    let shelf = three(base, &base.replace("''", "mine"), &base.replace("''", "yours").replace("body", "Body"));
    shelf.run(&MERGE).exits(1).prints("").says("news/a.md: both sides changed status");
    let marked = "---\ntitle: a\n<<<<<<< ours\nstatus: mine\n=======\nstatus: yours\n>>>>>>> theirs\n---\nBody\n";
    assert_eq!(shelf.text("ours"), marked);
}

#[test]
fn what_cannot_be_read_exits_3_and_leaves_ours_alone() {
    let good = "---\ntitle: a\n---\n";
    let shelf = three(good, good, "---\ntitle: [\n---\n");
    shelf.run(&MERGE).exits(3).says("theirs: line ").says("OURS is as it was");
    assert_eq!(shelf.text("ours"), good);
    shelf.put("theirs", b"---\ntitle: \xff\n---\n");
    shelf.run(&MERGE).exits(3).says("theirs: not UTF-8");
    shelf.run(&["merge", "base", "ours", "gone"]).exits(3).says("gone");
    shelf.run(&["merge", "base"]).exits(2);
    assert_eq!(shelf.text("ours"), good);
}

#[test]
fn a_page_without_front_matter_is_merged_by_lines() {
    let shelf = three("<p>a\n<p>b\n<p>c\n", "<p>A\n<p>b\n<p>c\n", "<p>a\n<p>b\n<p>C\n");
    shelf.run(&MERGE).exits(0);
    assert_eq!(shelf.text("ours"), "<p>A\n<p>b\n<p>C\n");
}

/// In the middle of a merge the file would be gone, with the curator's side of it.
#[test]
fn a_merge_that_is_killed_at_any_call_leaves_ours_old_or_new_and_its_mode() {
    let base = "---\ntitle: a\nstatus: ''\n---\nbody\n";
    let (ours, theirs) = (base.replace("''", "mine"), base.replace("body", "Body"));
    let both = ours.replace("body", "Body");
    let (mut old, mut new) = (0, 0);
    for at in 1.. {
        let shelf = three(base, &ours, &theirs);
        fs::set_permissions(shelf.path("ours"), fs::Permissions::from_mode(0o640)).unwrap();
        let ended = shelf.command(&MERGE).env("CURATE_DIES_AT", format!("any {at}")).output().unwrap().status;
        match shelf.text("ours") {
            text if text == ours => old += 1,
            text if text == both => new += 1,
            torn => panic!("at call {at} ours is {torn:?}"),
        }
        assert_eq!(fs::metadata(shelf.path("ours")).unwrap().permissions().mode() & 0o777, 0o640, "at call {at}");
        if ended.success() {
            assert_eq!(shelf.names(), ["base", "ours", "theirs"]);
            break;
        }
    }
    // The rename is the last call: who is not killed before it has ended well.
    assert!(old >= 5 && new == 1, "killed {old} times before ours was replaced, and {} times after it", new - 1);
}

#[test]
fn a_merge_refuses_what_a_rename_would_part_and_leaves_it_alone() {
    let base = "---\ntitle: a\n---\nbody\n";
    let shelf = three(base, base, &base.replace("body", "Body"));
    fs::hard_link(shelf.path("ours"), shelf.path("other name")).unwrap();
    shelf.run(&MERGE).exits(3).says("hard links");
    assert_eq!(shelf.text("other name"), base);
    assert_eq!(shelf.names(), ["base", "other name", "ours", "theirs"]);
}

#[test]
fn git_itself_merges_two_branches_with_it() {
    if Command::new("git").arg("--version").output().is_err() {
        println!("skipped: there is no git");
        return;
    }
    let shelf = Shelf::with(&[("a b.md", "---\ntitle: a\ntags: [x]\n---\nbody\n")]);
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]);
        let output = command.args(args).current_dir(shelf.lib()).env("HOME", shelf.lib()).env("PATH", path()).output();
        let output = output.expect("git runs");
        assert!(output.status.success(), "git {args:?}: {output:?}");
    };
    git(&["init", "-q"]);
    shelf.run(&["merge", "--install"]).exits(0);
    assert!(!shelf.path(".gitattributes").exists(), "nothing is written without --write");
    shelf.run(&["merge", "--install", "--write"]).exits(0).says("5 lines added");
    shelf.run(&["merge", "--install", "--write"]).exits(0).says("0 lines added");
    git(&["add", "-A"]);
    git(&["commit", "-qm", "base"]);
    git(&["checkout", "-qb", "theirs"]);
    shelf.put("a b.md", b"---\ntitle: a\ntags: [x, theirs]\n---\nbody\n");
    git(&["commit", "-qam", "theirs"]);
    git(&["checkout", "-q", "main"]);
    shelf.put("a b.md", b"---\ntitle: a\ntags: [x, ours]\n---\nbody\n");
    git(&["commit", "-qam", "ours"]);
    git(&["merge", "-q", "theirs", "-m", "merged"]);
    assert_eq!(shelf.text("a b.md"), "---\ntitle: a\ntags: [x, theirs, ours]\n---\nbody\n");
}

/// Where git finds the program of this build.
fn path() -> std::ffi::OsString {
    let own = std::path::Path::new(env!("CARGO_BIN_EXE_curate")).parent().expect("a folder").to_path_buf();
    let usual = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&usual))).expect("folders")
}
