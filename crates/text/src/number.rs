//! Numbers in digits and words.

use crate::document::Token;
use crate::role::{self, Role, Roles};

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// The value, or the least that a vague word means ("dozens": 24, "hundreds": 100).
    pub low: f64,
    /// The value, or the most that a vague word means where a larger word would be said next ("tens of
    /// thousands": 100,000); `None` for other vague words.
    pub high: Option<f64>,
    /// The token after its last.
    pub end: usize,
}

impl Number {
    pub(crate) fn exact(value: f64, end: usize) -> Number {
        Number {
            low: value,
            high: Some(value),
            end,
        }
    }
}

/// The number that begins at a token, in digits or words: "7,000", "2.5 million", "twenty-four", "a
/// dozen", "half a million", "dozens", "tens of thousands". Not: "no", "half", "a third".
pub(crate) fn read(tokens: &[Token<'_>], roles: &[Roles], at: usize, end: usize) -> Option<Number> {
    vague(roles, at, end).or_else(|| {
        let (value, end) = cardinal(tokens, roles, at, end)?;
        Some(Number::exact(value, end))
    })
}

/// "dozens", "hundreds", "tens of thousands", "several hundred".
fn vague(roles: &[Roles], at: usize, end: usize) -> Option<Number> {
    let has = |at: usize, role| (at < end).then(|| role::value(roles[at], role)).flatten();
    if let Some(low) = has(at, Role::Scores) {
        let more = has(at + 1, Role::Of).and_then(|_| has(at + 2, Role::Scores));
        // The plural word stands for two of its unit.
        let (scale, end) = more.map_or((1.0, at + 1), |more| (more / 2.0, at + 3));
        let tenfold = has(at, Role::Tenfold);
        // "tens of towns" are not yet dozens.
        let bounded = tenfold.filter(|unit| *unit >= 100.0 || more.is_some());
        return Some(Number {
            low: scale * bounded.unwrap_or(low),
            high: bounded.map(|unit| 10.0 * unit * scale),
            end,
        });
    }
    has(at, Role::Few)?;
    let scale = has(at + 1, Role::Scale).or(has(at + 1, Role::Collective))?;
    (scale >= 10.0).then_some(Number {
        low: 2.0 * scale,
        high: None,
        end: at + 2,
    })
}

/// A number with one value, and the token after its last.
pub(crate) fn cardinal(
    tokens: &[Token<'_>],
    roles: &[Roles],
    at: usize,
    end: usize,
) -> Option<(f64, usize)> {
    let has = |at: usize, role| (at < end).then(|| role::value(roles[at], role)).flatten();
    // "a dozen", "a hundred", "half a million".
    let half = has(at, Role::Half).is_some();
    let article = at + usize::from(half);
    if has(article, Role::Indefinite).is_some() {
        // "a quarter of a million"
        let part = has(at + 1, Role::Fraction).filter(|_| !half && has(at + 2, Role::Of).is_some());
        if let Some(part) = part.filter(|_| has(at + 3, Role::Indefinite).is_some())
            && let Some(scale) = has(at + 4, Role::Scale)
        {
            return Some((part * scale, at + 5));
        }
        let collective = has(article + 1, Role::Collective).filter(|v| *v > 3.0);
        if let Some(scale) = collective.or(has(article + 1, Role::Scale)) {
            if half {
                return Some((0.5 * scale, article + 2));
            }
            let mut sum = Sum::default();
            sum.scale(scale);
            return Some(more_words(tokens, roles, sum, article + 2, end));
        }
        return None;
    }
    let token = tokens.get(at).filter(|_| at < end)?;
    let mut sum = Sum::default();
    if let Some(value) = digits(token.text) {
        sum.add(value, true);
    } else if let Some(value) = vulgar(token.text) {
        // "1/2 mile"; "1/2" alone may be a day.
        let sure = !token.text.contains('/') || has(at + 1, Role::Measure).is_some();
        return sure.then_some((value, at + 1));
    } else if let Some((value, scale)) = suffixed(token.text) {
        return Some((value * scale, at + 1));
    } else if !sum.words(&token.lower) {
        return None;
    }
    Some(more_words(tokens, roles, sum, at + 1, end))
}

/// Takes in the number words that follow: "two" "hundred" "and" "fifty", "2.5" "million".
fn more_words(
    tokens: &[Token<'_>],
    roles: &[Roles],
    mut sum: Sum,
    mut at: usize,
    end: usize,
) -> (f64, usize) {
    let has = |at: usize, role| (at < end).then(|| role::value(roles[at], role)).flatten();
    while at < end {
        if sum.words(&tokens[at].lower) {
            at += 1;
        } else if let Some(part) = vulgar(tokens[at].text).filter(|part| *part < 1.0)
            && sum.last == Last::Digits
            && sum.total().fract() == 0.0
        {
            // "5 1/2"
            sum.add(part, true);
            at += 1;
        } else if has(at, Role::Collective).is_some_and(|v| v > 3.0) && sum.total() < 100.0 {
            sum.scale(has(at, Role::Collective).unwrap_or(1.0));
            at += 1;
        } else if has(at, Role::And).is_some()
            && has(at + 1, Role::Indefinite).is_some()
            && has(at + 2, Role::Half).is_some()
            && sum.total() < 1000.0
        {
            sum.half();
            at += 3;
        } else if has(at, Role::And).is_some()
            && sum.ends_in_scale()
            && at + 1 < end
            && sum.clone().words(&tokens[at + 1].lower)
            && has(at + 1, Role::Scale).is_none()
        {
            sum.words(&tokens[at + 1].lower);
            at += 2;
        } else {
            break;
        }
    }
    (sum.total(), at)
}

/// A number in words as it grows from left to right.
#[derive(Clone, Debug, Default)]
struct Sum {
    /// Thousands and above that are complete.
    above: f64,
    /// What is below the next scale word.
    below: f64,
    last: Last,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Last {
    #[default]
    Nothing,
    Ones,
    Tens,
    Hundred,
    Scale,
    Digits,
}

impl Sum {
    fn total(&self) -> f64 {
        self.above + self.below
    }

    fn ends_in_scale(&self) -> bool {
        matches!(self.last, Last::Hundred | Last::Scale)
    }

    /// Takes in a word whose hyphenated parts are all words of numbers; says whether it could.
    fn words(&mut self, lower: &str) -> bool {
        let mut sum = self.clone();
        if let Some(whole) = before_and_a_half(lower) {
            let taken = match digits(whole) {
                Some(value) if sum.last == Last::Nothing => {
                    sum.add(value, true);
                    true
                }
                _ => sum.words(whole),
            };
            if taken {
                sum.half();
                *self = sum;
            }
            return taken;
        }
        let taken = lower.split('-').all(|part| sum.word(role::of_word(part)));
        if taken {
            *self = sum;
        }
        taken
    }

    fn word(&mut self, roles: Roles) -> bool {
        if let Some(v) = role::value(roles, Role::Ones) {
            let fits = match self.last {
                Last::Nothing | Last::Hundred | Last::Scale => true,
                Last::Tens => v > 0.0 && v < 10.0,
                Last::Ones | Last::Digits => false,
            };
            if fits {
                self.below += v;
                self.last = Last::Ones;
            }
            fits
        } else if let Some(v) = role::value(roles, Role::Tens) {
            let fits = matches!(self.last, Last::Nothing | Last::Hundred | Last::Scale);
            if fits {
                self.below += v;
                self.last = Last::Tens;
            }
            fits
        } else if let Some(v) = role::value(roles, Role::Scale) {
            // "hundred" alone is no number; "a hundred" is.
            let fits = self.last != Last::Nothing;
            if fits {
                self.scale(v);
            }
            fits
        } else {
            false
        }
    }

    fn add(&mut self, value: f64, digits: bool) {
        self.below += value;
        self.last = if digits { Last::Digits } else { Last::Ones };
    }

    fn half(&mut self) {
        self.below += 0.5;
        self.last = Last::Digits;
    }

    fn scale(&mut self, scale: f64) {
        let below = if self.last == Last::Nothing {
            1.0
        } else {
            self.below
        };
        if scale < 1000.0 {
            self.below = below * scale;
            self.last = Last::Hundred;
        } else if self.last == Last::Scale {
            // "thousand million".
            self.above *= scale;
        } else {
            self.above += below * scale;
            self.below = 0.0;
            self.last = Last::Scale;
        }
    }
}

/// "two" of "two-and-a-half".
fn before_and_a_half(lower: &str) -> Option<&str> {
    if !lower.contains('-') {
        return None;
    }
    let mut parts = lower.rsplitn(4, '-');
    for role in [Role::Half, Role::Indefinite, Role::And] {
        role::value(role::of_word(parts.next()?), role)?;
    }
    parts.next()
}

/// The value of digits with separators: "7,000", "2.5", "1.000.000".
pub(crate) fn digits(text: &str) -> Option<f64> {
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || !text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    {
        return None;
    }
    let groups = |separator: char| {
        let mut parts = text.split(separator);
        parts.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && text.contains(separator)
            // Groups of two before the last are how India counts.
            && text.split(separator).skip(1).all(|part| matches!(part.len(), 2 | 3))
            && text.ends_with(|c: char| c.is_ascii_digit())
            && text.rsplit(separator).next().is_some_and(|last| last.len() == 3)
    };
    let plain = |text: &str| text.parse::<f64>().ok();
    match text.split_once('.') {
        Some((whole, cents)) if whole.contains(',') && !cents.contains(',') => {
            plain(&format!("{}.{cents}", whole.replace(',', "")))
        }
        Some(_) if text.matches('.').count() > 1 => {
            groups('.').then(|| plain(&text.replace('.', ""))).flatten()
        }
        Some(_) => plain(text),
        None if text.contains(',') => groups(',').then(|| plain(&text.replace(',', ""))).flatten(),
        None => plain(text),
    }
}

/// A fraction in digits, with a whole number before it or without: "½", "2½", "3/4".
pub(crate) fn vulgar(text: &str) -> Option<f64> {
    const SIGNS: [(char, f64); 9] = [
        ('½', 0.5),
        ('¼', 0.25),
        ('¾', 0.75),
        ('⅓', 1.0 / 3.0),
        ('⅔', 2.0 / 3.0),
        ('⅛', 0.125),
        ('⅜', 0.375),
        ('⅝', 0.625),
        ('⅞', 0.875),
    ];
    if let Some((above, below)) = text.split_once('/') {
        let number = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
        let (above, below) = (number(above)?, number(below)?);
        return (above > 0 && above < below && below <= 16)
            .then(|| f64::from(above) / f64::from(below));
    }
    let sign = text.chars().next_back()?;
    let (_, part) = SIGNS.iter().find(|(c, _)| *c == sign)?;
    match text.strip_suffix(sign)? {
        "" => Some(*part),
        whole => digits(whole).map(|whole| whole + part),
    }
}

/// "7k", "2.5bn": digits with a scale's letters; the letters' scale apart. Not "5m", which is as often
/// metres.
fn suffixed(text: &str) -> Option<(f64, f64)> {
    let (value, scale) = money(text)?;
    let metres = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic()) == "m";
    (!metres).then_some((value, scale))
}

/// The same after a currency's sign, where "5m" is five million.
pub(crate) fn money(text: &str) -> Option<(f64, f64)> {
    let cut = text.find(|c: char| c.is_ascii_alphabetic())?;
    let value = digits(text.get(..cut)?)?;
    let scale = role::value(
        role::of_word(&text.get(cut..)?.to_lowercase()),
        Role::ScaleSuffix,
    )?;
    Some((value, scale))
}

/// The value of one word: "12", "twelve".
pub(crate) fn word(lower: &str) -> Option<f64> {
    let mut sum = Sum::default();
    digits(lower).or_else(|| sum.words(lower).then(|| sum.total()))
}

/// The number at a hyphenated word's start and the rest: "three-month" 3 and "month", "24-hour",
/// "twenty-four-page".
pub(crate) fn compound(lower: &str) -> Option<(f64, &str)> {
    let (first, mut rest) = lower.split_once('-')?;
    let mut sum = Sum::default();
    if let Some(value) = digits(first) {
        sum.add(value, true);
    } else if let Some((value, scale)) = suffixed(first) {
        sum.add(value * scale, true);
    } else if !sum.words(first) {
        return None;
    }
    while let Some((next, after)) = rest.split_once('-') {
        if !sum.words(next) {
            break;
        }
        rest = after;
    }
    let is_word = rest.starts_with(char::is_alphabetic) && before_and_a_half(lower).is_none();
    (is_word && !sum.clone().words(rest)).then_some((sum.total(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::{Masthead, Report};

    #[track_caller]
    fn check(text: &str, wanted: Option<(f64, Option<f64>)>) {
        let report = Report::new(Masthead::default(), text.into(), vec![]);
        let tokens = crate::token::split(&report);
        let roles = role::of_tokens(&tokens);
        let got = read(&tokens, &roles, 0, tokens.len());
        assert_eq!(got.map(|n| (n.low, n.high)), wanted, "{text}");
        if wanted.is_some() {
            assert_eq!(got.map(|n| n.end), Some(tokens.len()), "{text}");
        }
    }

    #[test]
    fn numbers() {
        for (text, value) in [
            ("7", 7.0),
            ("7,000", 7000.0),
            ("12,34,000", 1_234_000.0),
            ("1,234.5", 1234.5),
            ("1.000.000", 1_000_000.0),
            ("2.5 million", 2_500_000.0),
            ("3bn", 3e9),
            ("20k", 20_000.0),
            ("twenty-four", 24.0),
            ("two hundred and fifty", 250.0),
            ("three thousand two hundred", 3200.0),
            ("two and a half", 2.5),
            ("two-and-a-half", 2.5),
            ("11-and-a-half", 11.5),
            ("a dozen", 12.0),
            ("two dozen", 24.0),
            ("a hundred", 100.0),
            ("a hundred and ten", 110.0),
            ("half a million", 500_000.0),
            ("five hundred thousand", 500_000.0),
            ("10 thousand million", 1e10),
        ] {
            check(text, Some((value, Some(value))));
        }
        for (text, low) in [
            ("dozens", 24.0),
            ("thousands", 2000.0),
            ("several hundred", 200.0),
        ] {
            check(text, Some((low, None)));
        }
        for (text, low, high) in [
            ("hundreds", 100.0, 1000.0),
            ("tens of thousands", 10_000.0, 100_000.0),
            ("hundreds of thousands", 100_000.0, 1_000_000.0),
        ] {
            check(text, Some((low, Some(high))));
        }
        for text in [
            "a",
            "hundred",
            "half",
            "7,00",
            "and",
            "few",
            "5m",
            "x7",
            "half a day",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn compounds() {
        assert_eq!(compound("three-month"), Some((3.0, "month")));
        assert_eq!(compound("24-hour"), Some((24.0, "hour")));
        assert_eq!(compound("twenty-four-page"), Some((24.0, "page")));
        assert_eq!(compound("twenty-four"), None);
        assert_eq!(compound("10-12"), None);
        assert_eq!(compound("cease-fire"), None);
    }
}
