//! Which pairs are worth comparing: an index over hashed features of every report.
//!
//! Whether a pair is a candidate depends on the two reports alone, never on what else was read, so
//! reading in another order or in other batches finds the same pairs.

use crate::align::RUN;
use crate::direction::name_key;
use crate::words::{Words, hash, mix, shingles};
use rapporteur_model::{Report, page_address};

/// How many words a shingle has.
const SHINGLE: usize = 7;
/// Of so many shingles in a row at least one is kept, so every run of `SHINGLE + WINDOW - 1` words
/// that two reports share is found (Schleimer, Wilkerson and Aiken's winnowing).
const WINDOW: usize = 2;
const _: () = assert!(SHINGLE + WINDOW - 1 == RUN);
/// So many pairs of neighbouring content words must be shared for two reports that share no run of
/// words to be compared, and so large a part of the smaller report's.
const NEIGHBOURS: u16 = 8;
const NEIGHBOUR_SHARE: f64 = 0.12;
/// Two reports of one publisher share its standing paragraphs; they are compared only where they
/// share so large a part of the smaller one's kept shingles.
const SAME_PUBLISHER_SHARE: f64 = 0.15;

/// What the index knows of a report. Hashes keep 32 bits: a false meeting costs a comparison and
/// changes no result.
pub(crate) struct Features {
    /// Kept shingles, sorted.
    shingles: Vec<u32>,
    /// Pairs of neighbouring content words, sorted.
    neighbours: Vec<u32>,
    /// The address, and the publisher with the headline: two versions of one report.
    versions: Vec<u32>,
    publisher: Option<u64>,
}

impl Features {
    pub(crate) fn of(report: &Report, words: &Words) -> Features {
        let masthead = report.masthead();
        let publisher = masthead.publisher.as_deref().map(|p| hash(&name_key(p)));
        let title = masthead.title.as_deref().map(|t| hash(&name_key(t)));
        let versions = [
            masthead
                .url
                .as_deref()
                .and_then(page_address)
                .map(|a| hash(&a)),
            publisher.zip(title).map(|(p, t)| mix(p ^ mix(t))),
        ];
        Features {
            shingles: winnow(words),
            neighbours: neighbours(words),
            versions: versions.into_iter().flatten().map(|h| h as u32).collect(),
            publisher,
        }
    }
}

fn winnow(words: &Words) -> Vec<u32> {
    let all = shingles(&words.words, SHINGLE);
    let windows = all.windows(WINDOW.min(all.len()).max(1));
    sorted(windows.filter_map(|window| window.iter().min()).copied())
}

fn neighbours(words: &Words) -> Vec<u32> {
    let mut pairs = Vec::new();
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
    sorted(pairs.into_iter())
}

fn sorted(hashes: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut kept: Vec<u32> = hashes.map(|hash| hash as u32).collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// For every feature, which reports have it.
pub(crate) struct Index {
    shingles: Vec<(u32, u32)>,
    neighbours: Vec<(u32, u32)>,
    versions: Vec<(u32, u32)>,
}

impl Index {
    pub(crate) fn over(reports: &[Features]) -> Index {
        let sorted = |of: fn(&Features) -> &Vec<u32>| {
            let mut entries: Vec<(u32, u32)> = (reports.iter().enumerate())
                .flat_map(|(at, report)| of(report).iter().map(move |f| (*f, at as u32)))
                .collect();
            entries.sort_unstable();
            entries
        };
        Index {
            shingles: sorted(|f| &f.shingles),
            neighbours: sorted(|f| &f.neighbours),
            versions: sorted(|f| &f.versions),
        }
    }

    /// The reports before report `at` that are worth comparing with it, in order. `counts` is
    /// scratch space that holds zeros for every report, before and after.
    pub(crate) fn candidates(
        &self,
        reports: &[Features],
        at: usize,
        counts: &mut [[u16; 3]],
    ) -> Vec<usize> {
        let one = &reports[at];
        let features = [&one.shingles, &one.neighbours, &one.versions];
        let entries = [&self.shingles, &self.neighbours, &self.versions];
        let mut met: Vec<usize> = Vec::new();
        for (kind, (features, entries)) in features.into_iter().zip(entries).enumerate() {
            for feature in features {
                let start = entries.partition_point(|(f, _)| f < feature);
                let same = entries[start..].iter().take_while(|(f, _)| f == feature);
                for other in same
                    .map(|(_, other)| *other as usize)
                    .take_while(|o| *o < at)
                {
                    if counts[other] == [0; 3] {
                        met.push(other);
                    }
                    counts[other][kind] = counts[other][kind].saturating_add(1);
                }
            }
        }
        met.sort_unstable();
        met.retain(|other| {
            let counts = std::mem::take(&mut counts[*other]);
            is_candidate(one, &reports[*other], &counts)
        });
        met
    }
}

fn is_candidate(a: &Features, b: &Features, shared: &[u16; 3]) -> bool {
    let [shingles, neighbours, versions] = *shared;
    let part = |shared: u16, a: &[u32], b: &[u32]| {
        f64::from(shared) / (a.len().min(b.len()).max(1) as f64)
    };
    if versions > 0 {
        return true;
    }
    if a.publisher.is_some() && a.publisher == b.publisher {
        return part(shingles, &a.shingles, &b.shingles) >= SAME_PUBLISHER_SHARE;
    }
    shingles > 0
        || neighbours >= NEIGHBOURS
            && part(neighbours, &a.neighbours, &b.neighbours) >= NEIGHBOUR_SHARE
}
