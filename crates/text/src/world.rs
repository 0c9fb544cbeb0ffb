//! What is known of the world's names and of the nouns inside names, from `data/world` and
//! `data/en`.

use crate::tables::{Set, Table, lines, rows};
use foldhash::fast::FixedState;
use rapporteur_model::Kind;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The country that a demonym belongs to, in its usual name: `Chilean` → `Chile`, `Swedes` →
/// `Sweden`. Capitals matter: `polish` is none.
pub fn demonym(word: &str) -> Option<&'static str> {
    match gazetteer().get(word) {
        Some(Entry::Demonym { country, .. }) => Some(country),
        _ => None,
    }
}

/// Does a word name people or what is theirs (`Chilean`, `Swedes`, `Muslims`)?
pub fn is_people(word: &str) -> bool {
    matches!(
        gazetteer().get(word),
        Some(Entry::Demonym { .. } | Entry::People | Entry::Adjective)
    )
}

/// A country's usual name, from any of its names: `U.S.` → `United States`.
pub fn country(name: &str) -> Option<&'static str> {
    match gazetteer().get(name) {
        Some(Entry::Country { country }) => Some(country),
        _ => None,
    }
}

/// The usual name of a body or newsroom known the world over: `U.N.` → `United Nations`.
pub fn organization(name: &str) -> Option<&'static str> {
    match gazetteer().get(name) {
        Some(Entry::Organization { name }) => Some(name),
        _ => None,
    }
}

/// The country that a city is the capital of.
pub fn capital(name: &str) -> Option<&'static str> {
    match gazetteer().get(name) {
        Some(Entry::Place { capital_of }) => *capital_of,
        _ => None,
    }
}

/// Is it something a person can be: an office, a function, an occupation? In any case, singular.
pub fn is_role(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_title_role(&lower) || plain_roles().contains(&*lower)
}

/// Is it a noun for people who act together (`forces`, `government`, `fighters`)?
pub fn is_group_noun(word: &str) -> bool {
    group_nouns().contains(&*word.to_lowercase())
}

/// Is it a noun that heads names of organizations, such as "council"?
pub fn is_organization_noun(word: &str) -> bool {
    organization_nouns().contains(&*word.to_lowercase())
}

/// A role that stands as a title before a name. `lower` is in lower case, a final stop allowed.
pub(crate) fn is_title_role(lower: &str) -> bool {
    let lower = lower.trim_end_matches('.');
    roles().contains(lower) || crate::tables::titles().contains(lower)
}

/// What the tables know of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A country, by one of its names.
    Country { country: &'static str },
    /// What belongs to or comes from a country; `people`: its inhabitants, a noun in the plural.
    Demonym { country: &'static str, people: bool },
    /// Another place.
    Place { capital_of: Option<&'static str> },
    /// A body or newsroom.
    Organization { name: &'static str },
    /// People without a country of that name.
    People,
    /// An adjective that is part of names and is none itself.
    Adjective,
}

impl Entry {
    /// The kind of a name that is this alone.
    pub(crate) fn kind(self) -> Option<Kind> {
        match self {
            Entry::Country { .. } | Entry::Place { .. } => Some(Kind::Place),
            Entry::Demonym { people: false, .. } => Some(Kind::Place),
            Entry::Demonym { people: true, .. } | Entry::Organization { .. } | Entry::People => {
                Some(Kind::Organization)
            }
            Entry::Adjective => None,
        }
    }

    /// Does it say where something belongs: a place, a people or an adjective of one?
    pub(crate) fn is_origin(self) -> bool {
        !matches!(self, Entry::Organization { .. })
    }
}

/// Every name of the tables, as printed, with straight apostrophes.
pub(crate) fn gazetteer() -> &'static Table<Entry> {
    static TABLE: LazyLock<Table<Entry>> = LazyLock::new(|| {
        let mut table = Table::default();
        // Later tables give way to earlier ones; within a table, names of countries come first.
        let countries = || rows(include_str!("../data/world/countries.tsv"));
        for (country, rest) in countries() {
            table.insert(country, Entry::Country { country });
            for alias in split(rest.split('\t').nth(2)) {
                table.insert(alias, Entry::Country { country });
            }
        }
        for (country, rest) in countries() {
            for (at, word) in split(rest.split('\t').next()).enumerate() {
                // The first is the adjective ("Swiss").
                let people = at > 0 && word.ends_with('s');
                table
                    .entry(word)
                    .or_insert(Entry::Demonym { country, people });
            }
            for capital in split(rest.split('\t').nth(1)) {
                let capital_of = Some(country);
                table.entry(capital).or_insert(Entry::Place { capital_of });
            }
        }
        for (name, aliases) in rows(include_str!("../data/world/organizations.tsv")) {
            table.entry(name).or_insert(Entry::Organization { name });
            for alias in split(Some(aliases)) {
                table.entry(alias).or_insert(Entry::Organization { name });
            }
        }
        for name in lines(include_str!("../data/world/places.txt")) {
            let capital_of = None;
            table.entry(name).or_insert(Entry::Place { capital_of });
        }
        for name in lines(include_str!("../data/world/peoples.txt")) {
            table.entry(name).or_insert(Entry::People);
        }
        for name in lines(include_str!("../data/world/adjectives.txt")) {
            table.entry(name).or_insert(Entry::Adjective);
        }
        table
    });
    &TABLE
}

fn split(cell: Option<&'static str>) -> impl Iterator<Item = &'static str> {
    cell.unwrap_or_default()
        .split(';')
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

/// The names of the tables in lower case, with how they are printed, for text all in capitals.
pub(crate) fn gazetteer_in_lower_case() -> &'static HashMap<String, &'static str, FixedState> {
    static TABLE: LazyLock<HashMap<String, &'static str, FixedState>> = LazyLock::new(|| {
        // Of names that only capitals tell apart, the last in order.
        let mut names: Vec<&str> = gazetteer().keys().copied().collect();
        names.sort_unstable();
        names
            .into_iter()
            .map(|name| (name.to_lowercase(), name))
            .collect()
    });
    &TABLE
}

/// The first words of the names of the tables, in lower case, and the most words and marks that a name has which begins
/// so.
pub(crate) fn first_words() -> &'static HashMap<String, usize, FixedState> {
    static TABLE: LazyLock<HashMap<String, usize, FixedState>> = LazyLock::new(|| {
        let mut longest = HashMap::default();
        for name in gazetteer().keys() {
            let word = name.split(' ').next().unwrap_or(name).to_lowercase();
            let length = words_and_marks(name).min(LONGEST);
            // "Cox's Bazar" is looked up from "Cox".
            let owner = word.split('\'').next().unwrap_or(&word).to_string();
            for first in [owner, word] {
                let most = longest.entry(first).or_insert(0);
                *most = length.max(*most);
            }
        }
        longest
    });
    &TABLE
}

/// No name of the tables has more words.
const LONGEST: usize = 8;

/// Letters and digits in a row, and every other character that is no space: at least as many as a name has tokens.
fn words_and_marks(name: &str) -> usize {
    let mut inside = false;
    let begins = |c: char| {
        let before = std::mem::replace(&mut inside, c.is_alphanumeric());
        !(c.is_whitespace() || before && c.is_alphanumeric())
    };
    name.chars().map(begins).filter(|begins| *begins).count()
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident, $file:literal;)*) => {
        $($(#[$doc])*
        pub(crate) fn $name() -> &'static Set {
            static LIST: LazyLock<Set> =
                LazyLock::new(|| lines(include_str!(concat!("../data/", $file))).collect());
            &LIST
        })*
    };
}

lists! {
    /// What people are called by first, capitalised.
    given_names, "world/given_names.txt";
    /// Words that print in lower case far more often than not.
    common_words, "en/common_words.txt";
    /// Offices and functions that can be titles.
    roles, "en/roles.txt";
    /// Roles that are no titles.
    plain_roles, "en/plain_roles.txt";
    /// Words before a role that belong to it.
    role_modifiers, "en/role_modifiers.txt";
    /// Fields of government and work.
    topics, "en/topics.txt";
    /// Head nouns of organisations' names.
    organization_nouns, "en/organization_nouns.txt";
    /// What stands last in names of companies, after a comma or none.
    company_ends, "en/company_ends.txt";
    /// Two letters that stand for a state after the name of a town.
    state_codes, "world/state_codes.txt";
    /// Head nouns of places' names.
    place_nouns, "en/place_nouns.txt";
    /// Verbs whose object is a place.
    place_verbs, "en/place_verbs.txt";
    /// Nouns that a preposition ties to a place.
    place_events, "en/place_events.txt";
    /// Nouns after a place's name.
    place_followers, "en/place_followers.txt";
    /// Nouns after an organisation's name.
    organization_followers, "en/organization_followers.txt";
    /// Nouns that a body's name stands right after.
    naming_nouns, "en/naming_nouns.txt";
    /// Head nouns of the names of other things.
    other_nouns, "en/other_nouns.txt";
    /// Nouns for people who act together.
    group_nouns, "en/group_nouns.txt";
    /// Words between a name and its group noun.
    group_fillers, "en/group_fillers.txt";
    /// Words of the calendar.
    calendar, "en/calendar.txt";
    /// Words in capitals that name no one.
    plain_capitals, "en/plain_capitals.txt";
    /// Second parts of compounds whose first part is a name.
    compound_ends, "en/compound_ends.txt";
    /// First parts of compounds whose second part is a name.
    compound_starts, "en/compound_starts.txt";
    /// Titles of rank and respect.
    ranks, "en/ranks.txt";
    /// Words that lead from a role to whom or what it is held for.
    role_connectors, "en/role_connectors.txt";
    /// Articles.
    articles, "en/articles.txt";
    /// Words that join like with like.
    conjunctions, "en/conjunctions.txt";
    /// Prepositions before places.
    place_prepositions, "en/place_prepositions.txt";
    /// Endings of ordinary words.
    common_endings, "en/common_endings.txt";
    /// Possessives that begin names.
    possessive_starts, "en/possessive_starts.txt";
}

/// Words that lead from a head noun to its field or place inside names, with the kinds of head noun
/// (`organization`, `place`, `role`) that they follow.
pub(crate) fn name_connectors() -> &'static Table<&'static str> {
    static TABLE: LazyLock<Table<&'static str>> =
        LazyLock::new(|| rows(include_str!("../data/en/name_connectors.tsv")).collect());
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_has_its_usual_names() {
        assert_eq!(country("U.S."), Some("United States"));
        assert_eq!(country("Norway"), Some("Norway"));
        assert_eq!(country("Oslo"), None);
        assert_eq!(capital("Oslo"), Some("Norway"));
        assert_eq!(demonym("Swiss"), Some("Switzerland"));
        assert_eq!(demonym("polish"), None);
        assert_eq!(organization("U.N."), Some("United Nations"));
        assert!(is_role("Spokeswoman") && is_role("resident") && !is_role("office"));
        assert!(is_group_noun("Forces") && !is_group_noun("river"));
    }

    #[test]
    fn no_row_of_the_countries_has_cells_too_many() {
        for (country, rest) in rows(include_str!("../data/world/countries.tsv")) {
            let cells = rest.split('\t').count();
            assert!((1..=3).contains(&cells), "{country}");
        }
    }
}
