//! The workstation's run: threads around one loop. Events come in, `update` says what to do, the screen is drawn, effects go out.
//!
//! Here: which thread does what. Not here: what an event means (`app`), what an effect does (`work`).
//!
//! Reading threads answer the newest question only; the editing thread answers every job in order; the journal's thread appends and
//! syncs. Nothing in the loop waits for any of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use anyhow::Context;

use super::calls::Calls;
use super::config::{self, Config};
use super::folders::Folders;
use super::history;
use super::input::{Input, Keyboard};
use super::journal;
use super::log::Log;
use super::pace::{Kind, Pace};
use super::root::{self, Root};
use super::scan::Scan;
use super::taking::{self, NotTaken, Taken};
use super::terminal::Session;
use super::threads::Threads;
use super::vocabulary;
use super::walk::{self, Options};
use super::watch::Watch;
use super::work::Workshop;
use super::write::leftover;
use super::{browser, clipboard, editor, press, profile, read, report};
use crate::app::effect::EditorJob;
use crate::app::event::Returned;
use crate::app::{Effect, Event, State, update};
use crate::command::Keymap;
use crate::library::{Loading, Record, RowSpec};
use crate::profile::{Origin, Profile};
use crate::shown::Shown;
use crate::view::palette::Depth;
use crate::view::{self, Look, Signs, theme::Themes};

/// What the command line asks of the workstation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOptions {
    /// The folder or file to open.
    pub path: PathBuf,
    /// The filter to begin with; may be empty.
    pub query: String,
    /// Hidden and git-ignored files too.
    pub all: bool,
    /// Where to log to.
    pub log: Option<PathBuf>,
}

/// What comes into the loop.
pub(super) enum Message {
    Input(Input),
    Event(Box<Event>),
}

impl Message {
    fn kind(&self) -> Kind {
        if let Message::Event(event) = self { Kind::of(event) } else { Kind::Other }
    }
}

impl From<Input> for Message {
    fn from(input: Input) -> Message {
        Message::Input(input)
    }
}

/// Runs the workstation until it is quit.
///
/// # Errors
/// Where it cannot start: no such folder, a profile with an error, no terminal.
pub fn run(options: OpenOptions) -> anyhow::Result<ExitCode> {
    let root = root::find(&options.path)?;
    let paths = Folders::of_this_user();
    let config = Config::load(&paths)?;
    let keys: Vec<(String, Vec<String>)> = config.keys.clone().into_iter().collect();
    let keymap = Keymap::with(&keys).with_context(|| format!("{}", paths.config_file().display()))?;
    let look = look(&config, &paths)?;
    // A profile file is read now, since an error in it stops the start; an inferred one comes with the rows.
    let known = profile::from_file(&root)?;

    let log = opened_log(options.log.as_deref(), &root)?;
    let (session, keyboard, inbox, outbox) = take_terminal()?;
    let size = session.screen.size();
    let first = known.clone().unwrap_or_else(|| Profile::empty("reading", Origin::Inferred));
    let mut state = State::new(first.clone(), keymap, &place(&root), size.width, size.height);
    state.views.extend(config::saved_views(&paths, &root.dir)?);
    state.queue.filter.replace(&options.query);
    let calls = Calls::of_this_process();
    let workshop = Workshop::new(root.dir.clone(), first).with_history_in(paths.state_of(&root.dir));
    let workshop = Arc::new(workshop.with_calls(calls.clone()));
    state.opened = root.prefix();
    let watch = watching(&root, options.all, &workshop, &outbox);
    let mut desk = Desk {
        session,
        keyboard,
        look,
        state,
        config,
        paths,
        root,
        workshop: Arc::clone(&workshop),
        watch,
        calls,
        pending: Vec::new(),
        log,
    };
    desk.draw()?;
    let left = desk.open_journal(&outbox);
    let threads = Threads::start(Arc::clone(&workshop), outbox.clone(), left.0);
    if !left.1.is_empty() {
        desk.take(Event::Restored(left.1), &threads);
    }
    load(&desk.root, known, desk.watch.clone(), (options.all, desk.state.read_only.is_none()), workshop, outbox);
    // Whatever ends the loop, what was asked for is on its way to the journal, and gets there.
    let ran = catch_unwind(AssertUnwindSafe(|| desk.run(&inbox, &threads)));
    let (about, before) = (desk.about(), desk.log.last());
    let folder = desk.paths.state_of(&desk.root.dir);
    drop(desk);
    match ran {
        Ok(_) => threads.finish(),
        Err(_) => threads.rescue(),
    }
    let fell = report::leave(&folder, &about, &before);
    match ran {
        Ok(ended) => ended.map(|()| if fell { ExitCode::FAILURE } else { ExitCode::SUCCESS }),
        Err(_) => Ok(ExitCode::from(FELL)),
    }
}

fn opened_log(path: Option<&Path>, root: &root::Root) -> anyhow::Result<Log> {
    let mut log = match path {
        Some(path) => Log::to(path).with_context(|| format!("the log {}", path.display()))?,
        None => Log::default(),
    };
    log.note(&format!("curate {} opens {}", env!("CARGO_PKG_VERSION"), root.dir.display()));
    Ok(log)
}

/// The thread that looks what others do to the files below `root`.
fn watching(root: &root::Root, all: bool, workshop: &Arc<Workshop>, outbox: &Sender<Message>) -> Watch {
    let telling = outbox.clone();
    Watch::start(Scan::new(root.clone(), Options { all }), Arc::clone(workshop), move |event| {
        // At the end nobody listens any more.
        let _ = telling.send(Message::Event(Box::new(event)));
    })
}

/// In a build for tests the program can be made to fall at a key: what becomes of everything then is tried with the real program.
fn fall_at(key: crate::command::Key) {
    if cfg!(debug_assertions) && std::env::var("CURATE_FALLS_AT").is_ok_and(|name| name == key.to_string()) {
        panic!("fell at {key}");
    }
}

/// What Rust's own programs end with.
const FELL: u8 = 101;

type Terminal = (Session, Keyboard, Receiver<Message>, Sender<Message>);

fn take_terminal() -> anyhow::Result<Terminal> {
    let (outbox, inbox) = channel();
    let session = Session::start().context("the workstation needs a terminal; `curate list PATH` does without one")?;
    let keyboard = Keyboard::start::<Message>(outbox.clone())?;
    Ok((session, keyboard, inbox, outbox))
}

fn look(config: &Config, paths: &Folders) -> anyhow::Result<Look> {
    let mut themes = Themes::shipped();
    for (name, file, text) in config::theme_files(paths)? {
        themes.add(&name, &file.display().to_string(), &text);
    }
    let variable = |name: &str| std::env::var(name).ok();
    let depth = Depth::of(variable("COLORTERM").as_deref(), variable("TERM").as_deref());
    let mut theme = themes.load(&config.theme)?.at(depth);
    if variable("NO_COLOR").is_some_and(|v| !v.is_empty()) {
        theme = theme.without_colour();
    }
    let signs = if config.ascii { Signs::ASCII } else { Signs::DRAWN };
    Ok(Look { theme, signs })
}

/// What the first line calls what was opened: its last two parts.
fn place(root: &Root) -> String {
    let parts: Vec<_> = root.opened.components().rev().take(2).map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/").replace("//", "/")
}

/// Reads the folder on a thread of its own, the profile first: hidden files too or not, and to write there or only to read.
fn load(
    root: &Root,
    known: Option<Profile>,
    watch: Watch,
    (all, writes): (bool, bool),
    workshop: Arc<Workshop>,
    outbox: Sender<Message>,
) {
    let root = root.clone();
    std::thread::spawn(move || {
        let tell = |event: Event| outbox.send(Message::Event(Box::new(event))).is_ok();
        // The first paint waits for neither: what is inferred, nor what a long vocabulary says.
        let profile = vocabulary::known(&root, known.unwrap_or_else(|| profile::inferred(&root)));
        workshop.set_profile(profile.clone());
        tell(Event::ProfileLoaded(Box::new(profile.clone())));
        let spec = RowSpec::of(&profile);
        let mut walk = walk::walk(&root, Options { all });
        let mut listed = Vec::new();
        let found = walk.by_ref().inspect(|found| {
            if let walk::Found::File(path) = found {
                listed.push(path.clone());
            }
        });
        read::rows(&root.dir, found, &spec, |rows| tell(Event::Rows(rows)));
        let loading = Loading { skipped: walk.skipped(), problems: Vec::new(), done: true };
        tell(Event::Loaded(loading));
        watch.begin(listed);
        if writes && let Some(told) = leftover::remove(&Calls::default(), walk.temporary()) {
            tell(Event::Said(told));
        }
    });
}

/// The loop's own things.
struct Desk {
    /// Before the session, so that it is dropped first: what is typed after `q` belongs to the shell.
    keyboard: Keyboard,
    session: Session,
    look: Look,
    state: State,
    config: Config,
    paths: Folders,
    root: Root,
    workshop: Arc<Workshop>,
    watch: Watch,
    calls: Calls,
    /// Bytes for the terminal that are no part of the screen: a copied link.
    pending: Vec<u8>,
    log: Log,
}

impl Desk {
    /// Takes the library; where another process has it, this one only reads.
    fn open_journal(&mut self, outbox: &Sender<Message>) -> (Option<journal::Journal>, Vec<Record>) {
        let folder = self.paths.state_of(&self.root.dir);
        match taking::take(&self.calls, &folder, &self.root.dir) {
            Ok(Taken { journal, records, told }) => {
                for event in told {
                    let _ = outbox.send(Message::Event(Box::new(event)));
                }
                (Some(journal), records)
            }
            Err(NotTaken { reason, is_held }) => {
                let telling = outbox.clone();
                if is_held {
                    taking::tell_when_free(&folder, move |event| {
                        // At the end nobody listens any more.
                        let _ = telling.send(Message::Event(Box::new(event)));
                    });
                }
                let _ = outbox.send(Message::Event(Box::new(Event::Held(reason.clone()))));
                self.state.read_only = Some(reason);
                (None, Vec::new())
            }
        }
    }

    /// Takes the library over from one that is gone.
    fn take_over(&mut self, threads: &Threads) {
        let outbox = threads.outbox();
        if let (Some(journal), records) = self.open_journal(&outbox) {
            threads.keep_from_now_on(journal);
            self.take(Event::TakenOver(records), threads);
        }
    }

    fn run(&mut self, inbox: &Receiver<Message>, threads: &Threads) -> anyhow::Result<()> {
        let mut pace = Pace::painted(&self.state);
        // Whoever holds the other end lives as long as this loop.
        while let Ok(message) = inbox.recv() {
            let mut next = Some(message);
            while let Some(message) = next {
                let kind = message.kind();
                self.handle(message, threads)?;
                if self.state.quit {
                    return Ok(());
                }
                pace.took(kind, &self.state);
                next = pace.next(inbox);
            }
            self.draw()?;
            pace = Pace::painted(&self.state);
        }
        Ok(())
    }

    fn handle(&mut self, message: Message, threads: &Threads) -> anyhow::Result<()> {
        match message {
            Message::Event(event) => self.take(*event, threads),
            Message::Input(Input::Resized) => {
                self.session.resized()?;
                self.resize(threads);
            }
            Message::Input(Input::Continued) => {
                self.session.take_again()?;
                self.resize(threads);
                self.take(Event::Focused, threads);
            }
            Message::Input(Input::Ended) => {
                self.take(Event::Hangup, threads);
            }
            Message::Input(Input::Event(event)) => self.typed(event, threads)?,
        }
        Ok(())
    }

    /// What a report says of the desk: numbers.
    fn about(&self) -> String {
        let (library, root) = (&self.state.library, Shown::new(&self.root.dir.display().to_string()));
        format!(
            "{root}: {} items, {} drafts, {} marks, {}x{}, {:?}",
            library.rows().len(),
            library.drafts.len(),
            library.marks.len(),
            self.state.width,
            self.state.height,
            self.state.mode(),
        )
    }

    fn typed(&mut self, event: crossterm::event::Event, threads: &Threads) -> anyhow::Result<()> {
        match event {
            crossterm::event::Event::FocusGained => self.take(Event::Focused, threads),
            crossterm::event::Event::Paste(text) => self.take(Event::Paste(text), threads),
            crossterm::event::Event::Key(key) => {
                let Some(key) = press::key(key) else { return Ok(()) };
                fall_at(key);
                let suspends = press::suspends(key) && !self.state.mode().types_text();
                if suspends {
                    self.session.suspend(&self.keyboard)?;
                    self.resize(threads);
                } else {
                    self.take(Event::Key(key), threads);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn resize(&mut self, threads: &Threads) {
        let size = self.session.screen.size();
        self.take(Event::Resize { width: size.width, height: size.height }, threads);
    }

    fn take(&mut self, event: Event, threads: &Threads) {
        self.log.kind("event", &event);
        self.state.now = history::now();
        for effect in update(&mut self.state, event) {
            self.log.kind("effect", &effect);
            match effect {
                Effect::Open { url } => self.open(&url, threads),
                Effect::Copy { text } => {
                    self.copy(&text);
                    self.take(Event::Said(format!("copied: {text}")), threads);
                }
                Effect::SaveView { name, query } => {
                    if let Err(error) = config::save_view(&self.paths, &self.root.dir, &name, &query) {
                        self.take(Event::Failed(error.to_string()), threads);
                    }
                }
                Effect::Editor(job) => self.edit(&job, threads),
                Effect::LookAgain => self.watch.look(),
                Effect::LookFor(missing) => self.watch.look_for(missing),
                Effect::TakeOver => self.take_over(threads),
                Effect::Quit => {}
                other => threads.carry_out(other),
            }
        }
    }

    fn open(&mut self, url: &str, threads: &Threads) {
        let ssh = std::env::var("SSH_CONNECTION").ok();
        let event = match browser::decide(url, ssh.as_deref()) {
            Ok(browser::Decision::Open(link)) => match browser::open(&link, self.config.browser.as_deref()) {
                Ok(()) => Event::Said(format!("opened: {link}")),
                Err(error) => {
                    self.log.note(&format!("no browser: {error}"));
                    Event::Failed("no browser here: y copies the link".to_string())
                }
            },
            Ok(browser::Decision::Copy(link)) => {
                self.copy(&link);
                Event::Said(format!("no browser over SSH: the link is copied instead: {link}"))
            }
            Err(refusal) => Event::Failed(refusal.to_string()),
        };
        self.take(event, threads);
    }

    /// Lends the terminal to the editor. Everything else waits: there is one person at the desk.
    fn edit(&mut self, job: &EditorJob, threads: &Threads) {
        let folder = self.paths.state_of(&self.root.dir).join("editor");
        let returned = match editor::Editor::of_this_user(self.config.editor.as_deref()) {
            Ok(editor) => {
                let (session, keyboard) = (&mut self.session, &self.keyboard);
                editor::run(&self.workshop, &folder, job, &mut |file| session.lend(keyboard, || editor.open(file))?)
            }
            Err(reason) => Returned::Failed(reason),
        };
        self.resize(threads);
        self.take(Event::EditorReturned { path: job.file.path.clone(), field: job.field.clone(), returned }, threads);
    }

    fn copy(&mut self, text: &str) {
        let variable = |name: &str| std::env::var(name).ok();
        let between = clipboard::Between::of(variable("TMUX").as_deref(), variable("STY").as_deref());
        if between == clipboard::Between::Tmux {
            // Where tmux does not take it, the sequence below may still pass.
            let _ = clipboard::hand_to_tmux(text);
        }
        self.pending.extend(clipboard::copy(text, between));
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            self.session.screen.send(&bytes)?;
        }
        let (state, look) = (&self.state, &self.look);
        self.session.screen.draw(|frame| {
            let area = frame.area();
            if let Some(place) = view::draw(state, look, area, frame.buffer_mut()) {
                frame.set_cursor_position(place);
            }
        })?;
        Ok(())
    }
}
