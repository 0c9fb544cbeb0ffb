//! The configuration file: what holds for every command, so that it need not be said with each.
//! docs/configuration.md tells of every key.

use super::failure::Failure;
use super::{input, output};
use rapporteur_record::Background;
use rapporteur_report::Zones;
use serde_json::{Map, Value};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The name of the file where nobody gives another.
const NAME: &str = "rapporteur.toml";

/// Which configuration file a command uses.
#[derive(clap::Args)]
pub struct ConfigArgs {
    /// A configuration file [default: rapporteur.toml beside the record, else here, else in
    /// ~/.config/rapporteur]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(skip)]
    loaded: OnceCell<Config>,
}

/// What a configuration file says; nothing where there is none.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Parties to the conflict, and publishers that are one house.
    pub background: Background,
    /// The time zones of publishers.
    pub zones: Zones,
    /// Tables of places, as with `--gazetteer`.
    pub gazetteers: Vec<PathBuf>,
    /// What the map is drawn over, as with `--boundaries`.
    pub boundaries: Option<PathBuf>,
    /// Who signs judgements, as with `--author`.
    pub author: Option<String>,
    /// What `watch` watches, and how.
    pub watch: WatchConfig,
}

/// What `watch` watches where the command line does not say it.
#[derive(Clone, Debug, Default)]
pub struct WatchConfig {
    /// Addresses of feeds; folders, which count from the file.
    pub sources: Vec<String>,
    /// How often feeds are asked.
    pub every: Option<Duration>,
    /// Are the pages asked for that their entries lead to?
    pub pages: bool,
    /// At which address whoever runs the servers can reach the user.
    pub contact: Option<String>,
}

impl ConfigArgs {
    /// The configuration for a command, over a record where it has one. Which file it is from is said once.
    pub fn load(&self, record: Option<&Path>) -> Result<Config, Failure> {
        if let Some(config) = self.loaded.get() {
            return Ok(config.clone());
        }
        let config = match self.path(record) {
            None => Config::default(),
            Some(path) => {
                let config = read(&path)?;
                output::message(&format!("note: configured by {}", input::shown(&path)));
                config
            }
        };
        Ok(self.loaded.get_or_init(|| config).clone())
    }

    fn path(&self, record: Option<&Path>) -> Option<PathBuf> {
        if let Some(path) = &self.config {
            return Some(path.clone());
        }
        let beside = record.and_then(|record| Some(record.parent()?.join(NAME)));
        let places = [beside, Some(PathBuf::from(NAME)), of_the_user()];
        places.into_iter().flatten().find(|path| path.is_file())
    }
}

/// Where the user's own configuration lies, by the XDG base directories.
fn of_the_user() -> Option<PathBuf> {
    let set = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let folder = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")))?;
    Some(folder.join("rapporteur").join(NAME))
}

fn read(path: &Path) -> Result<Config, Failure> {
    let bytes = input::bytes(path).map_err(|unread| {
        Failure::given(format!("{}: {}", unread.path, unread.why), unread.hint)
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let folder = path.parent().unwrap_or(Path::new(""));
    parse(&text, folder).map_err(|wrong| {
        let line = wrong.line(&text).map(|line| format!(", line {line}"));
        let what = format!(
            "{}{}: {}",
            input::shown(path),
            line.unwrap_or_default(),
            wrong.what
        );
        Failure::given(what, wrong.hint)
    })
}

/// What is wrong with a configuration.
#[derive(Debug)]
struct Wrong {
    /// The key that it stands at, to find the line.
    key: Option<String>,
    what: String,
    hint: String,
}

impl Wrong {
    fn at(key: &str, what: impl Into<String>, hint: impl Into<String>) -> Wrong {
        Wrong {
            key: Some(key.to_string()),
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// The line that the key stands in.
    fn line(&self, text: &str) -> Option<usize> {
        let key = self.key.as_deref()?;
        let is_here = |line: &str| {
            let name = line.trim_start().trim_start_matches(['[', '"', '\'']);
            let rest = name.strip_prefix(key);
            rest.is_some_and(|rest| {
                rest.trim_start_matches(['"', '\''])
                    .trim_start()
                    .starts_with(['=', ']', '.'])
            })
        };
        Some(text.lines().position(is_here)? + 1)
    }
}

const KEYS: [&str; 7] = [
    "parties",
    "families",
    "time-zones",
    "gazetteers",
    "boundaries",
    "author",
    "watch",
];

const WATCH_KEYS: [&str; 4] = ["sources", "every", "pages", "contact"];

fn parse(text: &str, folder: &Path) -> Result<Config, Wrong> {
    let wrong = |error: basic_toml::Error| Wrong {
        key: None,
        what: format!("not understood as TOML: {error}"),
        hint: "docs/configuration.md shows how it is written".to_string(),
    };
    let table: Map<String, Value> = basic_toml::from_str(text).map_err(wrong)?;
    let mut config = Config::default();
    for (key, value) in &table {
        match key.as_str() {
            "parties" => config.background.parties = texts(key, value)?,
            "families" => config.background.families = families(key, value)?,
            "time-zones" => config.zones = zones(key, value)?,
            "gazetteers" => {
                let tables = texts(key, value)?.into_iter();
                config.gazetteers = tables.map(|path| folder.join(path)).collect();
            }
            "boundaries" => config.boundaries = Some(folder.join(one_text(key, value)?)),
            "author" => config.author = Some(one_text(key, value)?),
            "watch" => config.watch = watch(key, value, folder)?,
            _ => return Err(unknown(key, &KEYS)),
        }
    }
    Ok(config)
}

fn watch(key: &str, value: &Value, folder: &Path) -> Result<WatchConfig, Wrong> {
    let mut watch = WatchConfig::default();
    for (key, value) in table(key, value, "sources = [\"https://echo.example/rss\"]")? {
        match key.as_str() {
            "sources" => {
                let source = |source: String| match source.contains("://") {
                    true => source,
                    false => input::shown(&folder.join(source)),
                };
                watch.sources = texts(key, value)?.into_iter().map(source).collect();
            }
            "every" => {
                let every = super::watch::duration(&one_text(key, value)?);
                let what = "`every` is no length of time";
                let wrong = |_| Wrong::at(key, what, "write it as \"90s\", \"15m\" or \"2h\"");
                watch.every = Some(every.map_err(wrong)?);
            }
            "pages" => {
                let wrong = || {
                    Wrong::at(
                        key,
                        "`pages` is neither true nor false",
                        "write pages = true",
                    )
                };
                watch.pages = value.as_bool().ok_or_else(wrong)?;
            }
            "contact" => watch.contact = Some(one_text(key, value)?),
            _ => return Err(unknown(key, &WATCH_KEYS)),
        }
    }
    Ok(watch)
}

/// A key that is none, with the one that it is nearest to.
fn unknown(key: &str, known: &[&str]) -> Wrong {
    let distance = |name: &str| strsim::osa_distance(&key.to_lowercase(), name);
    let nearest = known.iter().min_by_key(|name| distance(name));
    let hint = match nearest.filter(|name| distance(name) * 2 <= name.len().max(2)) {
        Some(name) => format!("did you mean `{name}`? "),
        None => String::new(),
    };
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let hint = format!("{hint}the keys are {}", names.join(", "));
    Wrong::at(key, format!("unknown key `{key}`"), hint)
}

fn one_text(key: &str, value: &Value) -> Result<String, Wrong> {
    match value.as_str().map(str::trim) {
        Some(text) if !text.is_empty() => Ok(text.to_string()),
        _ => Err(Wrong::at(
            key,
            format!("`{key}` is no text"),
            format!("write it as {key} = \"…\""),
        )),
    }
}

fn texts(key: &str, value: &Value) -> Result<Vec<String>, Wrong> {
    let wrong = || {
        Wrong::at(
            key,
            format!("`{key}` is no list of texts"),
            format!("write it as {key} = [\"…\", \"…\"]"),
        )
    };
    let list = value.as_array().ok_or_else(wrong)?;
    let text = |value: &Value| one_text(key, value).map_err(|_| wrong());
    list.iter().map(text).collect()
}

fn table<'v>(key: &str, value: &'v Value, like: &str) -> Result<&'v Map<String, Value>, Wrong> {
    value.as_object().ok_or_else(|| {
        Wrong::at(
            key,
            format!("`{key}` is no table"),
            format!("write [{key}], and below it lines like {like}"),
        )
    })
}

fn families(key: &str, value: &Value) -> Result<BTreeMap<String, Vec<String>>, Wrong> {
    let mut families = BTreeMap::new();
    let mut house_of: BTreeMap<String, String> = BTreeMap::new();
    for (house, members) in table(
        key,
        value,
        "\"Northern Media\" = [\"North Wire\", \"echo.example\"]",
    )? {
        let members = texts(house, members)?;
        for member in &members {
            let before = house_of.insert(member.to_lowercase(), house.clone());
            if let Some(before) = before.filter(|before| before != house) {
                return Err(Wrong::at(
                    house,
                    format!("{member} is of two families: {before} and {house}"),
                    "a publisher is of one family",
                ));
            }
        }
        families.insert(house.clone(), members);
    }
    Ok(families)
}

fn zones(key: &str, value: &Value) -> Result<Zones, Wrong> {
    let mut zones = vec![];
    for (publisher, zone) in table(key, value, "\"North Wire\" = \"Asia/Kabul\"")? {
        zones.push((publisher.clone(), one_text(publisher, zone)?));
    }
    let all = zones
        .iter()
        .map(|(publisher, zone)| (publisher.as_str(), zone.as_str()));
    Zones::of(all).map_err(|publisher| {
        Wrong::at(
            &publisher,
            format!("the time zone of {publisher} is none"),
            "write a name such as \"Asia/Kabul\", or a difference such as \"+04:30\"",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let said = match parse(text, Path::new("talks")) {
            Ok(config) => format!("{config:#?}"),
            Err(wrong) => {
                let line = wrong
                    .line(text)
                    .map_or("-".to_string(), |line| line.to_string());
                format!("line {line}: {}\n  {}\n", wrong.what, wrong.hint)
            }
        };
        expected.assert_eq(&said);
    }

    #[test]
    fn all_keys() {
        let text = "parties = [\"Velkan army\", \"Orsol\"]\ngazetteers = [\"districts.csv\", \"/geo/a.txt\"]\n\
            boundaries = \"provinces.geojson\"\nauthor = \"ann\"\n[families]\n\
            \"Northern Media\" = [\"North Wire\", \"echo.example\"]\n[time-zones]\n\"North Wire\" = \"+04:30\"\n";
        let config = parse(text, Path::new("talks")).unwrap();
        assert_eq!(config.background.parties, ["Velkan army", "Orsol"]);
        let family = &config.background.families["Northern Media"];
        assert_eq!(family, &["North Wire", "echo.example"]);
        let tables = ["talks/districts.csv", "/geo/a.txt"].map(PathBuf::from);
        assert_eq!(config.gazetteers, tables);
        let boundaries = Path::new("talks/provinces.geojson");
        assert_eq!(config.boundaries.as_deref(), Some(boundaries));
        assert_eq!(config.author.as_deref(), Some("ann"));
        assert_eq!(config.zones, Zones::of([("north wire", "+4:30")]).unwrap());
        assert!(parse("", Path::new("")).unwrap().background.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        check(
            "# here\nfamlies = []\n",
            expect![[r#"
            line 2: unknown key `famlies`
              did you mean `families`? the keys are `parties`, `families`, `time-zones`, `gazetteers`, `boundaries`, `author`, `watch`
        "#]],
        );
        check(
            "[time_zones]\nEcho = \"UTC\"\n",
            expect![[r#"
            line 1: unknown key `time_zones`
              did you mean `time-zones`? the keys are `parties`, `families`, `time-zones`, `gazetteers`, `boundaries`, `author`, `watch`
        "#]],
        );
        check(
            "colour = \"red\"\n",
            expect![[r#"
            line 1: unknown key `colour`
              the keys are `parties`, `families`, `time-zones`, `gazetteers`, `boundaries`, `author`, `watch`
        "#]],
        );
        check(
            "parties = \"Orsol\"\n",
            expect![[r#"
            line 1: `parties` is no list of texts
              write it as parties = ["…", "…"]
        "#]],
        );
        check(
            "parties = [1]\n",
            expect![[r#"
            line 1: `parties` is no list of texts
              write it as parties = ["…", "…"]
        "#]],
        );
        check(
            "families = [\"Echo\"]\n",
            expect![[r#"
            line 1: `families` is no table
              write [families], and below it lines like "Northern Media" = ["North Wire", "echo.example"]
        "#]],
        );
        check(
            "[families]\nA = [\"Echo\"]\n\"B c\" = [\"echo\"]\n",
            expect![[r#"
            line 3: echo is of two families: A and B c
              a publisher is of one family
        "#]],
        );
        check(
            "[time-zones]\n\"North Wire\" = \"Velka\"\n",
            expect![[r#"
            line 2: the time zone of North Wire is none
              write a name such as "Asia/Kabul", or a difference such as "+04:30"
        "#]],
        );
        check(
            "[time-zones]\n\"North Wire\" = 3\n",
            expect![[r#"
            line 2: `North Wire` is no text
              write it as North Wire = "…"
        "#]],
        );
        check(
            "author = \"ann\nb",
            expect![[r#"
            line -: not understood as TOML: newline in string found at line 1 column 14
              docs/configuration.md shows how it is written
        "#]],
        );
        check(
            "author = 2031-03-01\n",
            expect![[r#"
            line -: not understood as TOML: invalid number at line 1 column 10
              docs/configuration.md shows how it is written
        "#]],
        );
        check(
            "[watch]\nevry = \"5m\"\n",
            expect![[r#"
            line 2: unknown key `evry`
              did you mean `every`? the keys are `sources`, `every`, `pages`, `contact`
        "#]],
        );
        check(
            "[watch]\nevery = \"5 days\"\n",
            expect![[r#"
            line 2: `every` is no length of time
              write it as "90s", "15m" or "2h"
        "#]],
        );
    }
}
