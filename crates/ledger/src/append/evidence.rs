//! Sentences as evidence, and words at their offsets.

use rusqlite::{OptionalExtension, params};

use super::Writer;
use crate::error::Result;

impl Writer<'_> {
    pub(super) fn words(&self, offsets: &[[usize; 2]]) -> Result<String> {
        let mut words = Vec::with_capacity(offsets.len());
        for [start, end] in offsets {
            let found = self.text.get(*start, *end);
            words.push(
                found.ok_or_else(|| {
                    self.refuse(format!("its text has no place {start} to {end}"))
                })?,
            );
        }
        Ok(words.join(" … "))
    }

    /// The sentence that holds the code point `at`.
    pub(super) fn sentence_of(&self, at: usize) -> Option<usize> {
        let sentences = &self.record.sentences;
        let behind = sentences.partition_point(|sentence| sentence.start <= at);
        behind
            .checked_sub(1)
            .filter(|index| sentences[*index].end > at)
    }

    /// The number of a sentence as evidence.
    pub(super) fn evidence(&mut self, sentence: usize) -> Result<i64> {
        if let Some(id) = self.evidence.get(&sentence) {
            return Ok(*id);
        }
        let Some(place) = self.record.sentences.get(sentence) else {
            return Err(self.refuse(format!("there is no sentence {sentence}")));
        };
        let words = self
            .text
            .get(place.start, place.end)
            .ok_or_else(|| self.refuse(format!("sentence {sentence} lies outside of its text")))?;
        let known = if self.fresh {
            None
        } else {
            self.kept_evidence(place.start, place.end)?
        };
        let id = match known {
            Some(id) => id,
            None => self.insert_evidence(place.start, place.end, words)?,
        };
        self.evidence.insert(sentence, id);
        Ok(id)
    }

    pub(super) fn kept_evidence(&self, first: usize, last: usize) -> Result<Option<i64>> {
        let mut find = self.connection.prepare_cached(
            "SELECT id FROM evidence WHERE story = ?1 AND first = ?2 AND last = ?3",
        )?;
        Ok(find
            .query_row(params![self.story, first, last], |row| row.get(0))
            .optional()?)
    }

    /// Full text is entered later: see [`FullText`](super::FullText).
    pub(super) fn insert_evidence(
        &mut self,
        first: usize,
        last: usize,
        words: &str,
    ) -> Result<i64> {
        let id = self
            .connection
            .prepare_cached("INSERT INTO evidence (story, first, last) VALUES (?1, ?2, ?3)")?
            .insert(params![self.story, first, last])?;
        self.full_text.push((id, words.to_owned()));
        Ok(id)
    }
}
