use crate::testing::{Sketch, absolute, between, report, state};
use crate::{Control, State};
use expect_test::{Expect, expect};
use rapporteur_model::{
    Action, Aspect, Comparator, Form, Kind, Of, Polarity, Realis, RelationKind, Standing, Subject,
    TalksDetail, What,
};
use std::fmt::Write;

/// The questions of some reports, with what each account says and how they stand.
pub(super) fn check(sketches: &[Sketch], wanted: Expect) {
    let forth = state(sketches);
    let back: Vec<Sketch> = sketches.iter().rev().cloned().collect();
    assert_eq!(told(&forth), told(&state(&back)), "order of reports");
    wanted.assert_eq(&told(&forth));
}

fn told(state: &State) -> String {
    let mut out = String::new();
    for accounts in &state.accounts {
        let standing = match accounts.standing {
            Standing::Agreed => "agreed",
            Standing::Compatible => "compatible",
            Standing::Disputed => "disputed",
        };
        let question = &accounts.question;
        writeln!(out, "{}: {} [{standing}]", question.topic, question.words).unwrap();
        for account in &accounts.accounts {
            let (claims, origins) = (account.claims.len(), account.origins.join(", "));
            writeln!(out, "  {} — {claims} from {origins}", account.value).unwrap();
        }
        for relation in &accounts.relations {
            let kind = relation.kind.map(|k| format!(" {k:?}")).unwrap_or_default();
            let words = |id| state.claims[id].claim.evidence().exact();
            let (a, b) = (words(&relation.a), words(&relation.b));
            let how = match relation.relation {
                // Which is first matters only here.
                RelationKind::Update | RelationKind::Breach => format!("[{a}] [{b}]"),
                _ => format!("[{}] [{}]", a.min(b), a.max(b)),
            };
            writeln!(
                out,
                "  {:?}{kind} {how}: {}",
                relation.relation, relation.why
            )
            .unwrap();
        }
    }
    out
}

/// A report of one claim about ground.
fn ground(
    publisher: &str,
    published: &str,
    words: &str,
    action: Action,
    actor: &str,
    place: &str,
    when: &str,
) -> Sketch {
    more_ground(
        report(publisher, published, words),
        words,
        action,
        actor,
        place,
        when,
    )
}

fn more_ground(
    sketch: Sketch,
    words: &str,
    action: Action,
    actor: &str,
    place: &str,
    when: &str,
) -> Sketch {
    let sketch = sketch.name(actor, Kind::Organization);
    let places: Vec<&str> = place.split("; ").collect();
    let sketch = places
        .iter()
        .fold(sketch, |s, place| s.name(place, Kind::Place));
    sketch.claim(words, |r, what| {
        what.subject = Subject::Ground(action);
        what.actor = vec![r.mention(actor)];
        what.place = places.iter().map(|place| r.mention(place)).collect();
        what.when = time(r, when);
    })
}

/// `words=2031-03-01` or `words=2031-03`.
fn time(sketch: &Sketch, when: &str) -> Option<rapporteur_model::Time> {
    let (words, day) = when.split_once('=')?;
    let form = match day.split_once('/') {
        Some((from, to)) => Form::Absolute(between(from, to)),
        None => absolute(day),
    };
    Some(sketch.time(words, form))
}

/// A report of one count.
pub(super) fn count(
    publisher: &str,
    published: &str,
    words: &str,
    change: impl FnOnce(&Sketch, &mut What),
) -> Sketch {
    report(publisher, published, words).claim(words, |r, what| {
        what.subject = Subject::Count;
        change(r, what);
    })
}

/// A claim about talks.
pub(super) fn talks(
    sketch: Sketch,
    words: &str,
    aspect: Aspect,
    change: impl FnOnce(&Sketch, &mut TalksDetail, &mut What),
) -> Sketch {
    sketch.claim(words, |r, what| {
        let mut detail = TalksDetail::of(aspect);
        change(r, &mut detail, what);
        what.subject = Subject::Talks(Box::new(detail));
    })
}

#[test]
fn the_same_taking_is_one_account() {
    check(
        &[
            ground(
                "North Wire",
                "2031-03-02",
                "Orsol fighters took Velka on 1 March.",
                Action::Taken,
                "Orsol fighters",
                "Velka",
                "1 March=2031-03-01",
            ),
            ground(
                "Daily Echo",
                "2031-03-05",
                "In March Orsol seized the Velka border gate.",
                Action::Taken,
                "Orsol",
                "Velka border gate",
                "March=2031-03-01/2031-03-31",
            ),
        ],
        expect![[r#"
            control: who holds Velka [agreed]
              Orsol fighters: taken, 1 March 2031 — 2 from Daily Echo, North Wire
        "#]],
    );
}

#[test]
fn two_holders_at_one_time_contradict() {
    check(
        &[
            ground(
                "North Wire",
                "2031-03-02",
                "Norway's army holds Velka.",
                Action::Held,
                "Norway's army",
                "Velka",
                "",
            ),
            ground(
                "Daily Echo",
                "2031-03-02",
                "Orsol holds Velka.",
                Action::Held,
                "Orsol",
                "Velka",
                "",
            ),
        ],
        expect![[r#"
            control: who holds Velka [disputed]
              Norway's army — 1 from North Wire
              Orsol — 1 from Daily Echo
              Contradict Value [Norway's army holds Velka.] [Orsol holds Velka.]: Norway's army against Orsol
        "#]],
    );
}

#[test]
fn a_place_taken_back_is_an_update() {
    check(
        &[
            ground(
                "North Wire",
                "2031-03-02",
                "Orsol took Velka on 1 March.",
                Action::Taken,
                "Orsol",
                "Velka",
                "1 March=2031-03-01",
            ),
            ground(
                "Daily Echo",
                "2031-03-09",
                "The Norwegian army retook Velka.",
                Action::Retaken,
                "Norwegian army",
                "Velka",
                "",
            ),
        ],
        expect![[r#"
            control: who holds Velka [compatible]
              Norwegian army: retaken — 1 from Daily Echo
              Orsol: taken, 1 March 2031 — 1 from North Wire
              Update Time [Orsol took Velka on 1 March.] [The Norwegian army retook Velka.]: first Orsol, then Norwegian army
        "#]],
    );
}

#[test]
fn one_taking_with_two_days_contradicts() {
    check(
        &[
            ground(
                "North Wire",
                "2031-03-04",
                "Orsol took Velka on 1 March.",
                Action::Taken,
                "Orsol",
                "Velka",
                "1 March=2031-03-01",
            ),
            ground(
                "Daily Echo",
                "2031-03-04",
                "Orsol took Velka on 3 March.",
                Action::Taken,
                "Orsol",
                "Velka",
                "3 March=2031-03-03",
            ),
        ],
        expect![[r#"
            control: who holds Velka [disputed]
              Orsol: taken, 1 March 2031 — 1 from North Wire
              Orsol: taken, 3 March 2031 — 1 from Daily Echo
              Contradict Time [Orsol took Velka on 1 March.] [Orsol took Velka on 3 March.]: taken on 1 March 2031 against 3 March 2031
        "#]],
    );
}

#[test]
fn lists_of_places_that_overlap_differ_in_scope() {
    check(
        &[
            ground(
                "North Wire",
                "2031-03-04",
                "Orsol took Velka, Dren and Tamsa.",
                Action::Taken,
                "Orsol",
                "Velka; Dren; Tamsa",
                "",
            ),
            ground(
                "Daily Echo",
                "2031-03-04",
                "Orsol took Velka and Kesh.",
                Action::Taken,
                "Orsol",
                "Velka; Kesh",
                "",
            ),
        ],
        expect![[r#"
            control: who holds Velka [agreed]
              Orsol: taken — 2 from Daily Echo, North Wire
              Differ Scope [Orsol took Velka and Kesh.] [Orsol took Velka, Dren and Tamsa.]: the lists of places differ: only the first names Dren, Tamsa, only the second Kesh
        "#]],
    );
}

#[test]
fn an_attack_and_the_fighting_it_makes_agree() {
    check(
        &[
            ground(
                "North Wire",
                "2031-03-04",
                "Norway's forces attacked Velka on 3 March.",
                Action::Attacked,
                "Norway's forces",
                "Velka",
                "3 March=2031-03-03",
            ),
            ground(
                "Daily Echo",
                "2031-03-04",
                "The Norwegian army clashed with Orsol in Velka on Monday.",
                Action::Clash,
                "Norwegian army",
                "Velka",
                "Monday=2031-03-03",
            ),
            ground(
                "South Post",
                "2031-03-20",
                "The Norwegian army clashed with Orsol in Velka on 19 March.",
                Action::Clash,
                "Norwegian army",
                "Velka",
                "19 March=2031-03-19",
            ),
        ],
        expect![[r#"
            fighting: what fighting there is at Velka [compatible]
              attack by Norway's forces, 3 March 2031 — 2 from Daily Echo, North Wire
              fighting: Norwegian army, 19 March 2031 — 1 from South Post
        "#]],
    );
}

#[test]
fn dead_against_none() {
    let killed = |r: &Sketch, what: &mut What| {
        let mut figure = r.figure("at least 12 people", 12.0, "people");
        figure.comparator = Comparator::AtLeast;
        figure.fate = Some("kill".into());
        what.figures = vec![figure];
        what.place = vec![r.mention("Velka")];
    };
    let none = |r: &Sketch, what: &mut What| {
        what.figures = vec![r.figure("no casualties", 0.0, "casualty")];
        what.place = vec![r.mention("Velka")];
    };
    let both = |r: &Sketch, what: &mut What| {
        let mut dead = r.figure("12 people", 12.0, "people");
        dead.fate = Some("kill".into());
        let mut wounded = r.figure("20 were wounded", 20.0, "wounded");
        wounded.fate = Some("wound".into());
        what.figures = vec![dead, wounded];
        what.place = vec![r.mention("Velka")];
    };
    check(
        &[
            count(
                "North Wire",
                "2031-03-04",
                "In Velka at least 12 people were killed.",
                killed,
            ),
            count(
                "Daily Echo",
                "2031-03-04",
                "There were no casualties in Velka.",
                none,
            ),
            count(
                "South Post",
                "2031-03-04",
                "12 people were killed and 20 were wounded in Velka.",
                both,
            ),
        ],
        expect![[r#"
            count: how many were killed or wounded at Velka [disputed]
              12 people — 2 from North Wire, South Post
              20 were wounded — 1 from South Post
              no casualties — 1 from Daily Echo
              Contradict Value [12 people were killed and 20 were wounded in Velka.] [There were no casualties in Velka.]: 12 people against no casualties
              Contradict Value [12 people were killed and 20 were wounded in Velka.] [There were no casualties in Velka.]: 20 were wounded against no casualties
              Contradict Value [In Velka at least 12 people were killed.] [There were no casualties in Velka.]: at least 12 people against no casualties
        "#]],
    );
}

#[test]
fn figures_that_bound_each_other_differ_and_exact_ones_contradict() {
    let refugees = |at: &'static str, number: f64, comparator: Comparator| {
        move |r: &Sketch, what: &mut What| {
            let mut figure = r.figure(at, number, "refugee");
            figure.comparator = comparator;
            what.figures = vec![figure];
            what.place = vec![r.mention("Velka")];
        }
    };
    let (least, more, nearly) = (
        "At least 15,000 refugees",
        "More than 24,000 refugees",
        "Nearly 23,000 refugees",
    );
    check(
        &[
            count(
                "North Wire",
                "2031-03-04",
                "At least 15,000 refugees live in Velka.",
                refugees(least, 15_000.0, Comparator::AtLeast),
            ),
            count(
                "Daily Echo",
                "2031-03-04",
                "More than 24,000 refugees live in Velka.",
                refugees(more, 24_000.0, Comparator::More),
            ),
            count(
                "South Post",
                "2031-03-05",
                "Nearly 23,000 refugees live in Velka.",
                refugees(nearly, 23_000.0, Comparator::Almost),
            ),
        ],
        expect![[r#"
            count: refugee, displaced at Velka: how many [disputed]
              At least 15,000 refugees — 1 from North Wire
              More than 24,000 refugees — 1 from Daily Echo
              Nearly 23,000 refugees — 1 from South Post
              Differ Rounding [At least 15,000 refugees live in Velka.] [More than 24,000 refugees live in Velka.]: More than 24,000 refugees against At least 15,000 refugees: neither excludes the other
              Contradict Value [More than 24,000 refugees live in Velka.] [Nearly 23,000 refugees live in Velka.]: More than 24,000 refugees against Nearly 23,000 refugees
              Update Time [At least 15,000 refugees live in Velka.] [Nearly 23,000 refugees live in Velka.]: first At least 15,000 refugees, then Nearly 23,000 refugees
        "#]],
    );
}

#[test]
fn ground_is_counted_anew_and_in_different_wholes() {
    let held = |words: &'static str, number: f64, unit: &'static str, of: Option<Of>| {
        move |r: &Sketch, what: &mut What| {
            let mut figure = r.figure(words, number, unit);
            figure.comparator = Comparator::More;
            figure.of = of;
            what.figures = vec![figure];
            what.subject = Subject::Ground(Action::Held);
            what.actor = vec![r.mention("Orsol")];
        }
    };
    check(
        &[
            count(
                "North Wire",
                "2031-03-04",
                "Orsol holds more than 140 districts.",
                held("more than 140 districts", 140.0, "district", None),
            ),
            count(
                "Daily Echo",
                "2031-03-14",
                "Orsol holds more than 160 of 407 districts.",
                held(
                    "more than 160 of 407 districts",
                    160.0,
                    "district",
                    Some(Of::Number(407.0)),
                ),
            ),
            count(
                "South Post",
                "2031-03-14",
                "Orsol holds more than 50% of the country.",
                held(
                    "more than 50% of the country",
                    50.0,
                    "% of the country",
                    Some(Of::Words("the country".into())),
                ),
            ),
        ],
        expect![[r#"
            count: how much ground Orsol holds [compatible]
              more than 140 districts — 1 from North Wire
              more than 160 of 407 districts — 1 from Daily Echo
              more than 50% of the country — 1 from South Post
              Differ Denominator [Orsol holds more than 160 of 407 districts.] [Orsol holds more than 50% of the country.]: more than 50% of the country against more than 160 of 407 districts (39 %): shares of different wholes
              Differ Denominator [Orsol holds more than 140 districts.] [Orsol holds more than 50% of the country.]: more than 140 districts against more than 50% of the country: a count of places against a share of the land
              Update Time [Orsol holds more than 140 districts.] [Orsol holds more than 160 of 407 districts.]: first more than 140 districts, then more than 160 of 407 districts
        "#]],
    );
}

#[test]
fn a_round_that_began_has_ended_and_its_outcomes_agree() {
    let sides = |r: &Sketch| vec![r.mention("Norway"), r.mention("Orsol")];
    let begin = "Talks between Norway and Orsol began in Tamsa on 17 March.";
    let end = "The round of Norway and Orsol in Tamsa ended without progress.";
    let fail = "Norway and Orsol have so far failed to agree.";
    let names = |s: Sketch| {
        s.name("Norway", Kind::Organization)
            .name("Orsol", Kind::Organization)
    };
    check(
        &[
            talks(
                names(report("North Wire", "2031-03-17", begin)),
                begin,
                Aspect::Round,
                |r, d, _| {
                    d.parties = sides(r);
                    d.place = Some(r.mention("Tamsa"));
                    d.status = Some("began".into());
                    d.when = time(r, "17 March=2031-03-17");
                },
            ),
            talks(
                names(report("Daily Echo", "2031-03-18", end)),
                end,
                Aspect::Outcome,
                |r, d, _| {
                    d.parties = sides(r);
                    d.result = Some("ended without progress".into());
                },
            ),
            talks(
                names(report("South Post", "2031-03-19", fail)),
                fail,
                Aspect::Outcome,
                |r, d, _| {
                    d.parties = sides(r);
                    d.result = Some("failed to agree".into());
                },
            ),
        ],
        expect![[r#"
            round: how the talks between Orsol and Norway stand [compatible]
              no result — 2 from Daily Echo, South Post
              began, 17 March 2031 — 1 from North Wire
              Update Time [Talks between Norway and Orsol began in Tamsa on 17 March.] [The round of Norway and Orsol in Tamsa ended without progress.]: first “Talks between Norway and Orsol began in Tamsa on 17 March.”, then “The round of Norway and Orsol in Tamsa ended without progress.”
              Update Time [Talks between Norway and Orsol began in Tamsa on 17 March.] [Norway and Orsol have so far failed to agree.]: first “Talks between Norway and Orsol began in Tamsa on 17 March.”, then “Norway and Orsol have so far failed to agree.”
        "#]],
    );
}

#[test]
fn a_month_and_a_day_in_it_are_one_beginning_where_only_one_fits() {
    let names = |s: Sketch| {
        s.name("Norway", Kind::Organization)
            .name("Orsol", Kind::Organization)
    };
    let began = |publisher: &str, words: &'static str, when: &'static str| {
        talks(
            names(report(publisher, "2031-09-30", words)),
            words,
            Aspect::Round,
            move |r, d, _| {
                d.parties = vec![r.mention("Norway"), r.mention("Orsol")];
                d.status = Some("began".into());
                d.when = time(r, when);
            },
        )
    };
    let one = began(
        "North Wire",
        "Norway and Orsol first met in March 2030.",
        "March 2030=2030-03-01/2030-03-31",
    );
    let two = began(
        "Daily Echo",
        "Norway and Orsol began to talk on 12 March 2030.",
        "12 March 2030=2030-03-12",
    );
    let three = began(
        "South Post",
        "Norway and Orsol began to talk on 20 March 2030.",
        "20 March 2030=2030-03-20",
    );
    check(
        &[one.clone(), two.clone()],
        expect![[r#"
        round: how the talks between Orsol and Norway stand [agreed]
          began, 12 March 2030 — 2 from Daily Echo, North Wire
    "#]],
    );
    check(
        &[one, two, three],
        expect![[r#"
        round: how the talks between Orsol and Norway stand [compatible]
          began, 12 March 2030 — 1 from Daily Echo
          began, 20 March 2030 — 1 from South Post
          began, March 2030 — 1 from North Wire
          Agree [Norway and Orsol began to talk on 12 March 2030.] [Norway and Orsol first met in March 2030.]: one may be the other, told less closely
          Agree [Norway and Orsol began to talk on 20 March 2030.] [Norway and Orsol first met in March 2030.]: one may be the other, told less closely
    "#]],
    );
}

#[test]
fn a_named_day_and_none_set_differ() {
    let names = |s: Sketch| {
        s.name("Norway", Kind::Organization)
            .name("Orsol", Kind::Organization)
    };
    let week = "Norway and Orsol will meet again next week.";
    let none = "Norway and Orsol set no date to meet again.";
    check(
        &[
            talks(
                names(report("North Wire", "2031-03-18", week)),
                week,
                Aspect::Next,
                |r, d, w| {
                    d.parties = vec![r.mention("Norway"), r.mention("Orsol")];
                    d.when = time(r, "next week=2031-03-24/2031-03-30");
                    w.factuality.realis = Realis::Planned;
                },
            ),
            talks(
                names(report("Daily Echo", "2031-03-18", none)),
                none,
                Aspect::Next,
                |r, d, _| {
                    d.parties = vec![r.mention("Norway"), r.mention("Orsol")];
                    d.status = Some("none set".into());
                },
            ),
        ],
        expect![[r#"
            next: when Orsol and Norway meet next [compatible]
              24 March 2031 to 30 March 2031 — 1 from North Wire
              no day set — 1 from Daily Echo
              Differ Value [Norway and Orsol set no date to meet again.] [Norway and Orsol will meet again next week.]: no day set against 24 March 2031 to 30 March 2031
        "#]],
    );
}

#[test]
fn delegations_share_their_members_and_heads() {
    let sits = |publisher: &str,
                words: &'static str,
                head: &'static str,
                members: &'static [&'static str]| {
        let s = report(publisher, "2031-03-18", words).name("Orsol", Kind::Organization);
        let people = [head]
            .into_iter()
            .filter(|h| !h.is_empty())
            .chain(members.iter().copied());
        let s = people.fold(s, |s, name| s.name(name, Kind::Person));
        talks(s, words, Aspect::Delegation, move |r, d, _| {
            d.party = Some(r.mention("Orsol"));
            d.head = Some(head).filter(|h| !h.is_empty()).map(|h| r.mention(h));
            d.members = members.iter().map(|m| r.mention(m)).collect();
        })
    };
    check(
        &[
            sits(
                "North Wire",
                "Ann Lorimer and Bo Teller came for Orsol.",
                "",
                &["Ann Lorimer", "Bo Teller"],
            ),
            sits(
                "Daily Echo",
                "Orsol's delegation includes Ann Lorimer.",
                "",
                &["Ann Lorimer"],
            ),
            sits(
                "South Post",
                "Cem Dray heads Orsol's delegation.",
                "Cem Dray",
                &[],
            ),
            sits(
                "East Day",
                "Orsol's team is led by Dov Ester.",
                "Dov Ester",
                &[],
            ),
        ],
        expect![[r#"
            delegation: who sits for Orsol [disputed]
              Ann Lorimer, Bo Teller — 2 from Daily Echo, North Wire
              headed by Cem Dray — 1 from South Post
              headed by Dov Ester — 1 from East Day
              Contradict Value [Cem Dray heads Orsol's delegation.] [Orsol's team is led by Dov Ester.]: headed by Cem Dray against Dov Ester
        "#]],
    );
}

#[test]
fn a_denial_stands_against_what_its_words_point_to() {
    let text = "The vice president accused the Orsol army of bombing Velka. It rained. Orsol denies this claim.";
    let s = report("North Wire", "2031-03-18", text)
        .name("Orsol", Kind::Organization)
        .name("Orsol army", Kind::Organization)
        .name("vice president", Kind::Person);
    let s = s.claim("bombing Velka", |r, what| {
        what.actor = vec![r.mention("Orsol army")];
        what.attribution.sources = vec![r.source("vice president")];
        what.event = Some(rapporteur_model::EventType::Accuse);
    });
    let s = s.claim("It rained.", |_, _| {});
    let s = talks(s, "Orsol denies this claim.", Aspect::Denial, |r, d, w| {
        d.by = Some(r.mention("Orsol"));
        d.of = Some("this claim".into());
        w.factuality.polarity = Polarity::Negative;
    });
    check(
        &[s],
        expect![[r#"
        denial: whether it is so: “bombing Velka” [disputed]
          denied by Orsol — 1 from North Wire
          “bombing Velka” — 1 from vice president
          Contradict Denial [Orsol denies this claim.] [bombing Velka]: Orsol denies “bombing Velka”
    "#]],
    );
}

#[test]
fn a_denied_attack_is_denied_wherever_it_is_told() {
    let one = ground(
        "North Wire",
        "2031-03-18",
        "Orsol's army bombed the Velka camp in Tamsa.",
        Action::Attacked,
        "Orsol's army",
        "Velka camp",
        "",
    );
    let one = one.name("Tamsa", Kind::Place);
    let words = "We have not bombed anywhere in Tamsa, Orsol's army said.";
    let two = report("Daily Echo", "2031-03-19", words)
        .name("Orsol's army", Kind::Organization)
        .name("Tamsa", Kind::Place)
        .claim(words, |r, what| {
            what.subject = Subject::Ground(Action::Attacked);
            what.attribution.sources = vec![r.source("Orsol's army")];
            what.actor = vec![r.mention("Orsol's army")];
            what.place = vec![r.mention("Tamsa")];
            what.factuality.polarity = Polarity::Negative;
        });
    check(
        &[one, two],
        expect![[r#"
        denial: whether it is so: “Orsol's army bombed the Velka camp in Tamsa.” [disputed]
          denied by Orsol's army — 1 from Orsol's army
          “Orsol's army bombed the Velka camp in Tamsa.” — 1 from North Wire
          Contradict Denial [Orsol's army bombed the Velka camp in Tamsa.] [We have not bombed anywhere in Tamsa, Orsol's army said.]: Orsol's army denies “Orsol's army bombed the Velka camp in Tamsa.”
    "#]],
    );
}

#[test]
fn no_town_attacked_against_one_that_was() {
    let words = "Orsol has launched no offensive against the towns.";
    let none = report("North Wire", "2031-03-18", words).name("Orsol", Kind::Organization);
    let none = none.claim(words, |r, what| {
        what.subject = Subject::Ground(Action::Attacked);
        what.actor = vec![r.mention("Orsol")];
        what.place = vec![r.mention("towns")];
        what.factuality.polarity = Polarity::Negative;
    });
    check(
        &[
            none,
            ground(
                "Daily Echo",
                "2031-03-18",
                "Orsol attacked Velka city on 17 March.",
                Action::Attacked,
                "Orsol",
                "Velka city",
                "17 March=2031-03-17",
            ),
        ],
        expect![[r#"
            statement: whether it is so: “Orsol has launched no offensive against the towns.” [disputed]
              “Orsol attacked Velka city on 17 March.” — 1 from Daily Echo
              “Orsol has launched no offensive against the towns.” — 1 from North Wire
              Contradict Value [Orsol attacked Velka city on 17 March.] [Orsol has launched no offensive against the towns.]: “Orsol has launched no offensive against the towns.” is said, and “Orsol attacked Velka city on 17 March.” is reported
        "#]],
    );
}

#[test]
fn going_back_on_a_pledge_is_a_breach() {
    let text = "Orsol pledged to give up its mines. Twice it backtracked.";
    let s = report("North Wire", "2031-03-10", text).name("Orsol", Kind::Organization);
    let s = talks(
        s,
        "Orsol pledged to give up its mines.",
        Aspect::Pledge,
        |r, d, _| {
            d.by = Some(r.mention("Orsol"));
            d.content = Some("give up its mines".into());
        },
    );
    let s = s.claim("Twice it backtracked.", |_, _| {});
    check(
        &[s],
        expect![[r#"
            pledge: what Orsol pledges [disputed]
              “Orsol pledged to give up its mines.” — 1 from North Wire
              “Twice it backtracked.” — 1 from North Wire
              Breach Value [Orsol pledged to give up its mines.] [Twice it backtracked.]: “Orsol pledged to give up its mines.” is pledged, and “Twice it backtracked.” is reported
        "#]],
    );
}

#[test]
fn an_offer_and_its_denial_stand_in_one_question() {
    let text = "Orsol has offered a truce of a month, a minister said. Orsol's spokesman knew of no such proposal.";
    let s = report("North Wire", "2031-03-10", text)
        .name("Orsol", Kind::Organization)
        .name("minister", Kind::Person);
    let s = talks(
        s,
        "Orsol has offered a truce of a month",
        Aspect::Offer,
        |r, d, w| {
            d.by = Some(r.mention("Orsol"));
            d.offers = vec!["truce of a month".into()];
            w.attribution.sources = vec![r.source("minister")];
            w.factuality.realis = Realis::Offered;
        },
    );
    let s = talks(
        s,
        "Orsol's spokesman knew of no such proposal.",
        Aspect::Denial,
        |r, d, w| {
            d.by = Some(r.mention("Orsol"));
            d.of = Some("such proposal".into());
            w.factuality.polarity = Polarity::Negative;
        },
    );
    let other = "Orsol offers a truce of one month in return for bread.";
    let two = report("Daily Echo", "2031-03-11", other).name("Orsol", Kind::Organization);
    let two = talks(two, other, Aspect::Offer, |r, d, w| {
        d.by = Some(r.mention("Orsol"));
        d.offers = vec!["truce of one month".into()];
        d.asks = vec!["bread".into()];
        w.factuality.realis = Realis::Offered;
    });
    check(
        &[s, two],
        expect![[r#"
            offer: what Orsol offers [disputed]
              truce of a month — 2 from Daily Echo, minister
              denied by Orsol — 1 from North Wire
              Contradict Denial [Orsol has offered a truce of a month] [Orsol's spokesman knew of no such proposal.]: Orsol denies “Orsol has offered a truce of a month”
              Contradict Denial [Orsol offers a truce of one month in return for bread.] [Orsol's spokesman knew of no such proposal.]: Orsol denies “Orsol offers a truce of one month in return for bread.”
        "#]],
    );
}

#[test]
fn parts_of_a_count_are_no_other_count() {
    let bombs = |publisher: &str, words: &'static str, figures: &'static [(&'static str, f64)]| {
        count(publisher, "2031-03-04", words, move |r, what| {
            what.place = vec![r.mention("Velka")];
            what.figures = figures
                .iter()
                .map(|(at, n)| r.figure(at, *n, "bomb"))
                .collect();
        })
    };
    check(
        &[
            bombs(
                "North Wire",
                "Four bombs were dropped on Velka; two bombs fell on the school.",
                &[("Four bombs", 4.0), ("two bombs", 2.0)],
            ),
            bombs(
                "Daily Echo",
                "Planes dropped five bombs on Velka.",
                &[("five bombs", 5.0)],
            ),
            bombs(
                "South Post",
                "In Velka two of the bombs fell on the school.",
                &[("two of the bombs", 2.0)],
            ),
        ],
        expect![[r#"
            count: bomb, dropped at Velka: how many [disputed]
              two bombs — 2 from North Wire, South Post
              Four bombs — 1 from North Wire
              five bombs — 1 from Daily Echo
              Contradict Value [Four bombs were dropped on Velka; two bombs fell on the school.] [Planes dropped five bombs on Velka.]: five bombs against Four bombs
        "#]],
    );
}

#[test]
fn a_person_s_word_that_two_claims_say_the_same_or_not_is_kept() {
    use crate::testing::state_with;
    use rapporteur_model::{Item, Judgement, Verdict};
    let one = ground(
        "North Wire",
        "2031-03-02",
        "Orsol took Velka on 1 March.",
        Action::Taken,
        "Orsol",
        "Velka",
        "1 March=2031-03-01",
    );
    let two = ground(
        "Daily Echo",
        "2031-03-05",
        "Orsol seized Velka on 1 March.",
        Action::Taken,
        "Orsol",
        "Velka",
        "1 March=2031-03-01",
    );
    let three = report(
        "South Post",
        "2031-03-05",
        "The town by the river changed hands.",
    )
    .claim("The town by the river changed hands.", |_, _| {});
    let item = |s: &Sketch| Item::Claim(s.reading.claims[0].id().clone());
    let judged = |verdict, a: &Sketch, b: &Sketch| {
        Judgement::new(
            item(a),
            item(b),
            verdict,
            "Ann",
            "read both",
            "2031-03-06T00:00:00Z",
        )
    };
    let judgements = [
        judged(Verdict::Different, &one, &two),
        judged(Verdict::Same, &one, &three),
    ];
    let state = state_with(&[one, two, three], &[], &judgements);
    expect![[r#"
        control: who holds Velka [compatible]
          Orsol: taken, 1 March 2031 — 1 from North Wire
          Orsol: taken, 1 March 2031 — 1 from Daily Echo
        statement: what was said [agreed]
          “Orsol took Velka on 1 March.” — 2 from North Wire, South Post
    "#]]
    .assert_eq(&told(&state));
}

#[test]
fn an_act_against_a_pledge_is_a_breach() {
    let text = "Orsol has pledged not to attack provincial capitals.";
    let pledge = report("North Wire", "2031-03-10", text).name("Orsol", Kind::Organization);
    let pledge = talks(pledge, text, Aspect::Pledge, |r, d, w| {
        d.by = Some(r.mention("Orsol"));
        d.content = Some("not to attack provincial capitals".into());
        w.factuality.polarity = Polarity::Negative;
    });
    check(
        &[
            pledge,
            ground(
                "Daily Echo",
                "2031-03-18",
                "Orsol attacked Velka city on 17 March.",
                Action::Attacked,
                "Orsol",
                "Velka city",
                "17 March=2031-03-17",
            ),
            ground(
                "South Post",
                "2031-03-18",
                "Orsol attacked Tamsa, the centre of Dren province, on Monday.",
                Action::Attacked,
                "Orsol",
                "Tamsa",
                "Monday=2031-03-17",
            ),
            ground(
                "East Day",
                "2031-03-18",
                "Orsol attacked Kesh village on Monday.",
                Action::Attacked,
                "Orsol",
                "Kesh village",
                "Monday=2031-03-17",
            ),
            ground(
                "West Day",
                "2031-03-18",
                "Norway attacked Port Lom city on Monday.",
                Action::Attacked,
                "Norway",
                "Port Lom city",
                "Monday=2031-03-17",
            ),
        ],
        expect![[r#"
            pledge: what Orsol pledges [disputed]
              “Orsol attacked Tamsa, the centre of Dren province, on Monday.” — 1 from South Post
              “Orsol attacked Velka city on 17 March.” — 1 from Daily Echo
              “Orsol has pledged not to attack provincial capitals.” — 1 from North Wire
              Breach Value [Orsol has pledged not to attack provincial capitals.] [Orsol attacked Tamsa, the centre of Dren province, on Monday.]: “Orsol has pledged not to attack provincial capitals.” is pledged, and “Orsol attacked Tamsa, the centre of Dren province, on Monday.” is reported
              Breach Value [Orsol has pledged not to attack provincial capitals.] [Orsol attacked Velka city on 17 March.]: “Orsol has pledged not to attack provincial capitals.” is pledged, and “Orsol attacked Velka city on 17 March.” is reported
        "#]],
    );
}

#[test]
fn a_planned_day_that_moved_is_an_update() {
    let plan = |published: &str, words: &'static str, when: &'static str| {
        let s = report("North Wire", published, words)
            .name("Norway", Kind::Organization)
            .name("Velka", Kind::Place);
        s.claim(words, move |r, what| {
            what.actor = vec![r.mention("Norway")];
            what.when = time(r, when);
            what.factuality.realis = Realis::Planned;
        })
    };
    check(
        &[
            plan(
                "2031-03-01",
                "Norway will withdraw its troops from Velka by 11 September.",
                "11 September=2031-09-11",
            ),
            plan(
                "2031-07-01",
                "Norway's mission in Velka will end on 31 August.",
                "31 August=2031-08-31",
            ),
        ],
        expect![[r#"
            plan: on what day it is to end: “Norway's mission in Velka will end on 31 August.” [compatible]
              11 September 2031 — 1 from North Wire
              31 August 2031 — 1 from North Wire
              Update Time [Norway will withdraw its troops from Velka by 11 September.] [Norway's mission in Velka will end on 31 August.]: first 11 September 2031, then 31 August 2031
        "#]],
    );
}

#[test]
fn statements_of_nearly_the_same_words_are_one() {
    let said = |publisher: &str, words: &'static str| {
        report(publisher, "2031-03-01", words).claim(words, |_, _| {})
    };
    let noise: Vec<Sketch> = [
        "The harvest in the south was poor after a dry spring.",
        "A ferry service between the islands resumed on Tuesday.",
        "Prices of bread rose again in the capital's markets.",
    ]
    .map(|words| said("North Wire", words))
    .into();
    let mut all = vec![
        said(
            "North Wire",
            "We will never accept a partition of the island, the minister said.",
        ),
        said(
            "Daily Echo",
            "The minister said that they would never accept partition of the island.",
        ),
        said(
            "South Post",
            "The minister accepted an invitation to the island.",
        ),
    ];
    all.extend(noise);
    check(
        &all,
        expect![[r#"
            statement: what was said [agreed]
              “We will never accept a partition of the island, the minister said.” — 2 from Daily Echo, North Wire
        "#]],
    );
}

fn control_of(control: &Control) -> String {
    let mut out = String::new();
    for place in control {
        writeln!(out, "{}", place.name).unwrap();
        for hold in &place.history {
            let when = hold
                .when
                .map(crate::compare::in_words)
                .unwrap_or("no day".into());
            let claims = hold.claims.len();
            writeln!(
                out,
                "  {} {:?} {:?}, {when}, {claims} claims",
                hold.name, hold.action, hold.status
            )
            .unwrap();
        }
    }
    out
}

#[test]
fn a_places_history_in_order_of_time() {
    let all = [
        ground(
            "North Wire",
            "2031-03-02",
            "Orsol took Velka on 1 March.",
            Action::Taken,
            "Orsol",
            "Velka",
            "1 March=2031-03-01",
        ),
        ground(
            "Daily Echo",
            "2031-03-02",
            "The Velka crossing is still under Orsol's control.",
            Action::Held,
            "Orsol",
            "Velka crossing",
            "",
        ),
        ground(
            "Daily Echo",
            "2031-03-09",
            "Norway took Velka on 8 March.",
            Action::Taken,
            "Norway",
            "Velka",
            "8 March=2031-03-08",
        ),
        ground(
            "Daily Echo",
            "2031-03-19",
            "Orsol took Velka on 18 March.",
            Action::Taken,
            "Orsol",
            "Velka",
            "18 March=2031-03-18",
        ),
        ground(
            "Daily Echo",
            "2031-03-20",
            "Norway attacked Velka on 19 March.",
            Action::Attacked,
            "Norway",
            "Velka",
            "19 March=2031-03-19",
        ),
        ground(
            "Daily Echo",
            "2031-03-21",
            "Orsol took 24 districts.",
            Action::Taken,
            "Orsol",
            "24 districts",
            "",
        ),
    ];
    expect![[r#"
        Velka
          Orsol Taken Held, 1 March 2031, 2 claims
          Norway Taken Held, 8 March 2031, 1 claims
          Orsol Taken Retaken, 18 March 2031, 1 claims
          Norway Attacked Fighting, 19 March 2031, 1 claims
    "#]]
    .assert_eq(&control_of(&state(&all).control));
}

#[test]
fn ledgers_hold_every_figure_in_order_of_time() {
    let held = |publisher: &str, day: &str, words: &'static str, number: f64| {
        count(publisher, day, words, move |r, what| {
            what.figures = vec![r.figure("districts", number, "district")];
            what.subject = Subject::Ground(Action::Held);
            what.actor = vec![r.mention("Orsol")];
        })
    };
    let far = count(
        "North Wire",
        "2031-03-04",
        "Velka lies 20 km away.",
        |r, what| {
            what.figures = vec![r.figure("20 km", 20.0, "km")];
        },
    );
    let state = state(&[
        held(
            "Daily Echo",
            "2031-03-14",
            "Orsol holds 160 districts.",
            160.0,
        ),
        held(
            "North Wire",
            "2031-03-04",
            "Orsol holds 140 districts.",
            140.0,
        ),
        far,
    ]);
    let mut out = String::new();
    for ledger in &state.ledgers {
        writeln!(out, "{}", ledger.of).unwrap();
        for entry in &ledger.entries {
            writeln!(out, "  {:?} by {}", entry.figure.low, entry.by).unwrap();
        }
    }
    expect![[r#"
        district, held by Orsol
          Some(140.0) by North Wire
          Some(160.0) by Daily Echo
    "#]]
    .assert_eq(&out);
}

#[test]
fn talks_are_gathered_by_who_meets() {
    let names = |s: Sketch| {
        s.name("Norway", Kind::Organization)
            .name("Orsol", Kind::Organization)
    };
    let begin = "Talks between Norway and Orsol began in Tamsa on 17 March.";
    let no_sides = "The talks of Norway with Orsol go on. They have brought nothing.";
    let pledge = "Orsol promised to free the sailors.";
    let one = talks(
        names(report("North Wire", "2031-03-17", begin)),
        begin,
        Aspect::Round,
        |r, d, _| {
            d.parties = vec![r.mention("Norway"), r.mention("Orsol")];
            d.place = Some(r.mention("Tamsa"));
            d.status = Some("began".into());
            d.when = time(r, "17 March=2031-03-17");
        },
    );
    let two = talks(
        names(report("Daily Echo", "2031-03-18", no_sides)),
        "They have brought nothing.",
        Aspect::Outcome,
        |_, d, _| {
            d.result = Some("nothing".into());
        },
    );
    let three = talks(
        report("South Post", "2031-03-18", pledge).name("Orsol", Kind::Organization),
        pledge,
        Aspect::Pledge,
        |r, d, _| {
            d.by = Some(r.mention("Orsol"));
            d.content = Some("free the sailors".into());
        },
    );
    let state = state(&[one, two, three]);
    let mut out = String::new();
    for meeting in &state.talks {
        writeln!(out, "{} at {:?}", meeting.parties.join(", "), meeting.place).unwrap();
        for entry in meeting
            .track
            .iter()
            .chain(&meeting.delegations)
            .chain(&meeting.agenda)
        {
            writeln!(out, "  {:?} {}", entry.aspect, entry.words).unwrap();
        }
        for position in &meeting.positions {
            writeln!(out, "  {}", position.party).unwrap();
            for entry in &position.entries {
                writeln!(out, "    {:?} {}", entry.aspect, entry.words).unwrap();
            }
        }
    }
    expect![[r#"
        Orsol at None
          Orsol
            Pledge free the sailors
        Norway, Orsol at Some("Tamsa")
          Round talks between Norway and Orsol in Tamsa: began
          Outcome nothing
    "#]]
    .assert_eq(&out);
}

#[test]
fn copies_and_later_versions_are_no_second_account() {
    use crate::testing::{derived, state_with};
    use rapporteur_model::DerivationKind;
    let killed = |publisher: &str, words: &'static str, at: &'static str, number: f64| {
        count(publisher, "2031-03-04", words, move |r, what| {
            let mut figure = r.figure(at, number, "people");
            figure.fate = Some("kill".into());
            what.figures = vec![figure];
            what.place = vec![r.mention("Velka")];
        })
        .claim(words, |_, _| {})
    };
    let first = "Thirty people were killed in Velka on a cold and rainy market day.";
    let later = "Thirteen people were killed in Velka on a cold and rainy market day.";
    let one = killed("North Wire", first, "Thirty people", 30.0);
    let two = killed("North Wire", later, "Thirteen people", 13.0);
    let three = killed("Daily Echo", first, "Thirty people", 30.0);
    let whole = "people were killed in Velka on a cold and rainy market day.";
    let derivations = [
        derived(&one, &two, DerivationKind::Revision, &[whole]),
        derived(&one, &three, DerivationKind::Reprint, &[whole]),
    ];
    let state = state_with(&[one, two, three], &derivations, &[]);
    expect![[r#"
        count: how many were killed or wounded at Velka [disputed]
          Thirteen people — 1 from North Wire
          Thirty people — 2 from North Wire
          Update Value [Thirty people were killed in Velka on a cold and rainy market day.] [Thirteen people were killed in Velka on a cold and rainy market day.]: Thirty people against Thirteen people: a later version of the report
          Contradict Value [Thirteen people were killed in Velka on a cold and rainy market day.] [Thirty people were killed in Velka on a cold and rainy market day.]: Thirty people against Thirteen people
    "#]].assert_eq(&told(&state));
}
