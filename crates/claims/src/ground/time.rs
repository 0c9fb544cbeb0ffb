//! When it was, and where the words that say it begin.

use crate::phrase;
use crate::tables;
use crate::tree::{self, Stand};
use rapporteur_model::{Mention, Span, Time};
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

/// When: the first time after the verb or noun at `at` in the clause, else the nearest before it.
pub(crate) fn when(doc: &Document<'_>, at: usize, clause: &Range<usize>) -> Option<Time> {
    // "the 2030 Winter Games": which, and not when.
    let named = |time: &&&Time| {
        let next = doc.tokens_in(time.span).end;
        let year = doc.slice(time.span).bytes().all(|b| b.is_ascii_digit());
        year && (doc.tokens.get(next)).is_some_and(|t| t.tag == Tag::Propn)
    };
    let near = near(doc, at, clause);
    near.iter()
        .find(|time| !named(time))
        .map(|time| (*time).clone())
}

/// The same, but first one that hangs on the verb or noun, and none of another clause: "retook it, and in May found".
pub(crate) fn own_time(doc: &Document<'_>, at: usize, clause: &Range<usize>) -> Option<Time> {
    let stand = |time: &Time| {
        let top = tree::top(doc, &doc.tokens_in(time.span));
        top.map_or(Stand::Around, |top| tree::stand(doc, top, at))
    };
    let near = near(doc, at, clause);
    let (time, stand) = (near.into_iter())
        .map(|time| (time, stand(time)))
        .min_by_key(|(_, stand)| *stand)
        .filter(|(_, stand)| *stand != Stand::Elsewhere)
        .or_else(|| {
            // "In May a gunman opened fire, killing 13": across the verb that governs it.
            let trails = doc.is(at, "advcl") && doc.tokens[at].fine == "VBG";
            // "In May a gunman shocked the town when he killed 13"
            let occasion = |at: &usize| tables::occasions().contains(&*doc.tokens[*at].lower);
            let within = doc.is(at, "advcl") && doc.children(at).iter().any(occasion);
            if !trails && !within && !doc.is(at, "conj") {
                return None;
            }
            let sentence = doc.sentence_at(doc.tokens[at].span.start)?;
            let before = times(doc, sentence.tokens.start..at).into_iter().rev();
            let mut before = before.map(|time| (time, stand(time)));
            before.find(|(_, stand)| *stand == Stand::Around)
        })?;
    Some(time.clone()).filter(|_| stand != Stand::Elsewhere)
}

/// "since their rising in 2009": from when on.
pub(crate) fn is_since(doc: &Document<'_>, time: &Time) -> bool {
    /// How many words may stand between: "since the front's first rising in 2009".
    const BETWEEN: usize = 6;
    let first = doc.tokens_in(time.span).start;
    let since = |at: &usize| tables::from_when_on().contains(&*doc.tokens[*at].lower);
    let from = (first.saturating_sub(BETWEEN)..first).rev().find(since);
    let noun = |at: usize| matches!(doc.tokens[at].tag, Tag::Noun | Tag::Propn | Tag::Verb);
    let finite = |at: usize| matches!(doc.tokens[at].fine, "VBD" | "VBZ" | "VBP" | "MD");
    let open = |at: usize| !finite(at) && !doc.tokens[at].is_punct();
    from.is_some_and(|from| (from..first).all(open) && (from..first).any(noun))
}

/// The times after the verb in the clause, then those that lead to it, the nearest first.
fn near<'d>(doc: &'d Document<'_>, at: usize, clause: &Range<usize>) -> Vec<&'d Time> {
    let Some(sentence) = doc.sentence_at(doc.tokens[at].span.start) else {
        return vec![];
    };
    let mut all = times(doc, at..clause.end.max(at));
    all.extend(leading(doc, sentence.tokens.start, at).into_iter().rev());
    all
}

/// The times before the verb that lead to it ("On July 17, …"): with no other verb between.
fn leading<'d>(doc: &'d Document<'_>, start: usize, at: usize) -> Vec<&'d Time> {
    let byte = doc.tokens[at].span.start;
    let verb_after = |time: &Time| {
        doc.tokens_in(Span::new(time.span.end, byte)).any(|i| {
            let w = &doc.tokens[i];
            // "On Monday they were believed to be behind", "On Monday rebels backed by Lenn"
            let aside = doc.is(i, "acl") && doc.child(i, "nsubj").is_none();
            let verb = w.tag == Tag::Verb && w.form != Some(VerbForm::Ing) && !aside;
            verb && !tables::presuming_verbs().contains_key(&*w.lemma) || w.text == ";"
        })
    };
    let mut times = times(doc, start..at);
    times.retain(|time| !verb_after(time));
    times
}

/// The times of the calendar that a range holds.
fn times<'d>(doc: &'d Document<'_>, range: Range<usize>) -> Vec<&'d Time> {
    if range.is_empty() {
        return vec![];
    }
    let span = doc.span(range);
    let inside = |time: &&Time| span.contains(time.span) && calendar(time);
    doc.times_over(span).iter().filter(inside).collect()
}

/// The first time in a range.
pub(super) fn time_in(doc: &Document<'_>, range: Range<usize>) -> Option<Time> {
    times(doc, range).first().map(|time| (*time).clone())
}

fn calendar(time: &Time) -> bool {
    time.form != rapporteur_model::Form::Vague
}

/// The clause's first token: the actor's, where it stands before the verb.
pub(super) fn clause_start(doc: &Document<'_>, at: usize, low: usize, actor: &[Mention]) -> usize {
    actor
        .iter()
        .map(|a| phrase::tokens_of(doc, a.span).start)
        .filter(|start| *start >= low && *start < at)
        .min()
        .unwrap_or_else(|| phrase::group_start(doc, at, low).min(first_of_clause(doc, at, low)))
}

fn first_of_clause(doc: &Document<'_>, at: usize, low: usize) -> usize {
    (low..at)
        .rev()
        .find(|i| {
            matches!(doc.tokens[*i].text, ";" | "\u{2014}") || doc.tokens[*i].tag == Tag::Sconj
        })
        .map_or(low, |i| i + 1)
}
