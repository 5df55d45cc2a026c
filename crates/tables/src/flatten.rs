//! Flat tables of a table of readings.

use std::fmt;
use std::str::FromStr;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use types::CodePoints;
use types::record::{ProblemRecord, Provenance, Record, StoryRecord};

use crate::column::{self, Column};
use crate::readings::{Readings, Shown};
use crate::row::{Row, version};
use crate::{TableError, actors, claims, events, problems, stories};

/// The flat tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// One row a story that was read.
    Stories,
    /// One row an event.
    Events,
    /// One row a claim.
    Claims,
    /// One row an actor of a story.
    Actors,
    /// One row a problem, those of documents that gave no story included.
    Problems,
}

impl Table {
    /// All, in the order of the documentation.
    pub const ALL: [Table; 5] = [
        Table::Stories,
        Table::Events,
        Table::Claims,
        Table::Actors,
        Table::Problems,
    ];

    /// `stories`, `events`, `claims`, `actors` or `problems`.
    pub fn as_str(self) -> &'static str {
        match self {
            Table::Stories => "stories",
            Table::Events => "events",
            Table::Claims => "claims",
            Table::Actors => "actors",
            Table::Problems => "problems",
        }
    }

    /// The columns, in their order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Stories => stories::COLUMNS,
            Table::Events => events::COLUMNS,
            Table::Claims => claims::COLUMNS,
            Table::Actors => actors::COLUMNS,
            Table::Problems => problems::COLUMNS,
        }
    }

    /// The same for Arrow.
    pub fn schema(self) -> SchemaRef {
        column::schema(self.columns())
    }

    /// Rows that a record has in this table.
    fn rows(self, record: &Record) -> usize {
        match self {
            Table::Stories => usize::from(!record.story.id.is_empty()),
            Table::Events => record.events.len(),
            Table::Claims => record.claims.len(),
            Table::Actors => record.actors.len(),
            Table::Problems => record.problems.len(),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no flat table has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no table `{0}`; there are stories, events, claims, actors and problems")]
pub struct NoTable(String);

impl FromStr for Table {
    type Err = NoTable;

    fn from_str(name: &str) -> Result<Self, NoTable> {
        let found = Table::ALL.into_iter().find(|table| table.as_str() == name);
        found.ok_or_else(|| NoTable(name.to_owned()))
    }
}

/// The rows that readings have in a flat table, in their order.
///
/// # Errors
/// Where `readings` has other columns than [`readings_schema`](crate::readings_schema), or a record that is none.
pub fn flatten(table: Table, readings: &RecordBatch) -> Result<RecordBatch, TableError> {
    let readings = Readings::of(readings)?;
    let mut kept = Vec::with_capacity(readings.len());
    for row in 0..readings.len() {
        match readings.show(row) {
            Shown::Record(json) => kept.push((parsed(json, row)?, json)),
            Shown::Failure(failure) if table == Table::Problems => {
                kept.push((without_story(&readings, row, failure), ""));
            }
            Shown::Failure(_) => {}
        }
    }
    // What the rows point to has to stay where it is while the columns are made.
    let words: Vec<CodePoints> = kept
        .iter()
        .map(|(record, _)| CodePoints::new(&record.story.text))
        .collect();
    let versions: Vec<String> = kept
        .iter()
        .map(|(record, _)| named(&record.provenance))
        .collect();
    let mut rows = Vec::new();
    for (index, (record, json)) in kept.iter().enumerate() {
        rows.extend((0..table.rows(record)).map(|at| Row {
            record,
            json,
            words: &words[index],
            version: &versions[index],
            at,
        }));
    }
    column::batch(table.columns(), &rows)
}

fn parsed(json: &str, row: usize) -> Result<Record, TableError> {
    serde_json::from_str(json).map_err(|source| TableError::NoRecord { row, source })
}

/// Nothing has read a document that gave no story.
fn named(made: &Provenance) -> String {
    if made.program.is_empty() {
        String::new()
    } else {
        version(made)
    }
}

/// A failure as a record that has nothing but this problem, so that one table of columns serves both.
fn without_story(readings: &Readings, row: usize, (kind, message): (&str, &str)) -> Record {
    let story = StoryRecord {
        reference: readings.reference(row).map(str::to_owned),
        url: readings.url(row).map(str::to_owned),
        published: readings.published(row),
        ..StoryRecord::default()
    };
    Record {
        problems: vec![ProblemRecord {
            kind: kind.to_owned(),
            start: None,
            end: None,
            message: message.to_owned(),
        }],
        ..Record::of(story)
    }
}
