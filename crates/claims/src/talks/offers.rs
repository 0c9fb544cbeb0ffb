//! What one side offers, and asks in exchange.

use super::Finding;
use super::content::with_clause;
use super::demands::asked;
use super::scene::{Scene, is, is_infinitive_marker, is_party, is_talks, listed};
use crate::phrase::Reach;
use crate::{factuality, phrase, tables, tree};
use rapporteur_model::{Aspect, Factuality, Kind, Polarity, Realis, TalksDetail};
use rapporteur_text::{Document, Tag, VerbForm};
use std::ops::Range;

pub(super) fn offer(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    if doc.tokens[at].form == Some(VerbForm::Ing)
        && at > scene.range.start
        && doc.tokens[at - 1].tag == Tag::Det
    {
        return;
    }
    let high = scene.range.end;
    let exchange = (at + 1..high).find(|i| {
        is(tables::exchange_nouns(), &doc.tokens[*i].lower)
            && tables::exchange_openers().contains(&*doc.tokens[i - 1].lower)
    });
    let stop = exchange.map_or(end, |x| x - 1).min(high);
    let passive = phrase::is_passive(doc, at, scene.range.start, end);
    let object = if passive {
        scene.subject(at)
    } else {
        phrase::object(doc, at, stop, Reach::Full)
    };
    let next = scene.past_times(at + 1, stop);
    let infinitive = next < stop && is_infinitive_marker(&doc.tokens[next]);
    // "proposed last month that both withdraw"
    let clause = next < stop
        && doc.tokens[next].tag == Tag::Sconj
        && tables::complementizers().contains(&*doc.tokens[next].lower);
    // "the meeting will propose a solution" is no side's offer.
    if scene.subject(at).is_some_and(|s| is_talks(doc, &s)) {
        return;
    }
    // "the areas offered" without one who offers is no side's offer.
    if passive && scene.agent(at).is_none() {
        return;
    }
    if object.as_ref().is_some_and(|o| is_nothing(doc, o)) && !infinitive && !clause {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Offer);
    detail.by = scene.agent(at);
    // "someone trained to offer help": no side.
    let nobody = |m: &rapporteur_model::Mention| {
        tables::somebody().contains(&*m.name.to_lowercase()) && m.stands_for.is_none()
    };
    if detail.by.as_ref().is_some_and(nobody) {
        return;
    }
    detail.offers = match object {
        _ if infinitive || clause && !passive => vec![scene.content(next + 1..stop)],
        // "has made the proposal to them": which, is said elsewhere.
        Some(object)
            if with_doing(doc, &object, stop).is_none()
                && is(
                    tables::offered_nouns(),
                    &doc.tokens[phrase::head(doc, object.clone())].lower,
                )
                && phrase::bare(doc, object.clone()).len() == 1
                && exchange.is_none() =>
        {
            return;
        }
        Some(object) => match with_doing(doc, &object, stop) {
            Some(whole) => vec![scene.words(phrase::bare(doc, whole))],
            None => listed(scene, object),
        },
        _ => return,
    };
    // "proposed a plan, which calls for Velka to disarm in exchange for aid": the plan asks.
    let calls = exchange.and_then(|x| {
        let verb = |i: &usize| {
            let token = &doc.tokens[*i];
            token.tag == Tag::Verb && tables::demanding_verbs().contains_key(&*token.lemma)
        };
        (at + 1..x)
            .find(verb)
            .and_then(|verb| asked(scene, verb, x - 1))
    });
    if let Some(asks) = calls {
        detail.asks = asks;
    } else if let Some(x) = exchange {
        detail.asks = match doc.tokens.get(x + 1) {
            Some(t) if tables::exchange_prepositions().contains(&*t.lower) => {
                phrase::noun_phrase(doc, x + 2, high, Reach::Full)
                    .map(|r| things(scene, extend(doc, r, high)))
                    .unwrap_or_default()
            }
            _ => {
                let ask = (x + 1..high)
                    .find(|i| tables::demanding_verbs().contains_key(&*doc.tokens[*i].lemma));
                ask.and_then(|a| asked(scene, a, high)).unwrap_or_default()
            }
        };
    }
    let last = if exchange.is_some() { high } else { end };
    detail.when = scene.said_when(at);
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, last);
    for mut f in finding {
        f.factuality.realis = Realis::Offered;
        found.push(f);
    }
}

/// "no changes", "a caveat": nothing that a side could give.
fn is_nothing(doc: &Document<'_>, object: &Range<usize>) -> bool {
    let head = &doc.tokens[phrase::head(doc, object.clone())];
    factuality::is_negation(&doc.tokens[object.start])
        || is(tables::not_offered(), &head.lower)
        || head.tag == Tag::Pron
}

/// "talks over sending a team": the phrase with what a preposition and a verb in -ing add.
fn with_doing(doc: &Document<'_>, range: &Range<usize>, high: usize) -> Option<Range<usize>> {
    let verb = range.end + 1;
    let token = doc.tokens.get(verb).filter(|_| verb < high)?;
    let fits = doc.tokens[range.end].tag == Tag::Adp
        && token.tag == Tag::Verb
        && token.form == Some(VerbForm::Ing);
    let stop = phrase::clause_end(doc, verb, high);
    let comma = (verb..stop).find(|i| doc.tokens[*i].text == ",");
    fits.then(|| range.start..comma.unwrap_or(stop))
}

/// "responded with an offer to hold talks", "made an overture to Velka", "its readiness to talk".
pub(super) fn named_offer(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let noun = &*doc.tokens[at].lower;
    let verb = scene.governor(at);
    let presents =
        verb.is_some_and(|v| v < at && tables::presenting_verbs().contains(&*doc.tokens[v].lemma));
    let known = |f: &Finding| f.detail.aspect == Aspect::Offer && f.tokens.contains(&at);
    if !presents || found.iter().any(known) {
        return;
    }
    // "respond to overtures from the North": of another side.
    let given = doc.children(at).iter().any(|c| {
        let case = doc.child(*c, "case").map(|case| &*doc.tokens[case].lower);
        *c > at && doc.is(*c, "nmod") && case.is_some_and(|case| tables::given_by().contains(case))
    });
    if given {
        return;
    }
    let verb = verb.unwrap_or(at);
    let said = factuality::of(doc, verb, &scene.range);
    if said.polarity == Polarity::Negative {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Offer);
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < end);
    let willing = !is(tables::offered_nouns(), noun) || !is(tables::overtures(), noun);
    let content = if willing && is(tables::overtures(), noun) {
        super::stances::conciliatory(scene, at + 1, end)
    } else if next.is_some_and(is_infinitive_marker) {
        Some(at + 2..end)
    } else {
        None
    };
    detail.to = scene
        .after(
            at + 1,
            end.min(at + 4),
            tables::company_prepositions(),
            Reach::Of,
        )
        .map(|r| {
            // "to Secretary of State Ada Brisk"
            let names = phrase::names_in(doc, r.start..end.min(r.end + 6));
            let first = names
                .first()
                .filter(|n| phrase::tokens_of(doc, n.span).start == r.end);
            let person = first.filter(|n| n.kind == Some(Kind::Person));
            person.map_or_else(|| scene.mention(r), |n| (*n).clone())
        })
        .filter(|m| m.kind.is_some() || is_party(m));
    // "an overture", "a truce proposal": offered as such; not "its openness".
    let phrase = || tree::around(doc, at, Reach::Of);
    let content = match content {
        Some(content) => content,
        // "made a proposal": which, is said elsewhere.
        None if phrase::bare(doc, phrase()).len() < 2 => return,
        None if is(tables::overtures(), noun) && is(tables::offered_nouns(), noun) => phrase(),
        None => return,
    };
    detail.by = scene.agent(verb);
    let named = content.end <= at + 1;
    detail.offers = vec![scene.content(phrase::bare(doc, content))];
    detail.when = match named {
        true => crate::ground::own_time(doc, verb, &(scene.range.start..end)),
        false => scene.said_when(verb),
    };
    let factuality = Factuality {
        realis: Realis::Offered,
        certainty: said.certainty,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, verb, end);
}

/// A phrase with the participle that follows it: "fighters held in prisons".
fn extend(doc: &Document<'_>, range: Range<usize>, high: usize) -> Range<usize> {
    let mut end = range.end;
    if end < high
        && doc.tokens[end].tag == Tag::Verb
        && matches!(
            doc.tokens[end].form,
            Some(VerbForm::Past | VerbForm::Participle)
        )
    {
        while end < high && doc.tokens[end].tag != Tag::Punct && doc.tokens[end].tag != Tag::Cconj {
            end += 1;
        }
    }
    range.start..end
}

/// Splits a phrase into things at conjunctions before an article or a noun of doing: "the release of
/// prisoners and the removal of names".
pub(super) fn things(scene: &Scene<'_, '_>, range: Range<usize>) -> Vec<String> {
    let doc = scene.doc;
    let mut out = Vec::new();
    let mut from = range.start;
    for at in range.clone() {
        let splits = doc.tokens[at].tag == Tag::Cconj || doc.tokens[at].text == ",";
        let article = doc
            .tokens
            .get(at + 1)
            .is_some_and(|t| t.tag == Tag::Det || t.tag == Tag::Noun || t.tag == Tag::Adj);
        if splits && article && from < at {
            out.push(from..at);
            from = at + 1;
        }
    }
    out.push(with_clause(doc, from..range.end, scene.range.end));
    out.into_iter()
        .map(|r| scene.words(phrase::bare(doc, r)))
        .filter(|w| !w.is_empty())
        .collect()
}
