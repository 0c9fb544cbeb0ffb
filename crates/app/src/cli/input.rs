//! The files that a command is given.

use super::failure::Failure;
use super::flow::{Come, each};
use super::output::{message, warning};
use super::progress::Bytes;
use crate::guard::guarded;
use rapporteur_model::Report;
use rapporteur_report::{Entry, Found, Given, Manifest, Unread, Zones};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Standard input, as a path.
pub const STDIN: &str = "-";

/// The files below the given paths, in the order given, each once; `-` stays as it is.
pub fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Unread>) {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut unread = Vec::new();
    for path in paths {
        if path == Path::new(STDIN) {
            files.push(path.clone());
            continue;
        }
        let (found, missing) = rapporteur_report::find(std::slice::from_ref(path));
        files.extend(found);
        unread.extend(missing);
    }
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    (files, unread)
}

/// A path as it is recorded and shown.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The bytes of a file, or of standard input.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    let unread = |error: std::io::Error| unreadable(path, &error);
    if path == Path::new(STDIN) {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(unread)?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(unread)
}

/// A file that cannot be opened or read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Unread {
    Unread {
        path: shown(path),
        why: format!("cannot be read: {error}"),
        hint: "check that it is there and that you may read it".to_string(),
    }
}

/// Every report of the paths with the path it was found under, all in memory; false: something could not
/// be read, and that was told.
pub fn all_reports(paths: &[PathBuf]) -> Result<(Vec<(String, Report)>, bool), Failure> {
    let mut reports = vec![];
    let work = |found: Found| (found.sighting.path, found.report);
    let all = each_report(paths, work, |report| {
        reports.push(report);
        Ok(())
    })?;
    Ok((reports, all))
}

/// The manifest at a path; none: nothing is given.
pub fn manifest(path: Option<&Path>) -> Result<Option<Manifest>, Failure> {
    let Some(path) = path else {
        return Ok(None);
    };
    let failure = |unread: Unread| {
        let what = format!("manifest {}: {}", shown(path), unread.why);
        Failure::given(what, unread.hint)
    };
    let bytes = bytes(path).map_err(failure)?;
    rapporteur_report::manifest(&bytes)
        .map(Some)
        .map_err(failure)
}

/// The manifests that stand in given folders. They are no reports, and nobody said to use them.
pub fn manifests_in(paths: &[PathBuf]) -> Vec<PathBuf> {
    (paths.iter())
        .flat_map(|path| ["manifest.csv", "manifest.jsonl"].map(|name| path.join(name)))
        .filter(|path| path.is_file())
        .collect()
}

/// What a manifest gives for an entry of a file. What it gives for the file alone holds for an entry
/// only as far as all entries can share it: the publisher.
pub fn given(manifest: Option<&Manifest>, zones: &Zones, file: &Path, entry: &Entry) -> Given {
    let given = match manifest {
        None => Given::default(),
        Some(manifest) => {
            let (file, own) = (shown(file), manifest.given(&entry.path));
            match own != Given::default() || file == entry.path {
                true => own,
                false => Given {
                    publisher: manifest.given(&file).publisher,
                    ..Given::default()
                },
            }
        }
    };
    Given {
        zones: zones.clone(),
        ..given
    }
}

/// How many threads to use where nobody says: one a processor.
pub fn threads(asked: Option<usize>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    asked
        .filter(|threads| *threads > 0)
        .unwrap_or_else(processors)
}

/// Does one thing to every report in the given files, on several threads; what comes of it is taken
/// in the order of the files, and what could not be read is told. Says whether everything was read.
pub fn each_report<R: Send>(
    paths: &[PathBuf],
    work: impl Fn(Found) -> R + Sync,
    take: impl FnMut(R) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    each_report_given(paths, &Given::default(), work, take)
}

/// The same, with what is given for all of the reports.
pub fn each_report_given<R: Send>(
    paths: &[PathBuf],
    given: &Given,
    work: impl Fn(Found) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let (files, unread) = files(paths);
    unread.iter().for_each(tell);
    let mut all = unread.is_empty();
    let read = |_: &Path, entry: &Entry| -> Vec<Result<R, (Option<Unread>, Notes)>> {
        let mut results = vec![];
        let found = guarded(&entry.path, || rapporteur_report::read_entry(entry, given));
        for found in found.unwrap_or_else(|fault| vec![Err(fault)]) {
            match found {
                Err(unread) => results.push(Err((Some(unread), vec![]))),
                Ok(mut found) => {
                    let path = &found.sighting.path;
                    let notes = std::mem::take(&mut found.notes).into_iter();
                    let notes: Notes = notes.map(|note| (path.clone(), note)).collect();
                    if !notes.is_empty() {
                        results.push(Err((None, notes)));
                    }
                    let path = found.sighting.path.clone();
                    let result = guarded(&path, || work(found));
                    results.push(result.map_err(|fault| (Some(fault), vec![])));
                }
            }
        }
        results
    };
    let size = |file: &PathBuf| std::fs::metadata(file).map_or(0, |file| file.len());
    let bytes = Bytes::of(files.iter().map(size).sum());
    each(
        &files,
        threads(None),
        &|count| bytes.add(count),
        read,
        |come| {
            match come {
                Come::Done(results) => {
                    for result in results {
                        match result {
                            Ok(result) => take(result)?,
                            Err((unread, notes)) => {
                                all &= unread.is_none();
                                bytes.above(|| {
                                    unread.iter().for_each(tell);
                                    notes.iter().for_each(|(path, text)| note(path, text));
                                });
                            }
                        }
                    }
                }
                Come::Unread(unread) => {
                    all = false;
                    bytes.above(|| tell(&unread));
                }
                Come::Note(path, text) => bytes.above(|| note(&path, &text)),
            }
            Ok::<(), Failure>(())
        },
    )?;
    Ok(all)
}

/// Paths and what is to be known of them.
type Notes = Vec<(String, String)>;

/// Tells what the reader should know of something that was read.
pub fn note(path: &str, text: &str) {
    message(&format!("note: {path}: {text}"));
}

/// Tells of something that could not be read.
pub fn tell(unread: &Unread) {
    warning(&format!("{}: {}", unread.path, unread.why), &unread.hint);
}
