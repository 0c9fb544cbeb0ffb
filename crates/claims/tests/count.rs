//! What is counted.

mod common;

use expect_test::{Expect, expect};
use rapporteur_model::{Claim, Subject};

/// The counts of a text.
fn check(text: &str, expected: Expect) {
    let wanted = |c: &Claim| matches!(c.what().subject, Subject::Count);
    common::check_only(text, wanted, expected);
}

#[test]
fn counts() {
    check(
        "At least 12 people were killed and 20 wounded in Velka on Monday.",
        expect![[
            r#"At least 12 people were killed and 20 wounded in Velka on Monday | - | count place: Velka | Monday | >=12 person kill, =20 wounded wound"#
        ]],
    );
    check(
        "The army killed 12 rebels in Velka.",
        expect![
            "The army killed 12 rebels in Velka | - | count place: Velka; by: army | =12 rebel kill"
        ],
    );
    check(
        "More than 7,000 prisoners were released.",
        expect![[
            r#"More than 7,000 prisoners were released | - | count | >7000 prisoner release"#
        ]],
    );
    check(
        "Twelve soldiers were killed, the army said, while the rebels said that 40 soldiers died.",
        expect![[r#"
            Twelve soldiers were killed | said: army | count | =12 soldier kill
            40 soldiers died | said: rebels | count | =40 soldier kill"#]],
    );
    check(
        "The army captured 30 rebels near Velka.",
        expect![
            "The army captured 30 rebels near Velka | - | count place: Velka; by: army | =30 rebel capture"
        ],
    );
    check("Nobody was killed.", expect![[""]]);
    check(
        "The army did not kill 12 rebels.",
        expect!["The army did not kill 12 rebels | - | count by: army | =12 rebel kill | not"],
    );
    check(
        "Thousands of people fled Velka.",
        expect![[r#"Thousands of people fled Velka | - | count | ~2000..? person flee"#]],
    );
}

#[test]
fn measures_are_no_counts() {
    check("The road is 12 kilometres long.", expect![[""]]);
    check("The talks lasted 12 hours.", expect![[""]]);
    check("He is 40 years old.", expect![[""]]);
}

#[test]
fn whose_doing_and_where() {
    check(
        "The strikes in Velka killed 30 civilians, the army said.",
        expect![
            "The strikes in Velka killed 30 civilians | said: army | count place: Velka | =30 civilian kill"
        ],
    );
    check(
        "21 girls abducted by the rebels in Velka in May were released on Monday.",
        expect![[
            r#"21 girls abducted by the rebels in Velka in May were released on Monday | - | count | Monday | =21 girl release"#
        ]],
    );
    check(
        "The minister spoke of the attack that left 30 people dead.",
        expect![
            "The minister spoke of the attack that left 30 people dead | - | count | =30 person kill"
        ],
    );
    check(
        "The rebels' abduction of 30 girls in Velka shocked the country.",
        expect![
            "The rebels' abduction of 30 girls in Velka shocked the country | - | count place: Velka; by: rebels | =30 girl abduct"
        ],
    );
    check(
        "Forty soldiers died near the northern town of Lenn in Velka.",
        expect![
            "Forty soldiers died near the northern town of Lenn in Velka | - | count place: Lenn, Velka | =40 soldier kill"
        ],
    );
    check(
        "The army is feared to have killed 30 civilians.",
        expect![
            "The army is feared to have killed 30 civilians | - | count by: army | =30 civilian kill | possible"
        ],
    );
}

/// The types and modes of a text's claims.
fn check_events(text: &str, expected: Expect) {
    let report = common::report(text);
    let document = rapporteur_text::parse(&report);
    let claims = rapporteur_claims::find(&document);
    let coded = |c: &Claim| {
        let mode = c.what().mode.as_deref().unwrap_or("-");
        c.what().event.map(|event| format!("{event:?} {mode}"))
    };
    let lines: Vec<String> = claims.iter().filter_map(coded).collect();
    expected.assert_eq(&lines.join(", "));
}

#[test]
fn types_and_modes() {
    let war = "The war went on as troops and rebels fought.";
    for (text, expected) in [
        (
            "The rebels released 30 prisoners.",
            expect!["Retreat release"],
        ),
        ("Thirty people died when a train overturned.", expect![""]),
        ("Four people were released from hospital.", expect![[""]]),
        (
            "The army shelled the town of Velka.",
            expect!["Assault heavy-weapons"],
        ),
        ("Jets bombed the town of Velka.", expect!["Assault aerial"]),
        ("The police arrested the rebels.", expect!["Coerce arrest"]),
        (
            "The rebels did not meet the government.",
            expect!["Reject -"],
        ),
        (
            "Norland has fired a missile over Orland.",
            expect!["Mobilize weapons"],
        ),
        (
            "The government imposed sanctions on the rebels.",
            expect!["Coerce restrict"],
        ),
        ("A student goes to the town.", expect![[""]]),
        // Nobody was taken away.
        (
            "More than 140 districts were captured.",
            expect!["Assault -"],
        ),
    ] {
        check_events(&format!("{war} {text}"), expected);
    }
}

#[test]
fn counts_of_what_has_not_come_to_be() {
    for (text, expected) in [
        (
            "The rebels asked for the release of 7,000 prisoners.",
            expect![
                "The rebels asked for the release of 7,000 prisoners | - | count | =7000 prisoner release | demanded"
            ],
        ),
        (
            "Orland has the ability to kill millions of people with its missiles.",
            expect![[""]],
        ),
        (
            "The patch for the XJ4 was released in Velka.",
            expect![[""]],
        ),
        (
            "Police found the car that he used to kill 12 people.",
            expect![
                "the car that he used to kill 12 people | found: Police (Police)? | count | =12 person kill"
            ],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn where_and_what_became_of_them() {
    for (text, expected) in [
        (
            "Orsolo College in the valley: 12 killed.",
            expect![[
                r#"Orsolo College in the valley: 12 killed | - | count place: Orsolo College in the valley | =12 killed kill"#
            ]],
        ),
        (
            "One person died, in contrast with the raid on Velka on Thursday.",
            expect![[
                r#"One person died, in contrast with the raid on Velka on Thursday | - | count | =1 person kill"#
            ]],
        ),
        (
            "Twenty-one girls captured by the Orlo Front have been freed.",
            expect![[
                r#"Twenty-one girls captured by the Orlo Front have been freed | - | count | =21 girl release"#
            ]],
        ),
        (
            "Four detained rebels were released in Velka.",
            expect![[
                r#"Four detained rebels were released in Velka | - | count place: Velka | =4 detained rebel release"#
            ]],
        ),
        (
            "Lenn, Orland: 12 killed.",
            expect![[r#"Lenn, Orland: 12 killed | - | count place: Orland | =12 killed kill"#]],
        ),
        (
            "The rebels have offered a truce in exchange for the release of 7,000 fighters.",
            expect![
                "The rebels have offered a truce in exchange for the release of 7,000 fighters | - | count | =7000 fighter release | demanded"
            ],
        ),
        (
            "Orland said it was committed to rescuing the 218 girls.",
            expect![
                "it was committed to rescuing the 218 girls | said: Orland | count | =218 girl rescue | planned"
            ],
        ),
        (
            "Dozens of people are dead after a truck drove into a crowd in Velka.",
            expect![
                "Dozens of people are dead after a truck drove into a crowd in Velka | - | count place: Velka | ~24..? person kill"
            ],
        ),
        (
            "A mine blamed on Orland maimed two soldiers.",
            expect!["A mine blamed on Orland maimed two soldiers | - | count | =2 soldier wound"],
        ),
        (
            "Jan Field, a reporter for the Gazette in Lenn, wrote of the raid that left 70 people dead.",
            expect![
                "Jan Field, a reporter for the Gazette in Lenn, wrote of the raid that left 70 people dead | - | count | =70 person kill"
            ],
        ),
        (
            "The war has claimed more than 20,000 lives.",
            expect!["The war has claimed more than 20,000 lives | - | count | >20000 life kill"],
        ),
        (
            "The death toll from the bombing of a convoy near the town of Velka rose to at least six on Friday.",
            expect![
                "The death toll from the bombing of a convoy near the town of Velka rose to at least six on Friday | - | count place: Velka | Friday | >=6 person kill"
            ],
        ),
        (
            "The tax will push the bank to a loss of around $3 billion.",
            expect![
                "The tax will push the bank to a loss of around $3 billion | - | count | ~3000000000 dollar"
            ],
        ),
        (
            "The video showed 15 of the 200 girls abducted by the Orlo Front on April 14.",
            expect![
                "The video showed 15 of the 200 girls abducted by the Orlo Front on April 14 | - | count by: Orlo Front | April 14 | =15 girl of 200 abduct"
            ],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_a_fight_tells_of_those_it_harmed() {
    for (text, expected) in [
        (
            "A bomber rammed a truck packed with fuel into a wall around the Lennish consulate in the city of Velka, killing at least four civilians.",
            expect![[
                r#"A bomber rammed a truck packed with fuel into a wall around the Lennish consulate in the city of Velka, killing at least four civilians | - | count place: Velka; by: bomber | >=4 civilian kill"#
            ]],
        ),
        (
            "At least 12 people were killed by a suspected Orlo fighter who drove a truck into crowds in Velka.",
            expect![[
                r#"At least 12 people were killed by a suspected Orlo fighter who drove a truck into crowds in Velka | - | count place: Velka; by: suspected Orlo fighter | >=12 person kill"#
            ]],
        ),
        (
            "Brisk came from Velka, where 38 people were killed on a beach last year.",
            expect![[
                r#"Brisk came from Velka, where 38 people were killed on a beach last year | - | count place: Velka | last year | =38 person kill"#
            ]],
        ),
        (
            "The Lagos gunman, who killed 59 people, was shot.",
            expect![[
                r#"The Lagos gunman, who killed 59 people, was shot | - | count place: Lagos; by: Lagos gunman | =59 person kill"#
            ]],
        ),
        (
            "Officers looked at the truck that mowed down and killed 84 people in Velka last night.",
            expect![[
                r#"Officers looked at the truck that mowed down and killed 84 people in Velka last night | - | count place: Velka | last night | =84 person kill"#
            ]],
        ),
        (
            "The rebels killed 130 people in Velka in May, the bloodiest in a number of attacks in Lenn and Kest.",
            expect![[
                r#"The rebels killed 130 people in Velka in May, the bloodiest in a number of attacks in Lenn and Kest | - | count place: Velka; by: rebels | May | =130 person kill"#
            ]],
        ),
        (
            "A raid left two Orlish soldiers and three guards dead near Velka.",
            expect![[
                r#"A raid left two Orlish soldiers and three guards dead near Velka | - | count place: Velka | =2 Orlish soldier kill, =3 guard kill"#
            ]],
        ),
        (
            "In May, one of the missing girls was found.",
            expect![[
                r#"In May, one of the missing girls was found | - | count | May | =1 missing girl"#
            ]],
        ),
        (
            "The Orlo Front was responsible for 1,200 deaths.",
            expect![[
                r#"The Orlo Front was responsible for 1,200 deaths | - | count by: Orlo Front | =1200 death kill"#
            ]],
        ),
        (
            "The handing over of four imprisoned rebels was a part of the deal.",
            expect![[
                r#"The handing over of four imprisoned rebels was a part of the deal | - | count | =4 imprisoned rebel release"#
            ]],
        ),
        (
            "The rebels released two videos of the captives.",
            expect![[
                r#"The rebels released two videos of the captives | - | count by: rebels | =2 video"#
            ]],
        ),
        (
            "The doctor tried to save one of the wounded guards.",
            expect![[
                r#"The doctor tried to save one of the wounded guards | - | count | =1 wounded guard wound"#
            ]],
        ),
        (
            "Four months ago, rebels linked to the Orlo Front killed 32 people in Velka.",
            expect![[
                r#"Four months ago, rebels linked to the Orlo Front killed 32 people in Velka | - | count place: Velka; by: rebels | =32 person kill"#
            ]],
        ),
        (
            "The rebels seized 24 districts.",
            expect![[
                r#"The rebels seized 24 districts | - | count by: rebels | =24 district capture"#
            ]],
        ),
        (
            "The raid on Velka came after 12 protesters had been killed in Lenn.",
            expect![[
                r#"The raid on Velka came after 12 protesters had been killed in Lenn | - | count place: Lenn | =12 protester kill"#
            ]],
        ),
        (
            "At least 12 people, including two children, were killed in Velka.",
            expect![[
                r#"At least 12 people, including two children, were killed in Velka | - | count place: Velka | >=12 person kill, =2 child kill"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn places_that_the_words_around_tell() {
    for (text, expected) in [
        (
            "A blast at Lagos museum killed at least 12 people.",
            expect![[
                r#"A blast at Lagos museum killed at least 12 people | - | count place: Lagos museum | >=12 person kill"#
            ]],
        ),
        (
            "A series of attacks left 130 people dead throughout Velka.",
            expect![[
                r#"A series of attacks left 130 people dead throughout Velka | - | count place: Velka | =130 person kill"#
            ]],
        ),
        (
            "Gunmen killed four members of the Orlish security forces in Velka.",
            expect![[
                r#"Gunmen killed four members of the Orlish security forces in Velka | - | count place: Velka; by: Gunmen | =4 member of the Orlish security forces kill"#
            ]],
        ),
        (
            "Ada Brisk, a rebel who told him to kill 12 people, left Velka.",
            expect![[
                r#"Ada Brisk, a rebel who told him to kill 12 people, left Velka | - | count by: rebel | =12 person kill | planned"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn who_struck_and_who_else_was_harmed() {
    for (text, expected) in [
        (
            "At least two people were killed after a bomber crashed a truck into the Lennish consulate in Velka.",
            expect![[
                r#"At least two people were killed after a bomber crashed a truck into the Lennish consulate in Velka | - | count place: Velka; by: bomber | >=2 person kill"#
            ]],
        ),
        (
            "Coalition air strikes which killed 30 civilians in Velka were condemned.",
            expect![[
                r#"Coalition air strikes which killed 30 civilians in Velka were condemned | - | count place: Velka; by: Coalition | =30 civilian kill"#
            ]],
        ),
        (
            "On April 14, 2014, more than 200 girls were seized by the rebels, and 21 of them were set free in October 2016.",
            expect![[r#"
                On April 14, 2014, more than 200 girls were seized by the rebels | - | count by: rebels | April 14, 2014 | >200 girl capture
                and 21 of them were set free in October 2016 | - | count | October 2016 | =21 person release"#]],
        ),
        (
            "Chile, like Peru, has faced a series of rebel attacks, killing dozens including 59 foreign tourists.",
            expect![[
                r#"Chile, like Peru, has faced a series of rebel attacks, killing dozens including 59 foreign tourists | - | count place: Chile | ~24..? person kill, =59 foreign tourist kill"#
            ]],
        ),
        (
            "The Orlo Front has been blamed for the deaths of more than 20,000 people since its rising in 2009.",
            expect![[
                r#"The Orlo Front has been blamed for the deaths of more than 20,000 people since its rising in 2009 | - | count by: Orlo Front | >20000 person kill | possible"#
            ]],
        ),
        (
            "More than 80 people were rushed to hospital.",
            expect![[
                r#"More than 80 people were rushed to hospital | - | count | >80 person wound"#
            ]],
        ),
        (
            "Orland welcomed the released of 82 girls that were kidnapped by the rebels in 2014.",
            expect![[
                r#"Orland welcomed the released of 82 girls that were kidnapped by the rebels in 2014 | - | count | =82 girl release"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn gunned_down_and_where_it_was_called() {
    for (text, expected) in [
        (
            "Gunmen gunned down 14 people in Velka.",
            expect![[
                r#"Gunmen gunned down 14 people in Velka | - | count place: Velka; by: Gunmen | =14 person kill"#
            ]],
        ),
        (
            "The plan dates from the May 3 Lagos bomb attacks that killed 17 people.",
            expect![[
                r#"The plan dates from the May 3 Lagos bomb attacks that killed 17 people | - | count place: Lagos | May 3 | =17 person kill"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn where_both_were_harmed() {
    for (text, expected) in [
        (
            "At least 59 people were killed, and 527 were injured in a raid in Velka on Sunday night.",
            expect![[r#"
                At least 59 people were killed | - | count place: Velka | Sunday | >=59 person kill
                and 527 were injured in a raid in Velka on Sunday night | - | count place: Velka | Sunday | =527 injured wound"#]],
        ),
        (
            "Dozens have been injured after a tram overturned in Velka.",
            expect![[
                r#"Dozens have been injured after a tram overturned in Velka | - | count place: Velka | ~24..? injured wound"#
            ]],
        ),
        (
            "Four people with serious injuries were released from hospital on Wednesday.",
            expect![[
                r#"Four people with serious injuries were released from hospital on Wednesday | - | count | Wednesday | =4 person"#
            ]],
        ),
        (
            "A gunman killed 12 people at Lagos music festival.",
            expect![[
                r#"A gunman killed 12 people at Lagos music festival | - | count place: Lagos music festival; by: gunman | =12 person kill"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}
