//! Which words are said: where a content begins and ends, and to whom, when and where it was said.

use super::words::{has_finite, is_cue, masked, opens_speech, quoted};
use crate::phrase::{self, Reach, is_quote_mark};
use crate::tables::{self, Cue, CueKind};
use crate::tree;
use crate::who;
use rapporteur_model::{Kind, Said, Span, Time};
use rapporteur_text::{Document, Tag, Token, VerbForm};
use std::ops::Range;

/// "On Monday" and the like before a comma are no content.
pub(super) fn is_leading_adverbial(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let first = &doc.tokens[range.start];
    let finite = doc.tokens[range.clone()]
        .iter()
        .any(|t| t.tag == Tag::Aux || t.tag == Tag::Verb && t.form != Some(VerbForm::Ing));
    match first.tag {
        Tag::Sconj => !quoted(doc, range),
        // "In a statement released on Monday": a participle of what the preposition governs.
        Tag::Adp if finite => {
            let governed = phrase::noun_phrase(doc, range.start + 1, range.end, Reach::Of);
            let participle = governed.map(|r| r.end).filter(|i| {
                *i < range.end
                    && matches!(
                        doc.tokens[*i].form,
                        Some(VerbForm::Past | VerbForm::Participle)
                    )
            });
            participle.is_some_and(|i| !has_finite(doc, &(i + 1..range.end))) && !quoted(doc, range)
        }
        Tag::Adp | Tag::Adv => !finite && !quoted(doc, range),
        Tag::Verb => {
            !matches!(first.form, Some(VerbForm::Base | VerbForm::Third)) && !quoted(doc, range)
        }
        _ => false,
    }
}

/// ", adding that CONTENT", ", saying CONTENT".
pub(super) fn added_content(doc: &Document<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let at = range.clone().find(|i| {
        is_cue(doc, *i) && doc.tokens[*i].form == Some(VerbForm::Ing) && !masked(doc, *i, &range)
            || doc.tokens[*i].tag == Tag::Cconj
                && i + 1 < range.end
                && is_cue(doc, i + 1)
                && doc.tokens[i + 1].form != Some(VerbForm::Base)
    })?;
    let at = if doc.tokens[at].tag == Tag::Cconj {
        at + 1
    } else {
        at
    };
    let mut said = Said::default();
    let next = circumstances(
        doc,
        at + 1,
        range.end,
        tables::cues()[&*doc.tokens[at].lemma].takes("obj"),
        &mut said,
    );
    let start = skip_complementizer(doc, next, range.end);
    (start < range.end).then_some(start..range.end)
}

fn skip_complementizer(doc: &Document<'_>, at: usize, end: usize) -> usize {
    let mut at = at;
    while at < end
        && (tables::complementizers().contains(&*doc.tokens[at].lower)
            && doc.tokens[at].tag != Tag::Pron
            || matches!(doc.tokens[at].text, "," | ":"))
    {
        at += 1;
    }
    at
}

/// Reads to whom (where the verb can be `addressed`), where and when it was said, from right after the cue; gives the first token that
/// is none of it.
pub(super) fn circumstances(
    doc: &Document<'_>,
    from: usize,
    end: usize,
    addressed: bool,
    said: &mut Said,
) -> usize {
    let mut at = from;
    loop {
        if at >= end {
            return at;
        }
        let token = &doc.tokens[at];
        if phrase::starts_figure(doc, at) && time_at(doc, at).is_none() {
            return at;
        }
        if let Some(time) = time_at(doc, at) {
            said.when.get_or_insert_with(|| time.clone());
            at = phrase::tokens_of(doc, time.span).end.max(at + 1);
            continue;
        }
        match token.tag {
            Tag::Adv if !tables::contrast().contains(&*token.lower) => at += 1,
            Tag::Adp | Tag::Part
                if tables::addressing().contains(&*token.lower)
                    && at + 1 < end
                    && doc.tokens[at + 1].tag != Tag::Verb =>
            {
                let Some(phrase) = phrase::noun_phrase(doc, at + 1, end, Reach::Of) else {
                    return at;
                };
                said.to
                    .get_or_insert_with(|| who::mention(doc, phrase.clone()));
                at = phrase.end;
            }
            // "said at least one was hurt"
            Tag::Adp if doc.tokens.get(at + 1).is_some_and(|t| t.fine == "JJS") => return at,
            Tag::Adp => {
                let Some(phrase) = phrase::noun_phrase(doc, at + 1, end, Reach::Of) else {
                    return at;
                };
                if let Some(time) = time_at(doc, phrase.start) {
                    said.when.get_or_insert_with(|| time.clone());
                } else if let Some(place) = phrase::names_in(doc, phrase.clone())
                    .iter()
                    .find(|n| n.kind == Some(Kind::Place))
                    && tables::locative().contains(&*token.lower)
                {
                    said.place.get_or_insert_with(|| (*place).clone());
                }
                at = phrase.end;
            }
            // The comma that closes what was between commas: "said, on Sunday, that".
            Tag::Punct
                if token.text == "," && at > from && at + 1 < end && opens_content(doc, at + 1) =>
            {
                at += 1;
            }
            Tag::Punct if token.text == "," && at + 1 < end => {
                // A time or an adverb between commas: "said, on Sunday, that".
                let inner = &doc.tokens[at + 1];
                let time = time_at(doc, at + 1).is_some();
                if !(time
                    || matches!(inner.tag, Tag::Adv)
                        && doc.tokens.get(at + 2).is_some_and(|t| t.text == ","))
                {
                    return at;
                }
                at += 1;
            }
            _ if addressed && at == from => {
                let Some(phrase) = phrase::noun_phrase(doc, at, end, Reach::Of) else {
                    return at;
                };
                let verb = doc
                    .tokens
                    .get(phrase.end)
                    .filter(|_| phrase.end < end)
                    .is_some_and(|t| matches!(t.tag, Tag::Verb | Tag::Aux));
                if verb {
                    return at;
                }
                said.to = Some(who::mention(doc, phrase.clone()));
                at = phrase.end;
            }
            _ => return at,
        }
    }
}

/// "that", "to", or a quotation.
fn opens_content(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let that = token.tag == Tag::Sconj && tables::complementizers().contains(&*token.lower);
    that || token.fine == "TO" || opens_speech(doc, at)
}

fn time_at<'d>(doc: &'d Document<'_>, at: usize) -> Option<&'d Time> {
    let byte = doc.tokens.get(at)?.span.start;
    doc.times_over(Span::new(byte, byte + 1)).first()
}

/// Where the content begins and ends that a cue's flags allow after `next`, and whether it is a bare
/// phrase that says something only together with source and cue.
pub(super) fn content_after(
    doc: &Document<'_>,
    at: usize,
    next: usize,
    range: &Range<usize>,
    cue: &Cue,
) -> Option<(Range<usize>, bool)> {
    let end = range.end;
    let token = doc.tokens.get(next).filter(|_| next < end)?;
    let is_that = |i: usize| {
        let token = &doc.tokens[i];
        // "told the council that she believes": taken for a pronoun, with a subject after it.
        let subject =
            |t: &Token<'_>| matches!(t.tag, Tag::Pron | Tag::Det | Tag::Propn | Tag::Noun);
        let taken = token.fine == "WDT"
            && cue.takes("obj")
            && doc
                .tokens
                .get(i + 1)
                .is_some_and(|t| i + 1 < end && subject(t));
        (token.tag == Tag::Sconj || taken) && tables::complementizers().contains(&*token.lower)
    };
    let clause_at = |from: usize| {
        let from = skip_complementizer(doc, from, end);
        (from < end).then_some((from..end, false))
    };
    if cue.takes("that") {
        if is_that(next) {
            return clause_at(next + 1);
        }
        if token.text == ":"
            || opens_speech(doc, next)
            || token.text == "," && next + 1 < end && opens_speech(doc, next + 1)
        {
            return clause_at(next);
        }
        // "vowed to “never leave”".
        if token.tag == Tag::Part && next + 1 < end && opens_speech(doc, next + 1) {
            return clause_at(next + 1);
        }
        // Without "that": a noun phrase with a verb of its own, or what the tree takes for a clause.
        let clause = || tree::clause_after(doc, at, next, end);
        if token.text != "," && (finite_clause(doc, next, end) || clause()) {
            return Some((next..end, false));
        }
    }
    // "quoted her as saying that …".
    if cue.takes("as")
        && (next..end.min(next + 14)).any(|i| {
            tables::quoted_as().contains(&*doc.tokens[i].lower)
                && i + 1 < end
                && is_cue(doc, i + 1)
                && doc.tokens[i + 1].form == Some(VerbForm::Ing)
        })
    {
        return Some((next..end, false));
    }
    if cue.takes("of") || cue.takes("for") {
        let object = phrase::object(doc, at, end, Reach::Head)?;
        let preposition = (object.start..end.min(object.end + 8)).find(|i| {
            tables::charging().contains(&*doc.tokens[*i].lower)
                && doc
                    .tokens
                    .get(i + 1)
                    .is_some_and(|t| t.tag == Tag::Verb || is_quote_mark(t))
        });
        if let Some(p) = preposition {
            // In quotation marks the charge ends with them.
            let quote = doc
                .quotes_near(p..p + 3)
                .iter()
                .find(|q| q.tokens.start == p + 2);
            let stop = quote.map_or_else(
                || phrase::clause_end(doc, p + 1, end),
                |q| q.tokens.end.min(end),
            );
            return Some((p + 1..stop, false));
        }
        // "accused Velka of an air strike": only the whole says something.
        if (object.end..end.min(object.end + 2))
            .any(|i| tables::charging().contains(&*doc.tokens[i].lower))
        {
            return Some((next..phrase::clause_end(doc, at, end), true));
        }
    }
    if cue.takes("inf")
        && token.tag == Tag::Part
        && doc
            .tokens
            .get(next + 1)
            .is_some_and(|t| matches!(t.tag, Tag::Verb | Tag::Aux | Tag::Adv))
    {
        return Some((next + 1..end, false));
    }
    if cue.takes("quote") && (next..end.min(next + 8)).any(|i| opens_speech(doc, i)) {
        return Some((next..end, false));
    }
    let nominal = matches!(
        token.tag,
        Tag::Det | Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Pron | Tag::Verb
    );
    let deniable = cue.takes("claim")
        && phrase::object(doc, at, end, Reach::Of).is_some_and(|o| {
            doc.tokens[o]
                .iter()
                .any(|t| tables::noun_cues().contains(&*t.lemma))
        });
    if deniable {
        return Some((next..end, true));
    }
    if (cue.takes("np") || cue.takes("seen")) && nominal && next <= at + 3 {
        // "expressed hope that …": what the noun says.
        if let Some(that) =
            (next..end.min(next + 5)).find(|i| is_that(*i) && cue.kind != CueKind::Deny)
        {
            return Some((that + 1..end, false));
        }
        let clause = phrase::clause_end(doc, at, end);
        // "praised the firemen and said that …": what is said next is read by itself.
        let joined = doc.children(at).iter().copied();
        let mut joined = joined.filter(|verb| doc.is(*verb, "conj") && is_cue(doc, *verb));
        let stop = joined.find_map(|verb| doc.child(verb, "cc"));
        let stop = stop.filter(|stop| *stop > next).unwrap_or(clause);
        return Some((next..stop.min(clause), true));
    }
    None
}

/// Does a clause with subject and finite verb begin here?
pub(super) fn finite_clause(doc: &Document<'_>, at: usize, end: usize) -> bool {
    let mut at = at;
    while at < end && (doc.tokens[at].tag == Tag::Adv || doc.tokens[at].tag == Tag::Part) {
        at += 1;
    }
    let Some(subject) = phrase::noun_phrase(doc, at, end, Reach::Full) else {
        return false;
    };
    let mut next = subject.end;
    while next < end && (doc.tokens[next].tag == Tag::Adv || is_quote_mark(&doc.tokens[next])) {
        next += 1;
    }
    let finite = |i: usize| {
        let token = &doc.tokens[i];
        let base = !matches!(token.form, Some(VerbForm::Ing | VerbForm::Participle));
        token.tag == Tag::Aux || token.tag == Tag::Verb && base
    };
    if next >= end {
        return false;
    }
    // "12 people who fled were …", "the regime in Velka, the capital, is …".
    let relative = tables::relatives().contains(&*doc.tokens[next].lower);
    let apposition = doc.tokens[next].text == ","
        && (next + 2..end.min(next + 10))
            .find(|i| doc.tokens[*i].text == ",")
            .is_some_and(|i| i + 1 < end && finite(i + 1) && !is_cue(doc, i + 1));
    finite(next) || apposition || relative && (next..end).any(finite)
}

/// The contents from there on: what further cues of the same source add, up to where the writer
/// takes over with "but" and a subject of its own.
pub(super) fn contents_until(
    doc: &Document<'_>,
    content: Range<usize>,
    range: &Range<usize>,
) -> (usize, Vec<Range<usize>>) {
    let mut end = content.end;
    // "to remain", with its verb bare
    let first = content.clone().find(|i| !is_quote_mark(&doc.tokens[*i]));
    let to = (0..content.start)
        .rev()
        .find(|i| !is_quote_mark(&doc.tokens[*i]));
    let infinitive = first.is_some_and(|i| doc.tokens[i].fine == "VB")
        && to.is_some_and(|i| doc.tokens[i].fine == "TO");
    let in_speech = |i: usize| {
        doc.quotes_near(i..i + 1).iter().any(|q| {
            q.tokens.contains(&i)
                && !(q.tokens.start <= range.start + 1 && range.end <= q.tokens.end + 1)
        })
    };
    for at in content.start + 2..content.end {
        let token = &doc.tokens[at];
        // "warned them to hide as the allies vowed revenge": beside what they are to do, or beside the warning.
        let outside = |verb: usize| {
            doc.is(verb, "advcl")
                && doc.tokens[verb]
                    .head
                    .is_some_and(|head| head < content.start)
        };
        let beside = (infinitive || token.head.is_some_and(outside))
            && (token.tag == Tag::Sconj || doc.is(at, "mark"))
            && tables::while_words().contains(&*token.lower)
            && !in_speech(at)
            && finite_clause(doc, at + 1, content.end);
        if beside {
            end = at;
            break;
        }
        if in_speech(at) || !tables::contrast().contains(&*token.lower) || token.tag == Tag::Adv {
            continue;
        }
        let before = &doc.tokens[at - 1];
        let apart = matches!(before.text, "," | "-" | "\u{2014}" | "\u{2013}");
        let pronoun = doc
            .tokens
            .get(at + 1)
            .is_none_or(|t| t.tag == Tag::Pron || t.tag == Tag::Adv);
        // "…, but a new round in Lenn, ended": with a comma too many.
        let cut = || {
            let subject = phrase::noun_phrase(doc, at + 1, content.end, Reach::Full)?;
            let verb = subject.end + 1;
            let comma = doc.tokens.get(subject.end).is_some_and(|t| t.text == ",");
            let own = matches!(doc.tokens.get(verb)?.fine, "VBD" | "VBZ" | "VBP");
            (comma && own && verb < content.end).then_some(())
        };
        if apart && !pronoun && (finite_clause(doc, at + 1, content.end) || cut().is_some()) {
            end = at - 1;
            break;
        }
    }
    let content = content.start..end;
    let added = (content.start + 2..content.end)
        .find(|i| {
            doc.tokens[*i].text == ","
                && i + 1 < content.end
                && is_cue(doc, i + 1)
                && doc.tokens[i + 1].form == Some(VerbForm::Ing)
                && !in_speech(*i)
        })
        .and_then(|comma| added_content(doc, comma..content.end).map(|a| (comma, a)));
    let contents = match added {
        Some((comma, added)) => vec![content.start..comma, added],
        None => vec![content],
    };
    (end, contents)
}
