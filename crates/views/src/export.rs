//! A record for other programs: a file a format. docs/exports.md says for each what stands in which
//! column, what is left empty and why.
//!
//! All are deterministic: lines in the order of the reports' ids and of the text, or of the ids. What
//! nobody said is empty or `null`, never a default; `claim_id` leads from each line back to the record.

pub mod acled;
pub mod annotation;
pub mod brief;
mod cells;
mod event;
pub mod ftm;
pub mod gdelt;
pub mod ged;
pub mod geojson;
pub mod jsonl;
pub mod ninjs;
pub mod parquet;
pub mod polecat;
pub mod prov;
pub mod schema_org;
pub mod table;
mod told;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::of_text;
    use proptest::prelude::*;
    use serde_json::Value;
    use std::collections::BTreeMap;

    fn joined(lines: impl Iterator<Item = String>) -> String {
        lines.map(|line| line + "\n").collect()
    }

    proptest! {
        #[test]
        fn hostile_text_stays_in_its_place(
            text in "[a-b \\PC\"',;\t\n\r\u{0}\u{1b}\u{85}\u{2028}\u{202e}<>\\[\\]|\\\\]{1,24}"
        ) {
            let Some(state) = of_text(&text) else {
                return Ok(());
            };
            let none = BTreeMap::new();
            let documents = [
                joined(geojson::lines(&state, &none)),
                joined(annotation::lines(&state, &none)),
                joined(prov::lines(&state, &none)),
                joined(schema_org::lines(&state, &none)),
            ];
            for document in documents {
                prop_assert!(serde_json::from_str::<Value>(&document).is_ok(), "{}", document);
            }
            let lines = [
                joined(jsonl::lines(&state, &none)),
                joined(ftm::lines(&state, &none)),
                joined(ninjs::lines(&state, &none)),
                joined(polecat::plover(&state, &none)),
            ];
            for line in lines.iter().flat_map(|lines| lines.split_terminator('\n')) {
                prop_assert!(serde_json::from_str::<Value>(line).is_ok(), "{}", line);
            }
            let tables = [
                (joined(polecat::lines(&state, &none)), polecat::COLUMNS.len()),
                (joined(gdelt::lines(&state, &none)), gdelt::EVENTS.len()),
                (joined(gdelt::mentions(&state, &none)), gdelt::MENTIONS.len()),
            ];
            for (table, columns) in tables {
                for row in table.split_terminator('\n') {
                    prop_assert_eq!(row.split('\t').count(), columns, "{}", row);
                }
            }
            for row in brief::lines(&state) {
                let bad = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
                prop_assert!(!row.contains(bad), "{}", row);
            }
            let rows = table::lines(&state, &none).chain(acled::lines(&state, &none));
            let rows = rows.chain(ged::lines(&state, &none)).chain(ftm::statements(&state, &none));
            for row in rows {
                prop_assert_eq!(row.matches('"').count() % 2, 0, "{}", row);
            }
            prop_assert!(parquet::bytes(&state, &none).count() > 1);
        }
    }
}
