//! Words, numbers and marks.

use crate::document::{Sentence, Tag, Token};
use crate::tables;
use rapporteur_model::{Report, Span};

/// Splits the body's blocks into tokens. Clitics are tokens of their own (`Orsolo` `'s`, `do` `n't`),
/// numbers keep their separators (`7,000`, `2.5`), hyphenated words stay whole, and a full stop
/// belongs to a word only in abbreviations and initials.
pub(crate) fn split(report: &Report) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(report.body().len() / 5);
    for (block, Span { start, end }) in report.blocks().iter().map(|b| b.span).enumerate() {
        if let Some(text) = report.body().get(start..end) {
            split_block(text, start, block, &mut tokens);
        }
    }
    tokens
}

/// Tokens and sentences from words that are given.
pub(crate) fn given<'r>(
    report: &'r Report,
    given: &[Vec<Span>],
) -> (Vec<Token<'r>>, Vec<Sentence>) {
    let (mut tokens, mut sentences): (Vec<Token<'r>>, Vec<Sentence>) = (vec![], vec![]);
    for words in given {
        let first = tokens.len();
        for span in words {
            let end = tokens.last().map_or(0, |t: &Token<'_>| t.span.end);
            let blocks = report.blocks();
            let block = blocks.partition_point(|b| b.span.end <= span.start);
            let text = report.slice(*span).filter(|t| !t.is_empty());
            if let Some(text) = text.filter(|_| end <= span.start && block < blocks.len()) {
                tokens.push(token(text, *span, end < span.start || end == 0, block));
            }
        }
        if let (Some(start), Some(end)) = (tokens.get(first), tokens.last()) {
            sentences.push(Sentence {
                span: Span::new(start.span.start, end.span.end),
                tokens: first..tokens.len(),
                block: start.block,
                kind: report.blocks()[start.block].kind,
            });
        }
    }
    (tokens, sentences)
}

fn split_block<'r>(text: &'r str, offset: usize, block: usize, tokens: &mut Vec<Token<'r>>) {
    let mut spaced = true;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            spaced = true;
            at += c.len_utf8();
            continue;
        }
        let end = at
            + if c.is_alphanumeric() {
                word_length(&text[at..])
            } else {
                mark_length(&text[at..], c)
            };
        push(text, at, end, offset, block, spaced, tokens);
        spaced = false;
        at = end;
    }
}

/// Adds one word as one to three tokens: the word, and a clitic cut from its end.
fn push<'r>(
    text: &'r str,
    start: usize,
    end: usize,
    offset: usize,
    block: usize,
    spaced: bool,
    tokens: &mut Vec<Token<'r>>,
) {
    let word = &text[start..end];
    let cut = start + clitic(word);
    let mut add = |from: usize, to: usize, spaced: bool| {
        if from < to {
            let span = Span::new(offset + from, offset + to);
            tokens.push(token(&text[from..to], span, spaced, block));
        }
    };
    add(start, cut, spaced);
    add(cut, end, spaced && cut == start);
}

/// A token that nothing is known of but its letters.
pub(crate) fn token(text: &str, span: Span, spaced: bool, block: usize) -> Token<'_> {
    let lower = fold(text);
    let tag = if text.chars().any(char::is_alphanumeric) || lower == "'s" {
        Tag::Noun
    } else {
        Tag::Punct
    };
    Token {
        span,
        text,
        lemma: lower.clone(),
        lower,
        tag,
        upos: tag,
        form: None,
        fine: "",
        head: None,
        relation: "",
        spaced,
        block,
    }
}

fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .collect::<String>()
        .to_lowercase()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}')
}

/// Where the clitic begins that ends the word; its length where there is none.
fn clitic(word: &str) -> usize {
    let Some((at, _)) = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c)) else {
        return word.len();
    };
    let (before, after) = (&word[..at], fold(&word[at..]));
    if before.is_empty() {
        return word.len();
    }
    match after.as_str() {
        "'t" if before.len() > 1 && before.ends_with(['n', 'N']) => at - 1,
        "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" => at,
        _ => word.len(),
    }
}

/// The length of the word or number at the start of `text`.
fn word_length(text: &str) -> usize {
    let bytes_of = |c: char| c.len_utf8();
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let before = text[..at].chars().next_back();
        let inside = match c {
            _ if c.is_alphanumeric() => true,
            // Combining marks and joiners belong to the letter before.
            '\u{0300}'..='\u{036f}' | '\u{200c}' | '\u{200d}' => true,
            '.' | ',' | ':' | '/' => {
                let digits = before.is_some_and(|b| b.is_ascii_digit())
                    && next.is_some_and(|n| n.is_ascii_digit());
                digits
                    || c == '.'
                        && full_stop_inside(
                            &text[..at],
                            text[at..].chars().nth(1),
                            next_is_capital_word(&text[at + 1..]),
                        )
            }
            _ if is_apostrophe(c) => {
                before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)
            }
            '-' | '\u{2010}' | '\u{2011}' | '&' | '_' | '@' => {
                next.is_some_and(char::is_alphanumeric)
                    && !dash_before_clause(&text[at + c.len_utf8()..])
            }
            _ => false,
        };
        if !inside {
            break;
        }
        end = at + bytes_of(c);
    }
    // "U.N." keeps its last stop, and so do the table's abbreviations.
    // "14-Aug." as well.
    let word = &text[..end];
    let last = || {
        let digit = word.starts_with(|c: char| c.is_ascii_digit());
        word.rsplit('-').next().filter(|_| digit).unwrap_or(word)
    };
    if text[end..].starts_with('.')
        && (is_initials(word) || tables::abbreviations().contains(&*fold(last())))
    {
        end += 1;
    }
    end
}

/// Is the stop after `word` part of initials ("U.N.") or of a name with dots ("news.example")?
fn full_stop_inside(word: &str, next: Option<char>, capital_word: bool) -> bool {
    let Some(next) = next.filter(|n| n.is_alphanumeric()) else {
        return false;
    };
    let last = word.rsplit(['.', '-']).next().unwrap_or(word);
    if last.chars().count() == 1 && last.chars().all(char::is_alphabetic) {
        return true;
    }
    // "ended.The army": a missing space, not a name with dots.
    next.is_lowercase()
        && !capital_word
        && last.chars().all(char::is_alphanumeric)
        && !last.is_empty()
}

fn next_is_capital_word(rest: &str) -> bool {
    rest.chars().next().is_some_and(char::is_uppercase)
}

/// A hyphen typed for a dash: "the table-but the field".
fn dash_before_clause(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    tables::dash_words().contains(&*word) && rest[word.len()..].starts_with(' ')
}

fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    word.contains('.')
        && parts.all(|p| p.chars().count() == 1 && p.chars().all(char::is_alphabetic))
        || word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I"
}

/// Marks stand alone, but for runs of the same full stop, dash or apostrophe.
fn mark_length(text: &str, first: char) -> usize {
    if is_apostrophe(first) {
        // A clitic after a space or a bracket: "the Lenns 's".
        let rest = &text[first.len_utf8()..];
        // Two typed for one double mark: ''like this''.
        if rest.starts_with(first) || first == '`' && rest.starts_with('`') {
            return 2 * first.len_utf8();
        }
        let after = rest.chars().nth(1);
        if rest.starts_with('s') && after.is_none_or(|c| !c.is_alphanumeric()) {
            return first.len_utf8() + 1;
        }
        return first.len_utf8();
    }
    if matches!(first, '.' | '-' | '\u{2014}' | '!' | '?' | '*') {
        return text
            .chars()
            .take_while(|c| *c == first)
            .map(char::len_utf8)
            .sum();
    }
    first.len_utf8()
}
