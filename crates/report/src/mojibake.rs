//! Text in UTF-8 that was read as Windows-1252 or Latin-1 and written again ("donâ€™t", "cafÃ©"),
//! once or twice over, put right.

/// How often text may have been read wrongly, one after the other.
const ROUNDS: usize = 2;

/// The text as it was meant; nothing, where it is right as it is or not all of it says the same:
/// letters that would be wrong after the repair are evidence that it was never misread.
pub(crate) fn mended(text: &str) -> Option<String> {
    let mut mended: Option<String> = None;
    for _ in 0..ROUNDS {
        match once(mended.as_deref().unwrap_or(text)) {
            Some(better) => mended = Some(better),
            None => break,
        }
    }
    mended
}

fn once(text: &str) -> Option<String> {
    // Whatever begins a misread sequence, or speaks against one, begins with this byte.
    let next = |text: &str| memchr::memchr(0xc3, text.as_bytes());
    next(text)?;
    let mut out = String::with_capacity(text.len());
    // Pairs could stand in a text by chance, longer runs do not.
    let (mut pairs, mut longer, mut against) = (0usize, 0usize, 0usize);
    let mut rest = text;
    loop {
        let same = next(rest).unwrap_or(rest.len());
        out.push_str(rest.get(..same).unwrap_or_default());
        rest = rest.get(same..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { break };
        if let Some((meant, length, bytes)) = sequence(rest) {
            match bytes {
                2 => pairs += 1,
                _ => longer += 1,
            }
            out.push(meant);
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        // A letter that begins no sequence, where a misread text has none.
        against += usize::from(matches!(c, '\u{c0}'..='\u{ff}'));
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    let all = pairs + longer;
    let enough = longer >= 1 || pairs >= 2 || (pairs == 1 && against == 0);
    (all > 0 && enough && against * 10 <= all).then_some(out)
}

/// The character that the text's first ones spell in UTF-8, how long they are in the text, and of
/// how many bytes they spell it.
fn sequence(text: &str) -> Option<(char, usize, usize)> {
    let mut chars = text.char_indices();
    let first = byte(chars.next()?.1)?;
    let count = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    let mut length = text.len();
    for at in 1..count {
        *bytes.get_mut(at)? = byte(chars.next()?.1)?;
    }
    if let Some((end, _)) = chars.next() {
        length = end;
    }
    let spelt = std::str::from_utf8(bytes.get(..count)?).ok()?;
    let meant = spelt.chars().next()?;
    // Control characters are nothing that anybody meant to write.
    (!meant.is_control() || matches!(meant, '\u{80}'..='\u{9f}')).then_some((meant, length, count))
}

/// The byte that Windows-1252, or Latin-1 where that has none, reads as a character beyond ASCII.
fn byte(c: char) -> Option<u8> {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => {
            let at = FROM_80.iter().position(|other| *other == c)?;
            u8::try_from(0x80 + at).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text as a program writes it that reads UTF-8 as Windows-1252 or, `latin`, as Latin-1.
    fn misread(text: &str, latin: bool) -> String {
        let wide = |byte: u8| match latin {
            true => char::from(byte),
            false => (encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next()).unwrap(),
        };
        text.bytes().map(wide).collect()
    }

    #[test]
    fn misread_text_is_put_right_once_or_twice() {
        for text in [
            "The general’s “truce” ended – café in Zürich closed.",
            "Präsident Öztürk sprach über Köln.",
            "Ünal",
            "Армия взяла город Велка.",
            "Fighters ‘took’ the naïve town… 🙂",
        ] {
            for latin in [false, true] {
                let once = misread(text, latin);
                assert_eq!(mended(&once).as_deref(), Some(text));
                assert_eq!(mended(&misread(&once, latin)).as_deref(), Some(text));
            }
            assert_eq!(mended(text), None, "{text}");
        }
    }

    #[test]
    fn text_that_is_right_stays() {
        for text in [
            "The general's truce ended.",
            "“No,” he said – café, naïve, über, ÂME, São, NÃO, Ångström.",
            "Le journal «Â» et la lettre Ã sont là, à côté de l’été.",
            "VÃ\u{a0}O está à espera; não há acordo em São João, é o que se diz",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
