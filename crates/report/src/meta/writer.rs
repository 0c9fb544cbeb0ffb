//! Who wrote a page: the names that its markup gives and those that a reader sees by the headline.

use super::day::days;
use super::jsonld::{JsonLd, Name};
use super::marks::{Line, Marks};
use super::words::NOT_WRITERS;
use crate::masthead::byline;
use crate::page::{clean, fold, letters, straight};
use crate::tables::{BYLINES, DATE_LABELS};

/// Meta elements that name the writer, each perhaps several times.
const META: [&str; 15] = [
    "citation_author",
    "author",
    "article:author_name",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "rnews:author",
    "authors",
    "article.author",
    "twitter:data1",
];

/// A byline is looked for from so many lines above the headline to so many below it.
const ABOVE: usize = 6;
const BELOW: usize = 30;

/// Reads the writer. `headline`: the line that the headline starts at, and which of the first-level
/// headings that is.
pub(crate) fn writer(
    marks: &Marks,
    json: &JsonLd,
    headline: Option<(usize, Option<usize>)>,
    publisher: Option<&str>,
) -> Option<String> {
    let site = publisher.map(letters).unwrap_or_default();
    let given = json.names("author");
    let given = if given.is_empty() {
        json.names("creator")
    } else {
        given
    };
    let is_site = |name: &str| !site.is_empty() && letters(name) == site;
    let people: Vec<String> = given
        .iter()
        .filter(|name| !name.organisation && !is_site(&name.name))
        .filter_map(|name| person(&name.name))
        .collect();
    let printed = printed(marks, headline);
    let meta = META.iter().find_map(|key| {
        // What the title bar of a shared link shows is a writer only where it says so.
        if *key == "twitter:data1" {
            let label = marks
                .meta(&["twitter:label1"])
                .map(fold)
                .unwrap_or_default();
            if !label.contains("written") && !label.contains("author") {
                return None;
            }
        }
        let mut names: Vec<String> = vec![];
        for name in marks.all(key).filter_map(person) {
            let name = match name.split_once(", ") {
                Some((last, first)) if *key == "citation_author" && !first.contains(',') => {
                    format!("{first} {last}")
                }
                _ => name,
            };
            if !names.contains(&name) && !is_site(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    });
    let marked = match (joined(&people), meta) {
        // A name that another names too, with more.
        (Some(json), Some(meta)) if letters(&meta).starts_with(&letters(&json)) => Some(meta),
        (json, meta) => json.or(meta),
    };
    match (marked, printed) {
        (Some(marked), Some(printed)) if is_handle(&marked) && !is_handle(&printed) => {
            Some(printed)
        }
        (Some(marked), _) => Some(marked),
        (None, Some(printed)) => Some(printed),
        // Nobody but an organisation.
        (None, None) => {
            let names: Vec<String> = given
                .iter()
                .filter_map(|name: &Name| person(&name.name))
                .collect();
            joined(&names)
        }
    }
}

fn joined(names: &[String]) -> Option<String> {
    let mut once: Vec<&str> = vec![];
    for name in names {
        if !once.contains(&name.as_str()) {
            once.push(name);
        }
    }
    (!once.is_empty()).then(|| once.join(", "))
}

/// A login rather than a name: one word of small letters or with digits.
fn is_handle(name: &str) -> bool {
    !name.contains(' ')
        && (!name.chars().any(char::is_uppercase) && name.is_ascii()
            || name
                .chars()
                .any(|c| c.is_ascii_digit() || c == '_' || c == '.'))
}

/// A field's name without what is none: addresses, logins of staff, "By", dates.
fn person(text: &str) -> Option<String> {
    let text = clean(text);
    let name = BYLINES.capture(&text).unwrap_or(&text).trim();
    let name = name
        .trim_end_matches([',', '-', '|', ':'])
        .trim_start_matches([',', ' '])
        .trim();
    let folded = fold(name);
    let bad = name.is_empty()
        || name.len() > 300
        || name.contains("://")
        || name.starts_with(['@', '/', '{'])
        || folded.contains(".com")
        || name.contains('@')
        || !name.chars().any(char::is_alphabetic)
        || NOT_WRITERS.contains(folded.as_str())
        || !name.contains(' ') && name.contains('.') && name.matches('.').count() > 1;
    (!bad).then(|| name.to_string())
}

/// The writer that a reader sees by the headline, or anywhere where just one is named.
fn printed(marks: &Marks, headline: Option<(usize, Option<usize>)>) -> Option<String> {
    let (at, heading) = headline?;
    let mut paragraphs = 0;
    let mut classed: Option<String> = None;
    let mut far: Vec<String> = vec![];
    let mut cue = false;
    for (number, line) in marks.lines.iter().enumerate() {
        if number > at {
            paragraphs += usize::from(line.running);
        }
        if number == at || line.running {
            cue = false;
            continue;
        }
        let near = number + ABOVE >= at && number <= at + BELOW && paragraphs <= 2;
        if !near || marks.is_aside(number, heading) {
            cue = false;
            // Elsewhere only a property or a whole phrase tells.
            let named = || line.pieces.iter().filter(|piece| piece.hints.author);
            let found = named().find_map(|piece| names(&piece.text));
            let found = found.or_else(|| {
                let told = number > at && says_by(&line.text);
                told.then(|| in_line(line)).flatten()
            });
            if let Some(name) = found.filter(|name| !far.contains(name)) {
                far.push(name);
            }
            continue;
        }
        // "By" alone on its line speaks of the next one.
        let named = std::mem::take(&mut cue).then(|| first_name(line)).flatten();
        if let Some(name) = named.or_else(|| in_line(line)) {
            return Some(name);
        }
        cue = is_cue(&line.text);
        if classed.is_none() {
            classed = in_classes(line);
        }
    }
    classed.or_else(|| match far.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    })
}

/// Is there "by" in a text, as a whole word or not?
fn says_by(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|two| two.eq_ignore_ascii_case(b"by"))
}

fn is_cue(text: &str) -> bool {
    let text = fold(text);
    matches!(
        text.trim_end_matches([':', ' ']),
        "by" | "written by" | "author" | "authors" | "posted by" | "story by" | "words by"
    )
}

/// "By Ada Brisk", "Posted on March 3, 2031 by Ada Brisk", "By Ada Brisk | March 3, 2031".
fn in_line(line: &Line) -> Option<String> {
    if line.text.len() > 200 {
        return None;
    }
    let text = straight(&line.text);
    let cut = without_dates(&text);
    if let Some(name) = byline(&cut)
        .or_else(|| byline(&text))
        .and_then(|name| names(&name))
    {
        return Some(name);
    }
    // After a date or a mark: "March 3, 2031 by Ada Brisk".
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let at = if lower.starts_with("by ") {
        Some(0)
    } else {
        lower.find(" by ").map(|at| at + 1)
    }?;
    let before = lower.get(..at)?;
    let labelled = !days(before).is_empty()
        || before.trim_end().ends_with(['|', '·', '•', '-', '–', '—'])
        || before
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| DATE_LABELS.contains_key(word) || word == "written");
    if at > 0 && !labelled {
        return None;
    }
    let rest = text.get(at + 3..)?;
    let rest = without_dates(rest);
    names(rest.split(['|', '·', '•', '–', '—']).next()?)
}

/// A line up to its first date, without what leads to that.
fn without_dates(text: &str) -> String {
    let lower = text.to_lowercase();
    let Some(day) = days(&lower)
        .into_iter()
        .next()
        .filter(|_| lower.len() == text.len())
    else {
        return text.to_string();
    };
    let before = text.get(..day.at.start).unwrap_or_default().trim_end();
    let mut kept = before;
    loop {
        let word = kept
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default();
        let plain = word.to_lowercase();
        let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
        let goes = plain.is_empty()
            || crate::tables::WEEKDAYS.contains(plain)
            || crate::tables::DATE_WORDS.contains(plain)
            || DATE_LABELS.contains_key(plain);
        if word.is_empty() || !goes {
            break;
        }
        kept = kept
            .get(..kept.len() - word.len())
            .unwrap_or_default()
            .trim_end();
    }
    kept.trim_end_matches([',', '-', '|', ' ', '–', '—', '•', '·'])
        .to_string()
}

/// The first name that a line's pieces are.
fn first_name(line: &Line) -> Option<String> {
    let whole = names(&without_dates(&line.text));
    whole.or_else(|| line.pieces.iter().find_map(|piece| names(&piece.text)))
}

/// The names in elements that say they hold the writer.
fn in_classes(line: &Line) -> Option<String> {
    // Who is linked, then who has the property, then all that the class holds: roles stand there too.
    let mut found: [Vec<String>; 3] = Default::default();
    for piece in &line.pieces {
        let hints = piece.hints;
        let link = piece.link.as_deref().is_some_and(|link| {
            [
                "/author/",
                "/authors/",
                "/by/",
                "/writers/",
                "/contributors/",
                "/reporter/",
            ]
            .iter()
            .any(|part| link.contains(part))
        });
        if !(hints.writer || hints.author || link) || hints.later {
            continue;
        }
        let text = without_dates(&straight(&piece.text));
        let text = byline(&text).unwrap_or(text);
        if let Some(name) = names(&text) {
            let [linked, property, classed] = &mut found;
            let kind = match (link, hints.author) {
                (true, _) => linked,
                (_, true) => property,
                _ => classed,
            };
            kind.push(name);
        }
    }
    found.iter().find_map(|names| joined(names))
}

/// A text that is nothing but names of writers.
fn names(text: &str) -> Option<String> {
    let text = clean(text);
    // "Ada Brisk in Budget Travel"
    let text = text.split(" in ").next().unwrap_or(&text);
    let text = text.split(" In ").next().unwrap_or(text);
    let text = text
        .trim_matches(|c: char| matches!(c, ',' | '-' | '|' | ':' | '·' | '•' | ' ' | '–' | '—'))
        .trim_end_matches('.');
    let words: Vec<&str> = text.split_whitespace().collect();
    let folded = fold(text);
    let none = folded
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| NOT_WRITERS.contains(word));
    let ok = (1..=14).contains(&words.len())
        && text.len() <= 160
        && !none
        && !text.contains(['@', '?', '!', '…', '%', '#', '/', '='])
        && !text.chars().any(|c| c.is_ascii_digit())
        && crate::masthead::is_names(text)
        && (words.len() >= 2 || !text.chars().any(|c| c.is_lowercase()) || text.len() >= 3);
    ok.then(|| text.to_string())
}
