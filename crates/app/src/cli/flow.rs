//! Files of any size through several threads: one thread opens them and takes out what they hold,
//! others read that, and the results are taken in the order of the files. How much is under way is
//! bounded, so that memory does not grow with the files.

use super::input::{STDIN, shown, unreadable};
use rapporteur_report::{Entry, Input, Item, Limits, Unread, entries};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

/// What comes out of files, in their order.
#[derive(Debug)]
pub enum Come<R> {
    /// What was done with an entry.
    Done(R),
    /// Something could not be read.
    Unread(Unread),
    /// What is to be known of a file: its path, and the note.
    Note(String, String),
}

/// Entries under way, for each thread.
const ENTRIES: usize = 16;

/// Bytes of the entries under way, all together; a larger entry goes alone.
const BYTES: usize = 64 << 20;

/// Does `work` to each entry of the files (with the file's path) on several threads, and hands what
/// comes of it to `take` in this thread, in order. `progress` is told how many bytes of files were
/// read, as they are.
///
/// # Errors
/// The first one of `take`, which ends everything.
pub fn each<R: Send, E>(
    files: &[PathBuf],
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
    work: impl Fn(&Path, &Entry) -> R + Sync,
    take: impl FnMut(Come<R>) -> Result<(), E>,
) -> Result<(), E> {
    let open = |file: &PathBuf, sink: &mut Sink<'_>| open(file, progress, sink);
    let work = |file: &PathBuf, entry: &Entry| work(file, entry);
    each_of(files, &open, threads, work, take)
}

/// Takes what is opened, one item after the other.
pub type Sink<'s> = dyn FnMut(Item) -> ControlFlow<()> + 's;

/// The same for whatever `open` goes through.
///
/// # Errors
/// The first one of `take`, which ends everything.
pub fn each_of<S: Sync, R: Send, E>(
    files: &[S],
    open: &(dyn Fn(&S, &mut Sink<'_>) + Sync),
    threads: usize,
    work: impl Fn(&S, &Entry) -> R + Sync,
    mut take: impl FnMut(Come<R>) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.max(1);
    let gate = Gate::new(ENTRIES * threads, BYTES);
    let (give_entry, take_entry) = mpsc::channel::<(usize, &S, Entry)>();
    let take_entry = Mutex::new(take_entry);
    let (give_come, take_come) = mpsc::channel::<(usize, usize, Come<R>)>();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (give_come, take_entry, work, gate) =
                (give_come.clone(), &take_entry, &work, &gate);
            scope.spawn(move || {
                let _guard = Guard(gate);
                loop {
                    let next = locked(take_entry).recv();
                    let Ok((at, file, entry)) = next else {
                        break;
                    };
                    let come = Come::Done(work(file, &entry));
                    if give_come.send((at, entry.len(), come)).is_err() {
                        break;
                    }
                }
            });
        }
        let gate = &gate;
        scope.spawn(move || {
            let mut at = 0;
            for file in files {
                let mut sink = |item| {
                    let bytes = match &item {
                        Item::Entry(entry) => entry.len(),
                        _ => 0,
                    };
                    gate.enter(bytes)?;
                    let is_sent = match item {
                        Item::Entry(entry) => give_entry.send((at, file, entry)).is_ok(),
                        Item::Unread(unread) => {
                            give_come.send((at, 0, Come::Unread(unread))).is_ok()
                        }
                        Item::Note(path, note) => {
                            give_come.send((at, 0, Come::Note(path, note))).is_ok()
                        }
                    };
                    at += 1;
                    match is_sent {
                        true => ControlFlow::Continue(()),
                        false => ControlFlow::Break(()),
                    }
                };
                open(file, &mut sink);
                if gate.is_closed() {
                    break;
                }
            }
        });
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut result = Ok(());
        'all: for (at, bytes, come) in &take_come {
            waiting.insert(at, (bytes, come));
            while let Some((bytes, come)) = waiting.remove(&next) {
                next += 1;
                result = take(come);
                if result.is_err() {
                    break 'all;
                }
                gate.leave(bytes);
            }
        }
        gate.close();
        drop(take_come);
        result
    })
}

/// Opens a file and goes through it.
pub fn open(path: &Path, progress: &dyn Fn(u64), sink: &mut Sink<'_>) {
    let limits = Limits::default();
    let shown = shown(path);
    if path == Path::new(STDIN) {
        let mut input = Counted {
            inner: io::stdin().lock(),
            progress,
        };
        return entries(&shown, Input::Stream(&mut input), &limits, sink);
    }
    match File::open(path) {
        Ok(inner) => {
            let mut input = Counted { inner, progress };
            entries(&shown, Input::File(&mut input), &limits, sink);
        }
        Err(error) => {
            // Nothing comes after it in this file.
            let _ = sink(Item::Unread(unreadable(path, &error)));
        }
    }
}

/// A reader that tells how much was read.
struct Counted<'p, I> {
    inner: I,
    progress: &'p dyn Fn(u64),
}

impl<I: Read> Read for Counted<'_, I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        (self.progress)(count as u64);
        Ok(count)
    }
}

impl<I: Seek> Seek for Counted<'_, I> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Lets in so many entries of so many bytes together at a time.
struct Gate {
    inside: Mutex<Inside>,
    changed: Condvar,
    entries: usize,
    bytes: usize,
}

#[derive(Default)]
struct Inside {
    entries: usize,
    bytes: usize,
    is_closed: bool,
}

impl Gate {
    fn new(entries: usize, bytes: usize) -> Gate {
        Gate {
            inside: Mutex::default(),
            changed: Condvar::new(),
            entries,
            bytes,
        }
    }

    /// Waits until there is room; an entry that is alone always has it. `Break`: nobody takes more.
    fn enter(&self, bytes: usize) -> ControlFlow<()> {
        let is_full = |inside: &mut Inside| {
            !inside.is_closed
                && inside.entries > 0
                && (inside.entries >= self.entries || inside.bytes + bytes > self.bytes)
        };
        let mut inside = (self.changed)
            .wait_while(locked(&self.inside), is_full)
            .unwrap_or_else(PoisonError::into_inner);
        if inside.is_closed {
            return ControlFlow::Break(());
        }
        inside.entries += 1;
        inside.bytes += bytes;
        ControlFlow::Continue(())
    }

    fn leave(&self, bytes: usize) {
        let mut inside = locked(&self.inside);
        inside.entries = inside.entries.saturating_sub(1);
        inside.bytes = inside.bytes.saturating_sub(bytes);
        self.changed.notify_all();
    }

    fn is_closed(&self) -> bool {
        locked(&self.inside).is_closed
    }

    fn close(&self) {
        locked(&self.inside).is_closed = true;
        self.changed.notify_all();
    }
}

/// What another thread left when it panicked is still counts.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Nobody waits for a thread that panicked.
struct Guard<'g>(&'g Gate);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("rapporteur-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn results_come_in_the_order_of_the_files() {
        let folder = folder("flow");
        let mut files: Vec<PathBuf> = (0..200)
            .map(|at| folder.join(format!("{at}.txt")))
            .collect();
        for (at, file) in files.iter().enumerate() {
            std::fs::write(file, "x".repeat(at * 37 % 101 + 1)).unwrap();
        }
        files.insert(100, folder.join("missing"));
        let mut last = vec![];
        for threads in [1, 2, 7] {
            let mut out = vec![];
            let work = |file: &Path, entry: &Entry| (file.to_path_buf(), entry.len());
            each(&files, threads, &|_| (), work, |come| {
                out.push(format!("{come:?}"));
                Ok::<(), ()>(())
            })
            .unwrap();
            assert_eq!(out.len(), files.len());
            assert!(last.is_empty() || last == out);
            last = out;
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn whoever_has_enough_ends_it() {
        let folder = folder("enough");
        let file = folder.join("a.jsonl");
        std::fs::write(&file, "{\"text\": \"It fell.\"}\n".repeat(300_000)).unwrap();
        let mut count = 0;
        let result = each(
            &[file],
            3,
            &|_| (),
            |_, _| (),
            |_| {
                count += 1;
                if count == 3 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!((result, count), (Err("enough"), 3));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
