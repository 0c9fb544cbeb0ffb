//! `rapporteur check`: whether everything in a record holds.

use super::failure::Failure;
use super::record::RecordArgs;
use super::{Outcome, output, progress};
use clap::Parser;
use rapporteur_views as views;

/// Check every slice, id and reference of a record
#[derive(Parser)]
#[command(after_help = "Example:
  rapporteur check --record talks.record

The exit status is 1, and a line is printed for each, where one does not hold.")]
pub struct Args {
    #[command(flatten)]
    record: RecordArgs,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let log = args.record.open()?;
    let faults = progress::during("checking the record", || log.check())?;
    // Of a damaged record, what can be counted; it was told what is damaged.
    let counts = match faults.is_empty() {
        true => Some(log.counts()?),
        false => log.counts().ok(),
    };
    output::show(&views::check(&faults, counts), args.json)?;
    Ok(match faults.is_empty() {
        true => Outcome::Done,
        false => Outcome::Partly,
    })
}
