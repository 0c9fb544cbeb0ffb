//! Web archives (WARC): the pages among their records, in one pass and with one record in memory.
//! A record that is cut short, or whose length is not what it says, costs itself alone: reading goes
//! on at the next record's first line.

use crate::entries::{Hints, Item, Place, Walk};
use crate::http::{self, Answer};
use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::io::{ErrorKind, Read};
use std::ops::ControlFlow;

/// Does a file begin as a web archive?
pub(crate) fn is_one(head: &[u8]) -> bool {
    let start = head.trim_ascii_start();
    start.starts_with(b"WARC/0.") || start.starts_with(b"WARC/1.")
}

/// Records larger than this are passed over: pages are far smaller, films are not.
const LARGEST: usize = 32 << 20;

/// No record's named fields take more.
const LARGEST_HEAD: usize = 1 << 16;

/// How many earlier records are remembered, so that a revisit of one of them can be told from one of
/// another file's: 16 MB.
const REMEMBERED: usize = 1 << 20;

/// Hands on each page of a web archive.
pub(crate) fn each(walk: &mut Walk<'_>, place: &Place, input: &mut dyn Read) -> ControlFlow<()> {
    let mut reader = Reader {
        input,
        buffer: vec![],
        at: 0,
        stop: None,
    };
    let mut told = Told::default();
    while let Some(step) = next(&mut reader) {
        match step {
            Step::Damaged(why) => {
                told.damaged += 1;
                let record = told.records + 1;
                told.first.get_or_insert((record, why));
            }
            Step::Record(head, body, note) => {
                told.records += 1;
                record(walk, place, &mut told, &head, body, note)?;
            }
        }
        if walk.budget.why().is_some() {
            break;
        }
    }
    told.end(walk, place, reader.stop.and_then(Stop::why))
}

/// What is told of an archive at its end.
#[derive(Default)]
struct Told {
    records: usize,
    pages: usize,
    /// Records that are no pages, by what they are.
    others: BTreeMap<String, usize>,
    /// Revisits of pages of this file, and of other files.
    again: usize,
    elsewhere: usize,
    seen: HashSet<u64, BuildHasherDefault<DefaultHasher>>,
    damaged: usize,
    first: Option<(usize, String)>,
}

impl Told {
    fn end(self, walk: &mut Walk<'_>, place: &Place, stopped: Option<String>) -> ControlFlow<()> {
        let mut parts = vec![];
        if !self.others.is_empty() {
            let mut others: Vec<(&String, &usize)> = self.others.iter().collect();
            others.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            let all: usize = self.others.values().sum();
            const SHOWN: usize = 6;
            let mut list: Vec<String> = (others.iter().take(SHOWN))
                .map(|(what, count)| format!("{what}: {count}"))
                .collect();
            let rest: usize = others.iter().skip(SHOWN).map(|(_, count)| **count).sum();
            if rest > 0 {
                list.push(format!("others: {rest}"));
            }
            parts.push(format!("{all} that are no pages ({})", list.join(", ")));
        }
        if self.again > 0 {
            parts.push(format!("{} revisits of pages recorded before", self.again));
        }
        if self.elsewhere > 0 {
            let count = self.elsewhere;
            parts.push(format!("{count} revisits of pages recorded in other files"));
        }
        let left_out = (!parts.is_empty()).then(|| format!("left out: {}", parts.join("; ")));
        let stopped = stopped.or_else(|| walk.budget.why());
        if let Some((record, why)) = &self.first
            && stopped.is_none()
        {
            let why = match self.damaged {
                1 => format!("damaged at record {record}: {why}"),
                many => format!("damaged in {many} places, first at record {record}: {why}"),
            };
            walk.unread(place, &why, "the records that are whole are read")?;
        }
        if let Some(why) = stopped {
            let why = format!("reading stopped after record {}: {why}", self.records);
            walk.unread(place, &why, "the records before it are read")?;
        }
        match left_out {
            Some(left_out) if self.pages > 0 => {
                (walk.sink)(Item::Note(place.shown.clone(), left_out))
            }
            Some(left_out) => walk.unread(place, &format!("no page in it; {left_out}"), ""),
            None if self.pages == 0 && self.damaged == 0 => walk.unread(place, "no page in it", ""),
            None => ControlFlow::Continue(()),
        }
    }

    fn other(&mut self, what: impl Into<String>) {
        *self.others.entry(what.into()).or_default() += 1;
    }
}

/// Hands on a record, where it is a page.
fn record(
    walk: &mut Walk<'_>,
    place: &Place,
    told: &mut Told,
    head: &Head,
    body: Option<Vec<u8>>,
    note: Option<String>,
) -> ControlFlow<()> {
    let kind = head.get("warc-type").unwrap_or("").to_ascii_lowercase();
    if kind == "revisit" {
        let earlier = ["warc-refers-to", "warc-payload-digest"];
        match earlier
            .iter()
            .any(|name| told.seen.contains(&head.hash(name)))
        {
            true => told.again += 1,
            false => told.elsewhere += 1,
        }
        return ControlFlow::Continue(());
    }
    if !matches!(kind.as_str(), "response" | "resource" | "conversion") {
        return ControlFlow::Continue(());
    }
    for name in ["warc-record-id", "warc-payload-digest"] {
        if head.get(name).is_some() && told.seen.len() < REMEMBERED {
            told.seen.insert(head.hash(name));
        }
    }
    let url = head.get("warc-target-uri").map(|url| {
        let url = url.trim();
        let url = url.strip_prefix('<').unwrap_or(url);
        url.strip_suffix('>').unwrap_or(url).to_string()
    });
    let place = place.record(told.records);
    let Some(body) = body else {
        told.other(format!("records larger than {} MB", LARGEST >> 20));
        return ControlFlow::Continue(());
    };
    let own = head.get("content-type").unwrap_or("").to_string();
    let is_http = own.to_ascii_lowercase().starts_with("application/http")
        || (kind == "response" && body.starts_with(b"HTTP/"));
    let answer = match is_http {
        true => http::answer(&body),
        false => Ok(Answer::plain(&own, body)),
    };
    let answer = match answer {
        Ok(answer) => answer,
        Err(why) => {
            told.pages += 1;
            return walk.unread(&place, &why, "the other records are read");
        }
    };
    if !(200..=203).contains(&answer.status) {
        told.other(format!("status {}", answer.status));
        return ControlFlow::Continue(());
    }
    let url_path = url.as_deref().unwrap_or("");
    let Some(extension) = http::page_extension(&answer, url_path) else {
        told.other(match answer.media.is_empty() {
            true => "no type named".to_string(),
            false => answer.media.clone(),
        });
        return ControlFlow::Continue(());
    };
    told.pages += 1;
    let mut notes: Vec<String> = note.into_iter().collect();
    if let Some(why) = head.get("warc-truncated") {
        notes.push(format!("cut off when it was fetched ({})", why.trim()));
    }
    let bytes = match http::decoded(&answer, walk.budget, walk.limits.entry) {
        Ok(bytes) => bytes,
        Err(why) => return walk.unread(&place, &why, "the other records are read"),
    };
    let hints = Hints {
        name: format!("page.{extension}"),
        url: url.filter(|url| url.starts_with("http")),
        charset: answer.charset,
        notes,
        is_record: true,
        before: None,
    };
    walk.entry(&place, bytes, hints)
}

/// A record's named fields, names in lower case.
#[derive(Debug, Default)]
struct Head(Vec<(String, String)>);

impl Head {
    fn parse(bytes: &[u8]) -> Head {
        Head(http::fields(bytes))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str())
    }

    /// A field's value in eight bytes. A revisit refers to a record's id by another name.
    fn hash(&self, name: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.get(name).unwrap_or("").trim().hash(&mut hasher);
        hasher.finish()
    }

    fn length(&self) -> Option<u64> {
        self.get("content-length")?.trim().parse().ok()
    }
}

enum Step {
    /// A record: its fields, its body where that is not too large, and what is odd about it.
    Record(Head, Option<Vec<u8>>, Option<String>),
    /// Something that is no record.
    Damaged(String),
}

/// The next record, or damage before it; nothing: the end.
fn next(reader: &mut Reader<'_>) -> Option<Step> {
    while reader.fill(1) && matches!(reader.bytes().first(), Some(b'\r' | b'\n' | b' ' | b'\t')) {
        reader.pass(1);
    }
    if !reader.fill(5) {
        let left = reader.bytes().len();
        reader.pass(left);
        return match reader.go_on() {
            Some(why) => Some(Step::Damaged(why)),
            None if left > 0 => Some(Step::Damaged("cut off".to_string())),
            None => None,
        };
    }
    if !reader.bytes().starts_with(b"WARC/") {
        reader.seek_record(0);
        return Some(Step::Damaged(
            "no record begins where one should".to_string(),
        ));
    }
    let Some(length) = reader.head_length() else {
        reader.seek_record(5);
        return Some(Step::Damaged(
            "a record without an end of its fields".to_string(),
        ));
    };
    let head = Head::parse(reader.bytes().get(..length).unwrap_or_default());
    let Some(size) = head.length() else {
        reader.seek_record(5);
        return Some(Step::Damaged("a record without a length".to_string()));
    };
    if size > LARGEST as u64 {
        reader.pass(length);
        return Some(match reader.pass_body(size) {
            true => Step::Record(head, None, None),
            false => Step::Damaged("a record shorter than its length says".to_string()),
        });
    }
    let end = length + size as usize;
    let is_whole = reader.fill(end);
    if is_whole && reader.ends_at(end) {
        let body = reader.bytes().get(length..end).unwrap_or_default().to_vec();
        reader.pass(end);
        return Some(Step::Record(head, Some(body), None));
    }
    // The length is wrong, or the file is: the record ends before the next one's first line.
    let found = reader.find_from(length, end.saturating_add(LARGEST));
    let stop = match found {
        Some(at) => at,
        None if is_whole => reader.bytes().len(),
        None => {
            let left = reader.bytes().len();
            let why = reader.go_on().unwrap_or_else(|| "cut off".to_string());
            reader.pass(left);
            return Some(Step::Damaged(why));
        }
    };
    let body = reader.bytes().get(length..stop).unwrap_or_default();
    let body = body.strip_suffix(b"\n").unwrap_or(body);
    let body = body.strip_suffix(b"\r").unwrap_or(body);
    let body = body.strip_suffix(b"\r\n").unwrap_or(body).to_vec();
    reader.pass(stop);
    let note = "its length in the archive is wrong; read up to the next record".to_string();
    Some(Step::Record(head, Some(body), Some(note)))
}

/// Where the first line of a record stands after a line's end.
fn find_record(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"\nWARC/")
        .find(|at| {
            let rest = bytes.get(at + 6..).unwrap_or_default();
            matches!(rest, [b'0'..=b'1', b'.', b'0'..=b'9', b'\r' | b'\n', ..])
        })
        .map(|at| at + 1)
}

/// Why there is nothing more to read.
enum Stop {
    End,
    Failed(ErrorKind, String),
}

impl Stop {
    fn why(self) -> Option<String> {
        match self {
            Stop::End => None,
            Stop::Failed(_, why) => Some(why),
        }
    }
}

/// A stream with as much of it in memory as is asked for.
struct Reader<'r> {
    input: &'r mut dyn Read,
    buffer: Vec<u8>,
    at: usize,
    stop: Option<Stop>,
}

impl Reader<'_> {
    fn bytes(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    fn pass(&mut self, count: usize) {
        self.at = (self.at + count).min(self.buffer.len());
    }

    /// Reads on until so many bytes are there; false: there are not so many.
    fn fill(&mut self, count: usize) -> bool {
        const PIECE: usize = 1 << 18;
        while self.bytes().len() < count && self.stop.is_none() {
            if self.at > PIECE || self.at == self.buffer.len() {
                self.buffer.drain(..self.at);
                self.at = 0;
            }
            let before = self.buffer.len();
            self.buffer.resize(before + PIECE, 0);
            let room = self.buffer.get_mut(before..).unwrap_or_default();
            let read = self.input.read(room);
            self.buffer.truncate(before + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => self.stop = Some(Stop::End),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => self.stop = Some(Stop::Failed(error.kind(), error.to_string())),
            }
        }
        self.bytes().len() >= count
    }

    /// After damaged data there may be more; why it is damaged, if it is that.
    fn go_on(&mut self) -> Option<String> {
        match &self.stop {
            Some(Stop::Failed(ErrorKind::InvalidData, why)) => {
                let why = why.clone();
                self.stop = None;
                Some(why)
            }
            _ => None,
        }
    }

    /// How many bytes a record's fields take, with the blank line after them.
    fn head_length(&mut self) -> Option<usize> {
        let mut looked = 0;
        loop {
            let bytes = self.bytes();
            let from = bytes.get(looked..).unwrap_or_default();
            let full = memchr::memmem::find(from, b"\n\r\n").map(|at| looked + at + 3);
            let bare = memchr::memmem::find(from, b"\n\n").map(|at| looked + at + 2);
            if let Some(length) = [full, bare].into_iter().flatten().min() {
                return (length <= LARGEST_HEAD).then_some(length);
            }
            looked = bytes.len().saturating_sub(2);
            let more = bytes.len() + 1;
            if more > LARGEST_HEAD || !self.fill(more) {
                return None;
            }
        }
    }

    /// Does a record end there: before two line ends, at the end of the file, or before the next
    /// record?
    fn ends_at(&mut self, end: usize) -> bool {
        const BETWEEN: usize = 64;
        self.fill(end + BETWEEN);
        let after = self.bytes().get(end..).unwrap_or_default();
        let rest = after.trim_ascii_start();
        after.starts_with(b"\r\n\r\n")
            || rest.is_empty()
            || rest.starts_with(b"WARC/")
            || b"WARC/".starts_with(rest)
    }

    /// Where the next record's first line stands, looked for between two places.
    fn find_from(&mut self, from: usize, to: usize) -> Option<usize> {
        let mut looked = from;
        loop {
            let bytes = self.bytes().get(looked..).unwrap_or_default();
            if let Some(at) = find_record(bytes) {
                return Some(looked + at);
            }
            let there = self.bytes().len();
            looked = there.saturating_sub(10).max(from);
            if there >= to || !self.fill(there + 1) {
                return None;
            }
        }
    }

    /// Goes on to the next record's first line, past so many bytes, or to the end.
    fn seek_record(&mut self, past: usize) {
        self.pass(past);
        loop {
            if let Some(at) = find_record(self.bytes()) {
                return self.pass(at);
            }
            let all = self.bytes().len();
            // What may be the start of a first line stays.
            self.pass(all.saturating_sub(10));
            if !self.fill(11) {
                let left = self.bytes().len();
                return self.pass(left);
            }
        }
    }

    /// Passes over a large body; false: another record begins in it, or the file ends.
    fn pass_body(&mut self, size: u64) -> bool {
        let mut left = size;
        while left > 0 {
            self.fill(11);
            let there = self.bytes().len();
            let now = usize::try_from(left).unwrap_or(usize::MAX).min(there);
            if now == 0 {
                return false;
            }
            let body = self.bytes().get(..now).unwrap_or_default();
            if let Some(at) = find_record(body) {
                self.pass(at);
                return false;
            }
            let keep = if (now as u64) < left && now > 10 {
                10
            } else {
                0
            };
            let at_end = self.stop.is_some();
            let passed = if at_end { now } else { now - keep };
            self.pass(passed);
            left -= passed as u64;
        }
        true
    }
}
