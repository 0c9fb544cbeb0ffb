//! Every claim, report by report, in the order of the text.

use crate::page::{Page, Style, piece, plain};
use crate::voice::{self, ReportLabel, Voice, voice};
use crate::{Filter, View, entry, words};
use rapporteur_model::{Certainty, ClaimId, Factuality, Polarity, Realis, ReportId, When};
use rapporteur_record::{ClaimState, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// Every claim, report by report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claims {
    /// What was asked for, in words.
    pub about: String,
    /// The reports that have a claim asked for: the earliest first, those of unknown date last.
    pub reports: Vec<ReportClaims>,
}

/// A report's claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportClaims {
    /// The report.
    pub report: ReportLabel,
    /// Its claims, in the order of the text.
    pub claims: Vec<ClaimLine>,
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimLine {
    /// What it says.
    pub words: String,
    /// `ground`, `talks`, `count` or `statement`.
    pub subject: &'static str,
    /// When it happened or holds; `None`: unknown.
    pub when: Option<When>,
    /// When it was said, where printed.
    pub said: Option<When>,
    /// How sure, so or not so, actual or not, as the source puts it.
    pub factuality: Factuality,
    /// The same claim in an earlier version of the report, which alone is counted elsewhere.
    pub repeats: Option<ClaimId>,
    /// Who says it, where and in which words.
    pub voice: Voice,
}

/// Every claim, report by report.
pub fn claims(state: &State, filter: &Filter) -> Claims {
    let mut by_report: BTreeMap<&ReportId, Vec<&ClaimState>> = BTreeMap::new();
    for claim in state
        .claims
        .values()
        .filter(|claim| filter.wants(state, claim))
    {
        let id = claim.claim.evidence().report();
        by_report.entry(id).or_default().push(claim);
    }
    let mut reports: Vec<ReportClaims> = Vec::new();
    for (id, found) in by_report {
        reports.extend(of_report(state, id, found));
    }
    reports.sort_by(|a, b| voice::in_order(&a.report, &b.report));
    Claims {
        about: filter.words(),
        reports,
    }
}

/// The claims of one report; `None`: it is not in the state.
pub fn report_claims(state: &State, id: &ReportId) -> Option<ReportClaims> {
    let here = |claim: &&ClaimState| claim.claim.evidence().report() == id;
    of_report(state, id, state.claims.values().filter(here).collect())
}

fn of_report(state: &State, id: &ReportId, mut found: Vec<&ClaimState>) -> Option<ReportClaims> {
    let report = state.reports.get(id)?;
    found.sort_by_key(|claim| {
        let span = claim.claim.evidence().span();
        (span.start, span.end, claim.claim.id())
    });
    let line = |claim: &ClaimState| {
        let what = claim.claim.what();
        Some(ClaimLine {
            words: words::claim(&report.report, &claim.claim),
            subject: entry::subject(&what.subject),
            when: entry::when(claim),
            said: claim.said,
            factuality: what.factuality,
            repeats: claim.repeats.clone(),
            voice: voice(state, claim)?,
        })
    };
    Some(ReportClaims {
        report: voice::label(id, report),
        claims: found.into_iter().filter_map(line).collect(),
    })
}

impl View for Claims {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let number: usize = self.reports.iter().map(|report| report.claims.len()).sum();
        let holds = format!(
            "{} in {}{}",
            words::count(number, "claim", "claims"),
            words::count(self.reports.len(), "report", "reports"),
            self.about
        );
        page.title("Claims", &holds);
        for report in &self.reports {
            page.heading(voice::headline(&report.report));
            page.blank();
            for claim in &report.claims {
                write(&mut page, claim);
            }
        }
        page
    }
}

fn write(page: &mut Page, claim: &ClaimLine) {
    page.printed(2, voice::sentence(&claim.voice));
    if words::one_line(&claim.voice.exact) != claim.words {
        page.text(4, vec![piece(&claim.words, Style::Strong)]);
    }
    let mut notes = vec![claim.subject.to_string(), words::when(claim.when)];
    if claim.said.is_some() {
        notes.push(format!("said {}", words::when(claim.said)));
    }
    notes.extend(factuality(claim.factuality).map(str::to_string));
    if let Some(repeated) = &claim.repeats {
        let earlier = words::short(&repeated.0);
        notes.push(format!("as in another version [{earlier}]"));
    }
    notes.extend(voice::no_longer(&claim.voice));
    page.text(4, vec![plain(&claim.voice.chain)]);
    let notes = format!(
        "{} [{}]",
        notes.join(", "),
        words::short(&claim.voice.claim.0)
    );
    page.text(4, vec![piece(notes, Style::Quiet)]);
    page.blank();
}

/// How the source puts it, where that is not plainly so.
pub(crate) fn factuality(factuality: Factuality) -> impl Iterator<Item = &'static str> {
    let certainty = match factuality.certainty {
        Certainty::Certain => None,
        Certainty::Probable => Some("put as probable"),
        Certainty::Possible => Some("put as possible"),
        Certainty::Uncommitted => Some("left open"),
    };
    let polarity = match factuality.polarity {
        Polarity::Positive => None,
        Polarity::Negative => Some("said not to be so"),
    };
    let realis = match factuality.realis {
        Realis::Actual => None,
        Realis::Planned => Some("planned"),
        Realis::Offered => Some("offered"),
        Realis::Demanded => Some("demanded"),
        Realis::Conditional => Some("on a condition"),
    };
    [certainty, polarity, realis].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn every_claim_stands_under_its_report() {
        expect![[r#"
            Claims · 5 claims in 3 reports
            ────────────────────────────────────────────────────────────────────────────────

            North Wire, 1 Mar 2031: Army takes Velka

              │ The army took Velka on Friday, the defence ministry said.
                army took Velka
                defence ministry ← North Wire
                ground, 28 Feb 2031 [322cb15b05]

              │ It holds more than 16 of 40 districts.
                more than 16 of 40 districts
                North Wire in its own voice
                count, date unknown [a6a57c31f5]

            Daily Echo, 2 Mar 2031: Velka falls

              │ (North Wire) The army took Velka on Friday, the defence ministry said.
                army took Velka
                defence ministry ← Daily Echo
                ground, 28 Feb 2031 [17d9f44f81]

            page.txt, date unknown

              │ “Žižek’s men hold Velka,” said two residents.
                Žižek’s men in control of Velka
                two residents (unnamed) ← page.txt
                ground, date unknown [1cc08276da]

              │ The army offered a truce.
                army offers a truce
                page.txt in its own voice
                talks, date unknown, offered [a552d1a162]
        "#]]
        .assert_eq(&claims(&state(), &Filter::default()).page().plain(80));
    }
}
