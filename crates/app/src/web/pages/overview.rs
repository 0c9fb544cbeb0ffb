//! The record at a glance.

use super::disputes::{account_cells, question_head};
use super::talks::meeting_card;
use crate::web::parts::held;
use crate::web::{Context, Page, Shown, chart, parts};
use maud::{Markup, html};
use rapporteur_views::desk::Overview;
use rapporteur_views::words;

pub fn show(cx: &Context<'_>) -> Shown {
    cx.show(&cx.desk.overview(), |data| Page {
        title: "Overview".to_string(),
        lead: lead(data),
        body: body(cx, data),
    })
}

fn lead(data: &Overview) -> Markup {
    html! {
        (words::count(data.reports, "report", "reports")) " by "
        (words::count(data.publishers, "publisher", "publishers"))
        @if data.published.is_some() { ", published " (parts::when(data.published)) }
        ": " (words::count(data.claims, "claim", "claims")) ", each with its words."
    }
}

fn body(cx: &Context<'_>, data: &Overview) -> Markup {
    let [against, differ, agreed] = data.questions;
    let tiles = [
        (against, "contradicted", "disputes.html", "against"),
        (differ, "with differing accounts", "disputes.html", "differ"),
        (agreed, "agreed", "disputes.html", "agree"),
        (data.lines, "lines in the timeline", "timeline.html", ""),
        (data.figures, "figures", "ledgers.html", ""),
        (data.derivations, "copies and the like", "lineage.html", ""),
        (data.entities, "names", "entities.html", ""),
        (data.reports, "reports", "reports.html", ""),
    ];
    html! {
        ul.tiles {
            @for (number, words, href, class) in tiles {
                li class=(class) { a href=(cx.to(href)) { b { (number) } " " span { (words) } } }
            }
        }
        @if data.days.len() > 1 {
            section {
                h2 { "When" }
                (chart::days(&data.days))
            }
        }
        section {
            h2 { "Contradicted" }
            @if against == 0 { p.quiet { "No accounts contradict one another." } }
            @for question in data.disputes.iter().take(against) {
                article.dispute {
                    (question_head(cx, question))
                    (account_cells(cx, &question.accounts, 2))
                }
            }
            p { a href=(cx.to("disputes.html")) { "All questions with several accounts" } }
        }
        div.two {
            section {
                h2 { "Control, " (data.control.day.map_or("no day known".to_string(), |day| words::when(Some(rapporteur_model::When::day(day))))) }
                @if data.control.places.is_empty() { p.quiet { "Nothing dated is said of who holds a place." } }
                ul.plain {
                    @for place in &data.control.places {
                        @let (class, words) = held(place.standing);
                        li {
                            (crate::web::map::swatch(class)) " "
                            a href=(cx.of("entity", &place.id)) { bdi { (parts::short(&place.name)) } }
                            ": " bdi { (parts::short(&place.holder)) } ", " (words)
                            @if let Some(hold) = place.history.first() { ", " (parts::when(hold.when)) }
                        }
                    }
                }
                p { a href=(cx.to("control.html")) { "Map and table" } }
            }
            section {
                h2 { "Most quoted" }
                ul.plain {
                    @for source in &data.sources {
                        li {
                            a href=(cx.of("source", &source.id)) { bdi { (parts::short(&source.name)) } }
                            " " span.quiet { (words::count(source.claims, "claim", "claims")) }
                        }
                    }
                }
                p { a href=(cx.to("sources.html")) { "All sources" } }
            }
        }
        section {
            h2 { "Talks" }
            @if data.talks.is_empty() { p.quiet { "No talks are told of." } }
            @for meeting in &data.talks { (meeting_card(cx, meeting)) }
            p { a href=(cx.to("talks.html")) { "All series of talks" } }
        }
    }
}
