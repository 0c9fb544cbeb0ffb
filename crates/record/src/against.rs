//! What stands against what: denials and the claims they deny, pledges and the acts against them.

use crate::compare::{days_between, may_be_of_one_time, quoted};
use crate::facts::{Fact, Facts, Spot};
use crate::gather::{Draft, Given, Homes, TIES};
use crate::question::{any_stem, position_in_words, question};
use crate::sides::Side;
use crate::talks;
use crate::words::{Classes, TABLES, classes, content, fold, stem, tokens};
use rapporteur_model::{
    Action, Aspect, Difference, EventType, Kind, Mention, Relation, RelationKind, Subject,
};
use std::collections::{BTreeMap, BTreeSet};

// Denials.

/// What is denied, of whom, in which report.
struct Denial<'a, 'b> {
    number: usize,
    fact: &'b Fact<'a>,
    denier: Side,
    /// The words for what is denied.
    of: String,
    /// Does the side that is said to have acted deny it itself?
    own: bool,
    /// What kind of claim those words mean.
    kinds: BTreeSet<&'b str>,
}

/// Joins each denial to the question of what it denies: the claim that its words point to, in the
/// same report, the nearest before it; with those of other reports that say the same.
pub(crate) fn denials(facts: &Facts<'_>, drafts: &mut Vec<Draft>, homes: &mut Homes) {
    let mut of_report: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, fact) in facts.list.iter().enumerate() {
        of_report
            .entry(&fact.state.claim.evidence().report().0)
            .or_default()
            .push(number);
    }
    let acts = acts(facts);
    let telling = telling(facts);
    for number in 0..facts.list.len() {
        let Some(denial) = denial(facts, number) else {
            continue;
        };
        let report = &denial.fact.state.claim.evidence().report().0;
        let near = of_report
            .get(report.as_str())
            .map(Vec::as_slice)
            .unwrap_or_default();
        let target = target(facts, &denial, near).filter(|_| denial.own);
        let mut elsewhere = acts_denied(facts, &denial, &acts);
        if elsewhere.is_empty() {
            elsewhere = said_elsewhere(facts, &denial, &telling);
        }
        oppose(facts, drafts, homes, &denial, target, &elsewhere);
    }
}

fn denial<'a, 'b>(facts: &'b Facts<'a>, number: usize) -> Option<Denial<'a, 'b>> {
    let fact = facts.get(number);
    let (denier, of, own) = match &fact.what().subject {
        Subject::Talks(d) if d.aspect == Aspect::Denial => {
            let denier = talks::whose(facts, fact)?;
            let of = d.of.clone().unwrap_or_else(|| fact.exact().to_string());
            (denier, of, true)
        }
        // "We did not attack anywhere": whoever acts speaks for itself; or another says it of them.
        Subject::Ground(_) if fact.is_negative() && !fact.promised => {
            let side = fact.actors.first()?.clone();
            let own = fact.speakers.first().is_some_and(|s| s.may_be(&side));
            (side, fact.exact().to_string(), own)
        }
        _ => return None,
    };
    let kinds = classes(&TABLES.denied, &of).into_iter().collect();
    Some(Denial {
        number,
        fact,
        denier,
        of,
        own,
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
    // "rejected an accusation by Velka that …": what Velka said stands within the denial's words.
    let within = near.iter().copied().find(|&number| {
        let fact = facts.get(number);
        let told = !fact.speakers.is_empty() && !fact.speakers.iter().any(|s| s.is(&denial.denier));
        told && number != denial.number
            && denial.fact.span().contains(fact.span())
            && !fact.is_negative()
    });
    if within.is_some() {
        return within;
    }
    let told_of = told_of(facts, denial);
    if told_of.is_empty()
        && let Some(said) = said_before(facts, denial, near)
    {
        return Some(said);
    }
    // "Rumours of a hostage-taking" are no claim that says nothing of one.
    let is_elsewhere =
        |fact: &Fact<'_>| told_of.len() >= 2 && facts.likeness(&told_of, &fact.stems).1 == 0;
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
        // Who says that they did not bomb says nothing of fighting.
        let clash = matches!(fact.what().subject, Subject::Ground(Action::Clash));
        let ground = matches!(fact.what().subject, Subject::Ground(_));
        let sentence = fact.report.report.slice(fact.state.claim.sentence());
        let accuses = fact.what().event == Some(EventType::Accuse)
            || any_stem(&TABLES.accusing, sentence.unwrap_or_default());
        // "The Orsolans' claim": whose claim it is stands in the denial's own words.
        let spoken_of = fact.speakers.iter().any(|side| {
            let named = content(&side.name);
            !named.is_empty() && named.is_subset(&own_words)
        });
        let mut points = 0.0;
        if kind("offer") && aspect == Some(Aspect::Offer) {
            points += if by_denier() { 4.0 } else { 2.0 };
        }
        // A proposal is told by what it asks for as well.
        if kind("offer") && aspect == Some(Aspect::Demand) && by_denier() {
            points += 2.0;
        }
        if kind("demand") && aspect == Some(Aspect::Demand)
            || kind("agreement") && aspect == Some(Aspect::Agreement)
        {
            points += 3.0;
        }
        if !speaks {
            let concerned = acts || concerns(facts, fact, &denial.denier);
            let act_told = !clash && (ground || any_class(&TABLES.acts, fact.exact()));
            if kind("act") && act_told && concerned {
                points += if acts { 3.5 } else { 2.5 };
            }
            // What is called a claim or an accusation is someone's: the publisher's own words are
            // meant only where nothing else is.
            if kind("accusation") && spoken_of {
                points += 4.0;
            } else if kind("accusation") && !kind("act") && concerned && !is_elsewhere(fact) {
                points += if fact.speakers.is_empty() { 1.5 } else { 2.5 };
                points += if accuses { 1.5 } else { 0.0 };
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

/// "The ministry disputes the claim", "does not accept that number": what somebody else says right
/// before, with a number where the denial speaks of one.
fn said_before(facts: &Facts<'_>, denial: &Denial<'_, '_>, near: &[usize]) -> Option<usize> {
    // A sentence or two.
    const SOON: usize = 260;
    let other = ["offer", "demand", "agreement", "act"];
    if other.iter().any(|kind| denial.kinds.contains(kind)) {
        return None;
    }
    let of_number = denial.kinds.contains("number");
    if !of_number && !denial.kinds.contains("accusation") {
        return None;
    }
    let start = denial.fact.state.claim.sentence().start;
    let candidates = near.iter().copied().filter(|&number| {
        let fact = facts.get(number);
        let before = fact.span().end <= start && start <= fact.span().end + SOON;
        let own = fact.speakers.iter().any(|s| s.is(&denial.denier));
        let told = fact.speakers.iter().chain(&fact.actors).any(Side::is_named);
        before && !own && told && !fact.is_negative() && number != denial.number
    });
    let counted = |fact: &Fact<'_>| !fact.what().figures.is_empty();
    candidates
        .filter(|n| !of_number || counted(facts.get(*n)))
        .max_by_key(|n| {
            let fact = facts.get(*n);
            (
                fact.state.claim.sentence().start,
                counted(fact),
                fact.span().len(),
            )
        })
}

/// The stems of what a denial's words say the accusation was of, without the words for an
/// accusation and the denier's name.
fn told_of(facts: &Facts<'_>, denial: &Denial<'_, '_>) -> Vec<u32> {
    let name = content(&denial.denier.name);
    let words = tokens(&denial.of).into_iter().filter(|word| {
        let stem = stem(word);
        !TABLES.denied.contains_key(&stem) && !name.contains(&stem)
    });
    facts.stems(&words.collect::<Vec<_>>().join(" "))
}

fn any_class(table: &Classes, text: &str) -> bool {
    !classes(table, text).is_empty()
}

/// Does the claim's sentence name that side anywhere?
fn concerns(facts: &Facts<'_>, fact: &Fact<'_>, side: &Side) -> bool {
    let within = fact.state.claim.sentence();
    (fact.recipients.iter().any(|s| s.is(side)))
        || (fact.report.mentions.iter())
            .filter(|m| within.contains(m.span))
            .any(|m| facts.side(fact, m).is(side))
}

/// Acts on ground by side and action, in order of their claims.
#[derive(Default)]
struct Acts {
    all: BTreeMap<(Action, String), Vec<usize>>,
    /// By the keys of the places that each one's claim or sentence names, too.
    at: BTreeMap<(Action, String, String), Vec<usize>>,
}

impl Acts {
    fn of(&self, action: Action, side: &Side) -> &[usize] {
        let acts = self.all.get(&(action, side.key.clone()));
        acts.map(Vec::as_slice).unwrap_or_default()
    }

    /// Those at any of some places.
    fn at(&self, action: Action, side: &Side, places: &BTreeSet<String>) -> BTreeSet<usize> {
        let key = |place: &String| (action, side.key.clone(), place.clone());
        let acts = places.iter().filter_map(|place| self.at.get(&key(place)));
        acts.flatten().copied().collect()
    }
}

fn acts(facts: &Facts<'_>) -> Acts {
    let mut acts = Acts::default();
    for (number, fact) in facts.list.iter().enumerate() {
        let Subject::Ground(action) = fact.what().subject else {
            continue;
        };
        if fact.is_negative() || !fact.is_actual() || fact.promised {
            continue;
        }
        let action = match action {
            Action::Retaken | Action::Held => Action::Taken,
            // Who fights at a place attacks it only where it acts.
            Action::Clash => Action::Attacked,
            other => other,
        };
        let in_sentence = places_in_sentence(fact).map(|m| facts.spot(fact, m).key);
        let places = fact.spots.iter().map(|spot| spot.key.clone());
        let places: BTreeSet<String> = places.chain(in_sentence).collect();
        for side in &fact.actors {
            let of_side = acts.all.entry((action, side.key.clone()));
            of_side.or_default().push(number);
            for place in &places {
                let there = (acts.at).entry((action, side.key.clone(), place.clone()));
                there.or_default().push(number);
            }
        }
    }
    acts
}

/// The places that a claim's sentence names.
fn places_in_sentence<'f>(fact: &'f Fact<'_>) -> impl Iterator<Item = &'f Mention> {
    let sentence = fact.state.claim.sentence();
    let within = (fact.report.mentions.iter()).filter(move |m| sentence.contains(m.span));
    within.filter(|m| m.kind == Some(Kind::Place))
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
const ACTS: usize = 12;

/// Acts that other reports tell of and a denial denies: by the denier, of that kind, of the same
/// days, at a place that both sentences name.
fn acts_denied(facts: &Facts<'_>, denial: &Denial<'_, '_>, acts: &Acts) -> Vec<usize> {
    const DAYS: i64 = 14;
    let places = |fact: &Fact<'_>| -> BTreeSet<String> {
        // Its own country is where a side always is.
        let places =
            places_in_sentence(fact).filter(|m| !Side::of_words(&m.name).is(&denial.denier));
        let spots = places
            .map(|m| facts.spot(fact, m))
            .chain(fact.spots.iter().cloned());
        spots.filter(|s| s.named).map(|s| s.key).collect()
    };
    let there = places(denial.fact);
    let mut denied = vec![];
    for action in actions(&denial.of) {
        for number in acts.at(action, &denial.denier, &there) {
            let fact = facts.get(number);
            if matches!(fact.what().subject, Subject::Ground(Action::Clash)) {
                continue;
            }
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

/// The claims in which each rare stem stands.
type Telling = BTreeMap<u32, Vec<usize>>;

/// A stem that more claims have tells little of what a denial denies.
const RARE: u32 = 24;

fn telling(facts: &Facts<'_>) -> Telling {
    let mut telling = Telling::new();
    for (number, fact) in facts.list.iter().enumerate() {
        let rare = fact.stems.iter().filter(|s| facts.claims_with(**s) <= RARE);
        for stem in rare {
            telling.entry(*stem).or_default().push(number);
        }
    }
    telling
}

/// What other reports of the matter say and a denial denies, by its words: "this is no swap", "the
/// prisoners were swapped". All that the denial tells of must stand there.
fn said_elsewhere(facts: &Facts<'_>, denial: &Denial<'_, '_>, telling: &Telling) -> Vec<usize> {
    const MOST: usize = 4;
    // Of one stem alone, only one that hardly any other claim has, or in reports of one event.
    const ALONE: u32 = 8;
    if !denial.own
        || denial
            .fact
            .detail()
            .is_none_or(|d| d.aspect != Aspect::Denial)
    {
        return vec![];
    }
    let told = told_of(facts, denial);
    let rarest = told.iter().min_by_key(|stem| facts.claims_with(**stem));
    let Some(rarest) = rarest else {
        return vec![];
    };
    let rare = told.len() > 1 || facts.claims_with(*rarest) <= ALONE;
    let said = |number: &usize| {
        let fact = facts.get(*number);
        let own = fact.speakers.iter().any(|s| s.is(&denial.denier));
        let all = told.iter().all(|s| fact.stems.binary_search(s).is_ok());
        let denied = tokens(fact.exact())
            .iter()
            .any(|w| TABLES.negations.contains(w));
        let ground = matches!(fact.what().subject, Subject::Statement | Subject::Count);
        !own && all
            && !denied
            && ground
            && !fact.is_negative()
            && fact.is_actual()
            && !fact.same_report(denial.fact)
            && (rare || facts.one_event(fact, denial.fact))
            && facts.one_matter(fact, denial.fact)
            && may_be_of_one_time(fact, denial.fact)
    };
    let others = telling.get(rarest).map(Vec::as_slice).unwrap_or_default();
    others.iter().copied().filter(said).take(MOST).collect()
}

/// Adds a denial to the question of what it denies, or makes one: the claim of its own report that
/// it points to, with what other reports say in the same account; and acts that other reports tell
/// of and it denies.
fn oppose(
    facts: &Facts<'_>,
    drafts: &mut Vec<Draft>,
    homes: &mut Homes,
    denial: &Denial<'_, '_>,
    target: Option<usize>,
    elsewhere: &[usize],
) {
    let home = match target {
        Some(target) => home_of(drafts, homes.of_fact(target), denial),
        None => most_homes(homes, elsewhere),
    };
    let mut denied: BTreeSet<usize> = target.into_iter().collect();
    for given in home
        .and_then(|at| drafts.get(at))
        .iter()
        .flat_map(|d| &d.accounts)
    {
        if target.is_some_and(|target| given.facts.contains(&target)) {
            // In one account with an attack may stand that there was fighting.
            let subject = |n: &usize| &facts.get(*n).what().subject;
            let same_act = |n: &&usize| match (target.as_ref().map(subject), subject(n)) {
                (Some(Subject::Ground(one)), Subject::Ground(other)) => one == other,
                _ => true,
            };
            denied.extend(given.facts.iter().filter(same_act).copied().take(TIES));
        }
    }
    // Of those of other reports, first what stands in that question already.
    let stands_there = |n: &&usize| home.is_some_and(|at| homes.of_fact(**n).contains(&at));
    let (there, apart): (Vec<usize>, Vec<usize>) = elsewhere.iter().partition(stands_there);
    denied.extend(there.into_iter().chain(apart).take(ACTS / 2));
    if denied.is_empty() {
        return;
    }
    let (value, kind) = match denial.own {
        true => (
            format!("denied by {}", denial.denier.name),
            Difference::Denial,
        ),
        false => (quoted(denial.fact), Difference::Value),
    };
    let why = |other: usize| {
        let other = quoted(facts.get(other));
        match denial.own {
            true => format!("{} denies {other}", denial.denier.name),
            false => format!("{} against {other}", quoted(denial.fact)),
        }
    };
    denied.remove(&denial.number);
    let relations: Vec<Relation> = (denied.iter())
        .map(|other| Relation {
            a: facts.get(*other).id().clone(),
            b: denial.fact.id().clone(),
            relation: RelationKind::Contradict,
            kind: Some(kind),
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
    let denial_by = denial.denier.clone();
    // One side may be named in several ways.
    let same_denier = |given: &Given| {
        let denies = |n: &usize| {
            let fact = facts.get(*n);
            let denial = fact.detail().is_some_and(|d| d.aspect == Aspect::Denial);
            denial && talks::whose(facts, fact).is_some_and(|side| side.may_be(&denial_by))
        };
        denial.own && given.answer.is_none() && given.facts.iter().any(denies)
    };
    let known = (draft.accounts.iter_mut()).find(|g| g.value == value || same_denier(g));
    match known {
        _ if is_there => {}
        Some(account) => account.facts.push(denial.number),
        None => draft.accounts.push(given),
    }
    extend_relations(draft, relations);
    homes.add(at, draft);
}

/// The question to which a denial of a claim belongs, of those that the claim answers: how many it
/// counts comes last, and not at all where an offer, a demand or an agreement is denied.
fn home_of(drafts: &[Draft], of_target: &[usize], denial: &Denial<'_, '_>) -> Option<usize> {
    let talks = ["offer", "demand", "agreement"];
    let of_talks = talks.iter().any(|kind| denial.kinds.contains(kind));
    let is_count = |at: &usize| drafts.get(*at).is_some_and(|d| d.question.topic == "count");
    let fitting = of_target.iter().copied();
    let fitting = fitting.filter(|at| !of_talks || !is_count(at));
    fitting.min_by_key(|at| (is_count(at), *at))
}

/// The question that holds the most of some claims, the first of several.
fn most_homes(homes: &Homes, of: &[usize]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for at in of.iter().flat_map(|n| homes.of_fact(*n)) {
        *counts.entry(*at).or_default() += 1;
    }
    let most = counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    most.map(|(at, _)| *at)
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
pub(crate) fn against_words(facts: &Facts<'_>, drafts: &mut Vec<Draft>, homes: &mut Homes) {
    let acts = acts(facts);
    let kinds = kinds(facts);
    for (number, fact) in facts.list.iter().enumerate() {
        let pledge = fact.detail().filter(|d| d.aspect == Aspect::Pledge);
        if pledge.is_some() {
            if let Some(bound) = restraint(facts, fact) {
                let broken = acts_against(facts, fact, &bound, &acts, Some(&kinds));
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
            && !fact.promised
            && let Some(bound) = sweeping(facts, fact)
        {
            let told = acts_against(facts, fact, &bound, &acts, None);
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
        if mention.kind == Some(Kind::Place) && spot.named {
            // A country is where it all happens, and not what is to be spared.
            if !TABLES.state_names.contains(&fold(&spot.name)) {
                places.insert(spot.key);
            }
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
    after: Option<&Kinds>,
) -> Vec<usize> {
    let kinds = after;
    let after = after.is_some();
    let said = fact
        .state
        .said
        .or(if after { None } else { fact.written() });
    let is_against = |number: &usize| {
        let act = facts.get(*number);
        let fits = match (said, act.when) {
            (Some(said), Some(when)) if after => when.latest >= said.earliest,
            (Some(said), Some(when)) => when.earliest <= said.latest,
            _ => true,
        };
        let one_time = match (act.written().or(act.when), fact.written()) {
            (Some(one), Some(other)) => days_between(one, other) <= 366,
            _ => true,
        };
        fits && one_time && is_done_to(facts, act, bound, kinds)
    };
    let mut against = vec![];
    for action in &bound.actions {
        match bound.places.is_empty() {
            true => {
                let acts = acts.of(*action, &bound.side).iter().copied();
                against.extend(acts.filter(is_against).take(ACTS));
            }
            false => {
                let acts = acts.at(*action, &bound.side, &bound.places).into_iter();
                against.extend(acts.filter(is_against).take(ACTS));
            }
        }
    }
    against.sort_unstable();
    against.dedup();
    against.truncate(ACTS);
    against
}

/// Is the act done to what the pledge or the sweeping claim speaks of?
fn is_done_to(facts: &Facts<'_>, act: &Fact<'_>, bound: &Bound, kinds: Option<&Kinds>) -> bool {
    if !bound.places.is_empty() {
        return act.spots.iter().any(|s| bound.places.contains(&s.key));
    }
    if let Some(kind) = &bound.kind {
        let named = act.spots.iter().filter(|spot| spot.named);
        let known = |spot: &Spot| kinds?.get(&spot.key);
        return named.into_iter().any(|spot| match kind_of(act, spot) {
            Some(own) => own == *kind,
            // Another report may say what it is.
            None => known(spot).is_some_and(|kinds| kinds.contains(kind)),
        });
    }
    if !bound.others.is_empty() {
        return act.recipients.iter().any(|s| bound.others.contains(&s.key))
            || (act.report.mentions.iter())
                .filter(|m| act.span().contains(m.span))
                .any(|m| bound.others.contains(&facts.side(act, m).key));
    }
    true
}

/// Of what kinds the places of a record are said to be, by their keys.
type Kinds = BTreeMap<String, BTreeSet<String>>;

fn kinds(facts: &Facts<'_>) -> Kinds {
    let mut kinds = Kinds::new();
    for fact in &facts.list {
        for spot in fact.spots.iter().filter(|spot| spot.named) {
            if let Some(kind) = kind_of(fact, spot) {
                kinds.entry(spot.key.clone()).or_default().insert(kind);
            }
        }
    }
    kinds
}

/// What kind of place the claim says it is, by its own name or by the words that follow it ("Velka,
/// the capital of …").
fn kind_of(fact: &Fact<'_>, spot: &Spot) -> Option<String> {
    const FOLLOWING: usize = 60;
    if let Some(own) = &spot.kind {
        return Some(own.clone());
    }
    let mention = fact.what().place.iter().find(|m| {
        fold(&m.name).contains(&fold(&spot.name)) || m.stands_for.as_ref() == Some(&spot.name)
    });
    let mention = mention.or(match &fact.what().place[..] {
        [only] => Some(only),
        _ => None,
    })?;
    let kind_of = |word: &String| TABLES.place_kinds.get(&stem(word));
    let body = fact.report.report.body();
    let rest = body.get(mention.span.end..).unwrap_or_default();
    let rest: String = rest.chars().take(FOLLOWING).collect();
    let (beside, apposition) = rest.split_once(',').unwrap_or((&rest, ""));
    // "Velka city": the word beside the name comes first.
    if let Some(beside) = tokens(beside).first().and_then(kind_of) {
        return Some(beside.kind.clone());
    }
    if !beside.trim().is_empty() {
        return None;
    }
    // The first kind named is the place's own: "the capital of Orsol province".
    let clause = apposition.split([',', '.', ';']).next().unwrap_or_default();
    (tokens(clause).iter().find_map(kind_of)).map(|k| k.kind.clone())
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
        .filter(|(_, f)| f.is_actual() && any_stem(&TABLES.breaking, f.exact()))
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
        RelationKind::Breach => format!("what {by} pledges"),
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
