//! On which day everything came in, by the dates of the reports: made once, so that what came in between any two
//! days is found without looking at every claim.

use super::lines::Group;
use rapporteur_model::{ClaimId, Date, ReportId};
use rapporteur_record::State;
use std::collections::HashMap;

/// What is known only as a stretch of days comes in on its last day; of unknown time, never.
#[derive(Debug, Default)]
pub(super) struct Days {
    /// Of each report, in the desk's order.
    pub reports: Vec<Option<Date>>,
    /// On which day the first claim of each line came in.
    pub lines: Vec<Option<Date>>,
    /// On which days the claims of each question came in, in order.
    pub questions: Vec<Vec<Date>>,
    /// On which days the claims about each place of the control came in, in order.
    pub places: Vec<Vec<Date>>,
}

impl Days {
    pub fn of(state: &State, reports: &[ReportId], lines: &[Group]) -> Days {
        let day = |id: &ReportId| Some(state.reports.get(id)?.published.when?.latest);
        let mut of_claim: HashMap<&ClaimId, Date> = HashMap::with_capacity(state.claims.len());
        let mut last: (Option<&ReportId>, Option<Date>) = (None, None);
        for (id, claim) in &state.claims {
            let report = claim.claim.evidence().report();
            if last.0 != Some(report) {
                last = (Some(report), day(report));
            }
            of_claim.extend(last.1.map(|day| (id, day)));
        }
        let days = |claims: &mut dyn Iterator<Item = &ClaimId>| {
            let mut days: Vec<Date> = claims.filter_map(|c| of_claim.get(c).copied()).collect();
            days.sort_unstable();
            days
        };
        let questions = state.accounts.iter();
        let questions = questions.map(|of| days(&mut of.accounts.iter().flat_map(|a| &a.claims)));
        let places = state.control.iter();
        let places = places.map(|of| days(&mut of.history.iter().flat_map(|h| &h.claims)));
        Days {
            reports: reports.iter().map(day).collect(),
            lines: (lines.iter())
                .map(|line| {
                    line.claims
                        .iter()
                        .filter_map(|c| of_claim.get(c).copied())
                        .min()
                })
                .collect(),
            questions: questions.collect(),
            places: places.collect(),
        }
    }
}

/// How many of some days, in order, are up to `from`, and how many of the rest are up to `to`.
pub(super) fn before_and_within(
    days: &[Date],
    from: Option<Date>,
    to: Option<Date>,
) -> (usize, usize) {
    let before = days.partition_point(|day| Some(*day) <= from);
    let all = days.partition_point(|day| Some(*day) <= to);
    (before, all.saturating_sub(before))
}
