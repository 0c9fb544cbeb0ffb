//! `rapporteur stories`: which reports are of one running story.

use super::failure::Failure;
use super::{Outcome, input, output, progress};
use clap::Parser;
use rapporteur_model::{Report, ReportId};
use rapporteur_views::export::jsonl;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Print which reports are of one running story
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur stories reports/

One line a report, in the order given: its path, its id, and its story, which is named after the first
report of it by day. Reports whose day nobody knows are taken last.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Serialize)]
struct StoryLine<'r> {
    path: &'r str,
    report: &'r ReportId,
    story: &'r ReportId,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let (found, all) = input::all_reports(&args.paths)?;
    let each_once: BTreeMap<&ReportId, &Report> = found
        .iter()
        .map(|(_, report)| (report.id(), report))
        .collect();
    let reports: Vec<&Report> = each_once.values().copied().collect();
    let find = || rapporteur_lineage::stories(&reports);
    let stories = progress::during("telling stories apart", find);
    let by_day = |report: &Report| {
        let when = report.masthead().published.when;
        (
            when.is_none(),
            when.map(|when| when.earliest),
            report.id().clone(),
        )
    };
    let mut first: BTreeMap<usize, &Report> = BTreeMap::new();
    for (report, story) in reports.iter().zip(&stories) {
        let named = first.entry(*story).or_insert(report);
        if by_day(report) < by_day(named) {
            *named = report;
        }
    }
    let story_of: BTreeMap<&ReportId, usize> = (reports.iter().map(|report| report.id()))
        .zip(stories)
        .collect();
    let lines = found.iter().filter_map(|(path, report)| {
        let story = first.get(story_of.get(report.id())?)?.id();
        Some(jsonl::json(&StoryLine {
            path,
            report: report.id(),
            story,
        }))
    });
    output::lines(lines)?;
    Ok(Outcome::of(all))
}
