//! Feeds, and the pages that they name, as reports.

use super::address::Address;
use super::client::{Answer, Came, Client};
use super::memory::Validators;
use crate::{Read, read_entry};
use rapporteur_model::ReportId;
use rapporteur_report::{Given, Input, Item, Limits, Unread, entries};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

/// No feed is taken that is larger, and no page.
const LARGEST: usize = 32 << 20;

/// Pages of one feed that are asked for in one round.
const PAGES: usize = 50;

/// So many feeds are asked at once, each of another host.
const AT_ONCE: usize = 8;

/// What is asked, and with what.
pub struct Asking<'a> {
    /// Who asks.
    pub client: &'a Client,
    /// What is given for all reports.
    pub given: &'a Given,
    /// Reports that need not be read again.
    pub is_known: &'a (dyn Fn(&ReportId) -> bool + Sync),
    /// What feeds had the last time.
    pub feeds: &'a BTreeMap<String, Validators>,
    /// Pages that were read; `None`: pages are not asked for.
    pub pages: Option<&'a BTreeMap<String, i64>>,
    /// Seconds since 1970.
    pub now: i64,
}

/// What came of a feed.
#[derive(Debug, Default)]
pub struct Asked {
    /// Its address.
    pub feed: String,
    /// Has it not changed?
    pub is_same: bool,
    /// Reports, and what could not be read or had.
    pub results: Vec<Result<Read, Unread>>,
    /// What to ask it with the next time; `None`: as this time.
    pub validators: Option<Validators>,
    /// Pages that it names and that need not be asked for again.
    pub pages: Vec<String>,
}

/// Asks feeds, several at once; what comes of each is handed to `take` in this thread, as it comes.
///
/// # Errors
/// The first one of `take`, once those that are being asked have answered.
pub fn ask_all<E>(
    asking: &Asking<'_>,
    feeds: &[Address],
    mut take: impl FnMut(Asked) -> Result<(), E>,
) -> Result<(), E> {
    let next = Mutex::new(feeds.iter());
    let (give, come) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..feeds.len().min(AT_ONCE) {
            let (give, next) = (give.clone(), &next);
            scope.spawn(move || {
                loop {
                    let feed = next.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(feed) = feed else { break };
                    if give.send(ask(asking, feed)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(give);
        let mut result = Ok(());
        for asked in &come {
            result = take(asked);
            if result.is_err() {
                break;
            }
        }
        drop(come);
        result
    })
}

fn ask(asking: &Asking<'_>, feed: &Address) -> Asked {
    let address = feed.text();
    let mut asked = Asked {
        feed: address.clone(),
        ..Asked::default()
    };
    let unknown = Validators::default();
    let known = asking.feeds.get(&address).unwrap_or(&unknown);
    let came = match asking.client.get(feed, known, LARGEST, asking.now) {
        Answer::Same => {
            asked.is_same = true;
            return asked;
        }
        Answer::Came(came) => came,
        other => {
            asked.results.extend(missed(&address, other).map(Err));
            return asked;
        }
    };
    asked.results = read(asking, &address, &came);
    // The feed is asked for whole again where something of it is still to be had.
    let mut is_done = true;
    if let Some(read_before) = asking.pages {
        is_done = ask_pages(asking, &came.address, read_before, &mut asked);
    }
    asked.validators = Some(match is_done {
        true => came.validators,
        false => Validators::default(),
    });
    asked
}

/// Asks for the pages of the feed's own site that its entries lead to; false: some are still to be had.
fn ask_pages(
    asking: &Asking<'_>,
    feed: &Address,
    read_before: &BTreeMap<String, i64>,
    asked: &mut Asked,
) -> bool {
    let links = asked.results.iter().flatten();
    let links: BTreeSet<Address> = links
        .filter_map(|read| Address::of(read.reading.report.masthead().url.as_deref()?))
        .filter(|page| page.is_of_site(feed) && page != feed)
        .collect();
    let (mut count, mut is_done) = (0, true);
    for page in links {
        let address = page.text();
        if read_before.contains_key(&address) {
            asked.pages.push(address);
            continue;
        }
        if count == PAGES {
            return false;
        }
        count += 1;
        let answer = asking
            .client
            .get(&page, &Validators::default(), LARGEST, asking.now);
        let is_later = matches!(answer, Answer::Later(..));
        match answer {
            Answer::Came(came) => asked.results.extend(read(asking, &address, &came)),
            other => asked.results.extend(missed(&address, other).map(Err)),
        }
        match is_later {
            // The host is left alone: so are its other pages.
            true => return false,
            false => asked.pages.push(address),
        }
        is_done &= !is_later;
    }
    is_done
}

/// Why something was not sent.
fn missed(address: &str, answer: Answer) -> Option<Unread> {
    let (why, hint) = match answer {
        Answer::Same | Answer::Came(_) => return None,
        Answer::Failed(why) if why.starts_with("robots.txt") => (why, String::new()),
        Answer::Failed(why) => (why, "see whether a browser shows it".to_string()),
        Answer::Later(until, why) => {
            let until = jiff::Timestamp::from_second(until).unwrap_or_default();
            (why, format!("asked again from {until} on"))
        }
    };
    Some(Unread {
        path: address.to_string(),
        why,
        hint,
    })
}

/// The reports in what was sent.
fn read(asking: &Asking<'_>, address: &str, came: &Came) -> Vec<Result<Read, Unread>> {
    let mut results = vec![];
    let mut sink = |item| {
        match item {
            Item::Entry(entry) => {
                let entry = entry.sent_from(&came.address.text(), came.charset.as_deref());
                results.extend(read_entry(&entry, asking.given, asking.is_known));
            }
            Item::Unread(unread) => results.push(Err(unread)),
            Item::Note(..) => {}
        }
        ControlFlow::Continue(())
    };
    let mut bytes = Cursor::new(&came.bytes);
    entries(
        address,
        Input::File(&mut bytes),
        &Limits::default(),
        &mut sink,
    );
    results
}
