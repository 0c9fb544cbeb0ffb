//! Numbers in digits and words that count or measure something.

use super::Found;
use super::bound::{after_phrase_at, before};
use super::unit::{attached, currency, percent, rate, singular, unit_and_whole, whole};
use crate::document::Tag;
use crate::number::{self, Number};
use crate::role::{self, Role, Words};
use rapporteur_model::{Comparator, Of};

/// A number with what it counts or measures.
pub(super) fn counted(w: Words<'_>, at: usize, dated: &[bool]) -> Option<Found> {
    let sign = w
        .is(at, Role::Currency)
        .then(|| currency(w.text(at)))
        .flatten();
    let first = at + usize::from(sign.is_some());
    let lettered = lettered_money(w, first, sign.is_some());
    let money = lettered.as_ref().map(|(unit, _)| *unit).or(sign);
    let (mut low, mut number) = match (number::money(w.text(first)), lettered) {
        (_, Some((_, number))) => (number.low, number),
        (Some((value, scale)), _) if money.is_some() => {
            let value = value * scale;
            (value, Number::exact(value, first + 1))
        }
        _ => low_and_number(w, first)?,
    };
    // "1,200€"
    let after_sign = (money.is_none() && w.get(number.end).is_some_and(|t| !t.spaced))
        .then(|| currency(w.text(number.end)))
        .flatten();
    let money = money.or(after_sign);
    number.end += usize::from(after_sign.is_some());
    if dated.get(first).copied().unwrap_or(false) || is_part_of_name(w, first, number.end) {
        return None;
    }
    // "10 to 12", "between 10 and 12"
    let between = w.follows(at, Role::Between);
    let joins = |at: usize| {
        w.is(at, Role::Range) || w.text(at) == "-" || between && w.is(at, Role::RangeAnd)
    };
    let mut range = low < number.low;
    // "5 per cent to 7 per cent", "$3 billion to $5 billion"
    let joint = percent(w, number.end).unwrap_or(number.end);
    let second = joint + 1 + usize::from(w.is(joint + 1, Role::Currency));
    // Not "rose 7% to $2 million".
    let alike = |high: &Number| {
        (joint == number.end || percent(w, high.end).is_some())
            && (money.is_some() || second == joint + 1)
    };
    if !range
        && joins(joint)
        && !w.follows(first, Role::From)
        && let Some(high) = number::read(w.tokens, w.roles, second, w.end)
        && alike(&high)
        && !dated.get(second).copied().unwrap_or(false)
    {
        // "2 to 3 million"
        let scale = w
            .real(high.end - 1, Role::Scale)
            .filter(|scale| number.end == first + 1 && low * scale < high.low)
            .unwrap_or(1.0);
        if low * scale < high.low {
            low *= scale;
            number = high;
            range = true;
        }
    }
    let exact = |n: &Number| n.high;
    let high = if range {
        Some(number.low)
    } else {
        exact(&number)
    };
    let (mut comparator, from) = before(w, if between && range { at - 1 } else { at });
    if high.is_none() && comparator == Comparator::Equal {
        comparator = Comparator::About;
    }
    let after = number.end;
    let mut next = after;
    if let Some((sign, to)) = after_phrase_at(w, next) {
        comparator = sign;
        next = to;
    }
    let mut found = Found {
        from,
        number: first,
        after,
        to: next,
        low,
        high,
        comparator,
        unit: None,
        of: None,
        fate: None,
    };
    if let Some(money) = money {
        found.unit = Some(money.to_string());
        rate(w, &mut found, true);
        return Some(found);
    }
    if let Some(unit) = attached(w.text(first)) {
        found.unit = Some(unit);
        rate(w, &mut found, true);
        return Some(found);
    }
    unit_and_whole(w, &mut found, dated);
    let measured = found.to > next && w.is(found.to - 1, Role::Measure);
    rate(w, &mut found, measured);
    // "twelve lorries or more"
    if found.comparator == Comparator::Equal
        && let Some((sign, to)) = after_phrase_at(w, found.to)
        && to > found.to + 1
        && number::read(w.tokens, w.roles, to, w.end).is_none()
    {
        (found.comparator, found.to) = (sign, to);
    }
    if w.is(first, Role::Ones) && low == 1.0 && !is_count_of_one(w, &found) {
        return None;
    }
    if found.unit.is_none() && is_label(w, &found) {
        return None;
    }
    Some(found)
}

/// Money whose currency is written in letters: "RM23.50", "PS8.1bn", and after a sign "$US500",
/// "$A 20". The number ends with its scale.
pub(super) fn lettered_money(
    w: Words<'_>,
    at: usize,
    signed: bool,
) -> Option<(&'static str, Number)> {
    let text = w.text(at);
    let cut = text
        .find(|c: char| c.is_ascii_digit())
        .filter(|cut| *cut > 0)?;
    let letters = text[..cut].trim_end_matches(['=', '.']);
    let unit = if signed {
        currency(&format!("${letters}"))
    } else {
        currency(letters)
    }?;
    let rest = &text[cut..];
    if let Some((value, scale)) = number::money(rest) {
        return Some((unit, Number::exact(value * scale, at + 1)));
    }
    let value = number::digits(rest)?;
    let scale = w.real(at + 1, Role::Scale);
    let end = at + 1 + usize::from(scale.is_some());
    Some((unit, Number::exact(value * scale.unwrap_or(1.0), end)))
}

/// The lower bound of a hyphenated range ("10-12"), and the number; where there is none, the number's
/// own.
pub(super) fn low_and_number(w: Words<'_>, at: usize) -> Option<(f64, Number)> {
    let text = w.text(at);
    if let Some(number) = number::read(w.tokens, w.roles, at, w.end) {
        return Some((number.low, number));
    }
    if let Some((a, b)) = text.split_once(['-', '\u{2010}', '\u{2011}']) {
        let (a, b) = (number::digits(a)?, number::digits(b)?);
        let scale = w.real(at + 1, Role::Scale);
        let (scale, end) = scale.map_or((1.0, at + 1), |scale| (scale, at + 2));
        return (a < b).then(|| (a * scale, Number::exact(b * scale, end)));
    }
    // "70km"
    let cut = text.find(|c: char| c.is_ascii_alphabetic())?;
    attached(text)?;
    let value = number::digits(&text[..cut])?;
    Some((value, Number::exact(value, at + 1)))
}

/// "three-month", "24-hour", "a 200-student schoolhouse".
pub(super) fn compound(w: Words<'_>, at: usize) -> Option<Found> {
    let lower = &*w.get(at)?.lower;
    let (value, rest) = number::compound(lower)?;
    let word = rest.split('-').next().unwrap_or(rest);
    let roles = role::of_word(word);
    let is = |role| role::value(roles, role).is_some();
    let old = rest
        .split('-')
        .any(|part| role::value(role::of_word(part), Role::Old).is_some());
    if old || is(Role::CompoundIdiom) || is(Role::Month) || is(Role::Ordinal) || is(Role::Fractions)
    {
        return None;
    }
    Some(Found {
        from: before(w, at).1,
        number: at,
        after: at + 1,
        to: at + 1,
        low: value,
        high: Some(value),
        comparator: before(w, at).0,
        unit: Some(singular(word)),
        of: None,
        fate: None,
    })
}

/// "half of the country", "a third of voters", "two thirds of its members", "half the country": as
/// percentages of it.
pub(super) fn share_of_whole(w: Words<'_>, at: usize) -> Option<Found> {
    let (value, after) = if let Some(half) = w.real(at, Role::Half) {
        // "the second half of"
        if w.follows(at, Role::Ordinal) || w.follows(at, Role::Last) {
            return None;
        }
        (half, at + 1)
    } else if let Some(fraction) = w.real(at, Role::Fraction) {
        let article = w.follows(at, Role::Indefinite);
        if !article && !w.text(at).contains('-') {
            return None;
        }
        (fraction, at + 1)
    } else if let Some(count) = w.real(at, Role::Ones) {
        (count * w.real(at + 1, Role::Fractions)?, at + 2)
    } else {
        return None;
    };
    let of = w.is(after, Role::Of);
    let half_the =
        w.is(at, Role::Half) && (w.is(after, Role::Article) || w.tag(after) == Some(Tag::Pron));
    if !of && !half_the {
        return None;
    }
    let (whole, to) = whole(w, after + usize::from(of))?;
    let first = at - usize::from(w.follows(at, Role::Indefinite));
    let (comparator, from) = before(w, first);
    let percent = (value * 1000.0).round() / 10.0;
    Some(Found {
        from,
        number: at,
        after,
        to,
        low: percent,
        high: Some(percent),
        comparator,
        unit: Some(format!("% of {whole}")),
        of: Some(Of::Words(whole)),
        fate: None,
    })
}

/// A number that names and does not count: "Resolution 12", "at 3 p.m.", "the 2018 review", an age.
pub(super) fn is_part_of_name(w: Words<'_>, at: usize, end: usize) -> bool {
    let text = w.text(at);
    let unspaced = w.get(at).is_some_and(|t| !t.spaced);
    let after_mark = w
        .before(at)
        .is_some_and(|t| matches!(t.text, "/" | ":" | "#" | "."));
    if text.contains([':', '/'])
        || w.is(end, Role::Clock)
        || w.is(end, Role::Old)
        || w.is(end, Role::Unit) && w.is(end + 1, Role::Old)
        || after_mark && unspaced
    {
        return true;
    }
    if number::digits(text).is_none() || end > at + 1 {
        return false;
    }
    let measured = w.is_plural(end)
        || w.tag(end) == Some(Tag::Sym)
        || w.is(end, Role::Measure)
        || percent(w, end).is_some();
    if w.follows(at, Role::Numbering) {
        return !measured;
    }
    let name_before = w.before(at).is_some_and(|t| t.tag == Tag::Propn);
    if is_year(text) && !w.is(end, Role::Measure) {
        let determined = w
            .before(at)
            .is_some_and(|t| matches!(t.tag, Tag::Propn | Tag::Part | Tag::Det));
        return determined || w.tag(end) == Some(Tag::Noun) && !measured;
    }
    name_before
        && !matches!(
            w.tag(end),
            Some(Tag::Noun | Tag::Adj | Tag::Sym | Tag::Verb)
        )
        && !measured
}

/// Four digits that are read as a year where nothing says otherwise.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && number::digits(text).is_some_and(|value| (1500.0..=2100.0).contains(&value))
}

/// A bare number that is more likely an age, a score, a list's or a year's: without a unit and
/// without a bound.
pub(super) fn is_label(w: Words<'_>, found: &Found) -> bool {
    let year = is_year(w.text(found.number));
    let comma = |at: usize| matches!(w.text(at), "," | "(" | ")");
    let aside = found.number > w.start && comma(found.number - 1) && comma(found.after);
    let opens = found.number == w.start && matches!(w.text(found.after), "." | ")" | ":");
    year || aside || opens
}

/// "one soldier"; not "one of them", "one another", "the one", "on the one hand".
pub(super) fn is_count_of_one(w: Words<'_>, found: &Found) -> bool {
    let at = found.number;
    let determined = w
        .before(at)
        .is_some_and(|t| matches!(t.tag, Tag::Det | Tag::Adj | Tag::Pron) || t.tag == Tag::Part)
        && found.from == at;
    // "one close to the school", "one designed to", "one hit a house"
    let noun = w.tag(at + 1) != Some(Tag::Noun)
        || w.get(at + 1)
            .is_some_and(|t| crate::lemma::verb_form(&t.lower).is_none_or(|_| found.to > at + 2));
    noun && found.unit.is_some()
        && !w.is(at + 1, Role::Of)
        && !w.is(at + 1, Role::OneIdiom)
        && !determined
        || found.after > at + 1
}
