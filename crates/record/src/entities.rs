//! Names across reports → entities.
//!
//! A printed name is one thing throughout a record, except a person's single name, which means
//! whom its report means. Names are joined by rules, each of which gives its reason in words; there
//! are no scores to add up, because a reader can argue with a reason. The surest rules come
//! first, and later ones see what the earlier have joined:
//!
//! 1. people's judgements that two names are the same;
//! 2. the same letters (capitals, accents, hyphens, spaces aside); names of one state or
//!    international body in the tables; a short form that the report itself resolves or puts in
//!    brackets;
//! 3. the same words in another order or with other connecting words; points of the compass;
//! 4. spellings of one name from another script, by the table of sounds; slips of one letter;
//! 5. initials; a personal name that is part of one longer name and of no other;
//! 6. a person's single name: the bearer of it in the same report, else in the record, if there is
//!    just one;
//! 7. two names for the holder of one office at one time.
//!
//! A join is refused where it would put together what excludes each other: two names that somebody
//! judged different, two states, two people of one last name with different first ones.

mod name;
mod sounds;
mod tables;

use crate::Entity;
use crate::state::RoleHeld;
use crate::words::fold;
use name::Name;
use rapporteur_model::{
    Anchor, Aspect, Digest, EntityId, Item, Judgement, Kind, Mention, Published, Reading, ReportId,
    Span, Subject, Verdict, When,
};
use std::collections::{BTreeMap, BTreeSet};

/// Which entity a printed name means, by report.
pub(crate) type Names = BTreeMap<(ReportId, String), usize>;

/// Two reports tell of the holder of one office at one time where they may lie so near, in days.
const SAME_TERM: i32 = 30;

/// Of several bearers of a single name, the one meant is named at least so many times as often in
/// the report as each other.
const FAR_MORE_OFTEN: usize = 2;

/// The entities, in order of their ids, and which of them each printed name means.
pub(crate) fn resolve(
    readings: &[Reading],
    spoken: &BTreeMap<ReportId, (Published, Anchor)>,
    judgements: &[Judgement],
) -> (Vec<Entity>, Names) {
    let names = collect(readings);
    let mut clusters = Clusters::new(&names.nodes, judgements);
    judged_same(&names, judgements, &mut clusters);
    clusters.join(same_letters(&names));
    clusters.join(in_tables(&names));
    clusters.join(in_brackets(&names, readings));
    clusters.join(resolved_by_report(&names));
    clusters.join(same_words(&names));
    clusters.join(other_spellings(&names));
    clusters.join(slips(&names));
    clusters.join(initials(&names, &clusters));
    clusters.join(parts_of_one(&names, &clusters));
    clusters.join(with_a_state(&names, &clusters));
    clusters.join(single_in_report(&names, &clusters));
    clusters.join(single_in_record(&names, &clusters));
    clusters.join(single_alone(&names, &clusters));
    clusters.join_whatever_the_names(one_office(&names, &clusters, readings, spoken));
    entities(&names, clusters, readings, spoken)
}

/// A printed name throughout the record; or in one report, where it is a person's single name or
/// stands for another name of the report.
#[derive(Debug)]
struct Node {
    name: Name,
    kind: Kind,
    /// Indices of the reports that print it, each once.
    reports: Vec<usize>,
    /// How often each of them does.
    times: BTreeMap<usize, usize>,
    /// Titles printed before it, folded.
    titles: BTreeSet<String>,
    /// Is it a person's single name in one report?
    is_single: bool,
    /// Is it the node of one report: a single name, or what that report says stands for another?
    is_local: bool,
}

impl Node {
    fn is_full_person(&self) -> bool {
        self.kind == Kind::Person && !self.is_local
    }
}

/// All nodes, in order of name and report, and where to find them.
struct Nodes {
    nodes: Vec<Node>,
    /// By report and printed name.
    of: BTreeMap<(usize, String), usize>,
    /// Names that a report says stand for another name of it: (report, name, for whom).
    stands_for: BTreeSet<(usize, String, String)>,
}

impl Nodes {
    fn find(&self, report: usize, printed: &str) -> Option<usize> {
        self.of.get(&(report, printed.to_string())).copied()
    }

    fn full_people(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| n.is_full_person())
    }

    /// Proper names that are no person's.
    fn things(&self) -> impl Iterator<Item = (usize, &Node)> {
        let is_thing =
            |(_, n): &(usize, &Node)| n.kind != Kind::Person && !n.name.is_common && !n.is_local;
        self.nodes.iter().enumerate().filter(is_thing)
    }
}

/// What stands in the claims of a reading.
fn in_claims(reading: &Reading) -> impl Iterator<Item = &Mention> {
    reading.claims.iter().flat_map(|claim| {
        let what = claim.what();
        let said = &what.attribution.said;
        let mut all: Vec<&Mention> = Vec::new();
        all.extend(what.attribution.sources.iter().map(|s| &s.mention));
        all.extend(said.to.iter().chain(&said.place));
        all.extend(what.actor.iter().chain(&what.recipient));
        all.extend(what.third_party.iter().chain(&what.place));
        if let Subject::Talks(detail) = &what.subject {
            all.extend(detail.parties.iter().chain(&detail.members));
            all.extend(detail.party.iter().chain(&detail.head).chain(&detail.by));
            all.extend(detail.to.iter().chain(&detail.person).chain(&detail.place));
        }
        all
    })
}

/// Every mention of a reading: its names, and what stands in its claims.
fn mentions(reading: &Reading) -> impl Iterator<Item = &Mention> {
    reading.mentions.iter().chain(in_claims(reading))
}

/// The mentions of a reading that name something themselves. Claims also hold pronouns, people
/// without names ("witnesses") and words that stand for a name; of those only descriptions of
/// organisations that stand for themselves ("army") count.
fn names_in(reading: &Reading) -> impl Iterator<Item = &Mention> {
    let has_letters = |m: &&Mention| m.name.chars().any(char::is_alphanumeric);
    let proper = reading.mentions.iter().filter(|m| {
        let described = m.stands_for.is_none() && m.kind.is_some_and(|k| k != Kind::Person);
        described || !Name::of(&m.name).is_common
    });
    let named: BTreeSet<&str> = reading.mentions.iter().map(|m| m.name.as_str()).collect();
    let described = in_claims(reading).filter(move |m| {
        let itself = m.stands_for.is_none() && m.kind == Some(Kind::Organization);
        itself || named.contains(m.name.as_str())
    });
    proper.chain(described).filter(has_letters)
}

fn collect(readings: &[Reading]) -> Nodes {
    // How often each report prints each name as each kind of thing.
    type Votes = BTreeMap<Option<Kind>, usize>;
    let mut printed: BTreeMap<String, BTreeMap<usize, Votes>> = BTreeMap::new();
    let mut titles: BTreeMap<(usize, String), BTreeSet<String>> = BTreeMap::new();
    let mut stands_for = BTreeSet::new();
    for (report, reading) in readings.iter().enumerate() {
        let mut seen: BTreeSet<(Span, &str)> = BTreeSet::new();
        for mention in names_in(reading) {
            let name = &mention.name;
            if let Some(full) = mention.stands_for.as_ref().filter(|full| *full != name) {
                stands_for.insert((report, name.clone(), full.clone()));
            }
            let title = mention.title.as_deref().map(fold);
            titles
                .entry((report, name.clone()))
                .or_default()
                .extend(title);
            if seen.insert((mention.span, name)) {
                let votes = printed
                    .entry(name.clone())
                    .or_default()
                    .entry(report)
                    .or_default();
                *votes.entry(mention.kind).or_default() += 1;
            }
        }
    }
    let resolved: BTreeSet<(usize, &String)> =
        (stands_for.iter().map(|(report, name, _)| (*report, name))).collect();
    let mut nodes: Vec<Node> = Vec::new();
    let mut of = BTreeMap::new();
    for (printed, reports) in printed {
        let name = Name::of(&printed);
        let mut all: Votes = Votes::new();
        for (kind, count) in reports.values().flatten() {
            *all.entry(*kind).or_default() += count;
        }
        let single = name.parts.len() == 1 && !name.is_acronym;
        let mut in_record: Option<usize> = None;
        for (&report, votes) in &reports {
            let here = most(votes).or_else(|| most(&all));
            let is_single = single && here == Some(Kind::Person);
            let is_local = is_single || resolved.contains(&(report, &printed));
            let index = match in_record.filter(|_| !is_local) {
                Some(index) => index,
                None => {
                    let kind = if is_local {
                        here
                    } else {
                        most_but_single(&reports, single)
                    };
                    nodes.push(Node {
                        name: name.clone(),
                        // Nobody says what it is: whatever acts and speaks without being a person.
                        kind: kind.unwrap_or(Kind::Organization),
                        reports: vec![],
                        times: BTreeMap::new(),
                        titles: BTreeSet::new(),
                        is_single,
                        is_local,
                    });
                    nodes.len() - 1
                }
            };
            if !is_local {
                in_record = Some(index);
            }
            let node = &mut nodes[index];
            node.reports.push(report);
            node.times.insert(report, votes.values().sum());
            node.titles.extend(
                titles
                    .remove(&(report, printed.clone()))
                    .unwrap_or_default(),
            );
            of.insert((report, printed.clone()), index);
        }
    }
    Nodes {
        nodes,
        of,
        stands_for,
    }
}

/// The kind said most often; of several, the first. `None` where nobody says any.
fn most(votes: &BTreeMap<Option<Kind>, usize>) -> Option<Kind> {
    let said = votes
        .iter()
        .filter_map(|(kind, count)| Some(((*kind)?, *count)));
    said.rev()
        .max_by_key(|(_, count)| *count)
        .map(|(kind, _)| kind)
}

/// The kind most often said by the reports in which the name is not a person's single one.
fn most_but_single(
    reports: &BTreeMap<usize, BTreeMap<Option<Kind>, usize>>,
    single: bool,
) -> Option<Kind> {
    let mut all: BTreeMap<Option<Kind>, usize> = BTreeMap::new();
    for votes in reports.values() {
        if single && most(votes) == Some(Kind::Person) {
            continue;
        }
        for (kind, count) in votes {
            *all.entry(*kind).or_default() += count;
        }
    }
    most(&all)
}

/// Two nodes to be joined, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    a: usize,
    b: usize,
    why: String,
}

fn edge(a: usize, b: usize, why: impl Into<String>) -> Edge {
    Edge {
        a: a.min(b),
        b: a.max(b),
        why: why.into(),
    }
}

/// Nodes joined so far.
struct Clusters<'n> {
    nodes: &'n [Node],
    /// Of each node, the smallest node of its cluster.
    root: Vec<usize>,
    /// Of each smallest node, the cluster.
    members: BTreeMap<usize, Vec<usize>>,
    /// Of each smallest node, why.
    reasons: BTreeMap<usize, BTreeSet<String>>,
    /// Printed names that somebody judged different.
    different: BTreeSet<(String, String)>,
}

impl<'n> Clusters<'n> {
    fn new(nodes: &'n [Node], judgements: &[Judgement]) -> Clusters<'n> {
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

    fn root(&self, node: usize) -> usize {
        self.root[node]
    }

    fn members(&self, node: usize) -> &[usize] {
        self.members.get(&self.root(node)).map_or(&[], |m| m)
    }

    /// Joins what nothing excludes.
    fn join(&mut self, mut edges: Vec<Edge>) {
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
    fn join_whatever_the_names(&mut self, mut edges: Vec<Edge>) {
        edges.sort();
        for edge in edges {
            if !self.any_pair(edge.a, edge.b, |x, y| self.is_different(x, y)) {
                self.merge(edge);
            }
        }
    }

    fn any_pair(&self, a: usize, b: usize, test: impl Fn(&Node, &Node) -> bool) -> bool {
        let of = |node| self.members(node).iter().map(|n| &self.nodes[*n]);
        self.root(a) != self.root(b) && of(a).any(|x| of(b).any(|y| test(x, y)))
    }

    fn is_different(&self, a: &Node, b: &Node) -> bool {
        // Most records have no such judgement, and every pair is asked.
        !self.different.is_empty()
            && self
                .different
                .contains(&(a.name.printed.clone(), b.name.printed.clone()))
    }

    fn merge(&mut self, edge: Edge) {
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

fn judged_same(names: &Nodes, judgements: &[Judgement], clusters: &mut Clusters<'_>) {
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
fn groups<K: Ord>(
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

fn same_letters(names: &Nodes) -> Vec<Edge> {
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

fn in_tables(names: &Nodes) -> Vec<Edge> {
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
fn in_brackets(names: &Nodes, readings: &[Reading]) -> Vec<Edge> {
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
fn resolved_by_report(names: &Nodes) -> Vec<Edge> {
    let edge_of = |(report, short, full): &(usize, String, String)| {
        let (short, full) = (names.find(*report, short)?, names.find(*report, full)?);
        Some(edge(short, full, "short form in one report"))
    };
    names.stands_for.iter().filter_map(edge_of).collect()
}

/// Organisations with the same content words, and places with the same direction.
fn same_words(names: &Nodes) -> Vec<Edge> {
    let bodies = (names.nodes.iter().enumerate())
        .filter(|(_, n)| n.kind == Kind::Organization && n.name.content.len() > 1 && !n.is_local)
        .map(|(index, node)| ((node.name.is_common, node.name.bag()), index));
    let mut edges = groups(bodies, |_| "the same words".to_string());
    let plural = (names.nodes.iter().enumerate())
        .filter(|(_, n)| n.kind == Kind::Organization && n.name.words.len() == 1 && !n.is_local)
        .filter(|(_, n)| n.name.state().is_none() && !n.name.is_acronym)
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
fn other_spellings(names: &Nodes) -> Vec<Edge> {
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
            .entry((false, skeletons(&node.name.words)))
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
                if let Some(differences) = differences {
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
    if a.words.len() != b.words.len() || (a.state().is_some() && b.state().is_some()) {
        return None;
    }
    let mut differences = Vec::new();
    for (x, y) in a.words.iter().zip(&b.words) {
        let sounds::Differences(more) = sounds::alike(x, y, true)?;
        differences.extend(more);
    }
    Some(differences)
}

/// Personal names of different reports that are one letter apart in one long part.
fn slips(names: &Nodes) -> Vec<Edge> {
    let mut blocks: BTreeMap<(usize, Vec<&String>), Vec<usize>> = BTreeMap::new();
    for (index, node) in names.full_people() {
        for at in 0..node.name.parts.len() {
            let mut others: Vec<&String> = node.name.parts.iter().collect();
            others.remove(at);
            blocks.entry((at, others)).or_default().push(index);
        }
    }
    let mut edges = Vec::new();
    for block in blocks.values() {
        for (at, &a) in block.iter().enumerate() {
            for &b in &block[at + 1..] {
                let (x, y) = (&names.nodes[a], &names.nodes[b]);
                let apart = x.reports.iter().all(|report| !y.reports.contains(report));
                if apart && name::slip(&x.name, &y.name).is_some() {
                    edges.push(edge(a, b, "one letter apart, all else the same"));
                }
            }
        }
    }
    edges
}

/// An abbreviation, and the one organisation of the record whose first letters it is.
fn initials(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
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
        let mut meant = long.get(&node.name.letters).cloned().unwrap_or_default();
        // Two letters stand for too much, unless one report prints both.
        let together = |full: &usize| {
            names.nodes[*full]
                .reports
                .iter()
                .any(|r| node.reports.contains(r))
        };
        if node.name.letters.chars().count() < 3 || one_cluster(&meant, clusters).is_none() {
            meant.retain(together);
        }
        if let Some(full) = one_cluster(&meant, clusters) {
            edges.push(edge(index, full, "first letters"));
        }
    }
    edges
}

/// The first of these nodes, if all are of one cluster.
fn one_cluster(nodes: &[usize], clusters: &Clusters<'_>) -> Option<usize> {
    let first = *nodes.first()?;
    let one = nodes
        .iter()
        .all(|n| clusters.root(*n) == clusters.root(first));
    one.then_some(first)
}

/// A personal name of several parts that is part of one longer name, and of no other.
fn parts_of_one(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
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

/// An organisation with and without its state ("Reform Council", "Reform Council of Velka"), where
/// the record knows no other state's, and not every state has one.
fn with_a_state(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
    let organisations: Vec<(usize, &Node)> = names
        .things()
        .filter(|(_, n)| n.kind == Kind::Organization && n.name.content.len() > 1)
        .collect();
    let places: BTreeSet<Vec<String>> = (names.things())
        .filter(|(_, n)| n.kind == Kind::Place)
        .map(|(_, n)| n.name.content.clone())
        .collect();
    let mut longer: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (index, node) in &organisations {
        let content = &node.name.content;
        for length in 1..content.len().min(4) {
            let (start, end) = content.split_at(length);
            let (head, tail) = content.split_at(content.len() - length);
            for (place, rest) in [(start, end), (tail, head)] {
                if places.contains(place) || is_state(place) {
                    let mut rest = rest.to_vec();
                    rest.sort();
                    longer.entry(rest).or_default().push(*index);
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
        if let Some(long) = one_cluster(long, clusters) {
            edges.push(edge(index, long, "with and without its state or place"));
        }
    }
    edges
}

fn is_state(words: &[String]) -> bool {
    tables::STATES.contains_key(&words.join(" "))
}

/// A person's single name: the bearer of it whom the same report names in full.
fn single_in_report(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
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

/// A person's single name in a report that does not name them in full: the one bearer whom the
/// record knows.
fn single_in_record(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
    let mut with_part: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, node) in names.full_people() {
        for part in BTreeSet::from_iter(&node.name.parts) {
            with_part
                .entry(sounds::skeleton(part))
                .or_default()
                .push(index);
        }
    }
    let mut edges = Vec::new();
    for (index, node) in names.nodes.iter().enumerate().filter(|(_, n)| n.is_single) {
        if clusters.members(index).len() > 1 {
            continue;
        }
        let skeleton = node
            .name
            .parts
            .first()
            .map(|p| sounds::skeleton(p))
            .unwrap_or_default();
        let people = with_part.get(&skeleton).map_or(&[][..], |p| p);
        let bearers = bearers(node, people, names);
        let meant = one_cluster(&bearers, clusters);
        edges
            .extend(meant.map(|full| edge(index, full, "the only one of that name in the record")));
    }
    edges
}

/// Single names of whom no report gives the full name: one person, as far as anybody can tell.
fn single_alone(names: &Nodes, clusters: &Clusters<'_>) -> Vec<Edge> {
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

/// An office: which, of whom.
type Office = (String, String);

/// Two names for the holder of one office at one time: where nothing else tells a translated name
/// from another person. Either both bear the same title, or they share a second office.
fn one_office(
    names: &Nodes,
    clusters: &Clusters<'_>,
    readings: &[Reading],
    spoken: &BTreeMap<ReportId, (Published, Anchor)>,
) -> Vec<Edge> {
    let mut holders: BTreeMap<Office, BTreeMap<usize, Vec<When>>> = BTreeMap::new();
    for (report, reading) in readings.iter().enumerate() {
        let published = spoken.get(reading.report.id()).and_then(|(p, _)| p.when);
        let Some(published) = published else {
            continue;
        };
        let root = |printed: &str| names.find(report, printed).map(|n| clusters.root(n));
        for (office, holder) in offices(reading, &root) {
            let full = |n: &usize| names.nodes[*n].is_full_person();
            let holder = root(holder).filter(|h| clusters.members(*h).iter().any(full));
            if let Some(holder) = holder {
                holders
                    .entry(office)
                    .or_default()
                    .entry(holder)
                    .or_default()
                    .push(published);
            }
        }
    }
    // For each pair of people, the offices that both are said to hold at one time.
    let mut shared: BTreeMap<(usize, usize), BTreeSet<&Office>> = BTreeMap::new();
    for (office, people) in &holders {
        let mut people = people.iter();
        let (Some((a, times_a)), Some((b, times_b)), None) =
            (people.next(), people.next(), people.next())
        else {
            continue;
        };
        if times_a.iter().any(|x| times_b.iter().any(|y| near(*x, *y))) {
            shared.entry((*a, *b)).or_default().insert(office);
        }
    }
    let mut edges = Vec::new();
    for ((a, b), offices) in shared {
        let of = |root: usize| clusters.members(root).iter().map(|n| &names.nodes[*n]);
        let reports = |root: usize| of(root).flat_map(|n| &n.reports).collect::<BTreeSet<_>>();
        let titles = |root: usize| of(root).flat_map(|n| &n.titles).collect::<BTreeSet<_>>();
        let one_report = !reports(a).is_disjoint(&reports(b));
        let one_title = !titles(a).is_disjoint(&titles(b));
        if !one_report && (one_title || offices.len() > 1) {
            let words: Vec<String> = (offices.iter())
                .map(|(office, of)| format!("{office} of {}", shown(of, names)))
                .collect();
            let why = format!("{} at the same time", words.join(", "));
            edges.push(edge(a, b, why));
        }
    }
    edges
}

/// `#12` is the name of a node.
fn shown<'n>(of: &'n str, names: &'n Nodes) -> &'n str {
    let node = of.strip_prefix('#').and_then(|n| n.parse::<usize>().ok());
    node.and_then(|n| names.nodes.get(n))
        .map_or(of, |node| &node.name.printed)
}

/// The offices of a reading that one person holds at a time, with their holders.
fn offices<'r>(
    reading: &'r Reading,
    root: &impl Fn(&str) -> Option<usize>,
) -> Vec<(Office, &'r str)> {
    let of_whom = |printed: &str| match root(printed) {
        Some(node) => format!("#{node}"),
        None => fold(printed),
    };
    let mut offices = Vec::new();
    for mention in mentions(reading) {
        if let Some(role) = &mention.role
            && let Some(of) = &role.of
            && fold(&role.role)
                .split(' ')
                .any(|w| tables::OFFICES.contains(w))
        {
            offices.push(((fold(&role.role), of_whom(of)), mention.name.as_str()));
        }
    }
    for claim in &reading.claims {
        if let Subject::Talks(detail) = &claim.what().subject
            && detail.aspect == Aspect::Delegation
            && let (Some(party), Some(head)) = (&detail.party, &detail.head)
        {
            let party = party.stands_for.as_ref().unwrap_or(&party.name);
            let head = head.stands_for.as_ref().unwrap_or(&head.name);
            offices.push((
                ("head of the delegation".to_string(), of_whom(party)),
                head.as_str(),
            ));
        }
    }
    offices
}

fn near(a: When, b: When) -> bool {
    let days = jiff::Span::new().days(SAME_TERM);
    let reach = |day: rapporteur_model::Date| day.checked_add(days).unwrap_or(day);
    a.earliest <= reach(b.latest) && b.earliest <= reach(a.latest)
}

fn entities(
    names: &Nodes,
    clusters: Clusters<'_>,
    readings: &[Reading],
    spoken: &BTreeMap<ReportId, (Published, Anchor)>,
) -> (Vec<Entity>, Names) {
    // Roles by cluster: the printed role and for whom, with the times of the reports.
    let mut roles: BTreeMap<usize, BTreeMap<(String, Option<String>), Option<When>>> =
        BTreeMap::new();
    for (report, reading) in readings.iter().enumerate() {
        let published = spoken.get(reading.report.id()).and_then(|(p, _)| p.when);
        for mention in mentions(reading) {
            let meant = mention.stands_for.as_ref().unwrap_or(&mention.name);
            let node = names
                .find(report, meant)
                .or_else(|| names.find(report, &mention.name));
            let (Some(node), Some(role)) = (node, &mention.role) else {
                continue;
            };
            let held = roles.entry(clusters.root(node)).or_default();
            let key = (role.role.clone(), role.of.clone());
            let when = held.entry(key).or_insert(published);
            *when = match (*when, published) {
                (Some(a), Some(b)) => Some(a.hull(b)),
                (a, b) => a.or(b),
            };
        }
    }
    let mut found: Vec<(Entity, usize)> = Vec::new();
    for (root, members) in &clusters.members {
        let nodes: Vec<&Node> = members.iter().map(|n| &names.nodes[*n]).collect();
        let reports: BTreeSet<usize> = nodes.iter().flat_map(|n| &n.reports).copied().collect();
        let held = roles.remove(root).unwrap_or_default().into_iter();
        let entity = Entity {
            id: EntityId(String::new()),
            kind: kind_of(&nodes),
            names: in_order_of_preference(&nodes),
            roles: held
                .map(|((role, of), when)| RoleHeld { role, of, when })
                .collect(),
            reports: reports.len(),
            reasons: (clusters.reasons.get(root).into_iter().flatten().cloned()).collect(),
        };
        found.push((entity, *root));
    }
    // Single names of several people can be the same: their reports tell them apart then.
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    for (entity, _) in &mut found {
        entity.id = id_of(entity, None);
        *same.entry(entity.id.0.clone()).or_default() += 1;
    }
    for (entity, root) in &mut found {
        if same.get(&entity.id.0).is_some_and(|count| *count > 1) {
            let report = names.nodes[*root].reports.first();
            entity.id = id_of(entity, report.map(|r| readings[*r].report.id()));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let index: BTreeMap<usize, usize> = found
        .iter()
        .enumerate()
        .map(|(index, (_, root))| (*root, index))
        .collect();
    let mut meant = Names::new();
    for ((report, printed), node) in &names.of {
        if let Some(entity) = index.get(&clusters.root(*node)) {
            meant.insert(
                (readings[*report].report.id().clone(), printed.clone()),
                *entity,
            );
        }
    }
    (found.into_iter().map(|(entity, _)| entity).collect(), meant)
}

fn id_of(entity: &Entity, report: Option<&ReportId>) -> EntityId {
    let mut names: Vec<&String> = entity.names.iter().collect();
    names.sort();
    let mut digest = Digest::of("entity").field(format!("{:?}", entity.kind));
    for name in names {
        digest = digest.field(name);
    }
    if let Some(report) = report {
        digest = digest.field(&report.0);
    }
    EntityId(digest.finish())
}

/// What most reports say that it is; a person where one of them does.
fn kind_of(nodes: &[&Node]) -> Kind {
    let mut votes: BTreeMap<Kind, usize> = BTreeMap::new();
    for node in nodes {
        *votes.entry(node.kind).or_default() += node.times.values().sum::<usize>();
    }
    if votes.contains_key(&Kind::Person) {
        return Kind::Person;
    }
    let most = votes.into_iter().max_by_key(|(_, count)| *count);
    most.map_or(Kind::Organization, |(kind, _)| kind)
}

/// Full names before single names, abbreviations and adjectives, then by how many reports print them.
fn in_order_of_preference(nodes: &[&Node]) -> Vec<String> {
    let mut names: BTreeMap<&String, (bool, usize)> = BTreeMap::new();
    for node in nodes {
        let adjective = node.name.adjective_of().is_some();
        let short = node.is_local || node.name.is_acronym || adjective;
        let entry = names.entry(&node.name.printed).or_insert((short, 0));
        entry.1 += node.reports.len();
    }
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by(|(a, (short_a, reports_a)), (b, (short_b, reports_b))| {
        (short_a.cmp(short_b))
            .then(reports_b.cmp(reports_a))
            .then(b.len().cmp(&a.len()))
            .then(a.cmp(b))
    });
    names.into_iter().map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests;
