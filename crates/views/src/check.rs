//! Whether everything in a record holds.

use crate::page::{Page, Style, piece};
use crate::{View, words};
use rapporteur_record::{Counts, Fault};
use serde::Serialize;

/// Whether everything in a record holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// What does not hold, in order.
    pub faults: Vec<FaultLine>,
    /// What was checked; `None` where the record cannot be read as a whole.
    pub checked: Option<Checked>,
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FaultLine {
    /// The table of the record.
    pub table: String,
    /// The row.
    pub row: String,
    /// What does not hold.
    pub what: String,
}

/// How much was checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// Reports.
    pub reports: usize,
    /// Claims.
    pub claims: usize,
    /// Derivations.
    pub derivations: usize,
    /// Judgements, with those that take others back.
    pub judgements: usize,
}

/// Whether everything in a record holds, from the faults that the record found and how much it holds.
pub fn check(faults: &[Fault], counts: Option<Counts>) -> Check {
    Check {
        faults: (faults.iter())
            .map(|fault| FaultLine {
                table: fault.table.clone(),
                row: fault.row.clone(),
                what: fault.what.clone(),
            })
            .collect(),
        checked: counts.map(|counts| Checked {
            reports: counts.reports,
            claims: counts.claims,
            derivations: counts.derivations,
            judgements: counts.judgements,
        }),
    }
}

impl View for Check {
    fn page(&self) -> Page {
        let mut page = Page::default();
        for FaultLine { table, row, what } in &self.faults {
            let place = match row.is_empty() {
                true => format!("{table}: "),
                false => format!("{table} {row}: "),
            };
            page.text(
                0,
                vec![piece(place, Style::Strong), piece(what, Style::Against)],
            );
        }
        let checked = match &self.checked {
            None => "the record cannot be read as a whole".to_string(),
            Some(checked) => format!(
                "{}, {}, {}, {}",
                words::count(checked.reports, "report", "reports"),
                words::count(checked.claims, "claim", "claims"),
                words::count(checked.derivations, "derivation", "derivations"),
                words::count(checked.judgements, "judgement", "judgements"),
            ),
        };
        let verdict = match self.faults.len() {
            0 => "everything holds".to_string(),
            faults => words::count(faults, "fault", "faults"),
        };
        page.text(
            0,
            vec![piece(format!("{checked}: {verdict}"), Style::Plain)],
        );
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn each_fault_is_a_line_and_the_rest_is_counted() {
        let fault = Fault {
            table: "claim".to_string(),
            row: "3fa9b2c1d0".to_string(),
            what: "its words do not stand in the report".to_string(),
        };
        let counts = Counts {
            reports: 3,
            claims: 5,
            derivations: 1,
            judgements: 0,
        };
        let shown = |faults: &[Fault]| check(faults, Some(counts)).page().plain(80);
        expect![[r#"
            3 reports, 5 claims, 1 derivation, 0 judgements: everything holds
        "#]]
        .assert_eq(&shown(&[]));
        expect![[r#"
            claim 3fa9b2c1d0: its words do not stand in the report
            3 reports, 5 claims, 1 derivation, 0 judgements: 1 fault
        "#]]
        .assert_eq(&shown(&[fault]));
    }
}
