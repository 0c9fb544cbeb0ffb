//! When: what was said of a time, and the days it can mean.

#[cfg(test)]
mod tests;

use crate::{Feast, Span};
use serde::{Deserialize, Serialize};

/// A day of the proleptic Gregorian calendar, serialized as `2021-07-14`.
pub type Date = jiff::civil::Date;

/// Earliest to latest day, both inclusive; never narrower than what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct When {
    /// The first day it can mean.
    pub earliest: Date,
    /// The last day it can mean.
    pub latest: Date,
}

impl When {
    /// One day.
    pub fn day(date: Date) -> When {
        When {
            earliest: date,
            latest: date,
        }
    }

    /// From one day to another; put in order.
    pub fn between(a: Date, b: Date) -> When {
        When {
            earliest: a.min(b),
            latest: a.max(b),
        }
    }

    /// How many days it can mean; at least 1.
    pub fn days(self) -> i64 {
        days_from(self.earliest, self.latest) + 1
    }

    /// Can it mean this day?
    pub fn contains(self, day: Date) -> bool {
        self.earliest <= day && day <= self.latest
    }

    /// Is there a day that both can mean?
    pub fn overlaps(self, other: When) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// The least stretch that holds both.
    pub fn hull(self, other: When) -> When {
        When {
            earliest: self.earliest.min(other.earliest),
            latest: self.latest.max(other.latest),
        }
    }

    /// ISO 8601, as short as says exactly this: `2021`, `2021-07`, `2021-07-14`, or
    /// `2021-07-19/2021-07-25`.
    pub fn iso(self) -> String {
        let (from, to) = (self.earliest, self.latest);
        if from == to {
            from.to_string()
        } else if from == from.first_of_year() && to == from.last_of_year() {
            printed(from.year())
        } else if from == from.first_of_month() && to == from.last_of_month() {
            format!("{}-{:02}", printed(from.year()), from.month())
        } else {
            format!("{from}/{to}")
        }
    }
}

/// A year in ISO 8601; the year 1 before Christ is 0, and 490 before Christ -000489.
fn printed(year: i16) -> String {
    if year < 0 {
        format!("-{:06}", -i32::from(year))
    } else {
        format!("{year:04}")
    }
}

/// From one day on to another; negative where the other comes first.
fn days_from(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |span| i64::from(span.get_days()))
}

/// Whether the words look back or ahead, as verbs and prepositions near them show.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lean {
    /// "was taken on July 14".
    Past,
    /// "will meet on July 14".
    Future,
    /// Nothing shows it.
    #[default]
    Unknown,
}

/// The year of a calendar date that does not print one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum YearHint {
    /// Not said: "July 14".
    Open,
    /// Said relative to the report: "August 31 this year" 0, "September of last year" -1.
    Offset(i32),
}

/// A part of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // each is its own word
pub enum Part {
    Early,
    Mid,
    Late,
    FirstWeek,
    LastWeek,
}

/// A season of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // each is its own word
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A unit of calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // each is its own word
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    /// A day from Monday to Friday.
    Workday,
}

/// What was said of a time, before it is known from which day it was said. Recorded in this form,
/// because the day may be learnt later, from another report of the story.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// With its year: "14 July 2021", "in 2020", "between 1996 and 2001".
    Absolute(When),
    /// A month or day whose year is not printed: "July 14", "early May", "September of last year".
    Calendar {
        /// What is said of the year.
        year: YearHint,
        /// 1 to 12.
        month: i8,
        /// 1 to 31; `None`: the month.
        day: Option<i8>,
        /// A part of the month.
        part: Option<Part>,
        /// Looks back or ahead.
        lean: Lean,
    },
    /// "on Friday" (0), "last Friday" (-1), "next Friday" (1). Without a shift, a report's own day is
    /// meant where it has that name, else the nearest such day before it or, where the words look
    /// ahead, after it; and tomorrow rather than six days ago, since it has begun farther east.
    /// "next Friday" is read as the first Friday to come, as news mostly uses it, though some mean the
    /// one after.
    Weekday {
        /// Monday 1 to Sunday 7.
        weekday: i8,
        /// -1, 0 or 1.
        shift: i8,
        /// Looks back or ahead.
        lean: Lean,
    },
    /// That unit of the calendar, so many away: "yesterday" (Day, -1), "three days ago" (Day, -3),
    /// "next week" (Week, 1), "this year" (Year, 0).
    Offset {
        /// The unit.
        unit: Unit,
        /// How many away; negative: before.
        count: i32,
    },
    /// A stretch up to, or on from, the report's day: "in the past two months" (Month, -2), "over
    /// the next three days" (Day, 3). `None`: "in recent weeks", which is read as up to twelve.
    Stretch {
        /// The unit.
        unit: Unit,
        /// How many; negative: up to now.
        count: Option<i32>,
        /// Looks back or ahead, where no count says so.
        lean: Lean,
    },
    /// "last summer" (-1), "this spring" (0), "in the summer" (no hint).
    Season {
        /// Which.
        season: Season,
        /// What is said of the year.
        year: YearHint,
        /// Looks back or ahead.
        lean: Lean,
    },
    /// A date with its day of the week beside it, "Sunday, July 18": it says in which years the date
    /// can lie.
    Dated {
        /// Monday 1 to Sunday 7.
        weekday: i8,
        /// The date: `Calendar` with a day, or `Absolute`.
        date: Box<Form>,
    },
    /// A day of a month that is not printed: "the 18th", "the 15th day of next month".
    MonthDay {
        /// 1 to 31.
        day: i8,
        /// How many months away; `None`: not said.
        month: Option<i32>,
        /// Looks back or ahead.
        lean: Lean,
    },
    /// A feast whose day moves, in a year that is not printed.
    Feast {
        /// How its day is found.
        feast: Feast,
        /// What is said of the year.
        year: YearHint,
        /// Looks back or ahead.
        lean: Lean,
    },
    /// The day of that name in the week that another time means: "Tuesday of next week"; or in the
    /// seven days that it is: "the first Tuesday of May".
    WeekdayIn {
        /// Monday 1 to Sunday 7.
        weekday: i8,
        /// A time that lies in the week, or is of at most seven days.
        week: Box<Form>,
    },
    /// One of two dates, and nothing in the report says which: "5/12". The month comes first in the
    /// first, the day in the second.
    Either(Box<Form>, Box<Form>),
    /// That unit of the calendar, so many away from another time: "two days after Friday" (Day, 2),
    /// "the year before 1940" (Year, -1).
    Away {
        /// What is counted from.
        from: Box<Form>,
        /// The unit.
        unit: Unit,
        /// How many away; negative: before.
        count: i32,
    },
    /// Units at the start or end of a longer time: "the first two months of 1939" (Month, 0, 2), "the
    /// last 3 weeks of this year" (Week, -3, 3). Weeks are of seven days from its start or end.
    PartOf {
        /// What they are a part of.
        whole: Box<Form>,
        /// The unit.
        unit: Unit,
        /// How many units after its start the part begins; negative: before its end.
        first: i32,
        /// How many; at least 1.
        count: i32,
    },
    /// From one to another, both included.
    Between(Box<Form>, Box<Form>),
    /// "recently", "after the holiday": a time that no calendar gives.
    Vague,
}

/// The day that a report speaks from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The days on which the report can have been written.
    pub written: Option<When>,
    /// The very day it speaks from, where a date line or the text shows it.
    pub day: Option<Date>,
    /// A day of the week that the report's story tells of: good for naming weekdays ("Friday"),
    /// which all reports of a story share, but not for counting days back from ("three days ago").
    pub week: Option<Date>,
}

/// An expression of time in a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time {
    /// Where the words stand.
    pub span: Span,
    /// The words.
    pub expression: String,
    /// What they say.
    pub form: Form,
}

impl Form {
    /// The days it can mean, said by a report that speaks from `anchor`; `None`: not known.
    ///
    /// Days, weeks and weekdays need the report's day, or that it was written within one week; months
    /// and years only need all days on which it can have been written to give the same answer.
    pub fn resolve(&self, anchor: &Anchor) -> Option<When> {
        match self {
            Form::Absolute(when) => Some(*when),
            Form::Calendar {
                year,
                month,
                day,
                part,
                lean,
            } => {
                let of_year = |y: i16| month_or_day(y, *month, *day, *part);
                anchor.agreed(|today| match year {
                    YearHint::Open => open_year(today, *lean, of_year),
                    YearHint::Offset(count) => of_year(year_away(today, *count)?),
                })
            }
            Form::Weekday {
                weekday,
                shift,
                lean,
            } => {
                let one_day = anchor.written.filter(|w| w.earliest == w.latest);
                let today = anchor.day.or(anchor.week).or(one_day.map(|w| w.earliest))?;
                day_of_week(today, *weekday, *shift, *lean).map(When::day)
            }
            Form::Offset { unit, count } => {
                let of = |today: Date| unit_around(moved(today, *unit, *count)?, *unit);
                match unit {
                    Unit::Day | Unit::Workday | Unit::Week => anchor.near(of),
                    Unit::Month | Unit::Quarter => {
                        anchor.near(of).or_else(|| anchor.written_agreed(of))
                    }
                    // "8,000 years ago" is no date.
                    Unit::Year | Unit::Decade | Unit::Century => {
                        anchor.agreed(of).filter(|when| when.earliest.year() > 0)
                    }
                }
            }
            Form::Stretch { unit, count, lean } => {
                let count = count.or(match lean {
                    Lean::Past => Some(-12),
                    Lean::Future => Some(12),
                    Lean::Unknown => None,
                })?;
                anchor.near(|today| Some(When::between(today, moved(today, *unit, count)?)))
            }
            Form::Season { season, year, lean } => {
                let of_year = |y: i16| months_of_season(y, *season);
                anchor.agreed(|today| match year {
                    YearHint::Open => open_year(today, *lean, of_year),
                    YearHint::Offset(0) => open_year(today, Lean::Unknown, of_year),
                    YearHint::Offset(count) => season_away(today, *count, of_year),
                })
            }
            Form::Dated { weekday, date } => match &**date {
                Form::MonthDay {
                    day,
                    month: None,
                    lean,
                } => {
                    anchor.near(|today| day_on_weekday(today, *day, *weekday, *lean).map(When::day))
                }
                Form::Either(a, b) => {
                    let on_weekday = |form: &Form| {
                        form.resolve(anchor).filter(|when| {
                            when.earliest.weekday().to_monday_one_offset() == *weekday
                        })
                    };
                    // Of two the one nearer to the report.
                    match (on_weekday(a), on_weekday(b)) {
                        (Some(a), Some(b)) => {
                            let today = anchor.day?;
                            Some(if distance(a, today) <= distance(b, today) {
                                a
                            } else {
                                b
                            })
                        }
                        (a, b) => a.or(b),
                    }
                }
                date => {
                    let found = date.resolve(anchor);
                    let fits =
                        |when: &When| when.earliest.weekday().to_monday_one_offset() == *weekday;
                    // The weekday tells the year better than the verb does.
                    let turned = || {
                        [Lean::Unknown, Lean::Past, Lean::Future]
                            .into_iter()
                            .filter_map(|lean| turned(date, lean).resolve(anchor))
                            .find(fits)
                    };
                    (found.filter(fits).or_else(turned).or(found))
                        .or_else(|| date_on_weekday(date, *weekday, anchor.written?))
                }
            },
            Form::MonthDay { day, month, lean } => {
                let of_month = |today, away| day_of_month(today, away, *day);
                anchor.near(|today| {
                    let found = match (month, lean) {
                        (Some(away), _) => of_month(today, *away),
                        (None, Lean::Future) => (0..=2)
                            .filter_map(|away| of_month(today, away))
                            .find(|d| *d >= today),
                        (None, _) => (0..=2)
                            .filter_map(|away| of_month(today, -away))
                            .find(|d| *d <= today),
                    };
                    found.map(When::day)
                })
            }
            Form::Feast { feast, year, lean } => anchor.agreed(|today| match year {
                YearHint::Open => open_year(today, *lean, |y| feast.in_year(y)),
                YearHint::Offset(count) => feast.in_year(year_away(today, *count)?),
            }),
            Form::WeekdayIn { weekday, week } => {
                let within = week.resolve(anchor)?;
                if !(1..=7).contains(weekday) {
                    return None;
                }
                if within.days() <= 7
                    && let Some(day) = next_weekday(within.earliest, *weekday)
                    && day <= within.latest
                {
                    return Some(When::day(day));
                }
                let monday = unit_around(within.earliest, Unit::Week)?;
                if !monday.contains(within.latest) {
                    return None;
                }
                next_weekday(monday.earliest, *weekday).map(When::day)
            }
            Form::Away { from, unit, count } => {
                let from = from.resolve(anchor)?;
                let (a, b) = (
                    moved(from.earliest, *unit, *count)?,
                    moved(from.latest, *unit, *count)?,
                );
                // "three days after May": any day so long after.
                if from.days() > unit_around(from.earliest, *unit)?.days() {
                    return Some(When::between(a, b));
                }
                Some(unit_around(a, *unit)?.hull(unit_around(b, *unit)?))
            }
            Form::PartOf {
                whole,
                unit,
                first,
                count,
            } => {
                let whole = whole.resolve(anchor)?;
                let start = if *first < 0 {
                    moved(whole.latest, Unit::Day, 1)?
                } else {
                    whole.earliest
                };
                let earliest = moved(start, *unit, *first)?;
                let end = moved(start, *unit, first.checked_add(*count)?)?;
                let latest = moved(end, Unit::Day, -1)?;
                (whole.contains(earliest) && earliest <= latest)
                    .then(|| When::between(earliest, latest.min(whole.latest)))
            }
            Form::Either(a, b) => {
                let both = (a.resolve(anchor)?, b.resolve(anchor)?);
                (both.0 == both.1).then_some(both.0)
            }
            Form::Between(from, to) => between(from, to, anchor),
            Form::Vague => None,
        }
    }

    /// Whether the words look back or ahead, as far as the form says.
    fn lean(&self) -> Lean {
        match self {
            Form::Calendar { lean, .. }
            | Form::Weekday { lean, .. }
            | Form::Stretch { lean, .. }
            | Form::MonthDay { lean, .. }
            | Form::Feast { lean, .. }
            | Form::Season { lean, .. } => *lean,
            Form::Dated { date, .. } | Form::Either(date, _) => date.lean(),
            _ => Lean::Unknown,
        }
    }
}

impl Anchor {
    /// From the report's day; else from every day of the one week in which it was written.
    fn near(&self, resolve: impl Fn(Date) -> Option<When>) -> Option<When> {
        match (self.day, self.written) {
            (Some(today), _) => resolve(today),
            (None, Some(written)) if written.days() <= 7 => {
                Some(resolve(written.earliest)?.hull(resolve(written.latest)?))
            }
            _ => None,
        }
    }

    /// From the report's day; else what all days give on which it can have been written; else what
    /// the whole week gives that its story tells of.
    fn agreed(&self, resolve: impl Fn(Date) -> Option<When>) -> Option<When> {
        if let Some(today) = self.day {
            return resolve(today);
        }
        self.written_agreed(&resolve).or_else(|| {
            let week = unit_around(self.week?, Unit::Week)?;
            both(week, resolve)
        })
    }

    fn written_agreed(&self, resolve: impl Fn(Date) -> Option<When>) -> Option<When> {
        both(self.written?, resolve)
    }
}

/// What both ends of a stretch give, if it is the same.
fn both(ends: When, resolve: impl Fn(Date) -> Option<When>) -> Option<When> {
    let first = resolve(ends.earliest)?;
    (resolve(ends.latest)? == first).then_some(first)
}

/// The year of a date that prints none: the latest not after `today` where the words look back, the
/// earliest not before it where they look ahead, else the nearest.
fn open_year(today: Date, lean: Lean, of_year: impl Fn(i16) -> Option<When>) -> Option<When> {
    // A leap day can be eight years away.
    let years = (-8..=8).filter_map(|n| of_year(year_away(today, n)?));
    // East of the writer it may be tomorrow already.
    let tomorrow = moved(today, Unit::Day, 1).unwrap_or(today);
    match lean {
        Lean::Past => years.filter(|w| w.earliest <= tomorrow).last(),
        Lean::Future => years.into_iter().find(|w| w.latest >= today),
        Lean::Unknown => years.min_by_key(|w| distance(*w, today)),
    }
}

/// Days between; 0 where it can mean that day.
fn distance(when: When, day: Date) -> i64 {
    days_from(when.latest, day)
        .max(days_from(day, when.earliest))
        .max(0)
}

/// The latest season that is over by `today`, or the first to begin after it; counted on from there.
fn season_away(today: Date, count: i32, of_year: impl Fn(i16) -> Option<When>) -> Option<When> {
    if count < 0 {
        let over = (-2..=1)
            .filter_map(|n| of_year(year_away(today, n)?))
            .rfind(|w| w.latest < today)?;
        of_year(year_away(over.earliest, count.checked_add(1)?)?)
    } else {
        let ahead = (-1..=2)
            .filter_map(|n| of_year(year_away(today, n)?))
            .find(|w| w.earliest > today)?;
        of_year(year_away(ahead.earliest, count.checked_sub(1)?)?)
    }
}

fn year_away(day: Date, count: i32) -> Option<i16> {
    i16::try_from(i32::from(day.year()).checked_add(count)?).ok()
}

/// A day that many units on from another; days past a month's end become its last.
fn moved(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let span = jiff::Span::new();
    let span = match unit {
        Unit::Workday => return workdays_from(day, count),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(count.checked_mul(3)?),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count.checked_mul(10)?),
        Unit::Century => span.try_years(count.checked_mul(100)?),
    };
    day.checked_add(span.ok()?).ok()
}

/// So many days from Monday to Friday on. A weekend's day counts as the Friday before it, or the Monday
/// after it where they are counted back.
fn workdays_from(day: Date, count: i32) -> Option<Date> {
    let monday = unit_around(day, Unit::Week)?.earliest;
    let at = i32::from(day.weekday().to_monday_zero_offset());
    let at = if count < 0 && at > 4 { 5 } else { at.min(4) };
    let to = at.checked_add(count)?;
    let days = to
        .div_euclid(5)
        .checked_mul(7)?
        .checked_add(to.rem_euclid(5))?;
    moved(monday, Unit::Day, days)
}

/// The first such weekday from a day on.
fn next_weekday(day: Date, weekday: i8) -> Option<Date> {
    let away = i32::from(weekday) - i32::from(day.weekday().to_monday_one_offset());
    moved(day, Unit::Day, away.rem_euclid(7))
}

/// A day of the month that lies so many months away.
fn day_of_month(today: Date, away: i32, day: i8) -> Option<Date> {
    let month = moved(today.first_of_month(), Unit::Month, away)?;
    Date::new(month.year(), month.month(), day).ok()
}

/// "Monday 13th": the nearest month, on the side that the words look to, whose day of that number has
/// that name.
fn day_on_weekday(today: Date, day: i8, weekday: i8, lean: Lean) -> Option<Date> {
    let fitting = (-11..=11)
        .filter_map(|away| day_of_month(today, away, day))
        .filter(|found| found.weekday().to_monday_one_offset() == weekday);
    let tomorrow = moved(today, Unit::Day, 1).unwrap_or(today);
    match lean {
        Lean::Past => fitting.rev().find(|found| *found <= tomorrow),
        Lean::Future => fitting.into_iter().find(|found| *found >= today),
        Lean::Unknown => fitting.min_by_key(|found| distance(When::day(*found), today)),
    }
}

/// The unit of the calendar that a day lies in.
fn unit_around(day: Date, unit: Unit) -> Option<When> {
    Some(match unit {
        Unit::Day | Unit::Workday => When::day(day),
        Unit::Week => {
            let before = i32::from(day.weekday().to_monday_zero_offset());
            let monday = moved(day, Unit::Day, -before)?;
            When::between(monday, moved(monday, Unit::Day, 6)?)
        }
        Unit::Month => When::between(day.first_of_month(), day.last_of_month()),
        Unit::Quarter => {
            let first = day.month() - (day.month() - 1) % 3;
            let last = Date::new(day.year(), first + 2, 1).ok()?;
            When::between(Date::new(day.year(), first, 1).ok()?, last.last_of_month())
        }
        Unit::Year => When::between(day.first_of_year(), day.last_of_year()),
        Unit::Decade | Unit::Century => {
            let size = if unit == Unit::Decade { 10 } else { 100 };
            let first = day.year() - day.year().rem_euclid(size);
            When::between(
                Date::new(first, 1, 1).ok()?,
                Date::new(first.checked_add(size - 1)?, 12, 31).ok()?,
            )
        }
    })
}

/// A day, month or part of a month of a year; `None` where that year has no such day.
fn month_or_day(year: i16, month: i8, day: Option<i8>, part: Option<Part>) -> Option<When> {
    if let Some(day) = day {
        return Date::new(year, month, day).ok().map(When::day);
    }
    let first = Date::new(year, month, 1).ok()?;
    let last = first.last_of_month();
    let on = |day: i8| Date::new(year, month, day).ok();
    Some(match part {
        None => When::between(first, last),
        // As wide as the words are used, so that they overlap.
        Some(Part::Early) => When::between(first, on(15)?),
        Some(Part::Mid) => When::between(on(10)?, on(20)?),
        Some(Part::Late) => When::between(on(16)?, last),
        Some(Part::FirstWeek) => When::between(first, on(7)?),
        Some(Part::LastWeek) => When::between(on(last.day() - 6)?, last),
    })
}

/// A northern season of a year; winter is that which begins in it.
fn months_of_season(year: i16, season: Season) -> Option<When> {
    let (from, to) = match season {
        Season::Spring => ((year, 3), (year, 5)),
        Season::Summer => ((year, 6), (year, 8)),
        Season::Autumn => ((year, 9), (year, 11)),
        Season::Winter => ((year, 12), (year.checked_add(1)?, 2)),
    };
    let to = Date::new(to.0, to.1, 1).ok()?;
    Some(When::between(
        Date::new(from.0, from.1, 1).ok()?,
        to.last_of_month(),
    ))
}

/// See `Form::Weekday`.
fn day_of_week(today: Date, weekday: i8, shift: i8, lean: Lean) -> Option<Date> {
    if !(1..=7).contains(&weekday) {
        return None;
    }
    // Days back to the latest such weekday: 0 to 6.
    let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    let away = match (shift, lean) {
        (..0, _) if back == 0 => -7,
        (..0, _) => -back,
        (0, _) if back == 0 => 0,
        (1.., _) | (0, Lean::Future) => 7 - back,
        // Six days ago is seldom meant; tomorrow is, where the day has begun already farther east.
        (0, _) if back == 6 => 1,
        (0, _) => -back,
    };
    moved(today, Unit::Day, away)
}

/// A date without a year, of a report that may have been written in any of several years: the year
/// in which it falls on its weekday, if only one does.
fn date_on_weekday(date: &Form, weekday: i8, written: When) -> Option<When> {
    let from = |today| {
        date.resolve(&Anchor {
            day: Some(today),
            ..Anchor::default()
        })
    };
    let (first, last) = (from(written.earliest)?, from(written.latest)?);
    let mut fitting = (first.earliest.year()..=last.earliest.year())
        .filter_map(|year| Date::new(year, first.earliest.month(), first.earliest.day()).ok())
        .filter(|day| day.weekday().to_monday_one_offset() == weekday);
    let only = fitting.next()?;
    fitting.next().is_none().then(|| When::day(only))
}

/// From one time to another. The nearer end is found from the report's day and the farther end from
/// the nearer, so that "from November to February" does not run backwards.
fn between(from: &Form, to: &Form, anchor: &Anchor) -> Option<When> {
    let seen_from = |day: Date| Anchor {
        day: Some(day),
        ..Anchor::default()
    };
    let (mut a, mut b) = (from.resolve(anchor)?, to.resolve(anchor)?);
    if a.earliest > b.latest {
        let before = || turned(from, Lean::Past).resolve(&seen_from(b.earliest));
        // "will meet between August and October", said in September: that which goes on, unless the
        // next begins sooner than that began.
        let goes_on = before().filter(|before| {
            let sooner = |today| distance(*before, today) <= distance(a, today);
            matches!(from, Form::Calendar { .. }) && anchor.day.is_some_and(sooner)
        });
        if to.lean() != Lean::Future {
            a = before()?;
        } else if let Some(before) = goes_on {
            a = before;
        } else {
            b = turned(to, Lean::Future).resolve(&seen_from(a.earliest))?;
        }
    }
    (a.earliest <= b.latest).then(|| When::between(a.earliest, b.latest))
}

/// The same form, leaning another way.
fn turned(form: &Form, to: Lean) -> Form {
    let mut form = form.clone();
    match &mut form {
        Form::Calendar { lean, .. }
        | Form::Weekday { lean, .. }
        | Form::Stretch { lean, .. }
        | Form::MonthDay { lean, .. }
        | Form::Feast { lean, .. }
        | Form::Season { lean, .. } => *lean = to,
        Form::Dated { date, .. } => **date = turned(date, to),
        Form::Either(a, b) => {
            **a = turned(a, to);
            **b = turned(b, to);
        }
        _ => {}
    }
    form
}
