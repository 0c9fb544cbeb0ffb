//! Does everything in a log hold: every slice, id and reference?

use super::{APPLICATION_ID, Error, Log, TABLES, VERSION, computed, derivation_id, search};
use rapporteur_model::{
    Claim, ClaimId, Derivation, Figure, Item, Judgement, Mention, Reading, Report, ReportId,
    Sighting, Span, Subject, Time,
};
use rusqlite::Connection;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

/// Something that does not hold, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The table (`claim`), or `file`.
    pub table: String,
    /// The row: an id, or a report's id and the number within.
    pub row: String,
    /// What does not hold.
    pub what: String,
}

impl Fault {
    pub(super) fn of(table: &str, row: &str, what: impl Into<String>) -> Fault {
        Fault {
            table: table.to_string(),
            row: row.to_string(),
            what: what.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { table, row, what } = self;
        match row.is_empty() {
            true => write!(f, "{table}: {what}"),
            false => write!(f, "{table} {row}: {what}"),
        }
    }
}

impl Log {
    /// Checks every slice, id and reference, and the file itself; gives what does not hold, in
    /// order.
    ///
    /// # Errors
    /// The record cannot be read at all. Damage that SQLite itself finds is a fault, not an error.
    pub fn check(&self) -> Result<Vec<Fault>, Error> {
        let mut faults = Vec::new();
        let mut run = |part: Result<Vec<Fault>, Error>| match part {
            Ok(found) => {
                faults.extend(found);
                Ok(())
            }
            Err(Error::Damaged { what, .. }) => {
                faults.push(Fault::of("file", "", what));
                Ok(())
            }
            // The index of words says in words of its own that it is damaged.
            Err(Error::Other { what, .. }) => {
                faults.push(Fault::of("file", "", what.to_string()));
                Ok(())
            }
            Err(other) => Err(other),
        };
        run(self.check_file().map_err(|e| self.error(e)))?;
        run(self.check_tables().map_err(|e| self.error(e)))?;
        run(self.check_rows())?;
        faults.sort();
        faults.dedup();
        Ok(faults)
    }

    /// What SQLite says of its own pages, indexes and references.
    fn check_file(&self) -> rusqlite::Result<Vec<Fault>> {
        let mut faults = Vec::new();
        let mut query = self.connection.prepare("PRAGMA integrity_check")?;
        for line in query.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                faults.push(Fault::of("file", "", line));
            }
        }
        let mut query = self.connection.prepare("PRAGMA foreign_key_check")?;
        let broken = |row: &rusqlite::Row<'_>| {
            let (table, to): (String, String) = (row.get(0)?, row.get(2)?);
            let what = format!("a row of it names a {to} that is not there");
            Ok(Fault::of(&table, "", what))
        };
        for fault in query.query_map([], broken)? {
            faults.push(fault?);
        }
        Ok(faults)
    }

    /// Are all tables and triggers what this version makes?
    fn check_tables(&self) -> rusqlite::Result<Vec<Fault>> {
        let fresh = Connection::open_in_memory()?;
        fresh.execute_batch(TABLES)?;
        fresh.execute_batch(search::SEARCH)?;
        fresh.pragma_update(None, "application_id", APPLICATION_ID)?;
        fresh.pragma_update(None, "user_version", VERSION)?;
        let (mut here, wanted) = (schema(&self.connection)?, schema(&fresh)?);
        // Another version keeps what it computes in tables of its own; they are made anew.
        here.retain(|(_, name, _)| !computed::is_one(name));
        let missing = wanted.difference(&here).map(|(kind, name, _)| {
            Fault::of("file", "", format!("{kind} {name} is not as it was made"))
        });
        let more = here
            .difference(&wanted)
            .filter(|(kind, name, _)| !wanted.iter().any(|(k, n, _)| (k, n) == (kind, name)));
        let more = more.map(|(kind, name, _)| {
            Fault::of(
                "file",
                "",
                format!("{kind} {name} is none of this program's"),
            )
        });
        let mut faults: Vec<Fault> = missing.chain(more).collect();
        if faults.is_empty() {
            let lost = search::missing(&self.connection)?.into_iter();
            faults.extend(lost.map(|id| Fault::of("search", &id.0, "the index of words lacks it")));
        }
        Ok(faults)
    }

    fn check_rows(&self) -> Result<Vec<Fault>, Error> {
        let mut faults = Vec::new();
        let reports = Reports::of(self);
        let sql = "SELECT id, json FROM report ORDER BY id";
        self.each_noun(
            "report",
            sql,
            &mut faults,
            |row, _, report: Report, faults| {
                let again = Report::new(
                    report.masthead().clone(),
                    report.body().to_string(),
                    report.blocks().to_vec(),
                );
                if row != again.id().0 || row != report.id().0 {
                    faults.push(Fault::of(
                        "report",
                        row,
                        "the id is not that of its content",
                    ));
                }
                for block in report.blocks() {
                    faults.extend(slice(&report, "report", row, "a block", block.span));
                }
            },
        )?;

        let sql = of_reports("mention");
        self.each_noun(
            "mention",
            &sql,
            &mut faults,
            |row, _, mention: Mention, faults| {
                if let Some(report) = reports.of_row(row) {
                    faults.extend(of_mention(&report, row, &mention));
                }
            },
        )?;
        let sql = of_reports("time");
        self.each_noun("time", &sql, &mut faults, |row, _, time: Time, faults| {
            if let Some(report) = reports.of_row(row) {
                faults.extend(of_time(&report, row, &time));
            }
        })?;
        let sql = of_reports("figure");
        self.each_noun(
            "figure",
            &sql,
            &mut faults,
            |row, _, figure: Figure, faults| {
                if let Some(report) = reports.of_row(row) {
                    faults.extend(of_figure(&report, row, &figure));
                }
            },
        )?;

        let mut judgements: BTreeMap<String, Judgement> = BTreeMap::new();
        let sql = "SELECT id, json FROM judgement ORDER BY id";
        self.each_noun(
            "judgement",
            sql,
            &mut faults,
            |row, _, judgement: Judgement, _| {
                judgements.insert(row.to_string(), judgement);
            },
        )?;
        // The claims that people judged.
        let items = judgements.values().flat_map(|j| [&j.a, &j.b]);
        let mut judged: BTreeMap<ClaimId, bool> = (items)
            .filter_map(|item| match item {
                Item::Claim(id) => Some((id.clone(), false)),
                _ => None,
            })
            .collect();

        // One report's after the other's, so that each report is looked up once.
        let sql = "SELECT coalesce(id, ''), json FROM claim ORDER BY report, number";
        self.each_noun("claim", sql, &mut faults, |row, _, claim: Claim, faults| {
            if row != claim.id().0 {
                faults.push(Fault::of("claim", row, "the id is not that of its content"));
            }
            if let Some(there) = judged.get_mut(claim.id()) {
                *there = true;
            }
            match reports.get(claim.evidence().report()) {
                Some(report) => faults.extend(of_claim(&report, &claim)),
                None => faults.push(Fault::of("claim", row, "its report is not there")),
            }
        })?;

        let sql = "SELECT id, json FROM derivation ORDER BY id";
        self.each_noun(
            "derivation",
            sql,
            &mut faults,
            |row, json, derivation, faults| {
                if row != derivation_id(json) {
                    faults.push(Fault::of(
                        "derivation",
                        row,
                        "the id is not that of its content",
                    ));
                }
                faults.extend(of_derivation(&reports, row, &derivation));
            },
        )?;

        for (row, judgement) in &judgements {
            faults.extend(of_judgement(&judgements, &judged, row, judgement));
        }
        Ok(faults)
    }

    /// Calls `look` with every row of a table that can be read, its first column and JSON; one that
    /// cannot is a fault.
    fn each_noun<T: DeserializeOwned>(
        &self,
        table: &str,
        sql: &str,
        faults: &mut Vec<Fault>,
        mut look: impl FnMut(&str, &str, T, &mut Vec<Fault>),
    ) -> Result<(), Error> {
        self.each_row(sql, |row, json| {
            match serde_json::from_str(json) {
                Ok(noun) => look(row, json, noun, faults),
                Err(e) => faults.push(Fault::of(table, row, format!("cannot be read: {e}"))),
            }
            Ok(())
        })
    }
}

/// Does all of a reading belong to its report?
pub(super) fn of_reading(reading: &Reading, sighting: &Sighting) -> Vec<Fault> {
    let report = &reading.report;
    let id = &report.id().0;
    let mut faults = Vec::new();
    if sighting.report != *report.id() {
        faults.push(Fault::of("sighting", id, "it is of another report"));
    }
    for block in report.blocks() {
        faults.extend(slice(report, "report", id, "a block", block.span));
    }
    for mention in &reading.mentions {
        faults.extend(of_mention(report, id, mention));
    }
    for time in &reading.times {
        faults.extend(of_time(report, id, time));
    }
    for figure in &reading.figures {
        faults.extend(of_figure(report, id, figure));
    }
    for claim in &reading.claims {
        faults.extend(of_claim(report, claim));
    }
    faults
}

/// The rows of a table that has many to a report, each named by its report's id and its number.
fn of_reports(table: &str) -> String {
    format!(
        "SELECT report.id || ' ' || {table}.number, {table}.json
        FROM {table} JOIN report ON report.number = {table}.report ORDER BY {table}.report, {table}.number"
    )
}

fn schema(connection: &Connection) -> rusqlite::Result<BTreeSet<(String, String, String)>> {
    let sql = "SELECT type, name, coalesce(sql, '') FROM sqlite_schema";
    let mut query = connection.prepare(sql)?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    query.query_map([], row)?.collect()
}

/// The record's reports, of which the one last asked for is at hand: rows come in order of their reports, and not all of
/// a large record's reports have room in memory.
struct Reports<'l> {
    log: &'l Log,
    last: RefCell<Option<(ReportId, Option<Rc<Report>>)>>,
}

impl Reports<'_> {
    fn of(log: &Log) -> Reports<'_> {
        Reports {
            log,
            last: RefCell::new(None),
        }
    }

    /// `None`: it is not there, or cannot be read, which is a fault of its own.
    fn get(&self, id: &ReportId) -> Option<Rc<Report>> {
        let mut last = self.last.borrow_mut();
        if let Some((of, report)) = &*last
            && of == id
        {
            return report.clone();
        }
        let sql = "SELECT json FROM report WHERE id = ?";
        let row = self
            .log
            .connection
            .query_row(sql, [&id.0], |row| row.get(0));
        let report = row
            .ok()
            .and_then(|json: String| serde_json::from_str(&json).ok());
        let report = report.map(Rc::new);
        *last = Some((id.clone(), report.clone()));
        report
    }

    /// The report of a row named by its report's id and its number.
    fn of_row(&self, row: &str) -> Option<Rc<Report>> {
        let id = row.split(' ').next()?;
        self.get(&ReportId(id.to_string()))
    }
}

fn slice(report: &Report, table: &str, row: &str, what: &str, span: Span) -> Option<Fault> {
    let stands = report.slice(span).is_some_and(|words| !words.is_empty());
    let Span { start, end } = span;
    let fault = || {
        Fault::of(
            table,
            row,
            format!("{what} at {start} to {end} is no slice of the report"),
        )
    };
    (!stands).then(fault)
}

fn of_mention(report: &Report, row: &str, mention: &Mention) -> Option<Fault> {
    slice(
        report,
        "mention",
        row,
        &format!("the name {:?}", mention.name),
        mention.span,
    )
}

fn of_time(report: &Report, row: &str, time: &Time) -> Option<Fault> {
    let Span { start, end } = time.span;
    let differs = report.slice(time.span) != Some(&time.expression);
    let what = || {
        format!(
            "the time {:?} is not what stands at {start} to {end}",
            time.expression
        )
    };
    differs.then(|| Fault::of("time", row, what()))
}

fn of_figure(report: &Report, row: &str, figure: &Figure) -> Vec<Fault> {
    let own = slice(report, "figure", row, "a figure", figure.span);
    own.into_iter()
        .chain(figure.as_of.iter().filter_map(|t| of_time(report, row, t)))
        .collect()
}

fn of_claim(report: &Report, claim: &Claim) -> Vec<Fault> {
    let row = &claim.id().0;
    let mut faults = Vec::new();
    if !claim.is_intact() {
        faults.push(Fault::of("claim", row, "the id is not that of its content"));
    }
    if !claim.evidence().holds_in(report) {
        let Span { start, end } = claim.evidence().span();
        let what = format!(
            "{:?} is not what stands at {start} to {end}",
            claim.evidence().exact()
        );
        faults.push(Fault::of("claim", row, what));
    }
    faults.extend(slice(
        report,
        "claim",
        row,
        "the sentence",
        claim.sentence(),
    ));
    let what = claim.what();
    let said = &what.attribution.said;
    if let Some(span) = what.attribution.cue_span {
        faults.extend(slice(report, "claim", row, "the cue", span));
    }
    let mut mentions: Vec<&Mention> = what
        .attribution
        .sources
        .iter()
        .map(|s| &s.mention)
        .collect();
    mentions.extend(said.to.iter().chain(&said.place));
    mentions.extend(
        what.actor
            .iter()
            .chain(&what.recipient)
            .chain(&what.third_party),
    );
    mentions.extend(&what.place);
    let mut times: Vec<&Time> = what.when.iter().chain(&said.when).collect();
    if let Subject::Talks(detail) = &what.subject {
        mentions.extend(detail.parties.iter().chain(&detail.members));
        mentions.extend(detail.by_others.iter().chain(&detail.to_others));
        mentions.extend(detail.party.iter().chain(&detail.head).chain(&detail.by));
        mentions.extend(detail.to.iter().chain(&detail.person).chain(&detail.place));
        times.extend(&detail.when);
    }
    let words = |m: &Mention| {
        slice(
            report,
            "claim",
            row,
            &format!("the name {:?}", m.name),
            m.span,
        )
    };
    faults.extend(mentions.into_iter().filter_map(words));
    let inside = |f: Fault| Fault::of("claim", row, f.what);
    faults.extend(
        times
            .into_iter()
            .filter_map(|t| of_time(report, row, t))
            .map(inside),
    );
    let figures = what.figures.iter().flat_map(|f| of_figure(report, row, f));
    faults.extend(figures.map(inside));
    faults
}

fn of_derivation(reports: &Reports<'_>, row: &str, derivation: &Derivation) -> Vec<Fault> {
    let mut faults = Vec::new();
    if derivation.from == derivation.to {
        faults.push(Fault::of("derivation", row, "a report derived from itself"));
    }
    if !(0.0..=1.0).contains(&derivation.share) {
        let what = format!("the share {} is not between 0 and 1", derivation.share);
        faults.push(Fault::of("derivation", row, what));
    }
    let ends = (reports.get(&derivation.from), reports.get(&derivation.to));
    let (Some(from), Some(to)) = ends else {
        faults.push(Fault::of(
            "derivation",
            row,
            "it names a report that is not there",
        ));
        return faults;
    };
    for (here, there) in &derivation.passages {
        faults.extend(slice(&from, "derivation", row, "a passage", *here));
        faults.extend(slice(&to, "derivation", row, "a passage", *there));
    }
    faults
}

fn of_judgement(
    judgements: &BTreeMap<String, Judgement>,
    claims: &BTreeMap<ClaimId, bool>,
    row: &str,
    judgement: &Judgement,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let Judgement {
        a,
        b,
        verdict,
        author,
        reason,
        at,
        undoes,
        ..
    } = judgement;
    let target = undoes.as_ref().map(|id| judgements.get(&id.0));
    let again = match target {
        None => Some(Judgement::new(
            a.clone(),
            b.clone(),
            *verdict,
            author,
            reason,
            at,
        )),
        Some(Some(undone)) => Some(undone.undo(author, reason, at)),
        Some(None) => None,
    };
    match again {
        None => faults.push(Fault::of(
            "judgement",
            row,
            "it undoes one that is not there",
        )),
        Some(again) if again.id.0 != row || again != *judgement => {
            faults.push(Fault::of(
                "judgement",
                row,
                "the id is not that of its content",
            ));
        }
        Some(_) => {}
    }
    for item in [a, b] {
        if let Item::Claim(id) = item
            && claims.get(id) != Some(&true)
        {
            let what = format!("it is about claim {id}, which is not there");
            faults.push(Fault::of("judgement", row, what));
        }
    }
    faults
}
