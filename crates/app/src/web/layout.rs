//! What stands around every page: head, way through the site, foot.

use super::{Context, Page, Place};
use maud::{DOCTYPE, Markup, html};

/// The pages that every page leads to: name and words.
const WAYS: &[(&str, &str)] = &[
    ("index", "Overview"),
    ("timeline", "Timeline"),
    ("disputes", "Disputes"),
    ("talks", "Talks"),
    ("control", "Control"),
    ("ledgers", "Figures"),
    ("entities", "Names"),
    ("sources", "Sources"),
    ("lineage", "Copies"),
    ("reports", "Reports"),
    ("changes", "Changes"),
];

/// Files beside the pages: name, kind, bytes.
pub const ASSETS: &[(&str, &str, &[u8])] = &[
    (
        "style.css",
        "text/css; charset=utf-8",
        include_bytes!("assets/style.css"),
    ),
    (
        "script.js",
        "text/javascript; charset=utf-8",
        include_bytes!("assets/script.js"),
    ),
    (
        "icon.svg",
        "image/svg+xml",
        include_bytes!("assets/icon.svg"),
    ),
];

/// A file beside the pages.
pub fn asset(path: &str) -> Option<(&'static str, &'static [u8])> {
    let found = ASSETS.iter().find(|(name, _, _)| *name == path);
    found.map(|(_, kind, bytes)| (*kind, *bytes))
}

/// A page in its frame.
pub struct Frame<'p> {
    pub context: &'p Context<'p>,
    pub page: Page,
}

impl Frame<'_> {
    pub fn render(self) -> Markup {
        let (cx, Page { title, lead, body }) = (self.context, self.page);
        let here = match cx.address.name.as_str() {
            "question" => "disputes",
            "ledger" => "ledgers",
            "entity" | "judgements" => "entities",
            "source" => "sources",
            "pair" => "lineage",
            "report" => "reports",
            name => name,
        };
        let twin = format!(
            "{}{}",
            cx.address.path(cx.address.page, "json"),
            cx.address.rest()
        );
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="same-origin";
                    title { (title) " · " (cx.name) }
                    link rel="stylesheet" href=(cx.to("style.css"));
                    link rel="icon" type="image/svg+xml" href=(cx.to("icon.svg"));
                    link rel="alternate" type="application/json" href=(cx.to(&twin));
                    script src=(cx.to("script.js")) defer {}
                }
                body {
                    a.skip href="#main" { "To the page" }
                    header.top {
                        p.record {
                            a href=(cx.to("index.html")) { (cx.name) }
                            span.quiet { " as reported" }
                        }
                        form.search role="search" action=(cx.to("search.html")) method="get" {
                            label.unseen for="q" { "Search the reports" }
                            input #q name="q" type="search" placeholder="Search the reports"
                                value=[(cx.address.name == "search").then(|| cx.address.asks("q")).flatten()]
                                autocomplete="off";
                            button type="submit" { "Search" }
                        }
                        nav.ways aria-label="Pages" {
                            @for (name, words) in WAYS {
                                a href=(cx.to(&format!("{name}.html")))
                                    aria-current=[(*name == here).then_some("page")] { (words) }
                            }
                        }
                    }
                    main #main tabindex="-1" {
                        @if let Some(notice) = &cx.notice { p.notice role="status" { (notice) } }
                        h1 dir="auto" { (title) }
                        p.lead { (lead) }
                        (body)
                    }
                    footer.foot {
                        p { "Who claims what on whose word; never who is right. Copies of one report count as one origin." }
                        p {
                            a href=(cx.to(&twin)) { "This page as JSON" }
                            " · " a href=(cx.to("judgements.html")) { "Judgements" }
                            @if matches!(cx.place, Place::Folder) { " · published by " }
                            @else { " · served by " }
                            "Rapporteur"
                        }
                    }
                }
            }
        }
    }
}

/// A page without a record behind it: why there is none, or what is wanted first.
pub fn alone(title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/style.css";
                link rel="icon" type="image/svg+xml" href="/icon.svg";
            }
            body { main #main { h1 { (title) } (body) } }
        }
    }
}

/// Why there is no page, and the way back.
pub fn why(why: &str) -> Markup {
    html! {
        p { (why) }
        p { a href="/index.html" { "To the overview" } }
    }
}

/// Asks for the token.
pub fn token() -> Markup {
    html! {
        p { "This record is served to those who have its token; `rapporteur serve` printed it." }
        form.stack action="/" method="get" {
            label for="token" { "Token" }
            input #token name="token" type="password" autocomplete="current-password" required;
            button type="submit" { "Open" }
        }
    }
}
