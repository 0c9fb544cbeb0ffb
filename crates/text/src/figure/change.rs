//! Which way something moved by a figure.

use super::bound::before_phrase_at;
use super::pair::is_converted;
use super::unit::{is_measure, is_money};
use crate::document::{Document, Tag};
use crate::role::{self, Role, Words};
use rapporteur_model::Figure;

/// Which way something moved by so much: "rose 5%", "down 12 points".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It rose by so much.
    Up,
    /// It fell by so much.
    Down,
}

impl Change {
    /// The word it is exported under.
    pub fn name(self) -> &'static str {
        match self {
            Change::Up => "up",
            Change::Down => "down",
        }
    }
}

/// The way in which something moved by each figure of a document; `None`: nothing says that it did.
pub fn changes(document: &Document<'_>) -> Vec<Option<Change>> {
    let roles = role::of_tokens(&document.tokens);
    let mut last: Option<(usize, Change)> = None;
    (document.figures.iter())
        .map(|figure| {
            let tokens = document.tokens_in(figure.span);
            let sentence = document.sentence_at(figure.span.start)?;
            let w = Words::of(document, &roles, sentence);
            let measured = is_measured(figure) || is_measure(w, tokens.end.saturating_sub(1));
            let found = change_before(w, tokens.start, measured).or_else(|| {
                // "were down 2.3%, Burlington by 2.6%"
                let (at, change) = last.filter(|(at, _)| *at >= w.start)?;
                let by = w.follows(tokens.start, Role::ByHowMuch) && tokens.start - at < 12;
                // "dropped by 1 degree (1.8 F)"
                (by || is_converted(w, at, tokens.start)).then_some(change)
            });
            if let Some(change) = found {
                last = Some((tokens.end, change));
            }
            found
        })
        .collect()
}

/// The verb or adverb of rising and falling shortly before a figure.
fn change_before(w: Words<'_>, at: usize, measured: bool) -> Option<Change> {
    if w.follows(at, Role::Plus) && w.get(at).is_some_and(|t| !t.spaced) {
        return Some(Change::Up);
    }
    for before in (at.saturating_sub(4).max(w.start)..at).rev() {
        let token = w.get(before)?;
        let of = |role| role::value(w.roles[before], role).is_some();
        // "Crude rose": a verb, whatever it was taken for.
        let verb = crate::lemma::verb_lemma(&token.lower);
        let lemma = role::of_word(verb.as_deref().unwrap_or(&token.lemma));
        let is = |role| of(role) || role::value(lemma, role).is_some();
        // "added 15 cents", and not "added ten users"
        if is(Role::Up) && (measured || !is(Role::Adding)) {
            return Some(Change::Up);
        }
        if is(Role::Down) {
            return Some(Change::Down);
        }
        // "rose to 5" says where it is, and not by how much it moved.
        let between = matches!(token.tag, Tag::Adv | Tag::Adj | Tag::Det) || of(Role::ByHowMuch);
        let bound = before_phrase_at(w, before).is_some();
        if !between && !bound && !w.is(before, Role::Indefinite) {
            return None;
        }
    }
    None
}

/// Is it money or a percentage?
fn is_measured(figure: &Figure) -> bool {
    (figure.unit.as_deref())
        .is_some_and(|unit| unit.split(' ').next() == Some("%") || is_money(unit))
}
