//! A line of a view: what is said, with the weight and the words of those who say it.

use crate::page::{Page, Style, column, piece, printed, share};
use crate::voice::{Voice, Weight, voices, weigh};
use crate::{voice, words};
use rapporteur_model::{ClaimId, RelationKind, Subject, When};
use rapporteur_record::{ClaimState, State};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What several claims say alike, or one says alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// When it happened or holds; `None`: unknown.
    pub when: Option<When>,
    /// `ground`, `talks`, `count` or `statement`.
    pub subject: &'static str,
    /// What is said.
    pub words: String,
    /// How many reports and origins say so.
    pub weight: Weight,
    /// Claims that contradict one of these, or that tell of an act against a pledge here.
    pub against: Vec<ClaimId>,
    /// Who says so.
    pub voices: Vec<Voice>,
}

/// Where a claim stands among the accounts: number of the question, number of the account.
pub type Place = (usize, usize);

/// For each claim that shares an account, the first one it stands in.
pub fn places(state: &State) -> BTreeMap<ClaimId, Place> {
    let mut places = BTreeMap::new();
    for (question, accounts) in state.accounts.iter().enumerate() {
        for (number, account) in accounts.accounts.iter().enumerate() {
            for claim in &account.claims {
                places.entry(claim.clone()).or_insert((question, number));
            }
        }
    }
    places
}

/// For each claim, those that it contradicts or breaches, or that do so to it.
pub fn opposed(state: &State) -> BTreeMap<ClaimId, BTreeSet<ClaimId>> {
    let mut opposed: BTreeMap<ClaimId, BTreeSet<ClaimId>> = BTreeMap::new();
    let relations = state
        .accounts
        .iter()
        .flat_map(|accounts| &accounts.relations);
    for relation in relations {
        if matches!(
            relation.relation,
            RelationKind::Contradict | RelationKind::Breach
        ) {
            for (one, other) in [(&relation.a, &relation.b), (&relation.b, &relation.a)] {
                opposed
                    .entry(one.clone())
                    .or_default()
                    .insert(other.clone());
            }
        }
    }
    opposed
}

/// When a claim's content happened: its own time, or that of the meeting it tells of.
pub fn when(claim: &ClaimState) -> Option<When> {
    claim.when.or(claim.talks_when)
}

/// The kind of thing a claim is about, in a word.
pub fn subject(subject: &Subject) -> &'static str {
    match subject {
        Subject::Statement => "statement",
        Subject::Ground(_) => "ground",
        Subject::Talks(_) => "talks",
        Subject::Count => "count",
    }
}

/// Puts claims that give the same value for the same time together, and the lines in order of
/// time; those without a time last.
pub fn entries<'c>(state: &State, claims: impl IntoIterator<Item = &'c ClaimId>) -> Vec<Entry> {
    let places = places(state);
    let opposed = opposed(state);
    // A claim that shares no account stands alone, under its own id.
    type Key<'c> = (Option<Place>, Option<When>, Option<&'c ClaimId>);
    let mut together: BTreeMap<Key<'c>, Vec<&ClaimId>> = BTreeMap::new();
    for id in claims {
        let Some(claim) = state.claims.get(id) else {
            continue;
        };
        let place = places.get(id).copied();
        let alone = place.is_none().then_some(id);
        (together.entry((place, when(claim), alone)).or_default()).push(id);
    }
    let mut entries: Vec<Entry> = together
        .into_values()
        .filter_map(|ids| entry(state, &ids, &opposed))
        .collect();
    entries.sort_by(|a, b| rank(a).cmp(&rank(b)));
    entries
}

fn rank(entry: &Entry) -> (bool, Option<When>, &str, Option<&ClaimId>) {
    let first = entry.voices.first().map(|voice| &voice.claim);
    (entry.when.is_none(), entry.when, &entry.words, first)
}

/// One line for these claims, in the words of the first voice.
pub fn entry(
    state: &State,
    ids: &[&ClaimId],
    opposed: &BTreeMap<ClaimId, BTreeSet<ClaimId>>,
) -> Option<Entry> {
    let voices = voices(state, ids.iter().copied());
    let first = voices.first()?;
    let claim = state.claims.get(&first.claim)?;
    let report = state.reports.get(&first.report.id)?;
    let against: BTreeSet<&ClaimId> = (ids.iter())
        .filter_map(|id| opposed.get(*id))
        .flatten()
        .collect();
    Some(Entry {
        when: when(claim),
        subject: subject(&claim.claim.what().subject),
        words: words::claim(&report.report, &claim.claim),
        weight: weigh(&voices),
        against: against.into_iter().cloned().collect(),
        voices,
    })
}

/// Columns of the date beside a line, and where its evidence begins.
const DATE: usize = 13;
const INDENT: usize = DATE + 2;

/// Writes lines, each date once.
pub fn write(page: &mut Page, entries: &[Entry]) {
    let mut last: Option<Option<When>> = None;
    for entry in entries {
        let date = match last == Some(entry.when) {
            true => String::new(),
            false => words::when(entry.when),
        };
        last = Some(entry.when);
        write_one(page, &date, entry);
    }
}

/// Writes one line with its evidence. Where the line only repeats the printed words, these stand in
/// its place.
pub fn write_one(page: &mut Page, date: &str, entry: &Entry) {
    let date = column(DATE, vec![piece(date, Style::Heading)]);
    let quoted =
        (entry.voices.first()).filter(|voice| words::one_line(&voice.exact) == entry.words);
    let mut rest = entry.voices.as_slice();
    match quoted {
        None => {
            let words = vec![
                piece(&entry.words, Style::Strong),
                piece(format!(" · {}", entry.weight.words()), Style::Quiet),
            ];
            page.row(0, vec![date, share(1, words)]);
        }
        Some(voice) => {
            page.row(0, vec![date, printed(voice::sentence(voice))]);
            rest = voice::write_pointers(page, INDENT, rest);
            if entry.weight.reports > 1 {
                page.text(INDENT, vec![piece(entry.weight.words(), Style::Quiet)]);
            }
        }
    }
    if !entry.against.is_empty() {
        let ids: Vec<String> = (entry.against.iter())
            .map(|id| format!("[{}]", words::short(&id.0)))
            .collect();
        let words = format!("against it: {}", ids.join(" "));
        page.text(INDENT, vec![piece(words, Style::Against)]);
    }
    voice::write(page, INDENT, rest);
    page.blank();
}
