//! A desk without a terminal: effects are carried out by the very code of the workers, frames go to a screen that counts bytes.

use std::io::{Sink, sink};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use curate::app::{Effect, Event, State, update};
use curate::command::{Code, Key, Keymap};
use curate::library::{Loading, Record, RowSpec};
use curate::shell::pace::{Kind, Pace};
use curate::shell::screen::Screen;
use curate::shell::walk::{Options, walk};
use curate::shell::work::Workshop;
use curate::shell::{profile, read, root};
use curate::view::palette::Depth;
use curate::view::{self, Look, Signs, Theme};
use ratatui::layout::Size;

/// The desk being measured.
pub struct Desk {
    pub state: State,
    pub workshop: Arc<Workshop>,
    pub screen: Screen<Sink>,
    /// Where records go; nowhere where it is not set.
    pub journal: Option<Sender<Vec<Record>>>,
    look: Look,
    root: root::Root,
}

/// The dark theme in 256 colours: what most terminals over SSH have.
fn look() -> Look {
    Look { theme: Theme::shipped("dark").expect("it is shipped").at(Depth::Indexed), signs: Signs::DRAWN }
}

impl Desk {
    /// From the folder's path to the first frame: what happens before anybody sees anything.
    pub fn first_paint(folder: &Path, width: u16, height: u16) -> Desk {
        let root = root::find(folder).expect("the folder is there");
        let known = profile::from_file(&root).expect("the profile is right").expect("the demo has one");
        let state = State::new(known.clone(), Keymap::default(), "content/news", width, height);
        let workshop = Arc::new(Workshop::new(root.dir.clone(), known));
        let screen = Screen::new(sink(), Size { width, height }).expect("nothing can fail here");
        let mut desk = Desk { state, workshop, screen, journal: None, look: look(), root };
        desk.draw();
        desk
    }

    /// Reads the folder as the program does: two threads read, one matches, this one takes rows and draws, as often as the program does.
    pub fn fill(&mut self) -> Duration {
        let start = Instant::now();
        let (events, inbox) = channel::<Event>();
        let (questions, asked) = channel::<Effect>();
        let (root, workshop) = (self.root.clone(), Arc::clone(&self.workshop));
        let spec = RowSpec::of(&self.state.profile);
        let answers = events.clone();
        std::thread::spawn(move || {
            while let Ok(mut question) = asked.recv() {
                while let Ok(newer) = asked.try_recv() {
                    question = newer;
                }
                workshop.perform(question, &|| false, &mut |event| drop(answers.send(event)));
            }
        });
        std::thread::spawn(move || {
            let mut found = walk(&root, Options::default());
            read::rows(&root.dir, found.by_ref(), &spec, |rows| events.send(Event::Rows(rows)).is_ok());
            let _ = events.send(Event::Loaded(Loading { done: true, ..Loading::default() }));
        });
        let mut pace = Pace::painted(&self.state);
        while !self.is_complete() {
            let mut next = inbox.recv().ok();
            while let Some(event) = next {
                let kind = Kind::of(&event);
                for effect in update(&mut self.state, event) {
                    if let Effect::Match(_) = effect {
                        questions.send(effect).expect("the matcher lives");
                    }
                }
                pace.took(kind, &self.state);
                next = pace.next(&inbox);
            }
            self.draw();
            pace = Pace::painted(&self.state);
        }
        start.elapsed()
    }

    fn is_complete(&self) -> bool {
        self.state.library.loading.done && !self.state.queue.waiting && !self.state.queue.stale
    }

    /// Takes an event in and carries out what follows, but for a rest of the cursor: the preview is held.
    pub fn happen(&mut self, event: Event) {
        let mut events = std::collections::VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in update(&mut self.state, event) {
                match effect {
                    Effect::Journal(records) => {
                        self.journal.iter().for_each(|journal| journal.send(records.clone()).expect("it is kept"));
                    }
                    Effect::Rest { .. } | Effect::Keep | Effect::Quit | Effect::SaveView { .. } => {}
                    other => self.workshop.perform(other, &|| false, &mut |event| events.push_back(event)),
                }
            }
        }
    }

    /// Presses a key; returns the time to the painted frame and the bytes of it.
    pub fn key(&mut self, key: &str) -> (Duration, u64) {
        self.pressed(key.parse().expect("a key"))
    }

    /// Types a letter.
    pub fn letter(&mut self, letter: char) -> (Duration, u64) {
        self.pressed(Key::plain(Code::Char(letter)))
    }

    fn pressed(&mut self, key: Key) -> (Duration, u64) {
        let (start, before) = (Instant::now(), self.screen.bytes_written());
        self.happen(Event::Key(key));
        self.draw();
        (start.elapsed(), self.screen.bytes_written() - before)
    }

    /// Lets the cursor rest: the preview follows.
    pub fn rest(&mut self) {
        let generation = self.state.preview.generation;
        self.happen(Event::Rested { generation });
        self.draw();
    }

    /// Draws a frame.
    pub fn draw(&mut self) {
        let (state, look) = (&self.state, &self.look);
        let drawn = self.screen.draw(|frame| {
            let area = frame.area();
            if let Some(place) = view::draw(state, look, area, frame.buffer_mut()) {
                frame.set_cursor_position(place);
            }
        });
        drawn.expect("nothing can fail here");
    }

    /// How many bytes a frame on a blank terminal takes.
    pub fn repaint(&mut self) -> u64 {
        self.screen.forget().expect("nothing can fail here");
        let before = self.screen.bytes_written();
        self.draw();
        self.screen.bytes_written() - before
    }
}
