//! `rapporteur answers`: which answers to one question say the same.

use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_record::{MOST_ANSWERS, group_answers};
use rapporteur_views::export::jsonl;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Print which answers to one question say the same
#[derive(Parser)]
#[command(after_help = "Example:
  rapporteur answers < rows.tsv | jq -r '[.question, .group, .answer] | @tsv'

Rows on standard input have a question and an answer with a tab between. One line an answer comes out, in
their order, with the number of its group among the answers to its question.")]
pub struct Args {}

#[derive(Serialize)]
struct AnswerLine<'r> {
    question: &'r str,
    answer: &'r str,
    group: usize,
}

/// Runs the command.
pub fn run(_: Args) -> Result<Outcome, Failure> {
    let bytes = input::bytes(Path::new(input::STDIN))
        .map_err(|unread| Failure::given(unread.why, unread.hint))?;
    let text = String::from_utf8_lossy(&bytes);
    let mut all = true;
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for (number, row) in (1..).zip(text.lines()) {
        match row.split_once('\t') {
            Some(row) => rows.push(row),
            None if row.trim().is_empty() => {}
            None => {
                all = false;
                output::warning(
                    &format!("row {number} has no answer"),
                    "a question and an answer with a tab between",
                );
            }
        }
    }
    let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (question, _)) in rows.iter().enumerate() {
        of.entry(question).or_default().push(at);
    }
    let mut group = vec![0; rows.len()];
    for (question, places) in of {
        if places.len() > MOST_ANSWERS {
            all = false;
            output::warning(
                &format!("{question}: only the first {MOST_ANSWERS} answers are grouped"),
                "give fewer at once",
            );
        }
        let answers: Vec<&str> = places.iter().map(|at| rows[*at].1).collect();
        for (at, found) in places.iter().zip(group_answers(question, &answers)) {
            group[*at] = found;
        }
    }
    let lines = rows.iter().zip(group);
    output::lines(lines.map(|((question, answer), group)| {
        jsonl::json(&AnswerLine {
            question,
            answer,
            group,
        })
    }))?;
    Ok(Outcome::of(all))
}
