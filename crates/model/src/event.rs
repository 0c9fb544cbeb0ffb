//! What happened: PLOVER's types, what is done to ground, and what talks consist of.

use crate::{Mention, Time};
use serde::{Deserialize, Serialize};

/// PLOVER's sixteen event types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)] // their meaning is PLOVER's
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// Every type, with PLOVER's name.
    pub const NAMED: [(&'static str, EventType); 16] = [
        ("AGREE", EventType::Agree),
        ("CONSULT", EventType::Consult),
        ("SUPPORT", EventType::Support),
        ("CONCEDE", EventType::Concede),
        ("COOPERATE", EventType::Cooperate),
        ("AID", EventType::Aid),
        ("RETREAT", EventType::Retreat),
        ("REQUEST", EventType::Request),
        ("ACCUSE", EventType::Accuse),
        ("REJECT", EventType::Reject),
        ("THREATEN", EventType::Threaten),
        ("PROTEST", EventType::Protest),
        ("SANCTION", EventType::Sanction),
        ("MOBILIZE", EventType::Mobilize),
        ("COERCE", EventType::Coerce),
        ("ASSAULT", EventType::Assault),
    ];

    /// The type with PLOVER's name.
    pub fn named(name: &str) -> Option<EventType> {
        let found = EventType::NAMED
            .into_iter()
            .find(|(known, _)| *known == name);
        found.map(|(_, event)| event)
    }
}

/// What is said to be done to a piece of ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It came into the actor's hands.
    Taken,
    /// It came back into the hands of one who had lost it.
    Retaken,
    /// The actor has it.
    Held,
    /// The actor attacks, shells or bombs it, or launches an operation against it.
    Attacked,
    /// Two sides fight there.
    Clash,
    /// The actor surrounds or besieges it.
    Surrounded,
}

/// Which aspect of talks a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// Talks were held, began, resumed or ended.
    Round,
    /// Who sits there for whom.
    Delegation,
    /// What is to be discussed.
    Agenda,
    /// What one side gives, perhaps for something.
    Offer,
    /// What one side asks for.
    Demand,
    /// Someone would not come, join or accept.
    Refusal,
    /// Someone says that something said is not so, or that they know nothing of it.
    Denial,
    /// What was agreed.
    Agreement,
    /// What one side binds itself to.
    Pledge,
    /// What came, or did not come, of the talks.
    Outcome,
    /// The next meeting, or that none was set.
    Next,
}

/// The fields of a claim about talks. Which are filled depends on the aspect; all are as printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TalksDetail {
    /// Which aspect.
    pub aspect: Aspect,
    /// The sides (round, agreement, next).
    pub parties: Vec<Mention>,
    /// Whose delegation it is.
    pub party: Option<Mention>,
    /// Who leads the delegation.
    pub head: Option<Mention>,
    /// Who sits in it.
    pub members: Vec<Mention>,
    /// Who offers, demands, denies or pledges.
    pub by: Option<Mention>,
    /// Who else does so in the same words: "Velka and Orsk demand".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_others: Vec<Mention>,
    /// To whom.
    pub to: Option<Mention>,
    /// To whom else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_others: Vec<Mention>,
    /// What is offered.
    pub offers: Vec<String>,
    /// What is asked, or asked in return.
    pub asks: Vec<String>,
    /// What is to be discussed.
    pub topics: Vec<String>,
    /// What was agreed or pledged.
    pub content: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// Who refused.
    pub person: Option<Mention>,
    /// What is denied or refused.
    pub of: Option<String>,
    /// Where.
    pub place: Option<Mention>,
    /// When; `None` with aspect `next` and status `none set`: no date was named.
    pub when: Option<Time>,
    /// `began`, `held`, `resumed`, `ended`, `suspended`, `none set` …
    pub status: Option<String>,
}

impl TalksDetail {
    /// An aspect with nothing filled in yet.
    pub fn of(aspect: Aspect) -> TalksDetail {
        TalksDetail {
            aspect,
            parties: vec![],
            party: None,
            head: None,
            members: vec![],
            by: None,
            by_others: vec![],
            to: None,
            to_others: vec![],
            offers: vec![],
            asks: vec![],
            topics: vec![],
            content: None,
            result: None,
            person: None,
            of: None,
            place: None,
            when: None,
            status: None,
        }
    }
}
