//! Runs of capitalised words, and the names, titles and roles that they are made of.

use super::words::{Capitals, Line, Words};
use crate::document::Tag;
use crate::tables;
use crate::world::{self, Entry};
use std::collections::BTreeSet;
use std::ops::Range;

/// A name with the title before it, as ranges of words.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// The name.
    pub words: Range<usize>,
    /// Without the group noun after it: "Velkan" of "Velkan forces".
    pub base: Range<usize>,
    /// The capitalised title or role before it.
    pub title: Option<Range<usize>>,
    /// Whom that role is held for.
    pub of: Option<Range<usize>>,
    /// Index of its line.
    pub line: usize,
    /// What its own words show it to be.
    pub shape: Shape,
}

/// What the words of a name show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing.
    Bare,
    /// It is in the tables.
    Known(Entry),
    /// It begins with what people are called by.
    Person,
    /// Its head noun is an organisation's, or a group noun follows.
    Organization,
    /// Its head noun is a place's.
    Place,
    /// Its head noun is an agreement's, a war's, a day's …
    Other,
}

/// The names in the lines where capitals mark names. `people` are names that stand for a person
/// elsewhere in the document, as [`Words::phrase`] prints them.
pub(crate) fn in_sentences(words: &Words<'_>, people: &BTreeSet<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (line, Line { words: range, .. }) in plain_lines(words) {
        let mut at = range.start;
        while at < range.end {
            if !begins_name(words, at, range.end) {
                at += 1;
                continue;
            }
            let end = run_end(words, at, range.end);
            let from = pieces.len();
            divide(words, at..end, people, line, &mut pieces);
            at = end;
            if let Some(last) = pieces[from..].last_mut()
                && last.words.end == end
            {
                add_group_noun(words, last, range.end);
                at = last.words.end;
            }
        }
    }
    pieces
}

fn plain_lines<'a>(words: &'a Words<'_>) -> impl Iterator<Item = (usize, &'a Line)> {
    words
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.capitals == Capitals::Names)
}

/// The names in headlines and other lines where capitals say nothing: those that the tables know,
/// those that stand in the sentences, and words that are no ordinary ones.
pub(crate) fn in_headlines(words: &Words<'_>, seen: &[Piece]) -> Vec<Piece> {
    let names: BTreeSet<String> = seen
        .iter()
        .map(|piece| words.phrase(piece.words.clone()).to_lowercase())
        .collect();
    let longest = seen.iter().map(|p| p.words.len()).max().unwrap_or(0);
    let shape_of = |phrase: &str| {
        let piece = seen
            .iter()
            .find(|p| words.phrase(p.words.clone()).to_lowercase() == phrase);
        piece.map_or(Shape::Bare, |p| p.shape)
    };
    let mut pieces = Vec::new();
    for (
        line,
        Line {
            words: range,
            capitals,
        },
    ) in words.lines.iter().enumerate()
    {
        if *capitals == Capitals::Names {
            continue;
        }
        let shouted = *capitals == Capitals::All;
        let mut at = range.start;
        while at < range.end {
            let seen = (1..=longest.min(range.end - at)).rev().find_map(|n| {
                let phrase = words.phrase(at..at + n).to_lowercase();
                names.contains(&phrase).then(|| (n, shape_of(&phrase)))
            });
            let known = words.known(at, range.end, shouted);
            let found = match (seen, known) {
                (Some((n, shape)), known) if known.is_none_or(|(k, _)| k <= n) => Some((n, shape)),
                (_, Some((n, entry))) => Some((n, Shape::Known(entry))),
                _ => uncommon(words, at, range.end, shouted).map(|n| (n, Shape::Bare)),
            };
            let Some((n, shape)) = found.filter(|_| is_wordlike(words, at)) else {
                at += 1;
                continue;
            };
            let title = (range.start..at)
                .rev()
                .take_while(|t| world::is_title_role(&words.words[*t].lower))
                .last()
                .filter(|_| !matches!(shape, Shape::Known(_) | Shape::Organization | Shape::Place));
            let mut piece = Piece {
                words: at..at + n,
                base: at..at + n,
                title: title.map(|t| t..at),
                of: None,
                line,
                shape,
            };
            add_group_noun(words, &mut piece, range.end);
            at = piece.words.end;
            if !matches!(piece.shape, Shape::Known(Entry::Adjective)) {
                pieces.push(piece);
            }
        }
    }
    pieces
}

/// How many words from here on are capitalised and no ordinary ones.
fn uncommon(words: &Words<'_>, at: usize, end: usize, shouted: bool) -> Option<usize> {
    let is_uncommon = |at: usize| {
        let word = &words.words[at];
        word.capital
            && !word.mark
            && !word.time
            && word.text.chars().count() > 2
            && !is_small_word(&word.lower)
            && !is_common(&word.lower)
            && !words.small.contains_key(&*word.lower)
            && !world::is_title_role(&word.lower)
            && !world::topics().contains(&*word.lower)
            && !world::organization_nouns().contains(&*word.lower)
            && !world::place_nouns().contains(&*word.lower)
            && !world::plain_capitals().contains(&*word.lower)
            && !world::calendar().contains(&*word.lower)
            && !is_compound_start(words, at)
    };
    let given = |at: usize| {
        let word = &words.words[at];
        world::given_names().contains(word.text) && !is_common(&word.lower)
    };
    let n = (at..end)
        .take_while(|i| (*i == at || !words.words[*i].apart) && is_uncommon(*i))
        .count();
    // All in capitals, an unknown word may be anything.
    (n > 0 && (!shouted || given(at))).then_some(n)
}

fn is_wordlike(words: &Words<'_>, at: usize) -> bool {
    let word = &words.words[at];
    word.capital && !word.mark && !word.time
}

/// Prepositions, pronouns, conjunctions and their like: never names by themselves.
fn is_small_word(lower: &str) -> bool {
    tables::closed()
        .get(lower)
        .is_some_and(|tag| !matches!(tag, Tag::Adj | Tag::Noun))
}

/// An ordinary word, which a capital at a sentence's start does not make a name.
fn is_common(lower: &str) -> bool {
    if let Some((first, rest)) = lower.split_once('-') {
        return is_common(first) && is_common(rest);
    }
    let ending = |e: &&&str| lower.len() > e.len() + 2 && lower.ends_with(**e);
    let lemma = crate::lemma::lemma(lower);
    world::common_words().contains(lower)
        || world::common_words().contains(&*lemma)
        || tables::closed().contains_key(lower)
        || tables::common_nouns().contains(&*lemma)
        || crate::lemma::verb_form(lower).is_some()
        || world::common_endings().iter().any(|e| ending(&e))
}

fn is_compound_start(words: &Words<'_>, at: usize) -> bool {
    words.words.get(at + 1).is_some_and(|next| next.apart)
        && world::compound_starts().contains(&*words.words[at].lower)
}

/// Can a name go on with this word?
fn is_name_word(words: &Words<'_>, at: usize, end: usize) -> bool {
    let word = &words.words[at];
    if !is_wordlike(words, at) || is_compound_start(words, at) {
        return false;
    }
    if words
        .known(at, end, false)
        .is_some_and(|(_, entry)| !matches!(entry, Entry::Adjective))
    {
        return true;
    }
    let capitals = word.text.len() > 1 && !word.text.chars().any(char::is_lowercase);
    let capitals_mostly = word.text.chars().filter(|c| c.is_uppercase()).count() > 1;
    if capitals_mostly && world::plain_capitals().contains(&*word.lower)
        || world::calendar().contains(word.lower.trim_end_matches('.'))
            && !(at > 0 && !word.opens && is_given(words, at - 1))
            && !(is_given(words, at) && words.words[..end].get(at + 1).is_some_and(|n| n.capital))
        || word.text.len() == 1 && !word.text.chars().all(char::is_uppercase)
    {
        return false;
    }
    // "This is NOT so": capitals for weight.
    if capitals && word.text.len() > 2 && is_common(&word.lower) {
        return false;
    }
    // "United Nations Mine Office": a small word amid capitals.
    let amid = || {
        let capital = |at: usize| {
            words.words[..end]
                .get(at)
                .is_some_and(|w| w.capital && !w.opens && !is_small_word(&w.lower) && !w.apart)
        };
        at > 0 && capital(at - 1) && capital(at + 1) && !word.apart
    };
    let surname = || at > 0 && is_given(words, at - 1) && world::calendar().contains(&*word.lower);
    !is_small_word(&word.lower) || !word.opens && (capitals || surname() || amid())
}

fn is_given(words: &Words<'_>, at: usize) -> bool {
    world::given_names().contains(words.words[at].text)
}

/// Does a name begin with this word?
fn begins_name(words: &Words<'_>, at: usize, end: usize) -> bool {
    let word = &words.words[at];
    if !is_name_word(words, at, end) || word.text == "I" {
        return false;
    }
    if !word.opens {
        return true;
    }
    let lower = &*word.lower;
    if let Some((n, entry)) = words.known(at, end, false) {
        let last = &words.words[at + n - 1];
        return n > 1 || !matches!(entry, Entry::Adjective) || last.capital;
    }
    let capital = words.capital.get(word.text).copied().unwrap_or(0);
    let small = words.small.get(lower).copied().unwrap_or(0);
    let goes_on = words.words[..end].get(at + 1).is_some_and(|next| {
        !next.apart && !next.opens && next.capital && is_name_word(words, at + 1, end)
    });
    if goes_on {
        let part = world::is_title_role(lower)
            || world::topics().contains(lower)
            || world::role_modifiers().contains(lower)
            || world::organization_nouns().contains(lower)
            || world::place_nouns().contains(lower);
        return capital > 0
            || part
            || !is_common(lower)
            || world::given_names().contains(word.text);
    }
    if capital > 0 {
        return capital >= small;
    }
    // A head noun with its field after it: "Ministry of Peace".
    let connected = words.words[..end]
        .get(at + 1)
        .is_some_and(|next| !next.capital)
        && (crate::lemma::lemma(lower) == lower || world::possessive_starts().contains(lower))
        && run_end(words, at, end) > at + 1;
    if connected {
        return true;
    }
    small == 0 && !is_common(lower)
}

/// The end of the run of words that may be one name, or several with their titles.
fn run_end(words: &Words<'_>, start: usize, end: usize) -> usize {
    let list = &words.words;
    let mut at = start + words.known(start, end, false).map_or(1, |(n, _)| n);
    while at < end {
        let word = &list[at];
        if word.apart && !word.capital {
            break;
        }
        if !word.apart && is_name_word(words, at, end) {
            at += words.known(at, end, false).map_or(1, |(n, _)| n);
            continue;
        }
        match connected(words, start, at, end) {
            Some(next) => at = next + words.known(next, end, false).map_or(1, |(n, _)| n),
            None => break,
        }
    }
    at
}

/// The word that a name goes on with after small words inside it, if it does.
fn connected(words: &Words<'_>, start: usize, at: usize, end: usize) -> Option<usize> {
    let list = &words.words;
    let (before, word) = (&list[at - 1], &list[at]);
    let name_at = |at: usize| at < end && !list[at].apart && is_name_word(words, at, end);
    let lower = &*word.lower;
    if tables::name_particles().contains(lower) {
        let rest = (at..end).find(|i| !tables::name_particles().contains(&*list[*i].lower))?;
        return name_at(rest).then_some(rest);
    }
    if let Some(heads) = world::name_connectors().get(lower) {
        let head = &*before.lower;
        let role = world::is_title_role(head);
        let fits = heads.split(' ').any(|kind| match kind {
            "organization" => world::organization_nouns().contains(head),
            "place" => world::place_nouns().contains(head),
            _ => role,
        });
        let mut next = at + 1;
        if next < end && world::articles().contains(&*list[next].lower) {
            next += 1;
        }
        // A field, where only bodies go on so: "Council for Peace", but "left the Army for Velka".
        let wide = heads.contains("place");
        let field = list
            .get(next)
            .is_some_and(|n| world::topics().contains(&*n.lower) || is_common(&n.lower));
        // "Ministry of Peace of Velkania": a known place after the field.
        let chained = wide
            && list[start..at]
                .iter()
                .any(|w| world::name_connectors().contains_key(&*w.lower))
            && words.known(next, end, false).is_some_and(|(_, entry)| {
                matches!(entry, Entry::Country { .. } | Entry::Place { .. })
            });
        let goes_on = fits && (wide || role || field) || chained;
        return (goes_on && name_at(next)).then_some(next);
    }
    if world::conjunctions().contains(lower) {
        if !name_at(at + 1) {
            return None;
        }
        if word.mark {
            return Some(at + 1);
        }
        let topic = |at: usize| world::topics().contains(&*list[at].lower);
        let chained = list[start..at]
            .iter()
            .any(|w| world::name_connectors().contains_key(&*w.lower));
        let headed = (at + 2..end)
            .take_while(|i| name_at(*i))
            .any(|i| world::organization_nouns().contains(&*list[i].lower));
        let both = topic(at - 1) && topic(at + 1);
        return (both && (chained || headed)).then_some(at + 1);
    }
    // "Brisk, Inc."
    let firm = lower == ","
        && list.get(at + 1).is_some_and(|n| {
            world::company_ends().contains(&*n.lower) && !world::state_codes().contains(n.text)
        });
    if firm {
        return name_at(at + 1).then_some(at + 1);
    }
    // "People's Army", "Workers' Party".
    let possessive = matches!(lower, "'s" | "'" | "\u{2019}") && !word.spaced;
    let owner =
        world::possessive_starts().contains(&*before.lower) || words.owners.contains(before.text);
    if possessive && owner {
        return name_at(at + 1).then_some(at + 1);
    }
    None
}

/// A capitalised role or title before a name.
struct Heading {
    /// Its words, with its field: "Secretary of State".
    role: Range<usize>,
    /// Whom it is held for.
    of: Option<Range<usize>>,
    /// Where the name begins.
    end: usize,
}

/// Reads a role or title at the start of a range.
fn heading(words: &Words<'_>, range: Range<usize>, people: &BTreeSet<String>) -> Option<Heading> {
    let list = &words.words;
    let role_at = |at: usize| at < range.end && world::is_title_role(&list[at].lower);
    let modifier_at = |at: usize| {
        at < range.end
            && (world::role_modifiers().contains(&*list[at].lower)
                || world::topics().contains(&*list[at].lower))
    };
    let mut at = range.start;
    while modifier_at(at) && !(role_at(at) && !role_at(at + 1) && !modifier_at(at + 1)) {
        at += 1;
    }
    if !role_at(at) {
        return None;
    }
    let mut more = at;
    while role_at(more) || modifier_at(more) {
        more += 1;
        if role_at(more - 1) {
            at = more;
        }
    }
    // "General Assembly", "Governor Street" are no titles.
    if at < range.end
        && (world::organization_nouns().contains(&*list[at].lower)
            || world::place_nouns().contains(&*list[at].lower))
        && !world::given_names().contains(list[at].text)
    {
        return None;
    }
    let role = range.start..at;
    let connects = at < range.end
        && world::name_connectors()
            .get(&*list[at].lower)
            .is_some_and(|heads| heads.contains("role"));
    if !connects {
        return Some(Heading {
            role,
            of: None,
            end: at,
        });
    }
    let mut from = at + 1;
    if from < range.end && world::articles().contains(&*list[from].lower) {
        from += 1;
    }
    let topic_at = |at: usize| at < range.end && world::topics().contains(&*list[at].lower);
    let mut field = from;
    while topic_at(field)
        || field > from
            && field + 1 < range.end
            && is_conjunction(words, field)
            && topic_at(field + 1)
    {
        field += 1;
    }
    let headed = field < range.end && is_head(words, field);
    if field > from && !headed {
        let role = range.start..field;
        return Some(Heading {
            role,
            of: None,
            end: field,
        });
    }
    let end = holder_end(words, from..range.end, people);
    Some(Heading {
        role,
        of: (from < end).then_some(from..end),
        end,
    })
}

fn is_conjunction(words: &Words<'_>, at: usize) -> bool {
    world::conjunctions().contains(&*words.words[at].lower)
}

/// A field of work that heads no name of its own: "Reconciliation", but not "War" or "Army".
fn is_field(words: &Words<'_>, at: usize) -> bool {
    let lower = &*words.words[at].lower;
    world::topics().contains(lower) && !world::other_nouns().contains(lower) && !is_head(words, at)
}

fn is_head(words: &Words<'_>, at: usize) -> bool {
    let lower = &*words.words[at].lower;
    is_among(world::organization_nouns(), lower) || is_among(world::place_nouns(), lower)
}

/// Is a word, or a part of a hyphenated one ("Army-North"), among these?
fn is_among(list: &tables::Set, lower: &str) -> bool {
    list.contains(lower) || lower.contains('-') && lower.split('-').any(|part| list.contains(part))
}

/// The end of the body or place that a range begins with, where a person's name may follow it.
fn holder_end(words: &Words<'_>, range: Range<usize>, people: &BTreeSet<String>) -> usize {
    if let Some(split) = (range.start + 1..range.end)
        .find(|at| is_boundary(words, range.start, *at) && is_person(words, *at..range.end, people))
    {
        return split;
    }
    let mut end = range.start;
    let mut at = range.start;
    while at < range.end {
        if let Some((n, _)) = words.known(at, range.end, false) {
            at += n;
            end = at;
        } else {
            let topic = world::topics().contains(&*words.words[at].lower);
            at += 1;
            if topic || is_head(words, at - 1) {
                end = at;
            }
        }
    }
    if end == range.start { range.end } else { end }
}

/// Can a body's or place's name end before this word?
fn is_boundary(words: &Words<'_>, start: usize, at: usize) -> bool {
    let before = &*words.words[at - 1].lower;
    let headed = (start..at - 1).any(|i| is_head(words, i));
    is_head(words, at - 1)
        || world::topics().contains(before)
        || headed && is_common(before)
        || (start..at).any(|from| {
            words
                .known(from, at, false)
                .is_some_and(|(n, _)| from + n == at)
        })
}

/// Do these words look like a person's name?
fn is_person(words: &Words<'_>, range: Range<usize>, people: &BTreeSet<String>) -> bool {
    let Some(first) = words.words.get(range.start) else {
        return false;
    };
    let head = range.len() > 1 && is_head(words, range.end - 1);
    !head
        && (world::given_names().contains(first.text) && !world::topics().contains(&*first.lower)
            || people.contains(&words.phrase(range)))
}

/// Divides a run into names with their titles.
fn divide(
    words: &Words<'_>,
    run: Range<usize>,
    people: &BTreeSet<String>,
    line: usize,
    pieces: &mut Vec<Piece>,
) {
    let list = &words.words;
    let mut at = run.start;
    let mut title = None;
    let mut of: Option<Range<usize>> = None;
    while at < run.end {
        if list[at].mark || !list[at].capital {
            at += 1;
            continue;
        }
        // "Senior Velkan officials": an ordinary word that only begins the sentence.
        let ordinary = list[at].opens && is_common(&list[at].lower) && at + 1 < run.end;
        if ordinary
            && words.known(at, run.end, false).is_none()
            && words.known(at + 1, run.end, false).is_some()
            && !(at..run.end).any(|i| is_head(words, i) || world::is_title_role(&list[i].lower))
        {
            at += 1;
            continue;
        }
        let heads_away = !is_whole_known(words, at..run.end);
        if heads_away && let Some(found) = heading(words, at..run.end, people) {
            if let Some(holder) = &found.of {
                divide(words, holder.clone(), people, line, pieces);
                of = Some(holder.clone());
            }
            title = Some(found.role);
            at = found.end;
            continue;
        }
        let end = name_end(words, at..run.end, people);
        let mut name = at..end;
        at = end;
        // What is left of a run may begin with small words.
        while name.start < name.end && !list[name.start].capital {
            name.start += 1;
        }
        let whole = |name: &Range<usize>| {
            let known = words.known(name.start, name.end, false);
            known.is_some_and(|(n, _)| n == name.len())
        };
        while name.start < name.end && !whole(&name) && !ends_name(words, name.end - 1) {
            name.end -= 1;
        }
        if name.is_empty() {
            continue;
        }
        // "Velkania Reconciliation": a place and a field make no name.
        if let Some((n, entry)) = words.known(name.start, name.end, false)
            && entry.kind().is_some()
            && entry.is_origin()
            && n < name.len()
            && (name.start + n..name.end).all(|i| is_field(words, i))
        {
            name.end = name.start + n;
        }
        let shape = shape(words, name.clone(), people);
        let lone_adjective = shape == Shape::Known(Entry::Adjective);
        let belongs = matches!(shape, Shape::Known(_) | Shape::Organization);
        if belongs && end < run.end && title.is_none() {
            of = Some(name.clone());
        }
        let titled = !belongs || end == run.end;
        let follows = !lone_adjective || is_group_noun_next(words, end, run.end);
        if !is_plain_noun(words, &name, shape, title.is_some()) && follows {
            pieces.push(Piece {
                words: name.clone(),
                base: name,
                title: title.take().filter(|_| titled),
                of: if belongs && end < run.end {
                    None
                } else {
                    of.take()
                },
                line,
                shape,
            });
            if belongs && end < run.end {
                of = pieces.last().map(|p| p.words.clone());
            }
        }
    }
}

fn is_group_noun_next(words: &Words<'_>, end: usize, run_end: usize) -> bool {
    end == run_end && group_end(words, end, words.words.len()).is_some()
}

fn is_whole_known(words: &Words<'_>, range: Range<usize>) -> bool {
    words
        .known(range.start, range.end, false)
        .is_some_and(|(n, _)| n > 1 || n == range.len())
}

fn ends_name(words: &Words<'_>, at: usize) -> bool {
    let word = &words.words[at];
    !word.mark
        && word.lower != "'s"
        && (word.capital || word.text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Where the name ends that a range begins with.
fn name_end(words: &Words<'_>, range: Range<usize>, people: &BTreeSet<String>) -> usize {
    let list = &words.words;
    let named = is_person(words, range.clone(), people);
    let mut at = range.start + 1;
    if let Some((n, entry)) = words.known(range.start, range.end, false) {
        at = range.start + n;
        let given = world::given_names().contains(list[range.start].text) && n == 1;
        let follows_person = at < range.end && is_person(words, at..range.end, people);
        if at < range.end && follows_person && !given && !matches!(entry, Entry::Adjective) {
            return at;
        }
    }
    while at < range.end {
        let word = &list[at];
        if !word.capital {
            at += 1;
            continue;
        }
        let boundary = is_boundary(words, range.start, at);
        let headed = heading(words, at..range.end, people).filter(|h| {
            // "Stephen King" keeps its last word; "Interior Ministry Spokesman Ada Brisk" does not.
            h.end < range.end && !named || boundary
        });
        if headed.is_some() || boundary && is_person(words, at..range.end, people) {
            return at;
        }
        at += 1;
    }
    range.end
}

/// What the words of a name show it to be.
fn shape(words: &Words<'_>, name: Range<usize>, people: &BTreeSet<String>) -> Shape {
    let list = &words.words;
    if let Some((n, entry)) = words.known(name.start, name.end, false)
        && n == name.len()
    {
        return Shape::Known(entry);
    }
    // The head noun stands before the first "of", else last.
    let chain = name
        .clone()
        .find(|at| world::name_connectors().contains_key(&*list[*at].lower));
    let head = chain.map_or(name.end - 1, |at| at - 1);
    let lower = &*list[head].lower;
    let person = is_person(words, name.clone(), people);
    if head > name.start || chain.is_some() || !person {
        if is_among(world::organization_nouns(), lower) {
            return Shape::Organization;
        }
        if is_among(world::place_nouns(), lower) {
            return Shape::Place;
        }
        if world::other_nouns().contains(lower) {
            return Shape::Other;
        }
    }
    if name.len() > 1 && world::company_ends().contains(&*list[name.end - 1].lower) {
        return Shape::Organization;
    }
    // "Velka City Council Chamber 3", "Army of Light" end in other words.
    if person && (name.len() > 1 || people.contains(&words.phrase(name.clone()))) {
        return Shape::Person;
    }
    // "Lake Orsolo", "Mount Brisk", "Port Lenn".
    if name.len() > 1 && world::place_nouns().contains(&*list[name.start].lower) {
        return Shape::Place;
    }
    let first = &*list[name.start].lower;
    if name.len() > 1 && world::organization_nouns().contains(first)
        || words
            .known(name.start, name.end, false)
            .is_some_and(|(_, entry)| matches!(entry, Entry::Organization { .. }))
    {
        return Shape::Organization;
    }
    Shape::Bare
}

/// A capitalised ordinary noun that names nobody: "the Party", "President".
fn is_plain_noun(words: &Words<'_>, name: &Range<usize>, shape: Shape, titled: bool) -> bool {
    let word = &words.words[name.start];
    let role = name.clone().all(|at| {
        world::is_title_role(&words.words[at].lower)
            || world::role_modifiers().contains(&*words.words[at].lower)
    });
    if role && !titled && !matches!(shape, Shape::Known(_)) {
        return true;
    }
    if matches!(shape, Shape::Known(_)) || titled {
        return false;
    }
    if name.len() > 1 {
        let ordinary = |at: usize| is_common(&words.words[at].lower);
        let seen = words.capital.get(word.text).copied().unwrap_or(0);
        return shape == Shape::Bare && seen < 2 && name.clone().all(ordinary);
    }
    let acronym = word.text.len() > 1 && !word.text.chars().any(char::is_lowercase);
    // "It IS so": a small word in capitals.
    if acronym && tables::closed().contains_key(&*word.lower) {
        return true;
    }
    let given = world::given_names().contains(word.text);
    let ordinary = is_common(&word.lower) || world::topics().contains(&*word.lower);
    let small = words.small.contains_key(&*word.lower);
    // "the Brisk movement", "Unity state": named so again, or by what follows.
    let next = words.words.get(name.end).filter(|w| !w.mark);
    let followed = next.is_some_and(|next| {
        world::group_nouns().contains(&*next.lower)
            || world::place_followers().contains(&*next.lower)
    });
    let often = words.capital.get(word.text).is_some_and(|n| *n > 1);
    let named = !word.opens && !small && (followed || often);
    let unheard = ordinary && !named && (small || !given);
    !acronym && unheard
        || matches!(shape, Shape::Place | Shape::Other)
        || word.text.trim_end_matches('.').chars().count() == 1
}

/// Takes the group noun after a name into it: "Velkan security forces".
fn add_group_noun(words: &Words<'_>, piece: &mut Piece, line_end: usize) {
    let whole = matches!(
        piece.shape,
        Shape::Person | Shape::Organization | Shape::Other
    );
    if !whole
        && piece.title.is_none()
        && let Some(end) = group_end(words, piece.words.end, line_end)
    {
        piece.words.end = end;
        piece.shape = Shape::Organization;
    }
}

/// The end of the group noun that follows, with the words between.
fn group_end(words: &Words<'_>, at: usize, line_end: usize) -> Option<usize> {
    let mut end = None;
    for (n, word) in words.words[..line_end].iter().enumerate().skip(at) {
        let group = world::group_nouns().contains(&*word.lower);
        let filler = world::group_fillers().contains(&*word.lower);
        let joins = is_conjunction(words, n) && end == Some(n);
        if word.mark || word.apart || !(group || filler) || joins || n > at + 4 {
            break;
        }
        if group {
            end = Some(n + 1);
        }
    }
    end
}
