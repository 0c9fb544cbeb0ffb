//! Who is quoted how often, and whether it is a party.

use super::{Desk, Leaf, Line};
use crate::words;
use rapporteur_model::{ClaimId, Digest, EntityId, ReportId};
use rapporteur_record::State;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// So many sources are on a page.
const SOURCES: usize = 60;
/// So many claims of one.
const CLAIMS: usize = 25;

/// Who is quoted how often.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourcesPage {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// How many claims publishers make in their own voice.
    pub own_voice: usize,
    /// How many claims have a voice.
    pub attributed: usize,
    /// How many of these are from voices that are not named.
    pub unnamed: usize,
    /// Those with most claims first.
    pub sources: Vec<SourceLine>,
}

/// A voice that claims are attributed to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceLine {
    /// Its id.
    pub id: String,
    /// Its name, or as it is described.
    pub name: String,
    /// The entity that it is, where the record knows.
    pub entity: Option<EntityId>,
    /// Its role, where one is printed.
    pub role: Option<String>,
    /// How many claims are attributed to it.
    pub claims: usize,
    /// In how many reports.
    pub reports: usize,
    /// By how many publishers.
    pub publishers: usize,
    /// Is it never named?
    pub anonymous: bool,
    /// Is it a party to the conflict? `None`: nobody says.
    pub party: Option<bool>,
}

/// The claims of one source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourcePage {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// Who.
    pub source: SourceLine,
    /// What is attributed to it.
    pub claims: Vec<Line>,
}

/// What is attributed to one voice.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub id: String,
    pub name: String,
    pub claims: Vec<ClaimId>,
    entity: Option<EntityId>,
    role: Option<String>,
    reports: usize,
    publishers: usize,
    anonymous: bool,
    party: Option<bool>,
}

/// Every voice nearest to a fact, those with most claims first: entities by their preferred name, others by their
/// words.
pub(super) fn tallies(state: &State) -> Vec<Tally> {
    struct Found<'s> {
        name: String,
        entity: Option<&'s EntityId>,
        role: Option<String>,
        claims: Vec<ClaimId>,
        reports: BTreeSet<&'s ReportId>,
        anonymous: bool,
        party: Option<bool>,
    }
    let mut found: BTreeMap<String, Found<'_>> = BTreeMap::new();
    for (id, claim) in &state.claims {
        if claim.repeats.is_some() {
            continue;
        }
        let report = claim.claim.evidence().report();
        let Some(source) = claim.claim.what().attribution.sources.first() else {
            continue;
        };
        let entity = state.entity(report, &source.mention);
        let printed = words::name(&source.mention);
        let (key, name) = match entity {
            Some(entity) => (
                format!("e{}", entity.id.0),
                entity.names.first().cloned().unwrap_or(printed),
            ),
            None => (format!("n{}", printed.to_lowercase()), printed),
        };
        let tally = found.entry(key).or_insert_with(|| Found {
            name,
            entity: entity.map(|entity| &entity.id),
            role: None,
            claims: vec![],
            reports: BTreeSet::new(),
            anonymous: true,
            party: None,
        });
        tally.claims.push(id.clone());
        tally.reports.insert(report);
        tally.anonymous &= source.anonymous;
        // Said of it once is said of it.
        tally.party = tally.party.max(claim.party(0));
        if tally.role.is_none()
            && let Some(role) = &source.mention.role
        {
            let role = match &role.of {
                Some(of) => words::one_line(&format!("{}, {of}", role.role)),
                None => words::one_line(&role.role),
            };
            tally.role = Some(role).filter(|role| *role != tally.name);
        }
    }
    let mut tallies: Vec<Tally> = (found.into_iter())
        .map(|(key, mut tally)| {
            let publishers: BTreeSet<&str> = (tally.reports.iter())
                .filter_map(|id| {
                    state
                        .reports
                        .get(*id)?
                        .report
                        .masthead()
                        .publisher
                        .as_deref()
                })
                .collect();
            tally.claims.sort_by_cached_key(|id| {
                let when = state.claims.get(id).and_then(crate::entry::when);
                (super::by_time(when), id.clone())
            });
            Tally {
                id: Digest::of("source").field(key).finish(),
                name: tally.name,
                claims: tally.claims,
                entity: tally.entity.cloned(),
                role: tally.role,
                reports: tally.reports.len(),
                publishers: publishers.len(),
                anonymous: tally.anonymous,
                party: tally.party,
            }
        })
        .collect();
    tallies.sort_by(|a, b| {
        (b.claims.len().cmp(&a.claims.len())).then_with(|| (&a.name, &a.id).cmp(&(&b.name, &b.id)))
    });
    tallies
}

impl Tally {
    pub(super) fn line(&self) -> SourceLine {
        SourceLine {
            id: self.id.clone(),
            name: self.name.clone(),
            entity: self.entity.clone(),
            role: self.role.clone(),
            claims: self.claims.len(),
            reports: self.reports,
            publishers: self.publishers,
            anonymous: self.anonymous,
            party: self.party,
        }
    }
}

impl Desk {
    /// A page of sources.
    pub fn sources(&self, page: usize) -> SourcesPage {
        let (leaf, shown) = Leaf::of(&self.sources, page, SOURCES);
        let unnamed = self.sources.iter().filter(|tally| tally.anonymous);
        let attributed: usize = self.sources.iter().map(|tally| tally.claims.len()).sum();
        SourcesPage {
            leaf,
            own_voice: self.counted - attributed,
            attributed,
            unnamed: unnamed.map(|tally| tally.claims.len()).sum(),
            sources: shown.iter().map(Tally::line).collect(),
        }
    }

    /// What is attributed to one source, by its id.
    pub fn source(&self, id: &str, page: usize) -> Option<SourcePage> {
        let tally = self.sources.iter().find(|tally| tally.id == id)?;
        let (leaf, claims) = self.lines_of(&tally.claims, page, CLAIMS);
        Some(SourcePage {
            leaf,
            source: tally.line(),
            claims,
        })
    }
}
