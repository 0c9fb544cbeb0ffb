//! What a number counts or measures, and out of what.

use super::Found;
use super::bound::before_phrase_at;
use super::fate::state;
use crate::document::{Tag, Token, VerbForm};
use crate::number;
use crate::role::{self, Role, Words};
use crate::tables;
use rapporteur_model::Of;
use std::sync::LazyLock;

/// Reads what stands after the number: unit, whole, "wounded".
pub(super) fn unit_and_whole(w: Words<'_>, found: &mut Found, dated: &[bool]) {
    let mut next = found.to;
    if let Some(to) = percent(w, next) {
        found.to = to;
        let of = w.is(to, Role::Of).then(|| whole(w, to + 1)).flatten();
        found.unit = Some(match &of {
            Some((whole, _)) => format!("% of {whole}"),
            None => "%".to_string(),
        });
        if let Some((whole, to)) = of {
            found.to = to;
            found.of = Some(Of::Words(whole));
        }
        return;
    }
    // "160 of 407 districts", "9 out of 10", "two of the bombs", "7,000 of their prisoners"
    let out = usize::from(w.is(next, Role::Out));
    if w.is(next + out, Role::Of) {
        let mut inner = next + out + 1;
        while w.get(inner).is_some_and(|t| {
            matches!(t.tag, Tag::Det | Tag::Part) || t.tag == Tag::Pron && !t.is_capitalised()
        }) {
            inner += 1;
        }
        // "21 of the more than 200 pupils"
        if let Some((_, to)) = before_phrase_at(w, inner) {
            inner = to;
        }
        if let Some((value, end)) = number::cardinal(w.tokens, w.roles, inner, w.end)
            && value >= found.low
            && !dated.get(inner).copied().unwrap_or(false)
        {
            found.of = Some(Of::Number(value));
            found.to = end;
            if let Some((head, to)) = noun_phrase(w, end, true) {
                found.unit = Some(unit_of(w, end, head));
                found.to = to;
            }
            return;
        }
        // "four of the group's men": of men.
        let mut phrase = noun_phrase(w, inner, true);
        if let Some((_, to)) = phrase
            && w.is(to, Role::Possessive)
            && let Some(owned) = noun_phrase(w, to + 1, true)
        {
            (inner, phrase) = (to + 1, Some(owned));
        }
        if let Some((head, to)) = phrase {
            found.unit = Some(unit_of(w, inner, head));
            found.to = to;
        }
        return;
    }
    while w.is(next, Role::More) {
        next += 1;
    }
    // "20 wounded", "five dead", "12 killed": not "20 wounded soldiers".
    if let Some(fate) = state(w, next)
        && !matches!(
            w.tag(next + 1),
            Some(Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Det)
        )
    {
        found.unit = w.get(next).map(|t| t.lower.clone());
        found.fate = Some(fate.to_string());
        found.to = next + 1;
        return;
    }
    if let Some((unit, to)) = letter_unit(w, next) {
        (found.unit, found.to) = (Some(unit), to);
        return;
    }
    let many = found.low != 1.0 || found.high != Some(1.0);
    if let Some((head, to)) = noun_phrase(w, next, many)
        && !dated.get(head).copied().unwrap_or(false)
    {
        found.unit = Some(unit_of(w, next, head));
        found.to = to;
        degrees(w, found, head);
        return;
    }
    // "3 international and 3 local officers": the noun is said once.
    let adjective = w.tag(next) == Some(Tag::Adj) && next > found.after.saturating_sub(1);
    if adjective
        && w.tag(next + 1) == Some(Tag::Cconj)
        && let Some((_, end)) = number::cardinal(w.tokens, w.roles, next + 2, w.end)
        && let Some((head, _)) = noun_phrase(w, end, many)
    {
        found.unit = w
            .get(head)
            .map(|noun| format!("{} {}", w.text(next), head_singular(noun)));
        found.to = next + 1;
    }
}

/// "500 degrees Celsius", "12 degrees C".
fn degrees(w: Words<'_>, found: &mut Found, head: usize) {
    let scale = w.is(head, Role::Degree) && w.is(head + 1, Role::DegreeScale);
    // "C" is a letter of its own; "celsius" is none.
    let sure = |t: &Token<'_>| t.is_capitalised() || t.text.len() > 1;
    if scale && w.get(head + 1).is_some_and(sure) {
        let unit = w.get(head).map(head_singular).unwrap_or_default();
        let letter = w.text(head + 1).trim_end_matches('.');
        found.unit = Some(format!("{unit} {letter}"));
        found.to = head + 2;
    }
}

/// A measure of one letter, in its own case and before nothing that it could belong to: "12 V", "3 t", "5 °C".
fn letter_unit(w: Words<'_>, at: usize) -> Option<(String, usize)> {
    let digits = w.before(at)?.text.ends_with(|c: char| c.is_ascii_digit());
    let degree = w.text(at) == "°";
    let letter = at + usize::from(degree);
    let scale = w.is(letter, Role::DegreeScale) && w.get(letter).is_some_and(Token::is_capitalised);
    if degree {
        let name = if scale {
            w.text(letter).trim_end_matches('.')
        } else {
            ""
        };
        return Some((format!("°{name}"), at + 1 + usize::from(scale)));
    }
    let known = LETTERS.contains(w.text(at)) && digits;
    let ends = !matches!(
        w.tag(at + 1),
        Some(Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Verb)
    ) && w.text(at + 1) != "-";
    (known && ends).then(|| (w.text(at).to_string(), at + 1))
}

/// The signs of measures that are one letter.
static LETTERS: LazyLock<tables::Set> =
    LazyLock::new(|| tables::lines(include_str!("../../data/en/measure_letters.txt")).collect());

/// Takes in what a figure is per: "per barrel", "a month", "/h".
pub(super) fn rate(w: Words<'_>, found: &mut Found, measured: bool) {
    let Some(unit) = &mut found.unit else {
        return;
    };
    let at = found.to;
    let unspaced = |at: usize| w.get(at).is_some_and(|t| !t.spaced);
    if measured && w.text(at) == "/" && unspaced(at) && unspaced(at + 1) {
        unit.push('/');
        unit.push_str(&w.text(at + 1).to_lowercase());
        found.to = at + 2;
        return;
    }
    let said = w.is(at, Role::Per) && !w.is(at + 1, Role::Cent);
    // "20 kWh per 100 km"
    if said
        && let Some((many, end)) = number::cardinal(w.tokens, w.roles, at + 1, w.end)
        && let Some((head, to)) = noun_phrase(w, end, true)
    {
        unit.push_str(&format!(" per {many} {}", unit_of(w, end, head)));
        found.to = to;
        return;
    }
    // "a month", and not "a month ago".
    let since = w.is(at + 2, Role::Back) || w.is(at + 2, Role::Relative);
    let of_one = w.is(at + 1, Role::Unit)
        || w.is(at + 1, Role::Measure)
        || is_money(unit) && w.is(at + 1, Role::Apiece);
    let article = measured && w.is(at, Role::Indefinite) && of_one && !since;
    if !said && !article {
        return;
    }
    let mut head = at + 1;
    while w.is(head, Role::MeasurePrefix) {
        head += 1;
    }
    let Some(noun) = w
        .get(head)
        .filter(|t| matches!(t.tag, Tag::Noun | Tag::Propn))
    else {
        return;
    };
    unit.push_str(" per ");
    for prefix in at + 1..head {
        unit.push_str(w.text(prefix));
        unit.push(' ');
    }
    unit.push_str(&head_singular(noun));
    found.to = head + 1;
}

/// The measure at a number's end: "70km", "640bhp", "5pc".
pub(super) fn attached(text: &str) -> Option<String> {
    let cut = text
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| text.find(|c: char| c.is_ascii_alphabetic()))??;
    number::digits(&text[..cut])?;
    // "1080p", "5G"; "5g" is a weight.
    let named = role::value(role::of_word(&text.to_lowercase()), Role::NoMeasure).is_some();
    if named && !text.ends_with('g') {
        return None;
    }
    let letters = text.get(cut..)?.to_lowercase();
    let roles = role::of_word(&letters);
    let is = |role| role::value(roles, role).is_some();
    if is(Role::Percent) {
        return Some("%".to_string());
    }
    let other = is(Role::OrdinalEnding) || is(Role::Clock) || is(Role::ScaleSuffix);
    let unknown =
        letters.len() > 1 && letters.len() < 5 && letters.bytes().all(|b| b.is_ascii_alphabetic());
    (is(Role::Measure) || unknown && !other).then_some(letters)
}

static CURRENCIES: LazyLock<tables::Table<&'static str>> =
    LazyLock::new(|| tables::rows(include_str!("../../data/en/currencies.tsv")).collect());

pub(super) fn currency(sign: &str) -> Option<&'static str> {
    CURRENCIES.get(sign).copied()
}

/// Is the unit, or what it is before "per", money that has a sign?
pub(super) fn is_money(unit: &str) -> bool {
    let unit = unit.split(" per ").next().unwrap_or(unit);
    CURRENCIES.values().any(|money| *money == unit)
}

/// A word of a measure, or one that begins with it and a hyphen: "barrel-a-day", "year-old".
pub(super) fn is_measure(w: Words<'_>, at: usize) -> bool {
    w.is(at, Role::Measure) || is_hyphened_measure(w, at)
}

fn is_hyphened_measure(w: Words<'_>, at: usize) -> bool {
    let Some((first, rest)) = w.get(at).and_then(|token| token.lower.split_once('-')) else {
        return false;
    };
    let is = |word: &str, role| role::value(role::of_word(word), role).is_some();
    let second = rest.split('-').next().unwrap_or(rest);
    is(first, Role::Measure) && (is(second, Role::Indefinite) || is(rest, Role::Old))
}

/// The token after "%", "percent", "per cent", "percent-owned".
pub(super) fn percent(w: Words<'_>, at: usize) -> Option<usize> {
    let hyphened = || {
        let (first, _) = w.get(at)?.lower.split_once('-')?;
        role::value(role::of_word(first), Role::Percent)
    };
    if w.is(at, Role::Percent) || hyphened().is_some() {
        return Some(at + 1);
    }
    (w.is(at, Role::Per) && w.is(at + 1, Role::Cent)).then_some(at + 2)
}

/// The noun phrase that names a whole, as printed, and the token after it: "the country", "Velka's
/// voters", "them".
pub(super) fn whole(w: Words<'_>, at: usize) -> Option<(String, usize)> {
    let mut to = at;
    let mut noun = None;
    while let Some(token) = w.get(to) {
        let inside = match token.tag {
            Tag::Det | Tag::Adj | Tag::Num => noun.is_none(),
            Tag::Pron => to == at,
            Tag::Noun | Tag::Propn => true,
            Tag::Part => w.is(to, Role::Possessive),
            _ => false,
        };
        if !inside {
            break;
        }
        if matches!(token.tag, Tag::Noun | Tag::Propn | Tag::Pron) {
            noun = Some(to);
        }
        if token.tag == Tag::Part {
            noun = None;
        }
        to += 1;
        if noun.is_some() && w.is_plural(to - 1) {
            break;
        }
    }
    let to = noun? + 1;
    let words: Vec<&str> = (at..to).map(|at| w.text(at)).collect();
    let mut printed = String::new();
    for (place, word) in words.iter().enumerate() {
        if place > 0 && w.get(at + place).is_some_and(|t| t.spaced) {
            printed.push(' ');
        }
        printed.push_str(word);
    }
    Some((printed, to))
}

/// The head of the noun phrase that begins here, and the token after it: adjectives and nouns up to
/// the last noun. A plural, or a measure, ends it where `many` are counted.
pub(super) fn noun_phrase(w: Words<'_>, at: usize, many: bool) -> Option<(usize, usize)> {
    let mut to = at;
    let mut head = None;
    while let Some(token) = w.get(to) {
        if to > at && (w.is(to, Role::Weekday) || w.is(to, Role::Deictic)) {
            break;
        }
        if head.is_none() && w.is(to, Role::MeasurePrefix) {
            to += 1;
            continue;
        }
        if w.is(to, Role::Measure) && token.tag != Tag::Adp || is_hyphened_measure(w, to) {
            head = Some(to);
            break;
        }
        // "20 children ages 6 and 7"
        let ages = matches!(&*token.lower, "ages" | "aged") && w.tag(to + 1) == Some(Tag::Num);
        if head.is_some() && ages {
            break;
        }
        // "two new 737 jets"
        let named = |at| matches!(w.tag(at), Some(Tag::Noun | Tag::Propn));
        if to > at && head.is_none() && token.tag == Tag::Num && named(to + 1) {
            to += 1;
            continue;
        }
        match token.tag {
            // "one bomb hit the school"
            Tag::Noun
                if crate::lemma::verb_form(&token.lower)
                    .is_some_and(|form| head.is_some() || form == VerbForm::Ing)
                    && matches!(w.tag(to + 1), Some(Tag::Det | Tag::Num | Tag::Pron)) =>
            {
                break;
            }
            Tag::Noun | Tag::Propn => head = Some(to),
            Tag::Adj => {}
            // "five bombing raids", "two wounded soldiers", "ten captured tanks"
            Tag::Verb
                if matches!(
                    token.form,
                    Some(VerbForm::Ing | VerbForm::Past | VerbForm::Participle)
                ) && head.is_none()
                    && matches!(w.tag(to + 1), Some(Tag::Noun | Tag::Adj | Tag::Propn)) => {}
            _ => break,
        }
        to += 1;
        let more_plural = w.is_plural(to) && !w.is(to, Role::Unit);
        if many && w.is_plural(to - 1) && !more_plural {
            break;
        }
    }
    // "30,000 Velkan have fled": the name of a people, said as an adjective.
    let head = head.or_else(|| {
        let last = to.checked_sub(1).filter(|last| *last >= at)?;
        let capital = w.get(last)?.is_capitalised();
        (capital && w.tag(last) == Some(Tag::Adj)).then_some(last)
    })?;
    Some((head, head + 1))
}

/// The unit as printed, its head in the singular.
pub(super) fn unit_of(w: Words<'_>, from: usize, head: usize) -> String {
    let mut unit = String::new();
    for at in from..head {
        if w.is(at, Role::More) {
            continue;
        }
        unit.push_str(w.text(at));
        if w.get(at + 1).is_some_and(|t| t.spaced) {
            unit.push(' ');
        }
    }
    unit + &w.get(head).map(head_singular).unwrap_or_default()
}

pub(super) fn head_singular(token: &Token<'_>) -> String {
    match token.tag {
        Tag::Noun => singular(&token.lower),
        _ => token.text.to_string(),
    }
}

pub(super) fn singular(lower: &str) -> String {
    let person = |word: &str| {
        (role::value(role::of_word(word), Role::People).is_some())
            .then(people)
            .flatten()
    };
    person(lower).map_or_else(|| crate::lemma::noun_lemma(lower), str::to_string)
}

/// What one of those is called who are counted without a noun.
pub(super) fn people() -> Option<&'static str> {
    tables::rows(include_str!("../../data/en/figures.tsv"))
        .find(|(role, _)| *role == "people")
        .and_then(|(_, rest)| rest.split([' ', '\t']).next_back())
}

/// "member of the guard", and where it ends: a unit that says nothing without what the words after it name.
pub(super) fn with_body(w: Words<'_>, unit: Option<String>, to: usize) -> (Option<String>, usize) {
    /// How many words the body's name may have.
    const BODY: usize = 8;
    let bare = unit
        .as_deref()
        .is_some_and(|unit| role::value(role::of_word(unit), Role::MemberOf).is_some());
    if !bare || !w.is(to, Role::Of) {
        return (unit, to);
    }
    let named = |at: &usize| {
        w.get(*at).is_some_and(|t| {
            matches!(t.tag, Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn) && t.form.is_none()
        })
    };
    let end = (to + 1..w.end.min(to + 1 + BODY)).take_while(named).last();
    let Some(end) = end.map(|last| last + 1) else {
        return (unit, to);
    };
    let mut words = unit.unwrap_or_default();
    for at in to..end {
        words.push(' ');
        words.push_str(w.text(at));
    }
    (Some(words), end)
}
