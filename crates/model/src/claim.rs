//! What one source says, in one report, about one thing.

use crate::{
    Action, Attribution, ClaimId, Digest, EventType, Evidence, Factuality, Figure, Mention, Report,
    Span, TalksDetail, Time,
};
use serde::{Deserialize, Serialize};

/// What a claim is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// Anything said that is none of the below.
    #[default]
    Statement,
    /// Ground: who does what to which place.
    Ground(Action),
    /// Talks.
    Talks(Box<TalksDetail>),
    /// A count: its figures say of what.
    Count,
}

/// All that a claim says, apart from where it stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct What {
    /// Who says it.
    pub attribution: Attribution,
    /// What it is about.
    pub subject: Subject,
    /// PLOVER type.
    pub event: Option<EventType>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who acts.
    pub actor: Vec<Mention>,
    /// Who or what is acted on.
    pub recipient: Vec<Mention>,
    /// Who else takes part: mediators, hosts.
    pub third_party: Vec<Mention>,
    /// Where.
    pub place: Vec<Mention>,
    /// When it happened or holds: as the claim's own words say, or, of an attack, the one day that the report's other
    /// words name for the place.
    pub when: Option<Time>,
    /// How much.
    pub figures: Vec<Figure>,
    /// How sure, so or not so, actual or not.
    pub factuality: Factuality,
}

/// What one source says, in one report, about one thing. Cannot be built without evidence and
/// cannot be changed afterwards: its id is the hash of all of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    id: ClaimId,
    evidence: Evidence,
    sentence: Span,
    what: What,
}

impl Claim {
    /// Builds a claim on the words at `span`, which stand in the sentence at `sentence`; `None`
    /// where either is no slice of the report.
    pub fn new(report: &Report, span: Span, sentence: Span, what: What) -> Option<Claim> {
        let evidence = Evidence::cut(report, span)?;
        report.slice(sentence)?;
        let id = id_of(&evidence, sentence, &what);
        Some(Claim {
            id,
            evidence,
            sentence,
            what,
        })
    }

    /// Its id.
    pub fn id(&self) -> &ClaimId {
        &self.id
    }

    /// The report, the range and the exact words.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The sentence (or run of sentences) it stands in.
    pub fn sentence(&self) -> Span {
        self.sentence
    }

    /// All that it says.
    pub fn what(&self) -> &What {
        &self.what
    }

    /// Does the id still belong to the content? Reading a record back asks this.
    pub fn is_intact(&self) -> bool {
        self.id == id_of(&self.evidence, self.sentence, &self.what)
    }
}

fn id_of(evidence: &Evidence, sentence: Span, what: &What) -> ClaimId {
    let json = serde_json::to_string(&(evidence, sentence, what)).unwrap_or_default();
    ClaimId(Digest::of("claim").field(json).finish())
}
