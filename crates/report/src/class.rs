//! What the tables say of a line or a block: whether it opens comments, belongs to the page, may be the
//! report's own.

use crate::blocks::Block;
use crate::date;
use crate::page::{Line, has_words, letters, straight};
use crate::tables::{CREDIT_LINES, Listed, PUBLISHERS, listed};
use rapporteur_model::BlockKind;
use std::collections::{BTreeMap, BTreeSet};

/// What the tables say of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Opens the readers' comments.
    Comments,
    /// Counts comments.
    Counter,
    /// Stands around single comments.
    CommentPart,
    /// Opens a list of links.
    Related,
    /// Belongs to the page.
    Furniture,
    /// Nothing known.
    Other,
}

/// Longer lines are text, whatever they start with.
pub(crate) const MAX_FURNITURE: usize = 420;

/// What the tables say of a block by itself; of menus and of long blocks they are not asked.
pub(crate) fn class_of(block: &Block) -> Option<Class> {
    /// Longer ones are left to their other numbers: looking them up takes longer than it tells.
    const LONGEST: usize = 200;
    if block.text.len() > LONGEST || block.is_menu() {
        return None;
    }
    Some(table_class(&block.text, block.kind))
}

/// What the tables say of a line of a page whose site is called so.
pub(crate) fn classify(line: &Line, site: Option<&str>) -> Class {
    let class = line
        .class
        .unwrap_or_else(|| table_class(&line.text, line.kind));
    let is_other = class == Class::Other && is_short(&line.text, line.kind);
    if is_other && site.is_some_and(|site| names_site(&straight(&line.text), site)) {
        Class::Furniture
    } else {
        class
    }
}

/// Is a line short enough for the tables?
fn is_short(text: &str, kind: BlockKind) -> bool {
    text.len() <= MAX_FURNITURE && kind != BlockKind::Row
}

fn table_class(text: &str, kind: BlockKind) -> Class {
    if !is_short(text, kind) {
        return Class::Other;
    }
    let text = straight(text);
    let folded = text.to_lowercase();
    match listed(&folded) {
        Some(Listed::Comments) => return Class::Comments,
        Some(Listed::Counter) => return Class::Counter,
        Some(Listed::CommentPart) => return Class::CommentPart,
        Some(Listed::Related) => return Class::Related,
        Some(Listed::Furniture) => return Class::Furniture,
        None => {}
    }
    let dated = |text: &str| {
        text.bytes().any(|byte| byte.is_ascii_digit()) && date::printed(text).is_some()
    };
    if CREDIT_LINES.matches(&text)
        || dated(&text)
        || text.contains(['|', '·', '•']) && text.split(['|', '·', '•']).any(dated)
    {
        Class::Furniture
    } else {
        Class::Other
    }
}

/// The site's name or a line that asks something for it ("Support Daily Echo").
fn names_site(text: &str, site: &str) -> bool {
    letters(text) == letters(site)
        || PUBLISHERS
            .capture(text)
            .is_some_and(|name| letters(name) == letters(site))
}

/// The site's name as the page's furniture tells it: from a copyright line, or from a line such as
/// "Support Daily Echo" where the name also stands alone or in another such line.
pub(crate) fn site(lines: &[Line]) -> Option<String> {
    let mut asked: BTreeMap<String, (BTreeSet<String>, String)> = BTreeMap::new();
    for line in lines {
        let text = straight(&line.text);
        if text.len() > 120 {
            continue;
        }
        let Some(name) = PUBLISHERS.capture(&text) else {
            continue;
        };
        let name = name.trim_end_matches(['.', ':', '!', ',']).trim();
        if text.starts_with('©') || text.to_lowercase().contains("copyright") {
            return Some(name.to_string());
        }
        let entry = asked
            .entry(letters(name))
            .or_insert_with(|| (BTreeSet::new(), name.to_string()));
        entry.0.insert(letters(&text));
    }
    let short = |line: &&Line| line.text.len() <= 120 && !has_words(&line.text, 6);
    let alone: BTreeSet<String> = match asked.is_empty() {
        true => BTreeSet::new(),
        false => lines
            .iter()
            .filter(short)
            .map(|line| letters(&line.text))
            .collect(),
    };
    asked
        .into_iter()
        .find(|(key, (lines, _))| !key.is_empty() && (alone.contains(key) || lines.len() >= 2))
        .map(|(_, (_, name))| name)
}
