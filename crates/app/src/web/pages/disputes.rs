//! Questions that several claims answer, and one with its accounts side by side.

use crate::web::{Context, Page, Shown, parts};
use maud::{Markup, html};
use rapporteur_model::{RelationKind, Standing};
use rapporteur_views::desk::{AccountView, DisputesPage, QuestionLine, QuestionPage};
use rapporteur_views::words;

pub fn all(cx: &Context<'_>) -> Shown {
    let topic = cx.address.asks("topic");
    cx.show(&cx.desk.disputes(topic, cx.address.page), |data| Page {
        title: "Disputes".to_string(),
        lead: html! {
            (words::count(data.leaf.total, "question", "questions")) " that several claims answer: "
            (data.against) " contradicted, " (data.differ) " with accounts that differ and can all be so, "
            (data.agreed) " agreed."
        },
        body: list(cx, data),
    })
}

fn list(cx: &Context<'_>, data: &DisputesPage) -> Markup {
    html! {
        (cx.sieve(".dispute", "On this page, only questions with"))
        @for question in &data.questions {
            article.dispute {
                (question_head(cx, question))
                (account_cells(cx, &question.accounts, 4))
                @if question.more > 0 {
                    p.more { a href=(cx.of("question", &question.id)) { (words::count(question.more, "more account", "more accounts")) } }
                }
            }
        }
        @if data.questions.is_empty() { p { "No question has several answers." } }
        (cx.pager(data.leaf))
    }
}

/// A question as the head of its accounts.
pub fn question_head(cx: &Context<'_>, question: &QuestionLine) -> Markup {
    // Right under the name of its own page, a part of others.
    let alone = cx.address.name == "disputes";
    let words = html! {
        a href=(cx.of("question", &question.id)) { bdi { (parts::short(&question.question)) } }
        " " (parts::standing(question.standing, question.breach))
    };
    html! {
        @if alone { h2 { (words) } } @else { h3 { (words) } }
        @if !question.differences.is_empty() {
            p.quiet {
                "In "
                @for (number, kind) in question.differences.iter().enumerate() {
                    @if number > 0 { ", " }
                    (parts::difference(*kind))
                }
            }
        }
    }
}

/// Accounts side by side.
pub fn account_cells(cx: &Context<'_>, accounts: &[AccountView], most: usize) -> Markup {
    html! {
        ol.accounts {
            @for account in accounts.iter().take(most) {
                li { (account_cell(cx, account)) }
            }
        }
    }
}

fn account_cell(cx: &Context<'_>, account: &AccountView) -> Markup {
    html! {
        p.value {
            strong dir="auto" { (parts::short(&account.value)) }
            @if account.when.is_some() { " " span.quiet { (parts::when(account.when)) } }
            " " (parts::weight(account.weight))
        }
        (cx.voices(&account.voices, account.more, None))
    }
}

pub fn one(cx: &Context<'_>, id: &str) -> Option<Shown> {
    let data = cx.desk.question(id, cx.address.page)?;
    Some(cx.show(&data, |data| Page {
        title: parts::short(&data.question),
        lead: html! {
            (parts::standing(data.standing, data.breach)) " "
            (words::count(data.accounts.len(), "account", "accounts")) ", "
            (words::count(data.leaf.total, "claim", "claims"))
            ". Asked: " (data.topic) "."
        },
        body: accounts(cx, data),
    }))
}

fn accounts(cx: &Context<'_>, data: &QuestionPage) -> Markup {
    let opposing = |kind| matches!(kind, RelationKind::Contradict | RelationKind::Breach);
    let verdict = match data.standing {
        Standing::Disputed => "These accounts cannot all be so. The record does not say which is.",
        Standing::Compatible => "These accounts differ, and all can be so.",
        Standing::Agreed => "All accounts say the same.",
    };
    html! {
        p.quiet { (verdict) }
        section aria-label="Accounts" {
            ol.accounts.wide {
                @for account in &data.accounts { li { (account_cell(cx, account)) } }
            }
        }
        (cx.pager(data.leaf))
        @if !data.relations.is_empty() {
            section {
                h2 { "How single claims stand to one another" }
                div.scroll tabindex="0" role="region" aria-label="Relations between claims" {
                    table {
                        thead { tr { th scope="col" { "How" } th scope="col" { "Why" } th scope="col" { "The one" } th scope="col" { "The other" } } }
                        tbody {
                            @for relation in &data.relations {
                                tr.against[opposing(relation.relation)] {
                                    td {
                                        (parts::relation(relation.relation))
                                        @if let Some(kind) = relation.kind { " " (parts::difference(kind)) }
                                    }
                                    td dir="auto" { (parts::short(&relation.why)) }
                                    @for voice in [&relation.a, &relation.b] {
                                        td {
                                            a href=(cx.claim(&voice.report.id, &voice.claim)) {
                                                bdi { (parts::short(&voice.report.name)) } ", " (words::when(voice.report.published))
                                                span.unseen { ", claim " (words::short(&voice.claim.0)) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                @if data.more_relations > 0 && data.leaf.page == 1 { p.quiet { (words::count(data.more_relations, "more relation is", "more relations are")) " in the JSON of the export." } }
            }
        }
    }
}
