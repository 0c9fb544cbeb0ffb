//! From scores of heads to a tree: each word's best head, with one root and without circles
//! (Chu and Liu, Edmonds).

use std::ops::Range;

/// The index of the highest and its score; the first of several, and of none that is a number the first.
pub(super) fn highest(scores: &[f32]) -> (usize, f32) {
    // The highest of each lane, so that many are compared at once.
    let more = |a: f32, b: f32| if b > a { b } else { a };
    let mut lanes = [f32::NEG_INFINITY; 8];
    let (chunks, rest) = scores.as_chunks::<8>();
    for chunk in chunks {
        for (lane, score) in lanes.iter_mut().zip(chunk) {
            *lane = more(*lane, *score);
        }
    }
    let highest = lanes.iter().chain(rest).copied();
    let highest = highest.fold(f32::NEG_INFINITY, more);
    let first = scores.iter().position(|score| *score == highest);
    (first.unwrap_or(0), highest)
}

/// Scores of heads: `of(word, head)`, both counted from 1; head 0 is the root. A square, row by word.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores {
    /// Words, and one for the root.
    n: usize,
    values: Vec<f32>,
}

impl Scores {
    pub fn new(words: usize) -> Scores {
        let n = words + 1;
        Scores {
            n,
            values: vec![f32::NEG_INFINITY; n * n],
        }
    }

    pub fn set(&mut self, word: usize, head: usize, score: f32) {
        if let Some(value) = self.values.get_mut(word * self.n + head)
            && word != head
        {
            *value = score;
        }
    }

    fn of(&self, word: usize, head: usize) -> f32 {
        let value = self.values.get(word * self.n + head);
        value.copied().unwrap_or(f32::NEG_INFINITY)
    }

    /// Sets the scores of a word's heads, the root first.
    pub fn set_all(&mut self, word: usize, scores: impl Iterator<Item = f32>) {
        let row = self.values.iter_mut().skip(word * self.n).take(self.n);
        for (head, (value, score)) in row.zip(scores).enumerate() {
            if head != word {
                *value = score;
            }
        }
    }

    /// The best head and its score; the first of several. Words without any have the root.
    fn best(&self, word: usize, heads: Range<usize>) -> (usize, f32) {
        let from = heads.start;
        let row = word * self.n + heads.start..word * self.n + heads.end;
        let (at, score) = highest(self.values.get(row).unwrap_or_default());
        match score {
            f32::NEG_INFINITY => (0, score),
            _ => (from + at, score),
        }
    }

    /// The head of each word, the first word's first: a tree with one root.
    pub fn heads(mut self) -> Vec<usize> {
        let n = self.n;
        // The root's word is the one that loses most by any other head.
        let gain = |word| self.of(word, 0) - self.best(word, 1..n).1;
        let root = (1..n).fold((0, f32::NEG_INFINITY), |best, word| {
            let gain = gain(word);
            if best.0 == 0 || gain > best.1 {
                (word, gain)
            } else {
                best
            }
        });
        for word in 1..n {
            let heads = if word == root.0 { 1..n } else { 0..1 };
            heads.for_each(|head| self.set(word, head, f32::NEG_INFINITY));
        }
        let mut heads = tree(&self);
        if !heads.is_empty() {
            heads.remove(0);
        }
        heads
    }
}

/// The best tree; the root's own entry is 0.
fn tree(scores: &Scores) -> Vec<usize> {
    let n = scores.n;
    let mut heads: Vec<usize> = (0..n).map(|word| scores.best(word, 0..n).0).collect();
    if let Some(root) = heads.first_mut() {
        *root = 0;
    }
    let Some(circle) = circle(&heads) else {
        return heads;
    };
    // The circle becomes one word; the tree of what is left says where it is broken.
    let mut inside = vec![false; n];
    circle.iter().for_each(|word| inside[*word] = true);
    let outside: Vec<usize> = (0..n).filter(|word| !inside[*word]).collect();
    let whole = outside.len();
    let mut less = Scores::new(whole);
    let mut ways_in = vec![0; whole];
    let mut ways_out = vec![0; whole];
    for (at, &word) in outside.iter().enumerate() {
        if at > 0 {
            for (to, &head) in outside.iter().enumerate() {
                less.set(at, to, scores.of(word, head));
            }
            let (score, by) = best(circle.iter().map(|c| (scores.of(word, *c), *c)));
            less.set(at, whole, score);
            ways_out[at] = by;
        }
        let loss = |c: usize| scores.of(c, word) - scores.of(c, heads[c]);
        let (score, by) = best(circle.iter().map(|c| (loss(*c), *c)));
        less.set(whole, at, score);
        ways_in[at] = by;
    }
    let found = tree(&less);
    for (at, &word) in outside.iter().enumerate().skip(1) {
        heads[word] = match outside.get(found[at]) {
            Some(head) => *head,
            None => ways_out[at],
        };
    }
    // `found` cannot hang the circle on itself.
    let from = found[whole].min(whole - 1);
    heads[ways_in[from]] = outside[from];
    heads
}

/// The first of the highest.
fn best(ways: impl Iterator<Item = (f32, usize)>) -> (f32, usize) {
    ways.reduce(|best, way| if way.0 > best.0 { way } else { best })
        .unwrap_or((f32::NEG_INFINITY, 0))
}

/// Words that are each other's heads, if any are.
fn circle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0: not seen; otherwise the walk that saw it.
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let first = at;
            let mut circle = vec![first];
            at = heads[at];
            while at != first {
                circle.push(at);
                at = heads[at];
            }
            return Some(circle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows of words, columns of heads, the root first.
    fn check(rows: &[&[f32]], expected: &[usize]) {
        let mut scores = Scores::new(rows.len());
        for (word, row) in rows.iter().enumerate() {
            for (head, score) in row.iter().enumerate() {
                scores.set(word + 1, head, *score);
            }
        }
        assert_eq!(scores.heads(), expected);
    }

    #[test]
    fn trees() {
        check(&[], &[]);
        check(&[&[1.0, 0.0]], &[0]);
        check(&[&[5.0, 0.0, 1.0], &[4.0, 3.0, 0.0]], &[0, 1]);
        // Two words that want each other: the circle is broken where it costs least.
        check(
            &[
                &[9.0, 0.0, 0.0, 0.0],
                &[0.0, 3.0, 0.0, 8.0],
                &[0.0, 6.0, 8.0, 0.0],
            ],
            &[0, 3, 1],
        );
    }

    fn is_tree(heads: &[usize]) -> bool {
        let one_root = heads.iter().filter(|head| **head == 0).count() == 1;
        one_root
            && (0..heads.len()).all(|start| {
                let mut at = start + 1;
                for _ in 0..=heads.len() {
                    if at == 0 {
                        return true;
                    }
                    at = heads[at - 1];
                }
                false
            })
    }

    fn total(values: &[f32], n: usize, heads: &[usize]) -> f32 {
        let each = heads.iter().enumerate();
        each.map(|(w, h)| values[(w + 1) * (n + 1) + h]).sum()
    }

    fn every_tree(n: usize) -> Vec<Vec<usize>> {
        let all = (0..(n + 1).pow(n as u32)).map(|mut code| {
            (0..n)
                .map(|_| {
                    let head = code % (n + 1);
                    code /= n + 1;
                    head
                })
                .collect::<Vec<usize>>()
        });
        all.filter(|heads| is_tree(heads)).collect()
    }

    proptest! {
        #[test]
        fn always_a_tree(n in 1usize..12, values in prop::collection::vec(-9f32..9.0, 144)) {
            let mut scores = Scores::new(n);
            for word in 1..=n {
                (0..=n).for_each(|head| scores.set(word, head, values[word * 12 + head - head / 12]));
            }
            prop_assert!(is_tree(&scores.heads()));
        }

        #[test]
        fn the_best_with_its_root(values in prop::collection::vec(-9f32..9.0, 25)) {
            let n = 4;
            let mut scores = Scores::new(n);
            for word in 1..=n {
                (0..=n).for_each(|head| scores.set(word, head, values[word * 5 + head]));
            }
            let found = scores.heads();
            let root = found.iter().position(|head| *head == 0);
            let best = every_tree(n)
                .into_iter()
                .filter(|heads| heads.iter().position(|head| *head == 0) == root)
                .map(|heads| total(&values, n, &heads))
                .fold(f32::NEG_INFINITY, f32::max);
            prop_assert!((total(&values, n, &found) - best).abs() < 1e-3);
        }
    }
}
