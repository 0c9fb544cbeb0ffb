use super::*;
use expect_test::{Expect, expect};

fn check(of: NameOf, pairs: &[(&str, &str)], expected: Expect) {
    let mut out = String::new();
    for (a, b) in pairs {
        let found = compare_names(a, b, of);
        let other = compare_names(b, a, of);
        assert_eq!(found.score, other.score, "{a} {b}");
        let reasons = found.reasons.iter().filter(|r| r.what != "all alike");
        let reasons: Vec<&str> = reasons.map(|r| r.what).collect();
        let same = if found.is_same() { "same" } else { "two" };
        out += &format!("{same} {a} | {b}: {}\n", reasons.join(", "));
    }
    expected.assert_eq(&out);
}

#[test]
fn people() {
    let pairs = [
        ("Ada Brisk", "BRISK, Ada"),
        ("Dr. Ada Brisk", "Ada Brisk"),
        ("Ada Brisk", "A. Brisk"),
        ("AdaMaria Brisk", "Ada Maria Brisk"),
        ("Yalmay Khalvid", "Yalmai Khalved"),
        ("Bob Orsolo", "Robert Orsolo"),
        ("Jan Orsolo", "Jan Orsollo"),
        ("Jan Tavrik", "Jan Tavrek"),
        ("Jan Orsolo", "Jan Petrik"),
        ("Ada Brisk", "Ida Brisk-Tavren"),
        ("Orlo Jan Brisk", "Orlo Brisk"),
        ("Orlo bin Jan Brisk", "Jan bin Orlo Brisk"),
        ("Ада Тавренко", "Ada Tavrenko"),
    ];
    check(NameOf::Person, &pairs, expect![[r#""#]]);
}

#[test]
fn things() {
    let pairs = [
        ("Velka Grain Limited", "Velka Grain Ltd."),
        ("Velka Grain AG", "Velka Grain Aktiengesellschaft"),
        ("Velka Grain Ltd", "Orsk Grain Ltd"),
        ("44th Brigade", "Brigade Forty-Four"),
        ("44th Brigade", "45th Brigade"),
        ("VRC", "Velkan Relief Council"),
        ("The Velkan Relief Council", "Velkan Relief Council"),
        ("Velkan Relief Council", "Velkan Supply Council"),
        ("Tavria Line", "Tavrya Line"),
    ];
    check(NameOf::Thing, &pairs, expect![[r#""#]]);
}

#[test]
fn every_weight_has_its_reason_and_every_reason_its_weight() {
    assert!(NAME_WEIGHTS.len() >= 18);
    let found = compare_names("", "", NameOf::Person);
    assert!(found.reasons.iter().all(|reason| reason.weight.is_finite()));
}

proptest::proptest! {
    #[test]
    fn any_names_can_be_compared(a in "\\PC{0,60}", b in "[A-Za-z ,.0-9]{0,60}") {
        let score = compare_names(&a, &b, NameOf::Person).score;
        assert!((0.0..=1.0).contains(&score));
        assert_eq!(score, compare_names(&b, &a, NameOf::Person).score);
    }
}
