//! What changed in the words from one version of a report to another.
//!
//! Myers' difference over words and marks, in a window: where the versions differ by more than
//! [`WINDOW`] words it takes the way that has come furthest and goes on from there. So the work is
//! at most proportional to the words times the window, on any input, and the result is always a
//! way from the one text to the other, if not always the shortest.

use crate::export::jsonl::Points;
use serde::Serialize;
use std::ops::Range;

/// So many words may be taken out and put in before a way is chosen.
const WINDOW: usize = 256;
/// Words that stay between two changes are part of one change where they are fewer than this and
/// fewer than those changed on either side: "the" and "of" stay in any two sentences.
const ISLAND: usize = 3;
/// So many words that stay are shown before and after a change.
const CONTEXT: usize = 6;

/// Words that the one version has in the place where the other has others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The words before it, which both have.
    pub before: String,
    /// The words of the earlier version.
    pub from: Words,
    /// The words of the later version.
    pub to: Words,
    /// The words after it, which both have.
    pub after: String,
}

/// Some words of a version; none where the other only adds or takes away.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Words {
    /// Where they begin, in Unicode code points of the body.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// What changed from one text to another, in order.
pub fn changes(from: &str, to: &str) -> Vec<Change> {
    let (a, b) = (tokens(from), tokens(to));
    let mut hunks = joined(hunks(&a, &b));
    to_sentences(&mut hunks, &a, &b);
    let (in_a, in_b) = (Points::of(from), Points::of(to));
    let mut found = Vec::with_capacity(hunks.len());
    for (number, hunk) in hunks.iter().enumerate() {
        let last = number.checked_sub(1).and_then(|n| hunks.get(n));
        let start = last.map_or(0, |hunk| hunk.b.end);
        let end = hunks.get(number + 1).map_or(b.len(), |hunk| hunk.b.start);
        let before = start.max(hunk.b.start.saturating_sub(CONTEXT))..hunk.b.start;
        let after = hunk.b.end..end.min(hunk.b.end + CONTEXT);
        found.push(Change {
            before: text(to, &b, &before).to_string(),
            from: words(from, &a, &hunk.a, &in_a),
            to: words(to, &b, &hunk.b, &in_b),
            after: text(to, &b, &after).to_string(),
        });
    }
    found
}

/// A word or mark.
#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    start: usize,
    text: &'t str,
}

impl PartialEq for Token<'_> {
    /// Another kind of quotation mark or dash is no change of words.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || sign(self.text).is_some_and(|s| sign(other.text) == Some(s))
    }
}

fn sign(text: &str) -> Option<char> {
    match text {
        "'" | "‘" | "’" | "‚" | "`" => Some('\''),
        "\"" | "“" | "”" | "„" | "«" | "»" => Some('"'),
        "-" | "–" | "—" | "‐" | "‑" => Some('-'),
        _ => None,
    }
}

/// Words, with the separators inside numbers, and marks one by one; spaces are no tokens.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut end = start + letter.len_utf8();
        if letter.is_alphanumeric() {
            while let Some((at, next)) = letters.peek().copied() {
                let rest = text.get(at + next.len_utf8()..).unwrap_or_default();
                let joins = matches!(next, '.' | ',' | ':')
                    && text
                        .get(..at)
                        .is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()))
                    && rest.starts_with(|c: char| c.is_ascii_digit());
                if !next.is_alphanumeric() && !joins {
                    break;
                }
                end = at + next.len_utf8();
                letters.next();
            }
        }
        let text = text.get(start..end).unwrap_or_default();
        tokens.push(Token { start, text });
    }
    tokens
}

fn text<'t>(whole: &'t str, tokens: &[Token<'t>], range: &Range<usize>) -> &'t str {
    let bytes = bytes(whole, tokens, range);
    whole.get(bytes).unwrap_or_default()
}

/// The bytes of some tokens; of none, the place where they would stand.
fn bytes(whole: &str, tokens: &[Token<'_>], range: &Range<usize>) -> Range<usize> {
    let first = tokens.get(range.start);
    let last = range.end.checked_sub(1).and_then(|at| tokens.get(at));
    match (first, last) {
        (Some(first), Some(last)) if !range.is_empty() => first.start..last.start + last.text.len(),
        (Some(next), _) => next.start..next.start,
        _ => whole.len()..whole.len(),
    }
}

fn words(whole: &str, tokens: &[Token<'_>], range: &Range<usize>, points: &Points) -> Words {
    let bytes = bytes(whole, tokens, range);
    Words {
        start: points.at(bytes.start),
        end: points.at(bytes.end),
        text: whole.get(bytes).unwrap_or_default().to_string(),
    }
}

/// A stretch of the one text that stands in the place of one of the other.
#[derive(Clone, Debug, PartialEq)]
struct Hunk {
    a: Range<usize>,
    b: Range<usize>,
}

/// Changes with next to nothing between them, as one.
fn joined(hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut joined: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        let size = |hunk: &Hunk| hunk.a.len() + hunk.b.len();
        match joined.last_mut() {
            Some(last) if hunk.b.start - last.b.end < ISLAND.min(size(last)).min(size(&hunk)) => {
                last.a.end = hunk.a.end;
                last.b.end = hunk.b.end;
            }
            _ => joined.push(hunk),
        }
    }
    joined
}

/// So far may a stretch be moved on to begin with a sentence.
const SLIDE: usize = 12;

/// A stretch that only one text has often stands as well some words further on: "[. It rained].".
/// There it is moved to where it begins after the end of a sentence.
fn to_sentences(hunks: &mut [Hunk], a: &[Token<'_>], b: &[Token<'_>]) {
    let mut next = (a.len(), b.len());
    for hunk in hunks.iter_mut().rev() {
        let (tokens, range) = match (hunk.a.is_empty(), hunk.b.is_empty()) {
            (true, false) => (b, hunk.b.clone()),
            (false, true) => (a, hunk.a.clone()),
            _ => {
                next = (hunk.a.start, hunk.b.start);
                continue;
            }
        };
        let room = (next.0 - hunk.a.end).min(next.1 - hunk.b.end).min(SLIDE);
        let same = tokens[range.start..].iter().zip(&tokens[range.end..]);
        let same = same.take(room).take_while(|(x, y)| x == y);
        let ends = |(at, (token, _)): (usize, (&Token<'_>, _))| {
            matches!(token.text, "." | "!" | "?").then_some(at + 1)
        };
        if let Some(by) = same.enumerate().find_map(ends) {
            hunk.a = hunk.a.start + by..hunk.a.end + by;
            hunk.b = hunk.b.start + by..hunk.b.end + by;
        }
        next = (hunk.a.start, hunk.b.start);
    }
}

/// The stretches in which the two differ, in order.
fn hunks(a: &[Token<'_>], b: &[Token<'_>]) -> Vec<Hunk> {
    let same_end = (a.iter().rev())
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y);
    let same_end = same_end.count();
    let (ends_a, ends_b) = (a.len() - same_end, b.len() - same_end);
    let mut steps = Vec::new();
    let (mut x, mut y) = (0, 0);
    while x < ends_a || y < ends_b {
        let (part_a, part_b) = (&a[x..ends_a], &b[y..ends_b]);
        for (in_a, in_b) in way(part_a, part_b) {
            steps.push((x + in_a.start..x + in_a.end, y + in_b.start..y + in_b.end));
        }
        (x, y) = steps
            .last()
            .map_or((ends_a, ends_b), |(a, b)| (a.end, b.end));
    }
    // Steps are same words and single changes, one after another; changes that touch are one.
    let mut hunks: Vec<Hunk> = Vec::new();
    for (a, b) in steps {
        let same = !a.is_empty() && !b.is_empty();
        match hunks.last_mut() {
            _ if same || a.is_empty() && b.is_empty() => {}
            Some(last) if last.a.end == a.start && last.b.end == b.start => {
                last.a.end = a.end;
                last.b.end = b.end;
            }
            _ => hunks.push(Hunk { a, b }),
        }
    }
    hunks
}

type Step = (Range<usize>, Range<usize>);

/// A way from the beginning of both: to their ends, or as far as the window lets it come. Moves at
/// least one word on, unless both are empty. A step over both is of same words, any other of one
/// word that only one of them has.
fn way(a: &[Token<'_>], b: &[Token<'_>]) -> Vec<Step> {
    let offset = WINDOW + 1;
    // How far in `a` the furthest way has come on each diagonal; all rounds are kept to go back.
    let mut furthest = vec![0usize; 2 * offset + 1];
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    let in_b = |x: usize, diagonal: usize| (x + offset).checked_sub(diagonal);
    for changed in 0..=WINDOW {
        rounds.push(furthest[offset - changed..=offset + changed].to_vec());
        let mut best: Option<(usize, usize, usize)> = None;
        for diagonal in (offset - changed..=offset + changed).step_by(2) {
            let down = diagonal == offset - changed
                || diagonal != offset + changed && furthest[diagonal - 1] < furthest[diagonal + 1];
            let x = match (changed, down) {
                (0, _) => 0,
                (_, true) => furthest[diagonal + 1],
                (_, false) => furthest[diagonal - 1] + 1,
            };
            // Beyond the end of either text: a way that cannot be.
            let Some(y) = in_b(x, diagonal).filter(|y| *y <= b.len() && x <= a.len()) else {
                furthest[diagonal] = x;
                continue;
            };
            let same = a[x..]
                .iter()
                .zip(&b[y..])
                .take_while(|(p, q)| p == q)
                .count();
            furthest[diagonal] = x + same;
            let (x, y) = (x + same, y + same);
            if best.is_none_or(|(x0, y0, _)| x + y > x0 + y0) {
                best = Some((x, y, diagonal));
            }
            if x == a.len() && y == b.len() {
                return back(&rounds, changed, diagonal, x, offset);
            }
        }
        if changed == WINDOW
            && let Some((x, _, diagonal)) = best
        {
            return back(&rounds, changed, diagonal, x, offset);
        }
    }
    // Not reached: the last round always has a way within both texts. Then all is one change.
    vec![(0..a.len(), 0..0), (a.len()..a.len(), 0..b.len())]
}

/// The steps of a way that ends at `x` on a diagonal after so many changes.
fn back(
    rounds: &[Vec<usize>],
    changed: usize,
    diagonal: usize,
    x: usize,
    offset: usize,
) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut diagonal, mut x) = (diagonal, x);
    for changed in (0..=changed).rev() {
        let y = x + offset - diagonal;
        let (from_x, from_y, from_diagonal) = match changed {
            0 => (0, 0, offset),
            _ => {
                let before = |diagonal: usize| {
                    let at = (diagonal + changed).checked_sub(offset);
                    rounds
                        .get(changed)
                        .and_then(|round| round.get(at?))
                        .copied()
                };
                let low = diagonal == offset - changed;
                let high = diagonal == offset + changed;
                let down = low || !high && before(diagonal - 1) < before(diagonal + 1);
                let from = if down { diagonal + 1 } else { diagonal - 1 };
                let x = before(from).unwrap_or(0);
                (x, x + offset - from, from)
            }
        };
        // First the change, then the same words; written from the end.
        let (mid_x, mid_y) = match changed {
            0 => (0, 0),
            _ if from_diagonal > diagonal => (from_x, from_y + 1),
            _ => (from_x + 1, from_y),
        };
        if mid_x < x {
            steps.push((mid_x..x, mid_y..y));
        }
        if changed > 0 {
            steps.push((from_x..mid_x, from_y..mid_y));
        }
        (diagonal, x) = (from_diagonal, from_x);
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn check(from: &str, to: &str, expected: Expect) {
        let mut out = String::new();
        for change in changes(from, to) {
            let (a, b) = (&change.from, &change.to);
            let line = format!(
                "{} [-{}-]{}..{} {{+{}+}}{}..{} {}",
                change.before, a.text, a.start, a.end, b.text, b.start, b.end, change.after
            );
            out += &format!("{}\n", line.trim());
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn words_that_changed_stand_between_those_that_stay() {
        check(
            "The army said at least 1,400 people died in Velka’s market on Friday.",
            "The army said on Sunday that 1,450 people died in Velka's market on Friday night.",
            expect![[r#"
                The army said [-at least 1,400-]14..28 {+on Sunday that 1,450+}14..34 people died in Velka's
                Velka's market on Friday [--]68..68 {+night+}75..80 .
            "#]],
        );
    }

    #[test]
    fn a_sentence_put_in_and_one_taken_out() {
        check(
            "Žižek fled. The bridge is gone. Talks go on.",
            "Žižek fled. Talks go on. Both sides agreed to it.",
            expect![[r#"
                Žižek fled. [-The bridge is gone.-]12..31 {++}12..12 Talks go on.
                Talks go on. [--]44..44 {+Both sides agreed to it.+}25..49
            "#]],
        );
    }

    #[test]
    fn other_spaces_and_marks_are_no_change() {
        check(
            "“We won” – at last.",
            "\"We  won\" -\nat last.",
            expect![[""]],
        );
        check("", "", expect![[""]]);
        check(
            "",
            "Velka fell.",
            expect![[r#"
                [--]0..0 {+Velka fell.+}0..11
            "#]],
        );
    }

    #[test]
    fn texts_with_nothing_in_common_end_soon() {
        let one: String = (0..30_000).map(|n| format!("a{n} ")).collect();
        let other: String = (0..30_000).map(|n| format!("b{n} ")).collect();
        assert_eq!(changes(&one, &other).len(), 1);
        let turns = |a: &str, b: &str| format!("{a} {b} ").repeat(20_000);
        assert!(!changes(&turns("x", "y"), &turns("y", "z")).is_empty());
    }

    proptest! {
        #[test]
        fn the_changes_make_one_text_of_the_other(a in "[ab.é \n]{0,60}", b in "[ab.é \n]{0,60}") {
            rebuilds(&a, &b)?;
        }

        #[test]
        fn also_past_the_window(seed in 0u64..1000, size in 200usize..900) {
            let text = |mut n: u64| -> String {
                (0..size).map(|_| {
                    n = n.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    format!("w{} ", (n >> 33) % 7)
                }).collect()
            };
            rebuilds(&text(seed), &text(seed + 1))?;
        }
    }

    /// With the changes taken out and put in, the earlier text has the words of the later one.
    fn rebuilds(a: &str, b: &str) -> Result<(), TestCaseError> {
        let letters: Vec<char> = a.chars().collect();
        let mut built = String::new();
        let mut at = 0;
        for change in changes(a, b) {
            prop_assert!(change.from.start >= at);
            built.extend(&letters[at..change.from.start]);
            built.push(' ');
            built += &change.to.text;
            built.push(' ');
            at = change.from.end;
        }
        built.extend(&letters[at..]);
        let words = |text: &str| {
            tokens(text)
                .iter()
                .map(|t| t.text.to_string())
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(words(&built), words(b));
        Ok(())
    }
}
