//! Whom words mean: names, pronouns and descriptions that stand for a name of the same report.

use crate::phrase::{self, Reach};
use crate::tables;
use rapporteur_model::{Kind, Mention, Role, Span};
use rapporteur_text::{Document, Tag, lemma};
use std::collections::BTreeSet;
use std::ops::Range;

/// How many sentences back a pronoun or a description may look for its name.
const REACH: usize = 4;
/// How many names before or after it a description's or role's name may stand from it.
const NAMES: usize = 250;
/// How many words of one sentence a pronoun may be handed on over.
const HANDED: usize = 6;

/// The mention that a noun phrase is: the name in it where the name is its head, else its words.
pub(crate) fn mention(doc: &Document<'_>, range: Range<usize>) -> Mention {
    let range = phrase::bare(doc, range);
    let span = doc.span(range.clone());
    let names = phrase::names_in(doc, range.clone());
    let head = phrase::head(doc, range.clone());
    if let Some(name) = names
        .iter()
        .find(|n| phrase::tokens_of(doc, n.span).contains(&head))
    {
        let first = phrase::tokens_of(doc, name.span).start;
        let suspected =
            (range.start..first).find(|at| tables::suspecting().contains(&*doc.tokens[*at].lower));
        if let Some(from) = suspected {
            let last = phrase::tokens_of(doc, name.span).end.max(head + 1);
            let noun = |at: &usize| matches!(doc.tokens[*at].tag, Tag::Noun | Tag::Adj);
            let whole = from..(last..range.end)
                .take_while(noun)
                .last()
                .map_or(last, |i| i + 1);
            let mut mention = Mention::plain(doc.span(whole.clone()), phrase::words(doc, whole));
            mention.kind = name.kind;
            return mention;
        }
        return with_owner(doc, name, range.start);
    }
    if let Some(person) = names
        .iter()
        .find(|n| n.kind == Some(Kind::Person))
        // "a spokesman for President Ada Brisk": not she.
        .filter(|n| is_role_phrase(doc, range.clone(), head) && !is_governed(doc, head + 1, n))
    {
        return (*person).clone();
    }
    let first = &doc.tokens[range.start];
    if range.len() == 1 && first.tag == Tag::Pron {
        let mut mention = Mention::plain(span, first.text);
        let chain = doc.chain(range.start);
        let named = chain.and_then(|chain| chain.name.clone());
        // "the rioters said they": nobody with a name.
        let many = tables::third_plurals().contains(&*first.lower);
        let described = chain.filter(|_| named.is_none() && many);
        let described = described.and_then(|chain| description_of(doc, chain, range.start));
        // What the chains leave open the order of words may tell: without it up to a point of the stories' gold goes.
        mention.stands_for = named
            .filter(|name| can_be(doc, range.start, name) && !is_passed_by(doc, range.start))
            .filter(|name| !is_own_object(doc, range.start, name))
            .or(described)
            .or_else(|| pronoun(doc, range.start))
            .filter(|name| !is_own_object(doc, range.start, name))
            .filter(|name| {
                let named = name.contains(char::is_uppercase);
                !named
                    || named_in_sentence(doc, range.start, name)
                    || !nearer_fighters(doc, range.start)
            });
        return mention;
    }
    let mut mention = Mention::plain(span, phrase::words(doc, range.clone()));
    if let Some(role) = role(doc, range.clone(), head) {
        mention.stands_for = holder(doc, range.start, &role);
        mention.role = Some(role);
        mention.kind = Some(Kind::Person);
    } else {
        mention.stands_for = office(doc, &range, head).or_else(|| description(doc, range, head));
    }
    mention
}

/// "her office": Ada Brisk's, where she is whom the word means.
fn office(doc: &Document<'_>, range: &Range<usize>, head: usize) -> Option<String> {
    let owner = range.start.checked_sub(1)?;
    let owned = doc.tokens[owner].fine == "PRP$" && range.len() == 1;
    if !owned || !tables::offices().contains(&*doc.tokens[head].lower) {
        return None;
    }
    let whose = doc.chain(owner).and_then(|chain| chain.name.clone())?;
    Some(format!("{whose}'s {}", phrase::words(doc, range.clone())))
}

/// "Hundreds of demonstrators marched past the Gazette. They": not the body that they pass, where the sentence before
/// speaks of people first and of the body as no subject.
fn is_passed_by(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    if !tables::third_plurals().contains(&*token.lower) {
        return false;
    }
    let this = doc
        .sentences
        .partition_point(|s| s.span.end <= token.span.start);
    let Some(sentence) = this.checked_sub(1).and_then(|i| doc.sentences.get(i)) else {
        return false;
    };
    let all = doc.chain(at).map_or(&[][..], |chain| &chain.mentions);
    let first = all.partition_point(|words| words.start < sentence.tokens.start);
    let mut here = (all[first..].iter()).take_while(|words| words.start < sentence.tokens.end);
    let leads = here.any(|words| words.clone().any(|at| doc.is(at, "nsubj")));
    !leads && names_many(doc, sentence.span)
}

/// "Brisk, who told him to leave": nobody says "him" of himself.
fn is_own_object(doc: &Document<'_>, at: usize, name: &str) -> bool {
    let object = ["obj", "iobj"].iter().any(|relation| doc.is(at, relation));
    let verb = doc.tokens[at].head.filter(|_| object);
    let subject = verb.and_then(|verb| crate::tree::subject(doc, verb));
    let Some(mut subject) = subject.filter(|subject| *subject != at) else {
        return false;
    };
    // "Brisk, a rebel who told him"
    if doc.is(subject, "appos") {
        subject = doc.tokens[subject].head.unwrap_or(subject);
    }
    let Some(sentence) = doc.sentence_at(doc.tokens[at].span.start) else {
        return false;
    };
    let mut names = doc.names_in(sentence.span);
    names.any(|n| phrase::tokens_of(doc, n.span).contains(&subject) && full_name(n) == name)
}

/// How the last of its mentions before a token that is a noun describes it: "rioters".
fn description_of(doc: &Document<'_>, chain: &rapporteur_text::Chain, at: usize) -> Option<String> {
    /// How many mentions back.
    const BACK: usize = 40;
    let end = chain.mentions.partition_point(|words| words.end <= at);
    let before = chain.mentions[..end].iter().rev().take(BACK);
    let mut nouns = before.filter_map(|words| {
        let noun = |i: &usize| doc.tokens[*i].tag == Tag::Noun;
        words.clone().rev().find(noun)
    });
    let noun = nouns.next()?;
    let words = phrase::bare(doc, crate::tree::around(doc, noun, Reach::Of));
    Some(phrase::words(doc, words).to_string())
}

/// Does a preposition stand before the name, past its title and what describes it: "for President Ada Brisk"?
pub(crate) fn is_governed(doc: &Document<'_>, low: usize, name: &Mention) -> bool {
    let first = phrase::tokens_of(doc, name.span).start;
    let title = || name.title.iter().flat_map(|title| title.split_whitespace());
    let own = |at: &usize| {
        let token = &doc.tokens[*at];
        // "for U.N. Commissioner Ada Brisk"
        let of_body = token.tag == Tag::Propn && doc.is(*at, "compound");
        matches!(token.tag, Tag::Det | Tag::Adj)
            || of_body
            || title().any(|word| word == token.text)
    };
    let before = (low..first).rev().find(|at| !own(at));
    before.is_some_and(|at| doc.tokens[at].tag == Tag::Adp)
}

/// "the Prime Minister's Bureau": a body that only its owner's title tells from others of its kind.
fn with_owner(doc: &Document<'_>, name: &Mention, low: usize) -> Mention {
    let words = phrase::tokens_of(doc, name.span);
    let kind = words.len() == 1 && rapporteur_text::is_organization_noun(&name.name.to_lowercase());
    let mark = words
        .start
        .checked_sub(1)
        .filter(|at| *at > low && doc.tokens[*at].fine == "POS");
    let Some(mark) = mark.filter(|_| kind && name.stands_for.is_none()) else {
        return name.clone();
    };
    let title = |at: &usize| doc.tokens[*at].text.starts_with(char::is_uppercase);
    let start = (low..mark)
        .rev()
        .take_while(title)
        .last()
        .unwrap_or(words.start);
    if start == words.start {
        return name.clone();
    }
    let range = start..words.end;
    Mention {
        name: phrase::words(doc, range.clone()).to_string(),
        span: doc.span(range),
        ..name.clone()
    }
}

/// How many words back fighters may stand whom "they" means.
const FIGHTERS: usize = 60;

/// "Some are surrounded by the insurgents but they have not attacked": does the sentence speak of fighters without a
/// name before "they"? Then it is not those of a sentence before.
fn nearer_fighters(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let Some(sentence) = doc.sentence_at(token.span.start) else {
        return false;
    };
    let plural = |t: &rapporteur_text::Token<'_>| {
        t.tag == Tag::Noun && t.lemma != t.lower && tables::fighters().contains(&*t.lemma)
    };
    tables::third_plurals().contains(&*token.lower)
        && doc.tokens[sentence.tokens.start.max(at.saturating_sub(FIGHTERS))..at]
            .iter()
            .any(plural)
}

fn named_in_sentence(doc: &Document<'_>, at: usize, name: &str) -> bool {
    let sentence = doc.sentence_at(doc.tokens[at].span.start);
    let words = sentence.map_or(0..0, |s| s.tokens.start..at);
    phrase::names_in(doc, words)
        .iter()
        .any(|n| full_name(n) == name)
}

/// "He" and "she" are nobody that the report names as a body or place alone.
fn can_be(doc: &Document<'_>, at: usize, name: &str) -> bool {
    let token = &doc.tokens[at];
    if tables::first_persons().contains(&*name.to_lowercase()) && name.len() == 1 {
        return false;
    }
    if !tables::personal().contains(&*token.lower) {
        return true;
    }
    let near = names_before(doc, token.span.end);
    let mut named = near.iter().filter(|n| full_name(n) == name).peekable();
    named.peek().is_none() || named.any(|n| matches!(n.kind, None | Some(Kind::Person)))
}

fn is_role_phrase(doc: &Document<'_>, range: Range<usize>, head: usize) -> bool {
    doc.tokens[range.start..=head]
        .iter()
        .any(|t| tables::roles().contains(&*lemma(t.text)))
}

/// "spokesman for the ministry", "army spokesman", "head of the council": the role and for whom.
fn role(doc: &Document<'_>, range: Range<usize>, head: usize) -> Option<Role> {
    if !tables::roles().contains(&*doc.tokens[head].lemma) {
        return None;
    }
    let after = (head + 1..range.end)
        .find(|at| doc.tokens[*at].tag == Tag::Adp)
        .and_then(|at| phrase::noun_phrase(doc, at + 1, range.end, Reach::Of))
        .map(|of| phrase::words(doc, phrase::bare(doc, of)).to_string());
    let before = (range.start < head)
        .then(|| {
            phrase::names_in(doc, range.start..head)
                .last()
                .map(|n| n.name.clone())
        })
        .flatten();
    let start = if before.is_some() { head } else { range.start };
    Some(Role {
        role: phrase::words(doc, start..head + 1).to_string(),
        of: after.or(before),
    })
}

/// The person who is said to hold that role, where the phrase is definite.
fn holder(doc: &Document<'_>, at: usize, role: &Role) -> Option<String> {
    let article = at.checked_sub(1).map(|i| &*doc.tokens[i].lower)?;
    if article != "the" {
        return None;
    }
    let wanted = role.role.to_lowercase();
    names_before(doc, doc.tokens[at].span.start)
        .iter()
        .filter(|n| n.kind == Some(Kind::Person))
        .rev()
        // "the council's leader" is not the king.
        .filter(|n| {
            let own = n.role.as_ref().and_then(|r| r.of.as_deref());
            match (own, role.of.as_deref()) {
                (Some(own), Some(of)) => same_body(own, of),
                _ => true,
            }
        })
        .find(|n| {
            n.role
                .as_ref()
                .is_some_and(|r| r.role.to_lowercase().ends_with(&wanted))
                || n.title.as_ref().is_some_and(|t| t.to_lowercase() == wanted)
        })
        .map(full_name)
}

/// Two names of one body or country, as a role has them: "Orlish" and "Orland", "the council" and "Council of Kest".
fn same_body(a: &str, b: &str) -> bool {
    let usual = |name: &str| {
        let known = rapporteur_text::demonym(name).or_else(|| rapporteur_text::country(name));
        known.unwrap_or(name).to_lowercase()
    };
    let (a, b) = (usual(a), usual(b));
    a.contains(&b) || b.contains(&a)
}

/// The longest name that the report itself gives for a mention.
pub(crate) fn full_name(mention: &Mention) -> String {
    mention
        .stands_for
        .clone()
        .unwrap_or_else(|| mention.name.clone())
}

/// The sentences before the one that a token stands in, nearest first, with that one's part before
/// the token.
fn before<'d>(doc: &'d Document<'_>, at: usize) -> impl Iterator<Item = Span> + 'd {
    let byte = doc.tokens[at].span.start;
    let this = doc.sentences.partition_point(|s| s.span.end <= byte);
    let own = doc
        .sentences
        .get(this)
        .map(|s| Span::new(s.span.start, byte));
    own.into_iter()
        .chain((0..this).rev().take(REACH).map(|i| doc.sentences[i].span))
}

/// The names before a byte, in order: not all of a report without end.
fn names_before<'d>(doc: &'d Document<'_>, byte: usize) -> &'d [Mention] {
    let end = doc.names.partition_point(|n| n.span.start < byte);
    &doc.names[end.saturating_sub(NAMES)..end]
}

/// The name that a pronoun stands for: the source's in what it says of itself ("Brisk said she"); what
/// the same pronoun stood for in the sentence; else, of the nearest sentence before that names a
/// fitting one, the first such name (subjects come first).
fn pronoun(doc: &Document<'_>, at: usize) -> Option<String> {
    pronoun_by(doc, at, HANDED)
}

fn pronoun_by(doc: &Document<'_>, at: usize, left: usize) -> Option<String> {
    let word = &*doc.tokens[at].lower;
    let (person, group) = (
        tables::personal().contains(word),
        tables::collective().contains(word),
    );
    if !person && !group {
        return None;
    }
    let fits = |n: &Mention| match n.kind {
        Some(Kind::Person) => person,
        Some(Kind::Organization) => group,
        Some(Kind::Place) => group && acts(doc, n),
        None => false,
    };
    if let Some(speaker) = speaker_before(doc, at, left)
        .filter(|m| fits(m) || m.kind.is_none() && group || m.stands_for.is_some())
    {
        return Some(full_name(&speaker));
    }
    let sentence = doc.sentence_at(doc.tokens[at].span.start)?;
    let same = (sentence.tokens.start..at)
        .rev()
        .find(|i| doc.tokens[*i].lower == *word);
    if let Some(found) = same
        .filter(|_| left > 0)
        .and_then(|i| pronoun_by(doc, i, left - 1))
    {
        return Some(found);
    }
    let many = tables::third_plurals().contains(word);
    before(doc, at).find_map(|span| {
        // "hundreds of demonstrators shouted …. They called for": not the body that reports it.
        if many && names_many(doc, span) {
            return Some(None);
        }
        let mut all: Vec<&Mention> = doc
            .names_in(span)
            .filter(|n| fits(n) && !is_possessive(doc, n))
            .collect();
        all.sort_by_key(|n| (in_quote(doc, n.span.start), n.span.start));
        all.first().map(|n| Some(full_name(n)))
    })?
}

/// Is the noun the subject of its clause, or counted by what is: "hundreds of demonstrators"?
fn is_subject(doc: &Document<'_>, noun: usize) -> bool {
    let counts = |at: usize| doc.is(at, "nsubj") && doc.is(noun, "nmod") && at < noun;
    doc.is(noun, "nsubj") || doc.tokens[noun].head.is_some_and(counts)
}

/// Do some words speak of several people without a name?
fn names_many(doc: &Document<'_>, span: Span) -> bool {
    let people = |at: usize| {
        let token = &doc.tokens[at];
        let several = token.tag == Tag::Noun && token.lemma != token.lower && is_subject(doc, at);
        several
            && (rapporteur_text::is_person(&token.lemma)
                || tables::fighters().contains(&*token.lemma)
                || tables::the_public().contains(&*token.lower))
            // "the envoys of Lenn and Velka": these.
            && phrase::names_in(doc, crate::tree::around(doc, at, Reach::Full)).is_empty()
    };
    doc.tokens_in(span).any(people)
}

/// The subject of the verb of saying right before the pronoun: "Brisk said (that) she".
fn speaker_before(doc: &Document<'_>, at: usize, left: usize) -> Option<Mention> {
    let mut verb = at.checked_sub(1)?;
    if tables::complementizers().contains(&*doc.tokens[verb].lower) {
        verb = verb.checked_sub(1)?;
    }
    let token = &doc.tokens[verb];
    if token.tag != Tag::Verb || !tables::cues().contains_key(&*token.lemma) {
        return None;
    }
    let sentence = doc.sentence_at(token.span.start)?;
    let subject = phrase::subject(doc, verb, sentence.tokens.start)?;
    // A pronoun's own antecedent is looked for once, not in circles.
    let inner = phrase::bare(doc, subject.clone());
    if inner.end > verb || inner.start >= at {
        return None;
    }
    if inner.len() == 1 && doc.tokens[inner.start].tag == Tag::Pron {
        // "he said he": the same word is looked up once.
        let token = &doc.tokens[inner.start];
        let other = token.lower != doc.tokens[at].lower;
        let left = left.checked_sub(1).filter(|_| other)?;
        let mut mention = Mention::plain(token.span, token.text);
        mention.stands_for = pronoun_by(doc, inner.start, left);
        return Some(mention);
    }
    Some(mention(doc, subject))
}

/// Does a place's name stand where one who acts does: at the start of its sentence, or before a
/// verb?
fn acts(doc: &Document<'_>, name: &Mention) -> bool {
    let tokens = phrase::tokens_of(doc, name.span);
    let first = doc
        .sentence_at(name.span.start)
        .is_some_and(|s| s.tokens.start == tokens.start);
    let verb = doc
        .tokens
        .get(tokens.end)
        .is_some_and(|t| matches!(t.tag, Tag::Verb | Tag::Aux));
    first || verb && tokens.start > 0 && doc.tokens[tokens.start - 1].tag != Tag::Adp
}

fn is_possessive(doc: &Document<'_>, name: &Mention) -> bool {
    let next = phrase::tokens_of(doc, name.span).end;
    doc.tokens
        .get(next)
        .is_some_and(|t| t.tag == Tag::Part && t.lower.starts_with('\''))
}

/// Does the byte stand inside quotation marks?
pub(crate) fn in_quote(doc: &Document<'_>, byte: usize) -> bool {
    let at = doc.quotes.partition_point(|q| q.outer.end <= byte);
    doc.quotes.get(at).is_some_and(|q| q.outer.start <= byte)
}

/// The name that a description of an armed group stands for ("the movement", "militants"): the
/// organisation before it that the report names most, if it is neither a state's nor a publisher.
fn description(doc: &Document<'_>, range: Range<usize>, head: usize) -> Option<String> {
    let noun = doc.tokens[head].lemma.clone();
    let two = (head > range.start).then(|| format!("{} {noun}", doc.tokens[head - 1].lower));
    let describes =
        tables::groups().contains(&*noun) || two.is_some_and(|t| tables::groups().contains(&*t));
    if !describes || range.len() > 3 || phrase::names_in(doc, range.clone()).len() > 1 {
        return None;
    }
    let byte = doc.tokens[range.start].span.start;
    let rivals = fighting_names(doc, byte);
    let mut counts: Vec<(usize, String)> = Vec::new();
    for name in names_before(doc, byte) {
        let full = full_name(name);
        // "Orlish militias" names no group.
        let last = full.split_whitespace().next_back().unwrap_or_default();
        if !last.starts_with(char::is_uppercase) && tables::groups().contains(&*lemma(last)) {
            continue;
        }
        if !rivals.contains(&full) {
            continue;
        }
        match counts.iter_mut().find(|(_, n)| *n == full) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, full)),
        }
    }
    let (count, name) = counts.iter().max_by_key(|(count, _)| *count)?;
    // Of two that are named about as often, either may be meant.
    let rival = |(other, named): &(usize, String)| named != name && other * 2 > *count;
    (!counts.iter().any(rival)).then(|| name.clone())
}

/// Organisations that the report calls by a describing noun ("Orlo fighters", "the Orlo movement")
/// or that stand as bare names beside a government, and are no state's; of the names around a byte.
fn fighting_names(doc: &Document<'_>, byte: usize) -> BTreeSet<String> {
    let here = doc.names.partition_point(|n| n.span.start < byte);
    let near = here.saturating_sub(NAMES)..doc.names.len().min(here + NAMES);
    doc.names[near]
        .iter()
        .filter(|n| n.kind == Some(Kind::Organization))
        .filter(|n| n.name.split_whitespace().count() <= 3)
        .filter(|n| {
            let next = phrase::tokens_of(doc, n.span).end;
            let described = doc
                .tokens
                .get(next)
                .is_some_and(|t| tables::groups().contains(&*lemma(t.text)));
            let last = n
                .name
                .split_whitespace()
                .next_back()
                .map(lemma)
                .unwrap_or_default();
            // "the terror group Orlo Front"
            let first = phrase::tokens_of(doc, n.span).start;
            let before = first.checked_sub(1).map(|at| &doc.tokens[at]);
            let described = described
                || before.is_some_and(|t| {
                    t.tag == Tag::Noun && tables::groups().contains(&*lemma(t.text))
                });
            described || tables::groups().contains(&*last) || is_bare_group(doc, n)
        })
        .map(full_name)
        .collect()
}

/// A one-word or two-word organisation that is neither an acronym nor ends in a noun of institutions
/// and that is a subject of fighting or taking in this report.
fn is_bare_group(doc: &Document<'_>, name: &Mention) -> bool {
    let next = phrase::tokens_of(doc, name.span).end;
    doc.tokens[next.min(doc.tokens.len())..]
        .iter()
        .take(4)
        .take_while(|t| t.tag != Tag::Punct)
        .any(|t| t.tag == Tag::Verb && crate::ground::is_trigger(&t.lemma))
}

/// "we" and "I" stand for who speaks; "we" for whom the speaker speaks, where that is said.
pub(crate) fn speak_for(doc: &Document<'_>, mention: &mut Mention, speaker: Option<&Mention>) {
    let Some(speaker) =
        speaker.filter(|_| tables::first_persons().contains(&*mention.name.to_lowercase()))
    else {
        return;
    };
    let plural = tables::plural_firsts().contains(&*mention.name.to_lowercase());
    let body = body_of(doc, speaker).filter(|_| plural);
    mention.stands_for = body.or_else(|| Some(full_name(speaker)));
}

/// The body that a speaker acts for, said of any of the person's names before.
fn body_of(doc: &Document<'_>, speaker: &Mention) -> Option<String> {
    let own = speaker.role.as_ref().and_then(|role| role.of.clone());
    own.or_else(|| {
        let name = full_name(speaker);
        let end = doc.tokens.last()?.span.end;
        let byte = speaker.span.end.min(end);
        let mut near = names_before(doc, byte).iter().rev();
        near.find_map(|n| {
            let role = n.role.as_ref().filter(|_| full_name(n) == name)?;
            role.of.clone()
        })
    })
}

/// "his fighters", "its forces" stand for the body that the speaker acts for, where that is said.
pub(crate) fn own_men(doc: &Document<'_>, mention: &mut Mention, speaker: Option<&Mention>) {
    let tokens = phrase::tokens_of(doc, mention.span);
    let owner = tokens.start.checked_sub(1).map(|i| &*doc.tokens[i].lower);
    let owned =
        owner.is_some_and(|w| tables::personal().contains(w) || tables::collective().contains(w));
    let named = matches!(mention.kind, Some(Kind::Organization | Kind::Place));
    if !owned || named || mention.stands_for.is_some() {
        return;
    }
    let men = doc.tokens[tokens]
        .iter()
        .any(|t| tables::fighters().contains(&*t.lemma));
    mention.stands_for = speaker
        .and_then(|s| s.role.as_ref())
        .and_then(|r| r.of.clone())
        .filter(|_| men);
}
