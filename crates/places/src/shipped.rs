//! The shipped table: unpacked once, read where it is asked.

use crate::{Row, table};
use flate2::{Decompress, FlushDecompress};
use rapporteur_model::Place;
use std::sync::LazyLock;

/// The table's text: a line a place, an empty line, a line a name with the numbers of its places.
struct Table {
    text: String,
    /// Where each place's line begins.
    places: Vec<u32>,
    /// Where each name's line begins; the names are in order.
    names: Vec<u32>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = unpacked(include_bytes!("../data/world/gazetteer.tsv.gz"));
    let (mut places, mut names, mut at, mut is_name) = (vec![], vec![], 0_u32, false);
    for line in text.split_inclusive('\n') {
        match (line == "\n", is_name) {
            (true, _) => is_name = true,
            (false, false) => places.push(at),
            (false, true) => names.push(at),
        }
        at = at.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
    }
    Table {
        text,
        places,
        names,
    }
});

/// The text of a gzip file of one member whose header has no name; a test reads the shipped one.
fn unpacked(packed: &[u8]) -> String {
    const HEADER: usize = 10;
    // The last four bytes are the length.
    let length = packed
        .last_chunk()
        .map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let mut text = Vec::with_capacity(length as usize);
    let body = packed.get(HEADER..).unwrap_or_default();
    let _ = Decompress::new(false).decompress_vec(body, &mut text, FlushDecompress::Finish);
    String::from_utf8(text).unwrap_or_default()
}

impl Table {
    fn line(&self, at: u32) -> &str {
        let rest = self.text.get(at as usize..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    fn is_capital(&self, number: usize) -> bool {
        let line = self.places.get(number).map(|at| self.line(*at));
        line.and_then(|line| line.split('\t').nth(1)) == Some("cap")
    }

    fn place(&self, number: usize) -> Option<Place> {
        let mut cells = self.line(*self.places.get(number)?).split('\t');
        let geonameid = cells.next()?.parse().ok()?;
        let kind = table::kind(cells.next()?)?;
        let name = cells.next()?.to_string();
        let country = Some(cells.next()?.to_string()).filter(|country| !country.is_empty());
        let province = cells.next()?.parse::<u32>().ok();
        let population = cells.next()?.parse().ok()?;
        Some(Place {
            geonameid: Some(geonameid),
            name,
            kind,
            country,
            province: province.and_then(|id| self.name_of(id)),
            population,
            latitude: cells.next()?.parse().ok()?,
            longitude: cells.next()?.parse().ok()?,
        })
    }

    /// The name of the place with a number of GeoNames; the lines are in the order of these.
    fn name_of(&self, id: u32) -> Option<String> {
        let id_of = |at: &u32| self.line(*at).split('\t').next()?.parse::<u32>().ok();
        let found = (self.places).binary_search_by(|at| id_of(at).cmp(&Some(id)));
        let line = self.line(*self.places.get(found.ok()?)?);
        line.split('\t').nth(2).map(str::to_string)
    }
}

/// The places of a folded name.
pub(crate) fn named(key: &str) -> impl Iterator<Item = Row> {
    let table = &*TABLE;
    let name_of = |at: &u32| table.line(*at).split('\t').next().unwrap_or_default();
    let found = (table.names).binary_search_by(|at| name_of(at).cmp(key));
    let line = found.ok().and_then(|at| table.names.get(at));
    let numbers = line.and_then(|at| table.line(*at).split_once('\t'));
    (numbers.map(|(_, numbers)| numbers).unwrap_or_default())
        .split(' ')
        .filter_map(|number| {
            let number = number.parse().ok()?;
            Some(Row {
                place: table.place(number)?,
                capital: table.is_capital(number),
                given: false,
            })
        })
}

#[cfg(test)]
mod tests {
    use super::{TABLE, named};

    #[test]
    fn every_line_of_the_table_is_read() {
        let table = &*TABLE;
        assert!(table.places.len() > 100_000 && table.names.len() > 300_000);
        for number in 0..table.places.len() {
            assert!(table.place(number).is_some(), "line {number}");
        }
        for at in &table.names {
            let key = table.line(*at).split('\t').next().unwrap_or_default();
            assert_eq!(crate::fold::fold(key), key);
        }
        let mut names = table
            .names
            .iter()
            .map(|at| table.line(*at).split('\t').next());
        assert!(names.clone().is_sorted(), "{:?}", names.next());
    }

    #[test]
    fn a_name_has_all_its_places() {
        let all: Vec<_> = named("georgia").map(|row| row.place).collect();
        let kinds: Vec<_> = (all.iter())
            .map(|p| (p.kind.name(), p.country.clone()))
            .collect();
        assert!(kinds.contains(&("country", Some("GE".into()))), "{kinds:?}");
        assert!(
            kinds.contains(&("province", Some("US".into()))),
            "{kinds:?}"
        );
        assert_eq!(named("no such place").count(), 0);
        assert_eq!(named("").count(), 0);
    }
}
