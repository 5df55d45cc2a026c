//! A corrected event: another row of `event`, with what a person changed.

use rusqlite::{Connection, params};
use types::{EventType, Mode, Status};

use super::{Change, Reviewed, Row, counted, insert, remove};
use crate::append::{INSERT_EVENT, QUADS};
use crate::days::Days;
use crate::error::{LedgerError, Result};
use crate::occurrence::gather::Gathering;
use crate::occurrence::load;
use crate::query::number;

pub(super) fn correct(
    connection: &Connection,
    gathering: &mut Gathering,
    event: &str,
    change: &Change,
    by: &Reviewed,
) -> Result<String> {
    let (id, occurrence) = counted(connection, event)?;
    check(change)?;
    let row = Row {
        kind: "correct",
        event: Some(id),
        change: Some(json(change)?),
        ..Row::default()
    };
    let review = insert(connection, &row, by)?;
    let new = insert_corrected(connection, id, review, change)?;
    remove(connection, gathering, id, occurrence)?;
    gathering.join(&load::mention(connection, new)?)?;
    Ok(format!("E{new}"))
}

/// A change as it is kept.
pub(super) fn json(change: &Change) -> Result<String> {
    serde_json::to_string(change).map_err(|error| LedgerError::Question(error.to_string()))
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
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub id: i64,
    reading: i64,
    pub review: Option<i64>,
    local: String,
    pub evidence: i64,
    sentence: i64,
    pub kind: String,
    mode: Option<String>,
    cameo: Option<String>,
    goldstein: Option<f64>,
    quad: i64,
    status: String,
    claim: Option<i64>,
    pub trigger: String,
    dates: Option<(String, String)>,
    place: Option<i64>,
}

/// Writes what a review made of event `id`: another row.
pub(super) fn insert_corrected(
    connection: &Connection,
    id: i64,
    review: i64,
    change: &Change,
) -> Result<i64> {
    let new = changed(fields(connection, id)?, change);
    let parties = (change.actor.as_deref(), change.recipient.as_deref());
    write(connection, &new, review, parties)
}

/// Writes an event that a person vouched for into another reading of the story, which lacks it.
pub(super) fn copy(
    connection: &Connection,
    event: &Fields,
    reading: i64,
    review: i64,
) -> Result<i64> {
    let new = Fields {
        reading,
        // The newer record may have an event of that name, which is another one.
        local: format!("review:{review}"),
        ..event.clone()
    };
    write(connection, &new, review, (None, None))
}

fn changed(old: Fields, change: &Change) -> Fields {
    let retyped = change.kind.as_ref().is_some_and(|kind| *kind != old.kind);
    let kind = change.kind.clone().unwrap_or(old.kind);
    Fields {
        mode: match &change.mode {
            Some(mode) => Some(mode.clone()).filter(|mode| !mode.is_empty()),
            None => old.mode.filter(|_| !retyped),
        },
        dates: match &change.date {
            Some(date) => days(date).map(|days| (days.first.to_string(), days.last.to_string())),
            None => old.dates,
        },
        // CAMEO's code and weight belong to the old type: with another type they are not known.
        cameo: old.cameo.filter(|_| !retyped),
        goldstein: old.goldstein.filter(|_| !retyped),
        quad: quad_of(&kind).unwrap_or(old.quad),
        status: change.status.clone().unwrap_or(old.status),
        kind,
        ..old
    }
}

/// Writes a row of `event` with the parties that are given, or those of the event that it is made from.
fn write(
    connection: &Connection,
    event: &Fields,
    review: i64,
    parties: (Option<&[String]>, Option<&[String]>),
) -> Result<i64> {
    let mut insert = connection.prepare_cached(INSERT_EVENT)?;
    let new = insert.insert(params![
        event.reading,
        event.local,
        review,
        event.evidence,
        event.sentence,
        event.kind,
        event.mode,
        event.cameo,
        event.goldstein,
        event.quad,
        event.status,
        event.claim,
        event.trigger,
        event.dates.as_ref().map(|(first, _)| first),
        event.dates.as_ref().map(|(_, last)| last),
        event.place,
        format!("review:{review}"),
        1.0
    ])?;
    copy_parties(connection, event.id, new, "actor", parties.0)?;
    copy_parties(connection, event.id, new, "recipient", parties.1)?;
    for table in [
        "event_context (event, context) SELECT ?2, context FROM event_context",
        "figure SELECT ?2, first, last, what, value, bound, unit FROM figure",
        "event_issue (issue, event) SELECT issue, ?2 FROM event_issue",
    ] {
        connection
            .prepare_cached(&format!("INSERT INTO {table} WHERE event = ?1"))?
            .execute(params![event.id, new])?;
    }
    Ok(new)
}

/// What is to be changed of `new` so that it says what `wanted` says.
pub(super) fn difference(connection: &Connection, wanted: &Fields, new: &Fields) -> Result<Change> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |fields: &Fields| {
        let dates = fields.dates.as_ref();
        dates.map_or(String::new(), |(first, last)| format!("{first}/{last}"))
    };
    let side = |side: &str| -> Result<Option<Vec<String>>> {
        let was = parties(connection, wanted.id, side)?;
        let is = parties(connection, new.id, side)?;
        Ok((was != is).then_some(was))
    };
    let retyped = wanted.kind != new.kind;
    Ok(Change {
        kind: retyped.then(|| wanted.kind.clone()),
        mode: (retyped || wanted.mode != new.mode).then(|| text(&wanted.mode)),
        status: (wanted.status != new.status).then(|| wanted.status.clone()),
        actor: side("actor")?,
        recipient: side("recipient")?,
        date: (wanted.dates != new.dates).then(|| date(wanted)),
    })
}

/// Numbers of the actors on a side, `A12`.
fn parties(connection: &Connection, event: i64, side: &str) -> Result<Vec<String>> {
    let mut select = connection.prepare_cached(
        "SELECT 'A' || actor FROM party WHERE event = ?1 AND side = ?2 ORDER BY actor",
    )?;
    let rows = select.query_map(params![event, side], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The columns of an event.
pub(super) fn fields(connection: &Connection, id: i64) -> Result<Fields> {
    let mut select = connection.prepare_cached(
        "SELECT reading, local, evidence, type, mode, cameo, goldstein, quad, status, claim, trigger, first, last, place,
                sentence, review
         FROM event WHERE id = ?1",
    )?;
    Ok(select.query_row([id], |row| {
        let (first, last): (Option<String>, Option<String>) = (row.get(11)?, row.get(12)?);
        Ok(Fields {
            id,
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
            dates: first.zip(last),
            place: row.get(13)?,
            sentence: row.get(14)?,
            review: row.get(15)?,
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
