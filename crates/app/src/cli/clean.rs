//! `rapporteur clean`: a page's own text and masthead.

use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_views::export::jsonl;
use std::path::PathBuf;

/// Print each page's own text, title, publisher, byline, date and language
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur clean page.html | jq -r .body
  rapporteur clean - < page.html

One line a report, as in the export, in the order given.")]
pub struct Args {
    /// Files and folders; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let (lines, all) = input::each_report(&args.paths, |found| {
        let (report, path) = (&found.report, std::slice::from_ref(&found.sighting.path));
        jsonl::json(&jsonl::report_line(
            report,
            path,
            &report.masthead().published,
        ))
    });
    output::lines(lines)?;
    Ok(Outcome::of(all))
}
