//! Makes a large record out of a small one, for measuring.
//!
//!     rapporteur read examples/doha-2021 --record small.record
//!     cargo run --release -p rapporteur-record --example scale -- small.record large.record 100000
//!     cargo run --release -p rapporteur-record --example scale -- small.record texts/ 1000 --from 100000
//!
//! The small record's reports are told again and again, each time in another *world*: most of the words
//! that few of its reports have, names above all, become other words of as many letters, the same throughout a world,
//! the days of publication move, and three of four common words are others as long, so that no world copies another. So stories keep their size, however many reports there are, and
//! go on sharing what all news shares: the great names, the common words, the publishers. Every
//! offset stays what it was, so that nothing is read again. `--claims N` keeps so many claims of a report, on the
//! average. Into a folder, the reports are written as JSON lines that `rapporteur read` takes; `--from N` begins after
//! so many reports.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use rapporteur_model::{Claim, Derivation, Masthead, Reading, Report, ReportId, Sighting, What};
use rapporteur_record::{Contents, Log};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// Words that more of the small record's reports have are in every world the same.
const SHARE: f64 = 0.02;
/// Of a hundred rare words, so many are another in each world.
const CHANGED: u64 = 95;
/// In each world, one in so many common words stays what it is.
const KEPT: u64 = 4;
/// Reports a transaction.
const STEP: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = vec![];
    let (mut from, mut claims) = (0, f64::INFINITY);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--from" => from = args.next().ok_or("--from what?")?.parse()?,
            "--claims" => claims = args.next().ok_or("--claims what?")?.parse()?,
            _ => paths.push(arg),
        }
    }
    let [small, large, count] = &paths[..] else {
        return Err("scale SMALL LARGE COUNT [--from N] [--claims N]".into());
    };
    let count: usize = count.parse()?;
    let mut small = Log::open_existing(small)?.contents()?;
    small
        .readings
        .sort_by(|a, b| a.report.id().cmp(b.report.id()));
    thin(&mut small, claims);
    let worlds = Worlds::of(&small);
    let start = Instant::now();
    let numbers = from..from + count;
    match Path::new(large).extension() {
        Some(_) => write_record(&small, &worlds, large, numbers)?,
        None => write_texts(&small, &worlds, large, numbers)?,
    }
    println!("{count} reports in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Leaves out claims, evenly, so that a report has so many.
fn thin(small: &mut Contents, claims: f64) {
    let all: usize = small.readings.iter().map(|r| r.claims.len()).sum();
    let kept = claims * small.readings.len() as f64 / all.max(1) as f64;
    let mut sum: f64 = 0.0;
    for reading in &mut small.readings {
        reading.claims.retain(|_| {
            let before = sum.floor();
            sum += kept.min(1.0);
            sum.floor() > before
        });
    }
}

fn write_record(
    small: &Contents,
    worlds: &Worlds,
    large: &str,
    numbers: std::ops::Range<usize>,
) -> Result<(), Box<dyn Error>> {
    let size = small.readings.len();
    let mut log = Log::open(large)?;
    let mut ids: BTreeMap<(usize, &ReportId), ReportId> = BTreeMap::new();
    let all: Vec<usize> = numbers.collect();
    for step in all.chunks(STEP) {
        let mut batch = log.batch()?;
        for &number in step {
            let (world, at) = (number / size, number % size);
            let told = worlds.reading(&small.readings[at], world)?;
            let sighting = Sighting {
                report: told.report.id().clone(),
                path: format!("world{world}/{at}.txt"),
            };
            batch.add(&told, &sighting, "2031-01-01T00:00:00Z")?;
            ids.insert((world, small.readings[at].report.id()), sighting.report);
        }
        let in_step: BTreeSet<usize> = step.iter().map(|number| number / size).collect();
        for world in in_step {
            let moved = small.derivations.iter().filter_map(|derivation| {
                Some(Derivation {
                    from: ids.get(&(world, &derivation.from))?.clone(),
                    to: ids.get(&(world, &derivation.to))?.clone(),
                    ..derivation.clone()
                })
            });
            batch.derive(&moved.collect::<Vec<_>>())?;
        }
        batch.commit()?;
        eprint!("\r{}", step.last().unwrap_or(&0));
    }
    eprintln!();
    Ok(())
}

fn write_texts(
    small: &Contents,
    worlds: &Worlds,
    folder: &str,
    numbers: std::ops::Range<usize>,
) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let mut file = std::fs::File::create(Path::new(folder).join("reports.jsonl"))?;
    let size = small.readings.len();
    for number in numbers {
        let (world, at) = (number / size, number % size);
        let report = worlds.reading(&small.readings[at], world)?.report;
        let masthead = report.masthead();
        let line = serde_json::json!({
            "title": masthead.title,
            "publisher": masthead.publisher,
            "url": masthead.url,
            "published": masthead.published.when.map(|when| when.earliest),
            "text": report.body(),
        });
        writeln!(file, "{line}")?;
    }
    Ok(())
}

/// Which words are others from world to world.
struct Worlds {
    rare: BTreeSet<String>,
    /// Common words by length.
    common: BTreeMap<usize, Vec<String>>,
}

impl Worlds {
    fn of(small: &Contents) -> Worlds {
        let mut reports: BTreeMap<String, usize> = BTreeMap::new();
        for reading in &small.readings {
            let words: BTreeSet<String> = words(reading.report.body())
                .map(str::to_ascii_lowercase)
                .collect();
            for word in words {
                *reports.entry(word).or_default() += 1;
            }
        }
        let most = ((small.readings.len() as f64 * SHARE) as usize).max(2);
        let rare = (reports.iter())
            .filter(|(word, count)| word.len() > 3 && **count <= most)
            .map(|(word, _)| word.clone());
        let rare: BTreeSet<String> = rare.collect();
        let mut common: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (word, _) in reports
            .iter()
            .filter(|(word, count)| word.len() > 3 && **count > most)
        {
            common.entry(word.len()).or_default().push(word.clone());
        }
        Worlds { rare, common }
    }

    fn reading(&self, reading: &Reading, world: usize) -> Result<Reading, Box<dyn Error>> {
        if world == 0 {
            return Ok(reading.clone());
        }
        let masthead: Masthead = {
            let mut masthead = self.told(reading.report.masthead(), world)?;
            if let Some(url) = &mut masthead.url {
                // What stands after a question mark is not always part of an address.
                let path = url.find("://").map_or(0, |at| at + 3);
                let path = url[path..].find('/').map_or(url.len(), |at| path + at);
                url.insert_str(path, &format!("/{world}"));
            }
            if let Some(title) = &mut masthead.title {
                title.push_str(&format!(" {world}"));
            }
            if let Some(when) = &mut masthead.published.when {
                let days = jiff::Span::new().try_days((world * 37 % 3650) as i64)?;
                when.earliest = when.earliest.checked_sub(days)?;
                when.latest = when.latest.checked_sub(days)?;
            }
            masthead
        };
        let body = self.text(reading.report.body(), world);
        let report = Report::new(masthead, body, reading.report.blocks().to_vec());
        let claim = |claim: &Claim| -> Result<Claim, Box<dyn Error>> {
            let what: What = self.told(claim.what(), world)?;
            let span = claim.evidence().span();
            Ok(Claim::new(&report, span, claim.sentence(), what).ok_or("a claim without words")?)
        };
        let claims = reading.claims.iter().map(claim).collect::<Result<_, _>>()?;
        Ok(Reading {
            mentions: self.told(&reading.mentions, world)?,
            times: self.told(&reading.times, world)?,
            figures: self.told(&reading.figures, world)?,
            claims,
            report,
        })
    }

    fn told<T: Serialize + DeserializeOwned>(
        &self,
        noun: &T,
        world: usize,
    ) -> Result<T, Box<dyn Error>> {
        let mut value = serde_json::to_value(noun)?;
        self.change(&mut value, "", world);
        Ok(serde_json::from_value(value)?)
    }

    fn change(&self, value: &mut Value, key: &str, world: usize) {
        // Words of the text; the others are the program's.
        const TEXTS: [&str; 18] = [
            "name",
            "of",
            "role",
            "stands_for",
            "title",
            "byline",
            "credits",
            "asks",
            "offers",
            "topics",
            "content",
            "result",
            "unit",
            "exact",
            "body",
            "printed",
            "expression",
            "cue",
        ];
        match value {
            Value::String(text) if TEXTS.contains(&key) => *text = self.text(text, world),
            Value::Array(values) => values
                .iter_mut()
                .for_each(|value| self.change(value, key, world)),
            Value::Object(fields) => {
                let fields = fields.iter_mut().filter(|(key, _)| *key != "form");
                fields.for_each(|(key, value)| self.change(value, key, world));
            }
            _ => {}
        }
    }

    /// A text with its rare words as they are in a world.
    fn text(&self, text: &str, world: usize) -> String {
        if world == 0 {
            return text.to_string();
        }
        let mut told = String::with_capacity(text.len());
        let mut end = 0;
        for word in words(text) {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            told.push_str(&text[end..start]);
            match self.other(word, world) {
                Some(other) => told.push_str(other),
                None => told.push_str(&self.word(word, world)),
            }
            end = start + word.len();
        }
        told.push_str(&text[end..]);
        told
    }

    /// Another common word for one in small letters.
    fn other(&self, word: &str, world: usize) -> Option<&str> {
        let small = word.bytes().all(|letter| letter.is_ascii_lowercase());
        let words = self.common.get(&word.len()).filter(|_| small)?;
        let chance = mixed(world as u64 ^ 0x5bd1_e995, word.as_bytes());
        if self.rare.contains(word) || chance.is_multiple_of(KEPT) {
            return None;
        }
        let at = (chance / KEPT) as usize % words.len().max(1);
        words.get(at).map(String::as_str)
    }

    fn word(&self, word: &str, world: usize) -> String {
        let small = word.to_ascii_lowercase();
        let chance = mixed(world as u64, small.as_bytes());
        if !self.rare.contains(&small) || chance % 100 >= CHANGED {
            return word.to_string();
        }
        // The ending stays, so that it goes on being a verb, an adjective or a plural.
        let kept = small.len().saturating_sub(2).max(2);
        let mut chance = chance / 100;
        let others = word.char_indices().map(|(at, letter)| {
            let letters = match letter.to_ascii_lowercase() {
                'a' | 'e' | 'i' | 'o' | 'u' => "aeiou",
                _ => "bcdfghjklmnprstvwz",
            };
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let other = letters.as_bytes()[(chance >> 33) as usize % letters.len()] as char;
            match (at < kept, letter.is_ascii_uppercase()) {
                (false, _) => letter,
                (true, true) => other.to_ascii_uppercase(),
                (true, false) => other,
            }
        });
        others.collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
}

fn mixed(seed: u64, bytes: &[u8]) -> u64 {
    let start = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0xcbf2_9ce4_8422_2325;
    let hash = bytes.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^ (hash >> 29)
}
