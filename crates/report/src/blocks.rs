//! A page's blocks: every run of text between the starts and ends of block elements, with what
//! stands around it in the markup.

use crate::dom::{Document, NodeId};
use crate::page::{Line, clean, ends_sentence, same_letters};
use crate::tables::class_words;
use rapporteur_model::BlockKind;

/// A run of text in one block element.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Its words, cleaned.
    pub text: String,
    /// What its element says it is.
    pub kind: BlockKind,
    /// The block element it stands in.
    pub element: NodeId,
    /// What stands around it.
    pub around: Around,
    /// How many bytes of it are links.
    pub linked: usize,
    /// How many bytes of it are set bold or slanted.
    pub marked: usize,
}

impl Block {
    /// The block as a line of a page.
    pub(crate) fn line(&self) -> Line {
        Line {
            text: self.text.clone(),
            kind: self.kind,
            marked: true,
        }
    }
}

/// What the elements around a text say of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// Groups of class words (a bit each, in the table's order) of the nearest two block elements.
    pub near: u64,
    /// Groups of class words of all elements above those.
    pub above: u64,
    /// Which elements stand above: bits of [`ELEMENTS`].
    pub elements: u64,
    /// Is it marked as the article's body?
    pub is_body: bool,
    /// Is it marked as hidden?
    pub is_hidden: bool,
    /// How many elements stand above.
    pub depth: u16,
    near_parent: u64,
}

/// The elements whose presence above a text tells something; a bit each.
pub(crate) const ELEMENTS: [&str; 24] = [
    "article",
    "main",
    "aside",
    "nav",
    "footer",
    "header",
    "form",
    "figure",
    "figcaption",
    "ul",
    "ol",
    "table",
    "section",
    "blockquote",
    "li",
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "dl",
    "pre",
    "details",
];

/// Elements whose text is never shown as a page's text.
const HIDDEN: [&str; 17] = [
    "script", "style", "noscript", "template", "head", "button", "select", "textarea", "iframe",
    "svg", "object", "canvas", "audio", "video", "map", "datalist", "math",
];

/// The blocks of an element, in order.
pub(crate) fn blocks(document: &Document, root: NodeId) -> Vec<Block> {
    let mut walk = Walk::default();
    let top = At {
        element: root,
        kind: BlockKind::Paragraph,
        around: Around::default(),
    };
    let mut waiting = vec![Step::Enter(root, top)];
    while let Some(step) = waiting.pop() {
        match step {
            Step::Leave(at) => walk.end(&at),
            Step::LeaveInline { link, mark } => {
                walk.in_link -= u32::from(link);
                walk.in_mark -= u32::from(mark);
            }
            Step::Space => walk.text.push(' '),
            Step::Enter(node, at) => {
                if let Some(text) = document.text(node) {
                    walk.push(text);
                    continue;
                }
                let name = document.name(node);
                if HIDDEN.contains(&name) {
                    continue;
                }
                if name == "br" {
                    walk.line_break(&at);
                    continue;
                }
                let kind = match name {
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
                    "li" | "dt" | "dd" => BlockKind::Item,
                    "blockquote" => BlockKind::Quotation,
                    "tr" => BlockKind::Row,
                    _ => at.kind,
                };
                let cell = matches!(name, "td" | "th");
                let in_row = kind == BlockKind::Row;
                let is_block = (!cell && !in_row && is_block(name)) || name == "tr";
                let mut inner = At { kind, ..at };
                inner.around.enter(document, node, name, is_block);
                if is_block {
                    walk.end(&at);
                    inner.element = node;
                    waiting.push(Step::Leave(inner));
                } else if cell && !walk.text.trim().is_empty() {
                    walk.text.push_str(" | ");
                } else if in_row && self::is_block(name) {
                    waiting.push(Step::Space);
                }
                let link = name == "a";
                let mark = matches!(name, "b" | "strong" | "i" | "em");
                if link || mark {
                    walk.in_link += u32::from(link);
                    walk.in_mark += u32::from(mark);
                    waiting.push(Step::LeaveInline { link, mark });
                }
                let from = waiting.len();
                waiting.extend(
                    document
                        .children(node)
                        .map(|child| Step::Enter(child, inner)),
                );
                if let Some(children) = waiting.get_mut(from..) {
                    children.reverse();
                }
            }
        }
    }
    walk.end(&top);
    walk.out
}

/// The first block of a heading that prints the title is the headline.
pub(crate) fn mark_headline(blocks: &mut [Block], title: Option<&str>) {
    let Some(title) = title else { return };
    let found = blocks
        .iter_mut()
        .find(|block| block.kind == BlockKind::Heading && same_letters(&block.text, title));
    if let Some(block) = found {
        block.kind = BlockKind::Headline;
    }
}

#[derive(Clone, Copy)]
struct At {
    element: NodeId,
    kind: BlockKind,
    around: Around,
}

enum Step {
    Enter(NodeId, At),
    Leave(At),
    LeaveInline { link: bool, mark: bool },
    Space,
}

impl Around {
    fn enter(&mut self, document: &Document, node: NodeId, name: &str, is_block: bool) {
        let mut words = 0;
        for attribute in ["class", "id", "data-component", "data-testid"] {
            if let Some(value) = document.attribute(node, attribute) {
                words |= class_words(value);
            }
        }
        if is_block {
            self.above |= self.near;
            self.near = self.near_parent | words;
            self.near_parent = words;
            self.depth = self.depth.saturating_add(1);
        } else {
            self.near |= words;
        }
        if let Some(bit) = ELEMENTS.iter().position(|element| *element == name) {
            self.elements |= 1 << bit;
        }
        let marks = |value: &str| value.to_ascii_lowercase().contains("articlebody");
        self.is_body |= ["itemprop", "property"]
            .iter()
            .any(|attribute| document.attribute(node, attribute).is_some_and(marks));
        self.is_hidden |= document.attribute(node, "hidden").is_some()
            || document.attribute(node, "aria-hidden") == Some("true")
            || document.attribute(node, "style").is_some_and(|style| {
                let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
                style.contains("display:none") || style.contains("visibility:hidden")
            });
    }
}

#[derive(Default)]
struct Walk {
    out: Vec<Block>,
    text: String,
    linked: usize,
    marked: usize,
    in_link: u32,
    in_mark: u32,
}

impl Walk {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        if self.in_link > 0 || self.in_mark > 0 {
            let length = text.trim().len();
            self.linked += if self.in_link > 0 { length } else { 0 };
            self.marked += if self.in_mark > 0 { length } else { 0 };
        }
    }

    fn end(&mut self, at: &At) {
        let text = clean(&self.text);
        self.text.clear();
        let linked = std::mem::take(&mut self.linked);
        let marked = std::mem::take(&mut self.marked);
        if text.chars().any(char::is_alphanumeric) {
            self.out.push(Block {
                text,
                kind: at.kind,
                element: at.element,
                around: at.around,
                linked,
                marked,
            });
        }
    }

    /// Two line breaks, or one after a sentence's end, separate paragraphs; one in mid sentence
    /// does not.
    fn line_break(&mut self, at: &At) {
        let text = self.text.trim_end_matches(' ');
        if at.kind != BlockKind::Row && (text.ends_with('\n') || ends_sentence(text.trim())) {
            self.end(at);
        } else {
            self.text.push('\n');
        }
    }
}

/// Elements that begin and end lines.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "main"
            | "article"
            | "section"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "div"
            | "p"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "hr"
            | "address"
            | "center"
            | "details"
            | "summary"
            | "fieldset"
            | "form"
            | "figure"
            | "figcaption"
            | "dialog"
            | "caption"
            | "label"
    )
}
