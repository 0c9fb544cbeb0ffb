//! What is agreed, and what agreements lay down.

use super::Finding;
use super::demands::asked;
use super::scene::{Scene, is, is_infinitive_marker, parties};
use crate::ground::when;
use crate::phrase::Reach;
use crate::{factuality, phrase, tables, tree};
use rapporteur_model::{Aspect, Certainty, Factuality, Mention, Polarity, Realis, TalksDetail};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

pub(super) fn agreement(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let lemma = &*doc.tokens[at].lemma;
    let group = phrase::group_start(doc, at, scene.range.start);
    if doc.tokens[group..at].iter().any(factuality::is_negation) {
        return;
    }
    // "failed to reach an agreement" is no agreement.
    if (scene.range.start..group).rev().take(3).any(|i| {
        is(tables::failing_verbs(), &doc.tokens[i].lemma)
            || tables::not_yet().contains(&*doc.tokens[i].lower)
    }) {
        return;
    }
    if doc.tokens[group..at]
        .iter()
        .any(|t| tables::not_yet().contains(&*t.lower))
    {
        return;
    }
    // "at agreed upon points": what they are like.
    let preposition = |i: usize| doc.tokens.get(i).is_some_and(|t| t.tag == Tag::Adp);
    let modifies = at > scene.range.start && preposition(at - 1) && preposition(at + 1);
    if phrase::nominal(doc, at) || group == at && modifies {
        return;
    }
    // "the need of reaching a deal": nobody says that it is reached.
    let of = at
        .checked_sub(1)
        .map(|i| &*doc.tokens[i].lower)
        .unwrap_or_default();
    let open = tables::of().contains(of) || tables::exchange_prepositions().contains(of);
    if doc.tokens[at].fine == "VBG" && open {
        return;
    }
    // "urged them to agree": they have not.
    let infinitive = doc.tokens[group..at].iter().any(is_infinitive_marker);
    if infinitive && factuality::of(doc, at, &scene.range).realis != Realis::Actual {
        return;
    }
    // "until an agreement is reached" says nothing of one.
    let low = at.saturating_sub(8).max(scene.range.start);
    let open = |t: &rapporteur_text::Token<'_>| {
        tables::conditional().contains(&*t.lower) || tables::pending().contains(&*t.lower)
    };
    if doc.tokens[low..at].iter().any(open) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agreement);
    let mut subject = scene.subject(at);
    // "agreed to meet next month": when they are to meet.
    let mut timed = end;
    if tables::agreeing_verbs().contains(lemma) {
        let opener = scene.past_times(at + 1, scene.range.end);
        let next = doc.tokens.get(opener).filter(|_| opener < scene.range.end);
        let mut next = match next {
            Some(next) => (opener, next),
            None => return,
        };
        while phrase::is_quote_mark(next.1) && next.0 + 1 < scene.range.end {
            next = (next.0 + 1, &doc.tokens[next.0 + 1]);
        }
        if tables::agreed_openers().contains(&*next.1.lower) {
            let content = next.0 + 1;
            let stop = phrase::clause_end(doc, content, scene.range.end);
            detail.content = Some(scene.content(content..stop));
            timed = content.min(end);
        } else {
            // "the statement, which was agreed by consensus"
            let passive = phrase::is_passive(doc, at, scene.range.start, end);
            let thing = subject.clone().filter(|words| passive && words.end <= at);
            let thing = thing.filter(|words| {
                let head = phrase::head(doc, words.clone());
                doc.tokens[head].tag == Tag::Noun
            });
            // "agreed a ceasefire"
            let object = || {
                let object = phrase::object(doc, at, end, Reach::Full).filter(|_| !passive)?;
                let head = phrase::head(doc, object.clone());
                let agreed = is(tables::agreement_nouns(), &doc.tokens[head].lower);
                (agreed && object.start <= at + 2).then_some(object)
            };
            match (thing, object()) {
                (Some(thing), _) => {
                    detail.content = Some(scene.words(phrase::bare(doc, thing)));
                    subject = None;
                }
                (None, Some(object)) => {
                    detail.content = Some(scene.words(phrase::bare(doc, object)));
                }
                _ => return,
            }
        }
    } else {
        let passive = phrase::is_passive(doc, at, scene.range.start, end);
        let object = if passive {
            subject.clone()
        } else {
            phrase::object(doc, at, end, Reach::Of)
        };
        let Some(object) = object else { return };
        let head = phrase::head(doc, object.clone());
        if !is(tables::agreement_nouns(), &doc.tokens[head].lower) {
            return;
        }
        let content = phrase::bare(doc, object.start..end);
        // "denied that a deal had been reached and said", "the truce collapsed"
        let stop = (object.end.max(at + 1)..end).find(|i| finite(doc, *i));
        let stop = stop.map(|verb| phrase::group_start(doc, verb, object.end));
        let joins = |i: &usize| matches!(doc.tokens[*i].tag, Tag::Cconj | Tag::Punct);
        let stop = stop.map(|stop| match stop.checked_sub(1).filter(joins) {
            Some(before) => before,
            None => stop,
        });
        detail.content = Some(scene.words(content.start..stop.unwrap_or(content.end)));
    }
    detail.parties = scene.sides(at, end, subject);
    // "agreed as part of the Orland-Kest deal": by these.
    let deal = (at + 1..end).find(|i| {
        let token = &doc.tokens[*i];
        let joined = doc.tokens[*i - 1].text.contains('-') && doc.tokens[*i - 1].tag == Tag::Propn;
        token.tag == Tag::Noun && joined && is(tables::agreement_nouns(), &token.lower)
    });
    if let Some(deal) = deal {
        detail.parties = hyphenated(doc, deal - 1..deal);
    }
    if detail.parties.is_empty() && !phrase::is_passive(doc, at, scene.range.start, end) {
        detail.parties = scene.finite_agent(at).into_iter().collect();
    }
    detail.when = when(doc, at, &(scene.range.start..timed));
    detail.place = scene.place(at + 1, end);
    scene.push(found, detail, at, end);
}

/// A finite verb that no relative pronoun opens.
fn finite(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let relative = |child: usize| tables::relatives().contains(&*doc.tokens[child].lower);
    matches!(token.tag, Tag::Verb | Tag::Aux)
        && matches!(token.fine, "VBD" | "VBZ")
        && !doc.is(at, "acl")
        && !doc.children(at).iter().any(|child| relative(*child))
}

/// "the A-B agreement, which called for X".
pub(super) fn named_agreement(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let next = at + 1;
    let comma = doc.tokens.get(next).is_some_and(|t| t.text == ",");
    let relative = if comma { next + 1 } else { next };
    if doc
        .tokens
        .get(relative)
        .filter(|_| relative < scene.range.end)
        .is_none_or(|t| !tables::relatives().contains(&*t.lower))
    {
        return;
    }
    let Some(verb) =
        (relative..scene.range.end.min(relative + 5)).find(|i| doc.tokens[*i].tag == Tag::Verb)
    else {
        return;
    };
    if !is(tables::stipulating_verbs(), &doc.tokens[verb].lemma) {
        return;
    }
    let end = scene.end(verb);
    let content = match asked(scene, verb, end) {
        Some(asks) => asks.join("; "),
        None => match phrase::object(doc, verb, end, Reach::Full) {
            Some(object) => scene.words(object),
            None => return,
        },
    };
    let phrase = phrase::phrase_ending(doc, at, scene.range.start);
    let mut detail = TalksDetail::of(Aspect::Agreement);
    detail.parties = phrase.map(|p| hyphenated(doc, p)).unwrap_or_default();
    detail.content = Some(content);
    found.push(Finding {
        detail,
        factuality: Factuality::default(),
        tokens: scene.range.start..end,
    });
}

/// "The release was part of the deal": what was agreed.
pub(super) fn settled(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(subject) = scene.subject_of_noun(at) else {
        return;
    };
    let near = end.min(at + 6);
    let agreed = doc.tokens[at + 1..near.max(at + 1)]
        .iter()
        .any(|t| t.tag == Tag::Noun && is(tables::agreement_nouns(), &t.lower));
    let of = doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| tables::of().contains(&*t.lower));
    if !agreed || !of {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agreement);
    let content = subject.start..scene.copula_group(at).max(subject.end);
    detail.content = Some(scene.words(phrase::bare(doc, content)));
    detail.parties = scene.sides(at, end, None);
    scene.push(found, detail, at, end);
}

/// "freed the captives in exchange for prisoners": what was given for what.
pub(super) fn exchanged(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let opens = at
        .checked_sub(1)
        .is_some_and(|i| is(tables::exchange_openers(), &doc.tokens[i].lower));
    let goes_on = doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| is(tables::exchange_prepositions(), &t.lower));
    let gives = |i: &usize| {
        doc.tokens[*i].tag == Tag::Verb && is(tables::handing_verbs(), &doc.tokens[*i].lemma)
    };
    let verb = (scene.range.start..at).rev().find(gives);
    let Some(verb) = verb.filter(|_| opens && goes_on) else {
        return;
    };
    let factuality = factuality::of(doc, verb, &scene.range);
    // "is being given": not yet.
    let going_on = doc
        .children(verb)
        .iter()
        .any(|c| doc.tokens[*c].fine == "VBG");
    let past = matches!(doc.tokens[verb].fine, "VBD" | "VBN") && !going_on;
    let own = factuality.realis == Realis::Actual && factuality.certainty == Certainty::Certain;
    let known = found.iter().any(|f| {
        matches!(
            f.detail.aspect,
            Aspect::Offer | Aspect::Denial | Aspect::Agreement
        ) && f.tokens.contains(&at)
    });
    let denied = factuality.polarity == Polarity::Negative;
    if !past || !own || known || denied {
        return;
    }
    let end = scene.end(at).max(at + 2);
    let given = phrase::noun_phrase(doc, at + 2, end, Reach::Full);
    let mut detail = TalksDetail::of(Aspect::Agreement);
    detail.content = Some(scene.words(verb..given.map_or(end, |words| words.end)));
    detail.when = when(doc, verb, &(scene.range.start..end));
    // "The front freed them in exchange for …": one of the sides.
    let gives = scene
        .subject(verb)
        .filter(|_| !phrase::is_passive(doc, verb, scene.range.start, end));
    detail.parties = gives.map(|words| parties(doc, words)).unwrap_or_default();
    scene.push(found, detail, verb, end);
}

/// "were freed as part of a swap of leaders": the swap that was agreed.
pub(super) fn swapped(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let phrase = tree::around(doc, at, Reach::Of);
    let Some(part) = phrase
        .start
        .checked_sub(3)
        .filter(|i| *i >= scene.range.start)
    else {
        return;
    };
    let words: Vec<&str> = (part..phrase.start)
        .map(|i| &*doc.tokens[i].lower)
        .collect();
    let settled = tables::quoted_as().contains(words[0])
        && is(tables::settled_as(), words[1])
        && tables::of().contains(words[2]);
    let verb = (scene.range.start..part)
        .rev()
        .find(|i| doc.tokens[*i].tag == Tag::Verb);
    let verb = verb.filter(|v| settled && is(tables::handing_verbs(), &doc.tokens[*v].lemma));
    let Some(verb) = verb else { return };
    let said = factuality::of(doc, verb, &scene.range);
    let own = said.realis == Realis::Actual && said.polarity == Polarity::Positive;
    let known = found
        .iter()
        .any(|f| f.detail.aspect == Aspect::Agreement && f.tokens.contains(&at));
    if !own || known {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agreement);
    detail.content = Some(scene.words(phrase::bare(doc, phrase.clone())));
    detail.parties = match phrase::names_in(doc, phrase.clone()).is_empty() {
        true => scene.setting.sides.clone(),
        false => hyphenated(doc, phrase.clone()),
    };
    let end = phrase.end.max(scene.end(verb).min(phrase.end));
    detail.when = when(doc, verb, &(scene.range.start..end));
    scene.push(found, detail, verb, end);
}

/// The names joined by a hyphen in a phrase: "the Orlo-Velka agreement".
fn hyphenated(doc: &Document<'_>, range: Range<usize>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for at in range.clone() {
        let token = &doc.tokens[at];
        if token.tag != Tag::Propn || !token.text.contains('-') {
            continue;
        }
        let mut start = token.span.start;
        for part in token.text.split('-') {
            let span = rapporteur_model::Span::new(start, start + part.len());
            start += part.len() + 1;
            if part.starts_with(char::is_uppercase) {
                out.push(Mention::plain(span, part));
            }
        }
    }
    if out.is_empty() {
        out = phrase::names_in(doc, range).into_iter().cloned().collect();
    }
    out
}

/// "Under the deal, the rebels will hand over their arms": what an agreement lays down.
pub(super) fn laid_down(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let low = at.saturating_sub(4).max(scene.range.start);
    let under = (low..at).rfind(|i| tables::under().contains(&*doc.tokens[*i].lower));
    let Some(under) = under else { return };
    let phrase = phrase::noun_phrase(doc, under + 1, scene.range.end, Reach::Full);
    let Some(phrase) = phrase.filter(|p| p.contains(&at)) else {
        return;
    };
    let verb = |range: Range<usize>| {
        let mut words = doc.tokens[range].iter();
        words.any(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
    };
    let comma =
        (phrase.end..scene.range.end.min(phrase.end + 12)).find(|i| doc.tokens[*i].text == ",");
    let content = if !verb(scene.range.start..under) && under <= scene.range.start + 2 {
        match comma {
            Some(comma) => comma + 1..scene.range.end,
            None => return,
        }
    } else {
        return;
    };
    let open = |t: &rapporteur_text::Token<'_>| tables::conditional().contains(&*t.lower);
    if !verb(content.clone()) || doc.tokens[content.clone()].iter().any(open) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Agreement);
    detail.content = Some(scene.words(content.clone()));
    detail.parties = scene.setting.sides.clone();
    found.push(Finding {
        detail,
        factuality: Factuality::default(),
        tokens: under..content.end,
    });
}

/// "Their joint statement speaks of a just solution": what the sides agreed to say.
pub(super) fn in_common(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let joint = at
        .checked_sub(1)
        .is_some_and(|i| tables::joint().contains(&*doc.tokens[i].lower));
    let verb = doc.tokens[at]
        .head
        .filter(|v| doc.is(at, "nsubj") && *v > at);
    let Some(verb) = verb.filter(|v| joint && scene.range.contains(v)) else {
        return;
    };
    let words = tables::wording_verbs().contains(&*doc.tokens[verb].lemma);
    let low = phrase::group_start(doc, verb, scene.range.start);
    if !words || doc.tokens[low..verb].iter().any(factuality::is_negation) {
        return;
    }
    let preposition = doc.tokens.get(verb + 1).is_some_and(|t| t.tag == Tag::Adp);
    let from = verb + 1 + usize::from(preposition);
    let Some(content) = phrase::noun_phrase(doc, from, scene.range.end, Reach::Of) else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Agreement);
    detail.content = Some(scene.words(phrase::bare(doc, content.clone())));
    detail.parties = scene.setting.sides.clone();
    found.push(Finding {
        detail,
        factuality: Factuality::default(),
        tokens: scene.range.start..content.end,
    });
}
