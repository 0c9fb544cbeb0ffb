//! Counts: how many were killed, captured, released …, and whatever else is counted.

mod fate;
mod fight;
mod place;
mod whose;

pub(crate) use fate::as_told;
pub(crate) use fight::{Fought, fought};
pub(crate) use place::place;
pub(crate) use whose::{actor, blamed};

use crate::{ground, phrase, tables, tree};
use fate::told_fate;
use place::is_under;
use rapporteur_model::{EventType, Figure, Realis, Span, Time};
use rapporteur_text::{Document, Tag};
use std::collections::BTreeSet;
use std::ops::Range;
use whose::harmed;

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

/// The verbs joined to these words that tell of harm as well: "injured" of "59 were killed, and 527 were injured".
pub(crate) fn joined(doc: &Document<'_>, told: &[usize]) -> Vec<usize> {
    let harms = |at: &usize| {
        let token = &doc.tokens[*at];
        let fate = rapporteur_text::fate_of_object(&token.lemma);
        fate.is_some_and(|fate| tables::violent_fates().contains(fate))
    };
    let verbs = told.iter().copied().filter(harms);
    let joined = verbs.filter_map(|at| doc.child(at, "conj").filter(|next| *next > at));
    joined.filter(harms).collect()
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
