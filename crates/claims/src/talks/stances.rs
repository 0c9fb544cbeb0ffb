//! What a side says in its own words: what others must do, what it will or will never do, what it is ready
//! for.

use super::Finding;
use super::scene::{Scene, infinitive_after, is, is_infinitive_marker, is_party};
use crate::{factuality, phrase, tables, tree, who};
use rapporteur_model::{Aspect, Factuality, Kind, Mention, Polarity, Realis, TalksDetail};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// "Velka must disarm", "the raids have to stop", said by a side.
pub(super) fn must(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(by) = scene.speaker.filter(|s| binds(scene, s)) else {
        return;
    };
    let Some(obliged) = obliged(scene, at) else {
        return;
    };
    let subject = scene.subject(at).or_else(|| scene.subject(obliged.at));
    let Some(subject) = subject.filter(|s| s.end <= obliged.at) else {
        return;
    };
    // "they know they need to": what they know.
    let above = |verb: usize| doc.tokens[verb].head.filter(|_| doc.is(verb, "ccomp"));
    let thought = [obliged.at, at].into_iter().filter_map(above).any(|verb| {
        scene.range.contains(&verb) && is(tables::knowing_verbs(), &doc.tokens[verb].lemma)
    });
    let known = |f: &Finding| f.detail.aspect == Aspect::Demand && f.tokens.contains(&at);
    if thought || found.iter().any(known) || is_question(doc, at) {
        return;
    }
    let whom = scene.mention(subject.clone());
    let name = whom.name.to_lowercase();
    let own = tables::first_persons().contains(&*name) || scene.is_speaker(&whom);
    let nobody = tables::expletives().contains(&*name) && whom.stands_for.is_none()
        || is(tables::second_persons(), &name);
    let pronoun = doc.tokens[subject.start].tag == Tag::Pron && subject.len() == 1;
    let unasked = tables::unasked_verbs().contains(&*doc.tokens[at].lemma);
    let none = factuality::is_negation(&doc.tokens[subject.start]);
    if own || nobody || unasked || none || pronoun && whom.stands_for.is_none() {
        return;
    }
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = Some(by.clone());
    if !passive && (whom.kind.is_some() || is_party(&whom)) {
        detail.asks = vec![scene.content(obliged.said..end)];
        detail.to = Some(whom);
    } else if obliged.strict {
        detail.asks = vec![scene.content(phrase::bare(doc, subject.clone()).start..end)];
    } else {
        return;
    }
    found.push(Finding {
        detail,
        factuality: Factuality {
            realis: Realis::Demanded,
            ..Factuality::default()
        },
        tokens: subject.start.max(scene.range.start)..end,
    });
}

/// The words that oblige somebody to do what a verb says.
struct Obliged {
    /// The modal, or the verb before the infinitive.
    at: usize,
    /// Where the words of what is to be done begin: at their negation, if they have one.
    said: usize,
    /// May it be said of a thing?
    strict: bool,
}

fn obliged(scene: &Scene<'_, '_>, at: usize) -> Option<Obliged> {
    let doc = scene.doc;
    let low = scene.range.start;
    let group = phrase::group_start(doc, at, low);
    let negation = (group..at).find(|i| factuality::is_negation(&doc.tokens[*i]));
    // "has to leave"
    let to = (group..at).rfind(|i| is_infinitive_marker(&doc.tokens[*i]));
    let before = to.and_then(|to| to.checked_sub(1)).filter(|i| *i >= low);
    if let Some(verb) = before {
        let token = &doc.tokens[verb];
        let fits = tables::obligation_verbs().contains(&*token.lemma)
            && matches!(token.tag, Tag::Verb | Tag::Aux);
        let low = phrase::group_start(doc, verb, low);
        let plain = !doc.tokens[low..verb].iter().any(factuality::is_negation);
        return (fits && plain && negation.is_none()).then_some(Obliged {
            at: verb,
            said: at,
            strict: true,
        });
    }
    let modal = (group..at).find(|i| tables::obligation().contains(&*doc.tokens[*i].lower))?;
    // "should have left"
    let passive = phrase::is_passive(doc, at, low, scene.range.end);
    let perfect = doc.tokens[at].fine == "VBN" && !passive;
    let strict = tables::strict_obligation().contains(&*doc.tokens[modal].lower);
    (!perfect).then_some(Obliged {
        at: modal,
        said: negation.filter(|n| *n > modal).unwrap_or(at),
        strict,
    })
}

/// "We will respond", "it would never give up its missiles", said by a side of itself.
pub(super) fn will(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let token = &doc.tokens[at];
    let Some(by) = scene.speaker.filter(|s| binds(scene, s)) else {
        return;
    };
    let group = scene.group(at);
    let modal = (group..at).find(|i| tables::future().contains(&*doc.tokens[*i].lower));
    let Some(modal) = modal.filter(|_| token.fine == "VB") else {
        return;
    };
    let Some(subject) = scene.subject(at).map(|s| scene.mention(s)) else {
        return;
    };
    let first = tables::first_persons().contains(&*subject.name.to_lowercase());
    let backshifted = tables::backshifted().contains(&*doc.tokens[modal].lower);
    // "they", said by one person, are others.
    let several = tables::third_plurals().contains(&*subject.name.to_lowercase())
        && (by.kind == Some(Kind::Person)
            || scene.is_person(&who::full_name(by))
            || tables::personal().contains(&*by.name.to_lowercase()));
    let own = if first {
        !backshifted
    } else {
        scene.is_speaker(&subject) && !several || scene.speaks_for(&subject)
    };
    if !own || is_question(doc, at) {
        return;
    }
    let conditional = doc.tokens[scene.range.start..at].iter().rev().take(6);
    let known = |f: &Finding| f.tokens.contains(&at) && f.detail.by.is_some();
    if conditional
        .clone()
        .any(|t| tables::conditional().contains(&*t.lower))
        || found.iter().any(known)
    {
        return;
    }
    let negation = (group..at).find(|i| factuality::is_negation(&doc.tokens[*i]));
    let mut detail;
    let factuality;
    if negation.is_some() && tables::conceding_verbs().contains(&*token.lemma) {
        detail = TalksDetail::of(Aspect::Refusal);
        detail.person = Some(by.clone());
        detail.of = Some(scene.content(at..end));
        factuality = Factuality::default();
    } else if tables::unwilled_verbs().contains(&*token.lemma) {
        return;
    } else {
        detail = TalksDetail::of(Aspect::Pledge);
        detail.content = Some(scene.content(negation.unwrap_or(at)..end));
        factuality = Factuality {
            realis: Realis::Planned,
            ..Factuality::default()
        };
    }
    detail.by = match scene.speaks_for(&subject) {
        true => Some(subject),
        false => Some(by.clone()),
    };
    scene.push_as(found, detail, factuality, at, end);
}

/// "is ready to talk", "open to a truce": offered; "is not prepared to negotiate": refused.
pub(super) fn willing(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    // "is prepared" is read as a verb.
    let group = phrase::group_start(doc, at, scene.range.start);
    let be = (group..at).find(|i| tables::copulas().contains(&*doc.tokens[*i].lemma));
    let Some(copula) = doc.child(at, "cop").or(be) else {
        return;
    };
    let end = scene.end(at);
    let Some(content) = conciliatory(scene, at + 1, end) else {
        return;
    };
    let Some(by) = scene.spoken_of(at) else {
        return;
    };
    let words = scene.content(content);
    let open = doc.tokens[scene.range.start..at].iter();
    let unsure = |t: &rapporteur_text::Token<'_>| {
        tables::conditional().contains(&*t.lower) || tables::possible().contains(&*t.lower)
    };
    if open.clone().any(unsure) || is_question(doc, at) {
        return;
    }
    let low = phrase::group_start(doc, copula, scene.range.start);
    if doc.tokens[low..at].iter().any(factuality::is_negation) {
        let mut detail = TalksDetail::of(Aspect::Refusal);
        detail.person = Some(by.clone());
        detail.by = Some(by);
        detail.of = Some(words);
        scene.push_as(found, detail, Factuality::default(), at, end);
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Offer);
    detail.by = Some(by);
    // "willing to talk with Orland"
    let with = scene.after(at + 1, end, tables::accompanying(), phrase::Reach::Of);
    let with = with.map(|r| scene.mention(r));
    detail.to = with.filter(|m| m.kind.is_some() || is_party(m));
    detail.offers = vec![words];
    let factuality = Factuality {
        realis: Realis::Offered,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, at, end);
}

/// What sides do for one another, right after `at`: "to talk", "to a truce", "for negotiations".
pub(super) fn conciliatory(scene: &Scene<'_, '_>, at: usize, end: usize) -> Option<Range<usize>> {
    let doc = scene.doc;
    let first = doc.tokens.get(at).filter(|_| at < end)?;
    if is_infinitive_marker(first) {
        let verb = (at + 1..end).find(|i| doc.tokens[*i].tag == Tag::Verb)?;
        let lemma = &*doc.tokens[verb].lemma;
        let fits = tables::conciliatory_verbs().contains(lemma)
            || tables::undertaking_verbs().contains(lemma);
        return (fits && verb <= at + 2).then_some(at + 1..end);
    }
    if first.tag != Tag::Adp {
        return None;
    }
    let thing = phrase::noun_phrase(doc, at + 1, end, phrase::Reach::Full)?;
    let head = &doc.tokens[phrase::head(doc, thing.clone())].lower;
    (is(tables::talk_nouns(), head) || is(tables::agreement_nouns(), head)).then_some(thing)
}

/// "Now is not the time for talks", "there is no room for compromise".
pub(super) fn untimely(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let low = at.saturating_sub(5).max(scene.range.start);
    let denied = doc.tokens[low..at].iter().any(factuality::is_negation);
    let copula = doc.tokens[low..at]
        .iter()
        .any(|t| tables::copulas().contains(&*t.lemma));
    let next = doc
        .tokens
        .get(at + 1)
        .filter(|t| at + 1 < end && t.tag == Tag::Adp);
    if !denied || !copula || next.is_none() {
        return;
    }
    let Some(of) = phrase::noun_phrase(doc, at + 2, end, phrase::Reach::Full) else {
        return;
    };
    let head = &doc.tokens[phrase::head(doc, of.clone())].lower;
    let Some(by) = scene.speaker.filter(|_| is(tables::talk_nouns(), head)) else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Refusal);
    detail.by = Some(by.clone());
    detail.person = Some(by.clone());
    detail.of = Some(scene.words(phrase::bare(doc, of)));
    scene.push_as(found, detail, Factuality::default(), at, end);
}

/// "It is time for them to leave", said by somebody: a demand.
pub(super) fn timely(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let low = at.saturating_sub(3).max(scene.range.start);
    let words = &doc.tokens[low..at];
    let copula = words.iter().any(|t| tables::copulas().contains(&*t.lemma));
    let denied = words.iter().any(factuality::is_negation);
    let next = doc
        .tokens
        .get(at + 1)
        .filter(|t| at + 1 < end && t.tag != Tag::Punct);
    let whom = next.and_then(|_| phrase::noun_phrase(doc, at + 2, end, phrase::Reach::Of));
    let (Some(whom), Some(by)) = (whom, scene.speaker.filter(|s| binds(scene, s))) else {
        return;
    };
    let Some(to) = infinitive_after(doc, whom.end, scene.range.end) else {
        return;
    };
    if !copula || denied || is_question(doc, at) {
        return;
    }
    let stop = phrase::clause_end(doc, to, scene.range.end);
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = Some(by.clone());
    detail.to = Some(scene.mention(whom));
    detail.asks = vec![scene.content(to..stop)];
    let factuality = Factuality {
        realis: Realis::Demanded,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, at, stop);
}

/// "This is not a swap", said by somebody: the denial of what the noun names.
pub(super) fn is_none(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let speaker = scene.speaker.filter(|s| binds(scene, s));
    let (Some(copula), Some(by)) = (doc.child(at, "cop"), speaker) else {
        return;
    };
    let low = phrase::group_start(doc, copula, scene.range.start);
    let denied = low < at && doc.tokens[low..at].iter().any(factuality::is_negation);
    if !denied || is_question(doc, at) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Denial);
    detail.by = Some(by.clone());
    let noun = tree::around(doc, at, phrase::Reach::Full);
    let after = (copula..at).rfind(|i| factuality::is_negation(&doc.tokens[*i]));
    let start = noun.start.max(after.unwrap_or(copula) + 1);
    detail.of = Some(scene.words(phrase::bare(doc, start..noun.end.min(end).max(at + 1))));
    let factuality = Factuality {
        polarity: Polarity::Negative,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, at, end);
}

/// Do the words of this speaker bind a side: a body or a country, or who speaks or decides for one?
pub(super) fn binds(scene: &Scene<'_, '_>, speaker: &Mention) -> bool {
    let stance = |role: &str| tables::stances().contains(&*role.to_lowercase());
    // "Secretary of State"
    let any = |words: &str| words.split_whitespace().any(stance);
    let role = speaker.role.as_ref().map(|r| &*r.role);
    let head = speaker
        .name
        .split_whitespace()
        .next_back()
        .unwrap_or_default();
    let body = rapporteur_text::is_group_noun(head) || rapporteur_text::is_organization_noun(head);
    body || matches!(speaker.kind, Some(Kind::Organization | Kind::Place))
        || role.into_iter().chain(speaker.title.as_deref()).any(any)
        || scene.setting.leads(&who::full_name(speaker))
}

/// Does the sentence ask?
fn is_question(doc: &Document<'_>, at: usize) -> bool {
    let sentence = doc.sentence_at(doc.tokens[at].span.start);
    sentence.is_some_and(|s| {
        let words = &doc.tokens[s.tokens.clone()];
        words.iter().rev().take(3).any(|t| t.text == "?")
    })
}
