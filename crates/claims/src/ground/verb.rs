//! What verbs say of ground: "captured Velka", "the town was shelled", "clashed with the rebels in Velka".

use super::place::{self, place_in, places};
use super::{Clause, Finding, action_of, actor, time};
use crate::phrase::{self, Reach};
use crate::tables::{self, Ground, PlaceAt};
use crate::tree;
use crate::{factuality, who};
use rapporteur_model::{Action, Certainty, Kind, Mention, Realis, Span, Time};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// What the verb at `clause.at` says; `place`: where its place stands.
pub(super) fn find(clause: Clause<'_, '_>, ground: Ground, place: PlaceAt) -> Vec<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let Some(action) = action(clause, ground, place) else {
        return vec![];
    };
    let passive = phrase::is_passive(doc, at, range.start, end);
    match place {
        PlaceAt::With if !passive => return clash(clause).into_iter().collect(),
        // "drove a bomb into the base", "drove the rebels out of the town".
        PlaceAt::From => {
            let into = || rammed(clause, Action::Attacked, passive);
            return driven(clause, action, passive)
                .or_else(into)
                .into_iter()
                .collect();
        }
        PlaceAt::Cleared => return cleared(clause, action, passive).into_iter().collect(),
        PlaceAt::Control if !passive && !governs_control(clause) => {
            return control_where(clause, action).into_iter().collect();
        }
        PlaceAt::Control if passive => return vec![],
        PlaceAt::Into => return rammed(clause, action, passive).into_iter().collect(),
        PlaceAt::Inward if passive => return vec![],
        PlaceAt::Inward => return entered(clause, action).into_iter().collect(),
        PlaceAt::Blast => return blast(clause, action, passive).into_iter().collect(),
        _ => {}
    }
    let Some((actor, target)) = sides(clause, place, passive) else {
        return vec![];
    };
    let Some(target) = target else {
        let attacked = action == Action::Attacked && place == PlaceAt::Object && !passive;
        return around(clause, action, actor)
            .filter(|_| attacked)
            .into_iter()
            .collect();
    };
    if passive && target.len() == 1 && matches!(doc.tokens[target.start].tag, Tag::Det | Tag::Pron)
    {
        return pronoun_place(clause, target.start, action, actor)
            .into_iter()
            .collect();
    }
    // "police raided the house": a search.
    let searches = |words: &Range<usize>| {
        let head = phrase::head(doc, words.clone());
        tables::searching_bodies().contains(&*doc.tokens[head].lower)
    };
    let search = tables::searching_verbs().contains(&*doc.tokens[at].lemma);
    if search && actor.as_ref().is_some_and(searches) {
        return vec![];
    }
    // "his house was raided": a search, too, where nobody else is said to have come.
    let home = |words: &Range<usize>| {
        let head = phrase::head(doc, words.clone());
        tables::dwellings().contains(&*doc.tokens[head].lemma)
    };
    if search && passive && actor.is_none() && home(&target) {
        return vec![];
    }
    let inserted = target.end <= at && !passive;
    let mut found = of_target(clause, ground, action, actor, target, passive);
    // "territory that it took in the war is disputed": up to the end of that clause.
    for finding in found.iter_mut().filter(|_| inserted) {
        let end = last_below(doc, at) + 1;
        finding.tokens.end = finding.tokens.end.min(end).max(at + 1);
    }
    found.retain(|f| {
        let settled = |p: &Mention| place::is_settlement(doc, p);
        place != PlaceAt::Harmed || f.actor.iter().any(actor::fights) && f.place.iter().any(settled)
    });
    found
}

/// What the verb does there; `None`: here it means something else.
fn action(clause: Clause<'_, '_>, ground: Ground, place: PlaceAt) -> Option<Action> {
    /// How many words after the verb "back" may stand: across a short object.
    const BACK: usize = 7;
    let Clause { doc, at, end, .. } = clause;
    // "take place", "take part".
    let light = |t: &rapporteur_text::Token<'_>| tables::light_objects().contains(&*t.lower);
    // "ruled out", "struck down".
    let particle = doc.child(at, "compound:prt");
    let changed =
        particle.is_some_and(|p| tables::changing_particles().contains(&*doc.tokens[p].lower));
    // "driven out" is what it says.
    // "took their positions": where they belong.
    let own = doc.child(at, "obj").is_some_and(|object| {
        let owner = doc
            .child(object, "nmod:poss")
            .map(|owner| doc.tokens[owner].fine);
        owner == Some("PRP$") && tables::own_positions().contains(&*doc.tokens[object].lemma)
    });
    if own || doc.tokens.get(at + 1).is_some_and(light) || changed && place != PlaceAt::From {
        return None;
    }
    // "took back all territories", "won the town back".
    let back = doc.tokens[at + 1..end.min(at + BACK)]
        .iter()
        .any(|t| t.lower == "back");
    if tables::with_back().contains(&*doc.tokens[at].lemma) && !back {
        return None;
    }
    match action_of(ground) {
        Action::Taken if back => Some(Action::Retaken),
        action => Some(action),
    }
}

/// The words that say who acts, and those that say on what.
type Sides = (Option<Range<usize>>, Option<Range<usize>>);

/// Whose words say who acts, and on what; `None`: the verb's frame asks for one that is not there.
fn sides(clause: Clause<'_, '_>, place: PlaceAt, passive: bool) -> Option<Sides> {
    /// How many words after the verb its agent may begin: "was captured on Monday evening by".
    const BY: usize = 8;
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let subject = || actor::agent_before(doc, at, range.start);
    let by = || {
        phrase::prepositional(doc, at + 1, end, &["by"], Reach::Of).filter(|r| r.start <= at + BY)
    };
    let group = phrase::group_start(doc, at, range.start);
    let reduced = || doc.tokens[group..at].iter().all(|t| t.tag != Tag::Aux);
    Some(match place {
        PlaceAt::Subject => {
            let to = phrase::prepositional(doc, at + 1, end, &["to", "into"], Reach::Of)?;
            (Some(to), subject())
        }
        // "towns once liberated from the rebels": the noun that the participle hangs on.
        _ if left_out(clause) => {
            let noun = doc.tokens[at].head?;
            (
                by(),
                Some(tree::around(doc, noun, Reach::Of)).filter(|r| r.end <= at),
            )
        }
        // "the town taken by the army": what stands right before.
        _ if passive && reduced() => (by(), phrase::phrase_ending(doc, group, range.start)),
        // "a meeting about Velka to be held in Lenn": the meeting.
        _ if passive
            && doc.is(at, "acl")
            && doc.child(at, "nsubj").is_none_or(|subject| subject > at) =>
        {
            let noun = doc.tokens[at].head?;
            let whole = tree::around(doc, noun, Reach::Of);
            (by(), Some(whole).filter(|r| r.end <= at))
        }
        _ if passive => (by(), subject()),
        _ => {
            let object = phrase::object(doc, at, end, Reach::Full);
            (subject(), object.or_else(|| antecedent(clause)))
        }
    })
}

/// "territory that it conquered in the war": the noun that a clause without an object says more of.
fn antecedent(clause: Clause<'_, '_>) -> Option<Range<usize>> {
    let Clause { doc, at, range, .. } = clause;
    let noun = doc.tokens[at].head.filter(|_| doc.is(at, "acl:relcl"))?;
    let subject = doc.child(at, "nsubj")?;
    let own = !tables::relatives().contains(&*doc.tokens[subject].lower);
    let kind = tables::place_nouns().contains(&*doc.tokens[noun].lemma)
        || phrase::names_in(doc, noun..noun + 1)
            .iter()
            .any(|name| name.kind == Some(Kind::Place));
    let near = range.contains(&noun) && noun < subject && own && kind;
    near.then(|| tree::around(doc, noun, Reach::Head))
}

/// The last word that stands under the one at `at`.
fn last_below(doc: &Document<'_>, at: usize) -> usize {
    let mut last = at;
    while let Some(next) = doc.children(last).last().filter(|next| **next > last) {
        last = *next;
    }
    last
}

/// Is it a participle after its noun, with nothing but "from" or "in" after it: "towns liberated from the rebels"?
fn left_out(clause: Clause<'_, '_>) -> bool {
    let Clause { doc, at, range, .. } = clause;
    let group = phrase::group_start(doc, at, range.start);
    let bare = doc.tokens[group..at].iter().all(|t| t.tag != Tag::Aux);
    let participle = doc.tokens[at].fine == "VBN" && doc.is(at, "acl");
    participle && bare && doc.child(at, "obj").is_none() && doc.child(at, "nsubj").is_none()
}

/// "drove the rebels out of Velka", "dislodged them from the forest".
fn driven(clause: Clause<'_, '_>, action: Action, passive: bool) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let subject = actor::agent_before(doc, at, range.start);
    let by = || phrase::prepositional(doc, at + 1, end, &["by"], Reach::Of);
    let (actor, driven) = match passive {
        true => (by(), subject),
        false => (subject, phrase::object(doc, at, end, Reach::Of)),
    };
    // "broke into Velka and were driven out": the subject of both.
    let first = doc.tokens[at]
        .head
        .filter(|_| passive && doc.is(at, "conj"));
    let first = first.filter(|first| *first < at && range.contains(first));
    let shared = || {
        doc.child(first?, "nsubj")
            .map(|s| tree::around(doc, s, Reach::Of))
    };
    let shared = shared().filter(|s| driven.is_none() || s.end <= at);
    let driven = who::mention(doc, shared.or(driven)?);
    let from = phrase::prepositional(doc, at + 1, end, &["from", "of"], Reach::Full);
    let mut place = match from.clone() {
        Some(from) => places(doc, from, Action::Held),
        // "broke into Velka and were driven out"
        None => {
            let first = first?;
            let object = phrase::object(doc, first, at, Reach::Of);
            let object = object.map(|object| places(doc, object, Action::Taken));
            object.filter(|p| !p.is_empty()).or_else(|| {
                let into = phrase::prepositional(doc, first + 1, at, &["into", "in"], Reach::Of)?;
                Some(places(doc, into, Action::Held))
            })?
        }
    };
    place.retain(|p| p.kind == Some(Kind::Place));
    let actor = actor::of(doc, actor);
    let fought = actor::fights(&driven) && (passive || actor.iter().any(actor::fights));
    let mut found = Finding {
        recipient: vec![driven],
        place,
        ..clause.said_by_verb(action, actor)
    };
    // The day before "and" is that of the first.
    if from.is_none() {
        found.when = time::time_in(doc, at..end);
    }
    (fought && !found.place.is_empty()).then_some(found)
}

/// Is the verb's object control of something: "exercises full control over the north"?
fn governs_control(clause: Clause<'_, '_>) -> bool {
    let Clause { doc, at, end, .. } = clause;
    phrase::object(doc, at, end, Reach::Full)
        .is_some_and(|object| place::controlled(doc, object.clone(), end) != object)
}

/// "the zone where the army exercises full control": the noun before the clause.
fn control_where(clause: Clause<'_, '_>, action: Action) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let object = phrase::object(doc, at, end, Reach::Full)?;
    let control = |i: usize| {
        let held = Ground::Does(Action::Held);
        (tables::ground_nouns().get(&*doc.tokens[i].lemma)).is_some_and(|(g, _)| *g == held)
    };
    let subject = doc
        .child(at, "nsubj")
        .filter(|s| *s < at && *s > range.start)?;
    let subject = tree::around(doc, subject, Reach::Of);
    let opener = subject.start.checked_sub(1).filter(|i| range.contains(i))?;
    let opens = tables::place_openers().contains(&*doc.tokens[opener].lower);
    let before = phrase::phrase_ending(doc, opener, range.start)?;
    let place = places(doc, before, Action::Held);
    (opens && object.clone().any(control) && !place.is_empty()).then(|| Finding {
        place,
        ..clause.said_by_verb(action, actor::of(doc, Some(subject)))
    })
}

/// "cleared the town of rebels", "the base was cleared of gunmen".
fn cleared(clause: Clause<'_, '_>, action: Action, passive: bool) -> Option<Finding> {
    let Clause { doc, at, end, .. } = clause;
    let (actor, target) = sides(clause, PlaceAt::Object, passive)?;
    let target = target?;
    // "cleared the town of Velka of rebels": the last of them.
    let mut ofs = (at + 1..end).filter(|i| tables::of().contains(&*doc.tokens[*i].lower));
    let of = ofs.next_back()?;
    let driven = who::mention(doc, phrase::noun_phrase(doc, of + 1, end, Reach::Of)?);
    let object = target.start..target.end.min(if passive { target.end } else { of });
    let mut place = places(doc, object.clone(), action);
    // "cleared the consulate in Velka of gunmen"
    if place.is_empty() {
        place = place_in(doc, object.start, object.end)?;
    }
    (actor::fights(&driven) && !place.is_empty()).then(|| Finding {
        recipient: vec![driven],
        place,
        ..clause.said_by_verb(action, actor::of(doc, actor))
    })
}

/// "rammed a truck into the gate of the base": of those who fight alone.
fn rammed(clause: Clause<'_, '_>, action: Action, passive: bool) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let into = phrase::prepositional(doc, at + 1, end, &["into"], Reach::Full)?;
    let subject = actor::agent_before(doc, at, range.start);
    let object = phrase::object(doc, at, end, Reach::Head);
    let vehicle = |words: Range<usize>| {
        tables::vehicles().contains(&*doc.tokens[phrase::head(doc, words)].lemma)
    };
    let actor = actor::of(doc, subject.filter(|_| !passive));
    if !object.is_some_and(vehicle) || !actor.iter().any(actor::fights) {
        return None;
    }
    let place = places(doc, into.clone(), Action::Held);
    let (place, recipient) = match place.is_empty() {
        false => (place, vec![]),
        true => (
            place_in(doc, into.start, end)?,
            vec![who::mention(doc, into)],
        ),
    };
    Some(Finding {
        recipient,
        place,
        ..clause.said_by_verb(action, actor)
    })
}

/// "broke into the town": of those who fight.
fn entered(clause: Clause<'_, '_>, action: Action) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let into = phrase::prepositional(doc, at + 1, end, &["into"], Reach::Full)?;
    let actor = actor::of(doc, actor::agent_before(doc, at, range.start));
    let mut place = places(doc, into, Action::Taken);
    place.retain(|p| p.kind == Some(Kind::Place) && place::is_settlement(doc, p));
    (actor.iter().any(actor::fights) && !place.is_empty()).then(|| Finding {
        place,
        ..clause.said_by_verb(action, actor)
    })
}

/// "a bomb exploded in Velka", "blew himself up near the market in Velka", "detonated a device in Velka".
fn blast(clause: Clause<'_, '_>, action: Action, passive: bool) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let armed = |words: &Range<usize>| {
        let head = &doc.tokens[phrase::head(doc, words.clone())];
        tables::munitions().contains(&*head.lemma) || tables::vehicles().contains(&*head.lemma)
    };
    let subject = actor::agent_before(doc, at, range.start)?;
    let object = phrase::object(doc, at, end, Reach::Head);
    let itself = |words: &Range<usize>| {
        (words.clone()).any(|i| tables::reflexives().contains(&*doc.tokens[i].lower))
    };
    let actor = match object {
        Some(object) if !passive && (armed(&object) || itself(&object)) => Some(subject),
        None if armed(&subject) => None,
        _ if passive && armed(&subject) => {
            phrase::prepositional(doc, at + 1, end, &["by"], Reach::Of)
        }
        _ => return None,
    };
    let place = place_in(doc, at + 1, end)?;
    Some(Finding {
        place,
        ..clause.said_by_verb(action, actor::of(doc, actor))
    })
}

/// "clashed with the rebels in Velka".
fn clash(clause: Clause<'_, '_>) -> Option<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    let opponent = actor::opponent(doc, at, end);
    if opponent.iter().any(actor::is_no_enemy) {
        return None;
    }
    let actor = actor::of(doc, actor::agent_before(doc, at, range.start));
    // "…, battling with the police": where the sentences before say.
    let both = actor.iter().any(actor::fights) && opponent.iter().any(actor::fights);
    let finding = clause.said_by_verb(Action::Clash, actor);
    // "has trained them to fight the rebels": nowhere yet.
    let done = finding.factuality.realis == Realis::Actual;
    let place = place_in(doc, at + 1, end).or_else(|| {
        let before = place::town_before(doc, at);
        Some(before).filter(|place| both && done && !place.is_empty())
    })?;
    Some(Finding {
        recipient: opponent,
        place,
        ..finding
    })
}

/// "has not bombed anywhere in Velka", "shelled near the border".
fn around(clause: Clause<'_, '_>, action: Action, actor: Option<Range<usize>>) -> Option<Finding> {
    /// How many words after the verb its place may begin, where nothing else says what is attacked.
    const NEAR: usize = 8;
    let Clause { doc, at, end, .. } = clause;
    let next = doc.tokens.get(at + 1).filter(|_| at + 1 < end)?;
    if next.tag != Tag::Adp && next.fine != "RB" {
        return None;
    }
    let place = place_in(doc, at + 1, (at + NEAR).min(end))?;
    Some(Finding {
        place,
        ..clause.said_by_verb(action, actor::of(doc, actor))
    })
}

/// What the verb says of the words that it acts on.
fn of_target(
    clause: Clause<'_, '_>,
    ground: Ground,
    action: Action,
    actor: Option<Range<usize>>,
    target: Range<usize>,
    passive: bool,
) -> Vec<Finding> {
    let Clause {
        doc,
        at,
        range,
        end,
    } = clause;
    // "won back the town"
    let after_back = target.start + usize::from(doc.tokens[target.start].lower == "back");
    // "liberated from X's control", "retake control of".
    if after_back >= target.end {
        return vec![];
    }
    let target = place::controlled(doc, after_back..target.end, end);
    let mut places = places(doc, target.clone(), action);
    let mut recipient = Vec::new();
    if places.is_empty() {
        let Some((attacked, place)) = attacked_in(clause, action, &target) else {
            return vec![];
        };
        places = place;
        recipient.push(attacked);
    } else if action == Action::Attacked
        && places
            .iter()
            .all(|p| !p.name.contains(char::is_uppercase) && p.stands_for.is_none())
        && !tables::settlements().contains(&*doc.tokens[phrase::head(doc, target.clone())].lemma)
        && let Some(named) = place_in(doc, target.end, end)
        && named.iter().all(|p| p.name.contains(char::is_uppercase))
    {
        // "attacked the building, in the city of Velka"
        recipient.push(who::mention(doc, target.clone()));
        places = named;
    }
    let mut actor = actor::of(doc, actor);
    if ground == Ground::Lost {
        // "the bridges were lost" to nobody in particular: no ground that changed hands.
        let named = |p: &Mention| p.name.chars().any(char::is_uppercase);
        if passive && !places.iter().any(named) {
            return vec![];
        }
        recipient = std::mem::take(&mut actor);
    }
    if action == Action::Retaken
        && let Some(owner) = actor::held_before(doc, at, end)
    {
        recipient = vec![owner];
    }
    // "won it back from the rebels"
    if recipient.is_empty() && matches!(action, Action::Taken | Action::Retaken) && !passive {
        let from = phrase::prepositional(doc, target.start + 1, end, &["from"], Reach::Of);
        let from = from.map(|from| who::mention(doc, from));
        recipient = from.filter(actor::fights).into_iter().collect();
    }
    let found = Finding {
        recipient,
        place: places,
        trigger: at..target.start.max(at + 1),
        ..clause.said_by_verb(action, actor)
    };
    // "missiles that could hit Velka", "able to hit Velka": what something is able to do is no event.
    let factuality = found.factuality;
    let open = factuality.realis == Realis::Planned && factuality.certainty == Certainty::Possible;
    if open && factuality::could(doc, at, range.start) || is_ability(doc, at, range) {
        return vec![];
    }
    let second = second_object(doc, target.start, end, action);
    let second = second.map(|(place, when)| Finding {
        recipient: vec![],
        place,
        when,
        ..found.clone()
    });
    [Some(found), second].into_iter().flatten().collect()
}

/// "attacked soldiers in Velka": whom, and the place that follows.
fn attacked_in(
    clause: Clause<'_, '_>,
    action: Action,
    target: &Range<usize>,
) -> Option<(Mention, Vec<Mention>)> {
    let Clause { doc, end, .. } = clause;
    let attacks = [Action::Attacked, Action::Surrounded, Action::Clash];
    if !attacks.contains(&action) {
        return None;
    }
    let place = place_in(doc, target.start, end).filter(|places| !places.is_empty());
    let place = place.or_else(|| place::building(doc, target.clone()))?;
    let attacked = who::mention(doc, target.clone());
    // "struck a deal in Velka"
    let head = phrase::head(doc, target.clone());
    let victim = tables::victims().contains(&*doc.tokens[head].lemma);
    (victim || actor::fights(&attacked)).then_some((attacked, place))
}

/// "is able to hit Velka", "the ability to hit Velka", "was capable of hitting Velka", and not "was able to".
fn is_ability(doc: &Document<'_>, at: usize, range: &Range<usize>) -> bool {
    let group = phrase::group_start(doc, at, range.start);
    let mark = doc.child(at, "mark");
    let to = doc.tokens[group..at].iter().any(|t| t.fine == "TO")
        || mark.is_some_and(|mark| doc.tokens[mark].fine == "TO");
    let of = doc.tokens[at].fine == "VBG";
    let Some(head) = (doc.tokens[at].head).filter(|head| (to || of) && range.contains(head)) else {
        return false;
    };
    let past = |c: &usize| matches!(doc.tokens[*c].fine, "VBD" | "VBN");
    let done = to && doc.children(head).iter().any(past);
    tables::abilities().contains(&*doc.tokens[head].lemma) && !done
}

/// "Some are surrounded": of the places that the sentence before describes last.
fn pronoun_place(
    clause: Clause<'_, '_>,
    pronoun: usize,
    action: Action,
    actor: Option<Range<usize>>,
) -> Option<Finding> {
    let doc = clause.doc;
    let byte = doc.tokens[pronoun].span.start;
    let this = doc.sentences.partition_point(|s| s.span.end <= byte);
    let is_place = |i: &usize| {
        doc.tokens[*i].tag == Tag::Noun && tables::place_nouns().contains(&*doc.tokens[*i].lemma)
    };
    let own = (doc.sentences.get(this)).map_or(0..0, |s| s.tokens.start..pronoun);
    let before = (this.checked_sub(1)).map_or(0..0, |i| doc.sentences[i].tokens.clone());
    let mut sentences = [own, before].into_iter();
    let (noun, low) = sentences.find_map(|words| {
        let noun = words.clone().rev().find(is_place)?;
        Some((noun, words.start))
    })?;
    let phrase = phrase::phrase_ending(doc, noun + 1, low)?;
    let mut place = Mention::plain(doc.tokens[pronoun].span, doc.tokens[pronoun].text);
    place.kind = Some(Kind::Place);
    place.stands_for = Some(phrase::words(doc, phrase::bare(doc, phrase)).to_string());
    Some(Finding {
        place: vec![place],
        ..clause.said_by_verb(action, actor::of(doc, actor))
    })
}

/// "… captured A on 8 July and B on 14 July": B and its time.
fn second_object(
    doc: &Document<'_>,
    from: usize,
    end: usize,
    action: Action,
) -> Option<(Vec<Mention>, Option<Time>)> {
    let and = (from..end).find(|i| {
        doc.tokens[*i].tag == Tag::Cconj && !tables::contrast().contains(&*doc.tokens[*i].lower)
    })?;
    let between = Span::new(doc.tokens[from].span.start, doc.tokens[and].span.start);
    let timed = doc
        .times_over(between)
        .iter()
        .any(|t| between.contains(t.span));
    let phrase = phrase::noun_phrase(doc, and + 1, end, Reach::Of).filter(|_| timed)?;
    let mut places = places(doc, phrase.clone(), action);
    // "and the crossing at Velka on 14 July": Velka.
    let named = |p: &Mention| p.name.contains(char::is_uppercase);
    let next = doc.tokens.get(phrase.end).filter(|_| phrase.end < end);
    if !places.iter().any(named)
        && next.is_some_and(|t| tables::place_prepositions().contains(&*t.lower))
        && let Some(place) = place_in(doc, phrase.end, end)
    {
        places = place;
    }
    let when = time::time_in(doc, phrase.end..end);
    (!places.is_empty()).then_some((places, when))
}
