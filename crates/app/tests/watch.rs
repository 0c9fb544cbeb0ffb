//! `watch`, against a server on this machine.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may; the lint sees no test in helpers

#[allow(dead_code)] // not every test needs all of it
mod common;

use common::{Folder, Ran};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// A request: its path, and its head as it came.
#[derive(Clone, Debug)]
struct Request {
    path: String,
    head: String,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        let of = |line: &'_ str| {
            line.split_once(':')
                .map(|(n, v)| (n.to_lowercase(), v.len()))
        };
        self.head.lines().find_map(|line| {
            let (found, length) = of(line)?;
            (found == name).then(|| line[line.len() - length..].trim())
        })
    }
}

type Handler = dyn Fn(&Request) -> String + Send + Sync;

/// A server that answers each connection once, and remembers what it was asked.
struct Server {
    url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    most_at_once: Arc<AtomicUsize>,
}

impl Server {
    fn new(answer: impl Fn(&Request) -> String + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (now, most_at_once) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let answer: Arc<Handler> = Arc::new(answer);
        let (seen, most) = (Arc::clone(&requests), Arc::clone(&most_at_once));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, most, now) = (Arc::clone(&seen), Arc::clone(&most), Arc::clone(&now));
                let answer = Arc::clone(&answer);
                std::thread::spawn(move || {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    serve(stream, &*answer, &seen);
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Server {
            url,
            requests,
            most_at_once,
        }
    }

    /// The paths that were asked for since the last time, in order.
    fn asked(&self) -> Vec<String> {
        let requests = std::mem::take(&mut *self.requests.lock().unwrap());
        requests.into_iter().map(|request| request.path).collect()
    }

    fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }
}

fn serve(mut stream: TcpStream, answer: &Handler, seen: &Mutex<Vec<Request>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else {
        return;
    };
    let path = first.split(' ').nth(1).unwrap_or_default().to_string();
    let head = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty());
    let head = head.collect::<Vec<_>>().join("\n");
    let request = Request { path, head };
    seen.lock().unwrap().push(request.clone());
    let _ = stream.write_all(answer(&request).as_bytes());
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    )
}

fn ok(body: &str) -> String {
    answer("200 OK", "", body)
}

fn nothing() -> String {
    answer("404 Not Found", "", "no")
}

fn feed(items: &[(&str, &str)]) -> String {
    let items: String = (items.iter())
        .map(|(link, text)| {
            format!("<item><title>News</title><link>{link}</link><pubDate>Tue, 04 Mar 2031 09:00:00 GMT</pubDate><description>{text}</description></item>")
        })
        .collect();
    format!("<rss><channel><title>Daily Echo</title>{items}</channel></rss>")
}

/// Looks once, at a time of that day.
fn watch(folder: &Folder, time: &str, arguments: &[&str]) -> Ran {
    let fixed = ["watch", "--once", "--record", "r.record", "--pause", "0s"];
    let mut command = folder.command(&[&fixed[..], arguments].concat());
    command.env("RAPPORTEUR_NOW", format!("2031-04-01T{time}Z"));
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(name);
    }
    Ran::of(command.output().unwrap())
}

#[test]
fn a_feed_that_grows_is_told_of_and_asked_for_what_changed() {
    let items = Arc::new(Mutex::new(1));
    let count = Arc::clone(&items);
    let server = Server::new(move |request| {
        let all = [
            (
                "http://echo.invalid/1",
                "The army took Velka on Monday, the ministry said.",
            ),
            (
                "http://echo.invalid/2",
                "The rebels retook Velka on Tuesday, the Orsol Front said.",
            ),
        ];
        let now = *count.lock().unwrap();
        let etag = format!("\"v{now}\"");
        match (request.path.as_str(), request.header("if-none-match")) {
            ("/feed", Some(known)) if known == etag => answer("304 Not Modified", "", ""),
            ("/feed", _) => answer("200 OK", &format!("ETag: {etag}\r\n"), &feed(&all[..now])),
            _ => nothing(),
        }
    });
    let folder = Folder::new("watch-grows");
    let url = format!("{}/feed", server.url);
    let first = watch(&folder, "10:00:00", &[&url]).ended(0);
    assert!(
        first.out.contains("Daily Echo, 4 Mar 2031: News: 1 claim"),
        "{}",
        first.out
    );
    assert!(first.out.contains("1 report came in"), "{}", first.out);
    assert!(
        first.out.contains("1 report read, 0 already there"),
        "{}",
        first.out
    );
    let requests = server.requests();
    let paths: Vec<&str> = requests
        .iter()
        .map(|request| request.path.as_str())
        .collect();
    assert_eq!(paths, ["/robots.txt", "/feed"]);
    let agent = requests[1].header("user-agent").unwrap();
    assert!(agent.starts_with("rapporteur/"), "{agent}");

    let same = watch(&folder, "10:10:00", &[&url]).ended(0);
    assert!(same.err.contains("1 feed unchanged"), "{}", same.err);
    assert_eq!(server.asked(), ["/feed"]);

    *items.lock().unwrap() = 2;
    let grown = watch(
        &folder,
        "10:20:00",
        &[&url, "--contact", "desk@example.org"],
    )
    .ended(0);
    assert!(grown.out.contains("1 report came in"), "{}", grown.out);
    assert!(grown.out.contains("Velka"), "{}", grown.out);
    assert!(
        grown.out.contains("1 report read, 0 already there"),
        "{}",
        grown.out
    );
    let requests = server.requests();
    assert_eq!(requests[0].header("if-none-match"), Some("\"v1\""));
    assert!(
        requests[0].head.contains("(+desk@example.org)"),
        "{}",
        requests[0].head
    );
    folder.run(&["check", "--record", "r.record"]).ended(0);

    // A day later robots.txt is asked for again.
    let mut day = folder.command(&["watch", "--once", "--record", "r.record", &url, "--quiet"]);
    day.env("RAPPORTEUR_NOW", "2031-04-03T00:00:00Z");
    Ran::of(day.output().unwrap()).ended(0);
    assert_eq!(server.asked(), ["/robots.txt", "/feed"]);
}

#[test]
fn a_server_that_asks_to_wait_is_left_alone() {
    let server = Server::new(|request| match request.path.as_str() {
        "/feed" => answer("429 Too Many Requests", "Retry-After: 600\r\n", ""),
        _ => nothing(),
    });
    let folder = Folder::new("watch-429");
    let url = format!("{}/feed", server.url);
    let first = watch(&folder, "10:00:00", &[&url]).ended(1);
    assert!(first.err.contains("429 Too Many Requests"), "{}", first.err);
    assert!(
        first
            .err
            .contains("asked again from 2031-04-01T10:10:00Z on"),
        "{}",
        first.err
    );
    assert_eq!(server.asked(), ["/robots.txt", "/feed"]);
    watch(&folder, "10:09:59", &[&url]).ended(1);
    assert!(server.asked().is_empty());
    watch(&folder, "10:10:00", &[&url]).ended(1);
    assert_eq!(server.asked(), ["/feed"]);
}

#[test]
fn a_server_that_fails_is_asked_less_and_less() {
    let server = Server::new(|request| match request.path.as_str() {
        "/feed" => answer("503 Service Unavailable", "", ""),
        _ => nothing(),
    });
    let folder = Folder::new("watch-503");
    let url = format!("{}/feed", server.url);
    let until = |time: &str| {
        let ran = watch(&folder, time, &[&url]).ended(1);
        let (_, until) = ran.err.split_once("asked again from 2031-04-01T").unwrap();
        until[..8].to_string()
    };
    let first = until("10:00:00");
    assert!(
        ("10:00:45".to_string().."10:01:16".to_string()).contains(&first),
        "{first}"
    );
    let second = until("11:00:00");
    assert!(
        ("11:01:30".to_string().."11:02:31".to_string()).contains(&second),
        "{second}"
    );
    // What the jitter is, the host and the failures decide.
    let third = until("12:00:00");
    assert!(
        ("12:03:00".to_string().."12:05:01".to_string()).contains(&third),
        "{third}"
    );
}

#[test]
fn robots_txt_is_kept_to() {
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => ok("User-agent: *\nDisallow: /private/\n"),
        _ => ok(&feed(&[("", "The army took Velka on Monday.")])),
    });
    let folder = Folder::new("watch-robots");
    let (private, open) = (
        format!("{}/private/feed", server.url),
        format!("{}/feed", server.url),
    );
    let ran = watch(&folder, "10:00:00", &[&private, &open, "--quiet"]).ended(1);
    assert!(
        ran.err
            .contains("/private/feed: robots.txt of http://127.0.0.1:"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("1 report read"), "{}", ran.out);
    assert_eq!(server.asked(), ["/robots.txt", "/feed"]);
    // Where nobody can say what is allowed, nothing is asked.
    let server = Server::new(|_| answer("500 Internal Server Error", "", ""));
    let ran = watch(&folder, "10:00:00", &[&format!("{}/feed", server.url)]).ended(1);
    assert!(
        ran.err.contains("its robots.txt cannot be had"),
        "{}",
        ran.err
    );
    assert_eq!(server.asked(), ["/robots.txt"]);
}

#[test]
fn what_leads_elsewhere_is_followed_and_no_circle() {
    let server = Server::new(|request| match request.path.as_str() {
        "/moved" => answer("301 Moved Permanently", "Location: /feed\r\n", ""),
        "/feed" => ok(&feed(&[("", "The army took Velka on Monday.")])),
        "/a" => answer("302 Found", "Location: /b\r\n", ""),
        "/b" => answer("302 Found", "Location: a\r\n", ""),
        path if path.starts_with("/deep") => {
            answer("302 Found", &format!("Location: {path}x\r\n"), "")
        }
        "/out" => answer("302 Found", "Location: file:///etc/passwd\r\n", ""),
        _ => nothing(),
    });
    let folder = Folder::new("watch-redirects");
    let of = |path: &str| format!("{}{path}", server.url);
    let ran = watch(&folder, "10:00:00", &[&of("/moved"), "--quiet"]).ended(0);
    assert!(ran.out.contains("1 report read"), "{}", ran.out);
    assert_eq!(server.asked(), ["/robots.txt", "/moved", "/feed"]);
    let why = |path: &str| watch(&folder, "10:00:00", &[&of(path)]).ended(1).err;
    assert!(why("/a").contains("it leads in a circle"));
    assert_eq!(server.asked(), ["/a", "/b"]);
    assert!(why("/deep").contains("it leads elsewhere more than 5 times"));
    assert_eq!(server.asked().len(), 6);
    assert!(why("/out").contains("it leads to what is no address"));
    assert!(why("/gone").contains("the server answers 404 Not Found"));
}

#[test]
fn what_breaks_off_is_asked_for_again_and_nothing_of_it_read() {
    let whole = feed(&[("", "The army took Velka on Monday.")]);
    let is_whole = Arc::new(Mutex::new(false));
    let now = Arc::clone(&is_whole);
    let server = Server::new(move |request| match request.path.as_str() {
        "/feed" if *now.lock().unwrap() => ok(&whole),
        "/feed" => {
            let all = answer("200 OK", "ETag: \"x\"\r\n", &whole);
            all[..all.len() - 40].to_string()
        }
        _ => nothing(),
    });
    let folder = Folder::new("watch-truncated");
    let url = format!("{}/feed", server.url);
    let ran = watch(&folder, "10:00:00", &[&url]).ended(1);
    assert!(ran.err.contains("its answer breaks off"), "{}", ran.err);
    assert!(ran.out.contains("0 reports read"), "{}", ran.out);
    server.asked();
    *is_whole.lock().unwrap() = true;
    let ran = watch(&folder, "10:05:00", &[&url, "--quiet"]).ended(0);
    assert!(ran.out.contains("1 report read"), "{}", ran.out);
    assert_eq!(server.requests()[0].header("if-none-match"), None);
}

#[test]
fn pages_of_the_feeds_own_site_are_read_one_at_a_time_and_once() {
    let server = Server::new(|request| {
        std::thread::sleep(Duration::from_millis(20));
        let host = request.header("host").unwrap().to_string();
        let links = ["/1", "/2"].map(|path| format!("http://{host}{path}"));
        let page = |what: &str| {
            ok(&format!(
                "<html><head><title>{what} falls</title></head><body><h1>{what} falls</h1><p>The army took the town of {what} on Monday after days of fighting, the defence ministry said in a statement.</p></body></html>"
            ))
        };
        match request.path.as_str() {
            "/feed" => ok(&feed(&[
                (&links[0], "Velka falls: all of it on our pages."),
                (&links[1], "Sarnow falls: all of it on our pages."),
                ("http://203.0.113.1/x", "Another site's: not asked."),
            ])),
            "/other" => ok(&feed(&[("", "Nothing new in Dren today, the mayor said.")])),
            "/1" => page("Velka"),
            "/2" => page("Sarnow"),
            _ => nothing(),
        }
    });
    let folder = Folder::new("watch-pages");
    let (url, other) = (
        format!("{}/feed", server.url),
        format!("{}/other", server.url),
    );
    let ran = watch(&folder, "10:00:00", &[&url, &other, "--pages", "--quiet"]).ended(0);
    assert!(ran.out.contains("6 reports read"), "{}", ran.out);
    let mut asked = server.asked();
    asked.sort();
    assert_eq!(asked, ["/1", "/2", "/feed", "/other", "/robots.txt"]);
    assert_eq!(server.most_at_once.load(Ordering::SeqCst), 1);
    let again = watch(&folder, "10:10:00", &[&url, &other, "--pages", "--quiet"]).ended(0);
    assert!(again.out.contains("0 reports read"), "{}", again.out);
    let mut asked = server.asked();
    asked.sort();
    assert_eq!(asked, ["/feed", "/other"]);
}

#[test]
fn files_are_read_once_they_rest_and_again_when_they_change() {
    let folder = Folder::new("watch-folder");
    let rest = |name: &str, seconds: u64| {
        let file = std::fs::File::options()
            .append(true)
            .open(folder.path(name))
            .unwrap();
        let then = SystemTime::now() - Duration::from_secs(seconds);
        file.set_modified(then).unwrap();
    };
    folder.write(
        "in/a.txt",
        "Velka falls\n\nThe army took Velka on Monday, the ministry said.\n",
    );
    rest("in/a.txt", 60);
    folder.write("in/b.txt", "Talks\n\nThe talks will resume on Fri");
    folder.write(
        "rapporteur.toml",
        "[watch]\nsources = [\"in\", \".\"]\npages = true\nevery = \"5m\"\n",
    );
    rest("rapporteur.toml", 60);
    let ran = watch(&folder, "10:00:00", &["in", "--config", "/dev/null"]).ended(0);
    assert!(ran.out.contains("1 report read"), "{}", ran.out);
    assert!(
        ran.err.contains("1 file is still being written"),
        "{}",
        ran.err
    );
    folder.write(
        "in/b.txt",
        "Talks\n\nThe talks will resume on Friday in Lenn, the envoy said.\n",
    );
    rest("in/b.txt", 50);
    let ran = watch(&folder, "10:00:00", &["in", "--config", "/dev/null"]).ended(0);
    assert!(
        ran.out.contains("1 report read, 0 already there"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("1 report came in"), "{}", ran.out);
    // Read as it is: not looked at again; the record itself is never read, whatever folder it lies in.
    let ran = watch(&folder, "10:00:00", &[]);
    assert!(ran.out.contains("0 reports read"), "{}", ran.out);
    assert!(!ran.err.contains("r.record:"), "{}", ran.err);
    let ran = watch(&folder, "10:00:00", &["gone", "--config", "/dev/null"]).ended(1);
    assert!(ran.err.contains("gone"), "{}", ran.err);
    let ran = watch(&folder, "10:00:00", &["--config", "/dev/null"]).ended(2);
    assert!(ran.err.contains("nothing to watch"), "{}", ran.err);
}
