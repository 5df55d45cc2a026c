//! The native part of the Python package `rapporteur`: it reads, and it exchanges tables. What Python's users see is in
//! `python/rapporteur`; `_native.pyi` describes what stands here.
//!
//! No question is decided here. Every call that may take long releases the interpreter, and no fault of ours gets past
//! [`fault::guarded`] as anything but a Python exception.

mod answers;
mod exchange;
mod fault;
mod flow;
mod given;
mod ledger;
mod pages;
mod reader;
mod table;

use std::path::PathBuf;

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use rapporteur::source::Piece;

/// The native part of `rapporteur`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::fault::{FaultError, fault_for_tests};
    #[pymodule_export]
    use super::flow::Flow;
    #[pymodule_export]
    use super::ledger::Ledger;
    #[pymodule_export]
    use super::pages::Pages;
    #[pymodule_export]
    use super::reader::Reader;
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::{columns, flatten, pieces, readings_of, together, version};
}

/// The version of the package, which is that of the program.
#[pyfunction]
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Name, kind and description of each column of a flat table.
#[pyfunction]
fn columns(table: &str) -> PyResult<Vec<(&'static str, &'static str, &'static str)>> {
    let columns = named(table)?.columns().iter();
    Ok(columns
        .map(|column| (column.name, column.kind().as_str(), column.about))
        .collect())
}

/// The rows that a table of readings has in a flat table.
#[pyfunction]
fn flatten(py: Python, table: &str, readings: &Bound<PyAny>) -> PyResult<table::Table> {
    let table = named(table)?;
    let input = exchange::take("readings", readings)?;
    fault::guarded(py, || {
        let mut batches = Vec::new();
        for batch in input {
            let batch = batch.map_err(table::arrow_error)?;
            batches.push(tables::flatten(table, &batch).map_err(table::table_error)?);
        }
        Ok(table::Table::new(table.schema(), batches))
    })
}

/// The rows of several tables of readings, in their order.
#[pyfunction]
fn together(readings: Vec<Bound<PyAny>>) -> PyResult<table::Table> {
    let mut batches = Vec::new();
    for readings in &readings {
        for batch in exchange::take("readings", readings)? {
            let batch = batch.map_err(table::arrow_error)?;
            tables::Readings::of(&batch).map_err(table::table_error)?;
            batches.push(batch);
        }
    }
    Ok(table::Table::new(tables::readings_schema(), batches))
}

/// The table of readings of records, given as JSON.
#[pyfunction]
fn readings_of(py: Python, records: Vec<String>) -> PyResult<table::Table> {
    fault::guarded(py, || {
        // As many as `Reader.readings` puts in one batch, so that no batch grows beyond what Arrow's strings hold.
        let batches = records.chunks(256).map(|records| {
            let parsed = records.iter().map(|json| tables::Reading::of_record(json));
            let readings = parsed.collect::<Result<Vec<_>, _>>();
            readings.and_then(|readings| tables::readings(&readings))
        });
        let batches = batches.collect::<Result<Vec<_>, _>>();
        let batches = batches.map_err(table::table_error)?;
        Ok(table::Table::new(tables::readings_schema(), batches))
    })
}

/// Offset and length of the pieces of a file, each about `size` bytes.
#[pyfunction]
fn pieces(py: Python, path: PathBuf, size: u64) -> PyResult<Vec<(u64, u64)>> {
    if size == 0 {
        return Err(PyValueError::new_err("argument 'size': must be positive"));
    }
    let pieces = fault::guarded(py, || {
        Piece::cut(&path, size).map_err(|error| PyOSError::new_err(error.to_string()))
    })?;
    Ok(pieces
        .into_iter()
        .map(|piece| (piece.offset, piece.length))
        .collect())
}

fn named(table: &str) -> PyResult<tables::Table> {
    table
        .parse()
        .map_err(|error: tables::NoTable| PyValueError::new_err(error.to_string()))
}
