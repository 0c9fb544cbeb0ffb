//! Tables that users give: dumps of GeoNames, and CSV.

use rapporteur_model::{Place, PlaceKind};
use std::fmt;

/// The places of a table and the lines that are none.
pub(crate) struct Read {
    pub(crate) places: Vec<(Place, Vec<String>)>,
    pub(crate) failed: Vec<(u64, TableError)>,
}

/// Why a table, or a line of it, could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// The line of headings lacks this one.
    NoColumn(&'static str),
    /// A line has no name.
    NoName,
    /// A line's latitude and longitude are none: the words that stand there.
    NoPoint(String),
    /// A line's kind is none of those known.
    NoKind(String),
    /// A line is no CSV, or has too few cells.
    Broken,
    /// There is nothing in it.
    Empty,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableError::NoColumn(name) => write!(f, "it has no column {name}"),
            TableError::NoName => write!(f, "it has no name"),
            TableError::NoPoint(words) => write!(f, "{words:?} is no latitude and longitude"),
            TableError::NoKind(word) => write!(f, "{word:?} is no kind of place"),
            TableError::Broken => write!(f, "it has not the cells that it should have"),
            TableError::Empty => write!(f, "it has no places"),
        }
    }
}

impl std::error::Error for TableError {}

/// Columns of a dump of GeoNames.
const DUMP_COLUMNS: usize = 19;

/// A kind from its word, of which the first three letters are enough.
pub(crate) fn kind(word: &str) -> Option<PlaceKind> {
    match word.get(..3)? {
        // A capital, which the shipped table tells from other towns.
        "tow" | "cap" => Some(PlaceKind::Town),
        "dis" => Some(PlaceKind::District),
        "pro" => Some(PlaceKind::Province),
        "reg" => Some(PlaceKind::Region),
        "con" => Some(PlaceKind::Continent),
        "cou" => Some(PlaceKind::Country),
        _ => None,
    }
}

/// What GeoNames' class and code say of the kind; `None`: no place that reports name as one.
fn kind_of_code(class: &str, code: &str) -> Option<PlaceKind> {
    match class {
        "P" => Some(PlaceKind::Town),
        "A" if code.starts_with("PCL") => Some(PlaceKind::Country),
        "A" if code.starts_with("ADM1") => Some(PlaceKind::Province),
        "A" => Some(PlaceKind::District),
        "L" if code == "CONT" => Some(PlaceKind::Continent),
        "L" => Some(PlaceKind::Region),
        // Valleys, mountains, islands; airfields, camps, crossings, dams.
        "T" => Some(PlaceKind::Region),
        "S" => Some(PlaceKind::Town),
        _ => None,
    }
}

/// Reads a table of either form.
pub(crate) fn read(table: &str) -> Result<Read, TableError> {
    let first = table.lines().find(|line| !line.trim().is_empty());
    let first = first.ok_or(TableError::Empty)?;
    let read = match first.split('\t').count() == DUMP_COLUMNS {
        true => dump(table),
        false => with_headings(table)?,
    };
    match (read.places.is_empty(), read.failed.first()) {
        (true, Some((_, error))) => Err(error.clone()),
        (true, None) => Err(TableError::Empty),
        (false, _) => Ok(read),
    }
}

fn point(lat: &str, lon: &str) -> Result<(f64, f64), TableError> {
    let degrees = |word: &str, most: f64| {
        let value: Option<f64> = word.trim().parse().ok();
        value.filter(|value| value.is_finite() && value.abs() <= most)
    };
    match (degrees(lat, 90.0), degrees(lon, 180.0)) {
        (Some(lat), Some(lon)) => Ok((lat, lon)),
        _ => Err(TableError::NoPoint(format!("{lat}, {lon}"))),
    }
}

fn some(cell: &str) -> Option<String> {
    Some(cell.trim().to_string()).filter(|cell| !cell.is_empty())
}

fn dump(table: &str) -> Read {
    let mut read = Read {
        places: vec![],
        failed: vec![],
    };
    // The divisions of the same dump give the provinces' names.
    let mut provinces = std::collections::BTreeMap::new();
    for line in table.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [_, name, _, _, _, _, "A", "ADM1", country, _, code, ..] = cells[..] {
            provinces.insert((country, code), name);
        }
    }
    for (number, line) in (1..).zip(table.lines()) {
        let cells: Vec<&str> = line.split('\t').collect();
        if line.trim().is_empty() {
            continue;
        }
        let [
            id,
            name,
            plain,
            others,
            lat,
            lon,
            class,
            code,
            country,
            _,
            admin,
            _,
            _,
            _,
            population,
            ..,
        ] = cells[..]
        else {
            read.failed.push((number, TableError::Broken));
            continue;
        };
        let Some(kind) = kind_of_code(class, code) else {
            continue;
        };
        match point(lat, lon) {
            _ if name.trim().is_empty() => read.failed.push((number, TableError::NoName)),
            Err(error) => read.failed.push((number, error)),
            Ok((latitude, longitude)) => {
                let province = provinces
                    .get(&(country, admin))
                    .map(|name| name.to_string());
                let place = Place {
                    geonameid: id.parse().ok(),
                    name: name.trim().to_string(),
                    kind,
                    country: some(country).map(|country| country.to_uppercase()),
                    province: province.filter(|_| kind < PlaceKind::Province),
                    population: population.parse().unwrap_or(0),
                    latitude,
                    longitude,
                };
                let others = std::iter::once(plain).chain(others.split(','));
                read.places.push((place, others.filter_map(some).collect()));
            }
        }
    }
    read
}

fn with_headings(table: &str) -> Result<Read, TableError> {
    let delimiter = match table.lines().next().is_some_and(|line| line.contains('\t')) {
        true => b'\t',
        false => b',',
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().map_err(|_| TableError::Broken)?.clone();
    let column = |names: &[&str]| {
        let is_one = |heading: &str| names.contains(&heading.to_lowercase().as_str());
        headings.iter().position(is_one)
    };
    let name = column(&["name"]).ok_or(TableError::NoColumn("name"))?;
    let lat = column(&["lat", "latitude"]).ok_or(TableError::NoColumn("lat"))?;
    let lon = column(&["lon", "lng", "longitude"]).ok_or(TableError::NoColumn("lon"))?;
    let id = column(&["geonameid"]);
    let kind_at = column(&["kind"]);
    let country = column(&["country"]);
    let province = column(&["province", "admin1"]);
    let population = column(&["population"]);
    let names = column(&["names"]);
    let mut read = Read {
        places: vec![],
        failed: vec![],
    };
    for record in reader.records() {
        let Ok(record) = record else {
            let line = record.err().and_then(|e| Some(e.position()?.line()));
            read.failed.push((line.unwrap_or(0), TableError::Broken));
            continue;
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).and_then(some);
        let place = (|| {
            let name = cell(Some(name)).ok_or(TableError::NoName)?;
            let (lat, lon) = (
                cell(Some(lat)).unwrap_or_default(),
                cell(Some(lon)).unwrap_or_default(),
            );
            let (latitude, longitude) = point(&lat, &lon)?;
            let kind = match cell(kind_at) {
                None => PlaceKind::Town,
                Some(word) => kind(&word.to_lowercase()).ok_or(TableError::NoKind(word))?,
            };
            Ok(Place {
                geonameid: cell(id).and_then(|id| id.parse().ok()),
                name,
                kind,
                country: cell(country).map(|country| country.to_uppercase()),
                province: cell(province),
                population: cell(population).and_then(|p| p.parse().ok()).unwrap_or(0),
                latitude,
                longitude,
            })
        })();
        match place {
            Err(error) => read.failed.push((line, error)),
            Ok(place) => {
                let others = cell(names).unwrap_or_default();
                read.places
                    .push((place, others.split(';').filter_map(some).collect()));
            }
        }
    }
    Ok(read)
}
