//! Actors in a list, by how much they are in the news.

use schemars::JsonSchema;
use serde::Serialize;

use super::Reader;
use super::filter::{Conditions, containing};
use super::listing::{Party, party};
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
        conditions.push("sums.number > 0");
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
        // Those of a name or a country are found first and then sorted; all others are gone through in order.
        let from = if words.is_some() || country.is_some() {
            "actor CROSS JOIN actor_sum sums ON sums.actor = actor.id"
        } else {
            "actor_sum sums CROSS JOIN actor ON actor.id = sums.actor"
        };
        let select = format!(
            "SELECT actor.id, actor.name, actor.kind, actor.country, sums.acts, sums.receives FROM {from}"
        );
        let order = format!("ORDER BY sums.number DESC, sums.actor LIMIT {most} OFFSET {skip}");
        let question = conditions.question(&select, &order);
        self.list(&question, |row| {
            let id: i64 = row.get(0)?;
            Ok(ActorEntry {
                who: party(row, 0)?,
                acts: row.get(4)?,
                receives: row.get(5)?,
                last: self.text_of("SELECT max(day) FROM occurrence_party WHERE actor = ?1", id)?,
            })
        })
    }
}
