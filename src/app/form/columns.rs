//! A list of maps as a table: the keys in use are its columns, an entry that is folded is one of its lines.
//!
//! Nothing is edited here: an entry unfolds to its fields, and a list within it by one more layer.

use unicode_width::UnicodeWidthStr;

use super::Form;
use super::line::value_text;
use super::tree::{Node, Part};
use crate::content::{FieldPath, Segment, Value};
use crate::shown::Shown;

/// No column is wider, and none narrower than this.
const WIDEST: usize = 34;
const NARROWEST: usize = 6;
/// By so much the first column may be wider than the others: it says which entry it is.
const LEAD: usize = 10;
/// Columns between two columns.
const GAP: usize = 2;
/// The entries that the widths are taken from: a longer list looks no different further down.
const MEASURED: usize = 200;

/// The columns of one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    pub list: FieldPath,
    /// Key and width, in the order in which the entries have them.
    keys: Vec<(String, usize)>,
}

/// One cell, counted from where the values of the entries begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub at: usize,
    pub width: usize,
    pub text: String,
    /// Whether it is the name of its column.
    pub is_name: bool,
}

impl Form {
    /// The list that a row belongs to as a line of a table: an entry that is folded, or the list itself where it is open.
    pub fn table_of(&self, node: &Node) -> Option<FieldPath> {
        if self.is_finding() || node.part != Part::Field {
            return None;
        }
        let is_table = |list: &FieldPath| {
            let entries = self.tree.at(list).and_then(Value::as_seq).unwrap_or(&[]);
            !entries.is_empty() && entries.iter().all(|entry| matches!(entry, Value::Map(_)))
        };
        if self.is_open(node) {
            return Some(node.path.clone()).filter(is_table);
        }
        let (list, Segment::Index(_)) = node.path.split_last()? else { return None };
        Some(list).filter(is_table)
    }

    /// The columns of a list in so much room.
    pub fn columns(&self, list: &FieldPath, room: usize) -> Columns {
        let entries = self.tree.at(list).and_then(Value::as_seq).unwrap_or(&[]);
        let mut keys: Vec<(String, usize)> = Vec::new();
        for entry in entries.iter().take(MEASURED) {
            let Value::Map(pairs) = entry else { continue };
            for (key, value) in pairs {
                let width = Shown::new(&value_text(Some(value))).as_str().width().min(WIDEST);
                match keys.iter_mut().find(|(known, _)| known == key) {
                    Some((_, widest)) => *widest = width.max(*widest),
                    None => keys.push((key.clone(), width.max(Shown::new(key).as_str().width()).min(WIDEST))),
                }
            }
        }
        fit(&mut keys, room);
        Columns { list: list.clone(), keys }
    }

    /// The cells of a row of that table.
    pub fn cells(&self, node: &Node, columns: &Columns) -> Vec<Cell> {
        let is_names = node.path == columns.list;
        let entry = self.tree.at(&node.path);
        let mut at = 0;
        let cell = |(key, width): &(String, usize)| {
            let text = match (is_names, entry.and_then(|entry| entry.get(key))) {
                (true, _) => key.clone(),
                (false, Some(value)) => value_text(Some(value)),
                (false, None) => String::new(),
            };
            let cell = Cell { at, width: *width, text, is_name: is_names };
            at += width + GAP;
            cell
        };
        columns.keys.iter().map(cell).collect()
    }
}

/// The widest column gives way first, the one that names an entry later; what still does not fit is left out at the end.
fn fit(keys: &mut Vec<(String, usize)>, room: usize) {
    let total = |keys: &[(String, usize)]| keys.iter().map(|(_, width)| width + GAP).sum::<usize>().saturating_sub(GAP);
    while total(keys) > room {
        let wide = keys.iter_mut().enumerate().filter(|(_, (_, width))| *width > NARROWEST);
        let widest = wide.max_by_key(|(at, (_, width))| if *at == 0 { width.saturating_sub(LEAD) } else { *width });
        match widest {
            Some((_, (_, width))) => *width -= 1,
            None => {
                if keys.len() < 2 {
                    return;
                }
                keys.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way_and_the_last_goes_where_there_is_no_room() {
        let fitted = |room: usize| {
            let mut keys = vec![("a".to_string(), 30), ("b".to_string(), 8), ("c".to_string(), 10)];
            fit(&mut keys, room);
            keys.into_iter().map(|(_, width)| width).collect::<Vec<_>>()
        };
        assert_eq!(fitted(60), [30, 8, 10]);
        assert_eq!(fitted(40), [19, 8, 9]);
        assert_eq!(fitted(26), [10, 6, 6]);
        assert_eq!(fitted(16), [6, 6]);
        assert_eq!(fitted(1), [6]);
    }
}
