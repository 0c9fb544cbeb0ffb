//! What is read from reports, as rows.

use crate::table::{Cell, Columns, Kind, Row, days, kind_of};
use rapporteur::alone::{Alone, Copied, Thing};
use rapporteur::understand;
use rapporteur_lineage::Features;
use rapporteur_model::{Kind as NameKind, Mention, Reading, Report, Sighting};
use rapporteur_report::Found;
use rapporteur_views::export::jsonl::{self, Points};
use rapporteur_views::export::table;

/// What is made of each report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// A row a report: its own text and masthead.
    Clean,
    /// A row a word.
    Parse,
    /// A row a claim.
    Claims,
    /// A row a report, with everything read from it.
    Readings,
}

impl Verb {
    pub fn named(name: &str) -> Option<Verb> {
        match name {
            "clean" => Some(Verb::Clean),
            "parse" => Some(Verb::Parse),
            "claims" => Some(Verb::Claims),
            "readings" => Some(Verb::Readings),
            _ => None,
        }
    }

    pub fn columns(self) -> Columns {
        let own: Columns = match self {
            Verb::Clean => clean_columns(),
            Verb::Parse => parse_columns(),
            Verb::Claims => claim_columns(),
            Verb::Readings => reading_columns(),
        };
        let ends = [("error", Kind::Text), ("notes", Kind::Texts)];
        own.into_iter().chain(ends).collect()
    }

    /// The rows of one thing.
    pub fn rows(self, thing: Thing) -> Vec<Row> {
        match thing {
            Thing::Report(found) => self.of_report(*found),
            Thing::Unread(unread) => {
                vec![self.empty(&unread.path, unread.reason().into(), vec![])]
            }
            Thing::Note(path, note) => vec![self.empty(&path, Cell::None, vec![note])],
        }
    }

    /// A row without a report.
    pub fn empty(self, path: &str, error: Cell, notes: Vec<String>) -> Row {
        let columns = self.columns();
        (columns.iter())
            .map(|(name, _)| match *name {
                "path" => path.into(),
                "error" => error.clone(),
                "notes" => notes.clone().into(),
                _ => Cell::None,
            })
            .collect()
    }

    fn of_report(self, found: Found) -> Vec<Row> {
        let Found {
            report,
            sighting,
            notes,
        } = found;
        let mut rows = match self {
            Verb::Clean => vec![clean_row(&report, &sighting.path)],
            Verb::Parse => parse_rows(&report, &sighting.path),
            Verb::Claims => claim_rows(understand(report), sighting),
            Verb::Readings => vec![reading_row(&understand(report), &sighting.path)],
        };
        for row in &mut rows {
            row.extend([Cell::None, Cell::Texts(notes.clone())]);
        }
        rows
    }
}

fn clean_columns() -> Columns {
    vec![
        ("report", Kind::Text),
        ("path", Kind::Text),
        ("publisher", Kind::Text),
        ("title", Kind::Text),
        ("url", Kind::Text),
        ("byline", Kind::Text),
        ("credits", Kind::Texts),
        ("dateline", Kind::Text),
        ("published_earliest", Kind::Day),
        ("published_latest", Kind::Day),
        ("published_how", Kind::Text),
        ("language", Kind::Text),
        ("body", Kind::Text),
        ("json", Kind::Text),
    ]
}

fn clean_row(report: &Report, path: &str) -> Row {
    let masthead = report.masthead();
    let path = path.to_string();
    let line = jsonl::report_line(report, std::slice::from_ref(&path), &masthead.published);
    let [earliest, latest] = days(masthead.published.when);
    vec![
        report.id().0.as_str().into(),
        path.as_str().into(),
        (&masthead.publisher).into(),
        (&masthead.title).into(),
        (&masthead.url).into(),
        (&masthead.byline).into(),
        masthead.credits.clone().into(),
        (&masthead.dateline).into(),
        earliest,
        latest,
        word(&masthead.published.how),
        (&masthead.language).into(),
        report.body().into(),
        jsonl::json(&line).into(),
    ]
}

/// A word as it is exported.
pub fn word(value: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.into(),
        _ => Cell::None,
    }
}

fn parse_columns() -> Columns {
    vec![
        ("report", Kind::Text),
        ("path", Kind::Text),
        ("sentence", Kind::Whole),
        ("id", Kind::Whole),
        ("form", Kind::Text),
        ("lemma", Kind::Text),
        ("upos", Kind::Text),
        ("xpos", Kind::Text),
        ("head", Kind::Whole),
        ("deprel", Kind::Text),
        ("entity", Kind::Text),
        ("chain", Kind::Whole),
        ("start", Kind::Whole),
        ("end", Kind::Whole),
    ]
}

fn parse_rows(report: &Report, path: &str) -> Vec<Row> {
    let document = rapporteur_text::parse(report);
    let points = Points::of(report.body());
    let mut rows = vec![];
    for (number, sentence) in document.sentences.iter().enumerate() {
        let first = sentence.tokens.start;
        for at in sentence.tokens.clone() {
            let Some(token) = document.tokens.get(at) else {
                continue;
            };
            let head = token.head.map_or(0, |head| head + 1 - first);
            let within = |name: &&Mention| name.span.contains(token.span);
            let name = document.name_over(token).filter(within);
            rows.push(vec![
                report.id().0.as_str().into(),
                path.into(),
                (number + 1).into(),
                (at + 1 - first).into(),
                token.text.into(),
                token.base_form().into(),
                token.upos.name().into(),
                token.fine.into(),
                head.into(),
                token.relation.into(),
                (name.and_then(|name| name.kind)).map_or(Cell::None, |kind| word(&kind)),
                document.chained(at).map(|(_, chain)| chain + 1).into(),
                points.at(token.span.start).into(),
                points.at(token.span.end).into(),
            ]);
        }
    }
    rows
}

/// The columns of the export's table, under the names that all tables here use, and the line.
pub fn claim_columns() -> Columns {
    let named = |name| match name {
        "report_id" => "report",
        name => name,
    };
    (table::COLUMNS.iter())
        .map(|(name, kind)| (named(*name), kind_of(*kind)))
        .chain([("json", Kind::Text)])
        .collect()
}

/// The claims of one report alone, in the order of the text.
pub fn claim_rows(reading: Reading, sighting: Sighting) -> Vec<Row> {
    let alone = Alone::of(reading, sighting, crate::gazetteer());
    let lines = alone.claim_lines().into_iter();
    table::rows(&alone.state, &alone.places)
        .zip(lines)
        .map(|(row, line)| with_line(row, line))
        .collect()
}

pub fn with_line(row: Vec<table::Cell>, line: String) -> Row {
    let cells = row.into_iter().map(Cell::from);
    cells.chain([line.into()]).collect()
}

fn reading_columns() -> Columns {
    vec![
        ("report", Kind::Text),
        ("path", Kind::Text),
        ("publisher", Kind::Text),
        ("title", Kind::Text),
        ("url", Kind::Text),
        ("published_earliest", Kind::Day),
        ("published_latest", Kind::Day),
        ("published_how", Kind::Text),
        ("language", Kind::Text),
        ("places", Kind::Texts),
        ("people", Kind::Texts),
        ("claims", Kind::Whole),
        ("reading", Kind::Text),
        ("features", Kind::Bytes),
    ]
}

/// Names of a kind, each once, in order.
fn names_of(reading: &Reading, kind: NameKind) -> Vec<String> {
    let of_kind = (reading.mentions.iter()).filter(|mention| mention.kind == Some(kind));
    let mut names: Vec<String> = of_kind.map(|mention| mention.name.clone()).collect();
    names.sort();
    names.dedup();
    names
}

fn reading_row(reading: &Reading, path: &str) -> Row {
    let report = &reading.report;
    let masthead = report.masthead();
    let [earliest, latest] = days(masthead.published.when);
    vec![
        report.id().0.as_str().into(),
        path.into(),
        (&masthead.publisher).into(),
        (&masthead.title).into(),
        (&masthead.url).into(),
        earliest,
        latest,
        word(&masthead.published.how),
        (&masthead.language).into(),
        names_of(reading, NameKind::Place).into(),
        names_of(reading, NameKind::Person).into(),
        reading.claims.len().into(),
        jsonl::json(reading).into(),
        Cell::Bytes(Features::of(report).to_bytes()),
    ]
}

/// The columns of copies.
pub fn copy_columns() -> Columns {
    vec![
        ("from", Kind::Text),
        ("to", Kind::Text),
        ("from_path", Kind::Text),
        ("to_path", Kind::Text),
        ("kind", Kind::Text),
        ("directed", Kind::Flag),
        ("share", Kind::Number),
        ("why", Kind::Text),
        ("json", Kind::Text),
        ("path", Kind::Text),
        ("error", Kind::Text),
    ]
}

/// A pair of reports.
pub fn copy_row(copied: Copied) -> Row {
    let derivation = copied.derivation;
    vec![
        derivation.from.0.into(),
        derivation.to.0.into(),
        copied.from_path.into(),
        copied.to_path.into(),
        word(&derivation.kind),
        derivation.directed.into(),
        derivation.share.into(),
        derivation.why.into(),
        copied.line.into(),
        Cell::None,
        Cell::None,
    ]
}

/// A report that could not be read, among the copies.
pub fn copy_error(path: String, error: String) -> Row {
    let columns = copy_columns();
    let (last, others) = ([path.into(), error.into()], columns.len() - 2);
    std::iter::repeat_n(Cell::None, others)
        .chain(last)
        .collect()
}
