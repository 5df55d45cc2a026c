//! Claims, and the positions that follow from them.

use rusqlite::params;
use types::record::Claim;

use super::Writer;
use crate::error::Result;

impl Writer<'_> {
    pub(super) fn write_claim(&mut self, claim: &Claim) -> Result<i64> {
        let first = claim.cue.first().or(claim.content.first());
        let sentence = first.and_then(|[start, _]| self.sentence_of(*start));
        let evidence = sentence.map(|index| self.evidence(index)).transpose()?;
        let source = claim.source.as_ref();
        let by = source.and_then(|source| source.actor.as_deref());
        let by = by
            .map(|id| self.actor(id))
            .transpose()?
            .map(|party| party.actor);
        let said_by = source.map(|source| self.words(&source.spans)).transpose()?;
        let to = claim.addressee.as_deref();
        let to = to
            .map(|id| self.actor(id))
            .transpose()?
            .map(|party| party.actor);
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO claim (reading, local, evidence, source, source_words, cue, content_first, content_last,
                                manner, stance, addressee, inside, confidence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        Ok(insert.insert(params![
            self.reading,
            claim.id,
            evidence,
            by,
            said_by.filter(|words| !words.is_empty()),
            self.words(&claim.cue)?,
            claim.content.iter().map(|[start, _]| start).min(),
            claim.content.iter().map(|[_, end]| end).max(),
            claim.manner,
            claim.stance,
            to,
            claim.inside,
            claim.confidence
        ])?)
    }

    pub(super) fn write_positions(&self) -> Result<()> {
        for position in &self.record.positions {
            let Some(issue) = self.issues.get(position.issue.as_str()) else {
                return Err(self.refuse(format!("there is no issue `{}`", position.issue)));
            };
            let id = self
                .connection
                .prepare_cached(
                    "INSERT INTO position (reading, issue, stance, relation) VALUES (?1, ?2, ?3, ?4)",
                )?
                .insert(params![self.reading, issue, position.stance, position.relation])?;
            for actor in position.actors.iter().chain(&position.actor) {
                self.connection
                    .prepare_cached(
                        "INSERT INTO position_actor (position, actor) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![id, self.actor(actor)?.actor])?;
            }
            for claim in &position.claims {
                let Some(claim) = self.claims.get(claim.as_str()) else {
                    return Err(self.refuse(format!("there is no claim `{claim}`")));
                };
                self.connection
                    .prepare_cached(
                        "INSERT INTO position_claim (position, claim) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![id, claim])?;
            }
        }
        Ok(())
    }
}
