//! Who takes part in occurrences, and how often an actor does.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Party;
use super::sketch::Sketch;
use crate::error::Result;

/// Rows of those who take part in the occurrences that a reading changes, and what that adds to each actor's sums.
pub(crate) struct Cast<'c> {
    connection: &'c Connection,
    /// By actor: in how many more occurrences it acts, and is acted upon.
    more: BTreeMap<i64, [i64; 2]>,
}

/// Whoever acts is on the first side, whoever is acted upon on the second.
const SIDES: [&str; 2] = ["actor", "recipient"];

impl<'c> Cast<'c> {
    pub fn new(connection: &'c Connection) -> Self {
        Cast {
            connection,
            more: BTreeMap::new(),
        }
    }

    /// Brings the rows of an occurrence from what was known of it, `None` where it is new, to what is known now.
    pub fn replace(&mut self, occurrence: i64, old: Option<&Sketch>, new: &Sketch) -> Result<()> {
        let day = new.day().map(|day| day.to_string());
        if let Some(old) = old {
            for (side, party) in missing(old, new) {
                self.remove(occurrence, side, party)?;
            }
            if old.day() != new.day() {
                self.connection
                    .prepare_cached("UPDATE occurrence_party SET day = ?2 WHERE occurrence = ?1")?
                    .execute(params![occurrence, day])?;
            }
        }
        let come: Vec<(usize, &Party)> = match old {
            Some(old) => missing(new, old).collect(),
            None => parties(new).collect(),
        };
        for (side, party) in come {
            self.insert(occurrence, side, party, day.as_deref())?;
        }
        Ok(())
    }

    fn insert(&mut self, of: i64, side: usize, party: &Party, day: Option<&str>) -> Result<()> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO occurrence_party (occurrence, side, actor, country, day) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?;
        let rows = insert.execute(params![of, SIDES[side], party.actor, party.country, day])?;
        self.more.entry(party.actor).or_default()[side] += rows as i64;
        Ok(())
    }

    fn remove(&mut self, of: i64, side: usize, party: &Party) -> Result<()> {
        let mut delete = self.connection.prepare_cached(
            "DELETE FROM occurrence_party WHERE occurrence = ?1 AND side = ?2 AND actor = ?3",
        )?;
        let rows = delete.execute(params![of, SIDES[side], party.actor])?;
        self.more.entry(party.actor).or_default()[side] -= rows as i64;
        Ok(())
    }

    /// Adds to the sums: once for each actor, in however many occurrences of the reading it is.
    pub fn finish(self) -> Result<()> {
        let mut add = self.connection.prepare_cached(
            "INSERT INTO actor_sum (actor, acts, receives) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET acts = acts + excluded.acts, receives = receives + excluded.receives",
        )?;
        for (actor, [acts, receives]) in self.more {
            if (acts, receives) != (0, 0) {
                add.execute(params![actor, acts, receives])?;
            }
        }
        Ok(())
    }
}

/// Those who take part, with the number of their side.
fn parties(sketch: &Sketch) -> impl Iterator<Item = (usize, &Party)> {
    let sides = [&sketch.actors, &sketch.recipients].into_iter().enumerate();
    sides.flat_map(|(side, parties)| parties.iter().map(move |party| (side, party)))
}

/// Those of one sketch whom the other one lacks.
fn missing<'s>(of: &'s Sketch, other: &'s Sketch) -> impl Iterator<Item = (usize, &'s Party)> {
    parties(of).filter(move |(side, party)| {
        let there = [&other.actors, &other.recipients][*side];
        there.iter().all(|one| one.actor != party.actor)
    })
}
