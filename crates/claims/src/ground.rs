//! Ground: who takes, retakes, holds, attacks, surrounds, or fights over which place, and when.

use crate::phrase::{self, Reach};
use crate::tables::{self, Ground, PlaceAt};
use crate::tree;
use crate::{factuality, who};
use rapporteur_model::{Action, Certainty, EventType, Factuality, Kind, Mention, Realis, Time};
use rapporteur_text::{Document, Tag, VerbForm, lemma};
use std::ops::Range;

/// What a clause says of ground.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) action: Action,
    pub(crate) actor: Vec<Mention>,
    pub(crate) recipient: Vec<Mention>,
    pub(crate) place: Vec<Mention>,
    pub(crate) when: Option<Time>,
    pub(crate) factuality: Factuality,
    pub(crate) tokens: Range<usize>,
    /// From the verb to the noun that it says it with.
    trigger: Range<usize>,
}

impl Finding {
    /// The verb or noun that says it.
    pub(crate) fn at(&self) -> usize {
        self.trigger.start
    }
}

/// Is it the lemma of a verb of ground?
pub(crate) fn is_trigger(lemma: &str) -> bool {
    tables::ground().contains_key(lemma)
}

/// PLOVER's type for an action; holding ground is a state and none.
pub(crate) fn event(action: Action) -> Option<EventType> {
    match action {
        Action::Held => None,
        Action::Taken | Action::Retaken | Action::Attacked | Action::Clash | Action::Surrounded => {
            Some(EventType::Assault)
        }
    }
}

/// Everything that a run of words says of ground. `speaker` acts where a source claims "control of"
/// something without a verb.
pub(crate) fn find(
    doc: &Document<'_>,
    range: Range<usize>,
    speaker: Option<&Mention>,
) -> Vec<Finding> {
    if range.is_empty() {
        return vec![];
    }
    let mut found: Vec<Finding> = Vec::new();
    for at in range.clone() {
        let token = &doc.tokens[at];
        if found.iter().any(|f| f.trigger.contains(&at)) {
            continue;
        }
        match token.tag {
            Tag::Verb if phrase::nominal(doc, at) => {}
            Tag::Verb => match tables::ground().get(&*token.lemma) {
                Some((ground, place)) => verb(doc, at, &range, *ground, *place, &mut found),
                None => launch(doc, at, &range, &mut found),
            },
            Tag::Noun => noun(doc, at, &range, speaker, &mut found),
            _ => {}
        }
    }
    // "claims to have taken X": the one who claims it.
    let opens_with_verb = doc.tokens[range.start.min(doc.tokens.len() - 1)].tag;
    let opens_with_verb = matches!(opens_with_verb, Tag::Verb | Tag::Aux);
    // "accused the army of shelling X": the one who is accused.
    let accused = (opens_with_verb
        .then(|| tree::subject(doc, range.start))
        .flatten())
    .map(|head| tree::around(doc, head, Reach::Of))
    .filter(|words| words.end <= range.start)
    .map(|words| who::mention(doc, words));
    if let Some(speaker) = accused.as_ref().or(speaker).filter(|_| opens_with_verb) {
        for f in found
            .iter_mut()
            .filter(|f| f.actor.is_empty() && f.tokens.start <= range.start + 2)
        {
            f.actor = vec![speaker.clone()];
        }
    }
    found.retain(|f| f.actor.is_empty() || f.actor.iter().any(fights));
    for actor in found.iter_mut().flat_map(|f| &mut f.actor) {
        who::speak_for(actor, speaker);
        who::own_men(doc, actor, speaker);
    }
    found
}

/// "cyber attack", "charm offensive".
fn is_idiom(before: &rapporteur_text::Token<'_>) -> bool {
    tables::attack_idioms().contains(&*before.lemma)
}

/// "fought a blaze", "a battle with cancer".
fn is_no_enemy(mention: &Mention) -> bool {
    let head = mention.name.split_whitespace().next_back();
    head.is_some_and(|w| tables::not_enemies().contains(&*lemma(&w.to_lowercase())))
}

/// Can it take, hold or attack ground: a name, who stands for one, or those who fight?
fn fights(mention: &Mention) -> bool {
    let head = mention.name.split([',', '(']).next().unwrap_or_default();
    let words = || head.split_whitespace().map(|w| lemma(&w.to_lowercase()));
    mention.kind.is_some()
        || mention.stands_for.is_some()
        || words().any(|w| tables::fighters().contains(&*w) || tables::groups().contains(&*w))
        || tables::first_persons().contains(&*mention.name.to_lowercase())
}

fn action_of(ground: Ground) -> Action {
    match ground {
        Ground::Does(action) => action,
        Ground::Lost => Action::Taken,
    }
}

fn verb(
    doc: &Document<'_>,
    at: usize,
    range: &Range<usize>,
    ground: Ground,
    place: PlaceAt,
    found: &mut Vec<Finding>,
) {
    // "take place", "take part".
    if doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| tables::light_objects().contains(&*t.lower))
    {
        return;
    }
    // "ruled out", "struck down".
    if doc
        .child(at, "compound:prt")
        .is_some_and(|particle| tables::changing_particles().contains(&*doc.tokens[particle].lower))
    {
        return;
    }
    let end = phrase::clause_end(doc, at, range.end);
    let passive = phrase::is_passive(doc, at, range.start, end);
    let subject = agent_before(doc, at, range.start);
    let by = || {
        phrase::prepositional(doc, at + 1, end, &["by"], Reach::Of).filter(|r| r.start <= at + 8)
    };
    let object = || phrase::object(doc, at, end, Reach::Full);
    // "took back all territories", "won the town back".
    let back = doc.tokens[at + 1..end.min(at + 7)]
        .iter()
        .any(|t| t.lower == "back");
    if tables::with_back().contains(&*doc.tokens[at].lemma) && !back {
        return;
    }
    let back = back && action_of(ground) == Action::Taken;
    let mut action = if back {
        Action::Retaken
    } else {
        action_of(ground)
    };
    let (actor, target) = match place {
        PlaceAt::Subject => {
            let to = phrase::prepositional(doc, at + 1, end, &["to", "into"], Reach::Of);
            let Some(to) = to else { return };
            (Some(to), subject.clone())
        }
        PlaceAt::With if !passive => {
            if opponent(doc, at, end).iter().any(is_no_enemy) {
                return;
            }
            let Some(place) = place_in(doc, at + 1, end) else {
                return;
            };
            return push(
                doc,
                found,
                Action::Clash,
                subject.clone().or(Some(at..at)),
                opponent(doc, at, end),
                place,
                at,
                range,
                end,
                at..at + 1,
            );
        }
        // "the town taken by the army": what stands right before.
        _ if passive
            && !doc.tokens[phrase::group_start(doc, at, range.start)..at]
                .iter()
                .any(|t| t.tag == Tag::Aux) =>
        {
            (
                by(),
                phrase::phrase_ending(doc, phrase::group_start(doc, at, range.start), range.start),
            )
        }
        _ if passive => (by(), subject.clone()),
        _ => (subject.clone(), object()),
    };
    let Some(target) = target else {
        // "has not bombed anywhere in Velka", "shelled near the border".
        let attacked = action == Action::Attacked && place == PlaceAt::Object && !passive;
        let next = doc.tokens.get(at + 1).filter(|_| at + 1 < end && attacked);
        if next.is_some_and(|t| t.tag == Tag::Adp || t.fine == "RB")
            && let Some(places) = place_in(doc, at + 1, (at + 8).min(end))
        {
            let words = at..at + 1;
            push(
                doc,
                found,
                action,
                subject,
                vec![],
                places,
                at,
                range,
                end,
                words,
            );
        }
        return;
    };
    if passive && target.len() == 1 && matches!(doc.tokens[target.start].tag, Tag::Det | Tag::Pron)
    {
        return pronoun_place(doc, at, target.start, action, actor, range, end, found);
    }
    // "won back the town"
    let after_back = target.start + usize::from(doc.tokens[target.start].lower == "back");
    // "liberated from X's control", "retake control of".
    let target = controlled(doc, after_back.min(target.end)..target.end, end);
    let mut places = places(doc, target.clone(), action);
    let mut recipient = Vec::new();
    if places.is_empty() {
        // "attacked soldiers in Velka": the place follows.
        if !matches!(
            action,
            Action::Attacked | Action::Surrounded | Action::Clash
        ) {
            return;
        }
        places = place_in(doc, target.end, end).unwrap_or_default();
        if places.is_empty() {
            return;
        }
        let attacked = who::mention(doc, target.clone());
        // "struck a deal in Velka"
        let head = phrase::head(doc, target.clone());
        if !fights(&attacked) && !tables::victims().contains(&*doc.tokens[head].lemma) {
            return;
        }
        recipient.push(attacked);
    }
    let mut actor: Vec<Mention> = actor
        .filter(|r| !r.is_empty())
        .map(|r| actors(doc, r))
        .unwrap_or_default();
    if ground == Ground::Lost {
        // "the bridges were lost" to nobody in particular: no ground that changed hands.
        if passive
            && !places
                .iter()
                .any(|p| p.name.chars().any(char::is_uppercase))
        {
            return;
        }
        recipient = std::mem::take(&mut actor);
        action = Action::Taken;
    }
    let owner = held_before(doc, at, end);
    if action == Action::Retaken && owner.is_some() {
        recipient = owner.into_iter().collect();
    }
    let clause = clause_start(doc, at, range.start, &actor)..end;
    let when = when(doc, at, &clause);
    let factuality = factuality::of(doc, at, range);
    // "missiles that could hit Velka", "able to hit Velka": what something is able to do is no event.
    let open = factuality.realis == Realis::Planned && factuality.certainty == Certainty::Possible;
    if open && factuality::could(doc, at, range.start) || is_ability(doc, at, range) {
        return;
    }
    let trigger = at..target.start.max(at + 1);
    let second = second_object(doc, target.end, end, action);
    found.push(Finding {
        action,
        actor: actor.clone(),
        recipient,
        place: places,
        when,
        factuality,
        tokens: clause.clone(),
        trigger: trigger.clone(),
    });
    if let Some((places, when)) = second {
        found.push(Finding {
            action,
            actor,
            recipient: vec![],
            place: places,
            when,
            factuality,
            tokens: clause,
            trigger: trigger.clone(),
        });
    }
}

/// "is able to hit Velka", "the ability to hit Velka", and not "was able to".
fn is_ability(doc: &Document<'_>, at: usize, range: &Range<usize>) -> bool {
    let group = phrase::group_start(doc, at, range.start);
    // "able to hit", "capable of hitting"
    let to = doc.tokens[group..at].iter().any(|t| t.fine == "TO") || doc.tokens[at].fine == "VBG";
    let Some(head) = doc.tokens[at]
        .head
        .filter(|head| to && range.contains(head))
    else {
        return false;
    };
    let past = doc
        .children(head)
        .iter()
        .any(|c| matches!(doc.tokens[*c].fine, "VBD" | "VBN"));
    tables::abilities().contains(&*doc.tokens[head].lemma) && !past
}

/// "Some are surrounded": of the places that the sentence before describes last.
#[allow(clippy::too_many_arguments)] // the parts of one finding
fn pronoun_place(
    doc: &Document<'_>,
    at: usize,
    pronoun: usize,
    action: Action,
    actor: Option<Range<usize>>,
    range: &Range<usize>,
    end: usize,
    found: &mut Vec<Finding>,
) {
    let byte = doc.tokens[pronoun].span.start;
    let this = doc.sentences.partition_point(|s| s.span.end <= byte);
    let is_place = |i: &usize| {
        doc.tokens[*i].tag == Tag::Noun && tables::place_nouns().contains(&*doc.tokens[*i].lemma)
    };
    let own = doc
        .sentences
        .get(this)
        .map_or(0..0, |s| s.tokens.start..pronoun);
    let before = this
        .checked_sub(1)
        .map_or(0..0, |i| doc.sentences[i].tokens.clone());
    let here = own.clone().rev().find(is_place);
    let noun = here.or_else(|| before.clone().rev().find(is_place));
    let low = if here.is_some() {
        own.start
    } else {
        before.start
    };
    let Some(phrase) = noun.and_then(|n| phrase::phrase_ending(doc, n + 1, low)) else {
        return;
    };
    let mut place = Mention::plain(doc.tokens[pronoun].span, doc.tokens[pronoun].text);
    place.kind = Some(Kind::Place);
    place.stands_for = Some(phrase::words(doc, phrase::bare(doc, phrase)).to_string());
    push(
        doc,
        found,
        action,
        actor,
        vec![],
        vec![place],
        at,
        range,
        end,
        at..at + 1,
    );
}

/// Who acts: the subject, also of an infinitive ("enabled them to seize", "was able to seize").
fn agent_before(doc: &Document<'_>, at: usize, low: usize) -> Option<Range<usize>> {
    let group = phrase::group_start(doc, at, low);
    let infinitive = doc.tokens[group..at]
        .iter()
        .any(|t| t.lower == "to" && t.tag == Tag::Part);
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
    phrase::agent(doc, at, low)
}

/// The actors of a noun phrase: each of a list of names, or the one it means.
fn actors(doc: &Document<'_>, range: Range<usize>) -> Vec<Mention> {
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
        .map(|r| who::mention(doc, r))
        .filter(|m| {
            m.stands_for.is_some() || !tables::expletives().contains(&*m.name.to_lowercase())
        })
        .collect()
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

/// "control of X": the words after `of`; else the target itself.
fn controlled(doc: &Document<'_>, target: Range<usize>, end: usize) -> Range<usize> {
    let head = phrase::head(doc, target.clone());
    if tables::ground_nouns()
        .get(&*doc.tokens[head].lemma)
        .is_some_and(|(g, _)| *g == Ground::Does(Action::Held))
        && let Some(of) =
            phrase::prepositional(doc, head + 1, end, &["of", "over", "in"], Reach::Full)
    {
        return of;
    }
    target
}

/// The places that a noun phrase names or describes.
pub(crate) fn places(doc: &Document<'_>, range: Range<usize>, action: Action) -> Vec<Mention> {
    let range = place_words(doc, phrase::bare(doc, range));
    if range.is_empty() {
        return vec![];
    }
    let head = phrase::head(doc, range.clone());
    let head_lemma = doc.tokens[head].lemma.clone();
    let names = phrase::names_in(doc, range.clone());
    let covers = |n: &Mention| {
        phrase::tokens_of(doc, n.span).contains(&head) && n.span.end >= doc.tokens[head].span.end
    };
    let is_place = |i: usize| tables::place_nouns().contains(&*doc.tokens[i].lemma);
    let listed_place = items(doc, range.clone())
        .into_iter()
        .any(|item| is_place(phrase::head(doc, item)));
    let nominal_place = is_place(head) || listed_place || is_share(doc, &range);
    if let Some(name) = names.iter().find(|n| covers(n)) {
        // "has held Ada Brisk since May"
        let held = action == Action::Held && name.name.contains(char::is_whitespace);
        let ground = matches!(name.kind, Some(Kind::Place))
            || may_be_place(name)
                && !held
                && matches!(
                    action,
                    Action::Taken | Action::Retaken | Action::Held | Action::Surrounded
                );
        if !ground {
            return vec![];
        }
        // A list of names: "Velka, Orland and Port Lenn".
        let mut list: Vec<Mention> = Vec::new();
        for item in items(doc, range.clone()) {
            let h = phrase::head(doc, item.clone());
            match names.iter().find(|n| {
                phrase::tokens_of(doc, n.span).contains(&h) && n.kind != Some(Kind::Person)
            }) {
                Some(n) => list.push(place(n)),
                None if tables::place_nouns().contains(&*doc.tokens[h].lemma) => {
                    let inner = names.iter().find(|n| {
                        doc.span(item.clone()).contains(n.span)
                            && phrase::tokens_of(doc, n.span).end <= h
                    });
                    list.push(inner.map_or_else(|| described(doc, item.clone()), |n| place(n)));
                }
                None => break,
            }
        }
        return if list.is_empty() {
            vec![place(name)]
        } else {
            list
        };
    }
    if !nominal_place {
        return vec![];
    }
    // "almost all of the districts on the border of Velka": the districts.
    if !is_place(head)
        && let Some(of) = range
            .clone()
            .find(|i| tables::of().contains(&*doc.tokens[*i].lower))
    {
        let inner = phrase::head(doc, of + 1..range.end);
        if of + 1 < range.end && is_place(inner) {
            return vec![described(doc, range)];
        }
    }
    // "the Velka border gates", "Velka district": the name before the noun is the place's.
    let before: Vec<_> = names
        .iter()
        .filter(|n| phrase::tokens_of(doc, n.span).end <= head && n.kind != Some(Kind::Person))
        .collect();
    if let Some(name) = before.last().filter(|n| {
        n.kind != Some(Kind::Organization)
            && rapporteur_text::demonym(&n.name).is_none()
            && (phrase::tokens_of(doc, n.span).start == range.start
                || phrase::tokens_of(doc, n.span).end == head)
    }) {
        return vec![place(name)];
    }
    // "the city of Velka", "the Orlish town of Velka".
    let of = names.iter().find(|n| {
        let t = phrase::tokens_of(doc, n.span);
        t.start >= 1 && doc.tokens[t.start - 1].lower == "of" && t.start == head + 2
    });
    if let Some(name) = of.filter(|n| {
        n.kind != Some(Kind::Organization) && tables::named_by_of().contains(&*head_lemma)
    }) {
        let plural = doc.tokens[head].lower != head_lemma;
        let all: Vec<Mention> = names
            .iter()
            .filter(|n| n.span.start >= name.span.start && n.kind != Some(Kind::Person))
            .map(|n| place(n))
            .collect();
        // "two districts of Velka" are not Velka; "the provinces of Velka and Lenn" are these.
        if plural && all.len() == 1 {
            return vec![described(doc, range)];
        }
        return all;
    }
    // "border crossings with Velka, Orland and Lenn": one for each.
    let listed: Vec<_> = names
        .iter()
        .filter(|n| phrase::tokens_of(doc, n.span).start > head && n.kind != Some(Kind::Person))
        .collect();
    let with = doc
        .tokens
        .get(head + 1)
        .filter(|t| t.tag == Tag::Adp && head + 1 < range.end);
    if let (Some(with), true) = (with, listed.len() >= 2) {
        let stem = format!(
            "{} {}",
            phrase::words(doc, range.start..head + 1),
            with.text
        );
        return listed
            .iter()
            .map(|n| Mention {
                name: format!("{stem} {}", n.name),
                kind: Some(Kind::Place),
                role: None,
                title: None,
                ..(**n).clone()
            })
            .collect();
    }
    vec![described(doc, range)]
}

/// Cuts off what does not describe a place: "dozens of areas (at an alarming rate)", "the districts
/// on the border (in the attacks of June)".
fn place_words(doc: &Document<'_>, range: Range<usize>) -> Range<usize> {
    for at in range.clone() {
        if doc.tokens[at].tag != Tag::Adp {
            continue;
        }
        let linked = tables::place_links().contains(&*doc.tokens[at].lower);
        let inner = phrase::noun_phrase(doc, at + 1, range.end, Reach::Head)
            .filter(|_| linked)
            .is_some_and(|inner| {
                let head = phrase::head(doc, inner.clone());
                let named = !phrase::names_in(doc, inner.clone()).is_empty();
                named
                    || doc.tokens[head].tag == Tag::Propn
                    || tables::place_nouns().contains(&*doc.tokens[head].lemma)
                    || doc.tokens[at].lower == "of"
            });
        if !inner {
            return range.start..at;
        }
    }
    range
}

/// Is nothing known of what the name names? A single name that nothing shows to be a person's, but its
/// sound, is as often a town's.
fn may_be_place(name: &Mention) -> bool {
    let bare = name.title.is_none() && name.role.is_none() && name.stands_for.is_none();
    name.kind.is_none()
        || name.kind == Some(Kind::Person) && bare && !name.name.contains(char::is_whitespace)
}

fn place(name: &Mention) -> Mention {
    Mention {
        kind: Some(Kind::Place),
        ..name.clone()
    }
}

fn described(doc: &Document<'_>, range: Range<usize>) -> Mention {
    let mut mention = Mention::plain(doc.span(range.clone()), phrase::words(doc, range.clone()));
    mention.kind = Some(Kind::Place);
    mention.stands_for = place_meant(doc, range);
    mention
}

/// The name that "the town" stands for: of the nearest sentence before that names a place smaller than
/// a country, the first such name.
fn place_meant(doc: &Document<'_>, range: Range<usize>) -> Option<String> {
    /// How many sentences back.
    const REACH: usize = 4;
    let head = &doc.tokens[range.end - 1];
    let definite =
        range.start > 0 && tables::definite().contains(&*doc.tokens[range.start - 1].lower);
    if !definite || range.len() > 2 || !tables::settlements().contains(&*head.lemma) {
        return None;
    }
    let byte = doc.tokens[range.start].span.start;
    let this = doc.sentences.partition_point(|s| s.span.end <= byte);
    let fits = |n: &&Mention| {
        let dateline = doc
            .tokens
            .get(phrase::tokens_of(doc, n.span).end)
            .is_some_and(|t| {
                t.tag == Tag::Punct
                    && (t.text == "(" || t.text.starts_with(['-', '\u{2013}', '\u{2014}']))
            });
        matches!(n.kind, None | Some(Kind::Place))
            && n.span.end <= byte
            && !dateline
            && rapporteur_text::country(&n.name).is_none()
            && rapporteur_text::demonym(&n.name).is_none()
    };
    (this.saturating_sub(REACH)..=this)
        .rev()
        .filter_map(|i| doc.sentences.get(i))
        .find_map(|s| doc.names_in(s.span).find(fits).map(who::full_name))
}

/// "more than half of the country", "50% of the region".
fn is_share(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let place = |i: usize| tables::place_nouns().contains(&*doc.tokens[i].lemma);
    let of = range
        .clone()
        .find(|i| tables::of().contains(&*doc.tokens[*i].lower));
    let head = &doc.tokens[phrase::head(doc, range.clone())];
    let share = head.tag == Tag::Num
        || tables::share_nouns().contains(&*head.lemma)
        || phrase::starts_figure(doc, range.start);
    share && of.is_some_and(|of| of + 1 < range.end && place(phrase::head(doc, of + 1..range.end)))
}

/// The first place named after `in`, `at`, `near` … in the clause.
fn place_in(doc: &Document<'_>, from: usize, end: usize) -> Option<Vec<Mention>> {
    (from..end)
        .filter(|at| {
            doc.tokens[*at].tag == Tag::Adp
                && tables::place_prepositions().contains(&*doc.tokens[*at].lower)
        })
        .find_map(|at| {
            let phrase = phrase::noun_phrase(doc, at + 1, end, Reach::Full)
                .filter(|r| !phrase::is_time(doc, r) && doc.tokens[r.start].tag != Tag::Num)?;
            let found = places(doc, phrase, Action::Clash);
            let found: Vec<Mention> = found
                .into_iter()
                .filter(|m| m.kind == Some(Kind::Place))
                .collect();
            (!found.is_empty()).then_some(found)
        })
}

fn opponent(doc: &Document<'_>, at: usize, end: usize) -> Vec<Mention> {
    phrase::prepositional(doc, at + 1, end, &["with", "against"], Reach::Of)
        .map(|r| actors(doc, r))
        .or_else(|| phrase::object(doc, at, end, Reach::Of).map(|r| actors(doc, r)))
        .unwrap_or_default()
}

/// "liberated from X's control": X.
fn held_before(doc: &Document<'_>, at: usize, end: usize) -> Option<Mention> {
    let from = phrase::prepositional(doc, at + 1, end, &["from"], Reach::Of)?;
    phrase::names_in(doc, from).first().map(|n| (*n).clone())
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
    let places = places(doc, phrase.clone(), action);
    let when = time_in(doc, phrase.end..end);
    (!places.is_empty()).then_some((places, when))
}

#[allow(clippy::too_many_arguments)] // the parts of one finding
fn push(
    doc: &Document<'_>,
    found: &mut Vec<Finding>,
    action: Action,
    actor: Option<Range<usize>>,
    recipient: Vec<Mention>,
    place: Vec<Mention>,
    at: usize,
    range: &Range<usize>,
    end: usize,
    trigger: Range<usize>,
) {
    let actor: Vec<Mention> = actor
        .filter(|r| !r.is_empty())
        .map(|r| actors(doc, r))
        .unwrap_or_default();
    let clause = clause_start(doc, at, range.start, &actor)..end;
    let when = when(doc, at, &clause);
    let factuality = factuality::of(doc, at, range);
    found.push(Finding {
        action,
        actor,
        recipient,
        place,
        when,
        factuality,
        tokens: clause,
        trigger,
    });
}

/// "launched an operation to retake X", "mounted attacks in X", "was under attack by X".
fn launch(doc: &Document<'_>, at: usize, range: &Range<usize>, found: &mut Vec<Finding>) {
    if !tables::launching().contains(&*doc.tokens[at].lemma) {
        return;
    }
    let end = phrase::clause_end(doc, at, range.end);
    let Some(object) = phrase::object(doc, at, end, Reach::Of) else {
        return;
    };
    let head = phrase::head(doc, object.clone());
    let Some((ground, prepositions)) = tables::ground_nouns().get(&*doc.tokens[head].lemma) else {
        return;
    };
    if head > 0 && is_idiom(&doc.tokens[head - 1]) {
        return;
    }
    let action = action_of(*ground);
    let subject = agent_before(doc, at, range.start);
    // "to retake X": the object of the infinitive; else the prepositions' place.
    let purpose = (head + 1..end.min(head + 4)).find(|i| {
        doc.tokens[*i].tag == Tag::Verb
            && doc.tokens[*i - 1].lower == "to"
            && tables::ground().contains_key(&*doc.tokens[*i].lemma)
    });
    let target = match purpose {
        Some(verb) => phrase::object(doc, verb, end, Reach::Full),
        None => phrase::prepositional(doc, head + 1, end, prepositions, Reach::Full)
            .or_else(|| phrase::prepositional(doc, at + 1, end, prepositions, Reach::Full)),
    };
    let Some(target) = target else { return };
    let target = controlled(doc, target, end);
    let mut place = places(doc, target.clone(), Action::Held);
    place.retain(|p| p.kind == Some(Kind::Place));
    // "fired a missile into the sea": at nobody.
    if place.iter().any(is_water) {
        return;
    }
    let mut recipient = vec![];
    if place.is_empty() {
        if !phrase::is_time(doc, &target) {
            recipient = vec![who::mention(doc, target.clone())];
        }
        place = place_in(doc, target.end, end).unwrap_or_default();
        if place.is_empty() {
            return;
        }
    }
    push(
        doc,
        found,
        action,
        subject,
        recipient,
        place,
        at,
        range,
        end,
        at..target.start.max(head + 1),
    );
}

/// Nouns: "heavy fighting in X", "X was under attack", "under Y's control", "control of X".
fn noun(
    doc: &Document<'_>,
    at: usize,
    range: &Range<usize>,
    speaker: Option<&Mention>,
    found: &mut Vec<Finding>,
) {
    let Some((ground, prepositions)) = tables::ground_nouns().get(&*doc.tokens[at].lemma) else {
        return;
    };
    if tables::munitions().contains(&*doc.tokens[at].lemma) {
        return;
    }
    let action = action_of(*ground);
    if at > range.start && is_idiom(&doc.tokens[at - 1]) {
        return;
    }
    // "went on strike".
    if at > range.start && doc.tokens[at - 1].lower == "on" {
        return;
    }
    // "attack ads", "the control room": the noun after it is what is spoken of.
    if doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| at + 1 < range.end && t.tag == Tag::Noun)
    {
        return;
    }
    let end = phrase::clause_end(doc, at, range.end);
    let phrase = phrase::phrase_ending(doc, at + 1, range.start).unwrap_or(at..at + 1);
    let under = phrase.start > range.start && doc.tokens[phrase.start - 1].lower == "under";
    if under {
        // The subject of "is under X's control", "came under attack".
        let verb = (range.start..phrase.start)
            .rev()
            .find(|i| matches!(doc.tokens[*i].tag, Tag::Aux | Tag::Verb));
        let Some(subject) = verb.and_then(|v| phrase::subject(doc, v, range.start)) else {
            return;
        };
        let place = places(doc, subject, Action::Held);
        let owner = phrase::names_in(doc, phrase.clone())
            .first()
            .map(|n| (*n).clone());
        let by = phrase::prepositional(doc, at + 1, end, &["by", "of", "from"], Reach::Of)
            .map(|r| who::mention(doc, r));
        if place.is_empty() {
            return;
        }
        let clause = range.start..end;
        let when = when(doc, at, &clause);
        let verb = verb.unwrap_or(at);
        let factuality = factuality::of(doc, verb, range);
        found.push(Finding {
            action,
            actor: owner.or(by).into_iter().collect(),
            recipient: vec![],
            place,
            when,
            factuality,
            tokens: clause,
            trigger: at..at + 1,
        });
        return;
    }
    // The place follows close by, with no verb between; of fighting, with the one that says it goes on
    // ("broke out in", "was reported near").
    let (far, verbs) = if action == Action::Clash {
        (12, 1)
    } else {
        (7, 0)
    };
    let about = phrase::prepositional(doc, at + 1, end, prepositions, Reach::Full).filter(|r| {
        let between = &doc.tokens[at + 1..r.start];
        r.start <= at + far
            && between.iter().all(|t| t.text != ",")
            && between.iter().filter(|t| t.tag == Tag::Verb).count() <= verbs
    });
    let is_control = action == Action::Held;
    // A source claims "control of X".
    let before = phrase.start.checked_sub(1).filter(|b| *b >= range.start);
    let claimed = before
        .filter(|b| tables::claiming_verbs().contains(&*doc.tokens[*b].lemma))
        .and_then(|b| agent_before(doc, b, range.start))
        .map(|r| who::mention(doc, r));
    let alone = doc.tokens[range.start..at]
        .iter()
        .all(|t| matches!(t.tag, Tag::Det | Tag::Adj));
    let claimant = claimed.or_else(|| speaker.cloned().filter(|_| alone));
    match (is_control, claimant, about) {
        (true, Some(claimant), Some(about)) => {
            let place = places(doc, about, Action::Held);
            if !place.is_empty() {
                found.push(Finding {
                    action,
                    actor: vec![claimant],
                    recipient: vec![],
                    place,
                    when: when(doc, at, range),
                    factuality: Factuality::default(),
                    tokens: range.clone(),
                    trigger: at..at + 1,
                });
            }
        }
        (false, _, Some(about)) if action != Action::Taken || doc.tokens[at].lemma != "fall" => {
            let mut place = places(doc, about.clone(), Action::Held);
            place.retain(|p| p.kind == Some(Kind::Place) && !is_water(p));
            if place.is_empty() {
                return;
            }
            let between = phrase::between(doc, at + 1, end).map(|r| actors(doc, r));
            // Not "the strikes in Lenn, cited by Velka".
            let near = (at + 1..end)
                .find(|i| doc.tokens[*i].text == ",")
                .unwrap_or(end);
            let by = phrase::prepositional(doc, at + 1, near, &["by", "with"], Reach::Of)
                .map(|r| actors(doc, r));
            let mut actor = between.or(by).unwrap_or_default();
            if actor.is_empty() {
                actor = phrase::names_in(doc, phrase.clone())
                    .into_iter()
                    .filter(|n| n.kind != Some(Kind::Place))
                    .cloned()
                    .collect();
            }
            let possessor = phrase.clone().find(|i| doc.tokens[*i].tag == Tag::Pron);
            if let Some(possessor) = possessor.filter(|_| actor.is_empty()) {
                actor = vec![who::mention(doc, possessor..possessor + 1)];
            }
            if actor.is_empty() && action != Action::Clash {
                actor = subject_of_clause(doc, at, range).into_iter().collect();
            }
            let clause = range.start..end;
            let when = when(doc, at, &clause);
            let mut factuality = factuality_of_noun(doc, at, range);
            if doc.tokens[range.start..at]
                .iter()
                .rev()
                .take(10)
                .any(|t| tables::intending().contains(&*t.lemma))
            {
                factuality.realis = Realis::Planned;
            }
            found.push(Finding {
                action,
                actor,
                recipient: vec![],
                place,
                when,
                factuality,
                tokens: clause,
                trigger: at..at + 1,
            });
        }
        _ => {
            // "Heavy fighting is taking place between A and B": the place is said before.
            if action != Action::Clash {
                return;
            }
            let Some(between) = phrase::between(doc, at + 1, end) else {
                return continuing_fight(doc, at, range, end, found);
            };
            let actor = actors(doc, between);
            let place = place_before(doc, at);
            let clause = range.start..end;
            let when = when(doc, at, &clause);
            found.push(Finding {
                action,
                actor,
                recipient: vec![],
                place,
                when,
                factuality: factuality_of_noun(doc, at, range),
                tokens: clause,
                trigger: at..at + 1,
            });
        }
    }
}

/// "Fighting is on-going there": the place of the sentence before.
fn continuing_fight(
    doc: &Document<'_>,
    at: usize,
    range: &Range<usize>,
    end: usize,
    found: &mut Vec<Finding>,
) {
    let there = doc.tokens[at..end]
        .iter()
        .any(|t| t.lower == "there" || t.lower == "here");
    if !there {
        return;
    }
    let place = place_before(doc, at);
    let clause = range.start..end;
    let when = when(doc, at, &clause);
    found.push(Finding {
        action: Action::Clash,
        actor: vec![],
        recipient: vec![],
        place,
        when,
        factuality: factuality_of_noun(doc, at, range),
        tokens: clause,
        trigger: at..at + 1,
    });
}

fn factuality_of_noun(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Factuality {
    // What verbs around say is seldom said of the noun ("made no claim for the attack in …"): only its
    // own negation counts, and a verb that it is the subject of.
    let subject_of = (at + 1..range.end.min(at + 4))
        .find(|i| doc.tokens[*i].tag == Tag::Verb || doc.tokens[*i].tag == Tag::Aux);
    let mut factuality = match subject_of {
        Some(verb) => factuality::of(doc, verb, range),
        None => Factuality::default(),
    };
    let negated = (range.start..at)
        .rev()
        .take(3)
        .take_while(|i| matches!(doc.tokens[*i].tag, Tag::Adj | Tag::Det | Tag::Noun));
    if negated
        .into_iter()
        .any(|i| doc.tokens[i].tag == Tag::Det && factuality::is_negation(&doc.tokens[i]))
    {
        factuality.polarity = rapporteur_model::Polarity::Negative;
    }
    factuality
}

/// The first place that the two sentences before name.
fn place_before(doc: &Document<'_>, at: usize) -> Vec<Mention> {
    let byte = doc.tokens[at].span.start;
    let this = doc.sentences.partition_point(|s| s.span.end <= byte);
    (0..this)
        .rev()
        .take(2)
        .find_map(|i| {
            doc.names_in(doc.sentences[i].span)
                .find(|n| n.kind == Some(Kind::Place))
                .map(|n| vec![place(n)])
        })
        .unwrap_or_default()
}

fn subject_of_clause(doc: &Document<'_>, at: usize, range: &Range<usize>) -> Option<Mention> {
    let verb = (range.start..at)
        .rev()
        .find(|i| doc.tokens[*i].tag == Tag::Verb && doc.tokens[*i].form != Some(VerbForm::Ing))?;
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
    let own = !other || means || above == Some(verb) || part == Some(verb);
    let subject = Some(verb).filter(|_| own && fights_by(doc, verb));
    let subject = phrase::subject(doc, subject?, range.start)?;
    let mention = who::mention(doc, subject);
    fights(&mention).then_some(mention)
}

/// Is it a sea or a part of one, which nobody holds or attacks?
fn is_water(place: &Mention) -> bool {
    let mut words = place.name.split_whitespace();
    words.any(|w| tables::waters().contains(&*w.to_lowercase()))
}

/// Is it a verb of fighting or of beginning an attack?
fn fights_by(doc: &Document<'_>, verb: usize) -> bool {
    let lemma = &*doc.tokens[verb].lemma;
    tables::launching().contains(lemma)
        || tables::committing().contains(lemma)
        || tables::ground().contains_key(lemma)
}

/// The clause's first token: the actor's, where it stands before the verb.
fn clause_start(doc: &Document<'_>, at: usize, low: usize, actor: &[Mention]) -> usize {
    actor
        .iter()
        .map(|a| phrase::tokens_of(doc, a.span).start)
        .filter(|start| *start >= low && *start < at)
        .min()
        .unwrap_or_else(|| phrase::group_start(doc, at, low).min(first_of_clause(doc, at, low)))
}

fn first_of_clause(doc: &Document<'_>, at: usize, low: usize) -> usize {
    (low..at)
        .rev()
        .find(|i| {
            matches!(doc.tokens[*i].text, ";" | "\u{2014}") || doc.tokens[*i].tag == Tag::Sconj
        })
        .map_or(low, |i| i + 1)
}

/// When: the first time after the verb in the clause, else the nearest before it.
pub(crate) fn when(doc: &Document<'_>, at: usize, clause: &Range<usize>) -> Option<Time> {
    let sentence = doc.sentence_at(doc.tokens[at].span.start)?;
    time_in(doc, at..clause.end).or_else(|| {
        // Leading times ("On July 17, …") stand before the clause's subject.
        let start = sentence.tokens.start;
        let byte = doc.tokens[at].span.start;
        let span = Span::new(doc.tokens[start].span.start, byte);
        doc.times_over(span)
            .iter()
            .filter(|t| span.contains(t.span) && calendar(t))
            .rfind(|t| {
                !doc.tokens[doc.tokens_in(Span::new(t.span.end, byte))]
                    .iter()
                    .any(|w| w.tag == Tag::Verb && w.form != Some(VerbForm::Ing) || w.text == ";")
            })
            .cloned()
    })
}

use rapporteur_model::Span;

fn time_in(doc: &Document<'_>, range: Range<usize>) -> Option<Time> {
    if range.is_empty() {
        return None;
    }
    let span = doc.span(range);
    doc.times_over(span)
        .iter()
        .find(|t| span.contains(t.span) && calendar(t))
        .cloned()
}

fn calendar(time: &Time) -> bool {
    time.form != rapporteur_model::Form::Vague
}
