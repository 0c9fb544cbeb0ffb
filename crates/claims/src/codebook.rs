//! The codebook of events, from `data/en/codebook.tsv`.

use rapporteur_model::EventType;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A row: what verbs, with these nouns or with anything, mean.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) event: EventType,
    pub(crate) mode: Option<&'static str>,
    verbs: Vec<&'static str>,
    /// Empty: whatever stands with the verb; `*`: it has an object.
    pub(crate) nouns: BTreeSet<&'static str>,
    /// With its actor in [ ] and its recipient in { }.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test reads it"))]
    pub(crate) example: &'static str,
}

pub(crate) struct Codebook {
    pub(crate) rows: Vec<Row>,
    /// By verb, those with nouns first.
    by_verb: BTreeMap<&'static str, Vec<usize>>,
    /// Nouns that say by themselves what happens.
    by_noun: BTreeMap<&'static str, usize>,
}

impl Codebook {
    /// The rows of a verb, those with nouns first.
    pub(crate) fn verb(&self, lemma: &str) -> impl Iterator<Item = &Row> + Clone {
        let rows = self
            .by_verb
            .get(lemma)
            .map(Vec::as_slice)
            .unwrap_or_default();
        rows.iter().filter_map(|at| self.rows.get(*at))
    }

    /// The row of a noun that stands alone.
    pub(crate) fn noun(&self, lemma: &str) -> Option<&Row> {
        self.rows.get(*self.by_noun.get(lemma)?)
    }
}

pub(crate) static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| {
    let lines = include_str!("../data/en/codebook.tsv").lines();
    let rows: Vec<Row> = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .collect();
    let mut by_verb: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    let mut by_noun = BTreeMap::new();
    for wants_nouns in [true, false] {
        for (at, row) in rows.iter().enumerate() {
            if row.nouns.is_empty() == wants_nouns {
                continue;
            }
            for verb in &row.verbs {
                by_verb.entry(*verb).or_default().push(at);
            }
            for noun in row.nouns.iter().filter(|_| row.verbs.is_empty()) {
                by_noun.entry(*noun).or_insert(at);
            }
        }
    }
    Codebook {
        rows,
        by_verb,
        by_noun,
    }
});

fn row(line: &'static str) -> Option<Row> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [event, mode, verbs, nouns, example] = cells[..] else {
        return None;
    };
    let words = |cell: &'static str| cell.split(' ').filter(|word| !word.is_empty());
    Some(Row {
        event: EventType::named(event)?,
        mode: Some(mode).filter(|mode| !mode.is_empty()),
        verbs: words(verbs).filter(|verb| *verb != "-").collect(),
        nouns: words(nouns).filter(|noun| *noun != "-").collect(),
        example,
    })
}
