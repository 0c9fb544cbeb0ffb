//! The form in which names are compared.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Marks that are not there when names are compared: apostrophes and signs of transcription.
const SILENT: &[char] = &[
    '\'', '’', '‘', 'ʻ', 'ʼ', 'ʿ', 'ʾ', '`', '´', 'ˈ', 'ˌ', '.', 'ˁ', 'ˀ', 'ʹ', 'ʺ',
];

/// Letters with marks and what they are compared as; written by tools/gazetteer with the table.
static LETTERS: LazyLock<BTreeMap<char, &'static str>> = LazyLock::new(|| {
    (include_str!("../data/world/folds.tsv").lines())
        .filter_map(|line| {
            let (letter, plain) = line.split_once('\t')?;
            Some((letter.chars().next()?, plain))
        })
        .collect()
});

/// Lower case without accents; hyphens and other marks are spaces, apostrophes nothing: `Sar-e Pul` is
/// `sar e pul`. The keys of the table are made in the same way.
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for letter in name.chars().flat_map(char::to_lowercase) {
        if SILENT.contains(&letter) {
            continue;
        }
        let plain = match letter.is_ascii() {
            true => None,
            false => LETTERS.get(&letter),
        };
        // A letter followed by its accent as a character of its own.
        if plain.is_none() && ('\u{300}'..='\u{36f}').contains(&letter) {
            continue;
        }
        if plain.is_none() && !letter.is_alphanumeric() {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        match plain {
            Some(plain) => out.push_str(plain),
            None => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds() {
        for (name, want) in [
            ("Sar-e Pul", "sar e pul"),
            ("Kandahār", "kandahar"),
            ("  São  Tomé ", "sao tome"),
            ("Sana'a", "sanaa"),
            ("Sa\u{301}na", "sana"),
            ("U.S.", "us"),
            ("Łódź", "lodz"),
            ("Weißfeld", "weissfeld"),
            ("—", ""),
        ] {
            assert_eq!(fold(name), want, "{name}");
        }
    }
}
