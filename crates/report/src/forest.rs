//! Boosted decision trees over a row of numbers: how they are written, read and asked.

use std::fmt::Write;

/// A forest: the sum of its trees' answers, as a share between 0 and 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    base: f32,
    trees: Vec<Vec<Node>>,
}

/// How many numbers a tree asks at most.
const DEPTH: usize = 5;

/// How many answers a tree of that depth has.
const LEAVES: usize = 1 << DEPTH;

/// The trees in the form in which many rows are asked fast: every tree asks as often, and what it asks
/// next follows from the place and the answer, so that no row has to wait for another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ready {
    base: f32,
    trees: Vec<Full>,
}

/// A tree filled up to the full depth: below place `n` are `2n` and `2n + 1`, the root is 1. An answer
/// that stands higher up is reached by asking what no number is above.
#[derive(Clone, Debug, PartialEq)]
struct Full {
    features: [u16; LEAVES],
    limits: [f32; LEAVES],
    answers: [f32; LEAVES],
}

impl Full {
    /// Fills up a tree; `None` where it is deeper or points backwards.
    fn new(tree: &[Node]) -> Option<Full> {
        let mut full = Full {
            features: [0; LEAVES],
            limits: [f32::INFINITY; LEAVES],
            answers: [0.0; LEAVES],
        };
        let mut open = vec![(0usize, 1usize)];
        while let Some((at, place)) = open.pop() {
            let node = tree.get(at)?;
            if place >= LEAVES {
                let answer = full.answers.get_mut(place - LEAVES)?;
                *answer = node.feature.is_none().then_some(node.value)?;
                continue;
            }
            let next = match node.feature {
                None => [at, at],
                Some(feature) => {
                    *full.features.get_mut(place)? = feature;
                    *full.limits.get_mut(place)? = node.value;
                    [usize::from(node.below), usize::from(node.above)]
                }
            };
            let onwards = node.feature.is_none() || next.iter().all(|next| *next > at);
            open.extend(onwards.then_some([(next[0], place * 2), (next[1], place * 2 + 1)])?);
        }
        Some(full)
    }

    fn answer(&self, row: &[f32]) -> f32 {
        // The mask is none: it tells the compiler that every place is one.
        const MASK: usize = LEAVES - 1;
        let mut at = 1usize;
        for _ in 0..DEPTH {
            let feature = self.features.get(at & MASK).copied().unwrap_or(0);
            let limit = self.limits.get(at & MASK).copied().unwrap_or(0.0);
            let number = row.get(usize::from(feature)).copied().unwrap_or(0.0);
            at = at * 2 + usize::from(number > limit);
        }
        self.answers.get(at & MASK).copied().unwrap_or(0.0)
    }
}

impl Ready {
    /// Makes a forest ready; `None` where a tree asks more than five numbers.
    pub fn new(forest: &Forest) -> Option<Ready> {
        let trees: Option<Vec<Full>> = forest.trees.iter().map(|tree| Full::new(tree)).collect();
        Some(Ready {
            base: forest.base,
            trees: trees?,
        })
    }

    /// The log odds for rows of so many numbers each.
    pub fn odds(&self, rows: &[f32], width: usize) -> Vec<f32> {
        let rows = rows.chunks_exact(width.max(1));
        let mut sums = vec![self.base; rows.len()];
        for tree in &self.trees {
            for (row, sum) in rows.clone().zip(&mut sums) {
                *sum += tree.answer(row);
            }
        }
        sums
    }
}

/// A node of a tree: asks one number, or answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Which number is asked; of a leaf, none.
    pub feature: Option<u16>,
    /// At most this: go to `below`, else to `above`. Of a leaf, its answer.
    pub value: f32,
    /// Where to go, by place in the tree.
    pub below: u16,
    /// Where to go otherwise.
    pub above: u16,
}

impl Forest {
    /// A forest that answers `base` (log odds) until trees are added.
    pub fn new(base: f32) -> Forest {
        Forest {
            base,
            trees: vec![],
        }
    }

    /// Adds a tree; its first node is its root, and every node points further on.
    pub fn push(&mut self, tree: Vec<Node>) {
        self.trees.push(tree);
    }

    /// The log odds for a row.
    pub fn odds(&self, row: &[f32]) -> f32 {
        let mut sum = self.base;
        for tree in &self.trees {
            let mut at = 0usize;
            while let Some(node) = tree.get(at) {
                match node.feature {
                    None => {
                        sum += node.value;
                        break;
                    }
                    Some(feature) => {
                        let number = row.get(usize::from(feature)).copied().unwrap_or(0.0);
                        let next = if number <= node.value {
                            node.below
                        } else {
                            node.above
                        };
                        // Written forests only point onwards; one that does not ends here.
                        if usize::from(next) <= at {
                            break;
                        }
                        at = usize::from(next);
                    }
                }
            }
        }
        sum
    }

    /// The share for a row: 0 surely not, 1 surely.
    pub fn share(&self, row: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.odds(row)).exp())
    }

    /// The forest as text: the base, then a tree a line, its nodes divided by blanks: a leaf is its
    /// answer, another `feature:value:below:above`.
    pub fn write(&self) -> String {
        let mut out = format!("{}\n", self.base);
        for tree in &self.trees {
            for (at, node) in tree.iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                let _ = match node.feature {
                    None => write!(out, "{}", node.value),
                    Some(feature) => {
                        write!(
                            out,
                            "{feature}:{}:{}:{}",
                            node.value, node.below, node.above
                        )
                    }
                };
            }
            out.push('\n');
        }
        out
    }

    /// Reads what [`Forest::write`] writes; `None` where it is not that.
    pub fn read(text: &str) -> Option<Forest> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut forest = Forest::new(lines.next()?.parse().ok()?);
        for line in lines {
            let mut tree = vec![];
            for node in line.split(' ') {
                let mut parts = node.split(':');
                let first = parts.next()?;
                tree.push(match parts.next() {
                    None => Node {
                        feature: None,
                        value: first.parse().ok()?,
                        below: 0,
                        above: 0,
                    },
                    Some(value) => Node {
                        feature: Some(first.parse().ok()?),
                        value: value.parse().ok()?,
                        below: parts.next()?.parse().ok()?,
                        above: parts.next()?.parse().ok()?,
                    },
                });
            }
            forest.push(tree);
        }
        Some(forest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_read_and_asked() {
        let mut forest = Forest::new(-0.5);
        let leaf = |value: f32| Node {
            feature: None,
            value,
            below: 0,
            above: 0,
        };
        forest.push(vec![
            Node {
                feature: Some(1),
                value: 2.5,
                below: 1,
                above: 2,
            },
            leaf(-1.0),
            leaf(1.25),
        ]);
        assert_eq!(forest.odds(&[0.0, 3.0]), 0.75);
        assert_eq!(forest.odds(&[9.0, 2.5]), -1.5);
        assert_eq!(forest.odds(&[]), -1.5);
        let ready = Ready::new(&forest).unwrap();
        assert_eq!(ready.odds(&[0.0, 3.0, 9.0, 2.5], 2), [0.75, -1.5]);
        assert_eq!(ready.odds(&[3.0], 1), [-1.5]);
        assert!(ready.odds(&[], 0).is_empty());
        let text = forest.write();
        assert_eq!(text, "-0.5\n1:2.5:1:2 -1 1.25\n");
        assert_eq!(Forest::read(&text), Some(forest));
        assert_eq!(Forest::read("x"), None);
    }

    #[test]
    fn trees_of_any_shape_answer_alike_or_not_at_all() {
        let read = |text: &str| Forest::read(text).unwrap();
        for (text, ready) in [
            ("0\n0.5\n", true),
            ("0\n0:1:1:2 1:1:3:4 0.25 0.5 1:0:5:6 2 3\n", true),
            (
                "0\n0:1:1:2 1:1:3:4 9 0:0:5:6 8 1:0:7:8 7 0:-2:9:10 6 1 2\n",
                true,
            ),
            (
                "0\n0:1:1:2 1:1:3:4 9 0:0:5:6 8 1:0:7:8 7 0:-2:9:10 6 0:1:11:12 2 3 4\n",
                false,
            ),
            ("0\n0:1:0:1 0.5\n", false),
            ("0\n0:1:1:9 0.5\n", false),
        ] {
            let forest = read(text);
            let made = Ready::new(&forest);
            assert_eq!(made.is_some(), ready, "{text}");
            for row in [[-1.0, 2.0], [1.0, 0.5], [2.0, 1.5], [0.5, -3.0]] {
                if let Some(made) = &made {
                    assert_eq!(made.odds(&row, 2), [forest.odds(&row)], "{text} {row:?}");
                }
            }
        }
    }
}
