//! Just enough of HTTP/1.1: one request a connection, read within a time and a size, and answered.

use super::text::pairs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// How long a request may take to arrive, and an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(10);
/// How large the head of a request may be, and its body.
const HEAD: usize = 16 * 1024;
const BODY: usize = 64 * 1024;

/// A request.
#[derive(Debug, Default)]
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// The path without its leading stroke and the query.
    pub path: String,
    /// What follows the question mark.
    pub query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Why there is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// It is none, or one that is not answered here.
    Malformed,
    /// Head or body is too large.
    TooLarge,
    /// It did not arrive in time, or its sender went away.
    Gone,
}

impl Request {
    /// Reads a request; whoever sends it slowly is not waited for.
    pub fn read(stream: &mut TcpStream) -> Result<Request, Bad> {
        let until = Instant::now() + PATIENCE;
        let mut bytes = Vec::new();
        let head = loop {
            if let Some(end) = end_of_head(&bytes) {
                break end;
            }
            if bytes.len() > HEAD {
                return Err(Bad::TooLarge);
            }
            more(stream, &mut bytes, until)?;
        };
        let mut request = parse(bytes.get(..head).unwrap_or_default())?;
        if request.header("transfer-encoding").is_some() {
            return Err(Bad::Malformed);
        }
        let length = match request.header("content-length") {
            None => 0,
            Some(length) => length.trim().parse().map_err(|_| Bad::Malformed)?,
        };
        if length > BODY {
            return Err(Bad::TooLarge);
        }
        while bytes.len() < head + length {
            more(stream, &mut bytes, until)?;
        }
        request.body = bytes.get(head..head + length).unwrap_or_default().to_vec();
        Ok(request)
    }

    /// A header, by its name in small letters; of several, the first.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// How often a header is given.
    pub fn headers(&self, name: &str) -> usize {
        self.headers.iter().filter(|(key, _)| key == name).count()
    }

    /// A cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.header("cookie")?.split(';');
        let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The fields of a form that was sent; none where it is of another kind.
    pub fn form(&self) -> Vec<(String, String)> {
        let kind = self.header("content-type").unwrap_or_default();
        match kind.starts_with("application/x-www-form-urlencoded") {
            true => pairs(&String::from_utf8_lossy(&self.body)),
            false => vec![],
        }
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some(at + 4)
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>, until: Instant) -> Result<(), Bad> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
        return Err(Bad::Gone);
    }
    let mut part = [0; 4096];
    match stream.read(&mut part) {
        Ok(0) | Err(_) => Err(Bad::Gone),
        Ok(read) => {
            bytes.extend_from_slice(part.get(..read).unwrap_or_default());
            Ok(())
        }
    }
}

fn parse(head: &[u8]) -> Result<Request, Bad> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        _ => return Err(Bad::Malformed),
    }
    let target = parsed
        .path
        .and_then(|path| path.strip_prefix('/'))
        .ok_or(Bad::Malformed)?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let header = |header: &httparse::Header<'_>| {
        let value = String::from_utf8_lossy(header.value).into_owned();
        (header.name.to_ascii_lowercase(), value)
    };
    Ok(Request {
        method: parsed.method.unwrap_or_default().to_string(),
        path: path.to_string(),
        query: query.to_string(),
        headers: parsed.headers.iter().map(header).collect(),
        body: vec![],
    })
}

/// Ends a connection whose sender still speaks: what comes in the next moment is taken and dropped, so that the
/// answer is not lost with it.
pub fn leave(stream: &mut TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let until = Instant::now() + Duration::from_millis(500);
    let mut dropped = Vec::new();
    while dropped.len() < 8 * BODY && more(stream, &mut dropped, until).is_ok() {}
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// 200, 404 …
    pub status: u16,
    /// `text/html; charset=utf-8` …
    pub kind: &'static str,
    /// Headers of this answer alone.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: Vec<u8>,
}

/// What every answer says: nothing but this site's own style, script and pictures; no frame around it, no
/// guessing of types, no address told to others.
const GUARD: &[(&str, &str)] = &[
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=()",
    ),
    ("Cache-Control", "no-cache"),
    ("Connection", "close"),
];

impl Answer {
    /// An answer of a kind.
    pub fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer {
            status,
            kind,
            headers: vec![],
            body: body.into(),
        }
    }

    /// To another page, by a GET.
    pub fn elsewhere(to: String) -> Answer {
        let mut answer = Answer::new(303, "text/plain; charset=utf-8", "");
        answer.headers.push(("Location", to));
        answer
    }

    /// Sends it; of an answer to HEAD, everything but the body. Whoever does not take it in time goes without.
    pub fn send(&self, stream: &mut TcpStream, whole: bool) {
        let reason = match self.status {
            200 => "OK",
            303 => "See Other",
            400 => "Bad Request",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            413 => "Content Too Large",
            421 => "Misdirected Request",
            _ => "Internal Server Error",
        };
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        let length = self.body.len().to_string();
        let own = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let about = [
            ("Content-Type", self.kind),
            ("Content-Length", length.as_str()),
        ];
        for (name, value) in about.into_iter().chain(GUARD.iter().copied()).chain(own) {
            let value = value.replace(['\r', '\n'], " ");
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        if whole {
            bytes.extend_from_slice(&self.body);
        }
        let _ = stream.set_write_timeout(Some(PATIENCE));
        // A reader who went away misses nothing.
        let _ = stream.write_all(&bytes).and_then(|()| stream.flush());
    }
}
