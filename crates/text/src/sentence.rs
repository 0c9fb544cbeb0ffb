//! Sentences.

use crate::document::{Sentence, Token};
use crate::tables;
use rapporteur_model::{Report, Span};

/// The most tokens of a sentence. What runs on without a stop for longer is a list or no text, and
/// is read in pieces, so that the time that reading takes grows with the text alone.
const LONGEST: usize = 300;

/// Splits the tokens into sentences: never across blocks, after a full stop, question or exclamation
/// mark with its closing quotes and brackets, where what follows can begin a sentence.
pub(crate) fn split(report: &Report, tokens: &[Token<'_>]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let mut end = at + 1;
        let mut ends = end == tokens.len() || tokens[end].block != tokens[at].block;
        if !ends && ends_sentence(tokens, at) {
            while end < tokens.len() && tokens[end].block == tokens[at].block && closes(tokens, end)
            {
                end += 1;
            }
            ends = end == tokens.len()
                || tokens[end].block != tokens[at].block
                || can_begin(tokens, at, end);
        }
        if ends {
            while start < end {
                let piece = start..piece_end(tokens, start, end);
                let block = tokens[start].block;
                sentences.push(Sentence {
                    span: Span::new(tokens[start].span.start, tokens[piece.end - 1].span.end),
                    tokens: piece.clone(),
                    block,
                    kind: report.blocks()[block].kind,
                });
                start = piece.end;
            }
        }
        at = end;
    }
    sentences
}

/// Where the sentence that begins at `start` ends: at `end`, or where it is too long after the last
/// mark before that.
fn piece_end(tokens: &[Token<'_>], start: usize, end: usize) -> usize {
    if end - start <= LONGEST {
        return end;
    }
    let high = start + LONGEST;
    (start + LONGEST / 2..high)
        .rev()
        .find(|at| matches!(tokens[*at].text, "," | ";" | ":"))
        .map_or(high, |at| at + 1)
}

/// Can a sentence end with this token?
fn ends_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    if token
        .text
        .starts_with(['.', '?', '!', '\u{2026}', '\u{3002}'])
    {
        return true;
    }
    // An abbreviation with its own stop ends a sentence where the next word is one that begins
    // sentences ("… of the U.N. The council …").
    token.text.ends_with('.')
        && !tables::titles().contains(token.lower.trim_end_matches('.'))
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.spaced && tables::starters().contains(next.text))
}

/// Is this token a closing mark that belongs to the sentence before?
fn closes(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let next_apart = tokens
        .get(at + 1)
        .is_none_or(|next| next.spaced || next.block != token.block);
    match token.text {
        "\u{201d}" | "\u{2019}" | ")" | "]" | "\u{bb}" => !token.spaced || next_apart,
        "\"" | "'" | "''" | "\u{2019}\u{2019}" => !token.spaced,
        // Machine translation closes with opening marks, too: "… our country. ‘".
        "\u{2018}" | "\u{201c}" => {
            next_apart
                && (!token.spaced || tokens.get(at + 1).is_none_or(|n| n.block != token.block))
        }
        _ => false,
    }
}

/// Can a sentence begin at `next`, after a stop at `stop`?
fn can_begin(tokens: &[Token<'_>], stop: usize, next: usize) -> bool {
    let token = &tokens[next];
    let first = token.text.chars().next().unwrap_or(' ');
    if tokens[stop].text.starts_with('\u{2026}') || tokens[stop].text.starts_with("..") {
        return token.is_capitalised() && token.spaced;
    }
    // A closing quote between the stop and a word in lower case: “… now.” he said.
    if token.is_capitalised() || first.is_ascii_digit() {
        return true;
    }
    let opens = matches!(
        first,
        '\u{201c}' | '\u{2018}' | '"' | '\'' | '(' | '[' | '\u{ab}' | '\u{2014}' | '\u{2013}' | '-'
    );
    if opens {
        return tokens.get(next + 1).is_none_or(|after| {
            after.is_capitalised()
                || after.text.starts_with(char::is_numeric)
                || !after.text.starts_with(char::is_alphanumeric)
        });
    }
    // Scripts without case.
    first.is_alphabetic() && !first.is_lowercase()
}
