//! `rapporteur publish`: the record as pages in a folder.

use super::failure::Failure;
use super::gazetteer::{GazetteerArgs, located};
use super::output::message;
use super::record::{RecordArgs, day, state};
use super::serve::MapArgs;
use super::{Outcome, progress};
use clap::Parser;
use rapporteur_model::Date;
use rapporteur_views::desk::Desk;
use std::path::PathBuf;

/// Write a record as pages that open from a folder
#[derive(Parser)]
#[command(after_help = "Example:
  rapporteur publish --record talks.record --to pages
  rapporteur publish --record talks.record --to pages --as-of 2031-03-01

Open pages/index.html, or put the folder on any web server: the pages need no other file and no network.
They are those of `rapporteur serve`, without the forms.")]
pub struct Args {
    #[command(flatten)]
    record: RecordArgs,
    /// The folder; it is made where it is not there, and what has the same name in it is written over
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Only reports published by this day, such as 2031-03-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    gazetteer: GazetteerArgs,
    #[command(flatten)]
    map: MapArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let config = args.record.config()?;
    let (gazetteer, all) = args.gazetteer.read(&config)?;
    let boundaries = args.map.read(&config)?;
    let contents = args.record.contents()?;
    let judgements = contents.judgements.clone();
    let state = state(contents, args.as_of);
    let places = progress::during("finding where places lie", || located(&state, &gazetteer));
    let desk = Desk::new(state, places, judgements);
    let name = args
        .record
        .path()
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let write = || crate::web::publish(&desk, &boundaries, &name, &args.to);
    let written = progress::during("writing the pages", write).map_err(|error| {
        Failure::given(
            format!("cannot write to {}: {error}", args.to.display()),
            "check the disk, and that you may write there",
        )
    })?;
    message(&format!(
        "{} pages, {} kB; open {}",
        written.pages,
        written.bytes.div_ceil(1000),
        args.to.join("index.html").display()
    ));
    Ok(Outcome::of(all))
}
