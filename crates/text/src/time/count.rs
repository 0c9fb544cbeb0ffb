//! So many units away: "three days ago", "the past two months", "two days after Friday".

use super::nth::known;
use super::relative::{season_named, unit_at, unit_named, weekend_of};
use super::{Read, plain_date};
use crate::document::Tag;
use crate::lean::lean;
use crate::number;
use crate::role::{self, Role, Words};
use rapporteur_model::{Form, Lean, Unit, YearHint};

/// "two days after Friday", "3 weeks before Christmas", "three days from tomorrow", "the day after
/// tomorrow", "the year before 1940".
pub(super) fn away(w: Words<'_>, at: usize) -> Read {
    let counted = count_of_units(w, at);
    let (count, unit, to) = match counted {
        Some((count, unit, to)) => (count?, unit, to),
        None => (1, unit_at(w, at).filter(|_| !w.is_plural(at))?, at + 1),
    };
    // "lasts three days from July 20" begins there; "three days from tomorrow" is then.
    let from = w.is(to, Role::From) && counted.is_some();
    let lasts = |at: usize| {
        w.get(at)
            .is_some_and(|t| role::value(role::of_word(&t.lemma), Role::Lasting).is_some())
    };
    if from && (w.follows(at, Role::For) || at > w.start && lasts(at - 1)) {
        return None;
    }
    let sign = if from {
        1
    } else {
        w.value(to, Role::Relative)
            .filter(|_| !w.is(to, Role::RelativeAlone))?
    };
    if w.is(to, Role::From) && w.is(to + 1, Role::Now) {
        return None;
    }
    let (bounded, less) = (w.follows(at, Role::Bound), less_than(w, at));
    // "two days prior to the vote"
    let to = to + usize::from(w.is(to + 1, Role::Infinitive));
    let next = to + 1 + usize::from(w.is(to + 1, Role::Article));
    let (from, to) = plain_date(w.deeper()?, next)?;
    let count = sign * count;
    // Dates are counted from, not stretches.
    if matches!(from, Form::Vague | Form::Stretch { .. } | Form::Between(..)) {
        return None;
    }
    let form = match from {
        // "less than two days before Friday": from then on; "more than two days before" has no end.
        from if less => {
            let then = Form::Away {
                from: Box::new(from.clone()),
                unit,
                count,
            };
            let (then, from) = (Box::new(then), Box::new(from));
            known(if count < 0 {
                Form::Between(then, from)
            } else {
                Form::Between(from, then)
            })
        }
        _ if bounded => Form::Vague,
        Form::Offset {
            unit: Unit::Day,
            count: from,
        } if unit == Unit::Day => Form::Offset {
            unit,
            count: from.saturating_add(count),
        },
        from => Form::Away {
            from: Box::new(from),
            unit,
            count,
        },
    };
    Some((form, to))
}

/// "the eve of Easter", "the night before May 3".
pub(super) fn eve(w: Words<'_>, at: usize) -> Read {
    let eve = w.is(at, Role::Eve) && w.is(at + 1, Role::Of);
    let night = w.is(at, Role::DayPart) && w.value(at + 1, Role::Relative) == Some(-1);
    if !eve && !night {
        return None;
    }
    let next = at + 2 + usize::from(w.is(at + 2, Role::Article));
    let (from, to) = plain_date(w.deeper()?, next).filter(|(form, _)| is_a_day(form))?;
    let form = Form::Away {
        from: Box::new(from),
        unit: Unit::Day,
        count: -1,
    };
    Some((known(form), to))
}

/// Do "less than" or "fewer than" stand before this place?
fn less_than(w: Words<'_>, at: usize) -> bool {
    w.follows(at, Role::Bound) && at.checked_sub(2).is_some_and(|at| w.is(at, Role::Fewer))
}

/// "three days ago", "a week from now", "two weeks earlier", "in two weeks", "months ago".
pub(super) fn counted(w: Words<'_>, at: usize) -> Read {
    if let Some(read) = counted_between(w, at) {
        return Some(read);
    }
    // "in two weeks", "within 30 days": of the time to come where the verb looks ahead.
    let within = w.is(at, Role::Within);
    if within || w.is(at, Role::In) {
        // "in about two weeks", "in less than two weeks"
        let less = less_than(w, at + 3);
        let within = within || less;
        let about = w.is(at + 1, Role::AboutSoMany);
        let first = at + 1 + if less { 2 } else { usize::from(about) };
        let (count, unit, to) = count_of_units(w, first)?;
        // "in two weeks' time"
        let owner = w.is(to, Role::Possessive) || matches!(w.text(to), "'" | "\u{2019}");
        if owner && w.is(to + 1, Role::TimeWord) && !within {
            let form = count.map_or(Form::Vague, |count| Form::Offset { unit, count });
            return Some((form, to + 2));
        }
        let ends = w
            .get(to)
            .is_none_or(|t| t.is_punct() || matches!(t.tag, Tag::Adp | Tag::Sconj | Tag::Cconj))
            && !w.is(to, Role::Of);
        // "for the first time in 48 years"
        let since_then =
            (at.saturating_sub(3)..at).any(|at| w.is(at, Role::Ordinal) || w.is(at, Role::Last));
        if !ends || w.is(to, Role::From) || since_then || lean(w, at, to) != Lean::Future {
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
    // "a year or so ago"
    let so = w.text(to) == "or" && w.get(to + 1).is_some_and(|t| t.lower == "so");
    let to = to + if so { 2 } else { 0 };
    let more = w.follows(at, Role::Bound);
    // "a couple of weeks ago": two or three.
    let few = at + usize::from(w.is(at, Role::Indefinite));
    let couple = count.is_none() && w.value(few, Role::Collective) == Some(2);
    // "two days back", and not "two days back at sea"
    let back =
        w.get(to).is_some_and(|t| t.lower == "back") && w.get(to + 1).is_none_or(|t| t.is_punct());
    let form = if w.is(to, Role::Back) || back {
        match count {
            // "less than two weeks ago"
            Some(count) if less_than(w, at) => Form::Stretch {
                unit,
                count: Some(-count),
                lean: Lean::Past,
            },
            _ if more => Form::Vague,
            None if couple => Form::Stretch {
                unit,
                count: Some(-3),
                lean: Lean::Past,
            },
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
    } else if w.is(to, Role::From) && w.is(to + 1, Role::Now) || w.is(to, Role::Hence) {
        let form = count.map_or(Form::Vague, |count| Form::Offset { unit, count });
        return Some((form, to + 1 + usize::from(w.is(to, Role::From))));
    } else if w.is(to, Role::Relative) {
        Form::Vague
    } else {
        return None;
    };
    // "a week ago yesterday", "two years ago today"
    if let Form::Offset { unit, count } = form
        && w.is(to, Role::Back)
        && let Some(day) = w.value(to + 1, Role::Deictic)
    {
        let form = match unit {
            Unit::Week => Form::Offset {
                unit: Unit::Day,
                count: count.checked_mul(7)?.checked_add(day)?,
            },
            _ => form,
        };
        return Some((form, to + 2));
    }
    Some((form, to + 1))
}

/// "a week tomorrow", "a fortnight on Friday": so many weeks after that day.
pub(super) fn weeks_on(w: Words<'_>, at: usize) -> Read {
    let (count, unit, to) = count_of_unit(w, at)?;
    let count = count.filter(|_| unit == Unit::Week)?.checked_mul(7)?;
    if let Some(day @ (0 | 1)) = w.value(to, Role::Deictic) {
        let unit = Unit::Day;
        let count = count.checked_add(day)?;
        return Some((Form::Offset { unit, count }, to + 1));
    }
    let weekday = i8::try_from(w.value(to + 1, Role::Weekday)?).ok()?;
    let ends = w
        .get(to + 2)
        .is_none_or(|t| t.is_punct() || matches!(t.tag, Tag::Adp | Tag::Cconj));
    if !w.is(to, Role::On) || !ends || w.follows(at, Role::For) {
        return None;
    }
    Some((days_after_weekday(weekday, count), to + 2))
}

/// "Monday week", "Friday fortnight".
pub(super) fn weekday_week(w: Words<'_>, at: usize) -> Read {
    let weekday = i8::try_from(w.value(at, Role::Weekday)?).ok()?;
    let count = match () {
        () if unit_at(w, at + 1) == Some(Unit::Week) && !w.is_plural(at + 1) => 7,
        () if w.is(at + 1, Role::Fortnight) => 14,
        () => return None,
    };
    let ends = w
        .get(at + 2)
        .is_none_or(|t| t.is_punct() || matches!(t.tag, Tag::Adp | Tag::Cconj));
    ends.then(|| (days_after_weekday(weekday, count), at + 2))
}

/// So many days after the first such weekday to come.
fn days_after_weekday(weekday: i8, count: i32) -> Form {
    let from = Form::Weekday {
        weekday,
        shift: 0,
        lean: Lean::Future,
    };
    Form::Away {
        from: Box::new(from),
        unit: Unit::Day,
        count,
    }
}

/// "two weekends ago", "three summers ago".
pub(super) fn times_ago(w: Words<'_>, at: usize) -> Read {
    let (count, to) = number::cardinal(w.tokens, w.roles, at, w.end)?;
    let whole = count.fract() == 0.0 && (1.0..100.0).contains(&count);
    if !whole || !w.is(to + 1, Role::Back) {
        return None;
    }
    let count = -(count as i32);
    let lemma = role::of_word(&w.get(to)?.lemma);
    if role::value(lemma, Role::Weekend).is_some() {
        return Some((weekend_of(count), to + 2));
    }
    let season = season_named(role::value(lemma, Role::Season)? as i32)?;
    let (year, lean) = (YearHint::Offset(count), Lean::Past);
    Some((Form::Season { season, year, lean }, to + 2))
}

/// "in two to three weeks", "two or three years ago", "2-3 days from now": between both.
fn counted_between(w: Words<'_>, at: usize) -> Read {
    let within = w.is(at, Role::In);
    let first = at + usize::from(within);
    let first = first + usize::from(w.is(first, Role::AboutSoMany));
    let (low, high, unit, to) = range_of_units(w, first)?;
    let (sign, to) = if w.is(to, Role::Back) {
        (-1, to + 1)
    } else if w.is(to, Role::From) && w.is(to + 1, Role::Now) {
        (1, to + 2)
    } else if within && !w.is(to, Role::Of) && lean(w, at, to) == Lean::Future {
        (1, to)
    } else {
        return None;
    };
    let of = |count: i32| {
        let count = sign * count;
        Box::new(Form::Offset { unit, count })
    };
    let (near, far) = (of(low), of(high));
    Some(match sign {
        1 => (Form::Between(near, far), to),
        _ => (Form::Between(far, near), to),
    })
}

/// "two to three weeks", "2-3 years": both counts, the unit and the token after it.
fn range_of_units(w: Words<'_>, at: usize) -> Option<(i32, i32, Unit, usize)> {
    // "a month or two"
    if w.is(at, Role::Indefinite)
        && let Some(unit) = unit_at(w, at + 1).filter(|_| !w.is_plural(at + 1))
        && w.text(at + 2) == "or"
        && w.value(at + 3, Role::Ones) == Some(2)
    {
        return Some((1, 2, unit, at + 4));
    }
    let (low, high, noun) = match w.text(at).split_once(['-', '\u{2010}', '\u{2013}']) {
        Some((a, b)) => (number::word(a)?, number::word(b)?, at + 1),
        None => {
            let (low, joint) = number::cardinal(w.tokens, w.roles, at, w.end)?;
            let joins = w.is(joint, Role::Range) || w.text(joint) == "-";
            let (high, noun) = number::cardinal(w.tokens, w.roles, joint + 1, w.end)?;
            (joins).then_some((low, high, noun))?
        }
    };
    let whole = |count: f64| count.fract() == 0.0 && (1.0..1000.0).contains(&count);
    let unit = unit_at(w, noun).filter(|_| w.is_plural(noun))?;
    (whole(low) && whole(high) && low < high).then_some((low as i32, high as i32, unit, noun + 1))
}

/// "three days", "a week", "a few months": `None` for "a few". Two units are counted in the smaller:
/// "a year and three months" is 15 months.
pub(super) fn count_of_units(w: Words<'_>, at: usize) -> Option<(Option<i32>, Unit, usize)> {
    let (count, unit, to) = count_of_unit(w, at)?;
    let next = to + usize::from(w.is(to, Role::And) || w.text(to) == ",");
    let more = || count_of_unit(w, next).filter(|(_, _, after)| !w.is(*after, Role::Of));
    let in_smaller = match unit {
        Unit::Year => Some((Unit::Month, 12)),
        Unit::Week => Some((Unit::Day, 7)),
        _ => None,
    };
    if let (Some(count), Some((smaller, each))) = (count, in_smaller)
        && let Some((Some(rest), found, to)) = more()
        && found == smaller
    {
        let count = count.checked_mul(each)?.checked_add(rest)?;
        return Some((Some(count), smaller, without_days(w, to)));
    }
    // "a year and a half"
    if let (Some(count), Some(to)) = (count, and_a_half(w, to))
        && let Some((count, smaller)) = in_halves(count.checked_mul(2)?.checked_add(1)?, unit)
    {
        return Some((Some(count), smaller, to));
    }
    let to = match unit {
        Unit::Month | Unit::Year if count.is_some() => without_days(w, to),
        _ => to,
    };
    Some((count, unit, to))
}

/// The token after "and a half".
fn and_a_half(w: Words<'_>, at: usize) -> Option<usize> {
    let said = w.is(at, Role::And) && w.is(at + 1, Role::Indefinite) && w.is(at + 2, Role::Half);
    said.then_some(at + 3)
}

/// The token after ", 3 weeks and 4 days": days beside months and years change little of what is meant.
fn without_days(w: Words<'_>, mut to: usize) -> usize {
    for _ in 0..2 {
        let next = to + usize::from(w.text(to) == ",");
        let next = next + usize::from(w.is(next, Role::And));
        let days = count_of_unit(w, next)
            .filter(|(count, unit, _)| count.is_some() && matches!(unit, Unit::Day | Unit::Week));
        match days {
            Some((_, _, after))
                if w.is(after, Role::Back)
                    || w.is(after, Role::Relative)
                    || w.is(after, Role::From)
                    || w.is(after, Role::And)
                    || w.text(after) == "," =>
            {
                to = after
            }
            _ => break,
        }
    }
    to
}

/// So many halves of a unit in a smaller one: three halves of a year are 18 months.
fn in_halves(halves: i32, unit: Unit) -> Option<(i32, Unit)> {
    let (each, smaller) = match unit {
        Unit::Year => (6, Unit::Month),
        Unit::Decade => (5, Unit::Year),
        Unit::Century => (50, Unit::Year),
        Unit::Month => (2, Unit::Week),
        _ => return None,
    };
    Some((halves.checked_mul(each)?, smaller))
}

fn count_of_unit(w: Words<'_>, at: usize) -> Option<(Option<i32>, Unit, usize)> {
    // "half a year", "half a century"
    if w.is(at, Role::Half) && w.is(at + 1, Role::Indefinite) {
        let (count, unit) = match unit_at(w, at + 2)? {
            Unit::Year => (6, Unit::Month),
            Unit::Decade => (5, Unit::Year),
            Unit::Century => (50, Unit::Year),
            _ => return None,
        };
        return Some((Some(count), unit, at + 3));
    }
    let indefinite = w.is(at, Role::Indefinite);
    // "a quarter of a century", "a quarter century"
    if indefinite && w.is(at + 1, Role::Quarter) {
        let of = w.is(at + 2, Role::Of) && w.is(at + 3, Role::Indefinite);
        let noun = at + 2 + if of { 2 } else { 0 };
        let century = unit_at(w, noun) == Some(Unit::Century);
        return century.then_some((Some(25), Unit::Year, noun + 1));
    }
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
        // "two and a half years"
        Some(value) if value.fract() == 0.5 && (1.0..1000.0).contains(&value) => {
            let (count, smaller) = in_halves((2.0 * value) as i32, unit_at(w, to)?)?;
            return Some((Some(count), smaller, to + 1));
        }
        Some(_) => return None,
        None => None,
    };
    if w.is(to, Role::Hour) {
        let days = count.map(|hours| hours.saturating_add(23) / 24);
        return Some((days, Unit::Day, to + 1));
    }
    if w.is(to, Role::Fortnight) {
        return Some((count.map(|count| 2 * count), Unit::Week, to + 1));
    }
    // "two quarters ago", never "three quarters of".
    if w.is(to, Role::Quarter) && w.is_plural(to) == (count != Some(1)) {
        let counts =
            w.is(to + 1, Role::Back) || w.is(to + 1, Role::From) || w.is(to + 1, Role::Relative);
        return counts.then_some((count, Unit::Quarter, to + 1));
    }
    // "four business days"
    if w.is(to, Role::Working) && w.value(to + 1, Role::Unit) == Some(0) {
        return Some((count, Unit::Workday, to + 2));
    }
    let unit = unit_named(w.value(to, Role::Unit)?)?;
    Some((count, unit, to + 1))
}

/// "for three days from July 20", "for two weeks starting May 3", "for 72 hours, from Saturday": from the
/// first day to the last.
pub(super) fn lasting(w: Words<'_>, at: usize) -> Read {
    if !w.is(at, Role::For) {
        return None;
    }
    let (count, unit, to) = count_of_units(w, at + 1)?;
    let days = match unit {
        Unit::Day => count?,
        Unit::Week => count?.checked_mul(7)?,
        _ => return None,
    };
    let comma = usize::from(w.text(to) == ",");
    let from = to + comma;
    if !w.is(from, Role::From) && !w.is(from, Role::Beginning) {
        return None;
    }
    let next = from + 1;
    let next = next + usize::from(w.is(next, Role::On));
    let (first, to) = plain_date(w.deeper()?, next + usize::from(w.is(next, Role::Article)))?;
    if !is_a_day(&first) {
        return None;
    }
    let last = Form::Away {
        from: Box::new(first.clone()),
        unit: Unit::Day,
        count: days - 1,
    };
    Some((known(Form::Between(Box::new(first), Box::new(last))), to))
}

/// "from tomorrow for three days", "starting May 3 for two weeks": the first day is read, and the token after
/// it.
pub(super) fn for_days(w: Words<'_>, at: usize, first: Form, to: usize) -> (Form, usize) {
    let led = w.follows(at, Role::From) || w.follows(at, Role::Beginning);
    let length =
        count_of_units(w, to + 1).filter(|_| led && w.is(to, Role::For) && is_a_day(&first));
    let days = match length {
        Some((Some(count), Unit::Day, _)) => Some(count),
        Some((Some(count), Unit::Week, _)) => count.checked_mul(7),
        _ => None,
    };
    match (days, length) {
        (Some(days), Some((_, _, to))) => {
            let last = Form::Away {
                from: Box::new(first.clone()),
                unit: Unit::Day,
                count: days - 1,
            };
            (known(Form::Between(Box::new(first), Box::new(last))), to)
        }
        _ => (first, to),
    }
}

/// Is it of one day?
pub(super) fn is_a_day(form: &Form) -> bool {
    match form {
        Form::Absolute(when) => when.earliest == when.latest,
        Form::Calendar { day, .. } => day.is_some(),
        Form::Either(a, _) => is_a_day(a),
        Form::Dated { .. }
        | Form::Weekday { .. }
        | Form::WeekdayIn { .. }
        | Form::MonthDay { .. }
        | Form::Feast { .. } => true,
        Form::Offset { unit, .. } => matches!(unit, Unit::Day | Unit::Workday),
        _ => false,
    }
}

/// "two Sundays ago", "three Fridays from now".
pub(super) fn weekdays_away(w: Words<'_>, at: usize) -> Read {
    let within = w.is(at, Role::In);
    let (count, to) = number::cardinal(w.tokens, w.roles, at + usize::from(within), w.end)?;
    let weekday = i8::try_from(w.value(to, Role::Weekdays)?).ok()?;
    let whole = count.fract() == 0.0 && (1.0..100.0).contains(&count);
    let (sign, to) = if within {
        (1, to + 1)
    } else if w.is(to + 1, Role::Back) {
        (-1, to + 2)
    } else if w.is(to + 1, Role::From) && w.is(to + 2, Role::Now) {
        (1, to + 3)
    } else {
        return None;
    };
    whole.then(|| (weeks_from_weekday(weekday, sign, count as i32 - 1), to))
}

/// The last (`sign` below zero) or next such weekday, and so many weeks further the same way.
pub(super) fn weeks_from_weekday(weekday: i8, sign: i32, weeks: i32) -> Form {
    let from = Form::Weekday {
        weekday,
        shift: sign as i8,
        lean: if sign < 0 { Lean::Past } else { Lean::Future },
    };
    Form::Away {
        from: Box::new(from),
        unit: Unit::Day,
        count: sign * 7 * weeks,
    }
}

/// "the rest of the week", "the remainder of this year": from the report's day on.
pub(super) fn rest(w: Words<'_>, at: usize) -> Read {
    if !w.is(at, Role::Rest) || !w.is(at + 1, Role::Of) {
        return None;
    }
    let said = w.is(at + 2, Role::Article)
        || w.is(at + 2, Role::This)
        || w.is(at + 2, Role::Current)
        || w.tag(at + 2) == Some(Tag::Pron);
    let noun = at + 3 + usize::from(w.is(at + 2, Role::Article) && w.is(at + 3, Role::Current));
    let unit = unit_at(w, noun).filter(|_| said)?;
    let of = |unit, count| Box::new(Form::Offset { unit, count });
    Some((Form::Between(of(Unit::Day, 0), of(unit, 0)), noun + 1))
}

/// "last week", "this month", "the past two months", "recent weeks", "the next few days", "the same
/// day".
pub(super) fn shifted(w: Words<'_>, at: usize) -> Read {
    let article = w.follows(at, Role::Article);
    // "the 5 past years", "2 upcoming months"
    if let Some((count, word)) = number::cardinal(w.tokens, w.roles, at, w.end) {
        let ahead = w.is(word, Role::Next) || w.is(word, Role::Coming);
        let past = w.is(word, Role::Last) || w.is(word, Role::Past);
        let unit = unit_at(w, word + 1)?;
        let whole = count.fract() == 0.0 && (1.0..10_000.0).contains(&count);
        let whole = whole && w.is_plural(word + 1) == (count != 1.0);
        if !(ahead || past || w.value(word, Role::Same) == Some(-1)) || !whole {
            return None;
        }
        let (lean, sign) = if ahead {
            (Lean::Future, 1)
        } else {
            (Lean::Past, -1)
        };
        let count = Some(sign * count as i32);
        return Some((Form::Stretch { unit, count, lean }, word + 2));
    }
    // "this past week"
    // "this calendar year", "this working week", "last fiscal year"
    if let Some(read) = kind_of_unit(w, at) {
        return Some(read);
    }
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
    let shift = w.value(word, Role::Same).filter(|shift| *shift != 0);
    // "the previous 4 business days", "the following 2 quarters"
    let counted = shift.filter(|_| number::cardinal(w.tokens, w.roles, word + 1, w.end).is_some());
    let ahead = next || coming || counted == Some(1);
    let lean = if ahead { Lean::Future } else { Lean::Past };
    let sign = if ahead { 1 } else { -1 };
    // "the past year and a half"
    if let Some((count, unit, to)) = and_a_half(w, word + 2)
        .and_then(|to| Some((in_halves(3, unit_at(w, word + 1)?)?, to)))
        .map(|((count, unit), to)| (Some(sign * count), unit, to))
    {
        return Some((Form::Stretch { unit, count, lean }, to));
    }
    if let Some(unit) = w.value(word + 1, Role::Unit).and_then(unit_named) {
        let to = word + 2;
        let plural = w.is_plural(word + 1);
        let stretch = |count| Form::Stretch { unit, count, lean };
        let form = match (plural, unit) {
            (true, _) if recent || past || coming => stretch(None),
            (true, _) => return None,
            (false, Unit::Day) if same => Form::Vague,
            (false, _) if same && !next => match shift.filter(|_| !article) {
                Some(count) => Form::Offset { unit, count },
                None => Form::Vague,
            },
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
    let quarter = w.is(word + 1, Role::Quarter);
    if (this || same && !next && counted.is_none()) && !quarter {
        return None;
    }
    // "the last quarter", "next 2 quarters"
    let numbered = number::cardinal(w.tokens, w.roles, word + 1, w.end);
    let quarter = numbered.map_or(word + 1, |(_, to)| to);
    if w.is(quarter, Role::Quarter) && !w.is(quarter + 1, Role::Of) {
        let (unit, count) = (Unit::Quarter, numbered.map_or(1, |(count, _)| count as i32));
        let of = |count| Form::Offset { unit, count };
        let sign = w.value(word, Role::Same).unwrap_or(sign);
        let form = if this || sign == 0 {
            of(0)
        } else if count == 1 {
            of(sign)
        } else {
            let (near, far) = (Box::new(of(sign)), Box::new(of(sign * count)));
            if sign < 0 {
                Form::Between(far, near)
            } else {
                Form::Between(near, far)
            }
        };
        return Some((form, quarter + 1));
    }
    // "the past two or three years"
    if let Some((_, high, unit, to)) = range_of_units(w, word + 1) {
        let count = Some(sign * high);
        return Some((Form::Stretch { unit, count, lean }, to));
    }
    // "the last hundred years"
    let hundred = || {
        let count = w
            .value(word + 1, Role::Scale)
            .filter(|count| *count <= 1000)?;
        Some((Some(count), unit_at(w, word + 2)?, word + 3))
    };
    let (count, unit, to) = count_of_units(w, word + 1).or_else(hundred)?;
    // "the next couple of weeks"
    let couple = w
        .value(word + 1, Role::Collective)
        .filter(|_| count.is_none());
    let count = count.or(couple.filter(|two| *two == 2));
    // "the last three days of the siege"
    if w.is(to, Role::Of) && !past {
        return None;
    }
    let count = count.map(|count| sign * count);
    Some((Form::Stretch { unit, count, lean }, to))
}

/// "this calendar year", "next working week"; of "the last fiscal year" no calendar gives the days.
fn kind_of_unit(w: Words<'_>, at: usize) -> Read {
    let count = w
        .value(at, Role::Last)
        .or(w.value(at, Role::This))
        .or(w.value(at, Role::Next))?;
    let unit = unit_at(w, at + 2).filter(|_| !w.is_plural(at + 2))?;
    let of = |weekday| {
        let week = Box::new(Form::Offset { unit, count });
        Box::new(Form::WeekdayIn { weekday, week })
    };
    // "the next business day"
    if w.is(at + 1, Role::Working) && unit == Unit::Day && count != 0 {
        let unit = Unit::Workday;
        return Some((Form::Offset { unit, count }, at + 3));
    }
    let form = if w.is(at + 1, Role::Calendar) {
        Form::Offset { unit, count }
    } else if w.is(at + 1, Role::Working) && unit == Unit::Week {
        Form::Between(of(1), of(5))
    } else if w.is(at + 1, Role::OwnYear) && unit == Unit::Year {
        Form::Vague
    } else {
        return None;
    };
    Some((form, at + 3))
}
