//! What can be seen of a page's blocks: the numbers from which [`crate::own_text`] tells a report's
//! own text from the rest.
//!
//! The order and meaning of the numbers is a contract with `data/html/own_text.forest`, which is
//! trained on them: whoever changes them trains it again (tools/own-text).

use crate::blocks::{Block, ELEMENTS};
use crate::class::{Class, class_of};
use crate::counts::{Grams, common, doubled, grams, letter_counts, share_of, starts_alike};
use crate::dom::{Document, NodeId};
use crate::hash::Hashed;
use crate::page::{count_words, ends_sentence, floor, letters, same_letters};
use crate::tables::CLASS_GROUPS;
use rapporteur_model::BlockKind;
use std::collections::{HashMap, HashSet};

/// How many numbers a block has.
pub(crate) const WIDTH: usize = 82 + ELEMENTS.len() + 2 * CLASS_GROUPS;

/// The numbers of the blocks that are asked about: all but a menu's links.
#[derive(Default)]
pub(crate) struct Rows {
    /// [`WIDTH`] numbers of each of them in turn.
    pub numbers: Vec<f32>,
    /// Which blocks they are.
    pub blocks: Vec<usize>,
}

/// What a page says of itself that its blocks can be compared with.
#[derive(Default)]
pub(crate) struct Said<'p> {
    /// The headline.
    pub title: Option<&'p str>,
    /// The description for machines and previews.
    pub description: Option<&'p str>,
    /// The text that the markup gives as the article's.
    pub article_body: Option<&'p str>,
}

/// A block as it is looked at by itself.
#[derive(Clone, Copy, Default)]
struct Shape {
    words: usize,
    bytes: usize,
    link: f32,
    ends: bool,
    /// Bytes of running text outside links.
    running: usize,
}

/// The numbers of every block, from the block, its neighbours and the page.
pub(crate) struct Look<'p> {
    blocks: &'p [Block],
    shapes: Vec<Shape>,
    rows: Rows,
    grams: Grams,
    /// Of each block, what the tables say of it, where they were asked.
    classes: Vec<Option<Class>>,
    /// Of each block, the groups it shares with others: its parent, its grandparent, its signature.
    groups: Vec<[u32; 3]>,
    group_count: usize,
    /// Of each name of elements, its number.
    tags: Vec<f32>,
}

impl<'p> Look<'p> {
    /// Looks at a page's blocks.
    pub(crate) fn new(document: &Document, blocks: &'p [Block], said: &Said<'_>) -> Look<'p> {
        let shapes: Vec<Shape> = blocks.iter().map(shape).collect();
        let mut look = Look {
            blocks,
            shapes,
            rows: Rows::default(),
            grams: Grams::new(blocks),
            classes: blocks.iter().map(class_of).collect(),
            groups: vec![],
            group_count: 0,
            tags: document.of_names(tag_number),
        };
        look.group(document);
        look.read(document, said);
        look
    }

    /// The numbers of the blocks that are asked about.
    pub(crate) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// What the tables say of a block, where they were asked.
    pub(crate) fn class(&self, at: usize) -> Option<Class> {
        self.classes.get(at).copied().flatten()
    }

    /// The blocks looked at.
    pub(crate) fn blocks(&self) -> &[Block] {
        self.blocks
    }

    /// The runs of words of every block.
    pub(crate) fn grams(&self) -> &Grams {
        &self.grams
    }

    /// The element of the block itself.
    fn tag_of(&self, document: &Document, block: &Block) -> f32 {
        let tag = self.tags.get(document.name_number(block.element));
        tag.copied().unwrap_or_else(|| tag_number(""))
    }

    fn group(&mut self, document: &Document) {
        let mut known: HashMap<(u8, u64, u64), u32, Hashed> = HashMap::default();
        for block in self.blocks {
            let parent = document.parent(block.element).unwrap_or(block.element);
            let grand = document.parent(parent).unwrap_or(parent);
            let tag = self.tag_of(document, block) as u64;
            let keys = [
                (0, parent.index() as u64, 0),
                (1, grand.index() as u64, 0),
                (2, block.around.near, tag | (block.around.elements << 8)),
            ];
            let ids = keys.map(|key| {
                let next = known.len() as u32;
                *known.entry(key).or_insert(next)
            });
            self.groups.push(ids);
        }
        self.group_count = known.len();
    }

    fn read(&mut self, document: &Document, said: &Said<'_>) {
        let blocks = self.blocks;
        let count = blocks.len().max(1) as f32;
        let total: usize = self.shapes.iter().map(|shape| shape.bytes).sum();
        let running: usize = self.shapes.iter().map(|shape| shape.running).sum();
        let share = |part: usize, of: usize| part as f32 / of.max(1) as f32;
        // Running text below every element.
        let mut below: Vec<u32> = vec![0; document.len()];
        for (block, shape) in blocks.iter().zip(&self.shapes) {
            let mut at = Some(block.element);
            while let Some(node) = at.filter(|_| shape.running > 0) {
                if let Some(sum) = below.get_mut(node.index()) {
                    *sum += shape.running as u32;
                }
                at = document.parent(node);
            }
        }
        let mut sums = vec![Sum::default(); self.group_count];
        for (shape, groups) in self.shapes.iter().zip(&self.groups) {
            for group in groups {
                if let Some(sum) = sums.get_mut(*group as usize) {
                    sum.add(shape);
                }
            }
        }
        let repeats = repeats(blocks);
        let headline = headline(blocks, said.title);
        let has_body = blocks.iter().any(|block| block.around.is_body);
        let article = said
            .article_body
            .filter(|text| text.len() > 200)
            .map(|text| grams(text).collect::<HashSet<u64, Hashed>>());
        let description = said.description.filter(|text| text.len() > 40).map(letters);
        let twice = doubled(&self.grams, blocks.len());
        let top = self
            .groups
            .iter()
            .zip(blocks)
            .map(|(groups, block)| (groups.first().copied().unwrap_or(0), block.element))
            .map(|(group, element)| {
                let sum = sums.get(group as usize).copied().unwrap_or_default();
                (sum.running, document.parent(element).unwrap_or(element))
            })
            .fold((0.0, None), |best, (running, element)| {
                if running > best.0 {
                    (running, Some(element))
                } else {
                    best
                }
            });
        let to_top = Path::new(document, top.1);
        let to_headline = Path::new(
            document,
            headline
                .and_then(|at| blocks.get(at))
                .map(|block| block.element),
        );
        let page_common = common_of(blocks);
        let alike = Alike::new(document);
        let links = linked_below(document, blocks);
        let mut since_marker = 400.0f32;
        let mut marker = 0.0;
        let mut before = 0;
        let asked = blocks.iter().filter(|block| !block.is_menu()).count();
        let mut rows = Rows {
            numbers: Vec::with_capacity(asked * WIDTH),
            blocks: Vec::with_capacity(asked),
        };
        for (at, (block, shape)) in blocks.iter().zip(&self.shapes).enumerate() {
            if block.is_menu() {
                before += shape.bytes;
                since_marker += 1.0;
                continue;
            }
            let class = self.class(at).unwrap_or(Class::Other);
            if matches!(class, Class::Comments | Class::Counter | Class::Related) {
                since_marker = 0.0;
                marker = class as u8 as f32 + 1.0;
            }
            let text = block.text.as_str();
            let near = |offset: isize| -> Shape {
                at.checked_add_signed(offset)
                    .and_then(|at| self.shapes.get(at))
                    .copied()
                    .unwrap_or_default()
            };
            let letter = letter_counts(text);
            let groups = self.groups.get(at).copied().unwrap_or_default();
            let sum = |which: usize| -> Sum {
                groups
                    .get(which)
                    .and_then(|group| sums.get(*group as usize))
                    .copied()
                    .unwrap_or_default()
            };
            let parent = document.parent(block.element).unwrap_or(block.element);
            let grand = document.parent(parent).unwrap_or(parent);
            let of = |node: NodeId| below.get(node.index()).copied().unwrap_or(0);
            // Steps up to an element that holds half of the page's running text.
            let mut steps = 0;
            let mut up = block.element;
            while (of(up) as usize) * 2 < running {
                let Some(above) = document.parent(up) else {
                    break;
                };
                up = above;
                steps += 1;
            }
            let window = (-6isize..=6)
                .filter(|offset| *offset != 0 && near(*offset).running > 0)
                .count();
            let since = match headline {
                Some(headline) => (at as f32 - headline as f32).clamp(-60.0, 60.0),
                None => 100.0,
            };
            let row = &mut rows.numbers;
            row.extend([
                shape.words as f32,
                shape.bytes as f32,
                shape.link,
                share(block.marked, shape.bytes),
                flag(shape.ends),
                letter.sentences as f32,
                share(letter.commas, shape.words),
                share(letter.capitals, shape.words),
                share(letter.digits, shape.bytes),
                share(shape.bytes, shape.words),
                common(text),
                flag(text.chars().next().is_some_and(char::is_uppercase)),
                flag(letter.quotes > 0),
                kind(block.kind),
                self.tag_of(document, block),
                at as f32 / count,
                at.min(60) as f32,
                share(before, total),
                (count.min(400.0) / 50.0).floor(),
                (running as f32 / 200.0).ln_1p().floor(),
                since,
                flag(has_body),
                flag(block.around.is_body),
                flag(block.around.is_hidden),
                f32::from(block.around.depth),
                share(of(parent) as usize, running),
                share(of(grand) as usize, running),
                steps as f32,
                sum(0).count,
                sum(0).link(),
                sum(0).running / sum(0).bytes.max(1.0),
                sum(1).count,
                sum(1).link(),
                sum(1).running / sum(1).bytes.max(1.0),
                sum(2).count,
                sum(2).link(),
                sum(2).words / sum(2).count.max(1.0),
                sum(2).running / (running.max(1) as f32),
                repeats.get(at).copied().unwrap_or(1) as f32,
                article
                    .as_ref()
                    .map_or(-1.0, |known| share_of(self.grams.of(at), known)),
                description.as_ref().map_or(-1.0, |description| {
                    // Beyond the description's length nothing can differ any more.
                    let limit = description.len() * 2;
                    let text = text.get(..floor(text, limit)).unwrap_or(text);
                    flag(starts_alike(text, description))
                }),
                class as u8 as f32,
                since_marker.min(200.0),
                marker,
                near(-1).words as f32,
                near(-1).link,
                flag(near(-1).running > 0),
                near(-2).words as f32,
                near(-2).link,
                near(1).words as f32,
                near(1).link,
                flag(near(1).running > 0),
                near(2).words as f32,
                near(2).link,
                window as f32,
                flag(block.kind == BlockKind::Headline),
                share(shape.running, running),
                flag(said.title.is_some_and(|title| title == text)),
                share(before, total.max(1)) - at as f32 / count,
                share(letter.marks, shape.bytes),
            ]);
            let (up_top, down_top) = to_top.meets(document, block.element);
            let (up_headline, down_headline) = to_headline.meets(document, block.element);
            let (doubled_before, doubled_after) = twice.get(at).copied().unwrap_or_default();
            row.extend([
                doubled_before,
                doubled_after,
                sum(0).running / top.0.max(1.0),
                up_top,
                down_top,
                up_headline,
                down_headline,
                flag(page_common > 0.15),
            ]);
            let mut up = Some(block.element);
            for level in 0..6 {
                row.push(up.map_or(-1.0, |node| alike.count(node)));
                if level >= 2 {
                    row.push(
                        up.map_or(-1.0, |node| links.get(node.index()).copied().unwrap_or(0.0)),
                    );
                    row.push(up.map_or(-1.0, |node| share(of(node) as usize, running)));
                }
                up = up.and_then(|node| document.parent(node));
            }
            let bit = |bits: u64, at: usize| flag(bits >> at & 1 == 1);
            row.extend((0..ELEMENTS.len()).map(|at| bit(block.around.elements, at)));
            row.extend((0..CLASS_GROUPS).map(|at| bit(block.around.near, at)));
            row.extend((0..CLASS_GROUPS).map(|at| bit(block.around.above, at)));
            rows.blocks.push(at);
            before += shape.bytes;
            since_marker += 1.0;
        }
        self.rows = rows;
    }
}

#[derive(Clone, Copy, Default)]
struct Sum {
    count: f32,
    words: f32,
    bytes: f32,
    linked: f32,
    running: f32,
}

impl Sum {
    fn add(&mut self, shape: &Shape) {
        self.count += 1.0;
        self.words += shape.words as f32;
        self.bytes += shape.bytes as f32;
        self.linked += shape.link * shape.bytes as f32;
        self.running += shape.running as f32;
    }

    fn link(&self) -> f32 {
        self.linked / self.bytes.max(1.0)
    }
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

fn shape(block: &Block) -> Shape {
    let words = count_words(&block.text);
    let bytes = block.text.len();
    let link = (block.linked as f32 / bytes.max(1) as f32).min(1.0);
    let ends = ends_sentence(&block.text);
    let runs = (words >= 6 && ends) || words >= 28;
    Shape {
        words,
        bytes,
        link,
        ends,
        running: if runs && link < 0.6 { bytes } else { 0 },
    }
}

/// How often the text of each block stands on the page; menus are not counted.
fn repeats(blocks: &[Block]) -> Vec<u32> {
    let mut asked: Vec<(&str, usize)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| !block.is_menu())
        .map(|(at, block)| (block.text.as_str(), at))
        .collect();
    asked.sort_unstable_by_key(|(text, at)| (text.len(), *text, *at));
    let mut counts = vec![1; blocks.len()];
    for same in asked.chunk_by(|one, other| one.0 == other.0) {
        for (_, at) in same {
            if let Some(count) = counts.get_mut(*at) {
                *count = same.len() as u32;
            }
        }
    }
    counts
}

/// Where the headline stands: the block that prints the title, else the first main heading.
fn headline(blocks: &[Block], title: Option<&str>) -> Option<usize> {
    let title = title.unwrap_or_default();
    let is_h1 = |block: &Block| block.around.elements >> 16 & 1 == 1;
    let prints = |block: &Block| !title.is_empty() && same_letters(&block.text, title);
    blocks
        .iter()
        .position(|block| is_h1(block) && prints(block))
        .or_else(|| blocks.iter().position(prints))
        .or_else(|| blocks.iter().position(is_h1))
}

fn kind(kind: BlockKind) -> f32 {
    match kind {
        BlockKind::Paragraph => 0.0,
        BlockKind::Item => 1.0,
        BlockKind::Quotation => 2.0,
        BlockKind::Row => 3.0,
        BlockKind::Heading => 4.0,
        BlockKind::Headline => 5.0,
    }
}

/// The number of an element's name.
fn tag_number(name: &str) -> f32 {
    const TAGS: [&str; 22] = [
        "p",
        "div",
        "li",
        "td",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "section",
        "article",
        "figcaption",
        "dd",
        "dt",
        "form",
        "label",
        "footer",
        "header",
    ];
    TAGS.iter()
        .position(|tag| *tag == name)
        .unwrap_or(TAGS.len()) as f32
}

/// How many elements of the same name and class stand side by side.
struct Alike {
    /// Of each node, the place of its count.
    places: Vec<u32>,
    counts: Vec<u32>,
}

impl Alike {
    fn new(document: &Document) -> Alike {
        let mut known: HashMap<(usize, u64), u32, Hashed> = HashMap::default();
        let mut counts: Vec<u32> = vec![];
        let of_names = document.of_names(|name| Alike::hash(Alike::START, name.bytes().chain([0])));
        let of_none = Alike::hash(Alike::START, [0]);
        let place = |node| {
            if document.text(node).is_some() {
                return u32::MAX;
            }
            let parent = document.parent(node).map_or(0, NodeId::index);
            let class = document.attribute(node, "class").unwrap_or_default();
            let name = of_names.get(document.name_number(node));
            let letters = class.bytes().filter(u8::is_ascii_alphabetic);
            let key = (parent, Alike::hash(*name.unwrap_or(&of_none), letters));
            let place = *known.entry(key).or_insert_with(|| {
                counts.push(0);
                counts.len() as u32 - 1
            });
            if let Some(count) = counts.get_mut(place as usize) {
                *count += 1;
            }
            place
        };
        Alike {
            places: document.all().map(place).collect(),
            counts,
        }
    }

    const START: u64 = 0xcbf2_9ce4_8422_2325;

    fn hash(start: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
        let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        bytes.into_iter().fold(start, mix)
    }

    fn count(&self, node: NodeId) -> f32 {
        let count = self
            .places
            .get(node.index())
            .and_then(|place| self.counts.get(*place as usize));
        count.copied().unwrap_or(0).min(20) as f32
    }
}

/// Of every element, which share of the text below it is links.
fn linked_below(document: &Document, blocks: &[Block]) -> Vec<f32> {
    let mut sums = vec![(0u32, 0u32); document.len()];
    for block in blocks {
        let mut at = Some(block.element);
        while let Some(node) = at {
            if let Some(sum) = sums.get_mut(node.index()) {
                sum.0 += block.linked as u32;
                sum.1 += block.text.len() as u32;
            }
            at = document.parent(node);
        }
    }
    sums.into_iter()
        .map(|(linked, all)| linked as f32 / all.max(1) as f32)
        .collect()
}

/// The way from an element up to the root.
struct Path {
    /// Of each node how far it is, where it is on the way.
    steps: Vec<Option<u16>>,
}

impl Path {
    fn new(document: &Document, from: Option<NodeId>) -> Path {
        let mut steps = vec![None; document.len()];
        let mut at = from;
        let mut step = 0u16;
        while let Some(node) = at {
            if let Some(place) = steps.get_mut(node.index()) {
                *place = Some(step);
            }
            step = step.saturating_add(1);
            at = document.parent(node);
        }
        Path { steps }
    }

    /// How far up from an element the two ways meet, and how far that is from this one's start.
    fn meets(&self, document: &Document, from: NodeId) -> (f32, f32) {
        let mut at = from;
        let mut up = 0.0;
        loop {
            if let Some(steps) = self.steps.get(at.index()).copied().flatten() {
                return (up, f32::from(steps));
            }
            match document.parent(at) {
                Some(parent) => at = parent,
                None => return (-1.0, -1.0),
            }
            up += 1.0;
        }
    }
}

/// The share of the commonest English words in a page's longer blocks: what the other numbers of
/// words mean depends on it.
fn common_of(blocks: &[Block]) -> f32 {
    let (mut sum, mut count) = (0.0f32, 0.0f32);
    for block in blocks
        .iter()
        .filter(|block| block.text.len() > 120)
        .take(30)
    {
        sum += common(&block.text);
        count += 1.0;
    }
    sum / count.max(1.0)
}
