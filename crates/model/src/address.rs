//! When two addresses are those of one page.

use std::sync::LazyLock;

/// What does not tell pages apart.
#[derive(Default)]
struct Table {
    prefixes: Vec<&'static str>,
    suffixes: Vec<&'static str>,
    parameters: Vec<&'static str>,
    /// Hosts that show other sites' pages, with what stands before their addresses.
    caches: Vec<(&'static str, &'static str)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    let lines = include_str!("../data/addresses.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(kind), Some(value)) = (cells.next(), cells.next()) else {
            continue;
        };
        match kind {
            "prefix" => table.prefixes.push(value),
            "suffix" => table.suffixes.push(value),
            "parameter" => table.parameters.push(value),
            _ => table.caches.extend(cells.next().map(|path| (value, path))),
        }
    }
    table
});

/// A page's address for comparing, not for opening: without scheme, port, fragment, the prefixes
/// and endings of other dresses of a page (`www.`, `m.`, `/amp`) and the parameters that say who
/// sent the reader. Two addresses of one page are equal here, as far as they show it; `None` for a
/// site's front page, which holds another page every day.
pub fn page_address(url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or(url).trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (page, query) = url.split_once('?').unwrap_or((url, ""));
    let page = uncached(page);
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_lowercase();
    let host = without_port(&host);
    let host = (TABLE.prefixes.iter())
        .find_map(|prefix| {
            // A site that is itself called so keeps its name.
            host.strip_prefix(prefix).filter(|rest| rest.contains('.'))
        })
        .unwrap_or(host);
    let path = format!("/{}", path.trim_matches('/'));
    let path = (TABLE.suffixes.iter())
        .find_map(|suffix| path.strip_suffix(suffix))
        .unwrap_or(&path)
        .trim_end_matches('/');
    let kept: Vec<&str> = (query.split('&'))
        .filter(|part| !part.is_empty() && !says_who_sent(part))
        .collect();
    match (host, path, kept.as_slice()) {
        ("", ..) | (_, "", []) => None,
        (_, _, []) => Some(format!("{host}{path}")),
        _ => Some(format!("{host}{path}?{}", kept.join("&"))),
    }
}

/// The address of the page that a cache shows.
fn uncached(page: &str) -> &str {
    let Some(slash) = page.find('/') else {
        return page;
    };
    let (host, path) = page.split_at(slash);
    let host = host.strip_prefix("www.").unwrap_or(host);
    (TABLE.caches.iter())
        .filter(|(cache, _)| host == *cache || (cache.starts_with('.') && host.ends_with(cache)))
        .find_map(|(_, before)| path.strip_prefix(before))
        .unwrap_or(page)
}

fn without_port(host: &str) -> &str {
    let usual = |port: &str| port == "80" || port == "443";
    match host.rsplit_once(':') {
        Some((name, port)) if usual(port) => name,
        _ => host,
    }
}

/// Is this part of a query only about how the reader came to the page?
fn says_who_sent(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or(part);
    TABLE.parameters.iter().any(|parameter| {
        match (parameter.strip_suffix('*'), parameter.contains('=')) {
            (Some(start), _) => {
                (name.get(..start.len())).is_some_and(|begins| begins.eq_ignore_ascii_case(start))
            }
            (None, true) => part.eq_ignore_ascii_case(parameter),
            (None, false) => name.eq_ignore_ascii_case(parameter),
        }
    })
}
