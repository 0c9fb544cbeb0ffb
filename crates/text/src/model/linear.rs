//! Matrix times vector, in whole numbers: the same result on every processor, and fast on all.
//!
//! Weights have eight bits and a scale a row; a vector is rounded to eight bits and a scale, or to fourteen where it is
//! multiplied by another vector. The products are added as 32-bit integers, which eight bits cannot fill below a hundred
//! thousand inputs.

use super::file::{Malformed, Sections};
use super::whole::{Coarse, Fine, Number, STEP};
use fearless_simd::{Level, dispatch, f32x16, i8x64, i16x32, i32x16, prelude::*};
#[cfg(target_arch = "x86")]
use std::arch::x86::{__m512i, _mm512_dpbusd_epi32};
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m512i, _mm512_dpbusd_epi32};
use std::ops::Range;

/// Outputs of a register: their weights lie side by side, some inputs at a time.
const BLOCK: usize = 16;
/// Blocks that are computed together, so that each input is used twice.
const BLOCKS: usize = 2;
/// More inputs than any layer has.
const MOST_INPUTS: usize = 1024;

/// Two weights of each output of the blocks that are computed together.
type Pairs = [[i16; 2 * BLOCK]; BLOCKS];
/// Four.
type Fours = [[i8; 4 * BLOCK]; BLOCKS];

/// A layer's weights, blocks after blocks; in them some inputs after the other, filled up.
#[derive(Clone, Debug)]
enum Weights {
    Pairs(Vec<Pairs>),
    /// For processors that multiply four bytes at a time, with what the 128 of each input add to the sums.
    Fours(Vec<Fours>, Vec<[i32; BLOCK]>),
}

/// A linear layer.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    weights: Weights,
    ends: Ends,
}

/// What makes outputs of sums.
#[derive(Clone, Debug, Default)]
struct Ends {
    /// Each output's, block by block, filled up.
    scales: Vec<[f32; BLOCK]>,
    bias: Vec<[f32; BLOCK]>,
    outputs: usize,
}

impl Ends {
    fn set(&mut self, scales: impl Iterator<Item = f32>, bias: impl Iterator<Item = f32>) {
        self.outputs = in_blocks(scales, &mut self.scales);
        in_blocks(bias, &mut self.bias);
    }
}

/// What each output has, block by block; gives how many there are.
fn in_blocks(numbers: impl Iterator<Item = f32>, blocks: &mut Vec<[f32; BLOCK]>) -> usize {
    blocks.clear();
    let mut count = 0;
    for number in numbers {
        if count % BLOCK == 0 {
            blocks.push([0.0; BLOCK]);
        }
        if let Some(block) = blocks.last_mut() {
            block[count % BLOCK] = number;
        }
        count += 1;
    }
    count
}

/// Lays rows of weights side by side, `N` of each row at a time; rows and weights are filled up with zeros.
fn side_by_side<T: Copy + Default, const N: usize, const LANES: usize>(
    rows: impl ExactSizeIterator<Item = impl Iterator<Item = T>>,
    inputs: usize,
    into: &mut Vec<[[T; LANES]; BLOCKS]>,
) {
    let together = BLOCK * BLOCKS;
    let steps = inputs.next_multiple_of(STEP) / N;
    into.clear();
    into.resize(
        steps * rows.len().div_ceil(together),
        [[T::default(); LANES]; BLOCKS],
    );
    for (output, mut row) in rows.enumerate() {
        let own = into.iter_mut().skip(output / together * steps).take(steps);
        for step in own {
            let (lanes, _) = step.as_flattened_mut().as_chunks_mut::<N>();
            for weight in lanes.get_mut(output % together).into_iter().flatten() {
                *weight = row.next().unwrap_or_default();
            }
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
        let fours = Level::new().as_avx512().is_some();
        Ok(Linear::new(bytes, &scales, &bias, inputs, fours))
    }

    /// From weights row after row, of `inputs` each; in fours or in pairs.
    fn new(bytes: &[u8], scales: &[f32], bias: &[f32], inputs: usize, fours: bool) -> Linear {
        let whole = |byte: &u8| byte.cast_signed();
        let rows = bytes.chunks_exact(inputs);
        let mut ends = Ends::default();
        ends.set(scales.iter().copied(), bias.iter().copied());
        let weights = if fours {
            let mut starts = vec![[0; BLOCK]; rows.len().next_multiple_of(BLOCK * BLOCKS) / BLOCK];
            let each = starts.as_flattened_mut().iter_mut();
            for (start, row) in each.zip(rows.clone()) {
                *start = row.iter().map(|byte| -128 * i32::from(whole(byte))).sum();
            }
            let mut weights = Vec::new();
            let rows = rows.map(|row| row.iter().map(whole));
            side_by_side::<i8, 4, { 4 * BLOCK }>(rows, inputs, &mut weights);
            Weights::Fours(weights, starts)
        } else {
            let mut weights = Vec::new();
            let rows = rows.map(|row| row.iter().map(|byte| i16::from(whole(byte))));
            side_by_side::<i16, 2, { 2 * BLOCK }>(rows, inputs, &mut weights);
            Weights::Pairs(weights)
        };
        Linear { weights, ends }
    }

    /// How many outputs it has.
    pub fn outputs(&self) -> usize {
        self.ends.outputs
    }

    /// The products for each row of `x`, bias added, one after the other.
    pub fn apply(&self, x: &Coarse, out: &mut [f32]) {
        dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || match &self.weights {
                Weights::Pairs(weights) => {
                    // Made wider once, and not for each block of outputs.
                    let (inputs, ups) = x.inputs(0..x.len());
                    let pairs: Vec<[i16; 2]> = inputs.iter().map(|p| p.map(u8::whole)).collect();
                    apply(simd, InPairs(weights), (&pairs, ups), &self.ends, out);
                }
                Weights::Fours(weights, starts) => {
                    let kernel = InFours { weights, starts };
                    apply(simd, kernel, x.inputs(0..x.len()), &self.ends, out);
                }
            }
        ));
    }
}

/// A layer whose weights are rounded vectors.
#[derive(Clone, Debug, Default)]
pub(super) struct Products {
    weights: Vec<Pairs>,
    ends: Ends,
}

impl Products {
    /// Takes some rows for weights. A sum of products of two such rows wraps around where it has no place.
    pub fn set(&mut self, rows: &Fine, which: Range<usize>) {
        let scales = which.clone().map(|at| rows.row(at).1);
        self.ends.set(scales, which.clone().map(|_| 0.0));
        let values = which.map(|at| rows.row(at).0.iter().copied());
        side_by_side::<i16, 2, { 2 * BLOCK }>(values, rows.width(), &mut self.weights);
    }

    /// What each of some rows of `x` gives with each of its own, one after the other.
    pub fn apply(&self, x: &Fine, rows: Range<usize>, out: &mut [f32]) {
        dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || apply(simd, InPairs(&self.weights), x.inputs(rows), &self.ends, out)
        ));
    }
}

/// How inputs and weights are multiplied.
trait Kernel: Copy {
    /// Some inputs.
    type Input: Copy;
    /// The sums of the outputs of the blocks of that number, for some rows.
    fn sums<S: Simd, const ROWS: usize>(
        self,
        simd: S,
        blocks: usize,
        rows: [&[Self::Input]; ROWS],
    ) -> [[i32x16<S>; BLOCKS]; ROWS];
}

/// Two at a time, as all processors can.
#[derive(Clone, Copy)]
struct InPairs<'w>(&'w [Pairs]);

/// Four at a time.
#[derive(Clone, Copy)]
struct InFours<'w> {
    weights: &'w [Fours],
    starts: &'w [[i32; BLOCK]],
}

impl Kernel for InPairs<'_> {
    type Input = [i16; 2];

    #[inline(always)]
    fn sums<S: Simd, const ROWS: usize>(
        self,
        simd: S,
        blocks: usize,
        rows: [&[[i16; 2]]; ROWS],
    ) -> [[i32x16<S>; BLOCKS]; ROWS] {
        let mut sums = [[i32x16::splat(simd, 0); BLOCKS]; ROWS];
        let steps = rows.first().map_or(0, |row| row.len());
        let weights = &self.0[blocks * steps..(blocks + 1) * steps];
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
}

impl Kernel for InFours<'_> {
    type Input = [u8; 4];

    #[inline(always)]
    fn sums<S: Simd, const ROWS: usize>(
        self,
        simd: S,
        blocks: usize,
        rows: [&[[u8; 4]]; ROWS],
    ) -> [[i32x16<S>; BLOCKS]; ROWS] {
        let starts = &self.starts[blocks * BLOCKS..(blocks + 1) * BLOCKS];
        let starts: [i32x16<S>; BLOCKS] =
            std::array::from_fn(|block| i32x16::simd_from(simd, starts[block]));
        let mut sums = [starts; ROWS];
        let steps = rows.first().map_or(0, |row| row.len());
        let weights = &self.weights[blocks * steps..(blocks + 1) * steps];
        for (at, weights) in weights.iter().enumerate() {
            let weights = weights.map(|weights| i8x64::simd_from(simd, weights));
            for (sums, row) in sums.iter_mut().zip(rows) {
                let inputs = i32x16::splat(simd, i32::from_le_bytes(row[at]));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = add_fours(simd, *sum, inputs, weights);
                }
            }
        }
        sums
    }
}

/// Adds the products of four inputs with four weights of each output.
#[inline(always)]
fn add_fours<S: Simd>(simd: S, sums: i32x16<S>, inputs: i32x16<S>, weights: i8x64<S>) -> i32x16<S> {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Level::Avx512(avx512) = simd.level() {
        let sums = at_once(avx512, sums.into(), inputs.into(), weights.into());
        return i32x16::simd_from(simd, sums);
    }
    let (mut sums, inputs): ([i32; BLOCK], [i32; BLOCK]) = (sums.into(), inputs.into());
    let weights: [i8; 4 * BLOCK] = weights.into();
    let (weights, _) = weights.as_chunks::<4>();
    for ((sum, inputs), weights) in sums.iter_mut().zip(inputs).zip(weights) {
        for (input, weight) in inputs.to_le_bytes().into_iter().zip(weights) {
            *sum += i32::from(input) * i32::from(*weight);
        }
    }
    i32x16::simd_from(simd, sums)
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fearless_simd::kernel!(
    #[inline]
    fn at_once(avx512: Avx512, sums: __m512i, inputs: __m512i, weights: __m512i) -> __m512i {
        _mm512_dpbusd_epi32(sums, inputs, weights)
    }
);

/// Computes the outputs of rows of inputs, whose scales are given.
///
/// Blocks of outputs are computed for all rows before the next ones, so that their weights stay near.
#[inline(always)]
fn apply<S: Simd, K: Kernel>(
    simd: S,
    kernel: K,
    (inputs, ups): (&[K::Input], &[f32]),
    ends: &Ends,
    out: &mut [f32],
) {
    let Some(steps) = inputs.len().checked_div(ups.len()) else {
        return;
    };
    for blocks in 0..ends.outputs.div_ceil(BLOCK * BLOCKS) {
        let mut rows = Rows {
            kernel,
            ends,
            blocks,
            steps,
            inputs,
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

/// What is left of the rows for some blocks of outputs.
struct Rows<'x, K: Kernel> {
    kernel: K,
    ends: &'x Ends,
    /// Which blocks.
    blocks: usize,
    /// Inputs of a row.
    steps: usize,
    inputs: &'x [K::Input],
    ups: &'x [f32],
    out: &'x mut [f32],
}

impl<K: Kernel> Rows<'_, K> {
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
        let (inputs, rest) = self.inputs.split_at(ROWS * self.steps);
        self.inputs = rest;
        let (ups, rest) = self.ups.split_at(ROWS);
        self.ups = rest;
        let outputs = self.ends.outputs;
        let (out, rest) = std::mem::take(&mut self.out).split_at_mut(ROWS * outputs);
        self.out = rest;
        let steps = self.steps;
        let rows = std::array::from_fn(|row| &inputs[row * steps..(row + 1) * steps]);
        let sums: [_; ROWS] = self.kernel.sums(simd, self.blocks, rows);
        let first = self.blocks * BLOCKS;
        let scales = self.ends.scales.get(first..).unwrap_or_default();
        let bias = self.ends.bias.get(first..).unwrap_or_default();
        for ((sums, up), out) in sums.iter().zip(ups).zip(out.chunks_exact_mut(outputs)) {
            let out = out.get_mut(first * BLOCK..).unwrap_or_default();
            let terms = scales.iter().zip(bias);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_layer_multiplies_and_adds() {
        for fours in [false, true] {
            let weights = [1, 254, 100, 100];
            let layer = Linear::new(&weights, &[1.0, 0.01], &[0.5, 0.0], 2, fours);
            let mut out = [0.0; 2];
            let mut x = Coarse::default();
            x.set(&[3.0, 1.0], 2);
            layer.apply(&x, &mut out);
            assert!((out[0] - 1.5).abs() < 0.05 && (out[1] - 4.0).abs() < 0.05);
        }
    }

    proptest! {
        /// The same bits as one product after the other, for any number of rows and outputs.
        #[test]
        fn all_instructions_give_the_same(
            weights in prop::collection::vec(any::<u8>(), 1..3000),
            inputs in 1usize..150,
            values in prop::collection::vec(-9f32..9.0, 0..1500),
            fours: bool,
        ) {
            let outputs = weights.len() / inputs;
            let scales: Vec<f32> = (0..outputs).map(|i| 1.0 / (i + 3) as f32).collect();
            let bias: Vec<f32> = (0..outputs).map(|i| i as f32).collect();
            let layer = Linear::new(
                &weights[..outputs * inputs],
                &scales,
                &bias,
                inputs,
                fours,
            );
            let mut x = Coarse::default();
            x.set(&values, inputs);
            let mut out = vec![0.0; x.len() * outputs];
            layer.apply(&x, &mut out);
            let mut by_hand = Vec::new();
            for (row, up) in (0..x.len()).map(|at| x.row(at)) {
                for (output, weights) in weights.chunks_exact(inputs).enumerate() {
                    let pairs = weights.iter().zip(row);
                    let sum: i32 = pairs
                        .map(|(w, x)| i32::from(*w as i8) * i32::from(x.whole()))
                        .sum();
                    by_hand.push(sum as f32 * (scales[output] * up) + bias[output]);
                }
            }
            prop_assert_eq!(out, by_hand);
        }

        /// Rows times rows are what each pair of them gives.
        #[test]
        fn rows_are_a_layer(width in 1usize..70, values in prop::collection::vec(-9f32..9.0, 0..3000)) {
            let mut x = Fine::default();
            x.set(&values, width);
            let from = x.len() / 3;
            let mut layer = Products::default();
            layer.set(&x, from..x.len());
            let outputs = x.len() - from;
            let mut out = vec![0.0; from * outputs];
            layer.apply(&x, 0..from, &mut out);
            for (at, value) in out.iter().enumerate() {
                let ((a, up), (b, by)) = (x.row(at / outputs), x.row(from + at % outputs));
                let products = a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b));
                let sum = products.fold(0, i32::wrapping_add);
                prop_assert_eq!(*value, sum as f32 * (by * up));
            }
        }
    }
}
