//! Twenty bodies of the shapes that curated sites have, and what a reader should see of each.

mod html;
mod markdown;

use super::blocks::Markup;
use super::render;

/// Asserts that `body` shows as `expected`, whose first line end is not part of it.
#[track_caller]
fn shows(markup: Markup, width: usize, body: &str, expected: &str) {
    let shown = render(body, markup, width).plain();
    let expected = expected.strip_prefix('\n').unwrap_or(expected);
    assert!(shown == expected, "--- shown ---\n{shown}\n--- expected ---\n{expected}");
}
