//! Claims as PLOVER events: in the columns of POLECAT, tab-separated, and as PLOVER's own JSON lines.
//! One line a claim; compound actors are lists, not lines multiplied.

use super::cells::{Row, country, joined};
use super::event::{Closeness, closeness, is_event, is_narrow, names, spot};
use super::jsonl::json;
use super::told::{Told, told, word};
use rapporteur_model::{EntityId, Mention, Place, PlaceKind};
use rapporteur_record::State;
use serde::Serialize;
use std::collections::BTreeMap;

/// POLECAT's columns in POLECAT's order, then those of the record.
pub const COLUMNS: &[&str] = &[
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
    "claim_id",
    "report_id",
    "earliest",
    "latest",
    "said_by",
    "origin",
    "certainty",
    "start",
    "end",
    "exact",
];

/// The record as tab-separated lines, the names of the columns first.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let rows = told(state, places)
        .filter(is_event)
        .map(|told| row(&told).tsv());
    std::iter::once(COLUMNS.join("\t")).chain(rows)
}

fn row(told: &Told<'_>) -> Row {
    let what = told.what();
    let mut row = Row::of(COLUMNS);
    row.set("Event ID", &told.id().0);
    if let Some(when) = told.event_when() {
        if closeness(when) == Closeness::Day {
            row.set("Event Date", when.earliest.to_string());
        }
        row.set("earliest", when.earliest.to_string());
        row.set("latest", when.latest.to_string());
    }
    row.set(
        "Event Type",
        what.event.as_ref().map(word).unwrap_or_default(),
    );
    row.set_some("Event Mode", what.mode.as_deref());
    row.set("Quad Code", names(told).quad);
    for (mentions, [name, land, title, raw]) in [
        (
            told.actors(),
            [
                "Actor Name",
                "Actor Country",
                "Actor Title",
                "Actor Name Raw",
            ],
        ),
        (
            told.recipients(),
            [
                "Recipient Name",
                "Recipient Country",
                "Recipient Title",
                "Recipient Name Raw",
            ],
        ),
    ] {
        row.set(name, joined(&told.names(&mentions)));
        row.set(land, joined(&lands(told, &mentions)));
        let titles = mentions.iter().filter_map(|one| one.title.clone());
        row.set(title, joined(&titles.collect::<Vec<_>>()));
        let printed = mentions.iter().map(|one| one.name.clone());
        row.set(raw, joined(&printed.collect::<Vec<_>>()));
    }
    if let Some((mention, place)) = spot(told) {
        row.set("Raw Placename", &mention.name);
        row.set("Placename", told.name(mention));
        if let Some(place) = place {
            set_place(&mut row, place);
        }
    }
    let label = told.label();
    row.set("Source", &label.name);
    if let Some(published) = label
        .published
        .filter(|when| closeness(*when) == Closeness::Day)
    {
        row.set("Publication Date", published.earliest.to_string());
    }
    row.set_some(
        "Language",
        told.report.report.masthead().language.as_deref(),
    );
    row.set("claim_id", &told.id().0);
    row.set("report_id", &told.report_id().0);
    row.set("said_by", told.chain());
    row.set("origin", &told.claim.origin);
    row.set("certainty", word(&what.factuality.certainty));
    row.set("start", told.at.0.to_string());
    row.set("end", told.at.1.to_string());
    row.set("exact", told.exact());
    row
}

fn set_place(row: &mut Row, place: &Place) {
    let level = match place.kind {
        PlaceKind::Town => "City",
        PlaceKind::District => "District",
        PlaceKind::Province => "Province",
        PlaceKind::Region | PlaceKind::Country | PlaceKind::Continent => "Placename",
    };
    row.set_some("Province", place.province.as_deref());
    row.set(level, &place.name);
    row.set_some("Country", country(place.country.as_deref()).map(|c| c.name));
    row.set_some("GeoNames ID", place.geonameid);
    row.set("Feature Type", place.kind.name());
    if is_narrow(place) {
        row.set("Latitude", place.latitude.to_string());
        row.set("Longitude", place.longitude.to_string());
    }
}

/// The countries that are themselves named, by their three letters.
pub(super) fn lands(told: &Told<'_>, mentions: &[&Mention]) -> Vec<String> {
    let countries = (mentions.iter())
        .filter_map(|mention| told.located(mention))
        .filter(|place| place.kind == PlaceKind::Country)
        .filter_map(|place| country(place.country.as_deref()));
    countries.map(|country| country.iso3.to_string()).collect()
}

/// The record as PLOVER's JSON, one object a line.
pub fn plover<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let claims = told(state, places).filter(is_event);
    claims.map(|told| json(&plover_line(&told)))
}

#[derive(Serialize)]
struct Plover<'s> {
    id: &'s str,
    claim_id: &'s str,
    has_event: bool,
    /// The first day; null: unknown.
    date: Option<String>,
    enddate: Option<String>,
    actor: Vec<PloverName>,
    recipient: Vec<PloverName>,
    event: Vec<String>,
    mode: Vec<&'s str>,
    quad_code: Option<u8>,
    event_loc: Option<PloverPlace<'s>>,
    event_text: [&'s str; 1],
    text: &'s str,
    text_info: PloverText,
    cite_info: PloverCite<'s>,
    link: Option<&'s str>,
    comment: String,
}

#[derive(Serialize)]
struct PloverName {
    entity_text: String,
    identifier_text: String,
    code: Option<String>,
}

#[derive(Serialize)]
struct PloverPlace<'s> {
    extracted_place: &'s str,
    resolved_place: Option<&'s str>,
    geonameid: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
    province: Option<&'s str>,
    country_code: Option<&'s str>,
    resolution: Option<u8>,
}

#[derive(Serialize)]
struct PloverText {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct PloverCite<'s> {
    citation: String,
    url: Option<&'s str>,
    title: Option<String>,
    language: Option<&'s str>,
    publication: String,
    coder: &'static str,
}

fn plover_line<'s>(told: &Told<'s>) -> Plover<'s> {
    let what = told.what();
    let label = told.label();
    let named = |mentions: Vec<&Mention>| {
        let one = |mention: &&Mention| PloverName {
            entity_text: mention.name.clone(),
            identifier_text: told.name(mention),
            code: lands(told, &[mention]).pop(),
        };
        mentions.iter().map(one).collect()
    };
    Plover {
        id: &told.id().0,
        claim_id: &told.id().0,
        has_event: true,
        date: told.event_when().map(|when| when.earliest.to_string()),
        enddate: told.event_when().map(|when| when.latest.to_string()),
        actor: named(told.actors()),
        recipient: named(told.recipients()),
        event: what.event.iter().map(word).collect(),
        mode: what.mode.as_deref().into_iter().collect(),
        quad_code: names(told).quad.parse().ok(),
        event_loc: spot(told).map(|(mention, place)| PloverPlace {
            extracted_place: &mention.name,
            resolved_place: place.map(|place| place.name.as_str()),
            geonameid: place.and_then(|place| place.geonameid),
            lat: place
                .filter(|place| is_narrow(place))
                .map(|place| place.latitude),
            lon: place
                .filter(|place| is_narrow(place))
                .map(|place| place.longitude),
            province: place.and_then(|place| place.province.as_deref()),
            country_code: place.and_then(|place| place.country.as_deref()),
            resolution: place.and_then(|place| match place.kind {
                PlaceKind::Town => Some(4),
                PlaceKind::District => Some(3),
                PlaceKind::Province => Some(2),
                PlaceKind::Country => Some(1),
                PlaceKind::Region | PlaceKind::Continent => None,
            }),
        }),
        event_text: [told.exact()],
        text: told.sentence(),
        text_info: PloverText {
            start: told.at.0,
            end: told.at.1,
        },
        cite_info: PloverCite {
            citation: told.chain(),
            url: told.url(),
            title: label.title,
            language: told.report.report.masthead().language.as_deref(),
            publication: label.name,
            coder: "rapporteur",
        },
        link: told.url(),
        comment: told.words(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{events as record, located};
    use expect_test::expect;

    #[test]
    fn one_line_a_claim() {
        let state = record();
        let places = located(&state);
        let lines: Vec<String> = lines(&state, &places).skip(1).collect();
        expect![[r#"
            b811af04219223b5835c	2031-02-28	ASSAULT	heavy-weapons		4		Rebels						Rebels		civilians						civilians		Velka	Velka		Orsk	Switzerland	44.5	20.25	9000001	Velka	town	Harbour, Post	2031-03-03						b811af04219223b5835c	008e18e5f7e6fcf636b4	2031-02-28	2031-02-28	Harbour, Post in its own voice	Harbour, Post	certain	0	60	Rebels shelled Velka on Friday, killing at least 5 civilians
            efbe32393105fa78953b		REQUEST			3		army						army																				Harbour, Post	2031-03-03						efbe32393105fa78953b	008e18e5f7e6fcf636b4			Harbour, Post in its own voice	Harbour, Post	certain	62	95	The army demanded their surrender
            0d3e17574697670a1507	2031-02-28	ASSAULT			4		army						army										Velka	Velka		Orsk	Switzerland	44.5	20.25	9000001	Velka	town	North Wire	2031-03-01						0d3e17574697670a1507	30b6f357fa24bf1a84ac	2031-02-28	2031-02-28	defence ministry ← North Wire	North Wire	certain	0	29	The army took Velka on Friday
            7b8b5e1760a39555772c	2031-02-28	ASSAULT			4		army						army										Velka	Velka		Orsk	Switzerland	44.5	20.25	9000001	Velka	town	Daily Echo	2031-03-02						7b8b5e1760a39555772c	99c1b6333786f11844fa	2031-02-28	2031-02-28	defence ministry ← Daily Echo	Daily Echo	certain	13	42	The army took Velka on Friday"#]].assert_eq(&lines.join("\n"));
    }

    #[test]
    fn plover_has_lists_of_actors() {
        let state = record();
        let places = located(&state);
        let line = plover(&state, &places).next().unwrap();
        expect![[r#"{"id":"b811af04219223b5835c","claim_id":"b811af04219223b5835c","has_event":true,"date":"2031-02-28","enddate":"2031-02-28","actor":[{"entity_text":"Rebels","identifier_text":"Rebels","code":null}],"recipient":[{"entity_text":"civilians","identifier_text":"civilians","code":null}],"event":["ASSAULT"],"mode":["heavy-weapons"],"quad_code":4,"event_loc":{"extracted_place":"Velka","resolved_place":"Velka","geonameid":9000001,"lat":44.5,"lon":20.25,"province":"Orsk","country_code":"CH","resolution":4},"event_text":["Rebels shelled Velka on Friday, killing at least 5 civilians"],"text":"Rebels shelled Velka on Friday, killing at least 5 civilians.","text_info":{"start":0,"end":60},"cite_info":{"citation":"Harbour, Post in its own voice","url":null,"title":"\"Five\" dead","language":null,"publication":"Harbour, Post","coder":"rapporteur"},"link":null,"comment":"Rebels attacked Velka"}"#]].assert_eq(&line);
    }
}
