//! Reports into running stories.
//!
//! Reports are taken in the order of their days. Each joins the story whose reports share most of its rare
//! words with it, where that is enough for the days between them; else it begins a story. Then stories
//! that turn out to be one are joined, and what is said of a report follows from the set of reports alone.

use crate::words::Words;
use rapporteur_model::{Date, Masthead, Report};
use std::collections::{BTreeMap, BTreeSet};

// Of these the two likenesses, the half-life, how many words and how many reports were tried at a few values
// each on news-cluster (bench/stories.py); the others are first guesses.

/// How many of a report's heaviest words are compared.
const HEAVIEST: usize = 200;
/// What a name or number weighs more than another word.
const MARKED: f64 = 1.6;
/// How alike a report and a story must be.
const ALIKE: f64 = 0.13;
/// How alike two stories must be to be one.
const ONE: f64 = 0.12;
/// A story's most similar reports that count.
const NEAREST: usize = 4;
/// In how many days likeness counts for a half.
const HALF_LIFE: f64 = 60.0;
/// In more reports than this a word says nothing of the story; keeps work in step with the reports.
const COMMON: usize = 400;

/// For each report the number of its story, from 0, in order of the stories' first reports.
pub fn stories(reports: &[&Report]) -> Vec<usize> {
    let vectors = vectors(reports);
    let days: Vec<Option<f64>> = reports.iter().map(|report| day(report)).collect();
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by(|a, b| {
        let key = |at: usize| days[at].unwrap_or(f64::INFINITY);
        (key(*a).total_cmp(&key(*b))).then_with(|| reports[*a].id().cmp(reports[*b].id()))
    });
    let mut by_word: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut story_of: Vec<usize> = vec![usize::MAX; reports.len()];
    let mut alike_pairs: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
    let mut count = 0;
    for at in order {
        let mut likeness: BTreeMap<usize, f64> = BTreeMap::new();
        for (word, weight) in &vectors[at] {
            for other in by_word.get(word).into_iter().flatten() {
                let theirs = &vectors[*other];
                if let Ok(found) = theirs.binary_search_by_key(word, |(word, _)| *word) {
                    *likeness.entry(*other).or_default() += weight * theirs[found].1;
                }
            }
        }
        let mut by_story: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for (other, alike) in likeness {
            let apart = match (days[at], days[other]) {
                (Some(a), Some(b)) => (a - b).abs(),
                _ => 0.0,
            };
            let alike = alike * 0.5_f64.powf(apart / HALF_LIFE);
            by_story.entry(story_of[other]).or_default().push(alike);
        }
        let scored = by_story
            .into_iter()
            .map(|(story, all)| (nearest(all), story));
        let mut scored: Vec<(f64, usize)> = scored.collect();
        // Of two as alike the older story.
        scored.sort_by(|(a, i), (b, j)| b.total_cmp(a).then(i.cmp(j)));
        let story = match scored.first() {
            Some((alike, story)) if *alike >= ALIKE => *story,
            _ => {
                count += 1;
                count - 1
            }
        };
        for (alike, other) in scored.iter().filter(|(_, other)| *other != story) {
            let pair = (story.min(*other), story.max(*other));
            alike_pairs.entry(pair).or_default().push(*alike);
        }
        story_of[at] = story;
        for (word, _) in &vectors[at] {
            let all = by_word.entry(*word).or_default();
            if all.len() < COMMON {
                all.push(at);
            }
        }
    }
    joined(&mut story_of, &alike_pairs, count);
    story_of
}

/// The mean of the greatest few.
fn nearest(mut all: Vec<f64>) -> f64 {
    all.sort_by(|a, b| b.total_cmp(a));
    all.truncate(NEAREST);
    #[expect(clippy::cast_precision_loss)]
    let count = all.len().max(1) as f64;
    all.iter().sum::<f64>() / count
}

/// Joins stories whose reports are alike on the whole, and numbers the stories anew.
fn joined(story_of: &mut [usize], alike_pairs: &BTreeMap<(usize, usize), Vec<f64>>, count: usize) {
    let mut into: Vec<usize> = (0..count).collect();
    let root = |into: &[usize], mut at: usize| {
        while into[at] != at {
            at = into[at];
        }
        at
    };
    for ((one, other), all) in alike_pairs {
        #[expect(clippy::cast_precision_loss)]
        let mean = all.iter().sum::<f64>() / all.len().max(1) as f64;
        if all.len() > 1 && mean >= ONE {
            let (a, b) = (root(&into, *one), root(&into, *other));
            into[a.max(b)] = a.min(b);
        }
    }
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for story in (0..count).map(|story| root(&into, story)) {
        let next = numbers.len();
        numbers.entry(story).or_insert(next);
    }
    for story in story_of.iter_mut() {
        *story = numbers.get(&root(&into, *story)).copied().unwrap_or(0);
    }
}

/// The day of publication, counted in days; `None`: not known.
fn day(report: &Report) -> Option<f64> {
    let when = report.masthead().published.when?;
    Some(f64::from(days_since(when.earliest)))
}

fn days_since(date: Date) -> i32 {
    // Days of a proleptic calendar: enough to tell how far two are apart.
    let (year, month) = (i32::from(date.year()), i32::from(date.month()));
    year * 365 + year / 4 + month * 61 / 2 + i32::from(date.day())
}

/// Each report's heaviest words with their weights, in order of the words; of length one.
fn vectors(reports: &[&Report]) -> Vec<Vec<(u64, f64)>> {
    let counts: Vec<Vec<(u64, f64)>> = reports.iter().map(|report| counts(report)).collect();
    let mut seen_in: BTreeMap<u64, usize> = BTreeMap::new();
    for (word, _) in counts.iter().flatten() {
        *seen_in.entry(*word).or_default() += 1;
    }
    #[expect(clippy::cast_precision_loss)]
    let rarity = |word: &u64| {
        let seen = seen_in.get(word).copied().unwrap_or(1) as f64;
        (1.0 + reports.len() as f64 / seen).ln()
    };
    (counts.into_iter())
        .map(|counts| {
            let mut vector: Vec<(u64, f64)> = (counts.into_iter())
                .map(|(word, count)| (word, count * rarity(&word)))
                .collect();
            vector.sort_by(|(i, a), (j, b)| b.total_cmp(a).then(i.cmp(j)));
            vector.truncate(HEAVIEST);
            let length = vector
                .iter()
                .map(|(_, weight)| weight * weight)
                .sum::<f64>()
                .sqrt();
            for (_, weight) in &mut vector {
                *weight /= length.max(f64::MIN_POSITIVE);
            }
            vector.sort_by_key(|(word, _)| *word);
            vector
        })
        .collect()
}

/// How much each word of its headline and text says in its report: damped, names and numbers more.
fn counts(report: &Report) -> Vec<(u64, f64)> {
    let headline = report.masthead().title.clone().unwrap_or_default();
    let headline = Report::new(Masthead::default(), headline, vec![]);
    let (text, headline) = (Words::of(report), Words::of(&headline));
    let sentences = || text.sentences.iter().chain(&headline.sentences);
    let marked: BTreeSet<u64> = sentences().flat_map(|s| s.marked.iter().copied()).collect();
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    for (word, count) in text.content.iter().chain(&headline.content) {
        *counts.entry(*word).or_default() += count;
    }
    (counts.into_iter())
        .map(|(word, count)| {
            let more = if marked.contains(&word) { MARKED } else { 1.0 };
            (word, more * (1.0 + f64::from(count).ln()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::stories;
    use proptest::prelude::*;
    use rapporteur_model::{How, Masthead, Published, Report, When};

    fn report(day: &str, body: &str) -> Report {
        let when = day.parse().ok().map(When::day);
        let published = Published {
            when,
            how: How::Given,
        };
        let masthead = Masthead {
            published,
            ..Masthead::default()
        };
        Report::new(masthead, body.to_string(), vec![])
    }

    fn check(reports: &[(&str, &str)], want: &[usize]) {
        let reports: Vec<Report> = reports
            .iter()
            .map(|(day, body)| report(day, body))
            .collect();
        let all: Vec<&Report> = reports.iter().collect();
        assert_eq!(stories(&all), want);
        // Whatever the order in which they are given.
        let turned: Vec<&Report> = reports.iter().rev().collect();
        let mut found = stories(&turned);
        found.reverse();
        assert_eq!(found, want);
    }

    const TALKS: &str = "Envoys of Norland met the Velkan delegation in Port Lenn to discuss a truce. Mediator Ada Brisk said the talks in Port Lenn would go on.";
    const MORE_TALKS: &str = "The Velkan delegation left Port Lenn without a truce on Tuesday. Ada Brisk, the mediator, blamed nobody for the end of the talks with Norland.";
    const FLOOD: &str = "Heavy rain flooded two valleys near Ostbruck. Villagers were taken to schools, the mayor Jan Orsolo said, and bridges were closed.";

    #[test]
    fn reports_of_one_story_and_of_another() {
        check(
            &[
                ("2031-03-01", TALKS),
                ("2031-03-02", FLOOD),
                ("2031-03-03", MORE_TALKS),
            ],
            &[0, 1, 0],
        );
        check(&[("", TALKS), ("", TALKS)], &[0, 0]);
        check(&[], &[]);
    }

    #[test]
    fn the_same_words_years_later_are_another_story() {
        check(
            &[("2031-03-01", TALKS), ("2038-03-01", MORE_TALKS)],
            &[0, 1],
        );
    }

    proptest! {
        #[test]
        fn every_report_has_a_story(bodies in prop::collection::vec("(\\PC{0,8} (Velka|army|talks|rain) ){0,12}", 0..8)) {
            let reports: Vec<Report> = bodies.iter().map(|body| report("2031-03-01", body)).collect();
            let all: Vec<&Report> = reports.iter().collect();
            let found = stories(&all);
            prop_assert_eq!(found.len(), all.len());
            prop_assert!(found.iter().all(|story| *story < all.len()));
        }
    }
}
