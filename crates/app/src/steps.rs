//! Reports into a record: while one step of them is added, the next is read.

use crate::guard::fault;
use crate::{Counts, Read, add_and_let_go};
use rapporteur_model::ReportId;
use rapporteur_record::{Error, Log};
use rapporteur_report::Unread;
use std::collections::{BTreeSet, HashSet};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{PoisonError, RwLock};
use std::thread::{Scope, ScopedJoinHandle};
use std::time::Duration;

/// With so many reports at least, and so many at most, or so many bytes of text, the record grows at once: two steps
/// wait in memory, of 4,000 reports of the usual length each.
const STEP: usize = 256;
const MOST_IN_A_STEP: usize = 16384;
const MOST_BYTES_IN_A_STEP: usize = 20 << 20;

/// How long to wait for another run that is adding a step of its own.
pub const PATIENCE: Duration = Duration::from_secs(600);

/// Which reports a record has, for those who read more and those who add them.
pub struct Known(RwLock<Ids>);

/// Ids of reports, by the bits that their digits stand for; others as they are.
#[derive(Default)]
struct Ids {
    bits: HashSet<u128>,
    others: BTreeSet<ReportId>,
}

impl Ids {
    /// Ids are twenty hexadecimal digits, unless some other program made them.
    fn bits(id: &ReportId) -> Option<u128> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_usual = id.0.len() == 20 && id.0.bytes().all(is_digit);
        is_usual.then(|| u128::from_str_radix(&id.0, 16).ok())?
    }

    fn has(&self, id: &ReportId) -> bool {
        match Ids::bits(id) {
            Some(bits) => self.bits.contains(&bits),
            None => self.others.contains(id),
        }
    }

    fn insert(&mut self, id: &ReportId) -> bool {
        match Ids::bits(id) {
            Some(bits) => self.bits.insert(bits),
            None => self.others.insert(id.clone()),
        }
    }
}

impl Known {
    /// Those of a record.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of(log: &Log) -> Result<Known, Error> {
        let mut ids = Ids::default();
        for id in log.ids()? {
            ids.insert(&id);
        }
        Ok(Known(RwLock::new(ids)))
    }

    /// Is it one?
    pub fn has(&self, id: &ReportId) -> bool {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.has(id)
    }

    /// From now on it is one; says whether it was none before.
    pub fn insert(&self, id: &ReportId) -> bool {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(id)
    }

    fn len(&self) -> usize {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.bits.len() + known.others.len()
    }
}

/// Adding has failed: nobody takes any more. [`Steps::end`] says why.
pub struct Ended;

/// What came into a record.
#[derive(Clone, Debug, Default)]
pub struct Came {
    /// How much.
    pub counts: Counts,
    /// What the record did not take.
    pub refused: Vec<Unread>,
}

/// Reports that were read, on their way into a record.
pub struct Steps<'s, E> {
    waiting: Vec<Read>,
    /// Bytes of their texts.
    bytes: usize,
    /// How many were read in all.
    read: usize,
    /// How many reports the record had before.
    before: usize,
    give: SyncSender<Vec<Read>>,
    adding: ScopedJoinHandle<'s, Result<Came, E>>,
}

impl<'s, E: From<Error> + Send + 's> Steps<'s, E> {
    /// Begins, in a thread of that scope. `recorded` is the time now, RFC 3339; `told` is told of each report that
    /// is in the record, and how many claims it has if it is new; these are let go by then, as all else that was read
    /// of it.
    ///
    /// # Errors
    /// The record cannot be reached.
    pub fn into<'e>(
        scope: &'s Scope<'s, 'e>,
        log: Log,
        recorded: &'e str,
        known: &'e Known,
        told: impl FnMut(&Read, Option<usize>) -> Result<(), E> + Send + 's,
    ) -> Result<Steps<'s, E>, Error> {
        log.wait_for_writers(PATIENCE)?;
        // While one step is added, the next is read, and no further one.
        let (give, take) = mpsc::sync_channel(0);
        Ok(Steps {
            waiting: Vec::new(),
            bytes: 0,
            read: 0,
            before: known.len(),
            give,
            adding: scope.spawn(move || all(log, recorded, known, take, told)),
        })
    }

    /// Takes one, and hands a step on where it is whole.
    ///
    /// # Errors
    /// Adding has failed.
    pub fn push(&mut self, read: Read) -> Result<(), Ended> {
        self.bytes += read.reading.report.body().len();
        self.waiting.push(read);
        self.read += 1;
        // Each step looks through what tracing keeps of all before it: so the larger the record, the larger the
        // step, as far as memory goes. How fast steps are added has no part in how large they are.
        let before = self.before + self.read - self.waiting.len();
        let is_whole = self.waiting.len() >= before.clamp(STEP, MOST_IN_A_STEP)
            || self.bytes >= MOST_BYTES_IN_A_STEP;
        match is_whole {
            true => {
                self.bytes = 0;
                let step = std::mem::take(&mut self.waiting);
                self.give.send(step).map_err(|_| Ended)
            }
            false => Ok(()),
        }
    }

    /// How many were read.
    pub fn read(&self) -> usize {
        self.read
    }

    /// How many the last step has.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Adds the last step and waits until all is in.
    ///
    /// # Errors
    /// What adding has failed for; the steps before are in the record.
    pub fn end(self) -> Result<Came, E> {
        if !self.waiting.is_empty() {
            // Where nobody takes it, adding has failed, and says why.
            let _ = self.give.send(self.waiting);
        }
        drop(self.give);
        let came = self.adding.join();
        came.unwrap_or_else(|fault| std::panic::resume_unwind(fault))
    }
}

/// Adds one step after the other.
fn all<E: From<Error>>(
    mut log: Log,
    recorded: &str,
    known: &Known,
    steps: Receiver<Vec<Read>>,
    mut told: impl FnMut(&Read, Option<usize>) -> Result<(), E>,
) -> Result<Came, E> {
    let mut came = Came::default();
    for mut step in steps {
        let (added, claims) = add_and_let_go(&mut log, &mut step, recorded)?;
        for (read, claims) in step.iter().zip(claims) {
            let is_new = || known.insert(read.reading.report.id());
            match added.refused(read) {
                Some(unread) => came.refused.push(unread),
                None => told(read, is_new().then_some(claims))?,
            }
        }
        came.counts.include(&added);
    }
    Ok(came)
}

impl Counts {
    /// Adds what came into the record at another time.
    pub(crate) fn include(&mut self, other: &Counts) {
        self.new += other.new;
        self.known += other.known;
        self.claims += other.claims;
        self.derivations += other.derivations;
    }

    /// What is to be told of a report, where the record did not take its reading.
    pub(crate) fn refused(&self, read: &Read) -> Option<Unread> {
        let id = read.reading.report.id();
        let (_, why) = self.refused.iter().find(|(refused, _)| refused == id)?;
        let why = format!("read, but what was read does not hold: {why}");
        Some(fault(&read.sighting.path, &why))
    }
}
