//! Faults of ours as Python exceptions.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

pyo3::create_exception!(
    rapporteur,
    FaultError,
    PyRuntimeError,
    "A fault in rapporteur itself; please report it with the story."
);

/// Stack of a thread that reads: long stories nest deep sentences, and Python's own threads may have little.
pub const STACK: usize = 16 << 20;

/// Does work with the interpreter released, on a stack of its own. A panic becomes [`FaultError`], which is an
/// `Exception`: PyO3's own would pass every `except Exception`.
pub fn guarded<T: Send>(py: Python, work: impl FnOnce() -> PyResult<T> + Send) -> PyResult<T> {
    py.detach(|| {
        thread::scope(|scope| {
            let worker = thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, || catch_unwind(AssertUnwindSafe(work)))?;
            worker
                .join()
                .unwrap_or_else(Err)
                .unwrap_or_else(|panic| Err(fault(&*panic)))
        })
    })
}

/// The exception for a panic.
pub fn fault(panic: &(dyn Any + Send)) -> PyErr {
    let said = panic.downcast_ref::<&str>().copied();
    let said = said.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    FaultError::new_err(format!(
        "a fault in rapporteur, please report it: {}",
        said.unwrap_or("it gave no message")
    ))
}

/// Panics, so that the tests can see what becomes of it.
#[pyfunction]
#[pyo3(name = "_fault_for_tests")]
pub fn fault_for_tests(py: Python) -> PyResult<()> {
    guarded(py, || panic!("asked for by a test"))
}
