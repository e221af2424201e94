//! What the editor writes that nobody typed is not taken for an edit.

use super::in_the_manner_of;

#[test]
fn line_ends_and_the_last_one_stay_as_the_file_has_them() {
    let cases = [
        // old, what came back, what is meant
        ("a\nb", "a\nc\n", "a\nc"),
        ("a\nb\n", "a\nc", "a\nc\n"),
        ("a\nb\n", "a\r\nc\r\n", "a\nc\n"),
        ("a\nb", "a\r\nc\r\n", "a\nc"),
        ("a\r\nb\r\n", "a\nc\n", "a\r\nc\r\n"),
        ("a\r\nb\r\n", "a\r\nc", "a\r\nc\r\n"),
        ("a\r\nb\n", "a\nc\n", "a\nc\n"),
        ("a\n", "a\n\n", "a\n\n"),
        ("a\nb", "a\nb\n\n", "a\nb\n"),
        ("", "typed\n", "typed"),
        ("", "two\nlines\n", "two\nlines\n"),
        ("line", "line", "line"),
    ];
    for (old, new, meant) in cases {
        assert_eq!(in_the_manner_of(old, new.to_string()), meant, "{old:?} {new:?}");
    }
}
