//! Stories and records as Arrow tables: what Python, R and Spark exchange.
//!
//! A table of documents comes in ([`Documents`], or a [`Piece`](rapporteur::source::Piece) of a file), a table of
//! *readings* comes out: one row a document, with its whole record as JSON, or with the reason why there is none. That
//! one is enough to start again from, or to fill a ledger with.
//!
//! [`flatten`] makes the flat tables of it: stories, events, claims, actors, problems. Their columns are numbers, days
//! and words, never lists, so that R, Stata and SQL take them as they are; [`Table::columns`] describes each. Columns are
//! added at the end and never change their meaning.
//!
//! Ids are made from the story's text and the version of program, model and lexicon, so that the same input gives the
//! same rows, however often and wherever it is read.

mod actors;
mod claims;
mod column;
mod documents;
mod events;
mod flatten;
mod of_story;
mod problems;
mod read;
mod readings;
mod row;
mod stories;

pub use column::{Column, Kind};
pub use documents::{Documents, Names};
pub use flatten::{NoTable, Table, flatten};
pub use read::{Settings, read_documents, read_stories};
pub use readings::{Failure, Reading, Readings, batch as readings, readings_schema};
pub use row::version;

/// Why a table cannot be taken or made.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// There is no column of that name.
    #[error("there is no column `{wanted}`; the columns are {found}")]
    NoColumn {
        /// The name that was asked for.
        wanted: String,
        /// The names that there are, with commas between.
        found: String,
    },
    /// The column holds something else.
    #[error("column `{name}` holds {found}, not {wanted}")]
    WrongType {
        /// The column.
        name: String,
        /// Arrow's name for its type.
        found: String,
        /// What it must hold.
        wanted: &'static str,
    },
    /// A record that is none, in a table of readings.
    #[error("row {row} has no record: {source}")]
    NoRecord {
        /// Row of the batch, from 0.
        row: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// What Arrow says of columns that do not fit together.
    #[error(transparent)]
    Arrow(#[from] arrow_schema::ArrowError),
    /// A thread could not be started.
    #[error("cannot start a thread: {0}")]
    Thread(#[from] std::io::Error),
}
