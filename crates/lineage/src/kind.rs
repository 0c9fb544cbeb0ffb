//! What an alignment amounts to: a reprint, a rewrite, a shared quotation, a later version, nothing.

use crate::align::{Alignment, Passage, RUN, align};
use crate::direction::{name_key, same_page, same_publisher, shared_credits};
use crate::words::Words;
use rapporteur_model::{Derivation, DerivationKind, Report, Span};

/// A reprint has so large a part of its words, or of the other's, from shared passages.
const REPRINT: f64 = 0.55;
const REPRINT_WITHIN: f64 = 0.80;
/// Two reports of one publisher are versions of one report where they share so much.
const REVISION: f64 = 0.60;
/// With the same headline, so much.
const REVISION_SAME_TITLE: f64 = 0.20;
/// So many shared words outside quotation marks, in one passage or in all, are more than names,
/// titles and set phrases.
const OWN_PASSAGE: usize = 18;
const OWN_WORDS: usize = 40;
/// A passage that is copied, or a quotation, has so many words that are more than names, numbers
/// and function words: lists of delegates and offices are the same in everybody's report.
const PLAIN: usize = 3;
/// A rewrite has so large a part of its words in retold sentences or shared passages, in at least
/// so many sentences, and so large a part of those in the same order.
const RETOLD: f64 = 0.45;
const RETOLD_SENTENCES: usize = 4;
const RETOLD_IN_ORDER: f64 = 0.7;

/// How `to` came from `from`, if it did. `order` is what shows that `from` is the earlier.
pub(crate) fn judge(
    from: (&Report, &Words),
    to: (&Report, &Words),
    order: Option<String>,
) -> Option<Derivation> {
    let shared = align(from.1, to.1);
    let measure = Measure::of(&shared, from.1, to.1);
    let found = decide(from.0, to.0, &measure)?;
    let mut why = found.why;
    if let Some(order) = &order {
        why = format!("{why}; {order}");
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
    /// Retold sentences, and how many are in the same order.
    retold: usize,
    in_order: usize,
    /// Names and numbers that the retold sentences share.
    marked: usize,
    /// What part of `to`'s words stands in passages or retold sentences.
    told: f64,
    /// The same, with a retold sentence counting for the part of its content that it shares.
    share: f64,
}

impl Measure {
    fn of(shared: &Alignment, from: &Words, to: &Words) -> Measure {
        let same: usize = shared.passages.iter().map(|p| p.same).sum();
        let quoted: usize = shared.passages.iter().map(|p| p.quoted).sum();
        let words = to.words.len().max(1) as f64;
        let (mut whole, mut part) = (same as f64, same as f64);
        for retold in &shared.retold {
            let words = to.sentences[retold.b].words.len() as f64;
            whole += words;
            part += words * retold.part_of_b;
        }
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
            in_order: shared.in_order,
            marked: shared.retold.iter().map(|r| r.marked).sum(),
            told: (whole / words).min(1.0),
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
    let own_words = m.own_passage >= OWN_PASSAGE || m.own * 2 >= m.same;
    own_words.then_some(Found {
        kind: DerivationKind::Reprint,
        retold: false,
        why,
    })
}

fn rewrite(m: &Measure) -> Option<Found> {
    let in_order = m.in_order as f64 >= RETOLD_IN_ORDER * m.retold as f64;
    let is_rewrite = m.told >= RETOLD && m.retold >= RETOLD_SENTENCES && in_order;
    is_rewrite.then(|| Found {
        kind: DerivationKind::Rewrite,
        retold: true,
        why: format!(
            "{} of its sentences retell the other's, {} of them in the same order, with {} names \
             and numbers; {} words are the same",
            m.retold, m.in_order, m.marked, m.same
        ),
    })
}

/// Some passages taken over in a report of its own.
fn part(m: &Measure) -> Option<Found> {
    let is_part = m.own_passage >= OWN_PASSAGE || m.own_passage >= RUN && m.own >= OWN_WORDS;
    is_part.then(|| Found {
        kind: DerivationKind::Rewrite,
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
