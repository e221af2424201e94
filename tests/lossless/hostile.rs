//! Front matter made to hurt: deep, huge, multiplying. It costs little and ends in a message or in a right edit.

use std::time::{Duration, Instant};

use curate::content::{Document, FieldPath, Op, Value};

/// Far above what is measured (the release build stays under 50 ms), far below what a quadratic way would take.
const MOST: Duration = Duration::from_secs(5);

fn bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..40 {
        text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", ")));
    }
    text
}

#[test]
fn a_hostile_front_matter_is_cheap() {
    let million = 1_000_000;
    let texts = [
        ("flow depth", "[".repeat(100_000)),
        ("map depth", "{a: ".repeat(100_000)),
        ("block depth", (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("dashes", format!("a: \n{}", "- ".repeat(100_000))),
        ("bomb", bomb()),
        ("wide flow", format!("a: [{}]\n", "x, ".repeat(million / 4))),
        ("nested flow in rows", format!("a: [{}]\n", format!("{}x{}, ", "[".repeat(90), "]".repeat(90)).repeat(5_000))),
        ("many keys", (0..90_000).map(|n| format!("k{n}: v\n")).collect()),
        ("one long text", format!("a: {}\n", "word ".repeat(million / 6))),
        ("many folded", "a:\n".to_string() + &"- >-\n  some text\n  and more\n".repeat(30_000)),
        ("comments", "# c\n".repeat(200_000) + "a: 1\n"),
        ("anchors", (0..40_000).map(|n| format!("k{n}: &a{n} v\nl{n}: *a{n}\n")).collect()),
        ("too large", "a: 1\n".repeat(2 * million / 5)),
        ("question marks", "? ".repeat(50_000)),
        ("quotes", format!("a: \"{}", "\\\"".repeat(million / 3))),
        ("tags", format!("a: {}", "!!x ".repeat(100_000))),
    ];
    for (name, text) in texts {
        let Ok(document) = Document::open(format!("---\n{text}\n---\n").into_bytes()) else { continue };
        let start = Instant::now();
        let read = document.value();
        let reading = start.elapsed();
        let what = match &read {
            Ok(_) => {
                let op = Op::Add { map: FieldPath::root(), key: "added".to_string(), value: Value::from("x") };
                document.apply(&[op]).map_or_else(|r| r.to_string(), |_| "edited".to_string())
            }
            Err(error) => error.to_string(),
        };
        let all = start.elapsed();
        println!("{name:<20} {reading:>10.1?} read {all:>10.1?} in all: {}", what.chars().take(90).collect::<String>());
        assert!(all < MOST, "{name} took {all:?}");
    }
}
