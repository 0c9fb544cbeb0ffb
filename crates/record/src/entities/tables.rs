//! The tables that names are compared by; what each means stands at its head.

use crate::words::{fold, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Pairs of sounds that may stand for one another, both ways round.
pub(super) static SOUNDS: LazyLock<BTreeSet<(String, String)>> = LazyLock::new(|| {
    let mut pairs = BTreeSet::new();
    for line in rows(include_str!("../../data/world/sounds.tsv")) {
        for a in &line {
            for b in line.iter().filter(|b| *b != a) {
                pairs.insert((a.to_string(), b.to_string()));
            }
        }
    }
    pairs
});

/// Consonants of the sound table, each with a name for all that it can stand for, directly or not.
static SOUND_CLASSES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    for (a, b) in SOUNDS.iter() {
        let class = |c: &BTreeMap<String, String>, s: &String| c.get(s).unwrap_or(s).clone();
        let (class_a, class_b) = (class(&classes, a), class(&classes, b));
        let joined = class_a.clone().min(class_b.clone());
        classes.insert(a.clone(), joined.clone());
        classes.insert(b.clone(), joined.clone());
        for class in classes.values_mut() {
            if *class == class_a || *class == class_b {
                class.clone_from(&joined);
            }
        }
    }
    classes
});

/// What a consonant can stand for, under one name.
pub(super) fn sound_class(sound: &str) -> String {
    SOUND_CLASSES
        .get(sound)
        .map_or(sound, |class| class)
        .to_string()
}

/// Is it a consonant written with several letters?
pub(super) fn is_sound(letters: &str) -> bool {
    SOUND_CLASSES.contains_key(letters)
}

/// The first of its line for every way to write a given name.
pub(super) static NAME_VARIANTS: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| first_of_line(include_str!("../../data/world/name_variants.tsv")));

/// Parts of personal names that are no name of their own.
pub(super) static PARTICLES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words(include_str!("../../data/world/particles.txt")));

/// International bodies: the full name for every name, folded.
pub(super) static BODIES: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| names(include_str!("../../data/world/bodies.tsv"), 2));

/// States: the name for every name, folded.
pub(super) static STATES: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| names(include_str!("../../data/en/states.tsv"), 2));

/// States: the folded name for every folded adjective.
pub(super) static ADJECTIVES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut adjectives = BTreeMap::new();
    for row in rows(include_str!("../../data/en/states.tsv")) {
        for form in row.get(2).into_iter().flat_map(|column| column.split(',')) {
            adjectives.entry(fold(form)).or_insert_with(|| fold(row[0]));
        }
    }
    adjectives.remove("");
    adjectives
});

/// What states are in their full names (`islamic republic`).
pub(super) static STATE_FORMS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words(include_str!("../../data/en/state_forms.txt")));

/// Words that join the parts of a name.
pub(super) static CONNECTING: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words(include_str!("../../data/en/connecting.txt")));

/// Words of bodies that every state has.
pub(super) static ANY_STATES_BODY: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words(include_str!("../../data/en/any_states_body.txt")));

/// Endings of names of groups that are printed with and without the plural's s.
pub(super) static PEOPLE_ENDINGS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words(include_str!("../../data/en/people_endings.txt")));

/// Offices that one person holds at a time.
pub(super) static OFFICES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words(include_str!("../../data/en/offices.txt")));

/// The first of its line for every spelling of a word.
pub(super) static SPELLING: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| first_of_line(include_str!("../../data/en/spelling.tsv")));

/// The point of the compass for its adjective and itself.
pub(super) static DIRECTIONS: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| first_of_line(include_str!("../../data/en/directions.tsv")));

/// What a company's legal form amounts to, for every way to write it, folded.
pub(super) static ORGANIZATION_FORMS: LazyLock<BTreeMap<String, &'static str>> =
    LazyLock::new(|| {
        let mut forms = BTreeMap::new();
        for row in rows(include_str!("../../data/world/organization_forms.tsv")) {
            for form in row.get(1).into_iter().flat_map(|column| column.split(',')) {
                forms.entry(fold(form)).or_insert(row[0]);
            }
        }
        forms
    });

/// Latin letters for letters of other scripts.
pub(super) static LETTERS: LazyLock<BTreeMap<char, String>> = LazyLock::new(|| {
    let mut letters = BTreeMap::new();
    for row in rows(include_str!("../../data/world/letters.tsv")) {
        for letter in row
            .get(1)
            .into_iter()
            .flat_map(|column| column.chars().filter(|c| c.is_alphabetic()))
        {
            letters.insert(letter, row[0].to_string());
        }
    }
    letters
});

/// Words that say who or what a person is.
pub(super) static HONORIFICS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words(include_str!("../../data/en/honorifics.txt")));

/// For each given name, short or full, the lines of the list that it stands in.
pub(super) static NICKNAMES: LazyLock<BTreeMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (line, row) in rows(include_str!("../../data/en/nicknames.tsv")).enumerate() {
        for name in row.iter().flat_map(|column| tokens(column)) {
            lines.entry(name).or_default().push(line);
        }
    }
    lines
});

/// Numbers in words.
pub(super) static NUMBER_VALUES: LazyLock<BTreeMap<String, u32>> = LazyLock::new(|| {
    let mut values = BTreeMap::new();
    for row in rows(include_str!("../../data/en/number_values.tsv")) {
        let value = row[0].parse().unwrap_or(0);
        for word in row.get(1).into_iter().flat_map(|column| tokens(column)) {
            values.insert(word, value);
        }
    }
    values
});

/// What makes an ordinal of a number in figures.
pub(super) static ORDINAL_ENDINGS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words(include_str!("../../data/en/ordinal_endings.txt")));

/// What each reason weighs in the score of two names, for people and for other things.
pub(super) static NAME_WEIGHTS: LazyLock<BTreeMap<&'static str, [f64; 2]>> = LazyLock::new(|| {
    let number = |text: Option<&&str>| text.and_then(|t| t.parse().ok()).unwrap_or(0.0);
    let read = |row: Vec<&'static str>| (row[0], [number(row.get(1)), number(row.get(2))]);
    rows(include_str!("../../data/world/name_weights.tsv"))
        .map(read)
        .collect()
});

/// The lines of a table, cut at tabs.
fn rows(data: &str) -> impl Iterator<Item = Vec<&str>> {
    data.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

fn words(data: &str) -> BTreeSet<String> {
    rows(data).flatten().map(fold).collect()
}

fn first_of_line(data: &str) -> BTreeMap<String, String> {
    let mut first = BTreeMap::new();
    for row in rows(data) {
        let forms: Vec<String> = row.iter().flat_map(|column| tokens(column)).collect();
        for form in &forms {
            first.insert(form.clone(), forms[0].clone());
        }
    }
    first
}

/// The first column for every name in the first `columns`, folded; names within one are separated
/// by commas.
fn names(data: &str, columns: usize) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for row in rows(data) {
        names.insert(fold(row[0]), row[0].to_string());
        for form in row
            .iter()
            .take(columns)
            .skip(1)
            .flat_map(|column| column.split(','))
        {
            names
                .entry(fold(form))
                .or_insert_with(|| row[0].to_string());
        }
    }
    names.remove("");
    names
}
