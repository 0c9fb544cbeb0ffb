//! A small record made by hand, for the tests of this crate.

use rapporteur_model::{
    Account, Accounts, Action, Aspect, Claim, ClaimId, Comparator, Derivation, DerivationKind,
    Difference, EntityId, EventType, Figure, Form, How, Kind, Lean, Masthead, Mention, Of, Place,
    PlaceKind, Published, Question, Reading, Realis, Relation, RelationKind, Report, Sighting,
    Source, Span, Standing, Subject, TalksDetail, Time, What, When,
};
use rapporteur_record::{
    Contents, Hold, HoldStatus, Ledger, LedgerEntry, Meeting, PlaceControl, Position, State,
    TalksEntry,
};
use std::collections::BTreeMap;

pub(crate) const WIRE: &str = "The army took Velka on Friday, the defence ministry said. \
    It holds more than 16 of 40 districts.";
pub(crate) const ECHO: &str = "(North Wire) The army took Velka on Friday, the defence ministry \
    said.";
pub(crate) const PAGE: &str = "“Žižek’s men hold Velka,” said two residents. The army offered a \
    truce.";

/// Two dated reports, of which one reprints the other, and one that nobody dates.
pub(crate) fn contents() -> Contents {
    let wire = report("North Wire", "2031-03-01", "Army takes Velka", WIRE);
    let echo = report("Daily Echo", "2031-03-02", "Velka falls", ECHO);
    let page = Report::new(Masthead::default(), PAGE.to_string(), vec![]);
    let shared = "The army took Velka on Friday, the defence ministry said.";
    let derivation = Derivation {
        from: wire.id().clone(),
        to: echo.id().clone(),
        kind: DerivationKind::Reprint,
        directed: true,
        share: 0.8,
        passages: vec![(span(&wire, shared), span(&echo, shared))],
        why: "the same words, and it credits North Wire".to_string(),
    };
    let sighting = |report: &Report, path: &str| Sighting {
        report: report.id().clone(),
        path: path.to_string(),
    };
    let sightings = vec![
        sighting(&wire, "in/wire.html"),
        sighting(&echo, "in/echo.html"),
        sighting(&page, "in/page.txt"),
    ];
    let districts = claim(
        &wire,
        "It holds more than 16 of 40 districts",
        None,
        |report, what| {
            what.subject = Subject::Count;
            what.figures = vec![Figure {
                span: span(report, "more than 16 of 40 districts"),
                low: Some(16.0),
                high: Some(16.0),
                comparator: Comparator::More,
                unit: Some("district".to_string()),
                of: Some(Of::Number(40.0)),
                fate: None,
                as_of: None,
            }];
        },
    );
    let held = claim(
        &page,
        "Žižek’s men hold Velka",
        Some("two residents"),
        |report, what| {
            what.attribution.sources[0].anonymous = true;
            what.subject = Subject::Ground(Action::Held);
            what.actor = vec![mention(report, "Žižek’s men", None)];
            what.place = vec![mention(report, "Velka", Some(Kind::Place))];
        },
    );
    let offer = claim(&page, "The army offered a truce", None, |report, what| {
        let mut detail = TalksDetail::of(Aspect::Offer);
        detail.by = Some(mention(report, "army", Some(Kind::Organization)));
        detail.offers = vec!["a truce".to_string()];
        what.subject = Subject::Talks(Box::new(detail));
        what.factuality.realis = Realis::Offered;
    });
    let readings = vec![
        reading(vec![taken(&wire), districts], &wire),
        reading(vec![taken(&echo)], &echo),
        reading(vec![held, offer], &page),
    ];
    Contents {
        readings,
        sightings,
        derivations: vec![derivation],
        ..Contents::default()
    }
}

/// The state of that record. What the record compares and gathers is made by hand too, so that
/// these tests tell of the views alone.
pub(crate) fn state() -> State {
    let mut state = State::of(contents());
    for claim in state.claims.values_mut() {
        let sources = &claim.claim.what().attribution.sources;
        let source = sources.first().map(|source| source.mention.name.clone());
        claim.origin = source.unwrap_or_else(|| "North Wire".to_string());
    }
    for report in state.reports.values_mut() {
        report.published = report.report.masthead().published.clone();
    }
    let is = |subject: fn(&Subject) -> bool| -> Vec<ClaimId> {
        let claims = state.claims.values();
        let found = claims.filter(|claim| subject(&claim.claim.what().subject));
        found.map(|claim| claim.claim.id().clone()).collect()
    };
    let taken = is(|subject| *subject == Subject::Ground(Action::Taken));
    let held = is(|subject| *subject == Subject::Ground(Action::Held));
    let count = is(|subject| *subject == Subject::Count);
    let talks = is(|subject| matches!(subject, Subject::Talks(_)));
    let friday = Some(When::day("2031-02-28".parse().unwrap()));
    state.accounts = vec![accounts(&taken, &held, friday)];
    let velka = state
        .entities
        .iter()
        .find(|entity| entity.names == ["Velka"]);
    let hold = |name: &str, action, when, claims: &[ClaimId], origin: &str| Hold {
        holder: None,
        name: name.to_string(),
        action,
        status: HoldStatus::Contested,
        when,
        claims: claims.to_vec(),
        origins: vec![origin.to_string()],
    };
    state.control = vec![PlaceControl {
        place: velka.unwrap().id.clone(),
        name: "Velka".to_string(),
        history: vec![
            hold("army", Action::Taken, friday, &taken, "defence ministry"),
            hold("Žižek’s men", Action::Held, None, &held, "two residents"),
        ],
    }];
    let counted = &state.claims[&count[0]];
    state.ledgers = vec![Ledger {
        of: "district".to_string(),
        entries: vec![LedgerEntry {
            claim: count[0].clone(),
            figure: counted.claim.what().figures[0].clone(),
            when: None,
            by: "North Wire".to_string(),
            origin: "North Wire".to_string(),
        }],
    }];
    state.talks = vec![Meeting {
        parties: vec!["army".to_string(), "Žižek’s men".to_string()],
        place: None,
        track: vec![],
        delegations: vec![],
        agenda: vec![],
        positions: vec![Position {
            party: "army".to_string(),
            entity: None,
            entries: vec![TalksEntry {
                claim: talks[0].clone(),
                aspect: Aspect::Offer,
                words: "army offers a truce".to_string(),
                when: None,
            }],
        }],
    }];
    state
}

/// A record of events: a town taken, told by two reports; a shelling with deaths; a demand; a plan.
pub(crate) fn events() -> State {
    let wire = report("North Wire", "2031-03-01", "Army takes Velka", WIRE);
    let echo = report("Daily Echo", "2031-03-02", "Velka falls", ECHO);
    let text = "Rebels shelled Velka on Friday, killing at least 5 civilians. The army demanded \
        their surrender. It will attack Lenn.";
    let post = report("Harbour, Post", "2031-03-03", "\"Five\" dead", text);
    let taken = |report: &Report| {
        let fill = |report: &Report, what: &mut What| {
            take(report, what);
            what.event = Some(EventType::Assault);
        };
        let words = "The army took Velka on Friday";
        claim(report, words, Some("defence ministry"), fill)
    };
    let shelled = "Rebels shelled Velka on Friday, killing at least 5 civilians";
    let shelled = claim(&post, shelled, None, |report, what| {
        what.subject = Subject::Ground(Action::Attacked);
        what.event = Some(EventType::Assault);
        what.mode = Some("heavy-weapons".to_string());
        what.actor = vec![mention(report, "Rebels", Some(Kind::Organization))];
        what.recipient = vec![mention(report, "civilians", None)];
        what.place = vec![mention(report, "Velka", Some(Kind::Place))];
        what.when = Some(friday(report));
        what.figures = vec![Figure {
            span: span(report, "at least 5 civilians"),
            low: Some(5.0),
            high: Some(5.0),
            comparator: Comparator::AtLeast,
            unit: Some("civilian".to_string()),
            of: None,
            fate: Some("kill".to_string()),
            as_of: None,
        }];
    });
    let demanded = "The army demanded their surrender";
    let demanded = claim(&post, demanded, None, |report, what| {
        let mut detail = TalksDetail::of(Aspect::Demand);
        detail.by = Some(mention(report, "army", Some(Kind::Organization)));
        detail.asks = vec!["their surrender".to_string()];
        what.subject = Subject::Talks(Box::new(detail));
        what.event = Some(EventType::Request);
        what.factuality.realis = Realis::Demanded;
    });
    let planned = claim(&post, "It will attack Lenn", None, |_, what| {
        what.subject = Subject::Ground(Action::Attacked);
        what.event = Some(EventType::Assault);
        what.factuality.realis = Realis::Planned;
    });
    State::of(Contents {
        readings: vec![
            reading(vec![taken(&wire)], &wire),
            reading(vec![taken(&echo)], &echo),
            reading(vec![shelled, demanded, planned], &post),
        ],
        ..Contents::default()
    })
}

/// A record of one report whose every text is `text`, with one claim on all of its words; `None` for
/// no text.
pub(crate) fn of_text(text: &str) -> Option<State> {
    let masthead = Masthead {
        publisher: Some(text.to_string()),
        title: Some(text.to_string()),
        url: Some(text.to_string()),
        byline: Some(text.to_string()),
        credits: vec![text.to_string()],
        language: Some(text.to_string()),
        ..Masthead::default()
    };
    let report = Report::new(masthead, text.to_string(), vec![]);
    let all = Span::new(0, text.len());
    let what = What {
        event: Some(EventType::Assault),
        mode: Some(text.to_string()),
        subject: Subject::Ground(Action::Attacked),
        actor: vec![mention(&report, text, Some(Kind::Organization))],
        recipient: vec![mention(&report, text, Some(Kind::Person))],
        place: vec![mention(&report, text, Some(Kind::Place))],
        ..What::default()
    };
    let claim = Claim::new(&report, all, all, what)?;
    let sighting = Sighting {
        report: report.id().clone(),
        path: text.to_string(),
    };
    Some(State::of(Contents {
        readings: vec![reading(vec![claim], &report)],
        sightings: vec![sighting],
        ..Contents::default()
    }))
}

/// Where a record's Velka lies.
pub(crate) fn located(state: &State) -> BTreeMap<EntityId, Place> {
    let velka = state.entities.iter().find(|e| e.names == ["Velka"]);
    let place = Place {
        geonameid: Some(9_000_001),
        name: "Velka".to_string(),
        kind: PlaceKind::Town,
        country: Some("CH".to_string()),
        province: Some("Orsk".to_string()),
        population: 0,
        latitude: 44.5,
        longitude: 20.25,
    };
    BTreeMap::from([(velka.unwrap().id.clone(), place)])
}

fn accounts(taken: &[ClaimId], held: &[ClaimId], when: Option<When>) -> Accounts {
    let account = |value: &str, when, claims: &[ClaimId], origin: &str| Account {
        value: value.to_string(),
        when,
        claims: claims.to_vec(),
        origins: vec![origin.to_string()],
    };
    Accounts {
        question: Question {
            topic: "control".to_string(),
            words: "control of Velka".to_string(),
        },
        accounts: vec![
            account("army", when, taken, "defence ministry"),
            account("Žižek’s men", None, held, "two residents"),
        ],
        standing: Standing::Disputed,
        relations: vec![Relation {
            a: taken[0].clone(),
            b: held[0].clone(),
            relation: RelationKind::Contradict,
            kind: Some(Difference::Value),
            why: "army holds Velka; Žižek’s men hold Velka".to_string(),
        }],
    }
}

fn taken(report: &Report) -> Claim {
    let words = "The army took Velka on Friday";
    claim(report, words, Some("defence ministry"), take)
}

fn take(report: &Report, what: &mut What) {
    what.attribution.cue = Some("said".to_string());
    what.subject = Subject::Ground(Action::Taken);
    what.actor = vec![mention(report, "army", Some(Kind::Organization))];
    what.place = vec![mention(report, "Velka", Some(Kind::Place))];
    what.when = Some(friday(report));
}

fn friday(report: &Report) -> Time {
    Time {
        span: span(report, "on Friday"),
        expression: "on Friday".to_string(),
        form: Form::Weekday {
            weekday: 5,
            shift: 0,
            lean: Lean::Past,
        },
    }
}

fn report(publisher: &str, day: &str, title: &str, body: &str) -> Report {
    let masthead = Masthead {
        publisher: Some(publisher.to_string()),
        title: Some(title.to_string()),
        published: Published {
            when: Some(When::day(day.parse().unwrap())),
            how: How::Given,
        },
        ..Masthead::default()
    };
    Report::new(masthead, body.to_string(), vec![])
}

fn span(report: &Report, words: &str) -> Span {
    let start = report.body().find(words).unwrap();
    Span::new(start, start + words.len())
}

fn mention(report: &Report, words: &str, kind: Option<Kind>) -> Mention {
    let mut mention = Mention::plain(span(report, words), words);
    mention.kind = kind;
    mention
}

fn claim(
    report: &Report,
    words: &str,
    source: Option<&str>,
    fill: impl FnOnce(&Report, &mut What),
) -> Claim {
    let mut what = What::default();
    what.attribution.sources.extend(source.map(|name| Source {
        mention: mention(report, name, None),
        anonymous: false,
        party: None,
    }));
    fill(report, &mut what);
    let at = span(report, words);
    let body = report.body();
    let start = body[..at.start].rfind(". ").map_or(0, |dot| dot + 2);
    let end = body[at.end..]
        .find('.')
        .map_or(body.len(), |dot| at.end + dot + 1);
    Claim::new(report, at, Span::new(start, end), what).unwrap()
}

fn reading(claims: Vec<Claim>, report: &Report) -> Reading {
    let mut mentions: Vec<Mention> = Vec::new();
    for claim in &claims {
        mentions.extend(claim.what().actor.iter().cloned());
        mentions.extend(claim.what().place.iter().cloned());
    }
    mentions.sort();
    mentions.dedup();
    Reading {
        report: report.clone(),
        mentions,
        times: claims
            .iter()
            .filter_map(|claim| claim.what().when.clone())
            .collect(),
        figures: claims
            .iter()
            .flat_map(|claim| claim.what().figures.clone())
            .collect(),
        claims,
    }
}
