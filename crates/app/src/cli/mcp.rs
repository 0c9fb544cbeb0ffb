//! `rapporteur mcp`: the record for language-model clients.

use super::Outcome;
use super::failure::Failure;
use super::record::{RecordArgs, room};
use crate::mcp::{LONGEST_MESSAGE, Server};
use clap::Parser;
use std::io::{self, BufRead, Read, Write};

/// Answer a language model's questions about a record (Model Context Protocol, standard input and output)
#[derive(Parser)]
#[command(after_help = "Example, for a client that starts its servers itself:
  {\"mcpServers\": {\"talks\": {\"command\": \"rapporteur\", \"args\": [\"mcp\", \"--record\", \"talks.record\"]}}}

Or by hand, a message a line:
  echo '{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}' | rapporteur mcp --record talks.record

Only reads the record. docs/exports.md tells of the tools.")]
pub struct Args {
    #[command(flatten)]
    record: RecordArgs,
}

/// Runs the command until standard input ends.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    // A record that is not there, or too large, is told at once, not at the first question.
    room(&args.record.open()?)?;
    let background = args.record.config()?.background;
    let mut server = Server::over(args.record.record, background);
    serve(&mut server, io::stdin().lock(), io::stdout().lock()).map_err(Failure::of_output)?;
    Ok(Outcome::Done)
}

fn serve(server: &mut Server, mut from: impl BufRead, mut to: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let longest = LONGEST_MESSAGE as u64 + 1;
        if from.by_ref().take(longest).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let answer = match line.len() > LONGEST_MESSAGE && line.last() != Some(&b'\n') {
            true => {
                skip_line(&mut from)?;
                Some(server.too_long())
            }
            false => server.answer(&line),
        };
        if let Some(answer) = answer {
            to.write_all(answer.as_bytes())?;
            to.write_all(b"\n")?;
            to.flush()?;
        }
    }
}

/// Reads on to the end of the line and keeps nothing.
fn skip_line(from: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = from.fill_buf()?;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(bytes.len(), |end| end + 1);
        from.consume(length);
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}
