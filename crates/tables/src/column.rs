//! A flat table as a list of columns, each with its description and the function that fills it.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use crate::TableError;
use crate::row::Row;

/// One column of a flat table.
#[derive(Clone, Copy)]
pub struct Column {
    /// Stable name, in snake case.
    pub name: &'static str,
    /// One line for a person: what it is, its unit, and what null means where that is not plain.
    pub about: &'static str,
    pub(crate) get: Get,
}

/// How a column's cells are made of a row.
#[derive(Clone, Copy)]
pub(crate) enum Get {
    Text(for<'a> fn(&'a Row<'_>) -> Option<Cow<'a, str>>),
    Whole(fn(&Row<'_>) -> Option<i64>),
    Real(fn(&Row<'_>) -> Option<f64>),
    Day(fn(&Row<'_>) -> Option<i32>),
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// Signed, 64 bits.
    Whole,
    /// Floating point, 64 bits.
    Real,
    /// A day of the calendar.
    Day,
}

impl Kind {
    /// The name in documentation: `text`, `whole`, `real` or `day`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Whole => "whole",
            Kind::Real => "real",
            Kind::Day => "day",
        }
    }

    fn arrow(self) -> DataType {
        match self {
            Kind::Text => DataType::Utf8,
            Kind::Whole => DataType::Int64,
            Kind::Real => DataType::Float64,
            Kind::Day => DataType::Date32,
        }
    }
}

impl Column {
    /// What the column holds. Every column may be null.
    pub fn kind(&self) -> Kind {
        match self.get {
            Get::Text(_) => Kind::Text,
            Get::Whole(_) => Kind::Whole,
            Get::Real(_) => Kind::Real,
            Get::Day(_) => Kind::Day,
        }
    }

    fn cells(&self, rows: &[Row]) -> ArrayRef {
        match self.get {
            Get::Text(get) => {
                let mut cells = StringBuilder::with_capacity(rows.len(), rows.len() * 16);
                for row in rows {
                    cells.append_option(get(row));
                }
                Arc::new(cells.finish())
            }
            Get::Whole(get) => {
                let mut cells = Int64Builder::with_capacity(rows.len());
                rows.iter().for_each(|row| cells.append_option(get(row)));
                Arc::new(cells.finish())
            }
            Get::Real(get) => {
                let mut cells = Float64Builder::with_capacity(rows.len());
                rows.iter().for_each(|row| cells.append_option(get(row)));
                Arc::new(cells.finish())
            }
            Get::Day(get) => {
                let mut cells = Date32Builder::with_capacity(rows.len());
                rows.iter().for_each(|row| cells.append_option(get(row)));
                Arc::new(cells.finish())
            }
        }
    }
}

/// The schema of these columns.
pub(crate) fn schema(columns: &[Column]) -> SchemaRef {
    let fields = columns
        .iter()
        .map(|column| Field::new(column.name, column.kind().arrow(), true));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The rows as a batch.
pub(crate) fn batch(columns: &[Column], rows: &[Row]) -> Result<RecordBatch, TableError> {
    let cells = columns.iter().map(|column| column.cells(rows)).collect();
    Ok(RecordBatch::try_new(schema(columns), cells)?)
}

pub(crate) const fn text(
    name: &'static str,
    about: &'static str,
    get: for<'a> fn(&'a Row<'_>) -> Option<Cow<'a, str>>,
) -> Column {
    let get = Get::Text(get);
    Column { name, about, get }
}

pub(crate) const fn whole(
    name: &'static str,
    about: &'static str,
    get: fn(&Row<'_>) -> Option<i64>,
) -> Column {
    let get = Get::Whole(get);
    Column { name, about, get }
}

pub(crate) const fn real(
    name: &'static str,
    about: &'static str,
    get: fn(&Row<'_>) -> Option<f64>,
) -> Column {
    let get = Get::Real(get);
    Column { name, about, get }
}

pub(crate) const fn day(
    name: &'static str,
    about: &'static str,
    get: fn(&Row<'_>) -> Option<i32>,
) -> Column {
    let get = Get::Day(get);
    Column { name, about, get }
}
