//! So many units away: "three days ago", "the past two months", "two days after Friday".

use super::nth::known;
use super::relative::{unit_at, unit_named};
use super::{Read, plain_date};
use crate::document::Tag;
use crate::lean::lean;
use crate::number;
use crate::role::{self, Role, Words};
use rapporteur_model::{Form, Lean, Unit};

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
    if w.is(to, Role::From) && w.is(to + 1, Role::Now) || w.follows(at, Role::Bound) {
        return None;
    }
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

/// "three days ago", "a week from now", "two weeks earlier", "in two weeks", "months ago".
pub(super) fn counted(w: Words<'_>, at: usize) -> Read {
    // "in two weeks", "within 30 days": of the time to come where the verb looks ahead.
    let within = w.is(at, Role::Within);
    if within || w.is(at, Role::In) {
        // "in about two weeks"
        let first = at + 1 + usize::from(w.is(at + 1, Role::AboutSoMany));
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
    let more = w.follows(at, Role::Bound);
    // "a couple of weeks ago": two or three.
    let few = at + usize::from(w.is(at, Role::Indefinite));
    let couple = count.is_none() && w.value(few, Role::Collective) == Some(2);
    let form = if w.is(to, Role::Back) {
        match count {
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
        return Some((Some(count), smaller, to));
    }
    Some((count, unit, to))
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
    let (count, to) = number::cardinal(w.tokens, w.roles, at, w.end)?;
    let weekday = i8::try_from(w.value(to, Role::Weekdays)?).ok()?;
    let whole = count.fract() == 0.0 && (1.0..100.0).contains(&count);
    let (sign, to) = if w.is(to + 1, Role::Back) {
        (-1, to + 2)
    } else if w.is(to + 1, Role::From) && w.is(to + 2, Role::Now) {
        (1, to + 3)
    } else {
        return None;
    };
    let from = Form::Weekday {
        weekday,
        shift: sign as i8,
        lean: if sign < 0 { Lean::Past } else { Lean::Future },
    };
    let form = Form::Away {
        from: Box::new(from),
        unit: Unit::Day,
        count: sign * 7 * (count as i32 - 1),
    };
    whole.then_some((form, to))
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
    let (count, unit, to) = count_of_units(w, word + 1)?;
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
