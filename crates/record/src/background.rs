//! What the user says of the world around the reports, where the reports do not say it themselves.

use crate::words::fold;
use rapporteur_model::Digest;
use serde::Serialize;
use std::collections::BTreeMap;

/// What computing a record takes as given: never written into its log, and part of what decides the result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Background {
    /// Names of the parties to the conflict, each in one of the forms that reports print.
    pub parties: Vec<String>,
    /// Publishers that are one house, by the name of the house: their names, or the hosts of their addresses
    /// ("echo.example" is also "news.echo.example"). What they say in their own voice has one origin.
    pub families: BTreeMap<String, Vec<String>>,
}

impl Background {
    /// Is nothing given?
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.families.is_empty()
    }

    /// Equal for what gives the same result, in whatever order it was written; empty where nothing is given.
    pub(crate) fn key(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut sorted = self.clone();
        sorted.parties.sort();
        sorted.parties.dedup();
        for members in sorted.families.values_mut() {
            members.sort();
            members.dedup();
        }
        let json = serde_json::to_string(&sorted).unwrap_or_default();
        Digest::of("background").field(json).finish()
    }

    /// Families by the folded names of their members, and by their hosts.
    pub(crate) fn houses(&self) -> Houses {
        let mut houses = Houses::default();
        for (house, members) in &self.families {
            for member in members.iter().chain([house]) {
                let name = fold(member);
                houses.names.entry(name).or_insert_with(|| house.clone());
                let host = member.trim().to_lowercase();
                let host = host.strip_prefix("www.").unwrap_or(&host);
                if host.contains('.') && !host.contains(char::is_whitespace) {
                    let hosts = &mut houses.hosts;
                    hosts
                        .entry(host.to_string())
                        .or_insert_with(|| house.clone());
                }
            }
        }
        houses
    }
}

/// Which house a publisher is of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Houses {
    names: BTreeMap<String, String>,
    hosts: BTreeMap<String, String>,
}

impl Houses {
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The house of a publisher, by one of its names.
    pub(crate) fn named(&self, name: &str) -> Option<&str> {
        if self.is_empty() {
            return None;
        }
        let known = self.names.get(&fold(name)).map(String::as_str);
        known.or_else(|| self.below(&name.to_lowercase()))
    }

    /// The house whose address this is.
    pub(crate) fn at(&self, url: &str) -> Option<&str> {
        let rest = url.split_once("://")?.1;
        let host = rest.split(['/', '?', '#']).next()?;
        let host = host.rsplit('@').next()?.split(':').next()?;
        self.below(&host.to_lowercase())
    }

    fn below(&self, host: &str) -> Option<&str> {
        let mut rest = host;
        loop {
            if let Some(house) = self.hosts.get(rest) {
                return Some(house);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn background(families: &[(&str, &[&str])]) -> Background {
        let members = |names: &[&str]| names.iter().map(|name| name.to_string()).collect();
        Background {
            families: (families.iter())
                .map(|(house, names)| (house.to_string(), members(names)))
                .collect(),
            ..Background::default()
        }
    }

    #[test]
    fn a_house_is_found_by_name_and_by_address() {
        let given = background(&[("Northern Media", &["North Wire", "echo.example"])]);
        let houses = given.houses();
        for name in [
            "North Wire",
            "NORTH  WIRE",
            "northern media",
            "echo.example",
        ] {
            assert_eq!(houses.named(name), Some("Northern Media"), "{name}");
        }
        for url in ["https://echo.example/1", "http://a.b.echo.example:80?x"] {
            assert_eq!(houses.at(url), Some("Northern Media"), "{url}");
        }
        assert_eq!(houses.named("West Post"), None);
        assert_eq!(houses.at("https://notecho.example/"), None);
        assert_eq!(houses.at("nowhere"), None);
    }

    #[test]
    fn the_order_in_which_it_was_written_does_not_matter() {
        let one = background(&[("A", &["x", "y"])]);
        let other = background(&[("A", &["y", "x", "x"])]);
        assert_eq!(one.key(), other.key());
        assert_ne!(one.key(), background(&[("A", &["x"])]).key());
        assert_eq!(Background::default().key(), "");
    }
}
