//! What a record holds, at a glance.

use super::{ControlPage, Desk, Line, MeetingLine, QuestionLine, SourceLine};
use rapporteur_model::{Date, When};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How much of each a glance takes in.
const DISPUTES: usize = 4;
const SOURCES: usize = 6;
const MEETINGS: usize = 3;
const PLACES: usize = 6;
/// The chart has at most so many columns.
const COLUMNS: usize = 60;

/// What a record holds, at a glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overview {
    /// Reports, after those that are readings of one are put together.
    pub reports: usize,
    /// Publishers that are named.
    pub publishers: usize,
    /// Claims.
    pub claims: usize,
    /// From the first to the last day on which a report was published.
    pub published: Option<When>,
    /// Questions with accounts that cannot all be so, that differ, and that agree.
    pub questions: [usize; 3],
    /// How many reports came from others.
    pub derivations: usize,
    /// Entities.
    pub entities: usize,
    /// Lines in the timeline.
    pub lines: usize,
    /// Figures in the ledgers.
    pub figures: usize,
    /// Disputes with most origins.
    pub disputes: Vec<QuestionLine>,
    /// The talks of which most is told.
    pub talks: Vec<MeetingLine>,
    /// Who is said to hold what, where it changed last.
    pub control: ControlPage,
    /// Who is quoted most.
    pub sources: Vec<SourceLine>,
    /// How many reports and dated claims there are for each stretch of days.
    pub days: Vec<DayCount>,
}

/// How much there is of a stretch of days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DayCount {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Reports published then.
    pub reports: usize,
    /// Lines of the timeline that tell of it.
    pub lines: usize,
}

impl Desk {
    /// What the record holds, at a glance.
    pub fn overview(&self) -> &Overview {
        self.overview.get_or_init(|| self.look_over())
    }

    fn look_over(&self) -> Overview {
        let state = &self.state;
        let publishers: BTreeSet<&str> = (state.reports.values())
            .filter_map(|report| report.report.masthead().publisher.as_deref())
            .collect();
        let whens = || {
            state
                .reports
                .values()
                .filter_map(|report| report.published.when)
        };
        let page = self.disputes(None, 1);
        let ledgers = state.ledgers.iter().map(|ledger| ledger.entries.len());
        let mut control = self.control(None);
        control.places.sort_by_key(|place| {
            let when = place.history.first().and_then(|hold| hold.when);
            std::cmp::Reverse(when.map(|when| when.latest))
        });
        control.more += control.places.len().saturating_sub(PLACES);
        control.places.truncate(PLACES);
        Overview {
            reports: state.reports.len(),
            publishers: publishers.len(),
            claims: state.claims.len(),
            published: whens().reduce(When::hull),
            questions: [page.against, page.differ, page.agreed],
            derivations: state.derivations.len(),
            entities: state.entities.len(),
            lines: self.lines.len(),
            figures: ledgers.sum(),
            disputes: (page.questions.into_iter())
                .take(DISPUTES.min(page.against.max(1)))
                .collect(),
            talks: self.talks(1).meetings.into_iter().take(MEETINGS).collect(),
            control,
            sources: self
                .sources
                .iter()
                .take(SOURCES)
                .map(|tally| tally.line())
                .collect(),
            days: self.day_counts(),
        }
    }

    /// Reports and lines by day, of the days around which most of them lie.
    fn day_counts(&self) -> Vec<DayCount> {
        let mut counts: BTreeMap<Date, (usize, usize)> = BTreeMap::new();
        for report in self.state.reports.values() {
            if let Some(when) = report.published.when.filter(|when| when.days() == 1) {
                counts.entry(when.latest).or_default().0 += 1;
            }
        }
        let Some((first, last)) = ends(&counts) else {
            return vec![];
        };
        // Claims reach back for years: the chart shows a little more than the days of the reports.
        let margin = 14;
        let start = first.saturating_sub(jiff::Span::new().days(margin));
        let end = last.saturating_add(jiff::Span::new().days(margin));
        for group in &self.lines {
            let when = group.when.filter(|when| when.days() == 1);
            if let Some(when) = when.filter(|when| start <= when.latest && when.latest <= end) {
                counts.entry(when.latest).or_default().1 += 1;
            }
        }
        let Some((first, last)) = ends(&counts) else {
            return vec![];
        };
        let all = When::between(first, last).days();
        let each = all.div_euclid(COLUMNS as i64) + i64::from(all % COLUMNS as i64 > 0);
        let mut days: Vec<DayCount> = Vec::new();
        let mut from = first;
        while from <= last && days.len() <= COLUMNS {
            let to = from.saturating_add(jiff::Span::new().days(each - 1));
            let within = counts.range(from..=to).map(|(_, count)| count);
            let (mut reports, mut lines) = (0, 0);
            for (of_reports, of_lines) in within {
                reports += of_reports;
                lines += of_lines;
            }
            days.push(DayCount {
                from,
                to: to.min(last),
                reports,
                lines,
            });
            let next = to.saturating_add(jiff::Span::new().days(1));
            if next <= from {
                break;
            }
            from = next;
        }
        days
    }

    /// A line of each claim that a report makes, for feeds and the like.
    pub fn claim_line(&self, claim: &rapporteur_model::ClaimId) -> Option<Line> {
        self.line(std::slice::from_ref(claim))
    }
}

/// The first and the last day.
fn ends<T>(days: &BTreeMap<Date, T>) -> Option<(Date, Date)> {
    let (first, _) = days.first_key_value()?;
    let (last, _) = days.last_key_value()?;
    Some((*first, *last))
}
