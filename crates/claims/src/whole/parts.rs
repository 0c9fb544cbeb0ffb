//! Where one content ends and the next attribution begins, by the order of words.

use super::Whole;
use super::sources;
use crate::phrase::{self, is_quote_mark};
use crate::tables;
use rapporteur_text::{Document, Tag, Token, VerbForm};
use std::ops::Range;

/// Gives attributions for which the tree shows no content what stands before a comma and them, and behind them and a
/// comma or colon: "The road, officials often say, is closed."
pub(super) fn by_order(doc: &Document<'_>, found: &mut [Whole]) {
    let any = |at: usize| {
        tables::attributing_verb(&doc.tokens[at].lemma).is_some_and(|f| f.active("any"))
    };
    for whole in found
        .iter_mut()
        .filter(|whole| whole.content.is_empty() && any(whole.head))
    {
        let Some(sentence) = doc
            .tokens
            .get(whole.head)
            .and_then(|t| doc.sentence_at(t.span.start))
        else {
            continue;
        };
        let sentence = sentence.tokens.clone();
        let text = |at: usize| {
            doc.tokens
                .get(at)
                .filter(|_| sentence.contains(&at))
                .map(|t| t.text)
        };
        let inverted = whole.source.is_none()
            && whole.cue.start > sentence.start
            && text(whole.cue.start - 1) == Some(",");
        if inverted {
            whole.source = sources::behind(doc, whole.head, sentence.end);
        }
        let source = whole.source.clone().unwrap_or(whole.cue.clone());
        let said = source.start.min(whole.cue.start)..source.end.max(whole.cue.end);
        // "said, “…”"
        let mark = doc.tokens.get(said.end + 1).is_some_and(is_quote_mark)
            && matches!(text(said.end), Some("," | ":"));
        let at = doc
            .quotes
            .partition_point(|q| q.tokens.start < said.end + 2);
        let quote = doc
            .quotes
            .get(at)
            .filter(|q| mark && q.tokens.start == said.end + 2);
        if let Some(quote) = quote {
            whole.content.push(said.end + 1..quote.tokens.end + 1);
            continue;
        }
        // "Asked if the road was safe, most said yes."
        if doc.tokens.get(said.end).is_some_and(|t| t.tag == Tag::Intj)
            && sentence.contains(&said.end)
        {
            whole.content.push(said.end..sentence.end);
            continue;
        }
        let before = said
            .start
            .checked_sub(1)
            .filter(|at| text(*at) == Some(","));
        let verb = |t: &Token<'_>| matches!(t.tag, Tag::Verb | Tag::Aux);
        // "A lower bridge, many argue, could carry": set between a subject and its verb.
        let between = text(said.end) == Some(",")
            && doc.tokens.get(said.end + 1).is_some_and(|t| {
                sentence.contains(&(said.end + 1)) && matches!(t.fine, "MD" | "VBD" | "VBZ" | "VBP")
            });
        let before = before.map(|comma| sentence.start..comma).filter(|words| {
            words.len() > 1 && (between || doc.tokens[words.clone()].iter().any(verb))
        });
        // "…, she added the word": an object of its own.
        let object = doc
            .tokens
            .get(said.end)
            .filter(|_| sentence.contains(&said.end));
        let object = object.is_some_and(|t| {
            let noun = matches!(
                t.tag,
                Tag::Det | Tag::Noun | Tag::Propn | Tag::Pron | Tag::Num
            );
            noun && !phrase::in_time(doc, t.span.start)
        });
        let relative =
            source.len() == 1 && tables::relatives().contains(&*doc.tokens[source.start].lower);
        if relative || object {
            continue;
        }
        let joined = doc.is(whole.head, "conj")
            || whole.cue.start > sentence.start
                && doc.tokens[whole.cue.start - 1].tag == Tag::Cconj;
        let after = said.end..sentence.end;
        let after = match text(said.end) {
            Some(":") => Some(after),
            Some(",") => before.as_ref().map(|_| after),
            // "and says now is not the time", with the clause taken for a further verb's.
            Some(_) if before.is_none() && joined => {
                let finite = |t: &Token<'_>| matches!(t.fine, "VBD" | "VBZ" | "VBP" | "MD");
                let says = doc.tokens[after.clone()].iter().any(finite);
                Some(after).filter(|_| says)
            }
            _ => None,
        };
        whole.content.extend(before);
        whole.content.extend(after.filter(|words| words.len() > 1));
    }
}

/// Lets what is said begin with its sentence, where "…, she said" closes that and nobody else is said to say anything
/// in it: a long subject is easily taken for the verb's own.
pub(super) fn closed_by(doc: &Document<'_>, found: &mut [Whole]) {
    let heads: Vec<usize> = found.iter().map(|whole| whole.head).collect();
    for whole in found.iter_mut() {
        let any = tables::attributing_verb(&doc.tokens[whole.head].lemma)
            .is_some_and(|frames| frames.active("any"));
        let Some(source) = whole
            .source
            .clone()
            .filter(|s| any && s.end <= whole.cue.start)
        else {
            continue;
        };
        let Some(sentence) = doc.sentence_at(doc.tokens[whole.head].span.start) else {
            continue;
        };
        let sentence = sentence.tokens.clone();
        let comma = source
            .start
            .checked_sub(1)
            .filter(|at| *at > sentence.start);
        let Some(comma) = comma.filter(|at| doc.tokens[*at].text == ",") else {
            continue;
        };
        let closes = doc.tokens[whole.cue.end..sentence.end]
            .iter()
            .all(|t| t.is_punct() || phrase::in_time(doc, t.span.start));
        let words = &doc.tokens[sentence.start..comma];
        // What others are said to say before the comma is then a part of what is said.
        let first = heads.partition_point(|head| *head <= comma);
        let alone = heads.get(first) == Some(&whole.head);
        let finite = words
            .iter()
            .any(|t| matches!(t.fine, "VBD" | "VBZ" | "VBP" | "MD"));
        if closes && alone && finite && !words.iter().any(is_quote_mark) {
            whole.content = vec![sentence.start..comma];
        }
    }
}

/// Gives "…, according to the Echo" and "According to the Echo, …" all of their sentence, where that is what somebody is
/// said to say: the Echo's is the outer word. Which attribution holds which.
pub(super) fn reported(doc: &Document<'_>, found: &mut [Whole]) -> Vec<(usize, usize)> {
    let mut held = Vec::new();
    for index in 0..found.len() {
        let (cue, Some(source)) = (found[index].cue.clone(), found[index].source.clone()) else {
            continue;
        };
        let Some(sentence) = doc.sentence_at(doc.tokens[cue.start].span.start) else {
            continue;
        };
        let sentence = sentence.tokens.clone();
        let words = phrase::words(doc, cue.clone()).to_lowercase();
        let ends = (source.end..sentence.end).all(|at| doc.tokens[at].is_punct());
        let comma = |at: usize| doc.tokens.get(at).is_some_and(|t| t.text == ",");
        let apart = |at: usize| comma(at) || is_quote_mark(&doc.tokens[at]) && comma(at - 1);
        let said = if cue.start > sentence.start + 2 && apart(cue.start - 1) && ends {
            sentence.start..cue.start
        } else if cue.start == sentence.start && comma(source.end) {
            source.end + 1..sentence.end
        } else {
            continue;
        };
        if !tables::prepositional_cues().contains(&*words) {
            continue;
        }
        let near = found.partition_point(|w| w.head < said.start);
        let speaks = |w: &Whole| {
            let frames = tables::attributing_verb(&doc.tokens[w.head].lemma);
            let main = doc.is(w.head, "root")
                || w.content.iter().all(|c| c.end <= w.cue.start) && w.source.is_some();
            main && frames.is_some_and(|frames| {
                w.source.is_none() || frames.active("quote") || frames.active("inf")
            })
        };
        let inner = (near..found.len())
            .take_while(|at| found[*at].head < said.end)
            .find(|at| *at != index && speaks(&found[*at]));
        if let Some(inner) = inner {
            found[index].content = vec![said];
            for range in &mut found[inner].content {
                if range.contains(&cue.start) {
                    range.end = cue.start;
                }
            }
            held.push((index, inner));
        }
    }
    held
}

/// Gives attributions what those say that they hold.
pub(super) fn hold(found: &mut [Whole], held: &[(usize, usize)]) {
    for (outer, inner) in held {
        let further = found[*inner].content.clone();
        found[*outer].content.extend(further);
    }
}

/// Gives participles without a source that of the attribution before them in their sentence: "“…,” she said, adding".
pub(super) fn share_sources(doc: &Document<'_>, found: &mut [Whole]) {
    for index in 1..found.len() {
        let (before, rest) = found.split_at_mut(index);
        let (Some(before), Some(whole)) = (before.last(), rest.first_mut()) else {
            continue;
        };
        let token = &doc.tokens[whole.head];
        let same = doc
            .sentence_at(token.span.start)
            .is_some_and(|s| s.tokens.contains(&before.head));
        let quoted = |at: usize| {
            doc.quotes_near(at..at + 1)
                .iter()
                .any(|q| q.tokens.contains(&at))
        };
        let added = token.form == Some(VerbForm::Ing) && token.tag == Tag::Verb;
        if whole.source.is_none() && added && same && !quoted(whole.head) && !quoted(before.head) {
            whole.source.clone_from(&before.source);
        }
    }
}

/// Gives a participle the quotation right behind it, and takes that from the others: "“…,” she said, adding, “…”".
pub(super) fn added(doc: &Document<'_>, found: &mut [Whole]) {
    for index in 0..found.len() {
        let (head, end) = (found[index].head, found[index].cue.end);
        let mark = |at: usize| {
            doc.tokens
                .get(at)
                .is_some_and(|t| matches!(t.text, "," | ":"))
        };
        let opening = mark(end) && doc.tokens.get(end + 1).is_some_and(is_quote_mark);
        let at = doc.quotes.partition_point(|q| q.tokens.end <= end + 1);
        let quote = doc
            .quotes
            .get(at)
            .filter(|q| opening && q.tokens.start == end + 2);
        let ing = doc.tokens[head].form == Some(VerbForm::Ing) && doc.tokens[head].tag == Tag::Verb;
        let Some(quote) = quote.filter(|_| ing) else {
            continue;
        };
        let outer = end + 1..quote.tokens.end + 1;
        let start = found[index].cue.start;
        for (other, whole) in found.iter_mut().enumerate() {
            if other == index || !(start.saturating_sub(REACH)..start).contains(&whole.head) {
                continue;
            }
            for range in &mut whole.content {
                if range.contains(&outer.start) && !range.contains(&whole.head) {
                    range.end = if range.start < start {
                        start
                    } else {
                        range.start
                    };
                }
            }
            whole.content.retain(|range| !range.is_empty());
        }
        found[index].content = vec![outer];
    }
}

/// How many tokens before a participle the verb stands that it goes with.
const REACH: usize = 60;

/// Ends what somebody was asked where the answer begins: "Asked about the bridge, Brisk said".
pub(super) fn answered(doc: &Document<'_>, found: &mut [Whole]) {
    for index in 0..found.len() {
        if !super::verbs::is_opening(doc, found[index].head) {
            continue;
        }
        let head = found[index].head;
        let answer = found[index + 1..].iter().find(|whole| {
            let start = begin(whole);
            start > head + 1 && doc.tokens[start - 1].text == "," && whole.source.is_some()
        });
        let Some(start) = answer.map(begin) else {
            continue;
        };
        let same = doc
            .sentence_at(doc.tokens[head].span.start)
            .is_some_and(|s| s.tokens.contains(&start));
        if !same {
            continue;
        }
        for range in &mut found[index].content {
            range.end = range.end.min(start).max(range.start);
        }
        found[index]
            .content
            .retain(|range| range.start < start && !range.is_empty());
        for whole in found
            .iter_mut()
            .skip(index + 1)
            .filter(|w| begin(w) == start)
        {
            whole
                .content
                .retain(|range| range.start > head + 1 || range.end > start);
            for range in &mut whole.content {
                range.start = if range.start < start && range.start <= head {
                    start
                } else {
                    range.start
                };
            }
        }
    }
}

/// Where the words of an attribution begin that stand before its verb.
fn begin(whole: &Whole) -> usize {
    let source = whole.source.as_ref().map_or(whole.cue.start, |s| s.start);
    source.min(whole.cue.start)
}

/// Ends contents where the quotation ends that they are, and where somebody is said to say something else.
pub(super) fn cut(doc: &Document<'_>, found: &mut [Whole]) {
    for outer in 0..found.len() {
        for range in &mut found[outer].content {
            if let Some(end) = quotation_end(doc, range) {
                range.end = end;
            }
        }
        let head = found[outer].head;
        let Some(content) = found[outer]
            .content
            .last()
            .cloned()
            .filter(|c| c.start > head)
        else {
            continue;
        };
        let first = found.partition_point(|w| w.head < content.start);
        let inner = (first..found.len())
            .take_while(|index| found[*index].head < content.end)
            .find_map(|index| {
                let end =
                    next_begins(doc, &found[outer], &found[index]).filter(|_| index != outer)?;
                (end > content.start + 1).then_some((index, end))
            });
        if let Some((inner, end)) = inner {
            if let Some(last) = found[outer].content.last_mut() {
                last.end = end;
            }
            if doc.child(found[inner].head, "nsubj").is_none() {
                found[inner].source = found[outer].source.clone();
            }
        }
    }
}

/// Where speech ends that the words begin with, if they go on behind it: "“…,” he said" ends with a mark before the
/// closing one.
fn quotation_end(doc: &Document<'_>, range: &Range<usize>) -> Option<usize> {
    let quote = (doc.quotes_near(range.clone()).iter())
        .find(|q| q.tokens.start <= range.start + 1 && range.start < q.tokens.end)?;
    let last = quote
        .tokens
        .end
        .checked_sub(1)
        .and_then(|at| doc.tokens.get(at))?;
    let closed = doc.tokens.get(quote.tokens.end).is_some_and(is_quote_mark);
    let end = quote.tokens.end + 1;
    (closed && last.tag == Tag::Punct && end < range.end).then_some(end)
}

/// Where the second attribution begins, if it stands beside the first one and not in what that one says: "said he would
/// stay and warned against", "said it was late, adding that", "said no, while others said".
fn next_begins(doc: &Document<'_>, outer: &Whole, inner: &Whole) -> Option<usize> {
    let second = doc.tokens.get(inner.head)?;
    let quoted = doc
        .quotes_near(inner.head..inner.head + 1)
        .iter()
        .any(|q| q.tokens.contains(&inner.head));
    if quoted {
        return None;
    }
    let start = inner
        .source
        .as_ref()
        .filter(|s| s.end <= inner.cue.start)
        .map_or(inner.cue.start, |s| s.start);
    let clause =
        |lemma: &str| tables::attributing_verb(lemma).is_some_and(|frames| frames.active("clause"));
    let quote =
        |lemma: &str| tables::attributing_verb(lemma).is_some_and(|frames| frames.active("quote"));
    // "said he was tired and wanted a change": what is wanted may be a part of what is said.
    let speaks =
        clause(&second.lemma) && (quote(&second.lemma) || !quote(&doc.tokens[outer.head].lemma));
    let both = speaks || outer.phrase || !clause(&doc.tokens[outer.head].lemma);
    let own = doc.child(inner.head, "nsubj").filter(|s| *s < inner.head);
    let before = inner.cue.start.checked_sub(1)?;
    if second.form == Some(VerbForm::Ing) && own.is_none() {
        let apart = doc.tokens[before].text == "," || is_quote_mark(&doc.tokens[before]);
        return (both && apart).then_some(before);
    }
    // "said they would stay and urged others to leave": in what was said, "would urge".
    let shifted = || {
        let end = own.map_or(before, |own| own.min(before));
        let said = outer.content.last().map(|c| c.start..end)?;
        let tokens = doc.tokens.get(said)?;
        let first = tokens
            .iter()
            .find(|t| matches!(t.fine, "MD" | "VBD" | "VBZ" | "VBP"))?;
        let past = finite(doc, inner.head) == Some("past");
        Some(past && matches!(first.fine, "MD" | "VBZ" | "VBP"))
    };
    if own.is_some() {
        let opener = start.checked_sub(1).map(|at| (at, &doc.tokens[at]))?;
        let contrast = tables::contrast().contains(&*opener.1.lower);
        let joined =
            opener.1.tag == Tag::Cconj && finite(doc, outer.head) == finite(doc, inner.head);
        let apart = matches!(second.relation, "conj" | "advcl" | "parataxis");
        let both = both || shifted() == Some(true);
        return (apart && both && (contrast || joined)).then_some(opener.0);
    }
    let joined = doc.tokens[before].tag == Tag::Cconj && doc.is(inner.head, "conj");
    let same =
        finite(doc, inner.head).is_some() && finite(doc, outer.head) == finite(doc, inner.head);
    (joined && same && (both || clause(&doc.tokens[outer.head].lemma) && shifted() == Some(true)))
        .then_some(before)
}

/// The tense of a verb or its auxiliary, as its tag tells it.
fn finite(doc: &Document<'_>, verb: usize) -> Option<&'static str> {
    let auxiliary = doc
        .children(verb)
        .iter()
        .copied()
        .find(|at| doc.is(*at, "aux"));
    let fine = doc.tokens[auxiliary.unwrap_or(verb)].fine;
    matches!(fine, "VBD" | "VBZ" | "VBP").then_some(if fine == "VBD" { "past" } else { "present" })
}
