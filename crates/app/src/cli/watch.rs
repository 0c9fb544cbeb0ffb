//! `rapporteur watch`: what comes into feeds and folders, into the record.

use super::config::ConfigArgs;
use super::failure::Failure;
use super::flow::{self, Come};
use super::output::{message, results};
use super::record::{COMPUTING, OPENING, room};
use super::{Outcome, clock, input, output, progress, read};
use crate::steps::{self, Known};
use crate::watch::{Address, Asked, Asking, Client, Due, Memory, ask_all, due, stamp};
use crate::{Counts, Read, add, read_entry};
use clap::Parser;
use rapporteur_model::ReportId;
use rapporteur_record::{Log, State};
use rapporteur_report::{Entry, Given, Unread};
use rapporteur_views::{self as views, Filter, words};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// Watch feeds and folders, and read what comes into a record
#[derive(Parser)]
#[command(after_help = "Examples:
  rapporteur watch https://echo.example/rss --record talks.record
  rapporteur watch https://echo.example/rss inbox/ --record talks.record --pages --every 15m
  rapporteur watch --once --record talks.record --contact desk@example.org    # from cron

Each report that comes is told, and then what changed, in the words of `rapporteur diff`. Feeds are asked only
for what changed since (ETag, Last-Modified), robots.txt is kept to, a host is asked one thing at a time and left
alone while it does not answer or asks to wait. Files are read once nobody has written to them for two seconds.
What is remembered for that lies beside the record, in a file whose name ends in .watch. Only this command uses
a network. docs/watch.md tells more.")]
pub struct Args {
    /// Addresses of feeds, folders and files [default: those of the configuration]
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// The record, one file; made if it is not there
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Look once and end
    #[arg(long)]
    once: bool,
    /// How often feeds are asked, such as 90s, 15m or 2h [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    every: Option<Duration>,
    /// Ask for the pages of the feed's own site that its entries lead to
    #[arg(long)]
    pages: bool,
    /// How long to wait between two requests to one host
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "1s")]
    pause: Duration,
    /// An address at which whoever runs the servers can reach you; sent with each request
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// Tell of reports alone, not of what changed: which must be computed
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    config: ConfigArgs,
}

/// How often feeds are asked where nobody says.
const EVERY: Duration = Duration::from_secs(600);

/// How often folders are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let config = args.config.load(Some(&args.record))?;
    let own = args.sources.is_empty();
    let sources = if own {
        config.watch.sources
    } else {
        args.sources
    };
    let (feeds, folders) = sorted(&sources)?;
    if feeds.is_empty() && folders.is_empty() {
        return Err(Failure::usage(
            "nothing to watch",
            "give addresses of feeds or folders, or write them into rapporteur.toml ([watch] sources)",
        ));
    }
    let contact = args.contact.or(config.watch.contact);
    let every = args.every.or(config.watch.every).unwrap_or(EVERY);
    let log = progress::during(OPENING, || Log::open(&args.record))?.with(config.background);
    log.wait_for_writers(steps::PATIENCE)?;
    let memory_path = Memory::path(&args.record);
    let mut memory = Memory::read(&memory_path);
    let hosts = std::mem::take(&mut memory.hosts);
    let mut watch = Watch {
        known: Known::of(&log)?,
        log,
        record: args.record,
        client: Client::new(hosts, args.pause, contact.as_deref()),
        memory,
        memory_path,
        given: Given {
            zones: config.zones,
            ..Given::default()
        },
        pages: args.pages || config.watch.pages,
        is_quiet: args.quiet,
        before: None,
        told: BTreeSet::new(),
        counts: Counts::default(),
        unread: 0,
    };
    let mut asked: Option<Instant> = None;
    loop {
        if asked.is_none_or(|last| last.elapsed() >= every) {
            asked = Some(Instant::now());
            watch.feeds(&feeds)?;
        }
        let moving = watch.folders(&folders)?;
        if args.once {
            if moving > 0 {
                let files = words::count(moving, "file is", "files are");
                message(&format!(
                    "note: {files} still being written, and left for the next time"
                ));
            }
            break;
        }
        std::thread::sleep(LOOK);
    }
    let unread = watch.unread;
    results(&format!("{}\n", read::summary(&watch.counts, unread)))?;
    Ok(Outcome::of(unread == 0))
}

/// A length of time on the command line: `90s`, `15m`, `2h`.
pub fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "no length of time: write it as 90s, 15m or 2h".to_string();
    let text = text.trim();
    let (number, unit) = text.split_at(text.trim_end_matches(char::is_alphabetic).len());
    let number: u32 = number.trim().parse().map_err(|_| wrong())?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err(wrong()),
    };
    Ok(Duration::from_secs(u64::from(number) * unit))
}

/// Which sources are feeds, and which folders; each once, in order.
fn sorted(sources: &[String]) -> Result<(Vec<Address>, Vec<PathBuf>), Failure> {
    let (mut feeds, mut folders) = (BTreeSet::new(), BTreeSet::new());
    for source in sources {
        match source.contains("://") {
            false => drop(folders.insert(PathBuf::from(source))),
            true => {
                let address = Address::of(source).ok_or_else(|| {
                    Failure::usage(
                        format!("{source} is no address that can be asked"),
                        "give one of http or https, without a name or password in it",
                    )
                })?;
                feeds.insert(address);
            }
        }
    }
    Ok((feeds.into_iter().collect(), folders.into_iter().collect()))
}

struct Watch {
    log: Log,
    record: PathBuf,
    known: Known,
    client: Client,
    memory: Memory,
    memory_path: PathBuf,
    given: Given,
    pages: bool,
    is_quiet: bool,
    /// The state before the next report comes, where it is known.
    before: Option<State>,
    /// What could not be read and was told: once is enough.
    told: BTreeSet<(String, String)>,
    counts: Counts,
    unread: usize,
}

impl Watch {
    /// Asks all feeds, and takes what each has as it comes.
    fn feeds(&mut self, feeds: &[Address]) -> Result<(), Failure> {
        if feeds.is_empty() {
            return Ok(());
        }
        let now = seconds_now()?;
        let mut same = 0;
        let mut came: Vec<Asked> = vec![];
        let known = |id: &ReportId| self.known.has(id);
        let asking = Asking {
            client: &self.client,
            given: &self.given,
            is_known: &known,
            feeds: &self.memory.feeds,
            pages: self.pages.then_some(&self.memory.pages),
            now,
        };
        // What the memory says is needed until all have answered; what came is added as it comes.
        let (log, counts, told) = (&mut self.log, &mut self.counts, &mut self.told);
        let mut taking = Taking {
            log,
            known: &self.known,
            before: &mut self.before,
            is_quiet: self.is_quiet,
            counts,
            told,
            unread: &mut self.unread,
        };
        ask_all(&asking, feeds, |mut asked| {
            same += usize::from(asked.is_same);
            let results = std::mem::take(&mut asked.results);
            // Entries of a feed change their numbers: where a report stands in it is no news.
            let is_news = |result: &Result<Read, Unread>| match result {
                Ok(read) => !known(read.reading.report.id()),
                Err(_) => true,
            };
            taking.take(results.into_iter().filter(is_news).collect())?;
            came.push(asked);
            Ok::<(), Failure>(())
        })?;
        for asked in came {
            if let Some(validators) = asked.validators {
                self.memory.feeds.insert(asked.feed, validators);
            }
            let pages = asked.pages.into_iter().map(|page| (page, now));
            self.memory.pages.extend(pages);
        }
        self.remember(now)?;
        if same > 0 && same == feeds.len() && self.counts == Counts::default() {
            message(&format!(
                "note: {} unchanged",
                words::count(same, "feed", "feeds")
            ));
        }
        Ok(())
    }

    /// Reads what came into the folders; says how many files may still be being written.
    fn folders(&mut self, folders: &[PathBuf]) -> Result<usize, Failure> {
        if folders.is_empty() {
            return Ok(0);
        }
        let Due {
            files,
            moving,
            unread,
        } = due(folders, &self.record, &self.memory, SystemTime::now());
        let mut found: Vec<(PathBuf, Result<Read, Unread>)> = vec![];
        let mut others: Vec<Unread> = unread;
        let paths: Vec<PathBuf> = files.iter().map(|(file, _)| file.clone()).collect();
        let read_one = |file: &Path, entry: &Entry| {
            let given = input::given(None, &self.given.zones, file, entry);
            let results = read_entry(entry, &given, |id| self.known.has(id));
            (file.to_path_buf(), results)
        };
        flow::each(&paths, input::threads(None), &|_| (), read_one, |come| {
            match come {
                Come::Done((file, results)) => {
                    found.extend(results.into_iter().map(|result| (file.clone(), result)));
                }
                Come::Unread(why) => others.push(why),
                Come::Note(path, note) => input::note(&path, &note),
            }
            Ok::<(), Failure>(())
        })?;
        // What was written to meanwhile is read again once it rests.
        let at_rest: BTreeSet<PathBuf> = (files.iter())
            .filter(|(file, seen)| stamp(file) == Some(*seen))
            .map(|(file, _)| file.clone())
            .collect();
        let found = found.into_iter().filter(|(file, _)| at_rest.contains(file));
        let results: Vec<_> = found
            .map(|(_, result)| result)
            .chain(others.into_iter().map(Err))
            .collect();
        let is_news = !results.is_empty();
        self.taking().take(results)?;
        for (file, seen) in files {
            if at_rest.contains(&file) {
                self.memory.files.insert(file, seen);
            }
        }
        if is_news {
            self.remember(seconds_now()?)?;
        }
        Ok(moving)
    }

    fn taking(&mut self) -> Taking<'_> {
        Taking {
            log: &mut self.log,
            known: &self.known,
            before: &mut self.before,
            is_quiet: self.is_quiet,
            counts: &mut self.counts,
            told: &mut self.told,
            unread: &mut self.unread,
        }
    }

    /// Writes down what is to be remembered: after the record has what came.
    fn remember(&mut self, now: i64) -> Result<(), Failure> {
        self.memory.hosts = self.client.hosts();
        let path = &self.memory_path;
        self.memory.write(path, now).map_err(|error| {
            Failure::given(
                format!("cannot write {}: {error}", input::shown(path)),
                "check the disk, and that you may write beside the record",
            )
        })
    }
}

/// What is needed to take reports into the record and tell of them.
struct Taking<'w> {
    log: &'w mut Log,
    known: &'w Known,
    before: &'w mut Option<State>,
    is_quiet: bool,
    counts: &'w mut Counts,
    told: &'w mut BTreeSet<(String, String)>,
    unread: &'w mut usize,
}

impl Taking<'_> {
    fn take(&mut self, results: Vec<Result<Read, Unread>>) -> Result<(), Failure> {
        let mut reads: Vec<Read> = vec![];
        for result in results {
            match result {
                Ok(read) => reads.push(read),
                Err(unread) => self.tell(unread),
            }
        }
        if reads.is_empty() {
            return Ok(());
        }
        let is_new = |read: &Read| !self.known.has(read.reading.report.id());
        let is_any_new = reads.iter().any(is_new);
        if is_any_new && !self.is_quiet && self.before.is_none() {
            room(self.log)?;
            *self.before = Some(progress::during(COMPUTING, || self.log.state())?);
        }
        let now = clock::now()?;
        let added = add(self.log, &reads, &now)?;
        for read in &reads {
            if let Some(unread) = added.refused(read) {
                self.tell(unread);
            } else if self.known.insert(read.reading.report.id()) {
                read::tell(read, Some(read.reading.claims.len()), true)?;
            }
        }
        self.counts.include(&added);
        match is_any_new && !self.is_quiet {
            true => self.tell_changes(&now),
            false => Ok(()),
        }
    }

    /// What the record says now that it did not say before.
    fn tell_changes(&mut self, now: &str) -> Result<(), Failure> {
        let after = progress::during(COMPUTING, || self.log.state())?;
        if let Some(before) = &*self.before {
            let today = now.get(..10).and_then(|day| day.parse().ok());
            let today = today.unwrap_or(rapporteur_model::Date::ZERO);
            let diff = views::diff(before, &after, today, today, &Filter::default());
            output::show(&diff, false)?;
        }
        *self.before = Some(after);
        Ok(())
    }

    fn tell(&mut self, unread: Unread) {
        *self.unread += 1;
        if self.told.insert((unread.path.clone(), unread.why.clone())) {
            input::tell(&unread);
        }
    }
}

/// Seconds since 1970, by the program's clock.
fn seconds_now() -> Result<i64, Failure> {
    let now = clock::now()?;
    let now: Option<jiff::Timestamp> = now.parse().ok();
    Ok(now.unwrap_or_default().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        for (text, seconds) in [("90s", 90), ("15m", 900), ("2h", 7200), ("0s", 0)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)));
        }
        for wrong in ["", "90", "m", "-1s", "1.5h", "1d", "99999999999s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sources_are_feeds_or_folders() {
        let sources =
            ["inbox", "https://b.example/f", "https://a.example", "inbox"].map(str::to_string);
        let (feeds, folders) = sorted(&sources).unwrap();
        let feeds: Vec<String> = feeds.iter().map(Address::text).collect();
        assert_eq!(feeds, ["https://a.example/", "https://b.example/f"]);
        assert_eq!(folders, [PathBuf::from("inbox")]);
        assert!(sorted(&["ftp://a.example/".to_string()]).is_err());
    }
}
