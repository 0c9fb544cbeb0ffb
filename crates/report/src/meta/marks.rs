//! What a page's elements say of the page, found in one pass over its tree: meta elements, JSON-LD,
//! titles, and the words that a reader sees, each with what the classes around it say it is.

use super::words::CLASSES;
use crate::dom::{Document, NodeId};
use crate::html::unescape;
use crate::page::{clean, is_running};
use crate::recent::Recent;

/// More words of one piece are not kept: names and dates are short.
const MAX_PIECE: usize = 300;

/// A page's marks.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Every meta element's lower-case name and its content, in order.
    pub metas: Vec<(String, String)>,
    /// The address that the page names as its own.
    pub canonical: Option<String>,
    /// The page's language tag.
    pub language: Option<String>,
    /// What the window's title bar shows.
    pub title: Option<String>,
    /// The JSON-LD blocks, as they stand.
    pub scripts: Vec<String>,
    /// What a reader sees, in order.
    pub lines: Vec<Line>,
    /// The first-level headings and the line that each starts at.
    pub headings: Vec<(String, usize)>,
    /// For each line, the innermost element around it that stands beside the report.
    asides: Vec<Option<NodeId>>,
    /// For each heading, the elements around it that stand beside the report.
    around: Vec<Vec<NodeId>>,
}

/// A line as a reader sees it.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub text: String,
    /// Its parts, where elements that say what they hold divide it.
    pub pieces: Vec<Piece>,
    /// Is it, or does it start, a paragraph of running text?
    pub running: bool,
    /// Is it in a table's cell?
    pub cell: bool,
    /// Of which level it is a heading; 0: none.
    pub level: u8,
}

/// A part of a line.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    pub text: String,
    pub hints: Hints,
    /// A time that markup gives for the words.
    pub stamp: Option<String>,
    /// Where a link leads.
    pub link: Option<String>,
}

/// What the elements around a piece say that it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    /// A date, by a class.
    pub date: bool,
    /// The date of a change, by a class or a property.
    pub later: bool,
    /// The date of publication, by a property.
    pub published: bool,
    /// The writer, by a class.
    pub writer: bool,
    /// The writer, by a property.
    pub author: bool,
}

/// What holds of an element and of what is in it.
#[derive(Clone, Copy, Default)]
struct Within {
    hints: Hints,
    aside: Option<NodeId>,
    /// The innermost element that divides lines, and the innermost that divides pieces.
    block: u32,
    owner: u32,
    heading: u8,
    cell: bool,
    silent: bool,
}

impl Marks {
    pub(crate) fn read(page: &Document) -> Marks {
        let mut marks = Marks::default();
        let mut within: Vec<Within> = Vec::with_capacity(page.len());
        let mut builder = Builder::default();
        let mut names = Recent::new();
        for id in page.all() {
            let mut own = page
                .parent(id)
                .and_then(|parent| within.get(parent.index()).copied())
                .unwrap_or_default();
            if let Some(text) = page.text(id) {
                if !own.silent && id != page.root() {
                    builder.text(text, &own);
                }
                within.push(own);
                continue;
            }
            let name = page.name(id);
            marks.take(page, id, name);
            if is_silent(name) {
                own.silent = true;
            }
            if !own.silent {
                read_element(page, id, name, &mut names, &mut own);
                if own.block == index(id) || name == "br" {
                    builder.end_line();
                }
                if own.owner == index(id) {
                    builder.open(page, id, name, &own);
                }
                if name == "h1" {
                    let text = clean(&spaced(page, id));
                    if !text.is_empty() {
                        marks.headings.push((text, builder.lines.len()));
                        marks.around.push(asides(page, id, &within));
                    }
                }
            }
            within.push(own);
        }
        builder.end_line();
        marks.lines = builder.lines;
        marks.asides = builder.asides;
        marks
    }

    /// What stands in the head, and wherever pages put such elements.
    fn take(&mut self, page: &Document, id: NodeId, name: &str) {
        let attribute = |name| page.attribute(id, name);
        match name {
            "meta" => {
                let content = clean(&unescape(attribute("content").unwrap_or_default()));
                if content.is_empty() {
                    return;
                }
                for key in ["name", "property", "itemprop", "http-equiv"] {
                    for word in attribute(key).unwrap_or_default().split_whitespace() {
                        self.metas.push((word.to_lowercase(), content.clone()));
                    }
                }
            }
            "link" if self.canonical.is_none() && attribute("rel") == Some("canonical") => {
                self.canonical = attribute("href").map(|url| url.trim().to_string());
            }
            "html" if self.language.is_none() => {
                self.language = attribute("lang").map(str::to_string);
            }
            "title" if self.title.is_none() => {
                self.title = Some(clean(&page.text_of(id))).filter(|text| !text.is_empty());
            }
            // Of scripts, the tree keeps the text of JSON-LD alone.
            "script" => {
                let text = page.text_of(id);
                if !text.is_empty() {
                    self.scripts.push(text);
                }
            }
            _ => {}
        }
    }

    /// The content of the first of these meta elements.
    pub(crate) fn meta(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.all(key).next())
    }

    /// The contents of every meta element of this name.
    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = &str> {
        self.metas
            .iter()
            .filter(move |(name, _)| name == key)
            .map(|(_, content)| content.as_str())
    }

    /// Does a line stand beside the report whose headline is this heading? What also stands around
    /// the headline does not count: pages call their whole layout after its sidebar.
    pub(crate) fn is_aside(&self, line: usize, heading: Option<usize>) -> bool {
        let around = heading.and_then(|heading| self.around.get(heading));
        match self.asides.get(line).copied().flatten() {
            None => false,
            Some(aside) => around.is_none_or(|around| !around.contains(&aside)),
        }
    }
}

fn index(id: NodeId) -> u32 {
    id.index() as u32
}

/// The elements around this one that stand beside a report, by what they are called.
fn asides(page: &Document, id: NodeId, within: &[Within]) -> Vec<NodeId> {
    let mut found = vec![];
    let mut at = page.parent(id);
    while let Some(up) = at {
        if within.get(up.index()).and_then(|up| up.aside) == Some(up) {
            found.push(up);
        }
        at = page.parent(up);
    }
    found
}

/// The text below an element, with a space where a line or a block ends.
fn spaced(page: &Document, id: NodeId) -> String {
    let mut out = String::new();
    for node in page.below(id) {
        match page.text(node) {
            Some(text) => out.push_str(text),
            None if is_block(page.name(node)) || page.name(node) == "br" => out.push(' '),
            None => {}
        }
    }
    out
}

/// What a class name says, each by a bit.
mod says {
    pub(super) const DATE: u8 = 1;
    pub(super) const LATER: u8 = 2;
    pub(super) const WRITER: u8 = 4;
    pub(super) const ASIDE: u8 = 8;
    pub(super) const FOOTER: u8 = 16;
    pub(super) const ARTICLE: u8 = 32;
}

/// What class names say.
fn said_by(value: &str) -> u8 {
    let mut all = 0;
    if value.len() > 400 {
        return all;
    }
    each_word(value, |word| {
        all |= match CLASSES.get(word).copied() {
            Some("date") => says::DATE,
            Some("later") => says::LATER,
            Some("writer") => says::WRITER,
            Some("aside") => says::ASIDE,
            Some("footer") => says::FOOTER,
            Some("article") => says::ARTICLE,
            _ => 0,
        };
    });
    all
}

fn read_element<'p>(
    page: &'p Document,
    id: NodeId,
    name: &str,
    names: &mut Recent<'p, u8>,
    own: &mut Within,
) {
    let before = own.hints;
    let mut all = 0;
    // What the whole page or report is called says nothing of its parts.
    let is_whole = matches!(name, "html" | "body" | "main" | "article");
    if page.has_attributes(id) && !is_whole {
        let called = [
            page.attribute(id, "class"),
            page.attribute(id, "id"),
            page.attribute(id, "data-testid"),
            page.attribute(id, "data-component"),
        ];
        for value in called.into_iter().flatten() {
            all |= names.of(value, said_by);
        }
    }
    own.hints.date |= all & says::DATE > 0;
    own.hints.later |= all & says::LATER > 0;
    own.hints.writer |= all & says::WRITER > 0;
    // Some pages put a report's own date and writer into an `aside` of it.
    let of_article = all & says::ARTICLE > 0;
    let own_aside = of_article || page.parent(id).map(|up| page.name(up)) == Some("article");
    if name == "nav"
        || name == "aside" && !own_aside
        || name != "aside" && all & says::ASIDE > 0
        || (name == "footer" || all & says::FOOTER > 0) && !of_article
    {
        own.aside = Some(id);
    }
    let properties = match page.has_attributes(id) {
        true => ["itemprop", "property", "rel"].map(|name| page.attribute(id, name)),
        false => [None; 3],
    };
    for value in properties.into_iter().flatten() {
        for word in value.split_whitespace() {
            match word.rsplit(':').next().unwrap_or(word) {
                "datePublished" | "dateCreated" => own.hints.published = true,
                "dateModified" => own.hints.later = true,
                "author" | "creator" => own.hints.author = true,
                _ => {}
            }
        }
    }
    if page.attribute(id, "pubdate").is_some() {
        own.hints.published = true;
    }
    match name {
        "td" | "th" => own.cell = true,
        "h1" => own.heading = 1,
        "h2" => own.heading = 2,
        "h3" | "h4" | "h5" | "h6" => own.heading = 3,
        _ => {}
    }
    if is_block(name) {
        own.block = index(id);
    }
    if is_block(name) || before != own.hints || matches!(name, "a" | "time") {
        own.owner = index(id);
    }
}

/// The words of a class name in lower case: "Card_cardDate" is card, card, date.
fn each_word(value: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut small = false;
    for c in value.chars().chain([' ']) {
        let ends = !c.is_ascii_alphabetic() || small && c.is_ascii_uppercase();
        if ends && !word.is_empty() {
            take(&word);
            word.clear();
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
        small = c.is_ascii_lowercase();
    }
}

/// Puts text together into pieces and lines.
#[derive(Default)]
struct Builder {
    lines: Vec<Line>,
    asides: Vec<Option<NodeId>>,
    line: Line,
    aside: Option<NodeId>,
    piece: Piece,
    /// What is around the piece and around the line.
    owner: u32,
    block: u32,
    /// Was something cut away?
    cut: bool,
}

impl Builder {
    fn text(&mut self, text: &str, own: &Within) {
        if text.trim_start().is_empty() {
            self.piece.text.push(' ');
            return;
        }
        if self.block != own.block {
            self.end_line();
            self.block = own.block;
        }
        if self.owner != own.owner {
            self.end_piece();
            self.owner = own.owner;
        }
        self.piece.hints = own.hints;
        self.aside = own.aside;
        self.line.level = own.heading;
        self.line.cell = own.cell;
        if self.piece.text.len() > MAX_PIECE {
            self.cut = true;
            return;
        }
        if runs_into(&self.piece.text, text) {
            self.piece.text.push(' ');
        }
        let mut end = text.len().min(MAX_PIECE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.cut |= end < text.len();
        self.piece
            .text
            .push_str(text.get(..end).unwrap_or_default());
    }

    /// An element starts that divides pieces.
    fn open(&mut self, page: &Document, id: NodeId, name: &str, own: &Within) {
        if self.block != own.block {
            self.end_line();
            self.block = own.block;
        }
        self.end_piece();
        self.owner = index(id);
        let attribute = |name| page.attribute(id, name).filter(|value| value.len() <= 300);
        self.piece.stamp = match attribute("datetime") {
            Some(stamp) => Some(stamp.to_string()),
            None if own.hints.published || own.hints.later => {
                attribute("content").map(str::to_string)
            }
            None => None,
        };
        if self.piece.stamp.is_some() {
            self.piece.hints = own.hints;
            self.aside = own.aside;
        }
        self.piece.link = (name == "a")
            .then(|| attribute("href").map(str::to_string))
            .flatten();
    }

    fn end_piece(&mut self) {
        let piece = std::mem::take(&mut self.piece);
        let mut raw = piece.text;
        let text = clean(&raw);
        if !text.is_empty() || piece.stamp.is_some() {
            let line = &mut self.line.text;
            let apart = raw.starts_with(char::is_whitespace) || line.ends_with(' ');
            line.truncate(line.trim_end_matches(' ').len());
            if !line.is_empty() && (apart || runs_into(line, &text)) {
                line.push(' ');
            }
            line.push_str(&text);
            if raw.ends_with(char::is_whitespace) {
                line.push(' ');
            }
            self.line.pieces.push(Piece { text, ..piece });
        } else if !raw.is_empty() {
            self.line.text.push(' ');
        }
        // The next piece takes the room of this one.
        raw.clear();
        self.piece.text = raw;
    }

    fn end_line(&mut self) {
        self.end_piece();
        let mut line = std::mem::take(&mut self.line);
        let cut = std::mem::take(&mut self.cut);
        let aside = self.aside.take();
        if line.pieces.is_empty() {
            return;
        }
        line.text.truncate(line.text.trim_end().len());
        line.running = line.level == 0 && (cut || is_running(&line.text));
        self.lines.push(line);
        self.asides.push(aside);
    }
}

/// Do two texts of neighbouring elements only look like one word? Pages put "Ada Brisk" and "Mar 3" or
/// "2031" and "5 min" beside each other, and space between them by style alone.
fn runs_into(before: &str, after: &str) -> bool {
    let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    a.is_lowercase() && (b.is_uppercase() || b.is_numeric())
        || a.is_numeric() && (b.is_uppercase() || b.is_numeric())
}

/// Elements whose text is never a reader's.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "button"
            | "select"
            | "textarea"
            | "iframe"
            | "svg"
            | "object"
            | "canvas"
            | "audio"
            | "video"
            | "option"
    )
}

fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "" | "a"
            | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "cite"
            | "code"
            | "data"
            | "date"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "link"
            | "mark"
            | "meta"
            | "picture"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "source"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "path"
    )
}
