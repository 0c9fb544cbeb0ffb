//! Two names for the holder of one office at one time.

use super::clusters::{Clusters, Edge, edge};
use super::nodes::{Nodes, mentions};
use super::tables;
use crate::words::fold;
use rapporteur_model::{Anchor, Aspect, Published, Reading, ReportId, Subject, When};
use std::collections::{BTreeMap, BTreeSet};

/// Two reports tell of the holder of one office at one time where they may lie so near, in days.
const SAME_TERM: i32 = 30;

/// An office: which, of whom.
type Office = (String, String);

/// Two names for the holder of one office at one time: where nothing else tells a translated name
/// from another person. Either both bear the same title, or they share a second office.
pub(super) fn one_office(
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
