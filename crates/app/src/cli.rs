//! The command line: a file a command. Results go to standard output, messages to standard error.
//! The exit status is 0 for done, 1 for something given that could not be read or a check that
//! failed (the rest is done and kept), 2 for a command line that was wrong.

mod answers;
mod attributions;
mod check;
mod claims;
mod clean;
pub(crate) mod clock;
mod code;
mod completions;
mod config;
mod conllu;
mod copies;
mod diff;
pub(crate) mod export;
mod failure;
mod figures;
pub(crate) mod flow;
pub(crate) mod gazetteer;
pub(crate) mod input;
mod judge;
mod man;
mod mcp;
mod names;
mod output;
mod parse;
mod places;
mod progress;
mod publish;
mod read;
mod record;
mod search;
mod serve;
mod show;
mod stories;
mod times;
mod watch;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// Reads news reports and keeps one record of who said what, to whom, when, where, how much, in
/// which words, and which reports copy one another.
#[derive(Parser)]
#[command(name = "rapporteur", version, max_term_width = 100)]
#[command(after_help = "Start with:
  rapporteur read FOLDER --record talks.record
  rapporteur show timeline --record talks.record")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(read::Args),
    Watch(watch::Args),
    Show(show::Args),
    Diff(diff::Args),
    Judge(judge::Args),
    Export(export::Args),
    Check(check::Args),
    Mcp(mcp::Args),
    Search(search::Args),
    Serve(serve::Args),
    Publish(publish::Args),
    Clean(clean::Args),
    Parse(parse::Args),
    Times(times::Args),
    Figures(figures::Args),
    Places(places::Args),
    Attributions(attributions::Args),
    Claims(claims::Args),
    Copies(copies::Args),
    Stories(stories::Args),
    Names(names::Args),
    Answers(answers::Args),
    Code(code::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// How a command that came to its end went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All done.
    Done,
    /// Something given could not be read, or a check failed; that was told, and the rest is done.
    Partly,
}

impl Outcome {
    /// Was everything given read?
    fn of(all: bool) -> Outcome {
        match all {
            true => Outcome::Done,
            false => Outcome::Partly,
        }
    }
}

/// Runs a command line, program name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no error; where nobody reads them,
            // there is nothing more to do.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match dispatch(cli.command) {
        Ok(Outcome::Done) | Err(Failure::Pipe) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(Failure::Given { what, hint }) => {
            output::warning(&what, &hint);
            ExitCode::from(1)
        }
        Err(Failure::Usage { what, hint }) => {
            output::warning(&what, &hint);
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Read(args) => read::run(args),
        Command::Watch(args) => watch::run(args),
        Command::Show(args) => show::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Judge(args) => judge::run(args),
        Command::Export(args) => export::run(args),
        Command::Check(args) => check::run(args),
        Command::Mcp(args) => mcp::run(args),
        Command::Search(args) => search::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Publish(args) => publish::run(args),
        Command::Clean(args) => clean::run(args),
        Command::Parse(args) => parse::run(args),
        Command::Times(args) => times::run(args),
        Command::Figures(args) => figures::run(args),
        Command::Places(args) => places::run(args),
        Command::Attributions(args) => attributions::run(args),
        Command::Claims(args) => claims::run(args),
        Command::Copies(args) => copies::run(args),
        Command::Stories(args) => stories::run(args),
        Command::Names(args) => names::run(args),
        Command::Answers(args) => answers::run(args),
        Command::Code(args) => code::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    }
}
