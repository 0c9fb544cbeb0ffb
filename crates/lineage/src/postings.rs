//! For every feature, the first reports that have it: taken in one report at a time, kept in sorted
//! runs of 8 bytes an entry.
//!
//! What came last stands in a small table; when that is full it is sorted and merged into the first
//! run, a full run into the next, each sixteen times as large. So an entry is moved a few times in
//! all, and a lookup touches four places, however many reports there are.

/// Bits of an entry that tell the report; the others are the feature's. So many reports at most.
const REPORT_BITS: u32 = 26;
pub(crate) const MOST_REPORTS: usize = 1 << REPORT_BITS;
/// Entries in the small table.
const RECENT: usize = 1 << 16;
/// How many times as large each run may grow as what comes before it.
const GROWTH: usize = 16;
/// Entries that one step of a run's directory stands for, about.
const STEP: usize = 8;

/// Features and the reports that have them.
#[derive(Default)]
pub(crate) struct Postings {
    recent: Recent,
    /// The latest first.
    runs: [Run; 3],
}

impl Postings {
    /// For all of these features, which reports have them: pairs of a report and the place of the
    /// feature in the list; of each feature the first `most` reports.
    pub(crate) fn of(&self, features: &[u64], most: usize) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        let mut counts = vec![0; features.len()];
        let mut take = |at: usize, entry: u64| {
            if counts[at] < most {
                counts[at] += 1;
                found.push((report(entry), at as u32));
            }
        };
        for run in self.runs.iter().rev() {
            // Each place is far from the last one: asked for all together, the memory answers many at
            // a time. So first where to look for all of them, then the first entry of each, then more.
            let steps: Vec<(u32, u32)> = features.iter().map(|f| run.step(*f)).collect();
            let first = |(start, end): &(u32, u32)| match start < end {
                true => run.entries.get(*start as usize).copied(),
                false => None,
            };
            let firsts: Vec<Option<u64>> = steps.iter().map(first).collect();
            for (at, ((start, end), first)) in steps.into_iter().zip(firsts).enumerate() {
                let prefix = features[at] >> REPORT_BITS;
                if first.is_none_or(|first| first >> REPORT_BITS > prefix) {
                    continue;
                }
                for entry in run.within(start, end, prefix).iter().take(most) {
                    take(at, *entry);
                }
            }
        }
        for (at, feature) in features.iter().enumerate() {
            self.recent
                .each(feature >> REPORT_BITS, |entry| take(at, entry));
        }
        found
    }

    /// Adds a report's features. Reports come in the order of their numbers.
    pub(crate) fn add(&mut self, features: impl Iterator<Item = u64>, report: u32) {
        for feature in features {
            let entry = feature >> REPORT_BITS << REPORT_BITS | u64::from(report);
            self.recent.add(entry);
        }
        if self.recent.entries.len() >= RECENT {
            let mut full = self.recent.take();
            full.sort_unstable();
            let mut most = RECENT * GROWTH;
            let last = self.runs.len() - 1;
            for (at, run) in self.runs.iter_mut().enumerate() {
                run.merge(&full);
                if at == last || run.entries.len() < most {
                    break;
                }
                full = std::mem::take(run).entries;
                most *= GROWTH;
            }
        }
    }

    /// Bytes in use.
    pub(crate) fn bytes(&self) -> usize {
        let runs = self.runs.iter();
        let runs = runs.map(|run| run.entries.capacity() * 8 + run.starts.capacity() * 4);
        runs.sum::<usize>() + self.recent.entries.capacity() * 16 + self.recent.heads.len() * 4
    }
}

fn report(entry: u64) -> u32 {
    (entry & ((1 << REPORT_BITS) - 1)) as u32
}

/// What came last: a table of chains.
#[derive(Default)]
struct Recent {
    /// For each place of the table the last entry there, counted from one.
    heads: Vec<u32>,
    /// Entries, each with the one before it at its place.
    entries: Vec<(u64, u32)>,
}

impl Recent {
    /// Features are hashes already.
    fn place(prefix: u64) -> usize {
        prefix as usize % RECENT
    }

    fn add(&mut self, entry: u64) {
        if self.heads.is_empty() {
            self.heads = vec![0; RECENT];
        }
        let place = Self::place(entry >> REPORT_BITS);
        let before = self.heads[place];
        self.entries.push((entry, before));
        self.heads[place] = self.entries.len() as u32;
    }

    /// Hands over the entries of one feature, in order.
    fn each(&self, prefix: u64, mut found: impl FnMut(u64)) {
        let Some(head) = self.heads.get(Self::place(prefix)) else {
            return;
        };
        let mut entries = Vec::new();
        let mut at = *head as usize;
        while let Some((entry, before)) = self.entries.get(at.wrapping_sub(1)) {
            if entry >> REPORT_BITS == prefix {
                entries.push(*entry);
            }
            at = *before as usize;
        }
        entries.iter().rev().for_each(|entry| found(*entry));
    }

    fn take(&mut self) -> Vec<u64> {
        self.heads.fill(0);
        self.entries.drain(..).map(|(entry, _)| entry).collect()
    }
}

/// Sorted entries with a directory by their first bits.
#[derive(Default)]
struct Run {
    entries: Vec<u64>,
    /// Where the entries of each step begin; and, last, where all end.
    starts: Vec<u32>,
    /// How many first bits make a step.
    bits: u32,
}

impl Run {
    /// Between which places the entries of a feature are.
    fn step(&self, feature: u64) -> (u32, u32) {
        let step = feature.checked_shr(64 - self.bits).unwrap_or(0) as usize;
        match (self.starts.get(step), self.starts.get(step + 1)) {
            (Some(start), Some(end)) => (*start, *end),
            _ => (0, 0),
        }
    }

    /// The entries of one feature between two places.
    fn within(&self, start: u32, end: u32, prefix: u64) -> &[u64] {
        let entries = &self.entries[start as usize..end as usize];
        let first = entries.partition_point(|entry| entry >> REPORT_BITS < prefix);
        let entries = &entries[first..];
        let past = entries
            .iter()
            .take_while(|entry| *entry >> REPORT_BITS == prefix);
        &entries[..past.count()]
    }

    /// Takes in other sorted entries.
    fn merge(&mut self, others: &[u64]) {
        let (mut i, mut j) = (self.entries.len(), others.len());
        self.entries.reserve_exact(j);
        self.entries.resize(i + j, 0);
        // From the back, so that nothing is kept twice.
        while j > 0 {
            let at = i + j - 1;
            if i > 0 && self.entries[i - 1] > others[j - 1] {
                self.entries[at] = self.entries[i - 1];
                i -= 1;
            } else {
                self.entries[at] = others[j - 1];
                j -= 1;
            }
        }
        self.bits = (self.entries.len() / STEP).max(1).ilog2();
        let steps = 1 << self.bits;
        self.starts = Vec::with_capacity(steps + 1);
        for (at, entry) in self.entries.iter().enumerate() {
            let step = entry.checked_shr(64 - self.bits).unwrap_or(0) as usize;
            while self.starts.len() <= step {
                self.starts.push(at as u32);
            }
        }
        let end = self.entries.len() as u32;
        self.starts.resize(steps + 1, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::mix;

    #[test]
    fn finds_all_that_was_added_in_order() {
        let mut postings = Postings::default();
        let features = |report: u64| (0..50).map(move |at| mix(report % 100 * 50 + at));
        // More than the first run holds.
        let reports = (RECENT * GROWTH / 50 + 3000) as u32;
        for report in 0..reports {
            postings.add(features(u64::from(report)), report);
        }
        assert!(!postings.runs[1].entries.is_empty());
        for of in [0, 7, 99] {
            let expected: Vec<u32> = (0..reports).filter(|report| report % 100 == of).collect();
            let features: Vec<u64> = features(u64::from(of)).collect();
            let mut found = postings.of(&features, usize::MAX);
            found.sort_unstable_by_key(|(report, at)| (*at, *report));
            for (at, found) in found.chunk_by(|a, b| a.1 == b.1).enumerate() {
                let reports: Vec<u32> = found.iter().map(|(report, _)| *report).collect();
                assert_eq!((at as u32, reports), (found[0].1, expected.clone()));
            }
            assert_eq!(found.len(), features.len() * expected.len());
            let first = postings.of(&features[..1], 5);
            assert!(first.iter().map(|(report, _)| report).eq(&expected[..5]));
        }
        assert_eq!(postings.of(&[mix(98_765)], 5), []);
    }
}
