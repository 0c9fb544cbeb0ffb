//! Shares said in words, as percentages: "half of the country", "one in three voters", "by a third".

use super::Found;
use super::bound::before;
use super::unit::whole;
use crate::document::Tag;
use crate::number;
use crate::role::{Role, Words};
use rapporteur_model::{Comparator, Of};

/// The share that begins here.
pub(super) fn portion(w: Words<'_>, at: usize) -> Option<Found> {
    one_in_so_many(w, at).or_else(|| {
        let (value, after) = fraction(w, at)?;
        of_a_whole(w, at, value, after).or_else(|| by_itself(w, at, value, after))
    })
}

/// "half", "a third", "two thirds", and the token after it.
fn fraction(w: Words<'_>, at: usize) -> Option<(f64, usize)> {
    if let Some(half) = w.real(at, Role::Half) {
        // "the second half of"
        let is_part = w.follows(at, Role::Ordinal) || w.follows(at, Role::Last);
        return (!is_part).then_some((half, at + 1));
    }
    if let Some(value) = w.real(at, Role::Fraction) {
        let said = w.follows(at, Role::Indefinite) || w.text(at).contains('-');
        return said.then_some((value, at + 1));
    }
    if let Some(value) = number::vulgar(w.text(at)).filter(|value| *value < 1.0) {
        return Some((value, at + 1));
    }
    let count = w.real(at, Role::Ones)?;
    Some((count * w.real(at + 1, Role::Fractions)?, at + 2))
}

/// "half of the country", "a third of voters", "half the country".
fn of_a_whole(w: Words<'_>, at: usize, value: f64, after: usize) -> Option<Found> {
    let of = w.is(after, Role::Of);
    let half_the =
        w.is(at, Role::Half) && (w.is(after, Role::Article) || w.tag(after) == Some(Tag::Pron));
    if !of && !half_the {
        return None;
    }
    let (whole, to) = whole(w, after + usize::from(of))?;
    Some(percent(w, at, after, to, value, Some(whole)))
}

/// "fell by a third", "half were women".
fn by_itself(w: Words<'_>, at: usize, value: f64, after: usize) -> Option<Found> {
    let first = at - usize::from(w.follows(at, Role::Indefinite));
    let ends = !matches!(
        w.tag(after),
        Some(Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Det | Tag::Sym | Tag::Pron)
    );
    let (comparator, from) = before(w, first);
    let moved = w.follows(from, Role::ByHowMuch) && ends;
    // "a third was killed" speaks of the third one, "the half was over" of a game's.
    let determined = w.before(from).is_some_and(|t| {
        matches!(
            t.tag,
            Tag::Det | Tag::Adj | Tag::Part | Tag::Propn | Tag::Num
        )
    });
    let subject = w.is(after, Role::Plural) && !determined;
    (moved || subject || ends && comparator != Comparator::Equal && w.is(at, Role::Half))
        .then(|| percent(w, at, after, after, value, None))
}

/// "one in three voters", "1 in every 5", "four in ten women", "one out of three".
fn one_in_so_many(w: Words<'_>, at: usize) -> Option<Found> {
    const LARGEST: f64 = 1_000_000.0;
    let (count, mut next) = number::cardinal(w.tokens, w.roles, at, w.end)?;
    let out = w.is(next, Role::Out) && w.is(next + 1, Role::Of);
    if !out && !w.is(next, Role::In) {
        return None;
    }
    next += 1 + usize::from(out);
    let each = w.is(next, Role::Each);
    next += usize::from(each);
    let (many, end) = number::cardinal(w.tokens, w.roles, next, w.end)?;
    let whole_numbers = count.fract() == 0.0 && many.fract() == 0.0 && count >= 1.0 && many > count;
    if !whole_numbers || many > LARGEST || super::label::is_year(w.text(next)) {
        return None;
    }
    // "three in four days", "3 out of 7 hostages"; "killed one in two attacks" counts as well.
    let round = many == 5.0 || [10.0, 100.0, 1000.0].contains(&many);
    let share = each || count == 1.0 || !out && (round || many < 10.0);
    let object = !each && w.before(at).is_some_and(|t| t.tag == Tag::Verb);
    let named = matches!(w.tag(end), Some(Tag::Noun | Tag::Propn | Tag::Adj));
    let of = named.then(|| whole(w, end)).flatten();
    if !share || object || w.is(end, Role::Measure) {
        return None;
    }
    let to = of.as_ref().map_or(end, |(_, to)| *to);
    Some(percent(
        w,
        at,
        end,
        to,
        count / many,
        of.map(|(whole, _)| whole),
    ))
}

/// The figure of a share.
fn percent(
    w: Words<'_>,
    at: usize,
    after: usize,
    to: usize,
    value: f64,
    whole: Option<String>,
) -> Found {
    let first = at - usize::from(w.follows(at, Role::Indefinite));
    let (comparator, from) = before(w, first);
    // "one in 10,000" is .01%.
    let places = if value < 0.01 { 1e6 } else { 1000.0 };
    let percent = (value * places).round() / (places / 100.0);
    let unit = match &whole {
        Some(whole) => format!("% of {whole}"),
        None => "%".to_string(),
    };
    Found {
        from,
        number: at,
        after,
        to,
        low: percent,
        high: Some(percent),
        comparator,
        unit: Some(unit),
        of: whole.map(Of::Words),
        fate: None,
        is_money: false,
        stands: false,
    }
}
