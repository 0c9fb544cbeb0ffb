//! `rapporteur search`: words looked up in the reports of a record.

use super::failure::Failure;
use super::record::RecordArgs;
use super::{Outcome, output};
use clap::Parser;
use rapporteur_views as views;

/// Look words up in the reports of a record
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur search ceasefire --record talks.record
  rapporteur search '\"next round\" Velka' --record talks.record --json

Prints the reports that have all of the words, those that speak of them most first. Words in double
quotes stand side by side; capitals and accents do not matter.")]
pub struct Args {
    /// What to look for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    record: RecordArgs,
    /// At most so many reports
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let words = args.words.join(" ");
    let found = args.record.open()?.search(&words, args.limit)?;
    output::show(&views::search(&words, &found), args.json)?;
    Ok(Outcome::Done)
}
