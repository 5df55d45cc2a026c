//! Reports as they are kept, to be compared again.

use rusqlite::{Connection, Row, params};
use types::record::Place;
use types::{EventType, Status};

use super::{Mention, Party, PlaceFacts};
use crate::days::{Day, Days};
use crate::error::{LedgerError, Result};
use crate::words;

/// The reports of an occurrence, in the order in which they came.
pub(crate) fn reports_of(connection: &Connection, occurrence: i64) -> Result<Vec<Mention>> {
    let mut select = connection
        .prepare_cached("SELECT event FROM report WHERE occurrence = ?1 ORDER BY event")?;
    let events: Vec<i64> = select
        .query_map([occurrence], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    events
        .into_iter()
        .map(|event| mention(connection, event))
        .collect()
}

/// The report that is event `event`.
///
/// # Errors
/// Where there is none, or the file cannot be read.
pub(crate) fn mention(connection: &Connection, event: i64) -> Result<Mention> {
    let mut select = connection.prepare_cached(
        "SELECT event.type, event.mode, event.cameo, event.goldstein, event.quad, event.status, event.first,
                event.last, event.trigger, story.telling, story.published, evidence_words.text,
                place.id, place.name, place.country, place.admin1, place.latitude, place.longitude
         FROM event JOIN reading ON reading.id = event.reading JOIN story ON story.id = reading.story
              JOIN evidence_words ON evidence_words.id = event.evidence LEFT JOIN place ON place.id = event.place
         WHERE event.id = ?1",
    )?;
    let unknown = || LedgerError::Unknown(format!("E{event}"));
    let mut rows = select.query([event])?;
    let row = rows.next()?.ok_or_else(unknown)?;
    let text = |at: usize| row.get::<_, Option<String>>(at);
    let (first, last) = (text(6)?, text(7)?);
    Ok(Mention {
        event,
        telling: row.get(9)?,
        kind: EventType::parse(&row.get::<_, String>(0)?).ok_or_else(unknown)?,
        mode: text(1)?,
        cameo: text(2)?,
        goldstein: row.get(3)?,
        quad: row.get(4)?,
        status: Status::parse(&row.get::<_, String>(5)?).ok_or_else(unknown)?,
        days: first
            .zip(last)
            .and_then(|(first, last)| Days::between(&first, &last)),
        published: text(10)?.as_deref().and_then(Day::parse),
        place: place(row)?,
        actors: parties(connection, event, "actor")?,
        recipients: parties(connection, event, "recipient")?,
        triggers: words::content(&row.get::<_, String>(8)?, 8),
        words: words::content(&text(11)?.unwrap_or_default(), 24),
        figures: figures(connection, event)?,
    })
}

fn place(row: &Row) -> Result<Option<PlaceFacts>> {
    let Some(id) = row.get::<_, Option<i64>>(12)? else {
        return Ok(None);
    };
    let place = Place {
        id: String::new(),
        name: row.get(13)?,
        country: row.get(14)?,
        admin1: row.get(15)?,
        latitude: row.get(16)?,
        longitude: row.get(17)?,
        geonames: None,
        why: None,
        mentions: Vec::new(),
    };
    Ok(Some(PlaceFacts::of(id, &place)))
}

fn parties(connection: &Connection, event: i64, side: &str) -> Result<Vec<Party>> {
    let mut select = connection.prepare_cached(
        "SELECT actor.id, actor.country, actor.kind = 'person' FROM party JOIN actor ON actor.id = party.actor
         WHERE party.event = ?1 AND party.side = ?2 ORDER BY actor.id",
    )?;
    let parties = select.query_map(params![event, side], |row| {
        Ok(Party {
            actor: row.get(0)?,
            country: row.get(1)?,
            person: row.get(2)?,
        })
    })?;
    Ok(parties.collect::<rusqlite::Result<_>>()?)
}

fn figures(connection: &Connection, event: i64) -> Result<Vec<(u32, f64)>> {
    let mut select = connection.prepare_cached(
        "SELECT what, value FROM figure WHERE event = ?1 AND value IS NOT NULL ORDER BY first, last",
    )?;
    let figures = select.query_map([event], |row| {
        let what: String = row.get(0)?;
        Ok((words::hash(what.as_bytes()) as u32, row.get(1)?))
    })?;
    Ok(figures.collect::<rusqlite::Result<_>>()?)
}
