//! Where a place lies.

use serde::{Deserialize, Serialize};

/// How large a thing a place is: what its point stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// A town, village or part of one.
    Town,
    /// An area below a province.
    District,
    /// The first division of a country: province, state, governorate.
    Province,
    /// A stretch of land that is no division, or crosses them.
    Region,
    /// A country.
    Country,
    /// A continent.
    Continent,
}

impl PlaceKind {
    /// The word for it, as exported.
    pub fn name(self) -> &'static str {
        match self {
            PlaceKind::Town => "town",
            PlaceKind::District => "district",
            PlaceKind::Province => "province",
            PlaceKind::Region => "region",
            PlaceKind::Country => "country",
            PlaceKind::Continent => "continent",
        }
    }
}

/// A place of a gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its number in GeoNames; `None`: the gazetteer gives none.
    pub geonameid: Option<u32>,
    /// Its usual name.
    pub name: String,
    /// What its point stands for.
    pub kind: PlaceKind,
    /// The country's two letters (ISO 3166-1), upper case.
    pub country: Option<String>,
    /// The province it lies in.
    pub province: Option<String>,
    /// How many live there, where that is known.
    pub population: u64,
    /// Degrees north, WGS84.
    pub latitude: f64,
    /// Degrees east, WGS84.
    pub longitude: f64,
}

/// The mean radius of the earth.
const EARTH_KM: f64 = 6371.0;

impl Place {
    /// The way along the earth to another place, in kilometres.
    pub fn distance(&self, other: &Place) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let east = (other.longitude - self.longitude).to_radians();
        let half = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
        2.0 * EARTH_KM * half.clamp(0.0, 1.0).sqrt().asin()
    }
}
