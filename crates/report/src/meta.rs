//! What a web page says of itself: publisher, headline, writer, times, language. `marks` collects it
//! in one pass over the tree and `jsonld` reads the JSON-LD; `headline`, `writer` and `published` weigh
//! what they find.

mod day;
mod headline;
mod jsonld;
mod marks;
mod published;
mod words;
mod writer;

use self::headline::{Titles, address_words, headline, site_in_bar};
use self::jsonld::JsonLd;
use self::marks::Marks;
use self::published::times;
use self::writer::writer;
use crate::dom::Document;
use crate::html::unescape;
use crate::page::{Moments, clean, same_letters};
use rapporteur_model::Masthead;
use serde_json::Value;

/// Reads the masthead from a page's elements, and the moments behind its days.
pub(crate) fn masthead(page: &Document) -> (Masthead, Moments) {
    let marks = Marks::read(page);
    let json = JsonLd::read(marks.scripts.iter().map(String::as_str));
    let address = |url: &String| url.starts_with("http");
    let url = marks
        .canonical
        .clone()
        .filter(address)
        .or_else(|| marks.meta(&["og:url", "twitter:url"]).map(str::to_string))
        .filter(address)
        .or_else(|| json.texts(&["url", "mainEntityOfPage"]).find(address));
    let given = given_titles(&marks, &json);
    let known: Vec<&str> = marks
        .headings
        .iter()
        .map(|(text, _)| text.as_str())
        .chain(given.iter().map(String::as_str))
        .collect();
    let suffix = marks
        .title
        .as_deref()
        .and_then(|bar| site_in_bar(bar, &known));
    let host = url.as_deref().and_then(host);
    let named = |name: &String| !name.starts_with("http") && !name.starts_with('@');
    let published_by = json.names("publisher").into_iter().next();
    let site = |keys: &[&str]| marks.meta(keys).map(str::to_string).filter(named);
    let publisher = published_by
        .map(|name| name.name)
        .filter(named)
        .or_else(|| site(&["og:site_name"]))
        .or_else(|| {
            site(&[
                "application-name",
                "dc.publisher",
                "citation_publisher",
                "publisher",
            ])
        })
        .or_else(|| suffix.clone())
        .or_else(|| host.clone());
    let label = host.as_deref().and_then(|host| {
        let mut labels = host.rsplit('.');
        labels.next();
        // "echo.co.example": the label before the short ones.
        labels.find(|label| label.len() > 3).map(str::to_string)
    });
    let sites = publisher
        .iter()
        .cloned()
        .chain(site(&["og:site_name"]))
        .chain(site(&["application-name", "apple-mobile-web-app-title"]))
        .chain(suffix)
        .chain(host)
        .chain(label)
        .collect();
    let titles = Titles {
        headings: marks
            .headings
            .iter()
            .map(|(text, _)| text.as_str())
            .collect(),
        given,
        bar: marks.title.as_deref(),
        sites,
        address: url.as_deref().map(address_words).unwrap_or_default(),
    };
    let (title, heading) = headline(&titles);
    let at = headline_line(&marks, title.as_deref(), heading);
    let byline = writer(&marks, &json, at, publisher.as_deref());
    let times = times(&marks, &json, at, url.as_deref());
    let language = json
        .text(&["inLanguage"])
        .or_else(|| marks.language.clone())
        .or_else(|| {
            let keys = ["og:locale", "content-language", "language"];
            marks.meta(&keys).map(str::to_string)
        });
    let masthead = Masthead {
        publisher,
        url,
        title,
        byline,
        published: times.published,
        modified: times.modified,
        language: language.and_then(|tag| language_code(&tag)),
        ..Masthead::default()
    };
    (masthead, times.moments)
}

/// The titles for machines, the surest first.
fn given_titles(marks: &Marks, json: &JsonLd) -> Vec<String> {
    const META: [&str; 8] = [
        "og:title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "dc.title",
        "dcterms.title",
        "twitter:title",
        "title",
    ];
    let metas = META.iter().filter_map(|key| marks.meta(&[key]));
    let mut titles: Vec<String> = vec![];
    for title in json
        .text(&["headline"])
        .into_iter()
        .chain(metas.map(str::to_string))
    {
        // Some pages escape twice.
        let title = clean(&unescape(&title));
        if !title.is_empty() && !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

/// The line that the headline stands in, and which of the first-level headings it is.
fn headline_line(
    marks: &Marks,
    title: Option<&str>,
    heading: Option<usize>,
) -> Option<(usize, Option<usize>)> {
    if let Some((_, line)) = heading.and_then(|at| marks.headings.get(at)) {
        return Some((*line, heading));
    }
    let title = title?;
    let same = |level: bool| {
        marks
            .lines
            .iter()
            .position(|line| (line.level > 0) == level && same_letters(&line.text, title))
    };
    let line = same(true).or_else(|| same(false));
    match (line, marks.headings.first()) {
        (Some(line), _) => Some((line, None)),
        (None, Some((_, line))) => Some((*line, Some(0))),
        (None, None) => None,
    }
}

/// "en-GB", "en_GB", "EN": `en`.
pub(crate) fn language_code(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
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

fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(clean(&unescape(text))).filter(|text| !text.is_empty()),
        Value::Array(values) => values.iter().find_map(|value| text_of(Some(value))),
        Value::Object(object) => text_of(object.get("@id")),
        _ => None,
    }
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

#[cfg(test)]
mod tests;
