//! `rapporteur times`: expressions of time, and the days they mean.

use super::failure::Failure;
use super::record::day;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_model::{Anchor, Date, When};
use rapporteur_report::Found;
use rapporteur_views::export::jsonl::{self, Points};
use std::path::PathBuf;

/// Print each expression of time and the days it means
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur times report.txt --published 2031-03-01
  echo \"They met on Friday.\" | rapporteur times - --published 2031-03-01

One line an expression, as in the export, and also those that give no date: \"now\", \"two months\".
Their value is null. Without --published, each report's own date is taken;
where it has none, only times with their year have a value.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day that the reports speak from
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let given = args.published.map(When::day);
    let mut out = output::Lines::new();
    let lines = |found: Found| {
        let report = &found.report;
        let written = given.or(report.masthead().published.when);
        let anchor = Anchor {
            written,
            day: (written.filter(|when| when.earliest == when.latest)).map(|when| when.earliest),
            week: None,
        };
        let points = Points::of(report.body());
        (rapporteur_text::times(&rapporteur_text::parse(report)).iter())
            .map(|time| jsonl::json(&jsonl::time_line(report, &points, &anchor, time)))
            .collect::<Vec<String>>()
    };
    let all = input::each_report(&args.paths, lines, |lines| {
        lines.iter().try_for_each(|line| out.line(line))
    })?;
    out.end()?;
    Ok(Outcome::of(all))
}
