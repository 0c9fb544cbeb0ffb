//! The timeline, and any list of claims like it.

use super::{Desk, Leaf, by_time, report::home};
use crate::entry::{self, Entry};
use crate::voice::{Voice, Weight};
use crate::{Filter, words};
use rapporteur_model::{ClaimId, Subject, When};
use rapporteur_record::State;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// So many lines are on a page.
const LINES: usize = 24;
/// So many voices of a line are shown; its question has all.
const VOICES: usize = 3;

/// Claims that say the same of the same time.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub when: Option<When>,
    pub claims: Vec<ClaimId>,
    /// What its claims are about.
    pub subjects: Vec<&'static str>,
}

/// Which lines are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only what is said of places that go by this name.
    pub place: Option<String>,
    /// Only what is said of, to or by those who go by this name.
    pub actor: Option<String>,
    /// `ground`, `talks`, `count` or `statement`.
    pub subject: Option<String>,
}

impl Asked {
    /// Is everything asked for?
    pub fn is_all(&self) -> bool {
        *self == Asked::default()
    }
}

/// A page of lines in order of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lines {
    /// What was asked for, in words.
    pub about: String,
    /// Which page this is.
    #[serde(flatten)]
    pub leaf: Leaf,
    /// The lines; those without a time last.
    pub lines: Vec<Line>,
    /// Statements without a time, which are not here.
    pub undated_statements: usize,
}

/// What several claims say alike, or one says alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// When it happened or holds; `None`: unknown.
    pub when: Option<When>,
    /// `ground`, `talks`, `count` or `statement`.
    pub subject: &'static str,
    /// What is said.
    pub words: String,
    /// How many reports and origins say so.
    pub weight: Weight,
    /// The first who say so.
    pub voices: Vec<Voice>,
    /// How many more do.
    pub more: usize,
    /// Do others contradict it, or act against it?
    pub against: bool,
    /// The question that it is an answer to; `None`: nobody else answers it.
    pub question: Option<String>,
}

impl Line {
    /// A line from an entry with all of its voices.
    pub(super) fn of(desk: &Desk, entry: Entry) -> Line {
        let Entry {
            when,
            subject,
            words,
            weight,
            against,
            mut voices,
        } = entry;
        let question = (voices.iter())
            .flat_map(|voice| desk.questions_of(&voice.claim))
            .next()
            .map(str::to_string);
        let more = shorten(&mut voices, VOICES);
        Line {
            when,
            subject,
            words,
            weight,
            against: !against.is_empty(),
            voices,
            more,
            question,
        }
    }
}

/// Keeps the first voices, one an origin before a second of any, and says how many it leaves out.
pub(super) fn shorten(voices: &mut Vec<Voice>, most: usize) -> usize {
    let all = voices.len();
    if all > most {
        let mut origins: BTreeSet<String> = BTreeSet::new();
        let (firsts, others): (Vec<Voice>, Vec<Voice>) = (std::mem::take(voices).into_iter())
            .partition(|voice| origins.insert(voice.origin.clone()));
        voices.extend(firsts.into_iter().chain(others).take(most));
    }
    all - voices.len()
}

/// Every claim that is about the talks, the ground or a count, or has a time; those that give the same value
/// for the same time together, in order of time; and how many claims are none of these.
pub(super) fn groups(state: &State) -> (Vec<Group>, usize) {
    type Key<'c> = (Option<entry::Place>, Option<When>, Option<&'c ClaimId>);
    let places = entry::places(state);
    let mut together: BTreeMap<Key<'_>, Vec<ClaimId>> = BTreeMap::new();
    let mut undated = 0;
    for (id, claim) in &state.claims {
        if claim.repeats.is_some() {
            continue;
        }
        let when = entry::when(claim);
        if when.is_none() && claim.claim.what().subject == Subject::Statement {
            undated += 1;
            continue;
        }
        let place = places.get(id).copied();
        let alone = place.is_none().then_some(id);
        (together.entry((place, when, alone)).or_default()).push(id.clone());
    }
    let mut groups: Vec<Group> = (together.into_iter())
        .map(|((_, when, _), claims)| {
            let of = claims.iter().filter_map(|id| state.claims.get(id));
            let subjects: BTreeSet<&'static str> = of
                .map(|claim| entry::subject(&claim.claim.what().subject))
                .collect();
            Group {
                when,
                claims,
                subjects: subjects.into_iter().collect(),
            }
        })
        .collect();
    // Of one time, in the order of the reports' text.
    groups.sort_by_cached_key(|group| {
        let first = group.claims.first().and_then(|id| state.claims.get(id));
        let place = first.map(|claim| (claim.claim.evidence().report().clone(), home(claim).start));
        (by_time(group.when), place, group.claims.first().cloned())
    });
    (groups, undated)
}

impl Desk {
    /// A page of the timeline.
    pub fn timeline(&self, asked: &Asked, page: usize) -> Lines {
        let about = Filter {
            place: asked.place.clone(),
            actor: asked.actor.clone(),
            as_of: None,
        };
        if asked.is_all() {
            let (leaf, groups) = Leaf::of(&self.lines, page, LINES);
            return Lines {
                about: String::new(),
                leaf,
                lines: (groups.iter())
                    .filter_map(|group| self.line(&group.claims))
                    .collect(),
                undated_statements: self.undated,
            };
        }
        let wanted = self.wanted(&about);
        // Asked for every claim of the record.
        let wanted: Option<HashSet<&ClaimId>> = wanted.as_ref().map(|of| of.iter().collect());
        let is_wanted = |id: &&ClaimId| {
            let named = wanted.as_ref().is_none_or(|wanted| wanted.contains(*id));
            let subject = |subject: &String| {
                (self.state.claims.get(*id))
                    .is_some_and(|claim| entry::subject(&claim.claim.what().subject) == subject)
            };
            named && asked.subject.as_ref().is_none_or(subject)
        };
        let found: Vec<&Group> = match (&wanted, &asked.subject) {
            (None, Some(subject)) => (self.lines.iter())
                .filter(|group| group.subjects.contains(&subject.as_str()))
                .collect(),
            (None, None) => self.lines.iter().collect(),
            (Some(wanted), _) => {
                let of = wanted.iter().copied().filter(is_wanted);
                let lines: BTreeSet<usize> =
                    of.filter_map(|id| self.line_of.get(id).copied()).collect();
                let lines = lines.into_iter().filter_map(|at| self.lines.get(at));
                lines.collect()
            }
        };
        let (leaf, groups) = Leaf::of(&found, page, LINES);
        let mut words = about.words();
        if let Some(subject) = &asked.subject {
            words.push_str(&format!(", {subject} only"));
        }
        Lines {
            about: words::one_line(&words),
            leaf,
            lines: (groups.iter())
                .map(|group| group.claims.iter().filter(is_wanted).cloned().collect())
                .filter_map(|claims: Vec<ClaimId>| self.line(&claims))
                .collect(),
            undated_statements: 0,
        }
    }

    /// The claims of the entities and sources that go by the names asked for; `None`: all.
    fn wanted(&self, filter: &Filter) -> Option<BTreeSet<ClaimId>> {
        let of = |filter: &Filter| -> BTreeSet<ClaimId> {
            let entities = (filter.place.iter().chain(&filter.actor))
                .flat_map(|wanted| self.going_by(&self.going_by.entities, wanted))
                .filter_map(|at| self.state.entities.get(*at));
            let named = entities
                .filter(|entity| filter.wants_entity(entity))
                .filter_map(|entity| self.named.get(&entity.id))
                .flatten();
            let mut found: BTreeSet<ClaimId> = named.cloned().collect();
            if let Some(actor) = &filter.actor {
                let as_place = Filter {
                    place: Some(actor.clone()),
                    ..Filter::default()
                };
                let sources = (self.going_by(&self.going_by.sources, actor).iter())
                    .filter_map(|at| self.sources.get(*at))
                    .filter(|tally| as_place.wants_place([tally.name.as_str()]));
                found.extend(sources.flat_map(|tally| tally.claims.iter().cloned()));
            }
            found
        };
        let place = filter.place.as_ref().map(|place| {
            of(&Filter {
                place: Some(place.clone()),
                ..Filter::default()
            })
        });
        let actor = filter.actor.as_ref().map(|actor| {
            of(&Filter {
                actor: Some(actor.clone()),
                ..Filter::default()
            })
        });
        match (place, actor) {
            (Some(place), Some(actor)) => Some(place.intersection(&actor).cloned().collect()),
            (place, actor) => place.or(actor),
        }
    }

    /// Those that have the first of the words asked for in a name: all that go by them are among these.
    fn going_by<'d>(&self, by_word: &'d HashMap<String, Vec<usize>>, asked: &str) -> &'d [usize] {
        let first = crate::filter::words(asked).into_iter().next();
        let found = first.and_then(|word| by_word.get(&word));
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// A page of lines for some claims, in their order: a line a claim.
    pub(super) fn lines_of(
        &self,
        claims: &[ClaimId],
        page: usize,
        each: usize,
    ) -> (Leaf, Vec<Line>) {
        let (leaf, claims) = Leaf::of(claims, page, each);
        let lines = (claims.chunks(1)).filter_map(|one| self.line(one));
        (leaf, lines.collect())
    }
}
