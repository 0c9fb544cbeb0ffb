//! Rules that join the names of organisations and places, and spellings of any name.

use super::clusters::{Clusters, Edge, edge, groups, one_cluster};
use super::name::{self, Name};
use super::nodes::{Node, Nodes};
use super::score::{NameOf, compare_names};
use super::{sounds, tables};
use rapporteur_model::{Kind, Mention, Reading, Span};
use std::collections::{BTreeMap, BTreeSet};

/// An abbreviation of so many letters is joined with what they begin, where the record knows one
/// such name; of fewer, where one report prints both; of two, only where a report or a table says so.
const ENOUGH_INITIALS: usize = 4;
const FEWEST_INITIALS: usize = 3;

pub(super) fn same_letters(names: &Nodes) -> Vec<Edge> {
    let full: BTreeSet<&str> = names
        .full_people()
        .map(|(_, n)| n.name.letters.as_str())
        .collect();
    // A single name of the same letters has only lost its space ("AdaBrisk").
    let printed = (names.nodes.iter().enumerate())
        .filter(|(_, n)| !n.is_local || (n.is_single && full.contains(n.name.letters.as_str())));
    let keyed = printed.map(|(index, node)| {
        let person = node.kind == Kind::Person;
        (
            (person, node.name.is_common, node.name.letters.clone()),
            index,
        )
    });
    groups(keyed, |_| "the same letters".to_string())
}

pub(super) fn in_tables(names: &Nodes) -> Vec<Edge> {
    // An adjective alone, where the report shows a place, stands for the state ("Velkan border").
    let state = |node: &Node| {
        let adjective = || {
            node.name
                .adjective_of()
                .filter(|_| node.kind == Kind::Place)
        };
        node.name.state().or_else(adjective)
    };
    let states = names
        .things()
        .filter_map(|(index, n)| Some((state(n)?, index)));
    let bodies = names
        .things()
        .filter_map(|(index, n)| Some((n.name.body()?, index)));
    let mut edges = groups(states, |state| format!("both are names of {state}"));
    edges.extend(groups(bodies, |body| format!("both are names of {body}")));
    edges
}

/// "Velkan Relief Council (VRC)": the report itself says so.
pub(super) fn in_brackets(names: &Nodes, readings: &[Reading]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (report, reading) in readings.iter().enumerate() {
        let mut mentions: Vec<&Mention> = reading.mentions.iter().collect();
        mentions.sort_by_key(|m| m.span);
        for pair in mentions.windows(2) {
            let between = Span::new(pair[0].span.end, pair[1].span.start);
            let after = Span::new(pair[1].span.end, pair[1].span.end + 1);
            let slice = |span| reading.report.slice(span);
            if slice(between).map(str::trim) != Some("(") || slice(after) != Some(")") {
                continue;
            }
            let found = (
                names.find(report, &pair[0].name),
                names.find(report, &pair[1].name),
            );
            let (Some(full), Some(short)) = found else {
                continue;
            };
            let (a, b) = (&names.nodes[full].name, &names.nodes[short].name);
            let stands = |i: &String| i.contains(b.letters.as_str());
            if b.is_acronym && a.words.len() > 1 && a.initials().iter().any(stands) {
                edges.push(edge(
                    full,
                    short,
                    "a report puts one in brackets after the other",
                ));
            }
        }
    }
    edges
}

/// Short forms that reading the report has resolved already.
pub(super) fn resolved_by_report(names: &Nodes) -> Vec<Edge> {
    let edge_of = |(report, short, full): &(usize, String, String)| {
        let (short, full) = (names.find(*report, short)?, names.find(*report, full)?);
        Some(edge(short, full, "short form in one report"))
    };
    names.stands_for.iter().filter_map(edge_of).collect()
}

/// Organisations with the same content words, and places with the same direction.
pub(super) fn same_words(names: &Nodes) -> Vec<Edge> {
    let bodies = (names.nodes.iter().enumerate())
        .filter(|(_, n)| n.kind == Kind::Organization && n.name.words.len() > 1 && !n.is_local)
        .map(|(index, node)| ((node.name.is_common, node.name.bag()), index));
    let mut edges = groups(bodies, |_| "the same words".to_string());
    let has_plural = |node: &Node| {
        let singular = node.name.content.concat();
        let endings = tables::PEOPLE_ENDINGS.iter();
        node.name.is_common
            || endings
                .into_iter()
                .any(|ending| singular.ends_with(ending.as_str()))
    };
    let plural = (names.nodes.iter().enumerate())
        .filter(|(_, n)| n.kind == Kind::Organization && n.name.words.len() == 1 && !n.is_local)
        .filter(|(_, n)| n.name.state().is_none() && !n.name.is_acronym && has_plural(n))
        .map(|(index, node)| ((node.name.is_common, node.name.content.clone()), index));
    edges.extend(groups(plural, |_| "singular and plural".to_string()));
    let directed = names
        .things()
        .filter_map(|(index, n)| Some((n.name.directed()?, index)));
    edges.extend(groups(directed, |_| {
        "the same point of the compass".to_string()
    }));
    edges
}

/// Spellings of one name from another script.
pub(super) fn other_spellings(names: &Nodes) -> Vec<Edge> {
    let skeletons = |words: &[String]| {
        words
            .iter()
            .map(|w| sounds::skeleton(w))
            .collect::<Vec<_>>()
    };
    let mut blocks: BTreeMap<(bool, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (index, node) in names.full_people() {
        blocks
            .entry((true, skeletons(&node.name.parts)))
            .or_default()
            .push(index);
    }
    for (index, node) in names.things().filter(|(_, n)| !n.name.is_acronym) {
        blocks
            .entry((false, skeletons(&linked(&node.name.words))))
            .or_default()
            .push(index);
    }
    let mut edges = Vec::new();
    for ((people, _), block) in &blocks {
        for (at, &a) in block.iter().enumerate() {
            for &b in &block[at + 1..] {
                let (x, y) = (&names.nodes[a].name, &names.nodes[b].name);
                let differences = if *people {
                    name::same_person(x, y)
                } else {
                    same_thing(x, y)
                };
                let of = match people {
                    true => NameOf::Person,
                    false => NameOf::Thing,
                };
                let one = || compare_names(&x.printed, &y.printed, of).is_same();
                if let Some(differences) = differences.filter(|_| one()) {
                    let why = match differences.is_empty() {
                        true => "the same apart from particles".to_string(),
                        false => format!("spellings of one name ({})", differences.join(", ")),
                    };
                    edges.push(edge(a, b, why));
                }
            }
        }
    }
    edges
}

fn same_thing(a: &Name, b: &Name) -> Option<Vec<String>> {
    let (one, other) = (linked(&a.words), linked(&b.words));
    if one.len() != other.len() || (a.state().is_some() && b.state().is_some()) {
        return None;
    }
    let mut differences = Vec::new();
    // Two words tell more than one: less must be the same in each.
    let alone = one.len() < 2;
    for (x, y) in one.iter().zip(&other) {
        let sounds::Differences(more) = sounds::alike(x, y, alone)?;
        differences.extend(more);
    }
    (differences.len() <= MOST_DIFFERENCES).then_some(differences)
}

/// In so many sounds two spellings of a name of several words differ at most.
const MOST_DIFFERENCES: usize = 3;

/// The words of a name, the vowel that links two of them being written at the end of the first:
/// "Sar-i-Velka", "Sar-e Velka", "Sari Velka".
fn linked(words: &[String]) -> Vec<String> {
    let mut linked: Vec<String> = vec![];
    for (at, word) in words.iter().enumerate() {
        let links = word.len() == 1 && sounds::is_vowel(word) && at + 1 < words.len();
        match linked.last_mut() {
            Some(last) if links => last.push_str(word),
            _ => linked.push(word.clone()),
        }
    }
    linked
}

/// An abbreviation, and the one organisation of the record whose first letters it is.
pub(super) fn initials(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
    let mut long: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, node) in names.things().filter(|(_, n)| n.name.words.len() > 1) {
        for letters in BTreeSet::from(node.name.initials()) {
            long.entry(letters).or_default().push(index);
        }
    }
    let mut edges = Vec::new();
    for (index, node) in names.things().filter(|(_, n)| n.name.is_acronym) {
        if node.name.state().is_some() || node.name.body().is_some() {
            continue;
        }
        let length = node.name.letters.chars().count();
        let mut meant = long.get(&node.name.letters).cloned().unwrap_or_default();
        // Few letters stand for too much, unless one report prints both.
        let together = |full: &usize| {
            names.nodes[*full]
                .reports
                .iter()
                .any(|r| node.reports.contains(r))
        };
        if length < ENOUGH_INITIALS || one_cluster(&meant, clusters).is_none() {
            meant.retain(together);
        }
        if length < FEWEST_INITIALS {
            continue;
        }
        if let Some(full) = one_cluster(&meant, clusters) {
            edges.push(edge(index, full, "first letters"));
        }
    }
    edges
}

/// An organisation with and without its state ("Reform Council", "Reform Council of Velka"), where
/// the record knows no other state's, not every state has one, and every report that leaves the
/// state out speaks of it.
pub(super) fn with_a_state(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
    let organisations: Vec<(usize, &Node)> = names
        .things()
        .filter(|(_, n)| n.kind == Kind::Organization && n.name.content.len() > 1)
        .collect();
    let places: Vec<(usize, &Node)> = names
        .things()
        .filter(|(_, n)| n.kind == Kind::Place)
        .collect();
    let known: BTreeSet<&Vec<String>> = places.iter().map(|(_, n)| &n.name.content).collect();
    let mut named_in: BTreeSet<(usize, &Vec<String>)> = BTreeSet::new();
    for (_, node) in &places {
        named_in.extend(
            node.reports
                .iter()
                .map(|report| (*report, &node.name.content)),
        );
    }
    // Names without their place, sorted, and whose and which that is.
    let mut longer: BTreeMap<Vec<String>, Vec<(usize, Vec<String>)>> = BTreeMap::new();
    for (index, node) in &organisations {
        let content = &node.name.content;
        for length in 1..content.len().min(4) {
            let (start, end) = content.split_at(length);
            let (head, tail) = content.split_at(content.len() - length);
            for (place, rest) in [(start, end), (tail, head)] {
                let place = place.to_vec();
                if known.contains(&place) {
                    let mut rest = rest.to_vec();
                    rest.sort();
                    longer.entry(rest).or_default().push((*index, place));
                }
            }
        }
    }
    let mut edges = Vec::new();
    for (index, node) in organisations {
        if node.name.is_any_states() {
            continue;
        }
        let long = longer.get(&node.name.bag()).map_or(&[][..], |l| l);
        let indices: Vec<usize> = long.iter().map(|(index, _)| *index).collect();
        let told_of = |(_, place): &(usize, Vec<String>)| {
            node.reports
                .iter()
                .all(|report| named_in.contains(&(*report, place)))
        };
        if let Some(long_one) = one_cluster(&indices, clusters)
            && long.iter().any(told_of)
        {
            edges.push(edge(index, long_one, "with and without its state or place"));
        }
    }
    edges
}
