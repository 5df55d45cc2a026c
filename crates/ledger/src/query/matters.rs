//! Issues: which there are, and one of them by its number.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Question, Reader, number};
use crate::error::{LedgerError, Result};

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
            "SELECT 'I' || issue.id, issue.name, ifnull(p.n, 0), (SELECT count(*) FROM event_issue WHERE issue = issue.id)
             FROM issue LEFT JOIN (SELECT issue, count(*) AS n FROM position GROUP BY issue) p ON p.issue = issue.id
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
            "SELECT 'I' || id, name, (SELECT count(*) FROM position WHERE issue = ?1),
                    (SELECT count(*) FROM event_issue WHERE issue = ?1) FROM issue WHERE id = ?1",
            vec![number.into()],
        );
        self.list(&question, issue_row)?
            .into_iter()
            .next()
            .ok_or_else(unknown)
    }

    /// Issues on which somebody of each of the two countries has a position, those with most positions first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn issues_between(&self, one: &str, other: &str, most: usize) -> Result<Vec<IssueRow>> {
        let question = Question::new(
            "SELECT 'I' || issue.id, issue.name, count(DISTINCT position.id),
                    (SELECT count(*) FROM event_issue WHERE issue = issue.id)
             FROM actor JOIN position_actor pa ON pa.actor = actor.id JOIN position ON position.id = pa.position
             JOIN issue ON issue.id = position.issue
             WHERE actor.country IN (?1, ?2) GROUP BY issue.id HAVING count(DISTINCT actor.country) = 2
             ORDER BY 3 DESC, issue.id LIMIT ?3",
            vec![
                one.to_owned().into(),
                other.to_owned().into(),
                i64::try_from(most).unwrap_or(i64::MAX).into(),
            ],
        );
        self.list(&question, issue_row)
    }
}

fn issue_row(row: &rusqlite::Row) -> Result<IssueRow> {
    Ok(IssueRow {
        id: row.get(0)?,
        name: row.get(1)?,
        positions: row.get(2)?,
        events: row.get(3)?,
    })
}
