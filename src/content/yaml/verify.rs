//! Verify or refuse. Nothing here knows how a splice was made: the new text is parsed again, by two parsers, and must hold
//! what was asked for (`outside` looks at what must not have changed).

use super::super::value::Value;
use super::opinion::agrees;
use super::parsed::Parsed;

/// Whether `text` reads as `want`, by our parser.
pub(super) fn reads_as<'t>(text: &'t str, want: &Value, json: bool) -> Result<Parsed<'t>, String> {
    let parsed = Parsed::read(text, json).map_err(|e| format!("the new text would not be readable: {}", e.reason))?;
    if parsed.value == *want {
        Ok(parsed)
    } else {
        Err("the new text would read differently from what was asked for".to_string())
    }
}

/// Whether the other parser agrees with ours about the new text; where it did not about the old one, it has no say, and the
/// edit has one opinion only: `true`.
pub(super) fn second_opinion(old: &Parsed<'_>, new: &Parsed<'_>) -> Result<bool, String> {
    let Err(difference) = agrees(new.text, &new.events, new.json) else { return Ok(false) };
    if agrees(old.text, &old.events, old.json).is_err() {
        return Ok(true);
    }
    Err(format!("other YAML programs would read the new text differently: {difference}"))
}
