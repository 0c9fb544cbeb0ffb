//! The names that the language model sees, as ranges of words.

use super::runs::{Piece, Shape};
use super::words::{Capitals, Words};
use rapporteur_model::Kind;
use std::ops::Range;

/// In order, never overlapping.
pub(crate) struct Seen(Vec<(Range<usize>, Kind)>);

impl Seen {
    /// From ranges of tokens.
    pub(crate) fn of(words: &Words<'_>, names: &[(Range<usize>, Kind)]) -> Seen {
        let at = |token: usize| words.words.partition_point(|w| w.token < token);
        let ranges = names.iter().map(|(r, kind)| (at(r.start)..at(r.end), *kind));
        Seen(ranges.filter(|(r, _)| !r.is_empty()).collect())
    }

    /// The kind of the name that these words are, or overlap; and whether they are just that name.
    pub(crate) fn kind(&self, words: &Range<usize>) -> Option<(Kind, bool)> {
        let at = self.0.partition_point(|(r, _)| r.end <= words.start);
        let over = self.0.get(at..)?;
        let over = over.iter().take_while(|(r, _)| r.start < words.end);
        over.map(|(r, kind)| (*kind, r == words))
            .max_by_key(|(_, exact)| *exact)
    }

    /// Is no more than one name seen in these words?
    fn alone(&self, words: &Range<usize>) -> bool {
        let at = self.0.partition_point(|(r, _)| r.end <= words.start);
        (self.0.get(at + 1)).is_none_or(|(r, _)| r.start >= words.end)
    }

    /// Gives pieces whose own words show nothing the bounds that the model sees, and adds names that it
    /// sees where none of `pieces` stands.
    pub(crate) fn bound(&self, words: &Words<'_>, pieces: &mut Vec<Piece>) {
        let line_of = |at: usize| words.lines.partition_point(|line| line.words.end <= at);
        let mut added = Vec::new();
        for (r, _) in &self.0 {
            let line = line_of(r.start);
            let inside = words.lines.get(line).is_some_and(|l| {
                l.capitals == Capitals::Names && r.end <= l.words.end
            });
            if !inside || words.words[r.clone()].iter().any(|w| w.time) {
                continue;
            }
            let from = pieces.partition_point(|p| p.words.end <= r.start);
            let to = pieces.partition_point(|p| p.words.start < r.end);
            match pieces.get_mut(from..to) {
                Some([]) => added.push(Piece {
                    words: r.clone(),
                    base: r.clone(),
                    title: None,
                    of: None,
                    line,
                    shape: Shape::Bare,
                }),
                Some([piece])
                    if piece.shape == Shape::Bare
                        && piece.base == piece.words
                        && self.alone(&piece.words) =>
                {
                    let title = piece.title.as_ref().map_or(0, |title| title.end);
                    piece.words = title.max(r.start)..r.end;
                    piece.base = piece.words.clone();
                }
                _ => {}
            }
        }
        pieces.extend(added);
        pieces.sort_by_key(|piece| piece.words.start);
    }
}
