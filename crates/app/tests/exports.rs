//! Every export, through the real binary: each format of `--help` gives the same bytes whatever the
//! order of reading, and leads back to every claim it should; `mcp` answers a line a message.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may; the lint sees no test in helpers

#[allow(dead_code)] // not every test needs all of it
mod common;

use common::Folder;
use std::collections::BTreeSet;

/// The formats that `--help` lists.
fn formats(folder: &Folder) -> Vec<String> {
    let help = folder.run(&["export", "--help"]).ended(0).out;
    let list = help.split("In which format").nth(1).unwrap();
    let formats: Vec<String> = (list.lines())
        .filter_map(|line| line.trim().strip_prefix("- ")?.split_once(':'))
        .map(|(name, _)| name.to_string())
        .collect();
    assert!(formats.len() >= 17, "{help}");
    formats
}

fn export(folder: &Folder, record: &str, format: &str) -> Vec<u8> {
    let to = format!("{format}.out");
    let command = [
        "export", "--record", record, "--format", format, "--to", &to,
    ];
    folder.run(&command).ended(0);
    std::fs::read(folder.path(&to)).unwrap()
}

#[test]
fn every_format_is_the_same_whatever_the_order() {
    let folder = Folder::new("formats");
    folder.read_story("a.record").ended(0);
    for name in ["03-post", "05-page", "01-wire", "04-gazette", "02-echo"] {
        let path = format!("in/{name}.txt");
        let manifest = ["--manifest", "manifest.csv", "--threads", "1"];
        let command = [&["read", &path, "--record", "b.record"], &manifest[..]].concat();
        folder.run(&command).ended(0);
    }
    let lines = export(&folder, "a.record", "jsonl");
    let claims: BTreeSet<String> = (String::from_utf8(lines).unwrap().lines())
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|line| line["type"] == "claim")
        .map(|line| line["id"].as_str().unwrap().to_string())
        .collect();
    assert!(!claims.is_empty());
    for format in formats(&folder) {
        let one = export(&folder, "a.record", &format);
        assert!(!one.is_empty(), "{format}");
        // Which of two same derivations is told may depend on nothing but the reports either.
        assert_eq!(one, export(&folder, "b.record", &format), "{format}");
        let text = String::from_utf8_lossy(&one);
        let named = claims.iter().filter(|claim| text.contains(claim.as_str()));
        match format.as_str() {
            "csv" | "jsonl" | "parquet" | "geojson" | "ftm" | "ftm-statements" | "annotations"
            | "prov" | "schema-org" | "ninjs" => {
                assert_eq!(named.count(), claims.len(), "{format}")
            }
            _ => assert!(named.count() > 0, "{format}"),
        }
    }
}

#[test]
fn documents_of_json_parse_and_an_empty_record_is_empty() {
    let folder = Folder::new("formats-empty");
    folder.write("none.txt", "");
    folder.read_story("a.record").ended(0);
    let as_of = ["--as-of", "2001-01-01"];
    for format in formats(&folder) {
        for more in [&[][..], &as_of] {
            let command = [
                "export", "--record", "a.record", "--format", &format, "--to", "out",
            ];
            folder.run(&[&command[..], more].concat()).ended(0);
            let bytes = std::fs::read(folder.path("out")).unwrap();
            let json = ["geojson", "annotations", "prov", "schema-org"];
            if json.contains(&format.as_str()) {
                serde_json::from_slice::<serde_json::Value>(&bytes).unwrap();
            }
        }
    }
}

#[test]
fn questions_are_answered_a_line_a_message() {
    let folder = Folder::new("mcp");
    folder.read_story("a.record").ended(0);
    let long = format!("{{\"id\": 3, \"junk\": \"{}\"}}", "x".repeat(2 << 20));
    let messages = [
        r#"{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}"#,
        r#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#,
        r#"{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "control", "arguments": {"place": "velka"}}}"#,
        &long,
        r#"{"jsonrpc": "2.0", "id": 4, "method": "ping"}"#,
    ];
    let ran = folder.run_with(
        &["mcp", "--record", "a.record"],
        messages.join("\n").as_bytes(),
    );
    let ran = ran.ended(0);
    let answers: Vec<serde_json::Value> = (ran.out.lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 4, "{}", ran.out);
    let place = &answers[1]["result"]["structuredContent"]["items"][0];
    assert_eq!(place["name"], "Velka");
    assert!(place["history"][0]["voices"][0]["exact"].is_string());
    assert_eq!(answers[2]["error"]["code"], -32600);
    assert_eq!(answers[3]["result"], serde_json::json!({}));
    let missing = folder.run(&["mcp", "--record", "none.record"]).ended(1);
    assert!(missing.err.contains("none.record"), "{}", missing.err);
}
