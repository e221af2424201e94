//! The vocabulary: near-duplicates among five thousand topics.

use std::hint::black_box;

use curate::library::clusters::clusters;
use curate::profile::template::slug;

use crate::ms;
use crate::table::{Table, each, median};

const TOPICS: usize = 5_000;
const SCHEMES: [&str; 3] = ["KLAS", "MeSH", "Gartner"];
const WORDS: [&str; 20] = [
    "virtual",
    "care",
    "nursing",
    "rural",
    "clinics",
    "hospital",
    "remote",
    "patients",
    "monitoring",
    "telehealth",
    "visits",
    "oncology",
    "schedules",
    "records",
    "imaging",
    "billing",
    "privacy",
    "consent",
    "robotics",
    "pharmacy",
];

/// Topics of two or three words, every seventh written a little differently than one before it.
fn topics() -> Vec<String> {
    let name = |n: usize| {
        let words = [WORDS[n % 20], WORDS[n / 20 % 20], WORDS[n / 400 % 20]];
        format!("{}: {}", SCHEMES[n % 3], words[..2 + n % 2].join(" "))
    };
    let differently = |n: usize| match n % 4 {
        0 => name(n - 7).to_uppercase(),
        1 => name(n - 7) + "s",
        2 => name(n - 7).replace("ti", "it"),
        _ => name(n - 7).replace(' ', "-").replacen(":-", ": ", 1),
    };
    (0..TOPICS).map(|n| if n % 7 == 6 && n > 7 { differently(n) } else { name(n) }).collect()
}

/// Clusters of a vocabulary with several schemes, and of one where every topic is in the same.
pub fn near(table: &mut Table) {
    let several = topics();
    let one: Vec<String> = several.iter().map(|topic| topic.replacen(": ", " ", 1)).collect();
    for (what, topics) in [("three schemes", several), ("no scheme", one)] {
        let counted: Vec<(&str, usize)> =
            topics.iter().enumerate().map(|(n, topic)| (topic.as_str(), n % 97)).collect();
        let found = clusters(&counted).len();
        let time = median(&each(9, || drop(black_box(clusters(&counted)))));
        let floor = median(&each(9, || topics.iter().for_each(|topic| drop(black_box(slug(topic))))));
        let what = format!("near-duplicates of {TOPICS} topics, {what}: {found} clusters");
        table.beside(&what, time, ("a slug of each", floor), ms(300));
    }
}
