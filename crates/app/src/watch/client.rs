//! Asking for addresses, politely: what has not changed is not sent again, robots.txt is kept to, a host is asked one
//! thing at a time, and left alone for longer and longer while it does not answer.

use super::address::Address;
use super::memory::Validators;
use super::robots::{self, Robots};
use rapporteur_model::Digest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, header};

/// The name that robots.txt knows it by.
const PRODUCT: &str = "rapporteur";

/// So many times an answer may lead elsewhere.
const REDIRECTS: usize = 5;

/// A robots.txt is asked for again after a day, as RFC 9309 has it.
const ROBOTS_AGE: i64 = 24 * 3600;

/// The first time that a host is left alone after a failure, in seconds; doubled with each that follows.
const FIRST_WAIT: i64 = 60;
/// The longest.
const LONGEST_WAIT: i64 = 6 * 3600;
/// The longest that a host may ask for.
const LONGEST_ASKED: i64 = 7 * 24 * 3600;

/// How long a connection, an answer's head and the whole of it may take.
const TIMEOUTS: [Duration; 3] = [
    Duration::from_secs(10),
    Duration::from_secs(30),
    Duration::from_secs(120),
];

/// What is remembered of a host.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Host {
    /// It is not asked before that (seconds since 1970).
    #[serde(default)]
    not_before: i64,
    /// How often in a row it has failed.
    #[serde(default)]
    failures: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    robots: Option<Kept>,
    /// When it was last asked, in this run.
    #[serde(skip)]
    asked: Option<Instant>,
}

/// A robots.txt as it was last seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    /// Seconds since 1970.
    at: i64,
    text: String,
}

/// What came of asking.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// It has not changed.
    Same,
    /// It was sent.
    Came(Came),
    /// Not now: the host is left alone until then (seconds since 1970), for that reason.
    Later(i64, String),
    /// It cannot be had, for that reason.
    Failed(String),
}

/// What was sent.
#[derive(Debug, PartialEq)]
pub struct Came {
    /// The address it is from, after all that led elsewhere.
    pub address: Address,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// The encoding that the server names.
    pub charset: Option<String>,
    /// What to ask with the next time.
    pub validators: Validators,
}

/// Who asks.
pub struct Client {
    agent: ureq::Agent,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
    pause: Duration,
}

/// One answer to one request.
enum Reply {
    Same,
    Came(Vec<u8>, HeaderMap),
    Elsewhere(String),
    Refused(u16),
    /// Try again later, after so many seconds where it says so.
    Busy(String, Option<i64>),
    /// More bytes than are taken.
    TooLarge,
}

impl Client {
    /// Remembers these hosts, waits `pause` between two requests to one, and says `contact` with its name.
    pub fn new(hosts: BTreeMap<String, Host>, pause: Duration, contact: Option<&str>) -> Client {
        let name = format!("{PRODUCT}/{}", env!("CARGO_PKG_VERSION"));
        let name = match contact {
            Some(contact) => format!("{name} (+{contact})"),
            None => name,
        };
        let [connect, head, all] = TIMEOUTS.map(Some);
        let config = ureq::Agent::config_builder()
            .user_agent(name)
            .http_status_as_error(false)
            // Each step is looked at: robots.txt may be another there.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(connect)
            .timeout_recv_response(head)
            .timeout_global(all)
            .build();
        let hosts = hosts.into_iter();
        let hosts = hosts.map(|(name, host)| (name, Arc::new(Mutex::new(host))));
        Client {
            agent: ureq::Agent::new_with_config(config),
            hosts: Mutex::new(hosts.collect()),
            pause,
        }
    }

    /// What is to be remembered of the hosts.
    pub fn hosts(&self) -> BTreeMap<String, Host> {
        let hosts = locked(&self.hosts);
        let all = hosts
            .iter()
            .map(|(name, host)| (name.clone(), locked(host).clone()));
        all.collect()
    }

    /// Asks for an address. `known`: what it had the last time; `most`: so many bytes are taken; `now`: seconds since
    /// 1970.
    pub fn get(&self, address: &Address, known: &Validators, most: usize, now: i64) -> Answer {
        let mut at = address.clone();
        let mut seen = vec![];
        while seen.len() <= REDIRECTS {
            if seen.contains(&at) {
                return Answer::Failed("it leads in a circle".to_string());
            }
            let host = self.host(&at.host());
            let mut host = locked(&host);
            if host.not_before > now {
                return Answer::Later(host.not_before, "it was asked to wait".to_string());
            }
            match self.robots(&mut host, &at, now) {
                Ok(robots) if !robots.allows(at.path()) => {
                    return Answer::Failed(format!("robots.txt of {} disallows it", at.host()));
                }
                Ok(robots) => self.rest(&mut host, robots.pause),
                Err(answer) => return *answer,
            }
            match self.ask(&at, known, most) {
                Reply::Same => {
                    host.failures = 0;
                    return Answer::Same;
                }
                Reply::Came(bytes, head) => {
                    host.failures = 0;
                    return Answer::Came(came(at, bytes, &head));
                }
                Reply::Elsewhere(to) => {
                    host.failures = 0;
                    let Some(next) = at.join(&to) else {
                        return Answer::Failed(format!("it leads to what is no address: {to}"));
                    };
                    if next.is_private() && !address.is_private() {
                        return Answer::Failed("it leads into a private network".to_string());
                    }
                    seen.push(std::mem::replace(&mut at, next));
                }
                Reply::Refused(status) => {
                    host.failures = 0;
                    return Answer::Failed(format!("the server answers {}", status_words(status)));
                }
                Reply::TooLarge => {
                    return Answer::Failed(format!("it is larger than {} MB", most >> 20));
                }
                Reply::Busy(why, asked) => return later(&mut host, &at.host(), why, asked, now),
            }
        }
        Answer::Failed(format!("it leads elsewhere more than {REDIRECTS} times"))
    }

    fn host(&self, name: &str) -> Arc<Mutex<Host>> {
        Arc::clone(locked(&self.hosts).entry(name.to_string()).or_default())
    }

    /// Waits until the host may be asked again.
    fn rest(&self, host: &mut Host, asked_for: Option<Duration>) {
        let pause = self.pause.max(asked_for.unwrap_or_default());
        if let Some(last) = host.asked {
            std::thread::sleep(pause.saturating_sub(last.elapsed()));
        }
        host.asked = Some(Instant::now());
    }

    /// The host's robots.txt, as it is remembered or asked for now. Where there is none, everything is allowed; where
    /// nobody can say, nothing is asked.
    fn robots(&self, host: &mut Host, of: &Address, now: i64) -> Result<Robots, Box<Answer>> {
        if let Some(kept) = &host.robots
            && (kept.at..kept.at.saturating_add(ROBOTS_AGE)).contains(&now)
        {
            return Ok(Robots::read(&kept.text, PRODUCT));
        }
        let nothing = || Box::new(Answer::Failed("its robots.txt leads nowhere".to_string()));
        let mut at = of.join("/robots.txt").ok_or_else(nothing)?;
        let mut text = String::new();
        for _ in 0..=REDIRECTS {
            self.rest(host, None);
            match self.ask(&at, &Validators::default(), robots::LONGEST) {
                Reply::Came(bytes, _) => {
                    text = String::from_utf8_lossy(&bytes).into_owned();
                    break;
                }
                Reply::Elsewhere(to) => match at.join(&to) {
                    Some(next) if !next.is_private() || of.is_private() => at = next,
                    _ => break,
                },
                Reply::Busy(why, asked) => {
                    let why = format!("its robots.txt cannot be had: {why}");
                    return Err(Box::new(later(host, &of.host(), why, asked, now)));
                }
                Reply::Same | Reply::Refused(_) => break,
                // What is too long to be one is none.
                Reply::TooLarge => break,
            }
        }
        let robots = Robots::read(&text, PRODUCT);
        host.robots = Some(Kept { at: now, text });
        Ok(robots)
    }

    fn ask(&self, at: &Address, known: &Validators, most: usize) -> Reply {
        let mut request = (self.agent.get(at.text())).header(header::ACCEPT, ACCEPTED);
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header(header::IF_MODIFIED_SINCE, modified);
        }
        let mut response = match request.call() {
            Ok(response) => response,
            Err(error) => return Reply::Busy(error_words(&error), None),
        };
        let status = response.status().as_u16();
        let text = |name| {
            response
                .headers()
                .get(name)?
                .to_str()
                .ok()
                .map(str::to_string)
        };
        match status {
            200 | 203 => {}
            304 => return Reply::Same,
            301 | 302 | 303 | 307 | 308 => {
                return match text(header::LOCATION) {
                    Some(to) => Reply::Elsewhere(to),
                    None => Reply::Refused(status),
                };
            }
            408 | 425 | 429 | 500..=599 => {
                let asked = text(header::RETRY_AFTER);
                let words = format!("the server answers {}", status_words(status));
                return Reply::Busy(words, asked.and_then(|text| seconds(&text)));
            }
            _ => return Reply::Refused(status),
        }
        let head = response.headers().clone();
        let mut bytes = vec![];
        // One byte more than is taken tells that there are more; what is unpacked is counted.
        let body = response.body_mut().with_config().limit(u64::MAX).reader();
        match body.take(most as u64 + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() > most => Reply::TooLarge,
            Ok(_) => Reply::Came(bytes, head),
            Err(error) => Reply::Busy(format!("its answer breaks off: {error}"), None),
        }
    }
}

const ACCEPTED: &str = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, \
    application/xml;q=0.8, */*;q=0.5";

fn came(address: Address, bytes: Vec<u8>, head: &HeaderMap) -> Came {
    let text = |name| head.get(name)?.to_str().ok().map(str::to_string);
    let charset = text(header::CONTENT_TYPE).and_then(|kind| {
        let (_, after) = kind.split_once("charset=")?;
        let name = after.split(';').next()?.trim().trim_matches('"');
        Some(name.to_string()).filter(|name| !name.is_empty())
    });
    Came {
        address,
        bytes,
        charset,
        validators: Validators {
            etag: text(header::ETAG),
            modified: text(header::LAST_MODIFIED),
        },
    }
}

/// Leaves a host alone: for as long as it asks, and at least for a time that doubles with each failure.
fn later(host: &mut Host, name: &str, why: String, asked: Option<i64>, now: i64) -> Answer {
    host.failures = host.failures.saturating_add(1);
    let own = wait(name, host.failures);
    let until = asked.map_or(own, |asked| match asked {
        // A moment: from now on.
        moment if moment > LONGEST_ASKED => moment - now,
        seconds => seconds,
    });
    host.not_before = now.saturating_add(until.clamp(own, LONGEST_ASKED));
    Answer::Later(host.not_before, why)
}

/// How many seconds a host is left alone after so many failures: not the same for all hosts, so that they are not all
/// asked again at once, but always the same for one.
fn wait(host: &str, failures: u32) -> i64 {
    let doubled = FIRST_WAIT.saturating_mul(1 << failures.saturating_sub(1).min(16));
    let digest = Digest::of("jitter")
        .field(host)
        .field(failures.to_string())
        .finish();
    let part = digest
        .get(..4)
        .and_then(|digits| i64::from_str_radix(digits, 16).ok());
    // From three quarters to five quarters of it.
    let thousandths = 750 + part.unwrap_or_default() * 500 / 0xffff;
    doubled.min(LONGEST_WAIT) * thousandths / 1000
}

/// `Retry-After`: seconds, or a moment as seconds since 1970, which is always more than anyone waits.
fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    match text.parse::<u32>() {
        Ok(seconds) => Some(i64::from(seconds).min(LONGEST_ASKED)),
        Err(_) => Some(
            jiff::fmt::rfc2822::parse(text)
                .ok()?
                .timestamp()
                .as_second(),
        ),
    }
}

fn status_words(status: u16) -> String {
    let reason = ureq::http::StatusCode::from_u16(status).ok();
    match reason.and_then(|status| status.canonical_reason()) {
        Some(reason) => format!("{status} {reason}"),
        None => status.to_string(),
    }
}

fn error_words(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "it does not answer in time".to_string(),
        ureq::Error::HostNotFound => "there is no such host".to_string(),
        ureq::Error::ConnectionFailed => "no connection to it".to_string(),
        other => format!("asking failed: {other}"),
    }
}

/// What another thread left when it panicked still counts.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_left_alone_for_longer_and_longer_and_not_all_for_as_long() {
        let waits = |host: &str| (1..40).map(|n| wait(host, n)).collect::<Vec<_>>();
        let one = waits("https://echo.example");
        assert_eq!(one, waits("https://echo.example"));
        assert_ne!(one, waits("https://post.example"));
        for (number, seconds) in one.iter().enumerate() {
            let doubled = (FIRST_WAIT << number.min(20)).min(LONGEST_WAIT);
            let bounds = doubled * 3 / 4..=doubled * 5 / 4;
            assert!(bounds.contains(seconds), "{number}: {seconds}");
        }
    }

    #[test]
    fn what_a_server_asks_for_is_bounded() {
        let now = 1_000_000_000;
        let until = |asked: Option<&str>| {
            let mut host = Host::default();
            let asked = asked.and_then(seconds);
            match later(&mut host, "http://a.example", String::new(), asked, now) {
                Answer::Later(until, _) => until - now,
                _ => 0,
            }
        };
        let own = until(None);
        assert_eq!(until(Some("3600")), 3600);
        assert_eq!(until(Some("1")), own);
        assert_eq!(until(Some("4000000000")), LONGEST_ASKED);
        assert_eq!(until(Some("soon")), own);
        // An hour from then, and an hour before.
        assert_eq!(until(Some("Sun, 09 Sep 2001 02:46:40 GMT")), 3600);
        assert_eq!(until(Some("Sun, 09 Sep 2001 00:46:40 GMT")), own);
    }
}
