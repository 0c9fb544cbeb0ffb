//! Rapporteur for Python: its verbs and its record as Arrow tables. What Python sees is described in
//! `rapporteur/__init__.pyi` and in the docstrings here.

mod pairs;
mod record;
mod rows;
mod table;

use crate::rows::{Verb, claim_rows, copy_columns, copy_error, copy_row};
use crate::table::{Cell, Columns, Kind, Stream, Table, batch};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};
use rapporteur::alone::{self, Source, Thing};
use rapporteur_places::Gazetteer;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{OnceLock, mpsc};

/// The shipped table of places, read once.
fn gazetteer() -> &'static Gazetteer {
    static ONCE: OnceLock<Gazetteer> = OnceLock::new();
    ONCE.get_or_init(Gazetteer::new)
}

/// A path, a list of paths, or a list of pairs of a name and bytes.
fn sources(reports: &Bound<'_, PyAny>) -> PyResult<Vec<Source>> {
    if let Some(source) = path(reports) {
        return Ok(vec![source]);
    }
    let wrong = || {
        PyTypeError::new_err(
            "reports are a path, a list of paths, or a list of pairs (name, bytes)",
        )
    };
    let each = reports.try_iter().map_err(|_| wrong())?;
    let mut all = vec![];
    for one in each {
        let one = one?;
        if let Some(source) = path(&one) {
            all.push(source);
            continue;
        }
        let pair = one.cast::<PyTuple>().map_err(|_| wrong())?;
        let (name, bytes): (String, Bound<'_, PyAny>) = pair.extract().map_err(|_| wrong())?;
        let bytes = bytes.cast::<PyBytes>().map_err(|_| wrong())?;
        all.push(Source::Bytes(name, bytes.as_bytes().to_vec()));
    }
    Ok(all)
}

/// A path, where it is one.
fn path(value: &Bound<'_, PyAny>) -> Option<Source> {
    let is_path = value.is_instance_of::<PyString>() || value.hasattr("__fspath__").ok()?;
    let path = is_path.then(|| value.extract::<PathBuf>().ok())??;
    Some(Source::Path(path))
}

fn all_rows(
    py: Python<'_>,
    verb: Verb,
    reports: &Bound<'_, PyAny>,
    threads: Option<usize>,
) -> PyResult<Table> {
    let sources = sources(reports)?;
    py.detach(|| {
        let mut all = vec![];
        let Ok(()) = alone::each(
            sources,
            threads,
            |thing| verb.rows(thing),
            |rows| {
                all.extend(rows);
                Ok::<(), Infallible>(())
            },
        );
        Table::of(&verb.columns(), all)
    })
}

/// Each page's own text and masthead: a row a report, in the order given.
///
/// `reports` is a path (file, folder, archive), a list of paths, or a list of pairs (name, bytes). Columns:
/// `report` (its id), `path`, `publisher`, `title`, `url`, `byline`, `credits`, `dateline`,
/// `published_earliest`, `published_latest`, `published_how`, `language`, `body`, `json` (the very line of
/// `rapporteur clean`), `error` (why a page could not be read, and what to try; then the other columns but
/// `path` are null), `notes`. `threads`: one a processor where nothing is said.
#[pyfunction]
#[pyo3(signature = (reports, *, threads=None))]
fn clean(py: Python<'_>, reports: Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Table> {
    all_rows(py, Verb::Clean, &reports, threads)
}

/// Parts of speech, base forms, what depends on what, names: a row a word, in the order of the text.
///
/// `reports` as for `clean`. Columns: `report`, `path`, `sentence` and `id` (counted from 1), `form`, `lemma`,
/// `upos`, `xpos`, `head` (the `id` of the word it depends on; 0: the root), `deprel`, `entity` (person,
/// organization or place, where the word is part of a name), `chain` (one number for all words that mean one
/// person or body), `start`, `end` (Unicode code points of the report's `body`, end exclusive), `error`,
/// `notes`.
#[pyfunction]
#[pyo3(signature = (reports, *, threads=None))]
fn parse(py: Python<'_>, reports: Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Table> {
    all_rows(py, Verb::Parse, &reports, threads)
}

/// What is said in each report alone, who says it and in which words: a row a claim.
///
/// `reports` as for `clean`. Columns: those of the Parquet export (docs/exports.md), with `claim_id` first and
/// the report's id as `report`; `json`, the very line of `rapporteur claims`; `error`, `notes`. Reports without
/// a claim have no row.
#[pyfunction]
#[pyo3(signature = (reports, *, threads=None))]
fn claims(py: Python<'_>, reports: Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Table> {
    all_rows(py, Verb::Claims, &reports, threads)
}

/// All that is read from each report, to be kept and taken into a record later: a row a report.
///
/// `reports` as for `clean`. Columns: `report`, `path`, `publisher`, `title`, `url`, `published_earliest`,
/// `published_latest`, `published_how`, `language`, `places` and `people` (names as printed, each once),
/// `claims` (how many), `reading` (JSON: the report with its names, times, figures and claims), `features`
/// (what copies are found by), `error`, `notes`. `Record.add` takes such rows, whole or filtered.
#[pyfunction]
#[pyo3(signature = (reports, *, threads=None))]
fn readings(py: Python<'_>, reports: Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Table> {
    all_rows(py, Verb::Readings, &reports, threads)
}

/// Which reports copy one another: a row a pair, in order of their ids.
///
/// `reports` as for `clean`. Columns: `from` and `to` (ids of the earlier and the later report), `from_path`,
/// `to_path`, `kind` (reprint, rewrite, quotation, revision), `directed` (is it known which came first?),
/// `share` (of the later one, 0 to 1), `why`, `json` (the very line of `rapporteur copies`), `path` and `error`
/// (of what could not be read; such rows have nothing else and come last).
#[pyfunction]
#[pyo3(signature = (reports, *, threads=None))]
fn copies(py: Python<'_>, reports: Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Table> {
    let sources = sources(&reports)?;
    py.detach(|| {
        let (mut found, mut errors) = (vec![], vec![]);
        let Ok(()) = alone::each(
            sources,
            threads,
            |thing| thing,
            |thing| {
                match thing {
                    Thing::Report(one) => found.push((one.sighting.path, one.report)),
                    Thing::Unread(unread) => {
                        errors.push(copy_error(unread.path.clone(), unread.reason()))
                    }
                    Thing::Note(..) => {}
                }
                Ok::<(), Infallible>(())
            },
        );
        let copies = alone::copies(&found).into_iter().map(copy_row);
        Table::of(&copy_columns(), copies.chain(errors).collect())
    })
}

/// The rows of `clean`, `parse`, `claims` or `readings` as they are made, some at a time; read once.
#[pyfunction]
#[pyo3(signature = (verb, reports, *, threads=1, batch_rows=256))]
fn stream(
    verb: &str,
    reports: Bound<'_, PyAny>,
    threads: usize,
    batch_rows: usize,
) -> PyResult<Stream> {
    let verb =
        Verb::named(verb).ok_or_else(|| PyValueError::new_err(format!("no such verb: {verb}")))?;
    let sources = sources(&reports)?;
    // One batch is made while another is taken.
    let (give, take) = mpsc::sync_channel(1);
    std::thread::spawn(move || {
        let columns = verb.columns();
        let mut waiting = vec![];
        let all = alone::each(
            sources,
            Some(threads),
            |thing| verb.rows(thing),
            |rows| {
                waiting.extend(rows);
                match waiting.len() >= batch_rows {
                    true => give.send(batch(&columns, std::mem::take(&mut waiting))),
                    false => Ok(()),
                }
            },
        );
        if all.is_ok() && !waiting.is_empty() {
            // Where nobody takes it, nobody wants it.
            let _ = give.send(batch(&columns, waiting));
        }
    });
    Ok(Stream::of(&verb.columns(), take.into_iter()))
}

/// The columns of claims of kept readings.
fn claims_of_columns() -> Columns {
    let columns = Verb::Claims.columns().into_iter();
    columns.chain([("at", Kind::Whole)]).collect()
}

/// The rows of `claims` for readings that were kept: pairs of a path and the JSON of a reading. `at` is the place
/// of the reading in the list.
#[pyfunction]
fn claims_of(py: Python<'_>, readings: Vec<(String, String)>) -> PyResult<Table> {
    py.detach(|| {
        let mut all = vec![];
        for (at, (path, json)) in readings.into_iter().enumerate() {
            let rows = match record::reading(&json) {
                Err(why) => vec![Verb::Claims.empty(&path, why.into(), vec![])],
                Ok(reading) => {
                    let report = reading.report.id().clone();
                    let sighting = rapporteur_model::Sighting { report, path };
                    let mut rows = claim_rows(reading, sighting);
                    let ends = || [Cell::None, Cell::Texts(vec![])];
                    rows.iter_mut().for_each(|row| row.extend(ends()));
                    rows
                }
            };
            all.extend(rows.into_iter().map(|mut row| {
                row.push(at.into());
                row
            }));
        }
        Table::of(&claims_of_columns(), all)
    })
}

/// The schema of a verb's rows, as a table without any.
#[pyfunction]
fn empty(verb: &str) -> PyResult<Table> {
    let columns = match (Verb::named(verb), verb) {
        (Some(verb), _) => verb.columns(),
        (None, "claims_of") => claims_of_columns(),
        (None, "copies") => copy_columns(),
        (None, "features") => pairs::feature_columns(),
        (None, "candidates") => pairs::candidate_columns(),
        _ => return Err(PyValueError::new_err(format!("no such verb: {verb}"))),
    };
    Table::of(&columns, vec![])
}

/// The command line: runs it with these arguments, program name first, and gives its exit status.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
    let code = py.detach(|| rapporteur::cli::run(arguments));
    // An exit code does not tell its number otherwise.
    (0..=u8::MAX)
        .find(|number| code == std::process::ExitCode::from(*number))
        .unwrap_or(1)
}

#[pymodule]
mod _rapporteur {
    #[pymodule_export]
    use super::{
        Stream, Table, claims, claims_of, clean, copies, empty, parse, readings, run, stream,
    };
    #[pymodule_export]
    use crate::pairs::{candidates, compared, features, report_of};
    #[pymodule_export]
    use crate::record::{Record, read};

    /// A feature leads to so many reports, the first that have it.
    #[pymodule_export]
    const FIRST: usize = rapporteur_lineage::FIRST;

    /// The version of what `readings` gives as `features`: rows of another version do not meet.
    #[pymodule_export]
    const FEATURES_VERSION: u32 = rapporteur_lineage::FEATURES_VERSION;
}
