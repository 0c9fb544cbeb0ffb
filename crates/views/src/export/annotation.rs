//! W3C Web Annotations, one a claim, in a collection of one page (JSON-LD). The target is the report's own
//! text, by its exact words and by position, in Unicode code points of that text; where the page's
//! address is known, the same words there, which have no position that could be known from here.

use super::geojson::document;
use super::jsonl::json;
use super::told::{Told, told, word};
use rapporteur_model::{ClaimId, EntityId, Place, When};
use rapporteur_record::State;
use serde::Serialize;
use std::collections::BTreeMap;

/// So many letters before and after tell the words apart from the same words elsewhere.
const AROUND: usize = 32;

#[derive(Serialize)]
struct Annotation<'s> {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    claim_id: &'s ClaimId,
    creator: Creator,
    body: Vec<Body>,
    target: Vec<Target<'s>>,
}

#[derive(Serialize)]
struct Creator {
    id: &'static str,
    r#type: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Body {
    r#type: &'static str,
    value: String,
    purpose: &'static str,
    format: &'static str,
}

#[derive(Serialize)]
struct Target<'s> {
    r#type: &'static str,
    source: String,
    selector: Vec<Selector<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<TimeState>,
}

#[derive(Clone, Serialize)]
#[serde(tag = "type")]
enum Selector<'s> {
    TextQuoteSelector {
        exact: &'s str,
        prefix: &'s str,
        suffix: &'s str,
    },
    TextPositionSelector {
        start: usize,
        end: usize,
    },
}

/// The day of the version that was read.
#[derive(Clone, Serialize)]
#[serde(untagged)]
enum TimeState {
    Day {
        r#type: &'static str,
        #[serde(rename = "sourceDate")]
        date: String,
    },
    Days {
        r#type: &'static str,
        #[serde(rename = "sourceDateStart")]
        start: String,
        #[serde(rename = "sourceDateEnd")]
        end: String,
    },
}

/// The collection, up to its only page's annotations and from there on.
const HEAD: &str = r#"{"@context":["http://www.w3.org/ns/anno.jsonld",{"claim_id":"urn:rapporteur:term:claim_id"}],"id":"urn:rapporteur:annotations","type":"AnnotationCollection","label":"claims","total":TOTAL,"first":{"id":"urn:rapporteur:annotations:1","type":"AnnotationPage","startIndex":0,"items":["#;
const END: &str = "]}}";

/// The record as one annotation collection of one page, an annotation a line.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let annotations = told(state, places).map(|told| json(&annotation(&told)));
    let total = state.claims.len().to_string();
    document(HEAD.replace("TOTAL", &total), annotations, END)
}

fn annotation<'s>(told: &Told<'s>) -> Annotation<'s> {
    let what = told.what();
    let text = |value: String, purpose| Body {
        r#type: "TextualBody",
        value,
        purpose,
        format: "text/plain",
    };
    let mut body = vec![
        text(told.words(), "describing"),
        text(format!("Said by {}", told.chain()), "commenting"),
    ];
    let put = what.factuality;
    let tags = [
        what.event.as_ref().map(word),
        what.mode.clone(),
        Some(word(&put.certainty)),
        Some(word(&put.polarity)),
        Some(word(&put.realis)),
    ];
    body.extend(tags.into_iter().flatten().map(|tag| text(tag, "tagging")));
    let (start, end) = told.at;
    let quote = quote(told);
    let position = Selector::TextPositionSelector { start, end };
    let state = told.report.published.when.map(time_state);
    let target = |source: String, selector| Target {
        r#type: "SpecificResource",
        source,
        selector,
        state: state.clone(),
    };
    let own = format!("urn:rapporteur:report:{}", told.report_id());
    let mut targets = vec![target(own, vec![quote.clone(), position])];
    targets.extend(address(told.url()).map(|url| target(url, vec![quote])));
    Annotation {
        id: format!("urn:rapporteur:claim:{}", told.id()),
        r#type: "Annotation",
        motivation: match what.event {
            Some(_) => "classifying",
            None => "describing",
        },
        claim_id: told.id(),
        creator: Creator {
            id: "urn:rapporteur",
            r#type: "Software",
            name: "rapporteur",
        },
        body,
        target: targets,
    }
}

/// An address of the web that can stand as an IRI: printed ones may hold anything.
pub(super) fn address(url: Option<&str>) -> Option<String> {
    let url = url.filter(|url| url.starts_with("http://") || url.starts_with("https://"))?;
    let bad = |letter: char| {
        letter.is_whitespace() || letter.is_control() || "<>\"{}|\\^`".contains(letter)
    };
    (!url.contains(bad)).then(|| url.to_string())
}

fn time_state(when: When) -> TimeState {
    let midnight = |day: rapporteur_model::Date| format!("{day}T00:00:00Z");
    match when.days() {
        1 => TimeState::Day {
            r#type: "TimeState",
            date: midnight(when.earliest),
        },
        _ => TimeState::Days {
            r#type: "TimeState",
            start: midnight(when.earliest),
            end: midnight(when.latest),
        },
    }
}

fn quote<'s>(told: &Told<'s>) -> Selector<'s> {
    let body = told.report.report.body();
    let span = told.claim.claim.evidence().span();
    let (before, after) = (body.get(..span.start), body.get(span.end..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let from = before
        .char_indices()
        .rev()
        .nth(AROUND - 1)
        .map_or(0, |(at, _)| at);
    let to = after
        .char_indices()
        .nth(AROUND)
        .map_or(after.len(), |(at, _)| at);
    Selector::TextQuoteSelector {
        exact: told.exact(),
        prefix: before.get(from..).unwrap_or_default(),
        suffix: after.get(..to).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn one_annotation_a_claim() {
        let state = state();
        let text: Vec<String> = lines(&state, &BTreeMap::new()).collect();
        let value: serde_json::Value = serde_json::from_str(&text.concat()).unwrap();
        assert_eq!(
            value["first"]["items"].as_array().unwrap().len(),
            state.claims.len()
        );
        expect![[r#"{"id":"urn:rapporteur:claim:322cb15b05b7ed6f8480","type":"Annotation","motivation":"describing","claim_id":"322cb15b05b7ed6f8480","creator":{"id":"urn:rapporteur","type":"Software","name":"rapporteur"},"body":[{"type":"TextualBody","value":"army took Velka","purpose":"describing","format":"text/plain"},{"type":"TextualBody","value":"Said by defence ministry ← North Wire","purpose":"commenting","format":"text/plain"},{"type":"TextualBody","value":"certain","purpose":"tagging","format":"text/plain"},{"type":"TextualBody","value":"positive","purpose":"tagging","format":"text/plain"},{"type":"TextualBody","value":"actual","purpose":"tagging","format":"text/plain"}],"target":[{"type":"SpecificResource","source":"urn:rapporteur:report:30b6f357fa24bf1a84ac","selector":[{"type":"TextQuoteSelector","exact":"The army took Velka on Friday","prefix":"","suffix":", the defence ministry said. It "},{"type":"TextPositionSelector","start":0,"end":29}],"state":{"type":"TimeState","sourceDate":"2031-03-01T00:00:00Z"}}]},"#]].assert_eq(&text[1]);
    }

    #[test]
    fn an_address_that_is_none_is_left_out() {
        let address = |url| super::address(Some(url));
        assert!(address("https://lantern.example/a?b=c").is_some());
        for url in [
            "javascript:alert(1)",
            "https://a b",
            "https://a\"b",
            "lantern.example/a",
        ] {
            assert!(address(url).is_none(), "{url}");
        }
    }
}
