//! Splices: which bytes are replaced by which.

use std::ops::Range;

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    pub at: Range<usize>,
    pub text: String,
}

/// Splices, or why there are none.
pub(super) type Splices = Result<Vec<Splice>, String>;

impl Splice {
    /// New text at a place.
    pub(super) fn put(at: usize, text: impl Into<String>) -> Splice {
        Splice { at: at..at, text: text.into() }
    }

    /// New text in the place of old.
    pub(super) fn over(at: Range<usize>, text: impl Into<String>) -> Splice {
        Splice { at, text: text.into() }
    }

    /// Nothing in the place of old text.
    pub(super) fn cut(at: Range<usize>) -> Splice {
        Splice { at, text: String::new() }
    }
}

/// The text with its splices made, or `None` where two of them overlap.
pub(super) fn spliced(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    // Stable: of two at one place the first stays first.
    splices.sort_by_key(|s| (s.at.start, s.at.end));
    let mut out = String::with_capacity(text.len() + splices.iter().map(|s| s.text.len()).sum::<usize>());
    let mut at = 0;
    for splice in &splices {
        out.push_str(text.get(at..splice.at.start)?);
        out.push_str(&splice.text);
        at = splice.at.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices_keep_their_order_and_never_overlap() {
        let made = |splices: &[Splice]| spliced("abcdef", splices.to_vec());
        let (x, y) = (Splice::put(2, "x"), Splice::put(2, "y"));
        assert_eq!(made(&[Splice::cut(4..5), x.clone(), y]).as_deref(), Some("abxycdf"));
        assert_eq!(made(&[Splice::over(0..3, ""), x]), None);
        assert_eq!(made(&[Splice::put(9, "z")]), None);
    }
}
