//! Where accounts contradict, differ and agree.

use crate::page::{Page, Style, column, piece, plain, share};
use crate::voice::{self, Voice, Weight, voices, weigh};
use crate::{Filter, View, words};
use rapporteur_model::{Accounts, ClaimId, Difference, RelationKind, Standing, When};
use rapporteur_record::{AGREED, DIFFERENT, State, dispute_rank};
use serde::Serialize;
use std::collections::BTreeSet;

/// Questions that several claims answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disputes {
    /// What was asked for, in words.
    pub about: String,
    /// Questions whose accounts do not all say the same: those that cannot all be so first.
    pub questions: Vec<Dispute>,
    /// Questions on which all accounts agree.
    pub agreed: Vec<Dispute>,
    /// How many more there are, where these are only the first.
    #[serde(skip_serializing_if = "More::is_nothing")]
    pub more: More,
}

/// How many questions are not among those shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct More {
    /// Accounts exclude one another, or an act stands against a pledge.
    pub contradicted: usize,
    /// Accounts differ.
    pub different: usize,
    /// All accounts agree.
    pub agreed: usize,
}

impl More {
    /// Is everything shown?
    pub fn is_nothing(&self) -> bool {
        *self == More::default()
    }

    fn count(&mut self, rank: u8, questions: usize) {
        match rank {
            AGREED.. => self.agreed += questions,
            DIFFERENT.. => self.different += questions,
            _ => self.contradicted += questions,
        }
    }
}

/// One question with its accounts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dispute {
    /// What is asked: `control`, `count`, `offer` …
    pub topic: String,
    /// The question in words.
    pub question: String,
    /// How the accounts stand together.
    pub standing: Standing,
    /// Every value given.
    pub accounts: Vec<AccountLine>,
    /// How single claims stand to one another.
    pub relations: Vec<RelationLine>,
}

/// One value with those who give it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountLine {
    /// The value in words.
    pub value: String,
    /// When it is said to have held; `None`: unknown.
    pub when: Option<When>,
    /// How many reports and origins give it.
    pub weight: Weight,
    /// Who gives it.
    pub voices: Vec<Voice>,
}

/// How one claim stands to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelationLine {
    /// One claim; for an update the earlier, for a breach the pledge.
    pub a: ClaimId,
    /// The other.
    pub b: ClaimId,
    /// How they stand.
    pub relation: RelationKind,
    /// In what they differ.
    pub kind: Option<Difference>,
    /// Why it is taken to be so.
    pub why: String,
}

/// Where accounts contradict, differ and agree.
pub fn disputes(state: &State, filter: &Filter) -> Disputes {
    first_disputes(state, filter, usize::MAX)
}

/// The first of them: so many questions, those that are contradicted before others.
pub fn first_disputes(state: &State, filter: &Filter, most: usize) -> Disputes {
    let wanted = match filter.is_empty() {
        true => BTreeSet::new(),
        false => filter.claims(state),
    };
    let asked_for = |accounts: &&Accounts| {
        filter.is_empty()
            || (accounts.accounts.iter())
                .flat_map(|account| &account.claims)
                .any(|claim| wanted.contains(claim))
    };
    let ranked = |accounts| Some((dispute_rank(accounts)?, accounts));
    let asked_for = state.accounts.iter().filter(asked_for);
    let mut ranked: Vec<(u8, &Accounts)> = asked_for.filter_map(ranked).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut more = More::default();
    for (rank, questions) in &state.left_out.disputes {
        more.count(*rank, *questions);
    }
    for (rank, _) in ranked.iter().skip(most) {
        more.count(*rank, 1);
    }
    ranked.truncate(most);
    let first_agreed = ranked.partition_point(|(rank, _)| *rank < AGREED);
    let shown = |ranked: &[(u8, &Accounts)]| -> Vec<Dispute> {
        (ranked.iter())
            .map(|(_, accounts)| dispute(state, accounts))
            .collect()
    };
    let (questions, agreed) = ranked.split_at(first_agreed);
    Disputes {
        about: filter.words(),
        questions: shown(questions),
        agreed: shown(agreed),
        more,
    }
}

/// One question as people see it.
pub fn dispute(state: &State, accounts: &Accounts) -> Dispute {
    Dispute {
        topic: accounts.question.topic.clone(),
        question: accounts.question.words.clone(),
        standing: accounts.standing,
        accounts: (accounts.accounts.iter())
            .map(|account| {
                let voices = voices(state, &account.claims);
                AccountLine {
                    value: account.value.clone(),
                    when: account.when,
                    weight: Weight {
                        reports: weigh(&voices).reports,
                        origins: account.origins.len(),
                    },
                    voices,
                }
            })
            .collect(),
        relations: (accounts.relations.iter())
            .map(|relation| RelationLine {
                a: relation.a.clone(),
                b: relation.b.clone(),
                relation: relation.relation,
                kind: relation.kind,
                why: relation.why.clone(),
            })
            .collect(),
    }
}

impl Dispute {
    /// Do two claims exclude one another, or does one tell of an act against a pledge?
    pub fn is_against(&self) -> bool {
        self.standing == Standing::Disputed
            || (self.relations.iter()).any(|relation| is_opposing(relation.relation))
    }
}

fn is_opposing(relation: RelationKind) -> bool {
    matches!(relation, RelationKind::Contradict | RelationKind::Breach)
}

impl View for Disputes {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let against = self.questions.iter().filter(|d| d.is_against()).count();
        let holds = format!(
            "{} contradicted, {} where accounts differ, {} agreed{}",
            against + self.more.contradicted,
            self.questions.len() - against + self.more.different,
            self.agreed.len() + self.more.agreed,
            self.about
        );
        page.title("Disputes", &holds);
        for dispute in &self.questions {
            write(&mut page, dispute, "");
        }
        if !self.agreed.is_empty() {
            page.heading("Agreed");
            page.blank();
            for dispute in &self.agreed {
                for account in &dispute.accounts {
                    let words = vec![
                        plain(format!("{}: ", dispute.question)),
                        piece(&account.value, Style::Strong),
                        piece(format!(" · {}", account.weight.words()), Style::Quiet),
                    ];
                    page.text(2, words);
                    voice::write(&mut page, 4, &account.voices);
                    page.blank();
                }
            }
        }
        let More {
            contradicted,
            different,
            agreed,
        } = self.more;
        let more = contradicted + different + agreed;
        if more > 0 {
            let words = words::count(more, "more question", "more questions");
            page.text(
                0,
                vec![piece(
                    format!("{words} not shown: ask for a place, an actor or a --limit"),
                    Style::Quiet,
                )],
            );
        }
        page
    }
}

/// Does a value that is words for a time, or for what happened at one, say so itself?
fn names_year(value: &str, when: When) -> bool {
    value.contains(&when.latest.year().to_string())
}

/// Writes a question, its accounts and how they stand; `before` goes into the head.
pub fn write(page: &mut Page, dispute: &Dispute, before: &str) {
    let standing = standing(dispute);
    page.heading(format!("{} · {standing}{before}", dispute.question));
    page.blank();
    for account in &dispute.accounts {
        let mut words = vec![piece(&account.value, Style::Strong)];
        if account
            .when
            .is_some_and(|when| !names_year(&account.value, when))
        {
            words.push(plain(format!(", {}", words::when(account.when))));
        }
        words.push(piece(
            format!(" · {}", account.weight.words()),
            Style::Quiet,
        ));
        page.text(2, words);
        voice::write(page, 4, &account.voices);
        page.blank();
    }
    for relation in &dispute.relations {
        let style = match is_opposing(relation.relation) {
            true => Style::Against,
            false => Style::Plain,
        };
        let mut how = self::relation(relation.relation).to_string();
        if let Some(kind) = relation.kind {
            how.push_str(&format!(", {}", difference(kind)));
        }
        let claims = format!(
            " [{}] [{}]",
            words::short(&relation.a.0),
            words::short(&relation.b.0)
        );
        page.row(
            2,
            vec![
                column(24, vec![piece(how, style)]),
                share(1, vec![plain(&relation.why), piece(claims, Style::Quiet)]),
            ],
        );
    }
    page.blank();
}

/// How the accounts of a question stand, in a word.
pub(crate) fn standing(dispute: &Dispute) -> &'static str {
    let breach = |relation: &RelationLine| relation.relation == RelationKind::Breach;
    match dispute.standing {
        Standing::Disputed => "disputed",
        _ if dispute.relations.iter().any(breach) => "a pledge and an act against it",
        Standing::Compatible => "different, and all can be so",
        Standing::Agreed => "agreed",
    }
}

/// A relation in a word.
pub fn relation(relation: RelationKind) -> &'static str {
    match relation {
        RelationKind::Agree => "agree",
        RelationKind::Differ => "differ",
        RelationKind::Contradict => "contradict",
        RelationKind::Update => "update",
        RelationKind::Breach => "breach",
    }
}

/// What two claims differ in, in a word.
pub fn difference(kind: Difference) -> &'static str {
    match kind {
        Difference::Time => "time",
        Difference::Scope => "scope",
        Difference::Definition => "definition",
        Difference::Denominator => "denominator",
        Difference::Rounding => "rounding",
        Difference::Attribution => "attribution",
        Difference::Denial => "denial",
        Difference::Value => "value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn accounts_are_weighed_by_origins() {
        expect![[r#"
            Disputes · 1 contradicted, 0 where accounts differ, 0 agreed
            ────────────────────────────────────────────────────────────────────────────────

            control of Velka · disputed

              army, 28 Feb 2031 · 2 reports, 1 origin
                │ The army took Velka on Friday, the defence ministry said.
                  defence ministry ← North Wire, 1 Mar 2031 [322cb15b05]
                  also defence ministry ← Daily Echo, 2 Mar 2031 [17d9f44f81]

              Žižek’s men · 1 report, 1 origin
                │ “Žižek’s men hold Velka,” said two residents.
                  two residents (unnamed) ← page.txt, date unknown [1cc08276da]

              contradict, value         army holds Velka; Žižek’s men hold Velka
                                        [17d9f44f81] [1cc08276da]
        "#]]
        .assert_eq(&disputes(&state(), &Filter::default()).page().plain(80));
    }
}
