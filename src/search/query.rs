//! A query: its text, the terms in it and where they stand.
//!
//! A query *is* its text: facets and the topic overlay change it by writing, replacing and taking out terms, and what they
//! make is parsed again. `parse` reads it.

use std::fmt;
use std::ops::Range;

use crate::library::{Sort, Target, facets};

/// A text to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    pub text: String,
    /// As one piece (`'word`), not letter by letter.
    pub exact: bool,
}

/// One end of a range of dates or numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    pub text: String,
    /// Whether the end itself is left out (`>` and `<`).
    pub strict: bool,
}

/// What a field shall hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// `field:text`.
    Like(Needle),
    /// `field=text`, to the letter; beside ranges `field:1..5|=text`.
    Equal(String),
    /// `field:>=a`, `field:a..b`; both ends are prefixes, so that `..2022` holds all of 2022.
    Between { from: Option<Bound>, to: Option<Bound> },
    /// `field=(missing)`, beside other values: no such key.
    Missing,
    /// `field=(null)`.
    Null,
    /// `field=(blank)`: `''`, blanks or `[]`.
    Blank,
    /// `field=(drift)`: the field is out of step with those that follow it.
    Drift,
}

impl Wanted {
    /// What stands in brackets behind `field=`, with its word.
    pub const STATES: [(&'static str, Wanted); 4] = [
        ("(missing)", Wanted::Missing),
        ("(null)", Wanted::Null),
        ("(blank)", Wanted::Blank),
        ("(drift)", Wanted::Drift),
    ];
}

/// What `is:` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Has a draft.
    Unwritten,
    /// Draft and file have both changed a field.
    Conflict,
    Marked,
    /// Linked fields are out of step.
    Drift,
    /// The triage field is missing, null or blank.
    Undecided,
    Unreadable,
}

impl State {
    /// Each with its word.
    pub const ALL: [(&'static str, State); 6] = [
        ("unwritten", State::Unwritten),
        ("conflict", State::Conflict),
        ("marked", State::Marked),
        ("drift", State::Drift),
        ("undecided", State::Undecided),
        ("unreadable", State::Unreadable),
    ];
}

/// What one term asks of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// A bare word: in the title, a topic, the brand or the author.
    Word(Needle),
    /// Any of `any` in a field. Where the name is no known field (`https:`), the matcher takes `plain` as a bare word.
    Field {
        target: Target,
        any: Vec<Wanted>,
        plain: Needle,
    },
    /// Any value at all: neither missing, nor null, nor empty.
    Has(Target),
    /// No such key.
    Missing(Target),
    /// Null.
    Null(Target),
    /// `''`, blanks or `[]`.
    Empty(Target),
    Is(State),
    /// A finding of this kind.
    Finding(String),
}

/// One term of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its bytes in the query's text.
    pub range: Range<usize>,
    /// `!`: items that pass are left out. A bare word is then looked for as one piece, as fzf does: leaving out all that has its
    /// letters somewhere would surprise.
    pub exclude: bool,
    pub test: Test,
}

/// A term that cannot be understood, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    pub range: Range<usize>,
    pub message: String,
}

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) text: String,
    pub terms: Vec<Term>,
    /// The last `sort:` in it.
    pub sort: Option<Sort>,
    /// Where that stands.
    pub(super) sort_at: Range<usize>,
    pub errors: Vec<QueryError>,
    /// Every word of the text, those that are no term too.
    pub(super) words: Vec<Range<usize>>,
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Query {
    /// Whether any term asks for this.
    pub fn asks_for(&self, wanted: State) -> bool {
        self.terms.iter().any(|term| term.test == Test::Is(wanted))
    }

    /// Whether any term asks about findings or drift.
    pub fn asks_for_findings(&self) -> bool {
        let asks = |test: &Test| match test {
            Test::Is(State::Drift) | Test::Finding(_) => true,
            Test::Field { any, .. } => any.contains(&Wanted::Drift),
            _ => false,
        };
        self.terms.iter().any(|term| asks(&term.test))
    }

    /// Reads a query; every text is one.
    pub fn parse(text: &str) -> Query {
        super::parse::parse(text)
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether matches have a best one: there are bare words and no `sort:`.
    pub fn ranks(&self) -> bool {
        let bare = |t: &Term| !t.exclude && matches!(t.test, Test::Word(_));
        self.sort.is_none() && self.terms.iter().any(bare)
    }

    /// Whether this very term stands in it.
    pub fn has_term(&self, term: &str) -> bool {
        self.words.iter().any(|word| &self.text[word.clone()] == term)
    }

    /// The query with a term more, at its end; the same where it is there already.
    pub fn with_term(&self, term: &str) -> Query {
        if self.has_term(term) {
            return self.clone();
        }
        let text = self.text.trim_end();
        Query::parse(&format!("{text}{}{term}", if text.is_empty() { "" } else { " " }))
    }

    /// The query without a term, as it is written.
    pub fn without_term(&self, term: &str) -> Query {
        self.keeping(|word| word != term)
    }

    /// The query with this term where `old` stood, at its end where it did not.
    pub fn replacing(&self, old: &str, term: &str) -> Query {
        match self.words.iter().find(|word| &self.text[(*word).clone()] == old) {
            Some(word) => Query::parse(&[&self.text[..word.start], term, &self.text[word.end..]].concat()),
            None => self.with_term(term),
        }
    }

    /// The query with this order in place of any other.
    pub fn sorted_by(&self, sort: &Sort) -> Query {
        self.keeping(|word| !word.starts_with("sort:")).with_term(&format!("sort:{}", sort.text()))
    }

    /// The query with another term in the place of one of its terms, or without it.
    pub(super) fn rewriting(&self, old: &Term, term: Option<&str>) -> Query {
        let words =
            self.words.iter().filter_map(|word| if *word == old.range { term } else { self.text.get(word.clone()) });
        Query::parse(&words.collect::<Vec<&str>>().join(" "))
    }

    fn keeping(&self, keep: impl Fn(&str) -> bool) -> Query {
        let words: Vec<&str> = self.words.iter().map(|word| &self.text[word.clone()]).filter(|w| keep(w)).collect();
        Query::parse(&words.join(" "))
    }
}

/// The term `target:a|b` (or `target=a|b` where `exact`), with quotes where they are needed.
pub fn field_term(target: &Target, exact: bool, values: &[&str]) -> String {
    let values: Vec<String> = values.iter().map(|v| facets::quoted(v)).collect();
    format!("{}{}{}", target.name(), if exact { '=' } else { ':' }, values.join("|"))
}

/// The same term with `!` before it.
pub fn excluded(term: &str) -> String {
    format!("!{term}")
}
