//! What nouns say of ground: "launched an attack on Velka", "heavy fighting in Velka", "under the rebels' control".

use super::place::{self, place_in, places};
use super::{Clause, Finding, action_of, actor};
use crate::phrase::{self, Reach};
use crate::tables::{self, Ground};
use crate::{factuality, who};
use rapporteur_model::{Action, Factuality, Kind, Mention, Polarity, Realis};
use rapporteur_text::{Document, Tag, Token};
use std::ops::Range;

/// "launched an operation to retake X", "mounted attacks in X": what the verb at `at` says with its object.
pub(super) fn launched(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    /// How many words after the noun the verb of its purpose stands: "an operation to", "attacks meant to".
    const PURPOSE: usize = 4;
    if !tables::launching().contains(&*doc.tokens[at].lemma) {
        return None;
    }
    let clause = Clause::of(doc, at, range);
    let end = clause.end;
    let object = phrase::object(doc, at, end, Reach::Of)?;
    let head = phrase::head(doc, object);
    let (ground, prepositions) = tables::ground_nouns().get(&*doc.tokens[head].lemma)?;
    if head > 0 && is_idiom(&doc.tokens[head - 1]) {
        return None;
    }
    let actor = actor::agent_before(doc, at, range.start);
    // "to retake X": the object of the infinitive; else the prepositions' place.
    let purpose = (head + 1..end.min(head + PURPOSE)).find(|i| {
        doc.tokens[*i].tag == Tag::Verb
            && doc.tokens[*i - 1].lower == "to"
            && tables::ground().contains_key(&*doc.tokens[*i].lemma)
    });
    let target = match purpose {
        Some(verb) => phrase::object(doc, verb, end, Reach::Full),
        None => phrase::prepositional(doc, head + 1, end, prepositions, Reach::Full)
            .or_else(|| phrase::prepositional(doc, at + 1, end, prepositions, Reach::Full)),
    }?;
    let target = place::controlled(doc, target, end);
    let mut place = places(doc, target.clone(), Action::Held);
    place.retain(|p| p.kind == Some(Kind::Place));
    // "fired a missile into the sea": at nobody.
    if place.iter().any(place::is_water) {
        return None;
    }
    let mut recipient = vec![];
    if place.is_empty() {
        if !phrase::is_time(doc, &target) {
            recipient = vec![who::mention(doc, target.clone())];
        }
        place = place_in(doc, target.end, end)?;
    }
    Some(Finding {
        recipient,
        place,
        trigger: at..target.start.max(head + 1),
        ..clause.said_by_verb(action_of(*ground), actor::of(doc, actor))
    })
}

/// What the noun at `at` says: "heavy fighting in X", "X was under attack", "under Y's control", "control of X".
pub(super) fn find(
    doc: &Document<'_>,
    at: usize,
    range: &Range<usize>,
    speaker: Option<&Mention>,
) -> Option<Finding> {
    let (ground, prepositions) = tables::ground_nouns().get(&*doc.tokens[at].lemma)?;
    if tables::munitions().contains(&*doc.tokens[at].lemma) || is_other_sense(doc, at, range) {
        return None;
    }
    let action = action_of(*ground);
    let clause = Clause::of(doc, at, range);
    let phrase = phrase::phrase_ending(doc, at + 1, range.start).unwrap_or(at..at + 1);
    if phrase.start > range.start && doc.tokens[phrase.start - 1].lower == "under" {
        return under(clause, action, phrase);
    }
    let about = about(clause, action, prepositions);
    match (action, about) {
        (Action::Held, Some(about)) => control_of(clause, &phrase, about, speaker),
        (_, Some(about)) if action != Action::Taken || doc.tokens[at].lemma != "fall" => {
            attack_on(clause, action, phrase, about)
        }
        // "Heavy fighting is taking place between A and B": the place is said before.
        _ if action == Action::Clash => fight_elsewhere(clause),
        _ => None,
    }
}

/// Does the noun mean something else: "cyber attack", "on strike", "attack ads"?
fn is_other_sense(doc: &Document<'_>, at: usize, range: &Range<usize>) -> bool {
    let before = at.checked_sub(1).filter(|before| *before >= range.start);
    let before = before.map(|before| &doc.tokens[before]);
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < range.end);
    before.is_some_and(|t| is_idiom(t) || t.lower == "on")
        || next.is_some_and(|t| t.tag == Tag::Noun)
}

/// "cyber attack", "charm offensive".
fn is_idiom(before: &Token<'_>) -> bool {
    tables::attack_idioms().contains(&*before.lemma)
}

/// "is under X's control", "came under attack": of the subject.
fn under(clause: Clause<'_, '_>, action: Action, phrase: Range<usize>) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let is_verb = |i: &usize| matches!(doc.tokens[*i].tag, Tag::Aux | Tag::Verb);
    let verb = (range.start..phrase.start).rev().find(is_verb)?;
    let subject = phrase::subject(doc, verb, range.start)?;
    let place = Some(places(doc, subject, Action::Held)).filter(|places| !places.is_empty())?;
    let names = phrase::names_in(doc, phrase);
    let owner = names.first().map(|n| (*n).clone());
    let by = || {
        let by = phrase::prepositional(doc, at + 1, end, &["by", "of", "from"], Reach::Of)?;
        Some(who::mention(doc, by))
    };
    Some(Finding {
        actor: owner.or_else(by).into_iter().collect(),
        place,
        ..clause.said_by_noun(action, factuality::of(doc, verb, range))
    })
}

/// The words that the noun's preposition governs. They follow close by, with no verb between; of fighting, with
/// the one that says it goes on ("broke out in", "was reported near").
fn about(
    clause: Clause<'_, '_>,
    action: Action,
    prepositions: &[&'static str],
) -> Option<Range<usize>> {
    let Clause { doc, at, end, .. } = clause;
    let (far, verbs) = if action == Action::Clash {
        (12, 1)
    } else {
        (7, 0)
    };
    phrase::prepositional(doc, at + 1, end, prepositions, Reach::Full).filter(|r| {
        let between = &doc.tokens[at + 1..r.start];
        r.start <= at + far
            && between.iter().all(|t| t.text != ",")
            && between.iter().filter(|t| t.tag == Tag::Verb).count() <= verbs
    })
}

/// A source claims "control of X", or its words open with that.
fn control_of(
    clause: Clause<'_, '_>,
    phrase: &Range<usize>,
    about: Range<usize>,
    speaker: Option<&Mention>,
) -> Option<Finding> {
    let Clause { doc, at, range, .. } = clause;
    let before = phrase.start.checked_sub(1).filter(|b| *b >= range.start);
    let claimed = before
        .filter(|b| tables::claiming_verbs().contains(&*doc.tokens[*b].lemma))
        .and_then(|b| actor::agent_before(doc, b, range.start))
        .map(|r| who::mention(doc, r));
    let alone = doc.tokens[range.start..at]
        .iter()
        .all(|t| matches!(t.tag, Tag::Det | Tag::Adj));
    let claimant = claimed.or_else(|| speaker.cloned().filter(|_| alone))?;
    let place = Some(places(doc, about, Action::Held)).filter(|places| !places.is_empty())?;
    let whole = Clause {
        end: range.end,
        ..clause
    };
    Some(Finding {
        actor: vec![claimant],
        place,
        ..whole.said_by_noun(Action::Held, Factuality::default())
    })
}

/// "an attack on X by Y", "fighting in X between Y and Z".
fn attack_on(
    clause: Clause<'_, '_>,
    action: Action,
    phrase: Range<usize>,
    about: Range<usize>,
) -> Option<Finding> {
    /// How many words before the noun a plan of it may stand.
    const PLAN: usize = 10;
    let Clause { doc, at, range, .. } = clause;
    let mut place = places(doc, about, Action::Held);
    place.retain(|p| p.kind == Some(Kind::Place) && !place::is_water(p));
    if place.is_empty() {
        return None;
    }
    let mut factuality = of_noun(doc, at, range);
    let before = doc.tokens[range.start..at].iter().rev().take(PLAN);
    let mut before = before.into_iter();
    if before.any(|t| tables::intending().contains(&*t.lemma)) {
        factuality.realis = Realis::Planned;
    }
    Some(Finding {
        actor: attackers(clause, action, phrase),
        place,
        ..clause.said_by_noun(action, factuality)
    })
}

/// Who does what the noun at `clause.at` names.
fn attackers(clause: Clause<'_, '_>, action: Action, phrase: Range<usize>) -> Vec<Mention> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let between = phrase::between(doc, at + 1, end).map(|r| actor::actors(doc, r));
    // Not "the strikes in Lenn, cited by Velka".
    let comma = (at + 1..end).find(|i| doc.tokens[*i].text == ",");
    let by = || {
        let near = comma.unwrap_or(end);
        let by = phrase::prepositional(doc, at + 1, near, &["by", "with"], Reach::Of)?;
        Some(actor::actors(doc, by))
    };
    let actor = between.or_else(by).unwrap_or_default();
    if !actor.is_empty() {
        return actor;
    }
    let names = phrase::names_in(doc, phrase.clone()).into_iter();
    let names: Vec<Mention> = names
        .filter(|n| n.kind != Some(Kind::Place))
        .cloned()
        .collect();
    if !names.is_empty() {
        return names;
    }
    let is_pronoun = |i: &usize| doc.tokens[*i].tag == Tag::Pron;
    if let Some(possessor) = phrase.clone().find(is_pronoun) {
        return vec![who::mention(doc, possessor..possessor + 1)];
    }
    let subject = actor::subject_of_clause(doc, at, range).filter(|_| action != Action::Clash);
    subject.into_iter().collect()
}

/// "Heavy fighting is taking place between A and B", "Fighting is on-going there": at the place of the sentences
/// before.
fn fight_elsewhere(clause: Clause<'_, '_>) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let between = phrase::between(doc, at + 1, end);
    let mut words = doc.tokens[at..end].iter();
    if between.is_none() && !words.any(|t| t.lower == "there" || t.lower == "here") {
        return None;
    }
    Some(Finding {
        actor: between.map(|r| actor::actors(doc, r)).unwrap_or_default(),
        place: place::place_before(doc, at),
        ..clause.said_by_noun(Action::Clash, of_noun(doc, at, range))
    })
}

/// How a noun is put. What verbs around say is seldom said of it ("made no claim for the attack in …"): only its
/// own negation counts, and a verb that it is the subject of.
fn of_noun(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Factuality {
    let subject_of = (at + 1..range.end.min(at + 4))
        .find(|i| doc.tokens[*i].tag == Tag::Verb || doc.tokens[*i].tag == Tag::Aux);
    let mut factuality = match subject_of {
        Some(verb) => factuality::of(doc, verb, range),
        None => Factuality::default(),
    };
    let mut negated = (range.start..at)
        .rev()
        .take(3)
        .take_while(|i| matches!(doc.tokens[*i].tag, Tag::Adj | Tag::Det | Tag::Noun));
    if negated.any(|i| doc.tokens[i].tag == Tag::Det && factuality::is_negation(&doc.tokens[i])) {
        factuality.polarity = Polarity::Negative;
    }
    factuality
}
