use super::*;
use jiff::civil::date;

fn on(year: i16, month: i8, day: i8) -> Anchor {
    let day = date(year, month, day);
    Anchor {
        written: Some(When::day(day)),
        day: Some(day),
        week: None,
    }
}

fn written(from: Date, to: Date) -> Anchor {
    Anchor {
        written: Some(When::between(from, to)),
        ..Anchor::default()
    }
}

fn calendar(month: i8, day: Option<i8>, lean: Lean) -> Form {
    Form::Calendar {
        year: YearHint::Open,
        month,
        day,
        part: None,
        lean,
    }
}

fn weekday(weekday: i8, shift: i8, lean: Lean) -> Form {
    Form::Weekday {
        weekday,
        shift,
        lean,
    }
}

fn offset(unit: Unit, count: i32) -> Form {
    Form::Offset { unit, count }
}

#[track_caller]
fn check(form: Form, anchor: &Anchor, wanted: &str) {
    let got = form.resolve(anchor).map_or("-".to_string(), When::iso);
    assert_eq!(got, wanted, "{form:?} from {anchor:?}");
}

#[test]
fn open_dates_take_the_year_that_the_words_lean_to() {
    let spring = on(2031, 3, 9);
    check(calendar(7, Some(14), Lean::Past), &spring, "2030-07-14");
    check(calendar(7, Some(14), Lean::Future), &spring, "2031-07-14");
    check(calendar(7, Some(14), Lean::Unknown), &spring, "2031-07-14");
    check(calendar(10, Some(14), Lean::Unknown), &spring, "2030-10-14");
    check(calendar(3, None, Lean::Past), &spring, "2031-03");
    check(calendar(3, None, Lean::Future), &spring, "2031-03");
    check(calendar(2, None, Lean::Future), &spring, "2032-02");
    // The date line: reported in the evening of the 9th, west of where it happened.
    check(calendar(3, Some(10), Lean::Past), &spring, "2031-03-10");
    check(calendar(2, Some(29), Lean::Past), &spring, "2028-02-29");
    check(calendar(2, Some(30), Lean::Past), &spring, "-");
    check(calendar(13, None, Lean::Past), &spring, "-");
}

#[test]
fn open_dates_of_a_report_without_a_day_need_all_days_to_agree() {
    let summer = written(date(2031, 6, 1), date(2031, 8, 31));
    check(calendar(5, Some(3), Lean::Past), &summer, "2031-05-03");
    check(calendar(7, Some(3), Lean::Past), &summer, "-");
    check(offset(Unit::Year, -1), &summer, "2030");
    check(offset(Unit::Month, -1), &summer, "-");
    check(offset(Unit::Day, -1), &summer, "-");
    check(weekday(5, 0, Lean::Past), &summer, "-");
    check(calendar(5, Some(3), Lean::Past), &Anchor::default(), "-");
    let week = Anchor {
        week: Some(date(2031, 7, 16)),
        ..summer
    };
    check(weekday(1, 0, Lean::Past), &week, "2031-07-14");
    check(calendar(7, Some(3), Lean::Past), &week, "2031-07-03");
    check(offset(Unit::Day, -1), &week, "-");
}

#[test]
fn parts_of_months() {
    for (part, wanted) in [
        (Part::Early, "2031-02-01/2031-02-15"),
        (Part::Mid, "2031-02-10/2031-02-20"),
        (Part::Late, "2031-02-16/2031-02-28"),
        (Part::FirstWeek, "2031-02-01/2031-02-07"),
        (Part::LastWeek, "2031-02-22/2031-02-28"),
    ] {
        let form = Form::Calendar {
            year: YearHint::Offset(0),
            month: 2,
            day: None,
            part: Some(part),
            lean: Lean::Unknown,
        };
        check(form, &on(2031, 7, 1), wanted);
    }
}

#[test]
fn weekdays() {
    // A Wednesday.
    let day = on(2031, 7, 16);
    check(weekday(3, 0, Lean::Past), &day, "2031-07-16");
    check(weekday(3, 0, Lean::Future), &day, "2031-07-16");
    check(weekday(4, 0, Lean::Past), &day, "2031-07-17");
    check(weekday(4, -1, Lean::Past), &day, "2031-07-10");
    check(weekday(3, -1, Lean::Past), &day, "2031-07-09");
    check(weekday(3, 1, Lean::Unknown), &day, "2031-07-23");
    check(weekday(5, 0, Lean::Unknown), &day, "2031-07-11");
    check(weekday(5, 0, Lean::Future), &day, "2031-07-18");
    check(weekday(5, 1, Lean::Future), &day, "2031-07-18");
    check(weekday(1, -1, Lean::Past), &day, "2031-07-14");
    check(weekday(8, 0, Lean::Past), &day, "-");
    check(
        weekday(1, 0, Lean::Past),
        &Anchor { day: None, ..day },
        "2031-07-14",
    );
}

#[test]
fn offsets_and_stretches() {
    let day = on(2031, 7, 16);
    check(offset(Unit::Day, -3), &day, "2031-07-13");
    check(offset(Unit::Week, 1), &day, "2031-07-21/2031-07-27");
    check(offset(Unit::Month, -2), &day, "2031-05");
    check(offset(Unit::Year, 0), &day, "2031");
    check(offset(Unit::Decade, -1), &day, "2020-01-01/2029-12-31");
    check(offset(Unit::Year, i32::MAX), &day, "-");
    check(offset(Unit::Decade, i32::MIN), &day, "-");
    let stretch = |unit, count, lean| Form::Stretch { unit, count, lean };
    let past = stretch(Unit::Month, Some(-2), Lean::Past);
    check(past.clone(), &day, "2031-05-16/2031-07-16");
    check(
        stretch(Unit::Week, None, Lean::Past),
        &day,
        "2031-04-23/2031-07-16",
    );
    check(stretch(Unit::Week, None, Lean::Unknown), &day, "-");
    let two = written(date(2031, 7, 16), date(2031, 7, 18));
    check(offset(Unit::Day, -1), &two, "2031-07-15/2031-07-17");
    check(past, &two, "2031-05-16/2031-07-18");
}

#[test]
fn working_days_and_weekdays_of_weeks() {
    // Friday, 18 July 2031, and the Saturday after it.
    for (day, count, wanted) in [
        (18, 1, "2031-07-21"),
        (18, 5, "2031-07-25"),
        (18, -4, "2031-07-14"),
        (18, -5, "2031-07-11"),
        (19, 1, "2031-07-21"),
        (19, -1, "2031-07-18"),
    ] {
        check(offset(Unit::Workday, count), &on(2031, 7, day), wanted);
    }
    check(offset(Unit::Workday, i32::MAX), &on(2031, 7, 18), "-");
    let of_week = |weekday, week| Form::WeekdayIn {
        weekday,
        week: Box::new(week),
    };
    let first_days = Form::PartOf {
        whole: Box::new(calendar(5, None, Lean::Past)),
        unit: Unit::Week,
        first: 0,
        count: 1,
    };
    let july = on(2031, 7, 18);
    // The first Tuesday of May; Tuesday of last week; no such day.
    check(of_week(2, first_days), &july, "2031-05-06");
    check(of_week(2, offset(Unit::Week, -1)), &july, "2031-07-08");
    check(of_week(9, offset(Unit::Week, -1)), &july, "-");
    check(of_week(2, offset(Unit::Month, 0)), &july, "-");
}

#[test]
fn one_of_two_dates() {
    let either = Form::Either(
        Box::new(calendar(5, Some(12), Lean::Past)),
        Box::new(calendar(12, Some(5), Lean::Past)),
    );
    let dated = |weekday| Form::Dated {
        weekday,
        date: Box::new(either.clone()),
    };
    let july = on(2031, 7, 18);
    check(either.clone(), &july, "-");
    // 12 May 2031 was a Monday, 5 December 2030 a Thursday.
    check(dated(1), &july, "2031-05-12");
    check(dated(4), &july, "2030-12-05");
    check(dated(2), &july, "-");
    let same = calendar(5, Some(5), Lean::Past);
    let same = Form::Either(Box::new(same.clone()), Box::new(same));
    check(same, &july, "2031-05-05");
}

#[test]
fn a_numbered_day_with_its_weekday() {
    let form = |lean| {
        let (day, month) = (13, None);
        let date = Box::new(Form::MonthDay { day, month, lean });
        Form::Dated { weekday: 7, date }
    };
    let july = on(2031, 7, 18);
    check(form(Lean::Past), &july, "2031-07-13");
    check(form(Lean::Future), &july, "2032-06-13");
}

#[test]
fn seasons() {
    let season = |season, year, lean| Form::Season { season, year, lean };
    let last = YearHint::Offset(-1);
    let july = on(2031, 7, 16);
    check(
        season(Season::Summer, last, Lean::Past),
        &july,
        "2030-06-01/2030-08-31",
    );
    check(
        season(Season::Spring, last, Lean::Past),
        &july,
        "2031-03-01/2031-05-31",
    );
    check(
        season(Season::Winter, last, Lean::Past),
        &july,
        "2030-12-01/2031-02-28",
    );
    let this = YearHint::Offset(0);
    check(
        season(Season::Winter, this, Lean::Past),
        &on(2031, 1, 16),
        "2030-12-01/2031-02-28",
    );
    check(
        season(Season::Summer, YearHint::Open, Lean::Past),
        &july,
        "2031-06-01/2031-08-31",
    );
    check(
        season(Season::Spring, YearHint::Offset(1), Lean::Future),
        &july,
        "2032-03-01/2032-05-31",
    );
}

#[test]
fn from_one_to_another_never_runs_backwards() {
    let range = |a, b| Form::Between(Box::new(a), Box::new(b));
    let day = on(2031, 1, 16);
    let (november, february) = (11, 2);
    for (lean, wanted) in [
        (Lean::Past, "2029-11-01/2030-02-28"),
        // It goes on in January.
        (Lean::Future, "2030-11-01/2031-02-28"),
    ] {
        let form = range(
            calendar(november, None, lean),
            calendar(february, None, lean),
        );
        check(form, &day, wanted);
    }
    let form = range(
        calendar(november, None, Lean::Future),
        calendar(10, None, Lean::Future),
    );
    check(form, &on(2031, 10, 16), "2031-11-01/2032-10-31");
    let weekdays = range(weekday(1, 0, Lean::Past), weekday(3, 0, Lean::Past));
    check(weekdays, &on(2031, 7, 14), "2031-07-07/2031-07-09");
    check(range(Form::Vague, calendar(1, None, Lean::Past)), &day, "-");
}

#[test]
fn a_weekday_beside_a_date_chooses_the_year() {
    let form = Form::Dated {
        weekday: 7,
        date: Box::new(calendar(7, Some(20), Lean::Past)),
    };
    check(form.clone(), &on(2031, 8, 1), "2031-07-20");
    let wide = written(date(2028, 8, 1), date(2033, 8, 1));
    check(form, &wide, "2031-07-20");
}

#[test]
fn shortest_words_for_a_stretch() {
    let between = |a, b| When::between(a, b).iso();
    assert_eq!(between(date(2031, 1, 1), date(2031, 12, 31)), "2031");
    assert_eq!(between(date(2031, 2, 1), date(2031, 2, 28)), "2031-02");
    assert_eq!(When::day(date(2031, 2, 1)).iso(), "2031-02-01");
    assert_eq!(
        between(date(1996, 1, 1), date(2001, 12, 31)),
        "1996-01-01/2001-12-31"
    );
    assert_eq!(When::between(date(2031, 2, 1), date(2031, 3, 1)).days(), 29);
}
