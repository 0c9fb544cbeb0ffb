//! Which of two reports came first, and what shows it.

use rapporteur_model::{How, Masthead, Published, Report, When, page_address};
use std::sync::OnceLock;

/// Which report of a pair came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    A,
    B,
}

/// Letters at the beginning and the end of a report's body in which an agency is named as a credit.
const CREDIT_ZONE: usize = 160;
/// So many letters before and after an outlet's name may hold the words that cite it.
const CITING_ZONE: usize = 60;

/// What the order of two reports was told by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// In words.
    pub why: String,
    /// Only by their times: the earlier need not be the later one's source.
    pub by_time: bool,
}

/// What masthead and words show of the order; `None` where they show nothing or each the reverse.
pub(crate) fn direction(a: &Report, b: &Report) -> Option<(First, Order)> {
    let told = |why| Order {
        why,
        by_time: false,
    };
    for credits in [credits, cites] {
        match (credits(a, b), credits(b, a)) {
            (Some(name), None) => return Some((First::B, told(format!("it credits {name}")))),
            (None, Some(name)) => return Some((First::A, told(format!("it credits {name}")))),
            (Some(_), Some(_)) => break,
            (None, None) => {}
        }
    }
    let is_one_publishers =
        same_page(a.masthead(), b.masthead()) || same_publisher(a.masthead(), b.masthead());
    by_time(a, b, is_one_publishers).or_else(|| {
        let (first, why) = by_agency_line(a, b).filter(|_| !is_one_publishers)?;
        Some((first, told(why)))
    })
}

/// Which is the earlier by the days that they give, or by what one publisher says of its versions.
fn by_time(a: &Report, b: &Report, is_one_publishers: bool) -> Option<(First, Order)> {
    let order = |why| Order {
        why,
        by_time: !is_one_publishers,
    };
    if let (Some(x), Some(y)) = (published(a), published(b)) {
        let because =
            |earlier, later| format!("published {}, the other {}", range(later), range(earlier));
        if x.latest < y.earliest {
            return Some((First::A, order(because(x, y))));
        }
        if y.latest < x.earliest {
            return Some((First::B, order(because(y, x))));
        }
    }
    if is_one_publishers {
        if let (Some(x), Some(y)) = (changed(a), changed(b)) {
            let because =
                |earlier, later| format!("changed {}, the other {}", range(later), range(earlier));
            if x.latest < y.earliest {
                return Some((First::A, order(because(x, y))));
            }
            if y.latest < x.earliest {
                return Some((First::B, order(because(y, x))));
            }
        }
        let why = || "it says that it corrects or updates an earlier version".to_string();
        return match (says_corrected(a), says_corrected(b)) {
            (true, false) => Some((First::B, order(why()))),
            (false, true) => Some((First::A, order(why()))),
            _ => None,
        };
    }
    None
}

/// The agency's own report comes before those that print it without its line.
fn by_agency_line(a: &Report, b: &Report) -> Option<(First, String)> {
    let wire = |name| format!("the other carries the agency line of {name}, its own publisher");
    match (agency_line(a), agency_line(b)) {
        (Some(name), None) => Some((First::A, wire(name))),
        (None, Some(name)) => Some((First::B, wire(name))),
        _ => None,
    }
}

/// The publisher of `other`, where `report`'s text cites it: "told North Wire", "North Wire reported".
fn cites(report: &Report, other: &Report) -> Option<String> {
    let name = other.masthead().publisher.as_deref()?;
    let is_own = same_page(report.masthead(), other.masthead())
        || same_publisher(report.masthead(), other.masthead());
    let is_cited = !is_own
        && (places_cited(report.body(), name).next().is_some()
            || (report.masthead().byline.as_deref())
                .is_some_and(|byline| spellings(name).any(|n| named(byline, n).next().is_some())));
    is_cited.then(|| name.to_string())
}

/// Where the text has the name, or another of the same agency, between words that cite it.
fn places_cited<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    spellings(name).flat_map(move |spelling| {
        named(text, spelling).filter(move |at| {
            let before = text[..*at].char_indices().rev();
            let from = before.take(CITING_ZONE).last().map_or(*at, |(at, _)| at);
            let rest = &text[at + spelling.len()..];
            let to = rest.char_indices().nth(CITING_ZONE);
            let after = &rest[..to.map_or(rest.len(), |(at, _)| at)];
            is_cited(&text[from..*at], after)
        })
    })
}

/// Where a name stands as whole words.
fn named<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(name)
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = text[..*at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            ![before, after]
                .iter()
                .flatten()
                .any(|c| c.is_alphanumeric())
        })
}

/// Do the words before a name, or those after it, cite it? Only those of its own clause, and other
/// outlets beside it: "first published by North Wire and Daily Echo".
fn is_cited(before: &str, after: &str) -> bool {
    let before = before.rsplit(['.', '\n', '“', '”', '"', ';']).next();
    let before = name_key(before_list(before.unwrap_or_default()));
    let after = after.split(['.', '\n', '“', '”', '"', ';']).next();
    let after = name_key(after.unwrap_or_default());
    citing().iter().any(|(is_before, words)| match is_before {
        true => ends_with_words(&before, words),
        false => after
            .strip_prefix(words)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')),
    })
}

/// Without the other names of a list that a name ends: "first published by North Wire and".
fn before_list(text: &str) -> &str {
    let joins = |text: &str| {
        ["and", ",", "/", "&"]
            .iter()
            .find_map(|j| text.trim_end().strip_suffix(j).map(str::len))
    };
    let mut text = text;
    while let Some(end) = joins(text) {
        text = text[..end].trim_end();
        while let Some(word) = text.rsplit([' ', '/']).next()
            && word.chars().next().is_some_and(char::is_uppercase)
        {
            text = text[..text.len() - word.len()].trim_end();
        }
    }
    text
}

fn ends_with_words(text: &str, words: &str) -> bool {
    let text = text.strip_suffix(" the").unwrap_or(text);
    (text.strip_suffix(words)).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}

/// Words that cite an outlet, and whether they stand before its name.
fn citing() -> &'static [(bool, &'static str)] {
    static LINES: OnceLock<Vec<(bool, &'static str)>> = OnceLock::new();
    LINES.get_or_init(|| {
        include_str!("../data/en/citing.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(place, words)| (place == "before", words))
            .collect()
    })
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

/// Agencies and outlets that both credit, but for their own publishers.
pub(crate) fn shared_credits(a: &Masthead, b: &Masthead) -> Vec<String> {
    let is_publisher = |credit: &str| {
        let publishers = [&a.publisher, &b.publisher].into_iter().flatten();
        publishers.into_iter().any(|name| same_name(name, credit))
    };
    let mut shared: Vec<String> = (a.credits.iter())
        .filter(|credit| b.credits.iter().any(|other| same_name(credit, other)))
        .filter(|credit| !is_publisher(credit))
        .cloned()
        .collect();
    shared.sort();
    shared.dedup();
    shared
}

/// Where a report's body names what it credits, inside its text: `None` where it credits it as a
/// whole, in a line over or under the text or at its head or foot.
pub(crate) fn places_credited(report: &Report, credit: &str) -> Option<Vec<usize>> {
    let body = report.body();
    let head = head(body).len();
    let tail = (body.char_indices().rev()).nth(CREDIT_ZONE);
    let tail = tail.map_or(0, |(at, _)| at);
    let places: Vec<usize> = spellings(credit)
        .flat_map(|name| named(body, name))
        .collect();
    let is_whole = places.iter().any(|at| {
        let zone = if *at < head {
            &body[..head]
        } else {
            &body[tail..]
        };
        (*at < head || *at >= tail) && spellings(credit).any(|name| is_credit_in(zone, name))
    });
    (!is_whole && !places.is_empty()).then_some(places)
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
    let (a, b) = (name_key(a), name_key(b));
    a == b || same_agency(&a).is_some_and(|line| line.iter().any(|(_, key)| *key == b))
}

/// The name, and the other names of the same agency.
fn spellings(name: &str) -> impl Iterator<Item = &str> {
    let others = same_agency(&name_key(name)).into_iter().flatten();
    let others = others.map(|(other, _)| *other);
    std::iter::once(name).chain(others.filter(move |other| *other != name))
}

/// An agency's names, each with its key.
type Agency = Vec<(&'static str, String)>;

/// All names of the agency of which one has this key.
fn same_agency(key: &str) -> Option<&'static Agency> {
    static LINES: OnceLock<Vec<Agency>> = OnceLock::new();
    let lines = LINES.get_or_init(|| {
        include_str!("../data/agencies.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| {
                line.split('\t')
                    .map(|name| (name, name_key(name)))
                    .collect()
            })
            .collect()
    });
    (lines.iter()).find(|line| line.iter().any(|(_, other)| other == key))
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
