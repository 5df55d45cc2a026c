//! Issues: which there are, and one of them by its number.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Question, Reader, number};
use crate::error::{LedgerError, Result};

/// Positions of a country that are looked at, the last ones.
const LATEST: usize = 1_000;

/// A matter on which parties take positions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IssueRow {
    /// `I12`.
    pub id: String,
    /// Its name in the first story that has it.
    pub name: String,
    /// Positions on it.
    pub positions: u64,
    /// Events about it.
    pub events: u64,
}

impl Reader {
    /// Issues whose name holds the words, those with most positions first; all where there are no words.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn issues(&self, words: Option<&str>, skip: usize, most: usize) -> Result<Vec<IssueRow>> {
        let pattern = words.map_or("%".to_owned(), super::filter::containing);
        let question = Question::new(
            "SELECT 'I' || issue.id, issue.name, sums.positions, sums.events
             FROM issue JOIN issue_sum sums ON sums.issue = issue.id
             WHERE ' ' || issue.folded || ' ' LIKE ?1 ESCAPE '\\' ORDER BY 3 DESC, 4 DESC, issue.id LIMIT ?2 OFFSET ?3",
            vec![
                pattern.into(),
                i64::try_from(most).unwrap_or(i64::MAX).into(),
                i64::try_from(skip).unwrap_or(i64::MAX).into(),
            ],
        );
        self.list(&question, issue_row)
    }

    /// The issue with that number.
    ///
    /// # Errors
    /// Where there is none, or the file cannot be read.
    pub fn issue(&self, id: &str) -> Result<IssueRow> {
        let unknown = || LedgerError::Unknown(id.into());
        let number = number('I', id).ok_or_else(unknown)?;
        let question = Question::new(
            "SELECT 'I' || issue.id, issue.name, sums.positions, sums.events
             FROM issue JOIN issue_sum sums ON sums.issue = issue.id WHERE issue.id = ?1",
            vec![number.into()],
        );
        self.list(&question, issue_row)?
            .into_iter()
            .next()
            .ok_or_else(unknown)
    }

    /// Issues on which somebody of each of the two countries has a position, those with most positions first; among the last
    /// thousand positions of each country.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn issues_between(&self, one: &str, other: &str, most: usize) -> Result<Vec<IssueRow>> {
        let question = Question::new(
            format!(
                "SELECT 'I' || issue.id, issue.name, shared.number, sums.events
                 FROM (SELECT position.issue AS id, count(DISTINCT position.id) AS number
                       FROM (SELECT * FROM ({}) UNION ALL SELECT * FROM ({})) taken
                       CROSS JOIN position ON position.id = taken.position
                       GROUP BY 1 HAVING count(DISTINCT taken.country) = 2 ORDER BY 2 DESC, 1 LIMIT ?3) shared
                 JOIN issue ON issue.id = shared.id JOIN issue_sum sums ON sums.issue = issue.id
                 ORDER BY shared.number DESC, issue.id",
                taken(1),
                taken(2)
            ),
            vec![
                one.to_owned().into(),
                other.to_owned().into(),
                i64::try_from(most).unwrap_or(i64::MAX).into(),
            ],
        );
        self.list(&question, issue_row)
    }
}

/// The last positions of a country, the code of which is the value with that number.
fn taken(code: u8) -> String {
    format!(
        "SELECT pa.position, actor.country FROM actor CROSS JOIN position_actor pa ON pa.actor = actor.id
         WHERE actor.country = ?{code} ORDER BY pa.position DESC LIMIT {LATEST}"
    )
}

fn issue_row(row: &rusqlite::Row) -> Result<IssueRow> {
    Ok(IssueRow {
        id: row.get(0)?,
        name: row.get(1)?,
        positions: row.get(2)?,
        events: row.get(3)?,
    })
}
