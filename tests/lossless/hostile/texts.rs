//! The texts themselves; the bench times the same ones.

fn bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..40 {
        text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", ")));
    }
    text
}

/// Each with its name.
pub fn all() -> Vec<(&'static str, String)> {
    let million = 1_000_000;
    vec![
        ("flow depth", "[".repeat(100_000)),
        ("map depth", "{a: ".repeat(100_000)),
        ("block depth", (0..1_400).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("dashes", format!("a: \n{}", "- ".repeat(100_000))),
        ("bomb", bomb()),
        ("wide flow", format!("a: [{}]\n", "x, ".repeat(million / 4))),
        ("nested flow in rows", format!("a: [{}]\n", format!("{}x{}, ", "[".repeat(90), "]".repeat(90)).repeat(5_000))),
        ("many keys", (0..90_000).map(|n| format!("k{n}: v\n")).collect()),
        ("one long text", format!("a: {}\n", "word ".repeat(million / 6))),
        ("many folded", "a:\n".to_string() + &"- >-\n  some text\n  and more\n".repeat(30_000)),
        ("comments", "# c\n".repeat(200_000) + "a: 1\n"),
        ("anchors", (0..30_000).map(|n| format!("k{n}: &a{n} v\nl{n}: *a{n}\n")).collect()),
        ("too large", "a: 1\n".repeat(2 * million / 5)),
        ("question marks", "? ".repeat(50_000)),
        ("quotes", format!("a: \"{}", "\\\"".repeat(million / 3))),
        ("tags", format!("a: {}", "!!x ".repeat(100_000))),
    ]
}
