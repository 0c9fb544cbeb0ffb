//! Tags, attributes and text of HTML, as its standard tells them apart: comments, elements whose
//! content is text (`script`, `title` …), character references. What the standard calls an error is
//! read as browsers read it. One pass, nothing copied that needs no change.

use memchr::{memchr, memchr2};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What is done with a page's tags, in their order.
pub(crate) trait Sink {
    /// A part of a text; the next one goes on where it ends.
    fn text(&mut self, part: &str);
    /// The text ends here.
    fn end_text(&mut self);
    /// A start tag begins; its name is in lower case.
    fn open(&mut self, name: &str);
    /// An attribute of that tag, its name as it is written.
    fn attribute<'v>(&mut self, name: &str, value: impl FnOnce() -> Cow<'v, str>);
    /// The start tag ends.
    fn opened(&mut self, self_closing: bool);
    /// An end tag; its name is in lower case.
    fn close(&mut self, name: &str);
}

/// Hands a page's tags and text to a sink.
pub(crate) fn read(source: &str, sink: &mut impl Sink) {
    let mut reader = Reader {
        source,
        at: 0,
        is_odd: memchr2(b'\r', 0, source.as_bytes()).is_some(),
        name: String::new(),
    };
    // At the end of the page, text is text still; a tag that is cut short is none.
    let _ = reader.run(sink);
    sink.end_text();
}

/// What the content of an element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    /// Tags and text.
    Markup,
    /// Text with character references.
    Text,
    /// Text as it stands.
    Raw,
    /// A script, which may hold another in a comment.
    Script,
    /// All that follows is text.
    Rest,
}

fn content(name: &str) -> Content {
    match name {
        "textarea" | "title" => Content::Text,
        "style" | "iframe" | "xmp" | "noembed" | "noframe" | "noscript" => Content::Raw,
        "script" => Content::Script,
        "plaintext" => Content::Rest,
        _ => Content::Markup,
    }
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    /// Are there carriage returns or NULs anywhere? Most pages have none.
    is_odd: bool,
    name: String,
}

/// White space inside tags.
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

impl<'s> Reader<'s> {
    fn bytes(&self) -> &'s [u8] {
        self.source.as_bytes()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes().get(at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'s str {
        self.source.get(from..to).unwrap_or_default()
    }

    /// The next place of a byte, from one on.
    fn find(&self, byte: u8, from: usize) -> Option<usize> {
        memchr(byte, self.bytes().get(from..)?).map(|at| from + at)
    }

    /// `None`: the page ended.
    fn run(&mut self, sink: &mut impl Sink) -> Option<()> {
        loop {
            let from = self.at;
            let mut look = from;
            // Past every `<` that begins nothing.
            let (open, next) = loop {
                let Some(open) = self.find(b'<', look) else {
                    self.text(from, self.source.len(), Content::Markup, sink);
                    return None;
                };
                match self.byte(open + 1) {
                    Some(next) if next.is_ascii_alphabetic() => break (open, next),
                    Some(next @ (b'!' | b'?')) => break (open, next),
                    Some(b'/') if open + 2 < self.source.len() => break (open, b'/'),
                    _ => look = open + 1,
                }
            };
            self.text(from, open, Content::Markup, sink);
            match (next, self.byte(open + 2)) {
                (b'!', _) => {
                    sink.end_text();
                    self.at = self.declaration(open + 2)?;
                }
                (b'/', Some(b'>')) => self.at = open + 3,
                (b'/', Some(next)) if next.is_ascii_alphabetic() => {
                    self.tag_name(open + 2);
                    self.attributes(None::<&mut Nothing>)?;
                    sink.end_text();
                    sink.close(&self.name);
                }
                (b'/' | b'?', _) => {
                    sink.end_text();
                    self.at = self.find(b'>', open + 2)? + 1;
                }
                _ => {
                    self.tag_name(open + 1);
                    sink.end_text();
                    sink.open(&self.name);
                    let self_closing = self.attributes(Some(sink))?;
                    sink.opened(self_closing);
                    let content = content(&self.name);
                    if content != Content::Markup {
                        self.element_text(content, sink)?;
                    }
                }
            }
        }
    }

    /// Where a comment or a declaration ends; `from` is past `<!`.
    fn declaration(&self, from: usize) -> Option<usize> {
        if self.slice(from, from + 2) != "--" {
            return Some(self.find(b'>', from)? + 1);
        }
        let start = from + 2;
        let mut look = start;
        loop {
            let end = self.find(b'>', look)?;
            let inside = self.bytes().get(start..end)?;
            if matches!(inside, b"" | b"-") || inside.ends_with(b"--") || inside.ends_with(b"--!") {
                return Some(end + 1);
            }
            look = end + 1;
        }
    }

    /// Reads a tag's name.
    fn tag_name(&mut self, from: usize) {
        let rest = self.bytes().get(from..).unwrap_or_default();
        let ends = |byte: &u8| is_space(*byte) || matches!(byte, b'/' | b'>');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let name = self.slice(from, from + length);
        self.name.clear();
        self.name.push_str(name);
        self.name.make_ascii_lowercase();
        self.at = from + length;
    }

    /// Reads attributes up to the tag's end, and says whether it closes itself.
    fn attributes<S: Sink>(&mut self, mut sink: Option<&mut S>) -> Option<bool> {
        loop {
            let byte = self.past_space()?;
            match byte {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' => {
                    self.at += 1;
                    if self.byte(self.at)? == b'>' {
                        self.at += 1;
                        return Some(true);
                    }
                    continue;
                }
                _ => {}
            }
            // A name may begin with "=".
            let from = self.at;
            let rest = self.bytes().get(from + 1..)?;
            let ends = |byte: &u8| is_space(*byte) || matches!(byte, b'/' | b'>' | b'=');
            self.at = from + 1 + rest.iter().position(ends)?;
            let name = self.slice(from, self.at);
            let (mut start, mut end) = (self.at, self.at);
            let mut is_end = false;
            if self.past_space()? == b'=' {
                self.at += 1;
                match self.past_space()? {
                    quote @ (b'"' | b'\'') => {
                        start = self.at + 1;
                        end = self.find(quote, start)?;
                        self.at = end + 1;
                    }
                    b'>' => is_end = true,
                    _ => {
                        start = self.at;
                        let rest = self.bytes().get(start..)?;
                        let ends = |byte: &u8| is_space(*byte) || *byte == b'>';
                        end = start + rest.iter().position(ends)?;
                        self.at = end;
                    }
                }
            }
            if let Some(sink) = &mut sink {
                let (value, is_odd) = (self.slice(start, end), self.is_odd);
                sink.attribute(name, || resolved(value, Content::Text, true, is_odd));
            }
            if is_end {
                self.at += 1;
                return Some(false);
            }
        }
    }

    /// The next byte that is no space.
    fn past_space(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte(self.at)?;
            if !is_space(byte) {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// The content of an element that holds text alone, and its end tag.
    fn element_text(&mut self, content: Content, sink: &mut impl Sink) -> Option<()> {
        let from = self.at;
        let end = match content {
            Content::Script => self.script_end(),
            Content::Rest => None,
            _ => self.end_tag(from),
        };
        self.text(from, end.unwrap_or(self.source.len()), content, sink);
        self.at = end? + 2 + self.name.len();
        self.attributes(None::<&mut Nothing>)?;
        sink.end_text();
        sink.close(&self.name);
        Some(())
    }

    /// Where the end tag of the element begins whose text this is.
    fn end_tag(&self, from: usize) -> Option<usize> {
        let mut look = from;
        loop {
            let open = self.find(b'<', look)?;
            if self.byte(open + 1) == Some(b'/') && self.is_word(open + 2, &self.name) {
                return Some(open);
            }
            look = open + 1;
        }
    }

    /// Does a whole name stand there?
    fn is_word(&self, at: usize, name: &str) -> bool {
        let end = at + name.len();
        self.bytes()
            .get(at..end)
            .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
            && self
                .byte(end)
                .is_some_and(|byte| is_space(byte) || matches!(byte, b'/' | b'>'))
    }

    /// Where a script's end tag begins. In a comment (`<!--` to `-->`), a script that is opened is to
    /// be closed first.
    fn script_end(&self) -> Option<usize> {
        const SCRIPT: &str = "script";
        let mut look = self.at;
        'script: loop {
            let open = self.find(b'<', look)?;
            if self.byte(open + 1) == Some(b'/') && self.is_word(open + 2, SCRIPT) {
                return Some(open);
            }
            look = open + 1;
            if !self
                .bytes()
                .get(look..)
                .is_some_and(|rest| rest.starts_with(b"!--"))
            {
                continue;
            }
            let start = open + 2;
            look = open + 4;
            let mut is_inner = false;
            loop {
                let rest = self.bytes().get(look..)?;
                let at = look + memchr2(b'<', b'>', rest)?;
                look = at + 1;
                if self.byte(at) == Some(b'>') {
                    if self.bytes().get(start..at)?.ends_with(b"--") {
                        continue 'script;
                    }
                } else if self.byte(at + 1) == Some(b'/') && self.is_word(at + 2, SCRIPT) {
                    if !is_inner {
                        return Some(at);
                    }
                    is_inner = false;
                } else if self.is_word(at + 1, SCRIPT) {
                    is_inner = true;
                }
            }
        }
    }

    fn text(&self, from: usize, to: usize, content: Content, sink: &mut impl Sink) {
        if from < to {
            sink.text(&resolved(self.slice(from, to), content, false, self.is_odd));
        }
    }
}

/// A text with its character references resolved, where its content has any, and its line ends made
/// one character.
fn resolved(text: &str, content: Content, in_attribute: bool, is_odd: bool) -> Cow<'_, str> {
    let has_references = matches!(content, Content::Markup | Content::Text);
    let special = |byte: u8| {
        byte == b'&' && has_references
            || is_odd && (byte == b'\r' || byte == 0 && content != Content::Markup)
    };
    let plain = match is_odd {
        false => !has_references || memchr(b'&', text.as_bytes()).is_none(),
        true => !text.bytes().any(special),
    };
    if plain {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(special) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let used = match from.as_bytes() {
            [b'&', ..] => reference(from, in_attribute, &mut out),
            [b'\r', b'\n', ..] => 1,
            [b'\r', ..] => {
                out.push('\n');
                1
            }
            _ => {
                out.push('\u{fffd}');
                1
            }
        };
        rest = from.get(used..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes what the reference at a text's start stands for, or its `&` where it is none; says how much
/// of the text that is.
fn reference(text: &str, in_attribute: bool, out: &mut String) -> usize {
    let after = text.as_bytes().get(1..).unwrap_or_default();
    let found = match after {
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16).map(|(c, length)| (c, 3 + length)),
        [b'#', digits @ ..] => number(digits, 10).map(|(c, length)| (c, 2 + length)),
        _ => {
            return match named(text.get(1..).unwrap_or_default(), in_attribute) {
                Some((characters, length)) => {
                    out.extend(characters.into_iter().flatten());
                    1 + length
                }
                None => {
                    out.push('&');
                    1
                }
            };
        }
    };
    match found {
        Some((c, length)) => {
            out.push(c);
            length
        }
        None => {
            out.push('&');
            1
        }
    }
}

/// The character of a number, and how many bytes the digits and their end take.
fn number(digits: &[u8], base: u32) -> Option<(char, usize)> {
    /// What numbers from 128 on mean that are no characters: those of Windows-1252.
    const FROM_128: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let mut code = 0u32;
    let mut length = 0;
    for byte in digits {
        let Some(digit) = char::from(*byte).to_digit(base) else {
            break;
        };
        code = code.saturating_mul(base).saturating_add(digit);
        length += 1;
    }
    if length == 0 {
        return None;
    }
    length += usize::from(digits.get(length) == Some(&b';'));
    let c = match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9f => FROM_128
            .get(code as usize - 0x80)
            .copied()
            .unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some((c, length))
}

/// The characters of a named reference.
type Characters = [Option<char>; 2];

static REFERENCES: LazyLock<Vec<(&'static str, Characters)>> = LazyLock::new(|| {
    let character = |code: &str| char::from_u32(u32::from_str_radix(code, 16).ok()?);
    include_str!("../data/html/references.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, codes)| {
            let mut codes = codes.split(' ').filter_map(character);
            (name, [codes.next(), codes.next()])
        })
        .collect()
});

/// The longest name that a text starts with.
fn named(text: &str, in_attribute: bool) -> Option<(Characters, usize)> {
    const LONGEST: usize = 33;
    let bytes = text.as_bytes();
    let letters = bytes
        .iter()
        .take(LONGEST)
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(bytes.len().min(LONGEST));
    let mut length = letters + usize::from(bytes.get(letters) == Some(&b';'));
    while length >= 2 {
        let name = text.get(..length)?;
        if let Ok(at) = REFERENCES.binary_search_by(|(known, _)| (*known).cmp(name)) {
            // In an address, "&copy=1" is no sign.
            let goes_on = bytes
                .get(length)
                .is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric());
            if in_attribute && !name.ends_with(';') && goes_on {
                return None;
            }
            return Some((REFERENCES.get(at)?.1, length));
        }
        length -= 1;
    }
    None
}

/// Takes nothing.
struct Nothing;

impl Sink for Nothing {
    fn text(&mut self, _: &str) {}
    fn end_text(&mut self) {}
    fn open(&mut self, _: &str) {}
    fn attribute<'v>(&mut self, _: &str, _: impl FnOnce() -> Cow<'v, str>) {}
    fn opened(&mut self, _: bool) {}
    fn close(&mut self, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    /// Writes down what comes.
    #[derive(Default)]
    struct Written(String, String);

    impl Sink for Written {
        fn text(&mut self, part: &str) {
            self.1.push_str(part);
        }
        fn end_text(&mut self) {
            if !self.1.is_empty() {
                self.0
                    .push_str(&format!("{:?}\n", std::mem::take(&mut self.1)));
            }
        }
        fn open(&mut self, name: &str) {
            self.0.push_str(&format!("<{name}"));
        }
        fn attribute<'v>(&mut self, name: &str, value: impl FnOnce() -> Cow<'v, str>) {
            self.0.push_str(&format!(" {name}={:?}", value()));
        }
        fn opened(&mut self, self_closing: bool) {
            self.0.push_str(if self_closing { " />\n" } else { ">\n" });
        }
        fn close(&mut self, name: &str) {
            self.0.push_str(&format!("</{name}>\n"));
        }
    }

    fn check(source: &str, expected: Expect) {
        let mut written = Written::default();
        read(source, &mut written);
        expected.assert_eq(&written.0);
    }

    #[test]
    fn attributes() {
        check(
            "<A HREF=x/y Class='a \"b\"' hidden data-x = \"1>2\"c=d><br/><i =x / id=\"&amp;&copy=1&copy;\">",
            expect![[r#"
                <a HREF="x/y" Class="a \"b\"" hidden="" data-x="1>2" c="d">
                <br />
                <i =x="" id="&&copy=1©">
            "#]],
        );
        check("<p class=a", expect!["<p"]);
        check(
            "<p class=>one</p class='>'>two",
            expect![[r#"
            <p class="">
            "one"
            </p>
            "two"
        "#]],
        );
    }

    #[test]
    fn what_begins_no_tag() {
        check(
            "a < b <3 </> c</ d>e<",
            expect![[r#"
            "a < b <3  c"
            "e<"
        "#]],
        );
        check(
            "a<!-- <b> --!>b<!-->c<!--->d<!-- -- > -->e<!doctype x>f<?php x>g<![CDATA[h]]>i",
            expect![[r#"
            "a"
            "b"
            "c"
            "d"
            "e"
            "f"
            "g"
            "i"
        "#]],
        );
        check(
            "a<!-- b",
            expect![[r#"
            "a"
        "#]],
        );
    }

    #[test]
    fn elements_of_text() {
        check(
            "<title>a <b> &lt;</title ><style>a<b>&lt;</styles></STYLE>x<textarea></p></textarea>",
            expect![[r#"
                <title>
                "a <b> <"
                </title>
                <style>
                "a<b>&lt;</styles>"
                </style>
                "x"
                <textarea>
                "</p>"
                </textarea>
            "#]],
        );
        check(
            "<script>a<!--<script></script>--></script>b<script><!-- </script>c<script><!--><script></script>d",
            expect![[r#"
                <script>
                "a<!--<script></script>-->"
                </script>
                "b"
                <script>
                "<!-- "
                </script>
                "c"
                <script>
                "<!--><script>"
                </script>
                "d"
            "#]],
        );
        check(
            "<script>a</script",
            expect![[r#"
            <script>
            "a</script"
        "#]],
        );
        check(
            "<plaintext>a</plaintext>&lt;",
            expect![[r#"
            <plaintext>
            "a</plaintext>&lt;"
        "#]],
        );
    }

    #[test]
    fn references() {
        check(
            "&lt;&LT&ltx &notit; &notin; &nosuch; &amp &#65;&#x42&#0;&#128;&#xD800;&#99999999999; &#; &#x; & &;&NotEqualTilde;",
            expect![[r#"
                "<<<x ¬it; ∉ &nosuch; & AB�€�� &#; &#x; & &;≂\u{338}"
            "#]],
        );
        check(
            "a\r\nb\rc\0d<title>\0</title>",
            expect![[r#"
            "a\nb\nc\0d"
            <title>
            "�"
            </title>
        "#]],
        );
        assert_eq!(REFERENCES.len(), 2231);
        assert!(REFERENCES.is_sorted_by_key(|(name, _)| *name));
        assert!(
            REFERENCES
                .iter()
                .all(|(_, characters)| characters[0].is_some())
        );
    }

    proptest! {
        #[test]
        fn nothing_panics_and_plain_text_stays(
            source in "(<|>|/|!|-|--|\\?|=|'|\"|&|#|;|&lt;|script|title|<!--|-->|</script>|[a-z \r\0é]){0,40}",
        ) {
            read(&source, &mut Written::default());
            let plain: String = source.chars().filter(|c| !"<&\r".contains(*c)).collect();
            let mut written = Written::default();
            read(&plain, &mut written);
            let expected = if plain.is_empty() { String::new() } else { format!("{plain:?}\n") };
            prop_assert_eq!(written.0, expected);
        }
    }
}
