//! The log of what was read, in one SQLite file, and all that is computed from it.
//!
//! [`Log`] is the only thing here that touches a disk: it takes readings, derivations and
//! judgements, and never changes one. [`State::of`] computes the rest from the log's
//! [`Contents`]: a pure function, so the same log gives the same state in whatever order it came in.
//!
//! Read on in the order of that computation: `copies` puts together what was read of one report
//! more than once, `written` finds from which day each report speaks,
//! `entities` which names are one thing, `versions` which claims a later
//! version of a report repeats or no longer has, `origin` where each claim comes from once copies and
//! citations are followed back; then `question` puts the claims that answer one question side by
//! side, `compare` says how they stand to one another, and `ledger`, `talks` and `control` tell the
//! history of counts, talks and places. What is computed is kept beside the log, and
//! can be thrown away: the log gives it again.
//!
//! ```
//! use rapporteur_model::{Masthead, Reading, Report};
//! use rapporteur_record::{Contents, State};
//!
//! let report = Report::new(Masthead::default(), "The army took Velka.".into(), vec![]);
//! let reading = Reading {
//!     report,
//!     mentions: vec![],
//!     times: vec![],
//!     figures: vec![],
//!     claims: vec![],
//! };
//! let contents = Contents {
//!     readings: vec![reading],
//!     ..Contents::default()
//! };
//! let state = State::of(contents);
//! assert_eq!(state.reports.len(), 1);
//! // No date is unknown, and says so.
//! assert!(state.reports.values().all(|report| report.published.when.is_none()));
//! ```

mod against;
mod amount;
mod answers;
mod background;
mod compare;
mod control;
mod copies;
mod entities;
mod facts;
mod gather;
mod ledger;
mod log;
mod origin;
mod pairs;
mod parts;
mod question;
mod shared;
mod sides;
mod state;
mod talks;
#[cfg(test)]
pub(crate) mod testing;
mod versions;
mod words;
mod written;

pub use answers::{MOST_ANSWERS, group_answers};
pub use background::Background;
pub use entities::{Likeness, NameOf, NameReason, SAME_NAME, compare_names};
pub use log::{Added, Batch, ByNumber, Contents, Counts, Error, Fault, Found, Log};
pub use sides::names_state;
pub use state::{
    AGREED, ClaimState, Control, DIFFERENT, Entity, Hold, HoldStatus, Ledger, LedgerEntry, LeftOut,
    Meeting, PlaceControl, Position, ReportState, RoleHeld, State, TalksEntry, dispute_rank,
};
