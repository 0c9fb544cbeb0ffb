//! Who is said to hold what at the end of a day: map, slider, table.

use crate::web::parts::held;
use crate::web::{Context, Page, Shown, map, parts};
use maud::{Markup, html};
use rapporteur_model::{Date, When};
use rapporteur_views::desk::{ControlPage, PlaceLine};
use rapporteur_views::words;

pub fn show(cx: &Context<'_>, day: Option<Date>) -> Shown {
    let asked = cx.address.asks("day").and_then(|day| day.parse().ok());
    cx.show(&cx.desk.control(day.or(asked)), |data| Page {
        title: match data.day {
            Some(day) => format!("Control, {}", words::when(Some(When::day(day)))),
            None => "Control".to_string(),
        },
        lead: html! {
            "Who is said to hold what at the end of that day, by the last that is said to have happened by then: "
            (words::count(data.places.len() + data.more, "place", "places"))
            @if data.later > 0 { "; of " (data.later) " more only something undated or later is said" }
            "."
        },
        body: body(cx, data),
    })
}

fn body(cx: &Context<'_>, data: &ControlPage) -> Markup {
    let (drawn, listed): (Vec<&PlaceLine>, Vec<&PlaceLine>) =
        data.places.iter().partition(|place| place.at.is_some());
    html! {
        (slider(cx, data))
        @if drawn.is_empty() { p.quiet { "No place of this day is one that the gazetteer knows; nothing is drawn." } }
        @else { (map::draw(cx, &drawn)) }
        @if !drawn.is_empty() {
            section {
                h2 { "Places on the map" }
                (table(cx, &drawn, "Places on the map"))
            }
        }
        @if !listed.is_empty() {
            section {
                h2 { "Places without coordinates" }
                p.quiet { "Listed and not drawn: the gazetteer does not know them, or cannot tell which is meant." }
                (table(cx, &listed, "Places without coordinates"))
            }
        }
        @if data.more > 0 { p.quiet { (data.more) " more places changed longer ago and are not shown." } }
    }
}

/// The days as links in a row, the one in hand marked; the script makes a slider of them.
fn slider(cx: &Context<'_>, data: &ControlPage) -> Markup {
    let at = data.days.iter().position(|day| Some(*day) == data.day);
    let link = |day: &Date| cx.to(&format!("control/{day}.html"));
    let shown = |day: &Date| words::when(Some(When::day(*day)));
    // A window of days around the one in hand; the slider has all.
    let from = at.unwrap_or(0).saturating_sub(5);
    html! {
        @if data.days.len() > 1 {
            nav.days aria-label="Days" data-days=(data.days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
                data-at=[at] data-to=(cx.to("control/")) {
                @if let Some(before) = at.and_then(|at| data.days.get(at.checked_sub(1)?)) {
                    a rel="prev" href=(link(before)) { "← " (shown(before)) }
                }
                @if from > 0 && let Some(first) = data.days.first() { a href=(link(first)) { (shown(first)) } span aria-hidden="true" { "…" } }
                @for day in data.days.iter().skip(from).take(11) {
                    a href=(link(day)) aria-current=[(Some(*day) == data.day).then_some("date")] { (shown(day)) }
                }
                @if from + 11 < data.days.len() && let Some(last) = data.days.last() { span aria-hidden="true" { "…" } a href=(link(last)) { (shown(last)) } }
                @if let Some(after) = at.and_then(|at| data.days.get(at + 1)) {
                    a rel="next" href=(link(after)) { (shown(after)) " →" }
                }
            }
            @if cx.is_served() {
                form.ask action=(cx.to("control.html")) method="get" {
                    label { "Any day " input type="date" name="day" value=[data.day.map(|day| day.to_string())]; }
                    button type="submit" { "Show" }
                }
            }
        }
    }
}

fn table(cx: &Context<'_>, places: &[&PlaceLine], what: &str) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(what) {
            table.places {
                thead { tr {
                    th scope="col" { "Place" } th scope="col" { "Said to hold it" } th scope="col" { "How that stands" }
                    th scope="col" { "Since" } th scope="col" { "In which words" }
                } }
                tbody {
                    @for place in places {
                        @let (class, words) = held(place.standing);
                        tr id=(format!("p-{}", words::short(&place.id.0))) {
                            th scope="row" { a href=(cx.of("entity", &place.id)) { bdi { (parts::short(&place.name)) } } }
                            td dir="auto" { (parts::short(&place.holder)) }
                            td { (map::swatch(class)) " " (words) @if place.new { " " span.label.differ { "that day" } } }
                            td { @if let Some(hold) = place.history.first() { (parts::when(hold.when)) br; (parts::weight(hold.weight)) } }
                            td {
                                @for (number, hold) in place.history.iter().enumerate() {
                                    @if number > 0 { p.quiet { "before: " (parts::short(&hold.words())) ", " (parts::when(hold.when)) } }
                                    (cx.voices(&hold.voices, 0, None))
                                }
                                @if place.lines > 1 || place.history.is_empty() { p.more { a href=(cx.of("entity", &place.id)) { (words::count(place.lines, "line", "lines")) " of " bdi { (parts::short(&place.name)) } } } }
                            }
                        }
                    }
                }
            }
        }
    }
}
