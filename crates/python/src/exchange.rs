//! Tables from Python and to Python over Arrow's PyCapsule interface, without a copy
//! (arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html).

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray};
use arrow_schema::{DataType, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::table::arrow_error;

/// Batches that came from Python.
pub type Batches = Box<dyn RecordBatchReader + Send>;

/// Takes a table or a batch from whatever library made it.
///
/// # Errors
/// `TypeError` that names the argument, where the object has no such interface.
pub fn take(argument: &str, object: &Bound<PyAny>) -> PyResult<Batches> {
    if object.hasattr("__arrow_c_stream__")? {
        let capsule = object.call_method0("__arrow_c_stream__")?;
        return Ok(Box::new(stream(&capsule)?));
    }
    if object.hasattr("__arrow_c_array__")? {
        let capsules = object.call_method0("__arrow_c_array__")?;
        let batch = array(capsules.cast::<PyTuple>()?)?;
        let schema = batch.schema();
        return Ok(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
    }
    let name = object.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "argument '{argument}': '{name}' is no Arrow table or batch; give one of pyarrow, polars, pandas or duckdb"
    )))
}

fn stream(capsule: &Bound<PyAny>) -> PyResult<ArrowArrayStreamReader> {
    let pointer = capsule
        .cast::<PyCapsule>()?
        .pointer_checked(Some(c"arrow_array_stream"))?;
    // SAFETY: a capsule of this name points to a stream that nobody has taken yet, or to one whose `release` is null;
    // the stream is moved out of it, as the interface wants it.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr().cast()) };
    ArrowArrayStreamReader::try_new(stream).map_err(arrow_error)
}

fn array(capsules: &Bound<PyTuple>) -> PyResult<RecordBatch> {
    let (schema, array): (Bound<PyAny>, Bound<PyAny>) = capsules.extract()?;
    let schema = schema
        .cast::<PyCapsule>()?
        .pointer_checked(Some(c"arrow_schema"))?;
    let array = array
        .cast::<PyCapsule>()?
        .pointer_checked(Some(c"arrow_array"))?;
    // SAFETY: capsules of these names point to a schema and an array; the array is moved out of its capsule, and the
    // schema is only looked at while its capsule lives.
    let data = unsafe {
        let array = FFI_ArrowArray::from_raw(array.as_ptr().cast());
        from_ffi(array, schema.cast::<FFI_ArrowSchema>().as_ref())
    };
    let data = data.map_err(arrow_error)?;
    if !matches!(data.data_type(), DataType::Struct(_)) {
        return Err(PyValueError::new_err(format!(
            "an array of {} is no batch; give a table or a batch with columns",
            data.data_type()
        )));
    }
    Ok(RecordBatch::from(StructArray::from(data)))
}

/// A stream of batches, as a capsule.
pub fn give<'py>(
    py: Python<'py>,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    let stream = FFI_ArrowArrayStream::new(Box::new(reader));
    PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
}

/// A schema, as a capsule.
pub fn give_schema<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(arrow_error)?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}
