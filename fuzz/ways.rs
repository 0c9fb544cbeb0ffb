//! What every target does: reads bytes under names that lead them its way, and checks what holds for
//! every report.

use rapporteur_record::{Log, State};
use rapporteur_report::{Given, Input, Item, Limits, entries, read_entry};
use rapporteur_views::{self as views, Filter, export};
use std::collections::{BTreeMap, BTreeSet};
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

/// Stands between the reports of one input of [`whole`].
const BETWEEN: &[u8] = b"\n%%%%\n";

/// Reads every part of the bytes as a report into one record, and makes all that is made of a record.
pub fn whole(bytes: &[u8]) {
    let folder = std::env::temp_dir();
    let path = folder.join(format!("rapporteur-fuzz-{}.record", std::process::id()));
    let remove = || {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
    };
    remove();
    let mut log = Log::open(&path).expect("a record can be made in the temporary folder");
    let mut known = BTreeSet::new();
    for (number, part) in parts(bytes).into_iter().enumerate() {
        let name = match part.starts_with(b"<") {
            true => format!("{number}.html"),
            false => format!("{number}.txt"),
        };
        let read: Vec<_> = rapporteur::read(&name, part, &Given::default(), &known)
            .into_iter()
            .filter_map(|found| match found {
                Ok(read) => Some(read),
                // A fault of the program is caught and told; here it is what is looked for.
                Err(unread) if unread.why.starts_with("the program failed") => {
                    panic!("{}: {}", unread.path, unread.why)
                }
                Err(_) => None,
            })
            .collect();
        let counts = rapporteur::add(&mut log, &read, "2031-03-01T00:00:00Z").expect("adding");
        assert_eq!(counts.refused, vec![]);
        known.extend(read.iter().map(|read| read.reading.report.id().clone()));
    }
    assert_eq!(log.check().expect("checking"), vec![]);
    let contents = log.contents().expect("reading");
    let state = State::as_of(contents, None);
    let kept = log.state().expect("the state is kept");
    let places = BTreeMap::new();
    let lines: Vec<String> = export::jsonl::lines(&state, &places).collect();
    assert_eq!(lines, export::jsonl::lines(&kept, &places).collect::<Vec<_>>());
    let filter = Filter::default();
    views::timeline(&state, &filter);
    views::disputes(&state, &filter);
    views::talks(&state, &filter);
    views::control(&state, &filter);
    views::figures(&state, &filter);
    views::lineage(&state, &filter);
    views::names(&state, &filter);
    export::brief::lines(&state).for_each(drop);
    export::parquet::bytes(&state, &places).for_each(drop);
    export::ftm::lines(&state, &places).for_each(drop);
    export::annotation::lines(&state, &places).for_each(drop);
    drop(log);
    remove();
}

fn parts(bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = vec![];
    let mut rest = bytes;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|w| w == BETWEEN) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts.truncate(8);
    parts
}
