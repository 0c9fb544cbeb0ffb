//! One question, and all the values that claims give to it.

use crate::{ClaimId, When};
use serde::{Deserialize, Serialize};

/// What several claims answer: "who holds Velka", "how many districts does the army hold".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Question {
    /// What is asked: `control`, `fighting`, `count`, `round`, `delegation`, `offer`, `demand`,
    /// `pledge`, `agreement`, `outcome`, `next`, `statement` …
    pub topic: String,
    /// The question in words.
    pub words: String,
}

/// One value, with the claims that give it and where they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The value, in words.
    pub value: String,
    /// When it is said to have held, where known.
    pub when: Option<When>,
    /// The claims that give it, in order of their ids.
    pub claims: Vec<ClaimId>,
    /// Where they come from once copies and citations are followed back, in order.
    pub origins: Vec<String>,
}

/// How the accounts of one question stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// One value.
    Agreed,
    /// Several values that can all be so.
    Compatible,
    /// Values that cannot all be so.
    Disputed,
}

/// How one claim stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelationKind {
    /// They say the same.
    Agree,
    /// They say different things, and neither excludes the other.
    Differ,
    /// They cannot both be so.
    Contradict,
    /// `b` tells a later state of the same thing.
    Update,
    /// `a` is a pledge and `b` a reported act against it.
    Breach,
}

/// In what two claims differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // each is its own word
pub enum Difference {
    Time,
    Scope,
    Definition,
    Denominator,
    Rounding,
    Attribution,
    Denial,
    Value,
}

/// How one claim stands to another, in what they differ, and why it is taken to be so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Relation {
    /// One claim; for an update the earlier, for a breach the pledge.
    pub a: ClaimId,
    /// The other.
    pub b: ClaimId,
    /// How they stand.
    pub relation: RelationKind,
    /// In what they differ; `None` where they agree.
    pub kind: Option<Difference>,
    /// Why, in words.
    pub why: String,
}

/// All the values given to one question. Disagreement is a value here, not an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accounts {
    /// The question.
    pub question: Question,
    /// The values, most origins first.
    pub accounts: Vec<Account>,
    /// How they stand together.
    pub standing: Standing,
    /// How single claims stand to one another.
    pub relations: Vec<Relation>,
}
