//! What changed from one day to another.

use crate::control::{self, HoldLine};
use crate::disputes::{self, Dispute};
use crate::entry::{self, Entry, entries};
use crate::page::{Page, Style, piece, plain};
use crate::voice::{self, ReportLabel, in_order, label};
use crate::{Filter, View, words};
use rapporteur_model::{Accounts, ClaimId, Date, Standing};
use rapporteur_record::{Hold, PlaceControl, State};
use serde::Serialize;
use std::collections::BTreeSet;

/// What changed from one day to another, as far as reports published in between tell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diff {
    /// What was asked for, in words.
    pub about: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Reports that came in.
    pub reports: Vec<ReportLabel>,
    /// Places of which another thing is said now than before.
    pub control: Vec<ControlChange>,
    /// Questions that are new, or whose accounts changed.
    pub questions: Vec<QuestionChange>,
    /// What is newly said of the talks, the ground and the counts, and with a date.
    pub entries: Vec<Entry>,
    /// Other new statements.
    pub statements: Vec<Entry>,
}

/// A place of which another thing is said now than before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ControlChange {
    /// Its preferred name.
    pub place: String,
    /// The last that was said before; `None`: nothing.
    pub before: Option<HoldLine>,
    /// What is said since.
    pub after: Vec<HoldLine>,
}

/// A question whose accounts changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionChange {
    /// How its accounts stood before: `agreed`, `compatible`, `disputed`; `None`: not asked, or
    /// answered by one claim only.
    pub before: Option<Standing>,
    /// As it is now.
    pub now: Dispute,
}

/// What changed between two states of one record: as of `from` and as of `to`.
pub fn diff(before: &State, after: &State, from: Date, to: Date, filter: &Filter) -> Diff {
    let new: BTreeSet<ClaimId> = filter
        .claims(after)
        .into_iter()
        .filter(|id| !before.claims.contains_key(id))
        .collect();
    let (statements, other): (Vec<&ClaimId>, Vec<&ClaimId>) = new.iter().partition(|id| {
        (after.claims.get(*id)).is_some_and(|claim| {
            entry::subject(&claim.claim.what().subject) == "statement"
                && entry::when(claim).is_none()
        })
    });
    let mut reports: Vec<ReportLabel> = (after.reports.iter())
        .filter(|(id, _)| !before.reports.contains_key(id))
        .map(|(id, report)| label(id, report))
        .collect();
    reports.sort_by(in_order);
    Diff {
        about: filter.words(),
        from,
        to,
        reports,
        control: (after.control.iter())
            .filter_map(|place| control_change(before, after, place, &new))
            .collect(),
        questions: (after.accounts.iter())
            .filter_map(|accounts| question_change(before, after, accounts, &new))
            .collect(),
        entries: entries(after, other),
        statements: entries(after, statements),
    }
}

fn control_change(
    before: &State,
    after: &State,
    place: &PlaceControl,
    new: &BTreeSet<ClaimId>,
) -> Option<ControlChange> {
    let is_new = |hold: &&Hold| hold.claims.iter().any(|claim| new.contains(claim));
    let lines: Vec<HoldLine> = (place.history.iter())
        .filter(is_new)
        .map(|hold| control::line(after, hold))
        .collect();
    // The place's id is made of its names, which may have grown: what was said of it before is
    // found by a claim that is still there.
    let claims: BTreeSet<&ClaimId> = place.history.iter().flat_map(|hold| &hold.claims).collect();
    let was = (before.control.iter()).find(|was| {
        was.place == place.place
            || (was.history.iter().flat_map(|hold| &hold.claims)).any(|id| claims.contains(id))
                && was.name == place.name
    });
    let last = was.and_then(|was| {
        let dated = was.history.iter().rfind(|hold| hold.when.is_some());
        dated.or(was.history.last())
    });
    match lines.is_empty() {
        true => None,
        false => Some(ControlChange {
            place: place.name.clone(),
            before: last.map(|hold| control::line(before, hold)),
            after: lines,
        }),
    }
}

fn question_change(
    before: &State,
    after: &State,
    accounts: &Accounts,
    new: &BTreeSet<ClaimId>,
) -> Option<QuestionChange> {
    let claims: BTreeSet<&ClaimId> = (accounts.accounts.iter())
        .flat_map(|account| &account.claims)
        .collect();
    if !claims.iter().any(|claim| new.contains(*claim)) {
        return None;
    }
    let was = (before.accounts.iter()).find(|was| {
        was.question.topic == accounts.question.topic
            && (was.accounts.iter())
                .flat_map(|account| &account.claims)
                .any(|claim| claims.contains(claim))
    });
    let same = was.is_some_and(|was| {
        was.standing == accounts.standing
            && was.accounts.len() == accounts.accounts.len()
            && was.relations.len() == accounts.relations.len()
    });
    // What is agreed and was not asked before is only newly reported.
    let only_new = was.is_none() && accounts.standing == Standing::Agreed;
    match same || only_new {
        true => None,
        false => Some(QuestionChange {
            before: was.map(|was| was.standing),
            now: disputes::dispute(after, accounts),
        }),
    }
}

impl View for Diff {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let holds = format!(
            "from {} to {}: {}{}",
            self.from,
            self.to,
            words::count(self.reports.len(), "report came in", "reports came in"),
            self.about
        );
        page.title("Changes", &holds);
        for report in &self.reports {
            let id = format!(" · report {}", words::short(&report.id.0));
            let words = vec![plain(voice::headline(report)), piece(id, Style::Quiet)];
            page.text(0, words);
        }
        if !self.control.is_empty() {
            page.heading("Control");
            for change in &self.control {
                page.blank();
                let before = match &change.before {
                    None => "nothing was said before".to_string(),
                    Some(hold) => {
                        format!("before: {}, {}", hold.words(), words::when(hold.when))
                    }
                };
                let head = vec![
                    piece(&change.place, Style::Strong),
                    plain(format!(" · {before}")),
                ];
                page.text(0, head);
                for hold in &change.after {
                    control::write(&mut page, hold);
                }
            }
        }
        if !self.questions.is_empty() {
            page.heading("Accounts");
            for change in &self.questions {
                let before = match change.before {
                    None => ", before: at most one account".to_string(),
                    Some(standing) => format!(", before: {}", standing_word(standing)),
                };
                disputes::write(&mut page, &change.now, &before);
            }
        }
        for (name, entries) in [
            ("Newly reported", &self.entries),
            ("Other new statements", &self.statements),
        ] {
            if !entries.is_empty() {
                page.heading(name);
                page.blank();
                entry::write(&mut page, entries);
            }
        }
        page
    }
}

fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Agreed => "agreed",
        Standing::Compatible => "different, and all could be so",
        Standing::Disputed => "disputed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn a_new_report_brings_a_dispute_and_a_change_of_control() {
        let after = state();
        let mut before = state();
        before
            .reports
            .retain(|_, report| report.published.when.is_some());
        let there = before.reports.clone();
        (before.claims).retain(|_, claim| there.contains_key(claim.claim.evidence().report()));
        before.accounts.clear();
        before.control[0].history.truncate(1);
        let day = |text: &str| text.parse().unwrap();
        let (from, to) = (day("2031-03-02"), day("2031-03-09"));
        let shown = diff(&before, &after, from, to, &Filter::default());
        expect![[r#"
            Changes · from 2031-03-02 to 2031-03-09: 1 report came in
            ────────────────────────────────────────────────────────────────────────────────
            page.txt, date unknown · report 77f1a9d965

            Control

            Velka · before: army, taken: contested, 28 Feb 2031
            date unknown   Žižek’s men, held: contested · 1 report, 1 origin
                           │ “Žižek’s men hold Velka,” said two residents.
                             two residents (unnamed) ← page.txt, date unknown [1cc08276da]

            Accounts

            control of Velka · disputed, before: at most one account

              army, 28 Feb 2031 · 2 reports, 1 origin
                │ The army took Velka on Friday, the defence ministry said.
                  defence ministry ← North Wire, 1 Mar 2031 [322cb15b05]
                  also defence ministry ← Daily Echo, 2 Mar 2031 [17d9f44f81]

              Žižek’s men · 1 report, 1 origin
                │ “Žižek’s men hold Velka,” said two residents.
                  two residents (unnamed) ← page.txt, date unknown [1cc08276da]

              contradict, value         army holds Velka; Žižek’s men hold Velka
                                        [17d9f44f81] [1cc08276da]

            Newly reported

            date unknown   army offers a truce · 1 report, 1 origin
                           │ The army offered a truce.
                             page.txt in its own voice, date unknown [a552d1a162]

                           Žižek’s men in control of Velka · 1 report, 1 origin
                           against it: [17d9f44f81]
                           │ “Žižek’s men hold Velka,” said two residents.
                             two residents (unnamed) ← page.txt, date unknown [1cc08276da]
        "#]]
        .assert_eq(&shown.page().plain(80));
        let nothing = diff(&after, &after, from, to, &Filter::default());
        expect![[r#"
            Changes · from 2031-03-02 to 2031-03-09: 0 reports came in
            ────────────────────────────────────────────────────────────────────────────────
        "#]]
        .assert_eq(&nothing.page().plain(80));
    }
}
