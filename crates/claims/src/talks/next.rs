//! The next meeting.

use super::Finding;
use super::scene::{Scene, is, parties};
use crate::ground::when;
use crate::phrase::Reach;
use crate::{factuality, phrase, tables};
use rapporteur_model::{Aspect, Certainty, Factuality, Polarity, Realis, TalksDetail};
use rapporteur_text::{Tag, VerbForm};
use std::ops::Range;

/// "No date was set for the next meeting", "a summit next Friday", "the next round will be held in May".
pub(super) fn next_meeting(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    // "talks over sending a team to the Games in May": the time is that of the Games.
    let doing = (at + 1..end).find(|i| {
        let token = &doc.tokens[*i];
        token.form == Some(VerbForm::Ing)
            && token.tag == Tag::Verb
            && doc.tokens[*i - 1].tag == Tag::Adp
    });
    let end = doing.unwrap_or(end);
    let Some(phrase) = phrase::phrase_ending(doc, at + 1, scene.range.start) else {
        return;
    };
    let ahead = doc.tokens[phrase.clone()]
        .iter()
        .any(|t| is(tables::next_words(), &t.lower));
    let none = doc.tokens[scene.range.start..at]
        .windows(2)
        .any(|w| factuality::is_negation(&w[0]) && is(tables::date_nouns(), &w[1].lower));
    let mut detail = TalksDetail::of(Aspect::Next);
    if none {
        detail.status = Some("none set".into());
        detail.parties = scene.setting.sides.clone();
        found.push(Finding {
            detail,
            factuality: Factuality {
                polarity: Polarity::Negative,
                ..Factuality::default()
            },
            tokens: scene.range.clone(),
        });
        return;
    }
    if found
        .iter()
        .any(|f| f.detail.aspect == Aspect::Next && f.tokens.contains(&at))
    {
        return;
    }
    let begun = found.iter().any(|f| {
        f.detail.aspect == Aspect::Round
            && f.tokens.contains(&at)
            && f.factuality.realis == Realis::Actual
    });
    let verb = (scene.range.start..scene.range.end)
        .find(|i| *i > at && (doc.tokens[*i].tag == Tag::Aux || doc.tokens[*i].tag == Tag::Verb));
    // "the path to dialogue will open": what will is the path.
    let within = scene.governor(at).is_some_and(|g| {
        g < at && doc.tokens[g].tag == Tag::Noun && !is(tables::talk_nouns(), &doc.tokens[g].lower)
    }) && doc.is(at, "nmod");
    let future = !within && verb.is_some_and(|v| tables::future().contains(&*doc.tokens[v].lower))
        || doc
            .times
            .iter()
            .any(|t| doc.span(at..end).contains(t.span) && is_ahead(&t.form));
    let past = doc.tokens[phrase.clone()]
        .iter()
        .any(|t| tables::previous_words().contains(&*t.lower));
    if foreseen(scene, at, end, &phrase, found) || begun || !future || past && !ahead {
        return;
    }
    let main = (at + 1..end).find(|i| doc.tokens[*i].tag == Tag::Verb);
    detail.when = when(doc, at, &(at..end));
    detail.place = scene
        .place(at + 1, end)
        .or_else(|| scene.place(main? + 1, end));
    detail.parties = scene.sides(at, end, None);
    // "a meeting of the council"
    let of = doc.tokens.get(at + 1).filter(|_| at + 2 < end);
    let of = of.filter(|t| tables::of().contains(&*t.lower));
    if let Some(whose) = of.and_then(|_| phrase::noun_phrase(doc, at + 2, end, Reach::Of)) {
        let whose = parties(doc, whose);
        if !whose.is_empty() {
            detail.parties = whose;
        }
    }
    if detail.when.is_none() && detail.place.is_none() {
        return;
    }
    if detail.parties.is_empty() {
        detail.parties = scene.finite_agent(at).into_iter().collect();
    }
    // "would most likely be on Tuesday"
    let mut certainty = Certainty::Certain;
    if doc.tokens[at..end]
        .iter()
        .any(|t| tables::probable().contains(&*t.lower))
    {
        certainty = Certainty::Probable;
    }
    found.push(Finding {
        detail,
        factuality: Factuality {
            realis: match scene.is_offered(at) {
                true => Realis::Offered,
                false => Realis::Planned,
            },
            certainty,
            ..Factuality::default()
        },
        tokens: scene.range.clone(),
    });
}

/// "There was no date yet", soon after talks of a meeting.
pub(super) fn no_date(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    /// How many words back the meeting may stand.
    const NEAR: usize = 150;
    let doc = scene.doc;
    let none = at > scene.range.start && factuality::is_negation(&doc.tokens[at - 1]);
    let verb = scene.governor(at).or(doc.tokens[at].head);
    let verb = verb.filter(|verb| scene.range.contains(verb));
    let there = verb.is_some_and(|v| tables::dating_verbs().contains(&*doc.tokens[v].lemma));
    let talks = |i: usize| {
        let token = &doc.tokens[i];
        match token.tag {
            Tag::Noun => is(tables::talk_nouns(), &token.lower),
            Tag::Verb => is(tables::meeting_verbs(), &token.lemma),
            _ => false,
        }
    };
    let within = (scene.range.clone()).any(|i| doc.tokens[i].tag == Tag::Noun && talks(i));
    if !none || !there || within || !(at.saturating_sub(NEAR)..at).any(talks) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Next);
    detail.status = Some("none set".into());
    detail.parties = scene.setting.sides.clone();
    let factuality = Factuality {
        polarity: Polarity::Negative,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, at, end);
}

/// "his planned meeting with Orsolo": told where who meets whom is said.
fn foreseen(
    scene: &Scene<'_, '_>,
    at: usize,
    end: usize,
    phrase: &Range<usize>,
    found: &mut Vec<Finding>,
) -> bool {
    let doc = scene.doc;
    let words = doc.tokens[phrase.clone()].iter();
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < end);
    let company = next.is_some_and(|t| tables::accompanying().contains(&*t.lower));
    if !company
        || !words
            .clone()
            .any(|t| tables::foreseen().contains(&*t.lower))
    {
        return false;
    }
    let Some(whom) = phrase::noun_phrase(doc, at + 2, end, Reach::Of) else {
        return false;
    };
    let mut detail = TalksDetail::of(Aspect::Next);
    // "his planned meeting with", "Brisk spoke of a planned meeting with", "Brisk's visit came before a planned meeting
    // with".
    let owned = words
        .clone()
        .any(|t| t.tag == Tag::Part || t.tag == Tag::Pron);
    let owner = scene.owner(at).filter(|_| owned);
    let owner = owner.or_else(|| {
        let subject = scene.subject(scene.governor(at)?)?;
        let all = parties(doc, subject.clone());
        let named = all.into_iter().next();
        named.or_else(|| phrase::names_in(doc, subject).first().map(|m| (*m).clone()))
    });
    detail.parties = owner.into_iter().chain(parties(doc, whom)).collect();
    detail.when = when(doc, at, &(at..end));
    detail.place = scene.place(at + 1, end);
    let factuality = Factuality {
        realis: Realis::Planned,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, at, end);
    true
}

pub(super) fn is_ahead(form: &rapporteur_model::Form) -> bool {
    use rapporteur_model::{Form, Lean};
    match form {
        Form::Weekday { shift, lean, .. } => *shift > 0 || *lean == Lean::Future,
        Form::Offset { count, .. } => *count > 0,
        Form::Calendar { lean, .. } => *lean == Lean::Future,
        _ => false,
    }
}
