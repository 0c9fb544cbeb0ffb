//! Which place of a name is meant: all the names of a report together say.
//!
//! Each place that a name may mean gets points: for how many live there (the logarithm), for its kind,
//! for lying in the countries and provinces that the report's other names speak of, and for the larger
//! place that is printed beside it. The best has the name, unless another place far from it is almost
//! as good, or it is a small place that nothing speaks for.

use crate::{Candidate, Gazetteer};
use rapporteur_model::{Place, PlaceKind};
use std::collections::BTreeMap;

/// A name of a place, as a report prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toponym<'n> {
    /// The name. A country's people or adjective is given by the country's name.
    pub name: &'n str,
    /// What a word beside it says that it is.
    pub kind: Option<PlaceKind>,
    /// The number of the name printed after it as that of the larger place: "Velka, Norland".
    pub within: Option<usize>,
}

// First guesses, of which those for districts, provinces, capitals and foreign forms were changed by what
// TR-News' open articles (bench/places.py) got wrong; none was searched for.

/// For being an area: its people are those of many towns.
const PROVINCE: f64 = -0.6;
const DISTRICT: f64 = -1.0;
/// For being meant by another than its usual name.
const UNUSUAL: f64 = -0.8;
/// The same, in a country that the report does not speak of: foreign forms of far towns are many.
const UNUSUAL_ELSEWHERE: f64 = -3.0;
/// A country's, above what its people count.
const COUNTRY: f64 = 3.0;
/// What an area without people counts: regions, of which the table knows none.
const NO_PEOPLE: f64 = 4.5;
/// For the country that the whole report speaks of; a share of its names gets less.
const SAME_COUNTRY: f64 = 3.0;
/// For a province that the report names.
const SAME_PROVINCE: f64 = 2.0;
/// For lying in the place that is printed beside it.
const WITHIN: f64 = 5.0;
/// For being what the same name means elsewhere in the report, where the larger place is printed.
const SAME_NAME: f64 = 4.0;
/// For being a country's capital: what happens there is not all about the town.
const CAPITAL: f64 = 1.5;
/// For being of the kind that a word beside it says, or of another.
const OF_KIND: f64 = 2.0;
/// For standing in a table that the user gave.
const GIVEN: f64 = 2.0;
/// A name that reaches less is left open.
const ENOUGH: f64 = 4.6;
/// So much better must a place be than the next that is far from it.
const MARGIN: f64 = 0.35;
/// Places nearer than this are the same for a map: a town and the province around it.
const NEAR_KM: f64 = 161.0;
/// How often the report's countries are counted anew.
const ROUNDS: usize = 2;

/// What a collection of names speaks of.
#[derive(Clone, Debug, Default)]
pub struct Context {
    countries: BTreeMap<String, f64>,
    provinces: BTreeMap<(String, String), f64>,
}

impl Context {
    /// Adds another's names, so heavy each.
    pub fn add(&mut self, other: &Context, weight: f64) {
        for (country, count) in &other.countries {
            *self.countries.entry(country.clone()).or_default() += weight * count;
        }
        for (province, count) in &other.provinces {
            *self.provinces.entry(province.clone()).or_default() += weight * count;
        }
    }

    /// The same shares, as heavy as so many names; nothing stays nothing.
    #[must_use]
    pub fn as_heavy_as(&self, names: f64) -> Context {
        let all: f64 = self.countries.values().sum();
        let mut scaled = Context::default();
        if all > 0.0 {
            scaled.add(self, names / all);
        }
        scaled
    }

    /// What resolved places speak of.
    fn of<'p>(places: impl Iterator<Item = &'p Place>) -> Context {
        let mut context = Context::default();
        for place in places {
            let Some(country) = &place.country else {
                continue;
            };
            *context.countries.entry(country.clone()).or_default() += 1.0;
            let province = match place.kind {
                PlaceKind::Province => Some(&place.name),
                _ => place.province.as_ref(),
            };
            if let Some(province) = province {
                let key = (country.clone(), province.clone());
                *context.provinces.entry(key).or_default() += 1.0;
            }
        }
        context
    }

    /// The share of a country among all names, without one of `own`.
    fn share(&self, country: &str, own: Option<&str>) -> f64 {
        let without = |name: &str, count: f64| match own == Some(name) {
            true => (count - 1.0).max(0.0),
            false => count,
        };
        let all: f64 = self
            .countries
            .iter()
            .map(|(name, count)| without(name, *count))
            .sum();
        let count = self
            .countries
            .get(country)
            .map_or(0.0, |count| without(country, *count));
        if all > 0.0 { count / all } else { 0.0 }
    }
}

impl Gazetteer {
    /// Which place each name of a report means; `None`: the table has none of the name, or nothing
    /// tells which. `around` is what the report's story speaks of, beside the report itself.
    pub fn resolve(&self, names: &[Toponym<'_>], around: &Context) -> Vec<Option<Place>> {
        let mut known = BTreeMap::new();
        for toponym in names {
            (known.entry(toponym.name)).or_insert_with(|| self.candidates(toponym.name));
        }
        let mut chosen: Vec<Option<Place>> = vec![None; names.len()];
        for round in 0..=ROUNDS {
            let mut context = Context::of(chosen.iter().flatten());
            context.add(around, 1.0);
            let before = chosen.clone();
            // Of a name whose larger place is printed, the first time that it is.
            let mut elsewhere: BTreeMap<&str, Option<&Place>> = BTreeMap::new();
            for (toponym, place) in names.iter().zip(&before) {
                if toponym.within.is_some() {
                    elsewhere.entry(toponym.name).or_insert(place.as_ref());
                }
            }
            for (at, toponym) in names.iter().enumerate() {
                let Some((candidates, kind)) = known.get(toponym.name) else {
                    continue;
                };
                let within = toponym
                    .within
                    .and_then(|at| before.get(at))
                    .and_then(Option::as_ref);
                let reading = Reading {
                    context: &context,
                    elsewhere: elsewhere.get(toponym.name).copied().flatten(),
                    kind: toponym.kind.or(*kind),
                    own: before.get(at).and_then(Option::as_ref),
                    within,
                };
                let is_last = round == ROUNDS;
                if let Some(place) = chosen.get_mut(at) {
                    *place = reading.best(candidates, is_last);
                }
            }
        }
        chosen
    }

    /// What a report's names speak of, to be the context of others of its story.
    pub fn context(&self, names: &[Toponym<'_>]) -> Context {
        let chosen = self.resolve(names, &Context::default());
        Context::of(chosen.iter().flatten())
    }
}

/// How one name is read.
struct Reading<'r> {
    context: &'r Context,
    kind: Option<PlaceKind>,
    /// What it was taken for before, which must not speak for itself.
    own: Option<&'r Place>,
    within: Option<&'r Place>,
    /// What the same name was taken for where the larger place is printed.
    elsewhere: Option<&'r Place>,
}

impl Reading<'_> {
    fn best(&self, candidates: &[Candidate], is_last: bool) -> Option<Place> {
        let mut scored: Vec<(f64, &Candidate)> = candidates
            .iter()
            .map(|one| (self.points(one), one))
            .collect();
        // The same points: the lower number of GeoNames, which older and larger places have.
        scored.sort_by(|(a, one), (b, other)| {
            b.total_cmp(a)
                .then_with(|| one.place.geonameid.cmp(&other.place.geonameid))
        });
        if let Some(larger) = self
            .within
            .filter(|larger| larger.kind > PlaceKind::District)
        {
            // Printed as a part of a place that has none of that name: another one is meant.
            scored.retain(|(_, one)| is_inside(&one.place, larger));
        }
        let (points, best) = scored.first()?;
        let rival = (scored.iter().skip(1))
            .find(|(_, other)| best.place.distance(&other.place) > NEAR_KM)
            .map(|(points, _)| *points);
        let is_clear = rival.is_none_or(|rival| points - rival >= MARGIN);
        let is_enough = *points >= ENOUGH || best.given;
        (is_enough && (is_clear || !is_last)).then(|| best.place.clone())
    }

    fn points(&self, candidate: &Candidate) -> f64 {
        let place = &candidate.place;
        // Rounded to thousandths, so that no machine's last digits decide.
        #[expect(clippy::cast_precision_loss)]
        let people = (place.population as f64 + 10.0).log10();
        let mut points = match place.kind {
            PlaceKind::Town => people,
            PlaceKind::District => people + DISTRICT,
            PlaceKind::Province => people + PROVINCE,
            PlaceKind::Region => people.max(NO_PEOPLE) + PROVINCE,
            PlaceKind::Country | PlaceKind::Continent => people + COUNTRY,
        };
        if candidate.capital {
            points += CAPITAL;
        }
        if self.within.is_none() && self.elsewhere == Some(place) {
            points += SAME_NAME;
        }
        if candidate.given {
            points += GIVEN;
        }
        if let Some(kind) = self.kind {
            points += if kind == place.kind {
                OF_KIND
            } else {
                -OF_KIND
            };
        }
        let own = self.own.and_then(|own| own.country.as_deref());
        let share = (place.country.as_deref()).map(|country| self.context.share(country, own));
        if !candidate.usual {
            points += match share {
                Some(share) if share <= 0.0 => UNUSUAL_ELSEWHERE,
                _ => UNUSUAL,
            };
        }
        points += SAME_COUNTRY * share.unwrap_or(0.0).sqrt();
        if let Some(country) = &place.country {
            let province = place.province.as_ref();
            let is_named = province.is_some_and(|province| {
                let key = (country.clone(), province.clone());
                let is_own = |own: &Place| own.province.as_ref() == Some(province);
                let least = if self.own.is_some_and(is_own) {
                    1.0
                } else {
                    0.0
                };
                self.context
                    .provinces
                    .get(&key)
                    .is_some_and(|count| *count > least)
            });
            if is_named && place.kind < PlaceKind::Province {
                points += SAME_PROVINCE;
            }
        }
        if self.within.is_some_and(|larger| is_inside(place, larger)) {
            points += WITHIN;
        }
        (points * 1000.0).round() / 1000.0
    }
}

/// Does the table have a place in a larger one? What it does not say of a place is not held against it.
fn is_inside(place: &Place, larger: &Place) -> bool {
    let same_country = larger.country == place.country;
    match larger.kind {
        PlaceKind::Country => same_country && place.kind < PlaceKind::Country,
        PlaceKind::Province => {
            let province = place.province.as_ref();
            same_country
                && place.kind < PlaceKind::Province
                && province.is_none_or(|province| *province == larger.name)
        }
        _ => false,
    }
}
