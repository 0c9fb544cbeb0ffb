//! Delegations: whose, headed by whom, with whom.

use super::Finding;
use super::scene::{Scene, is, is_owning};
use crate::phrase::Reach;
use crate::{factuality, phrase, tables, who};
use rapporteur_model::{Aspect, Kind, Mention, TalksDetail};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

pub(super) fn headed(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let (team, head) = if passive {
        let team = scene
            .subject(at)
            .or_else(|| phrase::phrase_ending(doc, at, scene.range.start));
        let by = scene.after(at + 1, end, tables::agent(), Reach::Full);
        (team, by)
    } else {
        (phrase::object(doc, at, end, Reach::Of), scene.subject(at))
    };
    let (Some(team), Some(head)) = (team, head) else {
        return;
    };
    let Some(noun) = team.clone().find(|i| {
        doc.tokens[*i].tag == Tag::Noun && is(tables::delegation_nouns(), &doc.tokens[*i].lower)
    }) else {
        return;
    };
    // "leads a team of reporters": one that talks, where the words say so.
    let sentence = doc.sentence_at(doc.tokens[noun].span.start);
    let talks = |t: &rapporteur_text::Token<'_>| {
        is(tables::talk_nouns(), &t.lower) || tables::parleying_verbs().contains(&*t.lemma)
    };
    let spoken = sentence.is_some_and(|s| doc.tokens[s.tokens.clone()].iter().any(talks));
    if tables::teams().contains(&*doc.tokens[noun].lemma) && !spoken {
        return;
    }
    // The name may stand in an apposition: "by the head of the office, Ada Brisk".
    let wide = head.start..end;
    let person = phrase::names_in(doc, wide)
        .into_iter()
        .find(|n| n.kind == Some(Kind::Person))
        .cloned();
    let mut detail = TalksDetail::of(Aspect::Delegation);
    detail.party = delegation_party(doc, noun, scene.range.start, scene.range.end);
    detail.head = Some(person.unwrap_or_else(|| scene.mention(head)));
    scene.push(found, detail, at, end);
}

pub(super) fn included(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(subject) = scene.subject(at) else {
        return;
    };
    let Some(noun) = subject.clone().find(|i| {
        doc.tokens[*i].tag == Tag::Noun && is(tables::delegation_nouns(), &doc.tokens[*i].lower)
    }) else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Delegation);
    detail.party = delegation_party(doc, noun, scene.range.start, scene.range.end);
    detail.members = people(doc, at + 1..scene.range.end);
    // "includes senior politicians"
    if detail.members.is_empty() {
        let object = phrase::object(doc, at, end, Reach::Of);
        let who = |o: &Range<usize>| {
            let head = &doc.tokens[phrase::head(doc, o.clone())].lower;
            is(tables::envoys(), head)
        };
        detail.members = object
            .filter(who)
            .map(|o| scene.mention(o))
            .into_iter()
            .collect();
    }
    scene.push(found, detail, at, scene.range.end.max(end));
}

/// "A, B, C and D came to Velka", after a sentence about a delegation.
pub(super) fn listed_delegation(scene: &Scene<'_, '_>, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(at) = scene.range.clone().find(|i| {
        doc.tokens[*i].tag == Tag::Verb && is(tables::arriving_verbs(), &doc.tokens[*i].lemma)
    }) else {
        return;
    };
    let members = people(doc, scene.range.start..at);
    if members.len() < 3 {
        return;
    }
    let this = doc
        .sentences
        .partition_point(|s| s.span.end <= doc.tokens[at].span.start);
    let party = (0..=this).rev().take(3).find_map(|i| {
        let sentence = doc.sentences[i].tokens.clone();
        let noun = sentence.clone().find(|t| {
            doc.tokens[*t].tag == Tag::Noun && is(tables::delegation_nouns(), &doc.tokens[*t].lower)
        })?;
        delegation_party(doc, noun, sentence.start, sentence.end)
    });
    if party.is_none() {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Delegation);
    detail.party = party;
    detail.members = members;
    detail.place =
        (scene.place(at, scene.range.end)).or_else(|| scene.place_to(at, scene.range.end));
    found.push(Finding {
        detail,
        factuality: factuality::of(doc, at, &scene.range),
        tokens: scene.range.clone(),
    });
}

/// Whose delegation: "delegation of X", "X's delegation", "the X delegation".
pub(super) fn delegation_party(
    doc: &Document<'_>,
    at: usize,
    low: usize,
    high: usize,
) -> Option<Mention> {
    if let Some(of) = doc
        .tokens
        .get(at + 1)
        .filter(|t| at + 1 < high && is_owning(&t.lower))
        .and_then(|_| phrase::noun_phrase(doc, at + 2, high, Reach::Of))
    {
        return Some(who::mention(doc, of));
    }
    // "the Orlo delegation" as one name stands for Orlo.
    let byte = doc.tokens[at].span.start;
    let over = doc.names.partition_point(|n| n.span.end <= byte);
    if let Some(name) = doc.names.get(over).filter(|n| n.span.start < byte) {
        let mut name = name.clone();
        let party = name
            .name
            .rsplit_once(' ')
            .filter(|(_, last)| is(tables::delegation_nouns(), &last.to_lowercase()))
            .map(|(party, _)| party.to_string());
        match (name.stands_for.take(), party) {
            (Some(short), _) => name.name = short,
            (None, Some(party)) => {
                name.span.end = name.span.start + party.len().min(name.span.len());
                name.name = party;
            }
            _ => {}
        }
        return Some(name);
    }
    let phrase = phrase::phrase_ending(doc, at, low)?;
    let phrase = phrase::bare(doc, phrase);
    let names = phrase::names_in(doc, phrase.clone());
    if let Some(name) = names.iter().rfind(|n| n.kind != Some(Kind::Person)) {
        return Some((*name).clone());
    }
    let last = phrase
        .end
        .checked_sub(1)
        .filter(|i| phrase.contains(i) && doc.tokens[*i].tag == Tag::Noun)?;
    Some(Mention::plain(doc.tokens[last].span, doc.tokens[last].text))
}

fn people(doc: &Document<'_>, range: Range<usize>) -> Vec<Mention> {
    phrase::names_in(doc, range)
        .into_iter()
        .filter(|n| n.kind == Some(Kind::Person))
        .cloned()
        .collect()
}
