//! What an alignment amounts to: a reprint, a rewrite, a shared quotation, a later version, nothing.

use crate::align::{Alignment, Passage, RUN, align};
use crate::direction::{
    Order, name_key, places_credited, same_page, same_publisher, shared_credits,
};
use crate::words::Words;
use rapporteur_model::{Derivation, DerivationKind, Report, Span};
use std::ops::Range;

/// A reprint has so large a part of its words, or of the other's, from shared passages.
const REPRINT: f64 = 0.55;
const REPRINT_WITHIN: f64 = 0.80;
/// Two reports of one publisher are versions of one report where they share so much.
const REVISION: f64 = 0.60;
/// With the same headline, so much.
const REVISION_SAME_TITLE: f64 = 0.20;
/// So many shared words outside quotation marks, in one passage or in all, are more than names,
/// titles and set phrases.
pub(crate) const OWN_PASSAGE: usize = 18;
const OWN_WORDS: usize = 40;
/// A passage that is copied, or a quotation, has so many words that are more than names, numbers
/// and function words: lists of delegates and offices are the same in everybody's report.
const PLAIN: usize = 3;
/// With so large a part of both a report is a reprint, even where most of it is a statement.
const ALL_BUT: f64 = 0.75;
/// A rewrite retells in order so many sentences, with content of so much weight, which is so large a
/// part of what either report has outside the passages that are the same.
const RETOLD_SENTENCES: usize = 3;
const RETOLD_WEIGHT: f64 = 8.0;
const RETOLD: f64 = 0.24;
/// Fewer sentences than these may follow one another by chance: for each so much more.
const SENTENCES: usize = 6;
const FEWER: f64 = 0.04;

/// How `to` came from `from`, if it did. `order` is what shows that `from` is the earlier. Where that
/// is only its day, and each has it from a third, neither is the other's source.
pub(crate) fn judge(
    from: (&Report, &Words),
    to: (&Report, &Words),
    order: Option<Order>,
) -> Option<Derivation> {
    let shared = align(from.1, to.1);
    if order.as_ref().is_some_and(|order| order.by_time) && have_a_third(from, to, &shared) {
        return match from.0.id() <= to.0.id() {
            true => judge(from, to, None),
            false => judge(to, from, None),
        };
    }
    let measure = Measure::of(&shared, from.1, to.1);
    let found = decide(from.0, to.0, &measure)?;
    let mut why = found.why;
    if let Some(order) = &order {
        why = format!("{why}; {}", order.why);
    }
    let credits = shared_credits(from.0.masthead(), to.0.masthead());
    if !credits.is_empty() {
        why = format!("{why}; both credit {}", credits.join(", "));
    }
    let share = if found.retold {
        measure.share
    } else {
        measure.part_of_to
    };
    Some(Derivation {
        from: from.0.id().clone(),
        to: to.0.id().clone(),
        kind: found.kind,
        directed: order.is_some(),
        share: (share * 1000.0).round() / 1000.0,
        passages: spans(&shared, found.retold, from.1, to.1),
        why,
    })
}

/// Do both credit the same agency or outlet, each in words of its own? A credit that stands in what
/// they share came with it from the one to the other.
fn have_a_third(from: (&Report, &Words), to: (&Report, &Words), shared: &Alignment) -> bool {
    let has_own = |(report, words): (&Report, &Words), credit: &str, is_from: bool| {
        let Some(places) = places_credited(report, credit) else {
            return true;
        };
        let in_words = |range: Range<usize>, at: usize| words.span(range).range().contains(&at);
        let is_shared = |at: usize| {
            let passages = shared.passages.iter();
            let mut passages = passages.map(|p| if is_from { &p.a } else { &p.b });
            let retold = shared.retold.iter();
            let mut retold = retold.map(|r| if is_from { r.a } else { r.b });
            passages.any(|range| in_words(range.clone(), at))
                || retold.any(|sentence| in_words(words.sentences[sentence].words.clone(), at))
        };
        !places.iter().any(|at| is_shared(*at))
    };
    (shared_credits(from.0.masthead(), to.0.masthead()).iter())
        .any(|credit| has_own(from, credit, true) && has_own(to, credit, false))
}

/// What was decided.
struct Found {
    kind: DerivationKind,
    /// Do the retold sentences belong to it, or only the passages?
    retold: bool,
    why: String,
}

/// The figures that decide.
struct Measure {
    /// Words in shared passages that are the same: all, and those outside quotation marks.
    same: usize,
    own: usize,
    /// The most in one passage: of those outside, and of those inside.
    own_passage: usize,
    quoted_passage: usize,
    passages: usize,
    /// The same words as a part of all words of `to`, and of `from`.
    part_of_to: f64,
    part_of_from: f64,
    /// Retold sentences, their words in `to`, and what their shared content weighs.
    retold: usize,
    retold_words: usize,
    retold_weight: f64,
    /// Names and numbers that the retold sentences share.
    marked: usize,
    /// That weight as a part of what stands outside the passages, in `to` or `from`.
    told: f64,
    /// What part of `to`'s words stands in passages or retold sentences, of which counts the part of
    /// the content that is shared.
    share: f64,
}

impl Measure {
    fn of(shared: &Alignment, from: &Words, to: &Words) -> Measure {
        let same: usize = shared.passages.iter().map(|p| p.same).sum();
        let quoted: usize = shared.passages.iter().map(|p| p.quoted).sum();
        let words = to.words.len().max(1) as f64;
        let (mut retold_words, mut part) = (0, same as f64);
        for retold in &shared.retold {
            let words = to.sentences[retold.b].words.len();
            retold_words += words;
            part += words as f64 * retold.part_of_b;
        }
        let retold_weight: f64 = shared.retold.iter().map(|r| r.weight).sum();
        let free = shared.free_of_a.min(shared.free_of_b);
        Measure {
            same,
            own: same - quoted,
            own_passage: longest(&shared.passages, |p| p.same - p.quoted),
            quoted_passage: longest(&shared.passages, |p| p.quoted),
            passages: shared.passages.len(),
            part_of_to: same as f64 / words,
            part_of_from: covered_in_from(&shared.passages, from) as f64
                / from.words.len().max(1) as f64,
            retold: shared.retold.len(),
            retold_words,
            retold_weight,
            marked: shared.retold.iter().map(|r| r.marked).sum(),
            told: if free > 0.0 {
                retold_weight / free
            } else {
                0.0
            },
            share: (part / words).min(1.0),
        }
    }
}

fn longest(passages: &[Passage], words: fn(&Passage) -> usize) -> usize {
    let telling = passages.iter().filter(|p| p.plain >= PLAIN);
    telling.map(words).max().unwrap_or(0)
}

/// A passage of `from` may serve for several of `to`; here each of its words counts once.
fn covered_in_from(passages: &[Passage], from: &Words) -> usize {
    let mut covered = vec![false; from.words.len()];
    for word in passages.iter().flat_map(|p| p.a.clone()) {
        if let Some(word) = covered.get_mut(word) {
            *word = true;
        }
    }
    covered.iter().filter(|c| **c).count()
}

fn decide(from: &Report, to: &Report, m: &Measure) -> Option<Found> {
    // One page is one publisher's, whatever name a version of it was read under.
    if same_page(from.masthead(), to.masthead()) || same_publisher(from.masthead(), to.masthead()) {
        revision(from, to, m)
    } else {
        reprint(m)
            .or_else(|| rewrite(m))
            .or_else(|| part(m))
            .or_else(|| quotation(m))
    }
}

fn revision(from: &Report, to: &Report, m: &Measure) -> Option<Found> {
    let title = |r: &Report| r.masthead().title.as_deref().map(name_key);
    let same_page = same_page(from.masthead(), to.masthead());
    let same_title = title(from).is_some_and(|t| !t.is_empty()) && title(from) == title(to);
    let overlap = m.part_of_to.max(m.part_of_from);
    let is_version = same_page
        || overlap >= REVISION
        || same_title && m.share.max(overlap) >= REVISION_SAME_TITLE;
    let of = match (same_page, same_title) {
        (true, _) => "same address",
        (_, true) => "same publisher and headline",
        _ => "same publisher",
    };
    is_version.then(|| Found {
        kind: DerivationKind::Revision,
        retold: true,
        why: match m.part_of_to >= m.part_of_from {
            true => format!("{of}, {} of its words the same", percent(m.part_of_to)),
            false => format!(
                "{of}, {} of the other's words stand in it",
                percent(m.part_of_from)
            ),
        },
    })
}

fn reprint(m: &Measure) -> Option<Found> {
    let of_its = m.part_of_to >= REPRINT;
    let within = m.part_of_from >= REPRINT_WITHIN;
    let why = match (of_its, within) {
        (true, _) => format!(
            "{} of its words stand in the other, in {}",
            percent(m.part_of_to),
            passages(m.passages)
        ),
        (_, true) => format!(
            "{} of the other's words stand in it, in {}",
            percent(m.part_of_from),
            passages(m.passages)
        ),
        _ => return None,
    };
    let own_words = m.own_passage >= OWN_PASSAGE
        || m.own * 2 >= m.same
        || m.part_of_to.min(m.part_of_from) >= ALL_BUT;
    own_words.then_some(Found {
        kind: DerivationKind::Reprint,
        retold: false,
        why,
    })
}

fn rewrite(m: &Measure) -> Option<Found> {
    let fewer = SENTENCES.saturating_sub(m.retold) as f64;
    let is_rewrite = m.retold >= RETOLD_SENTENCES
        && m.retold_weight >= RETOLD_WEIGHT
        && m.told >= RETOLD + FEWER * fewer
        && m.retold_words >= m.own;
    is_rewrite.then(|| Found {
        kind: DerivationKind::Rewrite,
        retold: true,
        why: format!(
            "{} of its sentences retell the other's in the same order, with {} names and numbers; \
             {} words are the same",
            m.retold, m.marked, m.same
        ),
    })
}

/// Some passages taken over in a report of its own.
fn part(m: &Measure) -> Option<Found> {
    let is_part = m.own_passage >= OWN_PASSAGE || m.own_passage >= RUN && m.own >= OWN_WORDS;
    is_part.then(|| Found {
        kind: DerivationKind::Reprint,
        retold: false,
        why: format!("{} words in {} are the same", m.same, passages(m.passages)),
    })
}

fn quotation(m: &Measure) -> Option<Found> {
    let quoted = m.same - m.own;
    (m.quoted_passage >= RUN && quoted >= m.own).then(|| Found {
        kind: DerivationKind::Quotation,
        retold: false,
        why: format!("{quoted} words in quotation marks are the same, few others"),
    })
}

fn percent(part: f64) -> String {
    format!("{}%", (part * 100.0).round())
}

fn passages(count: usize) -> String {
    match count {
        1 => "one passage".to_string(),
        n => format!("{n} passages"),
    }
}

/// The passages to read side by side, in the order of `to`.
fn spans(shared: &Alignment, retold: bool, from: &Words, to: &Words) -> Vec<(Span, Span)> {
    let sentence = |words: &Words, at: usize| words.span(words.sentences[at].words.clone());
    let same = (shared.passages.iter()).map(|p| (from.span(p.a.clone()), to.span(p.b.clone())));
    let told = (shared.retold.iter())
        .filter(|_| retold)
        .map(|r| (sentence(from, r.a), sentence(to, r.b)));
    let mut spans: Vec<(Span, Span)> = same.chain(told).collect();
    spans.sort_by_key(|(from, to)| (to.start, from.start));
    spans
}
