//! The log of what was read, in one SQLite file, and all that is computed from it.
//!
//! [`Log`] is the only thing here that touches a disk: it takes readings, derivations and
//! judgements, and never changes one. [`State::of`] computes the rest from the log's
//! [`Contents`]: a pure function, so the same log gives the same state in whatever order it came in.

mod against;
mod amount;
mod compare;
mod control;
mod entities;
mod facts;
mod gather;
mod ledger;
mod log;
mod origin;
mod question;
mod sides;
mod state;
mod talks;
#[cfg(test)]
pub(crate) mod testing;
mod words;
mod written;

pub use log::{Added, Batch, Contents, Error, Fault, Log};
pub use state::{
    ClaimState, Control, Entity, Hold, HoldStatus, Ledger, LedgerEntry, Meeting, PlaceControl,
    Position, ReportState, RoleHeld, State, TalksEntry,
};
