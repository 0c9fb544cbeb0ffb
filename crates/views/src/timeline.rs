//! What happened when, as reported.

use crate::entry::{self, Entry, entries};
use crate::page::{Page, Style, piece};
use crate::{Filter, View, words};
use rapporteur_model::{ClaimId, Subject};
use rapporteur_record::State;
use serde::Serialize;

/// Everything that is said of the talks, the ground and the counts, and every other claim whose
/// time is known, in order of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline {
    /// What was asked for, in words.
    pub about: String,
    /// The lines; those without a time last.
    pub entries: Vec<Entry>,
    /// Other claims without a time, which are not here.
    pub undated_statements: usize,
}

/// What happened when, as reported.
pub fn timeline(state: &State, filter: &Filter) -> Timeline {
    let wanted = filter.claims(state);
    let (here, elsewhere): (Vec<&ClaimId>, Vec<&ClaimId>) = wanted.iter().partition(|id| {
        state.claims.get(id).is_some_and(|claim| {
            entry::when(claim).is_some() || claim.claim.what().subject != Subject::Statement
        })
    });
    Timeline {
        about: filter.words(),
        entries: entries(state, here),
        undated_statements: elsewhere.len(),
    }
}

impl View for Timeline {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let count = words::count(self.entries.len(), "line", "lines");
        page.title("Timeline", &format!("{count}{}", self.about));
        entry::write(&mut page, &self.entries);
        if self.undated_statements > 0 {
            let count = words::count(
                self.undated_statements,
                "statement without a date is",
                "statements without a date are",
            );
            let words = format!("{count} not here; the view `claims` has all.");
            page.text(0, vec![piece(words, Style::Quiet)]);
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn copies_are_one_line_and_unknown_dates_come_last() {
        expect![[r#"
            Timeline · 4 lines
            ────────────────────────────────────────────────────────────────────────────────
            28 Feb 2031    army took Velka · 2 reports, 1 origin
                           against it: [1cc08276da]
                           │ The army took Velka on Friday, the defence ministry said.
                             defence ministry ← North Wire, 1 Mar 2031 [322cb15b05]
                             also defence ministry ← Daily Echo, 2 Mar 2031 [17d9f44f81]

            date unknown   army offers a truce · 1 report, 1 origin
                           │ The army offered a truce.
                             page.txt in its own voice, date unknown [a552d1a162]

                           more than 16 of 40 districts · 1 report, 1 origin
                           │ It holds more than 16 of 40 districts.
                             North Wire in its own voice, 1 Mar 2031 [a6a57c31f5]

                           Žižek’s men in control of Velka · 1 report, 1 origin
                           against it: [17d9f44f81]
                           │ “Žižek’s men hold Velka,” said two residents.
                             two residents (unnamed) ← page.txt, date unknown [1cc08276da]
        "#]]
        .assert_eq(&timeline(&state(), &Filter::default()).page().plain(80));
    }
}
