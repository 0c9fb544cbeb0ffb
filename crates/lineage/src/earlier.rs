//! What a record keeps of its earlier reports, as far as it concerns a step of new ones.
//!
//! A large record has far more features than a step: all are looked at once, in any order, and those that no new report
//! has are passed over. What is left are numbers, a list for each feature of the new ones.

use crate::candidates::{FIRST, Features, Kept, Sought};
use std::ops::Range;

/// Earlier reports, each with those of its features that some new reports have.
pub struct Earlier {
    sought: Sought,
    /// One id after the other.
    ids: String,
    reports: Vec<One>,
    /// As numbers of [`Sought`], one report's after the other's.
    features: Vec<u32>,
}

struct One {
    key: i64,
    kept: Kept,
    /// Where its id ends, and where its features do.
    id_end: usize,
    end: usize,
}

impl Earlier {
    /// Of which only what these have is of interest; so far none.
    pub fn sought_by<'f>(new: impl IntoIterator<Item = &'f Features>) -> Earlier {
        Earlier {
            sought: Sought::of(new),
            ids: String::new(),
            reports: vec![],
            features: vec![],
        }
    }

    /// Takes in one from the bytes that [`Features::to_bytes`] gave, in any order; `key` is what
    /// [`trace_after`](crate::trace_after) asks for it by. `false`: the bytes are none.
    pub fn add(&mut self, id: &str, key: i64, bytes: &[u8]) -> bool {
        let before = self.features.len();
        let Some(kept) = self.sought.numbers(bytes, &mut self.features) else {
            return false;
        };
        // Many share nothing with the new ones.
        if self.features.len() > before {
            self.ids.push_str(id);
            self.reports.push(One {
                key,
                kept,
                id_end: self.ids.len(),
                end: self.features.len(),
            });
        }
        true
    }

    fn id(&self, at: usize) -> &str {
        let range = self.range(at, |one| one.id_end);
        self.ids.get(range).unwrap_or_default()
    }

    fn features(&self, at: usize) -> &[u32] {
        let range = self.range(at, |one| one.end);
        self.features.get(range).unwrap_or_default()
    }

    /// From where the one before it ends to where it ends.
    fn range(&self, at: usize, end: impl Fn(&One) -> usize) -> Range<usize> {
        let before = at
            .checked_sub(1)
            .and_then(|before| self.reports.get(before));
        let start = before.map_or(0, &end);
        start..self.reports.get(at).map_or(start, end)
    }

    /// Their places in order of their ids, each id once.
    fn order(&self) -> Vec<u32> {
        // The first bytes tell nearly all apart, and lie side by side.
        let key = |at: u32| {
            let mut bytes = [0; 8];
            let id = self.id(at as usize).as_bytes();
            bytes.iter_mut().zip(id).for_each(|(to, from)| *to = *from);
            (u64::from_be_bytes(bytes), at)
        };
        let mut keys: Vec<(u64, u32)> = (0..self.reports.len() as u32).map(key).collect();
        let id = |at: u32| self.id(at as usize);
        keys.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
        keys.dedup_by(|a, b| a.0 == b.0 && id(a.1) == id(b.1));
        keys.into_iter().map(|(_, at)| at).collect()
    }

    /// In order of their ids, each once.
    pub(crate) fn in_order(&self) -> InOrder<'_> {
        let order = self.order();
        let mut counts = vec![0; self.sought.len()];
        for feature in order.iter().flat_map(|at| self.features(*at as usize)) {
            if let Some(count) = counts.get_mut(*feature as usize) {
                *count = (FIRST as u32).min(*count + 1);
            }
        }
        // Where each feature's list ends, so far: where the one before it does.
        let mut ends = Vec::with_capacity(counts.len());
        let mut sum = 0;
        for count in counts {
            ends.push(sum);
            sum += count;
        }
        let starts = ends.clone();
        let mut lists = vec![0; sum as usize];
        for (rank, at) in order.iter().enumerate() {
            for feature in self.features(*at as usize) {
                let feature = *feature as usize;
                let next = starts.get(feature + 1).copied().unwrap_or(sum);
                if let Some(end) = ends.get_mut(feature).filter(|end| **end < next) {
                    if let Some(place) = lists.get_mut(*end as usize) {
                        *place = rank as u32;
                    }
                    *end += 1;
                }
            }
        }
        InOrder {
            earlier: self,
            order,
            starts,
            lists,
        }
    }
}

/// Earlier reports in order of their ids; a report's rank is its place there.
pub(crate) struct InOrder<'e> {
    earlier: &'e Earlier,
    order: Vec<u32>,
    /// For each feature, by its number, the ranks of the first reports that have it, one list after the other; and
    /// where they start.
    lists: Vec<u32>,
    starts: Vec<u32>,
}

impl InOrder<'_> {
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// Is there one of this id?
    pub(crate) fn has(&self, id: &str) -> bool {
        let found = self
            .order
            .binary_search_by(|at| self.earlier.id(*at as usize).cmp(id));
        found.is_ok()
    }

    /// The ranks of the first that have a feature.
    pub(crate) fn having(&self, feature: u64) -> &[u32] {
        let Some(number) = self.earlier.sought.number(feature) else {
            return &[];
        };
        let start = (self.starts)
            .get(number as usize)
            .copied()
            .unwrap_or_default();
        let next = self.starts.get(number as usize + 1).copied();
        let end = next.map_or(self.lists.len(), |next| next as usize);
        self.lists.get(start as usize..end).unwrap_or_default()
    }

    pub(crate) fn kept(&self, rank: usize) -> Option<&Kept> {
        Some(&self.one(rank)?.kept)
    }

    pub(crate) fn key(&self, rank: usize) -> Option<i64> {
        Some(self.one(rank)?.key)
    }

    fn one(&self, rank: usize) -> Option<&One> {
        self.earlier.reports.get(*self.order.get(rank)? as usize)
    }
}
