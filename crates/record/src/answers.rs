//! Answers that many outlets give to one question → groups of those that say the same.
//!
//! Two answers are near each other by the words of content that they share, words of one meaning
//! counting as one, each the more the fewer answers have it. Short answers share few words even where
//! they say the same, so what decides is how alike their nearness to all answers is: "smuggling of
//! people" and "human trafficking" are each near "smuggling and human trafficking". Groups grow from
//! the nearest on (average linkage).

use crate::words::{TABLES, any, is_stop, meaning, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// No more answers than this are grouped at once: time grows with the third power of their number.
pub const MOST_ANSWERS: usize = 1000;
/// Two groups whose answers are on average less alike than this stay two. Set by two questions.
const ALIKE: f64 = 0.2;

/// For each answer the number of its group; groups are numbered by their first answers. What the
/// question says itself counts only where an answer says nothing else. An answer that denies and one
/// that does not share nothing. The order of answers changes nothing but the numbers. Answers beyond
/// the first [`MOST_ANSWERS`] stand alone.
pub fn group_answers(question: &str, answers: &[&str]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..answers.len().min(MOST_ANSWERS)).collect();
    order.sort_by_key(|at| answers[*at]);
    let asked = meanings(question);
    let said: Vec<Said> = order
        .iter()
        .map(|at| Said::of(answers[*at], &asked))
        .collect();
    let mut group_of: Vec<usize> = (0..answers.len()).collect();
    for group in linked(alike(&near(&said))) {
        let members: Vec<usize> = group.iter().map(|at| order[*at]).collect();
        let first = members.iter().min().copied().unwrap_or_default();
        members.iter().for_each(|at| group_of[*at] = first);
    }
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for first in &group_of {
        let next = numbers.len();
        numbers.entry(*first).or_insert(next);
    }
    group_of
        .iter()
        .filter_map(|first| numbers.get(first).copied())
        .collect()
}

/// What an answer says.
struct Said {
    words: BTreeSet<String>,
    denies: bool,
}

impl Said {
    fn of(answer: &str, asked: &BTreeSet<String>) -> Said {
        let all = meanings(answer);
        let own: BTreeSet<String> = all.difference(asked).cloned().collect();
        Said {
            words: if own.is_empty() { all } else { own },
            denies: any(&TABLES.negations, answer),
        }
    }
}

fn meanings(text: &str) -> BTreeSet<String> {
    let words = tokens(text).into_iter().filter(|word| !is_stop(word));
    words.map(|word| meaning(&word)).collect()
}

type Square = Vec<Vec<f64>>;

/// How near each two answers are by their words, from 0 to 1.
fn near(said: &[Said]) -> Square {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for word in said.iter().flat_map(|said| &said.words) {
        *counts.entry(word).or_default() += 1;
    }
    let all = said.len() as f64;
    let rarity = |word: &String| (1.0 + all / counts.get(word).copied().unwrap_or(1) as f64).ln();
    let sums: Vec<f64> = said
        .iter()
        .map(|said| said.words.iter().map(rarity).sum())
        .collect();
    let between = |i: usize, j: usize| {
        if i == j {
            return 1.0;
        }
        let shared: f64 = said[i].words.intersection(&said[j].words).map(rarity).sum();
        let both = (sums[i] * sums[j]).sqrt();
        if both == 0.0 || said[i].denies != said[j].denies {
            return 0.0;
        }
        shared / both
    };
    (0..said.len())
        .map(|i| (0..said.len()).map(|j| between(i, j)).collect())
        .collect()
}

/// How alike the nearness of each two to all is: the cosine.
fn alike(near: &Square) -> Square {
    let dot = |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(a, b)| a * b).sum() };
    let lengths: Vec<f64> = near.iter().map(|row| dot(row, row).sqrt()).collect();
    let cosine = |i: usize, j: usize| dot(&near[i], &near[j]) / (lengths[i] * lengths[j]);
    (0..near.len())
        .map(|i| (0..near.len()).map(|j| cosine(i, j)).collect())
        .collect()
}

/// Joins the two groups that are most alike on average, until none are alike enough.
fn linked(mut alike: Square) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..alike.len()).map(|at| vec![at]).collect();
    while let Some((i, j)) = most_alike(&alike, &groups) {
        let (of_i, of_j) = (groups[i].len() as f64, groups[j].len() as f64);
        let mean = |(x, y): (&f64, &f64)| (of_i * x + of_j * y) / (of_i + of_j);
        let means: Vec<f64> = alike[i].iter().zip(&alike[j]).map(mean).collect();
        for (row, mean) in alike.iter_mut().zip(&means) {
            row[i] = *mean;
        }
        alike[i] = means;
        let joined = std::mem::take(&mut groups[j]);
        groups[i].extend(joined);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn most_alike(alike: &Square, groups: &[Vec<usize>]) -> Option<(usize, usize)> {
    let mut most = None;
    let mut least = ALIKE;
    let left: Vec<usize> = (0..groups.len())
        .filter(|at| !groups[*at].is_empty())
        .collect();
    for (at, &i) in left.iter().enumerate() {
        for &j in &left[at + 1..] {
            if alike[i][j] >= least && (most.is_none() || alike[i][j] > least) {
                least = alike[i][j];
                most = Some((i, j));
            }
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_say_the_same_in_other_words() {
        let answers = [
            "to stop the smuggling of rifles",
            "because the harbour tax had not been paid",
            "weapons trafficking, and the smuggling of rifles",
            "to curb weapons trafficking",
            "an unpaid harbour tax",
            "no rifles were smuggled",
        ];
        let groups = group_answers("Why did Orsk close the bridge?", &answers);
        assert_eq!(groups[0], groups[2]);
        assert_eq!(groups[2], groups[3]);
        assert_ne!(groups[0], groups[1]);
        assert_ne!(groups[0], groups[5]);
        let turned: Vec<&str> = answers.iter().rev().copied().collect();
        let mut back = group_answers("Why did Orsk close the bridge?", &turned);
        back.reverse();
        for i in 0..answers.len() {
            for j in 0..answers.len() {
                assert_eq!(groups[i] == groups[j], back[i] == back[j]);
            }
        }
    }

    #[test]
    fn any_number_of_answers() {
        assert!(group_answers("Why?", &[]).is_empty());
        assert_eq!(group_answers("", &["", "", "why"]).len(), 3);
        let many = vec!["the bridge fell"; MOST_ANSWERS + 2];
        assert_eq!(group_answers("What fell?", &many).len(), many.len());
    }
}
