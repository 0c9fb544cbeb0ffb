//! `rapporteur attributions`: who is said to have said what, by which words.

use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_model::{Claim, Report, Span};
use rapporteur_views::export::jsonl::{self, Points};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Print each attribution: source, cue, content
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur attributions report.txt
  echo \"The army took Velka, a spokesman said.\" | rapporteur attributions -

One line an attribution; each part has `start`, `end` and `text`, content is a list. What the
publisher says in its own voice is attributed to nobody and is not here.")]
pub struct Args {
    /// Files and folders; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Serialize)]
struct AttributionLine<'r> {
    path: &'r str,
    report: &'r str,
    source: Option<Part<'r>>,
    cue: Option<Part<'r>>,
    content: Vec<Part<'r>>,
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
    let (lines, all) = input::each_report(&args.paths, |found| {
        let document = rapporteur_text::parse(&found.report);
        let claims = rapporteur_claims::find(&document);
        lines(&found.report, &found.sighting.path, &claims)
    });
    output::lines(lines.into_iter().flatten())?;
    Ok(Outcome::of(all))
}

/// One line for all claims that the same words attribute to the same source.
fn lines(report: &Report, path: &str, claims: &[Claim]) -> Vec<String> {
    let mut contents: BTreeMap<(Option<Span>, Option<Span>), Vec<Span>> = BTreeMap::new();
    for claim in claims {
        let attribution = &claim.what().attribution;
        // The last of nested sources is the one that the report itself heard.
        let source = attribution.sources.last().map(|source| source.mention.span);
        let cue = attribution.cue_span;
        if source.is_none() && cue.is_none() {
            continue;
        }
        let content = contents.entry((cue, source)).or_default();
        let span = claim.evidence().span();
        if !content.contains(&span) {
            content.push(span);
        }
    }
    let points = Points::of(report.body());
    let part = |span: Span| {
        Some(Part {
            start: points.at(span.start),
            end: points.at(span.end),
            text: report.slice(span)?,
        })
    };
    let mut lines: Vec<(Option<Span>, String)> = contents
        .into_iter()
        .map(|((cue, source), mut content)| {
            content.sort();
            let first = content.first().copied();
            let line = AttributionLine {
                path,
                report: &report.id().0,
                source: source.and_then(part),
                cue: cue.and_then(part),
                content: content.into_iter().filter_map(part).collect(),
            };
            (first, jsonl::json(&line))
        })
        .collect();
    lines.sort_by_key(|(first, _)| *first);
    lines.into_iter().map(|(_, line)| line).collect()
}
