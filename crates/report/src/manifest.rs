//! A manifest: what the user knows of the reports and the pages do not say.

use crate::jsonl::separator;
use crate::{Unread, Zones, date, encoding};
use jiff::Timestamp;
use rapporteur_model::When;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is given for one file; wins over what the page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The organisation that issues the report.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// Its address.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The moment of its publication, where that is given rather than a day.
    pub published_at: Option<Timestamp>,
    /// In which time zones publishers count their days; for all reports alike.
    pub zones: Zones,
}

/// A manifest, looked up by path.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    entries: BTreeMap<String, Given>,
}

impl Manifest {
    /// What the manifest gives for the file at `path`. An entry names a file by its path, by the end
    /// of its path (`story/01.txt`), by its name, by its name without extension, or by the start of
    /// its name up to a sign that is no letter or digit (`01` for `01_front-page.txt`); the fullest
    /// name wins.
    pub fn given(&self, path: &str) -> Given {
        let path = normal(path);
        let ends = path
            .char_indices()
            .filter(|(_, c)| *c == '/')
            .filter_map(|(at, _)| path.get(at + 1..));
        for end in std::iter::once(path.as_str()).chain(ends) {
            if let Some(given) = self.entries.get(end) {
                return given.clone();
            }
        }
        let name = path.rsplit('/').next().unwrap_or(&path);
        let starts = name
            .char_indices()
            .rev()
            .filter(|(at, c)| *at > 0 && !c.is_alphanumeric())
            .filter_map(|(at, _)| name.get(..at));
        starts
            .filter_map(|start| self.entries.get(start))
            .next()
            .cloned()
            .unwrap_or_default()
    }

    /// How many files it names.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Does it name none?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn normal(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_string()
}

const WHAT: &str = "manifest";
const HINT: &str = "a manifest is CSV with a heading row, or a JSON object a line; each with `path` \
or `doc`, and any of `publisher`, `published`, `url`, `title`";

/// Reads a manifest: CSV (comma, semicolon or tab) with a heading row, or JSON lines. A row needs
/// `path` or `doc`; `publisher`, `published` (a day, month, year, `from/to`, or a time), `url` and
/// `title` are optional, other columns are not looked at.
///
/// # Errors
/// One that names the line which is not understood; nothing of the manifest is used then, since a
/// publisher given to the wrong report would be worse.
pub fn manifest(bytes: &[u8]) -> Result<Manifest, Unread> {
    let decoded = encoding::decode(bytes, None);
    let text = decoded.text.trim_start_matches('\u{feff}');
    let rows = if text.trim_start().starts_with(['{', '[']) {
        json_rows(text)?
    } else {
        csv_rows(text)?
    };
    let mut entries = BTreeMap::new();
    for (line, row) in rows {
        let field = |name: &str| {
            row.get(name)
                .map(|value| value.trim().to_string())
                .filter(|value| !value.is_empty())
        };
        let keys: Vec<String> = [field("path"), field("doc")]
            .into_iter()
            .flatten()
            .collect();
        if keys.is_empty() {
            return Err(Unread::new(
                WHAT,
                format!("line {line}: neither `path` nor `doc`"),
                HINT,
            ));
        }
        let published = match field("published") {
            None => None,
            Some(text) => Some(date::written(&text).ok_or_else(|| {
                Unread::new(
                    WHAT,
                    format!("line {line}: not understood as a date: {text}"),
                    "write it as 2031-03-01, 2031-03, 2031 or 2031-03-01/2031-03-05",
                )
            })?),
        };
        let given = Given {
            publisher: field("publisher"),
            published,
            url: field("url"),
            title: field("title"),
            published_at: field("published").as_deref().and_then(date::moment),
            zones: Zones::default(),
        };
        for key in keys {
            entries.insert(normal(&key), given.clone());
        }
    }
    Ok(Manifest { entries })
}

type Row = (usize, BTreeMap<String, String>);

fn json_rows(text: &str) -> Result<Vec<Row>, Unread> {
    let mut rows = vec![];
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let fail = |why: String| Unread::new(WHAT, format!("line {}: {why}", at + 1), HINT);
        let value: Value =
            serde_json::from_str(line).map_err(|error| fail(format!("not valid JSON: {error}")))?;
        let Value::Object(fields) = value else {
            return Err(fail("not a JSON object".to_string()));
        };
        let mut row = BTreeMap::new();
        for (name, value) in fields {
            match value {
                Value::String(text) => row.insert(name, text),
                Value::Number(number) => row.insert(name, number.to_string()),
                _ => None,
            };
        }
        rows.push((at + 1, row));
    }
    Ok(rows)
}

fn csv_rows(text: &str) -> Result<Vec<Row>, Unread> {
    let fail = |error: csv::Error| Unread::new(WHAT, error.to_string(), HINT);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .flexible(true)
        .from_reader(text.as_bytes());
    let headings: Vec<String> = reader
        .headers()
        .map_err(fail)?
        .iter()
        .map(|heading| heading.trim().to_lowercase())
        .collect();
    let mut rows = vec![];
    for record in reader.records() {
        let record = record.map_err(fail)?;
        let line = record
            .position()
            .map_or(0, |position| position.line() as usize);
        let row = headings
            .iter()
            .cloned()
            .zip(record.iter().map(str::to_string))
            .collect();
        rows.push((line, row));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publisher(manifest: &Manifest, path: &str) -> String {
        manifest.given(path).publisher.unwrap_or_default()
    }

    #[test]
    fn a_file_is_named_by_path_end_of_path_name_stem_or_start() {
        let manifest = manifest(
            b"doc,publisher,published\n01,Echo,2031-03\n01.html,Post,\nb/01.html,Wire,\n/c/b/01.html,Star,\n",
        )
        .unwrap();
        assert_eq!(publisher(&manifest, "x/01.txt"), "Echo");
        assert_eq!(publisher(&manifest, "x/01_ab12.txt"), "Echo");
        assert_eq!(publisher(&manifest, "x/011.txt"), "");
        assert_eq!(publisher(&manifest, "x/01.html"), "Post");
        assert_eq!(publisher(&manifest, "./a/b/01.html"), "Wire");
        assert_eq!(publisher(&manifest, "/c/b/01.html"), "Star");
        let when = manifest.given("01.txt").published.unwrap();
        assert_eq!(when.latest.to_string(), "2031-03-31");
    }

    #[test]
    fn a_row_that_is_not_understood_is_named() {
        let why = |bytes: &[u8]| manifest(bytes).unwrap_err().why;
        assert_eq!(
            why(b"{\"doc\": \"1\"}\n{\"publisher\": \"Echo\"}"),
            "line 2: neither `path` nor `doc`"
        );
        assert_eq!(
            why(b"path,published\na,soon\n"),
            "line 2: not understood as a date: soon"
        );
        assert!(why(b"{\"doc\": \n").starts_with("line 1: not valid JSON"));
        assert!(manifest(b"").unwrap().is_empty());
    }
}
