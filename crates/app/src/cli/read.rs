//! `rapporteur read`: reports into the record.

use super::config::ConfigArgs;
use super::failure::Failure;
use super::flow::{self, Come};
use super::output::{message, results};
use super::record::OPENING;
use super::{Outcome, clock, input, progress};
use crate::steps::{Came, Ended, Known, Steps};
use crate::{Counts, Read, read_entry};
use clap::Parser;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rapporteur_record::Log;
use rapporteur_report::{Entry, Unread};
use rapporteur_views::words;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

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
tar), and a file may be of any size: of one with many reports, those of some 40 MB of text are in memory at most.
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
    let log = progress::during(OPENING, || Log::open(&args.record))?;
    let (mut files, mut unread) = input::files(&args.paths);
    files.sort();

    let known = Known::of(&log)?;
    let bar = Bar::new(&files, args.verbose);
    let read_one = |file: &Path, entry: &Entry| {
        let given = input::given(manifest.as_ref(), &zones, file, entry);
        read_entry(entry, &given, |id| known.has(id))
    };
    let threads = input::threads(args.threads);
    let Came { counts, refused } = std::thread::scope(|scope| {
        let told = |read: &Read, claims| bar.above(|| tell(read, claims, args.verbose));
        let mut steps = Steps::into(scope, log, &recorded, &known, told)?;
        let take = |come| {
            match come {
                Come::Done(results) => {
                    for result in results {
                        match result {
                            Ok(read) => steps.push(read)?,
                            Err(why) => unread.push(why),
                        }
                    }
                    bar.count(steps.read());
                }
                Come::Unread(why) => unread.push(why),
                Come::Note(path, note) => bar.above(|| input::note(&path, &note)),
            }
            Ok(())
        };
        // Where it ends before its time, adding has failed, and says why at the end.
        let _: Result<(), Ended> =
            flow::each(&files, threads, &|bytes| bar.read(bytes), read_one, take);
        bar.end();
        // Copies are looked for among all of them.
        let what = words::count(steps.waiting(), "report", "reports");
        match args.verbose {
            // The lines show how far it is.
            true => steps.end(),
            false => progress::during(&format!("adding {what}"), || steps.end()),
        }
    })?;
    unread.extend(refused);
    unread.iter().for_each(input::tell);
    results(&format!("{}\n", summary(&counts, unread.len())))?;
    if let Some(why) = reasons(&unread) {
        results(&format!("not understood: {why}\n"))?;
    }
    Ok(match unread.is_empty() {
        true => Outcome::Done,
        false => Outcome::Partly,
    })
}

/// Tells of one report: its notes, and with `verbose` a line on what it is; `claims`: how many it has, if it is new.
pub(super) fn tell(read: &Read, claims: Option<usize>, verbose: bool) -> Result<(), Failure> {
    let path = &read.sighting.path;
    for note in &read.notes {
        message(&format!("note: {path}: {note}"));
    }
    if !verbose {
        return Ok(());
    }
    let masthead = read.reading.report.masthead();
    let claims = match claims {
        Some(claims) => words::count(claims, "claim", "claims"),
        None => "there already".to_string(),
    };
    let publisher = masthead.publisher.as_deref().unwrap_or("publisher unknown");
    let when = words::when(masthead.published.when);
    let title = masthead.title.as_deref().unwrap_or("no headline");
    let title = words::one_line(title);
    results(&format!("{path}: {publisher}, {when}: {title}: {claims}\n"))
}

pub(super) fn summary(counts: &Counts, unread: usize) -> String {
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
