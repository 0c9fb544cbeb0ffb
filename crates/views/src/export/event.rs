//! Claims as events in the tables of others: which claims tell of one, which of them tell of the same,
//! and what PLOVER's type is called elsewhere (data/events.tsv).

use super::cells::rows;
use super::told::{Told, told, word};
use crate::entry;
use rapporteur_model::{
    Action, Aspect, EntityId, EventType, Figure, Mention, Place, PlaceKind, Polarity, Realis,
    Subject, When,
};
use rapporteur_record::State;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What an event is called in other tables; empty: what was read does not tell, or there is no such
/// thing there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    /// 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
    pub(crate) quad: &'static str,
    /// CAMEO's code, with its leading zero.
    pub(crate) cameo: &'static str,
    pub(crate) acled: &'static str,
    pub(crate) acled_sub: &'static str,
}

impl Names {
    /// GDELT's class of the CAMEO code: protest is verbal conflict there, and an investigation material
    /// cooperation. Without a code, what all of PLOVER's material conflict is.
    pub(crate) fn gdelt_quad(&self) -> &'static str {
        let root: Option<u8> = self.cameo.get(..2).and_then(|root| root.parse().ok());
        match root {
            Some(1..=5) => "1",
            Some(6..=9) => "2",
            Some(10..=14) => "3",
            Some(_) => "4",
            None if self.quad == "4" => "4",
            None => "",
        }
    }
}

static NAMES: LazyLock<Vec<(EventType, &'static str, Names)>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../data/events.tsv"));
    rows.filter_map(|cells| {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let names = Names {
            quad: cell(2),
            cameo: cell(3),
            acled: cell(4),
            acled_sub: cell(5),
        };
        Some((EventType::named(cell(0))?, cell(1), names))
    })
    .collect()
});

static CIVILIANS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/en/civilians.txt")));

static DEATHS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/en/deaths.txt")));

fn words(list: &'static str) -> BTreeSet<&'static str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.filter(|line| !line.is_empty()).collect()
}

fn named(event: EventType, key: &str) -> Option<Names> {
    let found = NAMES.iter().find(|(e, k, _)| *e == event && *k == key);
    found.map(|(_, _, names)| *names)
}

/// ACLED's two ways to take ground; what is neither a state's nor a group's by its words is left open.
const TAKEN: &str = "taken";
const BY_STATE: &str = "Government regains territory";
const BY_GROUP: &str = "Non-state actor overtakes territory";

/// What the event of a claim is called elsewhere.
pub(crate) fn names(told: &Told<'_>) -> Names {
    let Some(event) = told.what().event else {
        return Names::default();
    };
    let what = told.what();
    let subject = match &what.subject {
        Subject::Ground(action) => Some(word(action)),
        Subject::Talks(detail) => Some(word(&detail.aspect)),
        Subject::Count | Subject::Statement => None,
    };
    let keys = [what.mode.as_deref(), subject.as_deref(), Some("-")];
    let mut keys = keys.into_iter().flatten();
    let mut names = keys.find_map(|key| named(event, key)).unwrap_or_default();
    if names.acled.is_empty() && is_against_civilians(told) {
        let mode = what.mode.as_deref().unwrap_or_default();
        let kind = named(event, &format!("civilians-{mode}"));
        let civilians = kind
            .or_else(|| named(event, "civilians"))
            .unwrap_or_default();
        (names.acled, names.acled_sub) = (civilians.acled, civilians.acled_sub);
    }
    if names.acled_sub == TAKEN {
        let by = told.actors().first().map(|actor| told.name(actor));
        names.acled_sub = match by.and_then(|by| rapporteur_record::names_state(&by)) {
            Some(true) => BY_STATE,
            Some(false) => BY_GROUP,
            None => "",
        };
    }
    names
}

/// Are those acted on civilians, all of them, by their words?
pub(crate) fn is_against_civilians(told: &Told<'_>) -> bool {
    let recipients = &told.what().recipient;
    !recipients.is_empty() && recipients.iter().all(|one| is_civilian(&one.name))
}

/// Do the words name civilians?
pub(crate) fn is_civilian(name: &str) -> bool {
    let last = name.split_whitespace().last().unwrap_or_default();
    CIVILIANS.contains(last.to_lowercase().as_str())
}

/// Does the figure count deaths?
pub(crate) fn counts_deaths(figure: &Figure) -> bool {
    let unit = figure.unit.as_deref().unwrap_or_default();
    let last = unit.split_whitespace().last().unwrap_or_default();
    let fate = figure.fate.as_deref().unwrap_or_default();
    DEATHS.contains(fate) || DEATHS.contains(last)
}

/// Does the claim tell that something was done? What is planned, demanded or denied was not; but
/// somebody did demand, offer, pledge or deny it, and a meeting that is to come was agreed on
/// (PLOVER). Claims that a later version of a report repeats count once.
pub(crate) fn is_event(told: &Told<'_>) -> bool {
    let what = told.what();
    let factuality = what.factuality;
    let positive = factuality.polarity == Polarity::Positive;
    let done = positive && factuality.realis == Realis::Actual;
    let is = match &what.subject {
        Subject::Talks(detail) => match detail.aspect {
            Aspect::Offer | Aspect::Demand | Aspect::Refusal | Aspect::Denial | Aspect::Pledge => {
                true
            }
            Aspect::Next => positive,
            Aspect::Round | Aspect::Agreement | Aspect::Outcome => done,
            Aspect::Delegation | Aspect::Agenda => false,
        },
        // Holding ground is a state, no event.
        Subject::Ground(action) => done && *action != Action::Held,
        Subject::Count | Subject::Statement => done,
    };
    is && what.event.is_some() && told.claim.repeats.is_none()
}

/// Claims that tell of one event: the same account of one question, the same time, the same type.
pub(crate) struct Event<'s> {
    /// In the order of reports; never empty.
    pub(crate) claims: Vec<Told<'s>>,
    /// Other claims that contradict one of these.
    pub(crate) against: Vec<String>,
}

/// Every event that claims tell of, those that `wanted` asks for, in order of time and of their first
/// claims' ids; those without a time last.
pub(crate) fn events<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
    wanted: impl Fn(&Told<'_>) -> bool,
) -> Vec<Event<'s>> {
    let accounts = entry::places(state);
    let opposed = entry::opposed(state);
    type Key = (
        Option<entry::Place>,
        Option<When>,
        Option<EventType>,
        Option<String>,
        String,
    );
    let mut together: BTreeMap<Key, Vec<Told<'s>>> = BTreeMap::new();
    for told in told(state, places).filter(|told| wanted(told)) {
        let account = accounts.get(told.id()).copied();
        let what = told.what();
        let alone = match account {
            Some(_) => String::new(),
            None => told.id().0.clone(),
        };
        let key = (
            account,
            told.event_when(),
            what.event,
            what.mode.clone(),
            alone,
        );
        together.entry(key).or_default().push(told);
    }
    let mut events: Vec<Event<'s>> = (together.into_values())
        .map(|claims| {
            let against = (claims.iter())
                .filter_map(|told| opposed.get(told.id()))
                .flatten();
            let against: BTreeSet<String> = against.map(|id| id.0.clone()).collect();
            let against = against.into_iter().collect();
            Event { claims, against }
        })
        .collect();
    events.sort_by_cached_key(|event| {
        let when = event.first().and_then(Told::event_when);
        (when.is_none(), when, event.first().map(|told| told.id()))
    });
    events
}

impl<'s> Event<'s> {
    /// The claim that the row is written from.
    pub(crate) fn first(&self) -> Option<&Told<'s>> {
        self.claims.first()
    }

    /// Something of every claim, each value once, in order.
    pub(crate) fn each(&self, value: impl Fn(&Told<'s>) -> Option<String>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for value in self.claims.iter().filter_map(value) {
            if !found.contains(&value) {
                found.push(value);
            }
        }
        found
    }

    /// The ids of all its claims.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.each(|told| Some(told.id().0.clone()))
    }

    /// The lowest and the highest number of deaths that the claims give; `None`: an end that none
    /// gives, or gives only as a bound.
    pub(crate) fn deaths(&self) -> (Option<f64>, Option<f64>) {
        let figures = self.claims.iter().flat_map(|told| &told.what().figures);
        let (mut low, mut high): (Option<f64>, Option<f64>) = (None, None);
        let mut open = false;
        for figure in figures.filter(|figure| counts_deaths(figure)) {
            use rapporteur_model::Comparator::{About, Almost, AtLeast, AtMost, Equal, Less, More};
            let (from, to) = match figure.comparator {
                Equal => (figure.low, figure.high),
                More | AtLeast => (figure.low, None),
                Less | AtMost | Almost => (None, figure.high),
                // About so many: neither a least nor a most.
                About => (None, None),
            };
            open |= to.is_none();
            low = match (low, from) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            high = match (high, to) {
                (Some(a), Some(b)) => Some(a.max(b)),
                (a, b) => a.or(b),
            };
        }
        // "At least 5" beside "7" leaves the most unknown.
        (low, high.filter(|_| !open))
    }
}

/// How closely a day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closeness {
    Day,
    Days,
    Week,
    Month,
    Year,
    Longer,
}

/// How closely a time is known.
pub(crate) fn closeness(when: When) -> Closeness {
    match when.days() {
        1 => Closeness::Day,
        2..=6 => Closeness::Days,
        7 => Closeness::Week,
        8..=31 => Closeness::Month,
        32..=366 => Closeness::Year,
        _ => Closeness::Longer,
    }
}

/// Where an event was: the first of its places that a gazetteer knows, else the first by name.
pub(crate) fn spot<'s>(told: &Told<'s>) -> Option<(&'s Mention, Option<&'s Place>)> {
    let all = told.where_at();
    let located = (all.iter()).find_map(|one| Some((*one, Some(told.located(one)?))));
    located.or_else(|| Some((*all.first()?, None)))
}

/// Does the point of the place stand for a spot or a stretch of land, rather than for a whole country?
pub(crate) fn is_narrow(place: &Place) -> bool {
    !matches!(place.kind, PlaceKind::Country | PlaceKind::Continent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_type_and_honest_codes() {
        for (name, event) in EventType::NAMED {
            let any = named(event, "-");
            assert!(any.is_some_and(|names| !names.quad.is_empty()), "{name}");
        }
        for (event, key, names) in NAMES.iter() {
            let at = format!("{event:?} {key}");
            assert!(["1", "2", "3", "4"].contains(&names.quad), "{at}");
            assert!(names.cameo.is_empty() || names.cameo.len() >= 3, "{at}");
            assert!(names.cameo.bytes().all(|b| b.is_ascii_digit()), "{at}");
            let root = names.cameo.get(..2).map(|root| root.parse::<u8>().unwrap());
            assert!(root.is_none_or(|root| (1..=20).contains(&root)), "{at}");
        }
    }

    #[test]
    fn civilians_are_told_by_the_last_word() {
        assert!(is_civilian("Velkan civilians") && is_civilian("Residents"));
        assert!(!is_civilian("civilian government"));
    }

    #[test]
    fn closeness_never_says_more_than_the_text() {
        let of =
            |a: &str, b: &str| closeness(When::between(a.parse().unwrap(), b.parse().unwrap()));
        assert_eq!(of("2031-03-01", "2031-03-01"), Closeness::Day);
        assert_eq!(of("2031-03-03", "2031-03-09"), Closeness::Week);
        assert_eq!(of("2031-03-01", "2031-03-31"), Closeness::Month);
        assert_eq!(of("2031-01-01", "2031-12-31"), Closeness::Year);
        assert_eq!(of("2030-01-01", "2031-12-31"), Closeness::Longer);
    }
}
