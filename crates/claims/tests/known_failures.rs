//! What is not yet read rightly, each with what is right. A case that comes out right moves to the
//! file of its kind.

mod common;

/// The text's claims hold the right line: not yet.
fn fails(text: &str, right: &str) {
    let report = common::report(text);
    let document = rapporteur_text::parse(&report);
    let claims = rapporteur_claims::find(&document);
    let lines: Vec<String> = claims.iter().map(|c| common::line(&report, c)).collect();
    assert!(
        !lines.iter().any(|line| line == right),
        "right now, to be moved: {text}"
    );
}

/// The text says nothing of ground or talks: not yet.
fn fires(text: &str) {
    let report = common::report(text);
    let document = rapporteur_text::parse(&report);
    let claims = rapporteur_claims::find(&document);
    let plain = |c: &rapporteur_model::Claim| {
        matches!(
            c.what().subject,
            rapporteur_model::Subject::Statement | rapporteur_model::Subject::Count
        )
    };
    assert!(!claims.iter().all(plain), "right now, to be moved: {text}");
}

#[test]
fn ground() {
    // `capture` at the start is taken for a verb.
    fails(
        "The capture of Velka by the army shocked the country.",
        "The capture of Velka by the army | - | taken place: Velka; by: army",
    );
    // A name of no known kind in `under X control` is not taken for one who fights.
    fails(
        "Velka has been under Orlo control since May.",
        "Velka has been under Orlo control since May | - | held place: Velka; by: Orlo | May",
    );
    fails(
        "The Orlo Front holds more than half of the country.",
        "The Orlo Front holds more than half of the country | - | held place: more than half of the country; by: Orlo Front",
    );
    fails(
        "The Orlo Front claims control of 30 districts.",
        "The Orlo Front claims control of 30 districts | - | held place: 30 districts; by: Orlo Front | =30 district",
    );
}

#[test]
fn talks() {
    fails(
        "The government delegation met the Orlo Front in Velka on Monday.",
        "The government delegation met the Orlo Front in Velka on Monday | - | round parties: government, Orlo Front; place: Velka; status: held | Monday",
    );
    fails(
        "The Orlo Front rejected the offer.",
        "The Orlo Front rejected the offer | - | refusal by: Orlo Front; person: Orlo Front; of: the offer",
    );
    fires("The conference on bees was held in Velka.");
}
