//! Every way in, and what hostile or damaged input comes to. All files are made here.

#![allow(clippy::unwrap_used)]

use expect_test::{Expect, expect};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use rapporteur_report::{Given, Input, Item, Limits, entries, read, read_entry};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

/// What is read from a file, within limits: a line a report, an unread thing, a note.
fn seen(path: &str, bytes: &[u8], limits: &Limits) -> String {
    let mut out = String::new();
    let mut sink = |item| {
        match item {
            Item::Entry(entry) => {
                for result in read_entry(&entry, &Given::default()) {
                    match result {
                        Ok(found) => {
                            let head = found.report.masthead();
                            let when = head.published.when.map(|when| when.earliest.to_string());
                            let _ = writeln!(
                                out,
                                "{}: {} | {} | {} {:?} | {} | {:?}",
                                found.sighting.path,
                                head.publisher.as_deref().unwrap_or("-"),
                                head.title.as_deref().unwrap_or("-"),
                                when.as_deref().unwrap_or("-"),
                                head.published.how,
                                head.url.as_deref().unwrap_or("-"),
                                found.report.body(),
                            );
                            for note in &found.notes {
                                let _ = writeln!(out, "  note: {note}");
                            }
                        }
                        Err(unread) => {
                            let _ = writeln!(out, "unread {unread}");
                        }
                    }
                }
            }
            Item::Unread(unread) => {
                let _ = writeln!(out, "unread {unread}");
            }
            Item::Note(path, note) => {
                let _ = writeln!(out, "note {path}: {note}");
            }
        }
        ControlFlow::Continue(())
    };
    entries(
        path,
        Input::File(&mut Cursor::new(bytes)),
        limits,
        &mut sink,
    );
    out
}

fn check(path: &str, bytes: &[u8], expected: Expect) {
    let out = seen(path, bytes, &Limits::default());
    expected.assert_eq(&out);
    // A pipe says the same.
    let mut piped = vec![];
    let mut sink = |item| {
        piped.push(match item {
            Item::Entry(entry) => format!("{} {}", entry.path, entry.len()),
            Item::Unread(unread) => unread.to_string(),
            Item::Note(path, note) => format!("{path} {note}"),
        });
        ControlFlow::Continue(())
    };
    let limits = Limits::default();
    entries(path, Input::Stream(&mut &*bytes), &limits, &mut sink);
    assert!(!piped.is_empty());
    assert!(!read(path, bytes, &Given::default()).is_empty());
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(vec![], Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = DeflateEncoder::new(vec![], Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(vec![], Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A zstd frame of stored blocks.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x28, 0xb5, 0x2f, 0xfd, 0xa0];
    out.extend((bytes.len() as u32).to_le_bytes());
    let blocks: Vec<&[u8]> = bytes.chunks(1 << 16).collect();
    for (at, block) in blocks.iter().enumerate() {
        let is_last = u32::from(at + 1 == blocks.len());
        let header = ((block.len() as u32) << 3) | is_last;
        out.extend(&header.to_le_bytes()[..3]);
        out.extend(*block);
    }
    out
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = vec![];
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    for (name, bytes) in files {
        let (mut entry, config) = (archive.new_file(name))
            .compression_method(rawzip::CompressionMethod::DEFLATE)
            .start()
            .unwrap();
        let encoder = DeflateEncoder::new(&mut entry, Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(bytes).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    out
}

fn tar_entry(name: &str, kind: u8, size: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut block = vec![0u8; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[124..124 + size.len()].copy_from_slice(size);
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block.extend(bytes);
    block.resize(block.len().next_multiple_of(512), 0);
    block
}

fn tar_file(name: &str, bytes: &[u8]) -> Vec<u8> {
    tar_entry(
        name,
        b'0',
        format!("{:011o}", bytes.len()).as_bytes(),
        bytes,
    )
}

fn page(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
}

const TEXT: &[u8] = b"Velka falls\n\nThe army took Velka on Monday, the ministry said.\n";

fn record(kind: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2033-05-05T00:00:00Z\r\n{fields}Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    out.extend(body);
    out.extend(b"\r\n\r\n");
    out
}

fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let http = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    let fields = format!(
        "WARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:{url}>\r\nContent-Type: application/http; msgtype=response\r\n"
    );
    record("response", &fields, &http)
}

fn crawl() -> Vec<Vec<u8>> {
    let one = page(
        "Army takes Velka",
        "The army took Velka on Monday, the ministry said.",
    );
    let two = page(
        "Café talks open",
        "Both sides met in the café on Tuesday, envoys said.",
    );
    let latin = encoding_rs::WINDOWS_1252.encode(&two).0.into_owned();
    let (start, end) = one.split_at(50);
    let chunked = format!(
        "{:x}\r\n{start}\r\n{:x};x=y\r\n{end}\r\n0\r\n\r\n",
        start.len(),
        end.len()
    );
    vec![
        record(
            "warcinfo",
            "Content-Type: application/warc-fields\r\n",
            b"software: x\r\n",
        ),
        response(
            "https://echo.example/1",
            "200 OK\r\nContent-Type: text/html",
            one.as_bytes(),
        ),
        response(
            "https://echo.example/2",
            "200 OK\r\nContent-Type: text/html; charset=windows-1252",
            &latin,
        ),
        response(
            "https://echo.example/3",
            "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
            chunked.as_bytes(),
        ),
        response(
            "https://echo.example/4",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
            &gzip(one.as_bytes()),
        ),
        response(
            "https://echo.example/5",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate",
            &zlib(one.as_bytes()),
        ),
        response(
            "https://echo.example/6",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate",
            &deflate(one.as_bytes()),
        ),
        response(
            "https://echo.example/7",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br",
            b"\x8b\x07\x80\x01\x02\x03",
        ),
        response(
            "https://echo.example/8",
            "404 Not Found\r\nContent-Type: text/html",
            one.as_bytes(),
        ),
        response(
            "https://echo.example/9.png",
            "200 OK\r\nContent-Type: image/png",
            b"\x89PNG",
        ),
        record(
            "request",
            "Content-Type: application/http; msgtype=request\r\n",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        record(
            "revisit",
            "WARC-Refers-To: <urn:https://echo.example/1>\r\n",
            b"",
        ),
        record("revisit", "WARC-Refers-To: <urn:elsewhere>\r\n", b""),
        record(
            "resource",
            "WARC-Target-URI: https://post.example/x\r\nContent-Type: text/plain\r\n",
            TEXT,
        ),
    ]
}

const CRAWL: &str = "x.warc";

#[test]
fn a_web_archive_gives_its_pages() {
    let plain = crawl().concat();
    check(
        CRAWL,
        &plain,
        expect![[r#"
            x.warc#2: echo.example | Army takes Velka | - Unknown | https://echo.example/1 | "Army takes Velka\n\nThe army took Velka on Monday, the ministry said."
            x.warc#3: echo.example | Café talks open | - Unknown | https://echo.example/2 | "Café talks open\n\nBoth sides met in the café on Tuesday, envoys said."
            x.warc#4: echo.example | Army takes Velka | - Unknown | https://echo.example/3 | "Army takes Velka\n\nThe army took Velka on Monday, the ministry said."
            x.warc#5: echo.example | Army takes Velka | - Unknown | https://echo.example/4 | "Army takes Velka\n\nThe army took Velka on Monday, the ministry said."
            x.warc#6: echo.example | Army takes Velka | - Unknown | https://echo.example/5 | "Army takes Velka\n\nThe army took Velka on Monday, the ministry said."
            x.warc#7: echo.example | Army takes Velka | - Unknown | https://echo.example/6 | "Army takes Velka\n\nThe army took Velka on Monday, the ministry said."
            unread x.warc#8: its body is compressed with br, not supported (the other records are read)
            x.warc#14: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            note x.warc: left out: 2 that are no pages (image/png: 1, status 404: 1); 1 revisits of pages recorded before; 1 revisits of pages recorded in other files
        "#]],
    );
    let all = seen("x", &plain, &Limits::default()).replace("x#", "y#");
    // By record, as crawlers compress, and as one.
    let members: Vec<u8> = crawl().iter().flat_map(|record| gzip(record)).collect();
    let frames: Vec<u8> = crawl().iter().flat_map(|record| zstd(record)).collect();
    for packed in [members, gzip(&plain), frames, zstd(&plain)] {
        let seen = seen("y", &packed, &Limits::default());
        assert_eq!(seen.replace("note y", "note x"), all);
    }
}

#[test]
fn a_damaged_web_archive_loses_what_is_damaged_alone() {
    let records = crawl();
    let whole = |at: usize| records[at].clone();
    // A length too short, too long, none, and a record cut off at the end.
    let lie = |at: usize, by: i64| {
        let text = whole(at);
        let head = String::from_utf8_lossy(&text).into_owned();
        let line = head
            .lines()
            .find(|line| line.starts_with("Content-Length"))
            .unwrap()
            .to_string();
        let length: i64 = line.split(' ').nth(1).unwrap().parse().unwrap();
        let at = text
            .windows(line.len())
            .position(|part| part == line.as_bytes())
            .unwrap();
        [
            &text[..at],
            format!("Content-Length: {}", length + by).as_bytes(),
            &text[at + line.len()..],
        ]
        .concat()
    };
    check(
        "short.warc",
        &[lie(13, -9), whole(13)].concat(),
        expect![[r#"
        short.warc#1: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
          note: its length in the archive is wrong; read up to the next record
        short.warc#2: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
    "#]],
    );
    check(
        "long.warc",
        &[lie(13, 300), whole(13), whole(13)].concat(),
        expect![[r#"
        long.warc#1: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
          note: its length in the archive is wrong; read up to the next record
        long.warc#2: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
        long.warc#3: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
    "#]],
    );
    check(
        "huge.warc",
        &[lie(13, 1 << 40), whole(13)].concat(),
        expect![[r#"
        huge.warc#1: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
        unread huge.warc: damaged at record 1: a record shorter than its length says (the records that are whole are read)
    "#]],
    );
    let mut cut = [whole(13), whole(13)].concat();
    cut.truncate(cut.len() - 30);
    check(
        "cut.warc",
        &cut,
        expect![[r#"
        cut.warc#1: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
        unread cut.warc: damaged at record 2: cut off (the records that are whole are read)
    "#]],
    );
    check(
        "none.warc",
        &[
            b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(),
            whole(13),
        ]
        .concat(),
        expect![[r#"
        none.warc#1: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
        unread none.warc: damaged at record 1: a record without a length (the records that are whole are read)
    "#]],
    );
    check(
        "junk.warc",
        &[whole(13), vec![b'x'; 5000], whole(13)].concat(),
        expect![[r#"
            junk.warc#1: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            unread junk.warc: damaged at record 2: no record begins where one should (the records that are whole are read)
        "#]],
    );
    check(
        "start.warc",
        b"WARC/1.0\r\n",
        expect![[r#"
        unread start.warc: damaged at record 1: a record without an end of its fields (the records that are whole are read)
    "#]],
    );
    let mut damaged = gzip(&whole(13));
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    let members = [gzip(&whole(13)), damaged.clone(), gzip(&whole(13))].concat();
    check(
        "member.warc.gz",
        &members,
        expect![[r#"
            member.warc.gz#1: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            member.warc.gz#2: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            member.warc.gz#3: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            unread member.warc.gz: damaged at record 3: damaged gzip data: corrupt gzip stream does not have a matching checksum (the records that are whole are read)
        "#]],
    );
    check(
        "first.warc.gz",
        &[damaged, gzip(&whole(13))].concat(),
        expect![[r#"
            first.warc.gz#1: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            first.warc.gz#2: post.example | Velka falls | - Unknown | https://post.example/x | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            unread first.warc.gz: damaged at record 2: damaged gzip data: corrupt gzip stream does not have a matching checksum (the records that are whole are read)
        "#]],
    );
}

#[test]
fn compressed_files_of_every_kind() {
    check(
        "a.txt.gz",
        &gzip(TEXT),
        expect![[r#"
        a.txt.gz: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
    "#]],
    );
    check(
        "a.txt.zst",
        &zstd(TEXT),
        expect![[r#"
        a.txt.zst: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
    "#]],
    );
    check(
        "a",
        &gzip(&zstd(
            page("Velka", "The army took Velka on Monday, it said.").as_bytes(),
        )),
        expect![[r#"
            a: - | Velka | - Unknown | - | "Velka\n\nThe army took Velka on Monday, it said."
        "#]],
    );
    check(
        "a.csv.gz",
        &gzip(b"date,text\n2031-03-01,It fell.\n2031-03-02,It left.\n"),
        expect![[r#"
        a.csv.gz#1: - | - | 2031-03-01 Given | - | "It fell."
        a.csv.gz#2: - | - | 2031-03-02 Given | - | "It left."
    "#]],
    );
    check(
        "a.jsonl.gz",
        &gzip(b"{\"text\": \"It fell.\"}\n\n{\"text\": \"It left.\"}\nnonsense\n"),
        expect![[r#"
        a.jsonl.gz#1: - | - | - Unknown | - | "It fell."
        a.jsonl.gz#2: - | - | - Unknown | - | "It left."
        unread a.jsonl.gz#3: line 4: not valid JSON: expected ident, column 2 (the other entries are read)
    "#]],
    );
    let garbage = [gzip(TEXT), vec![0; 700], b"tail".to_vec()].concat();
    check(
        "padded.txt.gz",
        &garbage,
        expect![[r#"
        padded.txt.gz: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
    "#]],
    );
    let half = gzip(TEXT);
    check(
        "cut.txt.gz",
        &half[..half.len() / 2],
        expect![[r#"
            unread cut.txt.gz: cannot be read: damaged gzip data: incomplete deflate stream
        "#]],
    );
    check(
        "empty.gz",
        &gzip(b""),
        expect![[r#"
        unread empty.gz: empty
    "#]],
    );
    check(
        "header.gz",
        b"\x1f\x8b\x08",
        expect![[r#"
        unread header.gz: damaged gzip data: unexpected end of file (it is damaged or was cut off; get it again)
    "#]],
    );
    check(
        "header.zst",
        b"\x28\xb5\x2f\xfd",
        expect![[r#"
            unread header.zst: damaged zstd data: no whole frame begins where one should (it is damaged or was cut off; get it again)
        "#]],
    );
}

#[test]
fn archives_give_their_files_in_order() {
    let html = page("Velka", "The army took Velka on Monday, the ministry said.");
    let files: [(&str, &[u8]); 9] = [
        ("in/b.html", html.as_bytes()),
        ("in/a.txt", TEXT),
        ("in/.hidden", TEXT),
        ("__MACOSX/in/._a.txt", TEXT),
        ("in/manifest.csv", b"path\n"),
        ("in/picture.png", b"\x89PNG\r\n"),
        ("../../etc/c.txt", TEXT),
        ("/abs\\d.txt", TEXT),
        ("in/e.txt.gz", &gzip(TEXT)),
    ];
    let mut zipped = zip(&files.map(|(name, bytes)| match name {
        "../../etc/c.txt" => ("aa/aa/etc/c.txt", bytes),
        "/abs\\d.txt" => ("aabs\\d.txt", bytes),
        _ => (name, bytes),
    }));
    for (from, to) in [(&b"aa/aa/etc"[..], &b"../../etc"[..]), (b"aabs", b"/abs")] {
        while let Some(at) = zipped.windows(from.len()).position(|part| part == from) {
            zipped[at..at + to.len()].copy_from_slice(to);
        }
    }
    check(
        "x.zip",
        &zipped,
        expect![[r#"
            x.zip/in/b.html: - | Velka | - Unknown | - | "Velka\n\nThe army took Velka on Monday, the ministry said."
            x.zip/in/a.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            unread x.zip/in/picture.png: an image (PNG)
            note x.zip/etc/c.txt: its path in the archive leads out of it and was cut
            x.zip/etc/c.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            note x.zip/abs/d.txt: its path in the archive leads out of it and was cut
            x.zip/abs/d.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            x.zip/in/e.txt.gz: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
        "#]],
    );
    let mut tarred: Vec<u8> = files
        .iter()
        .flat_map(|(name, bytes)| tar_file(name, bytes))
        .collect();
    tarred.extend(tar_entry("in/", b'5', b"0", b""));
    tarred.extend(tar_entry("link", b'2', b"0", b""));
    tarred.extend(tar_entry("pipe", b'6', b"0", b""));
    tarred.extend(
        [tar_entry(
            "././@LongLink",
            b'L',
            b"23",
            b"long/long/name.txt\0",
        )]
        .concat(),
    );
    tarred.extend(tar_file("short", TEXT));
    tarred.extend([tar_entry("x", b'x', b"32", b"26 path=pax/name.markdown\n")].concat());
    tarred.extend(tar_file(
        "short",
        b"# Velka falls\n\nThe army took [Velka](x) on **Monday**, it said.\n",
    ));
    tarred.extend([0; 1024]);
    check(
        "x.tar",
        &tarred,
        expect![[r#"
            x.tar/in/b.html: - | Velka | - Unknown | - | "Velka\n\nThe army took Velka on Monday, the ministry said."
            x.tar/in/a.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            unread x.tar/in/picture.png: an image (PNG)
            note x.tar/etc/c.txt: its path in the archive leads out of it and was cut
            x.tar/etc/c.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            note x.tar/abs/d.txt: its path in the archive leads out of it and was cut
            x.tar/abs/d.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            x.tar/in/e.txt.gz: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            x.tar/long/long/name.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
            x.tar/pax/name.markdown: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, it said."
            note x.tar: links left out: 1
            note x.tar: pipes or devices left out: 1
        "#]],
    );
    let packed = seen("x.tar", &gzip(&tarred), &Limits::default());
    assert_eq!(packed, seen("x.tar", &tarred, &Limits::default()));
    assert_eq!(packed, seen("x.tar", &zstd(&tarred), &Limits::default()));
    check(
        "nothing.zip",
        &zip(&[]),
        expect![[r#"
        unread nothing.zip: no file in it
    "#]],
    );
}

#[test]
fn hostile_archives() {
    let mut nested = TEXT.to_vec();
    for _ in 0..6 {
        nested = zip(&[("in.zip", &nested)]);
    }
    check(
        "nested.zip",
        &nested,
        expect![[r#"
        unread nested.zip/in.zip/in.zip/in.zip/in.zip: packed more than 4 layers deep (unpack it first)
    "#]],
    );
    check(
        "huge.tar",
        &tar_entry("a.txt", b'0', b"77777777777", TEXT),
        expect![[r#"
            unread huge.tar/a.txt: cannot be read: cut off
            unread huge.tar: cut off in file 1 (the files before are read)
        "#]],
    );
    check(
        "vast.tar",
        &tar_entry(
            "a.txt",
            b'0',
            b"\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
            TEXT,
        ),
        expect![[r#"
            unread vast.tar/a.txt: cannot be read: cut off
            unread vast.tar: cut off in file 1 (the files before are read)
        "#]],
    );
    check(
        "name.tar",
        &tar_entry("a", b'L', b"77777777777", TEXT),
        expect![[r#"
        unread name.tar: damaged after 0 files: a header of 8589934591 bytes (the files before are read)
        unread name.tar: no file in it
    "#]],
    );
    let mut damaged = [tar_file("a.txt", TEXT), tar_file("b.txt", TEXT)].concat();
    damaged[1024] ^= 0x55;
    check(
        "damaged.tar",
        &damaged,
        expect![[r#"
        damaged.tar/a.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
        unread damaged.tar: damaged after 1 files: no header where one should be (the files before are read)
    "#]],
    );
    // Sizes and sums that are not what the bytes come to.
    let mut lying = zip(&[("a.txt", TEXT), ("b.txt", TEXT)]);
    let table = lying
        .windows(4)
        .position(|part| part == b"PK\x01\x02")
        .unwrap();
    lying[table + 24..table + 28].copy_from_slice(&[1, 0, 0, 0]);
    check(
        "lying.zip",
        &lying,
        expect![[r#"
        unread lying.zip/a.txt: cannot be read: Invalid size: expected 1, got 63
        lying.zip/b.txt: - | Velka falls | - Unknown | - | "Velka falls\n\nThe army took Velka on Monday, the ministry said."
    "#]],
    );
    let cut = zip(&[("a.txt", TEXT)]);
    check(
        "cut.zip",
        &cut[..cut.len() - 30],
        expect![[r#"
        unread cut.zip: damaged ZIP archive: Missing end of central directory (it is damaged or was cut off; get it again)
    "#]],
    );
    check(
        "book.zip",
        b"PK\x03\x04..........................mimetypeapplication/epub",
        expect![[r#"
        unread book.zip: damaged ZIP archive: Missing end of central directory (it is damaged or was cut off; get it again)
    "#]],
    );
}

#[test]
fn compression_bombs_are_given_up() {
    let limits = Limits {
        entry: 1 << 20,
        expanded: 1 << 20,
        ratio: 8,
        depth: 4,
    };
    let zeros = vec![b'a'; 2 << 20];
    let bomb = gzip(&zeros);
    expect![[r#"
        unread bomb.txt.gz: expands to more than 1 MB and 8 times its size: taken for a trap (unpack it and give what is in it, if it is no trap)
    "#]]
    .assert_eq(&seen("bomb.txt.gz", &bomb, &limits));
    let lines: Vec<u8> = b"{\"text\": \"It fell.\"}\n".repeat(80_000);
    let out = seen("bomb.jsonl.gz", &gzip(&lines), &limits);
    expect!["unread bomb.jsonl.gz: expands to more than 1 MB and 8 times its size: taken for a trap (unpack it and give what is in it, if it is no trap)"].assert_eq(out.lines().last().unwrap());
    let many: Vec<(String, &[u8])> = (0..9)
        .map(|at| (format!("{at}.txt"), &zeros[..1 << 17]))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    let out = seen("bomb.zip", &zip(&many), &limits);
    expect!["unread bomb.zip/8.txt: expands to more than 1 MB and 8 times its size: taken for a trap (unpack it and give what is in it, if it is no trap)"].assert_eq(out.lines().last().unwrap());
    let body = response(
        "https://echo.example/1",
        "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
        &bomb,
    );
    expect![[r#"
        unread bomb.warc#1: expands to more than 1 MB and 8 times its size: taken for a trap (unpack it and give what is in it, if it is no trap)
    "#]]
    .assert_eq(&seen("bomb.warc", &[body.clone(), body].concat(), &limits));
    expect![[r#"
        unread large.txt: larger than 1 MB (split it, or give its reports as JSON lines)
    "#]]
    .assert_eq(&seen("large.txt", &zeros, &limits));
}

const MAIL: &str = "Received: from x\r\nFrom: =?utf-8?q?North_Wire_=E2=80=93_Daily?= <news@north.example>\r\n\
To: you@there.example\r\nSubject: =?iso-8859-1?Q?Caf=E9_talks?=\r\n open\r\nDate: Sat, 01 Mar 2031 23:30:00 -0500\r\n\
Message-ID: <1@north.example>\r\nMIME-Version: 1.0\r\n";

#[test]
fn mails() {
    let simple = format!(
        "{MAIL}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        The army took Velka on Mon=\r\nday, the caf=C3=A9 owner said.\r\n"
    );
    check(
        "a",
        simple.as_bytes(),
        expect![[r#"
        a: North Wire – Daily | Café talks open | 2031-03-01 Meta | - | "The army took Velka on Monday, the café owner said."
    "#]],
    );
    let html = page(
        "x",
        "The army took Velka on Monday, the ministry said in a statement.",
    );
    let base64 = "VGhlIGFybXkgdG9vayBWZWxrYS4=";
    let parts = |plain: &str, html: &str| {
        format!(
            "{MAIL}Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n--b\r\n\
            Content-Type: text/html\r\n\r\n{html}\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\
            Content-Transfer-Encoding: base64\r\n\r\n{base64}\r\n--b--\r\n"
        )
    };
    check(
        "b.eml",
        parts("View this mail in your browser.", &html).as_bytes(),
        expect![[r#"
        b.eml: North Wire – Daily | Café talks open | 2031-03-01 Meta | - | "The army took Velka on Monday, the ministry said in a statement."
    "#]],
    );
    check(
        "c.eml",
        parts(
            "The army took Velka on Monday, the ministry said on Tuesday.",
            "<p>See below</p>",
        )
        .as_bytes(),
        expect![[r#"
        c.eml: North Wire – Daily | Café talks open | 2031-03-01 Meta | - | "The army took Velka on Monday, the ministry said on Tuesday."
    "#]],
    );
    check(
        "d.eml",
        b"Subject: x\r\n\r\n",
        expect![[r#"
        unread d.eml: a mail without text
    "#]],
    );
    let mbox = format!(
        "From a@b Sat Mar  1 2031\n{}\n\nFrom a@b Sun Mar  2 2031\n{}\n>From then on it held.\n\n",
        simple.replace("\r\n", "\n"),
        simple.replace("\r\n", "\n").trim_end()
    );
    check(
        "box.mbox",
        mbox.as_bytes(),
        expect![[r#"
        box.mbox#1: North Wire – Daily | Café talks open | 2031-03-01 Meta | - | "The army took Velka on Monday, the café owner said."
        box.mbox#2: North Wire – Daily | Café talks open | 2031-03-01 Meta | - | "The army took Velka on Monday, the café owner said.\n\nFrom then on it held."
    "#]],
    );
    let saved = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://echo.example/1\r\nSubject: x\r\n\
        Date: Sat, 1 Mar 2031 23:30:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/html\r\nContent-Location: https://echo.example/1\r\n\r\n{html}\r\n--b--\r\n"
    );
    check(
        "page.mhtml",
        saved.as_bytes(),
        expect![[r#"
        page.mhtml: echo.example | x | - Unknown | https://echo.example/1 | "The army took Velka on Monday, the ministry said in a statement."
    "#]],
    );
    check(
        "no-mail.txt",
        b"Subject: Velka\n\nThe army took Velka on Monday, the ministry said.\n",
        expect![[r#"
        no-mail.txt: - | Subject: Velka | - Unknown | - | "Subject: Velka\n\nThe army took Velka on Monday, the ministry said."
    "#]],
    );
}

#[test]
fn markdown() {
    let text = "---\ntitle: \"Velka falls\"\ndate: 2031-03-01\nauthor:\n  - Ada Brisk\n  - Tom Orne\nsource: Daily Echo\nurl: https://echo.example/1\n---\n\n\
        # Velka falls\n\n![A street](x.png)\n\nThe army took [Velka](https://x.example) on **Monday**,\nthe ministry *said*.\n\n\
        > We took it at dawn on Monday, he said.\n\n- It holds the bridge over the river now.\n- It left the old mill on Sunday.\n\n\
        | Town | Held |\n|---|---|\n| Velka | yes |\n\n```\ncode\n```\n<div>raw</div>\n";
    check(
        "a.md",
        text.as_bytes(),
        expect![[r#"
        a.md: Daily Echo | Velka falls | 2031-03-01 Meta | https://echo.example/1 | "Velka falls\n\nThe army took Velka on Monday, the ministry said.\n\nWe took it at dawn on Monday, he said.\n\nIt holds the bridge over the river now.\n\nIt left the old mill on Sunday.\n\nTown Held\n\nVelka yes"
    "#]],
    );
    check(
        "b.txt",
        b"# Talks open\n\nBoth sides met in **Port Lenn** on Monday, envoys said.\n",
        expect![[r#"
        b.txt: - | Talks open | - Unknown | - | "Talks open\n\nBoth sides met in Port Lenn on Monday, envoys said."
    "#]],
    );
    check(
        "c.txt",
        b"The army took #1 and * two towns *, he said. It left Orlo.\n",
        expect![[r#"
        c.txt: - | - | - Unknown | - | "The army took #1 and * two towns *, he said. It left Orlo."
    "#]],
    );
}

#[test]
fn collections() {
    check("news.json", br#"{"authors": ["Ada Brisk"], "date_download": "2033-01-01 00:00:00", "date_modify": null, "date_publish": "2031-03-01 10:00:00",
        "description": "Short.", "filename": "x.json", "image_url": null, "language": "en", "maintext": "The army took Velka on Monday.\nIt left Orlo, the ministry said.",
        "source_domain": "echo.example", "title": "Velka falls", "title_page": null, "url": "https://www.echo.example/1"}"#, expect![[r#"
            news.json: echo.example | Velka falls | 2031-03-01 Given | https://www.echo.example/1 | "The army took Velka on Monday.\n\nIt left Orlo, the ministry said."
        "#]]);
    check("feed", br#"{"version": "https://jsonfeed.org/version/1.1", "title": "Daily Echo", "language": "en-GB", "authors": [{"name": "Desk"}],
        "items": [{"id": "1", "url": "https://echo.example/1", "title": "Velka falls", "content_html": "<p>The army took Velka.</p><p>It left.</p>", "content_text": "x",
        "date_published": "2031-03-01T10:00:00Z", "authors": [{"name": "Ada Brisk"}]}, {"id": "2"}, 3]}"#, expect![[r#"
            feed#1: Daily Echo | Velka falls | 2031-03-01 Meta | https://echo.example/1 | "The army took Velka.\n\nIt left."
            unread feed#2: an item without text (the other entries are read)
            unread feed#3: not a JSON object (the other entries are read)
        "#]]);
    check(
        "lines",
        b"{\"text\": \"It fell.\"}\n{\"text\": \"It left.\"}\n",
        expect![[r#"
        lines#1: - | - | - Unknown | - | "It fell."
        lines#2: - | - | - Unknown | - | "It left."
    "#]],
    );
}

#[test]
fn an_items_source_is_another_publisher_or_none() {
    let feed = |source: &str, link: &str| {
        format!(
            "<rss><channel><title>Daily Echo</title><link>https://www.echo.example/</link><item><title>x</title><link>{link}</link>{source}<description>The army took Velka.</description></item></channel></rss>"
        )
    };
    let of = |source: &str, link: &str| {
        let results = read("feed", feed(source, link).as_bytes(), &Given::default());
        results[0]
            .as_ref()
            .unwrap()
            .report
            .masthead()
            .publisher
            .clone()
            .unwrap()
    };
    let own = "https://echo.example/1";
    assert_eq!(
        of(
            "<source url='https://north.example/rss'>North Wire</source>",
            own
        ),
        "North Wire"
    );
    assert_eq!(
        of(
            "<source url='https://feeds.echo.example/world'>Echo World</source>",
            own
        ),
        "Daily Echo"
    );
    assert_eq!(of("<source>North Wire</source>", own), "North Wire");
    assert_eq!(
        of(
            "<source url='https://north.example'>North Wire</source>",
            "https://north.example/1"
        ),
        "North Wire"
    );
    let atom = "<feed><title>All</title><link href='https://all.example'/><entry><title>x</title>\
        <source><title>North Wire</title><link href='https://north.example'/></source><link href='https://north.example/1'/><summary>It fell.</summary></entry></feed>";
    check(
        "atom",
        atom.as_bytes(),
        expect![[r#"
        atom#1: North Wire | x | - Unknown | https://north.example/1 | "It fell."
    "#]],
    );
}

#[test]
fn text_that_is_no_text() {
    let bomb = format!(
        "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'ha'>{}]><rss><channel><title>&z;</title><item><description>It fell &z; today.</description></item></channel></rss>",
        ('b'..='z')
            .map(|c| format!(
                "<!ENTITY {c} '{}'>",
                format!("&{};", (c as u8 - 1) as char).repeat(10)
            ))
            .collect::<String>()
    );
    check(
        "laughs.xml",
        bomb.as_bytes(),
        expect![[r#"
            laughs.xml#1: &z; | - | - Unknown | - | "It fell &z; today."
        "#]],
    );
    check("script.html", b"<html><body><script>var a = 'The army took Velka on Monday, it said.';</script></body></html>", expect![[r#"
        unread script.html: no text of its own (it holds only menus, captions, comments or the like)
    "#]]);
    check(
        "nul.txt",
        b"The army\0 took Velka on Monday, the ministry of defence said.",
        expect![[r#"
        unread nul.txt: binary data, no text (give text, HTML, a feed or JSON)
    "#]],
    );
    check(
        "nuls.txt",
        &[0; 5000],
        expect![[r#"
        unread nuls.txt: binary data, no text (give text, HTML, a feed or JSON)
    "#]],
    );
    check(
        "odd.txt",
        b"The army took Velka \xff\xfe\xc0 on Monday, the ministry of defence said.",
        expect![[r#"
        odd.txt: - | - | - Unknown | - | "The army took Velka яюА on Monday, the ministry of defence said."
          note: read as windows-1251, guessed from its bytes
    "#]],
    );
    check(
        "wide.jsonl",
        &"\u{feff}{\"text\": \"It fell.\"}\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>(),
        expect![[r#"
        wide.jsonl#1: - | - | - Unknown | - | "It fell."
    "#]],
    );
    let entities =
        "<p>The general&acirc;&euro;&trade;s caf&Atilde;&copy; closed on Monday, it said.</p>";
    check(
        "entities.html",
        entities.as_bytes(),
        expect![[r#"
        entities.html: - | - | - Unknown | - | "The general’s café closed on Monday, it said."
          note: its text had been read in a wrong encoding before it was saved; put right
    "#]],
    );
}

/// Inputs on which a careless reader takes minutes, all memory, or its stack.
#[test]
fn large_and_deep_inputs() {
    let pieces = [
        "<b>", "<div>", "[\"", "> ", "* ", "**a", "[x](", "\"a\":", "&amp;", "```\n", "_a_",
    ];
    for bytes in pieces {
        let input = bytes.repeat(300_000 / bytes.len());
        for name in ["a.html", "a.md", "a.json", "a.eml", "a.csv"] {
            let started = std::time::Instant::now();
            assert!(!read(name, input.as_bytes(), &Given::default()).is_empty());
            println!("{name} {bytes} {:?}", started.elapsed());
        }
    }
    let parts = format!(
        "{MAIL}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".repeat(20_000)
    );
    assert!(!read("a.eml", parts.as_bytes(), &Given::default()).is_empty());
    let records = b"WARC/1.0\r\nContent-Length: 99\r\n\r\nx\r\n\r\n".repeat(30_000);
    assert!(!read("a.warc", &records, &Given::default()).is_empty());
    let heads = b"WARC/1.0\r\n".repeat(100_000);
    assert!(!read("a.warc", &heads, &Given::default()).is_empty());
}

/// The same at full size: 200 MB of one tag. Ignored, since it needs a gigabyte.
#[test]
#[ignore = "needs a gigabyte of memory"]
fn two_hundred_megabytes_of_one_tag() {
    let bytes = "<b>".repeat(70_000_000);
    assert!(!read("a.html", bytes.as_bytes(), &Given::default()).is_empty());
}

#[test]
fn what_is_no_report_is_counted_where_it_is_too_much_to_tell() {
    let list = format!("[{}{{\"text\": \"It fell.\"}}]", "1,".repeat(2500));
    let results = read("a.json", list.as_bytes(), &Given::default());
    assert_eq!(results.len(), 1002);
    let found = results[1000].as_ref().unwrap();
    assert_eq!(found.sighting.path, "a.json#2501");
    let last = results[1001].as_ref().unwrap_err();
    assert_eq!(last.why, "and 1500 more entries that are no reports");
    let feed = "<rss><channel>".to_string() + &" ".repeat(33 << 20);
    let results = read("a.xml", feed.as_bytes(), &Given::default());
    assert_eq!(
        results[0].as_ref().unwrap_err().why,
        "a feed larger than 32 MB"
    );
}
