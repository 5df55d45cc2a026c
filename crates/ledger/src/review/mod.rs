//! What people say of what was read: accepting, correcting, rejecting; merging and splitting.
//!
//! A review is one more row. What it means for the account is derived: a rejected event is no report any more, a
//! corrected one is replaced by another row of `event`, merged occurrences are one.

pub(crate) mod carry;
mod correct;
mod rows;

use rusqlite::{Connection, OptionalExtension, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{LedgerError, Result};
use crate::ledger::{Ledger, occurrence_of};
use crate::occurrence::gather::Gathering;
use crate::occurrence::load;
use crate::query::number;
pub use rows::ReviewRow;

/// What a person says. Events and occurrences are named by their numbers, `E12` and `O12`.
#[derive(Clone, Debug, PartialEq)]
pub enum Review {
    /// The event is as it was read.
    Accept {
        /// The event.
        event: String,
    },
    /// The event is another.
    Correct {
        /// The event.
        event: String,
        /// What it is.
        change: Change,
    },
    /// There is no such event.
    Reject {
        /// The event.
        event: String,
    },
    /// Two occurrences are one.
    Merge {
        /// The one that stays.
        occurrence: String,
        /// The one whose reports move.
        other: String,
    },
    /// A report is of another occurrence.
    Split {
        /// The event.
        event: String,
    },
}

/// New values of an event's fields; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// PLOVER type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none", default)]
    pub kind: Option<String>,
    /// PLOVER mode; empty for none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mode: Option<String>,
    /// Status.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<String>,
    /// Numbers of the actors, `A12`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<Vec<String>>,
    /// Numbers of the recipients.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recipient: Option<Vec<String>>,
    /// `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or two of them with a slash between; empty for none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
}

impl Change {
    /// Both changes, of which the later one counts where both say something.
    fn then(self, later: Change) -> Change {
        Change {
            kind: later.kind.or(self.kind),
            mode: later.mode.or(self.mode),
            status: later.status.or(self.status),
            actor: later.actor.or(self.actor),
            recipient: later.recipient.or(self.recipient),
            date: later.date.or(self.date),
        }
    }
}

/// Who reviewed, and when; the ledger has no clock of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reviewed {
    /// Name of the reviewer.
    pub by: Option<String>,
    /// When, as the caller writes it.
    pub at: Option<String>,
    /// Anything the reviewer wants to say.
    pub note: Option<String>,
}

impl Ledger {
    /// Adds a review and brings the account in line with it. Gives the number of the event or occurrence that stands
    /// for what was reviewed now.
    ///
    /// # Errors
    /// Where a number is not known or a value is none, or the file cannot be written; nothing was added then.
    pub fn review(&mut self, review: &Review, reviewed: &Reviewed) -> Result<String> {
        let batch = self.batch()?;
        let ledger = &mut *batch.ledger;
        let mut gathering = Gathering::new(&ledger.connection, &mut ledger.remembered);
        let outcome = apply(&ledger.connection, &mut gathering, review, reviewed)?;
        gathering.finish()?;
        batch.commit()?;
        Ok(outcome)
    }
}

fn apply(
    connection: &Connection,
    gathering: &mut Gathering,
    review: &Review,
    by: &Reviewed,
) -> Result<String> {
    match review {
        Review::Accept { event } => {
            let id = counted(connection, event)?.0;
            insert_of(connection, "accept", id, by)?;
            Ok(event.clone())
        }
        Review::Reject { event } => {
            let (id, occurrence) = counted(connection, event)?;
            insert_of(connection, "reject", id, by)?;
            remove(connection, gathering, id, occurrence)?;
            Ok(event.clone())
        }
        Review::Correct { event, change } => {
            correct::correct(connection, gathering, event, change, by)
        }
        Review::Merge { occurrence, other } => merge(connection, gathering, occurrence, other, by),
        Review::Split { event } => {
            let (id, occurrence) = counted(connection, event)?;
            let row = Row {
                kind: "split",
                event: Some(id),
                occurrence: Some(occurrence),
                ..Row::default()
            };
            insert(connection, &row, by)?;
            remove(connection, gathering, id, occurrence)?;
            let new = gathering.begin(&load::mention(connection, id)?)?;
            Ok(format!("O{new}"))
        }
    }
}

/// Number and occurrence of an event that counts.
fn counted(connection: &Connection, event: &str) -> Result<(i64, i64)> {
    let unknown = || LedgerError::Unknown(event.into());
    let id = number('E', event).ok_or_else(unknown)?;
    let occurrence = occurrence_of(connection, id)?.ok_or_else(unknown)?;
    Ok((id, occurrence))
}

/// A row of `review`.
#[derive(Default)]
struct Row<'r> {
    kind: &'r str,
    event: Option<i64>,
    occurrence: Option<i64>,
    other: Option<i64>,
    change: Option<String>,
    carried: Option<i64>,
}

fn insert(connection: &Connection, row: &Row, by: &Reviewed) -> Result<i64> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO review (kind, event, occurrence, other, change, reviewer, reviewed, note, carried)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    Ok(insert.insert(params![
        row.kind,
        row.event,
        row.occurrence,
        row.other,
        row.change,
        by.by,
        by.at,
        by.note,
        row.carried
    ])?)
}

/// A review of one event.
fn insert_of(connection: &Connection, kind: &str, event: i64, by: &Reviewed) -> Result<i64> {
    let row = Row {
        kind,
        event: Some(event),
        ..Row::default()
    };
    insert(connection, &row, by)
}

fn remove(
    connection: &Connection,
    gathering: &mut Gathering,
    event: i64,
    occurrence: i64,
) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM report WHERE event = ?1")?
        .execute([event])?;
    gathering.remake(occurrence)
}

fn merge(
    connection: &Connection,
    gathering: &mut Gathering,
    occurrence: &str,
    other: &str,
    by: &Reviewed,
) -> Result<String> {
    let find = |id: &str| -> Result<i64> {
        let number = number('O', id).ok_or_else(|| LedgerError::Unknown(id.into()))?;
        let mut select =
            connection.prepare_cached("SELECT id FROM occurrence WHERE id = ?1 AND reports > 0")?;
        let found = select.query_row([number], |row| row.get(0)).optional()?;
        found.ok_or_else(|| LedgerError::Unknown(id.into()))
    };
    let (stays, goes) = (find(occurrence)?, find(other)?);
    if stays == goes {
        return Err(LedgerError::Question(format!(
            "{occurrence} cannot be merged with itself"
        )));
    }
    let row = Row {
        kind: "merge",
        occurrence: Some(stays),
        other: Some(goes),
        ..Row::default()
    };
    insert(connection, &row, by)?;
    let mentions = load::reports_of(connection, goes)?;
    connection
        .prepare_cached("DELETE FROM report WHERE occurrence = ?1")?
        .execute([goes])?;
    gathering.remake(goes)?;
    for mention in &mentions {
        gathering.report(mention, stays)?;
    }
    Ok(format!("O{stays}"))
}
