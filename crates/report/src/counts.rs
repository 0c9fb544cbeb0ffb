//! What is counted in texts: their characters, their commonest words, the runs of words they share.

use crate::blocks::Block;
use crate::hash::Hashed;
use crate::page::letters_of;
use crate::tables::COMMON_WORDS;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a text's characters are, counted in one pass.
#[derive(Default)]
pub(crate) struct Letters {
    pub commas: usize,
    /// Words that start with a capital.
    pub capitals: usize,
    pub digits: usize,
    pub quotes: usize,
    pub marks: usize,
    /// Ends of sentences.
    pub sentences: usize,
}

/// What a character is: a bit each.
mod is {
    pub(super) const SPACE: u8 = 1;
    pub(super) const CAPITAL: u8 = 1 << 1;
    pub(super) const COMMA: u8 = 1 << 2;
    pub(super) const DIGIT: u8 = 1 << 3;
    pub(super) const QUOTE: u8 = 1 << 4;
    pub(super) const MARK: u8 = 1 << 5;
    /// Ends a sentence.
    pub(super) const END: u8 = 1 << 6;
    /// May stand after a sentence's end.
    pub(super) const AFTER: u8 = 1 << 7;

    /// What each character of ASCII is.
    pub(super) const ASCII: [u8; 128] = {
        let mut table = [0; 128];
        let mut at = 0u8;
        while at < 128 {
            table[at as usize] = match at {
                b' ' | 9..=13 => SPACE,
                b'A'..=b'Z' => CAPITAL,
                b'0'..=b'9' => DIGIT,
                b',' => COMMA,
                b'"' => QUOTE | AFTER,
                b'|' | b'/' => MARK,
                b'.' | b'!' | b'?' => END,
                b')' | b'\'' => AFTER,
                _ => 0,
            };
            at += 1;
        }
        table
    };

    pub(super) fn other(c: char) -> u8 {
        match c {
            '，' | '،' => COMMA,
            '”' => QUOTE | AFTER,
            '“' | '«' | '»' => QUOTE,
            '·' | '•' | '›' | '→' | '©' => MARK,
            '…' | '。' | '؟' | '।' => END,
            '’' => AFTER,
            _ if c.is_whitespace() => SPACE,
            _ if c.is_uppercase() => CAPITAL,
            _ => 0,
        }
    }
}

pub(crate) fn letter_counts(text: &str) -> Letters {
    let mut out = Letters::default();
    let mut before = is::SPACE;
    let mut was_end = false;
    let mut take = |this: u8| {
        let is = |bit: u8| usize::from(this & bit > 0);
        out.capitals += is(is::CAPITAL) & usize::from(before & is::SPACE > 0);
        out.commas += is(is::COMMA);
        out.quotes += is(is::QUOTE);
        out.marks += is(is::MARK);
        out.digits += is(is::DIGIT);
        out.sentences += is(is::SPACE) & usize::from(was_end);
        was_end = this & is::END > 0 || was_end && this & is::AFTER > 0;
        before = this;
    };
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().take_while(u8::is_ascii).count();
        let (start, other) = rest.split_at(plain);
        start.bytes().for_each(|byte| {
            take(is::ASCII.get(usize::from(byte)).copied().unwrap_or(0));
        });
        let mut chars = other.chars();
        chars.next().map(is::other).into_iter().for_each(&mut take);
        rest = chars.as_str();
    }
    out.sentences += usize::from(was_end);
    out
}

/// Is one of a text's letters and some other letters the start of the other, and the text more than
/// a few words?
pub(crate) fn starts_alike(text: &str, letters: &str) -> bool {
    let mut others = letters.chars();
    let mut bytes = 0;
    for c in letters_of(text) {
        if others.next().is_some_and(|other| other != c) {
            return false;
        }
        bytes += c.len_utf8();
    }
    bytes > 20
}

/// The share of the commonest words among the first forty.
pub(crate) fn common(text: &str) -> f32 {
    const FIRST: usize = 40;
    let (mut all, mut known) = (0, 0);
    for word in text
        .split(|c: char| match c.is_ascii() {
            true => !c.is_ascii_alphanumeric() && c != '\'',
            false => !c.is_alphanumeric(),
        })
        .filter(|word| !word.is_empty())
        .take(FIRST)
    {
        all += 1;
        known += usize::from(packed(word).is_some_and(|word| SHORT_WORDS.contains(&word)));
    }
    known as f32 / all.max(1) as f32
}

/// A word of at most eight bytes as a number, ASCII letters in lower case.
fn packed(word: &str) -> Option<u64> {
    let add = |all: u64, byte: u8| all << 8 | u64::from(byte.to_ascii_lowercase());
    (word.len() <= 8).then(|| word.bytes().fold(0, add))
}

/// The commonest words of at most eight bytes.
static SHORT_WORDS: LazyLock<HashSet<u64, Hashed>> = LazyLock::new(|| {
    COMMON_WORDS
        .iter()
        .filter_map(|word| packed(word))
        .collect()
});

/// Which share of each block's runs of words stands in blocks before it, and after it.
pub(crate) fn doubled(grams: &Grams, count: usize) -> Vec<(f32, f32)> {
    // Of each run of words, the first and the last block that has it.
    let mut ends: HashMap<u64, (u32, u32), Hashed> =
        HashMap::with_capacity_and_hasher(grams.all.len(), Hashed::default());
    for at in 0..count {
        for gram in grams.of(at) {
            ends.entry(*gram).or_insert((at as u32, 0)).1 = at as u32;
        }
    }
    let share = |at: usize| {
        let (mut all, mut before, mut after) = (0.0f32, 0.0, 0.0);
        for gram in grams.of(at) {
            let (first, last) = ends.get(gram).copied().unwrap_or_default();
            all += 1.0;
            before += f32::from(u8::from((first as usize) < at));
            after += f32::from(u8::from(last as usize > at));
        }
        (before / all.max(1.0), after / all.max(1.0))
    };
    (0..count).map(share).collect()
}

/// The runs of three words of blocks.
pub(crate) struct Grams {
    all: Vec<u64>,
    /// Where each block's end.
    ends: Vec<usize>,
}

impl Grams {
    pub(crate) fn new(blocks: &[Block]) -> Grams {
        let mut all = vec![];
        let ends = blocks.iter().map(|block| {
            all.extend(grams(&block.text));
            all.len()
        });
        Grams {
            ends: ends.collect(),
            all,
        }
    }

    /// Those of a block.
    pub(crate) fn of(&self, at: usize) -> &[u64] {
        let end = |at: usize| self.ends.get(at).copied();
        let from = at.checked_sub(1).and_then(end).unwrap_or(0);
        self.all
            .get(from..end(at).unwrap_or(from))
            .unwrap_or_default()
    }
}

/// Which share of a text's runs of words is among those known.
pub(crate) fn share_of(grams: &[u64], known: &HashSet<u64, Hashed>) -> f32 {
    let here = grams.iter().filter(|gram| known.contains(gram)).count();
    here as f32 / grams.len().max(1) as f32
}

/// Hashes of three words in a row; of all words where there are fewer.
pub(crate) fn grams(text: &str) -> impl Iterator<Item = u64> + '_ {
    let mut before = [0u64; 2];
    let mut seen = 0;
    let few = text.split_whitespace().nth(2).is_none();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .filter_map(move |word| {
            let mut hash = 0xcbf2_9ce4_8422_2325u64;
            let mut add = |c: u32| hash = (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
            if word.is_ascii() {
                word.bytes()
                    .for_each(|byte| add(u32::from(byte.to_ascii_lowercase())));
            } else {
                word.chars()
                    .flat_map(char::to_lowercase)
                    .for_each(|c| add(u32::from(c)));
            }
            let [a, b] = before;
            before = [b, hash];
            seen += 1;
            let gram = a.rotate_left(21) ^ b.rotate_left(42) ^ hash;
            if few {
                Some(hash)
            } else {
                (seen >= 3).then_some(gram)
            }
        })
}
