//! Reports: what single stories tell of occurrences.

use rusqlite::Row;
use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Filter, full_text};
use super::{Question, Reader, number};
use crate::error::{LedgerError, Result};

/// One report: an event in one story.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// `E12`.
    pub id: String,
    /// `O12`.
    pub occurrence: String,
    /// The story, `S12`.
    pub story: String,
    /// When the story was published.
    pub published: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Status in this story.
    pub status: String,
    /// Names of those who did it.
    pub actor: Vec<String>,
    /// Names of those to whom it was done.
    pub recipient: Vec<String>,
    /// Who says so; `None` where the story itself does.
    pub according_to: Option<String>,
    /// When, as this story has it.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// The words that express it.
    pub trigger: String,
    /// 0 to 1.
    pub confidence: f64,
    /// What decided.
    pub rule: String,
    /// Id of the event in the story's record.
    pub local: String,
    /// First and last code point of the sentence.
    pub offsets: [i64; 2],
    /// The sentence.
    pub sentence: String,
}

const REPORT: &str = "
    SELECT e.id, report.occurrence, story.id, story.published, story.publisher, e.type, e.mode, e.status,
           coalesce(actor.name, claim.source_words, CASE WHEN claim.id IS NULL THEN NULL ELSE '(unnamed)' END),
           e.first, e.last, place.name, e.trigger, e.confidence, e.rule, e.local, evidence.first, evidence.last,
           evidence_words.text
    FROM report JOIN event e ON e.id = report.event JOIN occurrence o ON o.id = report.occurrence
         JOIN reading ON reading.id = e.reading JOIN story ON story.id = reading.story
         JOIN evidence ON evidence.id = e.evidence JOIN evidence_words ON evidence_words.id = e.evidence
         LEFT JOIN place ON place.id = e.place LEFT JOIN claim ON claim.id = e.claim
         LEFT JOIN actor ON actor.id = claim.source";

impl Reader {
    /// Reports of the occurrences that the filter lets through, those of the latest occurrence first. Who says so
    /// and the words must be those of the report itself.
    ///
    /// # Errors
    /// As [`Reader::events`].
    pub fn reports(&self, filter: &Filter, each: impl FnMut(Report) -> Result<()>) -> Result<()> {
        // The status asked for is the report's own here.
        let others = Filter {
            status: Vec::new(),
            ..filter.clone()
        };
        let mut conditions = self.occurrences(&others)?;
        conditions.any_status("e", &filter.checked_status()?);
        if !filter.according_to.is_empty() {
            let sources =
                self.sources(&filter.according_to, "claim.source", &mut conditions.values)?;
            conditions.push(sources);
        }
        if let Some(text) = &filter.text {
            conditions.with(
                "e.evidence IN (SELECT rowid FROM evidence_text WHERE evidence_text MATCH ?)",
                full_text(text)?,
            );
        }
        let after = format!("ORDER BY o.day DESC, o.id DESC, e.id{}", filter.limited());
        let question = conditions.question(REPORT, &after);
        self.rows(&question, |row| self.report_of(row), each)
    }

    /// All reports of one occurrence, in the order in which they came.
    ///
    /// # Errors
    /// Where there is no such occurrence.
    pub fn reports_of(&self, occurrence: &str) -> Result<Vec<Report>> {
        let number =
            number('O', occurrence).ok_or_else(|| LedgerError::Unknown(occurrence.into()))?;
        let question = Question::new(
            format!("{REPORT} WHERE report.occurrence = ?1 ORDER BY e.id"),
            vec![number.into()],
        );
        self.list(&question, |row| self.report_of(row))
    }

    /// One report, by the number of its event.
    ///
    /// # Errors
    /// Where there is none, or it counts no more.
    pub fn report(&self, event: &str) -> Result<Report> {
        let unknown = || LedgerError::Unknown(event.into());
        let number = number('E', event).ok_or_else(unknown)?;
        let question = Question::new(
            format!("{REPORT} WHERE report.event = ?1"),
            vec![number.into()],
        );
        let found = self.list(&question, |row| self.report_of(row))?;
        found.into_iter().next().ok_or_else(unknown)
    }

    fn report_of(&self, row: &Row) -> Result<Report> {
        let id: i64 = row.get(0)?;
        Ok(Report {
            id: format!("E{id}"),
            occurrence: format!("O{}", row.get::<_, i64>(1)?),
            story: format!("S{}", row.get::<_, i64>(2)?),
            published: row.get(3)?,
            publisher: row.get(4)?,
            kind: row.get(5)?,
            mode: row.get(6)?,
            status: row.get(7)?,
            actor: self.names(PARTIES_OF_EVENT, id, "actor")?,
            recipient: self.names(PARTIES_OF_EVENT, id, "recipient")?,
            according_to: row.get(8)?,
            first: row.get(9)?,
            last: row.get(10)?,
            place: row.get(11)?,
            trigger: row.get(12)?,
            confidence: row.get(13)?,
            rule: row.get(14)?,
            local: row.get(15)?,
            offsets: [row.get(16)?, row.get(17)?],
            sentence: row.get(18)?,
        })
    }
}

const PARTIES_OF_EVENT: &str = "
    SELECT actor.name FROM party p JOIN actor ON actor.id = p.actor
    WHERE p.event = ?1 AND p.side = ?2 ORDER BY actor.id";
