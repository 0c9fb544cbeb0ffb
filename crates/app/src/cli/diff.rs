//! `rapporteur diff`: what changed between two days.

use super::failure::Failure;
use super::record::{COMPUTING, RecordArgs, day, state};
use super::show::FilterArgs;
use super::{Outcome, output, progress};
use clap::Parser;
use rapporteur_model::Date;
use rapporteur_record::State;
use rapporteur_views as views;

/// Show what changed from one day to another
#[derive(Parser)]
#[command(after_help = "Example:
  rapporteur diff --record talks.record --from 2031-03-01 --to 2031-03-08

What is compared is the record as it would have been with the reports published by the one day, and
by the other.")]
pub struct Args {
    #[command(flatten)]
    record: RecordArgs,
    /// The first day
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Date,
    /// The last day
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Date,
    #[command(flatten)]
    filter: FilterArgs,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    if args.to < args.from {
        return Err(Failure::usage(
            format!("--to {} is before --from {}", args.to, args.from),
            "put the earlier day first",
        ));
    }
    let contents = args.record.contents()?;
    let earlier = contents.clone();
    let before = progress::during(COMPUTING, || State::as_of(earlier, Some(args.from)));
    let after = state(contents, Some(args.to));
    let filter = args.filter.filter(None);
    let diff = views::diff(&before, &after, args.from, args.to, &filter);
    output::show(&diff, args.json)?;
    Ok(Outcome::Done)
}
