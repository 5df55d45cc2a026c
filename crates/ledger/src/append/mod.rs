//! Writing a record into the tables, whole.

mod claims;
mod events;
mod evidence;
mod story;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, ErrorCode, params};
use types::CodePoints;
use types::record::Record;

use crate::cast::Known;
use crate::days::Day;
use crate::error::{LedgerError, Result};
use crate::kept::Packer;
use crate::occurrence::{Mention, Party, PlaceFacts};
use crate::words;
pub(crate) use events::{INSERT_EVENT, QUADS};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// Its story is new.
    Story,
    /// The story was in, read by another version: this is one more reading, and the one that counts from now on.
    Reading,
    /// The story was in, read by this version. Nothing was added.
    Known,
}

/// A record that is in the tables and whose events are yet to be brought together with the others.
pub struct Appended {
    pub(crate) added: Added,
    /// The reading that counted until now.
    pub(crate) replaced: Option<i64>,
    pub(crate) mentions: Vec<Mention>,
    /// The reading that counts now.
    pub(crate) reading: i64,
    /// The record as it was kept.
    pub(crate) packed: Vec<u8>,
}

/// Sentences, with their numbers as evidence, that are still to be entered into the full text. FTS5 writes out what it
/// has gathered whenever a savepoint begins, and where records were refused each has one: so the sentences of a whole batch are
/// entered together, when it is committed.
pub(crate) type FullText = Vec<(i64, String)>;

/// Enters the sentences into the full text.
pub(crate) fn enter_full_text(connection: &Connection, sentences: &FullText) -> Result<()> {
    let mut insert =
        connection.prepare_cached("INSERT INTO evidence_text (rowid, text) VALUES (?1, ?2)")?;
    for (id, words) in sentences {
        insert.execute(params![id, words])?;
    }
    Ok(())
}

/// Writes a record; `None` where the story has been read by these versions. Where it fails, the caller takes back what is
/// written of it.
pub(crate) fn append(
    connection: &Connection,
    known: &mut Known,
    packer: &mut Packer,
    full_text: &mut FullText,
    record: &Record,
) -> Result<Option<Appended>> {
    let mut write = || -> Result<Option<Appended>> {
        let found = story::story(connection, record)?;
        if !found.fresh && story::has_reading(connection, found.id, record)? {
            return Ok(None);
        }
        let packed = packer.pack(record)?;
        let reading = story::insert_reading(connection, &packed, found.id, record)?;
        let replaced = story::replace_current(connection, &found, reading)?;
        let mut writer = Writer {
            connection,
            known,
            full_text,
            record,
            text: CodePoints::new(&record.story.text),
            story: found.id,
            reading,
            published: record.story.published.as_deref().and_then(Day::parse),
            telling: found.telling,
            fresh: found.fresh,
            evidence: HashMap::new(),
            actors: BTreeMap::new(),
            places: BTreeMap::new(),
            claims: BTreeMap::new(),
            issues: BTreeMap::new(),
        };
        let mentions = writer.write()?;
        let added = if found.fresh {
            Added::Story
        } else {
            Added::Reading
        };
        Ok(Some(Appended {
            added,
            replaced,
            mentions,
            reading,
            packed,
        }))
    };
    write().map_err(|error| about_record(error, record))
}

/// A rule of the tables that the record breaks is the record's fault, not the file's.
fn about_record(error: LedgerError, record: &Record) -> LedgerError {
    match error {
        LedgerError::Sql(source)
            if source.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
        {
            LedgerError::Record {
                story: record.story.id.clone(),
                what: source.to_string(),
            }
        }
        other => other,
    }
}

/// One record on its way into the tables.
struct Writer<'w> {
    connection: &'w Connection,
    known: &'w mut Known,
    full_text: &'w mut FullText,
    record: &'w Record,
    text: CodePoints<'w>,
    story: i64,
    reading: i64,
    published: Option<Day>,
    telling: i64,
    /// Whether the story came with this record, so that its evidence cannot be there yet.
    fresh: bool,
    /// Numbers of evidence by sentence.
    evidence: HashMap<usize, i64>,
    /// By the record's own ids.
    actors: BTreeMap<&'w str, Party>,
    places: BTreeMap<&'w str, PlaceFacts>,
    claims: BTreeMap<&'w str, i64>,
    issues: BTreeMap<&'w str, i64>,
}

impl<'w> Writer<'w> {
    fn write(&mut self) -> Result<Vec<Mention>> {
        self.write_cast()?;
        self.write_places()?;
        self.write_issues()?;
        let record = self.record;
        for claim in &record.claims {
            let id = self.write_claim(claim)?;
            self.claims.insert(&claim.id, id);
        }
        let mut mentions = Vec::with_capacity(record.events.len());
        for event in &record.events {
            mentions.push(self.write_event(event)?);
        }
        self.write_positions()?;
        self.sum_issues()?;
        Ok(mentions)
    }

    fn refuse(&self, what: String) -> LedgerError {
        LedgerError::Record {
            story: self.record.story.id.clone(),
            what,
        }
    }

    fn write_cast(&mut self) -> Result<()> {
        let record = self.record;
        for actor in &record.actors {
            let id = self.known.actor(self.connection, actor)?;
            let mut insert = self.connection.prepare_cached(
                "INSERT INTO cast_member (reading, local, actor, name, code, roles, title, mentions)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            insert.execute(params![
                self.reading,
                actor.id,
                id,
                actor.name,
                actor.code,
                actor.roles.join(" "),
                actor.title,
                actor.mentions.len()
            ])?;
            let party = Party {
                actor: id,
                country: actor.country.clone(),
                person: actor.kind == "person",
            };
            self.actors.insert(&actor.id, party);
        }
        Ok(())
    }

    fn write_places(&mut self) -> Result<()> {
        let record = self.record;
        for place in &record.places {
            let id = self.known.place(self.connection, place)?;
            self.places.insert(&place.id, PlaceFacts::of(id, place));
        }
        Ok(())
    }

    fn write_issues(&mut self) -> Result<()> {
        let record = self.record;
        for issue in &record.issues {
            let folded = words::fold(&issue.name);
            self.connection
                .prepare_cached(
                    "INSERT INTO issue (folded, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                )?
                .execute(params![folded, issue.name])?;
            let id = self
                .connection
                .prepare_cached("SELECT id FROM issue WHERE folded = ?1")?
                .query_row([folded], |row| row.get(0))?;
            self.issues.insert(&issue.id, id);
        }
        Ok(())
    }

    /// Adds to the sums of each issue what this reading says of it.
    fn sum_issues(&self) -> Result<()> {
        let id = |issue: &String| self.issues.get(issue.as_str()).copied();
        let mut sums: BTreeMap<i64, [i64; 2]> = BTreeMap::new();
        for issue in self.record.issues.iter().filter_map(|i| id(&i.id)) {
            sums.entry(issue).or_default();
        }
        for issue in self.record.positions.iter().filter_map(|p| id(&p.issue)) {
            sums.entry(issue).or_default()[0] += 1;
        }
        for event in &self.record.events {
            let issues: BTreeSet<i64> = event.issues.iter().filter_map(id).collect();
            for issue in issues {
                sums.entry(issue).or_default()[1] += 1;
            }
        }
        for (issue, [positions, events]) in sums {
            self.connection
                .prepare_cached(
                    "INSERT INTO issue_sum (issue, positions, events) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE
                     SET positions = positions + excluded.positions, events = events + excluded.events",
                )?
                .execute(params![issue, positions, events])?;
        }
        Ok(())
    }

    fn actor(&self, id: &str) -> Result<&Party> {
        self.actors
            .get(id)
            .ok_or_else(|| self.refuse(format!("there is no actor `{id}`")))
    }
}
