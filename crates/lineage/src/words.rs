//! A report's body as words, with just enough structure to compare two of them.

use rapporteur_model::{BlockKind, Report, Span};
use std::ops::Range;
use std::sync::OnceLock;

/// A word of the body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its bytes in the body.
    pub span: Span,
    /// Hash of the whole word in lower case: what verbatim runs compare.
    pub exact: u64,
    /// Hash of its first letters, so that "seized" and "seizing" meet; `None` for words that say
    /// nothing by themselves.
    pub content: Option<u64>,
    /// Does it begin with a capital or a digit?
    pub marked: bool,
    /// Does it stand in quotation marks?
    pub quoted: bool,
}

/// A sentence: its words, and the content words among them, sorted and each once.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub words: Range<usize>,
    pub content: Vec<u64>,
    /// Those of its content words that are names or numbers.
    pub marked: Vec<u64>,
}

/// A report's body as words.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub words: Vec<Word>,
    /// The words of each block.
    pub blocks: Vec<Range<usize>>,
    pub sentences: Vec<Sentence>,
    /// Every content word of the sentences, sorted, with the number of sentences it stands in.
    pub content: Vec<(u64, u32)>,
}

/// How many letters of a word count when sentences are compared: a stemmer for all languages that
/// inflect at the end.
const STEM: usize = 6;

/// A message shown inside a report is signed with its writer's handle: "— Ada Brisk (@brisk)".
const SIGNED: &str = "(@";

impl Words {
    /// All there is to know for comparing.
    pub(crate) fn of(report: &Report) -> Words {
        Words::scan(report).complete()
    }

    /// The words, blocks and sentences, without what the sentences are about.
    pub(crate) fn scan(report: &Report) -> Words {
        let mut all = Words {
            words: Vec::with_capacity(report.body().len() / 6),
            blocks: Vec::new(),
            sentences: Vec::new(),
            content: Vec::new(),
        };
        for block in report.blocks() {
            if let Some(text) = report.slice(block.span) {
                let quotation = block.kind == BlockKind::Quotation || text.contains(SIGNED);
                let start = all.words.len();
                all.add_block(text, block.span.start, quotation);
                if all.words.len() > start {
                    all.blocks.push(start..all.words.len());
                }
            }
        }
        all
    }

    /// With what the sentences are about.
    pub(crate) fn complete(mut self) -> Words {
        for sentence in &mut self.sentences {
            let words = &self.words[sentence.words.clone()];
            let sorted = |take: fn(&Word) -> bool| -> Vec<u64> {
                let chosen = words.iter().filter(|w| take(w));
                let mut content: Vec<u64> = chosen.filter_map(|w| w.content).collect();
                content.sort_unstable();
                content.dedup();
                content
            };
            sentence.content = sorted(|_| true);
            sentence.marked = sorted(|w| w.marked);
        }
        self.content = counted(&self.sentences);
        self
    }

    /// The bytes that a range of words covers.
    pub(crate) fn span(&self, words: Range<usize>) -> Span {
        match (
            self.words.get(words.start),
            self.words.get(words.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if words.start < words.end => first.span.hull(last.span),
            _ => Span::default(),
        }
    }

    fn add_block(&mut self, text: &str, offset: usize, quotation: bool) {
        let mut quotes = QuoteMarks::default();
        let mut sentence_start = self.words.len();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if c.is_alphanumeric() {
                let end = at + word_length(&text[at..], c);
                let span = Span::new(offset + at, offset + end);
                self.words
                    .push(word(&text[at..end], span, quotation || quotes.inside()));
                at = end;
                continue;
            }
            quotes.see(text, at, c);
            at += c.len_utf8();
            if ends_sentence(text, at, c) {
                self.add_sentence(sentence_start);
                sentence_start = self.words.len();
            }
        }
        self.add_sentence(sentence_start);
    }

    fn add_sentence(&mut self, start: usize) {
        let words = start..self.words.len();
        if words.is_empty() {
            return;
        }
        self.sentences.push(Sentence {
            words,
            content: Vec::new(),
            marked: Vec::new(),
        });
    }
}

fn counted(sentences: &[Sentence]) -> Vec<(u64, u32)> {
    let mut all: Vec<u64> = (sentences.iter())
        .flat_map(|sentence| sentence.content.iter().copied())
        .collect();
    all.sort_unstable();
    (all.chunk_by(|a, b| a == b))
        .filter_map(|same| Some((*same.first()?, same.len() as u32)))
        .collect()
}

fn word(text: &str, span: Span, quoted: bool) -> Word {
    let mut exact = EMPTY;
    let mut stem = None;
    let mut length = 0;
    // "7,000" and "7000" are one number.
    if text.is_ascii() {
        for byte in text.bytes().filter(u8::is_ascii_alphanumeric) {
            if length == STEM {
                stem = Some(mix(exact));
            }
            exact = feed_byte(exact, byte.to_ascii_lowercase());
            length += 1;
        }
    } else {
        let kept = text.chars().filter(|c| c.is_alphanumeric() || is_mark(*c));
        for c in kept.flat_map(char::to_lowercase) {
            if length == STEM {
                stem = Some(mix(exact));
            }
            exact = feed(exact, c.encode_utf8(&mut [0; 4]));
            length += 1;
        }
    }
    let exact = mix(exact);
    let is_function_word = function_words().has(exact);
    let first = text.chars().next();
    Word {
        span,
        exact,
        content: (!is_function_word).then(|| stem.unwrap_or(exact)),
        marked: first.is_some_and(|c| c.is_uppercase() || c.is_numeric()),
        quoted,
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}')
}

/// Is it a letter of a script that does not put spaces between words? Such a letter is a word here.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The length in bytes of the word that `text` begins with. Hyphens and apostrophes divide words,
/// separators inside a number do not.
fn word_length(text: &str, first: char) -> usize {
    if stands_alone(first) {
        return first.len_utf8();
    }
    let mut before = first;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, ',' | '.')
            && before.is_ascii_digit()
            && chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
        if !joins && !is_mark(c) && (!c.is_alphanumeric() || stands_alone(c)) {
            return at;
        }
        before = c;
    }
    text.len()
}

/// Does the mark `c`, which ends at `at`, end a sentence? Rough: initials and short capitalised
/// words ("Gen.", "U.S.") keep their stop, and both reports of a pair are cut alike.
fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    if matches!(c, '。' | '！' | '？' | '।' | '؟' | '۔') {
        return true;
    }
    if !matches!(c, '.' | '!' | '?' | '…') {
        return false;
    }
    let mut rest = text[at..].chars().skip_while(|c| is_closing(*c));
    if !rest.next().is_none_or(char::is_whitespace) {
        return false;
    }
    let word_before: Vec<char> = (text[..at - c.len_utf8()].chars().rev())
        .take_while(|c| c.is_alphanumeric())
        .take(4)
        .collect();
    let is_short = word_before.len() <= 3
        && word_before.iter().all(|c| c.is_alphabetic())
        && word_before.last().is_some_and(|c| c.is_uppercase());
    !(c == '.' && is_short)
        && rest
            .find(|c| !c.is_whitespace())
            .is_none_or(|next| !next.is_lowercase())
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']')
}

/// Which quotation is open at this place of a block. An open one ends with its block.
#[derive(Default)]
struct QuoteMarks {
    open: Option<Marks>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    Double,
    Angle,
    Corner,
    Single,
}

impl QuoteMarks {
    fn inside(&self) -> bool {
        self.open.is_some()
    }

    fn see(&mut self, text: &str, at: usize, c: char) {
        let kind = match c {
            '"' | '“' | '”' | '„' | '‟' => Marks::Double,
            '«' | '»' => Marks::Angle,
            '「' | '」' | '『' | '』' => Marks::Corner,
            '\'' | '‘' | '’' => Marks::Single,
            _ => return,
        };
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        let word_before = before.is_some_and(char::is_alphanumeric);
        let word_after = after.is_some_and(char::is_alphanumeric);
        match self.open {
            // An apostrophe is no mark: inside a word, or before one that is not the first.
            _ if kind == Marks::Single && word_before && word_after => {}
            Some(open) if open == kind && (kind != Marks::Single || !word_after) => {
                self.open = None;
            }
            None if kind != Marks::Single || (!word_before && word_after) => self.open = Some(kind),
            _ => {}
        }
    }
}

/// FNV-1a with a final mix: the same on every machine and in every version.
pub(crate) fn hash(text: &str) -> u64 {
    mix(feed(EMPTY, text))
}

const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

fn feed(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, feed_byte)
}

fn feed_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Spreads every bit of a hash over all of it.
pub(crate) fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// The hashes of the words in the table.
struct Listed {
    sorted: Vec<u64>,
    /// A bit for the first bits of each: most words are not in the table.
    first_bits: [u64; 64],
}

impl Listed {
    fn has(&self, hash: u64) -> bool {
        let at = (hash >> 52) as usize;
        self.first_bits[at / 64] >> (at % 64) & 1 == 1 && self.sorted.binary_search(&hash).is_ok()
    }
}

fn function_words() -> &'static Listed {
    static WORDS: OnceLock<Listed> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lines = include_str!("../data/en/function_words.txt").lines();
        let words = lines
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace);
        let mut sorted: Vec<u64> = words.map(hash).collect();
        sorted.sort_unstable();
        let mut first_bits = [0; 64];
        for at in sorted.iter().map(|hash| (hash >> 52) as usize) {
            first_bits[at / 64] |= 1 << (at % 64);
        }
        Listed { sorted, first_bits }
    })
}

/// The hashes of all runs of `length` words, in order; one of all words where there are fewer.
pub(crate) fn shingles(words: &[Word], length: usize) -> Vec<u64> {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    if words.is_empty() {
        return Vec::new();
    }
    let length = length.clamp(1, words.len());
    let add = |rolling: u64, word: &Word| rolling.wrapping_mul(STEP).wrapping_add(word.exact);
    // What the first word of a run weighs when the last has been added.
    let first = (1..length).fold(1_u64, |weight, _| weight.wrapping_mul(STEP));
    let mut rolling = words[..length - 1].iter().fold(0, add);
    let runs = words.iter().zip(&words[length - 1..]);
    runs.map(|(leaves, comes)| {
        let here = add(rolling, comes);
        rolling = here.wrapping_sub(leaves.exact.wrapping_mul(first));
        mix(here)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use rapporteur_model::Masthead;

    fn check(body: &str, expected: Expect) {
        let report = Report::new(Masthead::default(), body.to_string(), vec![]);
        let words = Words::of(&report);
        let mut out = String::new();
        for sentence in &words.sentences {
            let shown: Vec<String> = (words.words[sentence.words.clone()].iter())
                .map(|word| {
                    let text = report.slice(word.span).unwrap_or_default();
                    let text = if word.quoted {
                        format!("“{text}”")
                    } else {
                        text.to_string()
                    };
                    match word.content {
                        Some(_) => text,
                        None => format!("({text})"),
                    }
                })
                .collect();
            out += &shown.join(" ");
            out.push('\n');
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn words_sentences_and_quotations() {
        check(
            "Gen. Orsolo's men took 7,000 rifles, he said. “We won.” Then silence.",
            expect![[r#"
                Gen Orsolo (s) men (took) 7,000 rifles (he) (said)
                (“We”) “won”
                (Then) silence
            "#]],
        );
        check(
            "'We are the people's army,' he said, and the soldiers' wives cheered.",
            expect![[r#"
                (“We”) (“are”) (“the”) “people” (“s”) “army” (he) (said) (and) (the) soldiers wives cheered
            "#]],
        );
        check(
            "战争结束了。和平。",
            expect![[r#"
                战 争 结 束 了
                和 平
            "#]],
        );
    }

    #[test]
    fn an_open_quotation_ends_with_its_block() {
        check(
            "\"We hold Velka.\nThe army denies it.",
            expect![[r#"
                (“We”) “hold” “Velka”
                (The) army denies (it)
            "#]],
        );
    }
}
