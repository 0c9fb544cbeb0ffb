//! Web pages: the blocks of their own text, their masthead from the markup.

use crate::blocks::{Block, blocks, mark_headline};
use crate::dom::Document;
use crate::features::Look;
use crate::meta;
use crate::own_text::{Head, chosen, shares};
use crate::page::{Line, Page, is_running, same_letters};
use crate::text;

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
    let (masthead, moments) = meta::masthead(&document);
    let title = masthead.title.as_deref();
    let mut blocks = blocks(&document, document.root());
    mark_headline(&mut blocks, title);
    let head = Head::read(&document);
    let look = Look::new(&document, &blocks, &head.said(title));
    let kept = chosen(&document, &blocks, look.grams(), &shares(&look));
    let around = around(&blocks, title);
    let mut notes = vec![];
    let mut lines: Vec<Line> = blocks
        .iter()
        .enumerate()
        .zip(&kept)
        .filter(|(_, kept)| **kept)
        .map(|((at, block), _)| block.line(look.class(at)))
        .collect();
    if lines.is_empty() && !blocks.is_empty() {
        notes.push("no main text found on the page; read from all of it".to_string());
        lines = blocks
            .into_iter()
            .map(|block| Line::plain(block.text))
            .collect();
    }
    Page {
        around,
        masthead,
        lines,
        moments,
        notes,
    }
}

/// The short lines from a little above the headline to a little below it.
fn around(blocks: &[Block], title: Option<&str>) -> Vec<String> {
    let Some(title) = title else {
        return vec![];
    };
    let Some(at) = blocks
        .iter()
        .position(|block| same_letters(&block.text, title))
    else {
        return vec![];
    };
    blocks
        .iter()
        .take(at + 9)
        .skip(at.saturating_sub(3))
        .map(|block| block.text.clone())
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
    blocks(&document, document.root())
        .into_iter()
        .map(|block| block.line(None))
        .collect()
}

/// Character references resolved.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    let escaped = text.replace('<', "&lt;");
    let document = Document::parse(&escaped);
    document.text_of(document.root())
}

fn too_much(source: &str) -> Option<String> {
    (source.len() > MAX_BYTES).then(|| {
        let limit = MAX_BYTES / 1_000_000;
        format!("larger than {limit} MB: read as plain text")
    })
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
        assert_eq!(read_deep.notes, Vec::<String>::new());
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
