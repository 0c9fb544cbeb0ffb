//! Bytes to reports: files, folders, feeds and pages, their own text and masthead.
//!
//! [`find`] lists the files below the given paths. [`entries`] goes through one of them, of any size,
//! and hands on what it holds: itself, or what is compressed or packed in it. [`read_entry`] turns an
//! entry into reports; what its bytes are is found from themselves and from the name: a web page,
//! plain text (also text copied from a page), Markdown, a feed (RSS, Atom, JSON Feed), JSON, JSON
//! lines, a table with a report a row, a mail. [`read`] does both for bytes in memory. A [`Manifest`]
//! gives what the pages do not say. What cannot be read comes back as an [`Unread`], with a reason
//! and a hint; nothing is left out silently.
//!
//! Modules in reading order: `entries` decides what a file is packed in; `compressed`, `zip`, `tar`,
//! `warc`, `mbox` and `lines` take it out, within a `budget`; `encoding` makes characters of bytes,
//! and `mojibake` puts right what was misread before; [`read()`] decides which way in a file takes;
//! `html`, `text`, `markdown`, `feed`, `jsonl`, `jsonfeed` and `mail` are the ways in, each to a page
//! of lines; `class` says what the tables know of a line, and `body` tells a report's own lines from
//! the furniture around them; `masthead` reads who published it, when, and whom it credits;
//! `zones` says which day of its publisher a moment was.
//!
//! ```
//! use rapporteur_report::{Given, read};
//!
//! let page = "Velka falls\n\nThe army took Velka on Monday, the ministry said.\n\nLeave a Reply\n";
//! let found = read("velka.txt", page.as_bytes(), &Given::default());
//! let report = &found[0].as_ref().unwrap().report;
//! assert_eq!(report.masthead().title.as_deref(), Some("Velka falls"));
//! assert!(report.body().ends_with("the ministry said."));
//! ```

mod blocks;
mod body;
mod budget;
mod class;
mod compressed;
mod counts;
mod date;
mod dom;
mod encoding;
mod entries;
mod features;
mod feed;
mod find;
mod forest;
mod hash;
mod html;
mod http;
mod jsonfeed;
mod jsonl;
mod lines;
mod mail;
mod manifest;
mod markdown;
mod masthead;
mod mbox;
mod meta;
mod mojibake;
mod own_text;
mod page;
mod read;
mod recent;
mod tables;
mod tags;
mod tar;
mod text;
mod warc;
mod zip;
mod zones;

pub use entries::{Entry, Input, Item, Limits, ReadSeek, entries};
pub use find::find;
#[doc(hidden)]
pub mod learn {
    //! What tools/own-text trains with; not for other use.
    pub use crate::forest::{Forest, Node};
    pub use crate::own_text::Observed;
}

pub use manifest::{Given, Manifest, manifest};
pub use read::{Found, read, read_entry};
pub use zones::Zones;

/// Something given that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// What failed: a path, with `#` and a number where it is one entry of a file.
    pub path: String,
    /// Why.
    pub why: String,
    /// What to try; may be empty.
    pub hint: String,
}

impl Unread {
    fn new(path: impl Into<String>, why: impl Into<String>, hint: impl Into<String>) -> Unread {
        Unread {
            path: path.into(),
            why: why.into(),
            hint: hint.into(),
        }
    }

    /// Why, and what to try.
    pub fn reason(&self) -> String {
        match self.hint.is_empty() {
            true => self.why.clone(),
            false => format!("{} ({})", self.why, self.hint),
        }
    }
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.reason())
    }
}

impl std::error::Error for Unread {}
