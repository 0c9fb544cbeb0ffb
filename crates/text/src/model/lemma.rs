//! Base forms, by the rules and exceptions that the model's file carries.

use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::HashMap;

/// The longest ending that a rule looks at, in characters.
const LONGEST: usize = 5;
/// Names keep their capitals.
const NAMES: [&str; 2] = ["NNP", "NNPS"];

/// Rules by tag and ending, exceptions by tag and word.
pub(super) struct Lemmas<'f> {
    tags: HashMap<&'f str, Tag<'f>, FixedState>,
}

#[derive(Default)]
struct Tag<'f> {
    words: HashMap<&'f str, &'f str, FixedState>,
    /// By ending: how many characters go, what comes instead.
    rules: HashMap<&'f str, (usize, &'f str), FixedState>,
}

impl<'f> Lemmas<'f> {
    /// Reads lines `R TAG ENDING CUT ADDED` and `W TAG WORD LEMMA`, cells apart by tabs.
    pub fn read(table: &'f str) -> Lemmas<'f> {
        let mut tags: HashMap<&str, Tag<'_>, FixedState> = HashMap::default();
        for line in table.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            match cells[..] {
                ["R", tag, ending, cut, added] => {
                    let cut = cut.parse().unwrap_or(0);
                    tags.entry(tag)
                        .or_default()
                        .rules
                        .insert(ending, (cut, added));
                }
                ["W", tag, word, lemma] => {
                    tags.entry(tag).or_default().words.insert(word, lemma);
                }
                _ => {}
            }
        }
        Lemmas { tags }
    }

    /// The base form of a word with a tag of the Penn treebank: in lower case, but for names.
    pub fn of(&self, word: &str, tag: &str) -> String {
        let straight = match word.is_ascii() {
            true => Cow::Borrowed(word),
            false => Cow::Owned(word.replace(['\u{2018}', '\u{2019}'], "'")),
        };
        let word = match NAMES.contains(&tag) {
            true => straight.into_owned(),
            false => straight.to_lowercase(),
        };
        let Some(table) = self.tags.get(tag) else {
            return word;
        };
        if let Some(lemma) = table.words.get(&*word) {
            return lemma.to_string();
        }
        // A rule by the ending makes "favore" of "favored".
        if let Some(base) = Some(&*word)
            .filter(|_| tag.starts_with("VB"))
            .and_then(crate::lemma::verb_lemma)
        {
            return base;
        }
        // Where the last letters begin: of so many, counted from the end.
        let begins = |letters: usize| match letters.checked_sub(1) {
            None => Some(word.len()),
            Some(before) => word.char_indices().rev().nth(before).map(|(at, _)| at),
        };
        for ending in (0..=LONGEST).rev() {
            let rule = begins(ending).and_then(|at| table.rules.get(word.get(at..)?));
            if let Some((cut, added)) = rule
                && let Some(stem) = begins(*cut).and_then(|at| word.get(..at))
            {
                return format!("{stem}{added}");
            }
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TABLE: &str =
        "R\tVBD\ted\t2\t\nR\tVBD\tied\t3\ty\nR\tNNPS\ts\t1\t\nW\tVBD\ttook\ttake\nW\tPRP\tme\tI";

    #[test]
    fn the_longest_ending_holds() {
        let lemmas = Lemmas::read(TABLE);
        let check = |word: &str, tag: &str, lemma: &str| assert_eq!(lemmas.of(word, tag), lemma);
        check("Attacked", "VBD", "attack");
        check("denied", "VBD", "deny");
        check("took", "VBD", "take");
        check("Lenns", "NNPS", "Lenn");
        check("me", "PRP", "I");
        check("Orsolo", "XX", "orsolo");
    }

    proptest! {
        #[test]
        fn any_word_has_one(word: String) {
            Lemmas::read(TABLE).of(&word, "VBD");
        }
    }
}
