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
    /// So many days after the Easter Sunday of the eastern churches; negative: before it.
    Orthodox(i16),
    /// A day of a month of the Jewish year (Nisan 1, Tishri 7), and how many days it lasts. Days begin in
    /// the evening before, so that day is in the answer.
    Jewish(i8, i8, i8),
}

impl Feast {
    /// Its days in a Gregorian year; `None` where it has none then. Of two in one year, from the first to
    /// the second.
    pub fn in_year(self, year: i16) -> Option<When> {
        match self {
            Feast::Easter(away) => plus(easter(year)?, i64::from(away)).map(When::day),
            Feast::Orthodox(away) => plus(orthodox_easter(year)?, i64::from(away)).map(When::day),
            Feast::Jewish(month, day, days) => {
                let first = jewish(year, month, day)?;
                let latest = plus(first, i64::from(days) - 1)?;
                Some(When::between(plus(first, -1)?, latest))
            }
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

/// Easter Sunday of the Julian calendar (the method of Meeus), as a day of the Gregorian.
fn orthodox_easter(year: i16) -> Option<Date> {
    if !(1583..=4000).contains(&year) {
        return None;
    }
    let y = i64::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let julian = d + e + 114;
    let date = Date::new(year, i8::try_from(julian / 31).ok()?, 1).ok()?;
    let behind = y / 100 - y / 400 - 2;
    plus(date, julian % 31 + behind)
}

/// A day of the Jewish calendar in a Gregorian year, for its months from Nisan (1) to Kislev (9), which
/// lie the same way from Passover and the new year in every year, but for a day in Kislev.
fn jewish(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1600..=2600).contains(&year) || !(1..=9).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let new_year = jewish_new_year(i64::from(year) + 3761);
    let day = i64::from(day);
    let away = match month {
        // Nisan, Iyar, Sivan, Tammuz, Av and Elul have 177 days together and end with the year.
        1..=6 => {
            let before = (i64::from(month) - 1) * 29 + i64::from(month) / 2;
            before - 177 + day - 1
        }
        7 => day - 1,
        8 => 30 + day - 1,
        _ => {
            // Heshvan has a thirtieth day only in a year of 355 or 385 days.
            let length = jewish_new_year(i64::from(year) + 3762) - new_year;
            59 + i64::from(length % 10 == 5) + day - 1
        }
    };
    plus(Date::new(1, 1, 1).ok()?, new_year + away - JEWISH_EPOCH)
}

/// Days from the count's first to 1 January of the year 1 of the Gregorian calendar.
const JEWISH_EPOCH: i64 = 1_373_428;

/// The first day of a Jewish year, as days after its calendar's first: the mean new moon of Tishri, put off
/// where it falls late, or too near another new year.
fn jewish_new_year(year: i64) -> i64 {
    let days = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        if (3 * (day + 1)).rem_euclid(7) < 3 {
            day + 1
        } else {
            day
        }
    };
    let (last, this, next) = (days(year - 1), days(year), days(year + 1));
    this + if next - this == 356 {
        2
    } else {
        i64::from(this - last == 382)
    }
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
        check(Feast::Orthodox(0).in_year(2023), "2023-04-16");
        check(Feast::Orthodox(0).in_year(2024), "2024-05-05");
        // Passover, the new year, the day of atonement and the feast of lights.
        check(
            Feast::Jewish(1, 15, 8).in_year(2021),
            "2021-03-27/2021-04-04",
        );
        check(
            Feast::Jewish(7, 1, 2).in_year(2023),
            "2023-09-15/2023-09-17",
        );
        check(
            Feast::Jewish(7, 10, 1).in_year(1973),
            "1973-10-05/1973-10-06",
        );
        check(
            Feast::Jewish(9, 25, 8).in_year(2024),
            "2024-12-25/2025-01-02",
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
