//! Random days at the desk beside a model of what must be true: what is on disk, what each item shows, what has a draft, what undo and
//! redo would do. Edits, undo, redo, writes, changes from outside, kills at any moment, journals cut off anywhere.
//!
//! `PROPTEST_CASES=500 cargo test --test scenarios model` tries many.

use std::path::PathBuf;

use curate::app::{Event, Layer};
use curate::library::drafts::BatchState;
use proptest::prelude::*;

use crate::desk::{Desk, curated};

const TITLES: [&str; 3] = ["Rural clinics", "Nurses on call", "A new ward"];

/// The fields that are edited.
const TITLE: usize = 0;
const STATUS: usize = 1;

/// What can be done.
#[derive(Clone, Debug)]
enum Step {
    /// A verdict on one item, or on all.
    Verdict {
        item: Option<usize>,
        which: usize,
    },
    /// Another title, of one item or of all.
    Retitle {
        item: Option<usize>,
        text: String,
    },
    Undo,
    Redo,
    Write,
    /// Somebody else changes a field that nobody edits here, and the text.
    Outside {
        item: usize,
        text: String,
    },
    Kill,
    Quit,
    /// The program is killed before a worker has done anything about a verdict.
    KillAtOnce {
        item: usize,
        which: usize,
    },
    /// The program is killed while a title is typed.
    KillTyping {
        item: usize,
        text: String,
    },
    /// The machine dies: of the journal a part is left, at least what was there when the program was started or a file was written.
    CutOff {
        share: u32,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let item = 0..TITLES.len();
    let some = prop_oneof![3 => item.clone().prop_map(Some), 1 => Just(None)];
    // Words that are no other kind of value, few enough to meet again.
    let text = "(Care|Video|Homes) (one|two)";
    prop_oneof![
        6 => (some.clone(), 0..3usize).prop_map(|(item, which)| Step::Verdict { item, which }),
        4 => (some, text).prop_map(|(item, text)| Step::Retitle { item, text }),
        4 => Just(Step::Undo),
        3 => Just(Step::Redo),
        2 => Just(Step::Write),
        2 => (item.clone(), "[a-z]{3,6}").prop_map(|(item, text)| Step::Outside { item, text }),
        2 => Just(Step::Kill),
        1 => Just(Step::Quit),
        1 => (item.clone(), 0..3usize).prop_map(|(item, which)| Step::KillAtOnce { item, which }),
        1 => (item, text).prop_map(|(item, text)| Step::KillTyping { item, text }),
        1 => (0..1000u32).prop_map(|share| Step::CutOff { share }),
    ]
}

/// What must be true.
#[derive(Clone, Debug, PartialEq)]
struct Model {
    /// Title and status of each item on disk, and what others have made of it.
    disk: Vec<([String; 2], String)>,
    /// Batches that are not on disk, the oldest first.
    live: Vec<Batch>,
    /// What redo does again, the next one last.
    undone: Vec<Batch>,
}

/// What a batch changes.
#[derive(Clone, Debug, PartialEq)]
struct Batch {
    field: usize,
    to: Vec<(usize, String)>,
    /// For how many items it was asked: those that were so already are in it, until it is taken back.
    asked: usize,
}

impl Model {
    fn new() -> Model {
        let disk = TITLES.iter().map(|title| ([(*title).to_string(), String::new()], "brief".to_string()));
        Model { disk: disk.collect(), live: Vec::new(), undone: Vec::new() }
    }

    fn value(&self, item: usize, field: usize) -> &str {
        let set = |batch: &'_ Batch| batch.field == field && batch.to.iter().any(|(at, _)| *at == item);
        let last = self.live.iter().rfind(|batch| set(batch));
        let to = last.and_then(|batch| batch.to.iter().find(|(at, _)| *at == item));
        to.map_or(&self.disk[item].0[field], |(_, to)| to)
    }

    fn has_draft(&self, item: usize) -> bool {
        self.live.iter().any(|batch| batch.to.iter().any(|(at, _)| *at == item))
    }

    fn edit(&mut self, items: &[usize], field: usize, text: &str) {
        let to = items.iter().filter(|item| self.value(**item, field) != text).map(|item| (*item, text.to_string()));
        let batch = Batch { field, to: to.collect(), asked: items.len() };
        self.live.push(batch);
        self.undone.clear();
    }

    fn verdict(&mut self, items: &[usize], value: &str) {
        // The same again clears.
        let clears = items.iter().all(|item| self.value(*item, STATUS) == value);
        match self.gave(items).filter(|_| clears) {
            Some(at) => self.take_back(at),
            None => self.edit(items, STATUS, if clears { "" } else { value }),
        }
    }

    /// The batch that gave these items, and no others, the verdict they have, where they had none: to clear it is to take that back.
    fn gave(&self, items: &[usize]) -> Option<usize> {
        let last = |item: usize| {
            let gives = |batch: &Batch| batch.field == STATUS && batch.to.iter().any(|(at, _)| *at == item);
            let at = self.live.iter().rposition(gives)?;
            let before = Model { live: self.live[..at].to_vec(), ..self.clone() };
            before.value(item, STATUS).is_empty().then_some(at)
        };
        let at = last(*items.first()?)?;
        (self.live[at].asked == items.len() && items.iter().all(|item| last(*item) == Some(at))).then_some(at)
    }

    /// What all have already, as it was typed, is no edit.
    fn retitle(&mut self, items: &[usize], text: &str) {
        if items.iter().any(|item| self.value(*item, TITLE) != text) {
            self.edit(items, TITLE, text);
        }
    }

    fn undo(&mut self) {
        if let Some(last) = self.live.len().checked_sub(1) {
            self.take_back(last);
        }
    }

    fn take_back(&mut self, at: usize) {
        let batch = self.live.remove(at);
        self.undone.push(Batch { asked: batch.to.len(), ..batch });
    }

    fn redo(&mut self) {
        let Some(mut batch) = self.undone.pop() else { return };
        batch.to.retain(|(item, to)| self.value(*item, batch.field) != to);
        self.live.push(batch);
    }

    fn write(&mut self) {
        if !(0..TITLES.len()).any(|item| self.has_draft(item)) {
            return;
        }
        for item in 0..TITLES.len() {
            let now = [TITLE, STATUS].map(|field| self.value(item, field).to_string());
            self.disk[item].0 = now;
        }
        self.live.clear();
    }

    /// The file of an item as it must be, byte for byte.
    fn file(&self, item: usize) -> String {
        let ([title, status], others) = &self.disk[item];
        let (_, text) = curated(TITLES[item]);
        let status = if status.is_empty() { "''" } else { status };
        let text = text.replace(TITLES[item], title).replace("status: ''", &format!("status: {status}"));
        text.replace("sub: brief", &format!("sub: {others}")) + if others == "brief" { "" } else { others }
    }
}

/// The desk and the model beside it.
struct Day {
    desk: Desk,
    model: Model,
    /// How long the journal was after what of this run, since the last write.
    kept: Vec<(u64, Model)>,
}

fn path(item: usize) -> String {
    curated(TITLES[item]).0
}

impl Day {
    fn begin() -> Day {
        let mut day = Day { desk: Desk::with(&TITLES.map(curated)), model: Model::new(), kept: Vec::new() };
        day.keep_anew();
        day
    }

    /// Presses keys; the screen is drawn only where `y` counts once it was.
    fn press(&mut self, keys: &str) -> &mut Desk {
        for key in keys.split_whitespace() {
            if key == "y" {
                self.desk.screen();
            }
            self.desk.happen(Event::Key(key.parse().expect("a key")));
        }
        &mut self.desk
    }

    fn journal(&self) -> PathBuf {
        self.desk.journal()
    }

    fn length(&self) -> u64 {
        std::fs::metadata(self.journal()).expect("a journal").len()
    }

    fn keep_anew(&mut self) {
        self.kept = vec![(self.length(), self.model.clone())];
    }

    /// Puts the cursor on an item, or marks all; the items that an action is about.
    fn aim(&mut self, item: Option<usize>) -> Vec<usize> {
        let Some(item) = item else {
            self.press("*");
            return (0..TITLES.len()).collect();
        };
        self.press("g");
        let state = &self.desk.state;
        let is_it = |id: &curate::library::ItemId| *state.library.row(*id).path == *path(item);
        let at = state.queue.found.items.iter().position(is_it).expect("it is shown");
        self.press(&"j ".repeat(at));
        vec![item]
    }

    fn verdict(&mut self, item: Option<usize>, which: usize) {
        let items = self.aim(item);
        self.press(["a", "x", "s"][which]);
        self.model.verdict(&items, ["approved", "rejected", "deferred"][which]);
        self.unmark(item);
    }

    fn unmark(&mut self, item: Option<usize>) {
        if item.is_none() {
            self.press("-");
        }
    }

    fn started_again(self) -> Day {
        let mut day = Day { desk: self.desk.killed_and_started_again(), ..self };
        day.keep_anew();
        day
    }

    fn take(mut self, step: &Step) -> Day {
        match step {
            Step::Verdict { item, which } => self.verdict(*item, *which),
            Step::Retitle { item, text } => {
                let items = self.aim(*item);
                self.press("e enter ctrl-u").type_text(text);
                self.press("enter esc");
                self.model.retitle(&items, text);
                self.unmark(*item);
            }
            Step::Undo => {
                self.press("u");
                self.model.undo();
            }
            Step::Redo => {
                self.press("ctrl-r");
                self.model.redo();
            }
            Step::Write => {
                self.press("w y");
                self.model.write();
                self.press("esc");
                self.keep_anew();
            }
            Step::Outside { item, text } => {
                self.model.disk[*item].1.clone_from(text);
                // Of their own draft others know nothing.
                std::fs::write(self.desk.path(&path(*item)), self.model.file(*item)).expect("a file");
            }
            Step::Kill => return self.started_again(),
            Step::Quit => {
                self.press("q");
                return self.started_again();
            }
            Step::KillAtOnce { item, which } => {
                self.desk.slow = true;
                self.verdict(Some(*item), *which);
                return self.started_again();
            }
            Step::KillTyping { item, text } => {
                self.aim(Some(*item));
                self.press("e enter ctrl-u").type_text(text);
                self = self.started_again();
                self.desk.expect("what you were typing").expect(text);
                self.press("enter esc");
                self.model.retitle(&[*item], text);
            }
            Step::CutOff { share } => return self.cut_off(u64::from(*share)),
        }
        self.kept.push((self.length(), self.model.clone()));
        self
    }

    /// Of the journal so many thousandths are left, of what was appended since the run began or a file was written.
    fn cut_off(mut self, share: u64) -> Day {
        let (first, last) = (self.kept[0].0, self.length());
        let length = first + (last - first) * share / 1000;
        let before = self.kept.iter().rposition(|(kept, _)| *kept <= length).expect("the first one");
        // What others did since stands on disk whatever the journal says.
        let disk = self.model.disk.clone();
        let mut could_be: Vec<Model> = self.kept[before..].iter().take(2).map(|(_, model)| model.clone()).collect();
        could_be.iter_mut().for_each(|model| model.disk.clone_from(&disk));
        let file = std::fs::OpenOptions::new().write(true).open(self.journal()).expect("a journal");
        file.set_len(length).expect("it is cut");
        self.desk = self.desk.killed_and_started_again();
        if self.desk.state.mode().types_text() {
            // A title that was typed, and may be an edit already, by what is lost: it becomes another here.
            let Some(Layer::Form(form)) = self.desk.state.layers.last() else { panic!("what is typed in?") };
            let of = |item: &usize| form.many().is_some() || *form.path == *path(*item);
            let items: Vec<usize> = (0..TITLES.len()).filter(of).collect();
            self.press("ctrl-u").type_text("Homes one");
            self.press("enter esc");
            could_be.iter_mut().for_each(|model| model.retitle(&items, "Homes one"));
        }
        // Marks may be there that were taken off.
        self.press("-");
        let fits = could_be.iter().find(|model| differs(&self.desk, model).is_none()).cloned();
        let told = || could_be.iter().map(|model| differs(&self.desk, model)).collect::<Vec<_>>();
        self.model = fits.unwrap_or_else(|| panic!("cut off at {length}: neither before nor after: {:?}", told()));
        self.keep_anew();
        self
    }
}

/// Where the desk is not as the model says.
fn differs(desk: &Desk, model: &Model) -> Option<String> {
    let library = &desk.state.library;
    let depth = |wanted| library.drafts.batches().iter().filter(|batch| batch.state == wanted).count();
    let (depths, wanted) =
        ([depth(BatchState::Live), depth(BatchState::Undone)], [model.live.len(), model.undone.len()]);
    if depths != wanted {
        return Some(format!("{depths:?} batches to undo and to redo, not {wanted:?}"));
    }
    for item in 0..TITLES.len() {
        let path = path(item);
        let (file, wanted) = (desk.file(&path), model.file(item));
        if file != wanted {
            return Some(format!("{path} on disk is:\n{file}\nand not:\n{wanted}"));
        }
        if library.drafts.has(&path) != model.has_draft(item) {
            return Some(format!("{path} has a draft: {}", library.drafts.has(&path)));
        }
        let row = library.row(library.find(&path).expect("it was read"));
        let shows = [row.title(), row.text(curate::library::RowField::Status)];
        let wanted = [TITLE, STATUS].map(|field| model.value(item, field));
        if shows != wanted {
            return Some(format!("{path} shows {shows:?}, not {wanted:?}"));
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::with_cases(cases(6)) })]

    #[test]
    fn nothing_that_was_done_is_lost_or_done_twice(steps in prop::collection::vec(step(), 1..14)) {
        let mut day = Day::begin();
        for (at, step) in steps.iter().enumerate() {
            day = day.take(step);
            let differs = differs(&day.desk, &day.model);
            prop_assert!(differs.is_none(), "after step {at}, {step:?}: {}\n{}", differs.unwrap(), day.desk.screen());
        }
        // To the end of undo and back: everything is as the disk has it, then as it was.
        let depth = day.model.live.len();
        let whole = day.model.clone();
        for _ in 0..depth {
            day = day.take(&Step::Undo);
        }
        day.desk.expect_no_drafts();
        prop_assert_eq!(differs(&day.desk, &day.model), None);
        for _ in 0..depth {
            day = day.take(&Step::Redo);
        }
        prop_assert_eq!(differs(&day.desk, &day.model), None);
        let changes = |model: &Model| model.live.iter().map(|batch| batch.to.clone()).collect::<Vec<_>>();
        prop_assert_eq!(changes(&day.model), changes(&whole));
    }
}

/// How many days are tried: `PROPTEST_CASES`, else a few.
fn cases(few: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few)
}
