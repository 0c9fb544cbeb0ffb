//! The words of one name against those of another: which belongs to which, and how they differ.

use super::printed::{Printed, Role};
use crate::entities::sounds::alike;
use crate::entities::tables::NICKNAMES;
use std::ops::Range;

/// How two words, or runs of words, belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum How {
    Same,
    /// Spellings of one name from another script.
    Spelling,
    Nickname,
    /// One is the other's first letter.
    Initial,
    /// So many letters apart, of so many.
    Slip {
        letters: usize,
        of: usize,
    },
    /// Two numbers that differ.
    Number,
}

/// Words of one name and those of the other that belong to them.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
    pub(super) how: How,
}

impl Pair {
    /// The share of letters that differ.
    pub(super) fn apart(&self) -> f64 {
        match self.how {
            How::Slip { letters, of } => letters as f64 / of.max(1) as f64,
            _ => 0.0,
        }
    }

    /// How many letters differ.
    pub(super) fn letters(&self) -> usize {
        match self.how {
            How::Slip { letters, .. } => letters,
            _ => 0,
        }
    }

    /// What is preferred comes first.
    fn cost(&self) -> f64 {
        let divided = if self.a.len() == self.b.len() {
            0.0
        } else {
            0.05
        };
        divided
            + match self.how {
                How::Same => 0.0,
                How::Spelling => 0.1,
                How::Nickname => 0.2,
                How::Slip { .. } => 0.2 + self.apart(),
                How::Initial => 0.5,
                How::Number => 1.0,
            }
    }
}

/// Beyond so large a part of the longer word's letters two words have nothing to do with each other.
const MOST_APART: f64 = 0.45;
/// A name may be printed in so many pieces.
const PIECES: usize = 3;

/// Sets the words of two names against one another, the nearest first; in order of the first name.
pub(super) fn align(a: &Printed, b: &Printed) -> Vec<Pair> {
    let mut all: Vec<Pair> = Vec::new();
    for i in 0..a.words.len() {
        for j in 0..b.words.len() {
            all.extend(word_pair(a, b, i, j));
            for pieces in 2..=PIECES {
                all.extend(joined(a, b, i..i + pieces, j..j + 1));
                all.extend(joined(a, b, i..i + 1, j..j + pieces));
            }
        }
    }
    let apart = |pair: &Pair| pair.a.start.abs_diff(pair.b.start);
    all.sort_by(|x, y| x.cost().total_cmp(&y.cost()).then(apart(x).cmp(&apart(y))));
    let mut chosen: Vec<Pair> = Vec::new();
    for pair in all {
        let meets = |x: &Range<usize>, y: &Range<usize>| x.start < y.end && y.start < x.end;
        if !chosen
            .iter()
            .any(|c| meets(&c.a, &pair.a) || meets(&c.b, &pair.b))
        {
            chosen.push(pair);
        }
    }
    chosen.sort_by_key(|pair| pair.a.start);
    chosen
}

fn word_pair(a: &Printed, b: &Printed, i: usize, j: usize) -> Option<Pair> {
    let (x, y) = (&a.words[i], &b.words[j]);
    let how = match (x.role, y.role) {
        _ if x.text == y.text => How::Same,
        (Role::Number, Role::Number) => How::Number,
        (Role::Name, Role::Name) => name_pair(&x.letters, &y.letters, &x.text, &y.text)?,
        _ => return None,
    };
    Some(Pair {
        a: i..i + 1,
        b: j..j + 1,
        how,
    })
}

fn name_pair(a: &[char], b: &[char], x: &str, y: &str) -> Option<How> {
    if alike(x, y, false).is_some() {
        return Some(How::Spelling);
    }
    let is_one = |short: &[char], long: &[char]| short.len() == 1 && long.first() == short.first();
    if is_one(a, b) || is_one(b, a) {
        return Some(How::Initial);
    }
    if NICKNAMES.get(x).is_some_and(|lines| {
        NICKNAMES
            .get(y)
            .is_some_and(|l| lines.iter().any(|n| l.contains(n)))
    }) {
        return Some(How::Nickname);
    }
    slip(a, b)
}

fn slip(a: &[char], b: &[char]) -> Option<How> {
    // Where a sign is a syllable or a word, one that differs is as much as several letters.
    let is_syllable = |c: &char| matches!(c, '\u{3041}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}');
    let each = if a.iter().chain(b).any(is_syllable) {
        3
    } else {
        1
    };
    let of = a.len().max(b.len()) * each;
    let letters = distance(a, b) * each;
    (letters as f64 <= MOST_APART * of as f64).then_some(How::Slip { letters, of })
}

/// Words printed as one word there.
fn joined(a: &Printed, b: &Printed, i: Range<usize>, j: Range<usize>) -> Option<Pair> {
    let letters = |of: &Printed, range: &Range<usize>| -> Option<Vec<char>> {
        let words = of.words.get(range.clone())?;
        let all = words
            .iter()
            .all(|w| w.role == Role::Name && !w.letters.is_empty());
        all.then(|| {
            words
                .iter()
                .flat_map(|w| w.letters.iter().copied())
                .collect()
        })
    };
    let (x, y) = (letters(a, &i)?, letters(b, &j)?);
    let how = match distance(&x, &y) {
        0 => How::Same,
        1 if x.len().min(y.len()) >= 6 => How::Slip {
            letters: 1,
            of: x.len().max(y.len()),
        },
        _ => return None,
    };
    Some(Pair { a: i, b: j, how })
}

/// How many letters must be put in, left out, replaced or swapped with their neighbour. No word is
/// compared beyond its first letters, which keeps work in step with the length of names.
fn distance(a: &[char], b: &[char]) -> usize {
    const MOST: usize = 40;
    let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
    let mut two_before: Vec<usize> = Vec::new();
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut here = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (before[j] + usize::from(x != y))
                .min(before[j + 1] + 1)
                .min(here[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(two_before[j - 1] + 1);
            }
            here.push(least);
        }
        two_before = std::mem::replace(&mut before, here);
    }
    before.last().copied().unwrap_or(0)
}
