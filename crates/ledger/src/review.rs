//! What people say of what was read: accepting, correcting, rejecting; merging and splitting.
//!
//! A review is one more row. What it means for the account is derived: a rejected event is no report any more, a
//! corrected one is replaced by another row of `event`, merged occurrences are one.

use rusqlite::{Connection, OptionalExtension, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use types::{EventType, Mode, Status};

use crate::append::{INSERT_EVENT, QUADS};
use crate::days::Days;
use crate::error::{LedgerError, Result};
use crate::ledger::{Ledger, occurrence_of};
use crate::occurrence::gather::Gathering;
use crate::occurrence::load;
use crate::query::number;

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
            insert(connection, "accept", Some(id), None, None, None, by)?;
            Ok(event.clone())
        }
        Review::Reject { event } => {
            let (id, occurrence) = counted(connection, event)?;
            insert(connection, "reject", Some(id), None, None, None, by)?;
            remove(connection, gathering, id, occurrence)?;
            Ok(event.clone())
        }
        Review::Correct { event, change } => correct(connection, gathering, event, change, by),
        Review::Merge { occurrence, other } => merge(connection, gathering, occurrence, other, by),
        Review::Split { event } => {
            let (id, occurrence) = counted(connection, event)?;
            insert(
                connection,
                "split",
                Some(id),
                Some(occurrence),
                None,
                None,
                by,
            )?;
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

fn insert(
    connection: &Connection,
    kind: &str,
    event: Option<i64>,
    occurrence: Option<i64>,
    other: Option<i64>,
    change: Option<String>,
    by: &Reviewed,
) -> Result<i64> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO review (kind, event, occurrence, other, change, reviewer, reviewed, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    Ok(insert.insert(params![
        kind, event, occurrence, other, change, by.by, by.at, by.note
    ])?)
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
    insert(connection, "merge", None, Some(stays), Some(goes), None, by)?;
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

fn correct(
    connection: &Connection,
    gathering: &mut Gathering,
    event: &str,
    change: &Change,
    by: &Reviewed,
) -> Result<String> {
    let (id, occurrence) = counted(connection, event)?;
    check(change)?;
    let json =
        serde_json::to_string(change).map_err(|error| LedgerError::Question(error.to_string()))?;
    let review = insert(connection, "correct", Some(id), None, None, Some(json), by)?;
    let new = insert_corrected(connection, id, review, change)?;
    remove(connection, gathering, id, occurrence)?;
    gathering.join(&load::mention(connection, new)?)?;
    Ok(format!("E{new}"))
}

/// # Errors
/// Where a value is none that an event may have.
fn check(change: &Change) -> Result<()> {
    let wrong =
        |what: &str, value: &str| Err(LedgerError::Question(format!("`{value}` is no {what}")));
    match change {
        Change {
            kind: Some(kind), ..
        } if EventType::parse(kind).is_none() => wrong("event type", kind),
        Change {
            mode: Some(mode), ..
        } if !mode.is_empty() && Mode::parse(mode).is_none() => wrong("mode", mode),
        Change {
            status: Some(status),
            ..
        } if Status::parse(status).is_none() => wrong("status", status),
        Change {
            date: Some(date), ..
        } if !date.is_empty() && days(date).is_none() => wrong("date", date),
        change if *change == Change::default() => {
            Err(LedgerError::Question("say what is to be corrected".into()))
        }
        _ => Ok(()),
    }
}

fn days(date: &str) -> Option<Days> {
    match date.split_once('/') {
        Some((first, last)) => Days::between(first, last),
        None => Days::parse(date),
    }
}

/// Columns of an event that a correction copies.
struct Old {
    reading: i64,
    local: String,
    evidence: i64,
    sentence: i64,
    kind: String,
    mode: Option<String>,
    cameo: Option<String>,
    goldstein: Option<f64>,
    quad: i64,
    status: String,
    claim: Option<i64>,
    trigger: String,
    first: Option<String>,
    last: Option<String>,
    place: Option<i64>,
}

fn insert_corrected(connection: &Connection, id: i64, review: i64, change: &Change) -> Result<i64> {
    let old = old(connection, id)?;
    let retyped = change.kind.as_ref().is_some_and(|kind| *kind != old.kind);
    let kind = change.kind.clone().unwrap_or(old.kind);
    let mode = match &change.mode {
        Some(mode) => Some(mode.clone()).filter(|mode| !mode.is_empty()),
        None => old.mode.filter(|_| !retyped),
    };
    let dates = match &change.date {
        Some(date) => days(date).map(|days| (days.first.to_string(), days.last.to_string())),
        None => old.first.zip(old.last),
    };
    // CAMEO's code and weight belong to the old type: with another type they are not known.
    let cameo = old.cameo.filter(|_| !retyped);
    let goldstein = old.goldstein.filter(|_| !retyped);
    let quad = quad_of(&kind).unwrap_or(old.quad);
    let mut insert = connection.prepare_cached(INSERT_EVENT)?;
    let new = insert.insert(params![
        old.reading,
        old.local,
        review,
        old.evidence,
        old.sentence,
        kind,
        mode,
        cameo,
        goldstein,
        quad,
        change.status.clone().unwrap_or(old.status),
        old.claim,
        old.trigger,
        dates.as_ref().map(|(first, _)| first),
        dates.as_ref().map(|(_, last)| last),
        old.place,
        format!("review:{review}"),
        1.0
    ])?;
    copy_parties(connection, id, new, "actor", change.actor.as_deref())?;
    copy_parties(
        connection,
        id,
        new,
        "recipient",
        change.recipient.as_deref(),
    )?;
    for table in [
        "event_context (event, context) SELECT ?2, context FROM event_context",
        "figure SELECT ?2, first, last, what, value, bound, unit FROM figure",
        "event_issue (issue, event) SELECT issue, ?2 FROM event_issue",
    ] {
        connection
            .prepare_cached(&format!("INSERT INTO {table} WHERE event = ?1"))?
            .execute(params![id, new])?;
    }
    Ok(new)
}

fn old(connection: &Connection, id: i64) -> Result<Old> {
    let mut select = connection.prepare_cached(
        "SELECT reading, local, evidence, type, mode, cameo, goldstein, quad, status, claim, trigger, first, last, place,
                sentence
         FROM event WHERE id = ?1",
    )?;
    Ok(select.query_row([id], |row| {
        Ok(Old {
            reading: row.get(0)?,
            local: row.get(1)?,
            evidence: row.get(2)?,
            kind: row.get(3)?,
            mode: row.get(4)?,
            cameo: row.get(5)?,
            goldstein: row.get(6)?,
            quad: row.get(7)?,
            status: row.get(8)?,
            claim: row.get(9)?,
            trigger: row.get(10)?,
            first: row.get(11)?,
            last: row.get(12)?,
            place: row.get(13)?,
            sentence: row.get(14)?,
        })
    })?)
}

fn copy_parties(
    connection: &Connection,
    id: i64,
    new: i64,
    side: &str,
    given: Option<&[String]>,
) -> Result<()> {
    let Some(given) = given else {
        connection
            .prepare_cached("INSERT INTO party (event, side, actor) SELECT ?2, side, actor FROM party WHERE event = ?1 AND side = ?3")?
            .execute(params![id, new, side])?;
        return Ok(());
    };
    for actor in given {
        let unknown = || LedgerError::Unknown(actor.clone());
        let number = number('A', actor).ok_or_else(unknown)?;
        let known = connection
            .prepare_cached("SELECT 1 FROM actor WHERE id = ?1")?
            .exists([number])?;
        if !known {
            return Err(unknown());
        }
        connection
            .prepare_cached(
                "INSERT INTO party (event, side, actor) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![new, side, number])?;
    }
    Ok(())
}

/// The quad class of a type, 1 to 4 (PLOVER manual).
fn quad_of(kind: &str) -> Option<i64> {
    let at = crate::query::QUAD_TYPES
        .iter()
        .position(|types| types.contains(&kind))?;
    debug_assert!(at < QUADS.len());
    i64::try_from(at + 1).ok()
}

/// A review, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReviewRow {
    /// `R12`.
    pub id: String,
    /// `accept`, `correct`, `reject`, `merge` or `split`.
    pub kind: String,
    /// The event, `E12`.
    pub event: Option<String>,
    /// The occurrence, `O12`.
    pub occurrence: Option<String>,
    /// For a merge: the occurrence whose reports moved.
    pub other: Option<String>,
    /// For a correction: what was changed.
    pub change: Option<Change>,
    /// Who reviewed.
    pub reviewer: Option<String>,
    /// When.
    pub reviewed: Option<String>,
    /// What else the reviewer said.
    pub note: Option<String>,
    /// Hash of the story.
    pub story: Option<String>,
    /// Id of the event in the story's record.
    pub local: Option<String>,
    /// The sentence, to train on.
    pub sentence: Option<String>,
    /// The words that express the event.
    pub trigger: Option<String>,
    /// Type as it was read.
    #[serde(rename = "type")]
    pub kind_read: Option<String>,
    /// Status as it was read.
    pub status_read: Option<String>,
}

impl crate::query::Reader {
    /// Reports that nobody has reviewed, the least sure first.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or the file cannot be read.
    pub fn unreviewed(
        &self,
        filter: &crate::query::Filter,
        most: usize,
    ) -> Result<Vec<crate::query::Report>> {
        let mut found = Vec::new();
        self.reports(filter, |report| {
            found.push((report.confidence, found.len(), report.id));
            Ok(())
        })?;
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut reviewed = self
            .connection
            .prepare_cached("SELECT 1 FROM review WHERE event = ?1")?;
        let mut reports = Vec::new();
        for (_, _, id) in found {
            let event = number('E', &id);
            let known = reviewed.exists([event])? || id.is_empty();
            if !known && reports.len() < most {
                reports.push(self.report(&id)?);
            }
        }
        Ok(reports)
    }

    /// All reviews in the order in which they were made: with the sentence and what was read, so that models may
    /// learn from them.
    ///
    /// # Errors
    /// Where the file cannot be read, or what `each` returns.
    pub fn reviews(&self, each: impl FnMut(ReviewRow) -> Result<()>) -> Result<()> {
        let question = crate::query::Question::new(
            "SELECT review.id, review.kind, 'E' || review.event, 'O' || review.occurrence, 'O' || review.other,
                    review.change, review.reviewer, review.reviewed, review.note, story.hash, event.local,
                    evidence_words.text, event.trigger, event.type, event.status
             FROM review LEFT JOIN event ON event.id = review.event LEFT JOIN reading ON reading.id = event.reading
                  LEFT JOIN story ON story.id = reading.story
                  LEFT JOIN evidence_words ON evidence_words.id = event.evidence ORDER BY review.id",
            Vec::new(),
        );
        self.rows(
            &question,
            |row| {
                let change: Option<String> = row.get(5)?;
                Ok(ReviewRow {
                    id: format!("R{}", row.get::<_, i64>(0)?),
                    kind: row.get(1)?,
                    event: row.get(2)?,
                    occurrence: row.get(3)?,
                    other: row.get(4)?,
                    change: change.and_then(|json| serde_json::from_str(&json).ok()),
                    reviewer: row.get(6)?,
                    reviewed: row.get(7)?,
                    note: row.get(8)?,
                    story: row.get(9)?,
                    local: row.get(10)?,
                    sentence: row.get(11)?,
                    trigger: row.get(12)?,
                    kind_read: row.get(13)?,
                    status_read: row.get(14)?,
                })
            },
            each,
        )
    }
}
