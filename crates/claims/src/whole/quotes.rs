//! Quotations as wholes: all of a quotation is the content of the one attribution that it belongs to.

use super::Whole;
use crate::phrase::is_quote_mark;
use crate::tables;
use rapporteur_text::{Document, Quote, Tag, VerbForm};
use std::ops::Range;

/// A quotation shorter than this many tokens is a few words of the writer's sentence.
const SPEECH: usize = 4;

/// Lengthens contents that hold a part of a quotation to all of it, and gives quotations that nobody is said
/// to speak to the speaker before them.
pub(super) fn complete(doc: &Document<'_>, found: &mut [Whole]) {
    // Which attribution each quotation belongs to.
    let mut owners: Vec<Option<usize>> = vec![None; doc.quotes.len()];
    for (index, whole) in found.iter_mut().enumerate() {
        let inside = quote_at(doc, whole.head);
        for range in &mut whole.content {
            let near = doc.quotes.partition_point(|q| q.tokens.end <= range.start);
            for (at, quote) in doc.quotes.iter().enumerate().skip(near) {
                if quote.tokens.start > range.end {
                    break;
                }
                if Some(at) == inside || quote.tokens.contains(&whole.head) {
                    continue;
                }
                let outer = outer(doc, quote);
                let begins = range.start <= outer.start + 2;
                let holds = quote.tokens.start < range.end && range.start < quote.tokens.end;
                if !holds {
                    continue;
                }
                if range.end < outer.end {
                    range.end = outer.end;
                }
                if outer.start < range.start {
                    range.start = outer.start;
                }
                if begins || quote.tokens.len() >= SPEECH {
                    owners[at].get_or_insert(index);
                }
            }
        }
    }
    follow(doc, found, &mut owners);
}

/// Gives a quotation that ends right before a speaker to it, where it has no words or only those behind it:
/// "“…?” Brisk asked.", "“…,” Brisk said, “…”".
pub(super) fn precede(doc: &Document<'_>, found: &mut [Whole]) {
    let mut owned: Vec<(usize, usize, usize)> = (found.iter())
        .flat_map(|whole| whole.content.iter().map(|c| (c.start, c.end, whole.head)))
        .collect();
    owned.sort_unstable();
    // By somebody who does not speak in it.
    let is_owned = |quote: &Range<usize>| {
        let before = owned.partition_point(|(start, ..)| *start < quote.end);
        let near = &owned[before.saturating_sub(NEAR)..before];
        near.iter()
            .any(|(_, end, head)| quote.start < *end && !quote.contains(head))
    };
    for whole in found.iter_mut() {
        let from = whole.content.iter().map(|c| c.start).min();
        let spoken = tables::attributing_verb(&doc.tokens[whole.head].lemma)
            .is_some_and(|frames| frames.active("quote"));
        if from.is_some_and(|from| from < whole.cue.end || !spoken || whole.source.is_none()) {
            continue;
        }
        let start = whole
            .source
            .as_ref()
            .map_or(whole.cue.start, |s| s.start.min(whole.cue.start));
        let colon = doc.tokens.get(whole.cue.end).is_some_and(|t| t.text == ":");
        let before = doc
            .quotes
            .partition_point(|q| q.tokens.start < start)
            .checked_sub(1);
        // "“…,” he said, adding": that is his whom the verb before names.
        let added = doc.tokens[whole.head].form == Some(VerbForm::Ing);
        let quote = before.and_then(|at| doc.quotes.get(at));
        let Some(quote) = quote.filter(|_| !colon && !added) else {
            continue;
        };
        let block = |at: usize| doc.tokens.get(at).map(|t| t.block);
        let outer = outer(doc, quote);
        // "“…?” Brisk said of it." is one sentence with the quotation, "“….” The council said that" is not.
        let last = doc.tokens.get(quote.tokens.end.saturating_sub(1));
        let opens = last.is_some_and(|t| t.text == ".");
        let inverted = whole.source.as_ref().is_some_and(|s| s.start > whole.head);
        if from.is_some() && (outer.len() <= SPEECH || opens || inverted || is_owned(&outer)) {
            continue;
        }
        if (outer.end == start || outer.end + 1 == start) && block(outer.start) == block(start) {
            whole.content.push(outer);
        }
    }
}

/// How many contents that begin before a quotation's end are looked at for whether they hold it.
const NEAR: usize = 8;

/// The quotation that a token stands in.
fn quote_at(doc: &Document<'_>, token: usize) -> Option<usize> {
    let at = doc.quotes.partition_point(|q| q.tokens.end <= token);
    doc.quotes
        .get(at)
        .filter(|q| q.tokens.contains(&token))
        .map(|_| at)
}

/// A quotation's tokens with its marks.
fn outer(doc: &Document<'_>, quote: &Quote) -> Range<usize> {
    let range = quote.tokens.clone();
    let mark = |at: usize| doc.tokens.get(at).is_some_and(is_quote_mark);
    let start = range
        .start
        .checked_sub(1)
        .filter(|at| mark(*at))
        .unwrap_or(range.start);
    let end = if mark(range.end) {
        range.end + 1
    } else {
        range.end
    };
    start..end
}

/// Gives quotations without a speaker of their own to the attribution before: right behind its cue, a colon at
/// the end of the paragraph before, or a further sentence that is all in quotation marks.
fn follow(doc: &Document<'_>, found: &mut [Whole], owners: &mut [Option<usize>]) {
    for at in 0..doc.quotes.len() {
        if owners[at].is_some() {
            continue;
        }
        let quote = outer(doc, &doc.quotes[at]);
        let Some(before) = quote.start.checked_sub(1) else {
            continue;
        };
        let sentence = |token: usize| doc.sentences.partition_point(|s| s.tokens.end <= token);
        let alone = stands_alone(doc, &quote);
        let colon = doc.tokens[before].text == ":";
        let last = at.checked_sub(1).and_then(|before| owners[before]);
        let long = quote.len() > SPEECH;
        let belongs = |index: usize| {
            let whole = &found[index];
            let same = sentence(whole.head) == sentence(quote.start);
            let previous = sentence(whole.head) + 1 >= sentence(quote.start);
            let spoken = whole.content.iter().any(|c| {
                let tokens = doc.tokens.get(c.clone()).unwrap_or_default();
                tokens.iter().any(is_quote_mark)
            });
            let goes_on =
                alone && (doc.quotes[at].continues || last == Some(index) && near(doc, at));
            goes_on
                || alone && previous && spoken
                || colon && previous
                || same
                    && long
                    && adjoins(doc, whole, quote.start)
                    && (spoken || whole.content.is_empty())
        };
        // The last attribution before the quotation that it fits: "said Brisk, who thinks of the road. “…”"
        let before = found.partition_point(|w| w.head < quote.start);
        let speaker = (0..before)
            .rev()
            .filter(|index| quote_at(doc, found[*index].head).is_none())
            .take(BACK)
            .find(|index| belongs(*index));
        if let Some(index) = speaker {
            found[index].content.push(quote);
            owners[at] = Some(index);
        }
    }
}

/// Does no further verb stand between the cue and the quotation behind it?
fn adjoins(doc: &Document<'_>, whole: &Whole, quote: usize) -> bool {
    let source = whole
        .source
        .as_ref()
        .map_or(whole.cue.end, |source| source.end);
    let from = whole.cue.end.max(source.min(quote));
    let verb = |at: usize| {
        let token = &doc.tokens[at];
        matches!(token.tag, Tag::Verb | Tag::Aux) && token.form != Some(VerbForm::Ing)
    };
    let comma = quote
        .checked_sub(1)
        .is_some_and(|at| matches!(doc.tokens[at].text, "," | ":"));
    from <= quote && (comma || !(from..quote).any(verb))
}

/// How many attributions back the speaker of a quotation is looked for.
const BACK: usize = 3;

/// Does the quotation begin in the paragraph of the one before, or the next?
fn near(doc: &Document<'_>, at: usize) -> bool {
    let block = |quote: &Quote| doc.tokens[quote.tokens.start].block;
    at.checked_sub(1)
        .is_some_and(|before| block(&doc.quotes[before]) + 1 >= block(&doc.quotes[at]))
}

/// Do sentences begin and end with the quotation?
fn stands_alone(doc: &Document<'_>, quote: &Range<usize>) -> bool {
    let first = doc
        .sentences
        .partition_point(|s| s.tokens.end <= quote.start);
    let last = doc.sentences.partition_point(|s| s.tokens.end < quote.end);
    let begins = doc
        .sentences
        .get(first)
        .is_some_and(|s| quote.start <= s.tokens.start + 1);
    let ends = doc
        .sentences
        .get(last)
        .is_some_and(|s| s.tokens.end <= quote.end + 1);
    begins && ends
}
