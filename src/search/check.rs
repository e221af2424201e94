//! A query made ready for one set of rows: what can be answered for all items at once is, the rest is asked row by row.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::bits::Bits;
use super::fuzzy::{Fuzzy, Scratch};
use super::matcher::Request;
use super::query::{Bound, Needle, State, Term, Test, Wanted};
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::library::{ItemId, Letters, Postings, RowField, SortKey, Source, Target};
use crate::profile::{FindingBits, FindingKind};

/// A bare word: every item must match it, and how well counts.
pub(super) struct Word {
    fuzzy: Fuzzy,
    /// For each item the best score of its topics, brand and authors, and one more; 0 where none matches.
    listed: Vec<u16>,
}

/// A yes-or-no question.
pub(super) struct Check {
    exclude: bool,
    ask: Ask,
}

enum Ask {
    Among(Bits),
    Title(Fuzzy, Bits),
    Cell(Cells, Question),
    Undecided,
    Unreadable,
    /// A kind of finding that rows keep a bit of.
    Found(FindingKind),
}

enum Cells {
    Row(RowField),
    Column(Arc<Vec<Cell>>),
}

enum Question {
    Texts(Vec<Text>),
    Has,
    Missing,
    Null,
    Empty,
}

enum Text {
    Like(Fuzzy),
    Equal(String),
    Between(Option<Limit>, Option<Limit>),
    Missing,
    Null,
    Blank,
    /// Out of step: the group of fields that the row is asked about.
    Drift(usize),
}

struct Limit {
    bound: Bound,
    number: Option<f64>,
}

/// A query made ready.
#[derive(Default)]
pub(super) struct Plan {
    pub words: Vec<Word>,
    pub checks: Vec<Check>,
    /// Columns that are still to be read.
    pub needs: Vec<FieldRef>,
    /// Kinds of findings that are still to be looked for.
    pub needs_findings: Vec<FindingKind>,
    /// Terms left out, with why.
    pub unknown: Vec<(Range<usize>, String)>,
}

impl Plan {
    pub(super) fn of(request: &Request) -> Plan {
        let mut plan = Plan::default();
        let mut scratch = Scratch::new();
        for term in &request.query.terms {
            plan.take(term, request, &mut scratch);
        }
        // What leaves out most comes first: long words, and the cheap questions.
        plan.words.sort_by_key(|word| std::cmp::Reverse(word.fuzzy.len()));
        plan.checks.sort_by_key(|check| match check.ask {
            Ask::Among(_) | Ask::Undecided | Ask::Unreadable | Ask::Found(_) => 0,
            Ask::Cell(..) => 1,
            Ask::Title(..) => 2,
        });
        plan.order(request);
        plan
    }

    /// What the items are to be sorted by: a field that rows do not hold is read; one that no item has sorts nothing.
    fn order(&mut self, request: &Request) {
        let Some(SortKey::By(target)) = request.query.sort.as_ref().map(|s| &s.key) else { return };
        let Source::Column(field) = target.source(&request.context.spec) else { return };
        if !request.context.columns.contains_key(&field) {
            self.need(field);
        } else if !request.context.knows(&field) {
            self.unknown.push((request.query.sort_at.clone(), format!("no item has a field {}", field.text())));
        }
    }

    fn need(&mut self, field: FieldRef) {
        if !self.needs.contains(&field) {
            self.needs.push(field);
        }
    }

    fn take(&mut self, term: &Term, request: &Request, scratch: &mut Scratch) {
        let (context, len) = (request.context, request.rows.len());
        let spec = &context.spec;
        let ask = match &term.test {
            Test::Word(needle) => return self.word(needle, term.exclude, request, scratch),
            Test::Field { target: target @ Target::Field(field), plain, .. }
                if matches!(target.source(spec), Source::Column(_)) && !context.knows(field) =>
            {
                return self.word(plain, term.exclude, request, scratch);
            }
            // A term that was only begun, on a field that there is, must not stand for everything.
            Test::Field { target, any, .. } if any.is_empty() => self
                .field(target, Question::Texts(Vec::new()), request, scratch)
                .and_then(|_| Err(format!("{}: what?", target.name()))),
            Test::Field { target, any, .. } => {
                let step = spec.step(target);
                match any.iter().map(|wanted| Text::of(wanted, step)).collect::<Option<Vec<Text>>>() {
                    None => Err(format!("{} is kept in step with no other field", target.name())),
                    Some(_) if any.contains(&Wanted::Drift) && !self.is_looked_at(request) => {
                        self.need_findings(FindingKind::Drift)
                    }
                    Some(texts) => self.field(target, Question::Texts(texts), request, scratch),
                }
            }
            Test::Has(target) => self.field(target, Question::Has, request, scratch),
            Test::Missing(target) => self.field(target, Question::Missing, request, scratch),
            Test::Null(target) => self.field(target, Question::Null, request, scratch),
            Test::Empty(target) => self.field(target, Question::Empty, request, scratch),
            Test::Is(State::Unwritten) => Ok(Ask::Among(Bits::of(len, context.unwritten.iter()))),
            Test::Is(State::Conflict) => Ok(Ask::Among(Bits::of(len, context.conflicts.iter()))),
            Test::Is(State::Marked) => Ok(Ask::Among(Bits::of(len, context.marked.iter()))),
            Test::Is(State::Unreadable) => Ok(Ask::Unreadable),
            Test::Is(State::Undecided) if spec.field(RowField::Status).is_some() => Ok(Ask::Undecided),
            Test::Is(State::Undecided) => Err("no triage field in this profile".to_string()),
            Test::Is(State::Drift) => self.findings(FindingKind::Drift, request),
            Test::Finding(kind) => match FindingKind::named(kind) {
                Some(kind) => self.findings(kind, request),
                None => {
                    let kinds = FindingKind::ALL.map(FindingKind::name).join(", ");
                    Err(format!("{kind} is no kind of finding: {kinds}"))
                }
            },
        };
        match ask {
            Ok(ask) => self.checks.push(Check { exclude: term.exclude, ask }),
            Err(why) => self.unknown.push((term.range.clone(), why)),
        }
    }

    /// Items with a finding of this kind: by their rows' bits once all have been looked at, else by what was looked for.
    fn findings(&mut self, kind: FindingKind, request: &Request) -> Result<Ask, String> {
        match request.context.findings.get(&kind) {
            Some(items) => Ok(Ask::Among(Bits::of(request.rows.len(), items.iter()))),
            None if !kind.is_of_library() && self.is_looked_at(request) => Ok(Ask::Found(kind)),
            None => self.need_findings(kind),
        }
    }

    fn need_findings(&mut self, kind: FindingKind) -> Result<Ask, String> {
        self.needs_findings.push(kind);
        Err("reading: findings are still looked for".to_string())
    }

    /// Whether every row has its bits.
    fn is_looked_at(&self, request: &Request) -> bool {
        request.rows.iter().all(|(_, row)| !row.is_unlooked())
    }

    fn word(&mut self, needle: &Needle, exclude: bool, request: &Request, scratch: &mut Scratch) {
        let index = request.topics;
        let lists = [&index.topics, &index.brands, &index.authors];
        if exclude {
            let fuzzy = Fuzzy::exact(needle);
            let mut bits = Bits::new(request.rows.len());
            for postings in lists {
                union(postings, |text| fuzzy.score_in(text, scratch).is_some(), &mut bits);
            }
            self.checks.push(Check { exclude, ask: Ask::Title(fuzzy, bits) });
            return;
        }
        let fuzzy = Fuzzy::of(needle);
        let mut listed = vec![0u16; request.rows.len()];
        for postings in lists {
            for (text, letters, items) in postings.with_letters() {
                let Some(score) = fuzzy.score_in((text, letters), scratch) else { continue };
                for id in items {
                    if let Some(best) = listed.get_mut(id.0 as usize) {
                        *best = (*best).max(score.saturating_add(1));
                    }
                }
            }
        }
        self.words.push(Word { fuzzy, listed });
    }

    fn field(
        &mut self,
        target: &Target,
        question: Question,
        request: &Request,
        scratch: &mut Scratch,
    ) -> Result<Ask, String> {
        let field = match target.source(&request.context.spec) {
            Source::Row(role) => return Ok(in_rows(role, question, request, scratch)),
            Source::Column(field) => field,
        };
        if matches!(target, Target::Role(_)) && !request.context.knows(&field) {
            return Err(format!("this profile names no {}", target.name()));
        }
        match request.context.columns.get(&field) {
            Some(column) => Ok(Ask::Cell(Cells::Column(column.clone()), question)),
            None => {
                let why = format!("reading {field}");
                self.need(field);
                Err(why)
            }
        }
    }
}

/// A question about a cell of every row: where there are posting lists the distinct texts are asked once.
fn in_rows(role: RowField, question: Question, request: &Request, scratch: &mut Scratch) -> Ask {
    let postings = match role {
        RowField::Topics => &request.topics.topics,
        RowField::Brand => &request.topics.brands,
        RowField::Author => &request.topics.authors,
        _ => return Ask::Cell(Cells::Row(role), question),
    };
    let Question::Texts(texts) = &question else { return Ask::Cell(Cells::Row(role), question) };
    // Lists name the items that have a text; who has none stands in the rows.
    if texts.iter().any(|text| matches!(text, Text::Missing | Text::Null | Text::Blank | Text::Drift(_))) {
        return Ask::Cell(Cells::Row(role), question);
    }
    let mut bits = Bits::new(request.rows.len());
    union(postings, |(text, _)| texts.iter().any(|t| t.passes(text, scratch)), &mut bits);
    Ask::Among(bits)
}

/// Adds every item of every text that passes.
fn union(postings: &Postings, mut passes: impl FnMut((&str, Letters)) -> bool, bits: &mut Bits) {
    for (text, letters, items) in postings.with_letters() {
        if passes((text, letters)) {
            items.iter().for_each(|id| bits.add(*id));
        }
    }
}

impl Word {
    /// How well an item matches.
    pub(super) fn score(&self, id: ItemId, request: &Request, scratch: &mut Scratch) -> Option<u32> {
        let listed = self.listed.get(id.0 as usize).copied().unwrap_or(0);
        // A title before a topic that matches as well.
        let title = request.topics.titles.get(id).and_then(|title| self.fuzzy.score_in(title, scratch));
        title.map(|score| u32::from(score) + 2).max(u32::from(listed).checked_sub(1))
    }
}

impl Check {
    pub(super) fn passes(&self, id: ItemId, request: &Request, scratch: &mut Scratch) -> bool {
        let row = || request.rows.get(id);
        let yes = match &self.ask {
            Ask::Among(bits) => bits.has(id),
            Ask::Title(fuzzy, bits) => {
                let title = request.topics.titles.get(id);
                bits.has(id) || title.is_some_and(|title| fuzzy.score_in(title, scratch).is_some())
            }
            Ask::Undecided => row().is_undecided(),
            Ask::Unreadable => row().problem.is_some(),
            Ask::Found(kind) => row().findings.is_some_and(|bits| bits.has(*kind)),
            // Nothing is known of what an unreadable file holds: neither a question nor its opposite finds it.
            Ask::Cell(..) if row().problem.is_some() => return false,
            Ask::Cell(Cells::Row(role), question) => question.passes(row().cell(*role), row().findings, scratch),
            Ask::Cell(Cells::Column(column), question) => match column.get(id.0 as usize) {
                Some(cell) => question.passes(cell, row().findings, scratch),
                // Read after the column was: shown until the column is read again.
                None => return true,
            },
        };
        yes != self.exclude
    }
}

impl Question {
    fn passes(&self, cell: &Cell, found: Option<FindingBits>, scratch: &mut Scratch) -> bool {
        match self {
            Question::Texts(texts) => texts.iter().any(|wanted| match wanted {
                Text::Missing => *cell == Cell::Missing,
                Text::Null => *cell == Cell::Null,
                Text::Blank => cell.is_blank(),
                Text::Drift(step) => found.is_some_and(|bits| bits.drifts(*step)),
                wanted => cell.texts().any(|text| wanted.passes(text, scratch)),
            }),
            Question::Has => !matches!(cell, Cell::Missing | Cell::Null) && !cell.is_blank(),
            Question::Missing => *cell == Cell::Missing,
            Question::Null => *cell == Cell::Null,
            Question::Empty => cell.is_blank(),
        }
    }
}

impl Text {
    /// `None` where drift is asked of a field that is kept in step with no other.
    fn of(wanted: &Wanted, step: Option<usize>) -> Option<Text> {
        Some(match wanted {
            Wanted::Like(needle) => Text::Like(Fuzzy::of(needle)),
            Wanted::Equal(text) => Text::Equal(text.clone()),
            Wanted::Between { from, to } => Text::Between(from.as_ref().map(Limit::of), to.as_ref().map(Limit::of)),
            Wanted::Missing => Text::Missing,
            Wanted::Null => Text::Null,
            Wanted::Blank => Text::Blank,
            Wanted::Drift => Text::Drift(step?),
        })
    }

    fn passes(&self, text: &str, scratch: &mut Scratch) -> bool {
        match self {
            Text::Like(fuzzy) => fuzzy.score(text, scratch).is_some(),
            Text::Equal(wanted) => wanted == text,
            Text::Between(from, to) => {
                from.as_ref().is_none_or(|l| l.allows(text, Ordering::Greater))
                    && to.as_ref().is_none_or(|l| l.allows(text, Ordering::Less))
            }
            // These are about the whole cell, not about one text of it.
            Text::Missing | Text::Null | Text::Blank | Text::Drift(_) => false,
        }
    }
}

impl Limit {
    fn of(bound: &Bound) -> Limit {
        Limit { number: bound.text.parse().ok(), bound: bound.clone() }
    }

    /// Whether `text` lies on the `side` of this limit, or at it where it is not strict. Numbers as numbers; dates as text, as
    /// far as the limit goes, so that 2022-09-23 is at 2022.
    fn allows(&self, text: &str, side: Ordering) -> bool {
        let is_date = text.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()))
            && text[4..].chars().next().is_none_or(|c| c == '-');
        let ordering = match (self.number, text.parse::<f64>()) {
            (Some(number), Ok(value)) => value.partial_cmp(&number),
            _ if !is_date => None,
            _ => Some(self.as_far(text).as_ref().cmp(&self.bound.text)),
        };
        ordering.is_some_and(|o| o == side || (o == Ordering::Equal && !self.bound.strict))
    }

    /// A date as far as the limit goes. One that does not go so far is its first day: the year 2023 is at 2023-01-01.
    fn as_far<'t>(&self, date: &'t str) -> Cow<'t, str> {
        let length = self.bound.text.len();
        match (date.get(..length), date.len()) {
            (Some(head), _) => head.into(),
            (None, 4) => format!("{date}-01-01").chars().take(length).collect(),
            (None, 7) => format!("{date}-01").into(),
            (None, _) => date.into(),
        }
    }
}
