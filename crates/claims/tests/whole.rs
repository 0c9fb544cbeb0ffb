//! Attributions as wholes: source, cue, content, and in how many others' contents they stand.

mod common;

use expect_test::{Expect, expect};

/// Every attribution of a text, a line each; deeper ones are indented.
fn check(text: &str, expected: Expect) {
    let report = common::report(text);
    let document = rapporteur_text::parse(&report);
    let slice = |span| report.slice(span).unwrap_or_default();
    let lines: Vec<String> = rapporteur_claims::attributions(&document)
        .into_iter()
        .map(|found| {
            let content: Vec<&str> = found.content.into_iter().map(slice).collect();
            format!(
                "{}[{}] <{}> {{{}}}",
                "  ".repeat(found.depth),
                found.source.map(slice).unwrap_or_default(),
                found.cue.map(slice).unwrap_or_default(),
                content.join(" … "),
            )
        })
        .collect();
    expected.assert_eq(&lines.join("\n"));
}

/// A cue is the whole group of the verb; a content is all that is said.
#[test]
fn cues_and_contents_are_whole() {
    for (text, expected) in [
        (
            "The mayor had earlier said that the bridge was old and that it would be closed.",
            expect![
                "[The mayor] <had earlier said> {that the bridge was old and that it would be closed}"
            ],
        ),
        (
            "“The bridge is old. It will be closed,” said Ada Brisk, a baker from Velka. “Nobody will miss it.”",
            expect![
                "[Ada Brisk, a baker from Velka] <said> {“The bridge is old. It will be closed,” … “Nobody will miss it.”}"
            ],
        ),
        (
            "The road, officials often say, is closed in winter.",
            expect!["[officials] <often say> {The road … is closed in winter}"],
        ),
        (
            "The minister issued a statement saying the talks had failed.",
            expect!["[The minister] <issued a statement saying> {the talks had failed}"],
        ),
        (
            "The harbour police issued a statement saying that no ship was missing.",
            expect!["[The harbour police] <issued a statement saying> {that no ship was missing}"],
        ),
        (
            "According to a survey, most voters want new talks.",
            expect![[r#"
                [a survey] <According to> {most voters want new talks}
                  [most voters] <want> {new talks}"#]],
        ),
        (
            "The bridge is closed, according to the city council.",
            expect!["[the city council] <according to> {The bridge is closed}"],
        ),
    ] {
        check(text, expected);
    }
}

/// What somebody wants, thinks, supports or opposes attributes as well.
#[test]
fn attitudes() {
    for (text, expected) in [
        (
            "The union opposes the plan to close the mine.",
            expect![[r#"
                [The union] <opposes> {the plan to close the mine}
                  [] <plan> {to close the mine}"#]],
        ),
        (
            "Brisk is confident that the talks will succeed.",
            expect!["[Brisk] <is confident> {that the talks will succeed}"],
        ),
        (
            "The council expressed concern about the delay.",
            expect!["[The council] <expressed concern about> {the delay}"],
        ),
        (
            "Orland's call for a truce was ignored.",
            expect!["[Orland's] <call for> {a truce}"],
        ),
        (
            "The governor wants to widen the road and build a bridge.",
            expect!["[The governor] <wants> {to widen the road and build a bridge}"],
        ),
        (
            "The paper blamed the mayor for the delay.",
            expect!["[The paper] <blamed> {the mayor for the delay}"],
        ),
        (
            "The envoy described the meeting as a success.",
            expect!["[The envoy] <described> {the meeting as a success}"],
        ),
        (
            "The minister was accused of hiding the report.",
            expect!["[] <was accused of> {The minister … hiding the report}"],
        ),
        (
            "The president is expected to visit Velka.",
            expect!["[] <is expected> {The president … to visit Velka}"],
        ),
        (
            "Orsolo appeared to suggest that the roads were safe.",
            expect!["[Orsolo] <appeared to suggest> {that the roads were safe}"],
        ),
        (
            "He declined to comment on the report.",
            expect![[r#"
                [He] <declined> {to comment on the report}
                  [He] <comment on> {the report}"#]],
        ),
        (
            "The senator is a fierce critic of the treaty.",
            expect!["[The senator] <is a fierce critic of> {the treaty}"],
        ),
        (
            "The leader called on the rebels to leave.",
            expect!["[The leader] <called on> {the rebels to leave}"],
        ),
        (
            "The troops attacked the town and defended the bridge.",
            expect!["[The troops] <defended> {the bridge}"],
        ),
    ] {
        check(text, expected);
    }
}

/// Where one speaker's words end and another's begin.
#[test]
fn contents_end_where_another_speaks() {
    for (text, expected) in [
        (
            "The army said the road was closed, adding that it would open in May.",
            expect![[r#"
                [The army] <said> {the road was closed}
                [The army] <adding> {that it would open in May}"#]],
        ),
        (
            "The mayor said he would stay and warned against panic.",
            expect![[r#"
                [The mayor] <said> {he would stay}
                [The mayor] <warned against> {panic}"#]],
        ),
        (
            "The army said the road was open, while residents said it was closed.",
            expect![[r#"
                [The army] <said> {the road was open}
                [residents] <said> {it was closed}"#]],
        ),
        (
            "“We will never leave this town,” Brisk said when reporters asked her.",
            expect![[r#"
                [Brisk] <said> {“We will never leave this town,”}
                [reporters] <asked> {her}"#]],
        ),
        (
            "The governor denounced the ruling, which came on Monday.",
            expect!["[The governor] <denounced> {the ruling}"],
        ),
        (
            "Brisk says the mayor thinks the road is safe.",
            expect![[r#"
                [Brisk] <says> {the mayor thinks the road is safe}
                  [the mayor] <thinks> {the road is safe}"#]],
        ),
    ] {
        check(text, expected);
    }
}

/// Speakers beside quotations, colons and dashes.
#[test]
fn speakers_beside_quotations() {
    for (text, expected) in [
        (
            "“How long must we wait for the bridge?” the deputy mayor of Velka asked.",
            expect![
                "[the deputy mayor of Velka] <asked> {“How long must we wait for the bridge?”}"
            ],
        ),
        (
            "Brisk continued:\n\n“The bridge is old. It will not last another winter.”",
            expect!["[Brisk] <continued> {“The bridge is old. It will not last another winter.”}"],
        ),
        (
            "“They never asked us about the bridge.” — Ada Brisk",
            expect![[r#"
                  [They] <never asked> {us about the bridge}
                [Ada Brisk] <—> {“They never asked us about the bridge.”}"#]],
        ),
        (
            "Study: Rents will rise in Velka",
            expect!["[Study] <:> {Rents will rise in Velka}"],
        ),
        (
            "“It is over,” she said. “We go home today.”\n\n“Nobody should stay in the camp now.”",
            expect![[r#"
                [she] <said> {“It is over,” … “We go home today.”

                “Nobody should stay in the camp now.”}"#]],
        ),
        (
            "Brisk, speaking in Lenn, said the bridge was old.",
            expect!["[Brisk] <said> {the bridge was old}"],
        ),
        (
            "Farmers who lost their land told the council that they want it back.",
            expect![[r#"
                [Farmers who lost their land] <told> {that they want it back}
                  [they] <want> {it}"#]],
        ),
    ] {
        check(text, expected);
    }
}

/// What looks like an attribution and is none, or another than it seems.
#[test]
fn not_what_it_seems() {
    for (text, expected) in [
        ("The council has ways to seek help.", expect![[r#""#]]),
        ("Orlo joined a band called the Herons.", expect![""]),
        (
            "The ministry issued 12 visas and released two prisoners.",
            expect![[r#""#]],
        ),
        (
            "The group claimed the attack, which killed two soldiers.",
            expect!["[The group] <claimed> {the attack}"],
        ),
        (
            "VELKA (North Wire) — The mayor said the road was closed.",
            expect!["[The mayor] <said> {the road was closed}"],
        ),
        (
            "A study of the harbour office published in March found that the bridge was unsafe.",
            expect![
                "[A study of the harbour office published in March] <found> {that the bridge was unsafe}"
            ],
        ),
        (
            "Orland dismissed the claim as being without ground.",
            expect!["[Orland] <dismissed> {the claim as being without ground}"],
        ),
        (
            "Ada Brisk: The road is closed. It has been closed since May.",
            expect!["[Ada Brisk] <:> {The road is closed. It has been closed since May}"],
        ),
        (
            "“They took it,” Brisk told the council. “I barely know what she was thinking.”",
            expect![[r#"
                [Brisk] <told> {“They took it,” … “I barely know what she was thinking.”}
                  [I] <barely know> {what she was thinking}"#]],
        ),
    ] {
        check(text, expected);
    }
}

/// Sources and contents that the order of words shows, where trees mislead.
#[test]
fn inverted_added_and_inserted() {
    for (text, expected) in [
        (
            "The harbour of Lenn is closed, said Ada Brisk, a baker in the town.",
            expect!["[Ada Brisk, a baker in the town] <said> {The harbour of Lenn is closed}"],
        ),
        (
            "“The road is closed,” she said, adding, “Nobody knows for how long it will be.”",
            expect![[r#"
                [she] <said> {“The road is closed,”}
                [she] <adding> {“Nobody knows for how long it will be.”}"#]],
        ),
        (
            "Asked if the bridge was safe, most voters said yes.",
            expect![[r#"
                [] <Asked> {if the bridge was safe}
                [most voters] <said> {yes}"#]],
        ),
        (
            "As reported by the Lenn Echo, engineers found cracks in the bridge.",
            expect!["[Lenn Echo] <As reported by> {engineers found cracks in the bridge}"],
        ),
        (
            "And as Orsolo pointed out, the new rules have a lasting effect.",
            expect!["[Orsolo] <pointed out> {the new rules have a lasting effect}"],
        ),
        (
            "A lower bridge, many argue, could carry heavy traffic.",
            expect!["[many] <argue> {A lower bridge}"],
        ),
        (
            "It is a trend that the bank predicts will continue for years.",
            expect!["[the bank] <predicts> {will continue for years}"],
        ),
        (
            "That was what Ada Brisk said when she left the council.",
            expect!["[Ada Brisk] <said> {That was what}"],
        ),
        (
            "The campaign, first reported by the Lenn Echo, is an answer to the flood.",
            expect![""],
        ),
        (
            "Historians: Talks will fail again",
            expect!["[Historians] <:> {Talks will fail again}"],
        ),
        (
            "The rebels said they would stay and urged others to leave.",
            expect![[r#"
                [The rebels] <said> {they would stay}
                [The rebels] <urged> {others to leave}"#]],
        ),
        (
            "A federal court ruled against the council's plan for the bridge.",
            expect!["[A federal court] <ruled against> {the council's plan for the bridge}"],
        ),
    ] {
        check(text, expected);
    }
}

/// Each finds what trees hang elsewhere: a clause on another verb, a participle or a quotation on nobody.
#[test]
fn what_trees_hang_elsewhere_is_found() {
    for (text, expected) in [
        (
            "“It is an expansion at a busy time,” she said, adding that Mr. Corl and his deputy would remain in their roles.",
            expect![[r#"
                [she] <said> {“It is an expansion at a busy time,”}
                [she] <adding> {that Mr. Corl and his deputy would remain in their roles}"#]],
        ),
        (
            "“I have looked at it,” Brisk said, referring to Ada Lenn.",
            expect![[r#"
                [Brisk] <said> {“I have looked at it,”}
                [Brisk] <referring to> {Ada Lenn}"#]],
        ),
        (
            "“We have spent twenty years on roads.” That criticism was often warranted, Mr. Brisk said.",
            expect!["[Mr. Brisk] <said> {That criticism was often warranted}"],
        ),
        (
            "Ada Brisk, a spokeswoman for Mr. Lenn, called on the mayor to take back his words.",
            expect![
                "[Ada Brisk, a spokeswoman for Mr. Lenn] <called on> {the mayor to take back his words}"
            ],
        ),
        (
            "Ada Brisk called Wednesday for Judge Ruth Lenn to resign.",
            expect!["[Ada Brisk] <called> {for Judge Ruth Lenn to resign}"],
        ),
        (
            "Lawmakers have not said when they would take up the law.",
            expect!["[Lawmakers] <have not said> {when they would take up the law}"],
        ),
        (
            "At first, regulators and advisers to the town didn't know what to make of Mr. Corl.",
            expect![""],
        ),
        (
            "The woman disputes the idea that she needed help.",
            expect!["[The woman] <disputes> {the idea that she needed help}"],
        ),
        ("I knew this hatred and foul talk were wrong.", expect![""]),
        (
            "Mr. Corl, citing “the magic of Lenn,” said the plan could be very good.",
            expect![[r#"
                [Mr. Corl] <citing> {“the magic of Lenn,”}
                [Mr. Corl] <said> {the plan could be very good}"#]],
        ),
        (
            "“Who do they think they are?” Brisk said of the council.",
            expect![[r#"
                  [they] <think> {they are}
                [Brisk] <said of> {“Who do they think they are?” … the council}"#]],
        ),
        (
            "“The road is ready,” said Ada Brisk, who thinks often of the flood. “We hope it will hold.”",
            expect![[r#"
                [Ada Brisk, who thinks often of the flood] <said> {“The road is ready,” … “We hope it will hold.”}
                [Ada Brisk] <thinks often of> {the flood}
                  [We] <hope> {it will hold}"#]],
        ),
        (
            "“The road is long,” Brisk said, according to the Lenn Echo.",
            expect![[r#"
                  [Brisk] <said> {“The road is long,”}
                [the Lenn Echo] <according to> {“The road is long,” Brisk said}"#]],
        ),
        (
            "The office was told that forces were ready, according to a new letter.",
            expect![[r#"
                  [] <was told> {that forces were ready}
                [a new letter] <according to> {The office was told that forces were ready}"#]],
        ),
        (
            "Brisk said she is tired and wants a change. Brisk said she is tired and asked for a change.",
            expect![[r#"
                [Brisk] <said> {she is tired and wants a change}
                  [she] <wants> {a change}
                [Brisk] <said> {she is tired}
                [Brisk] <asked for> {a change}"#]],
        ),
        (
            "As Ada Brisk put it, the road is a river.",
            expect!["[Ada Brisk] <put it> {the road is a river}"],
        ),
        (
            "Ada Brisk attacked her rival for his silence. Brisk attacked Corl. Gunmen attacked Corl. Brisk attacked the town.",
            expect!["[Ada Brisk] <attacked> {her rival for his silence}"],
        ),
        (
            "Ada Brisk's attacks on Peter Corl went on. The rebels' attacks on the town went on.",
            expect!["[Brisk] <'s attacks on> {Peter Corl}"],
        ),
        // The opening mark is of the wrong hand.
        (
            "\u{201d}I am truly afraid. The flood will come.\u{201d} \u{2015} Ada Brisk",
            expect!["[Ada Brisk] <―> {”I am truly afraid. The flood will come.”}"],
        ),
    ] {
        check(text, expected);
    }
}
