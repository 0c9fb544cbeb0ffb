//! Reports into a record in steps, of which the later have to find what the earlier copied.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may; the lint sees no test in helpers

use rapporteur::{add, read};
use rapporteur_lineage::FEATURES_VERSION;
use rapporteur_record::Log;
use rapporteur_report::Given;
use std::collections::BTreeSet;

const NOW: &str = "2031-04-01T12:00:00Z";
const TEXT: &str = "The army took the bridge at Velka on Friday, residents said, and mined the road to the harbour of \
    Sarnow behind it. Barges waited in the bay for the ice to break.\n";

fn one(name: &str, text: &str) -> rapporteur::Read {
    let given = Given::default();
    let mut reads = read(name, text.as_bytes(), &given, &BTreeSet::new());
    reads.remove(0).unwrap()
}

/// What tracing kept of an earlier report is damaged, or of another version: it is worked out again.
#[test]
fn what_tracing_keeps_is_worked_out_again() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, version) in [
        ("damaged", FEATURES_VERSION),
        ("other", FEATURES_VERSION + 1),
    ] {
        let path = folder.join(format!("adding-{name}.record"));
        let _ = std::fs::remove_file(&path);
        let mut log = Log::open(&path).unwrap();
        let first = one("a.txt", TEXT);
        add(&mut log, std::slice::from_ref(&first), NOW).unwrap();
        let mut batch = log.batch().unwrap();
        let id = first.reading.report.id();
        batch.keep_features(version, [(id, vec![1, 2, 3])]).unwrap();
        batch.commit().unwrap();
        let copy = one("b.txt", &format!("{TEXT}\nA ferry sank on Monday.\n"));
        assert_eq!(
            add(&mut log, &[copy], NOW).unwrap().derivations,
            1,
            "{name}"
        );
        // And kept: the next needs not do it.
        let batch = log.batch().unwrap();
        let lacking = batch.numbers_without_features(FEATURES_VERSION);
        assert!(lacking.unwrap().is_empty());
        let mut short = 0;
        let count = |_: &str, _, bytes: &[u8]| short += usize::from(bytes.len() == 3);
        assert_eq!(batch.each_features(FEATURES_VERSION, count).unwrap(), 2);
        assert_eq!(short, 0);
    }
}
