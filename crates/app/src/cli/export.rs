//! `rapporteur export`: the record for other programs.

use super::failure::Failure;
use super::gazetteer::{GazetteerArgs, located};
use super::record::{RecordArgs, day};
use super::{Outcome, input, progress};
use clap::{Parser, ValueEnum};
use rapporteur_model::{Date, EntityId, Place};
use rapporteur_record::State;
use rapporteur_views::export;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Write a record for other programs
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur export --record talks.record --format jsonl | jq 'select(.type == \"claim\") | .exact'
  rapporteur export --record talks.record --format parquet --to claims.parquet
  rapporteur export --record talks.record --format geojson --to talks.geojson
  rapporteur export --record talks.record --format brief --as-of 2031-03-01 --to brief.md

docs/exports.md says for each format what stands in which column, what is left empty and why.")]
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

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// One JSON object a line: reports, entities, times, claims, derivations, comparisons
    Jsonl,
    /// Every claim as a row
    Csv,
    /// The same table as Apache Parquet
    Parquet,
    /// Events in ACLED's columns, CSV
    Acled,
    /// Deaths in the columns of UCDP GED, CSV
    Ged,
    /// Events in POLECAT's columns, tab-separated
    Polecat,
    /// Events as PLOVER's JSON, one a line
    Plover,
    /// Events in GDELT's columns, tab-separated, no head
    Gdelt,
    /// The claims that tell of these events, in GDELT's columns of mentions
    GdeltMentions,
    /// Places with who is said to hold them, and claims at their places
    Geojson,
    /// FollowTheMoney's entities, one JSON object a line
    Ftm,
    /// FollowTheMoney's statements, CSV
    FtmStatements,
    /// W3C Web Annotations: a collection, JSON-LD
    Annotations,
    /// W3C PROV: what came from what, PROV-JSON
    Prov,
    /// schema.org's Claim and NewsArticle, JSON-LD
    SchemaOrg,
    /// Reports as IPTC ninjs, one JSON object a line
    Ninjs,
    /// A page for an editor, with footnotes, Markdown
    Brief,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let to = args.to.as_deref().filter(|path| *path != Path::new("-"));
    if args.format == Format::Parquet && to.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::usage(
            "Parquet is not for a terminal",
            "give a file with --to, or send the output into one",
        ));
    }
    let (gazetteer, all_tables) = args.gazetteer.read(&args.record.config()?)?;
    let state = args.record.state(args.as_of)?;
    let places = progress::during("finding where places lie", || located(&state, &gazetteer));
    let pieces = pieces(args.format, &state, &places);
    match to {
        None => {
            write(std::io::stdout().lock(), pieces).map_err(Failure::of_output)?;
        }
        Some(path) => {
            let file = File::create(path);
            let file = file.and_then(|file| progress::during("writing", || write(file, pieces)));
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

/// An export, to be written one piece after the other.
pub type Pieces<'s> = Box<dyn Iterator<Item = Vec<u8>> + 's>;

/// The record in the format of that name, in pieces; `None`: there is no such format.
pub fn named<'s>(
    format: &str,
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> Option<Pieces<'s>> {
    let format = Format::from_str(format, false).ok()?;
    Some(pieces(format, state, places))
}

/// The record in that format, in pieces to be written one after the other.
fn pieces<'s>(
    format: Format,
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> Pieces<'s> {
    match format {
        Format::Jsonl => ended(export::jsonl::lines(state, places)),
        Format::Csv => ended(export::table::lines(state, places)),
        Format::Parquet => Box::new(export::parquet::bytes(state, places)),
        Format::Acled => ended(export::acled::lines(state, places)),
        Format::Ged => ended(export::ged::lines(state, places)),
        Format::Polecat => ended(export::polecat::lines(state, places)),
        Format::Plover => ended(export::polecat::plover(state, places)),
        Format::Gdelt => ended(export::gdelt::lines(state, places)),
        Format::GdeltMentions => ended(export::gdelt::mentions(state, places)),
        Format::Geojson => ended(export::geojson::lines(state, places)),
        Format::Ftm => ended(export::ftm::lines(state, places)),
        Format::FtmStatements => ended(export::ftm::statements(state, places)),
        Format::Annotations => ended(export::annotation::lines(state, places)),
        Format::Prov => ended(export::prov::lines(state, places)),
        Format::SchemaOrg => ended(export::schema_org::lines(state, places)),
        Format::Ninjs => ended(export::ninjs::lines(state, places)),
        Format::Brief => ended(export::brief::lines(state)),
    }
}

/// Lines with their ends.
fn ended<'s>(lines: impl Iterator<Item = String> + 's) -> Pieces<'s> {
    Box::new(lines.map(|line| {
        let mut bytes = line.into_bytes();
        bytes.push(b'\n');
        bytes
    }))
}

fn write(to: impl Write, pieces: Pieces<'_>) -> std::io::Result<()> {
    let mut to = BufWriter::new(to);
    for piece in pieces {
        to.write_all(&piece)?;
    }
    to.flush()
}
