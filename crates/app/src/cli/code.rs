//! `rapporteur code`: what one does to another, in PLOVER's types.

use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_model::{EventType, Masthead, Report, Span};
use rapporteur_views::export::jsonl;
use serde::Serialize;
use std::path::Path;

/// Print what one does to another: PLOVER's type, mode and quad class
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur code --actor \"the army\" --recipient Velka \"On Friday the army shelled Velka.\"
  rapporteur code < rows.tsv

Rows on standard input have three cells with tabs between: actor, recipient, sentence. One line a sentence
comes out, in their order; event, mode and quad are null where no word of the codebook says what is done.")]
pub struct Args {
    /// Who does it, as printed in the sentences
    #[arg(long, value_name = "WORDS", requires = "recipient")]
    actor: Option<String>,
    /// To whom, as printed in the sentences
    #[arg(long, value_name = "WORDS", requires = "actor")]
    recipient: Option<String>,
    /// The sentences; none: rows on standard input
    #[arg(value_name = "SENTENCE", requires = "actor")]
    sentences: Vec<String>,
}

#[derive(Serialize)]
struct CodedLine<'s> {
    actor: &'s str,
    recipient: &'s str,
    sentence: &'s str,
    event: Option<EventType>,
    mode: Option<&'static str>,
    quad: Option<u8>,
    trigger: Option<&'s str>,
    planned: bool,
    negated: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let mut out = output::Lines::new();
    let mut all = true;
    match (args.actor, args.recipient) {
        (Some(actor), Some(recipient)) if !args.sentences.is_empty() => {
            for sentence in &args.sentences {
                all &= coded(&actor, &recipient, sentence, &mut out)?;
            }
        }
        (Some(_), _) => {
            return Err(Failure::usage(
                "an actor and a recipient, but no sentence",
                "give the sentence after them, or rows on standard input without --actor",
            ));
        }
        _ => {
            let bytes = input::bytes(Path::new(input::STDIN))
                .map_err(|unread| Failure::given(unread.why, unread.hint))?;
            let text = String::from_utf8_lossy(&bytes);
            let rows = (1..)
                .zip(text.lines())
                .filter(|(_, row)| !row.trim().is_empty());
            for (number, row) in rows {
                let cells: Vec<&str> = row.split('\t').collect();
                let [actor, recipient, sentence] = cells[..] else {
                    output::warning(
                        &format!("line {number} has {} cells, not three", cells.len()),
                        "write actor, recipient and sentence with tabs between",
                    );
                    all = false;
                    continue;
                };
                all &= coded(actor, recipient, sentence, &mut out)?;
            }
        }
    }
    out.end()?;
    Ok(Outcome::of(all))
}

/// Writes a sentence's line; false: it does not have the words, and that was told.
fn coded(
    actor: &str,
    recipient: &str,
    sentence: &str,
    out: &mut output::Lines,
) -> Result<bool, Failure> {
    let report = Report::new(Masthead::default(), sentence.to_string(), vec![]);
    let find = |words: &str| {
        let start = report.body().find(words).filter(|_| !words.is_empty())?;
        Some(Span::new(start, start + words.len()))
    };
    let spans = (find(actor), find(recipient));
    let missing = match spans {
        (None, _) => Some(actor),
        (_, None) => Some(recipient),
        _ => None,
    };
    if let Some(words) = missing {
        output::warning(
            &format!("{words:?} is not in {sentence:?}"),
            "give the words as they are printed in the sentence",
        );
    }
    let found = match spans {
        (Some(actor), Some(recipient)) => {
            rapporteur_claims::code(&rapporteur_text::parse(&report), actor, recipient)
        }
        _ => None,
    };
    out.line(&jsonl::json(&CodedLine {
        actor,
        recipient,
        sentence,
        event: found.as_ref().map(|coded| coded.event),
        mode: found.as_ref().and_then(|coded| coded.mode),
        quad: found.as_ref().map(rapporteur_claims::Coded::quad),
        trigger: found.as_ref().and_then(|coded| report.slice(coded.trigger)),
        planned: found.as_ref().is_some_and(|coded| coded.planned),
        negated: found.as_ref().is_some_and(|coded| coded.negated),
    }))?;
    Ok(missing.is_none())
}
