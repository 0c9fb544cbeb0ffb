//! Bytes to characters.

use crate::mojibake;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Text, and notes where its encoding had to be guessed, bytes were not valid in it, or it had been
/// misread before.
pub(crate) struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub notes: Vec<String>,
}

/// Decodes by byte order mark, then as UTF-8, then as the encoding that whoever sent the bytes names
/// (`sent`), then as the one the page names, then by a guess from the bytes. A named encoding that the
/// bytes are not valid in is not believed. Text that was misread before it was saved is put right.
pub(crate) fn decode<'b>(bytes: &'b [u8], sent: Option<&str>) -> Decoded<'b> {
    let mut decoded = characters(bytes, sent);
    if let Some(text) = mojibake::mended(&decoded.text) {
        decoded.text = Cow::Owned(text);
        decoded.notes.push(MENDED.to_string());
    }
    decoded
}

/// The note on text that was put right.
pub(crate) const MENDED: &str =
    "its text had been read in a wrong encoding before it was saved; put right";

fn characters<'b>(bytes: &'b [u8], sent: Option<&str>) -> Decoded<'b> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default(), false).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: Cow::Borrowed(text),
            notes: vec![],
        };
    }
    if let Some(encoding) = wide(bytes) {
        return decode_as(encoding, bytes, true).0;
    }
    let labels = [sent.map(str::to_string), named(bytes)];
    let says_utf8 = (labels.iter().flatten()).any(|label| for_label(label) == Some(UTF_8));
    if let Some(text) = nearly_utf8(bytes, says_utf8) {
        return Decoded {
            text: Cow::Owned(text),
            notes: vec!["a few bytes are not valid UTF-8; read as windows-1252".to_string()],
        };
    }
    let mut broken = None;
    for encoding in labels.iter().flatten().filter_map(|label| for_label(label)) {
        // UTF-8 is no answer: the bytes are known not to be. Nor is what can be read as ASCII, as
        // names of encodings are, in UTF-16.
        if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) {
            continue;
        }
        let (decoded, is_broken) = decode_as(encoding, bytes, false);
        if !is_broken {
            return decoded;
        }
        broken.get_or_insert((encoding, decoded));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Allow);
    let (mut decoded, is_broken) = decode_as(guess, bytes, true);
    match broken {
        Some((_, named)) if is_broken => named,
        Some((encoding, _)) => {
            let note = format!(
                "it names {} as its encoding and is not in it",
                encoding.name()
            );
            decoded.notes.insert(0, note);
            decoded
        }
        None => decoded,
    }
}

fn for_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// The text, and whether some of its bytes are not valid in the encoding.
fn decode_as<'b>(
    encoding: &'static Encoding,
    bytes: &'b [u8],
    guessed: bool,
) -> (Decoded<'b>, bool) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let note = match (broken, guessed) {
        (true, _) => Some(format!(
            "some bytes are not valid {} and show as \u{fffd}",
            encoding.name()
        )),
        (false, true) => Some(format!(
            "read as {}, guessed from its bytes",
            encoding.name()
        )),
        (false, false) => None,
    };
    let notes = note.into_iter().collect();
    (Decoded { text, notes }, broken)
}

/// Text nearly all of whose characters are in UTF-8, with single bytes between them, such as quotes
/// pasted in from elsewhere; these are read as Windows-1252. `named`: the page says it is UTF-8.
fn nearly_utf8(bytes: &[u8], named: bool) -> Option<String> {
    let mut out = String::with_capacity(bytes.len());
    let (mut valid, mut odd) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        out.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            [byte] => {
                odd += 1;
                out.push_str(&WINDOWS_1252.decode(&[*byte]).0);
            }
            _ => {
                odd += 1;
                out.push('\u{fffd}');
            }
        }
    }
    let times = if named { 1 } else { 4 };
    (valid > 0 && valid >= odd * times).then_some(out)
}

/// UTF-16 without a mark: nearly every other byte of the start is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(512))?;
    if start.len() < 8 {
        return None;
    }
    let zeros = |from: usize| {
        start
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), start.len() / 2);
    if odd * 10 >= half * 8 && even * 10 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 8 && odd * 10 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that an HTML or XML page names in its first kilobyte.
fn named(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024))?).to_lowercase();
    if !start.contains('<') {
        return None;
    }
    let at = ["charset=", "encoding="]
        .iter()
        .find_map(|key| start.find(key).map(|at| at + key.len()))?;
    let label: String = start
        .get(at..)?
        .chars()
        .skip_while(|c| matches!(c, '"' | '\'' | ' '))
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_names_and_guesses() {
        let words = "Der Präsident fährt am Dienstag über Köln nach Velka, größer als je zuvor.";
        let utf16: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut marked = vec![0xff, 0xfe];
        marked.extend(&utf16);
        let latin = encoding_rs::WINDOWS_1252.encode(words).0.into_owned();
        let mut page = b"<html><meta charset=\"iso-8859-15\"><p>".to_vec();
        page.extend(&latin);
        let decode = |bytes: &[u8]| decode(bytes, None).text.into_owned();
        assert_eq!(decode(words.as_bytes()), words);
        assert_eq!(decode(format!("\u{feff}{words}").as_bytes()), words);
        assert_eq!(decode(&marked), words);
        assert_eq!(decode(&utf16), words);
        assert_eq!(decode(&latin), words);
        assert!(!super::decode(&latin, None).notes.is_empty());
        assert!(decode(&page).ends_with(words));
        let russian = "Армия взяла город Велка в понедельник, сообщило министерство обороны.";
        let cyrillic = encoding_rs::WINDOWS_1251.encode(russian).0;
        assert_eq!(decode(&cyrillic), russian);
    }

    #[test]
    fn wrong_names_are_not_believed() {
        let words = "Der Präsident fährt am Dienstag über Köln nach Velka, größer als je zuvor.";
        let latin = encoding_rs::WINDOWS_1252.encode(words).0;
        let read = |label: &str, bytes: &[u8]| {
            let page = [format!("<meta charset={label}><p>").as_bytes(), bytes].concat();
            let sent = decode(bytes, Some(label)).text.into_owned();
            let decoded = decode(&page, None);
            assert!(decoded.text.ends_with(&sent), "{label}: {sent}");
            (sent, decoded.notes)
        };
        for label in ["utf-8", "utf-16", "shift_jis", "nonsense", ""] {
            assert_eq!(read(label, &latin).0, words, "{label}");
            assert_eq!(read(label, words.as_bytes()).0, words, "{label}");
        }
        assert!(
            read("shift_jis", &latin)
                .1
                .concat()
                .contains("names Shift_JIS")
        );
        assert_eq!(decode(words.as_bytes(), Some("iso-8859-1")).text, words);
        let russian = "Армия взяла Велку";
        let koi = encoding_rs::KOI8_R.encode(russian).0;
        assert_eq!(decode(&koi, Some("koi8-r")).text, russian);
    }

    #[test]
    fn single_bytes_between_characters_of_utf8() {
        let mut bytes = "“No,” he said – café, über, Köln. It".as_bytes().to_vec();
        bytes.extend(b"\x92s over.");
        let decoded = decode(&bytes, None);
        assert!(decoded.text.ends_with("Köln. It’s over."));
        assert_eq!(decoded.notes.len(), 1);
    }

    #[test]
    fn misread_text_is_put_right_with_a_note() {
        let decoded = decode("The generalâ€™s cafÃ© closed.".as_bytes(), None);
        assert_eq!(decoded.text, "The general’s café closed.");
        assert_eq!(decoded.notes, [MENDED]);
    }
}
