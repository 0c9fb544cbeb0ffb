//! The server: a listener, some threads, and who may ask for what.

use super::address::Address;
use super::http::{Answer, Bad, Request};
use super::{Context, Place, Shown, Site, http, layout, pages, text};
use rapporteur_model::{Item, Judgement, JudgementId, Verdict};
use rapporteur_views::words;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// So many pages are made at once.
const AT_ONCE: usize = 4;
/// So many connections may be open: each has a thread, which mostly waits for whoever is at the other end, and takes
/// little but room for its stack.
const CONNECTIONS: usize = 4096;
const STACK: usize = 1 << 20;
/// What a form may say.
const WORDS: usize = 2_000;

/// How a record is served.
pub struct Serving {
    /// Names that the site is asked for by, beside its own address.
    pub hosts: Vec<String>,
    /// What whoever asks must know; `None`: nothing, which only this machine may be let in on.
    pub token: Option<String>,
    /// Who signs judgements where the form does not say.
    pub author: String,
    /// The time now, RFC 3339.
    pub now: fn() -> Option<String>,
}

struct Server {
    site: Arc<Site>,
    serving: Serving,
    /// What a form must send back: no other site knows it.
    csrf: String,
    hosts: BTreeSet<String>,
    turns: Turns,
}

/// A secret of 128 bits, from the keys that the system gives to hash tables.
pub fn secret() -> String {
    let (a, b) = (RandomState::new(), RandomState::new());
    format!(
        "{:016x}{:016x}",
        a.hash_one("rapporteur"),
        b.hash_one("serves")
    )
}

/// Serves a record until the program ends.
///
/// # Errors
/// No connection can be taken any more.
pub fn serve(listener: TcpListener, site: Site, serving: Serving) -> io::Result<()> {
    let address = listener.local_addr()?;
    let server = Arc::new(Server {
        site: Arc::new(site),
        csrf: secret(),
        hosts: hosts(address, &serving.hosts),
        serving,
        turns: Turns {
            free: Mutex::new(AT_ONCE),
            told: Condvar::new(),
        },
    });
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        match stream {
            Ok(mut stream) => {
                let place = Opened::take(&open);
                let server = Arc::clone(&server);
                let Some(place) = place else {
                    busy(&mut stream);
                    continue;
                };
                let answer = move || {
                    server.answer(&mut stream);
                    drop(place);
                };
                // Where no thread can be had, the connection ends.
                let _ = std::thread::Builder::new().stack_size(STACK).spawn(answer);
            }
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            // Too many open files, for a moment.
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
    Ok(())
}

/// Who comes when too many are there is told so at once.
fn busy(stream: &mut TcpStream) {
    let answer = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    // Never more than fits without waiting.
    let _ = stream.set_nonblocking(true);
    let _ = stream.write_all(answer);
}

/// One of the connections that may be open; free again when it is dropped.
struct Opened(Arc<AtomicUsize>);

impl Opened {
    fn take(open: &Arc<AtomicUsize>) -> Option<Opened> {
        let opened = Opened(Arc::clone(open));
        // The one just counted is given back where that is too many.
        (open.fetch_add(1, Ordering::Relaxed) < CONNECTIONS).then_some(opened)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Turns at making pages, [`AT_ONCE`].
struct Turns {
    free: Mutex<usize>,
    told: Condvar,
}

impl Turns {
    /// Does the work once it is this thread's turn.
    fn at<R>(&self, work: impl FnOnce() -> R) -> R {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = self.told.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        drop(free);
        let _back = Back(self);
        work()
    }
}

/// Gives a turn back, whatever becomes of the work.
struct Back<'t>(&'t Turns);

impl Drop for Back<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.told.notify_one();
    }
}

/// The names that a request may ask for: a page of another site whose name leads here is not answered.
fn hosts(address: SocketAddr, given: &[String]) -> BTreeSet<String> {
    let port = address.port();
    let mut names: Vec<String> = given.to_vec();
    let shown = |ip: IpAddr| match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    if !address.ip().is_unspecified() {
        names.push(shown(address.ip()));
    }
    if address.ip().is_loopback() || address.ip().is_unspecified() {
        names.extend(["localhost", "127.0.0.1", "[::1]"].map(String::from));
    }
    let mut hosts = BTreeSet::new();
    for name in names {
        let name = name.to_ascii_lowercase();
        hosts.insert(format!("{name}:{port}"));
        // Behind a proxy, or on the port that nobody writes.
        hosts.insert(name);
    }
    hosts
}

/// Are two secrets the same, without telling by the time where they differ?
fn same(a: &str, b: &str) -> bool {
    let pairs = a.bytes().zip(b.bytes());
    a.len() == b.len() && pairs.fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

impl Server {
    fn answer(&self, stream: &mut TcpStream) {
        match Request::read(stream) {
            Ok(request) => {
                let answer = self.turns.at(|| self.reply(&request));
                answer.send(stream, request.method != "HEAD");
            }
            Err(Bad::Malformed) => {
                refused(400, "This is no request that is answered here.").send(stream, true)
            }
            Err(Bad::TooLarge) => {
                refused(413, "The request is too large.").send(stream, true);
                http::leave(stream);
            }
            Err(Bad::Gone) => {}
        }
    }

    fn reply(&self, request: &Request) -> Answer {
        let host = request
            .header("host")
            .unwrap_or_default()
            .to_ascii_lowercase();
        if request.headers("host") != 1 || !self.hosts.contains(&host) {
            return refused(
                421,
                "This record is not served under that name; --host NAME allows one.",
            );
        }
        if let Some(answer) = self.turned_away(request) {
            return answer;
        }
        match request.method.as_str() {
            "GET" | "HEAD" => self.get(request),
            "POST" => self.post(request, &host),
            _ => {
                let mut answer =
                    refused(405, "Pages are read by GET, judgements are sent by POST.");
                answer
                    .headers
                    .push(("Allow", "GET, HEAD, POST".to_string()));
                answer
            }
        }
    }

    /// Where a token is wanted: who has none is asked for it, who brings it in the address is let in.
    fn turned_away(&self, request: &Request) -> Option<Answer> {
        let token = self.serving.token.as_deref()?;
        let bearer = request
            .header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "));
        let brought = [request.cookie("rapporteur"), bearer];
        if brought
            .into_iter()
            .flatten()
            .any(|given| same(given, token))
        {
            return None;
        }
        let mut query = text::pairs(&request.query);
        let given = query.iter().position(|(key, _)| key == "token");
        if let Some(at) = given
            && request.method == "GET"
            && same(&query.remove(at).1, token)
        {
            let mut answer = Answer::elsewhere(format!("/{}", request.path));
            let cookie = format!("rapporteur={token}; Path=/; HttpOnly; SameSite=Strict");
            answer.headers.push(("Set-Cookie", cookie));
            return Some(answer);
        }
        let page = layout::alone("Token", layout::token());
        Some(Answer::new(401, HTML, text::visible(&page.into_string())))
    }

    fn get(&self, request: &Request) -> Answer {
        if let Some((kind, bytes)) = layout::asset(&request.path) {
            return Answer::new(200, kind, bytes);
        }
        let not_found = || refused(404, "There is no such page in this record.");
        let Some(address) = Address::parse(&request.path, &request.query) else {
            return not_found();
        };
        let (desk, stale) = self.site.fresh();
        let name = self.site.name();
        let context = Context {
            desk: &desk,
            boundaries: &self.site.boundaries,
            name: &name,
            address: &address,
            place: Place::Served {
                csrf: &self.csrf,
                author: &self.serving.author,
            },
            notice: stale.then(|| {
                "The record has changed and is being computed; this page shows it as it was."
                    .to_string()
            }),
        };
        match pages::show(&context, Some(&self.site)) {
            Some(Shown::Html(page)) => Answer::new(200, HTML, page),
            Some(Shown::Json(json)) => Answer::new(200, "application/json", json),
            None => not_found(),
        }
    }

    /// A judgement, or one taken back. Only a form of this site, sent from this site, is taken.
    fn post(&self, request: &Request, host: &str) -> Answer {
        let own = |origin: &str| {
            let name = origin
                .strip_prefix("http://")
                .or(origin.strip_prefix("https://"));
            name.is_some_and(|name| name.eq_ignore_ascii_case(host))
        };
        let from_here = request.header("origin").is_none_or(own)
            && (request.header("sec-fetch-site")).is_none_or(|site| site == "same-origin");
        let form = request.form();
        let field = |name: &str| {
            let found = form.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.trim()).unwrap_or_default()
        };
        if !from_here || !same(field("csrf"), &self.csrf) {
            return refused(
                403,
                "This form was not sent from a page of this server; open the page again.",
            );
        }
        if form.iter().any(|(_, value)| value.len() > WORDS) {
            return refused(413, "A field of the form is too long.");
        }
        let done = match request.path.as_str() {
            "judge" => self.judged(&field),
            "undo" => self.undone(&field),
            _ => return refused(404, "Nothing can be sent there."),
        };
        match done {
            Ok(to) => Answer::elsewhere(to),
            Err(why) => refused(400, &why),
        }
    }

    fn judged<'f>(&self, field: &impl Fn(&str) -> &'f str) -> Result<String, String> {
        let verdict = match field("verdict") {
            "same" => Verdict::Same,
            "different" => Verdict::Different,
            "unsure" => Verdict::Unsure,
            _ => return Err("The form does not say what was decided.".to_string()),
        };
        let desk = self.site.desk();
        let named = |given: &str| {
            let name = words::one_line(given);
            let mut names = desk.state.entities.iter().flat_map(|entity| &entity.names);
            match names.any(|other| words::one_line(other) == name) {
                true => Ok(name),
                false => Err(format!(
                    "No report prints the name “{name}”; write it as printed."
                )),
            }
        };
        let (a, b) = (named(field("a"))?, named(field("b"))?);
        if a == b {
            return Err("The two names are the same.".to_string());
        }
        let (author, reason, now) = self.signed(field)?;
        let judgement = Judgement::new(
            Item::Name(a.clone()),
            Item::Name(b),
            verdict,
            &author,
            &reason,
            &now,
        );
        self.write(&judgement)?;
        Ok(self.back(&a))
    }

    fn undone<'f>(&self, field: &impl Fn(&str) -> &'f str) -> Result<String, String> {
        let desk = self.site.desk();
        let id = JudgementId(field("id").to_string());
        let found = desk.judgements.iter().find(|judgement| judgement.id == id);
        let judgement = found.ok_or("There is no such judgement.")?;
        let (author, reason, now) = self.signed(field)?;
        self.write(&judgement.undo(&author, &reason, &now))?;
        Ok(match &judgement.a {
            Item::Name(name) => self.back(name),
            Item::Claim(_) => "/judgements.html".to_string(),
        })
    }

    fn signed<'f>(
        &self,
        field: &impl Fn(&str) -> &'f str,
    ) -> Result<(String, String, String), String> {
        let author = match field("author") {
            "" => self.serving.author.clone(),
            author => author.to_string(),
        };
        if author.trim().is_empty() {
            return Err("Nobody signs this judgement; give a name.".to_string());
        }
        let reason = match field("reason") {
            "" => return Err("The reason is empty; say why in a few words.".to_string()),
            reason => words::one_line(reason),
        };
        let now = (self.serving.now)().ok_or("The time of this machine cannot be read.")?;
        Ok((words::one_line(&author), reason, now))
    }

    fn write(&self, judgement: &Judgement) -> Result<(), String> {
        let written = self.site.judge(judgement);
        written
            .map(|_| ())
            .map_err(|error| format!("{error}: {}", error.hint()))
    }

    /// The page of what goes by a name now.
    fn back(&self, name: &str) -> String {
        match self.site.desk().entity_named(name) {
            Some(id) => format!("/entity/{id}.html#judgements"),
            None => "/judgements.html".to_string(),
        }
    }
}

const HTML: &str = "text/html; charset=utf-8";

/// A page that says why there is none.
fn refused(status: u16, why: &str) -> Answer {
    let title = match status {
        404 => "No such page",
        _ => "Not done",
    };
    let page = layout::alone(title, layout::why(why));
    Answer::new(status, HTML, text::visible(&page.into_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_are_answered() {
        let hosts = hosts(
            "127.0.0.1:8020".parse().unwrap(),
            &["desk.example".to_string()],
        );
        for name in [
            "127.0.0.1:8020",
            "localhost:8020",
            "[::1]:8020",
            "desk.example",
            "desk.example:8020",
        ] {
            assert!(hosts.contains(name), "{name}");
        }
        assert!(!hosts.contains("evil.example"));
        assert!(!hosts.contains("127.0.0.1:80"));
    }

    #[test]
    fn secrets_differ() {
        assert_ne!(secret(), secret());
        assert_eq!(secret().len(), 32);
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "ab"));
    }
}
