//! What came in between two days.

use super::disputes::{account_cells, question_head};
use crate::web::{Context, Page, Shown, parts};
use maud::{Markup, html};
use rapporteur_model::{Date, When};
use rapporteur_views::desk::Changes;
use rapporteur_views::words;

pub fn show(cx: &Context<'_>) -> Shown {
    let day = |key| {
        cx.address
            .asks(key)
            .and_then(|day| day.parse::<Date>().ok())
    };
    let data = cx.desk.changes(day("from"), day("to"), cx.address.page);
    cx.show(&data, |data| Page {
        title: "Changes".to_string(),
        lead: html! {
            "What reports brought that were published after " (date(data.from)) " and up to " (date(data.to)) ": "
            (words::count(data.reports.all, "report", "reports")) ", "
            (words::count(data.leaf.total, "new line", "new lines")) "."
        },
        body: body(cx, data),
    })
}

fn date(day: Option<Date>) -> String {
    words::when(day.map(When::day))
}

fn body(cx: &Context<'_>, data: &Changes) -> Markup {
    let iso = |day: Option<Date>| day.map(|day| day.to_string());
    html! {
        @if cx.is_served() {
            form.ask action=(cx.to("changes.html")) method="get" {
                label { "After " input type="date" name="from" value=[iso(data.from)]; }
                label { "Up to " input type="date" name="to" value=[iso(data.to)]; }
                button type="submit" { "Show" }
            }
        }
        @if data.leaf.page == 1 {
            section {
                h2 { "Reports that came in" }
                @if data.reports.first.is_empty() { p.quiet { "None." } }
                ul.plain {
                    @for report in &data.reports.first {
                        li {
                            a href=(cx.of("report", &report.id)) { bdi { (parts::short(&report.name)) @if let Some(title) = &report.title { ": " (parts::short(title)) } } }
                            " " span.quiet { (rapporteur_views::published(report)) }
                        }
                    }
                }
                (rest(data.reports.all, data.reports.first.len()))
            }
            @if !data.control.first.is_empty() {
                section {
                    h2 { "Control" }
                    @for change in &data.control.first {
                        article.line.ground {
                            p.what {
                                a href=(cx.of("entity", &change.id)) { strong { bdi { (parts::short(&change.name)) } } } " "
                                span.quiet {
                                    @match &change.before {
                                        None => "nothing was said before",
                                        Some(hold) => { "before: " bdi { (parts::short(&hold.words())) } ", " (parts::when(hold.when)) }
                                    }
                                }
                            }
                            @for hold in &change.after {
                                p { (parts::when(hold.when)) " " strong dir="auto" { (parts::short(&hold.words())) } " " (parts::weight(hold.weight)) }
                                (cx.voices(&hold.voices, 0, None))
                            }
                            @if change.after.is_empty() { p.quiet { "more reports say the same" } }
                        }
                    }
                    (rest(data.control.all, data.control.first.len()))
                }
            }
            @if !data.questions.first.is_empty() {
                section {
                    h2 { "Accounts" }
                    @for moved in &data.questions.first {
                        article.dispute {
                            (question_head(cx, &moved.question))
                            p.quiet {
                                (words::count(moved.came, "claim", "claims")) " came in; before: "
                                @if moved.before == 0 { "none" }
                                @else { (words::count(moved.before, "claim", "claims")) " in " (words::count(moved.accounts_before, "account", "accounts")) }
                            }
                            (account_cells(cx, &moved.question.accounts, 3))
                        }
                    }
                    (rest(data.questions.all, data.questions.first.len()))
                }
            }
        }
        section {
            h2 { "Newly reported" }
            @if data.lines.is_empty() { p.quiet { "Nothing." } }
            @for line in &data.lines { (cx.line(line, true)) }
            (cx.pager(data.leaf))
        }
    }
}

fn rest(all: usize, shown: usize) -> Markup {
    html! { @if all > shown { p.quiet { "and " (all - shown) " more" } } }
}
