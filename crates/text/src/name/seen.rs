//! The names that the language model sees, as ranges of words.

use super::runs::{Piece, Shape};
use super::words::{Capitals, Word, Words};
use crate::model::Name;
use crate::world::{self, Entry};
use rapporteur_model::Kind;
use std::collections::BTreeSet;
use std::ops::Range;

/// From this margin on the model is sure of what a name names: on UNER's dev part words and kind are then
/// right nine times in ten, below it once in two.
const SURE: f32 = 2.0;
/// From this one on it counts for more than a weak sign.
const HALF_SURE: f32 = 1.0;
/// Below this one the bounds that it sees are no better than those of the run of capitals.
const UNSURE: f32 = 0.5;
/// How much the model's word counts beside the votes of `kinds`: where it is sure, as much as a role; where
/// it is not, or sees a name that overlaps, no more than a weak sign (chosen on UNER's dev part).
pub(crate) const CERTAIN: u32 = 5;
const LIKELY: u32 = 4;
pub(crate) const WEAK: u32 = 2;
const OVERLAP: u32 = 1;

/// In order, never overlapping.
pub(crate) struct Seen(Vec<(Range<usize>, Kind, f32)>);

impl Seen {
    /// From ranges of tokens.
    pub(crate) fn of(words: &Words<'_>, names: &[Name]) -> Seen {
        let at = |token: usize| words.words.partition_point(|w| w.token < token);
        // "Velka province": the name is Velka.
        let follows = |at: usize| {
            let word = &words.words[at];
            !word.capital && world::place_followers().contains(&*word.lower)
        };
        let cut = |r: Range<usize>| {
            let end = (r.clone().rev().find(|at| !follows(*at))).map_or(r.end, |at| at + 1);
            r.start..end
        };
        let ranges = names.iter().map(|name| {
            let words = at(name.words.start)..at(name.words.end);
            (cut(words), name.kind, name.margin)
        });
        Seen(ranges.filter(|(r, ..)| !r.is_empty()).collect())
    }

    /// The kind of the name that these words are, or overlap, and how much that counts.
    pub(crate) fn kind(&self, words: &Range<usize>) -> Option<(Kind, u32)> {
        let at = self.0.partition_point(|(r, ..)| r.end <= words.start);
        let over = self.0.get(at..)?;
        let over = over.iter().take_while(|(r, ..)| r.start < words.end);
        let weight = |r: &Range<usize>, margin: f32| match r == words {
            true if margin >= SURE => CERTAIN,
            true if margin >= HALF_SURE => LIKELY,
            true => WEAK,
            false => OVERLAP,
        };
        over.map(|(r, kind, margin)| (*kind, weight(r, *margin)))
            .max_by_key(|(_, weight)| *weight)
    }

    /// Is no more than one name seen in these words?
    fn alone(&self, words: &Range<usize>) -> bool {
        let at = self.0.partition_point(|(r, ..)| r.end <= words.start);
        (self.0.get(at + 1)).is_none_or(|(r, ..)| r.start >= words.end)
    }

    /// Puts names that the model sees in the place of pieces that cut them ("Brisk's Bazaar"), and persons of whom it
    /// is sure in the place of pieces that go on after them ("Ada Brisk Direct Dial").
    fn whole(&self, words: &Words<'_>, pieces: &mut Vec<Piece>) {
        for (at, (r, kind, margin)) in self.0.iter().enumerate() {
            let person = *kind == Kind::Person && *margin >= SURE;
            if r.len() < 2 || *margin < UNSURE {
                continue;
            }
            let from = pieces.partition_point(|p| p.words.end <= r.start);
            let to = pieces.partition_point(|p| p.words.start < r.end);
            let over = pieces.get(from..to).unwrap_or_default();
            let (Some(first), Some(last)) = (over.first(), over.last()) else {
                continue;
            };
            let inside = |p: &Piece| r.start <= p.words.start && p.words.end <= r.end;
            let parts = over.len() > 1 && over.iter().all(inside);
            let open = |p: &Piece| match p.shape {
                Shape::Bare | Shape::Person => true,
                Shape::Known(entry) => {
                    parts
                        && *kind != Kind::Person
                        && matches!(entry, Entry::Place { .. } | Entry::Adjective)
                }
                _ => false,
            };
            let whole = over.len() == 1 && first.words == *r;
            if whole || !(person || parts) || !over.iter().all(|p| open(p) && p.base == p.words) {
                continue;
            }
            let next = self
                .0
                .get(at + 1)
                .map_or(usize::MAX, |(next, ..)| next.start);
            let goes_on = |at: &usize| {
                let word = &words.words[*at];
                let lower = &*word.lower;
                let ordinary = world::common_words().contains(lower)
                    || world::organization_nouns().contains(lower)
                    || world::is_title_role(lower);
                *at < next && word.proper && !ordinary
            };
            let end = (r.end..last.words.end).take_while(goes_on).last();
            let initial = |at: &usize| {
                words.words[*at].text.ends_with('.') && words.words[*at].text.len() == 2
            };
            let start = (first.words.start..r.start)
                .rev()
                .take_while(initial)
                .last();
            let range = start.unwrap_or(r.start)..end.map_or(r.end, |at| at + 1);
            let piece = Piece {
                words: range.clone(),
                base: range,
                shape: if person { first.shape } else { Shape::Bare },
                ..first.clone()
            };
            pieces.splice(from..to, [piece]);
        }
    }

    /// Gives pieces whose own words show nothing the bounds that the model sees, and adds names that it
    /// sees where none of `pieces` stands.
    pub(crate) fn bound(&self, words: &Words<'_>, pieces: &mut Vec<Piece>) {
        let line_of = |at: usize| words.lines.partition_point(|line| line.words.end <= at);
        let mut added = Vec::new();
        self.whole(words, pieces);
        // Seen whole once, a name is whole elsewhere.
        let phrases: BTreeSet<String> = (self.0.iter())
            .filter(|(r, _, margin)| r.len() > 1 && *margin >= HALF_SURE)
            .map(|(r, ..)| words.phrase(r.clone()).to_string())
            .collect();
        for (r, _, margin) in &self.0 {
            let line = line_of(r.start);
            let inside = words.lines.get(line).is_some_and(|l| {
                let says = match l.capitals {
                    Capitals::Names => true,
                    Capitals::Words => *margin >= SURE,
                    Capitals::All => false,
                };
                says && r.end <= l.words.end
            });
            // "the Vice President": a role is no name.
            let role = |w: &Word<'_>| w.time || world::is_title_role(&w.lower);
            let with_next = words.words.get(r.start..=r.end).unwrap_or_default();
            // "the West": a direction is no place on the map.
            let direction = |w: &Word<'_>| r.len() == 1 && world::topics().contains(&*w.lower);
            let direction = words.words.get(r.start).is_some_and(direction);
            if !inside || direction || with_next.iter().any(role) {
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
                        && self.alone(&piece.words)
                        && !phrases.contains(&*words.phrase(piece.words.clone())) =>
                {
                    let title = piece.title.as_ref().map_or(0, |title| title.end);
                    let named = |at: &usize| words.words[*at].proper;
                    let (start, end) = (piece.words.start, piece.words.end);
                    // What it leaves out stays where its tag is a name's: "Southern Velka".
                    let from = (start..r.start).find(named).unwrap_or(r.start);
                    let to = (r.end..end).rev().find(named).map_or(r.end, |at| at + 1);
                    let flat = |at: &usize| words.words[*at].flat;
                    let whole = (r.end..end).take_while(flat).last();
                    let whole = whole.map_or(r.end, |at| at + 1);
                    let to = if *margin < UNSURE { to } else { whole };
                    piece.words = title.max(from.min(r.start))..to.max(r.end);
                    piece.base = piece.words.clone();
                }
                _ => {}
            }
        }
        pieces.extend(added);
        pieces.sort_by_key(|piece| piece.words.start);
    }
}
