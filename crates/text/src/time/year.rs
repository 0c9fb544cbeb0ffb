//! Years, decades, centuries.

use super::Read;
use super::calendar::{counts_something, ordinal_at, ordinal_of};
use super::numeric::short_year;
use crate::document::{Tag, Token};
use crate::number;
use crate::role::{self, Role, Words};
use rapporteur_model::{Date, Form, When};

/// "2021" in the years that reports write of.
pub(super) fn printed_year(text: &str) -> Option<i16> {
    let year = (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse::<i16>().ok())??;
    (1500..=2199).contains(&year).then_some(year)
}

/// A year, in digits or words, and the token after it: "2021", "'98", "nineteen eighty-six", "two thousand
/// and fifteen".
pub(super) fn year_at(w: Words<'_>, at: usize) -> Option<(i16, usize)> {
    if let Some(year) = printed_year(w.text(at)) {
        return Some((year, at + 1));
    }
    if matches!(w.text(at), "'" | "\u{2019}" | "\u{2018}") {
        let year = two_digits(w, at + 1).filter(|_| !w.tokens[at + 1].spaced)?;
        return Some((year, at + 2));
    }
    spelt_year(w, at)
}

/// The year of two digits: "87".
pub(super) fn two_digits(w: Words<'_>, at: usize) -> Option<i16> {
    let text = w.text(at);
    let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok().map(short_year))?
}

/// A year in words, read as two numbers or as one of thousands.
fn spelt_year(w: Words<'_>, at: usize) -> Option<(i16, usize)> {
    let is_word = |at: usize| w.text(at).starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_word(at) || !(w.is(at, Role::Ones) || w.is(at, Role::Tens)) {
        return None;
    }
    let hundreds = (w.value(at, Role::Ones).filter(|n| (15..20).contains(n)))
        .or(w.value(at, Role::Tens).filter(|n| *n == 20));
    let rest = (number::cardinal(w.tokens, w.roles, at + 1, w.end))
        .filter(|(value, _)| is_word(at + 1) && (10.0..100.0).contains(value));
    let (year, to) = match (hundreds, rest) {
        (Some(hundreds), Some((rest, to))) => (f64::from(100 * hundreds) + rest, to),
        _ => number::cardinal(w.tokens, w.roles, at, w.end)?,
    };
    // "two thousand" alone counts, but for "the year two thousand".
    let counts = year == 2000.0 && !w.follows(at, Role::YearWord);
    let fits = year.fract() == 0.0 && (1500.0..=2100.0).contains(&year) && !counts;
    fits.then_some((year as i16, to))
}

/// "AD 247", "247 CE", and of years before 1500 "the year 247".
pub(super) fn anno(w: Words<'_>, at: usize) -> Read {
    let number = |at: usize| -> Option<i16> {
        let text = w.text(at);
        let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok())?
    };
    let era = |at: usize| {
        w.is(at, Role::Anno) && w.text(at).starts_with(|c: char| c.is_ascii_uppercase())
    };
    if era(at)
        && let Some(year) = number(at + 1)
    {
        return Some((absolute_years(year, year)?, at + 2));
    }
    let year = number(at)?;
    if era(at + 1) {
        return Some((absolute_years(year, year)?, at + 2));
    }
    let said =
        w.text(at).len() >= 3 && w.follows(at, Role::YearWord) && !counts_something(w, at + 1);
    (said && year < 1500).then(|| Some((absolute_years(year, year)?, at + 1)))?
}

/// A year before Christ where a number and "BC" stand; 1 BC is the year 0.
pub(super) fn year_before_christ(w: Words<'_>, at: usize) -> Option<i16> {
    let text = w.text(at);
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let year: i16 = (digits && w.is(at + 1, Role::BeforeChrist)).then(|| text.parse().ok())??;
    (year > 0).then_some(1 - year)
}

/// "264 BC", "264 to 241 BC", "240-238 BC", "the 470s BC".
pub(super) fn before_christ(w: Words<'_>, at: usize) -> Read {
    if let Some(year) = year_before_christ(w, at) {
        return Some((absolute_years(year, year)?, at + 2));
    }
    let text = w.text(at);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = |text: &str| {
        text.parse::<i16>()
            .ok()
            .filter(|year| (1..=3000).contains(year))
    };
    if let Some((first, last)) = text.split_once('-') {
        let (first, last) = (number(first)?, number(last)?);
        return (w.is(at + 1, Role::BeforeChrist) && first > last)
            .then(|| Some((absolute_years(1 - first, 1 - last)?, at + 2)))?;
    }
    if let Some(first) = text.strip_suffix('s').and_then(number) {
        return (w.is(at + 1, Role::BeforeChrist) && first % 10 == 0)
            .then(|| Some((absolute_years(-8 - first, 1 - first)?, at + 2)))?;
    }
    // "between 490 and 480 BC"
    if w.is(at + 1, Role::And)
        && year_before_christ(w, at + 2)
            .is_some_and(|last| number(text).is_some_and(|first| 1 - first < last))
    {
        let year = 1 - number(text)?;
        return Some((absolute_years(year, year)?, at + 1));
    }
    let joint = w.is(at + 1, Role::To) || matches!(w.text(at + 1), "-" | "\u{2013}" | "\u{2014}");
    let last = joint.then(|| year_before_christ(w, at + 2))??;
    let first = 1 - number(text)?;
    (first < last).then(|| Some((absolute_years(first, last)?, at + 4)))?
}

/// "the 15th century", "the early 21st century", "the 4th century BC", "mid-19th-century".
pub(super) fn century(w: Words<'_>, at: usize) -> Read {
    if w.text(at).contains('-')
        && let Some(read) = hyphened_century(w, at)
    {
        return Some(read);
    }
    let part = usize::from(w.is(at, Role::Part));
    let (number, to) = ordinal_at(w, at + part)?;
    if w.value(to, Role::Unit) != Some(5) {
        // "the 19th and 20th centuries", "the 15th to the 17th century": the unit is said once.
        let next = to + 1 + usize::from(w.is(to + 1, Role::Article));
        let (_, second) = ordinal_at(w, next)?;
        let joined = w.is(to, Role::And) || w.is(to, Role::To) || w.text(to) == "or";
        let both = joined && w.value(second, Role::Unit) == Some(5);
        let before_christ = w.is(second + 1, Role::BeforeChrist);
        return both.then(|| Some((of_century(number, before_christ)?, to)))?;
    }
    let before_christ = w.is(to + 1, Role::BeforeChrist);
    // "the first century AD"
    let era = before_christ || w.is(to + 1, Role::Anno) && !w.text(to + 1).starts_with('a');
    Some((
        of_century(number, before_christ)?,
        to + 1 + usize::from(era),
    ))
}

/// "19th-century", "mid-19th century", "nineteenth-century".
fn hyphened_century(w: Words<'_>, at: usize) -> Read {
    let lower = &*w.get(at)?.lower;
    let is = |word: &str, role| role::value(role::of_word(word), role);
    let rest = (lower.split_once('-'))
        .filter(|(part, _)| is(part, Role::Part).is_some())
        .map_or(lower, |(_, rest)| rest);
    let (number, unit) = match rest.rsplit_once('-') {
        Some((number, unit)) => (number, is(unit, Role::Unit)),
        None => (rest, None),
    };
    let to = match unit {
        Some(unit) => (unit == 5.0).then_some(at + 1),
        None => (w.value(at + 1, Role::Unit) == Some(5)).then_some(at + 2),
    }?;
    let number = if unit.is_some() { number } else { rest };
    Some((of_century(ordinal_of(number)?, false)?, to))
}

fn of_century(number: i8, before_christ: bool) -> Option<Form> {
    let number = i16::from(number);
    let first = if before_christ {
        1 - 100 * number
    } else {
        100 * (number - 1)
    };
    absolute_years(first, first + 99)
}

/// "FY 2031", "fiscal 2031", "the 2031 school year": no calendar gives its days.
pub(super) fn own_year(w: Words<'_>, at: usize) -> Read {
    let year = |at: usize| {
        let text = w.text(at);
        let both = text.split_once(['-', '/']).map_or(text, |(first, _)| first);
        printed_year(both).is_some()
    };
    if w.is(at, Role::OwnYearShort) && year(at + 1) {
        return Some((Form::Vague, at + 2));
    }
    if w.is(at, Role::CalendarYear) {
        return bare_year(w, at + 1);
    }
    let own = |at: usize| w.is(at, Role::OwnYear);
    let word = |at: usize| w.is(at, Role::YearWord);
    let to = match () {
        () if own(at) && word(at + 1) && year(at + 2) => at + 3,
        () if own(at) && year(at + 1) => at + 2,
        () if own(at) && word(at + 1) && w.follows(at, Role::BeforeLength) => at + 2,
        () if year(at) && own(at + 1) && word(at + 2) => at + 3,
        () => return None,
    };
    Some((Form::Vague, to))
}

/// "the nineteen sixties", "the twenty-tens", "the two thousands", "the '90s", "the 90's".
pub(super) fn spelt_decade(w: Words<'_>, at: usize) -> Read {
    // "the 1920s and 30s"
    if let Some(first) = w
        .value(at, Role::DecadeShort)
        .filter(|_| after_decade(w, at))
    {
        let first = i16::try_from(first).ok()?;
        return Some((absolute_years(first, first.checked_add(9)?)?, at + 1));
    }
    if !w.follows(at, Role::Article) && !w.follows(at, Role::In) && !w.follows(at, Role::Part) {
        return None;
    }
    let ten = |first: i32| {
        let first = i16::try_from(first).ok()?;
        absolute_years(first, first.checked_add(9)?)
    };
    let mark = |at: usize| matches!(w.text(at), "'" | "\u{2019}" | "\u{2018}");
    if mark(at)
        && let Some(first) =
            (w.value(at + 1, Role::DecadeWord)).or(w.value(at + 1, Role::DecadeShort))
    {
        return Some((ten(first)?, at + 2));
    }
    // "90's"
    if w.is(at + 1, Role::Possessive)
        && let Some(year) = two_digits(w, at).filter(|year| year % 10 == 0)
    {
        return Some((ten(i32::from(year))?, at + 2));
    }
    let of = |text: &str, role| role::value(role::of_word(&text.to_lowercase()), role);
    let (first, tail, to) = match w.text(at).split_once('-') {
        Some((first, tail)) => (first, tail, at + 1),
        None => (w.text(at), w.text(at + 1), at + 2),
    };
    let tail = of(tail, Role::DecadeTail)? as i32;
    let hundreds = match of(first, Role::Ones).or_else(|| of(first, Role::Tens))? as i32 {
        2 => 20,
        hundreds @ 15..=20 => hundreds,
        _ => return None,
    };
    Some((ten(100 * hundreds + tail)?, to))
}

/// "the 1990s", "late 1990s", "mid-1990s".
pub(super) fn decade(w: Words<'_>, at: usize) -> Read {
    let named = |text: &str| -> Option<i16> {
        let year = printed_year(text.strip_suffix('s')?)?;
        (year % 10 == 0).then_some(year)
    };
    let at_token = |at: usize| -> Option<(i16, usize)> {
        if let Some(year) = named(w.text(at)) {
            return Some((year, at + 1));
        }
        // "1990's" after an article.
        let year = printed_year(w.text(at)).filter(|y| y % 10 == 0)?;
        (w.follows(at, Role::Article) && w.is(at + 1, Role::Possessive)).then_some((year, at + 2))
    };
    let years = |part: Option<i32>, first: i16| {
        let (from, to) = match part {
            None => (0, 9),
            Some(0) => (0, 4),
            Some(1) => (3, 6),
            Some(_) => (5, 9),
        };
        absolute_years(first + from, first + to)
    };
    if let Some((part, rest)) = w.text(at).split_once('-') {
        let word = || role::value(role::of_word(&rest.to_lowercase()), Role::DecadeWord);
        let first = named(rest).or_else(|| word().map(|first| first as i16))?;
        let part = role::value(role::of_word(&part.to_lowercase()), Role::Part)? as i32;
        return Some((years(Some(part), first)?, at + 1));
    }
    // "the nineties"
    let word = at + usize::from(w.is(at, Role::Part));
    if let Some(first) = w.value(word, Role::DecadeWord)
        && (w.follows(at, Role::Article) || w.follows(at, Role::In) || after_decade(w, at))
    {
        return Some((
            years(w.value(at, Role::Part), i16::try_from(first).ok()?)?,
            word + 1,
        ));
    }
    let part = w.value(at, Role::Part);
    let (first, to) = at_token(at + usize::from(part.is_some()))?;
    Some((years(part, first)?, to))
}

/// "the 1960s and 70s"
fn after_decade(w: Words<'_>, at: usize) -> bool {
    let before = at.checked_sub(2).map_or("", |before| w.text(before));
    let year = before.strip_suffix('s').and_then(printed_year);
    year.is_some() && (w.follows(at, Role::And) || w.follows(at, Role::Range))
}

pub(super) fn absolute_years(first: i16, last: i16) -> Option<Form> {
    Some(Form::Absolute(When::between(
        Date::new(first, 1, 1).ok()?,
        Date::new(last, 12, 31).ok()?,
    )))
}

/// "in 2020", "the year 2020", "(2006)", "1996-2001", "2019-20".
pub(super) fn years(w: Words<'_>, at: usize) -> Read {
    let text = w.text(at);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        // "in nineteen eighty-six", "in '86"
        let (year, to) = year_at(w, at)
            .filter(|(_, to)| w.follows(at, Role::BeforeYear) && !counts_something(w, *to))?;
        return Some((absolute_years(year, year)?, to));
    }
    if let Some((a, b)) = text.split_once(['-', '/']) {
        let first = printed_year(a)?;
        let last = printed_year(b).or_else(|| {
            let two: i16 = (b.len() == 2).then(|| b.parse().ok())??;
            Some(first - first % 100 + two)
        })?;
        return (last > first).then(|| Some((absolute_years(first, last)?, at + 1)))?;
    }
    let (form, to) = bare_year(w, at)?;
    // "the fiscal year 2008"
    if w.follows(at, Role::YearWord) && at >= 2 && w.is(at - 2, Role::OwnYear) {
        return Some((Form::Vague, to));
    }
    // "2018 or later"
    if w.text(to) == "or" && w.is(to + 1, Role::Sub) {
        return Some((form, to));
    }
    // A heading: "1938", "1972 election".
    let heads = at == w.start
        && (w.get(to).is_none_or(|t| t.text == ":")
            || w.is(to, Role::YearVerb)
            || w.get(w.end - 1).is_some_and(|t| !t.is_punct())
                && w.tag(to) == Some(Tag::Noun)
                && !counts_things(w, to)
            || matches!(w.tag(to), Some(Tag::Adp | Tag::Det)));
    let bracketed = heads || w.before(at).is_some_and(|t| t.text == "(") && w.text(to) == ")";
    // "the years 2014 and 2015"
    let years = w
        .before(at)
        .is_some_and(|t| role::value(role::of_word(&t.lemma), Role::YearWord).is_some());
    // "in 2014, 2015 and 2016"
    let listed = at >= w.start + 2
        && w.text(at - 1) == ","
        && printed_year(w.text(at - 2)).is_some()
        && (w.text(to) == "," || w.is(to, Role::And) || w.get(to).is_none_or(Token::is_punct));
    let opens_sentence = at == w.start && w.text(to) == ",";
    // "a 2015 agreement", "Velka's 2014 vote"
    let of_noun = matches!(w.tag(to), Some(Tag::Noun | Tag::Adj | Tag::Propn))
        && w.before(at).is_some_and(|t| {
            matches!(t.tag, Tag::Det | Tag::Adj | Tag::Part)
                || t.tag == Tag::Pron && !t.is_capitalised()
        })
        && !w.follows(at, Role::Infinitive);
    (bracketed
        || listed
        || years
        || opens_sentence
        || (w.follows(at, Role::BeforeYear) || of_noun) && !counts_things(w, to))
    .then_some((form, to))
}

/// Does the token after a number name things in the plural, or a measure?
pub(super) fn counts_things(w: Words<'_>, at: usize) -> bool {
    let after_article = at >= 2 && (w.is(at - 2, Role::Article) || w.is(at - 2, Role::Possessive));
    w.tag(at) == Some(Tag::Sym)
        || w.is(at, Role::Scale)
        || w.is(at, Role::MeasurePrefix)
        || !after_article && (w.is_plural(at) || w.tag(at) == Some(Tag::Adj) && w.is_plural(at + 1))
}

pub(super) fn bare_year(w: Words<'_>, at: usize) -> Read {
    let year = printed_year(w.text(at))?;
    Some((absolute_years(year, year)?, at + 1))
}

/// "the second half of the 20th century", "the end of the 1990s", "the first decade of the 21st century".
pub(super) fn of_years(w: Words<'_>, at: usize) -> Read {
    let ordinal = || ordinal_at(w, at).map(|(nth, noun)| (i16::from(nth), noun));
    let other = || Some((i16::try_from(w.value(at, Role::Halves)?).ok()?, at + 1));
    let last = w.is(at, Role::Last) || w.is(at, Role::Final);
    // Of how many parts which.
    let (parts, nth, noun) = if let Some(part) = w.value(at, Role::PartNoun) {
        (3, i16::try_from(part).ok()? + 1, at)
    } else {
        let (nth, noun) = ordinal()
            .filter(|_| !last)
            .or_else(other)
            .unwrap_or((0, at + 1));
        let parts = match () {
            () if w.is(noun, Role::HalfYear) => 2,
            () if w.is(noun, Role::Quarter) => 4,
            () if w.value(noun, Role::Unit) == Some(4) && !w.is_plural(noun) => 10,
            () => return None,
        };
        (parts, if last { parts } else { nth }, noun)
    };
    if !w.is(noun + 1, Role::Of) || !(1..=parts).contains(&nth) {
        return None;
    }
    let next = noun + 2 + usize::from(w.is(noun + 2, Role::Article));
    let (whole, to) = decade(w, next).or_else(|| century(w, next))?;
    let Form::Absolute(when) = whole else {
        return None;
    };
    let (first, size) = (
        when.earliest.year(),
        when.latest.year() - when.earliest.year() + 1,
    );
    let (from, until) = match (parts, size) {
        // As wide as the words are used.
        (3, 10) => [(0, 3), (3, 6), (6, 9)]
            .get(usize::try_from(nth - 1).ok()?)
            .copied()?,
        (3, _) => [(0, 39), (30, 69), (60, 99)]
            .get(usize::try_from(nth - 1).ok()?)
            .copied()?,
        (4 | 10, 10) => return None,
        _ => (size / parts * (nth - 1), size / parts * nth - 1),
    };
    Some((absolute_years(first + from, first + until)?, to))
}
