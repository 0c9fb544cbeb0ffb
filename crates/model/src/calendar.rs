//! Other calendars, by arithmetic, and feasts that move.

use crate::{Date, When};
use serde::{Deserialize, Serialize};

/// How a feast's day is found in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Feast {
    /// So many days after the Easter Sunday of the western churches; negative: before it.
    Easter(i16),
    /// A weekday (Monday 1) of a month, counted from its start, or from its end below 0: the fourth
    /// Thursday of November is `(4, 4, 11)`.
    Nth(i8, i8, i8),
    /// A day of a month of the Islamic lunar year, and how many days it lasts. The month begins when
    /// the moon is seen, so a day sooner and a day later are in the answer.
    Islamic(i8, i8, i8),
    /// A day of a month of the Solar Hijri year.
    Solar(i8, i8),
}

impl Feast {
    /// Its days in a Gregorian year; `None` where it has none then. Of two in one year, from the first to
    /// the second.
    pub fn in_year(self, year: i16) -> Option<When> {
        match self {
            Feast::Easter(away) => plus(easter(year)?, i64::from(away)).map(When::day),
            Feast::Nth(nth, weekday, month) => nth_weekday(year, nth, weekday, month),
            Feast::Islamic(month, day, days) => {
                // The lunar year is about 354.37 days long.
                let about = ((i64::from(year) - 622) * 33).div_euclid(32);
                (about - 1..=about + 2)
                    .filter_map(|lunar| islamic(i16::try_from(lunar).ok()?, month, day))
                    .filter(|when| plus(when.earliest, 1).is_some_and(|day| day.year() == year))
                    .filter_map(|when| {
                        let latest = plus(when.latest, i64::from(days) - 1)?;
                        Some(When::between(when.earliest, latest))
                    })
                    .reduce(When::hull)
            }
            Feast::Solar(month, day) => [621, 622]
                .into_iter()
                .filter_map(|away| solar(year.checked_sub(away)?, month, day))
                .find(|found| found.year() == year)
                .map(When::day),
        }
    }
}

/// A day of the Islamic lunar calendar by the tabular rule (11 leap years in 30), which is at most a
/// day from the moon that was seen: so a day sooner to a day later.
pub fn islamic(year: i16, month: i8, day: i8) -> Option<When> {
    if year < 1 || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day));
    let days = (y - 1) * 354 + (3 + 11 * y).div_euclid(30) + 29 * (m - 1) + m / 2 + d;
    // 16 July 622 of the Julian calendar is 19 July of the Gregorian.
    let found = plus(Date::new(622, 7, 18).ok()?, days)?;
    Some(When::between(plus(found, -1)?, plus(found, 1)?))
}

/// A day of the Solar Hijri calendar by the rule of 33 years, good from 1244 to 1468 (1865 to 2089).
pub fn solar(year: i16, month: i8, day: i8) -> Option<Date> {
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + i8::from(is_solar_leap(i64::from(year))),
        _ => return None,
    };
    if !(1244..=1468).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let before = |year: i64| {
        let (cycles, rest) = ((year - 1).div_euclid(33), (year - 1).rem_euclid(33));
        let leaps = (1..=rest).filter(|y| is_solar_leap(*y)).count() as i64;
        (year - 1) * 365 + cycles * 8 + leaps
    };
    let month = i64::from(month) - 1;
    let in_year = month.min(6) * 31 + (month - 6).max(0) * 30 + i64::from(day) - 1;
    // The year 1400 began on 21 March 2021.
    let away = before(i64::from(year)) - before(1400) + in_year;
    plus(Date::new(2021, 3, 21).ok()?, away)
}

fn is_solar_leap(year: i64) -> bool {
    matches!(year.rem_euclid(33), 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

/// Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    if year < 1583 {
        return None;
    }
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    let narrow = |n: i32| i8::try_from(n).ok();
    Date::new(i16::try_from(year).ok()?, narrow(month)?, narrow(day)?).ok()
}

fn nth_weekday(year: i16, nth: i8, weekday: i8, month: i8) -> Option<When> {
    let first = Date::new(year, month, 1).ok()?;
    let start = if nth > 0 {
        first
    } else {
        first.last_of_month()
    };
    let at = i64::from(start.weekday().to_monday_one_offset());
    let weekday = i64::from(weekday);
    let away = if nth > 0 {
        (weekday - at).rem_euclid(7) + 7 * (i64::from(nth) - 1)
    } else {
        7 * (i64::from(nth) + 1) - (at - weekday).rem_euclid(7)
    };
    plus(start, away)
        .filter(|day| day.month() == month)
        .map(When::day)
}

fn plus(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Option<When>, wanted: &str) {
        assert_eq!(found.map_or("-".to_string(), When::iso), wanted);
    }

    #[test]
    fn feasts_by_their_year() {
        check(Feast::Easter(0).in_year(2019), "2019-04-21");
        check(Feast::Easter(-2).in_year(2018), "2018-03-30");
        check(Feast::Easter(0).in_year(1500), "-");
        check(Feast::Nth(4, 4, 11).in_year(2023), "2023-11-23");
        check(Feast::Nth(-1, 1, 5).in_year(2021), "2021-05-31");
        check(Feast::Nth(5, 1, 2).in_year(2021), "-");
        // The feast of the sacrifice of 2021 was on 20 July, the end of the fast on 13 May.
        check(
            Feast::Islamic(12, 10, 4).in_year(2021),
            "2021-07-19/2021-07-24",
        );
        check(
            Feast::Islamic(10, 1, 3).in_year(2021),
            "2021-05-12/2021-05-16",
        );
        // Two began in 2030.
        check(
            Feast::Islamic(9, 1, 30).in_year(2030),
            "2030-01-05/2031-01-25",
        );
        check(Feast::Solar(1, 1).in_year(2021), "2021-03-21");
        check(Feast::Solar(1, 1).in_year(2020), "2020-03-20");
        check(Feast::Solar(11, 22).in_year(1979), "1979-02-11");
    }

    #[test]
    fn days_of_other_calendars() {
        check(islamic(1442, 9, 1), "2021-04-12/2021-04-14");
        check(islamic(1, 1, 1), "0622-07-18/0622-07-20");
        check(islamic(0, 1, 1), "-");
        check(solar(1400, 5, 24).map(When::day), "2021-08-15");
        check(solar(1399, 12, 30).map(When::day), "2021-03-20");
        check(solar(1400, 12, 30).map(When::day), "-");
        check(solar(1100, 1, 1).map(When::day), "-");
    }
}
