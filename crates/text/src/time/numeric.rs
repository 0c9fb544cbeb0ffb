//! Dates in numbers and marks: "2021-07-14", "14/07/2021", "23/Sep/2020", "5/12", "2019-Q1".

use super::calendar::{calendar_form, day_number, year_after};
use super::part::months_of_year;
use super::range::{before, joined};
use super::year::printed_year;
use super::{Found, OPEN, Read, Year};
use crate::document::{Tag, Token};
use crate::role::{self, Role, Words};
use crate::tables;
use rapporteur_model::{Date, Form, When, YearHint};
use std::borrow::Cow;

/// Such a date. Where day and month cannot be told apart it is either.
pub(super) fn numeric(w: Words<'_>, at: usize) -> Read {
    if inside(w, at) {
        return None;
    }
    let text = w.text(at);
    let dated = |(form, to): (Form, usize)| {
        if !is_open(&form) {
            return Some((form, to));
        }
        match year_after(w, to) {
            Some((year, to)) => Some((with_year(&form, year)?, to)),
            None => Some((form, to)),
        }
    };
    let joined = joined_run(w, at).and_then(|(run, to)| Some((of_marks(&run)?, to)));
    joined
        .or_else(|| three_numbers(w, at))
        .or_else(|| Some((of_marks(text).or_else(|| packed(text))?, at + 1)))
        .or_else(|| placed_pair(w, at))
        .or_else(|| placed_short(w, at))
        .and_then(dated)
}

/// "2031 5 14": year, month and day apart.
fn three_numbers(w: Words<'_>, at: usize) -> Read {
    let year = printed_year(w.text(at))?;
    let number = |at: usize| match piece(w.text(at))? {
        Piece::Number(number) if w.text(at).bytes().all(|b| b.is_ascii_digit()) => Some(number),
        _ => None,
    };
    let date = Date::new(year, number(at + 1)?, number(at + 2)?).ok()?;
    let ends = w
        .get(at + 3)
        .is_none_or(|t| t.is_punct() || t.tag == Tag::Adp);
    ends.then_some((Form::Absolute(When::day(date)), at + 3))
}

/// Is the token in the middle of a run like "a/b-c"?
fn inside(w: Words<'_>, at: usize) -> bool {
    let mark = w
        .before(at)
        .is_some_and(|t| matches!(t.text, "/" | "-" | "."));
    mark && w.get(at).is_some_and(|t| !t.spaced)
        && (at.checked_sub(1)).is_some_and(|before| w.get(before).is_some_and(|t| !t.spaced))
}

/// The tokens of one run without spaces, "2019/aug/01", and the token after them; `None` where the
/// first is all of it.
fn joined_run<'d>(w: Words<'d>, at: usize) -> Option<(Cow<'d, str>, usize)> {
    const LONGEST: usize = 9;
    let next = w.get(at + 1).filter(|t| !t.spaced)?;
    if !matches!(next.text, "/" | "-") {
        return None;
    }
    let mut run = w.text(at).to_string();
    let mut to = at + 1;
    while to < at + LONGEST
        && let Some(token) = w.get(to).filter(|t| !t.spaced)
        && (matches!(token.text, "/" | "-") || token.text.starts_with(char::is_alphanumeric))
    {
        run.push_str(token.text);
        to += 1;
    }
    Some((Cow::Owned(run), to))
}

/// A part of a date between its marks.
#[derive(Clone, Copy)]
enum Piece {
    /// Four digits.
    Year(i16),
    /// A month's name.
    Month(i8),
    /// The first and last month of a quarter or half.
    Months(i32, i32),
    /// One or two digits.
    Number(i8),
}

fn piece(text: &str) -> Option<Piece> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let number = || (text.len() <= 2).then(|| text.parse::<i8>().ok())?;
        return (printed_year(text).map(Piece::Year)).or_else(|| number().map(Piece::Number));
    }
    let roles = role::of_word(&text.to_lowercase());
    let both = role::value(roles, Role::MonthsOfYear).map(|both| both as i32);
    (month_named(text).map(Piece::Month))
        .or_else(|| both.map(|both| Piece::Months(both / 100, both % 100)))
        .or_else(|| day_number(text).map(Piece::Number))
}

/// The month that a word names, whatever else it can mean.
pub(super) fn month_named(word: &str) -> Option<i8> {
    let roles = role::of_word(&word.to_lowercase());
    let month = role::value(roles, Role::Month).or(role::value(roles, Role::MonthOrWord))?;
    Some(month as i8)
}

/// A date in one run; two with a hyphen between them where their own marks are strokes.
fn of_marks(text: &str) -> Option<Form> {
    const LONGEST: usize = 32;
    if text.len() > LONGEST || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let text = text.trim_end_matches('.');
    let Some((first, last)) = text.split_once('-').filter(|_| text.contains('/')) else {
        return one_of_marks(text).or_else(|| stuck(text));
    };
    let (first, last) = (
        one_of_marks(first).or_else(|| pair(first))?,
        one_of_marks(last).or_else(|| pair(last))?,
    );
    // "5/1-5/7/2031": the year is said once, whichever number is the month.
    if let (Form::Either(a, b), Form::Either(c, d)) = (&first, &last)
        && let (Form::Absolute(c), Form::Absolute(d)) = (&**c, &**d)
        && is_open(&first)
    {
        let (a, b) = ((**a).clone(), (**b).clone());
        let first = either(before(a, c.latest), before(b, d.latest))?;
        return joined(first, last);
    }
    match &last {
        Form::Absolute(when) if is_open(&first) => joined(before(first, when.latest)?, last),
        _ => joined(first, last),
    }
}

fn one_of_marks(text: &str) -> Option<Form> {
    let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let mut pieces = text.splitn(4, separator).map(piece);
    let (a, b, c) = (pieces.next()??, pieces.next()??, pieces.next());
    if pieces.next().is_some() {
        return None;
    }
    let of = |year, month, day| calendar_form(year, month, day, None);
    let Some(c) = c else {
        let dots = separator == '.';
        return match (a, b) {
            (Piece::Year(year), Piece::Month(month)) | (Piece::Month(month), Piece::Year(year)) => {
                of(Year::Printed(year), month, None)
            }
            (Piece::Year(year), Piece::Months(from, to))
            | (Piece::Months(from, to), Piece::Year(year)) => {
                months_of_year(Year::Printed(year), (from, to))
            }
            // "2015-16" is a season or a financial year.
            (Piece::Year(year), Piece::Number(month @ 1..=12))
            | (Piece::Number(month @ 1..=12), Piece::Year(year))
                if !dots =>
            {
                of(Year::Printed(year), month, None)
            }
            (Piece::Month(month), Piece::Number(day))
            | (Piece::Number(day), Piece::Month(month)) => of(OPEN, month, Some(day)),
            _ => None,
        };
    };
    let day = |year: i16, month: i8, day: i8| {
        let date = Date::new(year, month, day).ok()?;
        Some(Form::Absolute(When::day(date)))
    };
    match (a, b, c?) {
        (Piece::Year(y), Piece::Number(m), Piece::Number(d)) => {
            day(y, m, d).or_else(|| day(y, d, m))
        }
        (Piece::Year(y), Piece::Month(m), Piece::Number(d))
        | (Piece::Year(y), Piece::Number(d), Piece::Month(m))
        | (Piece::Month(m), Piece::Number(d), Piece::Year(y))
        | (Piece::Number(d), Piece::Month(m), Piece::Year(y)) => day(y, m, d),
        (Piece::Month(m), Piece::Number(d), Piece::Number(y))
        | (Piece::Number(d), Piece::Month(m), Piece::Number(y)) => day(short_year(y), m, d),
        (Piece::Number(a), Piece::Number(b), Piece::Year(y)) => {
            // "7.5.2021" is a day before a month wherever dates have full stops.
            let month_first = day(y, a, b).filter(|_| separator != '.' || b > 12);
            // "2/29/2019": no calendar gives it.
            let meant = (1..=12).contains(&a) && (1..=31).contains(&b);
            either(month_first, day(y, b, a)).or_else(|| meant.then_some(Form::Vague))
        }
        // "22/04/98"; with other marks it is as often a time, a telephone or a version.
        (Piece::Number(a), Piece::Number(b), Piece::Number(y))
            if separator == '/' && text.len() >= 6 =>
        {
            let y = short_year(y);
            either(day(y, a, b), day(y, b, a))
        }
        _ => None,
    }
}

/// "Dec31", "mar3", "3May", "3May2031": a month's name and numbers without a space.
fn stuck(text: &str) -> Option<Form> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let cut = text
            .find(|c: char| c.is_ascii_alphabetic())
            .filter(|cut| *cut <= 2)?;
        let (day, rest) = text.split_at(cut);
        let end = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (month, year) = rest.split_at(end);
        let capital = month.starts_with(char::is_uppercase) && month.len() >= 3;
        let month = month_named(month).filter(|_| capital)?;
        let year = match year {
            "" => OPEN,
            year => Year::Printed(printed_year(year)?),
        };
        return calendar_form(year, month, Some(day_number(day)?), None);
    }
    let cut = text
        .find(|c: char| c.is_ascii_digit())
        .filter(|cut| *cut >= 3)?;
    let (month, number) = (month_named(&text[..cut])?, piece(&text[cut..])?);
    match number {
        Piece::Number(day) => calendar_form(OPEN, month, Some(day), None),
        Piece::Year(year) => calendar_form(Year::Printed(year), month, None, None),
        _ => None,
    }
}

/// The year that two digits mean.
pub(super) fn short_year(digits: i8) -> i16 {
    let digits = i16::from(digits);
    if digits < 40 {
        2000 + digits
    } else {
        1900 + digits
    }
}

/// One where only one is a date or both are the same, else either; the month comes first in the first.
fn either(month_first: Option<Form>, day_first: Option<Form>) -> Option<Form> {
    match (month_first, day_first) {
        (Some(a), Some(b)) if a != b => Some(Form::Either(Box::new(a), Box::new(b))),
        (a, b) => a.or(b),
    }
}

/// Two numbers of a day and a month: "22/04", "7.6".
pub(super) fn pair(text: &str) -> Option<Form> {
    let (a, b) = two_numbers(text)?;
    let of = |month, day| calendar_form(OPEN, month, Some(day), None);
    either(of(a, b), of(b, a))
}

fn two_numbers(text: &str) -> Option<(i8, i8)> {
    let (a, b) = text.split_once(['/', '.', '-'])?;
    let number = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<i8>().ok())?
    };
    Some((number(a)?, number(b)?))
}

/// "on 22/04", "from 10/25", "by 5.12.": where a date is looked for.
fn placed_pair(w: Words<'_>, at: usize) -> Read {
    let this = w.is(at, Role::This);
    let shifted = this || w.is(at, Role::Next) || w.is(at, Role::Last);
    let at = at + usize::from(shifted);
    let text = w.text(at);
    let mut form = pair(text)?;
    // "this 5/12"
    if this {
        form = with_year(&form, Year::Hint(YearHint::Offset(0)))?;
    }
    let on = w.follows(at, Role::On) || w.follows(at, Role::By);
    let placed = on
        || w.follows(at, Role::From)
        || w.follows(at, Role::Since)
        || w.follows(at, Role::To)
        || w.follows(at, Role::Between)
        || w.follows(at, Role::This)
        || w.follows(at, Role::Next)
        || w.follows(at, Role::Last);
    let ends = pair_ends(w, at);
    // "5/19 to 5/25"
    let slash = |at: usize| pair(w.text(at)).is_some() && w.text(at).contains('/');
    let range = w.is(at + 1, Role::To) && slash(at + 2);
    let sure = match text.contains('/') {
        true => placed || range,
        // "on 4-22", and no score.
        false => on && (text.contains('.') || !matches!(form, Form::Either(..))),
    };
    (sure && ends).then_some((form, at + 1))
}

/// "on 14.05.31", "by 14-05-31": with a year of two digits, where a date is looked for.
fn placed_short(w: Words<'_>, at: usize) -> Read {
    let text = w.text(at).trim_end_matches('.');
    let placed = w.follows(at, Role::On) || w.follows(at, Role::By) || w.follows(at, Role::Since);
    let plain = text.len() >= 6
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    let run = (placed && plain).then(|| text.replace(['.', '-'], "/"))?;
    Some((one_of_marks(&run)?, at + 1))
}

/// Does nothing follow that the number could count? Never "by 2.6%".
pub(super) fn pair_ends(w: Words<'_>, at: usize) -> bool {
    let counts =
        w.is(at + 1, Role::Percent) || w.is(at + 1, Role::Per) || w.is(at + 1, Role::Currency);
    !counts
        && (w.get(at + 1)).is_none_or(|t| {
            t.is_punct()
                || matches!(t.tag, Tag::Adp | Tag::Cconj | Tag::Sconj)
                || w.is(at + 1, Role::To)
        })
}

/// "20210714"
fn packed(text: &str) -> Option<Form> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year = printed_year(text.get(..4)?)?;
    let (month, day) = (text.get(4..6)?.parse().ok()?, text.get(6..)?.parse().ok()?);
    let date = Date::new(year, month, day).ok()?;
    Some(Form::Absolute(When::day(date)))
}

/// Is its year not said?
pub(super) fn is_open(form: &Form) -> bool {
    match form {
        Form::Calendar { year, .. } => *year == YearHint::Open,
        Form::Either(a, b) | Form::Between(a, b) => is_open(a) && is_open(b),
        _ => false,
    }
}

/// An open form of a year.
pub(super) fn with_year(form: &Form, year: Year) -> Option<Form> {
    match form {
        Form::Calendar {
            year: YearHint::Open,
            month,
            day,
            part,
            ..
        } => calendar_form(year, *month, *day, *part),
        Form::Either(a, b) => either(with_year(a, year), with_year(b, year)),
        // "November-February 2021" begins in the year before.
        Form::Between(a, b) => match with_year(b, year)? {
            last @ Form::Absolute(when) => joined(before((**a).clone(), when.latest)?, last),
            last => joined(with_year(a, year)?, last),
        },
        _ => None,
    }
}

/// Settles dates that are either by those of the same report that show which comes first, the day or
/// the month; else by the country of the report's address.
pub(super) fn settle(all: &mut [Found], tokens: &[Token<'_>], url: Option<&str>) {
    if !all.iter().any(|found| has_either(&found.form)) {
        return;
    }
    let (mut months, mut days) = (0, 0);
    for found in all.iter() {
        let mut open: Vec<(i8, i8)> = Vec::new();
        for token in tokens.get(found.from..found.to).unwrap_or_default() {
            for (a, b) in first_numbers(token.text) {
                match (a, b) {
                    (1..=12, 13..=31) => months += 1,
                    (13..=31, 1..=12) => days += 1,
                    (1..=12, 1..=12) => open.push((a, b)),
                    _ => {}
                }
            }
        }
        // "from 5/1 to 5/7": what stays the same is the month.
        if let [(a, b), (c, d)] = open.as_slice() {
            months += usize::from(a == c && b != d);
            days += usize::from(b == d && a != c);
        }
    }
    let month_first = match (months > 0, days > 0) {
        (true, true) => return,
        (false, false) => url.and_then(month_first_at),
        (months, _) => Some(months),
    };
    let Some(month_first) = month_first else {
        return;
    };
    for found in all {
        choose(&mut found.form, month_first);
    }
}

/// Does the month come first where a publisher has this address?
fn month_first_at(url: &str) -> Option<bool> {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next()?;
    let end = host.rsplit('.').next()?.to_ascii_lowercase();
    let listed = tables::rows(include_str!("../../data/world/date_order.tsv"))
        .find(|(_, ends)| ends.split(' ').any(|listed| listed == end));
    match listed {
        Some((order, _)) => (order == "month").then_some(true),
        None => (end.len() == 2).then_some(false),
    }
}

/// The first two numbers of a date, of both dates of a range.
fn first_numbers(text: &str) -> impl Iterator<Item = (i8, i8)> {
    let range = text.contains('/');
    text.split(move |c| c == '-' && range).filter_map(|date| {
        let mut parts = date.split(['/', '-', '.']);
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    })
}

fn has_either(form: &Form) -> bool {
    match form {
        Form::Either(..) => true,
        Form::Between(a, b) => has_either(a) || has_either(b),
        Form::Dated { date: form, .. }
        | Form::Away { from: form, .. }
        | Form::WeekdayIn { week: form, .. } => has_either(form),
        _ => false,
    }
}

fn choose(form: &mut Form, month_first: bool) {
    match form {
        Form::Either(a, b) => *form = (**if month_first { a } else { b }).clone(),
        Form::Between(a, b) => {
            choose(a, month_first);
            choose(b, month_first);
        }
        Form::Dated { date: form, .. }
        | Form::Away { from: form, .. }
        | Form::WeekdayIn { week: form, .. } => choose(form, month_first),
        _ => {}
    }
}
