//! Voices that only the trees show: what somebody "talked of", "described", "raised the possibility"
//! of, "is confident" about.

use super::frames::{beside, is_asked};
use super::sources::{antecedent, cannot_speak, names_speaker, source_of};
use super::speakers::settle;
use super::words::{has_finite, has_verb, is_refused, quoted, trim};
use super::{DEPTH, Frame, Voice};
use crate::factuality::is_negation;
use crate::phrase;
use crate::tables::{self, CueKind};
use crate::who;
use crate::whole::Whole;
use rapporteur_model::{Mention, Said};
use rapporteur_text::{Document, Token};
use std::collections::BTreeSet;
use std::ops::Range;

/// A phrase without a verb says something from this many words on: "empty villages south of the town".
const PHRASE: usize = 4;

/// How many of the voices found last are looked at for whether a cue stands in them.
const NEAR: usize = 24;

/// A voice for each part of the contents whose cue stands in none of the known voices' chains, in order. Its
/// chain goes on with that of the voice in which its cue stands.
pub(crate) fn further(doc: &Document<'_>, known: &[Voice], found: &[Whole]) -> Vec<Voice> {
    let cues = known
        .iter()
        .flat_map(|v| &v.chain)
        .filter_map(|f| f.cue.clone());
    let cues: BTreeSet<usize> = cues.flatten().collect();
    let mut heard: Vec<(usize, Mention)> = Vec::new();
    let mut out: Vec<Voice> = Vec::new();
    for whole in found {
        let cue = &doc.tokens[whole.cue.clone()];
        let utters = cue.iter().any(|t| tables::uttering().contains(&*t.lemma));
        // "should insist on": has not.
        let open = |t: &Token<'_>| {
            tables::possible().contains(&*t.lower) || tables::obligation().contains(&*t.lower)
        };
        if !utters
            || is_refused(doc, whole.head)
            || is_asked(doc, whole.head)
            || cue.iter().any(open)
            || whole.cue.clone().any(|at| cues.contains(&at))
        {
            continue;
        }
        let sentence = doc
            .sentences
            .partition_point(|s| s.tokens.end <= whole.head);
        let Some(mut frame) = of_whole(doc, whole) else {
            continue;
        };
        settle(doc, &mut frame, sentence, &mut heard);
        let first = known.partition_point(|voice| voice.sentence < sentence);
        let here = known[first..]
            .iter()
            .take_while(|voice| voice.sentence == sentence);
        let late = out.iter().rev().take(NEAR);
        let outer = around(here, whole.head).or_else(|| around(late, whole.head));
        let mut chain = vec![frame];
        chain.extend(outer.iter().flat_map(|voice| voice.chain.iter().cloned()));
        // "…, she said, warning that": hers already.
        let again = chain
            .get(1)
            .is_some_and(|next| same_source(&chain[0], next));
        if chain.len() > DEPTH || again {
            continue;
        }
        for piece in whole
            .content
            .iter()
            .flat_map(|range| by_sentence(doc, range))
        {
            let mut tokens = trim(doc, piece.1.start..beside(doc, whole.head, &piece.1));
            let opening = doc.tokens[tokens.clone()].first();
            if opening
                .is_some_and(|t| t.fine == "IN" && tables::asserted_openers().contains(&*t.lower))
            {
                tokens.start += 1;
            }
            let own = quoted(doc, &tokens);
            if has_verb(doc, &tokens) || own || tokens.len() >= PHRASE || in_quotes(doc, &tokens) {
                out.push(Voice {
                    tokens,
                    sentence: piece.0,
                    chain: chain.clone(),
                    quoted: own,
                });
            }
        }
    }
    out
}

/// The innermost voice in which a word stands.
fn around<'v>(voices: impl Iterator<Item = &'v Voice>, at: usize) -> Option<&'v Voice> {
    let holding = voices.filter(|voice| voice.tokens.contains(&at));
    holding.min_by_key(|voice| voice.tokens.len())
}

fn same_source(a: &Frame, b: &Frame) -> bool {
    let name = |frame: &Frame| frame.source.as_ref().map(|s| who::full_name(&s.mention));
    name(a) == name(b)
}

fn in_quotes(doc: &Document<'_>, tokens: &Range<usize>) -> bool {
    (doc.tokens[tokens.clone()].iter()).any(|t| who::in_quote(doc, t.span.start))
}

/// The parts of a range, by the sentences they stand in.
fn by_sentence(doc: &Document<'_>, range: &Range<usize>) -> Vec<(usize, Range<usize>)> {
    let first = doc
        .sentences
        .partition_point(|s| s.tokens.end <= range.start);
    let sentences = doc.sentences.iter().enumerate().skip(first);
    sentences
        .take_while(|(_, s)| s.tokens.start < range.end)
        .map(|(index, s)| {
            let words = &s.tokens;
            (
                index,
                words.start.max(range.start)..words.end.min(range.end),
            )
        })
        .collect()
}

/// Its frame, where somebody is named who can say it.
fn of_whole(doc: &Document<'_>, whole: &Whole) -> Option<Frame> {
    let named = antecedent(doc, whole.source.clone()?);
    let head = phrase::head(doc, phrase::bare(doc, named.clone()));
    let source = source_of(doc, named)?;
    let who = source.mention.kind.is_some() || source.mention.stands_for.is_some();
    if cannot_speak(&source.mention) || !(who || names_speaker(doc, head)) {
        return None;
    }
    let ends = whole.content.iter().chain([&whole.cue]);
    let start = ends.clone().map(|r| r.start).min()?;
    let end = ends.map(|r| r.end).max()?;
    let kind = tables::cues().get(&*doc.tokens[whole.head].lemma);
    let bare = !whole.content.iter().any(|range| has_finite(doc, range));
    Some(Frame {
        source: Some(source),
        cue: Some(whole.cue.clone()),
        kind: kind.map_or(CueKind::Plain, |cue| cue.kind),
        said: Said::default(),
        content: whole.content.clone(),
        whole: start..end,
        negated: doc.tokens[whole.cue.clone()].iter().any(is_negation),
        bare,
    })
}

/// Who is named as the source of an attribution, where that is somebody who can say something.
pub(crate) fn source(doc: &Document<'_>, whole: &Whole) -> Option<Mention> {
    of_whole(doc, whole)?.source.map(|source| source.mention)
}
