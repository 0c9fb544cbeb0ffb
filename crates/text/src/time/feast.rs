//! Feasts, and dates of other calendars: "Eid al-Adha 2021", "24 Asad 1400".

use super::calendar::{calendar_form, day_at, year_after};
use super::nth::known;
use super::range::joined;
use super::year::printed_year;
use super::{OPEN, Read, Year, set_lean};
use crate::document::{Tag, Token};
use crate::role::{Role, Words};
use crate::tables;
use rapporteur_model::{Feast, Form, Lean, Unit, When, YearHint, islamic, solar};
use std::sync::LazyLock;

/// What a phrase of `feasts.tsv` names.
#[derive(Clone, Copy)]
enum Named {
    /// A month and day of the Gregorian year.
    Day(i8, i8),
    Moving(Feast),
    IslamicMonth(i8),
    SolarMonth(i8),
}

type Phrases = tables::Table<Vec<(Vec<&'static str>, Named)>>;

/// By their first words, longest first. Only ever looked up.
fn phrases() -> &'static Phrases {
    static TABLE: LazyLock<Phrases> = LazyLock::new(|| {
        let mut table = Phrases::default();
        for (kind, rest) in tables::rows(include_str!("../../data/en/feasts.tsv")) {
            let Some((numbers, names)) = rest.split_once('\t') else {
                continue;
            };
            let Some(named) = named(kind, numbers) else {
                continue;
            };
            for name in names.split(", ") {
                let words: Vec<&str> = name.split(' ').flat_map(tables::clitic_cut).collect();
                table.entry(words[0]).or_default().push((words, named));
            }
        }
        for list in table.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        table
    });
    &TABLE
}

fn named(kind: &str, numbers: &str) -> Option<Named> {
    let numbers: Vec<i8> = numbers.split(' ').filter_map(|n| n.parse().ok()).collect();
    Some(match (kind, numbers.as_slice()) {
        ("day", [month, day]) => Named::Day(*month, *day),
        ("easter", [away]) => Named::Moving(Feast::Easter(i16::from(*away))),
        ("nth", [nth, weekday, month]) => Named::Moving(Feast::Nth(*nth, *weekday, *month)),
        ("islamic", [month, day, days]) => Named::Moving(Feast::Islamic(*month, *day, *days)),
        ("orthodox", [away]) => Named::Moving(Feast::Orthodox(i16::from(*away))),
        ("jewish", [month, day, days]) => Named::Moving(Feast::Jewish(*month, *day, *days)),
        ("solar", [month, day]) => Named::Moving(Feast::Solar(*month, *day)),
        ("islamic-month", [month]) => Named::IslamicMonth(*month),
        ("solar-month", [month]) => Named::SolarMonth(*month),
        _ => return None,
    })
}

/// The name that begins here, and the token after it.
fn name_at(w: Words<'_>, at: usize) -> Option<(Named, usize)> {
    let token = w.get(at)?;
    let list = phrases().get(&*token.lower)?;
    let capital = token.is_capitalised();
    list.iter()
        // "easter", but not "mizan" or "new year".
        .filter(|(words, named)| {
            let months = matches!(named, Named::IslamicMonth(_) | Named::SolarMonth(_));
            // Any "new year" in small letters begins on that day only where a year is said.
            let own = words.len() != 2 || words[1] != "year";
            let dated = || printed_year(w.text(at + words.len())).is_some();
            let beside = || w.follows(at, Role::Relative) || w.follows(at, Role::By);
            capital || !months && (own || dated() || beside())
        })
        .find(|(words, _)| {
            let word = |n: usize| w.get(at + n).map(|t| &*t.lower);
            (words.iter().enumerate()).all(|(n, wanted)| word(n) == Some(wanted))
        })
        .map(|(words, named)| (*named, at + words.len()))
}

/// "Christmas", "Easter 2019", "last Thanksgiving", "Eid al-Adha of this year", "Ramadan".
pub(super) fn feast(w: Words<'_>, at: usize) -> Read {
    let shift = w
        .value(at, Role::Last)
        .or(w.value(at, Role::This))
        .or(w.value(at, Role::Next))
        .or(w.value(at, Role::Coming))
        .or(w.value(at, Role::Same).filter(|shift| *shift != 0));
    let first = at + usize::from(shift.is_some());
    let (named, to) = name_at(w, first)?;
    let of_name = |at: usize| w.tag(at) == Some(Tag::Propn) && name_at(w, at).is_none();
    let before = first.checked_sub(1).filter(|before| *before >= w.start);
    // "Chinese New Year" is another.
    let capital = |at: usize| w.get(at).is_some_and(Token::is_capitalised);
    let other = matches!(named, Named::Day(1, 1))
        && before.is_some_and(|at| w.tag(at) == Some(Tag::Adj) && capital(at));
    let sure = !other && !before.is_some_and(of_name);
    // "the Eid al-Adha holiday", "the Christmas truce": of that name.
    let names =
        w.tag(to) == Some(Tag::Noun) && !w.is(to, Role::Weekend) && !w.is(to, Role::DayPart);
    if !sure || names || of_name(to) && !w.is(to, Role::Month) {
        return None;
    }
    let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
    let feast = match named {
        Named::Day(month, day) => {
            let mut form = calendar_form(year, month, Some(day), None)?;
            lean_by(&mut form, shift);
            return Some((form, to));
        }
        Named::Moving(feast) => feast,
        Named::IslamicMonth(month) => Feast::Islamic(month, 1, 30),
        Named::SolarMonth(_) => return None,
    };
    let form = match year {
        Year::Printed(year) => Form::Absolute(feast.in_year(year)?),
        Year::Hint(year) => {
            let lean = Lean::Unknown;
            let mut form = Form::Feast { feast, year, lean };
            lean_by(&mut form, shift);
            form
        }
    };
    Some((form, to))
}

/// "Labor Day weekend", "Thanksgiving 2031 weekend", "the weekend of Halloween": its Saturday and Sunday, and
/// the feast where it is always a Monday, a Thursday or a Friday.
pub(super) fn feast_weekend(w: Words<'_>, at: usize) -> Read {
    let (form, to) = if w.is(at, Role::Weekend) && w.is(at + 1, Role::Of) {
        feast(w, at + 2)?
    } else {
        let (form, to) = feast(w, at)?;
        w.is(to, Role::Weekend).then_some((form, to + 1))?
    };
    let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
    let form = match (year, form) {
        (Year::Printed(year), Form::Feast { feast, .. }) => Form::Absolute(feast.in_year(year)?),
        (Year::Printed(_), form) => super::numeric::with_year(&form, year).unwrap_or(form),
        (_, form) => form,
    };
    let weekday = match &form {
        Form::Feast {
            feast: Feast::Nth(_, weekday, _),
            ..
        } => Some(*weekday),
        Form::Absolute(when) => Some(when.earliest.weekday().to_monday_one_offset()),
        _ => None,
    };
    let away = |count| {
        Box::new(Form::Away {
            from: Box::new(form.clone()),
            unit: Unit::Day,
            count,
        })
    };
    let weekend = match weekday {
        Some(1) => Form::Between(away(-2), away(0)),
        Some(day @ 4..=7) => {
            Form::Between(away(0.min(6 - i32::from(day))), away(7 - i32::from(day)))
        }
        _ => {
            let on = |weekday| {
                let week = away(-1);
                Box::new(Form::WeekdayIn { weekday, week })
            };
            Form::Between(on(6), on(7))
        }
    };
    Some((known(weekend), to))
}

/// "last" looks back and "next" ahead; "this" is of the report's year.
fn lean_by(form: &mut Form, shift: Option<i32>) {
    match (shift, form) {
        (Some(0), Form::Calendar { year, .. } | Form::Feast { year, .. }) => {
            *year = YearHint::Offset(0);
        }
        (Some(shift), form) => set_lean(form, || if shift < 0 { Lean::Past } else { Lean::Future }),
        (None, _) => {}
    }
}

/// "24 Asad 1400", "14 Ramadan 1442", "Ramadan 1442": with their year, which tells the calendar.
pub(super) fn other_calendar(w: Words<'_>, at: usize) -> Read {
    let day = day_at(w, at);
    let first = day.map_or(at, |(_, to)| to + usize::from(w.is(to, Role::Of)));
    let (named, next) = name_at(w, first)?;
    let year = next + usize::from(w.text(next) == ",");
    let number: i16 = (w.text(year).len() == 4).then(|| w.text(year).parse().ok())??;
    let to = year + 1 + usize::from(w.is(year + 1, Role::OtherEra));
    if !(1200..=1500).contains(&number) {
        return None;
    }
    let of_day = |day: i8| match named {
        Named::IslamicMonth(month) => islamic(number, month, day),
        Named::SolarMonth(month) => solar(number, month, day).map(When::day),
        _ => None,
    };
    let form = match day {
        Some((day, _)) => Form::Absolute(of_day(day)?),
        None => {
            let last = [31, 30, 29].into_iter().find_map(of_day)?;
            joined(Form::Absolute(of_day(1)?), Form::Absolute(last))?
        }
    };
    Some((form, to))
}
