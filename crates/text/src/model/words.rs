//! The vector of a word: what its own row, what is known of it, its pieces and its letter groups give, added and
//! normed.

use super::features;
use super::file::{Malformed, Sections};
use fearless_simd::{Level, dispatch, prelude::*};

/// The tables.
pub(super) struct Words {
    accents: Vec<(char, char)>,
    own: Keyed,
    pieces: Keyed,
    groups: Table,
    known: Known,
    /// What the words' codes for names say.
    named: Steps,
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
/// thousand million words, and a layer that makes of a code what is added to the word's vector. A second code is for
/// names alone.
struct Known {
    keys: Keys,
    steps: Steps,
    /// From what stands between to the word's vector, a row each.
    out: Vec<f32>,
    scales: Vec<f32>,
    width: usize,
}

/// Short hashes of words, sorted: the lower halves, and where those of each upper half begin.
struct Keys {
    starts: Vec<u32>,
    lower: Vec<u16>,
}

impl Keys {
    /// Reads `known.b`, the starts and last the number of words, and `known.k`.
    fn read(file: &Sections<'_>) -> Result<Keys, Malformed> {
        let fit = || Malformed("the keys of known words do not fit".into());
        let (starts, rest) = file.bytes("known.b")?.as_chunks::<4>();
        let starts: Vec<u32> = starts.iter().map(|n| u32::from_le_bytes(*n)).collect();
        let (lower, more) = file.bytes("known.k")?.as_chunks::<2>();
        let lower: Vec<u16> = lower.iter().map(|n| u16::from_le_bytes(*n)).collect();
        let all = starts.last().and_then(|n| usize::try_from(*n).ok());
        let whole = rest.is_empty() && more.is_empty() && all == Some(lower.len());
        if !whole || !starts.is_sorted() {
            return Err(fit());
        }
        Ok(Keys { starts, lower })
    }

    fn len(&self) -> usize {
        self.lower.len()
    }

    /// Where the word with that hash stands.
    fn place(&self, hash: features::Hash) -> Option<usize> {
        let (upper, lower) = hash.short();
        let upper = usize::from(upper);
        let from = *self.starts.get(upper)? as usize;
        let to = *self.starts.get(upper + 1)? as usize;
        let found = self.lower.get(from..to)?.binary_search(&lower);
        found.ok().map(|at| from + at)
    }
}

/// Codes of words, and a layer over them.
struct Steps {
    /// In the order of the keys: four bits a number, the lower half of a byte first.
    codes: Vec<u8>,
    /// Bytes of a code.
    size: usize,
    bias: Vec<f32>,
    /// What each step of each number of a code adds: sixteen rows a number, multiplied out, since they are added for
    /// every word.
    rows: Vec<f32>,
}

impl Steps {
    /// Reads `CODES`, `LAYER.w`, `LAYER.s` and `LAYER.b`, for as many words.
    fn read(
        file: &Sections<'_>,
        codes: &str,
        layer: &str,
        words: usize,
    ) -> Result<Steps, Malformed> {
        let codes = file.bytes(codes)?.to_vec();
        let bias = file.floats(&format!("{layer}.b"))?;
        let table = Table::read(file, layer, bias.len())?;
        let numbers = table.scales.len();
        if numbers % 2 != 0 || words.checked_mul(numbers / 2) != Some(codes.len()) {
            return Err(Malformed("the codes of known words do not fit".into()));
        }
        let mut rows = vec![0.0; numbers * 16 * bias.len()];
        let each = (0..numbers).flat_map(|row| (0..16).map(move |bits| (row, bits)));
        for ((row, bits), into) in each.zip(rows.chunks_mut(bias.len().max(1))) {
            table.add(row, step(bits), into);
        }
        Ok(Steps {
            codes,
            size: numbers / 2,
            bias,
            rows,
        })
    }

    /// What the layer makes of the code of the word at a key's place, where nothing is below zero.
    #[inline(always)]
    fn of(&self, at: usize) -> Option<Vec<f32>> {
        let code = self.codes.get(at * self.size..(at + 1) * self.size)?;
        let mut sums = self.bias.clone();
        let bits = code.iter().flat_map(|byte| [byte & 15, byte >> 4]);
        let numbers = self.rows.chunks_exact((16 * self.bias.len()).max(1));
        for (bits, rows) in bits.zip(numbers) {
            let from = usize::from(bits) * self.bias.len();
            let row = rows.get(from..from + self.bias.len()).unwrap_or_default();
            for (sum, part) in sums.iter_mut().zip(row) {
                *sum += *part;
            }
        }
        sums.iter_mut().for_each(|sum| *sum = sum.max(0.0));
        Some(sums)
    }
}

impl Known {
    fn read(file: &Sections<'_>, width: usize) -> Result<Known, Malformed> {
        let fit = || Malformed("the codes of known words do not fit".into());
        let keys = Keys::read(file)?;
        let steps = Steps::read(file, "known.c", "known.wide", keys.len())?;
        let out = Table::read(file, "known.out", width)?;
        if out.scales.len() != steps.bias.len() {
            return Err(fit());
        }
        Ok(Known {
            keys,
            steps,
            out: out.values.iter().map(|value| f32::from(*value)).collect(),
            scales: out.scales,
            width,
        })
    }

    /// Adds what is known of the word at a place.
    #[inline(always)]
    fn add(&self, at: usize, into: &mut [f32]) {
        let middle = self.steps.of(at).unwrap_or_default();
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
    #[inline(always)]
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
        let known = Known::read(file, width)?;
        Ok(Words {
            named: Steps::read(file, "named.c", "named", known.keys.len())?,
            known,
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

    /// Numbers of it with what is known of a word for names.
    pub fn width_for_names(&self) -> usize {
        self.width() + self.named.bias.len()
    }

    /// The vector of a word, and after it what is known of the word for names.
    pub fn vector(&self, word: &str) -> Vec<f32> {
        // Each number by itself: wider instructions give the same.
        dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || self.vector_of(word)
        ))
    }

    #[inline(always)]
    fn vector_of(&self, word: &str) -> Vec<f32> {
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
        let known = self.known.keys.place(key);
        if let Some(at) = known {
            self.known.add(at, &mut vector);
        }
        for row in features::groups(word, &folded) {
            self.groups.add(row as usize, 1.0, &mut vector);
        }
        self.norm(&mut vector);
        if let Some(named) = known.and_then(|at| self.named.of(at)) {
            vector.extend(named);
        }
        vector.resize(self.width_for_names(), 0.0);
        vector
    }

    /// Mean 0 and variance 1, then a gain and a bias for each number.
    #[inline(always)]
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
