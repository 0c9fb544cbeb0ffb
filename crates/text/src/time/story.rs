//! Dates that a story gives one another: a year told of before, "that month", "two days later".

use super::calendar::calendar_form;
use super::calendar::{day_of_month, month_name};
use super::count::{count_of_units, shifted};
use super::relative::unit_at;
use super::{Found, OPEN, Told, Year};
use crate::document::Document;
use crate::role::{self, Role, Roles, Words};
use rapporteur_model::{Anchor, Form, Lean, Unit, When, YearHint};

/// "that year", "the same month", "the following day", "two days later", "September of that year",
/// "month's end".
pub(super) fn told(w: Words<'_>, at: usize) -> Option<Found> {
    let found = |to, unit, count| Found {
        from: at,
        to,
        // What a report means by it that tells no story.
        form: shifted(w, at).map_or(Form::Vague, |(form, _)| form),
        told: Some(Told { unit, count }),
    };
    // "that same day", "the same year", "the following week"
    let that = usize::from(w.is(at, Role::That));
    let same = w.value(at + that, Role::Same);
    // "next year" and "previous week" without an article are the report's.
    let shift = w.is(at, Role::Next) || same.is_some_and(|same| same != 0);
    let own = shift && !w.follows(at, Role::Article) && that == 0;
    if (that > 0 || same.is_some()) && !own {
        let noun = at + that + usize::from(same.is_some());
        // "the next morning"
        let day = w.is(noun, Role::DayPart).then_some(Unit::Day);
        if let Some(unit) = unit_at(w, noun).or(day)
            && !w.is_plural(noun)
        {
            return Some(found(noun + 1, unit, same.unwrap_or(0)));
        }
    }
    // "month's end"
    if let Some(unit) = unit_at(w, at)
        && w.is(at + 1, Role::Possessive)
        && w.is(at + 2, Role::PartNoun)
        && unit != Unit::Day
    {
        return Some(found(at + 3, unit, 0));
    }
    // "September of that year"
    let day = day_of_month(w, at).filter(|(form, _)| matches!(form, Form::Calendar { .. }));
    let month = || {
        let (month, to) = month_name(w, at)?;
        Some((calendar_form(OPEN, month, None, None)?, to))
    };
    if let Some((form, to)) = day.or_else(month) {
        let of = to + usize::from(w.is(to, Role::Of));
        let article = of + usize::from(w.is(of, Role::Article));
        let said = w.is(of, Role::That) || w.is(article, Role::Same) && article > of;
        let noun = article + 1;
        if !said || !w.is(noun, Role::YearWord) {
            return None;
        }
        return Some(Found {
            form,
            ..found(
                noun + 1,
                Unit::Year,
                w.value(article, Role::Same).unwrap_or(0),
            )
        });
    }
    let (count, unit, to) = count_of_units(w, at)?;
    let sign = w.value(to, Role::Relative)?;
    // "two days after the vote" hangs on the vote.
    let alone = w.is(to, Role::RelativeAlone) || w.get(to + 1).is_none_or(|t| t.is_punct());
    Some(Found {
        told: (count.filter(|_| alone)).map(|count| Told {
            unit,
            count: sign * count,
        }),
        ..found(to + 1, unit, 0)
    })
}

/// Gives forms that hang on a time told of before their days. In a report only a year or month of
/// the sentence before is taken; in a history, which prints its years and counts nothing from the
/// day it was written, whatever was told last.
pub(super) fn tell(document: &Document<'_>, roles: &[Roles], all: &mut [Found]) {
    let history = is_history(document, roles, all);
    // The time told last, and the token where it stands.
    let mut last: Option<(When, usize)> = None;
    let years: Vec<Option<i16>> = (all.iter())
        .map(|found| match &found.form {
            Form::Absolute(when) => Some(when.earliest.year()),
            _ => None,
        })
        .collect();
    let is = |at: usize, role| {
        roles
            .get(at)
            .is_some_and(|r| role::value(r, role).is_some())
    };
    for (place, found) in all.iter_mut().enumerate() {
        let first = place == 0;
        let near = last.filter(|(when, at)| {
            let before = document.sentences.partition_point(|s| s.tokens.end <= *at);
            let here = (document.sentences).partition_point(|s| s.tokens.end <= found.from);
            history || here <= before + 1 && when.days() <= 366
        });
        let spoken = |role| (found.from..found.to).any(|at| is(at, role));
        let deictic = spoken(Role::Deictic) || spoken(Role::Back);
        match (&found.told, near) {
            (Some(told), near) => {
                let open = matches!(found.form, Form::Vague | Form::Calendar { .. });
                let wide = matches!(told.unit, Unit::Month | Unit::Year | Unit::Decade);
                let hangs = history || told.count == 0 && wide && open;
                match near.filter(|_| hangs) {
                    Some((when, _)) => {
                        found.form = follow(&found.form, told, when).unwrap_or(Form::Vague);
                    }
                    None if matches!(found.form, Form::Calendar { .. } | Form::Season { .. }) => {
                        found.form = Form::Vague;
                    }
                    // "the previous week", before any other time was told of.
                    None if first
                        && told.count != 0
                        && told.unit != Unit::Day
                        && matches!(found.form, Form::Vague)
                        && spoken(Role::Same) =>
                    {
                        let (unit, count) = (told.unit, told.count);
                        found.form = Form::Offset { unit, count };
                    }
                    None => {}
                }
            }
            (None, Some((when, _))) if history && !deictic => {
                if let Some(form) = in_history(&found.form, when) {
                    found.form = form;
                }
            }
            _ => {}
        }
        let aside = history && last.is_some_and(|(when, _)| is_aside(&years, place, when));
        if let Form::Absolute(when) = found.form
            && !aside
        {
            // "later that year" leaves the story where it was.
            let wider = |(told, _): (When, usize)| when.overlaps(told) && when.days() > told.days();
            let when = match last.filter(|_| found.told.is_some()).filter(|l| wider(*l)) {
                Some((told, _)) => told,
                None => when,
            };
            last = Some((when, found.from));
        }
    }
}

/// Is a printed year far from the story's, and does the next go back to the story?
fn is_aside(years: &[Option<i16>], place: usize, told: When) -> bool {
    const FAR: i16 = 10;
    let Some(year) = years.get(place).copied().flatten() else {
        return false;
    };
    let told = told.earliest.year();
    let away = |a: i16, b: i16| a.saturating_sub(b).saturating_abs();
    let next = years.iter().skip(place + 1).find_map(|year| *year);
    away(year, told) > FAR && next.is_some_and(|next| away(next, told) < away(next, year))
}

/// Is it told of years long past, without a word that counts from the day of writing?
fn is_history(document: &Document<'_>, roles: &[Roles], all: &[Found]) -> bool {
    let printed = all
        .iter()
        .filter(|f| matches!(f.form, Form::Absolute(_)))
        .count();
    let spoken = (all.iter().filter(|f| f.told.is_none()))
        .filter(|f| match &f.form {
            Form::Weekday { .. } | Form::Dated { .. } => true,
            Form::Offset { .. } | Form::Stretch { .. } => (f.from..f.to).any(|at| {
                let is = |role| {
                    roles
                        .get(at)
                        .is_some_and(|r| crate::role::value(r, role).is_some())
                };
                is(Role::Deictic) || is(Role::Back) || is(Role::Last) || is(Role::Past)
            }),
            _ => false,
        })
        .count();
    let words = document.tokens.len();
    printed >= 6 && spoken * 6 <= printed && words > 60
}

/// The days of a form that hangs on a time told of.
fn follow(form: &Form, told: &Told, when: When) -> Option<Form> {
    let away = |unit, count| {
        let from = Box::new(Form::Absolute(when));
        let form = Form::Away { from, unit, count };
        form.resolve(&Anchor::default())
    };
    match form {
        Form::Season { .. } => in_history(form, when),
        Form::Calendar {
            month, day, part, ..
        } => {
            let year = away(Unit::Year, told.count)?.earliest.year();
            calendar_form(Year::Printed(year), *month, *day, *part)
        }
        _ => {
            // "three days later" than a month: no day.
            let found = away(told.unit, told.count)?;
            let whole = told.unit != Unit::Day || when.days() == 1;
            whole.then_some(Form::Absolute(found))
        }
    }
}

/// A form as a history means it that has told of `when`.
fn in_history(form: &Form, when: When) -> Option<Form> {
    match form {
        Form::Calendar {
            year: YearHint::Open,
            month,
            day,
            part,
            ..
        } => calendar_form(Year::Printed(year_told(when, *month)), *month, *day, *part),
        // "the end of the year"
        Form::Calendar {
            year: YearHint::Offset(away),
            month,
            day,
            part,
            ..
        } => {
            let year = when.earliest.year().checked_add((*away).try_into().ok()?)?;
            calendar_form(Year::Printed(year), *month, *day, *part)
        }
        Form::Season { season, year, .. } => {
            let first = [3, 6, 9, 12].get(*season as usize)?;
            let year = match year {
                YearHint::Offset(away) => {
                    when.earliest.year().checked_add((*away).try_into().ok()?)?
                }
                YearHint::Open => year_told(when, *first),
            };
            let form = Form::Season {
                season: *season,
                year: YearHint::Open,
                lean: Lean::Future,
            };
            let day = rapporteur_model::Date::new(year, 3, 1).ok()?;
            super::range::resolved(&form, day)
        }
        Form::Offset { unit, count } => follow(
            &Form::Vague,
            &Told {
                unit: *unit,
                count: *count,
            },
            when,
        ),
        Form::Stretch {
            unit,
            count: Some(1),
            ..
        } if *unit != Unit::Day => follow(
            &Form::Vague,
            &Told {
                unit: *unit,
                count: 1,
            },
            when,
        ),
        Form::Between(a, b) => {
            let a = in_history(a, when).unwrap_or_else(|| (**a).clone());
            let Form::Absolute(first) = a else {
                return None;
            };
            let open = matches!(
                **b,
                Form::Calendar {
                    year: YearHint::Open,
                    ..
                }
            );
            let b = in_history(b, if open { first } else { when }).unwrap_or_else(|| (**b).clone());
            super::range::joined(a, b)
        }
        _ => None,
    }
}

/// The year of a month that is told of after `when`: a story goes on, and seldom far back.
fn year_told(when: When, month: i8) -> i16 {
    let (year, last) = (when.earliest.year(), when.earliest.month());
    let known = when.days() <= 31;
    if known && month + 5 < last {
        year + 1
    } else {
        year
    }
}

/// A year that the report tells a story of: "In 2011 the army … in March".
pub(super) struct Narrated {
    pub(super) year: i16,
    pub(super) block: usize,
    /// Does it open its sentence?
    pub(super) leads: bool,
    pub(super) sentence_end: usize,
}

/// Gives a date without a year that of the story, where a bare year stands before it in the same
/// sentence, or opens the sentence before and the date opens this one.
pub(super) fn narrate(w: Words<'_>, found: &mut Found, story: &mut Option<Narrated>, block: usize) {
    // "In 2011 …", "In early March …"
    let opens = |at: usize| at == w.start + 1 && w.is(w.start, Role::In);
    match &found.form {
        _ if found.told.is_some() => {}
        Form::Absolute(when)
            if when.earliest == when.earliest.first_of_year()
                && when.latest == when.earliest.last_of_year() =>
        {
            *story = Some(Narrated {
                year: when.earliest.year(),
                block,
                leads: opens(found.from),
                sentence_end: w.end,
            });
        }
        Form::Calendar {
            year: YearHint::Open,
            month,
            day,
            part,
            lean: Lean::Past,
        } => {
            let told = story.as_ref().filter(|s| {
                s.sentence_end == w.end && s.leads
                    || s.sentence_end == w.start && s.leads && opens(found.from)
            });
            if let Some(form) =
                told.and_then(|s| calendar_form(Year::Printed(s.year), *month, *day, *part))
            {
                found.form = form;
                if let Some(story) = story {
                    story.sentence_end = w.end;
                }
            }
        }
        // Any other date ends the story.
        Form::Vague => {}
        _ => *story = None,
    }
}
