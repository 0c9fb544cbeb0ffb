//! Words that name something.

use crate::Span;
use serde::{Deserialize, Serialize};

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A person.
    Person,
    /// An organisation, government, armed group, or a people acting as one.
    Organization,
    /// A place.
    Place,
}

/// What someone is, to whom: `spokesman` of `the ministry`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Role {
    /// The office or function, as printed, without the one it is held for.
    pub role: String,
    /// Whom or what it is held for, as printed.
    pub of: Option<String>,
}

/// A run of words in one report that names or describes something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// Where the words stand.
    pub span: Span,
    /// The name as printed, without articles, titles and possessive endings.
    pub name: String,
    /// What kind of thing it is, where the report shows it.
    pub kind: Option<Kind>,
    /// The title printed before the name (`Mullah`, `President`).
    pub title: Option<String>,
    /// The role that the report gives to it at this place.
    pub role: Option<Role>,
    /// The printed name that these words stand for in the same report, where they are a pronoun or
    /// a description ("the group", "he") or a short form that the report itself resolves.
    pub stands_for: Option<String>,
}

impl Mention {
    /// A mention of which only the words are known.
    pub fn plain(span: Span, name: impl Into<String>) -> Mention {
        Mention {
            span,
            name: name.into(),
            kind: None,
            title: None,
            role: None,
            stands_for: None,
        }
    }
}
