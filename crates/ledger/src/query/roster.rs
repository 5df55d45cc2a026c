//! Actors in a list, by how much they are in the news.

use schemars::JsonSchema;
use serde::Serialize;

use super::filter::{Conditions, containing};
use super::listing::{Party, party};
use super::{Question, Reader};
use crate::error::Result;

/// An actor in a list.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ActorEntry {
    /// Who.
    #[serde(flatten)]
    pub who: Party,
    /// Occurrences in which it acts.
    pub acts: u64,
    /// Occurrences in which it is acted upon.
    pub receives: u64,
    /// The last day of them.
    pub last: Option<String>,
}

impl Reader {
    /// Actors, those of most occurrences first: whose name holds the words, of a country, of a kind, where these are
    /// given. Those without any occurrence are left out.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn actor_list(
        &self,
        words: Option<&str>,
        country: Option<&str>,
        kind: Option<&str>,
        skip: usize,
        most: usize,
    ) -> Result<Vec<ActorEntry>> {
        let mut conditions = Conditions::default();
        if let Some(words) = words {
            conditions.with(
                "' ' || actor.folded || ' ' LIKE ? ESCAPE '\\'",
                containing(words),
            );
        }
        if let Some(country) = country {
            conditions.with("actor.country = ?", country.to_owned());
        }
        if let Some(kind) = kind {
            conditions.with("actor.kind = ?", kind.to_owned());
        }
        let among = conditions.joined().map_or(String::new(), |joined| {
            format!("WHERE p.actor IN (SELECT id FROM actor WHERE {joined})")
        });
        let question = Question::new(
            format!(
                "SELECT actor.id, actor.name, actor.kind, actor.country, busy.n,
                        (SELECT count(*) FROM occurrence_party WHERE actor = busy.id AND side = 'actor'),
                        (SELECT max(day) FROM occurrence_party WHERE actor = busy.id)
                 FROM (SELECT p.actor AS id, count(*) AS n FROM occurrence_party p {among}
                       GROUP BY p.actor ORDER BY n DESC, p.actor LIMIT {most} OFFSET {skip}) busy
                 JOIN actor ON actor.id = busy.id ORDER BY busy.n DESC, busy.id"
            ),
            conditions.values,
        );
        self.list(&question, |row| {
            let (all, acts): (u64, u64) = (row.get(4)?, row.get(5)?);
            Ok(ActorEntry {
                who: party(row, 0)?,
                acts,
                receives: all.saturating_sub(acts),
                last: row.get(6)?,
            })
        })
    }
}
