//! The words that may mean somebody: names, pronouns, descriptions.

use super::words::{Gender, Pronoun, WORDS};
use super::{in_quote, is_person};
use crate::document::{Document, Tag};
use rapporteur_model::{Kind, Mention as Name};
use std::ops::Range;

/// What sort of thing is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Person,
    Group,
    Place,
    /// A thing, or something nobody knows.
    Other,
}

/// How a mention says whom it means.
#[derive(Clone, Debug)]
pub(super) enum Sort {
    /// The number of the name in the document.
    Name(usize),
    Pronoun(Pronoun),
    /// A noun with what stands before it: `Some(true)`: a word that says it is known.
    Noun {
        known: Option<bool>,
    },
}

/// Words that may mean somebody.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The words that name it: the name, the pronoun, the noun alone.
    pub(super) core: Range<usize>,
    /// The word that the others depend on.
    pub(super) head: usize,
    pub(super) sort: Sort,
    pub(super) class: Class,
    pub(super) gender: Gender,
    /// Is it more than one? `None`: nothing says.
    pub(super) many: Option<bool>,
    pub(super) sentence: usize,
}

impl Mention {
    pub(super) fn is_name(&self) -> bool {
        matches!(self.sort, Sort::Name(_))
    }

    pub(super) fn pronoun(&self) -> Option<&Pronoun> {
        match &self.sort {
            Sort::Pronoun(pronoun) => Some(pronoun),
            _ => None,
        }
    }
}

/// The mention that each word is part of the core of.
pub(super) struct OfWord(Vec<Option<usize>>);

impl OfWord {
    pub(super) fn get(&self, word: usize) -> Option<usize> {
        *self.0.get(word)?
    }
}

/// What a mention's head is to its verb or noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Subject,
    Object,
    Owner,
    Within,
    Other,
}

/// Where a mention stands: what is asked of it each time that something later looks back at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) part: Part,
    /// Is it in a quotation?
    pub(super) quoted: bool,
    /// Does its sentence begin with it?
    pub(super) opens: bool,
    /// Do words say more of its noun than what it is?
    pub(super) more: bool,
    /// Does it name a day, or where the report was written?
    pub(super) nobody: bool,
}

impl Setting {
    pub(super) fn of(document: &Document<'_>, mention: &Mention) -> Setting {
        let is = |relation: &str| document.is(mention.head, relation);
        let part = if is("nsubj") {
            Part::Subject
        } else if is("obj") || is("iobj") {
            Part::Object
        } else if is("nmod:poss") {
            Part::Owner
        } else if is("compound") || is("nmod") {
            Part::Within
        } else {
            Part::Other
        };
        let more = document.children(mention.head).iter().any(|child| {
            let is = |relation: &&str| document.is(*child, relation);
            ["amod", "compound", "nmod", "acl"].iter().any(is)
        });
        let sentence = document.sentences.get(mention.sentence);
        Setting {
            part,
            quoted: in_quote(document, mention.head),
            opens: sentence.is_some_and(|s| s.tokens.start + 2 > mention.core.start),
            more,
            nobody: mention.is_name()
                && (is_time(document, mention) || in_dateline(document, mention)),
        }
    }
}

/// "Sunday", "the Sunday of the attack": a day that was taken for a name.
fn is_time(document: &Document<'_>, mention: &Mention) -> bool {
    let span = document.span(mention.core.clone());
    let at = document
        .times
        .partition_point(|time| time.span.end <= span.start);
    document
        .times
        .get(at)
        .is_some_and(|time| time.span.start <= span.start && span.end <= time.span.end)
}

/// "LENN (Echo) -": where a report was written, and who sends it.
fn in_dateline(document: &Document<'_>, mention: &Mention) -> bool {
    let Some(sentence) = document.sentences.get(mention.sentence) else {
        return false;
    };
    let tokens = document.tokens.get(sentence.tokens.clone());
    let end = tokens.map_or(0, crate::tree::dateline);
    mention.core.start < sentence.tokens.start + end
}

/// Every mention of a document, in order, and the mention that each word is the core of.
pub(super) fn collect(document: &Document<'_>) -> (Vec<Mention>, OfWord) {
    let mut mentions = Vec::new();
    let mut of_word = OfWord(vec![None; document.tokens.len()]);
    let mut names = document.names.iter().enumerate().peekable();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let token = &document.tokens[at];
            while (names.peek()).is_some_and(|(_, name)| name.span.end <= token.span.start) {
                names.next();
            }
            let name = (names.peek()).filter(|(_, name)| name.span.start < token.span.end);
            let found = match name {
                Some((of, name)) => Some(named(document, number, *of, name, at)),
                None => pronoun(document, number, at).or_else(|| noun(document, number, at)),
            };
            let next = found
                .as_ref()
                .map_or(at + 1, |mention| mention.core.end.max(at + 1));
            if let Some(mention) = found {
                let words = of_word.0.get_mut(mention.core.clone());
                words
                    .into_iter()
                    .flatten()
                    .for_each(|of| *of = Some(mentions.len()));
                mentions.push(mention);
            }
            at = next;
        }
    }
    (mentions, of_word)
}

/// A name, from the token at which it was met: one may begin inside it ("UN-Norwegian").
fn named(document: &Document<'_>, sentence: usize, of: usize, name: &Name, at: usize) -> Mention {
    let core = at..document.tokens_in(name.span).end.max(at + 1);
    let inside = |at: &usize| {
        let head = document.tokens.get(*at).and_then(|token| token.head);
        head.is_none_or(|head| !core.contains(&head))
    };
    let head = core.clone().find(inside).unwrap_or(core.start);
    let class = match name.kind {
        Some(Kind::Person) => Class::Person,
        Some(Kind::Organization) => Class::Group,
        Some(Kind::Place) => Class::Place,
        None => Class::Other,
    };
    let gender = match class {
        Class::Person => gender_of(document, name, core.start),
        _ => Gender::Any,
    };
    Mention {
        core,
        head,
        sort: Sort::Name(of),
        class,
        gender,
        many: Some(false).filter(|_| class == Class::Person),
        sentence,
    }
}

/// By the title printed or the first name.
fn gender_of(document: &Document<'_>, name: &Name, start: usize) -> Gender {
    let title = name
        .title
        .as_ref()
        .and_then(|title| title.split_whitespace().next_back());
    let before = start.checked_sub(1).and_then(|at| document.tokens.get(at));
    let by_title = title
        .into_iter()
        .chain(before.map(|token| token.text))
        .find_map(|title| {
            let title = title.to_lowercase();
            let title = title.trim_end_matches('.');
            WORDS
                .titles
                .get(title)
                .or_else(|| WORDS.people.get(title))
                .copied()
        });
    let first = name.name.split_whitespace().next();
    let full = name
        .stands_for
        .as_ref()
        .and_then(|full| full.split_whitespace().next());
    let by_name = || {
        full.or(first)
            .and_then(|first| WORDS.first_names.get(first))
            .copied()
    };
    by_title
        .filter(|gender| *gender != Gender::Any)
        .or_else(by_name)
        .unwrap_or(Gender::Any)
}

fn pronoun(document: &Document<'_>, sentence: usize, at: usize) -> Option<Mention> {
    let token = document.tokens.get(at)?;
    let mut pronoun = *WORDS.pronouns.get(&*token.lower)?;
    // "it rains", "it is known that": nobody is meant.
    if document.is(at, "expl") || token.fine == "CD" || token.upos == Tag::Propn {
        return None;
    }
    pronoun.owner |= document.is(at, "nmod:poss");
    Some(Mention {
        core: at..at + 1,
        head: at,
        class: match pronoun.gender {
            Gender::Male | Gender::Female => Class::Person,
            Gender::Thing => Class::Other,
            Gender::Any if pronoun.first => Class::Person,
            Gender::Any => Class::Other,
        },
        gender: pronoun.gender,
        many: Some(pronoun.many),
        sort: Sort::Pronoun(pronoun),
        sentence,
    })
}

fn noun(document: &Document<'_>, sentence: usize, at: usize) -> Option<Mention> {
    let token = document.tokens.get(at)?;
    // "the President", "the Government": capitals make no name of them.
    let titled =
        token.tag == Tag::Propn && (is_person(&token.lower) || WORDS.is_group(&token.lower));
    if !(token.tag == Tag::Noun || titled)
        || document.is(at, "compound") && token.head != Some(at + 1)
    {
        return None;
    }
    let known = (document.children(at).iter()).find_map(|child| {
        let token = document.tokens.get(*child)?;
        match document.is(*child, "nmod:poss") {
            true => Some(true),
            false => WORDS.determiners.get(&*token.lower).copied(),
        }
    });
    // A role right before the name is part of it: "spokesman Jan Orsolo"; "the spokesman Jan Orsolo" is two.
    let hangs = ["compound", "nmod", "appos"]
        .iter()
        .any(|relation| document.is(at, relation));
    let before_name = hangs && token.head == Some(at + 1) || document.child(at, "flat").is_some();
    if known.is_none() && (before_name || titled) {
        return None;
    }
    let people = WORDS.people.get(&*token.lemma).copied();
    let class = match people {
        Some(_) => Class::Person,
        None if WORDS.is_role(&token.lemma) => Class::Person,
        None if WORDS.is_group(&token.lemma) => Class::Group,
        None => Class::Other,
    };
    Some(Mention {
        core: at..at + 1,
        head: at,
        class,
        gender: people.unwrap_or(Gender::Any),
        many: Some(token.fine == "NNS" || document.child(at, "conj").is_some()),
        sort: Sort::Noun { known },
        sentence,
    })
}
