//! Which statements say the same, and which counts are no dispute.

use super::tests::{check, count, talks};
use crate::testing::{Sketch, absolute, report, state};
use expect_test::expect;
use rapporteur_model::{
    Action, Aspect, Difference, Kind, Polarity, Relation, RelationKind, Subject,
};

/// A report of one statement that names these people and places.
fn said(publisher: &str, words: &str, people: &[&str], places: &[&str]) -> Sketch {
    let sketch = report(publisher, "2031-03-04", words);
    let sketch = (people.iter()).fold(sketch, |sketch, name| sketch.name(name, Kind::Person));
    let sketch = (places.iter()).fold(sketch, |sketch, name| sketch.name(name, Kind::Place));
    sketch.claim(words, |_, _| {})
}

/// A report of one count at Velka.
fn at_velka(
    publisher: &str,
    words: &str,
    printed: &str,
    number: f64,
    unit: &str,
    fate: &str,
) -> Sketch {
    count(publisher, "2031-03-04", words, |r, what| {
        let mut figure = r.figure(printed, number, unit);
        figure.fate = (!fate.is_empty()).then(|| fate.to_string());
        what.figures = vec![figure];
        what.place = vec![r.mention("Velka")];
    })
    .name("Velka", Kind::Place)
}

#[test]
fn one_thing_in_other_words_is_one_account() {
    check(
        &[
            said(
                "North Wire",
                "The ferry company of Velka will stop night crossings until the harbour is dredged.",
                &[],
                &["Velka"],
            ),
            said(
                "Daily Echo",
                "Night crossings of the Velka ferry end until workers have dredged the harbour.",
                &[],
                &["Velka"],
            ),
        ],
        expect![[r#"
            statement: what was said [agreed]
              “Night crossings of the Velka ferry end until workers have dredged the harbour.” — 2 from Daily Echo, North Wire
        "#]],
    );
}

#[test]
fn a_short_telling_is_found_within_a_long_one_of_the_same_day() {
    let on = |publisher: &str, words: &str| {
        let sketch = report(publisher, "2031-03-04", words);
        sketch.claim(words, |r, what| {
            what.when = Some(r.time("3 March", absolute("2031-03-03")));
        })
    };
    check(
        &[
            on(
                "North Wire",
                "Fishermen found an old sea mine off Sarnow beach on 3 March.",
            ),
            on(
                "Daily Echo",
                "The harbour stayed shut on 3 March, traders lost a morning and the fish market opened late, \
                 after fishermen had found a sea mine off Sarnow beach.",
            ),
        ],
        expect![[r#"
            statement: what was said [agreed]
              “The harbour stayed shut on 3 March, traders lost a morning and the fish market opened late, after fishermen had found a …” — 2 from Daily Echo, North Wire
        "#]],
    );
}

#[test]
fn names_alone_are_no_agreement() {
    let names: (&[&str], &[&str]) = (&["Ada Brisk", "Jon Marel"], &["Velka"]);
    check(
        &[
            said(
                "North Wire",
                "Governor Ada Brisk of Velka praised Jon Marel for careful work on bridges.",
                names.0,
                names.1,
            ),
            said(
                "Daily Echo",
                "Jon Marel fled Velka before dawn while Governor Ada Brisk slept by the quarry.",
                names.0,
                names.1,
            ),
        ],
        expect![[r#""#]],
    );
}

#[test]
fn a_few_beside_many_are_no_dispute() {
    check(
        &[
            at_velka(
                "North Wire",
                "84 people were killed in Velka.",
                "84 people",
                84.0,
                "people",
                "kill",
            ),
            at_velka(
                "Daily Echo",
                "Two people were killed in Velka.",
                "Two people",
                2.0,
                "people",
                "kill",
            ),
        ],
        expect![[r#"
            count: how many were killed or wounded at Velka [compatible]
              84 people — 1 from North Wire
              Two people — 1 from Daily Echo
        "#]],
    );
}

#[test]
fn the_badly_wounded_are_some_of_the_wounded() {
    check(
        &[
            at_velka(
                "North Wire",
                "60 people were injured in Velka.",
                "60 people",
                60.0,
                "people",
                "injure",
            ),
            at_velka(
                "Daily Echo",
                "18 people were seriously injured in Velka.",
                "18 people",
                18.0,
                "people",
                "injure",
            ),
        ],
        expect![[r#"
            count: how many were killed or wounded at Velka [compatible]
              18 people — 1 from Daily Echo
              60 people — 1 from North Wire
        "#]],
    );
}

#[test]
fn prisoners_set_free_were_released() {
    check(
        &[
            at_velka(
                "North Wire",
                "Velka released 450 prisoners.",
                "450 prisoners",
                450.0,
                "prisoner",
                "release",
            ),
            at_velka(
                "Daily Echo",
                "450 prisoners were set free by Velka.",
                "450 prisoners",
                450.0,
                "prisoner",
                "",
            ),
        ],
        expect![[r#"
            count: prisoner, released at Velka: how many [agreed]
              450 prisoners — 2 from Daily Echo, North Wire
        "#]],
    );
}

#[test]
fn districts_that_a_side_claims_are_counted_as_held() {
    let districts = |publisher: &str, words: &str, subject: Subject| {
        let sketch = report(publisher, "2031-03-04", words).name("Orsol", Kind::Organization);
        sketch.claim(words, |r, what| {
            what.subject = subject;
            what.actor = vec![r.mention("Orsol")];
            what.figures = vec![r.figure("14 districts", 14.0, "district")];
        })
    };
    check(
        &[
            districts("North Wire", "Orsol claims 14 districts.", Subject::Count),
            districts(
                "Daily Echo",
                "Orsol holds 14 districts.",
                Subject::Ground(Action::Held),
            ),
        ],
        expect![[r#"
            count: how much ground Orsol holds [agreed]
              14 districts — 2 from Daily Echo, North Wire
        "#]],
    );
}

#[test]
fn the_two_sides_are_those_that_the_matter_is_about() {
    let named = |publisher: &str, words: &str| {
        let sketch = report(publisher, "2031-03-04", words);
        sketch
            .name("Sarnow", Kind::Place)
            .name("Ada Brisk", Kind::Person)
    };
    let first = "Norway and Orsol named no day for another meeting in Sarnow, Ada Brisk said.";
    let second = "The two sides will meet in Sarnow on 9 March, Ada Brisk said.";
    check(
        &[
            talks(
                named("North Wire", first)
                    .name("Norway", Kind::Place)
                    .name("Orsol", Kind::Organization),
                "Norway and Orsol named no day for another meeting",
                Aspect::Next,
                |r, d, what| {
                    d.parties = vec![r.mention("Norway"), r.mention("Orsol")];
                    d.status = Some("none set".into());
                    what.factuality.polarity = Polarity::Negative;
                },
            ),
            talks(
                named("Daily Echo", second),
                "The two sides will meet in Sarnow on 9 March",
                Aspect::Next,
                |r, d, _| d.when = Some(r.time("9 March", absolute("2031-03-09"))),
            ),
        ],
        expect![[r#"
            next: when Orsol and Norway meet next [compatible]
              9 March 2031 — 1 from Daily Echo
              no day set — 1 from North Wire
              Differ Value [Norway and Orsol named no day for another meeting] [The two sides will meet in Sarnow on 9 March]: no day set against 9 March 2031
        "#]],
    );
}

#[test]
fn nobody_hurt_is_not_set_against_a_war() {
    check(
        &[
            at_velka(
                "North Wire",
                "No people were killed in Velka.",
                "No people",
                0.0,
                "people",
                "kill",
            ),
            at_velka(
                "Daily Echo",
                "Half of the country's grief is older: 200,000 people died in the long war over Velka.",
                "200,000 people",
                200_000.0,
                "people",
                "die",
            ),
        ],
        expect![[r#""#]],
    );
}

#[test]
fn a_part_of_a_long_statement_is_agreed_on() {
    check(
        &[
            said(
                "North Wire",
                "The rocket rose to a height of 770 kilometres, crossed Velka and fell into the lake east of Sarnow.",
                &[],
                &["Velka", "Sarnow"],
            ),
            said(
                "Daily Echo",
                "Ministers met at dawn in Velka after the rocket had reached a height of 770 kilometres over Sarnow.",
                &[],
                &["Velka", "Sarnow"],
            ),
        ],
        expect![[r#"
            statement: what was said [compatible]
              “Ministers met at dawn in Velka after the rocket had reached a height of 770 kilometres over Sarnow.” — 1 from Daily Echo
              “The rocket rose to a height of 770 kilometres, crossed Velka and fell into the lake east of Sarnow.” — 1 from North Wire
              Agree [Ministers met at dawn in Velka after the rocket had reached a height of 770 kilometres over Sarnow.] [The rocket rose to a height of 770 kilometres, crossed Velka and fell into the lake east of Sarnow.]: both say, in part: the rocket had reached a height of 770 kilometres over Sarnow
        "#]],
    );
}

#[test]
fn parts_with_other_numbers_do_not_agree() {
    let rose = |publisher: &str, words: &str, printed: &str, number: f64| {
        let mut sketch = said(publisher, words, &[], &["Velka", "Sarnow"]);
        let figure = sketch.figure(printed, number, "kilometre");
        sketch.reading.figures.push(figure);
        sketch
    };
    check(
        &[
            rose(
                "North Wire",
                "The rocket rose to a height of 770 kilometres, crossed Velka and fell into the lake east of Sarnow.",
                "770 kilometres",
                770.0,
            ),
            rose(
                "Daily Echo",
                "Ministers met at dawn in Velka after the rocket had reached a height of 310 kilometres over Sarnow.",
                "310 kilometres",
                310.0,
            ),
        ],
        expect![[r#""#]],
    );
}

#[test]
fn what_was_said_right_before_is_denied() {
    let sketch = report(
        "North Wire",
        "2031-03-04",
        "The Orlo Front holds 140 districts, it says. The army of Orsol disputes the claim.",
    )
    .name("Orlo Front", Kind::Organization)
    .name("army of Orsol", Kind::Organization)
    .claim("The Orlo Front holds 140 districts", |r, what| {
        what.subject = Subject::Count;
        what.actor = vec![r.mention("Orlo Front")];
        what.figures = vec![r.figure("140 districts", 140.0, "district")];
    });
    check(
        &[talks(
            sketch,
            "The army of Orsol disputes the claim",
            Aspect::Denial,
            |r, d, what| {
                d.by = Some(r.mention("army of Orsol"));
                d.of = Some("claim".into());
                what.factuality.polarity = Polarity::Negative;
            },
        )],
        expect![[r#"
            denial: whether it is so: “The Orlo Front holds 140 districts” [disputed]
              denied by army of Orsol — 1 from North Wire
              “The Orlo Front holds 140 districts” — 1 from North Wire
              Contradict Denial [The Orlo Front holds 140 districts] [The army of Orsol disputes the claim]: army of Orsol denies “The Orlo Front holds 140 districts”
        "#]],
    );
}

#[test]
fn one_side_that_tells_one_thing_with_two_days_contradicts_itself() {
    let told = |publisher: &str, words: &str, printed: &str, day: &str| {
        let sketch = report(publisher, "2031-03-12", words)
            .name("Orlo Front", Kind::Organization)
            .name("Sarnow", Kind::Place)
            .name("Velka", Kind::Place);
        sketch.claim(words, |r, what| {
            what.when = Some(r.time(printed, absolute(day)));
            what.attribution.sources = vec![r.source("Orlo Front")];
        })
    };
    let state = state(&[
        told(
            "North Wire",
            "The Orlo Front called the raid in Sarnow a reprisal for the burning of a market near Velka on 2 March.",
            "2 March",
            "2031-03-02",
        ),
        told(
            "Daily Echo",
            "The burning of a market near Velka on 9 March led to the raid, the Orlo Front said in Sarnow.",
            "9 March",
            "2031-03-09",
        ),
    ]);
    let mut relations = state.accounts.iter().flat_map(|q| &q.relations);
    let of_time =
        |r: &Relation| r.relation == RelationKind::Contradict && r.kind == Some(Difference::Time);
    assert!(relations.any(of_time));
}

#[test]
fn words_that_two_reports_rarely_use_near_one_another_say_the_same() {
    let long = |publisher: &str, words: &str| {
        let line = |n: usize| {
            format!("Porter tam{n}{publisher} took kel{n}{publisher} by lom{n}{publisher}.")
        };
        let filler: Vec<String> = (0..24).map(line).collect();
        let text = format!("{words} Ada Brisk came to Velka. {}", filler.join(" "));
        let sketch = report(publisher, "2031-03-04", &text)
            .name("Velka", Kind::Place)
            .name("Ada Brisk", Kind::Person);
        let sketch = sketch.claim(words, |_, _| {});
        filler
            .iter()
            .fold(sketch, |sketch, line| sketch.claim(line, |_, _| {}))
    };
    check(
        &[
            long(
                "Wire",
                "Witnesses heard sporadic gunfire around the depot and said the huge blast had shattered windows far from it.",
            ),
            long(
                "Echo",
                "A huge explosion, followed by sporadic gunfire, rolled over the tranquil town, smashing the windows of shops.",
            ),
        ],
        expect![[r#"
            statement: what was said [compatible]
              “A huge explosion, followed by sporadic gunfire, rolled over the tranquil town, smashing the windows of shops.” — 1 from Echo
              “Witnesses heard sporadic gunfire around the depot and said the huge blast had shattered windows far from it.” — 1 from Wire
              Agree [A huge explosion, followed by sporadic gunfire, rolled over the tranquil town, smashing the windows of shops.] [Witnesses heard sporadic gunfire around the depot and said the huge blast had shattered windows far from it.]: both say, in part: huge explosion, followed by sporadic gunfire, rolled over the tranquil town, smashing the windows
        "#]],
    );
}

#[test]
fn what_is_left_unsaid_is_set_against_what_was_to_be_discussed() {
    let named = |sketch: Sketch| {
        sketch
            .name("Velka", Kind::Place)
            .name("Orlo Front", Kind::Organization)
            .name("Ada Brisk", Kind::Person)
    };
    let silent = |publisher: &str, words: &str| {
        let text = format!("{words} Ada Brisk of the Orlo Front spoke in Velka.");
        named(report(publisher, "2031-03-04", &text)).claim(words, |_, _| {})
    };
    let planned = "Ada Brisk said a ceasefire over the spring feast would be discussed with the Orlo Front in Velka.";
    check(
        &[
            silent(
                "North Wire",
                "The message did not mention a truce over the spring feast.",
            ),
            silent(
                "Daily Echo",
                "It said nothing of a truce over the feast, although the Front has called such truces before.",
            ),
            talks(
                named(report("Lantern", "2031-03-03", planned)),
                "a ceasefire over the spring feast would be discussed",
                Aspect::Agenda,
                |_, d, _| d.topics = vec!["ceasefire over the spring feast".into()],
            ),
        ],
        expect![[r#"
            statement: what was left unsaid [compatible]
              “It said nothing of a truce over the feast, although the Front has called such truces before.” — 2 from Daily Echo, North Wire
              ceasefire over the spring feast — 1 from Lantern
              Differ Scope [It said nothing of a truce over the feast, although the Front has called such truces before.] [a ceasefire over the spring feast would be discussed]: “a ceasefire over the spring feast would be discussed” against “It said nothing of a truce over the feast, although the Front has called such truces before.”
              Differ Scope [The message did not mention a truce over the spring feast.] [a ceasefire over the spring feast would be discussed]: “a ceasefire over the spring feast would be discussed” against “The message did not mention a truce over the spring feast.”
        "#]],
    );
}

#[test]
fn two_sides_want_two_things_first() {
    let want = |publisher: &str, side: &str, words: &str| {
        let text = format!("{words} Ada Brisk met them in Velka.");
        let sketch = report(publisher, "2031-03-04", &text)
            .name(
                side,
                if side == "Norway" {
                    Kind::Place
                } else {
                    Kind::Organization
                },
            )
            .name("Velka", Kind::Place)
            .name("Ada Brisk", Kind::Person);
        let side = side.to_string();
        talks(sketch, words, Aspect::Demand, move |r, d, _| {
            d.by = Some(r.mention(&side));
            d.asks = vec!["truce".into()];
        })
    };
    check(
        &[
            want(
                "North Wire",
                "Orlo Front",
                "The Orlo Front wants its captives freed before any truce.",
            ),
            want("Daily Echo", "Norway", "Norway wants the truce first."),
        ],
        expect![[r#"
            demand: what each side wants first [compatible]
              “Norway wants the truce first.” — 1 from Daily Echo
              “The Orlo Front wants its captives freed before any truce.” — 1 from North Wire
              Differ Attribution [Norway wants the truce first.] [The Orlo Front wants its captives freed before any truce.]: “Norway wants the truce first.” against “The Orlo Front wants its captives freed before any truce.”
        "#]],
    );
}
