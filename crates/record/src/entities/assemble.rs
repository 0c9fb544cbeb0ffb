//! Joined nodes → entities.

use super::Names;
use super::clusters::Clusters;
use super::nodes::{Node, Nodes, mentions};
use crate::Entity;
use crate::state::RoleHeld;
use rapporteur_model::{Anchor, Digest, EntityId, Kind, Published, Reading, ReportId, When};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn entities(
    names: &Nodes,
    clusters: Clusters<'_>,
    readings: &[Reading],
    spoken: &BTreeMap<ReportId, (Published, Anchor)>,
) -> (Vec<Entity>, Names) {
    // Roles by cluster: the printed role and for whom, with the times of the reports.
    type Roles = BTreeMap<(String, Option<String>), Option<When>>;
    let mut roles: BTreeMap<usize, Roles> = BTreeMap::new();
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
            let report = readings[*report].report.id().clone();
            meant
                .entry(report)
                .or_default()
                .insert(printed.clone(), *entity);
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
