//! RSS and Atom feeds: one report an entry. Feeds in the wild are often not well-formed, so tags are
//! matched as far as they go and everything whole is kept.

use crate::page::{Moments, Page, clean};
use crate::{date, html, meta};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rapporteur_model::{How, Masthead, Published};
use std::collections::BTreeMap;

/// A feed's entries in order, and why reading stopped before its end, if it did.
pub(crate) struct Feed {
    pub pages: Vec<Page>,
    pub broken: Option<String>,
}

/// Where the address of an entry's source is kept; no element has such a name.
const SOURCE_ADDRESS: &str = "source@url";

/// Elements that hold an entry's text, best first.
const TEXTS: [&str; 4] = ["content:encoded", "content", "description", "summary"];

/// Elements that stand in an entry beside each other, never within each other.
const FIELDS: [&str; 17] = [
    "title",
    "link",
    "description",
    "summary",
    "content",
    "content:encoded",
    "pubdate",
    "published",
    "updated",
    "guid",
    "id",
    "category",
    "author",
    "source",
    "dc:creator",
    "dc:date",
    "comments",
];

/// Reads a feed.
pub(crate) fn read(source: &str) -> Feed {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut state = State::default();
    let broken = loop {
        match reader.read_event() {
            Ok(Event::Eof) => break None,
            Ok(Event::Start(start)) => state.start(&start),
            Ok(Event::Empty(start)) => {
                state.start(&start);
                state.end(&name_of(&start));
            }
            Ok(Event::End(end)) => state.end(&name(end.name().as_ref())),
            Ok(Event::Text(text)) => state.text(&text),
            Ok(Event::CData(text)) => state.text(&text),
            Ok(Event::GeneralRef(reference)) => {
                let text = format!("&{};", &*reference);
                state.text(&html::unescape(&text));
            }
            Ok(_) => {}
            Err(error) => {
                let line = source
                    .get(..reader.error_position() as usize)
                    .map_or(0, |before| before.matches('\n').count() + 1);
                break Some(format!("line {line}: {error}"));
            }
        }
    };
    // An entry that the end of the file cut off is kept only where its text was whole.
    if state.entry.is_some() {
        state.end("item");
        state.end("entry");
    }
    Feed {
        pages: state
            .entries
            .into_iter()
            .map(|entry| page(entry, &state.feed))
            .collect(),
        broken,
    }
}

/// The elements of the feed itself, or of one entry: name and text, the first of each.
type Fields = BTreeMap<String, String>;

#[derive(Default)]
struct State {
    feed: Fields,
    entries: Vec<Fields>,
    entry: Option<Fields>,
    /// Open elements; within an entry, the part of the stack from the entry on.
    open: Vec<String>,
    /// The text of the entry's or feed's current element, with inner markup put back.
    text: String,
}

impl State {
    fn start(&mut self, start: &BytesStart<'_>) {
        let name = name_of(start);
        if self.is_entry(&name) {
            if let Some(entry) = self.entry.take() {
                self.entries.push(entry);
            }
            self.entry = Some(Fields::new());
            self.open.clear();
            self.text.clear();
            return;
        }
        let attribute = |key: &str| {
            start
                .html_attributes()
                .with_checks(false)
                .flatten()
                .find(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(key))
                .map(|attribute| html::unescape(&attribute.value))
        };
        if name == "link" {
            let relation = attribute("rel").unwrap_or_else(|| "alternate".to_string());
            if let Some(address) = attribute("href").filter(|_| relation == "alternate") {
                let is_of_source = self.open.iter().any(|open| open == "source");
                let field = if is_of_source { SOURCE_ADDRESS } else { "link" };
                self.put(field, &address);
            }
        }
        if name == "source"
            && let Some(address) = attribute("url")
        {
            self.put(SOURCE_ADDRESS, &address);
        }
        if self.in_field() && self.is_unclosed(&name) {
            self.close_field();
            self.open.pop();
        }
        if self.in_field() {
            self.text.push_str(&format!("<{name}>"));
        } else if !matches!(name.as_str(), "rss" | "channel" | "feed" | "rdf:rdf") {
            self.text.clear();
        }
        self.open.push(name);
    }

    fn end(&mut self, name: &str) {
        if self.is_entry(name) {
            self.close_field();
            if let Some(entry) = self.entry.take() {
                self.entries.push(entry);
            }
            self.open.clear();
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| open == name) else {
            return;
        };
        let fields = self.field_depth();
        while self.open.len() > at {
            if self.open.len() == fields {
                self.close_field();
            } else if self.open.len() > fields
                && let Some(name) = self.open.last()
            {
                self.text.push_str(&format!("</{name}>"));
            }
            self.open.pop();
        }
    }

    fn close_field(&mut self) {
        let depth = self.field_depth();
        let names: Vec<String> = self
            .open
            .iter()
            .skip(depth.saturating_sub(1))
            .cloned()
            .collect();
        if let Some(name) = names.first() {
            let text = std::mem::take(&mut self.text);
            self.put(name, text.trim());
        }
    }

    /// Does this start tag show that the open field lacks its end tag? Texts may hold any markup,
    /// and Atom's people and sources have elements of their own; a title holds no other field.
    fn is_unclosed(&self, name: &str) -> bool {
        let Some(field) = self.open.last() else {
            return false;
        };
        self.open.len() == self.field_depth()
            && FIELDS.contains(&name)
            && FIELDS.contains(&field.as_str())
            && !TEXTS.contains(&field.as_str())
            && !matches!(field.as_str(), "author" | "source")
    }

    fn text(&mut self, text: &str) {
        if self.in_field() {
            self.text.push_str(text);
        }
    }

    fn put(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let fields = self.entry.as_mut().unwrap_or(&mut self.feed);
        fields
            .entry(name.to_string())
            .or_insert_with(|| value.to_string());
    }

    fn is_entry(&self, name: &str) -> bool {
        matches!(name, "item" | "entry")
    }

    /// How many elements are open where a field's own text stands.
    fn field_depth(&self) -> usize {
        if self.entry.is_some() {
            1
        } else {
            let wrappers = ["rss", "channel", "feed", "rdf:rdf"];
            1 + self
                .open
                .iter()
                .take_while(|name| wrappers.contains(&name.as_str()))
                .count()
        }
    }

    fn in_field(&self) -> bool {
        self.open.len() >= self.field_depth()
    }
}

fn name_of(start: &BytesStart<'_>) -> String {
    name(start.name().as_ref())
}

/// A lower-case element name; the prefix that some feeds give to Atom's own elements is left out.
fn name(raw: &str) -> String {
    let name = raw.to_ascii_lowercase();
    match name
        .strip_prefix("atom:")
        .or_else(|| name.strip_prefix("a10:"))
    {
        Some(rest) => rest.to_string(),
        None => name,
    }
}

fn page(entry: Fields, feed: &Fields) -> Page {
    let plain = |fields: &Fields, names: &[&str]| {
        names
            .iter()
            .find_map(|name| fields.get(*name))
            .map(|text| {
                html::fragment(text)
                    .into_iter()
                    .map(|line| line.text)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .map(|text| clean(&text))
            .filter(|text| !text.is_empty())
    };
    let mut lines = vec![];
    for name in TEXTS {
        if let Some(text) = entry.get(name) {
            lines = html::fragment(text);
            if !lines.is_empty() {
                break;
            }
        }
    }
    let url = entry
        .get("link")
        .or_else(|| entry.get("guid"))
        .or_else(|| entry.get("id"))
        .map(|url| clean(url))
        .filter(|url| url.starts_with("http"));
    let written = [
        "pubdate",
        "published",
        "dc:date",
        "date",
        "issued",
        "dcterms:created",
        "updated",
        "modified",
    ]
    .iter()
    .find_map(|name| {
        let text = clean(entry.get(*name)?);
        Some((date::written(&text)?, date::moment(&text)))
    });
    let when = written.map(|(when, _)| when);
    let byline = inner(&entry, "author", "name")
        .or_else(|| plain(&entry, &["dc:creator", "author", "creator"]))
        .map(|name| author(&name));
    let language = feed
        .get("language")
        .or_else(|| feed.get("dc:language"))
        .and_then(|tag| meta::language_code(tag));
    Page {
        masthead: Masthead {
            publisher: inner(&entry, "source", "title")
                .or_else(|| plain(&entry, &["source"]))
                .filter(|_| !is_own(&entry, feed, url.as_deref()))
                .or_else(|| plain(&entry, &["dc:publisher"]))
                .or_else(|| plain(feed, &["title"]))
                .or_else(|| url.as_deref().and_then(meta::host)),
            title: plain(&entry, &["title"]),
            byline,
            published: Published::found(when, How::Meta),
            language,
            url,
            ..Masthead::default()
        },
        lines,
        moments: Moments {
            published: written.and_then(|(_, at)| at),
            modified: None,
        },
        ..Page::default()
    }
}

/// Is an entry's source the feed itself? Aggregators name by it whom they took an entry from; others
/// name one of their own feeds. What tells is whose address it has: the feed's site, or, where the
/// feed names no other site of its own, that of the page which the entry links to.
fn is_own(entry: &Fields, feed: &Fields, link: Option<&str>) -> bool {
    let host = |address: &str| meta::host(clean(address).as_str());
    let Some(source) = entry.get(SOURCE_ADDRESS).and_then(|url| host(url)) else {
        return false;
    };
    match feed.get("link").and_then(|url| host(url)) {
        Some(site) => is_same_site(&source, &site),
        None => link
            .and_then(host)
            .is_some_and(|site| is_same_site(&source, &site)),
    }
}

fn is_same_site(one: &str, other: &str) -> bool {
    let is_below = |below: &str, above: &str| {
        (below.strip_suffix(above)).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    is_below(one, other) || is_below(other, one)
}

/// The text of an element within a field, as in Atom's `<author><name>`.
fn inner(entry: &Fields, field: &str, name: &str) -> Option<String> {
    let (_, rest) = entry.get(field)?.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once("</")?;
    Some(clean(&html::unescape(text))).filter(|text| !text.is_empty())
}

/// RSS writes authors as "address (Name)".
fn author(text: &str) -> String {
    match text.split_once('(') {
        Some((address, name)) if address.contains('@') => {
            name.trim_end_matches(')').trim().to_string()
        }
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(source: &str, expected: Expect) {
        let feed = read(source);
        let mut out = String::new();
        for page in &feed.pages {
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
        }
        if let Some(broken) = feed.broken {
            out.push_str(&broken);
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn rss_keeps_the_source_of_an_item() {
        check(
            r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Daily Echo</title>
            <link>https://echo.example</link><language>en</language>
            <item><title>Velka &amp; Orlo</title><link>https://echo.example/1</link>
            <pubDate>Sat, 01 Mar 2031 09:30:00 +0200</pubDate>
            <source url="https://north.example">North Wire</source>
            <description>&lt;p&gt;The army took Velka.&lt;/p&gt;&lt;p&gt;It left Orlo.&lt;/p&gt;</description></item>
            <item><title>Second</title><author>desk@echo.example (Ada Brisk)</author>
            <description>short</description>
            <content:encoded><![CDATA[<p>Talks <b>began</b>.</p>]]></content:encoded></item>
            </channel></rss>"#,
            expect![[r#"
                Some("North Wire") Some("Velka & Orlo") None Some("https://echo.example/1") Some("2031-03-01")
                  The army took Velka.
                  It left Orlo.
                Some("Daily Echo") Some("Second") Some("Ada Brisk") None None
                  Talks began.
            "#]],
        );
    }

    #[test]
    fn atom_with_markup_inside() {
        check(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Orlo Post</title>
            <entry><title>Round two</title><link rel="self" href="https://x.example/feed"/>
            <link href="https://x.example/2"/><published>2031-03-02T10:00:00Z</published>
            <author><name>Ada Brisk</name></author>
            <content type="xhtml"><div><p>Both sides met.</p><p>Nothing was agreed.</p></div></content>
            </entry></feed>"#,
            expect![[r#"
                Some("Orlo Post") Some("Round two") Some("Ada Brisk") Some("https://x.example/2") Some("2031-03-02")
                  Both sides met.
                  Nothing was agreed.
            "#]],
        );
    }

    #[test]
    fn an_unclosed_tag_or_a_cut_loses_no_whole_entry() {
        check(
            "<rss><channel><title>Echo</title><item><title>One<description>The army took Velka & left.</description></item>\
             <item><title>Two</title><description>It left <b>Orlo.</description></item><item><title>Three</ti",
            expect![[r#"
                Some("Echo") Some("One") None None None
                  The army took Velka & left.
                Some("Echo") Some("Two") None None None
                  It left Orlo.
                Some("Echo") Some("Three") None None None
                line 1: syntax error: tag not closed: `>` not found before end of input"#]],
        );
    }
}
