//! `rapporteur attributions`: who is said to have said what, by which words.

use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_claims::AttributionSpans;
use rapporteur_model::{Report, Span};
use rapporteur_report::Found;
use rapporteur_views::export::jsonl::{self, Points};
use serde::Serialize;
use std::path::PathBuf;

/// Print each attribution: source, cue, content
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur attributions report.txt
  echo \"The army took Velka, a spokesman said.\" | rapporteur attributions -
  rapporteur attributions report.txt --nested

One line an attribution; each part has `start`, `end` and `text`, content is a list. Whom the words
do not name is null. What stands inside another's content is part of it, and a line of its own with
--nested; `depth` counts in how many others it stands. What somebody wants, thinks or opposes is here,
too; what the publisher says in its own voice is not.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Those inside others' contents, too: what residents told the spokesman who is quoted
    #[arg(long)]
    nested: bool,
}

#[derive(Serialize)]
struct AttributionLine<'r> {
    path: &'r str,
    report: &'r str,
    source: Option<Part<'r>>,
    cue: Option<Part<'r>>,
    content: Vec<Part<'r>>,
    depth: usize,
}

/// A range of the report's text and the words that stand there.
#[derive(Serialize)]
struct Part<'r> {
    start: usize,
    end: usize,
    text: &'r str,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let mut out = output::Lines::new();
    let lines = |found: Found| {
        let report = &found.report;
        let document = rapporteur_text::parse(report);
        let points = Points::of(report.body());
        (rapporteur_claims::attributions(&document).into_iter())
            .filter(|spans| args.nested || spans.depth == 0)
            .map(|spans| jsonl::json(&line(report, &found.sighting.path, &points, spans)))
            .collect::<Vec<String>>()
    };
    let all = input::each_report(&args.paths, lines, |lines| {
        lines.iter().try_for_each(|line| out.line(line))
    })?;
    out.end()?;
    Ok(Outcome::of(all))
}

fn line<'r>(
    report: &'r Report,
    path: &'r str,
    points: &Points,
    spans: AttributionSpans,
) -> AttributionLine<'r> {
    let part = |span: Span| {
        Some(Part {
            start: points.at(span.start),
            end: points.at(span.end),
            text: report.slice(span)?,
        })
    };
    AttributionLine {
        path,
        report: &report.id().0,
        source: spans.source.and_then(part),
        cue: spans.cue.and_then(part),
        content: spans.content.into_iter().filter_map(part).collect(),
        depth: spans.depth,
    }
}
