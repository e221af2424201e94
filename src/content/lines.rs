//! Lines and columns of a text whose line ends may be `\n`, `\r\n` or a lone `\r`.

/// Where the line that holds `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut start = at;
    while start > 0 {
        match bytes[start - 1] {
            b'\n' => break,
            b'\r' if bytes.get(start) != Some(&b'\n') => break,
            _ => start -= 1,
        }
    }
    start
}

/// Where the line end of the line that holds `at` stands, or the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |n| at + n)
}

/// Where the line behind the one that holds `at` begins, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let end = line_end(text, at);
    end + break_at(text, end)
}

/// How long the line end at `at` is: 0, 1 or 2 bytes.
pub(super) fn break_at(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        Some(b'\r') if text.as_bytes().get(at + 1) == Some(&b'\n') => 2,
        Some(b'\r' | b'\n') => 1,
        _ => 0,
    }
}

/// The column of `at`, in characters from 0.
pub(super) fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

/// Whether only blanks stand before `at` in its line.
pub(super) fn first_in_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].bytes().all(|b| b == b' ')
}

/// Whether two places are in one line.
pub(super) fn same_line(text: &str, a: usize, b: usize) -> bool {
    !text[a.min(b)..a.max(b)].contains(['\n', '\r'])
}

/// The column of the `#` where the line that begins at `start` is nothing but a comment.
pub(super) fn comment_column(text: &str, start: usize) -> Option<usize> {
    let line = &text[start..line_end(text, start)];
    let body = line.trim_start_matches(' ');
    body.starts_with('#').then(|| line.len() - body.len())
}

/// The line end that the text mostly uses.
pub(super) fn usual_break(text: &str) -> &'static str {
    let crlf = text.matches("\r\n").count();
    let lf = text.matches('\n').count() - crlf;
    let cr = text.matches('\r').count() - crlf;
    if crlf > lf && crlf >= cr {
        "\r\n"
    } else if cr > lf {
        "\r"
    } else {
        "\n"
    }
}

/// What ends each line of a text; none where there are several such ends, which a file that is edited by hand does not keep.
pub fn common_end(text: &str) -> Option<&'static str> {
    if !text.contains('\r') {
        return Some("\n");
    }
    let rest = text.replace("\r\n", "");
    (!rest.contains(['\r', '\n'])).then_some("\r\n")
}
