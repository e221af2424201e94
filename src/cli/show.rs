//! `curate show FILE`: the rendered preview, card and body.

use std::path::PathBuf;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::library::Library;
use super::output::{Exit, Out, Stop};
use crate::preview::{Card, Line, Markup, Role, card, render};
use crate::shell::disk;
use crate::shown::Shown;

/// Show a file as the preview does: its card, its body as wrapped text, its links
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file
    file: PathBuf,
    /// Columns to wrap at; text is at most 80 columns wide [default: the terminal's, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    width: Option<u16>,
    /// No bold, no underline
    #[arg(long)]
    plain: bool,
}

/// The column where the card's values begin.
const LABEL: usize = 11;

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let library = Library::open(&args.file)?;
    let failed = |reason: &dyn std::fmt::Display| Stop::failed(format!("{}: {reason}", args.file.display()));
    let document = disk::read(&args.file).map_err(|e| failed(&e))?;
    let front = document.value().map_err(|e| failed(&e))?;
    let width = args.width.unwrap_or_else(|| terminal_width(out.is_terminal)).into();
    for line in card_lines(&card(&library.profile, &front), width) {
        out.line(&line)?;
    }
    let body = render(document.body(), Markup::of(&args.file.to_string_lossy()), width);
    let styled = out.is_terminal && !args.plain;
    for line in body.lines.iter().chain(&body.references(width)) {
        out.bytes(drawn(line, styled).as_bytes())?;
        out.bytes(b"\n")?;
    }
    Ok(Exit::Done)
}

fn terminal_width(is_terminal: bool) -> u16 {
    match crossterm::terminal::size() {
        Ok((columns, _)) if is_terminal && columns > 0 => columns,
        _ => 80,
    }
}

/// A line of shown text, with the terminal's attributes where it is styled.
fn drawn(line: &Line, styled: bool) -> String {
    if !styled {
        return line.text().trim_end().to_string();
    }
    let attribute = |role| match role {
        Role::Strong | Role::Heading => "1",
        Role::Emphasis => "3",
        Role::Link => "4",
        Role::Muted | Role::Marker | Role::Number => "2",
        Role::Text | Role::Strike | Role::Code | Role::Quote | Role::Label => "",
    };
    let mut out = String::new();
    for span in &line.spans {
        match attribute(span.role) {
            "" => out.push_str(span.text.as_str()),
            code => out.push_str(&format!("\u{1b}[{code}m{}\u{1b}[0m", span.text)),
        }
    }
    out
}

/// The card: what is empty is left out, but for the triage field.
fn card_lines(card: &Card, width: usize) -> Vec<String> {
    let mut lines = wrapped(if card.title.is_empty() { "(no title)" } else { &card.title }, width);
    let about: Vec<&str> = [&card.brand, &card.author, &card.date].into_iter().map(String::as_str).collect();
    let about = about.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    lines.extend(wrapped(&about, width));
    lines.extend(wrapped(&card.url, width));
    if let Some(status) = &card.status {
        lines.extend(labelled("Status", &status.state, width));
    }
    for (label, items) in [("Topics", &card.topics), ("Offerings", &card.offerings)] {
        for (at, item) in items.iter().enumerate() {
            lines.extend(labelled(if at == 0 { label } else { "" }, item, width));
        }
    }
    lines.push(String::new());
    lines
}

/// A value behind its label, or below it where there is no room.
fn labelled(label: &str, text: &str, width: usize) -> Vec<String> {
    if width < LABEL * 2 {
        return wrapped(format!("{label} {text}").trim_start(), width);
    }
    let lines = wrapped(text, width - LABEL).into_iter().enumerate();
    lines.map(|(at, line)| format!("{:LABEL$}{line}", if at == 0 { label } else { "" })).collect()
}

/// A text in lines of at most `width` columns, broken between words where it can be.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let text = Shown::new(text.trim()).to_string();
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_word_bounds() {
        for part in pieces(word, width) {
            if line.width() + part.trim_end().width() > width {
                lines.push(line.trim_end().to_string());
                line.clear();
            }
            if !(line.is_empty() && part.trim().is_empty()) {
                line.push_str(part);
            }
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// The word, or its characters where it alone is wider than a line.
fn pieces(word: &str, width: usize) -> Vec<&str> {
    if word.width() <= width { vec![word] } else { word.graphemes(true).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_the_card_is_wider_than_asked() {
        let text = "Nurses plan https://www.wardtimes.example/a/very/long/way/without/any/break 看護師の勤務表";
        for width in [1, 2, 7, 20, 40] {
            let lines = wrapped(text, width);
            // A wide character needs two columns, whatever was asked for.
            assert!(lines.iter().all(|line| line.width() <= width.max(2)), "{width}: {lines:?}");
            let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(labelled("Topics", "one two three four", 22), ["Topics     one two", "           three four"]);
    }
}
