//! Times counted from the day of speaking: weekdays, seasons, "yesterday", "three days ago".

use super::calendar::{day_of_month, year_after};
use super::count::{away, counted, is_a_day, weeks_from_weekday};
use super::feast::feast;
use super::nth::{known, nth_weekday};
use super::part::{months_of_year, part_named};
use super::range::resolved;
use super::year::printed_year;
use super::{Read, Year};
use crate::document::{Tag, Token};
use crate::lean::lean;
use crate::role::{Role, Words};
use rapporteur_model::{Date, Form, Lean, Part, Season, Unit, YearHint};

/// "Friday", "last Friday", "this coming Friday", "Friday of last week".
pub(super) fn weekday(w: Words<'_>, at: usize) -> Read {
    let (shift, day) = shift_before(w, at, |at| {
        w.is(at, Role::Weekday) || w.is(at, Role::WeekdayShort)
    });
    // "on Thurs", "next Wed."
    let short = || {
        let placed = shift.is_some() || w.follows(day, Role::On) || w.follows(day, Role::By);
        // "tues" and "thurs" are no other words.
        let sure = w.get(day)?.is_capitalised() || w.is(day, Role::WeekdayLower);
        (placed && sure).then(|| w.value(day, Role::WeekdayShort))?
    };
    let weekday = i8::try_from(w.value(day, Role::Weekday).or_else(short)?).ok()?;
    let before = day.checked_sub(1).filter(|b| *b >= w.start);
    let named = before.is_some_and(|b| {
        w.is(b, Role::NameBeforeDay) && w.get(b).is_some_and(Token::is_capitalised)
    }) || w.is(day + 1, Role::NameAfterDay)
        && w.get(day + 1).is_some_and(Token::is_capitalised);
    if named {
        return None;
    }
    // "on a Sunday in May"
    let any = w.follows(day, Role::Indefinite) || w.follows(day, Role::Ones);
    if any && (w.is(day + 1, Role::In) || w.is(day + 1, Role::Of)) {
        return None;
    }
    // "the Sunday before last"
    if shift.is_none()
        && let Some(sign) = w.value(day + 1, Role::Relative)
        && w.value(day + 2, Role::Next)
            .or(w.value(day + 2, Role::Last))
            == Some(sign)
        && !w.is(day + 3, Role::Unit)
    {
        return Some((weeks_from_weekday(weekday, sign, 1), day + 3));
    }
    // "Friday (of) last week", "Monday morning last week", "Monday of the following week"
    let part = day + usize::from(w.is(day + 1, Role::DayPart));
    let of = part + 1 + usize::from(w.is(part + 1, Role::Of));
    let of = of + usize::from(of > part + 1 && w.is(of, Role::Article));
    let count = (w.value(of, Role::Last))
        .or(w.value(of, Role::Next))
        .or(w.value(of, Role::This))
        .or(w.value(of, Role::Same).filter(|count| *count != 0));
    if let Some(count) = count
        && unit_at(w, of + 1) == Some(Unit::Week)
    {
        let unit = Unit::Week;
        let week = Box::new(Form::Offset { unit, count });
        return Some((Form::WeekdayIn { weekday, week }, of + 2));
    }
    // "Monday two weeks from now", "Friday, a week ago"
    let comma = day + 1 + usize::from(w.text(day + 1) == ",");
    let week = || {
        away(w, comma)
            .or_else(|| counted(w, comma))
            .or_else(|| after_next(w, comma))
    };
    if shift.is_none()
        && let Some((week, to)) = week()
        && in_one_week(&week)
    {
        let week = Box::new(week);
        return Some((Form::WeekdayIn { weekday, week }, to));
    }
    // "the Monday after Easter", "the Friday before May 3"
    if shift.is_none()
        && let Some(read) = beside_a_day(w, weekday, day + 1)
    {
        return Some(read);
    }
    // "Friday in the week ahead"
    let mut to = day + 1;
    let mut shift = shift;
    if w.is(to, Role::In)
        && w.is(to + 1, Role::Article)
        && w.value(to + 2, Role::Unit) == Some(1)
        && w.is(to + 3, Role::Ahead)
    {
        (shift, to) = (Some(1), to + 4);
    }
    let lean = match shift {
        Some(-1) => Lean::Past,
        Some(1) => Lean::Future,
        // "this Friday" looks ahead unless a verb says otherwise.
        Some(_) => Some(lean(w, at, to))
            .filter(|lean| *lean != Lean::Unknown)
            .unwrap_or(Lean::Future),
        None => Lean::Unknown,
    };
    let shift = shift.unwrap_or(0) as i8;
    Some((
        Form::Weekday {
            weekday,
            shift,
            lean,
        },
        to,
    ))
}

/// A weekday that is told by a day before or after it.
fn beside_a_day(w: Words<'_>, weekday: i8, at: usize) -> Read {
    let sign = (w.value(at, Role::Relative)).filter(|_| !w.is(at, Role::RelativeAlone))?;
    let next = at + 1 + usize::from(w.is(at + 1, Role::Article));
    let (day, to) = feast(w, next)
        .or_else(|| nth_weekday(w, next))
        .or_else(|| day_of_month(w, next))
        .filter(|(form, _)| is_a_day(form))?;
    let of = |count| {
        Box::new(Form::Away {
            from: Box::new(day.clone()),
            unit: Unit::Day,
            count: sign * count,
        })
    };
    let (near, far) = (of(1), of(7));
    let week = Box::new(if sign > 0 {
        Form::Between(near, far)
    } else {
        Form::Between(far, near)
    });
    Some((known(Form::WeekdayIn { weekday, week }), to))
}

/// "last", "this past", "this coming", "next" before a word, with that word's place.
pub(super) fn shift_before(
    w: Words<'_>,
    at: usize,
    is_there: impl Fn(usize) -> bool,
) -> (Option<i32>, usize) {
    let one = |at| {
        w.value(at, Role::Last)
            .or(w.value(at, Role::Past))
            .or(w.value(at, Role::Next))
            .or(w.value(at, Role::Coming))
            // "previous Monday"; "the previous Monday" is a story's.
            .or(w
                .value(at, Role::Same)
                .filter(|shift| *shift != 0 && !w.follows(at, Role::Article)))
    };
    if w.is(at, Role::This) {
        if let Some(shift) = one(at + 1)
            && is_there(at + 2)
        {
            return (Some(shift), at + 2);
        }
        if is_there(at + 1) {
            return (Some(0), at + 1);
        }
    }
    match one(at) {
        Some(shift) if is_there(at + 1) => (Some(shift), at + 1),
        _ => (None, at),
    }
}

/// "next week on Tuesday", "this week Monday", "in three days, on Friday", "the first week of October, on
/// Friday".
pub(super) fn weekday_after(w: Words<'_>, form: Form, to: usize) -> (Form, usize) {
    let on = usize::from(w.is(to, Role::On) || w.text(to) == "-");
    let whole = matches!(
        &form,
        Form::Offset {
            unit: Unit::Week,
            ..
        }
    );
    if !in_one_week(&form) || !whole && on == 0 {
        return (form, to);
    }
    let day = to + on;
    let weekday = (w.value(day, Role::Weekday)).or(w.value(day, Role::WeekdayShort));
    match weekday.and_then(|day| i8::try_from(day).ok()) {
        Some(weekday) => {
            let week = Box::new(form);
            (Form::WeekdayIn { weekday, week }, day + 1)
        }
        None => (form, to),
    }
}

/// Is it a week, or a day that is counted to, so that a weekday beside it is of that week?
fn in_one_week(form: &Form) -> bool {
    match form {
        Form::Offset { unit, count } => {
            *unit == Unit::Week || *unit == Unit::Day && count.unsigned_abs() > 1
        }
        Form::Away { unit, .. } => matches!(unit, Unit::Day | Unit::Week),
        Form::PartOf { unit, count, .. } => *unit == Unit::Week && *count == 1,
        Form::Calendar { part, .. } => matches!(part, Some(Part::FirstWeek | Part::LastWeek)),
        Form::Absolute(when) => when.days() == 7,
        _ => false,
    }
}

/// "July 14 (Friday)", "14 July, Friday,": the weekday stands after its date.
pub(super) fn named_day(w: Words<'_>, form: Form, to: usize) -> (Form, usize) {
    let bracket = w.text(to) == "(";
    let dated = matches!(&form, Form::Calendar { day: Some(_), .. })
        || matches!(&form, Form::Absolute(when) if when.earliest == when.latest);
    if !dated || !bracket && w.text(to) != "," {
        return (form, to);
    }
    let weekday = (w.value(to + 1, Role::Weekday)).and_then(|day| i8::try_from(day).ok());
    let closed = if bracket {
        w.text(to + 2) == ")"
    } else {
        w.get(to + 2).is_none_or(Token::is_punct)
    };
    match weekday {
        Some(weekday) if closed => {
            let date = Box::new(form);
            (Form::Dated { weekday, date }, to + 2 + usize::from(bracket))
        }
        _ => (form, to),
    }
}

/// "last weekend", "over the weekend".
pub(super) fn weekend(w: Words<'_>, at: usize) -> Read {
    if let Some(read) = deictic(w, at).filter(|_| w.is(at, Role::Weekend)) {
        return Some(read);
    }
    let (shift, day) = shift_before(w, at, |at| w.is(at, Role::Weekend));
    if !w.is(day, Role::Weekend) {
        return None;
    }
    if shift.is_none() && !w.follows(day, Role::Article) {
        return None;
    }
    // "this weekend" is this week's, whatever day it is.
    if shift == Some(0) && !w.is(at + 1, Role::Past) && lean(w, at, day + 1) != Lean::Past {
        return Some((weekend_of(0), day + 1));
    }
    let on = |weekday| {
        Box::new(Form::Weekday {
            weekday,
            shift: shift.unwrap_or(0) as i8,
            lean: Lean::Unknown,
        })
    };
    Some((Form::Between(on(6), on(7)), day + 1))
}

/// That of a week so many away.
pub(super) fn weekend_of(count: i32) -> Form {
    let of = |weekday| {
        let unit = Unit::Week;
        let week = Box::new(Form::Offset { unit, count });
        Box::new(Form::WeekdayIn { weekday, week })
    };
    Form::Between(of(6), of(7))
}

/// "last summer", "the summer of 2020", "in the winter".
pub(super) fn season(w: Words<'_>, at: usize) -> Read {
    // "early summer": no sharper than the summer.
    if w.value(at, Role::Part).and_then(part_named).is_some() {
        let next = at + 1 + usize::from(w.is(at + 1, Role::In));
        return season_at(w, next);
    }
    // "in the 2016 spring"
    if let Some(year) = printed_year(w.text(at))
        && let Some(season) = w.value(at + 1, Role::Season).and_then(season_named)
    {
        return Some((season_of_year(season, year)?, at + 2));
    }
    // "the middle of summer"
    if w.is(at, Role::PartNoun) && w.is(at + 1, Role::Of) {
        return season_at(w, at + 2 + usize::from(w.is(at + 2, Role::Article)));
    }
    season_at(w, at)
}

/// A season by its number in the tables.
pub(super) fn season_named(value: i32) -> Option<Season> {
    [
        Season::Spring,
        Season::Summer,
        Season::Autumn,
        Season::Winter,
    ]
    .get(usize::try_from(value).ok()?)
    .copied()
}

/// From 1 March on the first such season to come is that of the year.
fn season_of_year(season: Season, year: i16) -> Option<Form> {
    let form = Form::Season {
        season,
        year: YearHint::Open,
        lean: Lean::Future,
    };
    resolved(&form, Date::new(year, 3, 1).ok()?)
}

fn season_at(w: Words<'_>, at: usize) -> Read {
    let is_season = |at| w.is(at, Role::Season) || w.is(at, Role::SeasonOrWord);
    let (shift, day) = shift_before(w, at, is_season);
    let season = season_named(
        w.value(day, Role::Season)
            .or(w.value(day, Role::SeasonOrWord))?,
    )?;
    let of = |year, lean| Form::Season { season, year, lean };
    // "the winter of 2030-31", "winter 2030/31"
    let both = day + 1 + usize::from(w.is(day + 1, Role::Of));
    if let Some((first, _)) = w.text(both).split_once(['-', '/', '\u{2013}'])
        && let Some(year) = printed_year(first)
        && season == Season::Winter
    {
        return Some((season_of_year(season, year)?, both + 1));
    }
    if let Some((year, to)) = year_after(w, day + 1) {
        let form = match year {
            Year::Printed(year) => season_of_year(season, year)?,
            hint => {
                let last = match season {
                    Season::Winter => return None,
                    Season::Spring => 5,
                    Season::Summer => 8,
                    Season::Autumn => 11,
                };
                months_of_year(hint, (last - 2, last))?
            }
        };
        return Some((form, to));
    }
    if let Some(shift) = shift {
        return Some((of(YearHint::Offset(shift), Lean::Unknown), day + 1));
    }
    // "in the early spring"
    let part = day - usize::from(w.follows(day, Role::Part));
    let article = part - usize::from(w.follows(part, Role::Article));
    let placed = w.is(day, Role::Season)
        && (w.follows(article, Role::In) || w.follows(article, Role::Since))
        && w.tag(day + 1) != Some(Tag::Propn)
        && w.tag(day + 1) != Some(Tag::Noun);
    placed.then_some((of(YearHint::Open, Lean::Unknown), day + 1))
}

/// "yesterday", "today", "tonight", "the day after tomorrow", "last night", "this morning".
pub(super) fn deictic(w: Words<'_>, at: usize) -> Read {
    let day = |count, to| {
        let unit = Unit::Day;
        Some((Form::Offset { unit, count }, to))
    };
    if let Some(count) = w.value(at, Role::Deictic) {
        let era = w.is(at + 1, Role::Possessive) && {
            let adjectives = usize::from(w.tag(at + 2) == Some(Tag::Adj));
            w.is(at + 2 + adjectives, Role::Era)
        };
        if era {
            return Some((Form::Vague, at + 1));
        }
        return day(count, at + 1);
    }
    // "later in the week"
    if w.is(at, Role::Sub)
        && w.is(at + 1, Role::In)
        && w.is(at + 2, Role::Article)
        && let Some(unit) = unit_at(w, at + 3)
    {
        let count = 0;
        return Some((Form::Offset { unit, count }, at + 4));
    }
    // "YTD", "year to date"
    if let Some(unit) = w.value(at, Role::ToDateShort).and_then(unit_named) {
        return Some((to_date(unit), at + 1));
    }
    if let Some(unit) = unit_at(w, at).filter(|_| !w.is_plural(at))
        && w.is(at + 1, Role::To)
        && w.is(at + 2, Role::DateWord)
    {
        return Some((to_date(unit), at + 3));
    }
    // "to date"
    if w.is(at, Role::To) && w.is(at + 1, Role::DateWord) {
        return day(0, at + 2);
    }
    if w.is(at, Role::VagueDay) {
        return Some((Form::Vague, at + 1));
    }
    if w.value(at, Role::Unit) == Some(0)
        && w.is(at + 1, Role::Relative)
        && let Some(count @ (-1 | 1)) = w.value(at + 2, Role::Deictic)
    {
        return day(2 * count, at + 3);
    }
    if let Some(read) = after_next(w, at) {
        return Some(read);
    }
    // "the night before last"
    if w.is(at, Role::DayPart)
        && w.value(at + 1, Role::Relative) == Some(-1)
        && w.is(at + 2, Role::Last)
    {
        return day(-2, at + 3);
    }
    if w.is(at + 1, Role::DayPart) {
        let count = w.value(at, Role::Last).or(w.value(at, Role::This))?;
        return day(count, at + 2);
    }
    None
}

/// From a unit's first day to the day of speaking.
fn to_date(unit: Unit) -> Form {
    let first = Form::PartOf {
        whole: Box::new(Form::Offset { unit, count: 0 }),
        unit: Unit::Day,
        first: 0,
        count: 1,
    };
    let (unit, count) = (Unit::Day, 0);
    Form::Between(Box::new(first), Box::new(Form::Offset { unit, count }))
}

/// "the week after next", "the month before last", "the weekend after next".
fn after_next(w: Words<'_>, at: usize) -> Read {
    let at = at + usize::from(w.is(at, Role::Article));
    let weekend = w.is(at, Role::Weekend);
    if let Some(sign) = w.value(at + 1, Role::Relative)
        && let Some(shift) = (w.value(at + 2, Role::Next)).or(w.value(at + 2, Role::Last))
        && shift == sign
        && !w.is(at + 3, Role::Unit)
    {
        let count = 2 * sign;
        let form = match unit_at(w, at).filter(|_| !w.is_plural(at)) {
            Some(unit) => Form::Offset { unit, count },
            None if weekend => weekend_of(count),
            None => return None,
        };
        return Some((form, at + 3));
    }
    None
}

pub(super) fn unit_named(value: i32) -> Option<Unit> {
    [
        Unit::Day,
        Unit::Week,
        Unit::Month,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
    ]
    .get(usize::try_from(value).ok()?)
    .copied()
}

/// The unit of time that a word names.
pub(super) fn unit_at(w: Words<'_>, at: usize) -> Option<Unit> {
    w.value(at, Role::Unit).and_then(unit_named)
}
