//! The order of the queue.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::row::{Row, RowField, RowSpec};
use super::rows::{ItemId, Rows};
use super::target::{Source, Target};
use crate::content::summary::Cell;

/// What the queue is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// A role or a field.
    By(Target),
    /// The path from the root.
    Path,
    /// How many topics an item has.
    TopicCount,
}

/// A sort with its direction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    pub key: SortKey,
    pub descending: bool,
}

impl Default for Sort {
    /// Newest first.
    fn default() -> Sort {
        Sort { key: SortKey::By(Target::Role(RowField::Date)), descending: true }
    }
}

impl Sort {
    /// Reads what stands behind `sort:`: `date`, `-title`, `path`, `topics` (their number) or a field.
    pub fn parse(text: &str) -> Option<Sort> {
        let (descending, name) = match text.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, text),
        };
        let key = match name {
            "path" => SortKey::Path,
            "topics" => SortKey::TopicCount,
            _ => SortKey::By(Target::parse(name)?),
        };
        Some(Sort { key, descending })
    }

    /// The text that [`Sort::parse`] reads back.
    pub fn text(&self) -> String {
        let name = match &self.key {
            SortKey::Path => "path",
            SortKey::TopicCount => "topics",
            SortKey::By(target) => target.name(),
        };
        format!("{}{name}", if self.descending { "-" } else { "" })
    }
}

/// What one item is compared by. Missing, null and blank values are [`Key::None`].
#[derive(Clone, Debug, PartialEq)]
enum Key<'r> {
    Number(f64),
    Text(Cow<'r, str>),
    None,
}

/// All items in order. Numbers are compared as numbers, dates and texts as text without regard to case; what has no value
/// comes last in either direction, and the path decides between equals.
///
/// `column` holds the cells of a field that rows do not hold; without it such a field sorts as if it were missing.
pub fn sorted<'r>(rows: &'r Rows, sort: &Sort, spec: &RowSpec, column: Option<&'r [Cell]>) -> Vec<ItemId> {
    let role = match &sort.key {
        SortKey::By(target) => match target.source(spec) {
            Source::Row(role) => Some(role),
            Source::Column(_) => None,
        },
        _ => None,
    };
    let key_of = |id: ItemId, row: &'r Row| match (&sort.key, role) {
        (SortKey::Path, _) => Key::None,
        (SortKey::TopicCount, _) => Key::Number(row.topics().count() as f64),
        (SortKey::By(_), Some(RowField::Title)) => Key::Text(lower(row.title())),
        (SortKey::By(_), Some(role)) => cell_key(Some(row.cell(role)), role == RowField::Date),
        (SortKey::By(_), None) => cell_key(column.and_then(|c| c.get(id.0 as usize)), false),
    };
    let mut keyed: Vec<(Key<'_>, &str, ItemId)> =
        rows.iter().filter(|(_, row)| !row.is_gone()).map(|(id, row)| (key_of(id, row), &*row.path, id)).collect();
    let by_path = sort.key == SortKey::Path && sort.descending;
    keyed.sort_unstable_by(|a, b| {
        let paths = if by_path { b.1.cmp(a.1) } else { a.1.cmp(b.1) };
        compare(&a.0, &b.0, sort.descending).then(paths)
    });
    keyed.into_iter().map(|(_, _, id)| id).collect()
}

fn cell_key(cell: Option<&Cell>, as_text: bool) -> Key<'_> {
    let Some(text) = cell.and_then(|c| c.texts().find(|t| !t.trim().is_empty())) else { return Key::None };
    let number = if as_text { None } else { text.parse::<f64>().ok() };
    match number.filter(|number| number.is_finite()) {
        Some(number) => Key::Number(number),
        None => Key::Text(lower(text)),
    }
}

/// Lower case; dates and most slugs are so already.
fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) { text.into() } else { text.to_lowercase().into() }
}

fn compare(a: &Key<'_>, b: &Key<'_>, descending: bool) -> Ordering {
    let ascending = match (a, b) {
        (Key::None, Key::None) => return Ordering::Equal,
        (Key::None, _) => return Ordering::Greater,
        (_, Key::None) => return Ordering::Less,
        (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
        (Key::Text(a), Key::Text(b)) => a.cmp(b),
        (Key::Number(_), Key::Text(_)) => Ordering::Less,
        (Key::Text(_), Key::Number(_)) => Ordering::Greater,
    };
    if descending { ascending.reverse() } else { ascending }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::made_up;

    fn rows(dates: &[(&str, &str)]) -> Rows {
        let mut rows = Rows::default();
        for (path, date) in dates {
            let cell = if date.is_empty() { Cell::Missing } else { Cell::Text((*date).into()) };
            rows.push(Row::new(*path, vec![(RowField::Date, cell)]));
        }
        rows
    }

    fn paths(rows: &Rows, sort: &str, column: Option<&[Cell]>) -> String {
        let ids = sorted(rows, &Sort::parse(sort).unwrap(), &made_up::spec(), column);
        ids.iter().map(|id| &*rows.get(*id).path).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_queue_is_newest_first_and_what_has_no_date_comes_last_either_way() {
        let rows = rows(&[("c", "2022-01-01"), ("d", ""), ("b", "2022-01-01"), ("a", "2021-05-01")]);
        assert_eq!(paths(&rows, "-date", None), "b c a d");
        assert_eq!(paths(&rows, "date", None), "a b c d");
        assert_eq!(paths(&rows, "-path", None), "d c b a");
        assert_eq!(Sort::default().text(), "-date");
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let rows = rows(&[("a", ""), ("b", ""), ("c", "")]);
        let column = ["10", "9", "x"].map(|t| Cell::Text(t.into()));
        assert_eq!(paths(&rows, "weight", Some(&column)), "b a c");
        assert_eq!(paths(&rows, "-weight", Some(&column[..2])), "a b c");
    }
}
