//! Places: which a noun phrase names or describes, which a clause says, which the sentences before it.

use super::actor;
use crate::phrase::{self, Reach};
use crate::tables::{self, Ground};
use crate::who;
use rapporteur_model::{Action, Kind, Mention};
use rapporteur_text::{Document, Tag};
use std::ops::Range;

/// The places that a noun phrase names or describes.
pub(super) fn places(doc: &Document<'_>, range: Range<usize>, action: Action) -> Vec<Mention> {
    let range = place_words(doc, phrase::bare(doc, range));
    if range.is_empty() {
        return vec![];
    }
    let head = phrase::head(doc, range.clone());
    let head_lemma = doc.tokens[head].lemma.clone();
    let names = phrase::names_in(doc, range.clone());
    if tables::celestial().contains(doc.tokens[head].text) {
        return vec![];
    }
    // "an Australian", "what city"
    let people = |n: &&Mention| {
        let covered = phrase::tokens_of(doc, n.span).contains(&head);
        covered && n.kind != Some(Kind::Place) && rapporteur_text::demonym(&n.name).is_some()
    };
    let asks = doc.child(head, "det").map(|det| doc.tokens[det].fine);
    // "the Lennish-flagged Ada Brisk": a ship.
    let flag = |at: usize| doc.tokens[at].lower.ends_with("-flagged");
    if range.clone().any(flag) || range.start.checked_sub(1).is_some_and(flag) {
        return vec![];
    }
    if names.iter().any(people) || matches!(asks, Some("WDT" | "WP")) {
        return vec![];
    }
    let covers = |n: &Mention| {
        phrase::tokens_of(doc, n.span).contains(&head) && n.span.end >= doc.tokens[head].span.end
    };
    let is_place = |i: usize| {
        let token = &doc.tokens[i];
        tables::place_nouns().contains(&*token.lemma)
            && !tables::bare_ground().contains(&*token.lower)
    };
    let listed_place = actor::items(doc, range.clone())
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
        for item in actor::items(doc, range.clone()) {
            // "Lenn and in cities"
            let case = |at: &usize| doc.tokens[*at].tag == Tag::Adp;
            let start = item.clone().find(|at| !case(at)).unwrap_or(item.start);
            let item = start..item.end;
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
    // "the city of Velka", "the Lenn state town of Velka".
    let named = tables::named_by_of().contains(&*head_lemma);
    let of = names.iter().find(|n| {
        let t = phrase::tokens_of(doc, n.span);
        let after = t.start == head + 2 && doc.tokens[t.start - 1].lower == "of";
        named && after && n.kind != Some(Kind::Organization)
    });
    // "the Velka border gates", "Velka district": the name before the noun is the place's.
    let before: Vec<_> = names
        .iter()
        .filter(|n| phrase::tokens_of(doc, n.span).end <= head && n.kind != Some(Kind::Person))
        // "Orland's largest city" is not Orland.
        .filter(|n| {
            let next = phrase::tokens_of(doc, n.span).end;
            let owns = next < head && doc.tokens[next].fine == "POS";
            !owns || !tables::settlements().contains(&*head_lemma)
        })
        .collect();
    // "the Velka Pacific territory" is no sea.
    let land = tables::outlying().contains(&*head_lemma);
    if let Some(name) = before.last().filter(|n| {
        !(land && is_water(n))
            && n.kind != Some(Kind::Organization)
            && rapporteur_text::demonym(&n.name).is_none()
            && names_the_noun(doc, n, &range, head)
            && (phrase::tokens_of(doc, n.span).end == head || of.is_none())
    }) {
        return vec![place(name)];
    }
    if let Some(name) = of {
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
        // "near the Velkan and Orlish borders"
        .filter(|n| rapporteur_text::demonym(&n.name).is_none())
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

/// "the Velka border gates", "the old Velka district": the name opens the phrase, with nouns alone up to its head
/// (not "the Velka Pacific territory"), or stands right before it.
fn names_the_noun(doc: &Document<'_>, name: &Mention, range: &Range<usize>, head: usize) -> bool {
    let tokens = phrase::tokens_of(doc, name.span);
    let nouns = |at: usize| doc.tokens[at].tag != Tag::Propn;
    tokens.end == head || tokens.start == range.start && (tokens.end..head).all(nouns)
}

/// Cuts off what does not describe a place: "dozens of areas (at an alarming rate)", "the districts
/// on the border (in the attacks of June)".
fn place_words(doc: &Document<'_>, range: Range<usize>) -> Range<usize> {
    for at in range.clone() {
        // "the settlements, as well as in Lenn"
        let aside = doc.tokens[at].text == ","
            && at > range.start
            && (doc.tokens.get(at + 1))
                .is_some_and(|t| matches!(t.tag, Tag::Adv | Tag::Sconj | Tag::Adp));
        if aside {
            return range.start..at;
        }
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
    // "the provincial capitals" are no one town.
    let many = head.lemma != head.lower;
    if many || !definite || range.len() > 2 || !tables::settlements().contains(&*head.lemma) {
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
            && !is_region(doc, n)
            && rapporteur_text::country(&n.name).is_none()
            && rapporteur_text::demonym(&n.name).is_none()
    };
    (this.saturating_sub(REACH)..=this)
        .rev()
        .filter_map(|i| doc.sentences.get(i))
        .find_map(|s| doc.names_in(s.span).find(fits).map(who::full_name))
}

/// "in Velka province": no town.
fn is_region(doc: &Document<'_>, name: &Mention) -> bool {
    let next = doc.tokens.get(phrase::tokens_of(doc, name.span).end);
    next.is_some_and(|t| {
        let place = tables::place_nouns().contains(&*t.lower);
        place && !tables::settlements().contains(&*t.lower) || tables::regions().contains(&*t.lower)
    })
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

/// Is it a place that has a name, or a kind of places that have: "entire villages"?
pub(super) fn is_settlement(doc: &Document<'_>, place: &Mention) -> bool {
    let tokens = phrase::tokens_of(doc, place.span);
    place.name.contains(char::is_uppercase)
        || tables::settlements().contains(&*doc.tokens[phrase::head(doc, tokens)].lemma)
}

/// "control of X": the words after `of`; else the target itself.
pub(super) fn controlled(doc: &Document<'_>, target: Range<usize>, end: usize) -> Range<usize> {
    let head = phrase::head(doc, target.clone());
    if tables::ground_nouns()
        .get(&*doc.tokens[head].lemma)
        .is_some_and(|(g, _)| *g == Ground::Does(Action::Held))
        && let Some(of) =
            phrase::prepositional(doc, head + 1, end, &["of", "over", "in"], Reach::Full)
    {
        // "control of most of the districts": past an article
        let shared = |share: &usize| {
            *share > head + 1
                && tables::share_nouns().contains(&*doc.tokens[*share].lower)
                && tables::of().contains(&*doc.tokens[share + 1].lower)
        };
        let article = of.start > 0 && doc.tokens[of.start - 1].tag == Tag::Det;
        let share = of
            .start
            .checked_sub(2 + usize::from(article))
            .filter(shared);
        return share.unwrap_or(of.start)..of.end;
    }
    target
}

/// The first places named after `in`, `at`, `near` … in the clause; where there is none, the first building.
pub(super) fn place_in(doc: &Document<'_>, from: usize, end: usize) -> Option<Vec<Mention>> {
    places_after(doc, from, end, Reach::Full)
        .next()
        .map(|first| with_more(doc, first, end))
        .or_else(|| {
            let mut phrases = (from..end)
                .filter(|at| is_place_preposition(doc, *at))
                .filter_map(|at| phrase::noun_phrase(doc, at + 1, end, Reach::Head));
            phrases.find_map(|phrase| building(doc, phrase))
        })
}

/// "at the station, outside a café and in Velka": the places with those that the list goes on with, each behind a
/// preposition of its own.
pub(super) fn with_more(doc: &Document<'_>, places: Vec<Mention>, end: usize) -> Vec<Mention> {
    let mut found = places;
    let Some(last) = found.last() else {
        return found;
    };
    let mut at = phrase::tokens_of(doc, last.span).end;
    loop {
        let joins = |i: &usize| {
            let token = &doc.tokens[*i];
            token.text == "," || token.tag == Tag::Cconj || doc.is(*i, "fixed") || doc.is(*i, "cc")
        };
        let next = (at..end).find(|i| !joins(i)).unwrap_or(end);
        if next == at || next >= end || !is_place_preposition(doc, next) {
            return found;
        }
        let phrase = phrase::noun_phrase(doc, next + 1, end, Reach::Of);
        let Some(phrase) = phrase.filter(|words| !phrase::is_time(doc, words)) else {
            return found;
        };
        at = phrase.end;
        let mut more = self::places(doc, phrase.clone(), Action::Clash);
        more.retain(|m| m.kind == Some(Kind::Place));
        more.extend(of_town(doc, phrase).filter(|_| more.is_empty()));
        let known = |m: &Mention| found.iter().any(|known| known.span.overlaps(m.span));
        more.retain(|m| !known(m));
        found.extend(more);
    }
}

fn is_place_preposition(doc: &Document<'_>, at: usize) -> bool {
    doc.tokens[at].tag == Tag::Adp && tables::place_prepositions().contains(&*doc.tokens[at].lower)
}

/// The words as a place, where they say a building that is attacked or fought at: "the Lennish consulate".
pub(super) fn building(doc: &Document<'_>, words: Range<usize>) -> Option<Vec<Mention>> {
    let head = phrase::head(doc, words.clone());
    let known = tables::buildings().contains(&*doc.tokens[head].lower);
    known.then(|| vec![described(doc, phrase::bare(doc, words))])
}

/// All places named after such a preposition in the clause, as they stand.
pub(crate) fn places_in(doc: &Document<'_>, from: usize, end: usize) -> Vec<Mention> {
    places_after(doc, from, end, Reach::Of)
        .flatten()
        .filter(|place| rapporteur_text::demonym(&place.name).is_none())
        .collect()
}

fn places_after<'a>(
    doc: &'a Document<'_>,
    from: usize,
    end: usize,
    reach: Reach,
) -> impl Iterator<Item = Vec<Mention>> + 'a {
    let is_preposition = move |at: &usize| is_place_preposition(doc, *at);
    (from..end).filter(is_preposition).filter_map(move |at| {
        let phrase = phrase::noun_phrase(doc, at + 1, end, reach)
            .filter(|r| !phrase::is_time(doc, r) && doc.tokens[r.start].tag != Tag::Num)?;
        let mut found = places(doc, phrase.clone(), Action::Clash);
        found.retain(|m| m.kind == Some(Kind::Place));
        if found.is_empty() {
            found.extend(of_town(doc, phrase));
        }
        (!found.is_empty()).then_some(found)
    })
}

/// "at Velka cathedral": something in a town that no table knows, by the town's name before it.
fn of_town(doc: &Document<'_>, phrase: Range<usize>) -> Option<Mention> {
    let words = phrase::bare(doc, phrase);
    let head = phrase::head(doc, words.clone());
    let token = &doc.tokens[head];
    let thing = token.tag == Tag::Noun && tables::sites().contains(&*token.lemma);
    let names = phrase::names_in(doc, words.start..head);
    let town = names.iter().any(|n| {
        let country = rapporteur_text::country(&n.name).is_some();
        let people = rapporteur_text::demonym(&n.name).is_some();
        let end = phrase::tokens_of(doc, n.span).end;
        let next = (end..head).all(|at| doc.tokens[at].tag == Tag::Noun);
        n.kind == Some(Kind::Place) && !country && !people && next
    });
    (thing && town).then(|| described(doc, words))
}

/// The first place that the two sentences before name.
pub(super) fn place_before(doc: &Document<'_>, at: usize) -> Vec<Mention> {
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

/// The town that the two sentences before name last, for fighting that goes on there.
pub(super) fn town_before(doc: &Document<'_>, at: usize) -> Vec<Mention> {
    let byte = doc.tokens[at].span.start;
    let this = doc.sentences.partition_point(|s| s.span.end <= byte);
    let town = |n: &&Mention| {
        n.kind == Some(Kind::Place)
            && rapporteur_text::country(&n.name).is_none()
            && rapporteur_text::demonym(&n.name).is_none()
    };
    let sentences = doc.sentences[..this.min(doc.sentences.len())].iter().rev();
    let mut towns = sentences
        .take(2)
        .filter_map(|s| doc.names_in(s.span).find(town));
    towns.next().map(|n| vec![place(n)]).unwrap_or_default()
}

/// Is it a sea or a part of one, which nobody holds or attacks?
pub(super) fn is_water(place: &Mention) -> bool {
    let is = |table: &std::collections::BTreeSet<&'static str>, w: &str| {
        table.contains(&*w.to_lowercase())
    };
    let mut words = place.name.split_whitespace();
    let land = words
        .clone()
        .next_back()
        .is_some_and(|w| is(tables::outlying(), w));
    words.any(|w| is(tables::waters(), w)) && !land
}
