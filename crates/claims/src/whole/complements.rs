//! What a verb's complements give: which of what depends on it is the content, by the frames of
//! `data/en/attributing_verbs.tsv`.

use super::sources;
use super::spread::{self, Spread};
use super::verbs::{after, agent, case, is_added, is_infinitive, is_opening, is_verb};
use crate::phrase;
use crate::tables::{self, Frames};
use crate::tree;
use rapporteur_model::Kind;
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

/// Whose words the verb gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Subject,
    Agent,
    Nobody,
}

/// The content, where the cue ends, and whose it is.
pub(super) struct Complement {
    pub(super) content: Vec<Range<usize>>,
    pub(super) cue_end: usize,
    pub(super) owner: Owner,
    /// Is it a clause, so that what follows belongs to it rather than to the verb?
    pub(super) clause: bool,
}

impl Complement {
    /// A clause or quotation of the verb's subject.
    fn said(content: Vec<Range<usize>>, cue_end: usize) -> Option<Complement> {
        Some(Complement {
            content,
            cue_end,
            owner: Owner::Subject,
            clause: true,
        })
    }

    /// A phrase that the verb's subject means.
    fn meant(content: Vec<Range<usize>>, cue_end: usize) -> Option<Complement> {
        Some(Complement {
            content,
            cue_end,
            owner: Owner::Subject,
            clause: false,
        })
    }
}

/// A verb with its frames and its particle ("point out").
struct Verb<'d, 'r> {
    doc: &'d Document<'r>,
    spread: &'d Spread,
    at: usize,
    frames: &'static Frames,
    /// The first token behind the verb and its particle.
    end: usize,
    /// Does the verb attribute with that particle?
    phrasal: bool,
    /// The head of its object.
    object: Option<usize>,
}

/// What an active verb gives: the first of its frames that fits.
pub(super) fn active(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    frames: &'static Frames,
) -> Option<Complement> {
    let particle = doc.child(at, "compound:prt").filter(|p| *p > at);
    let object = after(doc, at, &["obj", "iobj"]).next();
    // "as she put it": the word is a part of the cue.
    let it = object.filter(|object| {
        let word = &*doc.tokens[*object].lower;
        *object == at + 1 && frames.active("it") && tables::expletives().contains(word)
    });
    let particle = particle.or(it);
    let verb = Verb {
        doc,
        spread,
        at,
        frames,
        end: particle.filter(|p| *p <= at + 3).map_or(at + 1, |p| p + 1),
        phrasal: particle.is_some_and(|p| frames.active(&doc.tokens[p].lower)),
        object: object.filter(|_| it.is_none()),
    };
    verb.speech()
        .or_else(|| verb.raised())
        .or_else(|| verb.predicate())
        .or_else(|| verb.infinitive())
        .or_else(|| verb.gerund())
        .or_else(|| verb.object())
        .or_else(|| verb.governed())
        .or_else(|| verb.inserted())
        .or_else(|| verb.gapped())
        .or_else(|| verb.of_pronoun())
        .or_else(|| verb.unseen())
}

impl Verb<'_, '_> {
    fn takes(&self, frame: &str) -> bool {
        self.frames.active(frame)
    }

    /// From the object, where it stands before the clause that says more of it, to that clause's end.
    fn with_object(&self, clause: Range<usize>) -> Vec<Range<usize>> {
        let object = self.object.filter(|object| *object < clause.start);
        let start = object.map_or(clause.start, |object| {
            spread::noun(self.doc, self.spread, object)
                .start
                .max(self.at + 1)
        });
        vec![start..clause.end]
    }

    /// A finite clause or a quotation.
    fn speech(&self) -> Option<Complement> {
        let (doc, spread, at) = (self.doc, self.spread, self.at);
        let finite = self.takes("clause") || self.phrasal;
        if !finite && !self.takes("quote") {
            return None;
        }
        let mut content = clauses(doc, spread, at, finite);
        // "says the road is closed", "demanded the council leave", where the subject was taken for the verb's own.
        if let Some(first) = content.first_mut().filter(|first| first.start > self.end) {
            let gap = doc.tokens.get(self.end..first.start).unwrap_or_default();
            let bare = (doc.tokens.get(first.start))
                .is_some_and(|t| matches!(t.tag, Tag::Verb | Tag::Aux | Tag::Adv));
            let timed = gap
                .first()
                .is_some_and(|t| phrase::in_time(doc, t.span.start));
            let noun = gap.first().is_some_and(|t| {
                use Tag::{Adj, Det, Noun, Num, Pron, Propn};
                matches!(t.tag, Det | Noun | Propn | Adj | Num | Pron)
            });
            if bare && noun && !timed && !gap.iter().any(|t| t.tag == Tag::Punct) {
                first.start = self.end;
            }
        }
        if content.is_empty() && self.takes("clause") {
            let near = || that(doc, spread, self.end);
            let marked = marked(doc, spread, at).or_else(near);
            let marked = marked.or_else(|| self.asked()).or_else(|| self.bare());
            content.extend(marked);
        }
        if let Some(first) = content.first_mut().filter(|first| first.start > self.end) {
            first.start = self.named_before(first.start).unwrap_or(first.start);
        }
        if content.is_empty() {
            None
        } else {
            Complement::said(content, self.end)
        }
    }

    /// "knows what to do", "has not said when", "asked her if", where no clause was seen.
    fn asked(&self) -> Option<Range<usize>> {
        let (doc, at) = (self.doc, self.at);
        let start = match self.object {
            Some(object) => spread::noun(doc, self.spread, object).end,
            None => self.end,
        };
        let opener = doc.tokens.get(start)?;
        let sure = tables::content_openers().contains(&*opener.lower);
        let negated = || {
            let mut children = doc.children(at).iter();
            children.any(|c| *c < at && tables::negations().contains(&*doc.tokens[*c].lower))
        };
        let question = tables::question_words().contains(&*opener.lower);
        let asks = sure || question && (self.frames.passive("about") || negated());
        let mut children = doc.children(at).iter().copied();
        let clause = children.find(|c| self.spread.range(*c).start == start);
        clause.filter(|_| asks).map(|c| self.spread.range(c))
    }

    /// "knew the talk was wrong": a clause whose subject stands right behind the verb, taken for another verb's.
    fn bare(&self) -> Option<Range<usize>> {
        let (doc, spread) = (self.doc, self.spread);
        let finite =
            |t: &rapporteur_text::Token<'_>| matches!(t.fine, "MD" | "VBD" | "VBZ" | "VBP");
        if self.object.is_some() || !finite(&doc.tokens[self.at]) {
            return None;
        }
        let end = doc.sentence_at(doc.tokens[self.at].span.start)?.tokens.end;
        let clause = (self.end..end.min(self.end + CLAUSE_NEAR)).find_map(|v| {
            let head = match doc.tokens[v].relation {
                "aux" | "cop" => doc.tokens[v].head.filter(|head| *head > v)?,
                _ => v,
            };
            let subject = doc
                .child(head, "nsubj")
                .filter(|s| *s >= self.end && *s < v)?;
            let own = spread::noun(doc, spread, subject).start == self.end;
            (finite(&doc.tokens[v]) && own).then_some(head)
        })?;
        Some(self.end..spread.range(clause).end.max(clause + 1))
    }

    /// "disputes the idea that": where the object begins that the clause behind it says more of.
    fn named_before(&self, clause: usize) -> Option<usize> {
        let doc = self.doc;
        let object = self.object.filter(|object| *object + 1 == clause)?;
        let lemma = &*doc.tokens[object].lemma;
        let said = self.takes("np") && tables::attributing_nouns().contains_key(lemma);
        let start = spread::noun(doc, self.spread, object).start.max(self.end);
        said.then_some(start)
    }

    /// "seems to be", "appears likely", "looks like": the subject belongs to the content.
    fn raised(&self) -> Option<Complement> {
        let (doc, at) = (self.doc, self.at);
        if !self.frames.raised() {
            return None;
        }
        let predicate = after(doc, at, &["xcomp"]).find(|c| match is_infinitive(doc, *c) {
            true => self.takes("s:inf"),
            false => self.takes("s:pred") && !phrase::in_time(doc, doc.tokens[*c].span.start),
        });
        let likened = || {
            after(doc, at, &["obl", "advcl"]).find(|c| {
                let case = case(doc, *c).map(|case| format!("s:{}", doc.tokens[case].lower));
                case.is_some_and(|case| self.takes(&case))
            })
        };
        let predicate = predicate.or_else(likened)?;
        let mut content: Vec<Range<usize>> = Vec::new();
        content.extend(sources::of(doc, self.spread, at, at));
        content.push(spread::clause(doc, self.spread, predicate));
        Some(Complement {
            content,
            cue_end: self.end,
            owner: Owner::Nobody,
            clause: true,
        })
    }

    /// "called it a disaster".
    fn predicate(&self) -> Option<Complement> {
        let doc = self.doc;
        let fits = |c: &usize| {
            !is_infinitive(doc, *c)
                && doc.tokens[*c].form != Some(VerbForm::Ing)
                && !phrase::in_time(doc, doc.tokens[*c].span.start)
        };
        let predicate = after(doc, self.at, &["xcomp"])
            .find(fits)
            .filter(|_| self.takes("pred"))?;
        Complement::said(
            self.with_object(spread::clause(doc, self.spread, predicate)),
            self.end,
        )
    }

    /// "vowed to stay", "urged them to leave", "called on the rebels to leave".
    fn infinitive(&self) -> Option<Complement> {
        let (doc, at) = (self.doc, self.at);
        let mut clauses = after(doc, at, &["xcomp", "ccomp", "advcl"]);
        let clause = clauses
            .find(|c| is_infinitive(doc, *c) && (self.object.is_none() || !doc.is(*c, "advcl")))?;
        if !self.takes("inf") {
            return None;
        }
        let range = spread::clause(doc, self.spread, clause);
        let mut cases = after(doc, at, &["obl"]).filter_map(|c| case(doc, c));
        let whom = cases.find(|case| {
            *case == self.end && *case < range.start && self.takes(&doc.tokens[*case].lower)
        });
        // The same, with the preposition taken for the verb's own.
        let mut whole = after(doc, at, &["obl"]).map(|c| self.spread.range(c).start);
        let bare = whole.find(|start| self.phrasal && *start == self.end && *start < range.start);
        match whom.map(|case| case + 1).or(bare) {
            Some(start) => Complement::said(vec![start..range.end], start),
            None => Complement::said(self.with_object(range), self.end),
        }
    }

    /// "considers leaving".
    fn gerund(&self) -> Option<Complement> {
        let doc = self.doc;
        let fits =
            |c: &usize| doc.tokens[*c].form == Some(VerbForm::Ing) && case(doc, *c).is_none();
        let clause = after(doc, self.at, &["xcomp", "ccomp", "advcl"]).find(fits);
        let clause = clause.filter(|_| self.takes("ing"))?;
        Complement::said(
            self.with_object(spread::clause(doc, self.spread, clause)),
            self.end,
        )
    }

    /// "condemned the attack", "blamed the council for the delay".
    fn object(&self) -> Option<Complement> {
        let (doc, spread, at) = (self.doc, self.spread, self.at);
        let object = self.object?;
        let with = |c: usize| case(doc, c).is_some_and(|c| self.frames.with(&doc.tokens[c].lower));
        let governed = || {
            after(doc, at, &["obl", "advcl", "xcomp"]).any(with)
                || after(doc, object, &["nmod", "acl", "advcl"]).any(with)
        };
        let fits = self.takes("np")
            || self.phrasal
            || self.takes("idea") && !is_place(doc, object)
            || self.takes("rival")
                && !is_place(doc, object)
                && tree::subject(doc, at).is_some_and(|subject| is_somebody(doc, subject))
            || self.takes("document") && is_document(doc, object)
            || self.takes("study") && doc.child(at, "nsubj").is_some_and(|s| is_document(doc, s))
            || governed();
        if !fits {
            return None;
        }
        let end = object_end(doc, spread, at, object);
        // "asked her, “…”"
        let speech = doc
            .quotes_near(end..end + 2)
            .iter()
            .any(|q| (end + 1..end + 3).contains(&q.tokens.start));
        if speech && self.takes("quote") && doc.tokens[object].tag != Tag::Noun {
            return Complement::meant(Vec::new(), self.end);
        }
        let start = spread::noun(doc, spread, object).start.max(self.end);
        Complement::meant(vec![start..end.max(start)], self.end)
    }

    /// "warned against panic", "lashed out at the council".
    fn governed(&self) -> Option<Complement> {
        let (doc, spread) = (self.doc, self.spread);
        if self.object.is_some() && self.frames.takes_object() {
            return None;
        }
        let mut clauses = after(doc, self.at, &["obl", "advcl", "ccomp", "xcomp"]);
        let (clause, case) = clauses.find_map(|c| {
            let case = case(doc, c)?;
            let own = self.takes(&doc.tokens[case].lower) && case > self.at;
            (own || self.phrasal && c > self.end).then_some((c, case))
        })?;
        let near = (self.end..case).all(|i| matches!(doc.tokens[i].tag, Tag::Adv | Tag::Adp));
        let (start, cue_end) = if near {
            (case + 1, case + 1)
        } else {
            (case, self.end)
        };
        let end = aside(doc, spread, clause, spread.range(clause).end);
        Complement::meant(vec![start..end.max(start)], cue_end)
    }

    /// "as the minister put it": what the clause around it says.
    fn inserted(&self) -> Option<Complement> {
        let (doc, at) = (self.doc, self.at);
        let mark = doc.child(at, "mark").or_else(|| doc.child(at, "advmod"))?;
        let quoted = tables::quoted_as().contains(&*doc.tokens[mark].lower);
        let head = doc.tokens[at]
            .head
            .filter(|_| quoted && doc.is(at, "advcl") && (self.takes("any") || self.phrasal))?;
        let content = around(self.spread, head, at);
        // "As reported by the Echo, …"
        let agent = agent(doc, at).is_some() && doc.child(at, "nsubj").is_none();
        Some(Complement {
            content,
            cue_end: self.end,
            owner: if agent { Owner::Agent } else { Owner::Subject },
            clause: true,
        })
    }

    /// "a trend that the bank predicts will last": a clause whose subject stands before the verb.
    fn gapped(&self) -> Option<Complement> {
        let doc = self.doc;
        let finite = |at: usize| matches!(doc.tokens[at].fine, "MD" | "VBD" | "VBZ" | "VBP");
        let next = doc.tokens.get(self.end).map(|_| self.end)?;
        let verb = matches!(doc.tokens[next].tag, Tag::Verb | Tag::Aux) && finite(next);
        if !verb || !finite(self.at) || !self.takes("clause") || !self.takes("any") {
            return None;
        }
        let helps = doc.is(next, "aux") || doc.is(next, "cop");
        let clause = match doc.tokens[next].head.filter(|_| helps) {
            Some(head) => head,
            None => next,
        };
        let end = aside(doc, self.spread, clause, self.spread.range(clause).end);
        Complement::said(vec![next..end.max(next + 1)], self.end)
    }

    /// "That was what Brisk said": the pronoun that the clause says more of.
    fn of_pronoun(&self) -> Option<Complement> {
        let doc = self.doc;
        let said = self.takes("any") && doc.is(self.at, "acl");
        let head = doc.tokens[self.at]
            .head
            .filter(|head| said && *head < self.at)?;
        let pronoun = tables::said_pronouns().contains(&*doc.tokens[head].lower);
        Complement::meant(vec![head..head + 1], self.end).filter(|_| pronoun)
    }

    /// Nothing that depends on it: left to the order of words.
    fn unseen(&self) -> Option<Complement> {
        let speech = self.takes("any") || self.takes("quote");
        Complement::meant(Vec::new(), self.end).filter(|_| speech)
    }
}

/// Is it a person by name or pronoun?
pub(super) fn is_somebody(doc: &Document<'_>, noun: usize) -> bool {
    let token = &doc.tokens[noun];
    let at = doc
        .names
        .partition_point(|name| name.span.end <= token.span.start);
    let name = doc
        .names
        .get(at)
        .filter(|name| name.span.start <= token.span.start);
    name.is_some_and(|name| name.kind == Some(Kind::Person))
        || tables::personal().contains(&*token.lower)
}

/// Does the noun name a place, or those who fight?
pub(super) fn is_place(doc: &Document<'_>, noun: usize) -> bool {
    let token = &doc.tokens[noun];
    let lemma = &*token.lemma;
    let named = doc.names_in(token.span).next().or_else(|| {
        let at = doc
            .names
            .partition_point(|name| name.span.end <= token.span.start);
        doc.names
            .get(at)
            .filter(|name| name.span.start <= token.span.start)
    });
    named.is_some_and(|name| name.kind == Some(Kind::Place))
        || tables::place_nouns().contains(lemma)
        || tables::fighters().contains(lemma)
}

/// Does the noun name something that says something: "a statement", "a threat"?
fn is_document(doc: &Document<'_>, noun: usize) -> bool {
    let lemma = &*doc.tokens[noun].lemma;
    tables::document_nouns().contains(lemma) || tables::attributing_nouns().contains_key(lemma)
}

/// "in a statement", "in his remarks": where it was said, which is no part of what was.
fn is_occasion(doc: &Document<'_>, noun: usize) -> bool {
    let within =
        case(doc, noun).is_some_and(|case| tables::locative().contains(&*doc.tokens[case].lower));
    within && tables::document_nouns().contains(&*doc.tokens[noun].lemma)
}

/// What a participle gives that may be either: "a plan opposed by Brisk", "A study printed in May found that".
pub(super) fn reduced(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    frames: &'static Frames,
) -> Option<Complement> {
    // "a band called the Herons" names, and attributes to nobody.
    let named = frames.active("pred") && agent(doc, at).is_none();
    let found = passive(doc, spread, at, frames).filter(|_| !named);
    found.or_else(|| active(doc, spread, at, frames).filter(|_| !named))
}

/// Where the object's phrase ends, with what is said of it: "the council for its delay".
fn object_end(doc: &Document<'_>, spread: &Spread, at: usize, object: usize) -> usize {
    let mut end = aside(doc, spread, object, spread::noun(doc, spread, object).end);
    for clause in after(doc, at, &["obl", "advcl", "xcomp"]) {
        let joins = case(doc, clause).is_some_and(|c| {
            c == end && tables::content_prepositions().contains(&*doc.tokens[c].lower)
        });
        let range = spread.range(clause);
        if joins && range.start >= end {
            end = aside(doc, spread, clause, range.end);
        }
    }
    end
}

/// Where a phrase ends before a clause or an apposition that a comma or dash sets apart: "the delay, which makes
/// him …", "Ada Brisk, a baker".
fn aside(doc: &Document<'_>, spread: &Spread, head: usize, end: usize) -> usize {
    let dash = |at: usize| matches!(doc.tokens[at].text, "-" | "--" | "\u{2013}" | "\u{2014}");
    let mark = |at: usize| doc.tokens[at].text == "," || dash(at);
    let relations = ["acl", "advcl", "parataxis", "appos"];
    let apart = |at: &usize| {
        let start = spread.range(*at).start;
        let kind = relations.iter().any(|relation| doc.is(*at, relation));
        kind && start > head && (mark(start) || mark(start - 1))
    };
    let mut clauses = doc.children(head).iter().copied().filter(|at| *at > head);
    let first = clauses.find(apart).map(|at| spread.range(at).start);
    let relative = (head + 1..end).find(|at| {
        let next = doc.tokens.get(at + 1);
        doc.tokens[*at].text == "," && next.is_some_and(|t| tables::relatives().contains(&*t.lower))
    });
    end.min(first.unwrap_or(end)).min(relative.unwrap_or(end))
}

/// The content with what stands behind it and depends on the verb, as far as no comma parts them: trees often
/// hang on the verb of saying what belongs to what is said.
pub(super) fn lengthen(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    mut content: Vec<Range<usize>>,
    clause: bool,
) -> Vec<Range<usize>> {
    let Some(last) = content.last_mut().filter(|last| last.start > at) else {
        return content;
    };
    for child in doc.children(at).iter().copied().filter(|child| *child > at) {
        let range = spread.range(child);
        if range.start < last.end {
            continue;
        }
        let token = &doc.tokens[child];
        let kind = |relation: &str| doc.is(child, relation);
        let governed = case(doc, child)
            .is_none_or(|case| tables::content_prepositions().contains(&*doc.tokens[case].lower));
        let time = phrase::in_time(doc, doc.tokens[range.start].span.start);
        let adverbial = (kind("obl") || kind("advcl") || kind("nmod"))
            && !(kind("obl") && is_occasion(doc, child));
        let fits = kind("xcomp")
            || kind("obj")
            || kind("acl")
            || adverbial && (clause || governed && !time);
        // "compared him favourably to"
        let adverbs = last.end..range.start;
        let near = doc.tokens[adverbs].iter().all(|t| t.tag == Tag::Adv);
        let phrase = near && fits && doc.tokens[range.start].tag != Tag::Punct;
        // "said it would hold, until the bridge broke"
        let mark = doc.child(child, "mark").map(|mark| &doc.tokens[mark]);
        let condition = clause
            && kind("advcl")
            && doc.child(child, "nsubj").is_some()
            && mark.is_some_and(|mark| !tables::contrast().contains(&*mark.lower))
            && !is_infinitive(doc, child);
        // "wants to widen the road, build a bridge and plant trees"
        let bare = doc.tokens[at].fine != token.fine && token.form == Some(VerbForm::Base);
        let joined = doc.is(child, "conj")
            && doc.child(child, "nsubj").is_none()
            && doc.child(child, "aux").is_none();
        let listed = joined && (bare || !is_verb(doc, child) && token.tag != Tag::Verb);
        // "says he hopes to win, but he knows that …"
        let subject = doc.child(child, "nsubj").filter(|_| doc.is(child, "conj"));
        let pronoun = |s: usize| {
            let word = &*doc.tokens[s].lower;
            let tables = [
                tables::personal(),
                tables::collective(),
                tables::expletives(),
            ];
            tables.iter().any(|table| table.contains(word))
        };
        let pronoun = subject.is_some_and(pronoun)
            || doc.is(child, "conj") && doc.child(child, "expl").is_some();
        let goes_on = pronoun && !tables::cues().contains_key(&*token.lemma);
        if phrase || condition || listed || goes_on {
            last.end = range.end;
        }
    }
    // "proposed three steps: …"
    if doc.tokens.get(last.end).is_some_and(|t| t.text == ":") {
        let sentence = doc.sentence_at(doc.tokens[at].span.start);
        last.end = sentence.map_or(last.end, |sentence| sentence.tokens.end);
    }
    content
}

/// The clauses that the verb governs, before and after it; of one that stands inside what it says
/// ("The army, he said, left"), what stands around it.
fn clauses(doc: &Document<'_>, spread: &Spread, at: usize, finite: bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for child in doc.children(at).iter().copied() {
        let opening = child < at && is_opening(doc, child);
        let added = child > at && is_added(doc, child);
        let clause = doc.is(child, "ccomp") && !is_infinitive(doc, child) && !opening && !added;
        let aside = doc.is(child, "parataxis") && (child < at || speech_after(doc, at));
        if !clause && !aside {
            continue;
        }
        let range = spread::clause(doc, spread, child);
        // "claimed the attack, which killed two": the relative clause was taken for what is claimed.
        let relative = child > at
            && (range.start.checked_sub(1)).is_some_and(|at| doc.tokens[at].text == ",")
            && (doc.tokens.get(range.start))
                .is_some_and(|t| tables::relatives().contains(&*t.lower));
        if (finite || opens_speech(doc, &range)) && !relative {
            out.extend(said_before(doc, at, child, range));
        }
    }
    // Of a quotation before the verb and a clause after it, the clause is the writer's own.
    let spoken_before = out
        .iter()
        .any(|range| range.end <= at && opens_speech(doc, range));
    out.retain(|range| range.start < at || !spoken_before || opens_speech(doc, range));
    let head = doc.tokens[at].head;
    let subject = doc.child(at, "nsubj").is_some();
    let spoken = |head: usize| {
        let quotes = doc.quotes_near(at..at + 1);
        let own = quotes.iter().find(|q| q.tokens.contains(&at));
        own.is_none_or(|q| q.tokens.contains(&head))
    };
    let head = head.filter(|head| spoken(*head));
    if let Some(head) = head.filter(|_| out.is_empty() && subject && doc.is(at, "parataxis")) {
        out = around(spread, head, at);
        if !finite && !out.iter().any(|range| opens_speech(doc, range)) {
            out.clear();
        }
    }
    out
}

/// "told a meeting of leaders that …", where the clause was taken for a part of the phrase before it.
fn marked(doc: &Document<'_>, spread: &Spread, at: usize) -> Option<Range<usize>> {
    let range = at + 1..spread.range(at).end;
    let stop = |i: &usize| {
        let token = &doc.tokens[*i];
        let that = tables::complementizers().contains(&*token.lower) && token.relation == "mark";
        that || matches!(token.tag, Tag::Verb | Tag::Aux) || phrase::is_quote_mark(token)
    };
    let first = range.clone().find(stop)?;
    let that = tables::complementizers().contains(&*doc.tokens[first].lower);
    that.then_some(first..range.end)
}

/// "she said, adding that …", where the clause was taken for another verb's.
fn that(doc: &Document<'_>, spread: &Spread, start: usize) -> Option<Range<usize>> {
    let mark = doc.tokens.get(start).filter(|t| {
        tables::complementizers().contains(&*t.lower) && t.tag == Tag::Sconj && t.relation == "mark"
    })?;
    let head = mark.head.filter(|head| *head > start)?;
    Some(start..spread.range(head).end)
}

/// "The campaign, first reported by the Echo, is": the subject of the clause that a participle is set into.
fn set_apart(doc: &Document<'_>, at: usize) -> Option<usize> {
    let head = doc.tokens[at].head.filter(|head| *head > at)?;
    let adverbs = |i: &usize| doc.tokens[*i].tag == Tag::Adv;
    let before = (0..at).rev().find(|i| !adverbs(i))?;
    let subject = doc.child(head, "nsubj").filter(|subject| *subject < before);
    subject.filter(|_| doc.tokens[at].fine == "VBN" && doc.tokens[before].text == ",")
}

/// "was asked by a caller why the road was closed", where the question was taken for a part of the phrase before it.
fn asked(doc: &Document<'_>, spread: &Spread, at: usize) -> Option<Range<usize>> {
    let range = at + 1..spread.range(at).end;
    let opens = |i: &usize| tables::question_words().contains(&*doc.tokens[*i].lower);
    let first = range.clone().take(SPEECH_NEAR).find(opens)?;
    Some(first..range.end)
}

/// Do the words begin with a quotation?
fn opens_speech(doc: &Document<'_>, range: &Range<usize>) -> bool {
    doc.quotes_near(range.clone())
        .iter()
        .any(|q| q.tokens.start <= range.start + 1 && range.start < q.tokens.end)
}

/// What is said before its cue ends there, where no comma behind the cue leads back to it: "…,” she said, when
/// asked again".
fn said_before(
    doc: &Document<'_>,
    at: usize,
    clause: usize,
    range: Range<usize>,
) -> Vec<Range<usize>> {
    if clause > at || range.end <= at {
        return vec![range];
    }
    let spoken = (doc.tokens.get(range.start..at).unwrap_or_default())
        .iter()
        .any(phrase::is_quote_mark);
    let comma = doc.tokens.get(at + 1).is_some_and(|t| t.text == ",");
    if comma && !spoken {
        return vec![range.start..at, at + 1..range.end];
    }
    vec![range.start..at]
}

/// The words of the clause at `head` without those of the one at `inner`.
fn around(spread: &Spread, head: usize, inner: usize) -> Vec<Range<usize>> {
    super::without(spread.range(head), &spread.range(inner))
}

/// Does a colon or a quotation follow the verb, or the one addressed?
fn speech_after(doc: &Document<'_>, at: usize) -> bool {
    doc.tokens[at + 1..]
        .iter()
        .take(SPEECH_NEAR)
        .any(|t| t.text == ":" || phrase::is_quote_mark(t))
}

/// How far behind a verb the verb of its clause is looked for.
const CLAUSE_NEAR: usize = 16;

/// How far behind a verb of saying its quotation may begin.
const SPEECH_NEAR: usize = 8;

pub(super) fn passive(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    frames: &Frames,
) -> Option<Complement> {
    let reduced = doc.tokens[at].relation == "acl";
    let subject = match doc.child(at, "nsubj") {
        Some(subject) => Some(spread::noun(doc, spread, subject)),
        None if reduced => doc.tokens[at]
            .head
            .map(|head| spread::noun(doc, spread, head)),
        None => tree::subject(doc, at)
            .or_else(|| set_apart(doc, at))
            .map(|head| spread::noun(doc, spread, head)),
    };
    let subject = subject
        .map(|range| range.start..range.end.min(at))
        .filter(|r| !r.is_empty());
    let of = |content: Vec<Range<usize>>| {
        Some(Complement {
            content,
            cue_end: at + 1,
            owner: Owner::Agent,
            clause: true,
        })
    };
    let with_subject = |range: Range<usize>| subject.iter().cloned().chain([range]).collect();
    if frames.passive("clause") {
        let mut content = clauses(doc, spread, at, true);
        if content.is_empty() {
            content.extend(asked(doc, spread, at));
        }
        if !content.is_empty() {
            return of(content);
        }
    }
    if frames.passive("inf")
        && let Some(clause) =
            after(doc, at, &["xcomp", "ccomp", "advcl"]).find(|c| is_infinitive(doc, *c))
    {
        return of(with_subject(spread::clause(doc, spread, clause)));
    }
    if frames.passive("pred")
        && let Some(predicate) = after(doc, at, &["xcomp"]).find(|c| !is_infinitive(doc, *c))
    {
        return of(with_subject(spread::clause(doc, spread, predicate)));
    }
    if frames.passive("np")
        && let Some(object) = after(doc, at, &["obj"]).next()
    {
        return of(with_subject(spread::noun(doc, spread, object)));
    }
    let agent = agent(doc, at);
    let governed = after(doc, at, &["obl", "advcl", "xcomp"])
        .filter(|c| Some(*c) != agent)
        .find(|c| case(doc, *c).is_some_and(|case| frames.passive(&doc.tokens[case].lower)));
    if let Some(governed) = governed {
        let range = spread.range(governed);
        let case = case(doc, governed).filter(|case| *case == at + 1);
        let start = case.map_or(range.start, |case| case + 1);
        return Some(Complement {
            content: with_subject(start..range.end.max(start)),
            cue_end: start.min(at + 2),
            owner: Owner::Agent,
            clause: false,
        });
    }
    if agent.is_some() && frames.passive("by") && subject.is_some() {
        return of(subject.into_iter().collect());
    }
    None
}
