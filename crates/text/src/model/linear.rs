//! Matrix times vector, in whole numbers: the same result on every processor, and fast on all.
//!
//! Weights have eight bits and a scale a row; a vector is rounded to fourteen bits and a scale. The
//! products are added as 32-bit integers, which cannot overflow below a thousand inputs.

use super::file::{Malformed, Sections};

/// The largest rounded value of a vector.
const LARGEST: f32 = 8191.0;
/// 1.5 × 2²³: adding it leaves a number's nearest integer in the lowest bits.
const NEAREST: f32 = 12_582_912.0;
/// Inputs are filled up with zeros to a multiple of this, so that no loop has a rest.
const STEP: usize = 64;
/// Outputs that are computed for all rows before the next ones.
const BLOCK: usize = 16;
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
        self.width = length.next_multiple_of(STEP);
    }

    /// Rounds vectors that lie one after the other.
    pub fn set(&mut self, vectors: &[f32], length: usize) {
        self.clear(length);
        vectors.chunks_exact(length).for_each(|v| self.push(v));
    }

    /// The rows and their scales.
    pub fn rows(&self) -> impl Iterator<Item = (&[i16], f32)> {
        let rows = self.values.chunks_exact(self.width.max(1));
        rows.zip(self.scales.iter().copied())
    }

    /// Rounds a vector.
    pub fn push(&mut self, vector: &[f32]) {
        let largest = vector.iter().fold(0f32, |m, v| m.max(v.abs()));
        let usable = largest.is_finite() && largest > 0.0;
        let up = if usable { LARGEST / largest } else { 0.0 };
        self.scales
            .push(if usable { largest / LARGEST } else { 0.0 });
        let start = self.values.len();
        self.values.resize(start + self.width, 0);
        let row = self.values.iter_mut().skip(start);
        for (whole, value) in row.zip(vector) {
            // The lower half of the sum's bits is the integer, in two's complement.
            *whole = (value * up + NEAREST).to_bits() as i16;
        }
    }
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

/// A linear layer.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    /// Row after row, each filled up.
    weights: Vec<i16>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// Length of a row, filled up.
    width: usize,
}

impl Linear {
    /// Reads `NAME.w` (whole numbers of eight bits, row after row), `NAME.s` (a scale a row) and
    /// `NAME.b` (a bias a row).
    pub fn read(file: &Sections<'_>, name: &str, inputs: usize) -> Result<Linear, Malformed> {
        let bytes = file.bytes(&format!("{name}.w"))?;
        let scales = file.floats(&format!("{name}.s"))?;
        let bias = file.floats(&format!("{name}.b"))?;
        let fits = (1..=MOST_INPUTS).contains(&inputs)
            && scales.len() == bias.len()
            && scales.len().checked_mul(inputs) == Some(bytes.len());
        if !fits {
            return Err(Malformed(format!("layer {name} has another size")));
        }
        let width = inputs.next_multiple_of(STEP);
        let mut weights = vec![0; width * scales.len()];
        for (row, bytes) in weights.chunks_mut(width).zip(bytes.chunks(inputs)) {
            for (weight, byte) in row.iter_mut().zip(bytes) {
                *weight = i16::from(byte.cast_signed());
            }
        }
        Ok(Linear {
            weights,
            scales,
            bias,
            width,
        })
    }

    /// How many outputs it has.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The products for each row of `x`, bias added, one after the other.
    ///
    /// A few outputs are computed for all rows before the next ones, so that their weights stay near.
    pub fn apply(&self, x: &Whole, out: &mut [f32]) {
        let outputs = self.outputs();
        let blocks = self.weights.chunks(BLOCK * self.width);
        let terms = self.scales.chunks(BLOCK).zip(self.bias.chunks(BLOCK));
        for (at, (weights, (scales, bias))) in blocks.zip(terms).enumerate() {
            for ((row, scale), out) in x.rows().zip(out.chunks_exact_mut(outputs)) {
                let out = out.iter_mut().skip(at * BLOCK);
                let terms = scales.iter().zip(bias);
                for ((weights, (by, bias)), out) in
                    weights.chunks_exact(self.width).zip(terms).zip(out)
                {
                    *out = dot(weights, row) as f32 * (by * scale) + bias;
                }
            }
        }
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
        let layer = Linear {
            weights: [[1, -2, 0, 0], [100, 100, 0, 0]]
                .concat()
                .chunks(4)
                .flat_map(|row| row.iter().copied().chain([0; 60]))
                .collect(),
            scales: vec![1.0, 0.01],
            bias: vec![0.5, 0.0],
            width: 64,
        };
        let mut out = [0.0; 2];
        layer.apply(&whole(&[3.0, 1.0]), &mut out);
        assert!((out[0] - 1.5).abs() < 1e-3 && (out[1] - 4.0).abs() < 1e-3);
    }

    proptest! {
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
