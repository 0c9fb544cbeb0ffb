//! Who is said to hold each place, over time.
//!
//! A place's history has an entry for each change that claims tell of: who took it or holds it, who
//! attacks or surrounds it, with the claims behind the entry. Totals ("160 of 407 districts") name
//! no place and belong to the ledgers.

use crate::compare::{Answer, Value};
use crate::facts::{Facts, Spot};
use crate::gather::{Given, values};
use crate::question::places;
use crate::sides::Side;
use crate::{Control, Hold, HoldStatus, PlaceControl};
use rapporteur_model::{Action, ClaimId, Digest, EntityId, RelationKind};
use std::collections::BTreeSet;

/// The history of every place that claims about ground name, in order of the places' names.
pub(crate) fn histories(facts: &Facts<'_>) -> Control {
    let mut control: Control = (places(facts).into_iter())
        .map(|(key, (spot, holds, fights))| PlaceControl {
            place: place_id(&key, &spot),
            name: spot.name.clone(),
            history: history(facts, &holds, &fights),
        })
        .filter(|place| !place.history.is_empty())
        .collect();
    control.sort_by(|a, b| (&a.name, &a.place).cmp(&(&b.name, &b.place)));
    control
}

/// The entity's id; for a place that is printed only inside a longer name, the hash of its words.
fn place_id(key: &str, spot: &Spot) -> EntityId {
    let hashed = || EntityId(Digest::of("place").field(key).finish());
    spot.entity.clone().unwrap_or_else(hashed)
}

fn history(facts: &Facts<'_>, holds: &[Answer], fights: &[Answer]) -> Vec<Hold> {
    let (held, relations) = values(facts, holds);
    let (fought, _) = values(facts, fights);
    let contradicts = |r: &&rapporteur_model::Relation| r.relation == RelationKind::Contradict;
    let contested: BTreeSet<&ClaimId> = (relations.iter().filter(contradicts))
        .flat_map(|relation| [&relation.a, &relation.b])
        .collect();
    let mut history = vec![];
    for given in held.iter().chain(&fought) {
        let entry = match &given.answer {
            Some(Value::Hold {
                side,
                action,
                negative: false,
                ..
            }) => {
                let is_contested = |n: &usize| contested.contains(facts.get(*n).id());
                let status = if given.facts.iter().any(is_contested) {
                    HoldStatus::Contested
                } else if given
                    .facts
                    .iter()
                    .all(|n| speaks_for_itself(facts, *n, side))
                {
                    HoldStatus::Claimed
                } else if *action == Action::Retaken {
                    HoldStatus::Retaken
                } else {
                    HoldStatus::Held
                };
                (side.clone(), *action, status)
            }
            Some(Value::Fight {
                sides,
                action,
                negative: false,
            }) => {
                let status = match action {
                    Action::Surrounded => HoldStatus::Surrounded,
                    _ => HoldStatus::Fighting,
                };
                let side = sides.first().cloned().unwrap_or_else(Side::nobody_named);
                (side, *action, status)
            }
            // That someone does not hold it, or does not attack it, changes no hands.
            _ => continue,
        };
        history.push(hold(facts, given, entry));
    }
    history
        .sort_by_cached_key(|hold| (hold.when.is_none(), hold.when, hold.claims.first().cloned()));
    retaken(&mut history);
    history
}

/// Does the claim come from the side that it says holds the place?
fn speaks_for_itself(facts: &Facts<'_>, number: usize, side: &Side) -> bool {
    facts
        .get(number)
        .speakers
        .first()
        .is_some_and(|speaker| speaker.is(side))
}

fn hold(facts: &Facts<'_>, given: &Given, entry: (Side, Action, HoldStatus)) -> Hold {
    let (side, action, status) = entry;
    let claims: BTreeSet<ClaimId> = given
        .facts
        .iter()
        .map(|n| facts.get(*n).id().clone())
        .collect();
    let origins: BTreeSet<String> = given
        .facts
        .iter()
        .map(|n| facts.get(*n).state.origin.clone())
        .collect();
    Hold {
        holder: side.entity,
        name: side.name,
        action,
        status,
        when: given.when,
        claims: claims.into_iter().collect(),
        origins: origins.into_iter().collect(),
    }
}

/// A place taken by one who held it before another took it is retaken, whatever word the reports
/// have for it: told by the order of dated entries alone.
fn retaken(history: &mut [Hold]) {
    let is_hold =
        |hold: &Hold| matches!(hold.action, Action::Taken | Action::Retaken | Action::Held);
    let mut holders: Vec<String> = vec![];
    for hold in history
        .iter_mut()
        .filter(|h| h.when.is_some() && is_hold(h))
    {
        let key = Side::of_words(&hold.name).key;
        let before = holders.iter().position(|h| *h == key);
        if before.is_some_and(|at| at + 1 < holders.len()) && hold.status == HoldStatus::Held {
            hold.status = HoldStatus::Retaken;
        }
        if holders.last() != Some(&key) {
            holders.push(key);
        }
    }
}
