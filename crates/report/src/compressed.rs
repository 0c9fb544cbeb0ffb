//! Compressed files: gzip and zstd, also of several members one after the other.

use crate::budget::Metered;
use crate::entries::{Place, Walk};
use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};
use std::ops::ControlFlow;

/// What a file is compressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    Gzip,
    Zstd,
}

/// What a file is compressed with, by its first bytes.
pub(crate) fn layer(head: &[u8]) -> Option<Layer> {
    match head {
        [0x1f, 0x8b, ..] => Some(Layer::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Layer::Zstd),
        // A frame to be skipped; web archives begin with their dictionary in one.
        [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Layer::Zstd),
        _ => None,
    }
}

/// The name of what a compressed file holds.
pub(crate) fn inner_name(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let cut = |ending: &str| name.get(..name.len() - ending.len()).unwrap_or(name);
    for (ending, instead) in [
        (".tgz", ".tar"),
        (".tzst", ".tar"),
        (".gz", ""),
        (".gzip", ""),
        (".zst", ""),
        (".zstd", ""),
    ] {
        if lower.ends_with(ending) {
            return format!("{}{instead}", cut(ending));
        }
    }
    name.to_string()
}

/// Goes through what a compressed file holds.
pub(crate) fn each(
    walk: &mut Walk<'_>,
    place: &Place,
    layer: Layer,
    input: &mut dyn Read,
) -> ControlFlow<()> {
    let mut inner: Box<dyn Read + '_> = match layer {
        Layer::Gzip => Box::new(Gzip::new(input)),
        Layer::Zstd => Box::new(Zstd::new(input)),
    };
    walk.unpacked(place, &mut Metered::made(walk.budget, &mut inner))
}

/// The members of a gzip file, one after the other. A damaged one is an error once; what is read
/// after that begins with the next member that can be found, so that a reader of records can go on.
pub(crate) struct Gzip<R> {
    state: State<BufReader<R>>,
}

enum State<B> {
    Between(B),
    Inside(Box<GzDecoder<B>>),
    Damaged(B),
    Done,
}

impl<R: Read> Gzip<R> {
    pub fn new(inner: R) -> Self {
        Gzip {
            state: State::Between(BufReader::with_capacity(1 << 16, inner)),
        }
    }
}

impl<R: Read> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut inner) => {
                    let start = inner.fill_buf()?;
                    self.state = match start.first() {
                        None => return Ok(0),
                        Some(0x1f) => State::Inside(Box::new(GzDecoder::new(inner))),
                        // What else stands after a member is passed over, as gzip itself does.
                        Some(_) => State::Damaged(inner),
                    };
                }
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    Ok(count) => {
                        self.state = State::Inside(decoder);
                        return Ok(count);
                    }
                    Err(error) if is_of_the_data(&error) => {
                        self.state = State::Damaged(decoder.into_inner());
                        return Err(Error::new(
                            ErrorKind::InvalidData,
                            format!("damaged gzip data: {error}"),
                        ));
                    }
                    Err(error) => return Err(error),
                },
                State::Damaged(mut inner) => {
                    if !next_member(&mut inner)? {
                        return Ok(0);
                    }
                    self.state = State::Between(inner);
                }
            }
        }
    }
}

fn is_of_the_data(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof
    )
}

/// Goes on to the next bytes that begin a member; false: there is none.
fn next_member(input: &mut impl BufRead) -> Result<bool> {
    loop {
        let bytes = input.fill_buf()?;
        let Some(at) = memchr::memchr(0x1f, bytes) else {
            let all = bytes.len();
            if all == 0 {
                return Ok(false);
            }
            input.consume(all);
            continue;
        };
        input.consume(at);
        let bytes = input.fill_buf()?;
        match bytes {
            [0x1f, 0x8b, 8, flags, ..] if flags & 0xe0 == 0 => return Ok(true),
            // Too short to tell at the end of the buffer: the decoder will.
            [0x1f] | [0x1f, 0x8b] | [0x1f, 0x8b, 8] => return Ok(true),
            _ => input.consume(1),
        }
    }
}

/// The frames of a zstd file, one after the other; frames that are to be skipped are.
pub(crate) struct Zstd<R> {
    input: BufReader<R>,
    decoder: Box<FrameDecoder>,
    is_inside: bool,
    is_done: bool,
}

impl<R: Read> Zstd<R> {
    pub fn new(inner: R) -> Self {
        Zstd {
            input: BufReader::with_capacity(1 << 16, inner),
            decoder: Box::new(FrameDecoder::new()),
            is_inside: false,
            is_done: false,
        }
    }

    /// Begins the next frame; false: there is none.
    fn begin(&mut self) -> Result<bool> {
        loop {
            if self.input.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.input) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let passed =
                        std::io::copy(&mut (&mut self.input).take(length), &mut std::io::sink())?;
                    if passed < length {
                        return Err(damaged("cut off"));
                    }
                }
                Err(FrameDecoderError::ReadFrameHeaderError(_)) => {
                    return Err(damaged("no whole frame begins where one should"));
                }
                Err(error) => return Err(damaged(&error.to_string())),
            }
        }
    }

    fn next(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            if !self.is_inside {
                if !self.begin()? {
                    return Ok(0);
                }
                self.is_inside = true;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                (self.decoder)
                    .decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(|error| damaged(&error.to_string()))?;
            }
            let count = self.decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.is_inside = !self.decoder.is_finished();
        }
    }
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.is_done || buffer.is_empty() {
            return Ok(0);
        }
        let result = self.next(buffer);
        self.is_done = !matches!(result, Ok(1..));
        result
    }
}

fn damaged(why: &str) -> Error {
    Error::new(ErrorKind::InvalidData, format!("damaged zstd data: {why}"))
}
