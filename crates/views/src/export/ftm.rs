//! FollowTheMoney: entities as JSON lines, and the same as a table of statements. A report is an
//! `Article`, an event that a claim tells of an `Event`, any other claim a `Note`; a claim's entity has
//! the claim's id. A name in a report is a `Mention`, a copy an `UnknownLink` of two articles.

use super::annotation::address;
use super::cells::{csv, rows};
use super::event::{is_event, is_narrow};
use super::jsonl::json;
use super::told::{Told, told, word};
use crate::words;
use rapporteur_model::{Derivation, Digest, EntityId, Kind, Mention, Place, PlaceKind, When};
use rapporteur_record::{Entity, ReportState, State};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The dataset that statements name.
const DATASET: &str = "rapporteur";

/// Longer names are refused: a sentence that stands for one is cut, and stands whole in another property.
const LONGEST_NAME: usize = 300;

/// The columns of the table of statements.
pub const STATEMENTS: &[&str] = &[
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
];

#[derive(Serialize)]
struct Thing {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
    /// The claim or report that says so.
    #[serde(skip)]
    origin: String,
}

impl Thing {
    fn of(id: impl Into<String>, schema: &'static str) -> Thing {
        Thing {
            id: id.into(),
            schema,
            properties: BTreeMap::new(),
            origin: String::new(),
        }
    }

    fn add(&mut self, property: &'static str, value: impl Into<String>) {
        let mut value = value.into();
        if value.trim().is_empty() {
            return;
        }
        if ["name", "alias"].contains(&property)
            && let Some((end, _)) = value.char_indices().nth(LONGEST_NAME)
        {
            value.truncate(end);
            value.push('…');
        }
        let values = self.properties.entry(property).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    }

    fn add_some(&mut self, property: &'static str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.add(property, value);
        }
    }
}

/// The record as FollowTheMoney's entities, one JSON object a line.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    things(state, places).map(|thing| json(&thing))
}

/// The record as FollowTheMoney's statements: lines of CSV, the names of the columns first; sorted by
/// entity within each kind, as aggregation needs them.
pub fn statements<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let rows = things(state, places).flat_map(|thing| {
        let rows = thing.properties.iter().flat_map(|(property, values)| {
            let row = |value: &String| statement(&thing, property, value);
            values.iter().map(row).collect::<Vec<_>>()
        });
        rows.collect::<Vec<_>>()
    });
    std::iter::once(csv(STATEMENTS)).chain(rows)
}

fn statement(thing: &Thing, property: &str, value: &str) -> String {
    let id = Digest::of("statement")
        .field(&thing.id)
        .field(property)
        .field(value);
    csv(&[
        &thing.id,
        &thing.id,
        property,
        type_of(property),
        thing.schema,
        value,
        DATASET,
        &thing.origin,
        "",
        "",
        "false",
        "",
        "",
        &id.finish(),
    ])
}

/// The type that FollowTheMoney gives to a property.
fn type_of(property: &str) -> &'static str {
    match property {
        "name" | "alias" => "name",
        "date" | "startDate" | "endDate" | "publishedAt" | "modifiedAt" => "date",
        "summary" | "description" | "notes" | "bodyText" => "text",
        "country" => "country",
        "sourceUrl" => "url",
        "proof" | "involved" | "entity" | "document" | "resolved" | "subject" | "object" => {
            "entity"
        }
        "language" => "language",
        "location" | "full" => "address",
        "latitude" | "longitude" => "number",
        _ => "string",
    }
}

fn things<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = Thing> + 's {
    let articles = state.reports.values().map(article);
    let entities = (state.entities.iter()).map(|entity| named(entity, places.get(&entity.id)));
    let claims = told(state, places).map(|told| claim(&told));
    let mentions = (state.reports.values()).flat_map(|report| mentions(state, report));
    let copies = state.derivations.iter().map(copy);
    articles
        .chain(entities)
        .chain(claims)
        .chain(mentions)
        .chain(copies)
}

static LANGUAGES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../data/world/languages.tsv"));
    rows.filter_map(|cells| Some((*cells.first()?, *cells.get(1)?)))
        .collect()
});

/// A date as FollowTheMoney writes it: a day, a month, a year; `None` for any other stretch.
fn prefix(when: Option<When>) -> Option<String> {
    when.map(When::iso).filter(|iso| !iso.contains('/'))
}

fn article(report: &ReportState) -> Thing {
    let masthead = report.report.masthead();
    let mut thing = Thing::of(&report.report.id().0, "Article");
    thing.origin.clone_from(&report.report.id().0);
    thing.add_some("title", masthead.title.as_deref().map(words::one_line));
    thing.add_some("author", masthead.byline.as_deref().map(words::one_line));
    thing.add_some(
        "publisher",
        masthead.publisher.as_deref().map(words::one_line),
    );
    thing.add_some("sourceUrl", address(masthead.url.as_deref()));
    thing.add_some("publishedAt", prefix(report.published.when));
    thing.add_some("modifiedAt", prefix(masthead.modified.when));
    let language = masthead.language.as_deref();
    thing.add_some(
        "language",
        language.and_then(|two| LANGUAGES.get(two)).copied(),
    );
    thing.add("bodyText", report.report.body());
    thing
}

fn named(entity: &Entity, place: Option<&Place>) -> Thing {
    let schema = match entity.kind {
        Kind::Person => "Person",
        Kind::Organization => "Organization",
        Kind::Place => "Address",
    };
    let mut thing = Thing::of(&entity.id.0, schema);
    for (number, name) in entity.names.iter().enumerate() {
        let property = if number == 0 { "name" } else { "alias" };
        thing.add(property, words::one_line(name));
    }
    match entity.kind {
        Kind::Person => {
            for held in &entity.roles {
                thing.add(
                    "position",
                    match &held.of {
                        Some(of) => words::one_line(&format!("{}, {of}", held.role)),
                        None => words::one_line(&held.role),
                    },
                );
            }
        }
        Kind::Organization => {}
        Kind::Place => {
            let name = entity.names.first().map(|name| words::one_line(name));
            thing.add_some("full", name);
            if let Some(place) = place {
                set_place(&mut thing, place);
            }
        }
    }
    thing
}

fn set_place(thing: &mut Thing, place: &Place) {
    let country = place.country.as_deref().map(str::to_lowercase);
    thing.add_some("country", country);
    thing.add_some("state", place.province.as_deref());
    match place.kind {
        PlaceKind::Town => thing.add("city", place.name.as_str()),
        PlaceKind::Province => thing.add("state", place.name.as_str()),
        PlaceKind::District | PlaceKind::Region => thing.add("region", place.name.as_str()),
        PlaceKind::Country | PlaceKind::Continent => {}
    }
    if is_narrow(place) {
        thing.add("latitude", place.latitude.to_string());
        thing.add("longitude", place.longitude.to_string());
    }
}

fn claim(told: &Told<'_>) -> Thing {
    let event = is_event(told);
    let what = told.what();
    let mut thing = Thing::of(&told.id().0, if event { "Event" } else { "Note" });
    thing.origin.clone_from(&told.id().0);
    thing.add("name", told.words());
    // The words as printed.
    let exact = if event { "summary" } else { "description" };
    thing.add(exact, told.exact());
    thing.add("notes", format!("Said by {}.", told.chain()));
    let factuality = what.factuality;
    let put = [
        word(&factuality.certainty),
        word(&factuality.polarity),
        word(&factuality.realis),
    ];
    thing.add("keywords", put.join(", "));
    thing.add("publisher", told.label().name);
    thing.add_some("sourceUrl", address(told.url()));
    thing.add("proof", told.report_id().0.as_str());
    let third: Vec<&Mention> = what.third_party.iter().collect();
    for mention in [told.actors(), told.recipients(), third].concat() {
        if let Some(entity) = told
            .entity(mention)
            .filter(|entity| entity.kind != Kind::Place || !event)
        {
            let property = if event { "involved" } else { "entity" };
            thing.add(property, entity.id.0.as_str());
        }
    }
    let at = told.where_at();
    for place in at.iter().filter_map(|mention| told.located(mention)) {
        thing.add_some("country", place.country.as_deref().map(str::to_lowercase));
    }
    if event {
        thing.add("recordId", told.id().0.as_str());
        thing.add_some("keywords", what.event.as_ref().map(word));
        for name in told.names(&at) {
            thing.add("location", name);
        }
        if let Some(when) = told.event_when() {
            match prefix(Some(when)) {
                Some(date) => thing.add("date", date),
                None => {
                    thing.add("startDate", when.earliest.to_string());
                    thing.add("endDate", when.latest.to_string());
                }
            }
        }
    }
    thing
}

/// A report's names: one a thing that is named, with every form it is printed under.
fn mentions(state: &State, report: &ReportState) -> Vec<Thing> {
    let id = report.report.id();
    let mut names: BTreeMap<&EntityId, (Kind, BTreeSet<String>)> = BTreeMap::new();
    for mention in &report.mentions {
        if let Some(entity) = state.entity(id, mention) {
            let (_, forms) = names
                .entry(&entity.id)
                .or_insert((entity.kind, BTreeSet::new()));
            forms.insert(words::one_line(&mention.name));
        }
    }
    let thing = |(entity, (kind, forms)): (&EntityId, (Kind, BTreeSet<String>))| {
        let digest = Digest::of("mention").field(&id.0).field(&entity.0);
        let mut thing = Thing::of(digest.finish(), "Mention");
        thing.origin.clone_from(&id.0);
        thing.add("document", id.0.as_str());
        // The schema resolves names of persons and organisations alone.
        if kind != Kind::Place {
            thing.add("resolved", entity.0.as_str());
        }
        forms.into_iter().for_each(|form| thing.add("name", form));
        thing.add(
            "detectedSchema",
            match kind {
                Kind::Person => "Person",
                Kind::Organization => "Organization",
                Kind::Place => "Address",
            },
        );
        thing
    };
    names.into_iter().map(thing).collect()
}

/// How one report came from another; where nothing tells which came first, the role says so.
fn copy(derivation: &Derivation) -> Thing {
    let digest = Digest::of("derivation")
        .field(&derivation.from.0)
        .field(&derivation.to.0);
    let mut thing = Thing::of(digest.finish(), "UnknownLink");
    thing.add("subject", derivation.from.0.as_str());
    thing.add("object", derivation.to.0.as_str());
    let kind = word(&derivation.kind);
    thing.add(
        "role",
        match derivation.directed {
            true => kind,
            false => format!("{kind}, direction unknown"),
        },
    );
    thing.add("summary", derivation.why.as_str());
    thing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{located, state};
    use expect_test::expect;

    #[test]
    fn one_of_each_schema() {
        let state = state();
        let places = located(&state);
        let mut seen = BTreeSet::new();
        let first = |line: &String| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            seen.insert(value["schema"].as_str().unwrap().to_string())
        };
        let lines: Vec<String> = lines(&state, &places).filter(first).collect();
        expect![[r#"
            {"id":"30b6f357fa24bf1a84ac","schema":"Article","properties":{"bodyText":["The army took Velka on Friday, the defence ministry said. It holds more than 16 of 40 districts."],"publishedAt":["2031-03-01"],"publisher":["North Wire"],"title":["Army takes Velka"]}}
            {"id":"39b2cd75858188dfe32f","schema":"Address","properties":{"city":["Velka"],"country":["ch"],"full":["Velka"],"latitude":["44.5"],"longitude":["20.25"],"name":["Velka"],"state":["Orsk"]}}
            {"id":"44ee83385d6ed882d3d9","schema":"Organization","properties":{"name":["Žižek’s men"]}}
            {"id":"322cb15b05b7ed6f8480","schema":"Note","properties":{"country":["ch"],"description":["The army took Velka on Friday"],"entity":["f6abe2b3b9b73c2f4452"],"keywords":["certain, positive, actual"],"name":["army took Velka"],"notes":["Said by defence ministry ← North Wire."],"proof":["30b6f357fa24bf1a84ac"],"publisher":["North Wire"]}}
            {"id":"95813e13f20742d23ae5","schema":"Mention","properties":{"detectedSchema":["Address"],"document":["30b6f357fa24bf1a84ac"],"name":["Velka"]}}
            {"id":"c51900379c4d294557b8","schema":"UnknownLink","properties":{"object":["99c1b6333786f11844fa"],"role":["reprint"],"subject":["30b6f357fa24bf1a84ac"],"summary":["the same words, and it credits North Wire"]}}"#]].assert_eq(&lines.join("\n"));
    }

    #[test]
    fn statements_say_what_the_entities_say() {
        let state = state();
        let places = located(&state);
        let values: usize = (things(&state, &places))
            .map(|thing| thing.properties.values().map(Vec::len).sum::<usize>())
            .sum();
        let rows: Vec<String> = statements(&state, &places).collect();
        assert_eq!(rows.len(), values + 1);
        let taken = rows.iter().find(|row| row.contains(",summary,")).unwrap();
        expect![[r#"c51900379c4d294557b8,c51900379c4d294557b8,summary,text,UnknownLink,"the same words, and it credits North Wire",rapporteur,,,,false,,,e2a982abc15f9930f467"#]].assert_eq(taken);
    }
}
