//! `rapporteur read`: reports into the record.

use super::config::ConfigArgs;
use super::failure::Failure;
use super::flow::{self, Come};
use super::output::{message, results};
use super::{Outcome, clock, input, progress};
use crate::guard::fault;
use crate::{Counts, Read, add, read_entry};
use clap::Parser;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rapporteur_model::ReportId;
use rapporteur_record::Log;
use rapporteur_report::{Entry, Unread};
use rapporteur_views::words;
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, SendError};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

/// Read files, folders and archives into a record
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur read reports/ --record talks.record
  rapporteur read a.html b.txt feed.xml --record talks.record --manifest reports.csv
  rapporteur read crawl.warc.gz newsletters.mbox saved.zip --record talks.record
  curl -s https://example.org/report.html | rapporteur read - --record talks.record

What a file is, is found from its bytes, and from its name where they leave it open: a saved page
(HTML, MHTML), plain text, Markdown, a feed (RSS, Atom, JSON Feed), JSON, JSON lines, a table (CSV), a
web archive (WARC), mail (EML, mbox). Any of them may be compressed (gzip, zstd) or in an archive (ZIP,
tar), and a file may be of any size: of one with many reports, no more than a few are in memory.
Reading the same report again changes nothing; reports that cannot be read are named, and the
others are kept.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The record, one file; made if it is not there
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// CSV or JSON lines with path (or doc), and any of publisher, published, url, title
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// How many threads read [default: one a processor]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    config: ConfigArgs,
    /// One line a report instead of a bar
    #[arg(long)]
    verbose: bool,
}

/// With so many reports at least, and so many at most, or so many bytes of text, the record grows at once: twice
/// as many wait in memory.
const STEP: usize = 256;
const MOST_IN_A_STEP: usize = 16384;
const MOST_BYTES_IN_A_STEP: usize = 20 << 20;

/// How long to wait for another run that is adding a step of its own.
pub(super) const PATIENCE: Duration = Duration::from_secs(600);

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let manifest = input::manifest(args.manifest.as_deref())?;
    if manifest.is_none() {
        for path in input::manifests_in(&args.paths) {
            let path = input::shown(&path);
            message(&format!(
                "note: {path} is not used; add --manifest {path} to use it"
            ));
        }
    }
    let zones = args.config.load(Some(&args.record))?.zones;
    let recorded = clock::now()?;
    let log = Log::open(&args.record)?;
    log.wait_for_writers(PATIENCE)?;
    let (mut files, mut unread) = input::files(&args.paths);
    files.sort();

    let known = RwLock::new(log.ids()?.into_iter().collect::<BTreeSet<ReportId>>());
    let bar = Bar::new(&files, args.verbose);
    let read_one = |file: &Path, entry: &Entry| {
        let given = input::given(manifest.as_ref(), &zones, file, entry);
        read_entry(entry, &given, |id| {
            let known = known.read().unwrap_or_else(PoisonError::into_inner);
            known.contains(id)
        })
    };
    let mut steps = Steps {
        waiting: Vec::new(),
        bytes: 0,
        read: 0,
        known: known.read().unwrap_or_else(PoisonError::into_inner).len(),
    };
    let adding = Adding {
        log,
        recorded,
        known: &known,
        counts: Counts::default(),
        refused: Vec::new(),
        bar: &bar,
        verbose: args.verbose,
    };
    let threads = input::threads(args.threads);
    let (counts, refused) = std::thread::scope(|scope| {
        // While one step is added, the next is read, and no further one.
        let (give, take) = mpsc::sync_channel(0);
        let adding = scope.spawn(move || adding.all(take));
        let read = flow::each(
            &files,
            threads,
            &|bytes| bar.read(bytes),
            read_one,
            |come| {
                match come {
                    Come::Done(results) => {
                        for result in results {
                            match result {
                                Ok(read) => steps.push(read),
                                Err(why) => unread.push(why),
                            }
                        }
                        bar.count(steps.read);
                        if let Some(step) = steps.full() {
                            give.send(step)?;
                        }
                    }
                    Come::Unread(why) => unread.push(why),
                    Come::Note(path, note) => bar.above(|| input::note(&path, &note)),
                }
                Ok::<(), SendError<Vec<Read>>>(())
            },
        );
        bar.end();
        // Copies are looked for among all of them.
        let what = words::count(steps.waiting.len(), "report", "reports");
        let end = move || {
            // Where nobody takes it, adding has failed, and says why.
            if read.is_ok() && !steps.waiting.is_empty() {
                let _ = give.send(steps.waiting);
            }
            drop(give);
            adding.join()
        };
        let added = match args.verbose {
            // The lines show how far it is.
            true => end(),
            false => progress::during(&format!("adding {what}"), end),
        };
        added.unwrap_or_else(|fault| std::panic::resume_unwind(fault))
    })?;
    unread.extend(refused);
    unread.iter().for_each(input::tell);
    results(&format!("{}\n", summary(counts, unread.len())))?;
    if let Some(why) = reasons(&unread) {
        results(&format!("not understood: {why}\n"))?;
    }
    Ok(match unread.is_empty() {
        true => Outcome::Done,
        false => Outcome::Partly,
    })
}

/// What was read and is not handed on yet.
struct Steps {
    waiting: Vec<Read>,
    /// Bytes of their texts.
    bytes: usize,
    /// How many were read in all.
    read: usize,
    /// How many reports the record had before.
    known: usize,
}

impl Steps {
    fn push(&mut self, read: Read) {
        self.bytes += read.reading.report.body().len();
        self.waiting.push(read);
        self.read += 1;
    }

    /// Each step looks through what tracing keeps of all before it: so the larger the record, the larger the
    /// step, as far as memory goes. How fast steps are added has no part in how large they are.
    fn full(&mut self) -> Option<Vec<Read>> {
        let before = self.known + self.read - self.waiting.len();
        let is_full = self.waiting.len() >= before.clamp(STEP, MOST_IN_A_STEP)
            || self.bytes >= MOST_BYTES_IN_A_STEP;
        is_full.then(|| {
            self.bytes = 0;
            std::mem::take(&mut self.waiting)
        })
    }
}

/// Reports on their way into the record.
struct Adding<'k> {
    log: Log,
    recorded: String,
    known: &'k RwLock<BTreeSet<ReportId>>,
    counts: Counts,
    refused: Vec<Unread>,
    bar: &'k Bar,
    verbose: bool,
}

impl Adding<'_> {
    /// Adds one step after another; says how much that was, and what the record did not take.
    fn all(mut self, steps: Receiver<Vec<Read>>) -> Result<(Counts, Vec<Unread>), Failure> {
        for step in steps {
            self.add(step)?;
        }
        Ok((self.counts, self.refused))
    }

    fn add(&mut self, step: Vec<Read>) -> Result<(), Failure> {
        let added = add(&mut self.log, &step, &self.recorded)?;
        for read in step {
            let id = read.reading.report.id();
            if let Some((_, why)) = added.refused.iter().find(|(refused, _)| refused == id) {
                self.refused.push(refused(&read.sighting.path, why));
                continue;
            }
            let is_new = {
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                known.insert(id.clone())
            };
            self.bar.above(|| tell(&read, is_new, self.verbose))?;
        }
        self.counts.new += added.new;
        self.counts.known += added.known;
        self.counts.claims += added.claims;
        self.counts.derivations += added.derivations;
        Ok(())
    }
}

/// A report whose reading the record does not take.
pub(super) fn refused(path: &str, why: &str) -> Unread {
    fault(
        path,
        &format!("read, but what was read does not hold: {why}"),
    )
}

/// Tells of one report: its notes, and with `verbose` a line on what it is.
pub(super) fn tell(read: &Read, is_new: bool, verbose: bool) -> Result<(), Failure> {
    let path = &read.sighting.path;
    for note in &read.notes {
        message(&format!("note: {path}: {note}"));
    }
    if !verbose {
        return Ok(());
    }
    let masthead = read.reading.report.masthead();
    let claims = match is_new {
        true => words::count(read.reading.claims.len(), "claim", "claims"),
        false => "there already".to_string(),
    };
    let publisher = masthead.publisher.as_deref().unwrap_or("publisher unknown");
    let when = words::when(masthead.published.when);
    let title = masthead.title.as_deref().unwrap_or("no headline");
    let title = words::one_line(title);
    results(&format!("{path}: {publisher}, {when}: {title}: {claims}\n"))
}

pub(super) fn summary(counts: Counts, unread: usize) -> String {
    format!(
        "{}, {} already there, {unread} not understood; {}, {}",
        words::count(counts.new, "report read", "reports read"),
        counts.known,
        words::count(counts.claims, "claim", "claims"),
        words::count(counts.derivations, "derivation", "derivations"),
    )
}

/// Why things were not understood, the commonest first, where there are several.
fn reasons(unread: &[Unread]) -> Option<String> {
    const SHOWN: usize = 6;
    if unread.len() < 2 {
        return None;
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for unread in unread {
        // What comes after a colon is about this one alone.
        let why = unread.why.split(": ").next().unwrap_or(&unread.why);
        *reasons.entry(why).or_default() += 1;
    }
    let mut reasons: Vec<(&str, usize)> = reasons.into_iter().collect();
    reasons.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let rest: usize = reasons.iter().skip(SHOWN).map(|(_, count)| count).sum();
    let mut parts: Vec<String> = (reasons.iter().take(SHOWN))
        .map(|(why, count)| format!("{count} {why}"))
        .collect();
    if rest > 0 {
        parts.push(format!("{rest} for other reasons"));
    }
    Some(parts.join("; "))
}

/// How far the reading has come: bytes of the files, and reports.
struct Bar(ProgressBar);

impl Bar {
    fn new(files: &[PathBuf], verbose: bool) -> Bar {
        if verbose || !std::io::stderr().is_terminal() {
            return Bar(ProgressBar::with_draw_target(
                None,
                ProgressDrawTarget::hidden(),
            ));
        }
        let size = |file: &PathBuf| std::fs::metadata(file).map_or(0, |file| file.len());
        let bar = ProgressBar::new(files.iter().map(size).sum());
        let template = "{bar:40} {bytes}/{total_bytes}  {msg}  {elapsed}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Bar(bar)
    }

    fn read(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    fn count(&self, reports: usize) {
        self.0
            .set_message(words::count(reports, "report", "reports"));
    }

    /// Prints without the bar in between.
    fn above<R>(&self, print: impl FnOnce() -> R) -> R {
        self.0.suspend(print)
    }

    fn end(&self) {
        self.0.finish_and_clear();
    }
}
