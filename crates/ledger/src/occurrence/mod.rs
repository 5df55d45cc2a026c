//! Bringing together: which reports tell of the same occurrence.
//!
//! A report comes in ([`Mention`]), is compared with the few occurrences that share its type and parties, place or
//! day ([`find`]), and joins the one that it is most like ([`likeness`]) or begins a new one ([`gather`]). An
//! occurrence remembers what its reports have in common ([`sketch`]): the days that all of them allow and their
//! places, so that no report joins across a contradiction of date or place with any of the others.

pub(crate) mod cast;
pub(crate) mod find;
pub(crate) mod gather;
pub(crate) mod likeness;
pub(crate) mod load;
pub(crate) mod sketch;
pub(crate) mod status;
pub(crate) mod sums;
#[cfg(test)]
mod tests;

use types::record::Place;
use types::{EventType, Status};

use crate::days::{Day, Days};
use crate::words;

/// One report of an event, as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mention {
    /// Number of the event.
    pub event: i64,
    /// The first story of those that its story is a copy of.
    pub telling: i64,
    pub kind: EventType,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub goldstein: Option<f64>,
    /// 1 to 4.
    pub quad: u8,
    pub status: Status,
    /// When it was; `None` where the story does not say.
    pub days: Option<Days>,
    /// When the story was published.
    pub published: Option<Day>,
    pub place: Option<PlaceFacts>,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    /// Stems of the trigger's words, hashed and sorted.
    pub triggers: Vec<u32>,
    /// Stems of the content words of the sentence, hashed and sorted.
    pub words: Vec<u32>,
    /// What is counted, hashed, and how many.
    pub figures: Vec<(u32, f64)>,
}

impl Mention {
    /// Whether it tells of what has not happened yet, or may never happen.
    pub fn is_ahead(&self) -> bool {
        matches!(self.status, Status::Planned | Status::Possible)
    }

    /// The day by which it is found: its first day where that is known to the week, or else the day of publication.
    pub fn day(&self) -> Option<Day> {
        const WEEK: i32 = 7;
        match self.days {
            Some(days) if days.length() <= WEEK => Some(days.first),
            days => self.published.or(days.map(|days| days.first)),
        }
    }
}

/// Somebody who acts, or is acted upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// Number of the actor.
    pub actor: i64,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Whether it is one person.
    pub person: bool,
}

impl Party {
    /// A number that is the same for a state and for whoever acts for it, or else the actor's own.
    pub fn token(&self) -> u64 {
        match &self.country {
            Some(country) => words::hash(country.as_bytes()),
            None => self.actor as u64,
        }
    }
}

/// A place, as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlaceFacts {
    /// Number of the place.
    pub id: i64,
    pub country: Option<String>,
    /// Hash of the first administrative division; `None` for countries and where it is not known.
    pub admin1: Option<u32>,
    /// Hash of the place's own name.
    pub name: u32,
    /// Latitude and longitude in degrees.
    pub at: Option<(f32, f32)>,
}

impl PlaceFacts {
    pub fn of(id: i64, place: &Place) -> Self {
        let hashed = |name: &str| words::hash(words::fold(name).as_bytes()) as u32;
        PlaceFacts {
            id,
            country: place.country.clone(),
            admin1: place.admin1.as_deref().map(hashed),
            name: hashed(&place.name),
            at: match (place.latitude, place.longitude) {
                (Some(latitude), Some(longitude)) => Some((latitude as f32, longitude as f32)),
                _ => None,
            },
        }
    }

    /// How exact the place is: 0 a country, 1 a division of one, 2 a town or less. Where nothing is known of it but
    /// its name, it counts as a town.
    pub fn level(&self) -> u8 {
        match (self.admin1, &self.country) {
            (Some(admin1), _) if admin1 == self.name => 1,
            (Some(_), _) | (None, None) => 2,
            (None, Some(_)) => 0,
        }
    }
}
