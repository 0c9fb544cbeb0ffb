//! What nouns say of ground: "launched an attack on Velka", "heavy fighting in Velka", "under the rebels' control".

use super::place::{self, place_in, places};
use super::{Clause, Finding, action_of, actor};
use crate::phrase::{self, Reach};
use crate::tables;
use crate::tree::{self, Stand};
use crate::{factuality, who};
use rapporteur_model::{Action, Factuality, Kind, Mention, Polarity, Realis, Span};
use rapporteur_text::{Document, Tag, Token};
use std::ops::Range;

/// "launched an operation to retake X", "mounted attacks in X": what the verb at `at` says with its object.
pub(super) fn launched(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    /// How many words after the noun the verb of its purpose stands: "an operation to", "attacks meant to".
    const PURPOSE: usize = 4;
    if !tables::launching().contains(&*doc.tokens[at].lemma) {
        return None;
    }
    let clause = Clause::of(doc, at, range);
    let end = clause.end;
    let object = phrase::object(doc, at, end, Reach::Of)?;
    let head = phrase::head(doc, object);
    let (ground, prepositions) = tables::ground_nouns().get(&*doc.tokens[head].lemma)?;
    if head > 0 && is_idiom(&doc.tokens[head - 1]) {
        return None;
    }
    let actor = actor::agent_before(doc, at, range.start);
    // "to retake X": the object of the infinitive; else the prepositions' place.
    let purpose = (head + 1..end.min(head + PURPOSE)).find(|i| {
        doc.tokens[*i].tag == Tag::Verb
            && doc.tokens[*i - 1].lower == "to"
            && tables::ground().contains_key(&*doc.tokens[*i].lemma)
    });
    let target = match purpose {
        Some(verb) => phrase::object(doc, verb, end, Reach::Full),
        None => aimed_at(clause, head, prepositions),
    }?;
    let target = place::controlled(doc, target, end);
    let mut place = places(doc, target.clone(), Action::Held);
    place.retain(|p| p.kind == Some(Kind::Place));
    // "fired a missile into the sea": at nobody.
    let aim = &doc.tokens[phrase::head(doc, target.clone())];
    if place.iter().any(place::is_water) || tables::waters().contains(&*aim.lower) {
        return None;
    }
    let mut recipient = vec![];
    if place.is_empty() {
        let attacked = who::mention(doc, target.clone());
        let someone = [tables::victims(), tables::fighters(), tables::groups()];
        let named = attacked.kind.is_some() || attacked.stands_for.is_some();
        if !named && !someone.iter().any(|table| table.contains(&*aim.lemma)) {
            return None;
        }
        recipient.push(attacked);
        place = place_in(doc, target.start, end)?;
    }
    Some(Finding {
        recipient,
        place,
        trigger: at..target.start.max(head + 1),
        ..clause.said_by_verb(action_of(*ground), actor::of(doc, actor))
    })
}

/// "began an operation to retake Velka, and the governor said that it had succeeded": what was to be done is
/// said to be done.
pub(super) fn done(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    if !tables::succeeding_verbs().contains(&*doc.tokens[at].lemma) {
        return None;
    }
    let subject = phrase::subject(doc, at, range.start)?;
    if subject.len() != 1 || doc.tokens[subject.start].tag != Tag::Pron {
        return None;
    }
    let this = doc
        .sentences
        .partition_point(|s| s.span.end <= doc.tokens[at].span.start);
    let sentences = [Some(this), this.checked_sub(1)].into_iter().flatten();
    let begun = sentences
        .filter_map(|i| doc.sentences.get(i))
        .find_map(|s| {
            let words = s.tokens.start..s.tokens.end.min(at);
            let verbs = words
                .clone()
                .rev()
                .filter(|i| doc.tokens[*i].tag == Tag::Verb);
            verbs
                .into_iter()
                .find_map(|verb| launched(doc, verb, &words))
        })?;
    let is_purpose = |i: &usize| doc.tokens[*i].tag == Tag::Verb && *i != begun.trigger.start;
    let purpose = begun.trigger.clone().find(is_purpose)?;
    let (ground, _) = tables::ground_verb(&doc.tokens[purpose].lemma)?;
    Some(Finding {
        place: begun.place,
        ..Clause::of(doc, at, range).said_by_verb(action_of(*ground), begun.actor)
    })
}

/// The words that the prepositions of the noun at `noun`, or of its verb, govern: by the tree, else the first after
/// the noun, unless they belong to another noun ("above a town on the island") or clause.
fn aimed_at(
    clause: Clause<'_, '_>,
    noun: usize,
    prepositions: &[&'static str],
) -> Option<Range<usize>> {
    let Clause { doc, at, end, .. } = clause;
    let governs = |word: usize| {
        let cases = doc.children(word).iter();
        let mut cases =
            cases.filter(|c| **c < word && (doc.is(**c, "case") || doc.is(**c, "advmod")));
        cases.any(|c| prepositions.contains(&&*doc.tokens[*c].lower))
    };
    let below = |head: usize| doc.children(head).iter().copied();
    let aimed = (below(noun).chain(below(at)))
        .filter(|word| (noun + 1..end).contains(word))
        .filter(|word| doc.is(*word, "nmod") || doc.is(*word, "obl"))
        .filter(|word| governs(*word))
        .map(|word| tree::around(doc, word, Reach::Full))
        // "in retaliation for strikes in Velka": there were the strikes.
        .filter(|words| !words.clone().any(|i| is_fight(doc, i)))
        .find(|words| words.end <= end && !phrase::is_time(doc, words));
    aimed.or_else(|| {
        let first = phrase::prepositional(doc, noun + 1, end, prepositions, Reach::Full)
            .or_else(|| phrase::prepositional(doc, at + 1, end, prepositions, Reach::Full))?;
        let top = tree::top(doc, &first)?;
        let above = doc.tokens[top].head.map(|head| doc.tokens[head].tag);
        let inner =
            doc.is(top, "nmod") && above == Some(Tag::Noun) && doc.tokens[top].head != Some(noun);
        let elsewhere = tree::stand(doc, top, at) == Stand::Elsewhere;
        let other = first.clone().any(|i| is_fight(doc, i));
        Some(first).filter(|_| !inner && !elsewhere && !other)
    })
}

/// Is it a noun for fighting, and no part of another: not "strike" of "strike force"?
fn is_fight(doc: &Document<'_>, at: usize) -> bool {
    let token = &doc.tokens[at];
    let known = tables::ground_nouns().contains_key(&*token.lemma);
    known && token.tag == Tag::Noun && !doc.is(at, "compound")
}

/// What the noun at `at` says: "heavy fighting in X", "X was under attack", "under Y's control", "control of X".
pub(super) fn find(
    doc: &Document<'_>,
    at: usize,
    range: &Range<usize>,
    speaker: Option<&Mention>,
) -> Option<Finding> {
    let (ground, prepositions) = tables::ground_nouns().get(&*doc.tokens[at].lemma)?;
    if tables::munitions().contains(&*doc.tokens[at].lemma) || is_other_sense(doc, at, range) {
        return None;
    }
    // "the anniversary of the liberation": long ago.
    let remembered = |above: usize| tables::remembering_nouns().contains(&*doc.tokens[above].lemma);
    if doc.tokens[at].head.is_some_and(remembered) {
        return None;
    }
    // "the risk of an attack on Velka": of none.
    let risk = |above: usize| tables::risks().contains(&*doc.tokens[above].lemma);
    if doc.is(at, "nmod") && doc.tokens[at].head.is_some_and(risk) {
        return None;
    }
    // "It typically takes the group hours to claim attacks in the north": none in particular.
    let sentence = doc.sentence_at(doc.tokens[at].span.start);
    let habitual = sentence.is_some_and(|s| {
        let words = || doc.tokens[s.tokens.clone()].iter();
        words().any(|t| tables::habitual().contains(&*t.lower)) && !words().any(|t| t.fine == "VBD")
    });
    if habitual {
        return None;
    }
    let action = action_of(*ground);
    let clause = Clause::of(doc, at, range);
    let phrase = phrase::phrase_ending(doc, at + 1, range.start).unwrap_or(at..at + 1);
    if phrase.start > range.start && doc.tokens[phrase.start - 1].lower == "under" {
        return under(clause, action, phrase);
    }
    let about = about(clause, action, prepositions).or_else(|| harmed_at(clause, action));
    match (action, about) {
        (Action::Held, Some(about)) => control_of(clause, &phrase, about, speaker),
        (_, Some(about)) if action != Action::Taken || doc.tokens[at].lemma != "fall" => {
            attack_on(clause, action, phrase, about)
        }
        // "Heavy fighting is taking place between A and B": the place is said before.
        _ if action == Action::Clash => fight_elsewhere(clause),
        _ => None,
    }
}

/// "Velka is in the rebels' hands", "the town was in government hands": of the subject.
pub(super) fn in_hands(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    if !tables::keeping_nouns().contains(&*doc.tokens[at].lemma) {
        return None;
    }
    let clause = Clause::of(doc, at, range);
    let phrase = phrase::phrase_ending(doc, at + 1, range.start).unwrap_or(at..at + 1);
    let before = phrase.start.checked_sub(1).filter(|b| *b >= range.start)?;
    if doc.tokens[before].lower != "in" {
        return None;
    }
    let mut found = under(clause, Action::Held, phrase)?;
    found.place.retain(|p| p.kind == Some(Kind::Place));
    if found.actor.is_empty() {
        found.actor = holder(doc, at, &found.place).into_iter().collect();
    }
    let fought = found.actor.iter().any(actor::fights);
    (fought && !found.place.is_empty()).then_some(found)
}

/// "the rebel stronghold of Velka", "Velka, a stronghold of the rebels": who holds what.
pub(super) fn seat(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    if !tables::seats().contains(&*doc.tokens[at].lemma) {
        return None;
    }
    let clause = Clause::of(doc, at, range);
    let words = tree::around(doc, at, Reach::Head);
    let bygone = |i: usize| tables::bygone().contains(&*doc.tokens[i].lower);
    if words.start < range.start || words.end > range.end || words.clone().any(bygone) {
        return None;
    }
    let named = |at: usize| {
        let mut places = places(doc, tree::around(doc, at, Reach::Of), Action::Held);
        places.retain(|p| p.kind == Some(Kind::Place) && p.name.contains(char::is_uppercase));
        Some(places).filter(|places| !places.is_empty())
    };
    let below = |relation: &str| doc.child(at, relation).and_then(named);
    let apposed = || {
        doc.tokens[at]
            .head
            .filter(|_| doc.is(at, "appos"))
            .and_then(named)
    };
    let subject = || doc.child(at, "cop").and_then(|_| below("nsubj"));
    let place = apposed()
        .or_else(subject)
        .or_else(|| below("appos"))
        .or_else(|| below("nmod"))?;
    let owner = holder(doc, at, &place)?;
    Some(Finding {
        actor: vec![owner],
        place,
        ..clause.said_by_noun(Action::Held, Factuality::default())
    })
}

/// Whose the place is that the noun at `at` names: "rebel", "Orlo", "the group's", "of the rebels".
fn holder(doc: &Document<'_>, at: usize, place: &[Mention]) -> Option<Mention> {
    let words = doc.children(at).iter().copied().filter(|c| {
        let kinds = ["compound", "amod", "nmod"];
        kinds.iter().any(|relation| doc.is(*c, relation))
    });
    let mut mentions = words.map(|c| who::mention(doc, tree::around(doc, c, Reach::Of)));
    mentions.find(|m| {
        let other = !place
            .iter()
            .any(|p| p.span.contains(m.span) || m.span.contains(p.span));
        other && m.kind != Some(Kind::Place) && actor::fights(m)
    })
}

/// "rebel-held Velka", "Orlo-controlled territory": what the word at `at` says of its noun.
pub(super) fn held_word(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Finding> {
    let token = &doc.tokens[at];
    let ends = |end: &&&str| token.lower.ends_with(**end);
    let end = tables::holding_endings().iter().find(ends)?;
    let stem = token.text.get(..token.text.len() - end.len())?;
    let noun = token
        .head
        .filter(|noun| *noun > at && range.contains(noun))?;
    let mut owner = Mention::plain(
        Span::new(token.span.start, token.span.start + stem.len()),
        stem,
    );
    let people = rapporteur_text::demonym(stem).is_some()
        || stem.starts_with(char::is_uppercase)
        || actor::fights(&owner);
    if stem.starts_with(char::is_uppercase) {
        owner.stands_for = Some(stem.to_string());
    }
    let mut place = places(doc, tree::around(doc, noun, Reach::Of), Action::Held);
    place.retain(|p| p.kind == Some(Kind::Place));
    // "rebel-held territory in Velka"
    let within = doc.child(noun, "nmod").filter(|at| range.contains(at));
    let within = within.filter(|at| {
        let case = doc.child(*at, "case");
        case.is_some_and(|case| tables::locative().contains(&*doc.tokens[case].lower))
    });
    // … whichever the town was hung on
    let after = || {
        let next = doc.tokens.get(noun + 1).filter(|_| noun + 1 < range.end)?;
        let locative = tables::locative().contains(&*next.lower);
        phrase::noun_phrase(doc, noun + 2, range.end, Reach::Head).filter(|_| locative)
    };
    let within = within.map(|at| tree::around(doc, at, Reach::Of));
    let whole = within.or_else(after).map(|words| noun..words.end);
    if let ([only], Some(whole)) = (&mut place[..], whole)
        && !only.name.contains(char::is_uppercase)
        && !phrase::names_in(doc, whole.clone()).is_empty()
    {
        let start = phrase::tokens_of(doc, only.span).start;
        only.span = doc.span(start..whole.end);
        only.name = phrase::words(doc, start..whole.end).to_string();
    }
    if !people || place.is_empty() {
        return None;
    }
    Some(Finding {
        actor: vec![owner],
        place,
        ..Clause::of(doc, at, range).said_by_noun(Action::Held, Factuality::default())
    })
}

/// Does the noun mean something else: "cyber attack", "on strike", "attack ads"?
fn is_other_sense(doc: &Document<'_>, at: usize, range: &Range<usize>) -> bool {
    let before = at.checked_sub(1).filter(|before| *before >= range.start);
    let before = before.map(|before| &doc.tokens[before]);
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < range.end);
    before.is_some_and(|t| is_idiom(t) || t.lower == "on")
        || next.is_some_and(|t| t.tag == Tag::Noun)
}

/// "cyber attack", "charm offensive".
fn is_idiom(before: &Token<'_>) -> bool {
    tables::attack_idioms().contains(&*before.lemma)
}

/// "is under X's control", "came under attack": of the subject.
fn under(clause: Clause<'_, '_>, action: Action, phrase: Range<usize>) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let is_verb = |i: &usize| matches!(doc.tokens[*i].tag, Tag::Aux | Tag::Verb);
    let verb = (range.start..phrase.start).rev().find(is_verb)?;
    let held = |words: Range<usize>| {
        Some(places(doc, words, Action::Held)).filter(|places| !places.is_empty())
    };
    // "the north, which has been under their control": by the tree.
    let described = || {
        let subject = doc.child(at, "nsubj").filter(|s| range.contains(s))?;
        let relative = tables::relatives().contains(&*doc.tokens[subject].lower);
        let comma = subject
            .checked_sub(1)
            .filter(|i| doc.tokens[*i].text == ",");
        let before = relative.then_some(comma.unwrap_or(subject))?;
        phrase::phrase_ending(doc, before, range.start).and_then(held)
    };
    let by_order = phrase::subject(doc, verb, range.start).and_then(held);
    let place = by_order.or_else(described)?;
    let names = phrase::names_in(doc, phrase);
    let owner = names.first().map(|n| (*n).clone());
    let by = || {
        let by = phrase::prepositional(doc, at + 1, end, &["by", "of", "from"], Reach::Of)?;
        Some(who::mention(doc, by))
    };
    Some(Finding {
        actor: owner.or_else(by).into_iter().collect(),
        place,
        ..clause.said_by_noun(action, factuality::of(doc, verb, range))
    })
}

/// The words that the noun's preposition governs: by the tree, those that hang on it; else, since trees often hang
/// them on the verb or a noun between, those that follow close by, with no verb between; of fighting, with the one
/// that says it goes on ("broke out in", "was reported near").
fn about(
    clause: Clause<'_, '_>,
    action: Action,
    prepositions: &[&'static str],
) -> Option<Range<usize>> {
    let Clause { doc, at, end, .. } = clause;
    let (far, verbs) = if action == Action::Clash {
        (12, 1)
    } else {
        (7, 0)
    };
    phrase::prepositional(doc, at + 1, end, prepositions, Reach::Full).filter(|r| {
        let between = &doc.tokens[at + 1..r.start];
        // "called the attack a reprisal for airstrikes in Velka": where the strikes were.
        let above = tree::top(doc, r).and_then(|top| doc.tokens[top].head);
        let listed = |noun: usize| doc.is(noun, "conj") && doc.tokens[noun].head == Some(at);
        let other = above.filter(|noun| *noun != at && doc.tokens[*noun].tag == Tag::Noun);
        let other = other.filter(|noun| !listed(*noun));
        let of_ground = |noun: usize| tables::ground_nouns().contains_key(&*doc.tokens[noun].lemma);
        // "an attack in retaliation for strikes last week in Velka", wherever the tree hangs it
        let mut within = at + 1..r.end;
        let nearer = action == Action::Attacked && within.any(|i| is_fight(doc, i) && !listed(i));
        if nearer || other.is_some_and(of_ground) {
            return false;
        }
        r.start <= at + far
            && between.iter().all(|t| t.text != ",")
            && between.iter().filter(|t| t.tag == Tag::Verb).count() <= verbs
    })
}

/// "an attack that killed two in Velka", "the assault left two dead near Velka": where what it did was done.
fn harmed_at(clause: Clause<'_, '_>, action: Action) -> Option<Range<usize>> {
    let Clause { doc, at, range, .. } = clause;
    let harms = |verb: &usize| tables::harming_verbs().contains(&*doc.tokens[*verb].lemma);
    let above = doc.tokens[at]
        .head
        .filter(|verb| doc.is(at, "nsubj") && harms(verb));
    let mut clauses = doc.children(at).iter().copied();
    let told = || clauses.find(|c| doc.is(*c, "acl") && harms(c));
    let verb = above
        .or_else(told)
        .filter(|verb| action == Action::Attacked && range.contains(verb))?;
    let end = phrase::clause_end(doc, verb, range.end);
    let places = place_in(doc, verb + 1, end)?;
    let words = phrase::tokens_of(doc, places.first()?.span);
    // "… left two dead, and an attack on Velka followed": where that was.
    let top = tree::top(doc, &words)?;
    let other = doc.tokens[top].head.is_some_and(|head| {
        head != at && tables::ground_nouns().contains_key(&*doc.tokens[head].lemma)
    });
    (below(doc, top, verb) && !other && !words.is_empty()).then_some(words)
}

/// Does the word stand under the verb, and not in another clause that is joined to it?
fn below(doc: &Document<'_>, word: usize, verb: usize) -> bool {
    /// How many words may stand between.
    const HOPS: usize = 8;
    let mut at = word;
    for _ in 0..HOPS {
        let joined = doc.is(at, "conj") && doc.tokens[at].tag == Tag::Verb;
        let Some(head) = doc.tokens[at].head.filter(|_| !joined) else {
            return false;
        };
        if head == verb {
            return true;
        }
        at = head;
    }
    false
}

/// A source claims "control of X", or its words open with that.
fn control_of(
    clause: Clause<'_, '_>,
    phrase: &Range<usize>,
    about: Range<usize>,
    speaker: Option<&Mention>,
) -> Option<Finding> {
    let Clause { doc, at, range, .. } = clause;
    let before = phrase.start.checked_sub(1).filter(|b| *b >= range.start);
    let claimed = before
        .filter(|b| tables::claiming_verbs().contains(&*doc.tokens[*b].lemma))
        .and_then(|b| actor::agent_before(doc, b, range.start))
        .map(|r| who::mention(doc, r));
    let alone = doc.tokens[range.start..at]
        .iter()
        .all(|t| matches!(t.tag, Tag::Det | Tag::Adj));
    let claimant = claimed.or_else(|| speaker.cloned().filter(|_| alone))?;
    let place = Some(places(doc, about, Action::Held)).filter(|places| !places.is_empty())?;
    let whole = Clause {
        end: range.end,
        ..clause
    };
    Some(Finding {
        actor: vec![claimant],
        place,
        ..whole.said_by_noun(Action::Held, Factuality::default())
    })
}

/// "an attack on X by Y", "fighting in X between Y and Z".
fn attack_on(
    clause: Clause<'_, '_>,
    action: Action,
    phrase: Range<usize>,
    about: Range<usize>,
) -> Option<Finding> {
    /// How many words before the noun a plan of it may stand.
    const PLAN: usize = 10;
    let Clause { doc, at, range, .. } = clause;
    let mut place = places(doc, about, Action::Held);
    place.retain(|p| p.kind == Some(Kind::Place) && !place::is_water(p));
    if place.is_empty() {
        return None;
    }
    place = place::with_more(doc, place, clause.end);
    let mut factuality = of_noun(doc, at, range);
    let low = range.start.max(at.saturating_sub(PLAN));
    let intended = (low..at).rfind(|i| tables::intending().contains(&*doc.tokens[*i].lemma));
    if let Some(intended) = intended {
        // "the quest for an attack on Velka will harm them": if they seek it.
        factuality.realis = match of_noun(doc, intended, range).realis {
            Realis::Conditional => Realis::Conditional,
            _ => Realis::Planned,
        };
    }
    let start = phrase.start;
    let mut found = Finding {
        actor: attackers(clause, action, phrase),
        place,
        ..clause.said_by_noun(action, factuality)
    };
    // "an attack in retaliation for strikes on Velka": of the strikes alone.
    let above = std::iter::successors(doc.tokens[at].head, |at| doc.tokens[*at].head).take(3);
    let mut above = above.take_while(|head| doc.tokens[*head].tag == Tag::Noun && *head < at);
    if above.any(|head| tables::reprisals().contains(&*doc.tokens[head].lemma)) {
        found.tokens.start = start.max(found.tokens.start);
    }
    Some(found)
}

/// Who does what the noun at `clause.at` names.
fn attackers(clause: Clause<'_, '_>, action: Action, phrase: Range<usize>) -> Vec<Mention> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let between = phrase::between(doc, at + 1, end).map(|r| actor::actors(doc, r));
    // Not "the strikes in Lenn, cited by Velka".
    let comma = (at + 1..end).find(|i| doc.tokens[*i].text == ",");
    let by = || {
        let near = comma.unwrap_or(end);
        let by = phrase::prepositional(doc, at + 1, near, &["by", "with"], Reach::Of)?;
        Some(actor::actors(doc, by))
    };
    let actor = between.or_else(by).unwrap_or_default();
    if !actor.is_empty() {
        return actor;
    }
    let names = phrase::names_in(doc, phrase.clone()).into_iter();
    let names: Vec<Mention> = names
        .filter(|n| n.kind != Some(Kind::Place))
        .cloned()
        .collect();
    if !names.is_empty() {
        return names;
    }
    // "a rebel assault", "Lennish air strikes", "coalition air strikes"
    let below = |head: usize| {
        let modifies = move |c: &usize| {
            *c < at && (doc.is(*c, "compound") || doc.is(*c, "amod")) && range.contains(c)
        };
        doc.children(head).iter().copied().filter(modifies)
    };
    let said = below(at).chain(below(at).flat_map(below));
    let mut said = said.map(|c| who::mention(doc, c..c + 1));
    let people = |m: &Mention| rapporteur_text::demonym(&m.name).is_some();
    // "a military invasion" is of no army in particular.
    let any = |m: &Mention| tables::of_any_army().contains(&*m.name.to_lowercase());
    if let Some(attacker) = said.find(|m| people(m) || !any(m) && actor::fights(m)) {
        return vec![attacker];
    }
    // "coalition air strikes", with its first noun hung elsewhere
    let first = tree::around(doc, at, Reach::Head).start;
    let before = first
        .checked_sub(1)
        .filter(|b| range.contains(b) && doc.tokens[*b].tag == Tag::Noun);
    let one = |b: &usize| {
        let token = &doc.tokens[*b];
        token.lemma == token.lower && tables::fighters().contains(&*token.lemma)
    };
    if let Some(before) = before.filter(one) {
        return vec![who::mention(doc, before..before + 1)];
    }
    // "Orland's second raid"
    let owner = doc
        .child(at, "nmod:poss")
        .filter(|owner| range.contains(owner));
    let whole = |owner: usize| who::mention(doc, tree::around(doc, owner, Reach::Of));
    let own = owner.map(|owner| (doc.tokens[owner].tag, whole(owner)));
    if let Some((_, owner)) = own.filter(|(tag, m)| match tag {
        Tag::Noun => {
            let head = phrase::head(doc, phrase::tokens_of(doc, m.span));
            tables::fighters().contains(&*doc.tokens[head].lemma)
        }
        tag => *tag == Tag::Propn,
    }) {
        return vec![owner];
    }
    if let Some(doer) = answers_for(doc, at, range) {
        return actor::actors(doc, tree::around(doc, doer, Reach::Of));
    }
    let is_pronoun = |i: &usize| doc.tokens[*i].tag == Tag::Pron && doc.is(*i, "nmod:poss");
    if let Some(possessor) = phrase.clone().find(is_pronoun) {
        return vec![who::mention(doc, possessor..possessor + 1)];
    }
    let subject = actor::subject_of_clause(doc, at, range).filter(|_| action != Action::Clash);
    subject.into_iter().collect()
}

/// "Orland's role in the raid", "the front claimed responsibility for the raid": whose it is said to be.
fn answers_for(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<usize> {
    let noun = doc.tokens[at].head.filter(|_| doc.is(at, "nmod"))?;
    let lemma = &*doc.tokens[noun].lemma;
    if tables::parts_played().contains(lemma) {
        let owner = doc.child(noun, "nmod:poss").filter(|o| range.contains(o));
        return owner.filter(|owner| doc.tokens[*owner].tag == Tag::Propn);
    }
    let verb = doc.tokens[noun].head.filter(|_| doc.is(noun, "obj"))?;
    let claims = tables::claiming_verbs().contains(&*doc.tokens[verb].lemma);
    let owns_up = tables::owning_up().contains(lemma) && claims;
    tree::subject(doc, verb).filter(|_| owns_up)
}

/// "Heavy fighting is taking place between A and B", "Fighting is on-going there": at the place of the sentences
/// before.
fn fight_elsewhere(clause: Clause<'_, '_>) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let between = phrase::between(doc, at + 1, end);
    let mut words = doc.tokens[at..end].iter();
    if between.is_none() && !words.any(|t| t.lower == "there" || t.lower == "here") {
        return None;
    }
    // "between A and B with C": against C.
    let with = between.as_ref().and_then(|between| {
        let next = doc.tokens.get(between.end).filter(|_| between.end < end)?;
        let with = tables::accompanying().contains(&*next.lower);
        phrase::noun_phrase(doc, between.end + 1, end, Reach::Of).filter(|_| with)
    });
    Some(Finding {
        recipient: with.map(|r| actor::actors(doc, r)).unwrap_or_default(),
        actor: between.map(|r| actor::actors(doc, r)).unwrap_or_default(),
        place: place::place_before(doc, at),
        ..clause.said_by_noun(Action::Clash, of_noun(doc, at, range))
    })
}

/// How a noun is put. What verbs around say is seldom said of it ("made no claim for the attack in …"): only its
/// own negation counts, and what it is the subject of.
fn of_noun(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Factuality {
    let told = doc.tokens[at]
        .head
        .filter(|told| doc.is(at, "nsubj") && range.contains(told));
    let mut factuality = match told {
        Some(told) => factuality::of(doc, told, range),
        None => Factuality::default(),
    };
    // "an attack on Velka would cost lives": if there were one, unless it is what will take place.
    let harms = told
        .is_some_and(|told| doc.tokens[told].tag != Tag::Verb || doc.child(told, "obj").is_some());
    if harms && factuality.realis == Realis::Planned {
        factuality.realis = Realis::Conditional;
    }
    // "was believed to be behind an attack on Velka"
    if let Some(certainty) = factuality::presumed(doc, at) {
        factuality.certainty = certainty;
    }
    let det = doc.child(at, "det").map(|det| &doc.tokens[det]);
    if det.is_some_and(factuality::is_negation) {
        factuality.polarity = Polarity::Negative;
    }
    factuality
}
