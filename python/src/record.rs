//! The record as Python sees it.

use crate::gazetteer;
use crate::rows::{claim_columns, with_line, word};
use crate::sources;
use crate::table::{Cell, Columns, Kind, Row, Table, days};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rapporteur::alone::{self, Come};
use rapporteur::{Counts, Read, add};
use rapporteur_model::{Date, Reading, Report, ReportId, Sighting};
use rapporteur_record::{Contents, Error, Log, State};
use rapporteur_report::Unread;
use rapporteur_views::export::{jsonl, table};
use rapporteur_views::{self as views, Entry, Filter, Voice, Weight};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// With so many reports at least, and so many at most, the record grows at once.
const STEP: usize = 256;
const MOST_IN_A_STEP: usize = 4096;

fn failed(error: Error) -> PyErr {
    let hint = error.hint();
    let hint = match hint.is_empty() {
        true => String::new(),
        false => format!(" ({hint})"),
    };
    PyOSError::new_err(format!("{error}{hint}"))
}

/// The reading in some JSON, where it is one and its report is what its id says.
pub fn reading(json: &str) -> Result<Reading, String> {
    let reading: Reading = serde_json::from_str(json)
        .map_err(|error| format!("the reading cannot be read: {error}"))?;
    let report = &reading.report;
    let again = Report::new(
        report.masthead().clone(),
        report.body().to_string(),
        report.blocks().to_vec(),
    );
    match again.id() == report.id() {
        true => Ok(reading),
        false => Err("the report's id does not belong to its text (read it again)".into()),
    }
}

/// What came into a record: new reports, known ones, claims, derivations; and a table of what did not, with
/// `path` and `error`.
type Came = (usize, usize, usize, usize, Table);

/// Adds steps of readings to a record and counts what came in.
struct Adding {
    log: Log,
    recorded: String,
    before: usize,
    waiting: Vec<Read>,
    read: usize,
    counts: Counts,
    errors: Vec<Row>,
}

impl Adding {
    fn to(record: &Path) -> PyResult<(Adding, BTreeSet<ReportId>)> {
        let recorded = alone::now().map_err(PyValueError::new_err)?;
        let log = Log::open(record).map_err(failed)?;
        let known: BTreeSet<ReportId> = log.ids().map_err(failed)?.into_iter().collect();
        let adding = Adding {
            log,
            recorded,
            before: known.len(),
            waiting: vec![],
            read: 0,
            counts: Counts::default(),
            errors: vec![],
        };
        Ok((adding, known))
    }

    fn error(&mut self, path: String, error: String) {
        self.errors.push(vec![path.into(), error.into()]);
    }

    fn unread(&mut self, unread: Unread) {
        let hint = match unread.hint.is_empty() {
            true => String::new(),
            false => format!(" ({})", unread.hint),
        };
        self.error(unread.path, format!("{}{hint}", unread.why));
    }

    /// Takes one; the ids of those that are now in the record.
    fn push(&mut self, read: Read) -> Result<Vec<ReportId>, Error> {
        self.waiting.push(read);
        self.read += 1;
        let before = self.before + self.read - self.waiting.len();
        match self.waiting.len() >= before.clamp(STEP, MOST_IN_A_STEP) {
            true => self.step(),
            false => Ok(vec![]),
        }
    }

    fn step(&mut self) -> Result<Vec<ReportId>, Error> {
        let step = std::mem::take(&mut self.waiting);
        let added = add(&mut self.log, &step, &self.recorded)?;
        self.counts.new += added.new;
        self.counts.known += added.known;
        self.counts.claims += added.claims;
        self.counts.derivations += added.derivations;
        let mut ids = vec![];
        for read in step {
            let id = read.reading.report.id();
            match added.refused.iter().find(|(refused, _)| refused == id) {
                Some((_, why)) => self.error(
                    read.sighting.path.clone(),
                    format!("what was read of it does not hold: {why}"),
                ),
                None => ids.push(id.clone()),
            }
        }
        Ok(ids)
    }

    fn end(mut self) -> PyResult<Came> {
        if !self.waiting.is_empty() {
            self.step().map_err(failed)?;
        }
        let columns: Columns = vec![("path", Kind::Text), ("error", Kind::Text)];
        let Counts {
            new,
            known,
            claims,
            derivations,
            ..
        } = self.counts;
        let errors = Table::of(&columns, self.errors)?;
        Ok((new, known, claims, derivations, errors))
    }
}

/// Reads reports into a record, as `rapporteur read` does.
#[pyfunction]
#[pyo3(signature = (reports, record, manifest=None, threads=None))]
pub fn read(
    py: Python<'_>,
    reports: Bound<'_, PyAny>,
    record: PathBuf,
    manifest: Option<PathBuf>,
    threads: Option<usize>,
) -> PyResult<Came> {
    let sources = sources(&reports)?;
    py.detach(|| {
        let manifest = match &manifest {
            None => None,
            Some(path) => {
                let shown = path.display();
                let bytes = std::fs::read(path).map_err(|error| {
                    PyOSError::new_err(format!("manifest {shown} cannot be read: {error}"))
                })?;
                let manifest = rapporteur_report::manifest(&bytes);
                Some(manifest.map_err(|unread| {
                    PyValueError::new_err(format!(
                        "manifest {shown}: {} ({})",
                        unread.why, unread.hint
                    ))
                })?)
            }
        };
        let (mut adding, known) = Adding::to(&record)?;
        let known = RwLock::new(known);
        let is_known = |id: &ReportId| {
            let known = known.read().unwrap_or_else(PoisonError::into_inner);
            known.contains(id)
        };
        let each = alone::each_entry(
            sources,
            threads,
            |file, entry| {
                let given = alone::given(manifest.as_ref(), file, entry);
                rapporteur::read_entry(entry, &given, is_known)
            },
            |come| {
                match come {
                    Come::Note(..) => {}
                    Come::Unread(unread) => adding.unread(unread),
                    Come::Done(results) => {
                        for result in results {
                            match result {
                                Err(unread) => adding.unread(unread),
                                Ok(read) => {
                                    let ids = adding.push(read)?;
                                    let known = known.write();
                                    known.unwrap_or_else(PoisonError::into_inner).extend(ids);
                                }
                            }
                        }
                    }
                }
                Ok::<(), Error>(())
            },
        );
        each.map_err(failed)?;
        adding.end()
    })
}

/// A record: one file, which `read` and `rapporteur read` make. Each call looks at the file anew.
#[pyclass(module = "rapporteur._rapporteur", subclass, frozen)]
pub struct Record {
    path: PathBuf,
}

/// Which claims a view is asked for.
struct Asked {
    filter: Filter,
}

impl Asked {
    fn of(place: Option<String>, actor: Option<String>, as_of: Option<&str>) -> PyResult<Asked> {
        let day = |text: &str| {
            text.parse::<Date>().map_err(|_| {
                PyValueError::new_err(format!("no day: {text} (write it as 2031-03-01)"))
            })
        };
        Ok(Asked {
            filter: Filter {
                place,
                actor,
                as_of: as_of.map(day).transpose()?,
            },
        })
    }
}

impl Record {
    fn log(&self) -> PyResult<Log> {
        Log::open_existing(&self.path).map_err(failed)
    }

    fn state(&self, as_of: Option<Date>) -> PyResult<State> {
        let mut log = self.log()?;
        match as_of {
            None => log.state().map_err(failed),
            Some(_) => {
                let contents: Contents = log.contents().map_err(failed)?;
                Ok(State::as_of(contents, as_of))
            }
        }
    }

    fn view(
        &self,
        py: Python<'_>,
        (place, actor, as_of): (Option<String>, Option<String>, Option<String>),
        columns: Columns,
        rows: impl FnOnce(&State, &Filter) -> Vec<Row> + Send,
    ) -> PyResult<Table> {
        let Asked { filter } = Asked::of(place, actor, as_of.as_deref())?;
        py.detach(|| {
            let state = self.state(filter.as_of)?;
            Table::of(&columns, rows(&state, &filter))
        })
    }
}

/// The columns of one line of a view, with its evidence; `json` has all of it.
const LINE: [(&str, Kind); 11] = [
    ("earliest", Kind::Day),
    ("latest", Kind::Day),
    ("subject", Kind::Text),
    ("words", Kind::Text),
    ("reports", Kind::Whole),
    ("origins", Kind::Whole),
    ("claims", Kind::Texts),
    ("against", Kind::Texts),
    ("said_by", Kind::Texts),
    ("exact", Kind::Texts),
    ("json", Kind::Text),
];

fn line(entry: &Entry) -> Row {
    let [earliest, latest] = days(entry.when);
    let against = entry.against.iter().map(|id| id.0.clone());
    let [claims, said_by, exact] = voices(&entry.voices);
    let [reports, origins] = weight(entry.weight);
    vec![
        earliest,
        latest,
        entry.subject.into(),
        entry.words.as_str().into(),
        reports,
        origins,
        claims,
        Cell::Texts(against.collect()),
        said_by,
        exact,
        jsonl::json(entry).into(),
    ]
}

fn weight(weight: Weight) -> [Cell; 2] {
    [weight.reports.into(), weight.origins.into()]
}

/// The claims, who makes them, and their words.
fn voices(voices: &[Voice]) -> [Cell; 3] {
    let texts = |of: fn(&Voice) -> &String| Cell::Texts(voices.iter().map(of).cloned().collect());
    [
        texts(|voice| &voice.claim.0),
        texts(|voice| &voice.chain),
        texts(|voice| &voice.exact),
    ]
}

#[pymethods]
impl Record {
    #[new]
    fn new(path: PathBuf) -> Record {
        Record { path }
    }

    /// Where the record lies.
    #[getter]
    fn path(&self) -> PathBuf {
        self.path.clone()
    }

    /// The reports, the earliest first: `report`, `publisher`, `title`, `path`, `paths`, `url`, `byline`,
    /// `credits`, `published_earliest`, `published_latest`, `published_how`, `claims` (how many), `lineage` (in
    /// words), `json`.
    #[pyo3(signature = (*, place=None, actor=None, as_of=None))]
    fn reports(
        &self,
        py: Python<'_>,
        place: Option<String>,
        actor: Option<String>,
        as_of: Option<String>,
    ) -> PyResult<Table> {
        let columns = vec![
            ("report", Kind::Text),
            ("publisher", Kind::Text),
            ("title", Kind::Text),
            ("path", Kind::Text),
            ("paths", Kind::Texts),
            ("url", Kind::Text),
            ("byline", Kind::Text),
            ("credits", Kind::Texts),
            ("published_earliest", Kind::Day),
            ("published_latest", Kind::Day),
            ("published_how", Kind::Text),
            ("claims", Kind::Whole),
            ("lineage", Kind::Texts),
            ("json", Kind::Text),
        ];
        self.view(py, (place, actor, as_of), columns, |state, filter| {
            let row = |one: &views::ReportLine| {
                let [earliest, latest] = days(one.report.published);
                vec![
                    one.report.id.0.as_str().into(),
                    one.report.name.as_str().into(),
                    (&one.report.title).into(),
                    (&one.report.path).into(),
                    one.paths.clone().into(),
                    (&one.url).into(),
                    (&one.byline).into(),
                    one.credits.clone().into(),
                    earliest,
                    latest,
                    word(&one.report.how),
                    one.claims.into(),
                    one.lineage.clone().into(),
                    jsonl::json(one).into(),
                ]
            };
            views::reports(state, filter)
                .reports
                .iter()
                .map(row)
                .collect()
        })
    }

    /// Every claim: the columns of the Parquet export (docs/exports.md; the report's id is `report`) and `json`,
    /// the claim's line of the JSON lines.
    #[pyo3(signature = (*, as_of=None))]
    fn claims(&self, py: Python<'_>, as_of: Option<String>) -> PyResult<Table> {
        self.view(py, (None, None, as_of), claim_columns(), |state, _| {
            let places = alone::located(state, gazetteer());
            table::rows(state, &places)
                .zip(jsonl::claims(state, &places))
                .map(|(row, line)| with_line(row, line))
                .collect()
        })
    }

    /// What happened when, as reported, in order of time: `earliest`, `latest`, `subject`, `words`, `reports`
    /// and `origins` (how many say so), `claims`, `against` (ids), `said_by`, `exact`, `json`.
    #[pyo3(signature = (*, place=None, actor=None, as_of=None))]
    fn timeline(
        &self,
        py: Python<'_>,
        place: Option<String>,
        actor: Option<String>,
        as_of: Option<String>,
    ) -> PyResult<Table> {
        self.view(py, (place, actor, as_of), LINE.to_vec(), |state, filter| {
            views::timeline(state, filter)
                .entries
                .iter()
                .map(line)
                .collect()
        })
    }

    /// Where accounts contradict, differ and agree: a row an account. `topic`, `question`, `standing`, `value`,
    /// `earliest`, `latest`, `reports`, `origins`, `claims`, `said_by`, `exact`, `json` (the whole question, with how
    /// its claims stand to one another).
    #[pyo3(signature = (*, place=None, actor=None, as_of=None))]
    fn disputes(
        &self,
        py: Python<'_>,
        place: Option<String>,
        actor: Option<String>,
        as_of: Option<String>,
    ) -> PyResult<Table> {
        let columns = vec![
            ("topic", Kind::Text),
            ("question", Kind::Text),
            ("standing", Kind::Text),
            ("value", Kind::Text),
            ("earliest", Kind::Day),
            ("latest", Kind::Day),
            ("reports", Kind::Whole),
            ("origins", Kind::Whole),
            ("claims", Kind::Texts),
            ("said_by", Kind::Texts),
            ("exact", Kind::Texts),
            ("json", Kind::Text),
        ];
        self.view(py, (place, actor, as_of), columns, |state, filter| {
            let all = views::disputes(state, filter);
            let mut rows = vec![];
            for question in all.questions.iter().chain(&all.agreed) {
                let json = jsonl::json(question);
                for account in &question.accounts {
                    let [earliest, latest] = days(account.when);
                    let [reports, origins] = weight(account.weight);
                    let [claims, said_by, exact] = voices(&account.voices);
                    rows.push(vec![
                        question.topic.as_str().into(),
                        question.question.as_str().into(),
                        word(&question.standing),
                        account.value.as_str().into(),
                        earliest,
                        latest,
                        reports,
                        origins,
                        claims,
                        said_by,
                        exact,
                        json.as_str().into(),
                    ]);
                }
            }
            rows
        })
    }

    /// The talks: a row a line of a meeting. `meeting` (counted from 1), `parties`, `at` (the meeting's place),
    /// `section` (track, delegations, agenda, positions), `party` (of a position), `aspect`, and the columns of
    /// `timeline`.
    #[pyo3(signature = (*, place=None, actor=None, as_of=None))]
    fn talks(
        &self,
        py: Python<'_>,
        place: Option<String>,
        actor: Option<String>,
        as_of: Option<String>,
    ) -> PyResult<Table> {
        let head = [
            ("meeting", Kind::Whole),
            ("parties", Kind::Texts),
            ("at", Kind::Text),
            ("section", Kind::Text),
            ("party", Kind::Text),
            ("aspect", Kind::Text),
        ];
        let columns = head.into_iter().chain(LINE).collect();
        self.view(py, (place, actor, as_of), columns, |state, filter| {
            let mut rows = vec![];
            for (number, meeting) in views::talks(state, filter).meetings.iter().enumerate() {
                let mut push = |section: &str, party: Option<&str>, lines: &[views::TalksLine]| {
                    rows.extend(lines.iter().map(|talks| {
                        let mut row = vec![
                            (number + 1).into(),
                            meeting.parties.clone().into(),
                            (&meeting.place).into(),
                            section.into(),
                            party.into(),
                            talks.aspect.into(),
                        ];
                        row.extend(line(&talks.entry));
                        row
                    }));
                };
                push("track", None, &meeting.track);
                push("delegations", None, &meeting.delegations);
                push("agenda", None, &meeting.agenda);
                for position in &meeting.positions {
                    push("positions", Some(&position.party), &position.lines);
                }
            }
            rows
        })
    }

    /// Who is said to hold which place, since when: `place_id`, `place`, `earliest`, `latest`, `holder`, `action`,
    /// `status`, `reports`, `origins`, `claims`, `said_by`, `exact`, `json`.
    #[pyo3(signature = (*, place=None, actor=None, as_of=None))]
    fn control(
        &self,
        py: Python<'_>,
        place: Option<String>,
        actor: Option<String>,
        as_of: Option<String>,
    ) -> PyResult<Table> {
        let columns = vec![
            ("place_id", Kind::Text),
            ("place", Kind::Text),
            ("earliest", Kind::Day),
            ("latest", Kind::Day),
            ("holder", Kind::Text),
            ("action", Kind::Text),
            ("status", Kind::Text),
            ("reports", Kind::Whole),
            ("origins", Kind::Whole),
            ("claims", Kind::Texts),
            ("said_by", Kind::Texts),
            ("exact", Kind::Texts),
            ("json", Kind::Text),
        ];
        self.view(py, (place, actor, as_of), columns, |state, filter| {
            let mut rows = vec![];
            for place in &views::control(state, filter).places {
                for hold in &place.history {
                    let [earliest, latest] = days(hold.when);
                    let [reports, origins] = weight(hold.weight);
                    let [claims, said_by, exact] = voices(&hold.voices);
                    rows.push(vec![
                        place.id.0.as_str().into(),
                        place.name.as_str().into(),
                        earliest,
                        latest,
                        hold.holder.as_str().into(),
                        hold.action.into(),
                        hold.status.into(),
                        reports,
                        origins,
                        claims,
                        said_by,
                        exact,
                        jsonl::json(hold).into(),
                    ]);
                }
            }
            rows
        })
    }

    /// How much, by whom and as of when: `of` (what is counted), `earliest`, `latest`, `printed`, `low`, `high`,
    /// `comparator`, `unit`, `by`, `origin`, `claim`, `report`, `exact`, `json`. A bound that is not there is null.
    #[pyo3(signature = (*, place=None, actor=None, as_of=None))]
    fn figures(
        &self,
        py: Python<'_>,
        place: Option<String>,
        actor: Option<String>,
        as_of: Option<String>,
    ) -> PyResult<Table> {
        let columns = vec![
            ("of", Kind::Text),
            ("earliest", Kind::Day),
            ("latest", Kind::Day),
            ("printed", Kind::Text),
            ("low", Kind::Number),
            ("high", Kind::Number),
            ("comparator", Kind::Text),
            ("unit", Kind::Text),
            ("by", Kind::Text),
            ("origin", Kind::Text),
            ("claim", Kind::Text),
            ("report", Kind::Text),
            ("exact", Kind::Text),
            ("json", Kind::Text),
        ];
        self.view(py, (place, actor, as_of), columns, |state, filter| {
            let mut rows = vec![];
            for ledger in &views::figures(state, filter).ledgers {
                for figure in &ledger.figures {
                    let [earliest, latest] = days(figure.when);
                    rows.push(vec![
                        ledger.of.as_str().into(),
                        earliest,
                        latest,
                        figure.printed.as_str().into(),
                        figure.low.into(),
                        figure.high.into(),
                        figure.comparator.into(),
                        (&figure.unit).into(),
                        figure.by.as_str().into(),
                        figure.origin.as_str().into(),
                        figure.voice.claim.0.as_str().into(),
                        figure.voice.report.id.0.as_str().into(),
                        figure.voice.exact.as_str().into(),
                        jsonl::json(figure).into(),
                    ]);
                }
            }
            rows
        })
    }

    /// Which reports copy one another: `from`, `to`, `from_path`, `to_path`, `kind`, `directed`, `share`, `words`,
    /// `why`, `json`.
    #[pyo3(signature = (*, place=None, actor=None, as_of=None))]
    fn lineage(
        &self,
        py: Python<'_>,
        place: Option<String>,
        actor: Option<String>,
        as_of: Option<String>,
    ) -> PyResult<Table> {
        let columns = vec![
            ("from", Kind::Text),
            ("to", Kind::Text),
            ("from_path", Kind::Text),
            ("to_path", Kind::Text),
            ("kind", Kind::Text),
            ("directed", Kind::Flag),
            ("share", Kind::Number),
            ("words", Kind::Text),
            ("why", Kind::Text),
            ("json", Kind::Text),
        ];
        self.view(py, (place, actor, as_of), columns, |state, filter| {
            let row = |one: &views::DerivationLine| {
                vec![
                    one.from.id.0.as_str().into(),
                    one.to.id.0.as_str().into(),
                    (&one.from.path).into(),
                    (&one.to.path).into(),
                    word(&one.kind),
                    one.directed.into(),
                    one.share.into(),
                    one.words.as_str().into(),
                    one.why.as_str().into(),
                    jsonl::json(one).into(),
                ]
            };
            let lineage = views::lineage(state, filter);
            lineage.derivations.iter().map(row).collect()
        })
    }

    /// The record in a format of `rapporteur export`, as bytes: `jsonl`, `csv`, `parquet`, `acled`, `ged`,
    /// `geojson`, `brief` … (docs/exports.md).
    #[pyo3(signature = (format, *, as_of=None))]
    fn export<'py>(
        &self,
        py: Python<'py>,
        format: &str,
        as_of: Option<String>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let Asked { filter } = Asked::of(None, None, as_of.as_deref())?;
        let bytes = py.detach(|| {
            let state = self.state(filter.as_of)?;
            let places = alone::located(&state, gazetteer());
            alone::exported(&state, &places, format).ok_or_else(|| {
                PyValueError::new_err(format!(
                    "there is no format {format} (docs/exports.md names them)"
                ))
            })
        })?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Takes readings that were kept, pairs of a path and the JSON of a reading; makes the record if it is not
    /// there.
    fn _add(&self, py: Python<'_>, readings: Vec<(String, String)>) -> PyResult<Came> {
        py.detach(|| {
            let (mut adding, _) = Adding::to(&self.path)?;
            for (path, json) in readings {
                match reading(&json) {
                    Err(why) => adding.error(path, why),
                    Ok(reading) => {
                        let report = reading.report.id().clone();
                        let read = Read {
                            reading,
                            sighting: Sighting { report, path },
                            notes: vec![],
                        };
                        adding.push(read).map_err(failed)?;
                    }
                }
            }
            adding.end()
        })
    }
}
