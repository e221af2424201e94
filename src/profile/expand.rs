//! From an intent to the edits of one document.

use super::{Intent, Profile};
use crate::content::{Document, Edit, Refusal};

/// The edits that `intent` means in `document`; none where it is so already.
///
/// # Errors
/// A [`Refusal`] in a curator's words.
pub fn expand(profile: &Profile, intent: &Intent, document: &Document) -> Result<Vec<Edit>, Refusal> {
    let _ = (profile, intent, document);
    unimplemented!()
}
