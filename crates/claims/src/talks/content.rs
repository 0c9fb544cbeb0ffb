//! Where what is agreed, pledged, asked or offered ends: not with the rest of the sentence.

use super::scene::Scene;
use crate::{phrase, tables, tree};
use rapporteur_text::{Document, Tag, Token};
use std::ops::Range;

/// How many words after one that opens a clause its verb may stand.
const NEAR: usize = 8;
/// How many verbs up a tree are followed.
const DEEP: usize = 24;

impl Scene<'_, '_> {
    /// The words of what is to be done or is agreed, from `range`, without what is said beside it.
    pub(super) fn content(&self, range: Range<usize>) -> String {
        self.words(self.content_range(range))
    }

    /// The same, as tokens.
    pub(super) fn content_range(&self, range: Range<usize>) -> Range<usize> {
        let doc = self.doc;
        let Some(verb) = first_verb(doc, &range) else {
            let stop = (range.start + 1..range.end).find(|at| {
                is_headline(&doc.tokens[*at]) && doc.tokens[*at].tag == Tag::Det
                    || doc.tokens[*at].tag == Tag::Adp && is_saying(doc, *at, range.end)
            });
            return range.start..stop.unwrap_or(range.end);
        };
        let end = (verb + 1..range.end)
            .find_map(|at| stop(doc, range.start, verb, at, range.end))
            .unwrap_or(range.end);
        let mut end = end.max(verb + 1);
        // "under threat because Orland": a clause whose verb is cut off.
        let opens = |at: &usize| doc.tokens[*at].tag == Tag::Sconj && doc.is(*at, "mark");
        let cut = (verb + 1..end).rev().find(opens);
        if let Some(cut) = cut
            && doc.tokens[cut].head.is_some_and(|clause| clause >= end)
        {
            end = cut;
        }
        // "for the raid, which": what only opens something else.
        while end > verb + 1 && is_loose(&doc.tokens[end - 1]) {
            end -= 1;
        }
        range.start..end
    }
}

/// The verb of the content: its first word that is no adverb, where that is a verb, or the verb of its clause.
fn first_verb(doc: &Document<'_>, range: &Range<usize>) -> Option<usize> {
    let plain = |at: &usize| {
        let token = &doc.tokens[*at];
        !matches!(token.tag, Tag::Adv | Tag::Part | Tag::Aux | Tag::Punct)
    };
    let is_verb = |at: &usize| doc.tokens[*at].tag == Tag::Verb;
    let first = range.clone().find(plain).filter(is_verb);
    let inner = || {
        range
            .clone()
            .find(|at| is_verb(at) && !phrase::nominal(doc, *at))
    };
    let top = || tree::top(doc, range).filter(is_verb);
    first.or_else(top).or_else(inner)
}

/// Where the content ends that something else follows at `at`.
fn stop(doc: &Document<'_>, from: usize, verb: usize, at: usize, high: usize) -> Option<usize> {
    let token = &doc.tokens[at];
    // "to leave", "to be moved"
    let bare = |at: usize| doc.tokens[at].fine == "VB";
    let open = bare(verb) || doc.child(verb, "aux").is_some_and(bare);
    let comma = doc.tokens[at - 1].text == ",";
    let here = if comma { at - 1 } else { at };
    match token.tag {
        Tag::Cconj if joins_other(doc, from, verb, at, high) => Some(here),
        // ", as a step that will move it": why, says whoever tells of it.
        Tag::Adp if comma && tables::quoted_as().contains(&*token.lower) => Some(here),
        // ", calling them": by whoever says it.
        Tag::Verb if comma && token.fine == "VBG" && is_aside(doc, from, at) => Some(here),
        // "vowed to strike after they had fired": what lies behind is nothing that one vows.
        _ if open && is_past_clause(doc, at, high) => Some(here),
        _ if comma && tables::so_that().contains(&*token.lower) && next_is(doc, at, high) => {
            Some(here)
        }
        // "to run them over THE raid": a headline begins.
        Tag::Det | Tag::Adp if is_headline(token) => Some(here),
        // "the need for action in a phone call": where it was agreed.
        Tag::Adp if is_saying(doc, at, high) => Some(here),
        Tag::Punct if matches!(token.text, "--" | "\u{2013}") => Some(at),
        // "not to attack Velka: “They know …": what he says besides.
        Tag::Punct if token.text == ":" && next_opens_quote(doc, at, high) => Some(at),
        // ", far from what was hoped": how far that goes, says whoever tells of it.
        Tag::Adj | Tag::Adv if comma && is_far(doc, at, high) => Some(here),
        Tag::Verb | Tag::Aux if open => outer_verb(doc, verb, at).map(|group| {
            let clause = (verb + 1..group).rev().find(|i| own_clause(doc, *i, group));
            clause.unwrap_or(group)
        }),
        _ => None,
    }
}

/// Does a quotation mark follow?
fn next_opens_quote(doc: &Document<'_>, at: usize, high: usize) -> bool {
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < high);
    next.is_some_and(phrase::is_quote_mark)
}

/// ", far from the truce that was hoped for", ", short of a truce"
fn is_far(doc: &Document<'_>, at: usize, high: usize) -> bool {
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < high);
    tables::short_of().contains(&*doc.tokens[at].lower) && next.is_some_and(|t| t.tag == Tag::Adp)
}

/// A small word in capitals.
fn is_headline(token: &Token<'_>) -> bool {
    token.text.len() > 1 && token.text.chars().all(char::is_uppercase)
}

/// "in a statement", "in a phone call": does it say in what somebody said so?
pub(super) fn is_saying(doc: &Document<'_>, at: usize, high: usize) -> bool {
    if !tables::place_prepositions().contains(&*doc.tokens[at].lower) {
        return false;
    }
    let phrase = phrase::noun_phrase(doc, at + 1, high, phrase::Reach::Head);
    phrase.is_some_and(|words| {
        let head = &*doc.tokens[phrase::head(doc, words)].lemma;
        tables::issuing_papers().contains(head)
    })
}

/// "so that"
fn next_is(doc: &Document<'_>, at: usize, high: usize) -> bool {
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < high);
    next.is_some_and(|t| tables::complementizers().contains(&*t.lower))
}

/// Does the conjunction at `at` join what another verb does: "to hold talks and would stop its tests", "to leave, and
/// said", "to leave and the rebels stayed"?
fn joins_other(doc: &Document<'_>, from: usize, verb: usize, at: usize, high: usize) -> bool {
    let passed = |t: &Token<'_>| t.tag == Tag::Adv || phrase::is_quote_mark(t);
    let Some(next) = (at + 1..high).find(|i| !passed(&doc.tokens[*i])) else {
        return false;
    };
    let token = &doc.tokens[next];
    // "and plans to close", with the verb taken for a noun.
    let noun = token.fine == "NNS"
        && tables::planning_verbs().contains(&*token.lemma)
        && doc.tokens.get(next + 1).is_some_and(|t| t.fine == "TO");
    if noun {
        return true;
    }
    let outside = || token.head.is_some_and(|head| head < from);
    match form(token) {
        Some(own) if token.fine != "VBG" => !(from..at).any(|i| form(&doc.tokens[i]) == Some(own)),
        Some(own) => {
            // "and warning them": by whoever asks.
            let says = tables::cues().contains_key(&*token.lemma);
            let first = !(from..at).any(|i| form(&doc.tokens[i]) == Some(own));
            // "that it leave but holding back on a threat"
            let finite = matches!(doc.tokens[verb].fine, "VBD" | "VBZ" | "VBP");
            outside() && doc.is(next, "conj") || (says || finite) && first
        }
        // "and the rebels stayed", where the content has no subject of its own.
        None => {
            let other = doc.tokens[at]
                .head
                .filter(|other| (at..high).contains(other));
            let own = |verb: usize| doc.child(verb, "nsubj");
            let subject = other.and_then(own).filter(|s| *s > at);
            subject.is_some()
                && own(verb).is_none_or(|s| s < from)
                && doc.tokens[verb].fine == "VB"
                && other.is_some_and(|o| matches!(doc.tokens[o].tag, Tag::Verb | Tag::Adj))
        }
    }
}

/// The form of a verb that its neighbour in a list must have, too.
fn form(token: &Token<'_>) -> Option<&'static str> {
    match (token.tag, token.fine) {
        (Tag::Verb | Tag::Aux, "VBD") => Some("past"),
        (Tag::Verb | Tag::Aux, "VBZ") => Some("present"),
        (Tag::Aux, "MD") => Some("modal"),
        (Tag::Verb, "VBG") => Some("participle"),
        _ => None,
    }
}

/// Does the participle say what whoever speaks did beside: "…, calling it a breach"?
fn is_aside(doc: &Document<'_>, from: usize, at: usize) -> bool {
    let above = doc.tokens[at].head.is_some_and(|head| head < from);
    above || tables::cues().contains_key(&*doc.tokens[at].lemma)
}

/// "after they had fired", "when he took office": does a clause about what was begin here?
fn is_past_clause(doc: &Document<'_>, at: usize, high: usize) -> bool {
    let token = &doc.tokens[at];
    if !tables::looking_back().contains(&*token.lower) || !matches!(token.fine, "IN" | "WRB" | "RB")
    {
        return false;
    }
    let words = at + 1..high.min(at + 1 + NEAR);
    let mut words = words.take_while(|i| doc.tokens[*i].text != ",");
    let finite = words.find(|i| matches!(doc.tokens[*i].fine, "VBD" | "VBZ" | "VBP" | "MD" | "VB"));
    // "as this is the only way": why.
    let why = tables::quoted_as().contains(&*token.lower);
    finite.is_some_and(|i| {
        let fine = doc.tokens[i].fine;
        i > at + 1 && (fine == "VBD" || why && matches!(fine, "VBZ" | "VBP"))
    })
}

/// Where the group of a finite verb begins that no clause of the content's verb holds: "his pledge to leave sounds".
fn outer_verb(doc: &Document<'_>, verb: usize, at: usize) -> Option<usize> {
    let token = &doc.tokens[at];
    if !matches!(token.fine, "VBD" | "VBZ") {
        return None;
    }
    // "was a turning point": what the copula stands with.
    let clause = match token.tag {
        Tag::Aux => token
            .head
            .filter(|_| doc.is(at, "cop") || doc.is(at, "aux"))?,
        _ => at,
    };
    let relative = |child: usize| tables::relatives().contains(&*doc.tokens[child].lower);
    let children = doc.children(clause);
    let opened = children.iter().any(|child| relative(*child))
        || doc.child(clause, "mark").is_some()
        || doc.tokens[clause].relation.starts_with("acl:");
    // "…, whose delivery had been put off"
    let from = (verb + 1..at).rfind(|i| doc.tokens[*i].text == ",");
    let whose = from.is_some_and(|from| {
        (from..at).any(|i| matches!(doc.tokens[i].fine, "WDT" | "WP" | "WP$" | "WRB"))
    });
    if clause == verb || whose {
        return None;
    }
    let token = &doc.tokens[clause];
    let mut above = std::iter::successors(token.head, |at| doc.tokens[*at].head).take(DEEP);
    // "…, and the question whether to do so remains": a clause that the tree hangs below the content.
    let loose = doc.is(clause, "advcl") && doc.child(clause, "nsubj").is_none();
    let joined = loose && (verb + 1..at).any(|i| own_clause(doc, i, at));
    let inside = above.any(|at| at == verb) && !joined;
    (!opened && !inside).then(|| phrase::group_start(doc, at, verb + 1))
}

/// Does ", and the question" begin here, with a subject for the verb whose group begins at `group`?
fn own_clause(doc: &Document<'_>, at: usize, group: usize) -> bool {
    let joins = |i: usize| doc.tokens.get(i).is_some_and(|t| t.tag == Tag::Cconj);
    let noun = |i: usize| {
        let token = doc.tokens.get(i).filter(|_| i < group);
        token.is_some_and(|t| matches!(t.tag, Tag::Det | Tag::Noun | Tag::Propn | Tag::Pron))
    };
    doc.tokens[at].text == "," && joins(at + 1) && noun(at + 2)
}

/// A word at the end of some words that only opens others.
fn is_loose(token: &Token<'_>) -> bool {
    matches!(token.tag, Tag::Punct | Tag::Cconj) && !phrase::is_quote_mark(token)
        || matches!(token.fine, "WDT" | "WP")
}

/// A phrase with the clause that says which thing it is: "the fighters taken in Velka", "plans to leave", "a deal in
/// which both disarm".
pub(super) fn with_clause(doc: &Document<'_>, range: Range<usize>, high: usize) -> Range<usize> {
    let mut next = range.end;
    if doc.tokens.get(next).is_some_and(phrase::is_quote_mark) {
        next += 1;
    }
    if next >= high || doc.tokens[next].tag == Tag::Punct || range.is_empty() {
        return range;
    }
    // "plans to leave", wherever the tree hangs the verb
    let planned = tables::infinitive_nouns().contains(&*doc.tokens[range.end - 1].lemma);
    if planned && doc.tokens[next].fine == "TO" {
        return range.start
            ..phrase::clause_end(doc, next + 1, high)
                .max(next + 1)
                .min(high);
    }
    // "a deal in which both disarm", wherever the tree hangs it
    let relative = |i: usize| (doc.tokens.get(i)).is_some_and(|t| matches!(t.fine, "WDT" | "WP"));
    if doc.tokens[next].tag == Tag::Adp && relative(next + 1) {
        let comma = (next + 1..high).find(|i| doc.tokens[*i].text == ",");
        return range.start..comma.unwrap_or(phrase::clause_end(doc, next + 1, high));
    }
    let opens = |at: &usize| {
        let children = doc.children(*at).iter();
        let mut clauses = children.filter(|child| **child >= next && doc.is(**child, "acl"));
        clauses
            .find(|child| extent(doc, **child).start == next)
            .copied()
    };
    let clause = range.clone().rev().find_map(|at| opens(&at));
    let Some(clause) = clause else { return range };
    let end = extent(doc, clause).end.min(high);
    let end = end.min(phrase::clause_end(doc, clause, high));
    let mut end = (next + 1..end)
        .find(|i| matches!(doc.tokens[*i].text, "," | "--" | "\u{2013}" | "\u{2014}"))
        .unwrap_or(end);
    while end > clause + 1 && is_loose(&doc.tokens[end - 1]) {
        end -= 1;
    }
    range.start..end.max(clause + 1)
}

/// How many words are looked at for how far a clause reaches.
const WIDE: usize = 120;

/// The first and the last word below a word, with it.
fn extent(doc: &Document<'_>, at: usize) -> Range<usize> {
    let (mut start, mut end) = (at, at + 1);
    let mut open = vec![at];
    let mut seen = 0;
    while let Some(word) = open.pop() {
        seen += 1;
        if seen > WIDE {
            break;
        }
        start = start.min(word);
        end = end.max(word + 1);
        open.extend(doc.children(word).iter().copied());
    }
    start..end
}
