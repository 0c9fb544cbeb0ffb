//! Who holds a place, told by what is seen there: a flag over the gate, who takes the fees, whose men patrol; and
//! who has come to the edge of a town.

use super::place::{place_in, places, town_before};
use super::{Clause, Finding, actor};
use crate::phrase::{self, Reach};
use crate::tables;
use crate::{factuality, tree, who};
use rapporteur_model::{Action, Factuality, Kind, Mention, Polarity, Realis};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// "Orsolan flags above the customs house": the noun at `at` is a flag.
pub(super) fn flag(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    if !tables::flags().contains(&*doc.tokens[at].lemma) {
        return None;
    }
    let clause = Clause::of(doc, at, range);
    let own = phrase::phrase_ending(doc, at + 1, range.start)?;
    let before = phrase::names_in(doc, own.start..at).into_iter().next_back();
    let of = || {
        let words = phrase::prepositional(doc, at + 1, clause.end, &["of"], Reach::Of)?;
        (words.start == at + 2).then(|| who::mention(doc, words))
    };
    let owner = before.cloned().or_else(of)?;
    let over = (at + 1..clause.end.min(at + 8)).find(|i| {
        doc.tokens[*i].tag == Tag::Adp && tables::raising().contains(&*doc.tokens[*i].lower)
    })?;
    let at_what = phrase::noun_phrase(doc, over + 1, clause.end, Reach::Of)?;
    let place = held_at(doc, at, at_what)?;
    // A country's flag flies over its consulate, too.
    let side = !matches!(owner.kind, Some(Kind::Place | Kind::Person));
    if !actor::fights(&owner) || !side || negative(clause) {
        return None;
    }
    Some(Finding {
        actor: vec![owner],
        place,
        ..clause.said_by_noun(Action::Held, Factuality::default())
    })
}

/// "The rebels still collect the fees there", "patrol the streets of Velka": the verb at `at`.
pub(super) fn done_there(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    let nouns = tables::signs_of_holding().get(&*doc.tokens[at].lemma)?;
    let clause = Clause::of(doc, at, range);
    let object = phrase::object(doc, at, clause.end, Reach::Of)?;
    let head = phrase::head(doc, object.start..object.end);
    let fits = |i: usize| nouns.contains(&*doc.tokens[i].lower);
    // "collects no fees"
    if doc.tokens[object.clone()]
        .iter()
        .any(factuality::is_negation)
    {
        return None;
    }
    if !fits(head) && !object.clone().any(fits)
        || phrase::is_passive(doc, at, range.start, clause.end)
    {
        return None;
    }
    let who = actor::of(doc, actor::agent_before(doc, at, range.start));
    let fights = |m: &Mention| actor::fights(m) && m.kind != Some(Kind::Person);
    let there = (object.end..clause.end)
        .any(|i| doc.tokens[i].fine == "RB" && doc.tokens[i].lower == "there");
    let place = match place_in(doc, object.start, clause.end) {
        Some(place) => place,
        None if there || tables::posts_of_power().contains(&*doc.tokens[head].lower) => {
            town_before(doc, at)
        }
        None => vec![],
    };
    let said = factuality::of(doc, at, range);
    let now = said.realis == Realis::Actual && said.polarity == Polarity::Positive;
    (now && who.iter().any(fights) && !place.is_empty()).then(|| Finding {
        place,
        ..clause.said_by_verb(Action::Held, who)
    })
}

/// "entered the suburbs", "reached the edge of Velka": the verb at `at`.
pub(super) fn at_the_edge(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    if !tables::reaching_verbs().contains(&*doc.tokens[at].lemma) {
        return None;
    }
    let clause = Clause::of(doc, at, range);
    let object = phrase::object(doc, at, clause.end, Reach::Of)?;
    let edge = (object.clone()).find(|i| tables::outskirts().contains(&*doc.tokens[*i].lower))?;
    let of = phrase::prepositional(doc, edge + 1, object.end, &["of"], Reach::Of);
    let mut place = of
        .map(|words| places(doc, words, Action::Held))
        .unwrap_or_default();
    place.retain(|p| p.kind == Some(Kind::Place));
    // "In Velka, fighters entered the suburbs"
    if place.is_empty() {
        let sentence = doc.sentence_at(doc.tokens[at].span.start)?;
        let first = sentence.tokens.start.max(range.start);
        place = place_in(doc, first, at).unwrap_or_else(|| town_before(doc, at));
        place.truncate(1);
    }
    // "In Velka, the capital of the north, fighters entered": the last of its subjects.
    let mut subjects = doc.children(at).iter().copied();
    let subject = subjects.rfind(|i| *i < at && doc.is(*i, "nsubj"));
    let near = subject.map(|i| tree::around(doc, i, Reach::Of));
    let near = near.filter(|words| words.start >= range.start && words.end <= at);
    let who = actor::of(
        doc,
        near.or_else(|| actor::agent_before(doc, at, range.start)),
    );
    (who.iter().any(actor::fights) && !place.is_empty()).then(|| Finding {
        place,
        ..clause.said_by_verb(Action::Attacked, who)
    })
}

/// The place that the words name, or the town in which what they say stands.
fn held_at(doc: &Document<'_>, at: usize, words: Range<usize>) -> Option<Vec<Mention>> {
    let mut named = places(doc, words.clone(), Action::Held);
    named.retain(|p| p.kind == Some(Kind::Place) && p.name.contains(char::is_uppercase));
    if !named.is_empty() {
        return Some(named);
    }
    let head = phrase::head(doc, words);
    if !tables::posts_of_power().contains(&*doc.tokens[head].lower) {
        return None;
    }
    Some(town_before(doc, at)).filter(|places| !places.is_empty())
}

fn negative(clause: Clause<'_, '_>) -> bool {
    let words = &clause.doc.tokens[clause.range.start..clause.at];
    words.iter().rev().take(5).any(factuality::is_negation)
}
