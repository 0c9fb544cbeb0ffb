//! `rapporteur show`: what the record holds, for people.

use super::failure::Failure;
use super::record::{COMPUTING, RecordArgs, day, room};
use super::{Outcome, output, progress};
use clap::{Parser, ValueEnum};
use rapporteur_model::Date;
use rapporteur_record::Log;
use rapporteur_views::{self as views, Filter};

/// Show what a record holds
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur show timeline --record talks.record
  rapporteur show disputes --record talks.record --actor \"defence ministry\"
  rapporteur show control --record talks.record --place Velka --as-of 2031-03-01
  rapporteur show figures --record talks.record --json")]
pub struct Args {
    /// What to show
    view: ViewName,
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    filter: FilterArgs,
    /// Only reports published by this day, such as 2031-03-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// At most so many questions or places, of disputes and control; 0: all. Without it 100, but all
    /// as JSON
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Which claims are asked for.
#[derive(clap::Args)]
pub struct FilterArgs {
    /// Only what is said of this place
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Only what is said of, to or by this person or organisation
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
}

impl FilterArgs {
    /// As the views take it.
    pub fn filter(self, as_of: Option<Date>) -> Filter {
        Filter {
            place: self.place,
            actor: self.actor,
            as_of,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum ViewName {
    /// What happened when, as reported
    Timeline,
    /// Where accounts contradict, differ and agree
    Disputes,
    /// Rounds, delegations, agenda, offers, demands, pledges, outcomes, next meeting
    Talks,
    /// Who is said to hold which place, since when
    Control,
    /// Every claim, report by report
    Claims,
    /// How much, by whom and as of when
    Figures,
    /// The reports, with their dates and where they have it from
    Reports,
    /// Which reports copy one another
    Lineage,
    /// Which names are taken for one person, organisation or place, and why
    Names,
}

/// A record of which, once its state is kept, only what is shown is read.
fn in_part(record: &RecordArgs) -> Result<Log, Failure> {
    let log = record.open()?;
    if !log.is_computed()? {
        room(&log)?;
    }
    Ok(log)
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let filter = args.filter.filter(args.as_of);
    let json = args.json;
    let most = match args.limit {
        Some(0) => usize::MAX,
        Some(most) => most,
        // Who reads it by a program wants all; nobody reads more than this.
        None if json => usize::MAX,
        None => 100,
    };
    // Of a large record only what is shown is read, where that is known before.
    let is_whole = filter.is_empty() && args.as_of.is_none();
    let state = match args.view {
        ViewName::Disputes if is_whole => {
            let mut log = in_part(&args.record)?;
            progress::during(COMPUTING, || log.first_disputes(most))?
        }
        ViewName::Control if is_whole => {
            let mut log = in_part(&args.record)?;
            progress::during(COMPUTING, || log.first_places(most))?
        }
        _ => args.record.state(args.as_of)?,
    };
    match args.view {
        ViewName::Timeline => output::show(&views::timeline(&state, &filter), json),
        ViewName::Disputes => output::show(&views::first_disputes(&state, &filter, most), json),
        ViewName::Talks => output::show(&views::talks(&state, &filter), json),
        ViewName::Control => output::show(&views::first_places(&state, &filter, most), json),
        ViewName::Claims => output::show(&views::claims(&state, &filter), json),
        ViewName::Figures => output::show(&views::figures(&state, &filter), json),
        ViewName::Reports => output::show(&views::reports(&state, &filter), json),
        ViewName::Names => output::show(&views::names(&state, &filter), json),
        ViewName::Lineage => output::show(&views::lineage(&state, &filter), json),
    }?;
    Ok(Outcome::Done)
}
