//! Numbers in words: one way everywhere, on the screen and in what verbs say.

/// `1 file`, `40 files`, `12,400 files`.
pub fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{} {what}s", grouped(number)) }
}

/// `5,588`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        let all = [0, 12, 999, 1000, 12_400, 1_000_000].map(grouped);
        assert_eq!(all, ["0", "12", "999", "1,000", "12,400", "1,000,000"]);
        assert_eq!((count(1, "file"), count(2, "line")), ("1 file".to_string(), "2 lines".to_string()));
    }
}
