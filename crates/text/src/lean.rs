//! Whether the words around a time look back or ahead.

use crate::document::{Tag, VerbForm};
use crate::role::{Role, Words};
use rapporteur_model::Lean;

/// Whether the clause around a time looks back or ahead: by the verb before it, or by the one after
/// it where the time opens its clause.
pub(crate) fn lean(w: Words<'_>, from: usize, to: usize) -> Lean {
    // "since June", "by September".
    let mut introduced = from;
    while introduced > w.start
        && matches!(
            w.tag(introduced - 1),
            Some(Tag::Adp | Tag::Det | Tag::Sconj)
        )
    {
        introduced -= 1;
    }
    if (introduced..=from).any(|at| w.is(at, Role::Since)) {
        return Lean::Past;
    }
    // "PORT LENN, July 14 (North Wire) -": a date line leans nowhere.
    if w.text(to) == "(" && w.before(from).is_some_and(|t| t.text == ",") {
        return Lean::Unknown;
    }
    let by = (introduced..from).any(|at| w.is(at, Role::By));
    let opens = introduced == w.start
        || w.before(introduced)
            .is_some_and(|t| t.is_punct() || t.tag == Tag::Cconj);
    let comma_after = w.text(to) == ",";
    let subject_after = matches!(w.tag(to), Some(Tag::Det | Tag::Propn | Tag::Pron));
    let at_start = introduced == w.start
        || w.before(introduced)
            .is_some_and(|t| matches!(t.text, "\u{201c}" | "\"" | "\u{2018}"));
    let ahead_first = at_start || opens && (comma_after || subject_after);
    let found = if ahead_first {
        verb_after(w, to).or_else(|| verb_before(w, from, by))
    } else {
        verb_before(w, from, by).or_else(|| verb_after(w, to))
    };
    match found {
        None if by => Lean::Future,
        Some(Lean::Unknown) if by => Lean::Future,
        found => found.unwrap_or_default(),
    }
}

/// How far a verb is looked for, in tokens: a list without one may be as long as its report.
const REACH: usize = 200;

fn verb_before(w: Words<'_>, from: usize, by: bool) -> Option<Lean> {
    let mut present = None;
    for at in (w.start..from).rev().take(REACH) {
        if w.text(at) == ";" {
            break;
        }
        match lean_of_verb(w, at, by) {
            // "the feast, which begins on July 20": a clause of its own, in the present.
            Some(Lean::Unknown) if w.tag(at.wrapping_sub(1)) == Some(Tag::Pron) => {
                return Some(Lean::Unknown);
            }
            Some(Lean::Unknown) => present = Some(Lean::Unknown),
            Some(lean) => return Some(lean),
            None => {}
        }
    }
    present
}

fn verb_after(w: Words<'_>, to: usize) -> Option<Lean> {
    (to..w.end).take(REACH).find_map(|at| {
        // An auxiliary is read with its verb.
        if w.tag(at) == Some(Tag::Aux)
            && (at + 1..w.end.min(at + 4)).any(|next| w.tag(next) == Some(Tag::Verb))
        {
            return None;
        }
        lean_of_verb(w, at, false)
    })
}

/// What a verb or auxiliary says; `None` where it has no tense of its own.
fn lean_of_verb(w: Words<'_>, at: usize, by: bool) -> Option<Lean> {
    let token = w.get(at)?;
    if !matches!(token.tag, Tag::Verb | Tag::Aux) {
        return None;
    }
    // The auxiliaries before it: "would not have been".
    let mut group = at;
    while group > w.start
        && matches!(w.tag(group - 1), Some(Tag::Aux | Tag::Adv | Tag::Part))
        && at - group < 6
    {
        group -= 1;
    }
    // "Will he be back on Friday?"
    if group == at
        && token.form == Some(VerbForm::Base)
        && w.text(w.end.saturating_sub(1)) == "?"
        && let Some(first) =
            (at.saturating_sub(5).max(w.start)..at).find(|at| w.tag(*at) == Some(Tag::Aux))
    {
        group = first;
    }
    let any = |role| (group..=at).any(|at| w.is(at, role));
    let prospective = w.is(at, Role::Prospective);
    if any(Role::Future) {
        return Some(Lean::Future);
    }
    if any(Role::Possible) {
        return Some(if any(Role::Have) {
            Lean::Past
        } else {
            Lean::Future
        });
    }
    let infinitive = (group..at)
        .rev()
        .find(|at| w.tag(*at) == Some(Tag::Part) && w.is(*at, Role::Infinitive));
    if let Some(particle) = infinitive.filter(|_| token.form == Some(VerbForm::Base)) {
        // "agreed to meet on Friday" looks ahead; "met to discuss … on Friday" does not.
        let governs = (particle.saturating_sub(3).max(w.start)..particle)
            .any(|at| w.is(at, Role::Prospective))
            || particle > w.start && w.is(particle - 1, Role::Be);
        return (governs || by).then_some(Lean::Future);
    }
    let past_be = any(Role::PastBe);
    match token.form {
        Some(VerbForm::Past) if token.tag == Tag::Verb => {
            if prospective && past_be {
                Some(Lean::Unknown)
            } else {
                Some(Lean::Past)
            }
        }
        Some(VerbForm::Participle) if token.tag == Tag::Verb => {
            if prospective && !any(Role::Have) {
                Some(if past_be { Lean::Unknown } else { Lean::Future })
            } else if any(Role::Be) && !any(Role::Have) && !past_be {
                Some(Lean::Unknown)
            } else {
                Some(Lean::Past)
            }
        }
        Some(VerbForm::Ing) if token.tag == Tag::Verb => {
            if past_be {
                Some(Lean::Past)
            } else if any(Role::Be) || prospective {
                Some(Lean::Future)
            } else {
                None
            }
        }
        Some(VerbForm::Past) => Some(Lean::Past),
        Some(VerbForm::Third | VerbForm::Base) => {
            let scheduled = w.is(at + 1, Role::Prospective);
            Some(if prospective || scheduled && token.tag == Tag::Aux {
                Lean::Future
            } else {
                Lean::Unknown
            })
        }
        _ => None,
    }
}
