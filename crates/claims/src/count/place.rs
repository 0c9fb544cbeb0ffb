//! Where it happened to those counted.

use crate::tree::{self, Stand};
use crate::{ground, phrase, tables};
use rapporteur_model::{Kind, Mention, Span};
use rapporteur_text::{Document, Tag};
use std::collections::BTreeSet;
use std::ops::Range;

/// Does one of these nouns stand above the words, as long as what stands between is so?
pub(super) fn is_under(
    doc: &Document<'_>,
    words: Span,
    nouns: &BTreeSet<&'static str>,
    through: impl Fn(usize) -> bool,
) -> bool {
    /// How far above.
    const HOPS: usize = 4;
    let top = tree::top(doc, &phrase::tokens_of(doc, words));
    let above = std::iter::successors(top, |at| doc.tokens[*at].head).skip(1);
    let mut above = above.take(HOPS).take_while(|at| through(*at));
    above.any(|at| nouns.contains(&*doc.tokens[at].lemma))
}

/// "Velka market: 12 killed": where it was, as a heading puts it.
fn headed(doc: &Document<'_>, around: &Range<usize>) -> Vec<Mention> {
    /// How many words may name the place.
    const NAMING: usize = 8;
    let first = around.start..around.end.min(around.start + NAMING);
    let Some(colon) = first.clone().find(|at| doc.tokens[*at].text == ":") else {
        return vec![];
    };
    let verb = |at: usize| matches!(doc.tokens[at].tag, Tag::Verb | Tag::Aux);
    let counted = colon + 1 < around.end && phrase::starts_figure(doc, colon + 1);
    if !counted || (around.start..colon).any(verb) {
        return vec![];
    }
    let words = around.start..colon;
    let names = phrase::names_in(doc, words.clone());
    let places = names.iter().filter(|n| n.kind == Some(Kind::Place));
    let places: Vec<Mention> = places.map(|n| (*n).clone()).collect();
    if !places.is_empty() {
        return places;
    }
    // "Orsolo College: 12 killed", and not "Orlo Front: 12 killed"
    let mut whole = Mention::plain(doc.span(words.clone()), phrase::words(doc, words.clone()));
    let somebody = (names.iter()).any(|n| n.kind.is_some() && n.span.end == whole.span.end);
    let last = &doc.tokens[colon - 1];
    let group = ground::fights(&whole) || rapporteur_text::is_group_noun(&last.lower);
    let place = tables::place_nouns().contains(&*last.lemma);
    let site = tables::sites().contains(&*last.lower);
    let body = !site && (somebody || group && !place);
    if body || !whole.name.contains(char::is_uppercase) {
        return vec![];
    }
    whole.kind = Some(Kind::Place);
    vec![whole]
}

/// "dozens died when a bomb went off in Velka": is the place said of that by which it came about?
fn is_occasion(doc: &Document<'_>, place: usize, told: usize) -> bool {
    let Some(clause) = tree::clause(doc, place) else {
        return false;
    };
    // "injured after a tram overturned in Velka", with the verb hung on the tram
    let noun = doc.tokens[clause].head.filter(|_| doc.is(clause, "acl"));
    let after = |noun: usize| {
        let case = doc.child(noun, "case").map(|case| &*doc.tokens[case].lower);
        doc.is(noun, "obl") && case.is_some_and(|case| tables::occasions().contains(case))
    };
    if noun.is_some_and(|noun| doc.tokens[noun].head == Some(told) && after(noun)) {
        return true;
    }
    let head = doc.tokens[clause].head.filter(|_| doc.is(clause, "advcl"));
    let under =
        clause > told && (head == Some(told) || head.is_some() && head == tree::clause(doc, told));
    under && (told + 1..clause).any(|i| tables::occasions().contains(&*doc.tokens[i].lower))
}

/// "a reporter for the Lenn Gazette in Velka", "in contrast with the raid on Velka": where somebody writes from, or
/// something else was.
fn is_of_other(doc: &Document<'_>, place: Span) -> bool {
    let event = |at: usize| {
        let token = &doc.tokens[at];
        token.tag == Tag::Verb || tables::ground_nouns().contains_key(&*token.lemma)
    };
    is_under(doc, place, tables::newspeople(), |at| !event(at))
        || is_under(doc, place, tables::contrasts(), |_| true)
}

/// "blamed on Velka": no place where anything happened.
fn is_blamed(doc: &Document<'_>, place: Span) -> bool {
    let first = phrase::tokens_of(doc, place).start;
    let verb = first.checked_sub(2).map(|i| &doc.tokens[i]);
    verb.is_some_and(|t| t.tag == Tag::Verb && tables::blaming_verbs().contains(&*t.lemma))
}

/// The places that the clause says it happened in, else those that the words around it say; none that another
/// clause tells of.
pub(crate) fn place(
    doc: &Document<'_>,
    told: &[usize],
    tokens: &Range<usize>,
    around: &Range<usize>,
) -> Vec<Mention> {
    let located = |range: &Range<usize>| -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut nearer = false;
        for place in ground::places_in(doc, range.start, range.end) {
            let top = tree::top(doc, &phrase::tokens_of(doc, place.span));
            let elsewhere = top.is_some_and(|top| {
                let other = |at: &usize| {
                    tree::stand(doc, top, *at) == Stand::Elsewhere || tree::apart(doc, top, *at)
                };
                told.iter()
                    .all(|at| other(at) && !is_occasion(doc, top, *at))
                    || is_blamed(doc, place.span)
                    || is_of_other(doc, place.span)
            });
            let named = place.name.contains(char::is_uppercase) || place.stands_for.is_some();
            let known = |known: &Mention| {
                known.span.contains(place.span) || Some(&known.name) == place.stands_for.as_ref()
            };
            let own = |at: &usize| top.is_some_and(|top| tree::stand(doc, top, *at) == Stand::Own);
            if !named || elsewhere || found.iter().any(known) {
                continue;
            }
            // "the raid on Velka came after 12 had died in Lenn": there, and not in Velka.
            let own = told.iter().any(own);
            if own && !nearer {
                found.clear();
            }
            if own || !nearer {
                found.push(place);
            }
            nearer |= own;
        }
        found
    };
    let own = located(tokens);
    let found = if own.is_empty() { located(around) } else { own };
    if !found.is_empty() {
        return found;
    }
    let around_it = |at: usize| {
        let by = where_of(doc, at).or_else(|| where_by(doc, at));
        by.or_else(|| where_undergone(doc, at))
    };
    let whither = told.iter().find_map(|at| around_it(*at));
    whither.map_or_else(|| headed(doc, around), |place| vec![place])
}

/// "the Velka gunman, who killed 12", "the Velka bombing killed 12": the place that whoever or whatever did it is
/// called by.
fn where_by(doc: &Document<'_>, told: usize) -> Option<Mention> {
    let noun = tree::subject(doc, told)?;
    let lemma = &*doc.tokens[noun].lemma;
    let named =
        tables::perpetrators().contains(lemma) || tables::ground_nouns().contains_key(lemma);
    let words = tree::around(doc, noun, phrase::Reach::Head);
    let names = phrase::names_in(doc, words.start..noun);
    let town = |n: &&Mention| {
        n.kind == Some(Kind::Place)
            && rapporteur_text::country(&n.name).is_none()
            && rapporteur_text::demonym(&n.name).is_none()
            && (phrase::tokens_of(doc, n.span).end..noun).all(|at| doc.tokens[at].tag == Tag::Noun)
    };
    names.into_iter().filter(|_| named).find(town).cloned()
}

/// "Velka has faced attacks, killing 12": the place that suffers them.
fn where_undergone(doc: &Document<'_>, told: usize) -> Option<Mention> {
    let governor = doc.tokens[told].head.filter(|_| doc.is(told, "advcl"))?;
    let suffers = tables::undergoing_verbs().contains(&*doc.tokens[governor].lemma);
    let subject = doc.child(governor, "nsubj").filter(|_| suffers)?;
    let sentence = doc.sentence_at(doc.tokens[subject].span.start)?;
    let mut names = doc.names_in(sentence.span);
    let own = |n: &&Mention| {
        n.kind == Some(Kind::Place) && phrase::tokens_of(doc, n.span).contains(&subject)
    };
    names.find(own).cloned()
}

/// "Velka, where 12 died": the place that the clause is said of.
fn where_of(doc: &Document<'_>, told: usize) -> Option<Mention> {
    let opens = |at: &usize| tables::place_openers().contains(&*doc.tokens[*at].lower);
    let opener = doc.children(told).iter().copied().find(opens)?;
    // Else the noun before it, whatever the clause was hung on.
    let before = || {
        let comma = opener.checked_sub(1)?;
        match doc.tokens[comma].text {
            "," => comma.checked_sub(1),
            _ => Some(comma),
        }
    };
    let noun = doc.tokens[told].head.filter(|_| doc.is(told, "acl"));
    let noun = noun.or_else(before)?;
    let words = tree::around(doc, noun, phrase::Reach::Head);
    let names = phrase::names_in(doc, words);
    let name = names.into_iter().find(|n| {
        matches!(n.kind, None | Some(Kind::Place)) && phrase::tokens_of(doc, n.span).contains(&noun)
    })?;
    Some(Mention {
        kind: Some(Kind::Place),
        ..name.clone()
    })
}
