//! Full text.

use rusqlite::{Row, params};
use schemars::JsonSchema;
use serde::Serialize;

use super::Reader;
use super::filter::{Conditions, Filter, full_text};
use crate::error::Result;

/// A sentence in which the words stand.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Hit {
    /// The story, `S12`.
    pub story: String,
    /// When it was published.
    pub published: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// The words of the sentence around those asked for, which stand between `[` and `]`.
    pub snippet: String,
    /// How well it fits, by BM25: the higher the better.
    pub rank: f64,
    /// Numbers of the occurrences that the sentence is evidence of.
    pub occurrences: Vec<String>,
    /// First and last code point of the sentence.
    pub offsets: [i64; 2],
}

const HIT: &str = "
    SELECT evidence.id, story.id, story.published, story.publisher, story.headline,
           snippet(evidence_text, 0, '[', ']', '…', 24), -bm25(evidence_text), evidence.first, evidence.last
    FROM evidence_text JOIN evidence ON evidence.id = evidence_text.rowid JOIN story ON story.id = evidence.story";

impl Reader {
    /// Sentences of the evidence in which all words stand (see [`Filter::text`]), the best first. The days of the filter
    /// are those of publication; its other parts are about the occurrences that the sentence is evidence of.
    ///
    /// # Errors
    /// Where there is no word, the file cannot be read, or what `each` returns.
    pub fn search(
        &self,
        words: &str,
        filter: &Filter,
        each: impl FnMut(Hit) -> Result<()>,
    ) -> Result<()> {
        let mut conditions = Conditions::default();
        conditions.with("evidence_text MATCH ?", full_text(words)?);
        if let Some(first) = filter.first_day()? {
            conditions.with("story.published >= ?", first);
        }
        if let Some(last) = filter.last_day()? {
            conditions.with("story.published <= ?", last);
        }
        self.with_events(&mut conditions, filter, "evidence.id", "event.evidence")?;
        let after = format!(
            "ORDER BY bm25(evidence_text), evidence.id{}",
            filter.limited()
        );
        self.rows(
            &conditions.question(HIT, &after),
            |row| self.hit_of(row),
            each,
        )
    }

    /// As [`Reader::search`], all at once, and without days of publication ranked among the `latest` sentences only that
    /// were added last: a frequent word stands in more sentences than can be ranked while somebody waits.
    ///
    /// # Errors
    /// As [`Reader::search`].
    pub fn search_latest(&self, words: &str, filter: &Filter, latest: u32) -> Result<Vec<Hit>> {
        let mut found = Vec::new();
        if filter.since.is_some() || filter.until.is_some() {
            self.search(words, filter, |hit| {
                found.push(hit);
                Ok(())
            })?;
            return Ok(found);
        }
        let mut conditions = Conditions::default();
        conditions.with("evidence_text MATCH ?", full_text(words)?);
        conditions.push(format!(
            "evidence_text.rowid >= (SELECT ifnull(min(rowid), 0) FROM (SELECT rowid FROM evidence_text
              WHERE evidence_text MATCH ?1 ORDER BY rowid DESC LIMIT {latest}))"
        ));
        let after = format!(
            "ORDER BY bm25(evidence_text), evidence.id{}",
            filter.limited()
        );
        self.list(&conditions.question(HIT, &after), |row| self.hit_of(row))
    }

    fn hit_of(&self, row: &Row) -> Result<Hit> {
        Ok(Hit {
            occurrences: self.occurrences_at(row.get(0)?)?,
            story: format!("S{}", row.get::<_, i64>(1)?),
            published: row.get(2)?,
            publisher: row.get(3)?,
            headline: row.get(4)?,
            snippet: row.get(5)?,
            rank: row.get(6)?,
            offsets: [row.get(7)?, row.get(8)?],
        })
    }

    fn occurrences_at(&self, evidence: i64) -> Result<Vec<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT 'O' || report.occurrence FROM event JOIN report ON report.event = event.id
             WHERE event.evidence = ?1 ORDER BY report.occurrence",
        )?;
        let rows = select.query_map(params![evidence], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
