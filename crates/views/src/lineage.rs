//! Which reports copy one another.

use crate::changes::{Change, changes};
use crate::page::{Page, Piece, Style, piece, plain};
use crate::voice::{self, ReportLabel, in_order, label};
use crate::{Filter, View, words};
use rapporteur_model::{Derivation, DerivationKind, ReportId};
use rapporteur_record::State;
use serde::Serialize;
use std::collections::BTreeSet;

/// Which reports copy one another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lineage {
    /// What was asked for, in words.
    pub about: String,
    /// In order of the earlier report's date.
    pub derivations: Vec<DerivationLine>,
    /// Reports that share nothing with another.
    pub alone: usize,
}

/// How one report came from another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DerivationLine {
    /// The earlier report.
    pub from: ReportLabel,
    /// The later report.
    pub to: ReportLabel,
    /// How.
    pub kind: DerivationKind,
    /// Is it known which came first?
    pub directed: bool,
    /// What share of the later one stands in the earlier, 0 to 1.
    pub share: f64,
    /// It in words.
    pub words: String,
    /// Why it is taken to be so.
    pub why: String,
    /// The shared passages, as printed in each; the longest first.
    pub passages: Vec<Passage>,
    /// Of a revision: what changed, word by word, in order of the text; else nothing. Where it is
    /// not known which came first, from the one to the other.
    pub changes: Vec<Change>,
}

/// A passage that two reports share, as each prints it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// In the earlier report.
    pub from: String,
    /// In the later report.
    pub to: String,
}

/// Which reports copy one another; with a place or actor asked for, those that have a claim of it.
pub fn lineage(state: &State, filter: &Filter) -> Lineage {
    let wanted: BTreeSet<_> = (state.claims.values())
        .filter(|claim| filter.wants(state, claim))
        .map(|claim| claim.claim.evidence().report())
        .collect();
    let asked_for = |id: &ReportId| filter.is_empty() || wanted.contains(id);
    let mut derivations: Vec<DerivationLine> = (state.derivations.iter())
        .filter(|derivation| asked_for(&derivation.from) || asked_for(&derivation.to))
        .filter_map(|derivation| line(state, derivation))
        .collect();
    derivations.sort_by(|a, b| in_order(&a.from, &b.from).then_with(|| in_order(&a.to, &b.to)));
    let related: BTreeSet<&ReportId> = (state.derivations.iter())
        .flat_map(|derivation| [&derivation.from, &derivation.to])
        .collect();
    let alone = (state.reports.keys())
        .filter(|id| asked_for(id) && !related.contains(id))
        .count();
    Lineage {
        about: filter.words(),
        derivations,
        alone,
    }
}

fn line(state: &State, derivation: &Derivation) -> Option<DerivationLine> {
    let from = state.reports.get(&derivation.from)?;
    let to = state.reports.get(&derivation.to)?;
    let mut passages: Vec<Passage> = (derivation.passages.iter())
        .filter_map(|(in_from, in_to)| {
            Some(Passage {
                from: from.report.slice(*in_from)?.to_string(),
                to: to.report.slice(*in_to)?.to_string(),
            })
        })
        .collect();
    passages.sort_by_key(|passage| std::cmp::Reverse(passage.to.len()));
    let changed = match derivation.kind {
        DerivationKind::Revision => changes(from.report.body(), to.report.body()),
        _ => vec![],
    };
    Some(DerivationLine {
        from: label(&derivation.from, from),
        to: label(&derivation.to, to),
        kind: derivation.kind,
        directed: derivation.directed,
        share: derivation.share,
        words: sentence(state, derivation)?,
        why: derivation.why.clone(),
        passages,
        changes: changed,
    })
}

/// A derivation in a sentence: `Daily Echo (2 Mar 2031) reprints North Wire (1 Mar 2031), 92% of
/// it`.
pub fn sentence(state: &State, derivation: &Derivation) -> Option<String> {
    let name = |id| {
        let label = label(id, state.reports.get(id)?);
        Some(format!("{} ({})", label.name, voice::published(&label)))
    };
    let (from, to) = (name(&derivation.from)?, name(&derivation.to)?);
    let share = format!("{:.0}%", derivation.share * 100.0);
    Some(match (derivation.kind, derivation.directed) {
        (DerivationKind::Quotation, _) => {
            format!("{to} shares quoted words with {from}, {share} of it")
        }
        (DerivationKind::Reprint, true) => format!("{to} reprints {from}, {share} of it"),
        (DerivationKind::Rewrite, true) => format!("{to} rewrites {from}, {share} of it"),
        (DerivationKind::Revision, true) => format!("{to} revises {from}, {share} of it"),
        (kind, false) => {
            let kind = match kind {
                DerivationKind::Rewrite => "a rewrite",
                DerivationKind::Revision => "a revision",
                _ => "a reprint",
            };
            format!(
                "{to} or {from} is {kind} of the other, {share} of the former; nothing tells which came first"
            )
        }
    })
}

impl View for Lineage {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let holds = format!(
            "{}, {} alone{}",
            words::count(self.derivations.len(), "derivation", "derivations"),
            words::count(self.alone, "report stands", "reports stand"),
            self.about
        );
        page.title("Lineage", &holds);
        for line in &self.derivations {
            write(&mut page, line);
        }
        page
    }
}

/// Writes a derivation with its longest passage; the other passages are counted, and all of them
/// are in the structure.
fn write(page: &mut Page, line: &DerivationLine) {
    page.text(0, vec![piece(&line.words, Style::Strong)]);
    page.text(2, vec![plain(&line.why)]);
    for label in [&line.from, &line.to] {
        let found = label.path.as_deref().unwrap_or("no path");
        let title = label.title.as_deref().unwrap_or("no headline");
        let id = words::short(&label.id.0);
        let words = format!("{}: {title} · {found} · report {id}", label.name);
        page.text(2, vec![piece(words, Style::Quiet)]);
    }
    if line.kind == DerivationKind::Revision {
        write_changes(page, line);
        page.blank();
        return;
    }
    if let Some(longest) = line.passages.first() {
        page.printed(4, vec![piece(&longest.to, Style::Printed)]);
        let others = line.passages.len() - 1;
        if others > 0 {
            let words = words::count(others, "more shared passage", "more shared passages");
            page.text(4, vec![piece(words, Style::Quiet)]);
        }
    }
    page.blank();
}

/// So many changes are printed; all of them are in the structure.
const CHANGES: usize = 20;
/// Of a longer stretch of words, so many from either end are printed.
const WORDS: usize = 16;

/// Writes what changed, each in its place: what only the one has in `[-…-]`, what only the other has
/// in `{+…+}`.
fn write_changes(page: &mut Page, line: &DerivationLine) {
    if line.changes.is_empty() {
        let words = "no word of the text changed";
        page.text(4, vec![piece(words, Style::Quiet)]);
    } else if !line.directed {
        let (one, other) = (words::short(&line.from.id.0), words::short(&line.to.id.0));
        let words = format!("[-…-] stands in report {one} alone, {{+…+}} in report {other}");
        page.text(4, vec![piece(words, Style::Quiet)]);
    }
    for change in line.changes.iter().take(CHANGES) {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut add = |text: String, style| {
            let is_mark =
                text.starts_with(|c: char| c.is_ascii_punctuation() && !"[{(".contains(c));
            if !text.is_empty() && !pieces.is_empty() && !is_mark {
                pieces.push(piece(" ", Style::Printed));
            }
            pieces.extend((!text.is_empty()).then(|| piece(text, style)));
        };
        add(words::one_line(&change.before), Style::Printed);
        if !change.from.text.is_empty() {
            let words = shortened(&change.from.text);
            add(format!("[-{words}-]"), Style::Against);
        }
        if !change.to.text.is_empty() {
            let words = shortened(&change.to.text);
            add(format!("{{+{words}+}}"), Style::Exact);
        }
        add(words::one_line(&change.after), Style::Printed);
        page.printed(4, pieces);
    }
    let others = line.changes.len().saturating_sub(CHANGES);
    if others > 0 {
        let words = words::count(others, "more change", "more changes");
        page.text(4, vec![piece(words, Style::Quiet)]);
    }
}

/// A stretch of words, the middle of a long one counted.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = (
        words.get(..WORDS),
        words.get(words.len().saturating_sub(WORDS)..),
    );
    match ends {
        (Some(first), Some(last)) if words.len() > 2 * WORDS + WORDS / 2 => {
            let between = words::count(words.len() - 2 * WORDS, "word", "words");
            format!("{} … ({between}) … {}", first.join(" "), last.join(" "))
        }
        _ => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn a_derivation_shows_what_is_shared() {
        expect![[r#"
            Lineage · 1 derivation, 1 report stands alone
            ────────────────────────────────────────────────────────────────────────────────
            Daily Echo (2 Mar 2031) reprints North Wire (1 Mar 2031), 80% of it
              the same words, and it credits North Wire
              North Wire: Army takes Velka · in/wire.html · report 30b6f357fa
              Daily Echo: Velka falls · in/echo.html · report 99c1b63337
                │ The army took Velka on Friday, the defence ministry said.
        "#]]
        .assert_eq(&lineage(&state(), &Filter::default()).page().plain(80));
    }

    #[test]
    fn a_revision_shows_what_changed() {
        let report = |day: &str, body: &str| {
            let published = rapporteur_model::Published {
                when: Some(rapporteur_model::When::day(day.parse().unwrap())),
                how: rapporteur_model::How::Given,
            };
            let masthead = rapporteur_model::Masthead {
                publisher: Some("North Wire".to_string()),
                published,
                ..Default::default()
            };
            rapporteur_model::Report::new(masthead, body.to_string(), vec![])
        };
        let one = report(
            "2031-03-01",
            "The army took Velka. Ten people died there, a clerk said.",
        );
        let list: Vec<String> = (0..60).map(|n| format!("name{n}")).collect();
        let two = report(
            "2031-03-02",
            &format!(
                "The army took Velka. Six people died there, a doctor said. They are {}.",
                list.join(" ")
            ),
        );
        let derivation = Derivation {
            from: one.id().clone(),
            to: two.id().clone(),
            kind: DerivationKind::Revision,
            directed: true,
            share: 0.2,
            passages: vec![],
            why: "same publisher".to_string(),
        };
        let reading = |report| rapporteur_model::Reading {
            report,
            mentions: vec![],
            times: vec![],
            figures: vec![],
            claims: vec![],
        };
        let state = State::of(rapporteur_record::Contents {
            readings: vec![reading(one), reading(two)],
            derivations: vec![derivation],
            ..Default::default()
        });
        let view = lineage(&state, &Filter::default());
        let first = &view.derivations[0].changes[0];
        assert_eq!((first.from.start, first.from.end), (21, 24));
        expect![[r#"
            Lineage · 1 derivation, 0 reports stand alone
            ────────────────────────────────────────────────────────────────────────────────
            North Wire (2 Mar 2031) revises North Wire (1 Mar 2031), 20% of it
              same publisher
              North Wire: no headline · no path · report 6330245167
              North Wire: no headline · no path · report 439e3826d6
                │ The army took Velka. [-Ten-] {+Six+} people died there, a
                │ people died there, a [-clerk said-] {+doctor said. They are name0 name1
                │ name2 name3 name4 name5 name6 name7 name8 name9 name10 name11 … (32 words)
                │ … name44 name45 name46 name47 name48 name49 name50 name51 name52 name53
                │ name54 name55 name56 name57 name58 name59+}.
        "#]]
        .assert_eq(&view.page().plain(80));
    }
}
