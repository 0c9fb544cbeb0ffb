//! The vector of a word: what its own row, what is known of it, its pieces and its letter groups give, added and
//! normed.

use super::features;
use super::file::{Malformed, Sections};

/// The tables.
pub(super) struct Words {
    accents: Vec<(char, char)>,
    own: Keyed,
    pieces: Keyed,
    groups: Table,
    known: Known,
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

/// What is known of words that the sentences taught little of: a code for each, from vectors that were learned of six
/// thousand million words, and a layer that makes of a code what is added to the word's vector.
struct Known {
    /// The words' short hashes, sorted.
    keys: Vec<u32>,
    /// Codes in the order of the keys: four bits a number, the lower half of a byte first.
    codes: Vec<u8>,
    /// Numbers of a code.
    size: usize,
    bias: Vec<f32>,
    /// What each step of each number of a code adds: sixteen rows a number, multiplied out, since they are added for
    /// every word.
    steps: Vec<f32>,
    /// From what stands between to the word's vector, a row each.
    out: Vec<f32>,
    scales: Vec<f32>,
    width: usize,
}

impl Known {
    fn read(file: &Sections<'_>, width: usize) -> Result<Known, Malformed> {
        let fit = || Malformed("the codes of known words do not fit".into());
        let (keys, rest) = file.bytes("known.k")?.as_chunks::<4>();
        let keys: Vec<u32> = keys.iter().map(|k| u32::from_le_bytes(*k)).collect();
        let codes = file.bytes("known.c")?.to_vec();
        let bias = file.floats("known.wide.b")?;
        let wide = Table::read(file, "known.wide", bias.len())?;
        let out = Table::read(file, "known.out", width)?;
        let size = wide.scales.len();
        let sizes = [size % 2, rest.len(), codes.len(), out.scales.len()];
        if sizes != [0, 0, keys.len() * (size / 2), bias.len()] || !keys.is_sorted() {
            return Err(fit());
        }
        let numbers = (0..size).flat_map(|row| (0..16).map(move |bits| (row, bits)));
        let mut steps = vec![0.0; size * 16 * bias.len()];
        for ((row, bits), into) in numbers.zip(steps.chunks_mut(bias.len().max(1))) {
            wide.add(row, step(bits), into);
        }
        Ok(Known {
            keys,
            codes,
            size,
            bias,
            steps,
            out: out.values.iter().map(|value| f32::from(*value)).collect(),
            scales: out.scales,
            width,
        })
    }

    /// Adds what is known of the word with that hash.
    fn add(&self, hash: features::Hash, into: &mut [f32]) {
        let size = self.size / 2;
        let found = self.keys.binary_search(&hash.short()).ok();
        let code = found.and_then(|at| self.codes.get(at * size..(at + 1) * size));
        let (Some(code), false) = (code, self.bias.is_empty()) else {
            return;
        };
        let mut middle = self.bias.clone();
        let bits = code.iter().flat_map(|byte| [byte & 15, byte >> 4]);
        let numbers = self.steps.chunks_exact(16 * self.bias.len());
        for (bits, steps) in bits.zip(numbers) {
            let from = usize::from(bits) * self.bias.len();
            let row = steps.get(from..from + self.bias.len()).unwrap_or_default();
            for (sum, part) in middle.iter_mut().zip(row) {
                *sum += *part;
            }
        }
        let rows = self.out.chunks_exact(self.width.max(1));
        for ((factor, scale), row) in middle.iter().zip(&self.scales).zip(rows) {
            if *factor > 0.0 {
                let factor = factor * scale;
                for (into, value) in into.iter_mut().zip(row) {
                    *into += factor * value;
                }
            }
        }
    }
}

/// What four bits stand for: sixteen steps from -1 to 1.
fn step(bits: u8) -> f32 {
    (f32::from(bits) - 7.5) / 7.5
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
            known: Known::read(file, width)?,
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
        self.known.add(key, &mut vector);
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
