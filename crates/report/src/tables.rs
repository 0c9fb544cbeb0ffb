//! The words of a language, from data files: patterns of furniture, names of outlets, months.

use regex::{Regex, RegexSet, RegexSetBuilder};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

/// Patterns of whole lines; see `data/README.md`.
pub(crate) struct Patterns {
    set: RegexSet,
    each: Vec<Regex>,
}

impl Patterns {
    /// Is the line one of these? Tables without groups are matched against folded lines, which
    /// compiles to a quarter of the size; those with groups need the capitals.
    pub(crate) fn matches(&self, line: &str) -> bool {
        self.set.is_match(line)
    }

    /// The first pattern's first group that took part.
    pub(crate) fn capture<'t>(&self, line: &'t str) -> Option<&'t str> {
        let which = self.set.matches(line).into_iter().next()?;
        let found = self.each.get(which)?.captures(line)?;
        found
            .iter()
            .skip(1)
            .flatten()
            .next()
            .map(|group| group.as_str())
    }
}

/// How large a compiled table may grow.
const MAX_TABLE_BYTES: usize = 100_000_000;

/// Which patterns need their groups: the others save the single expressions.
enum Groups {
    Unused,
    Used,
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Compiles a table; a test holds that every line of every table compiles, so that none is lost.
fn patterns(table: &'static str, before: &str, after: &str, groups: Groups) -> Patterns {
    let flags = match groups {
        Groups::Unused => "(?s)",
        Groups::Used => "(?is)",
    };
    let sources: Vec<String> = rows(table)
        .map(|row| format!("{flags}{before}(?:{row}){after}"))
        .collect();
    let each = match groups {
        Groups::Unused => vec![],
        Groups::Used => sources
            .iter()
            .filter_map(|source| Regex::new(source).ok())
            .collect(),
    };
    Patterns {
        set: RegexSetBuilder::new(&sources)
            .size_limit(MAX_TABLE_BYTES)
            .build()
            .unwrap_or_else(|_| RegexSet::empty()),
        each,
    }
}

macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $file:literal, $before:literal, $after:literal, $groups:ident;)*) => {
        $($(#[$doc])*
        pub(crate) static $name: LazyLock<Patterns> = LazyLock::new(|| {
            patterns(include_str!(concat!("../data/en/", $file)), $before, $after, Groups::$groups)
        });)*

        #[cfg(test)]
        const PATTERN_FILES: &[(&str, &str)] =
            &[$(($file, include_str!(concat!("../data/en/", $file))),)*];
        #[cfg(test)]
        const FOLDED: &[(&str, bool)] =
            &[$(($file, matches!(Groups::$groups, Groups::Unused)),)*];
        #[cfg(test)]
        fn pattern_tables() -> Vec<(&'static str, usize)> {
            vec![$(($file, $name.set.len()),)*]
        }
    };
}

patterns! {
    /// Opens the readers' comments.
    COMMENTS = "comments.txt", "^", "$", Unused;
    /// Counts comments.
    COUNTERS = "counters.txt", "^", "$", Unused;
    /// Stands around single comments.
    COMMENT_PARTS = "comment_parts.txt", "^", "$", Unused;
    /// Opens a list of links to other reports.
    RELATED = "related.txt", "^", "$", Unused;
    /// Belongs to the page.
    FURNITURE = "furniture.txt", "^", "$", Unused;
    /// An image's caption or credit.
    CAPTIONS = "captions.txt", "^", "$", Unused;
    /// An image's caption, before the running text.
    CAPTIONS_AT_TOP = "captions_at_top.txt", "^", "$", Unused;
    /// A byline; the group is the writer.
    BYLINES = "bylines.txt", "^", "$", Used;
    /// A line that credits others; the group is whom.
    CREDIT_LINES = "credit_lines.txt", "^", "$", Used;
    /// A line that names the site; the group is the name.
    PUBLISHERS = "publishers.txt", "^", "$", Used;
    /// Words before an outlet's name that make it a source.
    CREDIT_BEFORE = "credit_before.txt", "\\b", "\\s*$", Unused;
    /// Words after an outlet's name that make it a source.
    CREDIT_AFTER = "credit_after.txt", "^\\s*", "", Used;
}

fn set(table: &'static str) -> BTreeSet<&'static str> {
    rows(table).collect()
}

fn pairs(table: &'static str) -> BTreeMap<&'static str, &'static str> {
    rows(table)
        .map(|row| row.split_once('\t').unwrap_or((row, "")))
        .collect()
}

/// Months' names and their numbers.
pub(crate) static MONTHS: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| {
    pairs(include_str!("../data/en/months.tsv"))
        .into_iter()
        .filter_map(|(name, number)| Some((name, number.parse().ok()?)))
        .collect()
});

/// Names of weekdays.
pub(crate) static WEEKDAYS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| set(include_str!("../data/en/weekdays.txt")));

/// Words that may stand in a date line beside the date.
pub(crate) static DATE_WORDS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| set(include_str!("../data/en/date_words.txt")));

/// Words before a page's date, and `later` for those of a later change.
pub(crate) static DATE_LABELS: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| pairs(include_str!("../data/en/date_labels.txt")));

/// Agencies and outlets known all over the world.
pub(crate) static OUTLETS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| set(include_str!("../data/en/outlets.txt")));

/// Words that an outlet's name ends with.
pub(crate) static OUTLET_WORDS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| set(include_str!("../data/en/outlet_words.txt")));

/// The commonest words of English.
pub(crate) static COMMON_WORDS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| set(include_str!("../data/en/common_words.txt")));

/// ISO 639-3 codes and their ISO 639-1 codes.
pub(crate) static LANGUAGES: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| pairs(include_str!("../data/languages.tsv")));

/// Extensions of files that are never reports, and what they are.
pub(crate) static EXTENSIONS: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| pairs(include_str!("../data/extensions.tsv")));

/// Words of class names and the groups they belong to, a bit each.
static CLASS_WORDS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (bit, row) in rows(include_str!("../data/html/class_words.tsv")).enumerate() {
        let listed = row.split_once('\t').map_or("", |(_, listed)| listed);
        for word in listed.split(' ').filter(|word| !word.is_empty()) {
            *words.entry(word).or_insert(0) |= 1 << bit;
        }
    }
    words
});

/// How many groups of class words there are.
pub(crate) const CLASS_GROUPS: usize = 34;

/// The groups of class words that a `class` or `id` names: split at anything but letters and where a
/// capital follows a small letter, in lower case.
pub(crate) fn class_words(value: &str) -> u64 {
    const LONGEST: usize = 24;
    let mut groups = 0;
    let mut word = [0u8; LONGEST];
    let mut length = 0;
    let mut before = b' ';
    let mut end = |word: &[u8; LONGEST], length: usize| {
        let known = word
            .get(..length)
            .and_then(|word| std::str::from_utf8(word).ok())
            .and_then(|word| CLASS_WORDS.get(word));
        groups |= known.copied().unwrap_or(0);
    };
    for byte in value.bytes().take(600) {
        let starts = byte.is_ascii_uppercase() && before.is_ascii_lowercase();
        if !byte.is_ascii_alphabetic() || starts {
            if length >= 2 {
                end(&word, length);
            }
            length = 0;
        }
        if byte.is_ascii_alphabetic() {
            // Longer words are in no table: one that has filled its room is looked up as it is.
            if let Some(place) = word.get_mut(length) {
                *place = byte.to_ascii_lowercase();
                length += 1;
            }
        }
        before = byte;
    }
    if length >= 2 {
        end(&word, length);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        for (file, table) in PATTERN_FILES {
            for row in rows(table) {
                assert!(Regex::new(row).is_ok(), "{file}: {row}");
            }
        }
        for ((file, count), (_, table)) in pattern_tables().iter().zip(PATTERN_FILES) {
            assert_eq!(*count, rows(table).count(), "{file}");
        }
        for ((file, folded), (_, table)) in FOLDED.iter().zip(PATTERN_FILES) {
            for row in rows(table) {
                let plain = row.replace(['W', 'S', 'D', 'B'], "").replace("xX", "");
                let capital = plain.chars().any(char::is_uppercase);
                assert!(!(*folded && capital), "{file}: never matches: {row}");
            }
        }
        assert_eq!(
            MONTHS.len(),
            rows(include_str!("../data/en/months.tsv")).count()
        );
    }
}
