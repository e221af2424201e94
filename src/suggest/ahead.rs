//! Memory that is about to be read, asked for ahead.
//!
//! What is known of words and items stands all over the memory. Whoever goes through such pieces one after the other waits for each of
//! them: how long one is, and so what comes next, is only known once it is there. Touched all at once before, they are fetched side
//! by side. It changes no result: learning took a third less.

/// Bytes that come from memory at once.
const FETCHED: usize = 64;

/// Touches all of these pieces; `of` reads anything of one of their parts.
pub(super) fn fetch<'m, T: 'm>(pieces: impl Iterator<Item = &'m [T]>, of: impl Fn(&T) -> u16) {
    let step = (FETCHED / size_of::<T>()).max(1);
    let touched = pieces.fold(0, |all, piece| piece.iter().step_by(step).fold(all, |all, part| all ^ of(part)));
    // Without this, what nobody asks for would not be read.
    std::hint::black_box(touched);
}
