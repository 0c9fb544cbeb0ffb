//! Rows as Arrow tables, and what Python sees of them.

use arrow_array::builder::{
    BinaryBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder,
    StringBuilder,
};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use rapporteur_model::{Date, When};
use rapporteur_views::export::table;
use std::sync::{Arc, Mutex, PoisonError};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A list of words.
    Texts,
    /// A whole number.
    Whole,
    /// A list of whole numbers.
    Wholes,
    /// A number.
    Number,
    /// A day.
    Day,
    /// Yes or no.
    Flag,
    /// Bytes.
    Bytes,
}

/// One value; nothing where nobody said, or where the row is an error.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Nothing, in a column of any kind.
    None,
    /// Words.
    Text(String),
    /// A list of words.
    Texts(Vec<String>),
    /// A whole number.
    Whole(i64),
    /// A list of whole numbers.
    Wholes(Vec<i64>),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// Yes or no.
    Flag(bool),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<Vec<String>> for Cell {
    fn from(texts: Vec<String>) -> Cell {
        Cell::Texts(texts)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Cell {
        i64::try_from(number).map_or(Cell::None, Cell::Whole)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Cell {
        Cell::Flag(flag)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Cell {
        // Python has no years before the first; the line in `json` tells them.
        match day.year() >= 1 {
            true => Cell::Day(day),
            false => Cell::None,
        }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::None, Into::into)
    }
}

impl From<&Option<String>> for Cell {
    fn from(text: &Option<String>) -> Cell {
        text.as_deref().into()
    }
}

impl From<table::Cell> for Cell {
    fn from(cell: table::Cell) -> Cell {
        match cell {
            table::Cell::Text(text) => text.into(),
            table::Cell::Texts(texts) => texts.into(),
            table::Cell::Whole(number) => number.map_or(Cell::None, Cell::Whole),
            table::Cell::Number(number) => number.into(),
            table::Cell::Day(day) => day.into(),
        }
    }
}

/// The days of an interval, as two cells.
pub fn days(when: Option<When>) -> [Cell; 2] {
    [
        when.map(|when| when.earliest).into(),
        when.map(|when| when.latest).into(),
    ]
}

/// The columns of a table, in order.
pub type Columns = Vec<(&'static str, Kind)>;

/// The kind of a column of the table of claims.
pub fn kind_of(kind: table::Kind) -> Kind {
    match kind {
        table::Kind::Text => Kind::Text,
        table::Kind::Texts => Kind::Texts,
        table::Kind::Whole => Kind::Whole,
        table::Kind::Number => Kind::Number,
        table::Kind::Day => Kind::Day,
    }
}

/// The schema of these columns; every value may be null.
pub fn schema(columns: &Columns) -> SchemaRef {
    let list = |of| DataType::List(Arc::new(Field::new("item", of, true)));
    let field = |(name, kind): &(&'static str, Kind)| {
        let kind = match kind {
            Kind::Text => DataType::Utf8,
            Kind::Texts => list(DataType::Utf8),
            Kind::Whole => DataType::Int64,
            Kind::Wholes => list(DataType::Int64),
            Kind::Number => DataType::Float64,
            Kind::Day => DataType::Date32,
            Kind::Flag => DataType::Boolean,
            Kind::Bytes => DataType::Binary,
        };
        Field::new(*name, kind, true)
    };
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

fn days_since_1970(day: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    epoch.until(day).map_or(0, |span| span.get_days())
}

/// A column of so many rows. A cell of another kind than its column's is nothing.
fn column(kind: Kind, cells: impl Iterator<Item = Cell>) -> ArrayRef {
    macro_rules! plain {
        ($builder:expr, $cell:ident($value:ident) => $kept:expr) => {{
            let mut builder = $builder;
            cells.for_each(|cell| {
                builder.append_option(match cell {
                    Cell::$cell($value) => Some($kept),
                    _ => None,
                })
            });
            Arc::new(builder.finish()) as ArrayRef
        }};
    }
    macro_rules! listed {
        ($builder:expr, $cell:ident) => {{
            let mut builder = ListBuilder::new($builder);
            cells.for_each(|cell| match cell {
                Cell::$cell(values) => {
                    let values = values.into_iter();
                    values.for_each(|value| builder.values().append_value(value));
                    builder.append(true);
                }
                _ => builder.append(false),
            });
            Arc::new(builder.finish()) as ArrayRef
        }};
    }
    match kind {
        Kind::Text => plain!(StringBuilder::new(), Text(text) => text),
        Kind::Whole => plain!(Int64Builder::new(), Whole(number) => number),
        Kind::Number => plain!(Float64Builder::new(), Number(number) => number),
        Kind::Day => plain!(Date32Builder::new(), Day(day) => days_since_1970(day)),
        Kind::Flag => plain!(BooleanBuilder::new(), Flag(flag) => flag),
        Kind::Bytes => plain!(BinaryBuilder::new(), Bytes(bytes) => bytes),
        Kind::Texts => listed!(StringBuilder::new(), Texts),
        Kind::Wholes => listed!(Int64Builder::new(), Wholes),
    }
}

/// A row, a cell a column.
pub type Row = Vec<Cell>;

/// Rows of these columns as one batch.
pub fn batch(columns: &Columns, rows: Vec<Row>) -> Result<RecordBatch, ArrowError> {
    let mut turned: Vec<Vec<Cell>> = columns.iter().map(|_| vec![]).collect();
    for row in rows {
        let mut row = row.into_iter();
        for column in &mut turned {
            column.push(row.next().unwrap_or(Cell::None));
        }
    }
    let arrays = (columns.iter().zip(turned))
        .map(|((_, kind), cells)| column(*kind, cells.into_iter()))
        .collect();
    RecordBatch::try_new(schema(columns), arrays)
}

/// So many rows a batch: what is held twice while a table is made.
const BATCH: usize = 4096;

pub fn fault(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(format!("cannot make the table: {error}"))
}

/// Batches as they are made.
type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

fn stream<'py>(
    py: Python<'py>,
    batches: Batches,
    schema: &SchemaRef,
) -> PyResult<Bound<'py, PyCapsule>> {
    let reader = RecordBatchIterator::new(batches, schema.clone());
    let stream = FFI_ArrowArrayStream::new(Box::new(reader));
    PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
}

/// A table in Arrow's columns.
///
/// Whatever takes the Arrow PyCapsule interface takes it without a copy: `pyarrow.table(t)`,
/// `polars.DataFrame(t)`, `pandas.DataFrame.from_arrow(t)`, DuckDB. It is read as often as you like.
#[pyclass(module = "rapporteur", frozen)]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub fn of(columns: &Columns, mut rows: Vec<Row>) -> PyResult<Table> {
        let mut batches = vec![];
        while !rows.is_empty() {
            let rest = rows.split_off(BATCH.min(rows.len()));
            batches.push(batch(columns, std::mem::replace(&mut rows, rest)).map_err(fault)?);
        }
        Ok(Table {
            schema: schema(columns),
            batches,
        })
    }
}

#[pymethods]
impl Table {
    /// The table as an Arrow C stream, in a capsule.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Only the table's own schema is offered, which the interface allows.
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        stream(py, Box::new(batches), &self.schema)
    }

    /// The table's schema, in a capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(fault)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = (self.schema.fields().iter())
            .map(|field| field.name().as_str())
            .collect();
        format!(
            "<rapporteur.Table: {} rows of {}>",
            self.__len__(),
            names.join(", ")
        )
    }

    /// The names of the columns, in order.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        let fields = self.schema.fields().iter();
        fields.map(|field| field.name().clone()).collect()
    }

    /// The table as a `pyarrow.Table`; needs pyarrow.
    fn to_pyarrow<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let pyarrow = slf.py().import("pyarrow")?;
        pyarrow.call_method1("table", (slf,))
    }

    /// The table as a `pandas.DataFrame`; needs pandas and pyarrow.
    fn to_pandas<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Table::to_pyarrow(slf)?.call_method0("to_pandas")
    }

    /// The table as a `polars.DataFrame`; needs polars.
    fn to_polars<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let polars = slf.py().import("polars")?;
        polars.call_method1("DataFrame", (slf,))
    }
}

/// Batches of a table as they are made; they are read once.
#[pyclass(module = "rapporteur", frozen)]
pub struct Stream {
    schema: SchemaRef,
    batches: Mutex<Option<Batches>>,
}

impl Stream {
    pub fn of(
        columns: &Columns,
        batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
    ) -> Stream {
        Stream {
            schema: schema(columns),
            batches: Mutex::new(Some(Box::new(batches))),
        }
    }
}

#[pymethods]
impl Stream {
    /// The batches as an Arrow C stream, in a capsule.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let mut batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        let batches = batches.take().ok_or_else(|| {
            PyRuntimeError::new_err("the rows were read already; ask for them again")
        })?;
        stream(py, batches, &self.schema)
    }
}
