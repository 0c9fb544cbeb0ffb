//! The append-only log, in one SQLite file.
//!
//! A [`Log`] takes [`Reading`]s, [`Derivation`]s and [`Judgement`]s and gives them back as
//! [`Contents`]; it never changes one, and triggers in the file refuse when another program tries.
//! Ids are content hashes, so what is there already is left alone. Rows enter in a [`Batch`], one
//! transaction: all of it or nothing, and all rows of one report or none of them.
//!
//! The file keeps a write-ahead log: any number of processes read the last commit while one writes the
//! next. Whoever closes the record last folds that log into the one file, which then is the whole record:
//! it can be copied, and be read from a folder that cannot be written to. A run that is killed leaves the
//! last commit, part of it perhaps in the file beside it whose name ends in `-wal`; the next to open the
//! record takes it in, and drops what was not committed.
//!
//! Beside the log, the file has an index of the reports' words (`search.sql`). It is computed: it enters
//! with each report, can be dropped, and is made again.

mod check;
mod computed;
mod error;
mod older;
mod search;

pub use check::Fault;
pub use computed::ByNumber;
pub use error::Error;
pub use search::Found;

use crate::Background;
use rapporteur_model::{Derivation, Digest, Judgement, Reading, Report, ReportId, Sighting};
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params,
};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `rprt` in ASCII: SQLite's application id, by which a record is told from any other database.
const APPLICATION_ID: i64 = 0x7270_7274;

/// The version of the tables, and of the JSON in them. Older ones: `log/older.rs`.
const VERSION: i64 = 3;

const TABLES: &str = include_str!("log/tables.sql");

/// How long to wait for another process that is writing to the same record.
const PATIENCE: Duration = Duration::from_secs(10);

/// Kilobytes of the file that are kept at hand.
const CACHE: i64 = 64 << 10;

/// How much a log holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reports.
    pub reports: usize,
    /// Claims.
    pub claims: usize,
    /// Derivations.
    pub derivations: usize,
    /// Judgements, with those that take others back.
    pub judgements: usize,
}

/// Everything a log holds, in no particular order.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Reports with all that was read from them.
    pub readings: Vec<Reading>,
    /// Where each report was found.
    pub sightings: Vec<Sighting>,
    /// Who copied whom.
    pub derivations: Vec<Derivation>,
    /// What was judged, undone entries included.
    pub judgements: Vec<Judgement>,
    /// What the user gives beside the log ([`Log::with`]); no part of it.
    pub background: Background,
}

/// Whether something was new to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there already; nothing changed.
    Known,
}

/// An open record.
#[derive(Debug)]
pub struct Log {
    connection: Connection,
    path: PathBuf,
    background: Background,
}

/// Rows that enter the log together. Dropped without [`Batch::commit`], none of them does.
#[derive(Debug)]
pub struct Batch<'log> {
    transaction: Transaction<'log>,
    path: &'log Path,
}

impl Log {
    /// Opens a record, and makes one where there is none.
    ///
    /// # Errors
    /// The file is no record, of a newer version, damaged, locked by another process, or cannot be
    /// read or made.
    pub fn open(path: impl AsRef<Path>) -> Result<Log, Error> {
        let path = path.as_ref();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut log = Log::connect(path, flags)?;
        if log.is_blank()? {
            log.make_tables().map_err(|e| Error::of(path, e))?;
        }
        log.recognise()?;
        log.write_ahead()?;
        log.bring_up_to_date()?;
        log.complete()?;
        Ok(log)
    }

    /// Opens a record that must be there, to read it or to add to it. A record that this process
    /// may not write to can still be read, unless it is of an older version.
    ///
    /// # Errors
    /// There is no such file, or as for [`Log::open`].
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Log, Error> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(Error::Missing(path.to_path_buf()));
        }
        let mut log = Log::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        match log.seen() {
            // Beside a file in a folder that cannot be written to, SQLite cannot note that it reads.
            Err(Error::Unopened(_) | Error::ReadOnly(_)) => {
                log = Log::connect_at_rest(path)?;
                log.seen()?;
            }
            seen => seen?,
        }
        log.bring_up_to_date()?;
        Ok(log)
    }

    /// The same log, computed with what the user gives beside it.
    pub fn with(mut self, background: Background) -> Log {
        self.background = background;
        self
    }

    /// Is it a record?
    fn seen(&self) -> Result<(), Error> {
        if self.is_blank()? {
            return Err(Error::NotARecord(self.path.clone()));
        }
        self.recognise()
    }

    /// Opens a record that nobody writes to meanwhile, and leaves its folder as it is. Refused where a killed run
    /// left commits beside the file, which this could not see.
    fn connect_at_rest(path: &Path) -> Result<Log, Error> {
        let mut beside = path.as_os_str().to_owned();
        beside.push("-wal");
        if std::fs::metadata(beside).is_ok_and(|file| file.len() > 0) {
            return Err(Error::ReadOnly(path.to_path_buf()));
        }
        let absolute =
            std::path::absolute(path).map_err(|_| Error::Unopened(path.to_path_buf()))?;
        let Some(name) = absolute.to_str() else {
            return Err(Error::Unopened(path.to_path_buf()));
        };
        let escaped = name
            .replace('%', "%25")
            .replace('?', "%3f")
            .replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let uri = format!("file:{escaped}?immutable=1");
        let connection = Connection::open_with_flags(uri, flags).map_err(|e| Error::of(path, e))?;
        Ok(Log {
            connection,
            path: path.to_path_buf(),
            background: Background::default(),
        })
    }

    /// Lets others read while this one writes. Where the file system cannot, all wait for one another.
    fn write_ahead(&self) -> Result<(), Error> {
        let mode =
            (self.connection).pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()));
        match mode.map_err(|e| self.error(e)) {
            // Another process has it open as it was before: it stays so this time.
            Ok(()) | Err(Error::Busy(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Log, Error> {
        error::refuse_what_is_too_short(path)?;
        let connect = || {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(PATIENCE)?;
            connection.pragma_update(None, "foreign_keys", true)?;
            connection.pragma_update(None, "cache_size", -CACHE)?;
            Ok(connection)
        };
        Ok(Log {
            connection: connect().map_err(|e| Error::of(path, e))?,
            path: path.to_path_buf(),
            background: Background::default(),
        })
    }

    /// Is there nothing in the file yet, as when it was just made?
    fn is_blank(&self) -> Result<bool, Error> {
        let tables = "SELECT count(*) FROM sqlite_schema";
        let tables: i64 = (self.connection)
            .query_row(tables, [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        Ok(tables == 0 && self.pragma("application_id")? == 0 && self.pragma("user_version")? == 0)
    }

    fn make_tables(&mut self) -> rusqlite::Result<()> {
        let transaction =
            (self.connection).transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have made them while this one waited for the lock.
        let made: i64 = transaction.pragma_query_value(None, "application_id", |r| r.get(0))?;
        if made == 0 {
            transaction.execute_batch(TABLES)?;
            transaction.execute_batch(search::SEARCH)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        transaction.commit()
    }

    /// Is the file a record that this program can read?
    fn recognise(&self) -> Result<(), Error> {
        if self.pragma("application_id")? != APPLICATION_ID {
            return Err(Error::NotARecord(self.path.clone()));
        }
        let version = self.pragma("user_version")?;
        if version > VERSION {
            return Err(Error::Newer {
                path: self.path.clone(),
                version,
                known: VERSION,
            });
        }
        Ok(())
    }

    fn pragma(&self, name: &str) -> Result<i64, Error> {
        (self.connection)
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(|e| self.error(e))
    }

    fn error(&self, error: rusqlite::Error) -> Error {
        Error::of(&self.path, error)
    }

    /// From now on waits so long for another process that is writing to the record; ten seconds else.
    ///
    /// # Errors
    /// The record cannot be reached.
    pub fn wait_for_writers(&self, patience: Duration) -> Result<(), Error> {
        (self.connection.busy_timeout(patience)).map_err(|e| self.error(e))
    }

    /// Begins a batch.
    ///
    /// # Errors
    /// Another process is writing to the record, or it cannot be written to.
    pub fn batch(&mut self) -> Result<Batch<'_>, Error> {
        let transaction = (self.connection)
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|e| Error::of(&self.path, e))?;
        Ok(Batch {
            transaction,
            path: &self.path,
        })
    }

    /// Adds one report with all that was read from it, and where it was found, in a batch of its
    /// own. `recorded` is the time now, RFC 3339.
    ///
    /// # Errors
    /// As for [`Batch::add`] and [`Batch::commit`].
    pub fn add(
        &mut self,
        reading: &Reading,
        sighting: &Sighting,
        recorded: &str,
    ) -> Result<Added, Error> {
        let mut batch = self.batch()?;
        let added = batch.add(reading, sighting, recorded)?;
        batch.commit()?;
        Ok(added)
    }

    /// Adds derivations, in a batch of their own, and says how many were new.
    ///
    /// # Errors
    /// As for [`Batch::derive`] and [`Batch::commit`].
    pub fn derive(&mut self, derivations: &[Derivation]) -> Result<usize, Error> {
        let mut batch = self.batch()?;
        let new = batch.derive(derivations)?;
        batch.commit()?;
        Ok(new)
    }

    /// Adds a judgement, in a batch of its own.
    ///
    /// # Errors
    /// As for [`Batch::judge`] and [`Batch::commit`].
    pub fn judge(&mut self, judgement: &Judgement) -> Result<Added, Error> {
        let mut batch = self.batch()?;
        let added = batch.judge(judgement)?;
        batch.commit()?;
        Ok(added)
    }

    /// Is the report in the log?
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn knows(&self, report: &ReportId) -> Result<bool, Error> {
        let sql = "SELECT count(*) FROM report WHERE id = ?";
        let count: i64 = (self.connection)
            .query_row(sql, [&report.0], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        Ok(count > 0)
    }

    /// The ids of all reports, in order.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn ids(&self) -> Result<Vec<ReportId>, Error> {
        let ids = || -> rusqlite::Result<Vec<ReportId>> {
            let mut query = (self.connection).prepare("SELECT id FROM report ORDER BY id")?;
            query
                .query_map([], |row| Ok(ReportId(row.get(0)?)))?
                .collect()
        };
        ids().map_err(|e| self.error(e))
    }

    /// All reports, in order of their ids.
    ///
    /// # Errors
    /// The record cannot be read, or a row is damaged.
    pub fn reports(&self) -> Result<Vec<Report>, Error> {
        self.rows("report", "SELECT id, json FROM report ORDER BY id")
    }

    /// How many reports, claims, derivations and judgements (with those that take others back) it holds.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn counts(&self) -> Result<Counts, Error> {
        let count = |table| count_of(&self.connection, table).map_err(|e| self.error(e));
        Ok(Counts {
            reports: count("report")?,
            claims: count("claim")?,
            derivations: count("derivation")?,
            judgements: count("judgement")?,
        })
    }

    /// All judgements, undone ones and entries that undo included, in order of their ids.
    ///
    /// # Errors
    /// The record cannot be read, or a row is damaged.
    pub fn judgements(&self) -> Result<Vec<Judgement>, Error> {
        self.rows("judgement", "SELECT id, json FROM judgement ORDER BY id")
    }

    /// Everything in the log.
    ///
    /// # Errors
    /// The record cannot be read, or a row is damaged.
    pub fn contents(&self) -> Result<Contents, Error> {
        // One transaction, so that a batch that another process commits meanwhile is seen whole or
        // not at all.
        let transaction = (self.connection)
            .unchecked_transaction()
            .map_err(|e| self.error(e))?;
        let contents = Contents {
            readings: self.readings()?,
            sightings: self.sightings().map_err(|e| self.error(e))?,
            derivations: self.rows("derivation", "SELECT id, json FROM derivation ORDER BY id")?,
            judgements: self.judgements()?,
            background: self.background.clone(),
        };
        transaction.finish().map_err(|e| self.error(e))?;
        Ok(contents)
    }

    /// All readings, in order of their reports' ids.
    fn readings(&self) -> Result<Vec<Reading>, Error> {
        let mut readings: BTreeMap<i64, Reading> = BTreeMap::new();
        self.each_numbered("SELECT number, json FROM report", |number, json| {
            let reading = Reading {
                report: self.noun("report", &number.to_string(), json)?,
                mentions: vec![],
                times: vec![],
                figures: vec![],
                claims: vec![],
            };
            readings.insert(number, reading);
            Ok(())
        })?;
        self.of_each_report("mention", &mut readings, |reading| &mut reading.mentions)?;
        self.of_each_report("time", &mut readings, |reading| &mut reading.times)?;
        self.of_each_report("figure", &mut readings, |reading| &mut reading.figures)?;
        self.of_each_report("claim", &mut readings, |reading| &mut reading.claims)?;
        let mut readings: Vec<Reading> = readings.into_values().collect();
        readings.sort_by(|a, b| a.report.id().cmp(b.report.id()));
        Ok(readings)
    }

    fn sightings(&self) -> rusqlite::Result<Vec<Sighting>> {
        let sql =
            "SELECT report.id, path FROM sighting JOIN report ON report.number = sighting.report";
        let mut query = self.connection.prepare(sql)?;
        let sighting = |row: &rusqlite::Row<'_>| {
            Ok(Sighting {
                report: ReportId(row.get(0)?),
                path: row.get(1)?,
            })
        };
        let sightings = query.query_map([], sighting)?;
        let mut sightings: Vec<Sighting> = sightings.collect::<rusqlite::Result<_>>()?;
        sightings.sort_by(|a, b| (&a.report, &a.path).cmp(&(&b.report, &b.path)));
        Ok(sightings)
    }

    /// The nouns of a table that has one to a row; `sql` gives id and JSON.
    fn rows<T: DeserializeOwned>(&self, table: &str, sql: &str) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        self.each_row(sql, |id, json| {
            rows.push(self.noun(table, id, json)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// Adds the nouns of a table that has many to a report, in order of the text.
    fn of_each_report<T: DeserializeOwned>(
        &self,
        table: &str,
        readings: &mut BTreeMap<i64, Reading>,
        list: impl Fn(&mut Reading) -> &mut Vec<T>,
    ) -> Result<(), Error> {
        let sql = format!("SELECT report, json FROM {table} ORDER BY report, number");
        self.each_numbered(&sql, |report, json| {
            let reading = readings.get_mut(&report).ok_or_else(|| {
                let what = format!("a row of {table} is of report {report}, which is not there");
                Error::damaged(&self.path, what)
            })?;
            let noun = self.noun(table, &reading.report.id().0, json)?;
            list(reading).push(noun);
            Ok(())
        })
    }

    fn noun<T: DeserializeOwned>(&self, table: &str, id: &str, json: &str) -> Result<T, Error> {
        serde_json::from_str(json).map_err(|e| {
            Error::damaged(
                &self.path,
                format!("a row of {table} for {id} cannot be read: {e}"),
            )
        })
    }

    /// Calls `take` with the first two columns of every row.
    fn each_row(
        &self,
        sql: &str,
        mut take: impl FnMut(&str, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut query = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let mut rows = query.query([]).map_err(|e| self.error(e))?;
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let text = |column| {
                row.get_ref(column)
                    .and_then(|value| Ok(value.as_str()?))
                    .map_err(|e| self.error(e))
            };
            take(text(0)?, text(1)?)?;
        }
        Ok(())
    }

    /// Calls `take` with the first two columns of every row, of which the first is a number.
    fn each_numbered(
        &self,
        sql: &str,
        mut take: impl FnMut(i64, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut query = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let mut rows = query.query([]).map_err(|e| self.error(e))?;
        while let Some(row) = rows.next().map_err(|e| self.error(e))? {
            let number = row.get(0).map_err(|e| self.error(e))?;
            let json = row.get_ref(1).and_then(|value| Ok(value.as_str()?));
            take(number, json.map_err(|e| self.error(e))?)?;
        }
        Ok(())
    }
}

impl Batch<'_> {
    /// Adds one report with all that was read from it, and where it was found. Where the report is
    /// there already, only a path that is new to it is added. `recorded` is the time now,
    /// RFC 3339.
    ///
    /// # Errors
    /// Something in the reading does not belong to the report (nothing of it is added then), or
    /// the record cannot be written to.
    pub fn add(
        &mut self,
        reading: &Reading,
        sighting: &Sighting,
        recorded: &str,
    ) -> Result<Added, Error> {
        if let Some(fault) = check::of_reading(reading, sighting).into_iter().next() {
            return Err(Error::Inconsistent(fault));
        }
        let path = self.path;
        let mut add = || {
            let savepoint = self.transaction.savepoint()?;
            let (number, added) = insert_reading(&savepoint, reading, recorded)?;
            let sql = "INSERT INTO sighting (report, path, recorded) VALUES (?, ?, ?)
                ON CONFLICT DO NOTHING";
            savepoint.execute(sql, params![number, sighting.path, recorded])?;
            savepoint.commit()?;
            Ok(added)
        };
        add().map_err(|e| Error::of(path, e))
    }

    /// Adds derivations, and says how many were new.
    ///
    /// # Errors
    /// One names a report that is not in the record or a share that is none (none of them is added
    /// then), or the record cannot be written to.
    pub fn derive(&mut self, derivations: &[Derivation]) -> Result<usize, Error> {
        let mut rows = vec![];
        for derivation in derivations {
            let fault = |what| Error::Inconsistent(Fault::of("derivation", "", what));
            let number = |end: &ReportId| {
                let number = number_of(&self.transaction, end);
                let lost = || fault(format!("it names report {end}, which is not there"));
                let number = number.map_err(|e| Error::of(self.path, e))?;
                number.ok_or_else(lost)
            };
            rows.push((
                derivation,
                number(&derivation.from)?,
                number(&derivation.to)?,
            ));
            if !(0.0..=1.0).contains(&derivation.share) {
                return Err(fault(format!("the share {} is none", derivation.share)));
            }
        }
        let insert = || {
            let sql = "INSERT INTO derivation (id, json, earlier, later) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING";
            let mut insert = self.transaction.prepare(sql)?;
            let mut new = 0;
            for (derivation, from, to) in rows {
                let json = json_of(derivation)?;
                let id = derivation_id(&json);
                new += insert.execute(params![id, json, from, to])?;
            }
            Ok(new)
        };
        insert().map_err(|e| Error::of(self.path, e))
    }

    /// Adds a judgement.
    ///
    /// # Errors
    /// The record cannot be written to.
    pub fn judge(&mut self, judgement: &Judgement) -> Result<Added, Error> {
        let sql = "INSERT INTO judgement (id, json) VALUES (?, ?) ON CONFLICT DO NOTHING";
        let new = json_of(judgement)
            .and_then(|json| (self.transaction).execute(sql, params![judgement.id.0, json]))
            .map_err(|e| Error::of(self.path, e))?;
        Ok(if new > 0 { Added::New } else { Added::Known })
    }

    /// Makes all of it part of the record.
    ///
    /// # Errors
    /// The record cannot be written to; nothing of the batch is in it then.
    pub fn commit(self) -> Result<(), Error> {
        let path = self.path;
        self.transaction.commit().map_err(|e| Error::of(path, e))
    }
}

/// How many rows a table has.
fn count_of(connection: &Connection, table: &str) -> rusqlite::Result<usize> {
    let sql = format!("SELECT count(*) FROM {table}");
    let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
    // Never negative.
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The number that the record knows a report by.
fn number_of(connection: &Connection, report: &ReportId) -> rusqlite::Result<Option<i64>> {
    let mut query = connection.prepare("SELECT number FROM report WHERE id = ?")?;
    query.query_row([&report.0], |row| row.get(0)).optional()
}

/// Adds a reading that is not there yet, and gives the number of its report.
fn insert_reading(
    connection: &Connection,
    reading: &Reading,
    recorded: &str,
) -> rusqlite::Result<(i64, Added)> {
    let id = reading.report.id();
    let sql = "INSERT INTO report (id, recorded, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    if connection.execute(sql, params![id.0, recorded, json_of(&reading.report)?])? == 0 {
        let there = number_of(connection, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        return Ok((there, Added::Known));
    }
    let number = connection.last_insert_rowid();
    search::insert(connection, number, &reading.report)?;
    insert_each(connection, "mention", number, &reading.mentions)?;
    insert_each(connection, "time", number, &reading.times)?;
    insert_each(connection, "figure", number, &reading.figures)?;
    // What is said twice in the same words of the text is one claim.
    let mut ids = BTreeSet::new();
    let claims = reading.claims.iter().filter(|claim| ids.insert(claim.id()));
    insert_each(connection, "claim", number, claims)?;
    Ok((number, Added::New))
}

fn insert_each<'n, T: Serialize + 'n>(
    connection: &Connection,
    table: &str,
    report: i64,
    nouns: impl IntoIterator<Item = &'n T>,
) -> rusqlite::Result<()> {
    let sql = format!("INSERT INTO {table} (report, number, json) VALUES (?, ?, ?)");
    let mut insert = connection.prepare(&sql)?;
    for (number, noun) in nouns.into_iter().enumerate() {
        insert.execute(params![report, number as i64, json_of(noun)?])?;
    }
    Ok(())
}

fn json_of<T: Serialize>(noun: &T) -> rusqlite::Result<String> {
    serde_json::to_string(noun).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

fn derivation_id(json: &str) -> String {
    Digest::of("derivation").field(json).finish()
}

#[cfg(test)]
mod tests;
