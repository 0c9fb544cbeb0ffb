//! Which way in a file takes, and from a page to a report.

use crate::entries::{Entry, Hints, Input, Item, Limits, entries};
use crate::page::Page;
use crate::tables::EXTENSIONS;
use crate::{Given, Unread};
use crate::{
    body, encoding, feed, html, jsonl, mail, markdown, masthead, meta, mojibake, text, zip,
};
use rapporteur_model::{Block, How, Published, Report, Sighting, Span, When};
use std::io::Cursor;
use std::ops::ControlFlow;

/// A report, where it was found, and what is worth knowing of how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The report.
    pub report: Report,
    /// The path it was read from; entries of a file with several add `#1`, `#2` …
    pub sighting: Sighting,
    /// Notes for the reader, such as a guessed encoding.
    pub notes: Vec<String>,
}

/// Reads the bytes of one file into reports, in the order of the file: one for a page or a text,
/// several for a feed, a table, a JSON list, JSON lines, an archive. What they are is found from the
/// bytes, and from the name where the bytes leave it open. `given` wins over what a page says of
/// itself; for a file with several reports only its publisher is used. Never empty: what cannot be
/// read is an [`Unread`], and a bad entry leaves the others. Files that do not fit into memory are
/// read by [`entries`] and [`read_entry`], of which this is made.
pub fn read(path: &str, bytes: &[u8], given: &Given) -> Vec<Result<Found, Unread>> {
    let mut results = vec![];
    let mut notes = vec![];
    let mut sink = |item| {
        match item {
            Item::Entry(entry) if entry.path == path => {
                results.extend(read_entry(&entry, given));
            }
            Item::Entry(entry) => results.extend(read_entry(&entry, &for_entry(given))),
            Item::Unread(unread) => results.push(Err(unread)),
            Item::Note(path, note) => notes.push((path, note)),
        }
        ControlFlow::Continue(())
    };
    let limits = Limits::default();
    entries(
        path,
        Input::File(&mut Cursor::new(bytes)),
        &limits,
        &mut sink,
    );
    // What is to be known of the whole stands with its first report.
    if let Some(first) = results.iter_mut().flatten().next() {
        for (at, note) in notes {
            first.notes.push(match at == path {
                true => note,
                false => format!("{at}: {note}"),
            });
        }
    }
    if results.is_empty() {
        results.push(Err(Unread::new(
            path,
            "nothing in it that could be read",
            "",
        )));
    }
    results
}

/// Reads one entry of a file into reports, as [`read`] does a file. `given` is for this entry.
pub fn read_entry(entry: &Entry, given: &Given) -> Vec<Result<Found, Unread>> {
    let (path, bytes, hints) = (entry.path.as_str(), &entry.bytes, &entry.hints);
    let around = Around {
        url: hints.url.as_deref(),
        given: match hints.is_record {
            true => for_entry(given),
            false => given.clone(),
        },
    };
    let mut results = read_bytes(path, bytes, hints, &around);
    for found in results.iter_mut().flatten() {
        found.notes.splice(0..0, hints.notes.iter().cloned());
    }
    if results.is_empty() {
        results.push(Err(Unread::new(path, "no entry in it", "")));
    }
    results
}

/// What is known of an entry besides its bytes.
struct Around<'a> {
    /// The address it was fetched from.
    url: Option<&'a str>,
    /// What is given for it.
    given: Given,
}

impl Around<'_> {
    /// For one report of several.
    fn shared(&self) -> Self {
        Around {
            url: None,
            given: for_entry(&self.given),
        }
    }
}

fn read_bytes(
    path: &str,
    bytes: &[u8],
    hints: &Hints,
    around: &Around<'_>,
) -> Vec<Result<Found, Unread>> {
    if let Some((why, hint)) = refused(bytes) {
        return vec![Err(Unread::new(path, why, hint))];
    }
    let extension = extension(&hints.name);
    if mail::is_one(bytes, &extension) {
        return vec![match mail::page(bytes) {
            Ok(page) => finish(path, page, around),
            Err(why) => Err(Unread::new(path, why, "")),
        }];
    }
    let decoded = encoding::decode(bytes, hints.charset.as_deref());
    let source = decoded.text.trim_start_matches('\u{feff}');
    if is_binary(source) {
        let hint = "give text, HTML, a feed or JSON";
        return vec![Err(Unread::new(path, "binary data, no text", hint))];
    }
    if source.trim().is_empty() {
        return vec![Err(Unread::new(path, "nothing but white space", ""))];
    }
    let form = match hints.before {
        Some((_, lines)) => Form::Entries(jsonl::lines(source, lines)),
        None => form(source, &extension),
    };
    let mut results = match form {
        Form::Html => vec![finish(path, html::page(source), around)],
        Form::Text => vec![finish(path, text::page(source), around)],
        Form::Markdown => vec![finish(path, markdown::page(source), around)],
        Form::Feed if source.len() > MAX_FEED => {
            let why = format!("a feed larger than {} MB", MAX_FEED >> 20);
            vec![Err(Unread::new(path, why, "split it"))]
        }
        Form::Feed => read_feed(path, source, around),
        Form::Entries(entries) => {
            let hint = "the other entries are read";
            let is_line = hints.before.is_some() || matches!(&*extension, "jsonl" | "ndjson");
            let alone = entries.len() == 1 && !is_line;
            let before = hints.before.map_or(0, |(entries, _)| entries);
            entries
                .into_iter()
                .map(|(at, entry)| match entry {
                    Ok(page) if alone => finish(path, page, around),
                    Ok(page) => finish(&format!("{path}#{}", before + at), page, &around.shared()),
                    Err(why) if alone => Err(Unread::new(path, why, "")),
                    Err(why) => Err(Unread::new(format!("{path}#{}", before + at), why, hint)),
                })
                .collect()
        }
        Form::Refused(why, hint) => vec![Err(Unread::new(path, why, hint))],
    };
    for found in results.iter_mut().flatten() {
        found.notes.splice(0..0, decoded.notes.iter().cloned());
    }
    results
}

/// No feed is larger than this many bytes; real ones stay below a tenth of it.
const MAX_FEED: usize = 32 << 20;

/// What a file is, once it is characters.
enum Form {
    Html,
    Text,
    Markdown,
    Feed,
    Entries(jsonl::Entries),
    Refused(String, &'static str),
}

fn form(source: &str, extension: &str) -> Form {
    let start = source.trim_start();
    if start.starts_with("{\\rtf") {
        return Form::Refused("a word processor's file (RTF)".to_string(), AS_TEXT);
    }
    if start.starts_with('<') {
        match root(start).as_str() {
            "rss" | "feed" | "rdf:rdf" => return Form::Feed,
            "html" | "head" | "body" | "div" | "p" | "article" | "main" | "section" | "h1"
            | "meta" | "title" | "span" | "table" | "a" | "script" | "style" | "link"
            | "header" | "center" => {
                return Form::Html;
            }
            _ if extension.contains("htm") || looks_like_html(start) => return Form::Html,
            "" => {}
            name => {
                let why = format!("XML that is no feed (its first element is <{name}>)");
                return Form::Refused(why, "give a feed (RSS, Atom), a web page or plain text");
            }
        }
    }
    if matches!(extension, "jsonl" | "ndjson") {
        return Form::Entries(jsonl::lines(source, 0));
    }
    if start.starts_with(['{', '[']) {
        match serde_json::from_str(start) {
            Ok(value) => return Form::Entries(jsonl::value(value)),
            Err(error) => {
                let first = start.lines().next().unwrap_or_default();
                if serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(first).is_ok()
                {
                    return Form::Entries(jsonl::lines(source, 0));
                }
                if extension == "json" {
                    return Form::Refused(format!("not valid JSON: {error}"), "");
                }
            }
        }
    }
    if matches!(extension, "csv" | "tsv") {
        return Form::Entries(jsonl::table(source));
    }
    if extension.contains("htm") || looks_like_html(start) {
        return Form::Html;
    }
    if let Some(what) = EXTENSIONS.get(extension) {
        return Form::Refused(format!("{what}, no report"), "");
    }
    if matches!(extension, "md" | "markdown" | "mdown") || markdown::is_one(source) {
        return Form::Markdown;
    }
    Form::Text
}

/// Are there page elements near the start? Text that only mentions a tag does not count.
fn looks_like_html(start: &str) -> bool {
    let head: String = start
        .chars()
        .take(4000)
        .flat_map(char::to_lowercase)
        .collect();
    if head.contains("<html") || head.contains("<!doctype html") {
        return true;
    }
    let tags = [
        "<p>", "<p ", "</p>", "<div", "</a>", "<br", "<body", "<h1", "<meta", "<span",
    ];
    tags.iter().filter(|tag| head.contains(**tag)).count() >= 2
}

/// The lower-case name of the first element, past declarations and comments.
fn root(mut source: &str) -> String {
    loop {
        source = source.trim_start();
        let end = if source.starts_with("<!--") {
            source.find("-->").map(|at| at + 3)
        } else if source.starts_with("<?") {
            source.find("?>").map(|at| at + 2)
        } else if source.starts_with("<!") {
            if source
                .get(..14)
                .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"))
            {
                return "html".to_string();
            }
            // Declarations may hold others, in brackets.
            let open = source.find(['[', '>']).unwrap_or(source.len());
            let from = match source.get(open..) {
                Some(rest) if rest.starts_with('[') => open + rest.find(']').unwrap_or(0),
                _ => open,
            };
            (source.get(from..))
                .and_then(|rest| rest.find('>'))
                .map(|at| from + at + 1)
        } else {
            None
        };
        match end {
            Some(end) => source = source.get(end..).unwrap_or_default(),
            None => break,
        }
    }
    source
        .strip_prefix('<')
        .unwrap_or_default()
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

pub(crate) fn extension(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((_, extension)) => extension.to_lowercase(),
        None => String::new(),
    }
}

const UNPACK: &str = "unpack it first";
const AS_TEXT: &str = "save it as text or HTML first";

/// Files known by their first bytes that hold no text as they are.
pub(crate) fn refused(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const STARTS: [(&[u8], &str, &str); 20] = [
        (b"%PDF", "a PDF", AS_TEXT),
        (b"BZh", "compressed (bzip2)", UNPACK),
        (b"\xfd7zXZ", "compressed (xz)", UNPACK),
        (b"7z\xbc\xaf", "an archive (7z)", UNPACK),
        (b"Rar!", "an archive (RAR)", UNPACK),
        (
            b"SQLite format 3",
            "an SQLite database",
            "a record is no report",
        ),
        (b"\x89PNG", "an image (PNG)", ""),
        (b"\xff\xd8\xff", "an image (JPEG)", ""),
        (b"GIF8", "an image (GIF)", ""),
        (b"RIFF", "an image, sound or film (RIFF)", ""),
        (b"II*\0", "an image (TIFF)", ""),
        (b"MM\0*", "an image (TIFF)", ""),
        (b"\0\0\x01\0", "an image (icon)", ""),
        (b"ID3", "sound (MP3)", ""),
        (b"OggS", "sound or film (Ogg)", ""),
        (b"\x1a\x45\xdf\xa3", "a film (Matroska)", ""),
        (b"\x7fELF", "a program", ""),
        (b"MZ\x90", "a program", ""),
        (b"\xd0\xcf\x11\xe0", "an office file", AS_TEXT),
        (b"PAR1", "a Parquet table", AS_TEXT),
    ];
    if bytes.is_empty() {
        return Some(("empty", ""));
    }
    if zip::is_office_file(bytes) {
        return Some(("an office file or a book (ZIP)", AS_TEXT));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(("a film or image (MP4)", ""));
    }
    STARTS
        .iter()
        .find(|(start, _, _)| bytes.starts_with(start))
        .map(|(_, why, hint)| (*why, *hint))
}

/// More than a few control characters or unreadable ones among the first thousand: no text.
fn is_binary(source: &str) -> bool {
    let (mut all, mut bad) = (0, 0);
    for c in source.chars().take(4000) {
        all += 1;
        let control = c.is_control() && !c.is_whitespace();
        bad += usize::from(c == '\0') * 20 + usize::from(control || c == '\u{fffd}');
    }
    bad * 20 > all
}

/// What is given for a file holds for each of its entries only as far as they can share it.
fn for_entry(given: &Given) -> Given {
    Given {
        publisher: given.publisher.clone(),
        zones: given.zones.clone(),
        ..Given::default()
    }
}

fn read_feed(path: &str, source: &str, around: &Around<'_>) -> Vec<Result<Found, Unread>> {
    let feed = feed::read(source);
    let around = around.shared();
    let mut results: Vec<_> = feed
        .pages
        .into_iter()
        .enumerate()
        .map(|(at, page)| finish(&format!("{path}#{}", at + 1), page, &around))
        .collect();
    if let Some(broken) = feed.broken {
        let hint = "the entries before it are read";
        results.push(Err(Unread::new(
            path,
            format!("feed broken at {broken}"),
            hint,
        )));
    } else if results.is_empty() {
        results.push(Err(Unread::new(path, "a feed without entries", "")));
    }
    results
}

/// From a page to a report: own text, masthead, blocks.
fn finish(path: &str, mut page: Page, around: &Around<'_>) -> Result<Found, Unread> {
    mend(&mut page);
    let given = &around.given;
    let mut head = page.masthead;
    if head.url.is_none()
        && let Some(url) = around.url
    {
        head.url = Some(url.to_string());
        head.publisher = head.publisher.or_else(|| meta::host(url));
    }
    head.publisher = given.publisher.clone().or(head.publisher);
    let day = |at| (given.zones).day(head.publisher.as_deref(), head.url.as_deref(), at);
    let moments = page.moments;
    let (published, modified) = (
        moments.published.and_then(day),
        moments.modified.and_then(day),
    );
    let given_day = given.published_at.and_then(day);
    if let Some(day) = published {
        head.published.when = Some(When::day(day));
    }
    if let Some(day) = modified {
        head.modified.when = Some(When::day(day));
    }
    head.url = given.url.clone().or(head.url);
    head.title = given.title.clone().or(head.title);
    if let Some(when) = given.published {
        head.published = Published {
            when: Some(given_day.map_or(when, When::day)),
            how: How::Given,
        };
    }
    let mut own = body::own(&page.lines, head.title.as_deref());
    if own.lines.is_empty() {
        let hint = "it holds only menus, captions, comments or the like";
        return Err(Unread::new(path, "no text of its own", hint));
    }
    own.head.splice(0..0, page.around);
    masthead::complete(&mut head, &own);
    let mut text = String::new();
    let mut blocks = vec![];
    for line in &own.lines {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&line.text);
        blocks.push(Block {
            span: Span::new(start, text.len()),
            kind: line.kind,
        });
    }
    let report = Report::new(head, text, blocks);
    let sighting = Sighting {
        report: report.id().clone(),
        path: path.to_string(),
    };
    Ok(Found {
        report,
        sighting,
        notes: page.notes,
    })
}

/// Puts right a page whose text was misread before it was saved, where that shows only now that
/// character references are resolved.
fn mend(page: &mut Page) {
    let head = &mut page.masthead;
    let mut texts: Vec<&mut String> = page.lines.iter_mut().map(|line| &mut line.text).collect();
    texts.extend(
        [&mut head.publisher, &mut head.title, &mut head.byline]
            .into_iter()
            .flatten(),
    );
    texts.extend(&mut page.around);
    if texts.iter().all(|text| text.is_ascii()) {
        return;
    }
    let all: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    if let Some(mended) = mojibake::mended(&all.join("\n")) {
        for (text, mended) in texts.into_iter().zip(mended.split('\n')) {
            *text = mended.to_string();
        }
        // What the tables said was of what was misread.
        page.lines.iter_mut().for_each(|line| line.class = None);
        page.notes.push(encoding::MENDED.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use rapporteur_model::{Date, When};

    fn check(path: &str, bytes: &[u8], given: &Given, expected: Expect) {
        let mut out = String::new();
        for result in read(path, bytes, given) {
            match result {
                Ok(found) => out.push_str(&format!(
                    "{}: {:?} {:?} {:?}\n",
                    found.sighting.path,
                    found.report.masthead().publisher,
                    found.report.body(),
                    found.notes
                )),
                Err(unread) => out.push_str(&format!("unread: {unread}\n")),
            }
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let files: [(&str, &[u8]); 14] = [
            ("a.txt", b""),
            ("b.txt", b" \n\t \n"),
            ("c.pdf", b"%PDF-1.7 ..."),
            ("d.gz", b"\x1f\x8b\x08"),
            ("e.docx", b"PK\x03\x04"),
            ("f.db", b"SQLite format 3\0"),
            ("h.bin", &[0, 1, 2, 3, 0, 0, 7, 200, 0, 1]),
            (
                "i.xml",
                b"<?xml version='1.0'?><inventory><item/></inventory>",
            ),
            ("j.json", b"{\"text\": "),
            ("k.csv", b"name,age\nAda,4\n"),
            ("l.css", b"body { color: red }"),
            ("m.warc", b"WARC/1.0\r\n"),
            ("n.txt", b"Subscribe\n\n8 Comments\n"),
            (
                "o.rss",
                b"<rss><channel><title>Echo</title></channel></rss>",
            ),
        ];
        let mut out = String::new();
        for (path, bytes) in files {
            for result in read(path, bytes, &Given::default()) {
                out.push_str(&format!("{}\n", result.unwrap_err()));
            }
        }
        expect![[r#"
            a.txt: empty
            b.txt: nothing but white space
            c.pdf: a PDF (save it as text or HTML first)
            d.gz: damaged gzip data: unexpected end of file (it is damaged or was cut off; get it again)
            e.docx: damaged ZIP archive: Missing end of central directory (it is damaged or was cut off; get it again)
            f.db: an SQLite database (a record is no report)
            h.bin: binary data, no text (give text, HTML, a feed or JSON)
            i.xml: XML that is no feed (its first element is <inventory>) (give a feed (RSS, Atom), a web page or plain text)
            j.json: not valid JSON: EOF while parsing a value at line 1 column 9
            k.csv: a table without a column of text (columns: name, age)
            l.css: a style sheet, no report
            m.warc: damaged at record 1: a record without an end of its fields (the records that are whole are read)
            n.txt: no text of its own (it holds only menus, captions, comments or the like)
            o.rss: a feed without entries
        "#]].assert_eq(&out);
    }

    #[test]
    fn forms_are_told_by_content_and_name() {
        let none = Given::default();
        // A message of one line is its own text, whatever it looks like.
        check(
            "m.jsonl",
            b"{\"text\": \"Watch: the army enters Velka\"}\n{\"text\": \"3 May 2031\"}",
            &none,
            expect![[r#"
                m.jsonl#1: None "Watch: the army enters Velka" []
                m.jsonl#2: None "3 May 2031" []
            "#]],
        );
        check(
            "a",
            b"{\"text\": \"The army took Velka.\"}",
            &none,
            expect![[r#"
                a: None "The army took Velka." []
            "#]],
        );
        check(
            "a.txt",
            b"{ \"text\": \"The army took Velka.\" }\n{\"text\": \"It left.\"}\n",
            &none,
            expect![[r#"
                a.txt#1: None "The army took Velka." []
                a.txt#2: None "It left." []
            "#]],
        );
        check(
            "a.jsonl",
            b"{\"text\": \"The army took Velka.\"}\nnonsense\n",
            &none,
            expect![[r#"
                a.jsonl#1: None "The army took Velka." []
                unread: a.jsonl#2: line 2: not valid JSON: expected ident, column 2 (the other entries are read)
            "#]],
        );
        check(
            "a.txt",
            b"[Velka] The army took the town.",
            &none,
            expect![[r#"
                a.txt: None "[Velka] The army took the town." []
            "#]],
        );
        check(
            "a.txt",
            b"The army took <b>Velka</b> at 5 < 6.",
            &none,
            expect![[r#"
                a.txt: None "The army took <b>Velka</b> at 5 < 6." []
            "#]],
        );
        check("feed", b"<?xml version=\"1.0\"?><!-- x --><rss><channel><title>Echo</title><item><description>It fell.</description></item></channel></rss>", &none, expect![[r#"
            feed#1: Some("Echo") "It fell." []
        "#]]);
        check(
            "a.txt",
            b"Der Pr\xe4sident sprach am Dienstag \xfcber die gro\xdfe Lage in Velka.",
            &none,
            expect![[r#"
                a.txt: None "Der Präsident sprach am Dienstag über die große Lage in Velka." ["read as windows-1252, guessed from its bytes"]
            "#]],
        );
    }

    #[test]
    fn what_is_given_wins_and_entries_share_only_the_publisher() {
        let given = Given {
            publisher: Some("North Wire".into()),
            title: Some("Given".into()),
            published: Some(When::day(Date::constant(2031, 3, 1))),
            ..Given::default()
        };
        let found = read(
            "a.txt",
            b"March 5, 2030\n\nArmy takes Velka\n\nThe army took Velka on Monday, it said.",
            &given,
        );
        let head = found[0].as_ref().unwrap().report.masthead().clone();
        assert_eq!(head.publisher.as_deref(), Some("North Wire"));
        assert_eq!(head.title.as_deref(), Some("Given"));
        assert_eq!(head.published.how, How::Given);
        assert_eq!(head.published.when, given.published);
        let found = read(
            "a.jsonl",
            b"{\"text\": \"It fell.\", \"title\": \"Own\"}",
            &given,
        );
        let head = found[0].as_ref().unwrap().report.masthead().clone();
        assert_eq!(head.publisher.as_deref(), Some("North Wire"));
        assert_eq!(head.title.as_deref(), Some("Own"));
        assert_eq!(head.published.when, None);
    }
}
