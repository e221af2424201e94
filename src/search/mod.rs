//! tmp
pub mod terms {
    pub fn add(text: &str, term: &str) -> String {
        format!("{} {}", text.trim(), term).trim().to_string()
    }
    pub fn either(terms: &[String]) -> String {
        terms.join("|")
    }
    pub fn toggle(text: &str, term: &str) -> String {
        if has(text, term) { text.replace(term, "").trim().to_string() } else { add(text, term) }
    }
    pub fn has(text: &str, term: &str) -> bool {
        text.contains(term)
    }
}
pub fn rank<'a>(query: &str, labels: impl Iterator<Item = &'a str>) -> Vec<usize> {
    labels.enumerate().filter(|(_, l)| l.to_lowercase().contains(&query.to_lowercase())).map(|(i, _)| i).collect()
}
pub struct Highlight(String);
impl Highlight {
    pub fn of(q: &str) -> Highlight {
        Highlight(q.into())
    }
    pub fn positions(&self, _t: &str) -> Vec<usize> {
        let _ = &self.0;
        vec![]
    }
}
