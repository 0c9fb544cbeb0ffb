//! Text that cannot do anything but be read.

use std::fmt::Write as _;

/// Makes characters visible that would turn, hide or move what stands around them: controls, embeddings and
/// overrides of direction, what has no width. `⟦U+202E⟧` stands in their place. Marks of direction and joiners,
/// which many scripts need, stay.
pub fn visible(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find(is_hidden) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let mut letters = after.chars();
        if let Some(letter) = letters.next() {
            // Writing to a string cannot fail.
            let _ = write!(out, "⟦U+{:04X}⟧", u32::from(letter));
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    out
}

fn is_hidden(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => letter.is_control(),
    }
}

/// Percent-encodes a value of a query.
pub fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// Decodes a value of a query or a form: `+` is a space; what is no UTF-8 is replaced.
pub fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
                match digit(0).zip(digit(1)) {
                    Some((high, low)) => {
                        bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                        rest = after.get(2..).unwrap_or_default();
                    }
                    None => bytes.push(b'%'),
                }
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The pairs of a query or a form.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key), decoded(value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_hides_is_shown() {
        assert_eq!(
            visible("a\u{202e}b\u{0}c\u{1b}[31m"),
            "a⟦U+202E⟧b⟦U+0000⟧c⟦U+001B⟧[31m"
        );
        assert_eq!(
            visible("zero\u{200b}width\u{feff}"),
            "zero⟦U+200B⟧width⟦U+FEFF⟧"
        );
        // A joiner of Persian and a mark of direction stay.
        assert_eq!(visible("می\u{200c}شود\u{200f}"), "می\u{200c}شود\u{200f}");
    }

    #[test]
    fn queries_go_there_and_back() {
        for value in ["Velka", "a b&c=d%", "Žižek’s “men”", "100%", "%zz", "+"] {
            assert_eq!(decoded(&encoded(value)), value);
        }
        let one = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(
            pairs("a=1&b=x+y&c&&"),
            [one("a", "1"), one("b", "x y"), one("c", "")]
        );
        assert_eq!(decoded("%ff%"), "\u{fffd}%");
    }
}
