//! The floors of the house: imports point down, never sideways or up. Each crate's manifest says
//! what it imports; this test reads them all.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may; the lint sees no test in helpers

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Crate and floor. A crate may import those of lower floors alone; within floor 2, `claims` and
/// `lineage` stand side by side, as do `report`, `text` and `places` within floor 1.
const FLOORS: &[(&str, usize)] = &[
    ("model", 0),
    ("report", 1),
    ("text", 1),
    ("places", 1),
    ("claims", 2),
    ("lineage", 2),
    ("record", 3),
    ("views", 4),
    ("app", 5),
];

/// Tests may build on anything; the house may not.
const TABLES: &[&str] = &["[dependencies]", "[build-dependencies]"];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every crate's folder with the names of what it depends on.
fn manifests() -> BTreeMap<String, BTreeSet<String>> {
    let mut manifests = BTreeMap::new();
    for entry in std::fs::read_dir(crates()).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(manifest) = std::fs::read_to_string(folder.join("Cargo.toml")) else {
            continue;
        };
        let name = folder.file_name().unwrap().to_str().unwrap().to_string();
        manifests.insert(name, dependencies(&manifest));
    }
    manifests
}

fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            assert!(
                !line.starts_with("[target.") && !line.starts_with("[dependencies."),
                "this test does not read {line}: write the dependency in one line"
            );
            inside = TABLES.contains(&line);
        } else if inside && !line.starts_with('#') && !line.is_empty() {
            let name = line.split(['=', '.', ' ']).next().unwrap();
            found.insert(name.to_string());
        }
    }
    found
}

fn floor(name: &str) -> usize {
    let found = FLOORS.iter().find(|(crate_name, _)| *crate_name == name);
    found
        .unwrap_or_else(|| panic!("crate {name} has no floor: add it to the plan of the house"))
        .1
}

fn ours(dependencies: &BTreeSet<String>) -> BTreeSet<&str> {
    (dependencies.iter())
        .filter_map(|name| name.strip_prefix("rapporteur-"))
        .collect()
}

#[test]
fn imports_point_down() {
    let manifests = manifests();
    assert_eq!(manifests.len(), FLOORS.len(), "{:?}", manifests.keys());
    for (name, dependencies) in &manifests {
        for lower in ours(dependencies) {
            assert!(
                floor(lower) < floor(name),
                "{name} (floor {}) imports {lower} (floor {})",
                floor(name),
                floor(lower)
            );
        }
    }
}

/// Claims made by hand, or by another project, can enter a record.
#[test]
fn record_uses_the_model_alone() {
    assert_eq!(ours(&manifests()["record"]), BTreeSet::from(["model"]));
}

#[test]
fn views_know_nothing_of_how_text_was_read() {
    let manifests = manifests();
    assert_eq!(
        ours(&manifests["views"]),
        BTreeSet::from(["model", "record"])
    );
}

/// What only some floors may know: HTML, the terminal, SQLite, threads and the network.
#[test]
fn the_outside_world_stays_at_its_own_floor() {
    const KEPT: &[(&[&str], &[&str])] = &[
        (
            &[
                "scraper",
                "html5ever",
                "dom_smoothie",
                "quick-xml",
                "feed-rs",
            ],
            &["report", "app"],
        ),
        (&["rusqlite"], &["record"]),
        (
            &["clap", "console", "indicatif", "anstream", "crossterm"],
            &["app"],
        ),
        (
            &[
                "tokio", "axum", "hyper", "reqwest", "ureq", "httparse", "maud",
            ],
            &["app"],
        ),
        (&["rand", "fastrand", "getrandom"], &[]),
    ];
    for (name, dependencies) in manifests() {
        for (kept, by) in KEPT {
            for dependency in *kept {
                assert!(
                    !dependencies.contains(*dependency) || by.contains(&name.as_str()),
                    "{name} depends on {dependency}, which only {by:?} may"
                );
            }
        }
    }
}

/// The stages in the middle take values and give values: no files, clock, environment, threads or
/// terminal.
#[test]
fn the_middle_does_no_input_and_output() {
    const OUTSIDE: &[&str] = &[
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::io",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "println!",
        "eprintln!",
    ];
    for name in ["model", "text", "places", "claims", "lineage", "views"] {
        for path in sources(&crates().join(name).join("src")) {
            let source = std::fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]").next().unwrap();
            for word in OUTSIDE {
                assert!(!code.contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs")
            && !path.ends_with("tests.rs")
            && !path.ends_with("testing.rs")
        {
            found.push(path);
        }
    }
    found
}

/// `cargo run`, as the README has it, must know which of the programs is meant.
#[test]
fn the_tool_is_what_cargo_runs() {
    let manifest =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml")).unwrap();
    assert!(manifest.contains("default-members = [\"crates/app\"]"));
}
