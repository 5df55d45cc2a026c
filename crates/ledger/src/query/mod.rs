//! Asking a ledger: what happened, who says so, who denies it, since when.
//!
//! Every row has a number with a letter before it that stays the same as long as the ledger is kept: `O12` an
//! occurrence, `E12` an event (a report of an occurrence in one story), `C12` a claim, `S12` a story, `A12` an actor.
//! Every row leads to its evidence: a sentence of a story, with its offsets in code points of the story's text.

mod actors;
mod claims;
mod events;
mod filter;
mod lead;
mod listing;
mod matters;
mod names;
mod paging;
mod positions;
mod profile;
mod relations;
mod reports;
mod roster;
mod said;
mod search;
mod stopper;
mod stories;
mod survey;
mod tale;
mod window;

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use types::record::Record;

pub use actors::ActorRow;
pub use claims::ClaimRow;
pub use events::{Figure, Occurrence, Said};
pub use filter::Filter;
pub use listing::{Entry, Listing, Order, Party, Quote, Spot};
pub use matters::IssueRow;
pub use paging::Cursor;
pub use positions::{Agreement, Standing};
pub use profile::{Counterpart, Known, Month, Profile, Tie};
pub(crate) use relations::QUAD_TYPES;
pub use relations::{By, Period, Trend};
pub use reports::Report;
pub use roster::ActorEntry;
pub use search::Hit;
pub use stopper::Stopper;
pub use stories::StoryRow;
pub use survey::{Pair, Site, State, Totals};
pub use tale::{EventNumbers, Numbers};
pub use window::{Browsed, Counts, Facets, WINDOW};

use crate::error::{LedgerError, Result};
use crate::kept;
use crate::schema;

/// A ledger that is open to be asked.
pub struct Reader {
    path: PathBuf,
    pub(crate) connection: Connection,
}

impl Reader {
    /// Opens a ledger that exists.
    ///
    /// # Errors
    /// Where there is none, it is no ledger, or was written by a newer version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let connection = schema::open_reader(path).map_err(|error| error.at(path))?;
        Ok(Reader {
            path: path.into(),
            connection,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Calls `each` on what each row of a question gives. The number of rows in memory does not grow with the answer.
    pub(crate) fn rows<T>(
        &self,
        question: &Question,
        mut make: impl FnMut(&rusqlite::Row) -> Result<T>,
        mut each: impl FnMut(T) -> Result<()>,
    ) -> Result<()> {
        let mut ask = || -> Result<()> {
            let mut select = self.connection.prepare_cached(&question.sql)?;
            let mut rows = select.query(rusqlite::params_from_iter(&question.values))?;
            while let Some(row) = rows.next()? {
                each(make(row)?)?;
            }
            Ok(())
        };
        ask().map_err(|error| error.at(&self.path))
    }

    /// As [`Reader::rows`], all at once: for answers that are known to be short.
    pub(crate) fn list<T>(
        &self,
        question: &Question,
        make: impl FnMut(&rusqlite::Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.rows(question, make, |row| {
            found.push(row);
            Ok(())
        })?;
        Ok(found)
    }

    /// The record of a story's reading that counts, as it was added; `story` is `S12` or the story's hash.
    ///
    /// # Errors
    /// Where there is no such story, or its record is damaged.
    pub fn record(&self, story: &str) -> Result<Record> {
        let (condition, value) = story_is(story);
        let question = Question::new(
            format!(
                "SELECT reading.id, reading.record, story.text FROM story JOIN current ON current.story = story.id
                 JOIN reading ON reading.id = current.reading WHERE {condition}"
            ),
            vec![value],
        );
        let found = self.list(&question, |row| {
            kept::unpack(
                row.get(0)?,
                row.get_ref(1)?.as_blob().unwrap_or_default(),
                row.get(2)?,
            )
        })?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| LedgerError::Unknown(story.into()))
    }

    /// The records of all readings that count, in the order in which their stories came.
    ///
    /// # Errors
    /// Where one is damaged, or what `each` returns.
    pub fn records(&self, each: impl FnMut(Record) -> Result<()>) -> Result<()> {
        let question = Question::new(
            "SELECT reading.id, reading.record, story.text FROM current JOIN reading ON reading.id = current.reading
             JOIN story ON story.id = current.story ORDER BY story.id",
            Vec::new(),
        );
        let make = |row: &rusqlite::Row| {
            kept::unpack(
                row.get(0)?,
                row.get_ref(1)?.as_blob().unwrap_or_default(),
                row.get(2)?,
            )
        };
        self.rows(&question, make, each)
    }

    pub(crate) fn text_of(&self, sql: &str, id: i64) -> Result<Option<String>> {
        let mut select = self.connection.prepare_cached(sql)?;
        Ok(select
            .query_row([id], |row| row.get(0))
            .optional()?
            .flatten())
    }
}

/// SQL with its values.
pub(crate) struct Question {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Question {
    pub fn new(sql: impl Into<String>, values: Vec<Value>) -> Self {
        Question {
            sql: sql.into(),
            values,
        }
    }
}

/// The condition on a story that `S12` or a hash names: one that finds it by an index.
fn story_is(story: &str) -> (&'static str, Value) {
    match number('S', story) {
        Some(id) => ("story.id = ?1", id.into()),
        None => ("story.hash = ?1", story.to_owned().into()),
    }
}

/// The number in `O12` and the like; `None` where the letter is another.
pub(crate) fn number(letter: char, id: &str) -> Option<i64> {
    let digits = id.strip_prefix(letter)?;
    let all = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    all.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_letter() {
        assert_eq!(number('O', "O12"), Some(12));
        for other in [
            "E12",
            "O",
            "O-1",
            "12",
            "O1x",
            "Obama",
            "O99999999999999999999",
        ] {
            assert_eq!(number('O', other), None, "{other}");
        }
    }
}
