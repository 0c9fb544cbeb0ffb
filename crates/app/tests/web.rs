//! The pages, through the real binary: over HTTP on a free port, and as files.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may; the lint sees no test in helpers

#[allow(dead_code)] // not every test needs all of it
mod common;

use common::Folder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

/// What a page may weigh, in bytes.
const MOST: usize = 60_000;

/// The pages that every record has.
const PAGES: &[&str] = &[
    "index",
    "timeline",
    "disputes",
    "talks",
    "control",
    "ledgers",
    "entities",
    "judgements",
    "lineage",
    "reports",
    "sources",
    "search",
    "changes",
];

struct Server {
    child: Child,
    /// `127.0.0.1:41234`
    host: String,
    /// What was printed.
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(folder: &Folder, further: &[&str]) -> Server {
        let mut line = vec!["serve", "--record", "a.record", "--port", "0"];
        line.extend(further);
        let mut child = folder
            .command(&line)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().to_string();
        let host = address
            .trim_start_matches("http://")
            .split('/')
            .next()
            .unwrap()
            .to_string();
        Server {
            child,
            host,
            address,
        }
    }

    fn send(&self, bytes: &str) -> Answer {
        let at = self.host.replace("0.0.0.0", "127.0.0.1");
        let mut stream = TcpStream::connect(at).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        Answer {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok())
                .unwrap_or(0),
            head: head.to_string(),
            body: body.to_string(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    fn get_with(&self, path: &str, headers: &str) -> Answer {
        self.send(&format!(
            "GET /{path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n",
            self.host
        ))
    }

    fn post(&self, path: &str, headers: &str, form: &[(&str, &str)]) -> Answer {
        let encoded =
            |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let form: Vec<String> = form
            .iter()
            .map(|(key, value)| format!("{key}={}", encoded(value)))
            .collect();
        let body = form.join("&");
        self.send(&format!(
            "POST /{path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n{headers}\r\n{body}",
            self.host,
            body.len()
        ))
    }
}

/// The values of attributes in a page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let before = format!(" {attribute}=\"");
    page.split(before.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/doha-2021")
}

fn read_example(test: &str) -> Folder {
    let folder = Folder::new(test);
    folder
        .run(&["read", example().to_str().unwrap(), "--record", "a.record"])
        .ended(0);
    folder
}

/// Opens what a page links to, and what that links to, and so on; each once, whatever its query.
fn walk(server: &Server) -> BTreeMap<String, String> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut open: Vec<String> = PAGES.iter().map(|name| format!("{name}.html")).collect();
    while let Some(path) = open.pop() {
        if seen.contains_key(&path) {
            continue;
        }
        let answer = server.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        if path.ends_with(".html") {
            assert!(
                answer.body.len() < MOST,
                "{path} has {} bytes",
                answer.body.len()
            );
            for link in links(&path, &answer.body) {
                let (to, _) = link.split_once('#').unwrap_or((&link, ""));
                open.push(to.split('?').next().unwrap().to_string());
            }
        } else if path.ends_with(".json") {
            serde_json::from_str::<serde_json::Value>(&answer.body)
                .unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        seen.insert(path, answer.body);
    }
    seen
}

/// Where a page leads, from the root of the site.
fn links(path: &str, page: &str) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let attributes = ["href", "src", "action"]
        .into_iter()
        .flat_map(|name| values(page, name));
    let local = attributes.filter(|link| !link.starts_with("http") && *link != "judge");
    local
        .map(
            |link| match (link.strip_prefix("../"), link.strip_prefix('#')) {
                (Some(up), _) => up.to_string(),
                (_, Some(_)) => format!("{path}{link}"),
                _ if folder.is_empty() => link.to_string(),
                _ => format!("{folder}/{link}"),
            },
        )
        .filter(|link| !matches!(link.as_str(), "judge" | "undo"))
        .collect()
}

#[test]
fn every_page_of_the_example_answers_and_every_link_leads_somewhere() {
    let folder = read_example("web-example");
    let server = Server::start(&folder, &[]);
    let pages = walk(&server);
    for name in PAGES {
        assert!(
            pages.contains_key(&format!("{name}.html"))
                && pages.contains_key(&format!("{name}.json")),
            "{name}"
        );
    }
    for kind in [
        "report/",
        "question/",
        "talks/",
        "ledger/",
        "entity/",
        "source/",
        "pair/",
        "control/",
    ] {
        assert!(
            pages.keys().any(|path| path.starts_with(kind)),
            "no page {kind}"
        );
    }
    // Every anchor that is led to is there: the sentence of a claim in its report.
    let anchors: BTreeMap<&String, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, page)| (path, values(page, "id").into_iter().collect()))
        .collect();
    let mut claims = 0;
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        for link in links(path, page) {
            let Some((to, anchor)) = link.split_once('#') else {
                continue;
            };
            let to = to.split('?').next().unwrap().to_string();
            assert!(anchors[&to].contains(anchor), "{path} leads to {link}");
            claims += usize::from(anchor.starts_with("c-"));
        }
    }
    assert!(claims > 300, "{claims}");
    // Nothing from elsewhere, no script or style within.
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(
            !page.contains("<script>") && !page.contains(" style=\"") && !page.contains("<style"),
            "{path}"
        );
        assert!(
            values(page, "src")
                .iter()
                .all(|src| src.ends_with("script.js")),
            "{path}"
        );
    }
    let answer = server.get("timeline.html?actor=Taliban&subject=ground");
    assert!(
        answer.status == 200 && answer.body.contains("Taliban"),
        "{}",
        answer.body
    );
    let found = server.get("search.html?q=ceasefire");
    assert!(
        found.body.contains("<mark>ceasefire</mark>"),
        "{}",
        found.body
    );
}

#[test]
fn whoever_asks_for_something_else_is_told_so() {
    let folder = read_example("web-guard");
    let server = Server::start(&folder, &[]);
    let home = server.get("");
    assert_eq!(home.status, 200);
    for header in [
        "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: same-origin",
    ] {
        assert!(home.head.contains(header), "{}", home.head);
    }
    for path in [
        "nothing.html",
        "report/0000.html",
        "question/x.html",
        "../../etc/passwd",
        "report/../index.html",
        "%2e%2e/x.html",
        "control/yesterday.html",
        "style.css/..",
        "pair/a-b.html",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    // A name that leads here, but is not ours.
    let other = server.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert_eq!(other.status, 421);
    assert_eq!(server.send("GET / HTTP/1.1\r\n\r\n").status, 421);
    let twice = format!(
        "GET / HTTP/1.1\r\nHost: {0}\r\nHost: evil.example\r\n\r\n",
        server.host
    );
    assert_eq!(server.send(&twice).status, 421);
    assert_eq!(server.send("nonsense\r\n\r\n").status, 400);
    assert_eq!(
        server
            .send(&format!(
                "DELETE / HTTP/1.1\r\nHost: {}\r\n\r\n",
                server.host
            ))
            .status,
        405
    );
    let large = format!(
        "GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n",
        server.host,
        "x".repeat(40_000)
    );
    assert_eq!(server.send(&large).status, 413);
    let head = server.send(&format!("HEAD / HTTP/1.1\r\nHost: {}\r\n\r\n", server.host));
    assert!(head.status == 200 && head.body.is_empty());
    for query in [
        "page=99999999999999999999",
        "page=0",
        "page=-1",
        "place=%ff%00&page=7",
        "subject=none",
    ] {
        assert_eq!(
            server.get(&format!("timeline.html?{query}")).status,
            200,
            "{query}"
        );
    }
    assert_eq!(
        server
            .get("changes.html?from=9999-12-31&to=0001-01-01")
            .status,
        200
    );
    assert_eq!(server.get("control.html?day=0001-01-01").status, 200);
}

#[test]
fn names_are_merged_and_the_merge_is_taken_back() {
    let folder = Folder::new("web-judge");
    folder.read_story("a.record").ended(0);
    let server = Server::start(&folder, &["--author", "Ilse Tamm"]);
    let names = server.get("entities.json").body;
    let names: serde_json::Value = serde_json::from_str(&names).unwrap();
    let id = |name: &str| {
        let found = names["entities"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["name"] == name);
        found.unwrap_or_else(|| panic!("{name} in {names:#}"))["id"]
            .as_str()
            .unwrap()
            .to_string()
    };
    let page = server.get(&format!("entity/{}.html", id("Velka"))).body;
    let csrf = page
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_string();
    assert!(page.contains("Ilse Tamm"), "{page}");
    let form = |csrf: &str, reason: &str| -> Vec<(String, String)> {
        [
            ("csrf", csrf),
            ("verdict", "same"),
            ("a", "Velka"),
            ("b", "Port Lenn"),
            ("reason", reason),
            ("author", "Ilse Tamm"),
        ]
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .to_vec()
    };
    let send = |headers: &str, form: Vec<(String, String)>| {
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        server.post("judge", headers, &form)
    };
    // From another site, without the secret, without a reason: nothing is written.
    assert_eq!(
        send("Origin: http://evil.example\r\n", form(&csrf, "one town")).status,
        403
    );
    assert_eq!(
        send("Sec-Fetch-Site: cross-site\r\n", form(&csrf, "one town")).status,
        403
    );
    assert_eq!(
        send("Origin: null\r\n", form(&csrf, "one town")).status,
        403
    );
    assert_eq!(send("", form("0000", "one town")).status, 403);
    assert_eq!(send("", form(&csrf, " ")).status, 400);
    let list = || {
        folder
            .run(&["judge", "list", "--record", "a.record"])
            .ended(0)
            .out
    };
    assert_eq!(list(), "");
    let own = format!(
        "Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n",
        server.host
    );
    let done = send(&own, form(&csrf, "one <town> of two names"));
    assert_eq!(done.status, 303, "{}", done.body);
    let to = done
        .head
        .lines()
        .find_map(|line| line.strip_prefix("Location: /"))
        .unwrap();
    let merged = server.get(to.split('#').next().unwrap()).body;
    assert!(
        merged.contains("Port Lenn") && merged.contains("one &lt;town&gt; of two names"),
        "{merged}"
    );
    assert!(
        list().contains("same: Port Lenn · Velka") && list().contains("by Ilse Tamm"),
        "{}",
        list()
    );
    // And back.
    let undo = merged
        .split("name=\"id\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let back = server.post(
        "undo",
        &own,
        &[
            ("csrf", &csrf),
            ("id", undo),
            ("reason", "two towns"),
            ("author", "Ilse Tamm"),
        ],
    );
    assert_eq!(back.status, 303, "{}", back.body);
    assert_eq!(
        server.get(&format!("entity/{}.html", id("Velka"))).status,
        200
    );
    let judgements = server.get("judgements.html").body;
    assert!(
        judgements.contains("taken back") && judgements.contains("two towns"),
        "{judgements}"
    );
    // What another process adds is seen, too.
    folder
        .run(&[
            "judge",
            "different",
            "Velka",
            "Orland",
            "--record",
            "a.record",
            "--reason",
            "a town and a country",
        ])
        .ended(0);
    assert!(
        server
            .get("judgements.html")
            .body
            .contains("a town and a country")
    );
    folder.run(&["check", "--record", "a.record"]).ended(0);
}

#[test]
fn others_need_the_token() {
    let folder = Folder::new("web-token");
    folder.read_story("a.record").ended(0);
    let server = Server::start(&folder, &["--token", "open-sesame"]);
    assert!(
        server.address.ends_with("/?token=open-sesame"),
        "{}",
        server.address
    );
    let asked = server.get("timeline.html");
    assert!(
        asked.status == 401 && !asked.body.contains("Velka"),
        "{}",
        asked.body
    );
    assert_eq!(server.get("timeline.json?token=wrong").status, 401);
    let entered = server.get("?token=open-sesame");
    assert!(
        entered.status == 303 && entered.head.contains("HttpOnly; SameSite=Strict"),
        "{}",
        entered.head
    );
    assert_eq!(
        server
            .get_with("timeline.html", "Cookie: rapporteur=open-sesame\r\n")
            .status,
        200
    );
    assert_eq!(
        server
            .get_with("timeline.html", "Authorization: Bearer open-sesame\r\n")
            .status,
        200
    );
    assert_eq!(
        server
            .get_with("timeline.html", "Cookie: rapporteur=open-sesam\r\n")
            .status,
        401
    );
    assert_eq!(server.post("judge", "", &[("verdict", "same")]).status, 401);
    // Where everybody can reach it, there is a token without asking for one.
    let open = Server::start(&folder, &["--listen", "0.0.0.0"]);
    assert!(open.address.contains("/?token="), "{}", open.address);
    let refused = folder.run(&[
        "serve", "--record", "a.record", "--port", "0", "--token", "a b",
    ]);
    assert_eq!(refused.ended(2).out, "");
}

/// Text that tries to be more than text.
const HOSTILE: &str = "Velka <script>alert(1)</script> &amp; falls\n\nThe army took Velka on Friday, the \
    defence ministry said. <img src=x onerror=alert(2)> \"><svg onload=alert(3)> '--> ]]> \u{202e}terces\u{202c} \
    \u{2066}hidden\u{2069} \u{1b}[31mred\u{7} zero\u{200b}width.\n\nGeneral “<b>Pavo</b> \u{202e}Orsolo”, \
    spokesman for the army, said that 12 people were killed in Velka on 2 March 2031.\n\n";

#[test]
fn whoever_opens_connections_and_says_nothing_keeps_no_one_waiting() {
    let folder = read_example("idle");
    let server = Server::start(&folder, &[]);
    let idle: Vec<TcpStream> = (0..300)
        .map(|_| TcpStream::connect(&server.host).unwrap())
        .collect();
    assert_eq!(server.get("").status, 200);
    // And whoever says something late is answered, too.
    for mut late in idle {
        let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.host);
        late.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        late.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer:.60}");
    }
}

#[test]
fn hostile_text_is_shown_as_text() {
    let folder = Folder::new("web-hostile");
    let long = format!(
        "{HOSTILE}The army took {} on Friday, the army said.\n",
        "x".repeat(90_000)
    );
    folder.write("in/1.txt", &long);
    let json = serde_json::json!({
        "title": "<script>alert(4)</script>\u{202e}", "publisher": "Bad \"Wire\" <i>\u{202e}", "date": "2031-03-03",
        "url": "javascript:alert(5)", "text": HOSTILE,
    });
    folder.write("in/2.jsonl", format!("{json}\n"));
    folder.run(&["read", "in", "--record", "a.record"]).ended(0);
    let server = Server::start(&folder, &[]);
    let pages = walk(&server);
    let mut shown = 0;
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(
            !page.contains("<script>") && !page.contains("<img") && !page.contains("<i>"),
            "{path}"
        );
        assert!(
            !page.contains("onload=alert(3)>") && !page.contains("href=\"javascript"),
            "{path}"
        );
        let hides = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
        };
        assert!(!page.contains(hides), "{path}");
        shown += usize::from(page.contains("&lt;script&gt;alert(1)") && page.contains("terces"));
    }
    assert!(shown >= 2, "{shown}");
    let found = server
        .get("search.html?q=%22%3E%3Cscript%3Ealert(9)%3C/script%3E")
        .body;
    assert!(!found.contains("<script>alert"), "{found}");
}

#[test]
fn a_published_folder_is_whole() {
    let folder = read_example("web-publish");
    let told = folder
        .run(&["publish", "--record", "a.record", "--to", "out"])
        .ended(0);
    assert!(told.err.contains("index.html"), "{}", told.err);
    let root = folder.path("out");
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path
                        .strip_prefix(&root)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .to_string();
                    files.insert(name, std::fs::read_to_string(&path).unwrap());
                }
            }
        }
    }
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(page.len() < MOST, "{path}");
        assert!(
            !page.contains("<form class=\"stack\"") && !page.contains("method=\"post\""),
            "{path}"
        );
        for link in links(path, page) {
            assert!(!link.starts_with('/'), "{path} leads to {link}");
            let (to, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let to = to.split('?').next().unwrap();
            let there = files
                .get(to)
                .unwrap_or_else(|| panic!("{path} leads to {link}"));
            assert!(
                anchor.is_empty() || values(there, "id").contains(&anchor),
                "{path} leads to {link}"
            );
        }
    }
    for name in PAGES {
        assert!(
            files.contains_key(&format!("{name}.html"))
                && files.contains_key(&format!("{name}.json")),
            "{name}"
        );
    }
    // The same record gives the same bytes.
    folder
        .run(&["publish", "--record", "a.record", "--to", "again"])
        .ended(0);
    for (path, page) in &files {
        assert_eq!(
            *page,
            std::fs::read_to_string(folder.path("again").join(path)).unwrap(),
            "{path}"
        );
    }
}
