//! The configuration file: where it is found, and what it changes.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may; the lint sees no test in helpers

#[allow(dead_code)] // not every test needs all of it
mod common;

use common::{Folder, Ran};

const OWN: &str = "{\"text\": \"The army took Velka on Monday.\", \"publisher\": \"North Wire\", \"date\": \"2031-03-04\"}
{\"text\": \"On Monday the army took the town of Velka. Rain fell in the hills all night.\", \"publisher\": \"Daily Echo\", \"date\": \"2031-03-04\"}
{\"text\": \"The army took Velka on Monday, a spokesman for the Orsol Front said.\", \"publisher\": \"West Post\", \"date\": \"2031-03-04\"}
";

fn record(test: &str) -> Folder {
    let folder = Folder::new(test);
    folder.write("in.jsonl", OWN);
    folder.run(&["read", "in.jsonl", "--record", "talks/r.record"]);
    std::fs::create_dir_all(folder.path("talks")).unwrap();
    folder
        .run(&["read", "in.jsonl", "--record", "talks/r.record"])
        .ended(0);
    folder
}

fn export(folder: &Folder) -> Ran {
    folder
        .run(&["export", "--record", "talks/r.record", "--format", "jsonl"])
        .ended(0)
}

#[test]
fn the_nearest_file_is_used_and_named() {
    let folder = record("config-where");
    let check = ["check", "--record", "talks/r.record"];
    let used = |arguments: &[&str]| folder.run(arguments).ended(0).err;
    assert_eq!(used(&check), "");
    folder.write("home/rapporteur/rapporteur.toml", "");
    let mut command = folder.command(&check);
    command.env("XDG_CONFIG_HOME", folder.path("home"));
    let err = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(err.contains("home/rapporteur/rapporteur.toml"), "{err}");
    folder.write("rapporteur.toml", "");
    assert_eq!(used(&check), "note: configured by rapporteur.toml\n");
    folder.write("talks/rapporteur.toml", "");
    assert_eq!(used(&check), "note: configured by talks/rapporteur.toml\n");
    folder.write("other.toml", "");
    let given = [&check[..], &["--config", "other.toml"]].concat();
    assert_eq!(used(&given), "note: configured by other.toml\n");
}

#[test]
fn a_wrong_key_stops_the_command_and_names_the_nearest() {
    let folder = record("config-wrong");
    folder.write("talks/rapporteur.toml", "# mine\nfamilys = 1\n");
    let ran = folder.run(&["show", "disputes", "--record", "talks/r.record"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.out, "");
    assert!(
        ran.err
            .contains("rapporteur.toml, line 2: unknown key `familys`"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("did you mean `families`?"), "{}", ran.err);
    let gone = [
        "check",
        "--record",
        "talks/r.record",
        "--config",
        "gone.toml",
    ];
    assert!(
        folder
            .run(&gone)
            .ended(1)
            .err
            .contains("gone.toml: cannot be read")
    );
}

/// One house is one origin, whoever asks: the kept state is of one configuration.
#[test]
fn a_family_is_one_origin() {
    let folder = record("config-families");
    let disputes = ["show", "disputes", "--record", "talks/r.record"];
    let before = folder.run(&disputes).ended(0).out;
    folder.write(
        "talks/rapporteur.toml",
        "[families]\n\"Northern Media\" = [\"north wire\", \"Daily Echo\"]\n",
    );
    let after = folder.run(&disputes).ended(0).out;
    assert_ne!(before, after);
    let origins = |text: &str| text.contains("3 reports, 3 origins");
    assert!(origins(&before), "{before}");
    assert!(after.contains("3 reports, 2 origins"), "{after}");
    // Asked again, and computed again.
    assert_eq!(folder.run(&disputes).ended(0).out, after);
    std::fs::remove_file(folder.path("talks/rapporteur.toml")).unwrap();
    assert_eq!(folder.run(&disputes).ended(0).out, before);
    folder
        .run(&["check", "--record", "talks/r.record"])
        .ended(0);
}

#[test]
fn who_speaks_for_a_party_is_marked() {
    let folder = record("config-parties");
    let is_party = |ran: &Ran| ran.out.matches("\"party\":true").count();
    assert_eq!(is_party(&export(&folder)), 0);
    folder.write("talks/rapporteur.toml", "parties = [\"Orsol Front\"]\n");
    let marked = export(&folder);
    assert_eq!(is_party(&marked), 1, "{}", marked.out);
    assert_eq!(export(&folder).out, marked.out);
    let claims = folder
        .run(&["show", "claims", "--record", "talks/r.record"])
        .ended(0);
    assert!(
        claims.out.contains("a party) ← West Post"),
        "{}",
        claims.out
    );
}

#[test]
fn a_publishers_zone_decides_the_day() {
    let folder = Folder::new("config-zones");
    folder.write(
        "in.jsonl",
        "{\"text\": \"The army took Velka.\", \"publisher\": \"North Wire\", \"date\": \"2031-03-04T21:00:00Z\"}\n",
    );
    let days = |more: &[&str]| {
        let clean = folder
            .run(&[&["clean", "in.jsonl"], more].concat())
            .ended(0);
        clean.out.matches("2031-03-05").count()
    };
    assert_eq!(days(&[]), 0);
    folder.write(
        "zones.toml",
        "[time-zones]\n\"North Wire\" = \"Asia/Kabul\"\n",
    );
    assert_eq!(days(&["--config", "zones.toml"]), 2);
    folder
        .run(&[
            "read",
            "in.jsonl",
            "--record",
            "r",
            "--config",
            "zones.toml",
        ])
        .ended(0);
    let reports = folder
        .run(&["show", "reports", "--record", "r"])
        .ended(0)
        .out;
    assert!(reports.contains("5 Mar 2031"), "{reports}");
}
