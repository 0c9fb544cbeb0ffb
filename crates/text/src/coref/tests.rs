//! Who is meant.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use rapporteur_model::{Masthead, Report};

/// A line a chain: its name, and the words of its mentions.
#[expect(clippy::needless_pass_by_value)]
fn check(text: &str, want: Expect) {
    let report = Report::new(Masthead::default(), text.into(), vec![]);
    let document = crate::parse(&report);
    let mut shown = String::new();
    for chain in &document.chains {
        let words =
            (chain.mentions.iter()).map(|words| document.slice(document.span(words.clone())));
        let name = chain.name.as_deref().unwrap_or("-");
        shown += &format!("{name}: {}\n", words.collect::<Vec<_>>().join(", "));
    }
    want.assert_eq(&shown);
}

#[test]
fn pronouns_agree_with_whom_they_mean() {
    check(
        "President Mary Orsolo met General Peter Brisk in Velka on Monday. She said that he had kept his word.",
        expect![[r#"
            Mary Orsolo: Mary Orsolo, She
            Peter Brisk: Peter Brisk, he, his
        "#]],
    );
    check(
        "The Velkan Relief Agency closed its office. It will open a new one in May.",
        expect![[r#"
            Velkan Relief Agency: Velkan Relief Agency, its, It
        "#]],
    );
}

#[test]
fn the_subject_comes_first() {
    check(
        "Peter Brisk called George Lenn on Monday. He offered a truce.",
        expect![[r#"
            Peter Brisk: Peter Brisk, He
        "#]],
    );
    // Two arguments of one verb are two.
    check(
        "Peter Brisk spoke. George Lenn saw him.",
        expect![[r#"
            Peter Brisk: Peter Brisk, him
        "#]],
    );
}

#[test]
fn descriptions_that_say_they_are_known() {
    check(
        "On Monday rebels attacked a convoy near Velka. The rebels later withdrew.",
        expect![[r#"
            -: rebels, rebels
        "#]],
    );
    check(
        "The Norland Workers Party held a congress in Velka on Sunday. Rain fell. The party chose a new chair.",
        expect![[r#"
            Norland Workers Party: Norland Workers Party, party
        "#]],
    );
    // Capitals make no name of a noun that is known.
    check(
        "Norland’s president, Mary Orsolo, spoke in Velka. It was late. The President left for Lenn.",
        expect![[r#"
            Mary Orsolo: president, Mary Orsolo, President
        "#]],
    );
    // One that is brought in is another.
    check(
        "A soldier was killed in Velka. A soldier was wounded in Lenn.",
        expect![""],
    );
}

#[test]
fn what_stands_beside_a_name() {
    check(
        "Peter Brisk, the foreign minister, left for Velka.",
        expect![[r#"
            Peter Brisk: Peter Brisk, minister
        "#]],
    );
    check(
        "Peter Brisk was a teacher, a writer and a farmer before he became a soldier.",
        expect![[r#"
            Peter Brisk: Peter Brisk, teacher, he, soldier
        "#]],
    );
    check(
        "Mary Orsolo worked as a driver in Velka.",
        expect![[r#"
            Mary Orsolo: Mary Orsolo, driver
        "#]],
    );
    check(
        "The club paid the referee Jan Orsolo.",
        expect![[r#"
            Jan Orsolo: referee, Jan Orsolo
        "#]],
    );
}

#[test]
fn short_names_of_bodies() {
    check(
        "The Norland People’s Front met in Velka. A spokesman of the NPF said no.",
        expect![[r#"
            Norland People’s Front: Norland People’s Front, NPF
        "#]],
    );
    check(
        "Members of the Church of Harmony met. The courts had banned Harmony in May.",
        expect![[""]],
    );
}

#[test]
fn who_speaks_of_himself() {
    check(
        "“I will resign,” Peter Brisk said.",
        expect![[r#"
            Peter Brisk: I, Peter Brisk
        "#]],
    );
}

#[test]
fn two_names_in_one_token() {
    check("UN-Norwegian", expect![[""]]);
}

#[test]
fn nobody_is_meant() {
    check("It rained in Velka. They say it will go on.", expect![[""]]);
}

proptest! {
    #[test]
    fn chains_hold_tokens_of_the_text_once(text in "([A-Za-z“”,. ']{0,12} (he|she|it|they|I|we|the party|Ada Brisk|Brisk) ){0,20}") {
        let report = Report::new(Masthead::default(), text, vec![]);
        let document = crate::parse(&report);
        let words: Vec<usize> = document.chains.iter().flat_map(|c| c.mentions.iter().flat_map(Clone::clone)).collect();
        let unique: std::collections::BTreeSet<usize> = words.iter().copied().collect();
        prop_assert_eq!(words.len(), unique.len());
        prop_assert!(words.iter().all(|word| *word < document.tokens.len()));
        prop_assert!(document.chains.iter().all(|chain| chain.mentions.len() > 1));
    }
}

/// A day and the place where a report was written are nobody's.
#[test]
fn days_and_datelines_are_nobody() {
    check(
        "LENN/VELKA (Echo) - North Velka said on Wednesday it had tested a missile.",
        expect![""],
    );
    check(
        "The Velkan Relief Agency on Sunday said that it had opened an office.",
        expect![[r#"
            Velkan Relief Agency: Velkan Relief Agency, it
        "#]],
    );
}
