//! Which links and titles are those of other items too.
//!
//! Titles are compared without case, accents and punctuation, and a letter or two may differ where they are long; their numbers may
//! not: `Report 12` and `Report 13` are two reports. Ten thousand titles are not compared with each other: a title of so few
//! differences has at least one of its parts unchanged, a place or two along, so each is only compared with those that share a part.

use std::collections::HashMap;

use crate::profile::template::slug;

/// The other items that one is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Others {
    /// The first of them.
    pub first: usize,
    pub count: usize,
    /// Whether that one is the same, and not only nearly so.
    pub same: bool,
}

/// For each link the others that lead to the same page; blank ones are nobody's.
pub fn links<'u>(urls: impl Iterator<Item = &'u str>) -> Vec<Option<Others>> {
    let pages: Vec<String> = urls.map(page).collect();
    let mut found = vec![None; pages.len()];
    same(&pages, &mut found);
    found
}

/// A link without what makes no other page of it: scheme, `www.`, fragment, a slash at the end, marks of a campaign.
fn page(url: &str) -> String {
    let url = url.trim().split('#').next().unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let query: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("utm_")).collect();
    let page = format!("{host}{}", path.trim_end_matches('/'));
    if query.is_empty() { page } else { format!("{page}?{}", query.join("&")) }
}

/// For each title the others that are nearly the same; blank ones are nobody's.
pub fn titles<'t>(titles: impl Iterator<Item = &'t str>) -> Vec<Option<Others>> {
    let titles: Vec<String> = titles.map(slug).collect();
    let mut found = vec![None; titles.len()];
    let groups = same(&titles, &mut found);
    let mut distinct: Vec<(&str, &[usize])> = groups.iter().map(|(text, items)| (*text, items.as_slice())).collect();
    distinct.sort_unstable_by_key(|(text, items)| (text.len(), items[0]));
    let texts: Vec<&[u8]> = distinct.iter().map(|(text, _)| text.as_bytes()).collect();
    for (a, b) in nearly(&texts) {
        let (a, b) = (distinct[a].1, distinct[b].1);
        a.iter().for_each(|item| note(&mut found[*item], b, false));
        b.iter().for_each(|item| note(&mut found[*item], a, false));
    }
    found
}

fn note(found: &mut Option<Others>, others: &[usize], same: bool) {
    let new = Others { first: others[0], count: others.len(), same };
    *found = Some(match *found {
        None => new,
        Some(known) if known.same || known.first < new.first => Others { count: known.count + new.count, ..known },
        Some(known) => Others { count: known.count + new.count, ..new },
    });
}

/// Notes items whose texts are equal; gives the items of each text.
fn same<'t>(texts: &'t [String], found: &mut [Option<Others>]) -> HashMap<&'t str, Vec<usize>> {
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        groups.entry(text).or_default().push(at);
    }
    for items in groups.values().filter(|items| items.len() > 1) {
        for item in items {
            let first = if items[0] == *item { items[1] } else { items[0] };
            found[*item] = Some(Others { first, count: items.len() - 1, same: true });
        }
    }
    groups
}

/// How many letters may differ in a text of this length.
fn leeway(length: usize) -> usize {
    match length {
        0..12 => 0,
        12..24 => 1,
        _ => 2,
    }
}

/// Where the parts of a text of this length begin and end: one more than letters may differ.
fn parts(length: usize) -> impl Iterator<Item = (usize, usize)> {
    let count = leeway(length) + 1;
    (0..count).map(move |at| (length * at / count, length * (at + 1) / count))
}

/// Pairs of texts that are nearly the same, by their positions; `texts` are sorted by length and differ.
fn nearly(texts: &[&[u8]]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    // By length, number and letters of a part: the texts that have it.
    let mut with_part: HashMap<(usize, usize, &[u8]), Vec<u32>> = HashMap::new();
    let mut compared = vec![u32::MAX; texts.len()];
    for (at, text) in texts.iter().enumerate() {
        for length in text.len().saturating_sub(2)..=text.len() {
            let most = leeway(length);
            if most == 0 || text.len() - length > most {
                continue;
            }
            for (number, (start, end)) in parts(length).enumerate() {
                for from in start.saturating_sub(most)..=(start + most).min(text.len().saturating_sub(end - start)) {
                    let part = &text[from..from + (end - start)];
                    for other in with_part.get(&(length, number, part)).map_or(&[][..], Vec::as_slice) {
                        let other = *other as usize;
                        if std::mem::replace(&mut compared[other], at as u32) != at as u32
                            && is_within(texts[other], text, most)
                            && numbers(texts[other]).eq(numbers(text))
                        {
                            pairs.push((other, at));
                        }
                    }
                }
            }
        }
        if leeway(text.len()) > 0 {
            for (number, (start, end)) in parts(text.len()).enumerate() {
                with_part.entry((text.len(), number, &text[start..end])).or_default().push(at as u32);
            }
        }
    }
    pairs
}

fn numbers(text: &[u8]) -> impl Iterator<Item = &u8> {
    text.iter().filter(|byte| byte.is_ascii_digit())
}

/// Whether one text becomes the other by at most `most` letters set, added or left out. Texts that are not alike part at once.
fn is_within(a: &[u8], b: &[u8], most: usize) -> bool {
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let alike = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[alike..], &b[alike..]);
    if a.is_empty() || b.is_empty() || most == 0 {
        return a.len().max(b.len()) <= most;
    }
    is_within(&a[1..], &b[1..], most - 1) || is_within(&a[1..], b, most - 1) || is_within(a, &b[1..], most - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn like(texts: &[&str]) -> Vec<Option<(usize, usize)>> {
        titles(texts.iter().copied()).into_iter().map(|o| o.map(|o| (o.first, o.count))).collect()
    }

    #[test]
    fn titles_are_alike_without_case_accents_and_punctuation_and_a_letter_or_two() {
        for (a, b) in [
            ("Virtual care: two years on", "Virtual Care – two years on!"),
            ("Éclairs à la carte", "eclairs a la carte"),
            ("A nurse at every bed", "A nurse at every bedd"),
            ("The metaverse in digital medicine", "The metaverse of digital medicine"),
            ("Kurz", "KURZ!"),
        ] {
            assert_eq!(like(&["Something else", a, b, ""]), [None, Some((2, 1)), Some((1, 1)), None], "{a} / {b}");
        }
        for (a, b) in [
            ("Weekly report number 12", "Weekly report number 13"),
            ("Care home", "Care hope"),
            ("A nurse at every bed", "A nurse at every ward"),
            ("", ""),
            ("???", "!!!"),
        ] {
            assert_eq!(like(&[a, b]), [None, None], "{a} / {b}");
        }
    }

    #[test]
    fn links_are_alike_where_they_lead_to_one_page() {
        let urls =
            ["https://www.x.org/a/?utm_source=mail#top", "http://X.org/a", "https://x.org/a?id=1", "", "", "x.org/A"];
        let found: Vec<_> = links(urls.into_iter()).into_iter().map(|o| o.map(|o| o.first)).collect();
        assert_eq!(found, [Some(1), Some(0), None, None, None, None]);
    }

    /// The plain way to count differences.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut before = std::mem::replace(&mut row[0], i + 1);
            for (j, y) in b.iter().enumerate() {
                let best = (before + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
                before = std::mem::replace(&mut row[j + 1], best);
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn sharing_parts_finds_what_comparing_all_with_all_finds(texts in prop::collection::vec("[ab]{10,28}", 0..24)) {
            let mut texts = texts;
            texts.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
            texts.dedup();
            let bytes: Vec<&[u8]> = texts.iter().map(|t| t.as_bytes()).collect();
            let mut found = nearly(&bytes);
            found.sort_unstable();
            let mut all = Vec::new();
            for b in 0..bytes.len() {
                for a in 0..b {
                    let most = leeway(bytes[a].len());
                    if most > 0 && distance(bytes[a], bytes[b]) <= most {
                        all.push((a, b));
                    }
                }
            }
            all.sort_unstable();
            prop_assert_eq!(found, all);
        }
    }
}
