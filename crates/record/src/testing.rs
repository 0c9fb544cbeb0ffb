//! Readings made by hand, from short texts, for the tests of this crate.
//!
//! ```text
//! let a = report("North Wire", "2031-03-01", "The army took Velka on Monday, Ann Lorimer said.")
//!     .name("army", Kind::Organization)
//!     .name("Velka", Kind::Place)
//!     .name("Ann Lorimer", Kind::Person)
//!     .claim("The army took Velka on Monday", |r, what| {
//!         what.attribution.sources = vec![r.source("Ann Lorimer")];
//!         what.subject = Subject::Ground(Action::Taken);
//!         what.actor = vec![r.mention("army")];
//!         what.place = vec![r.mention("Velka")];
//!         what.when = Some(r.time("Monday", weekday(1, Lean::Past)));
//!     });
//! let state = state(&[a]);
//! ```

use crate::{Contents, State};
use rapporteur_model::{
    Claim, Date, Derivation, DerivationKind, Figure, Form, How, Judgement, Kind, Lean, Masthead,
    Mention, Published, Reading, Report, ReportId, Role, Source, Span, Time, What, When, YearHint,
};

/// A report being read by hand. Words are always found in its text: the first place they stand in.
#[derive(Clone)]
pub(crate) struct Sketch {
    pub(crate) reading: Reading,
}

/// A report of a publisher (`""`: unknown) with a given day (`""`: unknown).
pub(crate) fn report(publisher: &str, published: &str, body: &str) -> Sketch {
    let published = match published {
        "" => Published::default(),
        day => Published {
            when: Some(When::day(date(day))),
            how: How::Given,
        },
    };
    with_published(publisher, published, body)
}

/// A report with any publication time.
pub(crate) fn with_published(publisher: &str, published: Published, body: &str) -> Sketch {
    let masthead = Masthead {
        publisher: Some(publisher.to_string()).filter(|p| !p.is_empty()),
        published,
        ..Masthead::default()
    };
    Sketch {
        reading: Reading {
            report: Report::new(masthead, body.to_string(), vec![]),
            mentions: vec![],
            times: vec![],
            figures: vec![],
            claims: vec![],
        },
    }
}

impl Sketch {
    /// Its id.
    pub(crate) fn id(&self) -> ReportId {
        self.reading.report.id().clone()
    }

    /// Where words first stand.
    pub(crate) fn span(&self, words: &str) -> Span {
        let body = self.reading.report.body();
        let start = body
            .find(words)
            .unwrap_or_else(|| panic!("no {words:?} in {body:?}"));
        Span::new(start, start + words.len())
    }

    /// The mention made earlier with `name…`, else one of which only the words are known.
    pub(crate) fn mention(&self, words: &str) -> Mention {
        let known = self.reading.mentions.iter().find(|m| m.name == words);
        known
            .cloned()
            .unwrap_or_else(|| Mention::plain(self.span(words), words))
    }

    /// A named source.
    pub(crate) fn source(&self, words: &str) -> Source {
        Source {
            mention: self.mention(words),
            anonymous: false,
            party: None,
        }
    }

    /// A time at its words.
    pub(crate) fn time(&self, words: &str, form: Form) -> Time {
        Time {
            span: self.span(words),
            expression: words.to_string(),
            form,
        }
    }

    /// A figure of so many of a unit at its words.
    pub(crate) fn figure(&self, words: &str, number: f64, unit: &str) -> Figure {
        Figure {
            span: self.span(words),
            low: Some(number),
            high: Some(number),
            comparator: Default::default(),
            unit: Some(unit.to_string()),
            of: None,
            fate: None,
            as_of: None,
        }
    }

    /// Adds a name.
    pub(crate) fn name(self, words: &str, kind: Kind) -> Sketch {
        self.name_with(words, kind, |_| ())
    }

    /// Adds a name with a role for someone (`""`: for nobody said).
    pub(crate) fn name_role(self, words: &str, kind: Kind, role: &str, of: &str) -> Sketch {
        self.name_with(words, kind, |m| {
            m.role = Some(Role {
                role: role.to_string(),
                of: Some(of.to_string()).filter(|of| !of.is_empty()),
            });
        })
    }

    /// Adds a name, further changed.
    pub(crate) fn name_with(
        mut self,
        words: &str,
        kind: Kind,
        change: impl FnOnce(&mut Mention),
    ) -> Sketch {
        let mut mention = Mention::plain(self.span(words), words);
        mention.kind = Some(kind);
        change(&mut mention);
        self.reading.mentions.push(mention);
        self
    }

    /// Adds a time.
    pub(crate) fn at(mut self, words: &str, form: Form) -> Sketch {
        let time = self.time(words, form);
        self.reading.times.push(time);
        self
    }

    /// Adds a claim on its words, which stand in the sentence of the same extent.
    pub(crate) fn claim(mut self, words: &str, fill: impl FnOnce(&Sketch, &mut What)) -> Sketch {
        let mut what = What::default();
        fill(&self, &mut what);
        let span = self.span(words);
        let claim = Claim::new(&self.reading.report, span, span, what).expect("words that stand");
        self.reading.times.extend(claim.what().when.clone());
        self.reading.figures.extend(claim.what().figures.clone());
        self.reading.claims.push(claim);
        self
    }
}

/// The state of a record of these reports.
pub(crate) fn state(sketches: &[Sketch]) -> State {
    state_with(sketches, &[], &[])
}

/// The state of a record of these reports, with derivations and judgements.
pub(crate) fn state_with(
    sketches: &[Sketch],
    derivations: &[Derivation],
    judgements: &[Judgement],
) -> State {
    State::of(contents(sketches, derivations, judgements))
}

/// What a log of these holds.
pub(crate) fn contents(
    sketches: &[Sketch],
    derivations: &[Derivation],
    judgements: &[Judgement],
) -> Contents {
    Contents {
        readings: sketches.iter().map(|s| s.reading.clone()).collect(),
        sightings: vec![],
        derivations: derivations.to_vec(),
        judgements: judgements.to_vec(),
        background: Default::default(),
    }
}

/// One report copied from another: each passage stands in both.
pub(crate) fn derived(
    from: &Sketch,
    to: &Sketch,
    kind: DerivationKind,
    passages: &[&str],
) -> Derivation {
    let passages: Vec<_> = passages
        .iter()
        .map(|p| (from.span(p), to.span(p)))
        .collect();
    let shared: usize = passages.iter().map(|(_, to)| to.len()).sum();
    Derivation {
        from: from.id(),
        to: to.id(),
        kind,
        directed: true,
        share: shared as f64 / to.reading.report.body().len() as f64,
        passages,
        why: "made by hand".to_string(),
    }
}

/// A day from `2031-03-01`.
pub(crate) fn date(day: &str) -> Date {
    day.parse().expect("a day")
}

/// From one day to another.
pub(crate) fn between(from: &str, to: &str) -> When {
    When::between(date(from), date(to))
}

/// A weekday, Monday 1, of this week.
pub(crate) fn weekday(weekday: i8, lean: Lean) -> Form {
    Form::Weekday {
        weekday,
        shift: 0,
        lean,
    }
}

/// A day of a month whose year is not printed.
pub(crate) fn month_day(month: i8, day: i8, lean: Lean) -> Form {
    Form::Calendar {
        year: YearHint::Open,
        month,
        day: Some(day),
        part: None,
        lean,
    }
}

/// A day with its year.
pub(crate) fn absolute(day: &str) -> Form {
    Form::Absolute(When::day(date(day)))
}
