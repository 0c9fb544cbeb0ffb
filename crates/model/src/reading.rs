//! What reading one report yields.

use crate::{Claim, Figure, Mention, Report, Time};
use serde::{Deserialize, Serialize};

/// A report with all that was read from it: what enters the record in one step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The report.
    pub report: Report,
    /// Every name in it, in order.
    pub mentions: Vec<Mention>,
    /// Every time expression in it, in order.
    pub times: Vec<Time>,
    /// Every figure in it, in order.
    pub figures: Vec<Figure>,
    /// What is said in it, in order.
    pub claims: Vec<Claim>,
}
