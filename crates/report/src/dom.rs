//! A page's elements as a tree: `html5gum` tells the tags, this file nests them.
//!
//! It nests as browsers do where that matters for text (elements without an end tag, end tags left
//! out), and never deeper than [`MAX_DEPTH`]: what is opened below is taken as its parent's content.
//! Time and memory are linear in the page's length, whatever the page holds. Kept are text,
//! JSON-LD scripts and the attributes in [`KEPT`]; other scripts and styles are not.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// Elements nested deeper than this become their parent's content: real pages stay below 100.
const MAX_DEPTH: usize = 256;

/// Longer attribute values are cut.
const MAX_VALUE: usize = 4000;

/// The attributes that something reads.
const KEPT: [&str; 22] = [
    "class",
    "id",
    "itemprop",
    "itemtype",
    "property",
    "name",
    "content",
    "rel",
    "href",
    "datetime",
    "lang",
    "role",
    "type",
    "style",
    "hidden",
    "aria-hidden",
    "http-equiv",
    "charset",
    "title",
    "data-testid",
    "pubdate",
    "data-component",
];

/// A node's place in its [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
enum Kind {
    /// Its name's place in `names`, and its attributes'.
    Element { name: u32, attributes: Range<u32> },
    /// Its place in `text`.
    Text(Range<u32>),
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    next: Option<NodeId>,
}

/// A page's elements and text.
#[derive(Debug)]
pub(crate) struct Document {
    nodes: Vec<Node>,
    text: String,
    names: Vec<String>,
    /// Of each attribute, the place of its name in [`KEPT`] and of its value in `text`.
    attributes: Vec<(u8, Range<u32>)>,
}

impl Document {
    /// The tree of a page. Never fails: whatever the characters are, they nest somehow. Of more than
    /// 2 GB, the start is taken.
    pub(crate) fn parse(source: &str) -> Document {
        let source = source.get(..1 << 31).unwrap_or(source);
        let mut builder = Builder::new(source.len() / 3);
        let step = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            builder.take(event);
            None
        };
        let mut emitter = CallbackEmitter::new(step);
        emitter.naively_switch_states(true);
        // The builder yields no tokens of its own: one step reads to the end.
        let _ = Tokenizer::new_with_emitter(source, emitter).next();
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
        match self.node(id).map(|node| &node.kind) {
            Some(Kind::Element { name, .. }) => {
                self.names.get(*name as usize).map_or("", String::as_str)
            }
            _ => "",
        }
    }

    /// A text node's characters.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match self.node(id).map(|node| &node.kind) {
            Some(Kind::Text(range)) => self.slice(range),
            _ => None,
        }
    }

    fn slice(&self, range: &Range<u32>) -> Option<&str> {
        self.text.get(range.start as usize..range.end as usize)
    }

    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    pub(crate) fn children(&self, id: NodeId) -> Children<'_> {
        Children {
            document: self,
            next: self.node(id).and_then(|node| node.first),
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

    /// An attribute's value; only those in [`KEPT`] are there.
    pub(crate) fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        let Kind::Element { attributes, .. } = &self.node(id)?.kind else {
            return None;
        };
        self.attributes
            .get(attributes.start as usize..attributes.end as usize)?
            .iter()
            .find(|(name, _)| KEPT.get(*name as usize) == Some(&wanted))
            .and_then(|(_, value)| self.slice(value))
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
    pub(crate) fn named<'d>(&'d self, name: &'d str) -> impl Iterator<Item = NodeId> + 'd {
        let wanted = self.names.iter().position(|known| known == name);
        self.all().filter(move |id| {
            matches!(self.node(*id).map(|node| &node.kind),
                Some(Kind::Element { name, .. }) if Some(*name as usize) == wanted)
        })
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
        self.next = self.document.node(at).and_then(|node| node.next);
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
        self.next = node.first.or_else(|| {
            let mut up = at;
            loop {
                if up == self.top {
                    return None;
                }
                let node = self.document.node(up)?;
                if node.next.is_some() {
                    return node.next;
                }
                up = node.parent?;
            }
        });
        Some(at)
    }
}

/// Elements that have no content.
const VOID: [&str; 18] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];

/// Elements whose start ends an open paragraph.
const ENDS_PARAGRAPH: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
    "search",
];

/// Text inside these is no text of the page.
const NO_TEXT: [&str; 6] = ["script", "style", "template", "noembed", "noframes", "svg"];

/// Builds the tree while the tags come.
struct Builder {
    document: Document,
    open: Vec<Open>,
    /// How many of each name are open: an end tag that ends nothing costs nothing.
    counts: Vec<u32>,
    /// Elements opened below [`MAX_DEPTH`], which are not in the tree: how many of each name.
    beyond: Vec<u32>,
    /// The element whose start tag is being read.
    starting: Option<Starting>,
    /// Within how many elements whose text is none.
    silent: u32,
    attribute: Option<u8>,
}

struct Open {
    node: NodeId,
    name: u32,
    silent: bool,
}

struct Starting {
    name: u32,
    from: u32,
}

impl Builder {
    fn new(capacity: usize) -> Builder {
        let root = Node {
            kind: Kind::Element {
                name: u32::MAX,
                attributes: 0..0,
            },
            parent: None,
            first: None,
            last: None,
            next: None,
        };
        Builder {
            document: Document {
                nodes: vec![root],
                text: String::with_capacity(capacity),
                names: vec![],
                attributes: vec![],
            },
            open: vec![],
            counts: vec![],
            beyond: vec![],
            starting: None,
            silent: 0,
            attribute: None,
        }
    }

    fn intern(&mut self, name: &[u8]) -> u32 {
        let names = &mut self.document.names;
        if let Some(at) = names.iter().position(|known| known.as_bytes() == name) {
            return at as u32;
        }
        if names.len() >= 300 {
            // A page that makes up names has nothing to say with them.
            return 0;
        }
        names.push(String::from_utf8_lossy(name).into_owned());
        self.counts.push(0);
        self.beyond.push(0);
        names.len() as u32 - 1
    }

    fn name(&self, name: u32) -> &str {
        self.document
            .names
            .get(name as usize)
            .map_or("", String::as_str)
    }

    fn append(&mut self, kind: Kind) -> NodeId {
        let parent = self.open.last().map_or(NodeId(0), |open| open.node);
        let id = NodeId(self.document.nodes.len() as u32);
        self.document.nodes.push(Node {
            kind,
            parent: Some(parent),
            first: None,
            last: None,
            next: None,
        });
        let before = self
            .document
            .nodes
            .get_mut(parent.index())
            .and_then(|parent| {
                let before = parent.last.replace(id);
                if before.is_none() {
                    parent.first = Some(id);
                }
                before
            });
        if let Some(before) = before.and_then(|id| self.document.nodes.get_mut(id.index())) {
            before.next = Some(id);
        }
        id
    }

    fn store(&mut self, text: &[u8]) -> Range<u32> {
        let from = self.document.text.len() as u32;
        match std::str::from_utf8(text) {
            Ok(text) => self.document.text.push_str(text),
            Err(_) => self.document.text.push_str(&String::from_utf8_lossy(text)),
        }
        from..self.document.text.len() as u32
    }

    fn string(&mut self, text: &[u8]) {
        if self.silent == 0 && !text.is_empty() {
            let range = self.store(text);
            self.append(Kind::Text(range));
        }
    }

    fn close_start(&mut self, self_closing: bool) {
        let Some(Starting { name, from }) = self.starting.take() else {
            return;
        };
        let word = self.name(name).to_string();
        let word = word.as_str();
        self.end_implied(word);
        let attributes = from..self.document.attributes.len() as u32;
        let is_void = VOID.contains(&word);
        if !is_void && self.open.len() >= MAX_DEPTH {
            if let Some(count) = self.beyond.get_mut(name as usize) {
                *count += 1;
            }
            // Blocks still end lines: an empty element stands for it.
            self.append(Kind::Element { name, attributes });
            return;
        }
        let node = self.append(Kind::Element { name, attributes });
        let in_svg = self.silent > 0 && self_closing;
        if is_void || in_svg || (word == "svg" && self_closing) {
            return;
        }
        let silent = NO_TEXT.contains(&word)
            && !(word == "script"
                && self
                    .document
                    .attribute(node, "type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")));
        self.silent += u32::from(silent);
        if let Some(count) = self.counts.get_mut(name as usize) {
            *count += 1;
        }
        self.open.push(Open { node, name, silent });
    }

    /// Ends what the start of this element ends.
    fn end_implied(&mut self, word: &str) {
        match word {
            "li" => self.end_within(&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => self.end_within(&["dt", "dd"], &["dl"]),
            "option" | "optgroup" => self.end_within(&["option"], &["select", "datalist"]),
            "tr" => self.end_within(&["tr"], &["table"]),
            "td" | "th" => self.end_within(&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => {
                self.end_within(&["tbody", "thead", "tfoot"], &["table"])
            }
            "body" => self.end_within(&["head"], &[]),
            // A link does not stand in a link: one left open ends here.
            "a" => self.end_within(&["a"], &["td", "th", "table", "object"]),
            _ => {}
        }
        if ENDS_PARAGRAPH.contains(&word) {
            self.end_within(
                &["p"],
                &[
                    "button", "table", "td", "th", "object", "div", "li", "section",
                ],
            );
            if self
                .open
                .iter()
                .rev()
                .take(1)
                .any(|open| self.name(open.name) == "head" && word != "template")
            {
                self.pop();
            }
        }
    }

    /// Ends the innermost of the elements named, unless one of the walls stands before it.
    fn end_within(&mut self, wanted: &[&str], walls: &[&str]) {
        let found = self.open.iter().rev().position(|open| {
            let name = self.name(open.name);
            wanted.contains(&name) || walls.contains(&name)
        });
        let Some(back) = found else { return };
        let at = self.open.len() - 1 - back;
        let is_wanted = self
            .open
            .get(at)
            .is_some_and(|open| wanted.contains(&self.name(open.name)));
        if is_wanted {
            while self.open.len() > at {
                self.pop();
            }
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

    fn end(&mut self, name: &[u8]) {
        let name = self.intern(name);
        let word = self.name(name).to_string();
        let word = word.as_str();
        if VOID.contains(&word) && word != "br" {
            return;
        }
        if word == "br" || word == "p" && self.counts.get(name as usize) == Some(&0) {
            // Browsers read a stray end of a paragraph or line as one.
            self.append(Kind::Element {
                name,
                attributes: 0..0,
            });
            return;
        }
        if let Some(beyond) = self
            .beyond
            .get_mut(name as usize)
            .filter(|count| **count > 0)
        {
            *beyond -= 1;
            return;
        }
        if self
            .counts
            .get(name as usize)
            .is_none_or(|count| *count == 0)
        {
            return;
        }
        // An inline element's end tag does not end the blocks opened since: `<b><p>…</b>`.
        let inline = !is_scope(word);
        let found = self
            .open
            .iter()
            .rev()
            .position(|open| open.name == name || (inline && is_scope(self.name(open.name))));
        let Some(back) = found else { return };
        let at = self.open.len() - 1 - back;
        if self.open.get(at).is_some_and(|open| open.name == name) {
            while self.open.len() > at {
                self.pop();
            }
        }
    }
}

/// Elements that an inline element's end tag does not reach out of.
fn is_scope(name: &str) -> bool {
    ENDS_PARAGRAPH.contains(&name)
        || matches!(
            name,
            "html"
                | "body"
                | "head"
                | "li"
                | "dt"
                | "dd"
                | "tr"
                | "td"
                | "th"
                | "tbody"
                | "thead"
                | "tfoot"
                | "caption"
                | "button"
                | "select"
                | "noscript"
                | "script"
                | "style"
                | "template"
                | "object"
                | "svg"
                | "iframe"
                | "title"
                | "textarea"
        )
}

impl Builder {
    fn take(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let name = self.intern(name);
                self.attribute = None;
                self.starting = Some(Starting {
                    name,
                    from: self.document.attributes.len() as u32,
                });
            }
            CallbackEvent::AttributeName { name } => {
                let known = KEPT.iter().position(|kept| kept.as_bytes() == name);
                self.attribute = known.filter(|_| self.starting.is_some()).map(|at| at as u8);
                if let Some(at) = self.attribute {
                    // An attribute without a value is there too.
                    self.document.attributes.push((at, 0..0));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if self.attribute.take().is_some() {
                    let range = self.store(value.get(..MAX_VALUE).unwrap_or(value));
                    if let Some(last) = self.document.attributes.last_mut() {
                        last.1 = range;
                    }
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.close_start(self_closing),
            CallbackEvent::EndTag { name } => {
                self.starting = None;
                self.end(name);
            }
            CallbackEvent::String { value } => self.string(value),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
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
