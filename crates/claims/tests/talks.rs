//! What is said of talks.

mod common;

use expect_test::{Expect, expect};
use rapporteur_model::{Claim, Subject};

/// The claims about talks of a text.
fn check(text: &str, expected: Expect) {
    let wanted = |c: &Claim| matches!(c.what().subject, Subject::Talks(_));
    common::check_only(text, wanted, expected);
}

#[test]
fn rounds() {
    check(
        "Talks between the government and the Orlo Front began in Port Lenn on Monday.",
        expect![[
            r#"Talks between the government and the Orlo Front began in Port Lenn on Monday | - | round parties: government, Orlo Front; place: Port Lenn; status: began | Monday"#
        ]],
    );
    check(
        "The government and the Orlo Front held talks in Port Lenn.",
        expect![[
            r#"The government and the Orlo Front held talks in Port Lenn | - | round parties: government, Orlo Front; place: Port Lenn; status: held"#
        ]],
    );
    check(
        "The negotiations resumed in Velka on 3 March.",
        expect![[
            r#"The negotiations resumed in Velka on 3 March | - | round place: Velka; status: resumed | 3 March"#
        ]],
    );
    check(
        "The talks were suspended on Friday.",
        expect![[r#"The talks were suspended on Friday | - | round status: suspended | Friday"#]],
    );
    check(
        "A new round of talks took place in Velka.",
        expect![[
            r#"A new round of talks took place in Velka | - | round place: Velka; status: held"#
        ]],
    );
}

#[test]
fn delegations() {
    check(
        "The delegation of the Orlo Front is headed by Jan Orsolo.",
        expect![[
            r#"The delegation of the Orlo Front is headed by Jan Orsolo | - | delegation party: Orlo Front; head: Jan Orsolo"#
        ]],
    );
    check(
        "Ada Brisk leads the government delegation.",
        expect![[
            r#"Ada Brisk leads the government delegation | - | delegation party: government; head: Ada Brisk"#
        ]],
    );
    check(
        "The Orlo delegation includes Jan Orsolo, Peter Lund and Maria Holt.",
        expect![[
            r#"The Orlo delegation includes Jan Orsolo, Peter Lund and Maria Holt | - | delegation party: Orlo; members: Jan Orsolo, Peter Lund, Maria Holt"#
        ]],
    );
}

#[test]
fn agendas() {
    check(
        "The two sides discussed a ceasefire and the exchange of prisoners.",
        expect![
            "The two sides discussed a ceasefire and the exchange of prisoners | - | agenda topics: ceasefire + exchange of prisoners"
        ],
    );
    check(
        "The talks focused on the release of prisoners.",
        expect![[
            r#"The talks focused on the release of prisoners | - | agenda topics: release of prisoners"#
        ]],
    );
}

#[test]
fn offers_and_demands() {
    check(
        "The government urged its old allies, Orland and Kest, to help end the war.",
        expect![
            "The government urged its old allies, Orland and Kest, to help end the war | - | demand by: government; to: old allies, Orland and Kest; asks: help end the war | demanded"
        ],
    );
    check(
        "The delegates of the Orlo Front were met with flowers in Port Lenn.",
        expect![[""]],
    );
    check(
        "The Orlo Front offered a three-month ceasefire in exchange for the release of 7,000 prisoners.",
        expect![[
            r#"The Orlo Front offered a three-month ceasefire in exchange for the release of 7,000 prisoners | - | offer by: Orlo Front; offers: three-month ceasefire; asks: release of 7,000 prisoners | =3 month, =7000 prisoner release | offered"#
        ]],
    );
    check(
        "The Orlo Front offered to withdraw from Velka.",
        expect![[
            r#"The Orlo Front offered to withdraw from Velka | - | offer by: Orlo Front; offers: withdraw from Velka | offered"#
        ]],
    );
    check(
        "The government demanded the release of all prisoners.",
        expect![[
            r#"The government demanded the release of all prisoners | - | demand by: government; asks: release of all prisoners | demanded"#
        ]],
    );
    check(
        "The government called on the Orlo Front to leave Velka.",
        expect![[
            r#"The government called on the Orlo Front to leave Velka | - | demand by: government; to: Orlo Front; asks: leave Velka | demanded"#
        ]],
    );
    check(
        "The Orlo Front wants the removal of sanctions.",
        expect![[
            r#"The Orlo Front wants the removal of sanctions | - | demand by: Orlo Front; asks: removal of sanctions | demanded"#
        ]],
    );
}

#[test]
fn refusals_and_denials() {
    check(
        "“We are committed to peace in every province,” Jan Orsolo said.",
        expect![[
            r#"“We are committed to peace in every province,” | direct said: Jan Orsolo | pledge by: Jan Orsolo; content: peace in every province | planned"#
        ]],
    );
    check(
        "The president, Jan Orsolo, promised to “never shell Velka again” before the vote.",
        expect![[
            r#"“never shell Velka again” before the vote | mixed promised: Jan Orsolo (president) | pledge by: Jan Orsolo; content: never shell Velka again before the vote | planned"#
        ]],
    );
    check(
        "The Orlo Front refused to attend the talks.",
        expect![[
            r#"The Orlo Front refused to attend the talks | - | refusal by: Orlo Front; person: Orlo Front; of: attend the talks"#
        ]],
    );
    check(
        "The Orlo Front denied the report.",
        expect![[
            r#"The Orlo Front denied the report | denied: Orlo Front | denial by: Orlo Front; of: the report | not"#
        ]],
    );
    check(
        "Jan Orsolo said he was not aware of the offer.",
        expect![[
            r#"he was not aware of the offer | said: Jan Orsolo | denial by: Jan Orsolo; of: offer | not"#
        ]],
    );
}

#[test]
fn agreements_and_pledges() {
    check(
        "The two sides agreed on a ceasefire.",
        expect!["The two sides agreed on a ceasefire | - | agreement content: a ceasefire"],
    );
    check(
        "The government and the Orlo Front signed an agreement in Velka on 3 March.",
        expect![[
            r#"The government and the Orlo Front signed an agreement in Velka on 3 March | - | agreement parties: government, Orlo Front; content: agreement in Velka on 3 March; place: Velka | 3 March"#
        ]],
    );
    check(
        "The Orlo Front pledged to release all prisoners.",
        expect![[
            r#"The Orlo Front pledged to release all prisoners | - | pledge by: Orlo Front; content: release all prisoners | planned"#
        ]],
    );
    check(
        "The government promised not to attack Velka.",
        expect![[
            r#"The government promised not to attack Velka | - | pledge by: government; content: not to attack Velka | planned"#
        ]],
    );
}

#[test]
fn outcomes() {
    check(
        "The talks ended without an agreement.",
        expect![[r#"
        The talks ended without an agreement | - | round status: ended
        The talks ended without an agreement | - | outcome result: ended without an agreement"#]],
    );
    check(
        "The two sides failed to reach an agreement.",
        expect![
            "The two sides failed to reach an agreement | - | outcome result: failed to reach an agreement"
        ],
    );
    check(
        "Talks went on in Velka. No progress was made.",
        expect![[r#"No progress was made | - | outcome result: No progress"#]],
    );
    check(
        "The talks collapsed on Friday.",
        expect![[r#"
                The talks collapsed on Friday | - | round status: collapsed | Friday
                The talks collapsed on Friday | - | outcome result: collapsed on Friday | Friday"#]],
    );
}

#[test]
fn next() {
    check(
        "No date was set for the next meeting.",
        expect![[r#"No date was set for the next meeting | - | next status: none set | not"#]],
    );
    check(
        "The two sides will meet again next week.",
        expect!["The two sides will meet again next week | - | next | next week | planned"],
    );
}

#[test]
fn what_is_no_talk() {
    for text in [
        "The plan meets the needs of farmers.",
        "Doctors agree that rest helps.",
        "She wants coffee.",
        "The team agreed a fee for the player.",
        "The river meets the sea at Port Lenn.",
        "The law requires a licence.",
        "The talks show on Radio Lenn began in May.",
        "The course includes talks on art.",
        "The film ended without applause.",
        "He headed the ball over the bar.",
        "The shop promised fresh bread.",
        "Judges dealt with tourists who commit crimes.",
        "You agree to receive our letters.",
    ] {
        check(text, expect![[""]]);
    }
}

#[test]
fn no_talks_and_no_pledges() {
    check("Ada Brisk declined to comment on the truce.", expect![[""]]);
    check(
        "The Orlo Front pledged allegiance to the emir of Velka.",
        expect![[""]],
    );
    check("Velka vowed that it has kept the truce.", expect![[""]]);
    check(
        "It is necessary to undertake more exercises, Velka said.",
        expect![[""]],
    );
    check(
        "Velka must disarm before any negotiations can take place.",
        expect![[""]],
    );
    check(
        "Ada Brisk dismissed the rebels' offer.",
        expect![
            "Ada Brisk dismissed the rebels' offer | - | refusal by: Ada Brisk; person: Ada Brisk; of: rebels' offer | not"
        ],
    );
    check(
        "The delegations of Velka and Orland will meet Friday.",
        expect![
            "The delegations of Velka and Orland will meet Friday | - | next parties: Velka, Orland | Friday | planned"
        ],
    );
    check(
        "Ada Brisk fled after protests demanding her resignation.",
        expect![[""]],
    );
}

#[test]
fn talks_that_a_noun_names() {
    check(
        "The release was part of negotiations between Velka and the Orlo Front.",
        expect![
            "negotiations between Velka and the Orlo Front | - | round parties: Velka, Orlo Front; status: held"
        ],
    );
    check(
        "Ada Brisk is in ongoing talks with Orland's President Jan Orsolo.",
        expect![
            "ongoing talks with Orland's President Jan Orsolo | - | round parties: Ada Brisk, Jan Orsolo; status: ongoing"
        ],
    );
    check(
        "Velka has been negotiating with the Orlo Front for months.",
        expect![
            "Velka has been negotiating with the Orlo Front for months | - | round parties: Velka, Orlo Front; status: held"
        ],
    );
    check(
        "Velka called for talks between Orland and the Orlo Front.",
        expect![
            "Velka called for talks between Orland and the Orlo Front | - | demand by: Velka; asks: talks between Orland + Orlo Front | demanded"
        ],
    );
    check("Velka would welcome talks with Orland.", expect![[""]]);
    check(
        "The council denied four ships access to its ports during the talks.",
        expect![[""]],
    );
    check(
        "Prosecutors may seek the highest penalty for the rebels.",
        expect![[""]],
    );
    check("President Ada Brisk met his advisers.", expect![[""]]);
    check(
        "President Ada Brisk met Prime Minister Jan Orsolo in Lenn.",
        expect![
            "President Ada Brisk met Prime Minister Jan Orsolo in Lenn | - | round parties: Ada Brisk, Jan Orsolo; place: Lenn; status: held"
        ],
    );
    check(
        "If Velka undertakes provocations, Orland will respond.",
        expect![[""]],
    );
}

/// The same of a text with a sentence before that makes it one of a conflict.
fn check_said(text: &str, expected: Expect) {
    let about = "Rebels and soldiers fought near the border despite the truce.";
    check(&format!("{about}\n\n{text}"), expected);
}

#[test]
fn what_a_side_says_others_must_do() {
    for (text, expected) in [
        (
            "“Velka must pull its troops back,” President Ada Brisk said.",
            expect![
                "“Velka must pull its troops back,” | direct said: Ada Brisk (President) | demand by: Ada Brisk; to: Velka; asks: pull its troops back | demanded"
            ],
        ),
        (
            "The foreign minister, Jan Orsolo, said Velka has to free the prisoners.",
            expect![
                "Velka has to free the prisoners | said: Jan Orsolo (foreign minister) | demand by: Jan Orsolo; to: Velka; asks: free the prisoners | demanded"
            ],
        ),
        (
            "“These raids must be stopped,” President Ada Brisk said.",
            expect![
                "“These raids must be stopped,” | direct said: Ada Brisk (President) | demand by: Ada Brisk; asks: raids must be stopped | demanded"
            ],
        ),
        (
            "Velka should not have fired, President Ada Brisk said.",
            expect![""],
        ),
        (
            "Velka should pull back, said Peter Lund, an analyst.",
            expect![""],
        ),
        (
            "“Velka should know that,” President Ada Brisk said.",
            expect![""],
        ),
    ] {
        check_said(text, expected);
    }
}

#[test]
fn what_a_side_says_it_will_do() {
    for (text, expected) in [
        (
            "“We will reopen the bridge in May,” President Ada Brisk said.",
            expect![
                "“We will reopen the bridge in May,” | direct said: Ada Brisk (President) | pledge by: Ada Brisk; content: reopen the bridge in May | planned"
            ],
        ),
        (
            "The Orlo Front said it would never give up its missiles.",
            expect![
                "it would never give up its missiles | said: Orlo Front | refusal by: Orlo Front; person: Orlo Front; of: give up its missiles"
            ],
        ),
        (
            "“We will see what comes,” President Ada Brisk said.",
            expect![""],
        ),
        (
            "“If we will fight, Velka loses,” President Ada Brisk said.",
            expect![""],
        ),
        (
            "President Ada Brisk said she was ready to meet Jan Orsolo.",
            expect![
                "she was ready to meet Jan Orsolo | said: Ada Brisk (President) | offer by: she=Ada Brisk; offers: meet Jan Orsolo | offered"
            ],
        ),
        (
            "The Orlo Front is not prepared to negotiate.",
            expect![
                "The Orlo Front is not prepared to negotiate | - | refusal by: Orlo Front; person: Orlo Front; of: negotiate"
            ],
        ),
        ("The Orlo Front is ready to attack.", expect![""]),
        (
            "“Now is not the time for talks,” President Ada Brisk said.",
            expect![
                "the time for talks,” | direct said: Ada Brisk (President) | refusal by: Ada Brisk; person: Ada Brisk; of: talks"
            ],
        ),
        (
            "“This is not a swap,” President Ada Brisk said.",
            expect![
                "“This is not a swap,” | direct said: Ada Brisk (President) | denial by: Ada Brisk; of: swap | not"
            ],
        ),
    ] {
        check_said(text, expected);
    }
}

#[test]
fn what_nouns_tell() {
    for (text, expected) in [
        (
            "The release is the outcome of negotiations between Velka and the Orlo Front.",
            expect![
                "The release is the outcome of negotiations between Velka and the Orlo Front | - | outcome parties: Velka, Orlo Front; result: release"
            ],
        ),
        (
            "The release of four men was part of the deal.",
            expect![
                "The release of four men was part of the deal | - | agreement content: release of four men | =4 man release"
            ],
        ),
        (
            "Trade was the focus of the talks.",
            expect!["Trade was the focus of the talks | - | agenda topics: Trade"],
        ),
        (
            "Velka responded with an offer to hold talks.",
            expect![
                "Velka responded with an offer to hold talks | - | offer by: Velka; offers: hold talks | offered"
            ],
        ),
        (
            "Ada Brisk made a peace overture to Orland.",
            expect![
                "Ada Brisk made a peace overture to Orland | - | offer by: Ada Brisk; to: Orland; offers: peace overture | offered"
            ],
        ),
        (
            "Orland mocked the Orlo Front's demand for restraint.",
            expect![
                "the Orlo Front's demand for restraint | - | demand by: Orlo Front; asks: restraint | demanded"
            ],
        ),
        (
            "Velka did not respond to a request for comment.",
            expect![""],
        ),
        (
            "Ada Brisk spoke of her planned meeting with Jan Orsolo.",
            expect![
                "Ada Brisk spoke of her planned meeting with Jan Orsolo | - | next parties: her=Ada Brisk, Jan Orsolo | planned"
            ],
        ),
    ] {
        check_said(text, expected);
    }
}

#[test]
fn who_is_asked() {
    for (text, expected) in [
        (
            "Ada Brisk appealed to Orland for help.",
            expect![
                "Ada Brisk appealed to Orland for help | - | demand by: Ada Brisk; to: Orland; asks: help | demanded"
            ],
        ),
        (
            "Velka called for sanctions to be lifted.",
            expect![
                "Velka called for sanctions to be lifted | - | demand by: Velka; asks: sanctions to be lifted | demanded"
            ],
        ),
        (
            "Velka and Orland encouraged Kest and the Orlo Front to talk.",
            expect![
                "Velka and Orland encouraged Kest and the Orlo Front to talk | - | demand by: Velka; with: Orland; to: Kest; and to: Orlo Front; asks: talk | demanded"
            ],
        ),
        (
            "It wants missiles to deter Orland, Velka said.",
            expect![""],
        ),
        (
            "Ada Brisk suggested Orland withdraw its troops.",
            expect![
                "Orland withdraw its troops | suggested: Ada Brisk | demand by: Ada Brisk; to: Orland; asks: withdraw its troops | demanded"
            ],
        ),
        (
            "Velka proposed last month that both armies withdraw.",
            expect![[
                r#"Velka proposed last month that both armies withdraw | - | offer by: Velka; offers: both armies withdraw | last month | offered"#
            ]],
        ),
        (
            "The idea was rejected by Orland, which says it is free.",
            expect![
                "The idea was rejected by | - | refusal by: Orland; person: Orland; of: idea | not"
            ],
        ),
    ] {
        check_said(text, expected);
    }
}

#[test]
fn beside_what_is_said() {
    for (text, expected) in [
        (
            "President Ada Brisk, who vowed to free the hostages, said the truce held.",
            expect![
                "President Ada Brisk, who vowed to free the hostages | - | pledge by: Ada Brisk; content: free the hostages | planned"
            ],
        ),
        (
            "In Lenn, President Ada Brisk met with President Jan Orsolo of Orland and said the truce held.",
            expect![
                "In Lenn, President Ada Brisk met with President Jan Orsolo of Orland | - | round parties: Ada Brisk, Jan Orsolo; place: Lenn; status: held"
            ],
        ),
        (
            "Ada Brisk rang Jan Orsolo and they agreed to reopen the border.",
            expect![[
                r#"Ada Brisk rang Jan Orsolo and they agreed to reopen the border | - | agreement parties: Ada Brisk, Jan Orsolo; content: reopen the border"#
            ]],
        ),
        (
            "Velka and Orland agreed in July to exchange prisoners.",
            expect![
                "Velka and Orland agreed in July to exchange prisoners | - | agreement parties: Velka, Orland; content: exchange prisoners | July"
            ],
        ),
        ("The government convened a crisis meeting.", expect![""]),
        (
            "“The negotiations will continue,” Ada Brisk said.",
            expect!["“The negotiations will continue,” | direct said: Ada Brisk | next | planned"],
        ),
        (
            "Velka and Orland discussed sending a team to the border.",
            expect![
                "Velka and Orland discussed sending a team to the border | - | agenda parties: Velka, Orland; topics: sending a team to the border"
            ],
        ),
    ] {
        check_said(text, expected);
    }
}

#[test]
fn calling_upon_and_turning_down() {
    check(
        "The parliament calls upon Norway to withdraw its troops. The foreign ministry rejected Chile's criticism of the \
         truce talks.",
        expect![[r#"
            The parliament calls upon Norway to withdraw its troops | - | demand by: parliament; to: Norway; asks: withdraw its troops | demanded
            The foreign ministry rejected Chile's criticism of the truce talks | - | denial by: foreign ministry; of: Chile's criticism of the truce talks | not"#]],
    );
}

#[test]
fn how_talks_went() {
    check(
        "The government and the Orlo Front held talks last year, but the talks broke down in May.",
        expect![[r#"
            The government and the Orlo Front held talks last year | - | round parties: government, Orlo Front; status: held | last year
            the talks broke down in May | - | round status: collapsed | May
            the talks broke down in May | - | outcome result: broke down in May | May"#]],
    );
    check(
        "The attacks go on despite attempts of the mediators to restart stalled peace negotiations.",
        expect![
            "The attacks go on despite attempts of the mediators to restart stalled peace negotiations | - | outcome result: stalled peace negotiations"
        ],
    );
    check(
        "The rebels freed the captives on Monday in exchange for prisoners.",
        expect![[
            r#"The rebels freed the captives on Monday in exchange for prisoners | - | agreement parties: rebels; content: freed the captives on Monday in exchange for prisoners | Monday"#
        ]],
    );
    check(
        "President Ada Brisk dismissed the possibility of talks with the rebels.",
        expect![
            "President Ada Brisk dismissed the possibility of talks with the rebels | - | refusal by: Ada Brisk; person: Ada Brisk; of: possibility of talks with the rebels | not"
        ],
    );
    check(
        "The government is committed to rescuing the captives of the Orlo Front.",
        expect![
            "The government is committed to rescuing the captives of the Orlo Front | - | pledge by: government; content: rescuing the captives of the Orlo Front | planned"
        ],
    );
    check(
        "The government and the rebels reaffirmed their commitment to the principle of two states.",
        expect![
            "their commitment to the principle of two states | reaffirmed: government and the rebels | pledge by: their=government and the rebels; content: the principle of two states | =2 state | planned"
        ],
    );
    check(
        "The truce, which was agreed by the council, is to last a month.",
        expect!["The truce, which was agreed by the council | - | agreement content: truce"],
    );
}

#[test]
fn what_is_not_known_and_not_accepted() {
    check(
        "The rebels say they took 12 districts in the war. The government does not accept that number. \
         A rebel spokesman said he knew of no such offer.",
        expect![[r#"
            The government does not accept that number | - | denial by: government; of: number | not
            he knew of no such offer | said: rebel spokesman (rebel spokesman)? | denial by: rebel spokesman; of: no such offer | not"#]],
    );
    check(
        "The government and the Orlo Front agreed to sit down again on 9 March to end the war. \
         The spokesman of the government said there was no date yet.",
        expect![[r#"
            The government and the Orlo Front agreed to sit down again on 9 March to end the war | - | agreement parties: government, Orlo Front; content: sit down again on 9 March to end the war
            The government and the Orlo Front agreed to sit down again on 9 March to end the war | - | next parties: government, Orlo Front | 9 March | planned"#]],
    );
}

#[test]
fn who_asks_and_what_is_to_come() {
    // The day and the place are those of the Games.
    check(
        "The government held out a hand to the rebels in the war, offering talks over sending a delegation to the Games in Lenn next month.",
        expect![
            "The government held out a hand to the rebels in the war, offering talks over sending a delegation to the Games in Lenn next month | - | offer by: government; offers: talks over sending a delegation to the Games in Lenn next month | offered"
        ],
    );
    // What they did is no part of what they vowed.
    check(
        "The government has vowed to shoot down the rebels' missiles, and deployed its fleet in the war.",
        expect![
            "The government has vowed to shoot down the rebels' missiles, and deployed its fleet in the war | - | pledge by: government; content: shoot down the rebels' missiles | planned"
        ],
    );
    check(
        "The path to dialogue with the rebels will open, a professor in Port Lenn said.",
        expect![""],
    );
    check(
        "The war goes on. “I hope it encourages the rebels to raise their sights,” said Peter Lund.",
        expect![""],
    );
    check(
        "The government should respond to overtures from the rebels in the war.",
        expect![""],
    );
}

#[test]
fn what_only_a_whole_attribution_shows() {
    check_said(
        "Ada Brisk called on the Velkan leaders “to cease firing and free the captives,” said a statement by her office.",
        expect![[
            r#"Ada Brisk called on the Velkan leaders “to cease firing and free the captives,” | - | demand by: Ada Brisk; asks: cease firing and free the captives | demanded"#
        ]],
    );
    check_said(
        "Velka conceded that its air strikes had killed civilians, pledging a full inquiry into the raid.",
        expect![
            "Velka conceded that its air strikes had killed civilians, pledging a full inquiry into the raid | - | pledge by: Velka; content: a full inquiry into the raid | planned"
        ],
    );
    check_said(
        "Orland and Kest denounced the raid as a provocation and urged a firm response.",
        expect![
            "Orland and Kest denounced the raid as a provocation and urged a firm response | - | demand by: Orland; with: Kest; asks: a firm response | demanded"
        ],
    );
    check_said("Orland may call for a truce.", expect![[r#""#]]);
}

#[test]
fn who_is_told_to_do_what() {
    check_said(
        "The opposition leader Mara Quill ordered her supporters to leave the square.",
        expect![
            "The opposition leader Mara Quill ordered her supporters to leave the square | - | demand by: Mara Quill; to: supporters; asks: leave the square | demanded"
        ],
    );
    check_said(
        "The prime minister asked parliament for more time.",
        expect![[
            r#"The prime minister asked parliament for more time | - | demand by: prime minister; to: parliament; asks: more time | demanded"#
        ]],
    );
    check_said(
        "The Orlo Front gave the government 48 hours to withdraw its troops.",
        expect![
            "The Orlo Front gave the government 48 hours to withdraw its troops | - | demand by: Orlo Front; to: government; asks: withdraw its troops | =48 hour | demanded"
        ],
    );
    check_said(
        "On Sunday the ruling party voted for a resolution that calls upon Velka to leave the valley.",
        expect![
            "a resolution that calls upon Velka to leave the valley | - | demand by: ruling party; to: Velka; asks: leave the valley | demanded"
        ],
    );
    check_said(
        "The government wants the truce first.",
        expect![
            "The government wants the truce first | - | demand by: government; asks: truce | demanded"
        ],
    );
}

#[test]
fn what_is_ruled_out_or_called_false() {
    check_said(
        "The government ruled out talks with the Front.",
        expect![
            "The government ruled out talks with the Front | - | refusal by: government; person: government; of: talks with the Front"
        ],
    );
    check_said(
        "Velka turned down an offer of amnesty.",
        expect![
            "Velka turned down an offer of amnesty | - | refusal by: Velka; person: Velka; of: offer of amnesty"
        ],
    );
    check_said(
        "The general said the report was false.",
        expect![
            "the report was false | said: general (general)? | denial by: general; of: report | not"
        ],
    );
    check_said(
        "Velka said it had nothing to do with the raid.",
        expect![
            "it had nothing to do with the raid | said: Velka | denial by: Velka; of: the raid | not"
        ],
    );
    check_said(
        "The bureau said the payment had no connection to the meeting.",
        expect![
            "no connection to the meeting | said: bureau | denial by: bureau; of: connection to the meeting | not"
        ],
    );
}

#[test]
fn what_is_agreed_and_on_the_table() {
    check_said(
        "The two sides agreed a ceasefire late on Friday.",
        expect![
            "The two sides agreed a ceasefire late on Friday | - | agreement content: ceasefire | Friday"
        ],
    );
    check_said(
        "Under the deal, the Front will hand over its weapons.",
        expect![
            "Under the deal, the Front will hand over its weapons | - | agreement content: the Front will hand over its weapons"
        ],
    );
    check_said(
        "On the table are a truce and an exchange of captives.",
        expect![
            "On the table are a truce and an exchange of captives | - | agenda topics: truce + exchange of captives"
        ],
    );
    check_said(
        "The talks turned to the constitution and a truce.",
        expect![
            "The talks turned to the constitution and a truce | - | agenda topics: constitution + truce"
        ],
    );
    check_said(
        "Their joint statement speaks of a just solution.",
        expect![
            "Their joint statement speaks of a just solution | - | agreement content: just solution"
        ],
    );
    check_said(
        "Talks between the two delegations opened in Lenn on 12 September and were broken off in February.",
        expect![[r#"
            Talks between the two delegations opened in Lenn on 12 September and were broken off in February | - | round place: Lenn; status: began | 12 September
            Talks between the two delegations opened in Lenn on 12 September and were broken off in February | - | round status: suspended | February
            Talks between the two delegations opened in Lenn on 12 September and were broken off in February | - | outcome result: broken off in February | February"#]],
    );
    check_said(
        "The talks, which have gone on in Lenn for months, have not halted the raids.",
        expect![
            "The talks, which have gone on in Lenn for months, have not halted the raids | - | round place: Lenn; status: held"
        ],
    );
}

#[test]
fn where_what_is_agreed_or_asked_ends() {
    for (text, expected) in [
        (
            "The government agreed in May to free the rebels, and the question over who will hold talks with them remains open.",
            expect![
                "The government agreed in May to free the rebels, and the question over who will hold talks with them remains open | - | agreement parties: government; content: free the rebels | May"
            ],
        ),
        (
            "The army said that the rebels were willing to hold talks with Orland and would stop the raids.",
            expect![
                "the rebels were willing to hold talks with Orland and would stop the raids | said: army | offer by: rebels; to: Orland; offers: hold talks with Orland | offered"
            ],
        ),
        (
            "The government of Orland vowed to retaliate against Kest after rockets hit the port.",
            expect![
                "The government of Orland vowed to retaliate against Kest after rockets hit the port | - | pledge by: government of Orland; content: retaliate against Kest | planned"
            ],
        ),
        (
            "Orland encouraged the rebels to hold talks as this is the only way out of the war.",
            expect![
                "Orland encouraged the rebels to hold talks as this is the only way out of the war | - | demand by: Orland; to: rebels; asks: hold talks | demanded"
            ],
        ),
        (
            "The rebels ordered the raids to be stopped, and said that they wanted peace.",
            expect![[r#"
                The rebels ordered the raids to be stopped | - | demand by: rebels; asks: the raids to be stopped | demanded
                they wanted peace | said: rebels | demand by: they=rebels; asks: peace | demanded"#]],
        ),
        (
            "The king of Orland demanded the release of the envoys taken hostage in Velka.",
            expect![[
                r#"The king of Orland demanded the release of the envoys taken hostage in Velka | - | demand by: king of Orland; asks: release of the envoys taken hostage in Velka | demanded"#
            ]],
        ),
        (
            "Orland and Kest discussed plans to end the war.",
            expect![
                "Orland and Kest discussed plans to end the war | - | agenda parties: Orland, Kest; topics: plans to end the war"
            ],
        ),
        (
            "The army denied the reports in a statement on Friday, calling them lies.",
            expect![[
                r#"The army denied the reports in a statement on Friday, calling them lies | denied: army | denial by: army; of: the reports | Friday | not"#
            ]],
        ),
        (
            "The rebels asked the envoys to fully respect the truce.",
            expect![
                "The rebels asked the envoys to fully respect the truce | - | demand by: rebels; to: envoys; asks: fully respect the truce | demanded"
            ],
        ),
        (
            "Orland agreed to resume the talks next month.",
            expect![[r#"
                Orland agreed to resume the talks next month | - | agreement parties: Orland; content: resume the talks next month
                Orland agreed to resume the talks next month | - | round parties: Orland; status: resumed | next month | planned
                Orland agreed to resume the talks next month | - | next parties: Orland | next month | planned"#]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn who_asks_and_who_is_asked() {
    for (text, expected) in [
        (
            "Orland rejected any claims of an attack, stating, \"The raid had no connection to the talks with the rebels.\"",
            expect![[r#"
                Orland rejected any claims of an attack | rejected: Orland | denial by: Orland; of: any claims of an attack | not
                no connection to the talks with the rebels." | direct stating: Orland | denial by: Orland; of: connection to the talks with the rebels | not"#]],
        ),
        (
            "Brisk eased the sanctions, never intending to abandon the war.",
            expect![[""]],
        ),
        (
            "Orland wants missiles to deter the rebels of Kest.",
            expect![[""]],
        ),
        (
            "The police sought the gunman after the attack on the army camp.",
            expect![[""]],
        ),
        (
            "The government should insist on a truce with the rebels.",
            expect![[""]],
        ),
        (
            "Orland and the rebels have requested that the council hold talks.",
            expect![[r#"
                Orland and the rebels have requested that the council hold talks | requested: Orland | demand by: Orland; asks: the council hold talks | demanded
                that the council hold talks | requested: Orland | round parties: council; status: held | demanded"#]],
        ),
        (
            "The gunman had no links to the rebels, the army said.",
            expect![[""]],
        ),
        (
            "The party repeated its call to take Velka, as a step that will end the war.",
            expect![[
                r#"The party repeated its call to take Velka, as a step that will end the war | - | demand by: its=party; asks: take Velka | demanded"#
            ]],
        ),
        (
            "The Orlo Front freed the girls on Saturday in exchange for rebel suspects.",
            expect![[
                r#"The Orlo Front freed the girls on Saturday in exchange for rebel suspects | - | agreement parties: Orlo Front; content: freed the girls on Saturday in exchange for rebel suspects | Saturday"#
            ]],
        ),
        (
            "President Brisk appeared to make a peace overture to Orland last week.",
            expect![[
                r#"President Brisk appeared to make a peace overture to Orland last week | - | offer by: Brisk; to: Orland; offers: peace overture | last week | probable offered"#
            ]],
        ),
        (
            "Envoys of Orland should start talks with Kest to discuss a truce.",
            expect![[
                r#"Envoys of Orland should start talks with Kest to discuss a truce | - | agenda parties: Envoys of Orland; topics: truce | demanded"#
            ]],
        ),
        (
            "Someone trained to offer help to the rebels left.",
            expect![[""]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn whoever_the_two_countries_are() {
    for (text, expected) in [
        (
            "The two countries last held high-level talks in 2015.",
            expect![[
                r#"The two countries last held high-level talks in 2015 | - | round parties: two countries; status: held | 2015 | =2 country"#
            ]],
        ),
        (
            "Orland and Kest held talks on Monday to discuss a truce.",
            expect![[r#"
                Orland and Kest held talks on Monday to discuss a truce | - | round parties: Orland, Kest; status: held | Monday
                Orland and Kest held talks on Monday to discuss a truce | - | agenda parties: Orland, Kest; topics: truce | Monday"#]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn whose_office_it_is() {
    for (text, expected) in [
        (
            "Chancellor Ada Brisk met the envoys in Velka. In a statement, her office called for the attackers to be brought to justice.",
            expect![[
                r#"In a statement, her office called for the attackers to be brought to justice | - | demand by: office=Ada Brisk's office; asks: the attackers to be brought to justice | demanded"#
            ]],
        ),
        (
            "Brisk met the envoys. The office called for the attackers to be brought to justice.",
            expect![[
                r#"The office called for the attackers to be brought to justice | - | demand by: office; asks: the attackers to be brought to justice | demanded"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}
