//! What can go wrong with a record, on what, and what to try.

use super::Fault;
use rusqlite::ErrorCode;
use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong, on what; [`Error::hint`] says what to try. Whatever it is, the record on disk
/// holds every batch that was committed before.
#[derive(Debug)]
pub enum Error {
    /// There is no such file.
    Missing(PathBuf),
    /// The file is something else.
    NotARecord(PathBuf),
    /// The record was written by a later version of this program.
    Newer {
        /// The record.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The latest version that this program can read.
        known: i64,
    },
    /// The record was written by an earlier version of this program, and cannot be written to, which bringing it up
    /// to date takes.
    Older {
        /// The record.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The version that this program writes.
        known: i64,
    },
    /// The record does not hold together: cut short, or overwritten.
    Damaged {
        /// The record.
        path: PathBuf,
        /// Where, in words.
        what: String,
    },
    /// The file or its folder cannot be written to.
    ReadOnly(PathBuf),
    /// The file cannot be opened or made.
    Unopened(PathBuf),
    /// The disk is full.
    Full(PathBuf),
    /// Another process is writing to the record.
    Busy(PathBuf),
    /// What was to be added does not hold together; nothing of it was.
    Inconsistent(Fault),
    /// Anything else that SQLite says.
    Other {
        /// The record.
        path: PathBuf,
        /// What SQLite says.
        what: rusqlite::Error,
    },
}

impl Error {
    /// What to try.
    pub fn hint(&self) -> &'static str {
        match self {
            Error::Missing(_) => "check the path, or read some reports into it first",
            Error::NotARecord(_) => "name another file: this one is left as it is",
            Error::Newer { .. } => "read it with the version that wrote it, or a later one",
            Error::Older { .. } => {
                "make the file and its folder writable once, or work on a copy: it is brought up to date then"
            }
            Error::Damaged { .. } => {
                "go back to a copy, or read the reports again into a new record"
            }
            Error::ReadOnly(_) => "make the file and its folder writable, or work on a copy",
            Error::Unopened(_) => "check that the folder is there and that you may use it",
            Error::Full(_) => "make room and run it again: what is there already is kept",
            Error::Busy(_) => "wait until the other run has ended, and run it again",
            Error::Inconsistent(_) => {
                "this is a fault of the program that made it: please report it"
            }
            Error::Other { .. } => "check the disk and the rights on the file, and run it again",
        }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Error {
        Error::Damaged {
            path: path.to_path_buf(),
            what: what.into(),
        }
    }

    pub(super) fn of(path: &Path, error: rusqlite::Error) -> Error {
        let path_buf = path.to_path_buf();
        match &error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..) => Error::damaged(path, error.to_string()),
            _ => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseCorrupt) => Error::damaged(path, error.to_string()),
                Some(ErrorCode::NotADatabase) if begins_like_a_database(path) => {
                    Error::damaged(path, error.to_string())
                }
                Some(ErrorCode::NotADatabase) => Error::NotARecord(path_buf),
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                    Error::ReadOnly(path_buf)
                }
                Some(ErrorCode::CannotOpen) => Error::Unopened(path_buf),
                Some(ErrorCode::DiskFull) => Error::Full(path_buf),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(path_buf),
                _ => Error::Other {
                    path: path_buf,
                    what: error,
                },
            },
        }
    }
}

/// What every SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// SQLite takes a file that is shorter than a page for an empty one, and would write over it.
pub(super) fn refuse_what_is_too_short(path: &Path) -> Result<(), Error> {
    let length = std::fs::metadata(path).map_or(0, |file| file.len());
    let head = head(path);
    let is_database = is_magic(&head);
    let page = match head.get(PAGE_SIZE..PAGE_SIZE + 2) {
        // A power of two; the largest does not fit.
        Some([0, 1]) => 65_536,
        Some([high, low]) => u64::from(*high) * 256 + u64::from(*low),
        _ => 0,
    };
    match length {
        0 => Ok(()),
        _ if is_database && length < page.max(512) => Err(Error::damaged(path, "cut short")),
        1..512 => Err(Error::NotARecord(path.to_path_buf())),
        _ => Ok(()),
    }
}

/// Where the file says how long its pages are.
const PAGE_SIZE: usize = MAGIC.len();

/// What there is of the file's first bytes.
fn head(path: &Path) -> Vec<u8> {
    use std::io::Read;
    let mut head = Vec::new();
    let most = MAGIC.len() as u64 + 2;
    // What cannot be read is told by whoever opens it.
    let _ = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut head));
    head
}

/// Is what there is of the file's first bytes that of a database? SQLite says "not a database" of
/// a damaged header too.
fn begins_like_a_database(path: &Path) -> bool {
    is_magic(&head(path))
}

fn is_magic(head: &[u8]) -> bool {
    MAGIC.starts_with(head.get(..MAGIC.len()).unwrap_or(head))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Missing(path) => write!(f, "no record at {}", path.display()),
            Error::NotARecord(path) => write!(f, "not a record: {}", path.display()),
            Error::Newer {
                path,
                version,
                known,
            } => write!(
                f,
                "record of version {version}, while this program reads up to {known}: {}",
                path.display()
            ),
            Error::Older {
                path,
                version,
                known,
            } => write!(
                f,
                "record of version {version}, which this program has to bring to version {known} and cannot write to: {}",
                path.display()
            ),
            Error::Damaged { path, what } => {
                write!(f, "damaged record: {}: {what}", path.display())
            }
            Error::ReadOnly(path) => write!(f, "cannot write to {}", path.display()),
            Error::Unopened(path) => write!(f, "cannot open or make {}", path.display()),
            Error::Full(path) => write!(f, "no room left on the disk for {}", path.display()),
            Error::Busy(path) => write!(f, "another run is writing to {}", path.display()),
            Error::Inconsistent(fault) => write!(f, "not added: {fault}"),
            Error::Other { path, what } => write!(f, "{}: {what}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Other { what, .. } => Some(what),
            _ => None,
        }
    }
}
