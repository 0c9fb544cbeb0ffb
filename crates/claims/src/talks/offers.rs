//! What one side offers, and asks in exchange.

use super::Finding;
use super::demands::asked;
use super::scene::{Scene, is, is_infinitive_marker, is_talks, listed};
use crate::phrase::Reach;
use crate::{phrase, tables};
use rapporteur_model::{Aspect, Realis, TalksDetail};
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

pub(super) fn offer(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    if doc.tokens[at].form == Some(VerbForm::Ing)
        && at > scene.range.start
        && doc.tokens[at - 1].tag == Tag::Det
    {
        return;
    }
    let high = scene.range.end;
    let exchange = (at + 1..high).find(|i| {
        is(tables::exchange_nouns(), &doc.tokens[*i].lower)
            && tables::exchange_openers().contains(&*doc.tokens[i - 1].lower)
    });
    let stop = exchange.map_or(end, |x| x - 1).min(high);
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let object = if passive {
        scene.subject(at)
    } else {
        phrase::object(doc, at, stop, Reach::Full)
    };
    let infinitive = doc.tokens.get(at + 1).is_some_and(is_infinitive_marker);
    // "the meeting will propose a solution" is no side's offer.
    if scene.subject(at).is_some_and(|s| is_talks(doc, &s)) {
        return;
    }
    // "the areas offered" without one who offers is no side's offer.
    if passive && scene.agent(at).is_none() {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Offer);
    detail.by = scene.agent(at);
    detail.offers = match object {
        Some(object) if !infinitive => listed(scene, object),
        _ if infinitive => vec![scene.words(at + 2..stop)],
        _ => return,
    };
    if let Some(x) = exchange {
        detail.asks = match doc.tokens.get(x + 1) {
            Some(t) if tables::exchange_prepositions().contains(&*t.lower) => {
                phrase::noun_phrase(doc, x + 2, high, Reach::Full)
                    .map(|r| things(scene, extend(doc, r, high)))
                    .unwrap_or_default()
            }
            _ => {
                let ask = (x + 1..high)
                    .find(|i| tables::demanding_verbs().contains_key(&*doc.tokens[*i].lemma));
                ask.and_then(|a| asked(scene, a, high)).unwrap_or_default()
            }
        };
    }
    let last = if exchange.is_some() { high } else { end };
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, last);
    for mut f in finding {
        f.factuality.realis = Realis::Offered;
        found.push(f);
    }
}

/// A phrase with the participle that follows it: "fighters held in prisons".
fn extend(doc: &Document<'_>, range: Range<usize>, high: usize) -> Range<usize> {
    let mut end = range.end;
    if end < high
        && doc.tokens[end].tag == Tag::Verb
        && matches!(
            doc.tokens[end].form,
            Some(VerbForm::Past | VerbForm::Participle)
        )
    {
        while end < high && doc.tokens[end].tag != Tag::Punct && doc.tokens[end].tag != Tag::Cconj {
            end += 1;
        }
    }
    range.start..end
}

/// Splits a phrase into things at conjunctions before an article or a noun of doing: "the release of
/// prisoners and the removal of names".
pub(super) fn things(scene: &Scene<'_, '_>, range: Range<usize>) -> Vec<String> {
    let doc = scene.doc;
    let mut out = Vec::new();
    let mut from = range.start;
    for at in range.clone() {
        let splits = doc.tokens[at].tag == Tag::Cconj || doc.tokens[at].text == ",";
        let article = doc
            .tokens
            .get(at + 1)
            .is_some_and(|t| t.tag == Tag::Det || t.tag == Tag::Noun || t.tag == Tag::Adj);
        if splits && article && from < at {
            out.push(from..at);
            from = at + 1;
        }
    }
    out.push(from..range.end);
    out.into_iter()
        .map(|r| scene.words(phrase::bare(doc, r)))
        .filter(|w| !w.is_empty())
        .collect()
}
