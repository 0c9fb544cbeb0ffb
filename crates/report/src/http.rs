//! A page as a server sent it: status, type, encoding, and its body unpacked.

use crate::budget::{Budget, Metered};
use crate::compressed::{Gzip, Zstd};
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// A server's answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub status: u16,
    /// The type named, lower case and without parameters: `text/html`; empty: none is named.
    pub media: String,
    pub charset: Option<String>,
    /// How the body is packed, the last first: `gzip`, `chunked`.
    packed: Vec<String>,
    body: Vec<u8>,
}

impl Answer {
    /// A body without a server's fields.
    pub fn plain(content_type: &str, body: Vec<u8>) -> Answer {
        let (media, charset) = media_type(content_type);
        Answer {
            status: 200,
            media,
            charset,
            packed: vec![],
            body,
        }
    }
}

/// Reads an answer: status line, fields, body.
pub(crate) fn answer(bytes: &[u8]) -> Result<Answer, String> {
    let (head, body) = split_head(bytes).ok_or("an answer without an end of its fields")?;
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let status = String::from_utf8_lossy(line)
        .split_whitespace()
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or("an answer without a status")?;
    let mut answer = Answer {
        status,
        ..Answer::default()
    };
    let mut packed = [vec![], vec![]];
    for (name, value) in fields(head) {
        let list = || {
            (value
                .split(',')
                .map(|part| part.trim().to_ascii_lowercase()))
            .filter(|part| !part.is_empty() && part != "identity")
            .collect()
        };
        match name.as_str() {
            "content-type" if answer.media.is_empty() => {
                (answer.media, answer.charset) = media_type(&value);
            }
            "content-encoding" => packed[0] = list(),
            "transfer-encoding" => packed[1] = list(),
            _ => {}
        }
    }
    let [content, transfer] = packed;
    answer.packed = transfer.into_iter().rev().collect();
    answer.packed.extend(content.into_iter().rev());
    answer.body = body.to_vec();
    Ok(answer)
}

/// Fields of an answer or a record, names in lower case; a line that begins with a space goes on the
/// one before. The first line is none of them.
pub(crate) fn fields(head: &[u8]) -> Vec<(String, String)> {
    let head = String::from_utf8_lossy(head);
    let mut fields: Vec<(String, String)> = vec![];
    for line in head.lines().skip(1) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let name = name.trim().to_ascii_lowercase();
            fields.push((name, value.trim().to_string()));
        }
    }
    fields
}

fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let full = memchr::memmem::find(bytes, b"\n\r\n").map(|at| at + 3);
    let bare = memchr::memmem::find(bytes, b"\n\n").map(|at| at + 2);
    bytes.split_at_checked([full, bare].into_iter().flatten().min()?)
}

/// A type and the encoding that it names: `text/html; charset="utf-8"`.
fn media_type(text: &str) -> (String, Option<String>) {
    let (media, parameters) = text.split_once(';').unwrap_or((text, ""));
    let charset = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty())
            .then(|| value.to_string())
    });
    (media.trim().to_ascii_lowercase(), charset)
}

/// What a page's name would end with, where the answer is a page, a text or a feed.
pub(crate) fn page_extension(answer: &Answer, url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    match answer.media.as_str() {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => Some("html"),
        "text/plain" if !path.ends_with("/robots.txt") => Some("txt"),
        "text/markdown" => Some("md"),
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => Some("xml"),
        "application/feed+json" => Some("json"),
        "" => {
            let start = answer.body.get(..answer.body.len().min(512))?;
            let start = String::from_utf8_lossy(start).to_lowercase();
            let is_html = start.contains("<html") || start.contains("<!doctype html");
            is_html.then_some("html")
        }
        _ => None,
    }
}

/// An answer's body, unpacked.
pub(crate) fn decoded(answer: &Answer, budget: &Budget, most: u64) -> Result<Vec<u8>, String> {
    let mut body = answer.body.clone();
    for packing in &answer.packed {
        // Crawlers often keep the field and store the body unpacked.
        body = match packing.as_str() {
            "chunked" => match dechunked(&body) {
                Some(whole) => whole,
                None => body,
            },
            "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
                unpacked(Gzip::new(body.as_slice()), budget, most)?
            }
            "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
                unpacked(Zstd::new(body.as_slice()), budget, most)?
            }
            "deflate" if !is_text(&body) => {
                match unpacked(ZlibDecoder::new(body.as_slice()), budget, most) {
                    Ok(body) => body,
                    // Some servers send it without its frame.
                    Err(_) => unpacked(DeflateDecoder::new(body.as_slice()), budget, most)?,
                }
            }
            "gzip" | "x-gzip" | "zstd" | "deflate" => body,
            _ if is_text(&body) => body,
            other => {
                return Err(format!(
                    "its body is compressed with {other}, not supported"
                ));
            }
        };
    }
    Ok(body)
}

/// Is a body no longer packed? What is packed has bytes that no text has.
fn is_text(body: &[u8]) -> bool {
    let start = body.get(..body.len().min(256)).unwrap_or_default();
    let odd = |byte: &&u8| **byte < 9 || (14..32).contains(*byte);
    start.iter().filter(odd).count() == 0
}

fn unpacked(inner: impl Read, budget: &Budget, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = vec![];
    let mut metered = Metered::made(budget, inner).take(most + 1);
    (metered.read_to_end(&mut bytes)).map_err(|error| format!("its body is damaged: {error}"))?;
    match bytes.len() as u64 > most {
        true => Err(format!("its body is larger than {} MB", most >> 20)),
        false => Ok(bytes),
    }
}

/// A body sent in chunks, put together; nothing: it is not in chunks. What is cut off at the end is
/// kept as far as it goes.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut is_first = true;
    loop {
        let size = memchr::memchr(b'\n', rest).and_then(|end| {
            let line = rest.get(..end)?;
            let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
            let digits = std::str::from_utf8(digits).ok()?;
            let size = usize::from_str_radix(digits, 16).ok()?;
            Some((size, end + 1))
        });
        let Some((size, start)) = size else {
            return (!is_first).then_some(out);
        };
        is_first = false;
        let after = rest.get(start..).unwrap_or_default();
        let chunk = after.get(..size.min(after.len())).unwrap_or_default();
        out.extend_from_slice(chunk);
        if size == 0 || chunk.len() < size {
            return Some(out);
        }
        rest = after.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}
