//! What stands over and around a report: writer, date, dateline, whom it credits, language.

use crate::body::Own;
use crate::date;
use crate::page::{count_words, floor, fold, is_running, letters, straight};
use crate::tables::{
    BYLINES, CAPTIONS, COMMON_WORDS, CREDIT_AFTER, CREDIT_BEFORE, CREDIT_LINES, LANGUAGES,
    OUTLET_STARTS, OUTLET_WORDS, OUTLET_WORDS_LAST, OUTLETS, SOURCE_LINES,
};
use rapporteur_model::{BlockKind, How, Masthead, Published, When};
use std::collections::BTreeSet;

/// Adds what the page's lines tell to what its markup said; what is there stays.
pub(crate) fn complete(masthead: &mut Masthead, own: &Own) {
    if masthead.title.is_none() {
        masthead.title = own
            .lines
            .iter()
            .find(|line| line.kind == BlockKind::Headline)
            .map(|line| line.text.clone());
    }
    if masthead.publisher.is_none() {
        masthead.publisher = own.site.clone();
    }
    if masthead.byline.is_none() {
        masthead.byline = own
            .head
            .iter()
            .chain(&own.left_out)
            .find_map(|line| byline(line));
    }
    let (printed, later) = published(own);
    // What markup calls the day of a change is that where it is printed, too.
    if masthead.published.when.is_none() && printed.when != masthead.modified.when {
        masthead.published = printed;
    }
    if masthead.modified.when.is_none() {
        masthead.modified = later;
    }
    let start = own
        .lines
        .iter()
        .filter(|line| is_running(&line.text))
        .take(3)
        .find_map(|line| dateline(&line.text));
    let mut credits = Credits::new(masthead.publisher.as_deref());
    if let Some(start) = start {
        masthead.dateline = Some(start.place);
        for agency in start.agencies {
            credits.add(&agency);
        }
        if masthead.published.when.is_none()
            && let Some(found) = start.day.as_deref().and_then(date::printed)
        {
            masthead.published = Published {
                when: Some(found.when),
                how: How::Page,
            };
        }
    }
    for line in own.head.iter().chain(&own.left_out) {
        credits.read_line(line);
    }
    credits.read_ends(own);
    for line in &own.lines {
        credits.read_text(&line.text);
    }
    masthead.credits = std::mem::take(&mut masthead.credits)
        .into_iter()
        .chain(credits.found)
        .collect();
    masthead.language = language(own, masthead.language.as_deref());
}

/// The writer that a line names, where the line is a byline.
pub(crate) fn byline(line: &str) -> Option<String> {
    if line.len() > 200 {
        return None;
    }
    let text = straight(line);
    let parts = text.split(['|', '·', '•']).map(str::trim);
    let is_divided = text.contains(['|', '·', '•']) || text.trim().len() < text.len();
    std::iter::once(&*text)
        .chain(parts.filter(|_| is_divided))
        .find_map(|part| BYLINES.capture(part))
        .map(|name| name.trim().trim_end_matches([',', '-']).trim().to_string())
        .filter(|name| is_names(name))
}

/// Only capitalised words and the small words between them: "Ada Brisk and Tom Orne in Velka".
pub(crate) fn is_names(text: &str) -> bool {
    const SMALL: [&str; 14] = [
        "and", "in", "for", "of", "the", "at", "von", "van", "de", "bin", "al", "da", "del", "with",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| {
        word.trim_start_matches(|c: char| !c.is_alphanumeric())
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
    };
    let capitals = words.iter().filter(|word| capital(word)).count();
    let small = words.iter().filter(|word| SMALL.contains(word)).count();
    // "Tom May" is a name, "May" and "Monday" are none.
    let folded = fold(text);
    let months = folded
        .split_whitespace()
        .filter(|word| crate::tables::MONTHS.contains_key(word))
        .count();
    let day = months + small == words.len()
        || folded
            .split_whitespace()
            .any(|word| crate::tables::WEEKDAYS.contains(word) && word.len() > 3);
    words.len() <= 14 && capitals >= 1 && capitals + small == words.len() && !day
}

/// The dates printed on the page, above or right at the start of the text, or labelled below it: of
/// publication, and of a later change.
fn published(own: &Own) -> (Published, Published) {
    let read = |lines: &[String], labelled: bool| {
        let mut later = None;
        for line in lines {
            for part in line.split(['|', '·', '•']) {
                match date::printed(part) {
                    Some(found) if found.later => later = later.or(Some(found.when)),
                    Some(found) if found.labelled || !labelled => return (Some(found.when), later),
                    _ => {}
                }
            }
        }
        (None, later)
    };
    let (head, head_later) = read(&own.head, false);
    let (tail, tail_later) = read(&own.left_out, true);
    let page = |when: Option<When>| Published::found(when, How::Page);
    (page(head.or(tail)), page(head_later.or(tail_later)))
}

/// "PORT LENN, Velka, July 18 (North Wire) —": the place, the day as printed, the agencies.
#[derive(Debug, PartialEq)]
struct Dateline {
    place: String,
    day: Option<String>,
    agencies: Vec<String>,
}

/// Reads the dateline that a paragraph starts with.
fn dateline(text: &str) -> Option<Dateline> {
    let start: String = text.chars().take(120).collect();
    let dash = [
        " – ", " — ", " - ", " -- ", "— ", "– ", ") – ", ") — ", "--",
    ]
    .iter()
    .filter_map(|dash| start.find(dash))
    .min()?;
    let mut head = start
        .get(..dash)?
        .trim()
        .trim_end_matches(['-', '–', '—'])
        .trim();
    let mut agencies = vec![];
    if let Some((before, inside)) = head
        .strip_suffix(')')
        .and_then(|head| head.rsplit_once('('))
    {
        agencies = inside
            .split('/')
            .map(|name| name.trim().to_string())
            .filter(|name| is_agency(name))
            .collect();
        if agencies.is_empty() {
            return None;
        }
        head = before.trim().trim_end_matches(',');
    }
    // The place comes first, in capitals; then perhaps the country, then perhaps the day.
    let parts: Vec<&str> = head.split(',').map(str::trim).collect();
    let city = parts.first()?;
    let upper = city.chars().filter(|c| c.is_uppercase()).count();
    let lower = city.chars().filter(|c| c.is_lowercase()).count();
    let capitals = upper >= 3 && lower == 0;
    let named = !agencies.is_empty() && is_names(city) && upper >= 1;
    let common = fold(city)
        .split_whitespace()
        .any(|word| COMMON_WORDS.contains(word));
    if !(capitals || named)
        || common
        || count_words(city) > 4
        || city.chars().any(|c| c.is_ascii_digit())
    {
        return None;
    }
    let is_day = |part: &&str| {
        fold(part).split_whitespace().any(|word| {
            crate::tables::MONTHS.contains_key(word.trim_end_matches('.'))
                || crate::tables::WEEKDAYS.contains(word.trim_end_matches('.'))
        }) || part.chars().all(|c| c.is_ascii_digit())
    };
    let place: Vec<&str> = parts
        .iter()
        .take_while(|part| !is_day(part))
        .copied()
        .collect();
    let day: Vec<&str> = parts.iter().skip(place.len()).copied().collect();
    if place.len() > 3 || place.iter().any(|part| count_words(part) > 4) {
        return None;
    }
    Some(Dateline {
        place: place.join(", "),
        day: (!day.is_empty()).then(|| day.join(", ")),
        agencies,
    })
}

/// A name of a few capitalised words, as an agency's in brackets.
fn is_agency(text: &str) -> bool {
    let words = count_words(text);
    (1..=4).contains(&words)
        && text.chars().next().is_some_and(char::is_uppercase)
        && text
            .split_whitespace()
            .all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()))
        && !text.chars().any(|c| c.is_ascii_digit())
}

/// Is it the name of an outlet: one known all over the world, or one that ends as outlets' names do?
fn is_outlet(name: &str) -> bool {
    OUTLETS.contains(name)
        || OUTLETS.contains(
            name.strip_prefix("the ")
                .or_else(|| name.strip_prefix("The "))
                .unwrap_or(name),
        )
        || is_agency(name) && ends_as_outlet(name)
}

fn ends_as_outlet(name: &str) -> bool {
    // Most words end no outlet's name: look at the last before anything else.
    let last = name.rsplit(char::is_whitespace).next().unwrap_or_default();
    if !OUTLET_WORDS_LAST.contains(last) {
        return false;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    words.len() >= 2
        && (OUTLET_WORDS.contains(words.last().copied().unwrap_or_default())
            || words.len() >= 3
                && words
                    .get(words.len() - 2..)
                    .is_some_and(|last| OUTLET_WORDS.contains(last.join(" ").as_str())))
}

/// Whom a report credits, each once, in the order of the page.
struct Credits {
    found: Vec<String>,
    seen: BTreeSet<String>,
}

impl Credits {
    /// A report does not credit its own publisher.
    fn new(publisher: Option<&str>) -> Credits {
        Credits {
            found: vec![],
            seen: publisher.into_iter().map(key).collect(),
        }
    }

    fn add(&mut self, name: &str) {
        let name = name.trim().trim_end_matches(['.', ',', ';', ':']);
        if !name.is_empty() && self.seen.insert(key(name)) {
            self.found.push(name.to_string());
        }
    }

    /// Lines that do nothing but credit.
    fn read_line(&mut self, line: &str) {
        if line.len() > 300 {
            return;
        }
        // "Published: 17 July | Source: North Wire": each part is a line of its own.
        let bars = ['|', '·', '•'];
        if line.contains(bars) {
            line.split(bars)
                .for_each(|part| self.read_line(part.trim()));
            return;
        }
        let text = straight(line);
        if CAPTIONS.matches(&text.to_lowercase())
            && !text.split(['/', ':']).all(|part| is_outlet(part.trim()))
        {
            // Whose picture it is says nothing of where the words are from. A line that calls itself the
            // source says so of whatever it stands beside, which only the page's layout told.
            if let Some(outlet) = SOURCE_LINES.capture(&text).map(str::trim)
                && is_outlet(outlet)
            {
                self.add(outlet);
            }
            return;
        }
        let given = CREDIT_LINES.capture(&text);
        // "Source: X" may also name a person or a paper's own desk; "with inputs from X" and "first
        // published by X" not.
        let certain = given.is_some() && {
            let line = fold(&text);
            line.contains(" from ") || line.contains("first ") || line.contains("originally ")
        };
        let parts = match given {
            Some(given) => given,
            None => &text,
        };
        for part in parts.split([',', ';', '/', '&', '+', '(', ')', '[', ']']) {
            for name in part.split(" and ") {
                let name = name.trim();
                if is_outlet(name) || certain && is_agency(name) {
                    self.add(name);
                }
            }
        }
    }

    /// "(North Wire)" or "North Wire -" at the start of the text, "– AFP" or "(AFP)" at its end.
    fn read_ends(&mut self, own: &Own) {
        let running: Vec<&str> = own
            .lines
            .iter()
            .filter(|line| line.kind != BlockKind::Headline)
            .map(|line| line.text.as_str())
            .collect();
        for text in running.iter().take(3) {
            let inside = text
                .strip_prefix(['(', '['])
                .and_then(|rest| rest.split_once([')', ']']));
            if let Some((name, _)) = inside {
                for name in name.split('/') {
                    if is_agency(name.trim()) {
                        self.add(name);
                    }
                }
            }
            if let Some((name, _)) = text.split_once([':', '–', '—', '-'])
                && OUTLETS.contains(name.trim())
            {
                self.add(name);
            }
        }
        if let Some(last) = running.last() {
            let last = last.trim_end_matches(['.', ' ']);
            let name = last
                .strip_suffix(')')
                .and_then(|last| last.rsplit_once('('))
                .or_else(|| last.rsplit_once(['–', '—', '-']));
            if let Some((_, name)) = name {
                for name in name.split('/') {
                    if is_outlet(name.trim()) {
                        self.add(name);
                    }
                }
            }
        }
    }

    /// Outlets that the text itself names as where it has something from.
    fn read_text(&mut self, text: &str) {
        let words = words(text);
        let mut at = 0;
        while at < words.len() {
            let Some(outlet) = outlet_at(text, &words, at) else {
                at += 1;
                continue;
            };
            let before = text.get(..outlet.start).unwrap_or_default();
            let before = before
                .get(floor(before, before.len().saturating_sub(60))..)
                .unwrap_or_default();
            let after = text.get(outlet.end..).unwrap_or_default();
            let after = after.get(..floor(after, 90)).unwrap_or_default();
            let (before, after) = (straight(before), straight(after));
            if (CREDIT_BEFORE.matches(&before.to_lowercase()) || CREDIT_AFTER.matches(&after))
                && let Some(name) = text.get(outlet.start..outlet.end)
            {
                self.add(name);
            }
            at = outlet.next;
        }
    }
}

fn key(name: &str) -> String {
    let folded = fold(name);
    letters(folded.strip_prefix("the ").unwrap_or(&folded))
}

/// A word's bytes, without the punctuation and the possessive ending around it.
struct Word {
    start: usize,
    end: usize,
    /// Did punctuation or an ending follow, so that no name goes on after it?
    closed: bool,
    /// Do outlets' names end with it?
    ends_outlets: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut words = vec![];
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, c.is_whitespace()));
    for (at, gap) in ends.chain(std::iter::once((text.len(), true))) {
        match (gap, start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                start = None;
                let raw = text.get(from..at).unwrap_or_default();
                let core = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
                let from = from + raw.len() - core.len();
                let trimmed = core.trim_end_matches(|c: char| !c.is_alphanumeric());
                let mut end = from + trimmed.len();
                if let Some(name) = trimmed
                    .strip_suffix("'s")
                    .or_else(|| trimmed.strip_suffix("’s"))
                {
                    end = from + name.len();
                }
                let word = text.get(from..end).unwrap_or_default();
                words.push(Word {
                    start: from,
                    end,
                    closed: end < at,
                    ends_outlets: OUTLET_WORDS_LAST.contains(word),
                });
            }
            _ => {}
        }
    }
    words
}

struct Outlet {
    start: usize,
    end: usize,
    /// The word after it.
    next: usize,
}

/// The outlet whose name starts at a word: the longest.
fn outlet_at(text: &str, words: &[Word], at: usize) -> Option<Outlet> {
    const LONGEST: usize = 5;
    let first = words.get(at)?;
    let initial = text.get(first.start..first.end)?.chars().next()?;
    if !initial.is_uppercase() && !initial.is_alphabetic() {
        return None;
    }
    let can_be_known = OUTLET_STARTS.contains(text.get(first.start..first.end)?);
    let capital = initial.is_uppercase();
    if !capital && !can_be_known {
        return None;
    }
    let mut found = None;
    for (count, word) in words.iter().enumerate().skip(at).take(LONGEST) {
        let name = text.get(first.start..word.end)?;
        let known = can_be_known && OUTLETS.contains(name);
        // After a known name, "news" belongs to what follows ("AFP news agency").
        let grown = found.is_some() && name.ends_with("news");
        let shaped =
            capital && word.ends_outlets && !grown && shaped_as_outlet(name) && !starts_apart(name);
        if known || shaped {
            found = Some(Outlet {
                start: first.start,
                end: word.end,
                next: count + 1,
            });
        }
        if word.closed {
            break;
        }
    }
    found
}

/// Capitalised words, the last of which ends outlets' names; that one may be small ("Orlo news").
fn shaped_as_outlet(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let body = words
        .get(..words.len().saturating_sub(1))
        .unwrap_or_default();
    ends_as_outlet(name)
        && body
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// Does the name start with a common word that only the start of a sentence made a capital
/// ("In Orlo News", "The Post")?
fn starts_apart(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    // "Lenn-based Velka Television": the first word only describes.
    if first
        .split('-')
        .skip(1)
        .any(|part| part.starts_with(char::is_lowercase))
    {
        return true;
    }
    first != "The" && COMMON_WORDS.contains(first.to_lowercase().as_str())
        || name.split_whitespace().count() == 2 && first == "The"
}

/// The language, as an ISO 639-1 code: English where a fifth of the words are its commonest; else
/// what a detector is sure of; else what the page says, unless that is English, which many pages
/// claim by mistake.
fn language(own: &Own, said: Option<&str>) -> Option<String> {
    let mut sample = String::new();
    for line in &own.lines {
        sample.push_str(&line.text);
        sample.push(' ');
        if sample.len() > 4000 {
            break;
        }
    }
    let folded = fold(&sample);
    let (mut all, mut common) = (0usize, 0usize);
    for word in folded.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        if !word.is_empty() {
            all += 1;
            common += usize::from(COMMON_WORDS.contains(word));
        }
    }
    if all > 0 && common * 5 >= all {
        return Some("en".to_string());
    }
    let sure = whatlang::detect(&sample)
        .filter(|found| found.is_reliable() && found.lang() != whatlang::Lang::Eng)
        .and_then(|found| LANGUAGES.get(found.lang().code()))
        .map(|code| code.to_string());
    sure.or_else(|| said.filter(|code| *code != "en").map(str::to_string))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{body, text};
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let mut masthead = Masthead::default();
        let own = body::own(&text::page(text).lines, None);
        complete(&mut masthead, &own);
        let mut out = String::new();
        let mut field = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                out.push_str(&format!("{name}: {value}\n"));
            }
        };
        field("title", masthead.title);
        field("publisher", masthead.publisher);
        field("byline", masthead.byline);
        field("dateline", masthead.dateline);
        for (name, time) in [
            ("published", &masthead.published),
            ("modified", &masthead.modified),
        ] {
            field(
                name,
                time.when
                    .map(|when| format!("{} to {}, {:?}", when.earliest, when.latest, time.how)),
            );
        }
        let credits = masthead.credits.join("; ");
        field("credits", (!credits.is_empty()).then_some(credits));
        field("language", masthead.language);
        expected.assert_eq(&out);
    }

    const TEXT: &str = "The army took the town of Velka on Monday, the defence ministry said.\n";

    #[test]
    fn writer_and_date_above_the_text() {
        check(
            &format!(
                "Army takes Velka\n\nBy Ada Brisk and Tom Orne\n\nPublished March 1, 2031 | Updated March 2, 2031\n\n{TEXT}"
            ),
            expect![[r#"
                title: Army takes Velka
                byline: Ada Brisk and Tom Orne
                published: 2031-03-01 to 2031-03-01, Page
                language: en
            "#]],
        );
        check(
            &format!("September 20, 2031\n\nArmy takes Velka\n\n{TEXT}"),
            expect![[r#"
                title: Army takes Velka
                published: 2031-09-20 to 2031-09-20, Page
                language: en
            "#]],
        );
        check(
            &format!("North Wire | Updated: 2031-03-01 17:52\n\nArmy takes Velka\n\n{TEXT}"),
            expect![[r#"
                title: Army takes Velka
                modified: 2031-03-01 to 2031-03-01, Page
                credits: North Wire
                language: en
            "#]],
        );
        check(
            &format!("Army takes Velka\n\n{TEXT}\nPublished: 1 March 2031\n"),
            expect![[r#"
                title: Army takes Velka
                published: 2031-03-01 to 2031-03-01, Page
                language: en
            "#]],
        );
    }

    #[test]
    fn no_date_by_default() {
        check(
            &format!("MARCH 2031\n\nArmy takes Velka\n\n{TEXT}"),
            expect![[r#"
                title: Army takes Velka
                language: en
            "#]],
        );
        check(
            &format!(
                "Army takes Velka\n\n{TEXT}\nIt gave no figures and named nobody at all.\n\nAll was quiet in Orlo on that very day.\n\nMarch 1, 2031\n\nThe battle of the river began there, as every child knows.\n"
            ),
            expect![[r#"
                title: Army takes Velka
                language: en
            "#]],
        );
    }

    #[test]
    fn datelines() {
        check(
            &format!("PORT LENN, July 18 (North Wire) – {TEXT}"),
            expect![[r#"
                dateline: PORT LENN
                language: en
            "#]],
        );
        check(
            &format!("PORT LENN, Velka — {TEXT}"),
            expect![[r#"
            dateline: PORT LENN, Velka
            language: en
        "#]],
        );
        check(
            &format!("Port Lenn, March 1, 2031 (Reuters/AFP) - {TEXT}"),
            expect![[r#"
                dateline: Port Lenn
                published: 2031-03-01 to 2031-03-01, Page
                credits: Reuters; AFP
                language: en
            "#]],
        );
        check(
            "THE END — that is what it was, said General Orsolo on the day of the march.\n",
            expect![[r#"
                language: en
            "#]],
        );
        check(
            "VELKA (which was lost in the spring) – the town where it all began, he said.\n",
            expect![[r#"
                language: en
            "#]],
        );
    }

    #[test]
    fn credits_in_lines() {
        check(
            &format!("Army takes Velka\n\n{TEXT}\n(With inputs from North Wire and AFP)\n"),
            expect![[r#"
                title: Army takes Velka
                credits: North Wire; AFP
                language: en
            "#]],
        );
        check(
            &format!("Army takes Velka\n\n{TEXT}\nSource: Reuters\n"),
            expect![[r#"
                title: Army takes Velka
                credits: Reuters
                language: en
            "#]],
        );
        check(
            &format!("Army takes Velka\n\nSource: Tom Orne/Al Jazeera\n\n{TEXT}"),
            expect![[r#"
                title: Army takes Velka
                credits: Al Jazeera
                language: en
            "#]],
        );
        check(
            &format!("Army takes Velka\n\nPhoto: Tom Orne/Al Jazeera\n\n{TEXT}"),
            expect![[r#"
                title: Army takes Velka
                language: en
            "#]],
        );
        check(
            &format!(
                "Army takes Velka\n\n{TEXT}\nThis article was first published by Velka Lantern.\n"
            ),
            expect![[r#"
                title: Army takes Velka
                credits: Velka Lantern
                language: en
            "#]],
        );
        check(
            &format!("Army takes Velka\n\n{TEXT}\nPublished: 17 July 2031 | Source: Reuters\n"),
            expect![[r#"
                title: Army takes Velka
                published: 2031-07-17 to 2031-07-17, Page
                credits: Reuters
                language: en
            "#]],
        );
        check(
            &format!("(North Wire) {TEXT}"),
            expect![[r#"
            credits: North Wire
            language: en
        "#]],
        );
        check(
            &format!("Army takes Velka\n\n{TEXT}\njm/dm (AFP, dpa)\n"),
            expect![[r#"
                title: Army takes Velka
                credits: AFP; dpa
                language: en
            "#]],
        );
    }

    #[test]
    fn credits_in_the_text() {
        check(
            "“We hold Velka,” General Orsolo told Orlo News on Monday.\n",
            expect![[r#"
                credits: Orlo News
                language: en
            "#]],
        );
        check(
            "Al Jazeera’s Ada bin Brisk reported from Velka that the army had left the town.\n",
            expect![[r#"
                credits: Al Jazeera
                language: en
            "#]],
        );
        check(
            "On July 17, Orlo news reported that the army had left the town of Velka.\n",
            expect![[r#"
                credits: Orlo news
                language: en
            "#]],
        );
        check(
            "In the news on Lenn-based Velka Television, it was noted that the army had left.\n",
            expect![[r#"
                credits: Velka Television
                language: en
            "#]],
        );
        check(
            "According to what the AA correspondent obtained from officials, the army has left.\n",
            expect![[r#"
                credits: AA
                language: en
            "#]],
        );
        check(
            "The AFP news agency said so, he told the AFP news agency on the phone on Monday.\n",
            expect![[r#"
                credits: AFP
                language: en
            "#]],
        );
        check(
            "The interior ministry reported that a Reuters photographer was killed in Velka.\n",
            expect![[r#"
                language: en
            "#]],
        );
        check(
            "The ministry reported it, and the general told reporters in Orlo of the losses.\n",
            expect![[r#"
                language: en
            "#]],
        );
    }

    #[test]
    fn a_publisher_from_the_foot_of_the_page_is_not_credited() {
        check(
            &format!(
                "Army takes Velka\n\n{TEXT}\nThe general told the Daily Echo that he would stay in the town.\n\n© 2031 Daily Echo. All rights reserved.\n"
            ),
            expect![[r#"
                title: Army takes Velka
                publisher: Daily Echo
                language: en
            "#]],
        );
    }

    #[test]
    fn languages() {
        check(
            "Die Armee hat am Montag die Stadt Velka eingenommen, wie das Verteidigungsministerium mitteilte. Der General erklärte, seine Leute seien auf keinen Widerstand gestoßen.\n",
            expect![[r#"
                language: de
            "#]],
        );
        check(
            "Армия взяла город Велка в понедельник, сообщило министерство обороны республики. Генерал заявил, что сопротивления не было.\n",
            expect![[r#"
                language: ru
            "#]],
        );
        check("Velka, Orlo, Lenn.\n", expect![[""]]);
    }
}
