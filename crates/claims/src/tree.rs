//! Noun phrases, subjects and objects, by what depends on what.

use crate::phrase::Reach;
use crate::tables;
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

/// How far up a subject is looked for that a verb shares with others.
const HOPS: usize = 6;
/// What stands before a noun and is no part of its phrase.
const LEADING: &[&str] = &[
    "case",
    "cc",
    "mark",
    "punct",
    "nsubj",
    "csubj",
    "cop",
    "aux",
    "advcl",
    "acl",
    "parataxis",
    "ccomp",
    "expl",
    "obl",
    "obj",
    "discourse",
    "dislocated",
    "vocative",
];
/// How deep a phrase may nest.
const DEEP: usize = 24;

/// The words of the phrase around the noun at `head`: what modifies it before it, and after it as far as
/// `reach` says; never a clause or an apposition after a comma.
pub(crate) fn around(doc: &Document<'_>, head: usize, reach: Reach) -> Range<usize> {
    let mut words = spread(doc, head, reach, 0);
    if doc.is(head, "nsubj") {
        words = with_twins(doc, head, words, reach);
    }
    // No phrase begins or ends inside a name.
    for edge in [words.start, words.end - 1] {
        let span = doc.tokens[edge].span;
        let at = doc
            .names
            .partition_point(|name| name.span.end <= span.start);
        if let Some(name) = doc.names.get(at).filter(|name| name.span.start < span.end) {
            let name = doc.tokens_in(name.span);
            words = words.start.min(name.start)..words.end.max(name.end);
        }
    }
    words
}

/// A subject's words with those right before and after it that were taken for subjects of the same verb:
/// "the reporter Ada Brisk said", "said Colonel Ada Brisk".
fn with_twins(doc: &Document<'_>, head: usize, words: Range<usize>, reach: Reach) -> Range<usize> {
    let (mut start, mut end) = (words.start, words.end);
    let token = &doc.tokens[head];
    let siblings = token.head.map_or(&[][..], |verb| doc.children(verb));
    let subjects = || siblings.iter().copied().filter(|at| doc.is(*at, "nsubj"));
    let before = subjects().rev().find(|at| *at < head);
    if let Some(before) = before.filter(|_| token.tag != Tag::Pron) {
        let before = spread(doc, before, Reach::Of, 1);
        if before.end == head {
            start = before.start;
        }
    }
    let noun = |at: &usize| matches!(doc.tokens[*at].tag, Tag::Propn | Tag::Noun);
    if let Some(next) = subjects().find(|at| *at == end).filter(noun) {
        end = spread(doc, next, reach, 1).end;
    }
    start..end
}

fn spread(doc: &Document<'_>, head: usize, reach: Reach, depth: usize) -> Range<usize> {
    let (mut start, mut end) = (head, head + 1);
    if depth > DEEP {
        return start..end;
    }
    for child in doc.children(head) {
        let relation = doc.tokens[*child].relation;
        let (kind, _) = relation.split_once(':').unwrap_or((relation, ""));
        let before = *child < head;
        let inside = match kind {
            "case" => !before,
            // "According to officials, the town": no part of the town's phrase.
            "nmod" if before && relation != "nmod:poss" => doc.child(*child, "case").is_none(),
            _ if before => !LEADING.contains(&kind),
            "nummod" | "compound" | "flat" | "fixed" | "goeswith" => true,
            // "aid workers in the camp said", with the first noun taken for a verb.
            "obj" => {
                let nouns = [head, *child].map(|at| doc.tokens[at].tag == Tag::Noun);
                *child == end && nouns == [true, true]
            }
            // "the reporter Ada Brisk": only where no comma stands between.
            "appos" => true,
            "nmod" if relation != "nmod:unmarked" => match reach {
                Reach::Head => false,
                Reach::Of => of(doc, *child),
                Reach::Full => !agent(doc, *child),
            },
            "conj" => reach != Reach::Head,
            _ => false,
        };
        if inside {
            let range = spread(doc, *child, reach, depth + 1);
            if kind == "appos" && !before && range.start != end {
                continue;
            }
            start = start.min(range.start);
            end = end.max(range.end);
        }
    }
    start..end
}

fn of(doc: &Document<'_>, noun: usize) -> bool {
    doc.child(noun, "case")
        .is_some_and(|case| tables::of().contains(&*doc.tokens[case].lower))
}

fn agent(doc: &Document<'_>, noun: usize) -> bool {
    doc.child(noun, "case")
        .is_some_and(|case| tables::agent().contains(&*doc.tokens[case].lower))
}

/// Can the token be the head of a noun phrase?
fn is_nominal(doc: &Document<'_>, at: usize) -> bool {
    match doc.tokens[at].tag {
        Tag::Noun | Tag::Propn | Tag::Num | Tag::Sym => true,
        Tag::Pron | Tag::Det => {
            !doc.is(at, "det") && !tables::relatives().contains(&*doc.tokens[at].lower)
        }
        _ => false,
    }
}

/// The noun phrase that begins at `start`, not past `end`.
pub(crate) fn starting(
    doc: &Document<'_>,
    start: usize,
    end: usize,
    reach: Reach,
) -> Option<Range<usize>> {
    let mut found = None;
    let mut at = start;
    for _ in 0..HOPS {
        if at >= end {
            break;
        }
        let range = around(doc, at, reach);
        if range.start != start {
            break;
        }
        // "to the army last week": the time is no part of it.
        let timed = found.is_some() && crate::phrase::in_time(doc, doc.tokens[at].span.start);
        if is_nominal(doc, at) && range.end <= end && !timed {
            found = Some(range);
        }
        match doc.tokens[at].head {
            Some(head) if head > start => at = head,
            _ => break,
        }
    }
    found
}

/// The head of the subject of the verb at `verb`: its own, or the one that it shares with the verb that
/// governs it.
pub(crate) fn subject(doc: &Document<'_>, verb: usize) -> Option<usize> {
    let mut verb = verb;
    for _ in 0..HOPS {
        if let Some(subject) = own_subject(doc, verb) {
            // "the army, which took Velka"
            let relative = tables::relatives().contains(&*doc.tokens[subject].lower);
            return if relative && doc.is(verb, "acl") {
                doc.tokens[verb].head
            } else {
                Some(subject)
            };
        }
        let token = &doc.tokens[verb];
        let head = token.head?;
        let relation = token.relation.split(':').next().unwrap_or_default();
        match relation {
            // "were on the verge of taking it": whoever was.
            "acl" if tables::brinks().contains(&*doc.tokens[head].lemma) => verb = head,
            // "talked to her after the launch, saying": whoever talked.
            "acl" if says_nothing(doc, verb, head) => verb = clause(doc, head)?,
            "acl" => return Some(head).filter(|h| is_nominal(doc, *h)),
            // "urged the army to leave": whom it urges.
            "xcomp" => {
                let object = doc.child(head, "obj").filter(|o| *o > head && *o < verb);
                if let Some(object) = object.filter(|o| can_act(doc, *o)) {
                    return Some(object);
                }
                verb = head;
            }
            // "took Velka and the rebels seized Lenn", where the rebels were taken for a second object.
            "conj" if verb_has_neighbour(doc, verb) => return Some(verb - 1),
            "conj" => verb = conjunct(doc, verb).unwrap_or(head),
            "advcl" | "cop" | "aux" => verb = head,
            _ => return None,
        }
    }
    None
}

/// Is the participle of saying hung on a noun of what happens?
fn says_nothing(doc: &Document<'_>, verb: usize, noun: usize) -> bool {
    let says = tables::cues().contains_key(&*doc.tokens[verb].lemma);
    let happens = tables::happenings().contains(&*doc.tokens[noun].lemma);
    doc.tokens[verb].fine == "VBG" && says && happens
}

/// The verb that one stands beside, where the tree hangs it on a verb of another form: of "said they should meet and
/// called", "said"; of "filmed it to show that they live and to ask", "show".
fn conjunct(doc: &Document<'_>, verb: usize) -> Option<usize> {
    let infinitive = |at: usize| {
        doc.child(at, "mark")
            .is_some_and(|mark| doc.tokens[mark].fine == "TO")
    };
    let head = doc.tokens[verb].head?;
    let past = matches!(doc.tokens[verb].fine, "VBD" | "VBN") && doc.child(verb, "aux").is_none();
    let bare = doc.tokens[head].fine == "VB";
    if !(past && bare || infinitive(verb) && !infinitive(head)) {
        return None;
    }
    let fits = |at: usize| match past && bare {
        true => doc.tokens[at].fine == "VBD",
        false => infinitive(at),
    };
    let mut at = head;
    for _ in 0..HOPS {
        at = doc.tokens[at].head?;
        if fits(at) {
            return Some(at);
        }
    }
    None
}

/// The nearest of what was taken for the verb's subjects before it: of "a bomber hit the camp, some of it empty",
/// the bomber.
pub(crate) fn subject_before(doc: &Document<'_>, verb: usize) -> Option<usize> {
    let before = doc.children(verb).iter().copied().rev();
    let mut before = before.filter(|at| *at < verb && doc.is(*at, "nsubj") && is_nominal(doc, *at));
    before.next()
}

/// Does a noun stand right before the verb that was taken for a second object of the verb before?
fn verb_has_neighbour(doc: &Document<'_>, verb: usize) -> bool {
    let noun = verb.checked_sub(1).filter(|at| is_nominal(doc, *at));
    let noun = noun.filter(|at| doc.is(*at, "conj") && doc.child(*at, "cc").is_some());
    let other = noun.and_then(|at| doc.tokens[at].head);
    other.is_some_and(|at| doc.is(at, "obj") && doc.tokens[at].head == doc.tokens[verb].head)
}

/// Can what the noun names do something: a name, someone's role, those who fight?
fn can_act(doc: &Document<'_>, noun: usize) -> bool {
    let token = &doc.tokens[noun];
    matches!(token.tag, Tag::Propn | Tag::Pron)
        || tables::roles().contains(&*token.lemma)
        || tables::groups().contains(&*token.lemma)
        || tables::fighters().contains(&*token.lemma)
        || rapporteur_text::is_group_noun(&token.lower)
}

/// The nearest of what was taken for the verb's subjects; of "Velka, the capital, fell" and "talks between
/// A and B began", the first.
fn own_subject(doc: &Document<'_>, verb: usize) -> Option<usize> {
    let own = doc.children(verb).iter().copied().rev();
    // "officials whom we met said": `whom` is no subject but of a clause of its own.
    let relative = |at: usize| tables::relatives().contains(&*doc.tokens[at].lower);
    let clause = doc.is(verb, "acl");
    let mut own = own.filter(|at| doc.is(*at, "nsubj") && (clause || !relative(*at)));
    let last = own.next()?;
    // "Brisk, for his part has agreed": with its preposition taken for the verb's.
    let start = around(doc, last, Reach::Of).start;
    let aside =
        start > 1 && doc.tokens[start - 1].tag != Tag::Punct && doc.tokens[start - 2].text == ",";
    // "A statement after the call said": the same without a comma.
    let marks = |at: usize| {
        let that = tables::complementizers().contains(&*doc.tokens[at].lower);
        doc.is(at, "mark") && doc.tokens[at].head == Some(verb) && !that
    };
    let aside = aside || start > 1 && marks(start - 1);
    if aside && doc.tokens[start - 1].fine == "IN" && doc.tokens[last].tag == Tag::Noun {
        return own.next().or(Some(last));
    }
    // "Lenn, the largest of the towns, the ministry said": what stands beside the town.
    let noun = |at: &usize| doc.tokens[*at].tag != Tag::Adj;
    let apposed = own.next().filter(noun).filter(|before| {
        let end = around(doc, *before, Reach::Full).end;
        let start = around(doc, last, Reach::Of).start;
        let joins = |at: usize| matches!(doc.tokens[at].tag, Tag::Punct | Tag::Cconj);
        end < start && (end..start).all(joins)
    });
    Some(apposed.unwrap_or(last))
}

/// "urged the neighbours, Velka and Orland, to help": whom the verb at `verb` asks, and the verb of what they
/// are to do, where a `to` marks it.
pub(crate) fn asked(doc: &Document<'_>, verb: usize, end: usize) -> Option<(usize, usize)> {
    let object = doc.child(verb, "obj").or_else(|| doc.child(verb, "iobj"));
    let object = object.filter(|object| (verb..end).contains(object))?;
    let clauses = ["xcomp", "ccomp", "advcl"].into_iter();
    let mut found = clauses.filter_map(|relation| doc.child(verb, relation));
    let marked = |at: &usize| {
        let mark = doc.child(*at, "mark");
        *at > object && *at < end && mark.is_some_and(|mark| doc.tokens[mark].fine == "TO")
    };
    let clause = found.find(marked);
    let clause = clause.or_else(|| doc.child(object, "acl").filter(marked))?;
    Some((object, clause))
}

/// The head of what the verb at `verb` acts on.
pub(crate) fn object(doc: &Document<'_>, verb: usize) -> Option<usize> {
    doc.child(verb, "obj").filter(|object| *object > verb)
}

/// The head of a noun phrase: its first noun that depends on none of its other words.
pub(crate) fn head(doc: &Document<'_>, range: &Range<usize>) -> Option<usize> {
    let outside = |at: &usize| {
        let head = doc.tokens.get(*at).and_then(|t| t.head);
        head.is_none_or(|head| !range.contains(&head))
    };
    range
        .clone()
        .filter(outside)
        .find(|at| is_nominal(doc, *at))
}

/// Does a finite clause that the verb at `verb` governs stand in `next..end`?
pub(crate) fn clause_after(doc: &Document<'_>, verb: usize, next: usize, end: usize) -> bool {
    let finite = |at: usize| {
        let own = |at: usize| {
            let token = &doc.tokens[at];
            matches!(token.tag, Tag::Verb | Tag::Aux)
                && !matches!(token.form, Some(VerbForm::Ing | VerbForm::Participle))
        };
        own(at)
            || doc
                .children(at)
                .iter()
                .any(|child| doc.tokens[*child].tag == Tag::Aux && own(*child))
    };
    let infinitive = |at: usize| {
        let mark = doc.child(at, "mark");
        mark.is_some_and(|mark| doc.tokens[mark].fine == "TO")
    };
    let clause = doc.children(verb).iter().copied();
    let mut clause = clause.filter(|at| doc.is(*at, "ccomp") && (next..end).contains(at));
    clause.any(|at| finite(at) && !infinitive(at))
}

/// How a word stands to what a verb or noun says happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stand {
    /// In its own clause, below it.
    Own,
    /// In a clause that governs it, or beside it in that clause: "On Monday" of "on Monday they fled, killing two".
    Around,
    /// In another clause: one that depends on it, or one beside it.
    Elsewhere,
}

/// How the word at `word` stands to the event that the verb or noun at `event` tells.
pub(crate) fn stand(doc: &Document<'_>, word: usize, event: usize) -> Stand {
    let above = above(doc, word);
    let own = clause(doc, event);
    if let Some(own) = own
        && let Some(reached) = above.iter().position(|at| *at == event || *at == own)
    {
        let between = std::iter::once(&word).chain(&above[..reached]);
        return match between.into_iter().any(|at| opens_clause(doc, *at)) {
            true => Stand::Elsewhere,
            false if above[reached] == event => Stand::Own,
            false => Stand::Around,
        };
    }
    let clause = clause(doc, word);
    match clause.is_some_and(|clause| self::above(doc, event).contains(&clause)) {
        true => Stand::Around,
        false => Stand::Elsewhere,
    }
}

/// Does the word stand in a clause with a subject of its own, and the event in another that neither governs nor hangs
/// on it by more than a comma?
pub(crate) fn beside(doc: &Document<'_>, word: usize, event: usize) -> bool {
    let (Some(other), Some(own)) = (clause(doc, word), clause(doc, event)) else {
        return false;
    };
    let joined = |one: usize, two: usize| {
        let apart =
            doc.is(two, "parataxis") || doc.is(two, "ccomp") && doc.child(two, "mark").is_none();
        apart && doc.tokens[two].head == Some(one) && doc.child(two, "nsubj").is_some()
    };
    own != other && (joined(own, other) || joined(other, own))
}

/// Does a clause with a subject of its own, or what stands beside it, part the word from what the event at `event`
/// tells: "attacked the town after 12 had been killed", "killed 12, the worst of many attacks"?
pub(crate) fn apart(doc: &Document<'_>, word: usize, event: usize) -> bool {
    let chain = |at: usize| {
        let above = self::above(doc, at);
        std::iter::once(at).chain(above).collect::<Vec<_>>()
    };
    let (of_word, of_event) = (chain(word), chain(event));
    let Some(meet) = of_word.iter().position(|at| of_event.contains(at)) else {
        return false;
    };
    let own = |at: &usize| {
        let subject = doc.child(*at, "nsubj");
        let relative = |s: usize| tables::relatives().contains(&*doc.tokens[s].lower);
        subject.is_some_and(|s| !relative(s))
    };
    let clause = |at: &usize| {
        let joined = ["advcl", "conj", "ccomp"].iter().any(|r| doc.is(*at, r));
        let aside = *at != word && doc.is(*at, "appos");
        doc.is(*at, "parataxis") || aside || joined && own(at)
    };
    let noun = doc.tokens[event].tag == Tag::Noun;
    let under = of_event.iter().take_while(|at| **at != of_word[meet]);
    of_word[..meet].iter().any(clause)
        || noun && under.into_iter().any(|at| doc.is(*at, "parataxis"))
}

/// The words that a token hangs on, nearest first.
fn above(doc: &Document<'_>, at: usize) -> Vec<usize> {
    let heads = std::iter::successors(doc.tokens[at].head, |at| doc.tokens[*at].head);
    heads.take(DEEP).collect()
}

/// The verb, or the word with a copula, whose clause a token stands in: itself, or above it.
pub(crate) fn clause(doc: &Document<'_>, at: usize) -> Option<usize> {
    let is_verb = |at: &usize| {
        let token = &doc.tokens[*at];
        let modifies = doc.is(*at, "amod") || doc.is(*at, "compound");
        token.tag == Tag::Verb && !modifies || doc.child(*at, "cop").is_some()
    };
    let above = above(doc, at);
    let own = std::iter::once(at).chain(above.iter().copied());
    let mut own = own;
    own.find(is_verb).or(above.last().copied())
}

/// Does the token head a clause of its own below another word? Not what something is for ("an operation to retake
/// it on Friday"), and not which fighting it is ("in the attacks launched in June").
fn opens_clause(doc: &Document<'_>, at: usize) -> bool {
    let mark = doc.child(at, "mark");
    let purpose = mark.is_some_and(|mark| doc.tokens[mark].fine == "TO");
    let fighting = |at: usize| tables::ground_nouns().contains_key(&*doc.tokens[at].lemma);
    let noun = doc.tokens[at].head.filter(|_| doc.is(at, "acl"));
    // A participle right after the noun is as often hung on the verb.
    let participle = matches!(doc.tokens[at].fine, "VBN" | "VBD")
        && ["nsubj", "aux"]
            .iter()
            .all(|relation| doc.child(at, relation).is_none());
    let before = at.checked_sub(1).filter(|_| participle);
    let of_fighting = noun.or(before).is_some_and(fighting);
    if purpose || of_fighting {
        return false;
    }
    let below = ["acl", "advcl", "ccomp", "parataxis", "csubj"];
    let own = doc.tokens[at].tag == Tag::Verb || doc.child(at, "cop").is_some();
    own && (below.iter().any(|relation| doc.is(at, relation))
        || doc.is(at, "conj") && doc.child(at, "nsubj").is_some())
}

/// The first word of a range that hangs on none of its others.
pub(crate) fn top(doc: &Document<'_>, range: &Range<usize>) -> Option<usize> {
    range.clone().find(|at| {
        let head = doc.tokens.get(*at).and_then(|t| t.head);
        head.is_none_or(|head| !range.contains(&head))
    })
}
