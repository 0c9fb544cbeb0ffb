//! `rapporteur copies`: which reports copy one another, without a record.

use super::failure::Failure;
use super::{Outcome, input, output, progress};
use crate::alone;
use clap::Parser;
use std::path::PathBuf;

/// Print which reports copy one another, without a record
#[derive(Parser)]
#[command(after_help = "Example:
  rapporteur copies reports/ | jq -r '[.kind, .from_path, .to_path] | @tsv'

One line a pair, as in the export, with the paths of both.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let (found, all) = input::all_reports(&args.paths)?;
    let copies = progress::during("looking for copies", || alone::copies(&found));
    output::lines(copies.into_iter().map(|copied| copied.line))?;
    Ok(Outcome::of(all))
}
