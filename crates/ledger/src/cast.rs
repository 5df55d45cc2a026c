//! Actors and places across stories: what makes two of them the same.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use types::record::{Actor, Place};

use crate::error::Result;
use crate::words::fold;

/// Most keys that are remembered; then all are forgotten, and asked for again.
const REMEMBERED: usize = 100_000;

/// Numbers of actors and places by their keys, so that the file is asked once for each.
#[derive(Default)]
pub(crate) struct Known {
    actors: HashMap<String, i64>,
    places: HashMap<String, i64>,
}

impl Known {
    /// Forgets all: after a transaction was taken back, numbers may be of rows that are not there.
    pub fn forget(&mut self) {
        self.actors.clear();
        self.places.clear();
    }

    /// The number of an actor, which is added where it is new.
    pub fn actor(&mut self, connection: &Connection, actor: &Actor) -> Result<i64> {
        let key = actor_key(actor);
        remembered(&mut self.actors, key, |key| {
            let mut find = connection.prepare_cached("SELECT id FROM actor WHERE key = ?1")?;
            if let Some(id) = find.query_row([key], |row| row.get(0)).optional()? {
                return Ok(id);
            }
            let mut insert = connection.prepare_cached(
                "INSERT INTO actor (key, name, folded, kind, country, wikidata) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            Ok(insert.insert(params![
                key,
                actor.name,
                fold(&actor.name),
                actor.kind,
                actor.country,
                actor.wikidata
            ])?)
        })
    }

    /// The number of a place, which is added where it is new.
    pub fn place(&mut self, connection: &Connection, place: &Place) -> Result<i64> {
        let key = place_key(place);
        remembered(&mut self.places, key, |key| {
            let mut find = connection.prepare_cached("SELECT id FROM place WHERE key = ?1")?;
            if let Some(id) = find.query_row([key], |row| row.get(0)).optional()? {
                return Ok(id);
            }
            let mut insert = connection.prepare_cached(
                "INSERT INTO place (key, name, folded, country, admin1, latitude, longitude, geonames)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            Ok(insert.insert(params![
                key,
                place.name,
                fold(&place.name),
                place.country,
                place.admin1,
                place.latitude,
                place.longitude,
                place.geonames.and_then(|id| i64::try_from(id).ok())
            ])?)
        })
    }
}

fn remembered(
    map: &mut HashMap<String, i64>,
    key: String,
    find: impl FnOnce(&str) -> Result<i64>,
) -> Result<i64> {
    if let Some(id) = map.get(&key) {
        return Ok(*id);
    }
    let id = find(&key)?;
    if map.len() >= REMEMBERED {
        map.clear();
    }
    map.insert(key, id);
    Ok(id)
}

/// A state is its country, what is in Wikidata its item; anybody else is kind, name and country. Two persons of one
/// name and country are one here.
fn actor_key(actor: &Actor) -> String {
    let country = actor.country.as_deref().unwrap_or("");
    match (actor.kind.as_str(), &actor.wikidata) {
        ("state" | "place-as-state", _) if !country.is_empty() => format!("state:{country}"),
        (_, Some(item)) => format!("wd:{item}"),
        (kind, None) => format!("{kind}:{}:{country}", fold(&actor.name)),
    }
}

fn place_key(place: &Place) -> String {
    match place.geonames {
        Some(id) => format!("gn:{id}"),
        None => format!(
            "{}:{}:{}",
            fold(&place.name),
            place.admin1.as_deref().map(fold).unwrap_or_default(),
            place.country.as_deref().unwrap_or("")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(name: &str, kind: &str, country: Option<&str>) -> Actor {
        Actor {
            id: "a1".into(),
            name: name.into(),
            kind: kind.into(),
            code: None,
            country: country.map(str::to_owned),
            roles: Vec::new(),
            title: None,
            wikidata: None,
            mentions: Vec::new(),
        }
    }

    #[test]
    fn a_state_is_its_country_whatever_it_is_called() {
        let state = actor_key(&actor("Norway", "state", Some("NOR")));
        assert_eq!(
            state,
            actor_key(&actor("Oslo", "place-as-state", Some("NOR")))
        );
        assert_ne!(
            state,
            actor_key(&actor("Norway", "organisation", Some("NOR")))
        );
    }

    #[test]
    fn persons_are_told_apart_by_country() {
        let one = actor("José Ruiz", "person", Some("ESP"));
        assert_eq!(
            actor_key(&one),
            actor_key(&actor("Jose  RUIZ", "person", Some("ESP")))
        );
        assert_ne!(
            actor_key(&one),
            actor_key(&actor("José Ruiz", "person", Some("MEX")))
        );
    }
}
