//! Which claims of two reports are worth comparing: those that stand under one key.

use crate::facts::Facts;

/// What more claims have does not tell one statement from another.
pub(crate) const COMMON: u32 = 60;

/// Claims by the keys under which they are looked up. It takes a few bytes a claim and key, and gives
/// the pairs of one claim at a time: all of a large record's would not fit in memory.
pub(crate) struct Blocks {
    /// Claims, those of one key together, in order.
    members: Vec<u32>,
    /// Each claim with where those of one of its keys stand that come after it, in order of the claims.
    after: Vec<(u32, Run)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    from: u32,
    to: u32,
}

impl Blocks {
    /// Of keys, each with the number of a claim that stands under it. Keys of more than [`COMMON`] claims
    /// lead nowhere.
    pub(crate) fn of<K: Ord>(mut keys: Vec<(K, u32)>) -> Blocks {
        keys.sort_unstable();
        keys.dedup();
        let mut blocks = Blocks {
            members: vec![],
            after: vec![],
        };
        for block in keys.chunk_by(|a, b| a.0 == b.0) {
            if block.len() > COMMON as usize {
                continue;
            }
            let start = blocks.members.len();
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let to = place(start + block.len());
            for (at, (_, claim)) in block.iter().enumerate() {
                let from = place(start + at + 1);
                blocks.members.push(*claim);
                if from < to {
                    blocks.after.push((*claim, Run { from, to }));
                }
            }
        }
        blocks.after.sort_unstable();
        blocks
    }

    fn add_after(&self, facts: &Facts<'_>, claim: usize, found: &mut Vec<usize>) {
        let first = self.after.partition_point(|(c, _)| (*c as usize) < claim);
        let own = self.after.get(first..).unwrap_or_default();
        let fact = facts.get(claim);
        for (_, run) in own.iter().take_while(|(c, _)| *c as usize == claim) {
            let others = self.members.get(run.from as usize..run.to as usize);
            let others = others
                .unwrap_or_default()
                .iter()
                .map(|other| *other as usize);
            found.extend(others.filter(|other| !facts.get(*other).same_report(fact)));
        }
    }
}

/// The claims of other reports that come after a claim and share a key with it in one of the blocks, each
/// once, in order.
pub(crate) fn after(facts: &Facts<'_>, claim: usize, blocks: &[&Blocks], found: &mut Vec<usize>) {
    found.clear();
    for blocks in blocks {
        blocks.add_after(facts, claim, found);
    }
    found.sort_unstable();
    found.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{report, state};

    #[test]
    fn claims_of_two_reports_stand_under_one_key() {
        let told = |publisher: &str| {
            let text = "Rain fell on Velka. The mill burned.";
            let said = |words| move |s: crate::testing::Sketch| s.claim(words, |_, _| {});
            let first = said("Rain fell on Velka")(report(publisher, "2031-03-01", text));
            said("The mill burned")(first)
        };
        let state = state(&[told("North Wire"), told("Daily Echo")]);
        let facts = Facts::of(&state);
        // Two claims each: 0 and 1 are of one report, 2 and 3 of the other.
        assert_eq!(facts.list.len(), 4);
        let check = |keys: &[(&str, u32)], pairs: &[(usize, usize)]| {
            let blocks = Blocks::of(keys.to_vec());
            let mut found = vec![];
            for claim in 0..facts.list.len() {
                let mut others = vec![];
                after(&facts, claim, &[&blocks], &mut others);
                found.extend(others.into_iter().map(|other| (claim, other)));
            }
            found.sort();
            assert_eq!(found, pairs);
        };
        check(&[("rain", 0), ("rain", 2), ("rain", 0)], &[(0, 2)]);
        check(&[("rain", 0), ("mill", 1), ("rain", 1)], &[]);
        check(&[("b", 3), ("b", 0), ("a", 0), ("a", 2)], &[(0, 2), (0, 3)]);
        check(&[("a", 1), ("a", 2), ("b", 2), ("b", 1)], &[(1, 2)]);
        let common: Vec<(&str, u32)> = (0..=COMMON).map(|n| ("a", n)).collect();
        check(&common, &[]);
        check(&[], &[]);
    }
}
