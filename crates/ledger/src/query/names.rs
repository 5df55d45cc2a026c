//! Whom and what a word of the asker stands for: a country, a code, a number or a name.

use rusqlite::types::Value;

use super::filter::{containing, escaped};
use super::{Reader, number};
use crate::error::{LedgerError, Result};
use crate::words::fold;

/// Most actors and places that a name may stand for.
const MOST_NAMED: i64 = 1_000;

/// Whom a word of the asker stands for.
pub(crate) enum Who {
    Country(String),
    Actors(Vec<i64>),
}

impl Who {
    /// A condition on a column with the actor and one with its country.
    pub(super) fn condition(&self, actor: &str, country: &str, values: &mut Vec<Value>) -> String {
        match self {
            Who::Country(code) => {
                values.push(code.clone().into());
                format!("{country} = ?{}", values.len())
            }
            Who::Actors(ids) => format!("{actor} IN ({})", list(ids)),
        }
    }
}

/// Numbers with commas.
pub(super) fn list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    ids.join(",")
}

impl Reader {
    /// A condition on a column that holds an actor.
    pub(crate) fn sources(
        &self,
        wanted: &[String],
        column: &str,
        values: &mut Vec<Value>,
    ) -> Result<String> {
        let mut any = Vec::new();
        for word in wanted {
            let who = self.who(word)?.condition("id", "country", values);
            any.push(format!("{column} IN (SELECT id FROM actor WHERE {who})"));
        }
        Ok(format!("({})", any.join(" OR ")))
    }

    /// Whom a word of the asker stands for.
    ///
    /// # Errors
    /// Where nobody is called that.
    pub(crate) fn who(&self, word: &str) -> Result<Who> {
        if let Some(id) = number('A', word) {
            return Ok(Who::Actors(vec![id]));
        }
        let capitals = !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase());
        if capitals
            && word.len() == 3
            && self.knows("SELECT 1 FROM actor WHERE country = ?1 LIMIT 1", word)?
        {
            return Ok(Who::Country(word.into()));
        }
        let folded = fold(word);
        let state = "SELECT country FROM actor WHERE folded = ?1 AND kind IN ('state', 'place-as-state') AND country IS NOT NULL";
        let states = self.texts(state, &folded)?;
        if let [country] = &states[..] {
            return Ok(Who::Country(country.clone()));
        }
        let ids = if capitals && word.len() > 3 {
            self.ids(
                "SELECT DISTINCT actor FROM cast_member WHERE code LIKE ?1 ESCAPE '\\' LIMIT ?2",
                &(escaped(word) + "%"),
            )?
        } else {
            Vec::new()
        };
        let ids = if ids.is_empty() {
            self.ids(
                "SELECT id FROM actor WHERE ' ' || folded || ' ' LIKE ?1 ESCAPE '\\' LIMIT ?2",
                &containing(word),
            )?
        } else {
            ids
        };
        if ids.is_empty() {
            return Err(LedgerError::Question(format!(
                "nobody in this ledger is called `{word}`"
            )));
        }
        Ok(Who::Actors(ids))
    }

    pub(super) fn places(&self, word: &str) -> Result<Vec<i64>> {
        let ids = self.ids("SELECT id FROM place WHERE country = ?1 LIMIT ?2", word)?;
        let ids = if ids.is_empty() {
            self.ids(
                "SELECT id FROM place WHERE ' ' || folded || ' ' LIKE ?1 ESCAPE '\\' LIMIT ?2",
                &containing(word),
            )?
        } else {
            ids
        };
        if ids.is_empty() {
            return Err(LedgerError::Question(format!(
                "no place in this ledger is called `{word}`"
            )));
        }
        Ok(ids)
    }

    fn knows(&self, sql: &str, word: &str) -> Result<bool> {
        Ok(self.connection.prepare_cached(sql)?.exists([word])?)
    }

    fn ids(&self, sql: &str, word: &str) -> Result<Vec<i64>> {
        let mut select = self.connection.prepare_cached(sql)?;
        let rows = select.query_map(rusqlite::params![word, MOST_NAMED], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn texts(&self, sql: &str, word: &str) -> Result<Vec<String>> {
        let mut select = self.connection.prepare_cached(sql)?;
        let rows = select.query_map([word], |row| row.get(0))?;
        let mut found: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
        found.sort();
        found.dedup();
        Ok(found)
    }
}
