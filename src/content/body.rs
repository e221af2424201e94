//! The text of a body: what a reader would read, for descriptions, matching and suggestions.

/// The plain text of an HTML or Markdown body: tags, markup and shortcodes dropped, entities decoded, blocks separated by blank lines.
pub fn text(body: &str) -> String {
    let _ = body;
    unimplemented!()
}
