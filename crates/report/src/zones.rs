//! In which time zone a publisher's days are counted.

use crate::meta::host;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use rapporteur_model::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The time zones of publishers, as the user gives them: by name, or by the host of their address. A timestamp on a
/// page tells a moment; which day of its publisher that was, the zone decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zones(Arc<BTreeMap<String, TimeZone>>);

impl Zones {
    /// Publishers and their zones: names of the IANA's database ("Asia/Kabul") or differences from UTC ("+04:30").
    ///
    /// # Errors
    /// The publisher whose zone is none of these.
    pub fn of<'z>(zones: impl IntoIterator<Item = (&'z str, &'z str)>) -> Result<Zones, String> {
        let mut known = BTreeMap::new();
        for (publisher, zone) in zones {
            let found = zone_of(zone).ok_or_else(|| publisher.to_string())?;
            known.insert(key(publisher), found);
        }
        Ok(Zones(Arc::new(known)))
    }

    /// The day of a publisher at a moment, where its zone is given.
    pub(crate) fn day(
        &self,
        publisher: Option<&str>,
        url: Option<&str>,
        at: Timestamp,
    ) -> Option<Date> {
        if self.0.is_empty() {
            return None;
        }
        let named = publisher.and_then(|name| self.0.get(&key(name)));
        let zone = named.or_else(|| self.below(url.and_then(host)?))?;
        Some(at.to_zoned(zone.clone()).date())
    }

    /// The zone of a host, or of the nearest above it.
    fn below(&self, host: String) -> Option<&TimeZone> {
        let mut rest = host.as_str();
        loop {
            if let Some(zone) = self.0.get(rest) {
                return Some(zone);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

fn key(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let name = words.join(" ");
    name.strip_prefix("www.").unwrap_or(&name).to_string()
}

fn zone_of(text: &str) -> Option<TimeZone> {
    let text = text.trim();
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' | '\u{2212}' => -1,
        _ => return TimeZone::get(text).ok(),
    };
    let digits = text.trim_start_matches(['+', '-', '\u{2212}']);
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let number = |part: &str| part.parse::<i32>().ok().filter(|n| (0..60).contains(n));
    let seconds = number(hours).filter(|hours| *hours <= 14)? * 3600 + number(minutes)? * 60;
    Some(TimeZone::fixed(Offset::from_seconds(sign * seconds).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Given, read};

    #[test]
    fn the_zone_decides_the_day() {
        let zones = Zones::of([
            ("North Wire", "Asia/Kabul"),
            ("echo.example", "-05:00"),
            ("West Post", "+9"),
        ]);
        let zones = zones.unwrap();
        let at: Timestamp = "2031-03-01T21:00:00Z".parse().unwrap();
        let check = |publisher: Option<&str>, url: Option<&str>, day: Option<&str>| {
            let found = zones.day(publisher, url, at).map(|day| day.to_string());
            assert_eq!(found.as_deref(), day, "{publisher:?} {url:?}");
        };
        check(Some("NORTH  wire"), None, Some("2031-03-02"));
        check(Some("West Post"), None, Some("2031-03-02"));
        check(
            Some("Echo"),
            Some("https://www.news.echo.example/1"),
            Some("2031-03-01"),
        );
        check(Some("East Star"), Some("https://star.example/"), None);
        check(None, None, None);
    }

    #[test]
    fn what_is_no_zone_is_named() {
        for zone in ["Asia/Velka", "+25:00", "+1:75", "", "+", "noon"] {
            assert_eq!(
                Zones::of([("Echo", zone)]),
                Err("Echo".to_string()),
                "{zone}"
            );
        }
    }

    fn published(zones: &Zones, path: &str, source: &str) -> String {
        let given = Given {
            zones: zones.clone(),
            ..Given::default()
        };
        let days = read(path, source.as_bytes(), &given)
            .into_iter()
            .map(|found| {
                let when = found.unwrap().report.masthead().published.when;
                when.map_or("unknown".to_string(), |when| when.iso())
            });
        days.collect::<Vec<_>>().join(" ")
    }

    /// Every way in: with the publisher's zone, and without.
    #[test]
    fn moments_of_all_ways_in_are_days_of_their_publisher() {
        let none = Zones::default();
        let zones = Zones::of([("North Wire", "Asia/Kabul")]).unwrap();
        let text = "<p>The army took the town of Velka on Monday, the defence ministry said in a statement.</p>";
        let page = |head: &str, printed: &str| {
            format!(
                "<html><head><title>Velka falls</title><meta property=\"og:site_name\" content=\"North Wire\">{head}</head><body><h1>Velka falls</h1>{printed}{text}</body></html>"
            )
        };
        let meta = "<meta property=\"article:published_time\" content=\"2031-03-01T21:00:00Z\">";
        let json = "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"datePublished\": \"2031-03-01T23:00:00+01:00\"}</script>";
        let item =
            "<item><title>Velka</title><description>The army took Velka.</description><pubDate>";
        let feed = |title: &str, date: &str| {
            format!(
                "<rss><channel><title>{title}</title>{item}{date}</pubDate></item></channel></rss>"
            )
        };
        let line = |publisher: &str, date: &str| {
            format!(
                "{{\"text\": \"The army took Velka.\", \"publisher\": \"{publisher}\", \"date\": {date}}}\n"
            )
        };
        let check = |path: &str, source: &str, without: &str, with: &str| {
            assert_eq!(published(&none, path, source), without, "{source}");
            assert_eq!(published(&zones, path, source), with, "{source}");
        };
        check("a.html", &page(meta, ""), "2031-03-01", "2031-03-02");
        check("a.html", &page(json, ""), "2031-03-01", "2031-03-02");
        // A day that readers are given is the publisher's already.
        let printed = "<p class=\"date\">March 1, 2031</p>";
        check("a.html", &page(meta, printed), "2031-03-01", "2031-03-01");
        let day = meta.replace("T21:00:00Z", "");
        check("a.html", &page(&day, ""), "2031-03-01", "2031-03-01");
        let local = meta.replace("Z", "");
        check("a.html", &page(&local, ""), "2031-03-01", "2031-03-01");
        let late = "Sat, 01 Mar 2031 21:00:00 GMT";
        check(
            "f.xml",
            &feed("North Wire", late),
            "2031-03-01",
            "2031-03-02",
        );
        check(
            "f.xml",
            &feed("West Post", late),
            "2031-03-01",
            "2031-03-01",
        );
        let iso = "\"2031-03-01T21:00:00Z\"";
        check(
            "l.jsonl",
            &line("North Wire", iso),
            "2031-03-01",
            "2031-03-02",
        );
        check(
            "l.jsonl",
            &line("West Post", iso),
            "2031-03-01",
            "2031-03-01",
        );
        // 2031-03-01T21:00:00Z
        check(
            "l.jsonl",
            &line("North Wire", "1930165200"),
            "2031-03-01",
            "2031-03-02",
        );
        let mail = "From: North Wire <wire@north.example>\r\nSubject: Velka\r\nDate: Sat, 1 Mar 2031 21:00:00 +0000\r\nMessage-ID: <1@north.example>\r\n\r\nThe army took Velka.\r\n";
        check("m.eml", mail, "2031-03-01", "2031-03-02");
    }

    #[test]
    fn a_moment_of_a_manifest_is_a_day_of_its_publisher() {
        let manifest = crate::manifest(b"path,publisher,published\na.txt,North Wire,2031-03-01T21:00:00Z\nb.txt,North Wire,2031-03-01\n");
        let manifest = manifest.unwrap();
        let zones = Zones::of([("North Wire", "Asia/Kabul")]).unwrap();
        for (path, day) in [("a.txt", "2031-03-02"), ("b.txt", "2031-03-01")] {
            let given = Given {
                zones: zones.clone(),
                ..manifest.given(path)
            };
            let text = b"Velka falls\n\nThe army took Velka on Monday, the ministry said.\n";
            let found = read(path, text, &given).remove(0).unwrap();
            let when = found.report.masthead().published.when.unwrap();
            assert_eq!(when.iso(), day);
        }
    }
}
