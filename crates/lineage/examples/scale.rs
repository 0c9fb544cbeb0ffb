//! Indexes and traces many reports made by editing, one at a time, on one thread.
//!
//!     cargo run --release -p rapporteur-lineage --example scale -- 100000
//!     cargo run --release -p rapporteur-lineage --example scale -- 2000 --print
//!
//! Reports are made on the fly from a number: nothing is kept of one but what the index keeps, and
//! a candidate is made again to be compared, as another program would fetch it from where it lies.
//! Of each story there are an agency's report, a cut reprint, an edited copy with a lead of its own,
//! and a rewrite with every third content word another. `--print` writes their texts, a line each.

#![allow(clippy::print_stdout)]

use rapporteur_lineage::{Index, compare};
use rapporteur_model::{How, Masthead, Published, Report, When};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Stories whose reports come in between one another.
const TOGETHER: u64 = 1000;
const MEMBERS: u64 = 4;
const WORDS: u64 = 60_000;

/// A little chance: the same on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// A word's rank: common words often, as in any text (Zipf).
    fn rank(&mut self) -> u64 {
        let part = self.below(1 << 20) as f64 / (1 << 20) as f64;
        (WORDS as f64).powf(part) as u64
    }
}

/// An invented word.
fn word(rank: u64) -> &'static str {
    static WORDS_MADE: OnceLock<Vec<String>> = OnceLock::new();
    let all = WORDS_MADE.get_or_init(|| (0..WORDS + 2000).map(made).collect());
    all.get(rank as usize).map_or("", String::as_str)
}

fn made(rank: u64) -> String {
    const HEADS: [&str; 16] = [
        "b", "br", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v",
    ];
    const TAILS: [&str; 10] = ["a", "e", "i", "o", "u", "an", "er", "in", "ol", "us"];
    let mut chance = Chance(rank);
    let syllables = if rank < 200 { 2 } else { 3 + chance.below(2) };
    let syllable = |_| {
        let head = HEADS[chance.below(16) as usize];
        format!("{head}{}", TAILS[chance.below(10) as usize])
    };
    (0..syllables).map(syllable).collect()
}

/// A sentence: content words by rank, negative ones capitalised as names, and small words between.
fn sentence(chance: &mut Chance, names: &[u64]) -> Vec<(u64, bool)> {
    let count = 9 + chance.below(9);
    let one = |chance: &mut Chance| match chance.below(5) {
        0 => (names[chance.below(names.len() as u64) as usize], true),
        _ => (chance.rank(), false),
    };
    (0..count).map(|_| one(chance)).collect()
}

fn printed(content: &[(u64, bool)], chance: &mut Chance) -> String {
    const SMALL: [&str; 12] = [
        "the", "of", "in", "and", "to", "on", "with", "from", "after", "by", "that", "at",
    ];
    let mut text = String::new();
    for (at, (rank, is_name)) in content.iter().enumerate() {
        if chance.below(2) == 0 || at == 0 {
            text += SMALL[chance.below(12) as usize];
            text.push(' ');
        }
        let word = word(*rank);
        match (is_name, word.split_at_checked(1)) {
            (true, Some((first, rest))) => text += &(first.to_uppercase() + rest),
            _ => text += word,
        }
        text.push(' ');
    }
    text.truncate(text.len().saturating_sub(1));
    text
}

/// Report number `at`.
fn report(at: u64) -> Report {
    let block = at / (TOGETHER * MEMBERS);
    let inside = at % (TOGETHER * MEMBERS);
    let (member, story) = (inside / TOGETHER, block * TOGETHER + inside % TOGETHER);
    let mut chance = Chance(story.wrapping_mul(0x0010_0001));
    let names: Vec<u64> = (0..8).map(|_| 2000 + chance.below(WORDS)).collect();
    let sentences: Vec<_> = (0..22).map(|_| sentence(&mut chance, &names)).collect();
    let mut edit = Chance(at.wrapping_mul(0x0100_0003));
    let mut body = String::new();
    if member > 0 {
        let own: Vec<_> = (0..2).map(|_| sentence(&mut edit, &names)).collect();
        for own in own {
            body += &format!("{}.\n", printed(&own, &mut edit));
        }
    }
    for (number, content) in sentences.iter().enumerate() {
        // The small words of a sentence come from its story, but for a rewrite's.
        let mut small = Chance(story.wrapping_add(number as u64 * 77_777));
        let is_quoted = number % 5 == 2;
        let text = match member {
            1 if number >= 14 => continue,
            2 if edit.below(4) == 0 => {
                let mut content = content.clone();
                let last = content.len() - 1;
                content.swap(last, last - 2);
                content[3] = (edit.rank(), false);
                printed(&content, &mut small)
            }
            3 if edit.below(6) == 0 => continue,
            3 => {
                let mut content = content.clone();
                for (rank, is_name) in &mut content {
                    if !*is_name && edit.below(3) == 0 {
                        *rank = edit.rank();
                    }
                }
                printed(&content, &mut edit)
            }
            _ => printed(content, &mut small),
        };
        match is_quoted && member < 3 {
            true => body += &format!("“{text},” said {}.\n", word(names[0])),
            false => body += &format!("{text}.\n"),
        }
    }
    let day = |number: u64| format!("2031-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
    let masthead = Masthead {
        publisher: Some(format!("{} Times", word(at % 997))),
        published: Published::found(day(block + member).parse().ok().map(When::day), How::Given),
        ..Masthead::default()
    };
    Report::new(masthead, body, vec![])
}

fn main() {
    let mut args = std::env::args().skip(1);
    let count: u64 = args.next().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    if args.next().is_some() {
        (0..count).for_each(|at| println!("{}", report(at).body().replace('\n', " ")));
        return;
    }
    let mut index = Index::default();
    let (mut indexing, mut comparing) = (Duration::ZERO, Duration::ZERO);
    let (mut letters, mut pairs, mut wanted) = (0, 0, 0);
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for at in 0..count {
        let here = report(at);
        letters += here.body().len();
        let start = Instant::now();
        let candidates = index.add(&here);
        indexing += start.elapsed();
        pairs += candidates.len();
        wanted += at % (TOGETHER * MEMBERS) / TOGETHER;
        for other in candidates {
            let other = report(other as u64);
            let start = Instant::now();
            let derivation = compare(&other, &here);
            comparing += start.elapsed();
            let kind = derivation.map_or("none".to_string(), |d| format!("{:?}", d.kind));
            *found.entry(kind.to_lowercase()).or_default() += 1;
        }
    }
    let per_second = |time: Duration| count as f64 / time.as_secs_f64();
    println!(
        "{count} reports of {} bytes: indexed {:.0} a second, indexed and traced {:.0} a second",
        letters as u64 / count.max(1),
        per_second(indexing),
        per_second(indexing + comparing),
    );
    println!(
        "  index {} bytes a report; {pairs} candidates for {wanted} pairs of one story; {found:?}",
        index.bytes() as u64 / count.max(1),
    );
    println!(
        "  seconds: {:.2} indexing, {:.2} comparing",
        indexing.as_secs_f64(),
        comparing.as_secs_f64()
    );
}
