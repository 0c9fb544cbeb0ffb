//! What became of those counted: "killed seven", "12 people were wounded".

use super::Found;
use super::unit::{is_measure, is_money, people};
use crate::document::{Tag, VerbForm};
use crate::role::{Role, Words, verb_is};
use crate::tables;
use std::sync::LazyLock;

/// How a fate is said.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    Object,
    Subject,
    Noun,
    State,
    Toll,
    Lives,
}

fn fates() -> &'static tables::Table<Vec<(Said, &'static str)>> {
    static TABLE: LazyLock<tables::Table<Vec<(Said, &'static str)>>> = LazyLock::new(|| {
        let mut table = tables::Table::<Vec<_>>::default();
        for (fate, rest) in tables::rows(include_str!("../../data/en/fates.tsv")) {
            let Some((said, words)) = rest.split_once('\t') else {
                continue;
            };
            let said = match said {
                "object" => Said::Object,
                "subject" => Said::Subject,
                "noun" => Said::Noun,
                "state" => Said::State,
                "lives" => Said::Lives,
                _ => Said::Toll,
            };
            for word in words.split(' ') {
                table.entry(word).or_default().push((said, fate));
            }
        }
        table
    });
    &TABLE
}

fn fate_of(word: &str, said: Said) -> Option<&'static str> {
    fates()
        .get(word)?
        .iter()
        .find(|(s, _)| *s == said)
        .map(|(_, fate)| *fate)
}

/// What becomes of the object of a verb, by its base form: `kill` of "slay"; `None`: nothing that is counted.
pub fn fate_of_object(verb: &str) -> Option<&'static str> {
    fate_of(verb, Said::Object)
}

pub(super) fn state(w: Words<'_>, at: usize) -> Option<&'static str> {
    fate_of(&w.get(at)?.lower, Said::State)
}

/// Finds what became of those counted, and gives figures without a noun that of the figure before.
pub(super) fn share(w: Words<'_>, found: &mut [Found]) {
    for at in 0..found.len() {
        if found[at].fate.is_none() {
            let (fate, unit) = fate(w, &found[at]);
            let figure = &mut found[at];
            figure.fate = fate.map(str::to_string);
            if figure.unit.is_none() {
                figure.unit = unit;
            }
        }
        let (before, rest) = found.split_at_mut(at);
        let (Some(last), Some(figure)) = (before.last(), rest.first_mut()) else {
            continue;
        };
        // "killed 12 soldiers and three civilians", "12 people in Velka and eight in Lenn"
        let joined = figure.from > last.to
            && (w.tag(figure.from - 1) == Some(Tag::Cconj)
                || w.text(figure.from - 1) == ","
                || w.is(figure.from - 1, Role::Including));
        let verb = |at: usize| w.tag(at) == Some(Tag::Verb) && !w.is(at, Role::Including);
        let verbs = (last.to..figure.from).any(verb);
        if !joined || verbs || figure.from - last.to > 6 {
            continue;
        }
        // "killed three people, and two houses burnt": what follows says what became of them.
        let own = matches!(w.tag(figure.to), Some(Tag::Verb | Tag::Aux | Tag::Adj));
        let near = figure.from - last.to <= 2 && !own;
        // "left two soldiers and three guards dead"
        let low = last.from.saturating_sub(4).max(w.start);
        let left = (low..last.from).any(|at| verb_is(w, at, Role::Leaving));
        if left && last.fate.is_none() && last.unit.is_some() && figure.fate.is_some() {
            let fate = figure.fate.clone();
            if let Some(last) = before.last_mut() {
                last.fate = fate;
            }
            continue;
        }
        if figure.unit.is_none() && matches!(w.tag(figure.after), Some(Tag::Adp)) {
            figure.unit.clone_from(&last.unit);
            figure.fate.clone_from(&last.fate);
        } else if near && figure.fate.is_none() {
            let person = figure
                .unit
                .as_deref()
                .is_some_and(|unit| !unit.starts_with('%'));
            if person {
                figure.fate.clone_from(&last.fate);
            }
        }
    }
    for figure in found {
        // Money and miles come to no harm: "losses of millions of dollars".
        let measure = (figure.to.checked_sub(1)).is_some_and(|last| is_measure(w, last))
            || figure.unit.as_deref().is_some_and(is_money);
        if measure
            || figure
                .unit
                .as_deref()
                .is_some_and(|unit| unit.starts_with('%'))
        {
            figure.fate = None;
        }
        if figure.unit.is_none() && figure.fate.is_some() {
            figure.unit = people().map(str::to_string);
        }
    }
}

/// The fate that the words around say, and the unit that they give a number without a noun.
fn fate(w: Words<'_>, figure: &Found) -> (Option<&'static str>, Option<String>) {
    // "12 deaths", "three wounded soldiers"
    for at in figure.after..figure.to {
        let Some(token) = w.get(at) else { break };
        let noun = token.tag == Tag::Noun && fate_of(&token.lemma, Said::Noun).is_some();
        if let Some(fate) = state(w, at).or(fate_of(&token.lemma, Said::Noun).filter(|_| noun)) {
            return (Some(fate), None);
        }
    }
    if let Some(fate) = as_object(w, figure.from).or_else(|| lives(w, figure)) {
        return (Some(fate), None);
    }
    as_subject(w, figure)
}

/// "killed seven", "the release of 7,000", "the death toll rose to 12".
pub(super) fn as_object(w: Words<'_>, from: usize) -> Option<&'static str> {
    let mut at = from;
    while at > w.start {
        at -= 1;
        let token = w.get(at)?;
        // ", killing 12": tagged as a noun where no auxiliary is near.
        if token.tag == Tag::Noun
            && crate::lemma::verb_form(&token.lower) == Some(VerbForm::Ing)
            && let Some(verb) = crate::lemma::verb_lemma(&token.lower)
            && let Some(fate) = fate_of(&verb, Said::Object)
        {
            return Some(fate);
        }
        if token.tag == Tag::Verb {
            let passive = at > w.start
                && token.form == Some(VerbForm::Participle)
                && (w.is(at - 1, Role::PastBe) || w.is(at - 1, Role::Be));
            if let Some(fate) = fate_of(&token.lemma, Said::Object) {
                return (!passive && at + 3 >= from).then_some(fate);
            }
            // "rose to", "stands at": what rose, with what it is of?
            return (w.start..at)
                .rev()
                .take(24)
                .take_while(|at| w.tag(*at) != Some(Tag::Verb))
                .find_map(|at| fate_of(&w.get(at)?.lower, Said::Toll));
        }
        if w.is(at, Role::Of) || w.is(at, Role::Between) {
            let of_noun = at > w.start
                && w.get(at - 1)
                    .is_some_and(|t| t.tag == Tag::Noun || t.form == Some(VerbForm::Ing));
            if of_noun {
                let noun = w.get(at - 1)?;
                let said = fate_of(&crate::lemma::noun_lemma(&noun.lower), Said::Noun)
                    .or(fate_of(&noun.lower, Said::Noun))
                    .or(fate_of(&noun.lower, Said::Toll));
                if said.is_some() {
                    return said;
                }
            }
            return None;
        }
        // "gunned down 12"
        if token.relation == "compound:prt" && at > w.start {
            let verb = format!("{}-{}", w.get(at - 1)?.lemma, token.lower);
            return fate_of(&verb, Said::Object);
        }
        // "shot dead 12"
        if let Some(fate) = state(w, at)
            && at + 2 >= from
            && w.tag(at) == Some(Tag::Adj)
            && at > w.start
            && w.tag(at - 1) == Some(Tag::Verb)
        {
            return Some(fate);
        }
        if let Some(fate) = fate_of(&token.lower, Said::Toll)
            && at + 3 >= from
        {
            return Some(fate);
        }
        let near = matches!(
            token.tag,
            Tag::Adv | Tag::Adj | Tag::Det | Tag::Num | Tag::Part
        ) || w.is(at, Role::Infinitive)
            || w.is(at, Role::At) && at > w.start && verb_is(w, at - 1, Role::Standing);
        if !near {
            return None;
        }
    }
    None
}

/// "has claimed more than 20,000 lives"
fn lives(w: Words<'_>, figure: &Found) -> Option<&'static str> {
    let unit = figure.unit.as_deref()?;
    let fate = fate_of(unit.rsplit(' ').next()?, Said::Lives)?;
    let low = figure.from.saturating_sub(4).max(w.start);
    let takes = |at: usize| {
        w.get(at)
            .is_some_and(|t| fate_of(&t.lemma, Said::Lives) == Some(fate))
    };
    (low..figure.from).any(takes).then_some(fate)
}

/// "12 people were killed", "seven died", "20 were wounded", "12 soldiers killed in the attack".
fn as_subject(w: Words<'_>, figure: &Found) -> (Option<&'static str>, Option<String>) {
    let mut at = figure.to;
    let mut passive = false;
    let mut gap = 0;
    while let Some(token) = w.get(at) {
        match token.tag {
            Tag::Aux => passive |= w.is(at, Role::PastBe) || w.is(at, Role::Be),
            Tag::Verb => {
                let unit = Some(token.lower.clone());
                // "were set free", "being rushed to hospital"
                let next = |many: usize| at + 1..w.end.min(at + 1 + many);
                // "were released from hospital": no captives
                let freed = fate_of(&token.lemma, Said::Object) == Some("release");
                if freed && next(4).any(|i| w.is(i, Role::Hospital)) {
                    return (None, None);
                }
                if w.is(at, Role::Setting) && next(1).any(|i| w.is(i, Role::Free)) {
                    return (Some("release"), None);
                }
                let moved =
                    verb_is(w, at, Role::Rushing) && token.form == Some(VerbForm::Participle);
                if moved && next(5).any(|i| w.is(i, Role::Hospital)) {
                    return (Some("wound"), None);
                }
                if passive && let Some(fate) = state(w, at) {
                    return (Some(fate), unit);
                }
                if let Some(fate) = fate_of(&token.lemma, Said::Subject) {
                    return (Some(fate), unit);
                }
                let object = matches!(
                    w.tag(at + 1),
                    Some(Tag::Det | Tag::Num | Tag::Propn | Tag::Noun | Tag::Pron)
                );
                let participle = matches!(token.form, Some(VerbForm::Past | VerbForm::Participle));
                let reduced = participle && !object && gap == 0;
                return match fate_of(&token.lemma, Said::Object) {
                    Some(fate) if participle && passive || reduced => (Some(fate), unit),
                    _ => (None, None),
                };
            }
            _ if passive && state(w, at).is_some() => {
                return (state(w, at), Some(token.lower.clone()));
            }
            // "left 12 people dead"
            Tag::Adj if gap == 0 && state(w, at).is_some() => {
                return (state(w, at), Some(token.lower.clone()));
            }
            // "the six people who died"
            Tag::Pron | Tag::Sconj if at == figure.to && w.is(at, Role::Relativiser) => {}
            // "21 of them were set free"
            Tag::Pron if at == figure.to + 1 && w.is(figure.to, Role::Of) => {}
            // "12 people, among them two children, were killed"
            Tag::Punct if at == figure.to && token.text == "," => {
                let close = (at + 1..w.end.min(at + 14)).find(|at| w.text(*at) == ",");
                match close {
                    Some(close) if matches!(w.tag(close + 1), Some(Tag::Aux | Tag::Verb)) => {
                        at = close;
                    }
                    _ => return (None, None),
                }
            }
            Tag::Adp | Tag::Noun | Tag::Propn | Tag::Adj | Tag::Det | Tag::Adv | Tag::Num => {
                gap += usize::from(token.tag != Tag::Adv);
            }
            _ => return (None, None),
        }
        if gap > 8 {
            break;
        }
        at += 1;
    }
    (None, None)
}
