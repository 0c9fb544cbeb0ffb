//! Web pages: own text by the rules of `trafilatura`, masthead from the page's markup.

use crate::meta;
use crate::page::{Line, Page, clean, ends_sentence, is_running, letters};
use crate::text;
use rapporteur_model::BlockKind;
use trafilatura::dom::{Document, NodeId};
use trafilatura::{ExtractionFocus, Options, extract_document};

/// Pages nested deeper than this are read as plain text: real ones stay below 100, and parsers walk
/// such trees in quadratic time or by recursion.
const MAX_DEPTH: usize = 400;

/// Pages larger than this many bytes are read as plain text: real ones stay below a tenth of it.
const MAX_BYTES: usize = 20_000_000;

/// A web page: its own text's blocks and what its markup says.
pub(crate) fn page(source: &str) -> Page {
    if let Some(note) = too_much(source) {
        return Page {
            notes: vec![note],
            ..text::page(&strip_tags(source))
        };
    }
    let document = Document::parse(source);
    let masthead = meta::masthead(&crate::dom::Document::parse(source));
    let title = &masthead.title;
    let everything = lines(&document, document.root(), title);
    let around = around(&everything, title);
    let mut notes = vec![];
    let mut own = extracted(document, ExtractionFocus::FavorPrecision, title);
    let all = running(&everything);
    if running(&own) * 3 < all {
        // Most of the page's sentences were missed: its parts are marked up in no common way, or the
        // rest is comments. The wider rules are believed only where they find much more.
        let wide = extracted(Document::parse(source), ExtractionFocus::Balanced, title);
        if running(&wide) >= running(&own) * 2 {
            own = wide;
        }
    }
    if own.is_empty() && !everything.is_empty() {
        notes.push("no main text found on the page; read from all of it".to_string());
        own = everything
            .into_iter()
            .map(|line| Line::plain(line.text))
            .collect();
    }
    Page {
        around,
        masthead,
        lines: own,
        notes,
    }
}

/// The blocks of a page's own text, by one set of rules.
fn extracted(document: Document, focus: ExtractionFocus, title: &Option<String>) -> Vec<Line> {
    let options = Options::default()
        .with_focus(focus)
        .with_fallback(true)
        .with_exclude_comments(true);
    match extract_document(document, &options) {
        Ok(found) => {
            let content = Document::parse(&found.content_html);
            lines(&content, content.root(), title)
        }
        Err(_) => vec![],
    }
}

/// How many bytes of running text.
fn running(lines: &[Line]) -> usize {
    let running = lines.iter().filter(|line| is_running(&line.text));
    running.map(|line| line.text.len()).sum()
}

/// The short lines from a little above the headline to a little below it.
fn around(lines: &[Line], title: &Option<String>) -> Vec<String> {
    let Some(title) = title else {
        return vec![];
    };
    let title = letters(title);
    let Some(at) = lines.iter().position(|line| letters(&line.text) == title) else {
        return vec![];
    };
    lines
        .iter()
        .take(at + 9)
        .skip(at.saturating_sub(3))
        .map(|line| line.text.clone())
        .filter(|text| text.len() <= 160 && !is_running(text))
        .collect()
}

/// The blocks of a piece of HTML that holds only a report's text, such as a feed's entry. Text
/// without any tag is read as plain text.
pub(crate) fn fragment(source: &str) -> Vec<Line> {
    if !source.contains('<') {
        return text::lines(&unescape(source))
            .into_iter()
            .map(Line::plain)
            .collect();
    }
    if too_much(source).is_some() {
        return text::page(&strip_tags(source)).lines;
    }
    let document = Document::parse(source);
    lines(&document, document.root(), &None)
}

/// Character references resolved.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    let escaped = text.replace('<', "&lt;");
    let document = Document::parse(&escaped);
    document.text_content(document.root())
}

fn too_much(source: &str) -> Option<String> {
    if source.len() > MAX_BYTES {
        return Some(format!(
            "larger than {} MB: read as plain text",
            MAX_BYTES / 1_000_000
        ));
    }
    let depth = depth(source);
    (depth > MAX_DEPTH).then(|| format!("nested {depth} elements deep or more: read as plain text"))
}

/// How deep the elements may nest at most, from counting tags alone.
fn depth(source: &str) -> usize {
    let bytes = source.as_bytes();
    let (mut depth, mut deepest) = (0usize, 0usize);
    for (at, _) in source.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() && !is_flat(bytes, at + 1) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            _ => {}
        }
    }
    deepest
}

/// Elements without an end tag, or whose end tag is often left out because the next one ends them.
fn is_flat(bytes: &[u8], at: usize) -> bool {
    const FLAT: [&str; 28] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody",
        "thead", "tfoot", "path", "use", "rect",
    ];
    let name: Vec<u8> = bytes
        .iter()
        .skip(at)
        .take(9)
        .take_while(|b| b.is_ascii_alphanumeric())
        .map(u8::to_ascii_lowercase)
        .collect();
    FLAT.iter().any(|flat| flat.as_bytes() == name)
}

/// A page's text without its tags, scripts and styles; tags become line ends.
fn strip_tags(source: &str) -> String {
    let mut out = String::with_capacity(source.len() / 2);
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let tag = rest.get(at..).unwrap_or_default();
        let skipped = ["script", "style"].into_iter().find(|name| {
            tag.get(1..=name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        let end = match skipped {
            Some(name) => find_ignoring_case(tag, &format!("</{name}"))
                .and_then(|close| Some(close + tag.get(close..)?.find('>')? + 1)),
            None => tag.find('>').map(|close| close + 1),
        };
        if !out.ends_with('\n') {
            out.push('\n');
        }
        rest = match end {
            Some(end) => tag.get(end..).unwrap_or_default(),
            None => "",
        };
    }
    out.push_str(rest);
    let mut plain = String::with_capacity(out.len());
    for line in out.lines() {
        // Line by line: resolving references parses the text, and parsers are slow on huge ones.
        plain.push_str(&unescape(line));
        plain.push('\n');
    }
    plain
}

fn find_ignoring_case(text: &str, word: &str) -> Option<usize> {
    text.as_bytes()
        .windows(word.len())
        .position(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Elements whose text is never a report's own.
const HIDDEN: [&str; 19] = [
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "nav",
    "aside",
    "footer",
    "button",
    "select",
    "textarea",
    "iframe",
    "svg",
    "figure",
    "figcaption",
    "object",
    "canvas",
    "audio",
    "video",
];

/// The blocks of an element, in order.
fn lines(document: &Document, root: NodeId, title: &Option<String>) -> Vec<Line> {
    let mut walk = Walk {
        out: vec![],
        text: String::new(),
    };
    // No recursion: pages nest as deep as they like.
    let mut waiting = vec![Step::Enter(root, BlockKind::Paragraph)];
    while let Some(step) = waiting.pop() {
        match step {
            Step::Leave(kind) => walk.end_block(kind),
            Step::Space(mark) => walk.text.push_str(mark),
            Step::Enter(node, _) if document.is_text(node) => {
                walk.text.push_str(&document.text_content(node));
            }
            Step::Enter(node, kind) => {
                let name = if document.is_element(node) {
                    document.tag_name(node)
                } else {
                    ""
                };
                if HIDDEN.contains(&name) {
                    continue;
                }
                let inner = match name {
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
                    "li" | "dt" | "dd" => BlockKind::Item,
                    "blockquote" => BlockKind::Quotation,
                    "tr" => BlockKind::Row,
                    _ => kind,
                };
                if name == "br" {
                    walk.line_break(kind);
                    continue;
                }
                let cell = matches!(name, "td" | "th");
                let block = !cell && inner != BlockKind::Row && is_block(name) || name == "tr";
                if block {
                    walk.end_block(kind);
                    waiting.push(Step::Leave(inner));
                } else if cell && !walk.text.trim().is_empty() {
                    walk.text.push_str(" | ");
                } else if inner == BlockKind::Row && is_block(name) {
                    waiting.push(Step::Space(" "));
                }
                let children = document.child_nodes(node);
                waiting.extend(
                    children
                        .into_iter()
                        .rev()
                        .map(|child| Step::Enter(child, inner)),
                );
            }
        }
    }
    walk.end_block(BlockKind::Paragraph);
    if let Some(title) = title {
        let wanted = letters(title);
        if let Some(line) = walk
            .out
            .iter_mut()
            .find(|line| line.kind == BlockKind::Heading && letters(&line.text) == wanted)
        {
            line.kind = BlockKind::Headline;
        }
    }
    walk.out
}

enum Step {
    Enter(NodeId, BlockKind),
    Leave(BlockKind),
    Space(&'static str),
}

struct Walk {
    out: Vec<Line>,
    text: String,
}

impl Walk {
    fn end_block(&mut self, kind: BlockKind) {
        let text = clean(&self.text);
        self.text.clear();
        if !text.is_empty() {
            self.out.push(Line {
                text,
                kind,
                marked: true,
            });
        }
    }

    /// Two line breaks, or one after a sentence's end, separate paragraphs; one in mid sentence
    /// does not.
    fn line_break(&mut self, kind: BlockKind) {
        let text = self.text.trim_end_matches(' ');
        if kind != BlockKind::Row && (ends_sentence(text.trim()) || text.ends_with('\n')) {
            self.end_block(kind);
        } else {
            self.text.push('\n');
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "main"
            | "article"
            | "section"
            | "header"
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
            | "caption"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Given, read};
    use expect_test::{Expect, expect};

    fn check(source: &str, expected: Expect) {
        let mut out = String::new();
        for found in read("page.html", source.as_bytes(), &Given::default()) {
            match found {
                Err(unread) => out.push_str(&format!("{unread}\n")),
                Ok(found) => {
                    let head = found.report.masthead();
                    let published = head.published.when.map(|when| when.earliest.to_string());
                    out.push_str(&format!(
                        "{:?} | {:?} | {:?} | {:?} | {:?} {:?} | {:?}\n",
                        head.publisher,
                        head.title,
                        head.byline,
                        head.url,
                        published,
                        head.published.how,
                        head.language
                    ));
                    for block in found.report.blocks() {
                        let words = found.report.slice(block.span).unwrap();
                        out.push_str(&format!("{:?}: {words}\n", block.kind));
                    }
                    for note in &found.notes {
                        out.push_str(&format!("note: {note}\n"));
                    }
                }
            }
        }
        expected.assert_eq(&out);
    }

    const ARTICLE: &str = "<p>The army took the town of Velka on Monday, the defence ministry said in a \
        statement that gave no further figures.</p><p>General Orsolo said that his men had met no \
        resistance, and that the road to Orlo was open.</p><h2>No truce</h2><p>The ministry said that \
        no truce had been asked for by either of the two delegations in Port Lenn.</p>";

    #[test]
    fn json_ld_and_meta() {
        check(
            &format!(
                r#"<!doctype html><html lang="en-GB"><head><title>Army takes Velka | Daily Echo</title>
                <link rel="canonical" href="https://echo.example/velka">
                <script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "name": "x"}},
                {{"@type": ["NewsArticle"], "headline": "Velka &amp; the army", "datePublished": "2031-03-01T23:30:00-05:00",
                "author": [{{"@type": "Person", "name": "Ada Brisk"}}, {{"name": "Tom Orne"}}],
                "publisher": {{"@type": "Organization", "name": "The Daily Echo"}}}}]}}</script></head>
                <body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Army takes Velka after ten days</h1>{ARTICLE}
                <figure><img src="a.jpg"><figcaption>Soldiers in Velka. Photo: AP</figcaption></figure></article>
                <div class="comments"><h3>3 Comments</h3><p>They never took Velka, my cousin saw it all.</p></div>
                <footer>© 2031 Daily Echo</footer></body></html>"#
            ),
            expect![[r#"
                Some("The Daily Echo") | Some("Army takes Velka after ten days") | Some("Ada Brisk, Tom Orne") | Some("https://echo.example/velka") | Some("2031-03-01") Meta | Some("en")
                Headline: Army takes Velka after ten days
                Paragraph: The army took the town of Velka on Monday, the defence ministry said in a statement that gave no further figures.
                Paragraph: General Orsolo said that his men had met no resistance, and that the road to Orlo was open.
                Heading: No truce
                Paragraph: The ministry said that no truce had been asked for by either of the two delegations in Port Lenn.
            "#]],
        );
        check(
            &format!(
                r#"<html><head><title>Army takes Velka - Orlo Post</title>
                <meta property="article:published_time" content="2031-03-01T10:00:00Z">
                <meta name="author" content="Ada Brisk"><meta property="og:url" content="https://www.post.example/1"></head>
                <body><div id="content">{ARTICLE}</div></body></html>"#
            ),
            expect![[r#"
                Some("Orlo Post") | Some("Army takes Velka") | Some("Ada Brisk") | Some("https://www.post.example/1") | Some("2031-03-01") Meta | Some("en")
                Paragraph: The army took the town of Velka on Monday, the defence ministry said in a statement that gave no further figures.
                Paragraph: General Orsolo said that his men had met no resistance, and that the road to Orlo was open.
                Heading: No truce
                Paragraph: The ministry said that no truce had been asked for by either of the two delegations in Port Lenn.
            "#]],
        );
    }

    #[test]
    fn writer_and_date_printed_on_the_page() {
        check(
            &format!(
                r#"<html><body><div class="top">Menu</div><h1>Army takes Velka after ten days</h1>
                <div class="who">By Ada Brisk</div><div>1 March 2031, 17:52 GMT</div><div class="story">{ARTICLE}</div></body></html>"#
            ),
            expect![[r#"
                None | Some("Army takes Velka after ten days") | Some("Ada Brisk") | None | Some("2031-03-01") Page | Some("en")
                Paragraph: The army took the town of Velka on Monday, the defence ministry said in a statement that gave no further figures.
                Paragraph: General Orsolo said that his men had met no resistance, and that the road to Orlo was open.
                Heading: No truce
                Paragraph: The ministry said that no truce had been asked for by either of the two delegations in Port Lenn.
            "#]],
        );
    }

    #[test]
    fn fragments() {
        let texts = |source: &str| {
            fragment(source)
                .into_iter()
                .map(|line| format!("{:?}: {}", line.kind, line.text))
                .collect::<Vec<_>>()
                .join("\n")
        };
        expect![[r#"
            Paragraph: One.
            Paragraph: Two bold & more words.
            Paragraph: Three
            Item: a
            Item: b
            Row: 12 | 34
            Quotation: Said."#]].assert_eq(&texts(
            "One.<br>Two <b>bold</b> &amp; more<br/>words.<br><br>Three<ul><li>a<li>b</ul>\
             <table><tr><td>12</td><td><p>34</p></td></tr></table><blockquote><p>Said.</p></blockquote>",
        ));
    }

    #[test]
    fn deep_nesting_and_pages_without_text() {
        let deep = format!("<html><body>{}{ARTICLE}", "<div>".repeat(100_000));
        let read_deep = page(&deep);
        assert_eq!(read_deep.lines.len(), 4);
        assert!(read_deep.notes[0].starts_with("nested 100002 elements deep"));
        check(
            "<html><body><nav>Home</nav><script>var x = '<p>';</script></body></html>",
            expect![[r#"
                page.html: no text of its own (it holds only menus, captions, comments or the like)
            "#]],
        );
        check(
            "<html><body><p>Velka fell.</p></body></html>",
            expect![[r#"
                None | None | None | None | None Unknown | None
                Paragraph: Velka fell.
            "#]],
        );
    }
}
