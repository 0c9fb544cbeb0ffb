//! What is said of ground.

mod common;

use expect_test::{Expect, expect};
use rapporteur_model::{Claim, Subject};

/// The claims of ground of a text.
fn check(text: &str, expected: Expect) {
    let wanted = |c: &Claim| matches!(c.what().subject, Subject::Ground(_));
    common::check_only(text, wanted, expected);
}

#[test]
fn taken() {
    check(
        "The army captured Velka on Monday.",
        expect![[
            r#"The army captured Velka on Monday | - | taken place: Velka; by: army | Monday"#
        ]],
    );
    check(
        "The town of Velka was captured by the army on 3 March.",
        expect![[
            r#"The town of Velka was captured by the army on 3 March | - | taken place: Velka; by: army | 3 March"#
        ]],
    );
    check(
        "Velka fell to the Orlo Front last week.",
        expect![[
            r#"Velka fell to the Orlo Front last week | - | taken place: Velka; by: Orlo Front | last week"#
        ]],
    );
    check(
        "The army lost Velka on Monday.",
        expect![[
            r#"The army lost Velka on Monday | - | taken place: Velka; against: army | Monday"#
        ]],
    );
    check(
        "The rebels have taken control of the town of Velka.",
        expect![[
            r#"The rebels have taken control of the town of Velka | - | taken place: Velka; by: rebels"#
        ]],
    );
}

#[test]
fn retaken() {
    check(
        "The army retook Velka from the Orlo Front on Monday.",
        expect![[
            r#"The army retook Velka from the Orlo Front on Monday | - | retaken place: Velka; by: army; against: Orlo Front | Monday"#
        ]],
    );
    check(
        "The army took back the town of Velka.",
        expect![[r#"The army took back the town of Velka | - | retaken place: Velka; by: army"#]],
    );
    check(
        "The army launched an operation to retake Velka.",
        expect![[
            r#"The army launched an operation to retake Velka | - | attacked place: Velka; by: army"#
        ]],
    );
}

#[test]
fn held() {
    check(
        "The Orlo Front controls Velka and Port Lenn.",
        expect![[
            r#"The Orlo Front controls Velka and Port Lenn | - | held place: Velka, Port Lenn; by: Orlo Front"#
        ]],
    );
    check(
        "Velka is under the control of the Orlo Front.",
        expect![[
            r#"Velka is under the control of the Orlo Front | - | held place: Velka; by: Orlo Front"#
        ]],
    );
}

#[test]
fn attacked() {
    // A name of no known kind is a place where it is shelled.
    check(
        "Rebels shelled Velka on Monday.",
        expect!["Rebels shelled Velka on Monday | - | attacked place: Velka; by: Rebels | Monday"],
    );
    check(
        "Rebels attacked the town of Velka on Monday.",
        expect![[
            r#"Rebels attacked the town of Velka on Monday | - | attacked place: Velka; by: Rebels | Monday"#
        ]],
    );
    check(
        "Rebels attacked an army base in Velka.",
        expect![[
            r#"Rebels attacked an army base in Velka | - | attacked place: army base in Velka; by: Rebels"#
        ]],
    );
    check(
        "The army launched an attack on Velka at dawn.",
        expect![[
            r#"The army launched an attack on Velka at dawn | - | attacked place: Velka; by: army"#
        ]],
    );
    check(
        "Velka came under attack on Monday.",
        expect![[r#"Velka came under attack on Monday | - | attacked place: Velka | Monday"#]],
    );
    check(
        "The shelling of Velka by the army went on.",
        expect![[
            r#"The shelling of Velka by the army went on | - | attacked place: Velka; by: army"#
        ]],
    );
    check(
        "Two districts of Velka were bombed on Sunday.",
        expect![[
            r#"Two districts of Velka were bombed on Sunday | - | attacked place: Two districts of Velka | Sunday | =2 district"#
        ]],
    );
}

#[test]
fn clashes_and_sieges() {
    check(
        "The army clashed with the Orlo Front in Velka on Monday.",
        expect![[
            r#"The army clashed with the Orlo Front in Velka on Monday | - | clash place: Velka; by: army; against: Orlo Front | Monday"#
        ]],
    );
    check(
        "Heavy fighting between the army and the Orlo Front was reported in Velka.",
        expect![[
            r#"Heavy fighting between the army and the Orlo Front was reported in Velka | - | clash place: Velka; by: army, Orlo Front"#
        ]],
    );
    check(
        "Fighting broke out near Port Lenn.",
        expect![[r#"Fighting broke out near Port Lenn | - | clash place: Port Lenn"#]],
    );
    check(
        "The army surrounded Velka.",
        expect![[r#"The army surrounded Velka | - | surrounded place: Velka; by: army"#]],
    );
    check(
        "The siege of Velka by the army began in May.",
        expect![[
            r#"The siege of Velka by the army began in May | - | surrounded place: Velka; by: army | May"#
        ]],
    );
    check(
        "The Orlo Front attacked the town of Velka. Fighting is going on there.",
        expect![[r#"
            The Orlo Front attacked the town of Velka | - | attacked place: Velka; by: Orlo Front
            Fighting is going on there | - | clash place: Velka"#]],
    );
}

#[test]
fn lists_and_two_objects() {
    check(
        "The army captured Velka, Orland and Port Lenn.",
        expect![[
            r#"The army captured Velka, Orland and Port Lenn | - | taken place: Velka, Orland, Port Lenn; by: army"#
        ]],
    );
    check(
        "The army captured Velka on 8 July and Orland on 14 July.",
        expect![[r#"
        The army captured Velka on 8 July and Orland on 14 July | - | taken place: Velka; by: army | 8 July
        The army captured Velka on 8 July and Orland on 14 July | - | taken place: Orland; by: army | 14 July"#]],
    );
    check(
        "The army and the militia captured Velka.",
        expect![[
            r#"The army and the militia captured Velka | - | taken place: Velka; by: army, militia"#
        ]],
    );
    check(
        "The army captured Velka and the rebels seized Orland.",
        expect![[r#"
            The army captured Velka | - | taken place: Velka; by: army
            the rebels seized Orland | - | taken place: Orland; by: rebels"#]],
    );
}

#[test]
fn shares_and_totals() {
    check(
        "The Orlo Front has captured more than 160 of 407 districts.",
        expect![[
            r#"The Orlo Front has captured more than 160 of 407 districts | - | taken place: more than 160 of 407 districts; by: Orlo Front | >160 district of 407 capture"#
        ]],
    );
    check(
        "Dozens of districts have fallen to the Orlo Front.",
        expect![[
            r#"Dozens of districts have fallen to the Orlo Front | - | taken place: Dozens of districts; by: Orlo Front | ~24..? district"#
        ]],
    );
}

#[test]
fn pronouns() {
    check(
        "The army attacked the districts near Velka. Some were captured by the army.",
        expect![[r#"
        The army attacked the districts near Velka | - | attacked place: districts near Velka; by: army
        Some were captured by the army | - | taken place: Some=districts; by: army"#]],
    );
    check(
        "The Orlo Front came back in May. It captured Velka in June.",
        expect![[
            r#"It captured Velka in June | - | taken place: Velka; by: It=Orlo Front | June"#
        ]],
    );
    check(
        "“We captured Velka last night,” said Jan Orsolo, a spokesman for the Orlo Front.",
        expect![[
            r#"“We captured Velka last night,” | direct said: Jan Orsolo (spokesman of Orlo Front) | taken place: Velka; by: We=Orlo Front | last night"#
        ]],
    );
}

#[test]
fn factuality() {
    check(
        "The army did not capture Velka.",
        expect![[r#"The army did not capture Velka | - | taken place: Velka; by: army | not"#]],
    );
    check(
        "No district was captured by the army.",
        expect![[
            r#"No district was captured by the army | - | taken place: No district; by: army | not"#
        ]],
    );
    check(
        "The army will capture Velka.",
        expect![[r#"The army will capture Velka | - | taken place: Velka; by: army | planned"#]],
    );
    check(
        "The army plans to attack the town of Velka.",
        expect![[
            r#"The army plans to attack the town of Velka | - | attacked place: Velka; by: army | planned"#
        ]],
    );
    check(
        "The army may have captured Velka.",
        expect![[
            r#"The army may have captured Velka | - | taken place: Velka; by: army | possible"#
        ]],
    );
    check(
        "If the army captures Velka, the talks will end.",
        expect![[r#"If the army captures Velka | - | taken place: Velka; by: army | conditional"#]],
    );
    check(
        "The bridge enabled the army to seize Velka.",
        expect![[r#"the army to seize Velka | - | taken place: Velka; by: army"#]],
    );
    check(
        "The army denied attacking the town of Velka.",
        expect![[
            r#"The army denied attacking the town of Velka | denied: army | attacked place: Velka; by: army | not"#
        ]],
    );
    check(
        "The army failed to capture Velka.",
        expect![[r#"The army failed to capture Velka | - | taken place: Velka; by: army | not"#]],
    );
    check(
        "The army tried to capture Velka.",
        expect![[
            r#"The army tried to capture Velka | - | taken place: Velka; by: army | planned"#
        ]],
    );
}

#[test]
fn idioms_are_no_ground() {
    for text in [
        "The talks took place in Velka.",
        "The two sides held talks in Velka.",
        "The two sides struck a deal in Velka.",
        "Many children fell ill in Velka.",
        "The party ran attack ads in Velka.",
        "The film captured attention in Velka.",
        "The control room in Velka was closed.",
        "He lost a long battle with cancer in Velka.",
        "Workers fight for a job in Velka.",
        "The court held Jan Orsolo in Velka.",
        "The court has held Jan Orsolo since May.",
        "Women spoke of sexual assaults in Velka.",
        "Elections were held in Velka.",
        "The minister took questions in Velka.",
        "He took office in Velka in May.",
        "Police seized drugs in Velka.",
        "Prices fell in Velka.",
        "Nurses went on strike in Velka.",
        "The news hit Velka hard.",
        "The storm hit Velka on Monday.",
        "An earthquake struck Velka on Monday.",
        "The campaign targeted voters in Velka.",
        "She entered university in Velka.",
        "The team lost a match in Velka.",
        "Police took fingerprints in Velka.",
        "Firefighters fought a blaze in Velka.",
        "Rain fell on Velka.",
        "He suffered a heart attack in Velka.",
        "The minister holds a degree from Velka.",
        "The court ruled in Velka on Monday.",
        "The company recovered its losses in Velka.",
        "Farmers took their goods to Velka.",
        "He was surrounded by friends in Velka.",
        "The exhibition captures life in Velka.",
    ] {
        check(text, expect![[""]]);
    }
}

#[test]
fn no_events_of_the_ground() {
    check("Velka is able to strike Orland.", expect![[""]]);
    check(
        "Velka has been able to take the town of Lenn.",
        expect!["Velka has been able to take the town of Lenn | - | taken place: Lenn; by: Velka"],
    );
    check("Velka could use the base to hit Orland.", expect![[""]]);
    check("Velka fired a missile into the Sea of Orl.", expect![[""]]);
    check(
        "The army could not rule out bombs in the town, it said.",
        expect![[""]],
    );
    check(
        "The council condemned the attack on Lenn.",
        expect![
            "The council condemned the attack on Lenn | condemned: council | attacked place: Lenn"
        ],
    );
    check(
        "The army led the attack on Lenn.",
        expect!["The army led the attack on Lenn | - | attacked place: Lenn; by: army"],
    );
    check(
        "The army won back swathes of territory.",
        expect![
            "The army won back swathes of territory | - | retaken place: swathes of territory; by: army"
        ],
    );
    check(
        "Velka was looking into the strikes in Lenn, cited by the rebels.",
        expect![
            "Velka was looking into the strikes in Lenn, cited by the rebels | - | attacked place: Lenn"
        ],
    );
    check(
        "The army must take the town of Lenn.",
        expect!["The army must take the town of Lenn | - | taken place: Lenn; by: army | demanded"],
    );
    check(
        "Velka said it had not bombed anywhere in Orland's territory.",
        expect![
            "it had not bombed anywhere in Orland's territory | said: Velka | attacked place: Orland | not"
        ],
    );
    check(
        "The army shelled near the town of Lenn.",
        expect!["The army shelled near the town of Lenn | - | attacked place: Lenn; by: army"],
    );
}

#[test]
fn who_holds_a_place_said_in_passing() {
    check(
        "Troops entered the rebel-held town of Velka.",
        expect![[r#"
            Troops entered the rebel-held town of Velka | - | attacked place: Velka; by: Troops
            Troops entered the rebel-held town of Velka | - | held place: Velka; by: rebel"#]],
    );
    check(
        "The rebel stronghold of Velka was quiet.",
        expect!["The rebel stronghold of Velka was quiet | - | held place: Velka; by: rebel"],
    );
    check(
        "It pledged allegiance to the Orlo Front, the armed group that controls Velka.",
        expect![
            "the armed group that controls Velka | - | held place: Velka; by: armed group=Orlo Front"
        ],
    );
}

#[test]
fn driven_out_and_driven_into() {
    check(
        "The army drove the rebels out of Velka on Monday.",
        expect![
            "The army drove the rebels out of Velka on Monday | - | taken place: Velka; by: army; against: rebels | Monday"
        ],
    );
    check(
        "A suicide bomber rammed a truck packed with explosives into the gate of an army base in Velka.",
        expect![
            "A suicide bomber rammed a truck packed with explosives into the gate of an army base in Velka | - | attacked place: gate of an army base in Velka; by: suicide bomber"
        ],
    );
    check(
        "A car bomb exploded in Velka on Monday, killing 12 soldiers.",
        expect![
            "A car bomb exploded in Velka on Monday, killing 12 soldiers | - | attacked place: Velka | Monday | =12 soldier kill"
        ],
    );
    check(
        "Gunmen opened fire on a mosque in Velka.",
        expect![
            "Gunmen opened fire on a mosque in Velka | - | attacked place: Velka; by: Gunmen; against: mosque in Velka"
        ],
    );
    check("The fire destroyed a village near Velka.", expect![[""]]);
    check(
        "Rebels burned entire villages.",
        expect!["Rebels burned entire villages | - | attacked place: entire villages; by: Rebels"],
    );
    check(
        "The rebels killed hundreds in attacks across the country.",
        expect![
            "The rebels killed hundreds in attacks across the country | - | attacked place: country; by: rebels | =100..1000 person kill"
        ],
    );
    check(
        "Planes dropped bombs in and around a camp near Velka on Monday.",
        expect![
            "Planes dropped bombs in and around a camp near Velka on Monday | - | attacked place: camp near Velka; by: Planes | Monday"
        ],
    );
}

#[test]
fn no_time_of_another_clause() {
    check(
        "The rebels stormed the town of Velka, and in May the army found one girl.",
        expect![[
            r#"The rebels stormed the town of Velka, and in May the army found one girl | - | attacked place: Velka; by: rebels"#
        ]],
    );
    check(
        "The rebels captured Velka in the attacks launched in June.",
        expect![
            "The rebels captured Velka in the attacks launched in June | - | taken place: Velka; by: rebels | June"
        ],
    );
}

#[test]
fn what_may_come_is_no_event() {
    check(
        "An attack near Velka would also be likely to end the talks.",
        expect![[""]],
    );
    check(
        "Orland fired four missiles into the sea near the island of Velka.",
        expect![[""]],
    );
    check(
        "The army pledged to “hit” the rebels in Velka.",
        expect![[""]],
    );
    check(
        "It called the attack a reprisal for airstrikes in the town of Velka.",
        expect![[r#"airstrikes in the town of Velka | - | attacked place: Velka"#]],
    );
}

#[test]
fn control_that_is_had_and_towns_that_are_cleared() {
    check(
        "The movement has full control of Velka. Its council has no control over prices in Velka. \
         Soldiers cleared the town of Lenn of rebels. The court cleared the governor of Lenn of fraud.",
        expect![[r#"
            The movement has full control of Velka | - | held place: Velka; by: movement
            Soldiers cleared the town of Lenn of rebels | - | retaken place: Lenn; by: Soldiers; against: rebels"#]],
    );
    check(
        "Militants drove a car bomb into the army base in Velka. Norwegian air strikes hit Lenn, and a rebel assault \
         on Velka followed deadly militant attacks near Lenn.",
        expect![[r#"
            Militants drove a car bomb into the army base in Velka | - | attacked place: army base in Velka; by: Militants
            Norwegian air strikes hit Lenn, and a rebel assault on Velka followed deadly militant attacks near Lenn | - | attacked place: Lenn; by: Norwegian air strikes
            Norwegian air strikes hit Lenn, and a rebel assault on Velka followed deadly militant attacks near Lenn | - | attacked place: Velka; by: rebel
            Norwegian air strikes hit Lenn, and a rebel assault on Velka followed deadly militant attacks near Lenn | - | attacked place: Lenn; by: militant"#]],
    );
}

#[test]
fn buildings_and_what_attacks_did() {
    check(
        "Orlo fighters struck at the Lennish consulate on Monday.",
        expect![
            "Orlo fighters struck at the Lennish consulate on Monday | - | attacked place: Lennish consulate; by: Orlo fighters | Monday"
        ],
    );
    check(
        "The Orland embassy was attacked by Orlo fighters in May.",
        expect![
            "The Orland embassy was attacked by Orlo fighters in May | - | attacked place: Orland embassy; by: Orlo fighters; against: Orland embassy | May"
        ],
    );
    check(
        "A bomb went off in the city of Velka. Heavily armed attackers battled with the police late into the night.",
        expect![
            "Heavily armed attackers battled with the police late into the night | - | clash place: Velka; by: Heavily armed attackers; against: police"
        ],
    );
    check(
        "A rebel assault left two soldiers dead near Lenn.",
        expect![
            "A rebel assault left two soldiers dead near Lenn | - | attacked place: Lenn; by: rebel | =2 soldier kill"
        ],
    );
    check(
        "The rebels want back the territory that Orland conquered in the war of 1967.",
        expect![
            "that Orland conquered in the war of 1967 | - | taken place: territory; by: Orland | 1967"
        ],
    );
    check(
        "Despite winning back swathes of territory from the rebels, the army had to leave.",
        expect![[
            r#"Despite winning back swathes of territory from the rebels | - | retaken place: swathes of territory; by: army; against: rebels"#
        ]],
    );
    check(
        "Ada Brisk praised the liberation of many towns from rebel control.",
        expect![
            "Ada Brisk praised the liberation of many towns from rebel control | praised: Ada Brisk | retaken place: many towns"
        ],
    );
}

/// Searches, habits, anniversaries and captions are none.
#[test]
fn no_ground() {
    check(
        "Police raided the attacker's house in Lenn on Monday.",
        expect![[r#""#]],
    );
    check(
        "It typically takes the rebels hours to claim attacks in the north.",
        expect![[r#""#]],
    );
    check(
        "They commemorated the anniversary of the liberation of Velka from the rebels.",
        expect![[r#""#]],
    );
    check(
        "1/16 Families flee from the bombardment in southern Velka during the war.",
        expect![[r#""#]],
    );
}

#[test]
fn hands_halls_and_what_succeeds() {
    check(
        "The port of Lenn is in government hands. Rebels broke into Velka on Monday. \
         The rebels captured Port Lenn on 8 July, and the crossing at Orsk on 14 July.",
        expect![[r#"
            The port of Lenn is in government hands | - | held place: Lenn; by: government
            Rebels broke into Velka on Monday | - | attacked place: Velka; by: Rebels | Monday
            The rebels captured Port Lenn on 8 July, and the crossing at Orsk on 14 July | - | taken place: Port Lenn; by: rebels | 8 July
            The rebels captured Port Lenn on 8 July, and the crossing at Orsk on 14 July | - | taken place: Orsk; by: rebels | 14 July"#]],
    );
    check(
        "The army began an operation to retake Velka on Friday. The governor said that it had succeeded.",
        expect![[r#"
            The army began an operation to retake Velka on Friday | - | attacked place: Velka; by: army | Friday
            it had succeeded | said: governor (governor)? | retaken place: Velka; by: army"#]],
    );
}

#[test]
fn signs_of_who_holds_a_place() {
    check(
        "The army says it has retaken Velka. Drivers could see Orlo Front flags above the customs house on Monday.",
        expect![[r#"
            it has retaken Velka | says: army | retaken place: Velka; by: it=army
            Drivers could see Orlo Front flags above the customs house on Monday | - | held place: Velka; by: Orlo Front | Monday"#]],
    );
    check(
        "The army says it has retaken Velka. Drivers say the rebels still collect the fees there.",
        expect![[r#"
            it has retaken Velka | says: army | retaken place: Velka; by: it=army
            the rebels still collect the fees there | say: Drivers | held place: Velka; by: rebels"#]],
    );
    check(
        "In Velka, the capital of Orsk province, rebels entered the suburbs on Monday.",
        expect![
            "In Velka, the capital of Orsk province, rebels entered the suburbs on Monday | - | attacked place: Velka; by: rebels | Monday"
        ],
    );
    check(
        "Rebels reached the edge of Port Lenn.",
        expect!["Rebels reached the edge of Port Lenn | - | attacked place: Port Lenn; by: Rebels"],
    );
    check(
        "The army collects no fees in Velka. The Velkan flag flew over the embassy.",
        expect![[r#""#]],
    );
}

#[test]
fn whose_attacks_they_are() {
    for (text, expected) in [
        (
            "On Wednesday, the Orlo Front was believed to be behind an attack that killed eight people in Velka.",
            expect![[
                r#"On Wednesday, the Orlo Front was believed to be behind an attack that killed eight people in Velka | - | attacked place: Velka; by: Orlo Front | Wednesday | =8 person kill | probable"#
            ]],
        ),
        (
            "Gunmen carried out a series of attacks in Velka on Sunday.",
            expect![
                "Gunmen carried out a series of attacks in Velka on Sunday | - | attacked place: Velka; by: Gunmen | Sunday"
            ],
        ),
        (
            "Brisk denounced what he called a military invasion of Velka.",
            expect![
                "Brisk denounced what he called a military invasion of Velka | denounced: Brisk | attacked place: Velka"
            ],
        ),
        (
            "It was Orland's second attack on Velka in three days.",
            expect![
                "It was Orland's second attack on Velka in three days | - | attacked place: Velka; by: Orland | =3 day"
            ],
        ),
        (
            "Heavy fighting in Velka went on. Fighting is taking place between the army and the militia with the Orlo Front.",
            expect![[r#"
                Heavy fighting in Velka went on | - | clash place: Velka
                Fighting is taking place between the army and the militia with the Orlo Front | - | clash place: Velka; by: army, militia; against: Orlo Front"#]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn attacks_that_might_come_and_where_they_were() {
    for (text, expected) in [
        (
            "Fighters broke into Velka in July and were expelled days later.",
            expect![[r#"
                Fighters broke into Velka in July and were expelled days later | - | attacked place: Velka; by: Fighters | July
                Fighters broke into Velka in July and were expelled days later | - | taken place: Velka; against: Fighters"#]],
        ),
        (
            "The rebels entered Velka on Friday and were driven out by the army a day later.",
            expect![[r#"
                The rebels entered Velka on Friday and were driven out by the army a day later | - | attacked place: Velka; by: rebels | Friday
                The rebels entered Velka on Friday and were driven out by the army a day later | - | taken place: Velka; by: army; against: rebels"#]],
        ),
        (
            "The sanctions would raise the risk of an attack on Velka.",
            expect![[""]],
        ),
        (
            "An attack on Velka would cost many lives.",
            expect![
                "An attack on Velka would cost many lives | - | attacked place: Velka | conditional"
            ],
        ),
        (
            "The quest for an attack on Velka will harm the rebels.",
            expect![
                "The quest for an attack on Velka will harm the rebels | - | attacked place: Velka | conditional"
            ],
        ),
        (
            "The rebels carried out the attack in retaliation for air strikes last week in Lenn province.",
            expect![
                "air strikes last week in Lenn province | - | attacked place: Lenn | last week"
            ],
        ),
        (
            "We have taken over 24 districts so far, our goal is to take back all the towns.",
            expect![[r#"
                We have taken over 24 districts so far | - | taken place: over 24 districts; by: We | >24 district
                We have taken over 24 districts so far, our goal is to take back all the towns | - | retaken place: all the towns; by: We | planned"#]],
        ),
        (
            "Despite winning back swathes of territory from the rebels, the army of Orland is weak.",
            expect![
                "Despite winning back swathes of territory from the rebels | - | retaken place: swathes of territory; by: army of Orland; against: rebels"
            ],
        ),
        (
            "Gunmen attacked the building after the blast, in the city of Velka.",
            expect![
                "Gunmen attacked the building after the blast, in the city of Velka | - | attacked place: Velka; by: Gunmen; against: building"
            ],
        ),
        (
            "On Wednesday, the Orlo Front was believed to be behind an attack on Velka.",
            expect![
                "On Wednesday, the Orlo Front was believed to be behind an attack on Velka | - | attacked place: Velka; by: Orlo Front | Wednesday | probable"
            ],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn whose_they_are_said_to_be_and_what_is_yet_to_be() {
    for (text, expected) in [
        (
            "Brisk condemned Orland's role in the bombardment of Velka.",
            expect![[
                r#"Brisk condemned Orland's role in the bombardment of Velka | condemned: Brisk | attacked place: Velka; by: Orland"#
            ]],
        ),
        (
            "The Orlo Front claimed responsibility for the attacks in Velka.",
            expect![[
                r#"The Orlo Front claimed responsibility for the attacks in Velka | claimed: Orlo Front | attacked place: Velka; by: Orlo Front"#
            ]],
        ),
        (
            "They talked about lifting the rebels' siege of Velka.",
            expect![[
                r#"They talked about lifting the rebels' siege of Velka | - | surrounded place: Velka; by: rebels"#
            ]],
        ),
        (
            "A key meeting about Velka to be held in Lenn was called off.",
            expect![[r#""#]],
        ),
        (
            "Two captives, a Chilean and a Peruvian, had been held by the rebels since May.",
            expect![[""]],
        ),
        (
            "The rebels were on the verge of losing Velka.",
            expect![[
                r#"The rebels were on the verge of losing Velka | - | taken place: Velka; against: rebels | planned"#
            ]],
        ),
        (
            "Orland would decide on further steps after the army takes Velka.",
            expect![[r#"the army takes Velka | - | taken place: Velka; by: army | planned"#]],
        ),
        (
            "What city will be liberated next depends on them.",
            expect![[""]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn places_by_what_stands_in_them() {
    for (text, expected) in [
        (
            "The battle for Orland's largest city went on.",
            expect![[
                r#"The battle for Orland's largest city went on | - | clash place: Orland's largest city"#
            ]],
        ),
        (
            "The army moved in on rebel-held territory in Velka.",
            expect![[
                r#"The army moved in on rebel-held territory in Velka | - | held place: rebel-held territory in Velka; by: rebel"#
            ]],
        ),
        ("The man’s house in Lenn was raided.", expect![[""]]),
        (
            "The army fought the rebels in Velka. It has trained the militia to fight against the Orlo Front.",
            expect![[
                r#"The army fought the rebels in Velka | - | clash place: Velka; by: army; against: rebels"#
            ]],
        ),
        (
            "Air patrols are a protection against raids on Velka.",
            expect![[""]],
        ),
        (
            "Two captives — a Chilean and a Peruvian — who had been held by the rebels in Velka came home.",
            expect![[""]],
        ),
        (
            "Orland invaded the country after the March 3, 2031 attacks.",
            expect![[
                r#"Orland invaded the country after the March 3, 2031 attacks | - | attacked place: country; by: Orland | March 3, 2031"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn on_the_day_that_other_sentences_tell() {
    for (text, expected) in [
        (
            "A bomber rammed a truck into the Lennish consulate in Velka. The blast late on Thursday broke windows.",
            expect![[
                r#"A bomber rammed a truck into the Lennish consulate in Velka | - | attacked place: Velka; by: bomber; against: Lennish consulate | Thursday"#
            ]],
        ),
        (
            "Rebels attacked Velka on Monday. The raid on Velka left the market in ruins.",
            expect![[r#"
                Rebels attacked Velka on Monday | - | attacked place: Velka; by: Rebels | Monday
                The raid on Velka left the market in ruins | - | attacked place: Velka | Monday"#]],
        ),
        (
            "Rebels attacked Velka on Monday. They shelled Velka again.",
            expect![[r#"
                Rebels attacked Velka on Monday | - | attacked place: Velka; by: Rebels | Monday
                They shelled Velka again | - | attacked place: Velka; by: They=Rebels"#]],
        ),
        (
            "Rebels attacked Velka on Monday. On Friday they attacked Velka. The raid on Velka left the market in ruins.",
            expect![[r#"
                Rebels attacked Velka on Monday | - | attacked place: Velka; by: Rebels | Monday
                On Friday they attacked Velka | - | attacked place: Velka; by: they=Rebels | Friday
                The raid on Velka left the market in ruins | - | attacked place: Velka"#]],
        ),
        (
            "Rebels attacked Velka on Monday. The army shelled Lenn.",
            expect![[
                r#"Rebels attacked Velka on Monday | - | attacked place: Velka; by: Rebels | Monday"#
            ]],
        ),
        (
            "Guards fought the rebels outside the Lennish consulate on Monday. The army said the attack on the consulate was over.",
            expect![[
                r#"Guards fought the rebels outside the Lennish consulate on Monday | - | clash place: Lennish consulate; by: Guards; against: rebels | Monday"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn ships_pressure_and_towns_that_are_meant() {
    for (text, expected) in [
        (
            "The Lennish-flagged Ada Brisk was seized in the port of Velka.",
            expect![[""]],
        ),
        (
            "It increased pressure on the government to fight the rebels, burning entire villages.",
            expect![[""]],
        ),
        (
            "Rebels stormed Velka on Monday. The army has raided Lenn province. A bomber rammed a car into a wall in the city.",
            expect![[r#"
                Rebels stormed Velka on Monday | - | attacked place: Velka; by: Rebels | Monday
                The army has raided Lenn province | - | attacked place: Lenn; by: army
                A bomber rammed a car into a wall in the city | - | attacked place: city=Velka; by: bomber; against: wall in the city | Monday"#]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn who_drove_it_and_who_took_a_seat() {
    for (text, expected) in [
        (
            "The rebels released the footage after one of the fighters drove a car bomb into a base in Velka.",
            expect![[
                r#"one of the fighters drove a car bomb into a base in Velka | - | attacked place: base in Velka; by: one of the fighters | =1 fighter"#
            ]],
        ),
        (
            "Police officers took their positions near Velka.",
            expect![[""]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn no_one_town_of_many() {
    for (text, expected) in [
        (
            "Rebels took Velka on Monday. They may attack the provincial capitals.",
            expect![[r#"
                Rebels took Velka on Monday | - | taken place: Velka; by: Rebels | Monday
                They may attack the provincial capitals | - | attacked place: provincial capitals; by: They=Rebels | possible planned"#]],
        ),
        (
            "Rebels took Velka on Monday. They shelled the town on Friday.",
            expect![[r#"
                Rebels took Velka on Monday | - | taken place: Velka; by: Rebels | Monday
                They shelled the town on Friday | - | attacked place: town=Velka; by: They=Rebels | Friday"#]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn territories_in_a_sea_and_who_owned_up() {
    for (text, expected) in [
        (
            "Orland threatened to hit the US Pacific territory with missiles.",
            expect![[
                r#"Orland threatened to hit the US Pacific territory with missiles | - | attacked place: US Pacific territory; by: Orland | planned"#
            ]],
        ),
        (
            "The Orlo Front, the militant group that claimed responsibility for the attacks in Velka, was silent.",
            expect![[
                r#"The Orlo Front, the militant group that claimed responsibility for the attacks in Velka | - | attacked place: Velka; by: militant group=Orlo Front"#
            ]],
        ),
        (
            "The valley has been under Orlish control since the 1967 Six Day War.",
            expect![[""]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn several_places_each_behind_its_preposition() {
    for (text, expected) in [
        (
            "The rebels struck in coordinated attacks at the Velka stadium, outside the Orlo restaurant, in Lenn.",
            expect![[
                r#"The rebels struck in coordinated attacks at the Velka stadium, outside the Orlo restaurant, in Lenn | - | attacked place: Velka stadium, Orlo restaurant, Lenn; by: rebels"#
            ]],
        ),
        (
            "The law came after months of attacks in and around the settlements, as well as in Velka and in cities near Lenn.",
            expect![[
                r#"The law came after months of attacks in and around the settlements, as well as in Velka and in cities near Lenn | - | attacked place: settlements, Velka, cities"#
            ]],
        ),
        (
            "Rebels shelled Velka, and in Lenn the market was closed.",
            expect![[
                r#"Rebels shelled Velka, and in Lenn the market was closed | - | attacked place: Velka; by: Rebels"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}
