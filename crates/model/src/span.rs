//! Ranges of a report's text, and the words that stand there.

use crate::{Report, ReportId};
use serde::{Deserialize, Serialize};

/// A range of bytes in a report's body, end exclusive. Always on character boundaries where it came
/// from the text itself; [`Evidence::cut`] checks.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// As a standard range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// How many bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Is there nothing in it?
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Does the other range lie wholly inside?
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Do the two share a byte?
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    pub fn hull(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// A report, a range of its body, and the exact words that stand there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    report: ReportId,
    span: Span,
    exact: String,
}

impl Evidence {
    /// Cuts the words out of the report; `None` where the span is empty, outside the body or not
    /// on character boundaries.
    pub fn cut(report: &Report, span: Span) -> Option<Evidence> {
        let exact = report
            .slice(span)
            .filter(|words| !words.is_empty())?
            .to_string();
        Some(Evidence {
            report: report.id().clone(),
            span,
            exact,
        })
    }

    /// Which report.
    pub fn report(&self) -> &ReportId {
        &self.report
    }

    /// Where in its body.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The words that stand there.
    pub fn exact(&self) -> &str {
        &self.exact
    }

    /// Is it still what stands in the report? Reading a record back asks this again.
    pub fn holds_in(&self, report: &Report) -> bool {
        *report.id() == self.report && report.slice(self.span) == Some(&self.exact)
    }
}
