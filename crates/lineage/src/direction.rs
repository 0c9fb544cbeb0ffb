//! Which of two reports came first, and what shows it.

use rapporteur_model::{How, Masthead, Published, Report, When, page_address};
use std::sync::OnceLock;

/// Which report of a pair came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    A,
    B,
}

/// Words at the beginning and the end of a report's body in which an agency is named as a credit.
const CREDIT_ZONE: usize = 160;

/// What masthead and words show of the order; `None` where they show nothing or each the reverse.
pub(crate) fn direction(a: &Report, b: &Report) -> Option<(First, String)> {
    match (credits(a, b), credits(b, a)) {
        (Some(name), None) => return Some((First::B, format!("it credits {name}"))),
        (None, Some(name)) => return Some((First::A, format!("it credits {name}"))),
        _ => {}
    }
    if let (Some(x), Some(y)) = (published(a), published(b)) {
        let because =
            |earlier, later| format!("published {}, the other {}", range(later), range(earlier));
        if x.latest < y.earliest {
            return Some((First::A, because(x, y)));
        }
        if y.latest < x.earliest {
            return Some((First::B, because(y, x)));
        }
    }
    if same_page(a.masthead(), b.masthead()) || same_publisher(a.masthead(), b.masthead()) {
        if let (Some(x), Some(y)) = (changed(a), changed(b)) {
            let because =
                |earlier, later| format!("changed {}, the other {}", range(later), range(earlier));
            if x.latest < y.earliest {
                return Some((First::A, because(x, y)));
            }
            if y.latest < x.earliest {
                return Some((First::B, because(y, x)));
            }
        }
        let why = || "it says that it corrects or updates an earlier version".to_string();
        return match (says_corrected(a), says_corrected(b)) {
            (true, false) => Some((First::B, why())),
            (false, true) => Some((First::A, why())),
            _ => None,
        };
    }
    let wire = |name| format!("the other carries the agency line of {name}, its own publisher");
    match (agency_line(a), agency_line(b)) {
        (Some(name), None) => Some((First::A, wire(name))),
        (None, Some(name)) => Some((First::B, wire(name))),
        _ => None,
    }
}

/// The report's publisher, where its beginning names it as agencies name themselves: "PORT LENN,
/// March 3 (North Wire) –". Whoever takes such a report over drops the line or credits the agency.
fn agency_line(report: &Report) -> Option<&str> {
    let name = report.masthead().publisher.as_deref()?;
    let head = head(report.body());
    spellings(name)
        .any(|spelling| head.contains(&format!("({spelling})")))
        .then_some(name)
}

fn head(body: &str) -> &str {
    body.char_indices()
        .nth(CREDIT_ZONE)
        .map_or(body, |(at, _)| &body[..at])
}

/// The publisher of `other`, where `report` names it as where it has the story from.
fn credits(report: &Report, other: &Report) -> Option<String> {
    let name = other.masthead().publisher.as_deref()?;
    if same_page(report.masthead(), other.masthead())
        || same_publisher(report.masthead(), other.masthead())
    {
        return None;
    }
    let in_masthead = (report.masthead().credits.iter()).any(|credit| same_name(credit, name));
    let in_zone = || {
        let body = report.body();
        let tail = (body.char_indices().rev())
            .nth(CREDIT_ZONE)
            .map_or(0, |(at, _)| at);
        let zones = [head(body), &body[tail..]];
        spellings(name).any(|spelling| zones.iter().any(|zone| is_credit_in(zone, spelling)))
    };
    (in_masthead || in_zone()).then(|| name.to_string())
}

/// Does the name stand alone in brackets, or between a mark and a dash, as agencies are credited?
fn is_credit_in(zone: &str, name: &str) -> bool {
    zone.match_indices(name).any(|(at, _)| {
        let before = zone[..at].trim_end().chars().next_back();
        let after = zone[at + name.len()..].trim_start().chars().next();
        let opened = matches!(
            before,
            None | Some('(' | '[' | '/' | '–' | '—' | '-' | '|' | ':')
        );
        let closed = matches!(
            after,
            None | Some(')' | ']' | '/' | '–' | '—' | '-' | '|' | ':')
        );
        opened && closed
    })
}

fn published(report: &Report) -> Option<When> {
    told(&report.masthead().published)
}

/// When the report says that it was last changed. Only where both of a pair say so does it tell
/// which came first: a copy that does not may be of any later time.
fn changed(report: &Report) -> Option<When> {
    told(&report.masthead().modified)
}

fn told(time: &Published) -> Option<When> {
    matches!(time.how, How::Given | How::Meta | How::Page)
        .then_some(time.when)
        .flatten()
}

fn range(when: When) -> String {
    if when.earliest == when.latest {
        when.earliest.to_string()
    } else {
        format!("{} to {}", when.earliest, when.latest)
    }
}

/// Does the report say of itself that it is a later version?
fn says_corrected(report: &Report) -> bool {
    let body = report.body().to_lowercase();
    include_str!("../data/en/correction_phrases.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .any(|phrase| body.contains(phrase))
}

/// Are both issued by one publisher, as far as the names show?
pub(crate) fn same_publisher(a: &Masthead, b: &Masthead) -> bool {
    match (&a.publisher, &b.publisher) {
        (Some(x), Some(y)) => same_name(x, y),
        _ => false,
    }
}

/// Do both stand at one address?
pub(crate) fn same_page(a: &Masthead, b: &Masthead) -> bool {
    let page = |masthead: &Masthead| masthead.url.as_deref().and_then(page_address);
    page(a).is_some_and(|address| page(b) == Some(address))
}

/// Agencies and outlets that both credit.
pub(crate) fn shared_credits(a: &Masthead, b: &Masthead) -> Vec<String> {
    let mut shared: Vec<String> = (a.credits.iter())
        .filter(|credit| b.credits.iter().any(|other| same_name(credit, other)))
        .cloned()
        .collect();
    shared.sort();
    shared.dedup();
    shared
}

/// A publisher's name for comparing: its words in lower case, without marks and a leading "the".
pub(crate) fn name_key(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 && words.first() == Some(&"the") {
        words.remove(0);
    }
    words.join(" ")
}

fn same_name(a: &str, b: &str) -> bool {
    let key = name_key(b);
    spellings(a).any(|spelling| name_key(spelling) == key)
}

/// The name, and the other names of the same agency.
fn spellings(name: &str) -> impl Iterator<Item = &str> {
    let key = name_key(name);
    let others = (agencies().iter())
        .filter(move |line| line.iter().any(|other| name_key(other) == key))
        .flat_map(|line| line.iter().copied());
    std::iter::once(name).chain(others)
}

fn agencies() -> &'static Vec<Vec<&'static str>> {
    static LINES: OnceLock<Vec<Vec<&'static str>>> = OnceLock::new();
    LINES.get_or_init(|| {
        include_str!("../data/agencies.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert!(same_name("The Daily Echo", "daily echo"));
        assert!(same_name("AP", "The Associated Press"));
        assert!(!same_name("Echo", "Daily Echo"));
    }

    #[test]
    fn the_last_change_orders_versions_of_one_day() {
        let version = |changed: Option<&str>, body: &str| {
            let time = |day: &str| Published {
                when: day.parse().ok().map(When::day),
                how: How::Meta,
            };
            let masthead = Masthead {
                publisher: Some("North Wire".to_string()),
                published: time("2031-03-01"),
                modified: changed.map(time).unwrap_or_default(),
                ..Masthead::default()
            };
            Report::new(masthead, body.to_string(), vec![])
        };
        let one = version(Some("2031-03-02"), "One");
        let two = version(Some("2031-03-04"), "Two");
        let which = |a, b| direction(a, b).map(|(first, _)| first);
        assert_eq!(which(&one, &two), Some(First::A));
        assert_eq!(which(&two, &one), Some(First::B));
        assert_eq!(which(&one, &version(None, "Three")), None);
    }

    #[test]
    fn credits_in_the_text() {
        assert!(is_credit_in(
            "VELKA, March 3 (North Wire) – The army",
            "North Wire"
        ));
        assert!(is_credit_in("and went home. — North Wire", "North Wire"));
        assert!(!is_credit_in("A reporter of North Wire saw", "North Wire"));
    }
}
