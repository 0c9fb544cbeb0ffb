//! Who is said to have said it, and by which words.

use crate::{Mention, Span, Time};
use serde::{Deserialize, Serialize};

/// One voice that a claim is attributed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The words that name it, with its title, role and whom it stands for. For a voice without a
    /// name the mention's name is the description ("a spokesman for the ministry").
    pub mention: Mention,
    /// Is it deliberately or in fact unnamed: officials, residents, "who did not want to be named"?
    pub anonymous: bool,
    /// Is it a party to the conflict, where the report or the user's list of parties says so?
    pub party: Option<bool>,
}

/// Whether the words are the source's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Manner {
    /// In quotation marks.
    Direct,
    /// Reported in other words.
    #[default]
    Indirect,
    /// Reported, with some words in quotation marks.
    Mixed,
}

/// To whom, where and when it was said, where printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// To whom ("reporters", "Al Jazeera").
    pub to: Option<Mention>,
    /// In which place.
    pub place: Option<Mention>,
    /// When.
    pub when: Option<Time>,
}

/// Who is said to have said something: sources nest, nearest the fact first, so the last is the
/// one that the report itself heard. No sources: the publisher in its own voice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The chain of voices, nearest the fact first.
    pub sources: Vec<Source>,
    /// The words that attribute (`said`, `according to`).
    pub cue: Option<String>,
    /// Where those words stand.
    pub cue_span: Option<Span>,
    /// Whether the words are the source's own.
    pub manner: Manner,
    /// To whom, where and when.
    pub said: Said,
}
