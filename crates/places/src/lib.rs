//! Names of places → where they lie.
//!
//! A [`Gazetteer`] holds the shipped table and whatever tables the user adds. Which place of a name is
//! meant follows from all the names of a report together ([`Gazetteer::resolve`]); where that does not
//! tell, there is no answer. The shipped table knows countries, provinces, larger districts, regions,
//! and towns of a thousand people and more; `data/README.md` says whose it is.

mod fold;
mod resolve;
mod shipped;
mod table;

pub use resolve::{Context, Toponym};
pub use table::TableError;

use rapporteur_model::{Place, PlaceKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A place with the names it is found by.
#[derive(Clone, Debug)]
struct Row {
    place: Place,
    /// Is it a country's capital?
    capital: bool,
    /// Is it of a table that the user gave? Those know their ground better.
    given: bool,
}

/// The tables of places.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    given: Vec<Row>,
    names: BTreeMap<String, Vec<usize>>,
}

/// A place that a name may mean.
#[derive(Clone, Debug)]
struct Candidate {
    place: Place,
    /// Is this its usual name, and not one of its others?
    usual: bool,
    capital: bool,
    given: bool,
}

impl Gazetteer {
    /// The shipped table alone.
    pub fn new() -> Gazetteer {
        Gazetteer::default()
    }

    /// Adds a table: a dump of GeoNames (19 columns, tabs between), or CSV with a line of headings, of
    /// which `name`, `lat` and `lon` must be there and `geonameid`, `kind` (town, district, province,
    /// region, country), `country` (two letters), `province`, `population` and `names` (others, `;`
    /// between) may. Gives the number of places read and the lines that could not be, with their
    /// numbers.
    ///
    /// # Errors
    /// Where no line could be read: what was missing.
    pub fn add(&mut self, table: &str) -> Result<(usize, Vec<(u64, TableError)>), TableError> {
        let read = table::read(table)?;
        for (place, names) in &read.places {
            let at = self.given.len();
            self.given.push(Row {
                place: place.clone(),
                capital: false,
                given: true,
            });
            let keys = std::iter::once(&place.name).chain(names);
            for key in keys
                .map(|name| fold::fold(name))
                .filter(|key| !key.is_empty())
            {
                let rows = self.names.entry(key).or_default();
                if rows.last() != Some(&at) {
                    rows.push(at);
                }
            }
        }
        Ok((read.places.len(), read.failed))
    }

    /// Every place of this name, as printed, with or without the word for its kind.
    fn candidates(&self, name: &str) -> (Vec<Candidate>, Option<PlaceKind>) {
        let key = fold::fold(name);
        let found = self.of_key(&key);
        if !found.is_empty() {
            return (found, None);
        }
        match without_kind(&key) {
            Some((bare, kind)) => (self.of_key(bare), Some(kind)),
            None => (vec![], None),
        }
    }

    fn of_key(&self, key: &str) -> Vec<Candidate> {
        if NOT_ASKED.contains(key) {
            return vec![];
        }
        let key = SHORT.get(key).copied().unwrap_or(key);
        let given = self.names.get(key).into_iter().flatten();
        let given = given.filter_map(|at| self.given.get(*at));
        let rows: Vec<Row> = given.cloned().chain(shipped::named(key)).collect();
        let mut found: Vec<Candidate> = Vec::with_capacity(rows.len());
        for row in rows {
            let is_known = |other: &Candidate| {
                other.given
                    && !row.given
                    && other.place.geonameid.is_some()
                    && other.place.geonameid == row.place.geonameid
            };
            if !found.iter().any(is_known) {
                found.push(Candidate {
                    usual: fold::fold(&row.place.name) == key,
                    capital: row.capital,
                    given: row.given,
                    place: row.place,
                });
            }
        }
        found
    }
}

/// Short forms of names, folded.
static SHORT: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    (include_str!("../data/en/short.tsv").lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// Names, folded, that the table has for some town and reports use for what is in no table.
static NOT_ASKED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/en/not_asked.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// Words that say what a place is.
static KINDS: LazyLock<BTreeMap<&'static str, PlaceKind>> = LazyLock::new(|| {
    let rows = include_str!("../data/en/kinds.tsv").lines();
    rows.filter_map(|line| line.split_once('\t'))
        .filter_map(|(kind, words)| Some((table::kind(kind)?, words)))
        .flat_map(|(kind, words)| words.split(' ').map(move |word| (word, kind)))
        .collect()
});

/// What a word beside a name says that the place is: `province`, `city`; `None`: nothing.
pub fn kind_word(word: &str) -> Option<PlaceKind> {
    KINDS.get(word.to_lowercase().as_str()).copied()
}

/// Does this word stand between the word for a kind and the name: "the city *of* Velka"?
pub fn links_kind(word: &str) -> bool {
    include_str!("../data/en/linking.txt")
        .lines()
        .any(|linking| linking == word)
}

/// A folded name without the word for its kind at its end or start.
fn without_kind(key: &str) -> Option<(&str, PlaceKind)> {
    let last = key.rsplit_once(' ');
    let first = key.split_once(' ').map(|(word, bare)| (bare, word));
    (last.into_iter().chain(first)).find_map(|(bare, word)| Some((bare, *KINDS.get(word)?)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test may; the lint sees no test in helpers
mod tests;
