//! `rapporteur figures`: how much, as printed.

use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_model::Figure;
use rapporteur_report::Found;
use rapporteur_text::{Change, Document};
use rapporteur_views::export::jsonl::{self, FigureValue, Points};
use serde::Serialize;
use std::path::PathBuf;

/// Print each figure: bounds, unit, out of what
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur figures report.txt
  echo \"More than 160 of 407 districts fell.\" | rapporteur figures -

One line a figure. Offsets are code points of the report's own text; `sentence` is the sentence it
stands in; `change` is up or down where something moved by so much.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Serialize)]
struct FigureLine<'d> {
    path: &'d str,
    report: &'d str,
    #[serde(flatten)]
    figure: FigureValue<'d>,
    /// `up` or `down`, where something moved by so much.
    change: Option<&'static str>,
    sentence: Option<&'d str>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let mut out = output::Lines::new();
    let lines = |found: Found| {
        let report = &found.report;
        let document = rapporteur_text::parse(report);
        let points = Points::of(report.body());
        let changes = rapporteur_text::changes(&document);
        (document.figures.iter().zip(changes))
            .map(|(figure, change)| {
                jsonl::json(&FigureLine {
                    path: &found.sighting.path,
                    report: &report.id().0,
                    figure: jsonl::figure_value(report, &points, figure, None),
                    change: change.map(Change::name),
                    sentence: sentence(&document, figure),
                })
            })
            .collect::<Vec<String>>()
    };
    let all = input::each_report(&args.paths, lines, |lines| {
        lines.iter().try_for_each(|line| out.line(line))
    })?;
    out.end()?;
    Ok(Outcome::of(all))
}

fn sentence<'d>(document: &Document<'d>, figure: &Figure) -> Option<&'d str> {
    let sentence = document.sentence_at(figure.span.start)?;
    Some(document.slice(sentence.span))
}
