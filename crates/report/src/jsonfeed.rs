//! JSON Feed: one report an item; what the feed says of itself holds for its items.

use crate::jsonl::{Entry, report};
use rapporteur_model::How;
use serde_json::{Map, Value};

/// Is it a JSON Feed? Its version says so.
pub(crate) fn is_one(feed: &Map<String, Value>) -> bool {
    let version = feed.get("version").and_then(Value::as_str);
    version.is_some_and(|version| version.contains("://jsonfeed.org/version/"))
        && matches!(feed.get("items"), Some(Value::Array(_)))
}

/// Reads a feed's items.
pub(crate) fn read(mut feed: Map<String, Value>) -> impl Iterator<Item = Entry> {
    let items = match feed.remove("items") {
        Some(Value::Array(items)) => items,
        _ => vec![],
    };
    items.into_iter().map(move |item| entry(&feed, item))
}

fn entry(feed: &Map<String, Value>, item: Value) -> Entry {
    let Value::Object(mut item) = item else {
        return Err("not a JSON object".to_string());
    };
    // Names that a feed gives its items, as collections name the same things.
    let renamed = [
        ("content_html", "content_html"),
        ("content_text", "content_text"),
        ("summary", "description"),
        ("date_published", "date"),
    ];
    let mut fields = Map::new();
    for (name, as_field) in renamed {
        if let Some(value) = item.remove(name) {
            fields.insert(as_field.to_string(), value);
        }
    }
    // Both may be there, the one a page and the other its text: paragraphs are marked in the first.
    let has_html = (fields.get("content_html").and_then(Value::as_str))
        .is_some_and(|html| !html.trim().is_empty());
    if has_html {
        fields.remove("content_text");
    }
    for name in ["url", "title", "language"] {
        if let Some(value) = item.remove(name) {
            fields.insert(name.to_string(), value);
        }
    }
    for (name, of_feed) in [("title", "publisher"), ("language", "language")] {
        if let Some(value) = feed.get(name).filter(|value| value.is_string()) {
            fields
                .entry(of_feed.to_string())
                .or_insert_with(|| value.clone());
        }
    }
    // The feed's own author is who keeps the feed, not who wrote the item.
    if let Some(authors) = item.remove("authors").or_else(|| item.remove("author")) {
        fields.insert("authors".to_string(), authors);
    }
    let mut page = report(&fields).map_err(|_| "an item without text")?;
    if page.masthead.published.how == How::Given {
        page.masthead.published.how = How::Meta;
    }
    Ok(page)
}
