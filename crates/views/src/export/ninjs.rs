//! Reports as IPTC ninjs 1.x, one JSON object a line: the report's own text with the names in it, and
//! each claim as an associated item (`claim_` and its id) with its exact words.

use super::annotation::address;
use super::jsonl::by_report;
use super::told::word;
use crate::words;
use rapporteur_model::{EntityId, Kind, Place};
use rapporteur_record::{ClaimState, Entity, ReportState, State};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The record as ninjs, one object a line.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let claims = by_report(state);
    (state.reports.iter()).map(move |(id, report)| {
        let claims = claims.get(id).map(Vec::as_slice).unwrap_or_default();
        item(state, places, report, claims).to_string()
    })
}

fn item(
    state: &State,
    places: &BTreeMap<EntityId, Place>,
    report: &ReportState,
    claims: &[&ClaimState],
) -> Value {
    let masthead = report.report.masthead();
    let mut item = Map::new();
    let id = report.report.id();
    item.insert("uri".into(), format!("urn:rapporteur:report:{id}").into());
    item.insert("type".into(), "text".into());
    item.insert("representationtype".into(), "complete".into());
    item.insert("body_text".into(), report.report.body().into());
    let mut set = |key: &str, text: Option<&str>| {
        if let Some(text) = text {
            item.insert(key.into(), words::one_line(text).into());
        }
    };
    set("headline", masthead.title.as_deref());
    set("byline", masthead.byline.as_deref());
    set("located", masthead.dateline.as_deref());
    set("language", masthead.language.as_deref());
    set("copyrightholder", masthead.publisher.as_deref());
    let credits = (masthead.credits.iter()).map(|name| json!({"name": words::one_line(name)}));
    let mut lists: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    lists.insert("infosource", credits.collect());
    for entity in named(state, report) {
        let name = entity.names.first().map(|name| words::one_line(name));
        let mut value = json!({"rel": "mentioned", "name": name});
        let list = match entity.kind {
            Kind::Person => "person",
            Kind::Organization => "organisation",
            Kind::Place => "place",
        };
        let place = places
            .get(&entity.id)
            .filter(|place| super::event::is_narrow(place));
        if let Some(place) = place {
            let at = [place.longitude, place.latitude];
            value["geometry_geojson"] = json!({"type": "Point", "coordinates": at});
        }
        lists.entry(list).or_default().push(value);
    }
    for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        item.insert(key.into(), list.into());
    }
    let mut others = Map::new();
    if let Some(url) = address(masthead.url.as_deref()) {
        others.insert("url".into(), url.into());
    }
    others.insert("report_id".into(), json!(id));
    item.insert("altids".into(), others.into());
    let publisher = crate::voice::label(id, report).name;
    let associations: Map<String, Value> = (claims.iter())
        .map(|claim| {
            let what = claim.claim.what();
            let mut value = json!({
                "uri": format!("urn:rapporteur:claim:{}", claim.claim.id()),
                "type": "text",
                "representationtype": "partial",
                "altids": {"claim_id": claim.claim.id()},
                "headline": words::claim(&report.report, &claim.claim),
                "byline": words::chain(claim, &publisher),
                "body_text": claim.claim.evidence().exact(),
            });
            if let Some(event) = &what.event {
                value["subject"] = json!([{"rel": "plover", "name": word(event)}]);
            }
            (format!("claim_{}", claim.claim.id()), value)
        })
        .collect();
    if !associations.is_empty() {
        item.insert("associations".into(), associations.into());
    }
    item.into()
}

/// What the report names, each once, by kind and name.
fn named<'s>(state: &'s State, report: &ReportState) -> Vec<&'s Entity> {
    let id = report.report.id();
    let found = (report.mentions.iter()).filter_map(|mention| state.entity(id, mention));
    let mut found: Vec<&Entity> = found.collect();
    found.sort_by(|a, b| (a.kind, &a.names, &a.id).cmp(&(b.kind, &b.names, &b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{located, state};
    use expect_test::expect;

    #[test]
    fn a_report_with_its_names_and_claims() {
        let state = state();
        let places = located(&state);
        let line = lines(&state, &places).next().unwrap();
        expect![[r#"{"altids":{"report_id":"30b6f357fa24bf1a84ac"},"associations":{"claim_322cb15b05b7ed6f8480":{"altids":{"claim_id":"322cb15b05b7ed6f8480"},"body_text":"The army took Velka on Friday","byline":"defence ministry ← North Wire","headline":"army took Velka","representationtype":"partial","type":"text","uri":"urn:rapporteur:claim:322cb15b05b7ed6f8480"},"claim_a6a57c31f56cd6de076f":{"altids":{"claim_id":"a6a57c31f56cd6de076f"},"body_text":"It holds more than 16 of 40 districts","byline":"North Wire in its own voice","headline":"more than 16 of 40 districts","representationtype":"partial","type":"text","uri":"urn:rapporteur:claim:a6a57c31f56cd6de076f"}},"body_text":"The army took Velka on Friday, the defence ministry said. It holds more than 16 of 40 districts.","copyrightholder":"North Wire","headline":"Army takes Velka","organisation":[{"name":"army","rel":"mentioned"}],"place":[{"geometry_geojson":{"coordinates":[20.25,44.5],"type":"Point"},"name":"Velka","rel":"mentioned"}],"representationtype":"complete","type":"text","uri":"urn:rapporteur:report:30b6f357fa24bf1a84ac"}"#]].assert_eq(&line);
    }
}
