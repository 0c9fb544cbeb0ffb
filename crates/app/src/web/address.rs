//! Addresses of pages: the same whether they are served or lie in a folder.

use super::text::{encoded, pairs};

/// Which page is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Its name: `timeline`, `report` …
    pub name: String,
    /// What it is of: `report/ID.html`.
    pub id: Option<String>,
    /// Which page of it, from 1.
    pub page: usize,
    /// Its twin in JSON?
    pub json: bool,
    /// What else is asked for.
    pub query: Vec<(String, String)>,
}

impl Address {
    /// Reads a path without its leading stroke, and a query; `None`: no page can have it.
    pub fn parse(path: &str, query: &str) -> Option<Address> {
        let query = pairs(query);
        let path = if path.is_empty() { "index.html" } else { path };
        let (path, end) = path.rsplit_once('.')?;
        let json = match end {
            "html" => false,
            "json" => true,
            _ => return None,
        };
        let (name, id) = match path.split_once('/') {
            Some((name, id)) => (name, Some(id)),
            None => (path, None),
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !name.chars().all(is_plain) || !id.unwrap_or_default().chars().all(is_plain) {
            return None;
        }
        // `timeline-2`, `report/ID-2`; a day and a pair of ids have strokes of their own.
        let last = id.unwrap_or(name);
        let number = last
            .rsplit_once('-')
            .filter(|(_, end)| end.len() < 8 && !is_day(last));
        let (stem, of_path) = match number.map(|(stem, end)| (stem, end.parse().ok())) {
            Some((stem, Some(page))) => (stem, Some(page)),
            _ => (last, None),
        };
        let asked = query.iter().find(|(key, _)| key == "page");
        let page = asked.and_then(|(_, value)| value.parse().ok()).or(of_path);
        let stem = stem.to_string();
        let (name, id) = match id {
            Some(_) => (name.to_string(), Some(stem)),
            None => (stem, None),
        };
        Some(Address {
            name,
            id,
            page: page.unwrap_or(1).max(1),
            json,
            query,
        })
    }

    /// A value of the query that is not blank.
    pub fn asks(&self, key: &str) -> Option<&str> {
        let found = self.query.iter().find(|(name, _)| name == key);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The way up to the root of the site.
    pub fn up(&self) -> &'static str {
        if self.id.is_some() { "../" } else { "" }
    }

    /// The path from the root, of another page of the same.
    pub fn path(&self, page: usize, end: &str) -> String {
        let stem = match &self.id {
            Some(id) => format!("{}/{id}", self.name),
            None => self.name.clone(),
        };
        match page {
            1 => format!("{stem}.{end}"),
            page => format!("{stem}-{page}.{end}"),
        }
    }

    /// The query without the page, for links to other pages of the same.
    pub fn rest(&self) -> String {
        let kept = self
            .query
            .iter()
            .filter(|(key, value)| key != "page" && !value.is_empty());
        let kept: Vec<String> = kept
            .map(|(key, value)| format!("{}={}", encoded(key), encoded(value)))
            .collect();
        match kept.is_empty() {
            true => String::new(),
            false => format!("?{}", kept.join("&")),
        }
    }
}

/// Is this `2031-03-01`?
fn is_day(stem: &str) -> bool {
    stem.len() >= 10 && stem.split('-').count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_ids_and_days() {
        let read = |path: &str| {
            let a = Address::parse(path, "")?;
            Some(format!(
                "{} {} {}{}",
                a.name,
                a.id.clone().unwrap_or_default(),
                a.page,
                if a.json { " json" } else { "" }
            ))
        };
        assert_eq!(read("").as_deref(), Some("index  1"));
        assert_eq!(read("timeline-12.html").as_deref(), Some("timeline  12"));
        assert_eq!(
            read("report/0a1b2c3d4e.json").as_deref(),
            Some("report 0a1b2c3d4e 1 json")
        );
        assert_eq!(
            read("report/0a1b2c3d4e-3.html").as_deref(),
            Some("report 0a1b2c3d4e 3")
        );
        assert_eq!(
            read("control/2031-03-01.html").as_deref(),
            Some("control 2031-03-01 1")
        );
        assert_eq!(
            read("pair/0a1b2c3d4e0a1b2c3d4e-1234567890123456789a.html").as_deref(),
            Some("pair 0a1b2c3d4e0a1b2c3d4e-1234567890123456789a 1")
        );
        assert_eq!(read("style.css"), None);
        assert_eq!(read("../secret.html"), None);
        assert_eq!(read("a/b/c.html"), None);
        let asked = Address::parse("timeline.html", "page=3&place=New+Velka").unwrap();
        assert_eq!(
            (asked.page, asked.rest().as_str()),
            (3, "?place=New%20Velka")
        );
        assert_eq!(asked.path(2, "html"), "timeline-2.html");
    }
}
