//! A measurement, run by hand: the time that reading takes grows with the text and not with its square,
//! whatever the text. `cargo test --release -p rapporteur-claims --test linear -- --ignored`

mod common;

use common::report;
use std::time::{Duration, Instant};

/// Units that, repeated, lead a scan back or ahead over everything that came before.
const UNITS: &[(&str, &str)] = &[
    ("quotation marks", "“ "),
    ("closing marks", "” "),
    ("straight marks", "\" "),
    ("commas", ", "),
    ("said", "said "),
    ("and-list", "Velka and "),
    ("comma list", "Velka, "),
    ("plain words", "the grey river bends "),
    ("verbs", "took held said "),
    ("quotations", "“We hold it,” said Ada Brisk. "),
    (
        "speeches",
        "“We hold the whole of the valley now and will not leave it,” she said.\n",
    ),
    (
        "unbroken sentence",
        "the army took Velka on Monday and said that the militants attacked the town, ",
    ),
    ("of", "of the head "),
    ("who", "who said that "),
    ("he", "he said he "),
    ("militants", "The militants attacked Orlen on Sunday. "),
    ("some are surrounded", "Some are surrounded. "),
    ("they", "They took it. "),
    ("spokesman", "The spokesman said that talks were held. "),
    ("names", "Orlo fighters took Velka on 3 March. "),
    ("killed", "12 soldiers were killed and "),
    ("according to", "according to residents, "),
    ("accused", "accused the army of attacking "),
    ("to", "to take "),
    ("brackets", "( "),
    ("dashes", "— "),
    ("colons", ": “ "),
    (
        "one quotation over blocks",
        "“We took the town of Velka in May.\n",
    ),
    ("attack", "an attack on "),
    ("delegation", "the delegation of "),
    ("not", "not "),
    ("with", "with the army "),
    ("that", "that "),
    ("times", "on Monday "),
    ("figures", "more than 12 of "),
    ("numbers", "12 "),
    ("hyphens", "well-known-"),
    ("letters", "a"),
    ("no spaces", "said,"),
    ("stops", ". "),
    ("lines", "a\n"),
    ("capitals", "Port Lenn "),
    ("apostrophes", "'s "),
    ("wants", "wants to say that "),
    ("claims", "the claim that "),
    ("adding", "said so, adding that "),
    ("interviews", "Brisk: They took it. "),
    ("inverted", "“No,” said Brisk, “no,” "),
];

/// Shows that a report is about a conflict and its talks, so that all of it is read.
const LEAD: &str = "Talks on a ceasefire between the rebels and the army began after an attack and the \
    capture of the town, where fighting between troops and militants went on.\n";

/// How long parsing and finding take: the shorter of two runs.
fn time(text: &str) -> Duration {
    let report = report(&format!("{LEAD}{text}"));
    let run = || {
        let start = Instant::now();
        let document = rapporteur_text::parse(&report);
        let claims = rapporteur_claims::find(&document);
        let spans = rapporteur_claims::attributions(&document);
        std::hint::black_box((claims, spans));
        start.elapsed()
    };
    run().min(run())
}

/// Eight times the text takes less than 24 times as long: 8 where time is linear, 64 where it is
/// quadratic. What takes hardly any time says nothing.
fn check(units: &[(&str, &str)]) {
    for (name, unit) in units {
        let words = unit.split_whitespace().count().max(1);
        let (short, long) = (
            time(&unit.repeat(400 / words)),
            time(&unit.repeat(3200 / words)),
        );
        assert!(
            long < short * 24 + Duration::from_millis(400),
            "{name}: {short:?}, then {long:?}"
        );
    }
}

#[test]
#[ignore = "a measurement: a busy machine can fail it"]
fn words_and_sentences() {
    check(&UNITS[..UNITS.len() / 2]);
}

#[test]
#[ignore = "a measurement: a busy machine can fail it"]
fn marks_and_phrases() {
    check(&UNITS[UNITS.len() / 2..]);
}
