//! Persons, organisations and places under all of their names, and what people judged of them.

use super::{Desk, Leaf, Line, mentions, words};
use crate::control::HoldLine;
use crate::names::RoleLine;
use rapporteur_model::{ClaimId, EntityId, Item, Judgement, JudgementId, Kind, Verdict};
use rapporteur_record::{Entity, State};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// So many entities are on a page.
const ENTITIES: usize = 80;
/// So many claims of one.
const CLAIMS: usize = 20;
/// So many names, roles and reasons.
const NAMES: usize = 40;
/// So many judgements are on a page.
const JUDGEMENTS: usize = 60;

/// A page of entities.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntitiesPage {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// Only of this kind; `None`: of any.
    pub kind: Option<Kind>,
    /// How many persons, organisations and places there are.
    pub kinds: [usize; 3],
    /// By kind and name.
    pub entities: Vec<EntityLine>,
}

/// One entity among many.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityLine {
    /// Its id in this state of the record.
    pub id: EntityId,
    /// What kind of thing.
    pub kind: Kind,
    /// Its preferred name.
    pub name: String,
    /// Other forms, the first few.
    pub also: Vec<String>,
    /// The first role that it is said to have.
    pub role: Option<String>,
    /// In how many reports it is named.
    pub reports: usize,
    /// In how many claims.
    pub claims: usize,
}

/// One entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityPage {
    /// Which page this is: of its claims.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// Its id in this state of the record.
    pub id: EntityId,
    /// What kind of thing.
    pub kind: Kind,
    /// Every form printed, the preferred one first.
    pub names: Vec<String>,
    /// What it is said to be.
    pub roles: Vec<RoleLine>,
    /// In how many reports it is named.
    pub reports: usize,
    /// Why these names are taken for one.
    pub reasons: Vec<String>,
    /// Where it lies, for a place that a gazetteer knows: degrees north and east, WGS84.
    pub at: Option<(f64, f64)>,
    /// The country that it lies in, where known: two letters.
    pub country: Option<String>,
    /// For a place: who is said to hold it, in order of time.
    pub holds: Vec<HoldLine>,
    /// Names of other entities of its kind that share a word with it, as suggestions to merge with.
    pub alike: Vec<String>,
    /// What people judged of its names.
    pub judgements: Vec<JudgementLine>,
    /// The claims that name it.
    pub claims: Vec<Line>,
}

/// What people judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgements {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// The latest first.
    pub judgements: Vec<JudgementLine>,
}

/// One judgement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgementLine {
    /// Its id.
    pub id: JudgementId,
    /// What is judged.
    pub a: Item,
    /// And the other.
    pub b: Item,
    /// The two as people read them.
    pub words: [String; 2],
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When it was recorded.
    pub at: String,
    /// The judgement that it takes back.
    pub undoes: Option<JudgementId>,
    /// Does it stand, not being taken back?
    pub stands: bool,
}

/// The claims that name each entity.
pub(super) fn named(state: &State) -> BTreeMap<EntityId, Vec<ClaimId>> {
    let mut named: BTreeMap<EntityId, Vec<ClaimId>> = BTreeMap::new();
    for (id, claim) in state
        .claims
        .iter()
        .filter(|(_, claim)| claim.repeats.is_none())
    {
        let report = claim.claim.evidence().report();
        let entities: BTreeSet<&EntityId> = (mentions(claim).into_iter())
            .filter_map(|mention| Some(&state.entity(report, mention)?.id))
            .collect();
        for entity in entities {
            named.entry(entity.clone()).or_default().push(id.clone());
        }
    }
    for claims in named.values_mut() {
        claims.sort_by_cached_key(|id| {
            let claim = state.claims.get(id);
            let when = claim.and_then(crate::entry::when);
            (super::by_time(when), id.clone())
        });
    }
    named
}

impl Desk {
    fn entity_of(&self, id: &EntityId) -> Option<&Entity> {
        self.state.entities.get(*self.entities.get(id)?)
    }

    /// A page of entities.
    pub fn entities(&self, kind: Option<Kind>, page: usize) -> EntitiesPage {
        // They stand in order of their kinds.
        let starts = |kind: Kind| {
            let before = |id: &EntityId| self.entity_of(id).is_some_and(|e| e.kind < kind);
            self.by_name.partition_point(before)
        };
        let all = self.by_name.len();
        let range = |kind: Kind| match kind {
            Kind::Person => starts(Kind::Person)..starts(Kind::Organization),
            Kind::Organization => starts(Kind::Organization)..starts(Kind::Place),
            Kind::Place => starts(Kind::Place)..all,
        };
        let kinds = [Kind::Person, Kind::Organization, Kind::Place].map(|kind| range(kind).len());
        let ids = self.by_name.get(kind.map_or(0..all, range));
        let (leaf, ids) = Leaf::of(ids.unwrap_or_default(), page, ENTITIES);
        let line = |id: &EntityId| {
            let entity = self.entity_of(id)?;
            Some(EntityLine {
                id: entity.id.clone(),
                kind: entity.kind,
                name: entity.names.first()?.clone(),
                also: entity.names.iter().skip(1).take(4).cloned().collect(),
                role: entity.roles.first().map(|held| match &held.of {
                    Some(of) => format!("{}, {of}", held.role),
                    None => held.role.clone(),
                }),
                reports: entity.reports,
                claims: self.named.get(&entity.id).map_or(0, Vec::len),
            })
        };
        EntitiesPage {
            leaf,
            kind,
            kinds,
            entities: ids.iter().filter_map(line).collect(),
        }
    }

    /// One entity, or a place that only its control is told of, by its id.
    pub fn entity(&self, id: &EntityId, page: usize) -> Option<EntityPage> {
        let Some(entity) = self.entity_of(id) else {
            return self.described(id, page);
        };
        let claims = self.named.get(id).map_or(&[][..], Vec::as_slice);
        let (leaf, claims) = self.lines_of(claims, page, CLAIMS);
        let place = self.places.get(id);
        Some(EntityPage {
            leaf,
            id: id.clone(),
            kind: entity.kind,
            names: entity.names.iter().take(NAMES).cloned().collect(),
            roles: (entity.roles.iter().take(NAMES))
                .map(|held| RoleLine {
                    role: held.role.clone(),
                    of: held.of.clone(),
                    when: held.when,
                })
                .collect(),
            reports: entity.reports,
            reasons: entity.reasons.iter().take(NAMES).cloned().collect(),
            at: place.map(|place| (place.latitude, place.longitude)),
            country: place.and_then(|place| place.country.clone()),
            holds: self.holds(id, 15),
            alike: self.alike(entity),
            judgements: (self.judgements.iter().rev())
                .filter(|judgement| {
                    [&judgement.a, &judgement.b]
                        .into_iter()
                        .any(|item| matches!(item, Item::Name(name) if entity.names.contains(name)))
                })
                .map(|judgement| self.judgement(judgement))
                .take(10)
                .collect(),
            claims,
        })
    }

    /// A place that has a description and no name: "the border crossing".
    fn described(&self, id: &EntityId, page: usize) -> Option<EntityPage> {
        let place = self.state.control.iter().find(|place| place.place == *id)?;
        let claims: Vec<ClaimId> = (place.history.iter())
            .flat_map(|hold| hold.claims.iter().cloned())
            .collect();
        let reports: BTreeSet<_> = (claims.iter())
            .filter_map(|claim| Some(self.state.claims.get(claim)?.claim.evidence().report()))
            .collect();
        let (leaf, lines) = self.lines_of(&claims, page, CLAIMS);
        Some(EntityPage {
            leaf,
            id: id.clone(),
            kind: Kind::Place,
            names: vec![place.name.clone()],
            roles: vec![],
            reports: reports.len(),
            reasons: vec![],
            at: None,
            country: None,
            holds: self.holds(id, 15),
            alike: vec![],
            judgements: vec![],
            claims: lines,
        })
    }

    /// Is it the id of an entity, whose names can be judged?
    pub fn is_entity(&self, id: &EntityId) -> bool {
        self.entities.contains_key(id)
    }

    /// The entity that a printed name means, if it is the name of just one.
    pub fn entity_named(&self, name: &str) -> Option<&EntityId> {
        let has = |entity: &&Entity| entity.names.iter().any(|other| other == name);
        let mut found = self.state.entities.iter().filter(has);
        let first = found.next()?;
        found.next().is_none().then_some(&first.id)
    }

    /// Others of its kind that share a long word with it.
    fn alike(&self, entity: &Entity) -> Vec<String> {
        const LONG: usize = 4;
        let words = entity.names.iter().flat_map(|name| words(name));
        let long = words.filter(|word| word.chars().count() >= LONG);
        let lists = long.filter_map(|word| self.going_by.entities.get(&word));
        let numbers: BTreeSet<usize> = lists.flatten().copied().collect();
        let others = numbers
            .into_iter()
            .filter_map(|n| self.state.entities.get(n));
        others
            .filter(|other| other.kind == entity.kind && other.id != entity.id)
            .filter_map(|other| other.names.first().cloned())
            .take(12)
            .collect()
    }

    /// A page of judgements.
    pub fn judgements(&self, page: usize) -> Judgements {
        let all: Vec<&Judgement> = self.judgements.iter().rev().collect();
        let (leaf, shown) = Leaf::of(&all, page, JUDGEMENTS);
        Judgements {
            leaf,
            judgements: shown
                .iter()
                .map(|judgement| self.judgement(judgement))
                .collect(),
        }
    }

    fn judgement(&self, judgement: &Judgement) -> JudgementLine {
        let words = |item: &Item| match item {
            Item::Name(name) => name.clone(),
            Item::Claim(id) => match self.state.claims.get(id) {
                Some(claim) => crate::words::one_line(claim.claim.evidence().exact()),
                None => format!("claim {}", crate::words::short(&id.0)),
            },
        };
        // An entry that takes another back stands while none takes it back in turn.
        let undone = |id: &JudgementId| {
            let undo = self
                .judgements
                .iter()
                .find(|other| other.undoes.as_ref() == Some(id));
            undo.map(|undo| &undo.id)
        };
        let mut steps = 0;
        let mut at = &judgement.id;
        while let Some(undo) = undone(at) {
            steps += 1;
            at = undo;
            if steps > self.judgements.len() {
                break;
            }
        }
        JudgementLine {
            id: judgement.id.clone(),
            a: judgement.a.clone(),
            b: judgement.b.clone(),
            words: [words(&judgement.a), words(&judgement.b)],
            verdict: judgement.verdict,
            author: judgement.author.clone(),
            reason: judgement.reason.clone(),
            at: judgement.at.clone(),
            undoes: judgement.undoes.clone(),
            stands: steps % 2 == 0,
        }
    }
}
