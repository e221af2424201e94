//! The proof of the promise: a save changes the bytes of the edited field and no others.
//!
//! Random edits on real files, on generated documents and on the YAML test suite, each judged by an oracle that shares no
//! code with the splicer. `cargo test` runs a seeded part; `CURATE_PROOF=100000 cargo test --release --test lossless --
//! --nocapture` the long one.

mod corpus;
mod dice;
mod fuzz;
mod generated;
mod hostile;
mod oracle;
mod other_formats;
mod regressions;
mod sample;
mod suite;
mod tally;

use std::path::PathBuf;

/// How many edits the long run asks for, or `usual`.
pub fn tries(usual: usize) -> usize {
    std::env::var("CURATE_PROOF").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// What the dice begin with: `CURATE_SEED`, or always the same.
pub fn seed(usual: u64) -> u64 {
    std::env::var("CURATE_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// A folder that lies beside the project, or `None` with a word about it.
pub fn shared(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !folder.is_dir() {
        println!("skipped: no ../shared/{name} beside the project");
        return None;
    }
    Some(folder)
}
