//! Topics that may be one and the same: what they differ by, and which of them to keep.
//!
//! A cluster is a star, not a chain: each of its topics is near the one to keep, the most used. Where `a` is near `b` and `b` near
//! `c`, nobody wants `a` and `c` merged for it. Not here: which topics there are (`vocabulary`), and their merging (an intent).

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::profile::template::{label, scheme, slug};

/// What two near topics differ by, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    Case,
    Accents,
    Punctuation,
    Plural,
    /// A letter or two.
    Spelling,
    /// The same label in another scheme: often on purpose.
    Scheme,
}

impl Likeness {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Likeness::Case => "case",
            Likeness::Accents => "accents",
            Likeness::Punctuation => "punctuation",
            Likeness::Plural => "plural",
            Likeness::Spelling => "spelling",
            Likeness::Scheme => "scheme",
        }
    }
}

/// Topics that may be one: positions in the list that was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The one to keep: the most used.
    pub keep: usize,
    /// The others, the most used first, with what they differ by from it.
    pub near: Vec<(usize, Likeness)>,
}

/// A topic reduced to what near ones share.
#[derive(Clone, Debug)]
pub struct Shape<'t> {
    topic: &'t str,
    /// Letters and digits, folded.
    folded: String,
    /// The same with every word in the singular: of the scheme, and of the label.
    scheme: String,
    label: Vec<char>,
    digits: String,
    /// A bit for each letter of the label.
    letters: u64,
}

impl<'t> Shape<'t> {
    /// The shape of a topic.
    pub fn of(topic: &'t str) -> Shape<'t> {
        let label = singular(label(topic));
        let letters = label.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64));
        Shape {
            topic,
            folded: folded(topic),
            scheme: singular(scheme(topic)),
            digits: label.chars().filter(char::is_ascii_digit).collect(),
            label: label.chars().collect(),
            letters,
        }
    }

    /// What the two differ by, if they are near.
    pub fn likeness(&self, other: &Shape) -> Option<Likeness> {
        let same_label = self.label == other.label;
        if self.scheme != other.scheme {
            return same_label.then_some(Likeness::Scheme);
        }
        if !same_label {
            return self.is_misspelt(other).then_some(Likeness::Spelling);
        }
        Some(match () {
            () if self.topic.to_lowercase() == other.topic.to_lowercase() => Likeness::Case,
            () if bare(self.topic) == bare(other.topic) => Likeness::Accents,
            () if self.folded == other.folded => Likeness::Punctuation,
            () => Likeness::Plural,
        })
    }

    /// A letter or two apart; figures must agree, for `2021` is not `2022` misspelt, and the first letter, for `Urology` is not
    /// `Neurology`.
    fn is_misspelt(&self, other: &Shape) -> bool {
        let most = slips(self.label.len().min(other.label.len()));
        most > 0
            && self.label.len().abs_diff(other.label.len()) <= most
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * most
            && self.label[0] == other.label[0]
            && self.digits == other.digits
            && distance(&self.label, &other.label) <= most
    }
}

/// How many letters may differ in a label of this length.
fn slips(length: usize) -> usize {
    match length {
        ..5 => 0,
        5..12 => 1,
        12.. => 2,
    }
}

/// Without accents and case.
fn bare(text: &str) -> String {
    text.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).flat_map(char::to_lowercase).collect()
}

/// Letters and digits, folded; where hardly any are left (`C++`, `C#`, an emoji), the signs tell topics apart.
fn folded(text: &str) -> String {
    let letters: String = slug(text).split('-').collect();
    if letters.chars().count() > 2 { letters } else { text.to_lowercase().split_whitespace().collect() }
}

/// The same, every word in the singular.
fn singular(text: &str) -> String {
    let slug = slug(text);
    if slug.chars().filter(|c| *c != '-').count() <= 2 {
        return folded(text);
    }
    let mut out = String::with_capacity(slug.len());
    for word in slug.split('-') {
        let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
        match word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
            Some(stem) => out.extend([stem, "y"]),
            None => out.push_str(if plural { &word[..word.len() - 1] } else { word }),
        }
    }
    out
}

/// Letters put in, left out, changed or swapped with the next between two texts; far more than two need not be told apart.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.iter().enumerate() {
        let mut next = vec![at + 1; b.len() + 1];
        let mut least = at + 1;
        for to in 0..b.len() {
            let changed = row[to] + usize::from(*letter != b[to]);
            next[to + 1] = changed.min(row[to + 1] + 1).min(next[to] + 1);
            if at > 0 && to > 0 && *letter == b[to - 1] && a[at - 1] == b[to] {
                next[to + 1] = next[to + 1].min(before[to - 1] + 1);
            }
            least = least.min(next[to + 1]);
        }
        // Two rows above two slips it never comes back: a swap looks at the row before.
        if least > 3 {
            return least;
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

/// The clusters among these topics, each with its number of items: the surest first, then by use.
pub fn clusters(topics: &[(&str, usize)]) -> Vec<Cluster> {
    let mut order: Vec<usize> = (0..topics.len()).collect();
    order.sort_by(|a, b| topics[*b].1.cmp(&topics[*a].1).then(topics[*a].0.cmp(topics[*b].0)));
    let shapes: Vec<Shape> = order.iter().map(|at| Shape::of(topics[*at].0)).collect();
    let mut taken = vec![false; shapes.len()];
    // Positions in `order` from here on: an earlier one is used more.
    let mut found = stars(&shapes, &mut taken, Near::OfOneScheme);
    found.extend(stars(&shapes, &mut taken, Near::OfAnother));
    found.sort_by_key(|(_, near)| near.iter().map(|(_, likeness)| class(*likeness)).min());
    let named = |(keep, near): Star| Cluster {
        keep: order[keep],
        near: near.into_iter().map(|(at, likeness)| (order[at], likeness)).collect(),
    };
    found.into_iter().map(named).collect()
}

type Star = (usize, Vec<(usize, Likeness)>);

/// How sure it is: hardly a doubt, likely, maybe.
fn class(likeness: Likeness) -> u8 {
    match likeness {
        Likeness::Case | Likeness::Accents | Likeness::Punctuation | Likeness::Plural => 0,
        Likeness::Spelling => 1,
        Likeness::Scheme => 2,
    }
}

/// Where a topic's near ones are looked for.
#[derive(Clone, Copy, PartialEq)]
enum Near {
    /// Among the labels of about its length in its own scheme, with its first letter and its figures: others are not near.
    OfOneScheme,
    /// Among equal labels.
    OfAnother,
}

/// Each topic that is not taken yet takes those near it that are used less.
fn stars(shapes: &[Shape], taken: &mut [bool], near: Near) -> Vec<Star> {
    let key = |shape: &Shape, length: usize| match near {
        Near::OfOneScheme => (
            shape.scheme.clone(),
            length,
            shape.label.first().copied().into_iter().chain(shape.digits.chars()).collect(),
        ),
        Near::OfAnother => (String::new(), length, shape.label.clone()),
    };
    let mut places: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, shape) in shapes.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        places.entry(key(shape, shape.label.len())).or_default().push(at);
    }
    let mut found = Vec::new();
    for (at, shape) in shapes.iter().enumerate() {
        if taken[at] {
            continue;
        }
        let reach = if near == Near::OfOneScheme { slips(shape.label.len()) } else { 0 };
        let length = shape.label.len();
        let lengths = length.saturating_sub(reach)..=length + reach;
        let candidates = lengths.filter_map(|length| places.get(&key(shape, length))).flatten();
        let nearby = candidates.filter(|other| **other > at && !taken[**other]);
        let mut members: Vec<(usize, Likeness)> =
            nearby.filter_map(|other| Some((*other, shape.likeness(&shapes[*other])?))).collect();
        members.sort_unstable();
        members.iter().for_each(|(other, _)| taken[*other] = true);
        if !members.is_empty() {
            found.push((at, members));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> Option<&'static str> {
        let there = Shape::of(a).likeness(&Shape::of(b)).map(Likeness::name);
        assert_eq!(there, Shape::of(b).likeness(&Shape::of(a)).map(Likeness::name), "{a} and {b}: one way only");
        there
    }

    #[test]
    fn near_topics_are_told_by_what_they_differ_by() {
        for (a, b, what) in [
            ("Orbit: Nursing", "orbit: nursing", "case"),
            ("Café culture", "Cafe culture", "accents"),
            ("Health IT", "Health-IT", "punctuation"),
            ("🎉 Events", "Events", "punctuation"),
            ("Nurse's station", "Nurses station", "punctuation"),
            ("Orbit: Wearable", "Orbit: Wearables", "plural"),
            ("Therapy", "Therapies", "plural"),
            ("Scheduling", "Schedulling", "spelling"),
            ("Nursing", "Nusring", "spelling"),
            ("Interoperability", "Interoprabilty", "spelling"),
            ("Orbit: Nursing", "Comet: nursing", "scheme"),
            ("Orbit: Nursing", "Nursing", "scheme"),
        ] {
            assert_eq!(likeness(a, b), Some(what), "{a} and {b}");
        }
    }

    #[test]
    fn topics_that_only_look_near_are_left_apart() {
        for (a, b) in [
            ("C++", "C#"),
            ("C", "C++"),
            ("🎉", "🎊"),
            ("Flu season 2021", "Flu season 2022"),
            ("Cardiology", "Radiology"),
            ("Neurology", "Urology"),
            ("Care", "Core"),
            ("Access", "Acces control"),
            ("Orbit: Nursing", "Comet: Nurses"),
            ("Orbit: Scheduling", "Comet: Schedulling"),
            ("AWS", "AW"),
        ] {
            assert_eq!(likeness(a, b), None, "{a} and {b}");
        }
    }

    fn found(topics: &[(&str, usize)]) -> Vec<String> {
        let show = |cluster: &Cluster| {
            let near = cluster.near.iter().map(|(at, why)| format!("{} ({})", topics[*at].0, why.name()));
            format!("{} <- {}", topics[cluster.keep].0, near.collect::<Vec<_>>().join(", "))
        };
        clusters(topics).iter().map(show).collect()
    }

    #[test]
    fn the_most_used_is_kept_and_the_surest_clusters_come_first() {
        let topics = [
            ("Orbit: nursing", 3),
            ("Comet: Nursing", 50),
            ("Orbit: Nursing", 34),
            ("Orbit: Schedulling", 2),
            ("Orbit: Scheduling", 90),
            ("Orbit: Nursings", 1),
            ("Orbit: Robots", 7),
        ];
        let expected = [
            "Orbit: Nursing <- Orbit: nursing (case), Orbit: Nursings (plural)",
            "Orbit: Scheduling <- Orbit: Schedulling (spelling)",
            "Comet: Nursing <- Orbit: Nursing (scheme)",
        ];
        assert_eq!(found(&topics), expected);
        let mut turned = topics;
        turned.reverse();
        assert_eq!(found(&turned), expected);
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn a_chain_is_no_cluster() {
        // Each is a letter from the next; only its neighbours are near the most used.
        let topics = [("abcdefgh", 9), ("abcdefgx", 5), ("abcdefyx", 4), ("abcdezyx", 3)];
        assert_eq!(found(&topics), ["abcdefgh <- abcdefgx (spelling)", "abcdefyx <- abcdezyx (spelling)"]);
    }

    #[test]
    fn the_distance_counts_slips_of_the_hand() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        for (a, b, steps) in
            [("", "ab", 2), ("abc", "abc", 0), ("abc", "acb", 1), ("abcd", "abd", 1), ("abc", "xyz", 3)]
        {
            assert_eq!(distance(&letters(a), &letters(b)), steps, "{a} {b}");
        }
    }
}
