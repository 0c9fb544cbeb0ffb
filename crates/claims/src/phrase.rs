//! Noun phrases and clauses, by tags: what stands before a verb, what after it.

use crate::{tables, tree};
use rapporteur_model::{Mention, Span};
use rapporteur_text::{Document, Tag, Token, VerbForm};
use std::ops::Range;

/// How far a noun phrase may reach.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To its head: "the release".
    Head,
    /// With what `of` adds: "the release of 7,000 prisoners".
    Of,
    /// With every preposition's phrase and lists: "border crossings with Velka and Orland".
    Full,
}

/// Is the token at `at` one that can stand inside a noun phrase?
pub(crate) fn nominal(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    if in_figure(doc, token.span.start) {
        return true;
    }
    match token.tag {
        Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num | Tag::Sym => true,
        Tag::Pron => !tables::relatives().contains(&*token.lower),
        Tag::Part => token.lower.starts_with('\''),
        Tag::Verb => match token.form {
            // "the negotiating team", "escalating violence".
            Some(VerbForm::Ing | VerbForm::Past) => doc.tokens.get(at + 1).is_some_and(|n| {
                matches!(n.tag, Tag::Noun | Tag::Propn)
                    && at > 0
                    && is_modifier_before(&doc.tokens[at - 1], token.form)
            }),
            _ => false,
        },
        Tag::Adv => doc.tokens.get(at + 1).is_some_and(|n| {
            // "an earlier version": between an article and its noun.
            let enclosed = at > 0 && doc.tokens[at - 1].tag == Tag::Det && n.tag == Tag::Noun;
            matches!(n.tag, Tag::Adj | Tag::Num) || enclosed
        }),
        Tag::Sconj => {
            tables::comparative().contains(&*token.lower)
                && doc.tokens.get(at + 1).is_some_and(|n| n.tag == Tag::Num)
        }
        _ => false,
    }
}

/// Does a figure begin with this token?
pub(crate) fn starts_figure(doc: &Document<'_>, at: usize) -> bool {
    let byte = doc.tokens[at].span.start;
    let i = doc.figures.partition_point(|f| f.span.start < byte);
    doc.figures.get(i).is_some_and(|f| f.span.start == byte)
}

/// Does the byte stand in a figure: "at least 12 people"?
fn in_figure(doc: &Document<'_>, byte: usize) -> bool {
    let at = doc.figures.partition_point(|f| f.span.end <= byte);
    doc.figures.get(at).is_some_and(|f| f.span.start <= byte)
}

fn is_modifier_before(token: &Token<'_>, form: Option<VerbForm>) -> bool {
    match token.tag {
        Tag::Det | Tag::Adj | Tag::Num | Tag::Part => true,
        Tag::Pron => tables::articles().contains(&*token.lower),
        // "the rebels captured towns" is a clause, "the government negotiating team" a phrase.
        Tag::Propn | Tag::Noun => form == Some(VerbForm::Ing),
        _ => false,
    }
}

/// The noun phrase that begins at `start` (quotation marks before it are skipped), not past `end`.
pub(crate) fn noun_phrase(
    doc: &Document<'_>,
    start: usize,
    end: usize,
    reach: Reach,
) -> Option<Range<usize>> {
    let mut start = start;
    while start < end && is_quote_mark(&doc.tokens[start]) {
        start += 1;
    }
    let by_tree = tree::starting(doc, start, end, reach);
    if reach != Reach::Full && by_tree.is_some() {
        return by_tree;
    }
    // Lists are also read from their commas, which trees often get wrong.
    let mut at = match by_tree {
        Some(range) => range.end,
        None => core(doc, start, end)?,
    };
    at = lengthen(doc, at, end, reach);
    while at > start && is_quote_mark(&doc.tokens[at - 1]) {
        at -= 1;
    }
    (at > start).then_some(start..at)
}

/// Where a noun phrase ends that goes on at `at` as far as `reach` says: with prepositions, lists.
fn lengthen(doc: &Document<'_>, at: usize, end: usize, reach: Reach) -> usize {
    let mut at = at;
    while let Some(token) = doc.tokens.get(at).filter(|_| at < end) {
        let next = match token.tag {
            Tag::Adp if tables::of().contains(&*token.lower) && reach != Reach::Head => {
                core(doc, at + 1, end)
            }
            // "on 8 July" is no part of what stands before it.
            Tag::Adp if starts_time(doc, at + 1) => None,
            Tag::Adp if reach == Reach::Full && !tables::agent().contains(&*token.lower) => {
                core(doc, at + 1, end)
            }
            Tag::Cconj if reach != Reach::Head && !tables::contrast().contains(&*token.lower) => {
                core(doc, at + 1, end).filter(|stop| !verb_follows(doc, *stop, end))
            }
            Tag::Punct if token.text == "," && reach == Reach::Full => list_item(doc, at + 1, end),
            Tag::Punct if is_quote_mark(token) => Some(at + 1),
            _ => None,
        };
        match next {
            Some(stop) if stop > at => at = stop,
            _ => break,
        }
    }
    at
}

fn starts_time(doc: &Document<'_>, at: usize) -> bool {
    doc.tokens
        .get(at)
        .is_some_and(|t| in_time(doc, t.span.start))
}

/// Does the byte stand in an expression of time?
pub(crate) fn in_time(doc: &Document<'_>, byte: usize) -> bool {
    let at = doc.times.partition_point(|t| t.span.end <= byte);
    doc.times.get(at).is_some_and(|t| t.span.start <= byte)
}

/// "between A and B": the words from A to B.
pub(crate) fn between(doc: &Document<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let at = (from..end).find(|i| tables::between().contains(&*doc.tokens[*i].lower))?;
    let mut stop = with_of(doc, at + 1, end)?;
    while doc
        .tokens
        .get(stop)
        .is_some_and(|t| stop < end && t.text == ",")
    {
        stop = with_of(doc, stop + 1, end)?;
    }
    let and = doc
        .tokens
        .get(stop)
        .filter(|t| stop < end && t.tag == Tag::Cconj)?;
    let stop = if and.text.is_empty() {
        stop
    } else {
        with_of(doc, stop + 1, end)?
    };
    Some(at + 1..stop)
}

/// The end of a noun phrase with what `of` adds.
fn with_of(doc: &Document<'_>, start: usize, end: usize) -> Option<usize> {
    let mut at = core(doc, start, end)?;
    while let Some(of) = doc
        .tokens
        .get(at)
        .filter(|t| at < end && tables::of().contains(&*t.lower))
        .and_then(|_| core(doc, at + 1, end))
    {
        at = of;
    }
    Some(at)
}

/// The end of the run of nominal tokens from `start`; it must hold a noun, name, number or pronoun.
fn core(doc: &Document<'_>, start: usize, end: usize) -> Option<usize> {
    let mut at = start;
    let mut solid = false;
    while at < end {
        let token = &doc.tokens[at];
        let quoted = is_quote_mark(token) && !token.lower.starts_with('\'');
        if !nominal(doc, at) && !quoted {
            break;
        }
        // "captured Velka yesterday": when it was is no part of what.
        let headed = at > start && matches!(doc.tokens[at - 1].tag, Tag::Noun | Tag::Propn);
        if headed && in_time(doc, token.span.start) {
            break;
        }
        // "told Radio Lenn the roads were closed": an article opens a phrase of its own.
        if headed && token.tag == Tag::Det {
            break;
        }
        // "told him it was": a pronoun is a phrase of its own, but for "his".
        let pronoun = token.tag == Tag::Pron && !tables::articles().contains(&*token.lower);
        if pronoun && at > start {
            break;
        }
        solid |= matches!(
            token.tag,
            Tag::Noun | Tag::Propn | Tag::Num | Tag::Pron | Tag::Det
        );
        at += 1;
        if pronoun {
            break;
        }
    }
    (solid && at > start).then_some(at)
}

/// A further item of a list after a comma: "…, Orland and Velka", "…, and Velka".
fn list_item(doc: &Document<'_>, start: usize, end: usize) -> Option<usize> {
    let start = if doc
        .tokens
        .get(start)
        .is_some_and(|t| t.tag == Tag::Cconj && !tables::contrast().contains(&*t.lower))
    {
        start + 1
    } else {
        start
    };
    let mut stop = core(doc, start, end)?;
    while let Some(of) = doc
        .tokens
        .get(stop)
        .filter(|t| stop < end && tables::of().contains(&*t.lower))
        .and_then(|_| core(doc, stop + 1, end))
    {
        stop = of;
    }
    if verb_follows(doc, stop, end) {
        return None;
    }
    // Only a list where another comma or a conjunction follows, or one came before.
    let more = doc
        .tokens
        .get(stop)
        .is_some_and(|t| t.text == "," || t.tag == Tag::Cconj);
    let last = start > 0 && doc.tokens[start - 1].tag == Tag::Cconj;
    (more || last).then_some(stop)
}

fn verb_follows(doc: &Document<'_>, at: usize, end: usize) -> bool {
    let mut at = at;
    while at < end && matches!(doc.tokens[at].tag, Tag::Adv | Tag::Part) {
        // "urged A and B to leave": B is no subject.
        if doc.tokens[at].lower == "to" {
            return false;
        }
        at += 1;
    }
    at < end
        && (doc.tokens[at].tag == Tag::Aux
            || doc.tokens[at].tag == Tag::Verb && doc.tokens[at].form != Some(VerbForm::Ing))
}

/// Is it a quotation mark?
pub(crate) fn is_quote_mark(token: &Token<'_>) -> bool {
    matches!(
        token.text,
        "\u{201c}"
            | "\u{201d}"
            | "\u{2018}"
            | "\u{2019}"
            | "\""
            | "'"
            | "\u{ab}"
            | "\u{bb}"
            | "\u{201e}"
            | "`"
            | "''"
            | "``"
            | "\u{2018}\u{2018}"
            | "\u{2019}\u{2019}"
    ) && token.tag == Tag::Punct
}

/// The first token of the verb group that ends with the verb at `verb`: auxiliaries, negations and
/// adverbs before it.
pub(crate) fn group_start(doc: &Document<'_>, verb: usize, low: usize) -> usize {
    let mut at = verb;
    while at > low {
        let token = &doc.tokens[at - 1];
        let inside = match token.tag {
            Tag::Aux | Tag::Adv => true,
            Tag::Part => !token.lower.starts_with("'s"),
            _ => false,
        };
        if !inside {
            break;
        }
        at -= 1;
    }
    at
}

/// Does a form of be stand in the verb group of the participle at `verb` (or a `by` after it)?
pub(crate) fn is_passive(doc: &Document<'_>, verb: usize, low: usize, high: usize) -> bool {
    let token = &doc.tokens[verb];
    if !matches!(token.form, Some(VerbForm::Participle | VerbForm::Past)) {
        return false;
    }
    let group = group_start(doc, verb, low)..verb;
    let be = doc.tokens[group.clone()]
        .iter()
        .any(|t| t.tag == Tag::Aux && t.lemma == "be");
    let have = doc.tokens[group.clone()]
        .iter()
        .any(|t| t.tag == Tag::Aux && t.lemma == "have");
    let by = doc
        .tokens
        .get(verb + 1)
        .is_some_and(|t| verb + 1 < high && tables::agent().contains(&*t.lower));
    // "said by telephone that": a past tense with a subject of its own.
    let own = token.fine == "VBD"
        && (doc.child(verb, "nsubj")).is_some_and(|s| doc.tokens[s].relation == "nsubj");
    be || by && !have && !own && doc.tokens[group].iter().all(|t| t.tag != Tag::Aux)
}

/// A segment of what stands before a verb, between commas.
struct Segment(Range<usize>);

impl Segment {
    /// Does it only set the scene: "On Monday", "According to him", "However"?
    fn is_adverbial(&self, doc: &Document<'_>) -> bool {
        let Some(first) = doc.tokens[self.0.clone()]
            .iter()
            .find(|t| !is_quote_mark(t))
        else {
            return true;
        };
        let by_word = match first.tag {
            Tag::Adp | Tag::Adv | Tag::Sconj | Tag::Part | Tag::Cconj => true,
            Tag::Verb => !matches!(first.form, Some(VerbForm::Base)),
            Tag::Pron => tables::relatives().contains(&*first.lower),
            _ => false,
        };
        let span = doc.span(self.0.clone());
        by_word
            || doc
                .times_over(span)
                .iter()
                .any(|t| t.span.start <= span.start && span.end <= t.span.end)
    }
}

/// The subject of the verb at `verb`: the noun phrase before it that no relative clause, apposition
/// or adverbial owns, not before `low`.
pub(crate) fn subject(doc: &Document<'_>, verb: usize, low: usize) -> Option<Range<usize>> {
    let heads = [tree::subject(doc, verb), tree::subject_before(doc, verb)];
    for head in heads.into_iter().flatten() {
        let range = tree::around(doc, head, Reach::Full);
        if range.start >= low && range.end <= verb && !is_aside(doc, head, range.start) {
            return Some(range);
        }
    }
    subject_from(doc, group_start(doc, verb, low), low, 0)
}

/// "Brisk, for his part has agreed": a phrase behind a comma that was taken for the subject with its preposition.
fn is_aside(doc: &Document<'_>, head: usize, start: usize) -> bool {
    let case = doc.child(head, "case").filter(|case| *case < head);
    case.is_some_and(|case| {
        let first = case.min(start);
        first > 0 && doc.tokens[first - 1].text == "," && doc.tokens[head].tag == Tag::Noun
    })
}

/// The noun phrase right before the verb at `verb`, whatever the tree says: what a verb of saying after
/// its content has for a subject.
pub(crate) fn subject_nearby(doc: &Document<'_>, verb: usize, low: usize) -> Option<Range<usize>> {
    subject_from(doc, group_start(doc, verb, low), low, 0)
}

/// Who does it: the subject; of ", adding that" and ", killing six", that of the verb before.
pub(crate) fn agent(doc: &Document<'_>, verb: usize, low: usize) -> Option<Range<usize>> {
    let trailing = doc.tokens[verb].form == Some(VerbForm::Ing)
        && verb > low
        && doc.tokens[verb - 1].text == ",";
    if trailing {
        let finite = |i: &usize| {
            doc.tokens[*i].tag == Tag::Verb
                && doc.tokens[*i].form != Some(VerbForm::Ing)
                && !nominal(doc, *i)
        };
        let governor = (low..verb).rev().find(finite)?;
        return subject(doc, governor, low);
    }
    subject(doc, verb, low)
}

fn subject_from(doc: &Document<'_>, stop: usize, low: usize, depth: usize) -> Option<Range<usize>> {
    let start = clause_start(doc, stop, low);
    // "who", "which", "that" right before the verb: the noun phrase before it.
    if stop > low && tables::relatives().contains(&*doc.tokens[stop - 1].lower) && depth < 3 {
        let before = (low..stop - 1)
            .rev()
            .find(|i| !matches!(doc.tokens[*i].text, ","))?;
        let phrase = phrase_ending(doc, before + 1, low)?;
        // "the name of the regime which": the nearest noun; "the head of the council who": the person.
        let person = tables::roles().contains(&*doc.tokens[head(doc, phrase.clone())].lemma);
        let of = phrase
            .clone()
            .rev()
            .find(|i| tables::of().contains(&*doc.tokens[*i].lower));
        return Some(match of {
            Some(of) if !person => of + 1..phrase.end,
            _ => phrase,
        });
    }
    let mut segments: Vec<Segment> = Vec::new();
    // "Two days earlier Ada Brisk …": the time is no part of the subject.
    let mut from = start;
    while from < stop && in_time(doc, doc.tokens[from].span.start) {
        from += 1;
    }
    let start = from;
    for at in start..=stop {
        if at == stop || doc.tokens[at].text == "," {
            if from < at {
                segments.push(Segment(from..at));
            }
            from = at + 1;
        }
    }
    let ends_with_comma = stop > start && doc.tokens[stop - 1].text == ",";
    let picked = if ends_with_comma {
        // "Ada Brisk, a spokeswoman, said": the name before the apposition, after whatever it says
        // ("…, Ada Brisk, a spokeswoman, told us").
        let apposed = segments
            .len()
            .checked_sub(2)
            .map(|i| &segments[i])
            .filter(|s| {
                !s.is_adverbial(doc)
                    && noun_phrase(doc, s.0.start, s.0.end, Reach::Of)
                        .is_some_and(|r| r.end == s.0.end)
            });
        apposed.or_else(|| segments.iter().find(|s| !s.is_adverbial(doc)))
    } else {
        match segments.last() {
            None => None,
            Some(last) => {
                if !last.is_adverbial(doc) {
                    let before = segments.len().checked_sub(2).map(|i| &segments[i]);
                    let joined = doc.tokens[last.0.clone()]
                        .iter()
                        .any(|t| t.tag == Tag::Cconj);
                    // "Brisk, Orsolo and Lenn said".
                    match before {
                        Some(b)
                            if joined
                                && !b.is_adverbial(doc)
                                && doc.tokens[b.0.clone()]
                                    .iter()
                                    .all(|t| matches!(t.tag, Tag::Propn | Tag::Det)) =>
                        {
                            return Some(b.0.start..last.0.end);
                        }
                        _ => Some(last),
                    }
                } else {
                    // The last segment may hide its noun phrase behind an adverb: "recently the army".
                    let at = last.0.clone().find(|i| {
                        !matches!(doc.tokens[*i].tag, Tag::Adv | Tag::Cconj | Tag::Sconj)
                            && !is_quote_mark(&doc.tokens[*i])
                    });
                    match at.filter(|i| {
                        doc.tokens[*i].tag != Tag::Adp && doc.tokens[*i].tag != Tag::Verb
                    }) {
                        Some(at)
                            if !segments.iter().rev().skip(1).any(|s| !s.is_adverbial(doc))
                                || at > last.0.start
                                    && doc.tokens[last.0.start].tag != Tag::Adv =>
                        {
                            return noun_phrase(doc, at, last.0.end, Reach::Full);
                        }
                        _ => segments.iter().rev().find(|s| !s.is_adverbial(doc)),
                    }
                }
            }
        }
    };
    let found = picked.and_then(|s| noun_phrase(doc, s.0.start, s.0.end, Reach::Full));
    if found.is_some() || depth > 2 {
        return found;
    }
    // Nothing between a conjunction and the verb: the subject of the verb before ("took X and
    // killed Y").
    let verb_before = (low..start)
        .rev()
        .find(|i| doc.tokens[*i].tag == Tag::Verb && doc.tokens[*i].form != Some(VerbForm::Ing))?;
    subject_from(doc, group_start(doc, verb_before, low), low, depth + 1)
}

/// Where the clause begins whose words end before `stop`.
fn clause_start(doc: &Document<'_>, stop: usize, low: usize) -> usize {
    let mut at = stop;
    while at > low {
        let token = &doc.tokens[at - 1];
        let opener = at < stop && tables::clause_openers().contains(&*token.lower);
        let boundary = match token.tag {
            Tag::Adp if opener => true,
            Tag::Sconj => !tables::comparative().contains(&*token.lower),
            Tag::Cconj => {
                tables::contrast().contains(&*token.lower)
                    || verb_between(doc, low, at - 1) && !list_around(doc, at - 1)
            }
            Tag::Punct => {
                matches!(token.text, ";" | ":" | "\u{2014}" | "\u{2013}" | "(" | ")")
                    || is_quote_mark(token) && !inside_phrase_quote(doc, at - 1)
            }
            Tag::Verb => {
                !nominal(doc, at - 1)
                    && token.form != Some(VerbForm::Ing)
                    && at < stop
                    && !in_relative(doc, at - 1, low, stop)
            }
            _ => false,
        };
        if boundary {
            return at;
        }
        at -= 1;
    }
    low
}

/// Is the verb at `at` that of a relative clause: "Brisk, who led the talks, said", "a spokesman for
/// the group, a charity that helps, said"?
fn in_relative(doc: &Document<'_>, at: usize, low: usize, stop: usize) -> bool {
    let pronoun = |i: &usize| {
        tables::relatives().contains(&*doc.tokens[*i].lower)
            && *i > low
            && (doc.tokens[*i - 1].text == ","
                || matches!(doc.tokens[*i - 1].tag, Tag::Noun | Tag::Propn))
    };
    let same_segment = (low..at)
        .rev()
        .take_while(|i| doc.tokens[*i].text != ",")
        .find(pronoun);
    let after_comma = (low..at)
        .rev()
        .take(12)
        .take_while(|i| doc.tokens[*i].text != ";")
        .find(pronoun)
        .is_some_and(|i| doc.tokens[i - 1].text == ",");
    after_comma && (at..stop).any(|i| doc.tokens[i].text == ",") || same_segment.is_some()
}

fn inside_phrase_quote(doc: &Document<'_>, at: usize) -> bool {
    let byte = doc.tokens[at].span.start;
    doc.quotes_near(at..at + 1)
        .iter()
        .any(|q| q.outer.start <= byte && byte < q.outer.end && q.tokens.len() <= 4)
}

fn verb_between(doc: &Document<'_>, low: usize, at: usize) -> bool {
    doc.tokens[low..at]
        .iter()
        .any(|t| t.tag == Tag::Verb && t.form != Some(VerbForm::Ing) || t.tag == Tag::Aux)
}

/// Do names or nouns stand on both sides of the conjunction, as in a list that is one subject?
fn list_around(doc: &Document<'_>, at: usize) -> bool {
    let left = at > 0 && matches!(doc.tokens[at - 1].tag, Tag::Propn | Tag::Noun);
    let right = doc.tokens.get(at + 1).is_some_and(|t| t.tag == Tag::Propn);
    // "the army and Orsolo's men said": a list only where the left side has no verb of its own
    // between it and the last comma.
    let verbless = (0..at)
        .rev()
        .take_while(|i| doc.tokens[*i].text != ",")
        .take(6)
        .all(|i| !matches!(doc.tokens[i].tag, Tag::Verb | Tag::Aux));
    left && right && verbless
}

/// The noun phrase that ends before `end`.
pub(crate) fn phrase_ending(doc: &Document<'_>, end: usize, low: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > low {
        let at = start - 1;
        let token = &doc.tokens[at];
        let ok = nominal(doc, at) || token.tag == Tag::Adp && tables::of().contains(&*token.lower);
        if !ok {
            break;
        }
        start = at;
    }
    while start < end && doc.tokens[start].tag == Tag::Adp {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// Where the words of the clause around the verb at `verb` end: before a coordinated clause with a
/// subject of its own, a semicolon, or `high`.
pub(crate) fn clause_end(doc: &Document<'_>, verb: usize, high: usize) -> usize {
    // "vowed to stay, and deployed the fleet": what they did is no part of what they vowed.
    let bare = doc.tokens.get(verb).is_some_and(|t| t.fine == "VB");
    let done = |at: usize| {
        let next = doc.tokens.get(at).filter(|_| at < high);
        let beside = |t: &Token<'_>| t.head == Some(verb) && matches!(t.fine, "VBD" | "VBZ");
        bare && next.is_some_and(|t| t.tag == Tag::Verb && beside(t))
    };
    let mut at = verb + 1;
    while at < high {
        let token = &doc.tokens[at];
        if token.text == "," && in_time(doc, token.span.start) {
            at += 1;
            continue;
        }
        let boundary = match token.text {
            ";" | "\u{2014}" => true,
            _ if token.tag == Tag::Cconj => {
                tables::contrast().contains(&*token.lower)
                    && at > 0
                    && doc.tokens[at - 1].text == ","
                    || done(at + 1)
                    || own_clause_follows(doc, at + 1, high) && !joins_between(doc, at)
            }
            "," => {
                let next = doc.tokens.get(at + 1).filter(|_| at + 1 < high);
                // The verb of the clause that a relative clause interrupts: "The army, which had
                // promised to stay, left".
                if next.is_some_and(|n| {
                    n.tag == Tag::Verb && n.form == Some(VerbForm::Past)
                        || n.tag == Tag::Aux && matches!(n.fine, "VBZ" | "VBD" | "MD")
                }) {
                    return at;
                }
                next.is_some_and(|n| {
                    n.tag == Tag::Cconj
                        && (tables::contrast().contains(&*n.lower)
                            || done(at + 2)
                            || own_clause_follows(doc, at + 2, high))
                        || n.tag == Tag::Sconj && tables::contrast().contains(&*n.lower)
                }) || own_clause_follows(doc, at + 1, high) && !relative_next(doc, at + 1)
            }
            _ => {
                tables::contrast().contains(&*token.lower)
                    && token.tag == Tag::Sconj
                    && at > verb + 1
            }
        };
        if boundary {
            return at;
        }
        at += 1;
    }
    high
}

/// Does the conjunction join the two sides of "between A and B"?
fn joins_between(doc: &Document<'_>, at: usize) -> bool {
    (at.saturating_sub(12)..at)
        .rev()
        .find(|i| {
            let token = &doc.tokens[*i];
            !nominal(doc, *i) && !tables::of().contains(&*token.lower)
        })
        .is_some_and(|i| tables::between().contains(&*doc.tokens[i].lower))
}

fn relative_next(doc: &Document<'_>, at: usize) -> bool {
    doc.tokens
        .get(at)
        .is_some_and(|t| tables::relatives().contains(&*t.lower))
}

/// Does a noun phrase with a finite verb of its own begin here?
fn own_clause_follows(doc: &Document<'_>, at: usize, high: usize) -> bool {
    let at = if doc
        .tokens
        .get(at)
        .is_some_and(|t| t.tag == Tag::Adv || t.text.eq_ignore_ascii_case("now"))
    {
        at + 1
    } else {
        at
    };
    let Some(phrase) = noun_phrase(doc, at, high, Reach::Of) else {
        return false;
    };
    let mut after = phrase.end;
    while after < high && doc.tokens[after].tag == Tag::Adv {
        after += 1;
    }
    doc.tokens
        .get(after)
        .filter(|_| after < high)
        .is_some_and(|t| {
            t.tag == Tag::Aux
                || t.tag == Tag::Verb
                    && matches!(
                        t.form,
                        Some(VerbForm::Past | VerbForm::Third | VerbForm::Base)
                    )
        })
}

/// The object of the verb at `verb`: the noun phrase right after it.
pub(crate) fn object(
    doc: &Document<'_>,
    verb: usize,
    high: usize,
    reach: Reach,
) -> Option<Range<usize>> {
    if let Some(head) = tree::object(doc, verb) {
        let mut range = tree::around(doc, head, reach);
        // "attacked an army base in Velka": whichever the place was hung on.
        let place = (reach == Reach::Full && range.end < high)
            .then(|| &doc.tokens[range.end])
            .filter(|t| {
                tables::place_prepositions().contains(&*t.lower) && !starts_time(doc, range.end + 1)
            })
            .and_then(|_| tree::starting(doc, range.end + 1, high, reach));
        if let Some(place) = place {
            range.end = place.end;
        }
        // "a “final push” on the town"
        let goes_on = |t: &Token<'_>| t.text == "," || is_quote_mark(t);
        if reach == Reach::Full && range.end < high && goes_on(&doc.tokens[range.end]) {
            let quote = is_quote_mark(&doc.tokens[range.end]);
            let end = lengthen(doc, range.end, high, reach);
            if !quote || end > range.end + 1 {
                range.end = end;
            }
        }
        if range.start > verb && range.end <= high {
            return Some(range);
        }
    }
    let mut at = verb + 1;
    while at < high
        && (in_time(doc, doc.tokens[at].span.start)
            || doc.tokens[at].tag == Tag::Adv && !nominal(doc, at)
            || tables::verb_particles().contains(&*doc.tokens[at].lower))
    {
        at += 1;
    }
    noun_phrase(doc, at, high, reach)
}

/// The phrase of the first preposition of that list after `from`, within the clause: its noun
/// phrase without the preposition.
pub(crate) fn prepositional(
    doc: &Document<'_>,
    from: usize,
    high: usize,
    prepositions: &[&str],
    reach: Reach,
) -> Option<Range<usize>> {
    governed(doc, from, high, |word| prepositions.contains(&word), reach)
}

/// The same of the first preposition that fits.
pub(crate) fn governed(
    doc: &Document<'_>,
    from: usize,
    high: usize,
    fits: impl Fn(&str) -> bool,
    reach: Reach,
) -> Option<Range<usize>> {
    (from..high)
        .filter(|at| {
            matches!(doc.tokens[*at].tag, Tag::Adp | Tag::Part | Tag::Sconj)
                && fits(&doc.tokens[*at].lower)
        })
        .find_map(|at| noun_phrase(doc, at + 1, high, reach).filter(|r| !is_time(doc, r)))
}

/// Does a time cover the start of the phrase?
pub(crate) fn is_time(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let span = doc.span(range.clone());
    doc.times_over(span).iter().any(|t| {
        t.span.start <= span.start && span.start < t.span.end
            || span.contains(t.span) && t.span.start <= span.start + 4
    })
}

/// The head of a noun phrase: the last noun or name before a preposition, relative or comma.
pub(crate) fn head(doc: &Document<'_>, range: Range<usize>) -> usize {
    if let Some(head) = tree::head(doc, &range) {
        return head;
    }
    let mut head = range.start;
    for at in range.clone() {
        match doc.tokens[at].tag {
            Tag::Noun | Tag::Propn | Tag::Num | Tag::Pron | Tag::Det => head = at,
            Tag::Adp | Tag::Punct | Tag::Cconj
                if at > range.start && !is_quote_mark(&doc.tokens[at]) =>
            {
                break;
            }
            _ => {}
        }
    }
    head
}

/// A noun phrase without its article, and the possessive ending after it.
pub(crate) fn bare(doc: &Document<'_>, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    while start + 1 < end
        && (tables::articles().contains(&*doc.tokens[start].lower)
            || is_quote_mark(&doc.tokens[start]))
    {
        start += 1;
    }
    while end > start + 1
        && (doc.tokens[end - 1].tag == Tag::Part || doc.tokens[end - 1].tag == Tag::Punct)
    {
        end -= 1;
    }
    start..end
}

/// The words of a range of tokens, as printed.
pub(crate) fn words<'r>(doc: &Document<'r>, range: Range<usize>) -> &'r str {
    doc.slice(doc.span(range))
}

/// The names that lie in a range of tokens.
pub(crate) fn names_in<'d>(doc: &'d Document<'_>, range: Range<usize>) -> Vec<&'d Mention> {
    if range.is_empty() {
        vec![]
    } else {
        doc.names_in(doc.span(range)).collect()
    }
}

/// The tokens that a span covers.
pub(crate) fn tokens_of(doc: &Document<'_>, span: Span) -> Range<usize> {
    doc.tokens_in(span)
}
