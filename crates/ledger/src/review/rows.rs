//! Reviews as they are kept, to be listed and to be learnt from.

use schemars::JsonSchema;
use serde::Serialize;

use super::Change;
use crate::error::Result;
use crate::outlet::text_hash;
use crate::query::{Filter, Question, Reader, Report, number};

/// A review, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReviewRow {
    /// `R12`.
    pub id: String,
    /// `accept`, `correct`, `reject`, `merge` or `split`.
    pub kind: String,
    /// The event, `E12`.
    pub event: Option<String>,
    /// The occurrence, `O12`.
    pub occurrence: Option<String>,
    /// For a merge: the occurrence whose reports moved.
    pub other: Option<String>,
    /// For a correction: what was changed.
    pub change: Option<Change>,
    /// Who reviewed.
    pub reviewer: Option<String>,
    /// When.
    pub reviewed: Option<String>,
    /// What else the reviewer said.
    pub note: Option<String>,
    /// The review that this one carries over to a newer reading of the story, `R12`.
    pub carried: Option<String>,
    /// Hash of the story.
    pub story: Option<String>,
    /// Id of the event in the story's record.
    pub local: Option<String>,
    /// The sentence, to train on.
    pub sentence: Option<String>,
    /// The words that express the event.
    pub trigger: Option<String>,
    /// Type as it was read.
    #[serde(rename = "type")]
    pub kind_read: Option<String>,
    /// Status as it was read.
    pub status_read: Option<String>,
}

impl Reader {
    /// Reports that nobody has reviewed, the least sure first.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or the file cannot be read.
    pub fn unreviewed(&self, filter: &Filter, most: usize) -> Result<Vec<Report>> {
        let mut found = Vec::new();
        self.reports(filter, |report| {
            found.push((report.confidence, found.len(), report.id));
            Ok(())
        })?;
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut reviewed = self
            .connection
            .prepare_cached("SELECT 1 FROM review WHERE event = ?1")?;
        let mut reports = Vec::new();
        for (_, _, id) in found {
            let event = number('E', &id);
            let known = reviewed.exists([event])? || id.is_empty();
            if !known && reports.len() < most {
                reports.push(self.report(&id)?);
            }
        }
        Ok(reports)
    }

    /// All reviews in the order in which they were made: with the sentence and what was read, so that models may
    /// learn from them.
    ///
    /// # Errors
    /// Where the file cannot be read, or what `each` returns.
    pub fn reviews(&self, each: impl FnMut(ReviewRow) -> Result<()>) -> Result<()> {
        let question = Question::new(
            "SELECT review.id, review.kind, 'E' || review.event, 'O' || review.occurrence, 'O' || review.other,
                    review.change, review.reviewer, review.reviewed, review.note, story.hash, event.local,
                    evidence_words.text, event.trigger, event.type, event.status, 'R' || review.carried
             FROM review LEFT JOIN event ON event.id = review.event LEFT JOIN reading ON reading.id = event.reading
                  LEFT JOIN story ON story.id = reading.story
                  LEFT JOIN evidence_words ON evidence_words.id = event.evidence ORDER BY review.id",
            Vec::new(),
        );
        self.rows(
            &question,
            |row| {
                let change: Option<String> = row.get(5)?;
                let story: Option<String> = row.get(9)?;
                Ok(ReviewRow {
                    id: format!("R{}", row.get::<_, i64>(0)?),
                    kind: row.get(1)?,
                    event: row.get(2)?,
                    occurrence: row.get(3)?,
                    other: row.get(4)?,
                    change: change.and_then(|json| serde_json::from_str(&json).ok()),
                    reviewer: row.get(6)?,
                    reviewed: row.get(7)?,
                    note: row.get(8)?,
                    story: story.map(|key| text_hash(&key).to_owned()),
                    local: row.get(10)?,
                    sentence: row.get(11)?,
                    trigger: row.get(12)?,
                    kind_read: row.get(13)?,
                    status_read: row.get(14)?,
                    carried: row.get(15)?,
                })
            },
            each,
        )
    }
}
