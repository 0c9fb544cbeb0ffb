//! Whose a quotation is, and whom a pronoun that speaks stands for.

use super::frames::frame;
use super::sources::names_speaker;
use super::words::trim;
use super::{Frame, SPEECH, Voice};
use crate::phrase;
use crate::tables;
use crate::who;
use rapporteur_model::{Kind, Mention};
use rapporteur_text::{Document, Quote, Tag};
use std::ops::Range;

/// How many quotations back the speaker of one that goes on is looked for.
const NEAR: usize = 24;

/// How many sentences a speaker is remembered for.
const MEMORY: usize = 3;

/// Gives a pronoun that speaks ("he added", "according to them") the last fitting speaker's name.
pub(super) fn settle(
    doc: &Document<'_>,
    frame: &mut Frame,
    sentence: usize,
    heard: &mut Vec<(usize, Mention)>,
) {
    let from = opening(doc, frame, sentence);
    let Some(source) = &mut frame.source else {
        return;
    };
    let word = source.mention.name.to_lowercase();
    let (person, group) = (
        tables::personal().contains(&*word),
        tables::collective().contains(&*word),
    );
    if !person && !group {
        if source.mention.kind.is_none() && !is_speaker(doc, &source.mention) {
            return;
        }
        if heard.last().is_none_or(|(_, m)| *m != source.mention) {
            heard.push((sentence, source.mention.clone()));
        }
        return;
    }
    let fits = |m: &Mention| match m.kind {
        Some(Kind::Person) if !rapporteur_text::pronoun_fits(&word, &who::full_name(m)) => false,
        Some(Kind::Person) => person && !is_plural(doc, m) || group && is_plural(doc, m),
        Some(Kind::Organization | Kind::Place) => group,
        None => {
            if person {
                !is_plural(doc, m)
            } else {
                true
            }
        }
    };
    // The one who was spoken of in the sentence before is nearer than one who spoke earlier.
    let near = heard.last().is_some_and(|(s, _)| s + 1 >= from);
    if !near && source.mention.stands_for.is_some() {
        return;
    }
    let last = heard
        .iter()
        .rev()
        .take_while(|(s, _)| *s + MEMORY >= from)
        .find(|(_, m)| fits(m));
    if let Some((_, mention)) = last {
        source.mention.stands_for = Some(who::full_name(mention));
    }
}

/// The sentence in which what is said began: that of a quotation whose last sentence names the speaker, its first.
fn opening(doc: &Document<'_>, frame: &Frame, sentence: usize) -> usize {
    let said = frame.content.first().map(|content| content.start);
    let quote = said.and_then(|at| {
        let near = doc.quotes_near(at..at + 2).iter();
        near.rev()
            .find(|q| q.tokens.start <= at + 1 && at < q.tokens.end)
    });
    let first = quote.map(|q| {
        doc.sentences
            .partition_point(|s| s.tokens.end <= q.tokens.start)
    });
    first.unwrap_or(sentence).min(sentence)
}

/// Do words without a name name somebody who can speak, or a paper that does?
fn is_speaker(doc: &Document<'_>, mention: &Mention) -> bool {
    let tokens = phrase::tokens_of(doc, mention.span);
    if tokens.is_empty() {
        return false;
    }
    let head = phrase::head(doc, tokens);
    let token = &doc.tokens[head];
    token.tag != Tag::Noun || names_speaker(doc, head)
}

/// Do the words name several: "members of the council"?
fn is_plural(doc: &Document<'_>, mention: &Mention) -> bool {
    let tokens = phrase::tokens_of(doc, mention.span);
    if tokens.is_empty() {
        return false;
    }
    let head = &doc.tokens[phrase::head(doc, tokens)];
    head.tag == Tag::Noun && head.lemma != head.lower
}

/// The quotation that holds all words of the range, if one does.
pub(super) fn enclosing_quote(doc: &Document<'_>, range: &Range<usize>) -> Option<usize> {
    let words: Vec<usize> = range
        .clone()
        .filter(|i| !doc.tokens[*i].is_punct())
        .collect();
    let (first, last) = (*words.first()?, *words.last()?);
    let at = doc.quotes.partition_point(|q| q.tokens.end <= first);
    doc.quotes
        .get(at)
        .filter(|q| {
            q.tokens.start <= first
                && last < q.tokens.end
                && q.tokens.len() >= SPEECH.min(words.len())
        })
        .map(|_| at)
}

/// The chain behind a quotation: already known, or by its last sentence, or by the quotation that it
/// continues or follows; `before`: who is said to say what in the sentence before.
pub(super) fn speaker_of(
    doc: &Document<'_>,
    quote: usize,
    speakers: &mut [Option<Vec<Frame>>],
    sentence: usize,
    before: Option<&Frame>,
) -> Vec<Frame> {
    if let Some(chain) = &speakers[quote] {
        return chain.clone();
    }
    let q = &doc.quotes[quote];
    // The sentence in which the quotation ends may name the speaker after it.
    let last = doc
        .sentences
        .partition_point(|s| s.tokens.end < q.tokens.end)
        .max(sentence);
    let mut chain = None;
    if let Some(last) = doc.sentences.get(last)
        && last.tokens.end > q.tokens.end + 1
    {
        let range = trim(doc, last.tokens.clone());
        chain = frame(doc, range, 0)
            .filter(|f| covers(f, q))
            .map(|f| vec![f]);
    }
    let near = |other: &Quote| {
        doc.tokens[other.tokens.start].block + 1 >= doc.tokens[q.tokens.start].block
    };
    // "…, said Ada Brisk." and then, in a paragraph of its own, “…”: hers, too.
    let opens = doc.sentences.get(sentence).is_some_and(|s| {
        let first = s.tokens.start;
        first > 0 && doc.tokens[first - 1].block + 1 == doc.tokens[first].block
    });
    let nearer = quote == 0 || {
        let end = doc.quotes[quote - 1].tokens.end;
        doc.sentences.partition_point(|s| s.tokens.end <= end) + 1 < sentence
            || speakers[quote - 1].is_none()
    };
    // "Brisk said that all was clear. “…”", in one paragraph
    let same = doc.sentences.get(sentence).is_some_and(|s| {
        let first = s.tokens.start;
        first > 0 && doc.tokens[first - 1].block == doc.tokens[first].block
    });
    if chain.is_none() && (opens || same) && nearer && !q.continues {
        chain = before.map(|frame| vec![frame.clone()]);
    }
    if chain.is_none() && quote > 0 && (q.continues || near(&doc.quotes[quote - 1])) {
        chain = speakers[..quote]
            .iter()
            .rev()
            .take(NEAR)
            .find_map(|s| s.clone());
    }
    let chain = chain.unwrap_or_default();
    speakers[quote] = Some(chain.clone());
    chain
}

fn covers(frame: &Frame, quote: &Quote) -> bool {
    frame
        .content
        .iter()
        .any(|c| c.start < quote.tokens.end && quote.tokens.start < c.end)
}

/// Remembers who speaks the quotations that a voice's words stand in.
pub(super) fn note_speakers(
    doc: &Document<'_>,
    voice: &mut Voice,
    speakers: &mut [Option<Vec<Frame>>],
) {
    let first = doc
        .quotes
        .partition_point(|q| q.tokens.end <= voice.tokens.start);
    for (index, quote) in doc.quotes.iter().enumerate().skip(first) {
        if quote.tokens.start >= voice.tokens.end {
            break;
        }
        let shared = voice.tokens.start < quote.tokens.end && quote.tokens.start < voice.tokens.end;
        if !shared {
            continue;
        }
        let whole = quote.tokens.start <= voice.tokens.start + 1
            && voice.tokens.end <= quote.tokens.end + 1;
        if whole {
            voice.quoted = true;
        }
        if speakers[index].is_none()
            && (whole || quote.tokens.len() >= SPEECH)
            && !voice.chain.is_empty()
        {
            // Frames that lie outside the quotation: whoever speaks inside it is quoted in turn.
            let outer: Vec<Frame> = voice
                .chain
                .iter()
                .filter(|f| {
                    f.cue
                        .as_ref()
                        .is_none_or(|c| !quote.tokens.contains(&c.start))
                })
                .cloned()
                .collect();
            speakers[index] = Some(outer);
        }
    }
}
