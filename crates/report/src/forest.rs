//! Boosted decision trees over a row of numbers: how they are written, read and asked.

use std::fmt::Write;

/// A forest: the sum of its trees' answers, as a share between 0 and 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    base: f32,
    trees: Vec<Vec<Node>>,
}

/// The trees in the form in which many rows are asked fast: leaves lead to themselves, so that every
/// row takes as many steps in a tree, and none has to wait for another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ready {
    base: f32,
    nodes: Vec<Node>,
    /// Of each tree, its first node and how many steps it takes.
    trees: Vec<(usize, usize)>,
}

impl Ready {
    /// Makes a forest ready.
    pub fn new(forest: &Forest) -> Ready {
        let mut ready = Ready {
            base: forest.base,
            ..Ready::default()
        };
        for tree in &forest.trees {
            let mut steps = vec![0usize; tree.len()];
            let mut nodes = tree.clone();
            for (at, node) in nodes.iter_mut().enumerate().rev() {
                let further = |next: u16| {
                    let next = usize::from(next);
                    (steps.get(next).copied()).filter(|_| next > at)
                };
                let taken = match (node.feature, further(node.below), further(node.above)) {
                    (Some(_), Some(below), Some(above)) => 1 + below.max(above),
                    (feature, _, _) => {
                        node.value = if feature.is_some() { 0.0 } else { node.value };
                        (node.below, node.above) = (at as u16, at as u16);
                        0
                    }
                };
                if let Some(place) = steps.get_mut(at) {
                    *place = taken;
                }
            }
            let first = steps.first().copied().unwrap_or(0);
            ready.trees.push((ready.nodes.len(), first));
            ready.nodes.extend(nodes);
        }
        ready
    }

    /// The log odds for rows.
    pub fn odds<R: AsRef<[f32]>>(&self, rows: &[R]) -> Vec<f32> {
        let mut sums = vec![self.base; rows.len()];
        for (first, steps) in &self.trees {
            let Some(tree) = self.nodes.get(*first..) else {
                continue;
            };
            for (row, sum) in rows.iter().zip(&mut sums) {
                let row = row.as_ref();
                let mut at = 0usize;
                for _ in 0..*steps {
                    let Some(node) = tree.get(at) else { break };
                    let feature = usize::from(node.feature.unwrap_or(0));
                    let number = row.get(feature).copied().unwrap_or(0.0);
                    let next = if number <= node.value {
                        node.below
                    } else {
                        node.above
                    };
                    at = usize::from(next);
                }
                *sum += tree.get(at).map_or(0.0, |leaf| leaf.value);
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
        let rows = [vec![0.0, 3.0], vec![9.0, 2.5], vec![]];
        assert_eq!(Ready::new(&forest).odds(&rows), [0.75, -1.5, -1.5]);
        let text = forest.write();
        assert_eq!(text, "-0.5\n1:2.5:1:2 -1 1.25\n");
        assert_eq!(Forest::read(&text), Some(forest));
        assert_eq!(Forest::read("x"), None);
    }
}
