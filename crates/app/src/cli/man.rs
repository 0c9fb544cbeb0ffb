//! `rapporteur man`: the manual pages.

use super::failure::Failure;
use super::{Cli, Outcome, input};
use clap::{CommandFactory, Parser};
use std::path::PathBuf;

/// Write the manual pages into a folder
#[derive(Parser)]
#[command(after_help = "Example:
  rapporteur man --out ~/.local/share/man/man1

Then `man rapporteur` tells of the program, and `man rapporteur-read` of one command.")]
pub struct Args {
    /// The folder; it is made where it is not there
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let out = &args.out;
    let written =
        std::fs::create_dir_all(out).and_then(|()| clap_mangen::generate_to(Cli::command(), out));
    written.map_err(|error| {
        Failure::given(
            format!("cannot write to {}: {error}", input::shown(out)),
            "check the disk, and that you may write there",
        )
    })?;
    Ok(Outcome::Done)
}
