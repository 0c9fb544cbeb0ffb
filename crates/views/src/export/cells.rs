//! Rows of text: CSV and tab-separated values, and the tables of data that exports look values up in.

use std::sync::LazyLock;

/// One row, its values set by the names of their columns; what is not set is empty.
pub(crate) struct Row {
    columns: &'static [&'static str],
    values: Vec<String>,
}

impl Row {
    pub(crate) fn of(columns: &'static [&'static str]) -> Row {
        let values = vec![String::new(); columns.len()];
        Row { columns, values }
    }

    /// Sets a value; a column that is not there is a fault of the caller, found by its tests.
    pub(crate) fn set(&mut self, column: &str, value: impl Into<String>) {
        let at = self.columns.iter().position(|name| *name == column);
        debug_assert!(at.is_some(), "no column {column}");
        if let Some(cell) = at.and_then(|at| self.values.get_mut(at)) {
            *cell = value.into();
        }
    }

    /// Sets a value where there is one.
    pub(crate) fn set_some(&mut self, column: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.set(column, value.to_string());
        }
    }

    /// As CSV (RFC 4180, but for the line end, which the writer of lines adds).
    pub(crate) fn csv(&self) -> String {
        csv(&self.values)
    }

    /// As tab-separated values, which have no quotes: white space within a value becomes a space.
    pub(crate) fn tsv(&self) -> String {
        let mut line = String::new();
        for (number, value) in self.values.iter().enumerate() {
            if number > 0 {
                line.push('\t');
            }
            line.push_str(&crate::words::one_line(value));
        }
        line
    }
}

/// A line of CSV.
pub(crate) fn csv<S: AsRef<str>>(values: &[S]) -> String {
    let mut line = String::new();
    for (number, value) in values.iter().enumerate() {
        let value = value.as_ref();
        if number > 0 {
            line.push(',');
        }
        // An empty line would be skipped by readers: a lone empty value is quoted.
        let alone = values.len() == 1 && value.is_empty();
        if alone || value.contains([',', '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&value.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(value);
        }
    }
    line
}

/// Several values in one cell.
pub(crate) fn joined(values: &[String]) -> String {
    values.join("; ")
}

/// A country by its two letters.
pub(crate) struct Country {
    pub(crate) iso3: &'static str,
    /// ISO 3166-1, three digits.
    pub(crate) number: &'static str,
    pub(crate) fips: &'static str,
    pub(crate) name: &'static str,
}

static COUNTRIES: LazyLock<std::collections::BTreeMap<&'static str, Country>> =
    LazyLock::new(|| {
        let rows = rows(include_str!("../../data/world/countries.tsv"));
        rows.filter_map(|cells| {
            let [iso2, iso3, number, fips, name] = cells.as_slice() else {
                return None;
            };
            let country = Country {
                iso3,
                number,
                fips,
                name: name.trim(),
            };
            Some((*iso2, country))
        })
        .collect()
    });

/// The country with these two letters of ISO 3166-1.
pub(crate) fn country(iso2: Option<&str>) -> Option<&'static Country> {
    COUNTRIES.get(iso2?)
}

/// The rows of a table of data: tab-separated, notes behind #.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter(|line| !line.is_empty())
        .map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn countries_are_found_by_their_letters() {
        let france = country(Some("FR")).unwrap();
        assert_eq!(
            (france.iso3, france.number, france.fips, france.name),
            ("FRA", "250", "FR", "France")
        );
        assert!(country(Some("??")).is_none() && country(None).is_none());
        // ISO's own letters and FIPS's differ.
        assert_eq!(country(Some("CH")).unwrap().fips, "SZ");
    }

    /// Reads one line of CSV back.
    fn read(line: &str) -> Vec<String> {
        let mut values = vec![String::new()];
        let mut quoted = false;
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    values.last_mut().unwrap().push('"');
                    letters.next();
                }
                '"' => quoted = !quoted,
                ',' if !quoted => values.push(String::new()),
                _ => values.last_mut().unwrap().push(letter),
            }
        }
        values
    }

    proptest! {
        #[test]
        fn csv_gives_back_what_was_written(values in prop::collection::vec("[a-c,\"\n\r\t ]{0,6}", 1..5)) {
            prop_assert_eq!(read(&csv(&values)), values);
        }

        #[test]
        fn tsv_keeps_to_its_columns(values in prop::collection::vec("\\PC{0,6}[\t\n]?", 3)) {
            let row = Row { columns: &["a", "b", "c"], values };
            prop_assert_eq!(row.tsv().matches('\t').count(), 2);
            prop_assert!(!row.tsv().contains('\n'));
        }
    }
}
