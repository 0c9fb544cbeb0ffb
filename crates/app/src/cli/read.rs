//! `rapporteur read`: reports into the record.

use super::failure::Failure;
use super::output::{message, results};
use super::{Outcome, clock, input};
use crate::{Counts, Read, add, read};
use clap::Parser;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rapporteur_model::ReportId;
use rapporteur_record::Log;
use rapporteur_report::{Manifest, Unread};
use rapporteur_views::words;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Read files and folders into a record
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur read reports/ --record talks.record
  rapporteur read a.html b.txt feed.xml --record talks.record --manifest reports.csv
  curl -s https://example.org/report.html | rapporteur read - --record talks.record

What a file is, is found from its bytes and its name: a saved page, plain text, a feed, JSON lines.
Reading the same report again changes nothing; reports that cannot be read are named, and the
others are kept.")]
pub struct Args {
    /// Files and folders; - is standard input
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
    /// One line a report instead of a bar
    #[arg(long)]
    verbose: bool,
}

/// The least number of files that enter the record in one step.
const STEP: usize = 256;

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
    let recorded = clock::now()?;
    let mut log = Log::open(&args.record)?;
    let (mut files, mut unread) = input::files(&args.paths);
    files.sort();

    let bar = bar(files.len(), args.verbose);
    let mut earlier = log.reports()?;
    let mut known: BTreeSet<ReportId> = earlier.iter().map(|report| report.id().clone()).collect();
    let mut counts = Counts::default();
    let mut rest = files.as_slice();
    while !rest.is_empty() {
        // Each step is as large as all before it, so that tracing against what is there costs, all
        // in all, no more than twice what one step would.
        let (step, after) = rest.split_at(rest.len().min(STEP.max(earlier.len())));
        rest = after;
        let found = read_files(step, &args, manifest.as_ref(), &known, &bar);
        unread.extend(found.unread);
        let added = add(&mut log, &earlier, &found.read, &recorded)?;
        for read in &found.read {
            let id = read.reading.report.id();
            if let Some((_, why)) = added.refused.iter().find(|(refused, _)| refused == id) {
                unread.push(refused(&read.sighting.path, why));
                continue;
            }
            let is_new = !known.contains(read.reading.report.id());
            tell(read, is_new, args.verbose)?;
            if known.insert(read.reading.report.id().clone()) {
                earlier.push(read.reading.report.clone());
            }
        }
        counts.new += added.new;
        counts.known += added.known;
        counts.claims += added.claims;
        counts.derivations += added.derivations;
    }
    bar.finish_and_clear();
    unread.iter().for_each(input::tell);
    results(&format!("{}\n", summary(counts, unread.len())))?;
    Ok(match unread.is_empty() {
        true => Outcome::Done,
        false => Outcome::Partly,
    })
}

/// A report whose reading the record does not take.
fn refused(path: &str, why: &str) -> Unread {
    Unread {
        path: path.to_string(),
        why: format!("read, but what was read does not hold: {why}"),
        hint: "this is a fault of the program: please report it with the file".into(),
    }
}

struct Files {
    read: Vec<Read>,
    unread: Vec<Unread>,
}

fn read_files(
    files: &[PathBuf],
    args: &Args,
    manifest: Option<&Manifest>,
    known: &BTreeSet<ReportId>,
    bar: &ProgressBar,
) -> Files {
    let read_one = |path: &PathBuf| match input::bytes(path) {
        Err(unread) => vec![Err(unread)],
        Ok(bytes) => {
            let given = input::given(manifest, path);
            read(&input::shown(path), &bytes, &given, known)
        }
    };
    let threads = input::threads(args.threads);
    let mut found = Files {
        read: Vec::new(),
        unread: Vec::new(),
    };
    for result in input::each(files, threads, read_one, || bar.inc(1))
        .into_iter()
        .flatten()
    {
        match result {
            Ok(read) => found.read.push(read),
            Err(unread) => found.unread.push(unread),
        }
    }
    found
}

/// Tells of one report: its notes, and with `verbose` a line on what it is.
fn tell(read: &Read, is_new: bool, verbose: bool) -> Result<(), Failure> {
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

fn summary(counts: Counts, unread: usize) -> String {
    format!(
        "{}, {} already there, {unread} not understood; {}, {}",
        words::count(counts.new, "report read", "reports read"),
        counts.known,
        words::count(counts.claims, "claim", "claims"),
        words::count(counts.derivations, "derivation", "derivations"),
    )
}

fn bar(files: usize, verbose: bool) -> ProgressBar {
    if verbose || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} files  {elapsed}") {
        bar.set_style(style);
    }
    bar
}
