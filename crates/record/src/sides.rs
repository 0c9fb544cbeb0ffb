//! Which names stand for one side: the one place where "the Velkan army", "Velka's government" and
//! the capital that speaks for both are taken together.
//!
//! The rules are cautious. A country's name, adjective or seat of government, with nothing beside it
//! but words for a state's own organs, is that state. A group's name with words for its people
//! ("Orsolan fighters") is the group. A person is the state or organisation that the person's role
//! is held for. Words for organs or people alone ("the army", "rebels") are a side without a name:
//! they may be any state or any group. Everything else is a side of its own.

use crate::words::{TABLES, fold, is_stop, tokens};
use rapporteur_model::EntityId;

/// What the words of a name say about whose side it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// A state: its name.
    State(String),
    /// Some state's organs: "the army".
    SomeState,
    /// Some group's people: "rebels".
    SomeGroup,
    /// Something else, under these folded words.
    Own(String),
}

/// A side: what it is compared by, and its name for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Side {
    /// Equal for names of one side.
    pub(crate) key: String,
    /// As a report prints it; for a person who speaks or acts for a body, the body's.
    pub(crate) name: String,
    /// What the name means, where known.
    pub(crate) entity: Option<EntityId>,
}

const SOME_STATE: &str = "some state";
const SOME_GROUP: &str = "some group";
const NOBODY_NAMED: &str = "nobody named";

impl Side {
    /// The side that words without an entity stand for.
    pub(crate) fn of_words(name: &str) -> Side {
        let key = match whose(name) {
            Whose::State(state) => state_key(&state),
            Whose::SomeState => SOME_STATE.to_string(),
            Whose::SomeGroup => SOME_GROUP.to_string(),
            Whose::Own(words) => format!("name {words}"),
        };
        let name = name.to_string();
        let entity = None;
        Side { key, name, entity }
    }

    /// Nobody is named: "the town was taken".
    pub(crate) fn nobody_named() -> Side {
        let (key, name) = (NOBODY_NAMED.to_string(), NOBODY_NAMED.to_string());
        let entity = None;
        Side { key, name, entity }
    }

    /// Is it known whose side this is?
    pub(crate) fn is_named(&self) -> bool {
        !matches!(self.key.as_str(), SOME_STATE | SOME_GROUP | NOBODY_NAMED)
    }

    /// Is it a body's rather than a person's own?
    pub(crate) fn is_body(&self) -> bool {
        !self.key.starts_with("person ")
    }

    /// Is it a state's?
    pub(crate) fn is_state(&self) -> bool {
        self.key.starts_with("state ") || self.key == SOME_STATE
    }

    /// Surely the same side.
    pub(crate) fn is(&self, other: &Side) -> bool {
        self.key == other.key
    }

    /// The same side as far as the words tell: "the army" may be any state's, "rebels" any group.
    pub(crate) fn may_be(&self, other: &Side) -> bool {
        self.is(other)
            || self.key == NOBODY_NAMED
            || other.key == NOBODY_NAMED
            || match (self.is_named(), other.is_named()) {
                (true, true) => false,
                _ => self.is_state() == other.is_state(),
            }
    }
}

/// The key of a state's side.
pub(crate) fn state_key(state: &str) -> String {
    format!("state {}", fold(state))
}

/// Whose side the words of a name say.
pub(crate) fn whose(name: &str) -> Whose {
    let words = tokens(name);
    let (state, rest) = without_state(&words);
    let mut rest: Vec<&str> = rest.into_iter().filter(|w| !is_stop(w)).collect();
    if let Some(state) = state {
        let organ = |w: &&str| {
            TABLES.state_words.contains(*w)
                || TABLES.state_titles.contains(*w)
                || TABLES.crowd_words.contains(*w)
        };
        if rest.iter().all(organ) {
            return Whose::State(state);
        }
        rest = words
            .iter()
            .map(String::as_str)
            .filter(|w| !is_stop(w))
            .collect();
    }
    let is_organ = |w: &&str| TABLES.state_words.contains(*w);
    let is_crowd = |w: &&str| TABLES.crowd_words.contains(*w);
    if rest.iter().all(|w| is_organ(w) || is_crowd(w)) {
        // "Forces" and "troops" are on both lists: a state's, unless a group's word stands beside.
        return if rest.iter().all(is_organ) {
            Whose::SomeState
        } else {
            Whose::SomeGroup
        };
    }
    // What stands before or after the name itself: "Orsolan fighters", "the Velkan army".
    let core: Vec<&str> = (rest.iter().copied())
        .filter(|w| !(is_crowd(w) || rest.len() == 2 && is_organ(w)))
        .collect();
    match core[..] {
        [word] => Whose::Own(without_demonym_ending(word).to_string()),
        [] => Whose::Own(rest.join(" ")),
        _ => Whose::Own(core.join(" ")),
    }
}

/// Do the words name a state or a state's organs (true), or some group's people (false)? `None`: they do
/// not say, as a group's own name does not.
pub fn names_state(name: &str) -> Option<bool> {
    match whose(name) {
        Whose::State(_) | Whose::SomeState => Some(true),
        Whose::SomeGroup => Some(false),
        Whose::Own(_) => None,
    }
}

/// The first state that the words name, by the longest run of words, and the words left over. A
/// word that parts two of nearly one name stays with its word: "East Orsol" is never "Orsol".
fn without_state(words: &[String]) -> (Option<String>, Vec<&str>) {
    const LONGEST: usize = 6;
    for start in 0..words.len() {
        for end in (start + 1..=words.len().min(start + LONGEST)).rev() {
            let run = words[start..end].join(" ");
            let Some(state) = TABLES.states.get(&run) else {
                continue;
            };
            let parted = start > 0 && TABLES.parting.contains(&words[start - 1]);
            if parted {
                return (None, words.iter().map(String::as_str).collect());
            }
            let rest = words[..start].iter().chain(&words[end..]);
            return (Some(state.clone()), rest.map(String::as_str).collect());
        }
    }
    (None, words.iter().map(String::as_str).collect())
}

/// "Velkan" and "Velka" have one rest: `velk`.
fn without_demonym_ending(word: &str) -> &str {
    let cut = TABLES.demonym_endings.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending.as_str())?;
        (rest.chars().count() >= 4).then_some(rest)
    });
    cut.unwrap_or(word)
        .trim_end_matches(['a', 'e', 'i', 'o', 'y'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(names: &[&str]) {
        let sides: Vec<_> = names.iter().map(|n| Side::of_words(n)).collect();
        for side in &sides {
            assert!(side.is(&sides[0]), "{:?} and {:?}", side, sides[0]);
        }
    }

    fn two(a: &str, b: &str) {
        let (a, b) = (Side::of_words(a), Side::of_words(b));
        assert!(!a.may_be(&b), "{a:?} and {b:?}");
    }

    #[test]
    fn whether_words_name_a_state() {
        for (name, state) in [
            ("Norwegian army", Some(true)),
            ("security forces", Some(true)),
            ("rebels", Some(false)),
            ("Northern Front", None),
        ] {
            assert_eq!(names_state(name), state, "{name}");
        }
    }

    #[test]
    fn a_states_organs_are_one_side() {
        one(&[
            "Norwegian army",
            "Norway",
            "Oslo",
            "Norway's government",
            "Government of Norway",
            "Norwegian security forces",
        ]);
        one(&["Velkan army", "Velka", "Velkans", "Velka's government"]);
        one(&["U.S.", "American forces", "White House"]);
        two("Equatorial Guinea", "Guinean army");
        two("New Ireland", "Irish government");
        two("Guinea-Bissau", "Guinean army");
        two("Norwegian army", "Norwegian Liberation Front");
    }

    #[test]
    fn a_groups_people_are_the_group() {
        one(&["Orsol", "Orsol fighters", "Orsol delegation", "Orsols"]);
        one(&["Dren River Front", "Dren River Front fighters"]);
        two("Orsol fighters", "the army");
    }

    #[test]
    fn words_for_organs_alone_may_be_any_states() {
        assert!(Side::of_words("the army").may_be(&Side::of_words("Norwegian government")));
        assert!(!Side::of_words("the army").is(&Side::of_words("Norwegian government")));
        assert!(Side::of_words("rebels").may_be(&Side::of_words("Orsol fighters")));
        assert!(!Side::of_words("rebels").may_be(&Side::of_words("security forces")));
    }
}
