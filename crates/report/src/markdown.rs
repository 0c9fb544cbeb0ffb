//! Markdown: headings, paragraphs, items, quotations and rows without their marks, and what the
//! lines at the top say of the text.

use crate::page::{Line, Page, clean};
use crate::{date, meta, text};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rapporteur_model::{BlockKind, How, Masthead, Published};

/// Is a text Markdown, by its marks? One kind of mark may stand in any text.
pub(crate) fn is_one(source: &str) -> bool {
    if front(source).is_some_and(|(fields, _)| fields.iter().any(|(name, _)| is_known(name))) {
        return true;
    }
    let (mut headings, mut links, mut strong) = (0, 0, 0);
    for line in source.lines().take(400) {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        let is_heading = (1..=6).contains(&marks)
            && line
                .get(marks..)
                .is_some_and(|rest| rest.starts_with(' ') && rest.len() > 2);
        headings += usize::from(is_heading);
        links += line.matches("](http").count() + line.matches("](/").count();
        strong += usize::from(line.matches("**").count() >= 2);
    }
    (headings >= 1 && (links + strong >= 1 || headings >= 2)) || links >= 3
}

/// Larger texts are read as plain ones: a tree of their marks takes fifty times their size.
const MAX_BYTES: usize = 5_000_000;

/// A Markdown text as a page.
pub(crate) fn page(source: &str) -> Page {
    if source.len() > MAX_BYTES {
        let note = format!(
            "larger than {} MB: read as plain text",
            MAX_BYTES / 1_000_000
        );
        return Page {
            notes: vec![note],
            ..text::page(source)
        };
    }
    let (fields, rest) = front(source).unwrap_or((vec![], source));
    let mut page = Page {
        masthead: masthead(&fields),
        lines: lines(rest),
        ..Page::default()
    };
    if page.masthead.title.is_none() {
        page.masthead.title = (page.lines.iter())
            .find(|line| line.kind == BlockKind::Headline)
            .map(|line| line.text.clone());
    }
    page
}

/// Fields of a text: names in lower case, and values.
type Fields = Vec<(String, String)>;

/// The fields between two lines of dashes at the top, and what comes after.
fn front(source: &str) -> Option<(Fields, &str)> {
    const MOST: usize = 100;
    let inner = source.trim_start_matches('\u{feff}').strip_prefix("---")?;
    let inner = inner
        .strip_prefix('\r')
        .unwrap_or(inner)
        .strip_prefix('\n')?;
    let mut fields: Fields = vec![];
    let mut at = 0;
    for line in inner.split_inclusive('\n').take(MOST) {
        at += line.len();
        let line = line.trim_end();
        if matches!(line, "---" | "...") {
            return Some((fields, inner.get(at..)?));
        }
        if let Some(item) = line.trim_start().strip_prefix("- ")
            && let Some((_, value)) = fields.last_mut()
        {
            let mark = if value.is_empty() { "" } else { ", " };
            *value = format!("{value}{mark}{}", unquoted(item));
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_lowercase(), unquoted(value)));
        } else if !line.trim().is_empty() && !line.starts_with(['#', ' ']) {
            return None;
        }
    }
    None
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let value = value
        .strip_prefix('[')
        .and_then(|v| v.strip_suffix(']'))
        .unwrap_or(value);
    let pair = ['"', '\''].into_iter().find_map(|mark| {
        let inner = value.strip_prefix(mark)?.strip_suffix(mark)?;
        (!inner.contains(mark)).then_some(inner)
    });
    clean(pair.unwrap_or(value))
}

const TITLES: [&str; 2] = ["title", "headline"];
const PUBLISHERS: [&str; 5] = ["publisher", "source", "site", "publication", "outlet"];
const WRITERS: [&str; 3] = ["author", "authors", "byline"];
const DATES: [&str; 3] = ["date", "published", "pubdate"];
const ADDRESSES: [&str; 4] = ["url", "link", "canonical", "source_url"];
const LANGUAGES: [&str; 2] = ["language", "lang"];

fn is_known(name: &str) -> bool {
    [
        &TITLES[..],
        &PUBLISHERS,
        &WRITERS,
        &DATES,
        &ADDRESSES,
        &LANGUAGES,
    ]
    .iter()
    .any(|names| names.contains(&name))
}

fn masthead(fields: &Fields) -> Masthead {
    let field = |names: &[&str]| {
        names.iter().find_map(|name| {
            let (_, value) = fields.iter().find(|(field, _)| field == name)?;
            (!value.is_empty()).then(|| value.clone())
        })
    };
    let source = field(&PUBLISHERS);
    let url = field(&ADDRESSES)
        .or_else(|| source.clone())
        .filter(|url| url.starts_with("http"));
    let when = field(&DATES).and_then(|text| date::written(&text));
    Masthead {
        publisher: source
            .filter(|name| !name.starts_with("http"))
            .or_else(|| url.as_deref().and_then(meta::host)),
        url,
        title: field(&TITLES),
        byline: field(&WRITERS),
        published: Published::found(when, How::Meta),
        language: field(&LANGUAGES).and_then(|tag| meta::language_code(&tag)),
        ..Masthead::default()
    }
}

/// The blocks of a text, in order. Pictures, code and raw HTML are none of its words.
fn lines(source: &str) -> Vec<Line> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut out = Blocks::default();
    for event in Parser::new_ext(source, options) {
        out.take(event);
    }
    out.end(BlockKind::Paragraph);
    out.lines
}

#[derive(Default)]
struct Blocks {
    lines: Vec<Line>,
    text: String,
    /// How many items and quotations are open.
    items: usize,
    quotations: usize,
    /// How many elements are open whose text is left out.
    hidden: usize,
    has_headline: bool,
}

impl Blocks {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                self.hidden += 1;
            }
            Event::End(TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            _ if self.hidden > 0 => {}
            Event::Start(Tag::Item) => {
                self.end_open();
                self.items += 1;
            }
            Event::Start(Tag::BlockQuote(_)) => {
                self.end_open();
                self.quotations += 1;
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::List(_) | Tag::Table(_)) => {
                self.end_open()
            }
            Event::End(TagEnd::Item) => {
                self.end_open();
                self.items = self.items.saturating_sub(1);
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                self.end_open();
                self.quotations = self.quotations.saturating_sub(1);
            }
            Event::End(TagEnd::Heading(level)) => {
                let is_headline = level as usize == 1 && !self.has_headline;
                self.has_headline |= is_headline;
                self.end(match is_headline {
                    true => BlockKind::Headline,
                    false => BlockKind::Heading,
                });
            }
            Event::End(TagEnd::Paragraph) => self.end_open(),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => self.end(BlockKind::Row),
            Event::End(TagEnd::TableCell) => self.text.push_str("  "),
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Rule => self.end_open(),
            _ => {}
        }
    }

    fn end_open(&mut self) {
        self.end(if self.items > 0 {
            BlockKind::Item
        } else if self.quotations > 0 {
            BlockKind::Quotation
        } else {
            BlockKind::Paragraph
        });
    }

    fn end(&mut self, kind: BlockKind) {
        let text = clean(&std::mem::take(&mut self.text));
        if !text.is_empty() {
            self.lines.push(Line {
                text,
                kind,
                marked: true,
                class: None,
            });
        }
    }
}
