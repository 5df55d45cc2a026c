//! What people said of a story's reading holds for a newer one.
//!
//! An event of the newer reading is the one that was reviewed if it has the same trigger in the same sentence. What
//! was rejected is rejected again, what was corrected is corrected again, and what was accepted stays as it was when it
//! was accepted. An event that a person vouched for and that the newer reading does not have is copied into it. Reports
//! that a person split off or merged stay in their occurrence.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::correct::{self, Fields};
use super::{Change, Reviewed, Row, insert};
use crate::append::Appended;
use crate::error::{LedgerError, Result};
use crate::occurrence::gather::Gathering;
use crate::occurrence::load;

/// An event of the older reading, with what was said of it.
pub(crate) struct Said {
    /// The event as it was read.
    read: Fields,
    /// The event as it counted in the end: `read`, or the last correction of it.
    counted: Fields,
    /// The occurrence that it was a report of in the end; `None` where it was rejected.
    occurrence: Option<i64>,
    /// Whether a person made that occurrence, by splitting or merging.
    placed: bool,
    /// What the corrections changed, together.
    change: Change,
    /// The last review of the event; `None` where there is none.
    review: Option<i64>,
}

/// All events of a reading, as people left them.
pub(crate) fn said_of(connection: &Connection, reading: i64) -> Result<Vec<Said>> {
    if !reviewed(connection, reading)? {
        return Ok(Vec::new());
    }
    let mut select = connection.prepare_cached(
        "SELECT id FROM event WHERE reading = ?1 AND (review IS NULL
           OR review NOT IN (SELECT id FROM review WHERE kind = 'correct')) ORDER BY id",
    )?;
    let events: Vec<i64> = select
        .query_map([reading], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    events.iter().map(|id| said(connection, *id)).collect()
}

/// Whether a person said anything of the events of a reading or of their occurrences: most readings need no more.
fn reviewed(connection: &Connection, reading: i64) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM event LEFT JOIN review ON review.event = event.id
             WHERE event.reading = ?1 AND (review.id IS NOT NULL OR event.review IS NOT NULL)
             UNION ALL
             SELECT 1 FROM event JOIN report ON report.event = event.id
               JOIN review ON review.kind = 'merge' AND review.occurrence = report.occurrence WHERE event.reading = ?1
             LIMIT 1",
        )?
        .exists([reading])?)
}

/// Follows an event through its reviews.
fn said(connection: &Connection, event: i64) -> Result<Said> {
    let read = correct::fields(connection, event)?;
    let mut said = Said {
        counted: read.clone(),
        occurrence: None,
        placed: false,
        change: Change::default(),
        // A copy from an older reading stands there because of a review.
        review: read.review,
        read,
    };
    let mut id = event;
    loop {
        for (review, kind) in reviews(connection, id)? {
            said.review = Some(review);
            said.placed |= kind == "split";
        }
        let Some((next, change)) = correction(connection, id)? else {
            break;
        };
        said.change = said.change.then(change);
        id = next;
    }
    said.counted = correct::fields(connection, id)?;
    said.occurrence = connection
        .prepare_cached("SELECT occurrence FROM report WHERE event = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    if let Some(occurrence) = said.occurrence {
        said.placed |= connection
            .prepare_cached("SELECT 1 FROM review WHERE kind = 'merge' AND occurrence = ?1")?
            .exists([occurrence])?;
    }
    Ok(said)
}

fn reviews(connection: &Connection, event: i64) -> Result<Vec<(i64, String)>> {
    let mut select =
        connection.prepare_cached("SELECT id, kind FROM review WHERE event = ?1 ORDER BY id")?;
    let rows = select.query_map([event], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The event that a correction made of this one, and what it changed.
fn correction(connection: &Connection, event: i64) -> Result<Option<(i64, Change)>> {
    let mut select = connection.prepare_cached(
        "SELECT event.id, review.change FROM review JOIN event ON event.review = review.id
         WHERE review.event = ?1 AND review.kind = 'correct' ORDER BY review.id DESC LIMIT 1",
    )?;
    let found: Option<(i64, String)> = select
        .query_row([event], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, json)) = found else {
        return Ok(None);
    };
    let change = serde_json::from_str(&json)
        .map_err(|error| LedgerError::Question(format!("a review's change: {error}")))?;
    Ok(Some((id, change)))
}

/// Brings the events of the newer reading to their occurrences, as people would have them.
pub(crate) fn over(
    connection: &Connection,
    gathering: &mut Gathering,
    said: Vec<Said>,
    appended: &Appended,
) -> Result<()> {
    let mut new = BTreeMap::new();
    if !said.is_empty() {
        for mention in &appended.mentions {
            new.insert(mention.event, correct::fields(connection, mention.event)?);
        }
    }
    let pairs = pairs(&said, &new);
    for mention in &appended.mentions {
        let Some(said) = pairs.get(&mention.event).and_then(|at| said.get(*at)) else {
            gathering.join(mention)?;
            continue;
        };
        let carried = Carried {
            connection,
            gathering: &mut *gathering,
            said,
        };
        carried.to(mention.event, &new[&mention.event])?;
    }
    let found: BTreeSet<usize> = pairs.into_values().collect();
    for (at, said) in said.iter().enumerate() {
        if !found.contains(&at) && said.review.is_some() && said.occurrence.is_some() {
            let carried = Carried {
                connection,
                gathering: &mut *gathering,
                said,
            };
            carried.into_reading(appended.reading)?;
        }
    }
    Ok(())
}

/// The older event that each newer one is, where it is one. Of several that could be, one of the same type is taken
/// first, and none twice.
fn pairs(said: &[Said], new: &BTreeMap<i64, Fields>) -> BTreeMap<i64, usize> {
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for same_type in [true, false] {
        for (id, fields) in new {
            if pairs.contains_key(id) {
                continue;
            }
            let fits = |said: &Said| {
                said.read.evidence == fields.evidence
                    && said.read.trigger == fields.trigger
                    && (!same_type || said.read.kind == fields.kind)
            };
            let found = (0..said.len()).find(|at| !taken.contains(at) && fits(&said[*at]));
            if let Some(at) = found {
                taken.insert(at);
                pairs.insert(*id, at);
            }
        }
    }
    pairs
}

/// A review on its way to the newer reading.
struct Carried<'c, 'g> {
    connection: &'c Connection,
    gathering: &'c mut Gathering<'g>,
    said: &'c Said,
}

impl Carried<'_, '_> {
    /// To the event `id` of the newer reading.
    fn to(mut self, id: i64, new: &Fields) -> Result<()> {
        let Some(review) = self.said.review else {
            return self.place(id);
        };
        if self.said.occurrence.is_none() {
            self.insert(review, "reject", id, None)?;
            return Ok(());
        }
        let change = if self.said.change == Change::default() {
            // What was accepted is what was read then, whatever is read now.
            correct::difference(self.connection, &self.said.counted, new)?
        } else {
            self.said.change.clone()
        };
        if change == Change::default() {
            self.insert(review, "accept", id, None)?;
            return self.place(id);
        }
        let json = correct::json(&change)?;
        let row = self.insert(review, "correct", id, Some(json))?;
        let corrected = correct::insert_corrected(self.connection, id, row, &change)?;
        self.place(corrected)
    }

    /// As an event of its own, where the newer reading lacks it.
    fn into_reading(mut self, reading: i64) -> Result<()> {
        let Some(review) = self.said.review else {
            return Ok(());
        };
        let row = self.insert(review, "accept", self.said.counted.id, None)?;
        let id = correct::copy(self.connection, &self.said.counted, reading, row)?;
        self.place(id)
    }

    /// Brings an event to its occurrence: the one that a person made, or the one that it is most like.
    fn place(&mut self, id: i64) -> Result<()> {
        let mention = load::mention(self.connection, id)?;
        match self.said.occurrence.filter(|_| self.said.placed) {
            Some(occurrence) => self.gathering.report(&mention, occurrence)?,
            None => self.gathering.join(&mention)?,
        };
        Ok(())
    }

    fn insert(&self, review: i64, kind: &str, event: i64, change: Option<String>) -> Result<i64> {
        let mut select = self
            .connection
            .prepare_cached("SELECT reviewer, reviewed, note FROM review WHERE id = ?1")?;
        let by = select.query_row(params![review], |row| {
            Ok(Reviewed {
                by: row.get(0)?,
                at: row.get(1)?,
                note: row.get(2)?,
            })
        })?;
        let row = Row {
            kind,
            event: Some(event),
            change,
            carried: Some(review),
            ..Row::default()
        };
        insert(self.connection, &row, &by)
    }
}
