//! A table on its way to Python.

use std::fs::File;
use std::path::PathBuf;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use pyo3::exceptions::{PyKeyError, PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use tables::TableError;
use types::Date;

use crate::exchange;
use crate::given::wrong;

/// A table with named columns that any library which speaks Arrow takes without a copy.
#[pyclass(frozen, module = "rapporteur", name = "Table")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Table { schema, batches }
    }
}

#[pymethods]
impl Table {
    /// Number of rows.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Names of the columns, in their order.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        let fields = self.schema.fields().iter();
        fields.map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __repr__(&self) -> String {
        format!(
            "<rapporteur.Table: {} rows, {}>",
            self.num_rows(),
            self.column_names().join(", ")
        )
    }

    /// The schema, for libraries that speak Arrow.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        exchange::give_schema(py, &self.schema)
    }

    /// The batches, for libraries that speak Arrow. No other schema than the table's own is given.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface leaves it to the giver whether a wish for other types is met.
        drop(requested_schema);
        exchange::give(py, self.schema.clone(), self.batches.clone())
    }

    /// As a table of pyarrow, which must be installed.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let pyarrow = slf.py().import("pyarrow")?;
        pyarrow.call_method1("table", (slf,))
    }

    /// As a data frame of pandas; pandas and pyarrow must be installed.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_pyarrow(slf)?.call_method0("to_pandas")
    }

    /// As a data frame of polars, which must be installed.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let polars = slf.py().import("polars")?;
        polars.call_method1("DataFrame", (slf,))
    }

    /// The cells of a column as a list: `str`, `int`, `float`, or for days `str` in the form YYYY-MM-DD.
    fn column<'py>(&self, name: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let py = name.py();
        let Ok(name) = name.extract::<String>() else {
            return Err(wrong("name", "a str", name));
        };
        let Ok(index) = self.schema.index_of(&name) else {
            return Err(PyKeyError::new_err(format!(
                "there is no column `{name}`; the columns are {}",
                self.column_names().join(", ")
            )));
        };
        let mut cells = Vec::with_capacity(self.num_rows());
        for batch in &self.batches {
            let column = batch.column(index);
            for row in 0..batch.num_rows() {
                cells.push(value(py, column, row)?);
            }
        }
        Ok(cells)
    }

    /// Writes the table as CSV in UTF-8, with the names of the columns first and nothing for null.
    fn write_csv(&self, py: Python, path: &Bound<PyAny>) -> PyResult<()> {
        let Ok(path) = path.extract::<PathBuf>() else {
            return Err(wrong("path", "a path", path));
        };
        py.detach(|| self.written(&path))
            .map_err(|error| PyOSError::new_err(format!("{}: {error}", path.display())))
    }
}

impl Table {
    fn written(&self, path: &PathBuf) -> Result<(), csv::Error> {
        let mut out = csv::Writer::from_writer(File::create(path)?);
        out.write_record(self.column_names())?;
        for batch in &self.batches {
            for row in 0..batch.num_rows() {
                let cells = batch.columns().iter();
                out.write_record(cells.map(|column| text(column, row)))?;
            }
        }
        out.flush()?;
        Ok(())
    }
}

/// A cell for Python. Our tables have no other types than these four.
fn value<'py>(py: Python<'py>, column: &dyn Array, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match column.data_type() {
        DataType::Int64 => {
            let cell = column.as_primitive::<Int64Type>().value(row);
            cell.into_pyobject(py)?.into_any()
        }
        DataType::Float64 => {
            let cell = column.as_primitive::<Float64Type>().value(row);
            cell.into_pyobject(py)?.into_any()
        }
        _ => text(column, row).into_pyobject(py)?.into_any(),
    })
}

/// A cell as text; empty for null.
fn text(column: &dyn Array, row: usize) -> String {
    if column.is_null(row) {
        return String::new();
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>().value(row);
            Date::from_days(days.into()).map_or(String::new(), |date| date.to_string())
        }
        _ => String::new(),
    }
}

/// What Arrow says of a table that somebody gave.
pub fn arrow_error(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// A wrong type is a `TypeError`, a missing column a `ValueError`.
pub fn table_error(error: TableError) -> PyErr {
    match error {
        TableError::WrongType { .. } => PyTypeError::new_err(error.to_string()),
        TableError::Thread(_) => PyOSError::new_err(error.to_string()),
        _ => PyValueError::new_err(error.to_string()),
    }
}
