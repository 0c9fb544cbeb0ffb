//! Attributions by a verb: its group, its voice, and whose words it gives.

use super::Whole;
use super::complements::{self, Owner};
use super::sources;
use super::spread::{self, Spread};
use super::words;
use crate::phrase;
use crate::tables;
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

/// How many verbs a cue may join: "began to try to explain".
const CHAIN: usize = 3;

/// The attribution whose cue is the verb at `at`.
pub(super) fn whole(
    doc: &Document<'_>,
    spread: &Spread,
    at: usize,
    sentence: &Range<usize>,
) -> Option<Whole> {
    // "ways to seek": nobody in particular.
    if !is_verb(doc, at) || doc.tokens[at].relation == "acl" && is_infinitive(doc, at) {
        return None;
    }
    if let Some(found) = words::light(doc, spread, at, sentence) {
        return Some(found);
    }
    let frames = tables::attributing_verb(&doc.tokens[at].lemma)?;
    // "appeared to suggest" attributes by its second verb.
    if tables::raising_verbs().contains(&*doc.tokens[at].lemma)
        && let Some(second) = after(doc, at, &["xcomp"]).find(|c| is_verb(doc, *c))
        && cue_start(doc, second, sentence).1 == at
        && whole(doc, spread, second, sentence).is_some()
    {
        return None;
    }
    let complement = match Voice::of(doc, at) {
        Voice::Active => complements::active(doc, spread, at, frames)?,
        Voice::Passive => complements::passive(doc, spread, at, frames)?,
        // "A study printed in May found that", with the main verb taken for a participle.
        Voice::Participle => complements::reduced(doc, spread, at, frames)?,
    };
    let content = complements::lengthen(doc, spread, at, complement.content, complement.clause);
    let (start, verb) = cue_start(doc, at, sentence);
    if let Some(found) = sources::inverted(doc, at, start, sentence) {
        return Some(found);
    }
    let (source, start) = match complement.owner {
        Owner::Nobody => (None, start),
        Owner::Agent => (agent(doc, at).map(|a| spread::noun(doc, spread, a)), start),
        Owner::Subject => match issued(doc, verb) {
            Some(issuing) => {
                let (start, issuing) = cue_start(doc, issuing, sentence);
                (sources::of(doc, spread, issuing, start), start)
            }
            None => {
                let main = is_main(doc, verb);
                let finite = main || matches!(doc.tokens[verb].fine, "VBD" | "VBZ" | "VBP");
                let by_order = || phrase::agent(doc, verb, sentence.start).filter(|_| finite);
                let headed = || {
                    let head = main_subject(doc, verb)?;
                    Some(spread.range(head).start..verb - 1).filter(|range| !range.is_empty())
                };
                let some = || sources::some(doc, start, sentence.start).filter(|_| finite);
                let found = headed()
                    .or_else(|| sources::of(doc, spread, verb, start))
                    .or_else(by_order);
                (found.or_else(some), start)
            }
        },
    };
    let bare = complement.owner == Owner::Subject && source.is_none();
    if bare && !content.iter().any(|c| has_clause(doc, c)) {
        return None;
    }
    Some(Whole {
        source,
        cue: start..complement.cue_end.max(at + 1),
        head: at,
        content,
        phrase: !complement.clause,
        depth: 0,
    })
}

/// Is the word at `at` a verb, and not a part of a noun's phrase?
pub(super) fn is_verb(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let verb = token.tag == Tag::Verb || token.fine.starts_with("VB") && token.tag == Tag::Noun;
    verb && !matches!(
        token.relation,
        "amod" | "compound" | "flat" | "aux" | "aux:pass"
    )
}

/// Whether the subject does what the verb says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    Active,
    Passive,
    /// A participle without auxiliary, which may be either.
    Participle,
}

impl Voice {
    fn of(doc: &Document<'_>, at: usize) -> Voice {
        let token = &doc.tokens[at];
        if token.fine != "VBN" && token.fine != "VBD" {
            return Voice::Active;
        }
        let mut children = doc.children(at).iter().map(|child| &doc.tokens[*child]);
        if children.clone().any(|t| t.relation == "aux:pass") {
            return Voice::Passive;
        }
        let perfect = children
            .clone()
            .any(|t| t.relation == "aux" && t.lemma == "have");
        if is_main(doc, at) {
            return Voice::Active;
        }
        if is_opening(doc, at) {
            return Voice::Participle;
        }
        let clause = matches!(token.relation, "acl" | "advcl");
        let reduced = clause && children.all(|t| t.relation != "nsubj");
        if token.fine == "VBN" && !perfect && (reduced || agent(doc, at).is_some()) {
            return Voice::Participle;
        }
        Voice::Active
    }
}

/// "The chairwoman, Ada Brisk, called for a vote": a past tense that was taken for a participle of a noun that
/// nothing else says anything of.
fn is_main(doc: &Document<'_>, at: usize) -> bool {
    main_subject(doc, at).is_some()
}

/// The head of the noun that such a verb is the main one of, with the apposition between them.
fn main_subject(doc: &Document<'_>, at: usize) -> Option<usize> {
    let head = doc.tokens[at]
        .head
        .filter(|head| *head < at && doc.is(at, "acl"))?;
    let comma = doc.tokens[at - 1].text == ",";
    // "Ada Brisk, a baker, called": the participle was taken for one of the apposition.
    let of_apposition = doc.tokens[head].head.filter(|noun| {
        *noun < head
            && doc.is(head, "appos")
            && doc.is(*noun, "root")
            && doc.tokens[head].tag == Tag::Noun
    });
    if let Some(noun) = of_apposition.filter(|_| comma) {
        return Some(noun);
    }
    let named = doc
        .child(head, "appos")
        .is_some_and(|name| head < name && name < at);
    (doc.is(head, "root") && named && comma).then_some(head)
}

/// "Asked about the bridge, Brisk said": a participle that opens its sentence.
pub(super) fn is_opening(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let opens = doc
        .sentence_at(token.span.start)
        .is_some_and(|s| s.tokens.start == at);
    opens && matches!(token.fine, "VBD" | "VBN") && doc.child(at, "nsubj").is_none()
}

/// "…, adding": a participle behind a comma, which says what the verb before it goes with.
pub(super) fn is_added(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let comma = at
        .checked_sub(1)
        .is_some_and(|at| doc.tokens[at].text == ",");
    comma && token.form == Some(VerbForm::Ing) && doc.child(at, "nsubj").is_none()
}

/// Who does what a passive verb says: the head of "by the council".
pub(super) fn agent(doc: &Document<'_>, at: usize) -> Option<usize> {
    let mut after = doc
        .children(at)
        .iter()
        .copied()
        .filter(|c| *c > at && doc.is(*c, "obl"));
    after.find(|c| {
        case(doc, *c).is_some_and(|case| tables::agent().contains(&*doc.tokens[case].lower))
    })
}

/// The preposition of a phrase, or the word that marks a gerund or clause as one: its first.
pub(super) fn case(doc: &Document<'_>, at: usize) -> Option<usize> {
    let mut children = doc.children(at).iter().copied();
    children.find(|child| *child < at && (doc.is(*child, "case") || doc.is(*child, "mark")))
}

/// Does `to` mark it: "to leave"?
pub(super) fn is_infinitive(doc: &Document<'_>, at: usize) -> bool {
    doc.children(at)
        .iter()
        .any(|c| *c < at && doc.is(*c, "mark") && doc.tokens[*c].fine == "TO")
}

/// Where the verb's group begins, with the verbs of seeming, trying and going on before it; and the first of
/// these verbs.
fn cue_start(doc: &Document<'_>, at: usize, sentence: &Range<usize>) -> (usize, usize) {
    let (mut start, mut verb) = (at, at);
    for _ in 0..CHAIN {
        let group = phrase::group_start(doc, verb, sentence.start);
        let to = (group..verb).any(|i| doc.tokens[i].fine == "TO");
        let before = group
            .checked_sub(1)
            .filter(|before| sentence.contains(before));
        let before = before.filter(|_| to || doc.tokens[verb].form == Some(VerbForm::Ing));
        let raising = before.filter(|before| {
            let token = &doc.tokens[*before];
            let joined =
                doc.tokens[verb].head == Some(*before) || doc.tokens[verb].head == token.head;
            let raises = tables::raising_verbs().contains(&*token.lemma);
            token.tag == Tag::Verb && raises && joined
        });
        // "to order" begins with its verb where nothing before it belongs to the cue.
        let Some(raising) = raising else {
            let to = (group..verb).rev().find(|i| doc.tokens[*i].fine == "TO");
            start = to.map_or(group, |to| to + 1);
            // "ran up saying": an adverb of the verb before.
            let own = |at: usize| {
                doc.tokens[at]
                    .head
                    .is_some_and(|head| head >= at && head <= verb)
            };
            while start < verb && doc.tokens[start].tag == Tag::Adv && !own(start) {
                start += 1;
            }
            break;
        };
        verb = raising;
        start = raising;
    }
    (start, verb)
}

/// "issued a statement saying": the verb of issuing, where what says it is something that somebody issues.
fn issued(doc: &Document<'_>, at: usize) -> Option<usize> {
    let token = &doc.tokens[at];
    let head = token
        .head
        .filter(|head| *head < at && token.form == Some(VerbForm::Ing))?;
    let issuing = match token.relation {
        "acl" => doc.tokens[head].head.filter(|_| doc.is(head, "obj"))?,
        // The same, with the participle taken for what the verb's subject does meanwhile.
        "advcl" if doc.tokens[at - 1].text != "," => head,
        _ => return None,
    };
    let object = doc
        .child(issuing, "obj")
        .is_some_and(|object| (issuing..at).contains(&object));
    let issues = tables::issuing().contains(&*doc.tokens[issuing].lemma);
    (issues && object).then_some(issuing)
}

/// Is there a verb in the range?
fn has_clause(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let tokens = doc.tokens.get(range.clone()).unwrap_or_default();
    tokens.iter().any(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
}

/// What depends on the verb and stands after it, in one of these ways.
pub(super) fn after<'d>(
    doc: &'d Document<'_>,
    at: usize,
    relations: &'d [&'d str],
) -> impl Iterator<Item = usize> + 'd {
    let children = doc.children(at).iter().copied();
    children.filter(move |c| *c > at && relations.iter().any(|relation| doc.is(*c, relation)))
}
