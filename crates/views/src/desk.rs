//! What an analyst leafs through: a state with its orders and tables made once, so that any page of it is a
//! slice and costs what it shows, however much the record holds.
//!
//! A [`Desk`] holds a [`State`]; each file below makes one kind of page from it: a plain struct, which
//! serializes and which a template lays out. Pages are numbered from 1.

mod changes;
mod control;
mod days;
mod entities;
mod ledgers;
mod lineage;
mod lines;
mod overview;
mod questions;
mod report;
mod sources;
mod talks;

pub use changes::{Came, Changes, PlaceChange, QuestionMoved};
pub use control::{ControlPage, PlaceLine, Standing as Held};
pub use entities::{EntitiesPage, EntityLine, EntityPage, JudgementLine, Judgements};
pub use ledgers::{LedgerLine, LedgerPage, Ledgers};
pub use lineage::{LineagePage, Marked, Pair, Side, Tree, TreeLine};
pub use lines::{Asked, Line, Lines};
pub use overview::{DayCount, Overview};
pub use questions::{AccountView, DisputesPage, QuestionLine, QuestionPage, RelationView};
pub use report::{Note, Part, Piece as TextPiece, ReportPage, ReportRow, ReportsPage};
pub use sources::{SourceLine, SourcePage, SourcesPage};
pub use talks::{MeetingLine, MeetingPage, Section, TalksPage};

use crate::entry;
use crate::filter::{actors, places, words};
use crate::voice::{self, ReportLabel, Voice};
use rapporteur_model::{
    Accounts, ClaimId, Date, Digest, EntityId, Judgement, Mention, Place, ReportId, When,
};
use rapporteur_record::{ClaimState, Meeting, State};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

/// One page of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Leaf {
    /// Which, from 1.
    pub page: usize,
    /// How many there are; at least 1.
    pub pages: usize,
    /// How many lines all of them have.
    pub total: usize,
}

impl Leaf {
    /// The slice of `all` that a page shows; a page past the end is the last.
    fn of<T>(all: &[T], page: usize, each: usize) -> (Leaf, &[T]) {
        let pages = all.len().div_ceil(each).max(1);
        let page = page.clamp(1, pages);
        let from = ((page - 1) * each).min(all.len());
        let to = (from + each).min(all.len());
        let leaf = Leaf {
            page,
            pages,
            total: all.len(),
        };
        (leaf, all.get(from..to).unwrap_or_default())
    }
}

/// A state, with where its places lie and what is needed to leaf through it.
#[derive(Debug)]
pub struct Desk {
    /// What the record holds.
    pub state: State,
    /// Every judgement of the log, with those taken back, in order of time.
    pub judgements: Vec<Judgement>,
    places: BTreeMap<EntityId, Place>,
    opposed: BTreeMap<ClaimId, BTreeSet<ClaimId>>,
    /// Lines of the timeline: claims that say the same of the same time.
    lines: Vec<lines::Group>,
    /// In which line a claim is.
    line_of: HashMap<ClaimId, usize>,
    /// Claims in lines; other statements without a time are in none.
    undated: usize,
    /// Questions by id.
    questions: BTreeMap<String, usize>,
    /// The ids of the questions, in the order of the accounts.
    question_ids: Vec<String>,
    /// Questions in the order of the disputes, each with its rank: those that cannot all be so first.
    disputes: Vec<(usize, usize)>,
    /// In which questions a claim stands.
    asked: BTreeMap<ClaimId, Vec<usize>>,
    /// A report's claims in order of the text.
    claims: BTreeMap<ReportId, Vec<ClaimId>>,
    /// Where the further pages of long reports begin, in bytes of the body.
    cuts: BTreeMap<ReportId, Vec<usize>>,
    reports: Vec<ReportId>,
    entities: BTreeMap<EntityId, usize>,
    named: BTreeMap<EntityId, Vec<ClaimId>>,
    /// Entities in order of kind and name.
    by_name: Vec<EntityId>,
    /// Entities, and sources, that have a word in a name, as filters ask for them.
    going_by: GoingBy,
    sources: Vec<sources::Tally>,
    derivations: BTreeMap<ReportId, Vec<usize>>,
    trees: Vec<lineage::Component>,
    meetings: Vec<String>,
    ledgers: Vec<String>,
    days: Vec<Date>,
    /// Claims without those that only repeat an earlier version's.
    counted: usize,
    came: days::Days,
    overview: OnceLock<Overview>,
}

/// By each word of their names: the places of entities in the state, and of sources on the desk.
#[derive(Debug, Default)]
struct GoingBy {
    entities: HashMap<String, Vec<usize>>,
    sources: HashMap<String, Vec<usize>>,
}

impl GoingBy {
    fn of(state: &State, sources: &[sources::Tally]) -> GoingBy {
        let mut going_by = GoingBy::default();
        for (number, entity) in state.entities.iter().enumerate() {
            let words: BTreeSet<String> = entity.names.iter().flat_map(|n| words(n)).collect();
            for word in words {
                going_by.entities.entry(word).or_default().push(number);
            }
        }
        for (number, tally) in sources.iter().enumerate() {
            for word in BTreeSet::from_iter(words(&tally.name)) {
                going_by.sources.entry(word).or_default().push(number);
            }
        }
        going_by
    }
}

impl Desk {
    /// Lays a state out. `places`: where the entities lie that a gazetteer knows; `judgements`: all of the
    /// log, in any order.
    pub fn new(
        state: State,
        places: BTreeMap<EntityId, Place>,
        mut judgements: Vec<Judgement>,
    ) -> Desk {
        judgements.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
        let question_ids: Vec<String> = state.accounts.iter().map(question_id).collect();
        let questions = (question_ids.iter().cloned()).zip(0..).collect();
        let mut asked: BTreeMap<ClaimId, Vec<usize>> = BTreeMap::new();
        for (number, accounts) in state.accounts.iter().enumerate() {
            for claim in accounts.accounts.iter().flat_map(|a| &a.claims) {
                let of = asked.entry(claim.clone()).or_default();
                if of.last() != Some(&number) {
                    of.push(number);
                }
            }
        }
        let opposed = entry::opposed(&state);
        let claims = claims_by_report(&state);
        let (lines, undated) = lines::groups(&state);
        let mut derivations: BTreeMap<ReportId, Vec<usize>> = BTreeMap::new();
        for (number, derivation) in state.derivations.iter().enumerate() {
            for id in [&derivation.from, &derivation.to] {
                derivations.entry(id.clone()).or_default().push(number);
            }
        }
        let mut labels: Vec<ReportLabel> = (state.reports.iter())
            .map(|(id, report)| voice::label(id, report))
            .collect();
        labels.sort_by(voice::in_order);
        let reports: Vec<ReportId> = labels.into_iter().map(|label| label.id).collect();
        let counted = state
            .claims
            .values()
            .filter(|c| c.repeats.is_none())
            .count();
        let line_of = (lines.iter().enumerate())
            .flat_map(|(number, line)| line.claims.iter().map(move |id| (id.clone(), number)))
            .collect();
        let sources = sources::tallies(&state);
        let going_by = GoingBy::of(&state, &sources);
        let mut by_name: Vec<&rapporteur_record::Entity> = state.entities.iter().collect();
        by_name.sort_by(|a, b| (a.kind, &a.names, &a.id).cmp(&(b.kind, &b.names, &b.id)));
        Desk {
            places,
            cuts: report::cuts(&state, &claims),
            came: days::Days::of(&state, &reports, &lines),
            counted,
            overview: OnceLock::new(),
            reports,
            entities: (state.entities.iter().map(|entity| entity.id.clone()))
                .zip(0..)
                .collect(),
            named: entities::named(&state),
            by_name: by_name.into_iter().map(|e| e.id.clone()).collect(),
            sources,
            going_by,
            line_of,
            trees: lineage::components(&state),
            meetings: state.talks.iter().map(meeting_id).collect(),
            ledgers: (state.ledgers.iter())
                .map(|ledger| Digest::of("ledger").field(&ledger.of).finish())
                .collect(),
            days: control::days(&state),
            disputes: questions::order(&state),
            judgements,
            opposed,
            lines,
            undated,
            questions,
            question_ids,
            asked,
            claims,
            derivations,
            state,
        }
    }

    /// On which page of its report a claim stands.
    pub fn page_of(&self, report: &ReportId, claim: &ClaimId) -> usize {
        let Some(cuts) = self.cuts.get(report) else {
            return 1;
        };
        let start = (self.state.claims.get(claim)).map_or(0, |claim| report::home(claim).start);
        1 + cuts.partition_point(|cut| *cut <= start)
    }

    /// The ids of the questions that a claim helps to answer.
    pub fn questions_of(&self, claim: &ClaimId) -> impl Iterator<Item = &str> {
        let numbers = self.asked.get(claim).into_iter().flatten();
        numbers.filter_map(|number| self.question_ids.get(*number).map(String::as_str))
    }

    /// Every report, the earliest first.
    pub fn report_ids(&self) -> &[ReportId] {
        &self.reports
    }

    /// Every question's id.
    pub fn question_ids(&self) -> &[String] {
        &self.question_ids
    }

    /// Every entity, by kind and name.
    pub fn entity_ids(&self) -> &[EntityId] {
        &self.by_name
    }

    /// Every place that control is told of, those that have only a description among them.
    pub fn held_ids(&self) -> impl Iterator<Item = &EntityId> {
        self.state.control.iter().map(|place| &place.place)
    }

    /// Every source's id.
    pub fn source_ids(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|tally| tally.id.as_str())
    }

    /// Every series of talks.
    pub fn meeting_ids(&self) -> &[String] {
        &self.meetings
    }

    /// Every ledger.
    pub fn ledger_ids(&self) -> &[String] {
        &self.ledgers
    }

    /// Every day on which something is said to change hands, in order.
    pub fn days(&self) -> &[Date] {
        &self.days
    }

    /// Every pair of reports of which one came from the other.
    pub fn pairs(&self) -> impl Iterator<Item = (&ReportId, &ReportId)> {
        (self.state.derivations.iter()).map(|derivation| (&derivation.from, &derivation.to))
    }

    /// Did the second of two reports come from the first, as far as is known?
    pub fn is_pair(&self, from: &ReportId, to: &ReportId) -> bool {
        let numbers = self.derivations.get(from).into_iter().flatten();
        (numbers.filter_map(|number| self.state.derivations.get(*number)))
            .any(|derivation| derivation.from == *from && derivation.to == *to)
    }

    /// Where an entity lies, if a gazetteer knows.
    pub fn place(&self, entity: &EntityId) -> Option<&Place> {
        self.places.get(entity)
    }

    /// The line of one claim or of several that say the same.
    fn line(&self, claims: &[ClaimId]) -> Option<Line> {
        let ids: Vec<&ClaimId> = claims.iter().collect();
        let entry = entry::entry(&self.state, &ids, &self.opposed)?;
        Some(Line::of(self, entry))
    }

    fn voice(&self, claim: &ClaimId) -> Option<Voice> {
        voice::voice(&self.state, self.state.claims.get(claim)?)
    }
}

/// The id of a question, as the export has it: two questions can read alike, such as those about two places
/// of one name, and their claims tell them apart.
pub fn question_id(accounts: &Accounts) -> String {
    let claims: BTreeSet<&ClaimId> = (accounts.accounts.iter())
        .flat_map(|account| &account.claims)
        .collect();
    let mut id = Digest::of("comparison")
        .field(&accounts.question.topic)
        .field(&accounts.question.words);
    for claim in claims {
        id = id.field(&claim.0);
    }
    id.finish()
}

fn meeting_id(meeting: &Meeting) -> String {
    let positions = meeting.positions.iter().flat_map(|p| &p.entries);
    let entries = (meeting.track.iter())
        .chain(&meeting.delegations)
        .chain(&meeting.agenda)
        .chain(positions);
    let first = entries.map(|entry| &entry.claim).min();
    let mut id = Digest::of("talks").field(meeting.place.as_deref().unwrap_or_default());
    for party in &meeting.parties {
        id = id.field(party);
    }
    id.field(first.map_or("", |claim| claim.0.as_str()))
        .finish()
}

fn claims_by_report(state: &State) -> BTreeMap<ReportId, Vec<ClaimId>> {
    let mut claims: BTreeMap<ReportId, Vec<&ClaimState>> = BTreeMap::new();
    for claim in state.claims.values() {
        let report = claim.claim.evidence().report();
        claims.entry(report.clone()).or_default().push(claim);
    }
    let in_order = |mut claims: Vec<&ClaimState>| -> Vec<ClaimId> {
        claims.sort_by_key(|claim| {
            let (home, exact) = (report::home(claim), claim.claim.evidence().span());
            (home.start, exact.start, exact.end, claim.claim.id())
        });
        claims
            .into_iter()
            .map(|claim| claim.claim.id().clone())
            .collect()
    };
    (claims.into_iter())
        .map(|(report, claims)| (report, in_order(claims)))
        .collect()
}

/// Everybody and everything that a claim names.
fn mentions(claim: &ClaimState) -> Vec<&Mention> {
    let mut found = actors(claim);
    found.extend(places(claim));
    found
}

/// In order of time, those without a time last.
fn by_time(when: Option<When>) -> (bool, Option<When>) {
    (when.is_none(), when)
}
