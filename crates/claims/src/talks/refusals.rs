//! What somebody refuses to do.

use super::Finding;
use super::scene::{Scene, infinitive_after, is};
use crate::phrase::Reach;
use crate::{factuality, ground, phrase, tables};
use rapporteur_model::{Aspect, TalksDetail};
use rapporteur_text::Token;

pub(super) fn refusal(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(by) = scene.agent(at) else { return };
    let of = match infinitive_after(doc, at + 1, end) {
        // "declined to comment": to the press.
        Some(to) if doc.tokens[to..end].iter().take(2).any(is_remark) => return,
        Some(to) => scene.content(to..end),
        None => match phrase::object(doc, at, end, Reach::Full) {
            Some(object) if doc.tokens[object.clone()].iter().any(is_remark) => return,
            Some(object) => scene.words(object),
            None => return,
        },
    };
    let mut detail = TalksDetail::of(Aspect::Refusal);
    detail.person = Some(by.clone());
    detail.by = Some(by);
    detail.of = Some(of);
    detail.when = ground::own_time(doc, at, &(scene.range.start..at + 1));
    scene.push(found, detail, at, end);
}

pub(super) fn is_remark(token: &Token<'_>) -> bool {
    tables::remarks().contains(&*token.lemma)
}

/// "ruled out talks", "turned down an offer": only of what somebody could take part in or be given.
pub(super) fn turned_down(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(by) = scene.agent(at) else { return };
    let Some(of) = phrase::noun_phrase(doc, at + 2, end, Reach::Full) else {
        return;
    };
    let fits = |t: &Token<'_>| {
        [
            tables::offered_nouns(),
            tables::refusable_nouns(),
            tables::talk_nouns(),
            tables::agreement_nouns(),
        ]
        .iter()
        .any(|table| is(table, &t.lower))
    };
    let negated = doc.tokens[phrase::group_start(doc, at, scene.range.start)..at]
        .iter()
        .any(factuality::is_negation);
    if negated || !doc.tokens[of.clone()].iter().any(fits) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Refusal);
    detail.person = Some(by.clone());
    detail.by = Some(by);
    detail.of = Some(scene.words(phrase::bare(doc, of)));
    detail.when = ground::own_time(doc, at, &(scene.range.start..end));
    scene.push(found, detail, at, end);
}
