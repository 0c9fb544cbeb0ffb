//! What share of the relations and names that a careful reader finds in the example story is in its
//! record (`examples/doha-2021.gold.jsonl`; `examples/README.md` says how it is read). With
//! `-- --nocapture` it prints a row a kind and what stood instead of each item missed.

#![allow(clippy::unwrap_used, clippy::panic)] // a test: what fails here should stop it

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A text with its quotes, dashes, white space and case made one.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        c => c,
    };
    let words: String = text.chars().map(one).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// An exported record, by types of lines.
struct Export(BTreeMap<String, Vec<Value>>);

impl Export {
    fn read(lines: &str) -> Export {
        let mut by_type: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for line in lines.lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            let kind = text(&value, "type").to_string();
            by_type.entry(kind).or_default().push(value);
        }
        Export(by_type)
    }

    fn of(&self, kind: &str) -> &[Value] {
        self.0.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// The ids of the claims that hold a snippet, or whose sentence does, in the one report whose
    /// path or address holds `doc`.
    fn claims_at(&self, place: &Value) -> BTreeSet<&str> {
        let doc = text(place, "doc");
        let has = |r: &&Value| text(r, "path").contains(doc) || text(r, "url").contains(doc);
        let reports: Vec<&Value> = self.of("report").iter().filter(has).collect();
        let [report] = reports[..] else {
            panic!("{} reports are called {doc}", reports.len());
        };
        let snippet = plain(text(place, "snippet"));
        let body = plain(text(report, "body"));
        assert_eq!(body.matches(&snippet).count(), 1, "{doc}: {snippet}");
        let holds = |claim: &&Value| {
            let exact = plain(text(claim, "exact"));
            claim["report"] == report["id"]
                && (exact.contains(&snippet)
                    || plain(text(claim, "sentence")).contains(&snippet)
                    || !exact.is_empty() && snippet.contains(&exact))
        };
        let claims = self.of("claim").iter().filter(holds);
        claims.map(|claim| text(claim, "id")).collect()
    }

    /// How the claims at one place stand to those at another: the relations given, and `agree` for
    /// what stands in one account.
    fn relations(&self, a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for question in self.of("comparison") {
            for account in list(question, "accounts") {
                let claims: Vec<&str> = (list(account, "claims").iter())
                    .filter_map(Value::as_str)
                    .collect();
                let has = |ids: &BTreeSet<&str>| claims.iter().any(|id| ids.contains(id));
                if has(a) && has(b) {
                    found.insert("agree");
                }
            }
            for relation in list(question, "relations") {
                let (one, other) = (text(relation, "a"), text(relation, "b"));
                if a.contains(one) && b.contains(other) || a.contains(other) && b.contains(one) {
                    found.insert(text(relation, "relation"));
                }
            }
        }
        found
    }

    /// Are two names of one entity? `None` where one of them is no entity's.
    fn same_entity(&self, a: &str, b: &str) -> Option<bool> {
        let named = |name: &str| -> BTreeSet<&str> {
            let has = |e: &&Value| {
                let names = list(e, "names").iter().filter_map(Value::as_str);
                names.into_iter().any(|n| plain(n) == plain(name))
            };
            let entities = self.of("entity").iter().filter(has);
            entities.map(|e| text(e, "id")).collect()
        };
        let (a, b) = (named(a), named(b));
        (!a.is_empty() && !b.is_empty()).then(|| !a.is_disjoint(&b))
    }
}

/// Is an item of the gold in the record, and what stood there?
fn is_right(item: &Value, export: &Export) -> (bool, String) {
    if text(item, "task") == "alias" {
        let found = export.same_entity(text(item, "a"), text(item, "b"));
        return (found == item["same"].as_bool(), format!("{found:?}"));
    }
    let a = export.claims_at(&item["a"]);
    let b = export.claims_at(&item["b"]);
    let stood = export.relations(&a, &b);
    let accepted = (list(item, "accept").iter()).filter_map(Value::as_str);
    let wanted: BTreeSet<&str> = accepted.chain(item["relation"].as_str()).collect();
    let right = match item["relation"].as_str() {
        Some(_) => !stood.is_disjoint(&wanted),
        None => stood.is_subset(&wanted),
    };
    let missing = if a.is_empty() || b.is_empty() {
        "no claim "
    } else {
        ""
    };
    (right, format!("{missing}{stood:?}"))
}

/// The floor of that name in `scores/pinned.toml`, in percent.
fn pin(name: &str) -> f64 {
    let pins = std::fs::read_to_string(root().join("scores/pinned.toml")).unwrap();
    let of_name = |line: &str| {
        line.strip_prefix(name)?
            .trim()
            .strip_prefix('=')?
            .trim()
            .parse()
            .ok()
    };
    (pins.lines().find_map(of_name)).unwrap_or_else(|| panic!("no pin {name}"))
}

#[test]
fn the_example_story_is_read_as_its_gold_says() {
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example-gold");
    let _ = std::fs::remove_dir_all(&work);
    std::fs::create_dir_all(&work).unwrap();
    let record = work.join("story.record");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        let output = command
            .args(arguments)
            .arg("--record")
            .arg(&record)
            .output();
        let output = output.unwrap();
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let reports = root().join("examples/doha-2021");
    run(&["read", reports.to_str().unwrap()]);
    let export = Export::read(&run(&["export", "--format", "jsonl"]));

    let gold = std::fs::read_to_string(root().join("examples/doha-2021.gold.jsonl")).unwrap();
    let mut rows: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in gold.lines() {
        let item: Value = serde_json::from_str(line).unwrap();
        let (right, stood) = is_right(&item, &export);
        let task = text(&item, "task").to_string();
        let kind = match (&*task, item["relation"].as_str()) {
            ("relation", kind) => format!("  {}", kind.unwrap_or("none")),
            (_, _) => "  same or not".to_string(),
        };
        for row in [task, kind] {
            let (count, of) = rows.entry(row).or_default();
            *count += usize::from(right);
            *of += 1;
        }
        if !right {
            println!("{line}\n  stood: {stood}");
        }
    }
    for (kind, (right, of)) in &rows {
        println!("{kind:<14} {right:>3} of {of}");
    }
    for task in ["alias", "relation"] {
        let (right, of) = rows[task];
        let share = 100.0 * right as f64 / of as f64;
        let floor = pin(&format!("example-{task}"));
        assert!(share >= floor, "{task}: {share:.1}%, pinned at {floor}%");
    }
}
