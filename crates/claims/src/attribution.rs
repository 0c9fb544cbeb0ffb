//! Who is said to say what: frames of source, cue and content, nested, over the sentences of a
//! report.
//!
//! A sentence falls into *voices*: runs of words with the chain of sources that stand behind them,
//! nearest the fact first. What no frame covers is the publisher's own voice. Quotations hand their
//! speaker on: a quoted sentence without a cue of its own belongs to whoever the quotation belongs
//! to.

use crate::phrase::{self, Reach, is_quote_mark};
use crate::tables::{self, Cue, CueKind};
use crate::tree;
use crate::who;
use rapporteur_model::{Attribution, Form, Kind, Manner, Mention, Said, Source, Span, Time};
use rapporteur_text::{Document, Quote, Tag, VerbForm};
use std::ops::Range;

/// How deep sources may nest: outlet, agency, spokesman, residents.
const DEPTH: usize = 4;
/// A quotation shorter than this many tokens is a few words of the writer's sentence, not speech on
/// its own.
const SPEECH: usize = 6;

/// How many quotations back the speaker of one that goes on is looked for.
const NEAR: usize = 24;

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
    for index in 0..doc.sentences.len() {
        let range = doc.sentences[index].tokens.clone();
        let first = out.len();
        match enclosing_quote(doc, &range) {
            Some(quote) => {
                let chain = speaker_of(doc, quote, &mut speakers, index);
                let inner = trim(doc, range);
                split(doc, inner, index, 0, &mut out);
                for voice in &mut out[first..] {
                    voice.chain.extend(chain.iter().cloned());
                    voice.quoted = true;
                }
            }
            None => split(doc, trim(doc, range), index, 0, &mut out),
        }
        for voice in &mut out[first..] {
            for frame in voice.chain.iter_mut().rev() {
                settle(doc, frame, index, &mut heard);
            }
            note_speakers(doc, voice, &mut speakers);
        }
    }
    out
}

/// How many sentences a speaker is remembered for.
const MEMORY: usize = 3;

/// Gives a pronoun that speaks ("he added", "according to them") the last fitting speaker's name.
fn settle(
    doc: &Document<'_>,
    frame: &mut Frame,
    sentence: usize,
    heard: &mut Vec<(usize, Mention)>,
) {
    let Some(source) = &mut frame.source else {
        return;
    };
    let word = source.mention.name.to_lowercase();
    let (person, group) = (
        tables::personal().contains(&*word),
        tables::collective().contains(&*word),
    );
    if !person && !group {
        if heard.last().is_none_or(|(_, m)| *m != source.mention) {
            heard.push((sentence, source.mention.clone()));
        }
        return;
    }
    let fits = |m: &Mention| match m.kind {
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
    let near = heard.last().is_some_and(|(s, _)| s + 1 >= sentence);
    if !near && source.mention.stands_for.is_some() {
        return;
    }
    let last = heard
        .iter()
        .rev()
        .take_while(|(s, _)| *s + MEMORY >= sentence)
        .find(|(_, m)| fits(m));
    if let Some((_, mention)) = last {
        source.mention.stands_for = Some(who::full_name(mention));
    }
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

/// The attribution that a voice's claims carry.
pub(crate) fn attribution(doc: &Document<'_>, voice: &Voice) -> Attribution {
    let nearest = voice.chain.first();
    let sources = voice
        .chain
        .iter()
        .filter_map(|f| f.source.clone())
        .collect();
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
        cue: cue.clone().map(|c| phrase::words(doc, c).to_string()),
        cue_span: cue.map(|c| doc.span(c)),
        manner,
        said: nearest.map(|f| f.said.clone()).unwrap_or_default(),
    }
}

/// The quotation that holds all words of the range, if one does.
fn enclosing_quote(doc: &Document<'_>, range: &Range<usize>) -> Option<usize> {
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
/// continues or follows.
fn speaker_of(
    doc: &Document<'_>,
    quote: usize,
    speakers: &mut [Option<Vec<Frame>>],
    sentence: usize,
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
fn note_speakers(doc: &Document<'_>, voice: &mut Voice, speakers: &mut [Option<Vec<Frame>>]) {
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
        } else if has_verb(doc, &piece) {
            split(doc, piece, sentence, depth + 1, out);
        }
    }
}

/// "Citing officials, the radio reported that …", "…, the radio reported, citing officials": whom the
/// speaker has it from. Its words are cut off the contents.
fn cited(doc: &Document<'_>, range: &Range<usize>, found: &mut Frame) -> Option<Frame> {
    let cue = found.cue.clone()?;
    let opens = |i: &usize| {
        tables::citing().contains(&*doc.tokens[*i].lower)
            && (*i == range.start || doc.tokens[*i - 1].text == ",")
            && !masked(doc, *i, range)
    };
    let at = range.clone().filter(|i| !cue.contains(i)).find(opens)?;
    let phrase = phrase::noun_phrase(doc, at + 1, range.end, Reach::Of)?;
    let source = source_of(doc, phrase)?;
    for content in &mut found.content {
        if content.contains(&at) && content.start + 1 < at {
            content.end = at - 1;
        }
    }
    Some(Frame {
        source: Some(source),
        cue: Some(at..at + 1),
        kind: CueKind::Plain,
        said: Said::default(),
        negated: false,
        bare: false,
        ..found.clone()
    })
}

fn has_finite(doc: &Document<'_>, range: &Range<usize>) -> bool {
    doc.tokens[range.clone()]
        .iter()
        .any(|t| t.tag == Tag::Aux || t.tag == Tag::Verb && t.form != Some(VerbForm::Ing))
}

fn has_verb(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let subject = |i: usize| matches!(doc.tokens[i].tag, Tag::Noun | Tag::Propn);
    (range.len() > 2 || range.len() == 2 && subject(range.start))
        && doc.tokens[range.clone()]
            .iter()
            .any(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
}

/// Cuts marks and loose conjunctions from both ends; quotation marks stay where both of a pair are
/// inside.
fn trim(doc: &Document<'_>, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    let paired = |i: usize, start: usize, end: usize| {
        let span = doc.tokens[i].span;
        let quote = doc
            .quotes_near(i..i + 1)
            .iter()
            .find(|q| q.outer.start == span.start || q.outer.end == span.end);
        quote.is_some_and(|q| q.tokens.start > start && q.tokens.end < end)
    };
    let loose = |i: usize, start: usize, end: usize| {
        let token = &doc.tokens[i];
        let bracket = matches!(token.text, "(" | ")");
        token.tag == Tag::Punct && !bracket && !(is_quote_mark(token) && paired(i, start, end))
    };
    while start < end && (loose(start, start, end) || doc.tokens[start].tag == Tag::Cconj) {
        start += 1;
    }
    while end > start
        && (loose(end - 1, start, end)
            || matches!(doc.tokens[end - 1].tag, Tag::Cconj | Tag::Sconj))
    {
        end -= 1;
    }
    start..end
}

/// The outermost frame of a range: a source after its words, before them, or "according to".
fn frame(doc: &Document<'_>, range: Range<usize>, depth: usize) -> Option<Frame> {
    let cues: Vec<usize> = range
        .clone()
        .filter(|at| is_cue(doc, *at) && !masked(doc, *at, &range))
        .collect();
    let found = cues
        .iter()
        .rev()
        .find_map(|at| after_words(doc, *at, &range))
        .or_else(|| according_to(doc, &range))
        .or_else(|| cues.iter().find_map(|at| before_words(doc, *at, &range)))
        .or_else(|| noun_frame(doc, &range))
        .or_else(|| {
            if depth == 0 {
                bare_speech(doc, &range).or_else(|| named_before_colon(doc, &range))
            } else {
                None
            }
        });
    // "Our fate, I think, was …": the speaker goes on in its own voice.
    found.filter(|f| !f.source.as_ref().is_some_and(|s| cannot_speak(&s.mention)))
}

fn is_cue(doc: &Document<'_>, at: usize) -> bool {
    doc.tokens[at].tag == Tag::Verb
        && !phrase::nominal(doc, at)
        && tables::cues().contains_key(&*doc.tokens[at].lemma)
}

/// Does the token stand in a quotation that is only a part of the range?
fn masked(doc: &Document<'_>, at: usize, range: &Range<usize>) -> bool {
    doc.quotes_near(at..at + 1).iter().any(|q| {
        q.tokens.contains(&at)
            && q.tokens.len() >= 3
            && !(q.tokens.start <= range.start + 1 && range.end <= q.tokens.end + 1)
    })
}

/// "CONTENT, SOURCE said …" and "CONTENT, said SOURCE …", with more content after a further comma.
fn after_words(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Frame> {
    let cue = &tables::cues()[&*doc.tokens[at].lemma];
    let only_quotes = !cue.takes("that") && cue.takes("speech");
    if !(cue.takes("that") || only_quotes) || at == range.start {
        return None;
    }
    // "…, the army said, while the rebels said": up to where another speaks.
    let other = (at + 1..range.end).find(|i| {
        doc.tokens[*i].text == ","
            && i + 2 < range.end
            && tables::contrast().contains(&*doc.tokens[i + 1].lower)
            && matches!(doc.tokens[i + 1].tag, Tag::Cconj | Tag::Sconj)
            && !masked(doc, *i, range)
            && finite_clause(doc, i + 2, range.end)
    });
    let own = range.start..other.unwrap_or(range.end);
    let range = &own;
    let closes = |i: usize| {
        i > range.start
            && (doc.tokens[i - 1].text == ","
                || is_quote_mark(&doc.tokens[i - 1])
                || doc.tokens[i - 1].text == "\u{2014}")
    };
    let group = phrase::group_start(doc, at, range.start);
    let (source, start, mut tail) =
        if closes(at) && !cue.takes("obj") && noun_phrase_is_speaker(doc, at + 1, range.end) {
            // Inverted: "…,” said Ada Brisk, a spokeswoman".
            let source = phrase::noun_phrase(doc, at + 1, range.end, Reach::Full)?;
            (source.clone(), at, source.end)
        } else {
            // An apposition or leading words may stand between comma and subject.
            let close = |source: &Range<usize>| {
                (source.start == group || closes(source.start)) && source.end <= at
            };
            let by_tree = phrase::subject(doc, at, range.start).filter(close);
            let nearby = || phrase::subject_nearby(doc, at, range.start).filter(close);
            let source = by_tree.or_else(nearby)?;
            let start = source.start;
            (source, start, at + 1)
        };
    let content_end = start.checked_sub(1)?;
    let before = trim(doc, range.start..content_end + 1);
    // "By leaving, officials said, the army gave up": around the speaker.
    let parenthetical = doc.tokens[content_end].text == ","
        && doc
            .tokens
            .get(at + 1)
            .is_some_and(|t| at + 2 < range.end && t.text == ",")
        && source.end <= at;
    if parenthetical && !before.is_empty() && has_verb(doc, &(at + 2..range.end)) {
        let source = source_of(doc, widen(doc, source, range));
        return Some(Frame {
            source,
            cue: Some(at..at + 1),
            kind: cue.kind,
            said: Said::default(),
            content: vec![range.start..content_end, at + 2..range.end],
            whole: range.clone(),
            negated: false,
            bare: false,
        });
    }
    if before.is_empty()
        || only_quotes && !quoted(doc, &before)
        || !(has_verb(doc, &before) || quoted(doc, &before))
        || is_leading_adverbial(doc, &before)
    {
        return None;
    }
    let mut said = Said::default();
    tail = circumstances(doc, tail, range.end, cue, &mut said);
    // "In a statement released on Monday, the army said that …": what it says comes after.
    if !quoted(doc, &before) && content_after(doc, at, tail, range, cue).is_some() {
        return None;
    }
    // Appositions of the speaker: ", a spokeswoman for the ministry".
    let mut contents = vec![before];
    let rest = tail..range.end;
    if doc.tokens[rest.clone()]
        .iter()
        .any(|t| tables::complementizers().contains(&*t.lower) && t.tag == Tag::Sconj)
        && !starts_quote(doc, rest.clone())
    {
        // "…, she said, adding that …": the added content is hers, too.
        let added = added_content(doc, rest.clone())?;
        contents.push(added);
    } else if let Some(open) = rest.clone().find(|i| opens_speech(doc, *i)) {
        contents.push(open..range.end);
    } else if let Some(added) = added_content(doc, rest.clone()) {
        contents.push(added);
    }
    let source = source_of(doc, widen(doc, source, range));
    let whole = range.clone();
    Some(Frame {
        source,
        cue: Some(at..at + 1),
        kind: cue.kind,
        said,
        content: contents,
        whole,
        negated: false,
        bare: false,
    })
}

fn starts_quote(doc: &Document<'_>, range: Range<usize>) -> bool {
    range.clone().any(|i| opens_speech(doc, i))
}

/// "On Monday" and the like before a comma are no content.
fn is_leading_adverbial(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let first = &doc.tokens[range.start];
    let finite = doc.tokens[range.clone()]
        .iter()
        .any(|t| t.tag == Tag::Aux || t.tag == Tag::Verb && t.form != Some(VerbForm::Ing));
    match first.tag {
        Tag::Sconj => !quoted(doc, range),
        // "In a statement released on Monday": a participle of what the preposition governs.
        Tag::Adp if finite => {
            let governed = phrase::noun_phrase(doc, range.start + 1, range.end, Reach::Of);
            let participle = governed.map(|r| r.end).filter(|i| {
                *i < range.end
                    && matches!(
                        doc.tokens[*i].form,
                        Some(VerbForm::Past | VerbForm::Participle)
                    )
            });
            participle.is_some_and(|i| !has_finite(doc, &(i + 1..range.end))) && !quoted(doc, range)
        }
        Tag::Adp | Tag::Adv => !finite && !quoted(doc, range),
        Tag::Verb => {
            !matches!(first.form, Some(VerbForm::Base | VerbForm::Third)) && !quoted(doc, range)
        }
        _ => false,
    }
}

/// Do quotation marks cover the range?
fn quoted(doc: &Document<'_>, range: &Range<usize>) -> bool {
    doc.quotes_near(range.clone())
        .iter()
        .any(|q| q.tokens.start <= range.start + 1 && range.end <= q.tokens.end + 1)
}

fn opens_speech(doc: &Document<'_>, at: usize) -> bool {
    doc.quotes_near(at..at + 2)
        .iter()
        .any(|q| q.tokens.start == at + 1 && q.tokens.len() >= 2 && is_quote_mark(&doc.tokens[at]))
}

/// Can a speaker's name or function begin here?
fn noun_phrase_is_speaker(doc: &Document<'_>, at: usize, end: usize) -> bool {
    let Some(phrase) = phrase::noun_phrase(doc, at, end, Reach::Head) else {
        return false;
    };
    let head = phrase::head(doc, phrase.clone());
    // "one of the rebel leaders"
    let of = (doc.tokens[head].tag == Tag::Num).then(|| doc.child(head, "nmod"));
    let head = of.flatten().filter(|of| *of < end).unwrap_or(head);
    let verb_after = doc
        .tokens
        .get(phrase.end)
        .filter(|_| phrase.end < end)
        .is_some_and(|t| t.tag == Tag::Verb || t.tag == Tag::Aux);
    !verb_after
        && (doc.tokens[head].tag == Tag::Propn
            || rapporteur_text::is_group_noun(&doc.tokens[head].lower)
            || tables::roles().contains(&*doc.tokens[head].lemma)
            || tables::groups().contains(&*doc.tokens[head].lemma)
            || tables::document_nouns().contains(&*doc.tokens[head].lemma)
            || tables::anonymous().contains(&*doc.tokens[head].lower))
}

/// Where the source has an apposition with a name after it ("the minister, Ada Brisk, said"), or
/// stands after a name ("Ada Brisk, a spokeswoman"), the whole of it.
fn widen(doc: &Document<'_>, source: Range<usize>, range: &Range<usize>) -> Range<usize> {
    let has_name = phrase::names_in(doc, source.clone())
        .iter()
        .any(|n| n.kind == Some(Kind::Person));
    if has_name || doc.tokens.get(source.end).is_none_or(|t| t.text != ",") {
        return source;
    }
    match phrase::noun_phrase(doc, source.end + 1, range.end, Reach::Head) {
        Some(next)
            if phrase::names_in(doc, next.clone())
                .iter()
                .any(|n| n.kind == Some(Kind::Person))
                && doc
                    .tokens
                    .get(next.end)
                    .is_none_or(|t| t.is_punct() || t.tag == Tag::Verb) =>
        {
            source.start..next.end
        }
        _ => source,
    }
}

/// ", adding that CONTENT", ", saying CONTENT".
fn added_content(doc: &Document<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let at = range.clone().find(|i| {
        is_cue(doc, *i) && doc.tokens[*i].form == Some(VerbForm::Ing) && !masked(doc, *i, &range)
            || doc.tokens[*i].tag == Tag::Cconj
                && i + 1 < range.end
                && is_cue(doc, i + 1)
                && doc.tokens[i + 1].form != Some(VerbForm::Base)
    })?;
    let at = if doc.tokens[at].tag == Tag::Cconj {
        at + 1
    } else {
        at
    };
    let mut said = Said::default();
    let next = circumstances(
        doc,
        at + 1,
        range.end,
        &tables::cues()[&*doc.tokens[at].lemma],
        &mut said,
    );
    let start = skip_complementizer(doc, next, range.end);
    (start < range.end).then_some(start..range.end)
}

fn skip_complementizer(doc: &Document<'_>, at: usize, end: usize) -> usize {
    let mut at = at;
    while at < end
        && (tables::complementizers().contains(&*doc.tokens[at].lower)
            && doc.tokens[at].tag != Tag::Pron
            || matches!(doc.tokens[at].text, "," | ":"))
    {
        at += 1;
    }
    at
}

/// Reads to whom, where and when it was said, from right after the cue; gives the first token that
/// is none of it.
fn circumstances(doc: &Document<'_>, from: usize, end: usize, cue: &Cue, said: &mut Said) -> usize {
    let mut at = from;
    loop {
        if at >= end {
            return at;
        }
        let token = &doc.tokens[at];
        if phrase::starts_figure(doc, at) && time_at(doc, at).is_none() {
            return at;
        }
        if let Some(time) = time_at(doc, at) {
            said.when.get_or_insert_with(|| time.clone());
            at = phrase::tokens_of(doc, time.span).end.max(at + 1);
            continue;
        }
        match token.tag {
            Tag::Adv if !tables::contrast().contains(&*token.lower) => at += 1,
            Tag::Adp | Tag::Part
                if tables::addressing().contains(&*token.lower)
                    && at + 1 < end
                    && doc.tokens[at + 1].tag != Tag::Verb =>
            {
                let Some(phrase) = phrase::noun_phrase(doc, at + 1, end, Reach::Of) else {
                    return at;
                };
                said.to
                    .get_or_insert_with(|| who::mention(doc, phrase.clone()));
                at = phrase.end;
            }
            Tag::Adp => {
                let Some(phrase) = phrase::noun_phrase(doc, at + 1, end, Reach::Of) else {
                    return at;
                };
                if let Some(time) = time_at(doc, phrase.start) {
                    said.when.get_or_insert_with(|| time.clone());
                } else if let Some(place) = phrase::names_in(doc, phrase.clone())
                    .iter()
                    .find(|n| n.kind == Some(Kind::Place))
                    && tables::locative().contains(&*token.lower)
                {
                    said.place.get_or_insert_with(|| (*place).clone());
                }
                at = phrase.end;
            }
            // The comma that closes what was between commas: "said, on Sunday, that".
            Tag::Punct
                if token.text == "," && at > from && at + 1 < end && opens_content(doc, at + 1) =>
            {
                at += 1;
            }
            Tag::Punct if token.text == "," && at + 1 < end => {
                // A time or an adverb between commas: "said, on Sunday, that".
                let inner = &doc.tokens[at + 1];
                let time = time_at(doc, at + 1).is_some();
                if !(time
                    || matches!(inner.tag, Tag::Adv)
                        && doc.tokens.get(at + 2).is_some_and(|t| t.text == ","))
                {
                    return at;
                }
                at += 1;
            }
            _ if cue.takes("obj") && at == from => {
                let Some(phrase) = phrase::noun_phrase(doc, at, end, Reach::Of) else {
                    return at;
                };
                let verb = doc
                    .tokens
                    .get(phrase.end)
                    .filter(|_| phrase.end < end)
                    .is_some_and(|t| matches!(t.tag, Tag::Verb | Tag::Aux));
                if verb {
                    return at;
                }
                said.to = Some(who::mention(doc, phrase.clone()));
                at = phrase.end;
            }
            _ => return at,
        }
    }
}

/// "that", "to", or a quotation.
fn opens_content(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let that = token.tag == Tag::Sconj && tables::complementizers().contains(&*token.lower);
    that || token.tag == Tag::Part && token.lower == "to" || opens_speech(doc, at)
}

fn time_at<'d>(doc: &'d Document<'_>, at: usize) -> Option<&'d Time> {
    let byte = doc.tokens.get(at)?.span.start;
    doc.times_over(Span::new(byte, byte + 1)).first()
}

/// "SOURCE said (to whom, where, when) (that) CONTENT".
fn before_words(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Frame> {
    let token = &doc.tokens[at];
    let cue = &tables::cues()[&*token.lemma];
    let passive = phrase::is_passive(doc, at, range.start, range.end);
    if token.form == Some(VerbForm::Base) && at == range.start {
        return None;
    }
    let mut said = Said::default();
    let next = circumstances(doc, at + 1, range.end, cue, &mut said);
    let (content, whole_clause) = content_after(doc, at, next, range, cue)?;
    // "… and said that …": the subject stands before a frame that was read already.
    let shared = || {
        let opens = phrase::group_start(doc, at, range.start) == range.start;
        let head = tree::subject(doc, at).filter(|head| opens && *head < range.start);
        head.map(|head| tree::around(doc, head, Reach::Full))
            .filter(|words| words.end <= range.start)
    };
    let subject = phrase::agent(doc, at, range.start).or_else(shared);
    if cue.takes("seen") && !subject.as_ref().is_some_and(|s| is_witness(doc, s)) {
        return None;
    }
    let group = phrase::group_start(doc, at, range.start);
    let negated = doc.tokens[group..at]
        .iter()
        .any(|t| crate::factuality::is_negation(t));
    let (source, start) = match subject {
        Some(subject) if passive => {
            // "it was noted that": whoever the words before name; "X was quoted as saying": X.
            let expletive = subject.len() == 1
                && tables::expletives().contains(&*doc.tokens[subject.start].lower);
            let agent = phrase::prepositional(doc, at + 1, content.start, &["by"], Reach::Of);
            let source = match agent {
                Some(agent) => source_of(doc, agent),
                None if expletive => leading_source(doc, range.start..subject.start),
                None if cue.kind == CueKind::Accuse => None,
                None => None,
            };
            if !expletive && source.is_none() {
                return None;
            }
            (source, range.start)
        }
        // "It is worth mentioning that".
        Some(subject)
            if token.form == Some(VerbForm::Ing)
                && subject.len() == 1
                && tables::expletives().contains(&*doc.tokens[subject.start].lower) =>
        {
            (None, range.start)
        }
        Some(subject) => {
            let wide = widen(doc, subject.clone(), range);
            match issuer(doc, &wide, range) {
                Some((source, start)) => (Some(source), start),
                None => (source_of(doc, wide.clone()), wide.start),
            }
        }
        None => return None,
    };
    // "I hope that", "talks had begun": the speaker goes on in its own voice; talks say nothing.
    if source.as_ref().is_some_and(|s| cannot_speak(&s.mention)) {
        return None;
    }
    let start = start.max(range.start);
    let source_start = start;
    // Leading adverbials of the verb of saying ("On Monday the army said") are no content.
    let start = if is_leading_adverbial(doc, &(range.start..start.max(range.start + 1)))
        || start <= range.start + 1
    {
        range.start
    } else {
        start
    };
    // What is denied, demanded or pledged is not asserted: it stays with its verb, unless it is said
    // in the source's own words.
    let binding = matches!(cue.kind, CueKind::Deny | CueKind::Ask | CueKind::Pledge);
    let own_words = starts_quote(doc, content.start.saturating_sub(1)..content.end);
    let whole_clause = whole_clause || binding && !own_words;
    let content = if binding && whole_clause {
        content.start..phrase::clause_end(doc, at, content.end)
    } else {
        content
    };
    let leading = range.start..source_start;
    // "On Monday, the army said that": when it was said.
    if said.when.is_none() && start == range.start && !leading.is_empty() {
        let stretch = |t: &&Time| matches!(t.form, Form::Stretch { .. } | Form::Vague);
        let times = doc.times_over(doc.span(leading.clone()));
        said.when = times.first().filter(|t| !stretch(t)).cloned();
    }
    let (end, mut contents) = if whole_clause {
        // "condemned the attack": what is said is the whole of it.
        (content.end, vec![start..content.end])
    } else {
        contents_until(doc, content, range)
    };
    // "Expressing their will to go on, the delegations said that …": theirs, too.
    if start == range.start
        && leading.len() > 3
        && doc.tokens[range.start].form == Some(VerbForm::Ing)
        && is_cue(doc, range.start)
    {
        contents.insert(0, leading);
    }
    Some(Frame {
        source,
        cue: Some(at..at + 1),
        kind: cue.kind,
        said,
        content: contents,
        whole: start..end,
        negated,
        bare: whole_clause,
    })
}

/// Does the phrase name someone who is there to tell: a correspondent, a witness?
fn is_witness(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let head = &doc.tokens[phrase::head(doc, range.clone())];
    tables::witnesses().contains(&*head.lemma)
}

/// Is it the speaker itself ("I", "we"), or a thing that does not speak?
fn cannot_speak(mention: &Mention) -> bool {
    let last = mention
        .name
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    tables::first_persons().contains(&*mention.name.to_lowercase())
        || mention.kind.is_none()
            && mention.stands_for.is_none()
            && tables::talk_nouns().contains(&*last)
}

/// Where the content begins and ends that a cue's flags allow after `next`, and whether it is a bare
/// phrase that says something only together with source and cue.
fn content_after(
    doc: &Document<'_>,
    at: usize,
    next: usize,
    range: &Range<usize>,
    cue: &Cue,
) -> Option<(Range<usize>, bool)> {
    let end = range.end;
    let token = doc.tokens.get(next).filter(|_| next < end)?;
    let is_that = |i: usize| {
        doc.tokens[i].tag == Tag::Sconj && tables::complementizers().contains(&*doc.tokens[i].lower)
    };
    let clause_at = |from: usize| {
        let from = skip_complementizer(doc, from, end);
        (from < end).then_some((from..end, false))
    };
    if cue.takes("that") {
        if is_that(next) {
            return clause_at(next + 1);
        }
        if token.text == ":"
            || opens_speech(doc, next)
            || token.text == "," && next + 1 < end && opens_speech(doc, next + 1)
        {
            return clause_at(next);
        }
        // "vowed to “never leave”".
        if token.tag == Tag::Part && next + 1 < end && opens_speech(doc, next + 1) {
            return clause_at(next + 1);
        }
        // Without "that": a noun phrase with a verb of its own, or what the tree takes for a clause.
        let clause = || tree::clause_after(doc, at, next, end);
        if token.text != "," && (finite_clause(doc, next, end) || clause()) {
            return Some((next..end, false));
        }
    }
    // "quoted her as saying that …".
    if cue.takes("as")
        && (next..end.min(next + 14)).any(|i| {
            tables::quoted_as().contains(&*doc.tokens[i].lower)
                && i + 1 < end
                && is_cue(doc, i + 1)
                && doc.tokens[i + 1].form == Some(VerbForm::Ing)
        })
    {
        return Some((next..end, false));
    }
    if cue.takes("of") || cue.takes("for") {
        let object = phrase::object(doc, at, end, Reach::Head)?;
        let preposition = (object.start..end.min(object.end + 8)).find(|i| {
            tables::charging().contains(&*doc.tokens[*i].lower)
                && doc
                    .tokens
                    .get(i + 1)
                    .is_some_and(|t| t.tag == Tag::Verb || is_quote_mark(t))
        });
        if let Some(p) = preposition {
            // In quotation marks the charge ends with them.
            let quote = doc
                .quotes_near(p..p + 3)
                .iter()
                .find(|q| q.tokens.start == p + 2);
            let stop = quote.map_or_else(
                || phrase::clause_end(doc, p + 1, end),
                |q| q.tokens.end.min(end),
            );
            return Some((p + 1..stop, false));
        }
        // "accused Velka of an air strike": only the whole says something.
        if (object.end..end.min(object.end + 2))
            .any(|i| tables::charging().contains(&*doc.tokens[i].lower))
        {
            return Some((next..phrase::clause_end(doc, at, end), true));
        }
    }
    if cue.takes("inf")
        && token.tag == Tag::Part
        && doc
            .tokens
            .get(next + 1)
            .is_some_and(|t| matches!(t.tag, Tag::Verb | Tag::Aux | Tag::Adv))
    {
        return Some((next + 1..end, false));
    }
    if cue.takes("quote") && (next..end.min(next + 8)).any(|i| opens_speech(doc, i)) {
        return Some((next..end, false));
    }
    let nominal = matches!(
        token.tag,
        Tag::Det | Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Pron | Tag::Verb
    );
    let deniable = cue.takes("claim")
        && phrase::object(doc, at, end, Reach::Of).is_some_and(|o| {
            doc.tokens[o]
                .iter()
                .any(|t| tables::noun_cues().contains(&*t.lemma))
        });
    if deniable {
        return Some((next..end, true));
    }
    if (cue.takes("np") || cue.takes("seen")) && nominal && next <= at + 3 {
        // "expressed hope that …": what the noun says.
        if let Some(that) =
            (next..end.min(next + 5)).find(|i| is_that(*i) && cue.kind != CueKind::Deny)
        {
            return Some((that + 1..end, false));
        }
        let clause = phrase::clause_end(doc, at, end);
        // "praised the firemen and said that …": what is said next is read by itself.
        let joined = doc.children(at).iter().copied();
        let mut joined = joined.filter(|verb| doc.is(*verb, "conj") && is_cue(doc, *verb));
        let stop = joined.find_map(|verb| doc.child(verb, "cc"));
        let stop = stop.filter(|stop| *stop > next).unwrap_or(clause);
        return Some((next..stop.min(clause), true));
    }
    None
}

/// Does a clause with subject and finite verb begin here?
fn finite_clause(doc: &Document<'_>, at: usize, end: usize) -> bool {
    let mut at = at;
    while at < end && (doc.tokens[at].tag == Tag::Adv || doc.tokens[at].tag == Tag::Part) {
        at += 1;
    }
    let Some(subject) = phrase::noun_phrase(doc, at, end, Reach::Full) else {
        return false;
    };
    let mut next = subject.end;
    while next < end && (doc.tokens[next].tag == Tag::Adv || is_quote_mark(&doc.tokens[next])) {
        next += 1;
    }
    let finite = |i: usize| {
        let token = &doc.tokens[i];
        let base = !matches!(token.form, Some(VerbForm::Ing | VerbForm::Participle));
        token.tag == Tag::Aux || token.tag == Tag::Verb && base
    };
    if next >= end {
        return false;
    }
    // "12 people who fled were …", "the regime in Velka, the capital, is …".
    let relative = tables::relatives().contains(&*doc.tokens[next].lower);
    let apposition = doc.tokens[next].text == ","
        && (next + 2..end.min(next + 10))
            .find(|i| doc.tokens[*i].text == ",")
            .is_some_and(|i| i + 1 < end && finite(i + 1) && !is_cue(doc, i + 1));
    finite(next) || apposition || relative && (next..end).any(finite)
}

/// The contents from there on: what further cues of the same source add, up to where the writer
/// takes over with "but" and a subject of its own.
fn contents_until(
    doc: &Document<'_>,
    content: Range<usize>,
    range: &Range<usize>,
) -> (usize, Vec<Range<usize>>) {
    let mut end = content.end;
    let in_speech = |i: usize| {
        doc.quotes_near(i..i + 1).iter().any(|q| {
            q.tokens.contains(&i)
                && !(q.tokens.start <= range.start + 1 && range.end <= q.tokens.end + 1)
        })
    };
    for at in content.start + 2..content.end {
        let token = &doc.tokens[at];
        if in_speech(at) || !tables::contrast().contains(&*token.lower) || token.tag == Tag::Adv {
            continue;
        }
        let before = &doc.tokens[at - 1];
        let apart = matches!(before.text, "," | "-" | "\u{2014}" | "\u{2013}");
        let pronoun = doc
            .tokens
            .get(at + 1)
            .is_none_or(|t| t.tag == Tag::Pron || t.tag == Tag::Adv);
        if apart && !pronoun && finite_clause(doc, at + 1, content.end) {
            end = at - 1;
            break;
        }
    }
    let content = content.start..end;
    let added = (content.start + 2..content.end)
        .find(|i| {
            doc.tokens[*i].text == ","
                && i + 1 < content.end
                && is_cue(doc, i + 1)
                && doc.tokens[i + 1].form == Some(VerbForm::Ing)
                && !in_speech(*i)
        })
        .and_then(|comma| added_content(doc, comma..content.end).map(|a| (comma, a)));
    let contents = match added {
        Some((comma, added)) => vec![content.start..comma, added],
        None => vec![content],
    };
    (end, contents)
}

/// "According to SOURCE, CONTENT" and "CONTENT, according to SOURCE".
fn according_to(doc: &Document<'_>, range: &Range<usize>) -> Option<Frame> {
    let at = range.clone().find(|at| {
        let two = doc
            .tokens
            .get(at + 1)
            .map(|n| format!("{} {}", doc.tokens[*at].lower, n.lower))
            .unwrap_or_default();
        tables::prepositional_cues().contains(&*two) && !masked(doc, *at, range)
    })?;
    let named = phrase::noun_phrase(doc, at + 2, range.end, Reach::Of)?;
    let named = clause_of_knowing(doc, named, range.end);
    let comma = (named.end..range.end).find(|i| doc.tokens[*i].text == ",");
    let before = trim(doc, range.start..at);
    let (contents, reach) = if before.is_empty() {
        let from = comma.map_or(named.end, |c| c + 1);
        (vec![trim(doc, from..range.end)], comma.unwrap_or(named.end))
    } else {
        match comma {
            Some(c) if c + 2 < range.end && has_verb(doc, &(c + 1..range.end)) => {
                (vec![before, trim(doc, c + 1..range.end)], c)
            }
            _ => (vec![before], range.end),
        }
    };
    let contents: Vec<_> = contents.into_iter().filter(|c| !c.is_empty()).collect();
    if contents.is_empty() {
        return None;
    }
    // "the information that our reporter obtained from local officials": from whom it comes.
    let obtained = (named.start..reach).find(|i| {
        doc.tokens[*i].tag == Tag::Verb && tables::obtaining().contains(&*doc.tokens[*i].lemma)
    });
    let from = obtained.and_then(|v| phrase::prepositional(doc, v, reach, &["from"], Reach::Of));
    let source = source_of(doc, from.unwrap_or(named));
    let cue = Some(at..at + 2);
    Some(Frame {
        source,
        cue,
        kind: CueKind::Plain,
        said: Said::default(),
        content: contents,
        whole: range.clone(),
        negated: false,
        bare: false,
    })
}

/// "the information that our reporter obtained from local officials": the phrase with its clause.
fn clause_of_knowing(doc: &Document<'_>, named: Range<usize>, end: usize) -> Range<usize> {
    let comma = (named.end..end)
        .find(|i| doc.tokens[*i].text == ",")
        .unwrap_or(named.end);
    let knows = (named.end..comma).any(|i| {
        doc.tokens[i].tag == Tag::Verb && tables::obtaining().contains(&*doc.tokens[i].lemma)
    });
    if knows { named.start..comma } else { named }
}

/// "Velka's announcement in May that CONTENT".
fn noun_frame(doc: &Document<'_>, range: &Range<usize>) -> Option<Frame> {
    range.clone().find_map(|at| {
        let token = &doc.tokens[at];
        if token.tag != Tag::Noun
            || !tables::noun_cues().contains(&*token.lemma)
            || masked(doc, at, range)
        {
            return None;
        }
        let mut said = Said::default();
        let cue = tables::cues().get("say")?;
        let next = circumstances(doc, at + 1, range.end, cue, &mut said);
        let that = doc.tokens.get(next).filter(|t| {
            next < range.end && t.tag == Tag::Sconj && tables::complementizers().contains(&*t.lower)
        });
        that?;
        let owner = phrase::phrase_ending(doc, at, range.start);
        let agent = phrase::prepositional(doc, at + 1, next, &["by", "from"], Reach::Of);
        let names = |r: &Range<usize>| !phrase::names_in(doc, r.clone()).is_empty();
        let source = agent.or_else(|| owner.filter(names).map(|o| phrase::bare(doc, o)))?;
        let whole = source.start.min(at)..range.end;
        let source = source_of(doc, source);
        Some(Frame {
            source,
            cue: Some(at..at + 1),
            kind: CueKind::Plain,
            said,
            content: vec![next + 1..range.end],
            whole,
            negated: false,
            bare: false,
        })
    })
}

/// Speech in quotation marks without a verb of saying: "The minister was blunt: “…”".
fn bare_speech(doc: &Document<'_>, range: &Range<usize>) -> Option<Frame> {
    let quote = doc.quotes_near(range.clone()).iter().find(|q| {
        range.start < q.tokens.start && q.tokens.start < range.end && q.tokens.len() >= SPEECH
    })?;
    let open = quote.tokens.start - 1;
    let colon = open > range.start && doc.tokens[open - 1].text == ":";
    let verb = (range.start..open)
        .find(|i| doc.tokens[*i].tag == Tag::Verb || doc.tokens[*i].tag == Tag::Aux)
        .filter(|_| colon)?;
    let subject = phrase::subject(doc, verb, range.start)?;
    let source = source_of(doc, subject.clone());
    let end = range.end.min(quote.tokens.end);
    Some(Frame {
        source,
        cue: None,
        kind: CueKind::Plain,
        said: Said::default(),
        content: vec![open..end],
        whole: open..end,
        negated: false,
        bare: false,
    })
}

/// The most words that name a speaker before a colon.
const SPEAKER: usize = 10;

/// "Brisk: Talks have failed", as headlines put it: a person or body, a colon, what they say.
fn named_before_colon(doc: &Document<'_>, range: &Range<usize>) -> Option<Frame> {
    let colon = range
        .clone()
        .take(SPEAKER)
        .find(|at| doc.tokens[*at].text == ":")?;
    let named = phrase::noun_phrase(doc, range.start, colon, Reach::Of)?;
    if named.end != colon {
        return None;
    }
    let names = phrase::names_in(doc, named.clone());
    let speaks = |name: &&Mention| {
        matches!(name.kind, Some(Kind::Person | Kind::Organization))
            && phrase::tokens_of(doc, name.span).end == named.end
    };
    names.into_iter().find(speaks)?;
    let content = colon + 1..range.end;
    if !has_finite(doc, &content) || content.len() < 3 {
        return None;
    }
    Some(Frame {
        source: source_of(doc, named),
        cue: Some(colon..colon + 1),
        kind: CueKind::Plain,
        said: Said::default(),
        content: vec![content],
        whole: range.clone(),
        negated: false,
        bare: false,
    })
}

/// Where the subject is a document that someone is said to issue right before ("the ministry issued
/// a statement saying"): that someone, and where its words begin.
fn issuer(
    doc: &Document<'_>,
    subject: &Range<usize>,
    range: &Range<usize>,
) -> Option<(Source, usize)> {
    let head = phrase::head(doc, subject.clone());
    if !tables::document_nouns().contains(&*doc.tokens[head].lemma) || subject.start == range.start
    {
        return None;
    }
    let mut at = subject.start - 1;
    while at > range.start && matches!(doc.tokens[at].tag, Tag::Det | Tag::Adj) {
        at -= 1;
    }
    let verb = (doc.tokens[at].tag == Tag::Verb
        && tables::issuing().contains(&*doc.tokens[at].lemma))
    .then_some(at)?;
    let subject = phrase::subject(doc, verb, range.start)?;
    let start = subject.start;
    Some((source_of(doc, subject)?, start))
}

/// The outlet that the words before "it was reported that" name: "In the news on Channel Five".
fn leading_source(doc: &Document<'_>, range: Range<usize>) -> Option<Source> {
    let names = phrase::names_in(doc, range.clone());
    let name = names
        .iter()
        .find(|n| n.kind == Some(Kind::Organization))
        .or(names.first())?;
    Some(Source {
        mention: (*name).clone(),
        anonymous: false,
        party: None,
    })
}

/// A source from its noun phrase.
fn source_of(doc: &Document<'_>, range: Range<usize>) -> Option<Source> {
    let range = phrase::bare(doc, range);
    if range.is_empty() {
        return None;
    }
    let names = phrase::names_in(doc, range.clone());
    let person = names.iter().rev().find(|n| n.kind == Some(Kind::Person));
    let head = phrase::head(doc, range.clone());
    let head_lower = &*doc.tokens[head].lower;
    let mention: Mention = match person {
        // "Al Lenn's Ada Brisk", "the spokesman for the army Jan Orsolo".
        Some(person) if speaks(doc, &range, head, person) => (*person).clone(),
        _ => who::mention(doc, range.clone()),
    };
    if mention.name.is_empty() {
        return None;
    }
    let named = matches!(
        mention.kind,
        Some(Kind::Person | Kind::Organization | Kind::Place)
    ) && mention.name.chars().any(char::is_uppercase)
        && (doc.tokens[head].tag == Tag::Propn || names.iter().any(|n| n.span == mention.span));
    let anonymous = !named
        && mention.stands_for.is_none()
        && (tables::anonymous().contains(head_lower)
            || tables::roles().contains(&*rapporteur_text::lemma(head_lower)));
    Some(Source {
        mention,
        anonymous,
        party: None,
    })
}

/// Is the person the one who speaks, and not one whose office, team or words do?
fn speaks(doc: &Document<'_>, range: &Range<usize>, head: usize, person: &Mention) -> bool {
    let tokens = phrase::tokens_of(doc, person.span);
    let closed = doc.tokens.get(tokens.end).is_some_and(|t| t.text == ",");
    let governed = (range.start..tokens.start)
        .rev()
        .find(|i| !matches!(doc.tokens[*i].tag, Tag::Det | Tag::Adj))
        .is_some_and(|i| doc.tokens[i].tag == Tag::Adp);
    tokens.end >= range.end || (closed || tokens.contains(&head)) && !governed
}

/// The bytes of a voice's words, from its first to its last token.
pub(crate) fn span(doc: &Document<'_>, voice: &Voice) -> Span {
    doc.span(voice.tokens.clone())
}
