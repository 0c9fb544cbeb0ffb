//! What became of those counted, where the clause tells more than their description.

use super::{Hold, head, hold};
use crate::{phrase, tables};
use rapporteur_model::{EventType, Figure};
use rapporteur_text::Document;

/// The figure with what the clause tells of those counted, where only their description told another fate: "21 captured
/// girls were freed".
pub(crate) fn as_told(doc: &Document<'_>, mut figure: Figure) -> Figure {
    if is_issued(&figure) {
        figure.fate = None;
        return figure;
    }
    // "the handing over of 12": they went free.
    if is_handed_over(doc, &figure) {
        figure.fate = Some("release".to_string());
        return figure;
    }
    let freed = told_fate(doc, &figure).filter(|fate| {
        let event = tables::fate_events().get(fate);
        event.is_some_and(|(kind, _)| *kind == EventType::Retreat)
    });
    if let Some(fate) = freed.filter(|_| figure.fate.is_some()) {
        figure.fate = Some(fate.to_string());
    } else if is_found(doc, &figure) {
        figure.fate = None;
    }
    figure
}

/// "the handing over of four imprisoned rebels", "the handover of 12 captives": of people who were held.
fn is_handed_over(doc: &Document<'_>, figure: &Figure) -> bool {
    let first = phrase::tokens_of(doc, figure.span).start;
    let word = |back: usize| first.checked_sub(back).map(|at| &*doc.tokens[at].lower);
    let of = word(1).is_some_and(|w| tables::of().contains(w));
    let freed = word(2).map(rapporteur_text::lemma);
    let freed = freed.and_then(|noun| rapporteur_text::fate_of_object(&noun)) == Some("release");
    // "handover of", "handing over of"
    let both = word(3)
        .zip(word(2))
        .map(|(first, second)| format!("{first} {second}"));
    let given = |noun: &str| tables::handovers().contains(noun);
    let over = freed || word(2).is_some_and(given) || both.is_some_and(|both| given(&both));
    let event = figure
        .fate
        .as_deref()
        .and_then(|fate| tables::fate_events().get(fate));
    let held = event.is_some_and(|(_, mode)| matches!(mode, Some("arrest" | "abduct")));
    of && over && held
}

/// "released two videos"
fn is_issued(figure: &Figure) -> bool {
    let event = figure
        .fate
        .as_deref()
        .and_then(|fate| tables::fate_events().get(fate));
    let freed = event.is_some_and(|(kind, _)| *kind == EventType::Retreat);
    freed && head(figure).is_some_and(|unit| tables::document_nouns().contains(&*unit))
}

/// "one of the missing girls was found": is what they were said to be over?
fn is_found(doc: &Document<'_>, figure: &Figure) -> bool {
    let mut words = phrase::tokens_of(doc, figure.span);
    let described = |at: usize| doc.is(at, "amod");
    let found = |hold: &Hold| tables::finding_verbs().contains(&*doc.tokens[hold.verb].lemma);
    figure.fate.is_some()
        && words.any(described)
        && hold(doc, figure).is_some_and(|hold| found(&hold))
}

/// What the clause tells of those counted: "have been freed", "welcomed the release of".
pub(super) fn told_fate(doc: &Document<'_>, figure: &Figure) -> Option<&'static str> {
    let hold = hold(doc, figure)?;
    let word = match hold.noun {
        Some(noun) => noun,
        None => {
            let passive = doc.child(hold.verb, "aux:pass").is_some();
            let subject = doc.is(hold.argument, "nsubj");
            let told = subject == passive && (subject || doc.is(hold.argument, "obj"));
            told.then_some(hold.verb)?
        }
    };
    rapporteur_text::fate_of_object(&doc.tokens[word].lemma)
}
