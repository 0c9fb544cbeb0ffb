//! `rapporteur copies`: which reports copy one another, without a record.

use super::failure::Failure;
use super::{Outcome, input, output, progress};
use clap::Parser;
use rapporteur_model::{Report, ReportId};
use rapporteur_views::export::jsonl::{self, DerivationLine, Points};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Print which reports copy one another, without a record
#[derive(Parser)]
#[command(after_help = "Example:
  rapporteur copies reports/ | jq -r '[.kind, .from_path, .to_path] | @tsv'

One line a pair, as in the export, with the paths of both.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Serialize)]
struct CopyLine<'r> {
    #[serde(flatten)]
    derivation: DerivationLine<'r>,
    from_path: &'r str,
    to_path: &'r str,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let (found, all) = input::all_reports(&args.paths)?;
    let mut reports: BTreeMap<&ReportId, (&str, &Report)> = BTreeMap::new();
    for (path, report) in &found {
        reports.entry(report.id()).or_insert((path, report));
    }
    let each_once: Vec<&Report> = reports.values().map(|(_, report)| *report).collect();
    let trace = || rapporteur_lineage::trace(&[], &each_once);
    let derivations = progress::during("looking for copies", trace);
    let lines = derivations.iter().filter_map(|derivation| {
        let (from_path, from) = reports.get(&derivation.from)?;
        let (to_path, to) = reports.get(&derivation.to)?;
        let (from, to) = (Points::of(from.body()), Points::of(to.body()));
        Some(jsonl::json(&CopyLine {
            derivation: jsonl::derivation_line(derivation, &from, &to),
            from_path,
            to_path,
        }))
    });
    output::lines(lines)?;
    Ok(Outcome::of(all))
}
