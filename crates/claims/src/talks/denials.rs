//! What somebody denies, or turns down.

use super::Finding;
use super::scene::{Scene, is};
use crate::phrase::Reach;
use crate::{factuality, phrase, tables};
use rapporteur_model::{Aspect, Factuality, Polarity, TalksDetail};
use rapporteur_text::{Document, Tag, Token};
use std::ops::Range;

pub(super) fn denial(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let group = phrase::group_start(doc, at, scene.range.start);
    let negated = doc.tokens[group..at].iter().any(factuality::is_negation);
    let accepting = is(tables::accepting_verbs(), &doc.tokens[at].lemma);
    if accepting != negated {
        return;
    }
    let Some(by) = scene.agent(at) else { return };
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let object = if passive {
        scene.subject(at)
    } else {
        phrase::object(doc, at, end, Reach::Full)
    };
    let deniable = object.as_ref().is_some_and(|o| {
        let names = |t: &Token<'_>| is(tables::deniable_nouns(), &t.lower);
        doc.tokens[o.clone()].iter().any(names) || is_offer(doc, o)
    });
    let plain_denial = tables::flat_denials().contains(&*doc.tokens[at].lemma);
    // "denied them access": gives nothing.
    let given = &doc.tokens[at + 1..end.min(at + 6).max(at + 1)];
    let granted = given
        .iter()
        .any(|t| tables::grantable().contains(&*t.lemma));
    if granted {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Denial);
    detail.by = Some(by);
    detail.of = Some(match object {
        Some(_) if plain_denial && !passive => scene.words(at + 1..end),
        // "dismissed the offer": refuses what is offered.
        Some(object) if deniable && is_offer(doc, &object) => {
            detail.aspect = Aspect::Refusal;
            detail.person = detail.by.clone();
            scene.words(phrase::bare(doc, object))
        }
        Some(object) if deniable => {
            // "an accusation by Velka that …": with what it says.
            let says = (object.end..end).any(|i| {
                doc.tokens[i].tag == Tag::Sconj
                    && tables::complementizers().contains(&*doc.tokens[i].lower)
            });
            let bare = phrase::bare(doc, object);
            scene.words(bare.start..if says { end } else { bare.end })
        }
        None if plain_denial && !passive && at + 1 < end => scene.words(at + 1..end),
        _ => return,
    });
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    for mut f in finding {
        f.factuality = Factuality {
            polarity: Polarity::Negative,
            ..Factuality::default()
        };
        found.push(f);
    }
}

/// "he was not aware of this suggestion".
pub(super) fn unaware(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let end = scene.end(at);
    let low = at.saturating_sub(4).max(scene.range.start);
    let Some(verb) = (low..at).find(|i| doc.tokens[*i].tag == Tag::Aux) else {
        return;
    };
    let Some(of) = scene.after(at + 1, end, tables::of(), Reach::Of) else {
        return;
    };
    if !doc.tokens[verb..at].iter().any(factuality::is_negation) {
        return;
    }
    not_known(scene, verb, of, end, found);
}

/// "he knew of no such offer", "had not heard of any proposal".
pub(super) fn unknowing(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(of) = scene.after(at + 1, end, tables::of(), Reach::Of) else {
        return;
    };
    let group = phrase::group_start(doc, at, scene.range.start);
    // The preposition's own "no" stands before the phrase's other words.
    let none = (at + 1..of.end).any(|i| factuality::is_negation(&doc.tokens[i]));
    let negated = doc.tokens[group..at].iter().any(factuality::is_negation);
    if none != negated && of.start <= at + 3 {
        not_known(scene, at, of, end, found);
    }
}

/// What is said not to be known is denied, as far as whoever says it knows.
fn not_known(
    scene: &Scene<'_, '_>,
    verb: usize,
    of: Range<usize>,
    end: usize,
    found: &mut Vec<Finding>,
) {
    let doc = scene.doc;
    if !doc.tokens[of.clone()]
        .iter()
        .any(|t| is(tables::deniable_nouns(), &t.lower))
    {
        return;
    }
    let subject = phrase::subject(doc, verb, scene.range.start).map(|r| scene.mention(r));
    let mut detail = TalksDetail::of(Aspect::Denial);
    detail.by = match (subject, scene.speaker) {
        (Some(m), Some(speaker)) if m.name.split_whitespace().count() == 1 && m.kind.is_none() => {
            Some(speaker.clone())
        }
        (subject, speaker) => subject.or(speaker.cloned()),
    };
    detail.of = Some(scene.words(phrase::bare(doc, of)));
    found.push(Finding {
        detail,
        factuality: Factuality {
            polarity: Polarity::Negative,
            ..Factuality::default()
        },
        tokens: scene.range.start..end,
    });
}

fn is_offer(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let head = &doc.tokens[phrase::head(doc, range.clone())];
    let tables = [tables::offered_nouns(), tables::refusable_nouns()];
    head.tag == Tag::Noun && tables.iter().any(|table| is(table, &head.lower))
}
