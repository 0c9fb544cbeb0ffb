//! The record that a command works on, and the day that it is looked at from.

use super::config::{Config, ConfigArgs};
use super::failure::Failure;
use super::output::message;
use super::progress;
use clap::Args;
use rapporteur_model::Date;
use rapporteur_record::{Contents, Log, State};
use std::path::{Path, PathBuf};

/// What is said while the state of a record is computed.
pub const COMPUTING: &str = "computing what follows from the reports";

/// What is said while a record is opened: one of an older version is brought up to date then, which may take minutes.
pub const OPENING: &str = "opening the record";

/// The record that a command works on.
#[derive(Args)]
pub struct RecordArgs {
    /// The record, one file
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    #[command(flatten)]
    config: ConfigArgs,
}

impl RecordArgs {
    /// Opens it; it must be there.
    pub fn open(&self) -> Result<Log, Failure> {
        let background = self.config()?.background;
        let log = progress::during(OPENING, || Log::open_existing(&self.record))?;
        Ok(log.with(background))
    }

    /// What is configured for it.
    pub fn config(&self) -> Result<Config, Failure> {
        self.config.load(Some(&self.record))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.record
    }

    /// Everything in it.
    pub fn contents(&self) -> Result<Contents, Failure> {
        let log = self.open()?;
        room(&log)?;
        Ok(progress::during("reading the record", || log.contents())?)
    }

    /// Its state; as of a day, where one is given: then how many reports that leaves out is said.
    pub fn state(&self, as_of: Option<Date>) -> Result<State, Failure> {
        match as_of {
            None => {
                let mut log = self.open()?;
                room(&log)?;
                Ok(progress::during(COMPUTING, || log.state())?)
            }
            Some(_) => Ok(state(self.contents()?, as_of)),
        }
    }
}

/// The state as of a day; says how many reports that leaves out.
pub fn state(contents: Contents, as_of: Option<Date>) -> State {
    let all = contents.readings.len();
    let state = progress::during(COMPUTING, || State::as_of(contents, as_of));
    if let Some(date) = as_of {
        let left_out = all.saturating_sub(state.reports.len());
        if left_out > 0 {
            message(&format!(
                "note: {left_out} of {all} reports are left out: published after {date}, or nobody knows when"
            ));
        }
    }
    state
}

/// Says so where all that follows from a record may need more memory than is free: the system would end the program
/// without a word.
pub fn room(log: &Log) -> Result<(), Failure> {
    let Some(free) = free() else {
        return Ok(());
    };
    if let Some(warning) = beyond(log.counts()?.claims, free) {
        message(&warning);
    }
    Ok(())
}

/// Bytes of memory that a claim takes while what follows from all is computed, with what it rests on: 8.8 GB for 1.5
/// million claims (scores/record.txt).
const A_CLAIM: usize = 6_000;

/// What is said where so many claims need more than so many bytes.
fn beyond(claims: usize, free: usize) -> Option<String> {
    let needed = claims.saturating_mul(A_CLAIM);
    (needed > free).then(|| {
        let gigabytes = |bytes: usize| bytes / 1_000_000_000;
        format!(
            "warning: what follows from {claims} claims takes some {} GB of memory, and {} GB are free: the system may end \
             this; `search` and `check` need little; read a part of the reports into a record of its own",
            gigabytes(needed),
            gigabytes(free),
        )
    })
}

/// Bytes of memory that are free or can be freed, where the system says so.
fn free() -> Option<usize> {
    let said = std::fs::read_to_string("/proc/meminfo").ok()?;
    let of = |what: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(what))?;
        line.split_whitespace().next()?.parse::<usize>().ok()
    };
    let kibibytes = of("MemAvailable:")? + of("SwapFree:").unwrap_or(0);
    kibibytes.checked_mul(1024)
}

/// A day on the command line: `2031-03-01`.
pub fn day(text: &str) -> Result<Date, String> {
    let shape = text.len() == 10 && text.chars().filter(|letter| *letter == '-').count() == 2;
    match text.parse() {
        Ok(date) if shape => Ok(date),
        _ => Err("not a day: write it as 2031-03-01".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_is_too_large_is_told() {
        assert_eq!(beyond(1_000, 6_000_000), None);
        let warning = beyond(10_000_000, 16_500_000_000).unwrap();
        assert!(warning.contains("takes some 60 GB of memory, and 16 GB are free"));
    }
}
