//! Dates as pages print them and as markup writes them.

use crate::page::straight;
use crate::tables::{DATE_LABELS, DATE_WORDS, MONTHS, WEEKDAYS};
use jiff::Timestamp;
use rapporteur_model::{Date, When};

/// A date line of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The day; two days apart where day and month cannot be told apart.
    pub when: When,
    /// Is it labelled as the time of a later change?
    pub later: bool,
    /// Is it labelled at all?
    pub labelled: bool,
}

/// Reads a line that is nothing but a date with its day and year, perhaps with a label, a weekday
/// and a time of day. `None` for anything else, such as a month alone.
pub(crate) fn printed(line: &str) -> Option<Printed> {
    if line.len() > 120 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let line = straight(line).to_lowercase();
    let (label, rest) = split_label(line.trim());
    let when = day_of(rest)?;
    Some(Printed {
        when,
        later: label == Some("later"),
        labelled: label.is_some(),
    })
}

fn split_label(line: &str) -> (Option<&'static str>, &str) {
    // The longest label wins: "published on" before "published".
    DATE_LABELS
        .iter()
        .filter_map(|(label, kind)| {
            let rest = line.strip_prefix(label)?;
            let cut = rest.trim_start_matches([':', ' ', '-', '–', '|', ',']);
            (cut.len() < rest.len()).then_some((label.len(), *kind, cut))
        })
        .max_by_key(|(length, _, _)| *length)
        .map_or((None, line), |(_, kind, rest)| (Some(kind), rest))
}

/// The day that a lower-case text names, where it holds nothing else.
fn day_of(text: &str) -> Option<When> {
    let (mut day, mut month, mut year, mut numeric) = (None, None, None, None);
    for word in text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '·' | '•' | '–' | '—')
    }) {
        let word = word.trim_end_matches(['.', ';']);
        if word.is_empty()
            || WEEKDAYS.contains(word)
            || DATE_WORDS.contains(word)
            || numeric_date(word).is_none() && is_clock(word)
        {
            continue;
        }
        if let Some(number) = MONTHS.get(word) {
            if month.replace(*number).is_some() {
                return None;
            }
        } else if let Some(found) = numeric_date(word) {
            if numeric.replace(found).is_some() {
                return None;
            }
        } else if let Some(number) = whole(word) {
            let slot = if (1900..=2199).contains(&number) && word.len() == 4 {
                &mut year
            } else if (1..=31).contains(&number) {
                &mut day
            } else {
                return None;
            };
            if slot.replace(number).is_some() {
                return None;
            }
        } else {
            return None;
        }
    }
    match (numeric, day, month, year) {
        (Some(when), None, None, None) => Some(when),
        (None, Some(day), Some(month), Some(year)) => {
            date(year, i64::from(month), day).map(When::day)
        }
        _ => None,
    }
}

/// "17:52", "17h52", "5:52pm", "+0200", "-": parts of a time of day.
fn is_clock(word: &str) -> bool {
    let word = word
        .trim_end_matches("pm")
        .trim_end_matches("am")
        .trim_end_matches('z')
        .trim_start_matches(['+', '-']);
    if word.is_empty() {
        return true;
    }
    let (hour, rest) = match word.split_once([':', 'h', '.']) {
        Some(parts) => parts,
        None => return word.len() == 4 && word.starts_with('0') && whole(word).is_some(),
    };
    hour.len() <= 2
        && whole(hour).is_some_and(|hour| hour < 25)
        && rest.len() >= 2
        && rest.len() <= 9
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+'))
}

/// Digits, perhaps with an ordinal's ending ("3rd").
fn whole(word: &str) -> Option<i64> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word.get(digits.len()..)?;
    if !(ending.is_empty() || DATE_WORDS.contains(ending) && ending.len() == 2) {
        return None;
    }
    (digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}

/// "2031-03-01", "2031/3/1", "1.3.2031", "3/1/2031", with or without a time after "t". Which of
/// two small numbers is the month cannot be told: the days it can mean span both.
fn numeric_date(word: &str) -> Option<When> {
    let word = match word.split_once('t') {
        Some((date, time)) if is_clock(time) || time.len() > 6 => date,
        _ => word,
    };
    let separator = ['-', '/', '.']
        .into_iter()
        .find(|s| word.matches(*s).count() == 2)?;
    let mut parts = word.split(separator);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if ![a, b, c]
        .iter()
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
    {
        return None;
    }
    let (x, y, z) = (a.parse().ok()?, b.parse().ok()?, c.parse().ok()?);
    if a.len() == 4 {
        return date(x, y, z).map(When::day);
    }
    if c.len() != 4 {
        return None;
    }
    let (day_first, month_first) = (date(z, y, x), date(z, x, y));
    match (separator, day_first, month_first) {
        ('.', Some(day), _) => Some(When::day(day)),
        (_, Some(one), Some(other)) => Some(When::between(one, other)),
        (_, Some(day), None) | (_, None, Some(day)) => Some(When::day(day)),
        _ => None,
    }
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

/// A time as markup and manifests write it: ISO 8601 (a day, a month, a year, `from/to`, with or
/// without a time of day, which is read in its own offset), RFC 2822, or any date that
/// [`printed`] reads.
pub(crate) fn written(text: &str) -> Option<When> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once('/')
        && let (Some(from), Some(to)) = (iso(from), iso(to))
    {
        return Some(When::between(from.earliest, to.latest));
    }
    iso(text)
        .or_else(|| rfc2822(text))
        .or_else(|| printed(text).map(|found| found.when))
        .or_else(|| seconds(text))
}

/// The moment that a written time tells, where it has a clock time and says in which zone that was: ISO 8601 and
/// RFC 2822 with a difference from UTC, seconds since 1970.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    (text.parse().ok())
        .or_else(|| Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp()))
        .or_else(|| seconds_of(text))
}

fn iso(text: &str) -> Option<When> {
    let text = text.trim();
    let day = text.split(['T', 't', ' ']).next()?;
    let parts: Vec<&str> = day.split('-').collect();
    if !parts
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let number = |part: &str| part.parse::<i64>().ok();
    match parts.as_slice() {
        [all] if all.len() == 8 && text.len() == 8 => date(
            number(all.get(..4)?)?,
            number(all.get(4..6)?)?,
            number(all.get(6..)?)?,
        )
        .filter(|date| date.year() >= 1800)
        .map(When::day),
        [year] if year.len() == 4 && text.len() == 4 => {
            let year = number(year)?;
            Some(When::between(date(year, 1, 1)?, date(year, 12, 31)?))
        }
        [year, month] if year.len() == 4 && month.len() == 2 && text.len() == 7 => {
            let first = date(number(year)?, number(month)?, 1)?;
            Some(When::between(first, first.last_of_month()))
        }
        [year, month, day] if year.len() == 4 => {
            date(number(year)?, number(month)?, number(day)?).map(When::day)
        }
        _ => None,
    }
}

/// "Sat, 01 Mar 2031 09:30:00 +0200", and the same with a zone's name.
fn rfc2822(text: &str) -> Option<When> {
    let text = text.to_lowercase();
    let mut words = text.split_whitespace().peekable();
    words.next_if(|word| word.ends_with(','));
    let day = whole(words.next()?)?;
    let month = *MONTHS.get(words.next()?)?;
    let year = whole(words.next()?).filter(|year| *year >= 1900)?;
    date(year, i64::from(month), day).map(When::day)
}

/// Seconds or milliseconds since 1970, as some collections write times.
fn seconds(text: &str) -> Option<When> {
    let time = seconds_of(text)?;
    Some(When::day(time.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

fn seconds_of(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    Timestamp::from_second(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(read: impl Fn(&str) -> Option<When>, texts: &[&str], expected: Expect) {
        let mut out = String::new();
        for text in texts {
            let value = match read(text) {
                None => "-".to_string(),
                Some(when) if when.earliest == when.latest => when.earliest.to_string(),
                Some(when) => format!("{}/{}", when.earliest, when.latest),
            };
            out.push_str(&format!("{text} => {value}\n"));
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn date_lines() {
        check(
            |text| printed(text).map(|found| found.when),
            &[
                "March 1, 2031",
                "1st March 2031",
                "Saturday, 1 March 2031 at 17:52 GMT",
                "Published: Mar 1, 2031, 5:52 p.m. ET",
                "Last updated on 01 Mar. 2031 - 17:52",
                "Updated: 2031-03-01 17:52",
                "01.03.2031",
                "13/03/2031",
                "01/03/2031",
                "MARCH 2031",
                "March 1",
                "Talks on March 1, 2031",
                "31 February 2031",
                "2031",
                "1,500",
            ],
            expect![[r#"
                March 1, 2031 => 2031-03-01
                1st March 2031 => 2031-03-01
                Saturday, 1 March 2031 at 17:52 GMT => 2031-03-01
                Published: Mar 1, 2031, 5:52 p.m. ET => 2031-03-01
                Last updated on 01 Mar. 2031 - 17:52 => 2031-03-01
                Updated: 2031-03-01 17:52 => 2031-03-01
                01.03.2031 => 2031-03-01
                13/03/2031 => 2031-03-13
                01/03/2031 => 2031-01-03/2031-03-01
                MARCH 2031 => -
                March 1 => -
                Talks on March 1, 2031 => -
                31 February 2031 => -
                2031 => -
                1,500 => -
            "#]],
        );
    }

    #[test]
    fn times_of_markup() {
        check(
            written,
            &[
                "2031-03-01T09:30:00+02:00",
                "2031-03-01 09:30:00",
                "2031-03",
                "2031",
                "20310301",
                "2031-03-01/2031-03-05",
                "Sat, 01 Mar 2031 09:30:00 +0200",
                "01 Mar 2031 09:30 EST",
                "1930000000",
                "March 1, 2031",
                "soon",
                "",
            ],
            expect![[r#"
                2031-03-01T09:30:00+02:00 => 2031-03-01
                2031-03-01 09:30:00 => 2031-03-01
                2031-03 => 2031-03-01/2031-03-31
                2031 => 2031-01-01/2031-12-31
                20310301 => 2031-03-01
                2031-03-01/2031-03-05 => 2031-03-01/2031-03-05
                Sat, 01 Mar 2031 09:30:00 +0200 => 2031-03-01
                01 Mar 2031 09:30 EST => 2031-03-01
                1930000000 => 2031-02-27
                March 1, 2031 => 2031-03-01
                soon => -
                 => -
            "#]],
        );
    }
}
