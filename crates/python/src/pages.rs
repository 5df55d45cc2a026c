//! Tables of readings one after the other, so that memory holds one, however many documents there are.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, mpsc};
use std::thread;

use arrow_array::RecordBatch;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tables::TableError;

use crate::fault::{STACK, fault};
use crate::table::Table;

/// What a worker gives out its batches with; it fails when nobody wants more.
pub type Give<'g> = &'g mut dyn FnMut(RecordBatch) -> Result<(), TableError>;

/// Tables of readings, one after the other. Made by `Reader.pages`.
#[pyclass(frozen, module = "rapporteur._native")]
pub struct Pages(Mutex<mpsc::Receiver<PyResult<RecordBatch>>>);

impl Pages {
    /// Starts the work, which goes one batch ahead of who takes them.
    ///
    /// # Errors
    /// Where a thread cannot be started.
    pub fn start(work: impl FnOnce(Give) -> PyResult<()> + Send + 'static) -> PyResult<Self> {
        let (to_us, batches) = mpsc::sync_channel(1);
        let worker = move || {
            let mut give = |batch| {
                let sent = to_us.send(Ok(batch));
                sent.map_err(|_| TableError::Thread(io::ErrorKind::BrokenPipe.into()))
            };
            let done = catch_unwind(AssertUnwindSafe(|| work(&mut give)));
            if let Err(error) = done.unwrap_or_else(|panic| Err(fault(&*panic))) {
                // Nobody listens any more where nobody wanted more.
                let _ = to_us.send(Err(error));
            }
        };
        thread::Builder::new().stack_size(STACK).spawn(worker)?;
        Ok(Pages(Mutex::new(batches)))
    }
}

#[pymethods]
impl Pages {
    fn __iter__(slf: PyRef<Self>) -> PyRef<Self> {
        slf
    }

    fn __next__(&self, py: Python) -> PyResult<Option<Table>> {
        py.check_signals()?;
        let next = py.detach(|| {
            let batches = self.0.lock().map_err(|_| ())?;
            Ok::<_, ()>(batches.recv())
        });
        match next {
            Err(()) => Err(PyRuntimeError::new_err("these pages have failed before")),
            Ok(Err(_)) => Ok(None),
            Ok(Ok(Err(error))) => Err(error),
            Ok(Ok(Ok(batch))) => Ok(Some(Table::new(batch.schema(), vec![batch]))),
        }
    }
}
