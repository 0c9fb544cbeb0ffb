//! The gazetteer that a command asks, and the names that it asks for.

use super::config::Config;
use super::failure::Failure;
use super::input;
use super::output::warning;
use clap::Args;
use rapporteur_model::{EntityId, Kind, Mention, Place, PlaceKind, Report, Span};
use rapporteur_places::{Context, Gazetteer, Toponym, kind_word, links_kind};
use rapporteur_record::State;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Tables of places beside the shipped one.
#[derive(Args)]
pub struct GazetteerArgs {
    /// A table of places to add: a GeoNames dump, or CSV with columns name, lat, lon and, if known,
    /// geonameid, kind, country, province, population, names; give it once for each table
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

/// How many names of a report the whole record weighs, in deciding which country is spoken of.
const BACKGROUND: f64 = 2.0;

/// So many lines of a table that could not be read are told one by one.
const TOLD: usize = 5;

impl GazetteerArgs {
    /// Reads the tables, those of the configuration first; false: some line could not be read, and that was told.
    pub fn read(&self, config: &Config) -> Result<(Gazetteer, bool), Failure> {
        let mut gazetteer = Gazetteer::new();
        let mut all = true;
        for path in config.gazetteers.iter().chain(&self.gazetteer) {
            let shown = input::shown(path);
            let bytes = input::bytes(path).map_err(|unread| {
                Failure::given(format!("{}: {}", unread.path, unread.why), unread.hint)
            })?;
            let added = gazetteer.add(&String::from_utf8_lossy(&bytes));
            let (_, failed) = added.map_err(|error| {
                Failure::given(
                    format!("{shown} is no table of places: {error}"),
                    "give a GeoNames dump (unpacked, 19 columns) or CSV with the columns name, lat and lon",
                )
            })?;
            all &= failed.is_empty();
            for (line, error) in failed.iter().take(TOLD) {
                warning(
                    &format!("{shown}, line {line}: {error}"),
                    "the other lines were read; mend this one and run again",
                );
            }
            if failed.len() > TOLD {
                let rest = failed.len() - TOLD;
                warning(
                    &format!("{shown}: {rest} more lines could not be read"),
                    "mend those told first",
                );
            }
        }
        Ok((gazetteer, all))
    }
}

/// A name of a place in a report.
pub struct Named<'d> {
    /// The name in the report.
    pub mention: &'d Mention,
    /// As the gazetteer is asked for it.
    pub toponym: Toponym<'d>,
}

/// The names of places among a report's names, in order; nationalities ask for their countries.
pub fn toponyms<'d>(report: &'d Report, names: &'d [Mention]) -> Vec<Named<'d>> {
    let slice = |start, end| report.slice(Span::new(start, end)).unwrap_or_default();
    let asked = |mention: &'d Mention| -> Option<&'d str> {
        let name = mention.name.as_str();
        let country = rapporteur_text::demonym(name).or_else(|| rapporteur_text::country(name));
        country.or((mention.kind == Some(Kind::Place)).then_some(name))
    };
    let mut found: Vec<Named<'d>> = Vec::new();
    for mention in names {
        let Some(name) = asked(mention) else {
            continue;
        };
        let span = mention.span;
        let before = found.len();
        if let Some(last) = found.last_mut()
            && slice(last.mention.span.end, span.start).trim() == ","
        {
            last.toponym.within = Some(before);
        }
        found.push(Named {
            mention,
            toponym: Toponym {
                name,
                kind: kind_beside(slice(0, span.start), slice(span.end, report.body().len())),
                within: None,
            },
        });
    }
    found
}

/// What the word after a name says that it is, or the one before it ("the city of Velka").
fn kind_beside(before: &str, after: &str) -> Option<PlaceKind> {
    let of_next = || {
        kind_word(
            after
                .strip_prefix(' ')?
                .split(|c: char| !c.is_alphanumeric())
                .next()?,
        )
    };
    let mut back = before.strip_suffix(' ').map(|before| before.rsplit(' '))?;
    of_next().or_else(|| {
        let linked = links_kind(back.next()?);
        back.next().filter(|_| linked).and_then(kind_word)
    })
}

/// Which place each of a record's entities is. A report's names are read together, with what the whole
/// record speaks of as a light background; an entity is what most of its mentions are.
pub fn located(state: &State, gazetteer: &Gazetteer) -> BTreeMap<EntityId, Place> {
    let named: Vec<_> = (state.reports.values())
        .map(|report| (report, toponyms(&report.report, &report.mentions)))
        .map(|(report, names)| {
            let plain: Vec<_> = names.iter().map(|name| name.toponym.clone()).collect();
            (report, names, plain)
        })
        .collect();
    let mut all = Context::default();
    for (_, _, plain) in &named {
        all.add(&gazetteer.context(plain), 1.0);
    }
    let around = all.as_heavy_as(BACKGROUND);
    let mut votes: BTreeMap<EntityId, Vec<(usize, Place)>> = BTreeMap::new();
    for (report, names, plain) in &named {
        for (name, place) in names.iter().zip(gazetteer.resolve(plain, &around)) {
            let is_place = name.mention.kind == Some(Kind::Place);
            let entity = state.entity(report.report.id(), name.mention);
            let (Some(entity), Some(place), true) = (entity, place, is_place) else {
                continue;
            };
            let votes = votes.entry(entity.id.clone()).or_default();
            match votes.iter_mut().find(|(_, other)| *other == place) {
                Some((count, _)) => *count += 1,
                None => votes.push((1, place)),
            }
        }
    }
    (votes.into_iter())
        .filter_map(|(entity, votes)| {
            // Of the same number of votes the first, in order of the reports.
            let best = votes.into_iter().rev().max_by_key(|(count, _)| *count)?;
            Some((entity, best.1))
        })
        .collect()
}
