//! Parts of months and years: "early May", "the last week of June", "the first half of 2020".

use super::calendar::{bare_year, calendar_form, day_number, month_name, printed_year, year_after};
use super::range::joined;
use super::relative::{unit_at, unit_named};
use super::{OPEN, Read, Year, plain_date};
use crate::number;
use crate::role::{self, Role, Words};
use rapporteur_model::{Form, Part, Unit, YearHint};

/// "the week of April 10", "the week beginning February 4".
pub(super) fn week_of(w: Words<'_>, at: usize) -> Read {
    if unit_at(w, at) != Some(Unit::Week) || w.is_plural(at) {
        return None;
    }
    if !w.is(at + 1, Role::Of) && !w.is(at + 1, Role::Beginning) {
        return None;
    }
    let next = at + 2 + usize::from(w.is(at + 2, Role::Article));
    let (form, to) = plain_date(w, next)?;
    let dated = match &form {
        Form::Absolute(when) => when.earliest == when.latest,
        Form::Calendar { day, .. } => day.is_some(),
        Form::Dated { .. } | Form::Weekday { .. } | Form::Feast { .. } => true,
        Form::Offset { unit, .. } => *unit == Unit::Day,
        _ => false,
    };
    let form = Form::Away {
        from: Box::new(form),
        unit: Unit::Week,
        count: 0,
    };
    dated.then_some((form, to))
}

/// "early May", "mid-June 2020", "the end of August", "the last week of June", "the first half of
/// May".
pub(super) fn part_of_month(w: Words<'_>, at: usize) -> Read {
    // "mid-June"
    if let Some((part, rest)) = w.text(at).split_once('-') {
        let part =
            part_named(role::value(role::of_word(&part.to_lowercase()), Role::Part)? as i32)?;
        let roles = role::of_word(&rest.to_lowercase());
        let month = role::value(roles, Role::Month).or(role::value(roles, Role::MonthOrWord))?;
        let (year, to) = year_after(w, at + 1).unwrap_or((OPEN, at + 1));
        return Some((calendar_form(year, month as i8, None, Some(part))?, to));
    }
    let month_of = |at: usize| {
        let at = at + usize::from(w.is(at, Role::Of));
        let (month, to) = month_name(w, at)?;
        // "late July 14" is the day.
        let day = day_number(w.text(to)).is_some();
        let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
        (!day).then_some((month, year, to))
    };
    if let Some(part) = w.value(at, Role::Part).and_then(part_named) {
        let (month, year, to) = month_of(at + 1)?;
        return Some((calendar_form(year, month, None, Some(part))?, to));
    }
    if let Some(part) = w.value(at, Role::PartNoun).and_then(part_named)
        && w.is(at + 1, Role::Of)
    {
        let (month, year, to) = month_of(at + 2)?;
        return Some((calendar_form(year, month, None, Some(part))?, to));
    }
    if let Some(read) = units_of(w, at) {
        return Some(read);
    }
    let (last, nth) = (w.is(at, Role::Last), w.value(at, Role::Ordinal));
    if !last && nth.is_none() {
        return None;
    }
    let unit = w.value(at + 1, Role::Unit).and_then(unit_named);
    let half = w.is(at + 1, Role::HalfYear);
    if unit.is_none() && !half || !w.is(at + 2, Role::Of) {
        return None;
    }
    let (month, year, to) = month_of(at + 3)?;
    let part = |part| calendar_form(year, month, None, Some(part));
    let day = |day| calendar_form(year, month, Some(day), None);
    let form = match (unit, nth) {
        (Some(Unit::Week), None) => part(Part::LastWeek)?,
        (Some(Unit::Week), Some(1)) => part(Part::FirstWeek)?,
        (Some(Unit::Week), Some(nth @ 2..=4)) => {
            let first = i8::try_from(7 * nth - 6).ok()?;
            joined(day(first)?, day(first + 6)?)?
        }
        // "the last days of June", and "the first day of June".
        (Some(Unit::Day), None) => part(Part::Late)?,
        (Some(Unit::Day), Some(1)) if w.is_plural(at + 1) => part(Part::Early)?,
        (Some(Unit::Day), Some(1)) => day(1)?,
        (None, Some(1)) => joined(day(1)?, day(15)?)?,
        (None, Some(2)) => joined(day(16)?, part(Part::Late)?)?,
        _ => return None,
    };
    Some((form, to))
}

/// "the last week of 2019", "the first two months of 1939", "the last 3 weeks of this year", "the
/// third month of 2021", "the last two weeks of February 1951", "the last week of this month".
fn units_of(w: Words<'_>, at: usize) -> Read {
    let last = w.is(at, Role::Last);
    let nth = w
        .value(at, Role::Ordinal)
        .or_else(|| Some(i32::from(day_number(w.text(at))?)));
    let nth = nth.filter(|_| !last);
    if !last && nth.is_none() || nth.is_some_and(|nth| !(1..=53).contains(&nth)) {
        return None;
    }
    let count = number::cardinal(w.tokens, w.roles, at + 1, w.end);
    let (count, noun) = match count {
        Some((count, to)) if (1.0..53.0).contains(&count) && nth.unwrap_or(1) == 1 => {
            (count as i32, to)
        }
        Some(_) => return None,
        None => (1, at + 1),
    };
    let unit = unit_at(w, noun)?;
    if !w.is(noun + 1, Role::Of) || count == 1 && w.is_plural(noun) {
        return None;
    }
    let within = noun + 2 + usize::from(w.is(noun + 2, Role::Article));
    let (whole, to) = plain_date(w, within).or_else(|| bare_year(w, within))?;
    // The whole is one year or month.
    let sized = match &whole {
        Form::Absolute(when) => (when.days() > 27 && when.days() < 32, when.days() > 364),
        Form::Calendar {
            day: None,
            part: None,
            ..
        } => (true, false),
        Form::Offset { unit, .. } => (*unit == Unit::Month, *unit == Unit::Year),
        _ => return None,
    };
    let months = match (unit, sized) {
        (Unit::Month, (_, true)) => true,
        (Unit::Week, (_, true)) => false,
        // One week of a month is read as a part of it.
        (Unit::Week, (true, _)) if count > 1 || matches!(whole, Form::Offset { .. }) => false,
        _ => return None,
    };
    let first = nth.unwrap_or(1) - 1;
    let form = Form::PartOf {
        whole: Box::new(whole),
        unit: if months { Unit::Month } else { Unit::Week },
        first: if last { -count } else { first },
        count,
    };
    Some((form, to))
}

pub(super) fn part_named(value: i32) -> Option<Part> {
    [Part::Early, Part::Mid, Part::Late]
        .get(usize::try_from(value).ok()?)
        .copied()
}

/// "late last year", "early 2020", "mid-2020", "the end of 2020", "the first half of this year", "the
/// second quarter of 2020", "the end of the year", "earlier this month".
pub(super) fn part_of_year(w: Words<'_>, at: usize) -> Read {
    // A year and the token after it.
    let year_at = |at: usize| {
        let of = at + usize::from(w.is(at, Role::Of));
        let of = of + usize::from(w.is(of, Role::Article));
        if w.is(of, Role::YearWord) && of > at {
            return Some((Year::Hint(YearHint::Offset(0)), of + 1));
        }
        // "early 1990s" is not the year.
        year_after(w, of)
    };
    if let Some((part, year)) = w.text(at).split_once('-')
        && let Some(year) = printed_year(year)
    {
        let part = role::value(role::of_word(&part.to_lowercase()), Role::Part)? as i32;
        return Some((months_of_year(Year::Printed(year), thirds(part)?)?, at + 1));
    }
    // "earlier this month", "late last week", "later this year": the whole unit.
    if w.is(at, Role::Sub) || w.is(at, Role::Part) {
        let shift = w
            .value(at + 1, Role::Last)
            .or(w.value(at + 1, Role::This))
            .or(w.value(at + 1, Role::Next));
        let unit = w.value(at + 2, Role::Unit).and_then(unit_named);
        let of_year = w.is(at, Role::Part) && unit == Some(Unit::Year);
        if let (Some(count), Some(unit), false) = (shift, unit, of_year) {
            return Some((Form::Offset { unit, count }, at + 3));
        }
    }
    // "Q1 of 2017", "2019 H2"
    let short = |at: usize| {
        w.value(at, Role::MonthsOfYear)
            .map(|both| (both / 100, both % 100))
    };
    if let Some(months) = short(at) {
        let (year, to) = year_at(at + 1)?;
        return Some((months_of_year(year, months)?, to));
    }
    if let (Some(year), Some(months)) = (printed_year(w.text(at)), short(at + 1)) {
        return Some((months_of_year(Year::Printed(year), months)?, at + 2));
    }
    if let Some(part) = w.value(at, Role::Part) {
        let (year, to) = year_at(at + 1)?;
        return Some((months_of_year(year, thirds(part)?)?, to));
    }
    if let Some(part) = w.value(at, Role::PartNoun)
        && w.is(at + 1, Role::Of)
    {
        let month = at + 2 + usize::from(w.is(at + 2, Role::Article));
        if w.value(month, Role::Unit) == Some(2) && month > at + 2 {
            let form = Form::Offset {
                unit: Unit::Month,
                count: 0,
            };
            return Some((form, month + 1));
        }
        let (year, to) = year_at(at + 1)?;
        return Some((months_of_year(year, thirds(part)?)?, to));
    }
    let nth = w
        .value(at, Role::Ordinal)
        .or_else(|| w.value(at, Role::Last).map(|_| 4))?;
    let months = match (
        w.is(at + 1, Role::Quarter),
        w.is(at + 1, Role::HalfYear),
        nth,
    ) {
        (true, _, 1..=4) => (3 * nth - 2, 3 * nth),
        (_, true, 1) => (1, 6),
        (_, true, 2) => (7, 12),
        _ => return None,
    };
    let (year, to) = year_at(at + 2)?;
    Some((months_of_year(year, months)?, to))
}

/// Early, mid and late in a year, as months; thirds, for want of anything sharper.
pub(super) fn thirds(part: i32) -> Option<(i32, i32)> {
    [(1, 4), (5, 8), (9, 12)]
        .get(usize::try_from(part).ok()?)
        .copied()
}

pub(super) fn months_of_year(year: Year, (from, to): (i32, i32)) -> Option<Form> {
    let month = |month| calendar_form(year, i8::try_from(month).ok()?, None, None);
    joined(month(from)?, month(to)?)
}
