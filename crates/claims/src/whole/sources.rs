//! Who says it: the subject of a verb that attributes, or who stands between a quotation and the verb.

use super::spread::{self, Spread};
use super::verbs;
use crate::phrase::{self, Reach, is_quote_mark};
use crate::tables;
use crate::tree;
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

/// How far up a relative pronoun is looked for that several verbs share.
const HOPS: usize = 6;
/// A quotation shorter than this many tokens may stand inside a name: 'Ada "Bo" Brisk'.
const SPEECH: usize = 4;
/// The most words that name a speaker between a quotation and the verb.
const NAMED: usize = 30;

/// The words that name whose verb it is, not past `stop` where they stand before it.
pub(super) fn of(
    doc: &Document<'_>,
    spread: &Spread,
    verb: usize,
    stop: usize,
) -> Option<Range<usize>> {
    if let Some(speaker) = after_quotation(doc, verb, stop) {
        return Some(spread::trim(doc, speaker)).filter(|range| !range.is_empty());
    }
    let head = subject(doc, verb)?;
    if tables::expletives().contains(&*doc.tokens[head].lower) && doc.child(verb, "expl").is_some()
    {
        return None;
    }
    let range = if tables::relatives().contains(&*doc.tokens[head].lower) {
        head..head + 1
    } else {
        phrase_of(doc, spread, verb, head)
    };
    let range = if head < verb {
        range.start..own_end(doc, spread, head, range.end.min(stop), verb)
    } else {
        let quote = (head + 1..range.end).find(|at| is_quote_mark(&doc.tokens[*at]));
        range.start.max(verb + 1)..quote.unwrap_or(range.end)
    };
    Some(spread::trim(doc, range)).filter(|range| !range.is_empty())
}

/// The head of the subject; of a clause with a relative pronoun, that.
fn subject(doc: &Document<'_>, verb: usize) -> Option<usize> {
    let relative = |at: &usize| tables::relatives().contains(&*doc.tokens[*at].lower);
    let mut clause = verb;
    for _ in 0..HOPS {
        if let Some(own) = doc.child(clause, "nsubj") {
            if relative(&own) && doc.is(clause, "acl") {
                return Some(own);
            }
            break;
        }
        // "“…,” she said, referring to the bridge", with the participle taken for what is said.
        let added = verbs::is_added(doc, clause) && doc.is(clause, "ccomp");
        let shared = added
            || ["conj", "xcomp", "advcl"]
                .iter()
                .any(|relation| doc.is(clause, relation));
        match doc.tokens[clause].head.filter(|_| shared) {
            Some(head) => clause = head,
            None => break,
        }
    }
    // "She said Republican Ada Brisk leads", where both were taken for the verb's subjects.
    let subjects = || {
        doc.children(verb)
            .iter()
            .copied()
            .filter(|at| doc.is(*at, "nsubj"))
    };
    let before = subjects().rfind(|at| *at < verb && !relative(at));
    let twice = before.filter(|_| subjects().any(|at| at > verb));
    let added = || {
        doc.child(clause, "nsubj")
            .filter(|_| verbs::is_added(doc, verb))
    };
    twice.or_else(|| tree::subject(doc, verb)).or_else(added)
}

/// All words of a subject's phrase, with appositions that were taken for further subjects.
fn phrase_of(doc: &Document<'_>, spread: &Spread, verb: usize, head: usize) -> Range<usize> {
    let mut range = spread::noun(doc, spread, head);
    let around = tree::around(doc, head, Reach::Full);
    range = range.start.min(around.start)..range.end.max(around.end);
    let joins = |at: usize| doc.tokens[at].tag == Tag::Punct && !is_quote_mark(&doc.tokens[at]);
    for twin in doc
        .children(verb)
        .iter()
        .copied()
        .filter(|at| doc.is(*at, "nsubj"))
    {
        let twin = spread::noun(doc, spread, twin);
        // "Those who borrow struggle, he said": what he says, with its head taken for a subject.
        let clause = |t: &rapporteur_text::Token<'_>| matches!(t.tag, Tag::Verb | Tag::Aux);
        if doc.tokens[head].tag == Tag::Pron || doc.tokens[twin.clone()].iter().any(clause) {
            continue;
        }
        if range.end <= twin.start && twin.end <= verb && (range.end..twin.start).all(joins) {
            range.end = twin.end;
        } else if twin.end <= range.start && range.end <= verb && (twin.end..range.start).all(joins)
        {
            range.start = twin.start;
        }
    }
    range
}

/// Where a subject's phrase ends: before the clause of the verb itself, and before a participle behind a comma
/// ("Brisk, speaking in Lenn, said").
fn own_end(doc: &Document<'_>, spread: &Spread, head: usize, end: usize, verb: usize) -> usize {
    let clauses = doc
        .children(head)
        .iter()
        .copied()
        .filter(|at| *at > head && (doc.is(*at, "acl") || doc.is(*at, "advcl")));
    let cut = clauses.filter(|at| {
        let range = spread.range(*at);
        let own = range.contains(&verb);
        let comma = |at: usize| doc.tokens.get(at).is_some_and(|t| t.text == ",");
        let apart = comma(range.start) || range.start.checked_sub(1).is_some_and(comma);
        own || apart && doc.tokens[*at].relation != "acl:relcl"
    });
    let cut = cut.map(|at| spread.range(at).start).min().unwrap_or(end);
    cut.clamp(head + 1, end.max(head + 1))
}

/// Who stands between a quotation and the verb ("“…,” Ada Brisk of the council said"), or behind the verb that
/// follows one ("“…,” said Ada Brisk, a baker").
fn after_quotation(doc: &Document<'_>, verb: usize, stop: usize) -> Option<Range<usize>> {
    let sentence = doc
        .sentence_at(doc.tokens.get(verb)?.span.start)?
        .tokens
        .clone();
    let at = doc
        .quotes
        .partition_point(|q| q.tokens.end < stop)
        .checked_sub(1)?;
    let quote = doc.quotes.get(at).filter(|q| q.tokens.len() >= SPEECH)?;
    let closed = doc.tokens.get(quote.tokens.end).is_some_and(is_quote_mark);
    let from = quote.tokens.end + 1;
    let near = closed && from + 1 >= sentence.start && from <= stop && stop - from <= NAMED;
    let spoken =
        tables::attributing_verb(&doc.tokens[verb].lemma).is_some_and(|f| f.active("quote"));
    if !near || !spoken {
        return None;
    }
    let finite = |t: &rapporteur_text::Token<'_>| {
        t.tag == Tag::Aux
            || t.tag == Tag::Verb && !matches!(t.form, Some(VerbForm::Ing | VerbForm::Participle))
    };
    let between = &doc.tokens[from..stop];
    if between.iter().any(is_quote_mark) {
        return None;
    }
    if from == stop {
        // "Brisk, citing “the road,” said the plan was late."
        let before = doc
            .child(verb, "nsubj")
            .is_some_and(|s| s < quote.tokens.start);
        return behind(doc, verb, sentence.end).filter(|_| !before);
    }
    let first = &between[0];
    let names = matches!(
        first.tag,
        Tag::Propn | Tag::Noun | Tag::Pron | Tag::Det | Tag::Adj | Tag::Num
    );
    let clause = between.iter().position(finite);
    let relative = between
        .iter()
        .skip(1)
        .position(|t| tables::relatives().contains(&*t.lower))
        .map(|at| at + 1);
    let fits = names && (clause.is_none() || relative < clause && relative.is_some());
    (fits && first.text != ",").then_some(from..stop)
}

/// "The road is closed, said Ada Brisk, a baker": who stands behind the verb that a sentence ends with.
pub(super) fn inverted(
    doc: &Document<'_>,
    verb: usize,
    start: usize,
    sentence: &Range<usize>,
) -> Option<super::Whole> {
    let any = tables::attributing_verb(&doc.tokens[verb].lemma).is_some_and(|f| f.active("any"));
    let comma = start.checked_sub(1).filter(|at| *at > sentence.start)?;
    let follows = doc
        .children(verb)
        .iter()
        .any(|at| *at > verb && doc.is(*at, "nsubj"));
    let own = matches!(doc.tokens[verb].fine, "VBD" | "VBZ") && start == verb;
    let said = sentence.start..comma;
    let finite = doc.tokens[said.clone()]
        .iter()
        .any(|t| matches!(t.fine, "VBD" | "VBZ" | "VBP" | "MD"));
    let spoken = doc.tokens[said.clone()].iter().any(is_quote_mark);
    if !any || !own || !follows || !finite || spoken || doc.tokens[comma].text != "," {
        return None;
    }
    let source = behind(doc, verb, sentence.end)?;
    let closes = doc.tokens[source.end..sentence.end]
        .iter()
        .all(|t| t.is_punct() || phrase::in_time(doc, t.span.start));
    closes.then(|| super::Whole::by(verb, Some(source), start..verb + 1, vec![said]))
}

/// "many argue", "some say", where the word was taken for a part of what follows.
pub(super) fn some(doc: &Document<'_>, start: usize, low: usize) -> Option<Range<usize>> {
    let at = start.checked_sub(1).filter(|at| *at >= low)?;
    let known = tables::anonymous().contains(&*doc.tokens[at].lower);
    let opens = at == low || doc.tokens[at - 1].is_punct() || doc.tokens[at - 1].tag == Tag::Sconj;
    (known && opens).then_some(at..at + 1)
}

/// The name or function behind an inverted verb, with its apposition or relative clause.
pub(super) fn behind(doc: &Document<'_>, verb: usize, end: usize) -> Option<Range<usize>> {
    let named = phrase::noun_phrase(doc, verb + 1, end, Reach::Full)?;
    let mut stop = named.end;
    let comma = |at: usize| at < end && doc.tokens[at].text == ",";
    let goes_on = |at: usize| {
        doc.tokens.get(at).filter(|_| at < end).is_some_and(|t| {
            matches!(t.tag, Tag::Det | Tag::Noun | Tag::Propn | Tag::Adj)
                || tables::relatives().contains(&*t.lower)
        })
    };
    while comma(stop) && goes_on(stop + 1) {
        let next = (stop + 1..end).find(|at| comma(*at) || is_quote_mark(&doc.tokens[*at]));
        stop = next.unwrap_or(end);
    }
    Some(verb + 1..stop)
}
