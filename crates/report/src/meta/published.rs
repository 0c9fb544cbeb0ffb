//! When a page was published and last changed: what its markup says, what a reader sees printed,
//! and what its address says, weighed against each other. Where only the day of the last change is
//! printed, the day of publication is not known.

use super::day::{Order, Says, date, days};
use super::jsonld::JsonLd;
use super::marks::{Line, Marks, Piece};
use crate::date::{moment, written};
use crate::page::{Moments, count_words, has_words, straight};
use crate::tables::{DATE_LABELS, DATE_WORDS, WEEKDAYS};
use rapporteur_model::{Date, How, Published, When};

/// Publication and last change.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Times {
    pub published: Published,
    pub modified: Published,
    pub moments: Moments,
}

/// A printed date is looked for from so many lines above the headline to so many below it.
const ABOVE: usize = 8;
const BELOW: usize = 40;

/// Meta elements whose content is the time of publication.
const META: [&str; 31] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "date.published",
    "published_time",
    "publisheddate",
    "published-date",
    "published_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "pubdate",
    "ptime",
    "displaydate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "citation_online_date",
    "article_date_original",
    "originalpublicationdate",
    "bt:pubdate",
    "analyticsattributes.articledate",
    "article.published",
];

/// Meta elements that may hold another time too: of the page's making, of the crawl.
const META_VAGUE: [&str; 10] = [
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "citation_date",
    "article.created",
    "article:created_time",
    "datecreated",
    "release_date",
    "date",
];

const META_LATER: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "modified_time",
];

/// How sure a printed date is the page's own day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// Beside other words.
    Beside,
    /// Alone in its line, or between bars.
    Alone,
    /// In an element that says it holds a date.
    Classed,
    /// After a word that says so, or marked up.
    Labelled,
}

/// A date that a reader sees.
#[derive(Clone, Copy, Debug)]
struct Seen {
    says: Says,
    /// The day that markup gives for it.
    stamp: Option<When>,
    sure: Sure,
    later: bool,
    place: Place,
    /// Does a property say that it is the time of publication?
    property: bool,
}

/// Where a date stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// By the headline.
    Near,
    /// In the page's own column.
    Far,
    /// Beside the report: in a sidebar, among links to others.
    Aside,
}

impl Seen {
    fn when(&self, order: Option<Order>) -> When {
        match (self.says, self.stamp) {
            (Says::Either { .. }, Some(stamp)) if stamp.days() == 1 => stamp,
            _ => self.says.when(order),
        }
    }
}

/// Reads the times of a page. `headline`: the line that its headline starts at, and which of the
/// first-level headings that is.
pub(crate) fn times(
    marks: &Marks,
    json: &JsonLd,
    headline: Option<(usize, Option<usize>)>,
    url: Option<&str>,
) -> Times {
    let meta = |keys: &[&str]| {
        let found = keys.iter().flat_map(|key| marks.all(key));
        found.filter_map(sane).next()
    };
    let of_json = |keys: &[&str]| json.texts(keys).filter_map(|text| sane(&text)).next();
    let mut seen = seen(marks, headline);
    // A day that is once said to be that of a change is that wherever it stands without a label.
    let changes: Vec<Says> = seen
        .iter()
        .filter(|one| one.later)
        .map(|one| one.says)
        .collect();
    for one in &mut seen {
        one.later |= one.sure < Sure::Labelled && changes.contains(&one.says);
    }
    let in_meta = meta(&META);
    let marked = of_json(&["datePublished"])
        .or(in_meta)
        .or_else(|| of_json(&["dateCreated", "uploadDate"]));
    // What only JSON-LD says, no reader is given and nothing else repeats.
    let alone = in_meta.is_none();
    let address = url.and_then(in_address);
    let changed = of_json(&["dateModified"]).or_else(|| meta(&META_LATER));
    let order = order(marks, &seen, url, &[marked, address, changed]);
    // What stands only beside the report, or against what its address says, is another report's.
    seen.retain(|one| {
        let against = address.is_some_and(|address| {
            let when = one.when(order);
            when.latest.saturating_add(jiff::Span::new().days(2)) < address.earliest
        });
        one.later || !against
    });
    let printed = |place: Place, at_least: Sure| {
        let fit = |one: &&Seen| !one.later && one.place == place && one.sure >= at_least;
        let best = seen.iter().filter(fit).map(|one| one.sure).max()?;
        let mut all = seen.iter().filter(fit).filter(|one| one.sure == best);
        let first = all.next()?;
        let when = first.when(order);
        // Far from the headline only one date can be the page's own.
        let only = place == Place::Near || all.all(|one| one.when(order) == when);
        let how = if first.property { How::Meta } else { How::Page };
        only.then_some((when, first.sure, how))
    };
    // Where markup gives none, dates elsewhere than by the headline are better than nothing.
    let elsewhere = |place: Place, sure: Sure| printed(place, sure).filter(|_| marked.is_none());
    let printed = printed(Place::Near, Sure::Beside)
        .or_else(|| elsewhere(Place::Far, Sure::Classed))
        .or_else(|| elsewhere(Place::Aside, Sure::Classed))
        .or_else(|| {
            // The only date of the whole page.
            let first = seen.first().filter(|_| marked.is_none())?;
            let when = first.when(order);
            let only = seen.iter().all(|one| one.when(order) == when && !one.later);
            (only && first.place == Place::Far).then_some((when, first.sure, How::Page))
        });
    let last = |place: Place| seen.iter().find(|one| one.later && one.place == place);
    let later = last(Place::Near).or_else(|| last(Place::Far));
    let modified = changed
        .map(|when| (when, How::Meta))
        .or_else(|| later.map(|one| (one.when(order), How::Page)));
    let published = match (marked, printed) {
        (Some(marked), Some((printed, sure, _))) => {
            let sure = sure >= Sure::Alone || alone;
            Some(between(marked, printed, sure))
        }
        (None, Some((printed, _, how))) => Some((printed, how)),
        // Markup that gives the moment of a change for publication, too, gives the moment at which
        // the page was made anew: a printed day that is marked up as publication's stands above it.
        (Some(marked), None) => {
            let property = seen.iter().find(|one| one.property && !one.later);
            let property = property.map(|one| one.when(order));
            let near = last(Place::Near).map(|one| one.when(order));
            Some(match (property, near) {
                (Some(day), _) if changed == Some(marked) && day.latest < marked.earliest => {
                    (day, How::Meta)
                }
                // The one day that readers are given is that of this version.
                (_, Some(day))
                    if near_in_time(marked, day) || alone && marked.earliest < day.earliest =>
                {
                    between(marked, day, true)
                }
                _ => (marked, How::Meta),
            })
        }
        (None, None) => None,
    };
    let published = match (published, address) {
        // The address was made on the day, where the page was made; markup may count in another
        // zone, or from when the page moved.
        (Some((when, How::Meta)), Some(address))
            if printed.is_none() && address.days() == 1 && address.latest < when.earliest =>
        {
            Some((address, How::Page))
        }
        (None, address) => {
            let vague = meta(&META_VAGUE).map(|when| (when, How::Meta));
            match (vague, address) {
                (Some((when, _)), Some(address)) if !when.overlaps(address) => {
                    Some((address, How::Page))
                }
                (None, Some(address)) => Some((address, How::Page)),
                (vague, _) => vague,
            }
        }
        (published, _) => published,
    };
    // A day that readers are given, or that the address has, is the publisher's own already; a moment in markup alone is
    // a day in some zone.
    let of_markup = |keys_of_json: &[&str], keys: &[&str], when: When| {
        let metas = keys.iter().flat_map(|key| marks.all(key));
        let text = (json.texts(keys_of_json))
            .chain(metas.map(str::to_string))
            .find(|text| sane(text).is_some())?;
        moment(&text).filter(|_| sane(&text) == Some(when))
    };
    let moments = Moments {
        published: (published.filter(|(_, how)| *how == How::Meta && printed.is_none()))
            .and_then(|(when, _)| of_markup(&["datePublished"], &META, when)),
        modified: changed.and_then(|when| of_markup(&["dateModified"], &META_LATER, when)),
    };
    Times {
        published: found(published),
        modified: found(modified),
        moments,
    }
}

fn found(time: Option<(When, How)>) -> Published {
    time.map_or_else(Published::default, |(when, how)| Published {
        when: Some(when),
        how,
    })
}

/// Are these two days the same moment, counted in two zones?
fn near_in_time(one: When, other: When) -> bool {
    (one.earliest - other.earliest).get_days().abs() <= 1
}

/// The time that markup gives and the one that is printed; is the latter surely the page's own?
fn between(marked: When, printed: When, sure: bool) -> (When, How) {
    if printed.days() > 1 {
        return (marked, How::Meta);
    }
    if near_in_time(marked, printed) {
        // The same moment in two zones: the day as printed.
        (printed, How::Meta)
    } else if turned(printed.earliest) == Some(marked.earliest) {
        // Day and month changed places in one of them; markup has its fixed order.
        (marked, How::Meta)
    } else if printed.earliest < marked.earliest || sure {
        // Markup may count from when the page moved, or from its first draft: the day that readers
        // are given is the day of publication, unless it is said to be that of a change.
        (printed, How::Page)
    } else {
        (marked, How::Meta)
    }
}

/// The day whose month and day have changed places.
fn turned(day: Date) -> Option<Date> {
    date(day.year().into(), day.day().into(), day.month().into())
}

/// A written time of these two centuries.
fn sane(text: &str) -> Option<When> {
    let when = written(text).or_else(|| {
        let line = straight(text).to_lowercase();
        match days(&line).as_slice() {
            [one] if line.len() < 80 => match one.says {
                Says::Day(day) => Some(When::day(day)),
                _ => None,
            },
            _ => None,
        }
    });
    when.filter(|when| (1980..2100).contains(&when.earliest.year()))
}

/// The dates that a reader sees, in order.
fn seen(marks: &Marks, headline: Option<(usize, Option<usize>)>) -> Vec<Seen> {
    let (at, heading) = match headline {
        Some((at, heading)) => (Some(at), heading),
        None => (None, None),
    };
    let mut out = vec![];
    // The short line above, which may say of what the next one is the day.
    let mut above: Option<&Line> = None;
    let mut paragraphs = 0;
    for (number, line) in marks.lines.iter().enumerate() {
        let below = at.is_none_or(|at| number > at);
        paragraphs += usize::from(below && line.running);
        let near = at.map_or(paragraphs <= 2, |at| {
            number + ABOVE >= at && number <= at + BELOW && paragraphs <= 3
        });
        let place = if marks.is_aside(number, heading) {
            Place::Aside
        } else if near {
            Place::Near
        } else {
            Place::Far
        };
        let before = above.take();
        if line.running {
            continue;
        }
        let digit = line.text.bytes().any(|b| b.is_ascii_digit());
        if digit || line.pieces.iter().any(|piece| piece.stamp.is_some()) {
            let before = before.and_then(|line| label_of(&straight(&line.text).to_lowercase()));
            read_line(line, before, place, &mut out);
        }
        // "Published" alone on its line speaks of the next one.
        if !digit && line.text.len() <= 40 && !has_words(&line.text, 5) {
            above = Some(line);
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    First,
    Later,
}

/// The label in the words before a date: the last one; of two that speak of one date ("published,
/// last updated"), the one of a change.
fn label_of(before: &str) -> Option<Label> {
    let words: Vec<&str> = before
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = None;
    for from in 0..words.len() {
        for length in 1..=4 {
            let Some(phrase) = words.get(from..from + length) else {
                break;
            };
            match DATE_LABELS.get(phrase.join(" ").as_str()) {
                Some(&"later") => found = Some(Label::Later),
                // "Date" says nothing where other words stand beside it.
                Some(_) if found.is_none() && (words.len() == 1 || phrase != ["date"]) => {
                    found = Some(Label::First);
                }
                _ => {}
            }
        }
    }
    found
}

fn read_line(line: &Line, before: Option<Label>, place: Place, out: &mut Vec<Seen>) {
    let text = straight(&line.text).to_lowercase();
    let found = days(&text);
    if found.is_empty() {
        // Times that markup gives for words such as "two days ago".
        for piece in &line.pieces {
            let stamp = piece.stamp.as_deref().and_then(sane);
            let Some(when) = stamp.filter(|when| when.days() == 1) else {
                continue;
            };
            let later = piece.hints.later && !piece.hints.published;
            let sure = if piece.hints.published {
                Sure::Labelled
            } else {
                Sure::Classed
            };
            out.push(Seen {
                says: Says::Day(when.earliest),
                stamp,
                sure,
                later: later
                    || label_of(&text) == Some(Label::Later)
                    || before == Some(Label::Later),
                place,
                property: piece.hints.published,
            });
        }
        return;
    }
    let mut from = 0;
    for day in &found {
        let words = text.get(from..day.at.start).unwrap_or_default();
        from = day.at.end;
        let shown = text.get(day.at.clone()).unwrap_or_default();
        let piece = line
            .pieces
            .iter()
            .find(|piece| straight(&piece.text).to_lowercase().contains(shown));
        let hints = piece.map(|piece| piece.hints).unwrap_or_default();
        let label = label_of(words).or(before.filter(|_| words.trim().is_empty()));
        let later = match label {
            Some(label) => label == Label::Later,
            None => hints.later && !hints.published,
        };
        let marked = piece
            .and_then(|piece: &Piece| piece.stamp.as_deref())
            .and_then(sane);
        // Words and markup that name two days name none, unless day and month changed places.
        if let (Says::Day(said), Some(stamp)) = (day.says, marked)
            && !near_in_time(When::day(said), stamp)
            && turned(said) != Some(stamp.earliest)
        {
            continue;
        }
        let sure = if label == Some(Label::First) && count_words(words) <= 6 || hints.published {
            Sure::Labelled
        } else if hints.date || marked.is_some() {
            Sure::Classed
        } else if is_alone(&text, day.at.start, day.at.end) {
            Sure::Alone
        } else if count_words(&text) <= 14 && line.level == 0 {
            Sure::Beside
        } else {
            continue;
        };
        // A month alone and a table's cell are dates of something else, unless they say so.
        if (matches!(day.says, Says::Month(_)) || line.cell) && sure < Sure::Classed {
            continue;
        }
        out.push(Seen {
            says: day.says,
            stamp: marked,
            sure,
            later,
            place,
            property: hints.published,
        });
    }
}

/// Does nothing but weekdays, times and the like stand around a date, up to the next bars?
fn is_alone(text: &str, start: usize, end: usize) -> bool {
    let bars = |c: char| matches!(c, '|' | '·' | '•' | '●' | '/' | '–' | '—' | '⋅');
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let before = before.rsplit(bars).next().unwrap_or(before);
    let after = after.split(bars).next().unwrap_or(after);
    [before, after].into_iter().all(|part| {
        part.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| {
                WEEKDAYS.contains(word)
                    || DATE_WORDS.contains(word)
                    || DATE_LABELS.contains_key(word)
                    || word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 4
                    || word.ends_with(['m', 'z']) && word.starts_with(|c: char| c.is_ascii_digit())
            })
    })
}

/// Which of two numbers is the month on this page: as its other dates have it, as what its markup
/// says fits, as the country is used to that it names.
fn order(marks: &Marks, seen: &[Seen], url: Option<&str>, known: &[Option<When>]) -> Option<Order> {
    let mut votes = [0i32; 2];
    for one in seen {
        let Says::Either {
            day_first,
            month_first,
        } = one.says
        else {
            continue;
        };
        let stamp = [one.stamp];
        let others = |day: Date| seen.iter().any(|other| other.says == Says::Day(day));
        let fits = |day: Date| {
            known
                .iter()
                .chain(&stamp)
                .flatten()
                .any(|when| when.days() == 1 && (when.earliest - day).get_days().abs() <= 1)
        };
        match (
            fits(day_first) || others(day_first),
            fits(month_first) || others(month_first),
        ) {
            (true, false) => votes[0] += 1,
            (false, true) => votes[1] += 1,
            _ => {}
        }
    }
    if votes[0] == votes[1] {
        // Other dates in numbers that can be read one way only.
        for line in marks.lines.iter().filter(|line| !line.running) {
            let text = line.text.as_str();
            for word in text.split_whitespace().filter(|word| word.len() <= 11) {
                let mut parts = word.split('/').map(|part| part.parse::<u32>().ok());
                if let (Some(Some(a)), Some(Some(b)), Some(Some(1900..2200)), None) =
                    (parts.next(), parts.next(), parts.next(), parts.next())
                {
                    votes[0] += i32::from((13..=31).contains(&a) && b <= 12);
                    votes[1] += i32::from((13..=31).contains(&b) && a <= 12);
                }
            }
        }
    }
    match votes[0].cmp(&votes[1]) {
        std::cmp::Ordering::Greater => return Some(Order::DayFirst),
        std::cmp::Ordering::Less => return Some(Order::MonthFirst),
        std::cmp::Ordering::Equal => {}
    }
    let tag = marks
        .meta(&["og:locale", "content-language"])
        .or(marks.language.as_deref())
        .unwrap_or_default()
        .replace('_', "-")
        .to_lowercase();
    let host = url.and_then(crate::meta::host).unwrap_or_default();
    let end = host.rsplit('.').next().unwrap_or_default();
    // Countries that write the month first are few; a bare ".com" page in English may be of any.
    match (tag.split_once('-'), end) {
        (_, "us" | "gov" | "mil" | "edu") => Some(Order::MonthFirst),
        (_, end)
            if end.len() == 2 && !matches!(end, "io" | "co" | "ai" | "tv" | "me" | "ph" | "ca") =>
        {
            Some(Order::DayFirst)
        }
        (Some((_, "us" | "ph")), _) => Some(Order::MonthFirst),
        (Some((language, _)), _) if language != "en" => Some(Order::DayFirst),
        (Some((_, "gb" | "au" | "nz" | "ie" | "in" | "za" | "ng" | "ke" | "pk")), _) => {
            Some(Order::DayFirst)
        }
        (None, _) if tag.len() == 2 && tag != "en" => Some(Order::DayFirst),
        _ => None,
    }
}

/// The day or the month that an address names: `/2031/03/05/`, `/2031/mar/05/`, `/2031/03/`,
/// `/2031-03-05-`.
fn in_address(url: &str) -> Option<When> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let path = path.split(['?', '#']).next()?.to_lowercase();
    let parts: Vec<&str> = path.split('/').collect();
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i64>().ok())
            .flatten()
    };
    let year = |text: &str| number(text, 4..=4).filter(|year| (1980..2100).contains(year));
    let month = |text: &str| {
        number(text, 1..=2).or_else(|| crate::tables::MONTHS.get(text).map(|m| i64::from(*m)))
    };
    for (at, part) in parts.iter().enumerate() {
        let next = |more: usize| parts.get(at + more).copied().unwrap_or_default();
        if let Some(year) = year(part)
            && let Some(first) = month(next(1)).and_then(|month| date(year, month, 1))
        {
            let day = number(next(2), 1..=2);
            let day = day.and_then(|day| date(year, first.month().into(), day));
            return Some(match day {
                Some(day) => When::day(day),
                None => When::between(first, first.last_of_month()),
            });
        }
        // "2031-03-05-army-takes-velka", "20310305-army"
        let mut words = part.splitn(4, '-');
        let (a, b, c) = (words.next(), words.next(), words.next());
        if let (Some(year), Some(Some(b)), Some(Some(c))) = (
            a.and_then(year),
            b.map(|b| number(b, 2..=2)),
            c.map(|c| number(c, 2..=2)),
        ) && let Some(day) = date(year, b, c)
        {
            return Some(When::day(day));
        }
    }
    None
}
