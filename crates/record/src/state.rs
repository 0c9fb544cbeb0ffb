//! The state of a record: everything that follows from its log.

#[cfg(doc)]
use crate::Background;
use crate::facts::Facts;
use crate::{
    Contents, control, copies, entities, ledger, origin, question, talks, versions, written,
};
use rapporteur_model::{
    Accounts, Action, Anchor, Aspect, Claim, ClaimId, Date, Derivation, EntityId, Figure,
    Judgement, JudgementId, Kind, Mention, Published, RelationKind, Report, ReportId, Sighting,
    Standing, Subject, Time, When,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A report with what the record worked out about it.
#[derive(Clone, Debug)]
pub struct ReportState {
    /// The report.
    pub report: Report,
    /// Every path it was found under, in order.
    pub paths: Vec<String>,
    /// When it was published, as far as the whole record shows: the masthead's word where that is
    /// trusted, else the report's own text, else its story.
    pub published: Published,
    /// From which day its times are read.
    pub anchor: Anchor,
    /// Its names, times and figures, in order of the text.
    pub mentions: Vec<Mention>,
    /// Its times, in order of the text.
    pub times: Vec<Time>,
    /// Its figures, in order of the text.
    pub figures: Vec<Figure>,
    /// Which entity a printed name means here, by its place in [`State::entities`].
    pub(crate) names: BTreeMap<String, usize>,
}

impl ReportState {
    /// The place of the entity that a mention in it means.
    pub(crate) fn entity(&self, mention: &Mention) -> Option<usize> {
        let mut meant = mention.stands_for.iter().chain([&mention.name]);
        meant.find_map(|name| self.names.get(name)).copied()
    }

    /// The days that a time of this report can mean; `None`: not known.
    pub fn resolve(&self, time: &Time) -> Option<When> {
        time.form.resolve(&self.anchor)
    }
}

/// A claim with what the record worked out about it.
#[derive(Clone, Debug)]
pub struct ClaimState {
    /// The claim.
    pub claim: Claim,
    /// When it happened or holds.
    pub when: Option<When>,
    /// When it was said.
    pub said: Option<When>,
    /// The `when` of its talks detail.
    pub talks_when: Option<When>,
    /// Where it comes from once copies and citations are followed back; the same words mean the
    /// same origin.
    pub origin: String,
    /// Of each of its sources, in order, whether it speaks for a party to the conflict, as the user lists
    /// them ([`Background`]); `None`: nobody knows. Empty where no party is listed.
    pub parties: Vec<Option<bool>>,
    /// The same claim in an earlier version of its report, where that has it too: it is compared
    /// and counted there alone.
    pub repeats: Option<ClaimId>,
    /// The first later version of its report that does not have it, unless a still later one has
    /// it again.
    pub no_longer_in: Option<ReportId>,
}

impl ClaimState {
    /// Does its source at that place speak for a party to the conflict? `None`: nobody says.
    pub fn party(&self, source: usize) -> Option<bool> {
        let sources = &self.claim.what().attribution.sources;
        let said = sources.get(source).and_then(|source| source.party);
        said.or_else(|| self.parties.get(source).copied().flatten())
    }
}

/// A role with the time it is said to be held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoleHeld {
    /// The office or function.
    pub role: String,
    /// Whom or what it is held for.
    pub of: Option<String>,
    /// From the first to the last report that says so.
    pub when: Option<When>,
}

/// One person, organisation or place, under all the names that reports print for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The hash of its kind and names.
    pub id: EntityId,
    /// What kind of thing.
    pub kind: Kind,
    /// Every form printed, the preferred one first.
    pub names: Vec<String>,
    /// What it is said to be.
    pub roles: Vec<RoleHeld>,
    /// In how many reports it is named.
    pub reports: usize,
    /// Why these names are taken for one: a line a merge, in order.
    pub reasons: Vec<String>,
}

/// Who is said to hold a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HoldStatus {
    /// All accounts say the same holder.
    Held,
    /// Taken by one who is said to have lost it before.
    Retaken,
    /// Only the holder, or a source of its side, says so.
    Claimed,
    /// Another account says otherwise for the same time.
    Contested,
    /// There is fighting, or an attack, and nobody is said to hold it.
    Fighting,
    /// It is surrounded.
    Surrounded,
}

/// One change in who is said to hold a place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hold {
    /// Who; `None`: nobody is named.
    pub holder: Option<EntityId>,
    /// The holder's name as first printed.
    pub name: String,
    /// What was said to be done.
    pub action: Action,
    /// How it stands.
    pub status: HoldStatus,
    /// Since when; `None`: nobody says.
    pub when: Option<When>,
    /// The claims that say so, in order of their ids.
    pub claims: Vec<ClaimId>,
    /// Where they come from, in order.
    pub origins: Vec<String>,
}

/// The history of one place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlaceControl {
    /// The place.
    pub place: EntityId,
    /// Its preferred name.
    pub name: String,
    /// Changes in order of time, those without a time last.
    pub history: Vec<Hold>,
}

/// Who is said to hold what, by place name.
pub type Control = Vec<PlaceControl>;

/// One figure of a ledger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// The claim that gives it.
    pub claim: ClaimId,
    /// The figure.
    pub figure: Figure,
    /// As of when.
    pub when: Option<When>,
    /// Who says so, for people: `health ministry`, or the publisher.
    pub by: String,
    /// Where it comes from.
    pub origin: String,
}

/// The history of one count by source: killed, prisoners, districts …
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ledger {
    /// What is counted (`district`), with what happened to it where that is said (`civilian, kill`).
    pub of: String,
    /// Every figure, in order of time.
    pub entries: Vec<LedgerEntry>,
}

/// One claim about talks, with its place among the rest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TalksEntry {
    /// The claim.
    pub claim: ClaimId,
    /// The aspect.
    pub aspect: Aspect,
    /// In words: who, what.
    pub words: String,
    /// When.
    pub when: Option<When>,
}

/// What one side is said to offer, demand, pledge or deny.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Position {
    /// The side's name.
    pub party: String,
    /// Its entity.
    pub entity: Option<EntityId>,
    /// Offers, demands, pledges, refusals and denials, in order of aspect and time.
    pub entries: Vec<TalksEntry>,
}

/// One series of talks as reported.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Meeting {
    /// The sides, by name, in order.
    pub parties: Vec<String>,
    /// The place, where named.
    pub place: Option<String>,
    /// Rounds, outcomes, agreements and next meetings, in order of time.
    pub track: Vec<TalksEntry>,
    /// Delegations.
    pub delegations: Vec<TalksEntry>,
    /// What is to be discussed.
    pub agenda: Vec<TalksEntry>,
    /// What each side offers, demands, pledges, refuses and denies.
    pub positions: Vec<Position>,
}

/// Everything that follows from a log.
#[derive(Clone, Debug)]
pub struct State {
    /// Reports by id.
    pub reports: BTreeMap<ReportId, ReportState>,
    /// Claims by id.
    pub claims: BTreeMap<ClaimId, ClaimState>,
    /// Entities, in order of their ids.
    pub entities: Vec<Entity>,
    /// How reports came from one another, in order.
    pub derivations: Vec<Derivation>,
    /// Judgements that stand, in order of their ids.
    pub judgements: Vec<Judgement>,
    /// Questions that at least two claims answer, with all the values given.
    pub accounts: Vec<Accounts>,
    /// Talks.
    pub talks: Vec<Meeting>,
    /// Ground.
    pub control: Control,
    /// Counts.
    pub ledgers: Vec<Ledger>,
    /// What a state of which only a part was read leaves out.
    pub left_out: LeftOut,
}

/// How much a state does not have of what is kept; nothing where it is whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Questions, by [`dispute_rank`].
    pub disputes: BTreeMap<u8, usize>,
    /// Places of which somebody is said to hold them.
    pub places: usize,
}

/// Where a question stands when disputes are shown, lower ranks first; `None`: among copies, which are shown elsewhere.
pub fn dispute_rank(accounts: &Accounts) -> Option<u8> {
    let any = |kinds: &[RelationKind]| {
        let mut relations = accounts.relations.iter();
        relations.any(|relation| kinds.contains(&relation.relation))
    };
    let is_against = accounts.standing == Standing::Disputed
        || any(&[RelationKind::Contradict, RelationKind::Breach]);
    let mut relations = accounts.relations.iter();
    let is_agreed = accounts.standing == Standing::Agreed
        && relations.all(|relation| relation.relation == RelationKind::Agree);
    let standing = match accounts.standing {
        Standing::Disputed => 0,
        Standing::Compatible => 1,
        Standing::Agreed => 2,
    };
    match (is_agreed, is_against) {
        _ if accounts.question.topic == "copy" => None,
        (true, _) => Some(AGREED),
        (false, true) => Some(standing),
        (false, false) => Some(DIFFERENT + standing),
    }
}

/// The first rank of questions on which accounts differ, and nothing stands against anything.
pub const DIFFERENT: u8 = 3;
/// The rank of questions on which all accounts agree.
pub const AGREED: u8 = 6;

impl State {
    /// Nothing yet.
    pub(crate) fn empty() -> State {
        State {
            reports: BTreeMap::new(),
            claims: BTreeMap::new(),
            entities: vec![],
            derivations: vec![],
            judgements: vec![],
            accounts: vec![],
            talks: vec![],
            control: vec![],
            ledgers: vec![],
            left_out: LeftOut::default(),
        }
    }

    /// Computes all of it. The same contents in another order give the same state.
    pub fn of(contents: Contents) -> State {
        State::as_of(contents, None)
    }

    /// The state as it would have been with only the reports published by that day. Reports of
    /// unknown time are left out where `date` is given; those of which only an interval is known
    /// come in on its last day.
    pub fn as_of(contents: Contents, date: Option<Date>) -> State {
        let contents = copies::one_a_report(contents);
        let mut readings = contents.readings;
        let paths = paths(contents.sightings);
        // From which day a report speaks is a matter of the report, not of what was known by
        // `date`: it is found with all reports before some are left out.
        let mut spoken = written::from_which_days(&readings);
        if let Some(date) = date {
            let by_then = |published: &Published| published.when.is_some_and(|w| w.latest <= date);
            readings.retain(|r| spoken.get(r.report.id()).is_some_and(|(p, _)| by_then(p)));
        }
        let judgements = standing(contents.judgements);
        let (entities, mut names) = entities::resolve(&readings, &spoken, &judgements);

        let mut claims = Vec::new();
        let mut reports = BTreeMap::new();
        for reading in readings {
            let id = reading.report.id().clone();
            let (published, anchor) = spoken.remove(&id).unwrap_or_default();
            claims.extend(
                reading
                    .claims
                    .into_iter()
                    .map(|claim| computed(claim, &anchor)),
            );
            let report = ReportState {
                paths: paths.get(&id).cloned().unwrap_or_default(),
                report: reading.report,
                published,
                anchor,
                mentions: reading.mentions,
                times: reading.times,
                figures: reading.figures,
                names: names.remove(&id).unwrap_or_default(),
            };
            reports.insert(id, report);
        }
        let mut state = State {
            derivations: one_a_pair(contents.derivations, &reports),
            reports,
            claims: claims
                .into_iter()
                .map(|c| (c.claim.id().clone(), c))
                .collect(),
            entities,
            judgements,
            ..State::empty()
        };
        versions::mark(&mut state);
        for (id, origin) in origin::origins(&state, &contents.background.houses()) {
            if let Some(claim) = state.claims.get_mut(&id) {
                claim.origin = origin;
            }
        }
        let facts = Facts::of(&state);
        let accounts = question::accounts(&facts);
        let ledgers = ledger::ledgers(&facts);
        let talks = talks::meetings(&facts);
        let control = control::histories(&facts);
        let parties = facts.parties(&contents.background.parties);
        for (id, parties) in parties {
            if let Some(claim) = state.claims.get_mut(&id) {
                claim.parties = parties;
            }
        }
        State {
            accounts,
            ledgers,
            talks,
            control,
            ..state
        }
    }

    /// The entity that a mention in a report means.
    pub fn entity(&self, report: &ReportId, mention: &Mention) -> Option<&Entity> {
        self.entities
            .get(self.reports.get(report)?.entity(mention)?)
    }
}

/// The paths of each report, in order.
fn paths(mut sightings: Vec<Sighting>) -> BTreeMap<ReportId, Vec<String>> {
    sightings.sort();
    sightings.dedup();
    let mut paths: BTreeMap<ReportId, Vec<String>> = BTreeMap::new();
    for sighting in sightings {
        paths
            .entry(sighting.report)
            .or_default()
            .push(sighting.path);
    }
    paths
}

fn computed(claim: Claim, anchor: &Anchor) -> ClaimState {
    let resolve = |time: &Option<Time>| time.as_ref().and_then(|t| t.form.resolve(anchor));
    let talks_when = match &claim.what().subject {
        Subject::Talks(detail) => resolve(&detail.when),
        _ => None,
    };
    ClaimState {
        when: resolve(&claim.what().when),
        said: resolve(&claim.what().attribution.said.when),
        talks_when,
        origin: String::new(),
        parties: vec![],
        repeats: None,
        no_longer_in: None,
        claim,
    }
}

/// The judgements that nobody has taken back, in order of their ids. An entry that takes one back
/// can be taken back itself.
fn standing(judgements: Vec<Judgement>) -> Vec<Judgement> {
    let all: BTreeMap<_, _> = judgements.into_iter().map(|j| (j.id.clone(), j)).collect();
    // How many entries that undo this one are themselves not decided yet.
    let mut open: BTreeMap<&JudgementId, usize> = BTreeMap::new();
    for target in all.values().filter_map(|j| j.undoes.as_ref()) {
        *open.entry(target).or_default() += 1;
    }
    let mut decided: Vec<&Judgement> = all.values().filter(|j| !open.contains_key(&j.id)).collect();
    let mut undone: BTreeSet<&JudgementId> = BTreeSet::new();
    let mut next = 0;
    while let Some(judgement) = decided.get(next) {
        next += 1;
        let Some(target) = &judgement.undoes else {
            continue;
        };
        if !undone.contains(&judgement.id) {
            undone.insert(target);
        }
        if let Some(count) = open.get_mut(target) {
            *count -= 1;
            if *count == 0 {
                decided.extend(all.get(target));
            }
        }
    }
    let stands = |j: &&Judgement| j.undoes.is_none() && !undone.contains(&j.id);
    all.values().filter(stands).cloned().collect()
}

/// One derivation a pair of reports, both of them present: a later run that knew more may have
/// traced the same pair again. The one that tells the direction is kept, else the larger share.
fn one_a_pair(
    mut derivations: Vec<Derivation>,
    reports: &BTreeMap<ReportId, ReportState>,
) -> Vec<Derivation> {
    derivations.retain(|d| reports.contains_key(&d.from) && reports.contains_key(&d.to));
    let pair = |d: &Derivation| {
        (
            d.from.clone().min(d.to.clone()),
            d.from.clone().max(d.to.clone()),
        )
    };
    derivations.sort_by(|a, b| {
        (pair(a).cmp(&pair(b)))
            .then(b.directed.cmp(&a.directed))
            .then(b.share.total_cmp(&a.share))
            .then_with(|| (&a.from, a.kind, &a.why).cmp(&(&b.from, b.kind, &b.why)))
            .then_with(|| a.passages.cmp(&b.passages))
    });
    derivations.dedup_by(|a, b| pair(a) == pair(b));
    derivations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    derivations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Sketch, contents, date, derived, month_day, report, state, state_with};
    use rapporteur_model::{Action, DerivationKind, Item, Lean, Verdict};

    fn taken(publisher: &str, day: &str) -> Sketch {
        report(
            publisher,
            day,
            &format!("The army took Velka on March 3. {publisher}."),
        )
        .name("army", Kind::Organization)
        .name("Velka", Kind::Place)
        .claim("The army took Velka on March 3", |r, what| {
            what.subject = Subject::Ground(Action::Taken);
            what.actor = vec![r.mention("army")];
            what.place = vec![r.mention("Velka")];
            what.when = Some(r.time("March 3", month_day(3, 3, Lean::Past)));
        })
    }

    #[test]
    fn times_are_read_from_the_reports_day() {
        let state = state(&[taken("North Wire", "2031-03-05")]);
        let when = state.claims.values().next().and_then(|c| c.when);
        assert_eq!(when, Some(When::day(date("2031-03-03"))));
    }

    #[test]
    fn only_reports_published_by_a_day() {
        let (a, b) = (
            taken("North Wire", "2031-03-05"),
            taken("Daily Echo", "2031-03-09"),
        );
        let undated = report("West Post", "", "Nothing is known.");
        let all = [a.clone(), b, undated];
        let count = |day: Option<&str>| {
            State::as_of(contents(&all, &[], &[]), day.map(date))
                .reports
                .len()
        };
        assert_eq!(count(None), 3);
        assert_eq!(count(Some("2031-03-09")), 2);
        assert_eq!(count(Some("2031-03-08")), 1);
        assert_eq!(count(Some("2031-03-04")), 0);
    }

    #[test]
    fn a_pronoun_means_what_it_stands_for() {
        let a = taken("North Wire", "2031-03-05");
        let mut it = a.mention("The");
        it.stands_for = Some("Velka".to_string());
        let state = state(std::slice::from_ref(&a));
        let meant = state.entity(&a.id(), &it).map(|e| e.names.clone());
        assert_eq!(meant, Some(vec!["Velka".to_string()]));
    }

    #[test]
    fn the_order_of_a_log_does_not_matter() {
        let all = [
            taken("A", "2031-03-05"),
            taken("B", "2031-03-06"),
            taken("C", ""),
        ];
        let passage = "The army took Velka on March 3";
        let mut back = derived(&all[1], &all[0], DerivationKind::Rewrite, &[passage]);
        back.directed = false;
        let copies = [
            derived(&all[0], &all[1], DerivationKind::Reprint, &[passage]),
            derived(&all[1], &all[2], DerivationKind::Reprint, &[passage]),
            back,
        ];
        let one = contents(&all, &copies, &[]);
        let mut other = one.clone();
        other.readings.reverse();
        other.derivations.reverse();
        other.readings.extend(one.readings.clone());
        assert_eq!(
            format!("{:?}", State::of(one)),
            format!("{:?}", State::of(other))
        );
    }

    #[test]
    fn of_two_traces_of_a_pair_the_one_with_a_direction_stands() {
        let (a, b) = (taken("A", "2031-03-05"), taken("B", "2031-03-06"));
        let directed = derived(&a, &b, DerivationKind::Reprint, &["The army"]);
        let mut undirected = derived(&b, &a, DerivationKind::Rewrite, &["The army took Velka"]);
        undirected.directed = false;
        let state = state_with(&[a, b], &[undirected, directed.clone()], &[]);
        assert_eq!(state.derivations, [directed]);
    }

    #[test]
    fn what_was_taken_back_does_not_stand_and_taking_back_can_be_taken_back() {
        let name = |n: &str| Item::Name(n.to_string());
        let first = Judgement::new(name("A"), name("B"), Verdict::Same, "ann", "one", "1");
        let second = Judgement::new(name("A"), name("C"), Verdict::Different, "ann", "two", "2");
        let undo = first.undo("bea", "no", "3");
        let redo = undo.undo("ann", "yes after all", "4");
        let stand = |judgements: &[&Judgement]| {
            let given = judgements.iter().map(|j| (*j).clone()).collect();
            let mut reasons: Vec<_> = standing(given).into_iter().map(|j| j.reason).collect();
            reasons.sort();
            reasons.join(" ")
        };
        assert_eq!(stand(&[&first, &second]), "one two");
        assert_eq!(stand(&[&undo, &second, &first]), "two");
        assert_eq!(stand(&[&redo, &undo, &second, &first]), "one two");
        // Only the entry that takes back is there.
        assert_eq!(stand(&[&undo]), "");
    }
}
