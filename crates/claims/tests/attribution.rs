//! Who is said to say what.

mod common;

use expect_test::{Expect, expect};

/// All claims of a text.
fn check(text: &str, expected: Expect) {
    common::check_only(text, |_| true, expected);
}

#[test]
fn before_and_after_its_words() {
    check(
        "The army said that the roads were closed.",
        expect![[r#"the roads were closed | said: army | statement"#]],
    );
    check(
        "The roads were closed, the army said.",
        expect![[r#"The roads were closed | said: army | statement"#]],
    );
    check(
        "The roads were closed, said the army.",
        expect![[r#"The roads were closed | said: army | statement"#]],
    );
    check(
        "The army said the roads were closed on Monday.",
        expect![[r#"the roads were closed on Monday | said: army | statement | Monday"#]],
    );
    check(
        "On Monday, the army said that the roads were closed.",
        expect![[r#"the roads were closed | said: army on Monday | statement"#]],
    );
    check(
        "Radio Lenn quoted a police chief as saying that the roads were closed.",
        expect![[
            r#"the roads were closed | saying: police chief (police chief)? < Radio Lenn | statement"#
        ]],
    );
}

/// What the order of words leaves open, and the tree tells.
#[test]
fn clauses_by_the_tree() {
    check(
        "The governor of Port Lenn says the army's newest rules for roads are too strict.",
        expect![[
            r#"the army's newest rules for roads are too strict | says: governor of Port Lenn (governor of Port Lenn)? | statement"#
        ]],
    );
    check(
        "The mayor praised the firemen and said the bridge would open in May.",
        expect![[r#"
            The mayor praised the firemen | praised: mayor (mayor)? | statement
            the bridge would open in May | said: mayor (mayor)? | statement | May"#]],
    );
    check(
        "Orsolo: The roads are closed. The mayor, Jan Orsolo, spoke in Velka.",
        expect![[r#"
            The roads are closed | :: Orsolo=Jan Orsolo | statement
            The mayor, Jan Orsolo, spoke in Velka | - | statement"#]],
    );
    check(
        "“The roads were closed,” she continued, “and nobody came.”",
        expect![[r#"
            “The roads were closed,” | direct continued: she | statement
            “and nobody came.” | direct continued: she | statement"#]],
    );
}

#[test]
fn direct() {
    check(
        "“We closed the roads because of the floods,” said Ada Brisk.",
        expect![[
            r#"“We closed the roads because of the floods,” | direct said: Ada Brisk | statement"#
        ]],
    );
    check(
        "Ada Brisk said: “We closed the roads because of the floods.”",
        expect![[
            r#"“We closed the roads because of the floods.” | direct said: Ada Brisk | statement"#
        ]],
    );
    check(
        "“We closed the roads,” Ada Brisk said. “Nobody will pass before Monday.”",
        expect![[r#"
        “We closed the roads,” | direct said: Ada Brisk | statement
        “Nobody will pass before Monday.” | direct said: Ada Brisk | statement | Monday"#]],
    );
    check(
        "“We closed the roads because of the floods,” said Ada Brisk, a spokeswoman for the ministry.",
        expect![[
            r#"“We closed the roads because of the floods,” | direct said: Ada Brisk (spokeswoman of ministry) | statement"#
        ]],
    );
    check(
        "The minister was blunt: “We will not leave the valley this year.”",
        expect![[r#"
        The minister was blunt | - | statement
        We will not leave the valley this year | direct -: minister (minister)? | statement | this year"#]],
    );
}

#[test]
fn mixed() {
    check(
        "Ada Brisk said the roads were “closed for good”.",
        expect![[r#"the roads were “closed for good” | mixed said: Ada Brisk | statement"#]],
    );
    check(
        "General Orsolo called the plan “a gift to the other side”.",
        expect![[r#"the plan “a gift to the other side” | mixed called: Orsolo | statement"#]],
    );
}

#[test]
fn speech_over_sentences_and_paragraphs() {
    check(
        "“We closed the roads. Nobody will pass before Monday,” said Ada Brisk.",
        expect![[r#"
        We closed the roads | direct said: Ada Brisk | statement
        Nobody will pass before Monday | direct said: Ada Brisk | statement | Monday"#]],
    );
    check(
        "“We closed the roads because of the floods,” said Ada Brisk.\n“The bridges were lost in the night.”",
        expect![[r#"
            “We closed the roads because of the floods,” | direct said: Ada Brisk | statement
            “The bridges were lost in the night.” | direct said: Ada Brisk | statement"#]],
    );
    check(
        "Ada Brisk said: “We closed the roads because of the floods.\n“The bridges were lost in the night.”",
        expect![[r#"
            We closed the roads because of the floods | direct said: Ada Brisk | statement
            “The bridges were lost in the night.” | direct said: Ada Brisk | statement"#]],
    );
}

#[test]
fn appositions_and_roles() {
    check(
        "Ada Brisk, a spokeswoman for the defence ministry, said that the roads were closed.",
        expect![[
            r#"the roads were closed | said: Ada Brisk (spokeswoman of defence ministry) | statement"#
        ]],
    );
    check(
        "The defence minister, Ada Brisk, said that the roads were closed.",
        expect!["the roads were closed | said: Ada Brisk (defence minister) | statement"],
    );
    check(
        "Army spokesman Jan Orsolo said that the roads were closed.",
        expect![[r#"the roads were closed | said: Jan Orsolo (spokesman of Army) | statement"#]],
    );
    check(
        "A spokesman for the ministry said that the roads were closed.",
        expect![[
            r#"the roads were closed | said: spokesman for the ministry (spokesman of ministry)? | statement"#
        ]],
    );
}

#[test]
fn to_whom_where_and_when() {
    check(
        "Ada Brisk told reporters in Velka on Monday that the roads were closed.",
        expect![[
            r#"the roads were closed | told: Ada Brisk to reporters in Velka on Monday | statement"#
        ]],
    );
    check(
        "Ada Brisk told Radio Lenn the roads were closed.",
        expect![[r#"the roads were closed | told: Ada Brisk to Radio Lenn | statement"#]],
    );
    check(
        "“The roads are closed until Friday,” Ada Brisk told Radio Lenn.",
        expect![[
            r#"“The roads are closed until Friday,” | direct told: Ada Brisk to Radio Lenn | statement | Friday"#
        ]],
    );
}

#[test]
fn according_to() {
    check(
        "According to Ada Brisk, the roads were closed.",
        expect![[r#"the roads were closed | According to: Ada Brisk | statement"#]],
    );
    check(
        "The roads were closed, according to residents of Velka.",
        expect![[
            r#"The roads were closed | according to: residents of Velka (residents of Velka)? | statement"#
        ]],
    );
    check(
        "According to information that our reporter obtained from local officials, the roads were closed.",
        expect![[
            r#"the roads were closed | According to: local officials (local officials)? | statement"#
        ]],
    );
}

#[test]
fn passive_and_nobody() {
    check(
        "It was reported that the roads were closed.",
        expect![[r#"the roads were closed | reported:  | statement"#]],
    );
    check(
        "It was said by officials that the roads were closed.",
        expect![[r#"the roads were closed | said: officials (officials)? | statement"#]],
    );
    check(
        "The roads were closed.",
        expect![[r#"The roads were closed | - | statement"#]],
    );
}

#[test]
fn documents() {
    check(
        "The ministry said in a statement that the roads were closed.",
        expect![[r#"the roads were closed | said: ministry | statement"#]],
    );
    check(
        "The ministry issued a statement saying that the roads were closed.",
        expect![[r#"the roads were closed | saying: ministry | statement"#]],
    );
    check(
        "In a statement released on Monday, the ministry said that the roads were closed.",
        expect![[r#"the roads were closed | said: ministry on Monday | statement"#]],
    );
    check(
        "The report says that the roads were closed.",
        expect![[r#"the roads were closed | says: report? | statement"#]],
    );
}

#[test]
fn accuse_deny_demand_pledge() {
    check(
        "The ministry accused the rebels of burning the bridges.",
        expect![[r#"burning the bridges | accused: ministry | statement"#]],
    );
    check(
        "The rebels denied burning the bridges.",
        expect![[
            r#"The rebels denied burning the bridges | denied: rebels | denial by: rebels; of: burning the bridges | not"#
        ]],
    );
    check(
        "The rebels denied the accusation.",
        expect![[
            r#"The rebels denied the accusation | denied: rebels | denial by: rebels; of: the accusation | not"#
        ]],
    );
    check(
        "The rebels demanded that the army leave the valley.",
        expect![[
            r#"The rebels demanded that the army leave the valley | demanded: rebels | demand by: rebels; asks: the army leave the valley | demanded"#
        ]],
    );
    check(
        "The government vowed to rebuild the bridges.",
        expect![[r#"
            The government vowed to rebuild the bridges | - | pledge by: government; content: rebuild the bridges | planned
            to rebuild the bridges | vowed: government | statement | planned"#]],
    );
    check(
        "The president condemned the burning of the bridges.",
        expect![[
            r#"The president condemned the burning of the bridges | condemned: president (president)? | statement"#
        ]],
    );
    check(
        "The ministry confirmed the closure of the roads.",
        expect![[
            r#"The ministry confirmed the closure of the roads | confirmed: ministry | statement"#
        ]],
    );
}

#[test]
fn nested() {
    check(
        "Radio Lenn reported that residents said the roads were closed.",
        expect![[
            r#"the roads were closed | said: residents (residents)? < Radio Lenn | statement"#
        ]],
    );
    check(
        "The army said the roads were closed, Radio Lenn reported.",
        expect![[r#"the roads were closed | said: army < Radio Lenn | statement"#]],
    );
    check(
        "Citing officials, Radio Lenn reported that the roads were closed.",
        expect![[
            r#"the roads were closed | Citing: officials (officials)? < Radio Lenn | statement"#
        ]],
    );
}

#[test]
fn pronouns() {
    check(
        "Ada Brisk arrived in Velka. She said that the roads were closed.",
        expect![[r#"
        Ada Brisk arrived in Velka | - | statement
        the roads were closed | said: She=Ada Brisk | statement"#]],
    );
    check(
        "The roads were closed, Ada Brisk said. She added that the bridges were lost.",
        expect![[r#"
            The roads were closed | said: Ada Brisk | statement
            the bridges were lost | added: She=Ada Brisk | statement"#]],
    );
    check(
        "The Orlo Front met in Velka. It said that the roads were closed.",
        expect![[r#"
        The Orlo Front met in Velka | - | round parties: Orlo Front; place: Velka; status: held
        the roads were closed | said: It=Orlo Front | statement"#]],
    );
    check(
        "Jan Orsolo said that he had closed the roads, adding that they would stay closed.",
        expect![[r#"
        he had closed the roads | said: Jan Orsolo | statement
        they would stay closed | said: Jan Orsolo | statement"#]],
    );
}

#[test]
fn two_voices() {
    check(
        "The army said that the roads were closed, but the rebels said that they were open.",
        expect![[r#"
        the roads were closed | said: army | statement
        they were open | said: rebels | statement"#]],
    );
    check(
        "Residents fled, and the army said that the roads were closed.",
        expect![[r#"
            Residents fled | - | statement
            the roads were closed | said: army | statement"#]],
    );
    check(
        "The army said the roads were closed and that the bridges were lost.",
        expect![[
            r#"the roads were closed and that the bridges were lost | said: army | statement"#
        ]],
    );
}

#[test]
fn witnesses_and_asides() {
    check(
        "Our correspondent saw soldiers closing the roads.",
        expect![[
            r#"Our correspondent saw soldiers closing the roads | saw: correspondent (correspondent)? | statement"#
        ]],
    );
    check(
        "The roads, I think, were closed by the floods.",
        expect![[r#"The roads, I think, were closed by the floods | - | statement"#]],
    );
    check(
        "The soldiers saw the roads.",
        expect![[r#"The soldiers saw the roads | - | statement"#]],
    );
}

#[test]
fn said_by_nobody() {
    check(
        "The army did not say that the roads were closed.",
        expect![[r#"the roads were closed | say: army | statement | uncommitted"#]],
    );
    check(
        "Talks had said little.",
        expect![[r#"Talks had said little | - | statement"#]],
    );
}

#[test]
fn what_only_the_trees_show() {
    check(
        "New arrivals in Lenn describe empty villages along the river Orr.",
        expect![[r#"
            New arrivals in Lenn describe empty villages along the river Orr | - | statement
            empty villages along the river Orr | describe: New arrivals in Lenn? | statement"#]],
    );
    check(
        "In a speech, President Ada Brisk talked of \"a coming storm\".",
        expect![[r#"
            In a speech, President Ada Brisk talked of "a coming storm" | - | statement
            "a coming storm" | direct talked of: Ada Brisk (President) | statement"#]],
    );
    check(
        "Ada Brisk also raised the possibility that the roads might be closed, residents said.",
        expect![[r#"
            Ada Brisk also raised the possibility that the roads might be closed | said: residents (residents)? | statement
            the roads might be closed | also raised the possibility: Ada Brisk < residents (residents)? | statement"#]],
    );
    check(
        "Lenn is being emptied, Ada Brisk said, describing houses without roofs.",
        expect!["Lenn is being emptied | said: Ada Brisk | statement"],
    );
    check(
        "The ministry condemned what it called a raid on Velka.",
        expect![
            "The ministry condemned what it called a raid on Velka | condemned: ministry | attacked place: Velka"
        ],
    );
}

#[test]
fn verbs_that_look_like_nouns() {
    check(
        "\"Some 40 men remain in prison,\" the Lenn Gazette reports.",
        expect![[
            r#"Some 40 men remain in prison," | direct reports: Lenn Gazette | count | ~40 man"#
        ]],
    );
    check(
        "The release has not been confirmed, Radio Velka's Ada Brisk reports from Lenn.",
        expect!["The release has not been confirmed | reports: Ada Brisk | statement"],
    );
    check(
        "Police said at least one suspect had been arrested.",
        expect!["at least one suspect had been arrested | said: Police (Police)? | statement"],
    );
    check(
        "The attack underscored the dangers of the road.",
        expect!["The attack underscored the dangers of the road | - | statement"],
    );
    check(
        "Acts of protest, Ada Brisk said, are acts of love.",
        expect!["Acts of protest, Ada Brisk said, are acts of love | said: Ada Brisk | statement"],
    );
    check(
        "Ada Brisk wants people of substance. People like Jan Orsolo, she said.",
        expect![[r#"
            Ada Brisk wants people of substance | - | statement
            People like Jan Orsolo | said: she=Ada Brisk | statement"#]],
    );
    check(
        "On the same day, she said.",
        expect!["On the same day, she said | - | statement"],
    );
    check(
        "Brisk told the town council that she believes the roads are closed.",
        expect!["the roads are closed | believes: she=Brisk < Brisk | statement"],
    );
    check(
        "The Lenn Gazette reports: \"The roads are closed.\"",
        expect![[r#""The roads are closed." | direct reports: Lenn Gazette | statement"#]],
    );
    check(
        "The roads, the army said, were closed by the floods.",
        expect!["The roads, the army said, were closed by the floods | said: army | statement"],
    );
}

#[test]
fn who_is_the_subject() {
    check(
        "Another parent, Ada Orsk, said by telephone that she was praying.",
        expect!["she was praying | said: Ada Orsk | statement"],
    );
    check(
        "Jan Orsolo, for his part has described Tavria as a \u{201c}failed state\u{201d}.",
        expect!["Tavria as a “failed state” | mixed described: Jan Orsolo | statement"],
    );
    check(
        "The ministry said the rocket flew over Lenn but said it did no harm.",
        expect!["the rocket flew over Lenn but said it did no harm | said: ministry | statement"],
    );
    check(
        "They landed 125 to 155 miles west of Velka, the northernmost of the islands, the Ministry of Defense said.",
        expect![
            "They landed 125 to 155 miles west of Velka, the northernmost of the islands | said: Ministry of Defense | statement | =125..155 mile"
        ],
    );
    check(
        "Brisk said the results of the vote indicate that she would win.",
        expect!["the results of the vote indicate that she would win | said: Brisk | statement"],
    );
    check(
        "Orsolo spoke to workers in the camp, all of whom said that bombs were dropped.",
        expect![[r#"
            Orsolo spoke to workers in the camp | - | statement
            bombs were dropped | said: workers | statement"#]],
    );
    check(
        "The roads were closed, according to a report of president Ada Brisk.",
        expect!["The roads were closed | according to: report? | statement"],
    );
    check(
        "Those who take on heavy debt struggle, even with a good job, Brisk said.",
        expect![
            "Those who take on heavy debt struggle, even with a good job | said: Brisk | statement"
        ],
    );
}

#[test]
fn asked_and_due_is_not_said() {
    check(
        "Any attempt by Orsk to claim that the roads are closed would fail, Brisk said.",
        expect![
            "Any attempt by Orsk to claim that the roads are closed would fail | said: Brisk | statement | planned"
        ],
    );
}

#[test]
fn pronouns_behind_long_quotations() {
    check(
        "Jan Orsolo, the governor, said Omar Brisk was to blame. \"He has a lot to answer for,\" Mr Orsolo said.\n\nThe army's spokesman, Al Lenn, said it had bombed nothing. \"We are a state. We respect the law. We did not bomb any camps,\" he said.",
        expect![[r#"
            Omar Brisk was to blame | said: Jan Orsolo (governor) | statement
            "He has a lot to answer for," | direct said: Orsolo=Jan Orsolo | statement
            it had bombed nothing | said: Al Lenn (spokesman of army) | statement
            We are a state | direct said: he=Al Lenn | statement
            We respect the law | direct said: he=Al Lenn | statement
            We did not bomb any camps | direct said: he=Al Lenn | attacked place: any camps; by: We=army | not"#]],
    );
    check(
        "Mary Brisk spoke for an hour. John Orsolo said the roads were closed. She said that the bridge was open.",
        expect![[r#"
            Mary Brisk spoke for an hour | - | statement
            the roads were closed | said: John Orsolo | statement
            the bridge was open | said: She=Mary Brisk | statement"#]],
    );
}

#[test]
fn speakers_of_quotations_that_stand_alone() {
    check(
        "The swap was \"bitter\", said Ada Brisk, a baker in Lenn.\n\n\"Whatever they are given would be used against the town again.\"",
        expect![[r#"
            The swap was "bitter" | mixed said: Ada Brisk | statement
            "Whatever they are given would be used against the town again." | direct said: Ada Brisk | statement"#]],
    );
    check(
        "\"The drill is the first step of the army,\" Radio Lenn quoted Jan Orsolo as saying.",
        expect![[
            r#""The drill is the first step of the army," | direct saying: Jan Orsolo < Radio Lenn | statement"#
        ]],
    );
    check(
        "Citing the pact with Orland and the skills of its army, Ada Brisk said there was no danger.",
        expect![[r#"
            the pact with Orland and the skills of its army | Citing: Ada Brisk | statement
            there was no danger | said: Ada Brisk | statement"#]],
    );
    check(
        "The clerk Ada Brisk of the Port party, explained that the roads were closed.",
        expect!["the roads were closed | explained: Ada Brisk (clerk) | statement"],
    );
}

#[test]
fn where_another_s_words_begin() {
    for (text, expected) in [
        (
            "A spokesman for President Ada Brisk said that the roads were closed.",
            expect![[
                r#"the roads were closed | said: spokesman for President Ada Brisk (spokesman of President Ada Brisk)? | statement"#
            ]],
        ),
        (
            "Reuters:Lenn Agency The roads were closed on Monday.",
            expect![[
                r#"Reuters:Lenn Agency The roads were closed on Monday | - | statement | Monday"#
            ]],
        ),
        (
            "Orland warned its people to \"lie low\" as angry allies vowed revenge.",
            expect![[r#"
                "lie low" | direct warned: Orland to people | statement
                as angry allies vowed revenge | - | pledge by: angry allies; content: revenge | planned"#]],
        ),
        (
            "The rebel chief reiterated, on Sunday, to remain open to talks, but a new round of these in Lenn, ended without a deal.",
            expect![[r#"
                The rebel chief reiterated, on Sunday, to remain open to talks, but a new round of these in Lenn, ended without a deal | - | statement | Sunday
                to remain open to talks | reiterated: rebel chief (rebel chief)? | statement | Sunday | planned
                a new round of these in Lenn, ended without a deal | - | round place: Lenn; status: ended
                a new round of these in Lenn, ended without a deal | - | outcome result: ended without a deal; place: Lenn"#]],
        ),
        (
            "Brisk answered the question of whether the rebels would take Velka.",
            expect![[r#"
                Brisk answered the question of whether the rebels would take Velka | - | statement
                the rebels would take Velka | - | taken place: Velka; by: rebels | planned"#]],
        ),
        (
            "The ministry refused to confirm that the roads were closed.",
            expect![[r#"
            The ministry refused to confirm that the roads were closed | - | statement
            The ministry refused to confirm that the roads were closed | - | refusal by: ministry; person: ministry; of: confirm that the roads were closed"#]],
        ),
        (
            "\"All is well,\" Orsolo said.\n\nBrisk said that the way was clear. \"We are set to go on with the work on the roads.\"",
            expect![[r#"
                "All is well," | direct said: Orsolo | statement
                the way was clear | said: Brisk | statement
                "We are set to go on with the work on the roads." | direct said: Brisk | statement"#]],
        ),
        (
            "The host Mary Walt spoke to Jan Brisk, who is in Lenn.\n\nWALT: The bridge is shut in Lenn. The roads are closed.",
            expect![[r#"
                The host Mary Walt spoke to Jan Brisk, who is in Lenn | - | statement
                The bridge is shut in Lenn | :: WALT | statement
                The roads are closed | :: WALT | statement"#]],
        ),
        (
            "The Prime Minister's Bureau said that the roads were closed.",
            expect!["the roads were closed | said: Prime Minister's Bureau | statement"],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_happens_says_nothing() {
    for (text, expected) in [
        (
            "A palace statement after the phone call said the roads were closed.",
            expect![[r#"the roads were closed | said: palace statement | statement"#]],
        ),
        (
            "Brisk had a long talk with Orsolo following the launch saying the roads were closed.",
            expect![[r#"
                a long talk with Orsolo following the launch | - | round parties: Brisk, Orsolo; status: held
                the roads were closed | saying: Brisk | statement"#]],
        ),
        (
            "The abduction in Velka underscored that the roads were unsafe.",
            expect![[
                r#"The abduction in Velka underscored that the roads were unsafe | - | statement"#
            ]],
        ),
        (
            "A spokesman for U.N. Commissioner Ada Brisk said the roads were closed.",
            expect![[
                r#"the roads were closed | said: spokesman for U.N. Commissioner Ada Brisk (spokesman of U.N. Commissioner Ada Brisk)? | statement"#
            ]],
        ),
        (
            "Hundreds of demonstrators marched past the Lenn Gazette. They said the roads were closed.",
            expect![[r#"
                Hundreds of demonstrators marched past the Lenn Gazette | - | count | =100..1000 demonstrator
                the roads were closed | said: They | statement"#]],
        ),
        (
            "The rioters are criminals. They must face what they have done, Brisk said.",
            expect![[r#"
                The rioters are criminals | - | statement
                They must face what they have done | said: Brisk | statement"#]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn who_else_is_meant() {
    for (text, expected) in [
        (
            "Local media: Blast in Velka kills 12",
            expect![[
                r#"Blast in Velka kills 12 | :: Local media? | count place: Velka | =12 person kill"#
            ]],
        ),
        (
            "Officials: The truce in Velka is holding",
            expect![[r#"The truce in Velka is holding | :: Officials (Officials)? | statement"#]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn posts_and_what_is_said_beside_a_stance() {
    for (text, expected) in [
        (
            "The roads are open again.\n\n— Ada Brisk (@brisk) May 4, 2031",
            expect![[
                r#"The roads are open again | direct -: Ada Brisk on May 4, 2031 | statement"#
            ]],
        ),
        (
            "Orsolo denounced the raid as a crime, after she called a meeting of the council.",
            expect![[r#"
                Orsolo denounced the raid as a crime | denounced: Orsolo | statement
                after she called a meeting of the council | - | statement
                a meeting of the council | called: she=Orsolo | statement"#]],
        ),
        (
            "Brisk says 21 of the girls abducted by the rebels have been freed.",
            expect![[
                r#"21 of the girls abducted by the rebels have been freed | says: Brisk | count | =21 girl release"#
            ]],
        ),
        (
            "Orland Says 21 Girls Abducted By Rebels Have Been Released",
            expect![[
                r#"21 Girls Abducted By Rebels Have Been Released | Says: Orland | count | =21 girl release"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_others_do_meanwhile() {
    for (text, expected) in [
        (
            "Chile warned its residents to \"lie low\" as angry Peruvians vowed a response.",
            expect![[r#"
                "lie low" | direct warned: Chile to residents | statement
                as angry Peruvians vowed a response | - | pledge by: Peruvians; content: a response | planned"#]],
        ),
        (
            "Brisk said he would ask for a truce while Orsolo called for more raids.",
            expect![[r#"
                he would ask for a truce | said: Brisk | statement
                while Orsolo called for more raids | - | demand by: Orsolo; asks: more raids | demanded"#]],
        ),
        (
            "Ada Brisk, the president of the Velka region of Chile, said the roads were closed.",
            expect![[
                r#"the roads were closed | said: Ada Brisk (president of Velka region of Chile) | statement"#
            ]],
        ),
    ] {
        check(text, expected);
    }
}
