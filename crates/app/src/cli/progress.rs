//! What shows on a terminal while something takes long; nothing where standard error is no terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often what shows moves.
const TICK: Duration = Duration::from_millis(120);

/// Does something, and says what for as long as it takes, once that is long.
pub fn during<R>(what: &str, work: impl FnOnce() -> R) -> R {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    let (working, wait) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let is_working = |time| wait.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if !is_working(PATIENCE) {
                return;
            }
            let bar = spinner(what).with_elapsed(PATIENCE);
            while is_working(TICK) {
                bar.tick();
            }
            bar.finish_and_clear();
        });
        let result = work();
        drop(working);
        result
    })
}

/// A sign that turns beside what is being done.
pub fn spinner(what: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(what.to_string());
    match ProgressStyle::with_template("{spinner} {msg}  {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// How much of some bytes is done, once that takes long. Where results go to the same terminal, they show it.
pub struct Bytes {
    bar: ProgressBar,
    start: Instant,
}

impl Bytes {
    /// Of so many bytes.
    pub fn of(total: u64) -> Bytes {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}  {elapsed}")
        {
            bar.set_style(style);
        }
        Bytes {
            bar,
            start: Instant::now(),
        }
    }

    /// So many more are done.
    pub fn add(&self, bytes: u64) {
        self.bar.inc(bytes);
        let is_seen = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        if self.bar.is_hidden() && is_seen && self.start.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Prints without it in between.
    pub fn above(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_comes_back() {
        assert_eq!(during("counting", || 1 + 1), 2);
        let bytes = Bytes::of(2);
        bytes.add(1);
        bytes.above(|| ());
        assert!(bytes.bar.is_hidden());
    }
}
