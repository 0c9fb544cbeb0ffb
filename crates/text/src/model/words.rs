//! The vector of a word: what its own row, its pieces and its letter groups give, added and normed.

use super::features;
use super::file::{Malformed, Sections};

/// The tables.
pub(super) struct Words {
    accents: Vec<(char, char)>,
    own: Keyed,
    pieces: Keyed,
    groups: Table,
    unknown: usize,
    gain: Vec<f32>,
    bias: Vec<f32>,
}

/// Rows of eight-bit numbers with a scale each.
struct Table {
    values: Vec<i8>,
    scales: Vec<f32>,
    width: usize,
}

/// A table whose rows are found by the sorted hashes of what they stand for.
struct Keyed {
    keys: Vec<u64>,
    table: Table,
}

impl Table {
    fn read(file: &Sections<'_>, name: &str, width: usize) -> Result<Table, Malformed> {
        let values = file.bytes(&format!("{name}.w"))?;
        let scales = file.floats(&format!("{name}.s"))?;
        if scales.len().checked_mul(width) != Some(values.len()) {
            return Err(Malformed(format!("table {name} has another size")));
        }
        Ok(Table {
            values: values.iter().map(|b| b.cast_signed()).collect(),
            scales,
            width,
        })
    }

    /// Adds a row times a factor; a row that is not there adds nothing.
    fn add(&self, row: usize, factor: f32, into: &mut [f32]) {
        let values = row
            .checked_mul(self.width)
            .and_then(|start| self.values.get(start..start + self.width));
        if let (Some(values), Some(scale)) = (values, self.scales.get(row)) {
            let factor = factor * scale;
            for (into, value) in into.iter_mut().zip(values) {
                *into += factor * f32::from(*value);
            }
        }
    }
}

impl Keyed {
    fn read(file: &Sections<'_>, name: &str, width: usize) -> Result<Keyed, Malformed> {
        let keys = file.hashes(&format!("{name}.k"))?;
        let table = Table::read(file, name, width)?;
        if keys.len() != table.scales.len() || !keys.is_sorted() {
            return Err(Malformed(format!("the keys of table {name} do not fit")));
        }
        Ok(Keyed { keys, table })
    }
}

impl Words {
    pub fn read(file: &Sections<'_>) -> Result<Words, Malformed> {
        let gain = file.floats("norm.g")?;
        let bias = file.floats("norm.b")?;
        let width = gain.len();
        let groups = Table::read(file, "group", width)?;
        if bias.len() != width || groups.scales.len() as u64 != features::ROWS {
            return Err(Malformed("the tables of words do not fit together".into()));
        }
        let pair = |line: &str| {
            let mut chars = line.chars();
            chars.next().zip(chars.next())
        };
        let mut accents: Vec<(char, char)> =
            file.text("accents")?.lines().filter_map(pair).collect();
        accents.sort_unstable();
        let pieces = Keyed::read(file, "piece", width)?;
        let unknown = features::Hash::START.text("[UNK]".chars());
        Ok(Words {
            accents,
            own: Keyed::read(file, "own", width)?,
            unknown: pieces.keys.binary_search(&unknown.0).unwrap_or(usize::MAX),
            pieces,
            groups,
            gain,
            bias,
        })
    }

    /// Numbers of a word's vector.
    pub fn width(&self) -> usize {
        self.gain.len()
    }

    /// The vector of a word.
    pub fn vector(&self, word: &str) -> Vec<f32> {
        let mut folded = Vec::new();
        features::fold(word, &self.accents, &mut folded);
        let mut rows = Vec::new();
        features::pieces(&folded, &self.pieces.keys, &mut rows);
        if rows.is_empty() {
            rows.push(self.unknown);
        }
        let mut vector = vec![0.0; self.width()];
        let share = 1.0 / rows.len() as f32;
        for row in rows {
            self.pieces.table.add(row, share, &mut vector);
        }
        let key = features::Hash::START.text(folded.iter().copied());
        if let Ok(row) = self.own.keys.binary_search(&key.0) {
            self.own.table.add(row, 1.0, &mut vector);
        }
        for row in features::groups(word, &folded) {
            self.groups.add(row as usize, 1.0, &mut vector);
        }
        self.norm(&mut vector);
        vector
    }

    /// Mean 0 and variance 1, then a gain and a bias for each number.
    fn norm(&self, vector: &mut [f32]) {
        let n = vector.len() as f32;
        let mean = vector.iter().sum::<f32>() / n;
        let variance = vector.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / n;
        let by = 1.0 / (variance + 1e-5).sqrt();
        for ((v, gain), bias) in vector.iter_mut().zip(&self.gain).zip(&self.bias) {
            *v = (*v - mean) * by * gain + bias;
        }
    }
}
