//! Demands, pledges, denials and refusals that only a whole attribution shows: who, by which verb, what.
//!
//! A voice's words are read clause by clause; where the verb's content is quoted, stands behind another verb's or
//! before its own verb, the clause does not hold it. The attribution does.

use super::Finding;
use super::denials::gives_nothing;
use super::pledges::is_past;
use super::scene::{Scene, infinitive_after, is_infinitive_marker, is_party, parties};
use crate::attribution;
use crate::phrase::Reach;
use crate::whole::Whole;
use crate::{factuality, phrase, tables, who};
use rapporteur_model::{Aspect, Certainty, Factuality, Mention, Polarity, Realis, TalksDetail};
use rapporteur_text::{Tag, Token};
use std::ops::Range;

/// What the attribution says of talks, told by the voice in which its verb stands.
pub(crate) fn attributed(scene: &Scene<'_, '_>, whole: &Whole) -> Option<Finding> {
    let doc = scene.doc;
    let head = whole.head;
    if doc.tokens[head].tag != Tag::Verb || is_open(scene, whole) {
        return None;
    }
    let aspect = aspect(scene, whole)?;
    let source = whole.source.clone()?;
    // "fled after protests demanding her resignation": not she.
    let noun = doc.tokens[head].head.filter(|_| doc.is(head, "acl"));
    let before = head
        .checked_sub(1)
        .filter(|i| doc.tokens[head].fine == "VBG" && doc.tokens[*i].tag == Tag::Noun);
    if noun.or(before).is_some_and(|noun| !source.contains(&noun)) {
        return None;
    }
    // "Orland and Kest urged": both.
    let mut sides = parties(doc, source).into_iter();
    let (by, others) = match (sides.next(), sides.len()) {
        (Some(first), 1..) => (first, sides.collect()),
        _ => (attribution::source(doc, whole).filter(is_party)?, vec![]),
    };
    let first = whole.content.first()?.clone();
    let sentence = doc.sentence_at(doc.tokens[head].span.start)?.tokens.clone();
    let content = first.start.max(sentence.start)..first.end.min(sentence.end);
    if content.is_empty() || doc.tokens[content.clone()].iter().any(is_loyalty) {
        return None;
    }
    let words = &doc.tokens[content.clone()];
    let empty = match aspect {
        Aspect::Denial => gives_nothing(doc, head, content.end),
        // "vowed that it has kept the truce"
        Aspect::Pledge => is_past(words),
        _ => false,
    };
    if empty {
        return None;
    }
    let mut detail = TalksDetail::of(aspect);
    let mut factuality = Factuality::default();
    match aspect {
        Aspect::Demand => {
            factuality.realis = Realis::Demanded;
            let (to, asks) = asked(scene, head, content.clone());
            detail.to = to;
            detail.asks = vec![scene.content(asks)];
        }
        Aspect::Pledge => {
            factuality.realis = Realis::Planned;
            let mut content = bare(scene, content.clone());
            // "promised us peace"
            let whom = doc.child(head, "iobj").filter(|at| *at == content.start);
            if let Some(whom) = whom.filter(|at| at + 1 < content.end) {
                content.start = whom + 1;
            }
            detail.content = Some(scene.content(content));
        }
        Aspect::Denial => {
            factuality.polarity = Polarity::Negative;
            detail.of = Some(scene.content(bare(scene, content.clone())));
        }
        _ => {
            detail.person = Some(by.clone());
            detail.of = Some(scene.content(bare(scene, content.clone())));
        }
    }
    detail.by = Some(by);
    detail.by_others = others;
    super::said_of_others(scene, &mut detail);
    if !detail.by.as_ref().is_some_and(is_party) {
        return None;
    }
    let source = whole.source.clone().filter(|s| s.start >= sentence.start);
    let start = source.map_or(whole.cue.start, |s| s.start.min(whole.cue.start));
    let tokens = start.min(content.start)..content.end.max(whole.cue.end);
    Some(Finding {
        detail,
        factuality,
        tokens,
    })
}

/// By the verb alone, or with the word that follows it.
fn aspect(scene: &Scene<'_, '_>, whole: &Whole) -> Option<Aspect> {
    let doc = scene.doc;
    let lemma = &*doc.tokens[whole.head].lemma;
    let next = doc.tokens.get(whole.head + 1).map(|t| &*t.lower);
    let with = next.map(|next| format!("{lemma} {next}"));
    let table = tables::taking_sides();
    let of = with.as_deref().and_then(|with| table.get(with));
    match *of.or_else(|| table.get(lemma))? {
        "demand" => Some(Aspect::Demand),
        "pledge" => Some(Aspect::Pledge),
        "denial" => Some(Aspect::Denial),
        "refusal" => Some(Aspect::Refusal),
        _ => None,
    }
}

/// Is it not said to have been done: "did not promise", "may call for", "to demand"?
fn is_open(scene: &Scene<'_, '_>, whole: &Whole) -> bool {
    let doc = scene.doc;
    let low = phrase::group_start(doc, whole.head, 0).min(whole.cue.start);
    let open =
        |t: &Token<'_>| factuality::is_negation(t) || is_infinitive_marker(t) || t.fine == "MD";
    let sentence = doc.sentence_at(doc.tokens[whole.head].span.start);
    let Some(sentence) = sentence.map(|s| s.tokens.clone()) else {
        return true;
    };
    let asks = doc.tokens[sentence.clone()].iter().rev().take(3);
    let said = factuality::of(doc, whole.head, &sentence);
    doc.tokens[low..whole.head].iter().any(open)
        || asks.into_iter().any(|t| t.text == "?")
        || said.realis != Realis::Actual
        || said.polarity != Polarity::Positive
        || said.certainty != Certainty::Certain
}

/// Who is asked, and for what: "the leaders “to cease testing”".
fn asked(
    scene: &Scene<'_, '_>,
    head: usize,
    content: Range<usize>,
) -> (Option<Mention>, Range<usize>) {
    let doc = scene.doc;
    let mut start = content.start;
    let preposition = |i: usize| doc.tokens[i].tag == Tag::Adp && i == head + 1;
    while start < content.end && (preposition(start) || doc.tokens[start].tag == Tag::Punct) {
        start += 1;
    }
    let whom = phrase::noun_phrase(doc, start, content.end, Reach::Of);
    let to = whom
        .as_ref()
        .and_then(|whom| infinitive_after(doc, whom.end, content.end));
    match (whom, to) {
        (Some(whom), Some(to)) => (Some(scene.mention(whom)), to..content.end),
        _ => (None, bare(scene, start..content.end)),
    }
}

/// Without what only opens the content: "that", "to".
fn bare(scene: &Scene<'_, '_>, content: Range<usize>) -> Range<usize> {
    let doc = scene.doc;
    let opens = |t: &Token<'_>| {
        t.tag == Tag::Punct
            || is_infinitive_marker(t)
            || t.fine == "IN" && tables::complementizers().contains(&*t.lower)
    };
    let start = content.clone().find(|i| !opens(&doc.tokens[*i]));
    start.unwrap_or(content.start)..content.end
}

fn is_loyalty(token: &Token<'_>) -> bool {
    tables::loyalties().contains(&*token.lemma)
}

/// Does what is already told on the same verb tell this: it is of the same kind, or the same one does it?
pub(crate) fn is_told(detail: &TalksDetail, other: &TalksDetail) -> bool {
    let by = |d: &TalksDetail| d.by.as_ref().map(who::full_name);
    detail.aspect == other.aspect || by(detail) == by(other)
}
