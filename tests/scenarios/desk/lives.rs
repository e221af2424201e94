//! How a desk begins and ends: over which files, and what is left to the next one when the program is killed.

use std::path::Path;

use curate::app::{Event, State};
use curate::command::Keymap;
use curate::library::{Loading, RowSpec};
use curate::profile::Profile;
use curate::shell::calls::Calls;
use curate::shell::history::History;
use curate::shell::journal;
use curate::shell::scan::Scan;
use curate::shell::walk::{Options, walk};
use curate::shell::work::Workshop;
use curate::shell::write::{leftover, start};
use curate::shell::{profile, read, root};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{Desk, folders};

impl Desk {
    /// A desk of 80x24 over these files.
    pub fn with(files: &[(String, String)]) -> Desk {
        Desk::by(Calls::default(), files)
    }

    /// The same, whose journal and writes go to the disk by way of these calls.
    pub fn by(calls: Calls, files: &[(String, String)]) -> Desk {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join("library").join(path);
            std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        std::fs::create_dir_all(folder.path().join("library")).expect("a folder");
        Desk::over_by(calls, folder, (80, 24), "")
    }

    /// A desk over a folder that holds a library, and may hold the state of an earlier desk.
    pub fn over_what_is_in(folder: tempfile::TempDir) -> Desk {
        Desk::over(folder, (80, 24), "")
    }

    /// A desk of 80x24 over a copy of a folder, whatever its files hold.
    pub fn over_a_copy_of(real: &Path) -> Desk {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(real, &folder.path().join("library"));
        Desk::over(folder, (80, 24), "")
    }

    /// A desk of this size, at which keys are pressed before the folder is read.
    fn over(folder: tempfile::TempDir, size: (u16, u16), typed_ahead: &str) -> Desk {
        Desk::over_by(Calls::default(), folder, size, typed_ahead)
    }

    fn over_by(calls: Calls, folder: tempfile::TempDir, (width, height): (u16, u16), typed_ahead: &str) -> Desk {
        let root = root::find(&folder.path().join("library")).expect("the folder is there");
        let known = profile::load(&root).expect("the profile is right");
        let mut state = State::new(known.clone(), Keymap::default(), "content/news", width, height);
        state.opened = root.prefix();
        let state_folder = folders(&folder).state_of(&root.dir);
        let workshop = Workshop::new(root.dir.clone(), known.clone()).with_history_in(state_folder.clone());
        let workshop = workshop.with_calls(calls.clone());
        let terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal in memory");
        let (mut left, mut told) = (Vec::new(), Vec::new());
        let journal = match journal::open_by(calls.clone(), &state_folder) {
            Ok((mut journal, mut found)) => {
                let history = History::new(state_folder, root.dir.clone()).by(calls.clone());
                told = start::settle(&calls, &history, &root.dir, &mut journal, &mut found);
                told.extend(found.damage.map(|damage| Event::Failed(damage.told())));
                left = found.records;
                Some(journal)
            }
            Err(error) => {
                state.read_only = Some(error.to_string());
                None
            }
        };
        let scan = Scan::new(root.clone(), Options::default());
        let mut desk = Desk {
            state,
            folder,
            workshop,
            scan,
            terminal,
            journal,
            calls,
            missing: Vec::new(),
            unkept: Vec::new(),
            editor: |text| Ok(text.to_string()),
            meanwhile: None,
            links: Vec::new(),
            rests: true,
            moments: true,
            moment: false,
            slow: false,
            slow_fields: false,
            slow_suggestions: false,
            slow_forms: false,
            slow_writes: false,
            waiting: Vec::new(),
            esc_after: None,
            syncs: true,
            appended: 0,
        };
        desk.happen(Event::ProfileLoaded(Box::new(known.clone())));
        desk.happen(Event::Restored(left));
        for event in told {
            desk.happen(event);
        }
        desk.press(typed_ahead);
        desk.read(&root, &known);
        // What was read just now is how the files were when somebody looked last.
        desk.scan.look(&desk.workshop, &mut |_| {});
        desk.look_for_what_is_missing();
        desk
    }

    fn read(&mut self, root: &root::Root, known: &Profile) {
        let mut found = walk(root, Options::default());
        let rows = std::sync::Mutex::new(Vec::new());
        read::rows(&root.dir, found.by_ref(), &RowSpec::of(known), |more| {
            rows.lock().expect("nobody panicked").extend(more);
            true
        });
        let mut rows = rows.into_inner().expect("nobody panicked");
        rows.sort_by(|a, b| a.path.cmp(&b.path));
        self.happen(Event::Rows(rows));
        self.happen(Event::Loaded(Loading { skipped: found.skipped(), ..Loading::default() }));
        if let Some(told) = leftover::remove(&Calls::default(), found.temporary()) {
            self.happen(Event::Said(told));
        }
    }

    /// Closes the desk and runs the program on the library; returns its exit status, output and what it says.
    pub fn closed_and_run(self, args: &[&str]) -> (Desk, i32, String) {
        let Desk { folder, journal, state, .. } = self;
        drop(journal);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_curate"));
        command.args(args).current_dir(folder.path().join("library"));
        for (name, below) in [("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data")] {
            command.env(name, folder.path().join(below));
        }
        let output = command.output().expect("the program runs");
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        let exit = output.status.code().expect("an exit status");
        (Desk::over(folder, (state.width, state.height), ""), exit, text)
    }

    /// The program is killed, and started again on the same folder, by way of these calls.
    pub fn killed_and_started_again_by(self, calls: Calls) -> Desk {
        let Desk { folder, journal, state, .. } = self;
        drop(journal);
        Desk::over_by(calls, folder, (state.width, state.height), "")
    }

    /// A desk over a copy of the folder as it is now, as if the program had been killed.
    pub fn copied(&self) -> Desk {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&self.folder.path().join("library"), &folder.path().join("library"));
        let root = root::find(&folder.path().join("library")).expect("the folder is there");
        copy(&self.state_folder(), &folders(&folder).state_of(&root.dir));
        Desk::over(folder, (self.state.width, self.state.height), "")
    }

    /// The program is killed, and started again on the same folder.
    pub fn killed_and_started_again(self) -> Desk {
        self.killed_and_started_again_typing("")
    }

    /// The same, and others work on the files meanwhile.
    pub fn killed_and_started_again_after(self, work: impl FnOnce()) -> Desk {
        let Desk { folder, journal, state, .. } = self;
        drop(journal);
        work();
        Desk::over(folder, (state.width, state.height), "")
    }

    /// The same, and keys are pressed before the folder is read.
    pub fn killed_and_started_again_typing(self, keys: &str) -> Desk {
        let Desk { folder, journal, state, .. } = self;
        drop(journal);
        Desk::over(folder, (state.width, state.height), keys)
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(from, to).expect("a file");
        }
    }
}
