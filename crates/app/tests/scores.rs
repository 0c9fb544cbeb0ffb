//! The scores against their pins: what share of what a careful reader finds in a story is in its
//! record. The stories, their gold and the scorer lie beside the checkout and never in it; where they
//! are absent this test says so and passes.

#![allow(clippy::unwrap_used, clippy::panic)] // a test: what fails here should stop it

use std::path::{Path, PathBuf};
use std::process::Command;

/// A story: the key of its pin and the name of its gold, its folder, and whether its manifest is given.
const STORIES: &[(&str, &str, bool)] = &[
    ("doha-2021", "seeds", false),
    ("nk-tests-2018", "stories/nk-tests-2018", true),
    ("yida-bombing-2011", "stories/yida-bombing-2011", true),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The floor of that name in `scores/pinned.toml`.
fn pin(name: &str) -> f64 {
    let pins = std::fs::read_to_string(root().join("scores/pinned.toml")).unwrap();
    let line = pins
        .lines()
        .find_map(|line| line.strip_prefix(name)?.trim().strip_prefix('='));
    line.unwrap_or_else(|| panic!("no pin {name}"))
        .trim()
        .parse()
        .unwrap()
}

#[test]
fn no_score_falls_below_its_pin() {
    let shared = root().join("../shared");
    let scorer = shared.join("score/score.py");
    if !scorer.is_file() {
        println!("scores not measured: {} is not there", scorer.display());
        return;
    }
    if Command::new("python3").arg("--version").output().is_err() {
        println!("scores not measured: python3, which the scorer needs, is not there");
        return;
    }
    for (name, folder, has_manifest) in STORIES {
        let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("scores-{name}"));
        let _ = std::fs::remove_dir_all(&work);
        std::fs::create_dir_all(&work).unwrap();
        let record = work.join("story.record");
        let export = work.join("story.jsonl");
        let reports = shared.join(folder);
        let mut read = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        read.arg("read").arg(&reports).arg("--record").arg(&record);
        if *has_manifest {
            read.arg("--manifest").arg(reports.join("manifest.jsonl"));
        }
        assert!(read.output().unwrap().status.success(), "{name}: not read");
        let mut write = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        write
            .args(["export", "--format", "jsonl", "--record"])
            .arg(&record)
            .arg("--to")
            .arg(&export);
        assert!(
            write.output().unwrap().status.success(),
            "{name}: not exported"
        );

        let gold = shared.join(format!("gold/{name}.jsonl"));
        let scored = Command::new("python3")
            .arg(&scorer)
            .arg(gold)
            .arg(&export)
            .output()
            .unwrap();
        let table = String::from_utf8(scored.stdout).unwrap();
        println!("{name}\n{table}");
        let share = |task: &str| -> f64 {
            let row = table.lines().find(|line| line.starts_with(task)).unwrap();
            row.split_whitespace()
                .next_back()
                .unwrap()
                .trim_end_matches('%')
                .parse()
                .unwrap()
        };
        let (mean, floor) = (share("mean share"), pin(name));
        assert!(
            mean >= floor,
            "{name}: mean share {mean}%, pinned at {floor}%"
        );
        if *name == "doha-2021" {
            assert_eq!(
                (share("keep"), share("drop")),
                (100.0, 100.0),
                "{name}: own text"
            );
        }
    }
}
