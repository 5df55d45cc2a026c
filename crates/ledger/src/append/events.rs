//! Events with their parties, figures and issues.

use rusqlite::params;
use types::record::Event;
use types::{EventType, Status};

use super::Writer;
use crate::days::Days;
use crate::error::Result;
use crate::occurrence::{Mention, Party, PlaceFacts};
use crate::words;

impl Writer<'_> {
    pub(super) fn write_event(&mut self, event: &Event) -> Result<Mention> {
        let kind = EventType::parse(&event.event)
            .ok_or_else(|| self.refuse(format!("there is no event type `{}`", event.event)))?;
        let status = Status::parse(&event.status)
            .ok_or_else(|| self.refuse(format!("there is no status `{}`", event.status)))?;
        let quad = quad(&event.quad)
            .ok_or_else(|| self.refuse(format!("there is no quad class `{}`", event.quad)))?;
        let days = self.days(event)?;
        let place = event
            .place
            .as_deref()
            .map(|id| self.place(id))
            .transpose()?;
        let claim = match event.according_to.as_deref() {
            Some(id) => Some(
                *self
                    .claims
                    .get(id)
                    .ok_or_else(|| self.refuse(format!("there is no claim `{id}`")))?,
            ),
            None => None,
        };
        let evidence = self.evidence(event.sentence)?;
        let trigger = self.words(&event.trigger)?;
        let mut insert = self.connection.prepare_cached(INSERT_EVENT)?;
        let id = insert.insert(params![
            self.reading,
            event.id,
            None::<i64>,
            evidence,
            event.sentence,
            kind.as_str(),
            event.mode,
            event.cameo,
            event.goldstein,
            quad,
            status.as_str(),
            claim,
            trigger,
            days.map(|days| days.first.to_string()),
            days.map(|days| days.last.to_string()),
            place.as_ref().map(|place| place.id),
            event.rule,
            event.confidence
        ])?;
        let actors = self.write_parties(id, "actor", &event.actor)?;
        let recipients = self.write_parties(id, "recipient", &event.recipient)?;
        let figures = self.write_details(id, event)?;
        let sentence = &self.record.sentences[event.sentence];
        let words = self.text.get(sentence.start, sentence.end).unwrap_or("");
        Ok(Mention {
            event: id,
            telling: self.telling,
            kind,
            mode: event.mode.clone(),
            cameo: event.cameo.clone(),
            goldstein: event.goldstein,
            quad,
            status,
            days,
            published: self.published,
            place,
            actors,
            recipients,
            triggers: words::content(&trigger, 8),
            words: words::content(words, 24),
            figures,
        })
    }

    pub(super) fn days(&self, event: &Event) -> Result<Option<Days>> {
        let (Some(first), Some(last)) = (&event.date.first, &event.date.last) else {
            return Ok(None);
        };
        let days = Days::between(first, last);
        match days {
            Some(days) => Ok(Some(days)),
            None => Err(self.refuse(format!("`{first}` to `{last}` is no date"))),
        }
    }

    pub(super) fn place(&self, id: &str) -> Result<PlaceFacts> {
        let found = self.places.get(id).cloned();
        found.ok_or_else(|| self.refuse(format!("there is no place `{id}`")))
    }

    pub(super) fn write_parties(
        &self,
        event: i64,
        side: &str,
        ids: &[String],
    ) -> Result<Vec<Party>> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO party (event, side, actor) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        let mut parties = Vec::with_capacity(ids.len());
        for id in ids {
            let party = self.actor(id)?.clone();
            insert.execute(params![event, side, party.actor])?;
            parties.push(party);
        }
        Ok(parties)
    }

    /// Contexts, issues and figures of an event; gives the figures as what is counted, and how many.
    pub(super) fn write_details(&self, id: i64, event: &Event) -> Result<Vec<(u32, f64)>> {
        for context in &event.contexts {
            self.connection
                .prepare_cached("INSERT INTO event_context (event, context) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
                .execute(params![id, context])?;
        }
        for issue in &event.issues {
            let Some(issue) = self.issues.get(issue.as_str()) else {
                return Err(self.refuse(format!("there is no issue `{issue}`")));
            };
            self.connection
                .prepare_cached(
                    "INSERT INTO event_issue (issue, event) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                )?
                .execute(params![issue, id])?;
        }
        let mut figures = Vec::new();
        for index in &event.quantities {
            let Some(quantity) = self.record.quantities.get(*index) else {
                return Err(self.refuse(format!("there is no quantity {index}")));
            };
            self.connection
                .prepare_cached(
                    "INSERT INTO figure (event, first, last, what, value, bound, unit)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    id,
                    quantity.start,
                    quantity.end,
                    quantity.what,
                    quantity.value,
                    quantity.bound,
                    quantity.unit
                ])?;
            if let Some(value) = quantity.value {
                figures.push((words::hash(quantity.what.as_bytes()) as u32, value));
            }
        }
        Ok(figures)
    }
}

/// A row of `event`; reviews that correct one write another row of it.
pub(crate) const INSERT_EVENT: &str = "
    INSERT INTO event (reading, local, review, evidence, sentence, type, mode, cameo, goldstein, quad, status, claim, trigger,
                       first, last, place, rule, confidence)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";

/// Number of a quad class, 1 to 4, in GDELT's order.
pub(crate) fn quad(name: &str) -> Option<u8> {
    let at = QUADS.iter().position(|quad| *quad == name)?;
    u8::try_from(at + 1).ok()
}

/// The four quad classes in the order of their numbers, from 1.
pub(crate) const QUADS: [&str; 4] = [
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
];
