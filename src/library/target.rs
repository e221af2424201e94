//! What a query term, a facet or a sort is about: a role of the row, or any field.

use super::row::{RowField, RowSpec};
use crate::content::FieldRef;

/// A role word (`topic`, `brand`…) or a field's path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// What the profile gives a role.
    Role(RowField),
    /// A field by its path.
    Field(FieldRef),
}

/// The role words. `url` is none: sites use that name for a field of their own.
const ROLES: [(&str, RowField); 7] = [
    ("topic", RowField::Topics),
    ("offering", RowField::Offerings),
    ("brand", RowField::Brand),
    ("author", RowField::Author),
    ("status", RowField::Status),
    ("date", RowField::Date),
    ("title", RowField::Title),
];

/// Where the cells of a target are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In every row.
    Row(RowField),
    /// In a column that is read from the files when it is asked for.
    Column(FieldRef),
}

impl Target {
    /// Reads a role word or a field's path; `None` where the text is neither.
    pub fn parse(text: &str) -> Option<Target> {
        match ROLES.iter().find(|(word, _)| *word == text) {
            Some((_, role)) => Some(Target::Role(*role)),
            None => text.parse().ok().map(Target::Field),
        }
    }

    /// The word that [`Target::parse`] reads back.
    pub fn name(&self) -> &str {
        match self {
            Target::Field(field) => field.text(),
            Target::Role(RowField::Url) => "url",
            Target::Role(role) => ROLES.iter().find(|(_, r)| r == role).map_or("", |(word, _)| word),
        }
    }

    /// Where its cells are. A role that the profile leaves open is the field of that name; a field that some role is read
    /// from is in the rows.
    pub fn source(&self, spec: &RowSpec) -> Source {
        let by_field = |field: FieldRef| {
            let role = RowField::ALL.into_iter().find(|role| spec.field(*role) == Some(&field));
            role.map_or(Source::Column(field), Source::Row)
        };
        match self {
            Target::Role(role) if spec.field(*role).is_some() => Source::Row(*role),
            Target::Role(role) => match self.name().parse() {
                Ok(field) => by_field(field),
                Err(_) => Source::Row(*role),
            },
            Target::Field(field) => by_field(field.clone()),
        }
    }
}
