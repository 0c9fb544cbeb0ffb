//! Expressions of dates, by patterns of words.

use crate::document::{Document, Tag, Token};
use crate::lean::lean;
use crate::number;
use crate::role::{self, Role, Words};
use rapporteur_model::{Anchor, Date, Form, Lean, Part, Season, Time, Unit, When, YearHint};

/// Every expression of a date, in order, never overlapping. Times of day, ages and spans that are
/// only measured ("nearly 20 years") are none.
pub(crate) fn find(document: &Document<'_>) -> Vec<Time> {
    let roles = role::of_tokens(&document.tokens);
    let mut times = Vec::new();
    let mut story: Option<Narrated> = None;
    for sentence in &document.sentences {
        let words = Words {
            tokens: &document.tokens,
            roles: &roles,
            start: sentence.tokens.start,
            end: sentence.tokens.end,
        };
        if story.as_ref().is_some_and(|s| s.block != sentence.block) {
            story = None;
        }
        let mut at = words.start;
        while at < words.end {
            let Some(mut found) = expression(words, at) else {
                at += 1;
                continue;
            };
            set_lean(&mut found.form, || lean(words, found.from, found.to));
            narrate(words, &mut found, &mut story, sentence.block);
            let span = document.span(found.from..found.to);
            times.push(Time {
                span,
                expression: document.slice(span).to_string(),
                form: found.form,
            });
            at = found.to;
        }
        if story
            .as_ref()
            .is_some_and(|s| !s.leads || s.sentence_end < words.start)
        {
            story = None;
        }
    }
    times
}

/// An expression and its tokens.
struct Found {
    from: usize,
    to: usize,
    form: Form,
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
    // Most words are none of a date's.
    if w.roles.get(at)?.is_empty()
        && !w
            .text(at)
            .contains(|c: char| c.is_ascii_digit() || c == '-')
    {
        return None;
    }
    let found = |from, (form, to)| Found { from, to, form };
    if w.is(at, Role::Between) {
        return range(w, at + 1, Role::And).map(|read| found(at, read));
    }
    if w.is(at, Role::From)
        && let Some(read) = range(w, at + 1, Role::To)
    {
        return Some(found(at, read));
    }
    if let Some(read) = range(w, at, Role::To) {
        return Some(found(at, read));
    }
    let (form, to) = date(w, at)?;
    // "September of that year": of a year that was told of.
    if let Form::Calendar {
        year: YearHint::Open,
        ..
    } = form
    {
        let of = to + usize::from(w.is(to, Role::Of));
        let same = usize::from(w.is(of, Role::Article) && w.is(of + 1, Role::Same));
        if (same > 0 || w.is(of, Role::That)) && w.is(of + same + 1, Role::YearWord) {
            return Some(found(at, (Form::Vague, of + same + 2)));
        }
    }
    Some(found(at, (form, to)))
}

/// Two dates with a joining word or dash between them.
fn range(w: Words<'_>, at: usize, join: Role) -> Read {
    if let Some(read) = days_of_month(w, at, join) {
        return Some(read);
    }
    let (first, joint) = date(w, at).or_else(|| bare_year(w, at))?;
    let dash = matches!(w.text(joint), "-" | "\u{2013}" | "\u{2014}");
    if !w.is(joint, join) && !dash {
        return None;
    }
    let second = joint + 1;
    let (last, to) = date(w, second).or_else(|| bare_year(w, second))?;
    let exact = |form: &Form| !matches!(form, Form::Vague | Form::Stretch { .. });
    if !exact(&first) || !exact(&last) || dash && !is_absolute(&first) && !is_absolute(&last) {
        return None;
    }
    // "July 3 to August 9, 2009": the year is said once.
    let (first, last) = match (&first, &last) {
        (Form::Calendar { .. }, Form::Absolute(when)) => {
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

fn is_absolute(form: &Form) -> bool {
    matches!(
        form,
        Form::Absolute(_) | Form::Calendar { .. } | Form::Dated { .. }
    )
}

/// One form from one to another; `None` where the other comes first.
fn joined(first: Form, last: Form) -> Option<Form> {
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
fn before(mut form: Form, day: Date) -> Option<Form> {
    set_lean(&mut form, || Lean::Past);
    resolved(&form, day)
}

/// The first such date from a day on, with its year.
fn after(mut form: Form, day: Date) -> Option<Form> {
    set_lean(&mut form, || Lean::Future);
    resolved(&form, day)
}

fn resolved(form: &Form, day: Date) -> Option<Form> {
    form.resolve(&Anchor {
        day: Some(day),
        ..Anchor::default()
    })
    .map(Form::Absolute)
}

/// "3 to 9 May", "May 3-9", "14 and 15 July 2021", "July-August 2021".
fn days_of_month(w: Words<'_>, at: usize, join: Role) -> Read {
    // "July-August 2021"
    if let Some((a, b)) = w.text(at).split_once('-') {
        let month = |text: &str| {
            let roles = role::of_word(&text.to_lowercase());
            let month =
                role::value(roles, Role::Month).or(role::value(roles, Role::MonthOrWord))?;
            text.starts_with(char::is_uppercase).then_some(month as i8)
        };
        if let (Some(a), Some(b)) = (month(a), month(b)) {
            let (year, to) = year_after(w, at + 1).unwrap_or((OPEN, at + 1));
            let of = |month| calendar_form(year, month, None, None);
            return Some((joined(of(a)?, of(b)?)?, to));
        }
    }
    let joins = |at| {
        w.is(at, join) || w.is(at, Role::And) || matches!(w.text(at), "-" | "\u{2013}" | "\u{2014}")
    };
    let two_days = |at: usize| -> Option<(i8, i8, usize)> {
        if let Some((a, b)) = w.text(at).split_once(['-', '\u{2010}', '\u{2011}']) {
            return Some((day_number(a)?, day_number(b)?, at + 1));
        }
        let first = day_number(w.text(at))?;
        let last = joins(at + 1).then(|| day_number(w.text(at + 2)))??;
        Some((first, last, at + 3))
    };
    let (month, days, to) = if let Some((month, next)) = month_name(w, at) {
        let next = next + usize::from(w.is(next, Role::Article));
        let (first, last, to) = two_days(next)?;
        // "on May 3 and 40 people": the second number counts something.
        if w.is(next + 1, Role::And) && counts_something(w, to) {
            return None;
        }
        (month, (first, last), to)
    } else {
        let (first, last, next) = two_days(at)?;
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

/// Is the number before this token one of things?
fn counts_something(w: Words<'_>, at: usize) -> bool {
    matches!(w.tag(at), Some(Tag::Noun | Tag::Adj | Tag::Num | Tag::Sym))
        && !w.is(at, Role::DayPart)
}

/// One date, of whatever kind.
fn date(w: Words<'_>, at: usize) -> Read {
    numeric(w, at)
        .or_else(|| weekday_with_date(w, at))
        .or_else(|| part_of_month(w, at))
        .or_else(|| part_of_year(w, at))
        .or_else(|| day_of_month(w, at))
        .or_else(|| month_alone(w, at))
        .or_else(|| decade(w, at))
        .or_else(|| years(w, at))
        .or_else(|| weekday(w, at))
        .or_else(|| weekend(w, at))
        .or_else(|| season(w, at))
        .or_else(|| deictic(w, at))
        .or_else(|| counted(w, at))
        .or_else(|| shifted(w, at))
}

/// "2021-07-14", "14/07/2021", "07/14/2021", "14.07.2021": where day and month can be told apart.
fn numeric(w: Words<'_>, at: usize) -> Read {
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
fn printed_year(text: &str) -> Option<i16> {
    let year = (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse::<i16>().ok())??;
    (1500..=2100).contains(&year).then_some(year)
}

/// "14", "14th", "07".
fn day_number(text: &str) -> Option<i8> {
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
fn month_name(w: Words<'_>, at: usize) -> Option<(i8, usize)> {
    let month = w.value(at, Role::Month).or_else(|| {
        w.value(at, Role::MonthOrWord)
            .filter(|_| w.get(at).is_some_and(Token::is_capitalised))
    })?;
    // "Sept . 11"
    let short = w.text(at).len() <= 4;
    let stop = short && w.text(at + 1) == "." && day_number(w.text(at + 2)).is_some();
    Some((i8::try_from(month).ok()?, at + 1 + usize::from(stop)))
}

/// The year after a date: ", 2021", "2021", "of 2021", "this year", "of last year".
fn year_after(w: Words<'_>, at: usize) -> Option<(Year, usize)> {
    let comma = usize::from(w.text(at) == ",");
    if let Some(year) = printed_year(w.text(at + comma)) {
        // "On July 14, 2000 people …"
        let next = at + comma + 1;
        return (comma == 0 || !w.is_plural(next)).then_some((Year::Printed(year), next));
    }
    let of = at + usize::from(w.is(at, Role::Of));
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
fn calendar_form(year: Year, month: i8, day: Option<i8>, part: Option<Part>) -> Option<Form> {
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

/// "July 14", "July 14th, 2021", "14 July", "the 14th of July of last year".
fn day_of_month(w: Words<'_>, at: usize) -> Read {
    let (month, day, to) = if let Some((month, next)) = month_name(w, at) {
        let next = next + usize::from(w.is(next, Role::Article));
        let day = day_number(w.text(next))?;
        // "in May 20 people were …"
        if w.follows(at, Role::In) && counts_something(w, next + 1) {
            return None;
        }
        (month, day, next + 1)
    } else {
        let (day, next) = match day_number(w.text(at)) {
            Some(day) => (day, at + 1),
            None => (
                i8::try_from(w.value(at, Role::Ordinal)?).ok()?,
                // "the first of May", never "first May".
                at + 1,
            ),
        };
        let of = w.is(next, Role::Of);
        if !of && w.is(at, Role::Ordinal) {
            return None;
        }
        let (month, to) = month_name(w, next + usize::from(of))?;
        (month, day, to)
    };
    let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
    Some((calendar_form(year, month, Some(day), None)?, to))
}

/// "Sunday, July 18", "Sunday (July 18)", "Monday the 3rd of May, 2021".
fn weekday_with_date(w: Words<'_>, at: usize) -> Read {
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
    let (form, to) = day_of_month(w, next).or_else(|| numeric(w, next))?;
    let closed = bracket && w.text(to) == ")";
    let date = Box::new(form);
    Some((Form::Dated { weekday, date }, to + usize::from(closed)))
}

/// "early May", "mid-June 2020", "the end of August", "the last week of June", "the first half of
/// May".
fn part_of_month(w: Words<'_>, at: usize) -> Read {
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

fn part_named(value: i32) -> Option<Part> {
    [Part::Early, Part::Mid, Part::Late]
        .get(usize::try_from(value).ok()?)
        .copied()
}

fn unit_named(value: i32) -> Option<Unit> {
    [Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Decade]
        .get(usize::try_from(value).ok()?)
        .copied()
}

/// "late last year", "early 2020", "mid-2020", "the end of 2020", "the first half of this year", "the
/// second quarter of 2020", "the end of the year", "earlier this month".
fn part_of_year(w: Words<'_>, at: usize) -> Read {
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
fn thirds(part: i32) -> Option<(i32, i32)> {
    [(1, 4), (5, 8), (9, 12)]
        .get(usize::try_from(part).ok()?)
        .copied()
}

fn months_of_year(year: Year, (from, to): (i32, i32)) -> Option<Form> {
    let month = |month| calendar_form(year, i8::try_from(month).ok()?, None, None);
    joined(month(from)?, month(to)?)
}

/// "September", "September 2020", "September of last year", "last May". Months that are names or
/// other words need a year, or a word before them that shows what they are.
fn month_alone(w: Words<'_>, at: usize) -> Read {
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
        w.follows(at, Role::BeforeMonth) || w.follows(at, Role::BeforeName) && !next_is_name
    } else {
        w.get(at)
            .is_some_and(|t| t.is_capitalised() && (t.text.len() > 3 || t.text.ends_with('.')))
            && !named_after
    };
    sure.then(|| Some((calendar_form(OPEN, month, None, None)?, to)))?
}

/// "the 1990s", "late 1990s", "mid-1990s".
fn decade(w: Words<'_>, at: usize) -> Read {
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
    let part = w.value(at, Role::Part);
    let (first, to) = at_token(at + usize::from(part.is_some()))?;
    Some((years(part, first)?, to))
}

fn absolute_years(first: i16, last: i16) -> Option<Form> {
    Some(Form::Absolute(When::between(
        Date::new(first, 1, 1).ok()?,
        Date::new(last, 12, 31).ok()?,
    )))
}

/// "in 2020", "the year 2020", "(2006)", "1996-2001", "2019-20".
fn years(w: Words<'_>, at: usize) -> Read {
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
    let bracketed = w.before(at).is_some_and(|t| t.text == "(") && w.text(to) == ")";
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
fn counts_things(w: Words<'_>, at: usize) -> bool {
    let after_article = at >= 2 && (w.is(at - 2, Role::Article) || w.is(at - 2, Role::Possessive));
    w.tag(at) == Some(Tag::Sym)
        || w.is(at, Role::Scale)
        || !after_article && (w.is_plural(at) || w.tag(at) == Some(Tag::Adj) && w.is_plural(at + 1))
}

fn bare_year(w: Words<'_>, at: usize) -> Read {
    let year = printed_year(w.text(at))?;
    Some((absolute_years(year, year)?, at + 1))
}

/// "Friday", "last Friday", "this coming Friday", "Friday of last week".
fn weekday(w: Words<'_>, at: usize) -> Read {
    let (shift, day) = shift_before(w, at, |at| w.is(at, Role::Weekday));
    let weekday = i8::try_from(w.value(day, Role::Weekday)?).ok()?;
    let before = day.checked_sub(1).filter(|b| *b >= w.start);
    let named = before.is_some_and(|b| {
        w.is(b, Role::NameBeforeDay) && w.get(b).is_some_and(Token::is_capitalised)
    }) || w.is(day + 1, Role::NameAfterDay)
        && w.get(day + 1).is_some_and(Token::is_capitalised);
    if named {
        return None;
    }
    // "Friday (of) last week": the week is said, and no sharper form holds it.
    let of = day + 1 + usize::from(w.is(day + 1, Role::Of));
    if let Some(count) = w.value(of, Role::Last).or(w.value(of, Role::Next))
        && w.value(of + 1, Role::Unit) == Some(1)
    {
        let unit = Unit::Week;
        return Some((Form::Offset { unit, count }, of + 2));
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

/// "last", "this past", "this coming", "next" before a word, with that word's place.
fn shift_before(w: Words<'_>, at: usize, is_there: impl Fn(usize) -> bool) -> (Option<i32>, usize) {
    let one = |at| {
        w.value(at, Role::Last)
            .or(w.value(at, Role::Past))
            .or(w.value(at, Role::Next))
            .or(w.value(at, Role::Coming))
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

/// "last weekend", "over the weekend".
fn weekend(w: Words<'_>, at: usize) -> Read {
    let (shift, day) = shift_before(w, at, |at| w.is(at, Role::Weekend));
    if !w.is(day, Role::Weekend) {
        return None;
    }
    if shift.is_none() && !w.follows(day, Role::Article) {
        return None;
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

/// "last summer", "the summer of 2020", "in the winter".
fn season(w: Words<'_>, at: usize) -> Read {
    let is_season = |at| w.is(at, Role::Season) || w.is(at, Role::SeasonOrWord);
    let (shift, day) = shift_before(w, at, is_season);
    let season = *[
        Season::Spring,
        Season::Summer,
        Season::Autumn,
        Season::Winter,
    ]
    .get(
        w.value(day, Role::Season)
            .or(w.value(day, Role::SeasonOrWord))? as usize,
    )?;
    let of = |year, lean| Form::Season { season, year, lean };
    if let Some((year, to)) = year_after(w, day + 1) {
        let form = match year {
            // From 1 March on the first such season to come is that of the year.
            Year::Printed(year) => resolved(
                &of(YearHint::Open, Lean::Future),
                Date::new(year, 3, 1).ok()?,
            )?,
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
    let article = day
        .checked_sub(1)
        .filter(|before| w.is(*before, Role::Article))
        .unwrap_or(day);
    let placed = w.is(day, Role::Season)
        && (w.follows(article, Role::In) || w.follows(article, Role::Since))
        && w.tag(day + 1) != Some(Tag::Propn)
        && w.tag(day + 1) != Some(Tag::Noun);
    placed.then_some((of(YearHint::Open, Lean::Unknown), day + 1))
}

/// "yesterday", "today", "tonight", "the day after tomorrow", "last night", "this morning".
fn deictic(w: Words<'_>, at: usize) -> Read {
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
    if w.is(at, Role::VagueDay) {
        return Some((Form::Vague, at + 1));
    }
    if w.value(at, Role::Unit) == Some(0)
        && w.is(at + 1, Role::Relative)
        && let Some(count @ (-1 | 1)) = w.value(at + 2, Role::Deictic)
    {
        return day(2 * count, at + 3);
    }
    if w.is(at + 1, Role::DayPart) {
        let count = w.value(at, Role::Last).or(w.value(at, Role::This))?;
        return day(count, at + 2);
    }
    None
}

/// "three days ago", "a week from now", "two weeks earlier", "in two weeks", "months ago".
fn counted(w: Words<'_>, at: usize) -> Read {
    // "in two weeks", "within 30 days": of the time to come where the verb looks ahead.
    let within = w.is(at, Role::Within);
    if within || w.is(at, Role::In) {
        let (count, unit, to) = count_of_units(w, at + 1)?;
        let ends = w
            .get(to)
            .is_none_or(|t| t.is_punct() || matches!(t.tag, Tag::Adp | Tag::Sconj | Tag::Cconj))
            && !w.is(to, Role::Of);
        // "for the first time in 48 years"
        let since_then =
            (at.saturating_sub(3)..at).any(|at| w.is(at, Role::Ordinal) || w.is(at, Role::Last));
        if !ends || since_then || lean(w, at, to) != Lean::Future {
            return None;
        }
        let form = match count {
            Some(count) if !within => Form::Offset { unit, count },
            count => Form::Stretch {
                unit,
                count,
                lean: Lean::Future,
            },
        };
        return Some((form, to));
    }
    let (count, unit, to) = count_of_units(w, at).or_else(|| {
        // "days ago", "weeks later".
        let unit = unit_named(w.value(at, Role::Unit)?)?;
        w.is_plural(at).then_some((None, unit, at + 1))
    })?;
    let more = w.follows(at, Role::Bound);
    let form = if w.is(to, Role::Back) {
        match count {
            _ if more => Form::Vague,
            Some(count) => Form::Offset {
                unit,
                count: -count,
            },
            None if matches!(unit, Unit::Day | Unit::Week) => Form::Stretch {
                unit,
                count: None,
                lean: Lean::Past,
            },
            None => Form::Vague,
        }
    } else if w.is(to, Role::From) && w.is(to + 1, Role::Now) {
        let form = count.map_or(Form::Vague, |count| Form::Offset { unit, count });
        return Some((form, to + 2));
    } else if w.is(to, Role::Relative) {
        Form::Vague
    } else {
        return None;
    };
    Some((form, to + 1))
}

/// "three days", "a week", "a few months": `None` for "a few".
fn count_of_units(w: Words<'_>, at: usize) -> Option<(Option<i32>, Unit, usize)> {
    let indefinite = w.is(at, Role::Indefinite);
    let (count, to) = if let Some((value, to)) = number::cardinal(w.tokens, w.roles, at, w.end) {
        (Some(value), to)
    } else if w.is(at + usize::from(indefinite), Role::Few) {
        let few = at + usize::from(indefinite);
        (None, few + 1 + usize::from(w.is(few + 1, Role::Of)))
    } else if indefinite {
        (Some(1.0), at + 1)
    } else {
        return None;
    };
    let count = match count {
        Some(value) if value.fract() == 0.0 && (1.0..10_000.0).contains(&value) => {
            Some(value as i32)
        }
        Some(_) => return None,
        None => None,
    };
    if w.is(to, Role::Hour) {
        let days = count.map(|hours| hours.saturating_add(23) / 24);
        return Some((days, Unit::Day, to + 1));
    }
    let unit = unit_named(w.value(to, Role::Unit)?)?;
    Some((count, unit, to + 1))
}

/// "last week", "this month", "the past two months", "recent weeks", "the next few days", "the same
/// day".
fn shifted(w: Words<'_>, at: usize) -> Read {
    let article = w.follows(at, Role::Article);
    // "this past week"
    let this_past =
        w.is(at, Role::This) && (w.is(at + 1, Role::Past) || w.is(at + 1, Role::Coming));
    let word = at + usize::from(this_past);
    let recent = w.is(word, Role::Recent);
    let (last, past) = (w.is(word, Role::Last), w.is(word, Role::Past));
    let (next, coming) = (w.is(word, Role::Next), w.is(word, Role::Coming));
    let this = !this_past && (w.is(word, Role::This) || w.is(word, Role::Current));
    let same = w.is(word, Role::Same);
    if !(recent || last || past || next || coming || this || same) {
        return None;
    }
    let ahead = next || coming;
    let lean = if ahead { Lean::Future } else { Lean::Past };
    let sign = if ahead { 1 } else { -1 };
    if let Some(unit) = w.value(word + 1, Role::Unit).and_then(unit_named) {
        let to = word + 2;
        let plural = w.is_plural(word + 1);
        let stretch = |count| Form::Stretch { unit, count, lean };
        let form = match (plural, unit) {
            (true, _) if recent || past || coming => stretch(None),
            (true, _) => return None,
            (false, Unit::Day) if same => Form::Vague,
            (false, _) if same && !next => Form::Vague,
            (false, Unit::Day) => return None,
            (false, _) if past || coming || (last || next) && article => stretch(Some(sign)),
            (false, _) if last || next || this => Form::Offset {
                unit,
                count: if this { 0 } else { sign },
            },
            _ => return None,
        };
        return Some((form, to));
    }
    if this || same && !next {
        return None;
    }
    let (count, unit, to) = count_of_units(w, word + 1)?;
    // "the last three days of the siege"
    if w.is(to, Role::Of) && !past {
        return None;
    }
    let count = count.map(|count| sign * count);
    Some((Form::Stretch { unit, count, lean }, to))
}

/// Gives a lean to whatever in a form has none yet.
fn set_lean(form: &mut Form, find: impl FnOnce() -> Lean) {
    fn needs(form: &Form) -> bool {
        match form {
            Form::Calendar { lean, year, .. } => *lean == Lean::Unknown && *year == YearHint::Open,
            Form::Weekday { lean, .. } | Form::Season { lean, .. } | Form::Stretch { lean, .. } => {
                *lean == Lean::Unknown
            }
            Form::Dated { date, .. } => needs(date),
            Form::Between(a, b) => needs(a) || needs(b),
            _ => false,
        }
    }
    fn set(form: &mut Form, to: Lean) {
        match form {
            Form::Calendar { lean, .. }
            | Form::Weekday { lean, .. }
            | Form::Season { lean, .. }
            | Form::Stretch { lean, .. }
                if *lean == Lean::Unknown =>
            {
                *lean = to;
            }
            Form::Dated { date, .. } => set(date, to),
            Form::Between(a, b) => {
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

/// A year that the report tells a story of: "In 2011 the army … in March".
struct Narrated {
    year: i16,
    block: usize,
    /// Does it open its sentence?
    leads: bool,
    sentence_end: usize,
}

/// Gives a date without a year that of the story, where a bare year stands before it in the same
/// sentence, or opens the sentence before and the date opens this one.
fn narrate(w: Words<'_>, found: &mut Found, story: &mut Option<Narrated>, block: usize) {
    // "In 2011 …", "In early March …"
    let opens = |at: usize| at == w.start + 1 && w.is(w.start, Role::In);
    match &found.form {
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

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use rapporteur_model::{Anchor, Masthead, Report, When};

    /// A line an expression: its words and the days that it means, said on Wednesday, 16 July 2031.
    fn print(text: &str) -> String {
        let report = Report::new(Masthead::default(), text.into(), vec![]);
        let today = jiff::civil::date(2031, 7, 16);
        let anchor = Anchor {
            written: Some(When::day(today)),
            day: Some(today),
            week: None,
        };
        crate::parse(&report)
            .times
            .iter()
            .map(|time| {
                let when = time.form.resolve(&anchor).map_or("?".into(), When::iso);
                format!("{}: {when}\n", time.expression)
            })
            .collect()
    }

    #[track_caller]
    fn check(texts: &[&str], wanted: Expect) {
        let printed: String = texts.iter().map(|text| print(text)).collect();
        wanted.assert_eq(&printed);
    }

    #[test]
    fn dates() {
        check(
            &[
                "Velka fell on July 14.",
                "It fell on 14 July, 2030, and was retaken on 3rd of May 2031.",
                "The pact of Sept. 11, 2001 was renewed in September 2020.",
                "On Sunday, July 13, and on Thursday (July 10), guns fired.",
                "Filed 2031-07-14, 14/07/2031, 07/14/2031 and 05/06/2031.",
                "Envoys met in May and in a January vote.",
                "They met in September of last year and by August 31 this year.",
                "It lasted from 3 to 9 May, July 14-16 and July 3 to August 9, 2030.",
                "The war of July-August 2030 went on.",
            ],
            expect![[r#"
                July 14: 2031-07-14
                14 July, 2030: 2030-07-14
                3rd of May 2031: 2031-05-03
                Sept. 11, 2001: 2001-09-11
                September 2020: 2020-09
                Sunday, July 13: 2031-07-13
                Thursday (July 10): 2031-07-10
                2031-07-14: 2031-07-14
                14/07/2031: 2031-07-14
                07/14/2031: 2031-07-14
                May: 2031-05
                January: 2031-01
                September of last year: 2030-09
                August 31 this year: 2031-08-31
                from 3 to 9 May: 2031-05-03/2031-05-09
                July 14-16: 2031-07-14/2031-07-16
                July 3 to August 9, 2030: 2030-07-03/2030-08-09
                July-August 2030: 2030-07-01/2030-08-31
            "#]],
        );
    }

    #[test]
    fn parts_and_years() {
        check(
            &[
                "Launched in early May, it slowed in mid-June and the last week of June.",
                "It began late last year, in early 2029 and the second half of 2030.",
                "He ruled between 1996 and 2001, and in the late 1990s.",
                "The 2015 agreement was signed in 2016.",
                "By the end of August they will leave.",
                "Last summer and in the spring of 2030 it rained.",
            ],
            expect![[r#"
                early May: 2031-05-01/2031-05-10
                mid-June: 2031-06-11/2031-06-20
                last week of June: 2031-06-24/2031-06-30
                late last year: 2030-09-01/2030-12-31
                early 2029: 2029-01-01/2029-04-30
                second half of 2030: 2030-07-01/2030-12-31
                between 1996 and 2001: 1996-01-01/2001-12-31
                late 1990s: 1996-01-01/1999-12-31
                2015: 2015
                2016: 2016
                end of August: 2031-08-21/2031-08-31
                Last summer: 2030-06-01/2030-08-31
                spring of 2030: 2030-03-01/2030-05-31
            "#]],
        );
    }

    #[test]
    fn from_the_reports_day() {
        check(
            &[
                "He said on Friday that they will meet on Friday and next Wednesday.",
                "On Sunday evening, yesterday and today, shells fell.",
                "It fell three days ago, a week after the vote.",
                "They met last week, will meet next week and again this month.",
                "In the past two months, in recent weeks and over the next three days.",
                "The talks will resume in two weeks.",
                "Over the weekend, guns fell silent, as they did last weekend.",
                "Friday's raid came earlier this month, in the last 24 hours.",
                "They met on Monday in the week ahead and the day before yesterday.",
            ],
            expect![[r#"
                Friday: 2031-07-11
                Friday: 2031-07-18
                next Wednesday: 2031-07-23
                Sunday: 2031-07-13
                yesterday: 2031-07-15
                today: 2031-07-16
                three days ago: 2031-07-13
                a week after: ?
                last week: 2031-07-07/2031-07-13
                next week: 2031-07-21/2031-07-27
                this month: 2031-07
                past two months: 2031-05-16/2031-07-16
                recent weeks: 2031-04-23/2031-07-16
                next three days: 2031-07-16/2031-07-19
                in two weeks: 2031-07-28/2031-08-03
                weekend: 2031-07-12/2031-07-13
                last weekend: 2031-07-12/2031-07-13
                Friday: 2031-07-11
                earlier this month: 2031-07
                last 24 hours: 2031-07-15/2031-07-16
                Monday in the week ahead: 2031-07-21
                day before yesterday: 2031-07-14
            "#]],
        );
    }

    #[test]
    fn the_verb_tells_the_year() {
        check(
            &[
                "The truce will end in September.",
                "The truce ended in September.",
                "They agreed to leave by September 11.",
                "Talks have gone on since August.",
                "The envoy said the truce would end on August 31.",
                "In August, the army took Velka.",
                "He vowed to return in August.",
                "Talks were due to resume on Friday.",
                "PORT LENN, July 14 (North Wire) - The council will meet.",
                "He left in 2019. In September of that year he came back.",
            ],
            expect![[r#"
                September: 2031-09
                September: 2030-09
                September 11: 2031-09-11
                August: 2030-08
                August 31: 2031-08-31
                August: 2030-08
                August: 2031-08
                Friday: 2031-07-18
                July 14: 2031-07-14
                2019: 2019
                September of that year: ?
            "#]],
        );
    }

    #[test]
    fn a_story_told_of_a_year() {
        check(
            &[
                "In 2011 the army marched out. In March it took Velka and in May it lost it.",
                "The talks began in September 2030. Velka fell on July 14.",
                "But the 2005 pact split the land. In January, it voted.",
            ],
            expect![[r#"
                2011: 2011
                March: 2011-03
                May: 2011-05
                September 2030: 2030-09
                July 14: 2031-07-14
                2005: 2005
                January: 2031-01
            "#]],
        );
    }

    #[test]
    fn no_times() {
        check(
            &[
                "May we march to Port August? He may march on.",
                "General April Moss and June Carter may fall in the second spring.",
                "For nearly 20 years a 30-year-old held 2000 acres, at 12:00.",
                "Agenda 2030 and Resolution 1701 were read in the Sunday Times on Good Friday.",
                "Sun and sat are words.",
                "It would be the first time in 48 years.",
            ],
            expect![[""]],
        );
    }

    proptest! {
        #[test]
        fn reads_anything(text in "(\\PC|\n){0,120}") {
            print(&text);
        }

        #[test]
        fn reads_anything_made_of_times(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "July", "May", "14", "30", "31", "2021", "9999", "February", "Friday", "last",
                    "next", "this", "the", "of", "week", "year", "decade", "early", "mid-June",
                    "3-9", "to", "from", "between", "and", "-", ",", "1990s", "summer", "winter",
                    "ago", "three", "9999", "years", "past", "in", "weekend", "first", "half",
                    "quarter", "end", "today", "later", "will", "was", ".", "(", ")",
                ]),
                0..30,
            )
        ) {
            print(&words.join(" "));
        }
    }
}
