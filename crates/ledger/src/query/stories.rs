//! The stories of the ledger.

use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Conditions, Filter, full_text};
use super::paging::{Cursor, Piece, Way};
use super::{Question, Reader, number, story_is};
use crate::error::Result;
use crate::outlet::text_hash;

/// A story.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StoryRow {
    /// `S12`.
    pub id: String,
    /// Hash of its text.
    pub hash: String,
    /// The giver's own name for it.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The first story of which this one is a copy; `None` where it is the first.
    pub copy_of: Option<String>,
    /// How often it was read, by different versions.
    pub readings: i64,
    /// Events of the reading that counts.
    pub events: i64,
    /// Claims of the reading that counts.
    pub claims: i64,
    /// What made the reading that counts.
    pub program: String,
}

impl StoryRow {
    /// Where a list by day goes on behind this row.
    pub fn cursor(&self) -> Option<Cursor> {
        Some(Cursor {
            day: self.published.clone(),
            number: number('S', &self.id)?,
        })
    }
}

const STORY: &str = "
    SELECT story.id, hash, ref, url, publisher, published, headline, language,
           CASE WHEN telling = story.id THEN NULL ELSE 'S' || telling END,
           (SELECT count(*) FROM reading WHERE reading.story = story.id),
           (SELECT count(*) FROM event JOIN report ON report.event = event.id WHERE event.reading = current.reading),
           (SELECT count(*) FROM claim WHERE claim.reading = current.reading),
           (SELECT program FROM reading WHERE reading.id = current.reading)
    FROM story JOIN current ON current.story = story.id";

impl Reader {
    /// Stories, the latest first. `actor` of the filter is anybody who is in it, `according_to` anybody who is
    /// quoted; `text` stands in the evidence; `type`, `status` and the others are those of one of its events.
    ///
    /// # Errors
    /// Where the filter cannot be understood, the file cannot be read, or what `each` returns.
    pub fn stories(&self, filter: &Filter, each: impl FnMut(StoryRow) -> Result<()>) -> Result<()> {
        let after = format!("ORDER BY published DESC, story.id DESC{}", filter.limited());
        let question = self.stories_that(filter)?.question(STORY, &after);
        self.rows(&question, story_row, each)
    }

    /// At most `most` of the stories that [`Reader::stories`] gives, from behind that row on.
    ///
    /// # Errors
    /// Where the filter cannot be understood, or the file cannot be read.
    pub fn stories_behind(
        &self,
        filter: &Filter,
        after: Option<&Cursor>,
        most: usize,
    ) -> Result<Vec<StoryRow>> {
        let piece = Piece {
            columns: ("published", "story.id"),
            way: Way::Latest,
            after,
            most,
            grouped: false,
        };
        let conditions = || self.stories_that(filter);
        self.piece(&piece, STORY, filter.has_days(), conditions, story_row)
    }

    fn stories_that(&self, filter: &Filter) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        for wanted in [&filter.actor, &filter.recipient] {
            if !wanted.is_empty() {
                let part = self.sources(wanted, "cast_member.actor", &mut conditions.values)?;
                conditions.push(format!(
                    "current.reading IN (SELECT cast_member.reading FROM cast_member WHERE {part})"
                ));
            }
        }
        if !filter.according_to.is_empty() {
            let part =
                self.sources(&filter.according_to, "claim.source", &mut conditions.values)?;
            conditions.push(format!(
                "current.reading IN (SELECT claim.reading FROM claim WHERE {part})"
            ));
        }
        if let Some(first) = filter.first_day()? {
            conditions.with("published >= ?", first);
        }
        if let Some(last) = filter.last_day()? {
            conditions.with("published <= ?", last);
        }
        if let Some(text) = &filter.text {
            conditions.with(
                "story.id IN (SELECT evidence.story FROM evidence_text JOIN evidence ON evidence.id = evidence_text.rowid
                  WHERE evidence_text MATCH ?)",
                full_text(text)?,
            );
        }
        let of_events = Filter {
            types: filter.types.clone(),
            status: filter.status.clone(),
            place: filter.place.clone(),
            issue: filter.issue.clone(),
            ..Filter::default()
        };
        self.with_events(
            &mut conditions,
            &of_events,
            "current.reading",
            "event.reading",
        )?;
        Ok(conditions)
    }

    /// The story with that number or hash, alone.
    pub(super) fn story_rows(&self, id: &str) -> Result<Vec<StoryRow>> {
        let (condition, value) = story_is(id);
        let question = Question::new(format!("{STORY} WHERE {condition}"), vec![value]);
        self.list(&question, story_row)
    }

    /// A condition that `column` is the `field` of an event that reports an occurrence which the filter lets through; of
    /// the filter, days and text do not apply.
    pub(super) fn with_events(
        &self,
        conditions: &mut Conditions,
        filter: &Filter,
        column: &str,
        field: &str,
    ) -> Result<()> {
        let of_events = Filter {
            since: None,
            until: None,
            text: None,
            limit: None,
            ..filter.clone()
        };
        if of_events == Filter::default() {
            return Ok(());
        }
        let mut inner = self.occurrences(&of_events)?;
        let offset = conditions.values.len();
        let Some(joined) = inner.joined() else {
            return Ok(());
        };
        conditions.push(format!(
            "{column} IN (SELECT {field} FROM occurrence o JOIN report ON report.occurrence = o.id
              JOIN event ON event.id = report.event WHERE {})",
            renumbered(&joined, offset)
        ));
        conditions.values.append(&mut inner.values);
        Ok(())
    }
}

fn story_row(row: &rusqlite::Row) -> Result<StoryRow> {
    Ok(StoryRow {
        id: format!("S{}", row.get::<_, i64>(0)?),
        hash: text_hash(&row.get::<_, String>(1)?).to_owned(),
        reference: row.get(2)?,
        url: row.get(3)?,
        publisher: row.get(4)?,
        published: row.get(5)?,
        headline: row.get(6)?,
        language: row.get(7)?,
        copy_of: row.get(8)?,
        readings: row.get(9)?,
        events: row.get(10)?,
        claims: row.get(11)?,
        program: row.get(12)?,
    })
}

/// SQL whose numbered values stand `by` places later.
fn renumbered(sql: &str, by: usize) -> String {
    let mut parts = sql.split('?');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = part[..digits].parse().unwrap_or(0);
        out += &format!("?{}{}", number + by, &part[digits..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::renumbered;

    #[test]
    fn values_move_together() {
        assert_eq!(
            renumbered("a = ?1 AND b IN (?2, ?12)", 3),
            "a = ?4 AND b IN (?5, ?15)"
        );
        assert_eq!(renumbered("a = 1", 3), "a = 1");
    }
}
