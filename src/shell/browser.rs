//! Opening a link: which ones, and where. Links come from files, and are untrusted.
//!
//! Here: the decision, pure, and the opening, by the `open` crate without a shell. Not here: copying (`clipboard`).

use std::io;

use thiserror::Error;

/// The longest link that is opened.
const LONGEST: usize = 8_192;

/// What is to be done with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Open it here.
    Open(String),
    /// Copy it: no browser is near.
    Copy(String),
}

/// Why a link is not opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("there is no link")]
    Missing,
    #[error("only http, https and mailto links are opened, not {0}")]
    Scheme(String),
    #[error("the link has a blank or a control character in it")]
    Characters,
    #[error("the link names no host")]
    NoHost,
    #[error("the link is longer than {LONGEST} bytes")]
    TooLong,
}

/// Decides; `ssh` is the variable `SSH_CONNECTION`.
pub fn decide(link: &str, ssh: Option<&str>) -> Result<Decision, Refusal> {
    let link = vetted(link)?;
    match ssh {
        Some(connection) if !connection.is_empty() => Ok(Decision::Copy(link)),
        _ => Ok(Decision::Open(link)),
    }
}

/// The link, if it is one that may be opened.
fn vetted(link: &str) -> Result<String, Refusal> {
    let link = link.trim();
    if link.is_empty() {
        return Err(Refusal::Missing);
    }
    if link.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let forbidden = |c: char| c.is_control() || c.is_whitespace() || crate::shown::is_invisible_control(c);
    if link.chars().any(|c| forbidden(c) || matches!(c, '"' | '<' | '>' | '\\' | '`')) {
        return Err(Refusal::Characters);
    }
    let (scheme, rest) = link.split_once(':').ok_or_else(|| Refusal::Scheme("one without a scheme".to_string()))?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//").ok_or(Refusal::NoHost)?;
            let host = host.split(['/', '?', '#']).next().unwrap_or("");
            if host.is_empty() { Err(Refusal::NoHost) } else { Ok(link.to_string()) }
        }
        "mailto" if !rest.is_empty() => Ok(link.to_string()),
        "mailto" => Err(Refusal::NoHost),
        _ => Err(Refusal::Scheme(scheme.chars().take(20).collect())),
    }
}

/// Opens a vetted link in the browser of the configuration, else in the desktop's. May take a moment: for a worker.
pub fn open(link: &str, browser: Option<&str>) -> io::Result<()> {
    match browser {
        Some(browser) => open::with_detached(link, browser),
        None => open::that_detached(link),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_and_mail_links_are_opened() {
        for link in
            ["https://example.org/a?b=c#d", "HTTP://example.org", "mailto:a@example.org", " https://example.org "]
        {
            assert_eq!(decide(link, None), Ok(Decision::Open(link.trim().to_string())), "{link}");
        }
    }

    #[test]
    fn over_ssh_the_link_is_copied_instead() {
        let link = "https://example.org".to_string();
        assert_eq!(decide(&link, Some("10.0.0.1 50000 10.0.0.2 22")), Ok(Decision::Copy(link.clone())));
        assert_eq!(decide(&link, Some("")), Ok(Decision::Open(link)));
    }

    #[test]
    fn what_could_start_something_else_is_refused() {
        let scheme = |name: &str| Err(Refusal::Scheme(name.to_string()));
        assert_eq!(decide("file:///etc/passwd", None), scheme("file"));
        assert_eq!(decide("javascript:alert(1)", None), scheme("javascript"));
        assert_eq!(decide("--help", None), scheme("one without a scheme"));
        assert_eq!(decide("", None), Err(Refusal::Missing));
        assert_eq!(decide("  ", None), Err(Refusal::Missing));
        assert_eq!(decide("https:example.org", None), Err(Refusal::NoHost));
        assert_eq!(decide("https:///path", None), Err(Refusal::NoHost));
        assert_eq!(decide("mailto:", None), Err(Refusal::NoHost));
        assert_eq!(decide(&format!("https://e.org/{}", "x".repeat(LONGEST)), None), Err(Refusal::TooLong));
    }

    #[test]
    fn a_link_with_hidden_or_odd_characters_is_refused_over_ssh_too() {
        for link in ["https://e.org/a b", "https://e.org/\u{1b}[2J", "https://e.org/\u{202e}x", "https://e.org/`id`"] {
            assert_eq!(decide(link, None), Err(Refusal::Characters), "{link:?}");
            assert_eq!(decide(link, Some("x")), Err(Refusal::Characters), "{link:?}");
        }
    }
}
