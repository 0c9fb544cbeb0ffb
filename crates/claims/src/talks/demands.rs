//! What one side asks of another.

use super::Finding;
use super::offers::things;
use super::scene::{Scene, infinitive_after, is, is_infinitive_marker, is_party};
use crate::phrase::Reach;
use crate::{factuality, phrase, tables, tree, who};
use rapporteur_model::{Aspect, Factuality, Kind, Mention, Realis, TalksDetail};
use rapporteur_text::{Document, Tag, Token};
use std::ops::Range;

pub(super) fn demand(
    scene: &Scene<'_, '_>,
    at: usize,
    end: usize,
    frames: &[&'static str],
    found: &mut Vec<Finding>,
) {
    if is_told_otherwise(scene, at, found) || is_open(scene, at) {
        return;
    }
    let Some(asks) = asked(scene, at, end).filter(|asks| is_something(scene, at, asks)) else {
        return;
    };
    let by = scene.agent(at);
    if by.as_ref().is_some_and(is_expletive) {
        return;
    }
    let by = issuer(scene, at).or(by);
    let wishes = tables::wishing_verbs().contains(&*scene.doc.tokens[at].lemma);
    if wishes && !is_wish_of_side(scene, at, end, by.as_ref(), &asks) {
        return;
    }
    let to = whom(scene, at, end, frames);
    if is_to_own_people(scene, at, end) || is_advice(scene, at, to.as_ref()) {
        return;
    }
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = by;
    detail.to = to;
    detail.asks = asks;
    detail.when = scene.said_when(at);
    let mut finding = vec![];
    scene.push(&mut finding, detail, at, end);
    for mut f in finding {
        f.factuality.realis = Realis::Demanded;
        add(f, found);
    }
}

/// Adds a demand: what somebody asks for goes on with "they want … they want …" in the same words.
fn add(demand: Finding, found: &mut Vec<Finding>) {
    let by = demand.detail.by.as_ref().map(who::full_name);
    let same = found.iter_mut().rev().find(|other| {
        other.detail.aspect == Aspect::Demand && other.detail.by.as_ref().map(who::full_name) == by
    });
    match same {
        Some(other) => {
            other.detail.asks.extend(demand.detail.asks);
            other.tokens.end = other.tokens.end.max(demand.tokens.end);
        }
        None => found.push(demand),
    }
}

/// An agreement that "calls for" something and an offer's "in exchange they ask" are told as such.
fn is_told_otherwise(scene: &Scene<'_, '_>, at: usize, found: &[Finding]) -> bool {
    let offered = found.iter().any(|f| {
        f.detail.aspect == Aspect::Offer && !f.detail.asks.is_empty() && f.tokens.contains(&at)
    });
    let agreement = |t: &Token<'_>| is(tables::agreement_nouns(), &t.lower);
    let agreed = (scene.subject(at)).is_some_and(|s| scene.doc.tokens[s].iter().any(agreement));
    offered || agreed
}

/// Is something to be done, and does anybody ask: not "they want me", "nobody asks for it"?
fn is_something(scene: &Scene<'_, '_>, at: usize, asks: &[String]) -> bool {
    let personal = |w: &String| {
        let word = &*w.to_lowercase();
        tables::first_persons().contains(word)
            || tables::personal().contains(word)
            || tables::collective().contains(word)
    };
    let denied = |s: Range<usize>| factuality::is_negation(&scene.doc.tokens[s.start]);
    let nobody = scene.subject(at).is_some_and(denied);
    asks.iter().any(|w| !w.is_empty()) && !asks.iter().all(personal) && !nobody
}

/// "I hope it encourages them": nobody asks.
fn is_expletive(mention: &Mention) -> bool {
    let meant = mention.stands_for.as_ref();
    let for_me = meant.is_none_or(|of| tables::first_persons().contains(&*of.to_lowercase()));
    tables::expletives().contains(&*mention.name.to_lowercase()) && for_me
}

/// "voted for a resolution that calls on …": whoever does so.
fn issuer(scene: &Scene<'_, '_>, at: usize) -> Option<Mention> {
    let paper = scene.subject(at).filter(|s| is_paper(scene.doc, s))?;
    let verb = scene.governor(phrase::head(scene.doc, paper));
    let agent = scene.agent(verb.filter(|verb| *verb < at)?);
    agent.filter(is_party)
}

/// "want" and "seek" are demands only of a side: a body, or who speaks for one; and not for itself.
fn is_wish_of_side(
    scene: &Scene<'_, '_>,
    at: usize,
    end: usize,
    by: Option<&Mention>,
    asks: &[String],
) -> bool {
    let doc = scene.doc;
    let named =
        by.is_some_and(|m| (m.kind.is_some() || m.stands_for.is_some()) && is_side(scene, m));
    let conditional = doc.tokens[scene.range.start..at]
        .iter()
        .any(|t| tables::conditional().contains(&*t.lower));
    // "residents went to seek shelter": a purpose.
    let group = phrase::group_start(doc, at, scene.range.start);
    let purpose = doc.tokens[group..at].iter().any(is_infinitive_marker);
    // "The government wants the truce first": one side's order against the other's.
    let last = doc.tokens[at..end].iter().rev().find(|t| !t.is_punct());
    let ordered = last.is_some_and(|t| tables::order_words().contains(&*t.lower));
    let order = by.is_some_and(is_party) && ordered;
    // "it wants missiles to deter them": for itself.
    let arms = |w: &String| {
        let last = w.split_whitespace().next_back().unwrap_or_default();
        is(tables::weapons(), &last.to_lowercase())
    };
    // "the police sought the gunman"
    let person = |o: Range<usize>| {
        let whom = scene.mention(o.clone());
        let head = &doc.tokens[phrase::head(doc, o)].lower;
        whom.kind == Some(Kind::Person) || is(tables::not_they(), head) || is(tables::roles(), head)
    };
    let somebody = phrase::object(doc, at, end, Reach::Head).is_some_and(person)
        && tree::asked(doc, at, end).is_none();
    (named || order) && !conditional && !purpose && !somebody && !asks.iter().all(arms)
}

/// "may seek the maximum penalty", "should insist on a deal", "said he would ask for more", "in the hope that they
/// would press it": have not asked. "I would ask you to" does.
fn is_open(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let group = phrase::group_start(doc, at, scene.range.start);
    let mut words = doc.tokens[group..at].iter();
    let first = |s: Range<usize>| tables::first_persons().contains(&*doc.tokens[s.start].lower);
    let of_me = scene.subject(at).is_some_and(first);
    let open = words.any(|t| {
        let word = &*t.lower;
        let would = tables::backshifted().contains(word) || matches!(word, "'d" | "\u{2019}d");
        factuality::is_negation(t)
            || tables::possible().contains(word)
            || tables::obligation().contains(word)
            || would && !of_me
    });
    open || is_hoped(doc, at)
}

/// Whom the verb at `at` asks, where its frames have room for somebody.
fn whom(scene: &Scene<'_, '_>, at: usize, end: usize, frames: &[&'static str]) -> Option<Mention> {
    let doc = scene.doc;
    if addressed(frames).next().is_none() && !frames.contains(&"inf") {
        return None;
    }
    let is_whom = |word: &str| addressed(frames).any(|whom| whom == word);
    let turned =
        |t: &Token<'_>| is_whom(&t.lower) || t.tag == Tag::Adp && frames.contains(&&*t.lower);
    let next = doc.tokens.get(at + 1);
    // "appealed to X for Y"
    let appeals = next.is_some_and(|t| is_whom(&t.lower));
    let from = at + 1 + usize::from(next.is_some_and(turned));
    let passive = |o: &Range<usize>| {
        infinitive_after(doc, o.end, end).is_some_and(|to| is_passive_infinitive(doc, to, end))
    };
    let asked_of = |o: &Range<usize>| {
        let to = infinitive_after(doc, o.end, end).or_else(|| after_comma(doc, o.end, end));
        // "asked Brisk for a truce"
        let next = doc.tokens.get(o.end).filter(|_| o.end < end);
        let thing = next.is_some_and(|t| t.lower == "for" && frames.contains(&"for"));
        to.is_some() || thing && !doc.tokens[o.start].is_punct()
    };
    // "called for the attackers to be tried": by somebody else.
    let for_them = next.is_some_and(|t| t.tag == Tag::Adp && !is_whom(&t.lower));
    let whom = phrase::noun_phrase(doc, from, end, Reach::Of);
    let whom = whom.filter(|o| !(for_them && passive(o)));
    whom.filter(|o| (!passive(o) || can_be_asked(scene, o)) && (asked_of(o) || appeals))
        .or_else(|| {
            let asked = tree::asked(doc, at, end).filter(|_| frames.contains(&"inf"));
            let asked = asked.filter(|(_, to)| !is_passive_infinitive(doc, *to, end));
            asked.map(|(whom, _)| tree::around(doc, whom, Reach::Of))
        })
        .filter(|o| can_be_asked(scene, o))
        .map(|o| scene.mention(o))
}

/// "ordered his government to help": his own.
fn is_to_own_people(scene: &Scene<'_, '_>, at: usize, end: usize) -> bool {
    let doc = scene.doc;
    let near = at + 1..end.min(at + 3).max(at + 1);
    let owner = near.clone().find(|i| doc.tokens[*i].fine == "PRP$");
    owner.is_some_and(|i| {
        let head = doc.tokens[i].head.map(|head| &*doc.tokens[head].lower);
        let head = head.unwrap_or_default();
        let first = tables::first_persons().contains(&*doc.tokens[i].lower);
        let known = is(tables::fighters(), head) || is(tables::own_people(), head);
        known && !first && tables::ordering_verbs().contains(&*doc.tokens[at].lemma)
    })
}

/// "advised residents to stay indoors": for their own good.
fn is_advice(scene: &Scene<'_, '_>, at: usize, to: Option<&Mention>) -> bool {
    let public = |m: &Mention| {
        let name = who::full_name(m);
        let last = name.split_whitespace().next_back().unwrap_or_default();
        let pronoun = tables::objective().contains(&*m.name.to_lowercase());
        !last.contains(char::is_uppercase) && is(tables::the_public(), last) || pronoun
    };
    let advises = tables::advising_verbs().contains(&*scene.doc.tokens[at].lemma);
    advises && to.is_some_and(public)
}

/// The demand that a speaker's words are the content of: what follows a verb that only asks (`asks`), or a clause
/// with a bare verb after one that may ("suggested that Velka withdraw").
pub(crate) fn demanded(scene: &Scene<'_, '_>, cue: usize, asks: bool) -> Option<Finding> {
    let doc = scene.doc;
    let by = scene.speaker.filter(|s| is_party(s))?;
    // "Velka has answered, urging …": what stands before the verb is what it asks only in quotation marks.
    let quoted = || who::in_quote(doc, doc.tokens[scene.range.start].span.start);
    if cue >= scene.range.end && !quoted() {
        return None;
    }
    let is_verb = |i: &usize| matches!(doc.tokens[*i].tag, Tag::Verb | Tag::Aux);
    let verb = scene.range.clone().find(is_verb)?;
    let bare = doc.tokens[verb].fine == "VB" && verb > scene.range.start;
    let mandates = tables::mandating_verbs().contains(&*doc.tokens[cue].lemma);
    let asked = asks || mandates && bare;
    if !asked {
        return None;
    }
    let whom = scene
        .subject(verb)
        .filter(|s| s.end <= verb && s.start >= scene.range.start);
    let whom = whom.filter(|s| can_be_asked(scene, s));
    let whom = whom.map(|s| scene.mention(s));
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = Some(by.clone());
    let from = if whom.is_some() && bare {
        verb
    } else {
        scene.range.start
    };
    detail.asks = vec![scene.content(from..scene.range.end)];
    detail.to = whom.filter(|m| !scene.is_speaker(m));
    detail.by_others = scene.others(detail.by.as_ref());
    Some(Finding {
        detail,
        factuality: Factuality {
            realis: Realis::Demanded,
            ..Factuality::default()
        },
        tokens: scene.range.clone(),
    })
}

/// "our request to X is that …", "their demand is that".
pub(super) fn named_demand(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let copula = |i: &usize| {
        let token = &doc.tokens[*i];
        token.tag == Tag::Aux && tables::copulas().contains(&*token.lemma)
    };
    let opens = |b: &usize| {
        let next = doc.tokens.get(b + 1);
        next.is_some_and(|t| t.tag == Tag::Sconj || is_infinitive_marker(t))
    };
    let Some(be) = (at + 1..end.min(at + 8)).find(copula).filter(opens) else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = scene.owner(at);
    detail.to = scene
        .after(at + 1, be, tables::addressed_by_nouns(), Reach::Of)
        .map(|r| scene.mention(r));
    detail.asks = vec![scene.words(be + 2..scene.range.end)];
    found.push(Finding {
        detail,
        factuality: Factuality {
            realis: Realis::Demanded,
            ..Factuality::default()
        },
        tokens: at.saturating_sub(1).max(scene.range.start)..scene.range.end,
    });
}

/// "Velka's demand for restraint", "their call on Orsk to leave", "made demands, such as a truce".
pub(super) fn owned_demand(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let known = |f: &Finding| f.detail.aspect == Aspect::Demand && f.tokens.contains(&at);
    let Some(asks) = asked_by_noun(scene, at, end).filter(|_| !found.iter().any(known)) else {
        return;
    };
    let phrase = phrase::phrase_ending(doc, at, scene.range.start);
    let possessor = phrase.and_then(|p| {
        let ends = |t: &Token<'_>| t.tag == Tag::Part || t.tag == Tag::Pron;
        let owned = doc.tokens[p.clone()].iter().any(ends);
        owned.then(|| scene.owner(at)).flatten()
    });
    let verb = scene
        .governor(at)
        .filter(|v| *v < at && tables::presenting_verbs().contains(&*doc.tokens[*v].lemma));
    // "issued videos to show that they live and to make demands": whoever issued them.
    let issuer = || {
        let verb = verb?;
        let to = doc
            .child(verb, "mark")
            .is_some_and(|m| is_infinitive_marker(&doc.tokens[m]));
        scene.finite_agent(verb).filter(|_| to)
    };
    let Some(by) = possessor
        .or_else(|| scene.agent(verb?).filter(is_party))
        .or_else(issuer)
    else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = Some(by);
    detail.asks = vec![asks];
    let start = verb.unwrap_or(at);
    let factuality = Factuality {
        realis: Realis::Demanded,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, start, end);
}

/// What a noun of asking asks for: after "for", in an infinitive, or as an instance.
fn asked_by_noun(scene: &Scene<'_, '_>, at: usize, end: usize) -> Option<String> {
    let doc = scene.doc;
    let mut next = at + 1;
    if doc.tokens.get(next).is_some_and(|t| t.text == ",") {
        next += 1;
    }
    let token = doc.tokens.get(next).filter(|_| next < end)?;
    // "a request to comment"
    if doc.tokens[next + 1..end.min(next + 4).max(next + 1)]
        .iter()
        .any(super::refusals::is_remark)
    {
        return None;
    }
    if is_infinitive_marker(token) {
        return Some(scene.content(next + 1..end));
    }
    if tables::exchange_prepositions().contains(&*token.lower) {
        let thing = phrase::noun_phrase(doc, next + 1, end, Reach::Full)?;
        return Some(scene.words(phrase::bare(doc, thing)));
    }
    let instance = tables::such_as().contains(&*token.lower);
    let mut from = next + 1;
    if doc
        .tokens
        .get(from)
        .is_some_and(|t| t.tag == Tag::Adp || t.tag == Tag::Sconj)
    {
        from += 1;
    }
    let thing =
        phrase::noun_phrase(doc, from, scene.range.end, Reach::Full).filter(|_| instance)?;
    Some(scene.words(phrase::bare(doc, thing)))
}

/// What a verb of asking asks for.
pub(super) fn asked(scene: &Scene<'_, '_>, at: usize, high: usize) -> Option<Vec<String>> {
    let doc = scene.doc;
    let frames = tables::demanding_verbs().get(&*doc.tokens[at].lemma)?;
    let next = at + 1;
    let next = scene.past_times(next, high);
    let token = doc.tokens.get(next).filter(|_| next < high)?;
    let preposition = frames
        .iter()
        .find(|f| **f == token.lower && !matches!(**f, "object" | "inf" | "that"));
    if preposition.is_some() {
        let object = phrase::noun_phrase(doc, next + 1, high, Reach::Full)?;
        // "called for Orsk to leave": what Orsk is to do; "for the raids and killing to be stopped".
        let head = phrase::head(doc, object.clone());
        let later = || {
            let to = clause_for(doc, [at, head], object.end, high)?;
            is_passive_infinitive(doc, to, high).then_some(to)
        };
        let Some(to) = infinitive_after(doc, object.end, high).or_else(later) else {
            return Some(things(scene, object));
        };
        let stop = phrase::clause_end(doc, to, high);
        // "called for sanctions to be lifted"
        let passive = is_passive_infinitive(doc, to, high);
        return Some(match can_be_asked(scene, &object) {
            true if !passive => vec![scene.content(said_from(doc, to)..stop)],
            _ if passive => vec![scene.content(object.start..stop)],
            _ => things(scene, object),
        });
    }
    if addressed(frames).any(|whom| whom == token.lower) {
        let object = phrase::noun_phrase(doc, next + 1, high, Reach::Of)?;
        // "called on X to do Y": what X is to do.
        let head = phrase::head(doc, object.clone());
        let to = infinitive_after(doc, object.end, high)
            .or_else(|| clause_for(doc, [at, head], object.end, high))
            .or_else(|| after_comma(doc, object.end, high));
        if let Some(to) = to {
            // "called on the council for the raids to be stopped"
            if is_passive_infinitive(doc, to, high) && !can_be_asked(scene, &object) {
                return Some(vec![
                    scene.content(object.start..phrase::clause_end(doc, to, high)),
                ]);
            }
            return Some(vec![to_do(scene, to, high)]);
        }
        // "appealed to X for Y".
        let asks = |word: &str| frames.contains(&word);
        let thing = phrase::governed(doc, object.end, high, asks, Reach::Full)?;
        return Some(things(scene, thing));
    }
    let opens = tables::complementizers().contains(&*token.lower);
    if frames.contains(&"that") && (token.tag == Tag::Sconj || opens) {
        return Some(vec![scene.content(next + 1..high)]);
    }
    if frames.contains(&"inf") {
        // "wants to leave" is a wish for oneself, "wants arms to deter them" for things.
        let wish = frames.contains(&"object") && !frames.contains(&"that");
        if wish && is_infinitive_marker(token) {
            return None;
        }
        if is_infinitive_marker(token) {
            return Some(vec![to_do(scene, next + 1, high)]);
        }
        let object = phrase::noun_phrase(doc, next, high, Reach::Of);
        let wishes = tables::wishing_verbs().contains(&*doc.tokens[at].lemma);
        let purpose = |o: &Range<usize>| {
            infinitive_after(doc, o.end, high).is_some() || tree::asked(doc, at, high).is_some()
        };
        if wishes
            && object
                .as_ref()
                .is_some_and(|o| !can_be_asked(scene, o) && purpose(o))
        {
            return None;
        }
        if let Some((whom, to)) = object
            .clone()
            .and_then(|o| infinitive_after(doc, o.end, high).map(|to| (o, to)))
        {
            // "ordered the drill to be held"
            if is_passive_infinitive(doc, to, high) && !can_be_asked(scene, &whom) {
                return Some(vec![
                    scene.content(whom.start..phrase::clause_end(doc, to, high)),
                ]);
            }
            return Some(vec![to_do(scene, to, high)]);
        }
        let head = object.as_ref().map(|o| phrase::head(doc, o.clone()));
        let able = |whom: usize| can_be_asked(scene, &tree::around(doc, whom, Reach::Of));
        let clause = tree::asked(doc, at, high);
        let clause = clause.filter(|(whom, _)| !wishes || able(*whom));
        let clause = clause.map(|(_, to)| to);
        // "urged the allies, Orland and Kest, to help"
        let clause = clause.or_else(|| clause_for(doc, [at, head?], object.as_ref()?.end, high));
        let clause = clause.or_else(|| after_comma(doc, object.as_ref()?.end, high));
        if let Some(to) = clause {
            return Some(vec![to_do(scene, to, high)]);
        }
        // "asked parliament for more time"
        let whom = object.filter(|o| can_be_asked(scene, o) && frames.contains(&"for"));
        let next = whom.as_ref().and_then(|o| doc.tokens.get(o.end));
        if let (Some(whom), Some(next)) = (whom, next)
            && next.lower == "for"
        {
            let thing = phrase::noun_phrase(doc, whom.end + 1, high, Reach::Full)?;
            return Some(things(scene, thing));
        }
    }
    if frames.contains(&"object") {
        let object = phrase::object(doc, at, high, Reach::Full)?;
        return Some(things(scene, object));
    }
    None
}

/// What the verb of an infinitive says is to be done: "to fully accept them" with its adverb.
fn to_do(scene: &Scene<'_, '_>, to: usize, high: usize) -> String {
    let doc = scene.doc;
    scene.content(said_from(doc, to)..phrase::clause_end(doc, to, high))
}

/// Where the words of an infinitive begin: behind its `to`.
fn said_from(doc: &Document<'_>, to: usize) -> usize {
    let adverbs = (0..to).rev().take_while(|i| doc.tokens[*i].tag == Tag::Adv);
    adverbs.last().unwrap_or(to)
}

/// "to be lifted", "to swiftly be lifted": is it to be done by somebody not named?
fn is_passive_infinitive(doc: &Document<'_>, to: usize, high: usize) -> bool {
    let be = (to..high.min(to + 3)).find(|i| tables::copulas().contains(&*doc.tokens[*i].lemma));
    let verb = |be: usize| (be + 1..high.min(be + 3)).find(|i| doc.tokens[*i].tag == Tag::Verb);
    be.and_then(verb)
        .is_some_and(|verb| doc.tokens[verb].fine == "VBN")
}

/// The prepositions before whom a verb of asking turns to: "called on".
fn addressed(frames: &[&'static str]) -> impl Iterator<Item = &'static str> {
    frames
        .iter()
        .filter_map(|frame| frame.strip_prefix("whom:"))
}

/// Does the phrase mean somebody, and no thing?
fn can_be_asked(scene: &Scene<'_, '_>, phrase: &Range<usize>) -> bool {
    let doc = scene.doc;
    let whom = scene.mention(phrase.clone());
    let pronoun = doc.tokens[phrase.start].tag == Tag::Pron && phrase.len() == 1;
    let head = &doc.tokens[phrase::head(doc, phrase.clone())];
    // "wants missiles to deter them"
    if tables::munitions().contains(&*head.lemma) || tables::weapons().contains(&*head.lemma) {
        return false;
    }
    let name = head.tag == Tag::Propn;
    let noun = head.tag == Tag::Noun;
    let head = &head.lower;
    // "a missile drill" is nobody, whoever fires missiles.
    let known = rapporteur_text::is_group_noun(head)
        || rapporteur_text::is_organization_noun(head)
        || [
            tables::roles(),
            tables::groups(),
            tables::side_nouns(),
            tables::anonymous(),
        ]
        .iter()
        .any(|table| is(table, head))
        || is(tables::fighters(), head)
        || is(tables::addressees(), head);
    let part = noun && !known && whom.kind.is_none() && whom.stands_for.is_none();
    let people = name
        || rapporteur_text::is_group_noun(head)
        || rapporteur_text::is_organization_noun(head)
        || is(tables::place_nouns(), head)
        || is(tables::addressees(), head);
    let party = is_party(&whom) && !part;
    whom.kind.is_some() || whom.stands_for.is_some() || party || people || pronoun
}

/// The verb of an infinitive that a comma sets off, before any other verb.
fn after_comma(doc: &Document<'_>, low: usize, high: usize) -> Option<usize> {
    doc.tokens
        .get(low)
        .filter(|t| low < high && t.text == ",")?;
    let to =
        (low..high).find(|i| matches!(doc.tokens[*i].tag, Tag::Verb | Tag::Aux | Tag::Part))?;
    let comma = doc.tokens[to - 1].text == ",";
    (comma && is_infinitive_marker(&doc.tokens[to]) && to + 1 < high).then_some(to + 1)
}

/// "appealed to all sides, the army among them, to lay down": the infinitive that one of these words governs.
fn clause_for(doc: &Document<'_>, heads: [usize; 2], low: usize, high: usize) -> Option<usize> {
    let joined = heads
        .map(|head| doc.child(head, "conj"))
        .into_iter()
        .flatten();
    let marked = |at: &usize| {
        let mark = doc.child(*at, "mark");
        (low..high).contains(at) && mark.is_some_and(|m| is_infinitive_marker(&doc.tokens[m]))
    };
    let clauses = ["xcomp", "ccomp", "advcl", "acl"];
    let governed = |head: usize| clauses.iter().filter_map(move |r| doc.child(head, r));
    // "the building and expanding of settlements to be stopped"
    heads
        .into_iter()
        .chain(joined)
        .flat_map(governed)
        .find(marked)
}

/// May a wish be one side's demand: of a body, or of who speaks or decides for one?
fn is_side(scene: &Scene<'_, '_>, mention: &Mention) -> bool {
    let name = who::full_name(mention);
    let person = match mention.kind {
        Some(kind) => kind == Kind::Person,
        None => scene.is_person(&name),
    };
    !person || super::stances::binds(scene, mention) || scene.setting.leads(&name)
}

/// Is the verb's clause what a hope is of: "in the hope that they would press it"?
fn is_hoped(doc: &Document<'_>, at: usize) -> bool {
    let above = doc.tokens[at].head.filter(|head| *head < at);
    above.is_some_and(|above| {
        tables::hopes().contains(&*doc.tokens[above].lemma)
            && ["acl", "ccomp"].iter().any(|relation| doc.is(at, relation))
    })
}

/// Is it what a body writes or passes, by which it asks?
fn is_paper(doc: &Document<'_>, subject: &Range<usize>) -> bool {
    let head = &doc.tokens[phrase::head(doc, subject.clone())];
    let tables = [tables::document_nouns(), tables::offered_nouns()];
    head.tag == Tag::Noun && tables.iter().any(|table| is(table, &head.lower))
}

/// "gave the rebels two days to leave": asked of them.
pub(super) fn given_time(scene: &Scene<'_, '_>, at: usize, end: usize, found: &mut Vec<Finding>) {
    let doc = scene.doc;
    let Some(whom) = phrase::noun_phrase(doc, at + 1, end, Reach::Of) else {
        return;
    };
    // "two days": the words for a time may be read with those for whom.
    let timed = |i: &usize| {
        let next = doc.tokens.get(i + 1);
        doc.tokens[*i].tag == Tag::Num && next.is_some_and(|t| is(tables::spells(), &t.lower))
    };
    let first = (whom.start + 1..end.min(whom.end + 2)).find(timed);
    let Some(first) = first else { return };
    let whom = whom.start..first;
    let to = infinitive_after(doc, first + 2, end);
    let negated = doc.tokens[phrase::group_start(doc, at, scene.range.start)..at]
        .iter()
        .any(factuality::is_negation);
    let (Some(to), false) = (to.filter(|_| can_be_asked(scene, &whom)), negated) else {
        return;
    };
    let mut detail = TalksDetail::of(Aspect::Demand);
    detail.by = scene.agent(at);
    detail.asks = vec![to_do(scene, to, end)];
    detail.to = Some(scene.mention(whom));
    let factuality = Factuality {
        realis: Realis::Demanded,
        ..Factuality::default()
    };
    scene.push_as(found, detail, factuality, at, end);
}
