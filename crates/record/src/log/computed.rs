//! What is computed from a log, kept beside it in the same file (`computed.sql`).
//!
//! It is kept whole: what one report adds may change how rare every word is, whom a single name means and which claims
//! are compared, so that no part of it is known to stay. Whoever looks at a record that grew computes it again and keeps
//! it; whoever adds to one leaves it alone. It counts as long as the log has as many rows as it was computed from (a log
//! only grows), the program is the same ([`PROGRAM`]), and so is what the user gives beside the log ([`Background`]).
//!
//! A view of a large record reads the rows that it shows, and of the log what these rest on.

use super::{Batch, Contents, Error, Log, count_of, json_of};
#[cfg(doc)]
use crate::Background;
use crate::{ClaimState, PlaceControl, ReportState, State, dispute_rank};
use rapporteur_model::{
    Accounts, Anchor, Claim, ClaimId, Masthead, Published, Report, ReportId, When,
};
use rusqlite::{Connection, OptionalExtension, Statement, TransactionBehavior, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

/// The tables.
pub(super) const COMPUTED: &str = include_str!("computed.sql");

/// The hash of all that the result depends on beside the log: this crate's code and tables, and the nouns'.
const PROGRAM: &str = env!("RAPPORTEUR_COMPUTES");

/// All tables, in the order in which they are made.
pub(super) const TABLES: [&str; 9] = [
    "computed",
    "computed_report",
    "computed_entity",
    "computed_question",
    "computed_place",
    "computed_ledger",
    "computed_talks",
    "computed_derivation",
    "computed_judgement",
];

/// Is it the name of one of these tables, of any version, or of an index of one?
pub(super) fn is_one(name: &str) -> bool {
    let name = name.strip_prefix("sqlite_autoindex_").unwrap_or(name);
    name == "computed" || name.starts_with("computed_")
}

/// Drops them, of any version.
pub(super) fn drop_all(connection: &Connection) -> rusqlite::Result<()> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let names = connection
        .prepare(sql)?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    for name in names.iter().filter(|name| is_one(name)) {
        connection.execute(&format!("DROP TABLE \"{name}\""), [])?;
    }
    Ok(())
}

/// What tracing keeps of the reports, so that their texts need not be read again for each that is added. It enters with
/// the reports, of whatever version; rows that are not there are worked out again.
const TRACE: &str = "CREATE TABLE IF NOT EXISTS computed_trace (
    report INTEGER NOT NULL PRIMARY KEY REFERENCES report (number),
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    features BLOB NOT NULL
) STRICT";

/// Rows that are written in one transaction, so that nobody who adds to the log waits long.
const STEP: usize = 2000;

/// What is kept of a report.
#[derive(Serialize, Deserialize)]
struct KeptReport {
    /// Completed from other readings of it; `None`: as in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    masthead: Option<Masthead>,
    published: Published,
    anchor: Anchor,
    paths: Vec<String>,
    names: BTreeMap<String, usize>,
    claims: BTreeMap<ClaimId, KeptClaim>,
}

/// What is kept of a claim.
#[derive(Serialize, Deserialize)]
struct KeptClaim {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    talks_when: Option<When>,
    origin: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parties: Vec<Option<bool>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repeats: Option<ClaimId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    no_longer_in: Option<ReportId>,
}

impl KeptClaim {
    fn of(claim: &ClaimState) -> KeptClaim {
        KeptClaim {
            when: claim.when,
            said: claim.said,
            talks_when: claim.talks_when,
            origin: claim.origin.clone(),
            parties: claim.parties.clone(),
            repeats: claim.repeats.clone(),
            no_longer_in: claim.no_longer_in.clone(),
        }
    }

    fn state(self, claim: Claim) -> ClaimState {
        ClaimState {
            claim,
            when: self.when,
            said: self.said,
            talks_when: self.talks_when,
            origin: self.origin,
            parties: self.parties,
            repeats: self.repeats,
            no_longer_in: self.no_longer_in,
        }
    }
}

impl Log {
    /// The state of the record: what is kept, where it still holds; else computed now, and kept where the record can
    /// be written to.
    ///
    /// # Errors
    /// The record cannot be read, or a row is damaged.
    pub fn state(&mut self) -> Result<State, Error> {
        let kept = self.reading(|log| match log.is_computed()? {
            true => log.kept_state().map(Some),
            false => Ok(None),
        })?;
        match kept {
            Some(state) => Ok(state),
            None => self.computed_now(),
        }
    }

    /// The state as far as the first questions are concerned, in the order in which disputes are shown, with what
    /// these rest on. Where nothing is kept, the whole state.
    ///
    /// # Errors
    /// As for [`Log::state`].
    pub fn first_disputes(&mut self, most: usize) -> Result<State, Error> {
        let kept = self.reading(|log| match log.is_computed()? {
            true => log.kept_disputes(most).map(Some),
            false => Ok(None),
        })?;
        match kept {
            Some(state) => Ok(state),
            None => self.computed_now(),
        }
    }

    /// The state as far as the first places are concerned of which somebody is said to hold them, by name. Where
    /// nothing is kept, the whole state.
    ///
    /// # Errors
    /// As for [`Log::state`].
    pub fn first_places(&mut self, most: usize) -> Result<State, Error> {
        let kept = self.reading(|log| match log.is_computed()? {
            true => log.kept_places(most).map(Some),
            false => Ok(None),
        })?;
        match kept {
            Some(state) => Ok(state),
            None => self.computed_now(),
        }
    }

    /// Is what was computed kept, and does it still hold?
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn is_computed(&self) -> Result<bool, Error> {
        let look = || -> rusqlite::Result<bool> {
            let there = "SELECT count(*) FROM sqlite_schema WHERE name = 'computed'";
            let there: i64 = (self.connection).query_row(there, [], |row| row.get(0))?;
            if there == 0 {
                return Ok(false);
            }
            let program = said(&self.connection, "program")?;
            if program.as_deref() != Some(PROGRAM) {
                return Ok(false);
            }
            let background = said(&self.connection, "background")?;
            if background.unwrap_or_default() != self.background.key() {
                return Ok(false);
            }
            let log = said(&self.connection, "log")?;
            Ok(log == Some(size_of_log(&self.connection)?))
        };
        look().map_err(|e| self.error(e))
    }

    /// Reads in one transaction, so that what another process commits meanwhile is seen whole or not at all.
    fn reading<T>(&self, read: impl FnOnce(&Log) -> Result<T, Error>) -> Result<T, Error> {
        let transaction = (self.connection)
            .unchecked_transaction()
            .map_err(|e| self.error(e))?;
        let found = read(self)?;
        transaction.finish().map_err(|e| self.error(e))?;
        Ok(found)
    }

    fn computed_now(&mut self) -> Result<State, Error> {
        let contents = self.contents()?;
        let size = size_of(&contents);
        let state = State::of(contents);
        // Who cannot write, or finds somebody else writing, has the state all the same.
        let _ = self.keep(&state, &size);
        Ok(state)
    }

    /// Keeps what was computed from a log of this size.
    fn keep(&mut self, state: &State, size: &str) -> rusqlite::Result<()> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let background = self.background.key();
        let kept = keep(&mut self.connection, state, size, &background);
        self.connection.busy_timeout(super::PATIENCE)?;
        kept
    }

    fn kept_state(&self) -> Result<State, Error> {
        let mut kept: BTreeMap<ReportId, KeptReport> = BTreeMap::new();
        self.each_row("SELECT id, json FROM computed_report", |id, json| {
            let report = self.noun("computed_report", id, json)?;
            kept.insert(ReportId(id.to_string()), report);
            Ok(())
        })?;
        let mut state = State::empty();
        for reading in self.readings()? {
            // Another reading of a report stands for the rest.
            let Some(mut kept) = kept.remove(reading.report.id()) else {
                continue;
            };
            let id = reading.report.id().clone();
            for claim in reading.claims {
                let lost =
                    || Error::damaged(&self.path, format!("computed_report {id} lacks a claim"));
                let kept = kept.claims.remove(claim.id()).ok_or_else(lost)?;
                state.claims.insert(claim.id().clone(), kept.state(claim));
            }
            let mut report = of_kept(kept, reading.report);
            report.mentions = reading.mentions;
            report.times = reading.times;
            report.figures = reading.figures;
            state.reports.insert(id, report);
        }
        state.entities = self.all("computed_entity")?;
        state.derivations = self.all("computed_derivation")?;
        state.judgements = self.all("computed_judgement")?;
        state.accounts = self.all("computed_question")?;
        state.talks = self.all("computed_talks")?;
        state.control = self.all("computed_place")?;
        state.ledgers = self.all("computed_ledger")?;
        Ok(state)
    }

    fn kept_disputes(&self, most: usize) -> Result<State, Error> {
        let mut state = State::empty();
        let sql =
            "SELECT rank, count(*) FROM computed_question WHERE rank IS NOT NULL GROUP BY rank";
        let counts = || -> rusqlite::Result<BTreeMap<u8, usize>> {
            let mut query = self.connection.prepare(sql)?;
            query
                .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))?
                .collect()
        };
        let mut left = counts().map_err(|e| self.error(e))?;
        let sql = format!(
            "SELECT number, json FROM computed_question WHERE rank IS NOT NULL ORDER BY rank, number LIMIT {}",
            limit(most)
        );
        let mut found: Vec<(i64, Accounts)> = vec![];
        self.each_numbered(&sql, |number, json| {
            found.push((number, self.noun("computed_question", "", json)?));
            Ok(())
        })?;
        // In the state they stand by number.
        found.sort_by_key(|(number, _)| *number);
        state.accounts = found.into_iter().map(|(_, accounts)| accounts).collect();
        for accounts in &state.accounts {
            if let Some(count) = dispute_rank(accounts).and_then(|rank| left.get_mut(&rank)) {
                *count = count.saturating_sub(1);
            }
        }
        state.left_out.disputes = left;
        let sql = format!(
            "SELECT number, said_in FROM computed_question WHERE rank IS NOT NULL ORDER BY rank, number LIMIT {}",
            limit(most)
        );
        let reports = self.said_in(&sql)?;
        let claims = state.accounts.iter().flat_map(claims_of).cloned().collect();
        self.fill(&mut state, claims, reports)?;
        Ok(state)
    }

    fn kept_places(&self, most: usize) -> Result<State, Error> {
        let mut state = State::empty();
        let count = "SELECT count(*) FROM computed_place";
        let all: i64 = (self.connection)
            .query_row(count, [], |row| row.get(0))
            .map_err(|e| self.error(e))?;
        let sql = "SELECT number, json FROM computed_place ORDER BY number LIMIT";
        let sql = format!("{sql} {}", limit(most));
        state.control = self.some(&sql, "computed_place")?;
        state.left_out.places = (all as usize).saturating_sub(state.control.len());
        let sql = "SELECT number, said_in FROM computed_place ORDER BY number LIMIT";
        let reports = self.said_in(&format!("{sql} {}", limit(most)))?;
        let claims = state.control.iter().flat_map(claims_on).cloned().collect();
        self.fill(&mut state, claims, reports)?;
        Ok(state)
    }

    /// The reports that the claims of some rows are in.
    fn said_in(&self, sql: &str) -> Result<BTreeSet<ReportId>, Error> {
        let mut reports = BTreeSet::new();
        self.each_numbered(sql, |_, json| {
            reports.extend(self.noun::<Vec<ReportId>>("said_in", "", json)?);
            Ok(())
        })?;
        Ok(reports)
    }

    /// Adds claims with the reports that they are in, as far as a line about a claim needs these: not their names,
    /// times and figures.
    fn fill(
        &self,
        state: &mut State,
        mut claims: BTreeSet<ClaimId>,
        reports: BTreeSet<ReportId>,
    ) -> Result<(), Error> {
        let sql = "SELECT id, json FROM report WHERE id = ?";
        let mut in_log = self.rows_of("report", sql)?;
        let sql = "SELECT id, json FROM computed_report WHERE id = ?";
        let mut kept_reports = self.rows_of("computed_report", sql)?;
        let mut fill_report = |state: &mut State, id: ReportId, mut kept: KeptReport| {
            let (_, json) = in_log.row(&id.0)?;
            let report: Report = self.noun("report", &id.0, &json)?;
            // They would point to entities that are not there.
            kept.names.clear();
            state.reports.insert(id, of_kept(kept, report));
            Ok::<(), Error>(())
        };
        let sql = "SELECT report.number, claim.json FROM report JOIN claim ON claim.report = report.number
            WHERE report.id = ? ORDER BY claim.number";
        let mut in_report = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        for report in reports {
            let (_, json) = kept_reports.row(&report.0)?;
            let mut kept: KeptReport = self.noun("computed_report", &report.0, &json)?;
            let mut rows = in_report.query([&report.0]).map_err(|e| self.error(e))?;
            while let Some(row) = rows.next().map_err(|e| self.error(e))? {
                let json = row.get_ref(1).and_then(|value| Ok(value.as_str()?));
                let claim: Claim =
                    self.noun("claim of", &report.0, json.map_err(|e| self.error(e))?)?;
                if claims.remove(claim.id()) {
                    let lost = || {
                        let what = format!("computed_report {report} lacks a claim");
                        Error::damaged(&self.path, what)
                    };
                    let kept = kept.claims.remove(claim.id()).ok_or_else(lost)?;
                    state.claims.insert(claim.id().clone(), kept.state(claim));
                }
            }
            fill_report(state, report, kept)?;
        }
        if let Some(id) = claims.first() {
            return Err(Error::damaged(
                &self.path,
                format!("claim {id} is not there"),
            ));
        }
        let later: BTreeSet<ReportId> = (state.claims.values())
            .filter_map(|claim| claim.no_longer_in.clone())
            .filter(|id| !state.reports.contains_key(id))
            .collect();
        for id in later {
            let (_, json) = kept_reports.row(&id.0)?;
            let kept = self.noun("computed_report", &id.0, &json)?;
            fill_report(state, id, kept)?;
        }
        Ok(())
    }

    /// Rows of a table, each asked for by its id.
    fn rows_of<'l>(&'l self, table: &'static str, sql: &str) -> Result<RowsOf<'l>, Error> {
        let query = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let log = self;
        Ok(RowsOf { log, table, query })
    }

    fn all<T: DeserializeOwned>(&self, table: &str) -> Result<Vec<T>, Error> {
        self.some(
            &format!("SELECT number, json FROM {table} ORDER BY number"),
            table,
        )
    }

    fn some<T: DeserializeOwned>(&self, sql: &str, table: &str) -> Result<Vec<T>, Error> {
        let mut rows = vec![];
        self.each_numbered(sql, |_, json| {
            rows.push(self.noun(table, "", json)?);
            Ok(())
        })?;
        Ok(rows)
    }
}

impl Batch<'_> {
    /// How many reports the record has.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn reports(&self) -> Result<usize, Error> {
        count_of(&self.transaction, "report").map_err(|e| Error::of(self.path, e))
    }

    /// Reports, each asked for by its number.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn reports_by_number(&self) -> Result<ByNumber<'_>, Error> {
        let query = (self.transaction).prepare("SELECT json FROM report WHERE number = ?");
        Ok(ByNumber {
            query: query.map_err(|e| Error::of(self.path, e))?,
            path: self.path,
        })
    }

    /// Gives what tracing keeps of each report, of this version, with the report's id and the number that
    /// [`Batch::reports_by_number`] knows it by; and says of how many.
    ///
    /// # Errors
    /// The record cannot be read or written to.
    pub fn each_features(
        &self,
        version: u32,
        mut take: impl FnMut(&str, i64, &[u8]),
    ) -> Result<usize, Error> {
        let mut look = || -> rusqlite::Result<usize> {
            self.transaction.execute(TRACE, [])?;
            let sql = "SELECT id, report, features FROM computed_trace WHERE version = ?";
            let mut query = self.transaction.prepare(sql)?;
            let mut rows = query.query([version])?;
            let mut count = 0;
            while let Some(row) = rows.next()? {
                let (id, features) = (row.get_ref(0)?, row.get_ref(2)?);
                take(id.as_str()?, row.get(1)?, features.as_blob()?);
                count += 1;
            }
            Ok(count)
        };
        look().map_err(|e| Error::of(self.path, e))
    }

    /// The numbers of the reports, in order, of which tracing keeps nothing of this version.
    ///
    /// # Errors
    /// The record cannot be read or written to.
    pub fn numbers_without_features(&self, version: u32) -> Result<Vec<i64>, Error> {
        let look = || -> rusqlite::Result<Vec<i64>> {
            self.transaction.execute(TRACE, [])?;
            let sql = "SELECT number FROM report WHERE NOT EXISTS
                (SELECT 1 FROM computed_trace WHERE computed_trace.report = report.number AND version = ?) ORDER BY number";
            let mut query = self.transaction.prepare(sql)?;
            let numbers = query.query_map([version], |row| row.get(0))?;
            numbers.collect()
        };
        look().map_err(|e| Error::of(self.path, e))
    }

    /// Keeps what tracing needs of reports of the record.
    ///
    /// # Errors
    /// The record cannot be written to.
    pub fn keep_features<'r>(
        &mut self,
        version: u32,
        features: impl IntoIterator<Item = (&'r ReportId, Vec<u8>)>,
    ) -> Result<(), Error> {
        let keep = || {
            self.transaction.execute(TRACE, [])?;
            let sql = "INSERT INTO computed_trace (report, id, version, features)
                SELECT number, id, ?2, ?3 FROM report WHERE id = ?1
                ON CONFLICT DO UPDATE SET version = excluded.version, features = excluded.features";
            let mut insert = self.transaction.prepare(sql)?;
            for (report, features) in features {
                insert.execute(params![report.0, version, features])?;
            }
            Ok(())
        };
        keep().map_err(|e| Error::of(self.path, e))
    }
}

/// Reports of a record that a batch is added to.
pub struct ByNumber<'b> {
    query: Statement<'b>,
    path: &'b Path,
}

impl ByNumber<'_> {
    /// One; `None` where it is not there.
    ///
    /// # Errors
    /// The record cannot be read, or the row is damaged.
    pub fn report(&mut self, number: i64) -> Result<Option<Report>, Error> {
        let json = self
            .query
            .query_row([number], |row| row.get::<_, String>(0));
        let json = json.optional().map_err(|e| Error::of(self.path, e))?;
        let damaged = |e| Error::damaged(self.path, format!("report {number} cannot be read: {e}"));
        json.map(|json| serde_json::from_str(&json).map_err(damaged))
            .transpose()
    }
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

struct RowsOf<'l> {
    log: &'l Log,
    table: &'static str,
    query: Statement<'l>,
}

impl RowsOf<'_> {
    /// The first two columns; an error where there is no such row.
    fn row(&mut self, id: &str) -> Result<(String, String), Error> {
        let row = self
            .query
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)));
        let lost = || Error::damaged(&self.log.path, format!("{} {id} is not there", self.table));
        row.optional()
            .map_err(|e| self.log.error(e))?
            .ok_or_else(lost)
    }
}

fn of_kept(kept: KeptReport, report: Report) -> ReportState {
    ReportState {
        report: match kept.masthead {
            Some(masthead) => report.under(masthead),
            None => report,
        },
        paths: kept.paths,
        published: kept.published,
        anchor: kept.anchor,
        mentions: vec![],
        times: vec![],
        figures: vec![],
        names: kept.names,
    }
}

fn said(connection: &Connection, what: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT is_so FROM computed WHERE what = ?";
    connection
        .query_row(sql, [what], |row| row.get(0))
        .optional()
}

fn say(connection: &Connection, what: &str, is_so: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO computed (what, is_so) VALUES (?, ?) ON CONFLICT DO UPDATE SET is_so = excluded.is_so";
    connection.execute(sql, [what, is_so]).map(drop)
}

/// How many rows a log has, of those that something is computed from.
fn size_of_log(connection: &Connection) -> rusqlite::Result<String> {
    let sql = "SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM sighting),
        (SELECT count(*) FROM derivation), (SELECT count(*) FROM judgement)";
    connection.query_row(sql, [], |row| {
        let count = |column| row.get::<_, i64>(column);
        Ok(format!(
            "{} {} {} {}",
            count(0)?,
            count(1)?,
            count(2)?,
            count(3)?
        ))
    })
}

fn size_of(contents: &Contents) -> String {
    format!(
        "{} {} {} {}",
        contents.readings.len(),
        contents.sightings.len(),
        contents.derivations.len(),
        contents.judgements.len()
    )
}

/// Fills the tables in steps. Given up where the log grew meanwhile, or where another process began to fill them.
fn keep(
    connection: &mut Connection,
    state: &State,
    size: &str,
    background: &str,
) -> rusqlite::Result<()> {
    let mine = format!("{} {size}", std::process::id());
    let begin = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if size_of_log(&begin)? != size {
        return Ok(());
    }
    for table in TABLES {
        begin.execute(&format!("DROP TABLE IF EXISTS {table}"), [])?;
    }
    begin.execute_batch(COMPUTED)?;
    say(&begin, "filling", &mine)?;
    begin.commit()?;
    let mut filling = Filling { connection, mine };
    let mut claims: BTreeMap<&ReportId, BTreeMap<ClaimId, KeptClaim>> = BTreeMap::new();
    for (id, claim) in &state.claims {
        let of_report = claims.entry(claim.claim.evidence().report()).or_default();
        of_report.insert(id.clone(), KeptClaim::of(claim));
    }
    let reports: Vec<(&ReportId, &ReportState)> = state.reports.iter().collect();
    for step in reports.chunks(STEP) {
        let rows = step.iter().map(|(id, report)| {
            let kept = KeptReport {
                masthead: Some(report.report.masthead().clone()),
                published: report.published.clone(),
                anchor: report.anchor,
                paths: report.paths.clone(),
                names: report.names.clone(),
                claims: claims.remove(id).unwrap_or_default(),
            };
            (*id, kept)
        });
        let rows: Vec<_> = rows.collect();
        filling.step(|transaction| {
            let sql = "INSERT INTO computed_report (id, json) VALUES (?, ?)";
            let mut insert = transaction.prepare(sql)?;
            let sql = "SELECT json_extract(json, '$.masthead') FROM report WHERE id = ?";
            let mut in_log = transaction.prepare(sql)?;
            for (id, mut kept) in rows {
                let json: Option<String> =
                    in_log.query_row([&id.0], |row| row.get(0)).optional()?;
                let here = json.and_then(|json| serde_json::from_str(&json).ok());
                if here == kept.masthead {
                    kept.masthead = None;
                }
                insert.execute(params![id.0, json_of(&kept)?])?;
            }
            Ok(())
        })?;
    }
    filling.rows("computed_entity", &state.entities)?;
    let sql = "INSERT INTO computed_place (number, said_in, json) VALUES (?, ?, ?)";
    filling.each(sql, &state.control, |insert, number, place| {
        let said_in = said_in(state, claims_on(place))?;
        insert.execute(params![number, said_in, json_of(place)?])
    })?;
    filling.rows("computed_ledger", &state.ledgers)?;
    filling.rows("computed_talks", &state.talks)?;
    filling.rows("computed_derivation", &state.derivations)?;
    filling.rows("computed_judgement", &state.judgements)?;
    let sql = "INSERT INTO computed_question (number, rank, said_in, json) VALUES (?, ?, ?, ?)";
    filling.each(sql, &state.accounts, |insert, number, accounts| {
        let said_in = said_in(state, claims_of(accounts))?;
        let rank = dispute_rank(accounts);
        insert.execute(params![number, rank, said_in, json_of(accounts)?])
    })?;
    filling.step(|transaction| {
        if size_of_log(transaction)? == size {
            say(transaction, "program", PROGRAM)?;
            say(transaction, "background", background)?;
            say(transaction, "log", size)?;
        }
        Ok(())
    })
}

/// The claims of a question.
fn claims_of(accounts: &Accounts) -> impl Iterator<Item = &ClaimId> {
    accounts.accounts.iter().flat_map(|account| &account.claims)
}

/// The claims on who holds a place.
fn claims_on(place: &PlaceControl) -> impl Iterator<Item = &ClaimId> {
    place.history.iter().flat_map(|hold| &hold.claims)
}

/// The reports that claims are in, each once, as JSON.
fn said_in<'c>(
    state: &State,
    claims: impl Iterator<Item = &'c ClaimId>,
) -> rusqlite::Result<String> {
    let claims = claims.filter_map(|id| state.claims.get(id));
    let reports: BTreeSet<&ReportId> = claims.map(|c| c.claim.evidence().report()).collect();
    json_of(&reports)
}

/// The tables while they are being filled.
struct Filling<'c> {
    connection: &'c mut Connection,
    mine: String,
}

impl Filling<'_> {
    /// One transaction; an error where another process fills the tables now.
    fn step(
        &mut self,
        fill: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let transaction =
            (self.connection).transaction_with_behavior(TransactionBehavior::Immediate)?;
        if said(&transaction, "filling")?.as_ref() != Some(&self.mine) {
            return Err(rusqlite::Error::QueryReturnedNoRows);
        }
        fill(&transaction)?;
        transaction.commit()
    }

    /// Rows that are numbered and have nothing but their JSON beside.
    fn rows<T: Serialize>(&mut self, table: &str, nouns: &[T]) -> rusqlite::Result<()> {
        let sql = format!("INSERT INTO {table} (number, json) VALUES (?, ?)");
        self.each(&sql, nouns, |insert, number, noun| {
            insert.execute(params![number, json_of(noun)?])
        })
    }

    /// A row for each noun, with its number.
    fn each<T>(
        &mut self,
        sql: &str,
        nouns: &[T],
        mut row: impl FnMut(&mut Statement<'_>, i64, &T) -> rusqlite::Result<usize>,
    ) -> rusqlite::Result<()> {
        let mut number = 0;
        for step in nouns.chunks(STEP) {
            self.step(|transaction| {
                let mut insert = transaction.prepare(sql)?;
                for noun in step {
                    row(&mut insert, number, noun)?;
                    number += 1;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}
