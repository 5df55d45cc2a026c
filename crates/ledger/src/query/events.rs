//! Occurrences, with who says so and where.

use rusqlite::Row;
use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Conditions, Filter};
use super::{Question, Reader, number};
use crate::error::{LedgerError, Result};

/// What happened, once, with all that report it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Occurrence {
    /// `O12`.
    pub id: String,
    /// The first day that all reports allow; `None` where no report says when it was.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// The day it is sorted and counted by: `first`, or else the day of the first report.
    pub day: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// `actual`, `planned`, `possible`, `negated`, `claimed`, `denied` or `disputed`.
    pub status: String,
    /// Names of those who did it.
    pub actor: Vec<String>,
    /// Names of those to whom it was done.
    pub recipient: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 of the place.
    pub country: Option<String>,
    /// Number of tellings, in which copies of a story count once, that report it as a fact.
    pub reported_as_fact: i64,
    /// Who asserts it, in the order of the reports.
    pub claimed_by: Vec<String>,
    /// Who denies it.
    pub denied_by: Vec<String>,
    /// Independent stories that tell of it.
    pub tellings: i64,
    /// Reports in all.
    pub reports: i64,
    /// Day of the first story.
    pub reported_first: Option<String>,
    /// Day of the last story.
    pub reported_last: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Goldstein weight, -10 to 10.
    pub goldstein: Option<f64>,
    /// What is counted, with whose figure it is.
    pub figures: Vec<Figure>,
    /// Where it stands: some of its reports, one for each telling and status, the first ones first.
    pub evidence: Vec<Said>,
}

/// A figure and who gives it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Figure {
    /// `killed`, `injured` …
    pub what: String,
    /// The number; `None` for "several".
    pub value: Option<f64>,
    /// `exactly`, `at_least` …
    pub bound: String,
    /// People, dollars …
    pub unit: Option<String>,
    /// Who says so: the claim's source, or the outlet.
    pub according_to: String,
    /// The story, `S12`.
    pub story: String,
}

/// A report in short.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Said {
    /// `E12`.
    pub event: String,
    /// `S12`.
    pub story: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// When the story was published.
    pub published: Option<String>,
    /// Status in this story.
    pub status: String,
    /// Who says so in the story; `None` where the story itself does.
    pub according_to: Option<String>,
    /// First and last code point of the sentence, the last one excluded.
    pub offsets: [i64; 2],
    /// The sentence.
    pub sentence: String,
}

const OCCURRENCE: &str = "
    SELECT o.id, o.first, o.last, o.day, o.type, o.mode, o.status, place.name, place.country, o.actual, o.tellings,
           o.reports, o.reported_first, o.reported_last, o.cameo, o.goldstein
    FROM occurrence o LEFT JOIN place ON place.id = o.place";

impl Reader {
    /// Occurrences, the latest first.
    ///
    /// # Errors
    /// Where the filter cannot be understood, the file cannot be read, or what `each` returns.
    pub fn events(
        &self,
        filter: &Filter,
        each: impl FnMut(Occurrence) -> Result<()>,
    ) -> Result<()> {
        let after = format!("ORDER BY o.day DESC, o.id DESC{}", filter.limited());
        let question = self.occurrences(filter)?.question(OCCURRENCE, &after);
        self.rows(&question, |row| self.occurrence_of(row), each)
    }

    /// Occurrences between two parties, each in the forms of [`Filter::actor`], in either direction, the latest first;
    /// and what both did together with nobody on the other side, as in "A and B met". Actor and recipient of the filter
    /// apply as well.
    ///
    /// # Errors
    /// As [`Reader::events`].
    pub fn between(
        &self,
        one: &str,
        other: &str,
        filter: &Filter,
        each: impl FnMut(Occurrence) -> Result<()>,
    ) -> Result<()> {
        let conditions = self.occurrences_between(one, other, filter)?;
        let after = format!("ORDER BY o.day DESC, o.id DESC{}", filter.limited());
        let question = conditions.question(OCCURRENCE, &after);
        self.rows(&question, |row| self.occurrence_of(row), each)
    }

    /// Conditions on occurrences, the table of which is called `o`, as [`Reader::between`] has them.
    pub(super) fn occurrences_between(
        &self,
        one: &str,
        other: &str,
        filter: &Filter,
    ) -> Result<Conditions> {
        let mut conditions = self.occurrences(filter)?;
        let (one, other) = (self.who(one)?, self.who(other)?);
        let first = one.condition("a.actor", "a.country", &mut conditions.values);
        let second = other.condition("b.actor", "b.country", &mut conditions.values);
        conditions.push(format!(
            "o.id IN (SELECT a.occurrence FROM occurrence_party a JOIN occurrence_party b ON b.occurrence = a.occurrence
               WHERE ({first}) AND ({second}) AND (a.side <> b.side OR a.side = 'actor' AND NOT EXISTS
                 (SELECT 1 FROM occurrence_party c WHERE c.occurrence = a.occurrence AND c.side = 'recipient')))"
        ));
        Ok(conditions)
    }

    /// One occurrence, by its number.
    ///
    /// # Errors
    /// Where there is none.
    pub fn event(&self, id: &str) -> Result<Occurrence> {
        let unknown = || LedgerError::Unknown(id.into());
        let number = number('O', id).ok_or_else(unknown)?;
        let question = Question::new(format!("{OCCURRENCE} WHERE o.id = ?1"), vec![number.into()]);
        let found = self.list(&question, |row| self.occurrence_of(row))?;
        found.into_iter().next().ok_or_else(unknown)
    }

    fn occurrence_of(&self, row: &Row) -> Result<Occurrence> {
        let id: i64 = row.get(0)?;
        let evidence = self.evidence(id)?;
        Ok(Occurrence {
            id: format!("O{id}"),
            first: row.get(1)?,
            last: row.get(2)?,
            day: row.get(3)?,
            kind: row.get(4)?,
            mode: row.get(5)?,
            status: row.get(6)?,
            actor: self.names(PARTIES_OF_OCCURRENCE, id, "actor")?,
            recipient: self.names(PARTIES_OF_OCCURRENCE, id, "recipient")?,
            place: row.get(7)?,
            country: row.get(8)?,
            reported_as_fact: row.get(9)?,
            claimed_by: self.names(SAID_BY, id, "claimed")?,
            denied_by: self.names(SAID_BY, id, "denied")?,
            tellings: row.get(10)?,
            reports: row.get(11)?,
            reported_first: row.get(12)?,
            reported_last: row.get(13)?,
            cameo: row.get(14)?,
            goldstein: row.get(15)?,
            figures: self.figures(id)?,
            evidence,
        })
    }

    pub(super) fn names(&self, sql: &str, id: i64, which: &str) -> Result<Vec<String>> {
        let mut select = self.connection.prepare_cached(sql)?;
        let rows = select.query_map(rusqlite::params![id, which], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Twelve reports at most; `reports` has them all. (With a limit that is bound it would be planned anew for each row.)
    fn evidence(&self, occurrence: i64) -> Result<Vec<Said>> {
        let mut select = self.connection.prepare_cached(
            "SELECT e.id, story.id, story.publisher, story.published, e.status,
                    coalesce(actor.name, claim.source_words, CASE WHEN claim.id IS NULL THEN NULL ELSE '(unnamed)' END),
                    evidence.first, evidence.last, substr(story.text, evidence.first + 1, evidence.last - evidence.first)
             FROM (SELECT min(report.event) AS event FROM report JOIN event ON event.id = report.event
                   JOIN reading ON reading.id = event.reading JOIN story ON story.id = reading.story
                   WHERE report.occurrence = ?1 GROUP BY story.telling, event.status ORDER BY 1 LIMIT 12) AS first
             JOIN event e ON e.id = first.event JOIN reading ON reading.id = e.reading
             JOIN story ON story.id = reading.story JOIN evidence ON evidence.id = e.evidence
             LEFT JOIN claim ON claim.id = e.claim LEFT JOIN actor ON actor.id = claim.source ORDER BY e.id",
        )?;
        let rows = select.query_map([occurrence], |row| {
            Ok(Said {
                event: format!("E{}", row.get::<_, i64>(0)?),
                story: format!("S{}", row.get::<_, i64>(1)?),
                publisher: row.get(2)?,
                published: row.get(3)?,
                status: row.get(4)?,
                according_to: row.get(5)?,
                offsets: [row.get(6)?, row.get(7)?],
                sentence: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Each source's figures, each figure of a source once.
    fn figures(&self, occurrence: i64) -> Result<Vec<Figure>> {
        let mut select = self.connection.prepare_cached(
            "SELECT figure.what, figure.value, figure.bound, figure.unit,
                    coalesce(actor.name, claim.source_words, story.publisher, story.ref, 'S' || story.id) AS by,
                    min(story.id)
             FROM report JOIN figure ON figure.event = report.event JOIN event ON event.id = report.event
                  JOIN reading ON reading.id = event.reading JOIN story ON story.id = reading.story
                  LEFT JOIN claim ON claim.id = event.claim LEFT JOIN actor ON actor.id = claim.source
             WHERE report.occurrence = ?1
             GROUP BY figure.what, figure.value, figure.bound, figure.unit, by ORDER BY min(event.id), figure.first",
        )?;
        let rows = select.query_map([occurrence], |row| {
            Ok(Figure {
                what: row.get(0)?,
                value: row.get(1)?,
                bound: row.get(2)?,
                unit: row.get(3)?,
                according_to: row.get(4)?,
                story: format!("S{}", row.get::<_, i64>(5)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

const PARTIES_OF_OCCURRENCE: &str = "
    SELECT actor.name FROM occurrence_party p JOIN actor ON actor.id = p.actor
    WHERE p.occurrence = ?1 AND p.side = ?2 ORDER BY actor.id";

const SAID_BY: &str = "
    SELECT coalesce(actor.name, claim.source_words, '(unnamed)') AS by
    FROM report JOIN event ON event.id = report.event LEFT JOIN claim ON claim.id = event.claim
         LEFT JOIN actor ON actor.id = claim.source
    WHERE report.occurrence = ?1 AND event.status = ?2 GROUP BY by ORDER BY min(event.id)";
