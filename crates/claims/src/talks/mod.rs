//! Talks: rounds, delegations, agenda, offers, demands, refusals, denials, agreements, pledges,
//! outcomes, and the next meeting.

mod agenda;
mod agreements;
mod attributed;
mod content;
mod delegations;
mod demands;
mod denials;
mod next;
mod offers;
mod outcomes;
mod pledges;
mod refusals;
mod rounds;
mod scene;
mod setting;
mod stances;

use crate::{factuality, phrase, tables, who};
pub(crate) use attributed::{attributed, is_told};
pub(crate) use demands::demanded;
pub(crate) use pledges::pledged;
use rapporteur_model::{Aspect, Certainty, EventType, Factuality, Mention, Realis, TalksDetail};
use rapporteur_text::{Document, Tag};
pub(crate) use scene::Scene;
use scene::{is, is_infinitive_marker, is_party};
pub(crate) use setting::Setting;
use std::collections::BTreeSet;
use std::ops::Range;

/// What a clause says of talks.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) detail: TalksDetail,
    pub(crate) factuality: Factuality,
    pub(crate) tokens: Range<usize>,
}

/// PLOVER's type for an aspect.
pub(crate) fn event(aspect: Aspect) -> Option<EventType> {
    Some(match aspect {
        Aspect::Round | Aspect::Delegation | Aspect::Agenda => EventType::Consult,
        Aspect::Offer | Aspect::Agreement | Aspect::Pledge | Aspect::Next => EventType::Agree,
        Aspect::Demand => EventType::Request,
        Aspect::Refusal | Aspect::Denial => EventType::Reject,
        Aspect::Outcome => return None,
    })
}

/// Everything that a run of words says of talks.
pub(crate) fn find(scene: &Scene<'_, '_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in scene.range.clone() {
        let token = &scene.doc.tokens[at];
        match token.tag {
            // "the negotiating team": no verb.
            Tag::Verb if !phrase::nominal(scene.doc, at) => verb(scene, at, &mut found),
            Tag::Noun => noun(scene, at, &mut found),
            Tag::Adj if is(tables::knowing_adjectives(), &token.lower) => {
                denials::unaware(scene, at, &mut found)
            }
            Tag::Adj if is(tables::false_words(), &token.lower) => {
                denials::false_claim(scene, at, scene.end(at), &mut found)
            }
            Tag::Pron if factuality::is_negation(token) => {
                denials::nothing_to_do(scene, at, scene.end(at), &mut found)
            }
            Tag::Adj if tables::willing_adjectives().contains(&*token.lower) => {
                stances::willing(scene, at, &mut found)
            }
            Tag::Adj if tables::committed_adjectives().contains(&*token.lower) => {
                pledges::committed(scene, at, &mut found)
            }
            _ => {}
        }
    }
    delegations::listed_delegation(scene, &mut found);
    rounds::unmarked(scene, &mut found);
    for f in &mut found {
        distinct(&mut f.detail.parties);
        f.detail.by_others = scene.others(f.detail.by.as_ref());
        f.detail.to_others = scene.others(f.detail.to.as_ref());
    }
    for f in &mut found {
        rounds::to_come(f);
        said_of_others(scene, &mut f.detail);
        not_itself(&mut f.detail);
    }
    rounds::once(&mut found);
    // "You agree to receive our letters": the reader is no party.
    let reader = |m: &Mention| is(tables::second_persons(), &m.name.to_lowercase());
    found.retain(|f| {
        let by = f.detail.by.iter().chain(&f.detail.parties);
        let nobody = |m: &Mention| {
            // "US" is no pronoun.
            let country = m.name.len() > 1 && m.name.chars().all(char::is_uppercase);
            let named = m.stands_for.is_some() || m.kind.is_some() || country;
            !named && tables::first_persons().contains(&*m.name.to_lowercase())
        };
        !by.clone().any(reader) && !by.clone().any(nobody)
    });
    // "could broker a deal": has not.
    found.retain(|f| {
        f.detail.aspect != Aspect::Agreement || f.factuality.certainty != Certainty::Possible
    });
    // "an offer to hold talks", "before talks can take place": of no round in particular.
    found.retain(|f| {
        let vague = f.detail.when.is_none() && f.detail.place.is_none();
        let open = f.factuality.realis != Realis::Actual;
        !(f.detail.aspect == Aspect::Round && vague && open && is_unsure(scene.doc, f))
    });
    found.retain(|f| match f.detail.aspect {
        Aspect::Offer | Aspect::Demand | Aspect::Pledge | Aspect::Refusal | Aspect::Denial => {
            let speaks = |m: &Mention| {
                let named = m.name.chars().any(char::is_uppercase);
                named && scene.speaker.is_some_and(|s| s.name == m.name)
            };
            let by = f.detail.by.as_ref();
            by.is_some_and(|m| is_party(m) || speaks(m))
        }
        _ => true,
    });
    found
}

/// Who brought the sides together, or had them as guests: "talks brokered by Lenn and Orsk".
pub(crate) fn brokers(doc: &Document<'_>, finding: &Finding) -> Vec<Mention> {
    let meets = matches!(
        finding.detail.aspect,
        Aspect::Round | Aspect::Next | Aspect::Agreement | Aspect::Outcome
    );
    let mut found: Vec<Mention> = Vec::new();
    for at in finding.tokens.clone().filter(|_| meets) {
        let token = &doc.tokens[at];
        if token.tag != Tag::Verb || !tables::brokering_verbs().contains(&*token.lemma) {
            continue;
        }
        let talks = |noun: usize| {
            let noun = &doc.tokens[noun];
            is(tables::talk_nouns(), &noun.lower) || is(tables::agreement_nouns(), &noun.lower)
        };
        let high = finding.tokens.end;
        let next = doc.tokens.get(at + 1).filter(|_| at + 1 < high);
        let by = next.is_some_and(|t| tables::agent().contains(&*t.lower));
        let phrase = match by {
            true => phrase::noun_phrase(doc, at + 2, high, phrase::Reach::Full),
            false => (doc.child(at, "obj").filter(|o| talks(*o)))
                .and_then(|_| phrase::subject(doc, at, finding.tokens.start)),
        };
        for mention in phrase.into_iter().flat_map(|p| scene::parties(doc, p)) {
            let same = |m: &Mention| who::full_name(m) == who::full_name(&mention);
            let known = found.iter().any(same) || finding.detail.parties.iter().any(same);
            if mention.kind.is_some() && !known {
                found.push(mention);
            }
        }
    }
    found
}

/// "sent an alert to citizens and advised them": not itself.
fn not_itself(detail: &mut TalksDetail) {
    let by = detail.by.as_ref().map(who::full_name);
    if let Some(to) = detail.to.as_mut().filter(|to| to.stands_for.is_some()) {
        let word = &*to.name.to_lowercase();
        let pronoun = tables::personal().contains(word)
            || tables::collective().contains(word)
            || tables::third_plurals().contains(word)
            || tables::objective().contains(word);
        if pronoun && by == Some(who::full_name(to)) {
            to.stands_for = None;
        }
    }
}

/// Who speaks says "we" of itself: "they", "he" and "it" in its own words are somebody else.
fn said_of_others(scene: &Scene<'_, '_>, detail: &mut TalksDetail) {
    // "“They say they will leave,” Brisk said": theirs, as they say.
    let inner = |s: &&Mention| who::in_quote(scene.doc, s.span.start);
    let Some(speaker) = scene.speaker.filter(|s| !inner(s)) else {
        return;
    };
    let name = who::full_name(speaker);
    let body = speaker.role.as_ref().and_then(|role| role.of.as_ref());
    for m in detail
        .by
        .iter_mut()
        .chain(&mut detail.to)
        .chain(&mut detail.person)
    {
        let word = &*m.name.to_lowercase();
        let third = tables::personal().contains(word)
            || tables::collective().contains(word)
            || tables::third_plurals().contains(word);
        let own = |of: &String| *of == name || body.is_some_and(|body| of == body);
        if third && who::in_quote(scene.doc, m.span.start) && m.stands_for.as_ref().is_some_and(own)
        {
            m.stands_for = None;
        }
    }
}

/// Each party once, by its full name.
fn distinct(parties: &mut Vec<Mention>) {
    let mut seen = BTreeSet::new();
    parties.retain(|party| seen.insert(who::full_name(party)));
}

/// Does an infinitive or "can" say it?
fn is_unsure(doc: &Document<'_>, found: &Finding) -> bool {
    let mut words = doc.tokens[found.tokens.clone()].iter();
    found.factuality.certainty == Certainty::Possible || words.any(is_infinitive_marker)
}

fn verb(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let lemma = &*doc.tokens[at].lemma;
    let end = scene.end(at);
    let phrasal = doc.child(at, "compound:prt").map(|p| &doc.tokens[p].lower);
    let phrasal = phrasal.map(|particle| format!("{lemma} {particle}"));
    let rounds = tables::round_verbs();
    let with_particle = phrasal.as_deref().and_then(|verb| rounds.get(verb));
    if let Some(verb) = with_particle.or_else(|| rounds.get(lemma)) {
        rounds::round(scene, at, end, *verb, found);
    }
    if is(tables::heading_verbs(), lemma) {
        delegations::headed(scene, at, end, found);
    }
    if is(tables::including_verbs(), lemma) {
        delegations::included(scene, at, end, found);
    }
    if is(tables::discussing_verbs(), lemma) {
        agenda::agenda(scene, at, end, found);
    }
    if tables::turning_verbs().contains(lemma) {
        agenda::turned_to(scene, at, end, found);
    }
    if is(tables::offering_verbs(), lemma) {
        offers::offer(scene, at, end, found);
    }
    if let Some(frames) = tables::demanding_verbs().get(lemma) {
        demands::demand(scene, at, end, frames, found);
    }
    if is(tables::given_time(), lemma) {
        demands::given_time(scene, at, end, found);
    }
    if is(tables::refusing_verbs(), lemma) {
        refusals::refusal(scene, at, end, found);
    }
    if is(tables::denying_verbs(), lemma) || is(tables::accepting_verbs(), lemma) {
        denials::denial(scene, at, end, found);
    }
    if is(tables::knowing_verbs(), lemma) {
        denials::unknowing(scene, at, end, found);
    }
    if tables::agreeing_verbs().contains(lemma) || is(tables::concluding_verbs(), lemma) {
        agreements::agreement(scene, at, end, found);
    }
    if is(tables::pledging_verbs(), lemma) || is(tables::undertaking_verbs(), lemma) {
        pledges::pledge(scene, at, end, found);
    }
    if is(tables::planning_verbs(), lemma) {
        pledges::plan(scene, at, end, found);
    }
    if phrasal.is_some_and(|verb| is(tables::failing_verbs(), &verb)) {
        outcomes::broke_down(scene, at, end, found);
    }
    if is(tables::failing_verbs(), lemma) || is(tables::yielding_verbs(), lemma) {
        outcomes::outcome(scene, at, end, found);
    }
    if is(tables::meeting_verbs(), lemma) {
        rounds::meeting(scene, at, end, found);
    }
    if let Some((particle, what)) = tables::particle_verbs().get(lemma)
        && (doc.tokens.get(at + 1)).is_some_and(|t| t.lower == *particle)
    {
        match *what {
            "meet" => rounds::meeting(scene, at, end, found),
            "refuse" => refusals::turned_down(scene, at, end, found),
            _ => offers::offer(scene, at, end, found),
        }
    }
    if tables::willing_adjectives().contains(&*doc.tokens[at].lower) {
        stances::willing(scene, at, found);
    }
    stances::must(scene, at, end, found);
    stances::will(scene, at, end, found);
}

fn noun(scene: &Scene<'_, '_>, at: usize, found: &mut Vec<Finding>) {
    let word = &*scene.doc.tokens[at].lower;
    let end = scene.end(at);
    if is(tables::pledge_nouns(), word) {
        pledges::named_pledge(scene, at, end, found);
    }
    if is(tables::demand_nouns(), word) {
        demands::named_demand(scene, at, end, found);
        demands::owned_demand(scene, at, end, found);
    }
    if is(tables::overtures(), word) {
        offers::named_offer(scene, at, end, found);
    }
    if is(tables::untimely_nouns(), word) {
        stances::untimely(scene, at, end, found);
    }
    if is(tables::timely_nouns(), word) {
        stances::timely(scene, at, end, found);
    }
    if is(tables::denied_predicates(), word) {
        stances::is_none(scene, at, end, found);
    }
    if is(tables::false_words(), word) {
        denials::false_claim(scene, at, end, found);
    }
    if is(tables::connecting_nouns(), word) {
        denials::no_part(scene, at, end, found);
    }
    if factuality::is_negation(&scene.doc.tokens[at]) {
        denials::nothing_to_do(scene, at, end, found);
    }
    if is(tables::outcome_nouns(), word) {
        outcomes::named_outcome(scene, at, end, found);
    }
    if tables::tables_of_talks().contains(word) {
        agenda::on_the_table(scene, at, end, found);
    }
    if is(tables::agenda_nouns(), word) {
        agenda::named_agenda(scene, at, end, found);
    }
    if is(tables::settled_as(), word) {
        agreements::settled(scene, at, end, found);
    }
    if is(tables::agreement_nouns(), word) {
        agreements::named_agreement(scene, at, found);
        agreements::laid_down(scene, at, found);
    }
    if is(tables::result_nouns(), word) {
        outcomes::no_result(scene, at, end, found);
    }
    if is(tables::swapping(), word) {
        agreements::swapped(scene, at, found);
    }
    if is(tables::document_nouns(), word) {
        agreements::in_common(scene, at, found);
    }
    if is(tables::exchange_nouns(), word) {
        agreements::exchanged(scene, at, found);
    }
    if is(tables::date_nouns(), word) {
        next::no_date(scene, at, end, found);
    }
    if is(tables::talk_nouns(), word) {
        outcomes::described(scene, at, end, found);
        next::next_meeting(scene, at, end, found);
    }
}
