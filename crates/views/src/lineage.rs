//! Which reports copy one another.

use crate::page::{Page, Style, piece, plain};
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
    Some(DerivationLine {
        from: label(&derivation.from, from),
        to: label(&derivation.to, to),
        kind: derivation.kind,
        directed: derivation.directed,
        share: derivation.share,
        words: sentence(state, derivation)?,
        why: derivation.why.clone(),
        passages,
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
}
