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

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It was cut short, or changed.
    Damaged,
    /// It is as it was written, and says what this program does not know: a newer one wrote it.
    Unknown,
}

/// The record of a line, given without its end.
pub(super) fn read<T: DeserializeOwned>(line: &[u8]) -> Result<T, Unread> {
    let parts = line.get(..16).zip(line.get(17..));
    let (_, json) = parts.filter(|(sum, json)| checksum(json).as_bytes() == *sum).ok_or(Unread::Damaged)?;
    serde_json::from_slice(json).map_err(|_| Unread::Unknown)
}

/// The record of a line, given without its end; none where there is none.
pub(super) fn parse<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    read(line).ok()
}

fn checksum(json: &[u8]) -> String {
    blake3::hash(json).to_hex()[..16].to_string()
}
