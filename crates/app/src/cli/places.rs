//! `rapporteur places`: names of places, and where they lie.

use super::config::ConfigArgs;
use super::failure::Failure;
use super::gazetteer::{GazetteerArgs, toponyms};
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_places::Context;
use rapporteur_report::Found;
use rapporteur_views::export::jsonl::{self, Points};
use std::path::PathBuf;

/// Print each name of a place and where it lies
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur places report.txt
  rapporteur places reports/ --gazetteer districts.csv

One line a name, nationalities too, for their countries. Where it lies is null where no table has the
name, or nothing in the report tells which place of that name is meant.")]
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
    let (gazetteer, all_tables) = args.gazetteer.read(&args.config.load(None)?)?;
    let mut out = output::Lines::new();
    let lines = |found: Found| {
        let report = &found.report;
        let document = rapporteur_text::parse(report);
        let names = toponyms(report, &document.names);
        let plain: Vec<_> = names.iter().map(|name| name.toponym.clone()).collect();
        let places = gazetteer.resolve(&plain, &Context::default());
        let points = Points::of(report.body());
        (names.iter().zip(&places))
            .map(|(name, place)| {
                jsonl::json(&jsonl::place_line(
                    report,
                    &points,
                    name.mention.span,
                    place.as_ref(),
                ))
            })
            .collect::<Vec<String>>()
    };
    let all = input::each_report(&args.paths, lines, |lines| {
        lines.iter().try_for_each(|line| out.line(line))
    })?;
    out.end()?;
    Ok(Outcome::of(all && all_tables))
}
