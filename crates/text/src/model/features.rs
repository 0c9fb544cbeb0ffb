//! What the model sees of a word: its pieces, endings, beginning and shape, as rows of tables.
//! tools/train/features.py does the same; what differs between the two costs accuracy.

/// Rows of the hashed table.
pub(super) const ROWS: u64 = 16384;
/// Rows that each word has of it.
pub(super) const GROUPS: usize = 5;
/// The most pieces of a word; what is left over is not looked at.
const PIECES: usize = 8;
/// The most characters of a piece, and of the word that is looked at.
const LONGEST_PIECE: usize = 24;
const LONGEST_WORD: usize = 64;

/// FNV-1a.
#[derive(Clone, Copy)]
pub(super) struct Hash(pub u64);

impl Hash {
    pub const START: Hash = Hash(0xcbf2_9ce4_8422_2325);

    pub fn byte(self, byte: u8) -> Hash {
        Hash((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    pub fn char(self, c: char) -> Hash {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).bytes();
        bytes.fold(self, Hash::byte)
    }

    /// Thirty bits of it, fourteen and sixteen, for tables in which a wrong word now and then does no harm.
    pub fn short(self) -> (u16, u16) {
        let short = self.0 ^ (self.0 >> 32);
        ((short >> 16) as u16 & 0x3fff, short as u16)
    }

    pub fn text(self, text: impl IntoIterator<Item = char>) -> Hash {
        text.into_iter().fold(self, Hash::char)
    }
}

/// The word in lower case, without accents, with plain apostrophes and dashes.
/// `accents` are pairs of a letter and the letter without its accent, sorted.
pub(super) fn fold(word: &str, accents: &[(char, char)], into: &mut Vec<char>) {
    into.clear();
    let lower = word.chars().take(LONGEST_WORD).flat_map(char::to_lowercase);
    into.extend(lower.map(|c| {
        match c {
            _ if c.is_ascii() => c,
            '\u{2018}' | '\u{2019}' | '\u{02bc}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}' => '-',
            _ => accents
                .binary_search_by_key(&c, |pair| pair.0)
                .ok()
                .and_then(|at| accents.get(at))
                .map_or(c, |pair| pair.1),
        }
    }));
}

/// The rows of the hashed table: endings of two, three, four letters, a beginning of three, the shape.
pub(super) fn groups(word: &str, folded: &[char]) -> [u64; GROUPS] {
    let last = |n: usize| &folded[folded.len().saturating_sub(n)..];
    let row = |kind: u8, text: &[char]| {
        let Hash(h) = Hash::START.byte(kind).text(text.iter().copied());
        (h ^ (h >> 29)) % ROWS
    };
    let first = &folded[..folded.len().min(3)];
    [
        row(b'2', last(2)),
        row(b'3', last(3)),
        row(b'4', last(4)),
        row(b'p', first),
        row(b's', &shape(word)),
    ]
}

/// `X` for capitals, `x` for other letters, `d` for digits, other characters as they are; runs longer
/// than three are cut, and the whole after sixteen.
fn shape(word: &str) -> Vec<char> {
    let mut shape: Vec<char> = Vec::with_capacity(16);
    let mut run = 0;
    for c in word.chars().take(LONGEST_WORD) {
        let s = match c {
            _ if c.is_numeric() => 'd',
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ => c,
        };
        run = if shape.last() == Some(&s) { run + 1 } else { 1 };
        if run <= 3 {
            shape.push(s);
        }
    }
    shape.truncate(16);
    shape
}

/// The longest known pieces of a word from the left: rows of the table whose sorted `keys` are the
/// pieces' hashes. A piece that goes on inside a run of letters and digits is hashed with `##` before it.
pub(super) fn pieces(folded: &[char], keys: &[u64], into: &mut Vec<usize>) {
    into.clear();
    let inside_run = |at: usize| folded.get(at).is_some_and(|c| c.is_alphanumeric());
    let mut at = 0;
    while at < folded.len() && into.len() < PIECES {
        let goes_on = at > 0 && inside_run(at - 1) && inside_run(at);
        let mut hash = match goes_on {
            true => Hash::START.byte(b'#').byte(b'#'),
            false => Hash::START,
        };
        let letters = inside_run(at);
        let mut longest = None;
        for (length, c) in folded[at..].iter().take(LONGEST_PIECE).enumerate() {
            if length > 0 && !(letters && c.is_alphanumeric()) {
                break;
            }
            hash = hash.char(*c);
            if let Ok(row) = keys.binary_search(&hash.0) {
                longest = Some((length + 1, row));
            }
        }
        if let Some((_, row)) = longest {
            into.push(row);
        }
        at += longest.map_or(1, |(length, _)| length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(word: &str) -> Vec<char> {
        let mut into = vec![];
        fold(word, &[('é', 'e'), ('ö', 'o')], &mut into);
        into
    }

    fn hash(text: &str) -> u64 {
        Hash::START.text(text.chars()).0
    }

    #[test]
    fn words_are_folded() {
        let text = |word| folded(word).into_iter().collect::<String>();
        assert_eq!(text("Orsölé’s"), "orsole's");
        assert_eq!(text("1990–91"), "1990-91");
    }

    #[test]
    fn shapes() {
        let text = |word| shape(word).into_iter().collect::<String>();
        assert_eq!(text("Velka"), "Xxxx");
        assert_eq!(text("7,000"), "d,ddd");
        assert_eq!(text("McTavish's"), "XxXxxx'x");
    }

    #[test]
    fn the_longest_pieces_are_taken() {
        let mut keys: Vec<u64> = ["vel", "velk", "##ka", "##a", "-", "7", "000"]
            .map(hash)
            .to_vec();
        keys.sort_unstable();
        let check = |word: &str, expected: &[&str]| {
            let mut rows = vec![];
            pieces(&folded(word), &keys, &mut rows);
            let hashes: Vec<u64> = rows.iter().map(|row| keys[*row]).collect();
            let expected: Vec<u64> = expected.iter().map(|p| hash(p)).collect();
            assert_eq!(hashes, expected, "{word}");
        };
        check("Velka", &["velk", "##a"]);
        check("Velka-vel", &["velk", "##a", "-", "vel"]);
        check("7,000", &["7", "000"]);
        check("zzz", &[]);
    }

    proptest! {
        #[test]
        fn any_word_has_features(word: String) {
            let word_folded = folded(&word);
            prop_assert!(groups(&word, &word_folded).iter().all(|row| *row < ROWS));
            let mut rows = vec![];
            pieces(&word_folded, &[hash("a"), hash("b")], &mut rows);
        }
    }
}
