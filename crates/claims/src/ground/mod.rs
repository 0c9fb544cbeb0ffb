//! Ground: who takes, retakes, holds, attacks, surrounds, or fights over which place, and when.

mod actor;
mod noun;
mod place;
mod sign;
mod time;
mod verb;

pub(crate) use actor::{fights, items};
pub(crate) use place::places_in;
pub(crate) use time::{is_since, own_time, when};

use crate::phrase::{self, Reach};
use crate::tables::{self, Ground};
use crate::tree;
use crate::{factuality, who};
use rapporteur_model::{Action, Factuality, Mention, Time};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// What a clause says of ground.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) action: Action,
    pub(crate) actor: Vec<Mention>,
    pub(crate) recipient: Vec<Mention>,
    pub(crate) place: Vec<Mention>,
    pub(crate) when: Option<Time>,
    pub(crate) factuality: Factuality,
    pub(crate) tokens: Range<usize>,
    /// From the verb to the noun that it says it with.
    trigger: Range<usize>,
}

impl Finding {
    /// The verb or noun that says it.
    pub(crate) fn at(&self) -> usize {
        self.trigger.start
    }
}

/// A verb or noun of ground in the words that it is read in.
#[derive(Clone, Copy)]
struct Clause<'a, 'r> {
    doc: &'a Document<'r>,
    /// The verb or noun.
    at: usize,
    /// The voice's words.
    range: &'a Range<usize>,
    /// Where the clause's words end.
    end: usize,
}

impl<'a, 'r> Clause<'a, 'r> {
    fn of(doc: &'a Document<'r>, at: usize, range: &'a Range<usize>) -> Self {
        let end = phrase::clause_end(doc, at, range.end);
        Clause {
            doc,
            at,
            range,
            end,
        }
    }

    /// What a verb says: with its actors' words, its time and how sure it is.
    fn said_by_verb(self, action: Action, actor: Vec<Mention>) -> Finding {
        let tokens = time::clause_start(self.doc, self.at, self.range.start, &actor)..self.end;
        Finding {
            action,
            actor,
            recipient: vec![],
            place: vec![],
            when: own_time(self.doc, self.at, &tokens),
            factuality: factuality::of(self.doc, self.at, self.range),
            tokens,
            trigger: self.at..self.at + 1,
        }
    }

    /// What a noun says, in all of the voice's words up to the clause's end.
    fn said_by_noun(self, action: Action, factuality: Factuality) -> Finding {
        let tokens = self.range.start..self.end;
        Finding {
            action,
            actor: vec![],
            recipient: vec![],
            place: vec![],
            when: own_time(self.doc, self.at, &tokens),
            factuality,
            tokens,
            trigger: self.at..self.at + 1,
        }
    }
}

/// Is it the lemma of a verb of ground?
pub(crate) fn is_trigger(lemma: &str) -> bool {
    tables::ground().contains_key(lemma)
}

/// Everything that a run of words says of ground. `speaker` acts where a source claims "control of"
/// something without a verb.
pub(crate) fn find(
    doc: &Document<'_>,
    range: Range<usize>,
    speaker: Option<&Mention>,
) -> Vec<Finding> {
    if range.is_empty() {
        return vec![];
    }
    let mut found: Vec<Finding> = Vec::new();
    for at in range.clone() {
        if found.iter().any(|f| f.trigger.contains(&at)) {
            continue;
        }
        let clause = |at| Clause::of(doc, at, &range);
        match doc.tokens[at].tag {
            Tag::Verb if phrase::nominal(doc, at) => {}
            Tag::Verb => match tables::ground_verb(&doc.tokens[at].lemma) {
                Some((ground, place)) => match sign::at_the_edge(doc, at, &range) {
                    Some(edge) => found.push(edge),
                    None => found.extend(verb::find(clause(at), *ground, *place)),
                },
                None => {
                    found.extend(sign::done_there(doc, at, &range));
                    found.extend(sign::at_the_edge(doc, at, &range));
                    found.extend(noun::launched(doc, at, &range));
                    found.extend(noun::done(doc, at, &range));
                }
            },
            Tag::Noun => {
                if let Some(own) = noun::find(doc, at, &range, speaker) {
                    join(doc, own, &mut found);
                }
                found.extend(noun::seat(doc, at, &range));
                found.extend(noun::in_hands(doc, at, &range));
                found.extend(sign::flag(doc, at, &range));
            }
            _ => {}
        }
        found.extend(noun::held_word(doc, at, &range));
    }
    act_by_opening(doc, &range, speaker, &mut found);
    found.retain(|f| f.actor.is_empty() || f.actor.iter().any(actor::fights));
    // "an Australian who had been held": nobody is a place.
    let people = |p: &Mention| {
        rapporteur_text::demonym(&p.name).is_some() && rapporteur_text::country(&p.name).is_none()
    };
    found.retain(|f| f.place.is_empty() || !f.place.iter().all(people));
    for actor in found.iter_mut().flat_map(|f| &mut f.actor) {
        who::speak_for(doc, actor, speaker);
        who::own_men(doc, actor, speaker);
    }
    // "the army fought the rebels": not itself.
    for f in &mut found {
        let actors: Vec<String> = f.actor.iter().map(who::full_name).collect();
        for other in &mut f.recipient {
            if other
                .stands_for
                .as_ref()
                .is_some_and(|name| actors.contains(name))
            {
                other.stands_for = None;
            }
        }
    }
    found
}

/// Adds what a noun says, to what its verb says where both tell the same: "struck in attacks at the station".
fn join(doc: &Document<'_>, own: Finding, found: &mut Vec<Finding>) {
    let verb = doc.tokens[own.at()]
        .head
        .filter(|_| doc.is(own.at(), "obl"));
    let same = |f: &&mut Finding| f.action == own.action && Some(f.at()) == verb;
    let Some(told) = found.iter_mut().find(same) else {
        found.push(own);
        return;
    };
    for place in own.place {
        let known = told.place.iter().any(|p| p.span.overlaps(place.span));
        if !known {
            told.place.push(place);
        }
    }
}

/// How many words after its first what a run of words opens with may stand.
const OPENING: usize = 10;

/// Who acts in words that open with a verb: "claims to have taken X", the one who claims it; "accused the army of
/// shelling X", the one who is accused.
fn act_by_opening(
    doc: &Document<'_>,
    range: &Range<usize>,
    speaker: Option<&Mention>,
    found: &mut [Finding],
) {
    if !matches!(doc.tokens[range.start].tag, Tag::Verb | Tag::Aux) {
        return;
    }
    let accused = tree::subject(doc, range.start)
        .map(|head| tree::around(doc, head, Reach::Of))
        .filter(|words| words.end <= range.start)
        .map(|words| who::mention(doc, words));
    let Some(actor) = accused.as_ref().or(speaker) else {
        return;
    };
    // The verb itself, or one after an auxiliary or two; of a noun, one close behind.
    let opens = |f: &&mut Finding| {
        let near = f.at() <= range.start + OPENING;
        f.actor.is_empty() && near && f.tokens.start <= range.start + 2
    };
    for f in found.iter_mut().filter(opens) {
        f.actor = vec![actor.clone()];
    }
}

fn action_of(ground: Ground) -> Action {
    match ground {
        Ground::Does(action) => action,
        Ground::Lost => Action::Taken,
    }
}
