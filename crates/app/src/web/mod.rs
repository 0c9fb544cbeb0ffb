//! The pages: a record in a browser, served or written into a folder.
//!
//! Each page is a handler and a template in `pages/`, over a plain struct of [`rapporteur_views::desk`]; its
//! twin in JSON is that struct. The table of them all is `docs/pages.md`. Addresses are the same whether they
//! are served or published, and every link is relative.
//!
//! Everything works without a script. Report text only ever enters through the templates, which escape it;
//! [`text::visible`] then goes over the finished page, so that no character in it can turn, hide or move
//! what stands around it.

mod address;
mod chart;
mod http;
mod layout;
mod map;
mod pages;
mod parts;
mod publish;
mod serve;
mod site;
mod text;

pub use map::Boundaries;
pub use publish::publish;
pub use serve::{Serving, secret, serve};
pub use site::Site;

use address::Address;
use layout::Frame;
use maud::Markup;
use rapporteur_views::desk::Desk;

/// Where a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place<'s> {
    /// By the server: there are forms that write judgements, with this token in them, signed by this name
    /// where nobody gives another.
    Served { csrf: &'s str, author: &'s str },
    /// In a folder: there is nothing to send a form to.
    Folder,
}

/// All that a template needs beside its struct.
struct Context<'s> {
    desk: &'s Desk,
    boundaries: &'s Boundaries,
    /// The record's name.
    name: &'s str,
    address: &'s Address,
    place: Place<'s>,
    /// What the reader should know of this answer, such as that the record has changed since.
    notice: Option<String>,
}

/// A page ready to be sent or written.
enum Shown {
    /// HTML.
    Html(String),
    /// JSON.
    Json(String),
}

/// A page's parts: what its template gives.
struct Page {
    /// For the window and the head of the page.
    title: String,
    /// One line under the title.
    lead: Markup,
    /// The rest.
    body: Markup,
}

impl Context<'_> {
    /// A link to an address of the site, relative to this page.
    fn to(&self, path: &str) -> String {
        format!("{}{path}", self.address.up())
    }

    fn is_served(&self) -> bool {
        self.place != Place::Folder
    }

    /// The page, or its twin, from one struct.
    fn show<T: serde::Serialize>(&self, data: &T, template: impl FnOnce(&T) -> Page) -> Shown {
        if self.address.json {
            let json = serde_json::to_string_pretty(data).unwrap_or_default();
            return Shown::Json(json + "\n");
        }
        let frame = Frame {
            context: self,
            page: template(data),
        };
        Shown::Html(text::visible(&frame.render().into_string()))
    }
}
