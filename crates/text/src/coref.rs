//! Who is meant: names, pronouns and descriptions of one person or body make a chain.
//!
//! Sure links come first: the same name, what a comma or "is" puts beside a name. Then each description and
//! each pronoun looks back for what fits it in number, gender and sort. Signs speak for and against each:
//! how near it is, whether it is a subject, what it has in common; they are weighed as learnt from marked
//! texts. Where what speaks for nobody weighs most, it stays alone.

mod choose;
mod mentions;
mod words;

pub use choose::Choice;

use crate::document::Document;
use mentions::{Class, Mention, OfWord, Setting, Sort};
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use words::{Gender, WORDS};

/// How many sentences back a pronoun looks.
const REACH: usize = 3;
/// How many mentions back anything looks: work stays in step with the text.
const BACK: usize = 120;
/// How many mentions of the same noun a description looks at, however far back.
const SAME: usize = 5;
/// How many of those who have one last name are kept.
const BEARERS: usize = 20;
/// How many words that say more of a noun are looked at.
const MORE: usize = 8;

/// Mentions of one person or body: the ranges of their tokens, in order, and the words that name it best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The tokens of each mention: a name, a pronoun, or a description's noun.
    pub mentions: Vec<Range<usize>>,
    /// The name that the report gives it, where it does.
    pub name: Option<String>,
}

impl Document<'_> {
    /// The number of the chain that a token is a mention's word of.
    pub fn chain_number(&self, token: usize) -> Option<usize> {
        self.chained(token).map(|(_, number)| *number)
    }

    /// The mention that a token is a word of: all of its tokens, and its chain's number.
    pub fn chained(&self, token: usize) -> Option<&(Range<usize>, usize)> {
        let at = self
            .chained
            .partition_point(|(words, _)| words.end <= token);
        (self.chained.get(at)).filter(|(words, _)| words.contains(&token))
    }

    /// That chain.
    pub fn chain(&self, token: usize) -> Option<&Chain> {
        self.chains.get(self.chain_number(token)?)
    }
}

/// Is a noun, in its base form, one for persons?
pub fn is_person(lemma: &str) -> bool {
    WORDS.people.contains_key(lemma) || WORDS.is_role(lemma)
}

/// May a pronoun, in lower case, stand for a person of that name, by what given names and titles tell?
pub fn pronoun_fits(pronoun: &str, name: &str) -> bool {
    let Some(pronoun) = WORDS.pronouns.get(pronoun) else {
        return true;
    };
    let first = name.split_whitespace().next().unwrap_or_default();
    let given = WORDS.first_names.get(first);
    let given = given.or_else(|| WORDS.titles.get(&*first.to_lowercase()));
    given.is_none_or(|given| given.fits(pronoun.gender))
}

/// The words of each mention, in order, with the number of its chain.
pub(crate) fn in_order(chains: &[Chain]) -> Vec<(Range<usize>, usize)> {
    let mentions = chains.iter().enumerate().flat_map(|(number, chain)| {
        let mentions = chain.mentions.iter().cloned();
        mentions.map(move |words| (words, number))
    });
    let mut mentions: Vec<(Range<usize>, usize)> = mentions.collect();
    mentions.sort_unstable_by_key(|(words, _)| words.start);
    mentions
}

/// The chains of two mentions and more that are a person's, a body's, or of what nothing shows to be another
/// thing, in order of their first mentions.
pub(crate) fn chains(document: &Document<'_>) -> Vec<Chain> {
    let mut links = Links::of(document);
    links.join_all();
    links.chains()
}

/// What the pronouns and descriptions of a document chose among.
pub fn choices(document: &Document<'_>) -> Vec<Choice> {
    let mut links = Links::of(document);
    links.choices = Some(vec![]);
    links.join_all();
    links.choices.unwrap_or_default()
}

/// What a chain's mentions say together.
#[derive(Clone, Debug)]
struct Facts {
    class: Class,
    gender: Gender,
    many: Option<bool>,
    named: bool,
    size: usize,
}

impl Facts {
    fn of(mention: &Mention) -> Facts {
        Facts {
            class: mention.class,
            gender: mention.gender,
            many: mention.many,
            named: mention.is_name(),
            size: 1,
        }
    }

    fn add(&mut self, other: &Facts) {
        if self.class == Class::Other {
            self.class = other.class;
        }
        if self.gender == Gender::Any {
            self.gender = other.gender;
        }
        self.many = self.many.or(other.many);
        self.named |= other.named;
        self.size += other.size;
    }
}

/// What a name says, in lower case.
struct Called {
    name: String,
    /// The last words of its role and its title.
    said: Vec<String>,
}

impl Called {
    fn of(name: &rapporteur_model::Mention) -> Called {
        let role = name.role.as_ref().map(|role| role.role.to_lowercase());
        let title = name.title.as_ref().map(|title| title.to_lowercase());
        let last = |said: String| said.split_whitespace().next_back().map(String::from);
        Called {
            name: name.name.to_lowercase(),
            said: role.into_iter().chain(title).filter_map(last).collect(),
        }
    }
}

struct Links<'d, 'r> {
    document: &'d Document<'r>,
    mentions: Vec<Mention>,
    /// By mention.
    settings: Vec<Setting>,
    /// By name of the document.
    called: Vec<Called>,
    of_word: OfWord,
    parent: Vec<usize>,
    /// By the root of each chain.
    facts: Vec<Facts>,
    /// What was chosen among, where somebody asks for it.
    choices: Option<Vec<Choice>>,
}

impl<'d, 'r> Links<'d, 'r> {
    fn of(document: &'d Document<'r>) -> Self {
        let (mentions, of_word) = mentions::collect(document);
        Links {
            document,
            called: document.names.iter().map(Called::of).collect(),
            of_word,
            parent: (0..mentions.len()).collect(),
            facts: mentions.iter().map(Facts::of).collect(),
            settings: mentions
                .iter()
                .map(|mention| Setting::of(document, mention))
                .collect(),
            mentions,
            choices: None,
        }
    }

    fn join_all(&mut self) {
        self.names();
        self.beside();
        self.back();
    }

    fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    fn facts(&self, at: usize) -> &Facts {
        &self.facts[self.root(at)]
    }

    fn join(&mut self, one: usize, other: usize) {
        let (a, b) = (self.root(one), self.root(other));
        if a == b {
            return;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        let more = self.facts[gone].clone();
        self.facts[keep].add(&more);
        // Chains hang on their first mention; short paths keep this quick.
        self.parent[gone] = keep;
        self.parent[one.max(other)] = keep;
    }

    /// Names of one person or body, as the report resolves them.
    fn names(&mut self) {
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_last: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in 0..self.mentions.len() {
            let Sort::Name(of) = self.mentions[at].sort else {
                continue;
            };
            let name = &self.document.names[of];
            let full = name
                .stands_for
                .as_ref()
                .unwrap_or(&name.name)
                .to_lowercase();
            if let Some(before) = first.get(&full) {
                self.join(*before, at);
                continue;
            }
            let longer = match (self.mentions[at].class, full.contains(' ')) {
                // "Supreme Court" after "Supreme Court of Norland".
                (Class::Group, true) => {
                    let start = format!("{full} ");
                    let next = first.range(start.clone()..).next();
                    next.filter(|(longer, _)| longer.starts_with(&start))
                        .map(|(_, at)| *at)
                }
                // "Brisk", where two are called so: who was named most so far.
                (Class::Person | Class::Other, false) => self.most_named(at, by_last.get(&full)),
                // "Harmony" after "Church of Harmony".
                (Class::Group, false) => self.only_body(by_last.get(&full)),
                _ => None,
            };
            if let Some(longer) = longer {
                self.join(longer, at);
            }
            if let Some((_, last)) = full.rsplit_once(' ') {
                let all = by_last.entry(last.to_string()).or_default();
                if all.len() < BEARERS {
                    all.push(at);
                }
            }
            first.insert(full, at);
        }
    }

    /// The body that alone ends so.
    fn only_body(&self, bearers: Option<&Vec<usize>>) -> Option<usize> {
        match bearers?[..] {
            [one] => Some(one).filter(|one| self.facts(*one).class == Class::Group),
            _ => None,
        }
    }

    fn most_named(&self, at: usize, bearers: Option<&Vec<usize>>) -> Option<usize> {
        let class = self.mentions[at].class;
        (bearers?.iter().copied())
            .filter(|before| match self.facts(*before).class {
                Class::Person => true,
                Class::Other => class == Class::Person,
                Class::Place | Class::Group => false,
            })
            .max_by_key(|before| (self.facts(*before).size, usize::MAX - before))
    }

    /// What a comma or "is" puts beside another: "Ada Brisk, the minister", "Brisk is the minister".
    fn beside(&mut self) {
        for at in 0..self.mentions.len() {
            let head = self.mentions[at].head;
            let token = &self.document.tokens[head];
            let apposed = token.head.filter(|_| self.document.is(head, "appos"));
            let is_of = (self.document.child(head, "cop"))
                .and_then(|_| self.document.child(head, "nsubj"))
                .filter(|_| self.mentions[at].class != Class::Other)
                .filter(|_| !matches!(self.mentions[at].sort, Sort::Pronoun(_)));
            // "the referee Jan Orsolo": one after the other, with an article.
            let is_name = |next: &usize| {
                let next = self.of_word.get(*next);
                next.is_some_and(|next| self.mentions[next].is_name())
            };
            let described = (head.checked_add(1))
                .filter(|_| matches!(self.mentions[at].sort, Sort::Noun { known: Some(true) }))
                .filter(|_| self.mentions[at].class != Class::Other)
                .filter(is_name);
            let said = [apposed, is_of, described, self.made(at), self.and_also(at)];
            for other in said.into_iter().flatten() {
                if let Some(other) = self.of_word.get(other)
                    && self.may_be_one(at, other)
                {
                    self.join(other, at);
                }
            }
        }
    }

    /// Who is made or serves as something: "Brisk became a minister", "worked as a driver", "named her minister".
    fn made(&self, at: usize) -> Option<usize> {
        let document = self.document;
        let mention = &self.mentions[at];
        let noun = matches!(
            mention.sort,
            Sort::Noun {
                known: None | Some(false)
            }
        );
        if !noun || mention.class != Class::Person || mention.many == Some(true) {
            return None;
        }
        let verb = document.tokens[mention.head].head?;
        let as_one = document.is(mention.head, "obl")
            && (document.child(mention.head, "case"))
                .is_some_and(|case| WORDS.in_roles.contains(&*document.tokens[case].lower));
        if !as_one && !document.is(mention.head, "xcomp") {
            return None;
        }
        let person = |at: &usize| {
            let other = self.of_word.get(*at);
            other.is_some_and(|other| self.facts(other).class == Class::Person)
        };
        (document.child(verb, "obj").filter(person)).or_else(|| document.child(verb, "nsubj"))
    }

    /// The first of several that somebody is: "Brisk is a writer and director".
    fn and_also(&self, at: usize) -> Option<usize> {
        let mention = &self.mentions[at];
        let first = self.document.tokens[mention.head].head?;
        let of = self.of_word.get(first)?;
        let both = |at: usize| {
            let one = &self.mentions[at];
            matches!(one.sort, Sort::Noun { .. }) && one.class == Class::Person
        };
        // The first is somebody's already: it came before.
        let joined = self.parent[of] != of || self.facts[of].size > 1;
        let is_list = self.document.is(mention.head, "conj") && both(at) && both(of);
        let predicate = self.document.child(first, "cop").is_some()
            || self.document.is(first, "appos")
            || self.document.is(first, "xcomp");
        (is_list && joined && predicate).then_some(first)
    }

    /// Do sort, number and gender allow that two mentions' chains are one?
    fn may_be_one(&self, one: usize, other: usize) -> bool {
        let (a, b) = (self.facts(one), self.facts(other));
        let same_class = a.class == b.class || a.class == Class::Other || b.class == Class::Other;
        let same_number = match (a.many, b.many) {
            (Some(a_many), Some(b_many)) => a_many == b_many,
            _ => true,
        };
        same_class && same_number && a.gender.fits(b.gender)
    }

    /// Descriptions and pronouns, each by what stands before it.
    fn back(&mut self) {
        // The last mentions of each noun, the latest first.
        let mut nouns: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
        let document = self.document;
        for at in 0..self.mentions.len() {
            let mention = &self.mentions[at];
            let found = match &mention.sort {
                Sort::Name(_) => None,
                Sort::Pronoun(pronoun) if pronoun.first => self.speaker(at),
                Sort::Pronoun(_) => self.chosen(at, &[]),
                Sort::Noun { .. } => {
                    let lemma = &*document.tokens[mention.head].lemma;
                    let same = nouns.entry(lemma).or_default();
                    let alone = self.parent[at] == at;
                    let found = alone.then(|| self.chosen(at, same.make_contiguous()));
                    same.push_front(at);
                    same.truncate(SAME);
                    found.flatten()
                }
            };
            if let Some(found) = found {
                self.join(found, at);
            }
        }
    }

    /// Is the later's owner, if it has one, the earlier's?
    fn same_owner(&self, later: usize, earlier: usize) -> bool {
        let owner = |head: usize| {
            let owner = self.document.child(head, "nmod:poss")?;
            self.of_word.get(owner).map(|at| self.root(at))
        };
        match self.document.child(later, "nmod:poss") {
            None => true,
            Some(_) => owner(later).is_some() && owner(later) == owner(earlier),
        }
    }

    /// Has the noun an owner or a part ("the club's coach", "the head of the club")?
    fn owned(&self, head: usize) -> bool {
        self.document.child(head, "nmod:poss").is_some()
    }

    /// Does a noun carry no word that the earlier one lacks?
    fn says_no_more(&self, later: usize, earlier: usize) -> bool {
        let document = self.document;
        let words = |head: usize| {
            let children = document.children(head).iter().copied().take(MORE);
            children.filter(|child| {
                let is = |relation: &&str| document.is(*child, relation);
                ["amod", "compound", "nummod"].iter().any(is)
            })
        };
        words(later).all(|word| {
            let lemma = &document.tokens[word].lemma;
            words(earlier).any(|other| document.tokens[other].lemma == *lemma)
        })
    }

    /// Are both arguments of one verb, so that they are two, unless the later says "self"?
    fn clash(&self, at: usize, before: usize) -> bool {
        let document = self.document;
        let (mention, other) = (&self.mentions[at], &self.mentions[before]);
        let owner = mention.pronoun().is_some_and(|pronoun| pronoun.owner);
        let itself = mention.pronoun().is_some_and(|pronoun| pronoun.itself);
        let verb = |head: usize| document.tokens[head].head;
        // "his brother": the brother is not he.
        if owner && verb(mention.head) == Some(other.head) {
            return true;
        }
        !owner && !itself && verb(mention.head).is_some() && verb(mention.head) == verb(other.head)
    }

    /// "I" and "we" in a quotation: the same word of the same speaker's, or the speaker.
    fn speaker(&self, at: usize) -> Option<usize> {
        let mention = &self.mentions[at];
        let pronoun = mention.pronoun()?;
        let same = (at.saturating_sub(BACK)..at).rev().find(|before| {
            let other = &self.mentions[*before];
            let same = other
                .pronoun()
                .is_some_and(|o| o.first && o.many == pronoun.many);
            same && mention.sentence - other.sentence <= REACH
        });
        if same.is_some() || pronoun.many {
            return same;
        }
        let verb = |head: usize| {
            let mut head = head;
            // Up from the pronoun to a verb of saying outside the quotation.
            for _ in 0..12 {
                let token = &self.document.tokens[head];
                if crate::tables::speech().contains(&*token.lemma) && !in_quote(self.document, head)
                {
                    return Some(head);
                }
                head = token.head?;
            }
            None
        };
        let subject = self.document.child(verb(mention.head)?, "nsubj")?;
        self.of_word.get(subject)
    }

    fn chains(self) -> Vec<Chain> {
        let mut chains: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.mentions.len() {
            chains.entry(self.root(at)).or_default().push(at);
        }
        let wanted = |root: usize| matches!(self.facts[root].class, Class::Person | Class::Group);
        (chains.into_iter())
            .filter(|(root, members)| members.len() > 1 && wanted(*root))
            .map(|(_, members)| Chain {
                name: members.iter().find_map(|at| match self.mentions[*at].sort {
                    Sort::Name(of) => {
                        let name = &self.document.names[of];
                        Some(name.stands_for.as_ref().unwrap_or(&name.name).clone())
                    }
                    _ => None,
                }),
                mentions: members
                    .iter()
                    .map(|at| self.mentions[*at].core.clone())
                    .collect(),
            })
            .collect()
    }
}

fn in_quote(document: &Document<'_>, token: usize) -> bool {
    let at = document
        .quotes
        .partition_point(|quote| quote.tokens.end <= token);
    document
        .quotes
        .get(at)
        .is_some_and(|quote| quote.tokens.contains(&token))
}

#[cfg(test)]
mod tests;
