//! Statements that say the same in part: a sentence of three clauses beside one that tells only of
//! the second.
//!
//! A statement is cut where its clauses end, as far as commas and small words tell. Two statements
//! say the same in part where one part of each, or two that stand beside one another, share so many
//! stems that chance does not explain them, and neither their numbers nor a "not" speak against it;
//! or where they share a run of words.

use crate::compare::{days_between, is_month};
use crate::facts::{Fact, Facts};
use crate::pairs::COMMON;
use crate::question::{same_numbers_within, share_large_number_within, share_number_within};
use crate::shared::Shared;
use crate::words::{TABLES, tokens};
use rapporteur_model::Span;
use std::collections::BTreeSet;

/// What is needed of one statement to compare it part by part.
pub(crate) struct Parts {
    parts: Vec<Part>,
    /// The stems of the names in it.
    names: BTreeSet<u32>,
    words: Vec<String>,
}

struct Part {
    /// In the report's text.
    span: Span,
    stems: Vec<u32>,
    denied: bool,
}

/// What two statements have in common.
pub(crate) struct Common {
    /// How sure: for choosing among several.
    pub(crate) score: f64,
    /// The words of the first statement that say it.
    pub(crate) words: String,
}

/// Of the shorter of two statements, so much must stand in the other.
const LEAST: f64 = 0.15;

/// More parts than these are a list, not clauses.
const MOST_PARTS: usize = 16;

impl Parts {
    pub(crate) fn of(facts: &Facts<'_>, fact: &Fact<'_>) -> Parts {
        let start = fact.span().start;
        let of = |((from, to), stems): ((usize, usize), Vec<u32>)| {
            let words = fact.exact().get(from..to)?;
            Some(Part {
                span: Span::new(start + from, start + to),
                denied: is_denied(words),
                stems,
            })
        };
        Parts {
            parts: pieces(facts, fact).filter_map(of).collect(),
            names: facts.names_in(fact),
            words: tokens(fact.exact()),
        }
    }
}

/// The parts of a claim's words, every two that stand beside one another, and the whole: where each
/// stands in them, with its stems. Those of a single stem are left out.
fn pieces(facts: &Facts<'_>, fact: &Fact<'_>) -> impl Iterator<Item = ((usize, usize), Vec<u32>)> {
    let text = fact.exact();
    let mut cuts = cuts(text);
    cuts.truncate(MOST_PARTS);
    let stems = |from: usize, to: usize| facts.stems_with(text.get(from..to).unwrap_or_default());
    let single: Vec<(Vec<u32>, bool)> = cuts.iter().map(|(from, to)| stems(*from, *to)).collect();
    let mut pieces: Vec<((usize, usize), Vec<u32>)> = vec![];
    for (part, (stems, _)) in cuts.iter().zip(&single) {
        pieces.push((*part, stems.clone()));
    }
    for (at, two) in single.windows(2).enumerate() {
        let (Some(one), Some(other)) = (cuts.get(at), cuts.get(at + 1)) else {
            break;
        };
        let ends = (one.0, other.1);
        // Words that a cut goes through are read anew: "U.S.", a state's name with "and" in it.
        let whole =
            text.as_bytes().get(one.1) == Some(&b'.') || two.iter().any(|(_, state)| *state);
        let both = match whole {
            true => stems(ends.0, ends.1).0,
            false => {
                let mut both = stems(one.1, other.0).0;
                both.extend(two.iter().flat_map(|(stems, _)| stems));
                both.sort_unstable();
                both.dedup();
                both
            }
        };
        pieces.push((ends, both));
    }
    pieces.push(((0, text.len()), fact.stems.clone()));
    pieces.dedup_by(|a, b| a.0 == b.0);
    pieces.into_iter().filter(|(_, stems)| stems.len() >= 2)
}

/// The stems by which the parts of a claim are looked up: the rarest of each.
pub(crate) fn keys(facts: &Facts<'_>, fact: &Fact<'_>, count: usize) -> BTreeSet<u32> {
    let rarest = |(_, stems): (_, Vec<u32>)| {
        let mut stems: Vec<(u32, u32)> = (stems.into_iter())
            .map(|stem| (facts.claims_with(stem), stem))
            .filter(|(claims, stem)| *claims <= COMMON && facts.is_shared(*stem))
            .collect();
        stems.sort_unstable();
        stems.into_iter().take(count).map(|(_, stem)| stem)
    };
    pieces(facts, fact).flat_map(rarest).collect()
}

fn is_denied(words: &str) -> bool {
    let denying = tokens(words)
        .iter()
        .filter(|w| TABLES.negations.contains(*w))
        .count();
    denying % 2 == 1
}

/// Where the parts of a text begin and end, in bytes.
fn cuts(text: &str) -> Vec<(usize, usize)> {
    let digit_at = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut parts = vec![];
    let (mut start, mut word) = (0, None::<usize>);
    // Where a short aside in parentheses ends, which is of its clause: "the council (NSC) met".
    let mut ends = 0;
    let mut close = |start: usize, end: usize| {
        let part = text.get(start..end).unwrap_or_default();
        if part.chars().any(char::is_alphanumeric) {
            parts.push((start, end));
        }
    };
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        if letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '-') {
            word.get_or_insert(at);
            continue;
        }
        if let Some(from) = word.take() {
            let ended = text.get(from..at).unwrap_or_default().to_lowercase();
            if TABLES.clause_words.contains(&ended) || ended == "-" {
                close(start, from);
                start = at;
            }
        }
        if letter == '('
            && let Some(length) = aside(text.get(at + 1..).unwrap_or_default())
        {
            ends = at + 1 + length;
        }
        if matches!(letter, '(' | ')') && at <= ends && ends > 0 {
            continue;
        }
        let within_number = at > 0 && digit_at(at - 1) && digit_at(at + 1);
        let parting = matches!(
            letter,
            ',' | ';' | ':' | '.' | '(' | ')' | '"' | '“' | '”' | '—' | '–'
        );
        if parting && !within_number {
            close(start, at);
            start = at + letter.len_utf8();
        }
    }
    close(start.min(text.len()), text.len());
    parts
}

/// How long an aside of a few words is that a text begins with, up to its closing parenthesis.
fn aside(text: &str) -> Option<usize> {
    const WORDS: usize = 3;
    const LETTERS: usize = 40;
    let mut letters = text.char_indices().take(LETTERS);
    let end = letters.find(|(_, letter)| *letter == ')')?.0;
    let words = text.get(..end)?.split_whitespace().count();
    (words <= WORDS).then_some(end)
}

/// What two statements of different reports say alike in part; `None` where chance may explain it.
pub(crate) fn common(
    facts: &Facts<'_>,
    (x, p): (&Fact<'_>, &Parts),
    (y, q): (&Fact<'_>, &Parts),
) -> Option<Common> {
    let all = facts.overlap(&x.stems, &y.stems);
    let whole = all.contained;
    if all.shared < 2 || whole < LEAST {
        return None;
    }
    let same_mouth = x.mouth.is_some() && x.mouth == y.mouth;
    let one_time = matches!((x.when, y.when), (Some(one), Some(other))
        if days_between(one, other) == 0 && is_month(one) && is_month(other));
    // Reports of one event mostly tell the same, above all of the same number.
    let one_event = facts.one_event(x, y);
    let eased = if one_event { 0.06 } else { 0.0 };
    let mut best: Option<Common> = None;
    let mut offer = |score: f64, words: &str| {
        if best.as_ref().is_none_or(|b| b.score < score) {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            best = Some(Common { score, words });
        }
    };
    for one in &p.parts {
        for other in &q.parts {
            if one.denied != other.denied {
                continue;
            }
            let overlap = facts.overlap(&one.stems, &other.stems);
            if overlap.shared < 2 || overlap.likeness < 0.35 {
                continue;
            }
            let enough = match overlap.shared {
                2 if same_mouth => 0.58,
                2 => continue,
                3 if same_mouth || one_time => 0.6,
                3 => 0.68,
                4 | 5 if same_mouth || one_time => 0.48,
                4 | 5 => 0.57,
                6 | 7 => 0.47,
                _ => 0.42,
            };
            let shared = one
                .stems
                .iter()
                .filter(|s| other.stems.binary_search(s).is_ok());
            let plain = shared.filter(|s| !p.names.contains(s) && !q.names.contains(s));
            // A few words of two long statements are a place or a thing that both name.
            let held = match overlap.shared {
                _ if same_mouth => LEAST,
                ..=4 => 0.35,
                _ => 0.25,
            };
            let numbered = one_event
                && overlap.likeness < enough - eased
                && share_number_within((x, one.span), (y, other.span));
            let enough = enough - if numbered { 0.16 } else { eased };
            if overlap.likeness < enough
                || whole < held
                || plain.take(2).count() < 2
                || !same_numbers_within((x, one.span), (y, other.span))
            {
                continue;
            }
            let weight = overlap.likeness * (overlap.shared as f64).sqrt();
            offer(weight, x.report.report.slice(one.span).unwrap_or_default());
        }
    }
    if best.is_none()
        && whole >= 0.25
        && same_numbers_within((x, x.span()), (y, y.span()))
        && let Some(run) = run(&p.words, &q.words)
    {
        let words = run.join(" ");
        let stems = facts.stems(&words);
        let plain = stems
            .iter()
            .filter(|s| !p.names.contains(s) && !q.names.contains(s));
        if plain.take(2).count() == 2 {
            return Some(Common { score: 1.0, words });
        }
    }
    best
}

/// What two statements say alike by the words that they share closely, where neither the numbers
/// beside these nor a "not" speak against it.
pub(crate) fn closely(x: &Fact<'_>, y: &Fact<'_>, shared: &Shared) -> Option<Common> {
    let (one, other) = shared.spans;
    let said = x.report.report.slice(one).unwrap_or_default();
    let also = y.report.report.slice(other).unwrap_or_default();
    let counted = same_numbers_within((x, one), (y, other))
        || share_large_number_within((x, one), (y, other));
    if is_denied(said) != is_denied(also) || !counted {
        return None;
    }
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    // Whole clauses that are alike are shown first.
    let score = shared.score / 100.0;
    Some(Common { score, words })
}

/// The longest run of words that stands in both, where it is no turn of phrase.
fn run<'a>(a: &'a [String], b: &[String]) -> Option<&'a [String]> {
    const LONG: usize = 6;
    let mut lengths = vec![0_usize; b.len() + 1];
    let mut best: Option<(usize, usize)> = None;
    for (i, word) in a.iter().enumerate() {
        for j in (0..b.len()).rev() {
            lengths[j + 1] = match b[j] == *word {
                true => lengths[j] + 1,
                false => 0,
            };
            let length = lengths[j + 1];
            if length >= LONG && best.is_none_or(|(most, _)| length > most) {
                best = Some((length, i + 1));
            }
        }
    }
    let (length, end) = best?;
    a.get(end - length..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_its_clauses() {
        let check = |text: &str, parts: &[&str]| {
            let cut: Vec<&str> = cuts(text)
                .iter()
                .map(|(a, b)| text[*a..*b].trim())
                .collect();
            assert_eq!(cut, parts);
        };
        check(
            "The rocket rose to 7,700 m (25,000 feet), crossed Velka and fell into the lake",
            &[
                "The rocket rose to 7,700 m (25,000 feet)",
                "crossed Velka",
                "fell into the lake",
            ],
        );
        check(
            "“Nobody – not one – was hurt,”",
            &["Nobody", "not one", "was hurt"],
        );
        check("", &[]);
    }

    #[test]
    fn a_run_of_words_is_found() {
        let words = |text: &str| tokens(text);
        let one = words("police said at least one man had been arrested near the mill");
        let other = words("at least one man had been arrested over the blast");
        assert_eq!(
            run(&one, &other).map(|run| run.join(" ")).as_deref(),
            Some("at least one man had been arrested")
        );
        assert!(run(&one, &words("the mill near the river")).is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut(text in "\\PC*") {
            for (from, to) in cuts(&text) {
                assert!(text.get(from..to).is_some());
            }
        }
    }
}
