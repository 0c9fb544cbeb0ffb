//! The gated layers that carry what was read along a sentence, once from its beginning and once from
//! its end: `h = f h′ + (1 − f) z`, and where there is a third gate, `o h` is what is passed on.

use super::file::{Malformed, Sections};
use super::linear::Linear;
use fearless_simd::{Level, Simd, dispatch};

/// One layer: the gates' sums for a word alone, and how they are carried along.
pub(super) struct Gated {
    /// To the gates of both directions: z, f (, o) forward, then backward. Where the layer looks
    /// ahead, as many again: what a word gives to the gates of the word that is read before it.
    pub linear: Linear,
    hidden: usize,
    gates: usize,
    ahead: bool,
}

/// A sigmoid's shape without exponentials, which differ between processors.
#[inline(always)]
fn gate(x: f32) -> f32 {
    let x = x + x;
    0.5 + 0.5 * (x / (1.0 + x.abs()))
}

#[inline(always)]
fn squash(x: f32) -> f32 {
    x / (1.0 + x.abs())
}

impl Gated {
    pub fn read(
        file: &Sections<'_>,
        name: &str,
        inputs: usize,
        hidden: usize,
    ) -> Result<Gated, Malformed> {
        let linear = Linear::read(file, name, inputs)?;
        let (gates, ahead) = match linear.outputs().checked_div(2 * hidden) {
            Some(gates @ 2..=3) => (gates, false),
            Some(gates @ (4 | 6)) => (gates / 2, true),
            _ => (0, false),
        };
        if linear.outputs() != 2 * hidden * gates * if ahead { 2 } else { 1 } || gates == 0 {
            return Err(Malformed(format!("layer {name} has another size")));
        }
        Ok(Gated {
            linear,
            hidden,
            gates,
            ahead,
        })
    }

    /// Sums that a word gives to its own gates.
    pub fn own(&self) -> usize {
        2 * self.gates * self.hidden
    }

    /// Numbers that it passes on for a word.
    pub fn outputs(&self) -> usize {
        2 * self.hidden
    }

    /// Carries along: `sums` gives a row of gates' sums for each word and their scale, `more` has what is added to them,
    /// a row a word, or nothing; `out` gets a row of outputs.
    pub fn carry<'s, T: Copy + Into<f32> + 's>(
        &self,
        sums: impl Fn(usize) -> (&'s [T], f32),
        more: &[f32],
        words: usize,
        out: &mut [f32],
    ) {
        // Each number by itself: wider instructions give the same.
        dispatch!(Level::new(), simd => simd.vectorize(
            #[inline(always)]
            || {
                self.carry_along(&sums, more, words, out, false);
                self.carry_along(&sums, more, words, out, true);
            }
        ));
    }

    #[inline(always)]
    fn carry_along<'s, T: Copy + Into<f32> + 's>(
        &self,
        sums: &impl Fn(usize) -> (&'s [T], f32),
        more: &[f32],
        words: usize,
        out: &mut [f32],
        backward: bool,
    ) {
        let (width, hidden) = (self.gates * self.hidden, self.hidden);
        let mut state = vec![0.0; hidden];
        let mut row = vec![0.0; width];
        let offset = if backward { width } else { 0 };
        for step in 0..words {
            let (word, next) = match backward {
                false => (step, Some(step + 1).filter(|next| *next < words)),
                true => (words - 1 - step, (words - 1 - step).checked_sub(1)),
            };
            row.fill(0.0);
            let mut add = |(sums, scale): (&[T], f32), from: usize| {
                let sums = sums.get(from..from + width).unwrap_or_default();
                for (sum, own) in row.iter_mut().zip(sums) {
                    *sum += (*own).into() * scale;
                }
            };
            add(sums(word), offset);
            if let Some(next) = next.filter(|_| self.ahead) {
                add(sums(next), 2 * width + offset);
            }
            let more = more.get(2 * width * word + offset..).unwrap_or_default();
            row.iter_mut()
                .zip(more)
                .for_each(|(sum, more)| *sum += more);
            let from = word * 2 * hidden + if backward { hidden } else { 0 };
            if let Some(out) = out.get_mut(from..from + hidden) {
                step_on(&row, &mut state, out);
            }
        }
    }
}

/// One word: its gates' sums and the state before it give the state after it and what is passed on.
#[inline(always)]
fn step_on(sums: &[f32], state: &mut [f32], out: &mut [f32]) {
    let hidden = state.len();
    let (z, rest) = sums.split_at(hidden);
    let (f, o) = rest.split_at(hidden);
    for ((h, z), f) in state.iter_mut().zip(z).zip(f) {
        let f = gate(*f);
        *h = (1.0 - f) * squash(*z) + f * *h;
    }
    out.copy_from_slice(state);
    for (out, o) in out.iter_mut().zip(o) {
        *out *= gate(*o);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_between_nothing_and_all() {
        for x in [-1e9, -1.0, 0.0, 1.0, 1e9] {
            assert!((0.0..=1.0).contains(&gate(x)), "{x}");
        }
        assert_eq!(gate(0.0), 0.5);
    }

    #[test]
    fn a_closed_gate_keeps_the_state() {
        let mut state = [0.25];
        let mut out = [0.0];
        step_on(&[3.0, 1e9], &mut state, &mut out);
        assert_eq!((state, out), ([0.25], [0.25]));
        step_on(&[1.0, -1e9, 0.0], &mut state, &mut out);
        assert_eq!((state, out), ([0.5], [0.25]));
    }
}
