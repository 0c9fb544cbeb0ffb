//! A report: one published version of one article, never edited.

use crate::{Digest, ReportId, Span, When};
use serde::{Deserialize, Serialize};

/// How the publication time was found.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// Nobody says.
    #[default]
    Unknown,
    /// From the other reports of the same story (computed by the record).
    Story,
    /// From the report's own words, such as a weekday with a date (computed by the record).
    Text,
    /// Printed on the page, without being marked up as the publication time.
    Page,
    /// Marked up as the publication time: a meta element, a feed's field, JSON-LD.
    Meta,
    /// Given by the user, in a manifest or a collection's own field.
    Given,
}

/// When a report was published, as an interval no narrower than known, and how that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Published {
    /// Earliest to latest day; `None`: unknown.
    pub when: Option<When>,
    /// How it was found.
    pub how: How,
}

impl Published {
    /// These days, found in that way; where there are none, how is unknown as well.
    pub fn found(when: Option<When>, how: How) -> Published {
        Published {
            how: if when.is_some() { how } else { How::Unknown },
            when,
        }
    }

    fn is_unknown(&self) -> bool {
        self.when.is_none() && self.how == How::Unknown
    }
}

/// What stands over and around a report's text: who published it, when, under which headline, and
/// whom it credits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Masthead {
    /// The organisation that issues the report, as printed or given.
    pub publisher: Option<String>,
    /// The page's own address, canonical where the page names one.
    pub url: Option<String>,
    /// The headline. It also stands in the body where the report prints it there.
    pub title: Option<String>,
    /// The writer, as printed.
    pub byline: Option<String>,
    /// Agencies and outlets that the report names as where it has the story from ("With inputs from
    /// X", "Source: X", "X reported").
    pub credits: Vec<String>,
    /// The place of the dateline ("CAIRO, July 18 (Reuters) –"), as printed.
    pub dateline: Option<String>,
    /// Publication time.
    pub published: Published,
    /// Time of the last change that the page tells, which is no publication time. Written only where
    /// known, so that reports without one keep their ids.
    #[serde(default, skip_serializing_if = "Published::is_unknown")]
    pub modified: Published,
    /// ISO 639-1 code of the language, where recognised.
    pub language: Option<String>,
}

/// What a block of the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline, where it stands in the body.
    Headline,
    /// A subheading.
    Heading,
    /// A paragraph of running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A block quotation.
    Quotation,
    /// A row of a table.
    Row,
}

/// A block of the body: a range between line ends and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Block {
    /// Its range in the body, without the line end.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// One published version of one article, never edited: its masthead and its own text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    id: ReportId,
    masthead: Masthead,
    body: String,
    blocks: Vec<Block>,
}

impl Report {
    /// Builds a report and its id. `body` is the report's own text: no menus, captions, donation
    /// lines or readers' comments; its blocks are separated by line ends. With `blocks` empty,
    /// every line that is not blank is a paragraph.
    pub fn new(masthead: Masthead, body: String, blocks: Vec<Block>) -> Report {
        let blocks = if blocks.is_empty() {
            paragraphs(&body)
        } else {
            blocks
        };
        let head = serde_json::to_string(&masthead).unwrap_or_default();
        let id = ReportId(Digest::of("report").field(head).field(&body).finish());
        Report {
            id,
            masthead,
            body,
            blocks,
        }
    }

    /// The same report under a masthead that other copies of it complete. The id stays that of
    /// the report as it was read, which is what claims and the log refer to.
    pub fn under(self, masthead: Masthead) -> Report {
        Report { masthead, ..self }
    }

    /// Its id: the hash of masthead and body, as they were read.
    pub fn id(&self) -> &ReportId {
        &self.id
    }

    /// Who published it, when, under which headline.
    pub fn masthead(&self) -> &Masthead {
        &self.masthead
    }

    /// Its own text.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The blocks of the body, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The words of a span, where it lies in the body and on character boundaries.
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.body.get(span.range())
    }
}

fn paragraphs(body: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in body.split('\n') {
        let text = line.trim();
        if !text.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            let span = Span::new(from, from + text.len());
            blocks.push(Block {
                span,
                kind: BlockKind::Paragraph,
            });
        }
        start += line.len() + 1;
    }
    blocks
}

/// Where a report was found: recorded apart from the report, so that the same report found in two
/// places is still one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sighting {
    /// Which report.
    pub report: ReportId,
    /// The path it was read from, as given; entries of a feed or of JSON lines add `#` and their
    /// number.
    pub path: String,
}
