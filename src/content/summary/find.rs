//! Where a sign stands in a short text.
//!
//! A line of front matter has some twenty bytes, and each is looked through several times: a search that is made for long texts
//! takes longer to begin than to end. This one is small enough to stand where it is called, and looks at sixteen bytes at once.

use wide::u8x16;

/// Where `sign` stands first.
#[inline]
pub(super) fn one(sign: u8, bytes: &[u8]) -> Option<usize> {
    let a = u8x16::splat(sign);
    first(bytes, |block| block.cmp_eq(a), |byte| byte == sign)
}

/// Where either of two signs stands first.
#[inline]
pub(super) fn either(a: u8, b: u8, bytes: &[u8]) -> Option<usize> {
    let signs = (u8x16::splat(a), u8x16::splat(b));
    first(bytes, |block| block.cmp_eq(signs.0) | block.cmp_eq(signs.1), |byte| byte == a || byte == b)
}

/// Where one of three signs stands first.
#[inline]
pub(super) fn one_of(a: u8, b: u8, c: u8, bytes: &[u8]) -> Option<usize> {
    let signs = (u8x16::splat(a), u8x16::splat(b), u8x16::splat(c));
    let hits = |block: u8x16| block.cmp_eq(signs.0) | block.cmp_eq(signs.1) | block.cmp_eq(signs.2);
    first(bytes, hits, |byte| byte == a || byte == b || byte == c)
}

#[inline]
fn first(bytes: &[u8], hits: impl Fn(u8x16) -> u8x16, is: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<16>();
    for (at, block) in blocks.iter().enumerate() {
        let hits = hits(u8x16::new(*block)).move_mask();
        if hits != 0 {
            return Some(at * 16 + hits.trailing_zeros() as usize);
        }
    }
    rest.iter().position(|byte| is(*byte)).map(|at| blocks.len() * 16 + at)
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
