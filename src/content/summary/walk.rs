//! How a field is found, in a parsed value and in what the scanner read alike: the rules of `FieldRef::resolve` and
//! `select`, without making any path.

use super::Cell;
use super::texts::Packing;
use crate::content::path::Step;
use crate::content::value::Value;

/// What a node is, as far as a cell needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Null,
    Scalar,
    Map,
    List,
}

/// A key's length and first byte: nearly all other keys differ in one of them, and need not be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign(u16);

impl Sign {
    #[inline]
    pub(super) fn of(key: &[u8]) -> Sign {
        Sign::new(key.len(), key.first())
    }

    /// Of the key that these words are with dots between them.
    fn of_joined(words: &[Step]) -> Sign {
        let length = words.iter().map(|step| word(step).len()).sum::<usize>() + words.len().saturating_sub(1);
        let first = word(&words[0]).as_bytes().first();
        Sign::new(length, first.or(Some(&b'.')).filter(|_| length > 0))
    }

    #[inline]
    fn new(length: usize, first: Option<&u8>) -> Sign {
        Sign(u16::from_le_bytes([length as u8, first.copied().unwrap_or(0)]))
    }
}

/// A node of a front matter, parsed or scanned.
pub(super) trait Tree: Copy {
    fn shape(self) -> Shape;
    /// The value of the last pair whose key has this sign and passes, where this is a map: of duplicate keys the last counts.
    fn last_where(self, sign: Sign, passes: impl Fn(&[u8]) -> bool) -> Option<Self>;
    /// The entries of a list; the values of a map.
    fn children(self) -> impl Iterator<Item = Self> + Clone;
    /// What `take` makes of a scalar as people read it, of nothing for null; `None` where that is not known.
    fn text<R>(self, take: impl FnOnce(&str) -> R) -> Option<R>;
    /// About how many bytes its text has, where it is a scalar.
    fn size(self) -> usize;
    /// The whole value; `None` where a text of it is not known.
    fn value(self) -> Option<Value>;
}

/// The value of the field that `steps` (without `[]`) name: `None` where the tree does not know it, nothing within where there is none.
pub(super) fn value<T: Tree>(steps: &[Step], root: T) -> Option<Option<Value>> {
    find(steps, root).map_or(Some(None), |node| node.value().map(Some))
}

/// The cell of the field that `steps` name below `root`; `None` where the tree does not know a text that it needs.
pub(super) fn cell<T: Tree>(steps: &[Step], root: T) -> Option<Cell> {
    let Some(each) = steps.iter().position(|s| *s == Step::Each) else {
        return find(steps, root).map_or(Some(Cell::Missing), whole);
    };
    let Some(list) = find(&steps[..each], root) else { return Some(Cell::Missing) };
    match list.shape() {
        Shape::Null => return Some(Cell::Null),
        Shape::Scalar | Shape::Map => return Some(Cell::Missing),
        Shape::List => {}
    }
    let mut found = Vec::new();
    select(&steps[each..], list, &mut found);
    texts(found.into_iter())
}

fn whole<T: Tree>(node: T) -> Option<Cell> {
    match node.shape() {
        Shape::Null => Some(Cell::Null),
        Shape::Scalar => node.text(|text| Cell::Text(text.into())),
        Shape::Map => Some(Cell::Nested(node.children().count() as u32)),
        Shape::List => texts(node.children()),
    }
}

fn texts<T: Tree>(nodes: impl Iterator<Item = T> + Clone) -> Option<Cell> {
    let (mut count, mut bytes, mut nested) = (0, 0, false);
    for node in nodes.clone() {
        count += 1;
        bytes += Packing::size_of(node.size());
        nested |= matches!(node.shape(), Shape::Map | Shape::List);
    }
    if nested {
        return Some(Cell::Nested(count as u32));
    }
    let mut texts = Packing::with_room_for(bytes);
    for node in nodes {
        node.text(|text| texts.push(text))?;
    }
    Some(Cell::List(texts.done()))
}

/// `steps` begin with `[]` and `list` is a list. What a projection finds may be lists again (`relatedOfferings[].categories`): they
/// are joined.
fn select<T: Tree>(steps: &[Step], list: T, found: &mut Vec<T>) {
    let rest = &steps[1..];
    let each = rest.iter().position(|s| *s == Step::Each);
    for item in list.children() {
        let Some(node) = find(&rest[..each.unwrap_or(rest.len())], item) else { continue };
        match each {
            None if node.shape() == Shape::List => found.extend(node.children()),
            None => found.push(node),
            Some(at) if node.shape() == Shape::List => select(&rest[at..], node, found),
            Some(_) => {}
        }
    }
}

/// The node that `steps` (without `[]`) name; the longest key that exists wins.
fn find<T: Tree>(steps: &[Step], node: T) -> Option<T> {
    let Some(first) = steps.first() else { return Some(node) };
    match (first, node.shape()) {
        (Step::Index(at), Shape::List) => {
            let index = match usize::try_from(*at) {
                Ok(index) => index,
                Err(_) => node.children().count().checked_sub(at.unsigned_abs() as usize)?,
            };
            find(&steps[1..], node.children().nth(index)?)
        }
        (Step::Exact(key), Shape::Map) => {
            find(&steps[1..], node.last_where(Sign::of(key.as_bytes()), |k| k == key.as_bytes())?)
        }
        (Step::Word(_), Shape::Map) => {
            let words = steps.iter().take_while(|s| matches!(s, Step::Word(_))).count();
            (1..=words).rev().find_map(|count| {
                let words = &steps[..count];
                let child = node.last_where(Sign::of_joined(words), |key| is_joined(key, words))?;
                find(&steps[count..], child)
            })
        }
        _ => None,
    }
}

fn word(step: &Step) -> &str {
    if let Step::Word(word) = step { word } else { "" }
}

/// Whether `key` is these words with dots between them.
fn is_joined(key: &[u8], words: &[Step]) -> bool {
    let mut rest = key;
    for (at, step) in words.iter().enumerate() {
        let Step::Word(word) = step else { return false };
        let after = if at == 0 { Some(rest) } else { rest.strip_prefix(b".") };
        match after.and_then(|r| r.strip_prefix(word.as_bytes())) {
            Some(tail) => rest = tail,
            None => return false,
        }
    }
    rest.is_empty()
}

impl Tree for &Value {
    fn shape(self) -> Shape {
        match self {
            Value::Null => Shape::Null,
            Value::Seq(_) => Shape::List,
            Value::Map(_) => Shape::Map,
            _ => Shape::Scalar,
        }
    }

    fn last_where(self, _: Sign, passes: impl Fn(&[u8]) -> bool) -> Option<Self> {
        match self {
            Value::Map(pairs) => pairs.iter().rev().find(|(key, _)| passes(key.as_bytes())).map(|(_, value)| value),
            _ => None,
        }
    }

    fn children(self) -> impl Iterator<Item = Self> + Clone {
        let (items, pairs): (&[Value], &[(String, Value)]) = match self {
            Value::Seq(items) => (items, &[]),
            Value::Map(pairs) => (&[], pairs),
            _ => (&[], &[]),
        };
        items.iter().chain(pairs.iter().map(|(_, value)| value))
    }

    fn text<R>(self, take: impl FnOnce(&str) -> R) -> Option<R> {
        self.scalar_text().map(|text| take(&text))
    }

    fn size(self) -> usize {
        0
    }

    fn value(self) -> Option<Value> {
        Some(self.clone())
    }
}
