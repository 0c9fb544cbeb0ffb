//! How much may come out of a file. Compression bombs are told by what comes out of a file, over all
//! layers of packing, against what the file itself has.

use crate::Limits;
use std::cell::Cell;
use std::io::{Error, Read, Result};

/// What has gone into a file's reading and come out.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    taken: Cell<u64>,
    made: Cell<u64>,
}

impl Budget {
    pub fn new(limits: Limits) -> Budget {
        Budget {
            limits,
            taken: Cell::new(0),
            made: Cell::new(0),
        }
    }

    /// So many bytes of the file itself were read.
    pub fn read(&self, bytes: u64) {
        self.taken.set(self.taken.get().saturating_add(bytes));
    }

    /// Why the file is given up, if it is.
    pub fn why(&self) -> Option<String> {
        let most = (self.taken.get())
            .saturating_mul(self.limits.ratio)
            .max(self.limits.expanded);
        (self.made.get() > most).then(|| {
            let (megabytes, ratio) = (self.limits.expanded >> 20, self.limits.ratio);
            format!(
                "expands to more than {megabytes} MB and {ratio} times its size: taken for a trap"
            )
        })
    }
}

/// Which side of the account a reader's bytes are on.
enum Side {
    Own,
    Made,
}

/// A reader whose bytes are counted.
pub(crate) struct Metered<'b, R> {
    budget: &'b Budget,
    side: Side,
    inner: R,
}

impl<'b, R: Read> Metered<'b, R> {
    /// Bytes of the file itself.
    pub fn own(budget: &'b Budget, inner: R) -> Self {
        Metered {
            budget,
            side: Side::Own,
            inner,
        }
    }

    /// Bytes that were unpacked.
    pub fn made(budget: &'b Budget, inner: R) -> Self {
        Metered {
            budget,
            side: Side::Made,
            inner,
        }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if let Side::Made = self.side
            && let Some(why) = self.budget.why()
        {
            return Err(Error::other(why));
        }
        let count = self.inner.read(buffer)?;
        match self.side {
            Side::Own => self.budget.read(count as u64),
            Side::Made => {
                let made = self.budget.made.get().saturating_add(count as u64);
                self.budget.made.set(made);
            }
        }
        Ok(count)
    }
}
