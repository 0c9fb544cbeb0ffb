//! JSON: one object a report, a list of them, or a line each; and tables with a report a row.

use crate::class::Class;
use crate::page::{Line, Page, clean};
use crate::{date, html, jsonfeed, meta, text};
use jiff::Timestamp;
use rapporteur_model::{Date, How, Masthead, Published, When};
use serde_json::{Map, Value};

/// A report's page, or why there is none.
pub(crate) type Entry = Result<Page, String>;

/// Entries with their numbers, from one.
pub(crate) type Entries = Vec<(usize, Entry)>;

/// Entries of one file that are told one by one when they are no reports; the others are counted.
const TOLD: usize = 1000;

/// Numbers entries. What is no report at all may be millions of a few bytes.
fn numbered(entries: impl Iterator<Item = Entry>) -> Entries {
    let (mut all, mut failed) = (Entries::new(), 0);
    let mut last = 0;
    for (at, entry) in entries.enumerate() {
        last = at + 1;
        failed += usize::from(entry.is_err());
        if entry.is_ok() || failed <= TOLD {
            all.push((last, entry));
        }
    }
    if failed > TOLD {
        let more = failed - TOLD;
        all.push((
            last,
            Err(format!("and {more} more entries that are no reports")),
        ));
    }
    all
}

const TEXTS: [&str; 15] = [
    "text",
    "body",
    "maintext",
    "articlebody",
    "contenttext",
    "fulltext",
    "articletext",
    "bodytext",
    "content",
    "article",
    "contenthtml",
    "bodyhtml",
    "html",
    "story",
    DESCRIPTION,
];

/// What stands beside a text, and for it where there is none.
const DESCRIPTION: &str = "description";

const TITLES: [&str; 3] = ["title", "headline", "articletitle"];
const PUBLISHERS: [&str; 11] = [
    "publisher",
    "source",
    "sourcename",
    "outlet",
    "publication",
    "newspaper",
    "sitename",
    "site",
    "sourcedomain",
    "domain",
    "feed",
];
const DATES: [&str; 12] = [
    "published",
    "datepublish",
    "datepublished",
    "publishdate",
    "publishedat",
    "pubdate",
    "publicationdate",
    "publisheddate",
    "date",
    "articledate",
    "timestamp",
    "created",
];
const ADDRESSES: [&str; 5] = ["url", "link", "sourceurl", "canonical", "articleurl"];
const WRITERS: [&str; 5] = ["byline", "author", "authors", "creator", "writer"];
const LANGUAGES: [&str; 2] = ["language", "lang"];
const LISTS: [&str; 6] = [
    "items",
    "articles",
    "results",
    "docs",
    "documents",
    "reports",
];

/// Reads JSON lines: an entry for every line that is not blank. `before` lines stand before them in
/// the file.
pub(crate) fn lines(source: &str, before: usize) -> Entries {
    let lines = source
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            let value = serde_json::from_str(line.trim()).map_err(|error: serde_json::Error| {
                // Its own line number counts from the line alone.
                let error = error.to_string().replace(" at line 1 column ", ", column ");
                format!("line {}: not valid JSON: {error}", before + at + 1)
            })?;
            object(value).map_err(|why| format!("line {}: {why}", before + at + 1))
        });
    numbered(lines)
}

/// Reads one JSON value: a report, or a list of reports.
pub(crate) fn value(value: Value) -> Entries {
    match value {
        Value::Array(values) => numbered(values.into_iter().map(object)),
        Value::Object(fields) if jsonfeed::is_one(&fields) => numbered(jsonfeed::read(fields)),
        Value::Object(mut fields) => {
            let list = LISTS
                .iter()
                .find(|key| matches!(fields.get(**key), Some(Value::Array(_))));
            match list.and_then(|key| fields.remove(*key)) {
                Some(Value::Array(values)) if take(&fields, &TEXTS).is_none() => {
                    numbered(values.into_iter().map(object))
                }
                _ => vec![(1, report(&fields))],
            }
        }
        other => vec![(1, object(other))],
    }
}

/// Reads a table with a heading row: an entry a row.
pub(crate) fn table(source: &str) -> Entries {
    let separator = separator(source);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(source.as_bytes());
    let headings: Vec<String> = match reader.headers() {
        Ok(headings) => headings.iter().map(str::to_string).collect(),
        Err(error) => return vec![(1, Err(error.to_string()))],
    };
    if !headings
        .iter()
        .any(|heading| TEXTS.contains(&key(heading).as_str()))
    {
        let shown: String = headings.join(", ").chars().take(300).collect();
        let why = format!("a table without a column of text (columns: {shown})");
        return vec![(1, Err(why))];
    }
    let rows = reader.records().map(|row| {
        let row = row.map_err(|error| error.to_string())?;
        let fields = headings
            .iter()
            .cloned()
            .zip(row.iter().map(|cell| Value::String(cell.to_string())))
            .collect();
        report(&fields)
    });
    numbered(rows)
}

/// The separator that the heading row uses most.
pub(crate) fn separator(source: &str) -> u8 {
    let heading = source.lines().next().unwrap_or_default();
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|separator| heading.bytes().filter(|b| b == separator).count())
        .unwrap_or(b',')
}

fn object(value: Value) -> Entry {
    match value {
        Value::Object(fields) => report(&fields),
        _ => Err("not a JSON object".to_string()),
    }
}

/// A key as it is compared: "datePublished", "date_published" and "Date Published" are one.
fn key(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The first of the wanted keys that holds something.
fn take<'v>(fields: &'v Map<String, Value>, wanted: &[&str]) -> Option<&'v Value> {
    wanted.iter().find_map(|wanted| {
        fields
            .iter()
            .find(|(name, value)| key(name) == *wanted && !is_nothing(value))
            .map(|(_, value)| value)
    })
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}

pub(crate) fn report(fields: &Map<String, Value>) -> Entry {
    let Some(body) = take(fields, &TEXTS).and_then(joined) else {
        let keys: Vec<&str> = fields.keys().map(String::as_str).collect();
        let keys: String = keys.join(", ").chars().take(300).collect();
        return Err(format!("no text in it (its keys: {keys})"));
    };
    let mut page = body_of(&body);
    // A message of one line has no page around it.
    if let [line] = page.lines.as_mut_slice() {
        line.class = Some(Class::Other);
    }
    let name = |wanted: &[&str]| meta::name_of(take(fields, wanted));
    let url = name(&ADDRESSES).filter(|url| url.contains("://"));
    let mut notes = std::mem::take(&mut page.notes);
    if let [texts @ .., DESCRIPTION] = &TEXTS
        && take(fields, texts).is_none()
    {
        notes.push("there is only a description of its text".to_string());
    }
    let written = take(fields, &DATES);
    let when = written.and_then(when_of);
    if let (Some(written), None) = (written, when) {
        notes.push(format!("not understood as a date: {written}"));
    }
    let given = Masthead {
        publisher: name(&PUBLISHERS)
            .map(|name| {
                name.strip_prefix("www.")
                    .map(str::to_string)
                    .unwrap_or(name)
            })
            .or_else(|| url.as_deref().and_then(meta::host)),
        title: name(&TITLES),
        byline: name(&WRITERS),
        published: Published::found(when, How::Given),
        language: name(&LANGUAGES).and_then(|tag| meta::language_code(&tag)),
        url,
        ..Masthead::default()
    };
    let own = page.masthead;
    page.masthead = Masthead {
        publisher: given.publisher.or(own.publisher),
        url: given.url.or(own.url),
        title: given.title.or(own.title),
        byline: given.byline.or(own.byline),
        published: if given.published.when.is_some() {
            given.published
        } else {
            own.published
        },
        modified: own.modified,
        language: given.language.or(own.language),
        ..Masthead::default()
    };
    if when.is_some() {
        page.moments.published = written.and_then(moment_of);
    }
    page.notes = notes;
    Ok(page)
}

/// A text field: a string, or the strings of a list, a paragraph each.
fn joined(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            (!texts.is_empty()).then(|| texts.join("\n\n"))
        }
        _ => None,
    }
}

fn body_of(body: &str) -> Page {
    let start = body
        .trim_start()
        .get(..15)
        .unwrap_or_default()
        .to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        html::page(body)
    } else if body.contains("</p>") || body.contains("<br") || body.contains("</div>") {
        let lines: Vec<Line> = html::fragment(body);
        Page {
            lines,
            ..Page::default()
        }
    } else {
        text::page(body)
    }
}

fn moment_of(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => date::moment(&clean(text)),
        Value::Number(number) => date::moment(&number.to_string()),
        _ => None,
    }
}

fn when_of(value: &Value) -> Option<When> {
    match value {
        Value::String(text) => date::written(&clean(text)),
        Value::Number(number) => date::written(&number.to_string()),
        Value::Object(fields) => {
            let day = |key: &str| fields.get(key)?.as_str()?.parse::<Date>().ok();
            Some(When::between(day("earliest")?, day("latest")?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(entries: Entries, expected: Expect) {
        let mut out = String::new();
        for (_, entry) in entries {
            match entry {
                Ok(page) => {
                    let head = &page.masthead;
                    out.push_str(&format!(
                        "{:?} {:?} {:?} {:?} {:?}\n",
                        head.publisher,
                        head.title,
                        head.byline,
                        head.url,
                        head.published.when.map(|when| when.earliest.to_string())
                    ));
                    for line in &page.lines {
                        out.push_str(&format!("  {}\n", line.text));
                    }
                    for note in &page.notes {
                        out.push_str(&format!("  note: {note}\n"));
                    }
                }
                Err(why) => out.push_str(&format!("unread: {why}\n")),
            }
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn a_bad_line_leaves_the_others() {
        check(
            lines(
                "{\"text\": \"The army took Velka.\", \"source_domain\": \"echo.example\", \"date_publish\": \"2031-03-01T10:00:00\"}\n\
                 {\"text\": \"cut off\n\
                 \n\
                 {\"id\": 4}\n\
                 {\"content\": \"<p>It left.</p><p>Twice.</p>\", \"authors\": [\"Ada Brisk\", \"Tom Orne\"], \"date\": \"soon\", \"url\": \"https://www.orlo.example/1\"}\n",
                0,
            ),
            expect![[r#"
                Some("echo.example") None None None Some("2031-03-01")
                  The army took Velka.
                unread: line 2: not valid JSON: EOF while parsing a string, column 17
                unread: line 4: no text in it (its keys: id)
                Some("orlo.example") None Some("Ada Brisk, Tom Orne") Some("https://www.orlo.example/1") None
                  It left.
                  Twice.
                  note: not understood as a date: "soon"
            "#]],
        );
    }

    #[test]
    fn lists_and_tables() {
        let json = r#"{"status": "ok", "articles": [{"source": {"id": null, "name": "Daily Echo"}, "title": "Velka", "publishedAt": "2031-03-01T10:00:00Z", "content": "The army took Velka."}]}"#;
        check(
            value(serde_json::from_str(json).unwrap()),
            expect![[r#"
            Some("Daily Echo") Some("Velka") None None Some("2031-03-01")
              The army took Velka.
        "#]],
        );
        check(
            table(
                "Date;Publisher;Text\n2031-03-01;Daily Echo;\"The army took Velka; it left Orlo.\"\n2031-03-02;Orlo Post;\n",
            ),
            expect![[r#"
                Some("Daily Echo") None None None Some("2031-03-01")
                  The army took Velka; it left Orlo.
                unread: no text in it (its keys: Date, Publisher, Text)
            "#]],
        );
    }
}
