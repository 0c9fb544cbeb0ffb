use expect_test::{Expect, expect};
use proptest::prelude::*;
use rapporteur_model::{Anchor, Masthead, Report, When};

/// A line an expression: its words and the days that it means, said on Wednesday, 16 July 2031.
fn print(text: &str) -> String {
    printed(&Report::new(Masthead::default(), text.into(), vec![]))
}

fn printed(report: &Report) -> String {
    let today = jiff::civil::date(2031, 7, 16);
    let anchor = Anchor {
        written: Some(When::day(today)),
        day: Some(today),
        week: None,
    };
    let document = crate::parse(report);
    // Whatever speaks of time is read without fail as well.
    super::times(&document);
    document
        .times
        .iter()
        .map(|time| {
            let when = time.form.resolve(&anchor).map_or("?".into(), When::iso);
            format!("{}: {when}\n", time.expression)
        })
        .collect()
}

#[track_caller]
fn check(texts: &[&str], wanted: Expect) {
    let printed: String = texts.iter().map(|text| print(text)).collect();
    wanted.assert_eq(&printed);
}

#[test]
fn dates() {
    check(
        &[
            "Velka fell on July 14.",
            "It fell on 14 July, 2030, and was retaken on 3rd of May 2031.",
            "The pact of Sept. 11, 2001 was renewed in September 2020.",
            "On Sunday, July 13, and on Thursday (July 10), guns fired.",
            "Filed 2031-07-14, 14/07/2031, 07/14/2031 and 05/06/2031.",
            "Envoys met in May and in a January vote.",
            "They met in September of last year and by August 31 this year.",
            "It lasted from 3 to 9 May, July 14-16 and July 3 to August 9, 2030.",
            "The war of July-August 2030 went on.",
        ],
        expect![[r#"
            July 14: 2031-07-14
            14 July, 2030: 2030-07-14
            3rd of May 2031: 2031-05-03
            Sept. 11, 2001: 2001-09-11
            September 2020: 2020-09
            Sunday, July 13: 2031-07-13
            Thursday (July 10): 2031-07-10
            2031-07-14: 2031-07-14
            14/07/2031: 2031-07-14
            07/14/2031: 2031-07-14
            05/06/2031: ?
            May: 2031-05
            January: 2031-01
            September of last year: 2030-09
            August 31 this year: 2031-08-31
            from 3 to 9 May: 2031-05-03/2031-05-09
            July 14-16: 2031-07-14/2031-07-16
            July 3 to August 9, 2030: 2030-07-03/2030-08-09
            July-August 2030: 2030-07-01/2030-08-31
        "#]],
    );
}

#[test]
fn parts_and_years() {
    check(
        &[
            "Launched in early May, it slowed in mid-June and the last week of June.",
            "It began late last year, in early 2029 and the second half of 2030.",
            "He ruled between 1996 and 2001, and in the late 1990s.",
            "The 2015 agreement was signed in 2016.",
            "By the end of August they will leave.",
            "Last summer and in the spring of 2030 it rained.",
        ],
        expect![[r#"
            early May: 2031-05-01/2031-05-15
            mid-June: 2031-06-10/2031-06-20
            the last week of June: 2031-06-24/2031-06-30
            late last year: 2030-07-01/2030-12-31
            early 2029: 2029-01-01/2029-06-30
            the second half of 2030: 2030-07-01/2030-12-31
            between 1996 and 2001: 1996-01-01/2001-12-31
            the late 1990s: 1995-01-01/1999-12-31
            2015: 2015
            2016: 2016
            the end of August: 2031-08-16/2031-08-31
            Last summer: 2030-06-01/2030-08-31
            the spring of 2030: 2030-03-01/2030-05-31
        "#]],
    );
}

#[test]
fn from_the_reports_day() {
    check(
        &[
            "He said on Friday that they will meet on Friday and next Wednesday.",
            "On Sunday evening, yesterday and today, shells fell.",
            "It fell three days ago, a week after the vote.",
            "They met last week, will meet next week and again this month.",
            "In the past two months, in recent weeks and over the next three days.",
            "The talks will resume in two weeks.",
            "Over the weekend, guns fell silent, as they did last weekend.",
            "Friday's raid came earlier this month, in the last 24 hours.",
            "They met on Monday in the week ahead and the day before yesterday.",
        ],
        expect![[r#"
            Friday: 2031-07-11
            Friday: 2031-07-18
            next Wednesday: 2031-07-23
            Sunday: 2031-07-13
            yesterday: 2031-07-15
            today: 2031-07-16
            three days ago: 2031-07-13
            a week after: ?
            last week: 2031-07-07/2031-07-13
            next week: 2031-07-21/2031-07-27
            this month: 2031-07
            the past two months: 2031-05-16/2031-07-16
            recent weeks: 2031-04-23/2031-07-16
            the next three days: 2031-07-16/2031-07-19
            in two weeks: 2031-07-28/2031-08-03
            the weekend: 2031-07-12/2031-07-13
            last weekend: 2031-07-12/2031-07-13
            Friday: 2031-07-11
            earlier this month: 2031-07
            the last 24 hours: 2031-07-15/2031-07-16
            Monday in the week ahead: 2031-07-21
            the day before yesterday: 2031-07-14
        "#]],
    );
}

#[test]
fn the_verb_tells_the_year() {
    check(
        &[
            "The truce will end in September.",
            "The truce ended in September.",
            "They agreed to leave by September 11.",
            "Talks have gone on since August.",
            "The envoy said the truce would end on August 31.",
            "In August, the army took Velka.",
            "He vowed to return in August.",
            "Talks were due to resume on Friday.",
            "PORT LENN, July 14 (North Wire) - The council will meet.",
            "He left in 2019. In September of that year he came back.",
        ],
        expect![[r#"
            September: 2031-09
            September: 2030-09
            September 11: 2031-09-11
            August: 2030-08
            August 31: 2031-08-31
            August: 2030-08
            August: 2031-08
            Friday: 2031-07-18
            July 14: 2031-07-14
            2019: 2019
            September of that year: 2019-09
        "#]],
    );
}

#[test]
fn a_story_told_of_a_year() {
    check(
        &[
            "In 2011 the army marched out. In March it took Velka and in May it lost it.",
            "The talks began in September 2030. Velka fell on July 14.",
            "But the 2005 pact split the land. In January, it voted.",
        ],
        expect![[r#"
            2011: 2011
            March: 2011-03
            May: 2011-05
            September 2030: 2030-09
            July 14: 2031-07-14
            2005: 2005
            January: 2031-01
        "#]],
    );
}

#[test]
fn no_times() {
    check(
        &[
            "May we march to Port August? He may march on.",
            "General April Moss and June Carter may fall in the second spring.",
            "For nearly 20 years a 30-year-old held 2000 acres, at 12:00.",
            "Agenda 2030 and Resolution 1701 were read in the Sunday Times.",
            "Sun and sat are words.",
            "It would be the first time in 48 years.",
        ],
        expect![[""]],
    );
}

#[test]
fn counted_from_another_time() {
    check(
        &[
            "They met two days after Friday, the day after tomorrow and three weeks from tomorrow.",
            "It fell 5 days before 3 May 2030, in the week of April 10, 2030.",
            "They meet on Tuesday of next week and next week on Friday.",
            "It rained in the first two months of 2030 and the last 3 weeks of this year.",
            "Prices rose in the last quarter, in Q1 of 2030 and over the past two quarters.",
            "They will leave on the 18th and return on the 15th day of next month.",
            "It rose from 2029 to date.",
            "They halt fire for three days from July 20.",
        ],
        expect![[r#"
            two days after Friday: 2031-07-13
            the day after tomorrow: 2031-07-18
            three weeks from tomorrow: 2031-08-04/2031-08-10
            5 days before 3 May 2030: 2030-04-28
            the week of April 10, 2030: 2030-04-08/2030-04-14
            Tuesday of next week: 2031-07-22
            next week on Friday: 2031-07-25
            the first two months of 2030: 2030-01-01/2030-02-28
            the last 3 weeks of this year: 2031-12-11/2031-12-31
            the last quarter: 2031-04-01/2031-06-30
            Q1 of 2030: 2030-01-01/2030-03-31
            the past two quarters: 2031-01-01/2031-06-30
            the 18th: 2031-07-18
            the 15th day of next month: 2031-08-15
            from 2029 to date: 2029-01-01/2031-07-16
            for three days from July 20: 2031-07-20/2031-07-22
        "#]],
    );
}

/// Where every report has an address, which says the order of day and month.
fn print_from(url: &str, text: &str) -> String {
    let masthead = Masthead {
        url: Some(url.into()),
        ..Masthead::default()
    };
    printed(&Report::new(masthead, text.into(), vec![]))
}

#[test]
fn dates_in_numbers() {
    check(
        &[
            "Filed on 22/04, 23/Sep/2030, 2030/aug/01, Dec31, 1994 and 2030-Q1.",
            "It ran from 22/10/2029-7/11/2029 and July 14-Aug. 3, 2030.",
            "Nobody can tell 5/6/2030, nor when it fell on 5/12.",
            "They met on 5/6/2030 and on 7/28/2030.",
            "They met on 5/6/2030 and on 28/7/2030.",
            "It lasted from 5/1 to 5/7, 2030.",
            "It was on Monday 5/12 and on 14 May 2031 (Wednesday).",
            "It was on 22/04/98 and, they say, on February 30 or 2/29/2030.",
            "The vote was 4/5, and the score 3-2.",
        ],
        expect![[r#"
            22/04: 2030-04-22
            23/Sep/2030: 2030-09-23
            2030/aug/01: 2030-08-01
            Dec31, 1994: 1994-12-31
            2030-Q1: 2030-01-01/2030-03-31
            22/10/2029-7/11/2029: 2029-10-22/2029-11-07
            July 14-Aug. 3, 2030: 2030-07-14/2030-08-03
            5/6/2030: ?
            5/12: ?
            5/6/2030: 2030-05-06
            7/28/2030: 2030-07-28
            5/6/2030: 2030-06-05
            28/7/2030: 2030-07-28
            from 5/1 to 5/7, 2030: 2030-05-01/2030-05-07
            Monday 5/12: 2031-05-12
            14 May 2031 (Wednesday): 2031-05-14
            22/04/98: 1998-04-22
            February 30: ?
            2/29/2030: ?
        "#]],
    );
    let text = "It fell on 5/12.";
    expect!["5/12: 2031-05-12\n"].assert_eq(&print_from("https://echo.example.us/a", text));
    expect!["5/12: 2030-12-05\n"].assert_eq(&print_from("https://echo.co.nz/a", text));
    expect!["5/12: ?\n"].assert_eq(&print_from("https://echo.example.com/a", text));
}

#[test]
fn years_in_words_and_eras() {
    check(
        &[
            "He was born in nineteen eighty-six, on 5 May '98 or in April of 87.",
            "It ends in two thousand and forty, and in twenty thirty-five, by two thousand people.",
            "It fell in AD 247, in 300 CE and in the year 812; nobody saw the ad 30 times.",
            "A mid-19th-century fort, a nineteenth-century wall and the mid-nineties.",
            "In 2014, 2015 and 2016 it stood; in 2018 or later it fell, as in 2017 June.",
            "In the fiscal year 2029 and this fiscal year it earned nothing.",
        ],
        expect![[r#"
            nineteen eighty-six: 1986
            5 May '98: 1998-05-05
            April of 87: 1987-04
            two thousand and forty: 2040
            twenty thirty-five: 2035
            AD 247: 0247
            300 CE: 0300
            812: 0812
            mid-19th-century: 1800-01-01/1899-12-31
            nineteenth-century: 1800-01-01/1899-12-31
            mid-nineties: 1993-01-01/1996-12-31
            2014: 2014
            2015: 2015
            2016: 2016
            2018: 2018
            2017 June: 2017-06
            the fiscal year 2029: ?
            this fiscal year: ?
        "#]],
    );
}

#[test]
fn units_by_number() {
    check(
        &[
            "They met on the first Friday of July 2030, the last Monday in May and the 2nd Tuesday of next month.",
            "It is due in the 3rd week of March 2030, the last weekend of May 2030 and week 12 of 2030.",
            "On the last day of the month, the thirty-first day of the month and the first ten days of May 2030.",
            "The second half of 2030, third-quarter 2030, the 4th quarter of 2030 and by year-end.",
            "In the week commencing 3 May 2030, the week ending 12 May 2030 and the weekend of 4 May 2030.",
            "By end-May, by end 2030 and at the end of next week.",
        ],
        expect![[r#"
            the first Friday of July 2030: 2030-07-05
            the last Monday in May: 2031-05-26
            the 2nd Tuesday of next month: 2031-08-12
            the 3rd week of March 2030: 2030-03-15/2030-03-21
            the last weekend of May 2030: 2030-05-25/2030-05-26
            week 12 of 2030: 2030-03-18/2030-03-24
            the last day of the month: 2031-07-31
            thirty-first day of the month: 2031-07-31
            the first ten days of May 2030: 2030-05-01/2030-05-10
            The second half of 2030: 2030-07-01/2030-12-31
            third-quarter 2030: 2030-07-01/2030-09-30
            the 4th quarter of 2030: 2030-10-01/2030-12-31
            year-end: 2031-09-01/2031-12-31
            the week commencing 3 May 2030: 2030-04-29/2030-05-05
            the week ending 12 May 2030: 2030-05-06/2030-05-12
            the weekend of 4 May 2030: 2030-05-04/2030-05-05
            end-May: 2032-05-16/2032-05-31
            end 2030: 2030-09-01/2030-12-31
            the end of next week: 2031-07-21/2031-07-27
        "#]],
    );
}

#[test]
fn counted_by_class() {
    check(
        &[
            "He left two Sundays ago and will return three Fridays from now.",
            "He will return in 3 working days, in a fortnight's time and the next business day.",
            "He left a fortnight ago, two quarters ago, and 2 years and 3 months ago.",
            "He will return on Monday two weeks from now, a week from Tuesday and in three days on Saturday.",
            "They halt fire for 72 hours from Saturday and for two weeks starting on 3 May 2032.",
            "It will run for the rest of the week, this working week and the year to date.",
            "They met the week before last, and will meet the week after next and the weekend after next.",
            "They met the Monday after Easter and on the Friday before Christmas.",
            "The previous week it rained. It snowed the previous month.",
            "Will he be back in two days?",
            "They meet from Monday to Wednesday next week, not from May 5 to 6 a.m.",
            "They met on May 12, 13 and 14 and from the ninth till the seventeenth of April.",
            "They met on Friday the 13th, or on Sun 13th.",
            "They met a couple of weeks ago, half a century ago and on Monday morning last week.",
            "They will meet in about two weeks and between the 3rd and the 9th of next month.",
            "They met on a Sunday in May and the Sunday before last. It took just three hours.",
        ],
        expect![[r#"
            two Sundays ago: 2031-07-06
            three Fridays from now: 2031-08-01
            in 3 working days: 2031-07-21
            in a fortnight's time: 2031-07-28/2031-08-03
            the next business day: 2031-07-17
            a fortnight ago: 2031-06-30/2031-07-06
            two quarters ago: 2031-01-01/2031-03-31
            2 years and 3 months ago: 2029-04
            Monday two weeks from now: 2031-07-28
            a week from Tuesday: 2031-07-28/2031-08-03
            in three days on Saturday: 2031-07-19
            for 72 hours from Saturday: 2031-07-12/2031-07-14
            for two weeks starting on 3 May 2032: 2032-05-03/2032-05-16
            the rest of the week: 2031-07-16/2031-07-20
            this working week: 2031-07-14/2031-07-18
            the year to date: 2031-01-01/2031-07-16
            the week before last: 2031-06-30/2031-07-06
            the week after next: 2031-07-28/2031-08-03
            the weekend after next: 2031-08-02/2031-08-03
            Monday after Easter: 2031-04-14
            Friday before Christmas: 2030-12-20
            The previous week: 2031-07-07/2031-07-13
            the previous month: ?
            in two days: 2031-07-18
            from Monday to Wednesday next week: 2031-07-21/2031-07-23
            May 5: 2031-05-05
            May 12, 13 and 14: 2031-05-12/2031-05-14
            from the ninth till the seventeenth of April: 2031-04-09/2031-04-17
            Friday the 13th: 2031-06-13
            Sun 13th: 2031-07-13
            a couple of weeks ago: 2031-06-25/2031-07-16
            half a century ago: 1981
            Monday morning last week: 2031-07-07
            in about two weeks: 2031-07-28/2031-08-03
            between the 3rd and the 9th of next month: 2031-08-03/2031-08-09
            May: 2031-05
            Sunday before last: 2031-07-06
        "#]],
    );
}

#[test]
fn feasts_of_many_calendars() {
    check(
        &[
            "It ran from New Year's Day to Valentine's Day, and on mother's day 2030.",
            "Passover 2030, Yom Kippur 2030, Orthodox Easter 2030 and Whit Monday 2030.",
            "A new year began, and the new year of 2030.",
        ],
        expect![[r#"
            from New Year's Day to Valentine's Day: 2031-01-01/2031-02-14
            mother's day 2030: 2030-05-12
            Passover 2030: 2030-04-17/2030-04-25
            Yom Kippur 2030: 2030-10-06/2030-10-07
            Orthodox Easter 2030: 2030-04-28
            Whit Monday 2030: 2030-06-10
            2030: 2030
        "#]],
    );
}

#[test]
fn eras_seasons_and_other_calendars() {
    check(
        &[
            "Built in 264 BC, it fell in the war of 240-238 B.C. and in the 4th century BC.",
            "In the 19th century and in the nineties it was rebuilt, in early summer of 1943 too.",
            "A truce for Eid al-Adha 2021 and for Christmas 2030 held; Easter 2030 saw none.",
            "It was signed on 24 Asad 1400 and on 14 Ramadan 1442, near the end of Ramadan.",
            "Filed on 05-Aug-2016, in Dec-2018 and on 20160714, not Mizan 12.",
        ],
        expect![[r#"
            264 BC: -000263
            240-238 B.C.: -000239-01-01/-000237-12-31
            the 4th century BC: -000399-01-01/-000300-12-31
            the 19th century: 1800-01-01/1899-12-31
            the nineties: 1990-01-01/1999-12-31
            early summer of 1943: 1943-06-01/1943-08-31
            Eid al-Adha 2021: 2021-07-19/2021-07-24
            Christmas 2030: 2030-12-25
            Easter 2030: 2030-04-21
            24 Asad 1400: 2021-08-15
            14 Ramadan 1442: 2021-04-25/2021-04-27
            Ramadan: 2030-01-05/2031-01-25
            05-Aug-2016: 2016-08-05
            Dec-2018: 2018-12
            20160714: 2016-07-14
        "#]],
    );
}

#[test]
fn a_history_counts_from_what_it_told() {
    let told = "In 1840 the lords of Velka rose. By March 1841 they held the valley, and in May they \
        took Orlen. Two months later the crown came back. On 3 September 1841 it stormed the \
        bridge; the next day the town fell. Later that year the lords fled. In February the crown \
        gave them land, by the end of the year all were home. In the winter of 1843 and in June \
        1844 there was talk of war. By 1850 nobody remembered, and in 1861 they were one.";
    check(
        &[told],
        expect![[r#"
            1840: 1840
            March 1841: 1841-03
            May: 1841-05
            Two months later: 1841-07
            3 September 1841: 1841-09-03
            the next day: 1841-09-04
            that year: 1841
            February: 1842-02
            the end of the year: 1842-09-01/1842-12-31
            the winter of 1843: 1843-12-01/1844-02-29
            June 1844: 1844-06
            1850: 1850
            1861: 1861
        "#]],
    );
}

#[test]
fn counts_with_halves_bounds_and_ranges() {
    check(
        &[
            "It fell a year and a half ago, one and a half years ago and 2 years, 3 months and 4 days ago.",
            "It fell in the past year and a half, the last hundred years and a quarter of a century ago.",
            "It will fall in two to three weeks; it fell 2-3 years ago, a month or two ago and a year or so ago.",
            "It rained over the past two or three months.",
            "It fell less than a week ago, more than a week ago, and less than three days after May 3.",
            "It will fall two months hence. It fell 2 days back, and two days back at sea.",
        ],
        expect![[r#"
            a year and a half ago: 2030-01
            one and a half years ago: 2030-01
            2 years, 3 months and 4 days ago: 2029-04
            the past year and a half: 2030-01-16/2031-07-16
            the last hundred years: 1931-07-16/2031-07-16
            a quarter of a century ago: 2006
            in two to three weeks: 2031-07-28/2031-08-10
            2-3 years ago: 2028-01-01/2029-12-31
            a month or two ago: 2031-05-01/2031-06-30
            a year or so ago: 2030
            the past two or three months: 2031-04-16/2031-07-16
            a week ago: 2031-07-09/2031-07-16
            a week ago: ?
            three days after May 3: 2031-05-03/2031-05-06
            two months hence: 2031-09
            2 days back: 2031-07-14
        "#]],
    );
}

#[test]
fn weekdays_and_days_beside_weeks_and_years() {
    check(
        &[
            "It will open a week tomorrow, a fortnight on Friday and Monday week.",
            "It fell a week ago yesterday, and two years ago today.",
            "It will open on Monday, the week after next, and on the Tuesday after the first Monday in November.",
            "It fell on Monday and Tuesday of last week.",
            "It fell last year on April 20, two years ago in May and last month on the 3rd.",
            "It fell the night before last, on the eve of May 5, two weekends ago and three summers ago.",
            "It will last from tomorrow for three days. They left the 19th. They will leave the 19th.",
            "It fell on the first of this month; it will open from 4 to 23 next month.",
            "It fell every April, and on 19th.",
        ],
        expect![[r#"
            a week tomorrow: 2031-07-24
            a fortnight on Friday: 2031-08-01
            Monday week: 2031-07-28
            a week ago yesterday: 2031-07-08
            two years ago today: 2029
            Monday, the week after next: 2031-07-28
            Tuesday after the first Monday in November: 2031-11-04
            Monday: 2031-07-07
            Tuesday of last week: 2031-07-08
            last year on April 20: 2030-04-20
            two years ago in May: 2029-05
            last month on the 3rd: 2031-06-03
            the night before last: 2031-07-14
            the eve of May 5: 2031-05-04
            two weekends ago: 2031-07-05/2031-07-06
            three summers ago: 2028-06-01/2028-08-31
            tomorrow for three days: 2031-07-17/2031-07-19
            the 19th: 2031-07-19
            the first of this month: 2031-07-01
            from 4 to 23 next month: 2031-08-04/2031-08-23
            April: ?
            19th: 2031-06-19
        "#]],
    );
}

#[test]
fn parts_of_longer_times() {
    check(
        &[
            "It fell in the first half of last month, the latter half of the year and the final week of April.",
            "It fell on the last day of April, in the second half of the 20th century and at the end of the 1990s.",
            "It fell in Q1-Q3 2030, in Q1 to Q3 2030, in the first and second quarters of 2029 and in last year's Q4.",
            "It fell in 2030 in the second quarter; it will open by EOY, and CY 2029 is over.",
            "It fell in the winter of 2029-30, late in the year, and in FY 2029.",
            "It fell on Labor Day weekend, the weekend of Easter and Thanksgiving 2030 weekend.",
            "The Chinese New Year was cold.",
        ],
        expect![[r#"
            the first half of last month: 2031-06-01/2031-06-15
            the latter half of the year: 2031-07-01/2031-12-31
            the final week of April: 2031-04-24/2031-04-30
            the last day of April: 2031-04-30
            the second half of the 20th century: 1950-01-01/1999-12-31
            the end of the 1990s: 1996-01-01/1999-12-31
            Q1-Q3 2030: 2030-01-01/2030-09-30
            Q1 to Q3 2030: 2030-01-01/2030-09-30
            the first and second quarters of 2029: 2029-01-01/2029-06-30
            last year's Q4: 2030-10-01/2030-12-31
            2030 in the second quarter: 2030-04-01/2030-06-30
            EOY: 2031-09-01/2031-12-31
            CY 2029: 2029
            the winter of 2029-30: 2029-12-01/2030-02-28
            late in the year: 2031-07-01/2031-12-31
            FY 2029: ?
            Labor Day weekend: 2030-08-31/2030-09-02
            the weekend of Easter: 2031-04-12/2031-04-13
            Thanksgiving 2030 weekend: 2030-11-28/2030-12-01
        "#]],
    );
}

#[test]
fn decades_and_centuries_in_words() {
    check(
        &[
            "It fell in the nineteen sixties, the twenty-tens, the two thousands, the '90s and the 80's.",
            "It fell in the 1960s and 70s, the 19th and 20th centuries and from the 15th to the 17th century.",
            "It fell in the 1920s and 30s and the '40s; he is in his mid-50s.",
            "It fell between 490 and 480 BC, in the first century AD, in the years 2019 and 2020.",
        ],
        expect![[r#"
            the nineteen sixties: 1960-01-01/1969-12-31
            twenty-tens: 2010-01-01/2019-12-31
            the two thousands: 2000-01-01/2009-12-31
            the '90s: 1990-01-01/1999-12-31
            the 80's: 1980-01-01/1989-12-31
            the 1960s: 1960-01-01/1969-12-31
            70s: 1970-01-01/1979-12-31
            the 19th: 1800-01-01/1899-12-31
            20th centuries: 1900-01-01/1999-12-31
            from the 15th to the 17th century: 1400-01-01/1699-12-31
            the 1920s: 1920-01-01/1929-12-31
            30s: 1930-01-01/1939-12-31
            the '40s: 1940-01-01/1949-12-31
            between 490 and 480 BC: -000489-01-01/-000479-12-31
            the first century AD: 0000-01-01/0099-12-31
            2019: 2019
            2020: 2020
        "#]],
    );
}

#[test]
fn what_is_said_once_of_two() {
    check(
        &[
            "It fell in May and June 2030, on 3rd May and 8th June 2029, and on 18/19 April 2030.",
            "It fell on Saturday, May 4 and Sunday, May 5, 2030.",
            "It fell Nov 18 2024-Dec 19 2025 and on 10/1/2028 - 10/17/2028.",
            "It will go on between May and September, and from September to June.",
        ],
        expect![[r#"
            May: 2030-05
            June 2030: 2030-06
            3rd May: 2029-05-03
            8th June 2029: 2029-06-08
            18/19 April 2030: 2030-04-18/2030-04-19
            Saturday, May 4: 2030-05-04
            Sunday, May 5, 2030: 2030-05-05
            Nov 18 2024-Dec 19 2025: 2024-11-18/2025-12-19
            10/1/2028 - 10/17/2028: 2028-10-01/2028-10-17
            between May and September: 2031-05-01/2031-09-30
            from September to June: 2031-09-01/2032-06-30
        "#]],
    );
}

#[test]
fn small_letters_and_short_forms() {
    check(
        &[
            "it fell in the first week of may, on may the third, on 19-25 may and last tues.",
            "it may rain on the 3rd and may not, may 20 men march on.",
            "It fell on 19May2029, on 19.05.29 and on 2029 5 19; he paid 19.05.29 to none.",
            "It fell from jan to mar 2029.",
        ],
        expect![[r#"
            the first week of may: 2031-05-01/2031-05-07
            may the third: 2031-05-03
            19-25 may: 2032-05-19/2032-05-25
            last tues.: 2031-07-15
            the 3rd: 2031-08-03
            19May2029: 2029-05-19
            19.05.29: 2029-05-19
            2029 5 19: 2029-05-19
            from jan to mar 2029: 2029-01-01/2029-03-31
        "#]],
    );
}

/// The same of whatever speaks of time, without days.
#[test]
fn passing_words() {
    let report = Report::new(
        Masthead::default(),
        "The former mayor, now 61 years old, waited for almost two months. At that time, some 19 \
         days after the ten-day truce, shells fell at 5:30 a.m. and every day."
            .into(),
        vec![],
    );
    let document = crate::parse(&report);
    let printed: String = (super::times(&document).iter())
        .map(|time| format!("{}\n", time.expression))
        .collect();
    expect![[r#"
        former
        now
        61 years old
        almost two months
        that time
        some 19 days after
        ten-day
        5:30 a.m.
        every day
    "#]]
    .assert_eq(&printed);
}

proptest! {
    #[test]
    fn reads_anything(text in "(\\PC|\n){0,120}") {
        print(&text);
    }

    #[test]
    fn reads_anything_made_of_times(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "July", "May", "14", "30", "31", "2021", "9999", "February", "Friday", "last",
                "next", "this", "the", "of", "week", "year", "decade", "early", "mid-June",
                "3-9", "to", "from", "between", "and", "-", ",", "1990s", "summer", "winter",
                "ago", "three", "9999", "years", "past", "in", "weekend", "first", "half",
                "quarter", "end", "today", "later", "will", "was", ".", "(", ")", "BC", "after",
                    "264", "Christmas", "Ramadan", "1442", "century", "that", "same", "Q1", "~",
                    "18th", "now", "04-Aug-2020", "5/12", "/", "10/1/2030-10/7/2030", "'", "98",
                    "rest", "fortnight", "business", "days", "Sundays", "weekend", "w", "c", "AD",
                    "thirty-first", "14-Aug", "twenty", "thousand", "before", "quarter",
                    "eve", "hence", "EOY", "FY", "nineteen", "sixties", "2-3", "or", "less", "than", "Q1-Q3",
                    "2029-30", "19May", "5", "19", "every", "night", "few", "latter", "final", "ago",
            ]),
            0..30,
        )
    ) {
        print(&words.join(" "));
    }
}
