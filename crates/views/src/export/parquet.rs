//! The table of claims as Apache Parquet: plain values, not compressed, one page a column and group of
//! rows. Written by hand: the format's least part is a few hundred lines, the usual library forty
//! packages.
//!
//! ```text
//! PAR1 | group of rows: for each column, head of a page, page | … | footer | length of the footer | PAR1
//! ```
//!
//! Words are `STRING`, days `DATE`, lists the three-level `LIST`; every column may be null, and a list
//! is never null but may be empty.

mod thrift;

use super::table::{self, COLUMNS, Cell, Kind};
use super::told::is_common;
use rapporteur_model::{Date, EntityId, Place};
use rapporteur_record::State;
use std::collections::BTreeMap;
use thrift::Struct;

/// So many rows a group: what is held in memory at one time.
const GROUP: usize = 10_000;

const MAGIC: &[u8] = b"PAR1";

/// Names of the format's numbers.
mod code {
    pub const INT32: i32 = 1;
    pub const INT64: i32 = 2;
    pub const DOUBLE: i32 = 5;
    pub const BYTE_ARRAY: i32 = 6;

    pub const REQUIRED: i32 = 0;
    pub const OPTIONAL: i32 = 1;
    pub const REPEATED: i32 = 2;

    pub const UTF8: i32 = 0;
    pub const LIST: i32 = 3;
    pub const DATE: i32 = 6;

    pub const LOGICAL_STRING: i16 = 1;
    pub const LOGICAL_LIST: i16 = 3;
    pub const LOGICAL_DATE: i16 = 6;

    pub const PLAIN: i32 = 0;
    pub const RLE: i32 = 3;
    pub const UNCOMPRESSED: i32 = 0;
    pub const DATA_PAGE: i32 = 0;
}

/// The table of claims as one Parquet file, in pieces.
pub fn bytes<'s>(
    state: &'s State,
    places: &'s BTreeMap<EntityId, Place>,
) -> impl Iterator<Item = Vec<u8>> + 's {
    file(COLUMNS, table::rows(state, places))
}

/// Rows as one Parquet file, in pieces: what the first piece begins the last ends.
fn file<'s>(
    columns: &'static [(&'static str, Kind)],
    rows: impl Iterator<Item = Vec<Cell>> + 's,
) -> impl Iterator<Item = Vec<u8>> + 's {
    let mut rows = rows.peekable();
    let mut written = 0;
    let mut groups: Vec<Group> = Vec::new();
    let mut ended = false;
    std::iter::from_fn(move || {
        let mut piece = match written {
            0 => MAGIC.to_vec(),
            _ => Vec::new(),
        };
        if rows.peek().is_some() {
            let some: Vec<Vec<Cell>> = rows.by_ref().take(GROUP).collect();
            groups.push(group(columns, &some, written, &mut piece));
        } else if ended {
            return None;
        } else {
            ended = true;
            let footer = footer(columns, &groups);
            let length = u32::try_from(footer.len()).unwrap_or(u32::MAX);
            piece.extend_from_slice(&footer);
            piece.extend_from_slice(&length.to_le_bytes());
            piece.extend_from_slice(MAGIC);
        }
        written += piece.len();
        Some(piece)
    })
}

/// What the footer tells of a group of rows.
struct Group {
    rows: usize,
    bytes: usize,
    chunks: Vec<Chunk>,
}

/// What the footer tells of a column in a group.
struct Chunk {
    offset: usize,
    bytes: usize,
    /// Values, nulls and empty lists included.
    values: usize,
}

/// Writes a group behind `piece`, which begins at byte `from` of the file.
fn group(columns: &[(&str, Kind)], rows: &[Vec<Cell>], from: usize, piece: &mut Vec<u8>) -> Group {
    let start = piece.len();
    let chunk = |(number, _): (usize, &(&str, Kind))| {
        let page = Page::of(rows.iter().filter_map(|row| row.get(number)));
        let begin = piece.len();
        let body = page.bytes();
        piece.extend(head(page.defined.len(), body.len()));
        piece.extend(body);
        Chunk {
            offset: from + begin,
            bytes: piece.len() - begin,
            values: page.defined.len(),
        }
    };
    let chunks = columns.iter().enumerate().map(chunk).collect();
    Group {
        rows: rows.len(),
        bytes: piece.len() - start,
        chunks,
    }
}

/// The values of one column in one group.
#[derive(Default)]
struct Page {
    /// Is it a column of lists?
    lists: bool,
    /// For each value of a list, 1 where it goes on with the list before it.
    repeated: Vec<u8>,
    /// How far a value is there: 0 null (of a list: nothing in it).
    defined: Vec<u8>,
    values: Vec<u8>,
}

impl Page {
    fn of<'c>(cells: impl Iterator<Item = &'c Cell>) -> Page {
        let mut page = Page::default();
        for cell in cells {
            match cell {
                Cell::Text(text) => page.one(text.as_deref(), |page, text| page.text(text)),
                Cell::Whole(number) => {
                    page.one(*number, |page, number| page.add(&number.to_le_bytes()))
                }
                Cell::Number(number) => {
                    page.one(*number, |page, number| page.add(&number.to_le_bytes()))
                }
                Cell::Day(day) => {
                    // Most readers of dates have no years before the first; `csv` tells them.
                    page.one(day.filter(|day| is_common(*day)), |page, day| {
                        page.add(&days_since_1970(day).to_le_bytes())
                    });
                }
                Cell::Texts(texts) => page.list(texts),
            }
        }
        page
    }

    fn one<T>(&mut self, value: Option<T>, add: impl FnOnce(&mut Page, T)) {
        self.defined.push(u8::from(value.is_some()));
        if let Some(value) = value {
            add(self, value);
        }
    }

    fn list(&mut self, texts: &[String]) {
        self.lists = true;
        if texts.is_empty() {
            self.repeated.push(0);
            self.defined.push(0);
        }
        for (number, text) in texts.iter().enumerate() {
            self.repeated.push(u8::from(number > 0));
            self.defined.push(1);
            self.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.add(&length.to_le_bytes());
        self.add(text.as_bytes());
    }

    fn add(&mut self, bytes: &[u8]) {
        self.values.extend_from_slice(bytes);
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.lists {
            bytes.extend(levels(&self.repeated));
        }
        bytes.extend(levels(&self.defined));
        bytes.extend_from_slice(&self.values);
        bytes
    }
}

/// The head of a page of so many values and bytes.
fn head(values: usize, bytes: usize) -> Vec<u8> {
    let mut data = Struct::new();
    data.i32(1, number(values));
    data.i32(2, code::PLAIN);
    data.i32(3, code::RLE);
    data.i32(4, code::RLE);
    let mut head = Struct::new();
    head.i32(1, code::DATA_PAGE);
    head.i32(2, number(bytes));
    head.i32(3, number(bytes));
    head.structure(5, data);
    head.end()
}

/// Levels of one bit, as runs of the same: each run is its length doubled and the level, behind the
/// length of all.
fn levels(levels: &[u8]) -> Vec<u8> {
    let mut runs = Vec::new();
    for run in levels.chunk_by(|a, b| a == b) {
        thrift::varint(&mut runs, (run.len() as u64) << 1);
        runs.extend(run.first());
    }
    let length = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    [&length.to_le_bytes(), runs.as_slice()].concat()
}

fn days_since_1970(day: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    epoch.until(day).map_or(0, |span| span.get_days())
}

fn number(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

fn long(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// The physical type, the old and the new name of what a column means.
fn types(kind: Kind) -> (i32, Option<(i32, i16)>) {
    match kind {
        Kind::Text | Kind::Texts => (code::BYTE_ARRAY, Some((code::UTF8, code::LOGICAL_STRING))),
        Kind::Whole => (code::INT64, None),
        Kind::Number => (code::DOUBLE, None),
        Kind::Day => (code::INT32, Some((code::DATE, code::LOGICAL_DATE))),
    }
}

fn footer(columns: &[(&str, Kind)], groups: &[Group]) -> Vec<u8> {
    let mut schema = vec![element("schema", None, None, Some(columns.len()), None)];
    for (name, kind) in columns {
        let (physical, meaning) = types(*kind);
        if *kind == Kind::Texts {
            let list = Some((code::LIST, code::LOGICAL_LIST));
            schema.push(element(name, None, Some(code::REQUIRED), Some(1), list));
            schema.push(element("list", None, Some(code::REPEATED), Some(1), None));
            let required = Some(code::REQUIRED);
            schema.push(element("element", Some(physical), required, None, meaning));
        } else {
            let optional = Some(code::OPTIONAL);
            schema.push(element(name, Some(physical), optional, None, meaning));
        }
    }
    let rows = groups.iter().map(|group| group.rows).sum();
    let groups = groups
        .iter()
        .map(|group| row_group(columns, group))
        .collect();
    let mut file = Struct::new();
    file.i32(1, 1);
    file.structures(2, schema);
    file.i64(3, long(rows));
    file.structures(4, groups);
    file.binary(
        6,
        concat!("rapporteur version ", env!("CARGO_PKG_VERSION")).as_bytes(),
    );
    file.end()
}

fn element(
    name: &str,
    physical: Option<i32>,
    repetition: Option<i32>,
    children: Option<usize>,
    meaning: Option<(i32, i16)>,
) -> Struct {
    let mut element = Struct::new();
    if let Some(physical) = physical {
        element.i32(1, physical);
    }
    if let Some(repetition) = repetition {
        element.i32(3, repetition);
    }
    element.binary(4, name.as_bytes());
    if let Some(children) = children {
        element.i32(5, number(children));
    }
    if let Some((converted, logical)) = meaning {
        element.i32(6, converted);
        let mut union = Struct::new();
        union.structure(logical, Struct::new());
        element.structure(10, union);
    }
    element
}

fn row_group(columns: &[(&str, Kind)], group: &Group) -> Struct {
    let chunk = |((name, kind), chunk): (&(&str, Kind), &Chunk)| {
        let mut path = vec![name.as_bytes()];
        if *kind == Kind::Texts {
            path.extend([b"list".as_slice(), b"element"]);
        }
        let mut meta = Struct::new();
        meta.i32(1, types(*kind).0);
        meta.i32s(2, &[code::PLAIN, code::RLE]);
        meta.binaries(3, &path);
        meta.i32(4, code::UNCOMPRESSED);
        meta.i64(5, long(chunk.values));
        meta.i64(6, long(chunk.bytes));
        meta.i64(7, long(chunk.bytes));
        meta.i64(9, long(chunk.offset));
        let mut structure = Struct::new();
        structure.i64(2, long(chunk.offset));
        structure.structure(3, meta);
        structure
    };
    let mut structure = Struct::new();
    structure.structures(1, columns.iter().zip(&group.chunks).map(chunk).collect());
    structure.i64(2, long(group.bytes));
    structure.i64(3, long(group.rows));
    structure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{located, state};
    use expect_test::expect;

    #[test]
    fn levels_are_runs() {
        assert_eq!(levels(&[1, 1, 1, 0, 1]), [6, 0, 0, 0, 6, 1, 2, 0, 2, 1]);
        assert_eq!(levels(&[]), [0, 0, 0, 0]);
        assert_eq!(levels(&[0; 100])[4..], [200, 1, 0]);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days_since_1970(Date::constant(1970, 1, 2)), 1);
        assert_eq!(days_since_1970(Date::constant(1969, 12, 31)), -1);
        assert_eq!(days_since_1970(Date::constant(2031, 3, 1)), 22_339);
    }

    #[test]
    fn a_small_file_byte_for_byte() {
        const TWO: &[(&str, Kind)] = &[("a", Kind::Whole), ("b", Kind::Texts)];
        let rows = vec![
            vec![
                Cell::Whole(Some(5)),
                Cell::Texts(vec!["x".into(), "y".into()]),
            ],
            vec![Cell::Whole(None), Cell::Texts(vec![])],
        ];
        let bytes: Vec<u8> = file(TWO, rows.into_iter()).flatten().collect();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        expect!["504152311500152015202c15041500150615060000040000000201020005000000000000001500153815382c15061500150615060000060000000200020102000400000004010200010000007801000000791502195c4806736368656d6115040015042502180161003500180162150215064c3c000000350418046c697374150200150c25001807656c656d656e7425004c1c0000001604191c192c26081c15041925000619180161150016041642164226080000264a1c150c1925000619380162046c69737407656c656d656e7415001606165a165a264a0000169c011604002818726170706f72746575722076657273696f6e20302e312e3000aa00000050415231"].assert_eq(&hex);
    }

    #[test]
    fn a_file_ends_with_its_footers_length() {
        let state = state();
        let places = located(&state);
        for bytes in [
            bytes(&state, &places).flatten().collect::<Vec<u8>>(),
            file(COLUMNS, std::iter::empty()).flatten().collect(),
        ] {
            assert!(bytes.starts_with(MAGIC) && bytes.ends_with(MAGIC));
            let at = bytes.len() - 8;
            let length = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
            assert!(length <= at - 4);
        }
    }
}
