//! A printed name as words to be set against another's.

use super::NameOf;
use crate::entities::tables::{
    CONNECTING, HONORIFICS, LETTERS, NUMBER_VALUES, ORDINAL_ENDINGS, ORGANIZATION_FORMS, PARTICLES,
    SPELLING, STATES,
};
use crate::words::tokens;
use std::ops::Range;

/// No name has more words that are compared; work grows with their square.
const MOST_WORDS: usize = 24;

/// What a word does in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Name,
    Number,
    /// Joins others: "of", "and".
    Connecting,
}

#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) letters: Vec<char>,
    pub(super) role: Role,
}

impl Word {
    fn new(text: String, role: Role) -> Word {
        let letters = text.chars().collect();
        Word {
            text,
            letters,
            role,
        }
    }
}

/// A name taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    pub(super) words: Vec<Word>,
    /// What its legal forms amount to.
    pub(super) forms: Vec<&'static str>,
    /// Words that say who or what a person is.
    pub(super) titles: Vec<String>,
    /// How many of its words do not count in full.
    is_person: bool,
}

impl Printed {
    fn of(mut words: Vec<String>, of: NameOf) -> Printed {
        words.truncate(2 * MOST_WORDS);
        let mut name = Printed {
            is_person: of == NameOf::Person,
            ..Printed::default()
        };
        let words = match of {
            NameOf::Person => name.without_titles(words),
            NameOf::Thing => name.without_forms(words),
        };
        for word in numbered(words).into_iter().take(MOST_WORDS) {
            let role = match word.chars().any(|c| c.is_ascii_digit()) {
                true => Role::Number,
                false if of == NameOf::Thing && is_roman(&word) => Role::Number,
                false if of == NameOf::Thing && CONNECTING.contains(&word) => Role::Connecting,
                false => Role::Name,
            };
            let repeated =
                name.is_person && name.words.iter().rev().take(1).any(|w| w.text == word);
            if !repeated {
                name.words.push(Word::new(word, role));
            }
        }
        name
    }

    /// A title is left out where a name of two words is left, or one that is all there is.
    fn without_titles(&mut self, words: Vec<String>) -> Vec<String> {
        let is_title = |word: &String| HONORIFICS.contains(word);
        let names = words
            .iter()
            .filter(|word| !is_title(word) && word.chars().count() > 1)
            .count();
        if names < 2 {
            return words;
        }
        let (titles, names) = words.into_iter().partition(is_title);
        self.titles = titles;
        names
    }

    fn without_forms(&mut self, words: Vec<String>) -> Vec<String> {
        let mut left: Vec<String> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let form = (1..=5).rev().find_map(|length| {
                let phrase = words.get(at..at + length)?.join(" ");
                Some((length, ORGANIZATION_FORMS.get(&phrase)?))
            });
            match form {
                Some((length, form)) => {
                    self.forms.push(form);
                    at += length;
                }
                None => {
                    let spelt = SPELLING.get(&words[at]).unwrap_or(&words[at]);
                    match STATES.get(spelt) {
                        Some(state) => left.extend(tokens(state)),
                        None => left.push(spelt.clone()),
                    }
                    at += 1;
                }
            }
        }
        match left.is_empty() {
            true => words,
            false => left,
        }
    }

    /// How much a word counts for its name: particles little.
    pub(super) fn weight(&self, at: usize) -> f64 {
        let Some(word) = self.words.get(at) else {
            return 0.0;
        };
        match word.role {
            Role::Connecting => 0.1,
            _ if self.is_person && PARTICLES.contains(&word.text) => 0.2,
            _ if self.is_person && word.letters.len() == 1 => 0.4,
            _ => 1.0,
        }
    }

    pub(super) fn shown(&self, range: Range<usize>) -> String {
        let words = self.words.get(range).unwrap_or_default();
        words
            .iter()
            .map(|word| word.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(super) fn first_letter(&self, range: &Range<usize>) -> Option<char> {
        self.words.get(range.start)?.letters.first().copied()
    }

    /// First letters, with and without connecting words.
    pub(super) fn initials(&self) -> impl Iterator<Item = String> {
        let first = |w: &Word| w.letters.first().copied();
        let all: String = self.words.iter().filter_map(first).collect();
        let names = self.words.iter().filter(|w| w.role != Role::Connecting);
        [all, names.filter_map(first).collect()].into_iter()
    }
}

/// Both names; where one of them alone is in Latin letters, the other in Latin letters too.
pub(super) fn both(a: &str, b: &str, of: NameOf) -> (Printed, Printed) {
    let (x, y) = (tokens(a), tokens(b));
    let latin = |words: &[String]| words.iter().all(|w| w.is_ascii());
    let (x, y) = match (latin(&x), latin(&y)) {
        (true, false) => (x, romanized(y)),
        (false, true) => (romanized(x), y),
        _ => (x, y),
    };
    (Printed::of(x, of), Printed::of(y, of))
}

fn romanized(words: Vec<String>) -> Vec<String> {
    let letter = |c: char| LETTERS.get(&c).cloned().unwrap_or_else(|| c.to_string());
    words
        .iter()
        .map(|word| word.chars().map(letter).collect())
        .collect()
}

/// "44" of "44th".
fn cardinal(word: &str) -> &str {
    let figures = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = word.get(figures.len()..).unwrap_or_default();
    match ORDINAL_ENDINGS.contains(ending) && figures.chars().all(|c| c.is_ascii_digit()) {
        true => figures,
        false => word,
    }
}

/// Is it a Roman number of two digits at least?
fn is_roman(word: &str) -> bool {
    word.len() >= 2 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

/// Numbers in words as figures: "forty", "four" is 44.
fn numbered(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut tens: Option<u32> = None;
    for word in words {
        let value = NUMBER_VALUES.get(&word).copied();
        match (tens.take(), value) {
            (Some(ten), Some(one)) if one < 10 => {
                out.pop();
                out.push((ten + one).to_string());
            }
            (_, Some(value)) => {
                tens = Some(value).filter(|v| v % 10 == 0 && (20..100).contains(v));
                out.push(value.to_string());
            }
            (_, None) => out.push(cardinal(&word).to_string()),
        }
    }
    out
}
