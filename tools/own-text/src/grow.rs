//! Gradient boosting of shallow trees for a yes or no, over numbers sorted into bins.

use rapporteur_report::learn::{Forest, Node};

/// So many forests are grown, each by other chances; what they say together hangs less on any of them.
const FORESTS: u64 = 5;
/// How many trees each has.
const TREES: usize = 50;
/// Of a hundred rows, how many a tree sees; and of a hundred numbers.
const ROWS: u64 = 60;
const COLUMNS: u64 = 20;
const DEPTH: usize = 5;
const RATE: f32 = 0.18;
/// The least weight of a leaf.
const LEAST: f64 = 12.0;
/// How much weight of no answer every leaf has beside its own.
const SMOOTH: f64 = 6.0;

/// Rows of numbers with what is true of each and how much it weighs.
#[derive(Default)]
pub struct Rows {
    columns: Vec<Vec<f32>>,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

impl Rows {
    /// Adds a row.
    pub fn push(&mut self, row: &[f32], label: f32, weight: f32) {
        self.columns.resize(row.len(), vec![]);
        for (column, number) in self.columns.iter_mut().zip(row) {
            column.push(*number);
        }
        self.labels.push(label);
        self.weights.push(weight);
    }
}

const BINS: usize = 64;

/// A column as bins, with each bin's upper limit.
struct Binned {
    limits: Vec<f32>,
    bins: Vec<u8>,
}

fn bin(column: &[f32]) -> Binned {
    let mut sorted: Vec<f32> = column.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut limits: Vec<f32> = vec![];
    let mut distinct = sorted.clone();
    distinct.dedup();
    if distinct.len() <= BINS {
        for pair in distinct.windows(2) {
            limits.push((pair[0] + pair[1]) / 2.0);
        }
    } else {
        for at in 1..BINS {
            let value = sorted[at * sorted.len() / BINS];
            if limits.last().is_none_or(|last| *last < value) {
                limits.push(value);
            }
        }
    }
    let bins = column
        .iter()
        .map(|value| limits.partition_point(|limit| *limit < *value) as u8)
        .collect();
    Binned { limits, bins }
}

/// A generator of numbers that look random and are always the same.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn is(&mut self, percent: u64) -> bool {
        (self.next() >> 20) % 100 < percent
    }
}

/// Grows a forest.
pub fn grow(rows: &Rows) -> Forest {
    let columns: Vec<Binned> = rows.columns.iter().map(|column| bin(column)).collect();
    let total: f32 = rows.weights.iter().sum();
    let yes: f32 = rows
        .labels
        .iter()
        .zip(&rows.weights)
        .map(|(label, weight)| label * weight)
        .sum();
    let base = (yes / (total - yes)).ln();
    let mut forest = Forest::new(base);
    for number in 0..FORESTS {
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ (number * 97) << 20);
        let trees = run(rows, &columns, base, &mut chance);
        trees.into_iter().for_each(|tree| forest.push(tree));
    }
    forest
}

/// The trees of one forest, their answers in its share of all.
fn run(rows: &Rows, columns: &[Binned], base: f32, chance: &mut Chance) -> Vec<Vec<Node>> {
    let count = rows.labels.len();
    let mut trees = vec![];
    let mut odds = vec![base; count];
    let mut slope = vec![0.0f32; count];
    let mut curve = vec![0.0f32; count];
    for _ in 0..TREES {
        for at in 0..count {
            let share = 1.0 / (1.0 + (-odds[at]).exp());
            slope[at] = rows.weights[at] * (rows.labels[at] - share);
            curve[at] = rows.weights[at] * (share * (1.0 - share)).max(1e-6);
        }
        let sample: Vec<u32> = (0..count as u32).filter(|_| chance.is(ROWS)).collect();
        let used: Vec<usize> = (0..columns.len()).filter(|_| chance.is(COLUMNS)).collect();
        let tree = tree(columns, &used, sample, &slope, &curve);
        for (at, odds) in odds.iter_mut().enumerate() {
            *odds += answer(&tree, columns, at);
        }
        trees.push(tree.iter().map(|node| node.written(columns)).collect());
    }
    trees
}

/// A node over bins.
#[derive(Clone, Copy)]
struct Split {
    feature: Option<usize>,
    bin: u8,
    value: f32,
    below: u16,
    above: u16,
}

impl Split {
    fn leaf(value: f32) -> Split {
        Split {
            feature: None,
            bin: 0,
            value,
            below: 0,
            above: 0,
        }
    }

    fn written(&self, columns: &[Binned]) -> Node {
        Node {
            feature: self.feature.map(|feature| feature as u16),
            value: match self.feature {
                Some(feature) => columns[feature].limits[usize::from(self.bin)],
                // Four digits are enough, and keep the file small.
                None => (self.value / FORESTS as f32 * 10_000.0).round() / 10_000.0,
            },
            below: self.below,
            above: self.above,
        }
    }
}

fn answer(tree: &[Split], columns: &[Binned], row: usize) -> f32 {
    let mut at = 0;
    loop {
        let node = &tree[at];
        let Some(feature) = node.feature else {
            return node.value;
        };
        at = usize::from(if columns[feature].bins[row] <= node.bin {
            node.below
        } else {
            node.above
        });
    }
}

fn tree(
    columns: &[Binned],
    used: &[usize],
    rows: Vec<u32>,
    slope: &[f32],
    curve: &[f32],
) -> Vec<Split> {
    let mut nodes = vec![Split::leaf(0.0)];
    let mut open = vec![(0usize, rows, 0usize)];
    while let Some((at, rows, depth)) = open.pop() {
        let g: f64 = rows.iter().map(|row| f64::from(slope[*row as usize])).sum();
        let h: f64 = rows.iter().map(|row| f64::from(curve[*row as usize])).sum();
        nodes[at] = Split::leaf((g / (h + SMOOTH)) as f32 * RATE);
        if depth == DEPTH || h < 2.0 * LEAST {
            continue;
        }
        let mut best = (1e-3, 0usize, 0usize);
        for feature in used {
            let column = &columns[*feature];
            if column.limits.is_empty() {
                continue;
            }
            let mut sums = [(0.0f64, 0.0f64); BINS];
            for row in &rows {
                let sum = &mut sums[usize::from(column.bins[*row as usize])];
                sum.0 += f64::from(slope[*row as usize]);
                sum.1 += f64::from(curve[*row as usize]);
            }
            let (mut left_g, mut left_h) = (0.0, 0.0);
            for (bin, sum) in sums.iter().take(column.limits.len()).enumerate() {
                left_g += sum.0;
                left_h += sum.1;
                let right_h = h - left_h;
                if left_h < LEAST || right_h < LEAST {
                    continue;
                }
                let right_g = g - left_g;
                let gain = left_g * left_g / (left_h + SMOOTH)
                    + right_g * right_g / (right_h + SMOOTH)
                    - g * g / (h + SMOOTH);
                if gain > best.0 {
                    best = (gain, *feature, bin);
                }
            }
        }
        let (gain, feature, bin) = best;
        if gain <= 1e-3 {
            continue;
        }
        let (below, above): (Vec<u32>, Vec<u32>) = rows
            .into_iter()
            .partition(|row| usize::from(columns[feature].bins[*row as usize]) <= bin);
        let next = nodes.len();
        nodes[at] = Split {
            feature: Some(feature),
            bin: bin as u8,
            value: 0.0,
            below: next as u16,
            above: next as u16 + 1,
        };
        nodes.push(Split::leaf(0.0));
        nodes.push(Split::leaf(0.0));
        open.push((next, below, depth + 1));
        open.push((next + 1, above, depth + 1));
    }
    nodes
}
