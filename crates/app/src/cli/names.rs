//! `rapporteur names`: may two names mean one, and why.

use super::failure::Failure;
use super::{Outcome, input, output};
use clap::{Parser, ValueEnum};
use rapporteur_record::{NameOf, NameReason, compare_names};
use rapporteur_views::export::jsonl;
use serde::Serialize;
use std::path::Path;

/// Print how alike two names are, and why
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur names \"Ada Brisk\" \"Dr. A. Brisk\"
  rapporteur names --of thing < pairs.tsv

Rows on standard input have two names with a tab between, and may have a third cell: person or thing.
One line a pair comes out, in their order: a score from 0 to 1, `same` from one half on, and the reasons
with what each adds to the sum that the score is the logistic of. Misspelt names count as the same here; a
record joins fewer.")]
pub struct Args {
    /// What the names are of
    #[arg(long, value_enum, default_value_t = Of::Person)]
    of: Of,
    /// Two names; none: rows on standard input
    #[arg(value_name = "NAME", num_args = 2)]
    names: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
enum Of {
    /// Of people
    Person,
    /// Of organisations, places, ships
    Thing,
}

#[derive(Serialize)]
struct PairLine<'n> {
    a: &'n str,
    b: &'n str,
    of: Of,
    same: bool,
    score: f64,
    reasons: Vec<NameReason>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let mut out = output::Lines::new();
    if let [a, b] = &args.names[..] {
        out.line(&compared(a, b, args.of))?;
        out.end()?;
        return Ok(Outcome::Done);
    }
    let bytes = input::bytes(Path::new(input::STDIN))
        .map_err(|unread| Failure::given(unread.why, unread.hint))?;
    let text = String::from_utf8_lossy(&bytes);
    let mut all = true;
    for (number, row) in (1..).zip(text.lines()) {
        if row.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        let pair = match cells[..] {
            [a, b] => Some((a, b, args.of)),
            [a, b, of] => Of::from_str(of, true).ok().map(|of| (a, b, of)),
            _ => None,
        };
        match pair {
            Some((a, b, of)) => out.line(&compared(a, b, of))?,
            None => {
                all = false;
                output::warning(
                    &format!("row {number} is no pair of names"),
                    "two names with a tab between, and person or thing after another",
                );
            }
        }
    }
    out.end()?;
    Ok(Outcome::of(all))
}

fn compared(a: &str, b: &str, of: Of) -> String {
    let kind = match of {
        Of::Person => NameOf::Person,
        Of::Thing => NameOf::Thing,
    };
    let likeness = compare_names(a, b, kind);
    jsonl::json(&PairLine {
        a,
        b,
        of,
        same: likeness.is_same(),
        score: likeness.score,
        reasons: likeness.reasons,
    })
}
