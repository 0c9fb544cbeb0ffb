use crate::State;
use crate::testing::{Sketch, contents, report, state_with};
use expect_test::{Expect, expect};
use rapporteur_model::{Aspect, Item, Judgement, Kind, Subject, TalksDetail, Verdict};

use Kind::{Organization, Person, Place};

/// A report that names all of these: `Kind: name, name; Kind: …`.
fn naming(day: &str, text: &str) -> Sketch {
    let mut sketch = report(&format!("Wire of {day}"), day, text);
    for group in text.split("; ") {
        let (kind, names) = group.split_once(": ").expect("a kind and names");
        let kind = match kind {
            "P" => Person,
            "O" => Organization,
            _ => Place,
        };
        for name in names.split(", ") {
            sketch = sketch.name(name, kind);
        }
    }
    sketch
}

fn shown(state: &State) -> String {
    let mut lines: Vec<String> = Vec::new();
    for entity in &state.entities {
        let kind = format!("{:?}", entity.kind).to_lowercase();
        let mut line = format!("{kind}: {}\n", entity.names.join(" = "));
        for reason in &entity.reasons {
            line += &format!("    {reason}\n");
        }
        lines.push(line);
    }
    lines.sort();
    lines.concat()
}

fn check_judged(sketches: &[Sketch], judgements: &[Judgement], expected: Expect) {
    let state = state_with(sketches, &[], judgements);
    let mut turned = contents(sketches, &[], judgements);
    turned.readings.reverse();
    turned.judgements.reverse();
    let turned = State::of(turned);
    assert_eq!(turned.entities, state.entities, "another order");
    let names =
        |state: &State| -> Vec<_> { state.reports.values().map(|r| r.names.clone()).collect() };
    assert_eq!(names(&turned), names(&state), "another order");
    expected.assert_eq(&shown(&state));
}

fn check(sketches: &[Sketch], expected: Expect) {
    check_judged(sketches, &[], expected);
}

/// One report a name list.
fn reports(texts: &[&str]) -> Vec<Sketch> {
    let day = |at: usize| format!("2031-03-{:02}", at + 1);
    texts
        .iter()
        .enumerate()
        .map(|(at, text)| naming(&day(at), text))
        .collect()
}

#[test]
fn spellings_of_one_person() {
    let texts = [
        "P: Yalmay Orsolov, Yalmai Orsolov",
        "P: Kim Dong Ul",
        "P: Kim Dong-ul",
        "P: Sawirmi Khaled Sar, Khaled Sar",
        "P: Al-Sawirmi Khalid",
        "P: Omir al-Basheer",
        "P: Omir Bashir",
    ];
    check(
        &reports(&texts),
        expect![[r#"
        person: Kim Dong Ul = Kim Dong-ul
            “Kim Dong Ul” and “Kim Dong-ul”: the same letters
        person: Omir al-Basheer = Omir Bashir
            “Omir Bashir” and “Omir al-Basheer”: spellings of one name (ee for i)
        person: Sawirmi Khaled Sar = Al-Sawirmi Khalid = Khaled Sar
            “Al-Sawirmi Khalid” and “Sawirmi Khaled Sar”: part of the longer name
            “Khaled Sar” and “Sawirmi Khaled Sar”: part of the longer name
        person: Yalmai Orsolov = Yalmay Orsolov
            “Yalmai Orsolov” and “Yalmay Orsolov”: spellings of one name (yalmay for yalmai)
    "#]],
    );
}

#[test]
fn people_of_nearly_one_name_stay_two() {
    let texts = [
        "P: Nader Tadery, Sayed Sadat Manvoor Taderi, Karim Orsoli, Yalmay Orsolizad",
        "P: Hafez Makluf, Rami Makluf",
        "P: Osama bin Javan, Osama bin Laven",
        "P: Kim Dong-ul, Kim Dong-ir, Kim Ir-Sol",
        "P: Mohamed Nairn, Mohammad Mohaqar",
    ];
    check(
        &reports(&texts),
        expect![[r#"
        person: Hafez Makluf
        person: Karim Orsoli
        person: Kim Dong-ir
        person: Kim Dong-ul
        person: Kim Ir-Sol
        person: Mohamed Nairn
        person: Mohammad Mohaqar
        person: Nader Tadery
        person: Osama bin Javan
        person: Osama bin Laven
        person: Rami Makluf
        person: Sayed Sadat Manvoor Taderi
        person: Yalmay Orsolizad
    "#]],
    );
}

#[test]
fn slips_and_middle_names() {
    let texts = [
        "P: Emar Orsolov, Anna Petrosov, Vara Lukashova, Gul Ahmad Vaziri Hakim",
        "P: Emar Orslov, Anna Petrosova, Vara Lukshova, Gul Ahmad Hakim",
        "P: EmarOrsolov, Vara Lukahsova, Emar Orsolev; O: US Relief Fund",
        "O: United States Relief Fund",
    ];
    check(
        &reports(&texts),
        expect![[r#"
            organization: United States Relief Fund = US Relief Fund
                “US Relief Fund” and “United States Relief Fund”: the same words
            person: Anna Petrosov
            person: Anna Petrosova
            person: Emar Orsolev = Emar Orsolov = Emar Orslov = EmarOrsolov
                “Emar Orslov” and “Emar Orsolov”: one letter apart, all else the same
                “Emar Orsolev” and “Emar Orsolov”: one letter apart, all else the same
                “Emar Orsolov” and “EmarOrsolov”: the same letters
            person: Gul Ahmad Vaziri Hakim = Gul Ahmad Hakim
                “Gul Ahmad Hakim” and “Gul Ahmad Vaziri Hakim”: part of the longer name
            person: Vara Lukahsova = Vara Lukashova = Vara Lukshova
                “Vara Lukahsova” and “Vara Lukashova”: one letter apart, all else the same
                “Vara Lukashova” and “Vara Lukshova”: one letter apart, all else the same
        "#]],
    );
}

#[test]
fn single_names() {
    let texts = [
        "P: Ada Brisk, Brisk, Osama bin Javan, Ben Javan",
        "P: Brisk",
        "P: Ada Brisk, Tom Brisk, Brisk",
        "P: Orsolo",
        "P: Orsolo",
    ];
    check(
        &reports(&texts),
        expect![[r#"
        person: Ada Brisk = Brisk
            “Ada Brisk” and “Brisk”: short form in one report
        person: Brisk
        person: Brisk
        person: Orsolo
        person: Osama bin Javan = Ben Javan
            “Ben Javan” and “Osama bin Javan”: short form in one report
        person: Tom Brisk
    "#]],
    );
}

#[test]
fn a_single_name_of_two_people_means_neither_in_other_reports() {
    check(
        &reports(&[
            "P: Ada Brisk",
            "P: Tom Brisk",
            "P: Brisk",
            "P: Brisk, Lenn Orsolo",
        ]),
        expect![[r#"
            person: Ada Brisk
            person: Brisk
            person: Brisk
            person: Lenn Orsolo
            person: Tom Brisk
        "#]],
    );
}

#[test]
fn the_one_whom_a_report_names_most_is_meant() {
    let text =
        "Kim Dong-ul spoke. Kim Dong-ul said no. His father Kim Dong-ir did not. Kim said yes.";
    let mut a = report("North Wire", "2031-03-01", text)
        .name("Kim Dong-ul", Person)
        .name("Kim Dong-ir", Person);
    let mut second = a.mention("Kim Dong-ul");
    second.span = a.span("Kim Dong-ul said no");
    a.reading.mentions.push(second);
    let mut single = a.mention("Kim Dong-ul");
    single.span = a.span("Kim said yes");
    single.name = "Kim".to_string();
    a.reading.mentions.push(single);
    check(
        &[a],
        expect![[r#"
        person: Kim Dong-ir
        person: Kim Dong-ul = Kim
            “Kim” and “Kim Dong-ul”: short form in one report
    "#]],
    );
}

#[test]
fn organisations_with_other_connecting_words_and_states() {
    let texts = [
        "O: High Council for National Renewal; L: Albanian",
        "O: High Council of National Renewal of Albania, AlVelka, Workers' Party of Lenn",
        "O: High Council of National Renewal, Al Velka, Worker's Party of Lenn; L: Albania",
        "O: Albanian Reform Union; O: Reform Union of Albania",
        "O: Ministry of Defence, Ministry of Defense of Albania",
        "O: Vardi, Vardis, Times, Time; L: Velka",
        "O: Velka Peace Union, Relief Union of Velka",
        "O: Peace Union, Relief Union; L: Velka",
        "O: Relief Union",
    ];
    check(
        &reports(&texts),
        expect![[r#"
            organization: Al Velka = AlVelka
                “Al Velka” and “AlVelka”: the same letters
            organization: High Council of National Renewal of Albania = High Council for National Renewal = High Council of National Renewal
                “High Council for National Renewal” and “High Council of National Renewal of Albania”: with and without its state or place
                “High Council for National Renewal” and “High Council of National Renewal”: the same words
            organization: Ministry of Defence
            organization: Ministry of Defense of Albania
            organization: Reform Union of Albania = Albanian Reform Union
                “Albanian Reform Union” and “Reform Union of Albania”: the same words
            organization: Relief Union
            organization: Relief Union of Velka
            organization: Time
            organization: Times
            organization: Vardis = Vardi
                “Vardi” and “Vardis”: singular and plural
            organization: Velka Peace Union = Peace Union
                “Peace Union” and “Velka Peace Union”: with and without its state or place
            organization: Worker's Party of Lenn = Workers' Party of Lenn
                “Worker's Party of Lenn” and “Workers' Party of Lenn”: the same words
            place: Albania = Albanian
                “Albania” and “Albanian”: both are names of Albania
            place: Velka
        "#]],
    );
}

#[test]
fn abbreviations() {
    let texts = [
        "O: Lennish Central News Agency, LCNA, LCNA Watch",
        "O: LCNA, UN; L: USA",
        "O: United Nations, UN refugee agency; L: U.S., United States",
        "O: UNHCR; L: US",
        "O: Velka Defence Front; O: VDF; O: Vardan Democratic Front",
    ];
    check(
        &reports(&texts),
        expect![[r#"
        organization: LCNA Watch
        organization: Lennish Central News Agency = LCNA
            “LCNA” and “Lennish Central News Agency”: first letters
        organization: UN refugee agency = UNHCR
            “UN refugee agency” and “UNHCR”: both are names of United Nations High Commissioner for Refugees
        organization: United Nations = UN
            “UN” and “United Nations”: both are names of United Nations
        organization: VDF
        organization: Vardan Democratic Front
        organization: Velka Defence Front
        place: United States = U.S. = USA = US
            “U.S.” and “USA”: both are names of United States
            “U.S.” and “US”: the same letters
            “U.S.” and “United States”: both are names of United States
    "#]],
    );
}

#[test]
fn brackets_say_what_an_abbreviation_means() {
    let text = "The People of Velka Relief Front (PVRF) and the Poor Valley Reform Fund met.";
    let a = report("North Wire", "2031-03-01", text)
        .name("People of Velka Relief Front", Organization)
        .name("PVRF", Organization)
        .name("Poor Valley Reform Fund", Organization);
    check(
        &[a],
        expect![[r#"
        organization: People of Velka Relief Front = PVRF
            “PVRF” and “People of Velka Relief Front”: a report puts one in brackets after the other
        organization: Poor Valley Reform Fund
    "#]],
    );
}

#[test]
fn places() {
    let texts = [
        "L: Gavni, Balkasham, Balgis, Orlia, Orlika, North Velka, South Velka",
        "L: Balghis, Taludi, Southern Kordan, Sudan, South Sudan, Upper Lenn, Blue Lenn",
        "L: Talodi, South Kordan, Ghavni, Jowzan, Mali, Malawi",
        "L: Sar-e Pul, Sare Pul, Sarn-i-Gavni, Sarn-e-Gavni, Iran, Iraq",
        "L: Islamic Republic of Iran, Iranian; O: Iranians, Islamic State of Iraq",
    ];
    check(
        &reports(&texts),
        expect![[r#"
            organization: Iranians
            organization: Islamic State of Iraq
            place: Balghis = Balgis
                “Balghis” and “Balgis”: spellings of one name (g for gh)
            place: Balkasham
            place: Blue Lenn
            place: Ghavni = Gavni
                “Gavni” and “Ghavni”: spellings of one name (gh for g)
            place: Iraq
            place: Islamic Republic of Iran = Iran = Iranian
                “Iran” and “Iranian”: both are names of Iran
                “Iran” and “Islamic Republic of Iran”: both are names of Iran
            place: Jowzan
            place: Malawi
            place: Mali
            place: North Velka
            place: Orlia
            place: Orlika
            place: Sar-e Pul = Sare Pul
                “Sar-e Pul” and “Sare Pul”: the same letters
            place: Sarn-e-Gavni = Sarn-i-Gavni
                “Sarn-e-Gavni” and “Sarn-i-Gavni”: spellings of one name (i for e)
            place: South Sudan
            place: South Velka
            place: Southern Kordan = South Kordan
                “South Kordan” and “Southern Kordan”: the same point of the compass
            place: Sudan
            place: Talodi = Taludi
                “Talodi” and “Taludi”: spellings of one name (u for o)
            place: Upper Lenn
        "#]],
    );
}

#[test]
fn the_kind_that_most_reports_give() {
    let a = naming("2031-03-01", "L: Velka");
    let b = naming("2031-03-02", "L: Velka");
    let c = naming("2031-03-03", "O: Velka");
    check(
        &[a, b, c],
        expect![[r#"
        place: Velka
    "#]],
    );
}

/// A head of a delegation, with a title.
fn head(publisher: &str, day: &str, name: &str, title: &str) -> Sketch {
    let text = format!("The delegation of the Lenn Front was headed by {title} {name}.");
    report(publisher, day, &text)
        .name("Lenn Front", Organization)
        .name_with(name, Person, |m| m.title = Some(title.to_string()))
        .claim(&text, |r, what| {
            let mut detail = TalksDetail::of(Aspect::Delegation);
            detail.party = Some(r.mention("Lenn Front"));
            detail.head = Some(r.mention(name));
            what.subject = Subject::Talks(Box::new(detail));
        })
}

#[test]
fn a_translated_name_is_known_by_its_office() {
    let a = head("North Wire", "2031-03-01", "Barodar Okhun", "Mullah");
    let b = head("Daily Echo", "2031-03-04", "Abdul Vani Brother", "Mullah");
    check(
        &[a.clone(), b],
        expect![[r#"
        organization: Lenn Front
        person: Abdul Vani Brother = Barodar Okhun
            “Abdul Vani Brother” and “Barodar Okhun”: head of the delegation of Lenn Front at the same time
    "#]],
    );
    // Half a year later it may be somebody else, and with another title it is not known.
    let later = head("Daily Echo", "2031-09-04", "Abdul Vani Brother", "Mullah");
    let other = head("West Post", "2031-03-04", "Sarn Pell", "General");
    check(
        &[a.clone(), later],
        expect![[r#"
        organization: Lenn Front
        person: Abdul Vani Brother
        person: Barodar Okhun
    "#]],
    );
    check(
        &[a, other],
        expect![[r#"
        organization: Lenn Front
        person: Barodar Okhun
        person: Sarn Pell
    "#]],
    );
}

#[test]
fn judgements_come_first() {
    let name = |n: &str| Item::Name(n.to_string());
    let judge = |a, b, verdict| {
        Judgement::new(
            name(a),
            name(b),
            verdict,
            "ann",
            "asked them",
            "2031-04-01T00:00:00Z",
        )
    };
    let texts = [
        "P: Ada Brisk, Tom Orsolo; L: Gavni, Ghavni",
        "P: Ada Brisc; O: Lenn Front",
        "O: The Front",
    ];
    let same = judge("Lenn Front", "The Front", Verdict::Same);
    let different = judge("Gavni", "Ghavni", Verdict::Different);
    let odd = judge("Ada Brisk", "Tom Orsolo", Verdict::Same);
    let unsure = judge("Ada Brisk", "Ada Brisc", Verdict::Unsure);
    let undone = odd.undo("bea", "no", "2031-04-02T00:00:00Z");
    let all = [same, different, odd.clone(), unsure];
    check_judged(
        &reports(&texts),
        &all,
        expect![[r#"
        organization: Lenn Front = The Front
            “Lenn Front” and “The Front”: ann judged so: asked them
        person: Ada Brisc
        person: Tom Orsolo = Ada Brisk
            “Ada Brisk” and “Tom Orsolo”: ann judged so: asked them
        place: Gavni
        place: Ghavni
    "#]],
    );
    check_judged(
        &reports(&texts[..1]),
        &[odd, undone],
        expect![[r#"
        person: Ada Brisk
        person: Tom Orsolo
        place: Ghavni = Gavni
            “Gavni” and “Ghavni”: spellings of one name (gh for g)
    "#]],
    );
}

#[test]
fn a_different_pair_is_not_joined_through_a_third() {
    let name = |n: &str| Item::Name(n.to_string());
    let different = Judgement::new(
        name("Kim Dong Ul"),
        name("Kim Dong-ul"),
        Verdict::Different,
        "ann",
        "two men",
        "2031-04-01T00:00:00Z",
    );
    check_judged(
        &reports(&["P: Kim Dong Ul", "P: Kim Dong-ul", "P: Kim DongUl"]),
        &[different],
        expect![[r#"
            person: Kim Dong Ul = Kim DongUl
                “Kim Dong Ul” and “Kim DongUl”: the same letters
            person: Kim Dong-ul
        "#]],
    );
}

#[test]
fn roles_with_the_time_they_are_said_to_be_held() {
    let told = |day: &str| {
        let text = format!("Ada Brisk, a spokeswoman for the ministry, {day}");
        report("Wire", day, &text).name_role("Ada Brisk", Person, "spokeswoman", "the ministry")
    };
    let state = state_with(&[told("2031-03-01"), told("2031-03-09")], &[], &[]);
    let role = &state.entities[0].roles[0];
    assert_eq!(
        (role.role.as_str(), role.of.as_deref()),
        ("spokeswoman", Some("the ministry"))
    );
    assert_eq!(
        role.when,
        Some(crate::testing::between("2031-03-01", "2031-03-09"))
    );
    assert_eq!(state.entities[0].reports, 2);
}

/// A pronoun or a description at the head of a sentence is no name of what it stands for, and what
/// stands for one thing in one report may stand for another in the next.
#[test]
fn what_stands_for_a_name_in_one_report() {
    let told = |day: &str, full: &str| {
        let text = format!("{full} spoke. They left. The North said so.");
        report("Wire", day, &text)
            .name(full, Organization)
            .name_with("North", Place, |m| m.stands_for = Some(full.to_string()))
            .claim("They left", |r, what| {
                let mut they = r.mention("They");
                they.kind = Some(Organization);
                they.stands_for = Some(full.to_string());
                what.actor = vec![they];
            })
    };
    check(
        &[
            told("2031-03-01", "North Velka"),
            told("2031-03-02", "North Orlia"),
        ],
        expect![[r#"
            place: North Orlia = North
                “North” and “North Orlia”: short form in one report
            place: North Velka = North
                “North” and “North Velka”: short form in one report
        "#]],
    );
}

#[test]
fn half_of_a_name_that_begins_it_is_another_name() {
    let a = naming("2031-03-01", "P: Orlo Front Ada Brisk, Jan Marek Orsolo");
    let b = naming("2031-03-02", "P: Orlo Front, Ada Brisk, Jan Marek");
    check(
        &[a, b],
        expect![[r#"
        person: Jan Marek Orsolo = Jan Marek
            “Jan Marek” and “Jan Marek Orsolo”: part of the longer name
        person: Orlo Front
        person: Orlo Front Ada Brisk = Ada Brisk
            “Ada Brisk” and “Orlo Front Ada Brisk”: part of the longer name
    "#]],
    );
}

#[test]
fn descriptions_of_groups_are_things_and_of_people_are_not() {
    let a = naming(
        "2031-03-01",
        "O: army, rebels, defence ministry; P: spokesman",
    );
    let b = naming("2031-03-02", "O: army, rebel, defense ministry");
    check(
        &[a, b],
        expect![[r#"
        organization: army
        organization: defence ministry = defense ministry
            “defence ministry” and “defense ministry”: the same words
        organization: rebels = rebel
            “rebel” and “rebels”: singular and plural
    "#]],
    );
}

proptest::proptest! {
    /// Whatever the names, nothing panics, every name means an entity that has it, and the order of
    /// reports does not matter.
    #[test]
    fn any_names(names in proptest::collection::vec(("[A-Za-z.’ -]{1,12}|\\PC{1,8}", 0u8..4), 1..12)) {
        let sketches: Vec<Sketch> = names.chunks(3).enumerate().map(|(at, some)| {
            let text = some.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>().join(" ");
            some.iter().fold(report("Wire", &format!("2031-03-0{}", at + 1), &text), |s, (name, kind)| {
                s.name_with(name, Person, |m| m.kind = [None, Some(Person), Some(Organization), Some(Place)][*kind as usize])
            })
        }).collect();
        let state = state_with(&sketches, &[], &[]);
        for (name, entity) in state.reports.values().flat_map(|r| &r.names) {
            assert!(state.entities[*entity].names.contains(name));
        }
        let mut turned = contents(&sketches, &[], &[]);
        turned.readings.reverse();
        assert_eq!(State::of(turned).entities, state.entities);
    }
}
