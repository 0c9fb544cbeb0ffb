//! Numbers in digits and words that count or measure something.

use super::Found;
use super::bound::{after_phrase_at, before, prefix_sign};
use super::unit::{attached, currency, is_measure, percent, rate, singular, unit_and_whole, whole};
use crate::document::Tag;
use crate::number::{self, Number};
use crate::role::{self, Role, Words};
use rapporteur_model::{Comparator, Of};

/// A number with what it counts or measures.
pub(super) fn counted(w: Words<'_>, at: usize, dated: &[bool]) -> Option<Found> {
    // "minus 5 degrees"
    if w.is(at, Role::Minus) && !w.is(at + 1, Role::Minus) {
        let mut found = counted(w, at + 1, dated)
            .filter(|found| found.number == at + 1 && found.high == Some(found.low))?;
        (found.low, found.high) = (-found.low, Some(-found.low));
        let (comparator, from) = before(w, at);
        found.from = from;
        if comparator != Comparator::Equal {
            found.comparator = comparator;
        }
        return Some(found);
    }
    let mut amount = amount(w, at)?;
    let first = amount.first;
    let is_dated = |at: usize| dated.get(at).copied().unwrap_or(false);
    if is_dated(first) || is_part_of_name(w, first, amount.number.end) {
        return None;
    }
    // "between 10 and 12"
    let between = w.follows(at, Role::Between);
    let range = amount.low < amount.number.low
        || !is_dated(amount.number.end + 1) && widen_to_range(w, at, &mut amount, between);
    let Amount { low, number, .. } = amount;
    // "between 5 and 8 pm"
    if range && w.is(number.end, Role::Clock) {
        return None;
    }
    let high = if range { Some(number.low) } else { number.high };
    let start = if between && range {
        at - 1
    } else {
        at - usize::from(amount.begins_before)
    };
    let (mut comparator, from) = before(w, start);
    if let Some(prefix) = prefixed(w.text(first)).and_then(|(sign, _)| sign) {
        comparator = prefix;
    }
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
        is_money: amount.money.is_some(),
        stands: stands_alone(w, from, first),
    };
    let own = amount.money.map(str::to_string);
    if let Some(unit) = own.or_else(|| attached(w.text(after - 1))) {
        found.unit = Some(unit);
        rate(w, &mut found, true);
        return Some(found);
    }
    unit_and_whole(w, &mut found, dated);
    let measured = found.to > next && is_measure(w, found.to - 1);
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

/// A price or rate, without a unit: "rose to 3.65", "traded at 132.86".
fn stands_alone(w: Words<'_>, from: usize, number: usize) -> bool {
    let text = w.text(number);
    let decimal = text.contains('.') && !text.ends_with('.') && number::digits(text).is_some();
    decimal && (w.follows(from, Role::Infinitive) || w.follows(from, Role::At))
}

/// A number, before what stands after it is asked.
struct Amount {
    /// The number's first token.
    first: usize,
    /// The least that it means; less than the number's own where both ends are printed in one token.
    low: f64,
    number: Number,
    /// What money it is.
    money: Option<&'static str>,
    /// Does the word before its sign belong to it: "US $5"?
    begins_before: bool,
}

fn amount(w: Words<'_>, at: usize) -> Option<Amount> {
    let code = money_code(w, at);
    let sign = match code {
        Some((unit, _)) => Some(unit),
        None => (w.is(at, Role::Currency))
            .then(|| currency(w.text(at)))
            .flatten(),
    };
    let first = match code {
        Some((_, first)) => first,
        None => at + usize::from(sign.is_some()),
    };
    // "US $5", "C$5"
    let whole_sign = (w.before(at))
        .filter(|token| code.is_none() && sign.is_some() && token.text.len() <= 3)
        .and_then(|token| currency(&format!("{}{}", token.text, w.text(at))));
    let sign = whole_sign.or(sign);
    let lettered = lettered_money(w, first, sign.is_some());
    let money = lettered.as_ref().map(|(unit, _)| *unit).or(sign);
    let (low, mut number) = match (number::money(w.text(first)), lettered) {
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
    number.end += usize::from(after_sign.is_some());
    Some(Amount {
        first,
        low,
        number,
        money: money.or(after_sign),
        begins_before: whole_sign.is_some(),
    })
}

/// Money by letters that stand alone before its number, and the number's place: "USD 500", "Rs 20",
/// "Y=590 billion".
fn money_code(w: Words<'_>, at: usize) -> Option<(&'static str, usize)> {
    if !w.is(at, Role::CurrencyCode) {
        return None;
    }
    let unit = currency(w.text(at))?;
    let equals = w.text(at + 1) == "=" && w.get(at + 1).is_some_and(|t| !t.spaced);
    let first = at + 1 + usize::from(equals);
    let digits = w.text(first).starts_with(|c: char| c.is_ascii_digit());
    // One letter is no sign of its own.
    let sure = equals || w.text(at).len() > 1;
    (digits && sure).then_some((unit, first))
}

/// Takes in the second number of "10 to 12", "between 10 and 12", "5 per cent to 7 per cent", "25 – 40min",
/// "$3 billion to $5 billion"; says whether there was one.
fn widen_to_range(w: Words<'_>, at: usize, amount: &mut Amount, between: bool) -> bool {
    let (first, low, number) = (amount.first, amount.low, amount.number);
    let joins = |at: usize| {
        w.is(at, Role::Range) || w.text(at) == "-" || between && w.is(at, Role::RangeAnd)
    };
    let joint = percent(w, number.end).unwrap_or(number.end);
    let second = joint + 1 + usize::from(w.is(joint + 1, Role::Currency));
    // "rose by $2 to $5" and "rose from 2 to 5" are no ranges; "ranging from 2 to 5" is one.
    let (_, bound) = before(w, at);
    let own_unit = amount.money.is_some() || joint > number.end;
    let changes = w.follows(bound, Role::ByHowMuch) && own_unit
        || w.follows(bound, Role::From) && moves(w, bound - 1);
    if !joins(joint) || changes {
        return false;
    }
    let Some((_, high)) = low_and_number(w, second).filter(|(low, high)| *low == high.low) else {
        return false;
    };
    // Not "rose 7% to $2 million".
    let alike = (joint == number.end || percent(w, high.end).is_some())
        && (amount.money.is_some() || second == joint + 1);
    // "2 to 3 million"
    let scale = w
        .real(high.end - 1, Role::Scale)
        .filter(|scale| number.end == first + 1 && low * scale < high.low)
        .unwrap_or(1.0);
    if !alike || low * scale >= high.low {
        return false;
    }
    amount.low = low * scale;
    amount.number = high;
    true
}

/// Does a word of rising, falling or changing stand before the "from" at this place?
fn moves(w: Words<'_>, from: usize) -> bool {
    const FARTHEST: usize = 8;
    (from.saturating_sub(FARTHEST).max(w.start)..from)
        .rev()
        .filter_map(|at| w.get(at))
        .take_while(|token| token.tag != Tag::Sconj && token.text != ";")
        .any(|token| {
            let verb = crate::lemma::verb_lemma(&token.lower);
            let is = |word: &str| {
                let roles = role::of_word(word);
                [Role::Up, Role::Down, Role::Moving]
                    .iter()
                    .any(|role| role::value(roles, *role).is_some())
            };
            is(&token.lower) || is(verb.as_deref().unwrap_or(&token.lemma))
        })
}

/// What stands before the hyphen of "minus-5" and "sub-7", as a bound, and the number after it.
fn prefixed(text: &str) -> Option<(Option<Comparator>, f64)> {
    let (prefix, rest) = text.split_once('-')?;
    let value = number::digits(rest)?;
    let prefix = prefix.to_lowercase();
    if role::value(role::of_word(&prefix), Role::Minus).is_some() {
        return Some((None, -value));
    }
    Some((Some(prefix_sign(&prefix)?), value))
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
    if let Some((_, value)) = prefixed(text) {
        return Some((value, Number::exact(value, at + 1)));
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
    if let Some(found) = scaled_compound(w, at).or_else(|| suspended(w, at)) {
        return Some(found);
    }
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
    Some(exactly(w, at, at + 1, value, word))
}

/// "a 1.8 billion-mile journey", "400 million-year-old rock".
fn scaled_compound(w: Words<'_>, at: usize) -> Option<Found> {
    let value = number::digits(w.text(at))?;
    let (scale, rest) = w.get(at + 1)?.lower.split_once('-')?;
    let scale = role::value(role::of_word(scale), Role::Scale)?;
    Some(exactly(w, at, at + 2, value * scale, rest))
}

/// The first of "four-, five- and six-storey houses".
fn suspended(w: Words<'_>, at: usize) -> Option<Found> {
    const FARTHEST: usize = 10;
    let hyphen = |at: usize| w.text(at) == "-" && w.get(at).is_some_and(|t| !t.spaced);
    if !hyphen(at + 1) {
        return None;
    }
    let (value, end) = number::cardinal(w.tokens, w.roles, at, w.end)?;
    let mut next = end + 1;
    while next < at + FARTHEST {
        if let Some((_, rest)) = number::compound(&w.get(next)?.lower) {
            return (end == at + 1).then(|| exactly(w, at, end + 1, value, rest));
        }
        let inside = hyphen(next)
            || w.text(next) == ","
            || w.tag(next) == Some(Tag::Cconj)
            || number::cardinal(w.tokens, w.roles, next, w.end).is_some();
        if !inside {
            return None;
        }
        next += 1;
    }
    None
}

/// So many of what a compound's rest says.
fn exactly(w: Words<'_>, at: usize, to: usize, value: f64, rest: &str) -> Found {
    let (comparator, from) = before(w, at);
    Found {
        from,
        number: at,
        after: to,
        to,
        low: value,
        high: Some(value),
        comparator,
        unit: Some(singular(rest)),
        of: None,
        fate: None,
        is_money: false,
        stands: false,
    }
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
        is_money: false,
        stands: false,
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
        || is_in_a_street(w, at)
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
    if is_year(text) && !w.is(end, Role::Measure) && !w.is(end, Role::MeasurePrefix) {
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

/// "16-18 Mill Road", "9 E 71st St": a house's number.
fn is_in_a_street(w: Words<'_>, at: usize) -> bool {
    const LONGEST: usize = 4;
    let house =
        w.text(at).len() <= 7 && w.text(at).bytes().all(|b| b.is_ascii_digit() || b == b'-');
    house
        && (at + 1..=at + LONGEST)
            .map_while(|at| w.get(at).map(|token| (at, token)))
            .take_while(|(_, token)| {
                let digit = token.text.starts_with(|c: char| c.is_ascii_digit());
                token.is_capitalised() || digit && !w.is(at + 1, Role::Scale)
            })
            .any(|(at, token)| token.is_capitalised() && w.is(at, Role::Street))
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
    // "one count of theft", where "count" could be a verb.
    if w.is(found.to, Role::Of)
        && found.to == at + 2
        && !w.is(at + 1, Role::OneIdiom)
        && !determined
    {
        return true;
    }
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
