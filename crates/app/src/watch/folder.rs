//! Files that came into folders, once nobody is writing them any more.

use super::memory::{Memory, Stamp};
use crate::cli::input;
use rapporteur_report::Unread;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A file that was written to so lately may still be being written.
const REST: Duration = Duration::from_secs(2);

/// The files to read.
#[derive(Debug, Default)]
pub struct Due {
    /// New ones, and those that changed, each as it was found.
    pub files: Vec<(PathBuf, Stamp)>,
    /// How many may still be being written.
    pub moving: usize,
    /// What is not there.
    pub unread: Vec<Unread>,
}

/// The files below these paths that are at rest and were not read as they are, but for the record and what lies beside
/// it. `now` is the time of the file system.
pub fn due(paths: &[PathBuf], record: &Path, memory: &Memory, now: SystemTime) -> Due {
    let (found, unread) = input::files(paths);
    let mut due = Due {
        unread,
        ..Due::default()
    };
    let own = std::path::absolute(record).unwrap_or_else(|_| record.to_path_buf());
    let is_own = |file: &Path| {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
        let rest = file.as_os_str().as_encoded_bytes();
        let rest = rest.strip_prefix(own.as_os_str().as_encoded_bytes());
        rest.is_some_and(|rest| matches!(rest, b"" | b"-wal" | b"-shm" | b".watch" | b".watch.new"))
    };
    for file in found.into_iter().filter(|file| !is_own(file)) {
        let Some(seen) = stamp(&file) else {
            continue;
        };
        if memory.files.get(&file) == Some(&seen) {
            continue;
        }
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let written = Duration::from_nanos(seen.written);
        // A file from the future is at rest: its clock was wrong.
        match written + REST > now && written <= now {
            true => due.moving += 1,
            false => due.files.push((file, seen)),
        }
    }
    due
}

/// A file as it is now.
pub fn stamp(file: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(file).ok()?;
    let written = about.modified().ok();
    let written = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some(Stamp {
        size: about.len(),
        written: written.map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)),
    })
}
