//! What one side asks of another.

use super::Finding;
use super::offers::things;
use super::scene::{Scene, infinitive_after, is, is_infinitive_marker};
use crate::phrase::Reach;
use crate::{factuality, phrase, tables, tree, who};
use rapporteur_model::{Aspect, Factuality, Realis, TalksDetail};
use rapporteur_text::{Document, Tag, Token};

pub(super) fn demand(
    scene: &Scene<'_, '_>,
    at: usize,
    end: usize,
    frames: &[&'static str],
    found: &mut Vec<Finding>,
) {
    let doc = scene.doc;
    let lemma = &*doc.tokens[at].lemma;
    // An agreement that "calls for" something and an offer's "in exchange they ask" are told as such.
    let offered = found.iter().any(|f| {
        f.detail.aspect == Aspect::Offer && !f.detail.asks.is_empty() && f.tokens.contains(&at)
    });
    let agreed = scene.subject(at).is_some_and(|s| {
        doc.tokens[s]
            .iter()
            .any(|t| is(tables::agreement_nouns(), &t.lower))
    });
    if offered || agreed {
        return;
    }
    let Some(asks) = asked(scene, at, end).filter(|a| a.iter().any(|w| !w.is_empty())) else {
        return;
    };
    let by = scene.agent(at);
    // "want" and "seek" are demands only of a side: somebody named, or who stands for one.
    let named = by
        .as_ref()
        .is_some_and(|m| m.kind.is_some() || m.stands_for.is_some());
    let conditional = doc.tokens[scene.range.start..at]
        .iter()
        .any(|t| tables::conditional().contains(&*t.lower));
    if tables::wishing_verbs().contains(lemma) && (!named || conditional) {
        return;
    }
    let negative = doc.tokens[phrase::group_start(doc, at, scene.range.start)..at]
        .iter()
        .any(factuality::is_negation);
    // "may seek the maximum penalty": has not.
    let open = doc.tokens[phrase::group_start(doc, at, scene.range.start)..at]
        .iter()
        .any(|t| tables::possible().contains(&*t.lower));
    if negative || open {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = by;
    detail.asks = asks;
    let whom = addressed(frames);
    if whom.is_some() || frames.contains(&"inf") {
        let turned = |t: &Token<'_>| Some(&*t.lower) == whom;
        let from = at + 1 + usize::from(doc.tokens.get(at + 1).is_some_and(turned));
        detail.to = phrase::noun_phrase(doc, from, end, Reach::Of)
            .filter(|o| infinitive_after(doc, o.end, end).is_some())
            .or_else(|| {
                let asked = tree::asked(doc, at, end).filter(|_| frames.contains(&"inf"));
                asked.map(|(whom, _)| tree::around(doc, whom, Reach::Of))
            })
            .map(|o| scene.mention(o));
    }
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    // What they ask for goes on with "they want … they want …" in the same words.
    for mut f in finding {
        f.factuality.realis = Realis::Demanded;
        let same = found.iter_mut().rev().find(|o| {
            o.detail.aspect == Aspect::Demand
                && o.detail.by.as_ref().map(who::full_name)
                    == f.detail.by.as_ref().map(who::full_name)
        });
        match same {
            Some(other) => {
                other.detail.asks.extend(f.detail.asks);
                other.tokens.end = other.tokens.end.max(f.tokens.end);
            }
            None => found.push(f),
        }
    }
}

/// "our request to X is that …", "their demand is that".
pub(super) fn named_demand(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let copula = |i: &usize| {
        let token = &doc.tokens[*i];
        token.tag == Tag::Aux && tables::copulas().contains(&*token.lemma)
    };
    let opens = |b: &usize| {
        let next = doc.tokens.get(b + 1);
        next.is_some_and(|t| t.tag == Tag::Sconj || is_infinitive_marker(t))
    };
    let Some(be) = (at + 1..end.min(at + 8)).find(copula).filter(opens) else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = scene.owner(at);
    detail.to = scene
        .after(at + 1, be, tables::addressed_by_nouns(), Reach::Of)
        .map(|r| scene.mention(r));
    detail.asks = vec![scene.words(be + 2..scene.range.end)];
    found.push(Finding {
        detail,
        factuality: Factuality {
            realis: Realis::Demanded,
            ..Factuality::default()
        },
        tokens: at.saturating_sub(1).max(scene.range.start)..scene.range.end,
    });
}

/// What a verb of asking asks for.
pub(super) fn asked(scene: &Scene<'_, '_>, at: usize, high: usize) -> Option<Vec<String>> {
    let doc = scene.doc;
    let frames = tables::demanding_verbs().get(&*doc.tokens[at].lemma)?;
    let next = at + 1;
    let token = doc.tokens.get(next).filter(|_| next < high)?;
    let preposition = frames
        .iter()
        .find(|f| **f == token.lower && !matches!(**f, "object" | "inf" | "that"));
    if preposition.is_some() {
        let object = phrase::noun_phrase(doc, next + 1, high, Reach::Full)?;
        return Some(things(scene, object));
    }
    if addressed(frames) == Some(&*token.lower) {
        let object = phrase::noun_phrase(doc, next + 1, high, Reach::Full)?;
        // "called on X to do Y": what X is to do.
        let to = infinitive_after(doc, object.end, high).or_else(|| {
            let head = phrase::head(doc, object.clone());
            clause_for(doc, [at, head], object.end, high)
        });
        if let Some(to) = to {
            return Some(vec![scene.words(to..phrase::clause_end(doc, to, high))]);
        }
        // "appealed to X for Y".
        let asks = |word: &str| frames.contains(&word);
        let thing = phrase::governed(doc, object.end, high, asks, Reach::Full)?;
        return Some(things(scene, thing));
    }
    if frames.contains(&"that") && token.tag == Tag::Sconj {
        return Some(vec![scene.words(next + 1..high)]);
    }
    if frames.contains(&"inf") {
        // "wants to leave" is a wish for oneself.
        let wish = frames.contains(&"object") && !frames.contains(&"that");
        if wish && is_infinitive_marker(token) {
            return None;
        }
        if is_infinitive_marker(token) {
            return Some(vec![
                scene.words(next + 1..phrase::clause_end(doc, next + 1, high)),
            ]);
        }
        let object = phrase::noun_phrase(doc, next, high, Reach::Of);
        if let Some(to) = object
            .clone()
            .and_then(|o| infinitive_after(doc, o.end, high))
        {
            return Some(vec![scene.words(to..phrase::clause_end(doc, to, high))]);
        }
        if let Some((_, to)) = tree::asked(doc, at, high) {
            return Some(vec![scene.words(to..phrase::clause_end(doc, to, high))]);
        }
    }
    if frames.contains(&"object") {
        let object = phrase::object(doc, at, high, Reach::Full)?;
        return Some(things(scene, object));
    }
    None
}

/// The preposition before whom a verb of asking turns to: "called on".
fn addressed(frames: &[&'static str]) -> Option<&'static str> {
    frames.iter().find_map(|frame| frame.strip_prefix("whom:"))
}

/// "appealed to all sides, the army among them, to lay down": the infinitive that one of these words governs.
fn clause_for(doc: &Document<'_>, heads: [usize; 2], low: usize, high: usize) -> Option<usize> {
    let marked = |at: &usize| {
        let mark = doc.child(*at, "mark");
        (low..high).contains(at) && mark.is_some_and(|m| is_infinitive_marker(&doc.tokens[m]))
    };
    let clauses = ["xcomp", "ccomp", "advcl", "acl"];
    let governed = |head: usize| clauses.iter().filter_map(move |r| doc.child(head, r));
    heads.into_iter().flat_map(governed).find(marked)
}
