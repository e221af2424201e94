//! tmp
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    pub name: String,
    pub values: Vec<FacetValue>,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    pub label: String,
    pub count: usize,
    pub term: String,
}
impl Facet {
    pub fn is_topics(&self) -> bool {
        self.name == "Topics"
    }
}
impl FacetValue {
    pub fn is_value(&self) -> bool {
        !self.label.starts_with('(')
    }
}
