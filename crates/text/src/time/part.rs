//! Parts of months and years: "early May", "the last week of June", "the first half of 2020".

use super::calendar::{calendar_form, day_number, month_name, ordinal_at, ordinal_of, year_after};
use super::count::is_a_day;
use super::nth;
use super::numeric::{month_named, pair};
use super::range::joined;
use super::relative::{unit_at, unit_named};
use super::year::printed_year;
use super::{OPEN, Read, Year, plain_date};
use crate::role::{self, Role, Roles, Words};
use rapporteur_model::{Form, Part, Unit, YearHint};

/// "the week of April 10", "the week beginning February 4", "w/c May 3", "the weekend of May 3".
pub(super) fn week_of(w: Words<'_>, at: usize) -> Read {
    if w.is(at, Role::Weekend) && w.is(at + 1, Role::Of) {
        let (form, to) = plain_date(w.deeper()?, at + 2)?;
        let on = |weekday| {
            // A Monday's is that before it.
            let week = Box::new(Form::Away {
                from: Box::new(form.clone()),
                unit: Unit::Day,
                count: -1,
            });
            Box::new(Form::WeekdayIn { weekday, week })
        };
        return is_a_day(&form).then(|| (nth::known(Form::Between(on(6), on(7))), to));
    }
    if w.is(at, Role::WeekShort) && w.text(at + 1) == "/" && w.text(at + 2) == "c" {
        let (form, to) = plain_date(w.deeper()?, at + 3)?;
        return is_a_day(&form).then(|| (week_around(form), to));
    }
    if unit_at(w, at) != Some(Unit::Week) || w.is_plural(at) {
        return None;
    }
    let ending = w.is(at + 1, Role::Ending);
    if !w.is(at + 1, Role::Of) && !w.is(at + 1, Role::Beginning) && !ending {
        return None;
    }
    let on = usize::from(w.is(at + 2, Role::On));
    let next = at + 2 + on + usize::from(w.is(at + 2 + on, Role::Article));
    // "the week of 3/5"
    let pair = || {
        Some((
            pair(w.text(next)).filter(|_| w.text(next).contains('/'))?,
            next + 1,
        ))
    };
    let (form, to) = plain_date(w.deeper()?, next).or_else(pair)?;
    let dated = is_a_day(&form);
    if ending {
        let first = Form::Away {
            from: Box::new(form.clone()),
            unit: Unit::Day,
            count: -6,
        };
        let week = Form::Between(Box::new(first), Box::new(form));
        return dated.then(|| (nth::known(week), to));
    }
    dated.then(|| (week_around(form), to))
}

fn week_around(form: Form) -> Form {
    nth::known(Form::Away {
        from: Box::new(form),
        unit: Unit::Week,
        count: 0,
    })
}

/// "early May", "mid-June 2020", "the end of August", "the last week of June", "the first half of
/// May".
pub(super) fn part_of_month(w: Words<'_>, at: usize) -> Read {
    // "mid-June"
    if let Some((part, rest)) = w.text(at).split_once('-')
        && let Some(part) = part_before_hyphen(part).and_then(part_named)
        && let Some(month) = month_named(rest)
    {
        let (year, to) = year_after(w, at + 1).unwrap_or((OPEN, at + 1));
        return Some((calendar_form(year, month, None, Some(part))?, to));
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
    // "the end of August", "by end March"
    if let Some(part) = w.value(at, Role::PartNoun).and_then(part_named)
        && (w.is(at + 1, Role::Of) || w.follows(at, Role::By))
    {
        let (month, year, to) = month_of(at + 1)?;
        return Some((calendar_form(year, month, None, Some(part))?, to));
    }
    if let Some(read) = nth::units_of(w, at).or_else(|| nth::other_half(w, at)) {
        return Some(read);
    }
    let last = w.is(at, Role::Last) || w.is(at, Role::Final);
    let half = || Some((i8::try_from(w.value(at, Role::Halves)?).ok()?, at + 1));
    let nth = ordinal_at(w, at).or_else(half).filter(|_| !last);
    if !last && nth.is_none() {
        return None;
    }
    let noun = nth.map_or(at + 1, |(_, to)| to);
    let nth = nth.map(|(nth, _)| nth);
    let unit = unit_at(w, noun);
    let half = w.is(noun, Role::HalfYear);
    if unit.is_none() && !half || !w.is(noun + 1, Role::Of) && !w.is(noun + 1, Role::In) {
        return None;
    }
    let (month, year, to) = month_of(noun + 2)?;
    let part = |part| calendar_form(year, month, None, Some(part));
    let day = |day| calendar_form(year, month, Some(day), None);
    let form = match (unit, nth) {
        (Some(Unit::Week), None) => part(Part::LastWeek)?,
        (Some(Unit::Week), Some(1)) => part(Part::FirstWeek)?,
        (Some(Unit::Week), Some(nth @ 2..=4)) => {
            let first = 7 * nth - 6;
            joined(day(first)?, day(first + 6)?)?
        }
        // "the last days of June", and "the first day of June".
        (Some(Unit::Day), None) => part(Part::Late)?,
        (Some(Unit::Day), Some(1)) if w.is_plural(noun) => part(Part::Early)?,
        (Some(Unit::Day), Some(1)) => day(1)?,
        (None, Some(1)) => joined(day(1)?, day(15)?)?,
        (None, Some(2)) => joined(day(16)?, part(Part::Late)?)?,
        _ => return None,
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
    // "last year's Q4", "this year's second half"
    let shift = (w.value(at, Role::Last))
        .or(w.value(at, Role::This))
        .or(w.value(at, Role::Next));
    if let Some(count) = shift.filter(|_| w.is(at + 1, Role::YearWord))
        && w.is(at + 2, Role::Possessive)
    {
        let year = Year::Hint(YearHint::Offset(count));
        let both = w.value(at + 3, Role::MonthsOfYear);
        let (months, to) = match both {
            Some(both) => ((both / 100, both % 100), at + 4),
            None => {
                let (nth, noun) = ordinal_at(w, at + 3)?;
                (nth_part(nth, w.roles.get(noun)?)?, noun + 1)
            }
        };
        return Some((months_of_year(year, months)?, to));
    }
    // A year and the token after it.
    let year_at = |at: usize| {
        let of = at + usize::from(w.is(at, Role::Of));
        let of = of + usize::from(w.is(of, Role::Article));
        let year_word = w.is(of, Role::YearWord) && !w.is(of + 1, Role::Of);
        if year_word && (of > at) {
            return Some((Year::Hint(YearHint::Offset(0)), of + 1));
        }
        // "early 1990s" is not the year.
        year_after(w, of)
    };
    if let Some((part, year)) = w.text(at).split_once('-')
        && let Some(year) = printed_year(year)
    {
        let part = part_before_hyphen(part)?;
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
    // "late in the year", "early in the week"
    if let Some(part) = w.value(at, Role::Part)
        && w.is(at + 1, Role::In)
        && w.is(at + 2, Role::Article)
        && let Some(unit) = unit_at(w, at + 3).filter(|_| !w.is_plural(at + 3))
        && !w.is(at + 4, Role::Of)
    {
        let count = 0;
        let form = match unit {
            Unit::Week | Unit::Month => Form::Offset { unit, count },
            Unit::Year => months_of_year(Year::Hint(YearHint::Offset(0)), thirds(part)?)?,
            _ => return None,
        };
        return Some((form, at + 4));
    }
    // "EOY", "by EOM"
    if let Some(unit) = w.value(at, Role::EndOfUnit).and_then(unit_named) {
        let form = match unit {
            Unit::Year => months_of_year(Year::Hint(YearHint::Offset(0)), ends(2)?)?,
            unit => Form::Offset { unit, count: 0 },
        };
        return Some((form, at + 1));
    }
    // "Q1 of 2017", "2019 H2"
    let short = |at: usize| {
        w.value(at, Role::MonthsOfYear)
            .map(|both| (both / 100, both % 100))
    };
    if let Some(read) = quarters(w, at, year_at) {
        return Some(read);
    }
    if let Some(months) = short(at) {
        // "in Q1", of what year is not said.
        let open = || w.follows(at, Role::BeforeMonth).then_some((OPEN, at + 1));
        let (year, to) = year_at(at + 1).or_else(open)?;
        return Some((months_of_year(year, months)?, to));
    }
    // "2019 H2", "2031 in the second quarter", "2031 in Q3"
    if let Some(year) = printed_year(w.text(at)) {
        let within = at + 1 + usize::from(w.is(at + 1, Role::In) || w.text(at + 1) == ",");
        let nth = within + usize::from(w.is(within, Role::Article));
        let quarter = || {
            let (number, noun) = ordinal_at(w, nth)?;
            Some((nth_part(number, w.roles.get(noun)?)?, noun + 1))
        };
        let (months, to) = short(within)
            .map(|months| (months, within + 1))
            .or_else(quarter)?;
        return Some((months_of_year(Year::Printed(year), months)?, to));
    }
    if let Some(part) = w.value(at, Role::Part) {
        let (year, to) = year_at(at + 1)?;
        return Some((months_of_year(year, thirds(part)?)?, to));
    }
    // "by end 2025"
    if let Some(part) = w.value(at, Role::PartNoun)
        && w.follows(at, Role::By)
        && let Some(year) = printed_year(w.text(at + 1))
    {
        return Some((months_of_year(Year::Printed(year), ends(part)?)?, at + 2));
    }
    if let Some(part) = w.value(at, Role::PartNoun)
        && w.is(at + 1, Role::Of)
    {
        // "the end of the month", "at the start of next week", "end of month"
        let whole = at + 2 + usize::from(w.is(at + 2, Role::Article));
        let shift = (w.value(whole, Role::Last))
            .or(w.value(whole, Role::This))
            .or(w.value(whole, Role::Next));
        let noun = whole + usize::from(shift.is_some());
        if let Some(unit @ (Unit::Week | Unit::Month)) = unit_at(w, noun) {
            let count = shift.unwrap_or(0);
            return Some((Form::Offset { unit, count }, noun + 1));
        }
        let (year, to) = year_at(at + 1)?;
        return Some((months_of_year(year, ends(part)?)?, to));
    }
    // "by year-end"
    if let Some((unit, end)) = w.get(at)?.lower.split_once('-')
        && let Some(part) = role::value(role::of_word(end), Role::PartNoun)
        && role::value(role::of_word(unit), Role::YearWord).is_some()
    {
        let year = year_at(at + 1).unwrap_or((Year::Hint(YearHint::Offset(0)), at + 1));
        return Some((months_of_year(year.0, ends(part as i32)?)?, year.1));
    }
    // "third-quarter 2016"
    if let Some((nth, noun)) = w.get(at)?.lower.split_once('-')
        && let Some(nth) = ordinal_of(nth)
    {
        let (year, to) = year_at(at + 1)?;
        return Some((
            months_of_year(year, nth_part(nth, role::of_word(noun))?)?,
            to,
        ));
    }
    let (nth, noun) = match ordinal_at(w, at) {
        Some(read) => read,
        None if w.is(at, Role::Last) => (if w.is(at + 1, Role::HalfYear) { 2 } else { 4 }, at + 1),
        None => return None,
    };
    let months = nth_part(nth, w.roles.get(noun)?)?;
    let (year, to) = year_at(noun + 1)?;
    Some((months_of_year(year, months)?, to))
}

/// "Q1 to Q3 2031", "Q1-Q3 2031", "the first and second quarters of 2031": from one to the other.
fn quarters(w: Words<'_>, at: usize, year_at: impl Fn(usize) -> Option<(Year, usize)>) -> Read {
    let named = |text: &str| {
        let both = role::value(role::of_word(&text.to_lowercase()), Role::MonthsOfYear)? as i32;
        Some((both / 100, both % 100))
    };
    let (first, last, to) = match w.text(at).split_once('-') {
        Some((a, b)) => (named(a)?, named(b)?, at + 1),
        None => {
            let short = |at: usize| Some((named(w.text(at))?, at + 1));
            let joins = |at: usize| {
                w.is(at, Role::To) || w.is(at, Role::And) || matches!(w.text(at), "-" | "\u{2013}")
            };
            let words = |at: usize| {
                let (a, joint) = ordinal_at(w, at)?;
                let (b, noun) = ordinal_at(w, joint + 1).filter(|_| joins(joint))?;
                let of = |nth| nth_part(nth, w.roles.get(noun)?);
                w.is_plural(noun).then_some((of(a)?, of(b)?, noun + 1))
            };
            let signs = || {
                let (a, joint) = short(at)?;
                let (b, to) = short(joint + 1).filter(|_| joins(joint))?;
                Some((a, b, to))
            };
            signs().or_else(|| words(at))?
        }
    };
    let (year, to) = year_at(to)?;
    (first.0 < last.0).then(|| Some((months_of_year(year, (first.0, last.1))?, to)))?
}

/// The months of a quarter or half of a year by its number.
fn nth_part(nth: i8, noun: Roles) -> Option<(i32, i32)> {
    let nth = i32::from(nth);
    let is = |role| role::value(noun, role).is_some();
    match nth {
        1..=4 if is(Role::Quarter) => Some((3 * nth - 2, 3 * nth)),
        1..=2 if is(Role::HalfYear) => Some((6 * nth - 5, 6 * nth)),
        _ => None,
    }
}

/// "mid" of "mid-June", "end" of "end-May".
fn part_before_hyphen(word: &str) -> Option<i32> {
    let roles = role::of_word(&word.to_lowercase());
    let part = role::value(roles, Role::Part).or(role::value(roles, Role::PartNoun))?;
    Some(part as i32)
}

/// Early, mid and late in a year, as months: as wide as the words are used.
pub(super) fn thirds(part: i32) -> Option<(i32, i32)> {
    [(1, 6), (5, 8), (7, 12)]
        .get(usize::try_from(part).ok()?)
        .copied()
}

/// The start, middle and end of a year, which are said of less of it than early and late.
fn ends(part: i32) -> Option<(i32, i32)> {
    [(1, 4), (5, 8), (9, 12)]
        .get(usize::try_from(part).ok()?)
        .copied()
}

pub(super) fn months_of_year(year: Year, (from, to): (i32, i32)) -> Option<Form> {
    let month = |month| calendar_form(year, i8::try_from(month).ok()?, None, None);
    joined(month(from)?, month(to)?)
}
