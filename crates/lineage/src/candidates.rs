//! Which pairs are worth comparing: an index over hashed features of every report.
//!
//! Whether a pair is a candidate depends on the two reports alone, so that reading in another order
//! or in other batches finds the same pairs; except that a phrase is followed to the first [`FIRST`]
//! reports that have it and no further, so that work stays in step with their number.

use crate::align::RUN;
use crate::direction::name_key;
use crate::earlier::InOrder;
use crate::kind::OWN_PASSAGE;
use crate::postings::{Found, MOST_REPORTS, Postings, told_apart};
use crate::words::{Words, hash, mix, shingles};
use foldhash::fast::FixedState;
use rapporteur_model::{Report, ReportId, page_address};
use std::collections::HashMap;

/// How many words a shingle has.
const SHINGLE: usize = 6;
/// Of so many shingles in a row at least one is kept, so every run of `SHINGLE + WINDOW - 1` words
/// that two reports share is found (Schleimer, Wilkerson and Aiken's winnowing): what makes a copy.
const WINDOW: usize = 13;
const _: () = assert!(SHINGLE + WINDOW - 1 == OWN_PASSAGE);
/// The same in quotation marks, where shorter runs count.
const QUOTED_WINDOW: usize = 3;
const _: () = assert!(SHINGLE + QUOTED_WINDOW - 1 == RUN);
/// So many pairs of neighbouring content words must be shared for two reports that share no run of
/// words to be compared, and so large a part of the smaller report's.
const NEIGHBOURS: usize = 5;
/// Of reports with many such pairs; with fewer, and nothing else, two are never worth comparing.
const NEIGHBOURS_OF_MANY: usize = 3;
const NEIGHBOUR_SHARE: f64 = 0.06;
/// A report with more such pairs than this keeps half of them, or a quarter, and so on.
const MOST_NEIGHBOURS: usize = 96;
/// Two reports of one publisher share its standing paragraphs; they are compared only where they
/// share so large a part of the smaller one's kept shingles. So are others that share only what
/// many have.
const SAME_PUBLISHER_SHARE: f64 = 0.15;
/// A feature leads to so many reports, the first that have it.
pub const FIRST: usize = 256;

/// What is looked up of a report, and kept of it: enough to find it again without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features {
    /// First the shingles, then the pairs of neighbours, then the address, and the publisher with
    /// the headline: two versions of one report.
    all: Vec<u64>,
    /// Where the neighbours begin, and where the versions do.
    neighbours: usize,
    versions: usize,
    kept: Kept,
}

/// The features of reports that are to be traced, numbered: of earlier ones, others lead nowhere.
pub(crate) struct Sought {
    all: HashMap<u64, u32, FixedState>,
    /// A bit for each feature, shared by several: most of what is asked for is none of them, and these bits
    /// stay near the processor, where the set does not.
    bits: Vec<u64>,
    /// So many of a feature's stirred bits say which bit is its.
    width: u32,
}

/// The bits: 8 kilobytes at least, a megabyte at most.
const LEAST_WIDTH: u32 = 16;
const MOST_WIDTH: u32 = 23;
/// So many bits, or more, for each feature: of what is asked for in vain, one in so many goes on to the set.
const BITS_A_FEATURE: usize = 16;

impl Sought {
    /// Of the reports with these features.
    pub(crate) fn of<'f>(features: impl IntoIterator<Item = &'f Features>) -> Sought {
        let mut all = HashMap::with_hasher(FixedState::default());
        for feature in features.into_iter().flat_map(|of| &of.all) {
            let number = all.len() as u32;
            all.entry(*feature).or_insert(number);
        }
        let wanted = (BITS_A_FEATURE * all.len()).max(1).next_power_of_two();
        let width = wanted.ilog2().clamp(LEAST_WIDTH, MOST_WIDTH);
        let mut bits = vec![0; 1 << (width - 6)];
        for feature in all.keys() {
            let (word, bit) = bit(*feature, width);
            if let Some(word) = bits.get_mut(word) {
                *word |= bit;
            }
        }
        Sought { all, bits, width }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The number of a feature, if it is one of them.
    pub(crate) fn number(&self, feature: u64) -> Option<u32> {
        let (word, bit) = bit(feature, self.width);
        match self.bits.get(word)? & bit {
            0 => None,
            _ => self.all.get(&feature).copied(),
        }
    }

    /// Adds the numbers of a report's features, from their bytes, and gives what is kept beside them.
    pub(crate) fn numbers(&self, bytes: &[u8], to: &mut Vec<u32>) -> Option<Kept> {
        let (head, features) = Head::of(bytes)?;
        let features = features.iter().map(|feature| u64::from_le_bytes(*feature));
        to.extend(features.filter_map(|feature| self.number(feature)));
        Some(head.kept)
    }
}

/// Which bit of which word is a feature's. The least of several hashes, as winnowing gives them, are not evenly
/// spread.
fn bit(feature: u64, width: u32) -> (usize, u64) {
    let at = feature.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - width);
    ((at >> 6) as usize, 1 << (at & 63))
}

/// Bytes before the features themselves.
const HEAD: usize = 16;

/// What stays of a report beside its features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Nought: not known.
    publisher: u32,
    shingles: u16,
    /// Before some were left out.
    neighbours: u16,
}

/// What stands before the features in their bytes.
struct Head {
    neighbours: usize,
    versions: usize,
    kept: Kept,
}

impl Head {
    /// With the features.
    fn of(bytes: &[u8]) -> Option<(Head, &[[u8; 8]])> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let word = |at: usize| Some(u32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?));
        let half = |at: usize| Some(u16::from_le_bytes(head.get(at..at + 2)?.try_into().ok()?));
        let (features, left) = rest.as_chunks::<8>();
        let head = Head {
            neighbours: word(0)? as usize,
            versions: word(4)? as usize,
            kept: Kept {
                publisher: word(8)?,
                shingles: half(12)?,
                neighbours: half(14)?,
            },
        };
        let is_whole = left.is_empty();
        let is_in_order = head.neighbours <= head.versions && head.versions <= features.len();
        (is_whole && is_in_order).then_some((head, features))
    }
}

/// Changes with everything that features are made by: bytes of another version tell nothing.
pub const FEATURES_VERSION: u32 = 1;

impl Features {
    /// Reads a report's text.
    pub fn of(report: &Report) -> Features {
        Features::of_words(report, &Words::scan(report))
    }

    /// As bytes, for keeping; they hold for one [`FEATURES_VERSION`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let Kept {
            publisher,
            shingles,
            neighbours,
        } = self.kept;
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes();
        let mut bytes = Vec::with_capacity(HEAD + 8 * self.all.len());
        bytes.extend(place(self.neighbours));
        bytes.extend(place(self.versions));
        bytes.extend(publisher.to_le_bytes());
        bytes.extend(shingles.to_le_bytes());
        bytes.extend(neighbours.to_le_bytes());
        bytes.extend(self.all.iter().flat_map(|feature| feature.to_le_bytes()));
        bytes
    }

    /// From such bytes; `None` where they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Features> {
        let (head, features) = Head::of(bytes)?;
        let features = features.iter().map(|feature| u64::from_le_bytes(*feature));
        Some(Features {
            all: features.collect(),
            neighbours: head.neighbours,
            versions: head.versions,
            kept: head.kept,
        })
    }

    pub(crate) fn of_words(report: &Report, words: &Words) -> Features {
        let masthead = report.masthead();
        let publisher = masthead.publisher.as_deref().map(|p| hash(&name_key(p)));
        let title = masthead.title.as_deref().map(|t| hash(&name_key(t)));
        let versions = [
            (masthead.url.as_deref())
                .and_then(page_address)
                .map(|a| hash(&a)),
            publisher.zip(title).map(|(p, t)| mix(p ^ mix(t))),
        ];
        let shingles = winnow(words);
        let pairs = neighbours(words);
        let kept = Kept {
            publisher: publisher.map_or(0, |p| p as u32 | 1),
            shingles: u16::try_from(shingles.len()).unwrap_or(u16::MAX),
            neighbours: u16::try_from(pairs.len()).unwrap_or(u16::MAX),
        };
        let mut all = shingles;
        let neighbours = all.len();
        let left = left_out(kept.neighbours);
        all.extend(pairs.into_iter().filter(|pair| pair % (1 << left) == 0));
        let first_version = all.len();
        all.extend(versions.into_iter().flatten());
        Features {
            all,
            neighbours,
            versions: first_version,
            kept,
        }
    }

    /// Each feature as the index tells it apart from others.
    pub fn each(&self) -> impl Iterator<Item = u64> {
        self.all.iter().map(|feature| told_apart(*feature))
    }

    fn kind(&self, feature: usize) -> Kind {
        match feature {
            at if at < self.neighbours => Kind::Shingle,
            at if at < self.versions => Kind::Neighbours,
            _ => Kind::Version,
        }
    }
}

/// How often a report's neighbours are halved.
fn left_out(neighbours: u16) -> u32 {
    let times = usize::from(neighbours).div_ceil(MOST_NEIGHBOURS);
    times.next_power_of_two().ilog2()
}

fn winnow(words: &Words) -> Vec<u64> {
    let all = shingles(&words.words, SHINGLE);
    let mut kept: Vec<u64> = Vec::with_capacity(all.len() / 2);
    let windows = all.windows(WINDOW.min(all.len()).max(1));
    kept.extend(windows.filter_map(|window| window.iter().min()));
    // What begins or ends in a quotation is kept more densely.
    for (at, window) in all.windows(QUOTED_WINDOW).enumerate() {
        let ends = [at, at + SHINGLE + QUOTED_WINDOW - 2];
        let mut ends = ends.iter().filter_map(|at| words.words.get(*at));
        if ends.any(|word| word.quoted) {
            kept.extend(window.iter().min());
        }
    }
    once(kept)
}

fn neighbours(words: &Words) -> Vec<u64> {
    let mut pairs = Vec::with_capacity(words.words.len() / 2);
    for sentence in &words.sentences {
        let mut content = words.words[sentence.words.clone()]
            .iter()
            .filter_map(|w| w.content);
        let mut before = content.next();
        for here in content {
            // Either order: "seized the crossing", "the crossing, seized".
            pairs.extend(before.map(|before| mix(mix(before).wrapping_add(mix(here)))));
            before = Some(here);
        }
    }
    once(pairs)
}

fn once(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// An index of reports, which takes them one at a time and tells which earlier ones are worth
/// comparing with each. It keeps about 1.5 kilobytes of a report of 400 words, not its text.
#[derive(Default)]
pub struct Index {
    postings: Postings,
    reports: Vec<Kept>,
}

impl Index {
    /// Takes in a report and gives the numbers of those before it that are worth comparing with it,
    /// in order. The first report has the number 0. After 67 million it takes in no more.
    pub fn add(&mut self, report: &Report) -> Vec<usize> {
        self.add_words(report, &Words::scan(report))
    }

    pub(crate) fn add_words(&mut self, report: &Report, words: &Words) -> Vec<usize> {
        self.add_and_find(&Features::of_words(report, words))
    }

    pub(crate) fn add_and_find(&mut self, features: &Features) -> Vec<usize> {
        let found = self.postings.of(&features.all, FIRST);
        let counts = found.counts();
        let candidates = self.candidates(features, &found, &counts);
        self.add_counted(features, &counts);
        candidates
    }

    /// The same after earlier reports: of these the ranks, then of those it has taken in the numbers and so many more.
    pub(crate) fn add_and_find_after(
        &mut self,
        earlier: &InOrder<'_>,
        features: &Features,
    ) -> Vec<usize> {
        let found = self.postings.of(&features.all, FIRST);
        let before: Vec<&[u32]> = (features.all.iter())
            .map(|feature| earlier.having(*feature))
            .collect();
        let counts = before.iter().zip(found.counts());
        let counts = counts.map(|(before, here)| FIRST.min(before.len() + here));
        let counts: Vec<usize> = counts.collect();
        let offset = earlier.len();
        let reports = |feature: usize| {
            let before = before.get(feature).copied().unwrap_or_default();
            let here = found.reports(feature).map(|number| number + offset as u32);
            before.iter().copied().chain(here).take(FIRST)
        };
        let kept = |number: usize| match number.checked_sub(offset) {
            None => earlier.kept(number),
            Some(here) => self.reports.get(here),
        };
        let candidates = match offset + self.reports.len() <= MOST_REPORTS {
            true => candidates(features, &counts, reports, kept),
            false => vec![],
        };
        self.add_counted(features, &counts);
        candidates
    }

    /// Takes in a report of a block: of its features, those by which it is one of the first.
    fn add_first(&mut self, features: &Features, is_first: impl Fn(u64) -> bool) {
        let number = self.reports.len();
        if number < MOST_REPORTS {
            let first = features.all.iter().filter(|f| is_first(told_apart(**f)));
            self.postings.add(first.copied(), number as u32);
            self.reports.push(features.kept);
        }
    }

    /// What of a block is worth comparing with a report that stands after all of it.
    fn find(&self, features: &Features, is_common: impl Fn(u64) -> bool) -> Vec<usize> {
        let found = self.postings.of(&features.all, FIRST);
        let here = found.counts();
        let counts = here.iter().zip(&features.all);
        let counts = counts.map(|(here, feature)| match is_common(told_apart(*feature)) {
            true => FIRST,
            false => *here,
        });
        let counts: Vec<usize> = counts.collect();
        self.candidates(features, &found, &counts)
    }

    fn add_counted(&mut self, features: &Features, counts: &[usize]) {
        let number = self.reports.len();
        if number < MOST_REPORTS {
            // What leads to enough reports already need not lead to more.
            let new = features.all.iter().zip(counts);
            let new = new.filter(|(_, count)| **count < FIRST).map(|(f, _)| *f);
            self.postings.add(new, number as u32);
            self.reports.push(features.kept);
        }
    }

    /// How many reports it has.
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    /// Has it none?
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.postings.bytes() + self.reports.capacity() * size_of::<Kept>()
    }

    fn candidates(&self, one: &Features, found: &Found<'_>, counts: &[usize]) -> Vec<usize> {
        let kept = |number: usize| self.reports.get(number);
        candidates(one, counts, |feature| found.reports(feature), kept)
    }
}

/// What is worth comparing with a report: `counts` says of each of its features how many lead on, `reports` which these
/// are, `kept` what is kept of them.
fn candidates<'k, R: Iterator<Item = u32>>(
    one: &Features,
    counts: &[usize],
    reports: impl Fn(usize) -> R,
    kept: impl Fn(usize) -> Option<&'k Kept>,
) -> Vec<usize> {
    let pairs = &counts[one.neighbours..one.versions];
    let common_pairs = pairs.iter().filter(|count| **count >= FIRST).count();
    // Two words that many reports have together say something only where most are such: in one
    // more report of what many report already.
    let all_count = common_pairs * 2 > pairs.len();
    let mut met: Vec<u32> = Vec::new();
    for (feature, count) in counts.iter().enumerate() {
        let kind = match (one.kind(feature), *count >= FIRST) {
            (Kind::Shingle, true) => Kind::Common,
            (Kind::Neighbours, true) if !all_count => continue,
            (kind, _) => kind,
        };
        met.extend(reports(feature).map(|report| meeting(report, kind)));
    }
    met.sort_unstable();
    let same_report = met.chunk_by(|a, b| reported(*a) == reported(*b));
    same_report
        .filter_map(|met| {
            let count = |kind| met.iter().filter(|m| kind_of(**m) == kind as u32).count();
            let other = reported(*met.first()?);
            // Most have a few words in common; what is kept of them need not be looked up.
            if met.len() < NEIGHBOURS_OF_MANY && count(Kind::Neighbours) == met.len() {
                return None;
            }
            is_candidate(&one.kept, kept(other)?, count).then_some(other)
        })
        .collect()
}

/// A report and how it was met, so that sorting brings together what is of one report.
fn meeting(report: u32, kind: Kind) -> u32 {
    const { assert!(MOST_REPORTS <= 1 << (32 - KIND_BITS)) };
    report << KIND_BITS | kind as u32
}

const KIND_BITS: u32 = 2;

fn reported(meeting: u32) -> usize {
    (meeting >> KIND_BITS) as usize
}

fn kind_of(meeting: u32) -> u32 {
    meeting & ((1 << KIND_BITS) - 1)
}

/// How two reports met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shingle,
    /// A shingle that many reports have.
    Common,
    Neighbours,
    Version,
}

fn is_candidate(a: &Kept, b: &Kept, count: impl Fn(Kind) -> usize) -> bool {
    if count(Kind::Version) > 0 {
        return true;
    }
    let (shingles, common) = (count(Kind::Shingle), count(Kind::Common));
    let fewer = usize::from(a.shingles.min(b.shingles)).max(1);
    let share = (shingles + common) as f64 / fewer as f64;
    if share >= SAME_PUBLISHER_SHARE {
        return true;
    }
    if a.publisher != 0 && a.publisher == b.publisher {
        return false;
    }
    let left = left_out(a.neighbours).max(left_out(b.neighbours));
    let least = if left == 0 {
        NEIGHBOURS
    } else {
        NEIGHBOURS_OF_MANY
    };
    let fewer = usize::from(a.neighbours.min(b.neighbours) >> left).max(1);
    let neighbours = count(Kind::Neighbours);
    shingles > 0 || neighbours >= least && neighbours as f64 >= NEIGHBOUR_SHARE * fewer as f64
}

/// Of each feature that more than [`FIRST`] reports of a collection have, the last of the first, in order of ids:
/// for a collection that is too large for one [`Index`], and is cut into blocks by ids. [`Features::each`] names
/// features.
#[derive(Clone, Debug, Default)]
pub struct LastOfFirst(HashMap<u64, ReportId, FixedState>);

impl FromIterator<(u64, ReportId)> for LastOfFirst {
    fn from_iter<I: IntoIterator<Item = (u64, ReportId)>>(all: I) -> LastOfFirst {
        LastOfFirst(all.into_iter().collect())
    }
}

impl LastOfFirst {
    /// The pairs worth comparing of one report of each of two blocks, in their places there: the same that an
    /// [`Index`] of the whole collection gives, which takes the reports in order of their ids. All ids of `earlier`
    /// come before those of `later`, and each block is in order.
    pub fn between(
        &self,
        earlier: &[(ReportId, Features)],
        later: &[(ReportId, Features)],
    ) -> Vec<(usize, usize)> {
        let mut index = Index::default();
        for (id, features) in earlier {
            index.add_first(features, |feature| !self.is_after(id, feature));
        }
        let found = later.iter().enumerate().flat_map(|(at, (id, features))| {
            let found = index.find(features, |feature| self.is_after(id, feature));
            found.into_iter().map(move |other| (other, at))
        });
        found.collect()
    }

    /// The same of two reports of one block, the earlier first.
    pub fn within(&self, block: &[(ReportId, Features)]) -> Vec<(usize, usize)> {
        let mut index = Index::default();
        let mut pairs = vec![];
        for (at, (id, features)) in block.iter().enumerate() {
            let found = index.find(features, |feature| self.is_after(id, feature));
            pairs.extend(found.into_iter().map(|other| (other, at)));
            index.add_first(features, |feature| !self.is_after(id, feature));
        }
        pairs
    }

    /// Does it stand after the first that have this feature?
    fn is_after(&self, id: &ReportId, feature: u64) -> bool {
        self.0.get(&feature).is_some_and(|last| id > last)
    }
}
