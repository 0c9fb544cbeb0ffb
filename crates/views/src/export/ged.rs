//! Deaths in the columns of the UCDP Georeferenced Event Dataset, with columns of our own behind them:
//! one row for the claims that tell of the same deaths.

use super::cells::{Row, country, csv, joined};
use super::event::{Closeness, Event, closeness, counts_deaths, events, is_narrow, spot};
use super::told::{Told, word};
use rapporteur_model::{EntityId, Place, PlaceKind, Polarity, Realis};
use rapporteur_record::State;
use std::collections::BTreeMap;

/// UCDP's columns in UCDP's order, then those of the record.
pub const COLUMNS: &[&str] = &[
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
    "claim_id",
    "claim_ids",
    "report_ids",
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
    let events = events(state, places, tells_of_deaths);
    let rows = events
        .into_iter()
        .filter_map(|event| Some(row(&event)?.csv()));
    std::iter::once(csv(COLUMNS)).chain(rows)
}

/// Does the claim say that people died, and how many?
fn tells_of_deaths(told: &Told<'_>) -> bool {
    let what = told.what();
    let so =
        what.factuality.polarity == Polarity::Positive && what.factuality.realis == Realis::Actual;
    so && told.claim.repeats.is_none() && what.figures.iter().any(counts_deaths)
}

fn row(event: &Event<'_>) -> Option<Row> {
    let first = event.first()?;
    let mut row = Row::of(COLUMNS);
    row.set("id", &first.id().0);
    if let Some(when) = first.event_when() {
        if when.earliest.year() == when.latest.year() {
            row.set("year", when.earliest.year().to_string());
        }
        let precision = match closeness(when) {
            Closeness::Day => "1",
            Closeness::Days => "2",
            Closeness::Week => "3",
            Closeness::Month => "4",
            Closeness::Year => "5",
            Closeness::Longer => "",
        };
        row.set("date_prec", precision);
        row.set("date_start", when.earliest.to_string());
        row.set("date_end", when.latest.to_string());
    }
    row.set("side_a", joined(&first.names(&first.actors())));
    row.set("side_b", joined(&first.names(&first.recipients())));
    let reports = event.each(|told| Some(told.report_id().0.clone()));
    row.set("number_of_sources", reports.len().to_string());
    let article = |told: &Told<'_>| Some(crate::voice::headline(&told.label()));
    row.set("source_article", joined(&event.each(article)));
    row.set(
        "source_office",
        joined(&event.each(|told| Some(told.label().name))),
    );
    let published = |told: &Told<'_>| Some(told.report.published.when?.iso());
    row.set("source_date", joined(&event.each(published)));
    row.set(
        "source_headline",
        joined(&event.each(|told| told.label().title)),
    );
    row.set(
        "source_original",
        joined(&event.each(|told| Some(told.chain()))),
    );
    set_place(&mut row, first);
    let (low, high) = event.deaths();
    row.set_some("best", low.filter(|_| low == high));
    row.set_some("low", low);
    row.set_some("high", high);
    row.set("claim_id", &first.id().0);
    row.set("claim_ids", joined(&event.ids()));
    row.set("report_ids", joined(&reports));
    let origins = event.each(|told| Some(told.claim.origin.clone()));
    row.set("origins", origins.len().to_string());
    row.set("against", joined(&event.against));
    row.set("certainty", word(&first.what().factuality.certainty));
    row.set("exact", first.exact());
    Some(row)
}

fn set_place(row: &mut Row, told: &Told<'_>) {
    let Some((mention, place)) = spot(told) else {
        return;
    };
    row.set("where_description", told.name(mention));
    let Some(place) = place else {
        return;
    };
    row.set("where_coordinates", &place.name);
    row.set_some("geonameid", place.geonameid);
    row.set_some("country", country(place.country.as_deref()).map(|c| c.name));
    row.set_some("adm_1", place.province.as_deref());
    let precision = match place.kind {
        PlaceKind::Town => "1",
        PlaceKind::District => {
            row.set("adm_2", &place.name);
            "3"
        }
        PlaceKind::Province => {
            row.set("adm_1", &place.name);
            "4"
        }
        PlaceKind::Region => "5",
        PlaceKind::Country => "6",
        PlaceKind::Continent => "",
    };
    row.set("where_prec", precision);
    if is_narrow(place) {
        let (latitude, longitude) = (place.latitude, place.longitude);
        row.set("latitude", latitude.to_string());
        row.set("longitude", longitude.to_string());
        row.set("geom_wkt", format!("POINT ({longitude} {latitude})"));
        row.set_some("priogrid_gid", priogrid(latitude, longitude));
    }
}

/// The cell of PRIO-GRID: half degrees, counted from the south-west corner, 720 to a row.
fn priogrid(latitude: f64, longitude: f64) -> Option<u32> {
    let cell = |degrees: f64, from: f64, cells: u32| {
        let number = ((degrees - from) * 2.0).floor();
        let inside = number >= 0.0 && number < f64::from(cells);
        inside.then_some(number as u32)
    };
    let (row, column) = (cell(latitude, -90.0, 360)?, cell(longitude, -180.0, 720)?);
    Some(row * 720 + column + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{events as record, located};
    use expect_test::expect;

    #[test]
    fn the_cells_of_the_grid() {
        assert_eq!(priogrid(-90.0, -180.0), Some(1));
        assert_eq!(priogrid(-89.5, -180.0), Some(721));
        assert_eq!(priogrid(89.9, 179.9), Some(259_200));
        assert_eq!(priogrid(90.0, 0.0), None);
        assert_eq!(priogrid(f64::NAN, 0.0), None);
    }

    #[test]
    fn deaths_are_rows() {
        let state = record();
        let places = located(&state);
        let lines: Vec<String> = lines(&state, &places).skip(1).collect();
        expect![[r#"b811af04219223b5835c,,2031,,,,,,,,,,,,Rebels,,,civilians,1,"Harbour, Post, 3 Mar 2031: ""Five"" dead","Harbour, Post",2031-03-03,"""Five"" dead","Harbour, Post in its own voice",1,Velka,Velka,Orsk,,44.5,20.25,POINT (20.25 44.5),194081,Switzerland,,,,1,2031-02-28,2031-02-28,,,,,,,5,,,b811af04219223b5835c,b811af04219223b5835c,008e18e5f7e6fcf636b4,1,,certain,9000001,"Rebels shelled Velka on Friday, killing at least 5 civilians""#]].assert_eq(&lines.join("\n"));
    }
}
