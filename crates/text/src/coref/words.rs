//! The tables of who is meant, from `data/en`.

use crate::tables::{Set, Table};
use crate::{tables, world};
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
    Thing,
    Any,
}

impl Gender {
    fn named(name: &str) -> Gender {
        match name {
            "male" => Gender::Male,
            "female" => Gender::Female,
            "thing" => Gender::Thing,
            _ => Gender::Any,
        }
    }

    /// Can these be of one person or thing?
    pub(super) fn fits(self, other: Gender) -> bool {
        self == other || self == Gender::Any || other == Gender::Any
    }
}

/// What a pronoun says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pronoun {
    pub(super) first: bool,
    pub(super) many: bool,
    pub(super) gender: Gender,
    pub(super) owner: bool,
    pub(super) itself: bool,
}

pub(super) struct Words {
    pub(super) pronouns: Table<Pronoun>,
    /// Nouns for persons, in the singular.
    pub(super) people: Table<Gender>,
    pub(super) titles: Table<Gender>,
    pub(super) first_names: Table<Gender>,
    /// Does the determiner say that the thing is known?
    pub(super) determiners: Table<bool>,
    /// Prepositions before what somebody is: "as a driver".
    pub(super) in_roles: Set,
    groups: Set,
}

impl Words {
    pub(super) fn is_group(&self, lemma: &str) -> bool {
        self.groups.contains(lemma)
    }

    pub(super) fn is_role(&self, lemma: &str) -> bool {
        world::is_role(lemma)
    }
}

/// Rows of a key and its words.
fn by_word(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    tables::rows(table).flat_map(|(key, words)| words.split(' ').map(move |word| (word, key)))
}

fn genders(table: &'static str) -> Table<Gender> {
    by_word(table)
        .map(|(word, key)| (word, Gender::named(key)))
        .collect()
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    pronouns: tables::rows(include_str!("../../data/en/pronouns.tsv"))
        .map(|(word, row)| {
            let cells: Vec<&str> = row.split('\t').collect();
            let is = |at: usize, word: &str| cells.get(at) == Some(&word);
            let pronoun = Pronoun {
                first: is(0, "first"),
                many: is(1, "many"),
                gender: Gender::named(cells.get(2).copied().unwrap_or_default()),
                owner: is(3, "owner"),
                itself: is(3, "self"),
            };
            (word, pronoun)
        })
        .collect(),
    people: genders(include_str!("../../data/en/person_nouns.tsv")),
    titles: genders(include_str!("../../data/en/gendered_titles.tsv")),
    first_names: genders(include_str!("../../data/en/gendered_names.tsv")),
    determiners: by_word(include_str!("../../data/en/determiners.tsv"))
        .map(|(word, key)| (word, key == "known"))
        .collect(),
    in_roles: tables::lines(include_str!("../../data/en/in_roles.txt")).collect(),
    groups: tables::lines(include_str!("../../data/en/thing_groups.txt"))
        .chain(world::group_nouns().iter().copied())
        .collect(),
});
