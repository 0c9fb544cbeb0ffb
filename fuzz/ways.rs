//! What every target does: reads bytes under names that lead them its way, and checks what holds for
//! every report.

use rapporteur_report::{Given, Input, Item, Limits, entries, read_entry};
use std::io::Cursor;
use std::ops::ControlFlow;

/// Limits that a fuzzer's small files can reach.
const LIMITS: Limits = Limits {
    entry: 1 << 20,
    expanded: 4 << 20,
    ratio: 20,
    depth: 4,
};

/// Reads the bytes as a file and as a pipe, under each name.
pub fn read(names: &[&str], bytes: &[u8]) {
    for name in names {
        let mut count = 0;
        let mut sink = |item| {
            count += 1;
            if let Item::Entry(entry) = item {
                let results = read_entry(&entry, &Given::default());
                assert!(!results.is_empty());
                for found in results.into_iter().flatten() {
                    let report = &found.report;
                    assert!(!report.body().trim().is_empty());
                    assert!(!report.body().contains(['\r', '\u{feff}', '\0']));
                    for block in report.blocks() {
                        assert!(report.slice(block.span).is_some());
                    }
                    assert!(!found.sighting.path.contains("/../"));
                }
            }
            ControlFlow::Continue(())
        };
        entries(name, Input::File(&mut Cursor::new(bytes)), &LIMITS, &mut sink);
        assert!(count > 0);
        let mut count = 0;
        let mut sink = |_| {
            count += 1;
            ControlFlow::Continue(())
        };
        entries(name, Input::Stream(&mut &*bytes), &LIMITS, &mut sink);
        assert!(count > 0);
    }
}
