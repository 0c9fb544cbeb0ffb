//! Addresses of the web, as far as asking for them needs.

use std::net::IpAddr;

/// An address with scheme, host and path: `https://echo.example/feed?x=1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    is_secure: bool,
    /// Host, and port where one is given, in lower case.
    authority: String,
    /// From the first slash on, without what comes behind a `#`.
    path: String,
}

impl Address {
    /// Reads an address of HTTP; `None` for any other, and for one that holds a user's name or password.
    pub fn of(text: &str) -> Option<Address> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        let is_secure = match scheme.to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            _ => return None,
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        let authority = authority.to_ascii_lowercase();
        let is_one = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        if authority.is_empty() || !authority.bytes().all(is_one) {
            return None;
        }
        Some(Address {
            is_secure,
            authority,
            path: path_of(path),
        })
    }

    /// The address that another leads to from here: whole, or what it leaves out taken from this one.
    pub fn join(&self, to: &str) -> Option<Address> {
        let to = to.trim();
        let scheme = to.split_once(':').map(|(scheme, _)| scheme);
        let is_scheme = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_alphabetic())
                && word
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        };
        if scheme.is_some_and(is_scheme) {
            return Address::of(to);
        }
        let secure = if self.is_secure { "https" } else { "http" };
        if to.starts_with("//") {
            return Address::of(&format!("{secure}:{to}"));
        }
        let without_query = self.path.split('?').next().unwrap_or_default();
        let path = match to.chars().next() {
            None | Some('#') => self.path.clone(),
            Some('/') => to.to_string(),
            Some('?') => format!("{without_query}{to}"),
            Some(_) => {
                let folder = without_query
                    .rsplit_once('/')
                    .map_or("", |(folder, _)| folder);
                format!("{folder}/{to}")
            }
        };
        let path = path_of(&path);
        Some(Address {
            path,
            ..self.clone()
        })
    }

    /// Scheme, host and port: what is asked politely.
    pub fn host(&self) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        format!("{scheme}://{}", self.authority)
    }

    /// Path and query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole of it.
    pub fn text(&self) -> String {
        format!("{}{}", self.host(), self.path)
    }

    /// The name of the host, without the port and `www.`.
    fn name(&self) -> &str {
        let name = match self.authority.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => &self.authority,
        };
        name.strip_prefix("www.").unwrap_or(name)
    }

    /// Is it of the same site: the same host, or one below the other?
    pub fn is_of_site(&self, other: &Address) -> bool {
        let (one, other) = (self.name(), other.name());
        let is_below = |below: &str, above: &str| {
            let rest = below.strip_suffix(above);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.') && above.contains('.'))
        };
        is_below(one, other) || is_below(other, one)
    }

    /// Is it this machine, or an address that no public network has?
    pub fn is_private(&self) -> bool {
        let name = self.name().trim_start_matches('[').trim_end_matches(']');
        if name == "localhost" || name.ends_with(".localhost") {
            return true;
        }
        match name.parse() {
            Ok(IpAddr::V4(ip)) => {
                ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
            }
            Ok(IpAddr::V6(ip)) => {
                ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_unique_local()
                    || ip.is_unicast_link_local()
                    || ip.to_ipv4_mapped().is_some()
            }
            Err(_) => false,
        }
    }
}

/// A path that begins with a slash and has no step back, with everything that is no ASCII escaped.
fn path_of(path: &str) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path, None),
    };
    let mut parts: Vec<&str> = vec![];
    let last = path.rsplit('/').next().unwrap_or_default();
    for part in path.split('/').filter(|part| *part != ".") {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let mut out = parts.join("/");
    if !out.starts_with('/') {
        out.insert(0, '/');
    }
    if matches!(last, "." | "..") && !out.ends_with('/') {
        out.push('/');
    }
    if let Some(query) = query {
        out = format!("{out}?{query}");
    }
    let mut escaped = String::with_capacity(out.len());
    for byte in out.bytes() {
        match byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            true => escaped.push(char::from(byte)),
            false => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses() {
        let of = |text: &str| Address::of(text).map(|address| address.text());
        assert_eq!(
            of("HTTPS://Echo.example").as_deref(),
            Some("https://echo.example/")
        );
        assert_eq!(
            of(" http://a.example:81?x=1#y ").as_deref(),
            Some("http://a.example:81/?x=1")
        );
        assert_eq!(
            of("https://a.example/caf\u{e9} 1").as_deref(),
            Some("https://a.example/caf%C3%A9%201")
        );
        for none in [
            "echo.example",
            "ftp://a.example/",
            "https://",
            "https://ann:x@a.example/",
            "file:///etc",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }

    #[test]
    fn what_an_address_leads_to() {
        let from = Address::of("https://a.example/x/y?q=1").unwrap();
        for (to, text) in [
            ("https://b.example/z", "https://b.example/z"),
            ("//b.example", "https://b.example/"),
            ("/z", "https://a.example/z"),
            ("z?r=2", "https://a.example/x/z?r=2"),
            ("?r=2", "https://a.example/x/y?r=2"),
            ("../z", "https://a.example/z"),
            ("../../../z/.", "https://a.example/z/"),
            ("", "https://a.example/x/y?q=1"),
            ("#part", "https://a.example/x/y?q=1"),
        ] {
            assert_eq!(
                from.join(to).map(|a| a.text()).as_deref(),
                Some(text),
                "{to}"
            );
        }
        assert_eq!(from.join("javascript:alert(1)"), None);
    }

    #[test]
    fn sites_and_private_networks() {
        let of = |text: &str| Address::of(text).unwrap();
        let site = |a: &str, b: &str| of(a).is_of_site(&of(b));
        assert!(site(
            "https://www.echo.example/",
            "http://feeds.echo.example/x"
        ));
        assert!(!site("https://echo.example/", "https://myecho.example/"));
        assert!(!site("https://example/", "https://echo.example/"));
        for private in [
            "http://localhost:8020/",
            "http://127.1.2.3/",
            "http://10.0.0.1/",
            "http://[::1]:80/",
            "http://169.254.169.254/",
            "http://[::ffff:10.0.0.1]/",
        ] {
            assert!(of(private).is_private(), "{private}");
        }
        assert!(!of("http://192.0.2.7/").is_private());
    }

    proptest! {
        #[test]
        fn any_text_will_do(from in "https?://[a-z.:]{1,9}[/?#.a-z]{0,20}", to in ".{0,40}") {
            if let Some(address) = Address::of(&from).and_then(|from| from.join(&to)) {
                prop_assert!(address.path().starts_with('/'));
                prop_assert!(address.text().is_ascii());
                prop_assert_eq!(Address::of(&address.text()), Some(address));
            }
        }
    }
}
