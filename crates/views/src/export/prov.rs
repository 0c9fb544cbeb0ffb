//! W3C PROV as PROV-JSON: reports and claims are entities, who published and who said it are agents,
//! what this program did is an activity. A copy is a derivation; where nothing tells which of two came
//! first, they are alternates of one another. Who merely quote the same words are not related.

use super::geojson::document;
use super::told::{Told, told};
use crate::words;
use rapporteur_model::{Derivation, DerivationKind, Digest, EntityId, Kind, Place, Source, When};
use rapporteur_record::{ReportState, State};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const HEAD: &str = r#"{"prefix":{"rap":"urn:rapporteur:","schema":"https://schema.org/"},"activity":{"rap:reading":{"prov:label":"rapporteur read the reports"}},"#;

/// The record as one PROV-JSON document, a line a statement.
pub fn lines<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = String> + 's {
    let reports = || state.reports.values();
    let claims = move || told(state, places);
    let entities = (reports().map(report)).chain(claims().map(|told| claim(&told)));
    let agents = agents(state, places).into_iter();
    let used = reports().map(|report| {
        let id = report.report.id();
        statement(
            "used",
            &id.0,
            json!({"prov:activity": "rap:reading", "prov:entity": report_id(report)}),
        )
    });
    let generated = claims().map(|told| {
        let value = json!({"prov:entity": claim_id(&told), "prov:activity": "rap:reading"});
        statement("generated", &told.id().0, value)
    });
    let quoted = claims().map(|told| {
        let value = json!({
            "prov:generatedEntity": claim_id(&told),
            "prov:usedEntity": report_id(told.report),
            "prov:type": qualified("prov:Quotation"),
        });
        statement("quoted", &told.id().0, value)
    });
    let copied = (state.derivations.iter())
        .filter(|derivation| derivation.directed && derivation.kind != DerivationKind::Quotation)
        .map(derived);
    let alternates = (state.derivations.iter())
        .filter(|derivation| !derivation.directed && derivation.kind != DerivationKind::Quotation)
        .map(alternate);
    let attributed = reports()
        .filter_map(published_by)
        .chain(claims().flat_map(|told| said_by(&told)));
    let associated = std::iter::once(pair(
        "rap:association",
        &json!({"prov:activity": "rap:reading", "prov:agent": "rap:program"}),
    ));
    let parts: Vec<(&str, Box<dyn Iterator<Item = String> + 's>)> = vec![
        ("entity", Box::new(entities)),
        ("agent", Box::new(agents)),
        ("used", Box::new(used)),
        ("wasGeneratedBy", Box::new(generated)),
        ("wasDerivedFrom", Box::new(quoted.chain(copied))),
        ("alternateOf", Box::new(alternates)),
        ("wasAttributedTo", Box::new(attributed)),
        ("wasAssociatedWith", Box::new(associated)),
    ];
    let last = parts.len() - 1;
    let parts = (parts.into_iter().enumerate()).flat_map(move |(number, (name, items))| {
        let end = if number == last { "}" } else { "}," };
        document(format!("\"{name}\":{{"), items, end)
    });
    std::iter::once(HEAD.to_string())
        .chain(parts)
        .chain(["}".to_string()])
}

/// `"key":value`, which is what PROV-JSON is made of.
fn pair(key: &str, value: &Value) -> String {
    format!("{}:{value}", Value::from(key))
}

/// A statement that nobody refers to: its key is a blank node's.
fn statement(kind: &str, id: &str, value: Value) -> String {
    pair(&format!("_:{kind}-{id}"), &value)
}

fn qualified(name: &str) -> Value {
    json!({"$": name, "type": "prov:QUALIFIED_NAME"})
}

fn report_id(report: &ReportState) -> String {
    format!("rap:report-{}", report.report.id())
}

fn claim_id(told: &Told<'_>) -> String {
    format!("rap:claim-{}", told.id())
}

fn agent_id(name: &str) -> String {
    format!("rap:agent-{}", Digest::of("agent").field(name).finish())
}

fn report(report: &ReportState) -> String {
    let masthead = report.report.masthead();
    let mut value = json!({"prov:type": "schema:NewsArticle"});
    value["prov:type"] = qualified("schema:NewsArticle");
    let mut set = |key: &str, text: Option<String>| {
        if let Some(text) = text {
            value[key] = text.into();
        }
    };
    set("prov:label", masthead.title.as_deref().map(words::one_line));
    set("schema:url", masthead.url.clone());
    set("schema:datePublished", report.published.when.map(When::iso));
    set("rap:path", report.paths.first().cloned());
    pair(&report_id(report), &value)
}

fn claim(told: &Told<'_>) -> String {
    let mut value = json!({
        "prov:type": qualified("schema:Claim"),
        "prov:label": told.words(),
        "rap:claim_id": told.id(),
        "prov:value": told.exact(),
        "rap:start": told.at.0,
        "rap:end": told.at.1,
        "rap:said_by": told.chain(),
        "rap:origin": told.claim.origin,
    });
    if let Some(when) = told.when() {
        value["rap:when"] = when.iso().into();
    }
    if let Some(repeats) = &told.claim.repeats {
        value["rap:repeats"] = json!(repeats);
    }
    if let Some(later) = &told.claim.no_longer_in {
        value["rap:no_longer_in"] = json!(later);
    }
    pair(&claim_id(told), &value)
}

/// A name that is not known to be a person's or an organisation's is an agent all the same.
fn agents<'s>(state: &'s State, places: &'s BTreeMap<EntityId, Place>) -> Vec<String> {
    let mut agents: BTreeMap<String, Value> = BTreeMap::new();
    let program = json!({"prov:type": qualified("prov:SoftwareAgent"), "prov:label": "rapporteur"});
    agents.insert("rap:program".to_string(), program);
    for publisher in state.reports.values().filter_map(publisher) {
        let value = json!({"prov:type": qualified("prov:Organization"), "prov:label": publisher});
        agents.insert(agent_id(&publisher), value);
    }
    for told in told(state, places) {
        for source in told.sources() {
            let (id, label) = source_agent(&told, source);
            let kind = match told.entity(&source.mention).map(|entity| entity.kind) {
                Some(Kind::Person) => Some("prov:Person"),
                Some(Kind::Organization) => Some("prov:Organization"),
                Some(Kind::Place) | None => None,
            };
            let mut value = json!({"prov:label": label});
            if let Some(kind) = kind {
                value["prov:type"] = qualified(kind);
            }
            agents.entry(id).or_insert(value);
        }
    }
    agents.iter().map(|(id, value)| pair(id, value)).collect()
}

fn publisher(report: &ReportState) -> Option<String> {
    report
        .report
        .masthead()
        .publisher
        .as_deref()
        .map(words::one_line)
}

/// One who is known is one agent in the whole record; "a resident" is another in each report.
fn source_agent(told: &Told<'_>, source: &Source) -> (String, String) {
    let label = words::source(source);
    match told.entity(&source.mention) {
        Some(entity) => (
            format!("rap:entity-{}", entity.id),
            told.name(&source.mention),
        ),
        None => (agent_id(&format!("{} {label}", told.report_id())), label),
    }
}

fn published_by(report: &ReportState) -> Option<String> {
    let agent = agent_id(&publisher(report)?);
    let value = json!({"prov:entity": report_id(report), "prov:agent": agent});
    Some(statement("published", &report.report.id().0, value))
}

/// Who is said to have said it; the publisher where nobody is.
fn said_by(told: &Told<'_>) -> Vec<String> {
    let mut agents: BTreeSet<String> = (told.sources().iter())
        .map(|source| source_agent(told, source).0)
        .collect();
    if agents.is_empty() {
        agents.extend(publisher(told.report).map(|name| agent_id(&name)));
    }
    let line = |(number, agent): (usize, String)| {
        let value = json!({"prov:entity": claim_id(told), "prov:agent": agent});
        statement("said", &format!("{}-{number}", told.id()), value)
    };
    agents.into_iter().enumerate().map(line).collect()
}

fn derived(derivation: &Derivation) -> String {
    let mut value = json!({
        "prov:generatedEntity": format!("rap:report-{}", derivation.to),
        "prov:usedEntity": format!("rap:report-{}", derivation.from),
        "rap:kind": derivation.kind,
        "rap:share": derivation.share,
        "rap:why": derivation.why,
    });
    if derivation.kind == DerivationKind::Revision {
        value["prov:type"] = qualified("prov:Revision");
    }
    statement("derived", &between(derivation), value)
}

/// Two reports of which one came from the other, and nothing tells which came first.
fn alternate(derivation: &Derivation) -> String {
    let value = json!({
        "prov:alternate1": format!("rap:report-{}", derivation.from),
        "prov:alternate2": format!("rap:report-{}", derivation.to),
    });
    statement("alternate", &between(derivation), value)
}

fn between(derivation: &Derivation) -> String {
    format!("{}-{}", derivation.from, derivation.to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{located, state};
    use expect_test::expect;

    #[test]
    fn one_of_each_statement() {
        let state = state();
        let places = located(&state);
        let text: Vec<String> = lines(&state, &places).collect();
        let value: Value = serde_json::from_str(&text.concat()).unwrap();
        assert_eq!(
            value["wasGeneratedBy"].as_object().unwrap().len(),
            state.claims.len()
        );
        let shown: Vec<String> = (value.as_object().unwrap().iter())
            .map(|(name, items)| {
                let last = items.as_object().unwrap().iter().next_back();
                format!(
                    "{name}: {}",
                    last.map_or(String::new(), |(id, v)| format!("{id} {v}"))
                )
            })
            .collect();
        expect![[r#"
            activity: rap:reading {"prov:label":"rapporteur read the reports"}
            agent: rap:program {"prov:label":"rapporteur","prov:type":{"$":"prov:SoftwareAgent","type":"prov:QUALIFIED_NAME"}}
            alternateOf: 
            entity: rap:report-99c1b6333786f11844fa {"prov:label":"Velka falls","prov:type":{"$":"schema:NewsArticle","type":"prov:QUALIFIED_NAME"},"rap:path":"in/echo.html","schema:datePublished":"2031-03-02"}
            prefix: schema "https://schema.org/"
            used: _:used-99c1b6333786f11844fa {"prov:activity":"rap:reading","prov:entity":"rap:report-99c1b6333786f11844fa"}
            wasAssociatedWith: rap:association {"prov:activity":"rap:reading","prov:agent":"rap:program"}
            wasAttributedTo: _:said-a6a57c31f56cd6de076f-0 {"prov:agent":"rap:agent-262e57c2d1d74fd29deb","prov:entity":"rap:claim-a6a57c31f56cd6de076f"}
            wasDerivedFrom: _:quoted-a6a57c31f56cd6de076f {"prov:generatedEntity":"rap:claim-a6a57c31f56cd6de076f","prov:type":{"$":"prov:Quotation","type":"prov:QUALIFIED_NAME"},"prov:usedEntity":"rap:report-30b6f357fa24bf1a84ac"}
            wasGeneratedBy: _:generated-a6a57c31f56cd6de076f {"prov:activity":"rap:reading","prov:entity":"rap:claim-a6a57c31f56cd6de076f"}"#]].assert_eq(&shown.join("\n"));
    }
}
