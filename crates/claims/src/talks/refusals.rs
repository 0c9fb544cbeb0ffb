//! What somebody refuses to do.

use super::Finding;
use super::scene::{Scene, infinitive_after};
use crate::phrase::Reach;
use crate::{phrase, tables};
use rapporteur_model::{Aspect, TalksDetail};
use rapporteur_text::Token;

pub(super) fn refusal(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(by) = scene.agent(at) else { return };
    let of = match infinitive_after(doc, at + 1, end) {
        // "declined to comment": to the press.
        Some(to) if doc.tokens[to..end].iter().take(2).any(is_remark) => return,
        Some(to) => scene.words(to..end),
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
    scene.push(found, detail, at, end);
}

pub(super) fn is_remark(token: &Token<'_>) -> bool {
    tables::remarks().contains(&*token.lemma)
}
