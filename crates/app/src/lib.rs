//! Rapporteur, whole: from bytes to a record, and the command line over it.
//!
//! ```text
//! bytes → report → document → claims ─┐
//!         report ─────── lineage ─────┴→ record → state → views
//! ```

pub mod alone;
pub mod cli;
mod guard;
pub mod mcp;
pub mod steps;
mod watch;
mod web;

use rapporteur_lineage::{Earlier, FEATURES_VERSION, Features};
use rapporteur_model::{Reading, Report, ReportId, Sighting};
use rapporteur_record::{Added, Batch, Error, Log};
use rapporteur_report::{Entry, Found, Given, Unread};
use std::collections::BTreeSet;

/// One report that was found and read.
#[derive(Clone, Debug)]
pub struct Read {
    /// The report with all that was read from it; where the report was known before, the report
    /// alone.
    pub reading: Reading,
    /// Where it was found.
    pub sighting: Sighting,
    /// What the reader should know, such as that a report was cut off.
    pub notes: Vec<String>,
}

/// Reads every report in a file's bytes. Those that are `known` already are not read again: what
/// a record holds of a report never changes.
pub fn read(
    path: &str,
    bytes: &[u8],
    given: &Given,
    known: &BTreeSet<ReportId>,
) -> Vec<Result<Read, Unread>> {
    match guard::guarded(path, || rapporteur_report::read(path, bytes, given)) {
        Ok(found) => understand_all(found, |id| known.contains(id)),
        Err(fault) => vec![Err(fault)],
    }
}

/// Reads every report in one entry of a file, as [`read`] does.
pub fn read_entry(
    entry: &Entry,
    given: &Given,
    is_known: impl Fn(&ReportId) -> bool,
) -> Vec<Result<Read, Unread>> {
    match guard::guarded(&entry.path, || rapporteur_report::read_entry(entry, given)) {
        Ok(found) => understand_all(found, is_known),
        Err(fault) => vec![Err(fault)],
    }
}

fn understand_all(
    found: Vec<Result<Found, Unread>>,
    is_known: impl Fn(&ReportId) -> bool,
) -> Vec<Result<Read, Unread>> {
    let understand = |report: Report| match is_known(report.id()) {
        true => nothing_of(report),
        false => understand(report),
    };
    (found.into_iter())
        .map(|found| {
            let found = found?;
            let path = &found.sighting.path;
            Ok(Read {
                reading: guard::guarded(path, || understand(found.report))?,
                sighting: found.sighting,
                notes: found.notes,
            })
        })
        .collect()
}

/// Reads one report: its names, times, figures and claims.
pub fn understand(report: Report) -> Reading {
    let document = rapporteur_text::parse(&report);
    let claims = rapporteur_claims::find(&document);
    let (mentions, times, figures) = (document.names, document.times, document.figures);
    Reading {
        mentions,
        times,
        figures,
        claims,
        report,
    }
}

fn nothing_of(report: Report) -> Reading {
    Reading {
        report,
        mentions: vec![],
        times: vec![],
        figures: vec![],
        claims: vec![],
    }
}

/// How much came into a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reports that were not there.
    pub new: usize,
    /// Reports that were there already.
    pub known: usize,
    /// Claims of the new ones.
    pub claims: usize,
    /// Derivations that were not there.
    pub derivations: usize,
    /// Reports whose reading does not hold (a fault of the reader), by id, with what is wrong: left
    /// out, and the others kept.
    pub refused: Vec<(ReportId, String)>,
}

/// Adds what was read, and how it came from one another and from the earlier reports of the
/// record, in one step: all of it is in the record afterwards, or nothing. `recorded` is the time
/// now, RFC 3339.
///
/// # Errors
/// The record cannot be written to.
pub fn add(log: &mut Log, read: &[Read], recorded: &str) -> Result<Counts, Error> {
    let mut batch = log.batch()?;
    let (mut counts, is_new) = put(&mut batch, read, recorded)?;
    counts.derivations = trace(&mut batch, read, &is_new)?;
    batch.commit()?;
    Ok(counts)
}

/// The same of reports that nobody needs afterwards: what was read of each is let go as soon as it stands in the
/// record. Says how many claims each had.
pub(crate) fn add_and_let_go(
    log: &mut Log,
    read: &mut [Read],
    recorded: &str,
) -> Result<(Counts, Vec<usize>), Error> {
    let mut batch = log.batch()?;
    let (mut counts, is_new) = put(&mut batch, read, recorded)?;
    let claims = read.iter().map(|read| read.reading.claims.len()).collect();
    for Read { reading, .. } in read.iter_mut() {
        reading.mentions = vec![];
        reading.times = vec![];
        reading.figures = vec![];
        reading.claims = vec![];
    }
    counts.derivations = trace(&mut batch, read, &is_new)?;
    batch.commit()?;
    Ok((counts, claims))
}

/// Adds readings to a batch, and says which were new.
fn put(batch: &mut Batch<'_>, read: &[Read], recorded: &str) -> Result<(Counts, Vec<bool>), Error> {
    let mut counts = Counts::default();
    let mut new = vec![];
    for Read {
        reading, sighting, ..
    } in read
    {
        let added = batch.add(reading, sighting, recorded);
        new.push(matches!(added, Ok(Added::New)));
        match added {
            Err(Error::Inconsistent(fault)) => {
                let id = reading.report.id().clone();
                counts.refused.push((id, fault.to_string()));
            }
            Err(error) => return Err(error),
            Ok(Added::Known) => counts.known += 1,
            Ok(Added::New) => {
                counts.new += 1;
                counts.claims += reading.claims.len();
            }
        }
    }
    Ok((counts, new))
}

/// Adds how the new reports of a batch came from one another and from the others of the record, and says how many
/// derivations that are.
fn trace(batch: &mut Batch<'_>, read: &[Read], is_new: &[bool]) -> Result<usize, Error> {
    let new = (read.iter().zip(is_new)).filter(|(_, is_new)| **is_new);
    let new: Vec<(&Report, Features)> = new
        .map(|(read, _)| (&read.reading.report, Features::of(&read.reading.report)))
        .collect();
    if new.is_empty() {
        return Ok(0);
    }
    let mut earlier = Earlier::sought_by(new.iter().map(|(_, features)| features));
    let mut lacking = vec![];
    let seen = batch.each_features(FEATURES_VERSION, |id, number, bytes| {
        if !earlier.add(id, number, bytes) {
            lacking.push(number);
        }
    })?;
    // What is not kept, or damaged, or by an earlier version of the program, is worked out again.
    if batch.reports()? != seen + new.len() {
        lacking.extend(batch.numbers_without_features(FEATURES_VERSION)?);
    }
    let ids: BTreeSet<&ReportId> = new.iter().map(|(report, _)| report.id()).collect();
    let mut worked_out = vec![];
    let mut reports = batch.reports_by_number()?;
    for number in lacking {
        let report = reports.report(number)?;
        if let Some(report) = report.filter(|report| !ids.contains(report.id())) {
            let bytes = Features::of(&report).to_bytes();
            earlier.add(&report.id().0, number, &bytes);
            worked_out.push((report.id().clone(), bytes));
        }
    }
    // The first that cannot be read ends it.
    let mut fault = None;
    let derivations =
        rapporteur_lineage::trace_after(&earlier, &new, |number| match reports.report(number) {
            Ok(report) => report,
            Err(error) => {
                fault.get_or_insert(error);
                None
            }
        });
    drop(reports);
    if let Some(error) = fault {
        return Err(error);
    }
    let worked_out = (worked_out.iter()).map(|(id, bytes)| (id, bytes.clone()));
    let added = (new.iter()).map(|(report, features)| (report.id(), features.to_bytes()));
    batch.keep_features(FEATURES_VERSION, worked_out.chain(added))?;
    batch.derive(&derivations)
}
