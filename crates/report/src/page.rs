//! A page: what every way in yields, before its own text is told from the rest.

use crate::class::Class;
use jiff::Timestamp;
use memchr::memchr3_iter;
use rapporteur_model::{BlockKind, Masthead};
use std::borrow::Cow;

/// A page as it was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    /// What the page's own markup says of itself, or a collection's fields.
    pub masthead: Masthead,
    /// Its lines in order, none of them blank.
    pub lines: Vec<Line>,
    /// Short lines around the headline of a marked-up page, outside its own text: writer and date.
    pub around: Vec<String>,
    /// The moments behind the masthead's days.
    pub moments: Moments,
    /// What a reader of the record should know of how it was read.
    pub notes: Vec<String>,
}

/// The moments of publication and of the last change, where the day that the masthead has was taken from one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Moments {
    pub published: Option<Timestamp>,
    pub modified: Option<Timestamp>,
}

/// A line of a page: a paragraph, a heading, an item.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its words, cleaned by [`clean`].
    pub text: String,
    /// What its markup says it is.
    pub kind: BlockKind,
    /// Was it marked up at all? Without markup, only its shape and place tell what it is.
    pub marked: bool,
    /// What the tables say of it, where they were asked already.
    pub class: Option<Class>,
}

impl Line {
    pub(crate) fn plain(text: String) -> Line {
        Line {
            text,
            kind: BlockKind::Paragraph,
            marked: false,
            class: None,
        }
    }
}

/// White space collapsed to single spaces, invisible characters left out, nothing else changed.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut from = 0;
    let mut take = |from: usize, to: usize, gap: &mut bool| {
        if from < to {
            if *gap && !out.is_empty() {
                out.push(' ');
            }
            *gap = false;
            out.push_str(text.get(from..to).unwrap_or_default());
        }
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        // A single space between words stays where it is.
        let is_plain = |at: usize| bytes.get(at).is_some_and(|byte| !may_be_odd(*byte));
        if *byte == b' ' && from < at && is_plain(at + 1) {
            at += 2;
        } else if may_be_odd(*byte) {
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            let Some(c) = c else { break };
            let (space, length) = (c.is_whitespace(), c.len_utf8());
            if space || is_invisible(c) {
                take(from, at, &mut gap);
                gap |= space;
                from = at + length;
            }
            at += length;
        } else {
            at += 1;
        }
    }
    take(from, bytes.len(), &mut gap);
    out
}

/// Can a character that starts with this byte be white space or show nothing?
fn may_be_odd(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7f || matches!(byte, 0xc2 | 0xe1..=0xe3 | 0xef)
}

/// Zero-width spaces, soft hyphens, byte order marks, direction marks and control characters: they
/// show nothing and would hide that two words are the same. Joiners stay, since scripts need them.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'
            ..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffc}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// A line in the form in which tables and repeats are compared: lower case, straight quotes.
pub(crate) fn fold(text: &str) -> String {
    straight(text).to_lowercase()
}

/// Curly quotes made straight; every other character stays.
pub(crate) fn straight(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    // The first bytes of all these characters.
    for at in memchr3_iter(b'`', 0xc2, 0xe2, text.as_bytes()) {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            continue;
        };
        let plain = match c {
            '‘' | '’' | '‚' | '‛' | '´' | '`' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push(plain);
        from = at + c.len_utf8();
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Letters and digits only, in lower case: two headlines that print the same words are the same.
pub(crate) fn letters(text: &str) -> String {
    if text.is_ascii() {
        let mut out = String::with_capacity(text.len());
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        out.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
        return out;
    }
    letters_of(text).collect()
}

/// The nearest character boundary at or below a byte.
pub(crate) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Do two texts print the same letters and digits?
pub(crate) fn same_letters(one: &str, other: &str) -> bool {
    letters_of(one).eq(letters_of(other))
}

/// The first of a text's [`letters`].
pub(crate) fn first_letter(text: &str) -> Option<char> {
    letters_of(text).next()
}

/// The characters of [`letters`], one by one.
pub(crate) fn letters_of(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// How many words; in scripts without spaces, two characters count as one.
pub(crate) fn count_words(text: &str) -> usize {
    if text.is_ascii() {
        let is_space = |byte: &u8| *byte == b' ' || (9..=13).contains(byte);
        let bytes = text.as_bytes();
        let starts = bytes.iter().zip(bytes.iter().skip(1));
        let starts = starts.filter(|(before, byte)| is_space(before) && !is_space(byte));
        return starts.count() + usize::from(bytes.first().is_some_and(|byte| !is_space(byte)));
    }
    // The first bytes of these scripts' characters; most texts have none.
    let is_dense = |byte: u8| matches!(byte, 0xe0 | 0xe1 | 0xe3..=0xe9);
    let (mut words, mut in_word, mut dense) = (0, false, false);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let space = match *byte {
            // White space beyond ASCII starts with one of these.
            0xc2 | 0xe1..=0xe3 => text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .is_some_and(char::is_whitespace),
            0x80..=0xbf => !in_word,
            byte => byte == b' ' || (9..=13).contains(&byte),
        };
        words += usize::from(!space && !in_word);
        in_word = !space;
        dense |= is_dense(*byte);
    }
    if !dense {
        return words;
    }
    let dense = text
        .chars()
        .filter(|c| matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}'))
        .count();
    words + dense / 2
}

/// Does a text have so many words? Long texts are not counted to their end.
pub(crate) fn has_words(text: &str, least: usize) -> bool {
    // A word and the space after it take two bytes: a long start is enough for those who ask.
    let start = text.get(..floor(text, least * 16)).unwrap_or(text);
    count_words(start) >= least || start.len() < text.len() && count_words(text) >= least
}

/// Does it end as a sentence does? A colon counts where enough words stand before it.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let core = text.trim_end_matches(|c: char| {
        matches!(
            c,
            '"' | '\'' | '”' | '’' | '»' | '“' | '‘' | ')' | ']' | ' ' | '*'
        )
    });
    match core.chars().next_back() {
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '։' | '።') => {
            true
        }
        Some(':' | ';' | '：') => has_words(core, 5),
        _ => false,
    }
}

/// Running text: a sentence of some length, or many words even without its end.
pub(crate) fn is_running(text: &str) -> bool {
    has_words(text, 6) && (ends_sentence(text) || has_words(text, 28))
}

/// A whole sentence, however short.
pub(crate) fn is_sentence(text: &str) -> bool {
    has_words(text, 2) && ends_sentence(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_and_invisible_characters_change() {
        assert_eq!(
            clean("\u{feff} “Velka’s\u{a0} \t fall” –\u{ad} he\u{200b} said…\u{0} "),
            "“Velka’s fall” – he said…"
        );
        assert_eq!(clean("می\u{200c}شود"), "می\u{200c}شود");
        assert_eq!(clean("  a b  c d \u{200b} e\tf "), "a b c d e f");
        assert_eq!(straight("„Velka‘s` – «fall»"), "\"Velka's' – \"fall\"");
        assert!(matches!(straight("© Velka – …"), Cow::Borrowed(_)));
    }

    #[test]
    fn letters_of_any_script() {
        assert_eq!(letters("Velka’s 2nd FALL"), "velkas2ndfall");
        assert_eq!(letters("VELKA'S 2nd fall"), "velkas2ndfall");
        assert_eq!(letters("ÉTAT, ⅷ"), "étatⅷ");
        assert_eq!(first_letter("“Zoë”"), Some('z'));
    }

    #[test]
    fn sentences_end_inside_quotes_and_brackets_too() {
        assert!(is_running("The army took Velka on Monday (again.)"));
        assert!(is_running("“We took Velka on Monday morning.”"));
        assert!(!is_running("New round of talks opens in Port Lenn"));
        assert!(!is_running("MORE ON THE TOPIC:"));
        assert!(is_sentence("“No.” He left."));
        assert!(is_running("军队星期一占领了维尔卡市，国防部发言人说。"));
    }
}
