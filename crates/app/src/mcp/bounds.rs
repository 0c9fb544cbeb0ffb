//! Answers of a bounded size: pages of items, and of one item no more than a model can read.

use serde_json::{Map, Value, json};

/// A page ends before it grows longer than this, in bytes of JSON, unless it has but one item.
const LONGEST_PAGE: usize = 48_000;

/// So many values of a list within an item, from the first.
const MOST_VALUES: usize = 12;

/// So many code points of a text within an item.
const LONGEST_TEXT: usize = 3_000;

/// The items from `offset` on, `limit` at most: with how many there are, and where the next page
/// begins; `null`: this is the last.
pub fn page(items: &[Value], offset: usize, limit: usize) -> Map<String, Value> {
    let mut shown = Vec::new();
    let mut length = 0;
    for item in items.iter().skip(offset).take(limit) {
        let item = bounded(item);
        length += item.to_string().len();
        if length > LONGEST_PAGE && !shown.is_empty() {
            break;
        }
        shown.push(item);
    }
    let end = offset.saturating_add(shown.len());
    let next = (end < items.len() && !shown.is_empty()).then_some(end);
    let mut page = Map::new();
    page.insert("total".into(), items.len().into());
    page.insert("offset".into(), offset.into());
    page.insert("next_offset".into(), json!(next));
    page.insert("items".into(), shown.into());
    page
}

/// A value with its lists and texts cut; beside each that was, a key says how much is left off:
/// `voices_left_off`, `exact_left_off`.
pub fn bounded(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut cut = Map::new();
            for (key, value) in object {
                let left_off = match value {
                    Value::Array(values) => values.len().saturating_sub(MOST_VALUES),
                    Value::String(text) => text.chars().count().saturating_sub(LONGEST_TEXT),
                    _ => 0,
                };
                cut.insert(key.clone(), bounded(value));
                if left_off > 0 {
                    cut.insert(format!("{key}_left_off"), left_off.into());
                }
            }
            Value::Object(cut)
        }
        Value::Array(values) => values.iter().take(MOST_VALUES).map(bounded).collect(),
        Value::String(text) => text.chars().take(LONGEST_TEXT).collect::<String>().into(),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lead_to_one_another_and_to_an_end() {
        let items: Vec<Value> = (0..10).map(|n| json!({ "n": n })).collect();
        let one = page(&items, 0, 4);
        assert_eq!(
            (&one["total"], &one["next_offset"]),
            (&json!(10), &json!(4))
        );
        let last = page(&items, 8, 4);
        assert_eq!(
            (&last["items"], &last["next_offset"]),
            (&json!([{"n": 8}, {"n": 9}]), &Value::Null)
        );
        assert_eq!(page(&items, usize::MAX, 4)["items"], json!([]));
        assert_eq!(page(&items, 3, 0)["next_offset"], Value::Null);
    }

    #[test]
    fn long_items_are_cut_and_say_so() {
        let long = "x".repeat(LONGEST_TEXT + 5);
        let item = json!({"voices": vec![json!({"exact": long}); 20]});
        let cut = bounded(&item);
        assert_eq!(cut["voices_left_off"], 8);
        assert_eq!(cut["voices"][0]["exact_left_off"], 5);
        let items = vec![item; 50];
        let length = |page: &Map<String, Value>| page["items"].to_string().len();
        let first = page(&items, 0, 50);
        assert!(length(&first) < LONGEST_PAGE + 100 && first["next_offset"].as_u64().is_some());
    }
}
