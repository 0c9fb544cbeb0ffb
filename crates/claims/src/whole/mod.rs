//! Whole attributions: who is said to say, think, want or oppose what, each once, with all of its
//! words.
//!
//! Voices (`attribution`) serve claims: they cut a report into what somebody asserts. A person who
//! marks who says what marks more: "backs the plan" and "is confident that" attribute, too, and one
//! quotation of three sentences is one attribution. These are read from the trees, by a table of
//! verbs, nouns and adjectives with the complements that hold their content. Those of saying that no voice has
//! become voices, too (`attribution::further`).

mod complements;
mod parts;
mod quotes;
mod sources;
mod spread;
mod verbs;
mod words;

use crate::attribution::Voice;
use crate::phrase;
use rapporteur_text::{Document, Tag};
use spread::Spread;
use std::collections::BTreeMap;
use std::ops::Range;

/// One attribution, as ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whole {
    /// The words that name who says it.
    pub(crate) source: Option<Range<usize>>,
    /// The words that attribute: "had earlier called for".
    pub(crate) cue: Range<usize>,
    /// The cue's own word: "called".
    pub(crate) head: usize,
    /// What is said, in order.
    pub(crate) content: Vec<Range<usize>>,
    /// Is the content a phrase that the source means, and no clause?
    phrase: bool,
    /// In how many other attributions' contents the cue stands.
    pub(crate) depth: usize,
}

impl Whole {
    /// One that is in no other's content as far as is known.
    fn by(
        head: usize,
        source: Option<Range<usize>>,
        cue: Range<usize>,
        content: Vec<Range<usize>>,
    ) -> Whole {
        Whole {
            source,
            cue,
            head,
            content,
            phrase: false,
            depth: 0,
        }
    }
}

/// Every attribution of a report, in order of cues; `voices` are those of the same report, for what the
/// trees do not show.
pub(crate) fn find(doc: &Document<'_>, voices: &[Voice]) -> Vec<Whole> {
    let spread = Spread::of(doc);
    let mut found: Vec<Whole> = Vec::new();
    for sentence in &doc.sentences {
        let range = sentence.tokens.clone();
        for at in range.clone() {
            let whole = verbs::whole(doc, &spread, at, &range)
                .or_else(|| words::adjective(doc, &spread, at, &range))
                .or_else(|| words::noun(doc, &spread, at, &range))
                .or_else(|| words::according(doc, &spread, at, &range))
                .or_else(|| words::marked(doc, at, &range));
            found.extend(whole);
        }
    }
    quotes::precede(doc, &mut found);
    parts::by_order(doc, &mut found);
    from_voices(doc, voices, &mut found);
    found.sort_by_key(|whole| (whole.head, whole.cue.start));
    found.dedup_by_key(|whole| whole.head);
    drop_parts(&mut found);
    parts::closed_by(doc, &mut found);
    parts::share_sources(doc, &mut found);
    parts::answered(doc, &mut found);
    parts::cut(doc, &mut found);
    parts::added(doc, &mut found);
    let held = parts::reported(doc, &mut found);
    quotes::complete(doc, &mut found);
    parts::hold(&mut found, &held);
    for whole in &mut found {
        tidy(doc, whole);
    }
    found.retain(|whole| !whole.content.is_empty());
    nest(&mut found);
    found
}

/// Adds what the order of words shows and the trees do not: sources and contents where there is none, and frames
/// whose cue is in none that was found.
fn from_voices(doc: &Document<'_>, voices: &[Voice], found: &mut Vec<Whole>) {
    let mut known: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, whole) in found.iter().enumerate() {
        known.extend(whole.cue.clone().map(|at| (at, index)));
    }
    for frame in voices.iter().flat_map(|voice| &voice.chain) {
        let Some(cue) = frame.cue.clone().filter(|cue| !cue.is_empty()) else {
            continue;
        };
        let source = frame
            .source
            .as_ref()
            .map(|s| phrase::tokens_of(doc, s.mention.span));
        let source = source.filter(|range| !range.is_empty());
        if let Some(index) = known.get(&cue.start) {
            let whole = &mut found[*index];
            let own = whole.head == cue.start;
            let ordered = doc.tokens[whole.head].tag != Tag::Verb
                && whole.cue.len() == cue.len()
                && cue.len() > 1;
            if own && (whole.content.is_empty() || ordered) {
                whole.content.clone_from(&frame.content);
                whole.source = whole.source.take().or(source);
            }
            continue;
        }
        known.extend(cue.clone().map(|at| (at, found.len())));
        let content = frame.content.clone();
        found.push(Whole::by(cue.start, source, cue, content));
    }
}

/// Drops those whose cue is a part of another's: "statement" of "issued a statement saying".
fn drop_parts(found: &mut Vec<Whole>) {
    let cues: Vec<Range<usize>> = found.iter().map(|whole| whole.cue.clone()).collect();
    let mut index = 0_usize;
    found.retain(|whole| {
        let near = index.saturating_sub(CUES)..cues.len().min(index + CUES + 1);
        index += 1;
        let inside = |cue: &Range<usize>| {
            cue.start <= whole.cue.start && whole.cue.end <= cue.end && *cue != whole.cue
        };
        !cues[near].iter().any(inside)
    });
}

/// How many cues before and after one may hold it.
const CUES: usize = 4;

/// Cuts loose marks from both ends of every part, and the cue and the source out of the content.
fn tidy(doc: &Document<'_>, whole: &mut Whole) {
    let mut holes = vec![whole.cue.clone()];
    holes.extend(whole.source.clone());
    let mut content = Vec::new();
    for range in &whole.content {
        let mut pieces = vec![range.clone()];
        for hole in &holes {
            pieces = pieces.into_iter().flat_map(|p| without(p, hole)).collect();
        }
        content.extend(pieces);
    }
    content = content
        .into_iter()
        .map(|range| spread::trim(doc, after_dateline(doc, range)))
        .filter(|range| !range.is_empty())
        .collect();
    content.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in content {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    whole.content = joined;
    whole.source = whole.source.take().map(|range| spread::trim(doc, range));
    whole.source = whole.source.take().filter(|range| !range.is_empty());
}

/// A range without the words that say where a report was written.
fn after_dateline(doc: &Document<'_>, range: Range<usize>) -> Range<usize> {
    let byte = doc.tokens.get(range.start).map(|t| t.span.start);
    let sentence = byte.and_then(|byte| doc.sentence_at(byte));
    let sentence = sentence.filter(|s| s.tokens.start == range.start);
    let cut = sentence.map_or(0, |s| {
        rapporteur_text::dateline(&doc.tokens[s.tokens.clone()])
    });
    (range.start + cut).min(range.end)..range.end
}

/// A range without the words of another.
fn without(range: Range<usize>, hole: &Range<usize>) -> Vec<Range<usize>> {
    if hole.end <= range.start || range.end <= hole.start {
        return vec![range];
    }
    let parts = [
        range.start..hole.start.max(range.start),
        hole.end.min(range.end)..range.end,
    ];
    parts
        .into_iter()
        .filter(|part| part.start < part.end)
        .collect()
}

/// Counts for each attribution in how many others' contents its cue stands. Of two that stand in each
/// other's, the one with the longer content is the outer one.
fn nest(found: &mut [Whole]) {
    let length = |w: &Whole| w.content.iter().map(|c| c.len()).sum::<usize>();
    let edges: Vec<(usize, usize, usize, usize)> = (found.iter().enumerate())
        .flat_map(|(index, w)| {
            let length = length(w);
            w.content
                .iter()
                .map(move |c| (c.start, c.end, length, index))
        })
        .collect();
    let mut spans = edges;
    spans.sort_unstable();
    let heads: Vec<(usize, usize)> = found.iter().map(|w| (w.head, length(w))).collect();
    for (index, (head, own)) in heads.into_iter().enumerate() {
        let end = spans.partition_point(|(start, ..)| *start <= head);
        let near = spans[end.saturating_sub(NEAR)..end].iter();
        let outer = near.filter(|(_, stop, length, other)| {
            head < *stop && *other != index && (*length, *other) > (own, index)
        });
        found[index].depth = outer.count();
    }
}

/// How many contents that begin before a cue are looked at for whether it stands in them.
const NEAR: usize = 24;
