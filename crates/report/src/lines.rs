//! JSON lines, in pieces: a file of any length with little of it in memory.

use crate::entries::{Hints, Place, TOO_LARGE_HINT, Walk, too_large};
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Bytes of one piece, and then the rest of its last line.
const PIECE: usize = 1 << 18;

/// Are these JSON lines? By name, where the bytes are UTF-8; otherwise two objects begin lines.
pub(crate) fn is_one(head: &[u8], extension: &str) -> bool {
    let is_wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    if is_wide || head.get(..2).is_some_and(|start| start.contains(&0)) {
        return false;
    }
    if matches!(extension, "jsonl" | "ndjson") {
        return true;
    }
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii();
    let second = lines.next().unwrap_or_default();
    second.starts_with(b"{\"")
        && serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(first).is_ok()
}

/// Hands on pieces of whole lines.
pub(crate) fn each(walk: &mut Walk<'_>, place: &Place, input: &mut dyn Read) -> ControlFlow<()> {
    let most = walk.limits.entry;
    let mut input = BufReader::with_capacity(1 << 16, input);
    let place = Place {
        name: "lines.jsonl".to_string(),
        ..place.clone()
    };
    let (mut entries, mut all) = (0, 0);
    let mut piece = vec![];
    let mut before = (0, 0);
    loop {
        let start = piece.len();
        let read = Read::take(&mut input, most + 1).read_until(b'\n', &mut piece);
        let length = piece.len() - start;
        let is_too_large = length as u64 > most;
        if read.is_err() || is_too_large {
            piece.truncate(start);
        } else if length > 0 {
            let line = piece.get(start..).unwrap_or_default();
            entries += usize::from(!line.trim_ascii().is_empty());
            all += 1;
        }
        let is_end = !matches!(read, Ok(1..));
        if piece.len() >= PIECE || is_end || is_too_large {
            if !piece.is_empty() || (is_end && all == 0 && read.is_ok()) {
                let hints = Hints {
                    is_record: true,
                    before: Some(before),
                    ..Hints::default()
                };
                walk.entry(&place, std::mem::take(&mut piece), hints)?;
            }
            before = (entries, all);
        }
        if let Err(error) = read {
            let why = format!("cannot be read after line {all}: {error}");
            return walk.unread(&place, &why, "the lines before are read");
        }
        if is_too_large {
            let place = place.record(entries + 1);
            walk.unread(&place, &too_large(&walk.limits), TOO_LARGE_HINT)?;
            if let Err(error) = skip_line(&mut input) {
                return walk.unread(&place, &format!("cannot be read: {error}"), "");
            }
            (entries, all) = (entries + 1, all + 1);
            before = (entries, all);
        }
        if is_end {
            return ControlFlow::Continue(());
        }
    }
}

/// Passes over the rest of a line.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let bytes = input.fill_buf()?;
        let found = memchr::memchr(b'\n', bytes);
        let count = found.map_or(bytes.len(), |at| at + 1);
        input.consume(count);
        if found.is_some() || count == 0 {
            return Ok(());
        }
    }
}
