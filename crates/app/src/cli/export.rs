//! `rapporteur export`: the record for other programs.

use super::failure::Failure;
use super::gazetteer::{GazetteerArgs, located};
use super::record::{RecordArgs, day, state};
use super::{Outcome, input};
use clap::{Parser, ValueEnum};
use rapporteur_model::Date;
use rapporteur_views::export;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Write a record for other programs
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur export --record talks.record --format jsonl | jq 'select(.type == \"claim\") | .exact'
  rapporteur export --record talks.record --format jsonl --to talks.jsonl")]
pub struct Args {
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    gazetteer: GazetteerArgs,
    /// In which format
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// Only reports published by this day, such as 2031-03-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Into this file instead of standard output
    #[arg(long, value_name = "PATH")]
    to: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object a line: reports, entities, times, claims, derivations, comparisons
    Jsonl,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let (gazetteer, all_tables) = args.gazetteer.read()?;
    let state = state(args.record.contents()?, args.as_of);
    let places = located(&state, &gazetteer);
    let lines = match args.format {
        Format::Jsonl => export::jsonl::lines(&state, &places),
    };
    match args.to.as_deref().filter(|path| *path != Path::new("-")) {
        None => {
            write(std::io::stdout().lock(), lines).map_err(Failure::of_output)?;
        }
        Some(path) => {
            let file = File::create(path).and_then(|file| write(file, lines));
            file.map_err(|error| {
                Failure::given(
                    format!("cannot write {}: {error}", input::shown(path)),
                    "check that its folder is there, has room, and may be written to",
                )
            })?;
        }
    }
    Ok(Outcome::of(all_tables))
}

fn write(to: impl Write, lines: impl Iterator<Item = String>) -> std::io::Result<()> {
    let mut to = BufWriter::new(to);
    for line in lines {
        to.write_all(line.as_bytes())?;
        to.write_all(b"\n")?;
    }
    to.flush()
}
