//! What a web page's markup says of the page: JSON-LD, meta elements, `<time>`, titles.

use crate::date;
use crate::dom::{Document, NodeId};
use crate::page::{clean, count_words, letters};
use rapporteur_model::{How, Masthead, Published, When};
use serde_json::Value;

/// Reads the masthead from a page's markup. `h1` is the page's main heading, if it has just one.
pub(crate) fn masthead(page: &Document) -> Masthead {
    let metas = metas(page);
    let article = articles(page);
    let meta = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            metas
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, content)| content.clone())
        })
    };
    let json = |read: &dyn Fn(&Value) -> Option<String>| article.iter().find_map(read);
    let heading = single_text(page, "h1");
    let (head_title, suffix) = split_title(page, &heading, &meta(&["og:title"]));
    let url = json(&|a| text_of(a.get("url")).or_else(|| text_of(a.get("mainEntityOfPage"))))
        .filter(|url| url.starts_with("http"));
    let url = canonical(page)
        .or_else(|| meta(&["og:url", "twitter:url"]))
        .filter(|url| url.starts_with("http"))
        .or(url);
    let publisher = json(&|a| name_of(a.get("publisher")))
        .or_else(|| {
            meta(&[
                "og:site_name",
                "application-name",
                "dc.publisher",
                "citation_publisher",
                "publisher",
            ])
        })
        .filter(|name| !name.starts_with("http") && !name.starts_with('@'))
        .or(suffix)
        .or_else(|| url.as_deref().and_then(host));
    let title = json(&|a| text_of(a.get("headline")))
        .or_else(|| {
            meta(&[
                "og:title",
                "twitter:title",
                "dc.title",
                "citation_title",
                "parsely-title",
                "sailthru.title",
                "title",
            ])
        })
        .map(|title| without_site(&title, publisher.as_deref()));
    // What the page prints as its one heading is the headline as readers saw it; the titles for
    // machines are often shorter.
    let printed = heading.filter(|heading| {
        count_words(heading) >= 3
            && publisher
                .as_ref()
                .is_none_or(|site| letters(site) != letters(heading))
    });
    let title = printed.or(title).or(head_title);
    let byline = json(&|a| name_of(a.get("author")))
        .or_else(|| {
            meta(&[
                "author",
                "article:author",
                "article:author_name",
                "byl",
                "dc.creator",
                "dc.contributor",
                "citation_author",
                "parsely-author",
                "sailthru.author",
                "cxenseparse:author",
                "twitter:creator",
            ])
        })
        .filter(|name| !name.starts_with("http") && !name.starts_with('@'));
    let when = json(&|a| text_of(a.get("datePublished")).or_else(|| text_of(a.get("dateCreated"))))
        .and_then(|text| date::written(&text))
        .or_else(|| {
            [
                "article:published_time",
                "og:published_time",
                "og:article:published_time",
                "article:published",
                "datepublished",
                "date.published",
                "published_time",
                "publishdate",
                "publish-date",
                "publish_date",
                "pubdate",
                "ptime",
                "displaydate",
                "parsely-pub-date",
                "sailthru.date",
                "cxenseparse:recs:publishtime",
                "rnews:datepublished",
                "dc.date.issued",
                "dcterms.created",
                "dcterms.date",
                "dcterms.issued",
                "dc.date",
                "dc.date.created",
                "citation_publication_date",
                "citation_date",
                "article_date_original",
                "originalpublicationdate",
                "bt:pubdate",
                "analyticsattributes.articledate",
                "date",
                "article.created",
                "article.published",
            ]
            .iter()
            .find_map(|key| date::written(&meta(&[key])?))
        })
        .or_else(|| marked_time(page));
    let language = json(&|a| text_of(a.get("inLanguage")))
        .or_else(|| attribute(page, "html", "lang"))
        .or_else(|| meta(&["og:locale", "content-language", "language"]));
    Masthead {
        publisher,
        url,
        title: title.filter(|title| !title.is_empty()),
        byline,
        published: Published {
            how: if when.is_some() {
                How::Meta
            } else {
                How::Unknown
            },
            when,
        },
        language: language.and_then(|tag| language_code(&tag)),
        ..Masthead::default()
    }
}

/// "en-GB", "en_GB", "EN": `en`.
pub(crate) fn language_code(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// Every meta element's lower-case name and its content, in order.
fn metas(page: &Document) -> Vec<(String, String)> {
    let mut found = vec![];
    for node in page.named("meta") {
        let content = clean(&unescape(
            page.attribute(node, "content").unwrap_or_default(),
        ));
        if content.is_empty() {
            continue;
        }
        for attribute in ["name", "property", "itemprop", "http-equiv"] {
            if let Some(name) = page.attribute(node, attribute) {
                found.push((name.trim().to_lowercase(), content.clone()));
            }
        }
    }
    found
}

/// An attribute of the first element of this name that has it.
fn attribute(page: &Document, element: &str, name: &str) -> Option<String> {
    page.named(element)
        .find_map(|node| page.attribute(node, name))
        .map(str::to_string)
}

fn canonical(page: &Document) -> Option<String> {
    page.named("link")
        .find(|node| page.attribute(*node, "rel") == Some("canonical"))
        .and_then(|node| page.attribute(node, "href"))
        .map(|url| url.trim().to_string())
}

/// The text of the only element of this name.
fn single_text(page: &Document, element: &str) -> Option<String> {
    let mut nodes = page.named(element);
    let node = nodes.next().filter(|_| nodes.next().is_none())?;
    Some(clean(&page.text_of(node))).filter(|text| !text.is_empty())
}

/// A `<time>` marked as the publication time, or one in the head of the article.
fn marked_time(page: &Document) -> Option<When> {
    let read = |node: NodeId| {
        page.attribute(node, "datetime")
            .or_else(|| page.attribute(node, "content"))
            .map(str::to_string)
            .or_else(|| Some(page.text_of(node)))
            .and_then(|text| date::written(&clean(&text)))
    };
    let class = |node: NodeId, wanted: &str| {
        let classes = page.attribute(node, "class").unwrap_or_default();
        classes.split_whitespace().any(|class| class == wanted)
    };
    let above = |node: NodeId, test: &dyn Fn(NodeId) -> bool| {
        let mut at = page.parent(node);
        while let Some(up) = at {
            if test(up) {
                return true;
            }
            at = page.parent(up);
        }
        false
    };
    let marked = |node: &NodeId| {
        let node = *node;
        let is_time = page.name(node) == "time";
        let property = |name| page.attribute(node, name);
        property("itemprop") == Some("datePublished")
            || property("property") == Some("schema:datePublished")
            || is_time
                && (property("pubdate").is_some()
                    || ["published", "entry-date", "dt-published"]
                        .iter()
                        .any(|name| class(node, name))
                    || above(node, &|up| {
                        class(up, "entry-date")
                            || page.name(up) == "header" && property("datetime").is_some()
                    }))
    };
    if let Some(when) = page.all().filter(marked).find_map(read) {
        return Some(when);
    }
    // A single time element on the whole page can only be the page's own.
    let mut times = page
        .named("time")
        .filter(|node| page.attribute(*node, "datetime").is_some());
    let only = times.next().filter(|_| times.next().is_none())?;
    read(only)
}

/// The page's JSON-LD objects that are articles, in order.
fn articles(page: &Document) -> Vec<Value> {
    let mut found = vec![];
    // Of scripts, the tree keeps the text of JSON-LD alone.
    for script in page.named("script") {
        let text = page.text_of(script);
        let text = text
            .trim()
            .trim_start_matches("<!--")
            .trim_end_matches("-->")
            .trim_end_matches(';');
        // Pages print raw line ends inside strings, which JSON forbids.
        let text: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let Ok(value) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    if let Some(graph) = object.remove("@graph") {
                        waiting.push(graph);
                    }
                    let value = Value::Object(object);
                    if is_article(&value) {
                        found.push(value);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

fn is_article(value: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
        })
    };
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(clean(&unescape(text))).filter(|text| !text.is_empty()),
        Value::Array(values) => values.iter().find_map(|value| text_of(Some(value))),
        Value::Object(object) => text_of(object.get("@id")),
        _ => None,
    }
}

/// One name, or several joined by commas.
pub(crate) fn name_of(value: Option<&Value>) -> Option<String> {
    let names: Vec<String> = match value? {
        Value::Array(values) => values
            .iter()
            .filter_map(|value| name_of(Some(value)))
            .collect(),
        Value::Object(object) => text_of(object.get("name")).into_iter().collect(),
        other => text_of(Some(other)).into_iter().collect(),
    };
    (!names.is_empty()).then(|| names.join(", "))
}

/// Character references in JSON-LD, which some pages escape twice.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    crate::html::unescape(text)
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest
        .split(['/', '?', '#'])
        .next()?
        .rsplit('@')
        .next()?
        .split(':')
        .next()?
        .to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.')).then(|| host.to_string())
}

/// `<title>` as headline and site: "Velka falls | Daily Echo". The site is told by what the page
/// prints as its heading, or by being the shorter part.
fn split_title(
    page: &Document,
    heading: &Option<String>,
    other: &Option<String>,
) -> (Option<String>, Option<String>) {
    let Some(title) = page
        .named("title")
        .next()
        .map(|node| clean(&page.text_of(node)))
        .filter(|title| !title.is_empty())
    else {
        return (None, None);
    };
    for known in [heading, other].into_iter().flatten() {
        if let Some(rest) = title.strip_prefix(known.as_str()) {
            let site = rest.trim_start_matches(SEPARATORS).trim();
            let site = site.rsplit(BARS).next().unwrap_or(site).trim();
            if rest.trim_start().starts_with(SEPARATORS) && is_site(site) {
                return (Some(known.clone()), Some(site.to_string()));
            }
        }
    }
    match title.rsplit_once(BARS).or_else(|| title.rsplit_once(" - ")) {
        Some((head, site)) if is_site(site.trim()) && count_words(head) > count_words(site) => {
            (Some(head.trim().to_string()), Some(site.trim().to_string()))
        }
        _ => (Some(title), None),
    }
}

const SEPARATORS: [char; 8] = ['|', '-', '–', '—', ':', '·', '»', ' '];
const BARS: [char; 3] = ['|', '·', '»'];

fn is_site(text: &str) -> bool {
    !text.is_empty()
        && count_words(text) <= 6
        && text
            .chars()
            .any(|c| c.is_uppercase() || !c.is_ascii() || c == '.')
}

/// A title without the site's name at its end.
fn without_site(title: &str, site: Option<&str>) -> String {
    let Some(site) = site else {
        return title.to_string();
    };
    for (at, c) in title.char_indices().rev() {
        if !matches!(c, '|' | '-' | '–' | '—' | '·' | '»') {
            continue;
        }
        let tail = title.get(at + c.len_utf8()..).unwrap_or_default();
        let head = title.get(..at).unwrap_or_default().trim_end();
        if letters(tail) == letters(site) && !head.is_empty() {
            return head.to_string();
        }
        if letters(tail).len() > letters(site).len() {
            break;
        }
    }
    title.to_string()
}
