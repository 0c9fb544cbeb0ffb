//! How much, by whom and as of when.

use crate::page::{Page, Style, column, piece, plain, share};
use crate::voice::{self, Voice, voice};
use crate::{Filter, View, words};
use rapporteur_model::{Figure, Of, When};
use rapporteur_record::{LedgerEntry, State};
use serde::Serialize;

/// How much, by whom and as of when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// What was asked for, in words.
    pub about: String,
    /// One a thing counted.
    pub ledgers: Vec<LedgerView>,
}

/// The history of one count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LedgerView {
    /// What is counted.
    pub of: String,
    /// Every figure, in order of time.
    pub figures: Vec<FigureLine>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureLine {
    /// As of when; `None`: unknown.
    pub when: Option<When>,
    /// As printed.
    pub printed: String,
    /// The lower bound printed.
    pub low: Option<f64>,
    /// The upper bound printed.
    pub high: Option<f64>,
    /// `=`, `>`, `>=`, `<`, `<=`, `~`, `~<`.
    pub comparator: &'static str,
    /// The thing counted.
    pub unit: Option<String>,
    /// Out of what.
    pub out_of: Option<Of>,
    /// Who says so.
    pub by: String,
    /// Where it comes from.
    pub origin: String,
    /// The claim in its report.
    pub voice: Voice,
}

/// How much, by whom and as of when.
pub fn figures(state: &State, filter: &Filter) -> Figures {
    let wanted = filter.claims(state);
    let ledgers = (state.ledgers.iter())
        .map(|ledger| LedgerView {
            of: ledger.of.clone(),
            figures: (ledger.entries.iter())
                .filter(|entry| wanted.contains(&entry.claim))
                .filter_map(|entry| line(state, entry))
                .collect(),
        })
        .filter(|ledger| !ledger.figures.is_empty());
    Figures {
        about: filter.words(),
        ledgers: ledgers.collect(),
    }
}

/// One figure of a ledger.
pub fn line(state: &State, entry: &LedgerEntry) -> Option<FigureLine> {
    let voice = voice(state, state.claims.get(&entry.claim)?)?;
    let report = &state.reports.get(&voice.report.id)?.report;
    let Figure {
        span,
        low,
        high,
        comparator,
        unit,
        of,
        ..
    } = &entry.figure;
    Some(FigureLine {
        when: entry.when,
        printed: words::one_line(report.slice(*span)?),
        low: *low,
        high: *high,
        comparator: comparator.sign(),
        unit: unit.clone(),
        out_of: of.clone(),
        by: entry.by.clone(),
        origin: entry.origin.clone(),
        voice,
    })
}

impl View for Figures {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let number = self.ledgers.iter().map(|ledger| ledger.figures.len()).sum();
        let holds = format!(
            "{} of {}{}",
            words::count(number, "figure", "figures"),
            words::count(self.ledgers.len(), "thing", "things"),
            self.about
        );
        page.title("Figures", &holds);
        for ledger in &self.ledgers {
            page.heading(&ledger.of);
            page.blank();
            for line in &ledger.figures {
                write(&mut page, line);
            }
        }
        page
    }
}

/// Writes one figure with its evidence.
pub fn write(page: &mut Page, line: &FigureLine) {
    let date = vec![plain(words::when(line.when))];
    let figure = vec![piece(&line.printed, Style::Strong)];
    page.row(0, vec![column(13, date), share(1, figure)]);
    voice::write(page, 15, std::slice::from_ref(&line.voice));
    page.blank();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn a_figure_is_shown_as_printed() {
        expect![[r#"
            Figures · 1 figure of 1 thing
            ────────────────────────────────────────────────────────────────────────────────

            district

            date unknown   more than 16 of 40 districts
                           │ It holds more than 16 of 40 districts.
                             North Wire in its own voice, 1 Mar 2031 [a6a57c31f5]
        "#]]
        .assert_eq(&figures(&state(), &Filter::default()).page().plain(80));
    }
}
