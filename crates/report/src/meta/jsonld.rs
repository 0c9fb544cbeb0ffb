//! What a page's JSON-LD says of its article: the blocks as they are, mended where they are broken.

use crate::page::clean;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Blocks longer than this many bytes are data for the page's programs.
const MAX_BLOCK: usize = 2_000_000;

/// How many objects are looked at: a page has some dozens.
const MAX_OBJECTS: usize = 5000;

/// A page's JSON-LD.
#[derive(Debug, Default)]
pub(crate) struct JsonLd {
    /// The objects that are articles, then the page itself, in order.
    articles: Vec<Map<String, Value>>,
    /// What other objects refer to by its `@id`: its name.
    names: BTreeMap<String, String>,
    /// The kinds of what has an `@id`.
    organisations: BTreeMap<String, bool>,
    /// Fields of blocks that are no JSON even when mended, as they were found.
    loose: Vec<(String, String)>,
}

/// A name in JSON-LD and whether it is an organisation's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub name: String,
    pub organisation: bool,
}

impl JsonLd {
    pub(crate) fn read<'t>(blocks: impl Iterator<Item = &'t str>) -> JsonLd {
        let mut found = JsonLd::default();
        let mut pages = vec![];
        for block in blocks.filter(|block| block.len() <= MAX_BLOCK) {
            match parse(block) {
                Some(value) => found.walk(value, &mut pages),
                None => found.scan(block),
            }
        }
        found.articles.append(&mut pages);
        found
    }

    fn walk(&mut self, value: Value, pages: &mut Vec<Map<String, Value>>) {
        let mut waiting = vec![value];
        let mut seen = 0;
        while let Some(value) = waiting.pop() {
            seen += 1;
            if seen > MAX_OBJECTS {
                return;
            }
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    // The article may be what the page is about.
                    for key in ["mainEntity", "mainEntityOfPage"] {
                        if object.get(key).is_some_and(Value::is_object)
                            && let Some(inner) = object.get(key)
                            && kind(inner) == Kind::Article
                        {
                            waiting.push(inner.clone());
                        }
                    }
                    if let Some(graph) = object.remove("@graph") {
                        waiting.push(graph);
                    }
                    for value in object.values() {
                        self.note(value);
                    }
                    let value = Value::Object(object);
                    self.note(&value);
                    let kind = kind(&value);
                    if let Value::Object(object) = value {
                        match kind {
                            Kind::Article => self.articles.push(object),
                            Kind::Page => pages.push(object),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Keeps an object's name under its `@id`.
    fn note(&mut self, value: &Value) {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values.iter().take(50) {
            let (Some(id), Some(name)) = (
                value.get("@id").and_then(Value::as_str),
                text_of(value.get("name")),
            ) else {
                continue;
            };
            let organisation = kind(value) == Kind::Organisation;
            self.organisations.insert(id.to_string(), organisation);
            self.names.entry(id.to_string()).or_insert(name);
        }
    }

    /// Finds the fields of a block that is no JSON.
    fn scan(&mut self, block: &str) {
        for key in ["headline", "datePublished", "dateModified", "dateCreated"] {
            let quoted = format!("\"{key}\"");
            let value = block.split_once(&quoted).and_then(|(_, rest)| {
                let rest = rest.trim_start().strip_prefix(':')?.trim_start();
                rest.strip_prefix('"')?.split_once('"')
            });
            if let Some((value, _)) = value.filter(|(value, _)| value.len() < 400) {
                let value = clean(&crate::html::unescape(value));
                if !value.is_empty() {
                    self.loose.push((key.to_string(), value));
                }
            }
        }
    }

    /// The first article's text under one of these keys.
    pub(crate) fn text(&self, keys: &[&str]) -> Option<String> {
        self.texts(keys).next()
    }

    /// Every article's text under these keys.
    pub(crate) fn texts(&self, keys: &[&str]) -> impl Iterator<Item = String> {
        let known = self.articles.iter().flat_map(move |article| {
            keys.iter()
                .filter_map(move |key| text_of(article.get(*key)))
        });
        let loose = keys.iter().flat_map(|key| {
            let named = self.loose.iter().filter(move |(name, _)| name == key);
            named.map(|(_, value)| value.clone())
        });
        known.chain(loose)
    }

    /// The names under a key of the first article that has some, references followed.
    pub(crate) fn names(&self, key: &str) -> Vec<Name> {
        self.articles
            .iter()
            .map(|article| {
                let mut out = vec![];
                self.add_names(article.get(key), 3, &mut out);
                out
            })
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }

    fn add_names(&self, value: Option<&Value>, depth: usize, out: &mut Vec<Name>) {
        if depth == 0 || out.len() >= 30 {
            return;
        }
        match value {
            Some(Value::Array(values)) => {
                for value in values {
                    self.add_names(Some(value), depth - 1, out);
                }
            }
            Some(value @ Value::Object(object)) => {
                let id = object
                    .get("@id")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let own = object.get("name");
                if own.is_some_and(Value::is_array) {
                    self.add_names(own, depth - 1, out);
                    return;
                }
                let name = text_of(own).or_else(|| self.names.get(id).cloned());
                let organisation = match kind(value) {
                    Kind::Organisation => true,
                    Kind::Other if own.is_none() => {
                        self.organisations.get(id).copied().unwrap_or_default()
                    }
                    _ => false,
                };
                out.extend(name.map(|name| Name { name, organisation }));
            }
            Some(Value::String(text)) => {
                let name = match self.names.get(text) {
                    Some(name) => Some(name.clone()),
                    None => text_of(value),
                };
                let organisation = self.organisations.get(text).copied().unwrap_or_default();
                out.extend(name.map(|name| Name { name, organisation }));
            }
            _ => {}
        }
    }
}

/// A block's value; broken ones mended where what they mean is plain.
fn parse(block: &str) -> Option<Value> {
    let text = block
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    // Pages print raw line ends inside strings, which JSON forbids.
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if let Ok(value) = serde_json::from_str(&text) {
        return Some(value);
    }
    let plain = if text.contains("&quot;") && !text.contains('"') {
        crate::html::unescape(&text)
    } else {
        text
    };
    let mended = mend(&plain);
    // What follows a whole value is left out.
    let mut values = serde_json::Deserializer::from_str(&mended).into_iter::<Value>();
    values.next()?.ok()
}

/// Leaves out commas before a closing bracket, and doubles backslashes that escape nothing.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    let mut chars = text.chars().peekable();
    // Where a comma stands, after which only white space has come.
    let mut comma: Option<usize> = None;
    while let Some(c) = chars.next() {
        if inside {
            match c {
                '\\' => match chars.peek() {
                    Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {
                        out.push(c);
                        out.extend(chars.next());
                    }
                    _ => out.push_str("\\\\"),
                },
                '"' => {
                    inside = false;
                    out.push(c);
                }
                _ => out.push(c),
            }
            continue;
        }
        match c {
            '"' => inside = true,
            ']' | '}' => {
                if let Some(at) = comma {
                    out.truncate(at);
                }
            }
            _ => {}
        }
        if c == ',' {
            // Two commas in a row are one.
            if comma.is_some() {
                continue;
            }
            comma = Some(out.len());
        } else if !c.is_whitespace() {
            comma = None;
        }
        out.push(c);
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Article,
    Page,
    Organisation,
    Other,
}

fn kind(value: &Value) -> Kind {
    let of = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default();
        let kind = kind.rsplit(['/', ':', '#']).next().unwrap_or(kind);
        if kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report" {
            Kind::Article
        } else if matches!(
            kind,
            "WebPage" | "ItemPage" | "FAQPage" | "CreativeWork" | "Review"
        ) {
            Kind::Page
        } else if kind.ends_with("Organization") || matches!(kind, "Corporation" | "WebSite") {
            Kind::Organisation
        } else {
            Kind::Other
        }
    };
    match value.get("@type") {
        Some(Value::Array(kinds)) => {
            let mut kinds = kinds.iter().map(of).filter(|kind| *kind != Kind::Other);
            kinds.next().unwrap_or(Kind::Other)
        }
        Some(kind) => of(kind),
        None => Kind::Other,
    }
}

/// A string, the first of several, or what an object's `@value` or `@id` is.
fn text_of(value: Option<&Value>) -> Option<String> {
    let text =
        |text: &str| Some(clean(&crate::html::unescape(text))).filter(|text| !text.is_empty());
    match value? {
        Value::String(given) => text(given),
        Value::Array(values) => match values.first()? {
            Value::String(given) => text(given),
            _ => None,
        },
        Value::Object(object) => {
            let given = object.get("@value").or_else(|| object.get("@id"));
            text(given?.as_str()?)
        }
        _ => None,
    }
}
