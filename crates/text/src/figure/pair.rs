//! Figures that belong together: "from 240 to 273 horses", "two metres (6.6 feet)".

use super::Found;
use super::fate::as_object;
use super::unit::{is_measure, people};
use crate::role::{Role, Words};
use rapporteur_model::Comparator;

/// Gives the two ends of a change one unit: "from 21 miles to 23", "from 240 to 273 horses". They are
/// figures even where neither has any.
pub(super) fn ends_of_change(w: Words<'_>, found: &mut [Found]) {
    const FARTHEST: usize = 12;
    for at in 1..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let (Some(first), Some(last)) = (before.last_mut(), rest.first_mut()) else {
            continue;
        };
        let near = last.from.saturating_sub(first.to) <= FARTHEST;
        let joined = w.follows(first.from, Role::From) && w.follows(last.from, Role::Range);
        if !near || !joined || w.text(last.from - 1) == "or" {
            continue;
        }
        if last.unit.is_none() {
            last.unit.clone_from(&first.unit);
        } else if first.unit.is_none() {
            first.unit.clone_from(&last.unit);
        }
        // "the toll rose from 30 to 45": 45 is what it is now.
        if last.fate.is_none()
            && let Some(fate) = as_object(w, first.from - 1)
        {
            last.fate = Some(fate.to_string());
            last.unit = last.unit.take().or_else(|| people().map(str::to_string));
        }
        (first.stands, last.stands) = (true, true);
    }
}

/// Gives the same measure in other units, which stands in brackets after it, its bound: "nearly two metres
/// (6.6 feet)", "at least 296 hp (224 kW / 300 PS)".
pub(super) fn in_brackets(w: Words<'_>, found: &mut [Found]) {
    for at in 1..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let (Some(first), Some(last)) = (before.last(), rest.first_mut()) else {
            continue;
        };
        if is_converted(w, first.to, last.from)
            && last.comparator == Comparator::Equal
            && last.unit.is_some()
            && (last.is_money || last.to > last.after && is_measure(w, last.to - 1))
        {
            last.comparator = first.comparator;
        }
    }
}

/// Does nothing but a bracket, or a stroke within it, stand between two figures?
pub(super) fn is_converted(w: Words<'_>, first_end: usize, last_start: usize) -> bool {
    let between = last_start == first_end + 1;
    let spaced = w.get(first_end).is_some_and(|t| t.spaced);
    between && (w.text(first_end) == "(" || w.text(first_end) == "/" && spaced)
}
