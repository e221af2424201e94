//! What lies over the desk, one above the other. `esc` takes the top one away.

use std::collections::HashSet;
use std::sync::Arc;

use super::ask::Ask;
use super::event::ReviewedFile;
use super::form::Form;
use super::pick::Pick;
use super::topics::TopicPicker;
use crate::command::Mode;
use crate::content::diff::Diff;

/// One layer.
#[derive(Clone, Debug)]
pub enum Layer {
    /// The preview has the keys; in full size where `full`.
    Read {
        full: bool,
    },
    /// The filter is being typed; what it was before.
    Filter {
        before: String,
    },
    Pick(Pick),
    Topics(TopicPicker),
    Facets(FacetPane),
    Form(Box<Form>),
    Diff(DiffPane),
    Review(Review),
    Help {
        scroll: usize,
    },
    Ask(Ask),
}

impl Layer {
    /// The mode that keys are looked up in.
    pub fn mode(&self) -> Mode {
        match self {
            Layer::Read { .. } => Mode::Read,
            Layer::Filter { .. } => Mode::Filter,
            Layer::Pick(_) => Mode::Pick,
            Layer::Topics(_) => Mode::Topics,
            Layer::Facets(_) => Mode::Facets,
            Layer::Form(form) if form.is_typing() => Mode::Field,
            Layer::Form(_) => Mode::Form,
            Layer::Diff(_) => Mode::Diff,
            Layer::Review(_) => Mode::Review,
            Layer::Help { .. } => Mode::Help,
            Layer::Ask(_) => Mode::Ask,
        }
    }
}

/// The facets, with the cursor on one value.
#[derive(Clone, Debug, Default)]
pub struct FacetPane {
    pub cursor: usize,
    /// The filter as it was before.
    pub before: String,
}

/// One item's diff.
#[derive(Clone, Debug)]
pub struct DiffPane {
    pub path: Arc<str>,
    pub answer: Option<Result<Diff, String>>,
    pub scroll: usize,
}

/// The review before writing.
#[derive(Clone, Debug, Default)]
pub struct Review {
    pub generation: u64,
    /// Whether it waits for edits that are on their way.
    pub waits: bool,
    /// How many files there are to come.
    pub expected: usize,
    pub files: Vec<ReviewedFile>,
    /// Lines that change and lines that stay, over the files that are to be written.
    lines: (usize, usize),
    /// How many files are to be written.
    chosen: usize,
    /// Files that are left out.
    pub left_out: HashSet<Arc<str>>,
    pub cursor: usize,
    /// First visible line of the diff.
    pub scroll: usize,
    /// Whether it has been painted with all its files: only then `y` counts.
    pub painted: bool,
    /// How many of the write's files have been answered, and of how many.
    pub writing: Option<(usize, usize)>,
}

impl Review {
    /// A review that waits for edits on their way.
    pub fn waiting() -> Review {
        Review { waits: true, ..Review::default() }
    }

    /// A review of so many files to come.
    pub fn of(generation: u64, expected: usize) -> Review {
        Review { generation, expected, ..Review::default() }
    }

    /// The files that `y` writes.
    pub fn to_write(&self) -> impl Iterator<Item = &ReviewedFile> {
        self.files.iter().filter(|f| f.answer.is_ok() && !self.left_out.contains(&f.path))
    }

    /// Lines that change and lines that stay, over the files that `y` writes.
    pub fn lines(&self) -> (usize, usize) {
        self.lines
    }

    /// How many files `y` writes.
    pub fn count_to_write(&self) -> usize {
        self.chosen
    }

    /// Takes one more file; what is said of those that are to be written is counted along.
    pub fn take(&mut self, file: ReviewedFile) {
        if !self.left_out.contains(&file.path) {
            self.count(&file, true);
        }
        self.files.push(file);
        self.painted = self.files.len() >= self.expected;
    }

    fn count(&mut self, file: &ReviewedFile, chosen: bool) {
        let Ok(diff) = &file.answer else { return };
        let (changed, kept) = (diff.changed(), diff.kept);
        match chosen {
            true => (self.chosen, self.lines) = (self.chosen + 1, (self.lines.0 + changed, self.lines.1 + kept)),
            false => (self.chosen, self.lines) = (self.chosen - 1, (self.lines.0 - changed, self.lines.1 - kept)),
        }
    }

    /// Leaves the file under the cursor out, or takes it in again; one that cannot be written is out anyway.
    pub fn turn(&mut self) {
        let Some(file) = self.files.get(self.cursor).filter(|f| f.answer.is_ok()).cloned() else { return };
        let chosen = self.left_out.remove(&file.path);
        if !chosen {
            self.left_out.insert(file.path.clone());
        }
        self.count(&file, chosen);
    }
}
