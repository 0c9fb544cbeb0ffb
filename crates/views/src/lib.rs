//! What people see of a record: plain structs, each made by one function from a
//! [`State`](rapporteur_record::State) and a [`Filter`], each of them data for `--json` and a
//! [`Page`] for reading. Every line carries who says it, in which report and in which words.
//!
//! Nothing here knows a terminal, a clock or how text was read.

mod changes;
mod check;
mod claims;
mod control;
pub mod desk;
mod diff;
mod disputes;
mod entry;
pub mod export;
mod figures;
mod filter;
mod lineage;
mod names;
pub mod page;
mod reports;
mod search;
mod talks;
#[cfg(test)]
mod testing;
mod timeline;
mod voice;
pub mod words;

pub use changes::{Change, Words};
pub use check::{Check, Checked, FaultLine, check};
pub use claims::{ClaimLine, Claims, ReportClaims, claims, report_claims};
pub use control::{Control, HoldLine, PlaceView, control, first_places};
pub use diff::{ControlChange, Diff, QuestionChange, diff};
pub use disputes::{
    AccountLine, Dispute, Disputes, More, RelationLine, difference, dispute, disputes,
    first_disputes, relation,
};
pub use entry::Entry;
pub use figures::{FigureLine, Figures, LedgerView, figures};
pub use filter::Filter;
pub use lineage::{DerivationLine, Lineage, Passage, lineage};
pub use names::{NameLine, Names, RoleLine, names};
pub use page::{Line, Page, Piece, Style};
pub use reports::{ReportLine, Reports, how, report, reports};
pub use search::{Excerpt, FoundLine, Search, search};
pub use talks::{MeetingView, PositionView, Talks, TalksLine, talks};
pub use timeline::{Timeline, timeline};
pub use voice::{ReportLabel, Voice, Weight, published, sentence as printed_sentence};

/// What a view is: data that serializes, and a page to read.
pub trait View: serde::Serialize {
    /// The view laid out for reading.
    fn page(&self) -> Page;
}
