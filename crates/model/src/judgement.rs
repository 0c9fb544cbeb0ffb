//! Whether two things are the same, by whom, and why; every judgement can be taken back.

use crate::{ClaimId, Digest, JudgementId};
use serde::{Deserialize, Serialize};

/// What is judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Item {
    /// A name as printed, in any report.
    Name(String),
    /// A claim.
    Claim(ClaimId),
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They are one.
    Same,
    /// They are two.
    Different,
    /// Nobody can tell yet.
    Unsure,
}

/// One decision about two things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Its id: the hash of the rest.
    pub id: JudgementId,
    /// The first, in the order of [`Item`].
    pub a: Item,
    /// The second.
    pub b: Item,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided: a person's name, or the program's.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When it was recorded, RFC 3339, UTC.
    pub at: String,
    /// The judgement that this one takes back, with everything else as there.
    pub undoes: Option<JudgementId>,
}

impl Judgement {
    /// Builds a judgement and its id; the two items are put in order, so that judging A and B is
    /// judging B and A.
    pub fn new(
        a: Item,
        b: Item,
        verdict: Verdict,
        author: &str,
        reason: &str,
        at: &str,
    ) -> Judgement {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        Judgement::signed(a, b, verdict, author, reason, at, None)
    }

    /// The entry that takes this judgement back.
    pub fn undo(&self, author: &str, reason: &str, at: &str) -> Judgement {
        let undoes = Some(self.id.clone());
        Judgement::signed(
            self.a.clone(),
            self.b.clone(),
            self.verdict,
            author,
            reason,
            at,
            undoes,
        )
    }

    fn signed(
        a: Item,
        b: Item,
        verdict: Verdict,
        author: &str,
        reason: &str,
        at: &str,
        undoes: Option<JudgementId>,
    ) -> Judgement {
        let body = serde_json::to_string(&(&a, &b, verdict, author, reason, at, &undoes))
            .unwrap_or_default();
        let id = JudgementId(Digest::of("judgement").field(body).finish());
        let (author, reason, at) = (author.to_string(), reason.to_string(), at.to_string());
        Judgement {
            id,
            a,
            b,
            verdict,
            author,
            reason,
            at,
            undoes,
        }
    }
}
