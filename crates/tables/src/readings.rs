//! The table of readings: one row a document, with its record or the reason why there is none.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use rapporteur::source::SourceError;
use types::Date;
use types::record::Record;

use crate::TableError;
use crate::row::days;

/// What became of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Hash of the story's text; `None` where there is no story.
    pub story: Option<String>,
    /// The giver's own name for the document.
    pub reference: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The record as JSON, or why there is none.
    pub outcome: Result<String, Failure>,
}

impl Reading {
    /// The reading that a record is of.
    ///
    /// # Errors
    /// Where `json` is no record.
    pub fn of_record(json: &str) -> Result<Self, TableError> {
        let record: Record =
            serde_json::from_str(json).map_err(|source| TableError::NoRecord { row: 0, source })?;
        Ok(Reading {
            story: Some(record.story.id),
            reference: record.story.reference,
            url: record.story.url,
            published: record.story.published,
            outcome: Ok(json.to_owned()),
        })
    }
}

/// Why a document has no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Short stable name in snake case.
    pub kind: &'static str,
    /// One sentence for a person.
    pub message: String,
}

impl Failure {
    /// A failure of this kind.
    pub fn new(kind: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Failure { kind, message }
    }
}

impl From<&SourceError> for Failure {
    fn from(error: &SourceError) -> Self {
        let kind = match error {
            SourceError::Io { .. } => "unreadable",
            SourceError::NotText { .. } => "not_text",
            SourceError::TooLarge { .. } => "too_large",
            SourceError::Blank { .. } => "no_text",
            SourceError::NoArticle { .. } => "no_article",
            SourceError::Json { .. } => "bad_line",
            SourceError::Columns { .. } => "wrong_columns",
            SourceError::Lead { .. } => "only_lead",
            _ => "no_story",
        };
        Failure::new(kind, error.to_string())
    }
}

impl From<&SourceError> for Reading {
    fn from(error: &SourceError) -> Self {
        let reference = match error {
            SourceError::Io { path, .. } => Some(path.display().to_string()),
            SourceError::NotText { name, .. }
            | SourceError::TooLarge { name, .. }
            | SourceError::Blank { name }
            | SourceError::NoArticle { name, .. }
            | SourceError::Columns { name, .. } => Some(name.clone()),
            SourceError::Lead { lead, .. } => lead.reference.clone(),
            SourceError::Json { name, line, .. } => Some(format!("{name}:{line}")),
            _ => None,
        };
        Reading {
            story: None,
            reference,
            url: None,
            published: None,
            outcome: Err(Failure::from(error)),
        }
    }
}

/// The columns of a table of readings.
pub fn readings_schema() -> SchemaRef {
    let text = |name| Field::new(name, DataType::Utf8, true);
    Arc::new(Schema::new(vec![
        text("story"),
        text("ref"),
        text("url"),
        Field::new("published", DataType::Date32, true),
        text("record"),
        text("problem"),
        text("message"),
    ]))
}

/// A batch of readings, in their order.
///
/// # Errors
/// Where Arrow's limits are passed: 2 GiB of records.
pub fn batch(readings: &[Reading]) -> Result<RecordBatch, TableError> {
    let text = |get: &dyn Fn(&Reading) -> Option<String>| {
        let mut cells = StringBuilder::new();
        readings
            .iter()
            .for_each(|reading| cells.append_option(get(reading)));
        Arc::new(cells.finish())
    };
    let mut records = StringBuilder::new();
    let mut published = Date32Builder::new();
    for reading in readings {
        records.append_option(reading.outcome.as_ref().ok());
        published.append_option(reading.published.as_deref().and_then(days));
    }
    let failure = |reading: &Reading| reading.outcome.as_ref().err().cloned();
    Ok(RecordBatch::try_new(
        readings_schema(),
        vec![
            text(&|reading| reading.story.clone()),
            text(&|reading| reading.reference.clone()),
            text(&|reading| reading.url.clone()),
            Arc::new(published.finish()),
            Arc::new(records.finish()),
            text(&|reading| failure(reading).map(|failure| failure.kind.to_owned())),
            text(&|reading| failure(reading).map(|failure| failure.message)),
        ],
    )?)
}

/// A batch of readings, to be looked into.
pub struct Readings<'b> {
    batch: &'b RecordBatch,
    records: &'b StringArray,
}

/// What a row shows.
pub(crate) enum Shown<'b> {
    Record(&'b str),
    Failure((&'b str, &'b str)),
}

impl<'b> Readings<'b> {
    /// Looks into a batch.
    ///
    /// # Errors
    /// Where it lacks a column of [`readings_schema`], or has it with another type.
    pub fn of(batch: &'b RecordBatch) -> Result<Self, TableError> {
        for wanted in readings_schema().fields() {
            let Some(found) = batch.column_by_name(wanted.name()) else {
                let names = batch.schema_ref().fields().iter().map(|f| f.name().clone());
                return Err(TableError::NoColumn {
                    wanted: wanted.name().clone(),
                    found: names.collect::<Vec<_>>().join(", "),
                });
            };
            if found.data_type() != wanted.data_type() {
                return Err(TableError::WrongType {
                    name: wanted.name().clone(),
                    found: found.data_type().to_string(),
                    wanted: "what a table of readings has there",
                });
            }
        }
        let records = batch
            .column_by_name("record")
            .and_then(|column| column.as_string_opt());
        let records = records.ok_or_else(|| TableError::NoColumn {
            wanted: "record".into(),
            found: String::new(),
        })?;
        Ok(Readings { batch, records })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.batch.num_rows()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn show(&self, row: usize) -> Shown<'b> {
        if self.records.is_valid(row) {
            return Shown::Record(self.records.value(row));
        }
        let text = |name| self.text(name, row).unwrap_or("");
        Shown::Failure((text("problem"), text("message")))
    }

    fn text(&self, name: &str, row: usize) -> Option<&'b str> {
        let column = self.batch.column_by_name(name)?.as_string_opt::<i32>()?;
        column.is_valid(row).then(|| column.value(row))
    }

    pub(crate) fn reference(&self, row: usize) -> Option<&'b str> {
        self.text("ref", row)
    }

    pub(crate) fn url(&self, row: usize) -> Option<&'b str> {
        self.text("url", row)
    }

    pub(crate) fn published(&self, row: usize) -> Option<String> {
        let column = self.batch.column_by_name("published")?;
        let column = column.as_primitive_opt::<Date32Type>()?;
        let day = column.is_valid(row).then(|| column.value(row))?;
        Date::from_days(day.into()).map(|date| date.to_string())
    }
}
