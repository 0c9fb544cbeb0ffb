//! `rapporteur claims`: what is said in each report, without a record.

use super::config::ConfigArgs;
use super::failure::Failure;
use super::gazetteer::GazetteerArgs;
use super::{Outcome, input, output};
use crate::alone::Alone;
use crate::understand;
use clap::Parser;
use rapporteur_report::{Found, Given};
use std::path::PathBuf;

/// Print what is said in each report, who says it and in which words, without a record
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur claims report.html | jq -r '[.sources[0].name, .exact] | @tsv'
  rapporteur claims crawl.warc.gz > claims.jsonl

One line a claim: the claims that the export of a record has which holds the one report alone. Reports come
in the order given, and their claims in the order of the text.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    gazetteer: GazetteerArgs,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let config = args.config.load(None)?;
    let (gazetteer, all_tables) = args.gazetteer.read(&config)?;
    let given = Given {
        zones: config.zones.clone(),
        ..Given::default()
    };
    let claims = |found: Found| {
        let reading = understand(found.report);
        Alone::with(
            reading,
            found.sighting,
            config.background.clone(),
            &gazetteer,
        )
        .claim_lines()
    };
    let mut out = output::Lines::new();
    let all = input::each_report_given(&args.paths, &given, claims, |lines| {
        lines.iter().try_for_each(|line| out.line(line))
    })?;
    out.end()?;
    Ok(Outcome::of(all && all_tables))
}
