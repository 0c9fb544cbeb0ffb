//! Names: which are taken for one, and what people judged of them.

use crate::web::{Context, Page, Place, Shown, parts};
use maud::{Markup, html};
use rapporteur_model::{EntityId, Item, Kind, Verdict};
use rapporteur_views::desk::{Asked, EntitiesPage, EntityPage, JudgementLine, Judgements};
use rapporteur_views::words;

const KINDS: [(Kind, &str, &str); 3] = [
    (Kind::Person, "person", "Persons"),
    (Kind::Organization, "organization", "Organisations"),
    (Kind::Place, "place", "Places"),
];

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "A person",
        Kind::Organization => "An organisation",
        Kind::Place => "A place",
    }
}

pub fn all(cx: &Context<'_>) -> Shown {
    let asked = cx.address.asks("kind");
    let kind = KINDS
        .iter()
        .find(|(_, name, _)| Some(*name) == asked)
        .map(|(kind, _, _)| *kind);
    cx.show(&cx.desk.entities(kind, cx.address.page), |data| Page {
        title: "Names".to_string(),
        lead: html! {
            (data.kinds[0]) " persons, " (data.kinds[1]) " organisations and " (data.kinds[2]) " places, under all the names that are printed for them."
        },
        body: list(cx, data),
    })
}

fn list(cx: &Context<'_>, data: &EntitiesPage) -> Markup {
    html! {
        @if cx.is_served() {
            nav.choice aria-label="Kinds" {
                a href=(cx.to("entities.html")) aria-current=[data.kind.is_none().then_some("true")] { "All" }
                @for (kind, name, words) in KINDS {
                    a href=(cx.to(&format!("entities.html?kind={name}"))) aria-current=[(data.kind == Some(kind)).then_some("true")] { (words) }
                }
            }
        }
        (cx.sieve(".names li", "On this page, only names with"))
        @for group in data.entities.chunk_by(|a, b| a.kind == b.kind) {
            @if let Some(first) = group.first() {
                section {
                    h2 { @for (kind, _, words) in KINDS { @if kind == first.kind { (words) } } }
                    ul.names {
                        @for entity in group {
                            li {
                                a href=(cx.of("entity", &entity.id)) { bdi { (parts::short(&entity.name)) } }
                                @if let Some(role) = &entity.role { span.role { " " bdi { (parts::short(role)) } } }
                                @if !entity.also.is_empty() {
                                    span.also { " also " @for (n, name) in entity.also.iter().enumerate() { @if n > 0 { " · " } bdi { (parts::short(name)) } } }
                                }
                                span.quiet { " " (words::count(entity.reports, "report", "reports")) ", " (words::count(entity.claims, "claim", "claims")) }
                            }
                        }
                    }
                }
            }
        }
        (cx.pager(data.leaf))
    }
}

pub fn one(cx: &Context<'_>, id: &str) -> Option<Shown> {
    let data = cx.desk.entity(&EntityId(id.to_string()), cx.address.page)?;
    let name = data.names.first()?.clone();
    Some(cx.show(&data, |data| Page {
        title: parts::short(&name),
        lead: html! {
            (kind_word(data.kind))
            @if let Some(country) = &data.country { " in " (country) }
            ", named in " (words::count(data.reports, "report", "reports")) " and "
            (words::count(data.leaf.total, "claim", "claims")) "."
        },
        body: entity(cx, data),
    }))
}

fn entity(cx: &Context<'_>, data: &EntityPage) -> Markup {
    html! {
        @if data.leaf.page == 1 {
            div.two {
                section {
                    h2 { "Names printed" }
                    ul.plain { @for name in &data.names { li { bdi { (parts::short(name)) } } } }
                    @if !data.reasons.is_empty() {
                        h3 { "Why they are taken for one" }
                        ul.plain.quiet { @for reason in &data.reasons { li dir="auto" { (parts::short(reason)) } } }
                    }
                }
                section {
                    h2 { "Said to be" }
                    @if data.roles.is_empty() { p.quiet { "No role is printed." } }
                    ul.plain {
                        @for role in &data.roles {
                            li {
                                bdi { (parts::short(&role.role)) @if let Some(of) = &role.of { ", " (parts::short(of)) } }
                                " " span.quiet { (parts::when(role.when)) }
                            }
                        }
                    }
                    @if let Some((north, east)) = data.at {
                        p.quiet { "At " (format!("{north:.3}")) "° north, " (format!("{east:.3}")) "° east (GeoNames), " a href=(cx.to("control.html")) { "on the map" } }
                    }
                }
            }
            @if !data.holds.is_empty() {
                section {
                    h2 { "Who is said to hold it" }
                    ol.holds {
                        @for hold in &data.holds {
                            li {
                                p { (parts::when(hold.when)) " " strong dir="auto" { (parts::short(&hold.words())) } " " (parts::weight(hold.weight)) }
                                (cx.voices(&hold.voices, 0, None))
                            }
                        }
                    }
                }
            }
            @if cx.desk.is_entity(&data.id) { section #judgements {
                h2 { "Judgements" }
                @if data.judgements.is_empty() { p.quiet { "Nobody judged these names yet." } }
                @for judgement in &data.judgements { (judgement_line(cx, judgement)) }
                (forms(cx, data))
            } }
        }
        section {
            h2 { "Claims" }
            @if cx.is_served() && data.leaf.total > 0 {
                @let name = data.names.first().cloned();
                @let asked = match data.kind {
                    Kind::Place => Asked { place: name, ..Asked::default() },
                    _ => Asked { actor: name, ..Asked::default() },
                };
                p { a href=(cx.timeline(&asked)) { "Those with a date or a subject, in the timeline" } }
            }
            @for line in &data.claims { (cx.line(line, true)) }
            (cx.pager(data.leaf))
        }
    }
}

/// Merge and split.
fn forms(cx: &Context<'_>, data: &EntityPage) -> Markup {
    let Place::Served { csrf, author } = cx.place else {
        return html! {};
    };
    let first = data.names.first().map_or("", String::as_str);
    let signed = |id: &str| {
        html! {
            label for=(format!("{id}-reason")) { "Why" }
            input id=(format!("{id}-reason")) name="reason" required maxlength="500" autocomplete="off";
            label for=(format!("{id}-author")) { "Signed" }
            input id=(format!("{id}-author")) name="author" required maxlength="100" value=(author) autocomplete="name";
        }
    };
    html! {
        div.two {
            form.stack #merge action=(cx.to("judge")) method="post" {
                h3 { "Merge with another name" }
                input type="hidden" name="csrf" value=(csrf);
                input type="hidden" name="verdict" value="same";
                input type="hidden" name="a" value=(first);
                label for="merge-b" { "“" bdi { (parts::short(first)) } "” is the same as" }
                input #merge-b name="b" required maxlength="300" list="alike" autocomplete="off";
                datalist #alike { @for name in &data.alike { option value=(name) {} } }
                (signed("merge"))
                button type="submit" { "Merge" }
            }
            @if data.names.len() > 1 {
                form.stack #split action=(cx.to("judge")) method="post" {
                    h3 { "Split" }
                    input type="hidden" name="csrf" value=(csrf);
                    input type="hidden" name="verdict" value="different";
                    @for (field, words) in [("a", "This name"), ("b", "is not the same as")] {
                        label for=(format!("split-{field}")) { (words) }
                        select id=(format!("split-{field}")) name=(field) {
                            @for (number, name) in data.names.iter().enumerate() {
                                option selected[field == "b" && number == 1] { (name) }
                            }
                        }
                    }
                    (signed("split"))
                    button type="submit" { "Split" }
                }
            }
        }
    }
}

fn judgement_line(cx: &Context<'_>, line: &JudgementLine) -> Markup {
    let verdict = match line.verdict {
        Verdict::Same => "is the same as",
        Verdict::Different => "is not the same as",
        Verdict::Unsure => "may or may not be",
    };
    let item = |item: &Item, words: &str| {
        let name = match item {
            Item::Name(name) => cx.desk.entity_named(name),
            Item::Claim(_) => None,
        };
        html! {
            @match name {
                Some(id) => a href=(cx.of("entity", id)) { bdi { (parts::short(words)) } },
                None => bdi { "“" (parts::short(words)) "”" },
            }
        }
    };
    let [a, b] = &line.words;
    html! {
        article.judgement.undone[!line.stands] id=(format!("j-{}", words::short(&line.id.0))) {
            p {
                @if let Some(undoes) = &line.undoes {
                    "Takes back " a href=(format!("{}#j-{}", cx.to("judgements.html"), words::short(&undoes.0))) { (words::short(&undoes.0)) } ": "
                }
                (item(&line.a, a)) " " (verdict) " " (item(&line.b, b))
                @if !line.stands { " " span.label.differ { "taken back" } }
            }
            p.quiet { bdi { (parts::short(&line.reason)) } ", " bdi { (parts::short(&line.author)) } ", " time datetime=(line.at) { (line.at) } }
            @if let Place::Served { csrf, author } = cx.place && line.stands {
                form.undo action=(cx.to("undo")) method="post" {
                    input type="hidden" name="csrf" value=(csrf);
                    input type="hidden" name="id" value=(line.id);
                    input type="hidden" name="author" value=(author);
                    @let id = words::short(&line.id.0);
                    label for=(format!("undo-{id}")) { "Why" }
                    input id=(format!("undo-{id}")) name="reason" required maxlength="500" value="taken back" autocomplete="off";
                    button type="submit" { "Undo" span.unseen { " judgement " (id) } }
                }
            }
        }
    }
}

pub fn judgements(cx: &Context<'_>) -> Shown {
    cx.show(&cx.desk.judgements(cx.address.page), |data: &Judgements| Page {
        title: "Judgements".to_string(),
        lead: html! { (words::count(data.leaf.total, "judgement", "judgements")) ", the latest first; each names author and reason, and can be taken back." },
        body: html! {
            @for judgement in &data.judgements { (judgement_line(cx, judgement)) }
            @if data.judgements.is_empty() { p { "Nobody judged anything yet. " a href=(cx.to("entities.html")) { "Names" } " can be merged and split." } }
            (cx.pager(data.leaf))
        },
    })
}
