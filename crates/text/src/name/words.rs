//! The words of a document as names are read from them: compounds in parts, and where capitals say
//! nothing.

use crate::document::Document;
use crate::tables;
use crate::world::{self, Entry};
use foldhash::fast::RandomState;
use rapporteur_model::{BlockKind, Span};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A word or mark, or the part of a hyphenated word that can be a name by itself.
#[derive(Clone, Debug)]
pub(crate) struct Word<'d> {
    pub span: Span,
    /// The token that it is, or is part of.
    pub token: usize,
    pub text: &'d str,
    /// In lower case, with straight apostrophes.
    pub lower: String,
    /// Is there white space before it?
    pub spaced: bool,
    /// Does it begin with a capital, or with a particle and a capital ("al-Orsolo")?
    pub capital: bool,
    /// Is it a mark and no word?
    pub mark: bool,
    /// Does it stand where a sentence begins, also after a colon or an opening quote?
    pub opens: bool,
    /// Can no name run from the word before into this one?
    pub apart: bool,
    /// Does it lie in a time expression?
    pub time: bool,
    /// Is it part of a name by its tag?
    pub proper: bool,
    /// Does the tree hang it on the word before as a further part of one name?
    pub flat: bool,
}

impl Word<'_> {
    /// Is it a few letters, all of them capitals?
    pub(crate) fn is_acronym(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1 && letters < 8 && !self.text.chars().any(char::is_lowercase)
    }
}

/// What the capitals of a sentence say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capitals {
    /// They mark names.
    Names,
    /// Every word has one, as in headlines.
    Words,
    /// Everything is in capitals.
    All,
}

/// A sentence as a range of words.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub words: Range<usize>,
    pub capitals: Capitals,
}

/// Of a document's words: its seed is not the text's to guess.
type OfWords<'d, V> = HashMap<&'d str, V, RandomState>;

/// The words of a document, and how often they are printed with and without a capital where that
/// says something.
pub(crate) struct Words<'d> {
    pub words: Vec<Word<'d>>,
    pub lines: Vec<Line>,
    /// Capitalised inside sentences.
    pub capital: OfWords<'d, usize>,
    /// In lower case.
    pub small: OfWords<'d, usize>,
    /// Words that never stand but with one and the same possession, twice at least: "Brisk's Café".
    pub owners: HashSet<&'d str, RandomState>,
}

impl<'d> Words<'d> {
    pub(crate) fn of(document: &'d Document<'_>) -> Words<'d> {
        let mut all = Words {
            words: Vec::with_capacity(document.tokens.len()),
            lines: Vec::with_capacity(document.sentences.len()),
            capital: OfWords::default(),
            small: OfWords::default(),
            owners: HashSet::default(),
        };
        let mut times = document.times.iter().map(|t| t.span).peekable();
        for sentence in &document.sentences {
            let start = all.words.len();
            let tokens = &document.tokens[sentence.tokens.clone()];
            for (index, token) in tokens.iter().enumerate() {
                while times.next_if(|t| t.end <= token.span.start).is_some() {}
                let time = times.peek().is_some_and(|t| t.overlaps(token.span));
                let opens = all.words[start..].iter().all(|w| w.mark)
                    || all.words.last().is_some_and(|w| opens_after(w));
                let mut apart = false;
                for part in parts(token.text) {
                    let text = &token.text[part.clone()];
                    let from = token.span.start;
                    all.words.push(Word {
                        span: Span::new(from + part.start, from + part.end),
                        token: sentence.tokens.start + index,
                        text,
                        lower: fold(text).to_lowercase(),
                        spaced: token.spaced && part.start == 0,
                        capital: is_capital(text),
                        mark: !text.chars().any(char::is_alphanumeric) && fold(text) != "'s",
                        opens,
                        apart,
                        time,
                        proper: token.fine.starts_with("NNP"),
                        flat: token.fine.starts_with("NNP") && token.relation == "flat",
                    });
                    apart = true;
                }
            }
            let words = start..all.words.len();
            let capitals = capitals(&all.words[words.clone()], sentence.kind);
            all.lines.push(Line { words, capitals });
        }
        all.count();
        all.find_owners();
        all
    }

    /// Counts how words are printed where capitals mark names.
    fn count(&mut self) {
        for line in self.lines.iter().filter(|l| l.capitals == Capitals::Names) {
            for word in &self.words[line.words.clone()] {
                let counts = if !word.capital {
                    &mut self.small
                } else if !word.opens {
                    &mut self.capital
                } else {
                    continue;
                };
                *counts.entry(word.text).or_default() += 1;
            }
        }
    }

    fn find_owners(&mut self) {
        // What follows a word wherever it stands, and how often; nothing where it is not always the same.
        let mut owned: OfWords<'d, (&'d str, usize)> = OfWords::default();
        for (at, word) in self.words.iter().enumerate().filter(|(_, w)| w.capital) {
            let possession = match &self.words[at + 1..] {
                [clitic, thing, ..] if clitic.lower == "'s" && thing.capital => thing.text,
                _ => "",
            };
            let (thing, times) = owned.entry(word.text).or_insert((possession, 0));
            *times += 1;
            if *thing != possession {
                *thing = "";
            }
        }
        self.owners = owned
            .into_iter()
            .filter(|(_, (thing, times))| !thing.is_empty() && *times > 1)
            .map(|(owner, _)| owner)
            .collect();
    }

    /// The words of a range as printed, with straight apostrophes and single spaces.
    pub(crate) fn phrase(&self, range: Range<usize>) -> String {
        let mut phrase = String::new();
        for (at, word) in self.words[range].iter().enumerate() {
            if at > 0 && word.spaced {
                phrase.push(' ');
            }
            phrase.push_str(&fold(word.text));
        }
        phrase
    }

    /// The longest name of the tables that begins at a word and ends by `end`: how many words, and
    /// what it is.
    pub(crate) fn known(&self, at: usize, end: usize, shouted: bool) -> Option<(usize, Entry)> {
        let first = self.words.get(at).filter(|_| at < end)?;
        let longest = *world::first_words().get(&first.lower)?;
        let longest = end.saturating_sub(at).min(longest);
        (1..=longest).rev().find_map(|n| {
            if n > 1 && self.words[at + n - 1].mark {
                return None;
            }
            let phrase = self.phrase(at..at + n);
            // "GENEVA (AP)", "USA TODAY": longer words in capitals, for weight.
            let loud = phrase.len() > 4
                && phrase.chars().any(char::is_uppercase)
                && !phrase.chars().any(char::is_lowercase);
            let phrase = if shouted || loud {
                *world::gazetteer_in_lower_case().get(&*phrase.to_lowercase())?
            } else {
                phrase.as_str()
            };
            Some((n, *world::gazetteer().get(phrase)?))
        })
    }

    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        match (self.words.get(range.start), range.end.checked_sub(1)) {
            (Some(first), Some(last)) if last >= range.start => {
                Span::new(first.span.start, self.words[last].span.end)
            }
            _ => Span::default(),
        }
    }
}

/// With straight apostrophes.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = text.chars().map(|c| match c {
        '\u{2019}' | '\u{2018}' | '\u{02bc}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    });
    Cow::Owned(plain.collect())
}

/// Marks after which a capital only says that words begin.
fn opens_after(word: &Word<'_>) -> bool {
    matches!(
        word.text,
        "`" | ":" | "\u{201c}" | "\u{2018}" | "\"" | "\u{ab}" | "\u{2022}" | "*"
    ) || word.mark
        && word
            .text
            .chars()
            .all(|c| matches!(c, '\u{2013}' | '\u{2014}' | '-' | '.'))
}

fn is_capital(text: &str) -> bool {
    if text.starts_with(char::is_uppercase) {
        return true;
    }
    // "al-Orsolo", "d'Arlon", "iPhone" is none.
    match text.split_once(['-', '\'', '\u{2019}']) {
        Some((particle, rest)) => {
            rest.starts_with(char::is_uppercase)
                && (particle.len() == 1 || tables::name_particles().contains(particle))
        }
        None => false,
    }
}

/// The parts of a word that can be names by themselves: "Velka-based" is `Velka` and `based`,
/// "Velkan-Lennish" two names, "Young-chan" one.
fn parts(text: &str) -> Vec<Range<usize>> {
    let whole = || std::iter::once(0..text.len()).collect();
    let Some(hyphen) = text.find(['-', '\u{2010}', '\u{2011}', '/']) else {
        return whole();
    };
    let slash = text[hyphen..].starts_with('/');
    let rest = text[hyphen..]
        .char_indices()
        .nth(1)
        .map_or(text.len(), |(at, _)| hyphen + at);
    let (first, last) = (&text[..hyphen], &text[rest..]);
    if world::gazetteer().contains_key(&*fold(text)) {
        return whole();
    }
    let known = |part: &str| world::gazetteer().contains_key(part);
    let starts = world::compound_starts().contains(&*first.to_lowercase()) && !world::is_role(last);
    let ends = last
        .split('-')
        .next()
        .is_some_and(|end| world::compound_ends().contains(end));
    let splits = first.starts_with(char::is_uppercase) && ends
        || starts && last.starts_with(char::is_uppercase)
        || (slash || known(first) || known(last))
            && first.starts_with(char::is_uppercase)
            && last.starts_with(char::is_uppercase)
            && (first.len() > 1 && last.len() > 1)
            && (known(last) || last.chars().all(char::is_uppercase));
    if splits {
        vec![0..hyphen, rest..text.len()]
    } else {
        whole()
    }
}

fn capitals(words: &[Word<'_>], kind: BlockKind) -> Capitals {
    let letters: Vec<&Word<'_>> = words
        .iter()
        .filter(|w| w.text.chars().any(char::is_alphabetic))
        .collect();
    if letters.len() > 2 && letters.iter().all(|w| w.text == w.text.to_uppercase()) {
        return Capitals::All;
    }
    // Small words stay small in most headlines; a verb in lower case says that it is none.
    let content: Vec<_> = letters
        .iter()
        .filter(|w| w.text.chars().count() > 1 && !tables::closed().contains_key(&*w.lower))
        .collect();
    let capital = content.iter().filter(|w| w.capital).count();
    let ordinary = content
        .iter()
        .filter(|w| world::common_words().contains(&*w.lower))
        .count();
    // "How Brisk Could Win": small words have no capital inside sentences.
    let raised = letters
        .iter()
        .filter(|w| w.capital && !w.opens && tables::closed().contains_key(&*w.lower))
        .count();
    let heading = matches!(kind, BlockKind::Headline | BlockKind::Heading);
    let enough = content.len() >= if heading { 3 } else { 4 };
    let stops = words.last().is_some_and(|w| w.text == ".");
    if enough && ordinary + raised > 1 && capital * 10 >= content.len() * if stops { 10 } else { 9 }
    {
        Capitals::Words
    } else {
        Capitals::Names
    }
}
