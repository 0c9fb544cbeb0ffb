//! schema.org's `Claim` as JSON-LD, one a claim, each with its appearance in a `NewsArticle`. No
//! `ClaimReview` and no rating: the record gives no verdict.

use super::annotation::address;
use super::geojson::document;
use super::jsonl::json;
use super::told::{Told, told};
use crate::words;
use rapporteur_model::{ClaimId, EntityId, Kind, Mention, Place, When};
use rapporteur_record::{ReportState, State};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Claim<'s> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    identifier: Property<'s>,
    name: String,
    text: &'s str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Agent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    spatial_coverage: Vec<PlaceNode>,
    appearance: Link,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<Link>,
}

#[derive(Serialize)]
struct Property<'s> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "propertyID")]
    property: &'static str,
    value: &'s ClaimId,
}

#[derive(Serialize)]
struct Link {
    #[serde(rename = "@id")]
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Agent {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

#[derive(Serialize)]
struct PlaceNode {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<Geo>,
    #[serde(rename = "sameAs", skip_serializing_if = "Option::is_none")]
    same_as: Option<String>,
}

#[derive(Serialize)]
struct Geo {
    #[serde(rename = "@type")]
    kind: &'static str,
    latitude: f64,
    longitude: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'s> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Agent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    is_based_on: Vec<Link>,
}

/// The record as one JSON-LD graph, a node a line: the articles, then the claims.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let mut sources: BTreeMap<&str, Vec<Link>> = BTreeMap::new();
    for derivation in state
        .derivations
        .iter()
        .filter(|derivation| derivation.directed)
    {
        let id = format!("urn:rapporteur:report:{}", derivation.from);
        sources
            .entry(&derivation.to.0)
            .or_default()
            .push(Link { id });
    }
    let articles = (state.reports.values()).map(move |report| {
        let sources = sources.remove(report.report.id().0.as_str());
        json(&article(report, sources.unwrap_or_default()))
    });
    let claims = told(state, places).map(|told| json(&claim(&told)));
    let head = "{\"@context\":\"https://schema.org\",\"@graph\":[";
    document(head, articles.chain(claims), "]}")
}

/// A day, a month or a year; schema.org has no other stretch for a date.
fn date(when: Option<When>) -> Option<String> {
    when.map(When::iso).filter(|iso| !iso.contains('/'))
}

fn article(report: &ReportState, is_based_on: Vec<Link>) -> Article<'_> {
    let masthead = report.report.masthead();
    Article {
        id: format!("urn:rapporteur:report:{}", report.report.id()),
        kind: "NewsArticle",
        headline: masthead.title.as_deref().map(words::one_line),
        author: masthead.byline.as_deref().map(words::one_line),
        publisher: masthead.publisher.as_deref().map(|name| Agent {
            kind: "Organization",
            name: words::one_line(name),
            description: None,
        }),
        date_published: date(report.published.when),
        in_language: masthead.language.as_deref(),
        url: address(masthead.url.as_deref()),
        is_based_on,
    }
}

fn claim<'s>(told: &Told<'s>) -> Claim<'s> {
    let author = |source: &rapporteur_model::Source| {
        let kind = match told.entity(&source.mention).map(|entity| entity.kind) {
            Some(Kind::Person) => "Person",
            Some(Kind::Organization) => "Organization",
            // Not known to be either.
            Some(Kind::Place) | None => "Thing",
        };
        let (name, printed) = (told.name(&source.mention), words::source(source));
        let description = (name != printed).then_some(printed);
        Agent {
            kind,
            name,
            description,
        }
    };
    let report = |id| format!("urn:rapporteur:report:{id}");
    Claim {
        id: format!("urn:rapporteur:claim:{}", told.id()),
        kind: "Claim",
        identifier: Property {
            kind: "PropertyValue",
            property: "claim_id",
            value: told.id(),
        },
        name: told.words(),
        text: told.exact(),
        author: told.sources().iter().map(author).collect(),
        date_published: date(told.report.published.when),
        temporal_coverage: told.when().map(When::iso),
        spatial_coverage: (told.where_at().into_iter())
            .map(|mention| place(told, mention))
            .collect(),
        appearance: Link {
            id: report(told.report_id()),
        },
        is_based_on: told.claim.repeats.as_ref().map(|repeated| Link {
            id: format!("urn:rapporteur:claim:{repeated}"),
        }),
    }
}

fn place(told: &Told<'_>, mention: &Mention) -> PlaceNode {
    let place = told.located(mention);
    let narrow = place.filter(|place| super::event::is_narrow(place));
    PlaceNode {
        kind: "Place",
        name: told.name(mention),
        geo: narrow.map(|place| Geo {
            kind: "GeoCoordinates",
            latitude: place.latitude,
            longitude: place.longitude,
        }),
        same_as: (place.and_then(|place| place.geonameid))
            .map(|id| format!("https://sws.geonames.org/{id}/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{located, state};
    use expect_test::expect;

    #[test]
    fn claims_appear_in_articles() {
        let state = state();
        let places = located(&state);
        let text: Vec<String> = lines(&state, &places).collect();
        let value: serde_json::Value = serde_json::from_str(&text.concat()).unwrap();
        let nodes = value["@graph"].as_array().unwrap();
        assert_eq!(nodes.len(), state.claims.len() + state.reports.len());
        expect![[r#"
            {"@id":"urn:rapporteur:report:30b6f357fa24bf1a84ac","@type":"NewsArticle","headline":"Army takes Velka","publisher":{"@type":"Organization","name":"North Wire"},"datePublished":"2031-03-01"},
            {"@id":"urn:rapporteur:claim:322cb15b05b7ed6f8480","@type":"Claim","identifier":{"@type":"PropertyValue","propertyID":"claim_id","value":"322cb15b05b7ed6f8480"},"name":"army took Velka","text":"The army took Velka on Friday","author":[{"@type":"Thing","name":"defence ministry"}],"datePublished":"2031-03-01","temporalCoverage":"2031-02-28","spatialCoverage":[{"@type":"Place","name":"Velka","geo":{"@type":"GeoCoordinates","latitude":44.5,"longitude":20.25},"sameAs":"https://sws.geonames.org/9000001/"}],"appearance":{"@id":"urn:rapporteur:report:30b6f357fa24bf1a84ac"}},"#]].assert_eq(&[&text[1], &text[4]].map(String::as_str).join("\n"));
    }
}
