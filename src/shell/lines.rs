//! Records as lines, each with its checksum: how the journal and the history stand on disk.
//!
//! A line is `<16 hex digits of BLAKE3 of the JSON> <JSON>`.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A record as a line, its end included.
pub(super) fn line<T: Serialize>(record: &T) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(record).map_err(io::Error::other)?;
    let mut line = checksum(&json).into_bytes();
    line.push(b' ');
    line.extend(json);
    line.push(b'\n');
    Ok(line)
}

/// The record of a line, given without its end; none where the line is damaged.
pub(super) fn parse<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let (sum, json) = (line.get(..16)?, line.get(17..)?);
    (checksum(json).as_bytes() == sum).then(|| serde_json::from_slice(json).ok())?
}

fn checksum(json: &[u8]) -> String {
    blake3::hash(json).to_hex()[..16].to_string()
}
