//! Quotations: which words stand in quotation marks.

use crate::document::{Quote, Token};
use crate::tables;
use rapporteur_model::{Report, Span};

/// Finds quotations, block by block. Marks are matched by kind; a mark of the wrong hand (machine
/// translation, bad typing) is read by where it stands. An open quotation ends with its block; it
/// runs on where the next block opens with a mark of the same kind.
pub(crate) fn find(report: &Report, tokens: &[Token<'_>]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut open: Option<(usize, MarkKind)> = None;
    for (at, token) in tokens.iter().enumerate() {
        let new_block = at == 0 || tokens[at - 1].block != token.block;
        if new_block && let Some((start, _)) = open.take() {
            close(report, tokens, start, at, None, &mut quotes);
        }
        let Some(kind) = MarkKind::of(token.text) else {
            continue;
        };
        match open {
            None if opens(tokens, at, kind) => open = Some((at, kind)),
            Some((start, opened)) if opened == kind && shuts(tokens, at, kind) => {
                close(report, tokens, start, at, Some(at), &mut quotes);
                open = None;
            }
            _ => {}
        }
    }
    if let Some((start, _)) = open {
        close(report, tokens, start, tokens.len(), None, &mut quotes);
    }
    mark_continuations(tokens, &mut quotes);
    quotes
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkKind {
    Double,
    Single,
    Angle,
}

impl MarkKind {
    fn of(text: &str) -> Option<MarkKind> {
        match text {
            "\u{201c}" | "\u{201d}" | "\u{201e}" | "\"" | "''" | "``" | "\u{2018}\u{2018}"
            | "\u{2019}\u{2019}" => Some(MarkKind::Double),
            "\u{2018}" | "\u{2019}" | "'" | "`" => Some(MarkKind::Single),
            "\u{ab}" | "\u{bb}" => Some(MarkKind::Angle),
            _ => None,
        }
    }
}

fn opens(tokens: &[Token<'_>], at: usize, kind: MarkKind) -> bool {
    let token = &tokens[at];
    let Some(next) = tokens.get(at + 1).filter(|n| n.block == token.block) else {
        return false;
    };
    match token.text {
        // A block that begins with a closing mark begins with a mark of the wrong hand.
        "\u{201d}" => {
            let first = at == 0 || tokens[at - 1].block != token.block;
            first && !next.spaced && closes_later(tokens, at, kind)
        }
        "\u{bb}" => false,
        "\u{201c}" | "\u{201e}" | "\u{ab}" => true,
        // An apostrophe at the end of a plural is no opening mark: "the districts’ centres".
        "\u{2019}" => token.spaced && !next.spaced && closes_later(tokens, at, kind),
        "\u{2018}" => closes_later(tokens, at, kind) || token.spaced,
        "'" | "`" => {
            (token.spaced || at == 0 || tokens[at - 1].is_punct())
                && !next.spaced
                && closes_later(tokens, at, kind)
        }
        _ => token.spaced || !next.spaced,
    }
}

/// Does a mark that can close follow in the same block?
fn closes_later(tokens: &[Token<'_>], at: usize, kind: MarkKind) -> bool {
    let block = tokens[at].block;
    (at + 1..tokens.len())
        .take_while(|i| tokens[*i].block == block)
        .take(400)
        .any(|i| MarkKind::of(tokens[i].text) == Some(kind) && shuts(tokens, i, kind))
}

fn shuts(tokens: &[Token<'_>], at: usize, kind: MarkKind) -> bool {
    let token = &tokens[at];
    let next = tokens.get(at + 1).filter(|n| n.block == token.block);
    let apart = next.is_none_or(|n| n.spaced || n.is_punct());
    match (token.text, kind) {
        ("\u{201d}" | "\u{bb}" | "\u{201e}", _) => true,
        // A mark of the opening hand closes where nothing follows it, or the speaker does.
        ("\u{201c}" | "\u{2018}" | "\u{ab}", _) => apart || speaker_follows(tokens, at),
        ("'" | "\u{2019}" | "`", _) => {
            // A possessive of a plural: "the rebels' camp" goes on with a word of lower case.
            let plural = !token.spaced && at > 0 && tokens[at - 1].lower.ends_with('s');
            let goes_on = next.is_some_and(|n| n.text.starts_with(char::is_lowercase));
            apart && !(plural && goes_on) || speaker_follows(tokens, at)
        }
        _ => apart || !token.spaced || speaker_follows(tokens, at),
    }
}

/// Does "he said" or "Orsolo says" follow?
fn speaker_follows(tokens: &[Token<'_>], at: usize) -> bool {
    let block = tokens[at].block;
    let word = |i: usize| tokens.get(i).filter(|t| t.block == block);
    let (Some(first), Some(second)) = (word(at + 1), word(at + 2)) else {
        return false;
    };
    let name = first.is_capitalised() && !tables::closed().contains_key(&*first.lower);
    let speaker = tables::third_persons().contains(&*first.lower) || name;
    speaker
        && tables::speech().contains(&*crate::lemma::verb_lemma(&second.lower).unwrap_or_default())
}

fn close(
    report: &Report,
    tokens: &[Token<'_>],
    start: usize,
    end: usize,
    mark: Option<usize>,
    quotes: &mut Vec<Quote>,
) {
    if start + 1 >= end {
        return;
    }
    let inner = Span::new(tokens[start + 1].span.start, tokens[end - 1].span.end);
    let last = mark.unwrap_or(end - 1);
    let outer = Span::new(tokens[start].span.start, tokens[last].span.end);
    debug_assert!(report.slice(outer).is_some());
    quotes.push(Quote {
        outer,
        inner,
        tokens: start + 1..end,
        continues: false,
    });
}

/// A quotation continues one of the block before where that one is not closed and this one opens
/// its block.
fn mark_continuations(tokens: &[Token<'_>], quotes: &mut [Quote]) {
    for i in 1..quotes.len() {
        let (before, after) = (&quotes[i - 1], &quotes[i]);
        let block = tokens[after.tokens.start].block;
        let opens_block = after.tokens.start < 2 || tokens[after.tokens.start - 2].block != block;
        let unclosed = before.outer.end == before.inner.end;
        let adjacent = tokens[before.tokens.start].block + 1 == block;
        quotes[i].continues = opens_block && unclosed && adjacent;
    }
}
