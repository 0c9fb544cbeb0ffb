//! From one date to another.

use super::calendar::{
    calendar_form, counts_something, day_number, month_name, ordinal_at, year_after,
};
use super::numeric::{is_open, month_named};
use super::relative::unit_at;
use super::year::{bare_year, printed_year};
use super::{OPEN, Read, Year, date, set_lean};
use crate::role::{Role, Words};
use rapporteur_model::{Anchor, Date, Form, Lean, Unit, When};

/// Two dates with a joining word or dash between them.
pub(super) fn range(w: Words<'_>, at: usize, join: Role) -> Read {
    one_month(w, at, join).or_else(|| {
        let at = at + usize::from(w.is(at, Role::Article));
        onward(w, at, &date(w, at), join)
    })
}

/// The same of days and months that are said as one: "May 3-9", "July 14-Aug. 3".
pub(super) fn one_month(w: Words<'_>, at: usize, join: Role) -> Read {
    around_hyphen(w, at).or_else(|| days_of_month(w, at, join))
}

/// From the date that is read here to another.
pub(super) fn onward(w: Words<'_>, at: usize, first: &Read, join: Role) -> Read {
    let now = || {
        let (unit, count) = (Unit::Day, 0);
        w.is(at, Role::Now)
            .then_some((Form::Offset { unit, count }, at + 1))
    };
    let other;
    let (first, joint) = match first {
        Some((first, joint)) => (first, *joint),
        None => {
            other = bare_year(w, at).or_else(now)?;
            (&other.0, other.1)
        }
    };
    let dash = matches!(w.text(joint), "-" | "\u{2013}" | "\u{2014}" | "~");
    if !w.is(joint, join) && !dash {
        return None;
    }
    // "through to"
    let second = joint + 1 + usize::from(w.is(joint + 1, Role::Infinitive));
    let second = second + usize::from(w.is(second, Role::Article));
    let now = || {
        let (unit, count) = (Unit::Day, 0);
        (w.is(second, Role::Now) || w.is(second, Role::DateWord))
            .then_some((Form::Offset { unit, count }, second + 1))
    };
    let (last, to) = date(w, second)
        .or_else(|| bare_year(w, second))
        .or_else(now)?;
    let exact = |form: &Form| !matches!(form, Form::Vague | Form::Stretch { .. });
    if !exact(first) || !exact(&last) || dash && !is_absolute(first) && !is_absolute(&last) {
        return None;
    }
    // "from Monday to Wednesday next week": the week is said once.
    let first = match (first, &last) {
        (
            Form::Weekday {
                weekday, shift: 0, ..
            },
            Form::WeekdayIn { week, .. },
        ) => Form::WeekdayIn {
            weekday: *weekday,
            week: week.clone(),
        },
        // "between the 3rd and the 9th of next month"
        (
            Form::MonthDay {
                day, month: None, ..
            },
            Form::MonthDay {
                month: month @ Some(_),
                lean,
                ..
            },
        ) => Form::MonthDay {
            day: *day,
            month: *month,
            lean: *lean,
        },
        _ => first.clone(),
    };
    // "July 3 to August 9, 2009": the year is said once.
    let (first, last) = match (&first, &last) {
        (Form::Calendar { .. }, Form::Absolute(when)) if is_open(&first) => {
            (before(first.clone(), when.latest)?, last.clone())
        }
        (Form::Absolute(when), Form::Calendar { .. }) => {
            let last = after(last.clone(), when.earliest)?;
            (first, last)
        }
        _ => (first, last),
    };
    Some((joined(first, last)?, to))
}

pub(super) fn is_absolute(form: &Form) -> bool {
    if let Form::Either(a, b) = form {
        return is_absolute(a) && is_absolute(b);
    }
    matches!(
        form,
        Form::Absolute(_) | Form::Calendar { .. } | Form::Dated { .. }
    )
}

/// One form from one to another; `None` where the other comes first.
pub(super) fn joined(first: Form, last: Form) -> Option<Form> {
    Some(match (first, last) {
        (Form::Absolute(a), Form::Absolute(b)) => {
            if a.earliest > b.latest {
                return None;
            }
            Form::Absolute(When::between(a.earliest, b.latest))
        }
        (a, b) => Form::Between(Box::new(a), Box::new(b)),
    })
}

/// The latest such date up to a day, with its year.
pub(super) fn before(mut form: Form, day: Date) -> Option<Form> {
    set_lean(&mut form, || Lean::Past);
    resolved(&form, day)
}

/// The first such date from a day on, with its year.
pub(super) fn after(mut form: Form, day: Date) -> Option<Form> {
    set_lean(&mut form, || Lean::Future);
    resolved(&form, day)
}

pub(super) fn resolved(form: &Form, day: Date) -> Option<Form> {
    form.resolve(&Anchor {
        day: Some(day),
        ..Anchor::default()
    })
    .map(Form::Absolute)
}

/// "July 14-Aug. 3", "14 July-3 August 2021", "July 14, 2020-August 3, 2021": the hyphen in a token's
/// middle.
fn around_hyphen(w: Words<'_>, at: usize) -> Read {
    // A day and a month in either order, with the token that has the hyphen in its middle.
    if let Some(read) = around_year(w, at) {
        return Some(read);
    }
    let next = w.text(at + 1);
    let (left, right) = next.split_once('-')?;
    let (first, last, to) = if let Some((month, _)) = month_name(w, at) {
        let first = (month, day_number(left)?);
        let second = at + 2 + usize::from(w.text(at + 2) == ".");
        let (day, to) = (day_number(w.text(second))?, second + 1);
        (first, (month_named(right)?, day), to)
    } else {
        let first = (month_named(left)?, day_number(w.text(at))?);
        let (month, to) = month_name(w, at + 2)?;
        (first, (month, day_number(right)?), to)
    };
    let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
    let of = |(month, day): (i8, i8)| calendar_form(year, month, Some(day), None);
    let last_form = of(last)?;
    let form = match last_form {
        // "December 28-January 3, 2021" begins in the year before.
        Form::Absolute(when) => {
            let first = calendar_form(OPEN, first.0, Some(first.1), None)?;
            joined(before(first, when.latest)?, last_form)?
        }
        last => joined(of(first)?, last)?,
    };
    Some((form, to))
}

/// "Nov 18 2014-Dec 19 2015": the hyphen after the first year.
fn around_year(w: Words<'_>, at: usize) -> Read {
    let (month, next) = month_name(w, at)?;
    let day = day_number(w.text(next))?;
    let middle = next + 1 + usize::from(w.text(next + 1) == ",");
    let (year, last) = w.text(middle).split_once('-')?;
    let of = |year, month, day| calendar_form(Year::Printed(year), month, Some(day), None);
    let first = of(printed_year(year)?, month, day)?;
    let last_day = day_number(w.text(middle + 1))?;
    let (Year::Printed(year), to) = year_after(w, middle + 2)? else {
        return None;
    };
    Some((joined(first, of(year, month_named(last)?, last_day)?)?, to))
}

/// "3 to 9 May", "May 3-9", "14 and 15 July 2021", "July-August 2021".
pub(super) fn days_of_month(w: Words<'_>, at: usize, join: Role) -> Read {
    // "July-August 2021"
    if let Some((a, b)) = w.text(at).split_once('-') {
        let month = |text: &str| month_named(text).filter(|_| text.starts_with(char::is_uppercase));
        if let (Some(a), Some(b)) = (month(a), month(b)) {
            let (year, to) = year_after(w, at + 1).unwrap_or((OPEN, at + 1));
            let of = |year, month| calendar_form(year, month, None, None);
            // "November-February 2021" begins in the year before.
            let first = match year {
                Year::Printed(printed) if a > b => Year::Printed(printed.checked_sub(1)?),
                year => year,
            };
            return Some((joined(of(first, a)?, of(year, b)?)?, to));
        }
    }
    let joins = |at| {
        let mark = matches!(w.text(at), "-" | "\u{2013}" | "\u{2014}" | "&" | "/");
        w.is(at, join) || w.is(at, Role::And) || mark
    };
    // "3rd", "the third", "3"
    let a_day = |at: usize| -> Option<(i8, usize)> {
        let at = at + usize::from(w.is(at, Role::Article));
        let digits = || Some((day_number(w.text(at))?, at + 1));
        ordinal_at(w, at).or_else(digits)
    };
    let two_days = |at: usize| -> Option<(i8, i8, usize)> {
        let marks = ['-', '\u{2010}', '\u{2011}', '/', ','];
        if let Some((a, b)) = w.text(at).split_once(marks) {
            return Some((day_number(a)?, day_number(b)?, at + 1));
        }
        // "12, 13 and 14 May", of at most so many tokens.
        const LONGEST: usize = 20;
        let (first, mut joint) = a_day(at)?;
        while joint < at + LONGEST
            && w.text(joint) == ","
            && let Some((_, next)) = a_day(joint + 1)
            && (w.text(next) == "," || w.is(next, Role::And) || w.text(next) == "&")
        {
            joint = next;
        }
        let (last, to) = joins(joint).then(|| a_day(joint + 1))??;
        // "from May 5 to 6 a.m."
        (!w.is(to, Role::Clock)).then_some((first, last, to))
    };
    let (month, days, to) = if let Some((month, next)) = month_name(w, at) {
        let next = next + usize::from(w.is(next, Role::Article));
        let (first, last, to) = two_days(next)?;
        // "on May 3 and 40 people": the second number counts something.
        if w.is(to.saturating_sub(2), Role::And) && counts_something(w, to) {
            return None;
        }
        (month, (first, last), to)
    } else {
        let (first, last, next) = two_days(at)?;
        if let Some(read) = days_of_shifted_month(w, (first, last), next) {
            return Some(read);
        }
        let next = next + usize::from(w.is(next, Role::Of));
        let (month, to) = month_name(w, next)?;
        (month, (first, last), to)
    };
    if days.0 >= days.1 {
        return None;
    }
    let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
    let first = calendar_form(year, month, Some(days.0), None)?;
    let last = calendar_form(year, month, Some(days.1), None)?;
    Some((joined(first, last)?, to))
}

/// "4 to 23 next month", "4-23 of last month": the days are read, and the token after them.
fn days_of_shifted_month(w: Words<'_>, (first, last): (i8, i8), at: usize) -> Read {
    let of = at + usize::from(w.is(at, Role::Of) || w.is(at, Role::In));
    let month = (w.value(of, Role::Last))
        .or(w.value(of, Role::This))
        .or(w.value(of, Role::Next))?;
    if unit_at(w, of + 1) != Some(Unit::Month) || first >= last {
        return None;
    }
    let on = |day| {
        Box::new(Form::MonthDay {
            day,
            month: Some(month),
            lean: Lean::Unknown,
        })
    };
    Some((Form::Between(on(first), on(last)), of + 2))
}
