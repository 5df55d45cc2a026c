//! Writing a record into the tables, whole.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use types::record::{Claim, Event, Record};
use types::{EventType, Status};

use crate::cast::Known;
use crate::days::{Day, Days};
use crate::error::{LedgerError, Result};
use crate::fingerprints;
use crate::kept::Packer;
use crate::occurrence::{Mention, Party, PlaceFacts};
use crate::text::CodePoints;
use crate::words;

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
}

/// Writes a record; `None` where the story has been read by these versions. The caller wraps it in a savepoint.
pub(crate) fn append(
    connection: &Connection,
    known: &mut Known,
    packer: &mut Packer,
    record: &Record,
) -> Result<Option<Appended>> {
    let mut write = || -> Result<Option<Appended>> {
        let found = story_number(connection, &record.story.id)?;
        let (story, telling) = match found {
            Some(found) => found,
            None => insert_story(connection, record)?,
        };
        if found.is_some() && has_reading(connection, story, record)? {
            return Ok(None);
        }
        let reading = insert_reading(connection, packer, story, record)?;
        let replaced = replace_current(connection, story, reading)?;
        let mut writer = Writer {
            connection,
            known,
            record,
            text: CodePoints::new(&record.story.text),
            story,
            reading,
            published: record.story.published.as_deref().and_then(Day::parse),
            telling,
            fresh: found.is_none(),
            evidence: HashMap::new(),
            actors: BTreeMap::new(),
            places: BTreeMap::new(),
            claims: BTreeMap::new(),
            issues: BTreeMap::new(),
        };
        let mentions = writer.write()?;
        let added = if found.is_none() {
            Added::Story
        } else {
            Added::Reading
        };
        Ok(Some(Appended {
            added,
            replaced,
            mentions,
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

/// Number and telling of the story with this hash.
fn story_number(connection: &Connection, hash: &str) -> Result<Option<(i64, i64)>> {
    let mut find = connection.prepare_cached("SELECT id, telling FROM story WHERE hash = ?1")?;
    Ok(find
        .query_row([hash], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Whether the story has been read by the record's versions.
fn has_reading(connection: &Connection, story: i64, record: &Record) -> Result<bool> {
    let made = &record.provenance;
    let mut find = connection.prepare_cached(
        "SELECT 1 FROM reading WHERE story = ?1 AND program = ?2 AND model = ?3 AND lexicon = ?4",
    )?;
    Ok(find.exists(params![story, made.program, made.model, made.lexicon])?)
}

fn insert_story(connection: &Connection, record: &Record) -> Result<(i64, i64)> {
    let story = &record.story;
    let prints = fingerprints::fingerprints(&story.text);
    let id: i64 = connection
        .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM story")?
        .query_row([], |row| row.get(0))?;
    let telling = fingerprints::telling(connection, &prints)?.unwrap_or(id);
    let mut insert = connection.prepare_cached(
        "INSERT INTO story (id, hash, ref, url, headline, byline, publisher, section, language, published, text,
                            telling, prints)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    insert.execute(params![
        id,
        story.id,
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

fn insert_reading(
    connection: &Connection,
    packer: &mut Packer,
    story: i64,
    record: &Record,
) -> Result<i64> {
    let made = &record.provenance;
    let mut insert = connection.prepare_cached(
        "INSERT INTO reading (story, schema, program, model, lexicon, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let kept = packer.pack(record)?;
    Ok(insert.insert(params![
        story,
        record.schema,
        made.program,
        made.model,
        made.lexicon,
        kept
    ])?)
}

fn replace_current(connection: &Connection, story: i64, reading: i64) -> Result<Option<i64>> {
    let old: Option<i64> = connection
        .prepare_cached("SELECT reading FROM current WHERE story = ?1")?
        .query_row([story], |row| row.get(0))
        .optional()?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO current (story, reading) VALUES (?1, ?2)")?
        .execute(params![story, reading])?;
    Ok(old)
}

/// One record on its way into the tables.
struct Writer<'w> {
    connection: &'w Connection,
    known: &'w mut Known,
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

    fn actor(&self, id: &str) -> Result<&Party> {
        self.actors
            .get(id)
            .ok_or_else(|| self.refuse(format!("there is no actor `{id}`")))
    }

    fn words(&self, offsets: &[[usize; 2]]) -> Result<String> {
        let mut words = Vec::with_capacity(offsets.len());
        for [start, end] in offsets {
            let found = self.text.get(*start, *end);
            words.push(
                found.ok_or_else(|| {
                    self.refuse(format!("its text has no place {start} to {end}"))
                })?,
            );
        }
        Ok(words.join(" … "))
    }

    /// The sentence that holds the code point `at`.
    fn sentence_of(&self, at: usize) -> Option<usize> {
        let sentences = &self.record.sentences;
        let behind = sentences.partition_point(|sentence| sentence.start <= at);
        behind
            .checked_sub(1)
            .filter(|index| sentences[*index].end > at)
    }

    /// The number of a sentence as evidence.
    fn evidence(&mut self, sentence: usize) -> Result<i64> {
        if let Some(id) = self.evidence.get(&sentence) {
            return Ok(*id);
        }
        let Some(place) = self.record.sentences.get(sentence) else {
            return Err(self.refuse(format!("there is no sentence {sentence}")));
        };
        let words = self
            .text
            .get(place.start, place.end)
            .ok_or_else(|| self.refuse(format!("sentence {sentence} lies outside of its text")))?;
        let known = if self.fresh {
            None
        } else {
            self.kept_evidence(place.start, place.end)?
        };
        let id = match known {
            Some(id) => id,
            None => self.insert_evidence(place.start, place.end, words)?,
        };
        self.evidence.insert(sentence, id);
        Ok(id)
    }

    fn kept_evidence(&self, first: usize, last: usize) -> Result<Option<i64>> {
        let mut find = self.connection.prepare_cached(
            "SELECT id FROM evidence WHERE story = ?1 AND first = ?2 AND last = ?3",
        )?;
        Ok(find
            .query_row(params![self.story, first, last], |row| row.get(0))
            .optional()?)
    }

    fn insert_evidence(&self, first: usize, last: usize, words: &str) -> Result<i64> {
        let id = self
            .connection
            .prepare_cached("INSERT INTO evidence (story, first, last) VALUES (?1, ?2, ?3)")?
            .insert(params![self.story, first, last])?;
        self.connection
            .prepare_cached("INSERT INTO evidence_text (rowid, text) VALUES (?1, ?2)")?
            .execute(params![id, words])?;
        Ok(id)
    }

    fn write_claim(&mut self, claim: &Claim) -> Result<i64> {
        let first = claim.cue.first().or(claim.content.first());
        let sentence = first.and_then(|[start, _]| self.sentence_of(*start));
        let evidence = sentence.map(|index| self.evidence(index)).transpose()?;
        let source = claim.source.as_ref();
        let by = source.and_then(|source| source.actor.as_deref());
        let by = by
            .map(|id| self.actor(id))
            .transpose()?
            .map(|party| party.actor);
        let said_by = source.map(|source| self.words(&source.spans)).transpose()?;
        let to = claim.addressee.as_deref();
        let to = to
            .map(|id| self.actor(id))
            .transpose()?
            .map(|party| party.actor);
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO claim (reading, local, evidence, source, source_words, cue, content_first, content_last,
                                manner, stance, addressee, inside, confidence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        Ok(insert.insert(params![
            self.reading,
            claim.id,
            evidence,
            by,
            said_by.filter(|words| !words.is_empty()),
            self.words(&claim.cue)?,
            claim.content.iter().map(|[start, _]| start).min(),
            claim.content.iter().map(|[_, end]| end).max(),
            claim.manner,
            claim.stance,
            to,
            claim.inside,
            claim.confidence
        ])?)
    }

    fn write_event(&mut self, event: &Event) -> Result<Mention> {
        let kind = EventType::parse(&event.event)
            .ok_or_else(|| self.refuse(format!("there is no event type `{}`", event.event)))?;
        let status = Status::parse(&event.status)
            .ok_or_else(|| self.refuse(format!("there is no status `{}`", event.status)))?;
        let quad = quad(&event.quad)
            .ok_or_else(|| self.refuse(format!("there is no quad class `{}`", event.quad)))?;
        let days = self.days(event)?;
        let place = event
            .place
            .as_deref()
            .map(|id| self.place(id))
            .transpose()?;
        let claim = match event.according_to.as_deref() {
            Some(id) => Some(
                *self
                    .claims
                    .get(id)
                    .ok_or_else(|| self.refuse(format!("there is no claim `{id}`")))?,
            ),
            None => None,
        };
        let evidence = self.evidence(event.sentence)?;
        let trigger = self.words(&event.trigger)?;
        let mut insert = self.connection.prepare_cached(INSERT_EVENT)?;
        let id = insert.insert(params![
            self.reading,
            event.id,
            None::<i64>,
            evidence,
            event.sentence,
            kind.as_str(),
            event.mode,
            event.cameo,
            event.goldstein,
            quad,
            status.as_str(),
            claim,
            trigger,
            days.map(|days| days.first.to_string()),
            days.map(|days| days.last.to_string()),
            place.as_ref().map(|place| place.id),
            event.rule,
            event.confidence
        ])?;
        let actors = self.write_parties(id, "actor", &event.actor)?;
        let recipients = self.write_parties(id, "recipient", &event.recipient)?;
        let figures = self.write_details(id, event)?;
        let sentence = &self.record.sentences[event.sentence];
        let words = self.text.get(sentence.start, sentence.end).unwrap_or("");
        Ok(Mention {
            event: id,
            telling: self.telling,
            kind,
            mode: event.mode.clone(),
            cameo: event.cameo.clone(),
            goldstein: event.goldstein,
            quad,
            status,
            days,
            published: self.published,
            place,
            actors,
            recipients,
            triggers: words::content(&trigger, 8),
            words: words::content(words, 24),
            figures,
        })
    }

    fn days(&self, event: &Event) -> Result<Option<Days>> {
        let (Some(first), Some(last)) = (&event.date.first, &event.date.last) else {
            return Ok(None);
        };
        let days = Days::between(first, last);
        match days {
            Some(days) => Ok(Some(days)),
            None => Err(self.refuse(format!("`{first}` to `{last}` is no date"))),
        }
    }

    fn place(&self, id: &str) -> Result<PlaceFacts> {
        let found = self.places.get(id).cloned();
        found.ok_or_else(|| self.refuse(format!("there is no place `{id}`")))
    }

    fn write_parties(&self, event: i64, side: &str, ids: &[String]) -> Result<Vec<Party>> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO party (event, side, actor) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        let mut parties = Vec::with_capacity(ids.len());
        for id in ids {
            let party = self.actor(id)?.clone();
            insert.execute(params![event, side, party.actor])?;
            parties.push(party);
        }
        Ok(parties)
    }

    /// Contexts, issues and figures of an event; gives the figures as what is counted, and how many.
    fn write_details(&self, id: i64, event: &Event) -> Result<Vec<(u32, f64)>> {
        for context in &event.contexts {
            self.connection
                .prepare_cached("INSERT INTO event_context (event, context) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
                .execute(params![id, context])?;
        }
        for issue in &event.issues {
            let Some(issue) = self.issues.get(issue.as_str()) else {
                return Err(self.refuse(format!("there is no issue `{issue}`")));
            };
            self.connection
                .prepare_cached(
                    "INSERT INTO event_issue (issue, event) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                )?
                .execute(params![issue, id])?;
        }
        let mut figures = Vec::new();
        for index in &event.quantities {
            let Some(quantity) = self.record.quantities.get(*index) else {
                return Err(self.refuse(format!("there is no quantity {index}")));
            };
            self.connection
                .prepare_cached(
                    "INSERT INTO figure (event, first, last, what, value, bound, unit)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    id,
                    quantity.start,
                    quantity.end,
                    quantity.what,
                    quantity.value,
                    quantity.bound,
                    quantity.unit
                ])?;
            if let Some(value) = quantity.value {
                figures.push((words::hash(quantity.what.as_bytes()) as u32, value));
            }
        }
        Ok(figures)
    }

    fn write_positions(&self) -> Result<()> {
        for position in &self.record.positions {
            let Some(issue) = self.issues.get(position.issue.as_str()) else {
                return Err(self.refuse(format!("there is no issue `{}`", position.issue)));
            };
            let id = self
                .connection
                .prepare_cached(
                    "INSERT INTO position (reading, issue, stance, relation) VALUES (?1, ?2, ?3, ?4)",
                )?
                .insert(params![self.reading, issue, position.stance, position.relation])?;
            for actor in position.actors.iter().chain(&position.actor) {
                self.connection
                    .prepare_cached(
                        "INSERT INTO position_actor (position, actor) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![id, self.actor(actor)?.actor])?;
            }
            for claim in &position.claims {
                let Some(claim) = self.claims.get(claim.as_str()) else {
                    return Err(self.refuse(format!("there is no claim `{claim}`")));
                };
                self.connection
                    .prepare_cached(
                        "INSERT INTO position_claim (position, claim) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![id, claim])?;
            }
        }
        Ok(())
    }
}

/// A row of `event`; reviews that correct one write another row of it.
pub(crate) const INSERT_EVENT: &str = "
    INSERT INTO event (reading, local, review, evidence, sentence, type, mode, cameo, goldstein, quad, status, claim, trigger,
                       first, last, place, rule, confidence)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";

/// Number of a quad class, 1 to 4, in GDELT's order.
pub(crate) fn quad(name: &str) -> Option<u8> {
    let at = QUADS.iter().position(|quad| *quad == name)?;
    u8::try_from(at + 1).ok()
}

/// The four quad classes in the order of their numbers, from 1.
pub(crate) const QUADS: [&str; 4] = [
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
];
