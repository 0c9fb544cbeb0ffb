//! Who is said to hold what at the end of a day, for the map and its table.

use super::Desk;
use crate::control::{HoldLine, line};
use rapporteur_model::{Date, EntityId};
use rapporteur_record::{Hold, HoldStatus, PlaceControl, State};
use serde::Serialize;
use std::collections::BTreeSet;

/// The history of so many places is on a page, so many lines of each: a page is to stay light (`bench/pages.py` tells
/// its bytes). The others lead to theirs.
const PLACES: usize = 20;
const HISTORY: usize = 2;
/// So many voices of each line.
const VOICES: usize = 1;
/// At most so many days are on the slider.
const DAYS: usize = 200;
/// At most so many markers are drawn.
const MARKERS: usize = 150;

/// How a place stands, as reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// All accounts say the same holder.
    Held,
    /// Taken by one who is said to have lost it before.
    Retaken,
    /// Only its own side says so.
    Claimed,
    /// Another account says otherwise for the same time.
    Contested,
    /// There is fighting, and nobody is said to hold it.
    Fighting,
    /// It is surrounded.
    Surrounded,
}

impl Standing {
    /// All of them, in the order of a legend.
    pub const ALL: [Standing; 6] = [
        Standing::Held,
        Standing::Retaken,
        Standing::Claimed,
        Standing::Contested,
        Standing::Fighting,
        Standing::Surrounded,
    ];

    fn of(status: HoldStatus) -> Standing {
        match status {
            HoldStatus::Held => Standing::Held,
            HoldStatus::Retaken => Standing::Retaken,
            HoldStatus::Claimed => Standing::Claimed,
            HoldStatus::Contested => Standing::Contested,
            HoldStatus::Fighting => Standing::Fighting,
            HoldStatus::Surrounded => Standing::Surrounded,
        }
    }
}

/// Who is said to hold what at the end of a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ControlPage {
    /// The day; `None`: nothing in the record has a day.
    pub day: Option<Date>,
    /// The days on which something is said to change, thinned out where there are many.
    pub days: Vec<Date>,
    /// Places of which something is said to have held by that day, those with coordinates that changed last
    /// first.
    pub places: Vec<PlaceLine>,
    /// How many more places there are, which are left out.
    pub more: usize,
    /// Places for which no time is known, or only a later one.
    pub later: usize,
}

/// A place at the end of a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceLine {
    /// The place.
    pub id: EntityId,
    /// Its preferred name.
    pub name: String,
    /// Degrees north and east, WGS84; `None`: no gazetteer knows it, and it is not drawn.
    pub at: Option<(f64, f64)>,
    /// Who is said to hold it.
    pub holder: String,
    /// How that stands.
    pub standing: Standing,
    /// Did it change on that very day?
    pub new: bool,
    /// What is said, the last first: who, since when, by whom. In the table only for so many places.
    pub history: Vec<HoldLine>,
    /// How many lines its whole history has.
    pub lines: usize,
}

/// Every day on which something is said to change hands, in order.
pub(super) fn days(state: &State) -> Vec<Date> {
    let holds = state.control.iter().flat_map(|place| &place.history);
    let days: BTreeSet<Date> = holds.filter_map(|hold| Some(hold.when?.latest)).collect();
    days.into_iter().collect()
}

/// What holds at the end of a day: the last that is dated by then, of one day what more origins say. What is only
/// known to lie in a stretch of days counts from its last.
fn holding(place: &PlaceControl, day: Date) -> Option<&Hold> {
    let by_then = |hold: &&Hold| hold.when.is_some_and(|when| when.latest <= day);
    (place.history.iter().filter(by_then))
        .max_by_key(|hold| (hold.when.map(|when| when.latest), hold.origins.len()))
}

impl Desk {
    /// Who is said to hold what at the end of a day; without one, of the last day in the record.
    pub fn control(&self, day: Option<Date>) -> ControlPage {
        let day = day.or(self.days.last().copied());
        let mut found: Vec<(&PlaceControl, &Hold)> = match day {
            None => vec![],
            Some(day) => (self.state.control.iter())
                .filter_map(|place| Some((place, holding(place, day)?)))
                .collect(),
        };
        let later = self.state.control.len() - found.len();
        found.sort_by_key(|(place, hold)| {
            let placed = self.places.contains_key(&place.place);
            (
                !placed,
                std::cmp::Reverse(hold.when.map(|when| when.latest)),
                &place.name,
            )
        });
        let all = found.len();
        found.truncate(MARKERS);
        let place = |(number, (place, hold)): (usize, (&PlaceControl, &Hold))| PlaceLine {
            id: place.place.clone(),
            name: place.name.clone(),
            at: (self.places.get(&place.place)).map(|place| (place.latitude, place.longitude)),
            holder: match hold.name.is_empty() {
                true => "holder not named".to_string(),
                false => hold.name.clone(),
            },
            standing: Standing::of(hold.status),
            new: hold.when.map(|when| when.latest) == day,
            history: match number < PLACES {
                true => history(&self.state, place, hold, day),
                false => vec![],
            },
            lines: place.history.len(),
        };
        ControlPage {
            day,
            days: thinned(&self.days, DAYS, day),
            more: all - found.len(),
            later,
            places: found.into_iter().enumerate().map(place).collect(),
        }
    }

    /// The whole history of a place, if anything is said of who holds it.
    pub(super) fn holds(&self, place: &EntityId, most: usize) -> Vec<HoldLine> {
        let found = self
            .state
            .control
            .iter()
            .find(|control| control.place == *place);
        let holds = found
            .into_iter()
            .flat_map(|control| &control.history)
            .take(most);
        holds
            .map(|hold| {
                let mut line = line(&self.state, hold);
                super::lines::shorten(&mut line.voices, 2);
                line
            })
            .collect()
    }
}

fn history(state: &State, place: &PlaceControl, hold: &Hold, day: Option<Date>) -> Vec<HoldLine> {
    let by_then = |other: &&Hold| {
        !std::ptr::eq(*other, hold) && other.when.is_some_and(|when| Some(when.latest) <= day)
    };
    let mut holds: Vec<&Hold> = place.history.iter().filter(by_then).collect();
    holds.reverse();
    holds.insert(0, hold);
    (holds.into_iter().take(HISTORY))
        .map(|hold| {
            let mut line = line(state, hold);
            super::lines::shorten(&mut line.voices, VOICES);
            line
        })
        .collect()
}

/// At most so many days of a list, evenly, the one in hand among them.
fn thinned(days: &[Date], most: usize, keep: Option<Date>) -> Vec<Date> {
    let step = days.len().div_ceil(most).max(1);
    (days.iter().rev().step_by(step).copied())
        .chain(keep)
        .collect::<BTreeSet<Date>>()
        .into_iter()
        .collect()
}
