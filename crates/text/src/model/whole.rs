//! Vectors rounded to whole numbers, a row and a scale each.

use fearless_simd::{Level, dispatch, prelude::*};
use std::ops::Range;

/// 1.5 × 2²³: adding it leaves a number's nearest integer in the lowest bits.
const NEAREST: f32 = 12_582_912.0;
/// Inputs are filled up to a multiple of this, so that no loop has a rest.
pub(super) const STEP: usize = 64;

/// What a rounded vector is written in.
pub(super) trait Number: Copy {
    const ZERO: Self;
    /// The largest rounded value.
    const LARGEST: f32;
    /// From the lower bits of an integer in two's complement.
    fn of(bits: u32) -> Self;
    fn whole(self) -> i16;
}

/// Fourteen bits: for what is multiplied with each other.
impl Number for i16 {
    const ZERO: i16 = 0;
    const LARGEST: f32 = 8191.0;
    #[inline(always)]
    fn of(bits: u32) -> i16 {
        bits as i16
    }
    #[inline(always)]
    fn whole(self) -> i16 {
        self
    }
}

/// Eight bits, 128 above what is meant: so the instruction wants them that multiplies four at a time.
impl Number for u8 {
    const ZERO: u8 = 128;
    const LARGEST: f32 = 127.0;
    #[inline(always)]
    fn of(bits: u32) -> u8 {
        (bits as u8) ^ 128
    }
    #[inline(always)]
    fn whole(self) -> i16 {
        i16::from(self) - 128
    }
}

/// Rows of whole numbers, each with its scale: `value = scale × whole`.
#[derive(Clone, Debug, Default)]
pub(super) struct Whole<T> {
    values: Vec<T>,
    scales: Vec<f32>,
    /// Numbers of a row.
    length: usize,
    /// The same, filled up.
    width: usize,
}

/// In fourteen bits.
pub(super) type Fine = Whole<i16>;
/// In eight bits: what layers multiply.
pub(super) type Coarse = Whole<u8>;

impl<T: Number> Whole<T> {
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
            self.values.resize(end, T::ZERO);
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

    /// Rounds a further vector.
    pub fn push(&mut self, vector: &[f32]) {
        self.extend(vector, vector.len().max(1));
    }

    /// Numbers of a row, filled up.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// A row, filled up, and its scale; nothing where there is none.
    pub fn row(&self, at: usize) -> (&[T], f32) {
        let Some(scale) = self.scales.get(at) else {
            return (&[], 0.0);
        };
        let row = self.values.get(at * self.width..(at + 1) * self.width);
        (row.unwrap_or_default(), *scale)
    }

    /// Some rows, a few values at a time, and their scales.
    pub fn inputs<const N: usize>(&self, rows: Range<usize>) -> (&[[T; N]], &[f32]) {
        let values = rows.start * self.width..rows.end * self.width;
        let (inputs, _) = self.values.get(values).unwrap_or_default().as_chunks();
        (inputs, self.scales.get(rows).unwrap_or_default())
    }
}

/// Rounds a vector into a row of whole numbers; gives the scale.
#[inline(always)]
fn round<T: Number>(vector: &[f32], row: &mut [T]) -> f32 {
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
    let up = if usable { T::LARGEST / largest } else { 0.0 };
    for (whole, value) in row.iter_mut().zip(vector) {
        // The lower half of the sum's bits is the integer, in two's complement.
        *whole = T::of((value * up + NEAREST).to_bits());
    }
    if usable { largest / T::LARGEST } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole<T: Number>(vector: &[f32]) -> Whole<T> {
        let mut whole = Whole {
            values: vec![],
            scales: vec![],
            length: 0,
            width: 0,
        };
        whole.set(vector, vector.len().max(1));
        whole
    }

    proptest! {
        #[test]
        fn rounding_is_near(vector in prop::collection::vec(-1e3f32..1e3, 1..40)) {
            fn check<T: Number>(vector: &[f32]) {
                let rounded: Whole<T> = whole(vector);
                let (row, scale) = rounded.row(0);
                for (value, whole) in vector.iter().zip(row) {
                    let back = scale * f32::from(whole.whole());
                    assert!((value - back).abs() <= scale * 0.51);
                }
            }
            check::<i16>(&vector);
            check::<u8>(&vector);
        }

        #[test]
        fn no_vector_is_too_strange(vector: Vec<f32>) {
            let (fine, coarse): (Fine, Coarse) = (whole(&vector), whole(&vector));
            prop_assert!(fine.values.iter().all(|v| v.abs() <= 8192));
            prop_assert!(coarse.values.iter().all(|v| v.whole().abs() <= 128));
        }
    }
}
