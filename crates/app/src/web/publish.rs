//! The same pages as files that open from a folder.

use super::address::Address;
use super::{Boundaries, Context, Place, Shown, layout, pages};
use rapporteur_views::desk::Desk;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Pages.
    pub pages: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

struct Folder<'s> {
    desk: &'s Desk,
    boundaries: &'s Boundaries,
    name: &'s str,
    root: &'s Path,
    made: BTreeSet<PathBuf>,
    written: Written,
}

/// Writes every page of a record with its twin into a folder.
///
/// # Errors
/// A file cannot be written.
pub fn publish(desk: &Desk, boundaries: &Boundaries, name: &str, to: &Path) -> io::Result<Written> {
    let mut folder = Folder {
        desk,
        boundaries,
        name,
        root: to,
        made: BTreeSet::new(),
        written: Written::default(),
    };
    for (path, _, bytes) in layout::ASSETS {
        folder.write(path, bytes)?;
    }
    folder.write("search.js", pages::search_index(desk).as_bytes())?;
    let names = [
        "index",
        "timeline",
        "disputes",
        "talks",
        "control",
        "ledgers",
        "entities",
        "sources",
        "lineage",
        "reports",
        "changes",
        "judgements",
        "search",
    ];
    for name in names {
        folder.all(name)?;
    }
    for id in desk.report_ids() {
        folder.all(&format!("report/{id}"))?;
    }
    for id in desk.question_ids() {
        folder.all(&format!("question/{id}"))?;
    }
    for id in desk.entity_ids() {
        folder.all(&format!("entity/{id}"))?;
    }
    for id in desk.held_ids().filter(|id| !desk.is_entity(id)) {
        folder.all(&format!("entity/{id}"))?;
    }
    for id in desk.source_ids() {
        folder.all(&format!("source/{id}"))?;
    }
    for id in desk.meeting_ids() {
        folder.all(&format!("talks/{id}"))?;
    }
    for id in desk.ledger_ids() {
        folder.all(&format!("ledger/{id}"))?;
    }
    // The slider shows some of very many days; the others have no page.
    for day in desk.control(None).days {
        folder.all(&format!("control/{day}"))?;
    }
    for (from, to) in desk.pairs() {
        folder.all(&format!("pair/{from}-{to}"))?;
    }
    Ok(folder.written)
}

impl Folder<'_> {
    /// A page with its twin, and those that follow it.
    fn all(&mut self, stem: &str) -> io::Result<()> {
        let mut stem = stem.to_string();
        loop {
            let mut next = None;
            for end in ["html", "json"] {
                let path = format!("{stem}.{end}");
                let Some(address) = Address::parse(&path, "") else {
                    continue;
                };
                let context = Context {
                    desk: self.desk,
                    boundaries: self.boundaries,
                    name: self.name,
                    address: &address,
                    place: Place::Folder,
                    notice: None,
                };
                match pages::show(&context, None) {
                    None => {}
                    Some(Shown::Json(json)) => self.write(&path, json.as_bytes())?,
                    Some(Shown::Html(page)) => {
                        let further = address.path(address.page + 1, "html");
                        if page
                            .contains(&format!("rel=\"next\" href=\"{}{further}\"", address.up()))
                        {
                            next = Some(address.path(address.page + 1, ""));
                        }
                        self.write(&path, page.as_bytes())?;
                        self.written.pages += 1;
                    }
                }
            }
            match next {
                Some(path) => stem = path.trim_end_matches('.').to_string(),
                None => return Ok(()),
            }
        }
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.root.join(path);
        if let Some(parent) = path.parent()
            && self.made.insert(parent.to_path_buf())
        {
            std::fs::create_dir_all(parent)?;
        }
        self.written.bytes += bytes.len() as u64;
        std::fs::write(path, bytes)
    }
}
