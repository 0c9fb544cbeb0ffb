//! A record for other programs: a file a format.

pub mod jsonl;
