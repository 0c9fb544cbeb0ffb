//! Reports without a record: what is said in one alone, and which of several copy one another. The commands
//! `claims` and `copies` and the Python package have it from here, so that they give the same bytes.

pub use crate::cli::flow::Come;
use crate::cli::flow::{self, Sink};
use crate::cli::{clock, export, gazetteer, input};
use crate::guard::guarded;
use rapporteur_model::{Derivation, EntityId, Place, Reading, Report, ReportId, Sighting};
use rapporteur_places::Gazetteer;
use rapporteur_record::{Background, Contents, State};
use rapporteur_report::{Entry, Found, Given, Input, Item, Limits, Manifest, Unread, Zones};
use rapporteur_views::export::jsonl::{self, DerivationLine, Points};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// One report as a record knows it that holds nothing else.
pub struct Alone {
    /// The state of that record.
    pub state: State,
    /// Where its places lie.
    pub places: BTreeMap<EntityId, Place>,
}

impl Alone {
    /// A report with what was read from it; places by that gazetteer.
    pub fn of(reading: Reading, sighting: Sighting, gazetteer: &Gazetteer) -> Alone {
        Alone::with(reading, sighting, Background::default(), gazetteer)
    }

    /// The same with what the user gives beside it.
    pub fn with(
        reading: Reading,
        sighting: Sighting,
        background: Background,
        gazetteer: &Gazetteer,
    ) -> Alone {
        let state = State::of(Contents {
            readings: vec![reading],
            sightings: vec![sighting],
            background,
            ..Contents::default()
        });
        let places = gazetteer::located(&state, gazetteer);
        Alone { state, places }
    }

    /// Its claims in the order of the text, each as its line of the export.
    pub fn claim_lines(&self) -> Vec<String> {
        jsonl::claims(&self.state, &self.places).collect()
    }
}

/// Two reports of which one came from the other, or both from a third.
#[derive(Clone, Debug)]
pub struct Copied {
    /// How.
    pub derivation: Derivation,
    /// Where the one was found.
    pub from_path: String,
    /// Where the other was found.
    pub to_path: String,
    /// All of it as a line: the line of the export, with both paths.
    pub line: String,
}

#[derive(Serialize)]
struct CopyLine<'r> {
    #[serde(flatten)]
    derivation: DerivationLine<'r>,
    from_path: &'r str,
    to_path: &'r str,
}

/// Which of these reports, each with its path, copy one another, in order of their ids. Of a report that is
/// there more than once the first path counts.
pub fn copies(found: &[(String, Report)]) -> Vec<Copied> {
    let mut reports: BTreeMap<&ReportId, (&str, &Report)> = BTreeMap::new();
    for (path, report) in found {
        reports.entry(report.id()).or_insert((path, report));
    }
    let each_once: Vec<&Report> = reports.values().map(|(_, report)| *report).collect();
    let derivations = rapporteur_lineage::trace(&[], &each_once);
    let copied = |derivation: Derivation| {
        let from = reports.get(&derivation.from)?;
        let to = reports.get(&derivation.to)?;
        Some(copied(derivation, *from, *to))
    };
    derivations.into_iter().filter_map(copied).collect()
}

/// How one of two reports, each with its path, came from the other; `None`: it did not, as far as the words
/// show.
pub fn compare(a: (&str, &Report), b: (&str, &Report)) -> Option<Copied> {
    let derivation = rapporteur_lineage::compare(a.1, b.1)?;
    let (from, to) = match derivation.from == *a.1.id() {
        true => (a, b),
        false => (b, a),
    };
    Some(copied(derivation, from, to))
}

fn copied(derivation: Derivation, from: (&str, &Report), to: (&str, &Report)) -> Copied {
    let points = (Points::of(from.1.body()), Points::of(to.1.body()));
    let line = jsonl::json(&CopyLine {
        derivation: jsonl::derivation_line(&derivation, &points.0, &points.1),
        from_path: from.0,
        to_path: to.0,
    });
    Copied {
        derivation,
        from_path: from.0.to_string(),
        to_path: to.0.to_string(),
        line,
    }
}

/// Where reports are.
#[derive(Clone, Debug)]
pub enum Source {
    /// A file, or a folder of files.
    Path(PathBuf),
    /// The bytes of a file in memory, under its name.
    Bytes(String, Vec<u8>),
}

/// What comes out of sources.
#[derive(Clone, Debug)]
pub enum Thing {
    /// A report.
    Report(Box<Found>),
    /// Something that cannot be read.
    Unread(Unread),
    /// What is to be known of a whole file: its path, and the note.
    Note(String, String),
}

/// Does `work` to each thing in the sources on several threads (`None`: one a processor), and hands what comes
/// of it to `take` in this thread, in the order given. A fault of the program with one report is an [`Unread`].
///
/// # Errors
/// The first one of `take`, which ends everything.
pub fn each<R: Send, E>(
    sources: Vec<Source>,
    threads: Option<usize>,
    work: impl Fn(Thing) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let each_report = |_: &Path, entry: &Entry| -> Vec<R> {
        let given = Given::default();
        let found = guarded(&entry.path, || rapporteur_report::read_entry(entry, &given));
        let found = found.unwrap_or_else(|fault| vec![Err(fault)]);
        (found.into_iter())
            .map(|found| match found {
                Err(unread) => work(Thing::Unread(unread)),
                Ok(found) => {
                    let path = found.sighting.path.clone();
                    let done = guarded(&path, || work(Thing::Report(Box::new(found))));
                    done.unwrap_or_else(|fault| work(Thing::Unread(fault)))
                }
            })
            .collect()
    };
    each_entry(sources, threads, each_report, |come| match come {
        Come::Done(results) => results.into_iter().try_for_each(&mut take),
        Come::Unread(unread) => take(work(Thing::Unread(unread))),
        Come::Note(path, note) => take(work(Thing::Note(path, note))),
    })
}

/// The same with each entry of the sources, and the path of its file.
///
/// # Errors
/// The first one of `take`, which ends everything.
pub fn each_entry<R: Send, E>(
    sources: Vec<Source>,
    threads: Option<usize>,
    work: impl Fn(&Path, &Entry) -> R + Sync,
    take: impl FnMut(Come<R>) -> Result<(), E>,
) -> Result<(), E> {
    let files = opened(sources);
    let open = |file: &Opened, sink: &mut Sink<'_>| match file {
        Opened::File(path) => flow::open(path, &|_| (), sink),
        Opened::Bytes(name, bytes) => {
            let mut bytes = Cursor::new(bytes.as_slice());
            let input = Input::File(&mut bytes);
            rapporteur_report::entries(name, input, &Limits::default(), &mut |item| sink(item));
        }
        Opened::Unread(unread) => {
            // Nothing comes after it in this file.
            let _: ControlFlow<()> = sink(Item::Unread(unread.clone()));
        }
    };
    let work = |file: &Opened, entry: &Entry| match file {
        Opened::File(path) => work(path, entry),
        Opened::Bytes(name, _) => work(Path::new(name), entry),
        // It has no entries.
        Opened::Unread(unread) => work(Path::new(&unread.path), entry),
    };
    flow::each_of(&files, &open, input::threads(threads), work, take)
}

/// What a manifest gives for an entry of a file, as `rapporteur read` takes it.
pub fn given(manifest: Option<&Manifest>, file: &Path, entry: &Entry) -> Given {
    input::given(manifest, &Zones::default(), file, entry)
}

/// The time now, RFC 3339, UTC; or what `RAPPORTEUR_NOW` says that it is.
///
/// # Errors
/// What that says is no time.
pub fn now() -> Result<String, String> {
    clock::now().map_err(|_| {
        "RAPPORTEUR_NOW is no time: write it as 2031-03-01T12:00:00Z, or unset it".to_string()
    })
}

/// Which place each of a record's entities is, by that gazetteer.
pub fn located(state: &State, gazetteer: &Gazetteer) -> BTreeMap<EntityId, Place> {
    gazetteer::located(state, gazetteer)
}

/// A record for other programs, in a format as `rapporteur export` names them; `None`: it has no such format.
pub fn exported(
    state: &State,
    places: &BTreeMap<EntityId, Place>,
    format: &str,
) -> Option<Vec<u8>> {
    export::named(format, state, places).map(|pieces| pieces.flatten().collect())
}

/// A source, looked up.
enum Opened {
    File(PathBuf),
    Bytes(String, Vec<u8>),
    Unread(Unread),
}

fn opened(sources: Vec<Source>) -> Vec<Opened> {
    let mut all = vec![];
    for source in sources {
        match source {
            Source::Bytes(name, bytes) => all.push(Opened::Bytes(name, bytes)),
            Source::Path(path) => {
                let (files, unread) = input::files(&[path]);
                all.extend(files.into_iter().map(Opened::File));
                all.extend(unread.into_iter().map(Opened::Unread));
            }
        }
    }
    all
}
