//! Dates of the calendar: days, months, years and their parts.

use super::numeric::{numeric, pair, pair_ends};
use super::range::resolved;
use super::relative::shift_before;
use super::year::{printed_year, two_digits, year_at, year_before_christ};
use super::{OPEN, Read, Year, set_lean};
use crate::document::{Tag, Token};

use crate::role::{self, Role, Words};
use rapporteur_model::{Date, Form, Lean, Part, Unit, YearHint};

/// "14", "14th", "07".
pub(super) fn day_number(text: &str) -> Option<i8> {
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
pub(super) fn month_name(w: Words<'_>, at: usize) -> Option<(i8, usize)> {
    let month = w.value(at, Role::Month).or_else(|| {
        // "26 june", "june of 1992"
        let placed = || {
            let of = at + 1 + usize::from(w.is(at + 1, Role::Of) || w.is(at + 1, Role::In));
            let ends = |at: usize| w.get(at).is_none_or(Token::is_punct);
            let after_day = w.before(at).is_some_and(|t| day_number(t.text).is_some());
            !matches!(w.tag(at), Some(Tag::Aux | Tag::Verb))
                && (printed_year(w.text(of)).is_some()
                    || day_number(w.text(at + 1)).is_some() && !counts_something(w, at + 2)
                    || after_day && ends(at + 1))
        };
        // "in march", "between august and october"
        let said = || {
            w.is(at, Role::MonthLower)
                || w.follows(at, Role::Between)
                || at >= 2 && w.follows(at, Role::Of) && ordinal_ends(w, at - 2)
                || w.follows(at, Role::In) && w.get(at + 1).is_none_or(Token::is_punct)
        };
        // "the first week of may", "early may", "fri may 2", "may 3rd", "19-25 may"
        let led = || {
            let of = at >= 2 && w.follows(at, Role::Of);
            let unit = |at: usize| {
                let role = |role| w.is(at, role);
                role(Role::Unit)
                    || role(Role::PartNoun)
                    || role(Role::HalfYear)
                    || role(Role::Weekend)
                    || day_number(w.text(at)).is_some()
            };
            let day = w.text(at + 1);
            let ordinal = day_number(day).is_some() && day.ends_with(|c: char| c.is_alphabetic());
            let days = (w.before(at).and_then(|t| t.text.split_once('-')))
                .is_some_and(|(a, b)| day_number(a).is_some() && day_number(b).is_some());
            let in_words =
                ordinal_at(w, at + 1 + usize::from(w.is(at + 1, Role::Article))).is_some();
            of && unit(at - 2)
                || w.follows(at, Role::Part)
                || w.follows(at, Role::Weekday)
                || w.follows(at, Role::WeekdayShort)
                || w.follows(at, Role::Ending)
                || w.follows(at, Role::Beginning)
                || ordinal
                || days
                || in_words && w.follows(at, Role::On)
        };
        let month = w.value(at, Role::MonthOrWord)?;
        let verb = || matches!(w.tag(at), Some(Tag::Verb));
        let capital = w.get(at).is_some_and(Token::is_capitalised);
        (capital || placed() || led() || !verb() && said()).then_some(month)
    })?;
    // "Sept . 11"
    let short = w.text(at).len() <= 4;
    let stop = short && w.text(at + 1) == "." && day_number(w.text(at + 2)).is_some();
    Some((i8::try_from(month).ok()?, at + 1 + usize::from(stop)))
}

/// The year after a date: ", 2021", "2021", "of 2021", "this year", "of last year".
pub(super) fn year_after(w: Words<'_>, at: usize) -> Option<(Year, usize)> {
    let comma = usize::from(w.text(at) == ",");
    // "April 480 BC"
    let before = at + usize::from(w.is(at, Role::Of));
    if let Some(year) = year_before_christ(w, before) {
        return Some((Year::Printed(year), before + 2));
    }
    if let Some(year) = printed_year(w.text(at + comma)) {
        // "On July 14, 2000 people …"; but "the July 14, 2000 attacks"
        let next = at + comma + 1;
        let which = at >= w.start + 3 && w.is(at - 3, Role::Article);
        let dated = comma == 0 || which || !w.is_plural(next);
        return dated.then_some((Year::Printed(year), next));
    }
    if comma == 1
        && let Some((year, to)) = year_at(w, at + 1).filter(|(_, to)| !counts_something(w, *to))
    {
        return Some((Year::Printed(year), to));
    }
    let of = at + usize::from(w.is(at, Role::Of) || w.is(at, Role::In));
    // "February of the year 2031"
    if of > at
        && w.is(of, Role::Article)
        && w.is(of + 1, Role::YearWord)
        && let Some((year, to)) = year_at(w, of + 2)
    {
        return Some((Year::Printed(year), to));
    }
    if let Some((year, to)) = year_at(w, of) {
        return Some((Year::Printed(year), to));
    }
    // "April of 87"
    if of > at
        && let Some(year) = two_digits(w, of).filter(|_| !counts_something(w, of + 1))
    {
        return Some((Year::Printed(year), of + 1));
    }
    // "3 May, last year"
    let of = of + usize::from(of == at && comma == 1);
    let count = w
        .value(of, Role::Last)
        .or(w.value(of, Role::This))
        .or(w.value(of, Role::Next))?;
    w.is(of + 1, Role::YearWord)
        .then_some((Year::Hint(YearHint::Offset(count)), of + 2))
}

/// `None` where no year has such a day.
pub(super) fn calendar_form(
    year: Year,
    month: i8,
    day: Option<i8>,
    part: Option<Part>,
) -> Option<Form> {
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

/// A day's number in digits or words, and the token after it: "14th", "first", "twenty-third",
/// "twenty third", "nine".
pub(super) fn day_at(w: Words<'_>, at: usize) -> Option<(i8, usize)> {
    if let Some(day) = day_number(w.text(at)) {
        return Some((day, at + 1));
    }
    let (tens, one) = match w.text(at).split_once('-') {
        Some((tens, one)) => {
            let value = |text: &str, role| role::value(role::of_word(&text.to_lowercase()), role);
            let one = value(one, Role::Ordinal).or_else(|| value(one, Role::Ones));
            (value(tens, Role::Tens)? as i32, one? as i32)
        }
        None => match w.value(at, Role::Tens) {
            Some(tens) => {
                let one = w
                    .value(at + 1, Role::Ordinal)
                    .or(w.value(at + 1, Role::Ones));
                let Some(one) = one.filter(|one| (1..10).contains(one)) else {
                    return Some((i8::try_from(tens).ok().filter(|t| *t <= 30)?, at + 1));
                };
                let day = i8::try_from(tens + one).ok().filter(|day| *day <= 31)?;
                return Some((day, at + 2));
            }
            None => (0, w.value(at, Role::Ordinal).or(w.value(at, Role::Ones))?),
        },
    };
    let day = i8::try_from(tens.checked_add(one)?).ok()?;
    (1..=31).contains(&day).then_some((day, at + 1))
}

fn ordinal_ends(w: Words<'_>, at: usize) -> bool {
    w.get(at)
        .is_some_and(|token| ordinal_of(&token.lower).is_some())
}

/// The number of an ordinal, and the token after it: "3rd", "third", "twenty-third", "twenty third".
pub(super) fn ordinal_at(w: Words<'_>, at: usize) -> Option<(i8, usize)> {
    if let Some(number) = ordinal_of(&w.get(at)?.lower) {
        return Some((number, at + 1));
    }
    let tens = w.value(at, Role::Tens)?;
    let one = w.value(at + 1, Role::Ordinal).filter(|one| *one < 10)?;
    Some((i8::try_from(tens + one).ok()?, at + 2))
}

/// The same of one word in lower case.
pub(super) fn ordinal_of(lower: &str) -> Option<i8> {
    let value = |text: &str, role| role::value(role::of_word(text), role).map(|value| value as i8);
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return day_number(lower).filter(|_| lower.ends_with(|c: char| c.is_ascii_alphabetic()));
    }
    match lower.split_once('-') {
        Some((tens, one)) => value(tens, Role::Tens)?.checked_add(value(one, Role::Ordinal)?),
        None => value(lower, Role::Ordinal),
    }
}

/// Is the number a word, and no ordinal?
fn is_cardinal_word(w: Words<'_>, at: usize, to: usize) -> bool {
    let last = to.saturating_sub(1);
    day_number(w.text(at)).is_none()
        && !w.is(last, Role::Ordinal)
        && !w
            .text(last)
            .split('-')
            .any(|part| role::value(role::of_word(&part.to_lowercase()), Role::Ordinal).is_some())
}

/// "July 14", "July 14th, 2021", "14 July", "the 14th of July of last year", "July twenty-third".
pub(super) fn day_of_month(w: Words<'_>, at: usize) -> Read {
    let (month, day, to) = if let Some((month, next)) = month_name(w, at) {
        let comma = w.text(next) == "," && day_number(w.text(next + 1)).is_some();
        let ordinal = comma
            && w.text(next + 1)
                .ends_with(|c: char| c.is_ascii_alphabetic());
        let next = next + usize::from(w.is(next, Role::Article)) + usize::from(ordinal);
        let (day, to) = day_at(w, next)?;
        // "in May 20 people were …", "in May two people"
        let spelt = is_cardinal_word(w, next, to) && year_at(w, to).is_none();
        if (w.follows(at, Role::In) || spelt) && counts_something(w, to) {
            return None;
        }
        (month, day, to)
    } else {
        let (day, next) = day_at(w, at)?;
        let named = w.value(next, Role::Unit) == Some(0) && !w.is_plural(next);
        let day_word = next + usize::from(named);
        let of = w.is(day_word, Role::Of);
        // "the first of May", never "first May" or "one May".
        let spelt = !of && day_number(w.text(at)).is_none() || is_cardinal_word(w, at, next);
        let slash = usize::from(matches!(w.text(next), "/" | "-") && !of);
        let (month, to) = month_name(w, day_word + usize::from(of) + slash)?;
        // "twenty five January nineteen eighty six"
        if spelt && (of || year_at(w, to).is_none()) {
            return None;
        }
        (month, day, to)
    };
    let (year, to) = year_after(w, to).unwrap_or((OPEN, to));
    // No calendar gives "February 30".
    let form = calendar_form(year, month, Some(day), None).unwrap_or(Form::Vague);
    Some((form, to))
}

/// "2017 April", "2017 May 3": the year first.
pub(super) fn year_first(w: Words<'_>, at: usize) -> Read {
    let year = Year::Printed(printed_year(w.text(at))?);
    let (month, to) = month_name(w, at + 1)?;
    let day = day_number(w.text(to)).filter(|_| !counts_something(w, to + 1));
    // "In 2017 May called a vote."
    let ends = || w.is(to, Role::To) || w.get(to).is_none_or(Token::is_punct);
    let sure =
        day.is_some() || w.is(at + 1, Role::Month) || !w.tokens[at + 1].is_capitalised() || ends();
    let to = to + usize::from(day.is_some());
    sure.then(|| Some((calendar_form(year, month, day, None)?, to)))?
}

/// "the 18th", "the 15th day of next month", where nothing but a date is meant.
pub(super) fn month_day(w: Words<'_>, at: usize) -> Read {
    // "the first of next month", "the last of this month"
    let said =
        (w.value(at, Role::Ordinal) == Some(1) || w.is(at, Role::Last)) && w.is(at + 1, Role::Of);
    if said
        && let Some(count) = (w.value(at + 2, Role::Last))
            .or(w.value(at + 2, Role::This))
            .or(w.value(at + 2, Role::Next))
        && w.value(at + 3, Role::Unit) == Some(2)
    {
        let form = Form::PartOf {
            whole: Box::new(Form::Offset {
                unit: Unit::Month,
                count,
            }),
            unit: Unit::Day,
            first: if w.is(at, Role::Last) { -1 } else { 0 },
            count: 1,
        };
        return Some((form, at + 4));
    }
    let text = w.text(at);
    let day = day_number(text)?;
    let led = w.follows(at, Role::Article) || w.follows(at, Role::On);
    if !text.ends_with(|c: char| c.is_ascii_alphabetic()) || !led {
        return None;
    }
    let mut to = at + 1;
    let named = w.value(to, Role::Unit) == Some(0);
    to += usize::from(named);
    let of = to + usize::from(w.is(to, Role::Of));
    let shift = (w.value(of, Role::Last))
        .or(w.value(of, Role::This))
        .or(w.value(of, Role::Next))
        .filter(|_| w.value(of + 1, Role::Unit) == Some(2));
    // "the 15th of the month"
    let of_month = w.is(of, Role::Article) && w.value(of + 1, Role::Unit) == Some(2);
    let (month, to) = match shift {
        Some(shift) => (Some(shift), of + 2),
        None if of_month && of > to => (None, of + 2),
        None => (None, to),
    };
    let ends = (w.get(to)).is_none_or(|t| t.is_punct() || matches!(t.tag, Tag::Adp | Tag::Cconj));
    let placed = w.follows(at, Role::On) || at >= 2 && w.is(at - 2, Role::BeforeMonth);
    let placed = placed
        || at >= 2
            && [Role::On, Role::By, Role::From, Role::To]
                .iter()
                .any(|role| w.is(at - 2, *role));
    let lean = Lean::Unknown;
    let form = Form::MonthDay { day, month, lean };
    // "I will be there the 19th."
    let placed = placed
        || w.follows(at, Role::Article)
            && w.get(to).is_none_or(|t| t.text == ".")
            && crate::lean::lean(w, at, to) == Lean::Future;
    (shift.is_some() || of_month && of > at + 1 || placed && ends && !w.is(to, Role::Of))
        .then_some((form, to))
}

/// "Sunday, July 18", "Sunday (July 18)", "Monday the 3rd of May, 2021".
pub(super) fn weekday_with_date(w: Words<'_>, at: usize) -> Read {
    let of = |at| {
        w.value(at, Role::Weekday)
            .or(w.value(at, Role::WeekdayShort))
    };
    let (_, at) = shift_before(w, at, |at| of(at).is_some());
    let weekday = i8::try_from(of(at)?).ok()?;
    let mut next = at + 1;
    next += usize::from(w.text(next) == "." && w.is(at, Role::WeekdayShort));
    next += usize::from(w.text(next) == ",");
    let bracket = w.text(next) == "(";
    next += usize::from(bracket);
    next += usize::from(w.is(next, Role::Article));
    let short = || Some((pair(w.text(next)).filter(|_| pair_ends(w, next))?, next + 1));
    // "Mon 13th", "Friday the 15th"
    let day = || {
        let day = day_number(w.text(next)).filter(|_| next <= at + 2 && w.text(at + 1) != ",")?;
        let of_noun =
            |t: &Token<'_>| !t.is_punct() && !matches!(t.tag, Tag::Adp | Tag::Cconj | Tag::Sconj);
        let ends = !w.get(next + 1).is_some_and(of_noun);
        let (month, lean) = (None, Lean::Unknown);
        ends.then_some((Form::MonthDay { day, month, lean }, next + 1))
    };
    let (form, to) = day_of_month(w, next)
        .or_else(|| numeric(w, next))
        .or_else(short)
        .or_else(day)?;
    let closed = bracket && w.text(to) == ")";
    let date = Box::new(form);
    Some((Form::Dated { weekday, date }, to + usize::from(closed)))
}

/// "September", "September 2020", "September of last year", "last May". Months that are names or
/// other words need a year, or a word before them that shows what they are.
pub(super) fn month_alone(w: Words<'_>, at: usize) -> Read {
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
        w.follows(at, Role::BeforeMonth)
            || w.follows(at, Role::BeforeName) && !next_is_name
            || w.is(to, Role::To) && month_name(w, to + 1).is_some()
    } else {
        // "january" is one in any letters.
        let joined = w.is(to, Role::And) && month_name(w, to + 1).is_some();
        let placed = w.follows(at, Role::BeforeMonth) || w.follows(at, Role::From) || joined;
        (w.text(at).len() > 3 || placed || w.get(at).is_some_and(|t| t.is_capitalised()))
            && (joined
                || w.text(at).len() > 3
                || w.text(at).ends_with('.')
                || w.follows(at, Role::BeforeMonth)
                || w.follows(at, Role::From)
                || w.is(to, Role::To))
            && !named_after
    };
    sure.then(|| Some((calendar_form(OPEN, month, None, None)?, to)))?
}

/// Is the number before this token one of things?
pub(super) fn counts_something(w: Words<'_>, at: usize) -> bool {
    matches!(w.tag(at), Some(Tag::Noun | Tag::Adj | Tag::Num | Tag::Sym))
        && !w.is(at, Role::DayPart)
}
