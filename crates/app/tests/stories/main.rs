//! Runs every story of `stories/`: its reports are read as files are, and the lines that it expects
//! are looked for in what follows from them.
//!
//! How a story is written stands in `stories/README.md`.

mod lines;
mod markdown;

use lines::{Kind, Line};
use markdown::{Fence, Story};
use rapporteur_model::{Item, Judgement, ReportId, Verdict, When};
use rapporteur_record::{Contents, Log, State};
use rapporteur_report::Given;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// When everything in the stories is recorded.
const RECORDED: &str = "2031-04-01T00:00:00Z";

#[test]
fn stories() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map(|entries| entries.filter_map(|e| Some(e.ok()?.path())).collect())
        .unwrap_or_default();
    files
        .retain(|file| file.extension().is_some_and(|e| e == "md") && !file.ends_with("README.md"));
    files.sort();
    assert!(files.len() >= 24, "{} stories only", files.len());
    let show = std::env::var("STORIES").ok();
    let mut missed = String::new();
    for file in &files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let shown = show
            .as_deref()
            .is_some_and(|s| s == "show" || name.contains(s));
        let told = std::fs::read_to_string(file)
            .map_err(|e| e.to_string())
            .and_then(|text| markdown::parse(&text))
            .and_then(|story| run(&name, &story, shown));
        match told {
            Ok(misses) => missed.push_str(&misses),
            Err(why) => {
                let _ = writeln!(missed, "{name}.md: {why}\n");
            }
        }
    }
    assert!(missed.is_empty(), "\n\n{missed}");
}

/// Runs one story, from top to bottom, and says what was missed.
fn run(name: &str, story: &Story, shown: bool) -> Result<String, String> {
    let mut record = Record::new(name)?;
    let mut missed = String::new();
    for fence in &story.fences {
        match fence.kind.as_str() {
            "report" => record.read(fence)?,
            "again" => record.read_again(fence)?,
            "judge" => record.judge(&fence.body)?,
            "undo" => record.undo()?,
            kind => {
                let kind = Kind::of(kind).ok_or(format!("no fence is called `{kind}`"))?;
                let state = record.state(fence.attribute("as-of"))?;
                let lines = lines::lines(kind, &state, &record.labels);
                let misses = compare(&record.labels, fence, &lines);
                for miss in &misses {
                    let _ = writeln!(missed, "{name}.md:{}: {miss}", fence.line);
                }
                if shown || !misses.is_empty() {
                    let mut stood = format!("    {} {} holds:\n", fence.kind, fence.line);
                    for line in &lines {
                        let _ = writeln!(stood, "      {}", line.join(" | "));
                    }
                    match misses.is_empty() {
                        true => eprintln!("{name}.md:{}\n{stood}", fence.line),
                        false => missed.push_str(&format!("{stood}\n")),
                    }
                }
            }
        }
    }
    missed.push_str(&in_another_order(name, &record)?);
    Ok(missed)
}

/// Which lines of a fence do not stand, or stand and must not.
fn compare(labels: &BTreeMap<ReportId, String>, fence: &Fence, lines: &[Line]) -> Vec<String> {
    let mut misses = Vec::new();
    for wanted in fence.body.lines().filter(|line| !line.trim().is_empty()) {
        let (denied, rest) = match wanted.strip_prefix("not: ") {
            Some(rest) => (true, rest),
            None => (false, wanted),
        };
        let parts = parts(labels, rest);
        let found = lines
            .iter()
            .any(|line| parts.iter().all(|part| stands(line, part)));
        match (found, denied) {
            (false, false) => misses.push(format!("wanted, and not there: {wanted}")),
            (true, true) => misses.push(format!("there, and must not be: {rest}")),
            _ => {}
        }
    }
    misses
}

/// A wanted line in parts: at ` | ` and ` = `, and after the label of a report.
fn parts<'w>(labels: &BTreeMap<ReportId, String>, wanted: &'w str) -> Vec<&'w str> {
    let mut parts: Vec<&str> = wanted.split(" | ").flat_map(|p| p.split(" = ")).collect();
    let first = parts.first().and_then(|first| first.split_once(": "));
    if let Some((label, rest)) = first
        && labels.values().any(|known| known == label)
    {
        parts.splice(0..1, [label, rest]);
    }
    parts.into_iter().map(str::trim).collect()
}

/// Is the part one of the line's, or with `~` before it, somewhere in the line?
fn stands(line: &Line, part: &str) -> bool {
    match part.strip_prefix("~ ") {
        Some(words) => line.iter().any(|p| p.contains(words)),
        None => line.iter().any(|p| p == part),
    }
}

/// The same reports read in one go and the other way round must give the same lines.
fn in_another_order(name: &str, record: &Record) -> Result<String, String> {
    let mut turned = Record::new(&format!("{name}-turned"))?;
    turned.add_all(record.files.iter().rev())?;
    turned.labels.clone_from(&record.labels);
    for judgement in &record.judgements {
        turned.log.judge(judgement).map_err(|e| e.to_string())?;
    }
    let (one, other) = (record.state(None)?, turned.state(None)?);
    for kind in Kind::ALL {
        let (one, other) = (
            lines::lines(kind, &one, &record.labels),
            lines::lines(kind, &other, &record.labels),
        );
        if one != other {
            return Ok(format!(
                "{name}.md: read in another order, {kind:?} differ:\n    {one:?}\n    {other:?}\n"
            ));
        }
    }
    Ok(String::new())
}

/// A file of a story: its path, bytes and what the manifest says of it.
struct File {
    label: String,
    path: String,
    text: String,
    given: Given,
}

/// A record that grows as a story is told.
struct Record {
    log: Log,
    files: Vec<File>,
    labels: BTreeMap<ReportId, String>,
    judgements: Vec<Judgement>,
}

impl Record {
    fn new(name: &str) -> Result<Record, String> {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.record"));
        if path.exists() {
            std::fs::remove_file(&path).map_err(|e| e.to_string())?;
        }
        Ok(Record {
            log: Log::open(&path).map_err(|e| e.to_string())?,
            files: Vec::new(),
            labels: BTreeMap::new(),
            judgements: Vec::new(),
        })
    }

    fn read(&mut self, fence: &Fence) -> Result<(), String> {
        let label = fence
            .attribute("id")
            .ok_or("a report without id")?
            .to_string();
        let own = |name| fence.attribute(name).map(str::to_string);
        let published = fence.attribute("published").map(date).transpose()?;
        let file = File {
            path: format!("{label}.{}", fence.attribute("as").unwrap_or("txt")),
            label,
            text: fence.body.clone(),
            given: Given {
                publisher: own("publisher"),
                published: published.map(When::day),
                url: own("url"),
                title: own("title"),
                ..Given::default()
            },
        };
        self.add_all([&file])?;
        self.files.push(file);
        Ok(())
    }

    fn read_again(&mut self, fence: &Fence) -> Result<(), String> {
        let label = fence.attribute("id").unwrap_or_default();
        let at = self.files.iter().position(|file| file.label == label);
        let file = self
            .files
            .remove(at.ok_or(format!("no report {label} to read again"))?);
        let again = File {
            path: format!("again/{}", file.path),
            ..file
        };
        self.add_all([&again])?;
        self.files.push(again);
        Ok(())
    }

    fn add_all<'f>(&mut self, files: impl IntoIterator<Item = &'f File>) -> Result<(), String> {
        let mut read = Vec::new();
        for file in files {
            let known = BTreeSet::new();
            for found in rapporteur::read(&file.path, file.text.as_bytes(), &file.given, &known) {
                let found = found.map_err(|e| format!("{}: {}", e.path, e.why))?;
                let id = found.reading.report.id().clone();
                self.labels.insert(id, file.label.clone());
                read.push(found);
            }
        }
        rapporteur::add(&mut self.log, &read, RECORDED).map_err(|e| e.to_string())?;
        Ok(())
    }

    /// `same "A" "B" because "reason"`.
    fn judge(&mut self, line: &str) -> Result<(), String> {
        let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        let [a, b, reason] = quoted[..] else {
            return Err(format!("not a judgement: {line}"));
        };
        let verdict = match line.split_whitespace().next() {
            Some("same") => Verdict::Same,
            Some("different") => Verdict::Different,
            Some("unsure") => Verdict::Unsure,
            _ => return Err(format!("not a judgement: {line}")),
        };
        let item = |name: &str| Item::Name(name.to_string());
        let judgement = Judgement::new(item(a), item(b), verdict, "a reader", reason, RECORDED);
        self.log.judge(&judgement).map_err(|e| e.to_string())?;
        self.judgements.push(judgement);
        Ok(())
    }

    /// Takes the last judgement back.
    fn undo(&mut self) -> Result<(), String> {
        let last = self.judgements.last().ok_or("nothing to take back")?;
        let undo = last.undo("a reader", "on second thoughts", RECORDED);
        self.log.judge(&undo).map_err(|e| e.to_string())?;
        self.judgements.push(undo);
        Ok(())
    }

    fn state(&self, as_of: Option<&str>) -> Result<State, String> {
        let contents: Contents = self.log.contents().map_err(|e| e.to_string())?;
        Ok(State::as_of(contents, as_of.map(date).transpose()?))
    }
}

fn date(text: &str) -> Result<rapporteur_model::Date, String> {
    text.parse().map_err(|e| format!("{text}: {e}"))
}
