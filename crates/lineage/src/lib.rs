//! Reports to derivations: who copied whom.
//!
//! [`trace`] finds every pair of reports of which one came from the other, or both from a third:
//! reprints, rewrites, later versions by the same publisher, and reports that share only what
//! others said. Independent reports of one event, with the same facts in words of their own, are
//! none of these. What is found of a pair depends on the two reports alone.
//!
//! ```
//! use rapporteur_lineage::trace;
//! use rapporteur_model::{DerivationKind, Masthead, Report};
//!
//! let report = |publisher: &str, body: &str| {
//!     let publisher = Some(publisher.to_string());
//!     Report::new(Masthead { publisher, ..Masthead::default() }, body.to_string(), vec![])
//! };
//! let wire = report("North Wire", "The army took Velka, the defence ministry said on Saturday.");
//! let echo = report(
//!     "Daily Echo",
//!     "(North Wire) The army took Velka, the defence ministry said on Saturday.",
//! );
//! let found = trace(&[&wire], &[&echo]);
//! assert_eq!(found[0].kind, DerivationKind::Reprint);
//! assert_eq!(&found[0].from, wire.id());
//! assert!(found[0].directed);
//! ```

mod align;
mod candidates;
mod direction;
mod earlier;
mod kind;
mod postings;
mod stories;
mod words;

pub use candidates::{FEATURES_VERSION, FIRST, Features, Index, LastOfFirst};
pub use earlier::Earlier;
pub use stories::stories;

use direction::{First, direction};
use rapporteur_model::{Derivation, Report};
use std::collections::HashMap;
use words::Words;

/// All pairs of reports, at least one of them new, of which one came from the other, sorted by
/// `from`, `to`. A report that occurs twice counts once. Reading the same reports in another order
/// or in other batches finds, all in all, the same.
pub fn trace(earlier: &[&Report], new: &[&Report]) -> Vec<Derivation> {
    let (reports, first_new) = each_once(earlier, new);
    let mut index = Index::default();
    for report in &reports[..first_new] {
        index.add(report);
    }
    let mut found = Vec::new();
    for report in &reports[first_new..] {
        let words = Words::scan(report);
        let candidates = index.add_words(report, &words);
        if candidates.is_empty() {
            continue;
        }
        let words = words.complete();
        for other in candidates
            .into_iter()
            .filter_map(|other| reports.get(other))
        {
            let other_words = Words::of(other);
            found.extend(compare_words((report, &words), (other, &other_words)));
        }
    }
    in_order(found)
}

/// The same where of the earlier reports only the features are at hand ([`Earlier`]), and of the new ones the features,
/// too. `get` gives the earlier report of a key, and is asked for few. `None` from it: that one is passed over.
pub fn trace_after(
    earlier: &Earlier,
    new: &[(&Report, Features)],
    mut get: impl FnMut(i64) -> Option<Report>,
) -> Vec<Derivation> {
    let earlier = earlier.in_order();
    let mut fresh: Vec<&(&Report, Features)> = new.iter().collect();
    fresh.sort_by(|a, b| a.0.id().cmp(b.0.id()));
    fresh.dedup_by(|a, b| a.0.id() == b.0.id());
    fresh.retain(|(report, _)| !earlier.has(&report.id().0));
    let mut index = Index::default();
    let mut at_hand = AtHand::default();
    let mut found = Vec::new();
    for (report, features) in &fresh {
        let candidates = index.add_and_find_after(&earlier, features);
        if candidates.is_empty() {
            continue;
        }
        let words = Words::of(report);
        for other in candidates {
            let other = match other.checked_sub(earlier.len()) {
                None => earlier
                    .key(other)
                    .and_then(|key| at_hand.get(key, &mut get)),
                Some(other) => fresh.get(other).map(|(report, _)| *report),
            };
            if let Some(other) = other {
                found.extend(compare_words((report, &words), (other, &Words::of(other))));
            }
        }
    }
    in_order(found)
}

/// Earlier reports that were asked for: what one new report is compared with, others often are.
#[derive(Default)]
struct AtHand {
    reports: HashMap<i64, Option<Report>>,
    /// Of their texts.
    bytes: usize,
}

impl AtHand {
    /// Bytes of text, at most, before it begins anew: about what a step of new reports has itself.
    const ROOM: usize = 16 << 20;

    fn get(&mut self, key: i64, get: impl FnOnce(i64) -> Option<Report>) -> Option<&Report> {
        if self.bytes > AtHand::ROOM {
            *self = AtHand::default();
        }
        let one = self.reports.entry(key).or_insert_with(|| {
            let report = get(key);
            self.bytes += report.as_ref().map_or(0, |report| report.body().len());
            report
        });
        one.as_ref()
    }
}

/// Derivations as they are given out.
fn in_order(mut found: Vec<Derivation>) -> Vec<Derivation> {
    found.sort_by(|x, y| (&x.from, &x.to).cmp(&(&y.from, &y.to)));
    found
}

/// How one of two reports came from the other; `None`: it did not, as far as the words show.
pub fn compare(a: &Report, b: &Report) -> Option<Derivation> {
    compare_words((a, &Words::of(a)), (b, &Words::of(b)))
}

fn compare_words(a: (&Report, &Words), b: (&Report, &Words)) -> Option<Derivation> {
    let (a, b) = if a.0.id() <= b.0.id() { (a, b) } else { (b, a) };
    if a.0.id() == b.0.id() {
        return None;
    }
    match direction(a.0, b.0) {
        Some((First::A, why)) => kind::judge(a, b, Some(why)),
        Some((First::B, why)) => kind::judge(b, a, Some(why)),
        None => kind::judge(a, b, None),
    }
}

/// All reports, each once, those already known first; and where the new ones begin.
fn each_once<'r>(earlier: &[&'r Report], new: &[&'r Report]) -> (Vec<&'r Report>, usize) {
    let mut reports = sorted(earlier);
    let mut fresh = sorted(new);
    fresh.retain(|r| reports.binary_search_by(|e| e.id().cmp(r.id())).is_err());
    let first_new = reports.len();
    reports.extend(fresh);
    (reports, first_new)
}

/// Each once, in order of their ids.
fn sorted<'r>(reports: &[&'r Report]) -> Vec<&'r Report> {
    let mut reports = reports.to_vec();
    reports.sort_by(|a, b| a.id().cmp(b.id()));
    reports.dedup_by(|a, b| a.id() == b.id());
    reports
}
