//! Rules that join the names of people.

use super::clusters::{Clusters, Edge, edge, groups, one_cluster};
use super::name::{self, Name};
use super::nodes::{Node, Nodes};
use super::score::{NameOf, compare_names};
use super::sounds;
use std::collections::{BTreeMap, BTreeSet};

/// Of several bearers of a single name, the one meant is named at least so many times as often in
/// the report as each other.
const FAR_MORE_OFTEN: usize = 2;

/// Personal names of different reports that are one letter apart in one long part.
pub(super) fn slips(names: &Nodes) -> Vec<Edge> {
    let mut blocks: BTreeMap<(usize, Vec<&String>), Vec<usize>> = BTreeMap::new();
    for (index, node) in names.full_people() {
        for at in 0..node.name.parts.len() {
            let mut others: Vec<&String> = node.name.parts.iter().collect();
            others.remove(at);
            blocks.entry((at, others)).or_default().push(index);
        }
    }
    let slip = |a: &Name, b: &Name| name::slip(a, b).is_some();
    joined(
        names,
        blocks.values(),
        slip,
        "one letter apart, all else the same",
    )
}

/// Personal names of different reports, each part of which is spelt as the other's may be, but for one
/// letter's slip in one long part.
pub(super) fn spelt_with_a_slip(names: &Nodes) -> Vec<Edge> {
    let mut blocks: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (index, node) in names.full_people() {
        let parts = &node.name.parts;
        for (at, part) in parts.iter().enumerate().filter(|_| parts.len() > 1) {
            // The slip leaves a part's first and last letters as they are, mostly.
            let edges = parts
                .iter()
                .flat_map(|p| p.chars().next().into_iter().chain(p.chars().last()));
            let key = format!("{} {}", sounds::skeleton(part), edges.collect::<String>());
            blocks.entry((at, key)).or_default().push(index);
        }
    }
    let why = "spelt in two ways, one letter apart";
    let mut edges = joined(names, blocks.values(), name::spelling_and_slip, why);
    // Two names may share several blocks.
    edges.sort();
    edges.dedup();
    edges
}

/// Of names in one block, those of different reports that are alike in a way and one by their score.
fn joined<'b>(
    names: &Nodes,
    blocks: impl Iterator<Item = &'b Vec<usize>>,
    alike: impl Fn(&Name, &Name) -> bool,
    why: &str,
) -> Vec<Edge> {
    let mut edges = Vec::new();
    for block in blocks {
        for (at, &a) in block.iter().enumerate() {
            for &b in &block[at + 1..] {
                let (x, y) = (&names.nodes[a], &names.nodes[b]);
                let apart = x.reports.iter().all(|report| !y.reports.contains(report));
                let one =
                    || compare_names(&x.name.printed, &y.name.printed, NameOf::Person).is_same();
                if apart && alike(&x.name, &y.name) && one() {
                    edges.push(edge(a, b, why));
                }
            }
        }
    }
    edges
}

/// A personal name of several parts that is part of one longer name, and of no other.
pub(super) fn parts_of_one(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
    // Names that share two parts in the same order, or the last part and a first letter.
    let mut blocks: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, node) in names.full_people() {
        let skeletons: Vec<String> = node
            .name
            .parts
            .iter()
            .map(|p| sounds::skeleton(p))
            .collect();
        let mut keys = BTreeSet::new();
        for (at, a) in skeletons.iter().enumerate() {
            for b in &skeletons[at + 1..] {
                keys.insert((a.clone(), b.clone()));
            }
        }
        let letter = node.name.parts.first().and_then(|p| p.chars().next());
        if let (Some(letter), Some(last)) = (letter, skeletons.last()) {
            keys.insert((format!("{letter}."), last.clone()));
        }
        for key in keys {
            blocks.entry(key).or_default().push(index);
        }
    }
    let mut longer: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for block in blocks.values() {
        for &short in block {
            for &long in block.iter().filter(|long| **long != short) {
                let (a, b) = (&names.nodes[short].name, &names.nodes[long].name);
                if name::is_part_of(a, b) || name::is_initialed(a, b) {
                    longer.entry(short).or_default().insert(long);
                }
            }
        }
    }
    let mut edges = Vec::new();
    for (short, long) in longer {
        let long: Vec<usize> = long.into_iter().collect();
        // All longer ones must be able to be one person.
        let agree = long.iter().all(|a| {
            long.iter()
                .all(|b| !name::exclude(&names.nodes[*a].name, &names.nodes[*b].name))
        });
        if agree || one_cluster(&long, clusters).is_some() {
            edges.extend(
                long.iter()
                    .map(|long| edge(short, *long, "part of the longer name")),
            );
        }
    }
    edges
}

/// A person's single name: the bearer of it whom the same report names in full.
pub(super) fn single_in_report(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
    let mut people: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, node) in names.full_people() {
        for report in &node.reports {
            people.entry(*report).or_default().push(index);
        }
    }
    let mut edges = Vec::new();
    for (index, node) in names.nodes.iter().enumerate().filter(|(_, n)| n.is_single) {
        let Some(report) = node.reports.first() else {
            continue;
        };
        // Already resolved by the report's own reading.
        if clusters.members(index).len() > 1 {
            continue;
        }
        let bearers = bearers(node, people.get(report).map_or(&[][..], |p| p), names);
        let meant = one_cluster(&bearers, clusters)
            .or_else(|| named_most(&bearers, *report, names, clusters));
        edges.extend(meant.map(|full| edge(index, full, "short form in one report")));
    }
    edges
}

/// Those of some people who bear a single name: as their last name, else as their first, else at
/// all.
fn bearers(single: &Node, people: &[usize], names: &Nodes) -> Vec<usize> {
    let Some(part) = single.name.parts.first() else {
        return vec![];
    };
    let mut by_place: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &person in people {
        let full = &names.nodes[person].name;
        if let Some(from_end) = name::place_in(part, full) {
            let rank = match from_end {
                0 => 0,
                n if n + 1 == full.parts.len() => 1,
                _ => 2,
            };
            by_place.entry(rank).or_default().push(person);
        }
    }
    by_place.into_values().next().unwrap_or_default()
}

/// The one whom a report names far more often than the others.
fn named_most(
    bearers: &[usize],
    report: usize,
    names: &Nodes,
    clusters: &Clusters<'_>,
) -> Option<usize> {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for bearer in bearers {
        let root = clusters.root(*bearer);
        *times.entry(root).or_default() += names.nodes[*bearer].times.get(&report).unwrap_or(&0);
    }
    let (most, count) = times.iter().rev().max_by_key(|(_, count)| **count)?;
    let far = times
        .iter()
        .all(|(root, other)| root == most || *count >= FAR_MORE_OFTEN * other);
    bearers
        .iter()
        .copied()
        .find(|b| far && clusters.root(*b) == *most)
}

/// A person's single name in a report that does not name them in full: the one of that last name
/// whom the record knows; or the one whom another report calls so.
pub(super) fn single_in_record(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
    let mut with_part: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (index, node) in names.full_people() {
        for part in &node.name.parts {
            with_part.entry(part).or_default().insert(index);
        }
    }
    let mut edges = Vec::new();
    for (index, node) in names.nodes.iter().enumerate().filter(|(_, n)| n.is_single) {
        let Some(part) = node.name.parts.first() else {
            continue;
        };
        if clusters.members(index).len() > 1 {
            continue;
        }
        let bears = |full: &&usize| {
            let is_last = names.nodes[**full].name.parts.last() == Some(part);
            let called_so = |n: &usize| {
                names.nodes[*n].is_local && names.nodes[*n].name.parts == node.name.parts
            };
            is_last || clusters.members(**full).iter().any(called_so)
        };
        let people = with_part.get(part.as_str());
        let bearers: Vec<usize> = people
            .into_iter()
            .flatten()
            .filter(bears)
            .copied()
            .collect();
        let meant = one_cluster(&bearers, clusters);
        edges
            .extend(meant.map(|full| edge(index, full, "the only one of that name in the record")));
    }
    edges
}

/// Single names of whom no report gives the full name: one person, as far as anybody can tell.
pub(super) fn single_alone(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
    let mut with_part: BTreeSet<String> = BTreeSet::new();
    for (_, node) in names.full_people() {
        with_part.extend(node.name.parts.iter().map(|p| sounds::skeleton(p)));
    }
    let alone = names.nodes.iter().enumerate().filter(|(index, node)| {
        let borne = |part: &String| with_part.contains(&sounds::skeleton(part));
        node.is_single && clusters.members(*index).len() == 1 && !node.name.parts.iter().any(borne)
    });
    let keyed = alone.map(|(index, node)| (node.name.letters.clone(), index));
    groups(keyed, |_| "the same letters".to_string())
}
