//! Where a sign stands in a short text.
//!
//! A line of front matter has some twenty bytes, and each is looked through several times: a search that is made for long texts
//! takes longer to begin than to end. This one is small enough to stand where it is called, and looks at eight bytes at once.

const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);

/// Where `sign` stands first. All signs are ASCII.
#[inline]
pub(super) fn one(sign: u8, bytes: &[u8]) -> Option<usize> {
    first(bytes, |word| hits(word, sign), |byte| byte == sign)
}

/// Where either of two signs stands first.
#[inline]
pub(super) fn either(a: u8, b: u8, bytes: &[u8]) -> Option<usize> {
    first(bytes, |word| hits(word, a) | hits(word, b), |byte| byte == a || byte == b)
}

/// Where one of three signs stands first.
#[inline]
pub(super) fn one_of(a: u8, b: u8, c: u8, bytes: &[u8]) -> Option<usize> {
    first(bytes, |word| hits(word, a) | hits(word, b) | hits(word, c), |byte| byte == a || byte == b || byte == c)
}

/// The high bit of the first byte that is `sign`; bits above it may be set without one, bits below it never.
#[inline]
fn hits(word: u64, sign: u8) -> u64 {
    let zero_where_equal = word ^ (ONES * u64::from(sign));
    zero_where_equal.wrapping_sub(ONES) & !zero_where_equal & HIGHS
}

#[inline]
fn first(bytes: &[u8], hits: impl Fn(u64) -> u64, is: impl Fn(u8) -> bool) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let hits = hits(u64::from_le_bytes(*word));
        if hits != 0 {
            return Some(at * 8 + hits.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|byte| is(*byte)).map(|at| words.len() * 8 + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn what_is_found_is_the_first_byte_that_is_the_sign(
            bytes in proptest::collection::vec(prop_oneof![Just(b':'), Just(b'#'), Just(b';'), Just(b'9'), any::<u8>()], 0..40),
        ) {
            prop_assert_eq!(one(b':', &bytes), bytes.iter().position(|b| *b == b':'));
            prop_assert_eq!(either(b':', b'#', &bytes), bytes.iter().position(|b| matches!(b, b':' | b'#')));
            prop_assert_eq!(one_of(b':', b'#', b'9', &bytes), bytes.iter().position(|b| matches!(b, b':' | b'#' | b'9')));
        }
    }
}
