//! Numbers that count or measure something, with their bounds, units and what became of those
//! counted.

mod bound;
mod change;
mod count;
mod fate;
mod label;
mod pair;
mod portion;
#[cfg(test)]
mod tests;
mod unit;

pub use change::{Change, changes};

use crate::document::{Document, Tag};
use crate::role::{self, Role, Words};
use count::{compound, counted};
pub use fate::fate_of_object;
use fate::{share, state};
use pair::{ends_of_change, in_brackets};
use portion::portion;
use rapporteur_model::{Comparator, Figure, Form, Of, Span, Time};
use unit::{noun_phrase, unit_of};

/// Every figure, in order. Dates, times of day, ages, ordinals, scores and numbers that are names
/// ("Resolution 12") are none, and neither is a bare number that nothing says is of anything.
pub(crate) fn find(document: &Document<'_>) -> Vec<Figure> {
    let roles = role::of_tokens(&document.tokens);
    let dated = tokens_of_dates(document);
    let mut figures = Vec::new();
    for sentence in &document.sentences {
        let words = Words::of(document, &roles, sentence);
        let mut found = in_sentence(words, &dated);
        share(words, &mut found);
        ends_of_change(words, &mut found);
        in_brackets(words, &mut found);
        let as_of = as_of(document, words);
        figures.extend(found.into_iter().filter_map(|f| {
            let bounded = f.from < f.number || f.high.is_none();
            let keep = f.unit.is_some() || bounded || f.fate.is_some() || f.stands;
            let from = f.from;
            // "four members of the guard": of what, where "member" alone says nothing.
            let (unit, to) = unit::with_body(words, f.unit, f.to);
            keep.then(|| Figure {
                span: document.span(from..to),
                low: Some(f.low),
                high: f.high,
                comparator: f.comparator,
                unit,
                of: f.of,
                fate: f.fate,
                as_of: as_of.clone(),
            })
        }));
    }
    figures
}

/// A figure and its tokens, before the words around it are asked.
struct Found {
    from: usize,
    /// The first token of the number itself.
    number: usize,
    /// The token after the number.
    after: usize,
    to: usize,
    low: f64,
    high: Option<f64>,
    comparator: Comparator,
    unit: Option<String>,
    of: Option<Of>,
    fate: Option<String>,
    is_money: bool,
    /// Is it a figure even without a unit, a bound or a fate?
    stands: bool,
}

/// Which tokens stand in a date. Measured times ("two weeks earlier") are counted as figures too.
fn tokens_of_dates(document: &Document<'_>) -> Vec<bool> {
    let mut dated = vec![false; document.tokens.len()];
    for time in &document.times {
        // "the past two years" are two years.
        if matches!(time.form, Form::Vague | Form::Stretch { .. }) {
            continue;
        }
        for at in document.tokens_in(time.span) {
            dated[at] = true;
        }
    }
    dated
}

fn in_sentence(w: Words<'_>, dated: &[bool]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = w.start;
    while at < w.end {
        let next = if dated[at] {
            None
        } else {
            figure(w, at, dated)
        };
        match next {
            Some(figure) => {
                at = figure.to.max(at + 1);
                found.push(figure);
            }
            None => at += 1,
        }
    }
    found
}

fn figure(w: Words<'_>, at: usize, dated: &[bool]) -> Option<Found> {
    let text = w.text(at);
    // Most words begin no number.
    let begins = |role| {
        use Role::*;
        matches!(
            role,
            Ones | Tens
                | Scale
                | Collective
                | Scores
                | Half
                | Fraction
                | Fractions
                | None
                | Few
                | Indefinite
                | Currency
                | CurrencyCode
                | Minus
        )
    };
    if !w.roles.get(at)?.iter().any(|(role, _)| begins(*role))
        && !text.contains(|c: char| c.is_ascii_digit())
        && !text.contains(['-', '\u{2212}', '\u{2013}'])
    {
        return None;
    }
    // "the Six Day War": a name.
    let capital = |at: usize| w.get(at).is_some_and(|t| t.is_capitalised());
    if at > w.start && (at..at + 3).all(capital) && !capital(at - 1) {
        return None;
    }
    portion(w, at)
        .or_else(|| compound(w, at))
        .or_else(|| none(w, at))
        .or_else(|| counted(w, at, dated))
}

/// "no casualties", "no soldiers": none of a thing that comes to harm.
fn none(w: Words<'_>, at: usize) -> Option<Found> {
    w.value(at, Role::None)?;
    // "no dead or wounded"
    if let Some(fate) = state(w, at + 1)
        && !matches!(w.tag(at + 2), Some(Tag::Noun | Tag::Propn))
    {
        return Some(Found {
            from: at,
            number: at,
            after: at + 1,
            to: at + 2,
            low: 0.0,
            high: Some(0.0),
            comparator: Comparator::Equal,
            unit: w.get(at + 1).map(|t| t.lower.clone()),
            of: None,
            fate: Some(fate.to_string()),
            is_money: false,
            stands: false,
        });
    }
    let (head, to) = noun_phrase(w, at + 1, true)?;
    w.is(head, Role::Casualty).then(|| Found {
        from: at,
        number: at,
        after: at + 1,
        to,
        low: 0.0,
        high: Some(0.0),
        comparator: Comparator::Equal,
        unit: Some(unit_of(w, at + 1, head)),
        of: None,
        fate: None,
        is_money: false,
        stands: false,
    })
}

/// "as of Friday": the time that the sentence's figures hold at.
fn as_of(document: &Document<'_>, w: Words<'_>) -> Option<Time> {
    let span = document.span(w.start..w.end);
    let Span { start, end } = span;
    let first = document.times.partition_point(|t| t.span.start < start);
    document
        .times
        .iter()
        .skip(first)
        .take_while(|t| t.span.start < end)
        .find(|time| {
            let at = document.tokens_in(time.span).start;
            at >= w.start + 2 && w.is(at - 1, Role::Of) && w.is(at - 2, Role::As)
        })
        .cloned()
}
