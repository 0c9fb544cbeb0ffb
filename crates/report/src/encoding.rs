//! Bytes to characters.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text, and a note where its encoding had to be guessed or bytes were not valid in it.
pub(crate) struct Decoded {
    pub text: String,
    pub note: Option<String>,
}

/// Decodes by byte order mark, then as UTF-8, then as the encoding the page names, then by a guess
/// from the bytes.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default(), false);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.to_string(),
            note: None,
        };
    }
    if let Some(encoding) = wide(bytes) {
        return decode_as(encoding, bytes, true);
    }
    if let Some(encoding) = named(bytes) {
        return decode_as(encoding, bytes, false);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    decode_as(
        detector.guess(None, chardetng::Utf8Detection::Allow),
        bytes,
        true,
    )
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
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
    Decoded {
        text: text.into_owned(),
        note,
    }
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

/// The encoding that an HTML or XML page names in its first kilobyte. UTF-8 is no answer here: the
/// bytes are known not to be.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
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
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
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
        assert_eq!(decode(words.as_bytes()).text, words);
        assert_eq!(decode(format!("\u{feff}{words}").as_bytes()).text, words);
        assert_eq!(decode(&marked).text, words);
        assert_eq!(decode(&utf16).text, words);
        assert_eq!(decode(&latin).text, words);
        assert!(decode(&latin).note.is_some());
        assert!(decode(&page).text.ends_with(words));
        let russian = "Армия взяла город Велка в понедельник, сообщило министерство обороны.";
        let cyrillic = encoding_rs::WINDOWS_1251.encode(russian).0;
        assert_eq!(decode(&cyrillic).text, russian);
    }
}
