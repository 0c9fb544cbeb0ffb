//! Which claims answer the same question, and what values they give to it.
//!
//! Claims are put into buckets by what they are about: a place, a thing counted, a series of talks,
//! a side. Within a bucket each answer is compared with those next to it in place and time, never
//! all with all; answers that belong together make a question, those of one value an account.
//! Denials and acts against a pledge then join the question of what they stand against.

use crate::amount::{self, Amount};
use crate::compare::{Answer, Stage, Stand, Tie, Value, compare, days_between, in_words, quoted};
use crate::facts::{Fact, Facts, Spot};
use crate::sides::Side;
use crate::words::{TABLES, any, classes, content, fold, stem, tokens};
use crate::{State, talks};
use rapporteur_model::{
    Account, Accounts, Action, Aspect, ClaimId, Difference, EventType, Mention, Question, Realis,
    Relation, RelationKind, Standing, Subject, When,
};
use std::collections::{BTreeMap, BTreeSet};

/// The questions that at least two claims answer, with all the values given, in order of their
/// topics and words.
pub(crate) fn accounts(state: &State) -> Vec<Accounts> {
    let facts = Facts::of(state);
    let mut drafts = ground(&facts);
    drafts.extend(counts(&facts));
    drafts.extend(of_talks(&facts));
    drafts.extend(plans(&facts));
    let told = statements(&facts, &drafts);
    drafts.extend(told);
    let mut homes = Homes::of(&facts, &drafts);
    denials(&facts, &mut drafts, &mut homes);
    against_words(&facts, &mut drafts, &mut homes);
    let mut all: Vec<Accounts> = (drafts.into_iter())
        .filter_map(|draft| finished(&facts, draft))
        .collect();
    all.sort_by(|a, b| (&a.question, first_claim(a)).cmp(&(&b.question, first_claim(b))));
    all
}

fn first_claim(accounts: &Accounts) -> Option<&ClaimId> {
    accounts.accounts.iter().flat_map(|a| &a.claims).min()
}

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
struct Homes(Vec<Vec<usize>>);

impl Homes {
    fn of(facts: &Facts<'_>, drafts: &[Draft]) -> Homes {
        let mut homes = Homes(vec![vec![]; facts.list.len()]);
        for (at, draft) in drafts.iter().enumerate() {
            homes.add(at, draft);
        }
        homes
    }

    fn add(&mut self, at: usize, draft: &Draft) {
        for fact in draft.accounts.iter().flat_map(|given| &given.facts) {
            if let Some(homes) = self.0.get_mut(*fact)
                && !homes.contains(&at)
            {
                homes.push(at);
            }
        }
    }

    fn of_fact(&self, fact: usize) -> &[usize] {
        self.0.get(fact).map(Vec::as_slice).unwrap_or_default()
    }
}

/// With how many of those after it in order of place and time an answer is compared.
const REACH: usize = 48;

/// How many relations are kept between two accounts of one question: enough to show each pair of
/// origins in all but the largest, and no square of their claims.
const TIES: usize = 16;

/// How many relations one question keeps.
const ALL_TIES: usize = 400;

/// Puts the answers of one bucket together into questions, each answer being compared with those
/// next to it in the given order.
fn gather(
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
        let draft = draft(facts, answers, &group, question("", String::new()));
        given.extend(draft.accounts);
        relations.extend(draft.relations);
    }
    (given, relations)
}

fn next_to_each_other(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |i| (i + 1..count.min(i + 1 + REACH)).map(move |j| (i, j)))
}

/// Puts answers together into questions, comparing the given pairs.
fn gather_pairs(
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

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

fn draft(facts: &Facts<'_>, answers: &[Answer], group: &Group, question: Question) -> Draft {
    let is_same = |stand: &Stand| matches!(stand, Stand::Same | Stand::SameBut(_));
    let same = |i: usize, j: usize| {
        let (i, j) = (i.min(j), i.max(j));
        match group.stands.get(&(i, j)) {
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
        (width.is_none(), width, *i)
    });
    // How many members of an account a newcomer must agree with.
    const ASKED: usize = 6;
    let mut accounts: Vec<Vec<usize>> = vec![];
    let mut account_of: BTreeMap<usize, usize> = BTreeMap::new();
    for i in order {
        let near: BTreeSet<usize> = (neighbours.get(&i).into_iter().flatten())
            .filter_map(|j| account_of.get(j).copied())
            .collect();
        let fits = |account: &usize| accounts[*account].iter().take(ASKED).all(|j| same(i, *j));
        let fitting: Vec<usize> = near.into_iter().filter(fits).collect();
        let account = match fitting[..] {
            [only] => only,
            _ => {
                accounts.push(vec![]);
                accounts.len() - 1
            }
        };
        accounts[account].push(i);
        account_of.insert(i, account);
    }
    let mut kept: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut relations = BTreeSet::new();
    for (&(i, j), stand) in &group.stands {
        let (Some(&a), Some(&b)) = (account_of.get(&i), account_of.get(&j)) else {
            continue;
        };
        let tie = match stand {
            Stand::Related(tie) if a != b => tie.clone(),
            Stand::SameBut(tie) => tie.clone(),
            // "In March" may be either of two days in March.
            Stand::Same if a != b => Tie {
                relation: RelationKind::Agree,
                kind: Difference::Time,
                why: "one may be the other, told less closely".to_string(),
                turned: false,
            },
            _ => continue,
        };
        let count = kept.entry((a.min(b), a.max(b))).or_default();
        *count += 1;
        if *count > TIES || relations.len() >= ALL_TIES {
            continue;
        }
        let (first, second) = if tie.turned { (j, i) } else { (i, j) };
        let id = |i: usize| facts.get(answers[i].fact).id().clone();
        if id(first) != id(second) {
            relations.insert(Relation {
                a: id(first),
                b: id(second),
                relation: tie.relation,
                kind: (tie.relation != RelationKind::Agree).then_some(tie.kind),
                why: tie.why,
            });
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

/// A draft with its claims' ids and origins; `None` where fewer than two claims answer.
fn finished(facts: &Facts<'_>, draft: Draft) -> Option<Accounts> {
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
    let opposed =
        |r: &Relation| matches!(r.relation, RelationKind::Contradict | RelationKind::Breach);
    let standing = match draft.relations.iter().any(opposed) {
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

fn question(topic: &str, words: String) -> Question {
    Question {
        topic: topic.to_string(),
        words,
    }
}

/// Answers in order of time, those without a time last.
fn in_time(facts: &Facts<'_>, answers: &mut [Answer]) {
    answers.sort_by_cached_key(|answer| {
        let fact = facts.get(answer.fact);
        let when = fact.when.or(fact.written());
        (when.is_none(), when, fact.id().clone())
    });
}

// Ground.

/// Who holds each place, and what fighting there is.
fn ground(facts: &Facts<'_>) -> Vec<Draft> {
    let mut drafts = vec![];
    for (spot, holds, fights) in places(facts).into_values() {
        let words = |_: &[&Answer]| question("control", format!("who holds {}", spot.name));
        drafts.extend(gather(facts, &holds, &words));
        let words = |_: &[&Answer]| {
            question(
                "fighting",
                format!("what fighting there is at {}", spot.name),
            )
        };
        drafts.extend(gather(facts, &fights, &words));
    }
    drafts
}

/// Each named place with the answers to who holds it and to what is done there, in order of time.
pub(crate) fn places(facts: &Facts<'_>) -> BTreeMap<String, (Spot, Vec<Answer>, Vec<Answer>)> {
    let mut places: BTreeMap<String, (Spot, Vec<Answer>, Vec<Answer>)> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        let Subject::Ground(action) = fact.what().subject else {
            continue;
        };
        if !fact.is_actual() {
            continue;
        }
        let named: Vec<&Spot> = fact.spots.iter().filter(|s| s.named).collect();
        let list: BTreeSet<String> = named.iter().map(|s| s.key.clone()).collect();
        for spot in named {
            let place = places.entry(spot.key.clone());
            let (_, holds, fights) = place.or_insert_with(|| (spot.clone(), vec![], vec![]));
            let negative = fact.is_negative();
            match action {
                Action::Taken | Action::Retaken | Action::Held => holds.push(Answer {
                    fact: number,
                    value: Value::Hold {
                        side: fact
                            .actors
                            .first()
                            .cloned()
                            .unwrap_or_else(Side::nobody_named),
                        action,
                        negative,
                        list: list.clone(),
                    },
                }),
                Action::Attacked | Action::Clash | Action::Surrounded => {
                    let mut sides = fact.actors.clone();
                    if action == Action::Clash {
                        sides.extend(fact.recipients.iter().cloned());
                    }
                    fights.push(Answer {
                        fact: number,
                        value: Value::Fight {
                            sides,
                            action,
                            negative,
                        },
                    });
                }
            }
        }
    }
    for (_, holds, fights) in places.values_mut() {
        in_time(facts, holds);
        in_time(facts, fights);
    }
    places
}

// Counts.

/// How many there are, or what became of how many.
fn counts(facts: &Facts<'_>) -> Vec<Draft> {
    let mut buckets: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        if !fact.is_actual() && fact.what().factuality.realis != Realis::Demanded {
            continue;
        }
        for (_, amount) in amount::amounts(facts, fact) {
            let key = match amount.fate.as_deref() {
                Some(fate) if amount::is_harm(fate) => "harm".to_string(),
                Some("held") => match fact.actors.first() {
                    Some(side) => format!("held {}", side.key),
                    None => continue,
                },
                Some(fate) => format!("{fate} {}", amount.thing),
                None => format!("of {}", amount.thing),
            };
            buckets.entry(key).or_default().push(Answer {
                fact: number,
                value: Value::Amount(amount),
            });
        }
    }
    let mut drafts = vec![];
    for mut answers in buckets.into_values() {
        settle(&mut answers);
        in_time(facts, &mut answers);
        answers.sort_by_cached_key(|a| match &a.value {
            Value::Amount(amount) => amount.scene.first().map(|s| s.key.clone()),
            _ => None,
        });
        drafts.extend(gather(facts, &answers, &|of| counted(facts, of)));
    }
    drafts
}

/// Settles which one place each count is of, where its claim does not say: of the places near it,
/// the one that most counts of the bucket may be of; of several such, the nearest.
fn settle(answers: &mut [Answer]) {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for answer in answers.iter() {
        if let Value::Amount(amount) = &answer.value {
            let keys: BTreeSet<&String> = amount.scene.iter().map(|s| &s.key).collect();
            for key in keys {
                *named.entry(key.clone()).or_default() += 1;
            }
        }
    }
    for answer in answers {
        let Value::Amount(amount) = &mut answer.value else {
            continue;
        };
        if amount.placed {
            continue;
        }
        let often = |spot: &Spot| named.get(&spot.key).copied().unwrap_or(0);
        let most = amount.scene.iter().map(often).max();
        amount.scene.retain(|spot| Some(often(spot)) == most);
        amount.scene.truncate(1);
    }
}

fn counted(facts: &Facts<'_>, of: &[&Answer]) -> Question {
    let amounts: Vec<(&Fact<'_>, &Amount)> = (of.iter())
        .filter_map(|answer| match &answer.value {
            Value::Amount(amount) => Some((facts.get(answer.fact), amount)),
            _ => None,
        })
        .collect();
    let Some((fact, amount)) = amounts.first() else {
        return question("count", String::new());
    };
    let place = amounts.iter().find_map(|(_, a)| a.scene.first());
    let at = place
        .map(|spot| format!(" at {}", spot.name))
        .unwrap_or_default();
    let fates: BTreeSet<&str> = amounts
        .iter()
        .filter_map(|(_, a)| a.fate.as_deref())
        .collect();
    let fate = fates.iter().copied().collect::<Vec<_>>().join(" or ");
    let unit = || {
        let mut units: Vec<String> = (amounts.iter())
            .filter_map(|(f, a)| unit_of(f, a))
            .collect();
        units.sort_by_key(|unit| (unit.len(), unit.clone()));
        units
            .into_iter()
            .next()
            .unwrap_or_else(|| amount.thing.clone())
    };
    let words = match amount.fate.as_deref() {
        Some("held") => {
            let holder = fact
                .actors
                .first()
                .map_or("nobody named", |s| s.name.as_str());
            format!("how much ground {holder} holds")
        }
        Some(_) if amount.thing == "person" => format!("how many were {fate}{at}"),
        Some(_) => format!("how many of {} were {fate}{at}", unit()),
        None => format!("how many of {}{at}", unit()),
    };
    question("count", words)
}

/// The unit as the claim has it.
fn unit_of(fact: &Fact<'_>, amount: &Amount) -> Option<String> {
    let figures = fact.what().figures.iter().filter_map(|f| f.unit.clone());
    let head = |unit: &String| tokens(unit).iter().any(|w| stem(w) == amount.thing);
    figures.into_iter().find(head)
}

// Talks.

/// Rounds and what came of them, delegations, positions, next meetings, agendas.
fn of_talks(facts: &Facts<'_>) -> Vec<Draft> {
    let mut drafts = vec![];
    let mut delegations: BTreeMap<String, (Side, Vec<Answer>)> = BTreeMap::new();
    let mut positions: BTreeMap<String, (Side, Vec<Answer>)> = BTreeMap::new();
    for series in talks::series(facts) {
        let between = series.between();
        let (mut stages, mut agreed, mut next, mut agenda) = (vec![], vec![], vec![], vec![]);
        for &fact in &series.facts {
            let of = facts.get(fact);
            let Some(detail) = of.detail() else { continue };
            let answer = |value| Answer { fact, value };
            match detail.aspect {
                Aspect::Round | Aspect::Outcome => {
                    stages.extend(stage(of).map(|s| answer(Value::Stage(s))))
                }
                Aspect::Agreement => agreed.push(answer(position(facts, of))),
                Aspect::Next => next.push(answer(Value::Next {
                    none_set: of.when.is_none()
                        && (status_classes(of).contains(&"none set") || of.is_negative()),
                })),
                Aspect::Agenda => {
                    let topics = detail.topics.iter().map(|topic| facts.stems(topic));
                    agenda.push(answer(Value::Agenda(topics.collect())));
                }
                Aspect::Delegation | Aspect::Refusal => {
                    let party = detail.party.as_ref().map(|party| facts.side(of, party));
                    let party = party.or_else(|| delegation_before(facts, &series, fact));
                    if let Some(party) = party {
                        let bucket = delegations.entry(party.key.clone());
                        let sits = delegation(facts, of);
                        bucket
                            .or_insert_with(|| (party, vec![]))
                            .1
                            .push(answer(sits));
                    }
                }
                Aspect::Offer | Aspect::Demand | Aspect::Pledge => {
                    if let Some(side) = talks::whose(facts, of) {
                        let bucket = positions.entry(side.key.clone());
                        let value = position(facts, of);
                        bucket
                            .or_insert_with(|| (side, vec![]))
                            .1
                            .push(answer(value));
                    }
                }
                Aspect::Denial => {}
            }
        }
        for answers in [&mut stages, &mut agreed, &mut next, &mut agenda] {
            in_time(facts, answers);
        }
        let between = &between;
        let ask = |topic: &'static str, words: String| {
            move |_: &[&Answer]| question(topic, words.clone())
        };
        let how = ask("round", format!("how the talks between {between} stand"));
        drafts.extend(gather(facts, &stages, &how));
        drafts.extend(gather(facts, &agreed, &|of| {
            content_of(facts, of, "agreement", &format!("{between} agreed"))
        }));
        let meet = ask("next", format!("when {between} meet next"));
        drafts.extend(gather(facts, &next, &meet));
        let topics = ask("agenda", format!("what {between} are to discuss"));
        drafts.extend(gather(facts, &agenda, &topics));
    }
    for (party, mut answers) in delegations.into_values() {
        in_time(facts, &mut answers);
        let words = |_: &[&Answer]| question("delegation", format!("who sits for {}", party.name));
        drafts.extend(gather(facts, &answers, &words));
    }
    for (side, mut answers) in positions.into_values() {
        in_time(facts, &mut answers);
        let words = |of: &[&Answer]| {
            let aspect = of
                .iter()
                .find_map(|a| facts.get(a.fact).detail())
                .map(|d| d.aspect);
            let (topic, verb) = match aspect {
                Some(Aspect::Offer) => ("offer", "offers"),
                Some(Aspect::Demand) => ("demand", "demands"),
                _ => ("pledge", "pledges"),
            };
            content_of(facts, of, topic, &format!("{} {verb}", side.name))
        };
        drafts.extend(gather(facts, &answers, &words));
    }
    drafts
}

fn content_of(facts: &Facts<'_>, of: &[&Answer], topic: &str, who: &str) -> Question {
    let content = of
        .first()
        .map(|a| position_in_words(facts.get(a.fact)))
        .unwrap_or_default();
    question(topic, format!("what {who}: {content}"))
}

fn status_classes<'a>(fact: &Fact<'a>) -> Vec<&'a str> {
    let status = fact
        .detail()
        .and_then(|d| d.status.as_deref())
        .unwrap_or_default();
    classes(&TABLES.statuses, status)
}

/// How a claim says that talks stand; `None` where its words do not tell.
fn stage(fact: &Fact<'_>) -> Option<Stage> {
    let detail = fact.detail()?;
    let result = detail.result.as_deref().unwrap_or_default();
    let of_result = classes(&TABLES.statuses, result);
    let statuses = status_classes(fact);
    let is = |class: &str| statuses.contains(&class) || of_result.contains(&class);
    if is("suspended") || is("abandoned") {
        return Some(Stage::Suspended);
    }
    if detail.aspect == Aspect::Outcome {
        let results = classes(&TABLES.results, result);
        return if results.contains(&"nothing") || fact.is_negative() {
            Some(Stage::Nothing)
        } else if results.contains(&"something") {
            Some(Stage::Something)
        } else {
            is("ended").then_some(Stage::Ended)
        };
    }
    let stage = match () {
        () if is("ended") => return Some(Stage::Ended),
        () if is("resumed") => Stage::Resumed,
        () if is("began") => Stage::Began,
        () => Stage::Held,
    };
    // Talks that were not held, or have not begun.
    Some(if fact.is_negative() {
        Stage::Suspended
    } else {
        stage
    })
}

/// The party whose delegation the report spoke of last before a claim that names none.
fn delegation_before(facts: &Facts<'_>, series: &talks::Series, number: usize) -> Option<Side> {
    let fact = facts.get(number);
    let before = series.facts.iter().rev().filter(|n| **n < number);
    let party = before.map(|n| facts.get(*n)).find_map(|other| {
        let party = other.detail()?.party.as_ref()?;
        (other.same_report(fact)).then(|| facts.side(other, party))
    });
    party.or_else(|| fact.detail()?.by.as_ref().map(|by| facts.side(fact, by)))
}

fn delegation(facts: &Facts<'_>, fact: &Fact<'_>) -> Value {
    let who = |mention: &Mention| facts.who(fact, mention);
    let (head, members, refused) = match fact.detail() {
        Some(d) if d.aspect == Aspect::Refusal => (None, d.person.iter().map(who).collect(), true),
        Some(d) => (
            d.head.as_ref().map(who),
            d.members.iter().map(who).collect(),
            false,
        ),
        None => (None, vec![], false),
    };
    Value::Delegation {
        head,
        members,
        refused,
    }
}

/// What a side offers, asks, pledges or agrees to, in the claim's own words for it.
fn position_in_words(fact: &Fact<'_>) -> String {
    let Some(detail) = fact.detail() else {
        return quoted(fact);
    };
    let mut parts: Vec<&str> = (detail.offers.iter().chain(&detail.asks))
        .chain(&detail.content)
        .chain(&detail.of)
        .map(String::as_str)
        .collect();
    parts.dedup();
    match parts.is_empty() {
        true => quoted(fact),
        false => parts.join("; "),
    }
}

fn position(facts: &Facts<'_>, fact: &Fact<'_>) -> Value {
    let words = position_in_words(fact);
    let restrained = any_stem(&TABLES.restraint, &words);
    Value::Position {
        stems: facts.stems(&words),
        // "not to attack" as content and as polarity say the same.
        negative: fact.is_negative() && !restrained,
    }
}

fn any_stem(list: &BTreeSet<String>, text: &str) -> bool {
    tokens(text).iter().any(|word| list.contains(&stem(word)))
}

// Planned acts.

/// The days on which something planned is to end or begin.
fn plans(facts: &Facts<'_>) -> Vec<Draft> {
    let mut buckets: BTreeMap<&str, Vec<Answer>> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        let Some(day) = fact.when else { continue };
        let ahead = fact
            .written()
            .is_some_and(|written| written.latest < day.earliest);
        let meeting = fact
            .detail()
            .is_some_and(|d| matches!(d.aspect, Aspect::Next | Aspect::Round));
        if meeting || !ahead && fact.is_actual() || fact.is_negative() {
            continue;
        }
        let Some(phase) = classes(&TABLES.phases, fact.exact()).first().copied() else {
            continue;
        };
        let sentence = fact.state.claim.sentence();
        let mut named: BTreeSet<String> = BTreeSet::new();
        for mention in (fact.report.mentions.iter()).filter(|m| sentence.contains(m.span)) {
            named.insert(facts.side(fact, mention).key);
        }
        buckets.entry(phase).or_default().push(Answer {
            fact: number,
            value: Value::Plan { day, named },
        });
    }
    let mut drafts = vec![];
    for (phase, mut answers) in buckets {
        in_time(facts, &mut answers);
        let words = |of: &[&Answer]| {
            let first = of
                .first()
                .map(|a| quoted(facts.get(a.fact)))
                .unwrap_or_default();
            question("plan", format!("on what day it is to {phase}: {first}"))
        };
        drafts.extend(gather(facts, &answers, &words));
    }
    drafts
}

// Statements.

/// Claims of nearly the same words, in two reports, that no question holds together yet.
fn statements(facts: &Facts<'_>, drafts: &[Draft]) -> Vec<Draft> {
    // A stem that more claims have does not tell one statement from another.
    const COMMON: u32 = 60;
    // By how many of its rarest stems a claim is looked up.
    const RARE: usize = 5;
    let mut in_accounts: Vec<Vec<usize>> = vec![vec![]; facts.list.len()];
    for (number, given) in drafts.iter().flat_map(|d| &d.accounts).enumerate() {
        for fact in &given.facts {
            in_accounts[*fact].push(number);
        }
    }
    let together = |i: usize, j: usize| in_accounts[i].iter().any(|n| in_accounts[j].contains(n));
    let mut having: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        let mut rare: Vec<(u32, u32)> = (fact.stems.iter())
            .map(|stem| (facts.claims_with(*stem), *stem))
            .filter(|(claims, _)| (2..=COMMON).contains(claims))
            .collect();
        rare.sort_unstable();
        for (_, stem) in rare.into_iter().take(RARE) {
            having.entry(stem).or_default().push(number);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = facts.judged_same().collect();
    for numbers in having.values() {
        for (at, i) in numbers.iter().enumerate() {
            let others = numbers[at + 1..]
                .iter()
                .filter(|j| !facts.get(*i).same_report(facts.get(**j)));
            pairs.extend(others.map(|j| (*i, *j)));
        }
    }
    pairs.retain(|(i, j)| !together(*i, *j));
    let numbers: BTreeSet<usize> = pairs.iter().flat_map(|(i, j)| [*i, *j]).collect();
    let place: BTreeMap<usize, usize> =
        numbers.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    let answers: Vec<Answer> = (numbers.into_iter())
        .map(|fact| Answer {
            fact,
            value: Value::Words,
        })
        .collect();
    let pairs = pairs
        .into_iter()
        .filter_map(|(i, j)| Some((*place.get(&i)?, *place.get(&j)?)));
    gather_pairs(facts, &answers, pairs, &|of| {
        let voices: BTreeSet<String> = (of.iter())
            .filter_map(|a| facts.get(a.fact).speakers.first().map(|s| s.name.clone()))
            .collect();
        let first = of
            .first()
            .map(|a| quoted(facts.get(a.fact)))
            .unwrap_or_default();
        let who = match voices.len() {
            1 => voices.into_iter().next().unwrap_or_default(),
            _ => "one or another".to_string(),
        };
        question("statement", format!("what {who} said: {first}"))
    })
}

// Denials.

/// What is denied, of whom, in which report.
struct Denial<'a, 'b> {
    number: usize,
    fact: &'b Fact<'a>,
    denier: Side,
    /// The words for what is denied.
    of: String,
    /// What kind of claim those words mean.
    kinds: BTreeSet<&'b str>,
}

/// Joins each denial to the question of what it denies: the claim that its words point to, in the
/// same report, the nearest before it; with those of other reports that say the same.
fn denials(facts: &Facts<'_>, drafts: &mut Vec<Draft>, homes: &mut Homes) {
    let mut of_report: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        of_report
            .entry(&fact.state.claim.evidence().report().0)
            .or_default()
            .push(number);
    }
    let acts = acts(facts);
    for number in 0..facts.list.len() {
        let Some(denial) = denial(facts, number) else {
            continue;
        };
        let report = &denial.fact.state.claim.evidence().report().0;
        let near = of_report
            .get(report.as_str())
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut targets: BTreeSet<usize> = target(facts, &denial, near).into_iter().collect();
        targets.extend(acts_denied(facts, &denial, &acts));
        if !targets.is_empty() {
            oppose(facts, drafts, homes, &denial, &targets);
        }
    }
}

fn denial<'a, 'b>(facts: &'b Facts<'a>, number: usize) -> Option<Denial<'a, 'b>> {
    let fact = facts.get(number);
    let (denier, of) = match &fact.what().subject {
        Subject::Talks(d) if d.aspect == Aspect::Denial => {
            let denier = talks::whose(facts, fact)?;
            (
                denier,
                d.of.clone().unwrap_or_else(|| fact.exact().to_string()),
            )
        }
        Subject::Ground(_) if fact.is_negative() => {
            let side = fact.actors.first().or(fact.speakers.first())?;
            (side.clone(), fact.exact().to_string())
        }
        _ => return None,
    };
    let kinds = classes(&TABLES.denied, &of).into_iter().collect();
    Some(Denial {
        number,
        fact,
        denier,
        of,
        kinds,
    })
}

/// The claim of the same report that a denial points to.
fn target(facts: &Facts<'_>, denial: &Denial<'_, '_>, near: &[usize]) -> Option<usize> {
    // A denial far below what it denies names it in full; this is some three paragraphs.
    const FAR: f64 = 1500.0;
    let of_stems = facts.stems(&denial.of);
    let own_words: BTreeSet<String> = content(&denial.of);
    let kind = |name: &str| denial.kinds.contains(name);
    let mut best: Option<(f64, usize)> = None;
    for &number in near {
        let fact = facts.get(number);
        let is_denial = fact.detail().is_some_and(|d| d.aspect == Aspect::Denial);
        let before = fact.span().start < denial.fact.span().start;
        if number == denial.number || is_denial || fact.is_negative() || !before {
            continue;
        }
        let aspect = fact.detail().map(|d| d.aspect);
        let by_denier =
            || talks::whose(facts, fact).is_some_and(|side| side.may_be(&denial.denier));
        let speaks = fact.speakers.iter().any(|s| s.is(&denial.denier));
        let acts = fact.actors.iter().any(|s| s.may_be(&denial.denier));
        let ground = matches!(fact.what().subject, Subject::Ground(_));
        let accuses = fact.what().event == Some(EventType::Accuse);
        // "The Orsolans' claim": whose claim it is stands in the denial's own words.
        let spoken_of = fact.speakers.iter().any(|side| {
            let named = content(&side.name);
            !named.is_empty() && named.is_subset(&own_words)
        });
        let mut points = 0.0;
        if kind("offer") && aspect == Some(Aspect::Offer) {
            points += if by_denier() { 4.0 } else { 2.0 };
        }
        if kind("demand") && aspect == Some(Aspect::Demand)
            || kind("agreement") && aspect == Some(Aspect::Agreement)
        {
            points += 3.0;
        }
        if !speaks {
            if kind("accusation") && accuses {
                points += 2.0;
            }
            if kind("act") && (ground || any_class(&TABLES.acts, fact.exact())) && acts {
                points += 3.0;
            }
            if kind("accusation") && (acts || concerns(facts, fact, &denial.denier)) {
                points += 2.0;
            }
            if kind("accusation") && spoken_of {
                points += 3.0;
            }
            let (likeness, shared) = facts.likeness(&of_stems, &fact.stems);
            if shared >= 2 || shared == 1 && (acts || accuses) {
                points += 4.0 * likeness;
            }
        }
        // Something must point to it; nearness alone does not.
        if points < 1.5 {
            continue;
        }
        let distance = denial.fact.span().start.saturating_sub(fact.span().end) as f64;
        let score = points - 2.0 * distance / FAR;
        if score > 0.0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, number));
        }
    }
    best.map(|(_, number)| number)
}

fn any_class(table: &BTreeMap<String, Vec<String>>, text: &str) -> bool {
    !classes(table, text).is_empty()
}

/// Does the claim name that side anywhere?
fn concerns(facts: &Facts<'_>, fact: &Fact<'_>, side: &Side) -> bool {
    let within = fact.span();
    (fact.recipients.iter().any(|s| s.is(side)))
        || (fact.report.mentions.iter())
            .filter(|m| within.contains(m.span))
            .any(|m| facts.side(fact, m).is(side))
}

/// Acts on ground by side and action, in order of time.
type Acts = BTreeMap<(Action, String), Vec<usize>>;

fn acts(facts: &Facts<'_>) -> Acts {
    let mut acts = Acts::new();
    for (number, fact) in facts.list.iter().enumerate() {
        let Subject::Ground(action) = fact.what().subject else {
            continue;
        };
        if fact.is_negative() || !fact.is_actual() {
            continue;
        }
        let action = match action {
            Action::Retaken | Action::Held => Action::Taken,
            // Who fights at a place attacks it only where it acts.
            Action::Clash => Action::Attacked,
            other => other,
        };
        for side in &fact.actors {
            acts.entry((action, side.key.clone()))
                .or_default()
                .push(number);
        }
    }
    acts
}

fn actions(words: &str) -> BTreeSet<Action> {
    let action = |class: &str| match class {
        "attacked" => Some(Action::Attacked),
        "taken" => Some(Action::Taken),
        "surrounded" => Some(Action::Surrounded),
        _ => None,
    };
    classes(&TABLES.acts, words)
        .into_iter()
        .filter_map(action)
        .collect()
}

/// How many acts of other reports one denial, pledge or sweeping claim is held against.
const ACTS: usize = 24;

/// Acts that other reports tell of and a denial denies: by the denier, of that kind, of the same
/// days, at a place that both sentences name.
fn acts_denied(facts: &Facts<'_>, denial: &Denial<'_, '_>, acts: &Acts) -> Vec<usize> {
    const DAYS: i64 = 14;
    let places = |fact: &Fact<'_>| -> BTreeSet<String> {
        let sentence = fact.state.claim.sentence();
        let mentions = fact
            .report
            .mentions
            .iter()
            .filter(|m| sentence.contains(m.span));
        let spots = mentions.map(|m| facts.spot(fact, m)).filter(|s| s.named);
        spots
            .map(|s| s.key)
            .chain(fact.spots.iter().map(|s| s.key.clone()))
            .collect()
    };
    let there = places(denial.fact);
    let mut denied = vec![];
    for action in actions(&denial.of) {
        let key = (action, denial.denier.key.clone());
        for &number in acts.get(&key).map(Vec::as_slice).unwrap_or_default() {
            let fact = facts.get(number);
            let near = match (
                fact.when.or(fact.written()),
                denial.fact.when.or(denial.fact.written()),
            ) {
                (Some(one), Some(other)) => days_between(one, other) <= DAYS,
                _ => true,
            };
            if near && !fact.same_report(denial.fact) && !places(fact).is_disjoint(&there) {
                denied.push(number);
            }
            if denied.len() >= ACTS {
                return denied;
            }
        }
    }
    denied
}

/// Adds a denial to the questions of the claims that it denies, or makes one.
fn oppose(
    facts: &Facts<'_>,
    drafts: &mut Vec<Draft>,
    homes: &mut Homes,
    denial: &Denial<'_, '_>,
    targets: &BTreeSet<usize>,
) {
    let value = format!("denied by {}", denial.denier.name);
    let why = |other: usize| format!("{} denies {}", denial.denier.name, quoted(facts.get(other)));
    let home = targets
        .iter()
        .flat_map(|n| homes.of_fact(*n))
        .min()
        .copied();
    let mut denied: BTreeSet<usize> = targets.clone();
    for given in home
        .and_then(|at| drafts.get(at))
        .iter()
        .flat_map(|d| &d.accounts)
    {
        // What other reports say in the same account is denied as well.
        if given.facts.iter().any(|f| targets.contains(f)) {
            denied.extend(given.facts.iter().copied().take(TIES));
        }
    }
    denied.remove(&denial.number);
    let relations: Vec<Relation> = (denied.iter())
        .map(|other| Relation {
            a: facts.get(*other).id().clone(),
            b: denial.fact.id().clone(),
            relation: RelationKind::Contradict,
            kind: Some(Difference::Denial),
            why: why(*other),
        })
        .collect();
    let given = Given {
        value: value.clone(),
        when: denial.fact.state.said,
        facts: vec![denial.number],
        answer: None,
    };
    let Some(draft) = home.and_then(|at| drafts.get_mut(at)) else {
        let first = denied
            .first()
            .map(|n| quoted(facts.get(*n)))
            .unwrap_or_default();
        let told = |n: &usize| Given {
            value: quoted(facts.get(*n)),
            when: facts.get(*n).when,
            facts: vec![*n],
            answer: None,
        };
        let accounts = denied.iter().map(told).chain([given]).collect();
        let words = format!("whether it is so: {first}");
        let draft = Draft {
            question: question("denial", words),
            accounts,
            relations,
        };
        homes.add(drafts.len(), &draft);
        drafts.push(draft);
        return;
    };
    let at = home.unwrap_or_default();
    let held: BTreeSet<usize> = draft
        .accounts
        .iter()
        .flat_map(|g| g.facts.iter().copied())
        .collect();
    for other in denied.iter().filter(|n| !held.contains(n)) {
        draft.accounts.push(Given {
            value: quoted(facts.get(*other)),
            when: facts.get(*other).when,
            facts: vec![*other],
            answer: None,
        });
    }
    let is_there = held.contains(&denial.number);
    match draft.accounts.iter_mut().find(|g| g.value == value) {
        _ if is_there => {}
        Some(account) => account.facts.push(denial.number),
        None => draft.accounts.push(given),
    }
    extend_relations(draft, relations);
    homes.add(at, draft);
}

fn extend_relations(draft: &mut Draft, relations: Vec<Relation>) {
    for relation in relations {
        let known = |r: &Relation| {
            r.relation == relation.relation
                && (r.a == relation.a && r.b == relation.b
                    || r.a == relation.b && r.b == relation.a)
        };
        if !draft.relations.iter().any(known) {
            draft.relations.push(relation);
        }
    }
    draft.relations.sort();
}

// Pledges, and what is said against them.

/// Acts against a pledge to leave something off, and acts that a sweeping claim ("has attacked no
/// city") leaves no room for.
fn against_words(facts: &Facts<'_>, drafts: &mut Vec<Draft>, homes: &mut Homes) {
    let acts = acts(facts);
    for (number, fact) in facts.list.iter().enumerate() {
        let pledge = fact.detail().filter(|d| d.aspect == Aspect::Pledge);
        if pledge.is_some() {
            if let Some(bound) = restraint(facts, fact) {
                let broken = acts_against(facts, fact, &bound, &acts, true);
                set_against(facts, drafts, homes, number, &broken, RelationKind::Breach);
            }
            let went_back = went_back(facts, number);
            set_against(
                facts,
                drafts,
                homes,
                number,
                &went_back,
                RelationKind::Breach,
            );
        } else if let Subject::Ground(_) = fact.what().subject
            && fact.is_negative()
            && let Some(bound) = sweeping(facts, fact)
        {
            let told = acts_against(facts, fact, &bound, &acts, false);
            set_against(
                facts,
                drafts,
                homes,
                number,
                &told,
                RelationKind::Contradict,
            );
        }
    }
}

/// What a side bound itself to leave off, or is said to have left off.
struct Bound {
    side: Side,
    actions: BTreeSet<Action>,
    /// On what kind of place ("provincial capitals": towns), or on which.
    kind: Option<String>,
    places: BTreeSet<String>,
    /// Whom not to act on.
    others: BTreeSet<String>,
}

fn restraint(facts: &Facts<'_>, fact: &Fact<'_>) -> Option<Bound> {
    let side = talks::whose(facts, fact)?;
    let words = position_in_words(fact);
    if !fact.is_negative() && !any_stem(&TABLES.restraint, &words) {
        return None;
    }
    let bound = bound(facts, fact, side, &words);
    // "Not to attack" whom or what must be said, or it binds against everyone.
    let all = bound.kind.is_none() && bound.places.is_empty() && bound.others.is_empty();
    let said = fact.state.said.or(fact.written());
    (!bound.actions.is_empty() && (!all || said.is_some())).then_some(bound)
}

/// A claim that no place of a kind is attacked or taken.
fn sweeping(facts: &Facts<'_>, fact: &Fact<'_>) -> Option<Bound> {
    if fact.spots.iter().any(|s| s.named) {
        return None;
    }
    let side = fact.actors.first()?.clone();
    let words: Vec<&str> = fact.spots.iter().map(|s| s.name.as_str()).collect();
    let mut bound = bound(facts, fact, side, &words.join(" "));
    if let Subject::Ground(action) = fact.what().subject {
        bound.actions = BTreeSet::from([action]);
    }
    bound.kind.is_some().then_some(bound)
}

fn bound(facts: &Facts<'_>, fact: &Fact<'_>, side: Side, words: &str) -> Bound {
    // The last kind that the words name is the thing's own: "capitals of provinces" apart, English
    // puts what narrows a noun before it.
    let kind = (tokens(words).iter().rev()).find_map(|w| TABLES.place_kinds.get(&stem(w)));
    let span = fact.span();
    let inside = fact
        .report
        .mentions
        .iter()
        .filter(|m| span.contains(m.span));
    let (mut places, mut others) = (BTreeSet::new(), BTreeSet::new());
    let folded = fold(words);
    for mention in inside.filter(|m| folded.contains(&fold(&m.name))) {
        let spot = facts.spot(fact, mention);
        let other = facts.side(fact, mention);
        if mention.kind == Some(rapporteur_model::Kind::Place) && spot.named {
            places.insert(spot.key);
        } else if !other.may_be(&side) {
            others.insert(other.key);
        }
    }
    Bound {
        side,
        actions: actions(words),
        kind: kind.map(|k| k.kind.clone()),
        places,
        others,
    }
}

fn acts_against(
    facts: &Facts<'_>,
    fact: &Fact<'_>,
    bound: &Bound,
    acts: &Acts,
    after: bool,
) -> Vec<usize> {
    let said = fact
        .state
        .said
        .or(if after { None } else { fact.written() });
    let mut against = vec![];
    for action in &bound.actions {
        let key = (*action, bound.side.key.clone());
        for &number in acts.get(&key).map(Vec::as_slice).unwrap_or_default() {
            let act = facts.get(number);
            let fits = match (said, act.when) {
                (Some(said), Some(when)) if after => when.latest >= said.earliest,
                (Some(said), Some(when)) => when.earliest <= said.latest,
                _ => true,
            };
            let one_time = match (act.written().or(act.when), fact.written()) {
                (Some(one), Some(other)) => days_between(one, other) <= 366,
                _ => true,
            };
            if fits && one_time && is_done_to(facts, act, bound) {
                against.push(number);
            }
        }
    }
    against.sort_unstable();
    against.dedup();
    against.truncate(ACTS);
    against
}

/// Is the act done to what the pledge or the sweeping claim speaks of?
fn is_done_to(facts: &Facts<'_>, act: &Fact<'_>, bound: &Bound) -> bool {
    if !bound.places.is_empty() {
        return act.spots.iter().any(|s| bound.places.contains(&s.key));
    }
    if let Some(kind) = &bound.kind {
        return act.spots.iter().any(|spot| is_of_kind(act, spot, kind));
    }
    if !bound.others.is_empty() {
        return act.recipients.iter().any(|s| bound.others.contains(&s.key))
            || (act.report.mentions.iter())
                .filter(|m| act.span().contains(m.span))
                .any(|m| bound.others.contains(&facts.side(act, m).key));
    }
    true
}

/// Is the place of that kind, by its own name or by the words that follow it ("Velka, the capital
/// of …")?
fn is_of_kind(fact: &Fact<'_>, spot: &Spot, kind: &str) -> bool {
    const FOLLOWING: usize = 60;
    if let Some(own) = &spot.kind {
        return own == kind;
    }
    let mention = fact.what().place.iter().find(|m| {
        fold(&m.name).contains(&fold(&spot.name)) || m.stands_for.as_ref() == Some(&spot.name)
    });
    let Some(mention) = mention else {
        return false;
    };
    let body = fact.report.report.body();
    let rest = body.get(mention.span.end..).unwrap_or_default();
    let Some(apposition) = rest.strip_prefix(',') else {
        return false;
    };
    let clause: String = apposition
        .chars()
        .take(FOLLOWING)
        .take_while(|c| !matches!(c, ',' | '.' | ';'))
        .collect();
    let kind_of = |word: &String| TABLES.place_kinds.get(&stem(word));
    // The first kind named is the place's own: "the capital of Orsol province".
    tokens(&clause)
        .iter()
        .find_map(kind_of)
        .is_some_and(|k| k.kind == kind)
}

/// Claims of the same report, soon after a pledge, that say that its side went back on it.
fn went_back(facts: &Facts<'_>, number: usize) -> Vec<usize> {
    const SOON: usize = 400;
    let pledge = facts.get(number);
    let side = talks::whose(facts, pledge);
    let after = (number + 1..facts.list.len()).map(|n| (n, facts.get(n)));
    after
        .take_while(|(_, f)| f.same_report(pledge) && f.span().start < pledge.span().end + SOON)
        .filter(|(_, f)| f.span().start >= pledge.span().end && !f.is_negative())
        .filter(|(_, f)| f.is_actual() && any(&TABLES.breaking, f.exact()))
        .filter(|(_, f)| match (f.actors.first(), &side) {
            (Some(actor), Some(side)) => actor.may_be(side),
            _ => true,
        })
        .map(|(n, _)| n)
        .collect()
}

/// Sets claims against one of words: a pledge, or a claim that sweeps over many places.
fn set_against(
    facts: &Facts<'_>,
    drafts: &mut Vec<Draft>,
    homes: &mut Homes,
    number: usize,
    acts: &[usize],
    relation: RelationKind,
) {
    if acts.is_empty() {
        return;
    }
    let fact = facts.get(number);
    let by = talks::whose(facts, fact).or_else(|| fact.actors.first().cloned());
    let by = by.map_or("nobody named".to_string(), |side| side.name);
    let (topic, kind, words) = match relation {
        RelationKind::Breach => ("pledge", Difference::Value, "is pledged"),
        _ => ("statement", Difference::Value, "is said"),
    };
    let relations: Vec<Relation> = (acts.iter())
        .map(|act| Relation {
            a: fact.id().clone(),
            b: facts.get(*act).id().clone(),
            relation,
            kind: Some(kind),
            why: format!(
                "{} {words}, and {} is reported",
                quoted(fact),
                quoted(facts.get(*act))
            ),
        })
        .collect();
    let told = |n: usize| Given {
        value: quoted(facts.get(n)),
        when: facts.get(n).when,
        facts: vec![n],
        answer: None,
    };
    let of_topic = |at: &&usize| drafts.get(**at).is_some_and(|d| d.question.topic == topic);
    let home = homes.of_fact(number).iter().find(of_topic).copied();
    if let Some((at, draft)) = home.and_then(|at| Some((at, drafts.get_mut(at)?))) {
        for act in acts {
            if !draft.accounts.iter().any(|g| g.facts.contains(act)) {
                draft.accounts.push(told(*act));
            }
        }
        extend_relations(draft, relations);
        homes.add(at, draft);
        return;
    }
    let words = match relation {
        RelationKind::Breach => format!("what {by} pledges: {}", position_in_words(fact)),
        _ => format!("whether it is so: {}", quoted(fact)),
    };
    let draft = Draft {
        question: question(topic, words),
        accounts: std::iter::once(number)
            .chain(acts.iter().copied())
            .map(told)
            .collect(),
        relations,
    };
    homes.add(drafts.len(), &draft);
    drafts.push(draft);
}

// Words.

/// What an answer says, in words.
pub(crate) fn value_in_words(facts: &Facts<'_>, answer: &Answer) -> String {
    let fact = facts.get(answer.fact);
    let when = fact.when.map(in_words);
    let dated = |words: String| match &when {
        Some(when) => format!("{words}, {when}"),
        None => words,
    };
    match &answer.value {
        Value::Hold {
            side,
            negative: true,
            ..
        } => format!("not {}", side.name),
        Value::Hold {
            side,
            action: Action::Held,
            ..
        } => side.name.clone(),
        Value::Hold { side, action, .. } => {
            let verb = if *action == Action::Retaken {
                "retaken"
            } else {
                "taken"
            };
            dated(format!("{}: {verb}", side.name))
        }
        Value::Fight {
            sides,
            action,
            negative,
        } => {
            let names: Vec<&str> = sides.iter().map(|s| s.name.as_str()).collect();
            let names = match names.is_empty() {
                true => "nobody named".to_string(),
                false => names.join(" and "),
            };
            let no = if *negative { "no " } else { "" };
            dated(match action {
                Action::Surrounded => format!("{no}siege by {names}"),
                Action::Clash => format!("{no}fighting: {names}"),
                _ => format!("{no}attack by {names}"),
            })
        }
        Value::Amount(amount) => amount.printed.clone(),
        Value::Stage(stage) => dated(
            match stage {
                Stage::Began => "began",
                Stage::Resumed => "resumed",
                Stage::Held => "held",
                Stage::Suspended => "broken off",
                Stage::Ended => "ended",
                Stage::Nothing => "no result",
                Stage::Something => "a result",
            }
            .to_string(),
        ),
        Value::Delegation {
            head,
            members,
            refused,
        } => {
            let names: Vec<&str> = members.iter().map(|w| w.name.as_str()).collect();
            let members = names.join(", ");
            match (head, refused) {
                (_, true) => format!("{members}: refused"),
                (Some(head), _) if members.is_empty() => format!("headed by {}", head.name),
                (Some(head), _) => format!("headed by {}; {members}", head.name),
                (None, _) => members,
            }
        }
        Value::Position { .. } => position_in_words(fact),
        Value::Next { none_set: true } => "no day set".to_string(),
        Value::Next { .. } => when.unwrap_or_else(|| "a meeting, no day named".to_string()),
        Value::Agenda(_) => fact
            .detail()
            .map(|d| d.topics.join("; "))
            .unwrap_or_default(),
        Value::Plan { day, .. } => in_words(*day),
        Value::Words => quoted(fact),
    }
}
