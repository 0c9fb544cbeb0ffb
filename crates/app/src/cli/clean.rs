//! `rapporteur clean`: a page's own text and masthead.

use super::config::ConfigArgs;
use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_report::{Found, Given};
use rapporteur_views::export::jsonl;
use std::path::PathBuf;

/// Print each page's own text, title, publisher, byline, date and language
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur clean page.html | jq -r .body
  rapporteur clean - < page.html
  rapporteur clean crawl.warc.gz newsletters.mbox saved.zip > reports.jsonl

One line a report, as in the export, in the order given. A file may hold one page or many: all that
`rapporteur read` takes.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let mut out = output::Lines::new();
    let line = |found: Found| {
        let (report, path) = (&found.report, std::slice::from_ref(&found.sighting.path));
        jsonl::json(&jsonl::report_line(
            report,
            path,
            &report.masthead().published,
        ))
    };
    let given = Given {
        zones: args.config.load(None)?.zones,
        ..Given::default()
    };
    let all = input::each_report_given(&args.paths, &given, line, |line| out.line(&line))?;
    out.end()?;
    Ok(Outcome::of(all))
}
