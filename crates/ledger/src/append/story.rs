//! The story of a record, and one more reading of it.

use rusqlite::{Connection, OptionalExtension, params};
use types::record::Record;

use crate::error::Result;
use crate::fingerprints;
use crate::outlet::{self, Origin, Place};

/// The story that a record is of.
pub(super) struct Story {
    pub id: i64,
    pub telling: i64,
    /// Whether it came with this record.
    pub fresh: bool,
}

/// Finds the record's story, or writes it.
pub(super) fn story(connection: &Connection, record: &Record) -> Result<Story> {
    let about = &record.story;
    let origin = Origin {
        hash: &about.id,
        publisher: about.publisher.as_deref(),
        url: about.url.as_deref(),
    };
    let (id, telling) = match outlet::find(connection, &origin)? {
        Place::In { id, telling } => {
            return Ok(Story {
                id,
                telling,
                fresh: false,
            });
        }
        Place::Elsewhere { key, telling } => insert_story(connection, record, &key, Some(telling))?,
        Place::Nowhere => insert_story(connection, record, &about.id, None)?,
    };
    Ok(Story {
        id,
        telling,
        fresh: true,
    })
}

/// Whether the story has been read by the record's versions.
pub(super) fn has_reading(connection: &Connection, story: i64, record: &Record) -> Result<bool> {
    let made = &record.provenance;
    let mut find = connection.prepare_cached(
        "SELECT 1 FROM reading WHERE story = ?1 AND program = ?2 AND model = ?3 AND lexicon = ?4",
    )?;
    Ok(find.exists(params![story, made.program, made.model, made.lexicon])?)
}

/// Writes the story under `key`; gives its number and its telling, which is looked for where none is given.
fn insert_story(
    connection: &Connection,
    record: &Record,
    key: &str,
    telling: Option<i64>,
) -> Result<(i64, i64)> {
    let story = &record.story;
    let prints = fingerprints::fingerprints(&story.text);
    let id: i64 = connection
        .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM story")?
        .query_row([], |row| row.get(0))?;
    let telling = match telling {
        Some(telling) => telling,
        None => fingerprints::telling(connection, &prints)?.unwrap_or(id),
    };
    let mut insert = connection.prepare_cached(
        "INSERT INTO story (id, hash, ref, url, headline, byline, publisher, section, language, published, text,
                            telling, prints)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    insert.execute(params![
        id,
        key,
        story.reference,
        story.url,
        story.headline,
        story.byline,
        story.publisher,
        story.section,
        story.language,
        story.published,
        story.text,
        telling,
        prints.len()
    ])?;
    if telling == id {
        fingerprints::keep(connection, id, &prints)?;
    }
    Ok((id, telling))
}

pub(super) fn insert_reading(
    connection: &Connection,
    packed: &[u8],
    story: i64,
    record: &Record,
) -> Result<i64> {
    let made = &record.provenance;
    let mut insert = connection.prepare_cached(
        "INSERT INTO reading (story, schema, program, model, lexicon, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    Ok(insert.insert(params![
        story,
        record.schema,
        made.program,
        made.model,
        made.lexicon,
        packed
    ])?)
}

/// Makes the reading the one that counts; gives the one that counted before.
pub(super) fn replace_current(
    connection: &Connection,
    story: &Story,
    reading: i64,
) -> Result<Option<i64>> {
    if story.fresh {
        connection
            .prepare_cached("INSERT INTO current (story, reading) VALUES (?1, ?2)")?
            .execute(params![story.id, reading])?;
        return Ok(None);
    }
    let old: Option<i64> = connection
        .prepare_cached("SELECT reading FROM current WHERE story = ?1")?
        .query_row([story.id], |row| row.get(0))
        .optional()?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO current (story, reading) VALUES (?1, ?2)")?
        .execute(params![story.id, reading])?;
    Ok(old)
}
