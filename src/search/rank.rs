//! Ranking a short list of labels by what was typed: the pickers.

use super::fuzzy::{Fuzzy, Scratch};
use super::query::Needle;

/// Positions of the labels that match every word of `query`, best first; all of them, in order, where nothing was typed.
pub fn rank<'a>(query: &str, labels: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let words: Vec<Fuzzy> =
        query.split_whitespace().map(|word| Fuzzy::of(&Needle { text: word.to_string(), exact: false })).collect();
    let mut scratch = Scratch::new();
    let mut scored: Vec<(usize, u32)> = Vec::new();
    for (at, label) in labels.enumerate() {
        let scores: Option<Vec<u16>> = words.iter().map(|word| word.score(label, &mut scratch)).collect();
        if let Some(scores) = scores {
            scored.push((at, scores.into_iter().map(u32::from).sum()));
        }
    }
    scored.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    scored.into_iter().map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_match_and_the_best_comes_first() {
        let labels = ["MeSH: Oncology Nursing", "KLAS: Scheduling - Nurse and Staff", "Gartner: Healthcare"];
        assert_eq!(rank("nurs", labels.into_iter()), [0, 1]);
        assert_eq!(rank("nurse staff", labels.into_iter()), [1]);
        assert_eq!(rank("", labels.into_iter()), [0, 1, 2]);
    }
}
