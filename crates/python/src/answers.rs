//! Rows of a ledger's answers as tables.
//!
//! Lists become words with `;` between them, as in the flat tables; what has fields of its own becomes JSON.

use std::io;
use std::sync::Arc;

use ::ledger::LedgerError;
use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::table::{Table, arrow_error};

/// The columns of an answer, as the ledger's rows name them. Those that are numbers have `#` (whole) or `~` (real)
/// before their name.
fn columns(question: &str) -> Option<&'static [&'static str]> {
    Some(match question {
        "events" => &[
            "id",
            "first",
            "last",
            "day",
            "type",
            "mode",
            "status",
            "actor",
            "recipient",
            "place",
            "country",
            "#reported_as_fact",
            "claimed_by",
            "denied_by",
            "#tellings",
            "#reports",
            "reported_first",
            "reported_last",
            "cameo",
            "~goldstein",
            "figures",
            "evidence",
        ],
        "reports" => &[
            "id",
            "occurrence",
            "story",
            "published",
            "publisher",
            "type",
            "mode",
            "status",
            "actor",
            "recipient",
            "according_to",
            "first",
            "last",
            "place",
            "trigger",
            "~confidence",
            "rule",
            "local",
            "sentence",
        ],
        "claims" => &[
            "id",
            "story",
            "published",
            "publisher",
            "source",
            "country",
            "stance",
            "cue",
            "manner",
            "addressee",
            "content",
            "events",
            "~confidence",
            "sentence",
        ],
        "stories" => &[
            "id",
            "hash",
            "ref",
            "url",
            "publisher",
            "published",
            "headline",
            "language",
            "copy_of",
            "#readings",
            "#events",
            "#claims",
            "program",
        ],
        "actors" => &[
            "id",
            "name",
            "kind",
            "country",
            "codes",
            "wikidata",
            "#stories",
            "#acts",
            "#receives",
            "#says",
        ],
        "relations" => &[
            "period",
            "#occurrences",
            "#verbal_cooperation",
            "#material_cooperation",
            "#verbal_conflict",
            "#material_conflict",
            "~goldstein_sum",
            "~goldstein_mean",
            "~index",
            "~uncertainty",
            "trend",
        ],
        _ => return None,
    })
}

/// Rows of an answer, as they come.
pub struct Answer {
    names: Vec<&'static str>,
    columns: Vec<Cells>,
    rows: usize,
}

enum Cells {
    Text(StringBuilder),
    Whole(Int64Builder),
    Real(Float64Builder),
}

impl Answer {
    /// No rows yet of the answer to this question; `None` where there is no such question.
    pub fn to(question: &str) -> Option<Self> {
        let marked = columns(question)?;
        let plain = |name: &'static str| name.trim_start_matches(['#', '~']);
        Some(Answer {
            names: marked.iter().map(|name| plain(name)).collect(),
            columns: marked
                .iter()
                .map(|name| match name.as_bytes()[0] {
                    b'#' => Cells::Whole(Int64Builder::new()),
                    b'~' => Cells::Real(Float64Builder::new()),
                    _ => Cells::Text(StringBuilder::new()),
                })
                .collect(),
            rows: 0,
        })
    }

    /// Adds a row of the ledger.
    ///
    /// # Errors
    /// Where the row is no object, which none of the ledger's is.
    pub fn add(&mut self, row: &impl Serialize) -> Result<(), LedgerError> {
        let row = serde_json::to_value(row).map_err(io::Error::from)?;
        for (name, cells) in self.names.iter().zip(&mut self.columns) {
            let value = &row[*name];
            match cells {
                Cells::Text(cells) => cells.append_option(text(value)),
                Cells::Whole(cells) => cells.append_option(value.as_i64()),
                Cells::Real(cells) => cells.append_option(value.as_f64()),
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// The table of all rows.
    ///
    /// # Errors
    /// Where the columns do not fit together, which they do.
    pub fn table(self) -> PyResult<Table> {
        let mut fields = Vec::with_capacity(self.names.len());
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.names.len());
        for (name, cells) in self.names.into_iter().zip(self.columns) {
            let (kind, array): (DataType, ArrayRef) = match cells {
                Cells::Text(mut cells) => (DataType::Utf8, Arc::new(cells.finish())),
                Cells::Whole(mut cells) => (DataType::Int64, Arc::new(cells.finish())),
                Cells::Real(mut cells) => (DataType::Float64, Arc::new(cells.finish())),
            };
            fields.push(Field::new(name, kind, true));
            arrays.push(array);
        }
        let schema: SchemaRef = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(arrow_error)?;
        Ok(Table::new(schema, vec![batch]))
    }
}

/// A table of rows that are all there.
///
/// # Errors
/// Where there is no such question.
pub fn table(question: &str, rows: &[impl Serialize]) -> PyResult<Table> {
    let answer = Answer::to(question);
    let mut answer = answer
        .ok_or_else(|| PyValueError::new_err(format!("there is no question `{question}`")))?;
    for row in rows {
        answer
            .add(row)
            .map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    }
    answer.table()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            (!values.is_empty()).then(|| values.join(";"))
        }
        other => Some(other.to_string()),
    }
}
