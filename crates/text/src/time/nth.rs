//! Units of months and years by their number: "the first Friday of July", "the last 3 weeks of this
//! year", "week 31".

use super::calendar::{calendar_form, month_name, ordinal_at, year_after};
use super::relative::unit_at;
use super::year::bare_year;
use super::{OPEN, Read, Year, plain_date};
use crate::document::Tag;
use crate::number;
use crate::role::{Role, Words};
use rapporteur_model::{Anchor, Form, Unit, YearHint};

/// "the last week of 2019", "the first two months of 1939", "the last 3 weeks of this year", "the
/// third month of 2021", "the last two weeks of February 1951", "the last week of this month".
pub(super) fn units_of(w: Words<'_>, at: usize) -> Read {
    let last = w.is(at, Role::Last) || w.is(at, Role::Final);
    let (nth, next) = match ordinal_at(w, at).filter(|_| !last) {
        Some((nth, next)) => (Some(i32::from(nth)), next),
        None if last => (None, at + 1),
        None => return None,
    };
    let count = number::cardinal(w.tokens, w.roles, next, w.end);
    let (count, noun) = match count {
        Some((count, to)) if (1.0..53.0).contains(&count) && nth.unwrap_or(1) == 1 => {
            (count as i32, to)
        }
        Some(_) => return None,
        None => (1, next),
    };
    let unit = match unit_at(w, noun) {
        None if count == 1 => return half_of(w, last.then_some(2).or(nth)?, noun),
        unit => unit?,
    };
    if count == 1 && w.is_plural(noun) {
        return None;
    }
    let (whole, size, to) = whole_after(w, noun + 1)?;
    let fits = match (unit, size) {
        (Unit::Month, Unit::Year) | (Unit::Week, Unit::Year) => true,
        // One week of a named month is read as a part of it.
        (Unit::Week, Unit::Month) => count > 1 || !matches!(whole, Form::Calendar { .. }),
        (Unit::Day, _) => count > 1 || last || !matches!(whole, Form::Calendar { .. }),
        _ => false,
    };
    let first = if last { -count } else { nth.unwrap_or(1) - 1 };
    (fits).then_some((part_of(whole, unit, first, count), to))
}

/// "the first half of last month", "the latter half of this year": of a named month it is read as a part.
pub(super) fn half_of(w: Words<'_>, nth: i32, noun: usize) -> Read {
    if !w.is(noun, Role::HalfYear) || !(1..=2).contains(&nth) {
        return None;
    }
    let (whole, size, to) = whole_after(w, noun + 1)?;
    if matches!(whole, Form::Calendar { .. }) {
        return None;
    }
    let (unit, count) = match size {
        Unit::Year => (Unit::Month, 6),
        // The second half of a month of 31 days has 16.
        _ => (Unit::Day, 14 + nth),
    };
    let first = if nth == 1 { 0 } else { -count };
    Some((part_of(whole, unit, first, count), to))
}

/// "the former half of May", "the latter half of the year".
pub(super) fn other_half(w: Words<'_>, at: usize) -> Read {
    half_of(w, w.value(at, Role::Halves)?, at + 1)
}

/// The month or year that something is a part of, which of both, and the token after it: "of July
/// 2020", "in 2021", "of next month", "of the year".
fn whole_after(w: Words<'_>, at: usize) -> Option<(Form, Unit, usize)> {
    // "the third week next year", "the last week of this month"
    let shifted = || {
        let count = (w.value(at, Role::Last))
            .or(w.value(at, Role::This))
            .or(w.value(at, Role::Next))?;
        let unit = unit_at(w, at + 1).filter(|unit| matches!(unit, Unit::Month | Unit::Year))?;
        Some((Form::Offset { unit, count }, unit, at + 2))
    };
    if !w.is(at, Role::Of) && !w.is(at, Role::In) {
        return shifted();
    }
    let article = usize::from(w.is(at + 1, Role::Article));
    let within = at + 1 + article;
    if article > 0
        && let Some(unit @ (Unit::Month | Unit::Year)) = unit_at(w, within)
        && !w.is_plural(within)
    {
        return Some((Form::Offset { unit, count: 0 }, unit, within + 1));
    }
    // "in April", where nothing else says so, is a month.
    let month = || {
        let (month, to) = month_name(w, within)?;
        let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
        Some((calendar_form(year, month, None, None)?, to))
    };
    let (whole, to) = month()
        .or_else(|| plain_date(w.deeper()?, within))
        .or_else(|| bare_year(w, within))?;
    let size = match &whole {
        Form::Absolute(when) if (28..32).contains(&when.days()) => Unit::Month,
        Form::Absolute(when) if (365..367).contains(&when.days()) => Unit::Year,
        Form::Calendar {
            day: None,
            part: None,
            ..
        } => Unit::Month,
        Form::Offset {
            unit: unit @ (Unit::Week | Unit::Month | Unit::Year),
            ..
        } => *unit,
        _ => return None,
    };
    Some((whole, size, to))
}

/// With its days where they are known.
fn part_of(whole: Form, unit: Unit, first: i32, count: i32) -> Form {
    known(Form::PartOf {
        whole: Box::new(whole),
        unit,
        first,
        count,
    })
}

/// The days of a form that needs no report's day; else the form itself.
pub(super) fn known(form: Form) -> Form {
    form.resolve(&Anchor::default())
        .map_or(form, Form::Absolute)
}

/// "the first Friday of July", "the last Monday in May 2020", "the 2nd Tuesday of next month".
pub(super) fn nth_weekday(w: Words<'_>, at: usize) -> Read {
    let (nth, day) = match ordinal_at(w, at) {
        Some((nth @ 1..=5, next)) => (i32::from(nth) - 1, next),
        None if w.is(at, Role::Last) => (-1, at + 1),
        _ => return None,
    };
    // "the last weekend of May"
    let weekend = w.is(day, Role::Weekend);
    let weekday = if weekend {
        6
    } else {
        i8::try_from(w.value(day, Role::Weekday)?).ok()?
    };
    let (whole, _, to) = whole_after(w, day + 1)?;
    let week = Box::new(part_of(whole, Unit::Week, nth, 1));
    let form = known(Form::WeekdayIn { weekday, week });
    if !weekend {
        return Some((form, to));
    }
    let sunday = Form::Away {
        from: Box::new(form.clone()),
        unit: Unit::Day,
        count: 1,
    };
    Some((known(Form::Between(Box::new(form), Box::new(sunday))), to))
}

/// "week 31", "calendar week 5 of 2020": the first has the year's fourth day.
pub(super) fn numbered_week(w: Words<'_>, at: usize) -> Read {
    if w.get(at)?.lower != "week" && w.text(at) != "CW" {
        return None;
    }
    let number = i32::from(day_or_week(w.text(at + 1))?);
    let ends =
        (w.get(at + 2)).is_none_or(|t| t.is_punct() || matches!(t.tag, Tag::Adp | Tag::Cconj));
    if !ends || w.get(at)?.is_capitalised() {
        return None;
    }
    let (year, to) = year_after(w, at + 2).unwrap_or((Year::Hint(YearHint::Offset(0)), at + 2));
    let form = Form::Away {
        from: Box::new(calendar_form(year, 1, Some(4), None)?),
        unit: Unit::Week,
        count: number - 1,
    };
    Some((known(form), to))
}

fn day_or_week(text: &str) -> Option<u8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits
        .then(|| text.parse().ok())?
        .filter(|n| (1..=53).contains(n))
}
