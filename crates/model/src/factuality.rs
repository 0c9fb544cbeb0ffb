//! How sure the source puts it (FactBank), and whether it is said to be so at all (PLOVER).

use serde::{Deserialize, Serialize};

/// How sure, as the source puts it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Put as so.
    #[default]
    Certain,
    /// Put as likely.
    Probable,
    /// Put as possible.
    Possible,
    /// Not committed to: a question, a report of what others say.
    Uncommitted,
}

/// Said to be so, or not to be so.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    #[default]
    Positive,
    /// It is not so.
    Negative,
}

/// What standing the thing has in the world, as the source puts it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Realis {
    /// It happened or holds.
    #[default]
    Actual,
    /// It is intended.
    Planned,
    /// It is offered.
    Offered,
    /// It is demanded.
    Demanded,
    /// It depends on something else.
    Conditional,
}

/// The three together.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Factuality {
    /// How sure.
    pub certainty: Certainty,
    /// So or not so.
    pub polarity: Polarity,
    /// Actual, planned, offered, demanded, conditional.
    pub realis: Realis,
}
