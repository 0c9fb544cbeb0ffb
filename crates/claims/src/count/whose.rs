//! Who did it to those counted.

use super::hold;
use crate::{ground, phrase, tables, tree, who};
use rapporteur_model::{Figure, Kind, Mention};
use rapporteur_text::Document;
use std::ops::Range;

/// Who did it, where the words say so: the subject of "killed 12", the agent of "12 were killed by", whose the
/// "abduction of 12" was.
pub(crate) fn actor(doc: &Document<'_>, tokens: &Range<usize>, figures: &[Figure]) -> Vec<Mention> {
    let figure = figures
        .iter()
        .find(|f| f.fate.is_some())
        .or(figures.first());
    let found = figure.and_then(|figure| {
        let own = harmed_by(doc, figure).or_else(|| responsible(doc, figure));
        let own = own.or_else(|| blamed(doc, figure));
        own.or_else(|| done_by(doc, tokens, figure))
    });
    // "strikes on Velka that killed 12": what a preposition governs does nothing.
    let governed = |m: &Mention| {
        let top = tree::top(doc, &phrase::tokens_of(doc, m.span));
        m.kind == Some(Kind::Place) && top.and_then(|top| doc.child(top, "case")).is_some()
    };
    let known = |m: &Mention| m.kind.is_some() || m.stands_for.is_some() || ground::fights(m);
    // "the strikes killed 12": whose they were is not said.
    let fighting = |m: &Mention| {
        let head = phrase::head(doc, phrase::tokens_of(doc, m.span));
        let lemma = &*doc.tokens[head].lemma;
        let event =
            tables::ground_nouns().contains_key(lemma) || tables::accidents().contains(lemma);
        m.kind.is_none() && event
    };
    // "a charter aircraft crashed, killing 12"
    let crashed = |m: &Mention| {
        let head = phrase::head(doc, phrase::tokens_of(doc, m.span));
        let words = doc.sentence_at(m.span.start).map(|s| s.tokens.clone());
        let mut words = words.into_iter().flatten();
        m.kind.is_none()
            && rapporteur_text::fate_of_object(&doc.tokens[head].lemma).is_none()
            && tables::craft().contains(&*doc.tokens[head].lemma)
            && words.any(|at| tables::accidents().contains(&*doc.tokens[at].lemma))
    };
    let named = |m: &Mention| known(m) && !governed(m) && !fighting(m) && !crashed(m);
    found.filter(named).into_iter().collect()
}

/// "21 girls captured by the rebels": the agent of the participle that hangs on those counted.
fn harmed_by(doc: &Document<'_>, figure: &Figure) -> Option<Mention> {
    agent(doc, harmed(doc, figure)?)
}

/// "has been blamed for the deaths of 12": who is, and not who did it for sure.
pub(crate) fn blamed(doc: &Document<'_>, figure: &Figure) -> Option<Mention> {
    let hold = hold(doc, figure)?;
    let verb = &doc.tokens[hold.verb];
    let blames = tables::blaming_verbs().contains(&*verb.lemma) && verb.fine == "VBN";
    let subject = doc
        .child(hold.verb, "nsubj")
        .filter(|s| blames && *s < hold.verb)?;
    Some(who::mention(
        doc,
        tree::around(doc, subject, phrase::Reach::Of),
    ))
}

/// "was responsible for 12 deaths": who was.
fn responsible(doc: &Document<'_>, figure: &Figure) -> Option<Mention> {
    let top = tree::top(doc, &phrase::tokens_of(doc, figure.span))?;
    let answers = |at: &usize| tables::answerable().contains(&*doc.tokens[*at].lemma);
    let predicate = doc.tokens[top].head.filter(answers)?;
    let subject = doc.child(predicate, "nsubj").filter(|s| *s < predicate)?;
    let relative = tables::relatives().contains(&*doc.tokens[subject].lower);
    (!relative).then(|| who::mention(doc, tree::around(doc, subject, phrase::Reach::Of)))
}

/// "captured" of "21 girls captured by the rebels", "15 of the 200 girls captured": the participle that says what became
/// of those counted.
pub(super) fn harmed(doc: &Document<'_>, figure: &Figure) -> Option<usize> {
    let words = phrase::tokens_of(doc, figure.span);
    let same = |verb: &usize| {
        let fate = rapporteur_text::fate_of_object(&doc.tokens[*verb].lemma);
        fate.is_some() && fate == figure.fate.as_deref()
    };
    words.rev().find_map(|at| doc.child(at, "acl").filter(same))
}

fn done_by(doc: &Document<'_>, tokens: &Range<usize>, figure: &Figure) -> Option<Mention> {
    let hold = hold(doc, figure)?;
    let token = &doc.tokens[hold.verb];
    let harms = |verb: &str| {
        // "gunned down 12"
        let particle = doc
            .child(hold.verb, "compound:prt")
            .map(|p| &doc.tokens[p].lower);
        let whole = particle.map(|particle| format!("{verb}-{particle}"));
        rapporteur_text::fate_of_object(verb).is_some()
            || whole.is_some_and(|whole| rapporteur_text::fate_of_object(&whole).is_some())
            || tables::leaving_verbs().contains(verb)
    };
    if let Some(noun) = hold.noun.filter(|_| figure.fate.is_some()) {
        let owner = doc.child(noun, "nmod:poss");
        return owner.map(|owner| who::mention(doc, tree::around(doc, owner, phrase::Reach::Of)));
    }
    if phrase::is_passive(doc, hold.verb, tokens.start, tokens.end) {
        return agent(doc, hold.verb);
    }
    let acted_on = doc.is(hold.argument, "obj") && (figure.fate.is_none() || harms(&token.lemma));
    // "has faced attacks, killing dozens": not its doing.
    let governor = token.head.filter(|_| doc.is(hold.verb, "advcl"));
    let undergone =
        governor.is_some_and(|at| tables::undergoing_verbs().contains(&*doc.tokens[at].lemma));
    if !acted_on || undergone {
        return None;
    }
    let sentence = doc.sentence_at(token.span.start)?;
    let subject = phrase::agent(doc, hold.verb, sentence.tokens.start)?;
    (subject.end <= phrase::tokens_of(doc, figure.span).start).then(|| who::mention(doc, subject))
}

/// "by the rebels", of the verb at `verb`.
fn agent(doc: &Document<'_>, verb: usize) -> Option<Mention> {
    let by = |at: &usize| {
        let case = doc.child(*at, "case");
        doc.is(*at, "obl")
            && case.is_some_and(|case| tables::agent().contains(&*doc.tokens[case].lower))
    };
    let by = doc.children(verb).iter().copied().find(by)?;
    Some(who::mention(doc, tree::around(doc, by, phrase::Reach::Of)))
}
