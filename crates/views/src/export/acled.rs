//! Events in the columns of ACLED, with columns of our own behind them: one row an event, all the
//! claims that tell of it in `claim_ids`.

use super::cells::{Row, country, csv, joined};
use super::event::{
    Closeness, Event, closeness, events, is_against_civilians, is_civilian, is_event, is_narrow,
    names, spot,
};
use super::told::{Told, word};
use rapporteur_model::{EntityId, Mention, Place, PlaceKind};
use rapporteur_record::State;
use std::collections::BTreeMap;

/// ACLED's columns in ACLED's order, then those of the record.
pub const COLUMNS: &[&str] = &[
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
    "claim_id",
    "claim_ids",
    "report_ids",
    "earliest",
    "latest",
    "fatalities_low",
    "fatalities_high",
    "said_by",
    "origins",
    "against",
    "certainty",
    "geonameid",
    "exact",
];

/// The record as lines of CSV, the names of the columns first.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let wanted =
        |told: &Told<'_>| is_event(told) && (!names(told).acled.is_empty() || is_assault(told));
    let events = events(state, places, wanted);
    let rows = events
        .into_iter()
        .filter_map(|event| Some(row(&event)?.csv()));
    std::iter::once(csv(COLUMNS)).chain(rows)
}

/// An assault whose kind the words do not tell is political violence all the same.
fn is_assault(told: &Told<'_>) -> bool {
    told.what().event == Some(rapporteur_model::EventType::Assault)
}

fn row(event: &Event<'_>) -> Option<Row> {
    let first = event.first()?;
    let mut row = Row::of(COLUMNS);
    row.set("event_id_cnty", &first.id().0);
    if let Some(when) = first.event_when() {
        row.set("earliest", when.earliest.to_string());
        row.set("latest", when.latest.to_string());
        // A date for a stretch is its middle, as ACLED writes it, and the precision says so.
        let precision = match closeness(when) {
            Closeness::Day => Some("1"),
            Closeness::Days | Closeness::Week => Some("2"),
            Closeness::Month => Some("3"),
            Closeness::Year | Closeness::Longer => None,
        };
        if let Some(precision) = precision {
            let half = i32::try_from((when.days() - 1) / 2).unwrap_or(0);
            let middle = when.earliest.checked_add(jiff::Span::new().days(half));
            row.set("time_precision", precision);
            row.set_some("event_date", middle.ok());
        }
        if when.earliest.year() == when.latest.year() {
            row.set("year", when.earliest.year().to_string());
        }
    }
    let types = names(first);
    row.set("event_type", types.acled);
    row.set("sub_event_type", types.acled_sub);
    row.set("disorder_type", disorder(types.acled, first));
    let sides = sides(first);
    let mut codes = Vec::new();
    for (side, [actor, associated, inter]) in sides.iter().zip([
        ["actor1", "assoc_actor_1", "inter1"],
        ["actor2", "assoc_actor_2", "inter2"],
    ]) {
        let names = first.names(side);
        if let Some((name, others)) = names.split_first() {
            row.set(actor, name);
            row.set(associated, joined(others));
            let code = code(name);
            row.set(inter, code);
            codes.push(code);
        }
    }
    codes.sort_unstable();
    if codes.len() == 2 && !codes.contains(&"") {
        row.set("interaction", codes.concat());
    }
    if is_against_civilians(first) {
        row.set("civilian_targeting", "Civilian targeting");
    }
    set_place(&mut row, first);
    let publishers = event.each(|told| Some(told.label().name));
    row.set("source", joined(&publishers));
    row.set("notes", first.words());
    let (low, high) = event.deaths();
    row.set_some("fatalities", low.filter(|_| low == high));
    row.set_some("fatalities_low", low);
    row.set_some("fatalities_high", high);
    row.set("claim_id", &first.id().0);
    row.set("claim_ids", joined(&event.ids()));
    let reports = event.each(|told| Some(told.report_id().0.clone()));
    row.set("report_ids", joined(&reports));
    row.set("said_by", joined(&event.each(|told| Some(told.chain()))));
    let origins = event.each(|told| Some(told.claim.origin.clone()));
    row.set("origins", origins.len().to_string());
    row.set("against", joined(&event.against));
    row.set("certainty", word(&first.what().factuality.certainty));
    row.set("exact", first.exact());
    Some(row)
}

/// Both sides; in ACLED neither is the first. Two who fight one another may stand in one list.
fn sides<'s>(told: &Told<'s>) -> [Vec<&'s Mention>; 2] {
    let (actors, recipients) = (told.actors(), told.recipients());
    let meets = |event| event == Some(rapporteur_model::EventType::Agree);
    match (actors.split_first(), recipients.is_empty()) {
        (Some((first, rest)), true) if is_clash(told) || meets(told.what().event) => {
            [vec![*first], rest.to_vec()]
        }
        _ => [actors, recipients],
    }
}

fn is_clash(told: &Told<'_>) -> bool {
    use rapporteur_model::{Action, Subject};
    told.what().subject == Subject::Ground(Action::Clash)
}

/// ACLED's code of a side, where the words alone tell it: 1 a state's forces, 7 civilians.
fn code(name: &str) -> &'static str {
    match rapporteur_record::names_state(name) {
        _ if is_civilian(name) => "7",
        Some(true) => "1",
        _ => "",
    }
}

fn disorder(event_type: &str, told: &Told<'_>) -> &'static str {
    match event_type {
        "Battles" | "Explosions/Remote violence" | "Violence against civilians" => {
            "Political violence"
        }
        "Protests" => "Demonstrations",
        "Strategic developments" => "Strategic developments",
        "" if is_assault(told) => "Political violence",
        _ => "",
    }
}

fn set_place(row: &mut Row, told: &Told<'_>) {
    let Some((mention, place)) = spot(told) else {
        return;
    };
    row.set("location", told.name(mention));
    let Some(place) = place else {
        return;
    };
    row.set_some("geonameid", place.geonameid);
    if let Some(country) = country(place.country.as_deref()) {
        row.set("iso", country.number);
        row.set("country", country.name);
    }
    row.set_some("admin1", place.province.as_deref());
    let precision = match place.kind {
        PlaceKind::Town => Some("1"),
        PlaceKind::District => {
            row.set("admin2", &place.name);
            Some("2")
        }
        PlaceKind::Province => {
            row.set("admin1", &place.name);
            Some("3")
        }
        PlaceKind::Region | PlaceKind::Country | PlaceKind::Continent => None,
    };
    // ACLED's coordinates say no more than its precision 3; a country's middle is no place.
    if let Some(precision) = precision.filter(|_| is_narrow(place)) {
        row.set("geo_precision", precision);
        row.set("latitude", place.latitude.to_string());
        row.set("longitude", place.longitude.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{events as record, located};
    use expect_test::expect;

    #[test]
    fn an_event_is_one_row_with_all_its_claims() {
        assert_eq!(COLUMNS.iter().position(|c| *c == "claim_id"), Some(31));
        let state = record();
        let places = located(&state);
        let lines: Vec<String> = lines(&state, &places).skip(1).collect();
        expect![[r#"
            0d3e17574697670a1507,2031-02-28,2031,1,Political violence,Battles,Government regains territory,army,,1,,,,,,756,,Switzerland,Orsk,,,Velka,44.5,20.25,1,North Wire; Daily Echo,,army took Velka,,,,0d3e17574697670a1507,0d3e17574697670a1507; 7b8b5e1760a39555772c,30b6f357fa24bf1a84ac; 99c1b6333786f11844fa,2031-02-28,2031-02-28,,,defence ministry ← North Wire; defence ministry ← Daily Echo,2,,certain,9000001,The army took Velka on Friday
            b811af04219223b5835c,2031-02-28,2031,1,Political violence,Explosions/Remote violence,Shelling/artillery/missile attack,Rebels,,,civilians,,7,,Civilian targeting,756,,Switzerland,Orsk,,,Velka,44.5,20.25,1,"Harbour, Post",,Rebels attacked Velka,,,,b811af04219223b5835c,b811af04219223b5835c,008e18e5f7e6fcf636b4,2031-02-28,2031-02-28,5,,"Harbour, Post in its own voice",1,,certain,9000001,"Rebels shelled Velka on Friday, killing at least 5 civilians""#]].assert_eq(&lines.join("\n"));
    }
}
