//! Names: who and what the report names, with titles, roles and short forms.
//!
//! Capitals mark candidates, head nouns and the tables of the world divide and sort them, and the
//! report's other mentions decide what one place leaves open.

mod kinds;
mod roles;
mod runs;
mod short;
mod words;

use crate::document::Document;
use rapporteur_model::{Kind, Mention};
use runs::{Piece, Shape};
use std::collections::BTreeSet;
use words::Words;

/// Finds every name in the document, in order, never overlapping. A mention's span covers its name
/// alone.
pub(crate) fn find(document: &Document<'_>) -> Vec<Mention> {
    let words = Words::of(document);
    let people = people(&words, &runs::in_sentences(&words, &BTreeSet::new()));
    let mut pieces = runs::in_sentences(&words, &people);
    pieces.extend(runs::in_headlines(&words, &pieces));
    pieces.sort_by_key(|piece| piece.words.start);
    pieces.dedup_by(|later, earlier| later.words.start < earlier.words.end);

    let roles: Vec<_> = (0..pieces.len())
        .map(|at| roles::beside(document, &words, &pieces, at))
        .collect();
    let has_role: Vec<bool> = roles.iter().map(Option::is_some).collect();
    let kinds = kinds::of_names(document, &words, &pieces, &has_role);

    let mut mentions: Vec<Mention> = pieces
        .iter()
        .zip(roles)
        .map(|(piece, role)| {
            let kind = kinds
                .get(&words.phrase(piece.words.clone()))
                .copied()
                .flatten();
            let base = kinds
                .get(&words.phrase(piece.base.clone()))
                .copied()
                .flatten();
            let members = piece.base != piece.words && base == Some(Kind::Organization);
            Mention {
                span: words.span(piece.words.clone()),
                name: printed(document, &words, piece.words.clone()),
                kind,
                title: piece
                    .title
                    .clone()
                    .map(|title| printed(document, &words, title)),
                role,
                stands_for: members.then(|| printed(document, &words, piece.base.clone())),
            }
        })
        .collect();
    short::resolve(&mut mentions, |span| document.slice(span));
    mentions
}

/// Names of more than one word that a title or first word shows to be a person's.
fn people(words: &Words<'_>, pieces: &[Piece]) -> BTreeSet<String> {
    pieces
        .iter()
        .filter(|piece| {
            let named =
                piece.shape == Shape::Person || piece.shape == Shape::Bare && piece.title.is_some();
            named && piece.words.len() > 1
        })
        .map(|piece| words.phrase(piece.words.clone()))
        .collect()
}

fn printed(document: &Document<'_>, words: &Words<'_>, range: std::ops::Range<usize>) -> String {
    let text = document.slice(words.span(range));
    if text.contains("  ") || text.contains(|c: char| c.is_whitespace() && c != ' ') {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_string()
    }
}
