//! Numbers that name and do not count: "Resolution 12", "the 787 Dreamliner", "16 Mill Road", years, ages.

use super::Found;
use super::unit::{is_measure, noun_phrase, percent};
use crate::document::Tag;
use crate::number;
use crate::role::{Role, Words};

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
        || is_of_a_name(w, at)
    {
        return true;
    }
    if number::digits(text).is_none() || end > at + 1 {
        return false;
    }
    let measured = w.is_plural(end)
        || w.tag(end) == Some(Tag::Sym)
        || w.is(end, Role::Measure)
        || percent(w, end).is_some()
        || is_measured_range(w, end);
    if w.follows(at, Role::Numbering) {
        return !measured;
    }
    let name_before = w.before(at).is_some_and(|t| t.tag == Tag::Propn);
    if is_model(w, at, end, name_before) {
        return true;
    }
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

/// "the Sea of Lenn 120 to 150 miles away": does a range with a measure go on here?
fn is_measured_range(w: Words<'_>, at: usize) -> bool {
    let second = (w.is(at, Role::Range))
        .then(|| number::cardinal(w.tokens, w.roles, at + 1, w.end))
        .flatten();
    second.is_some_and(|(_, end)| w.is_plural(end) || w.is(end, Role::Measure))
}

/// "the 90049 ZIP code", "the Lenn 500 index", "the 787 Dreamliner", "Orlo 11 Pro": a number before one
/// thing, or within a name.
fn is_model(w: Words<'_>, at: usize, end: usize, name_before: bool) -> bool {
    let text = w.text(at);
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || text == "1" {
        return false;
    }
    let long = text.len() >= 3;
    let determined = w
        .before(at)
        .is_some_and(|t| matches!(t.tag, Tag::Det | Tag::Part));
    let Some(next) = w.get(end) else {
        return false;
    };
    if next.tag == Tag::Propn {
        let plural = next.lower.ends_with('s') || w.is_plural(end + 1);
        let fate = super::fate::state(w, end + 1).is_some();
        return !plural && !fate && (name_before || long && determined);
    }
    let Some((head, _)) = noun_phrase(w, end, true).filter(|_| long) else {
        return false;
    };
    let one = w.tag(head) == Some(Tag::Noun) && !w.is_plural(head);
    let counted = is_measure(w, head) || w.is(head, Role::People) || w.is(head, Role::Invariable);
    one && !counted && (determined || name_before)
}

/// "the Group of 20 summit", "the Gang of Four": a number that belongs to a name.
fn is_of_a_name(w: Words<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).filter(|at| *at >= w.start);
    let named = before(2).is_some_and(|at| w.tag(at) == Some(Tag::Propn));
    let plural = (at + 1..at + 4).any(|at| w.is_plural(at));
    named && before(1).is_some_and(|at| w.is(at, Role::Of)) && !plural
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

/// "one soldier", "one of the soldiers"; not "one of them", "one another", "the one", "on the one hand".
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
    // "one of the soldiers"; "one of the most …" is a way of praise.
    if w.is(at + 1, Role::Of) && !determined {
        let praised = (at + 2..found.to).any(|at| {
            let word = w.text(at);
            w.is(at, Role::Superlative) || word.len() > 4 && word.ends_with("est")
        });
        let many = found
            .to
            .checked_sub(1)
            .is_some_and(|last| w.is_plural(last));
        return many && found.to > at + 3 && !praised;
    }
    // "put one hand on it"; not "on one hand", "at one point".
    let led = w.before(at).is_some_and(|t| t.tag == Tag::Adp);
    if !led && !determined && w.is(at + 1, Role::OneIdiomLed) && found.to == at + 2 {
        return true;
    }
    // "one close to the school", "one designed to", "one hit a house"
    let noun = w.tag(at + 1) != Some(Tag::Noun)
        || w.get(at + 1)
            .is_some_and(|t| crate::lemma::verb_form(&t.lower).is_none_or(|_| found.to > at + 2));
    let idiom = w.is(at + 1, Role::OneIdiom) || led && w.is(at + 1, Role::OneIdiomLed);
    noun && found.unit.is_some() && !w.is(at + 1, Role::Of) && !idiom && !determined
        || found.after > at + 1
}
