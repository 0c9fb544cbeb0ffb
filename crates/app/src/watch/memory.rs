//! What a watch remembers from run to run, in a file beside the record: not part of it, and made again where it is lost.

use super::client::Host;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Pages that no feed has named for so many seconds are forgotten.
const FORGOTTEN_AFTER: i64 = 90 * 24 * 3600;

/// What is remembered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    /// By scheme and host: when it may be asked again, and its robots.txt.
    #[serde(default)]
    pub hosts: BTreeMap<String, Host>,
    /// By address: what tells whether a feed has changed.
    #[serde(default)]
    pub feeds: BTreeMap<String, Validators>,
    /// By address: pages that were read, and when a feed last named them (seconds since 1970).
    #[serde(default)]
    pub pages: BTreeMap<String, i64>,
    /// By path: files that were read, as they were then.
    #[serde(default)]
    pub files: BTreeMap<PathBuf, Stamp>,
}

/// By which a server tells whether what it sent has changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

/// By which a change of a file shows: its size, and when it was last written, in nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds; 0 where the file system does not say.
    pub written: u64,
}

impl Memory {
    /// Where it lies for a record.
    pub fn path(record: &Path) -> PathBuf {
        let mut path = record.as_os_str().to_os_string();
        path.push(".watch");
        PathBuf::from(path)
    }

    /// Reads it; nothing where it is not there, and where it cannot be understood, since all that is lost then are
    /// requests that were not needed.
    pub fn read(path: &Path) -> Memory {
        let bytes = std::fs::read(path).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Writes it, all of it or nothing.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn write(&mut self, path: &Path, now: i64) -> io::Result<()> {
        self.pages
            .retain(|_, named| *named + FORGOTTEN_AFTER >= now);
        let mut beside = path.as_os_str().to_os_string();
        beside.push(".new");
        std::fs::write(&beside, serde_json::to_vec_pretty(self)?)?;
        std::fs::rename(&beside, path)
    }
}
