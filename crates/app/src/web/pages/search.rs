//! Words looked up in the reports.

use crate::web::{Context, Page, Shown, Site, parts};
use maud::{Markup, html};
use rapporteur_views::desk::Desk;
use rapporteur_views::{Excerpt, Search, search, words};
use std::sync::Arc;

/// So many reports are shown.
const MOST: usize = 25;
/// What the index of a published folder may hold, in bytes of text.
const INDEX: usize = 4_000_000;

pub fn show(cx: &Context<'_>, site: Option<&Arc<Site>>) -> Option<Shown> {
    let asked = cx.address.asks("q").unwrap_or_default();
    let found = match site {
        Some(site) => site.search(asked, MOST).ok()?,
        None => vec![],
    };
    Some(cx.show(&search(asked, &found), |data| Page {
        title: "Search".to_string(),
        lead: html! {
            @if asked.is_empty() { "Reports that have all of the words; words in double quotes stand side by side. Capitals and accents do not matter." }
            @else { "“" bdi { (parts::short(asked)) } "”: " (words::count(data.reports.len(), "report", "reports")) @if data.reports.len() == MOST { " at least" } "." }
        },
        body: list(cx, data, site.is_some()),
    }))
}

fn list(cx: &Context<'_>, data: &Search, served: bool) -> Markup {
    html! {
        @if !served {
            p #no-index { "Searching these pages needs a script; without one, search the list of " a href=(cx.to("reports.html")) { "reports" } " or of " a href=(cx.to("entities.html")) { "names" } "." }
            div #found data-index=(cx.to("search.js")) aria-live="polite" {}
        }
        ul.reports {
            @for line in &data.reports {
                li {
                    p {
                        span.when { (parts::when(line.published)) } " "
                        a href=(cx.of("report", &line.report)) {
                            bdi {
                                (parts::short(line.publisher.as_deref().unwrap_or(words::short(&line.report.0))))
                                @if let Some(title) = &line.title { ": " (parts::short(title)) }
                            }
                        }
                        " " span.quiet { (words::count(line.times, "time", "times")) }
                    }
                    @for excerpt in &line.excerpts {
                        blockquote dir="auto" { "…" (marked(excerpt)) "…" }
                    }
                }
            }
        }
    }
}

/// An excerpt with what was found set apart.
fn marked(excerpt: &Excerpt) -> Markup {
    let letters: Vec<char> = excerpt.exact.chars().take(600).collect();
    let text = |from: usize, to: usize| -> String {
        letters
            .get(from.min(letters.len())..to.clamp(from, letters.len().max(from)))
            .unwrap_or_default()
            .iter()
            .collect()
    };
    let mut at = 0;
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (from, to) in &excerpt.found {
        pieces.push((text(at, *from), false));
        pieces.push((text(*from, *to), true));
        at = *to;
    }
    pieces.push((text(at, letters.len()), false));
    html! {
        @for (words, found) in &pieces { @if *found { mark { (words) } } @else { (words) } }
    }
}

/// What the script of a published folder searches: address, name and text of each report, as long as there is room.
pub fn index(desk: &Desk) -> String {
    let mut room = INDEX;
    let mut rows: Vec<(String, String, &str)> = Vec::new();
    for id in desk.report_ids() {
        let Some(report) = desk.state.reports.get(id) else {
            continue;
        };
        let body = report.report.body();
        if body.len() > room {
            continue;
        }
        room -= body.len();
        let masthead = report.report.masthead();
        let name = masthead.publisher.clone().unwrap_or_default();
        let title = masthead.title.clone().unwrap_or_default();
        let day = words::when(report.published.when);
        rows.push((
            format!("report/{id}.html"),
            format!("{name}, {day}: {title}"),
            body,
        ));
    }
    let json = serde_json::to_string(&rows).unwrap_or_default();
    format!("window.rapporteur = {};\n", json.replace('<', "\\u003c"))
}
