//! What somebody binds itself to do.

use super::Finding;
use super::scene::{Scene, infinitive_after, is, is_infinitive_marker, is_party};
use crate::phrase::Reach;
use crate::{factuality, phrase, tables, tree, who};
use rapporteur_model::{Aspect, Factuality, Kind, Mention, Realis, TalksDetail};
use rapporteur_text::{Tag, Token};

/// The pledge that a speaker's words are the content of.
pub(crate) fn pledged(scene: &Scene<'_, '_>) -> Option<Finding> {
    if scene.doc.tokens[scene.range.clone()].iter().any(is_loyalty) {
        return None;
    }
    let mut detail = TalksDetail::of(Aspect::Pledge);
    detail.by = scene.speaker.cloned().filter(is_party);
    detail.by.as_ref()?;
    // "vowed it has kept the truce": says what was done.
    if is_past(&scene.doc.tokens[scene.range.clone()]) {
        return None;
    }
    // Of the marks around the words one may stand outside.
    let words = scene.content(scene.range.clone());
    detail.content = Some(words.replace(['\u{201c}', '\u{201d}', '"'], ""));
    let factuality = Factuality {
        realis: Realis::Planned,
        ..Factuality::default()
    };
    Some(Finding {
        detail,
        factuality,
        tokens: scene.range.clone(),
    })
}

pub(super) fn pledge(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let lemma = &*doc.tokens[at].lemma;
    let group = phrase::group_start(doc, at, scene.range.start);
    // "it is necessary to undertake": nobody does.
    let head = doc.tokens[at].head.map(|head| doc.tokens[head].tag);
    // "Guaranteed to please": nobody does. "will lift off": a rocket.
    let bare = doc.tokens[at].fine == "VBN" && group == at && doc.child(at, "nsubj").is_none();
    let off = doc
        .child(at, "compound:prt")
        .is_some_and(|p| doc.tokens[p].lower == "off");
    if off || bare && !phrase::is_passive(doc, at, scene.range.start, end) {
        return;
    }
    let infinitive = doc.tokens[group..at].iter().any(is_infinitive_marker);
    // "to guarantee transparency": what something else is for.
    let purpose = doc.is(at, "advcl") && is(tables::pledging_verbs(), lemma);
    if infinitive && (head == Some(Tag::Adj) || purpose) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Pledge);
    detail.by = scene.agent(at);
    // "are committed to peace": they pledge it themselves.
    let bound_to = doc.child(at, "obl").filter(|noun| {
        let case = doc.child(*noun, "case");
        doc.tokens[*noun].relation == "obl" && case == Some(at + 1)
    });
    let bound = is(tables::pledging_with_to(), lemma)
        && phrase::is_passive(doc, at, scene.range.start, end);
    // "is committed to rescuing them"
    let doing = doc.tokens.get(at + 1..at + 3).is_some_and(|words| {
        at + 2 < end && is(tables::given_to(), &words[0].lower) && words[1].fine == "VBG"
    });
    if bound && (bound_to.is_some() || doing) {
        detail.by = scene.spoken_of(at);
        detail.content = Some(scene.content(at + 2..end));
    } else if is(tables::pledging_verbs(), lemma) {
        let next = scene.past_times(at + 1, end);
        let content = match infinitive_after(doc, next, end) {
            Some(to) => to..phrase::clause_end(doc, to, end),
            None => match doc.tokens.get(next).filter(|_| next < end) {
                Some(t) if t.tag == Tag::Sconj => next + 1..scene.range.end,
                Some(_) if tree::clause_after(doc, at, at + 1, end) => at + 1..end,
                // "commit crimes"
                Some(_) if is(tables::pledging_with_to(), lemma) => return,
                // "pledged on two occasions that it would"
                Some(t) if t.tag == Tag::Adp => return,
                Some(_) => match phrase::object(doc, at, end, Reach::Full) {
                    Some(object) => object,
                    None => return,
                },
                None => return,
            },
        };
        // "pledged allegiance", "vowed that it has kept the truce", "I promise you".
        let words = &doc.tokens[content.clone()];
        let nothing = words.iter().all(|t| t.tag == Tag::Pron || t.is_punct());
        if nothing || words.iter().any(is_loyalty) {
            return;
        }
        if tree::clause_after(doc, at, content.start, content.end) && is_past(words) {
            return;
        }
        detail.content = Some(scene.content(content));
        detail.when = scene.said_when(at);
    } else {
        // "will suspend its tests", said of itself by one who can bind itself.
        let group = scene.group(at);
        let will = doc.tokens[group..at]
            .iter()
            .any(|t| tables::future().contains(&*t.lower));
        // "his country will not retaliate": he binds it.
        // "announcements that they would leave": theirs whose they are.
        if let Some(speaker) = scene.speaker_meant(at) {
            detail.by = Some(speaker);
        }
        let own = scene.subject(at).is_some_and(|s| {
            let first = &doc.tokens[s.start];
            first.tag == Tag::Pron && tables::articles().contains(&*first.lower)
        });
        let able = own
            || detail.by.as_ref().is_some_and(|m| {
                matches!(m.kind, Some(Kind::Organization | Kind::Place))
                    || m.stands_for.is_some()
                    || self_reference(scene, m)
            });
        if let (true, Some(by)) = (own, detail.by.as_mut().filter(|b| b.stands_for.is_none())) {
            by.stands_for = scene.speaker.map(who::full_name);
        }
        if !will || !able || phrase::is_passive(doc, at, scene.range.start, end) {
            return;
        }
        let negated = (group..at).find(|i| factuality::is_negation(&doc.tokens[*i]));
        let words = scene.content(at..end);
        detail.content = Some(match negated {
            Some(_) => format!(
                "{} {words}",
                phrase::words(doc, negated.unwrap_or(at)..negated.unwrap_or(at) + 1)
            ),
            None => words,
        });
    }
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    for mut f in finding {
        f.factuality.realis = Realis::Planned;
        found.push(f);
    }
}

/// "our commitment is to retake", "their commitment to maintain", "the promise to leave".
pub(super) fn named_pledge(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let mut next = at + 1;
    if doc.tokens.get(next).is_some_and(|t| t.tag == Tag::Aux) {
        next += 1;
    }
    // "their commitment to the principle of …"
    let owned = || {
        let to = doc.tokens.get(at + 1).filter(|_| at + 1 < end)?;
        let bound = tables::pledging_with_to_nouns().contains(&*doc.tokens[at].lower);
        let affirms = |verb: usize| is(tables::affirming_verbs(), &doc.tokens[verb].lemma);
        let owned =
            doc.child(at, "nmod:poss").is_some() && doc.tokens[at].head.is_some_and(affirms);
        let thing = phrase::noun_phrase(doc, at + 2, end, Reach::Full);
        thing.filter(|_| bound && owned && to.tag == Tag::Adp && is(tables::given_to(), &to.lower))
    };
    let content = match infinitive_after(doc, next, end) {
        Some(to) => to..end,
        None => match owned() {
            Some(thing) => thing,
            None => return,
        },
    };
    let mut detail = TalksDetail::of(Aspect::Pledge);
    detail.by = scene.owner(at);
    detail.content = Some(scene.content(content));
    found.push(Finding {
        detail,
        factuality: Factuality {
            realis: Realis::Planned,
            ..Factuality::default()
        },
        tokens: at.saturating_sub(1).max(scene.range.start)..end,
    });
}

/// "is committed to rescuing the captives": what the subject binds itself to.
pub(super) fn committed(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let end = scene.end(at);
    let to = doc.tokens.get(at + 1).filter(|_| at + 2 < end);
    let copula = doc.child(at, "cop").or_else(|| doc.child(at, "aux"));
    if copula.is_none() || !to.is_some_and(|t| is(tables::given_to(), &t.lower)) {
        return;
    }
    let low = at.saturating_sub(4).max(scene.range.start);
    if doc.tokens[low..at].iter().any(factuality::is_negation) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Pledge);
    let subject = doc.child(at, "nsubj").filter(|subject| *subject < at);
    detail.by = subject.map(|head| scene.mention(tree::around(doc, head, Reach::Of)));
    detail.content = Some(scene.content(at + 2..end));
    found.push(Finding {
        detail,
        factuality: Factuality {
            realis: Realis::Planned,
            ..Factuality::default()
        },
        tokens: low..end,
    });
}

/// "it plans to close the site": what one means to do of the things that bind it.
pub(super) fn plan(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(to) = infinitive_after(doc, at + 1, end) else {
        return;
    };
    let verb = (to..end).find(|i| doc.tokens[*i].tag == Tag::Verb);
    if !verb.is_some_and(|v| v <= to + 1 && is(tables::undertaking_verbs(), &doc.tokens[v].lemma)) {
        return;
    }
    // "never intending to abandon"
    let group = phrase::group_start(doc, at, scene.range.start);
    if doc.tokens[group..at].iter().any(factuality::is_negation) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Pledge);
    detail.by = scene.agent(at);
    detail.content = Some(scene.content(to..end));
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    for mut f in finding {
        f.factuality.realis = Realis::Planned;
        found.push(f);
    }
}

/// "pledged allegiance": promises nothing.
fn is_loyalty(token: &Token<'_>) -> bool {
    tables::loyalties().contains(&*token.lemma)
}

/// Does the clause say what was or has been, and nothing of what will be?
pub(super) fn is_past(words: &[Token<'_>]) -> bool {
    let open = |t: &Token<'_>| t.fine == "MD" || is_infinitive_marker(t);
    let verbs = || {
        words
            .iter()
            .filter(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
    };
    // "that it has “kept the truce”", up to the quotation mark
    let has = (words.iter().rev().find(|t| !t.is_punct()))
        .is_some_and(|t| matches!(&*t.lower, "has" | "have" | "had"));
    verbs().next().is_some()
        && !words.iter().any(open)
        && (has || verbs().any(|t| matches!(t.fine, "VBD" | "VBN")))
}

fn self_reference(scene: &Scene<'_, '_>, mention: &Mention) -> bool {
    tables::first_persons().contains(&*mention.name.to_lowercase())
        || scene
            .speaker
            .is_some_and(|s| who::full_name(s) == who::full_name(mention))
}
