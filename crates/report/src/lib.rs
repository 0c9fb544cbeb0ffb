//! Bytes to reports: files, folders, feeds and pages, their own text and masthead.
//!
//! [`find`] lists the files below the given paths. [`read`] turns the bytes of one of them into
//! reports; what the bytes are is found from themselves and from the name: a web page, plain text
//! (also text copied from a page), an RSS or Atom feed, JSON, JSON lines or a table with a report a
//! row. A [`Manifest`] gives what the pages do not say. What cannot be read comes back as an
//! [`Unread`], with a reason and a hint; nothing is left out silently.
//!
//! Modules in reading order: [`read`] decides which way in a file takes; `html`, `feed`, `jsonl` and
//! `text` are the ways in, each to a page of lines; `body` tells a report's own lines from the
//! furniture around them; `masthead` reads who published it, when, and whom it credits.
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
mod date;
mod dom;
mod encoding;
mod features;
mod feed;
mod find;
mod forest;
mod html;
mod jsonl;
mod manifest;
mod masthead;
mod meta;
mod own_text;
mod page;
mod read;
mod tables;
mod text;

pub use find::find;
#[doc(hidden)]
pub mod learn {
    //! What tools/own-text trains with; not for other use.
    pub use crate::forest::{Forest, Node};
    pub use crate::own_text::Observed;
}

pub use manifest::{Given, Manifest, manifest};
pub use read::{Found, read};

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
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.why)?;
        if !self.hint.is_empty() {
            write!(f, " ({})", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Unread {}
