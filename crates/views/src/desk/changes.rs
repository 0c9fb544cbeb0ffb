//! What came in between two days: from the state as it is now, without computing it for either day.

use super::days::before_and_within;
use super::{Desk, Leaf, Line, QuestionLine};
use crate::control::{self, HoldLine};
use crate::voice::{ReportLabel, label};
use rapporteur_model::{ClaimId, Date, ReportId, Standing};
use serde::Serialize;

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
        let known = || self.came.reports.iter().flatten();
        known().min().copied().zip(known().max().copied())
    }

    /// What came in after `from` up to `to`; without them, on the last day on which a report was published. What
    /// is known only as a stretch of days comes in on its last; reports of unknown time never.
    pub fn changes(&self, from: Option<Date>, to: Option<Date>, page: usize) -> Changes {
        let known = self.published();
        let to = to.or(known.map(|(_, last)| last));
        let from = from.or_else(|| to?.yesterday().ok());
        let came_in = |day: Option<Date>| day > from && day <= to && day.is_some();
        let day_of = |claim: &ClaimId| {
            let report = self.state.claims.get(claim)?.claim.evidence().report();
            Some(self.state.reports.get(report)?.published.when?.latest)
        };
        let new = |claim: &ClaimId| came_in(day_of(claim));
        let old = |claim: &ClaimId| day_of(claim).is_some_and(|day| Some(day) <= from);

        let reports = self.reports.iter().zip(&self.came.reports);
        let reports: Vec<&ReportId> = reports
            .filter(|(_, day)| came_in(**day))
            .map(|(id, _)| id)
            .collect();
        let reports = came(reports, REPORTS, |id| {
            Some(label(id, self.state.reports.get(id)?))
        });

        let places = self.state.control.iter().zip(&self.came.places);
        let places: Vec<_> = places
            .filter(|(_, days)| before_and_within(days, from, to).1 > 0)
            .map(|(place, _)| place)
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
        for (_, number) in &self.disputes {
            let (Some(accounts), Some(days)) = (
                self.state.accounts.get(*number),
                self.came.questions.get(*number),
            ) else {
                continue;
            };
            let (before, fresh) = before_and_within(days, from, to);
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

        // A line is new where none of its claims was there before.
        let fresh = self.lines.iter().zip(&self.came.lines);
        let fresh = fresh.filter(|(_, first)| came_in(**first));
        let fresh: Vec<_> = fresh.map(|(line, _)| line).collect();
        let (leaf, fresh) = Leaf::of(&fresh, page, LINES);
        let claims = fresh
            .iter()
            .filter_map(|line| line.claims.iter().find(|c| new(c)));
        let lines = claims.filter_map(|claim| self.claim_line(claim)).collect();
        Changes {
            from,
            to,
            reports,
            control,
            questions,
            lines,
            leaf,
        }
    }
}
