//! Which claims are asked for.

use rapporteur_model::{ClaimId, Date, Kind, Mention, ReportId, Subject};
use rapporteur_record::{ClaimState, Entity, State};
use std::collections::BTreeSet;

/// What is asked for; an empty filter asks for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what is said of this place. Any name that the record takes for it will do; so will a
    /// part of one in whole words.
    pub place: Option<String>,
    /// Only what is said of, to or by this person or organisation.
    pub actor: Option<String>,
    /// The day that the state is of: written over the view. It does not filter here; the state
    /// must have been computed as of that day.
    pub as_of: Option<Date>,
}

impl Filter {
    /// Does it ask for everything?
    pub fn is_empty(&self) -> bool {
        self.place.is_none() && self.actor.is_none()
    }

    /// Is this claim asked for?
    pub fn wants(&self, state: &State, claim: &ClaimState) -> bool {
        let report = claim.claim.evidence().report();
        let named = |wanted: &Option<String>, mentions: Vec<&Mention>| match wanted {
            None => true,
            Some(wanted) => mentions
                .into_iter()
                .any(|mention| is_named(state, report, mention, wanted)),
        };
        named(&self.place, places(claim)) && named(&self.actor, actors(claim))
    }

    /// Is this thing, which goes by all these names, the place or actor asked for?
    pub fn wants_place<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> bool {
        match &self.place {
            None => true,
            Some(wanted) => names.into_iter().any(|name| is_in(wanted, name)),
        }
    }

    /// Is this entity asked for: among places where a place is, among the others where an actor is?
    pub fn wants_entity(&self, entity: &Entity) -> bool {
        let wanted = match entity.kind {
            Kind::Place => &self.place,
            Kind::Person | Kind::Organization => &self.actor,
        };
        match wanted {
            None => self.is_empty(),
            Some(wanted) => entity.names.iter().any(|name| is_in(wanted, name)),
        }
    }

    /// Every claim that is asked for, those once that a later version of a report repeats.
    pub fn claims(&self, state: &State) -> BTreeSet<ClaimId> {
        (state.claims.iter())
            .filter(|(_, claim)| claim.repeats.is_none())
            .filter(|(_, claim)| self.wants(state, claim))
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// The filter in words, for the head of a view: ` of Velka, as of 2031-03-01`.
    pub fn words(&self) -> String {
        let mut words = String::new();
        if let Some(place) = &self.place {
            words.push_str(&format!(", place {place}"));
        }
        if let Some(actor) = &self.actor {
            words.push_str(&format!(", actor {actor}"));
        }
        if let Some(date) = self.as_of {
            words.push_str(&format!(", as of {date}"));
        }
        words
    }
}

/// The places that a claim names.
pub(crate) fn places(claim: &ClaimState) -> Vec<&Mention> {
    let what = claim.claim.what();
    let mut found: Vec<&Mention> = what.place.iter().collect();
    if let Subject::Talks(detail) = &what.subject {
        found.extend(&detail.place);
    }
    found
}

/// Whoever a claim names as doing, done to, meeting or saying.
pub(crate) fn actors(claim: &ClaimState) -> Vec<&Mention> {
    let what = claim.claim.what();
    let mut found: Vec<&Mention> = Vec::new();
    found.extend(&what.actor);
    found.extend(&what.recipient);
    found.extend(&what.third_party);
    found.extend(
        what.attribution
            .sources
            .iter()
            .map(|source| &source.mention),
    );
    if let Subject::Talks(detail) = &what.subject {
        found.extend(&detail.parties);
        found.extend(&detail.members);
        found.extend(&detail.by_others);
        found.extend(&detail.to_others);
        for one in [
            &detail.party,
            &detail.head,
            &detail.by,
            &detail.to,
            &detail.person,
        ] {
            found.extend(one);
        }
    }
    found
}

/// Does the mention, or the entity that the record takes it for, go by that name? A source also
/// counts for whom it speaks.
fn is_named(state: &State, report: &ReportId, mention: &Mention, wanted: &str) -> bool {
    let spoken_for = mention.role.as_ref().and_then(|role| role.of.as_deref());
    is_in(wanted, &mention.name)
        || mention
            .stands_for
            .as_deref()
            .is_some_and(|name| is_in(wanted, name))
        || spoken_for.is_some_and(|name| is_in(wanted, name))
        || (state.entity(report, mention))
            .is_some_and(|entity| entity.names.iter().any(|name| is_in(wanted, name)))
}

/// Are the wanted words, whole and in order, in the name? Case does not matter.
fn is_in(wanted: &str, name: &str) -> bool {
    let (wanted, name) = (words(wanted), words(name));
    !wanted.is_empty() && name.windows(wanted.len()).any(|part| part == wanted)
}

/// The words of a name, as names are asked for.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_whole_words_in_any_case() {
        for (wanted, name, found) in [
            ("velka", "Velka", true),
            ("Velka", "Velka province", true),
            ("Velka", "Velkanova", false),
            ("port lenn", "the town of Port Lenn", true),
            ("Lenn Port", "Port Lenn", false),
            ("", "Port Lenn", false),
            ("Šar", "šar", true),
        ] {
            assert_eq!(is_in(wanted, name), found, "{wanted} in {name}");
        }
    }
}
