//! The model's file: a header, then named sections. Numbers are little-endian; everything is read by
//! copying, so that the file may lie anywhere in memory.
//!
//! `RAPMODEL`, version (u32), number of sections (u32); for each section its name (16 bytes, filled
//! up with zeros), where it begins and how many bytes it has (u64 each).

use std::collections::BTreeMap;

const MAGIC: &[u8] = b"RAPMODEL";
/// The version of the layout that this code reads.
const VERSION: u32 = 1;

/// Why a file is no model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(pub String);

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the language model cannot be read: {}", self.0)
    }
}

impl std::error::Error for Malformed {}

/// The sections of a file, by name.
pub(super) struct Sections<'f>(BTreeMap<&'f str, &'f [u8]>);

impl<'f> Sections<'f> {
    pub fn read(bytes: &'f [u8]) -> Result<Sections<'f>, Malformed> {
        let mut head = Bytes(bytes);
        if head.take(MAGIC.len()) != Some(MAGIC) {
            return Err(Malformed("it does not begin as one".into()));
        }
        match head.u32() {
            Some(VERSION) => {}
            Some(other) => {
                let what = format!("its layout is version {other}, not {VERSION}");
                return Err(Malformed(what));
            }
            None => return Err(cut()),
        }
        let mut found = BTreeMap::new();
        for _ in 0..head.u32().ok_or_else(cut)? {
            let name = head.take(16).ok_or_else(cut)?;
            let name = name.split(|b| *b == 0).next().unwrap_or_default();
            let name = std::str::from_utf8(name)
                .map_err(|_| Malformed("a section's name is no text".into()))?;
            let start = head.u64().and_then(|n| usize::try_from(n).ok());
            let length = head.u64().and_then(|n| usize::try_from(n).ok());
            let section = start
                .zip(length)
                .and_then(|(start, length)| bytes.get(start..start.checked_add(length)?))
                .ok_or_else(cut)?;
            found.insert(name, section);
        }
        Ok(Sections(found))
    }

    pub fn bytes(&self, name: &str) -> Result<&'f [u8], Malformed> {
        let missing = || Malformed(format!("section {name} is missing"));
        self.0.get(name).copied().ok_or_else(missing)
    }

    pub fn text(&self, name: &str) -> Result<&'f str, Malformed> {
        std::str::from_utf8(self.bytes(name)?)
            .map_err(|_| Malformed(format!("section {name} is no text")))
    }

    pub fn floats(&self, name: &str) -> Result<Vec<f32>, Malformed> {
        let (words, rest) = self.bytes(name)?.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(Malformed(format!("section {name} has half a number")));
        }
        Ok(words.iter().map(|w| f32::from_le_bytes(*w)).collect())
    }

    pub fn hashes(&self, name: &str) -> Result<Vec<u64>, Malformed> {
        let (words, rest) = self.bytes(name)?.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(Malformed(format!("section {name} has half a number")));
        }
        Ok(words.iter().map(|w| u64::from_le_bytes(*w)).collect())
    }
}

fn cut() -> Malformed {
    Malformed("it ends too early".into())
}

struct Bytes<'f>(&'f [u8]);

impl<'f> Bytes<'f> {
    fn take(&mut self, n: usize) -> Option<&'f [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(*self.take(4)?.first_chunk()?))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(*self.take(8)?.first_chunk()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(sections: &[(&str, &[u8])]) -> Vec<u8> {
        let mut head = [MAGIC, &1u32.to_le_bytes()].concat();
        head.extend((sections.len() as u32).to_le_bytes());
        let mut at = head.len() + 32 * sections.len();
        for (name, bytes) in sections {
            let mut padded = [0; 16];
            padded[..name.len()].copy_from_slice(name.as_bytes());
            head.extend(padded);
            head.extend((at as u64).to_le_bytes());
            head.extend((bytes.len() as u64).to_le_bytes());
            at += bytes.len();
        }
        sections.iter().for_each(|(_, bytes)| head.extend(*bytes));
        head
    }

    #[test]
    fn sections_are_found_by_name() {
        let bytes = file(&[("tags", b"NOUN\nVERB"), ("bias", &1.5f32.to_le_bytes())]);
        let sections = Sections::read(&bytes).unwrap();
        assert_eq!(sections.text("tags").unwrap(), "NOUN\nVERB");
        assert_eq!(sections.floats("bias").unwrap(), [1.5]);
        assert!(sections.hashes("bias").is_err());
        assert!(sections.bytes("heads").is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(mut bytes: Vec<u8>, after_magic: bool) {
            if after_magic {
                bytes = [MAGIC, &1u32.to_le_bytes(), &bytes].concat();
            }
            let _ = Sections::read(&bytes);
        }

        #[test]
        fn a_file_cut_short_is_refused(length in 0usize..73) {
            let bytes = file(&[("tags", b"NOUN"), ("bias", b"1234")]);
            prop_assume!(length < bytes.len());
            prop_assert!(Sections::read(&bytes[..length]).is_err());
        }
    }
}
