//! Who is said to say what: frames of source, cue and content, nested, over the sentences of a
//! report.
//!
//! A sentence falls into *voices*: runs of words with the chain of sources that stand behind them,
//! nearest the fact first. What no frame covers is the publisher's own voice. Quotations hand their
//! speaker on: a quoted sentence without a cue of its own belongs to whoever the quotation belongs
//! to.

mod content;
mod frames;
mod further;
mod sources;
mod speakers;
mod words;

use crate::tables::CueKind;
use crate::who;
use frames::{cited, frame, noun_frame};
pub(crate) use further::{further, source};
use rapporteur_model::{Attribution, Manner, Mention, Said, Source, Span};
use rapporteur_text::{Document, Tag};
use speakers::{enclosing_quote, note_speakers, settle, speaker_of};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use words::{has_finite, has_verb, quoted, trim};

/// How deep sources may nest: outlet, agency, spokesman, residents.
const DEPTH: usize = 4;

/// A quotation shorter than this many tokens is a few words of the writer's sentence, not speech on
/// its own.
const SPEECH: usize = 6;

/// Words said by one chain of voices.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    /// The words.
    pub(crate) tokens: Range<usize>,
    /// Index of their sentence.
    pub(crate) sentence: usize,
    /// Who says them, nearest the fact first; empty: the publisher.
    pub(crate) chain: Vec<Frame>,
    /// Are they in quotation marks as a whole?
    pub(crate) quoted: bool,
}

/// One attribution: source, cue, and what is said.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) source: Option<Source>,
    pub(crate) cue: Option<Range<usize>>,
    pub(crate) kind: CueKind,
    pub(crate) said: Said,
    pub(crate) content: Vec<Range<usize>>,
    /// From the first to the last token of source, cue and content.
    pub(crate) whole: Range<usize>,
    /// Is the verb of saying itself denied or asked: "has not said"?
    pub(crate) negated: bool,
    /// Is the content a bare phrase, which says something only together with source and cue?
    pub(crate) bare: bool,
}

/// The voices of a report, in order.
pub(crate) fn voices(doc: &Document<'_>) -> Vec<Voice> {
    let mut out = Vec::new();
    let mut speakers: Vec<Option<Vec<Frame>>> = vec![None; doc.quotes.len()];
    let mut heard: Vec<(usize, Mention)> = Vec::new();
    let mut last: Option<(usize, Frame)> = None;
    let mut turn: Option<(usize, Frame)> = None;
    let posts = posts(doc);
    for index in 0..doc.sentences.len() {
        let range = doc.sentences[index].tokens.clone();
        let first = out.len();
        match enclosing_quote(doc, &range) {
            Some(quote) => {
                let before = last.as_ref().filter(|(sentence, _)| sentence + 1 == index);
                let before = before.map(|(_, frame)| frame);
                let chain = speaker_of(doc, quote, &mut speakers, index, before);
                let inner = trim(doc, range);
                split(doc, inner, index, 0, &mut out);
                for voice in &mut out[first..] {
                    voice.chain.extend(chain.iter().cloned());
                    voice.quoted = true;
                }
            }
            None => {
                let block = doc.tokens[range.start].block;
                split(doc, trim(doc, range.clone()), index, 0, &mut out);
                turn = turn.filter(|(own, _)| *own == block);
                match &turn {
                    Some((_, frame)) => {
                        for voice in &mut out[first..] {
                            voice.chain.push(frame.clone());
                        }
                    }
                    None => {
                        let voice = out[first..].first();
                        let frame = voice.and_then(|voice| takes_turn(doc, voice, &range));
                        turn = frame.map(|frame| (block, frame));
                    }
                }
                if let Some(post) = posts.get(&block) {
                    for voice in &mut out[first..] {
                        voice.chain.push(Frame {
                            content: vec![range.clone()],
                            whole: range.clone(),
                            ..post.clone()
                        });
                        voice.quoted = true;
                    }
                }
            }
        }
        for voice in &mut out[first..] {
            for frame in voice.chain.iter_mut().rev() {
                settle(doc, frame, index, &mut heard);
            }
            note_speakers(doc, voice, &mut speakers);
        }
        let spoken = out[first..].iter().rev().find_map(|v| v.chain.last());
        last = spoken
            .filter(|frame| frame.source.is_some())
            .map(|frame| (index, frame.clone()))
            .or(last);
    }
    out
}

/// By paragraph, who posted it, where the next one signs it: "— Ada Brisk (@brisk) May 4, 2031".
fn posts(doc: &Document<'_>) -> BTreeMap<usize, Frame> {
    let dash = |text: &str| matches!(text, "\u{2014}" | "\u{2013}" | "--" | "-");
    let mut posts = BTreeMap::new();
    for sentence in &doc.sentences {
        let words = sentence.tokens.clone();
        let block = doc.tokens[words.start].block;
        let signed = dash(doc.tokens[words.start].text) && block > 0;
        let open = words
            .clone()
            .take(SIGNATURE)
            .find(|at| doc.tokens[*at].text == "(");
        let Some(open) = open.filter(|open| signed && *open > words.start + 1) else {
            continue;
        };
        let handle = doc
            .tokens
            .get(open + 1)
            .is_some_and(|t| t.text.starts_with('@'));
        let named = words.start + 1..open;
        let source = sources::source_of(doc, named).filter(|_| handle);
        let Some(source) = source else { continue };
        let said = Said {
            when: doc.times_over(doc.span(open..words.end)).first().cloned(),
            ..Said::default()
        };
        posts.insert(
            block - 1,
            Frame {
                source: Some(source),
                cue: None,
                kind: CueKind::Plain,
                said,
                content: vec![],
                whole: words.clone(),
                negated: false,
                bare: false,
            },
        );
    }
    posts
}

/// The most words before the handle of who signs a post.
const SIGNATURE: usize = 10;

/// "BRISK: We have no news. …" in a transcript: whose all sentences of the paragraph are.
fn takes_turn(doc: &Document<'_>, voice: &Voice, range: &Range<usize>) -> Option<Frame> {
    let frame = voice.chain.last()?;
    let colon = frame
        .cue
        .as_ref()
        .filter(|cue| doc.tokens[cue.start].text == ":")?;
    let label = &doc.tokens[range.start..colon.start];
    let capitals = |t: &rapporteur_text::Token<'_>| {
        t.is_punct() || t.text.len() > 1 && !t.text.chars().any(char::is_lowercase)
    };
    (!label.is_empty() && label.iter().all(capitals)).then(|| frame.clone())
}

/// The attribution that a voice's claims carry.
pub(crate) fn attribution(doc: &Document<'_>, voice: &Voice) -> Attribution {
    let nearest = voice.chain.first();
    let mut sources: Vec<Source> = (voice.chain.iter())
        .filter_map(|f| f.source.clone())
        .collect();
    // "the president of the Velka region": the region is no second speaker.
    let inside: Vec<bool> = (sources.iter())
        .map(|own| {
            let within = |other: &Source| {
                let (own, other) = (own.mention.span, other.mention.span);
                own != other && other.contains(own)
            };
            sources.iter().any(within)
        })
        .collect();
    let mut inside = inside.into_iter();
    sources.retain(|_| !inside.next().unwrap_or_default());
    let cue = nearest.and_then(|f| f.cue.clone());
    let manner = if voice.chain.is_empty() {
        Manner::Indirect
    } else if voice.quoted {
        Manner::Direct
    } else if doc.tokens[voice.tokens.clone()]
        .iter()
        .any(|t| who::in_quote(doc, t.span.start))
    {
        Manner::Mixed
    } else {
        Manner::Indirect
    };
    Attribution {
        sources,
        cue: cue
            .clone()
            .map(|c| crate::phrase::words(doc, c).to_string()),
        cue_span: cue.map(|c| doc.span(c)),
        manner,
        said: nearest.map(|f| f.said.clone()).unwrap_or_default(),
    }
}

/// Splits a range into voices by its outermost frame, and the frame's contents in turn.
fn split(
    doc: &Document<'_>,
    range: Range<usize>,
    sentence: usize,
    depth: usize,
    out: &mut Vec<Voice>,
) {
    if range.is_empty() {
        return;
    }
    let found = if depth < DEPTH {
        frame(doc, range.clone(), depth)
    } else {
        None
    };
    let Some(mut found) = found else {
        out.push(Voice {
            tokens: range,
            sentence,
            chain: vec![],
            quoted: false,
        });
        return;
    };
    let cited = cited(doc, &range, &mut found);
    let mut at = range.start;
    let mut pieces: Vec<(Range<usize>, bool)> = Vec::new();
    let whole = found.whole.clone();
    if at < whole.start {
        pieces.push((at..whole.start, false));
    }
    at = whole.end;
    pieces.extend(found.content.iter().cloned().map(|c| (c, true)));
    if at < range.end {
        pieces.push((at..range.end, false));
    }
    // "Acts of protest, she said, are acts of love": one clause around its speaker.
    if let [first, second] = &found.content[..]
        && !found.bare
        && first.end <= second.start
        && !has_finite(doc, first)
        && !quoted(doc, first)
        && matches!(doc.tokens[second.start].tag, Tag::Aux | Tag::Verb)
    {
        out.push(Voice {
            tokens: trim(doc, first.start..second.end),
            sentence,
            chain: vec![found.clone()],
            quoted: false,
        });
        return;
    }
    let contents = found.content.len();
    for (piece, said) in pieces {
        let piece = trim(doc, piece);
        // "…, she said, citing aid workers": says nothing on its own.
        if said && contents > 1 && !has_finite(doc, &piece) && !quoted(doc, &piece) && !found.bare {
            continue;
        }
        let first = out.len();
        if said && found.bare {
            out.push(Voice {
                tokens: piece.clone(),
                sentence,
                chain: vec![found.clone()],
                quoted: false,
            });
            // "rejected an accusation by Velka that …": what Velka said stands beside the denial.
            let inner = (found.kind == CueKind::Deny)
                .then(|| noun_frame(doc, &piece))
                .flatten();
            for (inner, content) in inner
                .iter()
                .flat_map(|i| i.content.iter().map(move |c| (i, c)))
            {
                let first = out.len();
                split(doc, trim(doc, content.clone()), sentence, depth + 1, out);
                for voice in &mut out[first..] {
                    voice.chain.push(inner.clone());
                }
            }
        } else if said {
            split(doc, piece, sentence, depth + 1, out);
            for voice in &mut out[first..] {
                voice.chain.extend(cited.clone());
                voice.chain.push(found.clone());
            }
        } else if let Some(frame) = said_beside(doc, &piece, &found) {
            let content = frame.content.first().cloned().unwrap_or_default();
            split(doc, trim(doc, content), sentence, depth + 1, out);
            for voice in &mut out[first..] {
                voice.chain.push(frame.clone());
            }
        } else if has_verb(doc, &piece) {
            split(doc, piece, sentence, depth + 1, out);
        }
    }
}

/// "…, stating, “They are lies”": what whoever rejected or pledged something said beside it.
fn said_beside(doc: &Document<'_>, piece: &Range<usize>, found: &Frame) -> Option<Frame> {
    let first = doc.tokens.get(piece.start).filter(|_| piece.len() > 2)?;
    let source = found.source.clone()?;
    let comma = doc.tokens[piece.start + 1].text == ",";
    let content = piece.start + 1 + usize::from(comma)..piece.end;
    let speech = crate::phrase::is_quote_mark(&doc.tokens[content.start]);
    if !found.bare || first.fine != "VBG" || !words::is_cue(doc, piece.start) || !speech {
        return None;
    }
    Some(Frame {
        source: Some(source),
        cue: Some(piece.start..piece.start + 1),
        kind: CueKind::Plain,
        said: Said::default(),
        content: vec![content],
        whole: piece.clone(),
        negated: false,
        bare: false,
    })
}

/// The bytes of a voice's words, from its first to its last token.
pub(crate) fn span(doc: &Document<'_>, voice: &Voice) -> Span {
    doc.span(voice.tokens.clone())
}

/// The words of attributions that are neither cue nor content, where a verb stands in them: each as a voice of
/// those behind whom the attribution itself stands.
pub(crate) fn beside(doc: &Document<'_>, voices: &[Voice]) -> Vec<Voice> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for voice in voices {
        let sentence = doc.sentences[voice.sentence].tokens.clone();
        for (depth, frame) in voice.chain.iter().enumerate() {
            let inside = sentence.start <= frame.whole.start && frame.whole.end <= sentence.end;
            let Some(cue) = frame.cue.clone().filter(|_| inside) else {
                continue;
            };
            if !seen.insert((cue.start, cue.end)) {
                continue;
            }
            // From the cue back to the content before it, or to where the attribution begins.
            let from = frame
                .content
                .iter()
                .map(|c| c.end)
                .filter(|end| *end <= cue.start);
            let group = crate::phrase::group_start(doc, cue.start, frame.whole.start);
            // "agreed to call for …": the attribution is a part of what is told.
            let part = doc.tokens[group..cue.start].iter().any(|t| t.fine == "TO");
            let end = if part { frame.whole.end } else { group };
            let piece = trim(doc, from.max().unwrap_or(frame.whole.start)..end);
            let verb = |i: usize| doc.tokens[i].tag == Tag::Verb && !crate::phrase::nominal(doc, i);
            if !piece.clone().any(verb) {
                continue;
            }
            out.push(Voice {
                tokens: piece,
                sentence: voice.sentence,
                chain: voice.chain[depth + 1..].to_vec(),
                quoted: false,
            });
        }
    }
    out
}
