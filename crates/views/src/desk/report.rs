//! The reports, and one with every claim marked in its place.

use super::{Desk, Leaf};
use crate::claims::factuality;
use crate::voice::{self, ReportLabel, Voice, label};
use crate::{entry, lineage, words};
use rapporteur_model::{BlockKind, ClaimId, ReportId, Span, When};
use rapporteur_record::{ClaimState, State};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// So many reports are on a page.
const REPORTS: usize = 40;
/// What a page of a report may hold: bytes of its body, and for each claim a note of so many.
const BUDGET: usize = 32_000;
const NOTE: usize = 900;

/// A page of reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportsPage {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// The earliest first, those of unknown date last.
    pub reports: Vec<ReportRow>,
}

/// One report among many.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportRow {
    /// Publisher, headline, path and date.
    pub report: ReportLabel,
    /// How many claims it holds.
    pub claims: usize,
    /// How it came from others, or others from it, in words; with the other report.
    pub lineage: Vec<(ReportId, ReportId, String)>,
}

/// A report, its words in order and what it claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportPage {
    /// Which page of the report this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// Publisher, headline, path and date.
    pub report: ReportLabel,
    /// The page's own address.
    pub url: Option<String>,
    /// The writer, as printed.
    pub byline: Option<String>,
    /// Whom it names as where it has the story from.
    pub credits: Vec<String>,
    /// ISO 639-1 code of its language, where recognised.
    pub language: Option<String>,
    /// Every path it was found under.
    pub paths: Vec<String>,
    /// How it came from others, or others from it.
    pub lineage: Vec<(ReportId, ReportId, String)>,
    /// How many claims the whole report holds.
    pub claims: usize,
    /// The body's parts on this page.
    pub parts: Vec<Part>,
    /// What is claimed on this page, in order of the text.
    pub notes: Vec<Note>,
}

/// A paragraph, heading or the like.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, cut where a claim or its sentence begins or ends.
    pub pieces: Vec<Piece>,
}

/// Some words of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Claims whose sentence begins here.
    pub begins: Vec<ClaimId>,
    /// Is this within the sentence of a claim?
    pub sentence: bool,
    /// Does a sentence end with these words?
    pub ends: bool,
    /// Claims that rest on these words.
    pub rests: Vec<ClaimId>,
    /// What the first of these is about.
    pub subject: Option<&'static str>,
}

/// A claim beside its words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// What it says.
    pub words: String,
    /// `ground`, `talks`, `count` or `statement`.
    pub subject: &'static str,
    /// When it happened or holds; `None`: unknown.
    pub when: Option<When>,
    /// When it was said, where printed.
    pub said: Option<When>,
    /// What the source leaves open, denies, plans or demands, in words.
    pub factuality: Option<String>,
    /// The same claim in an earlier version of the report, which alone is counted elsewhere.
    pub repeats: Option<ClaimId>,
    /// How many claims contradict it or act against it.
    pub against: usize,
    /// The questions that it helps to answer: id and words.
    pub questions: Vec<(String, String)>,
    /// Who says it, where and in which words.
    pub voice: Voice,
}

/// Where a claim stands: its sentence, with its words.
pub(super) fn home(claim: &ClaimState) -> Span {
    claim.claim.sentence().hull(claim.claim.evidence().span())
}

/// Where the further pages of long reports begin. Short ones are not in the table.
pub(super) fn cuts(
    state: &State,
    claims: &BTreeMap<ReportId, Vec<ClaimId>>,
) -> BTreeMap<ReportId, Vec<usize>> {
    let mut cuts = BTreeMap::new();
    for (id, report) in &state.reports {
        let body = report.report.body();
        let claims = claims.get(id).map_or(&[][..], Vec::as_slice);
        let written: usize = match body.len() * 14 + claims.len() * NOTE <= BUDGET {
            true => 0,
            false => body.chars().map(cost).sum(),
        };
        if written + claims.len() * NOTE <= BUDGET {
            continue;
        }
        let homes: Vec<Span> = (claims.iter())
            .filter_map(|id| state.claims.get(id))
            .map(home)
            .collect();
        let found = cut(body, &homes);
        if !found.is_empty() {
            cuts.insert(id.clone(), found);
        }
    }
    cuts
}

/// How many bytes a letter takes on a page, escaped or made visible.
fn cost(letter: char) -> usize {
    match letter {
        '\n' => 1,
        '"' => 6,
        '&' => 5,
        '<' | '>' => 4,
        _ if letter.is_control() => 14,
        '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => 14,
        _ => letter.len_utf8(),
    }
}

/// Cuts a body at line ends, or where a line is too long at white space or anywhere, never within the sentence
/// of a claim unless that alone is too long. `homes` are in order of their starts.
fn cut(body: &str, homes: &[Span]) -> Vec<usize> {
    let mut cuts = Vec::new();
    let (mut from, mut spent, mut next) = (0, 0, 0);
    // The end of the sentences that began so far: a cut before it would go through one.
    let mut closed = 0;
    let mut best: Option<usize> = None;
    for (at, letter) in body.char_indices() {
        while homes.get(next).is_some_and(|home| home.start <= at) {
            closed = closed.max(homes.get(next).map_or(0, |home| home.end));
            spent += NOTE;
            next += 1;
        }
        let after = at + letter.len_utf8();
        spent += cost(letter);
        if letter == '\n' && closed <= after {
            best = Some(after);
        }
        if spent < BUDGET || after >= body.len() {
            continue;
        }
        let space = letter.is_whitespace() && closed <= after;
        let place = match best {
            Some(best) if best > from => best,
            _ if space => after,
            _ if spent > BUDGET + BUDGET / 4 => after,
            _ => continue,
        };
        cuts.push(place);
        // What stands between the cut and here is already spent on the next page.
        let began = homes.partition_point(|home| home.start < place);
        let between = body.get(place..after).unwrap_or_default();
        spent = between.chars().map(cost).sum::<usize>() + next.saturating_sub(began) * NOTE;
        from = place;
        best = None;
    }
    cuts
}

impl Desk {
    /// A page of reports.
    pub fn reports(&self, page: usize) -> ReportsPage {
        let (leaf, ids) = Leaf::of(&self.reports, page, REPORTS);
        let row = |id: &ReportId| {
            Some(ReportRow {
                report: label(id, self.state.reports.get(id)?),
                claims: self.claims.get(id).map_or(0, Vec::len),
                lineage: self.came(id, 3),
            })
        };
        ReportsPage {
            leaf,
            reports: ids.iter().filter_map(row).collect(),
        }
    }

    fn came(&self, id: &ReportId, most: usize) -> Vec<(ReportId, ReportId, String)> {
        let numbers = self.derivations.get(id).into_iter().flatten().take(most);
        numbers
            .filter_map(|number| {
                let derivation = self.state.derivations.get(*number)?;
                let words = lineage::sentence(&self.state, derivation)?;
                Some((derivation.from.clone(), derivation.to.clone(), words))
            })
            .collect()
    }

    /// How many pages a report has.
    pub fn report_pages(&self, id: &ReportId) -> usize {
        1 + self.cuts.get(id).map_or(0, Vec::len)
    }

    /// A page of one report.
    pub fn report(&self, id: &ReportId, page: usize) -> Option<ReportPage> {
        let report = self.state.reports.get(id)?;
        let body = report.report.body();
        let cuts = self.cuts.get(id).map_or(&[][..], Vec::as_slice);
        let page = page.clamp(1, cuts.len() + 1);
        let begin = page
            .checked_sub(2)
            .and_then(|n| cuts.get(n))
            .copied()
            .unwrap_or(0);
        let end = cuts.get(page - 1).copied().unwrap_or(body.len());
        let all = self.claims.get(id).map_or(&[][..], Vec::as_slice);
        let here: Vec<&ClaimState> = (all.iter())
            .filter_map(|claim| self.state.claims.get(claim))
            .filter(|claim| (begin..end).contains(&home(claim).start))
            .collect();
        let masthead = report.report.masthead();
        Some(ReportPage {
            leaf: Leaf {
                page,
                pages: cuts.len() + 1,
                total: all.len(),
            },
            report: label(id, report),
            url: masthead.url.clone(),
            byline: masthead.byline.as_deref().map(words::one_line),
            credits: masthead.credits.clone(),
            language: masthead.language.clone(),
            paths: report.paths.iter().take(10).cloned().collect(),
            lineage: self.came(id, 12),
            claims: all.len(),
            parts: parts(report, &here, Span::new(begin, end)),
            notes: here.iter().filter_map(|claim| self.note(claim)).collect(),
        })
    }

    fn note(&self, claim: &ClaimState) -> Option<Note> {
        let what = claim.claim.what();
        let voice = voice::voice(&self.state, claim)?;
        let report = self.state.reports.get(&voice.report.id)?;
        let open: Vec<&str> = factuality(what.factuality).collect();
        let questions = (self
            .asked
            .get(claim.claim.id())
            .into_iter()
            .flatten()
            .take(3))
        .filter_map(|number| {
            let accounts = self.state.accounts.get(*number)?;
            let id = self.question_ids.get(*number)?;
            Some((id.clone(), accounts.question.words.clone()))
        })
        .collect();
        Some(Note {
            words: words::claim(&report.report, &claim.claim),
            subject: entry::subject(&what.subject),
            when: entry::when(claim),
            said: claim.said,
            factuality: (!open.is_empty()).then(|| open.join(", ")),
            repeats: claim.repeats.clone(),
            against: self.against(claim.claim.id()),
            questions,
            voice,
        })
    }
}

/// The blocks of a body within a range, cut where claims and their sentences begin and end. Each word of the
/// range stands in exactly one piece.
fn parts(
    report: &rapporteur_record::ReportState,
    claims: &[&ClaimState],
    range: Span,
) -> Vec<Part> {
    let body = &report.report;
    let mut edges: BTreeSet<usize> = BTreeSet::from([range.start, range.end]);
    let mut begins: BTreeMap<usize, Vec<ClaimId>> = BTreeMap::new();
    // Sentences that share words are one.
    let mut sentences: Vec<Span> = Vec::new();
    for claim in claims {
        let (home, exact) = (home(claim), claim.claim.evidence().span());
        edges.extend([exact.start, exact.end]);
        begins
            .entry(home.start)
            .or_default()
            .push(claim.claim.id().clone());
        match sentences.last_mut() {
            Some(last) if home.start < last.end => last.end = last.end.max(home.end),
            _ => sentences.push(home),
        }
    }
    edges.extend(begins.keys());
    edges.extend(sentences.iter().map(|sentence| sentence.end));
    let mut blocks: Vec<(Span, BlockKind)> = Vec::new();
    for block in body.blocks() {
        let span = Span::new(
            block.span.start.max(range.start),
            block.span.end.min(range.end),
        );
        if !span.is_empty() {
            edges.extend([span.start, span.end]);
            blocks.push((span, block.kind));
        }
    }
    let edges: Vec<usize> = edges.into_iter().collect();
    let mut resting: Vec<(Span, &ClaimState)> = (claims.iter())
        .map(|claim| (claim.claim.evidence().span(), *claim))
        .collect();
    resting.sort_by_key(|(span, _)| span.start);
    // Claims that rest on words at the edge in hand; each enters and leaves once.
    let mut open: Vec<(Span, &ClaimState)> = Vec::new();
    let (mut next, mut sentence) = (0, 0);
    let mut parts = Vec::new();
    for (block, kind) in blocks {
        let mut pieces: Vec<Piece> = Vec::new();
        let first = edges.partition_point(|edge| *edge < block.start);
        for pair in edges.get(first..).unwrap_or_default().windows(2) {
            let [from, to] = pair else { continue };
            if *from >= block.end {
                break;
            }
            while resting
                .get(next)
                .is_some_and(|(span, _)| span.start <= *from)
            {
                open.extend(resting.get(next).copied());
                next += 1;
            }
            open.retain(|(span, _)| span.end > *from);
            while sentences.get(sentence).is_some_and(|s| s.end <= *from) {
                sentence += 1;
            }
            let within = sentences.get(sentence).filter(|s| s.start <= *from);
            let Some(text) = body.slice(Span::new(*from, *to)) else {
                continue;
            };
            let rests: Vec<&ClaimState> = (open.iter())
                .filter(|(span, _)| span.start <= *from && *to <= span.end)
                .map(|(_, claim)| *claim)
                .collect();
            // A sentence that begins between two blocks begins with the second.
            let mut here = Vec::new();
            while let Some(begun) = begins.first_entry().filter(|begun| begun.key() <= from) {
                here.extend(begun.remove());
            }
            pieces.push(Piece {
                text: text.to_string(),
                begins: here,
                sentence: within.is_some(),
                ends: within.is_some_and(|s| s.end <= *to || *to >= block.end),
                subject: rests
                    .first()
                    .map(|c| entry::subject(&c.claim.what().subject)),
                rests: (rests.iter().take(12))
                    .map(|c| c.claim.id().clone())
                    .collect(),
            });
        }
        parts.push(Part { kind, pieces });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_bodies_are_one_page() {
        assert!(cut("One line.\nAnother.", &[Span::new(0, 9)]).is_empty());
        assert!(cut("", &[]).is_empty());
    }

    #[test]
    fn long_bodies_are_cut_between_sentences() {
        let line = format!("{}\n", "word ".repeat(200));
        let body = line.repeat(100);
        let cuts = cut(&body, &[]);
        assert_eq!(cuts.len(), 3, "{cuts:?}");
        assert!(cut(&"\"".repeat(30_000), &[]).len() > 3);
        assert!(cuts.iter().all(|at| body.as_bytes()[at - 1] == b'\n'));
        // One word without an end is cut as well.
        let endless = "x".repeat(200_000);
        assert!(cut(&endless, &[]).len() >= 2);
    }

    proptest! {
        #[test]
        fn cuts_are_in_order_and_between_letters(lines in proptest::collection::vec("[aé \n]{0,9000}", 0..12)) {
            let body = lines.join("\n");
            let mut last = 0;
            for at in cut(&body, &[]) {
                prop_assert!(at > last && at < body.len() && body.is_char_boundary(at));
                last = at;
            }
        }
    }
}
