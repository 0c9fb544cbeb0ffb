//! What stands in a range of words: cues, quotation marks, verbs.

use crate::phrase::{self, is_quote_mark};
use crate::tables;
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

pub(super) fn has_finite(doc: &Document<'_>, range: &Range<usize>) -> bool {
    doc.tokens[range.clone()]
        .iter()
        .any(|t| t.tag == Tag::Aux || t.tag == Tag::Verb && t.form != Some(VerbForm::Ing))
}

pub(super) fn has_verb(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let subject = |i: usize| matches!(doc.tokens[i].tag, Tag::Noun | Tag::Propn);
    (range.len() > 2 || range.len() == 2 && subject(range.start))
        && doc.tokens[range.clone()]
            .iter()
            .any(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
}

/// Cuts marks and loose conjunctions from both ends; quotation marks stay where both of a pair are
/// inside.
pub(super) fn trim(doc: &Document<'_>, range: Range<usize>) -> Range<usize> {
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

pub(super) fn is_cue(doc: &Document<'_>, at: usize) -> bool {
    // "an attempt to claim": nobody has claimed anything.
    let open = || {
        doc.is(at, "acl")
            && doc
                .child(at, "mark")
                .is_some_and(|m| doc.tokens[m].fine == "TO")
    };
    // "refused to confirm it", "answered the question of whether they would leave": says nothing of it.
    let says_nothing = || {
        let object = doc.child(at, "obj");
        let object = object.map(|object| &*doc.tokens[object].lemma);
        is_refused(doc, at) || object == Some("question")
    };
    doc.tokens[at].tag == Tag::Verb
        && !phrase::nominal(doc, at)
        && !open()
        && !says_nothing()
        && tables::cues().contains_key(&*doc.tokens[at].lemma)
}

/// "refused to confirm": is it what somebody refuses to do?
pub(super) fn is_refused(doc: &Document<'_>, at: usize) -> bool {
    let above = doc.tokens[at].head.filter(|_| doc.is(at, "xcomp"));
    above.is_some_and(|above| tables::refusing_verbs().contains(&*doc.tokens[above].lemma))
}

/// Does the token stand in a quotation that is only a part of the range?
pub(super) fn masked(doc: &Document<'_>, at: usize, range: &Range<usize>) -> bool {
    doc.quotes_near(at..at + 1).iter().any(|q| {
        q.tokens.contains(&at)
            && q.tokens.len() >= 3
            && !(q.tokens.start <= range.start + 1 && range.end <= q.tokens.end + 1)
    })
}

pub(super) fn starts_quote(doc: &Document<'_>, range: Range<usize>) -> bool {
    range.clone().any(|i| opens_speech(doc, i))
}

/// Do quotation marks cover the range?
pub(super) fn quoted(doc: &Document<'_>, range: &Range<usize>) -> bool {
    doc.quotes_near(range.clone())
        .iter()
        .any(|q| q.tokens.start <= range.start + 1 && range.end <= q.tokens.end + 1)
}

pub(super) fn opens_speech(doc: &Document<'_>, at: usize) -> bool {
    doc.quotes_near(at..at + 2)
        .iter()
        .any(|q| q.tokens.start == at + 1 && q.tokens.len() >= 2 && is_quote_mark(&doc.tokens[at]))
}
