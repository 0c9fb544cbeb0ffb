//! What the whole report shows of talks.

use super::delegations::delegation_party;
use super::scene::{is, is_of_fighting, parties};
use crate::{phrase, tables, who};
use rapporteur_model::{Kind, Mention};
use rapporteur_text::{Document, Tag};
use std::collections::BTreeSet;

/// Reads what the whole report shows of talks before its sentences are read one by one.
pub(crate) struct Setting {
    /// Is the report about a conflict or its negotiations at all?
    pub(crate) concerned: bool,
    /// The sides of the report's talks: the first two that it names as those of a delegation each or
    /// by "talks between A and B"; none where it names fewer.
    pub(super) sides: Vec<Mention>,
    /// The full names of people whom the report gives a role in which their words bind a side.
    leaders: BTreeSet<String>,
    /// The full names of its people.
    people: BTreeSet<String>,
}

impl Setting {
    /// Reads the setting of a report.
    pub(crate) fn of(doc: &Document<'_>) -> Setting {
        let concerned = concerned(doc);
        let leaders = leaders(doc);
        let people = people(doc);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut distinct: Vec<Mention> = Vec::new();
        for at in 0..doc.tokens.len() {
            let token = &doc.tokens[at];
            let (start, end) = doc
                .sentence_at(token.span.start)
                .map_or((at, at), |s| (s.tokens.start, s.tokens.end));
            let mut found: Vec<Mention> = Vec::new();
            if token.tag == Tag::Noun && is(tables::talk_nouns(), &token.lower) {
                // "a meeting between a leader and a rebel": any.
                let some = |range: &std::ops::Range<usize>| {
                    let first = &doc.tokens[range.start];
                    first.tag == Tag::Det && !tables::definite().contains(&*first.lower)
                };
                let fighting = is_of_fighting(doc, at + 1, end);
                let between = phrase::between(doc, at + 1, end);
                let between = between.filter(|range| !some(range) && !fighting);
                if let Some(between) = between {
                    found.extend(parties(doc, between));
                }
            } else if token.tag == Tag::Noun && is(tables::delegation_nouns(), &token.lower) {
                found.extend(delegation_party(doc, at, start, end).filter(|m| {
                    m.kind != Some(Kind::Person) && m.name.chars().any(char::is_uppercase)
                }));
            }
            for side in found {
                // A shorter form of a side already there is no further side.
                let words: BTreeSet<String> = content_words(&side.name);
                let known = distinct.iter().any(|d| {
                    let other = content_words(&d.name);
                    words.is_subset(&other) || other.is_subset(&words)
                });
                if seen.insert(who::full_name(&side)) && !known && !words.is_empty() {
                    distinct.push(side);
                }
                if distinct.len() == 2 {
                    return Setting {
                        concerned,
                        sides: distinct,
                        leaders,
                        people,
                    };
                }
            }
        }
        Setting {
            concerned,
            sides: vec![],
            leaders,
            people,
        }
    }

    /// Does the report name a person so?
    pub(super) fn is_person(&self, name: &str) -> bool {
        self.people.contains(name)
    }

    /// Does the report give whom this full name means a role in which words bind a side?
    pub(super) fn leads(&self, name: &str) -> bool {
        self.leaders.contains(name)
    }
}

fn people(doc: &Document<'_>) -> BTreeSet<String> {
    let (people, others): (Vec<_>, Vec<_>) =
        (doc.names.iter()).partition(|name| name.kind == Some(Kind::Person));
    let others: BTreeSet<String> = others.into_iter().map(who::full_name).collect();
    let people = people.into_iter().map(who::full_name);
    people.filter(|name| !others.contains(name)).collect()
}

fn leaders(doc: &Document<'_>) -> BTreeSet<String> {
    let binding = |words: &str| {
        let mut words = words.split_whitespace().map(str::to_lowercase);
        words.any(|word| tables::stances().contains(&*word))
    };
    let leads = |name: &&Mention| {
        let role = name.role.as_ref().map(|role| &*role.role);
        role.into_iter().chain(name.title.as_deref()).any(binding)
    };
    doc.names.iter().filter(leads).map(who::full_name).collect()
}

/// How many different words of conflict and talks a report must use to be about them: one for every
/// so many words, but never more than so many, since a few stand in long reports about anything.
const CONCERNED: (usize, usize) = (100, 4);

/// One word of conflict or talks in so many words, at least: gossip has assaults and battles, too. Of the
/// news read for it, reports of the famous and of firms had up to 0.9 in a hundred, of wars and talks from 1.2.
const DENSE: usize = 100;

fn concerned(doc: &Document<'_>) -> bool {
    let (every, most) = CONCERNED;
    let wanted = (doc.tokens.len() / every).min(most);
    let words: Vec<&str> = doc
        .tokens
        .iter()
        .map(|t| &*t.lemma)
        .filter(|w| tables::conflict_words().contains(w))
        .collect();
    let different: BTreeSet<&str> = words.iter().copied().collect();
    let density = |every: usize| (doc.tokens.len() + every / 2) / every;
    // Few words that come again and again say as much.
    let often = different.len() > 1 && words.len() >= 2 * density(DENSE);
    (different.len() >= wanted || often) && words.len() >= density(DENSE)
}

fn content_words(name: &str) -> BTreeSet<String> {
    name.split_whitespace()
        .map(str::to_lowercase)
        .filter(|w| !tables::articles().contains(&**w) && !tables::of().contains(&**w))
        .collect()
}
