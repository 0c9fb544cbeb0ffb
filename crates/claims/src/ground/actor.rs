//! Those who fight: who acts, against whom, and who can.

use crate::phrase::{self, Reach};
use crate::tables;
use crate::tree;
use crate::who;
use rapporteur_model::Mention;
use rapporteur_text::{Document, Tag, VerbForm, lemma};
use std::ops::Range;

/// Who acts: the subject, also of an infinitive ("enabled them to seize", "was able to seize").
pub(super) fn agent_before(doc: &Document<'_>, at: usize, low: usize) -> Option<Range<usize>> {
    let group = phrase::group_start(doc, at, low);
    let infinitive = doc.tokens[group..at]
        .iter()
        .any(|t| t.lower == "to" && t.tag == Tag::Part);
    if let Some(owner) = owner_of_plan(doc, at).filter(|_| infinitive) {
        return Some(owner);
    }
    if infinitive && group > low {
        let before = &doc.tokens[group - 1];
        if before.tag == Tag::Pron || before.tag == Tag::Propn {
            return phrase::phrase_ending(doc, group, low);
        }
        let governor = (low..group)
            .rev()
            .find(|i| doc.tokens[*i].tag == Tag::Verb || doc.tokens[*i].tag == Tag::Aux)?;
        // "enabled the army to seize", "urged the army to leave": the army's doing.
        let lemma = &*doc.tokens[governor].lemma;
        if before.tag == Tag::Noun
            && (tables::enabling().contains(lemma) || tables::demanding_verbs().contains_key(lemma))
        {
            return phrase::phrase_ending(doc, group, governor + 1);
        }
        return phrase::subject(doc, governor, low);
    }
    phrase::agent(doc, at, low).or_else(|| leading(doc, at))
}

/// "Despite winning back the town, the army left": who acts in the clause that the verb leads to.
fn leading(doc: &Document<'_>, at: usize) -> Option<Range<usize>> {
    let main = doc.tokens[at].head.filter(|main| *main > at)?;
    let trails = doc.is(at, "advcl") && doc.tokens[at].form == Some(VerbForm::Ing);
    let subject = doc.child(main, "nsubj").filter(|s| trails && *s > at)?;
    Some(tree::around(doc, subject, Reach::Of))
}

/// "recent Velkan threats to hit Lenn", "the army's plan to take it": whose the threat or the plan is.
fn owner_of_plan(doc: &Document<'_>, verb: usize) -> Option<Range<usize>> {
    let mark = doc
        .child(verb, "mark")
        .filter(|mark| doc.tokens[*mark].fine == "TO");
    let noun = mark?.checked_sub(1)?;
    if !tables::intending().contains(&*doc.tokens[noun].lemma) {
        return None;
    }
    if let Some(owner) = doc.child(noun, "nmod:poss") {
        return Some(tree::around(doc, owner, Reach::Of));
    }
    let people = |at: &usize| rapporteur_text::demonym(doc.tokens[*at].text).is_some();
    let owner = doc.children(noun).iter().copied().find(people)?;
    Some(owner..owner + 1)
}

/// The actors of a noun phrase: each of a list of names, or the one it means.
pub(super) fn actors(doc: &Document<'_>, range: Range<usize>) -> Vec<Mention> {
    // "the army and the police with local fighters": one who fights beside is an actor, too.
    let beside = |r: &Range<usize>| {
        r.clone()
            .find(|i| doc.tokens[*i].lower == "with" && *i > r.start)
    };
    let list = doc.tokens[range.clone()]
        .iter()
        .any(|t| t.tag == Tag::Cconj);
    let all = if list { items(doc, range) } else { vec![range] };
    all.into_iter()
        .flat_map(|r| match beside(&r).filter(|_| list) {
            Some(with) if with + 1 < r.end => vec![r.start..with, with + 1..r.end],
            _ => vec![r],
        })
        .map(|r| meant(doc, r))
        .filter(|m| {
            m.stands_for.is_some() || !tables::expletives().contains(&*m.name.to_lowercase())
        })
        .collect()
}

/// The mention that a noun phrase is; of "Orlo, the group that controls the north", what the group is called.
fn meant(doc: &Document<'_>, range: Range<usize>) -> Mention {
    let head = phrase::head(doc, range.clone());
    let mut mention = who::mention(doc, range);
    let described = doc.tokens[head].head.filter(|_| doc.is(head, "appos"));
    let described = described.or_else(|| named_before(doc, head));
    let name = described
        .filter(|_| mention.kind.is_none())
        .and_then(|at| phrase::names_in(doc, tree::around(doc, at, Reach::Head)).pop());
    if let Some(name) = name {
        mention.stands_for = Some(who::full_name(name));
    }
    mention
}

/// The name before the comma of "Orlo, the group that controls the north", whatever the noun was hung on.
fn named_before(doc: &Document<'_>, noun: usize) -> Option<usize> {
    doc.child(noun, "acl")?;
    let start = tree::around(doc, noun, Reach::Head).start;
    let comma = start
        .checked_sub(1)
        .filter(|at| doc.tokens[*at].text == ",")?;
    comma
        .checked_sub(1)
        .filter(|at| doc.tokens[*at].tag == Tag::Propn)
}

/// The same of words that may be none.
pub(super) fn of(doc: &Document<'_>, range: Option<Range<usize>>) -> Vec<Mention> {
    let range = range.filter(|r| !r.is_empty());
    range.map(|r| actors(doc, r)).unwrap_or_default()
}

/// The items of a list, between commas and conjunctions.
pub(crate) fn items(doc: &Document<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = range.start;
    for at in range.start..=range.end {
        let splits = |i: usize| doc.tokens[i].tag == Tag::Cconj || doc.tokens[i].text == ",";
        if at == range.end || splits(at) {
            if from < at {
                out.push(from..at);
            }
            from = at + 1;
        }
    }
    out
}

pub(super) fn opponent(doc: &Document<'_>, at: usize, end: usize) -> Vec<Mention> {
    phrase::prepositional(doc, at + 1, end, &["with", "against"], Reach::Of)
        .map(|r| actors(doc, r))
        .or_else(|| phrase::object(doc, at, end, Reach::Of).map(|r| actors(doc, r)))
        .unwrap_or_default()
}

/// "liberated from X's control": X.
pub(super) fn held_before(doc: &Document<'_>, at: usize, end: usize) -> Option<Mention> {
    let from = phrase::prepositional(doc, at + 1, end, &["from"], Reach::Of)?;
    phrase::names_in(doc, from).first().map(|n| (*n).clone())
}

pub(super) fn subject_of_clause(
    doc: &Document<'_>,
    at: usize,
    range: &Range<usize>,
) -> Option<Mention> {
    let verb = (range.start..at)
        .rev()
        .find(|i| doc.tokens[*i].tag == Tag::Verb && doc.tokens[*i].form != Some(VerbForm::Ing))?;
    // "is believed to be behind an attack"
    let behind = doc
        .child(at, "case")
        .is_some_and(|case| tables::behind().contains(&*doc.tokens[case].lower));
    if behind {
        let subject = phrase::subject(doc, verb, range.start)?;
        return Some(who::mention(doc, subject)).filter(fights);
    }
    // "launched an attack", "took part in the attack"; not "spoke about the attack", "condemned the attack",
    // "made no claim for the attack", "called the attack a reprisal for strikes in Velka".
    let above = doc.tokens[at].head;
    let light = |word: &usize| tables::light_objects().contains(&*doc.tokens[*word].lower);
    let part = above.filter(light).and_then(|word| doc.tokens[word].head);
    let other = doc.child(verb, "obj").is_some_and(|object| object != at);
    // "increased their pressure with attacks"
    let means = doc
        .child(at, "case")
        .is_some_and(|case| tables::accompanying().contains(&*doc.tokens[case].lower));
    // "killed hundreds in attacks across the country", whichever the attacks were hung on
    let within = (doc.child(at, "case"))
        .is_some_and(|case| tables::locative().contains(&*doc.tokens[case].lower));
    let object = within && above.is_some() && above == doc.child(verb, "obj");
    let own = !other || means || object || above == Some(verb) || part == Some(verb);
    // "70 people killed in the attack": whom it was done to.
    let bare = doc.tokens[verb].fine == "VBN" && doc.child(verb, "aux").is_none();
    let passive = bare || doc.child(verb, "nsubj:pass").is_some();
    let subject = Some(verb).filter(|_| own && !passive && fights_by(doc, verb));
    let subject = phrase::subject(doc, subject?, range.start)?;
    let mention = who::mention(doc, subject);
    fights(&mention).then_some(mention)
}

/// Is it a verb of fighting or of beginning an attack?
fn fights_by(doc: &Document<'_>, verb: usize) -> bool {
    let lemma = &*doc.tokens[verb].lemma;
    tables::launching().contains(lemma)
        || tables::committing().contains(lemma)
        || tables::ground().contains_key(lemma)
}

/// Can it take, hold or attack ground: a name, who stands for one, or those who fight?
pub(crate) fn fights(mention: &Mention) -> bool {
    let head = mention.name.split([',', '(']).next().unwrap_or_default();
    // "pressure on the government" fights nobody.
    let aimed = |w: &&str| !tables::aims().contains(*w);
    let words = || {
        let words = head.split_whitespace().take_while(aimed);
        words.map(|w| lemma(&w.to_lowercase()))
    };
    mention.kind.is_some()
        || mention.stands_for.is_some()
        || words().any(|w| tables::fighters().contains(&*w) || tables::groups().contains(&*w))
        || tables::first_persons().contains(&*mention.name.to_lowercase())
}

/// "fought a blaze", "a battle with cancer".
pub(super) fn is_no_enemy(mention: &Mention) -> bool {
    let head = mention.name.split_whitespace().next_back();
    head.is_some_and(|w| tables::not_enemies().contains(&*lemma(&w.to_lowercase())))
}
