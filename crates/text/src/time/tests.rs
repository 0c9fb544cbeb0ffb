use expect_test::{Expect, expect};
use proptest::prelude::*;
use rapporteur_model::{Anchor, Masthead, Report, When};

/// A line an expression: its words and the days that it means, said on Wednesday, 16 July 2031.
fn print(text: &str) -> String {
    let report = Report::new(Masthead::default(), text.into(), vec![]);
    let today = jiff::civil::date(2031, 7, 16);
    let anchor = Anchor {
        written: Some(When::day(today)),
        day: Some(today),
        week: None,
    };
    let document = crate::parse(&report);
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
            early May: 2031-05-01/2031-05-10
            mid-June: 2031-06-11/2031-06-20
            the last week of June: 2031-06-24/2031-06-30
            late last year: 2030-09-01/2030-12-31
            early 2029: 2029-01-01/2029-04-30
            the second half of 2030: 2030-07-01/2030-12-31
            between 1996 and 2001: 1996-01-01/2001-12-31
            the late 1990s: 1996-01-01/1999-12-31
            2015: 2015
            2016: 2016
            the end of August: 2031-08-21/2031-08-31
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
            July 20: 2031-07-20
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
                    "18th", "now", "04-Aug-2020",
            ]),
            0..30,
        )
    ) {
        print(&words.join(" "));
    }
}
