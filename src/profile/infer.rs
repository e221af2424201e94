//! A profile read off the items, for any site without `.curate.yaml`.
