//! Matrix times vector, in whole numbers: the same result on every processor, and fast on all.
//!
//! Weights have eight bits and a scale a row; a vector is rounded to fourteen bits and a scale. The
//! products are added as 32-bit integers, which cannot overflow below a thousand inputs.

use super::file::{Malformed, Sections};
use fearless_simd::{Level, dispatch, f32x16, i16x32, i32x16, prelude::*};
use std::ops::Range;

/// The largest rounded value of a vector.
const LARGEST: f32 = 8191.0;
/// 1.5 × 2²³: adding it leaves a number's nearest integer in the lowest bits.
const NEAREST: f32 = 12_582_912.0;
/// Inputs are filled up with zeros to a multiple of this, so that no loop has a rest.
const STEP: usize = 64;
/// Outputs of a register: their weights lie side by side, two inputs at a time.
const BLOCK: usize = 16;
/// Blocks that are computed together, so that each input is used twice.
const BLOCKS: usize = 2;
/// More inputs could overflow.
const MOST_INPUTS: usize = 1024;

/// Rows of whole numbers, each with its scale: `value = scale × whole`.
#[derive(Clone, Debug, Default)]
pub(super) struct Whole {
    values: Vec<i16>,
    scales: Vec<f32>,
    /// Numbers of a row.
    length: usize,
    /// The same, filled up.
    width: usize,
}

impl Whole {
    /// No rows, for vectors of this length.
    pub fn clear(&mut self, length: usize) {
        // Where rows are as long as before, new ones are written over the old, and what fills them up stays zero.
        if self.length != length {
            self.values.clear();
        }
        self.scales.clear();
        self.length = length;
        self.width = length.max(1).next_multiple_of(STEP);
    }

    /// Room for so many rows, and no more.
    pub fn reserve(&mut self, rows: usize) {
        let more = (rows * self.width).saturating_sub(self.values.len());
        self.values.reserve_exact(more);
        self.scales.reserve_exact(rows);
    }

    /// Rounds vectors that lie one after the other.
    pub fn set(&mut self, vectors: &[f32], length: usize) {
        self.clear(length);
        self.extend(vectors, length);
    }

    /// Rounds further vectors, which lie one after the other.
    pub fn extend(&mut self, vectors: &[f32], length: usize) {
        let from = self.scales.len();
        let count = vectors.len() / length;
        let (start, end) = (from * self.width, (from + count) * self.width);
        if self.values.len() < end {
            self.values.resize(end, 0);
        }
        self.scales.resize(from + count, 0.0);
        let (rows, scales) = (&mut self.values[start..], &mut self.scales[from..]);
        let width = self.width;
        dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || {
                let rows = rows.chunks_exact_mut(width).zip(scales);
                for (vector, (row, scale)) in vectors.chunks_exact(length).zip(rows) {
                    *scale = round(vector, row);
                }
            }
        ));
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// A row and its scale; nothing where there is none.
    pub fn row(&self, at: usize) -> (&[i16], f32) {
        let Some(scale) = self.scales.get(at) else {
            return (&[], 0.0);
        };
        let row = self.values.get(at * self.width..(at + 1) * self.width);
        (row.unwrap_or_default(), *scale)
    }

    /// Some rows, two values at a time, and their scales.
    fn pairs(&self, rows: Range<usize>) -> (&[[i16; 2]], &[f32]) {
        let values = self
            .values
            .get(rows.start * self.width..rows.end * self.width);
        let (pairs, _) = values.unwrap_or_default().as_chunks();
        (pairs, self.scales.get(rows).unwrap_or_default())
    }

    /// Rounds a further vector.
    pub fn push(&mut self, vector: &[f32]) {
        self.extend(vector, vector.len().max(1));
    }
}

/// Rounds a vector into a row of whole numbers; gives the scale.
#[inline(always)]
fn round(vector: &[f32], row: &mut [i16]) -> f32 {
    // The largest of each lane, so that many are compared at once; not-a-number is smaller than all.
    let mut lanes = [0f32; 16];
    let (chunks, rest) = vector.as_chunks::<16>();
    let more = |a: f32, b: f32| if b.abs() > a { b.abs() } else { a };
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane = more(*lane, *value);
        }
    }
    let largest = lanes.iter().chain(rest).fold(0f32, |m, v| more(m, *v));
    let usable = largest.is_finite() && largest > 0.0;
    let up = if usable { LARGEST / largest } else { 0.0 };
    for (whole, value) in row.iter_mut().zip(vector) {
        // The lower half of the sum's bits is the integer, in two's complement.
        *whole = (value * up + NEAREST).to_bits() as i16;
    }
    if usable { largest / LARGEST } else { 0.0 }
}

/// Two weights of each output of the blocks that are computed together.
type Pairs = [[i16; 2 * BLOCK]; BLOCKS];

/// A linear layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Linear {
    /// Blocks after blocks; in them pair after pair of inputs, filled up.
    weights: Vec<Pairs>,
    /// Each output's, block by block, filled up.
    scales: Vec<[f32; BLOCK]>,
    bias: Vec<[f32; BLOCK]>,
    outputs: usize,
    /// Pairs of inputs, filled up.
    pairs: usize,
}

/// What each output has, block by block.
fn in_blocks(numbers: impl Iterator<Item = f32>, blocks: &mut Vec<[f32; BLOCK]>) {
    blocks.clear();
    for (at, number) in numbers.enumerate() {
        if at % BLOCK == 0 {
            blocks.push([0.0; BLOCK]);
        }
        if let Some(block) = blocks.last_mut() {
            block[at % BLOCK] = number;
        }
    }
}

impl Linear {
    /// Reads `NAME.w` (whole numbers of eight bits, row after row), `NAME.s` (a scale a row) and
    /// `NAME.b` (a bias a row).
    pub fn read(file: &Sections<'_>, name: &str, inputs: usize) -> Result<Linear, Malformed> {
        let bytes = file.bytes(&format!("{name}.w"))?;
        let scales = file.floats(&format!("{name}.s"))?;
        let bias = file.floats(&format!("{name}.b"))?;
        let fits = (1..=MOST_INPUTS).contains(&inputs)
            && !scales.is_empty()
            && scales.len() == bias.len()
            && scales.len().checked_mul(inputs) == Some(bytes.len());
        if !fits {
            return Err(Malformed(format!("layer {name} has another size")));
        }
        Ok(Linear::new(bytes, &scales, &bias, inputs))
    }

    /// From weights row after row, of `inputs` each.
    fn new(bytes: &[u8], scales: &[f32], bias: &[f32], inputs: usize) -> Linear {
        let mut linear = Linear::default();
        linear.room(scales.len(), inputs);
        for (output, row) in bytes.chunks(inputs).enumerate() {
            let mut row = row.iter().map(|byte| i16::from(byte.cast_signed()));
            linear.set(output, || Some([row.next()?, row.next().unwrap_or(0)]));
        }
        in_blocks(scales.iter().copied(), &mut linear.scales);
        in_blocks(bias.iter().copied(), &mut linear.bias);
        linear
    }

    /// One whose weights are some rows, with their scales and without bias. A sum of products of two such rows wraps
    /// around where it has no place.
    pub fn of_rows(&mut self, rows: &Whole, which: Range<usize>) {
        self.room(which.len(), rows.width);
        let scales = which.clone().map(|at| rows.row(at).1);
        in_blocks(scales, &mut self.scales);
        in_blocks(which.clone().map(|_| 0.0), &mut self.bias);
        for (output, at) in which.enumerate() {
            let mut pairs = rows.row(at).0.as_chunks().0.iter().copied();
            self.set(output, || pairs.next());
        }
    }

    /// Room for weights, all of them zero.
    fn room(&mut self, outputs: usize, inputs: usize) {
        self.outputs = outputs;
        self.pairs = inputs.next_multiple_of(STEP) / 2;
        self.weights.clear();
        let blocks = outputs.div_ceil(BLOCK * BLOCKS);
        self.weights
            .resize(self.pairs * blocks, [[0; 2 * BLOCK]; BLOCKS]);
    }

    /// Sets the weights of an output, pair by pair of inputs.
    fn set(&mut self, output: usize, mut next: impl FnMut() -> Option<[i16; 2]>) {
        let (of, at) = (output / (BLOCK * BLOCKS), output % (BLOCK * BLOCKS));
        let blocks = self
            .weights
            .iter_mut()
            .skip(of * self.pairs)
            .take(self.pairs);
        for blocks in blocks {
            let (lanes, _) = blocks.as_flattened_mut().as_chunks_mut();
            if let (Some(lane), Some(pair)) = (lanes.get_mut(at), next()) {
                *lane = pair;
            }
        }
    }

    /// How many outputs it has.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The products for each row of `x`, bias added, one after the other.
    pub fn apply(&self, x: &Whole, out: &mut [f32]) {
        self.apply_to(x, 0..x.len(), out);
    }

    /// The same for some of the rows.
    ///
    /// Blocks of outputs are computed for all rows before the next ones, so that their weights stay near.
    pub fn apply_to(&self, x: &Whole, rows: Range<usize>, out: &mut [f32]) {
        let (pairs, ups) = x.pairs(rows);
        dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || self.apply_with(simd, pairs, ups, out)
        ));
    }

    #[inline(always)]
    fn apply_with<S: Simd>(&self, simd: S, pairs: &[[i16; 2]], ups: &[f32], out: &mut [f32]) {
        let terms = self.scales.chunks(BLOCKS).zip(self.bias.chunks(BLOCKS));
        for (at, (weights, (scales, bias))) in
            self.weights.chunks(self.pairs).zip(terms).enumerate()
        {
            let mut rows = Rows {
                weights,
                scales,
                bias,
                outputs: self.outputs(),
                from: at * BLOCK * BLOCKS,
                pairs,
                ups,
                out: &mut *out,
            };
            // As many sums as there are registers for: each waits for the one before it.
            match S::i32s::LEN {
                16 => rows.all::<S, 6>(simd),
                8 => rows.all::<S, 2>(simd),
                _ => rows.all::<S, 1>(simd),
            }
        }
    }
}

/// What is left of the rows for some blocks of outputs.
struct Rows<'w, 'x> {
    weights: &'w [Pairs],
    scales: &'w [[f32; BLOCK]],
    bias: &'w [[f32; BLOCK]],
    /// How many outputs the layer has, and which of them are the blocks'.
    outputs: usize,
    from: usize,
    pairs: &'x [[i16; 2]],
    ups: &'x [f32],
    out: &'x mut [f32],
}

impl Rows<'_, '_> {
    /// Computes the rows, at most so many together.
    #[inline(always)]
    fn all<S: Simd, const MOST: usize>(&mut self, simd: S) {
        while self.ups.len() >= MOST {
            self.some::<S, MOST>(simd);
        }
        if MOST > 4 && self.ups.len() >= 4 {
            self.some::<S, 4>(simd);
        }
        if MOST > 2 && self.ups.len() >= 2 {
            self.some::<S, 2>(simd);
        }
        if MOST > 1 && !self.ups.is_empty() {
            self.some::<S, 1>(simd);
        }
    }

    /// Computes the next rows.
    #[inline(always)]
    fn some<S: Simd, const ROWS: usize>(&mut self, simd: S) {
        let (rows, rest) = self.pairs.split_at(ROWS * self.weights.len());
        self.pairs = rest;
        let (ups, rest) = self.ups.split_at(ROWS);
        self.ups = rest;
        let (out, rest) = std::mem::take(&mut self.out).split_at_mut(ROWS * self.outputs);
        self.out = rest;
        let sums = sums::<S, ROWS>(simd, self.weights, rows);
        for ((sums, up), out) in sums.iter().zip(ups).zip(out.chunks_exact_mut(self.outputs)) {
            let out = out.get_mut(self.from..).unwrap_or_default();
            let terms = self.scales.iter().zip(self.bias);
            let up = f32x16::splat(simd, *up);
            for ((out, sums), (scales, bias)) in out.chunks_mut(BLOCK).zip(sums).zip(terms) {
                let by = f32x16::simd_from(simd, *scales) * up;
                let all = sums.to_float::<f32x16<S>>() * by + f32x16::simd_from(simd, *bias);
                let all: [f32; BLOCK] = all.into();
                match <&mut [f32; BLOCK]>::try_from(&mut *out) {
                    Ok(out) => *out = all,
                    Err(_) => out.iter_mut().zip(all).for_each(|(out, one)| *out = one),
                }
            }
        }
    }
}

/// The sums of the blocks' outputs for some rows that lie one after the other.
#[inline(always)]
fn sums<S: Simd, const ROWS: usize>(
    simd: S,
    weights: &[Pairs],
    rows: &[[i16; 2]],
) -> [[i32x16<S>; BLOCKS]; ROWS] {
    let length = weights.len();
    let rows: [&[[i16; 2]]; ROWS] =
        std::array::from_fn(|row| &rows[row * length..(row + 1) * length]);
    let mut sums = [[i32x16::splat(simd, 0); BLOCKS]; ROWS];
    for (at, weights) in weights.iter().enumerate() {
        let weights = weights.map(|weights| i16x32::simd_from(simd, weights));
        for (sums, row) in sums.iter_mut().zip(rows) {
            let [a, b] = row[at];
            let both = i32::from(b) << 16 | i32::from(a) & 0xffff;
            let both = i32x16::splat(simd, both).bitcast::<i16x32<S>>();
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum += weights.pairwise_dot_product(both);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(vector: &[f32]) -> Whole {
        let mut whole = Whole::default();
        whole.set(vector, vector.len().max(1));
        whole
    }

    #[test]
    fn a_layer_multiplies_and_adds() {
        let layer = Linear::new(&[1, 254, 100, 100], &[1.0, 0.01], &[0.5, 0.0], 2);
        let mut out = [0.0; 2];
        layer.apply(&whole(&[3.0, 1.0]), &mut out);
        assert!((out[0] - 1.5).abs() < 1e-3 && (out[1] - 4.0).abs() < 1e-3);
    }

    proptest! {
        /// The same bits as one product after the other, for any number of rows and outputs.
        #[test]
        fn all_instructions_give_the_same(
            weights in prop::collection::vec(any::<u8>(), 1..3000),
            inputs in 1usize..150,
            values in prop::collection::vec(-9f32..9.0, 0..1500),
        ) {
            let outputs = weights.len() / inputs;
            let scales: Vec<f32> = (0..outputs).map(|i| 1.0 / (i + 3) as f32).collect();
            let bias: Vec<f32> = (0..outputs).map(|i| i as f32).collect();
            let layer = Linear::new(
                &weights[..outputs * inputs],
                &scales,
                &bias,
                inputs,
            );
            let mut x = Whole::default();
            x.set(&values, inputs);
            let mut out = vec![0.0; x.len() * outputs];
            layer.apply(&x, &mut out);
            let mut by_hand = Vec::new();
            for (row, up) in (0..x.len()).map(|at| x.row(at)) {
                for (output, weights) in weights.chunks_exact(inputs).enumerate() {
                    let pairs = weights.iter().zip(row);
                    let sum: i32 = pairs.map(|(w, x)| i32::from(*w as i8) * i32::from(*x)).sum();
                    by_hand.push(sum as f32 * (scales[output] * up) + bias[output]);
                }
            }
            prop_assert_eq!(out, by_hand);
        }

        /// Rows times rows are what each pair of them gives.
        #[test]
        fn rows_are_a_layer(width in 1usize..70, values in prop::collection::vec(-9f32..9.0, 0..3000)) {
            let mut x = Whole::default();
            x.set(&values, width);
            let from = x.len() / 3;
            let mut layer = Linear::default();
            layer.of_rows(&x, from..x.len());
            let outputs = x.len() - from;
            prop_assert_eq!(layer.outputs(), outputs);
            let mut out = vec![0.0; from * outputs];
            layer.apply_to(&x, 0..from, &mut out);
            for (at, value) in out.iter().enumerate() {
                let ((a, up), (b, by)) = (x.row(at / outputs), x.row(from + at % outputs));
                let products = a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b));
                let sum = products.fold(0, i32::wrapping_add);
                prop_assert_eq!(*value, sum as f32 * (by * up));
            }
        }

        #[test]
        fn rounding_is_near(vector in prop::collection::vec(-1e3f32..1e3, 1..40)) {
            let rounded = whole(&vector);
            let (row, scale) = rounded.row(0);
            for (value, whole) in vector.iter().zip(row) {
                prop_assert!((value - scale * f32::from(*whole)).abs() <= scale * 0.51);
            }
        }

        #[test]
        fn no_vector_is_too_strange(vector: Vec<f32>) {
            prop_assert!(whole(&vector).values.iter().all(|v| v.abs() <= 8192));
        }
    }
}
