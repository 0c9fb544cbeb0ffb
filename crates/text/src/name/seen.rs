//! The names that the language model sees, as ranges of words.

use super::runs::{Piece, Shape};
use super::words::{Capitals, Word, Words};
use crate::tree::Named;
use crate::world::{self, Entry};
use rapporteur_model::Kind;
use std::collections::BTreeSet;
use std::ops::Range;

/// From this margin on the model is sure of what a name names: on UNER's dev part words and kind are then
/// right nine times in ten, below it once in two.
const SURE: f32 = 2.0;
/// From this one on, a place or a person of several words outweighs what stands around it: right in 92 of a hundred.
const MOST_SURE: f32 = 2.5;
/// From this one on it counts for more than a weak sign.
const HALF_SURE: f32 = 1.0;
/// From this one on it is sure that a word is no name's: of capitalised words inside sentences, 96 of a hundred are none.
const PLAIN: f32 = 2.5;
/// Below this one the bounds that it sees are no better than those of the run of capitals.
const UNSURE: f32 = 0.5;
/// How much the model's word counts beside the votes of `kinds`: where it is sure, as much as a role; where
/// it is not, or sees a name that overlaps, no more than a weak sign; where it is surest, as much as that a place is
/// attacked (chosen on UNER's dev part and so that towns that it never met stay places).
const MOST_CERTAIN: u32 = 8;
pub(crate) const CERTAIN: u32 = 5;
const LIKELY: u32 = 3;
pub(crate) const WEAK: u32 = 2;
const OVERLAP: u32 = 1;

/// What the model says of names.
pub(crate) struct Seen<'n> {
    /// Names in order, never overlapping.
    names: Vec<(Range<usize>, Kind, f32)>,
    /// For each token, how sure it is that it is no name's.
    plain: &'n [f32],
}

impl<'n> Seen<'n> {
    /// From ranges of tokens.
    pub(crate) fn of(words: &Words<'_>, named: &'n Named) -> Seen<'n> {
        let at = |token: usize| words.words.partition_point(|w| w.token < token);
        // "Velka province": the name is Velka.
        let follows = |at: usize| {
            let word = &words.words[at];
            !word.capital && world::place_followers().contains(&*word.lower)
        };
        let cut = |r: Range<usize>| {
            let mut end = (r.clone().rev().find(|at| !follows(*at))).map_or(r.end, |at| at + 1);
            // "Velka refugee camp"
            let named = |at: &usize| words.words[*at].capital;
            if end < r.end
                && let Some(last) = (r.start..end).rev().find(named)
            {
                end = last + 1;
            }
            // "city of Velka", too.
            let opens = |at: &usize| {
                let word = &words.words[*at];
                !word.capital && world::place_followers().contains(&*word.lower)
            };
            let of = |at: usize| {
                words.words.get(at).is_some_and(|w| w.lower == "of")
                    && words.words.get(at + 1).is_some_and(|w| w.capital)
            };
            match Some(r.start).filter(opens).filter(|at| of(at + 1)) {
                Some(start) if start + 2 < end => start + 2..end,
                _ => r.start..end,
            }
        };
        let ranges = named.names.iter().map(|name| {
            let words = at(name.words.start)..at(name.words.end);
            (cut(words), name.kind, name.margin)
        });
        Seen {
            names: ranges.filter(|(r, ..)| !r.is_empty()).collect(),
            plain: &named.plain,
        }
    }

    /// Is the model sure that none of these words is a name's?
    pub(crate) fn is_plain(&self, words: &Words<'_>, range: &Range<usize>) -> bool {
        let plain = |word: &Word<'_>| self.plain.get(word.token).is_some_and(|by| *by >= PLAIN);
        words.words[range.clone()].iter().all(plain)
    }

    /// The kind of the name that these words are, or overlap, and how much that counts.
    pub(crate) fn kind(&self, words: &Range<usize>) -> Option<(Kind, u32)> {
        let at = self.names.partition_point(|(r, ..)| r.end <= words.start);
        let over = self.names.get(at..)?;
        let over = over.iter().take_while(|(r, ..)| r.start < words.end);
        // A town that the model never met may look like anything, and one word says little.
        let most = |kind: Kind| kind == Kind::Place || kind == Kind::Person && words.len() > 1;
        let weight = |r: &Range<usize>, kind: Kind, margin: f32| match r == words {
            true if margin >= MOST_SURE && most(kind) => MOST_CERTAIN,
            true if margin >= SURE => CERTAIN,
            true if margin >= HALF_SURE => LIKELY,
            true => WEAK,
            false => OVERLAP,
        };
        over.map(|(r, kind, margin)| (*kind, weight(r, *kind, *margin)))
            .max_by_key(|(_, weight)| *weight)
    }

    /// Is no more than one name seen in these words?
    fn alone(&self, words: &Range<usize>) -> bool {
        let at = self.names.partition_point(|(r, ..)| r.end <= words.start);
        (self.names.get(at + 1)).is_none_or(|(r, ..)| r.start >= words.end)
    }

    /// Puts names that the model sees in the place of pieces that cut them ("Brisk's Bazaar"), and persons of whom it
    /// is sure in the place of pieces that go on after them ("Ada Brisk Direct Dial").
    fn whole(&self, words: &Words<'_>, pieces: &mut Vec<Piece>) {
        for (at, (r, kind, margin)) in self.names.iter().enumerate() {
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
            // The title before a name is none of it.
            let title = first.title.as_ref().map_or(r.start, |title| title.end);
            let r = &(r.start.max(title)..r.end);
            let inside = |p: &Piece| r.start <= p.words.start && p.words.end <= r.end;
            let parts = over.len() > 1 && over.iter().all(inside);
            // "Brisk Museum of Art" in the place of "Brisk Museum".
            let wider = r.start <= first.words.start && last.words.end <= r.end;
            let ends = words
                .words
                .get(r.end.saturating_sub(1))
                .is_some_and(|w| w.capital);
            let wider = wider && ends && *kind != Kind::Person;
            let one = over.len() == 1 && wider && *margin >= SURE;
            let open = |p: &Piece| match p.shape {
                Shape::Bare | Shape::Person => true,
                Shape::Organization | Shape::Place => one,
                Shape::Known(entry) => {
                    parts
                        && *kind != Kind::Person
                        && matches!(entry, Entry::Place { .. } | Entry::Adjective)
                }
                _ => false,
            };
            let whole = over.len() == 1 && first.words == *r;
            if whole
                || !(person || parts || one)
                || !over.iter().all(|p| open(p) && p.base == p.words)
            {
                continue;
            }
            let next = self
                .names
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
        let phrases: BTreeSet<String> = (self.names.iter())
            .filter(|(r, _, margin)| r.len() > 1 && *margin >= HALF_SURE)
            .map(|(r, ..)| words.phrase(r.clone()).to_string())
            .collect();
        for (r, _, margin) in &self.names {
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
