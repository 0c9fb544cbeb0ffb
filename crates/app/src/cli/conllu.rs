//! CoNLL-U: a line a word, ten cells, an empty line after each sentence.

use rapporteur_model::Kind;
use rapporteur_text::{Document, Sentence, Token};

/// A sentence as given: comments, words, and the lines of ranges of words that are written together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// With their `#`.
    pub comments: Vec<String>,
    /// As printed.
    pub words: Vec<String>,
    /// Is there no space after the word?
    pub joined: Vec<bool>,
    /// Lines of ranges (`3-4`), each with how many words stand before it.
    pub ranges: Vec<(usize, String)>,
}

/// Reads the sentences of a file. Only words are looked at; empty nodes (`5.1`) are left out.
///
/// # Errors
/// The number of the first line that is neither a comment nor a row with a number and a form.
pub fn read(text: &str) -> Result<Vec<Given>, usize> {
    let mut sentences = Vec::new();
    let mut open = Given::default();
    for (number, line) in text.lines().chain([""]).enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            let done = std::mem::take(&mut open);
            if !done.words.is_empty() {
                sentences.push(done);
            }
        } else if line.starts_with('#') {
            open.comments.push(line.to_string());
        } else {
            let cells: Vec<&str> = line.split('\t').collect();
            let (id, form) = match cells[..] {
                [id, form, ..] if !form.is_empty() => (id, form),
                _ => return Err(number + 1),
            };
            if id.contains('-') {
                open.ranges.push((open.words.len(), line.to_string()));
            } else if !id.contains('.') {
                if id.parse() != Ok(open.words.len() + 1) {
                    return Err(number + 1);
                }
                let misc = cells.get(9).unwrap_or(&"_");
                open.joined
                    .push(misc.split('|').any(|m| m == "SpaceAfter=No"));
                open.words.push(form.to_string());
            }
        }
    }
    Ok(sentences)
}

/// Adds a sentence to what is written: what was given, with what was read of it.
pub fn write(given: &Given, document: &Document<'_>, sentence: &Sentence, out: &mut String) {
    use std::fmt::Write as _;
    for comment in &given.comments {
        out.push_str(comment);
        out.push('\n');
    }
    let mut ranges = given.ranges.iter().peekable();
    let first = sentence.tokens.start;
    let tokens = &document.tokens[sentence.tokens.clone()];
    for (at, (form, token)) in given.words.iter().zip(tokens).enumerate() {
        while let Some((_, line)) = ranges.next_if(|(before, _)| *before == at) {
            out.push_str(line);
            out.push('\n');
        }
        let head = token.head.map_or(0, |head| head + 1 - first);
        // Writing to a string cannot fail.
        let _ = write!(out, "{}\t", at + 1);
        let (base, tag) = (token.base_form(), token.upos.name());
        for cell in [form, base, tag, token.fine, "_"] {
            out.push_str(cell);
            out.push('\t');
        }
        let _ = write!(out, "{head}\t");
        out.push_str(token.relation);
        out.push_str("\t_\t");
        let joined = given.joined.get(at) == Some(&true);
        let more = entity(document, token)
            .into_iter()
            .chain(chain(document, first + at))
            .chain(joined.then(|| "SpaceAfter=No".to_string()));
        let before = out.len();
        for more in more {
            if out.len() > before {
                out.push('|');
            }
            out.push_str(&more);
        }
        if out.len() == before {
            out.push('_');
        }
        out.push('\n');
    }
    out.push('\n');
}

/// Where words that mean somebody begin or end, with the chain's number in the report: `Coref=(3`, `Coref=3)`, `Coref=(3)`.
fn chain(document: &Document<'_>, word: usize) -> Option<String> {
    let (words, chain) = document.chained(word)?;
    let (first, last) = (words.start == word, words.end == word + 1);
    bracketed("Coref", &(chain + 1).to_string(), first, last)
}

fn bracketed(name: &str, value: &str, first: bool, last: bool) -> Option<String> {
    let (open, close) = (if first { "(" } else { "" }, if last { ")" } else { "" });
    (first || last).then(|| format!("{name}={open}{value}{close}"))
}

/// Where a name begins or ends: `Entity=(PER`, `Entity=PER)`, `Entity=(PER)`. The words in lower case after it
/// ("Velkan troops") are no part of what is printed.
fn entity(document: &Document<'_>, token: &Token<'_>) -> Option<String> {
    let name = document.name_over(token)?;
    let (span, kind) = document.proper(name);
    // Nor is a part of a word ("pro-Velkan") a name that others would mark.
    let from = document
        .tokens
        .partition_point(|t| t.span.end <= span.start);
    let to = document.tokens.partition_point(|t| t.span.start < span.end);
    let words = document.span(from..to);
    if span.end <= token.span.start || words != span {
        return None;
    }
    let kind = match kind {
        // "Norwegian" names no place, though it points to one.
        _ if rapporteur_text::is_people(document.slice(span)) => "NORP",
        Some(Kind::Person) => "PER",
        Some(Kind::Organization) => "ORG",
        Some(Kind::Place) => "LOC",
        None => return None,
    };
    let first = span.start >= token.span.start;
    let last = span.end <= token.span.end;
    bracketed("Entity", kind, first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_with_what_stands_around_their_words() {
        let text = "# text = Can't go\n1-2\tCan't\t_\n1\tCa\t_\n2\tn't\t_\n2.1\tto\t_\n3\tgo\t_\n";
        let found = read(text).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, ["Ca", "n't", "go"]);
        assert_eq!(found[0].ranges, [(0, "1-2\tCan't\t_".to_string())]);
        assert_eq!(found[0].comments, ["# text = Can't go"]);
    }

    #[test]
    fn what_is_no_row_is_told_by_its_line() {
        assert_eq!(read("1\tgo\t_\n\nno row\n"), Err(3));
        assert_eq!(read("1\tgo\n3\taway\n"), Err(2));
        assert_eq!(read(""), Ok(vec![]));
    }
}
