//! Words looked up in the reports of a log.

use super::{Error, Log};
use rapporteur_model::{Report, ReportId, Span};
use rusqlite::{Connection, TransactionBehavior, params};

/// The tables of the index.
pub(super) const SEARCH: &str = include_str!("search.sql");

/// Marks that stand around what was found; no text holds them for long.
const MARKS: [char; 2] = ['\u{1}', '\u{2}'];

/// A report with the words that were looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The report.
    pub report: Report,
    /// Where the words stand in its body, in order: ranges of bytes. Empty where only its title has them.
    pub spans: Vec<Span>,
}

impl Log {
    /// The reports that have all of the words, those that speak of them most first, `limit` at most. Words in
    /// double quotes stand side by side; capitals and accents do not matter. No words: no reports.
    ///
    /// # Errors
    /// The record cannot be read; or its index is not there and cannot be made.
    pub fn search(&mut self, words: &str, limit: usize) -> Result<Vec<Found>, Error> {
        self.complete()?;
        let query = phrases(words);
        if query.is_empty() {
            return Ok(vec![]);
        }
        self.found(&query, limit)
    }

    fn found(&self, query: &str, limit: usize) -> Result<Vec<Found>, Error> {
        // First which: the words of what is not shown need not be looked at.
        let which = "SELECT search.rowid, report.id
            FROM search JOIN report ON report.number = search.rowid
            WHERE search MATCH ? ORDER BY bm25(search), report.id LIMIT ?";
        let marked = "SELECT report.json, highlight(search, 1, ?3, ?4) FROM search
            JOIN report ON report.number = search.rowid WHERE search MATCH ?1 AND search.rowid = ?2";
        let [open, close] = MARKS.map(String::from);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows: Vec<(String, String, String)> = Vec::new();
        let mut look = || {
            let mut statement = self.connection.prepare(which)?;
            let found = statement.query_map(params![query, limit], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })?;
            let mut statement = self.connection.prepare(marked)?;
            for found in found {
                let (number, id) = found?;
                let of = params![query, number, open, close];
                let (json, marked) =
                    statement.query_row(of, |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.push((id, json, marked));
            }
            Ok(())
        };
        look().map_err(|e| self.error(e))?;
        let found = rows.into_iter().map(|(id, json, marked)| {
            let report: Report = self.noun("report", &id, &json)?;
            let spans = spans(report.body(), &marked);
            Ok(Found { report, spans })
        });
        found.collect()
    }

    /// Makes the index of words where it was dropped.
    pub(super) fn complete(&mut self) -> Result<(), Error> {
        if has_index(&self.connection).map_err(|e| self.error(e))? {
            return Ok(());
        }
        let mut make = || {
            let transaction =
                (self.connection).transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have made it while this one waited for the lock.
            if !has_index(&transaction)? {
                make(&transaction)?;
            }
            transaction.commit()
        };
        make().map_err(|e| Error::of(&self.path, e))
    }
}

/// Makes the index, of all reports that are there.
pub(super) fn make(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(SEARCH)?;
    (connection.execute("INSERT INTO search (search) VALUES ('rebuild')", [])).map(drop)
}

/// Puts a report that is new to the log into the index, by its number.
pub(super) fn insert(
    connection: &Connection,
    number: i64,
    report: &Report,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)";
    let row = params![number, report.masthead().title, report.body()];
    connection.execute(sql, row).map(drop)
}

fn has_index(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'search')";
    connection.query_row(sql, [], |row| row.get(0))
}

/// The reports that the index lacks, in order.
pub(super) fn missing(connection: &Connection) -> rusqlite::Result<Vec<ReportId>> {
    let sql =
        "SELECT id FROM report WHERE number NOT IN (SELECT id FROM search_docsize) ORDER BY id";
    let mut query = connection.prepare(sql)?;
    query
        .query_map([], |row| Ok(ReportId(row.get(0)?)))?
        .collect()
}

/// Words as the index is asked for them: each a phrase, so that no mark is read as an operator.
fn phrases(words: &str) -> String {
    let mut phrases = Vec::new();
    for (at, part) in words.split('"').enumerate() {
        let quoted = at % 2 == 1;
        let said: Vec<&str> = if quoted {
            vec![part]
        } else {
            part.split_whitespace().collect()
        };
        let worded = said
            .into_iter()
            .filter(|p| p.chars().any(char::is_alphanumeric));
        phrases.extend(worded.map(|phrase| format!("\"{phrase}\"")));
    }
    phrases.join(" ")
}

/// Where the marked words stand in the body; none where the body has such marks of its own.
fn spans(body: &str, marked: &str) -> Vec<Span> {
    let [open, close] = MARKS;
    if body.contains(MARKS) {
        return vec![];
    }
    let mut spans = Vec::new();
    let (mut at, mut start) = (0, 0);
    for letter in marked.chars() {
        if letter == open {
            start = at;
        } else if letter == close {
            spans.push(Span::new(start, at));
        } else {
            at += letter.len_utf8();
        }
    }
    spans
}
