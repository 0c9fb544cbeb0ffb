//! Which claims a later version of a report repeats, and which it no longer has.
//!
//! What stands in two versions of one report is said once: the later claim points to the earlier
//! one, and only that is compared and counted. What a later version no longer has keeps its place
//! in the record, marked with that version: it may have been withdrawn, changed or only left out,
//! and nothing here says which.

use crate::words::fold;
use crate::{ClaimState, State};
use rapporteur_model::{
    ClaimId, Derivation, DerivationKind, Polarity, Realis, ReportId, Subject, page_address,
};
use std::collections::{BTreeMap, BTreeSet};

/// A later text that only repeats so large a part of itself from one at least twice as long is an
/// excerpt, such as a feed's: what it leaves out is not taken back.
const EXCERPT: f64 = 0.95;
const EXCERPT_LENGTH: usize = 2;

/// Marks the claims of all versions.
pub(crate) fn mark(state: &mut State) {
    let found = Versions::of(state).found();
    for (id, repeated) in found.repeats {
        if let Some(claim) = state.claims.get_mut(&id) {
            claim.repeats = Some(repeated);
        }
    }
    for (id, version) in found.no_longer_in {
        if let Some(claim) = state.claims.get_mut(&id) {
            claim.no_longer_in = Some(version);
        }
    }
}

#[derive(Default)]
struct Found {
    repeats: BTreeMap<ClaimId, ClaimId>,
    no_longer_in: BTreeMap<ClaimId, ReportId>,
}

struct Versions<'s> {
    /// Versions of reports, the earlier before the later; where nothing tells, by id.
    order: Vec<&'s ReportId>,
    /// For each, the claims that it makes.
    texts: BTreeMap<&'s ReportId, Text<'s>>,
    /// The other versions of each, with whether they are known to be later and no excerpt.
    others: BTreeMap<&'s ReportId, Vec<(&'s ReportId, bool)>>,
}

/// The claims of one version.
#[derive(Default)]
struct Text<'s> {
    claims: BTreeMap<Key, &'s ClaimState>,
    /// The folded sentence of each.
    sentences: BTreeMap<Key, String>,
    all_sentences: BTreeSet<String>,
}

/// What a claim says and who says it, for telling whether another version has it too; with its
/// number among those that say the same.
type Key = (String, u8, Vec<String>, Polarity, Realis, usize);

impl<'s> Versions<'s> {
    fn of(state: &'s State) -> Versions<'s> {
        let versions: Vec<&Derivation> = (state.derivations.iter())
            .filter(|derivation| is_version(state, derivation))
            .collect();
        let mut others: BTreeMap<&ReportId, Vec<(&ReportId, bool)>> = BTreeMap::new();
        for derivation in &versions {
            let later = derivation.directed && !is_excerpt(state, derivation);
            let (from, to) = (&derivation.from, &derivation.to);
            others.entry(from).or_default().push((to, later));
            others.entry(to).or_default().push((from, false));
        }
        let mut texts: BTreeMap<&ReportId, Text<'_>> = BTreeMap::new();
        for claim in state.claims.values() {
            let report = claim.claim.evidence().report();
            if others.contains_key(report) {
                texts.entry(report).or_default().add(state, claim);
            }
        }
        Versions {
            order: in_order(&versions),
            texts,
            others,
        }
    }

    fn found(&self) -> Found {
        let mut found = Found::default();
        let places = self.order.iter().zip(0..);
        let places: BTreeMap<&ReportId, usize> = places.map(|(id, at)| (*id, at)).collect();
        for (at, report) in self.order.iter().enumerate() {
            let (Some(text), Some(others)) = (self.texts.get(report), self.others.get(report))
            else {
                continue;
            };
            let mut others: Vec<_> = (others.iter())
                .filter_map(|(id, later)| Some((*places.get(id)?, *id, *later)))
                .collect();
            others.sort();
            for (key, claim) in &text.claims {
                let id = claim.claim.id();
                let earlier = others.iter().filter(|(place, ..)| *place < at);
                let first = earlier
                    .filter_map(|(_, other, _)| self.texts.get(other)?.claims.get(key))
                    .map(|first| first.claim.id())
                    .next();
                if let Some(first) = first {
                    let first = found.repeats.get(first).unwrap_or(first).clone();
                    found.repeats.insert(id.clone(), first);
                }
                let later = others
                    .iter()
                    .filter(|(place, _, later)| *later && *place > at);
                let later: Vec<&ReportId> = later.map(|(_, id, _)| *id).collect();
                let lacking = later.iter().rev().take_while(|id| !self.has(id, text, key));
                if let Some(version) = lacking.last() {
                    found.no_longer_in.insert(id.clone(), (*version).clone());
                }
            }
        }
        found
    }

    /// Does a version still have a claim of another? Where its sentence stands unchanged and was
    /// only read otherwise, it has.
    fn has(&self, version: &ReportId, text: &Text<'_>, key: &Key) -> bool {
        let Some(there) = self.texts.get(version) else {
            return false;
        };
        let sentence = text.sentences.get(key);
        there.claims.contains_key(key)
            || sentence.is_some_and(|sentence| there.all_sentences.contains(sentence))
    }
}

impl<'s> Text<'s> {
    fn add(&mut self, state: &State, claim: &'s ClaimState) {
        let (evidence, what) = (claim.claim.evidence(), claim.claim.what());
        let kind = match what.subject {
            Subject::Statement => 0,
            Subject::Ground(_) => 1,
            Subject::Talks(_) => 2,
            Subject::Count => 3,
        };
        let sources = what.attribution.sources.iter().map(|source| {
            let mention = &source.mention;
            fold(mention.stands_for.as_ref().unwrap_or(&mention.name))
        });
        let mut key = (
            fold(evidence.exact()),
            kind,
            sources.collect(),
            what.factuality.polarity,
            what.factuality.realis,
            0,
        );
        while self.claims.contains_key(&key) {
            key.5 += 1;
        }
        let report = state.reports.get(evidence.report());
        let sentence = report.and_then(|r| r.report.slice(claim.claim.sentence()));
        if let Some(sentence) = sentence.map(fold) {
            self.all_sentences.insert(sentence.clone());
            self.sentences.insert(key.clone(), sentence);
        }
        self.claims.insert(key, claim);
    }
}

/// Is one a version of the other? A publisher's follow-up at an address of its own repeats much,
/// and is another report.
fn is_version(state: &State, derivation: &Derivation) -> bool {
    let address = |id| {
        let report = &state.reports.get(id)?.report;
        report.masthead().url.as_deref().and_then(page_address)
    };
    derivation.kind == DerivationKind::Revision
        && match (address(&derivation.from), address(&derivation.to)) {
            (Some(from), Some(to)) => from == to,
            _ => true,
        }
}

fn is_excerpt(state: &State, derivation: &Derivation) -> bool {
    let length = |id| (state.reports.get(id)).map_or(0, |report| report.report.body().len());
    derivation.share >= EXCERPT
        && length(&derivation.to).saturating_mul(EXCERPT_LENGTH) <= length(&derivation.from)
}

/// All versions, the earlier before the later, those of which nothing tells the order by id. A ring
/// (a record that was tampered with) is broken at its smallest id.
fn in_order<'s>(versions: &[&'s Derivation]) -> Vec<&'s ReportId> {
    let mut before: BTreeMap<&ReportId, usize> = BTreeMap::new();
    let mut after: BTreeMap<&ReportId, Vec<&ReportId>> = BTreeMap::new();
    for derivation in versions {
        for id in [&derivation.from, &derivation.to] {
            before.entry(id).or_default();
        }
        if derivation.directed {
            *before.entry(&derivation.to).or_default() += 1;
            after
                .entry(&derivation.from)
                .or_default()
                .push(&derivation.to);
        }
    }
    let free = before.iter().filter(|(_, count)| **count == 0);
    let mut ready: BTreeSet<&ReportId> = free.map(|(id, _)| *id).collect();
    let mut order = Vec::with_capacity(before.len());
    while let Some(next) = ready.pop_first().or_else(|| before.keys().next().copied()) {
        before.remove(next);
        order.push(next);
        for id in after.get(next).into_iter().flatten() {
            if let Some(count) = before.get_mut(id) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(id);
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Sketch, derived, report, state_with};
    use expect_test::{Expect, expect};
    use rapporteur_model::Action;

    /// A report of North Wire on a day, each sentence a claim.
    fn told(day: &str, text: &str) -> Sketch {
        let mut sketch = report("North Wire", day, text);
        for sentence in text.split_inclusive(". ") {
            sketch = sketch.claim(sentence.trim_end_matches(['.', ' ']), |_, what| {
                what.subject = Subject::Ground(Action::Taken);
            });
        }
        sketch
    }

    fn check(sketches: &[Sketch], copies: &[Derivation], expected: Expect) {
        let state = state_with(sketches, copies, &[]);
        let number = |id: &ReportId| sketches.iter().position(|s| s.id() == *id).unwrap();
        let mut out = String::new();
        for (at, sketch) in sketches.iter().enumerate() {
            for claim in &sketch.reading.claims {
                let claim = &state.claims[claim.id()];
                let repeats = claim.repeats.as_ref().map(|id| &state.claims[id]);
                let repeats = repeats.map(|c| number(c.claim.evidence().report()));
                let gone = claim.no_longer_in.as_ref().map(number);
                let words = claim.claim.evidence().exact();
                out += &format!("{at} {words}: repeats {repeats:?}, no longer in {gone:?}\n");
            }
        }
        expected.assert_eq(&out);
    }

    fn revised(from: &Sketch, to: &Sketch) -> Derivation {
        derived(from, to, DerivationKind::Revision, &["fell"])
    }

    #[test]
    fn what_stays_counts_once_and_what_goes_is_marked() {
        let all = [
            told("2031-03-01", "Velka fell. Ten died. Sarnow burns"),
            told("2031-03-02", "Velka fell. Six died"),
            told("2031-03-03", "Velka fell. Six died. Sarnow burns"),
        ];
        let copies = [
            revised(&all[0], &all[1]),
            revised(&all[0], &all[2]),
            revised(&all[1], &all[2]),
        ];
        check(
            &all,
            &copies,
            expect![[r#"
            0 Velka fell: repeats None, no longer in None
            0 Ten died: repeats None, no longer in Some(1)
            0 Sarnow burns: repeats None, no longer in None
            1 Velka fell: repeats Some(0), no longer in None
            1 Six died: repeats None, no longer in None
            2 Velka fell: repeats Some(0), no longer in None
            2 Six died: repeats Some(1), no longer in None
            2 Sarnow burns: repeats Some(0), no longer in None
        "#]],
        );
    }

    #[test]
    fn where_nothing_tells_the_order_nothing_is_gone() {
        let all = [
            told("", "Velka fell. Ten died"),
            told("", "Velka fell. Six died"),
        ];
        let mut copy = revised(&all[0], &all[1]);
        copy.directed = false;
        check(
            &all,
            &[copy],
            expect![[r#"
            0 Velka fell: repeats Some(1), no longer in None
            0 Ten died: repeats None, no longer in None
            1 Velka fell: repeats None, no longer in None
            1 Six died: repeats None, no longer in None
        "#]],
        );
    }

    #[test]
    fn an_excerpt_takes_nothing_back() {
        let all = [
            told("2031-03-01", "Velka fell. Ten people died. Sarnow burns"),
            told("2031-03-02", "Velka fell"),
        ];
        let mut copy = revised(&all[0], &all[1]);
        copy.share = 1.0;
        check(
            &all,
            &[copy],
            expect![[r#"
            0 Velka fell: repeats None, no longer in None
            0 Ten people died: repeats None, no longer in None
            0 Sarnow burns: repeats None, no longer in None
            1 Velka fell: repeats Some(0), no longer in None
        "#]],
        );
    }

    #[test]
    fn a_ring_of_versions_ends() {
        let all = [told("", "Velka fell. A"), told("", "Velka fell. B")];
        let ring = [revised(&all[0], &all[1]), revised(&all[1], &all[0])];
        let state = state_with(&all, &ring, &[]);
        assert!(state.claims.values().any(|claim| claim.repeats.is_none()));
    }
}
