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
