//! How sure the source puts it, whether so or not so, and whether it is said to be so at all.

use crate::{phrase, tables};
use rapporteur_model::{Certainty, Factuality, Polarity, Realis};
use rapporteur_text::{Document, Tag, Token};
use std::ops::Range;

/// Does the word deny?
pub(crate) fn is_negation(token: &Token<'_>) -> bool {
    tables::negations().contains(&*token.lower)
}

/// The factuality of what the verb (or noun) at `at` says, in the clause of that range.
pub(crate) fn of(doc: &Document<'_>, at: usize, clause: &Range<usize>) -> Factuality {
    let low = clause.start;
    let at = first_of_list(doc, at, low);
    let group = phrase::group_start(doc, at, low);
    let words = &doc.tokens[group..at];
    let has = |table: &std::collections::BTreeSet<&'static str>| {
        words.iter().any(|t| table.contains(&*t.lower))
    };
    // "pledged to “hit” them": also across a quotation mark
    let marker = |t: &Token<'_>| t.tag == Tag::Part && t.fine == "TO";
    // "our task is to retake it"
    let copular = words.windows(2).any(|pair| {
        tables::copulas().contains(&*pair[0].lemma) && pair[0].tag == Tag::Aux && marker(&pair[1])
    });
    let infinitive =
        words.first().is_some_and(marker) || copular || to_before_quote(doc, group, low);
    // "failed to take Velka": it was not taken.
    let failed = infinitive
        && (low..group)
            .next_back()
            .is_some_and(|i| tables::failing_verbs().contains(&*doc.tokens[i].lemma));
    let negated = words.iter().any(is_negation) || negative_subject(doc, group, low);
    let polarity = if negated != failed {
        Polarity::Negative
    } else {
        Polarity::Positive
    };
    let conditional = doc.tokens[low..at]
        .iter()
        // "the letters that he provided"
        .any(|t| tables::conditional().contains(&*t.lower) && t.tag != Tag::Verb);
    let certainty = if has(tables::possible()) {
        Certainty::Possible
    } else if has(tables::probable()) {
        Certainty::Probable
    } else {
        Certainty::Certain
    };
    // "may have taken": it is open whether it happened, not whether it will.
    let perfect = words.iter().any(|t| t.tag == Tag::Aux && t.lower == "have");
    let may = infinitive && governed_by_possible(doc, at, low);
    let certainty = if may { Certainty::Possible } else { certainty };
    let presumed = presumed(doc, at).filter(|_| certainty == Certainty::Certain);
    let certainty = presumed.unwrap_or(certainty);
    let realis = if conditional {
        Realis::Conditional
    } else if has(tables::obligation()) && !perfect || is_asked_for(doc, at, group) {
        Realis::Demanded
    } else if has(tables::future())
        || is_awaited(doc, at)
        || has(tables::possible()) && !perfect
        || infinitive && !perfect && !failed && presumed.is_none() && !enabled(doc, group, low)
    {
        Realis::Planned
    } else {
        Realis::Actual
    };
    Factuality {
        certainty,
        polarity,
        realis,
    }
}

/// "will leave after the army takes Velka", "on the verge of taking Velka": it has not yet.
fn is_awaited(doc: &Document<'_>, at: usize) -> bool {
    let above = doc.tokens[at].head;
    let verge = above.is_some_and(|above| tables::brinks().contains(&*doc.tokens[above].lemma));
    let present = matches!(doc.tokens[at].fine, "VBZ" | "VBP") && doc.is(at, "advcl");
    let mark = doc.child(at, "mark").or_else(|| doc.child(at, "advmod"));
    let opens = mark.is_some_and(|mark| {
        let word = &*doc.tokens[mark].lower;
        tables::after().contains(word) || tables::occasions().contains(word) && word != "as"
    });
    let modal = |verb: usize| {
        let aux = |child: &&usize| doc.tokens[**child].fine == "MD";
        doc.children(verb).iter().any(|child| aux(&child))
    };
    verge && doc.tokens[at].fine == "VBG" || present && opens && above.is_some_and(modal)
}

/// "has requested that the council hold talks": a bare verb that another asks for.
fn is_asked_for(doc: &Document<'_>, at: usize, group: usize) -> bool {
    let bare = doc.tokens[at].fine == "VB" && group == at;
    let own = doc.child(at, "nsubj").is_some_and(|subject| subject < at);
    let above = doc.tokens[at]
        .head
        .filter(|_| bare && own && doc.is(at, "ccomp"));
    above.is_some_and(|above| tables::demanding_verbs().contains_key(&*doc.tokens[above].lemma))
}

fn to_before_quote(doc: &Document<'_>, group: usize, low: usize) -> bool {
    let quote = group
        .checked_sub(1)
        .filter(|at| *at > low && phrase::is_quote_mark(&doc.tokens[*at]));
    quote.is_some_and(|at| doc.tokens[at - 1].fine == "TO")
}

/// "is feared dead", "is believed to have been taken": how sure the passive verb, or the one above it, says it is.
pub(crate) fn presumed(doc: &Document<'_>, at: usize) -> Option<Certainty> {
    let above = doc.tokens[at].head;
    let above = above.filter(|_| doc.is(at, "xcomp") || doc.is(at, "ccomp"));
    let passive = |at: &usize| {
        doc.child(*at, "aux")
            .is_some_and(|_| doc.tokens[*at].fine == "VBN")
    };
    // "seems to have fallen", "seemed to be aimed at"
    let seems = |at: usize| tables::seeming_verbs().contains(&*doc.tokens[at].lemma);
    if above.is_some_and(seems) {
        return Some(Certainty::Probable);
    }
    let verbs = [Some(at), above].into_iter().flatten().filter(passive);
    let mut found = verbs.filter_map(|at| tables::presuming_verbs().get(&*doc.tokens[at].lemma));
    found.next().copied()
}

/// "a campaign to fight them and regain the town": a bare verb is put as the first of its list.
fn first_of_list(doc: &Document<'_>, at: usize, low: usize) -> usize {
    let bare = doc.tokens[at].fine == "VB" && doc.is(at, "conj");
    let alone = bare && phrase::group_start(doc, at, low) == at && doc.child(at, "nsubj").is_none();
    let first = doc.tokens[at]
        .head
        .filter(|head| alone && (low..at).contains(head));
    first
        .filter(|first| doc.tokens[*first].fine == "VB")
        .unwrap_or(at)
}

/// "no district was taken", "none of them".
fn negative_subject(doc: &Document<'_>, group: usize, low: usize) -> bool {
    doc.tokens[low..group]
        .iter()
        .rev()
        .take(5)
        .take_while(|t| !matches!(t.tag, Tag::Verb | Tag::Punct))
        .any(|t| t.tag == Tag::Det && is_negation(t))
}

/// Does "can" or "could" stand with the verb, or with the one whose purpose it is?
pub(crate) fn could(doc: &Document<'_>, at: usize, low: usize) -> bool {
    let own = phrase::group_start(doc, at, low)..at;
    let head = doc.tokens[at].head.filter(|head| (low..at).contains(head));
    let above = head.map_or(at..at, |head| phrase::group_start(doc, head, low)..head);
    own.chain(above)
        .any(|i| tables::ability_modals().contains(&*doc.tokens[i].lower))
}

/// "could use the base to hit them": what the infinitive is for may not be, either.
fn governed_by_possible(doc: &Document<'_>, at: usize, low: usize) -> bool {
    let purpose = doc.is(at, "xcomp") || doc.is(at, "advcl");
    let verb = doc.tokens[at]
        .head
        .filter(|head| purpose && (low..at).contains(head));
    verb.is_some_and(|verb| {
        let group = phrase::group_start(doc, verb, low);
        let mut words = doc.tokens[group..verb].iter();
        words.any(|t| tables::possible().contains(&*t.lower))
    })
}

/// Does the infinitive follow a word that says it was done ("enabled them to", "able to")?
fn enabled(doc: &Document<'_>, group: usize, low: usize) -> bool {
    (low..group).rev().take(4).any(|i| {
        let token = &doc.tokens[i];
        // "the car that he used to hit them"
        let used =
            tables::using_verbs().contains(&*token.lemma) && matches!(token.fine, "VBD" | "VBN");
        used || tables::enabling().contains(&*token.lemma)
    })
}
