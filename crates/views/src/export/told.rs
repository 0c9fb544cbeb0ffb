//! A claim with all that a line of an export tells of it, its names followed and its places located.

use super::jsonl::{Points, by_report};
use crate::voice::{self, ReportLabel};
use crate::{entry, words};
use rapporteur_model::{
    Aspect, ClaimId, Date, EntityId, Mention, Place, ReportId, Source, Span, Subject, What, When,
};
use rapporteur_record::{ClaimState, Entity, ReportState, State};
use std::collections::BTreeMap;

/// A claim, the report it stands in, and the record around both.
#[derive(Clone, Copy)]
pub(crate) struct Told<'s> {
    pub(crate) state: &'s State,
    pub(crate) places: &'s BTreeMap<EntityId, Place>,
    pub(crate) report: &'s ReportState,
    pub(crate) claim: &'s ClaimState,
    /// From and to which code point of the report's body its exact words stand.
    pub(crate) at: (usize, usize),
}

/// Every claim, by report and in the order of the text.
pub(crate) fn told<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = Told<'s>> {
    by_report(state).into_iter().flat_map(move |(id, claims)| {
        let report = state.reports.get(id);
        let points = report.map(|report| Points::of(report.report.body()));
        claims.into_iter().filter_map(move |claim| {
            let Span { start, end } = claim.claim.evidence().span();
            let points = points.as_ref()?;
            Some(Told {
                state,
                places,
                report: report?,
                claim,
                at: (points.at(start), points.at(end)),
            })
        })
    })
}

impl<'s> Told<'s> {
    pub(crate) fn id(&self) -> &'s ClaimId {
        self.claim.claim.id()
    }

    pub(crate) fn report_id(&self) -> &'s ReportId {
        self.report.report.id()
    }

    pub(crate) fn what(&self) -> &'s What {
        self.claim.claim.what()
    }

    /// What it says, in a line.
    pub(crate) fn words(&self) -> String {
        words::claim(&self.report.report, &self.claim.claim)
    }

    pub(crate) fn exact(&self) -> &'s str {
        self.claim.claim.evidence().exact()
    }

    pub(crate) fn sentence(&self) -> &'s str {
        let sentence = self.claim.claim.sentence();
        self.report.report.slice(sentence).unwrap_or_default()
    }

    /// When it happened or holds.
    pub(crate) fn when(&self) -> Option<When> {
        entry::when(self.claim)
    }

    /// When the event of a table happened. What is agreed, offered or pledged for a day happens then, if
    /// at all; on which day it was agreed on is not told by that. Years before the first are in no table.
    pub(crate) fn event_when(&self) -> Option<When> {
        let when = match &self.what().subject {
            Subject::Talks(detail) => match detail.aspect {
                Aspect::Round | Aspect::Outcome => self.when(),
                _ => None,
            },
            _ => self.when(),
        };
        when.filter(|when| is_common(when.earliest))
    }

    pub(crate) fn label(&self) -> ReportLabel {
        voice::label(self.report_id(), self.report)
    }

    pub(crate) fn url(&self) -> Option<&'s str> {
        self.report.report.masthead().url.as_deref()
    }

    /// Who says it, back to the publisher.
    pub(crate) fn chain(&self) -> String {
        words::chain(self.claim, &self.label().name)
    }

    pub(crate) fn sources(&self) -> &'s [Source] {
        &self.what().attribution.sources
    }

    pub(crate) fn entity(&self, mention: &Mention) -> Option<&'s Entity> {
        self.state.entity(self.report_id(), mention)
    }

    /// The preferred name of what a mention means; else as printed.
    pub(crate) fn name(&self, mention: &Mention) -> String {
        let entity = self.entity(mention);
        match entity.and_then(|entity| entity.names.first()) {
            Some(name) => words::one_line(name),
            None => words::name(mention),
        }
    }

    /// Where what a mention means lies, by the gazetteer.
    pub(crate) fn located(&self, mention: &Mention) -> Option<&'s Place> {
        self.places.get(&self.entity(mention)?.id)
    }

    /// Who acts: the actors, else whoever offers, demands, denies, pledges, or meets first.
    pub(crate) fn actors(&self) -> Vec<&'s Mention> {
        let what = self.what();
        match &what.subject {
            Subject::Talks(detail) if what.actor.is_empty() => {
                let by = detail.by.iter().chain(&detail.by_others);
                let by: Vec<&Mention> = by.chain(&detail.person).collect();
                match by.is_empty() {
                    true => detail.parties.iter().take(1).collect(),
                    false => by,
                }
            }
            _ => what.actor.iter().collect(),
        }
    }

    /// Who is acted on: the recipients, else to whom something is offered, or the others who meet.
    pub(crate) fn recipients(&self) -> Vec<&'s Mention> {
        let what = self.what();
        match &what.subject {
            Subject::Talks(detail) if what.recipient.is_empty() => {
                let to: Vec<&Mention> = detail.to.iter().chain(&detail.to_others).collect();
                if !to.is_empty() {
                    return to;
                }
                let actors = self.names(&self.actors());
                (detail.parties.iter())
                    .filter(|party| !actors.contains(&self.name(party)))
                    .collect()
            }
            _ => what.recipient.iter().collect(),
        }
    }

    /// Where it happened: its places, else where the talks are.
    pub(crate) fn where_at(&self) -> Vec<&'s Mention> {
        let what = self.what();
        match &what.subject {
            Subject::Talks(detail) if what.place.is_empty() => detail.place.iter().collect(),
            _ => what.place.iter().collect(),
        }
    }

    /// The names of these, each once, in order.
    pub(crate) fn names(&self, mentions: &[&Mention]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for mention in mentions {
            let name = self.name(mention);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// Is the day in a year that every reader of dates has: from 1 on? The last that can be written is 9999.
pub(crate) fn is_common(day: Date) -> bool {
    day.year() >= 1
}

/// The name of a value that has one word in JSON: `certain`, `AGREE`.
pub(crate) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
