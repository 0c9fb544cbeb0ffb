//! The reports, with what they are and where they have it from.

use crate::page::{Page, Style, column, piece, plain, share};
use crate::voice::{ReportLabel, in_order, label};
use crate::{Filter, View, lineage, words};
use rapporteur_model::{How, ReportId};
use rapporteur_record::{ClaimState, ReportState, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// The reports of a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reports {
    /// What was asked for, in words.
    pub about: String,
    /// The earliest first, those of unknown date last.
    pub reports: Vec<ReportLine>,
}

/// One report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportLine {
    /// Publisher, headline, path and date.
    pub report: ReportLabel,
    /// The page's own address.
    pub url: Option<String>,
    /// The writer, as printed.
    pub byline: Option<String>,
    /// Whom it names as where it has the story from.
    pub credits: Vec<String>,
    /// Every path it was found under.
    pub paths: Vec<String>,
    /// How many claims it holds that were asked for.
    pub claims: usize,
    /// How it came from others, or others from it, in words.
    pub lineage: Vec<String>,
}

/// The reports; with a place or actor asked for, those that have a claim of it.
pub fn reports(state: &State, filter: &Filter) -> Reports {
    let mut claims: BTreeMap<_, usize> = BTreeMap::new();
    for claim in state
        .claims
        .values()
        .filter(|claim| filter.wants(state, claim))
    {
        *claims.entry(claim.claim.evidence().report()).or_default() += 1;
    }
    let mut lineage: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for derivation in &state.derivations {
        if let Some(sentence) = lineage::sentence(state, derivation) {
            for id in [&derivation.from, &derivation.to] {
                lineage.entry(id).or_default().push(sentence.clone());
            }
        }
    }
    let mut reports: Vec<ReportLine> = (state.reports.iter())
        .filter(|(id, _)| filter.is_empty() || claims.contains_key(id))
        .map(|(id, report)| {
            let claims = claims.get(id).copied().unwrap_or(0);
            let lineage = lineage.get(id).cloned().unwrap_or_default();
            line(id, report, claims, lineage)
        })
        .collect();
    reports.sort_by(|a, b| in_order(&a.report, &b.report));
    Reports {
        about: filter.words(),
        reports,
    }
}

/// One report, with all of its claims counted; `None`: it is not in the state.
pub fn report(state: &State, id: &ReportId) -> Option<ReportLine> {
    let report = state.reports.get(id)?;
    let here = |claim: &&ClaimState| claim.claim.evidence().report() == id;
    let claims = state.claims.values().filter(here).count();
    let related = (state.derivations.iter())
        .filter(|derivation| derivation.from == *id || derivation.to == *id);
    let lineage = related.filter_map(|derivation| lineage::sentence(state, derivation));
    Some(line(id, report, claims, lineage.collect()))
}

fn line(id: &ReportId, report: &ReportState, claims: usize, lineage: Vec<String>) -> ReportLine {
    let masthead = report.report.masthead();
    ReportLine {
        report: label(id, report),
        url: masthead.url.clone(),
        byline: masthead.byline.as_deref().map(words::one_line),
        credits: masthead.credits.clone(),
        paths: report.paths.clone(),
        claims,
        lineage,
    }
}

impl View for Reports {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let count = words::count(self.reports.len(), "report", "reports");
        page.title("Reports", &format!("{count}{}", self.about));
        for line in &self.reports {
            let label = &line.report;
            let mut head = vec![piece(&label.name, Style::Strong)];
            if let Some(title) = &label.title {
                head.push(plain(format!(": {title}")));
            }
            let date = vec![piece(words::when(label.published), Style::Heading)];
            page.row(0, vec![column(13, date), share(1, head)]);
            let mut notes = vec![words::count(line.claims, "claim", "claims")];
            notes.extend(how(label.how).map(str::to_string));
            if let Some(byline) = &line.byline {
                notes.push(format!("by {byline}"));
            }
            if !line.credits.is_empty() {
                notes.push(format!("credits {}", line.credits.join(", ")));
            }
            page.text(15, vec![plain(notes.join("; "))]);
            for lineage in &line.lineage {
                page.text(15, vec![plain(lineage)]);
            }
            let mut found = line.paths.join(", ");
            if let Some(url) = &line.url {
                found.push_str(&format!(" · {url}"));
            }
            found.push_str(&format!(" · report {}", words::short(&label.id.0)));
            page.text(15, vec![piece(found, Style::Quiet)]);
            page.blank();
        }
        page
    }
}

/// How the date was found, in words; unknown is said by the date itself.
pub fn how(how: How) -> Option<&'static str> {
    match how {
        How::Unknown => None,
        How::Story => Some("dated by the other reports of its story"),
        How::Text => Some("dated by its own text"),
        How::Page => Some("dated by a line on the page"),
        How::Meta => Some("dated by the page's markup"),
        How::Given => Some("date given"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn a_report_says_how_it_was_dated_and_where_it_comes_from() {
        expect![[r#"
            Reports · 3 reports
            ────────────────────────────────────────────────────────────────────────────────
            1 Mar 2031     North Wire: Army takes Velka
                           2 claims; date given
                           Daily Echo (2 Mar 2031) reprints North Wire (1 Mar 2031), 80% of
                           it
                           in/wire.html · report 30b6f357fa

            2 Mar 2031     Daily Echo: Velka falls
                           1 claim; date given
                           Daily Echo (2 Mar 2031) reprints North Wire (1 Mar 2031), 80% of
                           it
                           in/echo.html · report 99c1b63337

            date unknown   page.txt
                           2 claims
                           in/page.txt · report 77f1a9d965
        "#]]
        .assert_eq(&reports(&state(), &Filter::default()).page().plain(80));
    }
}
