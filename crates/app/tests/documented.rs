//! Every command that the documentation names is there, and every command is documented.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may; the lint sees no test in helpers

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn help(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    let output = command.args(arguments).arg("--help").output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The names under `Commands:` of a help text.
fn commands(help: &str) -> BTreeSet<String> {
    let list = help.split("Commands:").nth(1).unwrap_or_default();
    (list.lines().skip(1))
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_string)
        .collect()
}

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "examples/README.md",
        "docs/configuration.md",
        "docs/exports.md",
        "docs/watch.md",
    ];
    let pages = named.iter().map(|name| root.join(name));
    pages.filter(|page| page.exists()).collect()
}

/// `rapporteur VERB [WORD]` wherever it stands in code of a page.
fn invocations(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let code: Vec<&str> = match fenced {
            true => vec![line],
            false => line.split('`').skip(1).step_by(2).collect(),
        };
        for code in code {
            let words: Vec<&str> = code.split_whitespace().collect();
            for at in 0..words.len() {
                let verb = words.get(at + 1).copied().unwrap_or_default();
                if words[at] == "rapporteur" && verb.chars().all(|c| c.is_ascii_lowercase()) {
                    let next = words.get(at + 2).copied().unwrap_or_default();
                    found.push((verb.to_string(), next.to_string()));
                }
            }
        }
    }
    found.retain(|(verb, _)| !verb.is_empty());
    found
}

#[test]
fn every_command_that_is_named_is_there() {
    let verbs = commands(&help(&[]));
    assert!(
        verbs.contains("read") && verbs.contains("show"),
        "{verbs:?}"
    );
    let views = help(&["show"]);
    let judgements = commands(&help(&["judge"]));
    for page in pages() {
        for (verb, next) in invocations(&std::fs::read_to_string(&page).unwrap()) {
            let at = page.display();
            assert!(verbs.contains(&verb), "{at}: no command `{verb}`");
            let is_word = !next.is_empty() && next.chars().all(|c| c.is_ascii_lowercase());
            if verb == "show" && is_word {
                assert!(
                    views.contains(&format!("- {next}:")),
                    "{at}: no view `{next}`"
                );
            }
            if verb == "judge" && is_word {
                assert!(judgements.contains(&next), "{at}: no judgement `{next}`");
            }
        }
    }
}

#[test]
fn every_command_has_an_example() {
    for verb in commands(&help(&[])) {
        let help = help(&[&verb]);
        assert!(help.contains("Example"), "{verb} --help has no example");
        assert!(
            help.contains(&format!("  rapporteur {verb} "))
                || help.contains(&format!("| rapporteur {verb} ")),
            "{verb}"
        );
    }
}
