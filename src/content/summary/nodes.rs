//! What was scanned: nodes in the order of the text, borrowing from it, and how a tree is seen in them.

use super::scalar::{Scalar, Style};
use super::walk::{Shape, Sign, Tree};
use crate::content::value::Value;

/// The parser counts, and refuses what is larger than any real front matter: it is asked well before that.
const MOST_VALUES: usize = 4000;

/// A node: a key's value or an entry of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    /// Empty in a list.
    pub key: &'t [u8],
    pub shape: Shape,
    /// What it says, where its shape is that of a scalar.
    pub scalar: Scalar<'t>,
    /// The first node that is neither this one nor within it.
    pub end: u32,
}

impl<'t> Node<'t> {
    /// A node that holds nothing yet; `end` is known once what it holds is.
    #[inline]
    pub(super) fn new(key: &'t [u8], shape: Shape, end: u32) -> Node<'t> {
        Node { key, shape, scalar: Scalar::plain(b""), end }
    }

    fn key(&self) -> Option<&'t str> {
        std::str::from_utf8(self.key).ok()
    }
}

/// A scanned front matter: its nodes in the order of the text, each before what it holds.
pub(super) struct Scan<'t> {
    pub nodes: Vec<Node<'t>>,
    /// The keys of the map that all of it is, by their signs, side by side: eight fields are looked for in some forty keys.
    pub tops: Vec<(Sign, u32)>,
    /// The maps and lists that are open where it stands.
    pub levels: Vec<Level>,
}

/// An open map or list.
pub(super) struct Level {
    pub indent: usize,
    pub is_list: bool,
    pub node: u32,
}

/// The room that a scan takes; the next one takes it again.
#[derive(Default)]
pub(super) struct Room {
    nodes: Vec<Node<'static>>,
    tops: Vec<(Sign, u32)>,
    levels: Vec<Level>,
}

impl Room {
    /// Room for a scan that begins: empty.
    pub(super) fn take<'t>(&mut self) -> Scan<'t> {
        let Room { nodes, tops, levels } = std::mem::take(self);
        Scan { nodes: emptied(nodes), tops, levels }
    }

    /// Takes back the room of a scan that is done with.
    pub(super) fn give_back(&mut self, scan: Scan<'_>) {
        *self = Room { nodes: emptied(scan.nodes), tops: scan.tops, levels: scan.levels };
        self.tops.clear();
        self.levels.clear();
    }
}

/// The same memory for nodes of another text: collected in place.
fn emptied<'t>(mut nodes: Vec<Node<'_>>) -> Vec<Node<'t>> {
    nodes.clear();
    nodes.into_iter().map(|_| Node::new(b"", Shape::Null, 0)).collect()
}

/// A node of a [`Scan`].
#[derive(Clone, Copy)]
pub(super) struct At<'s, 't> {
    scan: &'s Scan<'t>,
    at: u32,
}

impl<'s, 't> At<'s, 't> {
    fn node(self) -> &'s Node<'t> {
        &self.scan.nodes[self.at as usize]
    }

    fn beside(self, at: u32) -> Self {
        At { at, ..self }
    }
}

impl<'t> Scan<'t> {
    /// The whole front matter.
    pub(super) fn root(&self) -> At<'_, 't> {
        At { scan: self, at: 0 }
    }

    /// The value of all of it; `None` where a text is not known, a key stands twice, or there is more than the parser may refuse.
    pub(super) fn value(&self) -> Option<Value> {
        (self.nodes.len() <= MOST_VALUES && self.has_unique_keys()).then(|| self.root().value())?
    }

    fn has_unique_keys(&self) -> bool {
        let mut seen: Vec<&[u8]> = Vec::new();
        let maps = (0..self.nodes.len() as u32).filter(|at| self.nodes[*at as usize].shape == Shape::Map);
        maps.map(|at| At { scan: self, at }).all(|map| {
            seen.clear();
            map.children().all(|child| {
                let key = child.node().key;
                let is_new = !seen.contains(&key);
                seen.push(key);
                is_new
            })
        })
    }
}

impl Tree for At<'_, '_> {
    fn shape(self) -> Shape {
        self.node().shape
    }

    #[inline]
    fn last_where(self, sign: Sign, passes: impl Fn(&[u8]) -> bool) -> Option<Self> {
        let nodes = &self.scan.nodes;
        if self.at == 0 {
            let is_it = |(s, at): &&(Sign, u32)| *s == sign && passes(nodes[*at as usize].key);
            return self.scan.tops.iter().rfind(is_it).map(|(_, at)| self.beside(*at));
        }
        let (mut at, end, mut found) = (self.at + 1, self.node().end, None);
        while at < end {
            let node = &nodes[at as usize];
            if Sign::of(node.key) == sign && passes(node.key) {
                found = Some(self.beside(at));
            }
            at = node.end;
        }
        found
    }

    fn children(self) -> impl Iterator<Item = Self> + Clone {
        let end = self.node().end;
        let first = Some(self.at + 1).filter(|at| *at < end);
        let next = move |at: &u32| Some(self.beside(*at).node().end).filter(|next| *next < end);
        std::iter::successors(first, next).map(move |at| self.beside(at))
    }

    fn text<R>(self, take: impl FnOnce(&str) -> R) -> Option<R> {
        match self.shape() {
            Shape::Null => Some(take("")),
            Shape::Scalar => self.node().scalar.text().map(|text| take(&text)),
            Shape::Map | Shape::List => None,
        }
    }

    fn size(self) -> usize {
        self.node().scalar.bytes.len()
    }

    fn value(self) -> Option<Value> {
        let scalar = self.node().scalar;
        Some(match self.shape() {
            Shape::Null => Value::Null,
            Shape::Scalar if scalar.style == Style::Plain => Value::plain(scalar.raw()?),
            Shape::Scalar => Value::Str(scalar.text()?.into_owned()),
            Shape::List => Value::Seq(self.children().map(Tree::value).collect::<Option<_>>()?),
            Shape::Map => {
                let pair = |child: Self| Some((child.node().key()?.to_string(), child.value()?));
                Value::Map(self.children().map(pair).collect::<Option<_>>()?)
            }
        })
    }
}
