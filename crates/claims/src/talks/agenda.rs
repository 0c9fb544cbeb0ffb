//! What talks are about.

use super::Finding;
use super::scene::{Scene, is, is_talks, listed};
use crate::phrase::Reach;
use crate::{phrase, tables};
use rapporteur_model::{Aspect, TalksDetail};
use rapporteur_text::{Tag, VerbForm};

pub(super) fn agenda(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let on = doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| tables::topic_prepositions().contains(&*t.lower));
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let object = if passive {
        scene.subject(at)
    } else if on {
        phrase::noun_phrase(doc, at + 2, scene.range.end, Reach::Full)
    } else {
        phrase::object(doc, at, scene.range.end, Reach::Full)
    };
    let doing = doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| at + 1 < end && t.tag == Tag::Verb && t.form == Some(VerbForm::Ing));
    let object = match object {
        // "discussed sending a team"
        _ if doing && !passive => at + 1..end,
        Some(object) => object,
        None => return,
    };
    // "the talks focused on", "the sides cover": such verbs are about talks with talks around.
    if !doc.tokens[scene.range.clone()]
        .iter()
        .any(|t| is(tables::talk_nouns(), &t.lower) || is(tables::side_nouns(), &t.lower))
        && !tables::debating_verbs().contains(&*doc.tokens[at].lemma)
    {
        return;
    }
    let topics = if doing && !passive {
        vec![scene.words(object.clone())]
    } else {
        listed(scene, object.clone())
    };
    if topics.is_empty() {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agenda);
    let subject = scene.subject(at).filter(|_| !passive);
    detail.parties = scene.sides(at, end, subject.filter(|s| !is_talks(doc, s)));
    detail.topics = topics;
    scene.push(found, detail, at, end.max(object.end));
}

/// "Trade was the focus of the talks".
pub(super) fn named_agenda(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(subject) = scene.subject_of_noun(at) else {
        return;
    };
    let near = end.min(at + 5).max(at + 1);
    let talks = doc.tokens[at + 1..near]
        .iter()
        .any(|t| t.tag == Tag::Noun && is(tables::talk_nouns(), &t.lower));
    let topics = listed(scene, subject);
    if !talks || topics.is_empty() {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agenda);
    detail.topics = topics;
    detail.parties = scene.sides(at, end, None);
    scene.push(found, detail, at, end);
}
