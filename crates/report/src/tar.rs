//! Tar archives: their files, in order. Links, devices and folders hold no report; what a header
//! claims is believed only as far as the bytes are there.

use crate::entries::{Item, Place, Walk};
use std::io::{BufReader, ErrorKind, Read, sink};
use std::ops::ControlFlow;

const BLOCK: usize = 512;

/// No path or extended header takes more.
const LARGEST_NAME: u64 = 1 << 20;

/// Is a file's first block a tar header? Its sum of bytes says so.
pub(crate) fn is_one(head: &[u8]) -> bool {
    head.get(..BLOCK)
        .is_some_and(|block| Header::parse(block).is_some())
}

struct Header {
    name: Vec<u8>,
    size: u64,
    kind: u8,
}

impl Header {
    fn parse(block: &[u8]) -> Option<Header> {
        let claimed = number(block.get(148..156)?)?;
        let sum = |byte: &dyn Fn(u8) -> i64| -> i64 {
            (block.iter().enumerate())
                .map(|(at, b)| {
                    if (148..156).contains(&at) {
                        32
                    } else {
                        byte(*b)
                    }
                })
                .sum()
        };
        let claimed = i64::try_from(claimed).ok()?;
        // Old programs summed signed bytes.
        if sum(&|b| i64::from(b)) != claimed && sum(&|b| i64::from(b as i8)) != claimed {
            return None;
        }
        let name = text(block.get(..100)?);
        if name.is_empty() && block.first() == Some(&0) && block.get(156) == Some(&0) {
            return None;
        }
        let prefix = match block.get(257..262)? == b"ustar" && block.get(263..265)? == b"00" {
            true => text(block.get(345..500)?),
            false => &[],
        };
        let name = match prefix.is_empty() {
            true => name.to_vec(),
            false => [prefix, b"/", name].concat(),
        };
        Some(Header {
            name,
            size: number(block.get(124..136)?)?,
            kind: *block.get(156)?,
        })
    }
}

/// A field up to its first zero byte.
fn text(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// A number in octal digits, or in bytes where the first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    if let [first, rest @ ..] = field
        && *first >= 0x80
    {
        let start = u64::from(first & 0x7f);
        return Some(rest.iter().fold(start, |all, byte| {
            all.saturating_mul(256).saturating_add(u64::from(*byte))
        }));
    }
    let digits = std::str::from_utf8(text(field)).ok()?.trim();
    match digits.is_empty() {
        true => Some(0),
        false => u64::from_str_radix(digits, 8).ok(),
    }
}

/// Hands on each file of an archive.
pub(crate) fn each(walk: &mut Walk<'_>, place: &Place, input: &mut dyn Read) -> ControlFlow<()> {
    let input: &mut dyn Read = &mut BufReader::with_capacity(1 << 16, input);
    let mut block = [0; BLOCK];
    let (mut files, mut links, mut devices) = (0usize, 0usize, 0usize);
    let mut long_name: Option<Vec<u8>> = None;
    let mut long_size: Option<u64> = None;
    loop {
        let count = match fill(input, &mut block) {
            Ok(count) => count,
            Err(error) => {
                walk.unread(place, &format!("cannot be read: {error}"), WHOLE)?;
                break;
            }
        };
        if count == 0 || block.iter().all(|byte| *byte == 0) {
            break;
        }
        let header = match count == BLOCK {
            true => Header::parse(&block),
            false => None,
        };
        let Some(header) = header else {
            let why = match count == BLOCK {
                true => format!("damaged after {files} files: no header where one should be"),
                false => format!("cut off after {files} files"),
            };
            walk.unread(place, &why, WHOLE)?;
            break;
        };
        if matches!(header.kind, b'L' | b'K' | b'x' | b'g') {
            if header.size > LARGEST_NAME {
                let why = format!(
                    "damaged after {files} files: a header of {} bytes",
                    header.size
                );
                walk.unread(place, &why, WHOLE)?;
                break;
            }
            let mut data = vec![];
            let read = Read::take(&mut *input, header.size).read_to_end(&mut data);
            if read.is_err() || pad(input, header.size).is_err() {
                walk.unread(place, &format!("cut off after {files} files"), WHOLE)?;
                break;
            }
            match header.kind {
                b'L' => long_name = Some(text(&data).to_vec()),
                b'x' => {
                    for (key, value) in records(&data) {
                        match key {
                            b"path" => long_name = Some(value.to_vec()),
                            b"size" => {
                                long_size = std::str::from_utf8(value)
                                    .ok()
                                    .and_then(|size| size.parse().ok());
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
            continue;
        }
        let name = long_name.take().unwrap_or(header.name);
        let size = long_size.take().unwrap_or(header.size);
        let mut entry = Exactly {
            inner: &mut *input,
            left: size,
        };
        match header.kind {
            b'1' | b'2' => links += 1,
            b'3' | b'4' | b'6' => devices += 1,
            b'5' | b'D' | b'V' | b'M' => {}
            b'S' => {
                let name = String::from_utf8_lossy(&name);
                let why = format!("{name}: stored with holes (sparse)");
                walk.unread(place, &why, "the other files are read")?;
                files += 1;
            }
            _ if name.ends_with(b"/") => {}
            _ => {
                files += 1;
                let name = String::from_utf8_lossy(&name);
                walk.inside(place, &name, &mut entry)?;
            }
        }
        // Links say sizes of what they lead to, and have none of it.
        if !matches!(header.kind, b'1' | b'2') {
            if std::io::copy(&mut entry, &mut sink()).is_err() {
                let why = format!("cut off in file {files}");
                walk.unread(place, &why, WHOLE)?;
                break;
            }
            if pad(input, size).is_err() {
                break;
            }
        }
    }
    for (count, what) in [(links, "links"), (devices, "pipes or devices")] {
        if count > 0 {
            (walk.sink)(Item::Note(
                place.shown.clone(),
                format!("{what} left out: {count}"),
            ))?;
        }
    }
    match files {
        0 => walk.unread(place, "no file in it", ""),
        _ => ControlFlow::Continue(()),
    }
}

const WHOLE: &str = "the files before are read";

/// As many bytes as a header says; that there are fewer is an error.
struct Exactly<'r> {
    inner: &'r mut dyn Read,
    left: u64,
}

impl Read for Exactly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let room = buffer.len().min(most);
        let count = self
            .inner
            .read(buffer.get_mut(..room).unwrap_or_default())?;
        if count == 0 && room > 0 {
            return Err(std::io::Error::new(ErrorKind::UnexpectedEof, "cut off"));
        }
        self.left -= count as u64;
        Ok(count)
    }
}

/// Reads a block as far as there is one.
fn fill(input: &mut dyn Read, block: &mut [u8]) -> std::io::Result<usize> {
    let mut bytes = Vec::with_capacity(BLOCK);
    let count = Read::take(input, block.len() as u64).read_to_end(&mut bytes)?;
    block.fill(0);
    block
        .iter_mut()
        .zip(bytes)
        .for_each(|(to, from)| *to = from);
    Ok(count)
}

/// Passes over what fills up the last block.
fn pad(input: &mut dyn Read, size: u64) -> std::io::Result<()> {
    let rest = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
    std::io::copy(&mut Read::take(input, rest), &mut sink()).map(|_| ())
}

/// The records of an extended header: `LENGTH KEY=VALUE`, and a line end.
fn records(mut data: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut records = vec![];
    while let Some(space) = memchr::memchr(b' ', data) {
        let length = (data.get(..space))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| digits.parse::<usize>().ok())
            .filter(|length| *length > space + 1 && *length <= data.len());
        let Some((record, rest)) = length.and_then(|length| data.split_at_checked(length)) else {
            break;
        };
        let record = record.get(space + 1..).unwrap_or_default();
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        if let Some(equals) = memchr::memchr(b'=', record)
            && let (Some(key), Some(value)) = (record.get(..equals), record.get(equals + 1..))
        {
            records.push((key, value));
        }
        data = rest;
    }
    records
}
