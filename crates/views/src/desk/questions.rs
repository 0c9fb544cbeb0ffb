//! Questions with their accounts: a page of many, and one with everything.

use super::lines::shorten;
use super::{Desk, Leaf};
use crate::disputes::{Dispute, dispute};
use crate::voice::{Voice, Weight};
use rapporteur_model::{ClaimId, Difference, RelationKind, Standing, When};
use rapporteur_record::State;
use serde::Serialize;
use std::collections::BTreeMap;

/// So many questions are on a page, so many accounts of each, so many voices of each of these.
const QUESTIONS: usize = 10;
const ACCOUNTS: usize = 4;
const VOICES: usize = 1;
/// So many claims of one question are on a page.
const CLAIMS: usize = 36;
/// So many relations.
const RELATIONS: usize = 40;

/// Questions on which accounts contradict, differ or agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DisputesPage {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// How many questions have accounts that cannot all be so, or acts against a pledge.
    pub against: usize,
    /// How many have accounts that differ and can all be so.
    pub differ: usize,
    /// On how many all agree.
    pub agreed: usize,
    /// The questions of this page.
    pub questions: Vec<QuestionLine>,
}

/// A question with its first accounts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionLine {
    /// Its id.
    pub id: String,
    /// What is asked: `control`, `count`, `offer` …
    pub topic: String,
    /// The question in words.
    pub question: String,
    /// How the accounts stand together.
    pub standing: Standing,
    /// Is there an act against a pledge?
    pub breach: bool,
    /// In what its claims differ.
    pub differences: Vec<Difference>,
    /// The first accounts.
    pub accounts: Vec<AccountView>,
    /// How many more there are.
    pub more: usize,
}

/// One value with those who give it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountView {
    /// The value in words.
    pub value: String,
    /// When it is said to have held; `None`: unknown.
    pub when: Option<When>,
    /// How many reports and origins give it.
    pub weight: Weight,
    /// The first who give it.
    pub voices: Vec<Voice>,
    /// How many more do.
    pub more: usize,
}

/// One question, with all of its accounts side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionPage {
    /// Which page this is: of its claims.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// Its id.
    pub id: String,
    /// What is asked.
    pub topic: String,
    /// The question in words.
    pub question: String,
    /// How the accounts stand together.
    pub standing: Standing,
    /// Is there an act against a pledge?
    pub breach: bool,
    /// The accounts.
    pub accounts: Vec<AccountView>,
    /// How single claims stand to one another.
    pub relations: Vec<RelationView>,
    /// How many more relations there are.
    pub more_relations: usize,
}

/// How one claim stands to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelationView {
    /// One claim; for an update the earlier, for a breach the pledge.
    pub a: Voice,
    /// The other.
    pub b: Voice,
    /// How they stand.
    pub relation: RelationKind,
    /// In what they differ.
    pub kind: Option<Difference>,
    /// Why it is taken to be so.
    pub why: String,
}

/// The order of the disputes, each with its rank: those that cannot all be so, then those that differ, then
/// the agreed; within these, most origins first.
pub(super) fn order(state: &State) -> Vec<(usize, usize)> {
    let mut order: Vec<(usize, usize, usize)> = (state.accounts.iter().enumerate())
        .filter(|(_, accounts)| accounts.question.topic != "copy")
        .map(|(number, accounts)| {
            let weight: usize = accounts.accounts.iter().map(|a| a.origins.len()).sum();
            (rank(accounts), usize::MAX - weight, number)
        })
        .collect();
    order.sort();
    let ranked = order.into_iter().map(|(rank, _, number)| (rank, number));
    ranked.collect()
}

/// 0: cannot all be so, or an act against a pledge; 1: differ; 2: agreed.
fn rank(accounts: &rapporteur_model::Accounts) -> usize {
    let any = |kind| accounts.relations.iter().any(|r| r.relation == kind);
    if accounts.standing == Standing::Disputed
        || any(RelationKind::Breach)
        || any(RelationKind::Contradict)
    {
        return 0;
    }
    let agree = accounts
        .relations
        .iter()
        .all(|r| r.relation == RelationKind::Agree);
    match accounts.standing == Standing::Agreed && agree {
        true => 2,
        false => 1,
    }
}

impl Desk {
    /// A page of questions; `topic`: only those that ask this.
    pub fn disputes(&self, topic: Option<&str>, page: usize) -> DisputesPage {
        let asks = |number: usize, topic: &str| {
            let accounts = self.state.accounts.get(number);
            accounts.is_some_and(|accounts| accounts.question.topic == topic)
        };
        let mut order: Vec<usize> = Vec::with_capacity(self.disputes.len());
        let mut ranks = [0; 3];
        for (rank, number) in &self.disputes {
            if topic.is_none_or(|topic| asks(*number, topic)) {
                order.push(*number);
                if let Some(count) = ranks.get_mut(*rank) {
                    *count += 1;
                }
            }
        }
        let [against, differ, agreed] = ranks;
        let (leaf, numbers) = Leaf::of(&order, page, QUESTIONS);
        DisputesPage {
            leaf,
            against,
            differ,
            agreed,
            questions: numbers
                .iter()
                .filter_map(|n| self.question_line(*n))
                .collect(),
        }
    }

    pub(super) fn question_line(&self, number: usize) -> Option<QuestionLine> {
        let accounts = self.state.accounts.get(number)?;
        let Dispute {
            topic,
            question,
            standing,
            accounts: lines,
            relations,
        } = dispute(&self.state, accounts);
        let mut differences: Vec<Difference> = relations.iter().filter_map(|r| r.kind).collect();
        differences.sort();
        differences.dedup();
        let all = lines.len();
        Some(QuestionLine {
            id: self.question_ids.get(number)?.clone(),
            topic,
            question,
            standing,
            breach: relations.iter().any(|r| r.relation == RelationKind::Breach),
            differences,
            accounts: (lines.into_iter().take(ACCOUNTS))
                .map(|line| {
                    let mut voices = line.voices;
                    AccountView {
                        value: line.value,
                        when: line.when,
                        weight: line.weight,
                        more: shorten(&mut voices, VOICES),
                        voices,
                    }
                })
                .collect(),
            more: all.saturating_sub(ACCOUNTS),
        })
    }

    /// One question, by its id.
    pub fn question(&self, id: &str, page: usize) -> Option<QuestionPage> {
        let number = *self.questions.get(id)?;
        let accounts = self.state.accounts.get(number)?;
        let dispute = dispute(&self.state, accounts);
        // What one page shows of the voices, account by account.
        let all: Vec<(usize, &Voice)> = (dispute.accounts.iter().enumerate())
            .flat_map(|(number, account)| account.voices.iter().map(move |v| (number, v)))
            .collect();
        let (leaf, shown) = Leaf::of(&all, page, CLAIMS);
        let mut of: BTreeMap<usize, Vec<Voice>> = BTreeMap::new();
        for (number, voice) in shown {
            of.entry(*number).or_default().push((*voice).clone());
        }
        let views: Vec<AccountView> = (dispute.accounts.iter().enumerate())
            .filter_map(|(number, account)| {
                let voices = of.remove(&number)?;
                Some(AccountView {
                    value: account.value.clone(),
                    when: account.when,
                    weight: account.weight,
                    more: account.voices.len() - voices.len(),
                    voices,
                })
            })
            .collect();
        let relation = |line: &crate::RelationLine| {
            Some(RelationView {
                a: self.voice(&line.a)?,
                b: self.voice(&line.b)?,
                relation: line.relation,
                kind: line.kind,
                why: line.why.clone(),
            })
        };
        let first = leaf.page == 1;
        let most = if first { RELATIONS } else { 0 };
        let mut relations: Vec<&crate::RelationLine> = dispute.relations.iter().collect();
        relations.sort_by_key(|line| {
            let opposing = [RelationKind::Contradict, RelationKind::Breach];
            (
                !opposing.contains(&line.relation),
                line.relation == RelationKind::Agree,
            )
        });
        Some(QuestionPage {
            leaf,
            id: id.to_string(),
            topic: dispute.topic.clone(),
            question: dispute.question.clone(),
            standing: dispute.standing,
            breach: (dispute.relations.iter()).any(|r| r.relation == RelationKind::Breach),
            accounts: views,
            more_relations: dispute.relations.len().saturating_sub(most),
            relations: (relations.into_iter().take(most))
                .filter_map(relation)
                .collect(),
        })
    }

    /// The first disputed questions that a claim stands in, with what stands against it there.
    pub(super) fn against(&self, claim: &ClaimId) -> usize {
        self.opposed.get(claim).map_or(0, |others| others.len())
    }
}
