//! When: what was said of a time, and the days it can mean.

use crate::Span;
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
    Year,
    Decade,
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
    /// "on Friday" (0), "last Friday" (-1), "next Friday" (1).
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
    /// the next three days" (Day, 3). `None`: "in recent weeks".
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
    pub fn resolve(&self, anchor: &Anchor) -> Option<When> {
        let _ = anchor;
        match self {
            Form::Absolute(when) => Some(*when),
            _ => None,
        }
    }
}
