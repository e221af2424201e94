//! Templates such as `topic/{topic|slug}` and `{basePath}{title|slug}` (DESIGN: profiles).

/// A text with `{name|function…}` holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(String);
