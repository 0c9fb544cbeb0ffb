//! Numbers that count or measure something, with their bounds, units and what became of those
//! counted.

mod change;
#[cfg(test)]
mod tests;

pub use change::{Change, changes};

use crate::document::{Document, Tag, Token, VerbForm};
use crate::number::{self, Number};
use crate::role::{self, Role, Words};
use crate::tables;
use rapporteur_model::{Comparator, Figure, Form, Of, Span, Time};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Every figure, in order. Dates, times of day, ages, ordinals, scores and numbers that are names
/// ("Resolution 12") are none, and neither is a bare number that nothing says is of anything.
pub(crate) fn find(document: &Document<'_>) -> Vec<Figure> {
    let roles = role::of_tokens(&document.tokens);
    let dated = tokens_of_dates(document);
    let mut figures = Vec::new();
    for sentence in &document.sentences {
        let words = Words::of(document, &roles, sentence);
        let mut found = in_sentence(words, &dated);
        share(words, &mut found);
        let as_of = as_of(document, words);
        figures.extend(found.into_iter().filter_map(|f| {
            let bounded = f.from < f.number || f.high.is_none();
            let keep = f.unit.is_some() || bounded || f.fate.is_some();
            let from = f.from;
            keep.then(|| Figure {
                span: document.span(from..f.to),
                low: Some(f.low),
                high: f.high,
                comparator: f.comparator,
                unit: f.unit,
                of: f.of,
                fate: f.fate,
                as_of: as_of.clone(),
            })
        }));
    }
    figures
}

/// A figure and its tokens, before the words around it are asked.
struct Found {
    from: usize,
    /// The first token of the number itself.
    number: usize,
    /// The token after the number.
    after: usize,
    to: usize,
    low: f64,
    high: Option<f64>,
    comparator: Comparator,
    unit: Option<String>,
    of: Option<Of>,
    fate: Option<String>,
}

/// Which tokens stand in a date. Measured times ("two weeks earlier") are counted as figures too.
fn tokens_of_dates(document: &Document<'_>) -> Vec<bool> {
    let mut dated = vec![false; document.tokens.len()];
    for time in &document.times {
        if matches!(time.form, Form::Vague) {
            continue;
        }
        for at in document.tokens_in(time.span) {
            dated[at] = true;
        }
    }
    dated
}

fn in_sentence(w: Words<'_>, dated: &[bool]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = w.start;
    while at < w.end {
        let next = if dated[at] {
            None
        } else {
            figure(w, at, dated)
        };
        match next {
            Some(figure) => {
                at = figure.to.max(at + 1);
                found.push(figure);
            }
            None => at += 1,
        }
    }
    found
}

fn figure(w: Words<'_>, at: usize, dated: &[bool]) -> Option<Found> {
    let text = w.text(at);
    // Most words are none of a number's.
    if w.roles.get(at)?.is_empty()
        && !text.contains(|c: char| c.is_ascii_digit())
        && !text.contains('-')
    {
        return None;
    }
    share_of_whole(w, at)
        .or_else(|| compound(w, at))
        .or_else(|| none(w, at))
        .or_else(|| counted(w, at, dated))
}

/// "three-month", "24-hour", "a 200-student schoolhouse".
fn compound(w: Words<'_>, at: usize) -> Option<Found> {
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

/// "no casualties", "no soldiers": none of a thing that comes to harm.
fn none(w: Words<'_>, at: usize) -> Option<Found> {
    w.value(at, Role::None)?;
    // "no dead or wounded"
    if let Some(fate) = state(w, at + 1)
        && !matches!(w.tag(at + 2), Some(Tag::Noun | Tag::Propn))
    {
        return Some(Found {
            from: at,
            number: at,
            after: at + 1,
            to: at + 2,
            low: 0.0,
            high: Some(0.0),
            comparator: Comparator::Equal,
            unit: w.get(at + 1).map(|t| t.lower.clone()),
            of: None,
            fate: Some(fate.to_string()),
        });
    }
    let (head, to) = noun_phrase(w, at + 1, true)?;
    w.is(head, Role::Casualty).then(|| Found {
        from: at,
        number: at,
        after: at + 1,
        to,
        low: 0.0,
        high: Some(0.0),
        comparator: Comparator::Equal,
        unit: Some(unit_of(w, at + 1, head)),
        of: None,
        fate: None,
    })
}

/// "half of the country", "a third of voters", "two thirds of its members", "half the country": as
/// percentages of it.
fn share_of_whole(w: Words<'_>, at: usize) -> Option<Found> {
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

/// A number with what it counts or measures.
fn counted(w: Words<'_>, at: usize, dated: &[bool]) -> Option<Found> {
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
    if let Some((sign, to)) = phrase_at(w, next, after_table()) {
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
        && let Some((sign, to)) = phrase_at(w, found.to, after_table())
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
fn lettered_money(w: Words<'_>, at: usize, signed: bool) -> Option<(&'static str, Number)> {
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

/// Takes in what a figure is per: "per barrel", "a month", "/h".
fn rate(w: Words<'_>, found: &mut Found, measured: bool) {
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
    // "a month", and not "a month ago".
    let since = w.is(at + 2, Role::Back) || w.is(at + 2, Role::Relative);
    let article = measured && w.is(at, Role::Indefinite) && w.is(at + 1, Role::Unit) && !since;
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

/// The lower bound of a hyphenated range ("10-12"), and the number; where there is none, the number's
/// own.
fn low_and_number(w: Words<'_>, at: usize) -> Option<(f64, Number)> {
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

/// The measure at a number's end: "70km", "640bhp", "5pc".
fn attached(text: &str) -> Option<String> {
    let cut = text
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| text.find(|c: char| c.is_ascii_alphabetic()))??;
    number::digits(&text[..cut])?;
    let letters = text[cut..].to_lowercase();
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

fn currency(sign: &str) -> Option<&'static str> {
    static TABLE: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| tables::rows(include_str!("../data/en/currencies.tsv")).collect());
    TABLE.get(sign).copied()
}

/// A number that names and does not count: "Resolution 12", "at 3 p.m.", "the 2018 review", an age.
fn is_part_of_name(w: Words<'_>, at: usize, end: usize) -> bool {
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
fn is_year(text: &str) -> bool {
    text.len() == 4 && number::digits(text).is_some_and(|value| (1500.0..=2100.0).contains(&value))
}

/// A bare number that is more likely an age, a score, a list's or a year's: without a unit and
/// without a bound.
fn is_label(w: Words<'_>, found: &Found) -> bool {
    let year = is_year(w.text(found.number));
    let comma = |at: usize| matches!(w.text(at), "," | "(" | ")");
    let aside = found.number > w.start && comma(found.number - 1) && comma(found.after);
    let opens = found.number == w.start && matches!(w.text(found.after), "." | ")" | ":");
    year || aside || opens
}

/// "one soldier"; not "one of them", "one another", "the one", "on the one hand".
fn is_count_of_one(w: Words<'_>, found: &Found) -> bool {
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

/// Reads what stands after the number: unit, whole, "wounded".
fn unit_and_whole(w: Words<'_>, found: &mut Found, dated: &[bool]) {
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
        if let Some((_, to)) = phrase_at(w, inner, before_table()) {
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
        if let Some((head, to)) = noun_phrase(w, inner, true) {
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
            Some(Tag::Noun | Tag::Adj | Tag::Num | Tag::Det)
        )
    {
        found.unit = w.get(next).map(|t| t.lower.clone());
        found.fate = Some(fate.to_string());
        found.to = next + 1;
        return;
    }
    let many = found.low != 1.0 || found.high != Some(1.0);
    if let Some((head, to)) = noun_phrase(w, next, many)
        && !dated.get(head).copied().unwrap_or(false)
    {
        found.unit = Some(unit_of(w, next, head));
        found.to = to;
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

/// The token after "%", "percent", "per cent".
fn percent(w: Words<'_>, at: usize) -> Option<usize> {
    if w.is(at, Role::Percent) {
        return Some(at + 1);
    }
    (w.is(at, Role::Per) && w.is(at + 1, Role::Cent)).then_some(at + 2)
}

/// The noun phrase that names a whole, as printed, and the token after it: "the country", "Velka's
/// voters", "them".
fn whole(w: Words<'_>, at: usize) -> Option<(String, usize)> {
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
fn noun_phrase(w: Words<'_>, at: usize, many: bool) -> Option<(usize, usize)> {
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
        if w.is(to, Role::Measure) && token.tag != Tag::Adp {
            head = Some(to);
            break;
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
                    && matches!(w.tag(to + 1), Some(Tag::Noun | Tag::Adj)) => {}
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
fn unit_of(w: Words<'_>, from: usize, head: usize) -> String {
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

fn head_singular(token: &Token<'_>) -> String {
    match token.tag {
        Tag::Noun => singular(&token.lower),
        _ => token.text.to_string(),
    }
}

fn singular(lower: &str) -> String {
    let person = |word: &str| {
        (role::value(role::of_word(word), Role::People).is_some())
            .then(people)
            .flatten()
    };
    person(lower).map_or_else(|| crate::lemma::noun_lemma(lower), str::to_string)
}

/// What one of those is called who are counted without a noun.
fn people() -> Option<&'static str> {
    tables::rows(include_str!("../data/en/figures.tsv"))
        .find(|(role, _)| *role == "people")
        .and_then(|(_, rest)| rest.split([' ', '\t']).next_back())
}

type Phrases = Vec<(Comparator, Vec<&'static str>)>;

fn phrases(side: &str) -> Phrases {
    let mut phrases: Phrases = tables::rows(include_str!("../data/en/comparators.tsv"))
        .filter(|(place, _)| *place == side)
        .filter_map(|(_, rest)| {
            let (sign, words) = rest.split_once('\t')?;
            Some((signed(sign)?, words.split(' ').collect()))
        })
        .collect();
    phrases.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
    phrases
}

fn signed(sign: &str) -> Option<Comparator> {
    [
        Comparator::Equal,
        Comparator::More,
        Comparator::AtLeast,
        Comparator::Less,
        Comparator::AtMost,
        Comparator::About,
        Comparator::Almost,
    ]
    .into_iter()
    .find(|c| c.sign() == sign)
}

fn before_table() -> &'static Phrases {
    static TABLE: LazyLock<Phrases> = LazyLock::new(|| phrases("before"));
    &TABLE
}

fn after_table() -> &'static Phrases {
    static TABLE: LazyLock<Phrases> = LazyLock::new(|| phrases("after"));
    &TABLE
}

/// The longest phrase that begins here.
fn phrase_at(w: Words<'_>, at: usize, table: &Phrases) -> Option<(Comparator, usize)> {
    w.get(at)?;
    table
        .iter()
        .find(|(_, words)| {
            words
                .iter()
                .enumerate()
                .all(|(n, word)| w.get(at + n).is_some_and(|t| t.lower == *word))
        })
        .map(|(sign, words)| (*sign, at + words.len()))
}

/// What bounds the number that begins here, and where the words for it begin.
fn before(w: Words<'_>, at: usize) -> (Comparator, usize) {
    let ends_here = |words: &[&str]| {
        words.len() <= at - w.start
            && words
                .iter()
                .enumerate()
                .all(|(n, word)| w.tokens[at - words.len() + n].lower == *word)
    };
    let found = before_table().iter().find(|(_, words)| ends_here(words));
    match found {
        Some((sign, words)) => {
            let from = at - words.len();
            // "talks about two prisoners"
            let topic =
                words.len() == 1 && *sign == Comparator::About && w.follows(from, Role::Topic);
            // "some of the 300" is no bound; "over" after "take" may be part of the verb.
            if topic {
                (Comparator::Equal, at)
            } else {
                (*sign, from)
            }
        }
        None => (Comparator::Equal, at),
    }
}

/// How a fate is said.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    Object,
    Subject,
    Noun,
    State,
    Toll,
}

fn fates() -> &'static BTreeMap<&'static str, Vec<(Said, &'static str)>> {
    static TABLE: LazyLock<BTreeMap<&str, Vec<(Said, &str)>>> = LazyLock::new(|| {
        let mut table: BTreeMap<&str, Vec<(Said, &str)>> = BTreeMap::new();
        for (fate, rest) in tables::rows(include_str!("../data/en/fates.tsv")) {
            let Some((said, words)) = rest.split_once('\t') else {
                continue;
            };
            let said = match said {
                "object" => Said::Object,
                "subject" => Said::Subject,
                "noun" => Said::Noun,
                "state" => Said::State,
                _ => Said::Toll,
            };
            for word in words.split(' ') {
                table.entry(word).or_default().push((said, fate));
            }
        }
        table
    });
    &TABLE
}

fn fate_of(word: &str, said: Said) -> Option<&'static str> {
    fates()
        .get(word)?
        .iter()
        .find(|(s, _)| *s == said)
        .map(|(_, fate)| *fate)
}

fn state(w: Words<'_>, at: usize) -> Option<&'static str> {
    fate_of(&w.get(at)?.lower, Said::State)
}

/// Finds what became of those counted, and gives figures without a noun that of the figure before.
fn share(w: Words<'_>, found: &mut [Found]) {
    for at in 0..found.len() {
        if found[at].fate.is_none() {
            let (fate, unit) = fate(w, &found[at]);
            let figure = &mut found[at];
            figure.fate = fate.map(str::to_string);
            if figure.unit.is_none() {
                figure.unit = unit;
            }
        }
        let (before, rest) = found.split_at_mut(at);
        let (Some(last), Some(figure)) = (before.last(), rest.first_mut()) else {
            continue;
        };
        // "killed 12 soldiers and three civilians", "12 people in Velka and eight in Lenn"
        let joined = figure.from > last.to
            && (w.tag(figure.from - 1) == Some(Tag::Cconj) || w.text(figure.from - 1) == ",");
        let verbs = (last.to..figure.from).any(|at| w.tag(at) == Some(Tag::Verb));
        if !joined || verbs || figure.from - last.to > 6 {
            continue;
        }
        // "killed three people, and two houses burnt": what follows says what became of them.
        let own = matches!(w.tag(figure.to), Some(Tag::Verb | Tag::Aux | Tag::Adj));
        let near = figure.from - last.to <= 2 && !own;
        if figure.unit.is_none() && matches!(w.tag(figure.after), Some(Tag::Adp)) {
            figure.unit.clone_from(&last.unit);
            figure.fate.clone_from(&last.fate);
        } else if near && figure.fate.is_none() {
            let person = figure
                .unit
                .as_deref()
                .is_some_and(|unit| !unit.starts_with('%'));
            if person {
                figure.fate.clone_from(&last.fate);
            }
        }
    }
    for figure in found {
        // Money and miles come to no harm: "losses of millions of dollars".
        let measure = figure
            .to
            .checked_sub(1)
            .is_some_and(|last| w.is(last, Role::Measure));
        if measure
            || figure
                .unit
                .as_deref()
                .is_some_and(|unit| unit.starts_with('%'))
        {
            figure.fate = None;
        }
        if figure.unit.is_none() && figure.fate.is_some() {
            figure.unit = people().map(str::to_string);
        }
    }
}

/// The fate that the words around say, and the unit that they give a number without a noun.
fn fate(w: Words<'_>, figure: &Found) -> (Option<&'static str>, Option<String>) {
    // "12 deaths", "three wounded soldiers"
    for at in figure.after..figure.to {
        let Some(token) = w.get(at) else { break };
        let noun = token.tag == Tag::Noun && fate_of(&token.lemma, Said::Noun).is_some();
        if let Some(fate) = state(w, at).or(fate_of(&token.lemma, Said::Noun).filter(|_| noun)) {
            return (Some(fate), None);
        }
    }
    if let Some(fate) = as_object(w, figure) {
        return (Some(fate), None);
    }
    as_subject(w, figure)
}

/// "killed seven", "the release of 7,000", "the death toll rose to 12".
fn as_object(w: Words<'_>, figure: &Found) -> Option<&'static str> {
    let mut at = figure.from;
    while at > w.start {
        at -= 1;
        let token = w.get(at)?;
        // ", killing 12": tagged as a noun where no auxiliary is near.
        if token.tag == Tag::Noun
            && crate::lemma::verb_form(&token.lower) == Some(VerbForm::Ing)
            && let Some(verb) = crate::lemma::verb_lemma(&token.lower)
            && let Some(fate) = fate_of(&verb, Said::Object)
        {
            return Some(fate);
        }
        if token.tag == Tag::Verb {
            let passive = at > w.start
                && token.form == Some(VerbForm::Participle)
                && (w.is(at - 1, Role::PastBe) || w.is(at - 1, Role::Be));
            if let Some(fate) = fate_of(&token.lemma, Said::Object) {
                return (!passive && at + 3 >= figure.from).then_some(fate);
            }
            // "rose to", "stands at": what rose?
            return (w.start..at)
                .rev()
                .take(8)
                .find_map(|at| fate_of(&w.get(at)?.lower, Said::Toll));
        }
        if w.is(at, Role::Of) || w.is(at, Role::Between) {
            let of_noun = at > w.start
                && w.get(at - 1)
                    .is_some_and(|t| t.tag == Tag::Noun || t.form == Some(VerbForm::Ing));
            if of_noun {
                let noun = w.get(at - 1)?;
                let said = fate_of(&crate::lemma::noun_lemma(&noun.lower), Said::Noun)
                    .or(fate_of(&noun.lower, Said::Noun))
                    .or(fate_of(&noun.lower, Said::Toll));
                if said.is_some() {
                    return said;
                }
            }
            return None;
        }
        // "shot dead 12"
        if let Some(fate) = state(w, at)
            && at + 2 >= figure.from
            && w.tag(at) == Some(Tag::Adj)
            && at > w.start
            && w.tag(at - 1) == Some(Tag::Verb)
        {
            return Some(fate);
        }
        if let Some(fate) = fate_of(&token.lower, Said::Toll)
            && at + 3 >= figure.from
        {
            return Some(fate);
        }
        let near = matches!(
            token.tag,
            Tag::Adv | Tag::Adj | Tag::Det | Tag::Num | Tag::Part
        ) || w.is(at, Role::Infinitive);
        if !near {
            return None;
        }
    }
    None
}

/// "12 people were killed", "seven died", "20 were wounded", "12 soldiers killed in the attack".
fn as_subject(w: Words<'_>, figure: &Found) -> (Option<&'static str>, Option<String>) {
    let mut at = figure.to;
    let mut passive = false;
    let mut gap = 0;
    while let Some(token) = w.get(at) {
        match token.tag {
            Tag::Aux => passive |= w.is(at, Role::PastBe) || w.is(at, Role::Be),
            Tag::Verb => {
                let unit = Some(token.lower.clone());
                if passive && let Some(fate) = state(w, at) {
                    return (Some(fate), unit);
                }
                if let Some(fate) = fate_of(&token.lemma, Said::Subject) {
                    return (Some(fate), unit);
                }
                let object = matches!(
                    w.tag(at + 1),
                    Some(Tag::Det | Tag::Num | Tag::Propn | Tag::Noun | Tag::Pron)
                );
                let participle = matches!(token.form, Some(VerbForm::Past | VerbForm::Participle));
                let reduced = participle && !object && gap == 0;
                return match fate_of(&token.lemma, Said::Object) {
                    Some(fate) if participle && passive || reduced => (Some(fate), unit),
                    _ => (None, None),
                };
            }
            _ if passive && state(w, at).is_some() => {
                return (state(w, at), Some(token.lower.clone()));
            }
            // "left 12 people dead"
            Tag::Adj if gap == 0 && state(w, at).is_some() => {
                return (state(w, at), Some(token.lower.clone()));
            }
            // "the six people who died"
            Tag::Pron | Tag::Sconj if at == figure.to && w.is(at, Role::Relativiser) => {}
            // "12 people, among them two children, were killed"
            Tag::Punct if at == figure.to && token.text == "," => {
                let close = (at + 1..w.end.min(at + 14)).find(|at| w.text(*at) == ",");
                match close {
                    Some(close) if matches!(w.tag(close + 1), Some(Tag::Aux | Tag::Verb)) => {
                        at = close;
                    }
                    _ => return (None, None),
                }
            }
            Tag::Adp | Tag::Noun | Tag::Propn | Tag::Adj | Tag::Det | Tag::Adv | Tag::Num => {
                gap += usize::from(token.tag != Tag::Adv);
            }
            _ => return (None, None),
        }
        if gap > 8 {
            break;
        }
        at += 1;
    }
    (None, None)
}

/// "as of Friday": the time that the sentence's figures hold at.
fn as_of(document: &Document<'_>, w: Words<'_>) -> Option<Time> {
    let span = document.span(w.start..w.end);
    let Span { start, end } = span;
    let first = document.times.partition_point(|t| t.span.start < start);
    document
        .times
        .iter()
        .skip(first)
        .take_while(|t| t.span.start < end)
        .find(|time| {
            let at = document.tokens_in(time.span).start;
            at >= w.start + 2 && w.is(at - 1, Role::Of) && w.is(at - 2, Role::As)
        })
        .cloned()
}
