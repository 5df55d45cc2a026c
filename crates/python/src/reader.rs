//! The reader, as Python sees it.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use rapporteur::pairs::Pair;
use rapporteur::source::{Given, Options, Piece, Stories, story};
use rapporteur::{Arithmetic, UserLexicon};
use tables::{Documents, Names, Settings, read_documents, read_stories};

use crate::exchange;
use crate::fault::guarded;
use crate::flow::Flow;
use crate::given;
use crate::pages::Pages;
use crate::table::{Table, arrow_error, table_error};

/// Opens the model once and serves all threads.
#[pyclass(frozen, module = "rapporteur._native")]
pub struct Reader {
    inner: Arc<rapporteur::Reader>,
    jobs: usize,
    lexicon_problems: Vec<String>,
}

#[pymethods]
impl Reader {
    #[new]
    #[pyo3(signature = (lexicon, arithmetic, jobs))]
    fn new(
        py: Python,
        lexicon: Vec<PathBuf>,
        arithmetic: Option<&str>,
        jobs: Option<usize>,
    ) -> PyResult<Self> {
        let arithmetic = match arithmetic {
            None => None,
            Some("f32") => Some(Arithmetic::F32),
            Some("int16") => Some(Arithmetic::Int16),
            Some(other) => {
                return Err(PyValueError::new_err(format!(
                    "argument 'arithmetic': '{other}' is neither 'f32' nor 'int16'"
                )));
            }
        };
        if jobs == Some(0) {
            return Err(PyValueError::new_err("argument 'jobs': must be positive"));
        }
        let (inner, lexicon_problems) = guarded(py, || open(&lexicon, arithmetic))?;
        let cores = || thread::available_parallelism().map_or(1, |n| n.get());
        Ok(Reader {
            inner: Arc::new(inner),
            jobs: jobs.unwrap_or_else(cores),
            lexicon_problems,
        })
    }

    /// The record of a story, as JSON.
    #[pyo3(signature = (text, *, id=None, url=None, publisher=None, headline=None, byline=None, published=None))]
    #[allow(clippy::too_many_arguments)] // They are keywords in Python, and have names there.
    fn read(
        &self,
        py: Python,
        text: String,
        id: Option<String>,
        url: Option<String>,
        publisher: Option<String>,
        headline: Option<String>,
        byline: Option<String>,
        published: Option<Bound<PyAny>>,
    ) -> PyResult<String> {
        let given = Given {
            reference: id,
            url,
            publisher,
            headline,
            byline,
            published: given::published(published.as_ref())?,
        };
        guarded(py, || json(&self.inner.read(&story(text, given))))
    }

    /// The records, as JSON, of the stories of an iterable, in its order.
    fn read_many(&self, stories: &Bound<PyAny>, skip: bool) -> PyResult<Flow> {
        let items: Bound<PyIterator> = stories.try_iter()?;
        Flow::start(&self.inner, items.unbind(), self.jobs, skip)
    }

    /// The readings of a table of documents.
    #[pyo3(signature = (documents, names, only_english))]
    fn readings(
        &self,
        py: Python,
        documents: &Bound<PyAny>,
        names: ColumnNames,
        only_english: bool,
    ) -> PyResult<Table> {
        let batches = exchange::take("documents", documents)?;
        let names = Names::from(names);
        let settings = self.settings(only_english);
        guarded(py, || {
            let mut found = Vec::new();
            // Even a table without rows has columns that may be the wrong ones.
            let empty = arrow_array::RecordBatch::new_empty(batches.schema());
            Documents::of(&empty, &names).map_err(table_error)?;
            for batch in batches {
                let batch = batch.map_err(arrow_error)?;
                let documents = Documents::of(&batch, &names).map_err(table_error)?;
                read_documents(&self.inner, &documents, settings, |batch| {
                    found.push(batch);
                    Ok(())
                })
                .map_err(table_error)?;
            }
            Ok(Table::new(tables::readings_schema(), found))
        })
    }

    /// The readings of files, folders, or a piece of a file, in tables of at most `rows` rows.
    #[pyo3(signature = (paths, offset, length, published, only_english, rows))]
    fn pages(
        &self,
        paths: Vec<PathBuf>,
        offset: u64,
        length: Option<u64>,
        published: Option<Bound<PyAny>>,
        only_english: bool,
        rows: usize,
    ) -> PyResult<Pages> {
        let mut options = Options::default();
        if let Some(date) = given::published(published.as_ref())? {
            let dated = options.published(&date);
            options = dated.map_err(|error| PyValueError::new_err(error.to_string()))?;
        }
        let reader = Arc::clone(&self.inner);
        let settings = Settings {
            rows,
            ..self.settings(only_english)
        };
        Pages::start(move |give| {
            let stories = match (&paths[..], length) {
                ([path], Some(length)) => {
                    let path = path.clone();
                    let piece = Piece {
                        path,
                        offset,
                        length,
                    };
                    Stories::of_piece(&piece, options)
                }
                _ => Stories::open(&paths, options),
            };
            read_stories(&reader, stories, settings, give).map_err(table_error)
        })
    }

    /// PLOVER types of a pair with their probabilities, the best first. Without actor and recipient they are looked for
    /// between marks in the sentence.
    #[pyo3(signature = (sentence, actor=None, recipient=None))]
    fn relate(
        &self,
        py: Python,
        sentence: &str,
        actor: Option<&str>,
        recipient: Option<&str>,
    ) -> PyResult<Vec<(&'static str, f32)>> {
        let pair = match (actor, recipient) {
            (None, None) => Pair::marked(sentence),
            _ => Pair::found(sentence, actor.unwrap_or(""), recipient.unwrap_or("")),
        };
        let pair = pair.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let scores = guarded(py, || Ok(self.inner.relate(&[pair])))?;
        let types = scores.into_iter().flat_map(|scores| scores.types);
        Ok(types
            .map(|(kind, probability)| (kind.as_str(), probability))
            .collect())
    }

    /// Program, model and lexicon, and the short name of this version.
    #[getter]
    fn provenance(&self) -> (String, String, String, String) {
        let made = self.inner.provenance();
        let short = tables::version(made);
        (
            made.program.clone(),
            made.model.clone(),
            made.lexicon.clone(),
            short,
        )
    }

    /// What was wrong with lines of the user's lexicon, which were left out.
    #[getter]
    fn lexicon_problems(&self) -> Vec<String> {
        self.lexicon_problems.clone()
    }

    /// Documents read at the same time.
    #[getter]
    fn jobs(&self) -> usize {
        self.jobs
    }
}

impl Reader {
    fn settings(&self, only_english: bool) -> Settings {
        Settings {
            only_english,
            ..Settings::with_jobs(self.jobs)
        }
    }
}

/// Names of columns, as Python gives them.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct ColumnNames {
    text: String,
    id: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    headline: Option<String>,
    byline: Option<String>,
    published: Option<String>,
}

impl From<ColumnNames> for Names {
    fn from(given: ColumnNames) -> Self {
        Names {
            text: given.text,
            id: given.id,
            url: given.url,
            publisher: given.publisher,
            headline: given.headline,
            byline: given.byline,
            published: given.published,
        }
    }
}

fn open(
    lexicon: &[PathBuf],
    arithmetic: Option<Arithmetic>,
) -> PyResult<(rapporteur::Reader, Vec<String>)> {
    let mut own = UserLexicon::default();
    let mut problems = Vec::new();
    for path in lexicon {
        let found = own
            .add_file(path)
            .map_err(|error| PyOSError::new_err(error.to_string()))?;
        let told = found
            .iter()
            .map(|problem| format!("{}, {problem}", path.display()));
        problems.extend(told);
    }
    let opened = arithmetic.map_or_else(
        rapporteur::Reader::built_in,
        rapporteur::Reader::built_in_with,
    );
    let reader = opened.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    Ok((reader.with_lexicon(own), problems))
}

fn json(record: &types::record::Record) -> PyResult<String> {
    serde_json::to_string(record).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}
