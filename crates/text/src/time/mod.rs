//! Expressions of time, by patterns of words.

mod calendar;
mod count;
mod feast;
mod nth;
mod numeric;
mod part;
mod passing;
mod range;
mod relative;
mod story;
#[cfg(test)]
mod tests;
mod year;

use crate::document::{Document, Tag};
use crate::lean::lean;
use crate::role::{self, Role, Words};
use calendar::*;
use numeric::numeric;
use rapporteur_model::{Form, Lean, Time, Unit, YearHint};
use relative::*;
use story::{Narrated, narrate};
use year::*;

/// Every expression of a date, in order, never overlapping. Times of day, ages and spans that are
/// only measured ("nearly 20 years") are none.
pub(crate) fn find(document: &Document<'_>) -> Vec<Time> {
    read(document, false)
}

/// The same with whatever else speaks of time and gives no date: "now", "for two months", "at that
/// time", "at 5 a.m.".
pub fn times(document: &Document<'_>) -> Vec<Time> {
    read(document, true)
}

fn read(document: &Document<'_>, passing: bool) -> Vec<Time> {
    let roles = role::of_tokens(&document.tokens);
    let mut all = Vec::new();
    let mut narrated: Option<Narrated> = None;
    for sentence in &document.sentences {
        let words = Words::of(document, &roles, sentence);
        if (narrated.as_ref()).is_some_and(|s| s.block != sentence.block) {
            narrated = None;
        }
        let mut at = words.start;
        let mut low = at;
        while at < words.end {
            let found = expression(words, at)
                .or_else(|| passing.then(|| passing::expression(words, at)).flatten());
            let Some(mut found) = found else {
                at += 1;
                continue;
            };
            // "every April"
            let dated = matches!(found.form, Form::Calendar { .. } | Form::Feast { .. });
            if dated && words.follows(found.from, Role::Each) && found.from > words.start {
                found.form = Form::Vague;
            }
            set_lean(&mut found.form, || lean(words, found.from, found.to));
            narrate(words, &mut found, &mut narrated, sentence.block);
            at = found.to.max(at + 1);
            widen(words, &mut found, low, passing);
            low = found.to;
            all.push(found);
        }
        if (narrated.as_ref()).is_some_and(|s| !s.leads || s.sentence_end < words.start) {
            narrated = None;
        }
    }
    share(document, &roles, &mut all);
    let url = document.report.masthead().url.as_deref();
    numeric::settle(&mut all, &document.tokens, url);
    story::tell(document, &roles, &mut all);
    (all.into_iter())
        .map(|found| {
            let span = document.span(found.from..found.to);
            Time {
                span,
                expression: document.slice(span).to_string(),
                form: found.form,
            }
        })
        .collect()
}

/// Gives the first of two that are joined what only the second says: "May and June 2031", "Monday or
/// Tuesday of last week".
fn share(document: &Document<'_>, roles: &[role::Roles], all: &mut [Found]) {
    for at in (1..all.len()).rev() {
        let (before, rest) = all.split_at_mut(at);
        let (Some(first), Some(second)) = (before.last_mut(), rest.first()) else {
            continue;
        };
        let joint = roles.get(first.to).filter(|_| first.to + 1 == second.from);
        let listed = joint.is_some_and(|joint| {
            let comma = document.tokens.get(first.to).is_some_and(|t| t.text == ",");
            let or = document
                .tokens
                .get(first.to)
                .is_some_and(|t| t.lower == "or");
            role::value(joint, Role::And).is_some() || or || comma
        });
        if !listed || first.told.is_some() {
            continue;
        }
        // "Saturday, May 3 and Sunday, May 4, 2031"
        if let (Form::Dated { weekday, date }, Form::Dated { date: other, .. }) =
            (&first.form, &second.form)
        {
            if let Form::Absolute(when) = &**other
                && numeric::is_open(date)
                && let Some(date) = range::before((**date).clone(), when.latest)
            {
                first.form = Form::Dated {
                    weekday: *weekday,
                    date: Box::new(date),
                };
            }
            continue;
        }
        match (&first.form, &second.form) {
            (Form::Calendar { day, .. }, Form::Absolute(when)) if numeric::is_open(&first.form) => {
                let alike = if day.is_some() {
                    when.days() == 1
                } else {
                    when.days() < 32
                };
                if let Some(form) = range::before(first.form.clone(), when.latest).filter(|_| alike)
                {
                    first.form = form;
                }
            }
            (
                Form::Weekday {
                    weekday, shift: 0, ..
                },
                Form::WeekdayIn { week, .. },
            ) => {
                first.form = Form::WeekdayIn {
                    weekday: *weekday,
                    week: week.clone(),
                };
            }
            _ => {}
        }
    }
}

/// An expression and its tokens.
struct Found {
    from: usize,
    to: usize,
    form: Form,
    /// How it hangs on a time that was told of before, if it does.
    told: Option<Told>,
}

/// So many units on from a time told of before: "that year" (Year, 0), "two days later" (Day, 2). A
/// calendar form is of the year that results.
#[derive(Clone, Copy)]
struct Told {
    unit: Unit,
    count: i32,
}

/// What a date's year is said to be.
#[derive(Clone, Copy)]
enum Year {
    Printed(i16),
    Hint(YearHint),
}

const OPEN: Year = Year::Hint(YearHint::Open);

/// A form and the token after its last.
type Read = Option<(Form, usize)>;

fn expression(w: Words<'_>, at: usize) -> Option<Found> {
    // Most words begin no date.
    if !w.roles.get(at)?.iter().any(|(role, _)| may_begin(*role))
        && !w
            .text(at)
            .contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '\'' | '\u{2019}'))
    {
        return None;
    }
    let found = |from, (form, to)| Found {
        from,
        to,
        form,
        told: None,
    };
    if w.is(at, Role::Between) {
        return range::range(w, at + 1, Role::And).map(|read| found(at, read));
    }
    if w.is(at, Role::From)
        && let Some(read) = range::range(w, at + 1, Role::To)
    {
        return Some(found(at, read));
    }
    if let Some(read) = range::one_month(w, at, Role::To) {
        return Some(found(at, read));
    }
    let hung = hung_date(w, at);
    let hangs = hung.is_some();
    let single = hung.or_else(|| lone_date(w, at));
    if let Some(read) = range::onward(w, at, &single, Role::To) {
        return Some(found(at, read));
    }
    if !hangs && let Some(found) = story::told(w, at) {
        return Some(found);
    }
    Some(found(at, single?))
}

/// Can an expression begin with a word of this role? The article is taken in afterwards.
fn may_begin(role: Role) -> bool {
    use Role::*;
    matches!(
        role,
        Month
            | MonthOrWord
            | Weekday
            | WeekdayShort
            | Unit
            | Weekend
            | Season
            | SeasonOrWord
            | Part
            | PartNoun
            | Sub
            | Deictic
            | DayPart
            | Last
            | Past
            | This
            | Current
            | Next
            | Coming
            | Recent
            | Few
            | VagueDay
            | Same
            | That
            | From
            | Now
            | Between
            | To
            | In
            | Within
            | For
            | Half
            | Indefinite
            | Ones
            | Tens
            | Ordinal
            | Collective
            | Feast
            | MonthsOfYear
            | DecadeWord
            | DecadeShort
            | Anno
            | Rest
            | WeekShort
            | OwnYear
            | OwnYearShort
            | EndOfUnit
            | ToDateShort
            | Final
            | Halves
            | Eve
            | CalendarYear
    )
}

/// One date, of whatever kind.
fn date(w: Words<'_>, at: usize) -> Read {
    hung_date(w, at).or_else(|| lone_date(w, at))
}

/// One date that is told by another: "two days after Friday".
fn hung_date(w: Words<'_>, at: usize) -> Read {
    let (form, to) = count::lasting(w, at)
        .or_else(|| count::away(w, at))
        .or_else(|| count::eve(w, at))?;
    Some(weekday_after(w, form, to))
}

/// One that hangs on no other, with the weekday beside it.
fn lone_date(w: Words<'_>, at: usize) -> Read {
    let (form, to) = of_years(w, at)
        .or_else(|| feast::feast_weekend(w, at))
        .or_else(|| part::week_of(w, at))
        .or_else(|| plain_date(w, at))?;
    let (form, to) = named_day(w, form, to);
    let (form, to) = day_in_unit(w, form, to);
    let (form, to) = count::for_days(w, at, form, to);
    Some(weekday_after(w, form, to))
}

/// "last year on April 20", "two years ago in May", "next month on the 3rd": the day or month in it.
fn day_in_unit(w: Words<'_>, form: Form, to: usize) -> (Form, usize) {
    let on = to + usize::from(w.text(to) == ",");
    if !w.is(on, Role::On) && !w.is(on, Role::In) {
        return (form, to);
    }
    let next = on + 1 + usize::from(w.is(on + 1, Role::Article));
    let found = match form {
        Form::Offset {
            unit: Unit::Year,
            count,
        } => (part::part_of_month(w, next))
            .or_else(|| day_of_month(w, next))
            .or_else(|| month_alone(w, next))
            .and_then(|(inner, to)| {
                let year = Year::Hint(YearHint::Offset(count));
                Some((numeric::with_year(&inner, year)?, to))
            }),
        Form::Offset {
            unit: Unit::Month,
            count,
        } => month_day(w, next).and_then(|(inner, to)| match inner {
            Form::MonthDay {
                day,
                month: None,
                lean,
            } => {
                let month = Some(count);
                Some((Form::MonthDay { day, month, lean }, to))
            }
            _ => None,
        }),
        _ => None,
    };
    found.unwrap_or((form, to))
}

/// One date that hangs on no other.
fn plain_date(w: Words<'_>, at: usize) -> Read {
    numeric(w, at)
        .or_else(|| before_christ(w, at))
        .or_else(|| anno(w, at))
        .or_else(|| weekday_with_date(w, at))
        .or_else(|| nth::nth_weekday(w, at))
        .or_else(|| nth::numbered_week(w, at))
        .or_else(|| part::part_of_month(w, at))
        .or_else(|| part::part_of_year(w, at))
        .or_else(|| feast::feast(w, at))
        .or_else(|| feast::other_calendar(w, at))
        .or_else(|| year_first(w, at))
        .or_else(|| day_of_month(w, at))
        .or_else(|| month_alone(w, at))
        .or_else(|| own_year(w, at))
        .or_else(|| spelt_decade(w, at))
        .or_else(|| decade(w, at))
        .or_else(|| century(w, at))
        .or_else(|| years(w, at))
        .or_else(|| count::weekday_week(w, at))
        .or_else(|| weekday(w, at))
        .or_else(|| weekend(w, at))
        .or_else(|| season(w, at))
        .or_else(|| deictic(w, at))
        .or_else(|| count::weekdays_away(w, at))
        .or_else(|| count::weeks_on(w, at))
        .or_else(|| count::times_ago(w, at))
        .or_else(|| count::rest(w, at))
        .or_else(|| count::counted(w, at))
        .or_else(|| count::shifted(w, at))
        .or_else(|| month_day(w, at))
}

/// Takes in the words that belong to an expression without changing its days: the article before
/// it, and with `passing` bounds ("almost two years later") and "the morning of", "early in".
fn widen(w: Words<'_>, found: &mut Found, low: usize, passing: bool) {
    let mut from = found.from;
    // "the morning of 3 May", "the year 1950"
    if passing && from >= low + 2 && w.is(from - 1, Role::Of) && w.is(from - 2, Role::DayPart) {
        from -= 2;
    } else if passing && from > low && w.is(from - 1, Role::YearWord) {
        from -= 1;
    }
    let counts = (from..found.to).any(|at| unit_at(w, at).is_some() || w.is(at, Role::Hour))
        && !w.is(from, Role::Article);
    while passing && counts && from > low && w.is(from - 1, Role::BeforeCount) {
        from -= 1;
    }
    // "the 21 January execution", "a one-year tour", "the former king"
    let modifies = matches!(w.tag(found.to), Some(Tag::Noun | Tag::Propn));
    let number = w.text(from).starts_with(|c: char| c.is_ascii_digit());
    let bare = w.is(from, Role::Month)
        || w.is(from, Role::MonthOrWord)
        || w.is(from, Role::Weekday)
        || w.is(from, Role::PassingWord)
        || w.text(from).contains('-')
        || printed_year(w.text(from)).is_some()
        || modifies && (number || w.is(from, Role::Ones) || w.is(from, Role::Season));
    let before = from.checked_sub(1).filter(|before| *before >= low);
    let determined =
        before.is_some_and(|at| w.is(at, Role::Article) || passing && w.is(at, Role::Indefinite));
    from -= usize::from(determined && !bare);
    // "early in 1862", "later in the summer", "early the next morning", "later that year"
    if passing && from > low {
        let next = from - usize::from(w.is(from - 1, Role::In));
        let part = |at: usize| w.is(at, Role::Sub) || w.is(at, Role::Part);
        if next > low && part(next - 1) && !part(from) {
            from = next - 1;
        }
    }
    found.from = from;
}

/// Gives a lean to whatever in a form has none yet.
fn set_lean(form: &mut Form, find: impl FnOnce() -> Lean) {
    fn needs(form: &Form) -> bool {
        match form {
            Form::Calendar { lean, year, .. } | Form::Feast { lean, year, .. } => {
                *lean == Lean::Unknown && *year == YearHint::Open
            }
            Form::Weekday { lean, .. }
            | Form::Season { lean, .. }
            | Form::MonthDay { lean, .. }
            | Form::Stretch { lean, .. } => *lean == Lean::Unknown,
            Form::Dated { date: form, .. }
            | Form::WeekdayIn { week: form, .. }
            | Form::PartOf { whole: form, .. }
            | Form::Away { from: form, .. } => needs(form),
            Form::Between(a, b) | Form::Either(a, b) => needs(a) || needs(b),
            _ => false,
        }
    }
    fn set(form: &mut Form, to: Lean) {
        match form {
            Form::Calendar { lean, .. }
            | Form::Weekday { lean, .. }
            | Form::Season { lean, .. }
            | Form::MonthDay { lean, .. }
            | Form::Feast { lean, .. }
            | Form::Stretch { lean, .. }
                if *lean == Lean::Unknown =>
            {
                *lean = to;
            }
            Form::Dated { date: form, .. }
            | Form::WeekdayIn { week: form, .. }
            | Form::PartOf { whole: form, .. }
            | Form::Away { from: form, .. } => set(form, to),
            Form::Between(a, b) | Form::Either(a, b) => {
                set(a, to);
                set(b, to);
            }
            _ => {}
        }
    }
    if needs(form) {
        set(form, find());
    }
}
