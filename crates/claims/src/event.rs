//! PLOVER's type and mode of what a claim says, by the codebook.

use crate::code::{self, Coded};
use crate::{factuality, phrase, tables, talks, tree};
use rapporteur_model::{Action, Aspect, EventType, Kind, Realis, TalksDetail};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// The codebook's mode of a meeting: known only of three parties and more.
const MULTILATERAL: &str = "multilateral";

/// The codebook's mode of a visit.
const VISIT: &str = "visit";

/// A type, and its mode where it has one that the words say.
pub(crate) type Event = (Option<EventType>, Option<String>);

fn event(coded: &Coded, parties: usize) -> Event {
    let mode = coded
        .mode
        .filter(|mode| *mode != MULTILATERAL || parties > 2);
    (Some(coded.event), mode.map(str::to_string))
}

/// Of an action on the ground, said with the verb or noun at `at`; holding ground is a state and none.
pub(crate) fn of_ground(doc: &Document<'_>, action: Action, at: usize) -> Event {
    let mode = || {
        let coded = code::of_word(doc, at)?;
        let mode = coded.mode.filter(|_| coded.event == EventType::Assault)?;
        Some(mode.to_string())
    };
    match action {
        Action::Held => (None, None),
        Action::Attacked | Action::Clash => (Some(EventType::Assault), mode()),
        Action::Taken | Action::Retaken | Action::Surrounded => (Some(EventType::Assault), None),
    }
}

/// Of what is told of talks in these words: what the codebook makes of the first of them that it knows to say such
/// a thing; else what the aspect is.
pub(crate) fn of_talks(doc: &Document<'_>, detail: &TalksDetail, tokens: &Range<usize>) -> Event {
    let aspect = detail.aspect;
    let fits = |event: EventType| match aspect {
        Aspect::Round | Aspect::Delegation | Aspect::Agenda => {
            matches!(event, EventType::Consult | EventType::Reject)
        }
        Aspect::Agreement => matches!(event, EventType::Agree | EventType::Support),
        Aspect::Offer | Aspect::Pledge | Aspect::Next => event == EventType::Agree,
        Aspect::Demand => matches!(event, EventType::Request | EventType::Threaten),
        Aspect::Refusal | Aspect::Denial => event == EventType::Reject,
        Aspect::Outcome => {
            let outcomes = [EventType::Agree, EventType::Support, EventType::Reject];
            outcomes.contains(&event)
        }
    };
    let told = |at: usize| code::of_word(doc, at).filter(|coded| fits(coded.event));
    let verbs = tokens.clone().filter(|at| doc.tokens[*at].tag == Tag::Verb);
    let nouns = tokens.clone().filter(|at| doc.tokens[*at].tag == Tag::Noun);
    match verbs.chain(nouns).find_map(told) {
        Some(coded) => event(&coded, detail.parties.len()),
        None => (talks::event(aspect), None),
    }
}

/// Of words as a whole: what their main verb says that somebody does to somebody; none where it is said not to be.
pub(crate) fn of_statement(doc: &Document<'_>, range: &Range<usize>) -> Event {
    let told = || {
        let verb = tree::top(doc, range).filter(|at| doc.tokens[*at].tag == Tag::Verb)?;
        let coded = code::of_word(doc, verb)?;
        let subject = tree::subject(doc, verb).filter(|at| range.contains(at) && acts(doc, *at))?;
        let done_to = |at: &usize| {
            *at != subject
                && (acts(doc, *at) || tables::victims().contains(&*doc.tokens[*at].lemma))
        };
        let to = recipients(doc, verb).into_iter().find(done_to);
        let open = factuality::of(doc, verb, range).realis == Realis::Conditional;
        let done = !open && (!coded.negated || coded.event == EventType::Reject);
        (done && to.is_some() && is_whole(doc, verb, subject, &coded)).then(|| event(&coded, 2))
    };
    told().unwrap_or_default()
}

/// Does the verb say the thing by itself? "Plans to" says what is planned; "went to" is a visit only of a person or
/// a delegation.
fn is_whole(doc: &Document<'_>, verb: usize, subject: usize, coded: &Coded) -> bool {
    let token = &doc.tokens[subject];
    match coded.event {
        EventType::Agree => {
            let next = doc.child(verb, "xcomp");
            next.is_none_or(|next| code::of_word(doc, next).is_some())
        }
        // "called the threats a crisis"
        EventType::Consult if doc.child(verb, "xcomp").is_some() => false,
        EventType::Consult if coded.mode.is_some_and(|mode| mode == VISIT) => {
            token.tag == Tag::Propn || tables::roles().contains(&*token.lemma)
        }
        _ => true,
    }
}

/// What hangs on a verb, or on its object, and may be whom it is done to.
fn recipients(doc: &Document<'_>, verb: usize) -> Vec<usize> {
    let below = |at: usize, relations: &'static [&'static str]| {
        let children = doc.children(at).iter().copied();
        children.filter(move |c| relations.iter().any(|relation| doc.is(*c, relation)))
    };
    let mut found: Vec<usize> = below(verb, &["obj", "iobj", "obl"]).collect();
    let objects: Vec<usize> = below(verb, &["obj", "obl"]).collect();
    for object in objects {
        found.extend(below(object, &["nmod", "conj"]));
    }
    if let Some(next) = doc.child(verb, "xcomp") {
        found.extend(below(next, &["obj", "iobj", "obl"]));
    }
    found
}

/// Can it do something to others, or have it done: a name of somebody, of a body or a country, a group, an office?
fn acts(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let timed = phrase::in_time(doc, token.span.start);
    let named = || {
        let names = doc
            .names
            .partition_point(|name| name.span.end <= token.span.start);
        let name = doc
            .names
            .get(names)
            .filter(|name| name.span.start < token.span.end);
        name.is_some_and(|name| match name.kind {
            Some(Kind::Person | Kind::Organization) => true,
            Some(Kind::Place) => {
                rapporteur_text::country(&name.name).is_some() || doc.is(at, "nsubj")
            }
            None => false,
        })
    };
    let described = || {
        let tables = [tables::fighters(), tables::groups(), tables::roles()];
        tables.iter().any(|table| table.contains(&*token.lemma))
            || rapporteur_text::is_group_noun(&token.lower)
    };
    !timed
        && match token.tag {
            Tag::Pron => doc.chain(at).is_some_and(|chain| chain.name.is_some()),
            Tag::Noun => described() || named(),
            Tag::Propn | Tag::Adj => named(),
            _ => false,
        }
}
