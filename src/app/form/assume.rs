//! What an edit will come to, shown until the worker's answer is here, so that the next key meets what the last one did.
//!
//! It is the worker's own expansion, on the values that the form has. Not here: the file's bytes, which may refuse it still.

use std::time::SystemTime;

use super::tree::Tree;
use crate::content::Value;
use crate::content::edit::apply_to_value;
use crate::profile::Intent;
use crate::profile::expand::expand_value;

/// The value after the intents. What does not fit is left to the worker, who says why.
pub fn after(tree: &Tree, intents: &[Intent]) -> Value {
    let mut value = tree.value.clone();
    for intent in intents {
        // No stamp is made here (the tree's profile has no `touch`), so any time will do.
        if let Ok(expansion) = expand_value(&tree.profile, intent, &value, SystemTime::UNIX_EPOCH) {
            // Edits are applied whole or not at all.
            let _ = apply_to_value(&mut value, &expansion.edits);
        }
    }
    value
}
