//! The talks.

use crate::web::{Context, Page, Shown, chart, parts};
use maud::{Markup, html};
use rapporteur_views::desk::{MeetingLine, MeetingPage, TalksPage};
use rapporteur_views::words;

pub fn all(cx: &Context<'_>) -> Shown {
    cx.show(&cx.desk.talks(cx.address.page), |data| Page {
        title: "Talks".to_string(),
        lead: html! { (data.leaf.total) " series of talks, as reported: who meets whom, and what each side puts forward." },
        body: list(cx, data),
    })
}

fn list(cx: &Context<'_>, data: &TalksPage) -> Markup {
    html! {
        (cx.sieve(".meeting", "On this page, only talks with"))
        @for meeting in &data.meetings { (meeting_card(cx, meeting)) }
        @if data.meetings.is_empty() { p { "No talks are told of." } }
        (cx.pager(data.leaf))
    }
}

/// The name of a series of talks.
fn title(meeting: &MeetingLine) -> String {
    let parties = match meeting.parties.is_empty() {
        true => "Parties not named".to_string(),
        false => meeting
            .parties
            .iter()
            .take(6)
            .cloned()
            .collect::<Vec<String>>()
            .join(" · "),
    };
    parts::short(&match &meeting.place {
        Some(place) => format!("{parties}, {place}"),
        None => parties,
    })
}

/// A series of talks in a few lines.
pub fn meeting_card(cx: &Context<'_>, meeting: &MeetingLine) -> Markup {
    // Right under the name of its own page, a part of others.
    let alone = cx.address.name == "talks";
    let words = html! { a href=(cx.of("talks", &meeting.id)) { bdi { (title(meeting)) } } };
    html! {
        article.meeting {
            @if alone { h2 { (words) } } @else { h3 { (words) } }
            p {
                span.when { (parts::when(meeting.when)) } " "
                @for (aspect, count) in &meeting.aspects { span.label { (count) " × " (aspect) } " " }
                @if meeting.next.is_some() { span.label.talks { "next meeting " (words::when(meeting.next)) } }
            }
        }
    }
}

pub fn one(cx: &Context<'_>, id: &str) -> Option<Shown> {
    let data = cx.desk.meeting(id, cx.address.page)?;
    Some(cx.show(&data, |data| Page {
        title: title(&data.meeting),
        lead: html! {
            (parts::when(data.meeting.when)) ", " (words::count(data.meeting.claims, "claim", "claims")) ": "
            @for (number, (aspect, count)) in data.meeting.aspects.iter().enumerate() {
                @if number > 0 { ", " } (count) " × " (aspect)
            }
            "."
        },
        body: sections(cx, data),
    }))
}

fn sections(cx: &Context<'_>, data: &MeetingPage) -> Markup {
    let positions = || {
        data.sections
            .iter()
            .filter(|section| section.kind == "position")
    };
    html! {
        @if data.meeting.next.is_some() {
            p.notice { "Next meeting, as said: " strong { (words::when(data.meeting.next)) } }
        }
        @if data.track.len() > 1 && data.leaf.page == 1 { (chart::track(&data.track)) }
        @for section in data.sections.iter().filter(|section| section.kind != "position") {
            section {
                h2 {
                    (match section.kind {
                        "track" => "Rounds, outcomes and next meetings",
                        "delegations" => "Delegations",
                        _ => "Agenda",
                    })
                }
                @for (aspect, line) in &section.lines { (aspect_line(cx, aspect, line)) }
            }
        }
        @if positions().next().is_some() {
            section {
                h2 { "What each side puts forward" }
                div.sides {
                    @for section in positions() {
                        section.side {
                            h3 dir="auto" { (parts::short(section.party.as_deref().unwrap_or("Not named"))) }
                            @for (aspect, line) in &section.lines { (aspect_line(cx, aspect, line)) }
                        }
                    }
                }
            }
        }
        (cx.pager(data.leaf))
    }
}

fn aspect_line(cx: &Context<'_>, aspect: &str, line: &rapporteur_views::desk::Line) -> Markup {
    let question = line.question.as_ref().map(|id| cx.of("question", id));
    html! {
        article class=(format!("line aspect {}", aspect.replace(' ', "-"))) {
            p.what {
                span.label.talks { (aspect) } " "
                strong dir="auto" { (parts::short(&line.words)) } " "
                span.when { (parts::when(line.when)) } " "
                @match &question {
                    Some(href) => a.weight href=(href) { (line.weight.words()) },
                    None => (parts::weight(line.weight)),
                }
                @if line.against { " " span.label.against { "contradicted" } }
            }
            (cx.voices(&line.voices, line.more, question.clone()))
        }
    }
}
