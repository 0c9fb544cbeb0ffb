//! What came in between two days: from the state as it is now, without computing it for either day.

use super::{Desk, Leaf, Line, QuestionLine, by_time};
use crate::control::{self, HoldLine};
use crate::entry;
use crate::voice::{ReportLabel, in_order, label};
use rapporteur_model::{ClaimId, Date, ReportId, Standing};
use serde::Serialize;
use std::collections::BTreeSet;

/// So much is on a page.
const REPORTS: usize = 30;
const PLACES: usize = 12;
const QUESTIONS: usize = 6;
const LINES: usize = 16;

/// What came in between two days, by the dates of the reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes {
    /// Reports published up to this day were there before.
    pub from: Option<Date>,
    /// And those published up to this day are there after.
    pub to: Option<Date>,
    /// Reports that came in.
    pub reports: Came<ReportLabel>,
    /// Places of which something is newly said.
    pub control: Came<PlaceChange>,
    /// Questions to which a claim came in.
    pub questions: Came<QuestionMoved>,
    /// What is newly said of the talks, the ground and the counts.
    pub lines: Vec<Line>,
    /// Which page of these lines this is.
    #[serde(flatten)]
    pub leaf: Leaf,
}

/// The first of what came in, and how much there is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Came<T> {
    /// How many there are.
    pub all: usize,
    /// The first of them.
    pub first: Vec<T>,
}

/// A place of which something is newly said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceChange {
    /// The place.
    pub id: rapporteur_model::EntityId,
    /// Its preferred name.
    pub name: String,
    /// The last that was said before; `None`: nothing.
    pub before: Option<HoldLine>,
    /// What is said since.
    pub after: Vec<HoldLine>,
}

/// A question to which claims came in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionMoved {
    /// How many of its claims were there before.
    pub before: usize,
    /// How many came in.
    pub came: usize,
    /// How many accounts had a claim before.
    pub accounts_before: usize,
    /// How its accounts stand in the whole record.
    pub standing: Standing,
    /// The question.
    pub question: QuestionLine,
}

fn came<T, U>(all: Vec<T>, most: usize, show: impl FnMut(T) -> Option<U>) -> Came<U> {
    Came {
        all: all.len(),
        first: all.into_iter().take(most).filter_map(show).collect(),
    }
}

impl Desk {
    /// The first and the last day on which a report was published.
    pub fn published(&self) -> Option<(Date, Date)> {
        let reports = self.state.reports.values();
        let mut days: Vec<Date> = reports
            .filter_map(|r| Some(r.published.when?.latest))
            .collect();
        days.sort();
        days.first().copied().zip(days.last().copied())
    }

    /// What came in after `from` up to `to`; without them, on the last day on which a report was published. What
    /// is known only as a stretch of days comes in on its last; reports of unknown time never.
    pub fn changes(&self, from: Option<Date>, to: Option<Date>, page: usize) -> Changes {
        let known = self.published();
        let to = to.or(known.map(|(_, last)| last));
        let from = from.or_else(|| to?.yesterday().ok());
        let day = |id: &ReportId| Some(self.state.reports.get(id)?.published.when?.latest);
        let is_new = |id: &ReportId| day(id) > from && day(id) <= to && day(id).is_some();
        let was_there = |id: &ReportId| day(id).is_some() && day(id) <= from;
        let report_of =
            |claim: &ClaimId| Some(self.state.claims.get(claim)?.claim.evidence().report());
        let new = |claim: &ClaimId| report_of(claim).is_some_and(is_new);
        let old = |claim: &ClaimId| report_of(claim).is_some_and(was_there);

        let mut reports: Vec<ReportLabel> = (self.state.reports.iter())
            .filter(|(id, _)| is_new(id))
            .map(|(id, report)| label(id, report))
            .collect();
        reports.sort_by(in_order);

        let places: Vec<_> = (self.state.control.iter())
            .filter(|place| place.history.iter().any(|hold| hold.claims.iter().any(new)))
            .collect();
        let hold_line = |hold| {
            let mut line = control::line(&self.state, hold);
            super::lines::shorten(&mut line.voices, 1);
            line
        };
        let control = came(places, PLACES, |place| {
            let (after, rest): (Vec<_>, Vec<_>) = (place.history.iter())
                .partition(|hold| !hold.claims.iter().any(old) && hold.claims.iter().any(new));
            let before = (rest.into_iter())
                .filter(|hold| hold.claims.iter().any(old))
                .max_by_key(|hold| hold.when.map(|when| when.latest));
            Some(PlaceChange {
                id: place.place.clone(),
                name: place.name.clone(),
                before: before.map(hold_line),
                after: after.into_iter().take(3).map(hold_line).collect(),
            })
        });

        let mut questions: Vec<(usize, usize, usize)> = Vec::new();
        for number in &self.disputes {
            let Some(accounts) = self.state.accounts.get(*number) else {
                continue;
            };
            let claims = || accounts.accounts.iter().flat_map(|account| &account.claims);
            let (fresh, before) = (
                claims().filter(|c| new(c)).count(),
                claims().filter(|c| old(c)).count(),
            );
            // What is agreed and was not asked before is only newly reported.
            if fresh > 0 && (before > 0 || accounts.standing != Standing::Agreed) {
                questions.push((*number, before, fresh));
            }
        }
        let questions = came(questions, QUESTIONS, |(number, before, fresh)| {
            let accounts = self.state.accounts.get(number)?;
            let there = |account: &&rapporteur_model::Account| account.claims.iter().any(old);
            Some(QuestionMoved {
                before,
                came: fresh,
                accounts_before: accounts.accounts.iter().filter(there).count(),
                standing: accounts.standing,
                question: self.question_line(number)?,
            })
        });

        let mut fresh: Vec<(_, ClaimId)> = Vec::new();
        let mut seen: BTreeSet<&ClaimId> = BTreeSet::new();
        for group in &self.lines {
            // A line is new where none of its claims was there before.
            if !group.claims.iter().any(old)
                && let Some(first) = group.claims.iter().find(|claim| new(claim))
                && seen.insert(first)
            {
                let when = self.state.claims.get(first).and_then(entry::when);
                fresh.push((by_time(when), first.clone()));
            }
        }
        let claims: Vec<ClaimId> = fresh.into_iter().map(|(_, claim)| claim).collect();
        let (leaf, lines) = self.lines_of(&claims, page, LINES);
        Changes {
            from,
            to,
            reports: came(reports, REPORTS, Some),
            control,
            questions,
            lines,
            leaf,
        }
    }
}
