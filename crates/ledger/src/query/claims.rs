//! What is said, and by whom.

use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Conditions, Filter, containing, full_text};
use super::paging::{Cursor, Piece, Way};
use super::{Reader, number};
use crate::error::Result;

/// A claim in one story.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClaimRow {
    /// `C12`.
    pub id: String,
    /// The story, `S12`.
    pub story: String,
    /// When the story was published.
    pub published: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Who says so; `None` where the text names nobody.
    pub source: Option<String>,
    /// The source's country.
    pub country: Option<String>,
    /// `assert`, `deny` …
    pub stance: String,
    /// The words that say that it is said.
    pub cue: String,
    /// `direct`, `indirect` or `mixed`.
    pub manner: String,
    /// Who is spoken to.
    pub addressee: Option<String>,
    /// What is said.
    pub content: String,
    /// Numbers of the events that are reported in it.
    pub events: Vec<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// First and last code point of the sentence.
    pub offsets: Option<[i64; 2]>,
    /// The sentence of the cue.
    pub sentence: Option<String>,
}

impl ClaimRow {
    /// Where a list by day goes on behind this row.
    pub fn cursor(&self) -> Option<Cursor> {
        Some(Cursor {
            day: self.published.clone(),
            number: number('C', &self.id)?,
        })
    }
}

pub(super) const CLAIM: &str = "
    SELECT claim.id, story.id, story.published, story.publisher, coalesce(source.name, claim.source_words),
           source.country, claim.stance, claim.cue, claim.manner, addressee.name,
           coalesce(substr(story.text, claim.content_first + 1, claim.content_last - claim.content_first), ''),
           claim.confidence, evidence.first, evidence.last,
           substr(story.text, evidence.first + 1, evidence.last - evidence.first)
    FROM claim JOIN reading ON reading.id = claim.reading JOIN current ON current.reading = reading.id
         AND current.story = reading.story
         JOIN story ON story.id = reading.story LEFT JOIN evidence ON evidence.id = claim.evidence
         LEFT JOIN actor source ON source.id = claim.source
         LEFT JOIN actor addressee ON addressee.id = claim.addressee";

impl Reader {
    /// Claims of the readings that count, the latest first. `stances` are those of the record (`deny`, `promise` …),
    /// all where there are none; `actor` of the filter is who speaks, as `according_to` is, `recipient` who is spoken
    /// to, and `type`, `status`, `place` and `issue` are those of an event reported in the claim.
    ///
    /// # Errors
    /// Where the filter cannot be understood, the file cannot be read, or what `each` returns.
    pub fn claims(
        &self,
        filter: &Filter,
        stances: &[String],
        each: impl FnMut(ClaimRow) -> Result<()>,
    ) -> Result<()> {
        let after = format!(
            "ORDER BY story.published DESC, claim.id DESC{}",
            filter.limited()
        );
        let question = self.claims_that(filter, stances)?.question(CLAIM, &after);
        self.rows(&question, |row| self.claim_of(row), each)
    }

    /// At most `most` of the claims that [`Reader::claims`] gives, from behind that row on.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or the file cannot be read.
    pub fn claims_behind(
        &self,
        filter: &Filter,
        stances: &[String],
        after: Option<&Cursor>,
        most: usize,
    ) -> Result<Vec<ClaimRow>> {
        let piece = Piece {
            columns: ("story.published", "claim.id"),
            way: Way::Latest,
            after,
            most,
            grouped: false,
        };
        let conditions = || self.claims_that(filter, stances);
        self.piece(&piece, CLAIM, filter.has_days(), conditions, |row| {
            self.claim_of(row)
        })
    }

    fn claims_that(&self, filter: &Filter, stances: &[String]) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        let speakers = [&filter.actor[..], &filter.according_to[..]].concat();
        if !speakers.is_empty() {
            let part = self.sources(&speakers, "claim.source", &mut conditions.values)?;
            conditions.push(part);
        }
        if !filter.recipient.is_empty() {
            let part =
                self.sources(&filter.recipient, "claim.addressee", &mut conditions.values)?;
            conditions.push(part);
        }
        conditions.any_of("claim.stance", stances);
        if let Some(first) = filter.first_day()? {
            conditions.with("story.published >= ?", first);
        }
        if let Some(last) = filter.last_day()? {
            conditions.with("story.published <= ?", last);
        }
        if let Some(text) = &filter.text {
            conditions.with(
                "claim.evidence IN (SELECT rowid FROM evidence_text WHERE evidence_text MATCH ?)",
                full_text(text)?,
            );
        }
        about(&mut conditions, filter)?;
        Ok(conditions)
    }

    pub(super) fn claim_of(&self, row: &rusqlite::Row) -> Result<ClaimRow> {
        let id: i64 = row.get(0)?;
        let (first, last): (Option<i64>, Option<i64>) = (row.get(12)?, row.get(13)?);
        Ok(ClaimRow {
            id: format!("C{id}"),
            story: format!("S{}", row.get::<_, i64>(1)?),
            published: row.get(2)?,
            publisher: row.get(3)?,
            source: row.get(4)?,
            country: row.get(5)?,
            stance: row.get(6)?,
            cue: row.get(7)?,
            manner: row.get(8)?,
            addressee: row.get(9)?,
            content: row.get(10)?,
            events: self.events_in(id)?,
            confidence: row.get(11)?,
            offsets: first.zip(last).map(|(first, last)| [first, last]),
            sentence: row.get(14)?,
        })
    }

    fn events_in(&self, claim: i64) -> Result<Vec<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT 'E' || event.id FROM event JOIN report ON report.event = event.id WHERE event.claim = ?1 ORDER BY event.id",
        )?;
        let rows = select.query_map([claim], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Conditions on the events that are reported in a claim.
fn about(conditions: &mut Conditions, filter: &Filter) -> Result<()> {
    let mut inner = Conditions {
        values: std::mem::take(&mut conditions.values),
        ..Conditions::default()
    };
    inner.any_of("event.type", &filter.checked_types()?);
    inner.any_status("event", &filter.checked_status()?);
    if let Some(place) = &filter.place {
        inner.with(
            "event.place IN (SELECT id FROM place WHERE ' ' || folded || ' ' || lower(ifnull(country, '')) || ' '
              LIKE ? ESCAPE '\\')",
            containing(place),
        );
    }
    if let Some(issue) = &filter.issue {
        inner.with(
            "event.id IN (SELECT event_issue.event FROM issue JOIN event_issue ON event_issue.issue = issue.id
              WHERE ' ' || issue.folded || ' ' LIKE ? ESCAPE '\\')",
            containing(issue),
        );
    }
    if let Some(joined) = inner.joined() {
        conditions.push(format!(
            "claim.id IN (SELECT event.claim FROM event WHERE {joined})"
        ));
    }
    conditions.values = inner.values;
    Ok(())
}
