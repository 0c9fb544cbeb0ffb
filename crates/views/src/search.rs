//! Words looked up: where each report has them.

use crate::page::{Page, Style, column, piece, plain, share};
use crate::{View, words};
use rapporteur_model::{ReportId, Span, When};
use rapporteur_record::Found;
use serde::Serialize;

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Search {
    /// The words looked for.
    pub words: String,
    /// The reports that have all of them, those that speak of them most first.
    pub reports: Vec<FoundLine>,
}

/// A report that has the words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundLine {
    /// Which report.
    pub report: ReportId,
    /// Its publisher, where one is known.
    pub publisher: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published, as its masthead says.
    pub published: Option<When>,
    /// The first places where its body has the words; none where only its headline has.
    pub excerpts: Vec<Excerpt>,
    /// How often the body has one of the words.
    pub times: usize,
}

/// A stretch of a report's body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// Where it begins, in Unicode code points of the body.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its exact words.
    pub exact: String,
    /// The words found in it: code points of `exact`, from and to.
    pub found: Vec<(usize, usize)>,
}

/// How much of the body is shown on either side of what was found, in bytes at least.
const AROUND: usize = 80;
/// How many excerpts of one report are shown.
const MOST: usize = 3;

/// What was found, laid out.
pub fn search(looked_for: &str, found: &[Found]) -> Search {
    let line = |found: &Found| {
        let masthead = found.report.masthead();
        FoundLine {
            report: found.report.id().clone(),
            publisher: masthead.publisher.as_deref().map(words::one_line),
            title: masthead.title.as_deref().map(words::one_line),
            published: masthead.published.when,
            excerpts: excerpts(found.report.body(), &found.spans),
            times: found.spans.len(),
        }
    };
    Search {
        words: words::one_line(looked_for),
        reports: found.iter().map(line).collect(),
    }
}

fn excerpts(body: &str, spans: &[Span]) -> Vec<Excerpt> {
    let mut stretches: Vec<(Span, Vec<Span>)> = Vec::new();
    for span in spans {
        let around = around(body, *span);
        let near = stretches
            .last()
            .is_some_and(|(last, _)| around.start <= last.end);
        if let Some((last, found)) = stretches.last_mut().filter(|_| near) {
            last.end = last.end.max(around.end);
            found.push(*span);
        } else if stretches.len() < MOST {
            stretches.push((around, vec![*span]));
        } else {
            break;
        }
    }
    let points = |from: usize, to: usize| body.get(from..to).map_or(0, |text| text.chars().count());
    let mut excerpts = Vec::new();
    let (mut at, mut start) = (0, 0);
    for (stretch, found) in stretches {
        start += points(at, stretch.start);
        at = stretch.start;
        let exact = body.get(stretch.start..stretch.end).unwrap_or_default();
        let within = |span: Span| {
            let from = points(stretch.start, span.start);
            (from, from + points(span.start, span.end))
        };
        excerpts.push(Excerpt {
            start,
            end: start + exact.chars().count(),
            exact: exact.to_string(),
            found: found.into_iter().map(within).collect(),
        });
    }
    excerpts
}

/// A span with the words around it, cut at white space within one paragraph.
fn around(body: &str, span: Span) -> Span {
    let (before, after) = (body.get(..span.start), body.get(span.end..));
    let before = before.unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let from = before.floor_char_boundary(span.start.saturating_sub(AROUND));
    let mut letters = before.get(..from).unwrap_or_default().char_indices();
    let space = letters.rfind(|(_, letter)| letter.is_whitespace());
    let start = space.map_or(0, |(at, letter)| at + letter.len_utf8());
    let after = after.unwrap_or_default();
    let end = after.find('\n').unwrap_or(after.len());
    let to = after.ceil_char_boundary(AROUND);
    let cut = after.get(to..).and_then(|a| a.find(char::is_whitespace));
    let to = cut.map_or(after.len(), |at| to + at);
    Span::new(start.max(line), span.end + to.min(end))
}

impl View for Search {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let count = words::count(self.reports.len(), "report", "reports");
        page.title("Search", &format!("{}: {count}", self.words));
        for line in &self.reports {
            let name = (line.publisher.as_deref()).unwrap_or(words::short(&line.report.0));
            let mut head = vec![piece(name, Style::Strong)];
            head.extend(line.title.as_ref().map(|title| plain(format!(": {title}"))));
            let date = vec![piece(words::when(line.published), Style::Heading)];
            page.row(0, vec![column(13, date), share(1, head)]);
            for excerpt in &line.excerpts {
                page.printed(15, marked(excerpt));
            }
            let times = words::count(line.times, "time", "times");
            let id = words::short(&line.report.0);
            page.text(
                15,
                vec![piece(format!("{times} · report {id}"), Style::Quiet)],
            );
            page.blank();
        }
        page
    }
}

/// An excerpt with what was found set apart.
fn marked(excerpt: &Excerpt) -> Vec<crate::Piece> {
    let letters: Vec<char> = excerpt.exact.chars().collect();
    let text = |from: usize, to: usize| {
        letters
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .collect::<String>()
    };
    let mut pieces = Vec::new();
    let mut at = 0;
    for (from, to) in &excerpt.found {
        pieces.push(piece(text(at, *from), Style::Printed));
        pieces.push(piece(text(*from, *to), Style::Exact));
        at = *to;
    }
    pieces.push(piece(text(at, letters.len()), Style::Printed));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::contents;
    use expect_test::expect;
    use proptest::prelude::*;

    fn found(word: &str) -> Vec<Found> {
        let readings = contents().readings.into_iter();
        let reports = readings.map(|reading| reading.report);
        let spans = |body: &str| {
            let at = body.match_indices(word).map(|(at, _)| at);
            at.map(|at| Span::new(at, at + word.len())).collect()
        };
        reports
            .map(|report| Found {
                spans: spans(report.body()),
                report,
            })
            .collect()
    }

    #[test]
    fn what_was_found_stands_with_the_words_around_it() {
        expect![[r#"
            Search · army: 2 reports
            ────────────────────────────────────────────────────────────────────────────────
            1 Mar 2031     North Wire: Army takes Velka
                           │ The army took Velka on Friday, the defence ministry said. It
                           │ holds more than 16 of 40 districts.
                           1 time · report 30b6f357fa

            2 Mar 2031     Daily Echo: Velka falls
                           │ (North Wire) The army took Velka on Friday, the defence
                           │ ministry said.
                           1 time · report 99c1b63337
        "#]]
        .assert_eq(&search("army", &found("army")[..2]).page().plain(80));
    }

    proptest! {
        #[test]
        fn excerpts_are_slices(body in r"(\PC{0,30}[ \n]){0,20}", at in 0usize..400, length in 0usize..9) {
            let start = body.floor_char_boundary(at.min(body.len()));
            let end = body.ceil_char_boundary((start + length).min(body.len()));
            for excerpt in excerpts(&body, &[Span::new(start, end)]) {
                let slice: String = body.chars().skip(excerpt.start).take(excerpt.end - excerpt.start).collect();
                prop_assert_eq!(&slice, &excerpt.exact);
                let (from, to) = excerpt.found[0];
                let words: String = slice.chars().skip(from).take(to - from).collect();
                prop_assert_eq!(&words, &body[start..end]);
            }
        }
    }
}
