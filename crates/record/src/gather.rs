//! Answers put together: which belong to one question, which give one value, and how they stand.
//!
//! Within a bucket each answer is compared with those next to it in place and time, never all with
//! all, so that the work grows with the number of claims. Answers that belong together make a
//! question, those of one value an account.

use crate::compare::{Answer, Stand, Tie, Value, compare, days_between, same_number};
use crate::facts::Facts;
use crate::question::value_in_words;
use crate::sides::Side;
use rapporteur_model::{
    Account, Accounts, ClaimId, Difference, Question, Relation, RelationKind, ReportId, Standing,
    When,
};
use std::collections::{BTreeMap, BTreeSet};

/// A question being put together.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) question: Question,
    pub(crate) accounts: Vec<Given>,
    pub(crate) relations: Vec<Relation>,
}

/// A value being put together, with the numbers of its claims.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) value: String,
    pub(crate) when: Option<When>,
    pub(crate) facts: Vec<usize>,
    /// The answer that gives the value most precisely, where it is an answer.
    pub(crate) answer: Option<Value>,
}

/// In which drafts each claim stands, by their numbers.
pub(crate) struct Homes(Vec<Vec<usize>>);

impl Homes {
    pub(crate) fn of(facts: &Facts<'_>, drafts: &[Draft]) -> Homes {
        let mut homes = Homes(vec![vec![]; facts.list.len()]);
        for (at, draft) in drafts.iter().enumerate() {
            homes.add(at, draft);
        }
        homes
    }

    pub(crate) fn add(&mut self, at: usize, draft: &Draft) {
        for fact in draft.accounts.iter().flat_map(|given| &given.facts) {
            if let Some(homes) = self.0.get_mut(*fact)
                && !homes.contains(&at)
            {
                homes.push(at);
            }
        }
    }

    pub(crate) fn of_fact(&self, fact: usize) -> &[usize] {
        self.0.get(fact).map(Vec::as_slice).unwrap_or_default()
    }
}

/// With how many of those after it in order of place and time an answer is compared.
pub(crate) const REACH: usize = 48;

/// How many relations are kept between two accounts of one question, and how many of them between
/// the same two reports: enough to show who stands against whom, and no square of their claims.
/// Where nothing is opposed, a few show it.
pub(crate) const TIES: usize = 16;
const TIES_OF_REPORTS: usize = 2;
const MORE_OF_REPORTS: usize = 6;
const MILD_TIES: usize = 12;

/// How many relations one question keeps.
const ALL_TIES: usize = 160;

/// Puts the answers of one bucket together into questions, each answer being compared with those
/// next to it in the given order.
pub(crate) fn gather(
    facts: &Facts<'_>,
    answers: &[Answer],
    words: &dyn Fn(&[&Answer]) -> Question,
) -> Vec<Draft> {
    gather_pairs(facts, answers, next_to_each_other(answers.len()), words)
}

/// The values that the answers of one bucket give, each with its claims, and how they stand: also
/// values that a single claim gives.
pub(crate) fn values(facts: &Facts<'_>, answers: &[Answer]) -> (Vec<Given>, Vec<Relation>) {
    let groups = groups(facts, answers, next_to_each_other(answers.len()));
    let (mut given, mut relations) = (vec![], vec![]);
    for group in groups {
        let draft = draft(facts, answers, &group, nothing_asked());
        given.extend(draft.accounts);
        relations.extend(draft.relations);
    }
    (given, relations)
}

fn nothing_asked() -> Question {
    let (topic, words) = (String::new(), String::new());
    Question { topic, words }
}

pub(crate) fn next_to_each_other(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |i| (i + 1..count.min(i + 1 + REACH)).map(move |j| (i, j)))
}

/// Puts answers together into questions, comparing the given pairs.
pub(crate) fn gather_pairs(
    facts: &Facts<'_>,
    answers: &[Answer],
    pairs: impl Iterator<Item = (usize, usize)>,
    words: &dyn Fn(&[&Answer]) -> Question,
) -> Vec<Draft> {
    let mut drafts = vec![];
    for group in groups(facts, answers, pairs) {
        let of: Vec<&Answer> = group.members.iter().map(|i| &answers[*i]).collect();
        let answered: BTreeSet<usize> = of.iter().map(|answer| answer.fact).collect();
        if answered.len() > 1 {
            drafts.push(draft(facts, answers, &group, words(&of)));
        }
    }
    drafts
}

/// Answers that belong together, and how those of them stand that were compared.
struct Group {
    members: Vec<usize>,
    stands: BTreeMap<(usize, usize), Stand>,
}

fn groups(
    facts: &Facts<'_>,
    answers: &[Answer],
    pairs: impl Iterator<Item = (usize, usize)>,
) -> Vec<Group> {
    let mut stands: Vec<((usize, usize), Stand)> = vec![];
    let mut parent: Vec<usize> = (0..answers.len()).collect();
    for (i, j) in pairs {
        let stand = compare(facts, &answers[i], &answers[j]);
        if stand != Stand::Apart {
            let (a, b) = (root(&mut parent, i), root(&mut parent, j));
            parent[a.max(b)] = a.min(b);
            stands.push(((i, j), stand));
        }
    }
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for i in 0..answers.len() {
        let group = groups.entry(root(&mut parent, i)).or_insert_with(|| Group {
            members: vec![],
            stands: BTreeMap::new(),
        });
        group.members.push(i);
    }
    for ((i, j), stand) in stands {
        if let Some(group) = groups.get_mut(&root(&mut parent, i)) {
            group.stands.insert((i, j), stand);
        }
    }
    groups.into_values().collect()
}

/// The first of those that are put together with one; `parent` leads from each towards it.
pub(crate) fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

/// How much a value leaves unsaid: of several that say the same, the fullest stands for all.
fn unsaid(value: &Value) -> usize {
    match value {
        Value::Fight { sides, .. } => usize::from(!sides.iter().any(Side::is_named)),
        Value::Hold { side, .. } => usize::from(!side.is_named()),
        Value::Delegation { head, members, .. } => {
            usize::MAX - members.len() - usize::from(head.is_some())
        }
        _ => 0,
    }
}

/// Is the value one of a day: told without it, it may be any of several?
fn has_time(value: &Value) -> bool {
    matches!(
        value,
        Value::Hold { .. }
            | Value::Fight { .. }
            | Value::Stage(_)
            | Value::Next { .. }
            | Value::Plan { .. }
    )
}

fn draft(facts: &Facts<'_>, answers: &[Answer], group: &Group, question: Question) -> Draft {
    let is_same = |stand: &Stand| matches!(stand, Stand::Same | Stand::SameBut(_));
    // Of one question, two meetings on the same days are one, whatever else ties them.
    let same_days = |i: usize, j: usize| {
        let meets = |i: usize| {
            matches!(
                answers[i].value,
                Value::Next {
                    none_set: false,
                    ..
                }
            )
        };
        let when = |i: usize| facts.get(answers[i].fact).when;
        meets(i) && meets(j) && when(i).is_some() && when(i) == when(j)
    };
    let same = |i: usize, j: usize| {
        let (i, j) = (i.min(j), i.max(j));
        match group.stands.get(&(i, j)) {
            _ if same_number(&answers[i].value, &answers[j].value) => true,
            _ if same_days(i, j) => true,
            Some(stand) => is_same(stand),
            None => is_same(&compare(facts, &answers[i], &answers[j])),
        }
    };
    let mut neighbours: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&(i, j), _) in group.stands.iter().filter(|(_, stand)| is_same(stand)) {
        neighbours.entry(i).or_default().push(j);
        neighbours.entry(j).or_default().push(i);
    }
    // The most precise first, so that "in March" joins "on 3 March" where that is the only one.
    let mut order = group.members.clone();
    order.sort_by_cached_key(|i| {
        let when = facts.get(answers[*i].fact).when;
        let width = when.map(|w| days_between(When::day(w.earliest), When::day(w.latest)));
        (width.is_none(), width, unsaid(&answers[*i].value), *i)
    });
    // How many members of an account a newcomer must agree with.
    const ASKED: usize = 6;
    let mut accounts: Vec<Vec<usize>> = vec![];
    let mut account_of: BTreeMap<usize, usize> = BTreeMap::new();
    for i in order {
        let near: BTreeSet<usize> = match answers[i].value {
            // One number is one value, wherever in the question it stands.
            Value::Amount(_) | Value::Next { .. } => (0..accounts.len().min(REACH)).collect(),
            _ => (neighbours.get(&i).into_iter().flatten())
                .filter_map(|j| account_of.get(j).copied())
                .collect(),
        };
        // What was said is told more and less fully: most must tell the same.
        let in_words = matches!(answers[i].value, Value::Words);
        let fits = |account: &usize| {
            let asked = accounts[*account].iter().take(ASKED);
            let others = asked.clone().filter(|j| !same(i, **j)).count();
            others == 0 || in_words && 2 * others <= asked.count()
        };
        let fitting: Vec<usize> = near.into_iter().filter(fits).collect();
        let account = match fitting[..] {
            [only] => only,
            [first, ..] if !has_time(&answers[i].value) => first,
            _ => {
                accounts.push(vec![]);
                accounts.len() - 1
            }
        };
        accounts[account].push(i);
        account_of.insert(i, account);
    }
    type Reports<'a> = (&'a ReportId, &'a ReportId);
    let mut kept: BTreeMap<(usize, usize), BTreeMap<Reports<'_>, usize>> = BTreeMap::new();
    let mut relations = BTreeSet::new();
    let fact = |i: usize| facts.get(answers[i].fact);
    // First a few of each two reports, then, where there is room, more of them.
    let passes = [TIES_OF_REPORTS, MORE_OF_REPORTS];
    let stands = || group.stands.iter();
    for (of_two, (&(i, j), stand)) in passes.iter().flat_map(|n| stands().map(move |s| (*n, s))) {
        let (Some(&a), Some(&b)) = (account_of.get(&i), account_of.get(&j)) else {
            continue;
        };
        let dated = || fact(i).when.is_some() && fact(j).when.is_some();
        let timed = |i: usize| has_time(&answers[i].value);
        let tie = match stand {
            Stand::Related(tie) if a != b => tie.clone(),
            Stand::SameBut(tie) => tie.clone(),
            // Told without a day, it may be either of two.
            Stand::Same
                if a != b && timed(i) && fact(i).when.is_some() != fact(j).when.is_some() =>
            {
                Tie {
                    relation: RelationKind::Agree,
                    kind: Difference::Time,
                    why: "one may be the other, told without its day".to_string(),
                    turned: false,
                }
            }
            // "In March" may be either of two days in March.
            Stand::Same if a != b && dated() && fact(i).when != fact(j).when => Tie {
                relation: RelationKind::Agree,
                kind: Difference::Time,
                why: "one may be the other, told less closely".to_string(),
                turned: false,
            },
            _ => continue,
        };
        let most = match tie.relation {
            RelationKind::Contradict | RelationKind::Breach => TIES,
            RelationKind::Differ => 2 * MILD_TIES,
            RelationKind::Agree | RelationKind::Update => MILD_TIES,
        };
        let report = |i: usize| fact(i).report.report.id();
        let reports = (report(i).min(report(j)), report(i).max(report(j)));
        let of_accounts = kept.entry((a.min(b), a.max(b))).or_default();
        let all: usize = of_accounts.values().sum();
        let of_reports = of_accounts.entry(reports).or_default();
        if all >= most || *of_reports >= of_two || relations.len() >= ALL_TIES {
            continue;
        }
        let (first, second) = if tie.turned { (j, i) } else { (i, j) };
        let id = |i: usize| fact(i).id().clone();
        if id(first) != id(second) {
            let fresh = relations.insert(Relation {
                a: id(first),
                b: id(second),
                relation: tie.relation,
                kind: (tie.relation != RelationKind::Agree).then_some(tie.kind),
                why: tie.why,
            });
            *of_reports += usize::from(fresh);
        }
    }
    let given = |members: Vec<usize>| {
        let most_precise = members.first().map(|i| &answers[*i]);
        Given {
            value: most_precise
                .map(|a| value_in_words(facts, a))
                .unwrap_or_default(),
            when: most_precise.and_then(|a| facts.get(a.fact).when),
            answer: most_precise.map(|a| a.value.clone()),
            facts: members.into_iter().map(|i| answers[i].fact).collect(),
        }
    };
    Draft {
        question,
        accounts: accounts.into_iter().map(given).collect(),
        relations: relations.into_iter().collect(),
    }
}

/// Can the two not both be so?
fn is_opposed(relation: RelationKind) -> bool {
    matches!(relation, RelationKind::Contradict | RelationKind::Breach)
}

/// A draft with its claims' ids and origins; `None` where fewer than two claims answer, or where one
/// report says it all and nothing stands against anything.
pub(crate) fn finished(facts: &Facts<'_>, draft: Draft) -> Option<Accounts> {
    let reports: BTreeSet<&ReportId> = (draft.accounts.iter().flat_map(|given| &given.facts))
        .map(|n| facts.get(*n).report.report.id())
        .collect();
    if reports.len() < 2 && draft.relations.is_empty() {
        return None;
    }
    let mut accounts: Vec<Account> = (draft.accounts.into_iter())
        .map(|given| {
            let claims: BTreeSet<ClaimId> = given
                .facts
                .iter()
                .map(|n| facts.get(*n).id().clone())
                .collect();
            let origins: BTreeSet<String> = given
                .facts
                .iter()
                .map(|n| facts.get(*n).state.origin.clone())
                .collect();
            Account {
                value: given.value,
                when: given.when,
                claims: claims.into_iter().collect(),
                origins: origins.into_iter().collect(),
            }
        })
        .collect();
    let claims: BTreeSet<&ClaimId> = accounts.iter().flat_map(|a| &a.claims).collect();
    if claims.len() < 2 {
        return None;
    }
    let order = |a: &Account| {
        (
            usize::MAX - a.origins.len(),
            a.value.clone(),
            a.claims.first().cloned(),
        )
    };
    accounts.sort_by_cached_key(order);
    let standing = match draft.relations.iter().any(|r| is_opposed(r.relation)) {
        true => Standing::Disputed,
        false if accounts.len() == 1 => Standing::Agreed,
        false => Standing::Compatible,
    };
    Some(Accounts {
        question: draft.question,
        accounts,
        standing,
        relations: draft.relations,
    })
}
