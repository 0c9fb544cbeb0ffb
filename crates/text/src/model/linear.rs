//! Matrix times vector, in whole numbers: the same result on every processor, and fast on all.
//!
//! Weights have eight bits and a scale a row; a vector is rounded to fourteen bits and a scale. The
//! products are added as 32-bit integers, which cannot overflow below a thousand inputs.

use super::file::{Malformed, Sections};
use fearless_simd::{Level, dispatch, i16x32, i32x16, prelude::*};

/// The largest rounded value of a vector.
const LARGEST: f32 = 8191.0;
/// 1.5 × 2²³: adding it leaves a number's nearest integer in the lowest bits.
const NEAREST: f32 = 12_582_912.0;
/// Inputs are filled up with zeros to a multiple of this, so that no loop has a rest.
const STEP: usize = 64;
/// Outputs that are computed together: their weights lie side by side, two inputs at a time.
const BLOCK: usize = 16;
/// Rows that are computed together with a block's weights.
const TOGETHER: usize = 4;
/// More inputs could overflow.
const MOST_INPUTS: usize = 1024;

/// Rows of whole numbers, each with its scale: `value = scale × whole`.
#[derive(Clone, Debug, Default)]
pub(super) struct Whole {
    values: Vec<i16>,
    scales: Vec<f32>,
    /// Length of a row, filled up.
    width: usize,
}

impl Whole {
    /// No rows, for vectors of this length.
    pub fn clear(&mut self, length: usize) {
        self.values.clear();
        self.scales.clear();
        self.width = length.max(1).next_multiple_of(STEP);
    }

    /// Rounds vectors that lie one after the other.
    pub fn set(&mut self, vectors: &[f32], length: usize) {
        self.clear(length);
        vectors.chunks_exact(length).for_each(|v| self.push(v));
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// The rows and their scales.
    pub fn rows(&self) -> impl Iterator<Item = (&[i16], f32)> {
        let rows = self.values.chunks_exact(self.width.max(STEP));
        rows.zip(self.scales.iter().copied())
    }

    /// The values of all rows, two at a time.
    fn pairs(&self) -> &[[i16; 2]] {
        self.values.as_chunks().0
    }

    /// Rounds a vector.
    pub fn push(&mut self, vector: &[f32]) {
        let start = self.values.len();
        self.values.resize(start + self.width, 0);
        let row = &mut self.values[start..];
        let scale = dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || round(vector, row)
        ));
        self.scales.push(scale);
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

/// The sum of the products of two rows that are filled up.
#[inline(always)]
pub(super) fn dot(a: &[i16], b: &[i16]) -> i32 {
    let (a, _) = a.as_chunks::<STEP>();
    let (b, _) = b.as_chunks::<STEP>();
    let mut sum = 0;
    for (a, b) in a.iter().zip(b) {
        let (a, _) = a.as_chunks::<{ STEP / 2 }>();
        let (b, _) = b.as_chunks::<{ STEP / 2 }>();
        sum += a.iter().zip(b).map(|(a, b)| half(a, b)).sum::<i32>();
    }
    sum
}

/// A loop of this length becomes instructions that multiply and add pairs, on every x86-64; longer
/// ones do not.
#[inline(always)]
fn half(a: &[i16; STEP / 2], b: &[i16; STEP / 2]) -> i32 {
    let mut sum = 0;
    for (a, b) in a.iter().zip(b) {
        sum += i32::from(*a) * i32::from(*b);
    }
    sum
}

/// Two weights of each output of a block.
type Pairs = [i16; 2 * BLOCK];

/// A linear layer.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    /// Block after block; in a block pair after pair of inputs, filled up.
    weights: Vec<Pairs>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// Pairs of inputs, filled up.
    pairs: usize,
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
        Ok(Linear::new(bytes, scales, bias, inputs))
    }

    /// From weights row after row, of `inputs` each.
    fn new(bytes: &[u8], scales: Vec<f32>, bias: Vec<f32>, inputs: usize) -> Linear {
        let pairs = inputs.next_multiple_of(STEP) / 2;
        let mut weights = vec![[0; 2 * BLOCK]; pairs * scales.len().div_ceil(BLOCK)];
        for (output, row) in bytes.chunks(inputs).enumerate() {
            let block = weights.iter_mut().skip(output / BLOCK * pairs);
            let lane = 2 * (output % BLOCK);
            for (into, pair) in block.zip(row.chunks(2)) {
                for (weight, byte) in into.iter_mut().skip(lane).zip(pair) {
                    *weight = i16::from(byte.cast_signed());
                }
            }
        }
        Linear {
            weights,
            scales,
            bias,
            pairs,
        }
    }

    /// How many outputs it has.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The products for each row of `x`, bias added, one after the other.
    ///
    /// A block of outputs is computed for all rows before the next one, so that its weights stay near.
    pub fn apply(&self, x: &Whole, out: &mut [f32]) {
        dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || self.apply_with(simd, x, out)
        ));
    }

    #[inline(always)]
    fn apply_with<S: Simd>(&self, simd: S, x: &Whole, out: &mut [f32]) {
        let outputs = self.outputs();
        let terms = self.scales.chunks(BLOCK).zip(self.bias.chunks(BLOCK));
        for (at, (weights, (scales, bias))) in
            self.weights.chunks(self.pairs).zip(terms).enumerate()
        {
            let mut rows = x.pairs().chunks_exact(TOGETHER * self.pairs);
            let mut ups = x.scales.chunks_exact(TOGETHER);
            let mut outs = out.chunks_exact_mut(TOGETHER * outputs);
            for ((rows, ups), out) in (&mut rows).zip(&mut ups).zip(&mut outs) {
                let sums = four(simd, weights, rows);
                for ((sums, up), out) in sums.iter().zip(ups).zip(out.chunks_exact_mut(outputs)) {
                    scale(sums, *up, scales, bias, out, at);
                }
            }
            let rest = rows.remainder().chunks_exact(self.pairs);
            let out = outs.into_remainder().chunks_exact_mut(outputs);
            for ((row, up), out) in rest.zip(ups.remainder()).zip(out) {
                scale(&one(simd, weights, row), *up, scales, bias, out, at);
            }
        }
    }
}

/// Adds the products of a block's weights of two inputs with these inputs.
#[inline(always)]
fn add<S: Simd>(simd: S, sums: i32x16<S>, weights: i16x32<S>, [a, b]: [i16; 2]) -> i32x16<S> {
    let both = i32::from(b) << 16 | i32::from(a) & 0xffff;
    sums + weights.pairwise_dot_product(i32x16::splat(simd, both).bitcast::<i16x32<S>>())
}

/// The sums of a block's outputs for a row.
#[inline(always)]
fn one<S: Simd>(simd: S, weights: &[Pairs], row: &[[i16; 2]]) -> [i32; BLOCK] {
    let mut sums = i32x16::splat(simd, 0);
    for (weights, pair) in weights.iter().zip(row) {
        sums = add(simd, sums, i16x32::simd_from(simd, *weights), *pair);
    }
    sums.into()
}

/// The sums of a block's outputs for four rows that lie one after the other.
#[inline(always)]
fn four<S: Simd>(simd: S, weights: &[Pairs], rows: &[[i16; 2]]) -> [[i32; BLOCK]; TOGETHER] {
    let zero = i32x16::splat(simd, 0);
    let (mut w, mut x, mut y, mut z) = (zero, zero, zero, zero);
    let (first, rest) = rows.split_at(weights.len().min(rows.len()));
    let (second, rest) = rest.split_at(first.len().min(rest.len()));
    let (third, fourth) = rest.split_at(first.len().min(rest.len()));
    let rows = first.iter().zip(second).zip(third).zip(fourth);
    for (weights, (((a, b), c), d)) in weights.iter().zip(rows) {
        let weights = i16x32::simd_from(simd, *weights);
        w = add(simd, w, weights, *a);
        x = add(simd, x, weights, *b);
        y = add(simd, y, weights, *c);
        z = add(simd, z, weights, *d);
    }
    [w.into(), x.into(), y.into(), z.into()]
}

/// A block's sums of a row as what the layer gives, bias added.
#[inline(always)]
fn scale(
    sums: &[i32; BLOCK],
    up: f32,
    scales: &[f32],
    bias: &[f32],
    out: &mut [f32],
    block: usize,
) {
    let out = out.iter_mut().skip(block * BLOCK);
    for (((out, sum), by), bias) in out.zip(sums).zip(scales).zip(bias) {
        *out = *sum as f32 * (by * up) + bias;
    }
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
        let layer = Linear::new(&[1, 254, 100, 100], vec![1.0, 0.01], vec![0.5, 0.0], 2);
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
                scales.clone(),
                bias.clone(),
                inputs,
            );
            let mut x = Whole::default();
            x.set(&values, inputs);
            let mut out = vec![0.0; x.rows().count() * outputs];
            layer.apply(&x, &mut out);
            let mut by_hand = Vec::new();
            for (row, up) in x.rows() {
                for (output, weights) in weights.chunks_exact(inputs).enumerate() {
                    let pairs = weights.iter().zip(row);
                    let sum: i32 = pairs.map(|(w, x)| i32::from(*w as i8) * i32::from(*x)).sum();
                    by_hand.push(sum as f32 * (scales[output] * up) + bias[output]);
                }
            }
            prop_assert_eq!(out, by_hand);
        }

        #[test]
        fn rounding_is_near(vector in prop::collection::vec(-1e3f32..1e3, 1..40)) {
            let rounded = whole(&vector);
            let (row, scale) = rounded.rows().next().unwrap();
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
