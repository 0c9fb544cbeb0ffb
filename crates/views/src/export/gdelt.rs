//! Events and their mentions in the columns of GDELT 2.0: tab-separated without a head, CAMEO codes
//! with their leading zeros. An event's number is made of its first claim's id, and both tables join
//! by it; behind GDELT's columns stand those of the record.

use super::cells::{Row, country, joined};
use super::event::{Closeness, Event, closeness, events, is_event, names, spot};
use super::polecat::lands;
use super::told::Told;
use rapporteur_model::{ClaimId, EntityId, Mention, Place, PlaceKind};
use rapporteur_record::State;
use std::collections::BTreeMap;

/// The columns of the table of events: GDELT's 61, then `claim_id` and `claim_ids`.
pub const EVENTS: &[&str] = &[
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
    "claim_id",
    "claim_ids",
];

/// The columns of the table of mentions: GDELT's 16, then `claim_id` and the exact words.
pub const MENTIONS: &[&str] = &[
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
    "claim_id",
    "exact",
];

/// The table of events.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let events = events(state, places, is_event);
    events
        .into_iter()
        .filter_map(|event| Some(row(&event)?.tsv()))
}

/// The table of mentions: one line a claim, by its event's number.
pub fn mentions<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let events = events(state, places, is_event);
    events.into_iter().flat_map(|event| {
        let number = event.first().map_or(0, |first| number(first.id()));
        let line = |told: &Told<'_>| mention(told, number).tsv();
        event.claims.iter().map(line).collect::<Vec<_>>()
    })
}

/// How many hexadecimal digits of an id make a number: 52 bits, which readers of floating-point
/// numbers keep whole.
const DIGITS: usize = 13;

fn number(id: &ClaimId) -> u64 {
    let digits = id.0.get(..DIGITS).unwrap_or_default();
    u64::from_str_radix(digits, 16).unwrap_or(0)
}

fn row(event: &Event<'_>) -> Option<Row> {
    let first = event.first()?;
    let mut row = Row::of(EVENTS);
    row.set("GLOBALEVENTID", number(first.id()).to_string());
    if let Some(when) = first.event_when() {
        let (from, to) = (when.earliest, when.latest);
        if closeness(when) == Closeness::Day {
            row.set("SQLDATE", from.strftime("%Y%m%d").to_string());
            let days = f64::from(from.days_in_year());
            let fraction = f64::from(from.day_of_year() - 1) / days;
            row.set(
                "FractionDate",
                format!("{:.4}", f64::from(from.year()) + fraction),
            );
        }
        if from.first_of_month() == to.first_of_month() {
            row.set("MonthYear", from.strftime("%Y%m").to_string());
        }
        if from.year() == to.year() {
            row.set("Year", from.strftime("%Y").to_string());
        }
    }
    for (mentions, actor) in [(first.actors(), "Actor1"), (first.recipients(), "Actor2")] {
        row.set(&format!("{actor}Name"), joined(&first.names(&mentions)));
        let lands = lands(first, &mentions);
        if let [land] = lands.as_slice() {
            row.set(&format!("{actor}CountryCode"), land);
            row.set(&format!("{actor}Code"), land);
        }
        if let [one] = mentions.as_slice() {
            set_place(&mut row, &format!("{actor}Geo"), first, one);
        }
    }
    let types = names(first);
    row.set("EventCode", types.cameo);
    row.set("EventBaseCode", types.cameo.get(..3).unwrap_or_default());
    row.set("EventRootCode", types.cameo.get(..2).unwrap_or_default());
    row.set("QuadClass", types.gdelt_quad());
    let reports = event.each(|told| Some(told.report_id().0.clone()));
    let publishers = event.each(|told| Some(told.label().name));
    row.set("NumMentions", event.claims.len().to_string());
    row.set("NumSources", publishers.len().to_string());
    row.set("NumArticles", reports.len().to_string());
    if let Some((mention, _)) = spot(first) {
        set_place(&mut row, "ActionGeo", first, mention);
    }
    row.set("SOURCEURL", identifier(first));
    row.set("claim_id", &first.id().0);
    row.set("claim_ids", joined(&event.ids()));
    Some(row)
}

/// The report's address; where none is known, the path it was found under, else its id.
fn identifier(told: &Told<'_>) -> String {
    let path = told.report.paths.first().map(String::as_str);
    let id = told.report_id().0.as_str();
    told.url().or(path).unwrap_or(id).to_string()
}

fn set_place(row: &mut Row, geo: &str, told: &Told<'_>, mention: &Mention) {
    let mut set = |column: &str, value: &str| row.set(&format!("{geo}_{column}"), value);
    let Some(place) = told.located(mention) else {
        return;
    };
    let american = place.country.as_deref() == Some("US");
    let kind = match place.kind {
        PlaceKind::Country => "1",
        PlaceKind::Town if american => "3",
        PlaceKind::Town => "4",
        PlaceKind::Province | PlaceKind::District | PlaceKind::Region if american => "2",
        PlaceKind::Province | PlaceKind::District | PlaceKind::Region => "5",
        PlaceKind::Continent => return,
    };
    let country = country(place.country.as_deref());
    let province = place
        .province
        .as_deref()
        .filter(|_| place.kind != PlaceKind::Country);
    let parts = [Some(place.name.as_str()), province, country.map(|c| c.name)];
    let mut full: Vec<&str> = parts.into_iter().flatten().collect();
    full.dedup();
    set("Type", kind);
    set("FullName", &full.join(", "));
    set("CountryCode", country.map_or("", |country| country.fips));
    set("Lat", &place.latitude.to_string());
    set("Long", &place.longitude.to_string());
}

fn mention(told: &Told<'_>, number: u64) -> Row {
    let mut row = Row::of(MENTIONS);
    row.set("GLOBALEVENTID", number.to_string());
    let stamp = |when: Option<rapporteur_model::When>| {
        let day = when.filter(|when| closeness(*when) == Closeness::Day)?;
        Some(day.earliest.strftime("%Y%m%d000000").to_string())
    };
    row.set_some("EventTimeDate", stamp(told.event_when()));
    row.set_some("MentionTimeDate", stamp(told.report.published.when));
    let web = told.url().is_some();
    row.set("MentionType", if web { "1" } else { "2" });
    row.set("MentionSourceName", told.label().name);
    row.set("MentionIdentifier", identifier(told));
    let body = told.report.report.body();
    let points = |byte: usize| body.get(..byte).map_or(0, |text| text.chars().count());
    let offset = |mentions: Vec<&Mention>| match mentions.first() {
        Some(one) => points(one.span.start).to_string(),
        None => "-1".to_string(),
    };
    row.set("Actor1CharOffset", offset(told.actors()));
    row.set("Actor2CharOffset", offset(told.recipients()));
    row.set("ActionCharOffset", told.at.0.to_string());
    row.set("InRawText", "1");
    row.set("MentionDocLen", body.chars().count().to_string());
    row.set("claim_id", &told.id().0);
    row.set("exact", told.exact());
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{events as record, located};
    use expect_test::expect;

    #[test]
    fn two_tables_that_join() {
        assert_eq!(EVENTS.iter().position(|c| *c == "claim_id"), Some(61));
        assert_eq!(MENTIONS.iter().position(|c| *c == "claim_id"), Some(16));
        let state = record();
        let places = located(&state);
        let rows: Vec<String> = lines(&state, &places).collect();
        expect![[r#"
            232965291665782	20310228	203102	2031	2031.1589		army																				192	192	19	4		2	2	2																		4	Velka, Orsk, Switzerland	SZ			44.5	20.25			30b6f357fa24bf1a84ac	0d3e17574697670a1507	0d3e17574697670a1507; 7b8b5e1760a39555772c
            3238177443813666	20310228	203102	2031	2031.1589		Rebels										civilians										194	194	19	4		1	1	1																		4	Velka, Orsk, Switzerland	SZ			44.5	20.25			008e18e5f7e6fcf636b4	b811af04219223b5835c	b811af04219223b5835c
            4217602646937695						army																				100	100	10	3		1	1	1																											008e18e5f7e6fcf636b4	efbe32393105fa78953b	efbe32393105fa78953b"#]].assert_eq(&rows.join("\n"));
        let rows: Vec<String> = mentions(&state, &places).collect();
        expect![[r#"
            232965291665782	20310228000000	20310301000000	2	North Wire	30b6f357fa24bf1a84ac		4	-1	0	1		96				0d3e17574697670a1507	The army took Velka on Friday
            232965291665782	20310228000000	20310302000000	2	Daily Echo	99c1b6333786f11844fa		17	-1	13	1		70				7b8b5e1760a39555772c	The army took Velka on Friday
            3238177443813666	20310228000000	20310303000000	2	Harbour, Post	008e18e5f7e6fcf636b4		0	51	0	1		117				b811af04219223b5835c	Rebels shelled Velka on Friday, killing at least 5 civilians
            4217602646937695		20310303000000	2	Harbour, Post	008e18e5f7e6fcf636b4		66	-1	62	1		117				efbe32393105fa78953b	The army demanded their surrender"#]].assert_eq(&rows.join("\n"));
    }
}
