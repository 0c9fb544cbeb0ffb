//! A printed name, taken apart, and how two names can belong to one thing.

use super::sounds::{Differences, alike};
use super::tables::{
    ADJECTIVES, ANY_STATES_BODY, BODIES, CONNECTING, DIRECTIONS, PARTICLES, SPELLING, STATE_FORMS,
    STATES,
};
use crate::words::tokens;

/// A printed name, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// As printed.
    pub(super) printed: String,
    /// Folded.
    pub(super) words: Vec<String>,
    /// For a person: without particles (`bin`, `al`).
    pub(super) parts: Vec<String>,
    /// For an organisation: one spelling, without connecting words and plural endings, adjectives of
    /// states as their names; in order.
    pub(super) content: Vec<String>,
    /// All letters, without spaces.
    pub(super) letters: String,
    /// Printed in capitals alone: two to six letters.
    pub(super) is_acronym: bool,
    /// Printed without any capital: a description ("army"), not a proper name.
    pub(super) is_common: bool,
}

impl Name {
    pub(super) fn of(printed: &str) -> Name {
        let mut words = tokens(printed);
        if words.len() > 1 && words[0] == "the" {
            words.remove(0);
        }
        let letters = words.concat();
        let capitals = printed.chars().filter(|c| c.is_alphabetic());
        let length = letters.chars().count();
        Name {
            parts: parts(&words),
            content: content(&words),
            is_acronym: words.len() == 1
                && (2..=6).contains(&length)
                && capitals.clone().all(char::is_uppercase),
            is_common: !printed.chars().any(|c| c.is_uppercase() || !is_cased(c)),
            letters,
            words,
            printed: printed.to_string(),
        }
    }

    /// The state that it names, by any of its names or in full ("Republic of Velka").
    pub(super) fn state(&self) -> Option<&'static str> {
        let state = |words: &[String]| STATES.get(&words.join(" ")).map(String::as_str);
        state(&self.words).or_else(|| {
            let of = self.words.iter().position(|word| word == "of")?;
            let is_form = STATE_FORMS.contains(&self.words[..of].join(" "));
            let after = &self.words[of + 1..];
            let bare = after
                .strip_prefix(&["the".to_string()][..])
                .unwrap_or(after);
            state(bare).filter(|_| is_form)
        })
    }

    /// The state of which it is the adjective ("Velkan").
    pub(super) fn adjective_of(&self) -> Option<&'static str> {
        let state = ADJECTIVES.get(&self.words.join(" "))?;
        STATES.get(state).map(String::as_str)
    }

    /// The international body that it names.
    pub(super) fn body(&self) -> Option<&'static str> {
        BODIES.get(&self.words.join(" ")).map(String::as_str)
    }

    /// Its words with points of the compass instead of their adjectives, where it has one and
    /// another word, and that is no state.
    pub(super) fn directed(&self) -> Option<String> {
        let plain = |word: &String| DIRECTIONS.get(word).unwrap_or(word).clone();
        let has_direction = self.words.iter().any(|word| DIRECTIONS.contains_key(word));
        let directed = self.words.iter().map(plain).collect::<Vec<_>>().join(" ");
        let is_state = STATES.contains_key(&directed) || self.state().is_some();
        (has_direction && self.words.len() > 1 && !is_state).then_some(directed)
    }

    /// The content words in alphabetical order.
    pub(super) fn bag(&self) -> Vec<String> {
        let mut bag = self.content.clone();
        bag.sort();
        bag
    }

    /// Could it be any state's?
    pub(super) fn is_any_states(&self) -> bool {
        let any = |word: &String| ANY_STATES_BODY.contains(word) || is_plural_of_any(word);
        self.content.iter().all(any)
    }

    /// Its first letters, with and without connecting words.
    pub(super) fn initials(&self) -> [String; 2] {
        let first = |word: &String| word.chars().next();
        let joins = |word: &&String| !CONNECTING.contains(*word);
        [
            self.words.iter().filter_map(first).collect(),
            self.words.iter().filter(joins).filter_map(first).collect(),
        ]
    }
}

fn is_cased(c: char) -> bool {
    !c.is_alphabetic() || c.is_lowercase() || c.is_uppercase()
}

/// The list holds singulars and plurals as they are; content words have lost their plural.
fn is_plural_of_any(word: &str) -> bool {
    ANY_STATES_BODY.contains(&format!("{word}s"))
}

fn parts(words: &[String]) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut after_abd = false;
    for (at, word) in words.iter().enumerate() {
        // What comes last is a name: "Kim Dong Ul".
        let is_particle = PARTICLES.contains(word) && at + 1 < words.len();
        // "Abd al-Karim" is "Abdul Karim".
        if after_abd && is_particle {
            parts.pop();
            parts.push("abdul".to_string());
            after_abd = false;
            continue;
        }
        after_abd = word == "abd";
        if !is_particle {
            parts.push(word.clone());
        }
    }
    if parts.is_empty() {
        words.to_vec()
    } else {
        parts
    }
}

fn content(words: &[String]) -> Vec<String> {
    let mut content = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let two = words.get(at..at + 2).map(|pair| pair.join(" "));
        let (state, length) = match two.and_then(|two| ADJECTIVES.get(&two)) {
            Some(state) => (Some(state), 2),
            None => (ADJECTIVES.get(&words[at]), 1),
        };
        match state {
            Some(state) => content.extend(state.split(' ').map(singular)),
            None if CONNECTING.contains(&words[at]) => {}
            // "US Relief Fund" is "United States Relief Fund".
            None if STATES
                .get(&words[at])
                .is_some_and(|s| tokens(s) != words[at..=at]) =>
            {
                let state = STATES.get(&words[at]).into_iter().flat_map(|s| tokens(s));
                content.extend(state.map(|word| singular(&word)));
            }
            None => content.push(singular(SPELLING.get(&words[at]).unwrap_or(&words[at]))),
        }
        at += length;
    }
    content
}

fn singular(word: &str) -> String {
    let is_plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    word.strip_suffix('s')
        .filter(|_| is_plural)
        .unwrap_or(word)
        .to_string()
}

/// How the words of two personal names differ that are spellings of one: as many parts, two at
/// least, each alike.
pub(super) fn same_person(a: &Name, b: &Name) -> Option<Vec<String>> {
    (a.parts.len() >= 2 && a.parts.len() == b.parts.len()).then_some(())?;
    let mut differences = Vec::new();
    for (x, y) in a.parts.iter().zip(&b.parts) {
        let Differences(more) = alike(x, y, false)?;
        differences.extend(more);
    }
    Some(differences)
}

/// Is a personal name of two parts at least a longer one with parts left out: its beginning, its
/// end, or its first and last with some between?
pub(super) fn is_part_of(short: &Name, long: &Name) -> bool {
    let (short, long) = (&short.parts, &long.parts);
    if short.len() < 2 || short.len() >= long.len() {
        return false;
    }
    let fits = |long: &[String]| {
        short
            .iter()
            .zip(long)
            .all(|(a, b)| alike(a, b, false).is_some())
    };
    let ends = alike(&short[0], &long[0], false).is_some()
        && alike(&short[short.len() - 1], &long[long.len() - 1], false).is_some();
    // "Orlo Front Ada Brisk": two first parts of four are no name of hers.
    let most = 2 * short.len() > long.len();
    most && fits(long) || fits(&long[long.len() - short.len()..]) || (ends && in_order(short, long))
}

/// Do all parts of one name stand in another, in that order?
fn in_order(short: &[String], long: &[String]) -> bool {
    let mut long = long.iter();
    short
        .iter()
        .all(|part| long.any(|p| alike(part, p, false).is_some()))
}

/// The part in which two personal names of two parts at least differ by one letter, all else being
/// the same: a slip. Short parts and last letters do not count: one letter makes another name of
/// them ("Petrov", "Petrova").
pub(super) fn slip(a: &Name, b: &Name) -> Option<usize> {
    if a.parts.len() < 2 || a.parts.len() != b.parts.len() {
        return None;
    }
    let mut differing = (0..a.parts.len()).filter(|at| a.parts[*at] != b.parts[*at]);
    let at = differing.next().filter(|_| differing.next().is_none())?;
    one_letter_apart(&a.parts[at], &b.parts[at]).then_some(at)
}

/// Do two names of as many parts differ in one part by a spelling of the same sounds, and in another
/// by one letter?
pub(super) fn spelling_and_slip(a: &Name, b: &Name) -> bool {
    // Shorter parts are too often two names.
    const LONG: usize = 8;
    if a.parts.len() < 2 || a.parts.len() != b.parts.len() {
        return false;
    }
    let (mut spelt, mut slips) = (0, 0);
    for (x, y) in a.parts.iter().zip(&b.parts).filter(|(x, y)| x != y) {
        if alike(x, y, false).is_some() {
            spelt += 1;
        } else if x.len().min(y.len()) >= LONG && one_letter_apart(x, y) {
            slips += 1;
        } else {
            return false;
        }
    }
    spelt == 1 && slips == 1
}

fn one_letter_apart(a: &str, b: &str) -> bool {
    const ENOUGH: usize = 6;
    let (mut a, mut b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() > b.len() {
        std::mem::swap(&mut a, &mut b);
    }
    if a.len() < ENOUGH || b.len() - a.len() > 1 || a.last() != b.last() {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let left = |letters: &[char]| letters.len().saturating_sub(start + end);
    match (left(&a), left(&b)) {
        (0, 1) => true,
        (1, 1) => true,
        // Two letters that changed places.
        (2, 2) => a[start] == b[start + 1] && a[start + 1] == b[start],
        _ => false,
    }
}

/// Is it a personal name with a part cut to its first letter ("N. Brisk", "Ada B. Brisk")?
pub(super) fn is_initialed(short: &Name, long: &Name) -> bool {
    let cut = |a: &String, b: &String| a.chars().count() == 1 && b.starts_with(a.as_str());
    let same = |(a, b): (&String, &String)| alike(a, b, false).is_some() || cut(a, b);
    let has_cut = short.parts.iter().any(|part| part.chars().count() == 1);
    let surname = short
        .parts
        .last()
        .is_some_and(|part| part.chars().count() > 1);
    has_cut
        && surname
        && short.parts.len() == long.parts.len()
        && short.parts.iter().zip(&long.parts).all(same)
}

/// Where in a full name a single part stands, counted from its end: 0 is the last.
pub(super) fn place_in(part: &str, full: &Name) -> Option<usize> {
    full.parts
        .iter()
        .rev()
        .position(|p| alike(p, part, false).is_some())
}

/// Do two full personal names exclude each other: the same last name with another first one, or no
/// part in common?
pub(super) fn exclude(a: &Name, b: &Name) -> bool {
    if a.parts.len() < 2 || b.parts.len() < 2 {
        return false;
    }
    if same_person(a, b).is_some() || is_part_of(a, b) || is_part_of(b, a) {
        return false;
    }
    if is_initialed(a, b) || is_initialed(b, a) || slip(a, b).is_some() {
        return false;
    }
    let same = |x: Option<&String>, y: Option<&String>| matches!((x, y), (Some(x), Some(y)) if alike(x, y, false).is_some());
    let one_surname = same(a.parts.last(), b.parts.last());
    let one_first = same(a.parts.first(), b.parts.first());
    let any = a
        .parts
        .iter()
        .any(|x| b.parts.iter().any(|y| alike(x, y, false).is_some()));
    !any || (one_surname && !one_first)
}
