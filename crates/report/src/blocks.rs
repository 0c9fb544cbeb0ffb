//! A page's blocks: every run of text between the starts and ends of block elements, with what
//! stands around it in the markup.

use crate::class::Class;
use crate::dom::{Document, NodeId};
use crate::page::{Line, clean, ends_sentence, same_letters};
use crate::recent::Recent;
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
    /// Is it one of a menu's links, as most blocks of most pages are? Nothing more has to be asked.
    pub fn is_menu(&self) -> bool {
        /// Longer links may be titles.
        const LONGEST: usize = 40;
        let heading = matches!(self.kind, BlockKind::Heading | BlockKind::Headline);
        self.linked >= self.text.len() && self.text.len() <= LONGEST && !heading
    }

    /// The block as a line of a page, with what the tables said of it.
    pub(crate) fn line(&self, class: Option<Class>) -> Line {
        Line {
            text: self.text.clone(),
            kind: self.kind,
            marked: true,
            class,
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

/// What an element's name says of it.
#[derive(Clone, Copy)]
struct Told {
    is_hidden: bool,
    is_break: bool,
    kind: Option<BlockKind>,
    is_cell: bool,
    is_row: bool,
    is_block: bool,
    link: bool,
    mark: bool,
    /// Its bit of [`ELEMENTS`].
    bit: u64,
}

impl Told {
    fn of(name: &str) -> Told {
        let at = ELEMENTS.iter().position(|element| *element == name);
        Told {
            is_hidden: HIDDEN.contains(&name),
            is_break: name == "br",
            kind: match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
                "li" | "dt" | "dd" => Some(BlockKind::Item),
                "blockquote" => Some(BlockKind::Quotation),
                "tr" => Some(BlockKind::Row),
                _ => None,
            },
            is_cell: matches!(name, "td" | "th"),
            is_row: name == "tr",
            is_block: is_block(name),
            link: name == "a",
            mark: matches!(name, "b" | "strong" | "i" | "em"),
            bit: at.map_or(0, |at| 1 << at),
        }
    }
}

/// The blocks of an element, in order.
pub(crate) fn blocks(document: &Document, root: NodeId) -> Vec<Block> {
    let mut walk = Walk::default();
    let told = document.of_names(Told::of);
    let of_root = Told::of("");
    let mut classes = Recent::new();
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
                let told = told.get(document.name_number(node)).unwrap_or(&of_root);
                if told.is_hidden {
                    continue;
                }
                if told.is_break {
                    walk.line_break(&at);
                    continue;
                }
                let kind = told.kind.unwrap_or(at.kind);
                let in_row = kind == BlockKind::Row;
                let is_block = (!told.is_cell && !in_row && told.is_block) || told.is_row;
                let mut inner = At { kind, ..at };
                let words = classes_of(&mut classes, document, node);
                inner
                    .around
                    .enter(document, node, told.bit, words, is_block);
                if is_block {
                    walk.end(&at);
                    inner.element = node;
                    waiting.push(Step::Leave(inner));
                } else if told.is_cell && !walk.text.trim().is_empty() {
                    walk.text.push_str(" | ");
                } else if in_row && told.is_block {
                    waiting.push(Step::Space);
                }
                let Told { link, mark, .. } = *told;
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

/// The groups of class words that an element's attributes name.
fn classes_of<'d>(known: &mut Recent<'d, u64>, document: &'d Document, node: NodeId) -> u64 {
    let mut words = 0;
    if !document.has_attributes(node) {
        return words;
    }
    for attribute in ["class", "id", "data-component", "data-testid"] {
        if let Some(value) = document.attribute(node, attribute) {
            words |= known.of(value, class_words);
        }
    }
    words
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
    fn enter(&mut self, document: &Document, node: NodeId, bit: u64, words: u64, is_block: bool) {
        if is_block {
            self.above |= self.near;
            self.near = self.near_parent | words;
            self.near_parent = words;
            self.depth = self.depth.saturating_add(1);
        } else {
            self.near |= words;
        }
        self.elements |= bit;
        if !document.has_attributes(node) {
            return;
        }
        self.is_body |= [
            document.attribute(node, "itemprop"),
            document.attribute(node, "property"),
        ]
        .into_iter()
        .flatten()
        .any(|value| value.to_ascii_lowercase().contains("articlebody"));
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
        let linked = std::mem::take(&mut self.linked);
        let marked = std::mem::take(&mut self.marked);
        let text = match self.text.chars().any(char::is_alphanumeric) {
            true => Some(clean(&self.text)),
            false => None,
        };
        self.text.clear();
        if let Some(text) = text {
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
