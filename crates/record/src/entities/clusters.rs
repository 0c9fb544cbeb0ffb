//! Nodes joined so far, with the reasons, and what must not be joined.

use super::name;
use super::nodes::{Node, Nodes};
use rapporteur_model::{Item, Judgement, Kind, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Two nodes to be joined, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) why: String,
}

pub(super) fn edge(a: usize, b: usize, why: impl Into<String>) -> Edge {
    Edge {
        a: a.min(b),
        b: a.max(b),
        why: why.into(),
    }
}

/// Nodes joined so far.
pub(super) struct Clusters<'n> {
    pub(super) nodes: &'n [Node],
    /// Of each node, the smallest node of its cluster.
    pub(super) root: Vec<usize>,
    /// Of each smallest node, the cluster.
    pub(super) members: BTreeMap<usize, Vec<usize>>,
    /// Of each smallest node, why.
    pub(super) reasons: BTreeMap<usize, BTreeSet<String>>,
    /// Printed names that somebody judged different.
    pub(super) different: BTreeSet<(String, String)>,
}

impl<'n> Clusters<'n> {
    pub(super) fn new(nodes: &'n [Node], judgements: &[Judgement]) -> Clusters<'n> {
        let mut different = BTreeSet::new();
        for (a, b) in judged(judgements, Verdict::Different) {
            different.insert((a.to_string(), b.to_string()));
            different.insert((b.to_string(), a.to_string()));
        }
        Clusters {
            nodes,
            root: (0..nodes.len()).collect(),
            members: (0..nodes.len()).map(|n| (n, vec![n])).collect(),
            reasons: BTreeMap::new(),
            different,
        }
    }

    pub(super) fn root(&self, node: usize) -> usize {
        self.root[node]
    }

    pub(super) fn members(&self, node: usize) -> &[usize] {
        self.members.get(&self.root(node)).map_or(&[], |m| m)
    }

    /// Joins what nothing excludes.
    pub(super) fn join(&mut self, mut edges: Vec<Edge>) {
        edges.sort();
        for edge in edges {
            if !self.any_pair(edge.a, edge.b, |x, y| {
                self.is_different(x, y) || excluded(x, y)
            }) {
                self.merge(edge);
            }
        }
    }

    /// Joins what nobody judged different, where the names need have nothing in common.
    pub(super) fn join_whatever_the_names(&mut self, mut edges: Vec<Edge>) {
        edges.sort();
        for edge in edges {
            if !self.any_pair(edge.a, edge.b, |x, y| self.is_different(x, y)) {
                self.merge(edge);
            }
        }
    }

    pub(super) fn any_pair(&self, a: usize, b: usize, test: impl Fn(&Node, &Node) -> bool) -> bool {
        let of = |node| self.members(node).iter().map(|n| &self.nodes[*n]);
        self.root(a) != self.root(b) && of(a).any(|x| of(b).any(|y| test(x, y)))
    }

    pub(super) fn is_different(&self, a: &Node, b: &Node) -> bool {
        // Most records have no such judgement, and every pair is asked.
        !self.different.is_empty()
            && self
                .different
                .contains(&(a.name.printed.clone(), b.name.printed.clone()))
    }

    pub(super) fn merge(&mut self, edge: Edge) {
        let (a, b) = (self.root(edge.a), self.root(edge.b));
        if a == b {
            return;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        let moved = self.members.remove(&gone).unwrap_or_default();
        for node in &moved {
            self.root[*node] = keep;
        }
        self.members.entry(keep).or_default().extend(moved);
        let mut reasons = self.reasons.remove(&gone).unwrap_or_default();
        let (one, other) = (
            &self.nodes[edge.a].name.printed,
            &self.nodes[edge.b].name.printed,
        );
        // A single name that means the same person in two reports needs no line.
        if one != other {
            reasons.insert(format!("“{one}” and “{other}”: {}", edge.why));
        }
        self.reasons.entry(keep).or_default().extend(reasons);
    }
}

/// Does it follow from the names alone that these are two?
fn excluded(a: &Node, b: &Node) -> bool {
    let states = a.name.state().zip(b.name.state());
    let bodies = a.name.body().zip(b.name.body());
    let people = a.is_full_person() && b.is_full_person();
    let person_and_thing = (a.kind == Kind::Person) != (b.kind == Kind::Person);
    states.is_some_and(|(a, b)| a != b)
        || bodies.is_some_and(|(a, b)| a != b)
        || (a.name.is_acronym
            && b.name.is_acronym
            && a.name.letters != b.name.letters
            && states.is_none()
            && bodies.is_none())
        || (people && name::exclude(&a.name, &b.name))
        || person_and_thing
}

fn judged(judgements: &[Judgement], verdict: Verdict) -> impl Iterator<Item = (&str, &str)> {
    judgements
        .iter()
        .filter(move |j| j.verdict == verdict)
        .filter_map(|j| match (&j.a, &j.b) {
            (Item::Name(a), Item::Name(b)) => Some((a.as_str(), b.as_str())),
            _ => None,
        })
}

pub(super) fn judged_same(names: &Nodes, judgements: &[Judgement], clusters: &mut Clusters<'_>) {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, node) in names.nodes.iter().enumerate() {
        by_name.entry(&node.name.printed).or_default().push(index);
    }
    let mut edges = Vec::new();
    for judgement in judgements.iter().filter(|j| j.verdict == Verdict::Same) {
        let (Item::Name(a), Item::Name(b)) = (&judgement.a, &judgement.b) else {
            continue;
        };
        let nodes = |name: &String| by_name.get(name.as_str()).map_or(&[][..], |n| n);
        let why = format!("{} judged so: {}", judgement.author, judgement.reason);
        let first = nodes(a).first();
        for other in nodes(a).iter().skip(1).chain(nodes(b)) {
            edges.extend(first.map(|first| edge(*first, *other, why.clone())));
        }
    }
    clusters.join_whatever_the_names(edges);
}

/// Edges from the first of each group to the others.
pub(super) fn groups<K: Ord>(
    keyed: impl Iterator<Item = (K, usize)>,
    why: impl Fn(&K) -> String,
) -> Vec<Edge> {
    let mut first: BTreeMap<K, usize> = BTreeMap::new();
    let mut edges = Vec::new();
    for (key, node) in keyed {
        match first.get(&key) {
            Some(first) => edges.push(edge(*first, node, why(&key))),
            None => drop(first.insert(key, node)),
        }
    }
    edges
}

/// The first of these nodes, if all are of one cluster.
pub(super) fn one_cluster(nodes: &[usize], clusters: &Clusters<'_>) -> Option<usize> {
    let first = *nodes.first()?;
    let one = nodes
        .iter()
        .all(|n| clusters.root(*n) == clusters.root(first));
    one.then_some(first)
}
