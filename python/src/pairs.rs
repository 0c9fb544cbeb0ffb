//! Lineage in steps that an engine for many machines can join between: features of each report, candidate
//! pairs from how often two meet, and comparing these.

use crate::rows::{copy_columns, copy_row};
use crate::table::{Cell, Columns, Kind, Table};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rapporteur::alone;
use rapporteur_lineage::{FeatureKind, Features, Kept, Met};
use rapporteur_model::Report;
use serde::Deserialize;
use std::collections::HashMap;

pub fn feature_columns() -> Columns {
    vec![
        ("report", Kind::Text),
        ("kept", Kind::Whole),
        ("pairs", Kind::Whole),
        ("features", Kind::Wholes),
    ]
}

/// A number without a sign as one with it, for engines that have no other.
fn signed(bits: u64) -> i64 {
    i64::from_ne_bytes(bits.to_ne_bytes())
}

fn unsigned(bits: i64) -> u64 {
    u64::from_ne_bytes(bits.to_ne_bytes())
}

/// What copies are found by, from pairs of a report's id and its `features` bytes: `report`, `kept` (what
/// stays of it beside them), `pairs` (how many of them are pairs of words), `features` (each times four, plus
/// its kind: 0 words in a row, 1 a pair of words, 2 address or headline).
#[pyfunction]
pub fn features(py: Python<'_>, reports: Vec<(String, Vec<u8>)>) -> PyResult<Table> {
    py.detach(|| {
        let mut rows = vec![];
        for (report, bytes) in reports {
            let features = Features::from_bytes(&bytes).ok_or_else(|| {
                PyValueError::new_err(format!(
                    "report {report} has no features of this version: read it again"
                ))
            })?;
            let mut pairs = 0;
            let all = features.each().map(|(feature, kind)| {
                let kind = match kind {
                    FeatureKind::Shingle => 0,
                    FeatureKind::Neighbours => 1,
                    FeatureKind::Version => 2,
                };
                pairs += usize::from(kind == 1);
                signed(feature << 2 | kind)
            });
            let all = Cell::Wholes(all.collect());
            rows.push(vec![
                report.into(),
                Cell::Whole(signed(features.kept().to_bits())),
                pairs.into(),
                all,
            ]);
        }
        Table::of(&feature_columns(), rows)
    })
}

pub fn candidate_columns() -> Columns {
    vec![("a", Kind::Text), ("b", Kind::Text)]
}

/// Two reports, what is kept of each, and how often they meet: by words in a row that few have, that many
/// have, by pairs of words, by address or headline.
type Meeting = (String, String, i64, i64, [usize; 4]);

/// Which of these pairs are worth comparing.
#[pyfunction]
pub fn candidates(py: Python<'_>, met: Vec<Meeting>) -> PyResult<Table> {
    py.detach(|| {
        let worth = |(a, b, kept_a, kept_b, [shingles, common, neighbours, versions]): Meeting| {
            let met = Met {
                shingles,
                common,
                neighbours,
                versions,
            };
            let kept = [kept_a, kept_b].map(|bits| Kept::from_bits(unsigned(bits)));
            let is_worth = kept[0].is_worth_comparing(&kept[1], met);
            is_worth.then(|| vec![Cell::from(a), b.into()])
        };
        Table::of(
            &candidate_columns(),
            met.into_iter().filter_map(worth).collect(),
        )
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
