//! Counts as ledgers: every figure that was given for one thing, in order of time, with who gave it.

use crate::amount;
use crate::facts::Facts;
use crate::words::{fold, tokens};
use crate::{Ledger, LedgerEntry};
use rapporteur_model::Figure;
use std::collections::BTreeMap;

/// The history of each count, in order of what is counted. Lengths, spans of time, weights and sums
/// of money count nothing that could be followed, and are left out; so is what is only demanded or
/// planned.
pub(crate) fn ledgers(facts: &Facts<'_>) -> Vec<Ledger> {
    let mut ledgers: BTreeMap<String, Ledger> = BTreeMap::new();
    let tellers = amount::tellers(facts);
    let actual = facts.list.iter().enumerate().filter(|(_, f)| f.is_actual());
    for (of_fact, fact) in actual {
        for (number, amount) in amount::amounts(facts, fact) {
            if !tellers.contains(&(of_fact, number)) {
                continue;
            }
            let Some(figure) = fact.what().figures.get(number) else {
                continue;
            };
            let holder = (fact.actors.first()).filter(|_| amount.fate.as_deref() == Some("held"));
            let fate = match (&amount.fate, holder) {
                (_, Some(side)) => Some((
                    format!("held {}", side.key),
                    format!("held by {}", side.name),
                )),
                (Some(fate), None) => Some((fate.clone(), fate.clone())),
                (None, None) => None,
            };
            let unit = unit(figure);
            let mut key = amount
                .narrower
                .iter()
                .cloned()
                .collect::<Vec<_>>()
                .join(" ");
            key = format!("{} {key}", amount.thing);
            let mut of = unit;
            if let Some((fate_key, fate_words)) = fate {
                key = format!("{key} {fate_key}");
                // "wounded, wounded" says it twice.
                if !tokens(&of).contains(&fate_words) {
                    of = format!("{of}, {fate_words}");
                }
            }
            let ledger = ledgers.entry(key).or_insert_with(|| Ledger {
                of,
                entries: vec![],
            });
            ledger.entries.push(LedgerEntry {
                claim: fact.id().clone(),
                figure: figure.clone(),
                when: amount.when,
                by: fact.voice(),
                origin: fact.state.origin.clone(),
            });
        }
    }
    let mut ledgers: Vec<Ledger> = ledgers.into_values().collect();
    for ledger in &mut ledgers {
        ledger.entries.sort_by_cached_key(|entry| {
            let written = facts.state.claims.get(&entry.claim).and_then(|claim| {
                let report = claim.claim.evidence().report();
                facts.state.reports.get(report)?.published.when
            });
            let when = entry.when.or(written);
            (when.is_none(), when, entry.claim.clone(), entry.figure.span)
        });
    }
    ledgers.sort_by(|a, b| (fold(&a.of), &a.of).cmp(&(fold(&b.of), &b.of)));
    ledgers
}

/// The unit as printed.
fn unit(figure: &Figure) -> String {
    figure
        .unit
        .clone()
        .unwrap_or_else(|| "unit not named".to_string())
}
