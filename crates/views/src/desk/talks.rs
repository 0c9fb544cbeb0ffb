//! The talks: every series, and one with its rounds, delegations, agenda and positions.

use super::{Desk, Leaf, Line, lines::shorten};
use crate::{entry, words};
use rapporteur_model::{Aspect, ClaimId, Date, When};
use rapporteur_record::{Meeting, TalksEntry};
use serde::Serialize;
use std::collections::BTreeMap;

/// So many series are on a page.
const MEETINGS: usize = 40;
/// So many lines of one series.
const LINES: usize = 32;

/// Every series of talks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TalksPage {
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// Those with most claims first.
    pub meetings: Vec<MeetingLine>,
}

/// One series of talks among many.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeetingLine {
    /// Its id.
    pub id: String,
    /// The sides.
    pub parties: Vec<String>,
    /// Where, if that is said.
    pub place: Option<String>,
    /// From the first to the last day that a claim tells of; `None`: unknown.
    pub when: Option<When>,
    /// How many claims tell of it.
    pub claims: usize,
    /// How many rounds, offers, demands, denials … in words and number.
    pub aspects: Vec<(&'static str, usize)>,
    /// The latest day that is said for a next meeting.
    pub next: Option<When>,
}

/// One series of talks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeetingPage {
    /// Which page this is: of its lines.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// What it is.
    pub meeting: MeetingLine,
    /// Days of rounds, outcomes, agreements and next meetings: the track.
    pub track: Vec<(Date, &'static str, String)>,
    /// The lines of this page by section.
    pub sections: Vec<Section>,
}

/// Lines of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// `track`, `delegations`, `agenda` or `position`.
    pub kind: &'static str,
    /// Of a position: whose.
    pub party: Option<String>,
    /// The aspect and what is said.
    pub lines: Vec<(&'static str, Line)>,
}

/// Entries that say the same, as one line.
struct Together<'m> {
    section: (&'static str, Option<&'m str>),
    first: &'m TalksEntry,
    claims: Vec<&'m ClaimId>,
}

fn entries(meeting: &Meeting) -> Vec<((&'static str, Option<&str>), &TalksEntry)> {
    let mut all = Vec::new();
    for (kind, list) in [
        ("track", &meeting.track),
        ("delegations", &meeting.delegations),
        ("agenda", &meeting.agenda),
    ] {
        all.extend(list.iter().map(|entry| ((kind, None), entry)));
    }
    for position in &meeting.positions {
        let of = ("position", Some(position.party.as_str()));
        all.extend(position.entries.iter().map(|entry| (of, entry)));
    }
    all
}

impl Desk {
    /// A page of series of talks.
    pub fn talks(&self, page: usize) -> TalksPage {
        let mut order: Vec<usize> = (0..self.state.talks.len()).collect();
        let size = |number: &usize| {
            self.state
                .talks
                .get(*number)
                .map_or(0, |m| entries(m).len())
        };
        order.sort_by_cached_key(|number| (std::cmp::Reverse(size(number)), *number));
        let (leaf, numbers) = Leaf::of(&order, page, MEETINGS);
        TalksPage {
            leaf,
            meetings: numbers
                .iter()
                .filter_map(|number| self.meeting_line(*number))
                .collect(),
        }
    }

    pub(super) fn meeting_line(&self, number: usize) -> Option<MeetingLine> {
        let meeting = self.state.talks.get(number)?;
        let all = entries(meeting);
        let mut aspects: BTreeMap<Aspect, usize> = BTreeMap::new();
        for (_, entry) in &all {
            *aspects.entry(entry.aspect).or_default() += 1;
        }
        let of = |aspect: Aspect| {
            all.iter()
                .filter(move |(_, entry)| entry.aspect == aspect)
                .filter_map(|(_, e)| e.when)
        };
        Some(MeetingLine {
            id: self.meetings.get(number)?.clone(),
            parties: meeting.parties.clone(),
            place: meeting.place.clone(),
            when: (meeting.track.iter())
                .filter_map(|entry| entry.when)
                .reduce(When::hull),
            claims: all.len(),
            aspects: aspects
                .into_iter()
                .map(|(a, n)| (words::aspect(a), n))
                .collect(),
            next: of(Aspect::Next).max_by_key(|when| when.latest),
        })
    }

    /// One series of talks, by its id.
    pub fn meeting(&self, id: &str, page: usize) -> Option<MeetingPage> {
        let number = self.meetings.iter().position(|other| other == id)?;
        let meeting = self.state.talks.get(number)?;
        let mut together: Vec<Together<'_>> = Vec::new();
        let mut known: BTreeMap<_, usize> = BTreeMap::new();
        for (section, entry) in entries(meeting) {
            let asked = self
                .asked
                .get(&entry.claim)
                .and_then(|numbers| numbers.first());
            let says = match asked {
                Some(number) => (Some(*number), self.account_of(*number, &entry.claim), ""),
                None => (None, None, entry.words.as_str()),
            };
            let key = (section, entry.aspect, entry.when, says);
            match known.get(&key).and_then(|at| together.get_mut(*at)) {
                Some(group) => group.claims.push(&entry.claim),
                None => {
                    known.insert(key, together.len());
                    together.push(Together {
                        section,
                        first: entry,
                        claims: vec![&entry.claim],
                    });
                }
            }
        }
        let (leaf, shown) = Leaf::of(&together, page, LINES);
        let mut sections: Vec<Section> = Vec::new();
        for group in shown {
            let Some(mut entry) = entry::entry(&self.state, &group.claims, &self.opposed) else {
                continue;
            };
            entry.when = group.first.when;
            entry.words = words::one_line(&group.first.words);
            let mut line = Line::of(self, entry);
            line.more += shorten(&mut line.voices, 2);
            let (kind, party) = group.section;
            let line = (words::aspect(group.first.aspect), line);
            match sections.last_mut() {
                Some(last) if last.kind == kind && last.party.as_deref() == party => {
                    last.lines.push(line);
                }
                _ => sections.push(Section {
                    kind,
                    party: party.map(str::to_string),
                    lines: vec![line],
                }),
            }
        }
        let mut track: Vec<(Date, &'static str, String)> = (meeting.track.iter())
            .filter_map(|entry| {
                let day = entry.when?.latest;
                Some((
                    day,
                    words::aspect(entry.aspect),
                    words::one_line(&entry.words),
                ))
            })
            .collect();
        track.sort();
        track.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1));
        track.truncate(40);
        Some(MeetingPage {
            leaf,
            meeting: self.meeting_line(number)?,
            track,
            sections,
        })
    }

    fn account_of(&self, question: usize, claim: &ClaimId) -> Option<usize> {
        let accounts = self.state.accounts.get(question)?;
        accounts
            .accounts
            .iter()
            .position(|account| account.claims.contains(claim))
    }
}
