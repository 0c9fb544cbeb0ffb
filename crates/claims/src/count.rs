//! Counts: how many were killed, captured, released …, and whatever else is counted.

use crate::tree::{self, Stand};
use crate::{ground, phrase, tables, who};
use rapporteur_model::{Certainty, EventType, Figure, Kind, Mention, Realis, Span, Time};
use rapporteur_text::{Document, Tag};
use std::collections::BTreeSet;
use std::ops::Range;

/// Is the figure more than "two sides" or "both countries": does it say something?
fn is_news(figure: &Figure) -> bool {
    let few = figure.low.is_some_and(|low| low < 10.0) && figure.fate.is_none();
    let named = |u: &str| u.starts_with(char::is_uppercase);
    !few || head(figure).is_none_or(|u| !named(&u) && !tables::not_counted().contains(&*u))
}

/// Is it "two sides", "both delegations"?
pub(crate) fn is_of_sides(figure: &Figure) -> bool {
    let few = figure.low.is_some_and(|low| low < 10.0) && figure.fate.is_none();
    few && head(figure).is_some_and(|unit| tables::side_nouns().contains(&*unit))
}

/// The figures that count people or things, and not time or distance, and that say something.
pub(crate) fn counts(figures: Vec<Figure>) -> Vec<Figure> {
    let counted = |f: &Figure| head(f).is_some_and(|u| !tables::measures().contains(&*u));
    figures
        .into_iter()
        .filter(|f| is_news(f) && (f.fate.is_some() || counted(f)))
        .collect()
}

/// The last word of what is counted.
fn head(figure: &Figure) -> Option<String> {
    let unit = figure.unit.as_deref()?;
    Some(unit.rsplit(' ').next().unwrap_or(unit).to_string())
}

/// Groups figures by the clause they stand in: "12 were killed and 20 wounded" is one claim.
pub(crate) fn by_clause(
    doc: &Document<'_>,
    range: &Range<usize>,
    figures: Vec<Figure>,
) -> Vec<(Range<usize>, Vec<Figure>)> {
    let mut groups: Vec<(Range<usize>, Vec<Figure>)> = Vec::new();
    for figure in figures {
        let at = phrase::tokens_of(doc, figure.span).start;
        match groups.iter_mut().find(|(tokens, _)| tokens.contains(&at)) {
            Some((_, group)) => group.push(figure),
            None => {
                let start = groups.last().map_or(range.start, |(tokens, _)| tokens.end);
                let verb = (at..range.end)
                    .find(|i| doc.tokens[*i].tag == Tag::Verb && !doc.is(*i, "case"))
                    .unwrap_or(at);
                let end = phrase::clause_end(doc, verb, range.end)
                    .max(phrase::tokens_of(doc, figure.span).end);
                let mut start = start;
                while start < at && doc.tokens[start].is_punct() {
                    start += 1;
                }
                groups.push((start..end, vec![figure]));
            }
        }
    }
    groups
}

/// PLOVER's type and mode for what happened to those counted, where somebody did it: somebody named (`done`), or
/// nobody, in a report of a conflict (`concerned`); none of an accident, and of who leaves a hospital.
pub(crate) fn event(
    doc: &Document<'_>,
    sentence: Span,
    figures: &[Figure],
    done: bool,
    concerned: bool,
) -> (Option<EventType>, Option<String>) {
    let event = figures.iter().find_map(|f| {
        let own = tables::fate_events().get(f.fate.as_deref()?)?;
        // "more than 140 districts captured": nobody was taken away.
        let unit = f.unit.as_deref().unwrap_or_default();
        let noun = unit.split_whitespace().next_back().unwrap_or_default();
        let thing = own.1 == Some("abduct")
            && (tables::place_nouns().contains(noun) || tables::craft().contains(noun));
        if thing {
            return None;
        }
        Some(own)
    });
    let harm = event.is_some_and(|(kind, mode)| *kind == EventType::Assault && mode.is_none());
    let words = || doc.tokens[doc.tokens_in(sentence)].iter();
    let accident = || {
        words().any(|t| tables::accidents().contains(&*t.lemma))
            && !words().any(|t| tables::ground_nouns().contains_key(&*t.lemma))
    };
    match event {
        Some(_) if !done && !concerned => (None, None),
        Some(_) if harm && !done && accident() => (None, None),
        // "were released from hospital"
        Some((EventType::Retreat, _)) if words().any(|t| tables::clinics().contains(&*t.lemma)) => {
            (None, None)
        }
        Some((kind, mode)) => (Some(*kind), mode.map(str::to_string)),
        None => (None, None),
    }
}

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
    let over = word(2) == Some("handover") || word(2) == Some("over") && word(3) == Some("handing");
    let over = over || freed;
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
fn told_fate(doc: &Document<'_>, figure: &Figure) -> Option<&'static str> {
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

/// What a figure hangs on: the word of it that hangs on none of its others, and the verb above it.
struct Hold {
    /// What hangs on the verb: the figure's noun, or a noun that it belongs to ("the release of 12").
    argument: usize,
    verb: usize,
    /// The noun that the figure belongs to, where it does: "the abduction of 12".
    noun: Option<usize>,
}

fn hold(doc: &Document<'_>, figure: &Figure) -> Option<Hold> {
    /// How many nouns may stand between a figure and its verb.
    const HOPS: usize = 8;
    let mut argument = tree::top(doc, &phrase::tokens_of(doc, figure.span))?;
    let mut noun = None;
    for _ in 0..HOPS {
        let head = doc.tokens[argument].head?;
        if doc.tokens[head].tag == Tag::Verb && !phrase::nominal(doc, head) {
            return Some(Hold {
                argument,
                verb: head,
                noun,
            });
        }
        if doc.is(argument, "nmod") && noun.is_none() {
            noun = Some(head);
        }
        argument = head;
    }
    None
}

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
fn harmed(doc: &Document<'_>, figure: &Figure) -> Option<usize> {
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

/// The verb that says what is counted, and not of what another noun is told: "killed 12", "12 were killed",
/// "secured the release of 12", but not "grieved to learn of 12 deaths".
pub(crate) fn verb(doc: &Document<'_>, tokens: &Range<usize>, figures: &[Figure]) -> Option<usize> {
    let figure = figures.first()?;
    let hold = hold(doc, figure)?;
    // "tried to save one of the wounded guards": who was wounded already.
    let described = |at: usize| doc.is(at, "amod") && doc.tokens[at].lower.ends_with("ed");
    let before = phrase::tokens_of(doc, figure.span).any(described);
    if before && figure.fate.is_some() && told_fate(doc, figure).is_none() {
        return None;
    }
    let aside = hold.noun.is_some() && doc.is(hold.argument, "obl");
    Some(hold.verb).filter(|verb| tokens.contains(verb) && !aside)
}

/// "asked for the release of 12", "offered to free them for the release of 12": what has not been done yet, as the verb
/// that the figure's noun hangs on puts it.
pub(crate) fn open(doc: &Document<'_>, figures: &[Figure]) -> Option<Realis> {
    let hold = hold(doc, figures.first()?)?;
    // "is committed to rescuing 12": not yet.
    let above = |at: &usize| doc.tokens[*at].head;
    let top = tree::top(doc, &phrase::tokens_of(doc, figures.first()?.span));
    let mut path = std::iter::successors(top, above).take(6);
    let to = |at: usize| at > 0 && tables::given_to().contains(&*doc.tokens[at - 1].lower);
    if path.any(|at| doc.tokens[at].fine == "VBG" && to(at)) {
        return Some(Realis::Planned);
    }
    let noun = hold.noun?;
    rapporteur_text::fate_of_object(&doc.tokens[noun].lemma)?;
    // "a truce in exchange for the release of 12": asked for it.
    let first = tree::around(doc, noun, phrase::Reach::Head).start;
    let exchanged = first.checked_sub(3).is_some_and(|i| {
        let is = |table: &BTreeSet<&'static str>, at: usize| table.contains(&*doc.tokens[at].lower);
        is(tables::exchange_openers(), i)
            && is(tables::exchange_nouns(), i + 1)
            && is(tables::exchange_prepositions(), i + 2)
    });
    if exchanged && open_offer(doc, hold.verb) {
        return Some(Realis::Demanded);
    }
    let lemma = &*doc.tokens[hold.verb].lemma;
    let asked = tables::demanding_verbs().contains_key(lemma);
    if asked && !doc.is(hold.argument, "nsubj") {
        return Some(Realis::Demanded);
    }
    tables::offering_verbs()
        .contains(lemma)
        .then_some(Realis::Offered)
}

/// Is it something offered or asked for?
fn open_offer(doc: &Document<'_>, verb: usize) -> bool {
    let lemma = &*doc.tokens[verb].lemma;
    tables::offering_verbs().contains(lemma) || tables::demanding_verbs().contains_key(lemma)
}

/// "has the ability to kill millions": is it only said that somebody could?
pub(crate) fn is_ability(doc: &Document<'_>, figures: &[Figure]) -> bool {
    let verb = figures.first().and_then(|f| hold(doc, f)).map(|h| h.verb);
    let above = verb.and_then(|verb| doc.tokens[verb].head);
    above.is_some_and(|above| tables::abilities().contains(&*doc.tokens[above].lemma))
}

/// "PS4": is the number a part of a name?
pub(crate) fn is_glued(doc: &Document<'_>, figure: &Figure) -> bool {
    let before = figure.span.start.checked_sub(1);
    let body = doc.report.body();
    before.is_some_and(|at| {
        body.as_bytes()
            .get(at)
            .is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// The words that the times and places of what is counted hang on, one a figure.
pub(crate) fn event_words(
    doc: &Document<'_>,
    tokens: &Range<usize>,
    figures: &[Figure],
) -> Vec<usize> {
    let told = |figure: &Figure| {
        let top = tree::top(doc, &phrase::tokens_of(doc, figure.span))?;
        // "12 were killed and 20 wounded"
        if doc.tokens[top].tag == Tag::Verb {
            return Some(top);
        }
        let harmed = harmed(doc, figure);
        let hold = hold(doc, figure);
        // "heard about the 80 people that died in Velka"
        let aside = hold.as_ref().is_some_and(|hold| {
            rapporteur_text::fate_of_object(&doc.tokens[hold.verb].lemma).is_none()
                && !doc.is(hold.argument, "nsubj")
        });
        let told = doc
            .child(top, "acl")
            .filter(|_| aside && figure.fate.is_some());
        harmed
            .or(told)
            .or_else(|| hold.map(|hold| hold.noun.unwrap_or(hold.verb)))
    };
    let words = figures.iter().filter_map(told);
    let mut words: Vec<usize> = words.filter(|at| tokens.contains(at)).collect();
    words.dedup();
    if words.is_empty() {
        words.push(tokens.start);
    }
    words
}

/// What of an attack or a fight also tells of those whom it harmed.
pub(crate) struct Fought {
    at: usize,
    /// Whose it was, where that is said for certain.
    actor: Vec<Mention>,
    place: Vec<Mention>,
    when: Option<Time>,
}

impl Fought {
    pub(crate) fn of(found: &ground::Finding) -> Self {
        Fought {
            at: found.at(),
            actor: match found.factuality.certainty {
                Certainty::Certain => found.actor.clone(),
                _ => vec![],
            },
            place: found.place.clone(),
            when: found.when.clone(),
        }
    }

    /// Fills what the words of the count itself left open.
    pub(crate) fn fill(
        &self,
        figures: &[Figure],
        actor: &mut Vec<Mention>,
        place: &mut Vec<Mention>,
        when: &mut Option<Time>,
    ) {
        if actor.is_empty() {
            actor.clone_from(&self.actor);
        }
        if place.is_empty() {
            // "24 districts were taken": what is counted is no place where they are.
            let counted = |place: &&Mention| figures.iter().any(|f| f.span.overlaps(place.span));
            let elsewhere = self.place.iter().filter(|place| !counted(place));
            place.extend(elsewhere.cloned());
        }
        if when.is_none() {
            when.clone_from(&self.when);
        }
    }
}

/// The fight that harmed those counted: "rammed the gate, killing 12", "12 were killed by a man who attacked".
pub(crate) fn fought<'f>(
    doc: &Document<'_>,
    told: &[usize],
    all: &'f [Fought],
) -> Option<&'f Fought> {
    let first = *told.first()?;
    all.iter().find(|fight| is_one(doc, first, fight.at))
}

/// Are the verb or noun of a fight and what tells of those counted one event: does one trail the other, or tell of
/// who did it?
fn is_one(doc: &Document<'_>, told: usize, fight: usize) -> bool {
    let trails = |at: usize| {
        doc.is(at, "advcl") && doc.tokens[at].fine == "VBG"
            || doc.is(at, "conj") && doc.child(at, "nsubj").is_none()
    };
    let agent = |at: usize| {
        let by = doc.child(at, "case");
        by.is_some_and(|by| tables::agent().contains(&*doc.tokens[by].lower))
    };
    /// How far apart.
    const HOPS: usize = 4;
    let mut at = told;
    for _ in 0..HOPS {
        if at == fight {
            return true;
        }
        match doc.tokens[at].head.filter(|_| trails(at)) {
            Some(head) => at = head,
            None => break,
        }
    }
    // "killed when a bomber struck", "strikes that killed"
    let occasion = |at: &usize| tables::occasions().contains(&*doc.tokens[*at].lower);
    let struck = doc.is(fight, "advcl")
        && doc.tokens[fight].head == Some(told)
        && doc.children(fight).iter().any(occasion);
    if struck || doc.is(told, "acl") && doc.tokens[told].head == Some(fight) {
        return true;
    }
    // "by a man who attacked", "the man who attacked killed"
    let doer = doc.tokens[fight].head.filter(|_| doc.is(fight, "acl"));
    let doer = doer.filter(|doer| doc.tokens[*doer].head == Some(told));
    doer.is_some_and(|doer| doc.is(doer, "obl") && agent(doer) || doc.is(doer, "nsubj"))
}

/// When it was: of the first of these words that says it.
pub(crate) fn when(doc: &Document<'_>, told: &[usize], tokens: &Range<usize>) -> Option<Time> {
    let found = (told.iter()).find_map(|at| ground::own_time(doc, *at, tokens))?;
    // "in contrast with Thursday's raid"
    let contrasted = is_under(doc, found.span, tables::contrasts(), |_| true);
    // "12 have died since their rising in 2009": not in 2009
    let open = ground::is_since(doc, &found);
    Some(found).filter(|_| !contrasted && !open)
}

/// Does one of these nouns stand above the words, as long as what stands between is so?
fn is_under(
    doc: &Document<'_>,
    words: Span,
    nouns: &BTreeSet<&'static str>,
    through: impl Fn(usize) -> bool,
) -> bool {
    /// How far above.
    const HOPS: usize = 4;
    let top = tree::top(doc, &phrase::tokens_of(doc, words));
    let above = std::iter::successors(top, |at| doc.tokens[*at].head).skip(1);
    let mut above = above.take(HOPS).take_while(|at| through(*at));
    above.any(|at| nouns.contains(&*doc.tokens[at].lemma))
}

/// "Velka market: 12 killed": where it was, as a heading puts it.
fn headed(doc: &Document<'_>, around: &Range<usize>) -> Vec<Mention> {
    /// How many words may name the place.
    const NAMING: usize = 8;
    let first = around.start..around.end.min(around.start + NAMING);
    let Some(colon) = first.clone().find(|at| doc.tokens[*at].text == ":") else {
        return vec![];
    };
    let verb = |at: usize| matches!(doc.tokens[at].tag, Tag::Verb | Tag::Aux);
    let counted = colon + 1 < around.end && phrase::starts_figure(doc, colon + 1);
    if !counted || (around.start..colon).any(verb) {
        return vec![];
    }
    let words = around.start..colon;
    let names = phrase::names_in(doc, words.clone());
    let places = names.iter().filter(|n| n.kind == Some(Kind::Place));
    let places: Vec<Mention> = places.map(|n| (*n).clone()).collect();
    if !places.is_empty() {
        return places;
    }
    // "Orsolo College: 12 killed", and not "Orlo Front: 12 killed"
    let mut whole = Mention::plain(doc.span(words.clone()), phrase::words(doc, words.clone()));
    let somebody = (names.iter()).any(|n| n.kind.is_some() && n.span.end == whole.span.end);
    let last = &doc.tokens[colon - 1];
    let group = ground::fights(&whole) || rapporteur_text::is_group_noun(&last.lower);
    let group = group && !tables::place_nouns().contains(&*last.lemma);
    if somebody || group || !whole.name.contains(char::is_uppercase) {
        return vec![];
    }
    whole.kind = Some(Kind::Place);
    vec![whole]
}

/// "dozens died when a bomb went off in Velka": is the place said of that by which it came about?
fn is_occasion(doc: &Document<'_>, place: usize, told: usize) -> bool {
    let Some(clause) = tree::clause(doc, place) else {
        return false;
    };
    let head = doc.tokens[clause].head.filter(|_| doc.is(clause, "advcl"));
    let under =
        clause > told && (head == Some(told) || head.is_some() && head == tree::clause(doc, told));
    under && (told + 1..clause).any(|i| tables::occasions().contains(&*doc.tokens[i].lower))
}

/// "a reporter for the Lenn Gazette in Velka", "in contrast with the raid on Velka": where somebody writes from, or
/// something else was.
fn is_of_other(doc: &Document<'_>, place: Span) -> bool {
    let event = |at: usize| {
        let token = &doc.tokens[at];
        token.tag == Tag::Verb || tables::ground_nouns().contains_key(&*token.lemma)
    };
    is_under(doc, place, tables::newspeople(), |at| !event(at))
        || is_under(doc, place, tables::contrasts(), |_| true)
}

/// "blamed on Velka": no place where anything happened.
fn is_blamed(doc: &Document<'_>, place: Span) -> bool {
    let first = phrase::tokens_of(doc, place).start;
    let verb = first.checked_sub(2).map(|i| &doc.tokens[i]);
    verb.is_some_and(|t| t.tag == Tag::Verb && tables::blaming_verbs().contains(&*t.lemma))
}

/// The places that the clause says it happened in, else those that the words around it say; none that another
/// clause tells of.
pub(crate) fn place(
    doc: &Document<'_>,
    told: &[usize],
    tokens: &Range<usize>,
    around: &Range<usize>,
) -> Vec<Mention> {
    let located = |range: &Range<usize>| -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut nearer = false;
        for place in ground::places_in(doc, range.start, range.end) {
            let top = tree::top(doc, &phrase::tokens_of(doc, place.span));
            let elsewhere = top.is_some_and(|top| {
                let other = |at: &usize| {
                    tree::stand(doc, top, *at) == Stand::Elsewhere || tree::apart(doc, top, *at)
                };
                told.iter()
                    .all(|at| other(at) && !is_occasion(doc, top, *at))
                    || is_blamed(doc, place.span)
                    || is_of_other(doc, place.span)
            });
            let named = place.name.contains(char::is_uppercase) || place.stands_for.is_some();
            let known = |known: &Mention| {
                known.span.contains(place.span) || Some(&known.name) == place.stands_for.as_ref()
            };
            let own = |at: &usize| top.is_some_and(|top| tree::stand(doc, top, *at) == Stand::Own);
            if !named || elsewhere || found.iter().any(known) {
                continue;
            }
            // "the raid on Velka came after 12 had died in Lenn": there, and not in Velka.
            let own = told.iter().any(own);
            if own && !nearer {
                found.clear();
            }
            if own || !nearer {
                found.push(place);
            }
            nearer |= own;
        }
        found
    };
    let own = located(tokens);
    let found = if own.is_empty() { located(around) } else { own };
    if !found.is_empty() {
        return found;
    }
    let around_it = |at: usize| {
        let by = where_of(doc, at).or_else(|| where_by(doc, at));
        by.or_else(|| where_undergone(doc, at))
    };
    let whither = told.iter().find_map(|at| around_it(*at));
    whither.map_or_else(|| headed(doc, around), |place| vec![place])
}

/// "the Velka gunman, who killed 12", "the Velka bombing killed 12": the place that whoever or whatever did it is
/// called by.
fn where_by(doc: &Document<'_>, told: usize) -> Option<Mention> {
    let noun = tree::subject(doc, told)?;
    let lemma = &*doc.tokens[noun].lemma;
    let named =
        tables::perpetrators().contains(lemma) || tables::ground_nouns().contains_key(lemma);
    let words = tree::around(doc, noun, phrase::Reach::Head);
    let names = phrase::names_in(doc, words.start..noun);
    let town = |n: &&Mention| {
        n.kind == Some(Kind::Place)
            && rapporteur_text::country(&n.name).is_none()
            && rapporteur_text::demonym(&n.name).is_none()
            && (phrase::tokens_of(doc, n.span).end..noun).all(|at| doc.tokens[at].tag == Tag::Noun)
    };
    names.into_iter().filter(|_| named).find(town).cloned()
}

/// "Velka has faced attacks, killing 12": the place that suffers them.
fn where_undergone(doc: &Document<'_>, told: usize) -> Option<Mention> {
    let governor = doc.tokens[told].head.filter(|_| doc.is(told, "advcl"))?;
    let suffers = tables::undergoing_verbs().contains(&*doc.tokens[governor].lemma);
    let subject = doc.child(governor, "nsubj").filter(|_| suffers)?;
    let sentence = doc.sentence_at(doc.tokens[subject].span.start)?;
    let mut names = doc.names_in(sentence.span);
    let own = |n: &&Mention| {
        n.kind == Some(Kind::Place) && phrase::tokens_of(doc, n.span).contains(&subject)
    };
    names.find(own).cloned()
}

/// "Velka, where 12 died": the place that the clause is said of.
fn where_of(doc: &Document<'_>, told: usize) -> Option<Mention> {
    let opens = |at: &usize| tables::place_openers().contains(&*doc.tokens[*at].lower);
    let opener = doc.children(told).iter().copied().find(opens)?;
    // Else the noun before it, whatever the clause was hung on.
    let before = || {
        let comma = opener.checked_sub(1)?;
        match doc.tokens[comma].text {
            "," => comma.checked_sub(1),
            _ => Some(comma),
        }
    };
    let noun = doc.tokens[told].head.filter(|_| doc.is(told, "acl"));
    let noun = noun.or_else(before)?;
    let words = tree::around(doc, noun, phrase::Reach::Head);
    let names = phrase::names_in(doc, words);
    let name = names.into_iter().find(|n| {
        matches!(n.kind, None | Some(Kind::Place)) && phrase::tokens_of(doc, n.span).contains(&noun)
    })?;
    Some(Mention {
        kind: Some(Kind::Place),
        ..name.clone()
    })
}
