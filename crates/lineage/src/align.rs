//! What two reports share: runs of the same words, and sentences told in other words.

use crate::words::{Sentence, Words, shingles};
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
/// Whole paragraphs that less than so much of either report shares with another are standing text of
/// a publisher where what is left of the two has little in common: so large a part of the fewer
/// content words; or somewhat more, but few of the names and numbers. Of fewer words nothing is said.
const STANDING_PART: f64 = 0.5;
const UNRELATED: f64 = 0.17;
const HARDLY_RELATED: f64 = 0.22;
const UNRELATED_MARKED: f64 = 0.17;
const CONTENT_FROM: usize = 20;
const MARKED_FROM: usize = 8;
/// A shingle that occurs more often than this in one report is a refrain and seeds no run.
const REFRAIN: usize = 16;
/// A sentence may retell another where they share so many content words, of so much weight, and so
/// large a part of the content of both together.
const SHARED: usize = 3;
const WEIGHT: f64 = 1.2;
const PART: f64 = 0.2;
/// Sentences with fewer content words are not compared.
const CONTENT: usize = 4;
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
    /// What their shared content words weigh, and what part that is of the content of `b`.
    pub weight: f64,
    pub part_of_b: f64,
    /// How many shared content words are names or numbers.
    pub marked: usize,
}

/// What two reports share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// In the order of `b`, not overlapping there.
    pub passages: Vec<Passage>,
    /// Sentences outside the passages that retell one another in the same order in both reports:
    /// of all such selections the one that shares most. Each sentence is used once.
    pub retold: Vec<Retold>,
    /// What all sentences outside the passages weigh.
    pub free_of_a: f64,
    pub free_of_b: f64,
}

/// Aligns two reports.
pub(crate) fn align(a: &Words, b: &Words) -> Alignment {
    let mut passages = passages(a, b, &runs(a, b));
    let (known_a, known_b, common) = content(a, b);
    let free_a = free(a, passages.iter().map(|p| &p.a), &known_a);
    let free_b = free(b, passages.iter().map(|p| &p.b), &known_b);
    drop_standing_paragraphs(&mut passages, (a, &free_a), (b, &free_b));
    let weight = |free: &[Free]| free.iter().map(|sentence| sentence.weight).sum();
    Alignment {
        passages,
        retold: retold(a, b, common, &free_a, &free_b),
        free_of_a: weight(&free_a),
        free_of_b: weight(&free_b),
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

/// Drops the paragraphs that two reports of different matters share: what a publisher says of itself
/// on all its pages, wherever they stand. What others said is quoted in any context.
fn drop_standing_paragraphs(
    passages: &mut Vec<Passage>,
    (a, free_a): (&Words, &[Free]),
    (b, free_b): (&Words, &[Free]),
) {
    let part = |same: usize, words: &Words| same as f64 / words.words.len().max(1) as f64;
    let same = passages.iter().map(|p| p.same).sum();
    if passages.is_empty() || part(same, a).max(part(same, b)) >= STANDING_PART {
        return;
    }
    let is_little = |words: fn(&Sentence) -> &Vec<u64>, least: usize, most: f64| {
        let (one, two) = (distinct(a, free_a, words), distinct(b, free_b, words));
        let fewer = one.len().min(two.len());
        let common = one.iter().filter(|w| two.binary_search(w).is_ok()).count();
        fewer >= least && (common as f64) < most * fewer.max(1) as f64
    };
    if is_little(|s| &s.content, CONTENT_FROM, UNRELATED)
        || is_little(|s| &s.content, CONTENT_FROM, HARDLY_RELATED)
            && is_little(|s| &s.marked, MARKED_FROM, UNRELATED_MARKED)
    {
        let is_quoted = |p: &Passage| p.quoted * 2 >= p.same;
        passages.retain(|p| is_quoted(p) || !is_paragraphs(&p.a, a) || !is_paragraphs(&p.b, b));
    }
}

/// The words of the sentences that no passage covers, sorted, each once.
fn distinct(words: &Words, free: &[Free], of: fn(&Sentence) -> &Vec<u64>) -> Vec<u64> {
    let sentences = free.iter().map(|free| &words.sentences[free.at]);
    let mut all: Vec<u64> = sentences.flat_map(|s| of(s).iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Are these words whole paragraphs, give or take a few words at either end?
fn is_paragraphs(range: &Range<usize>, words: &Words) -> bool {
    let first = (words.blocks).partition_point(|block| block.end <= range.start + EDGE);
    let past = (words.blocks).partition_point(|block| block.start + EDGE < range.end);
    match (
        words.blocks.get(first),
        words.blocks.get(past.wrapping_sub(1)),
    ) {
        (Some(first), Some(last)) => {
            range.start <= first.start + EDGE && range.end + EDGE >= last.end
        }
        _ => false,
    }
}

/// Pairs the sentences that no passage covers with those of the other report, in the order of both.
fn retold(a: &Words, b: &Words, common: usize, free_a: &[Free], free_b: &[Free]) -> Vec<Retold> {
    // Which of the free sentences of `a` each shared word stands in.
    let mut stands_in: Vec<Vec<usize>> = vec![Vec::new(); common];
    for (at, sentence) in free_a.iter().enumerate() {
        for word in &sentence.common {
            stands_in[word.0].push(at);
        }
    }
    let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
    let mut sums = vec![(0, 0.0); free_a.len()];
    let mut met: Vec<usize> = Vec::new();
    for (here, two) in free_b.iter().enumerate() {
        for word in &two.common {
            for at in &stands_in[word.0] {
                if sums[*at].0 == 0 {
                    met.push(*at);
                }
                sums[*at].0 += 1;
                sums[*at].1 += word.1;
            }
        }
        // The last first, so that sentences of `a` that go with one of `b` do not follow one another.
        met.sort_unstable_by(|x, y| y.cmp(x));
        for at in met.drain(..) {
            let (count, weight) = std::mem::take(&mut sums[at]);
            let both = free_a[at].weight + two.weight;
            if count >= SHARED && weight >= WEIGHT && 2.0 * weight >= PART * both {
                pairs.push((at, here, weight));
            }
        }
    }
    let pair = |at: &usize| -> Retold {
        let (one, two, weight) = (&free_a[pairs[*at].0], &free_b[pairs[*at].1], pairs[*at].2);
        let (in_a, in_b) = (&a.sentences[one.at], &b.sentences[two.at]);
        Retold {
            a: one.at,
            b: two.at,
            weight,
            part_of_b: weight / two.weight,
            marked: (in_a.marked.iter())
                .filter(|word| in_b.marked.binary_search(word).is_ok())
                .count(),
        }
    };
    heaviest_rise(&pairs, free_a.len())
        .iter()
        .map(pair)
        .collect()
}

/// Of pairs in the order of their second places, the last first places first, those that rise in
/// both places and weigh most together.
fn heaviest_rise(pairs: &[(usize, usize, f64)], places: usize) -> Vec<usize> {
    // A tree over the first places: for each stretch that ends there, the heaviest selection that
    // ends within, as its weight and its last pair.
    let mut tree: Vec<(f64, usize)> = vec![(0.0, usize::MAX); places + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut best = (0.0, usize::MAX);
    for (at, (first, _, weight)) in pairs.iter().enumerate() {
        let mut under = (0.0, usize::MAX);
        let mut node = *first;
        while node > 0 {
            if tree[node].0 > under.0 {
                under = tree[node];
            }
            node &= node - 1;
        }
        before[at] = under.1;
        let here = (under.0 + weight, at);
        if here.0 > best.0 {
            best = here;
        }
        let mut node = first + 1;
        while node <= places {
            if here.0 > tree[node].0 {
                tree[node] = here;
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut chosen: Vec<usize> = std::iter::successors(Some(best.1), |at| before.get(*at).copied())
        .take_while(|at| *at < pairs.len())
        .collect();
    chosen.reverse();
    chosen
}

/// A sentence that no passage covers.
struct Free {
    /// Which.
    at: usize,
    /// Its content words that the other report has too, by their numbers among those, with weights.
    common: Vec<(usize, f64)>,
    /// What all its content words weigh.
    weight: f64,
}

fn free<'p>(
    words: &Words,
    passages: impl Iterator<Item = &'p Range<usize>>,
    known: &[Content],
) -> Vec<Free> {
    let mut covered = vec![0; words.words.len()];
    for range in passages {
        covered[range.clone()].fill(1_usize);
    }
    let mut free = Vec::new();
    for (at, sentence) in words.sentences.iter().enumerate() {
        let inside: usize = covered[sentence.words.clone()].iter().sum();
        if sentence.content.len() < CONTENT || inside * 2 >= sentence.words.len() {
            continue;
        }
        let content = sentence.content.iter().filter_map(|word| {
            let at = words.content.binary_search_by_key(word, |(word, _)| *word);
            known.get(at.ok()?)
        });
        let (mut weight, mut common) = (0.0, Vec::new());
        for content in content {
            weight += content.weight;
            common.extend(content.common.map(|number| (number, content.weight)));
        }
        free.push(Free { at, common, weight });
    }
    free
}

/// A content word of one report beside the other.
struct Content {
    /// Its number among the words that both have.
    common: Option<usize>,
    weight: f64,
}

/// The content words of both reports, in order, and how many they share. What a story is about
/// stands in many sentences and says little of who tells it: a word weighs the less, the more
/// sentences of either report it stands in.
fn content(a: &Words, b: &Words) -> (Vec<Content>, Vec<Content>, usize) {
    let rarity = |sentences: u32| 1.0 / f64::from(sentences.max(1)).sqrt();
    let alone = |(_, sentences): &(u64, u32)| Content {
        common: None,
        weight: rarity(*sentences),
    };
    let mut in_a: Vec<Content> = a.content.iter().map(alone).collect();
    let mut in_b: Vec<Content> = b.content.iter().map(alone).collect();
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(one), Some(two)) = (a.content.get(i), b.content.get(j)) {
        if one.0 == two.0 {
            let sentences = one.1.max(two.1);
            let common = (sentences <= EVERYWHERE).then_some(count);
            count += usize::from(common.is_some());
            for content in [&mut in_a[i], &mut in_b[j]] {
                content.common = common;
                content.weight = rarity(sentences);
            }
        }
        i += usize::from(one.0 <= two.0);
        j += usize::from(two.0 <= one.0);
    }
    (in_a, in_b, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rises() {
        assert_eq!(heaviest_rise(&[], 0), [0; 0]);
        let pairs = [
            (3, 0, 1.0),
            (1, 1, 1.0),
            (2, 2, 1.0),
            (5, 3, 1.0),
            (4, 3, 1.5),
        ];
        assert_eq!(heaviest_rise(&pairs, 6), [1, 2, 4]);
        // One heavy pair outweighs two that rise; of one sentence, one pair.
        let pairs = [(2, 0, 5.0), (0, 0, 1.0), (1, 1, 1.0)];
        assert_eq!(heaviest_rise(&pairs, 3), [0]);
    }
}
