//! The desk in a test: keys in, screen and disk out, in process. Effects are carried out at once, in order, by the very code that
//! the workers run. How it begins and ends is `lives`.

use std::collections::VecDeque;
use std::path::PathBuf;

use curate::app::effect::EditorJob;
use curate::app::{Effect, Event, State, update};
use curate::command::Key;
use curate::library::Record;
use curate::shell::calls::Calls;
use curate::shell::editor::{self, Ended};
use curate::shell::folders::Folders;
use curate::shell::journal::Journal;
use curate::shell::root;
use curate::shell::scan::{Missing, Scan};
use curate::shell::work::Workshop;
use curate::view::{self, Look, Signs, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

mod lives;

/// A desk over a folder of its own.
pub struct Desk {
    pub state: State,
    folder: tempfile::TempDir,
    workshop: Workshop,
    scan: Scan,
    terminal: Terminal<TestBackend>,
    journal: Option<Journal>,
    /// The way of the journal and of writes to the disk.
    calls: Calls,
    /// Records that the journal did not take yet.
    unkept: Vec<Record>,
    /// Files to be looked for elsewhere, once the folder has been looked through.
    missing: Missing,
    /// What the editor does with the text that it is given; an editor that does not end well says why.
    pub editor: fn(&str) -> Result<String, (String, &'static str)>,
    /// What somebody else makes of the item while the editor has it, once.
    pub meanwhile: Option<String>,
    /// Links that were opened or copied.
    pub links: Vec<String>,
    /// Whether previews follow at once; else the cursor never rests.
    pub rests: bool,
    /// Whether moments pass at once, as long as the disk does not lag; else they pass with [`Event::Keep`].
    pub moments: bool,
    /// A moment that waits because the disk takes nothing.
    moment: bool,
    /// Whether edits are slow: their work waits for [`Desk::catch_up`].
    pub slow: bool,
    /// Whether looking which fields there are waits for it too.
    pub slow_fields: bool,
    /// Whether what is suggested waits for it too.
    pub slow_suggestions: bool,
    /// Whether forms wait for it.
    pub slow_forms: bool,
    /// Whether a write that was cut short waits for it before it goes on.
    pub slow_writes: bool,
    waiting: Vec<Effect>,
    /// After so many files of a write are replaced, esc is pressed.
    pub esc_after: Option<usize>,
    /// Whether the journal's disk answers at once.
    pub syncs: bool,
    appended: u64,
}

/// A made-up item in the sample's shape.
pub fn curated(title: &str) -> (String, String) {
    let slug = curate::profile::template::slug(title);
    let text = include_str!("curated.md").replace("@TITLE@", title).replace("@SLUG@", &slug);
    (format!("news/{slug}.md"), text)
}

/// Where this desk, and the program run beside it, keep their things.
pub fn folders(folder: &tempfile::TempDir) -> Folders {
    let home = |name: &str| folder.path().join(name).join("curate");
    Folders { config: home("config"), state: home("state"), data: home("data") }
}

impl Desk {
    /// Others have worked on the files, and it is noticed.
    pub fn others_worked(&mut self) -> &mut Desk {
        for event in self.look_again() {
            self.happen(event);
        }
        self
    }

    fn look_again(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        self.scan.look(&self.workshop, &mut |event| events.push(event));
        events
    }

    fn look_for_what_is_missing(&mut self) {
        let (mut events, missing) = (Vec::new(), std::mem::take(&mut self.missing));
        self.scan.look_for(&missing, &self.workshop, &mut |event| events.push(event));
        for event in events {
            self.happen(event);
        }
    }

    /// Takes an event in, and carries out whatever follows from it.
    pub fn happen(&mut self, event: Event) -> &mut Desk {
        let mut events = VecDeque::from([event]);
        events.extend(std::mem::take(&mut self.moment).then_some(Event::Keep));
        while let Some(event) = events.pop_front() {
            for effect in update(&mut self.state, event) {
                match effect {
                    Effect::Rest { generation } if self.rests => events.push_back(Event::Rested { generation }),
                    // While the disk takes nothing a moment would follow a moment for ever: the next one waits for the next event.
                    Effect::Keep if self.moments && self.syncs && !self.unkept.is_empty() => self.moment = true,
                    Effect::Keep if self.moments && self.syncs => events.push_back(Event::Keep),
                    Effect::Keep | Effect::Rest { .. } | Effect::Quit | Effect::SaveView { .. } => {}
                    Effect::Journal(records) => self.keep(records, &mut events),
                    Effect::Open { url } => self.links.push(url),
                    Effect::Copy { text } => self.links.push(text),
                    look @ Effect::FindFields { .. } if self.slow_fields => self.waiting.push(look),
                    ask @ Effect::Suggest { .. } if self.slow_suggestions => self.waiting.push(ask),
                    form @ (Effect::LoadForm(_) | Effect::LoadForms { .. }) if self.slow_forms => {
                        self.waiting.push(form)
                    }
                    Effect::LookAgain => events.extend(self.look_again()),
                    Effect::LookFor(missing) => self.missing.extend(missing),
                    Effect::Editor(job) => events.push_back(self.edit(&job)),
                    expand @ Effect::Expand(_) if self.slow => self.waiting.push(expand),
                    go_on @ Effect::GoOn(_) if self.slow_writes => self.waiting.push(go_on),
                    write @ Effect::Write { .. } => self.write(write, &mut events),
                    other => self.workshop.perform(other, &|| false, &mut |event| events.push_back(event)),
                }
            }
        }
        self
    }

    /// As the journal's thread does. What nobody looks on at needs no disk that turns.
    fn keep(&mut self, records: Vec<Record>, events: &mut VecDeque<Event>) {
        let Some(journal) = &mut self.journal else { return };
        self.unkept.extend(records);
        let ends_write = self.unkept.iter().any(|record| matches!(record, Record::WriteKnown { .. }));
        let kept = match self.calls.is_probed() || ends_write {
            true => journal.keep(&self.unkept),
            false => journal.append(&self.unkept),
        };
        match kept {
            Ok(()) => {
                self.appended += std::mem::take(&mut self.unkept).len() as u64;
                events.extend(self.syncs.then_some(Event::Synced { records: self.appended }));
            }
            Err(error) => events.push_back(Event::Failed(format!("the journal cannot be written ({error})"))),
        }
    }

    fn write(&self, effect: Effect, events: &mut VecDeque<Event>) {
        let (replaced, after) = (std::sync::atomic::AtomicUsize::new(0), self.esc_after);
        let esc = || Event::Key("esc".parse().expect("a key"));
        let stopped = || after == Some(replaced.load(std::sync::atomic::Ordering::Relaxed));
        if stopped() {
            events.push_back(esc());
        }
        self.workshop.perform(effect, &stopped, &mut |event| {
            let files = if let Event::Writing { done, replacing: true } = event { Some(done) } else { None };
            events.push_back(event);
            if let Some(files) = files {
                replaced.store(files, std::sync::atomic::Ordering::Relaxed);
                events.extend(stopped().then(esc));
            }
        });
    }

    fn edit(&mut self, job: &EditorJob) -> Event {
        let meanwhile = self.meanwhile.take();
        let folder = self.folder.path().join("state/editor");
        let returned = editor::run(&self.workshop, &folder, job, &mut |file| {
            let given = std::fs::read_to_string(file)?;
            let (text, problem) = match (self.editor)(&given) {
                Ok(text) => (text, None),
                Err((text, problem)) => (text, Some(problem.to_string())),
            };
            std::fs::write(file, text)?;
            if let Some(theirs) = &meanwhile {
                std::fs::write(self.path(&job.file.path), theirs)?;
            }
            Ok(Ended { problem, after: std::time::Duration::from_secs(60) })
        });
        Event::EditorReturned { path: job.file.path.clone(), field: job.field.clone(), returned }
    }

    /// The workers do what has waited.
    pub fn catch_up(&mut self) -> &mut Desk {
        (self.slow, self.slow_fields, self.slow_forms) = (false, false, false);
        (self.slow_suggestions, self.slow_writes) = (false, false);
        for effect in std::mem::take(&mut self.waiting) {
            let mut answers = Vec::new();
            self.workshop.perform(effect, &|| false, &mut |event| answers.push(event));
            for event in answers {
                self.happen(event);
            }
        }
        self
    }

    /// Presses keys, written with spaces between: `"* e enter"`.
    pub fn press(&mut self, keys: &str) -> &mut Desk {
        for key in keys.split_whitespace() {
            let key: Key = key.parse().expect("a key");
            self.screen();
            self.happen(Event::Key(key));
        }
        self
    }

    /// Types text, letter by letter.
    pub fn type_text(&mut self, text: &str) -> &mut Desk {
        for c in text.chars() {
            self.happen(Event::Key(Key::plain(curate::command::Code::Char(c))));
        }
        self
    }

    /// What the screen shows, without blanks at the ends of lines.
    pub fn screen(&mut self) -> String {
        let look = Look { theme: Theme::shipped("none").expect("it is shipped"), signs: Signs::DRAWN };
        let state = &self.state;
        self.terminal
            .draw(|frame| {
                let area = frame.area();
                view::draw(state, &look, area, frame.buffer_mut());
            })
            .expect("a terminal in memory");
        let buffer = self.terminal.backend().buffer();
        let mut lines = Vec::new();
        for y in 0..buffer.area.height {
            let line: String = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
            lines.push(line.trim_end().to_string());
        }
        lines.join("\n")
    }

    /// The texts that are shown reversed.
    pub fn reversed(&mut self) -> Vec<String> {
        self.screen();
        let buffer = self.terminal.backend().buffer();
        let is_reversed = |at: usize| buffer.content[at].modifier.contains(ratatui::style::Modifier::REVERSED);
        let places: Vec<usize> = (0..buffer.content.len()).filter(|at| is_reversed(*at)).collect();
        let runs = places.chunk_by(|a, b| a + 1 == *b);
        runs.map(|run| run.iter().map(|at| buffer.content[*at].symbol()).collect()).collect()
    }

    /// The screen holds this text.
    #[track_caller]
    pub fn expect(&mut self, text: &str) -> &mut Desk {
        let screen = self.screen();
        assert!(screen.contains(text), "`{text}` is not on the screen:\n{screen}");
        self
    }

    /// The screen does not hold this text.
    #[track_caller]
    pub fn expect_not(&mut self, text: &str) -> &mut Desk {
        let screen = self.screen();
        assert!(!screen.contains(text), "`{text}` is on the screen:\n{screen}");
        self
    }

    /// No item has a draft.
    #[track_caller]
    pub fn expect_no_drafts(&mut self) -> &mut Desk {
        assert!(self.state.library.drafts.is_empty(), "there are drafts: {:?}", self.state.library.drafts.paths());
        self
    }

    /// Where a file of the library lies.
    pub fn path(&self, item: &str) -> PathBuf {
        self.folder.path().join("library").join(item)
    }

    /// Where journal, history and plans are.
    pub fn state_folder(&self) -> PathBuf {
        let root = root::find(&self.folder.path().join("library")).expect("the folder is there");
        folders(&self.folder).state_of(&root.dir)
    }

    /// A file as it is on disk.
    pub fn file(&self, item: &str) -> String {
        std::fs::read_to_string(self.path(item)).expect("the file is there")
    }

    /// The window gets another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Desk {
        self.terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal in memory");
        self.happen(Event::Resize { width, height })
    }

    /// Where the journal of this desk is.
    pub fn journal(&self) -> PathBuf {
        let root = root::find(&self.folder.path().join("library")).expect("the folder is there");
        folders(&self.folder).state_of(&root.dir).join("journal")
    }
}

/// A folder that lies beside the project; where it is absent, the test says that it is skipped.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !path.is_dir() {
        println!("skipped: {} is not here", path.display());
    }
    path.is_dir().then_some(path)
}

/// The lines that differ between two texts: those of the old one and those of the new one.
pub fn changed_lines(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let diff = similar::TextDiff::from_lines(old, new);
    let of = |tag| {
        let changes = diff.iter_all_changes().filter(move |c| c.tag() == tag);
        changes.map(|c| c.value().trim_end_matches('\n').to_string()).collect()
    };
    (of(similar::ChangeTag::Delete), of(similar::ChangeTag::Insert))
}
