//! Every printed name of some reports, as a node to be joined with others.

use super::name::Name;
use crate::words::fold;
use rapporteur_model::{Kind, Mention, Reading, Span, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// A printed name throughout the record; or in one report, where it is a person's single name or
/// stands for another name of the report.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: Name,
    pub(super) kind: Kind,
    /// Indices of the reports that print it, each once.
    pub(super) reports: Vec<usize>,
    /// How often each of them does.
    pub(super) times: BTreeMap<usize, usize>,
    /// Titles printed before it, folded.
    pub(super) titles: BTreeSet<String>,
    /// Is it a person's single name in one report?
    pub(super) is_single: bool,
    /// Is it the node of one report: a single name, or what that report says stands for another?
    pub(super) is_local: bool,
}

impl Node {
    pub(super) fn is_full_person(&self) -> bool {
        self.kind == Kind::Person && !self.is_local
    }
}

/// All nodes, in order of name and report, and where to find them.
pub(super) struct Nodes {
    pub(super) nodes: Vec<Node>,
    /// By report and printed name.
    pub(super) of: BTreeMap<(usize, String), usize>,
    /// Names that a report says stand for another name of it: (report, name, for whom).
    pub(super) stands_for: BTreeSet<(usize, String, String)>,
}

impl Nodes {
    pub(super) fn find(&self, report: usize, printed: &str) -> Option<usize> {
        self.of.get(&(report, printed.to_string())).copied()
    }

    pub(super) fn full_people(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| n.is_full_person())
    }

    /// Proper names that are no person's.
    pub(super) fn things(&self) -> impl Iterator<Item = (usize, &Node)> {
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
            all.extend(detail.by_others.iter().chain(&detail.to_others));
            all.extend(detail.party.iter().chain(&detail.head).chain(&detail.by));
            all.extend(detail.to.iter().chain(&detail.person).chain(&detail.place));
        }
        all
    })
}

/// Every mention of a reading: its names, and what stands in its claims.
pub(super) fn mentions(reading: &Reading) -> impl Iterator<Item = &Mention> {
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

pub(super) fn collect(readings: &[Reading]) -> Nodes {
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
