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
const RUNS: usize = 3;
/// Entries that one step of a run's directory stands for, about.
const STEP: usize = 8;

/// Features and the reports that have them.
#[derive(Default)]
pub(crate) struct Postings {
    recent: Recent,
    /// The latest first.
    runs: [Run; RUNS],
}

/// Where the entries of a looked-up feature are.
#[derive(Clone, Copy, Default)]
struct Place {
    /// In each run, from which entry and how many.
    runs: [(u32, u32); RUNS],
    /// Of the latest entries, likewise.
    recent: (u32, u32),
}

/// Which reports have the features of a list. How many are told without reading them, so that
/// nothing is spent on what too many have.
pub(crate) struct Found<'p> {
    postings: &'p Postings,
    places: Vec<Place>,
    /// Those of the latest entries that are any of the features'.
    recent: Vec<u64>,
    most: usize,
}

impl Found<'_> {
    /// How many reports each feature leads to, at most as many as were asked for.
    pub(crate) fn counts(&self) -> Vec<usize> {
        let count = |place: &Place| {
            let runs: usize = place.runs.iter().map(|(_, count)| *count as usize).sum();
            (runs + place.recent.1 as usize).min(self.most)
        };
        self.places.iter().map(count).collect()
    }

    /// The reports that the feature at this place of the list leads to, in order.
    pub(crate) fn reports(&self, feature: usize) -> impl Iterator<Item = u32> {
        let place = self.places.get(feature).copied().unwrap_or_default();
        let runs = self.postings.runs.iter().zip(place.runs).rev();
        let runs = runs.flat_map(|(run, range)| slice(&run.entries, range));
        let recent = slice(&self.recent, place.recent);
        runs.chain(recent)
            .take(self.most)
            .map(|entry| report(*entry))
    }
}

fn slice(entries: &[u64], (start, count): (u32, u32)) -> &[u64] {
    let (start, count) = (start as usize, count as usize);
    entries.get(start..start + count).unwrap_or_default()
}

impl Postings {
    /// Which reports have these features; of each feature the first `most` reports.
    pub(crate) fn of(&self, features: &[u64], most: usize) -> Found<'_> {
        let mut places = vec![Place::default(); features.len()];
        for (number, run) in self.runs.iter().enumerate() {
            // Each place is far from the last one: asked for all together, the memory answers many at
            // a time. So first where to look for all of them, then both ends of each, then what is
            // between, which is near.
            let steps: Vec<(u32, u32)> = features.iter().map(|f| run.step(*f)).collect();
            let ends: Vec<(u64, u64)> = steps.iter().map(|step| run.ends(*step)).collect();
            for (at, (step, (first, last))) in steps.into_iter().zip(ends).enumerate() {
                let prefix = features[at] >> REPORT_BITS;
                if first >> REPORT_BITS <= prefix && prefix <= last >> REPORT_BITS {
                    places[at].runs[number] = run.within(step, prefix, most);
                }
            }
        }
        let mut recent = Vec::new();
        for (feature, place) in features.iter().zip(&mut places) {
            let start = recent.len();
            self.recent.take_from(feature >> REPORT_BITS, &mut recent);
            place.recent = (start as u32, (recent.len() - start) as u32);
        }
        Found {
            postings: self,
            places,
            recent,
            most,
        }
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

    /// Adds the entries of one feature to others, in order.
    fn take_from(&self, prefix: u64, found: &mut Vec<u64>) {
        let Some(head) = self.heads.get(Self::place(prefix)) else {
            return;
        };
        let start = found.len();
        let mut at = *head as usize;
        while let Some((entry, before)) = self.entries.get(at.wrapping_sub(1)) {
            if entry >> REPORT_BITS == prefix {
                found.push(*entry);
            }
            at = *before as usize;
        }
        found[start..].reverse();
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

    /// The first and the last entry between two places; where there are none, none is between them.
    fn ends(&self, (start, end): (u32, u32)) -> (u64, u64) {
        match self.entries.get(start as usize..end as usize) {
            Some([first, .., last]) => (*first, *last),
            Some([only]) => (*only, *only),
            _ => (u64::MAX, 0),
        }
    }

    /// From which entry the entries of one feature are, of those between two, and how many; no more
    /// than `most` are counted.
    fn within(&self, (start, end): (u32, u32), prefix: u64, most: usize) -> (u32, u32) {
        let step = &self.entries[start as usize..end as usize];
        let first = first_not_before(step, prefix);
        let entries = &step[first..];
        let is_here = |entry: &u64| *entry >> REPORT_BITS == prefix;
        // What many reports have fills the step: one look at its last entry tells.
        let count = match most.checked_sub(1).and_then(|last| entries.get(last)) {
            Some(last) if is_here(last) => most,
            _ => entries.iter().take_while(|entry| is_here(entry)).count(),
        };
        (start + first as u32, count as u32)
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

/// Which is the first of some entries that is not of an earlier feature. What many reports have
/// fills a step almost alone, so it is looked for from the step's beginning in growing strides.
fn first_not_before(step: &[u64], prefix: u64) -> usize {
    let is_before = |entry: &u64| entry >> REPORT_BITS < prefix;
    let mut stride = 1;
    while step.get(stride - 1).is_some_and(is_before) {
        stride *= 2;
    }
    let from = stride / 2;
    let to = stride.min(step.len());
    from + step[from..to].partition_point(is_before)
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
            let found = postings.of(&features, usize::MAX);
            for at in 0..features.len() {
                assert!(found.reports(at).eq(expected.iter().copied()));
            }
            assert_eq!(found.counts(), vec![expected.len(); features.len()]);
            let first = postings.of(&features[..1], 5);
            assert!(first.reports(0).eq(expected[..5].iter().copied()));
            assert_eq!(first.counts(), [5]);
        }
        assert_eq!(postings.of(&[mix(98_765)], 5).counts(), [0]);
    }
}
