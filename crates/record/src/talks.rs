//! Talks as reported: which claims belong to one series, and what each series consists of.

use crate::compare::{in_words, quoted};
use crate::facts::{Fact, Facts};
use crate::sides::{Side, state_key};
use crate::words::{TABLES, fold};
use crate::{Meeting, Position, State, TalksEntry};
use rapporteur_model::{Aspect, Mention, TalksDetail, When};
use std::collections::{BTreeMap, BTreeSet};

/// The talks of a record: a series for each set of sides that meet.
///
/// A claim that names its sides belongs to their series. One that names fewer belongs to the series
/// that its report speaks of most and that holds the side; where the report names no sides that
/// meet, to the one that most claims of other reports are about, of those whose sides it all names.
pub(crate) fn meetings(facts: &Facts<'_>) -> Vec<Meeting> {
    series(facts).iter().map(|s| meeting(facts, s)).collect()
}

/// The claims of one series of talks.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    /// Who meets, by key.
    pub(crate) sides: BTreeMap<String, Side>,
    /// The keys and names of the places where they meet.
    pub(crate) places: BTreeMap<String, String>,
    /// The claims' numbers, in order.
    pub(crate) facts: Vec<usize>,
}

impl Series {
    /// The sides in words: "A and B".
    pub(crate) fn between(&self) -> String {
        listed(
            &self
                .sides
                .values()
                .map(|s| s.name.as_str())
                .collect::<Vec<_>>(),
        )
    }
}

/// Names in words: "A, B and C".
pub(crate) fn listed(names: &[&str]) -> String {
    match names {
        [] => "sides that are not named".to_string(),
        [one] => (*one).to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// All series, in order of their sides' keys; every claim about talks stands in exactly one.
pub(crate) fn series(facts: &Facts<'_>) -> Vec<Series> {
    type Key = BTreeSet<String>;
    let mut all: BTreeMap<Key, Series> = BTreeMap::new();
    let mut of_report: BTreeMap<&str, BTreeMap<Key, usize>> = BTreeMap::new();
    let mut named_in: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut left = vec![];
    let talks = (0..facts.list.len()).filter(|n| facts.get(*n).detail().is_some());
    for number in talks {
        let fact = facts.get(number);
        let sides = sides_of(facts, fact);
        let key: Key = sides.keys().cloned().collect();
        if key.len() < 2 || !meets(fact) {
            left.push((number, sides));
            continue;
        }
        *of_report
            .entry(report_of(fact))
            .or_default()
            .entry(key.clone())
            .or_default() += 1;
        add(&mut all, key, sides, facts, number);
    }
    let sizes: BTreeMap<Key, usize> = (all.iter())
        .map(|(key, series)| (key.clone(), series.facts.len()))
        .collect();
    let with_side = by_side(&all);
    let mut of_place: BTreeMap<String, BTreeSet<Key>> = BTreeMap::new();
    for (key, series) in &all {
        for (place, name) in &series.places {
            for place in [Some(place.clone()), of_state(name)].into_iter().flatten() {
                of_place.entry(place).or_default().insert(key.clone());
            }
        }
    }
    for (number, sides) in left {
        let fact = facts.get(number);
        let holds = |key: &Key| sides.keys().all(|side| key.contains(side));
        let most = |keys: &BTreeMap<Key, usize>| {
            let fitting = keys.iter().filter(|(key, _)| holds(key));
            // The smaller key wins a tie, so that the order of reports does not matter.
            let most = fitting.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            most.map(|(key, _)| key.clone())
        };
        let of_its_report = of_report.get(report_of(fact)).and_then(most);
        let key = of_its_report.or_else(|| {
            let named = named_in
                .entry(report_of(fact))
                .or_insert_with(|| names_of(facts, fact));
            let near: BTreeSet<&Key> = (named.iter())
                .filter_map(|side| with_side.get(side))
                .flatten()
                .filter(|key| key.iter().all(|side| named.contains(side)))
                .collect();
            let size = |key: &Key| Some((key.clone(), *sizes.get(key)?));
            most(&near.into_iter().filter_map(size).collect())
        });
        // "The two delegations met in Lenn": the talks that are held there, of a side that the report names.
        let key = key.or_else(|| {
            let place = fact.detail()?.place.as_ref().filter(|_| sides.is_empty())?;
            let named = named_in.get(report_of(fact))?;
            let spot = facts.spot(fact, place);
            let there = of_place
                .get(&spot.key)
                .or_else(|| of_place.get(&of_state(&spot.name)?));
            let there = there?.iter();
            let near = there.filter(|key| key.iter().any(|side| named.contains(side)));
            let size = |key: &Key| Some((key.clone(), *sizes.get(key)?));
            most(&near.filter_map(size).collect())
        });
        let key = key.unwrap_or_else(|| sides.keys().cloned().collect());
        add(&mut all, key, sides, facts, number);
    }
    let mut all: Vec<Series> = all.into_values().collect();
    for series in &mut all {
        series.facts.sort_unstable();
    }
    all
}

/// The state whose name, adjective or seat of government a place's name is: talks "in the Norwegian
/// capital" are held in Oslo.
fn of_state(name: &str) -> Option<String> {
    TABLES.states.get(&fold(name)).map(|state| state_key(state))
}

/// The keys of all sides that a claim's report names.
fn names_of(facts: &Facts<'_>, fact: &Fact<'_>) -> BTreeSet<String> {
    let mentions = fact.report.mentions.iter();
    let sides = mentions.map(|mention| facts.side(fact, mention));
    sides.filter(Side::is_named).map(|side| side.key).collect()
}

/// Does the aspect speak of sides that meet? An agreement or a round does; a demand of one side to
/// another alone does not make talks.
fn meets(fact: &Fact<'_>) -> bool {
    fact.detail().is_some_and(|d| {
        matches!(
            d.aspect,
            Aspect::Round | Aspect::Agreement | Aspect::Next | Aspect::Outcome | Aspect::Agenda
        )
    })
}

fn report_of<'a>(fact: &Fact<'a>) -> &'a str {
    &fact.state.claim.evidence().report().0
}

fn add(
    all: &mut BTreeMap<BTreeSet<String>, Series>,
    key: BTreeSet<String>,
    sides: BTreeMap<String, Side>,
    facts: &Facts<'_>,
    number: usize,
) {
    let series = all.entry(key.clone()).or_insert_with(|| Series {
        sides: BTreeMap::new(),
        places: BTreeMap::new(),
        facts: vec![],
    });
    for (name, side) in sides {
        if key.contains(&name) {
            series.sides.entry(name).or_insert(side);
        }
    }
    let fact = facts.get(number);
    if let Some(detail) = fact.detail()
        && meets(fact)
        && let Some(place) = &detail.place
    {
        let spot = facts.spot(fact, place);
        if spot.named {
            series.places.entry(spot.key).or_insert(spot.name);
        }
    }
    series.facts.push(number);
}

/// The keys of the series that each side stands in.
fn by_side(
    all: &BTreeMap<BTreeSet<String>, Series>,
) -> BTreeMap<String, BTreeSet<BTreeSet<String>>> {
    let mut found: BTreeMap<String, BTreeSet<BTreeSet<String>>> = BTreeMap::new();
    for key in all.keys() {
        for side in key {
            found.entry(side.clone()).or_default().insert(key.clone());
        }
    }
    found
}

/// The sides that a claim about talks names, by key.
fn sides_of(facts: &Facts<'_>, fact: &Fact<'_>) -> BTreeMap<String, Side> {
    let mut sides = BTreeMap::new();
    let Some(detail) = fact.detail() else {
        return sides;
    };
    let named = detail.parties.iter().chain(&detail.party).chain(&detail.by);
    let named = named.chain(&detail.by_others);
    for side in named
        .map(|mention| facts.side(fact, mention))
        .filter(Side::is_named)
    {
        sides.entry(side.key.clone()).or_insert(side);
    }
    sides
}

/// The side whose offer, demand, pledge, refusal, denial or delegation it is.
pub(crate) fn whose(facts: &Facts<'_>, fact: &Fact<'_>) -> Option<Side> {
    let detail = fact.detail()?;
    let mention = (detail.by.as_ref())
        .or(detail.party.as_ref())
        .or(detail.person.as_ref());
    mention
        .map(|mention| facts.side(fact, mention))
        .or_else(|| fact.actors.first().cloned())
        .or_else(|| fact.speakers.first().cloned())
}

fn meeting(facts: &Facts<'_>, series: &Series) -> Meeting {
    let mut meeting = Meeting {
        parties: series.sides.values().map(|s| s.name.clone()).collect(),
        place: None,
        track: vec![],
        delegations: vec![],
        agenda: vec![],
        positions: vec![],
    };
    meeting.parties.sort();
    let mut places: BTreeMap<&String, usize> = BTreeMap::new();
    let mut positions: BTreeMap<String, (Side, Vec<TalksEntry>)> = BTreeMap::new();
    for &number in &series.facts {
        let fact = facts.get(number);
        let Some(detail) = fact.detail() else {
            continue;
        };
        if let Some(place) = &detail.place
            && let Some(name) = series.places.get(&facts.spot(fact, place).key)
        {
            *places.entry(name).or_default() += 1;
        }
        let entry = TalksEntry {
            claim: fact.id().clone(),
            aspect: detail.aspect,
            words: in_prose(detail, fact),
            when: fact.when,
        };
        match detail.aspect {
            Aspect::Round | Aspect::Outcome | Aspect::Agreement | Aspect::Next => {
                meeting.track.push(entry);
            }
            Aspect::Delegation => meeting.delegations.push(entry),
            Aspect::Agenda => meeting.agenda.push(entry),
            Aspect::Offer | Aspect::Demand | Aspect::Pledge | Aspect::Refusal | Aspect::Denial => {
                let side = whose(facts, fact).unwrap_or_else(Side::nobody_named);
                let of_side = positions.entry(side.key.clone());
                of_side.or_insert_with(|| (side, vec![])).1.push(entry);
            }
        }
    }
    let most = places.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    meeting.place = most.map(|(name, _)| (*name).clone());
    for entries in [
        &mut meeting.track,
        &mut meeting.delegations,
        &mut meeting.agenda,
    ] {
        entries.sort_by_cached_key(|e| in_time(facts.state, e));
    }
    meeting.positions = (positions.into_values())
        .map(|(side, mut entries)| {
            entries.sort_by_cached_key(|e| (e.aspect, in_time(facts.state, e)));
            Position {
                party: side.name,
                entity: side.entity,
                entries,
            }
        })
        .collect();
    meeting.positions.sort_by(|a, b| a.party.cmp(&b.party));
    meeting
}

/// Dated entries in order of time; then those without a time, in order of their reports'.
fn in_time(state: &State, entry: &TalksEntry) -> (bool, Option<When>, String, usize, Aspect) {
    let evidence = state.claims.get(&entry.claim).map(|c| c.claim.evidence());
    let report = evidence.map(|e| e.report());
    let written = report.and_then(|id| state.reports.get(id)?.published.when);
    (
        entry.when.is_none(),
        entry.when.or(written),
        report.map(|id| id.0.clone()).unwrap_or_default(),
        evidence.map(|e| e.span().start).unwrap_or_default(),
        entry.aspect,
    )
}

/// A claim about talks in words; where its fields are empty, in its own.
fn in_prose(detail: &TalksDetail, fact: &Fact<'_>) -> String {
    let names = |mentions: &[Mention]| {
        let names: Vec<&str> = mentions.iter().map(printed).collect();
        match &names[..] {
            [] => String::new(),
            [one] => (*one).to_string(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    };
    let party = detail.party.as_ref().map(printed).unwrap_or_default();
    let at = detail
        .place
        .as_ref()
        .map(|p| format!(" in {}", printed(p)))
        .unwrap_or_default();
    let status = detail.status.as_deref().unwrap_or_default();
    let not = if fact.is_negative() { "not " } else { "" };
    let content = detail.content.as_deref().unwrap_or_default();
    let words = match detail.aspect {
        Aspect::Round if !detail.parties.is_empty() || !status.is_empty() => {
            let between = match detail.parties.is_empty() {
                true => String::new(),
                false => format!(" between {}", names(&detail.parties)),
            };
            format!("talks{between}{at}: {not}{status}")
        }
        Aspect::Delegation => {
            let head = match &detail.head {
                Some(head) => format!("headed by {}", printed(head)),
                None => String::new(),
            };
            let members = names(&detail.members);
            let parts = [head, members].into_iter().filter(|p| !p.is_empty());
            let sits = parts.collect::<Vec<_>>().join("; ");
            match party {
                "" => sits,
                party => format!("{party}: {sits}"),
            }
        }
        Aspect::Agenda => detail.topics.join("; "),
        Aspect::Offer => {
            let asks = match detail.asks.is_empty() {
                true => String::new(),
                false => format!(" in exchange for {}", detail.asks.join("; ")),
            };
            match detail.offers.is_empty() {
                true => content.to_string(),
                false => format!("{}{asks}", detail.offers.join("; ")),
            }
        }
        Aspect::Demand => detail.asks.join("; "),
        Aspect::Refusal => detail.of.clone().unwrap_or_default(),
        Aspect::Denial => detail.of.clone().unwrap_or_default(),
        Aspect::Agreement | Aspect::Pledge => format!("{not}{}", bare(content)),
        Aspect::Outcome => detail.result.clone().unwrap_or_default(),
        Aspect::Next => match fact.when {
            Some(when) => format!("{status}{}{at}", in_words(when)),
            None => format!("{status}{at}"),
        },
        Aspect::Round => String::new(),
    };
    let words = words.trim().trim_end_matches(':').to_string();
    if words.is_empty() || words == "not" {
        quoted(fact)
    } else {
        words
    }
}

/// What is offered, asked or pledged, without what is quoted or explained after it.
pub(crate) fn bare(words: &str) -> &str {
    let end = words.find([':', '“', '"']).filter(|end| *end > 0);
    let words = end.and_then(|end| words.get(..end)).unwrap_or(words);
    words.trim_end_matches([' ', ',', ';'])
}

fn printed(mention: &Mention) -> &str {
    mention.stands_for.as_ref().unwrap_or(&mention.name)
}
