//! Numbers in digits and words that count or measure something.

use super::Found;
use super::bound::{after_phrase_at, before, prefix_sign};
use super::label::{is_count_of_one, is_label, is_part_of_name};
use super::unit::{
    attached, currency, is_measure, noun_phrase, percent, rate, singular, unit_and_whole, unit_of,
};
use crate::document::{Tag, Token};
use crate::number::{self, Number};
use crate::role::{self, Role, Words};
use rapporteur_model::Comparator;

/// A number with what it counts or measures.
pub(super) fn counted(w: Words<'_>, at: usize, dated: &[bool]) -> Option<Found> {
    // "minus 5 degrees", "-5 degrees"
    if (w.is(at, Role::Minus) || is_sign(w, at)) && !w.is(at + 1, Role::Minus) {
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
    // "12 per 100,000 people"
    if per_so_many(w, &mut found) {
        return Some(found);
    }
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

/// A dash before digits that ends nothing: "-5°C", "fell −1.5%".
fn is_sign(w: Words<'_>, at: usize) -> bool {
    let digits = w.text(at + 1).starts_with(|c: char| c.is_ascii_digit());
    let dash = matches!(w.text(at), "-" | "\u{2212}" | "\u{2013}");
    let tied = w.get(at + 1).is_some_and(|t| !t.spaced);
    let apart = w.get(at).is_some_and(|t| t.spaced) || w.text(at.saturating_sub(1)) == "(";
    let range = w
        .text(at.saturating_sub(1))
        .ends_with(|c: char| c.is_ascii_digit());
    dash && digits && tied && apart && !range
}

/// Takes in of how many it is so many: "4.5 per 1,000", "12 per 100,000 people".
fn per_so_many(w: Words<'_>, found: &mut Found) -> bool {
    if found.is_money || !w.is(found.to, Role::Per) {
        return false;
    }
    let Some((many, end)) = number::cardinal(w.tokens, w.roles, found.to + 1, w.end) else {
        return false;
    };
    let noun = noun_phrase(w, end, true);
    let what = noun.map_or(String::new(), |(head, _)| {
        format!(" {}", unit_of(w, end, head))
    });
    found.unit = Some(format!("per {many}{what}"));
    found.to = noun.map_or(end, |(_, to)| to);
    true
}

/// A price or rate, without a unit: "was 3.65", "traded at 132.86"; or a level: "rose to 45", "hit 1,200".
fn stands_alone(w: Words<'_>, from: usize, number: usize) -> bool {
    let text = w.text(number);
    if from == w.start || number::digits(text).is_none() || w.follows(number, Role::Numbering) {
        return false;
    }
    let decimal = text.contains('.') && !text.ends_with('.');
    let version = w.before(from).is_some_and(|t| t.tag == Tag::Propn);
    if decimal {
        return !version;
    }
    let (to, at) = (w.follows(from, Role::Infinitive), w.follows(from, Role::At));
    let since = w.follows(from, Role::From);
    let verb = (from - 1).saturating_sub(usize::from(to || at || since));
    // "rose to 45", "down from 89"; "stood at 12"; "reached 1,200".
    let is = |role| {
        let verb_or_noun = matches!(role, Role::Up | Role::Down);
        (verb_or_noun || w.tag(verb) == Some(Tag::Verb)) && role::verb_is(w, verb, role)
    };
    // "sales of 1,500", "Population: 23,000"
    let said_of = w.follows(from, Role::Of) || w.text(from - 1) == ":";
    let noun = from.checked_sub(2).and_then(|at| w.get(at));
    // "the age of 18", "Number: 12"
    let names = |t: &Token<'_>| {
        let roles = role::of_word(&t.lemma);
        let is = |role| role::value(roles, role).is_some();
        is(Role::Age) || w.text(from - 1) == ":" && is(Role::Numbering)
    };
    if said_of {
        return noun.is_some_and(|t| t.tag == Tag::Noun && t.text.len() > 1 && !names(t));
    }
    match () {
        () if w.follows(from, Role::ByHowMuch) => moves(w, from),
        () if to || since => is(Role::Up) || is(Role::Down),
        () if at => is(Role::Standing),
        () => is(Role::Reaching),
    }
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
        .filter(|token| {
            let tied = w.get(at).is_some_and(|sign| !sign.spaced);
            // "A $5 house" is in any dollars.
            code.is_none() && sign.is_some() && (tied || (2..=3).contains(&token.text.len()))
        })
        .and_then(|token| currency(&format!("{}{}", token.text, w.text(at))));
    let sign = whole_sign.or(sign);
    let lettered = lettered_money(w, first, sign.is_some());
    let money = lettered.as_ref().map(|(unit, _)| *unit).or(sign);
    let (low, mut number) = match (number::money(w.text(first)), lettered) {
        (_, Some((_, number))) => (number.low, number),
        (Some((value, scale)), _) if money.is_some() || is_code(w, first + 1) => {
            let value = value * scale;
            (value, Number::exact(value, first + 1))
        }
        _ => low_and_number(w, first)?,
    };
    // "1,200€"
    let after_sign = (money.is_none() && w.get(number.end).is_some_and(|t| !t.spaced))
        .then(|| currency(w.text(number.end)))
        .flatten();
    // "200 EUR", "3.5m USD"
    let after_code = (money.is_none() && after_sign.is_none() && is_code(w, number.end))
        .then(|| currency(w.text(number.end)))
        .flatten();
    let after_sign = after_sign.or(after_code);
    number.end += usize::from(after_sign.is_some());
    Some(Amount {
        first,
        low,
        number,
        money: money.or(after_sign),
        begins_before: whole_sign.is_some(),
    })
}

/// The three letters of a currency.
fn is_code(w: Words<'_>, at: usize) -> bool {
    w.text(at).len() == 3 && currency(w.text(at)).is_some()
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
    // "fell 1.2p to 350p"
    let moved = |role| bound > w.start && role::verb_is(w, bound - 1, role);
    let attached = attached(w.text(first)).is_some() && w.is(joint, Role::Infinitive);
    let changes = w.follows(bound, Role::ByHowMuch) && own_unit
        || attached && (moved(Role::Up) || moved(Role::Down))
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
    if let Some(found) = ranged_compound(w, at).or_else(|| rated_compound(w, at)) {
        return Some(found);
    }
    let (value, rest) = number::compound(lower)?;
    let word = rest.split('-').next().unwrap_or(rest);
    let roles = role::of_word(word);
    let is = |role| role::value(roles, role).is_some();
    if is(Role::Percent) {
        return Some(exactly(w, at, at + 1, value, "%"));
    }
    let old = rest
        .split('-')
        .any(|part| role::value(role::of_word(part), Role::Old).is_some());
    if old
        || is(Role::In)
        || is(Role::Infinitive)
        || is(Role::CompoundIdiom)
        || is(Role::Month)
        || is(Role::Ordinal)
        || is(Role::Fractions)
    {
        return None;
    }
    Some(exactly(w, at, at + 1, value, word))
}

/// "a 5-to-10-year term", "10-or-12-hour days".
fn ranged_compound(w: Words<'_>, at: usize) -> Option<Found> {
    let mut parts = w.get(at)?.lower.splitn(4, '-');
    let (low, to, high, unit) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    role::value(role::of_word(to), Role::Range)?;
    let (low, high) = (number::word(low)?, number::word(high)?);
    let mut found = exactly(w, at, at + 1, high, unit.split('-').next()?);
    found.low = low;
    (low < high).then_some(found)
}

/// "a £300-a-week job", "an 80-mile-an-hour wind".
fn rated_compound(w: Words<'_>, at: usize) -> Option<Found> {
    let lower = &*w.get(at)?.lower;
    let (first, rest) = lower.split_once('-')?;
    let value = number::digits(first)?;
    let money = w
        .before(at)
        .filter(|_| w.get(at).is_some_and(|t| !t.spaced));
    let money = money.and_then(|sign| currency(sign.text));
    let (unit, rest) = match money {
        Some(money) => (money.to_string(), rest),
        None => {
            let (unit, rest) = rest.split_once('-')?;
            // "11-and-a-half"
            let joint = role::value(role::of_word(unit), Role::And).is_some();
            (!joint).then(|| (singular(unit), rest))?
        }
    };
    let (article, of) = rest.split_once('-')?;
    role::value(role::of_word(article), Role::Indefinite)?;
    let mut found = exactly(w, at, at + 1, value, &unit);
    if money.is_some() {
        let (comparator, from) = before(w, at - 1);
        (found.comparator, found.from, found.is_money) = (comparator, from, true);
    }
    found.unit = Some(format!("{unit} per {of}"));
    Some(found)
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
