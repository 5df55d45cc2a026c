//! Stories of a Python iterable through all cores, their records in the same order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use rapporteur::source::{Given, story};

use crate::fault::{STACK, fault};
use crate::given;

/// Stories in flight for each worker: enough to keep all busy behind a long one, few enough to bound memory.
const AHEAD: usize = 4;

/// A story on its way to a worker.
struct Task {
    /// Its place among those that were sent, by which the outcomes are put in order.
    place: usize,
    /// Its number in the iterable.
    item: usize,
    text: String,
    given: Given,
}

/// What the worker made of it.
struct Outcome {
    place: usize,
    item: usize,
    /// The record as JSON, or the exception for a fault.
    json: PyResult<String>,
}

/// The records, as JSON, of the stories of an iterable. Made by `Reader.read_many`.
#[pyclass(frozen, module = "rapporteur._native")]
pub struct Flow(Mutex<State>);

struct State {
    items: Py<PyIterator>,
    /// Whether an item that cannot be read is noted, and the others are read on.
    skip: bool,
    window: usize,
    /// `None` once nothing more is to be read, so that the workers end.
    tasks: Option<mpsc::Sender<Task>>,
    outcomes: mpsc::Receiver<Outcome>,
    early: BTreeMap<usize, Outcome>,
    /// Number of the item that comes next, from 0.
    item: usize,
    sent: usize,
    given: usize,
    /// What ends the flow when all that was sent has been given.
    end: Option<PyErr>,
    problems: Vec<(usize, String)>,
}

impl Flow {
    /// Starts the workers.
    ///
    /// # Errors
    /// Where a thread cannot be started.
    pub fn start(
        reader: &Arc<rapporteur::Reader>,
        items: Py<PyIterator>,
        jobs: usize,
        skip: bool,
    ) -> PyResult<Self> {
        let (tasks, queue) = mpsc::channel::<Task>();
        let (to_us, outcomes) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..jobs {
            let (reader, queue, to_us) = (Arc::clone(reader), Arc::clone(&queue), to_us.clone());
            let work = move || {
                while let Some(task) = next(&queue) {
                    let outcome = Outcome {
                        place: task.place,
                        item: task.item,
                        json: read(&reader, task.text, task.given),
                    };
                    if to_us.send(outcome).is_err() {
                        return;
                    }
                }
            };
            thread::Builder::new().stack_size(STACK).spawn(work)?;
        }
        Ok(Flow(Mutex::new(State {
            items,
            skip,
            window: jobs * AHEAD,
            tasks: Some(tasks),
            outcomes,
            early: BTreeMap::new(),
            item: 0,
            sent: 0,
            given: 0,
            end: None,
            problems: Vec::new(),
        })))
    }
}

fn next(queue: &Mutex<mpsc::Receiver<Task>>) -> Option<Task> {
    queue.lock().ok()?.recv().ok()
}

fn read(reader: &rapporteur::Reader, text: String, given: Given) -> PyResult<String> {
    let work = || serde_json::to_string(&reader.read(&story(text, given)));
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(json) => json.map_err(|error| PyRuntimeError::new_err(error.to_string())),
        Err(panic) => Err(fault(&*panic)),
    }
}

#[pymethods]
impl Flow {
    fn __iter__(slf: PyRef<Self>) -> PyRef<Self> {
        slf
    }

    fn __next__(&self, py: Python) -> PyResult<Option<String>> {
        let Ok(mut state) = self.0.try_lock() else {
            return Err(PyRuntimeError::new_err(
                "these records are being read by another thread",
            ));
        };
        loop {
            state.fill(py)?;
            if state.given == state.sent {
                return state.end.take().map_or(Ok(None), Err);
            }
            py.check_signals()?;
            let outcome = state.take(py)?;
            match outcome.json {
                Ok(json) => return Ok(Some(json)),
                Err(error) if state.skip => {
                    state.problems.push((outcome.item, error.to_string()));
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Number of the item and what was wrong with it, for each that was left out so far.
    #[getter]
    fn problems(&self) -> PyResult<Vec<(usize, String)>> {
        match self.0.try_lock() {
            Ok(state) => Ok(state.problems.clone()),
            Err(_) => Err(PyRuntimeError::new_err(
                "these records are being read by another thread",
            )),
        }
    }
}

impl State {
    /// Hands stories out until enough are on their way.
    fn fill(&mut self, py: Python) -> PyResult<()> {
        while self.sent < self.given + self.window {
            let Some(tasks) = &self.tasks else { break };
            let story = match self.items.bind(py).clone().next() {
                None => {
                    self.tasks = None;
                    break;
                }
                // The caller's own iterable has failed; what it gave before is read to the end.
                Some(Err(error)) => {
                    self.end = Some(error);
                    self.tasks = None;
                    break;
                }
                Some(Ok(item)) => checked(&item),
            };
            let number = self.item;
            self.item += 1;
            match story {
                Ok((text, given)) => {
                    let task = Task {
                        place: self.sent,
                        item: number,
                        text,
                        given,
                    };
                    if tasks.send(task).is_err() {
                        return Err(PyRuntimeError::new_err("no worker is left"));
                    }
                    self.sent += 1;
                }
                Err(error) if self.skip => {
                    self.problems.push((number, error.value(py).to_string()));
                }
                Err(error) => {
                    let message = format!("item {number}: {}", error.value(py));
                    self.end = Some(PyErr::from_type(error.get_type(py), message));
                    self.tasks = None;
                }
            }
        }
        Ok(())
    }

    /// Waits for the outcome whose turn it is, with the interpreter released.
    fn take(&mut self, py: Python) -> PyResult<Outcome> {
        loop {
            if let Some(outcome) = self.early.remove(&self.given) {
                self.given += 1;
                return Ok(outcome);
            }
            let outcomes = &mut self.outcomes;
            match py.detach(move || outcomes.recv()) {
                Ok(outcome) => self.early.insert(outcome.place, outcome),
                Err(_) => return Err(PyRuntimeError::new_err("no worker is left")),
            };
        }
    }
}

/// The story of an item; one without any text is told here, where its number is known.
fn checked(item: &Bound<PyAny>) -> PyResult<(String, Given)> {
    let (text, given) = given::item(item)?;
    if text.trim().is_empty() {
        return Err(PyValueError::new_err("there is no text"));
    }
    Ok((text, given))
}
