//! What the exports need of a report, read once.

use rusqlite::{Connection, Row, params};

use crate::error::Result;
use crate::query::{Filter, Question, Reader};

/// A report with all that any format has a column for.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub event: i64,
    pub occurrence: i64,
    pub story: i64,
    pub hash: String,
    pub reference: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub kind: String,
    pub mode: Option<String>,
    pub contexts: Vec<String>,
    pub status: String,
    pub according_to: Option<String>,
    pub cameo: Option<String>,
    pub goldstein: Option<f64>,
    /// The event's first day, or where the story does not say when it was, the day of publication: the formats have
    /// no event without a date.
    pub day: String,
    pub place: Option<Where>,
    /// Number of the sentence, from 0.
    pub sentence: i64,
    /// First code point of the sentence.
    pub at: i64,
    /// Code points of the story.
    pub length: i64,
    pub confidence: f64,
    pub program: String,
    pub reading: i64,
    pub actors: Vec<Named>,
    pub recipients: Vec<Named>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Where {
    pub name: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub geonames: Option<i64>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// The actor's name in the ledger.
    pub name: String,
    /// Its name in this story.
    pub raw: String,
    pub country: Option<String>,
    pub code: Option<String>,
    pub roles: Vec<String>,
    pub title: Option<String>,
    pub wikidata: Option<String>,
}

const GIVEN: &str = "
    SELECT e.id, report.occurrence, story.id, story.hash, story.ref, story.url, story.publisher, story.published,
           story.language, story.headline, e.type, e.mode, e.status,
           coalesce(actor.name, claim.source_words, CASE WHEN claim.id IS NULL THEN NULL ELSE '(unnamed)' END),
           e.cameo, e.goldstein, coalesce(e.first, story.published, ''), e.sentence, evidence.first,
           length(story.text), e.confidence, reading.program, reading.id,
           place.name, place.country, place.admin1, place.latitude, place.longitude, place.geonames
    FROM report JOIN event e ON e.id = report.event JOIN occurrence o ON o.id = report.occurrence
         JOIN reading ON reading.id = e.reading JOIN story ON story.id = reading.story
         JOIN evidence ON evidence.id = e.evidence LEFT JOIN place ON place.id = e.place
         LEFT JOIN claim ON claim.id = e.claim LEFT JOIN actor ON actor.id = claim.source";

/// The reports that the filter lets through, in the order in which they came.
pub(super) fn reports(
    reader: &Reader,
    filter: &Filter,
    each: impl FnMut(Given) -> Result<()>,
) -> Result<()> {
    let others = Filter {
        status: Vec::new(),
        ..filter.clone()
    };
    let mut conditions = reader.occurrences(&others)?;
    conditions.any_of("e.status", &filter.checked_status()?);
    let question = conditions.question(GIVEN, &format!("ORDER BY e.id{}", filter.limited()));
    reader.rows(&question, |row| given(&reader.connection, row), each)
}

/// The first report of each occurrence that the filter lets through, in the order of occurrences, with the
/// occurrence's status, and its numbers of reports, of outlets and of stories.
pub(super) fn occurrences(
    reader: &Reader,
    filter: &Filter,
    each: impl FnMut((Given, String, [i64; 3])) -> Result<()>,
) -> Result<()> {
    let conditions = reader.occurrences(filter)?;
    let select = "SELECT o.id, o.status, o.reports, min(first.event) FROM occurrence o JOIN report first ON first.occurrence = o.id";
    let question = conditions.question(
        select,
        &format!("GROUP BY o.id ORDER BY o.id{}", filter.limited()),
    );
    let make = |row: &Row| -> Result<(Given, String, [i64; 3])> {
        let (id, status, reports, event): (i64, String, i64, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let one = Question::new(format!("{GIVEN} WHERE e.id = ?1"), vec![event.into()]);
        let found = reader.list(&one, |row| given(&reader.connection, row))?;
        let first = found.into_iter().next().unwrap_or_default();
        let (outlets, stories) = outlets(&reader.connection, id)?;
        Ok((first, status, [reports, outlets, stories]))
    };
    reader.rows(&question, make, each)
}

fn outlets(connection: &Connection, occurrence: i64) -> Result<(i64, i64)> {
    let mut select = connection.prepare_cached(
        "SELECT count(DISTINCT coalesce(story.publisher, story.id)), count(DISTINCT story.id)
         FROM report JOIN event ON event.id = report.event JOIN reading ON reading.id = event.reading
              JOIN story ON story.id = reading.story WHERE report.occurrence = ?1",
    )?;
    Ok(select.query_row([occurrence], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Addresses (or names) of the stories of an occurrence, and their outlets, each once.
pub(super) fn sources(reader: &Reader, occurrence: i64) -> Result<(Vec<String>, Vec<String>)> {
    let mut select = reader.connection.prepare_cached(
        "SELECT coalesce(story.url, story.ref, story.hash), story.publisher
         FROM report JOIN event ON event.id = report.event JOIN reading ON reading.id = event.reading
              JOIN story ON story.id = reading.story WHERE report.occurrence = ?1 GROUP BY story.id ORDER BY story.id",
    )?;
    let rows = select.query_map([occurrence], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
    })?;
    let (mut addresses, mut publishers) = (Vec::new(), Vec::new());
    for row in rows {
        let (address, publisher) = row?;
        addresses.push(address);
        publishers.extend(publisher.filter(|name| !publishers.contains(name)));
    }
    Ok((addresses, publishers))
}

/// Names of the actors of a reading, by kind.
pub(super) fn cast(reader: &Reader, reading: i64, kinds: &[&str]) -> Result<Vec<String>> {
    let mut select = reader.connection.prepare_cached(
        "SELECT cast_member.name, actor.kind FROM cast_member JOIN actor ON actor.id = cast_member.actor
         WHERE cast_member.reading = ?1 ORDER BY cast_member.mentions DESC, cast_member.name",
    )?;
    let rows = select.query_map([reading], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut names = Vec::new();
    for row in rows {
        let (name, kind) = row?;
        if kinds.contains(&kind.as_str()) && !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

fn given(connection: &Connection, row: &Row) -> Result<Given> {
    let (event, reading): (i64, i64) = (row.get(0)?, row.get(22)?);
    let place: Option<String> = row.get(23)?;
    Ok(Given {
        event,
        occurrence: row.get(1)?,
        story: row.get(2)?,
        hash: row.get(3)?,
        reference: row.get(4)?,
        url: row.get(5)?,
        publisher: row.get(6)?,
        published: row.get(7)?,
        language: row.get(8)?,
        kind: row.get(10)?,
        mode: row.get(11)?,
        contexts: contexts(connection, event)?,
        status: row.get(12)?,
        according_to: row.get(13)?,
        cameo: row.get(14)?,
        goldstein: row.get(15)?,
        day: row.get(16)?,
        sentence: row.get(17)?,
        at: row.get(18)?,
        length: row.get(19)?,
        confidence: row.get(20)?,
        program: row.get(21)?,
        reading,
        place: match place {
            Some(name) => Some(Where {
                name,
                country: row.get(24)?,
                admin1: row.get(25)?,
                latitude: row.get(26)?,
                longitude: row.get(27)?,
                geonames: row.get(28)?,
            }),
            None => None,
        },
        actors: parties(connection, event, reading, "actor")?,
        recipients: parties(connection, event, reading, "recipient")?,
    })
}

fn contexts(connection: &Connection, event: i64) -> Result<Vec<String>> {
    let mut select = connection
        .prepare_cached("SELECT context FROM event_context WHERE event = ?1 ORDER BY context")?;
    let rows = select.query_map([event], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn parties(connection: &Connection, event: i64, reading: i64, side: &str) -> Result<Vec<Named>> {
    let mut select = connection.prepare_cached(
        "SELECT actor.name, coalesce(min(c.name), actor.name), actor.kind, actor.country, min(c.code), min(c.roles),
                min(c.title), actor.wikidata
         FROM party JOIN actor ON actor.id = party.actor
              LEFT JOIN cast_member c ON c.reading = ?2 AND c.actor = party.actor
         WHERE party.event = ?1 AND party.side = ?3 GROUP BY actor.id ORDER BY actor.id",
    )?;
    let rows = select.query_map(params![event, reading, side], |row| {
        let roles: Option<String> = row.get(5)?;
        Ok(Named {
            name: row.get(0)?,
            raw: row.get(1)?,
            country: row.get(3)?,
            code: row.get(4)?,
            roles: roles
                .iter()
                .flat_map(|roles| roles.split(' '))
                .filter(|r| !r.is_empty())
                .map(str::to_owned)
                .collect(),
            title: row.get(6)?,
            wikidata: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Pairs of an actor and a recipient, as dyadic formats have one row for each; nobody stands where a side is unknown.
pub(super) fn dyads(given: &Given) -> Vec<(Named, Named)> {
    let side = |parties: &[Named]| {
        if parties.is_empty() {
            vec![Named::default()]
        } else {
            parties.to_vec()
        }
    };
    let recipients = side(&given.recipients);
    side(&given.actors)
        .into_iter()
        .flat_map(|actor| {
            recipients
                .iter()
                .map(move |recipient| (actor.clone(), recipient.clone()))
        })
        .collect()
}

/// The number of a dyad: that of the event or occurrence with three digits for the place among its dyads.
pub(super) fn dyad_number(id: i64, at: usize) -> i64 {
    id * 1_000 + at as i64
}
