//! A page's elements as a tree: `tags` tells the tags, this file nests them.
//!
//! It nests as browsers do where that matters for text (elements without an end tag, end tags left
//! out), and never deeper than [`MAX_DEPTH`]: what is opened below is taken as its parent's content.
//! Time and memory are linear in the page's length, whatever the page holds. Kept are text,
//! JSON-LD scripts and the attributes that something reads; other scripts and styles are not.

use crate::page::floor;
use crate::tags::{self, Sink};
use std::borrow::Cow;
use std::ops::Range;

/// Elements nested deeper than this become their parent's content: real pages stay below 100.
const MAX_DEPTH: usize = 256;

/// Longer attribute values are cut.
const MAX_VALUE: usize = 4000;

/// No page has more names of elements; one that makes up names has nothing to say with them.
const MAX_NAMES: usize = 300;

/// The attributes that something reads, by number. Names are in lower case.
#[inline(always)]
fn kept(name: &str) -> Option<u8> {
    Some(match name {
        "class" => 0,
        "id" => 1,
        "itemprop" => 2,
        "itemtype" => 3,
        "property" => 4,
        "name" => 5,
        "content" => 6,
        "rel" => 7,
        "href" => 8,
        "datetime" => 9,
        "lang" => 10,
        "role" => 11,
        "type" => 12,
        "style" => 13,
        "hidden" => 14,
        "aria-hidden" => 15,
        "http-equiv" => 16,
        "charset" => 17,
        "title" => 18,
        "data-testid" => 19,
        "pubdate" => 20,
        "data-component" => 21,
        _ => return None,
    })
}

/// The number of an attribute whose name stands there in any case.
fn kept_as_written(name: &str) -> Option<u8> {
    let mut lower = [0u8; 16];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    kept(std::str::from_utf8(lower).ok()?)
}

/// A node's place in its [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

impl NodeId {
    const NONE: NodeId = NodeId(u32::MAX);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    fn known(self) -> Option<NodeId> {
        (self != NodeId::NONE).then_some(self)
    }
}

/// In place of a name: the node is text.
const TEXT: u32 = u32::MAX;

/// In place of a name: the node is the page.
const ROOT: u32 = u32::MAX - 1;

#[derive(Debug)]
struct Node {
    /// The place of an element's name, or [`TEXT`] or [`ROOT`].
    name: u32,
    /// Where an element's attributes stand in `attributes`, a text's characters in `text`.
    range: Range<u32>,
    parent: NodeId,
    first: NodeId,
    last: NodeId,
    next: NodeId,
}

/// A page's elements and text.
#[derive(Debug)]
pub(crate) struct Document {
    nodes: Vec<Node>,
    text: String,
    names: Names,
    /// Of each attribute, the number of its name and the place of its value in `text`.
    attributes: Vec<(u8, Range<u32>)>,
}

impl Document {
    /// The tree of a page. Never fails: whatever the characters are, they nest somehow. Of more than
    /// 2 GB, the start is taken.
    pub(crate) fn parse(source: &str) -> Document {
        let source = source.get(..1 << 31).unwrap_or(source);
        let mut builder = Builder::new(source.len());
        tags::read(source, &mut builder);
        builder.document
    }

    pub(crate) fn root(&self) -> NodeId {
        NodeId(0)
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    /// How many nodes; every [`NodeId::index`] is below.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Every node in the order of the page.
    pub(crate) fn all(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// An element's lower-case name; empty for text and for the root.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        self.names.get(self.name_number(id))
    }

    /// What is told of each name, to be looked up by [`Document::name_number`]: names are few, nodes
    /// many.
    pub(crate) fn of_names<T>(&self, tell: impl Fn(&str) -> T) -> Vec<T> {
        self.names.all.iter().map(|name| tell(&name.word)).collect()
    }

    /// The number of an element's name; too large for any where the node is none.
    pub(crate) fn name_number(&self, id: NodeId) -> usize {
        self.node(id).map_or(usize::MAX, |node| node.name as usize)
    }

    /// A text node's characters.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id).filter(|node| node.name == TEXT)?;
        self.slice(&node.range)
    }

    fn slice(&self, range: &Range<u32>) -> Option<&str> {
        self.text.get(range.start as usize..range.end as usize)
    }

    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent.known()
    }

    pub(crate) fn children(&self, id: NodeId) -> Children<'_> {
        Children {
            document: self,
            next: self.node(id).and_then(|node| node.first.known()),
        }
    }

    /// The node and all below it, in order.
    pub(crate) fn below(&self, id: NodeId) -> Below<'_> {
        Below {
            document: self,
            top: id,
            next: Some(id),
        }
    }

    /// An attribute's value; only those that are kept are there.
    #[inline(always)]
    pub(crate) fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        self.numbered(id, kept(wanted)?)
    }

    fn numbered(&self, id: NodeId, wanted: u8) -> Option<&str> {
        self.attributes_of(id)
            .iter()
            .find(|(name, _)| *name == wanted)
            .and_then(|(_, value)| self.slice(value))
    }

    /// Has the node any attribute that is kept?
    pub(crate) fn has_attributes(&self, id: NodeId) -> bool {
        !self.attributes_of(id).is_empty()
    }

    fn attributes_of(&self, id: NodeId) -> &[(u8, Range<u32>)] {
        self.node(id)
            .filter(|node| node.name != TEXT)
            .and_then(|node| {
                self.attributes
                    .get(node.range.start as usize..node.range.end as usize)
            })
            .unwrap_or_default()
    }

    /// All text below a node, as it stands.
    pub(crate) fn text_of(&self, id: NodeId) -> String {
        let mut out = String::new();
        for node in self.below(id) {
            out.push_str(self.text(node).unwrap_or_default());
        }
        out
    }

    /// Every element of this name, in the order of the page.
    pub(crate) fn named<'d>(&'d self, name: &str) -> impl Iterator<Item = NodeId> + use<'d> {
        let wanted = self.names.all.iter().position(|known| known.word == name);
        let wanted = wanted.map_or(ROOT, |at| at as u32);
        self.nodes
            .iter()
            .enumerate()
            .skip(1)
            .filter(move |(_, node)| node.name == wanted)
            .map(|(at, _)| NodeId(at as u32))
    }
}

/// The children of a node.
pub(crate) struct Children<'d> {
    document: &'d Document,
    next: Option<NodeId>,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let at = self.next?;
        self.next = self.document.node(at).and_then(|node| node.next.known());
        Some(at)
    }
}

/// A node and all below it.
pub(crate) struct Below<'d> {
    document: &'d Document,
    top: NodeId,
    next: Option<NodeId>,
}

impl Iterator for Below<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let at = self.next?;
        let node = self.document.node(at)?;
        self.next = node.first.known().or_else(|| {
            let mut up = at;
            loop {
                if up == self.top {
                    return None;
                }
                let node = self.document.node(up)?;
                if let Some(next) = node.next.known() {
                    return Some(next);
                }
                up = node.parent.known()?;
            }
        });
        Some(at)
    }
}

/// A name of elements.
#[derive(Debug)]
struct Name {
    word: String,
    /// What kind of element it is: bits of [`kinds`].
    kind: u32,
}

/// The names of a page's elements, each once.
#[derive(Debug)]
struct Names {
    all: Vec<Name>,
    /// By hash: places in `all`, plus one.
    slots: Vec<u16>,
}

impl Names {
    /// Far more than [`MAX_NAMES`], so that there is always a free one.
    const SLOTS: usize = 1024;

    fn new() -> Names {
        Names {
            all: Vec::with_capacity(64),
            slots: vec![0; Names::SLOTS],
        }
    }

    fn get(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |name| name.word.as_str())
    }

    fn kind(&self, at: u32) -> u32 {
        self.all.get(at as usize).map_or(0, |name| name.kind)
    }

    fn number(&mut self, word: &str) -> u32 {
        let mut hash = 0x811c_9dc5u32;
        for byte in word.bytes().take(24) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        let mut slot = (hash ^ (hash >> 15)) as usize % Names::SLOTS;
        while let Some(place) = self.slots.get_mut(slot).filter(|place| **place > 0) {
            let at = usize::from(*place) - 1;
            if self.all.get(at).is_some_and(|name| name.word == word) {
                return at as u32;
            }
            slot = (slot + 1) % Names::SLOTS;
        }
        if self.all.len() >= MAX_NAMES {
            return 0;
        }
        self.all.push(Name {
            word: word.to_string(),
            kind: kinds::of(word),
        });
        if let Some(place) = self.slots.get_mut(slot) {
            *place = self.all.len() as u16;
        }
        self.all.len() as u32 - 1
    }
}

/// Kinds of elements, a bit each: what the nesting depends on.
mod kinds {
    /// Elements that have no content.
    pub(super) const VOID: u32 = 1;
    /// Elements whose start ends an open paragraph.
    pub(super) const ENDS_PARAGRAPH: u32 = 1 << 1;
    /// Text inside these is no text of the page.
    pub(super) const NO_TEXT: u32 = 1 << 2;
    /// Elements that an inline element's end tag does not reach out of.
    pub(super) const SCOPE: u32 = 1 << 3;
    pub(super) const LI: u32 = 1 << 4;
    pub(super) const DEFINITION: u32 = 1 << 5;
    pub(super) const OPTION: u32 = 1 << 6;
    pub(super) const OPTION_GROUP: u32 = 1 << 7;
    pub(super) const ROW: u32 = 1 << 8;
    pub(super) const CELL: u32 = 1 << 9;
    pub(super) const ROWS: u32 = 1 << 10;
    pub(super) const BODY: u32 = 1 << 11;
    pub(super) const LINK: u32 = 1 << 12;
    pub(super) const PARAGRAPH: u32 = 1 << 13;
    pub(super) const HEAD: u32 = 1 << 14;
    pub(super) const BREAK: u32 = 1 << 15;
    pub(super) const SCRIPT: u32 = 1 << 16;
    pub(super) const SVG: u32 = 1 << 17;
    pub(super) const LIST: u32 = 1 << 18;
    pub(super) const DEFINITIONS: u32 = 1 << 19;
    pub(super) const OPTIONS: u32 = 1 << 20;
    pub(super) const TABLE: u32 = 1 << 21;
    pub(super) const OBJECT: u32 = 1 << 22;
    /// Further elements that a paragraph's end does not reach out of.
    pub(super) const AROUND_PARAGRAPH: u32 = 1 << 23;
    /// Elements whose start ends another, or may.
    pub(super) const ENDS_OTHERS: u32 =
        ENDS_PARAGRAPH | LI | DEFINITION | OPTION | OPTION_GROUP | ROW | CELL | ROWS | BODY | LINK;

    pub(super) fn of(word: &str) -> u32 {
        let own = match word {
            "area" | "base" | "basefont" | "bgsound" | "col" | "embed" | "frame" | "img"
            | "input" | "keygen" | "link" | "meta" | "param" | "source" | "track" | "wbr" => VOID,
            "br" => VOID | BREAK,
            "hr" => VOID | ENDS_PARAGRAPH,
            "address" | "article" | "aside" | "blockquote" | "center" | "details" | "dialog"
            | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3"
            | "h4" | "h5" | "h6" | "header" | "main" | "nav" | "pre" | "summary" | "search" => {
                ENDS_PARAGRAPH
            }
            "div" | "section" => ENDS_PARAGRAPH | AROUND_PARAGRAPH,
            "p" => ENDS_PARAGRAPH | PARAGRAPH,
            "ul" | "ol" | "menu" | "dir" => ENDS_PARAGRAPH | LIST,
            "dl" => ENDS_PARAGRAPH | DEFINITIONS,
            "table" => ENDS_PARAGRAPH | TABLE | AROUND_PARAGRAPH,
            "li" => LI | SCOPE | AROUND_PARAGRAPH,
            "dt" | "dd" => DEFINITION | SCOPE,
            "option" => OPTION,
            "optgroup" => OPTION_GROUP,
            "select" => OPTIONS | SCOPE,
            "datalist" => OPTIONS,
            "tr" => ROW | SCOPE,
            "td" | "th" => CELL | SCOPE | AROUND_PARAGRAPH,
            "tbody" | "thead" | "tfoot" => ROWS | SCOPE,
            "body" => BODY | SCOPE,
            "head" => HEAD | SCOPE,
            "a" => LINK,
            "script" => SCRIPT | NO_TEXT | SCOPE,
            "svg" => SVG | NO_TEXT | SCOPE,
            "style" | "template" => NO_TEXT | SCOPE,
            "noembed" | "noframes" => NO_TEXT,
            "button" => SCOPE | AROUND_PARAGRAPH,
            "object" => OBJECT | SCOPE | AROUND_PARAGRAPH,
            "html" | "caption" | "noscript" | "iframe" | "title" | "textarea" => SCOPE,
            _ => 0,
        };
        match own & ENDS_PARAGRAPH {
            0 => own,
            _ => own | SCOPE,
        }
    }
}

/// Builds the tree while the tags come.
struct Builder {
    document: Document,
    open: Vec<Open>,
    /// How many of each name are open: an end tag that ends nothing costs nothing.
    counts: Vec<u32>,
    /// Elements opened below [`MAX_DEPTH`], which are not in the tree: how many of each name.
    beyond: Vec<u32>,
    /// The name of the element whose start tag is being read, and where its attributes begin.
    starting: (u32, u32),
    /// Within how many elements whose text is none.
    silent: u32,
    /// Where the text begins that is being read.
    text_from: Option<u32>,
}

struct Open {
    node: NodeId,
    name: u32,
    kind: u32,
    silent: bool,
}

impl Builder {
    /// For a page of so many bytes.
    fn new(length: usize) -> Builder {
        let mut document = Document {
            nodes: Vec::with_capacity(length / 40 + 1),
            text: String::with_capacity(length / 3),
            names: Names::new(),
            attributes: Vec::with_capacity(length / 80),
        };
        document.nodes.push(Node {
            name: ROOT,
            range: 0..0,
            parent: NodeId::NONE,
            first: NodeId::NONE,
            last: NodeId::NONE,
            next: NodeId::NONE,
        });
        Builder {
            document,
            open: vec![],
            counts: vec![0; MAX_NAMES],
            beyond: vec![0; MAX_NAMES],
            starting: (0, 0),
            silent: 0,
            text_from: None,
        }
    }

    fn append(&mut self, name: u32, range: Range<u32>) -> NodeId {
        let parent = self.open.last().map_or(NodeId(0), |open| open.node);
        let id = NodeId(self.document.nodes.len() as u32);
        self.document.nodes.push(Node {
            name,
            range,
            parent,
            first: NodeId::NONE,
            last: NodeId::NONE,
            next: NodeId::NONE,
        });
        let nodes = &mut self.document.nodes;
        let mut before = NodeId::NONE;
        if let Some(parent) = nodes.get_mut(parent.index()) {
            before = std::mem::replace(&mut parent.last, id);
            if before == NodeId::NONE {
                parent.first = id;
            }
        }
        if let Some(before) = nodes.get_mut(before.index()) {
            before.next = id;
        }
        id
    }

    /// Ends what the start of this kind of element ends.
    fn end_implied(&mut self, kind: u32) {
        use kinds::*;
        if kind & ENDS_OTHERS == 0 {
            return;
        }
        if kind & LI > 0 {
            self.end_within(LI, LIST);
        } else if kind & DEFINITION > 0 {
            self.end_within(DEFINITION, DEFINITIONS);
        } else if kind & (OPTION | OPTION_GROUP) > 0 {
            self.end_within(OPTION, OPTIONS);
        } else if kind & ROW > 0 {
            self.end_within(ROW, TABLE);
        } else if kind & CELL > 0 {
            self.end_within(CELL, ROW | TABLE);
        } else if kind & ROWS > 0 {
            self.end_within(ROWS, TABLE);
        } else if kind & BODY > 0 {
            self.end_within(HEAD, 0);
        } else if kind & LINK > 0 {
            // A link does not stand in a link: one left open ends here.
            self.end_within(LINK, CELL | TABLE | OBJECT);
        }
        if kind & ENDS_PARAGRAPH > 0 {
            self.end_within(PARAGRAPH, AROUND_PARAGRAPH);
            if self.open.last().is_some_and(|open| open.kind & HEAD > 0) {
                self.pop();
            }
        }
    }

    /// Ends the innermost of the elements wanted, unless one of the walls stands before it.
    fn end_within(&mut self, wanted: u32, walls: u32) {
        let either = wanted | walls;
        let found = self.open.iter().rposition(|open| open.kind & either > 0);
        let Some(at) = found else { return };
        if self.open.get(at).is_some_and(|open| open.kind & wanted > 0) {
            self.end_from(at);
        }
    }

    fn end_from(&mut self, at: usize) {
        while self.open.len() > at {
            self.pop();
        }
    }

    fn pop(&mut self) {
        if let Some(open) = self.open.pop() {
            self.silent -= u32::from(open.silent);
            if let Some(count) = self.counts.get_mut(open.name as usize) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

impl Sink for Builder {
    fn text(&mut self, part: &str) {
        if self.silent == 0 {
            self.text_from
                .get_or_insert(self.document.text.len() as u32);
            self.document.text.push_str(part);
        }
    }

    fn end_text(&mut self) {
        if let Some(from) = self.text_from.take() {
            let to = self.document.text.len() as u32;
            self.append(TEXT, from..to);
        }
    }

    fn open(&mut self, name: &str) {
        let from = self.document.attributes.len() as u32;
        self.starting = (self.document.names.number(name), from);
    }

    fn attribute<'v>(&mut self, name: &str, value: impl FnOnce() -> Cow<'v, str>) {
        let Some(number) = kept_as_written(name) else {
            return;
        };
        let value = value();
        let from = self.document.text.len() as u32;
        let value = value.get(..floor(&value, MAX_VALUE)).unwrap_or_default();
        self.document.text.push_str(value);
        let to = self.document.text.len() as u32;
        self.document.attributes.push((number, from..to));
    }

    fn opened(&mut self, self_closing: bool) {
        use kinds::*;
        let (name, from) = self.starting;
        let kind = self.document.names.kind(name);
        self.end_implied(kind);
        let attributes = from..self.document.attributes.len() as u32;
        if kind & VOID == 0 && self.open.len() >= MAX_DEPTH {
            if let Some(count) = self.beyond.get_mut(name as usize) {
                *count += 1;
            }
            // Blocks still end lines: an empty element stands for it.
            self.append(name, attributes);
            return;
        }
        let node = self.append(name, attributes);
        let in_svg = self_closing && (self.silent > 0 || kind & SVG > 0);
        if kind & VOID > 0 || in_svg {
            return;
        }
        let is_data = || {
            self.document
                .attribute(node, "type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
        };
        let silent = kind & NO_TEXT > 0 && !(kind & SCRIPT > 0 && is_data());
        self.silent += u32::from(silent);
        if let Some(count) = self.counts.get_mut(name as usize) {
            *count += 1;
        }
        self.open.push(Open {
            node,
            name,
            kind,
            silent,
        });
    }

    fn close(&mut self, name: &str) {
        use kinds::*;
        let name = self.document.names.number(name);
        let kind = self.document.names.kind(name);
        if kind & VOID > 0 && kind & BREAK == 0 {
            return;
        }
        let is_open = (self.counts.get(name as usize)).is_some_and(|count| *count > 0);
        if kind & BREAK > 0 || kind & PARAGRAPH > 0 && !is_open {
            // Browsers read a stray end of a paragraph or line as one.
            self.append(name, 0..0);
            return;
        }
        if let Some(beyond) = self.beyond.get_mut(name as usize)
            && *beyond > 0
        {
            *beyond -= 1;
            return;
        }
        if !is_open {
            return;
        }
        // An inline element's end tag does not end the blocks opened since: `<b><p>…</b>`.
        let is_wall = |open: &Open| kind & SCOPE == 0 && open.kind & SCOPE > 0;
        let found = self
            .open
            .iter()
            .rposition(|open| open.name == name || is_wall(open));
        let Some(at) = found else { return };
        if self.open.get(at).is_some_and(|open| open.name == name) {
            self.end_from(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(source: &str, expected: Expect) {
        let document = Document::parse(source);
        let mut out = String::new();
        let mut waiting = vec![(document.root(), 0)];
        while let Some((id, depth)) = waiting.pop() {
            if id != document.root() {
                let what = match document.text(id) {
                    Some(text) => format!("{text:?}"),
                    None => {
                        let class = document.attribute(id, "class");
                        let class = class.map(|class| format!(".{class}")).unwrap_or_default();
                        format!("{}{class}", document.name(id))
                    }
                };
                out.push_str(&format!("{}{what}\n", "  ".repeat(depth - 1)));
            }
            let children: Vec<NodeId> = document.children(id).collect();
            waiting.extend(children.into_iter().rev().map(|id| (id, depth + 1)));
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn end_tags_left_out() {
        check(
            "<ul><li>a<li class=x>b</ul><p>one<p>two<div>three</div><table><tr><td>1<td>2<tr><td>3</table>",
            expect![[r#"
                ul
                  li
                    "a"
                  li.x
                    "b"
                p
                  "one"
                p
                  "two"
                div
                  "three"
                table
                  tr
                    td
                      "1"
                    td
                      "2"
                  tr
                    td
                      "3"
            "#]],
        );
    }

    #[test]
    fn misnested_and_stray_tags() {
        check(
            "<b><p>one</b> two</p></div></p><a href=1>x<a href=2>y</a></i>z",
            expect![[r#"
                b
                  p
                    "one"
                    " two"
                  p
                  a
                    "x"
                  a
                    "y"
                  "z"
            "#]],
        );
    }

    #[test]
    fn scripts_styles_and_references() {
        check(
            "<head><title>a &amp; b</title><script>var x = '<p>no</p>';</script><script type='application/ld+json'>{\"a\": \"</p>\"}</script><style>p{}</style></head><svg><text>no</text><path d='1'/></svg><p>caf&eacute; &lt;b&gt; &#8211;<noscript>n</noscript>",
            expect![[r#"
                head
                  title
                    "a & b"
                  script
                  script
                    "{\"a\": \"</p>\"}"
                  style
                svg
                  text
                  path
                p
                  "café <b> –"
                  noscript
                    "n"
            "#]],
        );
    }

    #[test]
    fn depth_is_bounded_and_nothing_is_lost() {
        let source = format!("{}deep{}after", "<div>".repeat(1000), "</div>".repeat(1000));
        let document = Document::parse(&source);
        assert_eq!(document.text_of(document.root()), "deepafter");
        let deepest = document
            .all()
            .map(|id| {
                let mut depth = 0;
                let mut at = id;
                while let Some(up) = document.parent(at) {
                    depth += 1;
                    at = up;
                }
                depth
            })
            .max();
        assert_eq!(deepest, Some(MAX_DEPTH + 1));
        // The text after the last end tag stands at the top again.
        let last = document.all().last().unwrap();
        assert_eq!(document.parent(last), Some(document.root()));
    }
}
