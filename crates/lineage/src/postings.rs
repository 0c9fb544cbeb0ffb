//! For every feature, the first reports that have it, taken in one report at a time.
//!
//! A lookup waits for memory, so it must touch few places that are far from one another: an entry is
//! 8 bytes, feature and report, eight are a line as the memory moves them, and each stands in the
//! line where its feature's bits say, or, where that is full, in the next. What many reports have
//! goes on in a list of its own, so that it does not crowd out its neighbours.

use memmap2::MmapMut;

/// Bits of an entry that tell the report; the others are the feature's. So many reports at most.
const REPORT_BITS: u32 = 26;
pub(crate) const MOST_REPORTS: usize = (1 << REPORT_BITS) - 1;
/// So many reports of a feature stand among the entries; the next entry tells where its list is.
const INLINE: usize = 4;
/// The entries are in so many parts, each grown by itself: there is never a second copy of all.
const PART_BITS: u32 = 4;
/// Lines at the end of a part that no feature's bits lead to.
const TAIL: usize = 8;
const LEAST_LINES: usize = 64;
/// Bytes in a line.
const LINE: usize = 64;

/// Features and the reports that have them.
#[derive(Default)]
pub(crate) struct Postings {
    parts: Vec<Part>,
    /// The reports after the first [`INLINE`] of features that have more.
    lists: Vec<Vec<u32>>,
}

/// Which reports have the features of a list.
pub(crate) struct Found<'p> {
    /// The first reports of each feature, one feature after the other; and where each one's end,
    /// with the list of its other reports.
    first: Vec<u32>,
    rest: Vec<(u32, &'p [u32])>,
    most: usize,
}

impl Found<'_> {
    /// How many reports each feature leads to, at most as many as were asked for.
    pub(crate) fn counts(&self) -> Vec<usize> {
        let mut start = 0;
        let count = |(end, list): &(u32, &[u32])| {
            let first = end - std::mem::replace(&mut start, *end);
            (first as usize + list.len()).min(self.most)
        };
        self.rest.iter().map(count).collect()
    }

    /// The reports that the feature at this place of the list leads to, in order.
    pub(crate) fn reports(&self, feature: usize) -> impl Iterator<Item = u32> {
        let before = feature.checked_sub(1).and_then(|at| self.rest.get(at));
        let start = before.map_or(0, |(end, _)| *end as usize);
        let (end, list) = self.rest.get(feature).copied().unwrap_or_default();
        let first = self.first.get(start..end as usize).unwrap_or_default();
        first.iter().chain(list).copied().take(self.most)
    }
}

impl Postings {
    /// Which reports have these features; of each feature the first `most` reports.
    pub(crate) fn of(&self, features: &[u64], most: usize) -> Found<'_> {
        // Each place is far from the last one: asked for all together, the memory answers many at a
        // time.
        let starts = features
            .iter()
            .map(|feature| self.part(*feature).start(*feature));
        let starts: Vec<Start> = starts.collect();
        let mut found = Found {
            first: Vec::with_capacity(features.len()),
            rest: Vec::with_capacity(features.len()),
            most,
        };
        for (feature, start) in features.iter().zip(starts) {
            let before = found.first.len();
            found
                .first
                .extend(self.part(*feature).reports(*feature, start));
            let list = found.first.get(before + INLINE).copied();
            found.first.truncate(before + INLINE);
            let list = list.map_or(&[][..], |number| self.list(number));
            found.rest.push((found.first.len() as u32, list));
        }
        found
    }

    fn part(&self, feature: u64) -> &Part {
        static NONE: Part = Part::new();
        self.parts.get(part(feature)).unwrap_or(&NONE)
    }

    fn list(&self, number: u32) -> &[u32] {
        self.lists.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// Adds a report's features. Reports come in the order of their numbers.
    pub(crate) fn add(&mut self, features: impl Iterator<Item = u64>, report: u32) {
        self.parts.resize_with(1 << PART_BITS, Part::new);
        for feature in features {
            let Some(part) = self.parts.get_mut(part(feature)) else {
                continue;
            };
            let mut here = part.reports(feature, part.start(feature));
            let first = here.by_ref().take(INLINE).count();
            let list = here.next();
            drop(here);
            if first < INLINE {
                part.add(feature, report);
            } else if let Some(number) = list {
                let list = self.lists.get_mut(number as usize);
                list.into_iter().for_each(|list| list.push(report));
            } else if self.lists.len() < MOST_REPORTS {
                part.add(feature, self.lists.len() as u32);
                self.lists.push(vec![report]);
            }
        }
    }

    /// Bytes in use.
    pub(crate) fn bytes(&self) -> usize {
        let parts = self.parts.iter().map(|part| part.room.lines().len() * LINE);
        let lists = self.lists.iter().map(|list| list.capacity() * 4);
        let heads = self.lists.capacity() * size_of::<Vec<u32>>();
        parts.sum::<usize>() + lists.sum::<usize>() + heads
    }
}

/// Where no entry is: reports count from one there.
const EMPTY: u64 = 0;

fn entry(feature: u64, report: u32) -> u64 {
    feature >> REPORT_BITS << REPORT_BITS | u64::from(report + 1)
}

/// The bits of a feature that entries keep.
pub(crate) fn told_apart(feature: u64) -> u64 {
    feature >> REPORT_BITS
}

fn report(entry: u64) -> u32 {
    ((entry & ((1 << REPORT_BITS) - 1)) as u32).saturating_sub(1)
}

/// A feature's bits, stirred: the least of several hashes, as winnowing gives them, are not evenly
/// spread.
fn stirred(feature: u64) -> u64 {
    (feature >> REPORT_BITS).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn part(feature: u64) -> usize {
    (stirred(feature) >> (64 - PART_BITS)) as usize
}

type Line = [u8; LINE];

fn is_full(line: &Line) -> bool {
    entries(line).last() != Some(EMPTY)
}

fn entries(line: &Line) -> impl DoubleEndedIterator<Item = u64> {
    let (entries, _) = line.as_chunks::<8>();
    entries.iter().map(|bytes| u64::from_ne_bytes(*bytes))
}

/// Zeroed lines.
enum Room {
    Small(Vec<Line>),
    /// In pages as large as the system gives: with small ones, most of a lookup is spent on finding
    /// the page.
    Large(MmapMut),
}

impl Room {
    /// Bytes of a large page, or as good as one.
    const PAGE: usize = 2 << 20;

    /// So many lines at least.
    fn new(lines: usize) -> Room {
        let bytes = (lines * LINE).next_multiple_of(Room::PAGE);
        let mapped = (lines * LINE >= Room::PAGE).then(|| MmapMut::map_anon(bytes));
        match mapped {
            Some(Ok(mapped)) => {
                // Where there are none, small ones do.
                #[cfg(target_os = "linux")]
                let _ = mapped.advise(memmap2::Advice::HugePage);
                Room::Large(mapped)
            }
            _ => Room::Small(vec![[0; LINE]; lines]),
        }
    }

    fn lines(&self) -> &[Line] {
        match self {
            Room::Small(lines) => lines,
            Room::Large(mapped) => mapped.as_chunks().0,
        }
    }

    fn lines_mut(&mut self) -> &mut [Line] {
        match self {
            Room::Small(lines) => lines,
            Room::Large(mapped) => mapped.as_chunks_mut().0,
        }
    }
}

/// The line where a feature's entries begin, and whether they may go on in the next.
#[derive(Clone, Copy)]
struct Start {
    line: usize,
    is_full: bool,
}

/// Entries of a part of all features.
struct Part {
    /// Each line filled from its beginning; [`EMPTY`] where nothing is.
    room: Room,
    /// How many entries.
    len: usize,
}

impl Part {
    const fn new() -> Part {
        Part {
            room: Room::Small(Vec::new()),
            len: 0,
        }
    }

    /// The line where a feature's entries begin at the earliest.
    fn home(&self, feature: u64) -> usize {
        let lines = self.room.lines().len().saturating_sub(TAIL) as u128;
        ((u128::from(stirred(feature) << PART_BITS) * lines) >> 64) as usize
    }

    fn start(&self, feature: u64) -> Start {
        let line = self.home(feature);
        let is_full = self.room.lines().get(line).is_some_and(is_full);
        Start { line, is_full }
    }

    /// The reports of a feature, in the order in which they came.
    fn reports(&self, feature: u64, start: Start) -> impl Iterator<Item = u32> {
        let lines = self.room.lines().get(start.line..).unwrap_or_default();
        let more = if start.is_full { lines.len() } else { 1 };
        let mut goes_on = true;
        let lines = lines.iter().take(more);
        let lines = lines.take_while(move |line| std::mem::replace(&mut goes_on, is_full(line)));
        let is_here =
            move |entry: &u64| *entry != EMPTY && *entry >> REPORT_BITS == feature >> REPORT_BITS;
        lines.flat_map(entries).filter(is_here).map(report)
    }

    fn add(&mut self, feature: u64, report: u32) {
        // Seven of eight places are taken at most.
        if self.len + 1 > self.room.lines().len().saturating_sub(TAIL) * 7 {
            self.grow();
        }
        while !self.put(entry(feature, report)) {
            self.grow();
        }
        self.len += 1;
    }

    fn grow(&mut self) {
        let before = std::mem::replace(&mut self.room, Room::Small(Vec::new()));
        let before = before.lines();
        let mut count = before.len().saturating_sub(TAIL).max(LEAST_LINES);
        let mut all_put = false;
        while !all_put {
            count += count / 4;
            self.room = Room::new(count + TAIL);
            // Those of one feature stay in their order: later ones never stand in earlier lines.
            let mut filled = before
                .iter()
                .flat_map(entries)
                .filter(|entry| *entry != EMPTY);
            all_put = filled.all(|entry| self.put(entry));
        }
    }

    /// Puts an entry into the next empty place; `false` where there is none.
    fn put(&mut self, entry: u64) -> bool {
        let home = self.home(entry);
        let lines = self.room.lines_mut().get_mut(home..).unwrap_or_default();
        let line = lines.iter_mut().find(|line| !is_full(line));
        let place = line.and_then(|line| {
            let (places, _) = line.as_chunks_mut::<8>();
            places
                .iter_mut()
                .find(|place| **place == EMPTY.to_ne_bytes())
        });
        place.map(|place| *place = entry.to_ne_bytes()).is_some()
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
        let reports = 20_000;
        for report in 0..reports {
            postings.add(features(u64::from(report)), report);
        }
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
