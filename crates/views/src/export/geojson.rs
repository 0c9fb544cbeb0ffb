//! GeoJSON (RFC 7946): for each place what is said of who holds it, and every claim at its places. What
//! lies where nobody knows has no geometry; a country's middle is no place and is not drawn either.

use super::event::is_narrow;
use super::jsonl::json;
use super::told::{Told, told, word};
use crate::{control, words};
use rapporteur_model::{ClaimId, EntityId, Mention, Place, ReportId, When};
use rapporteur_record::State;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Feature<P> {
    r#type: &'static str,
    id: String,
    geometry: Option<Point>,
    properties: P,
}

/// Longitude first.
#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// What is said of a place at one time.
#[derive(Serialize)]
struct Hold<'s> {
    feature: &'static str,
    claim_id: Option<&'s ClaimId>,
    claim_ids: &'s [ClaimId],
    #[serde(flatten)]
    place: Where<'s>,
    holder: &'s str,
    action: &'static str,
    status: &'static str,
    since: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    claimed_by: &'s [String],
    independent_sources: usize,
    reports: usize,
}

/// One claim at one of its places.
#[derive(Serialize)]
struct Claim<'s> {
    feature: &'static str,
    claim_id: &'s ClaimId,
    #[serde(flatten)]
    place: Where<'s>,
    words: String,
    event: Option<String>,
    mode: Option<&'s str>,
    action: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    actor: Vec<String>,
    recipient: Vec<String>,
    said_by: String,
    origin: &'s str,
    certainty: String,
    polarity: String,
    realis: String,
    publisher: String,
    published: Option<String>,
    report_id: &'s ReportId,
    url: Option<&'s str>,
    exact: &'s str,
    start: usize,
    end: usize,
}

/// A place by its name, and where the gazetteer has it.
#[derive(Default, Serialize)]
struct Where<'s> {
    name: Option<String>,
    geonameid: Option<u32>,
    admin1: Option<&'s str>,
    country: Option<&'s str>,
    precision: Option<&'static str>,
}

impl<'s> Where<'s> {
    fn of(name: Option<String>, place: Option<&'s Place>) -> Where<'s> {
        Where {
            name,
            geonameid: place.and_then(|place| place.geonameid),
            admin1: place.and_then(|place| place.province.as_deref()),
            country: place.and_then(|place| place.country.as_deref()),
            precision: place.map(|place| place.kind.name()),
        }
    }
}

fn feature<P>(id: String, place: Option<&Place>, properties: P) -> Feature<P> {
    let geometry = place.filter(|place| is_narrow(place)).map(|place| Point {
        r#type: "Point",
        coordinates: [place.longitude, place.latitude],
    });
    Feature {
        r#type: "Feature",
        id,
        geometry,
        properties,
    }
}

/// The record as one feature collection, a feature a line.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let holds = holds(state, places);
    let claims = told(state, places).flat_map(|told| at_its_places(&told));
    document(
        "{\"type\":\"FeatureCollection\",\"features\":[",
        holds.chain(claims),
        "]}",
    )
}

/// A JSON document of a head, items separated by commas, and an end, each on a line of its own.
pub(super) fn document<'s>(
    head: impl Into<String>,
    items: impl Iterator<Item = String> + 's,
    end: impl Into<String>,
) -> impl Iterator<Item = String> + 's {
    let mut items = items.peekable();
    let lines = std::iter::from_fn(move || {
        let mut line = items.next()?;
        if items.peek().is_some() {
            line.push(',');
        }
        Some(line)
    });
    let (head, end) = (head.into(), end.into());
    std::iter::once(head).chain(lines).chain([end])
}

fn holds<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    state.control.iter().flat_map(move |held| {
        let place = places.get(&held.place);
        (held.history.iter().enumerate()).map(move |(number, hold)| {
            let line = control::line(state, hold);
            let properties = Hold {
                feature: "control",
                claim_id: hold.claims.first(),
                claim_ids: &hold.claims,
                place: Where::of(Some(words::one_line(&held.name)), place),
                holder: &hold.name,
                action: line.action,
                status: line.status,
                since: hold.when.map(When::iso),
                earliest: hold.when.map(|when| when.earliest.to_string()),
                latest: hold.when.map(|when| when.latest.to_string()),
                claimed_by: &hold.origins,
                independent_sources: hold.origins.len(),
                reports: line.weight.reports,
            };
            json(&feature(
                format!("{}-{number}", held.place),
                place,
                properties,
            ))
        })
    })
}

fn at_its_places(told: &Told<'_>) -> Vec<String> {
    let mut mentions: Vec<Option<&Mention>> = told.where_at().into_iter().map(Some).collect();
    if mentions.is_empty() {
        mentions.push(None);
    }
    let several = mentions.len() > 1;
    let one = |(number, mention): (usize, Option<&Mention>)| {
        let place = mention.and_then(|mention| told.located(mention));
        let id = match several {
            true => format!("{}-{number}", told.id()),
            false => told.id().to_string(),
        };
        let name = mention.map(|mention| told.name(mention));
        json(&feature(id, place, claim(told, Where::of(name, place))))
    };
    mentions.into_iter().enumerate().map(one).collect()
}

fn claim<'s>(told: &Told<'s>, place: Where<'s>) -> Claim<'s> {
    let what = told.what();
    let label = told.label();
    let when = told.when();
    Claim {
        feature: "claim",
        claim_id: told.id(),
        place,
        words: told.words(),
        event: what.event.as_ref().map(word),
        mode: what.mode.as_deref(),
        action: match &what.subject {
            rapporteur_model::Subject::Ground(action) => Some(word(action)),
            _ => None,
        },
        earliest: when.map(|when| when.earliest.to_string()),
        latest: when.map(|when| when.latest.to_string()),
        actor: told.names(&told.actors()),
        recipient: told.names(&told.recipients()),
        said_by: told.chain(),
        origin: &told.claim.origin,
        certainty: word(&what.factuality.certainty),
        polarity: word(&what.factuality.polarity),
        realis: word(&what.factuality.realis),
        publisher: label.name,
        published: label.published.map(When::iso),
        report_id: told.report_id(),
        url: told.url(),
        exact: told.exact(),
        start: told.at.0,
        end: told.at.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{located, state};
    use expect_test::expect;

    #[test]
    fn what_lies_nobody_knows_where_has_no_geometry() {
        let state = state();
        let places = located(&state);
        let text: Vec<String> = lines(&state, &places).collect();
        let value: serde_json::Value = serde_json::from_str(&text.concat()).unwrap();
        let features = value["features"].as_array().unwrap();
        for feature in features {
            let name = feature["properties"]["name"].as_str();
            assert_eq!(
                feature["geometry"].is_null(),
                name != Some("Velka"),
                "{feature}"
            );
            let point = &feature["geometry"]["coordinates"];
            assert!(point.is_null() || *point == serde_json::json!([20.25, 44.5]));
        }
        expect![[r#"
            {"type":"Feature","id":"39b2cd75858188dfe32f-0","geometry":{"type":"Point","coordinates":[20.25,44.5]},"properties":{"feature":"control","claim_id":"17d9f44f818196a9d3d5","claim_ids":["17d9f44f818196a9d3d5","322cb15b05b7ed6f8480"],"name":"Velka","geonameid":9000001,"admin1":"Orsk","country":"CH","precision":"town","holder":"army","action":"taken","status":"contested","since":"2031-02-28","earliest":"2031-02-28","latest":"2031-02-28","claimed_by":["defence ministry"],"independent_sources":1,"reports":2}},
            {"type":"Feature","id":"322cb15b05b7ed6f8480","geometry":{"type":"Point","coordinates":[20.25,44.5]},"properties":{"feature":"claim","claim_id":"322cb15b05b7ed6f8480","name":"Velka","geonameid":9000001,"admin1":"Orsk","country":"CH","precision":"town","words":"army took Velka","event":null,"mode":null,"action":"taken","earliest":"2031-02-28","latest":"2031-02-28","actor":["army"],"recipient":[],"said_by":"defence ministry ← North Wire","origin":"defence ministry","certainty":"certain","polarity":"positive","realis":"actual","publisher":"North Wire","published":"2031-03-01","report_id":"30b6f357fa24bf1a84ac","url":null,"exact":"The army took Velka on Friday","start":0,"end":29}},"#]].assert_eq(&[&text[1], &text[3]].map(String::as_str).join("\n"));
    }

    #[test]
    fn an_empty_record_is_an_empty_collection() {
        let state = State::of(rapporteur_record::Contents::default());
        let text: Vec<String> = lines(&state, &BTreeMap::new()).collect();
        assert_eq!(
            text.concat(),
            "{\"type\":\"FeatureCollection\",\"features\":[]}"
        );
    }
}
