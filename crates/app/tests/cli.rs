//! The command line, through the real binary: what cannot be read is named and the rest is kept;
//! the same input gives the same record, whatever the order and however many threads read it.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may; the lint sees no test in helpers

mod common;

use common::Folder;
use expect_test::expect;
use std::process::Stdio;

/// The lines that count what was read.
fn counts(text: &str) -> &str {
    text.lines().last().unwrap_or_default()
}

#[test]
fn a_story_goes_in_and_every_view_comes_out() {
    let folder = Folder::new("views");
    let read = folder.read_story("a.record").ended(0);
    assert!(
        read.out
            .starts_with("5 reports read, 0 already there, 0 not understood; ")
    );
    for view in [
        "timeline", "disputes", "talks", "control", "claims", "figures", "reports", "lineage",
        "names",
    ] {
        let shown = folder.run(&["show", view, "--record", "a.record"]).ended(0);
        assert!(
            !shown.out.contains('\u{1b}'),
            "{view} has colours without a terminal"
        );
        let title = shown.out.lines().next().unwrap().to_lowercase();
        assert!(title.starts_with(view), "{view}: {title}");
        for line in shown.out.lines() {
            assert!(line.chars().count() <= 100, "{view}: {line}");
        }
        let json = folder
            .run(&["show", view, "--record", "a.record", "--json"])
            .ended(0);
        serde_json::from_str::<serde_json::Value>(&json.out).unwrap();
    }
    let reports = folder
        .run(&["show", "reports", "--record", "a.record"])
        .ended(0);
    for publisher in [
        "North Wire",
        "Daily Echo",
        "Harbour Post",
        "Lenn Gazette",
        "05-page.txt",
    ] {
        assert!(reports.out.contains(publisher), "{}", reports.out);
    }
    let lineage = folder
        .run(&["show", "lineage", "--record", "a.record"])
        .ended(0);
    assert!(
        lineage
            .out
            .contains("Daily Echo (2 Mar 2031) reprints North Wire"),
        "{}",
        lineage.out
    );
    folder.run(&["check", "--record", "a.record"]).ended(0);
}

#[test]
fn words_are_looked_up() {
    let folder = Folder::new("search");
    folder.read_story("a.record").ended(0);
    let search = |words: &[&str]| {
        let command = [&["search", "--record", "a.record"], words].concat();
        folder.run(&command).ended(0).out
    };
    let found: serde_json::Value = serde_json::from_str(&search(&["VELKA", "--json"])).unwrap();
    let first = &found["reports"][0]["excerpts"][0];
    assert!(
        first["exact"].as_str().unwrap().contains("Velka"),
        "{found}"
    );
    assert!(
        search(&["\"velka took army\" -"]).starts_with("Search · \"velka took army\" -: 0 reports")
    );
    folder.run(&["check", "--record", "a.record"]).ended(0);
}

#[test]
fn a_filter_shows_only_what_is_asked_for() {
    let folder = Folder::new("filter");
    folder.read_story("a.record").ended(0);
    let show = |arguments: &[&str]| {
        let mut all = vec!["show", "claims", "--record", "a.record"];
        all.extend(arguments);
        folder.run(&all).ended(0).out
    };
    assert!(show(&["--place", "velka"]).contains("Velka"));
    assert!(!show(&["--place", "velka"]).contains("ceasefire"));
    assert!(show(&["--place", "Nowhere"]).starts_with("Claims · 0 claims in 0 reports"));
    assert!(show(&["--actor", "northern front"]).contains("Northern Front"));
}

#[test]
fn the_record_as_of_a_day_says_what_it_leaves_out() {
    let folder = Folder::new("as-of");
    folder.read_story("a.record").ended(0);
    let shown = folder
        .run(&[
            "show",
            "reports",
            "--record",
            "a.record",
            "--as-of",
            "2031-03-02",
        ])
        .ended(0);
    assert!(
        shown
            .out
            .starts_with("Reports · 2 reports, as of 2031-03-02"),
        "{}",
        shown.out
    );
    expect![[r#"
        note: 3 of 5 reports are left out: published after 2031-03-02, or nobody knows when
    "#]]
    .assert_eq(&shown.err);
    let diff = folder
        .run(&[
            "diff",
            "--record",
            "a.record",
            "--from",
            "2031-03-02",
            "--to",
            "2031-03-03",
        ])
        .ended(0);
    assert!(
        diff.out
            .starts_with("Changes · from 2031-03-02 to 2031-03-03: 1 report came in")
    );
    assert!(diff.out.contains("Harbour Post"), "{}", diff.out);
    assert!(!diff.out.contains("Lenn Gazette"), "{}", diff.out);
}

#[test]
fn reading_twice_changes_nothing() {
    let folder = Folder::new("twice");
    folder.read_story("a.record").ended(0);
    let export = || {
        folder
            .run(&["export", "--record", "a.record", "--format", "jsonl"])
            .ended(0)
    };
    let (before, bytes) = (
        export().out,
        std::fs::read(folder.path("a.record")).unwrap(),
    );
    let again = folder.read_story("a.record").ended(0);
    assert_eq!(
        counts(&again.out),
        "0 reports read, 5 already there, 0 not understood; 0 claims, 0 derivations"
    );
    assert_eq!(before, export().out);
    assert_eq!(bytes, std::fs::read(folder.path("a.record")).unwrap());
}

#[test]
fn order_and_threads_do_not_matter() {
    let folder = Folder::new("order");
    folder.write_story();
    let read = |record: &str, paths: &[&str], threads: &str| {
        let mut arguments = vec!["read"];
        arguments.extend(paths);
        arguments.extend([
            "--record",
            record,
            "--manifest",
            "manifest.csv",
            "--threads",
            threads,
        ]);
        folder.run(&arguments).ended(0);
        let export = folder.run(&["export", "--record", record, "--format", "jsonl"]);
        export.ended(0).out
    };
    let one = read("one.record", &["in"], "1");
    assert!(one.lines().count() > 20, "{one}");
    assert_eq!(one, read("two.record", &["in"], "2"));
    let files = [
        "in/04-gazette.txt",
        "in/02-echo.txt",
        "in/05-page.txt",
        "in/01-wire.txt",
        "in/03-post.txt",
    ];
    assert_eq!(one, read("shuffled.record", &files, "3"));
    // Report after report, the copy before what it copies.
    let mut last = String::new();
    for file in files {
        last = read("apart.record", &[file], "1");
    }
    assert_eq!(one, last);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
    let folder = Folder::new("unreadable");
    folder.write_story();
    folder.write("in/empty.txt", "");
    folder.write(
        "in/picture.txt",
        [0x89, b'P', b'N', b'G', 0, 0, 0, 0, 1, 2, 0],
    );
    folder.write("in/lines.jsonl", "{\"text\": \n");
    std::fs::create_dir_all(folder.path("nothing")).unwrap();
    let read = folder
        .run(&[
            "read",
            "in",
            "nothing",
            "missing.txt",
            "--record",
            "a.record",
        ])
        .ended(1);
    assert!(
        read.out
            .starts_with("5 reports read, 0 already there, 5 not understood; "),
        "{}",
        read.out
    );
    for path in [
        "empty.txt",
        "picture.txt",
        "lines.jsonl",
        "nothing",
        "missing.txt",
    ] {
        assert!(read.err.contains(path), "{path}: {}", read.err);
    }
    folder.run(&["check", "--record", "a.record"]).ended(0);
    let reports = folder
        .run(&["show", "reports", "--record", "a.record"])
        .ended(0);
    assert!(
        reports.out.starts_with("Reports · 5 reports"),
        "{}",
        reports.out
    );
}

#[test]
fn a_manifest_in_a_folder_is_not_used_unasked() {
    let folder = Folder::new("manifest");
    folder.write_story();
    std::fs::rename(folder.path("manifest.csv"), folder.path("in/manifest.csv")).unwrap();
    let read = folder.run(&["read", "in", "--record", "a.record"]).ended(0);
    assert!(read.out.starts_with("5 reports read"), "{}", read.out);
    expect![[r#"
        note: in/manifest.csv is not used; add --manifest in/manifest.csv to use it
    "#]]
    .assert_eq(&read.err);
    let arguments = [
        "read",
        "in",
        "--record",
        "b.record",
        "--manifest",
        "in/manifest.csv",
    ];
    assert_eq!(folder.run(&arguments).ended(0).err, "");
}

#[test]
fn a_report_can_come_from_standard_input() {
    let folder = Folder::new("stdin");
    let text =
        b"Velka falls\n\nThe army took the town of Velka on 1 March 2031, the ministry said.\n";
    folder
        .run_with(&["read", "-", "--record", "a.record"], text)
        .ended(0);
    let claims = folder
        .run(&["show", "claims", "--record", "a.record"])
        .ended(0);
    assert!(
        claims.out.contains("took the town of Velka"),
        "{}",
        claims.out
    );
    let clean = folder.run_with(&["clean", "-"], text).ended(0);
    assert!(
        clean.out.contains("\"title\":\"Velka falls\""),
        "{}",
        clean.out
    );
}

#[test]
fn a_file_of_many_reports_is_read_in_order_on_any_number_of_threads() {
    let folder = Folder::new("many");
    let mut crawl = String::new();
    for at in 0..300 {
        let page = format!(
            "<html><title>Day {at} in Velka</title><p>The army took district {at} of Velka on Monday, the ministry said.</p>"
        );
        let length = page.len();
        crawl.push_str(&format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://echo.example/{at}\r\n\
             Content-Type: text/html\r\nContent-Length: {length}\r\n\r\n{page}\r\n\r\n"
        ));
    }
    crawl.push_str("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99\r\n\r\n<p>");
    folder.write("crawl.warc", &crawl);
    let clean = folder.run(&["clean", "crawl.warc"]).ended(1);
    assert_eq!(clean.out.lines().count(), 300);
    for (at, line) in clean.out.lines().enumerate() {
        assert!(line.contains(&format!("crawl.warc#{}\"", at + 1)), "{line}");
        assert!(
            line.contains(&format!("https://echo.example/{at}\"")),
            "{line}"
        );
    }
    expect![[r#"
        rapporteur: crawl.warc: damaged at record 301: cut off
          hint: the records that are whole are read
    "#]]
    .assert_eq(&clean.err);
    let piped = folder.run_with(&["clean", "-"], crawl.as_bytes()).ended(1);
    assert_eq!(piped.out.lines().count(), 300);
    let export = |record: &str, threads: &str| {
        let read = folder
            .run(&[
                "read",
                "crawl.warc",
                "--record",
                record,
                "--threads",
                threads,
            ])
            .ended(1);
        assert!(
            read.out
                .starts_with("300 reports read, 0 already there, 1 not understood;")
        );
        folder
            .run(&["export", "--record", record, "--format", "jsonl"])
            .ended(0)
            .out
    };
    assert_eq!(export("one.record", "1"), export("four.record", "4"));
}

#[test]
fn a_record_that_cannot_be_used_is_left_as_it_is() {
    let folder = Folder::new("records");
    folder.read_story("a.record").ended(0);
    let bytes = std::fs::read(folder.path("a.record")).unwrap();
    folder.write("short.record", &bytes[..bytes.len() / 3]);
    folder.write("text.record", "The army took Velka.\n".repeat(100));
    let mut newer = bytes.clone();
    // The user version of an SQLite file.
    newer[60..64].copy_from_slice(&9999u32.to_be_bytes());
    folder.write("newer.record", &newer);
    let commands: &[&[&str]] = &[
        &["show", "timeline", "--record"],
        &["export", "--format", "jsonl", "--record"],
        &["judge", "list", "--record"],
        &["read", "in", "--record"],
    ];
    for command in commands {
        for record in ["short.record", "text.record", "newer.record"] {
            let before = std::fs::read(folder.path(record)).unwrap();
            let mut arguments = command.to_vec();
            arguments.push(record);
            let ran = folder.run(&arguments).ended(1);
            assert!(ran.err.contains(record), "{}", ran.err);
            assert!(ran.err.contains("\n  hint: "), "{}", ran.err);
            assert_eq!(ran.out, "");
            assert_eq!(
                before,
                std::fs::read(folder.path(record)).unwrap(),
                "{arguments:?}"
            );
        }
    }
    let missing = folder
        .run(&["show", "claims", "--record", "none.record"])
        .ended(1);
    expect![[r#"
        --- messages, status 1
        rapporteur: no record at none.record
          hint: check the path, or read some reports into it first
    "#]]
    .assert_eq(&missing.all());
    assert!(!folder.path("none.record").exists());
    let nowhere = folder
        .run(&["read", "in", "--record", "no/such/folder/a.record"])
        .ended(1);
    assert!(nowhere.err.contains("a.record"), "{}", nowhere.err);
    let damaged = folder.run(&["check", "--record", "short.record"]).ended(1);
    assert!(
        !damaged.all().contains("everything holds"),
        "{}",
        damaged.all()
    );
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_written_is_named() {
    let folder = Folder::new("unwritable");
    folder.read_story("a.record").ended(0);
    let export = |to: &str| {
        folder.run(&[
            "export", "--record", "a.record", "--format", "jsonl", "--to", to,
        ])
    };
    export("out.jsonl").ended(0);
    let written = std::fs::read_to_string(folder.path("out.jsonl")).unwrap();
    assert!(written.ends_with("}\n"));
    let failed = export("no/such/folder/out.jsonl").ended(1);
    assert!(
        failed.err.contains("no/such/folder/out.jsonl"),
        "{}",
        failed.err
    );
    if std::path::Path::new("/dev/full").exists() {
        let full = export("/dev/full").ended(1);
        assert!(full.err.contains("/dev/full"), "{}", full.err);
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let folder = Folder::new("pipe");
    folder.read_story("a.record").ended(0);
    for arguments in [
        &["export", "--record", "a.record", "--format", "jsonl"][..],
        &["show", "claims", "--record", "a.record"],
        &["clean", "in"],
    ] {
        let mut child = (folder.command(arguments).stdout(Stdio::piped()))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_two() {
    let folder = Folder::new("usage");
    folder.read_story("a.record").ended(0);
    for arguments in [
        &[][..],
        &["reed", "in", "--record", "a.record"],
        &["read", "--record", "a.record"],
        &["read", "in"],
        &["show", "weather", "--record", "a.record"],
        &[
            "show",
            "claims",
            "--record",
            "a.record",
            "--as-of",
            "yesterday",
        ],
        &[
            "show",
            "claims",
            "--record",
            "a.record",
            "--as-of",
            "2031-02-30",
        ],
        &["export", "--record", "a.record", "--format", "parchment"],
        &[
            "diff",
            "--record",
            "a.record",
            "--from",
            "2031-03-02",
            "--to",
            "2031-03-01",
        ],
        &[
            "judge", "same", "Velka", "Velka", "--record", "a.record", "--reason", "one",
        ],
        &[
            "judge",
            "same",
            "Velka",
            "Port Lenn",
            "--record",
            "a.record",
        ],
    ] {
        let ran = folder.run(arguments).ended(2);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert_ne!(ran.err, "", "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["read", "--help"]] {
        let ran = folder.run(arguments).ended(0);
        assert!(ran.out.contains("rapporteur"), "{}", ran.out);
    }
}

#[test]
fn a_judgement_is_signed_and_can_be_taken_back() {
    let folder = Folder::new("judge");
    folder.read_story("a.record").ended(0);
    let judge = |arguments: &[&str]| {
        let mut all = vec!["judge"];
        all.extend(arguments);
        all.extend(["--record", "a.record"]);
        folder.run(&all)
    };
    assert_eq!(judge(&["list"]).ended(0).out, "");
    let same = judge(&["same", "Velka", "Port Lenn", "--reason", "a test"]).ended(0);
    let words = "same: Port Lenn · Velka  2031-04-01T12:00:00Z by tester: a test";
    assert!(
        same.out.starts_with("recorded: ") && same.out.contains(words),
        "{}",
        same.out
    );
    let again = judge(&["same", "Port Lenn", "Velka", "--reason", "a test"]).ended(0);
    assert!(again.out.starts_with("there already: "), "{}", again.out);
    let listed = judge(&["list"]).ended(0).out;
    let id = listed.split_whitespace().next().unwrap();
    let undone = judge(&["undo", id, "--author", "editor"]).ended(0);
    assert!(undone.out.contains("takes back"), "{}", undone.out);
    assert_eq!(judge(&["list"]).ended(0).out.lines().count(), 2);
    let unknown = judge(&["same", "Velka", "Atlantis", "--reason", "a test"]).ended(1);
    assert!(unknown.err.contains("Atlantis"), "{}", unknown.err);
    judge(&["undo", "ffffffffff"]).ended(1);
    folder.run(&["check", "--record", "a.record"]).ended(0);
}

#[test]
fn the_small_verbs_need_no_record() {
    let folder = Folder::new("verbs");
    folder.write_story();
    let lines = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let out = folder.run(arguments).ended(0).out;
        out.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let clean = lines(&["clean", "in/02-echo.txt", "in/01-wire.txt"]);
    let paths: Vec<_> = clean
        .iter()
        .map(|line| line["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["in/02-echo.txt", "in/01-wire.txt"]);
    let times = lines(&["times", "in/01-wire.txt", "--published", "2031-03-01"]);
    let friday = times
        .iter()
        .find(|time| time["expression"].as_str().unwrap().contains("Friday"));
    assert_eq!(friday.unwrap()["value"], "2031-02-28");
    let figures = lines(&["figures", "in/01-wire.txt"]);
    let twelve = figures.iter().find(|figure| figure["low"] == 12).unwrap();
    assert_eq!(twelve["comparator"], ">=");
    assert!(
        twelve["sentence"]
            .as_str()
            .unwrap()
            .starts_with("At least 12 soldiers")
    );
    folder.write("places.csv", "name,lat,lon\nVelka,1.5,2.5\n");
    let places = lines(&["places", "in/01-wire.txt", "--gazetteer", "places.csv"]);
    let velka = places.iter().find(|place| place["name"] == "Velka");
    assert_eq!(velka.unwrap()["at"]["lat"], 1.5, "{places:?}");
    let attributions = lines(&["attributions", "in/01-wire.txt"]);
    let ministry = attributions.iter().find(|line| {
        line["source"]["text"]
            .as_str()
            .unwrap_or_default()
            .contains("ministry")
    });
    assert_eq!(ministry.unwrap()["cue"]["text"], "said");
    // The claims of a report are those of a record that holds it alone.
    let claims = folder.run(&["claims", "in/01-wire.txt"]).ended(0).out;
    let read = ["read", "in/01-wire.txt", "--record", "alone.record"];
    folder.run(&read).ended(0);
    let export = ["export", "--record", "alone.record", "--format", "jsonl"];
    let export = folder.run(&export).ended(0).out;
    let of_claims = |line: &&str| line.starts_with("{\"type\":\"claim\"");
    let exported: Vec<&str> = export.lines().filter(of_claims).collect();
    assert!(!exported.is_empty());
    assert_eq!(claims.lines().collect::<Vec<_>>(), exported);
    let both = folder.run(&["claims", "in/02-echo.txt", "in/01-wire.txt"]);
    assert!(both.ended(0).out.ends_with(&claims));
    let sentence = "The army shelled Velka.";
    let code = ["code", "--actor", "army", "--recipient", "Velka", sentence];
    let coded = lines(&code);
    assert_eq!(coded[0]["event"], "ASSAULT");
    assert_eq!(coded[0]["quad"], 4);
    let rows = folder.run_with(&["code"], b"army\tVelka\tThe army shelled Velka.\nno row\n");
    let rows = rows.ended(1);
    assert!(rows.out.contains("\"trigger\":\"shelled\""), "{}", rows.out);
    assert!(rows.err.contains("line 2 has 1 cells"), "{}", rows.err);
    let names = lines(&["names", "Ada Brisk", "BRISK, Ada"]);
    assert_eq!(names[0]["same"], true, "{names:?}");
    let rows = b"44th Brigade\t45th Brigade\tthing\nalone\n";
    let rows = folder.run_with(&["names"], rows).ended(1);
    assert!(rows.out.contains("other number"), "{}", rows.out);
    assert!(rows.err.contains("row 2 is no pair"), "{}", rows.err);
    let rows = b"Why?\tto curb smuggling\nWhy?\tsmuggling of rifles\nno answer\n";
    let rows = folder.run_with(&["answers"], rows).ended(1);
    assert_eq!(rows.out.matches("\"group\":0").count(), 2, "{}", rows.out);
    assert!(rows.err.contains("row 3 has no answer"), "{}", rows.err);
    let copies = lines(&["copies", "in"]);
    assert_eq!(copies.len(), 1, "{copies:?}");
    assert_eq!(copies[0]["kind"], "reprint");
    let stories = lines(&["stories", "in/01-wire.txt", "in/02-echo.txt"]);
    assert_eq!(stories[0]["story"], stories[1]["story"], "{stories:?}");
    let pair = [&copies[0]["from_path"], &copies[0]["to_path"]];
    assert!(
        pair.iter().any(|path| *path == "in/01-wire.txt"),
        "{copies:?}"
    );
    assert!(
        pair.iter().any(|path| *path == "in/02-echo.txt"),
        "{copies:?}"
    );
}

#[test]
fn sentences_are_parsed_and_given_words_are_kept() {
    let folder = Folder::new("parse");
    folder.write("in.txt", "The army took Velka on Monday. Talks failed.\n");
    let parsed = folder.run(&["parse", "in.txt"]).ended(0).out;
    let words: Vec<&str> = parsed
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    assert_eq!(words.len(), 10, "{parsed}");
    assert!(
        words.iter().all(|row| row.split('\t').count() == 10),
        "{parsed}"
    );
    assert!(parsed.contains("# text = Talks failed.\n"), "{parsed}");
    assert!(
        parsed.contains("\tMonday\tMonday\tPROPN\tNNP\t"),
        "{parsed}"
    );

    // What was parsed is CoNLL-U: given again, it stays as it is.
    folder.write("in.conllu", &parsed);
    let again = folder
        .run(&["parse", "--pretokenized", "in.conllu"])
        .ended(0);
    assert_eq!(again.out, parsed);

    folder.write("broken.conllu", "1\tTalks\t_\nfailed\n");
    let refused = folder
        .run(&["parse", "--pretokenized", "broken.conllu", "in.conllu"])
        .ended(1);
    assert!(
        refused.err.contains("broken.conllu: line 2"),
        "{}",
        refused.err
    );
    assert_eq!(refused.out, parsed);
}
