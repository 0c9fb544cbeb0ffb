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
        expect![[
            r#"The army killed 12 rebels in Velka | - | count place: Velka | =12 rebel kill"#
        ]],
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
            40 soldiers died | said: rebels | count by: 40 soldiers | =40 soldier kill"#]],
    );
    check(
        "The army captured 30 rebels near Velka.",
        expect![[
            r#"The army captured 30 rebels near Velka | - | count place: Velka | =30 rebel capture"#
        ]],
    );
    check("Nobody was killed.", expect![[""]]);
    check(
        "The army did not kill 12 rebels.",
        expect![[r#"The army did not kill 12 rebels | - | count | =12 rebel kill | not"#]],
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
