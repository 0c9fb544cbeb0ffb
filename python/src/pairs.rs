//! Lineage in steps that an engine for many machines can join between: features of each report, candidate
//! pairs from two blocks of reports, and comparing these.

use crate::rows::{copy_columns, copy_row};
use crate::table::{Cell, Columns, Kind, Table};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use rapporteur::alone;
use rapporteur_lineage::{Features, LastOfFirst};
use rapporteur_model::{Report, ReportId};
use serde::Deserialize;
use std::collections::HashMap;

fn features_of(report: &str, bytes: &[u8]) -> PyResult<Features> {
    Features::from_bytes(bytes).ok_or_else(|| {
        PyValueError::new_err(format!(
            "report {report} has no features of this version: read it again"
        ))
    })
}

pub fn feature_columns() -> Columns {
    vec![("report", Kind::Text), ("features", Kind::Wholes)]
}

/// What copies are found by, from pairs of a report's id and its `features` bytes: `report`, `features`, numbers that
/// stand for nothing else.
#[pyfunction]
pub fn features(py: Python<'_>, reports: Vec<(String, PyBackedBytes)>) -> PyResult<Table> {
    py.detach(|| {
        let mut rows = vec![];
        for (report, bytes) in reports {
            let features = features_of(&report, &bytes)?;
            let all = features.each().map(|feature| feature as i64);
            rows.push(vec![report.into(), Cell::Wholes(all.collect())]);
        }
        Table::of(&feature_columns(), rows)
    })
}

pub fn candidate_columns() -> Columns {
    vec![("a", Kind::Text), ("b", Kind::Text)]
}

type Block = Vec<(String, PyBackedBytes)>;

/// Which pairs of reports are worth comparing: of one of each of two blocks, or, without the later one, of two of
/// a block. Blocks are lists of a report's id and its `features` bytes, cut from a collection by ids; `last` has,
/// of each feature that more than `FIRST` reports of the collection have, the last of the first, by id.
#[pyfunction]
#[pyo3(signature = (earlier, later, last))]
pub fn candidates(
    py: Python<'_>,
    earlier: Block,
    later: Option<Block>,
    last: Vec<(i64, String)>,
) -> PyResult<Table> {
    py.detach(|| {
        let block = |block: Block| -> PyResult<Vec<(ReportId, Features)>> {
            let read = |(id, bytes): (String, PyBackedBytes)| {
                let features = features_of(&id, &bytes)?;
                Ok((ReportId(id), features))
            };
            let mut block: Vec<_> = block.into_iter().map(read).collect::<PyResult<_>>()?;
            block.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            Ok(block)
        };
        let last: LastOfFirst = (last.into_iter())
            .map(|(feature, id)| (feature as u64, ReportId(id)))
            .collect();
        let earlier = block(earlier)?;
        let later = later.map(block).transpose()?;
        let pairs = match &later {
            Some(later) => last.between(&earlier, later),
            None => last.within(&earlier),
        };
        let later = later.as_ref().unwrap_or(&earlier);
        let row = |(one, other): (usize, usize)| {
            let (one, other) = (earlier.get(one)?, later.get(other)?);
            Some(vec![Cell::from(one.0.0.as_str()), other.0.0.as_str().into()])
        };
        Table::of(&candidate_columns(), pairs.into_iter().filter_map(row).collect())
    })
}

/// A reading of which only the report is looked at.
#[derive(Deserialize)]
struct Only {
    report: Report,
}

/// The JSON of the report alone, from the JSON of a reading.
#[pyfunction]
pub fn report_of(reading: &str) -> PyResult<String> {
    let only: Only = serde_json::from_str(reading)
        .map_err(|error| PyValueError::new_err(format!("the reading cannot be read: {error}")))?;
    Ok(rapporteur_views::export::jsonl::json(&only.report))
}

/// The rows of `copies` for pairs of reports: `reports` are pairs of a path and what `report_of` gives, `pairs`
/// their places in that list.
#[pyfunction]
pub fn compared(
    py: Python<'_>,
    reports: Vec<(String, String)>,
    pairs: Vec<(usize, usize)>,
) -> PyResult<Table> {
    py.detach(|| {
        let mut read: HashMap<usize, Report> = HashMap::new();
        for at in pairs.iter().flat_map(|(a, b)| [*a, *b]) {
            if read.contains_key(&at) {
                continue;
            }
            let none = || PyValueError::new_err(format!("there is no report {at}"));
            let (path, json) = reports.get(at).ok_or_else(none)?;
            let report: Report = serde_json::from_str(json).map_err(|error| {
                PyValueError::new_err(format!("{path}: the report cannot be read: {error}"))
            })?;
            read.insert(at, report);
        }
        let one = |at: &usize| Some((reports.get(*at)?.0.as_str(), read.get(at)?));
        let rows = pairs.iter().filter_map(|(a, b)| {
            let copied = alone::compare(one(a)?, one(b)?)?;
            Some(copy_row(copied))
        });
        Table::of(&copy_columns(), rows.collect())
    })
}
