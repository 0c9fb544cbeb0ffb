//! What two reports share: runs of the same words, and sentences told in other words.

use crate::words::{Words, shingles};
use std::ops::Range;

/// A shared run must have so many words of its own, alone or with others close by.
pub(crate) const RUN: usize = 8;
/// So many same words in a row begin a run; shorter than a passage, since a passage may be several
/// runs with small changes between them.
const SEED: usize = 5;
/// Runs with at most so many other words between them, in both reports, are one passage.
const GAP: usize = 6;
/// A passage shorter than this that stands at the foot of both reports, give or take so many words,
/// is a standing line and not copied.
const STANDING: usize = 30;
const EDGE: usize = 3;
/// A shingle that occurs more often than this in one report is a refrain and seeds no run.
const REFRAIN: usize = 16;
/// A sentence retells another where so large a part of the content words of the longer one is
/// shared, so large a part of the shorter one's, so many of them, and of so much weight.
const LONGER: f64 = 0.25;
const SHORTER: f64 = 0.42;
const SHARED: usize = 4;
const WEIGHT: f64 = 2.4;
/// Sentences are compared only where the reports share so large a part of the smaller one's content
/// words.
const COMMON: f64 = 0.25;
/// A word that stands in more sentences than this counts as not shared.
const EVERYWHERE: u32 = 64;

/// A passage: the same words in both, but for small changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Its words in either report.
    pub a: Range<usize>,
    pub b: Range<usize>,
    /// How many of its words are the same.
    pub same: usize,
    /// How many of the same words stand in quotation marks in either report: where one prints what
    /// was said without marks, it is the speaker's own statement, or the words quoted are its own.
    pub quoted: usize,
    /// How many of the same words are more than names, numbers and function words.
    pub plain: usize,
}

/// Two sentences that say much the same in other words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Retold {
    /// Which sentence of either report.
    pub a: usize,
    pub b: usize,
    /// What part of the content words of `a`, and of `b`, is shared, by weight.
    pub part_of_a: f64,
    pub part_of_b: f64,
    /// How many shared content words are names or numbers.
    pub marked: usize,
}

/// What two reports share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// In the order of `b`, not overlapping there.
    pub passages: Vec<Passage>,
    /// Sentences outside the passages, in the order of `b`, each used once.
    pub retold: Vec<Retold>,
    /// How many of the retold pairs stand in one and the same order in both reports.
    pub in_order: usize,
}

/// Aligns two reports.
pub(crate) fn align(a: &Words, b: &Words) -> Alignment {
    let passages = passages(a, b, &runs(a, b));
    let retold = retold(a, b, &passages);
    let in_order = longest_rise(&retold.iter().map(|r| r.a).collect::<Vec<_>>());
    Alignment {
        passages,
        retold,
        in_order,
    }
}

/// A maximal run of the same words: where it begins in either, and how many.
type Run = (usize, usize, usize);

/// Runs of the same words, in the order of `b`, not overlapping in `b`.
fn runs(a: &Words, b: &Words) -> Vec<Run> {
    let mut places: Vec<(u64, usize)> = shingles(&a.words, SEED).into_iter().zip(0..).collect();
    places.sort_unstable();
    let mut found = Vec::new();
    let mut expected = 0;
    let mut at = 0;
    for (here, shingle) in shingles(&b.words, SEED).iter().enumerate() {
        if here < at {
            continue;
        }
        let seeds = &places[places.partition_point(|(s, _)| s < shingle)..];
        let seeds = &seeds[..seeds.iter().take_while(|(s, _)| s == shingle).count()];
        if seeds.len() > REFRAIN {
            continue;
        }
        let length = |start: usize| {
            let pairs = a.words[start..].iter().zip(&b.words[here..]);
            pairs.take_while(|(x, y)| x.exact == y.exact).count()
        };
        // The longest; of equals the one that goes on where the last one ended.
        let best = (seeds.iter())
            .map(|(_, start)| (length(*start), usize::abs_diff(*start, expected), *start))
            .max_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1)).then(y.2.cmp(&x.2)));
        if let Some((length, _, start)) = best
            && length >= SEED.min(a.words.len()).min(b.words.len())
        {
            found.push((start, here, length));
            expected = start + length;
            at = here + length;
        }
    }
    found
}

/// Joins runs that follow one another closely in both reports, and drops what stays too short.
fn passages(a: &Words, b: &Words, runs: &[Run]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for (start_a, start_b, length) in runs.iter().copied() {
        let quoted = (0..length)
            .filter(|i| a.words[start_a + i].quoted || b.words[start_b + i].quoted)
            .count();
        let plain = (a.words[start_a..start_a + length].iter())
            .filter(|word| word.content.is_some() && !word.marked)
            .count();
        if let Some(last) = passages.last_mut()
            && start_a >= last.a.end
            && start_a - last.a.end <= GAP
            && start_b - last.b.end <= GAP
        {
            last.a.end = start_a + length;
            last.b.end = start_b + length;
            last.same += length;
            last.quoted += quoted;
            last.plain += plain;
        } else {
            passages.push(Passage {
                a: start_a..start_a + length,
                b: start_b..start_b + length,
                same: length,
                quoted,
                plain,
            });
        }
    }
    let whole = RUN.min(a.words.len()).min(b.words.len());
    passages.retain(|p| p.same >= whole && !is_standing(p, a, b));
    passages
}

/// Is it a standing line, printed at the foot of every page: a copyright notice, an invitation to
/// write in? A short passage that ends both reports, and is not all of either.
fn is_standing(passage: &Passage, a: &Words, b: &Words) -> bool {
    let ends = |range: &Range<usize>, words: &Words| range.end + EDGE >= words.words.len();
    let is_all = |range: &Range<usize>, words: &Words| range.start <= EDGE && ends(range, words);
    passage.same < STANDING
        && ends(&passage.a, a)
        && ends(&passage.b, b)
        && !is_all(&passage.a, a)
        && !is_all(&passage.b, b)
}

/// Pairs the sentences that no passage covers with those of the other report that share most
/// content words with them.
fn retold(a: &Words, b: &Words, passages: &[Passage]) -> Vec<Retold> {
    let common = shared_content(a, b);
    let fewer = a.content.len().min(b.content.len());
    if (common.len() as f64) < COMMON * fewer as f64 {
        return Vec::new();
    }
    let free_a = free(a, passages.iter().map(|p| p.a.clone()).collect(), &common);
    let free_b = free(b, passages.iter().map(|p| p.b.clone()).collect(), &common);
    // Which of the free sentences of `a` each shared word stands in.
    let mut stands_in: Vec<Vec<usize>> = vec![Vec::new(); common.len()];
    for (at, sentence) in free_a.iter().enumerate() {
        for word in &sentence.common {
            stands_in[*word].push(at);
        }
    }
    let mut pairs: Vec<(f64, Retold)> = Vec::new();
    let mut sums = vec![(0, 0.0); free_a.len()];
    for two in &free_b {
        sums.fill((0, 0.0));
        for word in &two.common {
            for at in &stands_in[*word] {
                sums[*at].0 += 1;
                sums[*at].1 += common[*word].1;
            }
        }
        for (one, (count, weight)) in free_a.iter().zip(&sums) {
            let (part_of_a, part_of_b) = (weight / one.weight, weight / two.weight);
            if *count >= SHARED
                && *weight >= WEIGHT
                && part_of_a.min(part_of_b) >= LONGER
                && part_of_a.max(part_of_b) >= SHORTER
            {
                let (in_a, in_b) = (&a.sentences[one.at], &b.sentences[two.at]);
                let retold = Retold {
                    a: one.at,
                    b: two.at,
                    part_of_a,
                    part_of_b,
                    marked: (in_a.marked.iter())
                        .filter(|word| in_b.marked.binary_search(word).is_ok())
                        .count(),
                };
                pairs.push((part_of_a + part_of_b, retold));
            }
        }
    }
    best_of(pairs, a.sentences.len(), b.sentences.len())
}

/// The best pairs, each sentence in one of them at most, in the order of `b`.
fn best_of(mut pairs: Vec<(f64, Retold)>, len_a: usize, len_b: usize) -> Vec<Retold> {
    pairs.sort_by(|x, y| (y.0.total_cmp(&x.0)).then_with(|| (x.1.a, x.1.b).cmp(&(y.1.a, y.1.b))));
    let (mut used_a, mut used_b) = (vec![false; len_a], vec![false; len_b]);
    let mut kept: Vec<Retold> = Vec::new();
    for (_, pair) in pairs {
        if !used_a[pair.a] && !used_b[pair.b] {
            used_a[pair.a] = true;
            used_b[pair.b] = true;
            kept.push(pair);
        }
    }
    kept.sort_by_key(|pair| pair.b);
    kept
}

/// A sentence that no passage covers.
struct Free {
    /// Which.
    at: usize,
    /// Its content words that the other report has too, as places in the list of those.
    common: Vec<usize>,
    /// What all its content words weigh.
    weight: f64,
}

fn free(words: &Words, covered: Vec<Range<usize>>, common: &[(u64, f64)]) -> Vec<Free> {
    let mut free = Vec::new();
    for (at, sentence) in words.sentences.iter().enumerate() {
        let range = &sentence.words;
        let inside: usize = covered.iter().map(|c| overlap(c, range)).sum();
        if sentence.content.len() < SHARED || inside * 2 >= range.len() {
            continue;
        }
        let common_words: Vec<usize> = (sentence.content.iter())
            .filter_map(|word| common.binary_search_by_key(word, |(word, _)| *word).ok())
            .collect();
        let others = (sentence.content.len() - common_words.len()) as f64;
        let shared: f64 = common_words.iter().map(|word| common[*word].1).sum();
        free.push(Free {
            at,
            common: common_words,
            weight: others + shared,
        });
    }
    free
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// The content words that both reports have, sorted, with their weights. What a story is about
/// stands in many sentences and says little of who tells it: a word weighs the less, the more
/// sentences of either report it stands in.
fn shared_content(a: &Words, b: &Words) -> Vec<(u64, f64)> {
    let count_in_b = |word: &u64| {
        let at = b.content.binary_search_by_key(word, |(word, _)| *word);
        at.ok().map(|at| b.content[at].1)
    };
    (a.content.iter())
        .filter_map(|(word, in_a)| Some((*word, count_in_b(word)?.max(*in_a))))
        .filter(|(_, sentences)| *sentences <= EVERYWHERE)
        .map(|(word, sentences)| (word, 1.0 / f64::from(sentences).sqrt()))
        .collect()
}

/// The length of the longest rising selection.
fn longest_rise(values: &[usize]) -> usize {
    let mut tails: Vec<usize> = Vec::new();
    for value in values {
        let at = tails.partition_point(|tail| tail < value);
        match tails.get_mut(at) {
            Some(tail) => *tail = *value,
            None => tails.push(*value),
        }
    }
    tails.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rises() {
        assert_eq!(longest_rise(&[]), 0);
        assert_eq!(longest_rise(&[3, 1, 2, 5, 4]), 3);
    }
}
