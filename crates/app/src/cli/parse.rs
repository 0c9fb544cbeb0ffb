//! `rapporteur parse`: parts of speech, base forms, what depends on what, names.

use super::conllu::{self, Given};
use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_report::{Found, Unread};
use rapporteur_text::model::{Model, Reader};
use rapporteur_text::{Document, Sentence};
use std::path::{Path, PathBuf};

/// Print each sentence's words with tags, base forms, heads and names, as CoNLL-U
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur parse report.txt
  rapporteur parse --pretokenized sentences.conllu

Names stand in the last column: Entity=(PER … Entity=PER), with PER, ORG or LOC. With --pretokenized
the files are CoNLL-U, whose sentences, words and comments are kept.")]
pub struct Args {
    /// Files, folders and archives; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The files are CoNLL-U: keep their sentences and words
    #[arg(long)]
    pretokenized: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let Some(model) = Model::english() else {
        return Err(Failure::given(
            "the language model cannot be read",
            "this is a fault of the program: please report it",
        ));
    };
    let mut out = output::Lines::new();
    // A page ends with an empty line; printing it as a line adds the last line's end.
    let mut print = |page: String| match page.strip_suffix('\n') {
        Some(page) => out.line(page),
        None => Ok(()),
    };
    let all = match args.pretokenized {
        true => pretokenized(model, &args.paths, &mut print)?,
        false => input::each_report(&args.paths, |found| parsed(model, &found), print)?,
    };
    out.end()?;
    Ok(Outcome::of(all))
}

/// The sentences of a report.
fn parsed(model: &Model<'_>, found: &Found) -> String {
    let document = rapporteur_text::parse(&found.report);
    let mut reader = model.reader();
    let mut out = format!("# newdoc id = {}\n", one_line(&found.sighting.path));
    for (number, sentence) in document.sentences.iter().enumerate() {
        let given = given(&document, sentence, number + 1);
        write(&mut reader, &given, &mut out);
    }
    out
}

/// Prints the sentences of CoNLL-U files anew; says whether all could be read.
fn pretokenized(
    model: &Model<'_>,
    paths: &[PathBuf],
    print: &mut dyn FnMut(String) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let (files, unread) = input::files(paths);
    unread.iter().for_each(input::tell);
    let mut all = unread.is_empty();
    for path in &files {
        let read = input::bytes(path).and_then(|bytes| sentences(path, &bytes));
        let sentences = match read {
            Ok(sentences) => sentences,
            Err(unread) => {
                input::tell(&unread);
                all = false;
                continue;
            }
        };
        let mut reader = model.reader();
        let mut out = String::new();
        for given in &sentences {
            write(&mut reader, given, &mut out);
        }
        print(out)?;
    }
    Ok(all)
}

fn sentences(path: &Path, bytes: &[u8]) -> Result<Vec<Given>, Unread> {
    let unread = |why: String, hint: &str| Unread {
        path: input::shown(path),
        why,
        hint: hint.to_string(),
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|_| unread("is not UTF-8".into(), "CoNLL-U is UTF-8: convert it"))?;
    conllu::read(text).map_err(|line| {
        let why = format!("line {line} is no row of CoNLL-U");
        unread(
            why,
            "ten cells apart by tabs; without --pretokenized, plain text is read",
        )
    })
}

fn write(reader: &mut Reader<'_>, given: &Given, out: &mut String) {
    let words: Vec<&str> = given.words.iter().map(String::as_str).collect();
    conllu::write(given, &reader.read(&words), out);
}

/// A sentence of a report, with its number and its text as comments.
fn given(document: &Document<'_>, sentence: &Sentence, number: usize) -> Given {
    let tokens = document
        .tokens
        .get(sentence.tokens.clone())
        .unwrap_or_default();
    let text = one_line(document.slice(sentence.span));
    let next = document
        .tokens
        .get(sentence.tokens.start + 1..)
        .unwrap_or_default();
    Given {
        comments: vec![format!("# sent_id = {number}"), format!("# text = {text}")],
        words: tokens.iter().map(|token| token.text.to_string()).collect(),
        joined: (tokens.iter().enumerate())
            .map(|(at, _)| next.get(at).is_some_and(|next| !next.spaced))
            .collect(),
        ranges: vec![],
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
