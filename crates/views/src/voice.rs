//! Who says it, where, in which words: the evidence beside every line.

use crate::page::{Page, Piece, Style, piece, plain};
use crate::words;
use rapporteur_model::{ClaimId, How, ReportId, Span, When};
use rapporteur_record::{ClaimState, ReportState, State};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A report, as far as a line needs to name it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportLabel {
    /// Which report.
    pub id: ReportId,
    /// Its publisher; where nobody says, the name of its file; else its id.
    pub name: String,
    /// Its headline.
    pub title: Option<String>,
    /// The first path it was found under.
    pub path: Option<String>,
    /// When it was published; `None`: unknown.
    pub published: Option<When>,
    /// How that was found.
    pub how: How,
}

/// One claim with who says it, in which report and in which words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voice {
    /// The claim.
    pub claim: ClaimId,
    /// Who says it, nearest the fact first, back to the publisher.
    pub chain: String,
    /// Where it comes from once copies and citations are followed back.
    pub origin: String,
    /// The report.
    pub report: ReportLabel,
    /// The words the claim rests on.
    pub exact: String,
    /// Where they begin in the report's body, in Unicode code points.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The sentence they stand in.
    pub sentence: String,
    /// The later version of its report that does not have the claim; `None`: all that are known
    /// have it.
    pub no_longer_in: Option<ReportLabel>,
    /// Where the exact words stand in the sentence, in bytes.
    #[serde(skip)]
    exact_in_sentence: Span,
}

/// How many reports and origins stand behind some claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Weight {
    /// Reports.
    pub reports: usize,
    /// Origins: copies of one report, and reports that cite one voice, are one.
    pub origins: usize,
}

/// Names a report.
pub fn label(id: &ReportId, report: &ReportState) -> ReportLabel {
    let masthead = report.report.masthead();
    let path = report.paths.first().cloned();
    let file = path.as_deref().map(file_name);
    let name = (masthead.publisher.as_deref())
        .or(file)
        .unwrap_or_else(|| words::short(&id.0));
    ReportLabel {
        id: id.clone(),
        name: words::one_line(name),
        title: masthead.title.as_deref().map(words::one_line),
        path,
        published: report.published.when,
        how: report.published.how,
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The voice behind a claim; `None` where its report is not in the state, which `check` reports.
pub fn voice(state: &State, claim: &ClaimState) -> Option<Voice> {
    let id = claim.claim.evidence().report();
    let report = state.reports.get(id)?;
    let label = label(id, report);
    let exact = claim.claim.evidence().span();
    let sentence = claim.claim.sentence().hull(exact);
    let begin = exact.start - sentence.start;
    let body = report.report.body();
    let start = body.get(..exact.start)?.chars().count();
    let words = claim.claim.evidence().exact();
    Some(Voice {
        claim: claim.claim.id().clone(),
        chain: words::chain(claim, &label.name),
        origin: claim.origin.clone(),
        report: label,
        exact: words.to_string(),
        start,
        end: start + words.chars().count(),
        sentence: report.report.slice(sentence)?.to_string(),
        no_longer_in: later_version(state, claim),
        exact_in_sentence: Span::new(begin, begin + exact.len()),
    })
}

fn later_version(state: &State, claim: &ClaimState) -> Option<ReportLabel> {
    let id = claim.no_longer_in.as_ref()?;
    Some(label(id, state.reports.get(id)?))
}

/// That a later version does not have the claim, and no word of why.
pub fn no_longer(voice: &Voice) -> Option<String> {
    let later = voice.no_longer_in.as_ref()?;
    Some(match later.published {
        Some(when) => format!("no longer in the version of {}", words::when(Some(when))),
        None => "no longer in a later version".to_string(),
    })
}

/// The voices behind some claims, one line of a view; those of one origin together, the earliest
/// published first, those of unknown date last.
pub fn voices<'c>(state: &State, claims: impl IntoIterator<Item = &'c ClaimId>) -> Vec<Voice> {
    let mut found: Vec<Voice> = (claims.into_iter())
        .filter_map(|id| voice(state, state.claims.get(id)?))
        .collect();
    found.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let mut origins: BTreeMap<&str, usize> = BTreeMap::new();
    let order: Vec<usize> = (found.iter())
        .map(|voice| {
            let next = origins.len();
            *origins.entry(&voice.origin).or_insert(next)
        })
        .collect();
    let mut ranked: Vec<(usize, Voice)> = order.into_iter().zip(found).collect();
    ranked.sort_by_key(|(order, _)| *order);
    ranked.into_iter().map(|(_, voice)| voice).collect()
}

fn rank(voice: &Voice) -> (bool, Option<When>, &ReportId, usize, &ClaimId) {
    let published = voice.report.published;
    let start = voice.exact_in_sentence.start;
    (
        published.is_none(),
        published,
        &voice.report.id,
        start,
        &voice.claim,
    )
}

/// How many reports and origins are behind them.
pub fn weigh(voices: &[Voice]) -> Weight {
    let reports: BTreeSet<&ReportId> = voices.iter().map(|voice| &voice.report.id).collect();
    let origins: BTreeSet<&str> = voices.iter().map(|voice| voice.origin.as_str()).collect();
    Weight {
        reports: reports.len(),
        origins: origins.len(),
    }
}

impl Weight {
    /// `3 reports, 1 origin`.
    pub fn words(self) -> String {
        words::weight(self.reports, self.origins)
    }
}

/// Writes the evidence under a line: the printed sentence, with the words that the claim rests on
/// set apart, and who says it; then, for the same origin, where else the same words are printed.
pub fn write(page: &mut Page, indent: usize, voices: &[Voice]) {
    let mut rest = voices;
    while let Some(first) = rest.first() {
        page.printed(indent, sentence(first));
        rest = write_pointers(page, indent, rest);
    }
}

/// Writes who says it, under the sentence of the first voice, for all that follow with the same
/// words of the same origin; gives the voices that are left.
pub fn write_pointers<'v>(page: &mut Page, indent: usize, voices: &'v [Voice]) -> &'v [Voice] {
    let Some(first) = voices.first() else {
        return voices;
    };
    let same = |voice: &&Voice| {
        voice.origin == first.origin
            && words::one_line(&voice.exact) == words::one_line(&first.exact)
    };
    let (same, rest) = voices.split_at(voices.iter().take_while(same).count());
    let one_place = |a: &Voice, b: &Voice| a.report.id == b.report.id && a.chain == b.chain;
    for (number, place) in same.chunk_by(one_place).enumerate() {
        let also = if number == 0 { "" } else { "also " };
        page.text(indent + 2, pointer(place, also));
    }
    rest
}

/// The printed sentence, the words that the claim rests on set apart.
pub fn sentence(voice: &Voice) -> Vec<Piece> {
    let Span { start, end } = voice.exact_in_sentence;
    let parts = (
        voice.sentence.get(..start),
        voice.sentence.get(start..end),
        voice.sentence.get(end..),
    );
    match parts {
        (Some(before), Some(exact), Some(after)) => vec![
            piece(before, Style::Printed),
            piece(exact, Style::Exact),
            piece(after, Style::Printed),
        ],
        _ => vec![piece(&voice.sentence, Style::Printed)],
    }
}

/// Who says it, in which report, and the ids of the claims.
fn pointer(voices: &[Voice], also: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if let Some(voice) = voices.first() {
        let words = format!("{also}{}, {}", voice.chain, published(&voice.report));
        pieces.push(plain(words));
    }
    for voice in voices {
        let id = format!(" [{}]", words::short(&voice.claim.0));
        pieces.push(piece(id, Style::Quiet));
        pieces.extend(no_longer(voice).map(|words| plain(format!(" {words}"))));
    }
    pieces
}

/// When a report was published, and that its text or its story says so where nothing else does.
pub fn published(label: &ReportLabel) -> String {
    let date = words::when(label.published);
    match label.how {
        How::Text => format!("{date} by its text"),
        How::Story => format!("{date} by its story"),
        How::Unknown | How::Page | How::Meta | How::Given => date,
    }
}

/// Publisher, date and headline of a report, for the head of a part.
pub fn headline(label: &ReportLabel) -> String {
    let date = published(label);
    match &label.title {
        Some(title) => format!("{}, {date}: {title}", label.name),
        None => format!("{}, {date}", label.name),
    }
}

/// The earliest published first, those of unknown date last.
pub fn in_order(a: &ReportLabel, b: &ReportLabel) -> std::cmp::Ordering {
    let key = |label: &ReportLabel| {
        let path = label.path.clone();
        (
            label.published.is_none(),
            label.published,
            path,
            label.id.clone(),
        )
    };
    key(a).cmp(&key(b))
}
