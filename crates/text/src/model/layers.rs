//! The gated layers that carry what was read along a sentence, once from its beginning and once from
//! its end: `h = f h′ + (1 − f) z`, and where there is a third gate, `o h` is what is passed on.

use super::file::{Malformed, Sections};
use super::linear::Linear;
use super::whole::Number;
use fearless_simd::{Level, Simd, dispatch};

/// Numbers of the state that are computed together; it has a multiple of these.
const LANES: usize = 16;
type Lanes = [f32; LANES];

/// One layer: the gates' sums for a word alone, and how they are carried along.
pub(super) struct Gated {
    /// To the gates of both directions: z, f (, o) forward, then backward. Where the layer looks
    /// ahead, as many again: what a word gives to the gates of the word that is read before it.
    pub linear: Linear,
    hidden: usize,
    gates: usize,
    ahead: bool,
}

/// A number of a row of sums.
pub(super) trait Value: Copy {
    fn value(self) -> f32;
}

impl Value for f32 {
    #[inline(always)]
    fn value(self) -> f32 {
        self
    }
}

impl<T: Number> Value for T {
    #[inline(always)]
    fn value(self) -> f32 {
        f32::from(self.whole())
    }
}

/// What is added for a word's gates: rows with their scales.
struct Parts<'s, T> {
    own: (&'s [T], f32),
    /// What the word that is read next gives.
    ahead: (&'s [T], f32),
    more: &'s [f32],
}

impl<T: Value> Parts<'_, T> {
    /// Some sums, from a place on.
    #[inline(always)]
    fn sums(&self, from: usize) -> Lanes {
        let mut sums = [0.0; LANES];
        add(&mut sums, self.own, from);
        add(&mut sums, self.ahead, from);
        add(&mut sums, (self.more, 1.0), from);
        sums
    }
}

/// Adds some numbers of a row, from a place on; nothing where there are not so many.
#[inline(always)]
fn add<T: Value>(sums: &mut Lanes, (row, scale): (&[T], f32), from: usize) {
    if let Some(own) = row.get(from..).and_then(|row| row.first_chunk::<LANES>()) {
        for at in 0..LANES {
            sums[at] += own[at].value() * scale;
        }
    }
}

/// One word: its gates' sums and the state before it give the state after it and what is passed on. z is kept between -1
/// and 1, `x / (1 + |x|)`, f and o between 0 and 1, a sigmoid's shape without exponentials, which differ between
/// processors. One division serves all three.
#[inline(always)]
fn step_on(mut z: Lanes, mut f: Lanes, mut o: Lanes, state: &mut Lanes) -> Lanes {
    let mut out = [0.0; LANES];
    for at in 0..LANES {
        let (double_f, double_o) = (f[at] + f[at], o[at] + o[at]);
        let by = [z[at], double_f, double_o].map(|x: f32| 1.0 + x.abs());
        let part = 1.0 / (by[0] * by[1] * by[2]);
        z[at] *= by[1] * by[2] * part;
        f[at] = 0.5 + 0.5 * (double_f * (by[0] * by[2] * part));
        o[at] = 0.5 + 0.5 * (double_o * (by[0] * by[1] * part));
        state[at] = (1.0 - f[at]) * z[at] + f[at] * state[at];
        out[at] = state[at] * o[at];
    }
    out
}

impl Gated {
    pub fn read(
        file: &Sections<'_>,
        name: &str,
        inputs: usize,
        hidden: usize,
    ) -> Result<Gated, Malformed> {
        let linear = Linear::read(file, name, inputs)?;
        let (gates, ahead) = match linear.outputs().checked_div(hidden.saturating_mul(2)) {
            Some(gates @ 2..=3) => (gates, false),
            Some(gates @ (4 | 6)) => (gates / 2, true),
            _ => (0, false),
        };
        let sums = hidden.saturating_mul(2) * gates * if ahead { 2 } else { 1 };
        if linear.outputs() != sums || gates == 0 || !hidden.is_multiple_of(LANES) {
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
    pub fn carry<'s, T: Value + 's>(
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
    fn carry_along<'s, T: Value + 's>(
        &self,
        sums: &impl Fn(usize) -> (&'s [T], f32),
        more: &[f32],
        words: usize,
        out: &mut [f32],
        backward: bool,
    ) {
        let (width, hidden) = (self.gates * self.hidden, self.hidden);
        let mut states = vec![[0.0; LANES]; hidden / LANES];
        let offset = if backward { width } else { 0 };
        for step in 0..words {
            let (word, next) = match backward {
                false => (step, Some(step + 1).filter(|next| *next < words)),
                true => (words - 1 - step, (words - 1 - step).checked_sub(1)),
            };
            let ahead = match next.filter(|_| self.ahead) {
                Some(next) => sums(next),
                None => (&[][..], 0.0),
            };
            let parts = Parts {
                own: sums(word),
                ahead: (ahead.0.get(2 * width..).unwrap_or_default(), ahead.1),
                more: more.get(2 * width * word..).unwrap_or_default(),
            };
            let from = word * 2 * hidden + if backward { hidden } else { 0 };
            let out = out.get_mut(from..from + hidden).unwrap_or_default();
            let (out, _) = out.as_chunks_mut::<LANES>();
            for (part, (state, out)) in states.iter_mut().zip(out).enumerate() {
                let at = offset + part * LANES;
                let (z, f) = (parts.sums(at), parts.sums(at + hidden));
                *out = match self.gates {
                    2 => {
                        step_on(z, f, [0.0; LANES], state);
                        *state
                    }
                    _ => step_on(z, f, parts.sums(at + 2 * hidden), state),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_between_nothing_and_all() {
        for x in [-1e9, -1.0, 0.0, 1.0, 1e9] {
            for f in [-1e9, 0.0, 1e9] {
                let mut state = [0.5; LANES];
                let out = step_on([x; LANES], [f; LANES], [-x; LANES], &mut state);
                assert!((-1.0..=1.0).contains(&state[1]), "{x} {state:?}");
                assert!((-1.0..=1.0).contains(&out[1]), "{x} {out:?}");
            }
        }
    }

    #[test]
    fn a_closed_gate_keeps_the_state() {
        let check = |[z, f, o]: [f32; 3], after: f32, passed: f32| {
            let mut state = [0.25; LANES];
            let out = step_on([z; LANES], [f; LANES], [o; LANES], &mut state);
            assert!((state[0] - after).abs() < 1e-6, "{state:?}");
            assert!((out[0] - passed).abs() < 1e-6, "{out:?}");
        };
        check([3.0, 1e9, 1e9], 0.25, 0.25);
        check([1.0, -1e9, 0.0], 0.5, 0.25);
        check([1.0, 0.0, 0.5], 0.375, 0.28125);
    }
}
