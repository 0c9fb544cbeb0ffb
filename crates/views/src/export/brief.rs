//! A page for an editor, in Markdown: the state of the talks and of the field, what is disputed, the
//! counts; each line with footnotes to publisher, date and exact words.
//!
//! Report text is escaped, so that it shows as text: no markup, no HTML, no control characters.

use crate::disputes::{self, Dispute};
use crate::entry::Entry;
use crate::voice::{self, Voice};
use crate::{Filter, PlaceView, control, figures, talks, words};
use rapporteur_model::ClaimId;
use rapporteur_record::State;
use std::collections::BTreeMap;

/// So many origins are cited for one line; the weight beside it says how many there are.
const CITED: usize = 5;

/// So much of each part, for a page that is read: what has the most claims first, and of histories the
/// latest. What is left off is told, and stands in the record.
const SERIES: usize = 5;
const LINES: usize = 15;
const PLACES: usize = 15;
const CHANGES: usize = 4;
const DISPUTES: usize = 12;
const COUNTS: usize = 10;
const FIGURES: usize = 6;

/// The page as lines of Markdown.
pub fn lines(state: &State) -> impl Iterator<Item = String> + '_ {
    let mut page = Page::default();
    page.head(state);
    page.talks(state);
    page.field(state);
    page.disputes(state);
    page.counts(state);
    page.end().into_iter()
}

/// Lines, and the footnotes that they refer to.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    /// The number of a claim's footnote.
    numbers: BTreeMap<ClaimId, usize>,
    notes: Vec<String>,
}

impl Page {
    fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn heading(&mut self, level: usize, words: &str) {
        self.line("");
        self.line(format!("{} {words}", "#".repeat(level)));
        self.line("");
    }

    fn head(&mut self, state: &State) {
        self.line("# Brief");
        self.line("");
        let published = state
            .reports
            .values()
            .filter_map(|report| report.published.when);
        let span = published.reduce(|a, b| a.hull(b));
        let undated = state
            .reports
            .values()
            .filter(|r| r.published.when.is_none());
        let mut words = format!(
            "What {} say, with {}",
            words::count(state.reports.len(), "report", "reports"),
            words::count(state.claims.len(), "claim", "claims"),
        );
        if span.is_some() {
            words.push_str(&format!(", published {}", words::when(span)));
        }
        let undated = undated.count();
        if undated > 0 {
            words.push_str(&format!(" ({undated} of unknown date)"));
        }
        words.push_str(
            ". Who claims what, on whose word; not what is so. Copies of one report, and reports that \
             cite one voice, are one origin.",
        );
        self.line(words);
    }

    fn talks(&mut self, state: &State) {
        let view = talks(state, &Filter::default());
        self.heading(2, "State of the talks");
        if view.meetings.is_empty() {
            self.line("No claims about talks.");
        }
        let mut meetings: Vec<_> = (view.meetings.iter())
            .map(|meeting| {
                let positions = meeting.positions.iter().flat_map(|p| &p.lines);
                let lines = (meeting.track.iter())
                    .chain(&meeting.delegations)
                    .chain(&meeting.agenda)
                    .chain(positions);
                (meeting, lines.collect::<Vec<_>>())
            })
            .collect();
        meetings.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
        for (meeting, lines) in meetings.iter().take(SERIES) {
            let parties = match meeting.parties.is_empty() {
                true => "Parties not named".to_string(),
                false => escaped(&meeting.parties.join(" · ")),
            };
            self.heading(
                3,
                &match &meeting.place {
                    Some(place) => format!("{parties}, {}", escaped(place)),
                    None => parties,
                },
            );
            for line in lines.iter().take(LINES) {
                self.entry(line.aspect, &line.entry);
            }
            self.left_off("- ", lines.len(), LINES, ("line", "lines"));
        }
        if meetings.len() > SERIES {
            self.line("");
        }
        self.left_off(
            "",
            meetings.len(),
            SERIES,
            ("series of talks", "series of talks"),
        );
    }

    fn entry(&mut self, aspect: &str, entry: &Entry) {
        let against = match entry.against.len() {
            0 => String::new(),
            n => format!("; {} against it", words::count(n, "claim", "claims")),
        };
        let notes = self.notes(&entry.voices);
        self.line(format!(
            "- {aspect}, {}: **{}** ({}{against}){notes}",
            words::when(entry.when),
            escaped(&entry.words),
            entry.weight.words(),
        ));
    }

    fn field(&mut self, state: &State) {
        let view = control(state, &Filter::default());
        self.heading(2, "State of the field");
        if view.places.is_empty() {
            self.line("No claims about ground.");
        }
        let mut places: Vec<_> = view.places.iter().collect();
        let claims = |place: &PlaceView| -> usize {
            place.history.iter().map(|hold| hold.voices.len()).sum()
        };
        places.sort_by_key(|place| std::cmp::Reverse(claims(place)));
        for place in places.iter().take(PLACES) {
            self.line(format!("- {}", escaped(&place.name)));
            let earlier = place.history.len().saturating_sub(CHANGES);
            self.left_off("    - ", place.history.len(), CHANGES, ("entry", "entries"));
            for hold in place.history.iter().skip(earlier) {
                let notes = self.notes(&hold.voices);
                self.line(format!(
                    "    - {}: **{}** ({}){notes}",
                    words::when(hold.when),
                    escaped(&hold.words()),
                    hold.weight.words(),
                ));
            }
        }
        self.left_off("- ", places.len(), PLACES, ("place", "places"));
    }

    /// Tells how many of `all` are not among the `most` that are shown.
    fn left_off(&mut self, before: &str, all: usize, most: usize, (one, many): (&str, &str)) {
        let more = all.saturating_sub(most);
        if more > 0 {
            let count = words::count(more, one, many);
            self.line(format!("{before}{count} more in the record"));
        }
    }

    fn disputes(&mut self, state: &State) {
        let view = disputes::disputes(state, &Filter::default());
        self.heading(2, "Disputes");
        let against: Vec<&Dispute> = (view.questions.iter())
            .filter(|dispute| dispute.is_against())
            .collect();
        if against.is_empty() {
            self.line("No claims that exclude one another.");
        }
        let number = against.len();
        for dispute in against.into_iter().take(DISPUTES) {
            let standing = disputes::standing(dispute);
            self.line(format!("- {} ({standing})", escaped(&dispute.question)));
            for account in &dispute.accounts {
                let notes = self.notes(&account.voices);
                let when = match account.when {
                    Some(when) => format!(", {}", words::when(Some(when))),
                    None => String::new(),
                };
                self.line(format!(
                    "    - **{}**{when} ({}){notes}",
                    escaped(&account.value),
                    account.weight.words(),
                ));
            }
        }
        self.left_off("- ", number, DISPUTES, ("dispute", "disputes"));
        let differing = view.questions.len() - number;
        self.line("");
        self.line(format!(
            "On {} more accounts differ and can all be so; on {} they agree.",
            words::count(differing, "question", "questions"),
            words::count(view.agreed.len(), "question", "questions"),
        ));
    }

    fn counts(&mut self, state: &State) {
        let view = figures(state, &Filter::default());
        let several = view
            .ledgers
            .iter()
            .filter(|ledger| ledger.figures.len() > 1);
        self.heading(2, "Counts given more than once");
        let mut ledgers: Vec<_> = several.collect();
        ledgers.sort_by_key(|ledger| std::cmp::Reverse(ledger.figures.len()));
        for ledger in ledgers.iter().take(COUNTS) {
            self.line(format!("- {}", escaped(&ledger.of)));
            let earlier = ledger.figures.len().saturating_sub(FIGURES);
            self.left_off(
                "    - ",
                ledger.figures.len(),
                FIGURES,
                ("figure", "figures"),
            );
            for figure in ledger.figures.iter().skip(earlier) {
                let notes = self.notes(std::slice::from_ref(&figure.voice));
                self.line(format!(
                    "    - {}: **{}**, {}{notes}",
                    words::when(figure.when),
                    escaped(&figure.printed),
                    escaped(&figure.by),
                ));
            }
        }
        if ledgers.is_empty() {
            self.line("None.");
        }
        self.left_off("- ", ledgers.len(), COUNTS, ("count", "counts"));
    }

    /// References to the footnotes of these voices: one an origin.
    fn notes(&mut self, voices: &[Voice]) -> String {
        let mut origins: Vec<&str> = Vec::new();
        let mut notes = String::new();
        for voice in voices {
            if origins.contains(&voice.origin.as_str()) || origins.len() == CITED {
                continue;
            }
            origins.push(&voice.origin);
            notes.push_str(&format!("[^{}]", self.note(voice)));
        }
        notes
    }

    fn note(&mut self, voice: &Voice) -> usize {
        if let Some(number) = self.numbers.get(&voice.claim) {
            return *number;
        }
        let number = self.notes.len() + 1;
        let url = match &voice.report.path {
            Some(path) => format!(", {}", escaped(path)),
            None => String::new(),
        };
        self.notes.push(format!(
            "[^{number}]: {}{url}. {}: “{}” Claim {}.",
            escaped(&voice::headline(&voice.report)),
            escaped(&voice.chain),
            escaped(&voice.exact),
            voice.claim,
        ));
        self.numbers.insert(voice.claim.clone(), number);
        number
    }

    fn end(mut self) -> Vec<String> {
        if !self.notes.is_empty() {
            self.heading(2, "Evidence");
        }
        self.lines.extend(self.notes);
        self.lines
    }
}

/// Words that show as they are: on one line, Markdown's signs behind backslashes, neither control
/// characters nor those that turn the direction of what follows.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in words::one_line(text).chars() {
        let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if letter.is_control() || turns {
            continue;
        }
        if "\\`*_{}[]<>#|~&$^".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn each_line_has_its_footnotes() {
        let state = state();
        let text: Vec<String> = lines(&state).collect();
        expect![[r#"
            # Brief

            What 3 reports say, with 5 claims, published 1–2 Mar 2031 (1 of unknown date). Who claims what, on whose word; not what is so. Copies of one report, and reports that cite one voice, are one origin.

            ## State of the talks


            ### army · Žižek’s men

            - offer, date unknown: **army offers a truce** (1 report, 1 origin)[^1]

            ## State of the field

            - Velka
                - 28 Feb 2031: **army, taken: contested** (2 reports, 1 origin)[^2]
                - date unknown: **Žižek’s men, held: contested** (1 report, 1 origin)[^3]

            ## Disputes

            - control of Velka (disputed)
                - **army**, 28 Feb 2031 (2 reports, 1 origin)[^2]
                - **Žižek’s men** (1 report, 1 origin)[^3]

            On 0 questions more accounts differ and can all be so; on 0 questions they agree.

            ## Counts given more than once

            None.

            ## Evidence

            [^1]: page.txt, date unknown, in/page.txt. page.txt in its own voice: “The army offered a truce” Claim a552d1a1623fca830a95.
            [^2]: North Wire, 1 Mar 2031: Army takes Velka, in/wire.html. defence ministry ← North Wire: “The army took Velka on Friday” Claim 322cb15b05b7ed6f8480.
            [^3]: page.txt, date unknown, in/page.txt. two residents (unnamed) ← page.txt: “Žižek’s men hold Velka” Claim 1cc08276dae758d87bc2."#]].assert_eq(&text.join("\n"));
    }

    #[test]
    fn report_text_shows_as_text() {
        for (text, shown) in [
            (
                "<script>alert(1)</script>",
                r"\<script\>alert(1)\</script\>",
            ),
            ("a *b* [c](d)\n\n# e", r"a \*b\* \[c\](d) \# e"),
            ("x\u{202e}y\u{0}z", "xyz"),
        ] {
            assert_eq!(escaped(text), shown);
        }
    }
}
