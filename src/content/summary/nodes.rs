//! What was scanned: nodes in the order of the text, borrowing from it, and how a tree is seen in them.

use super::scalar::{Scalar, Style};
use super::walk::{Shape, Tree};
use crate::content::value::Value;

/// The parser counts, and refuses what is larger than any real front matter: it is asked well before that.
const MOST_VALUES: usize = 4000;

/// A node: a key's value or an entry of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    /// Empty in a list.
    pub key: &'t str,
    pub shape: Shape,
    /// What it says, where its shape is that of a scalar.
    pub scalar: Scalar<'t>,
    /// The first node that is neither this one nor within it.
    pub end: u32,
}

impl<'t> Node<'t> {
    /// A node that holds nothing yet; `end` is known once what it holds is.
    #[inline]
    pub(super) fn new(key: &'t str, shape: Shape, end: u32) -> Node<'t> {
        Node { key, shape, scalar: Scalar::plain(""), end }
    }
}

/// A scanned front matter: its nodes in the order of the text, each before what it holds.
pub(super) struct Scan<'t> {
    pub nodes: Vec<Node<'t>>,
}

/// The room that a scan takes; the next one takes it again.
#[derive(Default)]
pub(super) struct Room(Vec<Node<'static>>);

impl Room {
    pub(super) fn take<'t>(&mut self) -> Vec<Node<'t>> {
        emptied(std::mem::take(&mut self.0))
    }

    /// Takes back the room of a scan that is done with.
    pub(super) fn give_back(&mut self, scan: Scan<'_>) {
        self.0 = emptied(scan.nodes);
    }
}

/// The same memory for nodes of another text: collected in place.
fn emptied<'t>(mut nodes: Vec<Node<'_>>) -> Vec<Node<'t>> {
    nodes.clear();
    nodes.into_iter().map(|_| Node::new("", Shape::Null, 0)).collect()
}

/// A node of a [`Scan`].
#[derive(Clone, Copy)]
pub(super) struct At<'s, 't> {
    nodes: &'s [Node<'t>],
    at: u32,
}

impl<'t> Scan<'t> {
    /// The whole front matter.
    pub(super) fn root(&self) -> At<'_, 't> {
        At { nodes: &self.nodes, at: 0 }
    }

    /// The value of all of it; `None` where a text is not known, a key stands twice, or there is more than the parser may refuse.
    pub(super) fn value(&self) -> Option<Value> {
        (self.nodes.len() <= MOST_VALUES && self.has_unique_keys()).then(|| self.root().value())?
    }

    fn has_unique_keys(&self) -> bool {
        let mut seen: Vec<&str> = Vec::new();
        let maps = (0..self.nodes.len() as u32).filter(|at| self.nodes[*at as usize].shape == Shape::Map);
        maps.map(|at| At { nodes: &self.nodes, at }).all(|map| {
            seen.clear();
            map.children().all(|child| {
                let key = self.nodes[child.at as usize].key;
                let is_new = !seen.contains(&key);
                seen.push(key);
                is_new
            })
        })
    }
}

impl Tree for At<'_, '_> {
    fn shape(self) -> Shape {
        self.nodes[self.at as usize].shape
    }

    #[inline]
    fn last_where(self, passes: impl Fn(&str) -> bool) -> Option<Self> {
        let (mut at, end, mut found) = (self.at + 1, self.nodes[self.at as usize].end, None);
        while at < end {
            let node = &self.nodes[at as usize];
            if passes(node.key) {
                found = Some(At { nodes: self.nodes, at });
            }
            at = node.end;
        }
        found
    }

    fn children(self) -> impl Iterator<Item = Self> + Clone {
        let end = self.nodes[self.at as usize].end;
        let first = Some(self.at + 1).filter(|at| *at < end);
        let next = move |at: &u32| Some(self.nodes[*at as usize].end).filter(|next| *next < end);
        std::iter::successors(first, next).map(move |at| At { nodes: self.nodes, at })
    }

    fn text(self) -> Option<Box<str>> {
        let node = &self.nodes[self.at as usize];
        match node.shape {
            Shape::Null => Some("".into()),
            Shape::Scalar => node.scalar.text().map(Into::into),
            Shape::Map | Shape::List => None,
        }
    }

    fn value(self) -> Option<Value> {
        let node = &self.nodes[self.at as usize];
        Some(match node.shape {
            Shape::Null => Value::Null,
            Shape::Scalar if node.scalar.style == Style::Plain => Value::plain(node.scalar.text),
            Shape::Scalar => Value::Str(node.scalar.text()?.into_owned()),
            Shape::List => Value::Seq(self.children().map(Tree::value).collect::<Option<_>>()?),
            Shape::Map => {
                let pair = |child: Self| Some((self.nodes[child.at as usize].key.to_string(), child.value()?));
                Value::Map(self.children().map(pair).collect::<Option<_>>()?)
            }
        })
    }
}
