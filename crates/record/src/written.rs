//! From which day each report speaks.

use rapporteur_model::{Anchor, How, Published, Reading, ReportId};
use std::collections::BTreeMap;

/// When each report was published and from which day its times are read, by report.
pub(crate) fn from_which_days(readings: &[Reading]) -> BTreeMap<ReportId, (Published, Anchor)> {
    let of = |reading: &Reading| {
        let published = reading.report.masthead().published.clone();
        let written = published.when.filter(|_| published.how > How::Page);
        let anchor = Anchor {
            written,
            day: written
                .filter(|w| w.earliest == w.latest)
                .map(|w| w.earliest),
            week: None,
        };
        (reading.report.id().clone(), (published, anchor))
    };
    readings.iter().map(of).collect()
}
