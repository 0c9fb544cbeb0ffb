//! What talks bring, or do not bring.

use super::Finding;
use super::scene::{Scene, is, is_talks};
use crate::ground::{own_time, when};
use crate::phrase::Reach;
use crate::{factuality, phrase, tables};
use rapporteur_model::{Aspect, Certainty, Factuality, TalksDetail};
use rapporteur_text::{Tag, Token};

/// How many tokens around it a result may stand from the talks that it is a result of.
const NEAR: usize = 400;

pub(super) fn outcome(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let group = phrase::group_start(doc, at, scene.range.start);
    let negated = doc.tokens[group..at].iter().any(factuality::is_negation)
        || doc.tokens[scene.range.start..at]
            .iter()
            .rev()
            .take(5)
            .any(|t| tables::not_yet().contains(&*t.lower));
    let failing = is(tables::failing_verbs(), &doc.tokens[at].lemma);
    let talks = doc.tokens[scene.range.clone()].iter().any(|t| {
        t.tag == Tag::Noun
            && (is(tables::talk_nouns(), &t.lower) || is(tables::side_nouns(), &t.lower))
    });
    let result = doc.tokens[at..end]
        .iter()
        .any(|t| is(tables::result_nouns(), &t.lower) || is_agreeing(t));
    let agreeing = is_agreeing(&doc.tokens[at]);
    let no = doc.tokens[at..end].windows(4).any(|w| {
        w[0].tag == Tag::Det
            && factuality::is_negation(&w[0])
            && w.iter().any(|t| is(tables::result_nouns(), &t.lower))
    });
    if !(failing && (talks && (result || is_subject_talks(scene, at)))
        || negated && (result || agreeing) && (talks || agreeing)
        || no && !failing && talks)
    {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Outcome);
    // "have yet to agree"
    let yet = |i: &usize| tables::not_yet().contains(&*doc.tokens[*i].lower);
    let denies = |i: &usize| factuality::is_negation(&doc.tokens[*i]);
    let start = (group..at).find(denies);
    let start = start.or_else(|| {
        let low = at.saturating_sub(5).max(scene.range.start);
        (low..at).rfind(yet)
    });
    detail.result = Some(scene.content(start.unwrap_or(at)..end));
    detail.parties = scene.sides(at, end, None);
    let from = scene.subject(at).map_or(at, |s| s.start);
    detail.place = scene.place(at + 1, end).or_else(|| scene.place(from, at));
    detail.when = own_time(scene.doc, at, &(scene.range.start..end));
    scene.push(found, detail, at, end);
}

/// "the talks broke down": of talks alone.
pub(super) fn broke_down(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let group = phrase::group_start(scene.doc, at, scene.range.start);
    let negated = scene.doc.tokens[group..at]
        .iter()
        .any(factuality::is_negation);
    if negated || !is_subject_talks(scene, at) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Outcome);
    detail.result = Some(scene.words(at..end));
    detail.parties = scene.sides(at, end, None);
    detail.when = when(scene.doc, at, &(scene.range.start..end));
    scene.push(found, detail, at, end);
}

/// "stalled peace negotiations", "after successful talks": how they are said to have gone.
pub(super) fn described(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let state = doc.children(at).iter().copied().find(|word| {
        *word < at
            && scene.range.contains(word)
            && tables::ended_states().contains(&*doc.tokens[*word].lower)
    });
    let Some(state) = state else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Outcome);
    detail.result = Some(scene.words(state..at + 1));
    detail.parties = scene.sides(at, end, None);
    found.push(Finding {
        detail,
        factuality: Factuality::default(),
        tokens: scene.range.start..end,
    });
}

/// "The release is the outcome of negotiations between A and B".
pub(super) fn named_outcome(
    scene: &Scene<'_, '_>,
    at: usize,
    end: usize,
    found: &mut Vec<Finding>,
) {
    let doc = scene.doc;
    let Some(subject) = scene.subject_of_noun(at) else {
        return;
    };
    let near = end.min(at + 6).max(at + 1);
    let talks = (at + 1..near).find(|i| {
        doc.tokens[*i].tag == Tag::Noun && is(tables::talk_nouns(), &doc.tokens[*i].lower)
    });
    let Some(talks) = talks else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Outcome);
    let result = subject.start..scene.copula_group(at).max(subject.end);
    detail.result = Some(scene.words(phrase::bare(doc, result)));
    detail.parties = scene.sides(talks, end, None);
    scene.push(found, detail, at, end);
}

/// "… without an agreement", "… without visible results".
pub(super) fn without(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(phrase) = scene.after(at + 1, end, tables::lacking(), Reach::Of) else {
        return;
    };
    let head = phrase::head(doc, phrase.clone());
    if !is(tables::result_nouns(), &doc.tokens[head].lower) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Outcome);
    detail.result = Some(scene.words(at..phrase.end));
    let from = scene.subject(at).map_or(at, |s| s.start);
    detail.place = scene.place(at + 1, end).or_else(|| scene.place(from, at));
    detail.parties = scene.sides(at, end, None);
    detail.when = when(doc, at, &(scene.range.start..end));
    scene.push(found, detail, at, end);
}

/// "no progress", "no agreement was reached".
pub(super) fn no_result(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(phrase) = phrase::phrase_ending(doc, at + 1, scene.range.start) else {
        return;
    };
    let Some(no) = phrase
        .clone()
        .find(|i| doc.tokens[*i].tag == Tag::Det && factuality::is_negation(&doc.tokens[*i]))
    else {
        return;
    };
    let sentence = doc.sentence_at(doc.tokens[at].span.start);
    let block = doc.tokens[at].block;
    let low = at.saturating_sub(NEAR);
    let high = doc.tokens.len().min(at + NEAR);
    let near = doc.tokens[low..high].iter().any(|t| {
        t.block + 2 >= block
            && t.block <= block
            && t.tag == Tag::Noun
            && is(tables::talk_nouns(), &t.lower)
    });
    // "there is no military solution": somebody's view of the war.
    let view = tables::views_of_war().contains(&*doc.tokens[at].lemma);
    if sentence.is_none()
        || !near
        || view
        || found
            .iter()
            .any(|f| f.detail.aspect == Aspect::Outcome && f.tokens.contains(&at))
    {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Outcome);
    detail.result = Some(scene.words(no..at + 1));
    detail.parties = scene.setting.sides.clone();
    // "There seems to be no progress"
    let mut factuality = Factuality::default();
    let seems = |i: usize| tables::seeming_verbs().contains(&*doc.tokens[i].lemma);
    if (scene.range.start.max(no.saturating_sub(4))..no).any(seems) {
        factuality.certainty = Certainty::Probable;
    }
    found.push(Finding {
        detail,
        factuality,
        tokens: scene.range.start..end,
    });
}

fn is_agreeing(token: &Token<'_>) -> bool {
    tables::agreeing_verbs().contains(&*token.lemma)
}

fn is_subject_talks(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.subject(at).is_some_and(|s| is_talks(scene.doc, &s))
}
