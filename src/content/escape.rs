//! Text within double quotes: what YAML, TOML and JSON escape alike.

/// `text` with quotes, backslashes, line ends and tabs escaped; `other` says how any other character is written, where not as it is.
pub fn escaped(text: &str, other: impl Fn(char) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c => match other(c) {
                Some(code) => out.push_str(&code),
                None => out.push(c),
            },
        }
    }
    out
}
