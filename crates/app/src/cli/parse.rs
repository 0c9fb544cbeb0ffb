//! `rapporteur parse`: parts of speech, base forms, what depends on what, names.

use super::conllu::{self, Given};
use super::failure::Failure;
use super::{Outcome, input, output};
use clap::Parser;
use rapporteur_model::{Masthead, Report, Span};
use rapporteur_report::{Found, Unread};
use rapporteur_text::{Document, Sentence};
use std::path::{Path, PathBuf};

/// Print each sentence's words with tags, base forms, heads and names, as CoNLL-U
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur parse report.txt
  rapporteur parse --pretokenized sentences.conllu

Names stand in the last column: Entity=(PER … Entity=PER), with PER, ORG, LOC, or NORP for
a nationality; and so do the words for persons and bodies mentioned twice and more, with one number each:
Coref=(3 … Coref=3). With --pretokenized the files are CoNLL-U, whose sentences, words and comments are kept.")]
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
    let mut out = output::Lines::new();
    // A page ends with an empty line; printing it as a line adds the last line's end.
    let mut print = |page: String| match page.strip_suffix('\n') {
        Some(page) => out.line(page),
        None => Ok(()),
    };
    let all = match args.pretokenized {
        true => pretokenized(&args.paths, &mut print)?,
        false => input::each_report(&args.paths, |found| parsed(&found), print)?,
    };
    out.end()?;
    Ok(Outcome::of(all))
}

/// The sentences of a report.
fn parsed(found: &Found) -> String {
    let document = rapporteur_text::parse(&found.report);
    let mut out = format!("# newdoc id = {}\n", one_line(&found.sighting.path));
    for (number, sentence) in document.sentences.iter().enumerate() {
        let given = given(&document, sentence, number + 1);
        conllu::write(&given, &document, sentence, &mut out);
    }
    out
}

/// Prints the sentences of CoNLL-U files anew; says whether all could be read.
fn pretokenized(
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
        // What is said of a name in one place of a text holds in the others.
        let begins = |given: &Given| given.comments.iter().any(|c| c.starts_with(NEW));
        for text in sentences.chunk_by(|_, next| !begins(next)) {
            print(read_anew(text))?;
        }
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

/// How the comment begins before a text's first sentence.
const NEW: &str = "# newdoc";

/// The sentences of a text, with what is read of their words.
fn read_anew(sentences: &[Given]) -> String {
    let mut body = String::new();
    let mut words: Vec<Vec<Span>> = Vec::new();
    for given in sentences {
        let mut spans = Vec::new();
        for (at, word) in given.words.iter().enumerate() {
            let start = body.len();
            body.push_str(word);
            spans.push(Span::new(start, body.len()));
            if given.joined.get(at) != Some(&true) {
                body.push(' ');
            }
        }
        if !body.ends_with(' ') {
            body.push(' ');
        }
        words.push(spans);
    }
    let report = Report::new(Masthead::default(), body, vec![]);
    let document = rapporteur_text::parse_given(&report, &words);
    let mut out = String::new();
    for (given, sentence) in sentences.iter().zip(&document.sentences) {
        conllu::write(given, &document, sentence, &mut out);
    }
    out
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
