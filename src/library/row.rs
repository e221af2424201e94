//! A row: what the list knows of an item.

use std::sync::Arc;

use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::profile::{FindingBits, Profile};

use super::target::{Source, Target};

/// The fields that every row holds; a query on another field reads a column from the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowField {
    Title,
    Date,
    Brand,
    Author,
    Url,
    /// The triage field.
    Status,
    Topics,
    /// Labels of the offerings.
    Offerings,
}

impl RowField {
    /// All of them, in the order of a row's cells.
    pub const ALL: [RowField; 8] = [
        RowField::Title,
        RowField::Date,
        RowField::Brand,
        RowField::Author,
        RowField::Url,
        RowField::Status,
        RowField::Topics,
        RowField::Offerings,
    ];
}

/// Which field of the front matter each cell of a row is read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowSpec {
    fields: [Option<FieldRef>; RowField::ALL.len()],
    /// Fields that are kept in step, in groups.
    steps: Vec<Vec<FieldRef>>,
}

impl RowSpec {
    /// The cells that `profile` calls for.
    pub fn of(profile: &Profile) -> RowSpec {
        let labels = profile.offerings.as_ref().map(|o| {
            let text = format!("{}[].label", o.field.text());
            text.parse().unwrap_or_else(|_| o.field.clone())
        });
        let roles = &profile.roles;
        RowSpec {
            fields: [
                roles.title.clone(),
                roles.date.clone(),
                roles.brand.clone(),
                roles.author.clone(),
                roles.url.clone(),
                profile.triage.as_ref().map(|t| t.field.clone()),
                profile.topics.as_ref().map(|t| t.field.clone()),
                labels,
            ],
            steps: profile.steps(),
        }
    }

    /// The field behind a cell; `None` where the profile names none.
    pub fn field(&self, field: RowField) -> Option<&FieldRef> {
        self.fields[field as usize].as_ref()
    }

    /// The group of fields kept in step that a target belongs to: the number of its bit in [`FindingBits::drifts`].
    pub fn step(&self, target: &Target) -> Option<usize> {
        let field = match target.source(self) {
            Source::Row(role) => self.field(role)?.clone(),
            Source::Column(field) => field,
        };
        self.steps.iter().position(|step| step.contains(&field))
    }

    /// The fields to read, in order, with the cell each goes to.
    pub fn wanted(&self) -> Vec<(RowField, FieldRef)> {
        RowField::ALL.iter().filter_map(|f| Some((*f, self.field(*f)?.clone()))).collect()
    }
}

/// What there is to say of a draft whose file is gone.
const WAITING: &str = "the file is gone: your draft waits until it is back, or until H takes it back";

/// One item of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The path from the root, with `/`.
    pub path: Arc<str>,
    /// In the order of [`RowField::ALL`].
    cells: [Cell; RowField::ALL.len()],
    /// Why the file cannot be read; then all cells are missing.
    pub problem: Option<Box<str>>,
    /// What was found in it; `None` until somebody has looked. The list is read by a scanner that does not parse, so a worker looks
    /// at the items once all of them are listed; the row of a draft brings it along.
    pub findings: Option<FindingBits>,
}

impl Row {
    /// A row of what was read.
    pub fn new(path: impl Into<Arc<str>>, read: impl IntoIterator<Item = (RowField, Cell)>) -> Row {
        let mut cells = [const { Cell::Missing }; RowField::ALL.len()];
        for (field, cell) in read {
            cells[field as usize] = cell;
        }
        Row { path: path.into(), cells, problem: None, findings: None }
    }

    /// A row of a file that cannot be read.
    pub fn unreadable(path: impl Into<Arc<str>>, reason: &str) -> Row {
        Row { problem: Some(reason.into()), ..Row::new(path, []) }
    }

    /// The place of an item whose file is gone: no list shows it.
    pub fn gone(path: impl Into<Arc<str>>) -> Row {
        Row::unreadable(path, "")
    }

    /// The row of a draft whose file is gone.
    pub fn waiting(path: impl Into<Arc<str>>) -> Row {
        Row::unreadable(path, WAITING)
    }

    /// The row of the same file at another place.
    pub fn at(self, path: &Arc<str>) -> Row {
        Row { path: path.clone(), ..self }
    }

    /// Whether the file is gone, and nothing waits for it.
    pub fn is_gone(&self) -> bool {
        self.problem.as_deref() == Some("")
    }

    /// Whether a draft waits for the file.
    pub fn is_waiting(&self) -> bool {
        self.problem.as_deref() == Some(WAITING)
    }

    /// Whether two rows say the same, whatever was found in them.
    pub fn says_the_same(&self, other: &Row) -> bool {
        self.cells == other.cells && self.problem == other.problem
    }

    /// The row with what was found in it.
    pub fn with(self, findings: FindingBits) -> Row {
        Row { findings: Some(findings), ..self }
    }

    /// One cell.
    pub fn cell(&self, field: RowField) -> &Cell {
        &self.cells[field as usize]
    }

    /// The first text of a cell; empty where there is none.
    pub fn text(&self, field: RowField) -> &str {
        self.cell(field).texts().next().unwrap_or("")
    }

    /// The title, or the file's name where it has none.
    pub fn title(&self) -> &str {
        match self.text(RowField::Title) {
            "" => self.path.rsplit('/').next().unwrap_or(&self.path),
            title => title,
        }
    }

    /// The topics.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.cell(RowField::Topics).texts()
    }

    /// Whether nobody has looked for findings in it yet.
    pub fn is_unlooked(&self) -> bool {
        self.problem.is_none() && self.findings.is_none()
    }

    /// Whether anything was found in it.
    pub fn has_findings(&self) -> bool {
        self.findings.is_some_and(|bits| !bits.is_empty())
    }

    /// Whether the triage field is missing, null or blank (and the file can be read).
    pub fn is_undecided(&self) -> bool {
        let status = self.cell(RowField::Status);
        self.problem.is_none() && (matches!(status, Cell::Missing | Cell::Null) || status.is_blank())
    }
}
