//! The words of a language, from data files: patterns of furniture, names of outlets, months.

use crate::hash::Hashed;
use memchr::memchr2_iter;
use regex::{Regex, bytes};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

/// Patterns of whole lines; see `data/README.md`.
///
/// Every line of every page is looked up, and nearly all are in no table. What a line starts and
/// ends with, how long it is and which texts it holds rule out nearly all patterns; the others are
/// compiled when they are first asked.
pub(crate) struct Patterns {
    each: Vec<Pattern>,
    /// Patterns by the first two bytes of what they match.
    starts: HashMap<[u8; 2], Vec<u16>, Hashed>,
    /// Patterns that may match with any start.
    others: Vec<u16>,
}

struct Pattern {
    source: String,
    /// Of each of these, a line that it matches has one at least.
    needs: Vec<Vec<Need>>,
    /// How many bytes the lines have that it matches.
    least: usize,
    most: usize,
    /// A bit for every byte that such a line may end with; none: nothing is known.
    ends: Option<[u64; 4]>,
    compiled: OnceLock<Option<Regex>>,
    /// The same for lines in ASCII, where that can be written so: many times quicker to compile.
    for_ascii: OnceLock<Option<bytes::Regex>>,
}

impl Pattern {
    fn new(source: String, hir: Option<&Hir>) -> Pattern {
        let mut pattern = Pattern {
            source,
            needs: vec![],
            least: 0,
            most: usize::MAX,
            ends: None,
            compiled: OnceLock::new(),
            for_ascii: OnceLock::new(),
        };
        if let Some(hir) = hir {
            let properties = hir.properties();
            let mut all = all_needed(hir);
            all.sort_by(|one, other| likely(one).total_cmp(&likely(other)));
            all.truncate(2);
            pattern.needs = (all.iter())
                .map(|texts| texts.iter().map(|text| Need::new(text)).collect())
                .collect();
            pattern.least = properties.minimum_len().unwrap_or(0);
            if properties.look_set_suffix().contains(Look::End) {
                pattern.ends = ends(hir);
                if properties.look_set_prefix().contains(Look::Start) {
                    pattern.most = properties.maximum_len().unwrap_or(usize::MAX);
                }
            }
        }
        pattern
    }

    /// Can it match such a line?
    fn may_match<'h>(&self, line: &str, held: impl Fn() -> &'h Held) -> bool {
        let ends = |set: &[u64; 4]| {
            let last = line.bytes().next_back().unwrap_or_default();
            set.get(usize::from(last >> 6))
                .is_some_and(|bits| bits >> (last & 63) & 1 == 1)
        };
        let has = |needs: &Vec<Need>| needs.iter().any(|need| need.is_in(line, held()));
        (self.least..=self.most).contains(&line.len())
            && self.ends.as_ref().is_none_or(ends)
            && self.needs.iter().all(has)
    }

    fn regex(&self) -> Option<&Regex> {
        let compile = || Regex::new(&self.source).ok();
        self.compiled.get_or_init(compile).as_ref()
    }

    /// What answers for an ASCII line as [`Pattern::regex`] does.
    fn ascii_regex(&self) -> Option<&bytes::Regex> {
        let build = |source| bytes::RegexBuilder::new(source).unicode(false).build().ok();
        let compile = || build(&self.source);
        self.for_ascii.get_or_init(compile).as_ref()
    }

    fn is_match(&self, line: &str) -> bool {
        let ascii = line.is_ascii().then(|| self.ascii_regex()).flatten();
        match ascii {
            Some(regex) => regex.is_match(line.as_bytes()),
            None => self.regex().is_some_and(|regex| regex.is_match(line)),
        }
    }

    /// The first group that took part, where it matches; nothing, where none did.
    fn capture<'t>(&self, line: &'t str) -> Option<Option<&'t str>> {
        let ascii = line.is_ascii().then(|| self.ascii_regex()).flatten();
        let range = match ascii {
            Some(regex) => {
                let found = regex.captures(line.as_bytes())?;
                found.iter().skip(1).flatten().next().map(|at| at.range())
            }
            None => {
                let found = self.regex()?.captures(line)?;
                found.iter().skip(1).flatten().next().map(|at| at.range())
            }
        };
        Some(range.and_then(|range| line.get(range)))
    }
}

/// What a line holds, letters in either case, told without looking at it again: some of what it
/// seems to hold it does not.
struct Held {
    /// A bit for two bytes each.
    letters: u64,
    /// A bit for many runs of three bytes each.
    threes: [u64; 16],
}

impl Held {
    fn of(line: &str) -> Held {
        let mut held = Held {
            letters: 0,
            threes: [0; 16],
        };
        let mut run = 0u32;
        for (at, byte) in line.bytes().enumerate() {
            let byte = byte.to_ascii_lowercase();
            held.letters |= 1 << (byte & 63);
            run = run << 8 & 0xff_ffff | u32::from(byte);
            if at >= 2 {
                let place = Held::place(run);
                if let Some(bits) = held.threes.get_mut(usize::from(place >> 6)) {
                    *bits |= 1 << (place & 63);
                }
            }
        }
        held
    }

    /// The bit of a run of three bytes.
    fn place(run: u32) -> u16 {
        (run.wrapping_mul(0x9e37_79b1) >> 22) as u16
    }

    fn has(&self, place: u16) -> bool {
        let bits = self.threes.get(usize::from(place >> 6));
        bits.is_some_and(|bits| bits >> (place & 63) & 1 == 1)
    }
}

/// A text that a line must hold, its ASCII letters in either case.
struct Need {
    text: String,
    letters: u64,
    /// Bits of some of its runs of three bytes.
    threes: Vec<u16>,
}

impl Need {
    fn new(text: &str) -> Need {
        /// These tell enough.
        const FEW: usize = 5;
        let text = text.to_ascii_lowercase();
        let letters = Held::of(&text).letters;
        let all: Vec<u16> = (text.as_bytes().windows(3))
            .map(|run| Held::place(run.iter().fold(0, |all, byte| all << 8 | u32::from(*byte))))
            .collect();
        let threes = (all.iter().step_by(all.len().div_ceil(FEW).max(1)).copied()).collect();
        Need {
            text,
            letters,
            threes,
        }
    }

    fn is_in(&self, line: &str, held: &Held) -> bool {
        if self.letters & !held.letters != 0 || !self.threes.iter().all(|place| held.has(*place)) {
            return false;
        }
        let (line, text) = (line.as_bytes(), self.text.as_bytes());
        let Some(first) = text.first() else {
            return true;
        };
        memchr2_iter(*first, first.to_ascii_uppercase(), line).any(|at| {
            line.get(at..at + text.len())
                .is_some_and(|there| there.eq_ignore_ascii_case(text))
        })
    }
}

impl Patterns {
    fn new(sources: impl Iterator<Item = String>) -> Patterns {
        let mut out = Patterns {
            each: vec![],
            starts: HashMap::default(),
            others: vec![],
        };
        for (at, source) in sources.enumerate() {
            let at = at as u16;
            let hir = regex_syntax::parse(&source).ok();
            match hir.as_ref().and_then(starts) {
                Some(starts) => {
                    for start in starts {
                        out.starts.entry(start).or_default().push(at);
                    }
                }
                None => out.others.push(at),
            }
            out.each.push(Pattern::new(source, hir.as_ref()));
        }
        out
    }

    /// The patterns that may match a line, in the table's order.
    fn possible<'p>(&'p self, line: &'p str) -> impl Iterator<Item = (usize, &'p Pattern)> {
        let start = match line.as_bytes() {
            [first, second, ..] => self.starts.get(&[*first, *second]),
            _ => None,
        };
        let mut started = start.into_iter().flatten().copied().peekable();
        let mut others = self.others.iter().copied().peekable();
        let in_order = std::iter::from_fn(move || match (started.peek(), others.peek()) {
            (Some(one), Some(other)) if one > other => others.next(),
            (None, _) => others.next(),
            _ => started.next(),
        });
        // Besides the ASCII letters, two others are the same as `k` and `s` in another case.
        let is_odd = !line.is_ascii() && line.contains(['\u{17f}', '\u{212a}']);
        let held = OnceCell::new();
        in_order.filter_map(move |at| {
            let at = usize::from(at);
            let pattern = self.each.get(at)?;
            let is_possible =
                is_odd || pattern.may_match(line, || held.get_or_init(|| Held::of(line)));
            is_possible.then_some((at, pattern))
        })
    }

    /// The first pattern that matches a line, by its place in the table.
    fn first(&self, line: &str) -> Option<usize> {
        self.possible(line)
            .find(|(_, pattern)| pattern.is_match(line))
            .map(|(at, _)| at)
    }

    /// Is the line one of these? Tables without groups are matched against folded lines; those with
    /// groups need the capitals.
    pub(crate) fn matches(&self, line: &str) -> bool {
        self.first(line).is_some()
    }

    /// The first pattern's first group that took part.
    pub(crate) fn capture<'t>(&self, line: &'t str) -> Option<&'t str> {
        self.possible(line)
            .find_map(|(_, pattern)| pattern.capture(line))?
    }
}

/// How likely a line is that holds one of these: long texts are rare.
fn likely(texts: &[String]) -> f64 {
    let one = |text: &String| 0.125f64.powi(text.len().min(6) as i32);
    texts.iter().map(one).sum()
}

/// Of each of these, every match holds one at least, but for the case of ASCII letters: the parts
/// that follow each other in a pattern.
fn all_needed(hir: &Hir) -> Vec<Vec<String>> {
    let HirKind::Concat(parts) = hir.kind() else {
        return needed(hir).into_iter().collect();
    };
    // Letters in either case are classes of their own: together they are a text.
    let mut all: Vec<Vec<String>> = vec![];
    let mut run = String::new();
    for part in parts {
        match fixed(part) {
            Some(text) => run.push_str(&text),
            None => {
                all.push(vec![std::mem::take(&mut run)]);
                all.extend(needed(part));
            }
        }
    }
    all.push(vec![run]);
    all.retain(|texts| texts.iter().all(|text| !text.is_empty()));
    all
}

/// The rarest texts of which every match holds at least one.
fn needed(hir: &Hir) -> Option<Vec<String>> {
    const MOST: usize = 8;
    const MOST_IN_ALL: usize = 60;
    match hir.kind() {
        HirKind::Literal(_) => Some(vec![fixed(hir)?]),
        HirKind::Class(Class::Unicode(class)) => {
            let count: u32 = class.iter().map(|range| range.len() as u32).sum();
            let all = || class.iter().flat_map(|range| range.start()..=range.end());
            (count as usize <= MOST).then(|| all().map(String::from).collect())
        }
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repeated) if repeated.min >= 1 => needed(&repeated.sub),
        HirKind::Concat(_) => {
            (all_needed(hir).into_iter()).min_by(|one, other| likely(one).total_cmp(&likely(other)))
        }
        HirKind::Alternation(parts) => {
            let each: Option<Vec<Vec<String>>> = parts.iter().map(needed).collect();
            let all: Vec<String> = each?.into_iter().flatten().collect();
            (all.len() <= MOST_IN_ALL).then_some(all)
        }
        _ => None,
    }
}

/// The text that a part of a pattern always matches, but for the case of ASCII letters.
fn fixed(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok(),
        HirKind::Class(Class::Unicode(class)) => {
            let first = class.iter().next()?.start().to_ascii_lowercase();
            let same = |c: char| match c {
                '\u{17f}' => first == 's',
                '\u{212a}' => first == 'k',
                _ => c.to_ascii_lowercase() == first,
            };
            let count: u32 = class.iter().map(|range| range.len() as u32).sum();
            let mut all = class.iter().flat_map(|range| range.start()..=range.end());
            (count <= 3 && all.all(same)).then(|| first.to_string())
        }
        _ => None,
    }
}

/// The last bytes of whatever a pattern matches that ends with the line; nothing, where they may be
/// too many.
fn ends(hir: &Hir) -> Option<[u64; 4]> {
    let mut extractor = Extractor::new();
    extractor
        .kind(ExtractKind::Suffix)
        .limit_class(40)
        .limit_total(400);
    let mut found = extractor.extract(hir);
    found.keep_last_bytes(1);
    let mut set = [0u64; 4];
    for literal in found.literals()? {
        let last = literal.as_bytes().last()?;
        if let Some(bits) = set.get_mut(usize::from(last >> 6)) {
            *bits |= 1 << (last & 63);
        }
    }
    Some(set)
}

/// The first two bytes of whatever an anchored pattern matches; nothing, where it may start with
/// too many, or in the middle of a line.
fn starts(hir: &Hir) -> Option<BTreeSet<[u8; 2]>> {
    let anchored = hir.properties().look_set_prefix().contains(Look::Start);
    let mut extractor = Extractor::new();
    extractor
        .kind(ExtractKind::Prefix)
        .limit_class(40)
        .limit_total(400);
    let mut found = extractor.extract(hir);
    found.keep_first_bytes(2);
    let literals = found.literals().filter(|_| anchored)?;
    literals
        .iter()
        .map(|literal| literal.as_bytes().first_chunk::<2>().copied())
        .collect()
}

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

/// A table's patterns; a test holds that every line of every table compiles, so that none is lost.
fn patterns(table: &'static str, before: &str, after: &str, groups: Groups) -> Patterns {
    Patterns::new(pattern_sources(table, before, after, &groups))
}

fn pattern_sources(
    table: &'static str,
    before: &str,
    after: &str,
    groups: &Groups,
) -> impl Iterator<Item = String> {
    let flags = match groups {
        Groups::Unused => "(?s)",
        Groups::Used => "(?is)",
    };
    // Digits are meant as in "12": without those of all scripts, far fewer starts are possible.
    let plain = |row: &str| row.replace(r"\d", "[0-9]");
    rows(table).map(move |row| format!("{flags}{before}(?:{}){after}", plain(row)))
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
            vec![$(($file, $name.each.len()),)*]
        }
    };
}

patterns! {
    /// An image's caption or credit.
    CAPTIONS = "captions.txt", "^", "$", Unused;
    /// An image's caption, before the running text.
    CAPTIONS_AT_TOP = "captions_at_top.txt", "^", "$", Unused;
    /// A byline; the group is the writer.
    BYLINES = "bylines.txt", "^", "$", Used;
    /// A line that credits others; the group is whom.
    CREDIT_LINES = "credit_lines.txt", "^", "$", Used;
    /// A line that gives a person of an outlet as the source; the group is the outlet.
    SOURCE_LINES = "source_lines.txt", "^", "$", Used;
    /// A line that names the site; the group is the name.
    PUBLISHERS = "publishers.txt", "^", "$", Used;
    /// Words before an outlet's name that make it a source.
    CREDIT_BEFORE = "credit_before.txt", "\\b", "\\s*$", Unused;
    /// Words after an outlet's name that make it a source.
    CREDIT_AFTER = "credit_after.txt", "^\\s*", "", Used;
}

/// What a line of a page is, as far as the tables know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Listed {
    /// Opens the readers' comments.
    Comments,
    /// Counts comments.
    Counter,
    /// Stands around single comments.
    CommentPart,
    /// Opens a list of links to other reports.
    Related,
    /// Belongs to the page, or is an image's caption or credit.
    Furniture,
}

/// The tables of lines that are looked up together, and what theirs are.
const LISTED: [(&str, Listed); 6] = [
    (include_str!("../data/en/comments.txt"), Listed::Comments),
    (include_str!("../data/en/counters.txt"), Listed::Counter),
    (
        include_str!("../data/en/comment_parts.txt"),
        Listed::CommentPart,
    ),
    (include_str!("../data/en/related.txt"), Listed::Related),
    (include_str!("../data/en/furniture.txt"), Listed::Furniture),
    (include_str!("../data/en/captions.txt"), Listed::Furniture),
];

/// All their patterns, in the order of the tables.
static LISTED_SET: LazyLock<(Patterns, Vec<Listed>)> = LazyLock::new(|| {
    let sources = LISTED
        .iter()
        .flat_map(|(table, _)| pattern_sources(table, "^", "$", &Groups::Unused));
    let kinds = LISTED
        .iter()
        .flat_map(|(table, kind)| rows(table).map(|_| *kind))
        .collect();
    (Patterns::new(sources), kinds)
});

/// What a folded line is, by the first table that has it.
pub(crate) fn listed(folded: &str) -> Option<Listed> {
    let (patterns, kinds) = &*LISTED_SET;
    kinds.get(patterns.first(folded)?).copied()
}

/// The words of a table.
type Set = HashSet<&'static str, Hashed>;

/// The words of a table, and what stands beside each.
type Pairs<T> = HashMap<&'static str, T, Hashed>;

fn set(table: &'static str) -> Set {
    rows(table).collect()
}

fn pairs(table: &'static str) -> Pairs<&'static str> {
    rows(table)
        .map(|row| row.split_once('\t').unwrap_or((row, "")))
        .collect()
}

/// Months' names and their numbers.
pub(crate) static MONTHS: LazyLock<Pairs<i8>> = LazyLock::new(|| {
    pairs(include_str!("../data/en/months.tsv"))
        .into_iter()
        .filter_map(|(name, number)| Some((name, number.parse().ok()?)))
        .collect()
});

/// Names of weekdays.
pub(crate) static WEEKDAYS: LazyLock<Set> =
    LazyLock::new(|| set(include_str!("../data/en/weekdays.txt")));

/// Words that may stand in a date line beside the date.
pub(crate) static DATE_WORDS: LazyLock<Set> =
    LazyLock::new(|| set(include_str!("../data/en/date_words.txt")));

/// Words before a page's date, and `later` for those of a later change.
pub(crate) static DATE_LABELS: LazyLock<Pairs<&'static str>> =
    LazyLock::new(|| pairs(include_str!("../data/en/date_labels.txt")));

/// Agencies and outlets known all over the world.
pub(crate) static OUTLETS: LazyLock<Set> =
    LazyLock::new(|| set(include_str!("../data/en/outlets.txt")));

/// The first words of the known outlets' names.
pub(crate) static OUTLET_STARTS: LazyLock<Set> = LazyLock::new(|| {
    let first = |name: &&'static str| name.split(' ').next();
    OUTLETS.iter().filter_map(first).collect()
});

/// The last words of what outlets' names end with.
pub(crate) static OUTLET_WORDS_LAST: LazyLock<Set> = LazyLock::new(|| {
    let last = |words: &&'static str| words.rsplit(' ').next();
    OUTLET_WORDS.iter().filter_map(last).collect()
});

/// Words that an outlet's name ends with.
pub(crate) static OUTLET_WORDS: LazyLock<Set> =
    LazyLock::new(|| set(include_str!("../data/en/outlet_words.txt")));

/// The commonest words of English.
pub(crate) static COMMON_WORDS: LazyLock<Set> =
    LazyLock::new(|| set(include_str!("../data/en/common_words.txt")));

/// ISO 639-3 codes and their ISO 639-1 codes.
pub(crate) static LANGUAGES: LazyLock<Pairs<&'static str>> =
    LazyLock::new(|| pairs(include_str!("../data/languages.tsv")));

/// Extensions of files that are never reports, and what they are.
pub(crate) static EXTENSIONS: LazyLock<Pairs<&'static str>> =
    LazyLock::new(|| pairs(include_str!("../data/extensions.tsv")));

/// Words of class names and the groups they belong to, a bit each.
static CLASS_WORDS: LazyLock<Pairs<u64>> = LazyLock::new(|| {
    let mut words = Pairs::default();
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
    fn what_rules_patterns_out_loses_no_match() {
        let rows = [
            "(?:by|from) ([^.!?]{3,40})",
            "vel[kc]a’s? fall|orlo\\b.*",
            "(x)?ⓜ+a",
        ];
        let sources = || rows.iter().map(|row| format!("(?is)^(?:{row})$"));
        let patterns = Patterns::new(sources());
        let lines = [
            "By Ada Brisk",
            "from Zoë Orne",
            "FROM port lenn.",
            "Velca’s Fall",
            "Velka fall",
            "ORLO, today",
            "orloff",
            "ⓜⓂa",
            "or\u{212a}o",
            "by",
        ];
        for line in lines {
            let all = sources().filter_map(|source| Regex::new(&source).ok());
            let expected = all.into_iter().position(|regex| regex.is_match(line));
            assert_eq!(patterns.first(line), expected, "{line}");
        }
        assert_eq!(patterns.capture("By Ada Brisk"), Some("Ada Brisk"));
        assert_eq!(patterns.capture("from Zoë Orne"), Some("Zoë Orne"));
        assert_eq!(patterns.capture("ORLO, today"), None);
    }

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
        assert_eq!(LISTED_SET.0.each.len(), LISTED_SET.1.len());
        for (table, _) in LISTED {
            for row in rows(table) {
                assert!(Regex::new(row).is_ok(), "{row}");
                let plain = row.replace(['W', 'S', 'D', 'B'], "").replace("xX", "");
                assert!(
                    !plain.chars().any(char::is_uppercase),
                    "never matches: {row}"
                );
            }
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
