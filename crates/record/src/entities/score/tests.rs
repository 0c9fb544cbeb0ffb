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
    check(
        NameOf::Person,
        &pairs,
        expect![[r#"
        same Ada Brisk | BRISK, Ada: turned round
        same Dr. Ada Brisk | Ada Brisk: title
        same Ada Brisk | A. Brisk: initial
        same AdaMaria Brisk | Ada Maria Brisk: divided
        same Yalmay Khalvid | Yalmai Khalved: spelling
        same Bob Orsolo | Robert Orsolo: nickname
        same Jan Orsolo | Jan Orsollo: spelling
        same Jan Tavrik | Jan Tavrek: spelling
        two Jan Orsolo | Jan Petrik: other words, share of other words, one word in common
        same Ada Brisk | Ida Brisk-Tavren: slip, slip by length, other first letter, further words
        same Orlo Jan Brisk | Orlo Brisk: further words
        same Orlo bin Jan Brisk | Jan bin Orlo Brisk: order
        same Ада Тавренко | Ada Tavrenko: 
    "#]],
    );
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
    check(
        NameOf::Thing,
        &pairs,
        expect![[r#"
        same Velka Grain Limited | Velka Grain Ltd.: 
        same Velka Grain AG | Velka Grain Aktiengesellschaft: 
        two Velka Grain Ltd | Orsk Grain Ltd: other words, share of other words, one word in common
        same 44th Brigade | Brigade Forty-Four: turned round
        two 44th Brigade | 45th Brigade: other number
        same VRC | Velkan Relief Council: other words, share of other words, further words, one word in common, initials
        same The Velkan Relief Council | Velkan Relief Council: 
        two Velkan Relief Council | Velkan Supply Council: other words, share of other words
        same Tavria Line | Tavrya Line: spelling
    "#]],
    );
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
