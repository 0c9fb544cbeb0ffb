//! Figures over time.

use super::{Desk, Leaf};
use crate::figures::{FigureLine, line};
use rapporteur_model::When;
use rapporteur_record::{Ledger, LedgerEntry};
use serde::Serialize;
use std::collections::BTreeSet;

/// So many ledgers are on a page: 60 weighed 120 kB in a large record, and 60 kB are enough.
const LEDGERS: usize = 25;
/// So many figures of one.
const FIGURES: usize = 40;

/// A page of things counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ledgers {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// Those with most figures first.
    pub ledgers: Vec<LedgerLine>,
}

/// One thing counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LedgerLine {
    /// Its id.
    pub id: String,
    /// What is counted.
    pub of: String,
    /// How many figures there are.
    pub figures: usize,
    /// From how many origins.
    pub origins: usize,
    /// The least and the greatest bound printed.
    pub range: Option<(f64, f64)>,
    /// From the first to the last day that a figure is of.
    pub when: Option<When>,
    /// Day and bounds of each dated figure, in order of time: a small chart.
    pub points: Vec<(When, f64, f64)>,
}

/// The figures for one thing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LedgerPage {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// Its id.
    pub id: String,
    /// What is counted.
    pub of: String,
    /// The figures of this page, in order of time.
    pub figures: Vec<FigureLine>,
}

/// The bounds of a figure that a chart can draw.
pub(super) fn bounds(entry: &LedgerEntry) -> Option<(f64, f64)> {
    let low = entry.figure.low.or(entry.figure.high)?;
    let high = entry.figure.high.unwrap_or(low);
    (low.is_finite() && high.is_finite()).then_some((low.min(high), low.max(high)))
}

impl Desk {
    /// A page of things counted.
    pub fn ledgers(&self, page: usize) -> Ledgers {
        let mut order: Vec<usize> = (0..self.state.ledgers.len()).collect();
        let figures = |number: &usize| {
            self.state
                .ledgers
                .get(*number)
                .map_or(0, |l| l.entries.len())
        };
        order.sort_by_key(|number| std::cmp::Reverse(figures(number)));
        let (leaf, numbers) = Leaf::of(&order, page, LEDGERS);
        Ledgers {
            leaf,
            ledgers: numbers
                .iter()
                .filter_map(|number| self.ledger_line(*number))
                .collect(),
        }
    }

    pub(super) fn ledger_line(&self, number: usize) -> Option<LedgerLine> {
        let Ledger { of, entries } = self.state.ledgers.get(number)?;
        let origins: BTreeSet<&str> = entries.iter().map(|entry| entry.origin.as_str()).collect();
        let all = || entries.iter().filter_map(bounds);
        let least = all().map(|(low, _)| low).reduce(f64::min);
        let most = all().map(|(_, high)| high).reduce(f64::max);
        let points: Vec<(When, f64, f64)> = (entries.iter())
            .filter_map(|entry| {
                let (low, high) = bounds(entry)?;
                Some((entry.when?, low, high))
            })
            .collect();
        let when = (entries.iter())
            .filter_map(|entry| entry.when)
            .reduce(When::hull);
        Some(LedgerLine {
            id: self.ledgers.get(number)?.clone(),
            of: of.clone(),
            figures: entries.len(),
            origins: origins.len(),
            range: least.zip(most),
            when,
            points: points.into_iter().take(60).collect(),
        })
    }

    /// The figures for one thing, by its id.
    pub fn ledger(&self, id: &str, page: usize) -> Option<LedgerPage> {
        let number = self.ledgers.iter().position(|other| other == id)?;
        let ledger = self.state.ledgers.get(number)?;
        let (leaf, entries) = Leaf::of(&ledger.entries, page, FIGURES);
        Some(LedgerPage {
            leaf,
            id: id.to_string(),
            of: ledger.of.clone(),
            figures: entries
                .iter()
                .filter_map(|entry| line(&self.state, entry))
                .collect(),
        })
    }
}
