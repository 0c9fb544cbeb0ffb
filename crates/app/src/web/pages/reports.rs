//! The reports, and one with every claim marked in its place.

use crate::web::{Context, Page, Shown, parts};
use maud::{Markup, html};
use rapporteur_model::{BlockKind, ReportId};
use rapporteur_views::desk::{Note, Part, ReportPage, ReportsPage, TextPiece};
use rapporteur_views::{Style, printed_sentence, words};

pub fn all(cx: &Context<'_>) -> Shown {
    cx.show(&cx.desk.reports(cx.address.page), |data| Page {
        title: "Reports".to_string(),
        lead: html! { (words::count(data.leaf.total, "report", "reports")) ", the earliest first; those of unknown date last." },
        body: list(cx, data),
    })
}

fn list(cx: &Context<'_>, data: &ReportsPage) -> Markup {
    html! {
        (cx.sieve(".reports li", "On this page, only reports with"))
        ul.reports {
            @for row in &data.reports {
                li {
                    p {
                        span.when { (parts::when(row.report.published)) } " "
                        a href=(cx.of("report", &row.report.id)) {
                            bdi { (parts::short(&row.report.name)) @if let Some(title) = &row.report.title { ": " (parts::short(title)) } }
                        }
                    }
                    p.quiet {
                        (words::count(row.claims, "claim", "claims"))
                        @if let Some(how) = rapporteur_views::how(row.report.how) { "; " (how) }
                    }
                    @for (from, to, words) in &row.lineage {
                        p.quiet { a href=(cx.to(&format!("pair/{from}-{to}.html"))) { bdi { (parts::short(words)) } } }
                    }
                }
            }
        }
        (cx.pager(data.leaf))
    }
}

pub fn one(cx: &Context<'_>, id: &str) -> Option<Shown> {
    let data = cx.desk.report(&ReportId(id.to_string()), cx.address.page)?;
    Some(cx.show(&data, |data| Page {
        title: parts::short(data.report.title.as_deref().unwrap_or(&data.report.name)),
        lead: html! {
            bdi { (parts::short(&data.report.name)) } ", " (rapporteur_views::published(&data.report))
            @if let Some(byline) = &data.byline { ", by " bdi { (parts::short(byline)) } }
            ". " (words::count(data.claims, "claim", "claims")) ", each marked in its place."
        },
        body: body(cx, data),
    }))
}

fn body(cx: &Context<'_>, data: &ReportPage) -> Markup {
    let language = data.language.as_deref().filter(|code| {
        (2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_lowercase())
    });
    html! {
        details.masthead {
            summary { "Masthead" }
            dl {
                dt { "Id" } dd { code { (data.report.id) } }
                @if let Some(how) = rapporteur_views::how(data.report.how) { dt { "Date" } dd { (how) } }
                @if let Some(url) = &data.url { dt { "Address" } dd { bdi { (parts::short(url)) } } }
                @if !data.credits.is_empty() { dt { "Credits" } dd { bdi { (parts::short(&data.credits.join(", "))) } } }
                @for path in &data.paths { dt { "Found at" } dd { bdi { (parts::short(path)) } } }
            }
        }
        @for (from, to, words) in &data.lineage {
            p.quiet { a href=(cx.to(&format!("pair/{from}-{to}.html"))) { bdi { (parts::short(words)) } } }
        }
        (cx.pager(data.leaf))
        div.report {
            article.text dir="auto" lang=[language] aria-label="The report" {
                @for part in &data.parts { (block(part)) }
            }
            section.notes aria-label="What it claims" {
                h2 { "What it claims" }
                @for note in &data.notes { (aside(cx, note)) }
                @if data.notes.is_empty() { p.quiet { "Nothing was read out of this." } }
            }
        }
        (cx.pager(data.leaf))
    }
}

fn block(part: &Part) -> Markup {
    let inner = pieces(&part.pieces);
    match part.kind {
        BlockKind::Headline | BlockKind::Heading => html! { p.heading { (inner) } },
        BlockKind::Quotation => html! { blockquote { (inner) } },
        BlockKind::Item => html! { p.item { (inner) } },
        BlockKind::Row => html! { p.row { (inner) } },
        BlockKind::Paragraph => html! { p { (inner) } },
    }
}

/// The words of a block: one mark around each sentence that holds claims, with an anchor for each of them; within
/// it the words that a claim rests on, which lead to its note.
fn pieces(pieces: &[TextPiece]) -> Markup {
    let runs = pieces.chunk_by(|a, b| a.sentence && b.sentence && !a.ends);
    html! {
        @for run in runs {
            @if run.first().is_some_and(|piece| piece.sentence) {
                @let ids: Vec<&rapporteur_model::ClaimId> = run.iter().flat_map(|piece| &piece.begins).collect();
                span.sentence {
                    @for id in &ids { span.at id=(format!("c-{}", words::short(&id.0))) {} }
                    @for piece in run { (rested(piece)) }
                }
            } @else {
                @for piece in run { (piece.text) }
            }
        }
    }
}

fn rested(piece: &TextPiece) -> Markup {
    match piece.rests.first() {
        None => html! { (piece.text) },
        Some(first) => {
            let all: Vec<&str> = piece.rests.iter().map(|id| words::short(&id.0)).collect();
            html! {
                a class=(format!("claim {}", piece.subject.unwrap_or_default())) href=(format!("#n-{}", words::short(&first.0)))
                    data-c=(all.join(" ")) { (piece.text) }
            }
        }
    }
}

fn aside(cx: &Context<'_>, note: &Note) -> Markup {
    let id = words::short(&note.voice.claim.0);
    let exact = printed_sentence(&note.voice);
    let exact: String = exact
        .iter()
        .filter(|p| p.style == Style::Exact)
        .map(|p| p.text.as_str())
        .collect();
    let same = words::one_line(&exact) == note.words;
    html! {
        article class=(format!("note {}", note.subject)) id=(format!("n-{id}")) data-c=(id) {
            p.what {
                (parts::subject(note.subject)) " "
                @if same { q dir="auto" { (parts::short(&note.words)) } }
                @else { strong dir="auto" { (parts::short(&note.words)) } }
            }
            p.quiet {
                bdi { (parts::short(&note.voice.chain)) } " · " (parts::when(note.when))
                @if note.said.is_some() { " · said " (parts::when(note.said)) }
                @if let Some(open) = &note.factuality { " · " (open) }
            }
            p.quiet {
                a href=(format!("#c-{id}")) { "In its place" span.unseen { " in the text, claim " (id) } }
                @if note.against > 0 { " · " span.label.against { "contradicted" } }
                @for (question, words) in &note.questions {
                    " · " a href=(cx.of("question", question)) { bdi { (parts::short(words)) } }
                }
                @if note.repeats.is_some() { " · as in an earlier version" }
                @if let Some(later) = &note.voice.no_longer_in {
                    " · no longer in the " a href=(cx.of("report", &later.id)) { "version of " (words::when(later.published)) }
                }
            }
        }
    }
}
