//! A row of a flat table: one event, claim, actor or problem of a record, or the record itself.

use std::borrow::Cow;

use sha2::{Digest, Sha256};
use types::record::{Actor, Claim, Event, Offsets, Place, ProblemRecord, Provenance, Record};
use types::{CodePoints, Date};

/// What stands between several values of one cell, as in Phoenix.
const BETWEEN: &str = ";";

/// One row, as its columns see it.
pub(crate) struct Row<'r> {
    pub record: &'r Record,
    /// The record as it stands in the table of readings.
    pub json: &'r str,
    pub words: &'r CodePoints<'r>,
    /// Short name of the version that read it.
    pub version: &'r str,
    /// Which event, claim, actor or problem; 0 for a story.
    pub at: usize,
}

impl Row<'_> {
    pub fn event(&self) -> &Event {
        &self.record.events[self.at]
    }

    pub fn claim(&self) -> &Claim {
        &self.record.claims[self.at]
    }

    pub fn actor(&self) -> &Actor {
        &self.record.actors[self.at]
    }

    pub fn problem(&self) -> &ProblemRecord {
        &self.record.problems[self.at]
    }

    /// Id over all stories and versions of something with an id in its record.
    pub fn id(&self, local: &str) -> Cow<'static, str> {
        format!("{}-{}-{local}", self.record.story.id, self.version).into()
    }

    pub fn actor_of(&self, id: &str) -> Option<&Actor> {
        self.record.actors.iter().find(|actor| actor.id == id)
    }

    pub fn claim_of(&self, id: &str) -> Option<&Claim> {
        self.record.claims.iter().find(|claim| claim.id == id)
    }

    /// The place of the event.
    pub fn place(&self) -> Option<&Place> {
        let id = self.event().place.as_deref()?;
        self.record.places.iter().find(|place| place.id == id)
    }

    /// What `get` finds of each of these actors, each value once; `None` where it finds nothing.
    pub fn of_actors<'a>(
        &'a self,
        ids: &'a [String],
        get: impl Fn(&'a Actor) -> Option<&'a str>,
    ) -> Option<Cow<'a, str>> {
        let found = ids
            .iter()
            .filter_map(|id| self.actor_of(id))
            .filter_map(get);
        once_each(found)
    }

    /// The words at some places of the text, with blanks between; `None` where there are none.
    pub fn words_at(&self, spans: &[Offsets]) -> Option<Cow<'static, str>> {
        let words = spans
            .iter()
            .filter_map(|[start, end]| self.words.get(*start, *end));
        let words = words.collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words.into())
    }

    /// Who makes a claim: the actor's name, or the words where they name no actor.
    pub fn source<'a>(&'a self, claim: &'a Claim) -> Option<Cow<'a, str>> {
        let source = claim.source.as_ref()?;
        let actor = source.actor.as_deref().and_then(|id| self.actor_of(id));
        match actor {
            Some(actor) => Some(actor.name.as_str().into()),
            None => self.words_at(&source.spans),
        }
    }

    /// The actor who makes a claim.
    pub fn source_actor<'a>(&'a self, claim: &'a Claim) -> Option<&'a Actor> {
        self.actor_of(claim.source.as_ref()?.actor.as_deref()?)
    }

    /// The sentence with that number.
    pub fn sentence(&self, index: usize) -> Option<Cow<'_, str>> {
        let place = self.record.sentences.get(index)?;
        Some(self.words.get(place.start, place.end)?.into())
    }

    /// The sentence in which a code point stands.
    pub fn sentence_of(&self, at: usize) -> Option<usize> {
        let sentences = &self.record.sentences;
        let behind = sentences.partition_point(|sentence| sentence.start <= at);
        behind
            .checked_sub(1)
            .filter(|index| sentences[*index].end > at)
    }

    /// Day of publication.
    pub fn published(&self) -> Option<i32> {
        days(self.record.story.published.as_deref()?)
    }
}

/// Days since 1970 of a date that is written in full.
pub(crate) fn days(date: &str) -> Option<i32> {
    Date::parse(date).and_then(|date| date.days().try_into().ok())
}

/// Values joined, each where it first stands; `None` where there are none.
pub(crate) fn once_each<'a>(values: impl Iterator<Item = &'a str>) -> Option<Cow<'a, str>> {
    let mut found: Vec<&str> = Vec::new();
    for value in values.filter(|value| !value.is_empty()) {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    match found[..] {
        [] => None,
        [one] => Some(one.into()),
        _ => Some(found.join(BETWEEN).into()),
    }
}

/// Text that may be missing, as a cell.
pub(crate) fn cell(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::from)
}

/// A number of things as a cell.
pub(crate) fn count(number: usize) -> Option<i64> {
    i64::try_from(number).ok()
}

/// Short name of a version of program, model and lexicon: the first eight hexadecimal digits of a digest of them.
pub fn version(made: &Provenance) -> String {
    let mut digest = Sha256::new();
    for part in [&made.program, &made.model, &made.lexicon] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let digest = digest.finalize();
    digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_once_and_in_order() {
        assert_eq!(
            once_each(["RUS", "USA", "RUS", ""].into_iter()).as_deref(),
            Some("RUS;USA")
        );
        assert_eq!(once_each([].into_iter()), None);
    }

    #[test]
    fn a_version_is_told_from_another() {
        let made = Provenance {
            program: "rapporteur 1".into(),
            model: "m".into(),
            lexicon: "l".into(),
        };
        let other = Provenance {
            program: "rapporteur 1m".into(),
            model: String::new(),
            lexicon: "l".into(),
        };
        assert_eq!(version(&made), version(&made.clone()));
        assert_ne!(version(&made), version(&other));
        assert_eq!(version(&made).len(), 8);
    }

    #[test]
    fn only_whole_dates_are_days() {
        assert_eq!(days("1970-01-03"), Some(2));
        assert_eq!(days("1970-01"), None);
        assert_eq!(days("yesterday"), None);
    }
}
