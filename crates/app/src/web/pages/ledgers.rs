//! Figures over time.

use crate::web::{Context, Page, Shown, chart, parts};
use maud::{Markup, html};
use rapporteur_model::Of;
use rapporteur_views::desk::{LedgerPage, Ledgers};
use rapporteur_views::words;

pub fn all(cx: &Context<'_>) -> Shown {
    cx.show(&cx.desk.ledgers(cx.address.page), |data| Page {
        title: "Figures".to_string(),
        lead: html! { (words::count(data.leaf.total, "thing is", "things are")) " counted in the reports, each with its own history." },
        body: list(cx, data),
    })
}

fn list(cx: &Context<'_>, data: &Ledgers) -> Markup {
    html! {
        (cx.sieve(".ledgers tbody tr", "On this page, only what has"))
        div.scroll tabindex="0" role="region" aria-label="Things counted" {
            table.ledgers {
                thead { tr {
                    th scope="col" { "What is counted" } th scope="col" { "Figures" } th scope="col" { "Origins" }
                    th scope="col" { "From least to most" } th scope="col" { "As of" } th scope="col" { "Over time" }
                } }
                tbody {
                    @for ledger in &data.ledgers {
                        tr {
                            th scope="row" { a href=(cx.of("ledger", &ledger.id)) { bdi { (parts::short(&ledger.of)) } } }
                            td.number { (ledger.figures) }
                            td.number { (ledger.origins) }
                            td.number {
                                @match ledger.range {
                                    Some((low, high)) if low < high => { (chart::number(low)) "–" (chart::number(high)) }
                                    Some((low, _)) => (chart::number(low)),
                                    None => span.quiet { "no number" },
                                }
                            }
                            td { (parts::when(ledger.when)) }
                            td { (chart::spark(&ledger.points)) }
                        }
                    }
                }
            }
        }
        (cx.pager(data.leaf))
    }
}

pub fn one(cx: &Context<'_>, id: &str) -> Option<Shown> {
    let data = cx.desk.ledger(id, cx.address.page)?;
    Some(cx.show(&data, |data| Page {
        title: parts::short(&data.of),
        lead: html! { (words::count(data.leaf.total, "figure", "figures")) " in the order of the days that they are of; what is of no known day comes last." },
        body: figures(cx, data),
    }))
}

fn figures(cx: &Context<'_>, data: &LedgerPage) -> Markup {
    html! {
        (chart::figures(cx, &data.figures))
        div.scroll tabindex="0" role="region" aria-label="Every figure" {
            table.figures {
                thead { tr {
                    th scope="col" { "As of" } th scope="col" { "Figure" } th scope="col" { "Low" } th scope="col" { "High" }
                    th scope="col" { "Out of" } th scope="col" { "Who says so" } th scope="col" { "In which words" }
                } }
                tbody {
                    @for figure in &data.figures {
                        tr {
                            td { (parts::when(figure.when)) }
                            th scope="row" dir="auto" { (parts::short(&figure.printed)) }
                            td.number { @if let Some(low) = figure.low { (sign(figure.comparator)) (chart::number(low)) } }
                            td.number { @if let Some(high) = figure.high { (chart::number(high)) } }
                            td {
                                @match &figure.out_of {
                                    Some(Of::Number(number)) => (chart::number(*number)),
                                    Some(Of::Words(words)) => bdi { (parts::short(words)) },
                                    None => "",
                                }
                            }
                            td dir="auto" { (parts::short(&figure.by)) }
                            td { (cx.voice(&figure.voice)) }
                        }
                    }
                }
            }
        }
        (cx.pager(data.leaf))
    }
}

/// A comparator as people write it; "=" is not written.
fn sign(comparator: &str) -> &'static str {
    match comparator {
        ">" => "> ",
        ">=" => "≥ ",
        "<" => "< ",
        "<=" => "≤ ",
        "~" => "≈ ",
        "~<" => "≲ ",
        _ => "",
    }
}
