//! Which of a page's blocks are the report's own text, by a forest trained on labelled pages
//! (tools/own-text) that sees each block, what stands around it, and the page.

use crate::blocks::{Block, blocks};
use crate::counts::Grams;
use crate::dom::{Document, NodeId};
use crate::features::{Look, Said, WIDTH};
use crate::forest::{Forest, Ready};
use crate::hash::Hashed;
use crate::page::{clean, count_words, ends_sentence};
use rapporteur_model::BlockKind;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::LazyLock;

/// From this share on, a block is kept.
const KEPT: f32 = 0.5;

/// From this share on, the headline is kept: it is found by its words already.
const KEPT_HEADLINE: f32 = 0.35;

/// A block whose odds are below this part of what the page's own text has is none of it: on a page
/// whose text is plain to see, what is barely likelier than not stands around it.
const OF_TYPICAL: f32 = 0.1;

/// How much of its neighbours' odds a block takes on: text stands with text.
const FROM_NEIGHBOURS: f32 = 0.15;

/// The odds of what is not asked about.
const NOT_ASKED: f32 = -4.0;

/// The trained forest; a test holds that it reads.
static FOREST: LazyLock<Ready> = LazyLock::new(|| {
    let forest = Forest::read(include_str!("../data/html/own_text.forest"));
    forest.as_ref().and_then(Ready::new).unwrap_or_default()
});

/// What the page's head says that its text can be compared with.
#[derive(Default)]
pub(crate) struct Head {
    description: Option<String>,
    article_body: Option<String>,
}

impl Head {
    pub(crate) fn read(document: &Document) -> Head {
        let description = document
            .named("meta")
            .find(|meta| {
                ["name", "property"].iter().any(|attribute| {
                    matches!(
                        document.attribute(*meta, attribute),
                        Some("description" | "og:description")
                    )
                })
            })
            .and_then(|meta| document.attribute(meta, "content"))
            .map(clean);
        let article_body = document
            .named("script")
            .map(|script| document.text_of(script))
            .filter(|text| text.contains("articleBody"))
            .find_map(|text| article_body(&text));
        Head {
            description,
            article_body,
        }
    }

    pub(crate) fn said<'h>(&'h self, title: Option<&'h str>) -> Said<'h> {
        Said {
            title,
            description: self.description.as_deref(),
            article_body: self.article_body.as_deref(),
        }
    }
}

/// The article's text as JSON-LD gives it.
fn article_body(script: &str) -> Option<String> {
    let script: String = script
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let value: Value = serde_json::from_str(script.trim()).ok()?;
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(values) => waiting.extend(values),
            Value::Object(object) => {
                for (key, value) in object {
                    match value {
                        Value::String(text) if key == "articleBody" => return Some(text),
                        Value::String(_) => {}
                        other => waiting.push(other),
                    }
                }
            }
            _ => {}
        }
    }
    None
}

/// How likely each block is the report's own text, between 0 and 1.
pub(crate) fn shares(look: &Look<'_>) -> Vec<f32> {
    let rows = look.rows();
    smoothed(&spread(
        &FOREST.odds(&rows.numbers, WIDTH),
        &rows.blocks,
        look.blocks().len(),
    ))
}

/// The odds of all of a page's blocks, from those of the blocks that were asked about.
fn spread(odds: &[f32], asked: &[usize], count: usize) -> Vec<f32> {
    let mut all = vec![NOT_ASKED; count];
    for (odds, at) in odds.iter().zip(asked) {
        if let Some(place) = all.get_mut(*at) {
            *place = *odds;
        }
    }
    all
}

/// Shares from odds, each with a little of its neighbours'.
fn smoothed(odds: &[f32]) -> Vec<f32> {
    /// Beyond these, nobody is surer.
    const SUREST: f32 = 4.0;
    let of = |at: Option<usize>| {
        at.and_then(|at| odds.get(at))
            .map_or(-1.0, |odds| odds.clamp(-SUREST, SUREST))
    };
    (0..odds.len())
        .map(|at| {
            let neighbours = of(at.checked_sub(1)) + of(Some(at + 1));
            let odds = of(Some(at)) + FROM_NEIGHBOURS * neighbours;
            share(odds)
        })
        .collect()
}

/// The share that odds stand for.
fn share(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// The odds in the middle of a page's likely text: half of its bytes have more.
fn typical(blocks: &[Block], shares: &[f32]) -> f32 {
    let mut likely: Vec<(f32, usize)> = blocks
        .iter()
        .zip(shares)
        .filter(|(_, share)| **share > KEPT)
        .map(|(block, share)| (*share, block.text.len()))
        .collect();
    likely.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = likely.iter().map(|(_, bytes)| bytes).sum::<usize>() / 2;
    let mut before = 0;
    let middle = likely.iter().find(|(_, bytes)| {
        before += bytes;
        before >= half
    });
    middle.map_or(0.0, |(share, _)| (share / (1.0 - share).max(1e-6)).ln())
}

/// For every block, whether it is the report's own text. Where none seems to be, the likeliest are
/// taken.
pub(crate) fn chosen(
    document: &Document,
    blocks: &[Block],
    grams: &Grams,
    shares: &[f32],
) -> Vec<bool> {
    let best = shares.iter().copied().fold(0.0f32, f32::max);
    let limit = if best < KEPT {
        best * 0.8
    } else {
        KEPT.max(share(OF_TYPICAL * typical(blocks, shares)))
    };
    let mut kept: Vec<bool> = shares
        .iter()
        .map(|share| *share >= limit && best > 0.05)
        .collect();
    for ((block, share), kept) in blocks.iter().zip(shares).zip(&mut kept) {
        *kept |= block.kind == BlockKind::Headline && *share >= KEPT_HEADLINE;
        *kept &= !is_link_line(block);
    }
    drop_copies(document, blocks, grams, &mut kept);
    kept
}

/// A paragraph that is nothing but a link leads to another page, wherever it stands.
fn is_link_line(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && block.linked * 100 >= block.text.len() * 95
        && count_words(&block.text) >= 3
        && !ends_sentence(&block.text)
}

/// Leaves out what repeats kept blocks of another part of the page: a page prints a paragraph twice,
/// or carries its whole text a second time for machines. Rows and lists may repeat themselves.
fn drop_copies(document: &Document, blocks: &[Block], grams: &Grams, kept: &mut [bool]) {
    /// Shorter ones may well come twice.
    const LEAST: usize = 60;
    let mut order: Vec<usize> = (0..blocks.len())
        .filter(|at| kept.get(*at) == Some(&true))
        .collect();
    let length = |at: &usize| blocks.get(*at).map_or(0, |block| block.text.len());
    order.sort_by_key(|at| (length(at), *at));
    let mut seen: HashMap<u64, Option<NodeId>, Hashed> = HashMap::default();
    for at in order {
        let Some(block) = blocks.get(at) else {
            continue;
        };
        let own = document
            .parent(block.element)
            .and_then(|parent| document.parent(parent));
        let (mut all, mut known) = (0, 0);
        for gram in grams.of(at) {
            all += 1;
            known += usize::from(seen.get(gram).is_some_and(|place| *place != own));
        }
        if block.text.len() >= LEAST && known * 5 >= all * 4 {
            if let Some(kept) = kept.get_mut(at) {
                *kept = false;
            }
            continue;
        }
        for gram in grams.of(at) {
            seen.entry(*gram).or_insert(own);
        }
    }
}

/// What training needs: a page's blocks and their numbers. Not for other use.
#[doc(hidden)]
pub struct Observed {
    document: Document,
    blocks: Vec<Block>,
    head: Head,
    title: Option<String>,
}

impl Observed {
    /// Reads a page as [`crate::read`] does.
    pub fn new(source: &str) -> Observed {
        let document = Document::parse(source);
        let title = crate::meta::masthead(&document).0.title;
        let mut blocks = blocks(&document, document.root());
        crate::blocks::mark_headline(&mut blocks, title.as_deref());
        let head = Head::read(&document);
        Observed {
            document,
            blocks,
            head,
            title,
        }
    }

    /// The text of each block.
    pub fn texts(&self) -> Vec<&str> {
        self.blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect()
    }

    /// The numbers of the blocks that are asked about, and which these are.
    pub fn rows(&self) -> (Vec<Vec<f32>>, Vec<usize>) {
        let said = self.head.said(self.title.as_deref());
        let look = Look::new(&self.document, &self.blocks, &said);
        let rows = look.rows();
        let numbers = rows.numbers.chunks(WIDTH).map(<[f32]>::to_vec);
        (numbers.collect(), rows.blocks.clone())
    }

    /// The odds of all blocks, from those of the blocks that were asked about.
    pub fn spread(&self, odds: &[f32], asked: &[usize]) -> Vec<f32> {
        spread(odds, asked, self.blocks.len())
    }

    /// Which blocks are kept, from the odds that each is own text.
    pub fn kept(&self, odds: &[f32]) -> Vec<bool> {
        let grams = Grams::new(&self.blocks);
        chosen(&self.document, &self.blocks, &grams, &smoothed(odds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forest_reads_and_asks_what_features_give() {
        assert_ne!(FOREST.odds(&[0.0; WIDTH], WIDTH), [0.0]);
        let page = Observed::new(
            "<ul><li><a href=/>Home</a><li><a href=/w>World</a></ul><h1><a href=/v>Velka falls</a></h1>\
             <p>The army took the town of Velka on Monday, the ministry said. <a href=/o>Orlo</a></p>",
        );
        let (rows, asked) = page.rows();
        assert_eq!(asked, [2, 3]);
        assert!(rows.len() == 2 && rows.iter().all(|row| row.len() == WIDTH));
        let odds = page.spread(&[0.5, 2.0], &asked);
        assert_eq!(odds, [NOT_ASKED, NOT_ASKED, 0.5, 2.0]);
        assert_eq!(page.kept(&odds), [false, false, true, true]);
    }
}
