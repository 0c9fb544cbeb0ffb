//! When it was that a report tells of in more than one sentence: "A bomber struck the consulate in Velka. … The blast
//! late on Thursday broke windows": on Thursday, both times.

use crate::{ground, phrase, tables, who};
use rapporteur_model::{Action, Claim, Form, Mention, Realis, Span, Subject, Time, What};
use rapporteur_text::{Document, Tag};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Gives attacks and fights, and what they did to people, the day that the report's other words tell of the same: where
/// these name one day and no other for that place, and the claim's own sentence tells no time.
pub(crate) fn date(doc: &Document<'_>, claims: &mut [Claim]) {
    // By what a place is called, the days that the report's words name for it.
    let mut days: BTreeMap<String, BTreeMap<Form, Time>> = BTreeMap::new();
    let mut lead = BTreeSet::new();
    for claim in claims.iter().filter(|claim| is_told(claim)) {
        let places = places(doc, claim.what());
        let day = claim.what().when.clone();
        if let Some(day) = day.filter(|time| is_day(&time.form)) {
            for place in &places {
                let named = days.entry(place.clone()).or_default();
                named.insert(day.form.clone(), day.clone());
            }
        }
        if lead.is_empty() {
            lead = places;
        }
    }
    let blasts: BTreeMap<Form, Time> = (definite(doc).into_iter())
        .map(|time| (time.form.clone(), time))
        .collect();
    for claim in claims.iter_mut().filter(|claim| is_told(claim)) {
        let what = claim.what();
        if what.when.is_some() || tells_time(doc, claim.sentence()) {
            continue;
        }
        let own = places(doc, what);
        let mut same: BTreeMap<&Form, &Time> = BTreeMap::new();
        same.extend(own.iter().filter_map(|place| days.get(place)).flatten());
        if same.is_empty() && !lead.is_disjoint(&own) {
            same.extend(&blasts);
        }
        let (Some(time), 1) = (same.values().next(), same.len()) else {
            continue;
        };
        let what = What {
            when: Some((*time).clone()),
            ..what.clone()
        };
        let dated = Claim::new(doc.report, claim.evidence().span(), claim.sentence(), what);
        if let Some(dated) = dated {
            *claim = dated;
        }
    }
}

/// Is it an attack, a fight, or people who were killed or wounded, said to have been so?
fn is_told(claim: &Claim) -> bool {
    let what = claim.what();
    if what.factuality.realis != Realis::Actual {
        return false;
    }
    match what.subject {
        Subject::Ground(action) => matches!(action, Action::Attacked | Action::Clash),
        Subject::Count => what.figures.iter().any(|figure| {
            let fate = figure.fate.as_deref();
            fate.is_some_and(|fate| tables::violent_fates().contains(fate))
        }),
        _ => false,
    }
}

/// What a claim's places are called, with the bare noun of what stands there: "the Lennish consulate", "the consulate".
fn places(doc: &Document<'_>, what: &What) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for place in &what.place {
        let country = rapporteur_text::country(&place.name).is_some();
        if !country {
            keys.insert(key(place));
        }
        let tokens = phrase::tokens_of(doc, place.span);
        if tokens.is_empty() {
            continue;
        }
        let head = &doc.tokens[phrase::head(doc, tokens)];
        if tables::buildings().contains(&*head.lower) || tables::sites().contains(&*head.lemma) {
            keys.insert(head.lower.to_string());
        }
    }
    keys
}

fn key(place: &Mention) -> String {
    who::full_name(place).to_lowercase()
}

/// The days that hang on "the blast", "the attack", said of no place: those of what the report is about.
fn definite(doc: &Document<'_>) -> Vec<Time> {
    let blast = |at: &usize| {
        let token = &doc.tokens[*at];
        let lemma = &*token.lemma;
        let event = token.tag == Tag::Noun
            && (tables::perpetrators().contains(lemma)
                || tables::ground_nouns().contains_key(lemma));
        let det = doc.child(*at, "det");
        let the = det.is_some_and(|det| tables::definite().contains(&*doc.tokens[det].lower));
        event && the && doc.child(*at, "nmod").is_none_or(|of| is_time(doc, of))
    };
    let found = (0..doc.tokens.len()).filter(blast).filter_map(|at| {
        let sentence = doc.sentence_at(doc.tokens[at].span.start)?;
        let clause: Range<usize> = sentence.tokens.clone();
        ground::own_time(doc, at, &(at..clause.end.min(at + NEAR)))
    });
    found.filter(|time| is_day(&time.form)).collect()
}

/// How many words behind "the blast" its day may stand.
const NEAR: usize = 16;

fn is_time(doc: &Document<'_>, at: usize) -> bool {
    phrase::in_time(doc, doc.tokens[at].span.start)
}

/// Does the sentence tell a time, or that it was not the first one?
fn tells_time(doc: &Document<'_>, sentence: Span) -> bool {
    let vague = |time: &Time| time.form == Form::Vague;
    let other = |at: usize| tables::other_times().contains(&*doc.tokens[at].lower);
    !doc.times_over(sentence).iter().all(vague) || doc.tokens_in(sentence).any(other)
}

/// Is it one day?
fn is_day(form: &Form) -> bool {
    match form {
        Form::Absolute(when) => when.earliest == when.latest,
        Form::Calendar { day, .. } => day.is_some(),
        Form::Weekday { .. } | Form::Dated { .. } => true,
        Form::Offset { unit, .. } => *unit == rapporteur_model::Unit::Day,
        _ => false,
    }
}
