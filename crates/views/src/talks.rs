//! The state of the talks, as reported.

use crate::entry::{self, Entry, Place};
use crate::page::{Page, Style, piece};
use crate::{Filter, View, words};
use rapporteur_model::{ClaimId, When};
use rapporteur_record::{Meeting, State, TalksEntry};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The state of the talks, as reported.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Talks {
    /// What was asked for, in words.
    pub about: String,
    /// One a series of talks.
    pub meetings: Vec<MeetingView>,
}

/// One series of talks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeetingView {
    /// The sides.
    pub parties: Vec<String>,
    /// Where, if that is said.
    pub place: Option<String>,
    /// Rounds, agreements, outcomes and next meetings, in order of time.
    pub track: Vec<TalksLine>,
    /// Who sits there for whom.
    pub delegations: Vec<TalksLine>,
    /// What is to be discussed.
    pub agenda: Vec<TalksLine>,
    /// What each side offers, demands, pledges, refuses and denies.
    pub positions: Vec<PositionView>,
}

/// What one side offers, demands, pledges, refuses and denies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionView {
    /// The side.
    pub party: String,
    /// In order of aspect and time.
    pub lines: Vec<TalksLine>,
}

/// A line of a meeting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TalksLine {
    /// `round`, `offer`, `denial` …
    pub aspect: &'static str,
    /// What is said, and by whom.
    #[serde(flatten)]
    pub entry: Entry,
}

/// The state of the talks, as reported.
pub fn talks(state: &State, filter: &Filter) -> Talks {
    let lines = Lines {
        state,
        wanted: filter.claims(state),
        places: entry::places(state),
        opposed: entry::opposed(state),
    };
    let meetings = state.talks.iter().map(|meeting| view(&lines, meeting));
    Talks {
        about: filter.words(),
        meetings: meetings.filter(|meeting| !meeting.is_empty()).collect(),
    }
}

fn view(lines: &Lines<'_>, meeting: &Meeting) -> MeetingView {
    MeetingView {
        parties: meeting.parties.clone(),
        place: meeting.place.clone(),
        track: lines.of(&meeting.track),
        delegations: lines.of(&meeting.delegations),
        agenda: lines.of(&meeting.agenda),
        positions: (meeting.positions.iter())
            .map(|position| PositionView {
                party: position.party.clone(),
                lines: lines.of(&position.entries),
            })
            .filter(|position| !position.lines.is_empty())
            .collect(),
    }
}

impl MeetingView {
    fn is_empty(&self) -> bool {
        self.track.is_empty()
            && self.delegations.is_empty()
            && self.agenda.is_empty()
            && self.positions.is_empty()
    }
}

/// What is needed to write a line of talks.
struct Lines<'s> {
    state: &'s State,
    wanted: BTreeSet<ClaimId>,
    places: BTreeMap<ClaimId, Place>,
    opposed: BTreeMap<ClaimId, BTreeSet<ClaimId>>,
}

impl Lines<'_> {
    /// Entries in their order, those that say the same in one line.
    fn of(&self, entries: &[TalksEntry]) -> Vec<TalksLine> {
        let mut groups: Vec<(&TalksEntry, Vec<&ClaimId>)> = Vec::new();
        for entry in entries {
            if !self.wanted.contains(&entry.claim) {
                continue;
            }
            match groups
                .iter_mut()
                .find(|(first, _)| self.are_one(first, entry))
            {
                Some((_, claims)) => claims.push(&entry.claim),
                None => groups.push((entry, vec![&entry.claim])),
            }
        }
        groups
            .into_iter()
            .filter_map(|(first, claims)| {
                let mut entry = entry::entry(self.state, &claims, &self.opposed)?;
                entry.when = first.when;
                entry.words = words::one_line(&first.words);
                Some(TalksLine {
                    aspect: words::aspect(first.aspect),
                    entry,
                })
            })
            .collect()
    }

    /// The same aspect and time, and the same words or the same account.
    fn are_one(&self, a: &TalksEntry, b: &TalksEntry) -> bool {
        let when = |entry: &TalksEntry| -> Option<When> { entry.when };
        let place = |entry: &TalksEntry| self.places.get(&entry.claim);
        a.aspect == b.aspect
            && when(a) == when(b)
            && (a.words == b.words || place(a).is_some() && place(a) == place(b))
    }
}

impl View for Talks {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let count = words::count(self.meetings.len(), "series of talks", "series of talks");
        page.title("Talks", &format!("{count}{}", self.about));
        for meeting in &self.meetings {
            let parties = match meeting.parties.is_empty() {
                true => "Parties not named".to_string(),
                false => meeting.parties.join(" · "),
            };
            page.heading(match &meeting.place {
                Some(place) => format!("{parties}, {place}"),
                None => parties,
            });
            part(
                &mut page,
                "Rounds, outcomes and next meetings",
                &meeting.track,
            );
            part(&mut page, "Delegations", &meeting.delegations);
            part(&mut page, "Agenda", &meeting.agenda);
            for position in &meeting.positions {
                part(
                    &mut page,
                    &format!("Position of {}", position.party),
                    &position.lines,
                );
            }
        }
        page
    }
}

fn part(page: &mut Page, name: &str, lines: &[TalksLine]) {
    if lines.is_empty() {
        return;
    }
    page.blank();
    page.text(0, vec![piece(name, Style::Strong)]);
    page.blank();
    for line in lines {
        entry::write_one(page, &words::when(line.entry.when), &line.entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn each_side_has_its_positions() {
        expect![[r#"
            Talks · 1 series of talks
            ────────────────────────────────────────────────────────────────────────────────

            army · Žižek’s men

            Position of army

            date unknown   army offers a truce · 1 report, 1 origin
                           │ The army offered a truce.
                             page.txt in its own voice, date unknown [a552d1a162]
        "#]]
        .assert_eq(&talks(&state(), &Filter::default()).page().plain(80));
    }
}
