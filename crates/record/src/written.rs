//! From which day each report speaks.
//!
//! Four words are heard, the most trusted first:
//!
//! 1. **the masthead**, where the publication time was given by the user or marked up in the page;
//! 2. **the text**: "Sunday, July 18" says in which years it can lie, and a bare "on Sunday" beside
//!    it that the report was written within the week;
//! 3. **the page**: a date printed on it without being marked as the publication time, which may as
//!    well be the day somebody looked at it. It counts where neither text nor story speaks
//!    against it;
//! 4. **the story**: the dated reports that share the most names with an undated one, if they agree
//!    on a time. What comes of it is wide, and narrowed only by the days that the report itself
//!    tells of.
//!
//! A report that none of them dates stays undated, and its open times unknown. The time at which
//! something was recorded is never asked.

use crate::entities::likeness;
use rapporteur_model::{
    Anchor, Date, Form, How, Lean, Published, Reading, Realis, ReportId, Time, When, YearHint,
};
use std::collections::{BTreeMap, BTreeSet};

/// How far an unmarked date on a page may lie after what the text says and still be its year.
const YEAR: i32 = 366;

/// A day printed without its year is not so long ago: past that, news writes "last July".
const OPEN_DAY_REACHES_BACK: i32 = 300;

/// A text with a dated weekday and bare ones was written within so many days from the dated one.
const WEEK: i32 = 6;

/// Bare weekdays are told within so many days of the dated one beside them.
const NEAR_DAYS: i64 = 3;

/// A record is a small sample of the news: names are weighed as if so many further reports without
/// them were there. Otherwise the main names of a small record would count for nothing.
const OTHER_REPORTS: f64 = 50.0;

/// Similarity (cosine of weighted names) from which a report is of the same story as another. Of
/// several hundred dated news reports, half of them masked, more than four in five lay within
/// [`NEAR_PAD`] days of the story so found, and many of the rest bore a wrong date themselves.
const NEAR: f64 = 0.2;
const NEAR_PAD: i32 = 14;

/// Similarity from which a report is of the same matter: of those, nine in ten lay within
/// [`FAR_PAD`] days.
const FAR: f64 = 0.1;
const FAR_PAD: i32 = 60;

/// Reports at least this share as similar as the most similar one have a say in when it was, and
/// none has where they lie further apart than [`STORY_DAYS`].
const HAVE_A_SAY: f64 = 0.5;
const STORY_DAYS: i32 = 28;

/// When a report was published and from which day its times are read.
type Spoken = (Published, Anchor);

/// When each report was published and from which day its times are read, by report.
pub(crate) fn from_which_days(readings: &[Reading]) -> BTreeMap<ReportId, Spoken> {
    let own_word: Vec<Option<Spoken>> = readings
        .iter()
        .map(|reading| by_masthead(reading).or_else(|| by_text(reading)))
        .collect();
    let stories = stories(readings, &own_word);
    let mut spoken = BTreeMap::new();
    for ((reading, own), story) in readings.iter().zip(own_word).zip(stories) {
        let found = own.or_else(|| by_page_or_story(reading, story));
        spoken.insert(reading.report.id().clone(), found.unwrap_or_default());
    }
    spoken
}

fn by_masthead(reading: &Reading) -> Option<Spoken> {
    let published = reading.report.masthead().published.clone();
    let when = published.when.filter(|_| published.how > How::Page)?;
    Some((published, speaking_on(when)))
}

/// A report that was written on one of these days.
fn speaking_on(written: When) -> Anchor {
    Anchor {
        written: Some(written),
        day: (written.earliest == written.latest).then_some(written.earliest),
        week: None,
    }
}

/// The date printed on the page.
fn page_date(reading: &Reading) -> Option<When> {
    let published = &reading.report.masthead().published;
    published.when.filter(|_| published.how == How::Page)
}

/// What a dated weekday and bare weekdays beside it tell.
fn by_text(reading: &Reading) -> Option<Spoken> {
    let page = page_date(reading);
    let bare = |time: &Time| match time.form {
        Form::Weekday {
            weekday,
            shift: 0,
            lean: Lean::Past | Lean::Unknown,
        } => (1..=7).contains(&weekday).then_some(weekday),
        _ => None,
    };
    let bare: BTreeSet<i8> = reading.times.iter().filter_map(bare).collect();
    let day = (reading.times.iter())
        .filter_map(|time| told_day(&time.form, page, &bare))
        .max()?;
    // How far from it the bare weekdays lie that are told of, the nearer way round.
    let away = bare.iter().map(|weekday| {
        let ahead = i64::from((weekday - day.weekday().to_monday_one_offset()).rem_euclid(7));
        if ahead > NEAR_DAYS { ahead - 7 } else { ahead }
    });
    let furthest = away.max()?.max(0);
    let speaks = moved(day, i32::try_from(furthest).ok()?)?;
    let written = When::between(speaks, moved(day, WEEK)?);

    if let Some(page) = page
        && page.earliest >= day
        && page.latest <= written.latest
    {
        return Some((
            reading.report.masthead().published.clone(),
            speaking_on(page),
        ));
    }
    let published = Published {
        when: Some(written),
        how: How::Text,
    };
    let anchor = Anchor {
        written: Some(written),
        day: Some(speaks),
        week: None,
    };
    Some((published, anchor))
}

/// The day that a dated weekday tells of, looking back; the year from the page's date where it is
/// not printed. Where it is, the day may be long past, as under an old photograph, unless the text
/// goes on to speak of that weekday without a date.
fn told_day(form: &Form, page: Option<When>, bare: &BTreeSet<i8>) -> Option<Date> {
    let Form::Dated { weekday, date } = form else {
        return None;
    };
    match **date {
        Form::Absolute(when) if when.earliest == when.latest => {
            bare.contains(weekday).then_some(when.earliest)
        }
        Form::Calendar {
            year: YearHint::Open,
            month,
            day: Some(day),
            lean: Lean::Past | Lean::Unknown,
            ..
        } => {
            let latest = moved(page?.latest, 1)?;
            let fits = |date: &Date| {
                *date <= latest
                    && date.weekday().to_monday_one_offset() == *weekday
                    && moved(*date, YEAR).is_some_and(|end| end >= latest)
            };
            (latest.year() - 1..=latest.year())
                .filter_map(|year| Date::new(year, month, day).ok())
                .rfind(fits)
        }
        _ => None,
    }
}

/// A page's date that nothing speaks against, else the story's days.
fn by_page_or_story(reading: &Reading, story: Option<Story>) -> Option<Spoken> {
    let page = page_date(reading);
    let Some(story) = story else {
        return Some((
            reading.report.masthead().published.clone(),
            speaking_on(page?),
        ));
    };
    if let Some(page) = page {
        let one_day = page.earliest == page.latest;
        let within = story.days.earliest <= page.latest && page.earliest <= story.days.latest;
        if within || (one_day && !story.near) {
            let published = reading.report.masthead().published.clone();
            return Some((published, speaking_on(page)));
        }
    }
    let mut days = story.days;
    if let Some(page) = page.filter(|page| page.latest >= days.earliest) {
        days.latest = days.latest.min(page.latest);
    }
    let written = narrowed(reading, days);
    let published = Published {
        when: Some(written),
        how: How::Story,
    };
    let anchor = Anchor {
        written: Some(written),
        day: None,
        week: story.day.filter(|day| story.near && written.contains(*day)),
    };
    Some((published, anchor))
}

/// The days among these on which the report can have been written, by the days that it tells of
/// itself: those that are at odds with the fewest of them, first to last.
fn narrowed(reading: &Reading, days: When) -> When {
    let mut fewest = usize::MAX;
    let mut kept: Option<When> = None;
    for day in days.earliest.series(jiff::Span::new().days(1)) {
        if day > days.latest {
            break;
        }
        let odds = at_odds(reading, day);
        if odds < fewest {
            (fewest, kept) = (odds, None);
        }
        if odds == fewest {
            kept = Some(kept.map_or(When::day(day), |k| When::between(k.earliest, day)));
        }
    }
    kept.unwrap_or(days)
}

/// How many days that the report tells of as past would be to come, or unlikely far back, or on
/// another weekday than printed, had it been written on `day`.
fn at_odds(reading: &Reading, day: Date) -> usize {
    let anchor = speaking_on(When::day(day));
    let told = |form: &Form| -> bool {
        let (date, weekday) = match form {
            Form::Dated { weekday, date } => (&**date, Some(*weekday)),
            other => (other, None),
        };
        let Form::Calendar {
            year: YearHint::Open,
            day: Some(_),
            lean: Lean::Past,
            ..
        } = date
        else {
            return true;
        };
        let Some(meant) = date.resolve(&anchor) else {
            return true;
        };
        let recent = moved(meant.earliest, OPEN_DAY_REACHES_BACK).is_none_or(|end| end >= day);
        recent && weekday.is_none_or(|w| w == meant.earliest.weekday().to_monday_one_offset())
    };
    let happened = reading.claims.iter().filter_map(|claim| {
        let what = claim.what();
        let actual = what.factuality.realis == Realis::Actual;
        what.when.as_ref().filter(|_| actual)
    });
    let come = |form: &Form| match form {
        Form::Absolute(when) => moved(day, 1).is_none_or(|tomorrow| when.earliest <= tomorrow),
        _ => true,
    };
    let told: BTreeSet<&Form> = (reading.times.iter().map(|t| &t.form))
        .filter(|form| !told(form))
        .collect();
    let to_come: BTreeSet<&Form> = happened.map(|t| &t.form).filter(|f| !come(f)).collect();
    told.len() + to_come.len()
}

/// When the story of an undated report was told by others.
struct Story {
    /// The days on which the report can have been written.
    days: When,
    /// The day most of them speak from.
    day: Option<Date>,
    /// Is it the same story, rather than the same matter?
    near: bool,
}

/// The story of each report that is not dated by its own word; `None` for the others, and where no
/// dated report is similar or those that are do not agree on a time.
fn stories(readings: &[Reading], own_word: &[Option<Spoken>]) -> Vec<Option<Story>> {
    let names: Vec<BTreeSet<String>> = readings.iter().map(distinctive_words).collect();
    let mut reports_with: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, names) in names.iter().enumerate() {
        for name in names {
            reports_with.entry(name).or_default().push(index);
        }
    }
    let weight = |reports: usize| ((readings.len() as f64 + OTHER_REPORTS) / reports as f64).ln();
    let mut lengths = vec![0.0; readings.len()];
    for reports in reports_with.values() {
        for &report in reports {
            lengths[report] += weight(reports.len()).powi(2);
        }
    }
    let undated = |index: usize| own_word[index].is_none();
    let story = |index: usize| -> Option<Story> {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for name in &names[index] {
            let reports = reports_with.get(name.as_str()).map_or(&[][..], |r| r);
            for &other in reports.iter().filter(|r| !undated(**r)) {
                *shared.entry(other).or_default() += weight(reports.len()).powi(2);
            }
        }
        let similar = shared.into_iter().filter_map(|(other, shared)| {
            let similarity = shared / (lengths[index] * lengths[other]).sqrt();
            let (published, anchor) = own_word[other].as_ref()?;
            Some((similarity, published.when?, anchor.day))
        });
        story_of(similar.collect())
    };
    (0..readings.len())
        .map(|index| undated(index).then(|| story(index)).flatten())
        .collect()
}

/// What dated reports (similarity, days of publication, day they speak from) say together.
fn story_of(similar: Vec<(f64, When, Option<Date>)>) -> Option<Story> {
    let best = similar.iter().map(|s| s.0).fold(0.0, f64::max);
    let with_a_say = |s: &&(f64, When, Option<Date>)| s.0 >= best * HAVE_A_SAY;
    let mut voices = similar.iter().filter(with_a_say);
    let first = voices.next().filter(|_| best >= FAR)?.1;
    let hull = voices.fold(first, |hull, (_, when, _)| hull.hull(*when));
    if moved(hull.earliest, STORY_DAYS)? < hull.latest {
        return None;
    }
    let mut days: BTreeMap<Date, f64> = BTreeMap::new();
    for (similarity, _, day) in similar.iter().filter(with_a_say) {
        if let Some(day) = day {
            *days.entry(*day).or_default() += similarity;
        }
    }
    let day = days.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
    let near = best >= NEAR;
    let pad = if near { NEAR_PAD } else { FAR_PAD };
    Some(Story {
        days: When::between(moved(hull.earliest, -pad)?, moved(hull.latest, pad)?),
        day: day.map(|(day, _)| day),
        near,
    })
}

/// What tells a report from others: its names, and the days of the year that it speaks of.
fn distinctive_words(reading: &Reading) -> BTreeSet<String> {
    let names = (reading.mentions.iter())
        .filter(|m| m.name.chars().any(char::is_uppercase))
        .map(|m| likeness(&m.name));
    let days = reading
        .times
        .iter()
        .filter_map(|time| day_of_year(&time.form));
    names.chain(days).collect()
}

fn day_of_year(form: &Form) -> Option<String> {
    match form {
        Form::Absolute(when) if when.earliest == when.latest => {
            Some(format!("{}-{}", when.earliest.month(), when.earliest.day()))
        }
        Form::Calendar {
            month,
            day: Some(day),
            ..
        } => Some(format!("{month}-{day}")),
        Form::Dated { date, .. } => day_of_year(date),
        _ => None,
    }
}

fn moved(day: Date, days: i32) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Sketch, absolute, date, month_day, report, weekday, with_published};
    use expect_test::{Expect, expect};
    use rapporteur_model::Kind;

    fn dated(weekday: i8, month: i8, day: i8, lean: Lean) -> Form {
        Form::Dated {
            weekday,
            date: Box::new(month_day(month, day, lean)),
        }
    }

    /// A page of no publisher with a date printed on it.
    fn page(day: &str, body: &str) -> Sketch {
        let published = Published {
            when: Some(When::day(date(day))),
            how: How::Page,
        };
        with_published("", published, body)
    }

    fn check(sketches: &[Sketch], expected: Expect) {
        let mut readings: Vec<Reading> = sketches.iter().map(|s| s.reading.clone()).collect();
        readings.sort_by(|a, b| a.report.id().cmp(b.report.id()));
        let spoken = from_which_days(&readings);
        readings.reverse();
        assert_eq!(spoken, from_which_days(&readings), "another order");
        let mut out = String::new();
        for sketch in sketches {
            let (published, anchor) = &spoken[&sketch.id()];
            let shown = |when: Option<When>| match when {
                None => "unknown".to_string(),
                Some(w) if w.earliest == w.latest => w.earliest.to_string(),
                Some(w) => format!("{}/{}", w.earliest, w.latest),
            };
            let how = format!("{:?}", published.how).to_lowercase();
            out += &format!("published {} ({how})", shown(published.when));
            out += &format!(", written {}", shown(anchor.written));
            out += &format!(", day {}", shown(anchor.day.map(When::day)));
            out += &format!(", week {}\n", shown(anchor.week.map(When::day)));
            for time in &sketch.reading.times {
                let meant = time.form.resolve(anchor);
                out += &format!("  {}: {}\n", time.expression, shown(meant));
            }
        }
        expected.assert_eq(&out);
    }

    fn named(sketch: Sketch, names: &str) -> Sketch {
        names
            .split(", ")
            .fold(sketch, |s, name| s.name(name, Kind::Organization))
    }

    #[test]
    fn a_given_day_is_the_day() {
        let a = report(
            "North Wire",
            "2031-03-05",
            "Talks opened on Monday, March 3.",
        )
        .at("Monday, March 3", dated(1, 3, 3, Lean::Past));
        check(
            &[a],
            expect![[r#"
            published 2031-03-05 (given), written 2031-03-05, day 2031-03-05, week unknown
              Monday, March 3: 2031-03-03
        "#]],
        );
    }

    #[test]
    fn nothing_is_known_of_a_report_alone() {
        let a = report("", "", "Talks opened on July 14, three days after Monday.")
            .at("July 14", month_day(7, 14, Lean::Past))
            .at("Monday", weekday(1, Lean::Past));
        check(
            &[a],
            expect![[r#"
            published unknown (unknown), written unknown, day unknown, week unknown
              July 14: unknown
              Monday: unknown
        "#]],
        );
    }

    #[test]
    fn a_page_date_counts_where_nothing_speaks_against_it() {
        let a = page("2031-03-05", "Talks opened on March 3.")
            .at("March 3", month_day(3, 3, Lean::Past));
        check(
            &[a],
            expect![[r#"
            published 2031-03-05 (page), written 2031-03-05, day 2031-03-05, week unknown
              March 3: 2031-03-03
        "#]],
        );
    }

    /// July 20, 2031 is a Sunday.
    #[test]
    fn the_text_says_more_than_the_page() {
        let text = "The envoy said, Sunday, July 20, that talks would go on. On Sunday evening they \
            ended. They meet again on Tuesday, July 29.";
        let told = |a: Sketch| {
            a.at("Sunday, July 20", dated(7, 7, 20, Lean::Past))
                .at("Sunday", weekday(7, Lean::Past))
                .at("Tuesday, July 29", dated(2, 7, 29, Lean::Future))
        };
        // Weeks after what the text tells, the page's date is that of a visit.
        check(
            &[told(page("2031-09-22", text))],
            expect![[r#"
            published 2031-07-20/2031-07-26 (text), written 2031-07-20/2031-07-26, day 2031-07-20, week unknown
              Sunday, July 20: 2031-07-20
              Sunday: 2031-07-20
              Tuesday, July 29: 2031-07-29
        "#]],
        );
        // Within the week, it is the report's.
        check(
            &[told(page("2031-07-21", text))],
            expect![[r#"
            published 2031-07-21 (page), written 2031-07-21, day 2031-07-21, week unknown
              Sunday, July 20: 2031-07-20
              Sunday: 2031-07-20
              Tuesday, July 29: 2031-07-29
        "#]],
        );
        // Without any date, the weekday alone leaves too many years.
        check(
            &[told(report("", "", text))],
            expect![[r#"
            published unknown (unknown), written unknown, day unknown, week unknown
              Sunday, July 20: unknown
              Sunday: unknown
              Tuesday, July 29: unknown
        "#]],
        );
    }

    #[test]
    fn bare_weekdays_tell_from_which_day_a_text_speaks() {
        let a = page(
            "2031-09-22",
            "Shelling began Sunday, July 20. It ended on Tuesday, witnesses said, \
            as on Saturday.",
        )
        .at("Sunday, July 20", dated(7, 7, 20, Lean::Past))
        .at("Tuesday", weekday(2, Lean::Past))
        .at("Saturday", weekday(6, Lean::Past));
        check(
            &[a],
            expect![[r#"
            published 2031-07-22/2031-07-26 (text), written 2031-07-22/2031-07-26, day 2031-07-22, week unknown
              Sunday, July 20: 2031-07-20
              Tuesday: 2031-07-22
              Saturday: 2031-07-19
        "#]],
        );
        // A dated weekday without any bare one may be told long afterwards.
        let b = page("2031-09-22", "Shelling began Sunday, July 20.")
            .at("Sunday, July 20", dated(7, 7, 20, Lean::Past));
        check(
            &[b],
            expect![[r#"
            published 2031-09-22 (page), written 2031-09-22, day 2031-09-22, week unknown
              Sunday, July 20: 2031-07-20
        "#]],
        );
    }

    /// A caption under an old photograph.
    #[test]
    fn a_date_with_its_year_counts_where_its_weekday_is_told_of_again() {
        let old = |day| Form::Dated {
            weekday: 3,
            date: Box::new(absolute(day)),
        };
        let text = "On Friday the dam broke. File photo, Wednesday, Feb. 14, 2029.";
        let a = report("", "", text)
            .at("Friday", weekday(5, Lean::Past))
            .at("Wednesday, Feb. 14, 2029", old("2029-02-14"));
        let text = "The dam broke Wednesday, Feb. 12, 2031. On Wednesday night it rained.";
        let b = report("", "", text)
            .at("Wednesday, Feb. 12, 2031", old("2031-02-12"))
            .at("Wednesday", weekday(3, Lean::Past));
        check(
            &[a, b],
            expect![[r#"
            published unknown (unknown), written unknown, day unknown, week unknown
              Friday: unknown
              Wednesday, Feb. 14, 2029: 2029-02-14
            published 2031-02-12/2031-02-18 (text), written 2031-02-12/2031-02-18, day 2031-02-12, week unknown
              Wednesday, Feb. 12, 2031: 2031-02-12
              Wednesday: 2031-02-12
        "#]],
        );
    }

    #[test]
    fn an_undated_report_takes_its_storys_time() {
        let names = "Velka, Orsolo, Lenn, Marran, Ada Brisk";
        let a = report(
            "North Wire",
            "2031-07-20",
            "Velka Orsolo Lenn Marran Ada Brisk",
        );
        let a = named(a, names);
        let text = "Velka Orsolo Lenn Marran Ada Brisk, on Friday, taken on July 18, three days ago, \
            early this year, to end by August 31 this year, since September of last year";
        let year = |offset, month, day| Form::Calendar {
            year: YearHint::Offset(offset),
            month,
            day,
            part: None,
            lean: Lean::Unknown,
        };
        let days_ago = Form::Offset {
            unit: rapporteur_model::Unit::Day,
            count: -3,
        };
        let b = named(report("", "", text), names)
            .at("Friday", weekday(5, Lean::Past))
            .at("July 18", month_day(7, 18, Lean::Past))
            .at("three days ago", days_ago)
            .at("August 31 this year", year(0, 8, Some(31)))
            .at("September of last year", year(-1, 9, None));
        check(
            &[a.clone(), b],
            expect![[r#"
            published 2031-07-20 (given), written 2031-07-20, day 2031-07-20, week unknown
            published 2031-07-17/2031-08-03 (story), written 2031-07-17/2031-08-03, day unknown, week 2031-07-20
              Friday: 2031-07-18
              July 18: 2031-07-18
              three days ago: unknown
              August 31 this year: 2031-08-31
              September of last year: 2030-09-01/2030-09-30
        "#]],
        );
        // Another matter.
        let c = named(
            report("", "", "Pell Rook Sarn, on Friday"),
            "Pell, Rook, Sarn",
        )
        .at("Friday", weekday(5, Lean::Past));
        check(
            &[a, c],
            expect![[r#"
            published 2031-07-20 (given), written 2031-07-20, day 2031-07-20, week unknown
            published unknown (unknown), written unknown, day unknown, week unknown
              Friday: unknown
        "#]],
        );
    }

    #[test]
    fn a_matter_told_of_over_months_dates_nothing() {
        let names = "Velka, Orsolo, Lenn, Marran";
        let text = "Velka Orsolo Lenn Marran";
        let a = named(report("North Wire", "2031-03-20", text), names);
        let b = named(report("North Wire", "2031-07-20", text), names);
        let c = named(report("", "", "Velka Orsolo Lenn Marran on July 14"), names)
            .at("July 14", month_day(7, 14, Lean::Past));
        check(
            &[a, b, c],
            expect![[r#"
            published 2031-03-20 (given), written 2031-03-20, day 2031-03-20, week unknown
            published 2031-07-20 (given), written 2031-07-20, day 2031-07-20, week unknown
            published unknown (unknown), written unknown, day unknown, week unknown
              July 14: unknown
        "#]],
        );
    }

    #[test]
    fn a_page_date_far_from_the_story_is_an_upper_bound_only() {
        let names = "Velka, Orsolo, Lenn, Marran";
        let a = named(
            report("North Wire", "2031-07-20", "Velka Orsolo Lenn Marran"),
            names,
        );
        let b = named(
            page("2034-11-02", "Velka Orsolo Lenn Marran, July 14"),
            names,
        )
        .at("July 14", month_day(7, 14, Lean::Past));
        let c = named(
            page("2031-07-22", "Velka Orsolo Lenn Marran, on July 14"),
            names,
        )
        .at("July 14", month_day(7, 14, Lean::Past));
        check(
            &[a, b, c],
            expect![[r#"
            published 2031-07-20 (given), written 2031-07-20, day 2031-07-20, week unknown
            published 2031-07-13/2031-08-03 (story), written 2031-07-13/2031-08-03, day unknown, week 2031-07-20
              July 14: 2031-07-14
            published 2031-07-22 (page), written 2031-07-22, day 2031-07-22, week unknown
              July 14: 2031-07-14
        "#]],
        );
    }

    #[test]
    fn what_happened_bounds_when_it_was_written() {
        let names = "Velka, Orsolo, Lenn, Marran";
        let a = named(
            report("North Wire", "2031-07-20", "Velka Orsolo Lenn Marran"),
            names,
        );
        let text = "Velka Orsolo Lenn Marran. The army took Velka on July 25, 2031.";
        let b = named(report("", "", text), names).claim(
            "The army took Velka on July 25, 2031",
            |r, what| {
                what.when = Some(r.time("July 25, 2031", absolute("2031-07-25")));
            },
        );
        check(
            &[a, b],
            expect![[r#"
                published 2031-07-20 (given), written 2031-07-20, day 2031-07-20, week unknown
                published 2031-07-24/2031-08-03 (story), written 2031-07-24/2031-08-03, day unknown, week unknown
                  July 25, 2031: 2031-07-25
            "#]],
        );
    }

    #[test]
    fn one_reading_at_odds_does_not_undo_the_others() {
        let names = "Velka, Orsolo, Lenn, Marran";
        let a = named(
            report("North Wire", "2031-07-20", "Velka Orsolo Lenn Marran"),
            names,
        );
        // "May 2" misread as a coming day and "December 24" as a past one.
        let text = "Velka Orsolo Lenn Marran. July 21, July 22, December 24";
        let b = named(report("", "", text), names)
            .at("July 21", month_day(7, 21, Lean::Past))
            .at("July 22", month_day(7, 22, Lean::Past))
            .at("December 24", month_day(12, 24, Lean::Past));
        check(
            &[a, b],
            expect![[r#"
                published 2031-07-20 (given), written 2031-07-20, day 2031-07-20, week unknown
                published 2031-07-21/2031-08-03 (story), written 2031-07-21/2031-08-03, day unknown, week unknown
                  July 21: 2031-07-21
                  July 22: 2031-07-22
                  December 24: 2030-12-24
            "#]],
        );
    }

    proptest::proptest! {
        /// No date, however far out, makes it panic.
        #[test]
        fn no_day_is_too_far_out(year in -9999i16..=9999, month in 0i8..14, day in -1i8..40, weekday in -9i8..9) {
            let Ok(published) = Date::new(year, 12, 31) else { return Ok(()) };
            let when = Some(When::day(published));
            let names = "Velka, Orsolo";
            for how in [How::Page, How::Given] {
                let a = with_published("", Published { when, how }, "Velka Orsolo a b c");
                let b = report("", "", "Velka Orsolo a b");
                let told = |s: Sketch| named(s, names)
                    .at("a", dated(weekday, month, day, Lean::Past))
                    .at("b", crate::testing::weekday(weekday, Lean::Past));
                let readings = [told(a).reading, told(b).reading];
                from_which_days(&readings);
            }
        }
    }
}
