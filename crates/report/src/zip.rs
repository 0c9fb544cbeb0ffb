//! ZIP archives: their files, in the order of the archive's table. Sizes are what the bytes come to,
//! whatever the table claims.

use crate::budget::Metered;
use crate::compressed::Zstd;
use crate::entries::{Item, Place, Walk};
use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ZipArchive};
use std::io::{Read, Seek};
use std::ops::ControlFlow;

/// Does a file begin as a ZIP archive?
pub(crate) fn is_one(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Hands on each file of an archive.
pub(crate) fn each(
    walk: &mut Walk<'_>,
    place: &Place,
    input: &mut (impl Read + Seek),
) -> ControlFlow<()> {
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive = match ZipArchive::from_seekable(input, &mut buffer) {
        Ok(archive) => archive,
        Err(error) => return walk.unread(place, &damaged(&error), HINT),
    };
    let mut entries = archive.entries(&mut buffer);
    let (mut files, mut links) = (0usize, 0usize);
    loop {
        let entry = match entries.next_entry() {
            Ok(Some(entry)) => entry,
            Ok(None) => break,
            Err(error) => {
                walk.unread(place, &damaged(&error), "the files before are read")?;
                break;
            }
        };
        if entry.is_dir() {
            continue;
        }
        if entry.mode().is_symlink() {
            links += 1;
            continue;
        }
        files += 1;
        let path = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let (method, flags) = (entry.compression_method(), entry.flags());
        let mut refuse = |why: &str, hint: &str| {
            let why = format!("{}: {why}", crate::page::clean(&path));
            walk.unread(place, &why, hint)
        };
        if flags.is_encrypted() {
            refuse("locked with a password", "unpack it first")?;
            continue;
        }
        let found = match archive.get_entry(entry.wayfinder()) {
            Ok(found) => found,
            Err(error) => {
                refuse(&damaged(&error), "the other files are read")?;
                continue;
            }
        };
        let mut unpacked: Box<dyn Read + '_> = match method {
            CompressionMethod::STORE => Box::new(found.verifying_reader(found.reader())),
            CompressionMethod::DEFLATE => {
                Box::new(found.verifying_reader(DeflateDecoder::new(found.reader())))
            }
            CompressionMethod::ZSTD => Box::new(found.verifying_reader(Zstd::new(found.reader()))),
            other => {
                let why = format!("compressed by a method that is not known ({other:?})");
                refuse(&why, "unpack it first")?;
                continue;
            }
        };
        let mut metered = Metered::made(walk.budget, &mut unpacked);
        walk.inside(place, &path, &mut metered)?;
    }
    if links > 0 {
        let note = format!("links left out: {links}");
        (walk.sink)(Item::Note(place.shown.clone(), note))?;
    }
    match files {
        0 => walk.unread(place, "no file in it", ""),
        _ => ControlFlow::Continue(()),
    }
}

const HINT: &str = "it is damaged or was cut off; get it again";

fn damaged(error: &rawzip::Error) -> String {
    format!("damaged ZIP archive: {error}")
}

/// Is a ZIP archive an office file or a book, by the name of its first entry?
pub(crate) fn is_office_file(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    is_one(head)
        && [
            &b"[Content_Types].xml"[..],
            b"mimetype",
            b"_rels/",
            b"word/",
            b"META-INF/",
        ]
        .iter()
        .any(|start| name.starts_with(start))
}
