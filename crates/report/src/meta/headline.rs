//! A page's headline and site: the headings that a reader sees, the titles for machines, and what
//! of them is the site's name.

use crate::page::{count_words, letters};

/// What between headline and site stands in titles.
const MARKS: [char; 8] = ['|', '-', '–', '—', '·', '•', '»', ':'];
const BARS: [char; 4] = ['|', '·', '•', '»'];

/// A heading of at most so many words may be a label rather than the headline.
const MAX_LABEL: usize = 4;

/// The address tells the headline from other titles where it has so many words more of it.
const MORE_IN_ADDRESS: usize = 3;

/// More words of an address are not compared.
const MAX_ADDRESS: usize = 40;

/// What a page names as its headline and as its site.
#[derive(Debug, Default)]
pub(crate) struct Titles<'p> {
    /// The first-level headings, in order.
    pub headings: Vec<&'p str>,
    /// The titles for machines, the surest first: JSON-LD, og:title, twitter:title …
    pub given: Vec<String>,
    /// What the title bar shows.
    pub bar: Option<&'p str>,
    /// The site's names, the surest first.
    pub sites: Vec<String>,
    /// The words of the page's address that may be the headline's.
    pub address: Vec<String>,
}

/// The headline, and which of the headings it is.
pub(crate) fn headline(titles: &Titles<'_>) -> (Option<String>, Option<usize>) {
    let given: Vec<String> = titles
        .given
        .iter()
        .map(|title| titles.bare(title))
        .filter(|title| !titles.is_site(title))
        .collect();
    let bar = titles
        .bar
        .map(|bar| titles.bare(bar))
        .filter(|bar| !titles.is_site(bar));
    let known: Vec<&String> = given.iter().chain(&bar).collect();
    // What the title bar and a title for machines agree on, where no heading says it: a short
    // heading beside it is the name of a section, or a call to act.
    let agreed = bar.as_ref().filter(|bar| {
        let long = letters(bar);
        given.iter().any(|title| letters(title) == long)
    });
    let begins = |heading: &str| {
        let short = letters(heading);
        count_words(heading) >= 2
            && known
                .iter()
                .any(|title| letters(title).starts_with(&short) || letters(title).ends_with(&short))
    };
    let is_label = |heading: &str| {
        agreed.is_some_and(|agreed| {
            let words = count_words(heading);
            let first = part_before_mark(agreed);
            words <= MAX_LABEL
                && count_words(first) >= words + 3
                && (begins(heading) || !titles.is_address(heading))
        })
    };
    let headings: Vec<(usize, String)> = titles
        .headings
        .iter()
        .enumerate()
        .map(|(at, heading)| (at, titles.bare(heading)))
        .filter(|(_, heading)| {
            !titles.is_site(heading)
                && heading.chars().any(char::is_alphabetic)
                && !is_label(heading)
        })
        .collect();
    // The heading that a title for machines repeats, whole or with more after it.
    let same = |heading: &str| known.iter().any(|title| letters(title) == letters(heading));
    // Of two with the same words, the first often only sticks to the top of the window.
    let found = headings
        .iter()
        .rfind(|(_, heading)| same(heading))
        .or_else(|| headings.iter().find(|(_, heading)| begins(heading)))
        .or_else(|| {
            headings
                .iter()
                .find(|(_, heading)| titles.is_address(heading))
        });
    if let Some((at, heading)) = found {
        if let Some(agreed) = agreed.filter(|agreed| is_counted(heading, agreed)) {
            return (Some(agreed.clone()), Some(*at));
        }
        let other = known
            .iter()
            .find(|title| letters(title) == letters(heading));
        return (Some(cased(heading, other.copied())), Some(*at));
    }
    // A heading that holds a title and more than it, such as the date or the count of comments.
    for (at, heading) in &headings {
        let long = letters(heading);
        let inside = known.iter().find(|title| {
            let short = letters(title);
            count_words(title) >= 3 && (long.starts_with(&short) || long.ends_with(&short))
        });
        if let Some(title) = inside {
            let text = if is_noise(&heading.replace(title.as_str(), "")) {
                title
            } else {
                heading
            };
            return (Some(text.clone()), Some(*at));
        }
    }
    let (found, at) = unconfirmed(&headings, &known);
    // Pages are stored under their headlines: a title that has all words of the address is the
    // headline, where the one found lacks several.
    let said = found.as_deref().map_or(0, |title| titles.in_address(title));
    let agreed = agreed.filter(|agreed| {
        let words = titles.in_address(agreed);
        words == titles.address.len() && words >= said + MORE_IN_ADDRESS
    });
    (agreed.cloned().or(found), at)
}

/// The headline where no heading says what a title says.
fn unconfirmed(headings: &[(usize, String)], known: &[&String]) -> (Option<String>, Option<usize>) {
    // What the page prints as its one heading is the headline as readers saw it.
    if let [(at, heading), others @ ..] = headings
        && (3..=30).contains(&count_words(heading))
        && others.iter().all(|(_, other)| other == heading)
    {
        return (Some(heading.clone()), Some(*at));
    }
    // Of several headings, the one that shares most of its words with a title.
    let shared = headings
        .iter()
        .filter(|(_, heading)| (4..=30).contains(&count_words(heading)))
        .find(|(_, heading)| known.iter().any(|title| share(heading, title) > 0.6));
    if let Some((at, heading)) = shared {
        return (Some(heading.clone()), Some(*at));
    }
    let title = known.first().map(|title| (*title).clone());
    let only = headings.first().filter(|_| title.is_none());
    (
        title.or_else(|| only.map(|(_, heading)| heading.clone())),
        only.map(|(at, _)| *at),
    )
}

/// Runs of letters and digits, in lower case.
fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The words of an address that may be a headline's: those of the part of its path that has most,
/// without an ending (`.html`) and long numbers. None where it has fewer than two.
pub(super) fn address_words(url: &str) -> Vec<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let words = |part: &str| -> Vec<String> {
        let part = part.rsplit_once('.').map_or(part, |(before, _)| before);
        let is_number = |word: &String| word.len() > 4 && word.bytes().all(|b| b.is_ascii_digit());
        let mut words = plain_words(part);
        words.retain(|word| !is_number(word));
        words.truncate(MAX_ADDRESS);
        words
    };
    let parts = path.split('/').skip(1).map(words);
    parts
        .filter(|words| words.len() >= 2)
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

/// Has a title nothing more than a heading but a count before it or a year after it, with no mark
/// between: "8 Ways …", "… in 2031"?
fn is_counted(heading: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> { text.split_whitespace().map(letters).collect() };
    let (short, long) = (words(heading), words(title));
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let raw = title.split_whitespace();
    match (long.strip_suffix(&*short), long.strip_prefix(&*short)) {
        (Some([count]), _) => is_number(count),
        (_, Some([.., year])) => {
            let rest: Vec<&str> = raw.skip(short.len().saturating_sub(1)).collect();
            let apart = |word: &&str| !word.ends_with(char::is_alphanumeric);
            rest.len() <= 3 && is_number(year) && !rest.iter().any(apart)
        }
        _ => false,
    }
}

/// The part of a title before the first dash or bar that stands apart.
fn part_before_mark(title: &str) -> &str {
    let mut words = title.split_inclusive(' ');
    let mut end = 0;
    for word in words.by_ref() {
        let core = word.trim_end();
        if end > 0 && core.chars().count() == 1 && core.starts_with(MARKS) {
            break;
        }
        end += word.len();
    }
    title.get(..end).unwrap_or(title)
}

/// Is what a heading has beside the headline the page's own: a date, a count, "Blog:"? A year alone
/// may be the headline's.
fn is_noise(rest: &str) -> bool {
    let rest = rest.trim();
    let is_year = |word: &str| {
        let digits = word.trim_matches(|c: char| !c.is_alphanumeric());
        digits.len() == 4 && digits.starts_with(['1', '2'])
    };
    let digits = rest
        .split_whitespace()
        .filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
    let mut digits = digits.peekable();
    let dated = digits.peek().is_some() && (count_words(rest) > 1 || !digits.all(is_year));
    dated || rest.ends_with(':') && count_words(rest) <= 2
}

/// How many of the longer words of one stand in the other, as a share.
fn share(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(letters)
            .filter(|word| word.len() > 3)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let both = one.iter().filter(|word| other.contains(word)).count();
    both as f64 / one.len().max(1) as f64
}

/// A heading all in capitals or in small letters is a matter of style: the same words elsewhere say
/// how they are written.
fn cased(heading: &str, other: Option<&String>) -> String {
    let upper = heading.chars().any(char::is_uppercase);
    let lower = heading.chars().any(char::is_lowercase);
    match other {
        Some(other) if upper != lower && other.chars().any(char::is_lowercase) => other.clone(),
        _ => heading.to_string(),
    }
}

impl Titles<'_> {
    /// Is it no headline but the site's name?
    fn is_site(&self, text: &str) -> bool {
        let text = letters(text);
        text.is_empty() || self.sites.iter().any(|site| same_site(&text, site))
    }

    /// How many words of the page's address a title has.
    fn in_address(&self, title: &str) -> usize {
        let words = plain_words(title);
        let said = self.address.iter().filter(|word| words.contains(word));
        said.count()
    }

    /// Is the page's address a title's words, and no others?
    fn is_address(&self, title: &str) -> bool {
        !self.address.is_empty() && letters(title) == self.address.concat()
    }

    /// A title without the site's name before or after it, and without what stands after a bar.
    fn bare(&self, title: &str) -> String {
        let mut text = title.trim();
        // "Headline | Section | Site", "Headline - Site - Site".
        for _ in 0..4 {
            match self.cut(text) {
                Some(shorter) => text = shorter,
                None => break,
            }
        }
        text.trim_end_matches(['|', '»', '·', '•', ' ', '-', '–', '—'])
            .trim_start_matches(['|', '»', '·', '•', ' ', '-', '–', '—', ':'])
            .to_string()
    }

    fn cut<'t>(&self, text: &'t str) -> Option<&'t str> {
        for (at, mark) in text.char_indices().rev() {
            if !MARKS.contains(&mark) {
                continue;
            }
            let head = text.get(..at)?.trim_end();
            let tail = text.get(at + mark.len_utf8()..)?;
            // A hyphen inside a word divides nothing.
            let apart = BARS.contains(&mark)
                || mark == ':'
                || head.len() < at && tail.starts_with(char::is_whitespace);
            if !apart || head.is_empty() || tail.trim().is_empty() {
                continue;
            }
            let end = letters(tail);
            if mark != ':' && self.sites.iter().any(|site| same_site(&end, site)) {
                return Some(head);
            }
            let start = letters(head);
            // "The Daily Echo | dailyecho.example - Headline"
            let last = head.rsplit(BARS).next().unwrap_or(head).trim();
            let is_host = last.len() < head.len() && is_host(last);
            let is_site = is_host || self.sites.iter().any(|site| same_site(&start, site));
            if is_site && count_words(tail) >= 3 {
                return Some(tail.trim_start());
            }
            if mark == '|' && count_words(head) >= 4 && count_words(tail) <= 6 {
                return Some(head);
            }
            if mark == '|' && count_words(head) >= 2 && count_words(tail) <= 3 {
                return Some(head);
            }
        }
        None
    }
}

/// Is it the name of a host: "dailyecho.example"?
fn is_host(text: &str) -> bool {
    let end = text.rsplit_once('.').map_or("", |(_, end)| end);
    end.len() >= 2
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
        && !text.contains(char::is_whitespace)
}

/// "The Daily Echo", "dailyecho.example" and "Daily Echo" are one site.
fn same_site(folded: &str, site: &str) -> bool {
    let site = letters(site);
    let plain = |text: &str| {
        let text = text.strip_prefix("the").unwrap_or(text);
        text.strip_suffix("com").unwrap_or(text).to_string()
    };
    !site.is_empty() && (folded == site || plain(folded) == plain(&site))
}

/// The site's name at the end of the title bar's text: what stands after the headline that the page
/// gives elsewhere, or the shorter part after a bar.
pub(crate) fn site_in_bar(bar: &str, known: &[&str]) -> Option<String> {
    for title in known.iter().filter(|title| !title.is_empty()) {
        if let Some(rest) = bar.strip_prefix(*title) {
            let marks = |c: char| MARKS.contains(&c) || c == ' ';
            let site = rest.trim_start_matches(marks).trim();
            let site = site.rsplit(BARS).next().unwrap_or(site).trim();
            if rest.trim_start().starts_with(MARKS) && is_site_name(site) {
                return Some(site.to_string());
            }
        }
    }
    let (head, site) = bar.rsplit_once(BARS).or_else(|| bar.rsplit_once(" - "))?;
    let site = site.trim();
    (is_site_name(site) && count_words(head) > count_words(site)).then(|| site.to_string())
}

fn is_site_name(text: &str) -> bool {
    !text.is_empty()
        && count_words(text) <= 6
        && text
            .chars()
            .any(|c| c.is_uppercase() || !c.is_ascii() || c == '.')
}
