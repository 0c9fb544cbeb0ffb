//! Who is said to hold which place, since when.

use crate::page::{Page, Style, column, piece, plain, share};
use crate::voice::{self, Voice, Weight, voices, weigh};
use crate::{Filter, View, words};
use rapporteur_model::{EntityId, When};
use rapporteur_record::{Entity, Hold, HoldStatus, PlaceControl, State};
use serde::Serialize;
use std::collections::BTreeSet;

/// Who is said to hold which place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    /// What was asked for, in words.
    pub about: String,
    /// By name.
    pub places: Vec<PlaceView>,
    /// How many more there are, where these are only the first.
    #[serde(skip_serializing_if = "is_none")]
    pub more: usize,
}

fn is_none(more: &usize) -> bool {
    *more == 0
}

/// One place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceView {
    /// The place.
    pub id: EntityId,
    /// Its preferred name.
    pub name: String,
    /// What is said of it, in order of time; what has no time last.
    pub history: Vec<HoldLine>,
}

/// What is said of a place at one time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HoldLine {
    /// Since when; `None`: unknown.
    pub when: Option<When>,
    /// Who; as first printed.
    pub holder: String,
    /// `taken`, `held`, `fighting` …: what is said to be done.
    pub action: &'static str,
    /// `held`, `claimed`, `contested` …: how that stands among the accounts.
    pub status: &'static str,
    /// How many reports and origins say so.
    pub weight: Weight,
    /// Who says so.
    pub voices: Vec<Voice>,
}

/// Who is said to hold which place. With an actor asked for: the places of which a claim asked for
/// tells, with their whole history.
pub fn control(state: &State, filter: &Filter) -> Control {
    first_places(state, filter, usize::MAX)
}

/// The first so many places, by name.
pub fn first_places(state: &State, filter: &Filter, most: usize) -> Control {
    let wanted = match filter.actor {
        None => BTreeSet::new(),
        Some(_) => filter.claims(state),
    };
    let asked_for = |place: &&PlaceControl| {
        // Entities stand in order of their ids.
        let by_id = |entity: &Entity| entity.id.cmp(&place.place);
        let at = state.entities.binary_search_by(by_id).ok();
        let entity = at.and_then(|at| state.entities.get(at));
        let names = entity.into_iter().flat_map(|entity| &entity.names);
        let here = filter.wants_place(names.map(String::as_str).chain([place.name.as_str()]));
        let mut claims = place.history.iter().flat_map(|hold| &hold.claims);
        here && (filter.actor.is_none() || claims.any(|claim| wanted.contains(claim)))
    };
    let places: Vec<&PlaceControl> = state.control.iter().filter(asked_for).collect();
    let shown = places.len().min(most);
    Control {
        about: filter.words(),
        places: (places.iter().take(shown))
            .map(|place| view(state, place))
            .collect(),
        more: places.len() - shown + state.left_out.places,
    }
}

fn view(state: &State, place: &PlaceControl) -> PlaceView {
    PlaceView {
        id: place.place.clone(),
        name: place.name.clone(),
        history: place.history.iter().map(|hold| line(state, hold)).collect(),
    }
}

/// One change of a place's history.
pub fn line(state: &State, hold: &Hold) -> HoldLine {
    let voices = voices(state, &hold.claims);
    HoldLine {
        when: hold.when,
        holder: match hold.name.is_empty() {
            true => "holder not named".to_string(),
            false => hold.name.clone(),
        },
        action: words::state(hold.action),
        status: status(hold.status),
        weight: Weight {
            reports: weigh(&voices).reports,
            origins: hold.origins.len(),
        },
        voices,
    }
}

fn status(status: HoldStatus) -> &'static str {
    match status {
        HoldStatus::Held => "held",
        HoldStatus::Retaken => "retaken",
        HoldStatus::Claimed => "claimed by its own side alone",
        HoldStatus::Contested => "contested",
        HoldStatus::Fighting => "fighting",
        HoldStatus::Surrounded => "surrounded",
    }
}

impl HoldLine {
    /// `army, taken: contested`.
    pub fn words(&self) -> String {
        match self.action == self.status {
            true => format!("{}, {}", self.holder, self.status),
            false => format!("{}, {}: {}", self.holder, self.action, self.status),
        }
    }
}

impl View for Control {
    fn page(&self) -> Page {
        let mut page = Page::default();
        let count = words::count(self.places.len() + self.more, "place", "places");
        page.title("Control", &format!("{count}, as claimed{}", self.about));
        for place in &self.places {
            page.heading(&place.name);
            page.blank();
            for hold in &place.history {
                write(&mut page, hold);
            }
        }
        if self.more > 0 {
            let words = words::count(self.more, "more place", "more places");
            page.text(
                0,
                vec![piece(
                    format!("{words} not shown: ask for a place, an actor or a --limit"),
                    Style::Quiet,
                )],
            );
        }
        page
    }
}

/// Writes one change with its evidence.
pub fn write(page: &mut Page, hold: &HoldLine) {
    let date = vec![plain(words::when(hold.when))];
    let pieces = vec![
        piece(hold.words(), Style::Strong),
        piece(format!(" · {}", hold.weight.words()), Style::Quiet),
    ];
    page.row(0, vec![column(13, date), share(1, pieces)]);
    voice::write(page, 15, &hold.voices);
    page.blank();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::state;
    use expect_test::expect;

    #[test]
    fn each_change_names_its_origins() {
        expect![[r#"
            Control · 1 place, as claimed
            ────────────────────────────────────────────────────────────────────────────────

            Velka

            28 Feb 2031    army, taken: contested · 2 reports, 1 origin
                           │ The army took Velka on Friday, the defence ministry said.
                             defence ministry ← North Wire, 1 Mar 2031 [322cb15b05]
                             also defence ministry ← Daily Echo, 2 Mar 2031 [17d9f44f81]

            date unknown   Žižek’s men, held: contested · 1 report, 1 origin
                           │ “Žižek’s men hold Velka,” said two residents.
                             two residents (unnamed) ← page.txt, date unknown [1cc08276da]
        "#]]
        .assert_eq(&control(&state(), &Filter::default()).page().plain(80));
    }
}
