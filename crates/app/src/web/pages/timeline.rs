//! What happened when, as reported.

use crate::web::{Context, Page, Shown, parts};
use maud::{Markup, html};
use rapporteur_views::desk::{Asked, Lines};
use rapporteur_views::words;

pub fn show(cx: &Context<'_>) -> Shown {
    let asked = |key| cx.address.asks(key).map(str::to_string);
    let asked = Asked {
        place: asked("place"),
        actor: asked("actor"),
        subject: asked("subject"),
    };
    cx.show(&cx.desk.timeline(&asked, cx.address.page), |data| Page {
        title: "Timeline".to_string(),
        lead: html! {
            (words::count(data.leaf.total, "line", "lines")) (data.about)
            ", in the order in which things are said to have happened; what has no date comes last."
        },
        body: body(cx, data, &asked),
    })
}

fn body(cx: &Context<'_>, data: &Lines, asked: &Asked) -> Markup {
    let subjects = ["ground", "talks", "count", "statement"];
    html! {
        @if cx.is_served() {
            form.ask action=(cx.to("timeline.html")) method="get" {
                label { "Place " input name="place" value=[asked.place.as_deref()]; }
                label { "Who " input name="actor" value=[asked.actor.as_deref()]; }
                label {
                    "About "
                    select name="subject" {
                        option value="" { "anything" }
                        @for name in subjects {
                            option value=(name) selected[asked.subject.as_deref() == Some(name)] { (name) }
                        }
                    }
                }
                button type="submit" { "Show" }
                @if !asked.is_all() { a href=(cx.to("timeline.html")) { "Everything" } }
            }
        }
        (cx.sieve(".line", "On this page, only lines with"))
        div.timeline {
            @for group in data.lines.chunk_by(|a, b| a.when == b.when) {
                @if let Some(first) = group.first() {
                    section.day {
                        h2 { (parts::when(first.when)) }
                        div { @for line in group { (cx.line(line, false)) } }
                    }
                }
            }
        }
        @if data.lines.is_empty() { p { "Nothing in the record is said of that." } }
        @if data.undated_statements > 0 && data.leaf.page == data.leaf.pages {
            p.quiet {
                (words::count(data.undated_statements, "statement without a date is", "statements without a date are"))
                " not here; " a href=(cx.to("reports.html")) { "the reports" } " have all."
            }
        }
        (cx.pager(data.leaf))
    }
}
