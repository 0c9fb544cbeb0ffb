//! The tables of English in `data/en`, parsed once.

use crate::document::Tag;
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words of a table, to be looked up alone: their order means nothing.
pub(crate) type Set = HashSet<&'static str, FixedState>;

/// The same, each with what the table says of it.
pub(crate) type Table<V> = HashMap<&'static str, V, FixedState>;

/// The lines of a table that are neither blank nor comments.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// The rows of a tab-separated table: first cell, the rest.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(table).map(|line| line.split_once('\t').unwrap_or((line, "")))
}

/// A word of a table as the tokens that it is in a text: "mother's" is two, and so is "workers'".
pub(crate) fn clitic_cut(word: &'static str) -> impl Iterator<Item = &'static str> {
    let cut = word
        .rfind('\'')
        .filter(|at| *at > 0 && word.len() - at <= 2);
    let (word, clitic) = word.split_at(cut.unwrap_or(word.len()));
    std::iter::once(word).chain(Some(clitic).filter(|clitic| !clitic.is_empty()))
}

macro_rules! word_list {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        pub(crate) fn $name() -> &'static Set {
            static LIST: LazyLock<Set> =
                LazyLock::new(|| lines(include_str!(concat!("../data/en/", $file))).collect());
            &LIST
        }
    };
}

word_list!(
    /// Words that keep a full stop after them.
    abbreviations, "abbreviations.txt"
);
word_list!(
    /// Words that stand before a person's name.
    titles, "titles.txt"
);
word_list!(
    /// Capitalised words that begin sentences rather than names.
    starters, "starters.txt"
);

word_list!(
    /// Verbs of saying, in their base form: what follows a closing mark where a speaker does.
    speech, "speech.txt"
);
word_list!(
    /// Verbs, in their base form.
    verbs, "verbs.txt"
);
word_list!(
    /// Verbs of more than one syllable that double their last consonant.
    doubling, "doubling.txt"
);
word_list!(
    /// Nouns that often begin sentences.
    common_nouns, "common_nouns.txt"
);
/// Base, past and participle of irregular verbs, tab-separated.
pub(crate) fn irregular() -> impl Iterator<Item = &'static str> {
    lines(include_str!("../data/en/irregular.tsv"))
}

/// Irregular plurals, with their singular.
pub(crate) fn plurals() -> &'static Table<&'static str> {
    static TABLE: LazyLock<Table<&'static str>> =
        LazyLock::new(|| rows(include_str!("../data/en/plurals.tsv")).collect());
    &TABLE
}

/// Words of closed classes, with their tag where nothing around says otherwise.
pub(crate) fn closed() -> &'static Table<Tag> {
    static TABLE: LazyLock<Table<Tag>> = LazyLock::new(|| {
        rows(include_str!("../data/en/closed.tsv"))
            .map(|(word, tag)| (word, Tag::named(tag).unwrap_or_default()))
            .collect()
    });
    &TABLE
}

word_list!(
    /// Pronouns that a speaker is called by.
    third_persons, "third_persons.txt"
);
word_list!(
    /// Small words inside names that are capitalised or not by the writer's taste.
    name_particles, "name_particles.txt"
);

word_list!(
    /// Words that follow a hyphen only where it is typed for a dash.
    dash_words, "dash_words.txt"
);
