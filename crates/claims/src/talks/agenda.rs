//! What talks are about.

use super::Finding;
use super::scene::{Scene, is, is_collective, is_talks, listed, parties};
use crate::ground::when;
use crate::phrase::Reach;
use crate::{factuality, phrase, tables, who};
use rapporteur_model::{Aspect, Certainty, Kind, Mention, Realis, TalksDetail};
use rapporteur_text::{Tag, VerbForm};
use std::collections::BTreeSet;

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
    // "forcing them to negotiate the terms": there are no talks.
    let forces = |above: usize| tables::forcing_verbs().contains(&*doc.tokens[above].lemma);
    // "refused to negotiate the terms": neither.
    let refuses = |above: usize| is(tables::refusing_verbs(), &doc.tokens[above].lemma);
    let unwilled = |above: usize| forces(above) || refuses(above);
    if doc.is(at, "xcomp") && doc.tokens[at].head.is_some_and(unwilled) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agenda);
    let subject = scene.subject(at).filter(|_| !passive);
    detail.parties = scene.sides(at, end, subject.filter(|s| !is_talks(doc, s)));
    // "discussed the raid with the envoys": with whom is no topic.
    let with = (object.start + 1..object.end).find_map(|i| {
        let with = tables::accompanying().contains(&*doc.tokens[i].lower);
        let whom = phrase::noun_phrase(doc, i + 1, object.end, Reach::Full).filter(|_| with)?;
        let about = doc.tokens[i + 1..whom.end]
            .iter()
            .any(|t| t.tag == Tag::Propn);
        // "with all parties concerned"
        let collective = is_collective(&doc.tokens[phrase::head(doc, whom.clone())].lower);
        let whom = parties(doc, whom);
        (collective || about && !whom.is_empty()).then_some((i, whom))
    });
    // "the war with Orland": of the war, where the tree says so.
    let own = |i: &usize| {
        let above = doc.tokens[*i].head.and_then(|whom| doc.tokens[whom].head);
        let known = (detail.parties.iter()).any(|m| phrase::tokens_of(doc, m.span).start > *i);
        known || above.is_some_and(|above| doc.tokens[above].tag == Tag::Verb)
    };
    let with = with.filter(|(i, _)| !passive && own(i));
    let object = match with {
        Some((i, whom)) => {
            let known: BTreeSet<String> = detail.parties.iter().map(who::full_name).collect();
            let new = |m: &Mention| !known.contains(&who::full_name(m));
            detail.parties.extend(whom.into_iter().filter(new));
            object.start..i
        }
        None => object,
    };
    // "is being discussed at the council": there.
    let body = (passive && detail.parties.is_empty())
        .then(|| scene.after(at + 1, end, tables::place_prepositions(), Reach::Of));
    if let Some(Some(body)) = body {
        let bodies = parties(doc, body).into_iter();
        detail.parties = bodies.filter(|m| m.kind != Some(Kind::Place)).collect();
    }
    // "to discuss how to respond": the whole question
    let asks = matches!(doc.tokens[object.start].fine, "WRB" | "WP" | "WDT");
    let topics = if asks && !passive {
        let stop = (object.start..scene.range.end).find(|i| doc.tokens[*i].text == ",");
        vec![scene.content(object.start..stop.unwrap_or(scene.range.end))]
    } else if doing && !passive {
        vec![scene.content(object.clone())]
    } else {
        listed(scene, object.clone())
    };
    if topics.is_empty() {
        return;
    }
    if detail.parties.is_empty() {
        detail.parties = scene.finite_agent(at).into_iter().collect();
    }
    detail.topics = topics;
    // "met in Lenn on Thursday to discuss the raid": then and there, where they have met.
    let met = scene.met_for(at);
    if let Some(met) = met {
        detail.when = when(doc, met, &(scene.range.start..at));
        detail.place = scene.place(met + 1, at);
    }
    scene.push(found, detail, at, end.max(object.end));
    if let (Some(met), Some(last)) = (met, found.last_mut()) {
        last.factuality = factuality::of(doc, met, &scene.range);
    }
    // "should start talks to discuss it": is asked for.
    let due = |verb: usize| factuality::of(doc, verb, &scene.range).realis == Realis::Demanded;
    let above = doc.tokens[at]
        .head
        .filter(|head| scene.range.contains(head) && *head < at);
    if let Some(last) = found.last_mut().filter(|_| above.is_some_and(due)) {
        last.factuality.realis = Realis::Demanded;
        last.factuality.certainty = Certainty::Certain;
    }
    if let Some(last) = found.last_mut().filter(|_| scene.is_offered(at)) {
        last.factuality.realis = Realis::Offered;
    }
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

/// "The talks turned to the constitution and a truce".
pub(super) fn turned_to(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let subject = scene.subject(at).filter(|s| is_talks(doc, s));
    let to = doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| tables::given_to().contains(&*t.lower));
    if subject.is_none() || !to {
        return;
    }
    let topics = phrase::noun_phrase(doc, at + 2, scene.range.end, Reach::Full);
    if let Some(topics) = topics {
        push_topics(scene, topics, at, end, found);
    }
}

/// "On the table are a truce and an exchange of prisoners", "A truce is on the agenda".
pub(super) fn on_the_table(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let low = at.saturating_sub(4).max(scene.range.start);
    let on = |i: &usize| tables::topic_prepositions().contains(&*doc.tokens[*i].lower);
    let Some(on) = (low..at).rfind(on) else {
        return;
    };
    let copula = |i: &usize| {
        let token = &doc.tokens[*i];
        token.tag == Tag::Aux && tables::copulas().contains(&*token.lemma)
    };
    // Only at the head of the words: "are on the table" is said of options and of cards.
    let after = (at + 1..end.min(at + 6).max(at + 1)).find(copula);
    let Some(be) = after.filter(|_| on <= scene.range.start + 1) else {
        return;
    };
    let topics = phrase::noun_phrase(doc, be + 1, scene.range.end, Reach::Full);
    if let Some(topics) = topics {
        push_topics(scene, topics, at, end, found);
    }
}

fn push_topics(
    scene: &Scene<'_, '_>,
    range: std::ops::Range<usize>,
    at: usize,
    end: usize,
    found: &mut Vec<Finding>,
) {
    let topics = listed(scene, range.clone());
    if topics.is_empty() {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agenda);
    detail.topics = topics;
    detail.parties = scene.setting.sides.clone();
    scene.push(found, detail, at, end.max(range.end));
}
