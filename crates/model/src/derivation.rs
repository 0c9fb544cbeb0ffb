//! How one report came from another.

use crate::{ReportId, Span};
use serde::{Deserialize, Serialize};

/// PROV's kinds, in newsroom words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DerivationKind {
    /// The same words, perhaps cut or with a new headline.
    Reprint,
    /// The same report in other words.
    Rewrite,
    /// Only what others said is shared, word for word.
    Quotation,
    /// A later version by the same publisher.
    Revision,
}

/// How one report came from another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Derivation {
    /// The earlier report. Where nothing tells which came first, `directed` is false and this is
    /// the one with the smaller id.
    pub from: ReportId,
    /// The later report.
    pub to: ReportId,
    /// How.
    pub kind: DerivationKind,
    /// Does a credit, a time or the text itself tell which came first?
    pub directed: bool,
    /// What share of `to`'s body stands in `from` too, 0 to 1.
    pub share: f64,
    /// The shared passages: a range of `from`, a range of `to`.
    pub passages: Vec<(Span, Span)>,
    /// Why it is taken to be so, in words.
    pub why: String,
}
