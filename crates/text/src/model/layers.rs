//! The gated layers that carry what was read along a sentence, once from its beginning and once from
//! its end: `h = f h′ + (1 − f) z`, and where there is a third gate, `o h` is what is passed on.

use super::file::{Malformed, Sections};
use super::linear::Linear;

/// One layer: the gates' sums for a word alone, and how they are carried along.
pub(super) struct Gated {
    /// To the gates of both directions: z, f (, o) forward, then backward.
    pub linear: Linear,
    hidden: usize,
    gates: usize,
}

/// A sigmoid's shape without exponentials, which differ between processors.
fn gate(x: f32) -> f32 {
    let x = x + x;
    0.5 + 0.5 * (x / (1.0 + x.abs()))
}

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
        let gates = match linear.outputs().checked_div(2 * hidden) {
            Some(gates @ 2..=3) if gates * 2 * hidden == linear.outputs() => gates,
            _ => return Err(Malformed(format!("layer {name} has another size"))),
        };
        Ok(Gated {
            linear,
            hidden,
            gates,
        })
    }

    /// Numbers that it passes on for a word.
    pub fn outputs(&self) -> usize {
        2 * self.hidden
    }

    /// Carries along: `sums` has a row of gates' sums for each word, `out` a row of outputs.
    pub fn carry<'s>(&self, sums: impl Fn(usize) -> &'s [f32], words: usize, out: &mut [f32]) {
        let (width, hidden) = (self.gates * self.hidden, self.hidden);
        let mut state = vec![0.0; hidden];
        for backward in [false, true] {
            state.fill(0.0);
            let offset = if backward { width } else { 0 };
            for step in 0..words {
                let word = if backward { words - 1 - step } else { step };
                let sums = sums(word).get(offset..offset + width);
                let from = word * 2 * hidden + if backward { hidden } else { 0 };
                if let (Some(sums), Some(out)) = (sums, out.get_mut(from..from + hidden)) {
                    let (z, rest) = sums.split_at(hidden);
                    let (f, o) = rest.split_at(hidden);
                    for ((h, z), f) in state.iter_mut().zip(z).zip(f) {
                        let f = gate(*f);
                        *h = (1.0 - f) * squash(*z) + f * *h;
                    }
                    out.copy_from_slice(&state);
                    for (out, o) in out.iter_mut().zip(o) {
                        *out *= gate(*o);
                    }
                }
            }
        }
    }
}
