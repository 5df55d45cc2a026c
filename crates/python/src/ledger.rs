//! A ledger, as Python sees it.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

use ::ledger::query::By;
use ::ledger::{Filter, LedgerError};
use pyo3::exceptions::{PyFileNotFoundError, PyKeyError, PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use types::record::Record;

use crate::answers::{self, Answer};
use crate::fault::guarded;
use crate::table::Table;

/// A ledger that is open to be asked.
#[pyclass(frozen, module = "rapporteur._native")]
pub struct Ledger {
    path: PathBuf,
    reader: Mutex<::ledger::Reader>,
}

/// What to show, as Python gives it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Wanted {
    actor: Vec<String>,
    recipient: Vec<String>,
    types: Vec<String>,
    status: Vec<String>,
    since: Option<String>,
    until: Option<String>,
    place: Option<String>,
    issue: Option<String>,
    according_to: Vec<String>,
    text: Option<String>,
    limit: Option<u64>,
}

impl From<Wanted> for Filter {
    fn from(wanted: Wanted) -> Self {
        Filter {
            actor: wanted.actor,
            recipient: wanted.recipient,
            types: wanted.types,
            status: wanted.status,
            since: wanted.since,
            until: wanted.until,
            place: wanted.place,
            issue: wanted.issue,
            according_to: wanted.according_to,
            text: wanted.text,
            limit: wanted.limit,
        }
    }
}

#[pymethods]
impl Ledger {
    /// Opens a ledger; `create` makes an empty one where there is none.
    #[new]
    fn new(py: Python, path: PathBuf, create: bool) -> PyResult<Self> {
        guarded(py, || {
            if create {
                ::ledger::Ledger::open(&path).map_err(told)?;
            } else if !path.exists() {
                let path = path.display();
                return Err(PyFileNotFoundError::new_err(format!(
                    "{path}: there is no such ledger; `create=True` makes one"
                )));
            }
            let reader = ::ledger::Reader::open(&path).map_err(told)?;
            Ok(Ledger {
                path,
                reader: Mutex::new(reader),
            })
        })
    }

    /// The answer to a question: `events`, `reports`, `claims`, `stories`, `actors` or `search`.
    fn ask(
        &self,
        py: Python,
        question: &str,
        wanted: Wanted,
        more: Vec<String>,
    ) -> PyResult<Table> {
        let filter = Filter::from(wanted);
        guarded(py, || {
            let reader = self.reader()?;
            let mut answer = Answer::to(question).ok_or_else(|| {
                PyValueError::new_err(format!("there is no question `{question}`"))
            })?;
            let asked = match question {
                "events" => reader.events(&filter, |row| answer.add(&row)),
                "reports" => reader.reports(&filter, |row| answer.add(&row)),
                "claims" => reader.claims(&filter, &more, |row| answer.add(&row)),
                "stories" => reader.stories(&filter, |row| answer.add(&row)),
                _ => reader.actors(&filter, |row| answer.add(&row)),
            };
            asked.map_err(told)?;
            answer.table()
        })
    }

    /// Cooperation and conflict between two countries, by `month`, `quarter` or `year`.
    fn relations(
        &self,
        py: Python,
        one: &str,
        other: &str,
        by: &str,
        wanted: Wanted,
    ) -> PyResult<Table> {
        let by = match by {
            "month" => By::Month,
            "quarter" => By::Quarter,
            "year" => By::Year,
            _ => {
                return Err(PyValueError::new_err(format!(
                    "argument 'by': '{by}' is none of 'month', 'quarter' and 'year'"
                )));
            }
        };
        let filter = Filter::from(wanted);
        guarded(py, || {
            let periods = self.reader()?.relations(one, other, by, &filter);
            answers::table("relations", &periods.map_err(told)?)
        })
    }

    /// The record of a story, as JSON; `story` is `S12` or the hash of its text.
    fn record(&self, py: Python, story: &str) -> PyResult<String> {
        guarded(py, || {
            let record = self.reader()?.record(story).map_err(told)?;
            serde_json::to_string(&record)
                .map_err(|error| PyRuntimeError::new_err(error.to_string()))
        })
    }

    /// Adds records, given as JSON, in one transaction; gives the number of those that were not there.
    fn add(&self, py: Python, records: Vec<String>) -> PyResult<usize> {
        guarded(py, || {
            let mut ledger = ::ledger::Ledger::open(&self.path).map_err(told)?;
            let mut batch = ledger.batch().map_err(told)?;
            let mut added = 0;
            for json in &records {
                let record: Record = serde_json::from_str(json)
                    .map_err(|error| PyValueError::new_err(format!("no record: {error}")))?;
                let outcome = batch.add(&record).map_err(told)?;
                added += usize::from(outcome != ::ledger::Added::Known);
            }
            batch.commit().map_err(told)?;
            Ok(added)
        })
    }
}

impl Ledger {
    fn reader(&self) -> PyResult<MutexGuard<'_, ::ledger::Reader>> {
        let lock = self.reader.lock();
        lock.map_err(|_| PyRuntimeError::new_err("this ledger has failed before; open it again"))
    }
}

/// A question that cannot be understood is a `ValueError`, a number that nothing has a `KeyError`.
fn told(error: LedgerError) -> PyErr {
    match error {
        LedgerError::Question(_) | LedgerError::Record { .. } => {
            PyValueError::new_err(error.to_string())
        }
        LedgerError::Unknown(_) => PyKeyError::new_err(error.to_string()),
        _ => PyOSError::new_err(error.to_string()),
    }
}
