use expect_test::{Expect, expect};
use proptest::prelude::*;
use rapporteur_model::{Masthead, Of, Report};

fn read(text: &str) -> Vec<rapporteur_model::Figure> {
    let report = Report::new(Masthead::default(), text.into(), vec![]);
    crate::parse(&report).figures
}

/// A line a figure: its words; sign and bounds; unit, whole, fate and time where they are known.
fn print(text: &str) -> String {
    let report = Report::new(Masthead::default(), text.into(), vec![]);
    let document = crate::parse(&report);
    let mut lines = String::new();
    for f in &document.figures {
        let bound = |b: Option<f64>| b.map_or("?".to_string(), |b| b.to_string());
        lines += &format!(
            "{}: {} {}..{}",
            document.slice(f.span),
            f.comparator.sign(),
            bound(f.low),
            bound(f.high)
        );
        if let Some(unit) = &f.unit {
            lines += &format!(" {unit}");
        }
        match &f.of {
            Some(Of::Number(of)) => lines += &format!(" of {of}"),
            Some(Of::Words(of)) => lines += &format!(" of {of:?}"),
            None => {}
        }
        if let Some(fate) = &f.fate {
            lines += &format!(" [{fate}]");
        }
        if let Some(time) = &f.as_of {
            lines += &format!(" as of {}", time.expression);
        }
        lines += "\n";
    }
    lines
}

#[track_caller]
fn check(texts: &[&str], wanted: Expect) {
    let printed: String = texts.iter().map(|text| print(text)).collect();
    wanted.assert_eq(&printed);
}

#[test]
fn numbers_of_names_and_what_a_toll_rose_to() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&print(text));
    check("They met beside the Group of 20 summit.", expect![[""]]);
    check(
        "The death toll from the bombing of a convoy near the town of Velka rose to at least six.",
        expect![[r#"
            at least six: >= 6..6 person [kill]
        "#]],
    );
    check(
        "The war has claimed more than 20,000 lives.",
        expect![[r#"
            more than 20,000 lives: > 20000..20000 life [kill]
        "#]],
    );
    check(
        "The raid left two Orlish soldiers and three guards dead.",
        expect![[r#"
            two Orlish soldiers: = 2..2 Orlish soldier [kill]
            three guards: = 3..3 guard [kill]
        "#]],
    );
    check(
        "The bank had a loss of around $3 billion.",
        expect![[r#"
            around $3 billion: ~ 3000000000..3000000000 dollar
        "#]],
    );
}

#[test]
fn bounds() {
    check(
        &[
            "The army holds more than 30 towns.",
            "At least twelve villages were burnt.",
            "As many as 300 families left, up to 40 of them by boat.",
            "Nearly 5,000 Lennish prisoners are held.",
            "Some 2 million people live there, roughly half of the country.",
            "Fewer than 20 trucks arrived; no more than 10 were full.",
            "Between 10 and 12 shells fell, 20 to 30 houses burnt.",
            "The aid is worth $2 to 3 million, or about €2.5bn in all.",
            "Dozens of towns and tens of thousands of people were cut off.",
            "Talks about two prisoners failed.",
            "Each side handed over 21 prisoners.",
            "Twelve lorries or more crossed.",
        ],
        expect![[r#"
            more than 30 towns: > 30..30 town
            At least twelve villages: >= 12..12 village
            As many as 300 families: <= 300..300 family
            up to 40: <= 40..40
            Nearly 5,000 Lennish prisoners: ~< 5000..5000 Lennish prisoner
            Some 2 million people: ~ 2000000..2000000 person
            roughly half of the country: ~ 50..50 % of the country of "the country"
            Fewer than 20 trucks: < 20..20 truck
            no more than 10: <= 10..10
            Between 10 and 12 shells: = 10..12 shell
            20 to 30 houses: = 20..30 house
            $2 to 3 million: = 2000000..3000000 dollar
            about €2.5bn: ~ 2500000000..2500000000 euro
            Dozens of towns: ~ 24..? town
            tens of thousands of people: = 10000..100000 person
            two prisoners: = 2..2 prisoner
            21 prisoners: = 21..21 prisoner
            Twelve lorries or more: >= 12..12 lorry
        "#]],
    );
}

#[test]
fn units() {
    check(
        &[
            "They asked for 7,000 of their prisoners.",
            "The rebels hold more than 160 of 407 districts.",
            "The rebels hold more than 50% of the country and a third of Velka's ports.",
            "A three-month truce and a 24-hour pause, 70 km north of Velka.",
            "A crater about two metres (6.6 feet) wide.",
            "Teams of 3 foreign and 4 local doctors treated 20 citizen journalists.",
            "The fighting has lasted six decades and cost £120m.",
            "Two of the bombs fell 5km away, the other two bombs in the lake.",
            "One soldier stood guard over 9 out of 10 gates.",
            "More than 30,000 Velkan have fled.",
        ],
        expect![[r#"
            7,000 of their prisoners: = 7000..7000 prisoner
            more than 160 of 407 districts: > 160..160 district of 407
            more than 50% of the country: > 50..50 % of the country of "the country"
            a third of Velka's ports: = 33.3..33.3 % of Velka's ports of "Velka's ports"
            three-month: = 3..3 month
            24-hour: = 24..24 hour
            70 km: = 70..70 km
            about two metres: ~ 2..2 metre
            6.6 feet: ~ 6.6..6.6 foot
            3 foreign: = 3..3 foreign doctor
            4 local doctors: = 4..4 local doctor
            20 citizen journalists: = 20..20 citizen journalist
            six decades: = 6..6 decade
            £120m: = 120000000..120000000 pound
            Two of the bombs: = 2..2 bomb
            5km: = 5..5 km
            two bombs: = 2..2 bomb
            One soldier: = 1..1 soldier
            over 9 out of 10 gates: > 9..9 gate of 10
            More than 30,000 Velkan: > 30000..30000 Velkan [flee]
        "#]],
    );
}

#[test]
fn fates() {
    check(
        &[
            "12 people were killed and 20 were wounded.",
            "The raid killed seven, he said.",
            "The raid left three people dead and two villages burnt, killing 96 armed fighters.",
            "Five dead and 20 wounded were carried out.",
            "The six miners who died had families.",
            "At least 40 people, including four children, were injured.",
            "The death toll rose to 31.",
            "They agreed on the release of 100 detainees.",
            "There were no casualties, and no agreement.",
            "There were no dead or wounded, and no dead weight.",
            "The army arrested 12 men and three women in Velka and two in Port Lenn.",
            "The firm had losses of 3 million dollars.",
            "As of Friday, 300 sailors were missing.",
        ],
        expect![[r#"
            12 people: = 12..12 person [kill]
            20: = 20..20 wounded [wound]
            seven: = 7..7 person [kill]
            three people: = 3..3 person [kill]
            two villages: = 2..2 village
            96 armed fighters: = 96..96 armed fighter [kill]
            Five dead: = 5..5 dead [kill]
            20 wounded: = 20..20 wounded [wound]
            six miners: = 6..6 miner [kill]
            At least 40 people: >= 40..40 person [wound]
            four children: = 4..4 child [wound]
            31: = 31..31 person [kill]
            100 detainees: = 100..100 detainee [release]
            no casualties: = 0..0 casualty
            no dead: = 0..0 dead [kill]
            12 men: = 12..12 man [arrest]
            three women: = 3..3 woman [arrest]
            two: = 2..2 woman [arrest]
            3 million dollars: = 3000000..3000000 dollar
            300 sailors: = 300..300 sailor [miss] as of Friday
        "#]],
    );
}

#[test]
fn numbers_that_are_no_figures() {
    check(
        &[
            "On 14 July 2031 at 3 p.m. the council adopted Resolution 12.",
            "Ada Brisk, 45, and a 30-year-old baker spoke at 12:00.",
            "One of them told no one about the three-way call.",
            "In 2030 the second of the two-state plans failed.",
            "The 2030 review and Unit 7 came to nothing.",
        ],
        expect![[""]],
    );
}

#[test]
fn money_in_letters_rates_and_changes() {
    let text = "Crude rose 19 cents to $58.24 per barrel. Velka paid RM23.50 and US$5 million. \
                It fell by nearly 5% to $US55,931 a month, from $7 billion a year ago. \
                Lorries crept along at 80km/h. Shares were down 2%, coal by 3%. It rose to 5 km. \
                It added ten users and 15 cents. It fell by 3 miles (5 km).";
    let report = Report::new(Masthead::default(), text.into(), vec![]);
    let document = crate::parse(&report);
    let printed: String = (document.figures.iter().zip(super::changes(&document)))
        .map(|(f, change)| {
            let unit = f.unit.as_deref().unwrap_or("-");
            let change = change.map_or("", super::Change::name);
            format!("{} {unit} {change}\n", f.low.unwrap_or_default())
        })
        .collect();
    expect![[r#"
        19 cent up
        58.24 dollar per barrel 
        23.5 ringgit 
        5000000 dollar 
        5 % down
        55931 dollar per month 
        7000000000 dollar 
        80 km/h 
        2 % down
        3 % down
        5 km 
        10 user 
        15 cent 
        3 mile down
        5 km down
    "#]]
    .assert_eq(&printed);
}

#[test]
fn money_and_measures_by_class() {
    check(
        &[
            "The fund paid USD 500 million, Rs 20,000 crore, NIS 9 billion, C$5 million and US $3 million.",
            "It was minus 5 degrees Celsius, about minus 40 Fahrenheit and minus-5 miles.",
            "At least two metres (6.6 feet) of snow fell on under 40 kW (54 hp / 55 PS).",
            "Three- and four-storey houses, four-, five- and six-room flats.",
            "A 1.8 billion-mile trip, a 52,000 barrel-a-day plant and a 43 percent-owned firm.",
            "A sub-7 degree day, hundreds of miles away, with tens of thousands of people.",
            "A shop of 1520 sq m sold ~25 – 40kg and over than 30 cakes for barely $6.",
            "Two new 737 jets landed, and one count of theft stood.",
            "A 50 year-old man was killed in the past two weeks.",
            "Between 2 and 3 pm the shops at 16-18 Mill Road and 9 E 71st St were shut.",
        ],
        expect![[r#"
            USD 500 million: = 500000000..500000000 dollar
            Rs 20,000 crore: = 200000000000..200000000000 rupee
            NIS 9 billion: = 9000000000..9000000000 shekel
            C$5 million: = 5000000..5000000 canadian dollar
            US $3 million: = 3000000..3000000 dollar
            minus 5 degrees Celsius: = -5..-5 degree Celsius
            about minus 40 Fahrenheit: ~ -40..-40 Fahrenheit
            minus-5 miles: = -5..-5 mile
            At least two metres: >= 2..2 metre
            6.6 feet: >= 6.6..6.6 foot
            under 40 kW: < 40..40 kw
            54 hp: < 54..54 hp
            55 PS: < 55..55 ps
            Three-: = 3..3 storey
            four-: = 4..4 room
            five-: = 5..5 room
            six-room: = 6..6 room
            1.8 billion-mile: = 1800000000..1800000000 mile
            52,000 barrel-a-day: = 52000..52000 barrel-a-day
            43 percent-owned: = 43..43 %
            sub-7 degree: < 7..7 degree
            hundreds of miles: = 100..1000 mile
            tens of thousands of people: = 10000..100000 person
            1520 sq m: = 1520..1520 sq m
            ~25 – 40kg: ~ 25..40 kg
            over than 30 cakes: > 30..30 cake
            barely $6: ~ 6..6 dollar
            Two new 737 jets: = 2..2 new 737 jet
            one count: = 1..1 count
            50 year-old: = 50..50 year-old
            two weeks: = 2..2 week
        "#]],
    );
}

#[test]
fn ranges_and_changes() {
    check(
        &[
            "From 30 to 40 people were killed.",
            "Fares ranged from $2 to $5 million.",
            "The death toll rose from 30 to 45.",
            "Output fell from 21 tons to 19, and speed went from 240 to 273.",
            "It rose by $3 billion to $4 billion, and by 1 to 2 degrees C.",
            "Shares closed at 3.65, and fell 1.2p to 350p.",
        ],
        expect![[r#"
            30 to 40 people: = 30..40 person [kill]
            $2 to $5 million: = 2000000..5000000 dollar
            30: = 30..30
            45: = 45..45 person [kill]
            21 tons: = 21..21 ton
            19: = 19..19 ton
            240: = 240..240
            273: = 273..273
            $3 billion: = 3000000000..3000000000 dollar
            $4 billion: = 4000000000..4000000000 dollar
            1 to 2 degrees C.: = 1..2 degree C
            3.65: = 3.65..3.65
            1.2p: = 1.2..1.2 p
            350p: = 350..350 p
        "#]],
    );
}

#[test]
fn shares_in_words() {
    check(
        &[
            "One in three Lenns, one out of four women and four in ten men had no work.",
            "Nearly three in five said so, and one in every 20 houses burnt.",
            "Output fell by a third; more than half were women and a quarter were children.",
            "The lake is 2½ miles long, 1/2 mile wide and 5 1/2 fathoms deep, and lost 3/4 of its water.",
            "A quarter of a million people fled.",
            "He killed one in 2031, two in 2032 and won one in three days.",
            "Two men fled and a third was killed; the second half was quiet.",
            "There is a one in 10,000 chance, and it took 11-and-a-half hours.",
        ],
        expect![[r#"
            One in three Lenns: = 33.3..33.3 % of Lenns of "Lenns"
            one out of four women: = 25..25 % of women of "women"
            four in ten men: = 40..40 % of men of "men"
            Nearly three in five: ~< 60..60 %
            one in every 20 houses: = 5..5 % of houses of "houses"
            a third: = 33.3..33.3 %
            more than half: > 50..50 %
            a quarter: = 25..25 %
            2½ miles: = 2.5..2.5 mile
            5 1/2 fathoms: = 5.5..5.5 fathom
            3/4 of its water: = 75..75 % of its water of "its water"
            A quarter of a million people: = 250000..250000 person [flee]
            three days: = 3..3 day
            Two men: = 2..2 man [flee]
            a one in 10,000 chance: = 0.01..0.01 % of chance of "chance"
            11-and-a-half hours: = 11.5..11.5 hour
        "#]],
    );
}

#[test]
fn numbers_within_names() {
    check(
        &[
            "In the 90049 ZIP code and on the Lenn 500 index, the 787 Skyliner and the Orlo 11 Pro sold well.",
            "The 300 staff, the 250 Lennish soldiers and the 12 Lenns were killed.",
            "A 5G mast and a 1080p screen; it weighs 5g.",
            "They fell into the Sea of Lenn 120 to 150 miles off Velka.",
        ],
        expect![[r#"
            300 staff: = 300..300 staff
            250 Lennish soldiers: = 250..250 Lennish soldier
            12 Lenns: = 12..12 Lenns [kill]
            5g: = 5..5 g
            120 to 150 miles: = 120..150 mile
        "#]],
    );
}

#[test]
fn bare_values() {
    check(
        &[
            "The toll stands at 45, up from 31, and losses reached 1,200.",
            "The magnitude was 6.1. Population: 23,000. They had sales of 1,500.",
            "Windows 8.1 came out. He moved to 12 Mill Road. Chapter 3 begins. Update 5.50 is out.",
            "Phone number: 33144. He was under the age of 18, in the top 10.",
            "It rose by 12.",
        ],
        expect![[r#"
            45: = 45..45 person [kill]
            31: = 31..31
            1,200: = 1200..1200
            6.1: = 6.1..6.1
            23,000: = 23000..23000
            1,500: = 1500..1500
            12: = 12..12
        "#]],
    );
}

#[test]
fn one_of_several() {
    check(
        &[
            "One of the soldiers was hurt, and one of the new lorries burnt.",
            "It was one of the most beautiful towns, one of the oldest towns and one of them.",
            "On one hand he fled; at one point he put one eye on it.",
        ],
        expect![[r#"
            One of the soldiers: = 1..1 soldier [wound]
            one of the new lorries: = 1..1 new lorry
            one eye: = 1..1 eye
        "#]],
    );
}

#[test]
fn rates_signs_and_hyphens() {
    check(
        &[
            "A $5 million house, a £300-a-week job, 200 EUR, 3.5m USD and $0.63 a share.",
            "It was -5 °C, -1.5% and −3 degrees at 40 miles an hour.",
            "The rate was 4.5 per 1,000 and 12 per 100,000 people; it needs 20 kWh per 100 km.",
            "A 5-to-10-year term, a 20-percent stake, 12 V, 3 t and 250 kcal.",
        ],
        expect![[r#"
            $5 million: = 5000000..5000000 dollar
            £300-a-week: = 300..300 pound per week
            200 EUR: = 200..200 euro
            3.5m USD: = 3500000..3500000 dollar
            $0.63 a share: = 0.63..0.63 dollar per share
            -5 °C: = -5..-5 °C
            -1.5%: = -1.5..-1.5 %
            −3 degrees: = -3..-3 degree
            40 miles an hour: = 40..40 mile per hour
            4.5 per 1,000: = 4.5..4.5 per 1000
            12 per 100,000 people: = 12..12 per 100000 person
            20 kWh per 100 km: = 20..20 kwh per 100 km
            5-to-10-year: = 5..10 year
            20-percent: = 20..20 %
            12 V: = 12..12 V
            3 t: = 3..3 t
            250 kcal: = 250..250 kcal
        "#]],
    );
}

proptest! {
    #[test]
    fn reads_anything(text in "(\\PC|\n){0,120}") {
        read(&text);
    }

    #[test]
    fn reads_anything_made_of_numbers(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "10", "7,000", "2.5", "million", "two", "twenty-four", "a", "half", "dozen",
                "dozens", "of", "the", "to", "between", "and", "more", "than", "at", "least",
                "%", "per", "cent", "$", "km", "people", "killed", "wounded", "were", "one",
                "no", "10-12", "5m", "or", ",", "(", ")", ".", "-", "two-and-a-half", "thirds",
                "minus", "minus-5", "sub-7", "from", "rose", "by", "USD", "=", "billion-mile", "st",
                "Road", "degrees", "C", "~", "hundreds", "tens", "year-old", "/", "40min",
                "in", "out", "every", "third", "quarter", "1/2", "½", "2½", "5-to-10-year", "300-a-week",
                "reached", "stood", "per", "°", "C", "USD", "share", "soldiers", "were", "90049", "code",
            ]),
            0..30,
        )
    ) {
        let text = words.join(" ");
        for figure in read(&text) {
            prop_assert!(figure.span.start < figure.span.end && figure.span.end <= text.len());
            prop_assert!(figure.low.is_some());
            if let (Some(low), Some(high)) = (figure.low, figure.high) {
                prop_assert!(low <= high, "{text}");
            }
        }
    }
}
