//! Who says it: a source from its noun phrase.

use crate::phrase::{self, Reach};
use crate::tables;
use crate::tree;
use crate::who;
use rapporteur_model::{Kind, Mention, Source};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// Can a speaker's name or function begin here?
pub(super) fn noun_phrase_is_speaker(doc: &Document<'_>, at: usize, end: usize) -> bool {
    let Some(phrase) = phrase::noun_phrase(doc, at, end, Reach::Head) else {
        return false;
    };
    let head = phrase::head(doc, phrase.clone());
    // "one of the rebel leaders"
    let of = (doc.tokens[head].tag == Tag::Num).then(|| doc.child(head, "nmod"));
    let head = of.flatten().filter(|of| *of < end).unwrap_or(head);
    let verb_after = doc
        .tokens
        .get(phrase.end)
        .filter(|_| phrase.end < end)
        .is_some_and(|t| t.tag == Tag::Verb || t.tag == Tag::Aux);
    !verb_after && names_speaker(doc, head)
}

/// Is it a name, or a noun of people or papers that speak?
pub(super) fn names_speaker(doc: &Document<'_>, head: usize) -> bool {
    let token = &doc.tokens[head];
    token.tag == Tag::Propn
        || rapporteur_text::is_group_noun(&token.lower)
        || rapporteur_text::is_organization_noun(&token.lower)
        || tables::roles().contains(&*token.lemma)
        || rapporteur_text::is_person(&token.lemma)
        || tables::groups().contains(&*token.lemma)
        || tables::document_nouns().contains(&*token.lemma)
        || tables::anonymous().contains(&*token.lower)
}

/// Where the source has an apposition with a name after it ("the minister, Ada Brisk, said"), or
/// stands after a name ("Ada Brisk, a spokeswoman"), the whole of it.
pub(super) fn widen(
    doc: &Document<'_>,
    source: Range<usize>,
    range: &Range<usize>,
) -> Range<usize> {
    let has_name = phrase::names_in(doc, source.clone())
        .iter()
        .any(|n| n.kind == Some(Kind::Person));
    if has_name || doc.tokens.get(source.end).is_none_or(|t| t.text != ",") {
        return source;
    }
    match phrase::noun_phrase(doc, source.end + 1, range.end, Reach::Head) {
        Some(next)
            if phrase::names_in(doc, next.clone())
                .iter()
                .any(|n| n.kind == Some(Kind::Person))
                && doc
                    .tokens
                    .get(next.end)
                    .is_none_or(|t| t.is_punct() || t.tag == Tag::Verb) =>
        {
            source.start..next.end
        }
        _ => source,
    }
}

/// Does the phrase name someone who is there to tell: a correspondent, a witness?
pub(super) fn is_witness(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let head = &doc.tokens[phrase::head(doc, range.clone())];
    tables::witnesses().contains(&*head.lemma)
}

/// Is it the speaker itself ("I", "we"), or a thing that does not speak?
pub(super) fn cannot_speak(mention: &Mention) -> bool {
    let last = mention
        .name
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let whole = mention.name.to_lowercase();
    tables::first_persons().contains(&*whole)
        || tables::second_persons().contains(&*whole)
        || mention.kind.is_none()
            && mention.stands_for.is_none()
            && tables::talk_nouns().contains(&*last)
}

/// "the information that our reporter obtained from local officials": the phrase with its clause.
pub(super) fn clause_of_knowing(
    doc: &Document<'_>,
    named: Range<usize>,
    end: usize,
) -> Range<usize> {
    let comma = (named.end..end)
        .find(|i| doc.tokens[*i].text == ",")
        .unwrap_or(named.end);
    let knows = (named.end..comma).any(|i| {
        doc.tokens[i].tag == Tag::Verb && tables::obtaining().contains(&*doc.tokens[i].lemma)
    });
    if knows { named.start..comma } else { named }
}

/// Where the subject is a document that someone is said to issue right before ("the ministry issued
/// a statement saying"): that someone, and where its words begin.
pub(super) fn issuer(
    doc: &Document<'_>,
    subject: &Range<usize>,
    range: &Range<usize>,
) -> Option<(Source, usize)> {
    let head = phrase::head(doc, subject.clone());
    if !tables::document_nouns().contains(&*doc.tokens[head].lemma) || subject.start == range.start
    {
        return None;
    }
    let mut at = subject.start - 1;
    while at > range.start && matches!(doc.tokens[at].tag, Tag::Det | Tag::Adj) {
        at -= 1;
    }
    let verb = (doc.tokens[at].tag == Tag::Verb
        && tables::issuing().contains(&*doc.tokens[at].lemma))
    .then_some(at)?;
    let subject = phrase::subject(doc, verb, range.start)?;
    let start = subject.start;
    Some((source_of(doc, subject)?, start))
}

/// The outlet that the words before "it was reported that" name: "In the news on Channel Five".
pub(super) fn leading_source(doc: &Document<'_>, range: Range<usize>) -> Option<Source> {
    let names = phrase::names_in(doc, range.clone());
    let name = names
        .iter()
        .find(|n| n.kind == Some(Kind::Organization))
        .or(names.first())?;
    Some(Source {
        mention: (*name).clone(),
        anonymous: false,
        party: None,
    })
}

/// How far above a relative pronoun its clause may be.
const HOPS: usize = 3;
/// How many words before it whom it means is looked for.
const NEAR: usize = 8;

/// "analysts, who called it weak", "five analysts, all of whom said": the analysts.
pub(super) fn antecedent(doc: &Document<'_>, named: Range<usize>) -> Range<usize> {
    let last = named.clone().next_back();
    let Some(mut at) = last.filter(|at| tables::relatives().contains(&*doc.tokens[*at].lower))
    else {
        return named;
    };
    for _ in 0..HOPS {
        let Some(head) = doc.tokens[at].head else {
            break;
        };
        if doc.is(at, "acl") {
            // "workers in the camp, all of whom said": the nearest noun that can speak.
            let speaks = |noun: &usize| names_speaker(doc, *noun);
            let outer = doc.tokens[head]
                .head
                .filter(|_| !speaks(&head) && doc.is(head, "nmod"));
            let words = tree::around(doc, outer.filter(speaks).unwrap_or(head), Reach::Of);
            return if words.end <= named.start {
                words
            } else {
                named
            };
        }
        at = head;
    }
    // The same, with the clause taken for another verb's.
    let nearest = named.start.saturating_sub(NEAR)..named.start;
    let noun = nearest.rev().find(|at| {
        doc.tokens[*at].tag == Tag::Noun && !doc.is(*at, "compound") && names_speaker(doc, *at)
    });
    let words = noun
        .filter(|_| named.len() > 1)
        .map(|noun| tree::around(doc, noun, Reach::Of));
    words
        .filter(|words| words.end <= named.start)
        .unwrap_or(named)
}

/// A source from its noun phrase.
pub(super) fn source_of(doc: &Document<'_>, range: Range<usize>) -> Option<Source> {
    let range = phrase::bare(doc, antecedent(doc, range));
    if range.is_empty() {
        return None;
    }
    let names = phrase::names_in(doc, range.clone());
    let person = names.iter().rev().find(|n| n.kind == Some(Kind::Person));
    let head = phrase::head(doc, range.clone());
    let head_lower = &*doc.tokens[head].lower;
    let mention: Mention = match person {
        // "Al Lenn's Ada Brisk", "the spokesman for the army Jan Orsolo".
        Some(person) if speaks(doc, &range, head, person) => (*person).clone(),
        _ => who::mention(doc, range.clone()),
    };
    // "the", of words that a clause was cut from
    let article =
        |t: &rapporteur_text::Token<'_>| t.fine == "DT" && tables::articles().contains(&*t.lower);
    if mention.name.is_empty() || doc.tokens[range.clone()].iter().all(article) {
        return None;
    }
    let named = matches!(
        mention.kind,
        Some(Kind::Person | Kind::Organization | Kind::Place)
    ) && mention.name.chars().any(char::is_uppercase)
        && (doc.tokens[head].tag == Tag::Propn || names.iter().any(|n| n.span == mention.span));
    let anonymous = !named
        && mention.stands_for.is_none()
        && (tables::anonymous().contains(head_lower)
            || tables::roles().contains(&*rapporteur_text::lemma(head_lower)));
    Some(Source {
        mention,
        anonymous,
        party: None,
    })
}

/// Is the person the one who speaks, and not one whose office, team or words do?
pub(super) fn speaks(
    doc: &Document<'_>,
    range: &Range<usize>,
    head: usize,
    person: &Mention,
) -> bool {
    let tokens = phrase::tokens_of(doc, person.span);
    let closed = doc.tokens.get(tokens.end).is_some_and(|t| t.text == ",");
    // "a spokesman for President Ada Brisk": not she.
    let governed = who::is_governed(doc, range.start, person);
    // "a biography of president Ada Brisk": a paper about the person.
    let paper = tables::document_nouns().contains(&*doc.tokens[head].lemma)
        && (range.start..tokens.start)
            .rev()
            .find(|i| doc.tokens[*i].tag == Tag::Adp)
            .is_some_and(|i| i > head && tables::of().contains(&*doc.tokens[i].lower));
    let governed = governed || paper;
    (tokens.end >= range.end || closed || tokens.contains(&head)) && !governed
}
