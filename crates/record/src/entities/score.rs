//! How alike two printed names are, by themselves, and why: a score with its reasons.
//!
//! The words of both are taken apart (titles, legal forms and numbers told from names), each is set
//! against the word of the other that it is nearest to, and everything in which the names then
//! differ is a reason with an amount. The score is the logistic of the sum of amounts times weights.
//! The weights were learnt from pairs that people had marked (`data/world/name_weights.tsv`).
//!
//! What is asked is what a screening list asks: may both be meant by one name, misspelt perhaps? A
//! record asks for more, because a namesake joined wrongly carries claims to somebody else: its rules
//! for spellings and slips allow fewer differences, and of what they allow nothing is joined that
//! scores too little here.

mod align;
mod printed;

use super::tables::{NAME_WEIGHTS, PARTICLES};
use align::{How, Pair, align};
use printed::{Printed, Role};
use serde::Serialize;

/// From this score on two names are called the same.
pub const SAME_NAME: f64 = 0.5;

/// What kind of thing a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOf {
    /// A person.
    Person,
    /// An organisation, a place, a ship.
    Thing,
}

/// Something in which two names differ, or that makes them one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NameReason {
    /// What it is, in a word or two: `spelling`, `slip`, `other words` …
    pub what: &'static str,
    /// How much of it: a number or a share, by kind.
    pub amount: f64,
    /// What it adds to the sum; below nought it speaks against one name.
    pub weight: f64,
    /// Of which words.
    pub words: String,
}

/// How alike two names are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Likeness {
    /// From 0 to 1.
    pub score: f64,
    /// Why, in a fixed order.
    pub reasons: Vec<NameReason>,
}

impl Likeness {
    /// Is it one name, as a screening list asks?
    pub fn is_same(&self) -> bool {
        self.score >= SAME_NAME
    }
}

/// Compares two printed names.
pub fn compare_names(a: &str, b: &str, of: NameOf) -> Likeness {
    let (a, b) = printed::both(a, b, of);
    let pairs = pairs_of(&a, &b);
    let mut reasons = Reasons { of, found: vec![] };
    reasons.of_pairs(&a, &b, &pairs);
    reasons.of_the_rest(&a, &b, &pairs);
    reasons.of_forms(&a, &b);
    reasons.of_acronyms(&a, &b);
    let sum: f64 = reasons.found.iter().map(|reason| reason.weight).sum();
    let score = 1.0 / (1.0 + (-sum).exp());
    Likeness {
        score: (score * 1000.0).round() / 1000.0,
        reasons: reasons.found,
    }
}

/// Which words belong together, the same whichever name comes first: where several would do, the
/// names' own order settles it.
fn pairs_of(a: &Printed, b: &Printed) -> Vec<Pair> {
    let all = |of: &Printed| of.shown(0..of.words.len());
    if all(a) <= all(b) {
        return align(a, b);
    }
    let turn = |pair: Pair| Pair {
        a: pair.b,
        b: pair.a,
        how: pair.how,
    };
    let mut pairs: Vec<Pair> = align(b, a).into_iter().map(turn).collect();
    pairs.sort_by_key(|pair| pair.a.start);
    pairs
}

struct Reasons {
    of: NameOf,
    found: Vec<NameReason>,
}

impl Reasons {
    fn add(&mut self, what: &'static str, amount: f64, words: String) {
        let [person, thing] = NAME_WEIGHTS.get(what).copied().unwrap_or_default();
        let weight = match self.of {
            NameOf::Person => person,
            NameOf::Thing => thing,
        };
        if amount > 0.0 {
            let weight = weight * amount;
            self.found.push(NameReason {
                what,
                amount,
                weight,
                words,
            });
        }
    }

    fn of_pairs(&mut self, a: &Printed, b: &Printed, pairs: &[Pair]) {
        self.add("all alike", 1.0, String::new());
        let shown = |pair: &Pair| {
            let words = |of: &Printed, range: &std::ops::Range<usize>| of.shown(range.clone());
            format!("{}/{}", words(a, &pair.a), words(b, &pair.b))
        };
        let every = |how: fn(&How) -> bool| {
            let those: Vec<&Pair> = pairs.iter().filter(|pair| how(&pair.how)).collect();
            let words: Vec<String> = those.iter().map(|pair| shown(pair)).collect();
            (those, words.join(", "))
        };
        let (spelt, words) = every(|how| *how == How::Spelling);
        self.add("spelling", spelt.len() as f64, words);
        let (short, words) = every(|how| *how == How::Nickname);
        self.add("nickname", short.len() as f64, words);
        let (cut, words) = every(|how| *how == How::Initial);
        self.add("initial", cut.len() as f64, words);
        let (slips, words) = every(|how| matches!(how, How::Slip { .. }));
        let worst = slips.iter().map(|pair| pair.apart()).fold(0.0, f64::max);
        let letters: usize = slips.iter().map(|pair| pair.letters()).sum();
        self.add("slip", letters as f64, words.clone());
        self.add("slip by length", worst, words.clone());
        let is_first = |pair: &&&Pair| {
            let changed = pair.letters() > 0;
            changed && a.first_letter(&pair.a) != b.first_letter(&pair.b)
        };
        self.add(
            "other first letter",
            slips.iter().filter(is_first).count() as f64,
            words,
        );
        let (numbers, words) = every(|how| *how == How::Number);
        self.add("other number", numbers.len() as f64, words);
        let divided = pairs.iter().filter(|pair| pair.a.len() != pair.b.len());
        self.add("divided", divided.count() as f64, String::new());
        let order: Vec<usize> = pairs.iter().map(|pair| pair.b.start).collect();
        let what = if is_turned(&order) {
            "turned round"
        } else {
            "order"
        };
        self.add(what, f64::from(u8::from(!order.is_sorted())), String::new());
    }

    /// Words of either name that have no counterpart.
    fn of_the_rest(&mut self, a: &Printed, b: &Printed, pairs: &[Pair]) {
        let free_a = free(a, |at| pairs.iter().any(|pair| pair.a.contains(&at)));
        let free_b = free(b, |at| pairs.iter().any(|pair| pair.b.contains(&at)));
        let length =
            |of: &Printed, free: &[usize]| -> f64 { free.iter().map(|at| of.weight(*at)).sum() };
        let all = |of: &Printed| -> f64 {
            (0..of.words.len())
                .map(|at| of.weight(at))
                .sum::<f64>()
                .max(1.0)
        };
        let (left_a, left_b) = (length(a, &free_a), length(b, &free_b));
        let words = |of: &Printed, free: &[usize]| {
            free.iter()
                .map(|at| of.words[*at].text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let both = format!("{}/{}", words(a, &free_a), words(b, &free_b));
        let smaller = all(a).min(all(b));
        self.add("other words", left_a.min(left_b).min(1.0), both.clone());
        self.add(
            "share of other words",
            left_a.min(left_b) / smaller,
            both.clone(),
        );
        self.add(
            "further words",
            (left_a - left_b).abs() / all(a).max(all(b)),
            both.clone(),
        );
        let known: f64 = all(a).max(all(b)) - left_a.max(left_b);
        let alone = known <= 1.0 && left_a.max(left_b) > 0.0;
        self.add("one word in common", f64::from(u8::from(alone)), both);
    }

    fn of_forms(&mut self, a: &Printed, b: &Printed) {
        let shown = format!("{}/{}", a.forms.join(" "), b.forms.join(" "));
        let agree = a.forms.iter().any(|form| b.forms.contains(form));
        let amount = f64::from(u8::from(!agree));
        match (a.forms.is_empty(), b.forms.is_empty()) {
            (true, true) => {}
            (false, false) => self.add("other legal form", amount, shown),
            _ => self.add("legal form left out", amount, shown),
        }
        let titled = a.titles.len().abs_diff(b.titles.len());
        self.add(
            "title",
            titled as f64,
            format!("{}/{}", a.titles.join(" "), b.titles.join(" ")),
        );
    }

    /// "VRC" for "Velkan Relief Council".
    fn of_acronyms(&mut self, a: &Printed, b: &Printed) {
        let stands = |short: &Printed, long: &Printed| {
            let [word] = &short.words[..] else {
                return false;
            };
            (2..=6).contains(&word.letters.len())
                && long.words.len() > 1
                && long.initials().any(|i| i == word.text)
        };
        if stands(a, b) || stands(b, a) {
            self.add("initials", 1.0, String::new());
        }
    }
}

/// Is it in order but for a beginning that stands at the end, as where a surname comes first?
fn is_turned(order: &[usize]) -> bool {
    let breaks = order.windows(2).filter(|two| two[0] > two[1]).count();
    breaks == 1 && order.last() < order.first()
}

/// Words without a counterpart, but for those that are no name of their own.
fn free(of: &Printed, is_paired: impl Fn(usize) -> bool) -> Vec<usize> {
    let counts = |at: &usize| {
        let word = &of.words[*at];
        word.role == Role::Name && !PARTICLES.contains(&word.text) || word.role == Role::Number
    };
    (0..of.words.len())
        .filter(|at| !is_paired(*at))
        .filter(counts)
        .collect()
}

#[cfg(test)]
mod tests;
