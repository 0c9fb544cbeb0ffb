use super::*;
use crate::State;
use crate::testing::{Sketch, derived, month_day, report};
use expect_test::{Expect, expect};
use proptest::strategy::Strategy;
use rapporteur_model::{Action, DerivationKind, Item, Judgement, Kind, Lean, Subject, Verdict};

const NOW: &str = "2031-03-05T10:00:00Z";

/// A folder of its own for each test, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Folder {
        let name = format!("rapporteur-record-{}-{test}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn record(&self) -> PathBuf {
        self.0.join("a.record")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn wire() -> Sketch {
    let text = "The army took Velka on March 3. At least 12.3 tonnes were lost.";
    report("North Wire", "2031-03-04", text)
        .name("army", Kind::Organization)
        .name("Velka", Kind::Place)
        .claim("The army took Velka on March 3", |r, what| {
            what.subject = Subject::Ground(Action::Taken);
            what.actor = vec![r.mention("army")];
            what.place = vec![r.mention("Velka")];
            what.when = Some(r.time("March 3", month_day(3, 3, Lean::Past)));
        })
        .claim("At least 12.3 tonnes were lost", |r, what| {
            what.subject = Subject::Count;
            // Numbers that a careless reader of JSON gets back one bit off.
            what.figures = vec![r.figure("12.3 tonnes", 12.3e-7 / 3.0, "tonne")];
        })
}

fn echo() -> Sketch {
    report(
        "Daily Echo",
        "2031-03-05",
        "(North Wire) The army took Velka on March 3.",
    )
}

fn sighting(sketch: &Sketch, path: &str) -> Sighting {
    Sighting {
        report: sketch.id(),
        path: path.to_string(),
    }
}

fn add(log: &mut Log, sketch: &Sketch, path: &str) -> Result<Added, Error> {
    log.add(&sketch.reading, &sighting(sketch, path), NOW)
}

fn same() -> Judgement {
    let name = |n: &str| Item::Name(n.to_string());
    Judgement::new(
        name("Velka"),
        name("Welka"),
        Verdict::Same,
        "ann",
        "one town",
        NOW,
    )
}

/// A record with two reports, a derivation and a judgement that was taken back.
fn filled(path: &Path) -> Log {
    let mut log = Log::open(path).unwrap();
    assert_eq!(add(&mut log, &wire(), "a.html").unwrap(), Added::New);
    assert_eq!(add(&mut log, &echo(), "b.html").unwrap(), Added::New);
    let copy = derived(
        &wire(),
        &echo(),
        DerivationKind::Reprint,
        &["The army took Velka"],
    );
    assert_eq!(log.derive(&[copy]).unwrap(), 1);
    assert_eq!(log.judge(&same()).unwrap(), Added::New);
    assert_eq!(
        log.judge(&same().undo("bea", "two towns", NOW)).unwrap(),
        Added::New
    );
    log
}

fn shown(result: Result<impl Sized, Error>, folder: &Folder) -> String {
    match result {
        Ok(_) => "opened".to_string(),
        Err(e) => {
            let text = format!("{e}\nhint: {}", e.hint());
            text.replace(&folder.0.display().to_string(), "FOLDER")
        }
    }
}

fn check(result: Result<impl Sized, Error>, folder: &Folder, expected: Expect) {
    expected.assert_eq(&shown(result, folder));
}

#[test]
fn what_goes_in_comes_out() {
    let folder = Folder::new("round");
    filled(&folder.record());
    let log = Log::open_existing(folder.record()).unwrap();
    let contents = log.contents().unwrap();
    let mut wanted = vec![wire().reading, echo().reading];
    wanted.sort_by(|a, b| a.report.id().cmp(b.report.id()));
    assert_eq!(contents.readings, wanted);
    assert_eq!(contents.sightings.len(), 2);
    assert_eq!(contents.derivations.len(), 1);
    assert_eq!(contents.judgements.len(), 2);
    assert!(
        contents
            .readings
            .iter()
            .flat_map(|r| &r.claims)
            .all(|c| c.is_intact())
    );
    assert_eq!(log.reports().unwrap().len(), 2);
    assert!(log.knows(&wire().id()).unwrap());
    assert_eq!(log.check().unwrap(), vec![]);
}

#[test]
fn the_same_again_changes_nothing() {
    let folder = Folder::new("again");
    drop(filled(&folder.record()));
    let mut log = Log::open(folder.record()).unwrap();
    let before = std::fs::read(folder.record()).unwrap();
    let later = "2032-01-01T00:00:00Z";
    let again = log.add(&wire().reading, &sighting(&wire(), "a.html"), later);
    assert_eq!(again.unwrap(), Added::Known);
    assert_eq!(log.judge(&same()).unwrap(), Added::Known);
    let copy = derived(
        &wire(),
        &echo(),
        DerivationKind::Reprint,
        &["The army took Velka"],
    );
    assert_eq!(log.derive(&[copy]).unwrap(), 0);
    drop(log);
    assert!(
        before == std::fs::read(folder.record()).unwrap(),
        "the file changed"
    );

    // Another path of the same report is news; the report is not.
    let mut log = Log::open(folder.record()).unwrap();
    assert_eq!(
        add(&mut log, &wire(), "copy of a.html").unwrap(),
        Added::Known
    );
    assert_eq!(log.contents().unwrap().sightings.len(), 3);
}

#[test]
fn triggers_refuse_to_change_or_delete() {
    let folder = Folder::new("triggers");
    let log = filled(&folder.record());
    for table in super::older::NOUNS {
        for sql in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET json = json || ' '"),
        ] {
            let sql = sql.replace("sighting SET json = json || ' '", "sighting SET path = 'x'");
            let error = log.connection.execute(&sql, []).unwrap_err().to_string();
            assert_eq!(error, "the log only grows", "{sql}");
        }
    }
}

#[test]
fn columns_can_be_read_in_the_shell() {
    let folder = Folder::new("shell");
    let log = filled(&folder.record());
    let sql = "SELECT publisher || '|' || published || '|' || claim.about || '|' || claim.exact
        FROM claim JOIN report ON report.number = claim.report ORDER BY claim.number";
    let mut query = log.connection.prepare(sql).unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    let rows: Vec<String> = rows.map(Result::unwrap).collect();
    expect![[r#"
        North Wire|2031-03-04|taken|The army took Velka on March 3
        North Wire|2031-03-04|count|At least 12.3 tonnes were lost"#]]
    .assert_eq(&rows.join("\n"));
}

#[test]
fn files_that_cannot_be_opened_say_why() {
    let folder = Folder::new("unopened");
    check(
        Log::open_existing(folder.record()),
        &folder,
        expect![[r#"
        no record at FOLDER/a.record
        hint: check the path, or read some reports into it first"#]],
    );
    check(
        Log::open(folder.0.join("none/a.record")),
        &folder,
        expect![[r#"
        cannot open or make FOLDER/none/a.record
        hint: check that the folder is there and that you may use it"#]],
    );

    let text = folder.0.join("notes.txt");
    std::fs::write(
        &text,
        "not a database at all, but a page of notes\n".repeat(50),
    )
    .unwrap();
    check(
        Log::open(&text),
        &folder,
        expect![[r#"
        not a record: FOLDER/notes.txt
        hint: name another file: this one is left as it is"#]],
    );
    std::fs::write(&text, "short").unwrap();
    check(
        Log::open(&text),
        &folder,
        expect![[r#"
        not a record: FOLDER/notes.txt
        hint: name another file: this one is left as it is"#]],
    );
    assert_eq!(std::fs::read(&text).unwrap(), b"short");

    let other = folder.0.join("other.sqlite");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE song (name)")
        .unwrap();
    check(
        Log::open(&other),
        &folder,
        expect![[r#"
        not a record: FOLDER/other.sqlite
        hint: name another file: this one is left as it is"#]],
    );

    let empty = folder.0.join("empty.record");
    std::fs::write(&empty, "").unwrap();
    check(
        Log::open_existing(&empty),
        &folder,
        expect![[r#"
        not a record: FOLDER/empty.record
        hint: name another file: this one is left as it is"#]],
    );
    check(Log::open(&empty), &folder, expect!["opened"]);
}

#[test]
fn a_later_version_is_not_touched() {
    let folder = Folder::new("newer");
    let log = filled(&folder.record());
    log.connection
        .pragma_update(None, "user_version", VERSION + 1)
        .unwrap();
    drop(log);
    check(
        Log::open(folder.record()),
        &folder,
        expect![[r#"
            record of version 4, while this program reads up to 3: FOLDER/a.record
            hint: read it with the version that wrote it, or a later one"#]],
    );
}

#[test]
fn a_truncated_record_is_damaged_wherever_it_was_cut() {
    let folder = Folder::new("cut");
    drop(filled(&folder.record()));
    let whole = std::fs::read(folder.record()).unwrap();
    check(Log::open(folder.record()), &folder, expect!["opened"]);
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    for length in (1..whole.len())
        .step_by(997)
        .chain([16, 99, 100, 511, 512, 4096])
    {
        std::fs::write(folder.record(), &whole[..length]).unwrap();
        let opened = Log::open(folder.record()).and_then(|log| {
            log.contents()?;
            // What is cut off is of the index of words.
            assert!(!log.check()?.is_empty(), "{length}");
            Ok(())
        });
        let first = shown(opened, &folder);
        *ends
            .entry(first.lines().next().unwrap().to_string())
            .or_default() += 1;
        assert!(
            std::fs::read(folder.record()).unwrap() == whole[..length],
            "{length}"
        );
    }
    expect![[r#"
        {
            "damaged record: FOLDER/a.record: cut short": 10,
            "damaged record: FOLDER/a.record: database disk image is malformed": 75,
            "opened": 4,
        }"#]]
    .assert_eq(&format!("{ends:#?}"));
}

#[test]
fn a_record_overwritten_in_the_middle_is_found_out() {
    let folder = Folder::new("overwritten");
    drop(filled(&folder.record()));
    let whole = std::fs::read(folder.record()).unwrap();
    let find = |words: &str| {
        whole
            .windows(words.len())
            .position(|w| w == words.as_bytes())
            .unwrap()
    };

    // A word of the evidence, which no index covers.
    let at = find("The army took Velka on March 3");
    let mut bytes = whole.clone();
    bytes[at..at + 8].copy_from_slice(b"The navy");
    std::fs::write(folder.record(), &bytes).unwrap();
    let faults = Log::open(folder.record()).unwrap().check().unwrap();
    assert!(!faults.is_empty());

    // A whole page.
    let mut bytes = whole.clone();
    let page = at / 4096 * 4096;
    bytes[page..page + 4096].fill(0x5a);
    std::fs::write(folder.record(), &bytes).unwrap();
    let log = Log::open(folder.record()).unwrap();
    assert!(!log.check().unwrap().is_empty());
}

#[test]
fn every_kind_of_fault_is_named() {
    let folder = Folder::new("faults");
    let log = filled(&folder.record());
    // As someone would who really wants to.
    log.connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
        DROP TRIGGER report_stays;
        DROP TRIGGER claim_stays;
        DROP TRIGGER mention_stays;
        DROP TRIGGER judgement_is_kept;
        UPDATE claim SET json = replace(json, 'took', 'lost') WHERE about = 'taken';
        UPDATE mention SET json = json_set(json, '$.span.end', 9999) WHERE name = 'Velka';
        UPDATE mention SET json = '{}' WHERE name = 'army';
        DELETE FROM judgement WHERE undoes IS NULL;
        INSERT INTO derivation (id, json, earlier, later)
            SELECT 'made-up', json_set(json, '$.share', 7.0), earlier, 77 FROM derivation;
        CREATE TABLE notes (words);",
        )
        .unwrap();
    let faults = log.check().unwrap();
    let shown: Vec<String> = faults.iter().map(Fault::to_string).collect();
    expect![[r#"
        claim 56290078f7756e8dcf1f: "The army lost Velka on March 3" is not what stands at 0 to 30
        claim 56290078f7756e8dcf1f: the id is not that of its content
        derivation: a row of it names a report that is not there
        derivation made-up: the id is not that of its content
        derivation made-up: the share 7 is not between 0 and 1
        file: table notes is none of this program's
        file: trigger claim_stays is not as it was made
        file: trigger judgement_is_kept is not as it was made
        file: trigger mention_stays is not as it was made
        file: trigger report_stays is not as it was made
        judgement 843a4a3867abd5cf2c35: it undoes one that is not there
        mention c1938b0b7df541e1bf62 0: cannot be read: missing field `span` at line 1 column 2
        mention c1938b0b7df541e1bf62 1: the name "Velka" at 14 to 9999 is no slice of the report"#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn a_batch_that_is_not_committed_leaves_nothing() {
    let folder = Folder::new("dropped");
    drop(filled(&folder.record()));
    let mut log = Log::open(folder.record()).unwrap();
    let before = std::fs::read(folder.record()).unwrap();
    let third = report(
        "West Post",
        "2031-03-06",
        "Nothing more was heard of Velka.",
    );
    let mut batch = log.batch().unwrap();
    assert_eq!(
        batch
            .add(&third.reading, &sighting(&third, "c.html"), NOW)
            .unwrap(),
        Added::New
    );
    drop(batch);
    drop(log);
    assert!(before == std::fs::read(folder.record()).unwrap());
    let log = Log::open_existing(folder.record()).unwrap();
    assert!(!log.knows(&third.id()).unwrap());
    assert_eq!(log.check().unwrap(), vec![]);
}

/// A killed process neither commits nor rolls back: what it leaves is the file as it stands at that
/// moment, with what was written ahead beside it.
#[test]
fn a_killed_run_leaves_the_last_commit() {
    let folder = Folder::new("killed");
    let mut log = filled(&folder.record());
    let mut batch = log.batch().unwrap();
    for number in 0..300 {
        let text = format!("Shelling was heard near Velka, day {number}. ").repeat(40);
        let more = report("West Post", "2031-03-06", &text);
        batch
            .add(&more.reading, &sighting(&more, &number.to_string()), NOW)
            .unwrap();
    }
    let left = Folder::new("killed-left");
    for file in std::fs::read_dir(&folder.0).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), left.0.join(file.file_name())).unwrap();
    }
    drop(batch);
    let log = Log::open_existing(left.record()).unwrap();
    assert_eq!(log.reports().unwrap().len(), 2);
    assert_eq!(log.check().unwrap(), vec![]);
}

#[test]
fn others_read_the_last_commit_while_one_writes() {
    let folder = Folder::new("beside");
    let mut log = filled(&folder.record());
    let readers = [
        Log::open_existing(folder.record()).unwrap(),
        Log::open_existing(folder.record()).unwrap(),
    ];
    let third = report(
        "West Post",
        "2031-03-06",
        "Nothing more was heard of Velka.",
    );
    let mut batch = log.batch().unwrap();
    batch
        .add(&third.reading, &sighting(&third, "c.html"), NOW)
        .unwrap();
    for reader in &readers {
        assert_eq!(reader.contents().unwrap().readings.len(), 2);
        assert_eq!(reader.check().unwrap(), vec![]);
    }
    batch.commit().unwrap();
    for reader in &readers {
        assert_eq!(reader.contents().unwrap().readings.len(), 3);
    }
}

#[test]
fn at_rest_one_file_is_the_whole_record() {
    let folder = Folder::new("rest");
    drop(filled(&folder.record()));
    let files: Vec<_> = std::fs::read_dir(&folder.0)
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    assert_eq!(files, ["a.record"]);
    let odd = folder.0.join("50% of it?#.record");
    std::fs::rename(folder.record(), &odd).unwrap();
    let log = Log::connect_at_rest(&odd).unwrap();
    assert_eq!(log.contents().unwrap().readings.len(), 2);
    assert_eq!(log.check().unwrap(), vec![]);
}

/// What is found, each with its words as printed.
fn found(log: &mut Log, words: &str) -> Vec<String> {
    let found = log.search(words, 10).unwrap();
    let shown = found.iter().map(|found| {
        let body = found.report.body();
        let words: Vec<&str> = found.spans.iter().map(|s| &body[s.start..s.end]).collect();
        let publisher = found
            .report
            .masthead()
            .publisher
            .clone()
            .unwrap_or_default();
        format!("{publisher}: {}", words.join(" | "))
    });
    shown.collect()
}

#[test]
fn words_are_looked_up() {
    let folder = Folder::new("search");
    let mut log = filled(&folder.record());
    let check = |log: &mut Log, words: &str, wanted: &[&str]| {
        assert_eq!(found(log, words), wanted, "{words}")
    };
    check(&mut log, "VELKA tonnes", &["North Wire: Velka | tonnes"]);
    check(
        &mut log,
        "\"took velka\"",
        &["Daily Echo: took Velka", "North Wire: took Velka"],
    );
    check(&mut log, "vélka NOT took", &[]);
    check(&mut log, "\"velka took\"", &[]);
    for none in ["", " ", "\"", "* ( ) -", "\"\" \"-\""] {
        check(&mut log, none, &[]);
    }
}

#[test]
fn the_index_of_words_is_made_where_it_is_not() {
    let folder = Folder::new("index");
    let log = filled(&folder.record());
    log.connection.execute("DROP TABLE search", []).unwrap();
    assert!(!log.check().unwrap().is_empty());
    drop(log);
    let mut log = Log::open_existing(folder.record()).unwrap();
    assert_eq!(found(&mut log, "tonnes"), ["North Wire: tonnes"]);
    assert_eq!(log.check().unwrap(), vec![]);
    log.connection
        .execute("DELETE FROM search_docsize", [])
        .unwrap();
    let lost: Vec<String> = log.check().unwrap().iter().map(Fault::to_string).collect();
    assert_eq!(lost.len(), 2, "{lost:?}");
}

/// Makes a record as an older version of the program made it, with these contents.
fn old(path: &Path, version: i64, contents: &Contents) -> Connection {
    let (tables, index) = include_str!("version2.sql").split_once("-- INDEX").unwrap();
    let old = Connection::open(path).unwrap();
    old.execute_batch(tables).unwrap();
    let insert = |table: &str, columns: &str, values: &[&dyn rusqlite::ToSql]| {
        let marks = vec!["?"; values.len()].join(", ");
        let sql = format!("INSERT INTO {table} ({columns}) VALUES ({marks})");
        old.execute(&sql, values).unwrap();
    };
    for reading in &contents.readings {
        let id = &reading.report.id().0;
        let json = json_of(&reading.report).unwrap();
        insert("report", "id, recorded, json", &[id, &NOW, &json]);
        for (table, all) in [
            ("mention", all_json(&reading.mentions)),
            ("time", all_json(&reading.times)),
            ("figure", all_json(&reading.figures)),
        ] {
            for (number, json) in all.iter().enumerate() {
                insert(table, "report, number, json", &[id, &(number as i64), json]);
            }
        }
        for (number, claim) in reading.claims.iter().enumerate() {
            let json = json_of(claim).unwrap();
            let values: [&dyn rusqlite::ToSql; 4] = [&claim.id().0, id, &(number as i64), &json];
            insert("claim", "id, report, number, json", &values);
        }
    }
    for Sighting { report, path } in &contents.sightings {
        insert(
            "sighting",
            "report, path, recorded",
            &[&report.0, path, &NOW],
        );
    }
    for derivation in &contents.derivations {
        let json = json_of(derivation).unwrap();
        let ends: [&dyn rusqlite::ToSql; 2] = [&derivation.from.0, &derivation.to.0];
        let values = [
            &derivation_id(&json) as &dyn rusqlite::ToSql,
            &json,
            ends[0],
            ends[1],
        ];
        insert("derivation", "id, json, earlier, later", &values);
    }
    for judgement in &contents.judgements {
        let json = json_of(judgement).unwrap();
        insert("judgement", "id, json", &[&judgement.id.0, &json]);
    }
    if version > 1 {
        old.execute_batch(index).unwrap();
        old.execute_batch(
            "INSERT INTO searched (report) SELECT id FROM report ORDER BY id;
            INSERT INTO search (search) VALUES ('rebuild');
            INSERT INTO computed_trace SELECT id, 1, x'00' FROM report;",
        )
        .unwrap();
    }
    for (pragma, value) in [
        ("application_id", APPLICATION_ID),
        ("user_version", version),
    ] {
        old.pragma_update(None, pragma, value).unwrap();
    }
    old
}

fn all_json<T: Serialize>(nouns: &[T]) -> Vec<String> {
    nouns.iter().map(|noun| json_of(noun).unwrap()).collect()
}

#[test]
fn records_of_older_versions_are_brought_up_to_date() {
    let folder = Folder::new("older");
    let new = folder.0.join("new.record");
    let contents = filled(&new).contents().unwrap();
    for version in [1, 2] {
        drop(old(&folder.record(), version, &contents));
        let mut log = Log::open_existing(folder.record()).unwrap();
        let moved = log.contents().unwrap();
        assert_eq!(format!("{moved:?}"), format!("{contents:?}"));
        assert_eq!(log.check().unwrap(), vec![]);
        assert_eq!(found(&mut log, "tonnes"), ["North Wire: tonnes"]);
        assert_eq!(add(&mut log, &wire(), "a.html").unwrap(), Added::Known);
        drop(log);
        std::fs::remove_file(folder.record()).unwrap();
    }
}

#[test]
fn an_older_record_that_cannot_be_written_to_says_so() {
    let folder = Folder::new("older-readonly");
    let new = folder.0.join("new.record");
    let contents = filled(&new).contents().unwrap();
    drop(old(&folder.record(), 2, &contents));
    let mut log = Log::connect(&folder.record(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    check(
        log.bring_up_to_date(),
        &folder,
        expect![[r#"
        record of version 2, which this program has to bring to version 3 and cannot write to: FOLDER/a.record
        hint: make the file and its folder writable once, or work on a copy: it is brought up to date then"#]],
    );
}

#[test]
fn an_older_record_that_cannot_be_moved_whole_stays_as_it_is() {
    let folder = Folder::new("older-whole");
    let new = folder.0.join("new.record");
    let contents = filled(&new).contents().unwrap();
    let record = old(&folder.record(), 2, &contents);
    let lost = "PRAGMA foreign_keys = OFF; INSERT INTO sighting VALUES ('none', 'x', 'y')";
    record.execute_batch(lost).unwrap();
    drop(record);
    check(
        Log::open_existing(folder.record()),
        &folder,
        expect![[r#"
            damaged record: FOLDER/a.record: rows of it name a report that is not there
            hint: go back to a copy, or read the reports again into a new record"#]],
    );
    let left = Connection::open(folder.record()).unwrap();
    let count = |sql: &str| left.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM sighting"), 3);
    assert_eq!(count("PRAGMA user_version"), 2);
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = Folder::new("full");
    let mut log = filled(&folder.record());
    let pages: i64 = log.pragma("page_count").unwrap();
    log.connection
        .pragma_update(None, "max_page_count", pages + 3)
        .unwrap();
    let text = "Shelling was heard near Velka. ".repeat(3000);
    let long = report("West Post", "2031-03-06", &text);
    check(
        add(&mut log, &long, "c.html"),
        &folder,
        expect![[r#"
        no room left on the disk for FOLDER/a.record
        hint: make room and run it again: what is there already is kept"#]],
    );
    assert_eq!(log.reports().unwrap().len(), 2);
    assert_eq!(log.check().unwrap(), vec![]);

    // With room again, the same run goes through.
    log.connection
        .pragma_update(None, "max_page_count", pages + 3000)
        .unwrap();
    assert_eq!(add(&mut log, &long, "c.html").unwrap(), Added::New);
    assert_eq!(log.reports().unwrap().len(), 3);
}

#[test]
fn a_record_that_cannot_be_written_to_can_be_read() {
    let folder = Folder::new("readonly");
    let mut log = filled(&folder.record());
    log.connection
        .pragma_update(None, "query_only", true)
        .unwrap();
    assert_eq!(log.contents().unwrap().readings.len(), 2);
    let third = report(
        "West Post",
        "2031-03-06",
        "Nothing more was heard of Velka.",
    );
    check(
        add(&mut log, &third, "c.html"),
        &folder,
        expect![[r#"
        cannot write to FOLDER/a.record
        hint: make the file and its folder writable, or work on a copy"#]],
    );
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let folder = Folder::new("busy");
    let mut log = filled(&folder.record());
    let mut other = Log::open(folder.record()).unwrap();
    other.connection.busy_timeout(Duration::ZERO).unwrap();
    let batch = log.batch().unwrap();
    check(
        other.batch(),
        &folder,
        expect![[r#"
        another run is writing to FOLDER/a.record
        hint: wait until the other run has ended, and run it again"#]],
    );
    assert_eq!(other.reports().unwrap().len(), 2);
    batch.commit().unwrap();
    assert!(other.batch().is_ok());
}

#[test]
fn what_does_not_belong_to_the_report_is_refused() {
    let folder = Folder::new("refused");
    let mut log = Log::open(folder.record()).unwrap();
    let mut reading = wire().reading;
    reading.claims.extend(
        report("x", "", "Another text.")
            .claim("text", |_, _| ())
            .reading
            .claims,
    );
    check(
        log.add(&reading, &sighting(&wire(), "a"), NOW),
        &folder,
        expect![[r#"
            not added: claim 1ef80a622c8077e33ea1: "text" is not what stands at 8 to 12
            hint: this is a fault of the program that made it: please report it"#]],
    );
    check(add(&mut log, &wire(), "a"), &folder, expect!["opened"]);
    let copy = derived(&wire(), &echo(), DerivationKind::Reprint, &[]);
    check(
        log.derive(&[copy]),
        &folder,
        expect![[r#"
        not added: derivation: it names report cc437909a547ac60cdeb, which is not there
        hint: this is a fault of the program that made it: please report it"#]],
    );
    assert_eq!(log.reports().unwrap().len(), 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, ..Default::default() })]
    /// Whatever bytes are written over a record, opening, reading and checking it do not panic.
    #[test]
    fn no_bytes_make_it_panic(at in 0usize..60_000, bytes in proptest::collection::vec(0u8..=255, 1..64)) {
        let folder = Folder::new("bytes");
        drop(filled(&folder.record()));
        let mut whole = std::fs::read(folder.record()).unwrap();
        let at = at % whole.len();
        let end = whole.len().min(at + bytes.len());
        whole[at..end].copy_from_slice(&bytes[..end - at]);
        std::fs::write(folder.record(), &whole).unwrap();
        if let Ok(log) = Log::open(folder.record()) {
            let _ = log.contents();
            let _ = log.check();
        }
    }
}

/// Six reports: copies, a later version, one report read twice, accounts that exclude one another.
fn several() -> (Vec<Sketch>, Vec<Derivation>) {
    let taken = |publisher: &str, day: &str, by: &str, end: &str| {
        let text = format!("{by} took Velka on March 3. At least 12 people died. {end}");
        report(publisher, day, &text)
            .name(by, Kind::Organization)
            .name("Velka", Kind::Place)
            .claim(&format!("{by} took Velka on March 3"), |r, what| {
                what.subject = Subject::Ground(Action::Taken);
                what.actor = vec![r.mention(by)];
                what.place = vec![r.mention("Velka")];
                what.when = Some(r.time("March 3", month_day(3, 3, Lean::Past)));
            })
            .claim("At least 12 people died", |r, what| {
                what.subject = Subject::Count;
                what.figures = vec![r.figure("12 people", 12.0, "people")];
            })
    };
    let all = vec![
        taken(
            "North Wire",
            "2031-03-04",
            "The Northern Army",
            "Shops shut.",
        ),
        taken(
            "North Wire",
            "2031-03-05",
            "The Northern Army",
            "Shops opened.",
        ),
        taken("Daily Echo", "2031-03-05", "The Dren Front", "Trains ran."),
        taken("West Post", "", "The Dren Front", "Nobody fled."),
        taken("", "2031-03-04", "The Northern Army", "Shops shut."),
        taken("North Wire", "", "The Northern Army", "Shops shut."),
    ];
    let passage = &["At least 12 people died"];
    let derivations = vec![
        derived(&all[0], &all[1], DerivationKind::Revision, passage),
        derived(&all[2], &all[3], DerivationKind::Reprint, passage),
    ];
    (all, derivations)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    /// In whatever order and steps reports, derivations and judgements come, and whenever somebody looks between:
    /// what is kept is what is computed from all of them at once.
    #[test]
    fn what_is_kept_is_what_is_computed(
        order in proptest::prelude::Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        looks in proptest::collection::vec(proptest::bool::ANY, 8),
        judged in 0usize..8,
        first in 0usize..4,
    ) {
        let (all, derivations) = several();
        let folder = Folder::new(&format!("kept-{order:?}-{judged}"));
        let mut log = Log::open(folder.record()).unwrap();
        for (step, look) in looks.iter().enumerate() {
            if let Some(at) = order.get(step) {
                add(&mut log, &all[*at], &format!("{at}.html")).unwrap();
            }
            if step == 6 {
                log.derive(&derivations).unwrap();
            }
            if step == judged {
                log.judge(&same()).unwrap();
            }
            if *look {
                log.state().unwrap();
                assert!(log.is_computed().unwrap());
            }
        }
        let computed = State::of(log.contents().unwrap());
        let shown = |state: &State| format!("{state:?}");
        for _ in 0..2 {
            assert_eq!(shown(&log.state().unwrap()), shown(&computed));
        }
        // A part of it says of what it has what the whole says.
        let disputes = log.first_disputes(first).unwrap();
        let places = log.first_places(first).unwrap();
        for part in [&disputes, &places] {
            for (id, claim) in &part.claims {
                assert_eq!(format!("{claim:?}"), format!("{:?}", computed.claims[id]));
            }
            for (id, report) in &part.reports {
                let whole = &computed.reports[id];
                assert_eq!((&report.report, &report.paths), (&whole.report, &whole.paths));
                assert_eq!(report.published, whole.published);
            }
        }
        let left: usize = disputes.left_out.disputes.values().sum();
        let shown = computed.accounts.iter().filter(|a| crate::dispute_rank(a).is_some());
        assert_eq!(disputes.accounts.len() + left, shown.count());
        assert_eq!(disputes.accounts.len(), first.min(disputes.accounts.len() + left));
        assert_eq!(places.control.len() + places.left_out.places, computed.control.len());
        assert_eq!(log.check().unwrap(), []);
        // Dropped, it is made again.
        for table in super::computed::TABLES {
            log.connection.execute(&format!("DROP TABLE {table}"), []).unwrap();
        }
        assert!(!log.is_computed().unwrap());
        assert_eq!(format!("{:?}", log.state().unwrap()), format!("{computed:?}"));
        assert!(log.is_computed().unwrap());
    }
}

#[test]
fn what_another_program_computed_is_computed_again() {
    let folder = Folder::new("other-program");
    let mut log = filled(&folder.record());
    log.state().unwrap();
    let sql = "UPDATE computed SET is_so = 'other' WHERE what = 'program'";
    log.connection.execute(sql, []).unwrap();
    log.connection
        .execute("DELETE FROM computed_place", [])
        .unwrap();
    assert!(!log.is_computed().unwrap());
    let computed = State::of(log.contents().unwrap());
    assert_eq!(
        format!("{:?}", log.state().unwrap()),
        format!("{computed:?}")
    );
    assert!(log.is_computed().unwrap());
}

#[test]
fn who_cannot_keep_what_is_computed_has_it_all_the_same() {
    let folder = Folder::new("busy");
    let mut log = filled(&folder.record());
    let mut writer = Log::open(folder.record()).unwrap();
    let batch = writer.batch().unwrap();
    let state = log.state().unwrap();
    assert_eq!(state.reports.len(), 2);
    assert!(!log.is_computed().unwrap());
    drop(batch);
    log.state().unwrap();
    assert!(log.is_computed().unwrap());
}
