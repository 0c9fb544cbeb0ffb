//! One JSON object a line. The keys and their meaning are a contract with whoever reads the file:
//! add keys, never change one.
//!
//! Lines come in the order report, entity, time, claim, derivation, comparison; reports and
//! entities by id, times and claims by report and place in the text, derivations by their reports,
//! comparisons by topic and question. Offsets are Unicode code points of the report's body, end
//! exclusive: they are converted here and nowhere else. What nobody said is `null`.

use rapporteur_model::{
    Accounts, Action, Anchor, Aspect, Certainty, ClaimId, Date, Derivation, DerivationKind, Digest,
    EntityId, EventType, Figure, How, Kind, Manner, Mention, Of, Place, Polarity, Published,
    Realis, Relation, Report, ReportId, Said, Source, Span, Standing, Subject, TalksDetail, Time,
    When,
};
use rapporteur_record::{ClaimState, Entity, ReportState, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// The whole state, one JSON object a line, without line ends. `places`: where the entities lie that a
/// gazetteer knows.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let reports = (state.reports.values()).map(|report| {
        json(&report_line(
            &report.report,
            &report.paths,
            &report.published,
        ))
    });
    let entities = state
        .entities
        .iter()
        .map(|entity| json(&entity_line(entity, places.get(&entity.id))));
    let times = state.reports.values().flat_map(|report| {
        let points = Points::of(report.report.body());
        let line = move |time| json(&time_line(&report.report, &points, &report.anchor, time));
        report.times.iter().map(line)
    });
    let derivations = state.derivations.iter().filter_map(|derivation| {
        let from = &state.reports.get(&derivation.from)?.report;
        let to = &state.reports.get(&derivation.to)?.report;
        let (from, to) = (Points::of(from.body()), Points::of(to.body()));
        Some(json(&derivation_line(derivation, &from, &to)))
    });
    let mut repeats: Repeats<'_> = BTreeMap::new();
    for (id, claim) in &state.claims {
        if let Some(first) = &claim.repeats {
            repeats.entry(first).or_default().push(id);
        }
    }
    let mut accounts: Vec<ComparisonLine<'_>> = (state.accounts.iter())
        .map(|accounts| comparison_line(accounts, &repeats))
        .collect();
    accounts.sort_by(|a, b| (a.topic, a.question, &a.id).cmp(&(b.topic, b.question, &b.id)));
    let comparisons = accounts.into_iter().map(|line| json(&line));
    (reports.chain(entities).chain(times))
        .chain(claims(state, places))
        .chain(derivations)
        .chain(comparisons)
}

/// The lines of the claims alone.
pub fn claims<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    by_report(state).into_iter().flat_map(move |(id, claims)| {
        let report = state.reports.get(id);
        let points = report.map(|report| Points::of(report.report.body()));
        claims.into_iter().filter_map(move |claim| {
            let (report, points) = (report?, points.as_ref()?);
            let page = Page {
                state,
                places,
                report,
                points,
            };
            Some(json(&page.claim(claim)))
        })
    })
}

/// One claim as its line has it, its places without where they lie; `None`: it is not in the state.
pub fn claim(state: &State, id: &ClaimId) -> Option<serde_json::Value> {
    let claim = state.claims.get(id)?;
    let report = state.reports.get(claim.claim.evidence().report())?;
    let page = Page {
        state,
        places: &BTreeMap::new(),
        report,
        points: &Points::of(report.report.body()),
    };
    serde_json::to_value(page.claim(claim)).ok()
}

/// Claims by report, in the order of the text.
pub(super) fn by_report(state: &State) -> BTreeMap<&ReportId, Vec<&ClaimState>> {
    let mut reports: BTreeMap<&ReportId, Vec<&ClaimState>> = BTreeMap::new();
    for claim in state.claims.values() {
        let id = claim.claim.evidence().report();
        reports.entry(id).or_default().push(claim);
    }
    for claims in reports.values_mut() {
        claims.sort_by_key(|claim| {
            let span = claim.claim.evidence().span();
            (span.start, span.end, claim.claim.id())
        });
    }
    reports
}

/// A line as it is written. Nothing that is exported can fail to be: all keys are words.
pub fn json(line: &impl Serialize) -> String {
    serde_json::to_string(line).unwrap_or_default()
}

/// Where each code point of a text begins, to turn bytes into code points.
pub struct Points(Vec<usize>);

impl Points {
    /// Counts a text's code points.
    pub fn of(text: &str) -> Points {
        Points(text.char_indices().map(|(byte, _)| byte).collect())
    }

    /// How many code points begin before that byte.
    pub fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|begin| *begin < byte)
    }
}

/// A report.
#[derive(Serialize)]
pub struct ReportLine<'s> {
    r#type: &'static str,
    id: &'s ReportId,
    path: Option<&'s String>,
    paths: &'s [String],
    url: &'s Option<String>,
    publisher: &'s Option<String>,
    title: &'s Option<String>,
    byline: &'s Option<String>,
    credits: &'s [String],
    dateline: &'s Option<String>,
    published: PublishedValue,
    modified: PublishedValue,
    language: &'s Option<String>,
    body: &'s str,
}

#[derive(Serialize)]
struct PublishedValue {
    earliest: Option<Date>,
    latest: Option<Date>,
    how: How,
}

impl PublishedValue {
    fn of(published: &Published) -> PublishedValue {
        PublishedValue {
            earliest: published.when.map(|when| when.earliest),
            latest: published.when.map(|when| when.latest),
            how: published.how,
        }
    }
}

/// A report's line. `published` is what the record found, or the masthead's own.
pub fn report_line<'s>(
    report: &'s Report,
    paths: &'s [String],
    published: &Published,
) -> ReportLine<'s> {
    let masthead = report.masthead();
    ReportLine {
        r#type: "report",
        id: report.id(),
        path: paths.first(),
        paths,
        url: &masthead.url,
        publisher: &masthead.publisher,
        title: &masthead.title,
        byline: &masthead.byline,
        credits: &masthead.credits,
        dateline: &masthead.dateline,
        published: PublishedValue::of(published),
        modified: PublishedValue::of(&masthead.modified),
        language: &masthead.language,
        body: report.body(),
    }
}

#[derive(Serialize)]
struct EntityLine<'s> {
    r#type: &'static str,
    id: &'s EntityId,
    kind: Kind,
    names: &'s [String],
    /// Ids in other collections, by the collection's name.
    identifiers: BTreeMap<&'static str, String>,
    roles: Vec<RoleValue<'s>>,
    reports: usize,
    reasons: &'s [String],
}

#[derive(Serialize)]
struct RoleValue<'s> {
    role: &'s str,
    of: Option<&'s str>,
    when: Option<When>,
}

fn entity_line<'s>(entity: &'s Entity, place: Option<&Place>) -> EntityLine<'s> {
    let geonames = place.and_then(|place| place.geonameid);
    EntityLine {
        r#type: "entity",
        id: &entity.id,
        kind: entity.kind,
        names: &entity.names,
        identifiers: (geonames.map(|id| ("geonames", id.to_string())))
            .into_iter()
            .collect(),
        roles: (entity.roles.iter())
            .map(|held| RoleValue {
                role: &held.role,
                of: held.of.as_deref(),
                when: held.when,
            })
            .collect(),
        reports: entity.reports,
        reasons: &entity.reasons,
    }
}

/// An expression of time.
#[derive(Serialize)]
pub struct TimeLine<'s> {
    r#type: &'static str,
    id: String,
    report: &'s ReportId,
    expression: &'s str,
    start: usize,
    end: usize,
    value: Option<String>,
}

/// A time's line, resolved from the day that the report speaks from.
pub fn time_line<'s>(
    report: &'s Report,
    points: &Points,
    anchor: &Anchor,
    time: &'s Time,
) -> TimeLine<'s> {
    let id = Digest::of("time")
        .field(&report.id().0)
        .field(time.span.start.to_string())
        .field(time.span.end.to_string());
    TimeLine {
        r#type: "time",
        id: id.finish(),
        report: report.id(),
        expression: &time.expression,
        start: points.at(time.span.start),
        end: points.at(time.span.end),
        value: time.form.resolve(anchor).map(When::iso),
    }
}

/// A name of a place and where it lies.
#[derive(Serialize)]
pub struct PlaceLine<'s> {
    r#type: &'static str,
    report: &'s ReportId,
    name: &'s str,
    start: usize,
    end: usize,
    at: Option<PointValue<'s>>,
}

/// Where a place lies, by a gazetteer.
#[derive(Serialize)]
struct PointValue<'s> {
    place: &'s str,
    precision: &'static str,
    country: Option<&'s str>,
    province: Option<&'s str>,
    geonameid: Option<u32>,
    lat: f64,
    lon: f64,
}

/// The line of a name of a place, and the place that is meant, where that is known.
pub fn place_line<'s>(
    report: &'s Report,
    points: &Points,
    span: Span,
    place: Option<&'s Place>,
) -> PlaceLine<'s> {
    PlaceLine {
        r#type: "place",
        report: report.id(),
        name: report.slice(span).unwrap_or_default(),
        start: points.at(span.start),
        end: points.at(span.end),
        at: place.map(|place| PointValue {
            place: &place.name,
            precision: place.kind.name(),
            country: place.country.as_deref(),
            province: place.province.as_deref(),
            geonameid: place.geonameid,
            lat: place.latitude,
            lon: place.longitude,
        }),
    }
}

/// A figure, with its words and where they stand.
#[derive(Serialize)]
pub struct FigureValue<'s> {
    low: Option<Number>,
    high: Option<Number>,
    comparator: &'static str,
    unit: Option<&'s str>,
    of: Option<OfValue<'s>>,
    fate: Option<&'s str>,
    as_of: Option<When>,
    start: usize,
    end: usize,
    exact: Option<&'s str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum OfValue<'s> {
    Number(Number),
    Words(&'s str),
}

/// A whole number is written without a point.
#[derive(Serialize)]
#[serde(untagged)]
enum Number {
    Whole(i64),
    Other(f64),
}

fn number(value: f64) -> Number {
    /// Up to here every whole number has a place of its own among the floating-point ones.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value.fract() == 0.0 && value.abs() <= EXACT {
        true => Number::Whole(value as i64),
        false => Number::Other(value),
    }
}

/// A figure as it is exported.
pub fn figure_value<'s>(
    report: &'s Report,
    points: &Points,
    figure: &'s Figure,
    as_of: Option<When>,
) -> FigureValue<'s> {
    FigureValue {
        low: figure.low.map(number),
        high: figure.high.map(number),
        comparator: figure.comparator.sign(),
        unit: figure.unit.as_deref(),
        of: figure.of.as_ref().map(|of| match of {
            Of::Number(value) => OfValue::Number(number(*value)),
            Of::Words(words) => OfValue::Words(words),
        }),
        fate: figure.fate.as_deref(),
        as_of,
        start: points.at(figure.span.start),
        end: points.at(figure.span.end),
        exact: report.slice(figure.span),
    }
}

#[derive(Serialize)]
struct ClaimLine<'s> {
    r#type: &'static str,
    id: &'s ClaimId,
    report: &'s ReportId,
    start: usize,
    end: usize,
    exact: &'s str,
    sentence: Option<&'s str>,
    sources: Vec<SourceValue<'s>>,
    cue: Option<&'s str>,
    manner: Manner,
    said: SaidValue<'s>,
    event: Option<EventType>,
    mode: Option<&'s str>,
    action: Option<Action>,
    aspect: Option<Aspect>,
    talks: Option<TalksValue<'s>>,
    actor: Vec<NameValue<'s>>,
    recipient: Vec<NameValue<'s>>,
    third_party: Vec<NameValue<'s>>,
    place: Vec<PlaceValue<'s>>,
    when: Option<When>,
    figures: Vec<FigureValue<'s>>,
    certainty: Certainty,
    polarity: Polarity,
    realis: Realis,
    origin: &'s str,
    /// The same claim in an earlier version of the report.
    repeats: Option<&'s ClaimId>,
    /// The first later version of the report that does not have it.
    no_longer_in: Option<&'s ReportId>,
}

/// A name as printed, with the entity it means.
#[derive(Serialize)]
struct NameValue<'s> {
    name: &'s str,
    canonical: Option<&'s str>,
    id: Option<&'s EntityId>,
    start: usize,
    end: usize,
}

/// A place has keys for where it lies, null where that is not known. The precision says what its point
/// stands for: a town, a district, a province, a region, a country.
#[derive(Serialize)]
struct PlaceValue<'s> {
    #[serde(flatten)]
    name: NameValue<'s>,
    geonameid: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: Option<&'s str>,
}

#[derive(Serialize)]
struct SourceValue<'s> {
    name: &'s str,
    role: Option<&'s str>,
    of: Option<&'s str>,
    canonical: Option<&'s str>,
    anonymous: bool,
    party: Option<bool>,
    id: Option<&'s EntityId>,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct SaidValue<'s> {
    to: Option<NameValue<'s>>,
    r#in: Option<NameValue<'s>>,
    when: Option<When>,
}

/// One name, or a list where the words name several.
#[derive(Serialize)]
#[serde(untagged)]
enum NamesValue<'s> {
    One(NameValue<'s>),
    Several(Vec<NameValue<'s>>),
}

/// The fields of an aspect of talks: those that are filled, and always `when`, which is `null`
/// where no date was named.
#[derive(Serialize)]
struct TalksValue<'s> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parties: Vec<NameValue<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<NameValue<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<NameValue<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<NameValue<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<NamesValue<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<NamesValue<'s>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    offers: &'s [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    asks: &'s [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    topics: &'s [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<NameValue<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<NameValue<'s>>,
    when: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'s str>,
}

/// One report's text, to write what is said in it.
#[derive(Clone, Copy)]
struct Page<'s, 'p> {
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
    report: &'s ReportState,
    points: &'p Points,
}

impl<'s> Page<'s, '_> {
    fn claim(self, claim: &'s ClaimState) -> ClaimLine<'s> {
        let (evidence, what) = (claim.claim.evidence(), claim.claim.what());
        let report = &self.report.report;
        let attribution = &what.attribution;
        let (action, talks) = match &what.subject {
            Subject::Ground(action) => (Some(*action), None),
            Subject::Talks(detail) => (None, Some(detail)),
            Subject::Count | Subject::Statement => (None, None),
        };
        ClaimLine {
            r#type: "claim",
            id: claim.claim.id(),
            report: evidence.report(),
            start: self.points.at(evidence.span().start),
            end: self.points.at(evidence.span().end),
            exact: evidence.exact(),
            sentence: report.slice(claim.claim.sentence()),
            sources: (attribution.sources.iter().enumerate())
                .map(|(at, source)| self.source(source, claim.party(at)))
                .collect(),
            cue: attribution.cue.as_deref(),
            manner: attribution.manner,
            said: self.said(&attribution.said, claim.said),
            event: what.event,
            mode: what.mode.as_deref(),
            action,
            aspect: talks.map(|detail| detail.aspect),
            talks: talks.map(|detail| self.talks(detail, claim.talks_when)),
            actor: self.names(&what.actor),
            recipient: self.names(&what.recipient),
            third_party: self.names(&what.third_party),
            place: what.place.iter().map(|place| self.place(place)).collect(),
            when: claim.when,
            figures: (what.figures.iter())
                .map(|figure| {
                    let as_of = figure.as_of.as_ref();
                    let as_of = as_of.and_then(|time| self.report.resolve(time));
                    figure_value(report, self.points, figure, as_of)
                })
                .collect(),
            certainty: what.factuality.certainty,
            polarity: what.factuality.polarity,
            realis: what.factuality.realis,
            origin: &claim.origin,
            repeats: claim.repeats.as_ref(),
            no_longer_in: claim.no_longer_in.as_ref(),
        }
    }

    fn name(self, mention: &'s Mention) -> NameValue<'s> {
        let (canonical, id) = self.meant(mention);
        NameValue {
            name: &mention.name,
            canonical,
            id,
            start: self.points.at(mention.span.start),
            end: self.points.at(mention.span.end),
        }
    }

    fn some(self, first: &'s Option<Mention>, others: &'s [Mention]) -> Option<NamesValue<'s>> {
        let first = first.as_ref()?;
        if others.is_empty() {
            return Some(NamesValue::One(self.name(first)));
        }
        let all = std::iter::once(first).chain(others);
        Some(NamesValue::Several(all.map(|one| self.name(one)).collect()))
    }

    fn names(self, mentions: &'s [Mention]) -> Vec<NameValue<'s>> {
        mentions.iter().map(|mention| self.name(mention)).collect()
    }

    /// The preferred name and the id of the entity that a mention means.
    fn place(self, mention: &'s Mention) -> PlaceValue<'s> {
        let name = self.name(mention);
        let place = name.id.and_then(|id| self.places.get(id));
        PlaceValue {
            geonameid: place.and_then(|place| place.geonameid),
            lat: place.map(|place| place.latitude),
            lon: place.map(|place| place.longitude),
            precision: place.map(|place| place.kind.name()),
            name,
        }
    }

    fn meant(self, mention: &'s Mention) -> (Option<&'s str>, Option<&'s EntityId>) {
        let entity = self.state.entity(self.report.report.id(), mention);
        let preferred = entity.and_then(|entity| entity.names.first());
        let name = preferred.or(mention.stands_for.as_ref());
        (name.map(String::as_str), entity.map(|entity| &entity.id))
    }

    fn source(self, source: &'s Source, party: Option<bool>) -> SourceValue<'s> {
        let mention = &source.mention;
        let (canonical, id) = self.meant(mention);
        let role = mention.role.as_ref();
        SourceValue {
            name: &mention.name,
            role: role.map(|role| role.role.as_str()),
            of: role.and_then(|role| role.of.as_deref()),
            canonical,
            anonymous: source.anonymous,
            party,
            id,
            start: self.points.at(mention.span.start),
            end: self.points.at(mention.span.end),
        }
    }

    fn said(self, said: &'s Said, when: Option<When>) -> SaidValue<'s> {
        SaidValue {
            to: said.to.as_ref().map(|mention| self.name(mention)),
            r#in: said.place.as_ref().map(|mention| self.name(mention)),
            when,
        }
    }

    fn talks(self, detail: &'s TalksDetail, when: Option<When>) -> TalksValue<'s> {
        let one = |mention: &'s Option<Mention>| mention.as_ref().map(|one| self.name(one));
        TalksValue {
            parties: self.names(&detail.parties),
            party: one(&detail.party),
            head: one(&detail.head),
            members: self.names(&detail.members),
            by: self.some(&detail.by, &detail.by_others),
            to: self.some(&detail.to, &detail.to_others),
            offers: &detail.offers,
            asks: &detail.asks,
            topics: &detail.topics,
            content: detail.content.as_deref(),
            result: detail.result.as_deref(),
            person: one(&detail.person),
            of: detail.of.as_deref(),
            place: one(&detail.place),
            when,
            status: detail.status.as_deref(),
        }
    }
}

/// How one report came from another.
#[derive(Serialize)]
pub struct DerivationLine<'s> {
    r#type: &'static str,
    id: String,
    from: &'s ReportId,
    to: &'s ReportId,
    kind: DerivationKind,
    directed: bool,
    share: f64,
    passages: Vec<PassageValue>,
    why: &'s str,
}

/// A shared passage: from and to which code point, in the one and in the other report.
#[derive(Serialize)]
struct PassageValue {
    from: [usize; 2],
    to: [usize; 2],
}

/// A derivation's line, from the code points of both reports.
pub fn derivation_line<'s>(
    derivation: &'s Derivation,
    from: &Points,
    to: &Points,
) -> DerivationLine<'s> {
    let range = |points: &Points, span: Span| [points.at(span.start), points.at(span.end)];
    let id = Digest::of("derivation")
        .field(&derivation.from.0)
        .field(&derivation.to.0);
    DerivationLine {
        r#type: "derivation",
        id: id.finish(),
        from: &derivation.from,
        to: &derivation.to,
        kind: derivation.kind,
        directed: derivation.directed,
        share: derivation.share,
        passages: (derivation.passages.iter())
            .map(|(in_from, in_to)| PassageValue {
                from: range(from, *in_from),
                to: range(to, *in_to),
            })
            .collect(),
        why: &derivation.why,
    }
}

#[derive(Serialize)]
struct ComparisonLine<'s> {
    r#type: &'static str,
    id: String,
    topic: &'s str,
    question: &'s str,
    standing: Standing,
    accounts: Vec<AccountValue<'s>>,
    relations: &'s [Relation],
}

#[derive(Serialize)]
struct AccountValue<'s> {
    value: &'s str,
    when: Option<When>,
    claims: Vec<&'s ClaimId>,
    origins: usize,
    from: &'s [String],
}

/// The claims of later versions of a report that only repeat a claim.
type Repeats<'s> = BTreeMap<&'s ClaimId, Vec<&'s ClaimId>>;

/// The claims of an account; what later versions only repeat stands beside what it repeats.
fn with_repeats<'s>(claims: &'s [ClaimId], repeats: &Repeats<'s>) -> Vec<&'s ClaimId> {
    let again = claims.iter().filter_map(|claim| repeats.get(claim));
    let mut all: Vec<&ClaimId> = claims.iter().chain(again.flatten().copied()).collect();
    all.sort();
    all.dedup();
    all
}

fn comparison_line<'s>(accounts: &'s Accounts, repeats: &Repeats<'s>) -> ComparisonLine<'s> {
    // Two questions can read alike, such as those about two places of one name: their claims tell
    // them apart.
    let mut claims: Vec<&ClaimId> = (accounts.accounts.iter())
        .flat_map(|account| &account.claims)
        .collect();
    claims.sort();
    let mut id = Digest::of("comparison")
        .field(&accounts.question.topic)
        .field(&accounts.question.words);
    for claim in claims {
        id = id.field(&claim.0);
    }
    ComparisonLine {
        r#type: "comparison",
        id: id.finish(),
        topic: &accounts.question.topic,
        question: &accounts.question.words,
        standing: accounts.standing,
        accounts: (accounts.accounts.iter())
            .map(|account| AccountValue {
                value: &account.value,
                when: account.when,
                claims: with_repeats(&account.claims, repeats),
                origins: account.origins.len(),
                from: &account.origins,
            })
            .collect(),
        relations: &accounts.relations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn the_contract() {
        let state = state();
        let mut kinds: Vec<String> = Vec::new();
        let mut shown = String::new();
        for line in lines(&state, &BTreeMap::new()) {
            let value: serde_json::Value = serde_json::from_str(&line).unwrap();
            let kind = value["type"].as_str().unwrap().to_string();
            if !kinds.contains(&kind) {
                shown.push_str(&line);
                shown.push('\n');
                kinds.push(kind);
            }
        }
        expect![[r#"
            {"type":"report","id":"30b6f357fa24bf1a84ac","path":"in/wire.html","paths":["in/wire.html"],"url":null,"publisher":"North Wire","title":"Army takes Velka","byline":null,"credits":[],"dateline":null,"published":{"earliest":"2031-03-01","latest":"2031-03-01","how":"given"},"modified":{"earliest":null,"latest":null,"how":"unknown"},"language":null,"body":"The army took Velka on Friday, the defence ministry said. It holds more than 16 of 40 districts."}
            {"type":"entity","id":"39b2cd75858188dfe32f","kind":"place","names":["Velka"],"identifiers":{},"roles":[],"reports":3,"reasons":[]}
            {"type":"time","id":"48130f98bcf4775f8cc2","report":"30b6f357fa24bf1a84ac","expression":"on Friday","start":20,"end":29,"value":"2031-02-28"}
            {"type":"claim","id":"322cb15b05b7ed6f8480","report":"30b6f357fa24bf1a84ac","start":0,"end":29,"exact":"The army took Velka on Friday","sentence":"The army took Velka on Friday, the defence ministry said.","sources":[{"name":"defence ministry","role":null,"of":null,"canonical":null,"anonymous":false,"party":null,"id":null,"start":35,"end":51}],"cue":"said","manner":"indirect","said":{"to":null,"in":null,"when":null},"event":null,"mode":null,"action":"taken","aspect":null,"talks":null,"actor":[{"name":"army","canonical":"army","id":"f6abe2b3b9b73c2f4452","start":4,"end":8}],"recipient":[],"third_party":[],"place":[{"name":"Velka","canonical":"Velka","id":"39b2cd75858188dfe32f","start":14,"end":19,"geonameid":null,"lat":null,"lon":null,"precision":null}],"when":{"earliest":"2031-02-28","latest":"2031-02-28"},"figures":[],"certainty":"certain","polarity":"positive","realis":"actual","origin":"defence ministry","repeats":null,"no_longer_in":null}
            {"type":"derivation","id":"c51900379c4d294557b8","from":"30b6f357fa24bf1a84ac","to":"99c1b6333786f11844fa","kind":"reprint","directed":true,"share":0.8,"passages":[{"from":[0,57],"to":[13,70]}],"why":"the same words, and it credits North Wire"}
            {"type":"comparison","id":"21048fde90a1a24fb431","topic":"control","question":"control of Velka","standing":"disputed","accounts":[{"value":"army","when":{"earliest":"2031-02-28","latest":"2031-02-28"},"claims":["17d9f44f818196a9d3d5","322cb15b05b7ed6f8480"],"origins":1,"from":["defence ministry"]},{"value":"Žižek’s men","when":null,"claims":["1cc08276dae758d87bc2"],"origins":1,"from":["two residents"]}],"relations":[{"a":"17d9f44f818196a9d3d5","b":"1cc08276dae758d87bc2","relation":"contradict","kind":"value","why":"army holds Velka; Žižek’s men hold Velka"}]}
        "#]].assert_eq(&shown);
    }

    #[test]
    fn offsets_are_code_points_and_cut_the_exact_words() {
        let state = state();
        let values: Vec<serde_json::Value> = lines(&state, &BTreeMap::new())
            .map(|line| serde_json::from_str(&line).unwrap())
            .collect();
        let mut checked = 0;
        for claim in values.iter().filter(|value| value["type"] == "claim") {
            let report = (values.iter())
                .find(|value| value["type"] == "report" && value["id"] == claim["report"])
                .unwrap();
            let body: Vec<char> = report["body"].as_str().unwrap().chars().collect();
            let at = |key| claim[key].as_u64().unwrap() as usize;
            let cut: String = body[at("start")..at("end")].iter().collect();
            assert_eq!(cut, claim["exact"].as_str().unwrap());
            checked += 1;
        }
        assert_eq!(checked, 5);
    }
}
