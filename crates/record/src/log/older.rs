//! Records that earlier versions of the program wrote.
//!
//! Version 1 had no index of words; in version 2 what is of a report still named it by its id, so that a step of
//! reports was written all over a large file.

use super::{Error, Log, TABLES, VERSION, computed, count_of, search};
use rusqlite::{Connection, TransactionBehavior};

/// From the tables of version 1 or 2 into those of this one.
const OLDER: &str = include_str!("older.sql");
/// Where the tables of this version are made.
const MADE_HERE: &str = "-- LOG";
/// Where all is in them.
const MOVED: &str = "-- MOVED";

/// All tables of the log, of any version.
pub(super) const NOUNS: [&str; 8] = [
    "report",
    "sighting",
    "mention",
    "time",
    "figure",
    "claim",
    "derivation",
    "judgement",
];

impl Log {
    /// Makes this version's record of an older one, in one transaction.
    pub(super) fn bring_up_to_date(&mut self) -> Result<(), Error> {
        let version = self.pragma("user_version")?;
        if version >= VERSION {
            return Ok(());
        }
        let moved = self.move_log();
        let is_whole = moved.map_err(|error| match self.error(error) {
            Error::ReadOnly(path) => Error::Older {
                path,
                version,
                known: VERSION,
            },
            other => other,
        })?;
        let what = "rows of it name a report that is not there";
        match is_whole {
            true => Ok(()),
            false => Err(Error::damaged(&self.path, what)),
        }
    }

    /// Can all of it be moved? Else the record stays as it is.
    fn move_log(&mut self) -> rusqlite::Result<bool> {
        let transaction =
            (self.connection).transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have done it while this one waited for the lock.
        let version: i64 = transaction.pragma_query_value(None, "user_version", |r| r.get(0))?;
        if version >= VERSION {
            return Ok(true);
        }
        let before = sizes(&transaction)?;
        computed::drop_all(&transaction)?;
        let (begin, rest) = OLDER.split_once(MADE_HERE).unwrap_or((OLDER, ""));
        let (fill, end) = rest.split_once(MOVED).unwrap_or((rest, ""));
        transaction.execute_batch(begin)?;
        transaction.execute_batch(TABLES)?;
        transaction.execute_batch(fill)?;
        if sizes(&transaction)? != before {
            return Ok(false);
        }
        transaction.execute_batch(end)?;
        search::make(&transaction)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        transaction.commit()?;
        Ok(true)
    }
}

/// How many rows each table has.
fn sizes(connection: &Connection) -> rusqlite::Result<Vec<usize>> {
    let count = |table| count_of(connection, table);
    NOUNS.into_iter().map(count).collect()
}
