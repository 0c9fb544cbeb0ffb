//! Attributions by a noun, an adjective or a preposition: "his call for", "is confident that",
//! "according to".

use super::Whole;
use super::complements;
use super::sources;
use super::spread::{self, Spread};
use super::verbs::{case, is_infinitive};
use crate::phrase;
use crate::tables;
use rapporteur_model::Kind;
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// How what depends on a noun or adjective may stand for its content.
const COMPLEMENTS: &[&str] = &["nmod", "obl", "acl", "ccomp", "xcomp", "advcl", "csubj"];

/// What stands for the content after the noun or adjective at `at`, and where the cue ends; it may depend on any of
/// `owners`.
fn complement(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    owners: &[usize],
    fits: impl Fn(&str) -> bool,
) -> Option<(Range<usize>, usize)> {
    let children = owners
        .iter()
        .flat_map(|owner| doc.children(*owner))
        .copied();
    let mut after = children.filter(|child| *child > at);
    after.find_map(|child| fitting(doc, spread, at, child, &fits))
}

fn fitting(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    child: usize,
    fits: impl Fn(&str) -> bool,
) -> Option<(Range<usize>, usize)> {
    let kind = |relation: &str| doc.is(child, relation);
    if !COMPLEMENTS.iter().copied().any(kind) || kind("acl:relcl") {
        return None;
    }
    let range = spread.range(child);
    let range = range.start.max(at + 1)..range.end;
    if is_infinitive(doc, child) {
        return fits("inf").then_some((range, at + 1));
    }
    let Some(case) = case(doc, child) else {
        return (kind("ccomp") && fits("clause")).then_some((range, at + 1));
    };
    let word = &*doc.tokens[case].lower;
    if tables::complementizers().contains(word) {
        let clause = kind("acl") || kind("ccomp") || kind("advcl");
        return (clause && fits("clause")).then_some((range, at + 1));
    }
    let near = case == at + 1;
    let start = if near { case + 1 } else { case };
    let end = if near { case + 1 } else { at + 1 };
    fits(word).then_some((start..range.end.max(start), end))
}

/// "made the case that", "voiced concern about", "took aim at": a verb that says little without its object.
pub(super) fn light(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    sentence: &Range<usize>,
) -> Option<Whole> {
    let lemma = &*doc.tokens[at].lemma;
    let objects = tables::light_cues().get(lemma);
    let light = tables::light_verbs().contains(lemma);
    if objects.is_none() && !light {
        return None;
    }
    let (object, frames) = doc.children(at).iter().copied().find_map(|child| {
        let fits = child > at && (doc.is(child, "obj") || doc.is(child, "xcomp"));
        let noun = &*doc.tokens[child].lemma;
        let frames = tables::attributing_nouns().get(noun).filter(|_| light);
        let known = objects.is_some_and(|objects| objects.contains(noun)) || frames.is_some();
        (fits && known).then_some((child, frames))
    })?;
    let fits = |frame: &str| match frames {
        Some(frames) => frames.active(frame),
        None => tables::light_prepositions().contains(frame),
    };
    let (content, cue_end) = complement(doc, spread, object, &[object, at], fits)?;
    let start = phrase::group_start(doc, at, sentence.start);
    let source = sources::of(doc, spread, at, start)?;
    Some(Whole::by(at, Some(source), start..cue_end, vec![content]))
}

/// "is confident that", "remains opposed to".
pub(super) fn adjective(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    sentence: &Range<usize>,
) -> Option<Whole> {
    let token = &doc.tokens[at];
    if !matches!(token.tag, Tag::Adj | Tag::Verb) {
        return None;
    }
    let frames = tables::attributing_adjectives().get(&*token.lower)?;
    // Its copula, or the verb in a copula's place: "remains confident".
    let verb = token
        .head
        .filter(|_| doc.is(at, "xcomp"))
        .filter(|head| *head < at);
    let copula = doc.child(at, "cop").or_else(|| doc.child(at, "aux:pass"));
    let first = copula.or(verb).filter(|first| *first < at)?;
    let (content, cue_end) = complement(doc, spread, at, &[at], |frame| frames.active(frame))
        .or_else(|| complement(doc, spread, at, &[verb?], |frame| frames.active(frame)))?;
    let start = phrase::group_start(doc, first, sentence.start);
    let source = sources::of(doc, spread, verb.unwrap_or(at), start)?;
    Some(Whole::by(at, Some(source), start..cue_end, vec![content]))
}

/// "Velka's call for a truce", "a claim by officials that", "is a supporter of".
pub(super) fn noun(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    sentence: &Range<usize>,
) -> Option<Whole> {
    let token = &doc.tokens[at];
    if token.tag != Tag::Noun || doc.is(at, "compound") {
        return None;
    }
    if let Some(found) = holder(doc, spread, at, sentence) {
        return Some(found);
    }
    let frames = tables::attributing_nouns().get(&*token.lemma)?;
    let (content, cue_end) = complement(doc, spread, at, &[at], |frame| frames.active(frame))?;
    let owner = doc.child(at, "nmod:poss").filter(|owner| *owner < at);
    // "Brisk's attacks on him" are words, "the rebels' attack on the town" is none.
    let among_people = || {
        let object = doc.children(at).iter().any(|c| {
            cue_end <= *c
                && content.contains(c)
                && doc.is(*c, "nmod")
                && complements::is_place(doc, *c)
        });
        owner.is_some_and(|owner| complements::is_somebody(doc, owner)) && !object
    };
    if frames.active("rival") && !among_people() {
        return None;
    }
    if let Some(owner) = owner {
        let range = spread.range(owner);
        let start = range.end.min(at);
        return Some(Whole::by(
            at,
            Some(range.start..start),
            start..cue_end,
            vec![content],
        ));
    }
    let by = doc.children(at).iter().copied().find(|child| {
        let agent = |case: usize| tables::agent().contains(&*doc.tokens[case].lower);
        *child > at && doc.is(*child, "nmod") && case(doc, *child).is_some_and(agent)
    });
    Some(Whole::by(
        at,
        by.map(|by| spread::noun(doc, spread, by)),
        at..cue_end,
        vec![content],
    ))
}

/// "is a supporter of the plan", "a fierce critic of".
fn holder(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    sentence: &Range<usize>,
) -> Option<Whole> {
    if !tables::holders_of_views().contains(&*doc.tokens[at].lemma) {
        return None;
    }
    let copula = doc.child(at, "cop").filter(|copula| *copula < at)?;
    let of = |frame: &str| tables::of().contains(frame);
    let (content, cue_end) = complement(doc, spread, at, &[at], of)?;
    let start = phrase::group_start(doc, copula, sentence.start);
    let source = sources::of(doc, spread, at, start)?;
    Some(Whole::by(at, Some(source), start..cue_end, vec![content]))
}

/// "according to SOURCE": the clause around it is what is said.
pub(super) fn according(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    sentence: &Range<usize>,
) -> Option<Whole> {
    let next = doc
        .tokens
        .get(at + 1)
        .filter(|_| sentence.contains(&(at + 1)))?;
    let two = format!("{} {}", doc.tokens[at].lower, next.lower);
    if !tables::prepositional_cues().contains(&*two) {
        return None;
    }
    // Whom it names: what the preposition depends on, or what depends on it.
    let head = doc.tokens[at]
        .head
        .filter(|head| *head > at + 1 && sentence.contains(head));
    let named = head.or_else(|| doc.tokens[at + 1].head.filter(|head| *head > at + 1));
    let named = named.or_else(|| doc.children(at).iter().copied().find(|c| *c > at + 1))?;
    let source = spread::noun(doc, spread, named);
    let source = source.start.max(at + 2)..source.end;
    // "goes according to plan"
    if source.len() == 1 && tables::plainly().contains(&*doc.tokens[source.start].lower) {
        return None;
    }
    let source = cut_at_clause(doc, source, named);
    let outer = doc.tokens[named].head.filter(|head| *head != at);
    let outer = outer
        .or(doc.tokens[at].head)
        .filter(|head| sentence.contains(head));
    let outer = outer.filter(|outer| !(at..source.end).contains(outer));
    let content = match outer.and_then(|outer| clause_around(doc, outer)) {
        Some(clause) => spread.range(clause),
        None => sentence.clone(),
    };
    Some(Whole::by(
        at,
        Some(source.clone()),
        at..at + 2,
        super::without(content, &(at..source.end)),
    ))
}

/// How far up the clause around a word is looked for.
const HOPS: usize = 8;

/// The verb or predicate with a subject of its own that the word stands under; `None`: the sentence's.
fn clause_around(doc: &Document<'_>, at: usize) -> Option<usize> {
    let mut clause = at;
    for _ in 0..HOPS {
        if doc
            .child(clause, "nsubj")
            .is_some_and(|s| !tables::relatives().contains(&*doc.tokens[s].lower))
        {
            return Some(clause);
        }
        clause = doc.tokens[clause].head?;
    }
    None
}

/// The most words that name a speaker beside a colon or dash.
const NAMED: usize = 10;

/// "Study: Rents will rise", as headlines put it; "“…” — Ada Brisk", as letters are signed.
pub(super) fn marked(doc: &Document<'_>, at: usize, sentence: &Range<usize>) -> Option<Whole> {
    let of = |source: Range<usize>, content: Vec<Range<usize>>| {
        Some(Whole::by(at, Some(source), at..at + 1, content))
    };
    match doc.tokens[at].text {
        ":" => {
            let source = sentence.start..at;
            let content = at + 1..turn_end(doc, at, sentence);
            let verb = doc.tokens[content.clone()]
                .iter()
                .any(|t| matches!(t.tag, Tag::Verb | Tag::Aux));
            (verb && content.len() > 2 && speaks(doc, &source)).then_some(())?;
            of(source, vec![content])
        }
        "-" | "--" | "\u{2013}" | "\u{2014}" | "\u{2015}" => {
            let before = doc
                .quotes
                .partition_point(|q| q.tokens.end < at)
                .checked_sub(1)?;
            let quote = doc.quotes.get(before).filter(|q| q.tokens.end + 1 == at)?;
            let source = at + 1..sentence.end;
            speaks(doc, &source).then_some(())?;
            of(
                source,
                vec![quote.tokens.start.saturating_sub(1)..quote.tokens.end + 1],
            )
        }
        _ => None,
    }
}

/// Where a turn of a conversation ends: with its paragraph, where the speaker's name opens that.
fn turn_end(doc: &Document<'_>, at: usize, sentence: &Range<usize>) -> usize {
    let block = |at: usize| doc.tokens.get(at).map(|t| t.block);
    let opens = sentence.start == 0 || block(sentence.start - 1) != block(at);
    let same = |at: &usize| block(*at) == block(sentence.start);
    if !opens {
        return sentence.end;
    }
    (sentence.end..doc.tokens.len())
        .take_while(same)
        .last()
        .map_or(sentence.end, |at| at + 1)
}

/// Do the words name somebody, or a document that says something, and nothing else?
fn speaks(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let words = || doc.tokens[range.clone()].iter().filter(|t| !t.is_punct());
    if range.is_empty()
        || range.len() > NAMED
        || words().any(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
    {
        return false;
    }
    let Some(last) = words().next_back() else {
        return false;
    };
    let named = phrase::names_in(doc, range.clone())
        .into_iter()
        .any(|name| {
            matches!(name.kind, Some(Kind::Person | Kind::Organization))
                && name.span.end == last.span.end
        });
    let opens = range.start == 0;
    let headline = || {
        let people = tables::anonymous().contains(&*last.lower)
            || tables::roles().contains(&*last.lemma)
            || tables::media_nouns().contains(&*last.lower);
        people || words().all(|t| t.tag == Tag::Propn) && range.len() == 1
    };
    named || tables::document_nouns().contains(&*last.lower) || opens && headline()
}

/// A source up to the comma behind which a clause of its own begins.
fn cut_at_clause(doc: &Document<'_>, range: Range<usize>, head: usize) -> Range<usize> {
    let comma = (head + 1..range.end).find(|i| {
        let finite = doc.tokens[*i + 1..range.end]
            .iter()
            .any(|t| matches!(t.tag, Tag::Aux | Tag::Verb));
        let relative = doc
            .tokens
            .get(i + 1)
            .is_some_and(|t| tables::relatives().contains(&*t.lower));
        doc.tokens[*i].text == "," && finite && !relative
    });
    range.start..comma.unwrap_or(range.end)
}
