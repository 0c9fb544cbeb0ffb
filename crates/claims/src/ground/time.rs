//! When it was, and where the words that say it begin.

use crate::phrase;
use rapporteur_model::{Mention, Span, Time};
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

/// When: the first time after the verb in the clause, else the nearest before it.
pub(crate) fn when(doc: &Document<'_>, at: usize, clause: &Range<usize>) -> Option<Time> {
    let sentence = doc.sentence_at(doc.tokens[at].span.start)?;
    time_in(doc, at..clause.end).or_else(|| {
        // Leading times ("On July 17, …") stand before the clause's subject.
        let start = sentence.tokens.start;
        let byte = doc.tokens[at].span.start;
        let span = Span::new(doc.tokens[start].span.start, byte);
        doc.times_over(span)
            .iter()
            .filter(|t| span.contains(t.span) && calendar(t))
            .rfind(|t| {
                !doc.tokens[doc.tokens_in(Span::new(t.span.end, byte))]
                    .iter()
                    .any(|w| w.tag == Tag::Verb && w.form != Some(VerbForm::Ing) || w.text == ";")
            })
            .cloned()
    })
}

pub(super) fn time_in(doc: &Document<'_>, range: Range<usize>) -> Option<Time> {
    if range.is_empty() {
        return None;
    }
    let span = doc.span(range);
    doc.times_over(span)
        .iter()
        .find(|t| span.contains(t.span) && calendar(t))
        .cloned()
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
