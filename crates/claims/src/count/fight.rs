//! The attack or fight that harmed those counted.

use crate::{ground, tables};
use rapporteur_model::{Certainty, Figure, Mention, Time};
use rapporteur_text::Document;

/// What of an attack or a fight also tells of those whom it harmed.
pub(crate) struct Fought {
    at: usize,
    /// Whose it was, where that is said for certain.
    actor: Vec<Mention>,
    place: Vec<Mention>,
    when: Option<Time>,
}

impl Fought {
    pub(crate) fn of(found: &ground::Finding) -> Self {
        Fought {
            at: found.at(),
            actor: match found.factuality.certainty {
                Certainty::Certain => found.actor.clone(),
                _ => vec![],
            },
            place: found.place.clone(),
            when: found.when.clone(),
        }
    }

    /// Fills what the words of the count itself left open.
    pub(crate) fn fill(
        &self,
        figures: &[Figure],
        actor: &mut Vec<Mention>,
        place: &mut Vec<Mention>,
        when: &mut Option<Time>,
    ) {
        if actor.is_empty() {
            actor.clone_from(&self.actor);
        }
        if place.is_empty() {
            // "24 districts were taken": what is counted is no place where they are.
            let counted = |place: &&Mention| figures.iter().any(|f| f.span.overlaps(place.span));
            let elsewhere = self.place.iter().filter(|place| !counted(place));
            place.extend(elsewhere.cloned());
        }
        if when.is_none() {
            when.clone_from(&self.when);
        }
    }
}

/// The fight that harmed those counted: "rammed the gate, killing 12", "12 were killed by a man who attacked".
pub(crate) fn fought<'f>(
    doc: &Document<'_>,
    told: &[usize],
    all: &'f [Fought],
) -> Option<&'f Fought> {
    let first = *told.first()?;
    all.iter().find(|fight| is_one(doc, first, fight.at))
}

/// Are the verb or noun of a fight and what tells of those counted one event: does one trail the other, or tell of
/// who did it?
fn is_one(doc: &Document<'_>, told: usize, fight: usize) -> bool {
    let trails = |at: usize| {
        doc.is(at, "advcl") && doc.tokens[at].fine == "VBG"
            || doc.is(at, "conj") && doc.child(at, "nsubj").is_none()
    };
    let agent = |at: usize| {
        let by = doc.child(at, "case");
        by.is_some_and(|by| tables::agent().contains(&*doc.tokens[by].lower))
    };
    /// How far apart.
    const HOPS: usize = 4;
    let mut at = told;
    for _ in 0..HOPS {
        if at == fight {
            return true;
        }
        match doc.tokens[at].head.filter(|_| trails(at)) {
            Some(head) => at = head,
            None => break,
        }
    }
    // "killed when a bomber struck", "strikes that killed"
    let occasion = |at: &usize| tables::occasions().contains(&*doc.tokens[*at].lower);
    let struck = doc.is(fight, "advcl")
        && doc.tokens[fight].head == Some(told)
        && doc.children(fight).iter().any(occasion);
    if struck || doc.is(told, "acl") && doc.tokens[told].head == Some(fight) {
        return true;
    }
    // "by a man who attacked", "the man who attacked killed"
    let doer = doc.tokens[fight].head.filter(|_| doc.is(fight, "acl"));
    let doer = doer.filter(|doer| doc.tokens[*doer].head == Some(told));
    doer.is_some_and(|doer| doc.is(doer, "obl") && agent(doer) || doc.is(doer, "nsubj"))
}
