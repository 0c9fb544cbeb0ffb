use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use rapporteur_model::Published;

fn time(time: &Published) -> String {
    match time.when {
        None => "-".to_string(),
        Some(when) => format!("{} {:?}", when.iso(), time.how),
    }
}

/// Prints of each page, one a line: published, modified.
fn dates(pages: &[&str], expected: Expect) {
    let mut out = String::new();
    for page in pages {
        let head = masthead(&Document::parse(page)).0;
        let (published, modified) = (time(&head.published), time(&head.modified));
        out.push_str(&format!("{published} | {modified}\n"));
    }
    expected.assert_eq(&out);
}

/// Prints of each page, one a line: publisher, title, byline.
fn names(pages: &[&str], expected: Expect) {
    let mut out = String::new();
    for page in pages {
        let head = masthead(&Document::parse(page)).0;
        let text = |text: Option<String>| text.unwrap_or("-".to_string());
        let (site, title) = (text(head.publisher), text(head.title));
        out.push_str(&format!("{site} | {title} | {}\n", text(head.byline)));
    }
    expected.assert_eq(&out);
}

const TEXT: &str = "<p>The army took the town of Velka on Monday, the defence ministry said.</p>";

#[test]
fn dates_of_markup() {
    dates(
        &[
            // The day in the offset given; a change is no publication.
            r#"<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-03-01T23:30:00-05:00",
            "dateModified": "2031-03-04"}</script>"#,
            // A page about an article; types as addresses; several blocks, the first of the site.
            r#"<script type="application/ld+json">{"@type": "WebSite", "name": "Echo"}</script>
            <script type="application/ld+json">[{"@type": "http://schema.org/WebPage", "datePublished": "2031-02-01",
            "mainEntity": {"@type": "https://schema.org/NewsArticle", "datePublished": "2031-03-01"}}]</script>"#,
            // Broken blocks: a comma too many, what no string may hold, no JSON at all.
            r#"<script type="application/ld+json">{"@type": "Article", "author": [{"name": "Ada Brisk"},],
            "headline": "Velka \'falls\'", "datePublished": "2031-03-01",};</script>"#,
            r#"<script type="application/ld+json">{"@type": "Article", headline: none, "datePublished": "2031-03-01"</script>"#,
            r#"<meta name="pubdate" content="Sat, 01 Mar 2031 09:30:00 GMT"><meta property="og:updated_time" content="2031-03-02">"#,
            r#"<meta property="article:modified_time" content="2031-03-02">"#,
            r#"<div itemprop="datePublished" content="2031-03-01">yesterday</div>"#,
            r#"<article><h1>Army takes Velka</h1><time datetime="2031-03-01T10:00">two days ago</time></article>"#,
            r#"<h1>Army takes Velka</h1><span property="schema:dateModified" content="2031-03-02">2 March</span>"#,
        ],
        expect![[r#"
            2031-03-01 Meta | 2031-03-04 Meta
            2031-03-01 Meta | -
            2031-03-01 Meta | -
            2031-03-01 Meta | -
            2031-03-01 Meta | 2031-03-02 Meta
            - | 2031-03-02 Meta
            2031-03-01 Meta | -
            2031-03-01 Page | -
            - | 2031-03-02 Page
        "#]],
    );
}

#[test]
fn dates_that_a_reader_sees() {
    let page = |head: &str| format!("<h1>Army takes Velka after ten days</h1>{head}{TEXT}");
    let pages = [
        page("<div>Published: March 3, 2031</div>"),
        page("<div>By Ada Brisk, 3 Mar 2031 | 10:20</div>"),
        page(
            "<span class=author>Ada Brisk</span><span class=date>Mar 3, 2031</span><span>5 min</span>",
        ),
        page(
            "<div><h4>Published</h4><p>3 March 2031</p><h4>Page updated</h4><p>5 March 2031</p></div>",
        ),
        page("<p>Posted on 3 March 2031, last updated on 5 March 2031</p>"),
        // Not the day of publication.
        page(
            "<p>© 2029 to 2031 Daily Echo</p><ul class=related><li>1 March 2031</li><li>2 March 2031</li></ul>",
        ),
        page("<div class=comments><p>Tom, 5 March 2031</p><p>Ada, 6 March 2031</p></div>"),
        page("<table><tr><td>1 March 2031</td><td>12 shells</td></tr></table>"),
        page("<div class=donate>March 2031</div>"),
        // What either number can mean.
        page("<time>03/04/2031</time>"),
        format!("<html lang=en-US>{}", page("<time>03/04/2031</time>")),
        format!("<html lang=de>{}", page("<time>03/04/2031</time>")),
        page("<time>03/04/2031</time><p>Updated 13/04/2031</p>"),
        format!(
            "<link rel=canonical href=https://echo.gb.example/2031/04/03/velka>{}",
            page("<time>03/04/2031</time>")
        ),
        page("<div class=date>March 2031</div>"),
        // The day of a change alone: of a page as it was made, and of one that lost its scripts.
        format!(
            "<script>let a;</script>{}",
            page("<p>Updated March 5, 2031</p>")
        ),
        page("<p>Updated March 5, 2031</p>"),
        // Words and markup that name two days; day and month changed places.
        page("<time datetime=2031-03-09>March 5, 2031</time>"),
        page("<time datetime=2031-03-05>May 3, 2031</time>"),
    ];
    dates(
        &pages.each_ref().map(String::as_str),
        expect![[r#"
            2031-03-03 Page | -
            2031-03-03 Page | -
            2031-03-03 Page | -
            2031-03-03 Page | 2031-03-05 Page
            2031-03-03 Page | 2031-03-05 Page
            - | -
            - | -
            - | -
            - | -
            2031-03-04/2031-04-03 Page | -
            2031-03-04 Page | -
            2031-04-03 Page | -
            2031-04-03 Page | 2031-04-13 Page
            2031-04-03 Page | -
            2031-03 Page | -
            - | 2031-03-05 Page
            - | 2031-03-05 Page
            - | -
            2031-05-03 Page | -
        "#]],
    );
}

#[test]
fn dates_that_disagree() {
    let page = |meta: &str, printed: &str| {
        format!(
            r#"<meta property="article:published_time" content="{meta}"><h1>Army takes Velka</h1><div class=date>{printed}</div>{TEXT}"#
        )
    };
    let in_json = |printed: &str| {
        format!(
            r#"<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2031-03-01"}}</script>
            <h1>Army takes Velka</h1><div class=date>{printed}</div>{TEXT}"#
        )
    };
    let pages = [
        // The same moment in two zones; a page that moved; the printed day of a change.
        page("2031-03-02T02:00:00Z", "March 1, 2031"),
        page("2033-01-01", "March 1, 2031"),
        page("2031-03-01", "Updated March 9, 2031"),
        page("2031-03-04", "04/03/2031"),
        page("2031-03-04", "2031-04-03"),
        // A page made anew: markup has that moment for both, and below the text stands the day.
        format!(
            r#"<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2031-03-09",
            "dateModified": "2031-03-09"}}</script><h1>Army takes Velka</h1>{}<p>Published
            <time pubdate datetime="2031-03-01">March 1, 2031</time></p>"#,
            TEXT.repeat(5)
        ),
        // What JSON-LD alone says, and the day that readers are given.
        in_json("Updated March 9, 2031"),
        in_json("March 9, 2031"),
        in_json("Updated February 28, 2031"),
        in_json("Updated February 9, 2031"),
        // The address.
        r#"<link rel=canonical href="https://echo.example/2031/03/05/velka-falls">"#.to_string(),
        r#"<link rel=canonical href="https://echo.example/news/2031/mar/velka-falls">"#.to_string(),
        r#"<link rel=canonical href="https://echo.example/2031-03-05-velka-falls">"#.to_string(),
        r#"<link rel=canonical href="https://echo.example/99/2031/45/1">"#.to_string(),
        format!(
            r#"<link rel=canonical href="https://echo.example/2031/03/05/velka">{}"#,
            page("2031-03-06T01:00:00Z", "")
        ),
    ];
    dates(
        &pages.each_ref().map(String::as_str),
        expect![[r#"
            2031-03-01 Meta | -
            2031-03-01 Page | -
            2031-03-01 Meta | 2031-03-09 Page
            2031-03-04 Meta | -
            2031-03-04 Meta | -
            2031-03-01 Meta | 2031-03-09 Meta
            2031-03-09 Page | 2031-03-09 Page
            2031-03-09 Page | -
            2031-02-28 Meta | 2031-02-28 Page
            2031-03-01 Meta | 2031-02-09 Page
            2031-03-05 Page | -
            2031-03 Page | -
            2031-03-05 Page | -
            - | -
            2031-03-05 Page | -
        "#]],
    );
}

#[test]
fn headlines_and_sites() {
    names(
        &[
            "<title>Army takes Velka | World | Daily Echo</title><h1>Daily Echo</h1><h1>Army takes Velka</h1>",
            "<title>Army takes Velka – Daily Echo</title><meta property=og:site_name content='Daily Echo'>",
            "<title>Echo: Army takes Velka after ten days</title><meta property=og:site_name content=Echo>",
            "<meta property=og:title content='Velka &amp;amp; the army'>",
            "<meta property=og:title content='Army takes Velka'><h1>ARMY TAKES VELKA</h1>",
            "<meta property=og:title content='Army takes Velka'><h1>Army takes Velka after ten days</h1>",
            "<meta property=og:title content='Army takes Velka'><h1>Army takes Velka 14 comments</h1>",
            "<meta property=og:title content='Army takes Velka'><h1>Subscribe</h1><h1>The town that fell in a day</h1>",
            "<h1>Army takes<br>Velka</h1>",
            "<title>Army takes Velka after ten days | Echo</title><meta property=og:title content='Army takes Velka after ten days'><h1>Breaking news</h1>",
            "<title>War in Velka: what is known - The Daily Echo</title><meta property=og:title content='War in Velka: what is known - The Daily Echo'><h1>War in Velka</h1>",
            "<meta property=og:title content='Talks resume in Port Lenn'><h1>2031 Talks resume in Port Lenn</h1>",
            "<meta property=og:title content='Talks resume in Port Lenn'><h1>Blog: Talks resume in Port Lenn</h1>",
            "<meta property=og:title content='How Velka fell'><h1>Ten days in the town</h1><h1>Ten days in the town</h1>",
            "<link rel=canonical href=https://www.echo.example/1><title>Army takes Velka - echo.example</title>",
            "<title>Echo! World | theecho.example - Army takes Velka after ten days</title>",
            // A year or a count that the titles for machines agree on; after a mark; what is no number.
            "<title>Towns that fell to the army in 2031</title><meta property=og:title content='Towns that fell to the army in 2031'><h1>Towns that fell to the army</h1>",
            "<title>8 towns that fell</title><meta property=og:title content='8 towns that fell'><h1>Towns that fell</h1>",
            "<title>Towns that fell, 2031</title><meta property=og:title content='Towns that fell, 2031'><h1>Towns that fell</h1>",
            "<title>Towns that fell in spring</title><meta property=og:title content='Towns that fell in spring'><h1>Towns that fell</h1>",
            // The address has all words of the titles, or of the heading; or not all.
            "<link rel=canonical href=https://echo.example/news/how-velka-fell-in-ten-days-7712345.html><title>How Velka fell in ten days</title><meta property=og:title content='How Velka fell in ten days'><h1>The town that nobody wanted</h1>",
            "<link rel=canonical href=https://echo.example/war-map><title>Where the army stands in Velka today</title><meta property=og:title content='Where the army stands in Velka today'><h1>War map</h1>",
            "<link rel=canonical href=https://echo.example/news/velka-fell-lost-streets><title>How Velka fell in ten days</title><meta property=og:title content='How Velka fell in ten days'><h1>The town that nobody wanted</h1>",
        ],
        expect![[r#"
            Daily Echo | Army takes Velka | -
            Daily Echo | Army takes Velka | -
            Echo | Army takes Velka after ten days | -
            - | Velka & the army | -
            - | Army takes Velka | -
            - | Army takes Velka after ten days | -
            - | Army takes Velka | -
            - | Army takes Velka | -
            - | Army takes Velka | -
            Echo | Army takes Velka after ten days | -
            The Daily Echo | War in Velka: what is known | -
            - | 2031 Talks resume in Port Lenn | -
            - | Talks resume in Port Lenn | -
            - | Ten days in the town | -
            echo.example | Army takes Velka | -
            - | Army takes Velka after ten days | -
            - | Towns that fell to the army in 2031 | -
            - | 8 towns that fell | -
            - | Towns that fell | -
            - | Towns that fell | -
            echo.example | How Velka fell in ten days | -
            echo.example | War map | -
            echo.example | The town that nobody wanted | -
        "#]],
    );
}

#[test]
fn writers() {
    let page = |head: &str| format!("<h1>Army takes Velka after ten days</h1>{head}{TEXT}");
    let json = |author: &str| {
        format!(
            r##"<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "author": {author},
            "publisher": {{"@id": "#echo"}}}}, {{"@type": "Person", "@id": "#ada", "name": "Ada Brisk"}},
            {{"@type": "NewsMediaOrganization", "@id": "#echo", "name": "Daily Echo"}}]}}</script>"##
        )
    };
    let pages = [
        json(r##"{"@id": "#ada"}"##),
        json(r#"[{"name": "Ada Brisk"}, {"name": "Tom Orne"}]"#),
        json(r#""By Ada Brisk""#),
        json(r##"{"@id": "#echo"}"##) + &page("<p>By Ada Brisk</p>"),
        json(r#"{"name": "admin"}"#) + &page("<p>Written by <a href=/author/ada>Ada Brisk</a></p>"),
        "<meta name=author content='https://echo.example/ada'><meta name=author content='Ada Brisk'>".to_string(),
        "<meta name=citation_author content='Brisk, Ada'><meta name=citation_author content='Orne, Tom'>".to_string(),
        "<meta name=twitter:creator content='@ada'>".to_string(),
        page("<p>By Ada Brisk and Tom May</p>"),
        page("<p>By Ada Brisk | March 3, 2031</p>"),
        page("<p>Posted on March 3, 2031 by Ada Brisk</p>"),
        page("<span>By</span><p><a>Ada Brisk</a></p>"),
        page("<div class=byline><a href=/authors/ada>Ada Brisk</a>, Chief Reporter</div>"),
        page("<a rel=author href=/x>Ada Brisk</a>"),
        page("<div class=author>About the author</div><p>Share by email</p>"),
        page("") + "<p>Posted by Ada Brisk</p>",
        page("") + "<p>Posted by Ada Brisk</p><p>Posted by Tom Orne</p>",
    ];
    names(
        &pages.each_ref().map(String::as_str),
        expect![[r#"
        Daily Echo | - | Ada Brisk
        Daily Echo | - | Ada Brisk, Tom Orne
        Daily Echo | - | Ada Brisk
        Daily Echo | Army takes Velka after ten days | Ada Brisk
        Daily Echo | Army takes Velka after ten days | Ada Brisk
        - | - | Ada Brisk
        - | - | Ada Brisk, Tom Orne
        - | - | -
        - | Army takes Velka after ten days | Ada Brisk and Tom May
        - | Army takes Velka after ten days | Ada Brisk
        - | Army takes Velka after ten days | Ada Brisk
        - | Army takes Velka after ten days | Ada Brisk
        - | Army takes Velka after ten days | Ada Brisk
        - | Army takes Velka after ten days | Ada Brisk
        - | Army takes Velka after ten days | -
        - | Army takes Velka after ten days | Ada Brisk
        - | Army takes Velka after ten days | Ada Brisk
    "#]],
    );
}

#[test]
fn json_that_nests_without_end() {
    for (open, close) in [
        ("[", "]"),
        (r#"{"@graph":"#, "}"),
        (r#"{"mainEntity":"#, "}"),
    ] {
        let inner = format!("{}{}{}", open.repeat(50_000), "1", close.repeat(50_000));
        let page = format!(
            r#"<script type="application/ld+json">{inner}</script><h1>Army takes Velka</h1>"#
        );
        let head = masthead(&Document::parse(&page)).0;
        assert_eq!(head.title.as_deref(), Some("Army takes Velka"));
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(
            r##"<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@id": "#a"},"##.to_string()
        ),
        Just(r#""@graph": [{"mainEntity": {"@type": "Article", "datePublished": "2031-03-01","#.to_string()),
        Just("</script>".to_string()),
        Just("<h1 class='date author'>By Ada – Echo | Velka".to_string()),
        Just("<time class=updated datetime='".to_string()),
        Just("<title>Echo - Velka : Echo</title><meta property=og:site_name content=Echo>".to_string()),
        Just("<link rel=canonical href='https://é.example/2031/3/".to_string()),
        Just("Published 31/12/2031 03/04/2031 99.99.9999 İ by ".to_string()),
        Just("<p>Updated 5. März 2031年3月5日 – Mar 5th, 2031 | By Ada Brisk</p>".to_string()),
        "\\PC{0,12}",
        "[<>/&;\"'{}\\[\\],:= a-z0-9\n-]{0,16}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_has_a_masthead(pieces in proptest::collection::vec(piece(), 0..24)) {
        let page = pieces.concat();
        let head = masthead(&Document::parse(&page)).0;
        for text in [&head.title, &head.byline, &head.publisher].into_iter().flatten() {
            prop_assert!(!text.trim().is_empty());
        }
        prop_assert_eq!(masthead(&Document::parse(&page)).0, head);
    }
}
