//! `rapporteur judge`: whether two names or claims are the same, by whom, and why.

use super::failure::Failure;
use super::output::results;
use super::record::RecordArgs;
use super::{Outcome, clock};
use clap::{Parser, Subcommand};
use rapporteur_model::{ClaimId, Item, Judgement, Verdict};
use rapporteur_record::{Added, Contents};
use rapporteur_views::words;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Say whether two names or claims are the same, and why
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur judge same \"Ajmal Orsolo\" \"A. Orsolo\" --record talks.record --reason \"same office\"
  rapporteur judge different 3fa9b2c1d0 77c01be4aa --record talks.record --reason \"two attacks\"
  rapporteur judge list --record talks.record
  rapporteur judge undo 9be21f0c33 --record talks.record

A name is given as printed, a claim by its id or the first digits of it.")]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// They are one
    Same(Pair),
    /// They are two
    Different(Pair),
    /// Nobody can tell yet
    Unsure(Pair),
    /// Take a judgement back
    Undo(Undo),
    /// Every judgement, with those taken back
    List(List),
}

#[derive(clap::Args)]
struct Pair {
    /// A name as printed, or a claim's id
    a: String,
    /// The other
    b: String,
    #[command(flatten)]
    record: RecordArgs,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// Who decides [default: the user's name on this machine]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

#[derive(clap::Args)]
struct Undo {
    /// The judgement's id, or the first digits of it
    id: String,
    #[command(flatten)]
    record: RecordArgs,
    /// Why
    #[arg(long, value_name = "WORDS", default_value = "taken back")]
    reason: String,
    /// Who decides [default: the user's name on this machine]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

#[derive(clap::Args)]
struct List {
    #[command(flatten)]
    record: RecordArgs,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    match args.what {
        What::Same(pair) => judge(pair, Verdict::Same),
        What::Different(pair) => judge(pair, Verdict::Different),
        What::Unsure(pair) => judge(pair, Verdict::Unsure),
        What::Undo(args) => undo(args),
        What::List(args) => list(args),
    }
}

fn judge(pair: Pair, verdict: Verdict) -> Result<Outcome, Failure> {
    let mut log = pair.record.open()?;
    let contents = log.contents()?;
    let a = item(&contents, &pair.a)?;
    let b = item(&contents, &pair.b)?;
    if a == b {
        return Err(Failure::usage(
            format!("{} is given twice", pair.a),
            "name two things",
        ));
    }
    if matches!(
        (&a, &b),
        (Item::Name(_), Item::Claim(_)) | (Item::Claim(_), Item::Name(_))
    ) {
        return Err(Failure::usage(
            format!(
                "a claim and a name cannot be compared: {} and {}",
                pair.a, pair.b
            ),
            "give two names, or two claims",
        ));
    }
    let author = author(pair.author, &pair.record)?;
    let reason = reason(&pair.reason)?;
    let judgement = Judgement::new(a, b, verdict, &author, reason, &clock::now()?);
    let added = log.judge(&judgement)?;
    told(added, &judgement)
}

fn undo(args: Undo) -> Result<Outcome, Failure> {
    let mut log = args.record.open()?;
    let judgements = log.judgements()?;
    let found: Vec<&Judgement> = (judgements.iter())
        .filter(|judgement| !args.id.is_empty() && judgement.id.0.starts_with(&args.id))
        .collect();
    let judgement = match found.as_slice() {
        [one] => one,
        [] => {
            return Err(Failure::given(
                format!("no judgement {}", args.id),
                "`rapporteur judge list` shows them all",
            ));
        }
        _ => {
            return Err(Failure::given(
                format!("several judgements begin with {}", args.id),
                "give more digits of the id",
            ));
        }
    };
    let author = author(args.author, &args.record)?;
    let undone = judgement.undo(&author, reason(&args.reason)?, &clock::now()?);
    let added = log.judge(&undone)?;
    told(added, &undone)
}

fn told(added: Added, judgement: &Judgement) -> Result<Outcome, Failure> {
    let new = match added {
        Added::New => "recorded",
        Added::Known => "there already",
    };
    results(&format!("{new}: {}\n", in_words(judgement)))?;
    Ok(Outcome::Done)
}

fn list(args: List) -> Result<Outcome, Failure> {
    let mut judgements = args.record.open()?.judgements()?;
    judgements.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
    let mut text = String::new();
    for judgement in &judgements {
        // Writing to a string cannot fail.
        let _ = match args.json {
            true => writeln!(text, "{}", rapporteur_views::export::jsonl::json(judgement)),
            false => writeln!(text, "{}", in_words(judgement)),
        };
    }
    results(&text)?;
    Ok(Outcome::Done)
}

fn in_words(judgement: &Judgement) -> String {
    let item = |item: &Item| match item {
        Item::Name(name) => name.clone(),
        Item::Claim(id) => format!("claim {}", words::short(&id.0)),
    };
    let verdict = match judgement.verdict {
        Verdict::Same => "same",
        Verdict::Different => "different",
        Verdict::Unsure => "unsure",
    };
    let taken_back = match &judgement.undoes {
        Some(id) => format!("takes back {}: ", words::short(&id.0)),
        None => String::new(),
    };
    format!(
        "{}  {taken_back}{verdict}: {} · {}  {} by {}: {}",
        words::short(&judgement.id.0),
        item(&judgement.a),
        item(&judgement.b),
        judgement.at,
        judgement.author,
        judgement.reason
    )
}

/// The name or claim that is meant: a claim where an id of the record begins like it, else a name
/// that is printed in some report.
fn item(contents: &Contents, given: &str) -> Result<Item, Failure> {
    let looks_like_id = given.len() >= 6 && given.chars().all(|c| c.is_ascii_hexdigit());
    let claims = || contents.readings.iter().flat_map(|reading| &reading.claims);
    if looks_like_id {
        let begun: BTreeSet<&ClaimId> = claims()
            .map(|claim| claim.id())
            .filter(|id| id.0.starts_with(given))
            .collect();
        match begun.into_iter().collect::<Vec<_>>().as_slice() {
            [] => {}
            [one] => return Ok(Item::Claim((*one).clone())),
            _ => {
                return Err(Failure::given(
                    format!("several claims begin with {given}"),
                    "give more digits of the id",
                ));
            }
        }
    }
    let name = words::one_line(given);
    let printed = (contents.readings.iter())
        .flat_map(|reading| reading.mentions.iter())
        .any(|mention| words::one_line(&mention.name) == name);
    match printed {
        true => Ok(Item::Name(name)),
        false => Err(Failure::given(
            format!("no report of the record prints the name {given}, and no claim has that id"),
            "write the name as printed, without titles; `rapporteur show names` shows them, `show claims` the ids",
        )),
    }
}

/// Who decides: whoever is named, else the user of this machine.
pub fn user(given: Option<String>) -> Option<String> {
    let user = || {
        ["USER", "USERNAME"]
            .iter()
            .find_map(|name| std::env::var(name).ok())
    };
    (given.or_else(user)).filter(|name| !name.trim().is_empty())
}

fn author(given: Option<String>, record: &RecordArgs) -> Result<String, Failure> {
    user(given.or(record.config()?.author))
        .ok_or_else(|| Failure::usage("nobody signs this judgement", "add --author NAME"))
}

fn reason(given: &str) -> Result<&str, Failure> {
    match given.trim() {
        "" => Err(Failure::usage(
            "the reason is empty",
            "say why in a few words",
        )),
        reason => Ok(reason),
    }
}
