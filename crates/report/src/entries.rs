//! What a file holds, one thing at a time and in its order: the file itself, or what is packed in
//! it. Compressed files, archives, web archives, mailboxes and JSON lines are gone through in one
//! pass, with no more in memory than the entry at hand.

use crate::budget::{Budget, Metered};
use crate::page::clean;
use crate::{Unread, compressed, lines, mbox, read, tar, warc, zip};
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// How much of hostile or damaged input is worked through. The defaults are far above what reports
/// need and far below what a machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one entry, as it is read: larger ones are an [`Unread`].
    pub entry: u64,
    /// Bytes that may come out of a file before [`ratio`](Limits::ratio) counts.
    pub expanded: u64,
    /// How many times a file's own size may come out of it, over all layers of packing.
    pub ratio: u64,
    /// How deep files may be packed in one another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            entry: 128 << 20,
            expanded: 256 << 20,
            ratio: 250,
            depth: 4,
        }
    }
}

/// Something that can be read and gone back in. ZIP archives have their table at the end.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// An opened file, or a stream that cannot be gone back in (a ZIP archive in it is held in memory).
pub enum Input<'i> {
    /// A file.
    File(&'i mut dyn ReadSeek),
    /// A pipe.
    Stream(&'i mut dyn Read),
}

/// One thing to read: the bytes of a page, a text, a feed, and what is known of them from outside.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The file's path, for entries of archives followed by theirs (`reports.zip/a/1.html`), for
    /// records followed by `#` and a number (`crawl.warc.gz#12`).
    pub path: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) hints: Hints,
}

impl Entry {
    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The same entry, sent by the server at an address, which named its encoding or did not.
    pub fn sent_from(mut self, url: &str, charset: Option<&str>) -> Entry {
        self.hints.url.get_or_insert_with(|| url.to_string());
        if let Some(charset) = charset {
            self.hints
                .charset
                .get_or_insert_with(|| charset.to_string());
        }
        self
    }

    /// Has it no bytes?
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// What stands around an entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hints {
    /// The name that tells what it is where its bytes do not: without what it is packed in.
    pub name: String,
    /// The address it was fetched from.
    pub url: Option<String>,
    /// The encoding that whoever sent it names.
    pub charset: Option<String>,
    /// What the reader should know of how it was unpacked.
    pub notes: Vec<String>,
    /// One record of many: what is given for the file holds for it only as far as all can share it.
    pub is_record: bool,
    /// For a piece of JSON lines: how many entries and lines of the file stand before it.
    pub before: Option<(usize, usize)>,
}

/// What comes out of a file.
#[derive(Clone, Debug)]
pub enum Item {
    /// Something to [`read_entry`](crate::read_entry).
    Entry(Entry),
    /// Something that cannot be read; what comes after it may.
    Unread(Unread),
    /// What the reader should know of a whole file: its path, and the note.
    Note(String, String),
}

/// Takes what comes out of a file; `Break` ends the reading.
pub(crate) type Sink<'s> = dyn FnMut(Item) -> ControlFlow<()> + 's;

/// Goes through an opened file in one pass and hands each thing in it to `sink`, in order: at least
/// one item, and one [`Unread`] for whatever cannot be read. What a file is, is found from its first
/// bytes, and from its name where they leave it open. `sink` ends the reading with `Break`.
pub fn entries(
    path: &str,
    input: Input<'_>,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) {
    let budget = Budget::new(*limits);
    let mut walk = Walk {
        budget: &budget,
        limits: *limits,
        sink,
    };
    let place = Place {
        shown: path.to_string(),
        name: path.to_string(),
        depth: 0,
    };
    // That the sink wants no more is no matter here: nothing comes after.
    let _ = match input {
        Input::Stream(stream) => walk.start(&place, stream),
        Input::File(file) => match zip_size(file) {
            Some(size) => {
                budget.read(size);
                zip::each(&mut walk, &place, &mut &mut *file)
            }
            None => walk.start(&place, &mut &mut *file),
        },
    };
}

/// The size of a file that is a ZIP archive and can be gone back in.
fn zip_size(file: &mut dyn ReadSeek) -> Option<u64> {
    file.seek(SeekFrom::Start(0)).ok()?;
    let is_zip = head(&mut *file).is_ok_and(|(head, _)| zip::is_one(&head));
    let size = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    is_zip.then_some(size)
}

/// How many first bytes tell what a file is: a tar header's 512, or some lines of a mail.
const HEAD: usize = 2048;

/// The first bytes of a stream, and what comes after them. An error after the first bytes comes
/// after them too.
fn head<R: Read>(mut input: R) -> std::io::Result<(Vec<u8>, impl Read)> {
    let mut head = Vec::with_capacity(HEAD);
    let read = (&mut input).take(HEAD as u64).read_to_end(&mut head);
    match read {
        Err(error) if head.is_empty() => Err(error),
        read => Ok((head, Failing(read.err()).chain(input))),
    }
}

/// An error that comes once.
struct Failing(Option<std::io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Where an entry stands.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Its path as it is shown.
    pub shown: String,
    /// Its name, without what it is packed in.
    pub name: String,
    /// How many layers it is packed in.
    pub depth: usize,
}

impl Place {
    pub fn unread(&self, why: &str, hint: &str) -> Unread {
        Unread::new(self.shown.clone(), why, hint)
    }

    /// The place of a record of this file, counted from one.
    pub fn record(&self, number: usize) -> Place {
        Place {
            shown: format!("{}#{number}", self.shown),
            ..self.clone()
        }
    }

    /// The place of an archive's entry; a note where its path had to be changed. Paths of entries
    /// are only shown, never opened.
    fn inside(&self, path: &str) -> (Place, Option<String>) {
        const LONGEST: usize = 1000;
        let parts: Vec<String> = (path.split(['/', '\\']).map(clean))
            .filter(|part| !matches!(part.as_str(), "" | "." | ".."))
            .collect();
        let inner: String = parts.join("/").chars().take(LONGEST).collect();
        let climbs = path.split(['/', '\\']).any(|part| part == "..");
        let absolute = path.starts_with(['/', '\\']);
        let note = (climbs || absolute)
            .then(|| "its path in the archive leads out of it and was cut".to_string());
        let place = Place {
            shown: format!("{}/{inner}", self.shown),
            name: inner,
            depth: self.depth + 1,
        };
        (place, note)
    }
}

/// A walk through one file.
pub(crate) struct Walk<'w> {
    pub budget: &'w Budget,
    pub limits: Limits,
    pub sink: &'w mut Sink<'w>,
}

impl Walk<'_> {
    /// Goes through the file itself.
    fn start(&mut self, place: &Place, input: &mut dyn Read) -> ControlFlow<()> {
        match head(Metered::own(self.budget, input)) {
            Ok((head, mut rest)) => self.stream(place, head, &mut rest),
            Err(error) => self.unread(place, &format!("cannot be read: {error}"), ""),
        }
    }

    /// What cannot be read. Where the whole file has been given up, that is why.
    pub fn unread(&mut self, place: &Place, why: &str, hint: &str) -> ControlFlow<()> {
        let unread = match self.budget.why() {
            Some(why) => place.unread(&why, "unpack it and give what is in it, if it is no trap"),
            None => place.unread(why, hint),
        };
        (self.sink)(Item::Unread(unread))?;
        match self.budget.why() {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    }

    /// Goes through a stream whose first bytes are read already.
    fn stream(&mut self, place: &Place, head: Vec<u8>, rest: &mut dyn Read) -> ControlFlow<()> {
        if let Some((why, hint)) = read::refused(&head) {
            return self.unread(place, why, hint);
        }
        let layer = compressed::layer(&head);
        let is_zip = zip::is_one(&head);
        let is_tar = tar::is_one(&head);
        if (layer.is_some() || is_zip || is_tar) && place.depth >= self.limits.depth {
            let why = format!("packed more than {} layers deep", self.limits.depth);
            return self.unread(place, &why, "unpack it first");
        }
        if is_zip {
            let bytes = match self.whole(place, head, rest)? {
                Some(bytes) => bytes,
                None => return ControlFlow::Continue(()),
            };
            return zip::each(self, place, &mut Cursor::new(bytes));
        }
        let mut all = Cursor::new(head.as_slice()).chain(&mut *rest);
        if let Some(layer) = layer {
            let place = Place {
                name: compressed::inner_name(&place.name),
                depth: place.depth + 1,
                ..place.clone()
            };
            return compressed::each(self, &place, layer, &mut all);
        }
        if is_tar {
            return tar::each(self, place, &mut all);
        }
        if warc::is_one(&head) {
            return warc::each(self, place, &mut all);
        }
        if mbox::is_one(&head) {
            return mbox::each(self, place, &mut all);
        }
        if lines::is_one(&head, &read::extension(&place.name)) {
            return lines::each(self, place, &mut all);
        }
        match self.whole(place, head, rest)? {
            Some(bytes) => self.entry(place, bytes, Hints::default()),
            None => ControlFlow::Continue(()),
        }
    }

    /// All of a stream, where it is not too large for an entry.
    fn whole(
        &mut self,
        place: &Place,
        head: Vec<u8>,
        rest: &mut dyn Read,
    ) -> ControlFlow<(), Option<Vec<u8>>> {
        let mut bytes = head;
        let room = (self.limits.entry + 1).saturating_sub(bytes.len() as u64);
        if let Err(error) = rest.take(room).read_to_end(&mut bytes) {
            self.unread(place, &format!("cannot be read: {error}"), "")?;
            return ControlFlow::Continue(None);
        }
        if bytes.len() as u64 > self.limits.entry {
            self.unread(place, &too_large(&self.limits), TOO_LARGE_HINT)?;
            return ControlFlow::Continue(None);
        }
        ControlFlow::Continue(Some(bytes))
    }

    /// Hands on an entry.
    pub fn entry(&mut self, place: &Place, bytes: Vec<u8>, hints: Hints) -> ControlFlow<()> {
        let name = match hints.name.is_empty() {
            true => place.name.clone(),
            false => hints.name,
        };
        (self.sink)(Item::Entry(Entry {
            path: place.shown.clone(),
            bytes,
            hints: Hints { name, ..hints },
        }))
    }

    /// Goes through an archive's entry. Hidden ones and manifests are left out, as in folders.
    pub fn inside(&mut self, archive: &Place, path: &str, input: &mut dyn Read) -> ControlFlow<()> {
        let (place, note) = archive.inside(path);
        if is_left_out(&place.name) {
            return ControlFlow::Continue(());
        }
        if let Some(note) = note {
            (self.sink)(Item::Note(place.shown.clone(), note))?;
        }
        match head(input) {
            Ok((head, mut rest)) => self.stream(&place, head, &mut rest),
            Err(error) => self.unread(&place, &format!("cannot be read: {error}"), ""),
        }
    }

    /// Goes through what came out of a compressed file.
    pub fn unpacked(&mut self, place: &Place, input: &mut dyn Read) -> ControlFlow<()> {
        const HINT: &str = "it is damaged or was cut off; get it again";
        let why = match head(&mut *input) {
            Ok((head, mut rest)) => return self.stream(place, head, &mut rest),
            Err(error) => error.to_string(),
        };
        self.unread(place, &why, HINT)?;
        // The records after a damaged one may be whole.
        match head(input) {
            Ok((head, mut rest)) if !head.is_empty() => self.stream(place, head, &mut rest),
            _ => ControlFlow::Continue(()),
        }
    }
}

/// Hidden files, what a system adds to archives, and manifests.
fn is_left_out(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.is_empty()
        || (name.split('/')).any(|part| part.starts_with('.') || part == "__MACOSX")
        || matches!(last, "manifest.csv" | "manifest.jsonl")
}

pub(crate) const TOO_LARGE_HINT: &str = "split it, or give its reports as JSON lines";

/// Why an entry is too large.
pub(crate) fn too_large(limits: &Limits) -> String {
    format!("larger than {} MB", limits.entry >> 20)
}
