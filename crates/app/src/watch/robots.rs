//! robots.txt, as RFC 9309 has it: which paths of a host may be asked for, and how often.

use std::time::Duration;

/// Bytes of a robots.txt that are read; the RFC asks for at least 500 KiB.
pub const LONGEST: usize = 512 << 10;

/// Longer pauses than this are not waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What a robots.txt says to one who asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// How long to wait between two requests (`Crawl-delay`, which is no part of the RFC, and common).
    pub pause: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    is_allowed: bool,
    /// As written, with `*` and a last `$`, in plain form.
    pattern: String,
}

impl Robots {
    /// Reads the groups that are for `product`, all of them together; where there is none, those for `*`. Lines that
    /// are not understood are left out. Any text will do.
    pub fn read(text: &str, product: &str) -> Robots {
        let (mut own, mut others) = (None, None);
        // To whom the lines that follow are said, and whether a rule came since the last name.
        let (mut is_own, mut is_others, mut named) = (false, false, false);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((field, value)) = line.split_once(':') else {
                continue;
            };
            let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
            if field == "user-agent" {
                if !named {
                    (is_own, is_others, named) = (false, false, true);
                }
                let name = value.split('/').next().unwrap_or_default().trim();
                is_own |= name.eq_ignore_ascii_case(product);
                is_others |= name == "*";
                if is_own {
                    own.get_or_insert_with(Robots::default);
                }
                if is_others {
                    others.get_or_insert_with(Robots::default);
                }
                continue;
            }
            named = false;
            let groups = [(is_own, &mut own), (is_others, &mut others)];
            for (is_said, group) in groups {
                if let (true, Some(group)) = (is_said, group) {
                    group.take(&field, value);
                }
            }
        }
        own.or(others).unwrap_or_default()
    }

    fn take(&mut self, field: &str, value: &str) {
        match field {
            // "Disallow:" with nothing behind it forbids nothing.
            "allow" | "disallow" if !value.is_empty() => self.rules.push(Rule {
                is_allowed: field == "allow",
                pattern: plain(value),
            }),
            "crawl-delay" => {
                let pause = value
                    .parse()
                    .ok()
                    .and_then(|s| Duration::try_from_secs_f64(s).ok());
                self.pause = self.pause.max(pause.map(|pause| pause.min(LONGEST_PAUSE)));
            }
            _ => {}
        }
    }

    /// May this path, with its query, be asked for? The longest rule that fits decides; of two of one length, the one
    /// that allows.
    pub fn allows(&self, path: &str) -> bool {
        let path = plain(path);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        let decides = fitting.max_by_key(|rule| (rule.pattern.len(), rule.is_allowed));
        path == "/robots.txt" || decides.is_none_or(|rule| rule.is_allowed)
    }
}

/// Does the pattern fit the start of the path, or, with a last `$`, all of it?
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

/// A path in which letters, digits and signs stand as themselves, and all else as `%XX`, so that two ways of writing
/// one are equal.
fn plain(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = || {
            let digits = path.get(at + 1..at + 3)?;
            u8::from_str_radix(digits, 16).ok()
        };
        let (value, length) = match (byte, escaped()) {
            (b'%', Some(value)) => (value, 3),
            _ => (*byte, 1),
        };
        let is_itself = value.is_ascii_alphanumeric() || b"-._~".contains(&value);
        match is_itself || length == 1 && value.is_ascii_graphic() && value != b'%' {
            true => out.push(char::from(value)),
            false => out.push_str(&format!("%{value:02X}")),
        }
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, allowed: &[&str], disallowed: &[&str]) {
        let robots = Robots::read(text, "rapporteur");
        for path in allowed {
            assert!(robots.allows(path), "{path} by {text}");
        }
        for path in disallowed {
            assert!(!robots.allows(path), "{path} by {text}");
        }
    }

    #[test]
    fn the_longest_rule_decides() {
        check("", &["/", "/feed"], &[]);
        check(
            "User-agent: *\nDisallow: /\n",
            &["/robots.txt"],
            &["/", "/feed"],
        );
        check(
            "User-Agent: *\nDisallow: /news\nAllow: /news/feed\nAllow: /open\nDisallow: /open\n",
            &["/news/feed.xml", "/other", "/open"],
            &["/news", "/news/1", "/newsletter"],
        );
        check("User-agent: *\nDisallow:\n", &["/", "/a"], &[]);
    }

    #[test]
    fn a_group_of_its_own_stands_above_that_of_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: Rapporteur/2.0 # us\nDisallow: /private\n\nuser-agent: rapporteur\nDisallow: /more\n";
        check(text, &["/", "/feed"], &["/private/1", "/more"]);
        check("User-agent: rapporteurs\nDisallow: /\n", &["/"], &[]);
        // Names that follow one another share the rules below them.
        check(
            "User-agent: rapporteur\nUser-agent: *\nDisallow: /a\n",
            &["/b"],
            &["/a"],
        );
    }

    #[test]
    fn stars_ends_and_escapes() {
        check(
            "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a*b/c\nDisallow: /caf\u{e9}\nDisallow: /%7Ejoe\nDisallow: /x%2Fy\n",
            &["/1.pdf?x", "/a/b/d", "/x/y"],
            &[
                "/1.pdf",
                "/x/2.pdf",
                "/aXXb/c/d",
                "/caf%C3%A9/1",
                "/~joe/",
                "/x%2fy",
            ],
        );
    }

    #[test]
    fn a_pause_is_read_and_bounded() {
        let pause = |text: &str| Robots::read(text, "rapporteur").pause;
        assert_eq!(
            pause("User-agent: *\nCrawl-delay: 2.5\n"),
            Some(Duration::from_millis(2500))
        );
        assert_eq!(
            pause("User-agent: *\nCrawl-delay: 1e9\n"),
            Some(LONGEST_PAUSE)
        );
        for none in ["-1", "nan", "soon", "inf"] {
            assert_eq!(
                pause(&format!("User-agent: *\nCrawl-delay: {none}\n")),
                None
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_will_do(text in "(?s).{0,200}", path in ".{0,60}") {
            let robots = Robots::read(&text, "rapporteur");
            robots.allows(&path);
            let rules = format!("User-agent: *\nDisallow: {path}\nAllow: {text}");
            Robots::read(&rules, "rapporteur").allows(&path);
        }

        #[test]
        fn a_path_is_fitted_by_itself(path in "/[a-z/%~.]{0,20}") {
            prop_assert!(fits(&plain(&path), &plain(&path)));
            prop_assert_eq!(plain(&plain(&path)), plain(&path));
        }
    }
}
