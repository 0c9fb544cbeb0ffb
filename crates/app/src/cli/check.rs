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
    let contents = match faults.is_empty() {
        true => Some(log.contents()?),
        // What cannot be read is among the faults.
        false => log.contents().ok(),
    };
    output::show(&views::check(&faults, contents.as_ref()), args.json)?;
    Ok(match faults.is_empty() {
        true => Outcome::Done,
        false => Outcome::Partly,
    })
}
