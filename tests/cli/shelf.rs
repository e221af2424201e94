//! A folder of made-up files, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A temporary library, with a home of its own beside it.
pub struct Shelf {
    dir: tempfile::TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Shelf {
    pub fn empty() -> Shelf {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(dir.path().join("lib")).expect("a library");
        Shelf { dir }
    }

    pub fn with(files: &[(&str, &str)]) -> Shelf {
        let shelf = Shelf::empty();
        for (name, text) in files {
            shelf.put(name, text.as_bytes());
        }
        shelf
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the library")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.lib().join(name)
    }

    pub fn lib(&self) -> PathBuf {
        self.dir.path().join("lib")
    }

    /// Where the program keeps its state when it is run here.
    pub fn state(&self) -> PathBuf {
        self.dir.path().join("home/XDG_STATE_HOME/curate")
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a text")
    }

    /// The names of all files of the library, temporary ones too.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.lib())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().to_string())
            .collect();
        names.sort();
        names
    }

    /// Runs the program within the library: `args` as a shell would split them.
    pub fn run(&self, args: &[&str]) -> Ran {
        let output = self.command(args).output().expect("the program runs");
        Ran {
            exit: output.status.code().expect("an exit status"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let home = self.dir.path().join("home");
        let mut command = Command::new(env!("CARGO_BIN_EXE_curate"));
        command.args(args).current_dir(self.lib()).stdin(Stdio::null()).env("HOME", &home);
        for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
            command.env(name, Path::new(&home).join(name));
        }
        command
    }
}

impl Ran {
    #[track_caller]
    pub fn exits(self, exit: i32) -> Ran {
        assert_eq!(self.exit, exit, "{self:?}");
        self
    }

    #[track_caller]
    pub fn prints(self, out: &str) -> Ran {
        assert_eq!(self.out, out, "{self:?}");
        self
    }

    #[track_caller]
    pub fn says(self, part: &str) -> Ran {
        assert!(self.err.contains(part), "standard error lacks {part:?}: {self:?}");
        self
    }
}

/// A made-up item in the shape of the curated files, with its title in all of its places.
pub fn curated(title: &str) -> String {
    format!(
        "---
aliases: /news/a-made-up-item
archetype: curated-content
author:
  - Mara Quill
basePath: /news/
breadcrumbs:
  - Home
  - News
  - {title}
categories:
  - 'KLAS: Scheduling - Nurse and Staff'
  - 'Gartner: Healthcare'
categorySlug:
  - 'klas: scheduling - nurse and staff'
  - 'gartner: healthcare'
categoryUrl:
  - topic/klas-scheduling-nurse-and-staff
  - topic/gartner-healthcare
categoryLabel:
  - Scheduling - Nurse and Staff
  - Healthcare
date: '2023-04-05'
description: >-
  Shift plans that nurses make themselves are kept more often, say three wards
  that tried.

  The fourth ward disagrees.
featuredImage:
  alt: {title}
  size:
    - 300
    - 590
  valid: true
  workPackage: 20551
htmlMetaData:
  author: null
  msvalidate.01: null
  ogtitle: {title}
  robots: 'INDEX,FOLLOW'
id: 20551
lastMod: '2023-04-05T10:19:10.820291Z'
link:
  brand: wardtimes.example
  href: 'https://www.wardtimes.example/plans'
href: 'https://www.wardtimes.example/plans'
openGraphMetaData:
  ogtitle: {title}
  ogurl: null
openProjectCustomFields:
  medigyTopics:
    - 'KLAS: Scheduling - Nurse and Staff'
    - 'Gartner: Healthcare'
slug: wardtimes-a-made-up-item
status: ''
sub: brief
title: {title}
via: ' '
viaLink: null
relatedOfferings:
  - label: Rota Garden
    permalink: /offering/rota-garden
    categories:
      - 'KLAS: Scheduling - Nurse and Staff'
    offeringId: 17281
  - label: Ward's Own Planner
    permalink: /offering/wards-own-planner
    categories:
      - 'Gartner: Healthcare'
    offeringId: 17259
twitterMetaData:
  twittercard: null
  twittertitle: {title}
---
<p>Shift plans that nurses make themselves are kept more often.</p>
<p>The fourth ward disagrees&nbsp;loudly.</p>"
    )
}
