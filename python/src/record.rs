//! The record as Python sees it.

use crate::gazetteer;
use crate::rows::{claim_columns, with_line, word};
use crate::sources;
use crate::table::{Cell, Columns, Kind, Row, Table, days};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyIterator};
use rapporteur::alone::{self, Come};
use rapporteur::steps::{Came, Ended, Known, Steps};
use rapporteur::{Counts, Read};
use rapporteur_model::{Date, Reading, Report, Sighting};
use rapporteur_record::{Contents, Error, Log, State};
use rapporteur_report::{Entry as FileEntry, Unread};
use rapporteur_views::export::{jsonl, table};
use rapporteur_views::{self as views, Entry, Filter, Voice, Weight};
use std::path::{Path, PathBuf};

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
type Counted = (usize, usize, usize, usize, Table);

/// What came, as Python has it.
fn came(came: Came, errors: Vec<Row>) -> PyResult<Counted> {
    let Counts {
        new,
        known,
        claims,
        derivations,
        ..
    } = came.counts;
    let refused = came.refused.iter().map(error_row);
    let columns: Columns = vec![("path", Kind::Text), ("error", Kind::Text)];
    let errors = Table::of(&columns, errors.into_iter().chain(refused).collect())?;
    Ok((new, known, claims, derivations, errors))
}

fn error_row(unread: &Unread) -> Row {
    vec![unread.path.as_str().into(), unread.reason().into()]
}

/// Hands readings on into a record, in steps: `give` is given what takes one.
fn into_record(
    record: &Path,
    give: impl FnOnce(&Known, &mut dyn FnMut(Read) -> Result<(), Ended>),
) -> PyResult<Came> {
    let recorded = alone::now().map_err(PyValueError::new_err)?;
    let log = Log::open(record).map_err(failed)?;
    let known = Known::of(&log).map_err(failed)?;
    let came = std::thread::scope(|scope| {
        let told = |_: &Read, _| Ok::<(), Error>(());
        let mut steps = Steps::into(scope, log, &recorded, &known, told)?;
        give(&known, &mut |read| steps.push(read));
        steps.end()
    });
    came.map_err(failed)
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
) -> PyResult<Counted> {
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
        let mut errors = vec![];
        let added = into_record(&record, |known, push| {
            let read = |file: &Path, entry: &FileEntry| {
                let given = alone::given(manifest.as_ref(), file, entry);
                rapporteur::read_entry(entry, &given, |id| known.has(id))
            };
            let take = |come| {
                match come {
                    Come::Note(..) => {}
                    Come::Unread(unread) => errors.push(error_row(&unread)),
                    Come::Done(results) => {
                        for result in results {
                            match result {
                                Err(unread) => errors.push(error_row(&unread)),
                                Ok(read) => push(read)?,
                            }
                        }
                    }
                }
                Ok(())
            };
            // Where it ends before its time, adding has failed, and says why at the end.
            let _: Result<(), Ended> = alone::each_entry(sources, threads, read, take);
        })?;
        came(added, errors)
    })
}

/// A record: one file, which `read` and `rapporteur read` make. Each call looks at the file anew.
#[pyclass(module = "rapporteur._rapporteur", subclass, frozen)]
pub struct Record {
    path: PathBuf,
}

/// Which claims a view is asked for.
fn asked(place: Option<String>, actor: Option<String>, as_of: Option<String>) -> PyResult<Filter> {
    let day = |text: String| {
        text.parse::<Date>()
            .map_err(|_| PyValueError::new_err(format!("no day: {text} (write it as 2031-03-01)")))
    };
    Ok(Filter {
        place,
        actor,
        as_of: as_of.map(day).transpose()?,
    })
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
        let filter = asked(place, actor, as_of)?;
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

/// The last columns of a row that claims stand behind.
const BEHIND: [(&str, Kind); 6] = [
    ("reports", Kind::Whole),
    ("origins", Kind::Whole),
    ("claims", Kind::Texts),
    ("said_by", Kind::Texts),
    ("exact", Kind::Texts),
    ("json", Kind::Text),
];

fn behind(of: Weight, by: &[Voice], json: String) -> [Cell; 6] {
    let [reports, origins] = weight(of);
    let [claims, said_by, exact] = voices(by);
    [reports, origins, claims, said_by, exact, json.into()]
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
        let head = [
            ("topic", Kind::Text),
            ("question", Kind::Text),
            ("standing", Kind::Text),
            ("value", Kind::Text),
            ("earliest", Kind::Day),
            ("latest", Kind::Day),
        ];
        let columns = head.into_iter().chain(BEHIND).collect();
        self.view(py, (place, actor, as_of), columns, |state, filter| {
            let all = views::disputes(state, filter);
            let mut rows = vec![];
            for question in all.questions.iter().chain(&all.agreed) {
                let json = jsonl::json(question);
                for account in &question.accounts {
                    let [earliest, latest] = days(account.when);
                    let mut row = vec![
                        question.topic.as_str().into(),
                        question.question.as_str().into(),
                        word(&question.standing),
                        account.value.as_str().into(),
                        earliest,
                        latest,
                    ];
                    row.extend(behind(account.weight, &account.voices, json.clone()));
                    rows.push(row);
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
        let head = [
            ("place_id", Kind::Text),
            ("place", Kind::Text),
            ("earliest", Kind::Day),
            ("latest", Kind::Day),
            ("holder", Kind::Text),
            ("action", Kind::Text),
            ("status", Kind::Text),
        ];
        let columns = head.into_iter().chain(BEHIND).collect();
        self.view(py, (place, actor, as_of), columns, |state, filter| {
            let mut rows = vec![];
            for place in &views::control(state, filter).places {
                for hold in &place.history {
                    let [earliest, latest] = days(hold.when);
                    let mut row = vec![
                        place.id.0.as_str().into(),
                        place.name.as_str().into(),
                        earliest,
                        latest,
                        hold.holder.as_str().into(),
                        hold.action.into(),
                        hold.status.into(),
                    ];
                    row.extend(behind(hold.weight, &hold.voices, jsonl::json(hold)));
                    rows.push(row);
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
        let filter = asked(None, None, as_of)?;
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

    /// Takes readings that were kept, from an iterator of lists of pairs of a path and the JSON of a reading; makes
    /// the record if it is not there.
    fn _add(&self, py: Python<'_>, readings: Bound<'_, PyIterator>) -> PyResult<Counted> {
        let readings = readings.unbind();
        let next = || -> PyResult<Option<Vec<(String, String)>>> {
            Python::attach(|py| {
                let next = readings.bind(py).clone().next();
                next.map(|list| list?.extract()).transpose()
            })
        };
        py.detach(|| {
            let mut errors = vec![];
            let mut raised = None;
            let added = into_record(&self.path, |_, push| {
                loop {
                    let list = match next() {
                        Ok(Some(list)) => list,
                        Ok(None) => return,
                        Err(error) => {
                            raised = Some(error);
                            return;
                        }
                    };
                    for (path, json) in list {
                        let reading = match reading(&json) {
                            Ok(reading) => reading,
                            Err(why) => {
                                errors.push(vec![path.into(), why.into()]);
                                continue;
                            }
                        };
                        let report = reading.report.id().clone();
                        let read = Read {
                            reading,
                            sighting: Sighting { report, path },
                            notes: vec![],
                        };
                        if push(read).is_err() {
                            // Adding has failed, and says why at the end.
                            return;
                        }
                    }
                }
            })?;
            match raised {
                Some(error) => Err(error),
                None => came(added, errors),
            }
        })
    }
}
