//! Paths to files: folders are walked.

use crate::Unread;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Lists the files below the given paths: each file given, and for each folder all files below it,
/// in the order of their paths. Hidden files and, inside folders, files named `manifest.csv` or
/// `manifest.jsonl` are left out; a file found twice is listed once. What is missing, cannot be
/// opened, is no file (a pipe in a folder, which would be waited for without end), or is a folder
/// with no file in it comes back as [`Unread`].
pub fn find(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Unread>) {
    let mut found = Found::default();
    for path in paths {
        match fs::metadata(path) {
            Err(error) => found.failed(path, &error.to_string(), "check the path"),
            Ok(kind) if kind.is_dir() => {
                let before = found.files.len() + found.again;
                found.walk(path);
                if found.files.len() + found.again == before {
                    found.failed(
                        path,
                        "no report in this folder",
                        "hidden files are left out",
                    );
                }
            }
            Ok(_) => found.add(path),
        }
    }
    (found.files, found.unread)
}

#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    unread: Vec<Unread>,
    seen: BTreeSet<PathBuf>,
    again: usize,
}

impl Found {
    /// Folders below folders are kept in a list, not on the stack; one reached twice, such as by a
    /// link to a folder above, is walked once.
    fn walk(&mut self, top: &Path) {
        let mut waiting = vec![top.to_path_buf()];
        while let Some(path) = waiting.pop() {
            let kind = match fs::metadata(&path) {
                Ok(kind) => kind,
                Err(error) => {
                    self.failed(&path, &error.to_string(), "");
                    continue;
                }
            };
            if !kind.is_dir() {
                if !kind.is_file() {
                    let hint = "give its path itself to read from it";
                    self.failed(&path, "a pipe, a socket or a device, no file", hint);
                } else if !is_manifest(&path) {
                    self.add(&path);
                }
                continue;
            }
            if !self.is_new(&path) {
                self.again += 1;
                continue;
            }
            match entries(&path) {
                Ok(mut entries) => {
                    entries.sort();
                    waiting.extend(entries.into_iter().rev());
                }
                Err(error) => self.failed(&path, &error.to_string(), ""),
            }
        }
    }

    fn add(&mut self, path: &Path) {
        if self.is_new(path) {
            self.files.push(path.to_path_buf());
        } else {
            self.again += 1;
        }
    }

    fn is_new(&mut self, path: &Path) -> bool {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        self.seen.insert(real)
    }

    fn failed(&mut self, path: &Path, why: &str, hint: &str) {
        self.unread
            .push(Unread::new(path.display().to_string(), why, hint));
    }
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut entries = vec![];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            entries.push(entry.path());
        }
    }
    Ok(entries)
}

fn is_manifest(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == "manifest.csv" || name == "manifest.jsonl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_in_order_without_hidden_files_and_duplicates() {
        let top = std::env::temp_dir().join(format!("rapporteur-find-{}", std::process::id()));
        let names = [
            "b/2.txt",
            "b/1.txt",
            "a.txt",
            ".hidden",
            "b/manifest.jsonl",
            "c/.x",
        ];
        for name in names {
            let path = top.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let (files, unread) = find(&[
            top.join("c"),
            top.join("b/2.txt"),
            top.clone(),
            top.join("missing"),
        ]);
        let short = |path: &Path| path.strip_prefix(&top).unwrap().display().to_string();
        let files: Vec<String> = files.iter().map(|path| short(path)).collect();
        assert_eq!(files, ["b/2.txt", "a.txt", "b/1.txt"]);
        let unread: Vec<String> = unread
            .iter()
            .map(|unread| short(Path::new(&unread.path)))
            .collect();
        assert_eq!(unread, ["c", "missing"]);
        fs::remove_dir_all(&top).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let top = std::env::temp_dir().join(format!("rapporteur-pipe-{}", std::process::id()));
        fs::create_dir_all(&top).unwrap();
        let socket = std::os::unix::net::UnixListener::bind(top.join("a.txt")).unwrap();
        fs::write(top.join("b.txt"), "x").unwrap();
        let (files, unread) = find(std::slice::from_ref(&top));
        assert_eq!(files, [top.join("b.txt")]);
        assert_eq!(unread[0].why, "a pipe, a socket or a device, no file");
        drop(socket);
        fs::remove_dir_all(&top).unwrap();
    }
}
