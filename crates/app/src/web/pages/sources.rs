//! Who is quoted how often, and whether it is a party.

use crate::web::{Context, Page, Shown, parts};
use maud::{Markup, html};
use rapporteur_views::desk::{SourceLine, SourcesPage};
use rapporteur_views::words;

pub fn all(cx: &Context<'_>) -> Shown {
    cx.show(&cx.desk.sources(cx.address.page), |data| Page {
        title: "Sources".to_string(),
        lead: html! {
            (words::count(data.leaf.total, "voice", "voices")) " behind " (words::count(data.attributed, "claim", "claims"))
            ", of which " (data.unnamed) " are from voices that are not named; publishers claim " (data.own_voice) " more in their own voice."
        },
        body: list(cx, data),
    })
}

fn party(source: &SourceLine) -> Markup {
    match source.party {
        Some(true) => html! { span.label.differ { "party" } },
        Some(false) => html! { "no party" },
        None => html! { span.quiet.one { "nobody says" } },
    }
}

fn list(cx: &Context<'_>, data: &SourcesPage) -> Markup {
    let most = data
        .sources
        .iter()
        .map(|source| source.claims)
        .max()
        .unwrap_or(1)
        .max(1);
    html! {
        (cx.sieve(".sources tbody tr", "On this page, only sources with"))
        div.scroll tabindex="0" role="region" aria-label="Sources" {
            table.sources {
                thead { tr {
                    th scope="col" { "Who" } th scope="col" { "Claims" } th scope="col" { "Reports" } th scope="col" { "Publishers" } th scope="col" { "A party?" }
                } }
                tbody {
                    @for source in &data.sources {
                        tr {
                            th scope="row" {
                                a href=(cx.of("source", &source.id)) { bdi { (parts::short(&source.name)) } }
                                @if let Some(role) = &source.role { " " span.role { bdi { (parts::short(role)) } } }
                                @if source.anonymous { " " span.label { "unnamed" } }
                            }
                            td.number {
                                (source.claims) " "
                                svg.bar viewBox="0 0 100 8" aria-hidden="true" preserveAspectRatio="none" { rect width=(100 * source.claims / most) height="8" {} }
                            }
                            td.number { (source.reports) }
                            td.number { (source.publishers) }
                            td { (party(source)) }
                        }
                    }
                }
            }
        }
        (cx.pager(data.leaf))
    }
}

pub fn one(cx: &Context<'_>, id: &str) -> Option<Shown> {
    let data = cx.desk.source(id, cx.address.page)?;
    Some(cx.show(&data, |data| Page {
        title: parts::short(&data.source.name),
        lead: html! {
            (words::count(data.source.claims, "claim", "claims")) " in " (words::count(data.source.reports, "report", "reports"))
            " by " (words::count(data.source.publishers, "publisher", "publishers"))
            @if let Some(role) = &data.source.role { ", as " bdi { (parts::short(role)) } }
            @if data.source.anonymous { ", not named" }
            ". A party? " (party(&data.source)) "."
        },
        body: html! {
            @if let Some(entity) = &data.source.entity {
                p { a href=(cx.of("entity", entity)) { "All that is said of, to or by it" } }
            }
            @for line in &data.claims { (cx.line(line, true)) }
            (cx.pager(data.leaf))
        },
    }))
}
