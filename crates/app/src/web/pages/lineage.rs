//! Who copied whom.

use crate::web::{Context, Page, Shown, parts};
use maud::{Markup, html};
use rapporteur_model::{DerivationKind, ReportId};
use rapporteur_views::desk::{LineagePage, Pair, Side, Tree};
use rapporteur_views::words;

fn kind_word(kind: DerivationKind) -> &'static str {
    match kind {
        DerivationKind::Reprint => "reprint",
        DerivationKind::Rewrite => "rewrite",
        DerivationKind::Quotation => "shares a quotation",
        DerivationKind::Revision => "later version",
    }
}

pub fn all(cx: &Context<'_>) -> Shown {
    cx.show(&cx.desk.lineage(cx.address.page), |data| Page {
        title: "Copies".to_string(),
        lead: html! {
            (words::count(data.derivations, "report came", "reports came")) " from another, in "
            (words::count(data.leaf.total, "tree", "trees")) "; "
            (words::count(data.alone, "report shares", "reports share")) " nothing with another. Copies are not confirmation."
        },
        body: trees(cx, data),
    })
}

fn trees(cx: &Context<'_>, data: &LineagePage) -> Markup {
    html! {
        @for tree in &data.trees { (drawn(cx, tree)) }
        @if data.trees.is_empty() { p { "No report shares words with another." } }
        (cx.pager(data.leaf))
    }
}

fn drawn(cx: &Context<'_>, tree: &Tree) -> Markup {
    html! {
        section.tree {
            h2 { (words::count(tree.reports, "report", "reports")) }
            ol.branches {
                @for line in &tree.lines {
                    li class=(format!("d{}", line.depth.min(6))) {
                        p {
                            @if let Some(kind) = line.kind { span.label.kind { (kind_word(kind)) } " " }
                            a href=(cx.of("report", &line.report.id)) { bdi { (parts::short(&line.report.name)) } }
                            @if let Some(title) = &line.report.title { " " bdi { (parts::short(title)) } }
                            " " span.quiet { (rapporteur_views::published(&line.report)) }
                        }
                        @if let (Some(parent), Some(_)) = (&line.parent, line.kind) {
                            p.quiet {
                                (format!("{:.0}%", line.share * 100.0)) " of it; " bdi { (parts::short(&line.why)) }
                                @if !line.directed { "; nothing tells which came first" }
                                ". " a href=(pair_href(cx, parent, &line.report.id)) {
                                    "Side by side" span.unseen { ": " (parts::short(&line.report.name)) " with what it came from" }
                                }
                                @if line.others > 0 { " · shares words with " (line.others) " more" }
                            }
                        }
                    }
                }
            }
            @if tree.more > 0 { p.quiet { (words::count(tree.more, "more report", "more reports")) } }
        }
    }
}

/// The page of two reports; the derivation may go either way.
fn pair_href(cx: &Context<'_>, a: &ReportId, b: &ReportId) -> String {
    let (from, to) = match cx.desk.is_pair(a, b) {
        true => (a, b),
        false => (b, a),
    };
    cx.to(&format!("pair/{from}-{to}.html"))
}

pub fn pair(cx: &Context<'_>, ids: &str) -> Option<Shown> {
    let (from, to) = ids.split_once('-')?;
    let (from, to) = (ReportId(from.to_string()), ReportId(to.to_string()));
    let data = cx.desk.pair(&from, &to)?;
    Some(cx.show(&data, |data| Page {
        title: "Side by side".to_string(),
        lead: html! { bdi { (parts::short(&data.words)) } ". " bdi { (parts::short(&data.why)) } "." },
        body: sides(cx, data),
    }))
}

fn sides(cx: &Context<'_>, data: &Pair) -> Markup {
    html! {
        p.quiet { (words::count(data.passages, "passage is", "passages are")) " shared; each has the same number on either side." }
        @if data.kind == DerivationKind::Revision {
            section {
                h2 { "What changed" }
                @if data.changes.is_empty() { p { "No word of the text changed." } }
                @for change in &data.changes {
                    p.change dir="auto" {
                        (change.before) " "
                        @if !change.from.text.is_empty() { del { (parts::short(&change.from.text)) } " " }
                        @if !change.to.text.is_empty() { ins { (parts::short(&change.to.text)) } " " }
                        (change.after)
                    }
                }
                @if data.more_changes > 0 { p.quiet { (words::count(data.more_changes, "more change", "more changes")) } }
            }
        }
        div.pair {
            @for (side, mark, words) in [(&data.from, "l", "Earlier"), (&data.to, "r", "Later")] {
                (column(cx, side, mark, if data.directed { words } else { "One" }))
            }
        }
    }
}

fn column(cx: &Context<'_>, side: &Side, mark: &str, words: &str) -> Markup {
    let other = if mark == "l" { "r" } else { "l" };
    html! {
        section {
            h2 { (words) ": " a href=(cx.of("report", &side.report.id)) { bdi { (parts::short(&side.report.name)) } } ", " (rapporteur_views::published(&side.report)) }
            @if let Some(title) = &side.report.title { p { strong dir="auto" { (parts::short(title)) } } }
            div.text dir="auto" {
                @for piece in &side.text {
                    @match piece.passage {
                        None => (piece.text),
                        Some(number) => {
                            a.passage id=(format!("{mark}{number}")) href=(format!("#{other}{number}")) aria-label=(format!("passage {number}, to the other side")) { sup { (number) } }
                            mark.shared { (piece.text) }
                        }
                    }
                }
                @if side.more { "…" }
            }
        }
    }
}
