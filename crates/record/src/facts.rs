//! Claims with the names in them followed to what they mean: what the computed side reads.

use crate::sides::{Side, Whose, state_key, whose};
use crate::words::{
    TABLES, content, each_token, fold, is_stop, meaning, stem, tokens, with_states,
};
use crate::{ClaimState, Entity, ReportState, State};
use foldhash::fast::FixedState;
use rapporteur_model::{
    Aspect, ClaimId, DerivationKind, EntityId, Item, Kind, Mention, Polarity, Realis, ReportId,
    Span, Subject, TalksDetail, Verdict, What, When,
};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// All claims of a state, in order of their reports and places there.
pub(crate) struct Facts<'a> {
    pub(crate) state: &'a State,
    pub(crate) list: Vec<Fact<'a>>,
    stems: Stems,
    /// The side of each organisation and place.
    bodies: Bodies,
    /// Claims that a person judged to say the same, or not to.
    same: BTreeSet<(usize, usize)>,
    different: BTreeSet<(usize, usize)>,
    /// What is known of each report that makes claims, by [`Fact::told_in`].
    reports: Vec<About>,
    /// The reports that each is a copy or a later version of.
    copied_from: BTreeMap<&'a ReportId, Vec<(&'a ReportId, DerivationKind)>>,
    /// The claims of later versions that only repeat a claim.
    repeated: BTreeMap<&'a ClaimId, Vec<&'a ClaimId>>,
    places: Places<'a>,
}

/// What is known of a report that makes claims.
struct About {
    /// Whom it means by words for a side without its name.
    home: Home,
    /// The numbers of the entities that it names, in order, without countries and what every report
    /// names; `None`: it names nothing.
    matters: Option<Vec<u32>>,
    /// The countries that it names, but for those that every report does.
    lands: Vec<u32>,
    /// Its named places, in order of its text.
    named: Vec<(Span, Spot)>,
}

/// A claim with the names in it followed.
pub(crate) struct Fact<'a> {
    pub(crate) state: &'a ClaimState,
    pub(crate) report: &'a ReportState,
    /// The number of its report among those that make claims.
    pub(crate) told_in: usize,
    /// When it happened or holds, from either field that says so.
    pub(crate) when: Option<When>,
    pub(crate) actors: Vec<Side>,
    pub(crate) recipients: Vec<Side>,
    /// The sides of its sources, nearest the fact first.
    pub(crate) speakers: Vec<Side>,
    /// Who says it, nearest the fact, where that is someone with a name.
    pub(crate) mouth: Option<String>,
    pub(crate) spots: Vec<Spot>,
    /// Its words' stems, as numbers, in order.
    pub(crate) stems: Vec<u32>,
    /// A claim about ground on words that only pledge, offer, demand or deny it: "has pledged not
    /// to attack".
    pub(crate) promised: bool,
}

/// What two texts have in common, rare stems counting more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Overlap {
    /// The share of both, 0 to 1.
    pub(crate) likeness: f64,
    /// The share of the shorter one, 0 to 1.
    pub(crate) contained: f64,
    /// How many stems.
    pub(crate) shared: usize,
}

/// A place that a claim is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Equal for names of one place.
    pub(crate) key: String,
    /// As printed, or the preferred name.
    pub(crate) name: String,
    /// `town`, `camp`, `province` …, where the words say so.
    pub(crate) kind: Option<String>,
    /// Is it one place with a name? "24 districts" and "the provincial capitals" are not.
    pub(crate) named: bool,
    pub(crate) entity: Option<EntityId>,
}

/// A person or body in a delegation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) key: String,
    pub(crate) name: String,
    /// The stems of the role that the report gives, and of whom it is held for.
    pub(crate) role: BTreeSet<String>,
}

impl<'a> Fact<'a> {
    pub(crate) fn id(&self) -> &'a ClaimId {
        self.state.claim.id()
    }

    pub(crate) fn what(&self) -> &'a What {
        self.state.claim.what()
    }

    pub(crate) fn exact(&self) -> &'a str {
        self.state.claim.evidence().exact()
    }

    pub(crate) fn span(&self) -> Span {
        self.state.claim.evidence().span()
    }

    pub(crate) fn detail(&self) -> Option<&'a TalksDetail> {
        match &self.what().subject {
            Subject::Talks(detail) => Some(detail),
            _ => None,
        }
    }

    /// When its report was published, as far as known.
    pub(crate) fn written(&self) -> Option<When> {
        self.report.published.when
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.what().factuality.polarity == Polarity::Negative
    }

    /// Said to have happened or to hold: not planned, offered, demanded or conditional.
    pub(crate) fn is_actual(&self) -> bool {
        self.what().factuality.realis == Realis::Actual
    }

    pub(crate) fn same_report(&self, other: &Fact<'_>) -> bool {
        self.told_in == other.told_in
    }

    /// Do the two come from one mouth in one report?
    pub(crate) fn same_breath(&self, other: &Fact<'_>) -> bool {
        let voice = |fact: &Fact<'_>| fact.speakers.first().map(|s| s.key.clone());
        self.same_report(other) && voice(self) == voice(other)
    }

    /// Who says it, for people: the source, else the publisher.
    pub(crate) fn voice(&self) -> String {
        let sources = &self.what().attribution.sources;
        let publisher = || self.report.report.masthead().publisher.clone();
        let file = |path: &String| path.rsplit(['/', '\\']).next().map(str::to_string);
        let path = || self.report.paths.first().and_then(file);
        let Some(source) = sources.first() else {
            let unknown = || "a publisher that is not known".to_string();
            return publisher().or_else(path).unwrap_or_else(unknown);
        };
        let mention = &source.mention;
        let name = mention.stands_for.as_ref().unwrap_or(&mention.name).clone();
        match &mention.role {
            Some(role) if !source.anonymous => match &role.of {
                Some(of) => format!("{name} ({}, {of})", role.role),
                None => format!("{name} ({})", role.role),
            },
            _ => name,
        }
    }
}

impl<'a> Facts<'a> {
    /// Follows the names of every claim.
    pub(crate) fn of(state: &'a State) -> Facts<'a> {
        let places = Places::of(state);
        let bodies = bodies(state);
        let telling = telling(state);
        let mut reports: Vec<About> = vec![];
        let mut stems = Stems::default();
        let mut list = vec![];
        // What a later version repeats is said once.
        let once = |claim: &&ClaimState| claim.repeats.is_none() && !is_caption(state, claim);
        let mut claims: Vec<(&ClaimState, Vec<u32>)> = vec![];
        for claim in state.claims.values().filter(once) {
            if state.reports.contains_key(claim.claim.evidence().report()) {
                claims.push((claim, stems.counted(claim.claim.evidence().exact())));
            }
        }
        stems.weigh(claims.len());
        claims.sort_by_key(|(claim, _)| {
            let evidence = claim.claim.evidence();
            (evidence.report(), evidence.span(), claim.claim.id())
        });
        // What is of one report stands together now.
        let mut claims = claims.into_iter().peekable();
        while let Some((first, _)) = claims.peek() {
            let id = first.claim.evidence().report();
            let Some((id, report)) = state.reports.get_key_value(id) else {
                break;
            };
            let home = home(state, &bodies, report);
            let names = Names {
                state,
                bodies: &bodies,
                home: &home,
            };
            let told_in = reports.len();
            let of_report = |(claim, _): &(&ClaimState, _)| claim.claim.evidence().report() == id;
            while let Some((claim, numbers)) = claims.next_if(of_report) {
                list.push(followed(&names, &places, claim, (report, told_in), numbers));
            }
            reports.push(About {
                home,
                matters: (!report.names.is_empty())
                    .then(|| named_of(&telling, Tells::Matter, report)),
                lands: named_of(&telling, Tells::Land, report),
                named: named_places(state, &places, report),
            });
        }
        mark_promised(&mut list);
        stems.count_reports(&list);
        let (same, different) = judged(state, &list);
        let mut repeated: BTreeMap<&ClaimId, Vec<&ClaimId>> = BTreeMap::new();
        for (id, claim) in &state.claims {
            if let Some(first) = &claim.repeats {
                repeated.entry(first).or_default().push(id);
            }
        }
        Facts {
            state,
            list,
            repeated,
            stems,
            bodies,
            same,
            different,
            reports,
            copied_from: copied_from(state),
            places,
        }
    }

    /// Of the sources of every claim, whether they speak for one of these parties; nothing where none is listed. A body
    /// that is known and not listed is none; whoever has no side that is known may be one.
    pub(crate) fn parties(&self, listed: &[String]) -> Vec<(ClaimId, Vec<Option<bool>>)> {
        if listed.is_empty() {
            return vec![];
        }
        let mut keys: BTreeSet<String> = BTreeSet::new();
        let folded: BTreeSet<String> = listed.iter().map(|name| fold(name)).collect();
        for name in listed {
            let side = Side::of_words(name);
            keys.extend(side.is_named().then_some(side.key));
        }
        for (entity, body) in self.state.entities.iter().zip(&self.bodies) {
            if entity.names.iter().any(|name| folded.contains(&fold(name))) {
                let person = || format!("person {}", entity.id);
                keys.insert(body.as_ref().map_or_else(person, |side| side.key.clone()));
            }
        }
        let homes: BTreeMap<&ReportId, &Home> = (self.list.iter())
            .filter_map(|fact| {
                Some((
                    fact.report.report.id(),
                    &self.reports.get(fact.told_in)?.home,
                ))
            })
            .collect();
        let nobody = Home::default();
        let of = |claim: &ClaimState| {
            let id = claim.claim.evidence().report();
            let report = self.state.reports.get(id)?;
            let names = Names {
                state: self.state,
                bodies: &self.bodies,
                home: homes.get(id).copied().unwrap_or(&nobody),
            };
            let sources = claim.claim.what().attribution.sources.iter();
            let is_party = |side: Side| match keys.contains(&side.key) {
                true => Some(true),
                // "Officials" and "residents" may be anybody's.
                false => {
                    let is_known = side.entity.is_some() || side.is_state();
                    (is_known && side.is_named() && side.is_body()).then_some(false)
                }
            };
            Some(
                sources
                    .map(|source| is_party(names.side(report, &source.mention)))
                    .collect(),
            )
        };
        let claims = self.state.claims.iter();
        claims
            .filter_map(|(id, claim)| Some((id.clone(), of(claim)?)))
            .collect()
    }

    /// The claim at that number.
    pub(crate) fn get(&self, number: usize) -> &Fact<'a> {
        &self.list[number]
    }

    /// Do the two claims' reports tell of one matter: do they name two of the same people, places
    /// or bodies?
    pub(crate) fn one_matter(&self, a: &Fact<'_>, b: &Fact<'_>) -> bool {
        let of = |fact: &Fact<'_>| self.about(fact)?.matters.as_ref();
        let (Some(one), Some(other)) = (of(a), of(b)) else {
            return true;
        };
        a.same_report(b) || in_both(one, other).take(2).count() == 2
    }

    /// The same of two claims whose words are much alike: then one of the two may be a country.
    pub(crate) fn one_matter_by_words(&self, a: &Fact<'_>, b: &Fact<'_>) -> bool {
        // As alike as two counts of one number must be.
        const ALIKE: f64 = 0.3;
        let named = || {
            let (one, other) = (self.about(a)?, self.about(b)?);
            in_both(one.matters.as_ref()?, other.matters.as_ref()?).next()?;
            in_both(&one.lands, &other.lands).next()
        };
        self.one_matter(a, b) || named().is_some() && self.likeness(&a.stems, &b.stems).0 >= ALIKE
    }

    /// Do the two claims' reports tell of one event: do they name many of the same, within a few days?
    pub(crate) fn one_event(&self, a: &Fact<'_>, b: &Fact<'_>) -> bool {
        const MANY: usize = 4;
        const DAYS: i64 = 3;
        let of = |fact: &Fact<'_>| self.about(fact)?.matters.as_ref();
        let (Some(one), Some(other)) = (of(a), of(b)) else {
            return false;
        };
        let near = matches!((a.written(), b.written()), (Some(x), Some(y))
            if crate::compare::days_between(x, y) <= DAYS);
        near && in_both(one, other).take(MANY).count() == MANY
    }

    fn about(&self, fact: &Fact<'_>) -> Option<&About> {
        self.reports.get(fact.told_in)
    }

    /// Is the second claim's report a later version of the first's (`true`), or the other way round
    /// (`false`)?
    pub(crate) fn revised(&self, a: &Fact<'_>, b: &Fact<'_>) -> Option<bool> {
        let of = |fact: &Fact<'_>, other: &Fact<'_>| {
            let from = self.copied_from.get(fact.report.report.id());
            let earlier = (other.report.report.id(), DerivationKind::Revision);
            from.is_some_and(|from| from.contains(&earlier))
        };
        match (of(b, a), of(a, b)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// Do the claims stand in reports of which one at least is no copy of another?
    pub(crate) fn are_several(&self, numbers: &[usize]) -> bool {
        let reports = numbers.iter().map(|n| self.get(*n).report.report.id());
        let reports: BTreeSet<&ReportId> = reports.collect();
        let copied = |report: &&&ReportId| {
            let from = self.copied_from.get(*report);
            from.is_some_and(|from| from.iter().any(|(id, _)| reports.contains(id)))
        };
        reports.len() - reports.iter().filter(copied).count() > 1
    }

    /// The claims of later versions that only repeat one.
    pub(crate) fn repeats_of(&self, id: &ClaimId) -> impl Iterator<Item = &'a ClaimId> {
        self.repeated.get(id).into_iter().flatten().copied()
    }

    /// The claims whose words hold the given one's or lie within them, itself included.
    pub(crate) fn on_same_words(&self, number: usize) -> impl Iterator<Item = usize> {
        let fact = self.get(number);
        let from = number.saturating_sub(NEAR);
        let to = self.list.len().min(number + 1 + NEAR);
        (from..to).filter(move |other| {
            let other = self.get(*other);
            let (one, other_span) = (fact.span(), other.span());
            other.same_report(fact) && (one.contains(other_span) || other_span.contains(one))
        })
    }

    /// Did a person judge that the two say the same (`true`), or not (`false`)?
    pub(crate) fn judged(&self, a: usize, b: usize) -> Option<bool> {
        let pair = (a.min(b), a.max(b));
        if self.different.contains(&pair) {
            Some(false)
        } else {
            self.same.contains(&pair).then_some(true)
        }
    }

    /// All pairs that a person judged to say the same.
    pub(crate) fn judged_same(&self) -> impl Iterator<Item = (usize, usize)> {
        self.same.iter().copied()
    }

    /// The stems of a text, as numbers, in order.
    pub(crate) fn stems(&self, text: &str) -> Vec<u32> {
        self.stems_with(text).0
    }

    /// The same, and whether a state's name of several words may begin in the text.
    pub(crate) fn stems_with(&self, text: &str) -> (Vec<u32>, bool) {
        let mut stems: Vec<u32> = vec![];
        let mut may_name_states = false;
        each_token(text, |word| match self.stems.of_word.get(word) {
            Some(known) => {
                stems.extend(known.stem);
                may_name_states |= known.begins_state;
            }
            None => may_name_states |= TABLES.state_runs.contains_key(word),
        });
        if may_name_states {
            stems.clear();
            let words = with_states(text).into_iter();
            stems.extend(words.filter_map(|word| self.stems.of_word.get(&word)?.stem));
        }
        stems.sort_unstable();
        stems.dedup();
        (stems, may_name_states)
    }

    /// The number of the stem that a word has, where any claim has it.
    pub(crate) fn stem_of(&self, word: &str) -> Option<u32> {
        match self.stems.of_word.get(word) {
            Some(known) => known.stem,
            None => self.stems.numbers.get(&meaning(word)).copied(),
        }
    }

    /// The stems of the names within a claim's words, as numbers.
    pub(crate) fn names_in(&self, fact: &Fact<'_>) -> BTreeSet<u32> {
        let span = fact.span();
        let mentions = fact.report.mentions.iter();
        let within = mentions.filter(|m| m.kind.is_some() && span.contains(m.span));
        let is_name = |mention: &&Mention| mention.name.chars().any(char::is_uppercase);
        let names = within.filter(is_name);
        names.flat_map(|m| self.stems(&m.name)).collect()
    }

    /// In how many claims a stem stands.
    pub(crate) fn claims_with(&self, stem: u32) -> u32 {
        self.stems.common.get(stem as usize).copied().unwrap_or(0)
    }

    /// Does it stand in claims of several reports?
    pub(crate) fn is_shared(&self, stem: u32) -> bool {
        self.stems
            .reports
            .get(stem as usize)
            .is_some_and(|reports| *reports > 1)
    }

    /// How much of two texts' stems they share, rare stems counting more: 0 to 1, and how many.
    pub(crate) fn likeness(&self, a: &[u32], b: &[u32]) -> (f64, usize) {
        let overlap = self.overlap(a, b);
        (overlap.likeness, overlap.shared)
    }

    /// What two texts' stems have in common.
    pub(crate) fn overlap(&self, a: &[u32], b: &[u32]) -> Overlap {
        let sum = |stems: &[u32]| stems.iter().map(|s| self.weight(*s)).sum::<f64>();
        let (mut both, mut shared) = (0.0, 0);
        for stem in in_both(a, b) {
            both += self.weight(stem);
            shared += 1;
        }
        let (one, other) = (sum(a), sum(b));
        let of = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        Overlap {
            likeness: of(2.0 * both, one + other),
            contained: of(both, one.min(other)),
            shared,
        }
    }

    /// How rare a stem is: 1 for one that stands everywhere, more for rarer ones.
    pub(crate) fn weight(&self, stem: u32) -> f64 {
        let weights = &self.stems.weights;
        weights
            .get(stem as usize)
            .copied()
            .unwrap_or(self.stems.of_none)
    }

    /// The side that a mention stands for.
    pub(crate) fn side(&self, fact: &Fact<'_>, mention: &Mention) -> Side {
        let nobody = Home::default();
        let names = Names {
            state: self.state,
            bodies: &self.bodies,
            home: self.about(fact).map_or(&nobody, |about| &about.home),
        };
        names.side(fact.report, mention)
    }

    /// The place that a mention names.
    pub(crate) fn spot(&self, fact: &Fact<'_>, mention: &Mention) -> Spot {
        self.places.spot(self.state, fact.report, mention)
    }

    /// The person or body that a mention names.
    pub(crate) fn who(&self, fact: &Fact<'_>, mention: &Mention) -> Who {
        let entity = fact.report.entity(mention);
        let entity = entity.and_then(|at| self.state.entities.get(at));
        let printed = mention.stands_for.as_ref().unwrap_or(&mention.name);
        let name = entity.and_then(|e| e.names.first()).unwrap_or(printed);
        let mut role = BTreeSet::new();
        if let Some(held) = &mention.role {
            role.extend(content(&held.role));
            role.extend(held.of.as_deref().map(content).unwrap_or_default());
        }
        Who {
            key: entity.map_or_else(|| fold(printed), |e| e.id.to_string()),
            name: name.clone(),
            role,
        }
    }

    /// Where something is said to be: the places that the claim names and those inside its words;
    /// else those named last before it. Countries count only where nothing nearer stands. Also says
    /// whether the claim's own words name them.
    pub(crate) fn scene(&self, fact: &Fact<'_>) -> (Vec<Spot>, bool) {
        let of_claim: Vec<Spot> = fact.spots.iter().filter(|s| s.named).cloned().collect();
        let near = |back: usize| self.named_near(fact, back);
        let (within, before): (Vec<_>, Vec<_>) = near(BEFORE_LONG)
            .into_iter()
            .partition(|(at, _)| *at >= fact.span().start);
        let spots = |of: &[(usize, Spot)]| of.iter().map(|(_, s)| s.clone()).collect::<Vec<_>>();
        let soon: Vec<(usize, Spot)> = (before.iter())
            .filter(|(at, _)| at + BEFORE >= fact.span().start)
            .cloned()
            .collect();
        let mut own = of_claim.clone();
        own.extend(spots(&within).into_iter().filter(|s| !of_claim.contains(s)));
        let levels = [(own, true), (spots(&soon), false), (spots(&before), false)];
        for (spots, own) in levels {
            let near: Vec<Spot> = spots.into_iter().filter(|s| !is_country(s)).collect();
            if !near.is_empty() {
                return (near, own);
            }
        }
        let own = !of_claim.is_empty();
        (of_claim, own)
    }

    /// The places that a report names inside a claim's words and up to so many bytes before them,
    /// the last first, with where they stand. Places within the words for a source are left out.
    fn named_near(&self, fact: &Fact<'_>, back: usize) -> Vec<(usize, Spot)> {
        let span = fact.span();
        let sources = fact.what().attribution.sources.iter();
        let of_sources: Vec<Span> = sources.map(|s| s.mention.span).collect();
        let named = self.about(fact).map_or(&[][..], |about| &about.named);
        let from = named.partition_point(|(at, _)| at.start + back < span.start);
        let near = named[from..]
            .iter()
            .take_while(|(at, _)| at.start < span.end);
        let apart = near.filter(|(at, _)| !of_sources.iter().any(|s| s.overlaps(*at)));
        let mut spots: Vec<(usize, Spot)> = apart.map(|(at, s)| (at.start, s.clone())).collect();
        spots.reverse();
        spots
    }
}

/// What stands in both of two lists in order.
pub(crate) fn in_both<'l>(one: &'l [u32], other: &'l [u32]) -> impl Iterator<Item = u32> + 'l {
    let (mut one, mut other) = (one, other);
    std::iter::from_fn(move || {
        while let ([a, rest @ ..], [b, others @ ..]) = (one, other) {
            match a.cmp(b) {
                Ordering::Less => one = rest,
                Ordering::Greater => other = others,
                Ordering::Equal => {
                    (one, other) = (rest, others);
                    return Some(*a);
                }
            }
        }
        None
    })
}

/// Does it stand in the caption of a gallery? Captions say the same of each picture.
fn is_caption(state: &State, claim: &ClaimState) -> bool {
    let report = state.reports.get(claim.claim.evidence().report());
    let sentence = report.and_then(|r| r.report.slice(claim.claim.sentence()));
    let sentence = sentence.unwrap_or_default().to_lowercase();
    (TABLES.caption_marks.iter()).any(|mark| sentence.contains(mark))
}

fn copied_from(state: &State) -> BTreeMap<&ReportId, Vec<(&ReportId, DerivationKind)>> {
    let mut from: BTreeMap<&ReportId, Vec<(&ReportId, DerivationKind)>> = BTreeMap::new();
    let copies = state
        .derivations
        .iter()
        .filter(|d| d.kind != DerivationKind::Quotation);
    for derivation in copies {
        from.entry(&derivation.to)
            .or_default()
            .push((&derivation.from, derivation.kind));
    }
    from
}

/// What an entity says of the matter of a report that names it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// Nothing: every report names it.
    Nothing,
    /// It is one of many matters in a country.
    Land,
    /// It is this matter and no other.
    Matter,
}

/// What each entity tells, by its place in the state.
fn telling(state: &State) -> Vec<Tells> {
    // Among so many reports, what a quarter of them names tells no matter from another.
    const MANY: usize = 40;
    let all = state.reports.len();
    let tells = |entity: &Entity| {
        let country = |name: &String| TABLES.states.contains_key(&fold(name));
        match all >= MANY && entity.reports * 4 > all {
            true => Tells::Nothing,
            false if entity.names.iter().any(country) => Tells::Land,
            false => Tells::Matter,
        }
    };
    state.entities.iter().map(tells).collect()
}

/// The numbers of the entities that a report names and that tell so much, in order.
fn named_of(telling: &[Tells], tells: Tells, report: &ReportState) -> Vec<u32> {
    let named = report.names.values();
    let named = named.filter(|n| telling.get(**n) == Some(&tells));
    let mut numbers: Vec<u32> = named.filter_map(|n| u32::try_from(*n).ok()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The named places of a report, in order of the text.
fn named_places(state: &State, places: &Places<'_>, report: &ReportState) -> Vec<(Span, Spot)> {
    let mentions = report
        .mentions
        .iter()
        .filter(|m| m.kind == Some(Kind::Place));
    let spots = mentions.map(|m| (m.span, places.spot(state, report, m)));
    let mut named: Vec<(Span, Spot)> = spots.filter(|(_, s)| s.named).collect();
    named.sort_by_key(|(at, _)| *at);
    named
}

/// How far before a claim its place may stand: some three sentences, and where those name none,
/// some eight.
const BEFORE: usize = 400;
const BEFORE_LONG: usize = 1200;

pub(crate) fn is_country(spot: &Spot) -> bool {
    TABLES.state_names.contains(&fold(&spot.name))
}

/// Stems with their numbers, each word being cut once. The tables are only looked up.
#[derive(Default)]
struct Stems {
    of_word: HashMap<String, Known, FixedState>,
    numbers: HashMap<String, u32, FixedState>,
    /// In how many claims each stem stands, by its number.
    common: Vec<u32>,
    /// In the claims of how many reports.
    reports: Vec<u32>,
    /// How rare each is, and one that is not known.
    weights: Vec<f64>,
    of_none: f64,
}

/// What is known of a word.
#[derive(Clone, Copy)]
struct Known {
    /// The number of its stem; none for words without content.
    stem: Option<u32>,
    /// Does a state's name of several words begin with it?
    begins_state: bool,
}

impl Stems {
    /// The stems of a claim's words, as numbers, in order; each is counted for one claim more.
    fn counted(&mut self, text: &str) -> Vec<u32> {
        let mut numbers: Vec<u32> = vec![];
        for word in with_states(text) {
            let number = match self.of_word.get(&word) {
                Some(known) => known.stem,
                None => self.added(word),
            };
            numbers.extend(number);
        }
        numbers.sort_unstable();
        numbers.dedup();
        for number in &numbers {
            if let Some(count) = self.common.get_mut(*number as usize) {
                *count += 1;
            }
        }
        numbers
    }

    /// Counts in how many reports each stem stands; what is of one report stands together.
    fn count_reports(&mut self, list: &[Fact<'_>]) {
        self.reports = vec![0; self.common.len()];
        for claims in list.chunk_by(|a, b| a.same_report(b)) {
            let mut stems: Vec<u32> = claims
                .iter()
                .flat_map(|c| c.stems.iter().copied())
                .collect();
            stems.sort_unstable();
            stems.dedup();
            for stem in stems {
                if let Some(count) = self.reports.get_mut(stem as usize) {
                    *count += 1;
                }
            }
        }
    }

    /// Says how rare each stem is among so many claims.
    fn weigh(&mut self, claims: usize) {
        let all = claims.max(1) as f64;
        let weight = |common: u32| 1.0 + (all / f64::from(common.max(1))).ln();
        self.weights = self.common.iter().map(|common| weight(*common)).collect();
        self.of_none = weight(1);
    }

    fn added(&mut self, word: String) -> Option<u32> {
        let number = (!is_stop(&word)).then(|| {
            let next = u32::try_from(self.common.len()).unwrap_or(u32::MAX);
            let number = *self.numbers.entry(meaning(&word)).or_insert(next);
            if number == next {
                self.common.push(0);
            }
            number
        });
        let known = Known {
            stem: number,
            begins_state: TABLES.state_runs.contains_key(&word),
        };
        self.of_word.insert(word, known);
        number
    }
}

fn followed<'a>(
    names: &Names<'_>,
    places: &Places<'a>,
    claim: &'a ClaimState,
    (report, told_in): (&'a ReportState, usize),
    stems: Vec<u32>,
) -> Fact<'a> {
    let state = names.state;
    let what = claim.claim.what();
    let speaker = (what.attribution.sources.first()).map(|s| names.side(report, &s.mention));
    // "Our fighters", says someone of a group, or "the army" someone of a state: their own.
    let of_side = |mention: &Mention| {
        let side = side(state, names.bodies, report, mention);
        match &speaker {
            Some(own) if !side.is_named() && own.is_named() && own.is_body() => {
                match own.is_state() == side.is_state() {
                    true => own.clone(),
                    false => at_home(side, names.home),
                }
            }
            _ => at_home(side, names.home),
        }
    };
    let sides = |mentions: &[Mention]| -> Vec<Side> {
        let mut found: Vec<Side> = vec![];
        for mention in mentions {
            let side = of_side(mention);
            if !found.iter().any(|s| s.is(&side)) {
                found.push(side);
            }
        }
        found
    };
    let sources = what.attribution.sources.iter().map(|s| &s.mention);
    let mut spots: Vec<Spot> = vec![];
    for mention in &what.place {
        let spot = places.spot(state, report, mention);
        if !spots.iter().any(|s| s.key == spot.key) {
            spots.push(spot);
        }
    }
    Fact {
        state: claim,
        report,
        when: claim.when.or(claim.talks_when),
        actors: sides(&what.actor),
        recipients: sides(&what.recipient),
        speakers: sources.map(&of_side).collect(),
        mouth: (what.attribution.sources.first())
            .filter(|source| !source.anonymous)
            .and_then(|source| report.entity(&source.mention))
            .and_then(|at| state.entities.get(at))
            .map(|entity| entity.id.to_string()),
        spots,
        stems,
        told_in,
        promised: false,
    }
}

/// What is needed to follow a report's names to their sides.
struct Names<'a> {
    state: &'a State,
    bodies: &'a Bodies,
    home: &'a Home,
}

impl Names<'_> {
    fn side(&self, report: &ReportState, mention: &Mention) -> Side {
        at_home(side(self.state, self.bodies, report, mention), self.home)
    }
}

/// The side of each entity that is no person, by its place.
type Bodies = Vec<Option<Side>>;

/// The side of each organisation and place: a state's where any of its names says so.
fn bodies(state: &State) -> Bodies {
    let body = |entity: &Entity| {
        let name = entity
            .names
            .first()
            .filter(|_| entity.kind != Kind::Person)?;
        let mut side = Side::of_words(name);
        let of_state = entity.names.iter().find_map(|form| match whose(form) {
            Whose::State(state) => Some(state_key(&state)),
            _ => None,
        });
        side.key = of_state.unwrap_or(side.key);
        side.entity = Some(entity.id.clone());
        Some(side)
    };
    state.entities.iter().map(body).collect()
}

/// The side that a mention stands for: a person's is that of the body for which the person's role
/// is held.
fn side(state: &State, bodies: &Bodies, report: &ReportState, mention: &Mention) -> Side {
    let place = report.entity(mention);
    if let Some(side) = place.and_then(|at| bodies.get(at)?.as_ref()) {
        return side.clone();
    }
    let entity = place.and_then(|at| state.entities.get(at));
    let printed = mention.stands_for.as_ref().unwrap_or(&mention.name);
    if mention.kind != Some(Kind::Person) && entity.is_none() {
        return Side::of_words(printed);
    }
    let here = mention.role.iter().filter_map(|r| r.of.as_ref());
    let held = entity.iter().flat_map(|e| &e.roles);
    for of in here.chain(held.filter_map(|r| r.of.as_ref())) {
        if let Some(side) = side_of_body(state, bodies, report, of) {
            return side;
        }
    }
    let id = entity.map(|e| e.id.clone());
    // "His fighters" are a group's people, whoever they are.
    if matches!(whose(printed), Whose::SomeState | Whose::SomeGroup) {
        return Side::of_words(printed);
    }
    let own = || format!("person {}", fold(printed));
    Side {
        key: id.as_ref().map_or_else(own, |id| format!("person {id}")),
        name: entity
            .and_then(|e| e.names.first())
            .unwrap_or(printed)
            .clone(),
        entity: id,
    }
}

/// The side that a role is held for, where its words name a state or an organisation.
fn side_of_body(state: &State, bodies: &Bodies, report: &ReportState, of: &str) -> Option<Side> {
    let body = Mention::plain(Span::default(), of);
    let place = report.entity(&body);
    let entity = place.and_then(|at| state.entities.get(at));
    let known = place.and_then(|at| bodies.get(at)?.as_ref());
    let known = known.filter(|side| {
        let is_place = entity.is_some_and(|e| e.kind == Kind::Place);
        side.is_named() && (side.is_state() || !is_place)
    });
    known.cloned().or_else(|| match whose(of) {
        Whose::State(state) => Some(Side {
            key: state_key(&state),
            name: of.to_string(),
            entity: None,
        }),
        _ => None,
    })
}

/// Whom a report means by words for a side without its name.
#[derive(Clone, Debug, Default)]
struct Home {
    /// By "the army" or "the government".
    state: Option<Side>,
    /// By "the group" or "the movement".
    group: Option<Side>,
}

/// A state's organs, or a group's people, without a name are those of the report's own.
fn at_home(side: Side, home: &Home) -> Side {
    let own = match side.is_state() {
        true => &home.state,
        false => &home.group,
    };
    match own {
        Some(own) if !side.is_named() => own.clone(),
        _ => side,
    }
}

/// Whom a report means by "the army" and by "the group": the state whose organs, and the group that,
/// it names most, where it names no other half as often. Where it names no organ with its state, the
/// country it names most.
fn home(state: &State, bodies: &Bodies, report: &ReportState) -> Home {
    let mut states: BTreeMap<String, (usize, Side)> = BTreeMap::new();
    let mut groups: BTreeMap<String, (usize, Side)> = BTreeMap::new();
    let mut lands: BTreeMap<String, (usize, Side)> = BTreeMap::new();
    for mention in &report.mentions {
        if !matches!(mention.kind, Some(Kind::Organization | Kind::Place)) {
            continue;
        }
        let side = side(state, bodies, report, mention);
        if !side.is_named() {
            continue;
        }
        if mention.kind == Some(Kind::Place) {
            if side.is_state() {
                lands.entry(side.key.clone()).or_insert((0, side)).0 += 1;
            }
            continue;
        }
        let words = tokens(&mention.name);
        let has_organ = words.iter().any(|w| TABLES.state_words.contains(w));
        if side.is_state() && words.len() > 1 && has_organ {
            states.entry(side.key.clone()).or_insert((0, side)).0 += 1;
        } else if !side.is_state() {
            groups.entry(side.key.clone()).or_insert((0, side)).0 += 1;
        }
    }
    Home {
        state: most_named(if states.is_empty() { lands } else { states }),
        group: most_named(groups),
    }
}

fn most_named(named: BTreeMap<String, (usize, Side)>) -> Option<Side> {
    let mut counts: Vec<(usize, Side)> = named.into_values().collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    match &counts[..] {
        [(most, side), (next, _), ..] if *most >= 2 * next => Some(side.clone()),
        [(_, side)] => Some(side.clone()),
        _ => None,
    }
}

/// Marks claims about ground that stand on the same words as a pledge, an offer, a demand or a
/// denial.
fn mark_promised(list: &mut [Fact<'_>]) {
    let is_promise = |fact: &Fact<'_>| {
        fact.detail().is_some_and(|d| {
            matches!(
                d.aspect,
                Aspect::Pledge | Aspect::Offer | Aspect::Demand | Aspect::Denial
            )
        })
    };
    let mut promised = vec![];
    for (number, fact) in list.iter().enumerate() {
        let Subject::Ground(_) = fact.what().subject else {
            continue;
        };
        // Claims of one report stand side by side, in order of the text.
        let near = |other: &&Fact<'_>| other.same_report(fact);
        let before = list[..number].iter().rev().take_while(near).take(NEAR);
        let after = list[number + 1..].iter().take_while(near).take(NEAR);
        if before
            .chain(after)
            .any(|other| is_promise(other) && other.span().contains(fact.span()))
        {
            promised.push(number);
        }
    }
    for number in promised {
        list[number].promised = true;
    }
}

/// How many claims before and after one can stand on the same words.
const NEAR: usize = 12;

/// Which entity each place name means, whatever word for its kind stands beside it.
struct Places<'a> {
    /// By the name's own words.
    of: BTreeMap<String, &'a Entity>,
}

impl<'a> Places<'a> {
    fn of(state: &'a State) -> Places<'a> {
        let mut of: BTreeMap<String, &'a Entity> = BTreeMap::new();
        for entity in state.entities.iter().filter(|e| e.kind == Kind::Place) {
            for name in &entity.names {
                let known = of.entry(own_words(name).0).or_insert(entity);
                // The one that more reports name, then the one of fewer words.
                let rank = |e: &Entity| {
                    let name = e.names.first().map_or(0, String::len);
                    (e.reports, std::cmp::Reverse(name))
                };
                if rank(entity) > rank(known) {
                    *known = entity;
                }
            }
        }
        Places { of }
    }

    fn spot(&self, state: &State, report: &ReportState, mention: &Mention) -> Spot {
        let printed = mention.stands_for.as_ref().unwrap_or(&mention.name);
        let (words, kind, named) = own_words(printed);
        let entity = report.entity(mention).and_then(|at| state.entities.get(at));
        let entity = entity.filter(|e| e.kind == Kind::Place).or_else(|| {
            // A name printed with the word for its kind, which alone is no name of the report.
            self.of.get(&words).copied().filter(|_| named)
        });
        let preferred = entity.and_then(|e| e.names.first());
        let key = match preferred {
            Some(name) if named => own_words(name).0,
            _ => words,
        };
        // Names of one entity may have different words of their own: the first stands for all.
        let entity = self.of.get(&key).copied().or(entity);
        let key = entity.filter(|_| named).map_or(key, |e| e.id.to_string());
        let name = match entity.and_then(|e| e.names.first()) {
            Some(name) if named => name.clone(),
            _ => printed.clone(),
        };
        Spot {
            key,
            name,
            kind,
            named,
            entity: entity.map(|e| e.id.clone()),
        }
    }
}

/// The words of a place's name that are its own, without those for its kind; the kind; and whether
/// it is one place with a name. "Velka city" is `velka`, a town; "Velka province" stays `velka
/// province`, since it is another place; "24 districts" has no name.
fn own_words(name: &str) -> (String, Option<String>, bool) {
    let words = tokens(name);
    let digits = |w: &String| w.starts_with(|c: char| c.is_ascii_digit());
    let counted = (words.first()).is_some_and(|w| TABLES.number_words.contains(w))
        || words.iter().any(digits);
    let kind_of = |word: &String| TABLES.place_kinds.get(&stem(word));
    let kind = (words.iter().rev().find_map(kind_of)).map(|k| k.kind.clone());
    let has_name = words.iter().any(|w| kind_of(w).is_none() && !is_stop(w));
    let with_case = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let named = !counted && has_name && (!with_case || name.chars().any(char::is_uppercase));
    if !named || words.iter().any(|w| TABLES.linking.contains(w)) {
        let edge = named.then(|| at_an_edge(&words)).flatten();
        return (edge.unwrap_or_else(|| words.join(" ")), kind, named);
    }
    // Each printed word: its folded words, and whether it begins with a small letter.
    let mut printed: Vec<(String, bool)> = (name.split(|c: char| c.is_whitespace() || c == '-'))
        .map(|w| (fold(w), w.starts_with(char::is_lowercase)))
        .filter(|(word, _)| !word.is_empty())
        .collect();
    // "the city of Velka", "the refugee camp at Velka".
    if let Some(at) = printed.iter().rposition(|(w, _)| TABLES.inside.contains(w))
        && at + 1 < printed.len()
        && printed[..at].iter().all(|(_, small)| *small)
        && printed[..at].iter().any(|(w, _)| kind_of(w).is_some())
    {
        printed.drain(..=at);
    }
    // "Velka border gates", "Velka refugee camp", "Velka City".
    while let [_, .., (last, small)] = &printed[..] {
        let spot = kind_of(last).is_some_and(|k| !k.area);
        let area = kind_of(last).is_some_and(|k| k.area);
        let rest = printed[..printed.len() - 1].iter().map(|(w, _)| w.as_str());
        let rest = rest.collect::<Vec<_>>().join(" ");
        // Mexico City is not Mexico.
        if area || !(spot || *small) || (!small && TABLES.state_names.contains(&rest)) {
            break;
        }
        printed.pop();
    }
    let own = printed.iter().filter(|(w, small)| !(*small && is_stop(w)));
    let own: Vec<&str> = own.map(|(w, _)| w.as_str()).collect();
    (own.join(" "), kind, named)
}

/// What stands for places that are described by what they border on, however that is put: "border
/// crossings with Velka" and "crossings on the borders with Velka".
fn at_an_edge(words: &[String]) -> Option<String> {
    let is_linking = |w: &String| TABLES.linking.contains(w);
    let kind_of = |w: &String| TABLES.place_kinds.get(&stem(w));
    let first = words.iter().position(is_linking)?;
    let last = words.iter().rposition(is_linking)?;
    let (before, beyond) = (words.get(..first)?, words.get(last + 1..)?);
    let bordering = |w: &String| !is_linking(w) || TABLES.bordering.contains(w);
    let plain = |w: &String| kind_of(w).is_some() || is_stop(w);
    if !words.iter().all(bordering) || !before.iter().all(plain) {
        return None;
    }
    let kind = before.iter().rev().find_map(kind_of)?;
    let beyond = beyond.iter().filter(|w| !plain(w));
    let beyond: Vec<&str> = beyond.map(String::as_str).collect();
    (!beyond.is_empty()).then(|| format!("{} {}", kind.kind, beyond.join(" ")))
}

type Pairs = BTreeSet<(usize, usize)>;

fn judged(state: &State, list: &[Fact<'_>]) -> (Pairs, Pairs) {
    let (mut same, mut different) = (Pairs::new(), Pairs::new());
    if state.judgements.is_empty() {
        return (same, different);
    }
    let numbers: BTreeMap<&ClaimId, usize> =
        list.iter().enumerate().map(|(n, f)| (f.id(), n)).collect();
    for judgement in &state.judgements {
        let (Item::Claim(a), Item::Claim(b)) = (&judgement.a, &judgement.b) else {
            continue;
        };
        // Judged of a later version that only repeats it, it is judged of the claim itself.
        let number = |id: &ClaimId| {
            let repeated = state.claims.get(id).and_then(|c| c.repeats.as_ref());
            numbers.get(repeated.unwrap_or(id)).copied()
        };
        let (Some(a), Some(b)) = (number(a), number(b)) else {
            continue;
        };
        let pair = (a.min(b), a.max(b));
        match judgement.verdict {
            Verdict::Same => same.insert(pair),
            Verdict::Different => different.insert(pair),
            Verdict::Unsure => continue,
        };
    }
    (same, different)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_keeps_its_name_with_or_without_its_kind() {
        let check = |name: &str, own: &str, kind: Option<&str>, named: bool| {
            let found = own_words(name);
            assert_eq!((&*found.0, found.1.as_deref(), found.2), (own, kind, named));
        };
        check("Velka", "velka", None, true);
        check("Velka city", "velka", Some("town"), true);
        check("the city of Velka", "velka", Some("town"), true);
        check("Velka Border Gate", "velka", Some("crossing"), true);
        check("Velka province", "velka province", Some("province"), true);
        check("Velka refugee camp", "velka", Some("camp"), true);
        check("the refugee camp at Velka", "velka", Some("camp"), true);
        check("Port Orsol", "port orsol", Some("crossing"), true);
        check("Mexico City", "mexico city", Some("town"), true);
        check(
            "crossings with Orsolo",
            "crossing orsolo",
            Some("crossing"),
            true,
        );
        check(
            "crossings on the borders with Orsolo",
            "crossing orsolo",
            Some("crossing"),
            true,
        );
        check(
            "villages near Orsolo",
            "villages near orsolo",
            Some("village"),
            true,
        );
        check("24 districts", "24 districts", Some("district"), false);
        check(
            "most of the districts",
            "most of the districts",
            Some("district"),
            false,
        );
        check(
            "provincial capitals",
            "provincial capitals",
            Some("town"),
            false,
        );
        check("camp", "camp", Some("camp"), false);
        check("South Velka", "south velka", None, true);
    }
}
