//! Short forms that the report itself resolves: surnames, acronyms, other printed forms.

use super::words::fold;
use crate::world;
use rapporteur_model::{Kind, Mention, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Says for every short form what it stands for. `between` gives the words between two mentions.
pub(crate) fn resolve<'d>(mentions: &mut [Mention], between: impl Fn(Span) -> &'d str) {
    people(mentions);
    acronyms(mentions, between);
    printed_forms(mentions);
    first_words(mentions);
}

/// The longer names that a short one begins or ends, in order.
type Bearers = BTreeMap<String, Vec<String>>;

/// Names of more words than this are no people's.
const LONGEST: usize = 8;
/// Where more are called so, a short form tells none of them apart; keeps work in step with the names.
const MOST_BEARERS: usize = 40;

fn parts(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(|part| fold(part).into_owned())
        .collect()
}

/// "Brisk" after or before "Ada Brisk"; "Ada" where nobody else is called so.
fn people(mentions: &mut [Mention]) {
    let mut full: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mention in mentions.iter() {
        let parts = parts(&mention.name);
        if mention.kind == Some(Kind::Person) && parts.len() > 1 {
            full.entry(mention.name.clone()).or_insert(parts);
        }
    }
    let (mut by_start, mut by_end) = (Bearers::new(), Bearers::new());
    for (name, parts) in &full {
        for at in 1..parts.len().min(LONGEST) {
            by_start
                .entry(parts[..at].join(" "))
                .or_default()
                .push(name.clone());
            by_end
                .entry(parts[at..].join(" "))
                .or_default()
                .push(name.clone());
        }
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for mention in mentions.iter() {
        *counts.entry(mention.name.clone()).or_default() += 1;
    }
    let mut last_named: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, mention) in mentions.iter_mut().enumerate() {
        if let Some((name, _)) = full.get_key_value(&mention.name) {
            last_named.insert(name, at);
            // "Abdul Brisk" may itself be short for "Abdul Ghani Brisk".
        }
        let short = parts(&mention.name);
        let known = world::gazetteer()
            .get(&*fold(&mention.name))
            .is_some_and(|entry| entry.kind().is_some());
        if known && mention.title.is_none() && mention.kind != Some(Kind::Person)
            || !matches!(mention.kind, None | Some(Kind::Person))
        {
            continue;
        }
        let short = short.join(" ");
        let of = |bearers: &'_ Bearers| -> Vec<String> {
            let bearers = bearers.get(&short).cloned().unwrap_or_default();
            Some(bearers)
                .filter(|all| all.len() <= MOST_BEARERS)
                .unwrap_or_default()
        };
        let (by_end, by_start) = (of(&by_end), of(&by_start));
        let by_end: Vec<&String> = by_end.iter().collect();
        let found = match by_end[..] {
            [one] => Some(one),
            [] => most_named(by_start.iter().collect(), &counts).filter(|full| {
                // "Orlo Front" alone, time and again, is not short for "Orlo Front Ada Brisk".
                let often = |name: &String| counts.get(name).copied().unwrap_or(0);
                !short.contains(' ') || often(&mention.name) <= often(full)
            }),
            // Two spellings of one name: the one printed last.
            _ => {
                let initials: BTreeSet<Option<char>> =
                    by_end.iter().map(|name| name.chars().next()).collect();
                let nearest = by_end
                    .iter()
                    .max_by_key(|name| last_named.get(name.as_str()));
                nearest.filter(|_| initials.len() == 1).copied()
            }
        };
        if let Some(name) = found {
            mention.stands_for = Some(name.clone());
            mention.kind = Some(Kind::Person);
        }
    }
}

/// The only one, or the one that the report names more often than each of the others.
fn most_named<'n>(names: Vec<&'n String>, counts: &BTreeMap<String, usize>) -> Option<&'n String> {
    let count = |name: &String| counts.get(name).copied().unwrap_or(0);
    let best = names.iter().copied().max_by_key(|name| count(name))?;
    let alone = names
        .iter()
        .all(|name| *name == best || count(name) < count(best));
    alone.then_some(best)
}

/// "Velkan Armed Forces (VAF)", and "VAF (Velkan Armed Forces)".
fn acronyms<'d>(mentions: &mut [Mention], between: impl Fn(Span) -> &'d str) {
    let mut explained: BTreeMap<String, (String, Option<Kind>)> = BTreeMap::new();
    for pair in mentions.windows(2) {
        let [first, second] = pair else { continue };
        let gap = between(Span::new(first.span.end, second.span.start));
        if !matches!(
            gap.trim().trim_end_matches(['"', '\u{201c}', '\u{2018}']),
            "(" | "[" | ", or"
        ) {
            continue;
        }
        for (full, short) in [(first, second), (second, first)] {
            if abbreviates(&short.name, &full.name) {
                explained.insert(short.name.clone(), (full.name.clone(), full.kind));
            }
        }
    }
    let by_initials = by_initials(mentions);
    for mention in mentions.iter_mut().filter(|m| m.stands_for.is_none()) {
        if let Some((full, kind)) = explained.get(&mention.name) {
            mention.stands_for = Some(full.clone());
            mention.kind = kind.or(mention.kind);
        } else if let Some(Some(full)) = by_initials.get(&mention.name)
            && matches!(mention.kind, None | Some(Kind::Organization))
            && !world::gazetteer().contains_key(&*mention.name)
        {
            mention.stands_for = Some(full.clone());
            mention.kind = Some(Kind::Organization);
        }
    }
}

/// The bodies of the report by their initials, three letters at least: "NPF" for "Norland People's Front";
/// `None` where two bodies have the same.
fn by_initials(mentions: &[Mention]) -> BTreeMap<String, Option<String>> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for mention in mentions {
        if mention.kind != Some(Kind::Organization) {
            continue;
        }
        let initials: String = (mention.name.split_whitespace())
            .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()))
            .collect();
        if initials.chars().count() > 2 {
            let full = found
                .entry(initials)
                .or_insert_with(|| Some(mention.name.clone()));
            if full.as_ref().is_some_and(|full| *full != mention.name) {
                *full = None;
            }
        }
    }
    found
}

/// Do the capitals of `short` stand in this order at starts of words of `full`, small words left
/// out or not?
pub(crate) fn abbreviates(short: &str, full: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    if letters.len() < 2 || upper * 2 < letters.len() || short.contains(' ') || !full.contains(' ')
    {
        return false;
    }
    let mut starts = full
        .split([' ', '-', '/'])
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .flat_map(char::to_lowercase);
    letters
        .iter()
        .flat_map(|c| c.to_lowercase())
        .all(|letter| starts.any(|start| start == letter))
}

/// "The North" where "North Korea" is the only country of the report that begins so.
fn first_words(mentions: &mut [Mention]) {
    let mut countries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for mention in mentions.iter() {
        if let Some((first, _)) = mention.name.split_once(' ')
            && world::country(&fold(&mention.name)).is_some()
        {
            let names = countries.entry(first.to_string()).or_default();
            names.insert(mention.name.clone());
        }
    }
    for mention in mentions.iter_mut().filter(|m| m.stands_for.is_none()) {
        let unknown = !world::gazetteer().contains_key(&*fold(&mention.name));
        if let Some(names) = countries.get(&mention.name)
            && let Some(name) = names.first().filter(|_| unknown && names.len() == 1)
        {
            mention.stands_for = Some(name.clone());
            mention.kind = Some(Kind::Place);
        }
    }
}

/// Forms that the tables hold for one: "UN" where "United Nations" is printed as well; and the part
/// of a body's name before its field: "Supreme Council" of "Supreme Council for Peace".
fn printed_forms(mentions: &mut [Mention]) {
    let canonical = |name: &str| {
        let name = fold(name);
        world::organization(&name).or_else(|| world::country(&name))
    };
    // "VELKA" in a headline is "Velka".
    let plain: BTreeMap<String, String> = mentions
        .iter()
        .filter(|m| m.name.chars().any(char::is_lowercase))
        .map(|m| (m.name.to_uppercase(), m.name.clone()))
        .collect();
    let mut longest: BTreeMap<&'static str, String> = BTreeMap::new();
    let mut fields: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for mention in mentions.iter() {
        if let Some(key) = canonical(&mention.name) {
            let form = longest.entry(key).or_insert_with(|| mention.name.clone());
            if mention.name.len() > form.len() {
                form.clone_from(&mention.name);
            }
        }
        if mention.kind == Some(Kind::Organization) {
            for connector in world::name_connectors().keys() {
                if let Some((head, _)) = mention.name.split_once(&format!(" {connector} ")) {
                    fields
                        .entry(head.to_string())
                        .or_default()
                        .insert(mention.name.clone());
                }
            }
        }
    }
    for mention in mentions.iter_mut().filter(|m| m.stands_for.is_none()) {
        let form = canonical(&mention.name).and_then(|key| longest.get(key));
        let whole = fields.get(&mention.name).filter(|names| names.len() == 1);
        mention.stands_for = form
            .or_else(|| plain.get(&mention.name))
            .or_else(|| {
                whole
                    .filter(|_| mention.name.contains(' '))
                    .and_then(|n| n.first())
            })
            .filter(|name| **name != mention.name)
            .cloned();
    }
}
