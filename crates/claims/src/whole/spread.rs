//! How far the words reach that depend on one.

use crate::phrase::is_quote_mark;
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// For each token, from the first to the last of those that depend on it, directly or not.
pub(super) struct Spread {
    first: Vec<usize>,
    last: Vec<usize>,
}

impl Spread {
    pub(super) fn of(doc: &Document<'_>) -> Spread {
        let count = doc.tokens.len();
        let mut first: Vec<usize> = (0..count).collect();
        let mut last = first.clone();
        // Each token is handed to its head once all that depend on it were handed to it.
        let mut waiting: Vec<usize> = (0..count).map(|at| doc.children(at).len()).collect();
        let mut ready: Vec<usize> = (0..count).filter(|at| waiting[*at] == 0).collect();
        while let Some(at) = ready.pop() {
            let Some(head) = doc.tokens[at].head.filter(|head| *head < count) else {
                continue;
            };
            first[head] = first[head].min(first[at]);
            last[head] = last[head].max(last[at]);
            waiting[head] = waiting[head].saturating_sub(1);
            if waiting[head] == 0 {
                ready.push(head);
            }
        }
        Spread { first, last }
    }

    /// The words that depend on the token, with it.
    pub(super) fn range(&self, at: usize) -> Range<usize> {
        match (self.first.get(at), self.last.get(at)) {
            (Some(first), Some(last)) => *first..last + 1,
            _ => 0..0,
        }
    }
}

/// What stands before a noun or clause and belongs to no phrase around it.
const LOOSE: &[&str] = &[
    "punct",
    "cc",
    "mark",
    "case",
    "discourse",
    "parataxis",
    "advcl",
    "vocative",
];

/// The words of the phrase around the noun at `head`, with its clauses and appositions; without the
/// preposition, conjunction or clause before it.
pub(super) fn noun(doc: &Document<'_>, spread: &Spread, head: usize) -> Range<usize> {
    let children = doc.children(head).iter().copied();
    let own = |at: &usize| {
        let relation = doc.tokens[*at].relation;
        let kind = relation.split(':').next().unwrap_or_default();
        let subject = matches!(kind, "nsubj" | "csubj" | "cop" | "aux" | "expl" | "obl");
        *at > head || !LOOSE.contains(&kind) && !subject
    };
    let start = children
        .clone()
        .filter(own)
        .map(|at| spread.range(at).start)
        .min();
    // "rights and extended benefits", where the verb was taken for a second noun.
    let verb = children.into_iter().find(|at| {
        let finite = matches!(doc.tokens[*at].fine, "VBD" | "VBZ" | "VBP");
        *at > head && doc.is(*at, "conj") && finite
    });
    let end = verb.map_or(spread.range(head).end, |verb| spread.range(verb).start);
    start.unwrap_or(head).min(head)..end.max(head + 1)
}

/// The words of the clause around the verb at `head`, with what marks it.
pub(super) fn clause(doc: &Document<'_>, spread: &Spread, head: usize) -> Range<usize> {
    let range = spread.range(head);
    // "LENN — The road is closed": the dateline hangs on the sentence's first clause.
    let opener = doc
        .children(head)
        .first()
        .filter(|at| **at < head && doc.is(**at, "parataxis"));
    let opener = opener
        .map(|at| spread.range(*at))
        .filter(|opener| opener.start == range.start && opener.end <= head);
    let mut start = opener.map_or(range.start, |opener| opener.end);
    while start < head && (doc.tokens[start].tag == Tag::Cconj || doc.tokens[start].text == ",") {
        start += 1;
    }
    start..range.end
}

/// Cuts marks and loose conjunctions from both ends; quotation marks stay.
pub(super) fn trim(doc: &Document<'_>, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end.min(doc.tokens.len()));
    let loose = |at: usize| {
        let token = &doc.tokens[at];
        let bracket = matches!(token.text, "(" | ")" | "[" | "]" | "$" | "#" | "@" | "%");
        token.tag == Tag::Punct && !bracket && !is_quote_mark(token)
    };
    while start < end && (loose(start) || doc.tokens[start].tag == Tag::Cconj) {
        start += 1;
    }
    while end > start && (loose(end - 1) || doc.tokens[end - 1].tag == Tag::Cconj) {
        end -= 1;
    }
    // A closing mark without words, an opening mark at the end.
    if end == start + 1 && doc.tokens[start].is_punct() {
        start..start
    } else {
        start..end.max(start)
    }
}
