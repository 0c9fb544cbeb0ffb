//! So many units away: "three days ago", "the past two months", "two days after Friday".

use super::relative::{unit_at, unit_named};
use super::{Read, plain_date};
use crate::document::Tag;
use crate::lean::lean;
use crate::number;
use crate::role::{Role, Words};
use rapporteur_model::{Form, Lean, Unit};

/// "two days after Friday", "3 weeks before Christmas", "three days from tomorrow", "the day after
/// tomorrow", "the year before 1940".
pub(super) fn away(w: Words<'_>, at: usize) -> Read {
    let counted = count_of_units(w, at);
    let (count, unit, to) = match counted {
        Some((count, unit, to)) => (count?, unit, to),
        None => (1, unit_at(w, at).filter(|_| !w.is_plural(at))?, at + 1),
    };
    // "for three days from July 20" begins there; "three days from tomorrow" is then.
    let from = w.is(to, Role::From) && counted.is_some();
    if from && (w.follows(at, Role::For) || !w.is(to + 1, Role::Deictic)) {
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
    let next = to + 1 + usize::from(w.is(to + 1, Role::Article));
    let (from, to) = plain_date(w, next)?;
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
            count: from + count,
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
        let (count, unit, to) = count_of_units(w, at + 1)?;
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
pub(super) fn count_of_units(w: Words<'_>, at: usize) -> Option<(Option<i32>, Unit, usize)> {
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
pub(super) fn shifted(w: Words<'_>, at: usize) -> Read {
    let article = w.follows(at, Role::Article);
    // "the 5 past years", "2 upcoming months"
    if let Some((count, word)) = number::cardinal(w.tokens, w.roles, at, w.end) {
        let ahead = w.is(word, Role::Next) || w.is(word, Role::Coming);
        let past = w.is(word, Role::Last) || w.is(word, Role::Past);
        let unit = unit_at(w, word + 1)?;
        let whole = count.fract() == 0.0 && (1.0..10_000.0).contains(&count);
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
    if this && !w.is(word + 1, Role::Quarter) || same && !next && !w.is(word + 1, Role::Quarter) {
        return None;
    }
    // "the last quarter", "next 2 quarters"
    let numbered = number::cardinal(w.tokens, w.roles, word + 1, w.end);
    let quarter = numbered.map_or(word + 1, |(_, to)| to);
    if w.is(quarter, Role::Quarter) && !w.is(quarter + 1, Role::Of) {
        let (unit, count) = (Unit::Quarter, numbered.map_or(1, |(count, _)| count as i32));
        let of = |count| Form::Offset { unit, count };
        let sign = w.value(word, Role::Same).filter(|_| same).unwrap_or(sign);
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
    // "the last three days of the siege"
    if w.is(to, Role::Of) && !past {
        return None;
    }
    let count = count.map(|count| sign * count);
    Some((Form::Stretch { unit, count, lean }, to))
}
