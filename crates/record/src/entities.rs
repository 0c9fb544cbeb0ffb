//! Names across reports → entities.

use crate::Entity;
use rapporteur_model::{Anchor, Digest, EntityId, Judgement, Kind, Published, Reading, ReportId};
use std::collections::{BTreeMap, BTreeSet};

/// The entities, in order of their ids, and which of them each printed name means, by report.
pub(crate) fn resolve(
    readings: &[Reading],
    _spoken: &BTreeMap<ReportId, (Published, Anchor)>,
    _judgements: &[Judgement],
) -> (Vec<Entity>, BTreeMap<(ReportId, String), usize>) {
    type Named = (BTreeSet<String>, BTreeSet<ReportId>);
    let mut found: BTreeMap<(Kind, String), Named> = BTreeMap::new();
    for reading in readings {
        let in_claims = reading.claims.iter().flat_map(|claim| {
            let what = claim.what();
            let sources = what.attribution.sources.iter().map(|s| &s.mention);
            (what
                .actor
                .iter()
                .chain(&what.recipient)
                .chain(&what.third_party))
            .chain(&what.place)
            .chain(sources)
        });
        for mention in reading.mentions.iter().chain(in_claims) {
            let Some(kind) = mention.kind else { continue };
            let (names, reports) = found
                .entry((kind, mention.name.to_lowercase()))
                .or_default();
            names.insert(mention.name.clone());
            reports.insert(reading.report.id().clone());
        }
    }
    let mut entities: Vec<_> = found
        .into_iter()
        .map(|((kind, _), (names, reports))| {
            let mut hash = Digest::of("entity").field(format!("{kind:?}"));
            for name in &names {
                hash = hash.field(name);
            }
            let entity = Entity {
                id: EntityId(hash.finish()),
                kind,
                names: names.into_iter().collect(),
                roles: vec![],
                reports: reports.len(),
                reasons: vec![],
            };
            (entity, reports)
        })
        .collect();
    entities.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let mut means = BTreeMap::new();
    for (index, (entity, reports)) in entities.iter().enumerate() {
        for report in reports {
            for name in &entity.names {
                means.insert((report.clone(), name.clone()), index);
            }
        }
    }
    (
        entities.into_iter().map(|(entity, _)| entity).collect(),
        means,
    )
}
