//! What one does to another: PLOVER's types and modes, by a codebook of verbs and nouns.
//!
//! From the verb that the actor is the subject of, the verbs down to the recipient are looked up in turn;
//! the first that the codebook knows decides, with its object where that says more ("launched *an attack* on").
//! What is to come and what is refused is coded as the manual has it: a willingness to cooperate is AGREE,
//! one to harm THREATEN, cooperation that is not done REJECT.

use crate::codebook::{CODEBOOK, Row};
use crate::tables;
use rapporteur_model::{EventType, Span};
use rapporteur_text::{Document, Tag};
use std::collections::BTreeSet;
use std::ops::Range;

/// How far up or down the tree anything is looked for.
const HOPS: usize = 8;
/// In the codebook: the verb has an object, whatever it is.
const ANY_OBJECT: &str = "*";
/// How many verbs are looked at.
const VERBS: usize = 24;

/// An event between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// PLOVER's type.
    pub event: EventType,
    /// PLOVER's mode, where the type has modes and the words say which.
    pub mode: Option<&'static str>,
    /// The words that say so: a verb, or a noun.
    pub trigger: Span,
    /// Is it yet to come?
    pub planned: bool,
    /// Is it said not to be?
    pub negated: bool,
}

impl Coded {
    /// PLOVER's quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad(&self) -> u8 {
        quad(self.event)
    }
}

fn quad(event: EventType) -> u8 {
    match event {
        EventType::Agree | EventType::Consult | EventType::Support => 1,
        EventType::Cooperate | EventType::Aid | EventType::Concede | EventType::Retreat => 2,
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => 3,
        EventType::Protest
        | EventType::Sanction
        | EventType::Mobilize
        | EventType::Coerce
        | EventType::Assault => 4,
    }
}

/// What the actor does to the recipient, both ranges of the body; `None`: no word of the codebook stands
/// between them.
pub fn code(document: &Document<'_>, actor: Span, recipient: Span) -> Option<Coded> {
    let (actor, recipient) = (document.tokens_in(actor), document.tokens_in(recipient));
    if let Some(coded) = obliged(document, &actor, &recipient) {
        return Some(coded);
    }
    let verbs = verbs(document, &actor, &recipient);
    let found = verbs.iter().find_map(|verb| {
        let (row, trigger) = looked_up(document, *verb)?;
        Some((*verb, row, trigger))
    });
    if let Some((verb, row, trigger)) = found {
        return Some(judged(document, verb, row, trigger, &verbs));
    }
    // "An attack by the army on Velka", "talks between Norland and Sudmark": a noun alone.
    let between = actor.start.min(recipient.start)..actor.end.max(recipient.end);
    let around = document
        .sentences
        .iter()
        .find(|s| s.tokens.contains(&actor.start))?;
    (between.chain(around.tokens.clone())).find_map(|at| {
        let row = CODEBOOK.noun(&document.tokens.get(at)?.lemma)?;
        Some(Coded {
            event: row.event,
            mode: row.mode,
            trigger: document.tokens.get(at)?.span,
            planned: false,
            negated: false,
        })
    })
}

/// What the verb or noun at `at` says by itself, whoever does it and to whom.
pub(crate) fn of_word(document: &Document<'_>, at: usize) -> Option<Coded> {
    let token = document.tokens.get(at)?;
    if token.tag != Tag::Verb {
        let row = CODEBOOK.noun(&token.lemma)?;
        return Some(Coded {
            event: row.event,
            mode: row.mode,
            trigger: token.span,
            planned: false,
            negated: false,
        });
    }
    let (row, trigger) = looked_up(document, at)?;
    let below = document.child(at, "xcomp");
    let verbs: Vec<usize> = std::iter::once(at).chain(below).collect();
    Some(judged(document, at, row, trigger, &verbs))
}

/// "The minister said that Norland must disarm": who says what another must do, asks for it.
fn obliged(
    document: &Document<'_>,
    actor: &Range<usize>,
    recipient: &Range<usize>,
) -> Option<Coded> {
    let verb = recipient.clone().find_map(|at| {
        let head = document.tokens[at].head?;
        document.is(at, "nsubj").then_some(head)
    })?;
    let is_other = up(document, actor).first().is_none_or(|own| *own != verb);
    let children = document.children(verb).iter().take(VERBS);
    let must = children.copied().find(|child| {
        document.is(*child, "aux") && tables::obligation().contains(&*document.tokens[*child].lower)
    })?;
    is_other.then(|| Coded {
        event: EventType::Request,
        mode: None,
        trigger: document.tokens[must].span,
        planned: false,
        negated: false,
    })
}

/// The verbs from the actor's down to the recipient's, then what else hangs on the first, nearest first.
fn verbs(document: &Document<'_>, actor: &Range<usize>, recipient: &Range<usize>) -> Vec<usize> {
    let of_actor = up(document, actor);
    let of_recipient = up(document, recipient);
    let mut found: Vec<usize> = Vec::new();
    let first = of_actor.first().copied();
    found.extend(first);
    // Down from there to the recipient.
    if let Some(above) = first.and_then(|verb| of_recipient.iter().position(|at| *at == verb)) {
        found.extend(of_recipient.iter().take(above).rev());
    }
    let mut seen: BTreeSet<usize> = found.iter().copied().collect();
    let mut next: Vec<usize> = first.into_iter().collect();
    while let Some(verb) = next.pop().filter(|_| found.len() < VERBS) {
        for child in document.children(verb) {
            let goes_on = ["xcomp", "ccomp", "conj", "advcl", "parataxis"];
            let is = goes_on.iter().any(|relation| document.is(*child, relation));
            if is && seen.insert(*child) {
                found.push(*child);
                next.push(*child);
            }
        }
    }
    found.extend(
        of_recipient
            .iter()
            .chain(&of_actor)
            .filter(|at| seen.insert(**at)),
    );
    found.truncate(VERBS);
    found
}

/// The verbs (or nouns that say what one is or does) above a phrase, nearest first.
fn up(document: &Document<'_>, phrase: &Range<usize>) -> Vec<usize> {
    let outside = |at: &usize| {
        let head = document.tokens.get(*at).and_then(|token| token.head);
        head.is_none_or(|head| !phrase.contains(&head))
    };
    let Some(mut at) = phrase.clone().find(outside) else {
        return vec![];
    };
    let mut found = Vec::new();
    for _ in 0..HOPS {
        let Some(head) = document.tokens.get(at).and_then(|token| token.head) else {
            break;
        };
        if document.tokens[head].tag == Tag::Verb || document.child(head, "cop").is_some() {
            found.push(head);
        }
        at = head;
    }
    found
}

/// The codebook's row for a verb with what stands with it, and the words.
fn looked_up(document: &Document<'_>, verb: usize) -> Option<(&'static Row, Span)> {
    let token = document.tokens.get(verb)?;
    let particle = document.child(verb, "compound:prt");
    let with = particle.map(|at| format!("{}_{}", token.lemma, document.tokens[at].lower));
    let rows = || {
        let two = with.as_deref().map(|with| CODEBOOK.verb(with));
        two.into_iter().flatten().chain(CODEBOOK.verb(&token.lemma))
    };
    let near = below(document, verb);
    let with_noun = rows().find(|row| {
        let mut nouns = near.iter().map(|at| &*document.tokens[*at].lemma);
        nouns.any(|noun| row.nouns.contains(noun))
    });
    if let Some(row) = with_noun {
        return Some((row, token.span));
    }
    let has_object = document.child(verb, "obj").is_some();
    rows()
        .find(|row| row.nouns.is_empty() || has_object && row.nouns.contains(ANY_OBJECT))
        .map(|row| (row, token.span))
}

/// The nouns and adjectives that hang on a verb and are no clause of their own: its object first.
fn below(document: &Document<'_>, verb: usize) -> Vec<usize> {
    let arguments = |at: usize, relations: &[&str]| -> Vec<usize> {
        let children = document.children(at).iter().copied().take(VERBS);
        children
            .filter(|child| {
                relations
                    .iter()
                    .any(|relation| document.is(*child, relation))
            })
            .collect()
    };
    let mut found = Vec::new();
    for relation in ["obj", "nsubj:pass", "xcomp", "obl", "nsubj", "iobj"] {
        for at in arguments(verb, &[relation]) {
            if relation == "nsubj" && !found.is_empty() {
                continue;
            }
            found.push(at);
            let parts = arguments(at, &["compound", "conj", "nmod", "amod"]);
            found.extend(
                parts
                    .into_iter()
                    .filter(|part| document.tokens[*part].tag != Tag::Propn),
            );
        }
    }
    found
}

/// The row as it stands in its sentence: planned, negated or done.
fn judged(
    document: &Document<'_>,
    verb: usize,
    row: &'static Row,
    trigger: Span,
    verbs: &[usize],
) -> Coded {
    let has = |at: usize, words: &BTreeSet<&'static str>| {
        let children = document.children(at).iter().take(VERBS);
        children.copied().any(|child| {
            let token = &document.tokens[child];
            words.contains(&*token.lower) || words.contains(&*token.lemma)
        })
    };
    let planned = has(verb, tables::future());
    let negated = has(verb, tables::negations());
    let mut event = row.event;
    let mut mode = row.mode;
    let is_cooperation = quad(event) <= 2;
    // "Vowed to attack": what is promised is harm.
    let harm = event == EventType::Agree
        && (document.child(verb, "xcomp"))
            .filter(|at| verbs.contains(at))
            .and_then(|at| looked_up(document, at))
            .is_some_and(|(row, _)| quad(row.event) == 4);
    let changed = match (planned, negated) {
        (_, true) if is_cooperation => Some(EventType::Reject),
        (true, false) if is_cooperation => Some(EventType::Agree),
        (true, false) if quad(event) == 4 && event != EventType::Protest => {
            Some(EventType::Threaten)
        }
        _ if harm => Some(EventType::Threaten),
        _ => None,
    };
    if let Some(changed) = changed.filter(|changed| *changed != event) {
        (event, mode) = (changed, None);
    }
    Coded {
        event,
        mode,
        trigger,
        planned,
        negated,
    }
}

#[cfg(test)]
mod tests {
    use super::{Coded, code};
    use crate::codebook::CODEBOOK;
    use proptest::prelude::*;
    use rapporteur_model::{EventType, Masthead, Report, Span};

    /// Codes a sentence whose actor stands in [ ] and whose recipient in { }.
    fn coded(marked: &str) -> Option<Coded> {
        let mut text = String::new();
        let (mut actor, mut recipient) = (Span::default(), Span::default());
        for letter in marked.chars() {
            match letter {
                '[' => actor = Span::new(text.len(), text.len()),
                ']' => actor = Span::new(actor.start, text.len()),
                '{' => recipient = Span::new(text.len(), text.len()),
                '}' => recipient = Span::new(recipient.start, text.len()),
                _ => text.push(letter),
            }
        }
        let report = Report::new(Masthead::default(), text, vec![]);
        code(&rapporteur_text::parse(&report), actor, recipient)
    }

    fn check(marked: &str, want: &str) {
        let found = coded(marked);
        let event = found.map(|coded| coded.event);
        let name = EventType::NAMED.iter().find(|(_, of)| Some(*of) == event);
        assert_eq!(name.map_or("-", |(name, _)| name), want, "{marked}");
    }

    #[test]
    fn every_row_of_the_codebook_is_read_and_does_what_its_example_says() {
        let lines = include_str!("../data/en/codebook.tsv").lines();
        let rows = lines.filter(|line| !line.starts_with('#')).count();
        assert_eq!(CODEBOOK.rows.len(), rows);
        let mut wrong = Vec::new();
        for row in &CODEBOOK.rows {
            let found = coded(row.example);
            let found = found.map(|coded| (coded.event, coded.mode));
            if found != Some((row.event, row.mode)) {
                wrong.push(format!(
                    "{} {:?}: {:?} {:?}",
                    row.example, found, row.event, row.mode
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_is_to_come_and_what_is_refused() {
        check("[The president] will meet {the king} on Monday.", "AGREE");
        check("[The army] will attack {the rebels}.", "THREATEN");
        check("[The army] vowed to attack {the rebels}.", "THREATEN");
        check("[Norland] did not help {Sudmark}.", "REJECT");
        check("[The minister] said {Norland} must disarm.", "REQUEST");
    }

    #[test]
    fn the_passive_and_the_first_verb() {
        check("{The editor} was arrested by [the police].", "COERCE");
        check("[Norland] refused to release {the hostages}.", "REJECT");
        check("[Norland] lies in {Sudmark}.", "-");
    }

    proptest! {
        #[test]
        fn any_spans_of_any_text(text in "(\\PC{0,12} (attacked|must|will|agreed to|signed a treaty with) ){0,6}", spans in prop::array::uniform4(0..80_usize)) {
            let report = Report::new(Masthead::default(), text, vec![]);
            let document = rapporteur_text::parse(&report);
            let span = |a: usize, b: usize| Span::new(a.min(b), a.max(b));
            let found = code(&document, span(spans[0], spans[1]), span(spans[2], spans[3]));
            prop_assert!(found.is_none_or(|coded| report.slice(coded.trigger).is_some()));
        }
    }
}
