//! The append-only log in SQLite.

use rapporteur_model::{Derivation, Judgement, Reading, Sighting};

/// Everything a log holds, in no particular order.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Reports with all that was read from them.
    pub readings: Vec<Reading>,
    /// Where each report was found.
    pub sightings: Vec<Sighting>,
    /// Who copied whom.
    pub derivations: Vec<Derivation>,
    /// What was judged, undone entries included.
    pub judgements: Vec<Judgement>,
}

/// Whether something was new to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there already; nothing changed.
    Known,
}

/// The log.
pub struct Log;
/// What went wrong, on what, and what to try.
#[derive(Debug)]
pub enum Error {}
/// Something in the log that does not hold: a slice, an id or a reference.
#[derive(Debug)]
pub struct Fault;
