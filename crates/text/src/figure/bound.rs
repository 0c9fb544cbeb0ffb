//! What bounds a number: "more than", "nearly", "or so".

use crate::role::{Role, Words};
use crate::tables;
use rapporteur_model::Comparator;
use std::sync::LazyLock;

/// Phrases of `comparators.tsv` by their first words, or by their last, longest first. Only ever looked up.
type Phrases = tables::Table<Vec<(Comparator, Vec<&'static str>)>>;

fn phrases(side: &str, key: fn(&[&'static str]) -> Option<&'static str>) -> Phrases {
    let mut phrases = Phrases::default();
    let rows = tables::rows(include_str!("../../data/en/comparators.tsv"));
    for (_, rest) in rows.filter(|(place, _)| *place == side) {
        let Some((sign, words)) = rest.split_once('\t') else {
            continue;
        };
        let words: Vec<&str> = words.split(' ').collect();
        if let (Some(sign), Some(key)) = (signed(sign), key(&words)) {
            phrases.entry(key).or_default().push((sign, words));
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
    }
    phrases
}

fn signed(sign: &str) -> Option<Comparator> {
    [
        Comparator::Equal,
        Comparator::More,
        Comparator::AtLeast,
        Comparator::Less,
        Comparator::AtMost,
        Comparator::About,
        Comparator::Almost,
    ]
    .into_iter()
    .find(|c| c.sign() == sign)
}

fn first(words: &[&'static str]) -> Option<&'static str> {
    words.first().copied()
}

fn last(words: &[&'static str]) -> Option<&'static str> {
    words.last().copied()
}

/// The longest phrase that bounds a number after it and begins here.
pub(super) fn before_phrase_at(w: Words<'_>, at: usize) -> Option<(Comparator, usize)> {
    static TABLE: LazyLock<Phrases> = LazyLock::new(|| phrases("before", first));
    phrase_at(w, at, &TABLE)
}

/// The longest phrase that bounds the number before it and begins here.
pub(super) fn after_phrase_at(w: Words<'_>, at: usize) -> Option<(Comparator, usize)> {
    static TABLE: LazyLock<Phrases> = LazyLock::new(|| phrases("after", first));
    phrase_at(w, at, &TABLE)
}

/// The bound of a word that a hyphen ties to its number: "sub-7".
pub(super) fn prefix_sign(word: &str) -> Option<Comparator> {
    static TABLE: LazyLock<Phrases> = LazyLock::new(|| phrases("prefix", first));
    TABLE.get(word)?.first().map(|(sign, _)| *sign)
}

fn phrase_at(w: Words<'_>, at: usize, table: &Phrases) -> Option<(Comparator, usize)> {
    table
        .get(&*w.get(at)?.lower)?
        .iter()
        .find(|(_, words)| {
            (words.iter().enumerate())
                .all(|(n, word)| w.get(at + n).is_some_and(|t| t.lower == *word))
        })
        .map(|(sign, words)| (*sign, at + words.len()))
}

/// What bounds the number that begins here, and where the words for it begin.
pub(super) fn before(w: Words<'_>, at: usize) -> (Comparator, usize) {
    static TABLE: LazyLock<Phrases> = LazyLock::new(|| phrases("before", last));
    let ends_here = |words: &[&str]| {
        words.len() <= at - w.start
            && (words.iter().enumerate())
                .all(|(n, word)| w.tokens[at - words.len() + n].lower == *word)
    };
    let list = w.before(at).and_then(|token| TABLE.get(&*token.lower));
    let found = list.and_then(|list| list.iter().find(|(_, words)| ends_here(words)));
    match found {
        Some((sign, words)) => {
            let from = at - words.len();
            // "talks about two prisoners"
            let topic =
                words.len() == 1 && *sign == Comparator::About && w.follows(from, Role::Topic);
            // "handed over 21 prisoners"
            let handed =
                words.len() == 1 && *sign == Comparator::More && w.follows(from, Role::Handing);
            if topic || handed {
                (Comparator::Equal, at)
            } else {
                (*sign, from)
            }
        }
        None => (Comparator::Equal, at),
    }
}
