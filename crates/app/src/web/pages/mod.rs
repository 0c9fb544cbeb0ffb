//! A handler and a template for each page.

mod changes;
mod control;
mod disputes;
mod entities;
mod ledgers;
mod lineage;
mod overview;
mod reports;
mod search;
mod sources;
mod talks;
mod timeline;

use super::{Context, Shown, Site};
use std::sync::Arc;

pub use search::index as search_index;

/// The page that an address asks for; `None`: the record has none. `site`: what to search in.
pub fn show(cx: &Context<'_>, site: Option<&Arc<Site>>) -> Option<Shown> {
    let address = cx.address;
    match (address.name.as_str(), address.id.as_deref()) {
        ("index", None) => Some(overview::show(cx)),
        ("timeline", None) => Some(timeline::show(cx)),
        ("disputes", None) => Some(disputes::all(cx)),
        ("question", Some(id)) => disputes::one(cx, id),
        ("talks", None) => Some(talks::all(cx)),
        ("talks", Some(id)) => talks::one(cx, id),
        ("control", None) => Some(control::show(cx, None)),
        ("control", Some(day)) => Some(control::show(cx, Some(day.parse().ok()?))),
        ("ledgers", None) => Some(ledgers::all(cx)),
        ("ledger", Some(id)) => ledgers::one(cx, id),
        ("entities", None) => Some(entities::all(cx)),
        ("entity", Some(id)) => entities::one(cx, id),
        ("judgements", None) => Some(entities::judgements(cx)),
        ("lineage", None) => Some(lineage::all(cx)),
        ("pair", Some(ids)) => lineage::pair(cx, ids),
        ("reports", None) => Some(reports::all(cx)),
        ("report", Some(id)) => reports::one(cx, id),
        ("sources", None) => Some(sources::all(cx)),
        ("source", Some(id)) => sources::one(cx, id),
        ("search", None) => search::show(cx, site),
        ("changes", None) => Some(changes::show(cx)),
        _ => None,
    }
}
