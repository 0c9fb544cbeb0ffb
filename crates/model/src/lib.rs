//! The nouns of Rapporteur, in the field's own words. No I/O, no clock, no algorithms beyond what a
//! noun needs to keep its own promise.
//!
//! Read the modules in this order: a [`Report`] is one published version of one article; a [`Span`]
//! is a range of its text and an [`Evidence`] that range with its exact words; a [`Mention`] is a run
//! of words that names something; a [`Time`] and a [`Figure`] are what was said of when and how much;
//! an [`Attribution`] says who is said to have said it; a [`Claim`] is what one source says, in one
//! report, about one thing. A [`Derivation`] says how one report came from another, a [`Judgement`]
//! whether two things are the same, and [`Accounts`] hold all the values that claims give to one
//! [`Question`].
//!
//! ```
//! use rapporteur_model::{Evidence, Masthead, Report, Span};
//!
//! let report = Report::new(Masthead::default(), "The army took Velka on Monday.".into(), vec![]);
//! let evidence = Evidence::cut(&report, Span::new(4, 19)).unwrap();
//! assert_eq!(evidence.exact(), "army took Velka");
//! assert!(Evidence::cut(&report, Span::new(4, 900)).is_none());
//! ```

mod accounts;
mod address;
mod attribution;
mod calendar;
mod claim;
mod derivation;
mod entity;
mod event;
mod factuality;
mod figure;
mod id;
mod judgement;
mod place;
mod reading;
mod report;
mod span;
mod when;

pub use accounts::{Account, Accounts, Difference, Question, Relation, RelationKind, Standing};
pub use address::page_address;
pub use attribution::{Attribution, Manner, Said, Source};
pub use calendar::{Feast, islamic, solar};
pub use claim::{Claim, Subject, What};
pub use derivation::{Derivation, DerivationKind};
pub use entity::{Kind, Mention, Role};
pub use event::{Action, Aspect, EventType, TalksDetail};
pub use factuality::{Certainty, Factuality, Polarity, Realis};
pub use figure::{Comparator, Figure, Of};
pub use id::{ClaimId, Digest, EntityId, JudgementId, ReportId};
pub use judgement::{Item, Judgement, Verdict};
pub use place::{Place, PlaceKind};
pub use reading::Reading;
pub use report::{Block, BlockKind, How, Masthead, Published, Report, Sighting};
pub use span::{Evidence, Span};
pub use when::{Anchor, Date, Form, Lean, Part, Season, Time, Unit, When, YearHint};
