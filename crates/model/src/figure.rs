//! How much, as it was said.

use crate::{Span, Time};
use serde::{Deserialize, Serialize};

/// How the printed number bounds the one that is meant. Serialized as `=`, `>`, `>=`, `<`, `<=`,
/// `~`, `~<`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Comparator {
    /// Exactly that.
    #[default]
    #[serde(rename = "=")]
    Equal,
    /// More than.
    #[serde(rename = ">")]
    More,
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// Fewer than.
    #[serde(rename = "<")]
    Less,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// About.
    #[serde(rename = "~")]
    About,
    /// Almost, nearly.
    #[serde(rename = "~<")]
    Almost,
}

impl Comparator {
    /// The sign it is exported under.
    pub fn sign(self) -> &'static str {
        match self {
            Comparator::Equal => "=",
            Comparator::More => ">",
            Comparator::AtLeast => ">=",
            Comparator::Less => "<",
            Comparator::AtMost => "<=",
            Comparator::About => "~",
            Comparator::Almost => "~<",
        }
    }
}

/// Out of what: "of 407 districts", "of the country".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Of {
    /// A number of the same unit.
    Number(f64),
    /// A whole that was named, as printed.
    Words(String),
}

/// A number as it was said: "more than 160 of 407 districts" is low 160, high 160, `>`, unit
/// district, of 407; "10 to 12 dead" is low 10, high 12; "dozens of districts" is low 24, high
/// unknown, `~`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The whole expression: comparator, number and unit.
    pub span: Span,
    /// The lower bound printed.
    pub low: Option<f64>,
    /// The upper bound printed; equal to `low` for a single number.
    pub high: Option<f64>,
    /// How the printed number bounds the one meant.
    pub comparator: Comparator,
    /// The thing counted or measured, singular, as printed otherwise: `district`, `rebel
    /// prisoner`, `km`, `%`.
    pub unit: Option<String>,
    /// Out of what.
    pub of: Option<Of>,
    /// What happened to those counted, in its base form: `kill`, `wound`, `capture`, `release`.
    pub fate: Option<String>,
    /// As of when, where said.
    pub as_of: Option<Time>,
}
