//! What somebody denies, or turns down.

use super::Finding;
use super::content::is_saying;
use super::scene::{Scene, is, is_infinitive_marker};
use crate::phrase::Reach;
use crate::{factuality, ground, phrase, tables};
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
    // "will dismiss any criticism": has not.
    let ahead = |t: &Token<'_>| {
        tables::future().contains(&*t.lower) || tables::possible().contains(&*t.lower)
    };
    if !negated && doc.tokens[group..at].iter().any(ahead) {
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
    if gives_nothing(doc, at, end) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Denial);
    detail.by = Some(by);
    detail.when = ground::own_time(doc, at, &(scene.range.start..end));
    detail.of = Some(match object {
        Some(_) if plain_denial && !passive => scene.words(denied(scene, at + 1..end)),
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
            let range = bare.start..if says { end } else { bare.end };
            // "the charge as “baseless”": what he calls it.
            let called = range.clone().skip(1).find(|i| {
                let next = doc.tokens.get(i + 1).filter(|_| i + 1 < range.end);
                let what = |t: &Token<'_>| {
                    matches!(t.tag, Tag::Adj | Tag::Adv) || phrase::is_quote_mark(t)
                };
                tables::quoted_as().contains(&*doc.tokens[*i].lower) && next.is_some_and(what)
            });
            scene.words(range.start..called.unwrap_or(range.end))
        }
        None if plain_denial && !passive && at + 1 < end => scene.words(denied(scene, at + 1..end)),
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

/// What is denied, without when and in what it was: "denied the reports Friday", "in a statement".
fn denied(scene: &Scene<'_, '_>, range: Range<usize>) -> Range<usize> {
    let doc = scene.doc;
    let range = scene.content_range(range);
    let timed = |i: usize| phrase::in_time(doc, doc.tokens[i].span.start);
    let mut end = range.end;
    while end > range.start + 1 && timed(end - 1) {
        end -= 1;
    }
    // "the raid on Friday" may be the raid's day.
    let end = match doc.tokens[end - 1].tag == Tag::Adp {
        true => range.end,
        false => end,
    };
    let paper = (range.start + 1..end).find(|i| is_saying(doc, *i, end));
    range.start..paper.unwrap_or(end)
}

/// "denied them access": gives nothing, and says nothing of what is so.
pub(super) fn gives_nothing(doc: &Document<'_>, at: usize, end: usize) -> bool {
    let given = &doc.tokens[at + 1..end.min(at + 6).max(at + 1)];
    let mut given = given.iter();
    given.any(|t| tables::grantable().contains(&*t.lemma))
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

/// "The report is false", said by somebody: denied.
pub(super) fn false_claim(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let subject = scene.subject_of_noun(at);
    let (Some(by), Some(subject)) = (scene.speaker.cloned(), subject) else {
        return;
    };
    let head = &doc.tokens[phrase::head(doc, subject.clone())].lower;
    let low = scene.copula_group(at);
    let negated = doc.tokens[low..at].iter().any(factuality::is_negation);
    if !is(tables::deniable_nouns(), head) || negated {
        return;
    }
    push_denial(scene, by, phrase::bare(doc, subject), at, end, found);
}

/// "had no part in the raid", "has nothing to do with the meeting", said by somebody: denied.
pub(super) fn no_part(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(by) = scene.speaker.cloned() else {
        return;
    };
    let low = at.saturating_sub(3).max(scene.range.start);
    let none =
        |i: &usize| doc.tokens[*i].tag == Tag::Det && factuality::is_negation(&doc.tokens[*i]);
    let none = (low..at).any(|i| none(&i));
    let next = doc
        .tokens
        .get(at + 1)
        .filter(|t| at + 2 < end && t.tag == Tag::Adp);
    if !none || next.is_none() {
        return;
    }
    // "the gunman had no links to them": told of him, and denied by nobody.
    let verb = scene.governor(at);
    let whose = verb
        .and_then(|verb| scene.subject(verb))
        .map(|s| scene.mention(s));
    let person = whose.is_some_and(|m| {
        let name = m.name.to_lowercase();
        let own = tables::first_persons().contains(&*name) || scene.is_speaker(&m);
        let people = m.kind == Some(rapporteur_model::Kind::Person)
            || is(
                tables::not_they(),
                name.split_whitespace().next_back().unwrap_or_default(),
            );
        people && !own
    });
    if person {
        return;
    }
    let of = phrase::noun_phrase(doc, at + 2, end, Reach::Full);
    if let Some(of) = of {
        push_denial(scene, by, at..of.end, at, end, found);
    }
}

/// "has nothing to do with the meeting"
pub(super) fn nothing_to_do(
    scene: &Scene<'_, '_>,
    at: usize,
    end: usize,
    found: &mut Vec<Finding>,
) {
    let doc = scene.doc;
    let word = |i: usize| doc.tokens.get(i).filter(|_| i < end).map(|t| &*t.lower);
    let goes_on = word(at + 2) == Some("do")
        && word(at + 3).is_some_and(|w| tables::accompanying().contains(w));
    let to = doc.tokens.get(at + 1).is_some_and(is_infinitive_marker);
    let (Some(by), true) = (scene.speaker.cloned(), to && goes_on) else {
        return;
    };
    if let Some(of) = phrase::noun_phrase(doc, at + 4, end, Reach::Full) {
        push_denial(scene, by, of, at, end, found);
    }
}

fn push_denial(
    scene: &Scene<'_, '_>,
    by: rapporteur_model::Mention,
    of: Range<usize>,
    at: usize,
    end: usize,
    found: &mut Vec<Finding>,
) {
    let known = |f: &Finding| f.detail.aspect == Aspect::Denial && f.tokens.contains(&at);
    if found.iter().any(known) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Denial);
    detail.by = Some(by);
    detail.of = Some(scene.words(of));
    let factuality = Factuality {
        polarity: Polarity::Negative,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, at, end);
}
