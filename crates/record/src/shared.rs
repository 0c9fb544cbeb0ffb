//! What two statements share closely: words that two reports use of few things, and that stand near
//! one another in both.
//!
//! Clauses are told in so many ways that the share of a clause's words says little. What says much is
//! how rarely two reports use a word: three that each uses once or twice, within a dozen words, are
//! hardly chance. How rare a word is, is asked of the two reports, so that the name of what a whole story is
//! about counts for little in it.

use crate::facts::{Fact, Facts, in_both};
use crate::words::{TABLES, with_places};
use rapporteur_model::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How often each stem stands in what each report claims.
pub(crate) struct Usage {
    /// By [`Fact::told_in`].
    of_report: Vec<OfReport>,
    /// Words that frame what is said.
    framing: BTreeSet<u32>,
    claims: f64,
}

#[derive(Default)]
struct OfReport {
    sentences: f64,
    /// Stems in order, with in how many sentences each stands.
    counts: Vec<(u32, u32)>,
}

impl OfReport {
    fn count(&self, stem: u32) -> f64 {
        let at = self.counts.binary_search_by_key(&stem, |(stem, _)| *stem);
        at.ok()
            .and_then(|at| self.counts.get(at))
            .map_or(1.0, |(_, count)| f64::from(*count))
    }
}

/// A statement's stems in the order of its words, each with where it stands in the report's text.
pub(crate) struct Line {
    stems: Vec<(Span, u32)>,
    /// The stems of names in it, and of words that frame it.
    slight: BTreeSet<u32>,
}

/// What each stem says that two claims share, and how much all together must say.
pub(crate) struct Weights {
    of: BTreeMap<u32, f64>,
    enough: f64,
}

/// What two statements share, with how much it says, and where it stands in each.
pub(crate) struct Shared {
    pub(crate) score: f64,
    pub(crate) spans: (Span, Span),
}

// The numbers below were set by reading what was found in news articles, so that four of five say the same
// (scores/record.txt).

/// Words so near to one another tell of one thing: this many with content of their own.
const WINDOW: usize = 14;

/// So many words must be shared, all but one of which say something themselves.
const LEAST: usize = 4;

/// How much more two statements must share than some pair of their reports' sentences would by chance.
const ENOUGH: f64 = 4.1;

/// Of the shorter of two statements, so much must stand in the other: what is left of a long one may be
/// about anything.
const HELD: f64 = 0.14;

/// So many words in a row are no term.
const TERM: usize = 6;

impl Usage {
    pub(crate) fn of(facts: &Facts<'_>) -> Usage {
        let mut of_report: Vec<OfReport> = vec![];
        // What is of one report stands together.
        for claims in facts.list.chunk_by(|a, b| a.same_report(b)) {
            // Several claims may stand on the same words: a stem counts once a sentence.
            let mut by_sentence: BTreeMap<Span, BTreeSet<u32>> = BTreeMap::new();
            for claim in claims {
                let of = by_sentence.entry(claim.state.claim.sentence()).or_default();
                of.extend(claim.stems.iter().copied());
            }
            let sentences = by_sentence.len();
            let mut stems: Vec<u32> = by_sentence.into_values().flatten().collect();
            stems.sort_unstable();
            let runs = stems.chunk_by(|a, b| a == b);
            let count = |run: &[u32]| Some((*run.first()?, u32::try_from(run.len()).ok()?));
            let of = OfReport {
                sentences: sentences as f64,
                counts: runs.filter_map(count).collect(),
            };
            of_report.push(of);
        }
        let framing = TABLES.framing.iter().filter_map(|w| facts.stem_of(w));
        Usage {
            of_report,
            framing: framing.collect(),
            claims: facts.list.len().max(1) as f64,
        }
    }

    pub(crate) fn line(&self, facts: &Facts<'_>, fact: &Fact<'_>) -> Line {
        let start = fact.span().start;
        let words = with_places(fact.exact()).into_iter();
        let stems: Vec<(Span, u32)> = words
            .filter_map(|(span, word)| {
                let stem = facts.stem_of(&word)?;
                Some((Span::new(start + span.start, start + span.end), stem))
            })
            .collect();
        let mut slight = facts.names_in(fact);
        slight.extend(
            stems
                .iter()
                .map(|(_, s)| *s)
                .filter(|s| self.framing.contains(s)),
        );
        Line { stems, slight }
    }

    /// What a stem says that stands in a claim of each of two reports: how rarely they use it, and,
    /// as far as they are short, how rarely all do.
    fn weight(&self, facts: &Facts<'_>, pair: (&OfReport, &OfReport), stem: u32) -> f64 {
        // As if so many sentences more had been read with the two reports': what all use weighs as much.
        const OTHERS: f64 = 40.0;
        let (one, other) = pair;
        // A record of a few reports does not tell how rare its rarest words are.
        const RAREST: f64 = 0.012;
        let everywhere = (f64::from(facts.claims_with(stem)) / self.claims).max(RAREST);
        let here = one.count(stem) + other.count(stem) + OTHERS * everywhere;
        let all = one.sentences + other.sentences + OTHERS;
        (all / here).ln().max(0.0)
    }

    /// What each stem says that two claims of different reports share; `None` where all together say
    /// too little, wherever they stand.
    pub(crate) fn weights(&self, facts: &Facts<'_>, x: &Fact<'_>, y: &Fact<'_>) -> Option<Weights> {
        let both: Vec<u32> = in_both(&x.stems, &y.stems).collect();
        if both.len() < LEAST {
            return None;
        }
        let of = |fact: &Fact<'_>| self.of_report.get(fact.told_in);
        let pair = (of(x)?, of(y)?);
        // Of as many pairs of sentences, one shares words that are rare as one in so many.
        let enough = ENOUGH + (pair.0.sentences * pair.1.sentences).max(1.0).ln();
        let of: BTreeMap<u32, f64> = (both.into_iter())
            .map(|stem| (stem, self.weight(facts, pair, stem)))
            .collect();
        let all = of.values().sum::<f64>() >= enough;
        (all && facts.overlap(&x.stems, &y.stems).contained >= HELD)
            .then_some(Weights { of, enough })
    }

    /// What two claims share, where it is enough to say that they tell the same in part.
    pub(crate) fn shared(weights: Weights, p: &Line, q: &Line) -> Option<Shared> {
        let (mut weights, enough) = (weights.of, weights.enough);
        let slight = |stem: &u32| p.slight.contains(stem) || q.slight.contains(stem);
        for (_, weight) in weights.iter_mut().filter(|(stem, _)| slight(stem)) {
            *weight /= 2.0;
        }
        let places = |line: &Line| -> Vec<(usize, Span, u32)> {
            let all = line.stems.iter().enumerate();
            let found = all.filter(|(_, (_, stem))| weights.contains_key(stem));
            found.map(|(at, (span, stem))| (at, *span, *stem)).collect()
        };
        let (a, b) = (places(p), places(q));
        let mut best: Option<Shared> = None;
        for one in windows(&a) {
            for other in windows(&b) {
                let common: BTreeSet<u32> = (one.iter().map(|(.., s)| *s))
                    .filter(|s| other.iter().any(|(.., o)| o == s))
                    .collect();
                let plain = common.iter().filter(|s| !slight(s)).count();
                if common.len() < LEAST || plain + 1 < LEAST {
                    continue;
                }
                let score = said(one, other, &weights);
                if score >= enough && best.as_ref().is_none_or(|b| b.score < score) {
                    let spans = (over(one, &common)?, over(other, &common)?);
                    best = Some(Shared { score, spans });
                }
            }
        }
        best
    }
}

/// The runs of shared words that lie within one window each: one from each word on, without those
/// that lie within the one before.
fn windows(places: &[(usize, Span, u32)]) -> impl Iterator<Item = &[(usize, Span, u32)]> {
    let mut reached = 0;
    (0..places.len()).filter_map(move |from| {
        let first = places[from].0;
        let end = places.partition_point(|(at, ..)| *at < first + WINDOW);
        let further = end > reached;
        reached = reached.max(end);
        further.then(|| &places[from..end])
    })
}

/// What the words of a window say that stand in another as well. Of a term of several words, each
/// after the first adds half: who says "air defence missile" twice says one thing.
fn said(
    one: &[(usize, Span, u32)],
    other: &[(usize, Span, u32)],
    weights: &BTreeMap<u32, f64>,
) -> f64 {
    let next = |a: u32, b: u32| {
        (other.windows(2)).any(|w| w[0].2 == a && w[1].2 == b && w[1].0 == w[0].0 + 1)
    };
    let mut counted: BTreeSet<u32> = BTreeSet::new();
    let mut runs: Vec<Vec<f64>> = vec![];
    let mut last: Option<(usize, u32)> = None;
    for (at, _, stem) in one {
        if !other.iter().any(|(.., o)| o == stem) || !counted.insert(*stem) {
            continue;
        }
        let weight = weights.get(stem).copied().unwrap_or_default();
        let goes_on = last.is_some_and(|(before, s)| before + 1 == *at && next(s, *stem));
        match runs.last_mut() {
            Some(run) if goes_on => run.push(weight),
            _ => runs.push(vec![weight]),
        }
        last = Some((*at, *stem));
    }
    let of_run = |run: &Vec<f64>| {
        let all: f64 = run.iter().sum();
        let most = run.iter().copied().fold(0.0, f64::max);
        if run.len() >= TERM {
            all
        } else {
            most + (all - most) / 2.0
        }
    };
    runs.iter().map(of_run).sum()
}

fn over(window: &[(usize, Span, u32)], common: &BTreeSet<u32>) -> Option<Span> {
    let mut found = window.iter().filter(|(.., s)| common.contains(s));
    let first = found.next()?.1;
    let last = found.next_back().map_or(first, |(_, span, _)| *span);
    Some(Span::new(first.start, last.end))
}
