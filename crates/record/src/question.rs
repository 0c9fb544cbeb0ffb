//! Which claims answer the same question, and what values they give to it.
//!
//! Claims are put into buckets by what they are about: a place, a thing counted, a series of talks,
//! a side. Within a bucket `gather` puts them together; denials and acts against a pledge then join
//! the question of what they stand against.

use crate::against::{against_words, denials};
use crate::amount::{self, Amount, Interval};
use crate::compare::{
    Answer, Stage, Stand, Value, compare, days_between, in_words, is_month, may_be_of_one_time,
    quoted,
};
use crate::facts::{Fact, Facts, Spot, in_both};
use crate::gather::{
    Draft, Given, Homes, REACH, finished, gather, gather_pairs, next_to_each_other, root,
};
use crate::pairs::{self, Blocks, COMMON};
use crate::parts::{self, Common, Parts};
use crate::shared::{Line, Usage};
use crate::sides::Side;
use crate::talks;
use crate::words::{self, TABLES, Words, any, classes, stem, tokens};
use jiff::civil::Date;
use rapporteur_model::{
    Account, Accounts, Action, Aspect, ClaimId, Difference, Mention, Question, Realis, Relation,
    RelationKind, ReportId, Span, Standing, Subject,
};
use std::collections::{BTreeMap, BTreeSet};

/// The questions that at least two claims answer, with all the values given, in order of their
/// topics and words.
pub(crate) fn accounts(facts: &Facts<'_>) -> Vec<Accounts> {
    let mut drafts = ground(facts);
    drafts.extend(counts(facts));
    drafts.extend(of_talks(facts));
    drafts.extend(unsaid(facts));
    drafts.extend(orders(facts));
    drafts.extend(plans(facts));
    let told = statements(facts, &drafts);
    drafts.extend(told);
    let mut homes = Homes::of(facts, &drafts);
    denials(facts, &mut drafts, &mut homes);
    against_words(facts, &mut drafts, &mut homes);
    let mut all: Vec<Accounts> = (drafts.into_iter())
        .filter_map(|draft| finished(facts, draft))
        .collect();
    let versions = versions(facts, &all);
    all.extend(versions);
    all.sort_by(|a, b| (&a.question, first_claim(a)).cmp(&(&b.question, first_claim(b))));
    all
}

/// What later versions of a report only repeat stands in the account of what they repeat; where no
/// question holds that, in one of its own, marked as what only copies say.
fn versions(facts: &Facts<'_>, all: &[Accounts]) -> Vec<Accounts> {
    let held: BTreeSet<&ClaimId> = (all.iter())
        .flat_map(|accounts| accounts.accounts.iter().flat_map(|a| &a.claims))
        .collect();
    let alone = facts.list.iter().filter(|fact| !held.contains(fact.id()));
    let repeated = alone.filter(|fact| facts.repeats_of(fact.id()).next().is_some());
    repeated
        .map(|fact| {
            let mut claims: Vec<ClaimId> = facts.repeats_of(fact.id()).cloned().collect();
            claims.push(fact.id().clone());
            claims.sort();
            Accounts {
                question: question("copy", "what was said".to_string()),
                accounts: vec![Account {
                    value: quoted(fact),
                    when: fact.when,
                    claims,
                    origins: vec![fact.state.origin.clone()],
                }],
                standing: Standing::Agreed,
                relations: vec![],
            }
        })
        .collect()
}

fn first_claim(accounts: &Accounts) -> Option<&ClaimId> {
    accounts.accounts.iter().flat_map(|a| &a.claims).min()
}

pub(crate) fn question(topic: &str, words: String) -> Question {
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
        drafts.extend(besieged(facts, &spot, &holds, &fights));
    }
    drafts
}

/// Who holds a place against who is said to surround it: both can be so.
fn besieged(facts: &Facts<'_>, spot: &Spot, holds: &[Answer], fights: &[Answer]) -> Option<Draft> {
    const MOST: usize = 6;
    let siege = |answer: &&Answer| {
        let Value::Fight {
            action, negative, ..
        } = &answer.value
        else {
            return false;
        };
        *action == Action::Surrounded && !negative
    };
    let mut draft = Draft {
        question: question(
            "control",
            format!("who holds {}, and who surrounds it", spot.name),
        ),
        accounts: vec![],
        relations: vec![],
    };
    for siege in fights.iter().filter(siege).take(MOST) {
        let Value::Fight { sides, .. } = &siege.value else {
            continue;
        };
        let by = facts.get(siege.fact);
        let against = |held: &&Answer| match &held.value {
            Value::Hold {
                side,
                action,
                negative,
                ..
            } => {
                let parted = !sides.is_empty() && sides.iter().all(|s| !s.may_be(side));
                parted && !negative && *action == Action::Held && near(by, facts.get(held.fact))
            }
            _ => false,
        };
        for held in holds.iter().filter(against).take(MOST) {
            draft.relations.push(Relation {
                a: facts.get(held.fact).id().clone(),
                b: by.id().clone(),
                relation: RelationKind::Differ,
                kind: Some(Difference::Scope),
                why: format!("{} and {}", quoted(facts.get(held.fact)), quoted(by)),
            });
            for answer in [held, siege] {
                if !draft
                    .accounts
                    .iter()
                    .any(|g| g.facts.contains(&answer.fact))
                {
                    draft.accounts.push(Given {
                        value: value_in_words(facts, answer),
                        when: facts.get(answer.fact).when,
                        facts: vec![answer.fact],
                        answer: None,
                    });
                }
            }
        }
    }
    draft.relations.sort();
    draft.relations.dedup();
    (!draft.relations.is_empty()).then_some(draft)
}

/// Are the two of nearly the same days, as far as is known?
fn near(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    const DAYS: i64 = 14;
    match (a.when.or(a.written()), b.when.or(b.written())) {
        (Some(one), Some(other)) => days_between(one, other) <= DAYS,
        _ => true,
    }
}

/// Each named place with the answers to who holds it and to what is done there, in order of time.
pub(crate) fn places(facts: &Facts<'_>) -> BTreeMap<String, (Spot, Vec<Answer>, Vec<Answer>)> {
    let mut places: BTreeMap<String, (Spot, Vec<Answer>, Vec<Answer>)> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        let Subject::Ground(action) = fact.what().subject else {
            continue;
        };
        if !fact.is_actual() || fact.promised {
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
    let tellers = amount::tellers(facts);
    let holders = holders(facts);
    for (number, fact) in facts.list.iter().enumerate() {
        if !fact.is_actual() && fact.what().factuality.realis != Realis::Demanded {
            continue;
        }
        for (figure, amount) in amount::amounts(facts, fact) {
            if !tellers.contains(&(number, figure)) {
                continue;
            }
            let mut amount = amount;
            let own = || land_of(&holders, fact).filter(|_| amount::is_of_land(&amount));
            if let (None, Some(side)) = (&amount.fate, own()) {
                let key = format!("held {side}");
                amount.fate = Some("held".to_string());
                buckets.entry(key).or_default().push(Answer {
                    fact: number,
                    value: Value::Amount(amount),
                });
                continue;
            }
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
        mark_parts(facts, &mut answers);
        in_time(facts, &mut answers);
        answers.sort_by_cached_key(|a| match &a.value {
            Value::Amount(amount) => amount.scene.first().map(|s| s.key.clone()),
            _ => None,
        });
        let pairs = next_to_each_other(answers.len()).chain(of_one_number(&answers));
        drafts.extend(gather_pairs(facts, &answers, pairs, &|of| {
            counted(facts, of)
        }));
    }
    drafts
}

/// Where each report counts a side's ground, and whose.
type Holders<'a> = BTreeMap<&'a ReportId, Vec<(Span, &'a str)>>;

fn holders<'a>(facts: &'a Facts<'_>) -> Holders<'a> {
    let mut holders = Holders::new();
    for fact in &facts.list {
        let holds = match &fact.what().subject {
            Subject::Ground(action) => {
                matches!(action, Action::Taken | Action::Retaken | Action::Held)
            }
            _ => false,
        };
        if let Some(side) = fact.actors.first()
            && holds
            && !fact.what().figures.is_empty()
        {
            let of_report = holders.entry(fact.report.report.id()).or_default();
            of_report.push((fact.span(), side.key.as_str()));
        }
    }
    holders
}

/// Whose ground a share of the land is, where its claim does not say: theirs whose ground the report
/// counts nearest to it, a few paragraphs away at most.
fn land_of<'a>(holders: &Holders<'a>, fact: &Fact<'_>) -> Option<&'a str> {
    const NEAR: usize = 1500;
    let of_report = holders.get(fact.report.report.id())?;
    let away = |span: &Span| {
        let before = fact.span().start.saturating_sub(span.end);
        before.max(span.start.saturating_sub(fact.span().end))
    };
    let nearest = of_report.iter().min_by_key(|(span, _)| away(span))?;
    (away(&nearest.0) <= NEAR).then_some(nearest.1)
}

/// The answers that give one telling or large number, each with the next few, wherever they stand.
fn of_one_number(answers: &[Answer]) -> Vec<(usize, usize)> {
    const NEXT: usize = 6;
    let mut having: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, answer) in answers.iter().enumerate() {
        if let Value::Amount(amount) = &answer.value
            && (amount.number >= 1000.0 || amount::is_telling(amount))
        {
            having.entry(amount.number.to_bits()).or_default().push(at);
        }
    }
    let mut pairs = vec![];
    for same in having.values() {
        for (n, i) in same.iter().enumerate() {
            let next = same.iter().skip(n + 1).take(NEXT);
            pairs.extend(next.filter(|j| **j - *i > REACH).map(|j| (*i, *j)));
        }
    }
    pairs
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

/// Marks as a part of another each count of which its report gives a larger one, of the same thing
/// at the same place: "four bombs … two fell on the airstrip".
fn mark_parts(facts: &Facts<'_>, answers: &mut [Answer]) {
    type Place = (ReportId, String, Option<String>);
    let place = |fact: &Fact<'_>, amount: &Amount| -> Place {
        let scene = amount.scene.first().map(|s| s.key.clone());
        (fact.report.report.id().clone(), amount.thing.clone(), scene)
    };
    let is_counted_in_parts = |amount: &Amount| {
        !amount
            .fate
            .as_deref()
            .is_some_and(|f| f == "held" || amount::is_harm(f))
    };
    let mut largest: BTreeMap<Place, f64> = BTreeMap::new();
    for answer in answers.iter() {
        if let Value::Amount(amount) = &answer.value {
            let most = largest
                .entry(place(facts.get(answer.fact), amount))
                .or_insert(amount.number);
            *most = most.max(amount.number);
        }
    }
    for answer in answers {
        if let Value::Amount(amount) = &mut answer.value
            && is_counted_in_parts(amount)
        {
            let most = largest.get(&place(facts.get(answer.fact), amount)).copied();
            amount.partial |= most.is_some_and(|most| amount.number < most);
        }
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
    // Where the claims themselves name no place, the question names none.
    let mut placed = amounts.iter().filter(|(_, a)| a.inside);
    let place = placed.find_map(|(_, a)| a.scene.first());
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
        Some(fate) if amount::is_harm(fate) => format!("how many were killed or wounded{at}"),
        Some(_) if amount.thing == "person" => format!("how many were {fate}{at}"),
        Some(_) => format!("{}, {fate}{at}: how many", unit()),
        None => format!("{}{at}: how many", unit()),
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
    let (mut drafts, mut next) = (vec![], vec![]);
    let mut delegations: BTreeMap<String, (Side, Vec<Answer>)> = BTreeMap::new();
    let mut positions: BTreeMap<String, (Side, Vec<Answer>)> = BTreeMap::new();
    for series in talks::series(facts) {
        let between = series.between();
        let (mut stages, mut agreed, mut agenda) = (vec![], vec![], vec![]);
        for &fact in &series.facts {
            let of = facts.get(fact);
            let Some(detail) = of.detail() else { continue };
            let answer = |value| Answer { fact, value };
            match detail.aspect {
                Aspect::Round | Aspect::Outcome => {
                    stages.extend(stage(of).map(|s| answer(Value::Stage(s))))
                }
                Aspect::Agreement => agreed.push(answer(position(facts, of))),
                Aspect::Next => {
                    let unset = status_classes(of).contains(&"none set") || of.is_negative();
                    let none_set = of.when.is_none() && unset;
                    let sides = sides_that_meet(facts, &series, of);
                    next.push(answer(Value::Next { none_set, sides }));
                }
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
        for answers in [&mut stages, &mut agreed, &mut agenda] {
            in_time(facts, answers);
        }
        let between = &between;
        let ask = |topic: &'static str, words: String| {
            move |_: &[&Answer]| question(topic, words.clone())
        };
        let how = ask("round", format!("how the talks between {between} stand"));
        drafts.extend(gather(facts, &stages, &how));
        let agree = ask("agreement", format!("what {between} agreed"));
        drafts.extend(gather(facts, &agreed, &agree));
        let topics = ask("agenda", format!("what {between} are to discuss"));
        drafts.extend(gather(facts, &agenda, &topics));
    }
    in_time(facts, &mut next);
    drafts.extend(gather(facts, &next, &|of| {
        let sides: Vec<&str> = (of.iter())
            .find_map(|answer| match &answer.value {
                Value::Next { sides, .. } => Some(sides.values().map(String::as_str).collect()),
                _ => None,
            })
            .unwrap_or_default();
        let who = talks::listed(&sides);
        question("next", format!("when {who} meet next"))
    }));
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
            question(topic, format!("what {} {verb}", side.name))
        };
        drafts.extend(gather(facts, &answers, &words));
    }
    drafts
}

/// The sides that a claim about the next meeting names, else those of its series.
fn sides_that_meet(
    facts: &Facts<'_>,
    series: &talks::Series,
    fact: &Fact<'_>,
) -> BTreeMap<String, String> {
    let own = fact
        .detail()
        .map(|d| d.parties.as_slice())
        .unwrap_or_default();
    let own = own.iter().map(|mention| facts.side(fact, mention));
    let named: BTreeMap<String, String> = own
        .filter(Side::is_named)
        .map(|s| (s.key, s.name))
        .collect();
    match named.len() {
        0 | 1 => (series.sides.iter())
            .map(|(key, side)| (key.clone(), side.name.clone()))
            .collect(),
        _ => named,
    }
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
    let status = detail.status.as_deref().unwrap_or_default();
    if classes(&TABLES.results, status).contains(&"nothing") {
        return Some(Stage::Nothing);
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
pub(crate) fn position_in_words(fact: &Fact<'_>) -> String {
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
        false => parts
            .into_iter()
            .map(talks::bare)
            .collect::<Vec<_>>()
            .join("; "),
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

pub(crate) fn any_stem(list: &Words, text: &str) -> bool {
    tokens(text).iter().any(|word| list.contains(&stem(word)))
}

/// What reports say that somebody left unsaid, and what was to be discussed of it.
fn unsaid(facts: &Facts<'_>) -> Vec<Draft> {
    let mut left_out: BTreeMap<u32, Vec<Answer>> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        let Some(of) = words::left_unsaid(fact.exact()) else {
            continue;
        };
        for stem in facts.stems(&of) {
            left_out.entry(stem).or_default().push(Answer {
                fact: number,
                value: Value::Unsaid(facts.stems(&of)),
            });
        }
    }
    if left_out.is_empty() {
        return vec![];
    }
    for (number, fact) in facts.list.iter().enumerate() {
        let Some(detail) = fact.detail().filter(|d| d.aspect == Aspect::Agenda) else {
            continue;
        };
        let topics: Vec<Vec<u32>> = detail
            .topics
            .iter()
            .map(|topic| facts.stems(topic))
            .collect();
        let stems: BTreeSet<u32> = topics.iter().flatten().copied().collect();
        for stem in stems {
            if let Some(answers) = left_out.get_mut(&stem) {
                answers.push(Answer {
                    fact: number,
                    value: Value::Agenda(topics.clone()),
                });
            }
        }
    }
    let mut found: Vec<(BTreeSet<usize>, Draft)> = vec![];
    for mut answers in left_out.into_values() {
        in_time(facts, &mut answers);
        let words = |_: &[&Answer]| question("statement", "what was left unsaid".to_string());
        for draft in gather(facts, &answers, &words) {
            let of: BTreeSet<usize> = draft
                .accounts
                .iter()
                .flat_map(|g| g.facts.clone())
                .collect();
            let silent = of
                .iter()
                .any(|n| words::left_unsaid(facts.get(*n).exact()).is_some());
            if silent {
                found.push((of, draft));
            }
        }
    }
    // Each stem of what was left out leads to the same, or to a part of it.
    found.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    let mut kept: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut drafts: Vec<(BTreeSet<usize>, Draft)> = vec![];
    for (of, draft) in found {
        let first = of.first().and_then(|n| kept.get(n)).into_iter().flatten();
        let known = |at: &usize| {
            drafts
                .get(*at)
                .is_some_and(|(other, _)| of.is_subset(other))
        };
        if first.copied().any(|at| known(&at)) {
            continue;
        }
        for n in &of {
            kept.entry(*n).or_default().push(drafts.len());
        }
        drafts.push((of, draft));
    }
    drafts.into_iter().map(|(_, draft)| draft).collect()
}

/// What each of several sides wants first.
fn orders(facts: &Facts<'_>) -> Vec<Draft> {
    let mut answers: Vec<Answer> = vec![];
    for (number, fact) in facts.list.iter().enumerate() {
        let asks = fact
            .detail()
            .is_some_and(|d| matches!(d.aspect, Aspect::Demand | Aspect::Offer | Aspect::Refusal));
        let last = || tokens(fact.exact()).pop();
        let ordered = |fact: &Fact<'_>| {
            any(&TABLES.order_words, fact.exact())
                || last().is_some_and(|word| TABLES.order_ends.contains(&word))
        };
        if asks
            && ordered(fact)
            && let Some(side) = talks::whose(facts, fact)
        {
            let stems = fact.stems.clone();
            answers.push(Answer {
                fact: number,
                value: Value::Order { side, stems },
            });
        }
    }
    in_time(facts, &mut answers);
    gather(facts, &answers, &|_| {
        question("demand", "what each side wants first".to_string())
    })
}

// Planned acts.

/// The days on which something planned is to end or begin.
fn plans(facts: &Facts<'_>) -> Vec<Draft> {
    let mut buckets: BTreeMap<&str, Vec<Answer>> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        let Some(day) = fact.when.or_else(|| only_time(fact)) else {
            continue;
        };
        // A day before the report is no plan any more.
        let past = fact.written().is_some_and(|w| day.latest < w.earliest);
        let after = fact.written().is_some_and(|w| w.latest < day.earliest);
        let ahead = after || !past && any(&TABLES.ahead, fact.exact());
        let meeting = fact
            .detail()
            .is_some_and(|d| matches!(d.aspect, Aspect::Next | Aspect::Round));
        if meeting || past || !ahead && fact.is_actual() || fact.is_negative() {
            continue;
        }
        let words = tokens(fact.exact());
        let verb = words
            .iter()
            .map(|w| stem(w))
            .find(|w| TABLES.phases.contains_key(w));
        let phase = verb
            .as_ref()
            .and_then(|verb| TABLES.phases.get(verb)?.first());
        let (Some(verb), Some(phase)) = (verb, phase) else {
            continue;
        };
        let sentence = fact.state.claim.sentence();
        let mut named: BTreeSet<String> = BTreeSet::new();
        for mention in (fact.report.mentions.iter()).filter(|m| sentence.contains(m.span)) {
            named.insert(facts.side(fact, mention).key);
        }
        buckets.entry(phase).or_default().push(Answer {
            fact: number,
            value: Value::Plan { day, verb, named },
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

/// The time that stands in a claim's own words, where it is the only one that is known.
fn only_time(fact: &Fact<'_>) -> Option<rapporteur_model::When> {
    let span = fact.span();
    let within = fact.report.times.iter().filter(|t| span.contains(t.span));
    let mut known = within.filter_map(|time| fact.report.resolve(time));
    known.next().filter(|_| known.next().is_none())
}

// Statements.

/// Claims of nearly the same words, in two reports, that no question holds together yet.
fn statements(facts: &Facts<'_>, given: &[Draft]) -> Vec<Draft> {
    // By how many of its rarest stems a claim is looked up.
    const RARE: usize = 8;
    let mut in_accounts: Vec<Vec<usize>> = vec![vec![]; facts.list.len()];
    for (number, given) in given.iter().flat_map(|d| &d.accounts).enumerate() {
        for fact in &given.facts {
            in_accounts[*fact].push(number);
        }
    }
    // Claims on the same words as one in an account say nothing more.
    let of_words = |i: usize| -> BTreeSet<usize> {
        let on_same = facts.on_same_words(i);
        on_same
            .flat_map(|i| in_accounts[i].iter().copied())
            .collect()
    };
    let mut keys: Vec<((Option<Date>, u32), u32)> = vec![];
    for (number, fact) in (0_u32..).zip(&facts.list) {
        let mut stems: Vec<(u32, u32)> = (fact.stems.iter())
            .map(|stem| (facts.claims_with(*stem), *stem))
            .filter(|(_, stem)| facts.is_shared(*stem))
            .collect();
        stems.sort_unstable();
        let rare = stems.iter().filter(|(claims, _)| *claims <= COMMON);
        keys.extend(rare.take(RARE).map(|(_, stem)| ((None, *stem), number)));
        // Of one time, commoner words tell as well.
        if let Some(when) = fact.when.filter(|when| is_month(*when)) {
            let of_time = stems.iter().take(2 * RARE);
            keys.extend(of_time.map(|(_, stem)| ((Some(when.earliest), *stem), number)));
        }
    }
    let blocks = Blocks::of(keys);
    // Each claim is looked at once for all of its pairs.
    let accounts: Vec<BTreeSet<usize>> = (0..facts.list.len()).map(of_words).collect();
    let together = |i: usize, j: usize| !accounts[i].is_disjoint(&accounts[j]);
    let mut pairs: Vec<(usize, usize)> = (facts.judged_same())
        .filter(|(i, j)| !together(*i, *j))
        .collect();
    let mut counted: Vec<Option<Numbers>> = Vec::new();
    counted.resize_with(facts.list.len(), || None);
    let mut others = vec![];
    for (i, fact) in facts.list.iter().enumerate() {
        pairs::after(facts, i, &[&blocks], &mut others);
        for j in others.iter().copied() {
            let other = facts.get(j);
            if !shares_two_stems(fact, other)
                || together(i, j)
                || compare(facts, &said_by(i), &said_by(j)) == Stand::Apart
            {
                continue;
            }
            for n in [i, j] {
                let fact = facts.get(n);
                counted[n].get_or_insert_with(|| numbers(fact, fact.span()));
            }
            if let (Some(one), Some(other)) = (&counted[i], &counted[j])
                && same_numbers(one, other)
            {
                pairs.push((i, j));
            }
        }
        // No later claim asks for it.
        counted[i] = None;
    }
    drop(counted);
    pairs.sort_unstable();
    pairs.dedup();
    let numbers: BTreeSet<usize> = pairs.iter().flat_map(|(i, j)| [*i, *j]).collect();
    let place: BTreeMap<usize, usize> =
        numbers.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    let answers: Vec<Answer> = numbers.into_iter().map(said_by).collect();
    let pairs = pairs
        .into_iter()
        .filter_map(|(i, j)| Some((*place.get(&i)?, *place.get(&j)?)));
    let nothing_yet = |_: &[&Answer]| question("statement", String::new());
    let drafts = gather_pairs(facts, &answers, pairs, &nothing_yet);
    let whole: Vec<Draft> = (drafts.into_iter())
        .flat_map(|draft| apart(facts, draft))
        .collect();
    // What stands against one another does not agree in part.
    let numbers: BTreeMap<&ClaimId, usize> = (facts.list.iter().enumerate())
        .map(|(number, fact)| (fact.id(), number))
        .collect();
    let mut opposed: BTreeSet<(usize, usize)> = BTreeSet::new();
    for relation in given.iter().flat_map(|draft| &draft.relations) {
        let ends = (numbers.get(&relation.a), numbers.get(&relation.b));
        if let (Some(&a), Some(&b)) = ends
            && relation.relation != RelationKind::Agree
        {
            opposed.insert((a.min(b), a.max(b)));
        }
    }
    let opposed = |i: usize, j: usize| {
        let others = || facts.on_same_words(j);
        facts
            .on_same_words(i)
            .any(|i| others().any(|j| opposed.contains(&(i.min(j), i.max(j)))))
    };
    let apart = |i: usize, j: usize| together(i, j) || opposed(i, j);
    let parts = in_parts(facts, &whole, &blocks, &apart);
    whole.into_iter().chain(parts).collect()
}

fn said_by(fact: usize) -> Answer {
    Answer {
        fact,
        value: Value::Words,
    }
}

/// Who shares fewer says nothing alike.
fn shares_two_stems(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    in_both(&a.stems, &b.stems).take(2).count() == 2
}

/// Statements that agree in part: each of them with those that say a part of it, the surest first.
fn in_parts(
    facts: &Facts<'_>,
    whole: &[Draft],
    of_words: &Blocks,
    excluded: &dyn Fn(usize, usize) -> bool,
) -> Vec<Draft> {
    // With how many others a statement is shown.
    const MOST: usize = 8;
    // What one side says with two days is one thing where clauses are alike: a run of words scores 1, words
    // near one another less.
    const SURE: f64 = 1.1;
    // Two of one question that it does not set side by side may still agree in part.
    let mut tied: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut account: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let numbers: BTreeMap<&ClaimId, usize> = (whole.iter().flat_map(|d| &d.accounts))
        .flat_map(|given| &given.facts)
        .map(|n| (facts.get(*n).id(), *n))
        .collect();
    for (at, given) in whole.iter().flat_map(|d| &d.accounts).enumerate() {
        for n in &given.facts {
            account.entry(*n).or_default().push(at);
        }
    }
    for relation in whole.iter().flat_map(|d| &d.relations) {
        if let (Some(&a), Some(&b)) = (numbers.get(&relation.a), numbers.get(&relation.b)) {
            tied.insert((a.min(b), a.max(b)));
        }
    }
    let told = |i: usize, j: usize| {
        let of = |n: usize| account.get(&n).map(Vec::as_slice).unwrap_or_default();
        tied.contains(&(i.min(j), i.max(j))) || of(i).iter().any(|at| of(j).contains(at))
    };
    let mut keys: Vec<(u32, u32)> = vec![];
    for (number, fact) in (0_u32..).zip(&facts.list) {
        let stems = parts::keys(facts, fact, 3).into_iter();
        keys.extend(stems.map(|stem| (stem, number)));
    }
    let of_parts = Blocks::of(keys);
    let usage = Usage::of(facts);
    let mut found = vec![];
    // What is needed of a claim, until its pairs are done.
    let mut cut: Vec<Option<(Parts, Option<Line>)>> = Vec::new();
    cut.resize_with(facts.list.len(), || None);
    let mut others = vec![];
    for (i, x) in facts.list.iter().enumerate() {
        pairs::after(facts, i, &[&of_parts, of_words], &mut others);
        for j in others.iter().copied() {
            let y = facts.get(j);
            if !facts.one_matter(x, y)
                || !shares_two_stems(x, y)
                || facts.judged(i, j).is_some()
                || told(i, j)
                || excluded(i, j)
            {
                continue;
            }
            let days = two_days(x, y);
            if days.is_none() && !may_be_of_one_time(x, y) {
                continue;
            }
            for n in [i, j] {
                cut[n].get_or_insert_with(|| (Parts::of(facts, facts.get(n)), None));
            }
            let common = match (&cut[i], &cut[j]) {
                (Some((p, _)), Some((q, _))) => parts::common(facts, (x, p), (y, q)),
                _ => None,
            };
            let mut closely = || {
                let weights = usage.weights(facts, x, y)?;
                for n in [i, j] {
                    let (_, line) = cut[n].as_mut()?;
                    line.get_or_insert_with(|| usage.line(facts, facts.get(n)));
                }
                let line = |n: usize| cut[n].as_ref()?.1.as_ref();
                let shared = Usage::shared(weights, line(i)?, line(j)?)?;
                parts::closely(x, y, &shared)
            };
            let common = common.or_else(&mut closely);
            let sure = |common: &Common| days.is_none() || common.score >= SURE;
            if let Some(common) = common.filter(sure) {
                found.push((common, days, i, j));
            }
        }
        cut[i] = None;
    }
    found.sort_by(|a, b| (b.0.score.total_cmp(&a.0.score)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut drafts: Vec<Draft> = vec![];
    let mut homes = Homes::of(facts, &drafts);
    for (common, days, i, j) in found {
        let known = |at: &&usize| {
            let draft = drafts.get(**at);
            let first = draft.and_then(|d| d.accounts.first()?.facts.first());
            let room = draft.is_some_and(|d| d.accounts.len() < MOST);
            room && (first == Some(&i) || first == Some(&j))
        };
        let both = homes
            .of_fact(i)
            .iter()
            .any(|at| homes.of_fact(j).contains(at));
        if both {
            continue;
        }
        let home = homes.of_fact(i).iter().chain(homes.of_fact(j)).find(known);
        let given = |n: usize| Given {
            value: quoted(facts.get(n)),
            when: facts.get(n).when,
            facts: vec![n],
            answer: None,
        };
        let (relation, kind, why) = match days {
            None => {
                let why = format!("both say, in part: {}", common.words);
                (RelationKind::Agree, None, why)
            }
            Some((one, other)) => {
                let why = format!("{one} against {other}: {}", common.words);
                (RelationKind::Contradict, Some(Difference::Time), why)
            }
        };
        let relation = Relation {
            a: facts.get(i).id().clone(),
            b: facts.get(j).id().clone(),
            relation,
            kind,
            why,
        };
        let at = match home.copied() {
            Some(at) => at,
            None => {
                drafts.push(Draft {
                    question: question("statement", "what was said".to_string()),
                    accounts: vec![],
                    relations: vec![],
                });
                drafts.len() - 1
            }
        };
        if let Some(draft) = drafts.get_mut(at) {
            for n in [i, j] {
                if !draft.accounts.iter().any(|g| g.facts.contains(&n)) {
                    draft.accounts.push(given(n));
                }
            }
            draft.relations.push(relation);
            draft.relations.sort();
            homes.add(at, draft);
        }
    }
    for draft in &mut drafts {
        draft.question = said(facts, draft);
        let all: Vec<usize> = draft
            .accounts
            .iter()
            .flat_map(|g| g.facts.clone())
            .collect();
        if !facts.are_several(&all) {
            draft.question.topic = "copy".to_string();
        }
    }
    drafts
}

/// The two days or months, some weeks apart at most, with which two reports tell what one side says;
/// in words.
fn two_days(x: &Fact<'_>, y: &Fact<'_>) -> Option<(String, String)> {
    const APART: i64 = 31;
    let (one, other) = (x.when?, y.when?);
    let said = (x.speakers.first()?, y.speakers.first()?);
    let apart = days_between(one, other);
    let near = is_month(one) && is_month(other) && (1..=APART).contains(&apart);
    (near && said.0.is_named() && said.0.is(said.1)).then(|| (in_words(one), in_words(other)))
}

/// Nearly the same words with other numbers say something else: "killed 12", "killed 31". Of each
/// thing that both count, they must give numbers that can both be so; of other things, one number
/// at least must be the same.
fn same_numbers(a: &Numbers, b: &Numbers) -> bool {
    if a.is_empty() || b.is_empty() {
        return true;
    }
    let mut shared = a.keys().filter(|unit| b.contains_key(*unit)).peekable();
    if shared.peek().is_none() {
        let all = b.values().flatten();
        return (a.values().flatten()).any(|one| all.clone().any(|other| one == other));
    }
    shared.all(|unit| {
        let others = b.get(unit).map(Vec::as_slice).unwrap_or_default();
        let length = (unit.as_ref()).is_some_and(|unit| TABLES.measures.contains_key(unit));
        let same = |one: &Interval, o: &Interval| {
            one.tells_same(*o) || length && amount::is_rounded(*one, *o)
        };
        (a.get(unit).into_iter().flatten()).any(|one| others.iter().any(|o| same(one, o)))
    })
}

/// The same of a part of each.
pub(crate) fn same_numbers_within(a: (&Fact<'_>, Span), b: (&Fact<'_>, Span)) -> bool {
    same_numbers(&numbers(a.0, a.1), &numbers(b.0, b.1))
}

type Numbers = BTreeMap<Option<String>, Vec<Interval>>;

/// Do parts of two claims print one number of the same thing, larger than what is told by chance?
pub(crate) fn share_number_within(a: (&Fact<'_>, Span), b: (&Fact<'_>, Span)) -> bool {
    let (a, b) = (numbers(a.0, a.1), numbers(b.0, b.1));
    a.iter().any(|(unit, numbers)| {
        let others = b.get(unit).map(Vec::as_slice).unwrap_or_default();
        let both = numbers.iter().filter(|one| others.contains(one));
        unit.is_some() && both.into_iter().any(|one| one.is_large())
    })
}

/// Do they print one large number, whatever each calls what it counts: "20,000 lives", "20,000 people"?
pub(crate) fn share_large_number_within(a: (&Fact<'_>, Span), b: (&Fact<'_>, Span)) -> bool {
    let (a, b) = (numbers(a.0, a.1), numbers(b.0, b.1));
    let large = a.values().flatten().filter(|one| one.is_large());
    large
        .into_iter()
        .any(|one| b.values().flatten().any(|other| other == one))
}

/// The numbers that a claim prints, by the stem of what they count; without "one", which is rarely
/// meant as a count.
fn numbers(fact: &Fact<'_>, within: Span) -> Numbers {
    let mut numbers = Numbers::new();
    let figures = &fact.report.figures;
    let from = figures.partition_point(|figure| figure.span.start < within.start);
    let printed = figures.get(from..).unwrap_or_default().iter();
    let printed = printed.take_while(|figure| figure.span.start < within.end);
    // What the claim itself counts may be read more closely.
    let own = fact.what().figures.iter();
    for figure in printed.chain(own).filter(|f| within.contains(f.span)) {
        let known = Interval::of(figure).filter(|(_, number)| *number != 1.0);
        if let Some((interval, _)) = known {
            let unit = figure.unit.as_deref().and_then(amount::unit_head);
            let of_unit = numbers.entry(unit).or_default();
            if !of_unit.contains(&interval) {
                of_unit.push(interval);
            }
        }
    }
    numbers
}

/// Statements that nothing ties together are questions of their own. What only copies of one report
/// say is marked as such: it is told of where copies are.
fn apart(facts: &Facts<'_>, draft: Draft) -> Vec<Draft> {
    let mut of_claim: BTreeMap<&ClaimId, usize> = BTreeMap::new();
    for (at, given) in draft.accounts.iter().enumerate() {
        of_claim.extend(given.facts.iter().map(|n| (facts.get(*n).id(), at)));
    }
    let mut tied: Vec<usize> = (0..draft.accounts.len()).collect();
    for relation in &draft.relations {
        if let (Some(a), Some(b)) = (of_claim.get(&relation.a), of_claim.get(&relation.b)) {
            let (a, b) = (root(&mut tied, *a), root(&mut tied, *b));
            tied[a.max(b)] = a.min(b);
        }
    }
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    for (at, given) in draft.accounts.iter().enumerate() {
        let of = drafts.entry(root(&mut tied, at)).or_insert_with(|| Draft {
            question: draft.question.clone(),
            accounts: vec![],
            relations: vec![],
        });
        of.accounts.push(given.clone());
    }
    for relation in draft.relations.iter().cloned() {
        let at = of_claim.get(&relation.a).map(|at| root(&mut tied, *at));
        if let Some(of) = at.and_then(|at| drafts.get_mut(&at)) {
            of.relations.push(relation);
        }
    }
    drafts
        .into_values()
        .map(|draft| Draft {
            question: said(facts, &draft),
            ..draft
        })
        .collect()
}

/// What statements answer: what was said, and by whom where one said it all.
fn said(facts: &Facts<'_>, draft: &Draft) -> Question {
    let numbers: Vec<usize> = (draft.accounts.iter())
        .flat_map(|given| given.facts.iter().copied())
        .collect();
    let topic = match draft.relations.is_empty() && !facts.are_several(&numbers) {
        true => "copy",
        false => "statement",
    };
    let sources = numbers.iter().map(|number| {
        let fact = facts.get(*number);
        let source = fact.what().attribution.sources.first()?;
        Some(facts.who(fact, &source.mention).name)
    });
    let voices: BTreeSet<Option<String>> = sources.collect();
    let words = match voices.first() {
        Some(Some(voice)) if voices.len() == 1 => format!("what {voice} said"),
        _ => "what was said".to_string(),
    };
    question(topic, words)
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
                (None, _) if members.is_empty() => quoted(fact),
                (None, _) => members,
            }
        }
        Value::Position { .. } => position_in_words(fact),
        Value::Next { none_set: true, .. } => "no day set".to_string(),
        Value::Next { .. } => when.unwrap_or_else(|| "a meeting, no day named".to_string()),
        Value::Agenda(_) => fact
            .detail()
            .map(|d| d.topics.join("; "))
            .unwrap_or_default(),
        Value::Plan { day, .. } => in_words(*day),
        Value::Unsaid(_) | Value::Order { .. } | Value::Words => quoted(fact),
    }
}

#[cfg(test)]
mod alike;
#[cfg(test)]
mod tests;
