//! One story: which numbers its parts have in the ledger, and what was said of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::lead::Columns;
use super::listing::Listing;
use super::paging::{Cursor, Way};
use super::{Question, Reader, Report, StoryRow, number};
use crate::error::{LedgerError, Result};

/// Reports among which the least sure ones are looked for.
const QUEUE: usize = 1_200;

/// The numbers of a story's parts, by their ids in its record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Numbers {
    /// Of events, `e1`: the numbers of the report and of its occurrence. A rejected event has none; a corrected one
    /// has the number of what stands for it.
    pub events: BTreeMap<String, EventNumbers>,
    /// Of claims, `c1`: `C12`.
    pub claims: BTreeMap<String, String>,
    /// Of actors, `a1`: `A12`.
    pub actors: BTreeMap<String, String>,
    /// Of issues, by name: `I12`.
    pub issues: BTreeMap<String, String>,
    /// The outlets' other stories that are the same, mostly: `S12`.
    pub copies: Vec<String>,
}

/// Numbers of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EventNumbers {
    /// `E12`.
    pub event: String,
    /// `O12`.
    pub occurrence: String,
    /// Stories in all that tell of the occurrence.
    pub tellings: u64,
    /// The occurrence's status.
    pub status: String,
    /// What the last review of the event said, where there was one.
    pub review: Option<String>,
}

impl Reader {
    /// The story with that number or hash.
    ///
    /// # Errors
    /// Where there is none, or the file cannot be read.
    pub fn story(&self, id: &str) -> Result<StoryRow> {
        let found = self.story_rows(id)?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| LedgerError::Unknown(id.into()))
    }

    /// The numbers of the parts of the story with the number `S12`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn numbers(&self, story: &str) -> Result<Numbers> {
        let number = number('S', story).ok_or_else(|| LedgerError::Unknown(story.into()))?;
        let events = self.pairs_of(
            "SELECT e.local, 'E' || e.id, 'O' || o.id, o.tellings, o.status,
                    (SELECT kind FROM review WHERE review.event = e.id OR review.id = e.review ORDER BY review.id DESC LIMIT 1)
             FROM current JOIN event e ON e.reading = current.reading JOIN report ON report.event = e.id
             JOIN occurrence o ON o.id = report.occurrence WHERE current.story = ?1 ORDER BY e.id",
            number,
            |row| {
                Ok(EventNumbers {
                    event: row.get(1)?,
                    occurrence: row.get(2)?,
                    tellings: row.get(3)?,
                    status: row.get(4)?,
                    review: row.get(5)?,
                })
            },
        )?;
        let text = |row: &rusqlite::Row| Ok(row.get(1)?);
        let copies = Question::new(
            "SELECT 'S' || story.id FROM story JOIN story me ON me.telling = story.telling AND me.id <> story.id
             WHERE me.id = ?1 ORDER BY story.id LIMIT 100",
            vec![number.into()],
        );
        Ok(Numbers {
            events,
            claims: self.pairs_of(
                "SELECT claim.local, 'C' || claim.id FROM current JOIN claim ON claim.reading = current.reading
                 WHERE current.story = ?1",
                number,
                text,
            )?,
            actors: self.pairs_of(
                "SELECT c.local, 'A' || c.actor FROM current JOIN cast_member c ON c.reading = current.reading
                 WHERE current.story = ?1",
                number,
                text,
            )?,
            issues: self.pairs_of(
                "SELECT issue.name, 'I' || issue.id FROM current JOIN position ON position.reading = current.reading
                 JOIN issue ON issue.id = position.issue WHERE current.story = ?1
                 UNION SELECT issue.name, 'I' || issue.id FROM current JOIN event ON event.reading = current.reading
                 JOIN event_issue ON event_issue.event = event.id JOIN issue ON issue.id = event_issue.issue
                 WHERE current.story = ?1",
                number,
                text,
            )?,
            copies: self.list(&copies, |row| Ok(row.get(0)?))?,
        })
    }

    fn pairs_of<T>(
        &self,
        sql: &str,
        story: i64,
        make: impl Fn(&rusqlite::Row) -> Result<T>,
    ) -> Result<BTreeMap<String, T>> {
        let question = Question::new(sql, vec![story.into()]);
        let rows = self.list(&question, |row| Ok((row.get(0)?, make(row)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// Reports that nobody has reviewed, the least sure first, among the first twelve hundred of the latest occurrences
    /// that the listing lets through.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or the file cannot be read.
    pub fn queue(&self, listing: &Listing, most: usize) -> Result<Vec<Report>> {
        let mut waiting = Vec::new();
        let mut after = None;
        while waiting.len() < QUEUE {
            let from = (Way::Latest, after.as_ref());
            let found = self.rows_by_day(listing, from, &DAY, QUEUE / 4, |row| {
                Ok(Cursor {
                    number: row.get(0)?,
                    day: row.get(1)?,
                })
            })?;
            for occurrence in &found {
                waiting.extend(self.waiting(occurrence.number)?);
            }
            let Some(last) = found.into_iter().nth(QUEUE / 4 - 1) else {
                break;
            };
            after = Some(last);
        }
        waiting.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        waiting.truncate(most);
        let reports = waiting.iter().map(|(_, id)| self.report(&format!("E{id}")));
        reports.collect()
    }

    /// Reports of an occurrence that nobody has reviewed, with how sure they are.
    fn waiting(&self, occurrence: i64) -> Result<Vec<(f64, i64)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT e.confidence, e.id FROM report JOIN event e ON e.id = report.event
             WHERE report.occurrence = ?1 AND e.review IS NULL
               AND NOT EXISTS (SELECT 1 FROM review WHERE review.event = report.event)",
        )?;
        let rows = select.query_map([occurrence], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Of an occurrence, where it stands in a list by day.
const DAY: Columns = Columns {
    columns: "o.id, o.day",
    joined: "",
};
