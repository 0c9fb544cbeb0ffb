//! Dates inside lines: "By Ada Brisk, 3 Mar 2031 | 5 min read".

use crate::tables::MONTHS;
use rapporteur_model::{Date, When};
use std::ops::Range;

/// A date as it stands in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// Its bytes in the line.
    pub at: Range<usize>,
    /// What it says.
    pub says: Says,
}

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// A day.
    Day(Date),
    /// A month without its day: the month's first day.
    Month(Date),
    /// Two numbers either of which can be the month.
    Either { day_first: Date, month_first: Date },
}

/// Which of two numbers is the month, in the place that a page is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

impl Says {
    /// The day, or the days of the month. What can mean two days is read in the order known; where
    /// none is, as an interval that holds both.
    pub(crate) fn when(self, order: Option<Order>) -> When {
        match (self, order) {
            (Says::Day(day), _) => When::day(day),
            (Says::Month(first), _) => When::between(first, first.last_of_month()),
            (Says::Either { day_first, .. }, Some(Order::DayFirst)) => When::day(day_first),
            (Says::Either { month_first, .. }, Some(Order::MonthFirst)) => When::day(month_first),
            (
                Says::Either {
                    day_first,
                    month_first,
                },
                None,
            ) => When::between(day_first.min(month_first), day_first.max(month_first)),
        }
    }
}

/// Lines longer than this many bytes are not looked at.
const MAX_LINE: usize = 600;

/// A run of digits or of letters.
struct Run<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl Run<'_> {
    fn number(&self, digits: Range<usize>) -> Option<i64> {
        (digits.contains(&self.text.len()) && self.text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| self.text.parse().ok())
            .flatten()
    }

    fn year(&self) -> Option<i64> {
        self.number(4..5).filter(|year| (1900..2200).contains(year))
    }

    fn small(&self) -> Option<i64> {
        self.number(1..3)
    }

    fn month(&self) -> Option<i64> {
        MONTHS.get(self.text).map(|month| i64::from(*month))
    }
}

/// The dates in a line, in order. The line is in lower case.
pub(crate) fn days(line: &str) -> Vec<Day> {
    if line.len() > MAX_LINE || !line.bytes().any(|b| b.is_ascii_digit()) {
        return vec![];
    }
    let runs = runs(line);
    let mut found = vec![];
    let mut at = 0;
    while at < runs.len() {
        let rest = runs.get(at..).unwrap_or_default();
        match day(line, rest) {
            // "31 February 2031" is no month either.
            Some((Says::Month(_), length))
                if at > 0 && runs.get(at - 1).is_some_and(|run| run.small().is_some()) =>
            {
                at += length;
            }
            Some((says, length)) => {
                let start = rest.first().map_or(0, |run| run.start);
                let end = rest.get(length - 1).map_or(start, |run| run.end);
                found.push(Day {
                    at: start..end,
                    says,
                });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

fn runs(line: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = vec![];
    let mut start = None;
    let mut digit = false;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let joins = c.is_alphanumeric() && c.is_ascii_digit() == digit;
        if let Some(from) = start
            && !joins
        {
            runs.push(Run {
                text: line.get(from..at).unwrap_or_default(),
                start: from,
                end: at,
            });
            start = None;
        }
        if start.is_none() && c.is_alphanumeric() {
            start = Some(at);
            digit = c.is_ascii_digit();
        }
    }
    runs
}

/// The date that starts with the first run, and how many runs it takes.
fn day(line: &str, runs: &[Run<'_>]) -> Option<(Says, usize)> {
    let run = |at: usize| runs.get(at);
    let gap = |at: usize| line.get(run(at)?.end..run(at + 1)?.start);
    let loose = |at: usize| {
        gap(at).is_some_and(|gap| {
            gap.len() <= 4
                && gap
                    .chars()
                    .all(|c| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/' | '\''))
        })
    };
    let first = run(0)?;
    if let Some(year) = first.year() {
        // 2031-03-05, 2031/3/5, 2031.03.05
        let same = gap(0).filter(|gap| matches!(*gap, "-" | "/" | "."));
        if same.is_some() && same == gap(1) {
            let day = date(year, run(1)?.small()?, run(2)?.small()?)?;
            let ends = gap(2).is_none_or(|after| after != "-" && after != "/");
            return ends.then_some((Says::Day(day), 3));
        }
        // 2031年3月5日
        let mark = |at: usize| run(at).map(|run| run.text);
        if mark(1) == Some("年") && mark(3) == Some("月") {
            let day = date(year, run(2)?.small()?, run(4)?.small()?)?;
            return Some((Says::Day(day), 5));
        }
        // 2031 March 5
        if loose(0) && loose(1) {
            let day = date(year, run(1)?.month()?, run(2)?.small()?)?;
            return Some((Says::Day(day), 3));
        }
        return None;
    }
    if let Some(month) = first.month() {
        if !loose(0) {
            return None;
        }
        // March 2031
        if let Some(year) = run(1)?.year() {
            return Some((Says::Month(date(year, month, 1)?), 2));
        }
        // March 5, 2031; March 5th, 2031
        let number = run(1)?.small()?;
        let ending = usize::from(is_ordinal(run(2), gap(1)));
        let year = run(2 + ending)?.year().filter(|_| loose(1 + ending))?;
        return Some((Says::Day(date(year, month, number)?), 3 + ending));
    }
    let number = first.small()?;
    let separator = gap(0).filter(|gap| matches!(*gap, "-" | "/" | "."));
    if separator.is_some()
        && separator == gap(1)
        && let Some(other) = run(1)?.small()
    {
        let year = run(2)?.year().filter(|_| gap(2) != separator)?;
        let day_first = date(year, other, number);
        let month_first = date(year, number, other);
        let says = match (separator, day_first, month_first) {
            (Some("."), Some(day), _) => Says::Day(day),
            (_, Some(day_first), Some(month_first)) if day_first != month_first => Says::Either {
                day_first,
                month_first,
            },
            (_, Some(day), _) | (_, None, Some(day)) => Says::Day(day),
            _ => return None,
        };
        return Some((says, 3));
    }
    // 5 March 2031; 5th of March, 2031
    let mut at = usize::from(is_ordinal(run(1), gap(0)));
    if !loose(at) {
        return None;
    }
    if run(at + 1)?.text == "of" && loose(at + 1) {
        at += 1;
    }
    let month = run(at + 1)?.month()?;
    let year = run(at + 2)?.year().filter(|_| loose(at + 1))?;
    Some((Says::Day(date(year, month, number)?), at + 3))
}

fn is_ordinal(run: Option<&Run<'_>>, gap: Option<&str>) -> bool {
    gap == Some("") && run.is_some_and(|run| crate::tables::DATE_WORDS.contains(run.text))
}

pub(crate) fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn dates_in_lines() {
        let mut out = String::new();
        for line in [
            "by ada brisk, 3 mar 2031 | 5 min read",
            "on saturday march 1st, 2031 @08:00pm",
            "posted on the 15/12/2031 at 19:00 by ada",
            "4/5/2031 12:00:00 am",
            "published: 2031.12.17 | updated 2031-12-18t10:00",
            "1st of march, 2031 and 05-mar-2031",
            "march 2031",
            "2031年3月5日",
            "31 february 2031, 1-800-2031, 10.2031",
            "march 5",
            "version 1.2.2031.4 of 30/30/2031",
        ] {
            let found: Vec<String> = days(line)
                .iter()
                .map(|day| {
                    let when = day.says.when(None);
                    let words = &line[day.at.clone()];
                    format!("{words} = {}/{}", when.earliest, when.latest)
                })
                .collect();
            out.push_str(&format!("{line} => {}\n", found.join("; ")));
        }
        expect![[r#"
            by ada brisk, 3 mar 2031 | 5 min read => 3 mar 2031 = 2031-03-03/2031-03-03
            on saturday march 1st, 2031 @08:00pm => march 1st, 2031 = 2031-03-01/2031-03-01
            posted on the 15/12/2031 at 19:00 by ada => 15/12/2031 = 2031-12-15/2031-12-15
            4/5/2031 12:00:00 am => 4/5/2031 = 2031-04-05/2031-05-04
            published: 2031.12.17 | updated 2031-12-18t10:00 => 2031.12.17 = 2031-12-17/2031-12-17; 2031-12-18 = 2031-12-18/2031-12-18
            1st of march, 2031 and 05-mar-2031 => 1st of march, 2031 = 2031-03-01/2031-03-01; 05-mar-2031 = 2031-03-05/2031-03-05
            march 2031 => march 2031 = 2031-03-01/2031-03-31
            2031年3月5日 => 2031年3月5 = 2031-03-05/2031-03-05
            31 february 2031, 1-800-2031, 10.2031 => 
            march 5 => 
            version 1.2.2031.4 of 30/30/2031 => 
        "#]].assert_eq(&out);
    }
}
