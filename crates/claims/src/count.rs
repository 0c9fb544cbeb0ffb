//! Counts: how many were killed, captured, released …, and whatever else is counted.

use crate::{phrase, tables, who};
use rapporteur_model::{EventType, Figure, Kind, Mention};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// Is the figure more than "two sides" or "both countries": does it say something?
pub(crate) fn is_news(figure: &Figure) -> bool {
    let few = figure.low.is_some_and(|low| low < 10.0) && figure.fate.is_none();
    let named = |u: &str| u.starts_with(char::is_uppercase);
    !few || head(figure).is_none_or(|u| !named(&u) && !tables::not_counted().contains(&*u))
}

/// The figures that count people or things, and not time or distance.
pub(crate) fn counts(figures: Vec<Figure>) -> Vec<Figure> {
    let counted = |f: &Figure| head(f).is_some_and(|u| !tables::measures().contains(&*u));
    figures
        .into_iter()
        .filter(|f| f.fate.is_some() || counted(f))
        .collect()
}

/// The last word of what is counted.
fn head(figure: &Figure) -> Option<String> {
    let unit = figure.unit.as_deref()?;
    Some(unit.rsplit(' ').next().unwrap_or(unit).to_string())
}

/// Groups figures by the clause they stand in: "12 were killed and 20 wounded" is one claim.
pub(crate) fn by_clause(
    doc: &Document<'_>,
    range: &Range<usize>,
    figures: Vec<Figure>,
) -> Vec<(Range<usize>, Vec<Figure>)> {
    let mut groups: Vec<(Range<usize>, Vec<Figure>)> = Vec::new();
    for figure in figures {
        let at = phrase::tokens_of(doc, figure.span).start;
        match groups.iter_mut().find(|(tokens, _)| tokens.contains(&at)) {
            Some((_, group)) => group.push(figure),
            None => {
                let start = groups.last().map_or(range.start, |(tokens, _)| tokens.end);
                let verb = (at..range.end)
                    .find(|i| doc.tokens[*i].tag == Tag::Verb)
                    .unwrap_or(at);
                let end = phrase::clause_end(doc, verb, range.end)
                    .max(phrase::tokens_of(doc, figure.span).end);
                let mut start = start;
                while start < at && doc.tokens[start].is_punct() {
                    start += 1;
                }
                groups.push((start..end, vec![figure]));
            }
        }
    }
    groups
}

/// PLOVER's type and mode for what happened to those counted.
pub(crate) fn event(figures: &[Figure]) -> (Option<EventType>, Option<String>) {
    let event = figures
        .iter()
        .find_map(|f| tables::fate_events().get(f.fate.as_deref()?));
    match event {
        Some((kind, mode)) => (Some(*kind), mode.map(str::to_string)),
        None => (None, None),
    }
}

/// Who did it: the subject of the clause's first active verb, where it is named.
pub(crate) fn actor(doc: &Document<'_>, tokens: &Range<usize>) -> Vec<Mention> {
    let verb = tokens.clone().find(|i| doc.tokens[*i].tag == Tag::Verb);
    let Some(verb) = verb else { return vec![] };
    if phrase::is_passive(doc, verb, tokens.start, tokens.end) {
        let by = phrase::prepositional(doc, verb + 1, tokens.end, &["by"], phrase::Reach::Of);
        return by.map(|r| who::mention(doc, r)).into_iter().collect();
    }
    let subject = phrase::subject(doc, verb, tokens.start);
    subject
        .map(|r| who::mention(doc, r))
        .filter(|m| m.kind.is_some() || m.stands_for.is_some())
        .into_iter()
        .collect()
}

/// The verb that says what is counted: the last before the first figure, else the next after it in the
/// same clause.
pub(crate) fn verb(doc: &Document<'_>, tokens: &Range<usize>, figures: &[Figure]) -> Option<usize> {
    let figure = phrase::tokens_of(doc, figures.first()?.span);
    let is_verb = |i: &usize| doc.tokens[*i].tag == Tag::Verb && !phrase::nominal(doc, *i);
    let other = |i: &usize| {
        let word = &*doc.tokens[*i].lower;
        tables::relatives().contains(word) || tables::contrast().contains(word)
    };
    let before = (tokens.start..figure.start.min(tokens.end)).rev();
    before.into_iter().find(is_verb).or_else(|| {
        (figure.end..tokens.end)
            .take_while(|i| !other(i))
            .find(is_verb)
    })
}

/// The places that the clause says it happened in, else those that the words around it say.
pub(crate) fn place(
    doc: &Document<'_>,
    tokens: &Range<usize>,
    around: &Range<usize>,
) -> Vec<Mention> {
    let located = |range: &Range<usize>| -> Vec<Mention> {
        phrase::names_in(doc, range.clone())
            .into_iter()
            .filter(|n| n.kind == Some(Kind::Place) && is_located(doc, n))
            .cloned()
            .collect()
    };
    let own = located(tokens);
    if own.is_empty() { located(around) } else { own }
}

/// Does "in", "at", "near" … stand before the name, across what belongs to it?
fn is_located(doc: &Document<'_>, name: &Mention) -> bool {
    let at = phrase::tokens_of(doc, name.span).start;
    (at.saturating_sub(4)..at)
        .rev()
        .take_while(|i| !matches!(doc.tokens[*i].tag, Tag::Verb | Tag::Aux | Tag::Punct))
        .find(|i| doc.tokens[*i].tag == Tag::Adp)
        .is_some_and(|i| tables::place_prepositions().contains(&*doc.tokens[i].lower))
}
