//! Dates of the calendar: days, months, years and their parts.

use super::range::resolved;
use super::{OPEN, Read, Year, set_lean};
use crate::document::{Tag, Token};
use crate::role::{self, Role, Words};
use rapporteur_model::{Date, Form, Lean, Part, When, YearHint};

/// "05-Aug-2016", "Dec-2018", "2015-12", "12/2015", "Jan/3", "2019/aug/01": in one token.
fn joined_parts(w: Words<'_>, at: usize) -> Read {
    let text = w.text(at);
    let separator = text.chars().find(|c| matches!(c, '-' | '/'))?;
    let parts: Vec<&str> = text.splitn(4, separator).collect();
    let month = |text: &str| {
        let roles = role::of_word(&text.to_lowercase());
        let month = role::value(roles, Role::Month).or(role::value(roles, Role::MonthOrWord))?;
        Some(month as i8)
    };
    let number = |text: &str| (text.len() <= 2).then(|| text.parse::<i8>().ok())?;
    let (year, month, day) = match parts.as_slice() {
        [a, b] => match (printed_year(a), printed_year(b)) {
            (Some(year), None) => (Some(year), month(b).or(number(b))?, None),
            (None, Some(year)) => (Some(year), month(a).or(number(a))?, None),
            _ => match (month(a), month(b)) {
                (Some(month), None) => (None, month, Some(day_number(b)?)),
                (None, Some(month)) => (None, month, Some(day_number(a)?)),
                _ => return None,
            },
        },
        [a, b, c] => match (printed_year(a), month(a), month(b), printed_year(c)) {
            (Some(year), _, Some(month), _) => (Some(year), month, Some(day_number(c)?)),
            (Some(year), ..) => (Some(year), month(c)?, Some(day_number(b)?)),
            (_, Some(month), _, Some(year)) => (Some(year), month, Some(day_number(b)?)),
            (_, _, Some(month), Some(year)) => (Some(year), month, Some(day_number(a)?)),
            _ => return None,
        },
        _ => return None,
    };
    // "2015-16" is a season or a financial year.
    if year.is_some() && day.is_none() && !(1..=12).contains(&month) {
        return None;
    }
    let year = year.map_or(OPEN, Year::Printed);
    Some((calendar_form(year, month, day, None)?, at + 1))
}

/// "22/04", "7/6": day and month where they can be told apart.
pub(super) fn day_and_month(text: &str) -> Option<(i8, i8)> {
    let (a, b) = text.split_once(['/', '.', '-'])?;
    let number = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<i8>().ok())?
    };
    match (number(a)?, number(b)?) {
        (day @ 13..=31, month @ 1..=12) | (month @ 1..=12, day @ 13..=31) => Some((day, month)),
        _ => None,
    }
}

/// "on 22/04", "from 10/25".
fn short_numeric(w: Words<'_>, at: usize) -> Read {
    let placed = w.follows(at, Role::On)
        || w.follows(at, Role::By)
        || w.follows(at, Role::From)
        || w.follows(at, Role::Since);
    let (day, month) = day_and_month(w.text(at)).filter(|_| placed && w.text(at).contains('/'))?;
    Some((calendar_form(OPEN, month, Some(day), None)?, at + 1))
}

/// "20210714"
fn packed(w: Words<'_>, at: usize) -> Read {
    let text = w.text(at);
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year = printed_year(text.get(..4)?)?;
    let (month, day) = (text.get(4..6)?.parse().ok()?, text.get(6..)?.parse().ok()?);
    let date = Date::new(year, month, day).ok()?;
    Some((Form::Absolute(When::day(date)), at + 1))
}

/// "2021-07-14", "14/07/2021", "07/14/2021", "14.07.2021": where day and month can be told apart.
pub(super) fn numeric(w: Words<'_>, at: usize) -> Read {
    whole_date(w, at)
        .or_else(|| joined_parts(w, at))
        .or_else(|| short_numeric(w, at))
        .or_else(|| packed(w, at))
}

fn whole_date(w: Words<'_>, at: usize) -> Read {
    let text = w.text(at);
    if text.len() < 8 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let mut parts = text.split(separator);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || b.len() > 2 {
        return None;
    }
    let two = |text: &str| (text.len() <= 2).then(|| text.parse::<i8>().ok())?;
    let day = if a.len() == 4 {
        Date::new(printed_year(a)?, two(b)?, two(c)?).ok()?
    } else {
        let (year, a, b) = (printed_year(c)?, two(a)?, two(b)?);
        // "7.5.2021" is a day before a month wherever dates have full stops.
        match (a > 12 || separator == '.', b > 12) {
            (true, false) => Date::new(year, b, a).ok()?,
            (false, true) => Date::new(year, a, b).ok()?,
            _ if a == b => Date::new(year, a, b).ok()?,
            _ => return None,
        }
    };
    Some((Form::Absolute(When::day(day)), at + 1))
}

/// "2021" in the years that reports write of.
pub(super) fn printed_year(text: &str) -> Option<i16> {
    let year = (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse::<i16>().ok())??;
    (1500..=2100).contains(&year).then_some(year)
}

/// "14", "14th", "07".
pub(super) fn day_number(text: &str) -> Option<i8> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .map_or(text, |cut| &text[..cut]);
    let ending = &text[digits.len()..];
    let is_ordinal =
        || role::value(role::of_word(&ending.to_lowercase()), Role::OrdinalEnding).is_some();
    if !(1..=2).contains(&digits.len()) || !ending.is_empty() && !is_ordinal() {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// A month's name or abbreviation and the token after it; of names that are other words too, only
/// with a capital.
pub(super) fn month_name(w: Words<'_>, at: usize) -> Option<(i8, usize)> {
    let month = w.value(at, Role::Month).or_else(|| {
        // "26 june", "june of 1992"
        let placed = || {
            let of = at + 1 + usize::from(w.is(at + 1, Role::Of) || w.is(at + 1, Role::In));
            let ends = |at: usize| w.get(at).is_none_or(Token::is_punct);
            let after_day = w.before(at).is_some_and(|t| day_number(t.text).is_some());
            !matches!(w.tag(at), Some(Tag::Aux | Tag::Verb))
                && (printed_year(w.text(of)).is_some()
                    || day_number(w.text(at + 1)).is_some() && !counts_something(w, at + 2)
                    || after_day && ends(at + 1))
        };
        w.value(at, Role::MonthOrWord)
            .filter(|_| w.get(at).is_some_and(Token::is_capitalised) || placed())
    })?;
    // "Sept . 11"
    let short = w.text(at).len() <= 4;
    let stop = short && w.text(at + 1) == "." && day_number(w.text(at + 2)).is_some();
    Some((i8::try_from(month).ok()?, at + 1 + usize::from(stop)))
}

/// The year after a date: ", 2021", "2021", "of 2021", "this year", "of last year".
pub(super) fn year_after(w: Words<'_>, at: usize) -> Option<(Year, usize)> {
    let comma = usize::from(w.text(at) == ",");
    // "April 480 BC"
    let before = at + usize::from(w.is(at, Role::Of));
    if let Some(year) = year_before_christ(w, before) {
        return Some((Year::Printed(year), before + 2));
    }
    if let Some(year) = printed_year(w.text(at + comma)) {
        // "On July 14, 2000 people …"
        let next = at + comma + 1;
        return (comma == 0 || !w.is_plural(next)).then_some((Year::Printed(year), next));
    }
    let of = at + usize::from(w.is(at, Role::Of) || w.is(at, Role::In));
    if let Some(year) = printed_year(w.text(of)) {
        return Some((Year::Printed(year), of + 1));
    }
    let count = w
        .value(of, Role::Last)
        .or(w.value(of, Role::This))
        .or(w.value(of, Role::Next))?;
    w.is(of + 1, Role::YearWord)
        .then_some((Year::Hint(YearHint::Offset(count)), of + 2))
}

/// `None` where no year has such a day.
pub(super) fn calendar_form(
    year: Year,
    month: i8,
    day: Option<i8>,
    part: Option<Part>,
) -> Option<Form> {
    let of = |year| Form::Calendar {
        year,
        month,
        day,
        part,
        lean: Lean::Unknown,
    };
    match year {
        Year::Printed(year) => resolved(&of(YearHint::Offset(0)), Date::new(year, 1, 1).ok()?),
        Year::Hint(hint) => {
            // A leap year has every day.
            resolved(&of(YearHint::Offset(0)), Date::new(2000, 1, 1).ok()?)?;
            Some(of(hint))
        }
    }
}

/// A day's number in digits or words, and the token after it: "14th", "first", "twenty-third",
/// "twenty third", "nine".
pub(super) fn day_at(w: Words<'_>, at: usize) -> Option<(i8, usize)> {
    if let Some(day) = day_number(w.text(at)) {
        return Some((day, at + 1));
    }
    let (tens, one) = match w.text(at).split_once('-') {
        Some((tens, one)) => {
            let value = |text: &str, role| role::value(role::of_word(&text.to_lowercase()), role);
            let one = value(one, Role::Ordinal).or_else(|| value(one, Role::Ones));
            (value(tens, Role::Tens)? as i32, one? as i32)
        }
        None => match w.value(at, Role::Tens) {
            Some(tens) => {
                let one = w
                    .value(at + 1, Role::Ordinal)
                    .or(w.value(at + 1, Role::Ones));
                let Some(one) = one.filter(|one| (1..10).contains(one)) else {
                    return Some((i8::try_from(tens).ok().filter(|t| *t <= 30)?, at + 1));
                };
                let day = i8::try_from(tens + one).ok().filter(|day| *day <= 31)?;
                return Some((day, at + 2));
            }
            None => (0, w.value(at, Role::Ordinal).or(w.value(at, Role::Ones))?),
        },
    };
    let day = i8::try_from(tens.checked_add(one)?).ok()?;
    (1..=31).contains(&day).then_some((day, at + 1))
}

/// Is the number a word, and no ordinal?
fn is_cardinal_word(w: Words<'_>, at: usize, to: usize) -> bool {
    let last = to.saturating_sub(1);
    day_number(w.text(at)).is_none()
        && !w.is(last, Role::Ordinal)
        && !w
            .text(last)
            .split('-')
            .any(|part| role::value(role::of_word(&part.to_lowercase()), Role::Ordinal).is_some())
}

/// "July 14", "July 14th, 2021", "14 July", "the 14th of July of last year", "July twenty-third".
pub(super) fn day_of_month(w: Words<'_>, at: usize) -> Read {
    let (month, day, to) = if let Some((month, next)) = month_name(w, at) {
        let comma = w.text(next) == "," && day_number(w.text(next + 1)).is_some();
        let ordinal = comma
            && w.text(next + 1)
                .ends_with(|c: char| c.is_ascii_alphabetic());
        let next = next + usize::from(w.is(next, Role::Article)) + usize::from(ordinal);
        let (day, to) = day_at(w, next)?;
        // "in May 20 people were …", "in May two people"
        if (w.follows(at, Role::In) || is_cardinal_word(w, next, to)) && counts_something(w, to) {
            return None;
        }
        (month, day, to)
    } else {
        let (day, next) = day_at(w, at)?;
        let day_word = next + usize::from(w.value(next, Role::Unit) == Some(0));
        let of = w.is(day_word, Role::Of);
        // "the first of May", never "first May" or "one May".
        if !of && day_number(w.text(at)).is_none() || is_cardinal_word(w, at, next) {
            return None;
        }
        let slash = usize::from(matches!(w.text(next), "/" | "-") && !of);
        let (month, to) = month_name(w, day_word + usize::from(of) + slash)?;
        (month, day, to)
    };
    let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
    Some((calendar_form(year, month, Some(day), None)?, to))
}

/// "the 18th", "the 15th day of next month", where nothing but a date is meant.
pub(super) fn month_day(w: Words<'_>, at: usize) -> Read {
    let text = w.text(at);
    let day = day_number(text)?;
    if !text.ends_with(|c: char| c.is_ascii_alphabetic()) || !w.follows(at, Role::Article) {
        return None;
    }
    let mut to = at + 1;
    let named = w.value(to, Role::Unit) == Some(0);
    to += usize::from(named);
    let of = to + usize::from(w.is(to, Role::Of));
    let shift = (w.value(of, Role::Last))
        .or(w.value(of, Role::This))
        .or(w.value(of, Role::Next))
        .filter(|_| w.value(of + 1, Role::Unit) == Some(2));
    let (month, to) = match shift {
        Some(shift) => (Some(shift), of + 2),
        None => (None, to),
    };
    let ends = (w.get(to)).is_none_or(|t| t.is_punct() || matches!(t.tag, Tag::Adp | Tag::Cconj));
    let placed = at >= 2 && w.is(at - 2, Role::BeforeMonth);
    let placed = placed || at >= 2 && (w.is(at - 2, Role::On) || w.is(at - 2, Role::By));
    let lean = Lean::Unknown;
    let form = Form::MonthDay { day, month, lean };
    (shift.is_some() || placed && ends && !w.is(to, Role::Of)).then_some((form, to))
}

/// A year before Christ where a number and "BC" stand; 1 BC is the year 0.
fn year_before_christ(w: Words<'_>, at: usize) -> Option<i16> {
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
    let joint = w.is(at + 1, Role::To) || matches!(w.text(at + 1), "-" | "\u{2013}" | "\u{2014}");
    let last = joint.then(|| year_before_christ(w, at + 2))??;
    let first = 1 - number(text)?;
    (first < last).then(|| Some((absolute_years(first, last)?, at + 4)))?
}

/// "the 15th century", "the early 21st century", "the 4th century BC".
pub(super) fn century(w: Words<'_>, at: usize) -> Read {
    let part = usize::from(w.is(at, Role::Part));
    let (number, to) = day_at(w, at + part)?;
    if w.value(to, Role::Unit) != Some(5) || is_cardinal_word(w, at + part, to) {
        return None;
    }
    let number = i16::from(number);
    if w.is(to + 1, Role::BeforeChrist) {
        let first = 1 - 100 * number;
        return Some((absolute_years(first, first + 99)?, to + 2));
    }
    let first = 100 * (number - 1);
    Some((absolute_years(first, first + 99)?, to + 1))
}

/// "Sunday, July 18", "Sunday (July 18)", "Monday the 3rd of May, 2021".
pub(super) fn weekday_with_date(w: Words<'_>, at: usize) -> Read {
    let weekday = i8::try_from(
        w.value(at, Role::Weekday)
            .or(w.value(at, Role::WeekdayShort))?,
    )
    .ok()?;
    let mut next = at + 1;
    next += usize::from(w.text(next) == "." && w.is(at, Role::WeekdayShort));
    next += usize::from(w.text(next) == ",");
    let bracket = w.text(next) == "(";
    next += usize::from(bracket);
    next += usize::from(w.is(next, Role::Article));
    let short = || {
        let (day, month) = day_and_month(w.text(next))?;
        Some((calendar_form(OPEN, month, Some(day), None)?, next + 1))
    };
    // "Mon 13th"
    let day = || {
        let day = day_number(w.text(next)).filter(|_| next == at + 1)?;
        let ends = w.get(next + 1).is_none_or(|t| t.is_punct());
        let (month, lean) = (None, Lean::Unknown);
        ends.then_some((Form::MonthDay { day, month, lean }, next + 1))
    };
    let (form, to) = day_of_month(w, next)
        .or_else(|| numeric(w, next))
        .or_else(short)
        .or_else(day)?;
    let closed = bracket && w.text(to) == ")";
    let date = Box::new(form);
    Some((Form::Dated { weekday, date }, to + usize::from(closed)))
}

/// "September", "September 2020", "September of last year", "last May". Months that are names or
/// other words need a year, or a word before them that shows what they are.
pub(super) fn month_alone(w: Words<'_>, at: usize) -> Read {
    // "last May", "this September", "next June".
    let shift = w
        .value(at, Role::Last)
        .or(w.value(at, Role::This))
        .or(w.value(at, Role::Next));
    if let Some(shift) = shift {
        let (month, to) = month_name(w, at + 1)?;
        if day_number(w.text(to)).is_some() {
            return None;
        }
        let year = match shift {
            0 => Year::Hint(YearHint::Offset(0)),
            _ => OPEN,
        };
        let mut form = calendar_form(year, month, None, None)?;
        set_lean(&mut form, || match shift {
            -1 => Lean::Past,
            1 => Lean::Future,
            _ => Lean::Unknown,
        });
        return Some((form, to));
    }
    let (month, to) = month_name(w, at)?;
    if let Some((year, to)) = year_after(w, to) {
        return Some((calendar_form(year, month, None, None)?, to));
    }
    let next_is_name = w.tag(to) == Some(Tag::Propn) && !w.is(to, Role::Weekday);
    let named_after =
        w.before(at).is_some_and(|t| t.tag == Tag::Propn) && !w.follows(at, Role::Weekday);
    let sure = if w.is(at, Role::MonthOrWord) {
        w.follows(at, Role::BeforeMonth)
            || w.follows(at, Role::BeforeName) && !next_is_name
            || w.is(to, Role::To) && month_name(w, to + 1).is_some()
    } else {
        w.get(at).is_some_and(|t| t.is_capitalised())
            && (w.text(at).len() > 3
                || w.text(at).ends_with('.')
                || w.follows(at, Role::BeforeMonth)
                || w.follows(at, Role::From)
                || w.is(to, Role::To))
            && !named_after
    };
    sure.then(|| Some((calendar_form(OPEN, month, None, None)?, to)))?
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
            Some(0) => (0, 3),
            Some(1) => (3, 6),
            Some(_) => (6, 9),
        };
        absolute_years(first + from, first + to)
    };
    if let Some((part, rest)) = w.text(at).split_once('-') {
        let first = named(rest)?;
        let part = role::value(role::of_word(&part.to_lowercase()), Role::Part)? as i32;
        return Some((years(Some(part), first)?, at + 1));
    }
    // "the nineties"
    let word = at + usize::from(w.is(at, Role::Part));
    if let Some(first) = w.value(word, Role::DecadeWord)
        && (w.follows(at, Role::Article) || w.follows(at, Role::In))
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
        return None;
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
    // A heading: "1938", "1972 election".
    let heads = at == w.start
        && (w.get(to).is_none_or(|t| t.text == ":")
            || w.is(to, Role::YearVerb)
            || w.get(w.end - 1).is_some_and(|t| !t.is_punct())
                && w.tag(to) == Some(Tag::Noun)
                && !counts_things(w, to)
            || matches!(w.tag(to), Some(Tag::Adp | Tag::Det)));
    let bracketed = heads || w.before(at).is_some_and(|t| t.text == "(") && w.text(to) == ")";
    let opens_sentence = at == w.start && w.text(to) == ",";
    // "a 2015 agreement", "Velka's 2014 vote"
    let of_noun = matches!(w.tag(to), Some(Tag::Noun | Tag::Adj | Tag::Propn))
        && w.before(at).is_some_and(|t| {
            matches!(t.tag, Tag::Det | Tag::Adj | Tag::Part)
                || t.tag == Tag::Pron && !t.is_capitalised()
        })
        && !w.follows(at, Role::Infinitive);
    (bracketed
        || opens_sentence
        || (w.follows(at, Role::BeforeYear) || of_noun) && !counts_things(w, to))
    .then_some((form, to))
}

/// Does the token after a number name things in the plural, or a measure?
pub(super) fn counts_things(w: Words<'_>, at: usize) -> bool {
    let after_article = at >= 2 && (w.is(at - 2, Role::Article) || w.is(at - 2, Role::Possessive));
    w.tag(at) == Some(Tag::Sym)
        || w.is(at, Role::Scale)
        || !after_article && (w.is_plural(at) || w.tag(at) == Some(Tag::Adj) && w.is_plural(at + 1))
}

pub(super) fn bare_year(w: Words<'_>, at: usize) -> Read {
    let year = printed_year(w.text(at))?;
    Some((absolute_years(year, year)?, at + 1))
}

/// Is the number before this token one of things?
pub(super) fn counts_something(w: Words<'_>, at: usize) -> bool {
    matches!(w.tag(at), Some(Tag::Noun | Tag::Adj | Tag::Num | Tag::Sym))
        && !w.is(at, Role::DayPart)
}
