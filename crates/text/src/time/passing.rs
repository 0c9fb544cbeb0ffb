//! Words that speak of time and give no date: lengths of time, "now", "at that time", times of day.

use super::relative::{season_named, unit_at};
use super::year::printed_year;
use super::{Found, Told};
use crate::document::{Tag, VerbForm};
use crate::number;
use crate::role::{self, Role, Words};
use rapporteur_model::{Form, Lean, Unit, YearHint};

/// One such expression.
pub(super) fn expression(w: Words<'_>, at: usize) -> Option<Found> {
    if let Some(found) = lone_season(w, at).or_else(|| the_unit(w, at)) {
        return Some(found);
    }
    let to = length(w, at)
        .or_else(|| clock(w, at))
        .or_else(|| part_of_day(w, at))
        .or_else(|| some_time(w, at))
        .or_else(|| every(w, at))
        .or_else(|| w.is(at, Role::PassingWord).then_some(at + 1))?;
    Some(Found {
        from: at,
        to,
        form: Form::Vague,
        told: None,
    })
}

/// "two months", "more than three years", "a few days", "19 years old", "ten-day", "a single year":
/// the token after it.
fn length(w: Words<'_>, at: usize) -> Option<usize> {
    // "ten-day", "6-month"
    if let Some((_, rest)) = number::compound(&w.get(at)?.lower) {
        let unit = rest.split('-').next().unwrap_or(rest);
        let roles = role::of_word(unit);
        let is = |role| role::value(roles, role).is_some();
        return (is(Role::Unit) || is(Role::Hour)).then_some(at + 1);
    }
    let counted = number::read(w.tokens, w.roles, at, w.end).map(|number| number.end);
    let of_few = |few: usize| few + 1 + usize::from(w.is(few + 1, Role::Of));
    let next = counted
        .or_else(|| w.is(at, Role::Few).then(|| of_few(at)))
        .or_else(|| {
            let article = w.is(at, Role::Indefinite);
            let few = article && w.is(at + 1, Role::Few);
            article.then(|| if few { of_few(at + 1) } else { at + 1 })
        });
    // "for days", "within weeks"
    let Some(next) = next else {
        let unit = is_unit(w, at) && w.is_plural(at) && w.follows(at, Role::BeforeLength);
        return unit.then_some(at + 1);
    };
    if printed_year(w.text(at)).is_some() {
        return None;
    }
    let shift = w.is(next, Role::Last) || w.is(next, Role::Next);
    let adjective = usize::from(w.tag(next) == Some(Tag::Adj) && !is_unit(w, next) && !shift);
    // "a mid-19th century wall"
    if adjective > 0 && super::expression(w, next).is_some() {
        return None;
    }
    let mut to = next + adjective;
    if !is_unit(w, to) || w.is(to, Role::Clock) {
        return None;
    }
    to += 1;
    if w.is(to, Role::Old) {
        to += 1;
    } else if w.is(to, Role::Of) && w.is(to + 1, Role::Age) {
        to += 2;
    }
    Some(to)
}

fn is_unit(w: Words<'_>, at: usize) -> bool {
    unit_at(w, at).is_some() || w.is(at, Role::Hour)
}

/// "3:00 a.m.", "5:30pm", "19:00", "11 a.m."
fn clock(w: Words<'_>, at: usize) -> Option<usize> {
    let text = w.text(at);
    let cut = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.');
    let (digits, letters) = text.split_at(cut.unwrap_or(text.len()));
    let hour = digits.split([':', '.']).next()?.parse::<u8>().ok()?;
    let said = w.is(at + 1, Role::Clock)
        || role::value(role::of_word(&letters.to_lowercase()), Role::Clock).is_some();
    let colon = digits.contains(':') && digits.len() >= 4 && digits.len() <= 5;
    if hour > 24 || !(said || colon && letters.is_empty()) {
        return None;
    }
    Some(at + 1 + usize::from(w.is(at + 1, Role::Clock)))
}

/// "that afternoon", "one night", "at night", "all night".
fn part_of_day(w: Words<'_>, at: usize) -> Option<usize> {
    let determined = w.is(at, Role::That)
        || w.value(at, Role::Ones) == Some(1)
        || w.is(at, Role::Same)
        || w.is(at, Role::Each);
    if determined && (w.is(at + 1, Role::DayPart) || w.value(at + 1, Role::Unit) == Some(0)) {
        return Some(at + 2);
    }
    let placed = w.is(at, Role::DayPart)
        && (w.follows(at, Role::At) || w.follows(at, Role::BeforeLength) || at == w.start)
        && w.tag(at + 1) != Some(Tag::Noun);
    placed.then_some(at + 1)
}

/// "this time", "the same period", "some time", "the time being"; not "the first time".
fn some_time(w: Words<'_>, at: usize) -> Option<usize> {
    let determined = w.is(at, Role::That)
        || w.is(at, Role::This)
        || w.is(at, Role::Same)
        || w.is(at, Role::SomeTime)
        || w.is(at, Role::Article) && (w.follows(at, Role::At) || w.follows(at, Role::By));
    if !determined {
        return None;
    }
    let same = usize::from(!w.is(at, Role::Same) && w.is(at + 1, Role::Same));
    let noun = at + 1 + same;
    w.is(noun, Role::TimeWord).then(|| {
        let being = w.get(noun + 1).is_some_and(|t| {
            t.form == Some(VerbForm::Ing) && t.lemma == t.lower && w.is(noun + 1, Role::Be)
        });
        noun + 1 + usize::from(being)
    })
}

/// "every day", "each year".
fn every(w: Words<'_>, at: usize) -> Option<usize> {
    (w.is(at, Role::Each) && (is_unit(w, at + 1) || w.is(at + 1, Role::Weekday))).then_some(at + 2)
}

/// "in the week", "of the year": the report's, or that which is told of.
fn the_unit(w: Words<'_>, at: usize) -> Option<Found> {
    let unit = unit_at(w, at).filter(|unit| *unit != Unit::Day && !w.is_plural(at))?;
    let placed = w.follows(at, Role::Article) && w.is(at.checked_sub(2)?, Role::BeforeLength);
    let ends = w.get(at + 1).is_none_or(crate::document::Token::is_punct);
    (placed && ends).then_some(Found {
        from: at,
        to: at + 1,
        form: Form::Offset { unit, count: 0 },
        told: Some(Told { unit, count: 0 }),
    })
}

/// "winter quarters", "the spring and summer": of the year that is told of.
fn lone_season(w: Words<'_>, at: usize) -> Option<Found> {
    let season = season_named(w.value(at, Role::Season)?)?;
    Some(Found {
        from: at,
        to: at + 1,
        form: Form::Season {
            season,
            year: YearHint::Open,
            lean: Lean::Past,
        },
        told: Some(Told {
            unit: Unit::Year,
            count: 0,
        }),
    })
}
