//! The files that a command is given, read by several threads; what comes out is in the order of
//! what went in.

use super::failure::Failure;
use super::output::warning;
use rapporteur_report::{Found, Given, Manifest, Unread};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Standard input, as a path.
const STDIN: &str = "-";

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
    let unread = |error: std::io::Error| Unread {
        path: shown(path),
        why: format!("cannot be read: {error}"),
        hint: "check that it is there and that you may read it".to_string(),
    };
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

/// What a manifest gives for a path.
pub fn given(manifest: Option<&Manifest>, path: &Path) -> Given {
    manifest.map_or_else(Given::default, |manifest| manifest.given(&shown(path)))
}

/// How many threads to use where nobody says: one a processor.
pub fn threads(asked: Option<usize>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    asked
        .filter(|threads| *threads > 0)
        .unwrap_or_else(processors)
}

/// Does one thing to each item on several threads, and gives the results in the order of the
/// items. `done` is called in this thread after each one, in any order.
pub fn each<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(),
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let mut results: BTreeMap<usize, R> = BTreeMap::new();
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::channel();
        for _ in 0..threads.min(items.len()) {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((at, item)) = take(items, next) {
                    if send.send((at, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        for (at, result) in receive {
            results.insert(at, result);
            done();
        }
    });
    results.into_values().collect()
}

fn take<'t, T>(items: &'t [T], next: &AtomicUsize) -> Option<(usize, &'t T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, items.get(at)?))
}

/// Does one thing to every report in the given files, in order, and tells of what could not be
/// read. Gives the results, and whether everything was read.
pub fn each_report<R: Send>(paths: &[PathBuf], work: impl Fn(Found) -> R + Sync) -> (Vec<R>, bool) {
    let (files, mut unread) = files(paths);
    let read = |path: &PathBuf| -> Vec<Result<R, Unread>> {
        match bytes(path) {
            Err(unread) => vec![Err(unread)],
            Ok(bytes) => rapporteur_report::read(&shown(path), &bytes, &Given::default())
                .into_iter()
                .map(|found| found.map(&work))
                .collect(),
        }
    };
    let mut results = Vec::new();
    for found in each(&files, threads(None), read, || ())
        .into_iter()
        .flatten()
    {
        match found {
            Ok(result) => results.push(result),
            Err(why) => unread.push(why),
        }
    }
    for unread in &unread {
        tell(unread);
    }
    (results, unread.is_empty())
}

/// Tells of something that could not be read.
pub fn tell(unread: &Unread) {
    warning(&format!("{}: {}", unread.path, unread.why), &unread.hint);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for threads in [1, 2, 7] {
            let mut count = 0;
            let doubled = each(&items, threads, |item| item * 2, || count += 1);
            assert_eq!(doubled, (0..100).map(|item| item * 2).collect::<Vec<_>>());
            assert_eq!(count, 100);
        }
    }
}
