//! One made-up article: its title, its text, and the topics and offerings that make sense with both.

use super::chance::Chance;
use super::sentences::{OPENINGS, SENTENCES};
use super::words::{
    BRANDS, FIELD, FIRST_NAMES, LAST_NAMES, MAKERS, ORGANISATIONS, PLACES, SIZES, SUBJECTS, Subject, TITLES,
};

/// What is true of an article before it becomes front matter.
pub(super) struct Article {
    pub title: String,
    pub body: String,
    pub authors: Vec<String>,
    pub brand: &'static str,
    pub topics: Vec<&'static str>,
    pub offerings: Vec<Offering>,
    /// One sentence for the social cards.
    pub teaser: String,
}

/// Something sold for a subject.
pub(super) struct Offering {
    pub label: String,
    pub id: usize,
    pub topics: Vec<&'static str>,
}

/// Ways to combine a title's pattern, subject and place before one comes again.
const TITLE_COUNT: usize = TITLES.len() * SUBJECTS.len() * PLACES.len() * SIZES.len();
/// Shares no factor with the count, so that steps of it meet every combination once, and changes the subject, the pattern and
/// the place at every step.
const STRIDE: usize = 72_217;

/// The article of an item.
pub(super) fn article(item: usize, chance: &mut Chance) -> Article {
    let combination = (item % TITLE_COUNT) * STRIDE % TITLE_COUNT;
    let (subject_at, rest) = (combination % SUBJECTS.len(), combination / SUBJECTS.len());
    let (pattern, rest) = (rest % TITLES.len(), rest / TITLES.len());
    let (place, size) = (PLACES[rest % PLACES.len()], SIZES[rest / PLACES.len()]);
    let subject = &SUBJECTS[subject_at];
    let places = format!("{size} {}", place.0);
    let round = match item / TITLE_COUNT {
        0 => String::new(),
        again => format!(", part {}", again + 1),
    };
    let title = TITLES[pattern]
        .replace("{S}", &capital(subject.name))
        .replace("{s}", subject.name)
        .replace("{P}", &capital(&places))
        .replace("{p}", &places);
    let authors = (0..1 + usize::from(chance.percent(15))).map(|_| person(chance)).collect();
    let teaser =
        format!("{} looks at {} and what comes after.", chance.one(&ORGANISATIONS), subject.details[chance.below(3)]);
    let body = body(subject, &places, chance);
    Article {
        title: title + &round,
        authors,
        brand: BRANDS[chance.below(BRANDS.len())],
        topics: topics(subject, place.1, body.contains("ealthcare"), chance),
        offerings: offerings(subject_at, chance),
        teaser,
        body,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn person(chance: &mut Chance) -> String {
    format!("{} {}", chance.one(&FIRST_NAMES), chance.one(&LAST_NAMES))
}

/// Topics that the title and the text speak of: always the subject's first.
fn topics(subject: &Subject, place: Option<&'static str>, healthcare: bool, chance: &mut Chance) -> Vec<&'static str> {
    let mut topics = vec![subject.topics[0]];
    topics.extend(subject.topics[1..].iter().filter(|_| chance.percent(45)));
    topics.extend(place.filter(|_| chance.percent(20)));
    topics.extend((healthcare && chance.percent(50)).then_some(FIELD));
    topics
}

/// The offerings of the subject, and now and then those of another.
fn offerings(subject: usize, chance: &mut Chance) -> Vec<Offering> {
    let mut found = vec![offering(subject * 2), offering(subject * 2 + 1)];
    for _ in 0..chance.below(4) {
        let other = chance.below(MAKERS.len());
        if found.iter().all(|o| o.id != offering_id(other)) {
            found.push(offering(other));
        }
    }
    if chance.percent(30) {
        found.remove(0);
    }
    found
}

fn offering_id(at: usize) -> usize {
    14_000 + at * 37
}

fn offering(at: usize) -> Offering {
    let subject = &SUBJECTS[at / 2];
    let mut topics = vec![subject.topics[0]];
    topics.extend((at % 2 == 1).then_some(subject.topics[1]));
    topics.extend(at.is_multiple_of(3).then_some(FIELD));
    Offering { label: format!("{} {}", MAKERS[at], subject.products[at % 2]), id: offering_id(at), topics }
}

/// About 7 KB of HTML, with what such bodies have in them: line ends within paragraphs, entities, a list, a quote.
fn body(subject: &Subject, places: &str, chance: &mut Chance) -> String {
    let mut order: Vec<usize> = (0..SENTENCES.len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, chance.below(at + 1));
    }
    let mut sentences = order.into_iter().map(|at| SENTENCES[at]).peekable();
    let mut body = String::with_capacity(8_000);
    body.push_str("<p>");
    fill(&mut body, OPENINGS[chance.below(OPENINGS.len())], subject, places, chance);
    let paragraphs = 7 + chance.below(3);
    for paragraph in 0..paragraphs {
        if sentences.peek().is_none() {
            break;
        }
        if paragraph > 0 {
            body.push_str(if chance.percent(40) { "\n</p><p>" } else { "</p><p>" });
        }
        for at in 0..6 + chance.below(3) {
            let Some(sentence) = sentences.next() else { break };
            if at > 0 || paragraph == 0 {
                body.push('\n');
            }
            fill(&mut body, sentence, subject, places, chance);
        }
        match chance.below(8) {
            0 => body.push_str("&nbsp;"),
            1 => aside(&mut body, subject),
            _ => {}
        }
    }
    body.push_str("</p>");
    body
}

/// A heading and a list between two paragraphs.
fn aside(body: &mut String, subject: &Subject) {
    body.push_str("</p><h3>At a glance</h3><ul>");
    for detail in subject.details {
        body.push_str("<li>");
        body.push_str(&capital(detail));
        body.push_str("</li>");
    }
    body.push_str("</ul><p>More on <b>");
    body.push_str(subject.name);
    body.push_str("</b> stands in our <a href=\"https://archive.example/topics\">archive</a>.");
}

/// A sentence with its holes filled, in one pass.
fn fill(out: &mut String, sentence: &str, subject: &Subject, places: &str, chance: &mut Chance) {
    let mut rest = sentence;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        match rest.as_bytes().get(at + 1) {
            Some(b's') => out.push_str(subject.name),
            Some(b'S') => out.push_str(&capital(subject.name)),
            Some(b'p') => out.push_str(places),
            Some(b'd') => out.push_str(subject.details[chance.below(3)]),
            Some(b'o') => out.push_str(chance.one(&ORGANISATIONS)),
            Some(b'w') => out.push_str(&person(chance)),
            Some(b'n') => out.push_str(&(12 + chance.below(80)).to_string()),
            Some(b'c') => out.push_str(&(7 + chance.below(60)).to_string()),
            _ => out.push_str(&(3 + chance.below(9)).to_string()),
        }
        rest = &rest[at + 3..];
    }
    out.push_str(rest);
}
