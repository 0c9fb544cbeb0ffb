//! Nothing given makes finding claims fail, and what it finds stands in the text.

#![allow(clippy::unwrap_used)] // a test

mod common;

use common::check_whole;
use proptest::prelude::*;
use std::path::Path;

/// Every word of the tables, and names and marks to stand between them.
fn vocabulary() -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/en");
    let mut paths: Vec<_> = std::fs::read_dir(tables)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let table = std::fs::read_to_string(path).unwrap();
        words.extend(
            table
                .lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(|line| line.split('\t').next())
                .map(str::to_string),
        );
    }
    let more = "Velka Orlo Front Ada Brisk General Orsolo Port Lenn Monday 12 7,000 May 2031 was \
        were has said took in on at from by to of and or the a \u{2019}s 's not his who which";
    for _ in 0..4 {
        words.extend(more.split(' ').map(str::to_string));
    }
    words
}

/// What may stand between two words.
fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        12 => Just(" "),
        2 => Just(", "),
        1 => Just(". "),
        1 => Just(".\n"),
        1 => Just(" \u{201c}"),
        1 => Just("\u{201d} "),
        1 => Just(",\u{201d} "),
        1 => Just(" \""),
        1 => Just("\" "),
        1 => Just(" \u{2018}"),
        1 => Just("\u{2019} "),
        1 => Just(": "),
        1 => Just("; "),
        1 => Just(" \u{2014} "),
        1 => Just(" ("),
        1 => Just(") "),
        1 => Just("-"),
        1 => Just("\n\n"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check_whole(&text);
    }

    #[test]
    fn any_marks(text in "[a-zA-Z0-9 .,;:!?()\"'\u{201c}\u{201d}\u{2018}\u{2019}\u{ab}\u{bb}\u{2014}\n\u{a0}-]{0,200}") {
        check_whole(&text);
    }

    #[test]
    fn words_of_the_tables(
        pieces in proptest::collection::vec((proptest::sample::select(vocabulary()), gap()), 0..60)
    ) {
        let text: String = pieces.iter().map(|(word, gap)| format!("{word}{gap}")).collect();
        check_whole(&text);
    }
}

/// "agree on", found by the test above: a text may end anywhere.
#[test]
fn any_word_and_a_small_one_at_the_end() {
    let small = "on to of back with in by for over from that not and was been be will ( \u{201c}";
    let mut words = vocabulary();
    words.sort();
    words.dedup();
    for word in words {
        for last in small.split(' ') {
            check_whole(&format!("{word} {last}"));
        }
    }
}

/// Reports are cut off: every beginning of every sentence.
#[test]
fn cut_anywhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/doha-2021");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines() {
            for (end, _) in line.match_indices(' ') {
                let from = line[..end].rfind(". ").map_or(0, |dot| dot + 2);
                check_whole(&line[from..end]);
            }
        }
    }
}

#[test]
fn one_sentence_without_end() {
    check_whole(&"the army of Velka and ".repeat(4_000));
    check_whole(&"Velka, Orland and ".repeat(4_000));
    check_whole(&"he said that she said that ".repeat(1_000));
    check_whole(&"\u{201c}".repeat(5_000));
    check_whole(&"\u{201c} he said \u{201d}".repeat(2_000));
}
